"""A table back into a draft: every edit of a shown cell, and nothing else, is written.

Cells are compared with what the base shows. One that says the same leaves the JSON exactly as it was.
"""

from __future__ import annotations

import math
import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from nemo_widgets.draft.fields import Json, first, shown
from nemo_widgets.draft.frame import COLUMNS, DIALECT
from nemo_widgets.draft.frame_cells import write_cells
from nemo_widgets.draft.frame_rows import Row, match, read_rows
from nemo_widgets.draft.frame_times import refuse_overlaps, settle_times
from nemo_widgets.draft.writing import CODES, Edit, Lane, Piece, code_of, put, unused

if TYPE_CHECKING:
    import pandas as pd

    from nemo_widgets.draft.model import Draft

_OTHER = re.compile(r"other\(-?\d+\)")


def from_frame(frame: pd.DataFrame, base: Draft | None = None) -> Draft:
    """Return the draft that a table describes; see :meth:`nemo_widgets.Draft.from_frame`."""
    attrs: dict[str, Any] = dict(getattr(frame, "attrs", None) or {}) if base is None else {}
    known = base if base is not None else _blank(attrs)
    others = sorted(_fields(known) - set(COLUMNS) - DIALECT)
    rows = read_rows(frame, others)
    match(rows, known)
    edit = Edit(known)
    pieces = {piece.origin: piece for lane in edit.lanes for piece in lane.pieces}
    taken = edit.ids()
    made = {row: _piece(row, pieces, known) for row in rows}
    lanes = _lanes(edit, rows, made, attrs)
    for row, piece in made.items():
        write_cells(row, piece.raw, [*sorted(DIALECT), *others])
        if row.was is None or (row.copied and first(piece.raw, ("id",))[1] is not None):
            _new_id(row, piece.raw, lanes[row], taken, attrs)
    settle_times(made, edit)
    refuse_overlaps(made, edit, known)
    return edit.done()


def _blank(attrs: dict[str, Any]) -> Draft:
    from nemo_widgets.draft.model import Draft

    width, height = attrs.get("size") or (1920, 1080)
    fps = attrs.get("fps") or 30
    title = {"title": attrs["title"]} if attrs.get("title") else {}
    meta = {**title, "width": width, "height": height, "fps": int(fps) if float(fps).is_integer() else fps}
    return Draft({"m": meta, "d": 0, "t": []})


def _fields(base: Draft) -> set[str]:
    """Return what fields the base's segments have in ``m``: columns of these names come back, too."""
    return {name for track in base.tracks for raw in track.items for name in (raw.get("m") or ())}


def _piece(row: Row, pieces: dict[Any, Piece], base: Draft) -> Piece:
    """Return the piece that a row becomes: its own, a copy of it, or a new one; and settle its kind."""
    kind = row.cells.get("kind", row.kind)
    if kind is None and row.was is None and (number := _number(row)) is not None and number < len(base.tracks):
        kind = base.tracks[number].kind
    known = isinstance(kind, str) and (kind in CODES or _OTHER.fullmatch(kind))
    if not known and (row.was is None or kind != row.kind):
        raise row.refused("kind", f"expected video, audio or text, got {shown(kind) if kind else 'nothing'}")
    row.kind = kind
    own = pieces.get(row.origin)
    if own is None:
        return Piece({}, 0, 0)
    if row.copied:
        return Piece(deepcopy(own.raw), own.start, own.duration)
    return own


def _number(row: Row) -> int | None:
    """Return the number of the track that a row is on."""
    if row.track is not None:
        return row.track
    found = row.origin or row.place
    return found[0] if found else None


def _lanes(edit: Edit, rows: list[Row], made: dict[Row, Piece], attrs: dict[str, Any]) -> dict[Row, Lane]:
    """Deal the rows out to the tracks, in their order; make tracks where there is none for a row."""
    olds = list(edit.lanes)
    for lane in olds:
        lane.pieces = []
    asked = [_number(row) for row in rows]
    for number, lane in enumerate(olds):
        kinds = {row.kind for row, wish in zip(rows, asked, strict=True) if wish == number}
        if len(kinds) == 1 and lane.kind not in kinds:
            _change_kind(lane, kinds.pop() or "")
    by_number: dict[int, Lane] = dict(enumerate(olds))
    dealt: dict[Row, Lane] = {}
    # New tracks with a number come in the order of their numbers, then those that only have a kind.
    for row, wish in sorted(zip(rows, asked, strict=True), key=lambda pair: math.inf if pair[1] is None else pair[1]):
        kind = row.kind or ""
        lane = by_number.get(wish) if wish is not None else None
        if lane is None and wish is not None:
            lane = by_number[wish] = edit.add_lane(
                kind,
                at=len(edit.lanes),
                track_id=_listed(attrs.get("track_ids"), wish),
                name=_listed(attrs.get("track_names"), wish),
            )
        if lane is None or lane.kind != kind:
            lane = next((one for one in edit.lanes if one.kind == kind), None) or edit.add_lane(kind)
        dealt[row] = lane
    for row in rows:
        dealt[row].pieces.append(made[row])
    return dealt


def _change_kind(lane: Lane, kind: str) -> None:
    lane.kind = kind
    lane.raw = lane.raw or {}
    lane.raw["tt"] = code_of(kind)


def _listed(values: Any, number: int) -> Any:
    return values[number] if isinstance(values, list | tuple) and number < len(values) else None  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]


def _new_id(row: Row, raw: Json, lane: Lane, taken: set[str], attrs: dict[str, Any]) -> None:
    wish = row.cells.get("id") if row.was is None else None
    if wish is None and row.place and row.was is None:
        wish = _listed(_listed(attrs.get("segment_ids"), row.place[0]), row.place[1])
    stem = f"{(lane.raw or {}).get('id') or 's'}s" if lane.kind != "video" else "s"
    made = unused(str(wish or f"{stem}1"), stem, taken)
    taken.add(made)
    if row.was is None:
        raw.pop("id", None)
        items = {"id": made, **raw}
        raw.clear()
        raw.update(items)
        raw["m"].pop("id", None)
    else:
        put(raw, ("id",), made)
