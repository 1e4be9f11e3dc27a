"""When the rows of a table start and how long they last: what was changed is followed, contradictions are refused."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from nemo_widgets.draft.frame import TIMES
from nemo_widgets.draft.overlaps import overlapping

if TYPE_CHECKING:
    from nemo_widgets.draft.frame_rows import Row
    from nemo_widgets.draft.model import Draft
    from nemo_widgets.draft.writing import Edit, Piece


def settle_times(made: dict[Row, Piece], edit: Edit) -> None:
    """Settle when each segment starts and how long it lasts; a new one without a start follows the one before it."""
    by_piece = {id(piece): row for row, piece in made.items()}
    for lane in edit.lanes:
        clock = 0
        for piece in lane.pieces:
            row = by_piece[id(piece)]
            piece.start, piece.duration = _changed(row) if row.was else _given(row, clock)
            clock = piece.end


def _changed(row: Row) -> tuple[int, int]:
    """Follow what was changed: a new start moves the segment, a new end or duration changes how long it lasts."""
    old = row.was
    if old is None:
        raise AssertionError
    shown_before = {"start": old.start, "duration": old.duration, "end": old.end}
    new = {name: row.cells.get(name) for name in TIMES}
    edits = {name: value for name, value in new.items() if value is not None and round(value) != shown_before[name]}
    start, length = edits.get("start", old.start), edits.get("duration", old.duration)
    end = edits.get("end")
    if end is None:
        return _whole(start, start + length)
    if "duration" in edits and (wrong := _contradiction(start, length, end)):
        raise row.refused("end", f"{wrong}: change end or duration, not both")
    return _until(row, start, end)


def _given(row: Row, clock: int) -> tuple[int, int]:
    """Return the times of a new row: any two of start, duration and end, or a duration alone."""
    start, length, end = (row.cells.get(name) for name in TIMES)
    if length is None:
        if end is None:
            raise row.refused("duration", "expected milliseconds, got nothing: a new row needs a duration or an end")
        return _until(row, clock if start is None else start, end)
    if start is None:
        start = clock if end is None else end - length
        if start < 0:
            raise row.refused("duration", f"it lasts {length:.10g} ms and ends at {end:.10g}: it would start before 0")
    if end is not None and (wrong := _contradiction(start, length, end)):
        raise row.refused("end", f"{wrong}: leave one of them out")
    return _whole(start, start + length)


def _until(row: Row, start: float, end: float) -> tuple[int, int]:
    if end < start:
        raise row.refused("end", f"it ends at {end:.10g} ms, before it starts at {start:.10g}")
    return _whole(start, end)


def _whole(start: float, end: float) -> tuple[int, int]:
    """Return start and duration in whole ms, halves up: what abuts still does, what only moves keeps its duration."""
    begin = math.floor(start + 0.5)
    return begin, math.floor(round(end, 6) + 0.5) - begin


def _contradiction(start: float, length: float, end: float) -> str | None:
    """Return what is wrong with times that contradict each other by more than rounding explains."""
    if abs(start + length - end) <= 0.5:
        return None
    return f"{start:.10g} + {length:.10g} ms is {start + length:.10g}, not {end:.10g}"


def refuse_overlaps(made: dict[Row, Piece], edit: Edit, base: Draft) -> None:
    """Refuse segments of a track that overlap, unless they did before, or one gives way to the next that long."""
    by_piece = {id(piece): row for row, piece in made.items()}
    for lane in edit.lanes:
        for earlier, later in overlapping(lane, base):
            raise _overlapping(by_piece[id(earlier)], earlier, by_piece[id(later)], later)


def _overlapping(before: Row, first_piece: Piece, after: Row, second_piece: Piece) -> Exception:
    """Return the error for two segments that overlap; it names the row that was changed."""
    if _moved(after) or not _moved(before):
        return after.refused("start", f"it overlaps {before.label}, which ends at {first_piece.end} ms")
    return before.refused("end", f"it overlaps {after.label}, which starts at {second_piece.start} ms")


def _moved(row: Row) -> bool:
    return row.was is None or row.copied or _changed(row) != (row.was.start, row.was.duration)
