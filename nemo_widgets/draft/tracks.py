"""Tracks and segments: frozen views over their JSON, read in columns so that a long draft is quick to check.

Every field is checked when the draft is read. The views themselves are made when somebody looks at them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

from nemo_widgets.draft.fields import (
    LENGTH,
    LONGEST,
    NAME,
    SOURCE,
    START,
    TEXT,
    VOLUME,
    Json,
    as_list,
    as_object,
    first,
    loudness,
    milliseconds,
    number,
    words,
)

KINDS = {0: "video", 1: "audio", 7: "text"}
"""Track type → kind; every other type is ``other(<n>)``."""

LABELS = {"video": "Video", "audio": "BGM", "text": "Title"}
"""What a track without a name is called."""

_NOTHING: Json = {}


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
        >>> from nemo_widgets import Draft
        >>> draft = Draft({"t": [{"tt": 0, "sg": [{"d": 1000, "fit": "cover", "m": {"motion": "zoom-in"}}]}]})
        >>> segment = draft.tracks[0].segments[0]
        >>> segment.get("motion"), segment.get("fit"), segment.get("speed", default=1.0)
        ('zoom-in', 'cover', 1.0)
        """
        value = first(self.raw, names)[1]
        return default if value is None else value

    @property
    def id(self) -> str | None:
        """The segment's own id, where it has one."""
        return _words(self.get("id"))

    @property
    def text(self) -> str | None:
        """What a text segment says."""
        return _words(self.get(*TEXT))

    @property
    def source(self) -> str | None:
        """Where the media are, as the service names them (a URL)."""
        return _words(self.get(*SOURCE))

    @property
    def name(self) -> str:
        """What people call it: its name, its text, or the file name of its source."""
        return label(self.raw)


@dataclass(frozen=True)
class Track:
    """One lane of the timeline: a view over its JSON.

    Attributes
    ----------
    kind : str
        ``"video"``, ``"audio"``, ``"text"`` or ``"other(<n>)"``.
    starts, durations : list of int
        Milliseconds on the timeline, one for each segment.
    volumes : list of float or None
        From 0 to 1; None where the segment doesn't say.
    raw : dict
        The track's JSON, untouched.
    """

    raw: Json = field(repr=False)
    kind: str
    starts: list[int] = field(repr=False)
    durations: list[int] = field(repr=False)
    volumes: list[float | None] = field(repr=False)

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """The segments, in the order of the JSON."""
        return tuple(map(Segment, self.items, self.starts, self.durations, self.volumes))

    @property
    def items(self) -> list[Json]:
        """The JSON of the segments; null reads as an empty object."""
        return [{} if item is None else item for item in self.raw.get("sg") or ()]

    @property
    def end(self) -> int:
        """Milliseconds at which the last segment ends."""
        return max((start + length for start, length in zip(self.starts, self.durations, strict=True)), default=0)

    @property
    def id(self) -> str | None:
        """The track's own id, where it has one."""
        return _words(self.raw.get("id"))

    @property
    def name(self) -> str:
        """What people call it: its own name, or one after its kind."""
        value = first(self.raw, ("name", "title"))[1]
        return LABELS.get(self.kind, self.kind) if value is None else words(value)


def called(text: str | None, source: str | None) -> str:
    """Return what a segment without a name is called: its text, or the file name of its source.

    Examples
    --------
    >>> called(None, "https://h/media/sea.mp4?x=1"), called("Hello", None)
    ('sea.mp4', 'Hello')
    """
    return text or (source or "").split("?")[0].rstrip("/").rsplit("/", 1)[-1]


def label(raw: Json) -> str:
    """Return what people call a segment: its name, its text, or the file name of its source.

    Examples
    --------
    >>> label({"m": {"src": "https://h/media/sea.mp4"}})
    'sea.mp4'
    """
    value = first(raw, NAME)[1]
    if value is not None:
        return words(value)
    return called(_words(first(raw, TEXT)[1]), _words(first(raw, SOURCE)[1]))


def read_track(value: Any, path: str) -> Track:
    """Read a track, checking every field of it.

    Raises
    ------
    DraftError
        With the path of what can't be read.
    """
    raw = as_object(value, path)
    as_object(raw.get("m"), f"{path}.m")
    return Track(raw, kind_of(raw.get("tt"), f"{path}.tt"), *_columns(as_list(raw.get("sg"), f"{path}.sg"), path))


def kind_of(tt: Any, path: str) -> str:
    """Return what a track type is called.

    Examples
    --------
    >>> kind_of("7", "tt"), kind_of(5, "tt"), kind_of(None, "tt")
    ('text', 'other(5)', 'other(?)')
    """
    if tt is None:
        return "other(?)"
    code = number(tt, path, "a track type")
    return KINDS.get(int(code), f"other({int(code)})") if code == int(code) else f"other({code:g})"


def _columns(items: list[Any], path: str) -> tuple[list[int], list[int], list[float | None]]:
    """Return starts, durations and volumes; what is an int already is taken without further ado."""
    starts: list[int] = []
    durations: list[int] = []
    volumes: list[float | None] = []
    clock = 0
    for index, item in enumerate(items):
        if not isinstance(item, dict):
            as_object(item, f"{path}.sg[{index}]")
        raw = cast("Json", item) or _NOTHING
        inner: Any = raw.get("m")
        if inner is not None and not isinstance(inner, dict):
            as_object(inner, f"{path}.sg[{index}].m")
        meta = cast("Json", inner) or _NOTHING
        start: Any = raw.get("st")
        if type(start) is not int or not 0 <= start <= LONGEST:
            start = start_of(raw, clock, f"{path}.sg[{index}].")
        length: Any = raw.get("d")
        if type(length) is not int or not 0 <= length <= LONGEST:
            length = length_of(raw, f"{path}.sg[{index}].")
        volume: Any = meta.get("volume")
        if type(volume) is not float or not 0 <= volume <= 1:
            volume = _volume(raw, f"{path}.sg[{index}].")
        clock = start + length
        starts.append(start)
        durations.append(length)
        volumes.append(volume)
    return starts, durations, volumes


def start_of(raw: Json, clock: int, path: str = "") -> int:
    """Return where a segment starts (ms): where the one before it on its track ends (``clock``) if it doesn't say.

    Examples
    --------
    >>> start_of({"m": {"start": "200"}}, 0), start_of({"st": None}, 900)
    (200, 900)
    """
    where, value = first(raw, START, meta_first=False)
    return clock if value is None else milliseconds(value, path + where)


def length_of(raw: Json, path: str = "") -> int:
    """Return how long a segment lasts (ms)."""
    where, value = first(raw, LENGTH, meta_first=False)
    return 0 if value is None else milliseconds(value, path + where)


def _volume(raw: Json, path: str) -> float | None:
    where, value = first(raw, VOLUME)
    return None if value is None else loudness(value, path + where)


def _words(value: Any) -> str | None:
    return None if value is None else words(value)
