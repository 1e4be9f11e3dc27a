"""Titles in what people say: their text, where in time and picture they stand, how they look.

What stands in quotes is taken out first, so that a title never reads as an order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from nemo_widgets.studio.agent import moods, quantities

if TYPE_CHECKING:
    from collections.abc import Mapping

Name = TypeVar("Name", str, int)

_QUOTES = re.compile(
    "\"([^\"]{1,400})\"|“([^”]{1,400})”|‘([^’]{1,400})’(?!\\w)|「([^」]{1,400})」|『([^』]{1,400})』|《([^》]{1,400})》|«([^»]{1,400})»|(?<!\\w)'([^']{1,400})'(?!\\w)"
)
TITLE = r"(?:\b(?:text|titles?|captions?|headlines?|headings?)\b|文字|标题|字幕|片名)"
_ON = r"with|please|for|using|and (?:add|use|with|make|set|put|an?|the|some|music)"
_ENDS = rf"(?=\s*$|[,;!?，。；！？]|\.(?:\s|$)|\s+(?:{_ON})\b)"
_SAYS = re.compile(
    rf"\b(?:(?:that|which) (?:says|reads)|says|saying|reading|titled|entitled|called|call it"
    rf"|(?<=title )(?:to )?say|(?<=text )(?:to )?say)\s+(.+?){_ENDS}",
    re.IGNORECASE,
)
_TITLE_TO = re.compile(
    r"\b(?:title|text|headline|caption)(?:\s+(?:at|in)\s+the\s+(?:very\s+)?\w+)?(?:\s+(?:to|as|is)\b|\s*[:=])\s*"
    rf"(.+?){_ENDS}",
    re.IGNORECASE,
)
_TITLE_ZH = re.compile(
    r"(?:标题|文字|字幕|片名)\s*(?:改成|改为|换成|换为|设为|设成|设置为|写成|写上|写着|写|叫做|叫|是|为|[:：])\s*"
    r"(.+?)(?=\s*$|[，。；！？,;!?])"
)

_COLORS = {
    "#e53935": r"red|红",
    "#1e88e5": r"blue|蓝",
    "#43a047": r"green|绿",
    "#fdd835": r"yellow|黄",
    "#fb8c00": r"orange|橙|橘",
    "#8e24aa": r"purple|violet|紫",
    "#ec407a": r"pink|粉",
    "#ffffff": r"white|白",
    "#000000": r"black|黑",
    "#ffc107": r"gold(?:en)?|金",
    "#9e9e9e": r"gr[ae]y|silver|灰|银",
    "#795548": r"brown|棕|咖啡",
    "#00bcd4": r"cyan|turquoise|teal|青",
}
_COLOR = rf"(?:{'|'.join(_COLORS.values())})"
_HEX = r"#[0-9a-f]{6}\b"
LARGER, SMALLER = "larger", "smaller"
_SIZES = {
    LARGER: r"bigger|larger|放大|变大|大一[点些]|大点|加大|更大",
    SMALLER: r"smaller|tinier|缩小|变小|小一[点些]|小点|更小",
    "large": r"large|big|huge|大号|大字",
    "medium": r"medium(?:[ -]sized?)?|normal[ -]sized?|中号|中等",
    "small": r"small|tiny|little|小号|小字",
}
_SIZE = rf"(?:{'|'.join(_SIZES.values())})"
_NEAR = r"(?:\s+\w+){0,3}?\s+"
_LOOKS = {
    "color": re.compile(
        rf"\b{_COLOR}\s+(?:[a-z]+\s+){{0,2}}?{TITLE}|{TITLE}{_NEAR}{_COLOR}\b|{_HEX}"
        rf"|{TITLE}[^,，。]{{0,6}}?{_COLOR}色?|{_COLOR}色?的?{TITLE}"
    ),
    "size": re.compile(
        rf"\b{_SIZE}\s+(?:[a-z]+\s+){{0,2}}?{TITLE}|{TITLE}{_NEAR}{_SIZE}\b|{TITLE}[^,，。]{{0,4}}?{_SIZE}"
        rf"|{_SIZE}的?{TITLE}"
    ),
}
_POSITIONS = {
    "lower-third": r"\blower[ -]third\b|下三分之一",
    "top": r"\b(?:at|on|in|to) (?:the )?(?:very )?top\b(?: of the (?:screen|picture|frame))?|顶部|上方|上面",
    "bottom": r"\b(?:at|on|in|to) (?:the )?(?:very )?bottom\b(?: of the (?:screen|picture|frame))?|底部|下方|下面",
    "center": r"\b(?:at|on|in|to) (?:the )?(?:very )?cent(?:er|re)\b"
    r"|\bmiddle of the (?:screen|picture|frame)\b|居中|中央|正中",
}
_MIDDLE = r"\b(?:at|in|to) the middle\b(?: of (?:the|my) (?:video|film|movie))?|中间|中途|中段"
_OF = r"(?:\s+of (?:the|my) (?:video|film|movie|clip))?"
_PLACES = {
    "end": rf"\b(?:at|to|towards|near|for|in) the (?:very )?end\b{_OF}"
    rf"|\b(?:end|ending|closing|final|outro) (?={TITLE})"
    r"|结尾|片尾|末尾|尾部|最后",
    "start": rf"\b(?:at|to|in|for) the (?:very )?(?:beginning|start)\b{_OF}|\b(?:opening|intro|start) (?={TITLE})"
    r"|开头|片头|开始|起始",
}
_NEXT = rf"\b(?:another|one more|additional|extra|new)\s+{TITLE}|再加|另加|另外加"
_NTH = {
    0: rf"\bfirst (?={TITLE})|第一个(?={TITLE})",
    1: rf"\bsecond (?={TITLE})|第二个(?={TITLE})",
    2: rf"\bthird (?={TITLE})|第三个(?={TITLE})",
    -1: rf"\blast (?={TITLE})|最后一个(?={TITLE})",
}
_AT = quantities.span(r"\b(?:at|from|after)(?: second)?|第|在")
_LASTS = quantities.span(
    rf"{TITLE}(?:\s+\w+){{0,4}}?\s+(?:for|last|lasting|stay)|{TITLE}[^\d,，。]{{0,4}}?(?:显示|停留|持续)"
)
_STYLE_ONLY = re.compile(
    rf"(?:the )?(?:very )?(?:top|bottom|middle|cent(?:er|re)|lower third)"
    rf"|{_COLOR}色?|{_SIZE}|{_HEX}|顶部|上方|底部|下方|中间|中央|居中"
)
_NO = (
    r"(?:\b(?:no|without|remove|delete|drop|take out|hide|get rid of)\s+"
    r"(?:the\s+|any\s+|all\s+|background\s+"
    rf"|(?:end|ending|closing|final|last|opening|intro|first|start|second|third)\s+(?={TITLE})"
    r"|\w+\s+(?:or|nor|and)\s+)*)"
)
_NO_ZH = (
    r"(?:不要|去掉|删除|删掉|移除|取消|不加|无|去除)(?:所有|全部)?"
    r"(?:最后一个|结尾|片尾|最后|开头|片头|中间|第[一二三]个)?的?"
)


@dataclass(frozen=True)
class Caption:
    """What a prompt says about titles.

    Attributes
    ----------
    text : str or None
        What is to be shown.
    spoken : bool
        Whether titles are spoken of at all.
    drop, add, change : bool
        To be taken away; another one; another text for one that is there.
    place : str or int or None
        ``"start"``, ``"middle"``, ``"end"``, ``"next"`` (after those that are there) or ms.
    nth : int or None
        Which one is meant, from 0, or from -1 at the end.
    length : int or None
        Milliseconds that it is to be shown.
    size, color, position : str or None
        How it is to look.
    """

    text: str | None = None
    spoken: bool = False
    drop: bool = False
    add: bool = False
    change: bool = False
    place: str | int | None = None
    nth: int | None = None
    length: int | None = None
    size: str | None = None
    color: str | None = None
    position: str | None = None

    @property
    def wanted(self) -> bool:
        """Whether a title is to be shown or to change."""
        return self.spoken and not self.drop

    @property
    def look(self) -> dict[str, Any]:
        """How it is to look and how long to last, where that is said."""
        named = {"size": self.size, "color": self.color, "position": self.position, "length": self.length}
        return {key: value for key, value in named.items() if value is not None}


def take_text(prompt: str) -> tuple[str | None, str]:
    """Return the text that a prompt gives to a title, and the prompt without it.

    Examples
    --------
    >>> take_text('change the title to "Rome", please'), take_text("make a promo titled Urban Dreams, 20s")
    (('Rome', 'change the title to  , please'), ('Urban Dreams', 'title make a promo titled  , 20s'))
    """
    quoted = [match for match in _QUOTES.finditer(prompt) if not _names_music(match, prompt)]
    if quoted:
        chosen = quoted[-1] if _has(r"\b(?:change|replace|rename)\b|改|换", prompt.lower()) else quoted[0]
        title = next(group for group in chosen.groups() if group is not None).strip()
        rest = prompt
        for match in reversed(quoted):
            rest = f"{rest[: match.start()]} {rest[match.end() :]}"
        return _short(title), rest
    for pattern in (_TITLE_TO, _SAYS, _TITLE_ZH):
        match = pattern.search(prompt)
        if match is None or _STYLE_ONLY.fullmatch(match[1].strip().lower()):
            continue
        if pattern is _TITLE_TO and _moves(prompt[: match.end(1)].lower()):
            continue
        kept = f"{prompt[: match.start(1)]} {prompt[match.end(1) :]}"
        return _short(match[1]), kept if pattern is not _SAYS else f"title {kept}"
    return None, prompt


def _moves(words: str) -> bool:
    """Say whether "title to the end" is about its place."""
    return _has(
        r"\b(?:move|put|place|shift|bring)\b.{0,40}\b(?:to|at) (?:the )?(?:very )?(?:end|beginning|start)$", words
    )


def take_caption(text: str, title: str | None, *, make: bool) -> tuple[Caption, str]:
    """Return what a text (lower case, without the title) says about titles, and the text without that.

    Examples
    --------
    >>> caption, rest = take_caption("a bigger red title at the end", None, make=False)
    >>> caption.size, caption.color, caption.place
    ('larger', '#e53935', 'end')
    """
    if title is None and not _has(TITLE, text):
        return Caption(), text
    if title is None and (match := re.search(rf"{_NO}{TITLE}|{_NO_ZH}{TITLE}", text)):
        nth, named = _first(_NTH, text)
        place, _ = _first({**_PLACES, "middle": _MIDDLE}, named)
        return Caption(spoken=True, drop=True, place=place, nth=nth), _without(match, text)
    look: dict[str, str] = {}
    if title is not None:
        text = re.sub(rf"(?<=[,，、])\s*(?:in\s+)?({_COLOR}色?)(?=\s*(?:$|[,，、.。]))", r"\1标题", text)
    for key, pattern in _LOOKS.items():
        if match := pattern.search(text):
            look[key] = _named(key, match[0])
            text = re.sub(_COLOR + "色?" if key == "color" else _SIZE, " ", match[0]).join(
                (text[: match.start()], text[match.end() :])
            )
    length, text = _taken(_LASTS, text) if not make else (None, text)
    position, text = _first(_POSITIONS, text)
    at, text = _taken(_AT, text) if not make else (None, text)
    nth, text = _first(_NTH, text)
    place, text = _first(_PLACES, text)
    if place is None and title is not None and nth is None and _has(_NEXT, text):
        place = "next"
    if place is None and _has(_MIDDLE, text):
        place, position = ("middle", position) if title else (None, position or "center")
        text = re.sub(_MIDDLE, " ", text, count=1)
    return Caption(
        text=title,
        spoken=True,
        add=_has(r"\b(?:add|another|new|second|with|and|include)\b|加(?!到)|新|再", text),
        change=_has(r"\b(?:change|replace|rename|call it|set)\b|改|换", text),
        place=place if at is None else at,
        nth=nth,
        length=length,
        position=position,
        size=look.get("size"),
        color=look.get("color"),
    ), text


def _named(key: str, words: str) -> str:
    if key == "color" and (code := re.search(_HEX, words)):
        return code[0]
    return next(name for name, pattern in (_COLORS if key == "color" else _SIZES).items() if _has(pattern, words))


def _taken(pattern: re.Pattern[str], text: str) -> tuple[int | None, str]:
    match = pattern.search(text)
    if match is None:
        return None, text
    # The word "title" stays: it is looked for later.
    return quantities.duration(match[0]), f"{text[: match.start()]} title {text[match.end() :]}"


def _first(patterns: Mapping[Name, str], text: str) -> tuple[Name | None, str]:
    for name, pattern in patterns.items():
        if match := re.search(pattern, text):
            return name, _without(match, text)
    return None, text


def _without(match: re.Match[str], text: str) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}"


def _names_music(match: re.Match[str], prompt: str) -> bool:
    """Say whether quotes are around a kind of music rather than a title."""
    inside = next(group for group in match.groups() if group is not None).lower()
    after = prompt[match.end() :].lower()
    return moods.mood(f"{inside} music") is not None and _has(rf"^\s*(?:风格的?)?\s*{moods.MUSIC}", after)


def _short(title: str) -> str | None:
    return " ".join(title.split())[:200] or None


def _has(pattern: str, text: str) -> bool:
    return re.search(pattern, text) is not None
