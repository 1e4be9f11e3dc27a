"""Which pieces a film is made in, and who of several workers does which of them next. Pure."""

from __future__ import annotations

from collections import deque
from itertools import pairwise
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nemo_widgets.studio.render.layers import Plan

T = TypeVar("T")

PIECE_SECONDS = 5
"""Length of a piece. Each begins with a key frame, so it is also how finely a player can seek at worst; it doesn't
depend on the number of processes, so that the same draft gives the same bytes on any machine."""


_WORTHWHILE = 250_000_000
"""Pixels that a process should have to make, some two seconds of work: starting one takes a third of a second."""


def worthwhile(plan: Plan) -> int:
    """Return how many processes at most are worth their start.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from nemo_widgets.studio.render.layers import Plan
    >>> [worthwhile(Plan(*size, Fraction(30), 900, (), ())) for size in ((1920, 1080), (854, 480))]
    [7, 1]
    """
    return max(1, plan.frames * plan.width * plan.height // _WORTHWHILE)


def pieces(plan: Plan) -> list[tuple[int, int]]:
    """Return the runs of frames that are encoded apart: first, and the one after the last.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from nemo_widgets.studio.render.layers import Plan
    >>> pieces(Plan(320, 180, Fraction(30), 360, (), ()))
    [(0, 150), (150, 300), (300, 360)]
    """
    step = max(1, round(PIECE_SECONDS * plan.fps))
    return [(first, min(first + step, plan.frames)) for first in range(0, plan.frames, step)]


class Shares(Generic[T]):
    """Pieces shared out among workers, each with neighbouring ones, so that it goes on with the files it has open.

    A worker that has no more of its own takes the last one of whoever has most left.

    Parameters
    ----------
    pieces
        In the order of the film.
    extra
        What is to be done besides; who has least to do begins with it.
    workers
        How many there are.

    Examples
    --------
    >>> shares = Shares([0, 1, 2, 3, 4], ["sound"], 2)
    >>> [shares.next(worker) for worker in (0, 1, 0, 1, 1, 1, 0)]
    [0, 'sound', 1, 3, 4, 2, None]
    """

    def __init__(self, pieces: Sequence[T], extra: Sequence[T], workers: int) -> None:
        each, more = divmod(len(pieces), workers)
        ends = [0, *(each * (n + 1) + min(n + 1, more) for n in range(workers))]
        self._own = [deque(pieces[first:last]) for first, last in pairwise(ends)]
        self._own[-1].extendleft(reversed(extra))

    def next(self, worker: int) -> T | None:
        """Return what a worker is to do now; None where all is given out."""
        if self._own[worker]:
            return self._own[worker].popleft()
        longest = max(self._own, key=len)
        return longest.pop() if longest else None
