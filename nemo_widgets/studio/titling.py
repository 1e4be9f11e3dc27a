"""Titles of a draft: which, where in time, how long, and how they look. Pure.

A title remembers its ``place`` (``"start"``, ``"middle"``, ``"end"`` or ms) and the ``length`` that it would have, so
that both come back when a video that was too short for them grows again.
"""

from __future__ import annotations

from copy import deepcopy

from nemo_widgets.draft.model import Draft
from nemo_widgets.studio.timeline import TEXT, Json, places, segments, tracks, with_segments

LENGTH = 3_000
"""Milliseconds that a title is shown where nobody asked for a duration."""

SIZES = ("small", "medium", "large")

Place = str | int


def place_of(segment: Json) -> Place:
    """Return where a title belongs.

    Examples
    --------
    >>> place_of({"st": 0, "m": {}}), place_of({"st": 700, "m": {}}), place_of({"st": 0, "m": {"place": "end"}})
    ('start', 700, 'end')
    """
    return segment["m"].get("place", segment["st"] or "start")


def put(draft: Json, text: str, place: Place = "start", **look: object) -> Json:
    """Show a text at a place, instead of the one that is there; its look and length stay.

    Examples
    --------
    >>> made = put(put({"d": 9_000, "t": []}, "Paris"), "The End", "end")
    >>> [(segment["m"]["text"], segment["st"], segment["d"]) for segment in made["t"][0]["sg"]]
    [('Paris', 0, 3000), ('The End', 6000, 3000)]
    """
    shown = segments(draft, TEXT)
    there = next((index for index, segment in enumerate(shown) if place_of(segment) == place), None)
    if there is not None:
        changed = Draft(draft).replace_text(places(draft, TEXT)[there], text).raw
        return restyle(changed, [there], **look)
    used = {segment.get("id") for segment in shown}
    number = next(n for n in range(1, len(shown) + 2) if f"x1s{n}" not in used)
    meta: Json = {"text": text, "position": "center", "size": "large", "fade": 500}
    if place != "start":
        meta["place"] = place
    made: Json = {"id": f"x1s{number}", "st": 0, "d": LENGTH, "m": meta | look}
    return refitted(with_segments(draft, TEXT, [*shown, made]))


def restyle(draft: Json, chosen: list[int], **look: object) -> Json:
    """Change how some titles look, where they stand or how long they last; counted from 0.

    Examples
    --------
    >>> made = restyle(put({"d": 9_000, "t": []}, "Paris"), [0], color="#e53935", place="end")
    >>> made["t"][0]["sg"][0]["m"]["color"], made["t"][0]["sg"][0]["st"]
    ('#e53935', 6000)
    """
    made: list[Json] = deepcopy(segments(draft, TEXT))
    for index in chosen:
        made[index]["m"] |= look
    return refitted(with_segments(draft, TEXT, made))


def dropped(draft: Json, chosen: list[int]) -> Json:
    """Take some titles away; counted from 0. Those that are left get the room."""
    standing = places(draft, TEXT)
    return refitted(Draft(draft).remove(*(standing[index] for index in chosen)).raw)


def _start(segment: Json) -> int:
    return segment["st"]


def refitted(draft: Json) -> Json:
    """Give every title its place and length within the video, or an equal share of it where it is too short.

    Examples
    --------
    >>> made = put({"d": 2_000, "t": []}, "Paris")
    >>> made["t"][0]["sg"][0]["d"], refitted(made | {"d": 60_000})["t"][0]["sg"][0]["d"]
    (2000, 3000)
    """
    changed = deepcopy(draft)
    total: int = changed["d"]
    shown = segments(changed, TEXT)
    lengths = [int(segment["m"].get("length", max(LENGTH, segment["d"]))) for segment in shown]
    room = total // len(shown) if sum(lengths) > total else total
    for segment, length in zip(shown, lengths, strict=True):
        place = place_of(segment)
        length = min(length, room)  # noqa: PLW2901 - what is left of it
        starts = {"start": 0, "middle": (total - length) // 2, "end": total - length}
        start = starts[place] if isinstance(place, str) else min(place, total - length)
        segment |= {"st": start, "d": length}
    for track in tracks(changed, TEXT):
        track["sg"] = sorted(track["sg"], key=_start)
    return changed
