"""The draft as the service keeps it: frozen views over the JSON, which is itself kept whole.

``t`` tracks · ``tt`` track type · ``sg`` segments · ``d`` duration in ms · ``m`` metadata.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from nemo_widgets.draft.fields import Json, as_list, as_object, first, loudness, milliseconds, number, shown, words
from nemo_widgets.errors import DraftError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from nemo_widgets.draft.diff import DraftDiff

KINDS = {0: "video", 1: "audio", 7: "text"}
"""Track type → kind; every other type is ``other(<n>)``."""

_LABELS = {"video": "Video", "audio": "BGM", "text": "Title"}


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of a track: a view over its JSON.

    Attributes
    ----------
    start, duration : int
        Milliseconds on the timeline.
    volume : float or None
        From 0 to 1; None where the segment doesn't say.
    raw : dict
        The segment's JSON, untouched.
    """

    raw: Json = field(repr=False)
    start: int
    duration: int
    volume: float | None

    @property
    def end(self) -> int:
        """Milliseconds on the timeline."""
        return self.start + self.duration

    def get(self, *names: str, default: Any = None) -> Any:
        """Return the first of ``names`` that stands in ``m`` or on the segment, and isn't null.

        Examples
        --------
        >>> draft = Draft({"t": [{"tt": 0, "sg": [{"d": 1000, "fit": "cover", "m": {"motion": "zoom-in"}}]}]})
        >>> segment = draft.tracks[0].segments[0]
        >>> segment.get("motion"), segment.get("fit"), segment.get("speed", default=1.0)
        ('zoom-in', 'cover', 1.0)
        """
        value = first((as_object(self.raw.get("m"), "m"), self.raw), names)[1]
        return default if value is None else value

    @property
    def id(self) -> str | None:
        """The segment's own id, where it has one."""
        value = self.get("id")
        return None if value is None else words(value)

    @property
    def text(self) -> str | None:
        """What a text segment says."""
        value = self.get("text", "content")
        return None if value is None else words(value)

    @property
    def source(self) -> str | None:
        """Where the media are, as the service names them (a URL)."""
        value = self.get("src", "url", "cdn_url", "source", "uri")
        return None if value is None else words(value)

    @property
    def name(self) -> str:
        """What people call it: its name, its text, or the file name of its source."""
        value = self.get("name", "title", "filename")
        if value is not None:
            return words(value)
        return self.text or (self.source or "").split("?")[0].rstrip("/").rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class Track:
    """One lane of the timeline: a view over its JSON.

    Attributes
    ----------
    kind : str
        ``"video"``, ``"audio"``, ``"text"`` or ``"other(<n>)"``.
    segments : tuple of Segment
        In the order of the JSON.
    raw : dict
        The track's JSON, untouched.
    """

    raw: Json = field(repr=False)
    kind: str
    segments: tuple[Segment, ...]

    @property
    def id(self) -> str | None:
        """The track's own id, where it has one."""
        value = self.raw.get("id")
        return None if value is None else words(value)

    @property
    def name(self) -> str:
        """What people call it: its own name, or one after its kind."""
        value = first((as_object(self.raw.get("m"), "m"), self.raw), ("name", "title"))[1]
        return _LABELS.get(self.kind, self.kind) if value is None else words(value)


class Draft:
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
            except ValueError as error:
                raise DraftError(path="draft", message=f"it is not JSON ({error})") from None
        if not isinstance(raw, dict):
            raise DraftError(path="draft", message=f"expected an object, got {shown(raw)}")
        self.raw: Json = raw
        self.tracks: tuple[Track, ...] = tuple(
            _track(track, f"t[{index}]") for index, track in enumerate(as_list(self.raw.get("t"), "t"))
        )
        self._meta = as_object(self.raw.get("m"), "m")

    @cached_property
    def duration(self) -> int:
        """Milliseconds: the draft's own ``d``, or the end of its last segment."""
        name, value = first((self.raw, self._meta), ("d", "duration"))
        if value is not None:
            return milliseconds(value, name)
        return max((segment.end for track in self.tracks for segment in track.segments), default=0)

    @cached_property
    def size(self) -> tuple[int, int]:
        """Width and height of the picture in pixels; 1920 × 1080 where the draft doesn't say."""
        return self._pixels("width", 1920), self._pixels("height", 1080)

    @cached_property
    def fps(self) -> float:
        """Frames a second; 30 where the draft doesn't say."""
        name, value = first((self._meta, self.raw), ("fps",))
        read = 30.0 if value is None else number(value, f"m.{name}", "frames a second")
        if read <= 0:
            raise DraftError(path="m.fps", message=f"expected frames a second above 0, got {read:g}")
        return read

    @property
    def title(self) -> str | None:
        """What the draft is called, where it has a title."""
        value = first((self._meta, self.raw), ("title", "name"))[1]
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

    def to_frame(self, *, times: str = "int") -> pd.DataFrame:
        """Return the segments as a table.

        Parameters
        ----------
        times
            ``"int"`` for int64 milliseconds, ``"timedelta"`` for ``timedelta64[ms]``.

        Returns
        -------
        pandas.DataFrame
            Index ``(track, segment)``, counted from 0; columns ``kind`` (categorical), ``name``, ``start``,
            ``duration``, ``end`` (ms), ``volume`` (float64, 0 to 1), ``text``, ``source`` (string).

        Examples
        --------
        >>> draft = Draft({"t": [{"tt": 7, "sg": [{"st": 500, "d": 3000, "m": {"text": "Hello"}}]}]})
        >>> draft.to_frame()[["kind", "start", "end", "text"]].values.tolist()
        [['text', 500, 3500, 'Hello']]
        """
        from nemo_widgets.draft.frame import to_frame

        return to_frame(self, times=times)

    def to_json(self) -> str:
        """Return the draft as JSON text, unknown fields included."""
        return json.dumps(self.raw, ensure_ascii=False)

    def picture(self, *, width: int = 860, at: int | None = None) -> str:
        """Return a picture of the timeline, as SVG.

        Parameters
        ----------
        width
            Pixels.
        at
            Where the playhead stands, in ms; None for none.

        Examples
        --------
        >>> Draft({}).picture().startswith("<svg")
        True
        """
        from nemo_widgets.draft.picture import timeline_svg

        return timeline_svg(self, width=width, at=at)

    def _pixels(self, name: str, default: int) -> int:
        value = first((self._meta, self.raw), (name,))[1]
        read = default if value is None else round(number(value, f"m.{name}", "pixels"))
        if read <= 0:
            raise DraftError(path=f"m.{name}", message=f"expected pixels above 0, got {read}")
        return read

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Draft) and self.raw == other.raw

    __hash__ = None  # pyright: ignore[reportAssignmentType]

    def __repr__(self) -> str:
        width, height = self.size
        return f"Draft({self.duration / 1000:g} s, {width}×{height}, {self.summary()})"

    def _repr_html_(self) -> str:
        return self.picture()


def _track(value: Any, path: str) -> Track:
    raw = as_object(value, path)
    tt = raw.get("tt")
    if tt is None:
        kind = "other(?)"
    else:
        code = number(tt, f"{path}.tt", "a track type")
        kind = KINDS.get(int(code), f"other({int(code)})") if code == int(code) else f"other({code:g})"
    segments: list[Segment] = []
    clock = 0
    for index, item in enumerate(as_list(raw.get("sg"), f"{path}.sg")):
        segment = _segment(item, f"{path}.sg[{index}]", clock)
        segments.append(segment)
        clock = segment.end
    return Track(raw, kind, tuple(segments))


def _segment(value: Any, path: str, after: int) -> Segment:
    raw = as_object(value, path)
    meta = as_object(raw.get("m"), f"{path}.m")
    places = (raw, meta)
    start_name, start = first(places, ("st", "start"))
    length_name, length = first(places, ("d", "duration"))
    volume_name, volume = first((meta, raw), ("volume", "vol"))
    return Segment(
        raw,
        start=after if start is None else milliseconds(start, f"{path}.{start_name}"),
        duration=0 if length is None else milliseconds(length, f"{path}.{length_name}"),
        volume=None if volume is None else loudness(volume, f"{path}.{volume_name}"),
    )
