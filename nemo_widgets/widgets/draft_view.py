"""A draft as the front end is shown it: short enough for 10,000 segments, and sent again only where it changed. Pure.

A segment is a list: the gap (ms) between it and the one before it on its track, its duration (ms), name, text (true
where it is the name), volume (false: a picture has none), the number of its source in ``sources``, and where in its
source it begins (ms) and how fast it plays; what is null at the end is left out. So a clip that is shortened changes
one list, though all later ones start earlier.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nemo_widgets.draft.fields import first
from nemo_widgets.draft.summary import track_name

if TYPE_CHECKING:
    from nemo_widgets.draft.model import Draft
    from nemo_widgets.draft.tracks import Segment, Track


class DraftViews:
    """Makes the views of one widget's drafts; a source keeps its number from one to the next.

    Examples
    --------
    >>> from nemo_widgets import Draft
    >>> title = {"tt": 7, "sg": [{"d": 3000, "m": {"text": "Hi"}}, {"d": 900, "m": {"text": "you"}}]}
    >>> views = DraftViews("en")
    >>> before = views.of(Draft({"t": [title]}))
    >>> before["tracks"][0]["segments"]
    [[0, 3000, 'Hi', True], [0, 900, 'you', True]]
    >>> after = views.of(Draft({"t": [title]}).trim("Hi", duration=1000, ripple=True))
    >>> delta(before, after)["tracks"][0]["segments"]
    {'head': 0, 'tail': 1, 'items': [[0, 1000, 'Hi', True]]}
    """

    def __init__(self, language: str) -> None:
        self._language = language
        self._numbers: dict[str, int] = {}
        self._revision = 0

    def of(self, draft: Draft | None) -> dict[str, Any] | None:
        """Return a draft as the timeline and the table show it, with a number of its own (``revision``)."""
        self._revision += 1
        if draft is None:
            return None
        width, height = draft.size
        tracks = [
            {"kind": track.kind, "name": track_name(track, self._language), "segments": self._segments(track)}
            for track in draft.tracks
        ]
        return {
            "revision": self._revision,
            "summary": draft.summary(language=self._language),
            "duration": draft.duration,
            "width": width,
            "height": height,
            "fps": draft.fps,
            "sources": list(self._numbers),
            "tracks": tracks,
        }

    @property
    def revision(self) -> int:
        """The number of the last view."""
        return self._revision

    def _segments(self, track: Track) -> list[list[Any]]:
        made: list[list[Any]] = []
        clock = 0
        for segment in track.segments:
            made.append(self._segment(segment, segment.start - clock, plays=track.kind in ("video", "audio")))
            clock = segment.end
        return made

    def _segment(self, segment: Segment, gap: int, *, plays: bool) -> list[Any]:
        name, text, source = segment.name, segment.text, segment.source
        number = self._numbers.setdefault(source, len(self._numbers)) if source else None
        volume = False if plays and first(segment.raw, ("kind",))[1] == "image" else segment.volume
        items = [gap, segment.duration, name, True if text and text == name else text, volume, number]
        if plays:
            items += [_told(segment, "in", 0), _told(segment, "speed", 1)]
        while items[-1] is None:
            items.pop()
        return items


def delta(before: dict[str, Any] | None, after: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return a view with lists replaced by what makes them from those of the view before."""
    if before is None or after is None:
        return after
    olds = before["tracks"]
    tracks = [
        {**track, "segments": splice(olds[number]["segments"] if number < len(olds) else [], track["segments"])}
        for number, track in enumerate(after["tracks"])
    ]
    return {**after, "sources": splice(before["sources"], after["sources"]), "tracks": tracks}


def splice(before: list[Any], after: list[Any]) -> dict[str, Any]:
    """Return how a list is made from another: ``head`` of its first items, ``items``, ``tail`` of its last.

    Examples
    --------
    >>> splice([1, 2, 3, 4], [1, 9, 4])
    {'head': 1, 'tail': 1, 'items': [9]}
    """
    shorter = min(len(before), len(after))
    head = next((at for at in range(shorter) if before[at] != after[at]), shorter)
    tail = next((at for at in range(shorter - head) if before[-1 - at] != after[-1 - at]), shorter - head)
    return {"head": head, "tail": tail, "items": after[head : len(after) - tail]}


def _told(segment: Segment, field: str, usual: int) -> float | None:
    value = first(segment.raw, (field,))[1]
    told = isinstance(value, int | float) and not isinstance(value, bool) and value != usual
    return value if told else None
