"""Cells of a row into the JSON of its segment: only those that say something else than the segment shows."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from nemo_widgets.draft.fields import NAME, SOURCE, SOURCE_LENGTH, TEXT, VOLUME, Json, first, shown
from nemo_widgets.draft.frame import NUMBERS, SWITCHES, field_cell
from nemo_widgets.draft.tracks import called
from nemo_widgets.draft.writing import put

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nemo_widgets.draft.frame_rows import Row

_IMAGES = (".jpg", ".jpeg", ".png", ".gif", ".webp")


def write_cells(row: Row, raw: Json, others: Iterable[str]) -> None:
    """Write the cells that say something else than the segment shows.

    Parameters
    ----------
    row, raw
        The row, and the JSON of its segment; that of a new one is empty.
    others
        Columns beside those of every table.
    """
    cells = row.cells
    if row.was is None:
        _begin(row, raw)
    before = row.was
    old_source = before.source if before else None
    old_name = before.name if before else called(cells.get("text"), cells.get("source"))
    old_text = before.text if before else None
    for column, names, old in (("name", NAME, old_name), ("text", TEXT, old_text), ("source", SOURCE, old_source)):
        if column in cells and not _says(cells[column], old):
            put(raw, names, None if cells[column] is None else _text(row, column, cells[column]))
    anew = before is not None and cells.get("source", old_source) != old_source
    old_length = first(raw, SOURCE_LENGTH)[1]
    if anew and first(raw, ("kind",))[1] in ("image", "video"):
        put(raw, ("kind",), _media_kind(str(cells["source"])))
    if "volume" in cells:
        _write_volume(row, raw, before.volume if before else None)
    for name in others:
        if name in cells and (row.was is not None or cells[name] is not None):
            _write_field(row, raw, name)
    if anew and first(raw, SOURCE_LENGTH)[1] == old_length:
        put(raw, SOURCE_LENGTH, None)  # it was the other file's


def _begin(row: Row, raw: Json) -> None:
    """Fill a new segment in the studio's dialect."""
    source = row.cells.get("source")
    meta: Json = {}
    if row.kind == "text":
        meta = {"position": "center"}
    elif row.kind == "video":
        meta = {"kind": _media_kind(str(source or "")), "in": 0, "speed": 1.0, "fit": "cover"}
    raw.update({"st": 0, "d": 0, "m": meta})
    if row.kind == "text" and row.cells.get("text") is None and row.cells.get("name") is not None:
        meta["text"] = str(row.cells["name"])


def _media_kind(source: str) -> str:
    return "image" if source.split("?", maxsplit=1)[0].lower().endswith(_IMAGES) else "video"


def _says(value: Any, old: str | None) -> bool:
    """Whether a cell says what was there; a CSV makes numbers of texts that look like some, none of empty ones."""
    if isinstance(value, int | float) and old:
        try:
            return float(old) == value or str(value) == old
        except ValueError:
            return str(value) == old
    return (None if value == "" else value) == (old or None)


def _text(row: Row, column: str, value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int | float):
        return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    raise row.refused(column, f"expected a text, got {shown(value)}")


def _write_volume(row: Row, raw: Json, old: float | None) -> None:
    value = row.cells["volume"]
    if value is None:
        if old is not None:
            put(raw, VOLUME, None)
        return
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise row.refused("volume", f"expected a volume from 0 to 1, got {shown(value)}")
    try:
        read = float(value)
    except ValueError:
        read = math.nan
    if old is not None and math.isclose(read, old, rel_tol=1e-6, abs_tol=1e-9):
        return
    if not 0 <= read <= 1:
        hint = f" ({read:g}% is {read / 100:g})" if 1 < read <= 100 else ""
        raise row.refused("volume", f"expected a volume from 0 to 1, got {shown(value)}{hint}")
    put(raw, VOLUME, read)


def _write_field(row: Row, raw: Json, name: str) -> None:
    """Write a further field where its cell says something else."""
    value, old = row.cells[name], field_cell(raw, name)
    if name in NUMBERS and value is not None:
        try:
            value = float(value)
        except (TypeError, ValueError):
            raise row.refused(name, f"expected a number, got {shown(row.cells[name])}") from None
        if value < 0 or not math.isfinite(value):
            raise row.refused(name, f"expected a number of 0 or more, got {value:g}")
        if old is not None and math.isclose(value, old, rel_tol=1e-6, abs_tol=1e-9):
            return
        value = int(value) if value.is_integer() else value
    elif name in SWITCHES and value is not None:
        value = _switch(row, name, value)
    elif name not in SWITCHES and _says(value, old):
        return
    elif isinstance(value, str):
        value = _parsed(value, first(raw, (name,))[1])
    if value != old and (value not in (None, "") or old not in (None, "")):
        put(raw, (name,), value)


def _switch(row: Row, name: str, value: Any) -> bool:
    """Return a truth value; a CSV has it as text."""
    said = value.strip().lower() if isinstance(value, str) else value
    if said in (True, "true", "1", "1.0"):
        return True
    if said in (False, "false", "0", "0.0", ""):
        return False
    raise row.refused(name, f"expected true or false, got {shown(value)}")


def _parsed(value: str, old: Any) -> Any:
    """Return what a text stands for, where the draft has something else than a text there."""
    if (old is not None and not isinstance(old, str)) or value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            pass
    return value
