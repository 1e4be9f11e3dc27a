"""The draft as the service keeps it: frozen views over the JSON, which is itself kept whole.

``t`` tracks · ``tt`` track type · ``sg`` segments · ``d`` duration in ms · ``m`` metadata.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from nemo_widgets.draft.fields import LENGTH, Json, as_list, as_object, first, milliseconds, number, shown, words
from nemo_widgets.draft.files import Files
from nemo_widgets.draft.tables import Tables
from nemo_widgets.draft.tracks import Segment, Track, read_track
from nemo_widgets.draft.verbs_time import TimingVerbs
from nemo_widgets.errors import DraftError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nemo_widgets.draft.diff import DraftDiff

__all__ = ["Draft", "Segment", "Track"]


class Draft(Tables, Files, TimingVerbs):
    """A draft of the service: tracks of segments, with the JSON kept whole.

    Parameters
    ----------
    raw
        The draft's JSON: a dict, or JSON text.

    Attributes
    ----------
    raw : dict
        What came in, untouched: fields that this package doesn't know survive a round trip.
    tracks : tuple of Track
        In drawing order: later ones are above earlier ones.

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
        if type(raw).__name__ == "DataFrame":
            raise DraftError("not-a-draft")
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
        ('Music volume 100% → 35%',)
        """
        from nemo_widgets.draft.diff import DraftDiff

        return DraftDiff.between(self, other, language=language)

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
