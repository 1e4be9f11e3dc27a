"""A draft as an OpenTimelineIO timeline.

A track is a track, further ones where its segments overlap; what is between segments is a gap. A crossfade is a
transition into the first part of the next clip, a speed a linear time warp, a text a generator. Titles, names, sources
and times can be read by every program; the JSON of everything travels in ``metadata["nemo_widgets"]``, so that
:func:`~nemo_widgets.draft.interchange.otio_in.from_otio` gives the same draft again.
"""

from __future__ import annotations

import json
from importlib import import_module
from typing import TYPE_CHECKING, Any

from nemo_widgets.draft.interchange.clips import Clip, layers
from nemo_widgets.draft.interchange.timecode import Rate
from nemo_widgets.errors import NemoError

if TYPE_CHECKING:
    from collections.abc import Callable

    from nemo_widgets.draft.fields import Json
    from nemo_widgets.draft.model import Draft
    from nemo_widgets.draft.tracks import Track

KEY = "nemo_widgets"
KINDS = {"video": "Video", "audio": "Audio", "text": "Text"}


def library() -> Any:
    """Return the ``opentimelineio`` module.

    Raises
    ------
    NemoError
        Where it isn't installed.
    """
    try:
        return import_module("opentimelineio")
    except ImportError:
        raise NemoError("otio") from None


def to_otio(draft: Draft, *, fps: float | None = None) -> Any:
    """Return a draft as a timeline; see :meth:`nemo_widgets.Draft.to_otio`."""
    otio = library()
    timeline = otio.schema.Timeline(name=clean(draft.title or ""))
    end = max((track.end for track in draft.tracks), default=0)
    raw = {key: value for key, value in draft.raw.items() if key != "t" or not value}
    timeline.metadata[KEY] = {"json": packed(raw), "end": end}
    time = _clock(otio, fps)
    for number, track in enumerate(draft.tracks):
        for made in _tracks(otio, number, (track, draft.raw["t"][number]), time):
            timeline.tracks.append(made)
    return timeline


def clean(text: str) -> str:
    """Return a text that UTF-8 can hold."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def packed(value: Any) -> str:
    """Return JSON as text in ASCII: metadata hold neither all numbers nor all letters that JSON does."""
    return json.dumps(value)


def _clock(otio: Any, fps: float | None) -> Callable[[int, int], Any]:
    """Return what makes a time range of a start and end in ms."""
    rate = Rate.of(fps, drop=False) if fps is not None else None

    def time(start: int, end: int) -> Any:
        if rate is None:
            return _range(otio, start, end - start, 1000)
        first = rate.frames(start)
        return _range(otio, first, rate.frames(end) - first, float(rate.exact))

    return time


def _range(otio: Any, start: int, length: int, rate: float) -> Any:
    return otio.opentime.TimeRange(otio.opentime.RationalTime(start, rate), otio.opentime.RationalTime(length, rate))


def _tracks(otio: Any, number: int, given: tuple[Track, Json | None], time: Callable[[int, int], Any]) -> list[Any]:
    """Return a track, and further ones for what overlaps."""
    track, whole = given
    raw = None if whole is None else {key: value for key, value in whole.items() if key != "sg" or not value}
    clips = [(Clip.of(segment), index) for index, segment in enumerate(track.segments)]
    made: list[Any] = []
    for layer in layers(clips, lambda item: (item[0].start, item[0].end)) or [[]]:
        one = otio.schema.Track(name=clean(track.name), kind=KINDS.get(track.kind, track.kind))
        one.metadata[KEY] = {"track": number, "layer": len(made), "json": packed(raw)}
        cursor = 0
        for place, (clip, index) in enumerate(layer):
            if clip.start > cursor:
                one.append(otio.schema.Gap(source_range=_length(otio, time(cursor, clip.start))))
            cursor = clip.end
            after = layer[place + 1][0] if place + 1 < len(layer) else None
            fade = clip.crossfade if after and after.start == cursor and clip.crossfade <= after.duration else 0
            one.append(_clip(otio, clip, (index, track.raw["sg"][index], fade), time))
            if fade:
                range_ = time(cursor, cursor + fade)
                zero = otio.opentime.RationalTime(0, range_.duration.rate)
                one.append(otio.schema.Transition("", "SMPTE_Dissolve", zero, range_.duration))
        made.append(one)
    return made


def _length(otio: Any, range_: Any) -> Any:
    return otio.opentime.TimeRange(duration=range_.duration)


def _clip(otio: Any, clip: Clip, kept: tuple[int, Any, int], time: Callable[[int, int], Any]) -> Any:
    index, raw, fade = kept
    if clip.text is not None:
        media = otio.schema.GeneratorReference(generator_kind="Text", parameters={"text": clean(clip.text)})
    elif clip.source:
        media = otio.schema.ExternalReference(target_url=clean(clip.source))
    else:
        media = otio.schema.MissingReference()
    made = otio.schema.Clip(name=clean(clip.name), media_reference=media)
    source = time(clip.offset, clip.offset)
    made.source_range = otio.opentime.TimeRange(source.start_time, time(clip.start, clip.end).duration)
    if clip.speed != 1:
        made.effects.append(otio.schema.LinearTimeWarp(time_scalar=clip.speed))
    made.metadata[KEY] = {
        "segment": index,
        "start": clip.start,
        "duration": clip.duration,
        "crossfade": fade,
        "json": packed(raw),
    }
    return made
