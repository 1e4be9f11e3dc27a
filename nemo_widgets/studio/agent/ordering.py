"""Orders carried out on photos and clips: which are left, in which order, and what can't be found. Pure."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from nemo_widgets.studio.agent.pointing import is_logo
from nemo_widgets.studio.workspace import media_id_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from nemo_widgets.studio.agent.orders import Order
    from nemo_widgets.studio.agent.pointing import Pick
    from nemo_widgets.studio.edits import Shot


class CannotPoint(Exception):
    """What is pointed at isn't there; ``key`` names the sentence, ``details`` go into it."""

    def __init__(self, key: str, **details: Any) -> None:
        super().__init__(key)
        self.key, self.details = key, details


@dataclass
class Ordered:
    """Photos and clips in their order, what was taken away, what came back, and whether the order is another one."""

    shots: list[Shot]
    removed: list[Shot] = field(default_factory=list["Shot"])
    added: list[Shot] = field(default_factory=list["Shot"])
    moved: bool = False


def ordered(shots: list[Shot], orders: tuple[Order, ...], spare: list[Shot]) -> Ordered:
    """Carry orders out, one after another.

    Parameters
    ----------
    shots
        What there is, in order.
    orders
        What to do.
    spare
        What isn't used now, for orders to add it.

    Raises
    ------
    CannotPoint
        Where something that isn't there is pointed at, or nothing would be left.

    Examples
    --------
    >>> from nemo_widgets.studio.agent.orders import Order
    >>> from nemo_widgets.studio.edits import Shot
    >>> made = ordered([Shot("a", "/a.jpg"), Shot("b", "/b.jpg")], (Order("reverse"),), [])
    >>> [shot.name for shot in made.shots], made.moved
    (['b', 'a'], True)
    """
    done = Ordered(list(shots))
    for order in orders if len(orders) == 1 else tuple(_numbered(order, shots) for order in orders):
        before = list(done.shots)
        if order.verb in {"add", "back"}:
            _add(done, order, spare)
        elif order.verb == "loop":
            done.shots, done.moved = before * order.position, True
        elif order.verb in {"repeat", "again"}:
            _repeat(done, order)
        elif order.verb == "list":
            done.shots, done.moved = [before[index] for index in found(order.picks, before)], True
            done.removed += [shot for shot in before if shot not in done.shots]
        elif order.verb == "replace":
            _replace(done, order, spare)
        elif order.verb in {"remove", "but"} and done.removed and _gone(order, before):
            continue  # "Only the photos, no clips": there are none by now.
        elif order.verb in {"remove", "but", "only", "except"}:
            chosen = set(found(order.picks, before)) - set(found(_like(order), before))
            keep = order.verb == "only"
            done.shots = [shot for index, shot in enumerate(before) if (index in chosen) == keep]
            done.removed += [shot for index, shot in enumerate(before) if (index in chosen) != keep]
        else:
            done.shots = _moved(before, order)
            done.moved = True
    if not done.shots:
        raise CannotPoint("nothing-left")
    return done


def _numbered(order: Order, shots: list[Shot]) -> Order:
    """Return one of several orders with files for numbers: after "skip photo 3", "photo 4" is the one that was."""
    if order.verb not in _COUNTED:
        return order
    files = [media_id_in(shot.src) for shot in shots]

    def named(pick: Pick) -> tuple[Pick, ...]:
        if pick.nth is None or pick.nth < 0:
            return (pick,)
        try:
            chosen = found((pick,), shots)
        except CannotPoint:
            return (pick,)
        if any(files[index] is None or files.count(files[index]) > 1 for index in chosen):
            return (pick,)
        return tuple(replace(pick, nth=None, count=1, file=files[index], name=shots[index].name) for index in chosen)

    return replace(
        order,
        picks=tuple(one for pick in order.picks for one in named(pick)),
        beside=tuple(one for pick in order.beside for one in named(pick)),
    )


_COUNTED = ("remove", "first", "last", "before", "after", "swap", "repeat", "again", "middle", "to")


def _gone(order: Order, shots: list[Shot]) -> bool:
    """Say whether an order is about all of a kind of which none is there."""
    kinds = {pick.kind for pick in order.picks if not (pick.definite or pick.single or pick.count > 1)}
    there = {"image" if shot.length is None else "video" for shot in shots}
    return len(kinds) == 1 and None not in kinds and not kinds & there


def _add(done: Ordered, order: Order, spare: list[Shot]) -> None:
    for pick in order.picks:
        try:
            if pick.file:
                found((pick,), done.shots)
                continue  # It is there already.
        except CannotPoint:
            pass
        new = [spare[index] for index in found((pick,), spare) if spare[index] not in done.shots]
        done.shots += new
        done.added += new


def _repeat(done: Ordered, order: Order) -> None:
    """Show shots several times: each behind itself, or all of them at the end."""
    chosen = found(order.picks, done.shots)
    if order.verb == "again":
        done.shots += [done.shots[index] for index in chosen]
    else:
        done.shots = [
            shot for index, shot in enumerate(done.shots) for _ in range(order.position if index in chosen else 1)
        ]
    done.moved = True


def _replace(done: Ordered, order: Order, spare: list[Shot]) -> None:
    """Put a file where other shots are; a photo is seen for as long as what stood there."""
    try:
        new = spare[found(order.beside, spare)[0]]
    except CannotPoint:
        new = done.shots[found(order.beside, done.shots)[0]]
    for index in found(order.picks, done.shots):
        old = done.shots[index]
        done.removed.append(old)
        shown = old.shown if new.length is None else min(new.length, old.shown or new.length)
        done.shots[index] = replace(new, shown=shown, segment=None, held=None)
    done.added.append(new)


def _like(order: Order) -> tuple[Pick, ...]:
    """Return what is excepted; "all photos except the first" excepts the first photo."""
    kinds = {pick.kind for pick in order.picks}
    kind = next(iter(kinds)) if len(kinds) == 1 else None
    return tuple(replace(pick, kind=pick.kind or kind) for pick in order.beside)


def _moved(shots: list[Shot], order: Order) -> list[Shot]:
    if order.verb in _ARRANGED:
        places = sorted(found(order.picks, shots)) if order.picks else list(range(len(shots)))
        made = list(shots)
        for place, shot in zip(places, _ARRANGED[order.verb]([shots[index] for index in places]), strict=True):
            made[place] = shot
        return made
    if order.verb == "swap":
        one, other = found((*order.picks, *order.beside), shots)[:2]
        made = list(shots)
        made[one], made[other] = made[other], made[one]
        return made
    chosen = found(order.picks, shots)
    rest = [shot for index, shot in enumerate(shots) if index not in chosen]
    at = _target(order, shots, chosen, rest)
    return [*rest[:at], *(shots[index] for index in chosen), *rest[at:]]


def _target(order: Order, shots: list[Shot], chosen: list[int], rest: list[Shot]) -> int:
    """Return before which of the rest the chosen ones go."""
    if order.verb in {"first", "last"}:
        return 0 if order.verb == "first" else len(rest)
    if order.verb == "middle":
        return (len(rest) + 1) // 2
    if order.verb == "to":
        return max(0, min(order.position - 1, len(rest)))
    beside = found(order.beside, shots)[0]
    return sum(index not in chosen for index in range(beside + (order.verb == "after")))


def _shuffled(shots: list[Shot]) -> list[Shot]:
    made = list(shots)
    while len(shots) > 1 and made == shots:
        random.shuffle(made)
    return made


def _sorted(shots: list[Shot]) -> list[Shot]:
    return sorted(shots, key=lambda shot: [int(p) if p.isdigit() else p for p in re.split(r"(\d+)", shot.name.lower())])


_ARRANGED: dict[str, Callable[[list[Shot]], list[Shot]]] = {
    "reverse": lambda shots: shots[::-1],
    "sort": _sorted,
    "shuffle": _shuffled,
}
"""What brings the photos alone, or the clips alone, or all, in another order: the others stay where they are."""


def found(picks: tuple[Pick, ...], shots: list[Shot]) -> list[int]:
    """Return the places of what is pointed at, in the order in which it is named.

    Raises
    ------
    CannotPoint
        Where one isn't there, or several may be meant.
    """
    places = [index for pick in picks for index in _places(pick, shots)]
    return list(dict.fromkeys(places))


def _places(pick: Pick, shots: list[Shot]) -> list[int]:
    if pick.file is not None:
        there = [index for index, shot in enumerate(shots) if pick.file and media_id_in(shot.src) == pick.file]
        if not there:
            raise CannotPoint("no-such-file", name=pick.name, names=[shot.name for shot in shots])
        return there
    kinds = {None: (True, False), "image": (True,), "video": (False,)}[pick.kind]
    those = [index for index, shot in enumerate(shots) if (shot.length is None) in kinds]
    if pick.single and len(those) > 1:
        # "The photo" is none that is called a logo, where there is another.
        pictures = [index for index in those if not is_logo(shots[index].name)]
        those = pictures if len(pictures) == 1 else those
    if pick.single and len(those) > 1:
        raise CannotPoint("which-one", kind=pick.kind, said=pick.name, names=[shots[index].name for index in those])
    if pick.nth is None and pick.count > 1 and len(those) > pick.count:
        raise CannotPoint("which-one", kind=pick.kind, said=pick.name, names=[shots[index].name for index in those])
    if pick.nth is None:
        chosen = those if len(those) >= pick.count else []
    elif pick.nth < 0:
        end = max(0, len(those) + 1 + pick.nth)
        chosen = those[max(0, end - pick.count) : end]
    else:
        chosen = those[max(0, pick.nth - 1) : max(0, pick.nth - 1) + pick.count]
    if not chosen or (pick.nth is not None and len(chosen) < pick.count):
        photos = sum(shot.length is None for shot in shots)
        raise CannotPoint("no-such-shot", photos=photos, clips=len(shots) - photos)
    return chosen
