"""A draft → a frame-exact list of layers and sounds. Pure: no file is touched here.

Every moment of the picture is a frame number from here on, so that two processes that render neighbouring pieces
agree on what is seen where. Segments of a track abut; how one gives way to the next is its ``transition``, which takes
place during the first milliseconds of the next one, with its own material running on.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, cast

from nemo_widgets.errors import DraftError, NothingToExport

if TYPE_CHECKING:
    from nemo_widgets.draft.model import Draft, Segment

DEFAULT_CROSSFADE = 500
"""Milliseconds of a crossfade that doesn't say how long it takes."""

MOST_PIXELS, MOST_FPS, MOST_MS = 8192, 240, 24 * 3_600_000
"""The largest side, frame rate and length that are rendered: more is a slip of the pen, and would fill the memory."""

DEFAULT_TITLE_FADE = 500
"""Milliseconds in which a title appears and disappears."""

MOTIONS = ("none", "zoom-in", "zoom-out", "pan-left", "pan-right")
FITS = ("cover", "contain")
POSITIONS = ("center", "top", "bottom", "lower-third")
SIZES = ("small", "medium", "large")

_NTSC = {24: Fraction(24000, 1001), 30: Fraction(30000, 1001), 60: Fraction(60000, 1001), 120: Fraction(120000, 1001)}
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True)
class Picture:
    """A photo or clip that fills the canvas from frame ``first`` until before ``last``.

    Attributes
    ----------
    source : str
        The segment's source; a local path once :func:`~nemo_widgets.studio.render.sources.locate` has seen it.
    name : str
        What people call it, for errors.
    first, last : int
        Frames of the draft; ``last`` is the first one without it, and includes the time in which it gives way.
    fade_in : int
        Frames in which it covers what is below it.
    offset : int
        Where in the source it begins, in ms.
    """

    source: str
    name: str
    first: int
    last: int
    fade_in: int = 0
    offset: int = 0
    speed: float = 1.0
    fit: str = "cover"
    motion: str = "none"

    def opacity(self, frame: int) -> float:
        """Return how much it covers what is below it, from 0 to 1.

        Examples
        --------
        >>> [Picture("a.jpg", "a", 10, 40, fade_in=2).opacity(frame) for frame in (9, 10, 11, 12, 40)]
        [0.0, 0.25, 0.75, 1.0, 0.0]
        """
        if not self.first <= frame < self.last:
            return 0.0
        return min(1.0, (frame - self.first + 0.5) / self.fade_in) if self.fade_in else 1.0


@dataclass(frozen=True)
class Title:
    """A text above the picture from frame ``first`` until before ``last``; ``fade`` in frames.

    ``font`` and ``face`` (the number within a collection) are empty for the font that Pillow brings.
    """

    text: str
    first: int
    last: int
    fade: int = 0
    position: str = "center"
    size: str = "medium"
    color: str = "#ffffff"
    font: str = ""
    face: int = 0

    def opacity(self, frame: int) -> float:
        """Return how visible it is, from 0 to 1; nothing of it is seen in its first frame, nor in its last.

        Examples
        --------
        >>> [Title("Hi", 0, 8, fade=2).opacity(frame) for frame in (0, 1, 2, 6, 7, 8)]
        [0.0, 0.5, 1.0, 0.5, 0.0, 0.0]
        """
        if not self.first <= frame < self.last:
            return 0.0
        if not self.fade:
            return 1.0
        return min(1.0, (frame - self.first) / self.fade, (self.last - 1 - frame) / self.fade)


@dataclass(frozen=True)
class Sound:
    """What is heard from ``start`` until ``end``; times in ms of the draft, ``offset`` in ms of the source.

    ``clip`` marks the own sound of a video segment, which may be missing (a photo has none).
    """

    source: str
    name: str
    start: int
    end: int
    offset: int = 0
    speed: float = 1.0
    volume: float = 1.0
    fade_in: int = 0
    fade_out: int = 0
    loop: bool = False
    clip: bool = False


@dataclass(frozen=True)
class Plan:
    """What is seen in each frame and what is heard.

    Attributes
    ----------
    width, height : int
        Pixels, even.
    fps : Fraction
        Frames a second.
    frames : int
        How many there are.
    layers : tuple of Picture or Title
        In drawing order: later ones are above earlier ones.
    sounds : tuple of Sound
    """

    width: int
    height: int
    fps: Fraction
    frames: int
    layers: tuple[Picture | Title, ...]
    sounds: tuple[Sound, ...]

    @property
    def duration(self) -> int:
        """Milliseconds."""
        return round(self.frames * 1000 / self.fps)

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON, for a worker process."""
        return asdict(self) | {
            "fps": str(self.fps),
            "layers": [asdict(layer) | {"title": isinstance(layer, Title)} for layer in self.layers],
        }

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> Plan:
        """Read what :meth:`to_json` wrote."""
        layers = [dict(layer) for layer in raw["layers"]]
        return cls(
            width=raw["width"],
            height=raw["height"],
            fps=Fraction(raw["fps"]),
            frames=raw["frames"],
            layers=tuple(Title(**layer) if layer.pop("title") else Picture(**layer) for layer in layers),
            sounds=tuple(Sound(**sound) for sound in raw["sounds"]),
        )


def plan(draft: Draft, *, size: tuple[int, int] | None = None, fps: float | None = None) -> Plan:
    """Return what a draft looks and sounds like, frame by frame.

    Parameters
    ----------
    draft
        What to render.
    size
        Width and height in pixels instead of the draft's; odd ones are made even.
    fps
        Frames a second instead of the draft's.

    Raises
    ------
    NothingToExport
        Where the draft has no segment, or lasts less than a frame.
    DraftError
        Where a value can't be read, or asks for more than can be rendered.

    Examples
    --------
    >>> from nemo_widgets.draft.model import Draft
    >>> photo = {"d": 2000, "m": {"src": "a.jpg", "motion": "zoom-in"}}
    >>> made = plan(Draft({"t": [{"tt": 0, "sg": [photo]}]}))
    >>> made.frames, made.width, made.height, made.layers[0].last
    (60, 1920, 1080, 60)
    """
    width, height = size or draft.size
    length = draft.duration or max((segment.end for track in draft.tracks for segment in track.segments), default=0)
    _within(width, 1, MOST_PIXELS, "m.width", "pixels")
    _within(height, 1, MOST_PIXELS, "m.height", "pixels")
    _within(fps or draft.fps, 1, MOST_FPS, "m.fps", "frames a second")
    _within(length, 0, MOST_MS, "d", "milliseconds")
    rate = frame_rate(fps or draft.fps)
    frames = round(length * rate / 1000)
    layers: list[Picture | Title] = []
    sounds: list[Sound] = []
    for number, track in enumerate(draft.tracks):
        segments = [segment for segment in track.segments if segment.duration > 0]
        path = f"t[{number}]"
        if track.kind == "video":
            pictures, heard = _video(segments, rate, path)
            layers += pictures
            sounds += heard
        elif track.kind == "audio":
            sounds += [_music(segment, path) for segment in segments]
        elif track.kind == "text":
            layers += [_title(segment, rate, path) for segment in segments if (segment.text or "").strip()]
    if not frames or not draft.ready:
        raise NothingToExport
    return Plan(
        width=max(16, round(width / 2) * 2),
        height=max(16, round(height / 2) * 2),
        fps=rate,
        frames=frames,
        layers=tuple(replace(one, last=min(one.last, frames)) for one in layers if one.first < min(one.last, frames)),
        sounds=_ended([sound for sound in sounds if sound.volume > 0 and sound.start < min(sound.end, length)], length),
    )


def _ended(sounds: list[Sound], length: int) -> tuple[Sound, ...]:
    """Let clips that are heard until the end fade out there as the music does, rather than break off."""
    fade = max((sound.fade_out for sound in sounds if not sound.clip and sound.end >= length), default=0)
    return tuple(
        replace(sound, fade_out=max(sound.fade_out, min(fade, sound.end - sound.start)))
        if sound.clip and sound.end >= length
        else sound
        for sound in sounds
    )


def _within(value: float, least: int, most: int, path: str, unit: str) -> None:
    if not least <= value <= most:
        raise DraftError(path=path, message=f"expected {least} to {most} {unit}, got {value:g}")


def frame_rate(fps: float) -> Fraction:
    """Return a frame rate as an exact fraction; 29.97 means 30000/1001.

    Examples
    --------
    >>> frame_rate(25), frame_rate(29.97)
    (Fraction(25, 1), Fraction(30000, 1001))
    """
    near = _NTSC.get(round(fps))
    if near is not None and abs(float(near) - fps) < 0.006:
        return near
    return Fraction(fps).limit_denominator(1000)


def _video(segments: list[Segment], rate: Fraction, path: str) -> tuple[list[Picture], list[Sound]]:
    """Lay the segments of one track out: each covers the one before it during their crossfade."""
    ordered = sorted(segments, key=lambda segment: segment.start)
    spans = [(_frame(segment.start, rate), _frame(segment.end, rate)) for segment in ordered]
    fades = [0] * len(ordered)
    lasts = [end for _, end in spans]
    for index in range(1, len(ordered)):
        (first, end), (_, before_end) = spans[index], spans[index - 1]
        if first < before_end < end:
            fades[index] = before_end - first
        elif first == before_end:
            fades[index] = min(_frame(_crossfade(ordered[index - 1], path), rate), end - first)
            lasts[index - 1] = first + fades[index]
    pictures = [
        Picture(
            source=segment.source or "",
            name=segment.name,
            first=first,
            last=last,
            fade_in=fade,
            offset=round(_number(segment, "in", 0, path)),
            speed=_speed(segment, path),
            fit=_choice(segment, "fit", FITS, "cover"),
            motion=_choice(segment, "motion", MOTIONS, "none"),
        )
        for segment, (first, _), last, fade in zip(ordered, spans, lasts, fades, strict=True)
    ]
    heard = [
        Sound(
            source=picture.source,
            name=picture.name,
            start=segment.start,
            end=segment.end + _ms(picture.last - end, rate),
            offset=picture.offset,
            speed=picture.speed,
            volume=1.0 if segment.volume is None else segment.volume,
            fade_in=_ms(picture.fade_in, rate),
            fade_out=_ms(_given_way(index, fades, spans, picture), rate),
            clip=True,
        )
        for index, (picture, segment, (_, end)) in enumerate(zip(pictures, ordered, spans, strict=True))
    ]
    return pictures, heard


def _given_way(index: int, fades: list[int], spans: list[tuple[int, int]], picture: Picture) -> int:
    """Return how many of the last frames of a picture belong to its crossfade with the next one."""
    if index + 1 == len(spans) or not fades[index + 1]:
        return 0
    return max(0, picture.last - spans[index + 1][0])


def _music(segment: Segment, path: str) -> Sound:
    return Sound(
        source=segment.source or "",
        name=segment.name,
        start=segment.start,
        end=segment.end,
        offset=round(_number(segment, "in", 0, path)),
        speed=_speed(segment, path),
        volume=1.0 if segment.volume is None else segment.volume,
        fade_in=round(_number(segment, "fade_in", 0, path)),
        fade_out=round(_number(segment, "fade_out", 0, path)),
        loop=segment.get("loop", default=False) in (True, 1, "true", "1"),
    )


def _title(segment: Segment, rate: Fraction, path: str) -> Title:
    first, last = _frame(segment.start, rate), _frame(segment.end, rate)
    color = str(segment.get("color", default="#ffffff"))
    fade = _frame(_number(segment, "fade", DEFAULT_TITLE_FADE, path), rate)
    return Title(
        text=(segment.text or "").strip(),
        first=first,
        last=last,
        fade=min(fade, (last - first) // 2),
        position=_choice(segment, "position", POSITIONS, "center"),
        size=_choice(segment, "size", SIZES, "medium"),
        color=color.lower() if _COLOR.fullmatch(color) else "#ffffff",
    )


def _crossfade(segment: Segment, path: str) -> float:
    """Return how many ms the segment takes to give way to the next one."""
    raw: Any = segment.get("transition")
    if not isinstance(raw, dict):
        raw = {"type": raw or "none"}
    given = cast("dict[str, Any]", raw)
    if str(given.get("type", "crossfade")).lower() in ("none", "cut"):
        return 0
    length = next((given[key] for key in ("d", "duration") if given.get(key) is not None), DEFAULT_CROSSFADE)
    return _read(length, f"{path}: transition.d of {segment.name!r}")


def _choice(segment: Segment, name: str, known: tuple[str, ...], default: str) -> str:
    """Return one of the known words; others belong to somebody else's dialect and read as the default."""
    value = str(segment.get(name, default=default)).lower().replace("_", "-")
    return value if value in known else default


def _speed(segment: Segment, path: str) -> float:
    return min(16.0, max(1 / 16, _number(segment, "speed", 1.0, path) or 1.0))


def _number(segment: Segment, name: str, default: float, path: str) -> float:
    return _read(segment.get(name, default=default), f"{path}: {name} of {segment.name!r}")


def _read(value: Any, where: str) -> float:
    from nemo_widgets.draft.fields import number

    read = number(value, where, "a number")
    if read < 0:
        raise DraftError(path=where, message=f"expected 0 or more, got {read:g}")
    return read


def _frame(ms: float, rate: Fraction) -> int:
    return round(ms * rate / 1000)


def _ms(frames: int, rate: Fraction) -> int:
    return round(frames * 1000 / rate)
