"""Which worker does which piece next, and how far they are. Pure: no worker, no clock.

Workers come and go, so pieces aren't dealt out beforehand. Who has done a piece goes on with the one after it, whose
files it has open; who begins takes the middle of the longest stretch that nobody has begun, so that neighbours stay
together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_ATTEMPTS = 3
"""A piece that so many workers failed at isn't given out again."""


class Rota:
    """The pieces of one render.

    Parameters
    ----------
    runs
        Of each piece, the first frame and the one after the last.

    Examples
    --------
    >>> rota = Rota([(0, 150), (150, 300), (300, 450), (450, 500)])
    >>> [rota.next(worker) for worker in ("a", "b", "a", "b", "a")]
    [0, 2, 1, 3, None]
    >>> rota.done(0), rota.frames, rota.finished
    (True, 150, False)
    """

    def __init__(self, runs: Sequence[tuple[int, int]]) -> None:
        self._lengths = [last - first for first, last in runs]
        self._waiting = set(range(len(runs)))
        self._last: dict[str, int] = {}
        self._workers: dict[int, list[str]] = {}
        self._failures = [0] * len(runs)
        self._frames = [0] * len(runs)
        self._done: set[int] = set()

    @property
    def finished(self) -> bool:
        """Whether all pieces are done."""
        return len(self._done) == len(self._lengths)

    @property
    def missing(self) -> list[int]:
        """The pieces that aren't done, in the order of the film."""
        return [piece for piece in range(len(self._lengths)) if piece not in self._done]

    @property
    def frames(self) -> int:
        """How many frames have been done; a piece that is begun again counts from where it was before."""
        return sum(self._frames)

    def next(self, worker: str) -> int | None:
        """Return what a worker is to do now, None where nothing is left to begin."""
        if not self._waiting:
            return None
        piece = self._last.get(worker, -2) + 1
        if piece not in self._waiting:
            piece = self._somewhere()
        self._waiting.discard(piece)
        self._give(piece, worker)
        return piece

    def again(self, piece: int, worker: str) -> bool:
        """Give a piece that somebody is slow at to another worker, too; False where that can't be."""
        doing = self._workers.get(piece, [])
        if piece in self._done or worker in doing or len(doing) != 1:
            return False
        self._give(piece, worker)
        return True

    def report(self, piece: int, frames: int) -> None:
        """Take down how many frames of a piece are done."""
        self._frames[piece] = min(self._lengths[piece], max(self._frames[piece], frames))

    def done(self, piece: int) -> bool:
        """Take down that a piece is done; False where it was before."""
        if piece in self._done:
            return False
        self._done.add(piece)
        self._waiting.discard(piece)
        self._workers.pop(piece, None)
        self._frames[piece] = self._lengths[piece]
        return True

    def lost(self, piece: int, worker: str, *, failed: bool = False) -> bool:
        """Take down that a worker gave a piece up; False where it has ``failed`` too often to be tried again."""
        doing = self._workers.get(piece, [])
        if worker in doing:
            doing.remove(worker)
            self._last.pop(worker, None)
        if piece in self._done:
            return True
        self._failures[piece] += failed
        if not doing:
            self._waiting.add(piece)
        return self._failures[piece] < MOST_ATTEMPTS

    def _give(self, piece: int, worker: str) -> None:
        self._workers.setdefault(piece, []).append(worker)
        self._last[worker] = piece

    def _somewhere(self) -> int:
        """Return where somebody begins: the middle of the longest stretch, or its start where nobody comes there."""
        stretches: list[list[int]] = []
        for piece in sorted(self._waiting):
            if stretches and stretches[-1][-1] == piece - 1:
                stretches[-1].append(piece)
            else:
                stretches.append([piece])
        longest = max(stretches, key=len)
        awaited = longest[0] - 1 in self._last.values()
        return longest[len(longest) // 2] if awaited else longest[0]
