"""Edits of a draft's shots in time: pure functions from one draft to a new one, in which everything fits again.

Shots are counted from 0. A shot that was cut remembers its new length as its own, so that what was cut out doesn't
come back when the whole is made longer.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from nemo_widgets.draft.model import Draft
from nemo_widgets.studio.edits import settled
from nemo_widgets.studio.styling import note
from nemo_widgets.studio.timeline import TEXT, VIDEO, Json, places, segments, with_segments

if TYPE_CHECKING:
    from collections.abc import Mapping

FRAME = 40
"""A frozen frame is taken so many ms before the end of a clip, where there surely is one."""


def cut_out(draft: Json, start: int, end: int) -> Json:
    """Take a stretch of time (ms) out of the pictures; titles behind it come earlier.

    Examples
    --------
    >>> from nemo_widgets.studio.edits import Shot, arrange, blank
    >>> made = arrange(blank("x"), [Shot("a", "/a.mp4", 9_000)], [9_000])
    >>> [(one["m"]["in"], one["d"]) for one in segments(cut_out(made, 2_000, 5_000), VIDEO)]
    [(0, 2000), (5000, 4000)]
    """
    before = {one["id"]: one["d"] for one in segments(draft, VIDEO)}
    changed = Draft(draft).cut(start, end, places(draft, VIDEO)[0][0]).raw
    _remember(changed, before)
    for title in segments(changed, TEXT):
        place = title["m"].get("place")
        if isinstance(place, int) and place > start:
            title["m"]["place"] = max(start, place - (end - start))
    return settled(changed, draft["d"])


def kept(draft: Json, start: int, end: int) -> Json:
    """Leave of the pictures only a stretch of time (ms).

    Examples
    --------
    >>> from nemo_widgets.studio.edits import Shot, arrange, blank
    >>> made = kept(arrange(blank("x"), [Shot("a", "/a.mp4", 9_000)], [9_000]), 2_000, 5_000)
    >>> made["d"], segments(made, VIDEO)[0]["m"]["in"]
    (3000, 2000)
    """
    changed = cut_out(draft, end, draft["d"]) if end < draft["d"] else draft
    return cut_out(changed, 0, start) if start > 0 else changed


def split(draft: Json, at: int) -> Json:
    """Make two shots of the one that is seen at a time (ms).

    Examples
    --------
    >>> from nemo_widgets.studio.edits import Shot, arrange, blank
    >>> made = split(arrange(blank("x"), [Shot("a", "/a.mp4", 9_000)], [9_000]), 2_000)
    >>> [(one["st"], one["d"]) for one in segments(made, VIDEO)]
    [(0, 2000), (2000, 7000)]
    """
    number = shot_at(draft, at)
    before = {one["id"]: one["d"] for one in segments(draft, VIDEO)}
    changed = Draft(draft).split(places(draft, VIDEO)[number], at).raw
    _remember(changed, before)
    return settled(changed, draft["d"])


def shot_at(draft: Json, at: int) -> int:
    """Return which shot is seen at a time (ms); at its very end it is the last one.

    Examples
    --------
    >>> made = {"t": [{"tt": 0, "sg": [{"st": 0, "d": 900}, {"st": 900, "d": 100}]}]}
    >>> [shot_at(made, at) for at in (0, 899, 900, 1000)]
    [0, 0, 1, 1]
    """
    shown = segments(draft, VIDEO)
    return next((index for index, one in enumerate(shown) if at < one["st"] + one["d"]), len(shown) - 1)


def trimmed(draft: Json, spans: Mapping[int, tuple[int, int]]) -> Json:
    """Show shots for so many ms each, from so many ms after where they begin now: ``{shot: (start, length)}``.

    The timeline is settled once, however many they are.

    Examples
    --------
    >>> from nemo_widgets.studio.edits import Shot, arrange, blank
    >>> made = trimmed(arrange(blank("x"), [Shot("a", "/a.mp4", 9_000)], [9_000]), {0: (2_000, 3_000)})
    >>> made["d"], segments(made, VIDEO)[0]["m"]["in"]
    (3000, 2000)
    """
    changed = deepcopy(draft)
    shown = segments(changed, VIDEO)
    for shot, (start, length) in spans.items():
        one = shown[shot]
        if one["m"].get("kind") != "image":
            one["m"]["in"] = round(one["m"].get("in", 0) + start * one["m"].get("speed", 1.0))
        one["d"] = length
        note(one["m"], length=length)
    heads = {shot: start for shot, (start, _) in spans.items()}
    return settled(carried(draft, changed, heads=heads), draft["d"])


def paced(draft: Json, chosen: list[int], speeds: list[float]) -> Json:
    """Play shots at a speed, each its own.

    Examples
    --------
    >>> from nemo_widgets.studio.edits import Shot, arrange, blank
    >>> made = paced(arrange(blank("x"), [Shot("a", "/a.mp4", 9_000)], [9_000]), [0], [2.0])
    >>> made["d"], segments(made, VIDEO)[0]["m"]["speed"]
    (4500, 2.0)
    """
    standing = places(draft, VIDEO)
    changed = Draft(draft)
    for index, speed in zip(chosen, speeds, strict=True):
        changed = changed.set_speed(standing[index], speed)
    made = deepcopy(changed.raw)
    for index in chosen:
        one = segments(made, VIDEO)[index]
        if "length" in one["m"].get("own", {}):
            note(one["m"], length=one["d"])
    return settled(carried(draft, made, scaled=True), draft["d"])


def frozen(draft: Json, at: int, length: int, shot: int | None = None) -> Json:
    """Hold the picture that is seen at a time for ``length`` ms more; a photo is just seen for longer.

    ``shot`` says which one is meant where one ends and the next begins.

    Examples
    --------
    >>> from nemo_widgets.studio.edits import Shot, arrange, blank
    >>> made = frozen(arrange(blank("x"), [Shot("a", "/a.mp4", 9_000)], [9_000]), 2_000, 1_000)
    >>> [(one["d"], one["m"]["in"], one["m"].get("freeze", False)) for one in segments(made, VIDEO)]
    [(2000, 0, False), (1000, 2000, True), (7000, 2000, False)]
    """
    number = shot_at(draft, at) if shot is None else shot
    one = segments(draft, VIDEO)[number]
    if one["m"].get("kind") == "image" or one["m"].get("freeze"):
        return trimmed(draft, {number: (0, one["d"] + length)})
    inside = one["st"] < at < one["st"] + one["d"]
    changed = split(draft, at) if inside else deepcopy(draft)
    shown = deepcopy(segments(changed, VIDEO))
    behind = at > one["st"]
    still = deepcopy(shown[number])
    speed = one["m"].get("speed", 1.0)
    last = round(one["m"].get("in", 0) + (one["d"] * speed) - FRAME)
    still["m"]["in"] = max(0, min(last, round(one["m"].get("in", 0) + (at - one["st"]) * speed)))
    still["m"] |= {"freeze": True, "speed": 1.0, "volume": 0.0}
    still |= {"id": _unused(changed, f"{one['id']}f"), "d": length}
    note(still["m"], length=length, fade_in=None, fade_out=None)
    if behind and not inside:
        note(still["m"], transition=one["m"].get("own", {}).get("transition"))
    else:
        note(still["m"], transition={"type": "none"})
    if behind:
        note(shown[number]["m"], transition={"type": "none"})
    shown.insert(number + behind, still)
    return settled(carried(draft, with_segments(changed, VIDEO, shown)), draft["d"])


def carried(before: Json, after: Json, *, heads: Mapping[int, int] | None = None, scaled: bool = False) -> Json:
    """Let titles that stand at a time of their own follow the shot on which they stood.

    ``heads`` are the ms that are missing at the beginning of shots; ``scaled`` shots play at another speed.

    Examples
    --------
    >>> shot = lambda name, st, d: {"id": name, "st": st, "d": d}
    >>> title = {"tt": 7, "sg": [{"st": 5_000, "d": 900, "m": {"text": "Hi", "place": 5_000}}]}
    >>> old = {"t": [{"tt": 0, "sg": [shot("a", 0, 4_000), shot("b", 4_000, 4_000)]}, title]}
    >>> new = {"t": [{"tt": 0, "sg": [shot("a", 0, 6_000), shot("b", 6_000, 4_000)]}, title]}
    >>> segments(carried(old, new), TEXT)[0]["m"]["place"]
    7000
    """
    changed = deepcopy(after)
    clock, starts = 0, dict[str, tuple[int, int]]()
    for one in segments(changed, VIDEO):
        starts[one["id"]] = (clock, one["d"])
        clock += one["d"]
    for title in segments(changed, TEXT):
        place = title["m"].get("place")
        if not isinstance(place, int):
            continue
        number = shot_at(before, place)
        one = segments(before, VIDEO)[number]
        if one["id"] in starts:
            start, length = starts[one["id"]]
            offset = max(0, place - one["st"] - (heads or {}).get(number, 0))
            offset = offset * length // one["d"] if scaled else offset
            title["m"]["place"] = start + min(offset, max(0, length - 1))
    return changed


def _remember(draft: Json, before: dict[str, int]) -> None:
    """Let shots that another length than ``before`` have that length as their own."""
    for one in segments(draft, VIDEO):
        if before.get(one["id"]) != one["d"]:
            note(one["m"], length=one["d"])
        transition = one["m"].get("transition", {})
        if transition == {"type": "none"} and one["id"] in before and before[one["id"]] != one["d"]:
            note(one["m"], transition=transition)


def _unused(draft: Json, wish: str) -> str:
    taken = {segment.get("id") for track in draft["t"] for segment in track["sg"]}
    return wish if wish not in taken else _unused(draft, f"{wish}f")
