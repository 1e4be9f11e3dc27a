"""Segments of a track that overlap: allowed where they did before, or as long as one gives way to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from nemo_widgets.draft.fields import Json, first
from nemo_widgets.draft.summary import seconds
from nemo_widgets.draft.tracks import label
from nemo_widgets.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nemo_widgets.draft.model import Draft
    from nemo_widgets.draft.writing import Lane, Piece


def refuse_overlaps(lanes: Iterable[Lane], base: Draft, refusal: str) -> None:
    """Refuse, with one of the sentences for it, that an edit of ``base`` lets segments get into each other's way."""
    for lane in lanes:
        for one, other in overlapping(lane, base):
            named = {"name": label(other.raw), "other": label(one.raw)}
            raise InvalidInput(refusal, **named, start=seconds(one.start), end=seconds(one.end))


def overlapping(lane: Lane, base: Draft | None = None) -> Iterator[tuple[Piece, Piece]]:
    """Yield pairs of pieces that overlap for longer than a transition, and longer than they did in ``base``."""
    reach: Piece | None = None
    for piece in sorted((one for one in lane.pieces if one.duration), key=lambda one: one.start):
        if reach is not None and piece.start < reach.end:
            overlap = min(reach.end, piece.end) - piece.start
            if overlap > max(_before(reach, piece, base), transition(reach.raw)):
                yield reach, piece
        if reach is None or piece.end > reach.end:
            reach = piece


def transition(raw: Json) -> int:
    """Return how long (ms) a segment says that it gives way to the next one; 0 where it doesn't.

    Examples
    --------
    >>> transition({"m": {"transition": {"type": "crossfade", "d": 500}}}), transition({"d": 900})
    (500, 0)
    """
    value = first(raw, ("transition",))[1]
    if not isinstance(value, dict):
        return 0
    length: Any = first(cast("Json", value), ("d", "duration"), meta_first=False)[1]
    return round(length) if isinstance(length, int | float) and not isinstance(length, bool) and length > 0 else 0


def _before(one: Piece, other: Piece, base: Draft | None) -> int:
    """Return how long (ms) two segments of a track overlapped before."""
    if base is None or one.origin is None or other.origin is None or one.origin[0] != other.origin[0]:
        return 0
    track = base.tracks[one.origin[0]]
    spans = [(track.starts[at], track.starts[at] + track.durations[at]) for _, at in (one.origin, other.origin)]
    return max(0, min(spans[0][1], spans[1][1]) - max(spans[0][0], spans[1][0]))
