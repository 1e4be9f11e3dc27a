"""Edits of a draft's pictures and sound: pure functions from one draft to a new one.

Segments of a track abut. A segment's ``transition`` tells how it gives way to the next one, within the first
milliseconds of that next one. What an edit doesn't touch is kept as it was.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass

from nemo_widgets.draft.model import Draft
from nemo_widgets.studio.timeline import AUDIO, TEXT, VIDEO, Json, blank, remove, segments, set_canvas, with_segments
from nemo_widgets.studio.titling import refitted

__all__ = [
    "AUDIO",
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
    "share",
    "style_of",
    "styled",
]

CROSSFADE = 500
PHOTO = 4_000
"""Milliseconds that a photo is shown where nobody asked for a duration."""

LEAST_PHOTO = 2_000
"""Clips are shortened before a photo is shown more briefly than this (ms)."""

LEAST_SHOT = 200
"""Nothing is shown more briefly than this (ms)."""

MUSIC_VOLUME = 0.35


@dataclass(frozen=True)
class Shot:
    """A photo or clip to be put on the timeline.

    ``length`` is a clip's own length in ms, None for a photo; ``volume`` that of the clip's own sound, from 0 to 1;
    ``shown`` for how many ms it stands on the timeline now, None where it is new.
    """

    name: str
    src: str
    length: int | None = None
    volume: float = 1.0
    shown: int | None = None

    @property
    def usual(self) -> int:
        """How long it is shown where nobody asks for anything else, in ms."""
        return self.shown or self.length or PHOTO


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


def arrange(draft: Json, shots: list[Shot], lengths: list[int]) -> Json:
    """Put photos and clips one after another, each for its length in ms, in the draft's style.

    Title and music stay, and are fitted to the new length.

    Examples
    --------
    >>> made = arrange(blank("Paris"), [Shot("a", "/a.jpg"), Shot("b", "/b.jpg")], [5_000, 5_000])
    >>> [(segment["st"], segment["d"], segment["m"]["motion"]) for segment in made["t"][0]["sg"]]
    [(0, 5000, 'zoom-in'), (5000, 5000, 'zoom-out')]
    """
    made: list[Json] = []
    for index, (shot, length) in enumerate(zip(shots, lengths, strict=True)):
        meta: Json = {"name": shot.name, "src": shot.src, "kind": "image" if shot.length is None else "video"}
        meta |= {"in": 0, "speed": 1.0}
        if shot.length is not None:
            meta["volume"] = shot.volume
        made.append({"id": f"s{index + 1}", "st": sum(lengths[:index]), "d": length, "m": meta})
    total = sum(lengths)
    changed = with_segments(draft, VIDEO, made) | {"d": total}
    if music := segments(draft, AUDIO)[:1]:
        changed = with_segments(changed, AUDIO, [music[0] | {"st": 0, "d": total}])
    return styled(refitted(changed))


def style_of(draft: Json) -> Json:
    """Return a draft's style: ``fit``, whether photos ``move``, and how long a ``crossfade`` takes in ms.

    A photo that is shown whole keeps still where nobody asks for motion: a zoom would cut its edges off.

    Examples
    --------
    >>> style_of(blank("x")), style_of(blank("x") | {"m": {"style": {"fit": "contain"}}})["move"]
    ({'fit': 'cover', 'crossfade': 500, 'move': True}, False)
    """
    chosen: Json = draft["m"].get("style", {})
    style: Json = {"fit": "cover", "crossfade": CROSSFADE} | chosen
    return style if "move" in chosen else style | {"move": style["fit"] == "cover"}


def styled(draft: Json, **chosen: object) -> Json:
    """Return a draft in its style, or in another one from now on.

    Examples
    --------
    >>> made = arrange(blank("Paris"), [Shot("a", "/a.jpg"), Shot("b", "/b.jpg")], [5_000, 5_000])
    >>> still = styled(made, move=False, crossfade=1_000)
    >>> [(segment["m"]["motion"], segment["m"].get("transition")) for segment in still["t"][0]["sg"]]
    [('none', {'type': 'crossfade', 'd': 1000}), ('none', None)]
    """
    changed = deepcopy(draft)
    if chosen:
        changed["m"]["style"] = changed["m"].get("style", {}) | chosen
    style = style_of(changed)
    shown = segments(changed, VIDEO)
    photos = 0
    for index, segment in enumerate(shown):
        meta = segment["m"]
        meta["fit"] = style["fit"]
        if meta.get("kind") == "image":
            meta["motion"] = ("zoom-out" if photos % 2 else "zoom-in") if style["move"] else "none"
            photos += 1
        meta.pop("transition", None)
        if index + 1 < len(shown):
            fade = min(style["crossfade"], segment["d"] // 2, shown[index + 1]["d"] // 2)
            meta["transition"] = {"type": "crossfade", "d": fade} if fade else {"type": "none"}
    return changed


def set_music(draft: Json, name: str, src: str, volume: float | None = None) -> Json:
    """Play music under the whole video, as loud as the music before it and with its fades.

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
        key: before[key] for key in ("fade_in", "fade_out") if key in before
    }
    meta: Json = {"name": name, "src": src, "volume": loudness, **fades, "loop": True}
    return with_segments(draft, AUDIO, [{"id": "a1s1", "st": 0, "d": draft["d"], "m": meta}])


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
