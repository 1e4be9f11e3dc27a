"""A draft in the files of other programs, and the way back; the work is done in ``interchange``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from nemo_widgets.draft.model import Draft


class Files:
    """A draft's ways out and in: OpenTimelineIO, SubRip, WebVTT and CMX3600 lists.

    What each of them loses is told in :mod:`nemo_widgets.draft.interchange`.
    """

    def to_otio(self, *, fps: float | None = None) -> Any:
        """Return the draft as an ``opentimelineio.schema.Timeline`` (``pip install 'nemo-widgets[otio]'``).

        Nothing is lost for :meth:`from_otio`; what other programs see of it is in
        :mod:`nemo_widgets.draft.interchange`.

        Parameters
        ----------
        fps
            Frames a second, for programs that want whole frames; None for exact milliseconds (a rate of 1000).

        Raises
        ------
        NemoError
            Where OpenTimelineIO isn't installed.
        InvalidInput
            Where ``fps`` is outside 1 to 60.

        Examples
        --------
        >>> from nemo_widgets import Draft
        >>> draft = Draft({"t": [{"tt": 0, "sg": [{"d": 2000, "m": {"name": "sea"}}]}]})
        >>> text = draft.to_otio(fps=25).to_json_string()  # doctest: +SKIP
        """
        from nemo_widgets.draft.interchange.otio import to_otio

        return to_otio(cast("Draft", self), fps=fps)

    @classmethod
    def from_otio(cls, timeline: Any) -> Draft:
        """Return the draft of an OpenTimelineIO timeline, ours or any program's.

        Parameters
        ----------
        timeline
            A ``Timeline``, ``Stack`` or ``Track``, or the text of an ``.otio`` file.

        Raises
        ------
        NemoError
            Where OpenTimelineIO isn't installed.
        DraftError, InvalidInput
            Where it can't be read.
        """
        from nemo_widgets.draft.interchange.otio_in import from_otio

        return from_otio(timeline)

    def to_srt(self, *, track: int | None = None) -> str:
        """Return the texts as SubRip subtitles, in UTF-8, times exact.

        Parameters
        ----------
        track
            The number of one track, counted from 0; None for all text tracks.

        Raises
        ------
        InvalidInput
            Where there is no such track.

        Examples
        --------
        >>> from nemo_widgets import Draft
        >>> print(Draft({"t": [{"tt": 7, "sg": [{"st": 500, "d": 3000, "m": {"text": "Hello"}}]}]}).to_srt())
        1
        00:00:00,500 --> 00:00:03,500
        Hello
        <BLANKLINE>
        """
        from nemo_widgets.draft.interchange.subtitles import to_srt

        return to_srt(cast("Draft", self), track=track)

    @classmethod
    def from_srt(cls, text: str | bytes, *, base: Draft | None = None, name: str | None = None) -> Draft:
        r"""Return a draft with SubRip subtitles as a new text track; where they overlap, as several.

        Parameters
        ----------
        text
            What stands in the file: text, or bytes in UTF-8 or UTF-16. Markup such as ``<i>`` is left out.
        base
            The draft that gets the track; without it, a new one.
        name
            What the track is called.

        Raises
        ------
        DraftError
            With the number of the line that can't be read.

        Examples
        --------
        >>> from nemo_widgets import Draft
        >>> draft = Draft.from_srt("1\n00:00:00,500 --> 00:00:03,500\nHello\n")
        >>> draft.summary()
        'Timeline (1 track): 1. Subtitles: "Hello" (0.5-3.5s)'
        """
        from nemo_widgets.draft.interchange.subtitles import from_srt

        return from_srt(text, base, name=name)

    def to_vtt(self, *, track: int | None = None) -> str:
        """Return the texts as WebVTT subtitles; see :meth:`to_srt`."""
        from nemo_widgets.draft.interchange.subtitles import to_vtt

        return to_vtt(cast("Draft", self), track=track)

    @classmethod
    def from_vtt(cls, text: str | bytes, *, base: Draft | None = None, name: str | None = None) -> Draft:
        """Return a draft with WebVTT subtitles as a new text track; see :meth:`from_srt`."""
        from nemo_widgets.draft.interchange.subtitles import from_vtt

        return from_vtt(text, base, name=name)

    def to_edl(self, *, track: int | None = None, fps: float | None = None, drop: bool | None = None) -> str:
        """Return the first picture track and four sound tracks as a CMX3600 edit decision list.

        Times go to the nearest frame; what is shorter than one is left out.

        Parameters
        ----------
        track
            The number of one track, counted from 0, to write that alone.
        fps
            Frames a second, 1 to 60; None for the draft's own. 23.976 and 29.97 are 24000/1001 and 30000/1001.
        drop
            Whether timecode leaves out numbers; None to do so at 29.97 and 59.94.

        Raises
        ------
        InvalidInput
            Where timecode can't count it: another rate, or more than 24 hours.

        Examples
        --------
        >>> from nemo_widgets import Draft
        >>> print(Draft({"t": [{"tt": 0, "sg": [{"d": 2000, "m": {"name": "sea"}}]}]}).to_edl(fps=25))
        TITLE: Timeline
        FCM: NON-DROP FRAME
        <BLANKLINE>
        001  AX       V     C        00:00:00:00 00:00:02:00 00:00:00:00 00:00:02:00
        * FROM CLIP NAME: sea
        * FRAME RATE: 25
        <BLANKLINE>
        """
        from nemo_widgets.draft.interchange.edl import to_edl

        return to_edl(cast("Draft", self), track=track, fps=fps, drop=drop)

    @classmethod
    def from_edl(cls, text: str | bytes, *, fps: float | None = None) -> Draft:
        """Return the draft of a CMX3600 edit decision list.

        Parameters
        ----------
        text
            What stands in the file.
        fps
            Frames a second. None where the list says so itself: by our comment, or by being drop-frame (29.97).

        Raises
        ------
        DraftError
            With the number of the line that can't be read.
        InvalidInput
            Where the frame rate isn't known.
        """
        from nemo_widgets.draft.interchange.edl_in import from_edl

        return from_edl(text, fps=fps)
