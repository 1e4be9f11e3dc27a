"""How one picture gives way to the next: crossfade, through black or white, wiping, sliding, zooming."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from av.video.reformatter import Interpolation

from nemo_widgets.studio.render.planes import Planes, blend, scaled, scalers
from nemo_widgets.studio.render.surround import filled

if TYPE_CHECKING:
    from collections.abc import Callable

    from nemo_widgets.studio.render.planes import Plane

_NEAR = 0.6
"""How much larger than the canvas a picture gets that the eye flies into."""


def between(kind: str, before: Planes, after: Planes, share: float) -> Planes:
    """Return what is seen when one picture has given way to another so far.

    Parameters
    ----------
    kind
        One of the dialect's words; what isn't known is a crossfade.
    before, after
        The two pictures, of one size.
    share
        From 0 (only the first is seen) to 1 (only the second).

    Examples
    --------
    >>> dark, light = filled(16, 16, "#000000"), filled(16, 16, "#ffffff")
    >>> between("wipe-right", dark, light, 0.5).y[0].tolist() == [235] * 8 + [16] * 8
    True
    """
    if kind in ("fade-black", "fade-white"):
        return _through(kind, before, after, share)
    if kind.startswith("wipe-"):
        return _wiped(kind.removeprefix("wipe-"), before, after, share)
    if kind.startswith("slide-"):
        return _slid(kind.removeprefix("slide-"), before, after, _eased(share))
    if kind == "zoom":
        return blend(_enlarged(before, _eased(share)), after, share)
    return blend(before, after, share)


def _eased(share: float) -> float:
    """Return a share that starts and stops softly, as a moving thing does."""
    return share * share * (3 - 2 * share)


@lru_cache(maxsize=4)
def _plain(width: int, height: int, color: str) -> Planes:
    return filled(width, height, color)


def _through(kind: str, before: Planes, after: Planes, share: float) -> Planes:
    plain = _plain(*before.size, "#000000" if kind == "fade-black" else "#ffffff")
    return blend(before, plain, 2 * share) if share < 0.5 else blend(plain, after, 2 * share - 1)


def _wiped(way: str, before: Planes, after: Planes, share: float) -> Planes:
    """Let the second picture appear behind an edge that moves the way that is said, soft by a fiftieth of its path."""
    upright = way in ("up", "down")
    made: list[Plane] = []
    for old, new in zip(before.all, after.all, strict=True):
        length = old.shape[0 if upright else 1]
        soft = max(1.0, length / 50) if length >= 100 else 1.0
        edge = share * (length + soft) - soft / 2
        weight = _weights(edge, soft, length)
        if way in ("left", "up"):
            weight = weight[::-1]
        weight = weight[:, None] if upright else weight[None, :]
        mixed = old * (np.uint16(256) - weight) + new * weight
        made.append(((mixed + np.uint16(128)) >> np.uint16(8)).astype(np.uint8))
    return Planes.of(made)


def _weights(edge: float, soft: float, length: int) -> np.ndarray[Any, np.dtype[np.uint16]]:
    """Return how much of the second picture is seen along a line, in parts of 256."""
    places = np.arange(length, dtype=np.float64) + 0.5
    return np.rint(np.clip((edge - places) / soft + 0.5, 0.0, 1.0) * 256).astype(np.uint16)


def _slid(way: str, before: Planes, after: Planes, share: float) -> Planes:
    """Let the second picture push the first one out."""
    made: list[Plane] = []
    axis = 0 if way in ("up", "down") else 1
    for old, new, part in zip(before.all, after.all, (1, 2, 2), strict=True):
        length = old.shape[axis]
        moved = round(share * length * part / 2) * 2 // part
        pair = (old, new) if way in ("left", "up") else (new, old)
        start = moved if way in ("left", "up") else length - moved
        made.append(_window(np.concatenate(pair, axis=axis), axis, start, length))
    return Planes.of(made)


def _window(plane: Plane, axis: int, start: int, length: int) -> Plane:
    cut: Callable[[slice], Plane] = (lambda part: plane[part]) if axis == 0 else (lambda part: plane[:, part])
    return np.ascontiguousarray(cut(slice(start, start + length)))


def _enlarged(planes: Planes, share: float) -> Planes:
    """Return the middle of a picture at the size of the whole."""
    part = 1 / (1 + _NEAR * share)
    made: list[Plane] = []
    light, color = scalers()
    for plane, scaler in zip(planes.all, (light, color, color), strict=True):
        rows, columns = plane.shape
        high, wide = max(2, round(rows * part / 2) * 2), max(2, round(columns * part / 2) * 2)
        top, left = (rows - high) // 2, (columns - wide) // 2
        cut = plane[top : top + high, left : left + wide]
        made.append(scaled(cut, columns, rows, scaler, Interpolation.BILINEAR).copy())
    return Planes.of(made)
