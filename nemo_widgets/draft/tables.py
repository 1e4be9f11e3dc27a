"""What a draft shows of itself in pandas, and the way back; the work is done in ``frame*`` and ``problems``."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from nemo_widgets.draft.model import Draft
    from nemo_widgets.draft.problems import Media


class Tables:
    """A draft's tables: of segments (and back), tracks, sources and problems."""

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
        >>> from nemo_widgets import Draft
        >>> draft = Draft({"t": [{"tt": 7, "sg": [{"st": 500, "d": 3000, "m": {"text": "Hello"}}]}]})
        >>> draft.to_frame()[["kind", "start", "end", "text"]].values.tolist()
        [['text', 500, 3500, 'Hello']]
        """
        from nemo_widgets.draft.frame import to_frame

        return to_frame(self._draft, times=times, fields=fields)

    @classmethod
    def from_frame(cls, frame: pd.DataFrame, base: Draft | None = None) -> Draft:
        """Return the draft that a table describes: edits in pandas come back.

        A row is known by its ``(track, segment)`` in the index (or in columns of these names), else by an ``id``
        column, else by its likeness. Rows that are gone are removed, new ones need a ``kind`` and a ``duration`` or
        an ``end``. Of ``start``, ``duration`` and ``end`` the one that was changed is followed: a new start moves the
        segment, a new end or duration changes how long it lasts. A ``track`` column beside the index moves a row to
        another track. Columns of the studio's dialect (``motion``, ``speed``, ``transition`` …) and of fields that
        the base has come back, too; other columns are your own and are left out, but for a likely slip (``volum``),
        which is refused.

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
            Where ``frame`` isn't a table, or a column's name is one of the above with a slip.

        Examples
        --------
        >>> from nemo_widgets import Draft
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
        >>> from nemo_widgets import Draft
        >>> draft = Draft({"t": [{"tt": 1, "sg": [{"d": 900}, {"d": 100}]}]})
        >>> draft.tracks_frame().loc[0, ["segments", "end"]].tolist()
        [2, 1000]
        """
        from nemo_widgets.draft.frame import tracks_frame

        return tracks_frame(self._draft, times=times)

    def media_frame(self, *, times: str = "int") -> pd.DataFrame:
        """Return the sources that the draft uses as a table.

        Returns
        -------
        pandas.DataFrame
            One row for each source, in the order of their first use: ``source``, ``name`` (string), ``kind``
            (categorical), ``uses`` (int64), ``total`` time on the timeline and ``first`` start (ms).

        Examples
        --------
        >>> from nemo_widgets import Draft
        >>> draft = Draft({"t": [{"tt": 0, "sg": [{"d": 900, "src": "a.mp4"}, {"d": 100, "src": "a.mp4"}]}]})
        >>> draft.media_frame()[["source", "uses", "total"]].values.tolist()
        [['a.mp4', 2, 1000]]
        """
        from nemo_widgets.draft.frame import media_frame

        return media_frame(self._draft, times=times)

    def problems(self, *, media: Media | None = None, language: str = "en") -> pd.DataFrame:
        """Return what is wrong with the draft, before it is rendered.

        Overlaps, gaps in the picture, sources that are missing or shorter than what is shown of them, segments that
        are never shown or cut off, titles without text, outside the picture or too long for it.

        Parameters
        ----------
        media
            What there is, so that sources can be checked: assets as ``session.upload()`` returns them, with what the
            service made (``state.generated_media``), or a dict of source → ms (None for a picture). Without it, only
            lengths that the draft itself tells are known.
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
        >>> from nemo_widgets import Draft
        >>> draft = Draft({"d": 5000, "t": [{"tt": 0, "sg": [{"d": 4000, "m": {"src": "a.mp4"}}]}]})
        >>> draft.problems(media={"a.mp4": 3000})["what"][1]
        '“a.mp4” needs 4 s of its source, which lasts 3 s: the last 1 s stand still.'
        """
        from nemo_widgets.draft.problems import problems_frame

        return problems_frame(self._draft, media=media, language=language)

    @property
    def _draft(self) -> Draft:
        return cast("Draft", self)
