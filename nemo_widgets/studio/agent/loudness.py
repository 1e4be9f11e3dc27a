"""How loud something shall be, in what people say: in percent, in words, or louder than now."""

from __future__ import annotations

import re

from nemo_widgets.studio.agent import quantities
from nemo_widgets.studio.agent.moods import MUSIC

_CLIPS = (
    r"(?:\bclips?\b|\bfootage\b|\bvideos?\b(?! (?:music|volume))|\b(?:original|own|camera|live|natural) (?:sound"
    r"|audio|noise)|\bspeech\b|\bspeakers?\b|\bvoices?\b(?!-?\s?over)"
    r"|原声|原音|视频(?:里面?|中|上)?的?(?:声音|音量)|片段|人声)"
)
_MUTE = (
    r"\bmuted?\b|\bsilence[ds]?\b|\bsilent\b"
    r"|\b(?:remove|delete|turn off|no|without|switch off|kill|strip)\s+(?:the\s+|any\s+|all\s+)?(?:original\s+|own\s+"
    r"|camera\s+)?(?:sound|audio|noise)\b"
    r"|静音|消音|(?:关掉|去掉|关闭|不要)(?:视频的?|片段的?|所有|全部)?(?:原声|原音|声音)"
    r"|(?:原声|原音|声音)(?:都|全部?)?(?:关掉|去掉|关了|关闭|去除|删掉|不要)"
)
_UNMUTE = (
    r"\bunmute\b|\b(?:turn|bring|put) (?:the )?(?:(?:original |own )?sound|audio) (?:back )?on\b|取消静音"
    r"|恢复原声|打开原声"
)
_LOUDER = (
    r"\blouder\b|turn (?:it|(?:the |my )?(?:music|volume|sound|song)) up|"
    r"turn up (?:the )?(?:\w+ )?(?:music|volume|sound|song)|(?:increase|raise|boost) (?:the )?(?:\w+ )?(?:music"
    r"|volume|sound)"
    r"|\btoo (?:quiet|soft|low)\b|can(?:'?t|not) hear|大声|调大|调高|调响|提高"
    r"|(?<![字号题幕体])大一?点|大点声|响一?点|太小声|声音太小"
    r"|太轻|听不[见清到]|增[大加]"
)
_QUIETER = (
    r"\bquieter\b|\bsofter\b|\bless loud\b|\bnot so loud\b|turn (?:it|(?:the |my )?(?:music|volume|sound|song)) down|"
    r"turn down (?:the )?(?:\w+ )?(?:music|volume|sound|song)|\b(?:lower|decrease|reduce) (?:the )?(?:\w+ )?(?:music"
    r"|volume|sound)"
    r"|\bdrop the volume\b|\btoo loud\b|小声(?!了)|调小"
    r"|调低|关小|降低|减[小弱少]|(?<![字号题幕体])小一?点|小点声|轻一?点|太大声|太响|声音太大|太吵|弱一点"
)
_ONLY_MUSIC = (
    r"\b(?:keep|leave|hear|play)\s+(?:only|just)\s+the\s+music\b(?!\s+(?:for|in|during|at|from|while|when|until))"
    r"|\b(?:only|just)\s+(?:keep|leave|hear|play)\s+the\s+music\b(?!\s+(?:for|in|during|at|from|while|when|until))"
    r"|(?:只|仅)(?:留下?|保留|听|要)(?:背景)?(?:音乐|配乐)(?=\s*(?:$|[，。！,.;；]|就))"
)
"""Where nothing else is to be heard, the clips' own sound isn't."""

_MUCH = r"\b(?:much|a lot|way|far|considerably|significantly)\b|很多|多一些|不少|大幅"
_SLIGHTLY = r"\b(?:a bit|slightly|a little|a touch|a tad)\b|一点点|稍微|略"
_BY = re.compile(
    r"\bby\s+(?:another\s+)?(?=\d)|(?:提高|增加|增大|调高|调大|大|降低|减少|减小|调低|调小|小)(?:了)?\s*(?=\d|百分之)"
)
_WORDS: tuple[tuple[float, str], ...] = (
    (
        1.0,
        (
            r"\b(?:full|max(?:imum)?|top|highest) (?:volume|blast)\b|\bas loud as (?:possible|it gets)\b|\bvolume (?:to"
            r"|at) (?:the )?max(?:imum)?\b|最大声?|满音量"
        ),
    ),
    (
        0.5,
        (
            r"\b(?:half|medium|moderate) (?:the )?volume\b|\bvolume (?:to|at) (?:a )?half\b|\bat half\b|一半|半音量"
            r"|中等音量"
        ),
    ),
    (0.25, r"\b(?:a )?quarter (?:of the )?volume\b|四分之一"),
    (
        0.1,
        (
            r"\b(?:barely|hardly|just) audible\b|\bvery (?:quiet(?:ly)?|soft(?:ly)?|low)\b|\bwhisper\w*|很小声|很轻"
            r"|非常小"
        ),
    ),
    (
        0.2,
        (
            r"\b(?:quietly|softly|low volume|volume (?:to )?low|subtle|unobtrusive|discreet)\b|\bquiet(?= "
            r"(?:background )?(?:music|song))|\bin the background\b(?=.*\bquiet)|轻轻|小音量|低音量"
        ),
    ),
)
_FACTORS = (
    (0.5, r"(?:关|调|减|降)(?:小|低|弱|轻)了?一半|\bhalf as loud\b|\bhalve the (?:volume|music)|\btwice as quiet\b"),
    (2.0, r"\btwice as loud\b|\bdouble the (?:volume|music)|\b2x louder|两倍(?:音量|大声|响)|音量(?:加倍|翻倍)"),
)
_OTHER_SHARE = re.compile(
    r"\d{1,3}\s*(?:%|percent)\s*(?:of the (?:width|screen|frame|picture|video)\b|(?:wide|width|opacity|opaque|size"
    r"|transparen\w+"
    r"|bigger|larger|smaller|faster|slower|brighter|darker)\b)|\d{1,3}\s*[%％]的?(?:宽度?|不?透明度?|大小)"
)
_STEP, _LITTLE, _LOT = 0.15, 0.1, 0.3
_UNMUTED = 0.35


def loudness(text: str, *, music: bool) -> dict[str, float]:
    """Return which volumes are to change, in a text (lower case).

    ``volume``, ``volume_change`` and ``volume_factor`` are the music's, ``clip_volume`` is the clips' own sound.

    Parameters
    ----------
    text
        What is said.
    music
        Whether music is spoken of.

    Examples
    --------
    >>> loudness("the clips at 20% and the music at 60%", music=True)
    {'clip_volume': 0.2, 'volume': 0.6}
    >>> loudness("turn the music up by 10%", music=True), loudness("音乐音量调到一半", music=True)
    ({'volume_change': 0.1}, {'volume': 0.5})
    """
    text = _OTHER_SHARE.sub(" ", text)
    if music and re.search(_CLIPS, text):
        parts = re.split(r"\s*(?:[,;，；、]|\band\b|\bbut\b|\bwhile\b|但是?|而)\s*", text)
        found: dict[str, float] = {}
        for part in parts:
            about_music = re.search(MUSIC, part) is not None
            about_clips = re.search(_CLIPS, part) is not None
            if about_music != about_clips:
                found |= _one(part, music=about_music, clips=about_clips)
        if found:
            return found
    if re.search(_ONLY_MUSIC, text):
        return {"clip_volume": 0.0}
    clips = re.search(_CLIPS, text) is not None and not music
    return _one(text, music=music, clips=clips)


def _one(text: str, *, music: bool, clips: bool) -> dict[str, float]:
    heard = music or clips or re.search(r"volume|loud|sound|audio|音量|声音", text) is not None
    if re.search(_UNMUTE, text):
        return {"clip_volume": 1.0} if clips or re.search(r"original|own|原声", text) else {"volume": _UNMUTED}
    if re.search(_MUTE, text) and not re.search(r"\b(?:don'?t|do not|never) (?:mute|silence)|不要静音|别静音", text):
        everything = re.search(r"\b(?:everything|all (?:the )?(?:sound|audio))\b|(?:全部|所有声音|全)(?:都)?静音", text)
        if everything:
            return {"clip_volume": 0.0, "volume": 0.0}
        whole = not clips and not music
        return {"clip_volume": 0.0} | ({"volume": 0.0} if whole else {}) if clips or whole else {"volume": 0.0}
    level = quantities.percent(text) if heard else None
    turned = re.search(_QUIETER, text) or re.search(_LOUDER, text)
    sign = -1 if re.search(_QUIETER, text) else 1
    if level is not None and turned and _BY.search(text) and not clips:
        return {"volume_change": round(sign * level, 3)}
    if level is None and heard:
        level = next((value for value, words in _WORDS if re.search(words, text)), None)
    factor = next((value for value, words in _FACTORS if re.search(words, text)), None)
    if factor is not None and not clips:
        return {"volume_factor": factor}
    if level is not None:
        return {"clip_volume": level} if clips else {"volume": level}
    if not turned:
        return {}
    if clips:
        return {"clip_volume": 0.5 if sign < 0 else 1.0}
    step = _LOT if re.search(_MUCH, text) else _LITTLE if re.search(_SLIGHTLY, text) else _STEP
    return {"volume_change": sign * (_STEP if step == _LITTLE else step)}
