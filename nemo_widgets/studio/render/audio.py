"""The sound: every source read as 48 kHz stereo, shaped by its envelope, mixed block by block and softly limited."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import numpy as np
from av.audio.resampler import AudioResampler
from av.error import FFmpegError
from av.filter import Graph

from nemo_widgets.errors import NemoError, RenderFailed
from nemo_widgets.studio import media
from nemo_widgets.studio.render.ducking import ducked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from av.filter.context import FilterContext

    from nemo_widgets.studio.render.layers import Plan, Sound

RATE = 48_000
"""Samples a second."""

BLOCK = 10 * RATE
BITRATE = 192_000

Samples = np.ndarray[Any, np.dtype[np.float32]]

_EDGE = RATE * 5 // 1000
"""Samples of the ramp that keeps a hard cut from clicking."""

_KNEE = 0.8

_GAP = 0.05
"""Seconds that time stamps may be ahead of the samples before silence is put in (MP3 frames say theirs roughly)."""


def mix(plan: Plan) -> Iterator[Samples]:
    """Return the sound of a plan in blocks of shape ``(2, n)``, from -1 to 1; together as long as its picture.

    Raises
    ------
    RenderFailed
        Naming the file that can't be read.
    """
    length = round(plan.frames * RATE / plan.fps)
    above = _heard(plan.sounds) if any(sound.duck < 1 for sound in plan.sounds) else []
    voices = [Voice(sound, above) for sound in plan.sounds]
    try:
        for start in range(0, length, BLOCK):
            block = np.zeros((2, min(BLOCK, length - start)), np.float32)
            for voice in voices:
                voice.add_to(block, start)
            yield limited(block)
    finally:
        for voice in voices:
            voice.close()


def _heard(sounds: tuple[Sound, ...]) -> list[tuple[int, int]]:
    """Return when a clip's own sound is heard, in ms of the draft."""
    having: dict[str, bool] = {}
    for sound in sounds:
        if sound.clip and sound.source not in having:
            try:
                source = open_source(sound)
            except (NemoError, FFmpegError, OSError) as error:
                raise RenderFailed("media-unreadable", name=sound.name) from error
            having[sound.source] = source is not None
            if source is not None:
                source.close()
    return [(sound.start, sound.end) for sound in sounds if sound.clip and having[sound.source]]


def limited(block: Samples) -> Samples:
    """Return a mix within -1 to 1: quiet parts untouched, loud ones bent instead of cut off.

    Examples
    --------
    >>> [round(float(x), 3) for x in limited(np.array([[0.5, 1.0, 3.0]], np.float32))[0]]
    [0.5, 0.952, 1.0]
    """
    loud = np.abs(block)
    if float(loud.max(initial=0.0)) <= _KNEE:
        return block
    bent = _KNEE + (1 - _KNEE) * np.tanh((loud - _KNEE) / (1 - _KNEE))
    return np.where(loud > _KNEE, np.copysign(bent, block), block).astype(np.float32)


class Voice:
    """One sound on its way into the mix; it opens its file when it is first heard.

    Parameters
    ----------
    sound
        What to play, with a local path as its source.
    above
        When clips with sound are heard, in ms: it makes room for them where it is to.
    """

    def __init__(self, sound: Sound, above: list[tuple[int, int]]) -> None:
        self._sound = sound
        self._above = above if sound.duck < 1 and not sound.clip else []
        self._start = sound.start * RATE // 1000
        self._end = sound.end * RATE // 1000
        self._source: Source | None = None
        self._over = False

    def add_to(self, block: Samples, at: int) -> None:
        """Add what is heard of it to a block that begins at sample ``at`` of the mix."""
        first, last = max(at, self._start), min(at + block.shape[1], self._end)
        if first >= last or self._over:
            return
        try:
            if self._source is None:
                self._source = open_source(self._sound)
            if self._source is None:
                self._over = True
                return
            samples = self._source.read(last - first)
        except NemoError as error:
            raise RenderFailed("media-unreadable", name=self._sound.name) from error
        except (FFmpegError, OSError) as error:
            raise RenderFailed("media-unreadable", name=self._sound.name) from error
        block[:, first - at : last - at] += samples * self._envelope(first, last)
        if last == self._end:
            self.close()

    def close(self) -> None:
        """Close its file."""
        if self._source is not None:
            self._source.close()
        self._source, self._over = None, True

    def _envelope(self, first: int, last: int) -> Samples:
        """Return the gain of samples ``first`` until before ``last``."""
        clock = np.arange(first, last)  # Not float32, which can't tell samples apart from 2**24 (6 minutes) on.
        rise = max(_EDGE, self._sound.fade_in * RATE // 1000)
        fall = max(_EDGE, self._sound.fade_out * RATE // 1000)
        gain = np.minimum((clock - self._start) / rise, (self._end - clock) / fall)
        gain = np.clip(gain, 0.0, 1.0) * self._sound.volume
        if self._above:
            gain *= ducked(clock.astype(np.float64) * (1000 / RATE), self._above, self._sound.duck)
        return gain.astype(np.float32)


def open_source(sound: Sound) -> Source | None:
    """Open what a sound comes from; None for a photo or a clip without sound."""
    path = Path(sound.source)
    if sound.clip and media.format_of(path) in media.IMAGES:
        return None
    source = Source(path, offset=sound.offset, speed=sound.speed, loop=sound.loop)
    if source.silent:
        source.close()
        if sound.clip:
            return None
        raise RenderFailed("media-unreadable", name=sound.name)
    return source


class Source:
    """The sound of a file as 48 kHz stereo, read forward.

    Parameters
    ----------
    path
        The file.
    offset
        Where to begin, in ms.
    speed
        How much faster than recorded, at the same pitch.
    loop
        Whether it starts over at its end, rather than falling silent.
    """

    def __init__(self, path: Path, *, offset: int = 0, speed: float = 1.0, loop: bool = False) -> None:
        self._path = path
        self._offset = offset
        self._speed = speed
        self._loop = loop
        self._container = media.open_container(path)
        self._stream = media.audio_stream(self._container)
        self._left: Samples = np.zeros((2, 0), np.float32)
        self._chunks = self._played()
        self._heard = False

    @property
    def silent(self) -> bool:
        """Whether the file has no sound at all."""
        return self._stream is None

    def close(self) -> None:
        """Close the file."""
        self._container.close()

    def read(self, count: int) -> Samples:
        """Return the next samples, shape ``(2, count)``; silence after the end."""
        parts = [self._left]
        have = self._left.shape[1]
        while have < count:
            chunk = next(self._chunks, None)
            if chunk is None:
                if not self._loop or not self._heard:
                    parts.append(np.zeros((2, count - have), np.float32))
                    break
                self._heard = False
                self._chunks = self._played()
                continue
            self._heard = self._heard or chunk.shape[1] > 0
            parts.append(chunk)
            have += chunk.shape[1]
        whole = np.concatenate(parts, axis=1)
        self._left = whole[:, count:]
        return whole[:, :count]

    def _played(self) -> Iterator[Samples]:
        """Return the sound from the offset to the end, at the wished speed."""
        chunks = self._trimmed()
        return chunks if self._speed == 1.0 else stretched(chunks, self._speed)

    def _trimmed(self) -> Iterator[Samples]:
        """Return the sound from the offset to the end, sample-exact."""
        start = self._container.start_time or 0
        # Codecs need some packets before they sound right, so begin a little earlier and drop the surplus.
        self._container.seek(start + max(0, self._offset - 100) * 1000)
        resampler = _Resampler()
        surplus: int | None = None
        clock = 0.0
        for frame in self._decoded():
            if surplus is None:
                clock = 0.0 if frame.time is None else frame.time - start / 1e6
                surplus = round((self._offset / 1000 - clock) * RATE)
                if surplus < 0:
                    yield from _silence(-surplus)
                    surplus = 0
            elif frame.time is not None and (gap := frame.time - start / 1e6 - clock) > _GAP:
                # What is lost or left out in between is silent, so that the rest stays in step with the picture.
                missing = round(gap * RATE)
                yield from _silence(missing - surplus)
                surplus = max(0, surplus - missing)
                clock += gap
            clock += frame.samples / frame.sample_rate
            for made in resampler.take(frame):
                samples = _array(made)
                dropped = min(surplus, samples.shape[1])
                surplus -= dropped
                yield samples[:, dropped:]
        for made in resampler.rest():
            yield _array(made)

    def _decoded(self) -> Iterator[av.AudioFrame]:
        if self._stream is None:
            return
        for packet in self._container.demux(self._stream):
            try:
                frames = packet.decode()
            except media.READING_ERRORS:
                continue  # A damaged stretch is left out.
            yield from frames


class _Resampler:
    """Makes 48 kHz stereo of sound whose rate or channels may change on the way: recordings are joined like that."""

    def __init__(self) -> None:
        self._kind: tuple[str, str, int] | None = None
        self._resampler: AudioResampler | None = None

    def take(self, frame: av.AudioFrame) -> list[av.AudioFrame]:
        """Return what is made of a frame, and of those before it."""
        kind = frame.format.name, frame.layout.name, frame.sample_rate
        before: list[av.AudioFrame] = []
        if self._resampler is None or kind != self._kind:
            before, self._kind = self.rest(), kind
            self._resampler = AudioResampler(format="fltp", layout="stereo", rate=RATE)
        return [*before, *self._resampler.resample(frame)]

    def rest(self) -> list[av.AudioFrame]:
        """Return what is left at the end."""
        return [] if self._resampler is None else self._resampler.resample(None)


def _silence(samples: int) -> Iterator[Samples]:
    """Return silence a second at a time: a damaged file may claim that hours of it are missing."""
    while samples > 0:
        yield np.zeros((2, min(samples, RATE)), np.float32)
        samples -= RATE


def stretched(chunks: Iterator[Samples], speed: float) -> Iterator[Samples]:
    """Return a sound played faster or slower at the same pitch.

    Examples
    --------
    >>> second = np.zeros((2, RATE), np.float32)
    >>> round(sum(chunk.shape[1] for chunk in stretched(iter([second]), 2.0)) / RATE, 1)
    0.5
    """
    graph = Graph()
    last: FilterContext = graph.add_abuffer(
        sample_rate=RATE, format="fltp", layout="stereo", time_base=Fraction(1, RATE)
    )
    for factor in _factors(speed):
        stretch = graph.add("atempo", f"{factor:.6f}")
        last.link_to(stretch)
        last = stretch
    planar = graph.add("aformat", "sample_fmts=fltp:channel_layouts=stereo")
    last.link_to(planar)
    planar.link_to(graph.add("abuffersink"))
    graph.configure()
    clock = 0
    for chunk in chunks:
        if not chunk.shape[1]:
            continue
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(chunk), "fltp", "stereo")
        frame.sample_rate, frame.pts, frame.time_base = RATE, clock, Fraction(1, RATE)
        clock += chunk.shape[1]
        graph.push(frame)
        yield from _pulled(graph)
    graph.push(None)
    yield from _pulled(graph)


def _pulled(graph: Graph) -> Iterator[Samples]:
    while True:
        try:
            frame = graph.pull()
        except (BlockingIOError, EOFError):
            return
        if isinstance(frame, av.AudioFrame):
            yield _array(frame)


def _factors(speed: float) -> list[float]:
    """Return speeds that multiply to ``speed``, each one that the filter takes without skipping samples.

    Examples
    --------
    >>> _factors(3.0), _factors(0.25)
    ([2.0, 1.5], [0.5, 0.5])
    """
    made: list[float] = []
    while not 0.5 <= speed <= 2.0:
        step = 2.0 if speed > 1 else 0.5
        made.append(step)
        speed /= step
    return [*made, speed]


def _array(frame: av.AudioFrame) -> Samples:
    return frame.to_ndarray().astype(np.float32, copy=False)
