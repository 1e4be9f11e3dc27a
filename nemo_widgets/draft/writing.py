"""Writing into a draft: what an edit doesn't touch stays as it came, and what it does is written where it is read.

:class:`Edit` is what the editing verbs and the way back from a table have in common.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from nemo_widgets.draft.fields import LENGTH, START, Json, first, place_of, words
from nemo_widgets.draft.tracks import KINDS, LABELS, length_of, start_of

if TYPE_CHECKING:
    from nemo_widgets.draft.model import Draft

CODES = {kind: code for code, kind in KINDS.items()}
_LETTERS = {"video": "v", "audio": "a", "text": "x"}
_RANKS = {"video": 0, "audio": 1, "text": 2}


@dataclass(eq=False)
class Piece:
    """A segment on its way into a new draft; ``raw`` is its own copy, times in ms."""

    raw: Json
    start: int
    duration: int
    origin: tuple[int, int] | None = None
    """Where it stood in the draft before: (track, segment)."""

    null: bool = False
    """Whether the draft has null there."""

    @property
    def end(self) -> int:
        """Milliseconds on the timeline."""
        return self.start + self.duration


@dataclass(eq=False)
class Lane:
    """A track on its way into a new draft."""

    raw: Json | None
    kind: str
    pieces: list[Piece]
    filled: bool = field(default=False)
    """Whether it had segments before: then it goes with the last of them."""


class Edit:
    """A draft being changed: a copy of it, taken apart into lanes of pieces.

    Examples
    --------
    >>> from nemo_widgets import Draft
    >>> edit = Edit(Draft({"d": 3000, "t": [{"tt": 7, "sg": [{"d": 3000}], "color": "red"}]}))
    >>> edit.lanes[0].pieces[0].duration = 2000
    >>> edit.done().raw
    {'d': 2000, 't': [{'tt': 7, 'sg': [{'d': 2000}], 'color': 'red'}]}
    """

    def __init__(self, draft: Draft) -> None:
        self.raw: Json = deepcopy(draft.raw)
        self.lanes = [_lane(raw, number, draft) for number, raw in enumerate(self.raw.get("t") or ())]
        self._end = max((track.end for track in draft.tracks), default=0)

    def done(self) -> Draft:
        """Return the new draft; its duration follows the end of its last segment where that moved."""
        from nemo_widgets.draft.model import Draft

        kept = [lane for lane in self.lanes if lane.pieces or not lane.filled]
        for lane in kept:
            _lay(lane)
        if kept or self.raw.get("t"):
            self.raw["t"] = [lane.raw for lane in kept]
        end = max((piece.end for lane in kept for piece in lane.pieces), default=0)
        if end != self._end and place_of(self.raw, LENGTH, meta_first=False):
            put(self.raw, LENGTH, end, timing=True)
        return Draft(self.raw)

    def add_lane(
        self, kind: str, *, at: int | None = None, track_id: str | None = None, name: str | None = None
    ) -> Lane:
        """Return a new track of a kind: at a place in the order, or after the last one of its kind."""
        letter = _LETTERS.get(kind, "o")
        taken = {words(lane.raw["id"]) for lane in self.lanes if lane.raw and lane.raw.get("id") is not None}
        raw: Json = {
            "id": unused(track_id or f"{letter}1", letter, taken),
            "tt": code_of(kind),
            "m": {"name": name or LABELS.get(kind, kind)},
            "sg": [],
        }
        lane = Lane(raw, kind, [])
        self.lanes.insert(_place(self.lanes, _RANKS.get(kind, 3)) if at is None else at, lane)
        return lane

    def ids(self) -> set[str]:
        """Return the ids that segments have."""
        found = (first(piece.raw, ("id",))[1] for lane in self.lanes for piece in lane.pieces)
        return {words(value) for value in found if value is not None}


def code_of(kind: str) -> float | None:
    """Return the track type of a kind.

    Examples
    --------
    >>> code_of("text"), code_of("other(5)"), code_of("other(?)")
    (7, 5, None)
    """
    if kind in CODES:
        return CODES[kind]
    try:
        read = float(kind[len("other(") : -1])
    except ValueError:
        return None
    return int(read) if read.is_integer() else read


def put(raw: Json, names: tuple[str, ...], value: Any, *, timing: bool = False) -> None:
    """Write a value where the first of ``names`` stands, else into ``m`` (``timing``: beside it); None takes it away.

    Examples
    --------
    >>> raw = {"d": 10, "m": {"vol": 35}}
    >>> put(raw, ("volume", "vol"), 0.5)
    >>> put(raw, ("text",), "Hi")
    >>> raw
    {'d': 10, 'm': {'vol': 0.5, 'text': 'Hi'}}
    """
    meta = raw.get("m")
    if value is None:
        for place in (raw, cast("Json", meta) if isinstance(meta, dict) else {}):
            for name in names:
                place.pop(name, None)
        return
    where, name = place_of(raw, names, meta_first=not timing) or ("" if timing else "m", names[0])
    if not where:
        raw[name] = value
    elif isinstance(meta, dict):
        cast("Json", meta)[name] = value
    else:
        raw["m"] = {name: value}


def unused(wish: str, stem: str, taken: set[str]) -> str:
    """Return ``wish``, or the first of ``stem1``, ``stem2`` … that isn't taken.

    Examples
    --------
    >>> unused("s1", "s", {"s1", "s2"})
    's3'
    """
    number = 1
    while wish in taken:
        wish, number = f"{stem}{number}", number + 1
    return wish


def _lane(raw: Json | None, number: int, draft: Draft) -> Lane:
    track = draft.tracks[number]
    items = cast("list[Json | None]", (raw or {}).get("sg") or [])
    pieces = [
        Piece({} if item is None else item, start, length, (number, index), null=item is None)
        for index, (item, start, length) in enumerate(zip(items, track.starts, track.durations, strict=True))
    ]
    return Lane(raw, track.kind, pieces, filled=bool(pieces))


def _lay(lane: Lane) -> None:
    """Write the pieces into their track: a start is spelled out where it would be read as another one."""
    clock = 0
    for piece in lane.pieces:
        if length_of(piece.raw) != piece.duration:
            put(piece.raw, LENGTH, piece.duration, timing=True)
        if start_of(piece.raw, clock) != piece.start:
            put(piece.raw, START, piece.start, timing=True)
        clock = piece.end
    items = [None if piece.null and not piece.raw else piece.raw for piece in lane.pieces]
    if items or lane.filled:
        lane.raw = lane.raw or {}
        lane.raw["sg"] = items


def _place(lanes: list[Lane], rank: int) -> int:
    """Return where a new lane goes: above the last one that belongs below it."""
    return max((index + 1 for index, lane in enumerate(lanes) if _RANKS.get(lane.kind, 3) <= rank), default=0)
