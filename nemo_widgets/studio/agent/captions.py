"""Texts in what people say: which, what they show, on which photo or when, how they look.

What stands in quotes is held apart first (:mod:`~nemo_widgets.studio.agent.quotes`), so that a title never reads as an
order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from nemo_widgets.studio.agent import quantities, spans
from nemo_widgets.studio.agent.lettering import take_lettering
from nemo_widgets.studio.agent.moods import MUSIC
from nemo_widgets.studio.agent.quotes import LETTER, TITLE, Texts
from nemo_widgets.studio.agent.text_words import (
    ABOVE,
    ADDS,
    ADDS_ONE,
    ALSO,
    BY_NAME,
    CAPTION,
    CTA,
    DROP,
    EACH,
    END_WITH,
    FILE_NAMES,
    LOWER,
    MIDDLE,
    NEXT,
    NTH,
    ON_EACH,
    PLACES,
    START_WITH,
    SWAP,
    THING,
    UNDER,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nemo_widgets.studio.agent.pointing import Pick

Name = TypeVar("Name", str, int)


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
    by : int or None
        How much longer it is to be shown, in ms.
    factor : float or None
        How many times as long it is to be shown.
    look : dict
        ``size``, ``color``, ``position``, ``background`` (:func:`~nemo_widgets.studio.agent.lettering.take_lettering`).
    also : bool
        Whether it is to be seen at that place, too.
    boxed : str or None
        The words for a box of a colour that there is none of.
    fades : bool
        Whether it is to fade in or out, as all texts do.
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
    by: int | None = None
    factor: float | None = None
    look: dict[str, Any] = field(default_factory=dict[str, Any])
    also: bool = False
    boxed: str | None = None
    fades: bool = False

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
        return (
            bool(self.look or self.length or self.until or self.by or self.factor)
            or self.place is not None
            or bool(self.picks)
        )


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
    names = re.search(FILE_NAMES, text) is not None and not re.search(BY_NAME, text)
    if not names and not texts.said and not texts.each and not re.search(THING, text):
        return Caption(), text
    if not texts.said and re.search(SWAP, text):
        return Caption(spoken=True, swap=True, one=False), re.sub(SWAP, " ", text)
    if texts.said and not make and re.search(ABOVE, text):
        return Caption(), text  # No line stands above a title that is in the middle.
    role = _role(text, texts)
    if match := re.search(DROP, text):
        return _dropped(text, match, texts, picks, role)
    on_each = bool(texts.said) and not picks and re.search(ON_EACH, text) is not None
    edge_place, edge_length, text = spans.edge(text) if not make else (None, None, text)
    gone, text = spans.gone(text) if not make else (None, text)
    by, text = spans.more(text) if not make else (None, text)
    at, length, text = (None, None, text) if make and not texts.said else spans.times(text)
    until, text = spans.until(text) if not make and gone is None else (gone, text)
    if at is not None and until is not None and until > at:
        length, until = until - at, None
    if not make and texts.said and re.search(UNDER, text):
        role, text = "caption", re.sub(UNDER, " title at the bottom ", text)
    look, text = take_lettering(text, near=make)
    boxed = look.pop("boxed", None)
    factor, text = spans.factor(text) if not make else (None, text)
    nth, text = _first(NTH, text)
    place: str | int | None
    both = all(re.search(PLACES[name], text) for name in ("start", "end"))
    also = both or re.search(ALSO, text) is not None
    place, text = _first(PLACES, text)
    place = edge_place or place
    several = (
        len(texts.said) > 1 and not picks and re.search(r"\bcaptions\b|字幕(?:分别|依次)|分别|依次|字幕[:：]", text)
    )
    every = bool(texts.each or several) or names or (role == "caption" and re.search(EACH, text) is not None)
    every |= on_each
    if closing := re.search(END_WITH, text):
        place, length = place or "end", length or quantities.duration(closing[0])
    if place is None and re.search(START_WITH, text):
        place = "start"
    if place is None and texts.said and nth is None and re.search(NEXT, text):
        place = "next"
    if place is None and re.search(MIDDLE, text):
        if texts.said:
            place = "middle"
        else:
            look.setdefault("position", "center")
        text = re.sub(MIDDLE, " ", text, count=1)
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
        add=re.search(ADDS if texts.said or texts.each or make else ADDS_ONE, text) is not None,
        change=change,
        one=re.search(r"\b(?:texts|titles|captions|headings|all)\b|所有|全部|都", text) is None,
        role=role,
        place=place if at is None else at,
        picks=picks,
        every=every,
        nth=nth,
        length=length or edge_length,
        until=until,
        by=by,
        factor=factor,
        look=look,
        also=also,
        boxed=boxed,
    )
    return caption, _cleared(text, names=names)


def _cleared(text: str, *, names: bool) -> str:
    text = re.sub(rf"{LOWER}|{CTA}", " title ", re.sub(END_WITH, " title ", re.sub(START_WITH, " title ", text)))
    if names:
        text = re.sub(
            r"\b(?:put|show|add|use|display|write)\b[^,.;]*" + f"(?:{FILE_NAMES})" + r"[^,.;]*|.{0,8}文件名.{0,12}",
            " title ",
            text,
        )
    return re.sub(LETTER, " ", text)


def _role(text: str, texts: Texts) -> str | None:
    if re.search(LOWER, text) and not re.search(r"\b(?:in|at|to|into|on) the lower[ -]third", text):
        return "lower-third"
    if ends := re.search(f"{CTA}|{END_WITH}", text):
        return "title" if re.search(r"\btitles?\b", ends[0]) else "call-to-action"
    if texts.each or re.search(CAPTION, text) or re.search(FILE_NAMES, text):
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
    if re.search(about, text) and not re.search(END_WITH, text):
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
    nth, named = _first(NTH, text)
    place, _ = _first({**PLACES, "middle": MIDDLE}, named)
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
    heard = re.sub(THING, " ", match[0]) if re.search(MUSIC, match[0]) else " "
    after = text[match.end() :]
    if too := re.match(
        rf"\s*(?:,|and|&|和|及|、|以及|跟)\s*(?=(?:the\s+|my\s+|all\s+)?(?:background\s+|背景)?{MUSIC})", after
    ):
        heard, after = ("去掉" if re.search(r"[\u4e00-\u9fff]", match[0]) else "remove "), after[too.end() :]
    rest = f"{text[: match.start()]}{heard}{after}"
    return caption, re.sub(LETTER, " ", rest)


def _first(patterns: Mapping[Name, str], text: str) -> tuple[Name | None, str]:
    for name, pattern in patterns.items():
        if match := re.search(pattern, text):
            return name, spans.without(match, text)
    return None, text
