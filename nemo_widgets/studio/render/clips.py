"""Clips: decoded forward, each frame of the draft showing the source's frame of its time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from av.video.reformatter import VideoReformatter
from PIL import Image

from nemo_widgets.errors import InvalidInput
from nemo_widgets.studio import media
from nemo_widgets.studio.render import images, libav, motion
from nemo_widgets.studio.render.interlaced import progressive
from nemo_widgets.studio.render.leading import lead_in
from nemo_widgets.studio.render.looks import graded
from nemo_widgets.studio.render.planes import (
    Planes,
    Shares,
    converted,
    cut_out,
    fitted_size,
    from_frame,
    scalers,
    seen_through,
    turned,
)
from nemo_widgets.studio.render.stamps import planes_of, shares_of
from nemo_widgets.studio.render.surround import surrounded
from nemo_widgets.studio.render.tones import tones_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction
    from pathlib import Path

    import av

    from nemo_widgets.studio.render.plan import Picture

_SEEK_AHEAD = 2.0
"""Seconds ahead up to which decoding on is quicker than seeking."""


class _Timed(NamedTuple):
    """A decoded frame with its time and length in seconds, which the encoder's use of the frame doesn't touch."""

    time: float
    length: float
    frame: av.VideoFrame


class Clip:
    """A clip on a canvas: a video, or an animated image, which starts over when it ends.

    Parameters
    ----------
    picture
        Which clip, from where, how fast and how it fits.
    path
        The file.
    canvas
        Width and height in pixels.
    fps
        Frames a second of the draft.
    loop
        Whether it starts over, rather than holding its last frame.
    threads
        How many frames are decoded at once; the pictures are the same.
    """

    def __init__(
        self,
        picture: Picture,
        path: Path,
        canvas: tuple[int, int],
        fps: Fraction,
        *,
        loop: bool = False,
        threads: int = 1,
    ) -> None:
        self._picture = picture
        self._path = path
        self._canvas = canvas
        self._fps = fps
        self._loop = loop
        self._scalers = scalers()
        self._scaler = VideoReformatter()
        self._container = media.open_container(path)
        stream = media.video_stream(self._container)
        if stream is None:
            raise InvalidInput("media-unreadable", name=path.name)
        self._stream = stream
        self._stream.thread_count = threads
        if threads > 1:
            self._stream.thread_type = "FRAME"
        self._tones = tones_of(stream)
        self._zero = (self._container.start_time or 0) / 1e6
        # A quarter of a frame forgives the rounding of time stamps (Matroska's are whole milliseconds).
        self._tolerance = 0.25 * float(min(1 / fps, 1 / (stream.average_rate or fps)))
        self._frames: Iterator[_Timed] = iter(())
        self._shown: _Timed | None = None
        self._next: _Timed | None = None
        self._length = media.frame_ends(path)[-1] / 1000 if loop else None
        self._made: tuple[_Timed, Planes] | None = None
        self._begun = False

    def at(self, frame: int) -> Planes:
        """Return the picture at a frame of the draft; going forward is quick, going back seeks."""
        self._advance(self._source_time(frame))
        if self._shown is None:
            raise InvalidInput("media-unreadable", name=self._path.name)
        if self._made is None or self._made[0] is not self._shown:
            self._made = self._shown, self._on_canvas(self._shown.frame)
        planes = self._made[1]
        if self._picture.motion == "none":
            return planes
        view = motion.window(self._picture.motion, motion.progress(self._picture, frame))
        return seen_through(planes, view, self._canvas, self._scalers)

    def close(self) -> None:
        """Close the file."""
        self._container.close()

    def _source_time(self, frame: int) -> float:
        """Return the time in the source, in seconds from its start, that a frame of the draft shows."""
        one = self._picture
        played = 0.0 if one.freeze else float((frame - one.first) / self._fps) * one.speed
        return one.offset / 1000 + played

    def _advance(self, time: float) -> None:
        if self._loop and self._length and time >= self._length:
            time %= self._length
        behind = self._shown is not None and self._shown.time > time + self._tolerance
        if not self._begun or behind or (self._next is not None and time - self._next.time > _SEEK_AHEAD):
            self._begun = True
            self._restart(time)
        while self._next is not None and (self._shown is None or self._next.time <= time + self._tolerance):
            self._shown, self._next = self._next, next(self._frames, None)

    def _restart(self, time: float) -> None:
        """Begin to decode at the key frame before a time, or at the last one where that is past the end."""
        self._shown = None
        if time > 0.0 and not self._loop:
            self._container.seek(round((self._zero + time) * 1e6))
        else:
            self._container.seek(round(self._zero * 1e6))
        self._frames = self._decoded(time)
        self._next = next(self._frames, None)
        if self._next is None and time > 0.0:
            self._container.seek(round(self._zero * 1e6))
            self._frames = self._decoded(time)
            self._next = next(self._frames, None)

    def _decoded(self, time: float) -> Iterator[_Timed]:
        for frame in progressive(self._frames_of_file(time)):
            seconds = 0.0 if frame.pts is None else frame.time - self._zero
            length = libav.length_of(frame)
            yield _Timed(seconds, length or float(1 / (self._stream.average_rate or self._fps)), frame)

    def _frames_of_file(self, time: float) -> Iterator[av.VideoFrame]:
        packets = self._container.demux(self._stream)
        if self._stream.time_base and not self._loop:
            packets = lead_in(self._stream, packets, (self._zero + time + self._tolerance) / self._stream.time_base)
        for packet in packets:
            try:
                yield from packet.decode()
            except media.READING_ERRORS:
                continue  # A damaged stretch: the frame before it stays.

    def _on_canvas(self, frame: av.VideoFrame) -> Planes:
        quarters = round(frame.rotation / 90) % 4
        shown = media.shown_size(frame, self._stream)
        size = fitted_size(shown, self._canvas, self._picture.fit)
        flat = (size[1], size[0]) if quarters % 2 else size
        planes, alpha = self._converted(frame, flat)
        planes = graded(turned(planes, quarters), self._picture)
        if alpha is not None:
            planes = planes._replace(alpha=alpha)
        if self._picture.fit == "cover":
            return cut_out(planes, *self._canvas)
        return surrounded(planes, *self._canvas, fit=self._picture.fit, color=self._picture.background)

    def _converted(self, frame: av.VideoFrame, size: tuple[int, int]) -> tuple[Planes, Shares | None]:
        """Return a frame at a size, and its alpha where that is kept; otherwise the background is behind it."""
        if self._tones is not None:
            frame = self._tones.mapped(frame, *size)
        elif any(component.is_alpha for component in frame.format.components):
            image = Image.fromarray(frame.reformat(*size, format="rgba").to_ndarray())
            if self._picture.place:
                return planes_of(image), shares_of(image)
            return planes_of(images.on_color(image, self._picture.background)), None
        return from_frame(converted(frame, *size, self._scaler)), None
