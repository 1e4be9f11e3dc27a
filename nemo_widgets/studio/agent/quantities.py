"""Numbers in what people say: durations, shares and picture formats, in English and Chinese."""

from __future__ import annotations

import re

_WORDS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
_ENGLISH = {word: float(value) for value, word in enumerate(_WORDS)} | {
    "a": 1.0,
    "an": 1.0,
    "thirty": 30.0,
    "forty": 40.0,
    "fifty": 50.0,
    "sixty": 60.0,
    "ninety": 90.0,
    "half a": 0.5,
    "half": 0.5,
}
_CHINESE = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_UNITS = {"s": 1_000, "m": 60_000, "h": 3_600_000, "秒": 1_000, "分": 60_000, "小": 3_600_000}
_NUMBER = (
    r"\d{1,6}(?:\.\d{1,6})?|half a(?!s\b)|half|(?:"
    + "|".join(sorted(set(_ENGLISH) - {"half a", "half"}, key=len)[::-1])
    + r")\b"
)
_SPAN = re.compile(
    rf"(?<![\w.:])({_NUMBER})(\s+and\s+a\s+half)?[\s-]*"
    r"(seconds?|secs?|s|minutes?|mins?|min|m|hours?|hrs?|h)(?![a-z])(\s+and\s+a\s+half)?"
)
_COUNT_ZH = r"\d{1,6}(?:\.\d{1,6})?|[零〇一二两三四五六七八九十百半]{1,7}"
_SPAN_ZH = re.compile(rf"({_COUNT_ZH})\s{{0,3}}个?\s*(秒|分(?!之)|小时)(?:(半)?钟?)?(半)?")
_PHOTO = r"(?:photos?|images?|pictures?|pics?|slides?|shots?)"
_EACH = (
    re.compile(rf"{_SPAN.pattern}\s+(?:(?:for\s+)?(?:each|every|per)\b(?:\s+{_PHOTO}\b)?|an?\s+{_PHOTO}\b)"),
    re.compile(
        rf"\b(?:each|every)\b(?:\s+(?:one|single|of\s+the))?\s+{_PHOTO}\b(?:\s+[a-z']+){{0,5}}?\s+{_SPAN.pattern}"
    ),
)
_MORE = re.compile(
    r"\s*(?:more|longer|less|shorter)\b|.*?\b(?:more|longer|less|shorter)\s*$|.*[多少](?=[\d零〇一二两三四五六七八九十半])"
    r"|.*?(?:[多少加减](?:显示|停留?|播放?|放|展示|持续)?|延长|缩短|增加|减少)[\d零〇一二两三四五六七八九十半.]+\s*秒"
)
"""A time that is to come to another one, or to go from it."""

_EACH_ZH = (
    re.compile(
        rf"每一?[张个幅](?:照片|图片|图|相片)?[^\d零〇一二两三四五六七八九十百半,，。]{{0,6}}{_SPAN_ZH.pattern}"
    ),
    re.compile(rf"{_SPAN_ZH.pattern}\s*[一每][张幅](?:照片|图片|图|相片)?"),
)
_CHANGE = re.compile(
    rf"{_SPAN.pattern}\s+(?:shorter|longer|less|more|too (?:long|short))\b"
    rf"|\b(?:shorter|longer) by\s+{_SPAN.pattern}|(?:缩短|延长|减少|增加|加长)\s?{_SPAN_ZH.pattern}"
    r"|(?:^|[,;.]\s*)\s*(?:(?:please|and|then|just|also|can you|could you)\s+)*add\s+(?:another\s+|an?\s+extra\s+)?"
    rf"{_SPAN.pattern}"
    r"(?=(?:\s+to (?:it|the (?:whole |end of the )?(?:video|film|movie|length)))?(?:\s+please)?\s*(?:$|[,;.!]))"
    r"|(?:^|[，,。；\s])(?:请|视频|影片|片子|总长|时长|长度|整体|给|再)*(?:加|多|减|少|短|再长)上?"
    rf"{_SPAN_ZH.pattern}(?=吧?\s*(?:$|[，,。！]))"
)
_SO_MANY_MORE = re.compile(
    r"\b(\d+|an?|one|two|three|four|five|six|eight|ten) (?:more|extra) (seconds?|secs?|minutes?|mins?)\b"
)
_HALF = (
    r"\bhalf (?:as long|the length|its length)\b"
    r"|(?:缩短?|剪|减|压缩?)(?:到|成|为|短到)?(?:原来的)?一半(?!音量|的?声)"
    r"|(?:时长|长度)[^，。]{0,4}一半|一半(?:的?(?:长度?|时长|时间))"
)
_STRETCHES = (
    (r"\btwice (?:as long|the length)\b|\bdouble (?:the|its) length\b|\btwo times as long\b|两倍长|加倍", 2.0),
    (
        _HALF,
        0.5,
    ),
    (r"\bshorter\b|\bshorten\b|\btoo long\b|太长|缩短|更短|再短|短[一]?[点些]", 2 / 3),
    (r"\blonger\b|\blengthen\b|\bextend\b|\btoo short\b|太短|延长|加长|更长|再长|[长久][一]?[点些]", 4 / 3),
)
_OF_SOMETHING = re.compile(
    r"\b(?:music|song|sound|audio|logo|watermark|transitions?|fades?)\b[^,.;!?]{0,24}"
    r"\b(?:longer|shorter|too (?:long|short))"
    r"|(?:音乐|歌曲?|声音|标志|水印|转场)[^，。；！？]{0,8}[长短]"
)
_CLOCK = re.compile(r"(?<![\d:])(\d{1,2}):([0-5]\d)(?![\d:])")
_RATIO = re.compile(r"(?<![\d:.])(\d{1,2})\s*[:：x×比]\s*(\d{1,2})(?![\d%])")
_PERCENT = re.compile(
    r"(?<![\d.])(\d{1,4}(?:\.\d{1,6})?)\s{0,3}(?:%|％|percent\b|per cent\b)"
    r"|百分之\s{0,3}(\d{1,4}|[零一二两三四五六七八九十百]{1,7})"
)

SIZES = {
    (16, 9): (1920, 1080),
    (9, 16): (1080, 1920),
    (1, 1): (1080, 1080),
    (4, 5): (1080, 1350),
    (5, 4): (1350, 1080),
    (4, 3): (1440, 1080),
    (3, 4): (1080, 1440),
    (3, 2): (1620, 1080),
    (2, 3): (1080, 1620),
    (21, 9): (2520, 1080),
}
"""Picture formats by ratio, in pixels."""

_PLATFORMS = (
    (r"(?:instagram|insta|ig) (?:portrait|vertical post)", (4, 5)),
    (r"\bportrait (?:post )?(?:for|on) (?:instagram|insta|ig)\b", (4, 5)),
    (r"youtube shorts?|\bshorts\b|\btik\s?-?tok\b|\breels\b", (9, 16)),
    (r"(?:instagram|insta|ig|facebook|fb) (?:reel|stor(?:y|ies))", (9, 16)),
    (r"\b(?:export|render|download|save)\b[^,.;!?]{0,30}\b(?:as|for) (?:an? |the )?(?:reel|story|short)\b", (9, 16)),
    (r"\b(?:reel|story) for (?:instagram|insta|ig|facebook|fb)\b", (9, 16)),
    (r"\bvertical|\bportrait\b|\bsnapchat\b|\bphone screen|抖音|快手|视频号|竖屏|竖版|竖的|朋友圈视频", (9, 16)),
    (r"小红书", (3, 4)),
    (r"(?:instagram|insta|ig) feed", (4, 5)),
    (r"\b(?:reels|stories)\b", (9, 16)),
    (r"pinterest", (2, 3)),
    (r"\bsquare\b|(?:instagram|insta|ig) post|方形|正方形|方屏|方的|方版|方块", (1, 1)),
    (r"\byoutube\b|\bvimeo\b|\blandscape\b|\bwide\s?screen\b|\bhorizontal", (16, 9)),
    (r"横屏|横版|宽屏|b站|哔哩哔哩|bilibili", (16, 9)),
)  # fmt: skip


def duration(text: str) -> int | None:
    """Return the duration that a text (lower case) names, in ms, or None.

    Examples
    --------
    >>> [duration(text) for text in ("a 30-second promo", "half a minute", "1m 30s", "1:10", "一分半钟", "十五秒")]
    [30000, 30000, 90000, 70000, 90000, 15000]
    >>> duration("9:16") is None
    True
    """
    if re.search(r"\bminute and a half\b", text):
        return 90_000
    spans = [(match.span(), _english(match)) for match in _SPAN.finditer(text)]
    spans = spans or [(match.span(), _chinese(match)) for match in _SPAN_ZH.finditer(text)]
    if spans:
        return _together(text, spans)
    for match in _CLOCK.finditer(text):
        minutes, seconds = int(match[1]), int(match[2])
        if (minutes, seconds) not in SIZES:
            return (minutes * 60 + seconds) * 1_000
    return None


def each(text: str) -> tuple[int | None, str]:
    """Return how long each photo shall be seen, in ms (or None), and the text (lower case) without that.

    Examples
    --------
    >>> each("a slideshow, 3 seconds per photo"), each("每张照片3秒")
    ((3000, 'a slideshow,  '), (3000, ' '))
    >>> each("make each photo 2 seconds")[0], each("3秒一张照片")[0], each("a 30-second promo")[0]
    (2000, 3000, None)
    """
    for patterns, read in ((_EACH, _english), (_EACH_ZH, _chinese)):
        for match in (found for pattern in patterns if (found := pattern.search(text))):
            number, unit = read(match)
            if _MORE.match(match[0]) or _MORE.match(text[match.end() :]):
                continue
            return round(number * _UNITS[unit]), f"{text[: match.start()]} {text[match.end() :]}"
    return None, text


def change(text: str) -> int | None:
    """Return by how many ms a text (lower case) asks for a longer (or, below 0, shorter) video, or None.

    Examples
    --------
    >>> change("make it 10s shorter"), change("延长5秒"), change("make it 10s")
    (-10000, 5000, None)
    >>> change("add 5 seconds"), change("再加5秒"), change("减5秒"), change("add 5 seconds of black")
    (5000, 5000, -5000, None)
    >>> change("太长了，短10秒"), change("做一个短视频，10秒")
    (-10000, None)
    """
    match = _CHANGE.search(_SO_MANY_MORE.sub(r"\1 \2 more", text))
    if match is None:
        return None
    found = duration(match[0]) or 0
    return -found if re.search(r"shorter|less|too long|[短减少]", match[0]) else found


def unchanged(text: str) -> str:
    """Return a text (lower case) without the change of a length in it.

    Examples
    --------
    >>> unchanged("make a 20 second video, then add 5 seconds")
    'make a 20 second video'
    """
    return _CHANGE.sub("", _SO_MANY_MORE.sub(r"\1 \2 more", text))


def stretch(text: str) -> float | None:
    """Return how many times as long a text (lower case) wants the video, where it names no seconds, or None.

    Examples
    --------
    >>> [round(stretch(text) or 0, 2) for text in ("shorter please", "太短了", "twice as long", "make a video")]
    [0.67, 1.33, 2.0, 0]
    >>> stretch("make it 20% shorter"), stretch("视频缩短10%"), stretch("extend it by 50%")
    (0.8, 0.9, 1.5)
    >>> stretch("the music should last longer") is None  # that is the music's
    True
    """
    if _OF_SOMETHING.search(text):
        return None
    found = next((factor for pattern, factor in _STRETCHES if re.search(pattern, text)), None)
    share = percent(text) if found in (2 / 3, 4 / 3) else None
    if share is None or not found:
        return found
    # "20 % shorter" and "to 80 %".
    to = re.search(r"\bto\s+\d|[到成为至]\s*(?:百分之|\d)", text)
    return share if to else max(0.05, 1 - share) if found < 1 else 1 + share


def span(text: str) -> re.Pattern[str]:
    """Return a pattern for a duration after some words (a pattern); :func:`duration` reads what it finds.

    Examples
    --------
    >>> span("title for").search("a title for 5 seconds")[0]
    'title for 5 seconds'
    """
    return re.compile(rf"(?:{text})\s*(?:{_SPAN.pattern}|{_SPAN_ZH.pattern})")


def _english(match: re.Match[str]) -> tuple[float, str]:
    number = _ENGLISH.get(match[1]) if match[1] in _ENGLISH else float(match[1])
    return (number or 0.0) + (0.5 if match[2] or match[4] else 0.0), match[3][0]


def _chinese(match: re.Match[str]) -> tuple[float, str]:
    return chinese_number(match[1]) + (0.5 if match[3] or match[4] else 0.0), match[2][0]


def _together(text: str, spans: list[tuple[tuple[int, int], tuple[float, str]]]) -> int:
    """Return the first span, with a smaller unit that follows it at once ("1 minute 30 seconds")."""
    (_, end), (number, unit) = spans[0]
    total = number * _UNITS[unit]
    for (start, after), (more, smaller) in spans[1:]:
        if _UNITS[smaller] < _UNITS[unit] and re.fullmatch(r"[\s,]*(?:and\s*)?", text[end:start]):
            total, unit, end = total + more * _UNITS[smaller], smaller, after
    return round(total)


def chinese_number(text: str) -> float:
    """Return a number below a thousand, in digits or Chinese numerals.

    Examples
    --------
    >>> [chinese_number(text) for text in ("30", "十五", "二十", "一百二十", "半", "两")]
    [30.0, 15.0, 20.0, 120.0, 0.5, 2.0]
    """
    if text[0].isdigit():
        return float(text)
    if text == "半":
        return 0.5
    total, digit = 0, 0
    for letter in text:
        if letter in "十百":
            total += (digit or 1) * (10 if letter == "十" else 100)
            digit = 0
        else:
            digit = _CHINESE.get(letter, 0)
    return float(total + digit)


def size(text: str) -> tuple[int, int] | None:
    """Return the picture size in pixels that a text (lower case) asks for, by ratio or platform, or None.

    Examples
    --------
    >>> size("make it 9:16"), size("for youtube"), size("for youtube shorts"), size("at 1:30")
    ((1080, 1920), (1920, 1080), (1080, 1920), None)
    """
    for match in _RATIO.finditer(text):
        if found := SIZES.get((int(match[1]), int(match[2]))):
            return found
    return next((SIZES[ratio] for pattern, ratio in _PLATFORMS if re.search(pattern, text)), None)


_TENTHS = re.compile("([一二两三四五六七八九])成(?![了功])")


def percent(text: str) -> float | None:
    """Return a share from 0 to 1 (or above, where somebody asks for more), or None.

    Examples
    --------
    >>> percent("at 35 %"), percent("百分之二十"), percent("三成"), percent("loud")
    (0.35, 0.2, 0.3, None)
    """
    if tenths := _TENTHS.search(text):
        return chinese_number(tenths[1]) / 10
    match = _PERCENT.search(text)
    return None if match is None else (float(match[1]) if match[1] else chinese_number(match[2])) / 100
