"""The draft as the service keeps it: frozen views over the JSON, which is itself kept whole.

``t`` tracks · ``tt`` track type · ``sg`` segments · ``d`` duration in ms · ``m`` metadata.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from nemo_widgets.draft.fields import LENGTH, Json, as_list, as_object, first, milliseconds, number, shown, words
from nemo_widgets.draft.tracks import Segment, Track, read_track
from nemo_widgets.draft.verbs import EditingVerbs
from nemo_widgets.errors import DraftError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from nemo_widgets.draft.diff import DraftDiff
    from nemo_widgets.draft.problems import Media

__all__ = ["Draft", "Segment", "Track"]


class Draft(EditingVerbs):
    """A draft of the service: tracks of segments, with the JSON kept whole.

    Parameters
    ----------
    raw
        The draft's JSON: a dict, or JSON text.

    Attributes
    ----------
    raw : dict
        What came in, untouched: fields that this package doesn't know survive a round trip.

    Raises
    ------
    DraftError
        Where it can't be read, with the path of the bad field.

    Examples
    --------
    >>> draft = Draft({"t": [{"tt": 7, "sg": [{"st": 0, "d": 3000, "m": {"text": "Urban Dreams"}}]}]})
    >>> draft.duration, draft.tracks[0].kind, draft.tracks[0].segments[0].text
    (3000, 'text', 'Urban Dreams')
    """

    def __init__(self, raw: Mapping[str, Any] | str | bytes) -> None:
        if isinstance(raw, str | bytes | bytearray):
            try:
                raw = json.loads(raw)
            except (ValueError, RecursionError) as error:
                raise DraftError(path="draft", message=f"it is not JSON ({error})") from None
        if not isinstance(raw, dict):
            raise DraftError(path="draft", message=f"expected an object, got {shown(raw)}")
        self.raw: Json = raw
        as_object(raw.get("m"), "m")
        self.tracks: tuple[Track, ...] = tuple(
            read_track(track, f"t[{index}]") for index, track in enumerate(as_list(self.raw.get("t"), "t"))
        )
        self._duration = _duration(self.raw, self.tracks)
        self._size = (
            round(_positive(self.raw, "width", "pixels", 1920)),
            round(_positive(self.raw, "height", "pixels", 1080)),
        )
        self._fps = _positive(self.raw, "fps", "frames a second", 30)

    @property
    def duration(self) -> int:
        """Milliseconds: the draft's own ``d``, or the end of its last segment."""
        return self._duration

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the picture in pixels; 1920 × 1080 where the draft doesn't say."""
        return self._size

    @property
    def fps(self) -> float:
        """Frames a second; 30 where the draft doesn't say."""
        return self._fps

    @property
    def title(self) -> str | None:
        """What the draft is called, where it has a title."""
        value = first(self.raw, ("title", "name"))[1]
        return None if value is None else words(value)

    @property
    def ready(self) -> bool:
        """Whether it may be exported: at least one track has a segment."""
        return any(track.segments for track in self.tracks)

    def summary(self, *, language: str = "en") -> str:
        """Return the timeline in one line, for people.

        Examples
        --------
        >>> Draft({"t": [{"tt": 1, "sg": [{"d": 10000, "m": {"name": "Lo-fi", "volume": 35}}]}]}).summary()
        'Timeline (1 track): 1. BGM: Lo-fi (0-10s, 35%)'
        """
        from nemo_widgets.draft.summary import summary

        return summary(self, language=language)

    def diff(self, other: Draft | None, *, language: str = "en") -> DraftDiff:
        """Return what changed from this draft to ``other``.

        Examples
        --------
        >>> quiet = Draft({"t": [{"tt": 1, "sg": [{"d": 9000, "m": {"name": "Lo-fi", "volume": 0.35}}]}]})
        >>> loud = Draft({"t": [{"tt": 1, "sg": [{"d": 9000, "m": {"name": "Lo-fi", "volume": 1}}]}]})
        >>> loud.diff(quiet).sentences
        ('“Lo-fi” volume 100% → 35%',)
        """
        from nemo_widgets.draft.diff import DraftDiff

        return DraftDiff.between(self, other, language=language)

    def to_frame(self, *, times: str = "int", fields: Iterable[str] = ()) -> pd.DataFrame:
        """Return the segments as a table.

        Parameters
        ----------
        times
            ``"int"`` for int64 milliseconds, ``"timedelta"`` for ``timedelta64[ms]``.
        fields
            Further fields of the segments to show as columns, such as ``"motion"`` or ``"speed"``: float64 where the
            dialect has a number, boolean for ``"loop"``, otherwise string (JSON where it is neither).

        Returns
        -------
        pandas.DataFrame
            Index ``(track, segment)``, counted from 0; columns ``kind`` (categorical), ``name``, ``start``,
            ``duration``, ``end`` (ms), ``volume`` (float64, 0 to 1), ``text``, ``source`` (string). ``attrs`` has the
            ids, the unit of the times (``"ms"``), the duration, title and canvas.

        Raises
        ------
        InvalidInput
            Where ``times`` is something else.
        DraftError
            Where one of ``fields`` can't be read.

        Examples
        --------
        >>> draft = Draft({"t": [{"tt": 7, "sg": [{"st": 500, "d": 3000, "m": {"text": "Hello"}}]}]})
        >>> draft.to_frame()[["kind", "start", "end", "text"]].values.tolist()
        [['text', 500, 3500, 'Hello']]
        """
        from nemo_widgets.draft.frame import to_frame

        return to_frame(self, times=times, fields=fields)

    @classmethod
    def from_frame(cls, frame: pd.DataFrame, base: Draft | None = None) -> Draft:
        """Return the draft that a table describes: edits in pandas come back.

        A row is known by its ``(track, segment)`` in the index (or in columns of these names), else by an ``id``
        column, else by its likeness. Rows that are gone are removed, new ones need a ``kind`` and a ``duration`` or
        an ``end``. Of ``start``, ``duration`` and ``end`` the one that was changed is followed: a new start moves the
        segment, a new end or duration changes how long it lasts. A ``track`` column beside the index moves a row to
        another track. Columns of the studio's dialect (``motion``, ``speed``, ``transition`` …) and of fields that
        the base has come back, too; other columns are your own and are left out.

        Parameters
        ----------
        frame
            The table; times in ms or as timedelta.
        base
            The draft that the table came from: what the table doesn't show is taken from it. Without it, a complete
            draft is made in the dialect that the studio renders, with the canvas of ``frame.attrs``.

        Raises
        ------
        DraftError
            With the row and column, for times that aren't milliseconds of 0 or more or contradict each other, unknown
            kinds, volumes outside 0 to 1, and segments that overlap on their track (unless they did before, or for
            as long as the first one's ``transition``).
        InvalidInput
            Where ``frame`` isn't a table.

        Examples
        --------
        >>> draft = Draft({"t": [{"tt": 7, "sg": [{"d": 3000, "m": {"text": "Hello", "color": "#ff0000"}}]}]})
        >>> frame = draft.to_frame()
        >>> frame["text"] = frame["text"].str.upper()
        >>> Draft.from_frame(frame, base=draft).raw
        {'t': [{'tt': 7, 'sg': [{'d': 3000, 'm': {'text': 'HELLO', 'color': '#ff0000'}}]}]}
        """
        from nemo_widgets.draft.frame_in import from_frame

        return from_frame(frame, base)

    def tracks_frame(self, *, times: str = "int") -> pd.DataFrame:
        """Return the tracks as a table.

        Returns
        -------
        pandas.DataFrame
            Index ``track``, counted from 0; columns ``kind`` (categorical), ``name``, ``id`` (string), ``segments``
            (int64), ``start`` of the first, ``end`` of the last and ``filled``, the sum of their durations (ms).

        Examples
        --------
        >>> draft = Draft({"t": [{"tt": 1, "sg": [{"d": 900}, {"d": 100}]}]})
        >>> draft.tracks_frame().loc[0, ["segments", "end"]].tolist()
        [2, 1000]
        """
        from nemo_widgets.draft.frame import tracks_frame

        return tracks_frame(self, times=times)

    def media_frame(self, *, times: str = "int") -> pd.DataFrame:
        """Return the sources that the draft uses as a table.

        Returns
        -------
        pandas.DataFrame
            One row for each source, in the order of their first use: ``source``, ``name`` (string), ``kind``
            (categorical), ``uses`` (int64), ``total`` time on the timeline and ``first`` start (ms).

        Examples
        --------
        >>> draft = Draft({"t": [{"tt": 0, "sg": [{"d": 900, "src": "a.mp4"}, {"d": 100, "src": "a.mp4"}]}]})
        >>> draft.media_frame()[["source", "uses", "total"]].values.tolist()
        [['a.mp4', 2, 1000]]
        """
        from nemo_widgets.draft.frame import media_frame

        return media_frame(self, times=times)

    def problems(self, *, media: Media | None = None, language: str = "en") -> pd.DataFrame:
        """Return what is wrong with the draft, before it is rendered.

        Overlaps, gaps in the picture, sources that are missing or shorter than what is shown of them, segments that
        are never shown or cut off, titles without text, outside the picture or too long for it.

        Parameters
        ----------
        media
            What was uploaded, so that sources can be checked: assets as ``session.upload()`` returns them, or a dict
            of source → ms (None for a picture). Without it, only lengths that the draft itself tells are known.
        language
            ``"en"`` or ``"zh"``.

        Returns
        -------
        pandas.DataFrame
            Worst first: ``severity`` (``"error"``, ``"warning"`` or ``"note"``, categorical), ``track`` and ``segment``
            (Int64, counted from 0; missing where it is the draft's), ``problem`` (a word for programs), ``name``,
            ``what`` and ``remedy`` (string).

        Raises
        ------
        InvalidInput
            Where ``media`` is something else.

        Examples
        --------
        >>> draft = Draft({"d": 5000, "t": [{"tt": 0, "sg": [{"d": 4000, "m": {"src": "a.mp4"}}]}]})
        >>> draft.problems(media={"a.mp4": 3000})["what"].tolist()
        ['The picture is black from 4 to 5 s.', '“a.mp4” needs 4 s of its source, which lasts 3 s.']
        """
        from nemo_widgets.draft.problems import problems_frame

        return problems_frame(self, media=media, language=language)

    def to_json(self) -> str:
        """Return the draft as JSON text, unknown fields included."""
        return json.dumps(self.raw, ensure_ascii=False)

    def picture(
        self,
        *,
        width: int = 860,
        at: int | None = None,
        thumbnails: Mapping[str, bytes | str] | None = None,
        language: str = "en",
    ) -> str:
        """Return a picture of the timeline, as SVG: good in light and dark, without scripts.

        Parameters
        ----------
        width
            Pixels, at least 240.
        at
            Where the playhead stands, in ms; None for none.
        thumbnails
            Source → a small JPEG, PNG, WebP or GIF picture: its bytes, or a ``data:`` address.
        language
            ``"en"`` or ``"zh"``.

        Raises
        ------
        InvalidInput
            Where a thumbnail is no picture.

        Examples
        --------
        >>> Draft({}).picture().startswith("<svg")
        True
        """
        from nemo_widgets.draft.picture import timeline_svg

        return timeline_svg(self, width=width, at=at, thumbnails=thumbnails, language=language)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Draft) and self.raw == other.raw

    __hash__ = None  # pyright: ignore[reportAssignmentType]

    def __repr__(self) -> str:
        width, height = self.size
        return f"Draft({self.duration / 1000:g} s, {width}×{height}, {self.summary()})"

    def _repr_html_(self) -> str:
        return self.picture()

    def _repr_mimebundle_(self, include: Iterable[str] | None = None, exclude: Iterable[str] | None = None) -> Any:
        from nemo_widgets.draft.picture import mime_bundle

        return mime_bundle(self, include, exclude)


def _duration(raw: Json, tracks: tuple[Track, ...]) -> int:
    path, value = first(raw, LENGTH, meta_first=False)
    return max((track.end for track in tracks), default=0) if value is None else milliseconds(value, path)


def _positive(raw: Json, name: str, unit: str, default: float) -> float:
    path, value = first(raw, (name,))
    read = float(default if value is None else number(value, path, unit))
    if read <= 0 or (unit == "pixels" and round(read) <= 0):
        raise DraftError(path=path, message=f"expected {unit} above 0, got {shown(value)}")
    return read
