"""Edits of a draft without a table: each returns a new draft and leaves the old one as it was.

What an edit doesn't touch is kept, fields that this package doesn't know included.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, cast

from nemo_widgets.draft.addresses import find, find_one
from nemo_widgets.draft.arguments import factor as checked_factor
from nemo_widgets.draft.arguments import level, needed, time
from nemo_widgets.draft.fields import LENGTH, LONGEST, NAME, TEXT, VOLUME, first, shown
from nemo_widgets.draft.overlaps import refuse_overlaps
from nemo_widgets.draft.ripple import close, cut_head, follows, later, opened, own_number, piece_at, plays, rearrange
from nemo_widgets.draft.tracks import label
from nemo_widgets.draft.writing import Edit, Lane, Piece, put
from nemo_widgets.errors import InvalidInput

if TYPE_CHECKING:
    from nemo_widgets.draft.addresses import Address
    from nemo_widgets.draft.model import Draft


class EditingVerbs:
    """What can be done to a draft.

    Segments are named by ``(track, segment)``, an id, a name or text, or by the segment itself; a track's number, name
    or kind means all of its segments. On video tracks, where segments abut, those that come later follow (``ripple``).
    """

    def trim(
        self,
        where: Address,
        *,
        start: int | None = None,
        end: int | None = None,
        duration: int | None = None,
        ripple: bool | None = None,
    ) -> Draft:
        """Change where a segment begins or ends, cutting off or bringing back what lies there.

        Parameters
        ----------
        where
            Which segment.
        start, end
            New edges on the timeline (ms). A later start leaves the beginning of the material out.
        duration
            How long it lasts (ms), instead of ``end``.
        ripple
            Whether later segments of the track follow, so that no gap is left; None: on video tracks.

        Raises
        ------
        InvalidInput
            Where nothing would be left, the material begins later, or another segment is in the way.

        Examples
        --------
        >>> from nemo_widgets import Draft
        >>> draft = Draft({"t": [{"tt": 0, "sg": [{"d": 5000, "src": "a.jpg"}, {"d": 3000, "src": "b.jpg"}]}]})
        >>> draft.trim("a.jpg", duration=2000).summary()
        'Timeline (1 track): 1. Video: a.jpg (0-2s), b.jpg (2-5s)'
        """
        edit, lane, piece = opened(self._draft, where)
        needed(start=start, end=end, duration=duration)
        if end is not None and duration is not None:
            raise InvalidInput(message="A segment has an end or a duration.", remedy="Pass one of the two.")
        begin = piece.start if start is None else time(start, "start")
        stop = piece.end if end is None else time(end, "end")
        if duration is not None:
            stop = begin + time(duration, "duration")
        if stop <= begin:
            raise InvalidInput("edit-left", name=label(piece.raw))
        cut_head(piece, lane, begin - piece.start)
        if follows(lane, ripple):
            for other in later(lane, piece):
                other.start += stop - begin - piece.duration
        else:
            piece.start = begin
        piece.duration = stop - begin
        return self._done(edit)

    def move(
        self,
        where: Address,
        to: int | None = None,
        *,
        by: int | None = None,
        before: Address | None = None,
        after: Address | None = None,
    ) -> Draft:
        """Move a segment to another time, or to another place in the order.

        Parameters
        ----------
        where
            Which segment.
        to
            Its new start (ms). Nothing else moves.
        by
            How much later (below 0: earlier) it starts (ms), instead of ``to``. Nothing else moves.
        before, after
            A segment of a track of the same kind, instead of a time: the gap that is left closes, and those behind
            make room.

        Raises
        ------
        InvalidInput
            Where it would start before 0, or another segment is in the way.

        Examples
        --------
        >>> from nemo_widgets import Draft
        >>> draft = Draft({"t": [{"tt": 0, "sg": [{"d": 5000, "src": "a.jpg"}, {"d": 3000, "src": "b.jpg"}]}]})
        >>> draft.move("b.jpg", before="a.jpg").summary()
        'Timeline (1 track): 1. Video: b.jpg (0-3s), a.jpg (3-8s)'
        """
        edit, lane, piece = opened(self._draft, where)
        needed(to=to, by=by, before=before, after=after, one=True)
        neighbour = before if before is not None else after
        if neighbour is not None:
            beside, target = piece_at(edit, find_one(self._draft, neighbour))
            if target is piece or beside.kind != lane.kind:
                raise InvalidInput("edit-beside", name=label(piece.raw), other=label(target.raw))
            rearrange(lane, piece, beside, target, behind=before is None)
            return self._done(edit)
        start = time(to, "to") if to is not None else piece.start + time(by, "by", least=-LONGEST)
        if start < 0:
            raise InvalidInput("edit-early", name=label(piece.raw), early=-start, least=-piece.start)
        piece.start = start
        lane.pieces.remove(piece)
        behind = (index for index, other in enumerate(lane.pieces) if other.start > start)
        lane.pieces.insert(next(behind, len(lane.pieces)), piece)
        return self._done(edit, refusal="edit-overlap-moved")

    def remove(self, *where: Address, ripple: bool | None = None) -> Draft:
        """Take segments out, or whole tracks; a track without segments goes, too.

        Parameters
        ----------
        *where
            Which segments.
        ripple
            Whether later segments of the track close the gap; None: on video tracks.

        Raises
        ------
        InvalidInput
            Where there is no such segment.

        Examples
        --------
        >>> from nemo_widgets import Draft
        >>> draft = Draft({"t": [{"tt": 0, "sg": [{"d": 5000, "src": "a.jpg"}, {"d": 3000, "src": "b.jpg"}]}]})
        >>> draft.remove("a.jpg").summary()
        'Timeline (1 track): 1. Video: b.jpg (0-3s)'
        """
        edit = Edit(self._draft)
        for place in sorted({place for one in where for place in find(self._draft, one)}, reverse=True):
            lane, piece = piece_at(edit, place)
            if follows(lane, ripple):
                close(lane, piece)
            lane.pieces.remove(piece)
        return self._done(edit)

    def replace_text(self, where: Address, text: str) -> Draft:
        """Let a title say something else; its place, size and colour stay.

        Parameters
        ----------
        where
            Which segments: what they say now, for instance.
        text
            What they say from now on.

        Raises
        ------
        InvalidInput
            Where one of them has no text.

        Examples
        --------
        >>> from nemo_widgets import Draft
        >>> draft = Draft({"t": [{"tt": 7, "sg": [{"d": 3000, "m": {"text": "Urban Dreams"}}]}]})
        >>> draft.replace_text("Urban Dreams", "Paradise Found").raw["t"][0]["sg"]
        [{'d': 3000, 'm': {'text': 'Paradise Found'}}]
        """
        if not isinstance(cast("Any", text), str):
            raise InvalidInput(message=f"A title can't say {shown(text)}.", remedy="Pass a text.")
        edit = Edit(self._draft)
        for place in find(self._draft, where):
            lane, piece = piece_at(edit, place)
            if lane.kind != "text":
                raise InvalidInput("edit-no-text", name=label(piece.raw))
            if first(piece.raw, NAME)[1] == first(piece.raw, TEXT)[1] is not None:
                put(piece.raw, NAME, text)
            put(piece.raw, TEXT, text)
        return self._done(edit)

    def set_volume(self, where: Address, volume: float | str) -> Draft:
        """Change how loud segments are; pictures among several are passed over.

        Parameters
        ----------
        where
            Which segments; ``"audio"`` is all music, ``"video"`` the clips' own sound.
        volume
            From 0 to 1, or a text such as ``"35%"``.

        Raises
        ------
        InvalidInput
            Where the volume is outside 0 to 1, or nothing that is meant has sound.

        Examples
        --------
        >>> from nemo_widgets import Draft
        >>> draft = Draft({"t": [{"tt": 1, "sg": [{"d": 9000, "m": {"name": "Lo-fi"}}]}]})
        >>> draft.set_volume("Lo-fi", 0.35).raw["t"][0]["sg"]
        [{'d': 9000, 'm': {'name': 'Lo-fi', 'volume': 0.35}}]
        """
        loudness = level(volume)
        edit = Edit(self._draft)
        heard = [
            piece
            for lane, piece in (piece_at(edit, place) for place in find(self._draft, where))
            if _sounds(lane, piece)
        ]
        if not heard:
            raise InvalidInput("edit-no-sound")
        for piece in heard:
            put(piece.raw, VOLUME, loudness)
        return self._done(edit)

    def scale_time(self, factor: float | None = None, *, duration: int | None = None, speed: bool = False) -> Draft:
        """Make the whole draft longer or shorter: every start and end is multiplied.

        Parameters
        ----------
        factor
            2 for twice as long.
        duration
            How long the draft shall be (ms), instead of a factor.
        speed
            Whether clips and sound play slower or faster to match; otherwise they keep their pace, and more or less
            of them is shown.

        Raises
        ------
        InvalidInput
            Where the factor isn't above 0, or the draft has no duration to scale.

        Examples
        --------
        >>> from nemo_widgets import Draft
        >>> draft = Draft({"t": [{"tt": 0, "sg": [{"d": 5000, "src": "a.jpg"}, {"d": 3000, "src": "b.jpg"}]}]})
        >>> draft.scale_time(duration=4000).summary()
        'Timeline (1 track): 1. Video: a.jpg (0-2.5s), b.jpg (2.5-4s)'
        """
        needed(factor=factor, duration=duration, one=True)
        whole = self._draft.duration
        ratio = checked_factor(factor) if factor is not None else None
        if ratio is None:
            wished = time(duration, "duration", least=1)
            if not whole:
                raise InvalidInput(message="The draft has no duration to scale.", remedy="Add a segment first.")
            ratio = Fraction(wished, whole)
        edit = Edit(self._draft)
        if max([whole, *(piece.end for lane in edit.lanes for piece in lane.pieces)]) * ratio > LONGEST:
            raise InvalidInput(message="The draft would be too long.", remedy="Pass a smaller factor.")
        for lane in edit.lanes:
            for piece in lane.pieces:
                start, end = round(piece.start * ratio), round(piece.end * ratio)
                piece.start, piece.duration = start, end - start
                if speed and plays(lane, piece):
                    pace = Fraction(own_number(piece, "speed", 1.0)) / ratio
                    put(piece.raw, ("speed",), round(float(pace), 6))
        made = edit.done()
        if first(made.raw, LENGTH, meta_first=False)[1] is not None:
            put(made.raw, LENGTH, round(whole * ratio), timing=True)
        return type(made)(made.raw)

    @property
    def _draft(self) -> Draft:
        return cast("Draft", self)

    def _done(self, edit: Edit, *, refusal: str = "edit-overlap") -> Draft:
        """Return the draft as edited, unless segments got into each other's way."""
        refuse_overlaps(edit.lanes, self._draft, refusal)
        return edit.done()


def _sounds(lane: Lane, piece: Piece) -> bool:
    return lane.kind in ("video", "audio") and first(piece.raw, ("kind",))[1] != "image"
