"""The draft as pandas DataFrames: one row for each segment, for each track, for each source.

The way back is :mod:`nemo_widgets.draft.frame_in`.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pandas as pd

from nemo_widgets.draft.fields import NAME, SOURCE, TEXT, Json, first, number, words
from nemo_widgets.draft.tracks import called, label
from nemo_widgets.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from nemo_widgets.draft.model import Draft
    from nemo_widgets.draft.tracks import Track

TIMES = ("start", "duration", "end")
COLUMNS = ("kind", "name", "start", "duration", "end", "volume", "text", "source")
PLACE = ("track", "segment")

NUMBERS = frozenset({"in", "speed", "fade", "fade_in", "fade_out"})
"""Further fields of the studio's dialect that are numbers: ms, but for ``speed``."""

SWITCHES = frozenset({"loop"})
WORDS = frozenset({"id", "fit", "motion", "transition", "position", "size", "color"})
DIALECT = NUMBERS | SWITCHES | WORDS
"""Fields that a table may have beside its own columns; others come back where the draft has them already."""


class Kept(tuple[Any, ...]):
    """A tuple that copies as itself: pandas copies ``attrs`` deeply at every step."""

    __slots__ = ()

    def __deepcopy__(self, _memo: dict[int, Any]) -> Kept:
        return self


def to_frame(draft: Draft, *, times: str = "int", fields: Iterable[str] = ()) -> pd.DataFrame:
    """Return the segments as a table; see :meth:`nemo_widgets.Draft.to_frame`."""
    _known(times)
    tracks = draft.tracks
    items = [track.items for track in tracks]
    counts = [len(of) for of in items]
    raws = list(chain.from_iterable(items))
    names, texts, sources = _labels(raws)
    starts = np.array(list(chain.from_iterable(track.starts for track in tracks)), dtype="int64")
    lengths = np.array(list(chain.from_iterable(track.durations for track in tracks)), dtype="int64")
    volumes = np.array(list(chain.from_iterable(track.volumes for track in tracks)), dtype="float64")
    columns: dict[str, Any] = {
        "kind": pd.Categorical.from_codes(np.repeat(_codes(tracks), counts), categories=pd.Index(_kinds(tracks))),
        "name": _strings(names),
        "start": _timed(starts, times),
        "duration": _timed(lengths, times),
        "end": _timed(starts + lengths, times),
        "volume": volumes,
        "text": _strings(texts),
        "source": _strings(sources),
    }
    for name in dict.fromkeys([fields] if isinstance(fields, str) else fields):
        if name not in columns:
            columns[name] = _field(raws, name)
    within = np.concatenate([np.arange(count, dtype="int64") for count in counts] or [np.array([], dtype="int64")])
    index = pd.MultiIndex.from_arrays([np.repeat(np.arange(len(counts), dtype="int64"), counts), within], names=PLACE)
    frame = pd.DataFrame(columns, index=index, copy=False)
    frame.attrs = _attrs(draft)
    return frame


def tracks_frame(draft: Draft, *, times: str = "int") -> pd.DataFrame:
    """Return the tracks as a table; see :meth:`nemo_widgets.Draft.tracks_frame`."""
    _known(times)
    tracks = draft.tracks
    frame = pd.DataFrame(
        {
            "kind": pd.Categorical.from_codes(_codes(tracks), categories=pd.Index(_kinds(tracks))),
            "name": _strings([track.name for track in tracks]),
            "id": _strings([track.id for track in tracks]),
            "segments": np.array([len(track.starts) for track in tracks], dtype="int64"),
            "start": _timed(np.array([min(track.starts, default=0) for track in tracks], dtype="int64"), times),
            "end": _timed(np.array([track.end for track in tracks], dtype="int64"), times),
            "filled": _timed(np.array([sum(track.durations) for track in tracks], dtype="int64"), times),
        },
        index=pd.RangeIndex(len(tracks), name="track"),
    )
    frame.attrs = {"times": "ms"}
    return frame


def media_frame(draft: Draft, *, times: str = "int") -> pd.DataFrame:
    """Return the sources as a table; see :meth:`nemo_widgets.Draft.media_frame`."""
    _known(times)
    uses: Counter[str] = Counter()
    total: Counter[str] = Counter()
    begin: dict[str, int] = {}
    about: dict[str, tuple[str, str]] = {}
    for track in draft.tracks:
        for raw, start, length in zip(track.items, track.starts, track.durations, strict=True):
            source = _words(first(raw, SOURCE)[1])
            if source is None:
                continue
            uses[source] += 1
            total[source] += length
            begin[source] = min(start, begin.get(source, start))
            if source not in about:
                kind = first(raw, ("kind",))[1]
                about[source] = (label(raw), kind if isinstance(kind, str) else track.kind)
    kinds = list(dict.fromkeys(["video", "image", "audio", *(kind for _, kind in about.values())]))
    frame = pd.DataFrame(
        {
            "source": _strings(list(uses)),
            "name": _strings([about[source][0] for source in uses]),
            "kind": pd.Categorical([about[source][1] for source in uses], categories=kinds),
            "uses": np.array(list(uses.values()), dtype="int64"),
            "total": _timed(np.array([total[source] for source in uses], dtype="int64"), times),
            "first": _timed(np.array([begin[source] for source in uses], dtype="int64"), times),
        }
    )
    frame.attrs = {"times": "ms"}
    return frame


def field_cell(raw: Json, name: str) -> Any:
    """Return a further field as the table shows it: a number, a truth value, or text (JSON where it is neither).

    Raises
    ------
    DraftError
        Where the dialect has a number and the draft something else.

    Examples
    --------
    >>> field_cell({"m": {"speed": "2"}}, "speed"), field_cell({"m": {"transition": {"d": 5}}}, "transition")
    (2.0, '{"d": 5}')
    """
    path, value = first(raw, (name,))
    if value is None:
        return None
    if name in NUMBERS:
        return number(value, path, "a number")
    if name in SWITCHES:
        return value in (True, 1, "true", "1")
    return words(value)


def _labels(raws: list[Json]) -> tuple[list[str], list[str | None], list[str | None]]:
    """Return names, texts and sources; the usual spelling is taken without further ado."""
    names: list[str] = []
    texts: list[str | None] = []
    sources: list[str | None] = []
    nothing: Json = {}
    for raw in raws:
        meta: Json = raw.get("m") or nothing
        text, source, name = meta.get("text"), meta.get("src"), meta.get("name")
        if type(text) is not str:
            text = _words(first(raw, TEXT)[1])
        if type(source) is not str:
            source = _words(first(raw, SOURCE)[1])
        if type(name) is not str:
            name = first(raw, NAME)[1]
            name = called(text, source) if name is None else words(name)
        texts.append(text)
        sources.append(source)
        names.append(name)
    return names, texts, sources


def _field(raws: list[Json], name: str) -> Any:
    cells = [field_cell(raw, name) for raw in raws]
    if name in NUMBERS:
        return np.array(cells, dtype="float64")
    return pd.array(cells, dtype="boolean") if name in SWITCHES else _strings(cells)


def _kinds(tracks: Sequence[Track]) -> list[str]:
    """All kinds that the draft has, in the order of its tracks, so that an empty one keeps its place in a groupby."""
    return list(dict.fromkeys(["video", "audio", "text", *(track.kind for track in tracks)]))


def _codes(tracks: Sequence[Track]) -> np.ndarray[Any, np.dtype[np.int64]]:
    numbers = {kind: code for code, kind in enumerate(_kinds(tracks))}
    return np.array([numbers[track.kind] for track in tracks], dtype="int64")


def _attrs(draft: Draft) -> dict[Hashable | None, Any]:
    return {
        "title": draft.title,
        "duration": draft.duration,
        "size": draft.size,
        "fps": draft.fps,
        "times": "ms",
        "track_ids": Kept(track.id for track in draft.tracks),
        "track_names": Kept(_own_name(track.raw) for track in draft.tracks),
        "segment_ids": Kept(Kept(_words(first(raw, ("id",))[1]) for raw in track.items) for track in draft.tracks),
    }


def _own_name(raw: Json) -> str | None:
    return _words(first(raw, ("name", "title"))[1])


def _timed(values: np.ndarray[Any, np.dtype[np.int64]], times: str) -> Any:
    return values.astype("timedelta64[ms]") if times == "timedelta" else values


def _strings(values: Sequence[str | None]) -> Any:
    return pd.array(cast("Any", values), dtype="string")


def _words(value: Any) -> str | None:
    return None if value is None else words(value)


def _known(times: str) -> None:
    if times not in ("int", "timedelta"):
        raise InvalidInput(
            message=f"Times can't be shown as {times!r}.", remedy='Use times="int" (ms) or times="timedelta".'
        )
