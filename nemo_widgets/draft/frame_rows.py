"""The rows of a table that came back: which segment each of them was, and what its cells say.

People filter, sort, concatenate, save as CSV and reset the index; so a row is known by its (track, segment) in the
index or in columns of that name, else by its id, else by its likeness.
"""

from __future__ import annotations

import datetime as dt
import itertools
import math
import numbers
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import pandas as pd

from nemo_widgets.draft.fields import LONGEST, shown
from nemo_widgets.draft.frame import COLUMNS, DIALECT, PLACE, TIMES
from nemo_widgets.errors import DraftError, InvalidInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from nemo_widgets.draft.model import Draft
    from nemo_widgets.draft.tracks import Segment

Place = tuple[int, int]

_SHORTEST, _SHORT = 3, 4
"""Letters of a name in which slips are looked for, and of one in which only some are."""


@dataclass(eq=False)
class Row:
    """A row of the table.

    Attributes
    ----------
    label : str
        What an error calls it.
    cells : dict
        Column → value, None where it is missing; times in ms.
    place : tuple of int or None
        Its (track, segment), as the index has it.
    track : int or None
        The track that it asks for, where that is not the one of its place.
    was : Segment or None
        The segment of the base that it was, or that it was made like (``copied``).
    origin : tuple of int or None
        Where that one stood.
    """

    label: str
    cells: dict[str, Any]
    place: Place | None = None
    track: int | None = None
    was: Segment | None = None
    kind: str | None = None
    origin: Place | None = None
    copied: bool = False

    def refused(self, column: str, message: str) -> DraftError:
        """Return the error that names this row."""
        return DraftError("frame", path=f'{self.label}, column "{column}"', message=message)


def read_rows(frame: Any, others: Iterable[str]) -> list[Row]:
    """Return the rows of a table.

    Parameters
    ----------
    frame
        The table.
    others
        Columns that are read, beside those of the table and of the dialect.

    Raises
    ------
    InvalidInput
        Where it isn't a table, or a column is nearly called as one that is read.
    DraftError
        Where a cell can't be read.
    """
    if not isinstance(frame, pd.DataFrame):
        raise InvalidInput(
            message=f"A draft can't be made of a {type(frame).__name__}.",
            remedy="Pass a pandas.DataFrame, such as draft.to_frame() returns.",
        )
    if not frame.columns.is_unique:
        raise InvalidInput(message="The table has several columns of one name.", remedy="Rename or drop them.")
    levels = _levels(frame.index)
    columns = {str(name): frame[name] for name in frame.columns}
    _refuse_slips(columns, [*COLUMNS, *PLACE, *DIALECT, *others])
    read = {name: _values(columns.get(name, levels.get(name))) for name in (*COLUMNS, *DIALECT, *others)}
    places = _places(frame.index, levels, columns)
    asked = _values(columns.get("track"))
    rows: list[Row] = []
    for number in range(len(frame)):
        place = places[number] if places else None
        row = Row(f"row {place or _short(frame.index[number])}", {}, place)
        row.track = _whole(row, "track", asked[number]) if asked is not None else None
        row.cells = {name: values[number] for name, values in read.items() if values is not None}
        for name in TIMES:
            if name in row.cells:
                row.cells[name] = _time(row, name, row.cells[name])
        rows.append(row)
    return rows


def match(rows: list[Row], base: Draft) -> None:
    """Find out which segment of the base each row was: by place, then by id, then by likeness."""
    segments = {
        (track, number): (of.kind, segment)
        for track, of in enumerate(base.tracks)
        for number, segment in enumerate(of.segments)
    }
    left = dict(segments)
    waiting: list[Row] = []
    for row in rows:
        if row.place in left:
            _take(row, row.place, left.pop(row.place))
        else:
            waiting.append(row)
    for row in waiting:
        same = segments.get(row.place) if row.place else None
        if row.place and same and _like(row, *same):
            _take(row, row.place, same)
            row.copied = True
    for likeness in _LIKENESSES:
        known: dict[Any, list[Place]] = {}
        for place, (kind, segment) in left.items():
            if (key := likeness(_cells_of(kind, segment))) is not None:
                known.setdefault(key, []).append(place)
        for row in waiting:
            if row.was is None and (places := known.get(likeness(row.cells))):
                place = places.pop(0)
                _take(row, place, left.pop(place))


def _take(row: Row, place: Place, found: tuple[str, Segment]) -> None:
    row.kind, row.was = found
    row.origin = place


def _like(row: Row, kind: str, segment: Segment) -> bool:
    """Whether a second row with a segment's place is a copy of it, and not another draft's row."""
    source = row.cells.get("source", segment.source)
    return row.cells.get("kind", kind) == kind and (source or None) == segment.source


def _cells_of(kind: str, segment: Segment) -> dict[str, Any]:
    return {
        "id": segment.id,
        "kind": kind,
        "name": segment.name,
        "start": segment.start,
        "duration": segment.duration,
        "text": segment.text,
        "source": segment.source,
    }


def _key(*names: str, needed: tuple[str, ...]) -> Callable[[dict[str, Any]], Any]:
    def likeness(cells: dict[str, Any]) -> Any:
        if not any(cells.get(name) for name in needed):
            return None
        return tuple(cells.get(name) or None for name in names)

    return likeness


def _same_place(cells: dict[str, Any]) -> Any:
    if cells.get("kind") != "text" or cells.get("start") is None:
        return None
    return cells["start"], cells.get("duration")


_CONTENT = ("source", "text", "name")
_LIKENESSES: tuple[Callable[[dict[str, Any]], Any], ...] = (
    _key("id", needed=("id",)),
    _key("kind", *_CONTENT, "start", "duration", needed=_CONTENT),
    _key("kind", *_CONTENT, "start", needed=_CONTENT),
    _key("kind", *_CONTENT, needed=_CONTENT),
    _key("kind", "source", "start", needed=("source",)),
    _key("kind", "source", needed=("source",)),
    _same_place,
)


def _refuse_slips(columns: Mapping[str, Any], known: Sequence[str]) -> None:
    """Refuse a column that says something under a name that seems to be misspelt; what else isn't known is left out."""
    for name, column in columns.items():
        meant = None if name in known else next((one for one in known if misspelt(name, one)), None)
        if meant is not None and column.notna().any():
            raise InvalidInput(
                message=f"The table has a column “{name}”, which isn't read. Did you mean “{meant}”?",
                remedy=f"Rename it to “{meant}”; if it is one of your own, give it another name or drop it.",
            )


def misspelt(name: str, known: str) -> bool:
    """Return whether a name is another one with a slip: a letter too many, missing, wrong or changed round, or case.

    A wrong letter makes another word of short names, so there it counts for nothing: ``next`` isn't ``text``.

    Examples
    --------
    >>> [misspelt(name, "volume") for name in ("volum", "vloume", "Volume", "volumes", "volume_db", "value")]
    [True, True, True, True, False, False]
    >>> misspelt("next", "text"), misspelt("txet", "text"), misspelt("start2", "start")
    (False, True, False)
    """
    told, meant = (one.casefold().replace(" ", "_").replace("-", "_") for one in (name, known))
    if told == meant:
        return name != known
    if len(meant) < _SHORTEST or not told.replace("_", "").isalpha():
        return False
    same = sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(told, meant, strict=False)))
    rest, of = told[same:], meant[same:]
    return (
        rest[1:] == of
        or rest == of[1:]
        or (len(meant) > _SHORT and rest[1:] == of[1:])
        or (rest[:2] == of[1::-1] and rest[2:] == of[2:])
    )


def _levels(index: pd.Index[Any]) -> dict[str, Any]:
    """Return the index as columns; of several levels of one name the innermost counts."""
    names = [None if name is None else str(name) for name in cast("list[Any]", index.names)]
    if index.nlevels == 2 and names == [None, None]:
        names = list(PLACE)
    return {name: index.get_level_values(level) for level, name in enumerate(names) if name is not None}


def _places(index: pd.Index[Any], levels: dict[str, Any], columns: dict[str, Any]) -> list[Place | None] | None:
    """Return each row's (track, segment), from the index or from columns of that name."""
    pairs: list[tuple[Any, Any]]
    if "segment" in levels and ("track" in levels or "track" in columns):
        tracks = levels["track"] if "track" in levels else columns["track"]
        pairs = list(zip(_values(tracks) or [], _values(levels["segment"]) or [], strict=True))
    elif "segment" in columns and ("track" in columns or "track" in levels):
        tracks = columns["track"] if "track" in columns else levels["track"]
        pairs = list(zip(_values(tracks) or [], _values(columns["segment"]) or [], strict=True))
    elif index.nlevels == 1 and index.dtype == object:
        # pd.concat of a draft's rows with rows that have an index of their own.
        pairs = [value if _is_pair(value) else (None, None) for value in index.tolist()]
    else:
        return None
    return [(int(track), int(segment)) if _is_whole(track) and _is_whole(segment) else None for track, segment in pairs]


def _is_pair(value: Any) -> bool:
    return isinstance(value, tuple) and len(cast("tuple[Any, ...]", value)) == 2


def _is_whole(value: Any) -> bool:
    return type(value) is not bool and isinstance(value, numbers.Real) and float(value).is_integer()


def _whole(row: Row, column: str, value: Any) -> int | None:
    if value is None:
        return None
    if not _is_whole(value) or value < 0:
        raise row.refused(column, f"expected a track's number, got {shown(value)}")
    return int(value)


def _values(column: Any) -> list[Any] | None:
    """Return a column as plain Python values, None where one is missing."""
    if column is None:
        return None
    return [None if gone else value for value, gone in zip(column.tolist(), column.isna().tolist(), strict=True)]


def _time(row: Row, column: str, value: Any) -> float | None:
    """Return a time in ms, from a number of them, a timedelta, or either as text (as a CSV has it).

    Fractions are kept until start and end are settled: each rounded by itself, a third of all times would make
    segments that abut overlap by 1 ms.
    """
    if value is None or (isinstance(value, str) and value.strip() in ("", "NaT", "nan")):
        return None
    read = _milliseconds(value)
    if read is None or not math.isfinite(read):
        raise row.refused(column, f"expected milliseconds, got {shown(value)}")
    if round(read) < 0:
        raise row.refused(column, f"expected milliseconds of 0 or more, got {round(read)}")
    if read > LONGEST:
        raise row.refused(column, f"expected milliseconds of at most {LONGEST}, got {read:g}")
    return round(read) if read.is_integer() else round(read, 6)


def _milliseconds(value: Any) -> float | None:
    if isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            pass
        try:
            value = pd.Timedelta(value).to_pytimedelta()
        except ValueError:
            return None
    if isinstance(value, dt.timedelta):
        return value / dt.timedelta(milliseconds=1)
    if isinstance(value, bool):
        return None
    return float(value) if isinstance(value, numbers.Real) else None


def _short(label: Any) -> str:
    text = str(label)
    return text if len(text) <= 40 else text[:37] + "..."
