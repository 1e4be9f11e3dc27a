"""Photos and clips: which of them, in which order, for how long. The wish and the session → the timeline."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from nemo_widgets.studio import edits
from nemo_widgets.studio.agent import stamping
from nemo_widgets.studio.agent.looks import FASTER, SLOWER
from nemo_widgets.studio.agent.ordering import CannotPoint, Ordered, found, ordered
from nemo_widgets.studio.styling import note
from nemo_widgets.studio.timeline import noted
from nemo_widgets.studio.workspace import media_id_in

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.base import Context, Material
    from nemo_widgets.studio.agent.pointing import Pick
    from nemo_widgets.studio.agent.voice import Voice
    from nemo_widgets.studio.agent.wish import Wish

SHORTEST, LONGEST = 1_000, 30 * 60_000
SLOWEST_FADE, FASTEST_FADE = 4_000, 100


@dataclass(frozen=True)
class Cut:
    """What is to stand on the timeline: the shots, and each one's length in ms.

    ``wanted`` is how long the whole was to be, None where nobody said; ``done`` what orders did; ``absent`` which files
    stay out.
    """

    done: Ordered
    lengths: list[int]
    wanted: int | None
    absent: tuple[edits.Shot, ...]

    @property
    def shots(self) -> list[edits.Shot]:
        """What is seen, in order."""
        return self.done.shots


def rebuilds(wish: Wish, context: Context) -> bool:
    """Say whether a wish puts photos and clips on the timeline anew."""
    if not edits.segments(context.draft, edits.VIDEO):
        return not wish.restart or wish.make or wish.timed
    if wish.restart and not (wish.make or wish.timed):
        return False
    return wish.make or wish.adds or wish.everything or wish.timed or bool(wish.orders)


_ROUNDED = 100
"""How far apart, in ms, two lengths are that read alike."""


def cut(wish: Wish, context: Context) -> Cut:
    """Return what a wish puts on the timeline.

    Raises
    ------
    CannotPoint
        With the sentence that says why it can't be.
    """
    standing, fresh, absent = _available(wish, context)
    done = ordered([*standing, *fresh], wish.orders, absent)
    wanted = _wanted(wish, done.shots, anew=not standing)
    if wish.make and wanted is not None:
        wanted = round(wanted * _pace(wish))
    if wanted is not None and not SHORTEST <= wanted <= LONGEST:
        raise CannotPoint("duration-range")
    if wanted is not None and wanted < len(done.shots) * edits.LEAST_SHOT:
        raise CannotPoint("too-many", count=len(done.shots), wanted=wanted)
    if wish.each and not wish.duration:
        done.shots = [_unheld(shot) for shot in done.shots]
        lengths = [wish.each if shot.length is None else shot.usual for shot in done.shots]
    elif wanted is not None:
        lengths = _shares(done.shots, wanted, _fixed(done.shots, wish))
    else:
        lengths = [shot.usual for shot in done.shots]
    # Clips last no longer than they do: of one of half a second, a video of half a second is made.
    shortest = min(SHORTEST, sum(SHORTEST if shot.length is None else shot.length for shot in done.shots))
    if not shortest <= sum(lengths) <= LONGEST and not wish.orders:
        raise CannotPoint("duration-range")
    left = tuple(shot for shot in (*absent, *done.removed) if shot not in done.shots)
    return Cut(done, lengths, wanted, left)


def _available(wish: Wish, context: Context) -> tuple[list[edits.Shot], list[edits.Shot], list[edits.Shot]]:
    """Return what stands on the timeline, what comes to it, and what stays out, each in order."""
    stamps = stamping.logos_of(wish.changes, context.materials)
    visual = {one.id: one for one in context.materials if one.kind != "audio" and one.id not in stamps}
    visual = visual or {one.id: one for one in context.materials if one.kind != "audio"}
    draft = None if wish.restart else context.draft
    standing = [_standing(segment, visual) for segment in edits.segments(draft, edits.VIDEO)]
    placed = {media_id_in(shot.src) for shot in standing}
    others = [shot_of(one) for one in visual.values() if one.id not in placed]
    if wish.everything and wish.make:
        kept = {media_id_in(shot.src): shot for shot in standing}
        volumes = {key: shot.volume for key, shot in kept.items()}
        return [], [replace(shot_of(one), volume=volumes.get(one.id, 1.0)) for one in visual.values()], []
    out: set[str] = set(draft["m"].get("left_out", ())) if draft else set()
    if wish.everything or not standing:
        out = set()
    if standing and not (wish.make or wish.adds or wish.everything):
        return standing, [], others
    fresh = [shot for shot in others if media_id_in(shot.src) not in out]
    return standing, fresh, [shot for shot in others if shot not in fresh]


def _pace(wish: Wish) -> float:
    """Return how many times as fast the whole is to play: so much more of it goes into a length that is asked for."""
    speeds = [one.facts["factor"] for one in wish.changes if one.verb == "speed" and not one.picks and not one.part]
    return speeds[-1] if speeds else 1.0


def _fixed(shots: list[edits.Shot], wish: Wish) -> dict[int, int]:
    """Return how long those are seen that stay as they are, in ms, by their place."""
    there = found(wish.stays, shots)
    return {
        index: one.length or one.usual if wish.whole else one.shown or one.usual
        for index, one in enumerate(shots)
        if index in there
    }


def _shares(shots: list[edits.Shot], wanted: int, fixed: dict[int, int]) -> list[int]:
    """Divide a duration; a photo that somebody wanted to be seen for so long is, as long as others can give way.

    What is ``fixed`` never does.
    """
    if fixed:
        left = [shot.length for index, shot in enumerate(shots) if index not in fixed]
        room = wanted - sum(fixed.values())
        if room < len(left) * edits.LEAST_SHOT:
            raise CannotPoint("no-room-beside", names=[shots[index].name for index in fixed], wanted=wanted)
        rest = iter(edits.share(left, room) if left else [])
        return [fixed[index] if index in fixed else next(rest) for index in range(len(shots))]
    own = {index: length for index, shot in enumerate(shots) if (length := _own(shot)) is not None}
    others = [shot.length for index, shot in enumerate(shots) if index not in own]
    if own and others and sum(own.values()) + edits.LEAST_PHOTO * len(others) <= wanted:
        rest = iter(edits.share(others, wanted - sum(own.values())))
        return [own[index] if index in own else next(rest) for index in range(len(shots))]
    held = [shot.held or shot.length for shot in shots]
    free = None in held and sum(filter(None, held)) + edits.LEAST_SHOT * held.count(None) <= wanted
    return edits.share(held if free else [shot.length for shot in shots], wanted)


def _own(shot: edits.Shot) -> int | None:
    """Return for how long somebody wanted a shot to be seen, in ms."""
    return shot.segment["m"].get("own", {}).get("length") if shot.segment else None


def _unheld(shot: edits.Shot) -> edits.Shot:
    if shot.held is None or shot.segment is None:
        return shot
    segment = deepcopy(shot.segment)
    note(segment["m"], length=None)
    return replace(shot, held=None, segment=segment)


def _standing(segment: dict[str, Any], known: dict[str, Material]) -> edits.Shot:
    meta = segment["m"]
    photo = meta.get("kind") == "image"
    own = meta.get("own", {}).get("length")
    return edits.Shot(
        meta.get("name", ""),
        meta.get("src", ""),
        None if photo else own or material_of(segment, known),
        meta.get("volume", 1.0),
        segment["d"],
        own if photo else None,
        segment,
    )


def material_of(segment: dict[str, Any], known: dict[str, Material]) -> int:
    """Return for how long a clip could be seen from where it begins, in ms."""
    meta = segment["m"]
    source = known.get(media_id_in(meta.get("src", "")) or "")
    if source is None or source.duration is None or meta.get("freeze"):
        return segment["d"]
    return max(segment["d"], int((source.duration - meta.get("in", 0)) / meta.get("speed", 1.0)))


def shot_of(one: Material) -> edits.Shot:
    """Return an uploaded file as it would be put on the timeline."""
    length = one.duration if one.kind == "video" else None
    return edits.Shot(PurePosixPath(one.name).stem, one.url, length)


def _wanted(wish: Wish, shots: list[edits.Shot], *, anew: bool) -> int | None:
    """Return how long the video shall be, in ms; None where nobody said."""
    now = sum(shot.usual for shot in shots)
    if wish.duration:
        return wish.duration
    if wish.duration_change:
        return now + wish.duration_change
    if wish.stretch and not wish.each and not (anew and wish.make):
        wanted = now * wish.stretch
        return int(round(wanted, -3) if wanted >= 5_000 else round(wanted, -2))
    return None


def arranged(draft: dict[str, Any], made: Cut) -> dict[str, Any]:
    """Return a draft with the cut on its timeline; it remembers what was left out."""
    ids = sorted({media_id_in(shot.src) or "" for shot in made.absent} - {""})
    if ids or "left_out" in draft["m"]:
        draft = noted(draft, left_out=ids)
    return edits.arrange(draft, made.shots, made.lengths)


def told(draft: dict[str, Any], made: Cut, wish: Wish, voice: Voice) -> list[str]:
    """Return what to say about a cut that is made."""
    counted = counts(voice, made.shots)
    names = {key: [shot.name for shot in getattr(made.done, key)] for key in ("removed", "added", "shots")}
    said: list[str] = []
    if wish.orders and not (wish.make or wish.timed or wish.adds or wish.everything):
        if names["removed"]:
            said.append(voice("removed", names=voice.names(names["removed"])))
        if names["added"]:
            said.append(voice("added", names=voice.names(names["added"])))
        if made.done.moved:
            said.append(voice("order", names=voice.names(names["shots"])))
        return [*said, voice("now", duration=voice.duration(draft["d"]), shots=counted)]
    said.append(voice("made", duration=voice.duration(draft["d"]), shots=counted, size=size(draft)))
    said += _seen(draft, made, wish, voice)
    if made.wanted is not None and draft["d"] < made.wanted:
        said.append(voice("shorter", duration=voice.duration(draft["d"]), wanted=voice.duration(made.wanted)))
    if made.done.moved:
        said.append(voice("order", names=voice.names(names["shots"])))
    if made.absent and (wish.make or wish.orders):
        said.append(voice("left-out", names=voice.names([shot.name for shot in made.absent])))
    return said


def _seen(draft: dict[str, Any], made: Cut, wish: Wish, voice: Voice) -> list[str]:
    """Return what to say about how photos are seen."""
    photos = [length for shot, length in zip(made.shots, made.lengths, strict=True) if shot.length is None]
    said = [voice("each", duration=voice.duration(photos[0]))] if wish.each and photos else []
    if wish.each and wish.duration and photos and abs(photos[0] - wish.each) > _ROUNDED:
        wanted = {"each": voice.duration(wish.each), "total": voice.duration(wish.duration)}
        said = [voice("each-not", duration=voice.duration(photos[0]), **wanted)]
    style = edits.style_of(draft)
    manner = {(True, True): "motion", (True, False): "motion-cuts", (False, True): "still"}
    key = manner.get((bool(style["move"]), bool(style["crossfade"])))
    return [*said, voice(key)] if key and len(photos) > 1 else said


def styled(draft: dict[str, Any], wish: Wish) -> dict[str, Any]:
    """Return a draft in the look that is wished for."""
    chosen = dict(wish.looks)
    now = int(edits.style_of(draft)["crossfade"])
    if "crossfade" in chosen:
        steps: dict[Any, int] = {SLOWER: 2 * (now or edits.CROSSFADE), FASTER: now // 2, None: edits.CROSSFADE}
        named = chosen["crossfade"]
        length = steps[named] if named in steps else int(named)
        chosen["crossfade"] = length and min(SLOWEST_FADE, max(FASTEST_FADE, length))
    return edits.styled(draft, **chosen)


def looked(draft: dict[str, Any], wish: Wish, voice: Voice) -> list[str]:
    """Return what to say about the look that a draft has now."""
    style = edits.style_of(draft)
    said: list[str] = []
    if "fit" in wish.looks:
        colored = style["fit"] == "contain" and draft["m"].get("background", "#000000") != "#000000"
        said.append(voice("contain-ground" if colored else style["fit"]))
        if style["fit"] == "contain" and not style["move"]:
            said.append(voice("contain-still"))
    if "move" in wish.looks:
        said.append(voice("moving" if style["move"] else "not-moving"))
    if "crossfade" in wish.looks:
        fades = [one["m"].get("transition", {}).get("d", 0) for one in edits.segments(draft, edits.VIDEO)[:-1]]
        longest = max(fades, default=style["crossfade"])
        said.append(voice("crossfade", duration=voice.duration(longest)) if longest else voice("cuts"))
        if min(fades, default=longest) < style["crossfade"]:
            said.append(voice("crossfade-short"))
    return said


def counts(voice: Voice, shots: list[edits.Shot]) -> str:
    """Return how many photos and clips there are, in words."""
    photos = sum(shot.length is None for shot in shots)
    return voice.shots(photos, len(shots) - photos)


def standing(draft: dict[str, Any]) -> list[edits.Shot]:
    """Return what stands on a draft's timeline."""
    return [_standing(segment, {}) for segment in edits.segments(draft, edits.VIDEO)]


def pointed(draft: dict[str, Any], picks: tuple[Pick, ...]) -> list[dict[str, Any]]:
    """Return the segments of photos and clips that are pointed at.

    Raises
    ------
    CannotPoint
        Where one isn't there, or several may be meant.
    """
    segments = edits.segments(draft, edits.VIDEO)
    return [segments[index] for index in found(picks, standing(draft))]


def size(draft: dict[str, Any]) -> str:
    """Return a picture's size, in words."""
    return f"{draft['m']['width']}×{draft['m']['height']}"
