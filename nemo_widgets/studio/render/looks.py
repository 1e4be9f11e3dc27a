"""Looks: colours changed by tables, one for the brightness of each pixel and one for its colour.

A picture is its planes here (TV range, BT.709), so that a look costs a table look-up for each sample and no detour
through RGB. ``brightness``, ``contrast`` and ``saturation`` mean what FFmpeg's ``eq`` filter means by them: contrast
turns about the middle gray, brightness is added as a share of the whole range, saturation multiplies the distance from
gray.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from nemo_widgets.studio.render.planes import Plane, Planes

if TYPE_CHECKING:
    from nemo_widgets.studio.render.layers import Picture

_DARK, _RANGE, _GRAY = 16, 219, 128


class _Look(NamedTuple):
    """What a look does: lift and gain of the brightness, saturation, and a tint (U, V) that grows with the light.

    ``curve`` bends the brightness into an S: 0 leaves it straight.
    """

    lift: float = 0.0
    gain: float = 1.0
    saturation: float = 1.0
    tint: tuple[float, float] = (0.0, 0.0)
    curve: float = 0.0


_LOOKS = {
    "none": _Look(),
    "black-and-white": _Look(saturation=0.0, curve=0.25),
    "sepia": _Look(saturation=0.0, tint=(-22.0, 15.0), lift=0.02, gain=0.96),
    "vintage": _Look(saturation=0.6, tint=(-14.0, 8.0), lift=0.08, gain=0.84),
    "warm": _Look(saturation=1.08, tint=(-13.0, 9.0)),
    "cool": _Look(saturation=1.0, tint=(12.0, -9.0)),
    "vivid": _Look(saturation=1.4, curve=0.3),
}


class Grade(NamedTuple):
    """Tables that change a picture: brightness → brightness, and the same for U and V.

    Where a look tints, ``tint_u`` and ``tint_v`` hold what is added to U and V for each brightness.
    """

    luma: bytes
    chroma: np.ndarray[Any, np.dtype[np.int16]]
    tint_u: np.ndarray[Any, np.dtype[np.int16]] | None
    tint_v: np.ndarray[Any, np.dtype[np.int16]] | None

    def applied(self, planes: Planes) -> Planes:
        """Return a picture with the look on it.

        Examples
        --------
        >>> from nemo_widgets.studio.render.planes import black
        >>> graded = grade("black-and-white", 0.5, 1.0, 1.0).applied(black(16, 16))
        >>> [int(plane[0, 0]) for plane in graded.all]
        [126, 128, 128]
        """
        bright = np.frombuffer(planes.y.tobytes().translate(self.luma), np.uint8).reshape(planes.y.shape)
        if self.tint_u is None or self.tint_v is None:
            table = self.chroma.astype(np.uint8).tobytes()
            return Planes.of((bright, _translated(planes.u, table), _translated(planes.v, table)))
        light = bright[::2, ::2]
        return Planes.of(
            (bright, self._tinted(planes.u, light, self.tint_u), self._tinted(planes.v, light, self.tint_v))
        )

    def _tinted(self, plane: Plane, light: Plane, tint: np.ndarray[Any, np.dtype[np.int16]]) -> Plane:
        mixed = self.chroma[plane]
        mixed += tint[light]
        return np.clip(mixed, 16, 240).astype(np.uint8)


def graded(planes: Planes, picture: Picture) -> Planes:
    """Return a picture in the colours that its segment asks for; itself where it asks for none."""
    made = grade(picture.look, picture.brightness, picture.contrast, picture.saturation)
    return planes if made is None else made.applied(planes)


@lru_cache(maxsize=32)
def grade(look: str, brightness: float, contrast: float, saturation: float) -> Grade | None:
    """Return the tables of a look with its adjustments; None where nothing changes.

    Parameters
    ----------
    look
        One of the dialect's words.
    brightness
        From -1 (black) to 1 (white); 0 changes nothing.
    contrast, saturation
        From 0 to 3; 1 changes nothing.

    Examples
    --------
    >>> grade("none", 0.0, 1.0, 1.0) is None
    True
    """
    one = _LOOKS.get(look, _LOOKS["none"])
    if one == _LOOKS["none"] and (brightness, contrast, saturation) == (0.0, 1.0, 1.0):
        return None
    light = (np.arange(256) - _DARK) / _RANGE
    inside = np.clip(light, 0.0, 1.0)
    light = light + one.curve * (inside - 0.5) * 2 * inside * (1 - inside) * 2
    light = one.lift + one.gain * light
    light = (light - 0.5) * contrast + 0.5 + brightness
    luma = np.clip(np.rint(_DARK + _RANGE * light), _DARK, _DARK + _RANGE)
    strength = one.saturation * saturation
    chroma = np.clip(np.rint(_GRAY + strength * (np.arange(256) - _GRAY)), 16, 240).astype(np.int16)
    if one.tint == (0.0, 0.0) or not saturation:
        return Grade(luma.astype(np.uint8).tobytes(), chroma, None, None)
    # A tint is strongest at three quarters of the light; black stays black and white nearly white.
    shown = np.clip((np.arange(256) - _DARK) / _RANGE, 0.0, 1.0)
    share = np.minimum(1.0, shown * 2.2) * np.minimum(1.0, (1.12 - shown) * 2.4)
    tint_u, tint_v = (np.rint(share * part * min(1.0, saturation)).astype(np.int16) for part in one.tint)
    return Grade(luma.astype(np.uint8).tobytes(), chroma, tint_u, tint_v)


def _translated(plane: Plane, table: bytes) -> Plane:
    # bytes.translate is several times as fast as indexing an array of 256.
    return np.frombuffer(plane.tobytes().translate(table), np.uint8).reshape(plane.shape)
