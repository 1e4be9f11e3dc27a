"""Overlays: a logo, a watermark or a picture in the picture, in a corner, with its transparency kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nemo_widgets.studio import media
from nemo_widgets.studio.render import images
from nemo_widgets.studio.render.animations import Animation, moves
from nemo_widgets.studio.render.clips import Clip
from nemo_widgets.studio.render.looks import graded
from nemo_widgets.studio.render.stamps import Stamp, planes_of, shares_of

if TYPE_CHECKING:
    from fractions import Fraction
    from pathlib import Path

    from nemo_widgets.studio.render.layers import Picture
    from nemo_widgets.studio.render.planes import Planes


class Overlay:
    """A picture on a part of the canvas.

    Parameters
    ----------
    picture
        What, where and how large.
    path
        The file.
    canvas
        Width and height in pixels.
    fps
        Frames a second of the draft.
    """

    def __init__(self, picture: Picture, path: Path, canvas: tuple[int, int], fps: Fraction) -> None:
        info = media.probe(path)
        self._left, self._top, width, height = box_of(picture, (info.width, info.height), canvas)
        inside = replace(picture, fit="cover", motion="none")
        self._source = _opened(inside, path, (width, height), fps)
        self._stamp: tuple[Planes, Stamp] | None = None

    def at(self, frame: int) -> Stamp:
        """Return what is laid over the picture at a frame of the draft."""
        planes = self._source.at(frame)
        if self._stamp is None or self._stamp[0] is not planes:
            self._stamp = planes, Stamp(planes, planes.alpha, self._left, self._top)
        return self._stamp[1]

    def close(self) -> None:
        """Close its file."""
        self._source.close()


class _Still:
    """An image that doesn't move, with its alpha."""

    def __init__(self, picture: Picture, path: Path, size: tuple[int, int]) -> None:
        with media.open_image(path) as image:
            made = images.drawn(image, size)
        self._planes = graded(planes_of(made), picture)._replace(alpha=shares_of(made))

    def at(self, frame: int) -> Planes:
        del frame
        return self._planes

    def close(self) -> None:
        """Nothing is held open."""


def _opened(picture: Picture, path: Path, size: tuple[int, int], fps: Fraction) -> _Still | Animation | Clip:
    found = media.format_of(path)
    if moves(path, found):
        return Animation(picture, path, size, fps)
    if found in media.IMAGES and not media.is_animated(path, found):
        return _Still(picture, path, size)
    return Clip(picture, path, size, fps, loop=found in media.IMAGES)


def box_of(picture: Picture, source: tuple[int, int], canvas: tuple[int, int]) -> tuple[int, int, int, int]:
    """Return where an overlay lies: left, top, width and height in pixels, all even and within the canvas.

    Parameters
    ----------
    picture
        With its place, scale and margin.
    source, canvas
        Width and height in pixels.

    Examples
    --------
    >>> from nemo_widgets.studio.render.layers import Picture
    >>> logo = Picture("a.png", "a", 0, 9, place="bottom-right", scale=0.25, margin=0.1)
    >>> box_of(logo, (200, 100), (640, 360))
    (444, 244, 160, 80)
    """
    margin = 2 * round(picture.margin * min(canvas) / 2)
    room = tuple(max(2, side - 2 * margin) for side in canvas)
    width = min(picture.scale * canvas[0], room[0] if picture.scale < 1 else canvas[0])
    height = width * source[1] / source[0]
    most = room[1] if picture.scale < 1 else canvas[1]
    shrunk = min(1.0, most / height)
    width, height = (max(2, 2 * round(side * shrunk / 2)) for side in (width, height))
    spare = canvas[0] - width, canvas[1] - height
    inset = min(margin, spare[0] // 2), min(margin, spare[1] // 2)
    left = _along(picture.place, ("left", "right"), spare[0], inset[0])
    top = _along(picture.place, ("top", "bottom"), spare[1], inset[1])
    return left, top, width, height


def _along(place: str, ends: tuple[str, str], spare: int, inset: int) -> int:
    words = place.split("-")
    where = inset if ends[0] in words else spare - inset if ends[1] in words else spare / 2
    return 2 * round(where / 2)
