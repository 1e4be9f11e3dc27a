"""When a text is seen, and for how long, in what people say. Pure."""

from __future__ import annotations

import re

from nemo_widgets.studio.agent import quantities
from nemo_widgets.studio.agent.moods import MUSIC
from nemo_widgets.studio.agent.quotes import LETTER, TITLE

_NUM = r"\d{1,4}(?:\.\d{1,3})?"
_ZH_NUM = r"\d{1,4}(?:\.\d{1,3})?|[零〇一二两三四五六七八九十百半]{1,5}"
_CLOCK = r"\d{1,2}:[0-5]\d"
_UNIT = r"(?:seconds?|secs?|s)(?![a-z])"
_SPAN = re.compile(
    rf"(?:\b(?:from|between|at)\s+)?(?:second\s+)?(?<![\d:.#])(?P<a>{_CLOCK}|{_NUM})\s*(?:{_UNIT})?\s*(?:to|until"
    rf"|till|and|[-–—])\s*(?:second\s+)?(?P<b>{_CLOCK}|{_NUM})(?P<unit>\s*{_UNIT})?(?![\d:%])"
    rf"|(?:从|在)?第?(?P<c>{_ZH_NUM})\s*秒?钟?(?:开始)?(?:显示|出现)?\s*(?:到|至|[-–~—])\s*第?(?P<d>{_ZH_NUM})\s*秒钟?"
)
_AT = quantities.span(r"\b(?:at|from|after|starting at)(?: second)?|第|在")
_COUNT = r"\d{1,4}(?:\.\d{1,3})?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty"
_SECOND = re.compile(
    rf"\b(?P<at>at|from|after|to|for)\s+(?:the\s+)?(?:second\s+(?P<n>{_COUNT})\b(?!\s*(?:to|until|till|[-–—]|{_UNIT}))"
    rf"|(?P<mark>{_COUNT})[ -]*{_UNIT}\s+mark\b)"
    rf"|\b(?P<into>{_COUNT})\s*{_UNIT}\s+in(?:to (?:it|the (?:video|film|movie)))?(?=\s*(?:$|[,.;!]|and\b|for\b))"
)
"""A moment that is called by its number: "at second 5", "at the 5 second mark", "5 seconds in"."""

_AT_CLOCK = re.compile(rf"\b(?:at|from|starting at|after)\s+(?P<at>{_CLOCK})(?![\d:])")
_UNTIL = re.compile(
    rf"\b(?:until|till|up to)\s+(?:second\s+)?(?P<a>{_CLOCK}|{_NUM})\s*(?:{_UNIT})?|(?:一直)?(?:显示|停留|持续)?到第?"
    rf"(?P<b>{_ZH_NUM})\s*秒钟?(?:为止|结束|消失)?"
)
_GONE = re.compile(
    rf"\b(?:go(?:es)? away|disappears?|vanish(?:es)?|(?:(?:be|is|and|,) )?gone|(?:(?:goes|go|is|be) )?off|ends?"
    rf"|stops?|leaves?|hides?"
    rf"|fades? (?:out|away))\s+"
    rf"(?:again\s+)?(?:at|after|by)\s+(?:second\s+)?(?P<a>{_CLOCK}|{_NUM})\s*(?:{_UNIT})?"
    rf"|(?:在|到|等)?第?(?P<b>{_ZH_NUM})\s*秒钟?(?:之?后|的?时候?)?(?:就|再|自动|要|让它)*(?:消失|不见|隐藏|没有?了|结束)"
)
_BY = re.compile(
    rf"\b(?P<en>(?:{_NUM}|an?|one|two|three|four|five|half a)\s*{_UNIT})\s+(?P<way>longer|more|shorter|less|briefer)\b"
    rf"|(?P<way_zh>[多少])(?:停留?|显示|持续|放|出现)?(?P<zh>{_ZH_NUM})\s*秒钟?"
)
_HIDES = re.compile(
    rf"\b(?:remove|delete|hide|drop|take(?: (?:away|off|out))?|get rid of)\s+(?:the\s+|my\s+)?"
    rf"(?P<what>{TITLE}|{LETTER})\s+(?:(?:away|off|out|again)\s+)?"
    rf"(?P<when>(?:at|after)\s+(?:{_CLOCK}|{_NUM})\s*(?:{_UNIT})?)"
)
_HIDES_ZH = re.compile(
    rf"(?:在|第)?(?P<when>(?:{_ZH_NUM})\s*秒钟?)(?:之?后|时)(?:就|再)*(?:去掉|删除|删掉|移除|隐藏|拿掉)(?P<what>{TITLE}|{LETTER})"
    rf"|(?:在|第)?(?P<once>(?:{_ZH_NUM})\s*秒钟?)(?:之?后|时)(?:就|再)*[把将](?P<that>{TITLE}|{LETTER})(?:给|就|都)?(?:去掉|删除|删掉|移除|隐藏|拿掉)"
    rf"|(?:把|将)?(?P<other>{TITLE}|{LETTER})(?:在|第)?(?P<then>(?:{_ZH_NUM})\s*秒钟?)(?:之?后|时)(?:就|再)*(?:去掉|删除|删掉|移除|隐藏|拿掉)"
)
_HEARD = re.compile(rf"(?:{MUSIC}|\b(?:song|sound|audio|video|movie|film|clip)\b|视频|片段)[^,.;，。]{{0,20}}$")
_EDGE = re.compile(
    rf"\b(?:for|in|during|over)\s+the\s+(?P<edge>first|last|final)\s+(?P<n>{_NUM}|one|two|three|four|five|six|seven"
    rf"|eight|nine|ten)\s*{_UNIT}"
    rf"|(?P<zh>最后|最前|前)(?P<m>{_ZH_NUM})\s*秒钟?"
)
_LASTS = quantities.span(
    rf"(?:{TITLE}|{LETTER}|\bit)(?:\s+\w+){{0,4}}?\s+(?:for|last|lasting|stay)|(?:{TITLE}|{LETTER})[^\d,，。]{{0,4}}?"
    rf"(?:显示|停留?|持续|保持|保留|留|放)|(?:显示|停留?|持续|保持)|\bfor"
)
_ONLY = re.compile(
    rf"{TITLE}\s*(?:(?:to|for|should|must|be|last|lasts|is|only|just|to be|只要?|就|改成|改为|变成|设为|时长)\s*)*"
    rf"(?P<n>(?:{_NUM}|one|two|three|four|five|six|seven|eight|nine|ten)\s*{_UNIT}|(?:{_ZH_NUM})\s*秒钟?)"
    r"(?:\s+(?:long|only|in total))?\s*[.!。]?\s*$"
)
_FOR_SO_LONG = re.compile(r"\b(?:for|last|lasting|stay)\b.*$|(?:显示|停留?|持续|保持).*$")
_LONGER = re.compile(
    r"\b(?:stays?|shown?|visible|keep|lasts?|on screen)\b.{0,30}?\b(longer|shorter|briefer)\b|\b(longer"
    r"|shorter)\b.{0,12}$|(?:显示|停留|持续|停|放|留)得?(?:的?时间)?(?:再|更)?(久|长|短)"
    rf"|{TITLE}的?(?:时间|时长)?(?:再|更|稍微|要|还要)*(久|长|短)一?[点些]"
)


def times(text: str) -> tuple[int | None, int | None, str]:
    """Return when a text appears and for how long, in ms, and what is said (lower case) without that.

    Examples
    --------
    >>> times("a title from 2 to 5 seconds")[:2], times("标题显示4秒")[:2], times("a title")[:2]
    ((2000, 3000), (None, 4000), (None, None))
    >>> times("a title at second 5")[0], times("a title 5 seconds in")[0], times("a title at the 5-second mark")[0]
    (5000, 5000, 5000)
    """
    text = _SECOND.sub(
        lambda found: f"{found['at'] or 'at'} {found['n'] or found['mark'] or found['into']} seconds", text
    )
    if re.search(r"\b(?:move|shift|push|bring)\b", text):
        text = re.sub(r"\bto (?=(?:second )?\d)", "at ", text)
    if match := _SPAN.search(text):
        start, end = _ms(match["a"] or match["c"]), _ms(match["b"] or match["d"])
        named = match["c"] or match["unit"] or ":" in (match["a"] or "") or re.match(r"from|between|at", match[0])
        if named and end > start:
            return start, end - start, without(match, text)
    at, text = _taken(_AT, text)
    if at is None and (match := _AT_CLOCK.search(text)):
        at, text = _ms(match["at"]), without(match, text)
    length, text = _taken(_LASTS, text)
    if at is None and length is None and (match := _ONLY.search(text)):
        return None, quantities.duration(match["n"]), f"{text[: match.start('n')]} {text[match.end() :]}"
    return at, length, text


def gone(text: str) -> tuple[int | None, str]:
    """Return when a text goes away, in ms, and what is said (lower case) without that.

    Examples
    --------
    >>> gone("the title should go away at 6 seconds"), gone("标题第6秒消失")[0], gone("the music stops at 6 s")[0]
    ((6000, 'the title should  '), 6000, None)
    """
    match = _GONE.search(text)
    if match is None or _HEARD.search(text[: match.start()]):
        return None, text
    return _ms(match["a"] or match["b"]), without(match, text)


def hidden(text: str) -> str:
    """Return "remove the title after 3 seconds" (lower case) as the title that goes away then.

    Examples
    --------
    >>> hidden("delete the title after 3 seconds"), hidden("3秒后去掉标题"), hidden("5秒后把标题删掉")
    ('title goes away after 3 seconds', '标题3秒后消失', '标题5秒后消失')
    """
    text = _HIDES.sub(lambda match: f"{match['what']} goes away {match['when']}", text)

    def then(match: re.Match[str]) -> str:
        what, when = match["what"] or match["that"] or match["other"], match["when"] or match["once"] or match["then"]
        return f"{what}{when}后消失"

    return _HIDES_ZH.sub(then, text)


def more(text: str) -> tuple[int | None, str]:
    """Return how much longer (below 0: shorter) a text is to be seen, in ms, and what is said without that.

    Examples
    --------
    >>> more("keep the title 2 seconds longer")[0], more("标题多停留两秒")[0], more("标题少显示1秒")[0]
    (2000, 2000, -1000)
    """
    match = _BY.search(text)
    if match is None:
        return None, text
    length = quantities.duration(match["en"] or f"{match['zh']}秒")
    less = (match["way"] or match["way_zh"]) in ("shorter", "less", "briefer", "少")
    return (-length if less and length else length), without(match, text)


def until(text: str) -> tuple[int | None, str]:
    """Return when a text is gone, in ms, and what is said (lower case) without that.

    Examples
    --------
    >>> until("show it until 0:08")
    (8000, 'show it  ')
    """
    match = _UNTIL.search(text)
    if match is None:
        return None, text
    return _ms(match["a"] or match["b"]), without(match, text)


def edge(text: str) -> tuple[str | None, int | None, str]:
    """Return at which end of the video a text is seen, for how many ms, and what is said (lower case) without that.

    Examples
    --------
    >>> edge("a title in the last 4 seconds"), edge("前3秒显示标题")[:2]
    (('end', 4000, 'a title  '), ('start', 3000))
    """
    match = _EDGE.search(text)
    if match is None:
        return None, None, text
    number = match["n"] or match["m"]
    length = quantities.duration(f"{number} {'seconds' if match['n'] else '秒'}")
    return (
        "start" if (match["edge"] or match["zh"]) in {"first", "前", "最前"} else "end",
        length,
        without(match, text),
    )


def factor(text: str) -> tuple[float | None, str]:
    """Return how many times as long a text is to be seen, and what is said (lower case) without that.

    Examples
    --------
    >>> factor("show the title twice as long"), factor("keep the title on screen longer")[0]
    ((2.0, 'show the title  '), 2.0)
    """
    if match := re.search(r"\b(twice|half|double) (?:as long|the time)\b|[两一]?(倍|半)时间", text):
        return (0.5 if "half" in match[0] or "半" in match[0] else 2.0), without(match, text)
    match = _LONGER.search(text)
    if match is None:
        return None, text
    word = next(group for group in match.groups() if group)
    return (2.0 if word in {"longer", "久", "长"} else 0.5), without(match, text)


def _ms(words: str) -> int:
    if ":" in words:
        minutes, seconds = words.split(":")
        return (int(minutes) * 60 + int(seconds)) * 1_000
    return round(quantities.chinese_number(words) * 1_000)


def _taken(pattern: re.Pattern[str], text: str) -> tuple[int | None, str]:
    match = pattern.search(text)
    if match is None:
        return None, text
    words = _FOR_SO_LONG.sub("", match[0])
    # "The title yellow for 5 seconds" is yellow, too.
    kept = re.sub(rf"\bit\b|{TITLE}", " ", words) if words != match[0] else "".join(re.findall(LETTER, match[0]))
    # The word "title" stays: it is looked for later.
    return quantities.duration(match[0]), f"{text[: match.start()]} title {kept} {text[match.end() :]}"


def without(match: re.Match[str], text: str) -> str:
    """Return a text without what was found in it.

    Examples
    --------
    >>> without(re.compile("b").search("abc"), "abc")
    'a c'
    """
    return f"{text[: match.start()]} {text[match.end() :]}"
