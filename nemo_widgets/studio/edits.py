"""Edits of a draft: pure functions from one draft to a new one, in the dialect that the studio writes.

Segments of a track abut. A segment's ``transition`` tells how it gives way to the next one, within the first
milliseconds of that next one. What an edit doesn't touch is kept as it was.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

VIDEO, AUDIO, TEXT = 0, 1, 7
CROSSFADE = 500
PHOTO = 4_000
"""Milliseconds that a photo is shown where nobody asked for a duration."""

LEAST_PHOTO = 2_000
"""Clips are shortened before a photo is shown more briefly than this (ms)."""

LEAST_SHOT = 200
"""Nothing is shown more briefly than this (ms)."""

MUSIC_VOLUME = 0.35
TITLE_LENGTH = 3_000
_NAMES = {VIDEO: ("v1", "Video"), AUDIO: ("a1", "BGM"), TEXT: ("x1", "Title")}


@dataclass(frozen=True)
class Shot:
    """A photo or clip to be put on the timeline.

    ``length`` is a clip's own length in ms, None for a photo; ``volume`` that of the clip's own sound, from 0 to 1.
    """

    name: str
    src: str
    length: int | None = None
    volume: float = 1.0


def share(lengths: list[int | None], total: int | None) -> list[int]:
    """Divide a duration among photos (None) and clips (their own length), in ms.

    Clips keep their length and photos share the rest equally, as long as that leaves them time to be seen;
    otherwise all get the same, and a clip at most its own length. The sum is exactly ``total``, or what the clips
    have where there are only clips and they are too short.

    Examples
    --------
    >>> share([None, None, None], 10_000), share([None, 8_000], 30_000)
    ([3334, 3333, 3333], [22000, 8000])
    >>> share([8_000, 3_000], 30_000), share([8_000, 3_000], 10_000)
    ([8000, 3000], [7000, 3000])
    """
    if total is None:
        return [PHOTO if length is None else length for length in lengths]
    photos = lengths.count(None)
    clips = sum(length or 0 for length in lengths)
    if photos == 0 and clips <= total:
        return [length or 0 for length in lengths]
    if photos and clips + photos * min(LEAST_PHOTO, total // len(lengths)) <= total:
        fixed = {index: length for index, length in enumerate(lengths) if length is not None}
    else:
        fixed = _whole_clips(lengths, total)
    return _equal_rest(len(lengths), fixed, total)


def _whole_clips(lengths: list[int | None], total: int) -> dict[int, int]:
    """Return which clips are shorter than an equal share of what the others leave."""
    fixed: dict[int, int] = {}
    while True:
        equal = (total - sum(fixed.values())) / (len(lengths) - len(fixed))
        short = {
            index: length
            for index, length in enumerate(lengths)
            if index not in fixed and length is not None and length <= equal
        }
        if not short or len(fixed) + len(short) == len(lengths):
            return fixed
        fixed |= short


def _equal_rest(count: int, fixed: dict[int, int], total: int) -> list[int]:
    rest, odd = divmod(total - sum(fixed.values()), count - len(fixed))
    given = dict(fixed)
    for index in range(count):
        if index not in given:
            given[index] = rest + (1 if odd > 0 else 0)
            odd -= 1
    return [given[index] for index in range(count)]


def blank(title: str, size: tuple[int, int] = (1920, 1080)) -> Json:
    """Return a draft with nothing in it.

    Examples
    --------
    >>> blank("Paris")["m"]
    {'title': 'Paris', 'width': 1920, 'height': 1080, 'fps': 30}
    """
    return {"m": {"title": title, "width": size[0], "height": size[1], "fps": 30}, "d": 0, "t": []}


def arrange(draft: Json, shots: list[Shot], total: int | None) -> Json:
    """Put photos and clips one after another: slow motion on photos, crossfades, exact lengths.

    Title and music stay, and are fitted to the new length.

    Examples
    --------
    >>> made = arrange(blank("Paris"), [Shot("a", "/a.jpg"), Shot("b", "/b.jpg")], 10_000)
    >>> [(segment["st"], segment["d"], segment["m"]["motion"]) for segment in made["t"][0]["sg"]]
    [(0, 5000, 'zoom-in'), (5000, 5000, 'zoom-out')]
    """
    lengths = share([shot.length for shot in shots], total)
    segments: list[Json] = []
    photos = 0
    for index, (shot, length) in enumerate(zip(shots, lengths, strict=True)):
        meta: Json = {"name": shot.name, "src": shot.src, "kind": "image" if shot.length is None else "video"}
        meta |= {"in": 0, "speed": 1.0, "fit": "cover"}
        if shot.length is None:
            meta["motion"] = "zoom-out" if photos % 2 else "zoom-in"
            photos += 1
        else:
            meta["volume"] = shot.volume
        if index + 1 < len(shots):
            fade = min(CROSSFADE, length // 2, lengths[index + 1] // 2)
            meta["transition"] = {"type": "crossfade", "d": fade}
        segments.append({"id": f"s{index + 1}", "st": sum(lengths[:index]), "d": length, "m": meta})
    changed = deepcopy(draft)
    _track(changed, VIDEO)["sg"] = segments
    return _fit(changed, sum(lengths))


def _fit(draft: Json, total: int) -> Json:
    """Let music and titles end with the video."""
    draft["d"] = total
    for track in _tracks(draft, AUDIO):
        track["sg"] = [segment | {"st": 0, "d": total} for segment in track["sg"][:1]]
    for track in _tracks(draft, TEXT):
        track["sg"] = [
            segment | {"d": min(segment["d"], total - segment["st"])}
            for segment in track["sg"]
            if segment["st"] < total
        ]
    return draft


def set_title(draft: Json, text: str, position: str | None = None) -> Json:
    """Show a text in the first seconds, instead of the one that was there.

    Examples
    --------
    >>> made = set_title(blank("x") | {"d": 2_000}, "Paris")
    >>> made["t"][0]["sg"][0]["d"], made["t"][0]["sg"][0]["m"]["text"]
    (2000, 'Paris')
    """
    changed = deepcopy(draft)
    track = _track(changed, TEXT)
    meta: Json = {"text": text, "position": position or "center", "size": "large", "fade": 500}
    if track["sg"]:
        old = track["sg"][0]["m"]
        meta = {**old, "text": text} | ({"position": position} if position else {})
    length = track["sg"][0]["d"] if track["sg"] else min(TITLE_LENGTH, changed["d"])
    track["sg"] = [{"id": "x1s1", "st": 0, "d": length, "m": meta}, *track["sg"][1:]]
    return changed


def set_music(draft: Json, name: str, src: str, volume: float | None = None) -> Json:
    """Play music under the whole video, as loud as the music before it.

    Examples
    --------
    >>> made = set_music(blank("x") | {"d": 9_000}, "Lo-fi", "/m.m4a")
    >>> made["t"][0]["sg"][0]["d"], made["t"][0]["sg"][0]["m"]["volume"]
    (9000, 0.35)
    """
    changed = deepcopy(draft)
    before = music_volume(draft)
    loudness = volume if volume is not None else (before if before is not None else MUSIC_VOLUME)
    meta: Json = {"name": name, "src": src, "volume": loudness, "fade_out": min(1_000, changed["d"] // 2), "loop": True}
    _track(changed, AUDIO)["sg"] = [{"id": "a1s1", "st": 0, "d": changed["d"], "m": meta}]
    return changed


def set_music_volume(draft: Json, volume: float) -> Json:
    """Change how loud the music is, from 0 to 1.

    Examples
    --------
    >>> made = set_music_volume(set_music(blank("x") | {"d": 9_000}, "Lo-fi", "/m.m4a"), 0.5)
    >>> music_volume(made)
    0.5
    """
    return _with_volume(draft, AUDIO, volume)


def set_clip_volume(draft: Json, volume: float) -> Json:
    """Change how loud the clips' own sound is, from 0 to 1."""
    return _with_volume(draft, VIDEO, volume)


def _with_volume(draft: Json, kind: int, volume: float) -> Json:
    changed = deepcopy(draft)
    for track in _tracks(changed, kind):
        for segment in track["sg"]:
            if segment["m"].get("kind") != "image":
                segment["m"]["volume"] = round(min(1.0, max(0.0, volume)), 3)
    return changed


def remove(draft: Json, kind: int) -> Json:
    """Take every track of a kind away.

    Examples
    --------
    >>> remove(set_title(blank("x") | {"d": 9_000}, "Paris"), TEXT)["t"]
    []
    """
    changed = deepcopy(draft)
    changed["t"] = [track for track in changed["t"] if track["tt"] != kind]
    return changed


def set_canvas(draft: Json, size: tuple[int, int]) -> Json:
    """Change the picture's width and height, in pixels.

    Examples
    --------
    >>> set_canvas(blank("x"), (1080, 1920))["m"]["height"]
    1920
    """
    changed = deepcopy(draft)
    changed["m"] |= {"width": size[0], "height": size[1]}
    return changed


def segments(draft: Json | None, kind: int) -> list[Json]:
    """Return the segments of all tracks of a kind."""
    return [segment for track in _tracks(draft, kind) for segment in track["sg"]] if draft else []


def music_volume(draft: Json | None) -> float | None:
    """Return how loud the music is, or None where there is none."""
    return next((float(segment["m"]["volume"]) for segment in segments(draft, AUDIO)), None)


def _tracks(draft: Json, kind: int) -> list[Json]:
    return [track for track in draft["t"] if track["tt"] == kind]


def _track(draft: Json, kind: int) -> Json:
    """Return the draft's track of a kind, adding it where it isn't there."""
    for track in _tracks(draft, kind):
        return track
    track_id, name = _NAMES[kind]
    track: Json = {"id": track_id, "tt": kind, "m": {"name": name}, "sg": []}
    draft["t"] = sorted([*draft["t"], track], key=lambda one: one["tt"])
    return track
