"""Which segments somebody means: by place, by id, by name, or a whole track of them."""

from __future__ import annotations

from numbers import Integral
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from nemo_widgets.draft.tracks import Segment, Track
from nemo_widgets.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nemo_widgets.draft.model import Draft

Address: TypeAlias = "tuple[int, int] | int | str | Segment | Track"
"""``(track, segment)``, a track's number, an id or name of a segment or track, a kind, or one of the draft's own."""

_NAMED = 8
_Place = tuple[int, int]


def find(draft: Draft, where: Address) -> list[_Place]:
    """Return the (track, segment) of every segment that is meant.

    Raises
    ------
    InvalidInput
        Where there is none.

    Examples
    --------
    >>> from nemo_widgets import Draft
    >>> draft = Draft({"t": [{"tt": 7, "sg": [{"d": 900, "m": {"text": "Hi"}}, {"id": "x", "d": 100}]}]})
    >>> find(draft, "Hi"), find(draft, "x"), find(draft, 0), find(draft, "text")
    ([(0, 0)], [(0, 1)], [(0, 0), (0, 1)], [(0, 0), (0, 1)])
    """
    if isinstance(where, str):
        found = _called(draft, where)
    elif isinstance(where, Segment | Track):
        found = [
            place
            for place, track, segment in _all(draft)
            if where.raw is (track if isinstance(where, Track) else segment).raw
        ]
    else:
        found = [place for place, _, _ in _all(draft) if where in (place, place[0])] if _is_place(where) else []
    if not found:
        raise InvalidInput(message=f"The draft has no segment {_said(where)}.", remedy=_what_there_is(draft))
    return found


def find_one(draft: Draft, where: Address) -> _Place:
    """Return the (track, segment) of the one segment that is meant.

    Raises
    ------
    InvalidInput
        Where there is none, or several.
    """
    found = find(draft, where)
    if len(found) > 1:
        places = ", ".join(map(str, found[:_NAMED])) + (", …" if len(found) > _NAMED else "")
        raise InvalidInput(
            message=f"{len(found)} segments are meant by {_said(where)}.", remedy=f"Name one of {places}."
        )
    return found[0]


def _all(draft: Draft) -> Iterator[tuple[_Place, Track, Segment]]:
    for number, track in enumerate(draft.tracks):
        for index, segment in enumerate(track.segments):
            yield (number, index), track, segment


def _called(draft: Draft, name: str) -> list[_Place]:
    """Look for an id first, then a name or text, then a track; as written first, then in any case."""
    ways: tuple[Callable[[Track, Segment], tuple[str | None, ...]], ...] = (
        lambda _track, segment: (segment.id,),
        lambda _track, segment: (segment.name, segment.text),
        lambda track, _segment: (track.id, track.name),
        lambda track, _segment: (track.kind,),
    )
    everything = list(_all(draft))
    for fold in (str, str.casefold):
        for way in ways:
            found = [
                place
                for place, track, segment in everything
                if fold(name) in [fold(value) for value in way(track, segment) if value is not None]
            ]
            if found:
                return found
    return []


def _is_place(where: Any) -> bool:
    parts = cast("tuple[Any, ...]", where) if isinstance(where, tuple) else (where,)
    # Integral, because a row of a table gives NumPy's.
    return len(parts) <= 2 and all(not isinstance(part, bool) and isinstance(part, Integral) for part in parts)


def _said(where: Any) -> str:
    if isinstance(where, str):
        return f"“{where}”"
    return f"“{where.name}”" if isinstance(where, Segment | Track) else str(where)


def _what_there_is(draft: Draft) -> str:
    there = [f"{place} “{segment.name}”" for place, _, segment in _all(draft)]
    if not there:
        return "It has no segments at all."
    return f"It has {', '.join(there[:_NAMED])}{' …' if len(there) > _NAMED else ''}."
