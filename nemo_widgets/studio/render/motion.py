"""Where a moving picture is looked at, to a small fraction of a pixel.

A scaler crops whole pixels only, and a slow zoom that rounds to whole pixels jitters. But a crop of ``w`` pixels scaled
to ``n + e`` samples of which ``n`` are kept, from sample ``o`` on, puts the sampling grid between the pixels: among the
few combinations of ``w``, ``e`` and ``o`` there is one within some hundredths of a pixel of any wished grid, as long as
the scale isn't close to 1. So moving pictures are kept at 1.2 times the canvas.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from nemo_widgets.studio.render.layers import Picture

OVERSAMPLED = 1.2
"""How much larger than the canvas a moving picture is kept."""

ZOOM = 1.12
"""How much of the picture's width a motion uses: a zoom ends at 1.12 times."""

MARGIN = 24
"""Pixels that repeat the edge around a moving picture, so that the grid can be placed freely there too."""

_EXTRA = 22
_COLOR_OFF = 0.25


class Window(NamedTuple):
    """A window onto a picture: origin and size as fractions of the picture's width and height."""

    x: float
    y: float
    size: float


class Crop(NamedTuple):
    """Along one axis: crop ``length`` pixels from ``start``, scale them to ``samples``, keep some from ``skip`` on."""

    start: int
    length: int
    samples: int
    skip: int


def window(motion: str, progress: float) -> Window:
    """Return what is seen of a picture when its motion has come so far.

    Parameters
    ----------
    motion
        ``zoom-in``, ``zoom-out``, ``pan-left``, ``pan-right``, ``pan-up``, ``pan-down`` or ``none``.
    progress
        From 0 to 1.

    Examples
    --------
    >>> window("zoom-in", 0.0), window("zoom-out", 1.0)
    (Window(x=0.0, y=0.0, size=1.0), Window(x=0.0, y=0.0, size=1.0))
    >>> window("pan-right", 0.0).x < window("pan-right", 1.0).x
    True
    """
    if motion == "none":
        return Window(0.0, 0.0, 1.0)
    if motion.startswith("zoom"):
        size = 1 / (1 + (ZOOM - 1) * (progress if motion == "zoom-in" else 1 - progress))
        return Window((1 - size) / 2, (1 - size) / 2, size)
    size = 1 / ZOOM
    along = (1 - size) * (progress if motion in ("pan-right", "pan-down") else 1 - progress)
    across = (1 - size) / 2
    return Window(across, along, size) if motion in ("pan-up", "pan-down") else Window(along, across, size)


def progress(picture: Picture, frame: float) -> float:
    """Return how far a picture's motion has come at a frame of the draft, from 0 to 1."""
    return min(1.0, max(0.0, (frame - picture.first) / max(1, picture.last - picture.first - 1)))


def color_frame(picture: Picture, frame: int, across: int) -> float:
    """Return the frame, or the time between two, whose window the colours of a frame are seen through.

    Where a picture moves little, the colours of a few frames are seen through one window, in the middle of theirs: they
    are off by a quarter of their own samples at most, and at the edges only. That is what lies between the two places
    that MPEG-2 and JPEG give to colours, which players mix up without anybody seeing it.

    Parameters
    ----------
    picture
        What moves.
    frame
        A frame of the draft.
    across
        The larger side of the canvas, in samples of colour.

    Examples
    --------
    >>> from nemo_widgets.studio.render.layers import Picture
    >>> slow = Picture("a.jpg", "a", first=0, last=180, motion="zoom-in")
    >>> [color_frame(slow, frame, 960) for frame in (0, 1, 2, 3)]
    [0.5, 0.5, 2.5, 2.5]
    """
    way = (ZOOM - 1) * across * (0.5 if picture.motion.startswith("zoom") else 1)
    each = way / max(1, picture.last - picture.first - 1)
    together = 1 + int(2 * _COLOR_OFF / each)
    number = (frame - picture.first) // together
    return picture.first + number * together + (together - 1) / 2


class Stretch(NamedTuple):
    """Along one axis: what is wished to be seen, in pixels, as how many samples; and how many pixels there are."""

    origin: float
    length: float
    samples: int
    limit: int


def crops(wished: tuple[Stretch, ...]) -> list[Crop]:
    """Return the whole-pixel crops whose scaled samples fall closest to wished stretches of a picture.

    Several are found at once, since an array of a few hundred candidates is too small to be worth a call by itself.

    Examples
    --------
    >>> (made,) = crops((Stretch(24.3, 2300.4, 1920, 2352),))
    >>> abs(made.start + made.skip * made.length / made.samples - 24.3) < 0.1
    True
    """
    origin, length, samples, limit = np.array(wished, dtype=np.float64).T[..., None]
    extra, shift, skips = _candidates()
    scale = length / samples
    totals = samples + extra
    lengths = np.floor(scale * totals) + shift
    steps = lengths / totals
    skipped = skips * steps
    starts = np.rint(origin - skipped)
    at_start = starts + skipped - origin
    at_end = at_start + samples * (steps - scale)
    error = np.maximum(np.abs(at_start), np.abs(at_end))
    error[(starts < 0) | (starts + lengths > limit)] = np.inf
    made: list[Crop] = []
    for row, best in enumerate(error.argmin(axis=1).tolist()):
        one = wished[row]
        if np.isfinite(error[row, best]):
            found = starts[row, best], lengths[row, best], totals[row, best], skips[best]
            made.append(Crop(*map(int, found)))
        else:
            whole = min(one.limit, max(1, round(one.length)))
            made.append(Crop(min(one.limit - whole, max(0, round(one.origin))), whole, one.samples, 0))
    return made


@cache
def _candidates() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return every (extra samples made, pixels more than needed, samples skipped) worth trying, smallest first."""
    made = [(e, more, o) for e in range(_EXTRA + 1) for o in range(e + 1) for more in (0, 1)]
    extra, shift, skips = np.array(made, dtype=np.float64).T
    return extra, shift, skips
