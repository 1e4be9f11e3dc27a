"""Animated WebP and PNG, which FFmpeg doesn't read: through Pillow, started over when they end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nemo_widgets.studio import media
from nemo_widgets.studio.render import images, motion
from nemo_widgets.studio.render.looks import graded
from nemo_widgets.studio.render.planes import Planes, cut_out, fitted_size, scalers, seen_through
from nemo_widgets.studio.render.stamps import planes_of, shares_of
from nemo_widgets.studio.render.surround import surrounded

if TYPE_CHECKING:
    from fractions import Fraction
    from pathlib import Path

    from nemo_widgets.studio.render.layers import Picture


class Animation:
    """An animated image on a canvas.

    Parameters
    ----------
    picture
        Which one, from where, how fast and how it fits.
    path
        The file.
    canvas
        Width and height in pixels.
    fps
        Frames a second of the draft.
    """

    def __init__(self, picture: Picture, path: Path, canvas: tuple[int, int], fps: Fraction) -> None:
        self._picture = picture
        self._path = path
        self._canvas = canvas
        self._fps = fps
        self._scalers = scalers()
        self._image = media.open_image(path)
        self._ends = media.frame_ends(path)
        self._made: tuple[int, Planes] | None = None

    def at(self, frame: int) -> Planes:
        """Return the picture at a frame of the draft."""
        number = self._number(frame)
        if self._made is None or self._made[0] != number:
            if number < self._image.tell():  # Pillow doesn't find every way back.
                self._image.close()
                self._image = media.open_image(self._path)
            self._image.seek(number)
            self._made = number, self._on_canvas()
        if self._picture.motion == "none":
            return self._made[1]
        view = motion.window(self._picture.motion, motion.progress(self._picture, frame))
        return seen_through(self._made[1], view, self._canvas, self._scalers)

    def close(self) -> None:
        """Close the file."""
        self._image.close()

    def _number(self, frame: int) -> int:
        """Return which of its frames is seen at a frame of the draft."""
        one = self._picture
        played = 0.0 if one.freeze else float((frame - one.first) * 1000 / self._fps) * one.speed
        # The half millisecond forgives the rounding of 1000/30.
        time = (one.offset + played + 0.5) % self._ends[-1]
        return next(number for number, end in enumerate(self._ends) if time < end)

    def _on_canvas(self) -> Planes:
        one = self._picture
        size = fitted_size(self._image.size, self._canvas, one.fit)
        image = images.drawn(self._image, size)
        made = graded(planes_of(images.on_color(image, one.background) if not one.place else image), one)
        if one.place:
            return made._replace(alpha=shares_of(image))
        if one.fit == "cover":
            return cut_out(made, *self._canvas)
        return surrounded(made, *self._canvas, fit=one.fit, color=one.background)


def moves(path: Path, found: str) -> bool:
    """Say whether an image is one of these."""
    return found in ("webp", "png") and media.is_animated(path, found)
