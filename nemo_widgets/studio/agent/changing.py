"""Orders about pictures and time carried out on the draft, with what is said about each."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from nemo_widgets.studio import beats, cutting, edits
from nemo_widgets.studio.agent import showing, stamping
from nemo_widgets.studio.agent.base import Call, Result
from nemo_widgets.studio.agent.ordering import CannotPoint, found
from nemo_widgets.studio.agent.pictures import material_of, standing
from nemo_widgets.studio.timeline import noted

if TYPE_CHECKING:
    from collections.abc import Callable

    from nemo_widgets.studio.agent.base import AgentEvent, Context
    from nemo_widgets.studio.agent.grammar import Change
    from nemo_widgets.studio.agent.rules import Work
    from nemo_widgets.studio.agent.voice import Voice
    from nemo_widgets.studio.timeline import Json

FREEZE = 2_000
"""Milliseconds for which a picture is frozen where nobody says."""

SLOWEST, FASTEST = 1 / 16, 16.0
LEAST_SIDE, MOST_SIDE = 128, 4_096
_CUTS = ("keep", "cut", "split", "length", "speed", "freeze")


@dataclass
class Desk:
    """A draft on which orders are carried out, and what there is to say about it."""

    draft: Json
    context: Context
    voice: Voice
    said: list[str] = field(default_factory=list[str])

    @property
    def shots(self) -> list[Json]:
        """The segments that are seen one after another."""
        return edits.segments(self.draft, edits.VIDEO)

    def chosen(self, change: Change) -> list[int]:
        """Return which shots an order is about: those pointed at, or all."""
        shots = standing(self.draft)
        chosen = found(change.picks, shots) if change.picks else list(range(len(self.shots)))
        if not change.but:
            return chosen
        left = set(found(change.but, shots))
        return [index for index in chosen if index not in left]

    def names(self, chosen: list[int]) -> str:
        """Return what some shots are called."""
        return self.voice.names(self.shots[index]["m"].get("name", "") for index in chosen)

    def most(self, index: int) -> int | None:
        """Return for how long a shot can be seen from where it begins, in ms; None for a photo."""
        known = {one.id: one for one in self.context.materials}
        one = self.shots[index]
        return None if one["m"].get("kind") == "image" or one["m"].get("freeze") else material_of(one, known)

    def say(self, key: str, **details: Any) -> None:
        """Note a sentence."""
        self.said.append(self.voice(key, **details))


def carry_out(
    changes: tuple[Change, ...], draft: Json, context: Context, voice: Voice
) -> tuple[Json, list[str], list[AgentEvent]]:
    """Carry orders out one after another; return the draft, what to say, and the steps.

    Raises
    ------
    CannotPoint
        Where something that isn't there is pointed at, or an order makes no sense for what is there.
    """
    desk = Desk(draft, context, voice)
    events: list[AgentEvent] = []
    for change in changes:
        if change.verb == "beats":
            desk.draft = edits.styled(desk.draft, beats=change.facts["on"])
            if not change.facts["on"]:
                desk.say("beats-off")
            continue
        _VERBS[change.verb](change, desk)
        events += [
            Call(f"{change.verb}_pictures", dict(change.facts)),
            Result(f"{change.verb}_pictures", {"status": "success"}),
        ]
    if desk.draft["d"] != draft["d"] and any(change.verb in _CUTS for change in changes):
        desk.say("lasts-now", duration=voice.duration(desk.draft["d"]))
    return desk.draft, desk.said, events


def align(changes: tuple[Change, ...], context: Context, voice: Voice, work: Work) -> None:
    """Let the cuts fall on the beats, where they are to; where there are none, that is said to whom asked."""
    asked = any(change.verb == "beats" and change.facts["on"] for change in changes)
    if not edits.style_of(work.draft).get("beats"):
        return
    if beats.beat_of(work.draft) is None:
        work.undone += [voice("no-beats")] if asked else []
        return
    desk = Desk(work.draft, context, voice)
    work.draft = beats.on_beats(work.draft, [desk.most(index) for index in range(len(desk.shots))])
    work.said += [voice("beats")] if asked else []


def _keep(change: Change, desk: Desk) -> None:
    part = change.part
    if part is None:
        return
    if not change.picks:
        spans = _spans(change, desk.draft["d"])
        gaps = zip([0, *(end for _, end in spans)], [*(start for start, _ in spans), desk.draft["d"]], strict=True)
        for start, end in reversed(list(gaps)):
            desk.draft = cutting.cut_out(desk.draft, start, end) if start < end else desk.draft
        desk.say("kept", span=_told(spans, desk))
        return
    kept: dict[int, tuple[int, int]] = {}
    for index in desk.chosen(change):
        one = desk.shots[index]
        longest = desk.most(index) or one["d"]
        start, end = part.within(one["d"])
        if start >= longest:
            raise CannotPoint("past-clip", name=one["m"]["name"], wanted=longest)
        end = min(end if end > start else longest, longest)  # It may have been cut off before that.
        kept[index] = (start, end - start)
        desk.say("kept-of", name=one["m"]["name"], span=desk.voice.span(start, end))
    desk.draft = cutting.trimmed(desk.draft, kept)


def _cut(change: Change, desk: Desk) -> None:
    if ends := change.facts.get("ends"):
        _cut_ends(change, desk, ends)
        return
    if not change.picks:
        spans = _spans(change, desk.draft["d"])
        if sum(end - start for start, end in spans) >= desk.draft["d"]:
            raise CannotPoint("nothing-left")
        for start, end in reversed(spans):
            desk.draft = cutting.cut_out(desk.draft, start, end)
        desk.say("cut", span=_told(spans, desk))
        return
    trims: dict[int, tuple[int, int]] = {}
    holes: list[tuple[int, int, int]] = []
    for index in reversed(desk.chosen(change)):
        one = desk.shots[index]
        start, end = _within(change, one["d"], name=one["m"]["name"])
        if start <= 0 and end >= one["d"]:
            raise CannotPoint("whole-clip", name=one["m"]["name"], wanted=one["d"])
        if start <= 0:
            trims[index] = (end, one["d"] - end)
        elif end >= one["d"]:
            trims[index] = (0, start)
        else:
            holes.append((index, start, end))
        desk.say("cut-of", name=one["m"]["name"], span=desk.voice.span(start, end))
    desk.draft = cutting.trimmed(desk.draft, trims) if trims else desk.draft
    for index, start, end in holes:  # From the last one on: what is cut in two counts as two.
        at = desk.shots[index]["st"]
        desk.draft = cutting.cut_out(desk.draft, at + start, at + end)


def _cut_ends(change: Change, desk: Desk, by: int) -> None:
    if not change.picks:
        total = desk.draft["d"]
        if 2 * by >= total:
            raise CannotPoint("nothing-left")
        desk.draft = cutting.kept(desk.draft, by, total - by)
        desk.say("kept", span=desk.voice.span(by, total - by))
        return
    left: dict[int, tuple[int, int]] = {}
    for index in desk.chosen(change):
        one = desk.shots[index]
        if 2 * by >= one["d"]:
            raise CannotPoint("whole-clip", name=one["m"]["name"], wanted=one["d"])
        left[index] = (by, one["d"] - 2 * by)
        desk.say("shot-lasts", names=one["m"]["name"], duration=desk.voice.duration(one["d"] - 2 * by))
    desk.draft = cutting.trimmed(desk.draft, left)


def _spans(change: Change, total: int) -> list[tuple[int, int]]:
    """Return the stretches of an order in their order, those that meet as one."""
    made: list[tuple[int, int]] = []
    for start, end in sorted(
        _within(replace(change, part=part), total) for part in change.facts.get("parts", [change.part])
    ):
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return made


def _told(spans: list[tuple[int, int]], desk: Desk) -> str:
    return desk.voice.names(desk.voice.span(start, end) for start, end in spans)


def _within(change: Change, total: int, name: str | None = None) -> tuple[int, int]:
    """Return a stretch that lies within something of this length."""
    start, end = change.part.within(total) if change.part else (0, total)
    longer = change.part is not None and change.part.of == "end" and (change.part.start or 0) > total
    if start >= total or longer or (start == 0 and end > total):
        raise CannotPoint("past-clip" if name else "past-end", name=name, wanted=total)
    return start, min(end, total)


def _cuts(change: Change, total: int) -> list[int]:
    """Return where something of this length is split: at the times that are named, or into equal parts."""
    parts = change.facts.get("parts", 2)
    return list(change.facts.get("at") or [total * number // parts for number in range(1, parts)])


def _split(change: Change, desk: Desk) -> None:
    times: list[int] = []
    if change.picks:
        for index in desk.chosen(change):
            one = desk.shots[index]
            times += [one["st"] + at for at in _cuts(change, one["d"])]
            if any(not 0 < at < one["d"] for at in change.facts.get("at", ())):
                raise CannotPoint("past-clip", name=one["m"]["name"], wanted=one["d"])
    else:
        times = _cuts(change, desk.draft["d"])
    for at in times:
        if not 0 < at < desk.draft["d"]:
            raise CannotPoint("past-end", wanted=desk.draft["d"])
        if at not in {one["st"] for one in desk.shots}:
            desk.draft = cutting.split(desk.draft, at)
    desk.say(
        "split",
        times=desk.voice.names(desk.voice.clock(at) for at in times),
        names=desk.names(list(range(len(desk.shots)))),
    )


def _length(change: Change, desk: Desk) -> None:
    chosen, facts = desk.chosen(change), change.facts
    lasts: dict[int, tuple[int, int]] = {}
    for index in chosen:
        one = desk.shots[index]
        wanted = facts.get("to") or one["d"] + facts.get("by", 0)
        if "times" in facts:
            wanted = int(round(_compared(change, desk, one["d"]) * facts["times"], -2))
        if facts.get("most") and wanted >= one["d"]:
            continue
        if wanted < edits.LEAST_SHOT:
            raise CannotPoint("too-brief", name=one["m"]["name"])
        longest = desk.most(index)
        if longest is not None and wanted > longest:
            desk.say("clip-lasts", name=one["m"]["name"], duration=desk.voice.duration(longest))
            wanted = longest
        lasts[index] = (0, wanted)
    desk.draft = cutting.trimmed(desk.draft, lasts)
    lengths = {desk.shots[index]["d"] for index in chosen}
    if len(lengths) == 1:
        desk.say("shot-lasts", names=desk.names(chosen), duration=desk.voice.duration(lengths.pop()))


def _compared(change: Change, desk: Desk, now: int) -> int:
    """Return what a shot is to be longer or shorter than, in ms: it was so itself, or others are."""
    others = [desk.shots[index]["d"] for index in found(change.beside, standing(desk.draft))]
    return (max if change.facts["times"] > 1 else min)(now, *others) if others else now


def _speed(change: Change, desk: Desk) -> None:
    if change.part is not None:
        start, end = _within(change, desk.draft["d"])
        for at in (start, end):
            if at not in {0, desk.draft["d"], *(one["st"] for one in desk.shots)}:
                desk.draft = cutting.split(desk.draft, at)
        chosen = [index for index, one in enumerate(desk.shots) if start <= one["st"] < end]
    else:
        chosen = desk.chosen(change)
    chosen = [index for index in chosen if not desk.shots[index]["m"].get("freeze")]
    factor = change.facts["factor"]
    now = [float(desk.shots[index]["m"].get("speed", 1.0)) for index in chosen]
    speeds = [round(speed * factor, 4) if change.facts["by"] else factor for speed in now]
    if not all(SLOWEST <= speed <= FASTEST for speed in speeds):
        raise CannotPoint("speed-range")
    desk.draft = cutting.paced(desk.draft, chosen, speeds)
    told = desk.voice.names(dict.fromkeys(f"{speed:g}" for speed in speeds))
    if change.picks or change.part:
        desk.say("speed-of", names=desk.names(chosen), speed=told)
    else:
        desk.say("speed", speed=told)


def _freeze(change: Change, desk: Desk) -> None:
    facts = change.facts
    length = facts["for"] or FREEZE
    index = desk.chosen(change)[0 if facts["first"] and not change.picks else -1]
    one = desk.shots[index]
    if facts["at"] is None:
        at = one["st"] if facts["first"] else one["st"] + one["d"]
    else:
        at = facts["at"] + (one["st"] if change.picks else 0)
        index = None
    if not 0 <= at <= desk.draft["d"]:
        raise CannotPoint("past-end", wanted=desk.draft["d"])
    desk.draft = cutting.frozen(desk.draft, at, length, index)
    desk.say("frozen", at=desk.voice.clock(at), duration=desk.voice.duration(length))


def _frame(change: Change, desk: Desk) -> None:
    facts = change.facts
    if lines := facts.get("lines"):
        desk.draft = edits.set_canvas(desk.draft, sized((desk.draft["m"]["width"], desk.draft["m"]["height"]), lines))
        desk.say("size", size=f"{desk.draft['m']['width']}×{desk.draft['m']['height']}")
    if size := facts.get("size"):
        if not all(LEAST_SIDE <= side <= MOST_SIDE for side in size):
            raise CannotPoint("size-range")
        desk.draft = edits.set_canvas(desk.draft, (size[0] // 2 * 2, size[1] // 2 * 2))
        desk.say("size", size=f"{desk.draft['m']['width']}×{desk.draft['m']['height']}")
    if ground := facts.get("ground"):
        desk.draft = noted(desk.draft, background=ground)
        desk.say("ground", color=desk.voice.look([ground]))
        if not any(one["m"].get("fit") == "contain" for one in desk.shots):
            desk.say("ground-hidden")
    if fps := facts.get("fps"):
        if not 10 <= fps <= 120:
            raise CannotPoint("fps-range")
        desk.draft = noted(desk.draft, fps=int(fps) if float(fps).is_integer() else fps)
        desk.say("fps", fps=f"{fps:g}")


def sized(size: tuple[int, int], lines: int) -> tuple[int, int]:
    """Return a picture size with so many pixels on its shorter side, in the same ratio.

    Examples
    --------
    >>> sized((1920, 1080), 720), sized((1080, 1920), 2160)
    ((1280, 720), (2160, 3840))
    """
    shorter = min(size)
    width, height = (2 * round(side * lines / shorter / 2) for side in size)
    return width, height


_VERBS: dict[str, Callable[[Change, Any], None]] = {
    "keep": _keep,
    "cut": _cut,
    "split": _split,
    "length": _length,
    "speed": _speed,
    "freeze": _freeze,
    "frame": _frame,
    "transition": showing.transition,
    "fade": showing.fade,
    "motion": showing.motion,
    "fit": showing.fit,
    "look": showing.look,
    "logo": stamping.logo,
}
