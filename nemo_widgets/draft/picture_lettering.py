"""Words in a picture of a timeline: how wide they are, what of them fits, and the times on a ruler."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import combining, east_asian_width

if TYPE_CHECKING:
    from collections.abc import Callable

_NARROW = frozenset("iljtfrI1.,:;'|!()[]/ -·")
_BROAD = frozenset("mwMWOQGDHNU@%&—…<>=+~")
_UNPRINTABLE = re.compile(
    r"[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]+"
)

_DAY = 86_400_000
_MINUTE = 60_000
_STEPS = (
    *(digit * 10**zeros for zeros in range(4) for digit in (1, 2, 5)),
    *(10_000, 15_000, 30_000),
    *(minutes * _MINUTE for minutes in (1, 2, 5, 10, 15, 30, 60, 120, 240, 360, 720)),
    *(digit * 10**zeros * _DAY for zeros in range(7) for digit in (1, 2, 5)),
)


def one_line(text: str) -> str:
    r"""Return a text on one line, without what can't be printed or stand in XML.

    Examples
    --------
    >>> one_line(" Paris\nin\tspring\x00")
    'Paris in spring'
    """
    return _UNPRINTABLE.sub(" ", text).strip()


def width_of(text: str) -> float:
    """Return about how wide a text is in pixels, at 11.5 pixels a letter; rather too wide than too narrow."""
    return sum(_letter(letter) for letter in text)


def cells_of(text: str) -> int:
    """Return how many cells of a terminal a text takes: two for each wide (CJK) letter.

    Examples
    --------
    >>> cells_of("海边 sea")
    8
    """
    return sum(_cells(letter) for letter in text)


def fitted(text: str, room: float) -> str:
    """Return what of a text fits into ``room`` pixels: all of it, a beginning with ``…``, or nothing.

    Examples
    --------
    >>> fitted("city timelapse", 60), fitted("city timelapse", 200), fitted("city timelapse", 12)
    ('city tim…', 'city timelapse', '')
    """
    return _cut(one_line(text), room, _letter, 10.0)


def fitted_cells(text: str, room: int) -> str:
    """Return what of a text fits into so many cells of a terminal.

    Examples
    --------
    >>> fitted_cells("海边的日落", 7)
    '海边的…'
    """
    return _cut(one_line(text), room, _cells, 1)


def ticks(total: int, room: float, label: float) -> range:
    """Return round times (ms) for a ruler of ``room`` pixels, one in each ``label`` pixels at most.

    Examples
    --------
    >>> list(ticks(30_000, 600, 90))
    [0, 5000, 10000, 15000, 20000, 25000, 30000]
    """
    step = next((step for step in _STEPS if step * room / total >= label), total)
    return range(0, total + 1, step)


def clock(ms: int) -> str:
    """Return a time for a ruler.

    Examples
    --------
    >>> clock(5_500), clock(65_000), clock(3_600_000), clock(90_000_000)
    ('0:05.5', '1:05', '1:00:00', '25:00:00')
    """
    minutes, rest = divmod(ms, 60_000)
    hours, minutes = divmod(minutes, 60)
    part = f"{rest % 1000 / 1000:.3f}".rstrip("0").rstrip(".")[1:]
    head = f"{hours}:{minutes:02}" if hours else f"{minutes}"
    return f"{head}:{rest // 1000:02}{part}"


def _letter(letter: str) -> float:
    if _cells(letter) != 1:
        return 12.0 * _cells(letter) / 2
    return 4.4 if letter in _NARROW else 9.8 if letter in _BROAD else 8.2 if letter.isupper() else 7.0


def _cells(letter: str) -> int:
    if combining(letter) or "\ufe00" <= letter <= "\ufe0f":
        return 0
    return 2 if east_asian_width(letter) in "WF" else 1


def _cut(text: str, room: float, measure: Callable[[str], float], ellipsis: float) -> str:
    used, fits = 0.0, 0
    for letter in text:
        used += measure(letter)
        if used <= room - ellipsis:
            fits += 1
    if used <= room:
        return text
    return text[:fits].rstrip() + "…" if fits else ""
