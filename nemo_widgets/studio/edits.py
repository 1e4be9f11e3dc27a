"""Edits of a draft's pictures and sound: pure functions from one draft to a new one.

Segments of a track abut. A segment's ``transition`` tells how it gives way to the next one, within the first
milliseconds of that next one. What an edit doesn't touch is kept as it was.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field

from nemo_widgets.draft.model import Draft
from nemo_widgets.draft.writing import unused
from nemo_widgets.studio.styling import CROSSFADE, style_of, styled
from nemo_widgets.studio.timeline import (
    AUDIO,
    TEXT,
    VIDEO,
    Json,
    blank,
    overlays,
    remove,
    segments,
    set_canvas,
    tracks,
    with_segments,
)
from nemo_widgets.studio.titling import refitted

__all__ = [
    "AUDIO",
    "CROSSFADE",
    "TEXT",
    "VIDEO",
    "Shot",
    "arrange",
    "blank",
    "music_volume",
    "remove",
    "segments",
    "set_canvas",
    "set_music",
    "set_music_fade",
    "set_volume",
    "settled",
    "share",
    "style_of",
    "styled",
]

PHOTO = 4_000
"""Milliseconds that a photo is shown where nobody asked for a duration."""

LEAST_PHOTO = 2_000
"""Clips are shortened before a photo is shown more briefly than this (ms)."""

MOST_PHOTO = 6_000
"""Clips aren't shortened for a photo that is shown for longer than this (ms)."""

LEAST_SHOT = 200
"""Nothing is shown more briefly than this (ms)."""

MUSIC_VOLUME = 0.35


@dataclass(frozen=True)
class Shot:
    """A photo or clip to be put on the timeline.

    ``length`` is a clip's own length in ms, None for a photo; ``volume`` that of the clip's own sound, from 0 to 1;
    ``shown`` for how many ms it stands on the timeline now, None where it is new; ``held`` for how many ms somebody
    wanted this very photo to be seen; ``segment`` what it is on the timeline now.
    """

    name: str
    src: str
    length: int | None = None
    volume: float = 1.0
    shown: int | None = None
    held: int | None = None
    segment: Json | None = field(default=None, compare=False)

    @property
    def usual(self) -> int:
        """How long it is shown where nobody asks for anything else, in ms."""
        return self.shown or self.length or PHOTO


def share(lengths: list[int | None], total: int | None) -> list[int]:
    """Divide a duration among photos (None) and clips (their own length), in ms.

    Clips keep their length and photos share the rest equally, as long as that leaves them time to be seen;
    otherwise all get the same, a clip at most its own length and a photo at most :data:`MOST_PHOTO`. The sum is exactly
    ``total``, or what the clips have where there are only clips and they are too short.

    Examples
    --------
    >>> share([None, None, None], 10_000), share([None, 8_000], 30_000)
    ([3334, 3333, 3333], [22000, 8000])
    >>> share([None, 35_000, 30_000], 60_000)
    [6000, 27000, 27000]
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
        if photos and (total - sum(fixed.values())) // (len(lengths) - len(fixed)) > MOST_PHOTO:
            # Clips are cut, but not for photos that stand still for longer than anybody looks at them.
            rest = iter(share([length for length in lengths if length is not None], total - MOST_PHOTO * photos))
            return [MOST_PHOTO if length is None else next(rest) for length in lengths]
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


def arrange(draft: Json, shots: list[Shot], lengths: list[int]) -> Json:
    """Put photos and clips one after another, each for its length in ms, in the draft's style.

    What stood there keeps what it had of its own. Title and music stay, and are fitted to the new length.

    Examples
    --------
    >>> made = arrange(blank("Paris"), [Shot("a", "/a.jpg"), Shot("b", "/b.jpg")], [5_000, 5_000])
    >>> [(segment["st"], segment["d"], segment["m"]["motion"]) for segment in made["t"][0]["sg"]]
    [(0, 5000, 'zoom-in'), (5000, 5000, 'zoom-out')]
    """
    made: list[Json] = []
    taken: set[str] = set()
    standing = {str(shot.segment["id"]) for shot in shots if shot.segment}
    for shot, length in zip(shots, lengths, strict=True):
        one: Json = deepcopy(shot.segment) if shot.segment else {"id": "", "m": _meta(shot)}
        new = not one["id"] or one["id"] in taken
        one["id"] = unused(f"s{len(made) + 1}", "s", taken | standing) if new else one["id"]
        made.append(one | {"st": 0, "d": length})
        taken.add(one["id"])
    return settled(with_segments(draft, VIDEO, made))


def _meta(shot: Shot) -> Json:
    kind = "image" if shot.length is None else "video"
    meta: Json = {"name": shot.name, "src": shot.src, "kind": kind, "in": 0, "speed": 1.0}
    return meta if shot.length is None else meta | {"volume": shot.volume, "source_duration": shot.length}


def settled(draft: Json, before: int | None = None) -> Json:
    """Let the shots abut and everything else fit them: length, music, titles, what is laid over, transitions.

    What lasted until the end, which was at ``before`` (ms; None: where the draft says), lasts until the new one.

    Examples
    --------
    >>> made = arrange(blank("Paris"), [Shot("a", "/a.jpg"), Shot("b", "/b.jpg")], [5_000, 5_000])
    >>> made["t"][0]["sg"][0]["d"] = 2_000
    >>> settled(made)["t"][0]["sg"][1]["st"], settled(made)["d"]
    (2000, 7000)
    """
    changed = deepcopy(draft)
    clock = 0
    for segment in segments(changed, VIDEO):
        segment["st"] = clock
        clock += segment["d"]
    end, changed["d"] = changed["d"] if before is None else before, clock
    for track in tracks(changed, AUDIO):
        track["sg"] = [one for one in track["sg"] if one["st"] < clock]
    for one in (*segments(changed, AUDIO), *overlays(changed)):
        one["st"] = min(one["st"], max(0, clock - 1))
        if one["st"] + one["d"] >= min(end, clock):
            one["d"] = clock - one["st"]
    return styled(refitted(changed))


def set_music(draft: Json, name: str, src: str, volume: float | None = None, mood: str | None = None) -> Json:
    """Play music under the whole video, or when the music before it did, as loud and with its fades.

    Examples
    --------
    >>> made = set_music(blank("x") | {"d": 9_000}, "Lo-fi", "/m.m4a")
    >>> made["t"][0]["sg"][0]["d"], made["t"][0]["sg"][0]["m"]["volume"]
    (9000, 0.35)
    """
    playing = segments(draft, AUDIO)
    before: Json = playing[0]["m"] if playing else {}
    loudness = volume if volume is not None else before.get("volume", MUSIC_VOLUME)
    fades = {"fade_out": min(1_000, draft["d"] // 2)} | {
        key: before[key] for key in ("fade_in", "fade_out", "duck") if key in before
    }
    meta: Json = {"name": name, "src": src, "volume": loudness, **fades, "loop": True}
    meta |= {"mood": mood} if mood else {}
    start, length = (playing[0]["st"], playing[0]["d"]) if playing else (0, draft["d"])
    return with_segments(draft, AUDIO, [{"id": "a1s1", "st": start, "d": length, "m": meta}])


def set_music_fade(draft: Json, end: str, length: int) -> Json:
    """Let the music fade ``"in"`` or ``"out"`` for ``length`` ms.

    Examples
    --------
    >>> made = set_music_fade(set_music(blank("x") | {"d": 9_000}, "Lo-fi", "/m.m4a"), "out", 3_000)
    >>> made["t"][0]["sg"][0]["m"]["fade_out"]
    3000
    """
    changed = deepcopy(draft)
    for segment in segments(changed, AUDIO):
        segment["m"][f"fade_{end}"] = length
    return changed


def set_volume(draft: Json, kind: int, volume: float) -> Json:
    """Change how loud the music (``AUDIO``) or the clips' own sound (``VIDEO``) is, from 0 to 1, where there is any.

    Examples
    --------
    >>> made = set_volume(set_music(blank("x") | {"d": 9_000}, "Lo-fi", "/m.m4a"), AUDIO, 0.5)
    >>> music_volume(made)
    0.5
    """
    level = round(min(1.0, max(0.0, volume)), 3)
    changed = Draft(draft)
    for number, track in enumerate(draft["t"]):
        if track["tt"] == kind and any(segment["m"].get("kind") != "image" for segment in track["sg"]):
            changed = changed.set_volume(number, level)
    return changed.raw


def music_volume(draft: Json | None) -> float | None:
    """Return how loud the music is, or None where there is none."""
    return next((float(segment["m"]["volume"]) for segment in segments(draft, AUDIO)), None)
