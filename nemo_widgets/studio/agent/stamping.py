"""Orders about logos, carried out."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from nemo_widgets.studio import edits, logos
from nemo_widgets.studio.agent.ordering import CannotPoint
from nemo_widgets.studio.agent.pointing import is_logo
from nemo_widgets.studio.timeline import overlays, with_segments
from nemo_widgets.studio.workspace import media_id_in

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.base import Material
    from nemo_widgets.studio.agent.changing import Desk
    from nemo_widgets.studio.agent.clock import Part
    from nemo_widgets.studio.agent.grammar import Change

_STEP = 1.5


def logos_of(changes: tuple[Change, ...], materials: tuple[Material, ...]) -> set[str]:
    """Return the files that are to lie over the video: they are no pictures of their own in a new one.

    Examples
    --------
    >>> from nemo_widgets.studio.agent.base import Material
    >>> from nemo_widgets.studio.agent.grammar import Change
    >>> files = (Material("1", "logo.png", "image", ""), Material("2", "beach.jpg", "image", ""))
    >>> logos_of((Change("logo", facts={"put": True}),), files), logos_of((), files)
    ({'1'}, set())
    """
    wanted = [change for change in changes if change.verb == "logo" and change.facts.get("put")]
    files = {pick.file for change in wanted for pick in change.picks}
    named = any(not change.picks for change in wanted)
    return {one.id for one in materials if one.id in files or (named and one.kind == "image" and is_logo(one.name))}


def logo(change: Change, desk: Desk) -> None:
    """Lay a logo over the video, move or change it, or take it away."""
    facts = change.facts
    there = overlays(desk.draft)
    if facts.get("drop"):
        desk.draft = logos.lifted(desk.draft)
        desk.say("logo-gone" if there else "nothing-to-remove")
        return
    same = not change.picks or media_id_in(there[0]["m"]["src"]) == change.picks[0].file if there else False
    if same:
        desk.draft = logos.relaid(desk.draft, **_look(facts, there[0]["m"]))
    elif facts.get("put"):
        one = _file(change, desk)
        desk.draft = logos.laid(_without(one, desk), PurePosixPath(one.name).stem, one.url, **_look(facts, {}))
    else:
        raise CannotPoint("no-logo")
    seen = _window(facts.get("when"), desk.draft["d"])
    if seen:
        desk.draft = logos.shown(desk.draft, *seen)
    meta = overlays(desk.draft)[0]["m"]
    details = {"name": meta["name"], "place": desk.voice.kind(meta["place"])}
    desk.say(
        "logo",
        width=round(100 * meta.get("scale", logos.SCALE)),
        opacity=round(100 * meta.get("opacity", 1)),
        **details,
    )
    if seen:
        desk.say("logo-when", span=desk.voice.span(*seen))


def _window(when: Part | None, total: int) -> tuple[int, int] | None:
    """Return from when to when a logo is seen, in ms; None where that is all the time, or as it was."""
    if when is None:
        return None
    start, end = when.within(total)
    if start >= total:
        raise CannotPoint("past-end", wanted=total)
    return start, min(end, total)


def _look(facts: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    made = {key: facts[key] for key in ("place", "scale", "opacity") if key in facts}
    scale = now.get("scale", logos.SCALE)
    if facts.get("smaller") or facts.get("larger"):
        made["scale"] = round(scale / _STEP if facts.get("smaller") else scale * _STEP, 3)
    if facts.get("fainter"):
        made["opacity"] = round(0.6 * now.get("opacity", 1), 3)
    if "scale" in made:
        made["scale"] = min(logos.LARGEST, max(logos.SMALLEST, made["scale"]))
    if "opacity" in made:
        made["opacity"] = min(1.0, max(0.05, made["opacity"]))
    return made


def _file(change: Change, desk: Desk) -> Material:
    """Return the picture that is meant: the one named, one that is called a logo, or one that isn't used yet."""
    images = [one for one in desk.context.materials if one.kind == "image"]
    if change.picks:
        wanted = change.picks[0]
        chosen = [one for one in images if one.id == wanted.file]
        if not chosen:
            raise CannotPoint("no-such-file", name=wanted.name, names=[one.name for one in desk.context.materials])
        return chosen[0]
    named = [one for one in images if is_logo(one.name)]
    shown = {media_id_in(one["m"].get("src", "")) for one in desk.shots}
    spare = [one for one in images if one.id not in shown]
    for some in (named, spare):
        if len(some) == 1:
            return some[0]
    raise CannotPoint("which-logo", names=[one.name for one in named or images])


def _without(one: Material, desk: Desk) -> dict[str, Any]:
    """Return the draft without the shot of a file that is called a logo: it is no picture of its own any more."""
    if not is_logo(one.name):
        return desk.draft
    left = [shot for shot in desk.shots if media_id_in(shot["m"].get("src", "")) != one.id]
    if not left or len(left) == len(desk.shots):
        return desk.draft
    desk.say("logo-no-shot", name=PurePosixPath(one.name).stem)
    return edits.settled(with_segments(desk.draft, edits.VIDEO, left))
