"""Music and sound in what people say: which music, whose, how loud, how it fades."""

from __future__ import annotations

import re
from typing import Any

from nemo_widgets.studio.agent import moods, quantities
from nemo_widgets.studio.agent.moods import MUSIC

_CLIPS = r"(?:clips?|footage|videos?|original (?:sound|audio)|原声|视频原音|视频的声音)"
_NO = (
    r"(?:\b(?:no|without|remove|delete|drop|take out|hide|get rid of)\s+"
    r"(?:the\s+|any\s+|my\s+|background\s+|\w+\s+(?:or|nor|and)\s+)*)"
)
_NO_ZH = r"(?:不要|去掉|删除|删掉|移除|取消|不加|无|去除|关掉|关闭)(?:背景)?"
_OWN_SONG = (
    r"\b(?:my|our|the) (?:own |uploaded )*(?:song|music|track|audio|sound\s?track|mp3|tune)\b(?! video)"
    r"|\buploaded (?:song|music|track|audio)"
    r"|我(?:自己)?(?:上传)?的(?:音乐|歌曲?|曲子|音频)|(?:我|上传)的?(?:音乐|歌曲?|音频)"
)
_OWN_STRONG = (
    r"\b(?:my|our) (?:own |uploaded )*(?:song|music|track|audio|sound\s?track|mp3|tune)\b|uploaded|上传|我(?:自己)?的"
)
_FADE_MUSIC = (
    rf"\bfade(?:s|d)?\s+(?:the\s+|my\s+)?(?:{MUSIC}|sound|it)?\s*(in|out)\b"
    rf"|{MUSIC}(?:\s+\w+){{0,2}}?\s+fad(?:e|es|ing) (in|out)\b"
    rf"|\bfade[ -](in|out)\b|(?:{MUSIC}|声音)?(?:要|渐渐|慢慢)?(淡入|淡出|渐弱|渐强)(?!淡)"
)
_MUTE = (
    r"\bmute\b|\bsilence\b"
    r"|\b(?:remove|delete|turn off|no|without)\s+(?:the\s+|any\s+)?(?:original\s+)?(?:sound|audio|noise)\b"
    r"|静音|消音|(?:关掉|去掉|关闭|不要)(?:视频的?|片段的?)?(?:原声|原音)"
)
_LOUDER = (
    r"\blouder\b|turn (?:it|the music|the volume) up|"
    r"turn up (?:the )?(?:music|volume|sound)|(?:increase|raise) the (?:music|volume)"
    r"|\btoo (?:quiet|soft|low)\b|大声|调大|大一点|响一点|太小声|声音太小|太轻"
)
_QUIETER = (
    r"\bquieter\b|\bsofter\b|turn (?:it|the music|the volume) down|"
    r"turn down (?:the )?(?:music|volume|sound)|(?:lower|decrease|reduce) the (?:music|volume)"
    r"|\btoo loud\b|小声(?!了)|调小|小一点|轻一点|太大声|太响|声音太大|太吵"
)


def take_fades(text: str) -> tuple[dict[str, int], str]:
    """Return how long the music is to fade, and the text without that."""
    found: dict[str, int] = {}
    for match in re.finditer(_FADE_MUSIC, text):
        word = next(group for group in match.groups() if group)
        found["in" if word in {"in", "淡入", "渐强"} else "out"] = 3_000
    if not found:
        return {}, text
    text = re.sub(_FADE_MUSIC, " ", text)
    over = quantities.span(r"\b(?:over|within|in|for)(?: the last)?|(?:时间|用|最后)").search(text)
    if over:
        length = quantities.duration(over[0]) or 3_000
        return dict.fromkeys(found, length), f"{text[: over.start()]} {text[over.end() :]}"
    return found, text


def sound(text: str, song: str | None, *, faded: bool) -> dict[str, Any]:
    """Return what is wanted of the music and of the clips' own sound."""
    drop = _has(rf"{_NO}{MUSIC}|{_NO_ZH}(?:我的)?{MUSIC}", text)
    mood = moods.mood(text)
    spoken = (mood is not None or _has(MUSIC, text)) and not drop
    levels = _loudness(text, music=spoken)
    absent = moods.absent(text) if mood is None and not drop else None
    louder = bool(levels) and not ("volume" in levels and _has(r"\b(?:use|add|play|put)\b|用|换", text))
    own = _has(_OWN_SONG, text) and not (drop or mood or absent or faded or louder)
    if own and not _has(_OWN_STRONG, text):
        own = _has(r"\bagain\b|\buploaded\b|\buse the song\b", text)
    return {
        "music": spoken and not faded,
        "mood": mood if spoken else None,
        "absent": absent,
        "song": (song or "") if own else None,
        "other_music": spoken
        and not own
        and _has(rf"(?:\bchange|different|another|other|new|\breplace|换).{{0,12}}{MUSIC}", text),
        "drop_music": drop,
        **levels,
    }


def _loudness(text: str, *, music: bool) -> dict[str, float | None]:
    """Return which volumes are to change."""
    clips = _has(rf"\b{_CLIPS}\b|原声|原音|视频的声音", text) and not music
    heard = music or clips or _has(r"volume|loud|sound|音量|声音", text)
    level = quantities.percent(text) if heard else None
    if _has(r"\bunmute\b|取消静音", text):
        return {"clip_volume": 1.0} if clips else {"volume": 0.35}
    if _has(_MUTE, text):
        whole = not clips and not music
        return {"clip_volume": 0.0 if clips or whole else None, "volume": None if clips else 0.0}
    if level is not None:
        return {"clip_volume": level} if clips else {"volume": level}
    if clips and _has(rf"{_QUIETER}|{_LOUDER}", text):
        return {"clip_volume": 0.5 if _has(_QUIETER, text) else 1.0}
    if _has(_QUIETER, text):
        return {"volume_change": -0.15}
    if _has(_LOUDER, text):
        return {"volume_change": 0.15}
    return {}


def _has(pattern: str, text: str) -> bool:
    return re.search(pattern, text) is not None
