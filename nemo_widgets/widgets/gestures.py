"""What a view does to a draft (a cell edited, a segment dragged), as the draft's own verbs. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nemo_widgets.draft.arguments import time
from nemo_widgets.draft.fields import LONGEST, NAME, START
from nemo_widgets.draft.overlaps import refuse_overlaps
from nemo_widgets.draft.tracks import label
from nemo_widgets.draft.writing import Edit, put
from nemo_widgets.errors import InvalidInput

if TYPE_CHECKING:
    from nemo_widgets.draft.fields import Json
    from nemo_widgets.draft.model import Draft

    Place = tuple[int, int]

_CLOCK = re.compile(r"(?:(?:(\d+):)?([0-5]?\d|\d+):)?(\d+(?:[.,]\d*)?|[.,]\d+)\s*(?:s|秒)?")
_MS = re.compile(r"(\d+)\s*(?:ms|毫秒)")


def edited(draft: Draft, op: str, where: list[Place], values: dict[str, Any]) -> tuple[Draft, list[Place]]:
    """Return the draft after a gesture, and where the segments that it is about stand in it.

    Parameters
    ----------
    draft
        The draft as the view shows it.
    op
        ``"set"`` (one of name, start, duration, end, volume, text: what was typed), ``"move"`` (``to`` or ``by``: ms;
        ``before`` or ``after``: a place), ``"trim"`` (``start`` or ``end``: ms) or ``"remove"``.
    where
        Which segments, as (track, segment).
    values
        What the gesture is about.

    Raises
    ------
    InvalidInput, DraftError
        Where the draft's own rules refuse it.

    Examples
    --------
    >>> from nemo_widgets import Draft
    >>> draft = Draft({"t": [{"tt": 7, "sg": [{"d": 3000, "m": {"text": "Hi"}}, {"d": 500, "m": {"text": "you"}}]}]})
    >>> after, places = edited(draft, "move", [(0, 0)], {"to": 4000})
    >>> after.summary(), places
    ('Timeline (1 track): 1. Title: "you" (3-3.5s), "Hi" (4-7s)', [(0, 1)])
    """
    if not where:
        raise InvalidInput("edit-nothing")
    match op, values:
        case "set", {"volume": volume} if len(where) > 1:
            frame = draft.to_frame()
            frame.loc[where, "volume"] = parse_volume(volume)
            return type(draft).from_frame(frame, base=draft), where
        case "set", _:
            (column, value), *_ = values.items()
            return _set(draft, where[0], column, value)
        case "move", {"by": by} if len(where) > 1:
            return _moved_together(draft, where, time(by, "by", least=-LONGEST)), where
        case "move", _:
            return _moved(draft, where[0], values)
        case "trim", _:
            return draft.trim(where[0], **{edge: values[edge] for edge in ("start", "end") if edge in values}), where
        case "remove", _:
            return draft.remove(*where), []
        case _:
            raise InvalidInput("edit-nothing")


def parse_time(text: str) -> int:
    """Return the milliseconds that somebody typed as a time.

    Raises
    ------
    InvalidInput
        Where it is none.

    Examples
    --------
    >>> [parse_time(text) for text in ("0:05.9", "5.9", "1:02:03", "90", "250 ms", "0：05")]
    [5900, 5900, 3723000, 90000, 250, 5000]
    """
    said = text.strip().replace("：", ":")
    if exact := _MS.fullmatch(said):
        return int(exact[1])
    found = _CLOCK.fullmatch(said)
    if found is None:
        raise InvalidInput("edit-time", text=text)
    hours, minutes, seconds = found.groups()
    read = round(((int(hours or 0) * 60 + int(minutes or 0)) * 60 + float(seconds.replace(",", "."))) * 1000)
    if read > LONGEST:
        raise InvalidInput("edit-time", text=text)
    return read


def parse_volume(text: str) -> float:
    """Return the volume (0 to 1) that somebody typed.

    Raises
    ------
    InvalidInput
        Where it is none.

    Examples
    --------
    >>> parse_volume("35%"), parse_volume("0.5"), parse_volume("80")
    (0.35, 0.5, 0.8)
    """
    said = text.strip().replace("％", "%").replace(",", ".")
    try:
        number = float(said.rstrip("% "))
    except ValueError:
        number = -1.0
    volume = number / 100 if "%" in said or number > 1 else number
    if not 0 <= volume <= 1:
        raise InvalidInput("edit-volume", text=text)
    return volume


def _set(draft: Draft, place: Place, column: str, value: Any) -> tuple[Draft, list[Place]]:
    typed = str(value)
    match column:
        case "start":
            return _moved(draft, place, {"to": parse_time(typed)})
        case "end":
            return draft.trim(place, end=parse_time(typed)), [place]
        case "duration":
            return draft.trim(place, duration=parse_time(typed)), [place]
        case "volume":
            return draft.set_volume(place, parse_volume(typed)), [place]
        case "text":
            return draft.replace_text(place, typed), [place]
        case "name":
            edit = Edit(draft)
            piece = next(piece for lane in edit.lanes for piece in lane.pieces if piece.origin == place)
            put(piece.raw, NAME, typed.strip() or None)
            return edit.done(), [place]
        case _:
            raise InvalidInput("edit-nothing")


def _moved_together(draft: Draft, where: list[Place], by: int) -> Draft:
    edit = Edit(draft)
    chosen = set(where)
    for piece in (piece for lane in edit.lanes for piece in lane.pieces if piece.origin in chosen):
        if piece.start + by < 0:
            raise InvalidInput("edit-early", name=label(piece.raw), early=-piece.start - by, least=-piece.start)
        piece.start += by
    refuse_overlaps(edit.lanes, draft, "edit-overlap-moved")
    return edit.done()


def _moved(draft: Draft, place: Place, values: dict[str, Any]) -> tuple[Draft, list[Place]]:
    track, number = place
    if not 0 <= track < len(draft.tracks) or not 0 <= number < len(draft.tracks[track].starts):
        raise InvalidInput("edit-stale")
    ways: dict[str, Any] = {name: values[name] for name in ("to", "by") if name in values}
    ways |= {name: tuple(values[name]) for name in ("before", "after") if name in values}
    after = draft.move(place, **ways)
    target: Place | None = ways.get("before") or ways.get("after")
    lane = target[0] if target else track
    return after, [(lane, _found(after, lane, _content(draft.tracks[track].items[number]), near=place))]


def _found(draft: Draft, track: int, content: Json, *, near: Place) -> int:
    """Return where a segment of this content is on a track; of twins the one that has moved the least."""
    track = min(track, len(draft.tracks) - 1)
    alike = [number for number, raw in enumerate(draft.tracks[track].items) if _content(raw) == content]
    return min(alike, key=lambda number: abs(number - near[1]), default=0)


def _content(raw: Json) -> Json:
    meta: Json = raw.get("m") or {}
    inner = {name: value for name, value in meta.items() if name not in START}
    return {**{name: value for name, value in raw.items() if name not in START}, "m": inner}
