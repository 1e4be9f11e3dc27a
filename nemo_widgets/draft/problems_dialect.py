"""What a segment asks of the studio's renderer that it can't do as it stands."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, cast

from nemo_widgets.draft import dialect
from nemo_widgets.draft.fields import number, shown
from nemo_widgets.errors import DraftError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nemo_widgets.draft.model import Draft
    from nemo_widgets.draft.tracks import Segment, Track

Finding = tuple[str, str, tuple[int, int], dict[str, Any]]
"""Severity, problem, (track, segment), details."""


def findings(draft: Draft) -> Iterator[Finding]:
    """Find what the dialect's words and numbers ask for in vain.

    Examples
    --------
    >>> from nemo_widgets import Draft
    >>> photo = {"d": 900, "m": {"src": "a.jpg", "look": "noir", "fade_in": 2000}}
    >>> [problem for _, problem, _, _ in findings(Draft({"t": [{"tt": 0, "sg": [photo]}]}))]
    ['unknown-word', 'long-fade']
    """
    heard = any(_may_sound(segment) for track in draft.tracks if track.kind == "video" for segment in track.segments)
    for number_, track in enumerate(draft.tracks):
        if track.kind not in dialect.CHOICES:
            continue
        for index, segment in enumerate(track.segments):
            place = number_, index
            yield from _words(track.kind, segment, place)
            yield from _numbers(track.kind, segment, place)
            yield from _fades(track.kind, segment, place)
            if track.kind == "audio" and not heard and segment.volume != 0 and (_read(segment, "duck") or 1) < 1:
                yield "note", "nothing-to-duck", place, {}
        if track.kind == "video":
            yield from _transitions(track, number_)


def _may_sound(segment: Segment) -> bool:
    return bool(segment.duration and segment.volume != 0) and not (
        segment.get("kind") == "image" or dialect.flag(segment, "freeze")
    )


def _words(kind: str, segment: Segment, place: tuple[int, int]) -> Iterator[Finding]:
    for field, known in dialect.CHOICES[kind].items():
        said = segment.get(field)
        if kind == "text" and field == "position" and not isinstance(said, str):
            continue  # others give coordinates
        if said is not None and dialect.word(said) not in known:
            details = {"field": field, "value": shown(said), "default": known[0] or "none"}
            yield "note", "unknown-word", place, details | {"known": ", ".join(one for one in known if one)}
    raw: Any = segment.get("transition") if kind == "video" else None
    said: Any = cast("dict[str, Any]", raw).get("type") if isinstance(raw, dict) else raw
    if said and dialect.word(said) not in (*dialect.TRANSITIONS, "cut"):
        details = {"field": "transition", "value": shown(said), "default": dialect.TRANSITIONS[0]}
        yield "note", "unknown-word", place, details | {"known": ", ".join(dialect.TRANSITIONS)}


def _numbers(kind: str, segment: Segment, place: tuple[int, int]) -> Iterator[Finding]:
    for field, (least, most, _) in dialect.RANGES[kind].items():
        said = _read(segment, field)
        if said is not None and not least <= said <= most:
            taken = dialect.measure(segment, kind, field, "")
            yield "note", "out-of-bounds", place, {"field": field, "value": f"{said:g}", "taken": f"{taken:g}"}


def _fades(kind: str, segment: Segment, place: tuple[int, int]) -> Iterator[Finding]:
    if kind == "text" or not segment.duration:
        return
    lasting = round(sum(_read(segment, field) or 0 for field in ("fade_in", "fade_out")))
    if lasting > segment.duration:
        yield "warning", "long-fade", place, {"lasting": lasting, "length": segment.duration}


def _transitions(track: Track, number_: int) -> Iterator[Finding]:
    """Find transitions that take longer than the segment in which they take place."""
    order = sorted(range(len(track.segments)), key=lambda index: track.segments[index].start)
    for before, after in pairwise(order):
        one, other = track.segments[before], track.segments[after]
        try:
            kind, lasting = dialect.transition(one, "")
        except DraftError:
            continue
        if kind != "none" and one.end == other.start and lasting > other.duration > 0:
            yield "note", "long-transition", (number_, before), {"lasting": round(lasting), "length": other.duration}


def _read(segment: Segment, field: str) -> float | None:
    """Return a number, or None where there is none that can be read: the renderer tells that."""
    value = segment.get(field)
    try:
        return None if value is None else number(value, field, "a number")
    except DraftError:
        return None
