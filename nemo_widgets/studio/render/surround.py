"""What is seen around a picture that doesn't fill the canvas: a colour, or an enlarged blurred copy of itself."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from av.video.reformatter import Interpolation, VideoReformatter

from nemo_widgets.studio.render.planes import Plane, Planes, cut_out, scaled

_BLURRED = 40
"""Lines that are left of the picture behind itself: so few that nothing in it can be told apart."""
_DIMMED = 0.72


@lru_cache(maxsize=8)
def yuv(color: str) -> tuple[int, int, int]:
    """Return a colour in BT.709, TV range.

    Examples
    --------
    >>> yuv("#000000"), yuv("#ffffff"), yuv("#ff0000")
    ((16, 128, 128), (235, 128, 128), (63, 102, 240))
    """
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return (
        round(16 + 219 * light),
        round(128 + 224 * (blue - light) / 1.8556),
        round(128 + 224 * (red - light) / 1.5748),
    )


def filled(width: int, height: int, color: str) -> Planes:
    """Return a picture of one colour and an even size."""
    shapes = ((height, width), (height // 2, width // 2), (height // 2, width // 2))
    return Planes.of(np.full(shape, value, np.uint8) for shape, value in zip(shapes, yuv(color), strict=True))


def surrounded(planes: Planes, width: int, height: int, *, fit: str, color: str) -> Planes:
    """Return a picture in the middle of a canvas that is at least as large.

    Parameters
    ----------
    planes
        The picture.
    width, height
        Of the canvas, in pixels, even.
    fit
        ``"blur"`` for the picture's own blurred copy around it; a colour otherwise.
    color
        Which colour.
    """
    across, down = planes.size
    if (across, down) == (width, height):
        return planes
    canvas = _blurred(planes, width, height) if fit == "blur" else filled(width, height, color)
    left, top = (width - across) // 4 * 2, (height - down) // 4 * 2
    for part, target, source in zip((1, 2, 2), canvas.all, planes.all, strict=True):
        target[top // part : (top + down) // part, left // part : (left + across) // part] = source
    return canvas


def _blurred(planes: Planes, width: int, height: int) -> Planes:
    """Return the picture enlarged until it covers the canvas, blurred and a little darker."""
    across, down = planes.size
    # What the canvas shows of the enlarged picture, as a part of the picture.
    factor = max(width / across, height / down)
    middle = cut_out(planes, _even(width / factor, across), _even(height / factor, down))
    lines = max(4, min(_BLURRED, height // 2 // 2 * 2))
    small = (max(4, round(lines * width / height / 2) * 2), lines)
    made: list[Plane] = []
    for part, plane in zip((1, 2, 2), middle.all, strict=True):
        tiny = scaled(
            np.ascontiguousarray(plane), small[0] // part, small[1] // part, VideoReformatter(), Interpolation.AREA
        )
        smooth = _softened(tiny)
        made.append(scaled(smooth, width // part, height // part, VideoReformatter(), Interpolation.BICUBIC).copy())
    made[0] = np.clip((made[0].astype(np.float32) - 16) * _DIMMED + 16, 16, 235).astype(np.uint8)
    return Planes.of(made)


def _even(length: float, limit: int) -> int:
    return min(limit, max(2, round(length / 2) * 2))


def _softened(plane: Plane) -> Plane:
    """Return a small plane with each sample mixed with its neighbours, twice in each direction."""
    soft = plane.astype(np.float32)
    for axis in (0, 1, 0, 1):
        padded = np.pad(soft, [(1, 1) if side == axis else (0, 0) for side in (0, 1)], mode="edge")
        before, middle, after = (np.take(padded, range(at, at + soft.shape[axis]), axis) for at in (0, 1, 2))
        soft = (before + 2 * middle + after) / 4
    return np.rint(soft).astype(np.uint8)
