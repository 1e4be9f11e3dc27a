"""Whether a title has room on the canvas: an estimate, since fonts are the renderer's business."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, cast

from nemo_widgets.draft.fields import number
from nemo_widgets.errors import DraftError

if TYPE_CHECKING:
    from nemo_widgets.draft.tracks import Segment

_LEAST = 0.025
"""Letters lower than this share of the canvas's shorter side can't be read."""

_WIDEST = 0.86
_WIDEST_AT_SIDE = 0.5
_TALLEST, _TALLEST_AT_EDGE, _TALLEST_THIRD = 0.8, 0.4, 0.34
_LINE = 1.22
_LETTER, _WIDE = 0.52, 1.0
"""Widths of a letter as shares of its height; the second of a wide (CJK) one."""


def fits(text: str, size: tuple[int, int], position: str = "center") -> bool:
    """Whether a text can be shown whole in letters that can be read.

    Parameters
    ----------
    text
        What is shown.
    size
        The canvas's width and height, in pixels.
    position
        In the words of the studio's dialect.

    Examples
    --------
    >>> fits("Urban Dreams", (1920, 1080)), fits("Urban Dreams " * 500, (1920, 1080))
    (True, False)
    """
    height = min(size) * _LEAST
    place = set(str(position).split("-"))
    line = size[0] * (_WIDEST_AT_SIDE if place & {"left", "right"} else _WIDEST) / height
    lines = sum(max(1, math.ceil(_width(paragraph) / line)) for paragraph in text.splitlines())
    return lines * height * _LINE <= size[1] * (
        _TALLEST_THIRD if position == "lower-third" else _TALLEST_AT_EDGE if place & {"top", "bottom"} else _TALLEST
    )


def outside(segment: Segment, size: tuple[int, int]) -> bool:
    """Whether a title's own coordinates lie outside the canvas; fractions of it up to 1, else pixels.

    Examples
    --------
    >>> from nemo_widgets import Draft
    >>> draft = Draft({"t": [{"tt": 7, "sg": [{"m": {"text": "a", "x": 2000}}, {"m": {"text": "b", "x": 0.5}}]}]})
    >>> [outside(segment, draft.size) for segment in draft.tracks[0].segments]
    [True, False]
    """
    place: Any = segment.get("position")
    x, y = segment.get("x"), segment.get("y")
    if isinstance(place, dict):
        given = cast("dict[str, Any]", place)
        x, y = given.get("x", x), given.get("y", y)
    elif isinstance(place, list) and len(cast("list[Any]", place)) == 2:
        x, y = cast("list[Any]", place)
    return _beyond(x, size[0]) or _beyond(y, size[1])


def _beyond(value: Any, whole: int) -> bool:
    if value is None:
        return False
    try:
        read = number(value, "position", "a number")
    except DraftError:
        return False
    return read < 0 or read > whole


def _width(text: str) -> float:
    return sum(_WIDE if ord(letter) > 0x2E7F else _LETTER for letter in text)
