"""What the files of other programs can hold of a segment, and tracks made of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from nemo_widgets.draft.fields import Json, number
from nemo_widgets.draft.overlaps import transition
from nemo_widgets.draft.writing import Edit, Lane, Piece, unused
from nemo_widgets.errors import DraftError, InvalidInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from nemo_widgets.draft.model import Draft
    from nemo_widgets.draft.tracks import Segment, Track

T = TypeVar("T")


@dataclass(frozen=True)
class Clip:
    """One segment as other programs know it.

    Attributes
    ----------
    start, duration : int
        Milliseconds on the timeline.
    offset : int
        Where in its source it begins, in ms.
    speed : float
        How fast the source runs; 1 is its own speed.
    crossfade : int
        How long (ms) it gives way to the next one, from that one's start on.
    """

    start: int
    duration: int
    name: str = ""
    source: str | None = None
    text: str | None = None
    offset: int = 0
    speed: float = 1.0
    crossfade: int = 0

    @property
    def end(self) -> int:
        """Milliseconds on the timeline."""
        return self.start + self.duration

    @classmethod
    def of(cls, segment: Segment) -> Clip:
        """Return what can be told of a segment; what it says in a way that can't be read is left out."""
        return cls(
            segment.start,
            segment.duration,
            segment.name,
            segment.source,
            segment.text,
            max(0, round(_number(segment.get("in"), 0))),
            max(0.0, _number(segment.get("speed"), 1.0)) or 1.0,
            transition(segment.raw),
        )

    def meta(self) -> Json:
        """Return it as the ``m`` of a segment in the dialect that the studio renders."""
        found: Json = {"name": self.name} if self.name and self.name != self.text else {}
        found |= {"src": self.source} if self.source else {}
        found |= {"text": self.text, "position": "bottom"} if self.text is not None else {}
        found |= {"in": self.offset} if self.offset else {}
        found |= {"speed": self.speed} if self.speed != 1 else {}
        return found | ({"transition": {"type": "crossfade", "d": self.crossfade}} if self.crossfade else {})


def chosen_track(draft: Draft, number: int) -> Track:
    """Return one track of a draft, by its number.

    Raises
    ------
    InvalidInput
        Where there is no such track.
    """
    if not 0 <= number < len(draft.tracks):
        last = len(draft.tracks) - 1
        there = (
            "It has none at all." if last < 0 else f"Its tracks are 0 to {last}." if last else "It has only track 0."
        )
        raise InvalidInput(message=f"This draft has no track {number}.", remedy=there)
    return draft.tracks[number]


def layers(items: Iterable[T], span: Callable[[T], tuple[int, int]]) -> list[list[T]]:
    """Deal out what overlaps to layers within which nothing does.

    Parameters
    ----------
    items
        In any order.
    span
        Their start and end (ms).

    Examples
    --------
    >>> layers([(0, 9), (5, 7), (9, 12)], lambda span: span)
    [[(0, 9), (9, 12)], [(5, 7)]]
    """
    made: list[list[T]] = []
    ends: list[int] = []
    for item in sorted(items, key=span):
        start, end = span(item)
        free = next((number for number, until in enumerate(ends) if until <= start), len(made))
        if free == len(made):
            made.append([])
            ends.append(0)
        made[free].append(item)
        ends[free] = end
    return made


def new_draft(title: str, fps: float) -> Draft:
    """Return a draft with nothing in it."""
    from nemo_widgets.draft.model import Draft

    named = {"title": title} if title else {}
    rate = int(fps) if float(fps).is_integer() else round(fps, 3)
    return Draft({"m": {**named, "width": 1920, "height": 1080, "fps": rate}, "d": 0, "t": []})


def add_clips(edit: Edit, kind: str, name: str | None, clips: Iterable[Clip]) -> None:
    """Add a track; where clips overlap, further ones."""
    taken = edit.ids()
    for layer in layers(clips, lambda clip: (clip.start, clip.end)):
        lane = edit.add_lane(kind, name=name)
        lane.pieces = [piece_of(clip, lane, taken) for clip in layer]


def piece_of(clip: Clip, lane: Lane, taken: set[str]) -> Piece:
    """Return a clip as a new segment of a track."""
    stem = f"{(lane.raw or {}).get('id') or 's'}s"
    made = unused(f"{stem}1", stem, taken)
    taken.add(made)
    raw: Json = {"id": made, "st": clip.start, "d": clip.duration, "m": clip.meta()}
    return Piece(raw, clip.start, clip.duration)


def _number(value: Any, default: float) -> float:
    try:
        return default if value is None else number(value, "", "a number")
    except DraftError:
        return default
