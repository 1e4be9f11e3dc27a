"""How orders about pictures and time are written down: patterns in which letters stand for what is pointed at.

======  ================================================================================
``<O>``  photos and clips, or the whole ("it", "the video")
``<L>``  photos and clips
``<W>``  the whole; ``<V>`` where it is named ("the video")
``<T>``  a time or length
``<P>``  a stretch of time
``<F>``  so many times ("2x", "half", "两倍")
``<N>``  a share ("30 %", "百分之三十")
======  ================================================================================

A space is any white space; ``_`` is white space or nothing. What several of a kind stand for is numbered from 1.
What may be repeated is so four times at most, so that no text takes long to read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nemo_widgets.studio.agent.clock import PART, TIME, WHOLE, Clock, Part
from nemo_widgets.studio.agent.pointing import MARK, Marks, Pick
from nemo_widgets.studio.agent.quantities import chinese_number, percent

if TYPE_CHECKING:
    from collections.abc import Callable

_LIST = (
    rf"(?:(?:(?:the|my|our|all|both)\s+)?{MARK}(?:\s*(?:,\s*and|,|and|&|和|、|跟|以及|与)\s*(?:the\s+)?{MARK}){{0,12}})"
)
_IT = rf"(?:{WHOLE}|\b(?:it|this|that|everything|all of it|the lot)\b)"
_TIMES = (
    r"(?:(?:(?<!\d)\d{1,4}(?:\.\d{1,3})?|two|three|four|five|ten|one and a half)[\s-]*(?:x\b|times?\b"
    r"|fold\b)|\bx\s?\d{1,4}(?:\.\d{1,3})?"
    r"|\b(?:twice|double|doubled|triple|quadruple|half|halve|a quarter|quarter|1/2|1/4)\b|(?<!\d)\d{1,4}"
    r"(?:\.\d{1,3})?\s*(?:[%％]|per ?cent\b)|百分之\s*(?:\d{1,3}|[零一二两三四五六七八九十百]{1,5})"
    r"|(?:(?<!\d)\d{1,4}(?:\.\d{1,3})?|[零一二两三四五六七八九十半]{1,3}|四分之一)\s*倍|一半|半)"
)
_SHARE = r"(?:\d{1,3}(?:\.\d+)?\s*(?:%|％|percent\b|per cent\b)|百分之\s*(?:\d{1,3}|[零一二两三四五六七八九十百]{1,6}))"
_KINDS = {"O": rf"(?:{_LIST}|{_IT})", "L": _LIST, "W": _IT, "V": WHOLE, "T": TIME, "P": PART, "F": _TIMES, "N": _SHARE}
_FACTORS = {
    "twice": 2.0, "double": 2.0, "doubled": 2.0, "triple": 3.0, "quadruple": 4.0, "half": 0.5, "halve": 0.5,
    "a quarter": 0.25, "quarter": 0.25, "1/2": 0.5, "1/4": 0.25, "一半": 0.5, "半": 0.5, "四分之一": 0.25,
    "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "ten": 10.0, "one and a half": 1.5,
}  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One order about pictures or time.

    Attributes
    ----------
    verb : str
        What to do: ``"keep"``, ``"cut"``, ``"speed"`` …
    picks : tuple of Pick
        With which photos and clips; empty for the whole.
    beside : tuple of Pick
        And beside which others.
    but : tuple of Pick
        Without these.
    part : Part or None
        Which stretch.
    facts : dict
        Everything else.
    """

    verb: str
    picks: tuple[Pick, ...] = ()
    beside: tuple[Pick, ...] = ()
    but: tuple[Pick, ...] = ()
    part: Part | None = None
    facts: dict[str, Any] = field(default_factory=dict[str, Any])

    @property
    def definite(self) -> bool:
        """Whether certain photos or clips are meant, rather than all or the whole."""
        return bool(self.but) or any(pick.definite or pick.single for pick in self.picks)


@dataclass(frozen=True)
class Found:
    """What a pattern found: its words, and what its letters stand for."""

    match: re.Match[str]
    marks: Marks
    clock: Clock

    def picks(self, number: int = 1) -> tuple[Pick, ...]:
        """Return the photos and clips in the ``number``-th object."""
        return self.marks.picked(self._at("ol", number) or "")

    def said(self, number: int = 1) -> bool:
        """Say whether there is a ``number``-th object."""
        return any(self._at(kind, number) is not None for kind in "olwv")

    def time(self, number: int = 1) -> int | None:
        """Return the ``number``-th time, in ms."""
        letter = self._at("t", number)
        return self.clock.times.get(letter) if letter else None

    def part(self) -> Part | None:
        """Return the stretch of time."""
        letter = self._at("p", 1)
        return self.clock.parts.get(letter) if letter else None

    def parts(self) -> list[Part]:
        """Return all stretches of time."""
        letters = [letter for number in range(1, 4) if (letter := self._at("p", number))]
        return [self.clock.parts[letter] for letter in letters]

    def factor(self) -> float | None:
        """Return the number of times."""
        words = self._at("f", 1)
        return factor(words) if words else None

    def share(self) -> float | None:
        """Return the share, 1 for the whole."""
        words = self._at("n", 1)
        return percent(words) if words else None

    def word(self, name: str) -> str | None:
        """Return what a group of the pattern's own found."""
        return self.match.groupdict().get(name)

    def kind(self, name: str, kinds: dict[str, re.Pattern[str]]) -> str | None:
        """Return which of some kinds the words of a group are."""
        if self.match[name] is None:
            return None
        start, end = self.match.span(name)
        text = self.match.string
        for ends in (
            None,
            end,
        ):  # A word may need the ones behind it ("cool look"), or be cut off by them ("zoom into").
            for key, one in kinds.items():
                read = one.match(text, start) if ends is None else one.fullmatch(text, start, ends)
                if read is not None and read.end() == end:
                    return key
        return None

    @property
    def text(self) -> str:
        """All its words."""
        return self.match[0]

    @property
    def words(self) -> str:
        """All its words, with what its letters stand for."""
        return self.clock.spelled(self.marks.spelled(self.match[0]))

    def _at(self, kind: str, number: int) -> str | None:
        found = [value for key, value in self.match.groupdict().items() if re.fullmatch(rf"[{kind}]\d+", key) and value]
        return found[number - 1] if len(found) >= number else None


if TYPE_CHECKING:
    Reader = Callable[[Found], Change | None]
    """Makes a change of what was found, or None where it is something else."""


def pattern(template: str, **words: str) -> re.Pattern[str]:
    r"""Return a pattern from a template (see above); ``{name}`` in it stands for further words.

    Examples
    --------
    >>> pattern("split <O> at <T>").search("split it at \U00100000")["t2"]
    '\U00100000'
    """
    for name, value in words.items():
        template = template.replace(f"{{{name}}}", f"(?:{value})")
    count = 0

    def named(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return f"(?P<{match[1].lower()}{count}>{_KINDS[match[1]]})"

    spaced = template.replace("_", r"\s*").replace(" ?", r"\s*").replace(" ", r"\s+")
    bounded = spaced.replace(")*", "){0,4}").replace(r"\d+", r"\d{1,4}")
    return re.compile(re.sub(r"<([OLWVTPFN])>", named, bounded))


def in_chinese(words: str) -> str:
    """Return those of some alternatives that are Chinese.

    Examples
    --------
    >>> in_chinese("warm(?:er|ish)?|暖色调?|亮度(?:高|大)")
    '暖色调?|亮度(?:高|大)'
    """
    found, depth = [""], 0
    for letter in words:
        depth += (letter == "(") - (letter == ")")
        if letter == "|" and depth == 0:
            found.append("")
        else:
            found[-1] += letter
    return "|".join(one for one in found if re.search(r"[\u4e00-\u9fff]", one))


def factor(words: str) -> float | None:
    """Return how many times some words say.

    Examples
    --------
    >>> [factor(words) for words in ("2x", "twice", "half", "150 %", "两倍", "0.5倍", "x4", "three times")]
    [2.0, 2.0, 0.5, 1.5, 2.0, 0.5, 4.0, 3.0]
    """
    words = words.strip()
    if words in _FACTORS:
        return _FACTORS[words]
    if (share := percent(words)) is not None:
        return share
    if match := re.search(r"\d+(?:\.\d+)?", words):
        return float(match[0])
    if match := re.match(r"[零一二两三四五六七八九十半]{1,3}", words):
        return chinese_number(match[0])
    return next((value for word, value in _FACTORS.items() if words.startswith(word)), None)
