"""Where a moving picture is looked at, to a small fraction of a pixel.

A scaler crops whole pixels only, and a slow zoom that rounds to whole pixels jitters. But a crop of ``w`` pixels scaled
to ``n + e`` samples of which ``n`` are kept, from sample ``o`` on, puts the sampling grid between the pixels: among the
few combinations of ``w``, ``e`` and ``o`` there is one within some hundredths of a pixel of any wished grid, as long as
the scale isn't close to 1. So moving pictures are kept at 1.2 times the canvas.
"""

from __future__ import annotations

from functools import lru_cache
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


def progress(picture: Picture, frame: int) -> float:
    """Return how far a picture's motion has come at a frame of the draft, from 0 to 1."""
    return min(1.0, max(0.0, (frame - picture.first) / max(1, picture.last - picture.first - 1)))


def crop(origin: float, length: float, samples: int, limit: int) -> Crop:
    """Return the whole-pixel crop whose scaled samples fall closest to a wished stretch of a picture.

    Parameters
    ----------
    origin, length
        The wished stretch, in pixels.
    samples
        How many samples it is to become.
    limit
        How many pixels there are.

    Examples
    --------
    >>> made = crop(24.3, 2300.4, 1920, 2352)
    >>> abs(made.start + made.skip * made.length / made.samples - 24.3) < 0.1
    True
    """
    scale = length / samples
    totals, shift, skips = _candidates(samples)
    lengths = np.floor(scale * totals) + shift
    steps = lengths / totals
    starts = np.rint(origin - skips * steps)
    at_start = starts + skips * steps - origin
    at_end = at_start + samples * (steps - scale)
    error = np.maximum(np.abs(at_start), np.abs(at_end))
    error[(starts < 0) | (starts + lengths > limit)] = np.inf
    best = int(np.argmin(error))
    if not np.isfinite(error[best]):
        whole = min(limit, max(1, round(length)))
        return Crop(min(limit - whole, max(0, round(origin))), whole, samples, 0)
    return Crop(int(starts[best]), int(lengths[best]), int(totals[best]), int(skips[best]))


@lru_cache(maxsize=8)
def _candidates(samples: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return every (samples made, pixels more than needed, samples skipped) worth trying, smallest first."""
    made = [(samples + e, more, o) for e in range(_EXTRA + 1) for o in range(e + 1) for more in (0, 1)]
    totals, shift, skips = np.array(made, dtype=np.float64).T
    return totals, shift, skips
