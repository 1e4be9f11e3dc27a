"""Music that makes room for speech: quieter while a clip with sound of its own is heard."""

from __future__ import annotations

from typing import Any

import numpy as np

RAMP = 300
"""Milliseconds in which a sound makes room for another, and comes back."""

Gains = np.ndarray[Any, np.dtype[np.float32]]
Times = np.ndarray[Any, np.dtype[np.float64]]


def ducked(clock: Times, spans: list[tuple[int, int]], factor: float) -> Gains:
    """Return the gain of a sound that makes room for others.

    Parameters
    ----------
    clock
        Times in ms.
    spans
        When the others are heard, in ms.
    factor
        The gain meanwhile; it is reached as they begin, and left as they end.

    Examples
    --------
    >>> clock = np.array([0, 850, 1000, 1900, 2150, 2300], np.float64)
    >>> [round(float(gain), 2) for gain in ducked(clock, [(1000, 2000)], 0.2)]
    [1.0, 0.6, 0.2, 0.2, 0.6, 1.0]
    """
    gain = np.ones(clock.shape, np.float32)
    for start, end in spans:
        if end + RAMP <= clock[0] or start - RAMP >= clock[-1]:
            continue
        corners = [start - RAMP, start, end, end + RAMP]
        gain = np.minimum(gain, np.interp(clock, corners, [1.0, factor, factor, 1.0]))
    return gain.astype(np.float32)
