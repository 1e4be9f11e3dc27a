"""A draft's parts, in the dialect that the studio writes: tracks by kind, segments, canvas.

Pure: every function leaves the draft that it is given as it was, unless its name begins with an underscore.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from nemo_widgets.draft.model import Draft

Json = dict[str, Any]

VIDEO, AUDIO, TEXT = 0, 1, 7
_NAMES = {VIDEO: ("v1", "Video"), AUDIO: ("a1", "BGM"), TEXT: ("x1", "Title")}
_LANES = (
    ("Video", "视频"),
    ("BGM", "背景音乐"),
    ("Title", "标题"),
    ("Captions", "字幕"),
    ("Lower thirds", "人名条"),
    ("Overlay", "叠加画面"),
)
"""What the studio calls its tracks, in English and Chinese."""


def blank(title: str, size: tuple[int, int] = (1920, 1080)) -> Json:
    """Return a draft with nothing in it.

    Examples
    --------
    >>> blank("Paris")["m"]
    {'title': 'Paris', 'width': 1920, 'height': 1080, 'fps': 30}
    """
    return {"m": {"title": title, "width": size[0], "height": size[1], "fps": 30}, "d": 0, "t": []}


def emptied(draft: Json) -> Json:
    """Return a draft with its name and canvas, and nothing on its timeline.

    Examples
    --------
    >>> emptied({"m": {"title": "Paris", "width": 64, "height": 36, "fps": 30, "style": {}}, "d": 9, "t": [1]})
    {'m': {'title': 'Paris', 'width': 64, 'height': 36, 'fps': 30}, 'd': 0, 't': []}
    """
    kept = {key: value for key, value in draft["m"].items() if key in ("title", "width", "height", "fps")}
    return {"m": kept, "d": 0, "t": []}


def set_canvas(draft: Json, size: tuple[int, int]) -> Json:
    """Change the picture's width and height, in pixels.

    Examples
    --------
    >>> set_canvas(blank("x"), (1080, 1920))["m"]["height"]
    1920
    """
    return noted(draft, width=size[0], height=size[1])


def noted(draft: Json, **facts: Any) -> Json:
    """Return a draft with facts written into its metadata.

    Examples
    --------
    >>> noted(blank("x"), fps=25)["m"]["fps"]
    25
    """
    changed = deepcopy(draft)
    changed["m"] |= facts
    return changed


def tracks(draft: Json, kind: int) -> list[Json]:
    """Return the tracks of a kind; those of ``VIDEO`` are the shots, without what is laid over them."""
    return [track for track in draft["t"] if _is(track, kind)]


def _is(track: Json, kind: int) -> bool:
    return track["tt"] == kind and not (kind == VIDEO and is_overlay(track))


def is_overlay(track: Json) -> bool:
    """Say whether a track is laid over the shots: a logo, a picture in the picture.

    Examples
    --------
    >>> is_overlay({"tt": 0, "sg": [{"m": {"place": "top-right"}}]}), is_overlay({"tt": 0, "sg": []})
    (True, False)
    """
    metas: list[Json] = [segment.get("m") or {} for segment in track["sg"]]
    return track["tt"] == VIDEO and bool(metas) and all(meta.get("place") for meta in metas)


def overlays(draft: Json | None) -> list[Json]:
    """Return the segments that are laid over the shots."""
    return [one for track in draft["t"] if is_overlay(track) for one in track["sg"]] if draft else []


def segments(draft: Json | None, kind: int) -> list[Json]:
    """Return the segments of all tracks of a kind."""
    return [segment for track in tracks(draft, kind) for segment in track["sg"]] if draft else []


def places(draft: Json, kind: int) -> list[tuple[int, int]]:
    """Return where the segments of :func:`segments` stand, as the editing verbs name them: (track, segment).

    Not by the kind's name: a clip or song may be called "audio".

    Examples
    --------
    >>> places({"t": [{"tt": 0, "sg": [{}]}, {"tt": 7, "sg": [{}, {}]}]}, TEXT)
    [(1, 0), (1, 1)]
    """
    numbered = enumerate(draft["t"])
    return [(number, index) for number, track in numbered if _is(track, kind) for index in range(len(track["sg"]))]


def with_segments(draft: Json, kind: int, segments_: list[Json]) -> Json:
    """Return a draft with these segments on its (first) track of a kind, which is made where it isn't there.

    Examples
    --------
    >>> with_segments(blank("x"), TEXT, [{"st": 0}])["t"]
    [{'id': 'x1', 'tt': 7, 'm': {'name': 'Title'}, 'sg': [{'st': 0}]}]
    """
    changed = deepcopy(draft)
    if not tracks(changed, kind):
        track_id, name = _NAMES[kind]
        track: Json = {"id": track_id, "tt": kind, "m": {"name": name}, "sg": []}
        changed["t"] = sorted([*changed["t"], track], key=lambda one: one["tt"])
    tracks(changed, kind)[0]["sg"] = segments_
    return changed


def remove(draft: Json, kind: int) -> Json:
    """Take everything of a kind away, and its tracks with it.

    Examples
    --------
    >>> remove(with_segments(blank("x"), TEXT, [{"st": 0, "d": 900}]), TEXT)["t"]
    []
    """
    return Draft(draft).remove(*places(draft, kind)).raw


def localized(draft: Json, language: str) -> Json:
    """Return a draft in which the tracks that the studio named have their names in a language.

    Examples
    --------
    >>> localized({"t": [{"tt": 1, "m": {"name": "BGM"}, "sg": []}]}, "zh")["t"][0]["m"]["name"]
    '背景音乐'
    """
    chinese = language.lower().startswith("zh")
    names = {pair[not chinese]: pair[chinese] for pair in _LANES}
    changed = deepcopy(draft)
    for track in changed["t"]:
        meta: Json = track.get("m") or {}
        if meta.get("name") in names:
            meta["name"] = names[meta["name"]]
    return changed
