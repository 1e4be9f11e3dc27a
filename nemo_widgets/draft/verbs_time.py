"""Edits of a draft's time: a segment in two, a stretch taken out, another speed."""

from __future__ import annotations

from copy import deepcopy
from fractions import Fraction
from typing import TYPE_CHECKING

from nemo_widgets.draft.addresses import find
from nemo_widgets.draft.arguments import needed, time
from nemo_widgets.draft.arguments import speed as checked_speed
from nemo_widgets.draft.fields import first, words
from nemo_widgets.draft.ripple import cut_head, follows, later, opened, own_number, piece_at
from nemo_widgets.draft.summary import seconds
from nemo_widgets.draft.tracks import label
from nemo_widgets.draft.verbs import EditingVerbs
from nemo_widgets.draft.writing import Edit, Lane, Piece, put, unused
from nemo_widgets.errors import InvalidInput

if TYPE_CHECKING:
    from nemo_widgets.draft.addresses import Address
    from nemo_widgets.draft.model import Draft


class TimingVerbs(EditingVerbs):
    """What can be done to a draft's time, beside :class:`~nemo_widgets.draft.verbs.EditingVerbs`."""

    def split(self, where: Address, at: int) -> Draft:
        """Make two segments of one; nothing is seen or heard to change until one of them is edited.

        The first half gives way to the second with a cut, and a fade at either end stays at that end.

        Parameters
        ----------
        where
            Which segment.
        at
            Where, on the timeline (ms).

        Raises
        ------
        InvalidInput
            Where the segment isn't on at that time.

        Examples
        --------
        >>> from nemo_widgets import Draft
        >>> draft = Draft({"t": [{"tt": 0, "sg": [{"d": 5000, "src": "a.mp4"}, {"d": 3000, "src": "b.jpg"}]}]})
        >>> split = draft.split("a.mp4", at=2000)
        >>> split.summary()
        'Timeline (1 track): 1. Video: a.mp4 (0-2s), a.mp4 (2-5s), b.jpg (5-8s)'
        >>> split.tracks[0].segments[1].get("in")
        2000
        """
        edit, lane, piece = opened(self._draft, where)
        at = time(at, "at")
        if not piece.start < at < piece.end:
            span = f"{seconds(piece.start)} to {seconds(piece.end)} s"
            raise InvalidInput(
                message=f"“{label(piece.raw)}” is on from {span}, not around {seconds(at)} s.",
                remedy=f"Split it between {piece.start} and {piece.end} ms.",
            )
        _halve(edit, lane, piece, at)
        return self._done(edit)

    def cut(self, start: int, end: int, where: Address = "video") -> Draft:
        """Take a stretch of time out of segments; what comes later on their tracks closes the gap.

        Parameters
        ----------
        start, end
            The stretch, on the timeline (ms).
        where
            Which segments: those on video tracks, if nothing else is said.

        Raises
        ------
        InvalidInput
            Where nothing of them lies there.

        Examples
        --------
        >>> from nemo_widgets import Draft
        >>> draft = Draft({"t": [{"tt": 0, "sg": [{"d": 5000, "src": "a.mp4"}, {"d": 3000, "src": "b.jpg"}]}]})
        >>> draft.cut(4000, 6000).summary()
        'Timeline (1 track): 1. Video: a.mp4 (0-4s), b.jpg (4-6s)'
        >>> draft.cut(1000, 2000).summary()
        'Timeline (1 track): 1. Video: a.mp4 (0-1s), a.mp4 (1-4s), b.jpg (4-7s)'
        """
        start, end = time(start, "start"), time(end, "end")
        edit = Edit(self._draft)
        chosen = [piece_at(edit, place) for place in find(self._draft, where)]
        met = [(lane, piece) for lane, piece in chosen if piece.start < end and piece.end > start]
        if end <= start or not met:
            raise InvalidInput(
                message=f"There is nothing to cut out from {seconds(start)} to {seconds(end)} s.",
                remedy="Pass a start and a later end, where there are segments.",
            )
        for lane, piece in met:
            _cut_out(edit, lane, piece, start, end)
        for lane in {id(lane): lane for lane, _ in met}.values():
            for piece in lane.pieces:
                if piece.start >= end:
                    piece.start -= end - start
        return self._done(edit)

    def set_speed(self, where: Address, speed: float, *, ripple: bool | None = None) -> Draft:
        """Let segments play faster or slower; the same of them is seen, in less or more time.

        Parameters
        ----------
        where
            Which segments. Pictures have no speed of their own and are shown for less or more time.
        speed
            From 1/16 to 16; 2 is twice as fast as the source.
        ripple
            Whether later segments of the track follow, so that no gap is left; None: on video tracks.

        Raises
        ------
        InvalidInput
            Where the speed is outside 1/16 to 16, or a title is named.

        Examples
        --------
        >>> from nemo_widgets import Draft
        >>> draft = Draft({"t": [{"tt": 0, "sg": [{"d": 5000, "src": "a.mp4"}, {"d": 3000, "src": "b.jpg"}]}]})
        >>> draft.set_speed("a.mp4", 0.5).summary()
        'Timeline (1 track): 1. Video: a.mp4 (0-10s), b.jpg (10-13s)'
        """
        needed(where=where)
        pace = checked_speed(speed)
        edit = Edit(self._draft)
        for place in find(self._draft, where):
            lane, piece = piece_at(edit, place)
            if lane.kind not in ("video", "audio"):
                raise InvalidInput(
                    message=f"“{label(piece.raw)}” is on a {lane.kind} track and has no speed.",
                    remedy="Name a clip or music.",
                )
            ratio = Fraction(own_number(piece, "speed", 1.0)) / Fraction(pace)
            length = max(1, round(piece.duration * ratio))
            if follows(lane, ripple):
                for other in later(lane, piece):
                    other.start += length - piece.duration
            piece.duration = length
            put(piece.raw, ("speed",), pace)
        return self._done(edit)


def _halve(edit: Edit, lane: Lane, piece: Piece, at: int) -> Piece:
    """Put a second half behind a piece that lasts until ``at`` from now on, and return it."""
    half = Piece(deepcopy(piece.raw), at, piece.end - at)
    cut_head(half, lane, at - piece.start)
    piece.duration = at - piece.start
    known = first(piece.raw, ("id",))[1]
    if known is not None:
        put(half.raw, ("id",), unused(f"{words(known)}b", f"{words(known)}b", edit.ids()))
    put(piece.raw, ("fade_out",), None)
    put(half.raw, ("fade_in",), None)
    if lane.kind == "video":
        put(piece.raw, ("transition",), {"type": "none"})
    lane.pieces.insert(lane.pieces.index(piece) + 1, half)
    return half


def _cut_out(edit: Edit, lane: Lane, piece: Piece, start: int, end: int) -> None:
    """Leave of a piece what lies before ``start`` and after ``end``; nothing moves yet."""
    if start <= piece.start and piece.end <= end:
        lane.pieces.remove(piece)
    elif piece.end <= end:
        piece.duration = start - piece.start
    else:
        rest = piece if start <= piece.start else _halve(edit, lane, piece, start)
        cut_head(rest, lane, end - rest.start)
        rest.start, rest.duration = end, rest.end - end
