"""A draft as a CMX3600 edit decision list.

One event for each segment; a crossfade is a dissolve within the first frames of the event that comes in, which is what
it is in a draft, too. The names are those that other programs read: ``FROM CLIP NAME``, ``TO CLIP NAME``,
``FROM CLIP`` (the source) and ``M2`` (the speed). A comment tells the frame rate, for which the format has no place.

Source: the CMX3600 description at https://xmil.biz/EDL-X/CMX3600.pdf.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nemo_widgets.draft.interchange.clips import Clip, chosen_track
from nemo_widgets.draft.interchange.timecode import Rate
from nemo_widgets.draft.picture_lettering import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nemo_widgets.draft.model import Draft
    from nemo_widgets.draft.tracks import Track

_CHANNELS = ("A", "A2", "A3", "A4")


@dataclass(frozen=True)
class _Event:
    """One clip on a channel, in frames; ``before`` is the clip that it dissolves from."""

    channel: str
    start: int
    end: int
    clip: Clip
    before: Clip | None = None
    dissolve: int = 0


def to_edl(draft: Draft, *, track: int | None = None, fps: float | None = None, drop: bool | None = None) -> str:
    """Return a draft as an edit decision list; see :meth:`nemo_widgets.Draft.to_edl`."""
    rate = Rate.of(draft.fps if fps is None else fps, drop=drop)
    events = [event for channel, one in _channels(draft, track) for event in _events(channel, one, rate)]
    lines = [
        f"TITLE: {_words(draft.title or 'Timeline')}",
        f"FCM: {'DROP FRAME' if rate.drop else 'NON-DROP FRAME'}",
        "",
    ]
    for number, event in enumerate(sorted(events, key=lambda event: (event.start, event.channel != "V")), 1):
        lines += _lines(number, event, rate)
        if number == 1:
            lines.append(f"* FRAME RATE: {float(rate.exact):.6g}")
    return "\n".join([*lines, ""])


def _channels(draft: Draft, track: int | None) -> Iterator[tuple[str, Track]]:
    """Yield the tracks that the format has room for: one with pictures, and four with sound."""
    if track is not None:
        one = chosen_track(draft, track)
        yield ("A" if one.kind == "audio" else "V"), one
        return
    yield from zip("V", (one for one in draft.tracks if one.kind == "video" and one.segments), strict=False)
    yield from zip(_CHANNELS, (one for one in draft.tracks if one.kind == "audio" and one.segments), strict=False)


def _events(channel: str, track: Track, rate: Rate) -> Iterator[_Event]:
    """Yield a track's events: each ends where the next one begins, at the latest; an overlap is a dissolve."""
    clips = sorted((Clip.of(segment) for segment in track.segments), key=lambda clip: (clip.start, clip.end))
    clips = [clip for clip in clips if rate.frames(clip.end) > rate.frames(clip.start)]
    before: _Event | None = None
    for index, clip in enumerate(clips):
        start, end = rate.frames(clip.start), rate.frames(clip.end)
        if index + 1 < len(clips):
            end = min(end, rate.frames(clips[index + 1].start))
        if end == start:
            continue
        last = clips[index - 1] if index else None
        fade = max(last.crossfade, last.end - clip.start) if last and before and before.end == start else 0
        fade = min(rate.frames(fade), end - start) if last and before and before.clip is last else 0
        before = _Event(channel, start, end, clip, before.clip if before and fade else None, fade)
        yield before


def _lines(number: int, event: _Event, rate: Rate) -> Iterator[str]:
    clip = event.clip
    source = rate.frames(clip.offset)
    source_end = source + max(1, round((event.end - event.start) * clip.speed))
    times = [rate.timecode(frames) for frames in (source, source_end, event.start, event.end)]
    if event.before is None:
        yield _line(number, event.channel, "C", times)
        yield f"* FROM CLIP NAME: {_words(clip.name)}"
    else:
        gone = replace(event.before, start=0)
        left = rate.timecode(rate.frames(gone.offset + gone.duration * gone.speed))
        yield _line(number, event.channel, "C", [left, left, times[2], times[2]])
        yield _line(number, event.channel, f"D    {event.dissolve:03}", times)
        yield f"* FROM CLIP NAME: {_words(gone.name)}"
        yield f"* TO CLIP NAME: {_words(clip.name)}"
    if clip.speed != 1:
        yield f"M2   AX       {clip.speed * float(rate.exact):05.1f}                {times[0].replace(';', ':')}"
    if clip.source:
        yield f"* FROM CLIP: {_words(clip.source)}"


def _line(number: int, channel: str, edit: str, times: list[str]) -> str:
    return f"{number:03}  AX       {channel:<5} {edit:<8} {' '.join(times)}"


def _words(text: str) -> str:
    return one_line(text).encode("utf-8", "replace").decode() or "-"
