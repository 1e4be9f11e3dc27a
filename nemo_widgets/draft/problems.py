"""What is wrong with a draft before it is rendered: as a table, with what to do about each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from nemo_widgets.draft.dialect import choice, flag
from nemo_widgets.draft.fields import SOURCE_LENGTH, Json, first, number, shown
from nemo_widgets.draft.overlaps import overlapping
from nemo_widgets.draft.problem_words import told
from nemo_widgets.draft.problems_dialect import findings
from nemo_widgets.draft.text_room import fits, outside
from nemo_widgets.draft.tracks import KINDS
from nemo_widgets.draft.writing import Edit
from nemo_widgets.errors import DraftError, InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from nemo_widgets.draft.model import Draft
    from nemo_widgets.draft.tracks import Segment, Track

SEVERITIES = ("error", "warning", "note")
_BLINK_MS = 500
"""A whole video that is shorter is no video: its times were meant as seconds (of up to eight minutes)."""
COLUMNS = ("severity", "track", "segment", "problem", "name", "what", "remedy")

Media: TypeAlias = "Mapping[str, int | None] | Iterable[Any]"


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong; ``details`` in ms."""

    severity: str
    problem: str
    place: tuple[int, int] | None
    details: dict[str, Any]
    other: tuple[int, int] | None = None


def problems_frame(draft: Draft, *, media: Media | None = None, language: str = "en") -> pd.DataFrame:
    """Return what is wrong as a table; see :meth:`nemo_widgets.Draft.problems`."""
    import pandas as pd

    found = sorted(_all(draft, lengths_of(media)), key=lambda one: (SEVERITIES.index(one.severity), one.place or ()))
    rows = [_row(draft, one, "zh" if language == "zh" else "en") for one in found]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    frame["severity"] = pd.Categorical(frame["severity"], categories=SEVERITIES, ordered=True)
    places = dict.fromkeys(("track", "segment"), "Int64")
    return frame.astype({**places, **dict.fromkeys(("problem", "name", "what", "remedy"), "string")})


def lengths_of(media: Media | None) -> dict[str, int | None] | None:
    """Return how long each source is (ms); None for a picture.

    Parameters
    ----------
    media
        Source → ms, or assets as :meth:`nemo_widgets.Session.upload` returns them, or the service's own JSON.

    Examples
    --------
    >>> lengths_of([{"cdn_url": "https://h/a.mp4?x=1", "duration": 8.04}])
    {'https://h/a.mp4': 8040}
    """
    if media is None:
        return None
    if isinstance(media, Mapping):
        return {_plain(source): length for source, length in cast("Mapping[str, int | None]", media).items()}
    lengths: dict[str, int | None] = {}
    for one in media if isinstance(cast("Any", media), Iterable) else [media]:
        if isinstance(one, Mapping):
            asset = cast("Mapping[str, Any]", one)
            source, seconds = asset.get("cdn_url") or asset.get("url"), asset.get("duration")
            length = round(seconds * 1000) if isinstance(seconds, int | float) else None
        else:
            source, length = getattr(one, "url", None), getattr(one, "duration", None)
        if not isinstance(source, str):
            raise InvalidInput(
                message=f"{shown(cast('Any', one))} is no medium that can be looked up.",
                remedy="Pass what session.upload() returned, or a dict: source → milliseconds.",
            )
        lengths[_plain(source)] = length
    return lengths


def _plain(source: str) -> str:
    """Return a source without its query, which services sign anew."""
    return source.split("?", maxsplit=1)[0]


def _all(draft: Draft, lengths: dict[str, int | None] | None) -> Iterator[Problem]:
    if not draft.ready:
        yield Problem("error", "empty", None, {})
        return
    if 0 < draft.duration < _BLINK_MS:
        yield Problem("warning", "blink", None, {"length": draft.duration})
    for lane in Edit(draft).lanes:
        for one, other in overlapping(lane):
            severity = "note" if lane.kind == "audio" else "warning"
            yield Problem(severity, "overlap", other.origin, {"start": other.start, "end": one.end}, one.origin)
    yield from _gaps(draft)
    for number_, track in enumerate(draft.tracks):
        if track.kind not in KINDS.values() and track.segments:
            yield Problem("note", "unknown-kind", (number_, 0), {"kind": track.kind})
        for index, segment in enumerate(track.segments):
            yield from _of_segment(draft, track, segment, (number_, index), lengths)
    for severity, problem, place, details in findings(draft):
        yield Problem(severity, problem, place, details)


def _of_segment(
    draft: Draft, track: Track, segment: Segment, place: tuple[int, int], lengths: dict[str, int | None] | None
) -> Iterator[Problem]:
    if not segment.duration:
        yield Problem("warning", "zero-length", place, {})
        return
    if segment.start >= draft.duration:
        yield Problem("warning", "after-end", place, {"end": draft.duration})
    elif segment.end > draft.duration:
        severity = "note" if track.kind == "audio" else "warning"
        yield Problem(severity, "cut-off", place, {"end": draft.duration})
    if track.kind in ("video", "audio"):
        yield from _of_media(segment, place, lengths, slack=round(1000 / draft.fps))
    elif track.kind == "text":
        yield from _of_text(draft, segment, place)


def _of_media(
    segment: Segment, place: tuple[int, int], lengths: dict[str, int | None] | None, *, slack: int
) -> Iterator[Problem]:
    """Check that there is a source, and that it is as long as what is shown of it (a frame less does no harm)."""
    source = segment.source
    if not source:
        yield Problem("error", "no-source", place, {})
        return
    if lengths is not None and _plain(source) not in lengths:
        yield Problem("error", "missing-media", place, {"source": source})
        return
    length = (lengths or {}).get(_plain(source)) or _read(segment.raw, SOURCE_LENGTH)
    if not length or segment.get("kind") == "image" or segment.get("loop") in (True, 1, "true", "1"):
        return
    begin, speed = _read(segment.raw, ("in",)) or 0.0, _read(segment.raw, ("speed",)) or 1.0
    if flag(segment, "freeze"):
        speed = 0.0  # one frame of it is held
    needed = begin + segment.duration * speed
    if begin >= length:
        yield Problem("error", "past-source", place, {"begin": round(begin), "length": round(length)})
    elif needed > length + slack * speed:
        fitting = int((length - begin) / speed)
        details = {"needed": round(needed), "length": round(length), "fits": fitting}
        yield Problem("warning", "out-of-range", place, details | {"rest": segment.duration - fitting})


def _of_text(draft: Draft, segment: Segment, place: tuple[int, int]) -> Iterator[Problem]:
    text = (segment.text or "").strip()
    if not text:
        yield Problem("warning", "no-text", place, {})
    elif outside(segment, draft.size):
        yield Problem("warning", "off-canvas", place, {})
    elif not fits(text, draft.size, str(segment.get("position", default="center"))):
        yield Problem("warning", "too-long", place, {})


def _gaps(draft: Draft) -> Iterator[Problem]:
    """Find when no video track shows a picture; less than a frame isn't seen."""
    spans = sorted(
        (segment.start, segment.end, (number_, index))
        for number_, track in enumerate(draft.tracks)
        if track.kind == "video"
        for index, segment in enumerate(track.segments)
        if segment.duration and not choice(segment, "video", "place")
    )
    if not spans:
        yield Problem("warning", "no-picture", None, {})
        return
    clock, last = 0, spans[0][2]
    least = 1000 / draft.fps
    for start, end, place in [*spans, (draft.duration, draft.duration, None)]:
        if start - clock >= least and clock < draft.duration:
            stop = min(start, draft.duration)
            yield Problem("warning", "gap", last, {"start": clock, "end": stop})
        if end > clock:
            clock, last = end, place or last


def _read(raw: Json, names: tuple[str, ...]) -> float | None:
    """Return a number, or None where there is none that can be read: the renderer tells that."""
    path, value = first(raw, names)
    try:
        return None if value is None else number(value, path, "a number")
    except DraftError:
        return None


def _row(draft: Draft, one: Problem, language: str) -> tuple[Any, ...]:
    track, segment = one.place or (None, None)
    details: dict[str, Any] = {**one.details, "name": ""}
    if one.place:
        there = _segment(draft, one.place)
        details |= {"name": there.name, "from": there.start}
    if one.other:
        details["other"] = _segment(draft, one.other).name
    seen = bool(one.place) and draft.tracks[one.place[0]].kind == "video"
    words = one.problem
    if words == "out-of-range" and seen:
        words = "stands-still"
    elif words == "gap" and details["end"] == draft.duration:
        words = "gap-behind"
    what, remedy = told(words, details, language)
    return one.severity, track, segment, one.problem, details["name"], what, remedy


def _segment(draft: Draft, place: tuple[int, int]) -> Segment:
    return draft.tracks[place[0]].segments[place[1]]
