"""What the other segments of a track do when one of them is moved, cut or taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nemo_widgets.draft.addresses import find_one
from nemo_widgets.draft.fields import SOURCE, first, number
from nemo_widgets.draft.summary import seconds
from nemo_widgets.draft.tracks import label
from nemo_widgets.draft.writing import Edit, put
from nemo_widgets.errors import InvalidInput

if TYPE_CHECKING:
    from nemo_widgets.draft.addresses import Address
    from nemo_widgets.draft.model import Draft
    from nemo_widgets.draft.writing import Lane, Piece


def opened(draft: Draft, where: Address) -> tuple[Edit, Lane, Piece]:
    """Return a copy of a draft to be edited, and the one segment that is meant, with its track."""
    edit = Edit(draft)
    return edit, *piece_at(edit, find_one(draft, where))


def piece_at(edit: Edit, place: tuple[int, int]) -> tuple[Lane, Piece]:
    """Return what stood at a place (track, segment) before the edit."""
    return next((lane, piece) for lane in edit.lanes for piece in lane.pieces if piece.origin == place)


def follows(lane: Lane, ripple: bool | None) -> bool:  # noqa: FBT001
    """Say whether later segments of a track follow: where nobody says, on video tracks."""
    return lane.kind == "video" if ripple is None else ripple


def later(lane: Lane, piece: Piece) -> list[Piece]:
    """Return the pieces that start after one, or together with it but behind it in the track."""
    behind = lane.pieces[lane.pieces.index(piece) + 1 :]
    return [
        other for other in lane.pieces if other.start > piece.start or (other.start == piece.start and other in behind)
    ]


def close(lane: Lane, piece: Piece) -> None:
    """Let the later pieces take the time of one that goes."""
    behind = later(lane, piece)
    shift = min([piece.duration, *(other.start - piece.start for other in behind)])
    for other in behind:
        other.start -= shift


def rearrange(lane: Lane, piece: Piece, beside: Lane, target: Piece, *, behind: bool) -> None:
    """Take a piece out, and put it in front of another one or behind it."""
    close(lane, piece)
    lane.pieces.remove(piece)
    index = beside.pieces.index(target) + behind
    piece.start = target.end if behind else target.start
    for other in beside.pieces:
        if other.start >= piece.start and (other is not target or not behind):
            other.start += piece.duration
    beside.pieces.insert(index, piece)


def cut_head(piece: Piece, lane: Lane, by: int) -> None:
    """Let the material begin later (ms of the timeline), so that the same picture is seen at the same time."""
    if not by or not plays(lane, piece):
        return
    begin = own_number(piece, "in", 0.0) + by * own_number(piece, "speed", 1.0)
    if begin < 0:
        raise InvalidInput("edit-no-more", name=label(piece.raw), more=seconds(-by))
    put(piece.raw, ("in",), round(begin))


def plays(lane: Lane, piece: Piece) -> bool:
    """Whether a piece has a time of its own: clips and sound, not pictures and titles."""
    moving = lane.kind in ("video", "audio") and first(piece.raw, SOURCE)[1] is not None
    return moving and first(piece.raw, ("kind",))[1] != "image"


def own_number(piece: Piece, name: str, default: float) -> float:
    """Return a field of a piece that is a number."""
    path, value = first(piece.raw, (name,))
    return default if value is None else number(value, f"{label(piece.raw)}: {path}", "a number")
