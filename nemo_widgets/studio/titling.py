"""Texts of a draft: which, where in time, how long, how they look, and on which track. Pure.

A text remembers its ``place`` (``"start"``, ``"middle"``, ``"end"``, ``"whole"``, ms, or ``"on:<id>"`` for a photo or
clip) and the ``length`` that it would have, so that both come back when a video that was too short for them grows
again. One that belongs to a photo stays with it, and goes with it.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from nemo_widgets.draft.model import Draft
from nemo_widgets.studio.timeline import TEXT, VIDEO, Json, noted, places, segments
from nemo_widgets.studio.workspace import media_id_in

if TYPE_CHECKING:
    from collections.abc import Sequence

LENGTH = 3_000
"""Milliseconds that a title is shown where nobody asked for a duration."""

SIZES = ("small", "medium", "large")
HEIGHTS = {"small": 65, "medium": 108, "large": 162}
"""How high the letters of the named sizes are, in px at 1080 lines."""

Place = str | int
_LANES = {"title": ("x1", "Title"), "caption": ("x2", "Captions"), "lower-third": ("x3", "Lower thirds")}
_LOOKS: dict[str, Json] = {
    "title": {"position": "center", "size": "large", "fade": 500},
    "call-to-action": {"position": "center", "size": "medium", "fade": 500},
    "caption": {"position": "bottom", "size": "small", "fade": 300},
    "lower-third": {"position": "lower-third", "size": "small", "fade": 300, "background": "box"},
}


def texts(draft: Json | None) -> list[Json]:
    """Return the segments of all texts, as they appear in time."""
    return [segment for _, segment in _standing(draft)] if draft else []


def _standing(draft: Json) -> list[tuple[tuple[int, int], Json]]:
    """Return ((track, segment), segment) of all texts, as they appear in time."""
    return sorted(zip(places(draft, TEXT), segments(draft, TEXT), strict=True), key=lambda one: one[1]["st"])


def place_of(segment: Json) -> Place:
    """Return where a text belongs.

    Examples
    --------
    >>> place_of({"st": 0, "m": {}}), place_of({"st": 700, "m": {}}), place_of({"st": 0, "m": {"place": "end"}})
    ('start', 700, 'end')
    """
    return segment["m"].get("place", segment["st"] or "start")


def role_of(segment: Json) -> str:
    """Return what a text is there for; a title where nothing is known.

    Examples
    --------
    >>> role_of({"m": {}}), role_of({"m": {"role": "caption"}})
    ('title', 'caption')
    """
    return str(segment["m"].get("role", "title"))


def put(draft: Json, text: str, place: Place = "start", role: str = "title", **look: object) -> Json:
    """Show a text at a place, instead of the one of its role that is there; its look and length stay.

    A title that the video opens with is what the draft is called, unless another text says that.

    Examples
    --------
    >>> made = put(put({"d": 9_000, "t": []}, "Paris"), "The End", "end")
    >>> [(segment["m"]["text"], segment["st"], segment["d"]) for segment in made["t"][0]["sg"]]
    [('Paris', 0, 3000), ('The End', 6000, 3000)]
    """
    shown = texts(draft)
    lane = _lane(role)
    there = [index for index, one in enumerate(shown) if place_of(one) == place and _lane(role_of(one)) == lane]
    if there:
        return restyle(reworded(draft, there[:1], text), there[:1], **look)
    used = {segment.get("id") for segment in shown}
    number = next(n for n in range(1, len(shown) + 2) if f"x1s{n}" not in used)
    meta: Json = {"text": text} | _LOOKS[role]
    if role != "title":
        meta["role"] = role
    if place != "start":
        meta["place"] = place
    made: Json = {"id": f"x1s{number}", "st": 0, "d": LENGTH, "m": meta | look}
    opens = place == "start" and role == "title" and "m" in draft
    if opens and draft["m"].get("title") not in [one["m"]["text"] for one in shown]:
        draft = noted(draft, title=text)
    return _refitted(draft, [*((place[0], one) for place, one in _standing(draft)), (None, made)])


def reworded(draft: Json, chosen: list[int], text: str) -> Json:
    """Let some texts (counted from 0, as they appear) say something else; the draft is called as its title says.

    Examples
    --------
    >>> made = reworded(put({"d": 9_000, "t": [], "m": {"title": "Paris"}}, "Paris"), [0], "Rome")
    >>> made["t"][0]["sg"][0]["m"]["text"], made["m"]["title"]
    ('Rome', 'Rome')
    """
    standing = _standing(draft)
    changed = Draft(draft)
    for index in chosen:
        changed = changed.replace_text(standing[index][0], text)
    said = [one["m"]["text"] for _, one in (standing[index] for index in chosen) if role_of(one) == "title"]
    return noted(changed.raw, title=text) if draft.get("m", {}).get("title") in said else changed.raw


def restyle(draft: Json, chosen: list[int], **look: object) -> Json:
    """Change how some texts look, where they stand or how long they last; counted from 0, as they appear.

    Examples
    --------
    >>> made = restyle(put({"d": 9_000, "t": []}, "Paris"), [0], color="#e53935", place="end")
    >>> made["t"][0]["sg"][0]["m"]["color"], made["t"][0]["sg"][0]["st"]
    ('#e53935', 6000)
    """
    made = [(place[0], deepcopy(segment)) for place, segment in _standing(draft)]
    for index in chosen:
        made[index][1]["m"] |= look
    return _refitted(draft, made)


def dropped(draft: Json, chosen: list[int]) -> Json:
    """Take some texts away; counted from 0, as they appear. Those that are left get the room."""
    standing = [place for place, _ in _standing(draft)]
    return refitted(Draft(draft).remove(*(standing[index] for index in chosen)).raw) if chosen else draft


def refitted(draft: Json) -> Json:
    """Give every text its place and length within the video, or an equal share of it where it is too short.

    Examples
    --------
    >>> made = put({"d": 2_000, "t": []}, "Paris")
    >>> made["t"][0]["sg"][0]["d"], refitted(made | {"d": 60_000})["t"][0]["sg"][0]["d"]
    (2000, 3000)
    """
    return _refitted(draft, [(place[0], deepcopy(segment)) for place, segment in _standing(draft)])


def _refitted(draft: Json, made: Sequence[tuple[int | None, Json]]) -> Json:
    total: int = draft["d"]
    shots = {_key(one): one for one in reversed(segments(draft, VIDEO))}
    made = [(home, one) for home, one in made if _source(one) is None or _source(one) in shots]
    free = [
        one for _, one in made if _source(one) is None and place_of(one) != "whole" and role_of(one) != "lower-third"
    ]
    room = total // len(free) if sum(map(_wished, free)) > total else total
    for _, segment in made:
        place, length = place_of(segment), min(_wished(segment), room)
        if (source := _source(segment)) is not None:
            shot = shots[source]
            segment |= {"st": shot["st"], "d": min(segment["m"].get("length", shot["d"]), shot["d"])}
            continue
        if place == "whole":
            length = total
        starts = {"start": 0, "whole": 0, "middle": (total - length) // 2, "end": total - length}
        start = starts.get(place, 0) if isinstance(place, str) else max(0, min(place, total - length))
        segment |= {"st": start, "d": length}
    return _laid(draft, made)


def on(shot: Json) -> str:
    """Return the place that is on a photo or clip, wherever it goes.

    Examples
    --------
    >>> on({"m": {"src": "/media/" + "a" * 32 + "/rome.jpg"}})
    'on:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'
    """
    return f"on:{_key(shot)}"


def _key(shot: Json) -> str:
    source = str(shot["m"].get("src"))
    return media_id_in(source) or source


def _wished(segment: Json) -> int:
    return int(segment["m"].get("length", max(LENGTH, segment["d"])))


def _source(segment: Json) -> str | None:
    """Return the source of the photo or clip that a text belongs to."""
    place = place_of(segment)
    return place.removeprefix("on:") if isinstance(place, str) and place.startswith("on:") else None


def _lane(role: str) -> str:
    return role if role in _LANES else "title"


def _laid(draft: Json, made: Sequence[tuple[int | None, Json]]) -> Json:
    """Put texts on tracks so that none overlaps another: the one that it stands on, one of its kind, or a new one."""
    changed = deepcopy(draft)
    known = {number: track for number, track in enumerate(changed["t"]) if track["tt"] == TEXT}
    lanes: list[tuple[str, Json]] = []
    at: dict[int, int] = {}
    for number, track in known.items():
        at[number] = len(lanes)
        lanes.append((_lane(role_of(track["sg"][0])) if track["sg"] else "title", track | {"sg": []}))
    for home, segment in sorted(made, key=lambda one: (one[1]["st"], one[0] is None)):
        lane = _lane(role_of(segment))
        own = [at[home]] if home is not None else []
        rooms = [*own, *(index for index, (kind, _) in enumerate(lanes) if kind == lane and index not in own)]
        chosen = next((index for index in rooms if _free(lanes[index][1]["sg"], segment)), None)
        if chosen is None:
            chosen = len(lanes)
            lanes.append((lane, _new_track(lane, {str(track.get("id")) for _, track in lanes})))
        lanes[chosen][1]["sg"].append(segment)
    others = [track for track in changed["t"] if track["tt"] != TEXT]
    changed["t"] = [
        *(track for track in others if track["tt"] < TEXT),
        *(track for _, track in lanes if track["sg"]),
        *(track for track in others if track["tt"] > TEXT),
    ]
    return changed


def _free(standing: list[Json], segment: Json) -> bool:
    return all(one["st"] + one["d"] <= segment["st"] or segment["st"] + segment["d"] <= one["st"] for one in standing)


def _new_track(lane: str, used: set[str]) -> Json:
    first, name = _LANES[lane]
    names = [first, *(f"x{number}" for number in range(4, len(used) + 5))]
    return {"id": next(one for one in names if one not in used), "tt": TEXT, "m": {"name": name}, "sg": []}
