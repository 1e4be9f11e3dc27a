"""What the letters of a text ask for: where lines may break, which belong together, which way they run. Pure."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

# Letters of scripts that are written without spaces, so that lines break between them; what mustn't begin a line stays
# with the letter before it. Thai, Lao, Burmese and Khmer vowels and marks stay with their consonant.
_CJK = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff"
_SOUTH_EAST = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_LEADING = "\u0e40-\u0e44\u0ec0-\u0ec4"
_FOLLOWING = (
    "\u0e30-\u0e3a\u0e45-\u0e4e\u0eb0-\u0ebc\u0ec6-\u0ece\u102b-\u103e\u1056-\u1059\u105e-\u1060\u17b4-\u17d3"
    "\u200c\u200d"
)
_CLOSING = "、。，．！？：；）】》」』…,.!?:;)\\]}"

_PICTURE = (
    "\U0001f000-\U0001f1e5\U0001f200-\U0001f3fa\U0001f400-\U0001faff"
    "\u231a\u231b\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2614\u2615\u2648-\u2653\u267f\u2693\u26a1\u26aa\u26ab\u26bd"
    "\u26be"
    "\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2\u26f3\u26f5\u26fa\u26fd\u2705\u270a\u270b\u2728\u274c\u274e\u2753-\u2755\u2757"
    "\u2795-\u2797\u27b0\u27bf\u2b1b\u2b1c\u2b50\u2b55"
)
_SYMBOL = "\u00a9\u00ae\u203c-\u3299"
_TONE = "\U0001f3fb-\U0001f3ff"
_ONE = rf"(?:[{_PICTURE}{_TONE}]\ufe0f?|[{_SYMBOL}]\ufe0f)[{_TONE}]?"
_TAGS = "[\U000e0020-\U000e007f]*"
_FLAG = "[\U0001f1e6-\U0001f1ff]{2}"
EMOJI = re.compile(rf"{_FLAG}|[0-9#*]\ufe0f?\u20e3|{_ONE}{_TAGS}(?:\u200d{_ONE})*(?:\u200d[{_SYMBOL}]\ufe0f?)?")

_PIECES = re.compile(
    rf"[{_CJK}][{_CLOSING}]*"
    rf"|[{_LEADING}]?[{_SOUTH_EAST}](?:\u17d2[\u1780-\u17a2]|[{_FOLLOWING}])*[{_CLOSING}]*"
    rf"|[^\s{_CJK}{_SOUTH_EAST}]+|\s+"
)
# Scripts whose letters change their shapes or places: without a layout engine they come out wrong.
_SHAPED = re.compile(r"[\u0590-\u08ff\u0900-\u0dff\u0e00-\u109f\u1780-\u17ff\ufb1d-\ufdff\ufe70-\ufeff]")


class Part(NamedTuple):
    """A stretch of a text; ``emoji`` where it is one emoji, with all that belongs to it."""

    text: str
    emoji: bool


def pieces(text: str) -> list[str]:
    """Return what a line may be broken between: words, spaces, and the letters of scripts without spaces.

    Examples
    --------
    >>> pieces("In 东京。 now")
    ['In', ' ', '东', '京。', ' ', 'now']
    """
    return _PIECES.findall(text)


def parts(text: str) -> list[Part]:
    """Return a text as its emoji and what is between them.

    Examples
    --------
    >>> [part.text for part in parts("Go 👩‍👧🎉!")]
    ['Go ', '👩‍👧', '🎉', '!']
    """
    made: list[Part] = []
    at = 0
    for found in EMOJI.finditer(text):
        if found.start() > at:
            made.append(Part(text[at : found.start()], emoji=False))
        made.append(Part(found.group(), emoji=True))
        at = found.end()
    if at < len(text):
        made.append(Part(text[at:], emoji=False))
    return made


def clusters(text: str) -> list[str]:
    """Return the letters of a text, each with its marks.

    Examples
    --------
    >>> clusters("e\u0301a🇩🇪") == ["e\u0301", "a", "🇩🇪"]
    True
    """
    made: list[str] = []
    for part in parts(text):
        if part.emoji:
            made.append(part.text)
            continue
        for letter in part.text:
            if made and (unicodedata.category(letter) in ("Mn", "Mc", "Me") or letter in "\u200c\u200d\ufe0e\ufe0f"):
                made[-1] += letter
            else:
                made.append(letter)
    return made


def shaped(text: str) -> bool:
    """Say whether a text needs a layout engine: right to left, or letters that join or move.

    Examples
    --------
    >>> shaped("Urban 城市"), shaped("שלום"), shaped("नमस्ते")
    (False, True, True)
    """
    return bool(_SHAPED.search(text))


def rightward(text: str) -> bool | None:
    """Say whether a text's first letter runs from left to right; None where it has none.

    Examples
    --------
    >>> rightward("¡Hola!"), rightward("שלום"), rightward("…")
    (True, False, None)
    """
    for letter in text:
        way = unicodedata.bidirectional(letter)
        if way in ("L", "R", "AL"):
            return way == "L"
    return None


def _last_said(said: list[bool | None], *, otherwise: bool) -> list[bool]:
    """Return each stretch's own direction, or that of the last one before it that has one."""
    ways: list[bool] = []
    way = otherwise
    for one in said:
        way = way if one is None else one
        ways.append(way)
    return ways


def in_visual_order(texts: list[str]) -> list[int]:
    """Return the order, from left to right, in which the stretches of one line stand.

    Each stretch is laid out by itself; here only their places are found (a short form of the Unicode bidirectional
    algorithm: what has no direction goes with its neighbours where they agree, and with the line otherwise).

    Examples
    --------
    >>> in_visual_order(["Hello ", "שלום ", "مرحبا", " you"])
    [0, 2, 1, 3]
    >>> in_visual_order(["שלום ", "one ", "two"])
    [1, 2, 0]
    """
    said = [rightward(text) for text in texts]
    base = next((way for way in said if way is not None), True)
    before, after = _last_said(said, otherwise=base), _last_said(said[::-1], otherwise=base)[::-1]
    ways = [one if one == other else base for one, other in zip(before, after, strict=True)]
    groups: list[list[int]] = []
    for index, way in enumerate(ways):
        if groups and ways[groups[-1][-1]] == way:
            groups[-1].append(index)
        else:
            groups.append([index])
    ordered = [group if ways[group[0]] else group[::-1] for group in groups]
    return [index for group in (ordered if base else ordered[::-1]) for index in group]
