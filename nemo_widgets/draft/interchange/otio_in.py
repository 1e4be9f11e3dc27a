"""An OpenTimelineIO timeline as a draft.

What this package wrote into the metadata comes back as it was, except where the timeline says something else by now:
clips that another program moved, trimmed, renamed or gave another source.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from nemo_widgets.draft.fields import NAME, SOURCE, TEXT, Json, shown
from nemo_widgets.draft.interchange.clips import Clip, new_draft, piece_of
from nemo_widgets.draft.interchange.otio import KEY, KINDS, clean, library
from nemo_widgets.draft.tracks import Segment, kind_of
from nemo_widgets.draft.writing import Edit, Lane, Piece, put, unused
from nemo_widgets.errors import DraftError, InvalidInput

if TYPE_CHECKING:
    from nemo_widgets.draft.model import Draft

_PLACES = {"name": NAME, "source": SOURCE, "text": TEXT, "offset": ("in",), "speed": ("speed",)}


@dataclass
class _Found:
    """A clip of the timeline, what is kept of its segment, and half a frame (ms)."""

    clip: Clip
    kept: Json
    tolerance: float


def from_otio(value: Any) -> Draft:
    """Return the draft of a timeline; see :meth:`nemo_widgets.Draft.from_otio`."""
    otio = library()
    timeline = _timeline(otio, value)
    kept = _kept(timeline)
    edit = Edit(_base(timeline, kept))
    edit.lanes.clear()
    taken: set[str] = set()
    ours: dict[int, tuple[Lane, set[int], list[tuple[float, Piece]]]] = {}
    for track in timeline.tracks:
        own = _kept(track)
        number, layer = own.get("track"), own.get("layer")
        found = _clips(otio, track)
        if not isinstance(number, int) or not isinstance(layer, int):
            lane = edit.add_lane(_kind(track.kind), at=len(edit.lanes), name=track.name or None)
            lane.pieces = [piece for _, piece in _pieces(found, lane, taken)]
            continue
        if number not in ours or layer in ours[number][1]:
            ours[number] = (_lane(own, track), set(), [])
            edit.lanes.append(ours[number][0])
        lane, seen, pieces = ours[number]
        seen.add(layer)
        pieces += _pieces(found, lane, taken)
        lane.pieces = [piece for _, piece in sorted(pieces, key=lambda pair: pair[0])]
    return edit.done()


def _timeline(otio: Any, value: Any) -> Any:
    if isinstance(value, str | bytes):
        try:
            text = value.decode("utf-8-sig") if isinstance(value, bytes) else value
            value = otio.adapters.read_from_string(text, "otio_json")
        except (otio.exceptions.OTIOError, ValueError, TypeError, KeyError, IndexError, RuntimeError) as error:
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise DraftError("line", path="OTIO", message=f"it is no OpenTimelineIO JSON ({reason})") from None
    schema = otio.schema
    if isinstance(value, schema.SerializableCollection):
        found = [one for one in value if isinstance(one, schema.Timeline)]
        value = found[0] if len(found) == 1 else value
    if isinstance(value, schema.Timeline):
        return value
    if isinstance(value, schema.Track | schema.Stack):
        made = schema.Timeline(name=value.name)
        made.tracks = value.deepcopy() if isinstance(value, schema.Stack) else schema.Stack(children=[value.deepcopy()])
        return made
    raise InvalidInput(
        message=f"A draft can't be made of {type(value).__name__}.",
        remedy="Pass an OpenTimelineIO Timeline, Stack or Track, or the text of an .otio file.",
    )


def _base(timeline: Any, kept: Json) -> Draft:
    from nemo_widgets.draft.model import Draft

    raw, end = _unpacked(kept), kept.get("end")
    if raw is None:
        return new_draft(timeline.name or "", 30)
    # A stand-in that ends where the draft did: then its duration changes only if that end does.
    tracks = [{"sg": [{"st": 0, "d": end}]}] if isinstance(end, int) and end > 0 else []
    base = Draft({**raw, "t": tracks} if tracks else raw)
    name = clean(base.title or "")
    if timeline.name != name:
        put(base.raw, ("title", "name"), timeline.name)
    return base


def _lane(kept: Json, track: Any) -> Lane:
    raw = _unpacked(kept)
    return Lane(raw, _kind(track.kind) if raw is None else kind_of(raw.get("tt"), "tt"), [])


def _kind(kind: str) -> str:
    return next((ours for ours, theirs in KINDS.items() if theirs == kind), "text" if "ubtitle" in kind else "video")


def _kept(thing: Any) -> Json:
    """Return what this package wrote into the metadata of a thing; nothing where that can't be read."""
    try:
        found: Json = dict(thing.metadata.get(KEY) or {})
        readable = isinstance(json.loads(found["json"]), dict | None)
    except (KeyError, TypeError, ValueError):
        return {}
    return found if readable else {}


def _unpacked(kept: Json) -> Json | None:
    return json.loads(kept["json"]) if "json" in kept else None


def _clips(otio: Any, track: Any) -> list[_Found]:
    """Return the clips of a track that are switched on; a composition within it counts as one."""
    shift = _milliseconds(track.source_range.start_time) if track.source_range is not None else 0
    found: list[_Found] = []
    for index, child in enumerate(track):
        if isinstance(child, otio.schema.Gap | otio.schema.Transition) or not getattr(child, "enabled", True):
            continue
        try:
            range_ = track.trimmed_range_of_child(child)
        except otio.exceptions.OTIOError:
            raise DraftError("line", path=f"OTIO, {child.name!r}", message="it doesn't say how long it lasts") from None
        if range_ is None:
            continue
        start = _milliseconds(range_.start_time) - shift
        end = _milliseconds(range_.start_time + range_.duration) - shift
        after: Any = track[index + 1] if index + 1 < len(track) else None
        fade = 0
        if isinstance(after, otio.schema.Transition):
            fade = _milliseconds(after.in_offset + after.out_offset)
        found.append(_Found(_clip(otio, child, (start, end), fade), _kept(child), 500 / float(range_.duration.rate)))
    return found


def _clip(otio: Any, child: Any, span: tuple[int, int], fade: int) -> Clip:
    clip = Clip(max(0, span[0]), span[1] - max(0, span[0]), child.name, crossfade=fade)
    media: Any = getattr(child, "media_reference", None)
    if isinstance(media, otio.schema.ExternalReference):
        clip = replace(clip, source=media.target_url)
    elif isinstance(media, otio.schema.GeneratorReference) and "text" in media.parameters:
        clip = replace(clip, text=str(media.parameters["text"]))
    warp = next((one for one in child.effects if isinstance(one, otio.schema.LinearTimeWarp)), None)
    offset = max(0, _milliseconds(child.source_range.start_time)) if child.source_range is not None else 0
    return replace(clip, speed=float(warp.time_scalar) if warp and warp.time_scalar > 0 else 1.0, offset=offset)


def _pieces(found: list[_Found], lane: Lane, taken: set[str]) -> list[tuple[float, Piece]]:
    """Return the segments of a track, each with its place in the order that they had."""
    made: list[tuple[float, Piece]] = []
    used: set[int] = set()
    for one in found:
        number = one.kept.get("segment")
        if not isinstance(number, int):
            made.append((float("inf"), piece_of(one.clip, lane, taken)))
            continue
        piece = _piece(one)
        if number in used and "id" in piece.raw:
            put(piece.raw, ("id",), unused(str(piece.raw["id"]), "s", taken))
        used.add(number)
        taken.add(str(piece.raw.get("id")))
        made.append((number, piece))
    return made


def _piece(found: _Found) -> Piece:
    """Return a segment as it was, but for what the timeline says otherwise."""
    kept, clip = _unpacked(found.kept), found.clip
    raw = kept or {}
    start, length = found.kept.get("start", clip.start), found.kept.get("duration", clip.duration)
    was = Clip.of(Segment(raw, start, length, None))
    if abs(clip.start - start) > found.tolerance + 0.5 or abs(clip.end - was.end) > found.tolerance + 0.5:
        start, length = clip.start, clip.duration
    # Half a frame; and OpenTimelineIO's JSON doesn't keep the last digit of every float.
    slack: dict[str, float] = {"offset": found.tolerance + 0.5, "speed": 0}
    for field in fields(Clip):
        before: Any
        now: Any
        before, now = getattr(was, field.name), getattr(clip, field.name)
        before = clean(before) if isinstance(before, str) else before
        if field.name not in _PLACES or before == now or (field.name in {"source", "text"} and now is None):
            continue
        if field.name in slack and math.isclose(now, before, rel_tol=1e-9, abs_tol=slack[field.name]):
            continue
        put(raw, _PLACES[field.name], now)
    if abs(clip.crossfade - found.kept.get("crossfade", 0)) > found.tolerance * 2 + 0.5:
        put(raw, ("transition",), {"type": "crossfade", "d": clip.crossfade} if clip.crossfade else None)
    return Piece(raw, start, length, null=kept is None)


def _milliseconds(time: Any) -> int:
    value = Fraction(time.value) * 1000 / _rate(time.rate)
    return (value + Fraction(1, 2)).__floor__()


def _rate(rate: float) -> Fraction:
    """Return a rate exactly; those of television are 1000/1001 of their name."""
    if rate <= 0:
        raise DraftError("line", path="OTIO", message=f"expected a rate above 0, got {shown(rate)}")
    television = Fraction(round(rate) * 1000, 1001)
    return television if abs(rate - float(television)) < 1e-3 * rate / 30 else Fraction(rate)
