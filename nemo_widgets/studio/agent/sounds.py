"""Music and sound in what people say: which music, whose, how loud, how it fades."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nemo_widgets.studio.agent import moods, quantities
from nemo_widgets.studio.agent.loudness import loudness
from nemo_widgets.studio.agent.moods import MUSIC
from nemo_widgets.studio.agent.pointing import MARK, mark_shots

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nemo_widgets.studio.agent.base import Material
    from nemo_widgets.studio.agent.pointing import Marks, Pick

_NO = (
    r"(?:\b(?:no|without|remove|delete|drop|take out|hide|get rid of)\s+"
    r"(?:the\s+|any\s+|my\s+|background\s+|\w+\s+(?:or|nor|and)\s+)*)"
)
_NO_ZH = r"(?:不要|去掉|删除|删掉|移除|取消|不加|无|去除|关掉|关闭)(?:背景)?"
_SOUND = (
    r"\b(?:muted?|unmuted?|silenced?|silent|sound|audio|volume|louder|quieter|softer|noise|too (?:quiet|loud|soft))\b"
    r"|%|静音|声|音量|消音"
)
_LIST = rf"(?:the\s+)?{MARK}(?:\s*(?:,\s*and|,|and|&|和|、)\s*(?:the\s+)?{MARK})*"
_SOUND_OF = (
    rf"\b(?:unmute|mute|silence)\s+({_LIST})|\b(?:sound|audio|volume|noise)\s+(?:of|from|in|on|for)\s+({_LIST})"
    rf"|({_LIST})(?:['’]s)?\s+(?:\w+\s+){{0,2}}?(?:sound|audio|volume|noise|louder|quieter|softer|muted?|silent"
    rf"|too (?:quiet|loud|soft))\b|"
    rf"({_LIST})\s+(?:at|to)\s+\d+\s*%"
    rf"|(?:把|将)?({_LIST})\s?(?:的)?(?:都|全部?)?(?:声音|音量|原声|静音|消音)"
    rf"|({_LIST})\s?(?:再|都|要|稍微|有点)*(?:大声|小声|(?:去掉|关掉|关闭|去除|不要|没有|取消)(?:声音|原声))|静音({_LIST})|(?:关掉|去掉|关闭|去除|不要)({_LIST})的?(?:声音|原声)"
)
_OWN_SONG = (
    r"\b(?:my|our|the) (?:own |uploaded )*(?:song|music|track|audio|sound\s?track|mp3|tune)\b(?! video)"
    r"|\buploaded (?:song|music|track|audio)"
    r"|我(?:自己)?(?:上传)?的(?:音乐|歌曲?|曲子|音频)|(?:我|上传)的?(?:音乐|歌曲?|音频)"
)
_OWN_STRONG = (
    r"\b(?:my|our) (?:own |uploaded )*(?:song|music|track|audio|sound\s?track|mp3|tune)\b|uploaded|上传|我(?:自己)?的"
)
_MY_FILE = re.compile(
    r"\b(?:my|our) (?:own )?(?!own\b|new\b|other\b)[a-z]+ (?:file|recording|mp3|song|track|tune)\b"
    r"|我(?:自己)?的[\u4e00-\u9fff]{1,3}(?:曲子?|歌曲?|录音|音频)"
)
"""A song of one's own by what it is like: no kind of music that is to be composed."""

_FADE_MUSIC = (
    rf"\bfade(?:s|d)?\s+(?:the\s+|my\s+)?(?:{MUSIC}|sound|it)?\s*(in|out)\b"
    rf"|{MUSIC}(?:\s+\w+){{0,2}}?\s+fad(?:e|es|ing) (in|out)\b"
    rf"|\bfade[ -](in|out)\b|(?:{MUSIC}|声音)?(?:要|渐渐|慢慢)?(淡入|淡出|渐弱|渐强)(?!淡)"
)
_SPEECH = r"(?:speak\w*|talk\w*|speech\w*|dialog\w*|voices?|narrat\w+|says? something|conversation\w*|interview\w*)"
_SILENT = (
    rf"\b(?:(?:turn|switch)\s+(?:the\s+|my\s+)?{MUSIC}\s+off|(?:turn|switch)\s+off\s+(?:the\s+|my\s+)?{MUSIC}"
    rf"|(?:mute|silence|stop|pause|cut)\s+(?:the\s+|my\s+)?{MUSIC}|no\s+{MUSIC}|{MUSIC}\s+(?:should\s+(?:be|go)\s+)?off)"
    rf"\s+(?:when(?:ever)?|while|during|if|as)\b[^.;\n]{{0,30}}?\b{_SPEECH}[^,.;\n]*"
    r"|(?:说话|讲话|对白|有人声|采访)[^，。；\n]{0,4}?(?:时候?|的地方)[^。；\n]{0,6}?(?:关掉|关闭|静音|不要|停掉?|别放)"
    rf"(?:{MUSIC})?"
)
_DUCK = (
    rf"\b(?:auto-?\s?)?duck(?:s|ing|ed)?\b[^.;\n]*"
    rf"|\b(?:lower(?![ -]third)|quieter|softer|turn down|turn (?:it|(?:the |my )?{MUSIC}) down|reduce|drop|dip|soften"
    rf"|quiet(?:en)?|make room|less loud)\b[^.;\n]{{0,40}}\b(?:when(?:ever)?|while|under|during|for|if)\b"
    rf"[^.;\n]{{0,30}}\b{_SPEECH}[^.;\n]*"
    rf"|\b(?:when(?:ever)?|while|if)\b[^.;\n]{{0,30}}\b{_SPEECH}[^.;\n]{{0,40}}\b(?:lower(?![ -]third)|quieter|softer"
    rf"|turn down|reduce|dip|less loud)\b[^.;\n]*"
    r"|(?:说话|讲话|对白|人声|有人声|采访)[^。；\n]{0,8}?(?:时候?|的地方|部分)[^。；\n]*?(?:小声?|降低|调低|调小|压低"
    r"|轻|弱)[^，,。；\n]*|(?:音乐|配乐)?(?:自动)?(?:避让|闪避|压低)(?:人声|说话|对白)?"
)
_NO_DUCK = (
    r"\b(?:don'?t|do not|no|stop|without|disable|turn off)\b.{0,20}\bduck\w*|(?:不要|取消|关闭|别).{0,4}"
    r"(?:避让|闪避|压低)"
)
_TIME = r"(?:\d{1,2}:[0-5]\d|(?:second\s+)?\d{1,4}(?:\.\d{1,3})?(?:\s*(?:seconds?|secs?|s)\b)?)"
_TIME_ZH = r"第?(?:\d{1,4}(?:\.\d{1,3})?|[一二两三四五六七八九十百]{1,4})\s*秒钟?"
_SONG = r"(?:song|track|mp3|audio file|recording|歌曲?|曲子)"
_TIMES = (
    (
        "in",
        (
            rf"\b(?:start|begin|play|use)\s+(?:the\s+|my\s+|our\s+)?(?:\w+\s+)?(?:{_SONG}|music)\s+(?:only\s+)?from\s+"
            rf"(?P<t>{_TIME})(?:\s+(?:on|onwards?))?"
        ),
    ),
    ("in", rf"\b(?:start|begin)\s+(?:the\s+|my\s+|our\s+)?{_SONG}\s+at\s+(?P<t>{_TIME})"),
    ("in", rf"\bskip\s+(?:the\s+)?first\s+(?P<t>{_TIME})\s+of\s+(?:the\s+|my\s+|our\s+)?(?:{_SONG}|{MUSIC})"),
    ("in", rf"\b(?:from|at)\s+(?P<t>{_TIME})\s+(?:of|in|into)\s+(?:the\s+|my\s+|our\s+)?{_SONG}"),
    (
        "in",
        (
            rf"跳过(?:{MUSIC}|{_SONG})的?(?:前面?|开头)?(?P<t>{_TIME_ZH})|{_SONG}从(?P<u>{_TIME_ZH})(?:处|的地方)?"
            rf"(?:开始)?(?:播放|放)?"
        ),
    ),
    (
        "st",
        (
            rf"\b(?:start|begin|bring in)\s+(?:the\s+|my\s+)?(?:background\s+)?{MUSIC}\s+(?:(?:only|later)\s*,?\s*)*"
            rf"(?:(?:at|after)\s+(?P<t>{_TIME})|(?P<u>{_TIME})\s+(?:later|in\b))"
        ),
    ),
    (
        "st",
        (
            rf"\b{MUSIC}\s+(?:should\s+|shall\s+|must\s+|to\s+)?(?:only\s+)?(?:starts?|begins?|comes? in|sets? in)\s+"
            rf"(?:only\s+)?(?:at|after)\s+(?P<t>{_TIME})"
        ),
    ),
    ("st", rf"\b(?:let|make|have)\s+it\s+(?:only\s+)?(?:start|begin|come in)\s+(?:at|after)\s+(?P<t>{_TIME})"),
    ("st", rf"(?:开头|前面?|最前面?)的?(?P<t>{_TIME_ZH})(?:先)?(?:不要|没有|不放|不加|别放)(?:任何)?{MUSIC}"),
    ("st", rf"\bno {MUSIC} (?:in|for|during) the first (?P<t>{_TIME})"),
    ("until", rf"\b(?:let|make|have)\s+it\s+(?:stop|end)\s+(?:at|after)\s+(?P<t>{_TIME})"),
    ("st", rf"{MUSIC}(?:从|在)?(?P<t>{_TIME_ZH})(?:以?后)?(?:才|再)?(?:开始|进来?|响起|播放)"),
    ("until", rf"\b(?:stop|end|cut)\s+(?:the\s+|my\s+)?(?:background\s+)?{MUSIC}\s+(?:at|after)\s+(?P<t>{_TIME})"),
    ("until", rf"\b{MUSIC}\s+(?:should\s+|shall\s+|must\s+|to\s+)?(?:stops?|ends?)\s+(?:at|after)\s+(?P<t>{_TIME})"),
    (
        "until",
        (
            rf"\b{MUSIC}\s+only\s+(?:for|in|during)\s+the\s+first\s+(?P<t>{_TIME})|\bonly\s+(?:for|in"
            rf"|during)\s+the\s+first\s+(?P<u>{_TIME})\b(?=.*{MUSIC})"
        ),
    ),
    ("until", rf"{MUSIC}(?:到|在|放到)(?P<t>{_TIME_ZH})(?:的?时候?|处|就)*(?:结束|停止?|停下来?|为止)"),
)
_FROM = (
    rf",?\s*\b(?:starting|beginning|coming in)\s+(?:only\s+)?(?:at|after|from)\s+(?P<t>{_TIME})"
    rf"|[，,]\s*(?:让它|它|并且?|再)?从(?P<u>{_TIME_ZH})(?:以?后)?(?:才|再)?(?:开始|响起|进来?)(?:播放|放)?"
)
_ENDS = (
    r"(?:the\s+)?(?:very\s+)?(?:(?P<edge>beginning|start|opening|end|ending)\b(?:\s+of\s+(?:the|my)\s+(?:video|film|movie))?"
    rf"(?!\s+(?:and|or)\b)|(?P<lead>last|final|closing|first)\s+(?P<t>{_TIME}))"
)
_ENDS_ZH = (
    r"(?:视频|影片)?的?(?:(?P<lead>最?前面?|最后面?|开头|片头|结尾|片尾|末尾)的?"
    rf"(?P<u>{_TIME_ZH})|(?P<edge>开头|片头|开始|结尾|片尾|末尾|最后)(?![和与跟、]|第|一?[张段个]))(?:部分|的?时候|那里|处)?"
)
_BE = r"(?:(?:should|shall|must|to|can|is|be|plays?|played|heard|comes?|in|on|starts?)\s+){0,4}"
_THE = r"(?:(?:the|my|our|some|background|this)\s+){0,2}"
_ONLY_AT = [
    re.compile(one)
    for one in (
        rf"{MUSIC}\s*,?\s+(?:but\s+)?{_BE}(?:only|just)\s+{_BE}(?:at|in|for|during|near|towards?|over)\s+{_ENDS}",
        rf"\b(?:only|just)\s+(?:(?:play|have|use|put|want|keep|add)\s+)?{_THE}{MUSIC}\s+{_BE}(?:at|in|for|during|near|over)\s+{_ENDS}",
        rf"{MUSIC}(?:请|就|要)?(?:只|仅)(?:在|要|放|播放?|出现|有|保留|留)*{_ENDS_ZH}(?:才|再)?(?:有|放|播放?|出现|响起?|要)?",
        rf"(?:只|仅)(?:在|要)?{_ENDS_ZH}(?:才|再)?(?:有|放|播放?|加|配|用|要)?{MUSIC}",
    )
]
"""Where "music only at the end" says at which end, and perhaps for how long."""

_LOOP = (
    r"\bloop(?:s|ed|ing)?\b(?: (?:the|my) (?:music|song|track))?|\brepeat (?:the |my )?(?:music|song|track|it)\b"
    r"|\bon repeat\b|循环(?:播放)?"
)
_ONCE = (
    rf"\b(?:don'?t|do not|no|without|stop|never)\s+(?:the\s+)?(?:loop|repeat)\w*|\bplay (?:the |my )?(?:{MUSIC}"
    rf"|it) (?:only |just )?once\b|不要循环|不循环|只放一[遍次]|取消循环"
)
_OVER = quantities.span(
    r"\b(?:over|within|in|for|during|lasting|last|final)(?: the (?:last|first|final))?|(?:时间|用|最后)"
)
_BESIDE = re.compile(rf"\s*(?:[,，]\s*)?(?:{_TIME_ZH}|\d{{1,3}}(?:\.\d{{1,3}})?\s*(?:seconds?|secs?|s)\b)")
_OVER_ZH = re.compile(rf"(?:开头|结尾|前面?|最后)?的?{_TIME_ZH}")
_DURING = re.compile(rf"\b(?:during|while|under|in|over|behind)\s+(?:the\s+)?(?P<what>{MARK})(?!\s+\w+s\b)")
DUCKED = 0.25


def take_edits(text: str) -> tuple[dict[str, Any], str]:
    """Return when music plays and what it makes room for, and the text (lower case) without that.

    ``st`` and ``until`` are when it starts and stops in the video, ``in`` where in the song it starts (ms); ``edge``
    the end of the video at which alone it plays (``"start"``, ``"end"``), for ``span`` ms; ``loop``
    says whether a short song is repeated; ``duck`` is the factor on its volume while clips are heard (1: none).

    Examples
    --------
    >>> take_edits("duck the music when somebody speaks")[0], take_edits("start the music at 5 seconds")[0]
    ({'duck': 0.25}, {'st': 5000})
    >>> take_edits("start the song at 0:30 and don't loop it")[0]
    {'in': 30000, 'loop': False}
    >>> take_edits("music only at the end"), take_edits("音乐只在最后10秒")[0]
    (({'edge': 'end'}, ' music '), {'edge': 'end', 'span': 10000})
    """
    found, text = _only_at(text)
    if match := re.search(_NO_DUCK, text):
        found["duck"] = 1.0
        text = _without(match, text)
    elif match := re.search(_SILENT, text):
        found["duck"] = 0.0
        text = _without(match, text)
    elif match := re.search(_DUCK, text):
        level = quantities.percent(match[0])
        found["duck"] = DUCKED if level is None or re.search(r"\bby\b", match[0]) else min(1.0, level)
        text = _without(match, text)
    for key, pattern in _TIMES:
        match = re.search(pattern, text)
        if match is None or key in found:
            continue
        named = next(value for value in match.groupdict().values() if value)
        found[key] = _ms(named)
        text = f"{text[: match.start()]} {text[match.end() :]}"
    if re.search(MUSIC, text) and "st" not in found and (match := re.search(_FROM, text)):
        # "Sad music, starting at 5 seconds": what it is about stands before it.
        found["st"] = _ms(match["t"] or match["u"])
        text = _without(match, text)
    if match := re.search(_ONCE, text):
        found["loop"] = False
        text = _without(match, text)
    elif (match := re.search(_LOOP, text)) and re.search(rf"{MUSIC}|\bit\b|\b{_SONG}\b", text):
        found["loop"] = True
        text = _without(match, text)
    return found, text


def _only_at(text: str) -> tuple[dict[str, Any], str]:
    """Return at which end of the video alone music plays, and the text (lower case) without that."""
    match = next(filter(None, (one.search(text) for one in _ONLY_AT)), None)
    if match is None:
        return {}, text
    said = match.groupdict()
    lead, length = said["edge"] or said["lead"], said.get("t") or said.get("u")
    edge = "start" if re.match("begin|start|open|first|最?前|开|片头", lead) else "end"
    what = "音乐" if re.search(r"[\u4e00-\u9fff]", match[0]) else "music"
    rest = f"{text[: match.start()]} {what} {text[match.end() :]}"
    return {"edge": edge} | ({"span": _ms(length)} if length else {}), rest


def _ms(words: str) -> int:
    if ":" in words:
        minutes, seconds = re.sub(r"[^\d:]", "", words).split(":")
        return (int(minutes) * 60 + int(seconds)) * 1_000
    number = re.search(r"\d+(?:\.\d+)?|[一二两三四五六七八九十百]+", words)
    return round(quantities.chinese_number(number[0]) * 1_000) if number else 0


def _without(match: re.Match[str], text: str) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}"


def take_played(text: str, marks: Marks, materials: Sequence[Material]) -> tuple[dict[str, Any], str, bool]:
    """Return what :func:`take_edits` does, and whether a volume is that of the music at one of several shots."""
    text, elsewhere = _during(text, marks, materials)
    return *take_edits(text), elsewhere


def _during(text: str, marks: Marks, materials: Sequence[Material]) -> tuple[str, bool]:
    """Return a text (lower case) in which music that is quiet "during the interview" is so while somebody speaks.

    That is the same where there is one clip only; otherwise what is said is about one of several (True), and no volume
    of the whole.
    """
    match = _DURING.search(text)
    if match is None or not re.search(MUSIC, text) or not loudness(text, music=True):
        return text, False
    clips = [one.id for one in materials if one.kind == "video"]
    if clips != [pick.file for pick in marks.picked(match["what"])]:
        return text, True
    spoken = f"{text[: match.start()]} while somebody speaks {text[match.end() :]}"
    return (spoken, False) if re.search(_DUCK, spoken) else (text, True)


def take_fades(text: str) -> tuple[dict[str, int], str]:
    """Return how long the music is to fade, and the text without that."""
    if "fad" in text:
        text = re.sub(r"\b(in|out) and (?:fade )?(?:it )?(?:in|out)\b(?= |$|[.,])", "in, fade out", text)
    if re.search(MUSIC, text):
        text = text.replace("淡入淡出", "淡入 淡出")
        text = re.sub(r"(?:慢慢|逐渐|渐渐)(?:地)?变(?:[大响强])", "淡入", text)
        text = re.sub(r"(?:慢慢|逐渐|渐渐)(?:地)?变(?:[小弱轻])", "淡出", text)
    matches = list(re.finditer(_FADE_MUSIC, text))
    if not matches:
        return {}, text
    lengths = [_fade_length(text, matches, index) for index in range(len(matches))]
    shared = next((length for length in lengths if length), 3_000) if lengths.count(None) < len(lengths) else 3_000
    one = len(matches) - lengths.count(None) == 1
    found: dict[str, int] = {}
    for match, length in zip(matches, lengths, strict=True):
        word = next(group for group in match.groups() if group)
        found["in" if word in {"in", "淡入", "渐强"} else "out"] = length or (
            shared if one and "fad" in text else 3_000
        )
    text = re.sub(_FADE_MUSIC, " ", text)
    while (over := _OVER.search(text)) or (over := _OVER_ZH.search(text)) or (over := _BESIDE.match(text)):
        text = _without(over, text)
    return found, text


def _fade_length(text: str, matches: list[re.Match[str]], index: int) -> int | None:
    """Return how long one of the fades is to take, in ms, where that is said beside it."""
    end = matches[index + 1].start() if index + 1 < len(matches) else len(text)
    after = text[matches[index].end() : end]
    if (found := _OVER.search(after)) or (found := _BESIDE.match(after)):
        return quantities.duration(found[0]) or _ms(found[0])
    start = matches[index - 1].end() if index else 0
    before = re.split(r"[，,。;；]", text[start : matches[index].start()])[-1]
    found = re.search(_TIME_ZH, before)
    return _ms(found[0]) if found else None


def sound(text: str, song: str | None, *, faded: bool, elsewhere: bool = False) -> dict[str, Any]:
    """Return what is wanted of the music and of the clips' own sound."""
    drop = _has(rf"{_NO}{MUSIC}|{_NO_ZH}(?:我的)?{MUSIC}", text)
    text = _MY_FILE.sub(" my song ", text)
    mood = moods.mood(text)
    spoken = (mood is not None or _has(MUSIC, text)) and not drop
    levels = {} if elsewhere else loudness(text, music=spoken)
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


def take_clips(text: str, marks: Marks) -> tuple[tuple[Pick, ...], str]:
    """Return which single clips' own sound is spoken of, and the text (lower case) with "clips" instead.

    Examples
    --------
    >>> from nemo_widgets.studio.agent.pointing import Marks
    >>> picks, rest = take_clips("mute the second clip", Marks())
    >>> picks[0].nth, rest
    (2, 'mute clips')
    """
    if not re.search(_SOUND, text):
        return (), text
    since = len(marks.words)
    marked = mark_shots(text, marks)
    for match in re.finditer(_SOUND_OF, marked):
        group = next(number for number in range(1, (match.lastindex or 0) + 1) if match[number])
        start = match.start(group)
        if any(pick.kind == "image" for pick in marks.picked(match[group])):
            # "Start with the soup, chef talking muted": what has a sound is the last one.
            start = match.end(group) - 1
        picks = marks.picked(marked[start : match.end(group)])
        definite = all((pick.definite or pick.single) and pick.kind not in ("audio", "image") for pick in picks)
        if picks and definite:
            before, after = marked[:start], marked[match.end(group) :]
            before += "; " if start > match.start(group) else ""
            chinese = re.search(r"[\u4e00-\u9fff]$", before) or re.match(r"[\u4e00-\u9fff]", after)
            return picks, marks.spelled(f"{before}{'片段' if chinese else 'clips'}{after}", since)
    return (), marks.spelled(marked, since)


def _has(pattern: str, text: str) -> bool:
    return re.search(pattern, text) is not None
