"""A draft → a frame-exact list of layers and sounds. Pure: no file is touched here.

Every moment of the picture is a frame number from here on, so that two processes that render neighbouring pieces
agree on what is seen where. Segments of a track abut; how one gives way to the next is its ``transition``, which takes
place during the first milliseconds of the next one, with its own material running on.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from nemo_widgets.draft import dialect
from nemo_widgets.draft.fields import first as first_of
from nemo_widgets.errors import DraftError, InvalidInput, NothingToExport
from nemo_widgets.studio.render.layers import Picture, Plan, Sound, Title

if TYPE_CHECKING:
    from nemo_widgets.draft.model import Draft, Segment

__all__ = ["Picture", "Plan", "Sound", "Title", "frame_rate", "plan"]

MOST_PIXELS, MOST_FPS, MOST_MS = 8192, 240, 24 * 3_600_000
"""The largest side, frame rate and length that are rendered: more is a slip of the pen, and would fill the memory."""

MOST_LETTERS = 5_000
"""Letters of one text: a canvas has room for 3,000 that can be read, and to fit in many more takes minutes."""

DEFAULT_TITLE_FADE = 500
"""Milliseconds in which a title appears and disappears."""

_BLACK, _WHITE = "#000000", "#ffffff"
_NTSC = {24: Fraction(24000, 1001), 30: Fraction(30000, 1001), 60: Fraction(60000, 1001), 120: Fraction(120000, 1001)}
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")


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
    InvalidInput
        Where a text is longer than any that can be shown.

    Examples
    --------
    >>> from nemo_widgets.draft.model import Draft
    >>> photo = {"d": 2000, "m": {"src": "a.jpg", "motion": "zoom-in"}}
    >>> made = plan(Draft({"t": [{"tt": 0, "sg": [photo]}]}))
    >>> made.frames, made.width, made.height, made.layers[0].last
    (60, 1920, 1080, 60)
    """
    check_texts(draft)
    width, height = size or draft.size
    length = draft.duration or max((segment.end for track in draft.tracks for segment in track.segments), default=0)
    _within(width, 1, MOST_PIXELS, "m.width", "pixels")
    _within(height, 1, MOST_PIXELS, "m.height", "pixels")
    _within(fps or draft.fps, 1, MOST_FPS, "m.fps", "frames a second")
    _within(length, 0, MOST_MS, "d", "milliseconds")
    rate = frame_rate(fps or draft.fps)
    frames = round(length * rate / 1000)
    background = _color(first_of(draft.raw, ("background",))[1], _BLACK)
    layers: list[Picture | Title] = []
    sounds: list[Sound] = []
    for number, track in enumerate(draft.tracks):
        segments = [segment for segment in track.segments if segment.duration > 0]
        path = f"t[{number}]"
        if track.kind == "video":
            pictures, heard = _video(segments, rate, path, background)
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
        background=background,
    )


def check_texts(draft: Draft) -> int:
    """Return how many letters a draft's texts have; refuse a text that is longer than any that can be shown.

    Raises
    ------
    InvalidInput
        ``long-text``.
    """
    total = 0
    for track in draft.tracks:
        for segment in track.segments if track.kind == "text" else ():
            total += len(segment.text or "")
            if (letters := len(segment.text or "")) > MOST_LETTERS:
                name = f"{(segment.text or '')[:40].rstrip()}…"
                raise InvalidInput("long-text", name=name, letters=f"{letters:,}", most=f"{MOST_LETTERS:,}")
    return total


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


def _video(segments: list[Segment], rate: Fraction, path: str, background: str) -> tuple[list[Picture], list[Sound]]:
    """Lay the segments of one track out: each takes the place of the one before it during their transition."""
    ordered = sorted(segments, key=lambda segment: segment.start)
    spans = [(_frame(segment.start, rate), _frame(segment.end, rate)) for segment in ordered]
    fades = [0] * len(ordered)
    ways = ["crossfade"] * len(ordered)
    lasts = [end for _, end in spans]
    for index in range(1, len(ordered)):
        (first, end), (_, before_end) = spans[index], spans[index - 1]
        way, lasting = dialect.transition(ordered[index - 1], path)
        if first < before_end < end:
            fades[index] = before_end - first
        elif first == before_end:
            fades[index] = min(_frame(lasting, rate), end - first)
            lasts[index - 1] = first + fades[index]
        ways[index] = "crossfade" if way == "none" else way
    pictures = [
        _picture(segment, rate, path, background, first=first, end=end, last=last, fade_in=fade, transition=way)
        for segment, (first, end), last, fade, way in zip(ordered, spans, lasts, fades, ways, strict=True)
    ]
    heard = [
        Sound(
            source=picture.source,
            name=picture.name,
            start=segment.start,
            end=segment.end if picture.fall else segment.end + _ms(picture.last - end, rate),
            offset=picture.offset,
            speed=picture.speed,
            volume=1.0 if segment.volume is None else segment.volume,
            fade_in=_ms(max(picture.fade_in, picture.rise), rate),
            fade_out=_ms(picture.fall or _given_way(index, fades, spans, picture), rate),
            clip=True,
        )
        for index, (picture, segment, (_, end)) in enumerate(zip(pictures, ordered, spans, strict=True))
        if not picture.freeze
    ]
    return pictures, heard


def _picture(segment: Segment, rate: Fraction, path: str, background: str, **when: Any) -> Picture:
    length = when["end"] - when["first"]
    words: dict[str, Any] = {
        name: dialect.choice(segment, "video", name) for name in ("fit", "motion", "look", "place")
    }
    numbers: dict[str, Any] = {
        name: dialect.measure(segment, "video", name, path)
        for name in ("speed", "brightness", "contrast", "saturation", "scale", "margin")
    }
    return Picture(
        source=segment.source or "",
        name=segment.name,
        **when,
        offset=round(dialect.length(segment, "in", 0, path)),
        freeze=dialect.flag(segment, "freeze"),
        rise=min(length, _frame(dialect.length(segment, "fade_in", 0, path), rate)),
        fall=min(length, _frame(dialect.length(segment, "fade_out", 0, path), rate)),
        strength=dialect.measure(segment, "video", "opacity", path),
        background=background,
        **words,
        **numbers,
    )


def _given_way(index: int, fades: list[int], spans: list[tuple[int, int]], picture: Picture) -> int:
    """Return how many of the last frames of a picture belong to its transition to the next one."""
    if index + 1 == len(spans) or not fades[index + 1]:
        return 0
    return max(0, picture.last - spans[index + 1][0])


def _music(segment: Segment, path: str) -> Sound:
    return Sound(
        source=segment.source or "",
        name=segment.name,
        start=segment.start,
        end=segment.end,
        offset=round(dialect.length(segment, "in", 0, path)),
        speed=dialect.measure(segment, "audio", "speed", path),
        volume=1.0 if segment.volume is None else segment.volume,
        fade_in=round(dialect.length(segment, "fade_in", 0, path)),
        fade_out=round(dialect.length(segment, "fade_out", 0, path)),
        loop=dialect.flag(segment, "loop"),
        duck=dialect.measure(segment, "audio", "duck", path),
    )


def _title(segment: Segment, rate: Fraction, path: str) -> Title:
    first, last = _frame(segment.start, rate), _frame(segment.end, rate)
    fade = _frame(dialect.length(segment, "fade", DEFAULT_TITLE_FADE, path), rate)
    return Title(
        text=(segment.text or "").strip(),
        first=first,
        last=last,
        fade=min(fade, (last - first) // 2),
        position=dialect.choice(segment, "text", "position"),
        size=dialect.letters(segment),
        color=_color(segment.get("color"), _WHITE),
        background=dialect.choice(segment, "text", "background"),
    )


def _color(value: Any, default: str) -> str:
    return value.lower() if isinstance(value, str) and _COLOR.fullmatch(value) else default


def _frame(ms: float, rate: Fraction) -> int:
    return round(ms * rate / 1000)


def _ms(frames: int, rate: Fraction) -> int:
    return round(frames * 1000 / rate)
