"""Orders about how pictures are shown, carried out: transitions, fades, motion, fit, looks."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from nemo_widgets.studio import edits
from nemo_widgets.studio.agent.ordering import CannotPoint
from nemo_widgets.studio.styling import looking, owned
from nemo_widgets.studio.timeline import noted

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.changing import Desk
    from nemo_widgets.studio.agent.grammar import Change

SHORTEST, LONGEST = 100, 4_000
_PLAIN = {"look": "none", "brightness": 0, "contrast": 1, "saturation": 1}


def transition(change: Change, desk: Desk) -> None:
    """Let all shots, or two of them, give way in another way."""
    facts = dict(change.facts)
    style = edits.style_of(desk.draft)
    length = facts.get("d") or style["crossfade"] or edits.CROSSFADE
    length = min(LONGEST, max(SHORTEST, length))
    among = facts.pop("among", None)
    kinds = [_kind(one) for one in desk.shots]
    if among and set(kinds) != set(among):
        places = [i for i, pair in enumerate(pairwise(kinds)) if sorted(pair) == sorted(among)]
        if not places:
            raise CannotPoint("no-neighbours", names=[desk.voice.kind(kind) for kind in dict.fromkeys(among)])
        kind = facts.get("type") or style.get("transition", "crossfade")
        desk.draft = owned(desk.draft, places, transition={"type": kind, "d": length})
        _tell(desk, places[0], desk.voice.names(desk.voice.kind(kind) for kind in dict.fromkeys(among)))
        return
    if not change.picks:
        facts.setdefault("type", style.get("transition", "crossfade"))
        chosen: dict[str, Any] = {"transition": facts["type"], "crossfade": length}
        desk.draft = edits.styled(desk.draft, **(chosen if facts["type"] != "none" else {"crossfade": 0}))
        there = [one["m"].get("transition", {}) for one in desk.shots[:-1]]
        longest = max((one.get("d", 0) for one in there), default=length)
        desk.say("transitions", kind=desk.voice.kind(facts["type"]), duration=desk.voice.duration(longest))
        return
    first, second = _neighbours(change, desk)
    now = desk.shots[first]["m"].get("own", {}).get("transition", {})
    kind = facts.get("type") or now.get("type") or style.get("transition", "crossfade")
    desk.draft = owned(desk.draft, [first], transition={"type": kind, "d": length})
    _tell(desk, first, desk.names([first, second]))


def _kind(segment: dict[str, Any]) -> str:
    return "image" if segment["m"].get("kind") == "image" else "video"


def _tell(desk: Desk, place: int, names: str) -> None:
    made = desk.shots[place]["m"]["transition"]
    if made["type"] == "none":
        desk.say("no-transition-between", names=names)
    else:
        desk.say(
            "transition-between",
            kind=desk.voice.kind(made["type"]),
            duration=desk.voice.duration(made["d"]),
            names=names,
        )


def _neighbours(change: Change, desk: Desk) -> tuple[int, int]:
    chosen = sorted(desk.chosen(change))
    if len(chosen) != 2 or chosen[0] + 1 != chosen[1]:
        raise CannotPoint("not-neighbours", names=[desk.shots[index]["m"]["name"] for index in chosen])
    return chosen[0], chosen[1]


def fade(change: Change, desk: Desk) -> None:
    """Let the picture come from black, or go to it."""
    wanted = {f"fade_{end}": change.facts["d"] for end in change.facts["ends"]} if "d" in change.facts else {}
    if "times" in change.facts:
        wanted = _faded_longer(change, desk)
    if change.definite:
        chosen = desk.chosen(change)
        desk.draft = owned(desk.draft, chosen, **wanted)
    else:
        desk.draft = edits.styled(desk.draft, **wanted)
        chosen = []
    for key in wanted:
        edge = desk.shots[chosen[0] if chosen else (0 if key == "fade_in" else -1)]
        desk.say(key.replace("fade_", "picture-"), duration=desk.voice.duration(edge["m"].get(key, 0)))


def _faded_longer(change: Change, desk: Desk) -> dict[str, int]:
    """Return the fades of the whole that there are, so many times as long."""
    edges = {"fade_in": desk.shots[0]["m"], "fade_out": desk.shots[-1]["m"]}
    there = {
        key: int(meta.get(key, 0)) for key, meta in edges.items() if key.removeprefix("fade_") in change.facts["ends"]
    }
    return {key: round(length * change.facts["times"]) for key, length in there.items() if length}


def motion(change: Change, desk: Desk) -> None:
    """Let photos move in another way, or keep still."""
    kind = change.facts["motion"]
    if change.definite or any(pick.kind == "video" for pick in change.picks):
        chosen = desk.chosen(change)
        desk.draft = owned(desk.draft, chosen, motion=kind)
        desk.say("motion-of", names=desk.names(chosen), kind=desk.voice.kind(kind))
        return
    desk.draft = edits.styled(desk.draft, motion=kind, move=kind != "none")
    desk.say("motion-all", kind=desk.voice.kind(kind))


def fit(change: Change, desk: Desk) -> None:
    """Let pictures fill the frame, or be seen whole, on black or on their own blur."""
    kind = change.facts["fit"]
    if change.definite:
        chosen = desk.chosen(change)
        desk.draft = owned(desk.draft, chosen, fit=kind)
        desk.say("fit-of", names=desk.names(chosen), kind=desk.voice.kind(kind))
        return
    desk.draft = edits.styled(desk.draft, fit=kind)
    desk.say(kind)


def look(change: Change, desk: Desk) -> None:
    """Change colours and light, of all or of some; with no facts they are as they were taken."""
    style: dict[str, Any] = edits.style_of(desk.draft).get("look", {})
    chosen = desk.chosen(change)
    if change.picks:
        for index in chosen:
            own: dict[str, Any] = desk.shots[index]["m"].get("own", {}).get("look", {})
            made = looking(style | own, **change.facts) if change.facts else (_PLAIN if style else None)
            desk.draft = owned(desk.draft, [index], look=made)
    elif change.facts and "look" not in change.facts:
        every = desk.draft["m"].get("style", {})
        desk.draft = noted(desk.draft, style=every | {"look": looking(style, **change.facts)})
        for index in chosen:
            own = desk.shots[index]["m"].get("own", {}).get("look", {})
            mine = {key: value for key, value in looking(own, **change.facts).items() if key in own}
            if mine:
                desk.draft = owned(desk.draft, [index], look=mine)
        desk.draft = edits.styled(desk.draft)
    else:
        desk.draft = edits.styled(desk.draft, look=looking(style, **change.facts) if change.facts else {})
    words = _words(change.facts, desk)
    if change.picks:
        desk.say("look-of", names=desk.names(chosen), look=words)
    else:
        desk.say("look", look=words)


def _words(facts: dict[str, Any], desk: Desk) -> str:
    if not facts:
        return desk.voice.kind("plain")
    named = [
        desk.voice.kind(value if key == "look" else f"{key}-{'up' if value > (key != 'brightness') else 'down'}")
        for key, value in facts.items()
    ]
    return desk.voice.names(named)
