"""Texts in what people say: which, what they show, on which photo or when, how they look.

What stands in quotes is held apart first (:mod:`~nemo_widgets.studio.agent.quotes`), so that a title never reads as an
order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from nemo_widgets.studio.agent import quantities
from nemo_widgets.studio.agent.lettering import LARGER, SMALLER, STYLES_ONLY, take_lettering
from nemo_widgets.studio.agent.moods import MUSIC
from nemo_widgets.studio.agent.pointing import MARK, mark_shots
from nemo_widgets.studio.agent.quotes import LETTER, TITLE, Texts, take_texts, texts_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nemo_widgets.studio.agent.pointing import Marks, Pick

__all__ = [
    "LARGER",
    "SMALLER",
    "STYLES_ONLY",
    "TITLE",
    "Caption",
    "Texts",
    "take_caption",
    "take_picks",
    "take_texts",
    "texts_in",
]

Name = TypeVar("Name", str, int)

_LOWER = r"\blower[ -]thirds?\b|\bname ?tags?\b|\bname (?:bar|banner)s?\b|字幕条|人名条|下三分之一(?:字幕|标题)"
_CTA = r"\bcalls?[ -]to[ -]action\b|\bctas?\b|\bend ?cards?\b|行动号召|引导语|结束语"
_END_WITH = (
    r"\b(?:ends?|ending|finish(?:es)?|close[sd]?|closing)\s+(?:it\s+|the (?:video|film|movie)\s+)?(?:with|on)\s+"
    rf"(?:the (?:words?|text|line|message)\s+)?{LETTER}"
    rf"|以{LETTER}(?:作为?)?(?:结尾|结束|收尾)|用{LETTER}(?:结尾|结束|收尾)"
)
_START_WITH = (
    rf"\b(?:starts?|begin|open)(?:s|ning|ing)?\s+(?:it\s+|the (?:video|film|movie)\s+)?with\s+(?:the "
    rf"(?:words?|text|line|message)\s+)?{LETTER}|(?:以|用){LETTER}(?:开头|开始|开场)"
)
_CAPTION = r"\bcaption(?:s|ed|ing)?\b|字幕|说明(?:文字)?|配文|\blabel(?:s|led)?\b"
_FILE_NAMES = (
    r"\b(?:file\s?-?)?names? (?:of (?:the|each|every|my) (?:files?|photos?|pictures?|images?) )?(?:under|below|on"
    r"|over|onto|as|in)\b"
    r"|\bfile\s?-?names?\b(?!\s*(?:order|alphabet))|文件名"
)
_BY_NAME = r"\b(?:sort|order|arrange)\w*\b.*\bnames?\b|按(?:文件)?名"
_THING = rf"{TITLE}|{LETTER}|{_LOWER}|{_CTA}"
_MIDDLE = r"\b(?:at|in|to) the middle\b(?: of (?:the|my) (?:video|film|movie))?|中间|中途|中段"
_OF = r"(?:\s+of (?:the|my) (?:video|film|movie|clip))?"
_PLACES = {
    "whole": r"\b(?:for|during|throughout|over|through) the (?:whole|entire|full) (?:video|film|movie|time|thing)\b"
    r"|\bthroughout\b|\ball the time\b|\bpermanently\b"
    r"|整个视频|全程|一直|从头到尾",
    "end": rf"\b(?:at|to|towards|near|for|in) the (?:very )?end\b{_OF}"
    rf"|\b(?:end|ending|closing|final|outro) (?={TITLE})"
    r"|结尾|片尾|末尾|尾部|最后(?![一]?[张个段第])",
    "start": rf"\b(?:at|to|in|for) the (?:very )?(?:beginning|start)\b{_OF}|\b(?:opening|intro|start) (?={TITLE})"
    r"|开头|片头|开始|起始|开场",
}
_SWAP = (
    r"\b(?:swap|exchange|switch)\s+(?:the\s+|both\s+|two\s+)*(?:texts|titles|captions)\b"
    r"|(?:交换|对调|互换)(?:这?两[个处]|一下)?(?:文字|标题|字幕)|(?:文字|标题|字幕)(?:交换|对调|互换)"
)
_ADDS = r"\b(?:add|another|new|with|and|include|put|insert|write|place)\b|加(?!到)|新|再|写"
_ADDS_ONE = r"\b(?:add|another|new|include|insert)\b|加(?!到)|新"
_NEXT = rf"\b(?:another|one more|additional|extra|new)\s+(?:{TITLE})|再加|另加|另外加"
_TEXT_NOUN = rf"(?:{TITLE}|{_LOWER})"
_NTH = {
    0: rf"\bfirst (?={_TEXT_NOUN})|第一[个条](?=.{{0,3}}{TITLE})|(?<![\d.])\b(?:text|title|caption) (?:no\.?\s*"
    rf"|number |#)?1\b(?!\s*(?:s|sec|[.:]))",
    1: rf"\bsecond (?={_TEXT_NOUN})|第二[个条](?=.{{0,3}}{TITLE})|\b(?:text|title|caption) (?:no\.?\s*|number |#)?2\b"
    rf"(?!\s*(?:s|sec|[.:]))",
    2: rf"\bthird (?={_TEXT_NOUN})|第三[个条](?=.{{0,3}}{TITLE})|\b(?:text|title|caption) (?:no\.?\s*|number |#)?3\b"
    rf"(?!\s*(?:s|sec|[.:]))",
    3: rf"\bfourth (?={_TEXT_NOUN})|第四[个条](?=.{{0,3}}{TITLE})|\b(?:text|title|caption) (?:no\.?\s*|number |#)?4\b"
    rf"(?!\s*(?:s|sec|[.:]))",
    -1: rf"\blast (?={_TEXT_NOUN})|最后一[个条](?=.{{0,3}}{TITLE})",
}
_NTH_ZH = re.compile(rf"(?:第([一二三四])|最后一)[个条](?=.{{0,3}}{_TEXT_NOUN})")
_NTH_WORDS = {"一": "first", "二": "second", "三": "third", "四": "fourth"}
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
_AT_CLOCK = re.compile(rf"\b(?:at|from|starting at|after)\s+(?P<at>{_CLOCK})(?![\d:])")
_UNTIL = re.compile(
    rf"\b(?:until|till|up to)\s+(?:second\s+)?(?P<a>{_CLOCK}|{_NUM})\s*(?:{_UNIT})?|(?:一直)?(?:显示|停留|持续)?到第?"
    rf"(?P<b>{_ZH_NUM})\s*秒钟?(?:为止|结束|消失)?"
)
_EDGE = re.compile(
    rf"\b(?:for|in|during|over)\s+the\s+(?P<edge>first|last|final)\s+(?P<n>{_NUM}|one|two|three|four|five|six|seven"
    rf"|eight|nine|ten)\s*{_UNIT}"
    rf"|(?P<zh>最后|最前|前)(?P<m>{_ZH_NUM})\s*秒钟?"
)
_LASTS = quantities.span(
    rf"(?:{TITLE}|{LETTER}|\bit)(?:\s+\w+){{0,4}}?\s+(?:for|last|lasting|stay)|(?:{TITLE}|{LETTER})[^\d,，。]{{0,4}}?"
    rf"(?:显示|停留|持续)|(?:显示|停留|持续)|\bfor"
)
_LONGER = re.compile(
    r"\b(?:stays?|shown?|visible|keep|lasts?|on screen)\b.{0,30}?\b(longer|shorter|briefer)\b|\b(longer"
    r"|shorter)\b.{0,12}$|显示得?(?:更)?(久|长|短)"
)
_NO = (
    r"(?:\b(?:no|without|remove|delete|drop|take out|take away|take off|hide|get rid of|erase)\s+"
    r"(?:the\s+|any\s+|both\s+(?:of\s+)?|all\s+(?:the\s+|of the\s+)?|my\s+|that\s+|this\s+|background\s+"
    rf"|(?:end|ending|closing|final|last|opening|intro|first|start|second|third|fourth|red|blue|white|yellow)\s+"
    rf"(?={TITLE}|{_LOWER})"
    r"|\w+\s+(?:or|nor|and)\s+)*)"
)
_NO_ZH = (
    r"(?:不要|去掉|删除|删掉|删了|移除|取消|不加|无|去除|拿掉)(?:所有|全部|那个|这个)?"
    r"(?:最后一[个条]|结尾|片尾|最后|开头|片头|中间|第[一二三四][个条]|第[一二三四五六七八九十\d]+张(?:照片|图片"
    r"|图)?)?(?:处|上)?的?"
)
_DROP = (
    rf"{_NO}(?:{_THING})|{_NO_ZH}(?:{TITLE}|{LETTER}|{_LOWER}|{_CTA})|(?:把|将)?(?:{TITLE}|{LETTER}|{_LOWER})(?:都"
    rf"|全部?)?(?:删掉|删除|去掉|移除|删了|拿掉|去除)"
    rf"|\btake (?:the )?(?:{_THING}) (?:out|off|away)\b"
)
_ON = r"(?:on|onto|over|under|underneath|below|beneath|for|to|of|in|during|across|at)"
_LIST = rf"(?:the\s+)?{MARK}(?:\s*(?:,\s*and|,|and|&|和|、)\s*(?:the\s+)?{MARK})*"
_PICKED = re.compile(
    rf"(?:{_THING})(?:\s+[a-z]+){{0,4}}?\s+{_ON}\s+({_LIST})(?!\s*(?:['’]s\b|\s*(?:sound|audio|music|volume)))"
    rf"|\b(?:caption|label|name|title|text|words)\s+(?:for |on |of |to )?({_LIST})|(?:^|[,，;]|\b(?:on|over|under|for"
    rf"|and)\b)\s*({_LIST})\s*(?:[:：,，]|\bput\b|\bwrite\b|\badd\b|\bsay\b|\bshould say\b|\s)*(?={LETTER})"
    rf"|(?:在|给|为|把|对)?({_LIST})\s*(?:上面?|下面?|下方|里|中|的)?\s*(?:加上?|写上?|配上?|放上?|显示|打上|标上"
    rf"|添加|的)?\s*(?:一个|一句)?(?={TITLE}|{LETTER}|[:：])|(?:到|在)({_LIST})(?:上|下)"
    rf"|(?:{TITLE}|{LETTER})\s*({_LIST})\s*[:：]?"
)
_EACH = re.compile(
    r"\b(?:each|every|all(?: of)?(?: the| my)?|the|my|these|those)\s+(?:single\s+|one of the\s+)?(?:photos?|pictures?"
    r"|images?|pics?|slides?|shots?)\b|\bper (?:photo|picture|image)\b"
    r"|每一?[张幅个](?:照片|图片|图|相片)?|所有照片|照片都?|图片都?"
)


@dataclass(frozen=True)
class Caption:
    """What a prompt says about texts.

    Attributes
    ----------
    text : str or None
        What is to be shown.
    each : tuple of str
        What is to be shown on one photo after another.
    more : tuple of str
        Further texts, to be shown after that one (or to be taken away with it).
    names : bool
        Whether every photo's file name is to be shown.
    target : str or None
        The words of a text that is there (or that may be there), which is meant.
    spoken : bool
        Whether texts are spoken of at all.
    drop, swap, add, change : bool
        To be taken away; two to change places; another one; another text for one that is there.
    one : bool
        Whether one is spoken of rather than all of them.
    role : str or None
        ``"title"``, ``"caption"``, ``"lower-third"`` or ``"call-to-action"``.
    place : str or int or None
        ``"start"``, ``"middle"``, ``"end"``, ``"whole"``, ``"next"`` (after those that are there) or ms.
    picks : tuple of Pick
        On which photos and clips.
    every : bool
        Whether every photo is to have one.
    nth : int or None
        Which one is meant, from 0, or from -1 at the end.
    length : int or None
        Milliseconds that it is to be shown.
    until : int or None
        When it is to be gone, in ms.
    factor : float or None
        How many times as long it is to be shown.
    look : dict
        ``size``, ``color``, ``position``, ``background`` (:func:`~nemo_widgets.studio.agent.lettering.take_lettering`).
    """

    text: str | None = None
    each: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    names: bool = False
    target: str | None = None
    spoken: bool = False
    drop: bool = False
    swap: bool = False
    add: bool = False
    change: bool = False
    one: bool = True
    role: str | None = None
    place: str | int | None = None
    picks: tuple[Pick, ...] = ()
    every: bool = False
    nth: int | None = None
    length: int | None = None
    until: int | None = None
    factor: float | None = None
    look: dict[str, Any] = field(default_factory=dict[str, Any])

    @property
    def wanted(self) -> bool:
        """Whether a text is to be shown or to change."""
        return self.spoken and not self.drop

    @property
    def says(self) -> bool:
        """Whether it is said what is to be shown."""
        return self.text is not None or bool(self.each) or self.names

    @property
    def restyles(self) -> bool:
        """Whether a look, place or time is named."""
        return bool(self.look or self.length or self.until or self.factor) or self.place is not None or bool(self.picks)


def take_caption(text: str, texts: Texts, picks: tuple[Pick, ...] = (), *, make: bool) -> tuple[Caption, str]:
    """Return what a text (lower case, letters for what is quoted) says about texts, and the text without that.

    Parameters
    ----------
    text
        What is said.
    texts
        What stands for the letters.
    picks
        On which photos and clips (:func:`take_picks`).
    make
        Whether a new video is asked for, too.

    Examples
    --------
    >>> caption, rest = take_caption("a bigger red title at the end", Texts(), make=False)
    >>> caption.look, caption.place
    ({'color': '#e53935', 'size': 'larger'}, 'end')
    """
    names = re.search(_FILE_NAMES, text) is not None and not re.search(_BY_NAME, text)
    if not names and not texts.said and not texts.each and not re.search(_THING, text):
        return Caption(), text
    if not texts.said and re.search(_SWAP, text):
        return Caption(spoken=True, swap=True, one=False), re.sub(_SWAP, " ", text)
    role = _role(text, texts)
    if match := re.search(_DROP, text):
        return _dropped(text, match, texts, picks, role)
    edge_place, edge_length, text = _edge(text) if not make else (None, None, text)
    at, length, text = (None, None, text) if make and not texts.said else _times(text)
    until, text = _until(text) if not make else (None, text)
    look, text = take_lettering(text, near=make)
    factor, text = _factor(text) if not make else (None, text)
    nth, text = _first(_NTH, text)
    place: str | int | None
    place, text = _first(_PLACES, text)
    place = edge_place or place
    several = (
        len(texts.said) > 1 and not picks and re.search(r"\bcaptions\b|字幕(?:分别|依次)|分别|依次|字幕[:：]", text)
    )
    every = bool(texts.each or several) or names or (role == "caption" and re.search(_EACH, text) is not None)
    if place is None and re.search(_END_WITH, text):
        place = "end"
    if place is None and re.search(_START_WITH, text):
        place = "start"
    if place is None and texts.said and nth is None and re.search(_NEXT, text):
        place = "next"
    if place is None and re.search(_MIDDLE, text):
        if texts.said:
            place = "middle"
        else:
            look.setdefault("position", "center")
        text = re.sub(_MIDDLE, " ", text, count=1)
    change = (
        re.search(
            r"\b(?:change|replace|rename|call it|set|correct|fix|swap)\b|\binstead of\b|\bshould (?:say|read|be)\b|改"
            r"|换",
            text,
        )
        is not None
    )
    said = _said(text, texts, change=change)
    each = texts.each or (texts.said if len(texts.said) > 1 and (every or len(picks) == len(texts.said)) else ())
    caption = Caption(
        text=said[1],
        target=said[0],
        each=each,
        more=() if each else tuple(one for one in texts.said if one not in said),
        names=names,
        spoken=True,
        add=re.search(_ADDS if texts.said or texts.each or make else _ADDS_ONE, text) is not None,
        change=change,
        one=re.search(r"\b(?:texts|titles|captions|headings|all)\b|所有|全部|都", text) is None,
        role=role,
        place=place if at is None else at,
        picks=picks,
        every=every,
        nth=nth,
        length=length or edge_length,
        until=until,
        factor=factor,
        look=look,
    )
    return caption, _cleared(text, names=names)


def _cleared(text: str, *, names: bool) -> str:
    text = re.sub(rf"{_LOWER}|{_CTA}", " title ", re.sub(_END_WITH, " title ", re.sub(_START_WITH, " title ", text)))
    if names:
        text = re.sub(
            r"\b(?:put|show|add|use|display|write)\b[^,.;]*" + f"(?:{_FILE_NAMES})" + r"[^,.;]*|.{0,8}文件名.{0,12}",
            " title ",
            text,
        )
    return re.sub(LETTER, " ", text)


def _role(text: str, texts: Texts) -> str | None:
    if re.search(_LOWER, text) and not re.search(r"\b(?:in|at|to|into|on) the lower[ -]third", text):
        return "lower-third"
    if re.search(f"{_CTA}|{_END_WITH}", text):
        return "call-to-action"
    if texts.each or re.search(_CAPTION, text) or re.search(_FILE_NAMES, text):
        # "Add the caption X at the end" is any text.
        return "caption"
    if re.search(rf"(?:\b(?:photo|picture|image|clip)\s*\d+|第.{{1,3}}[张个段].{{0,4}})\s*[:：]?\s*{LETTER}", text):
        return "caption"
    return "title" if re.search(r"\b(?:titles?|head(?:line|ing)s?)\b|标题|片名", text) else None


def _said(text: str, texts: Texts, *, change: bool) -> tuple[str | None, str | None]:
    """Return (the words of the text that is meant, the words that are to be shown)."""
    first = next(iter(texts.said), None)
    if len(texts.said) > 1 and (change or re.search(r"\bfrom\b|\binto\b", text)):
        if re.search(rf"\binstead of {LETTER}", text):
            return texts.said[1], texts.said[0]
        return texts.said[0], texts.said[1]
    about = (
        rf"(?:\b(?:make|move|put|place|shift|show|keep|let|turn|set|colou?r|enlarge|shrink|resize|bring|start"
        rf"|end)\s+(?:the\s+|my\s+)?(?:(?:text|title|caption|words?)\s+)?{LETTER})"
    )
    about += rf"|(?:把|将|让)(?:{TITLE})?{LETTER}|^\s*{LETTER}\s*(?:要|改|变|放|移|显示|in|should|is|must|needs|stays?)"
    if re.search(about, text) and not re.search(_END_WITH, text):
        return first, None if _moves_it(text) else first
    return None, first


def _moves_it(text: str) -> bool:
    """Say whether nothing but a text that is there can be meant."""
    return (
        re.search(
            rf"\b(?:make|move|shift|keep|let|turn|colou?r|enlarge|shrink|resize)\s+(?:the\s+|my\s+)?"
            rf"(?:\w+\s+)?{LETTER}|(?:把|将|让).*(?:改|变|放大|缩小|移)",
            text,
        )
        is not None
    )


def _dropped(
    text: str, match: re.Match[str], texts: Texts, picks: tuple[Pick, ...], role: str | None
) -> tuple[Caption, str]:
    nth, named = _first(_NTH, text)
    place, _ = _first({**_PLACES, "middle": _MIDDLE}, named)
    target = texts.said[0] if texts.said else None
    one = (
        re.search(r"\b(?:texts|titles|captions|headings|all|both|no|without|any)\b|所有|全部|都|不要|无", text) is None
    )
    caption = Caption(
        spoken=True,
        drop=True,
        place=place,
        nth=nth,
        target=target,
        more=texts.said[1:],
        role=role,
        picks=picks,
        one=one and target is None,
    )
    heard = re.sub(_THING, " ", match[0]) if re.search(MUSIC, match[0]) else " "
    rest = f"{text[: match.start()]}{heard}{text[match.end() :]}"
    return caption, re.sub(LETTER, " ", rest)


def take_picks(text: str, marks: Marks) -> tuple[tuple[Pick, ...], str]:
    """Return on which photos and clips a text is to stand (lower case, letters for what is quoted), and the rest.

    Examples
    --------
    >>> from nemo_widgets.studio.agent.pointing import Marks
    >>> take_picks("caption the first photo", Marks())[0][0].nth, take_picks("remove the first photo", Marks())[0]
    (1, ())
    """
    if not re.search(_THING, text) and not re.search(_CAPTION, text):
        return (), text
    text = _NTH_ZH.sub(lambda match: f" {_NTH_WORDS.get(match[1] or '', 'last')} ", text)
    if any(re.search(pattern, text) for pattern in _NTH.values()):
        return (), text
    since = len(marks.words)
    # "Photo 1: …" is no ratio, and it is a caption.
    plain, labels = re.subn(rf"(\d)\s*[:：]\s*(?={LETTER})", r"\1 ", text)
    marked = mark_shots(plain, marks)
    for match in _PICKED.finditer(marked):
        group = next(g for g in range(1, (match.lastindex or 0) + 1) if match[g])
        picks = marks.picked(match[group])
        definite = all((pick.definite or pick.single) and pick.kind != "audio" for pick in picks)
        if picks and definite:
            start, end = match.span(group)
            return picks, marks.spelled(f"{marked[:start]} {'caption' if labels else 'title'} {marked[end:]}", since)
    return (), marks.spelled(marked, since)


def _times(text: str) -> tuple[int | None, int | None, str]:
    """Return when a text appears and for how long, in ms, and the text (lower case) without that."""
    if re.search(r"\b(?:move|shift|push|bring)\b", text):
        text = re.sub(r"\bto (?=(?:second )?\d)", "at ", text)
    if match := _SPAN.search(text):
        start, end = _ms(match["a"] or match["c"]), _ms(match["b"] or match["d"])
        named = match["c"] or match["unit"] or ":" in (match["a"] or "") or re.match(r"from|between|at", match[0])
        if named and end > start:
            return start, end - start, _without(match, text)
    at, text = _taken(_AT, text)
    if at is None and (match := _AT_CLOCK.search(text)):
        at, text = _ms(match["at"]), _without(match, text)
    length, text = _taken(_LASTS, text)
    return at, length, text


def _until(text: str) -> tuple[int | None, str]:
    match = _UNTIL.search(text)
    if match is None:
        return None, text
    return _ms(match["a"] or match["b"]), _without(match, text)


def _edge(text: str) -> tuple[str | None, int | None, str]:
    match = _EDGE.search(text)
    if match is None:
        return None, None, text
    number = match["n"] or match["m"]
    length = quantities.duration(f"{number} {'seconds' if match['n'] else '秒'}")
    return (
        "start" if (match["edge"] or match["zh"]) in {"first", "前", "最前"} else "end",
        length,
        _without(match, text),
    )


def _factor(text: str) -> tuple[float | None, str]:
    if match := re.search(r"\b(twice|half|double) (?:as long|the time)\b|[两一]?(倍|半)时间", text):
        return (0.5 if "half" in match[0] or "半" in match[0] else 2.0), _without(match, text)
    match = _LONGER.search(text)
    if match is None:
        return None, text
    word = next(group for group in match.groups() if group)
    return (2.0 if word in {"longer", "久", "长"} else 0.5), _without(match, text)


def _ms(words: str) -> int:
    if ":" in words:
        minutes, seconds = words.split(":")
        return (int(minutes) * 60 + int(seconds)) * 1_000
    return round(quantities.chinese_number(words) * 1_000)


def _taken(pattern: re.Pattern[str], text: str) -> tuple[int | None, str]:
    match = pattern.search(text)
    if match is None:
        return None, text
    kept = "".join(re.findall(LETTER, match[0]))
    # The word "title" stays: it is looked for later.
    return quantities.duration(match[0]), f"{text[: match.start()]} title {kept} {text[match.end() :]}"


def _first(patterns: Mapping[Name, str], text: str) -> tuple[Name | None, str]:
    for name, pattern in patterns.items():
        if match := re.search(pattern, text):
            return name, _without(match, text)
    return None, text


def _without(match: re.Match[str], text: str) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}"
