"""What of a timeline can be seen at a scale: segments too narrow to be told apart are drawn as one block."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nemo_widgets.draft.picture_lettering import one_line
from nemo_widgets.draft.summary import seconds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nemo_widgets.draft.tracks import Segment, Track

_MOST = 300
"""Blocks in one picture: so it stays under 200 kB whatever the segments are called."""

_LONGEST_NAME = 80

_SEEN = 2.0
"""Pixels that a segment must be wide to be drawn by itself."""


@dataclass(slots=True)
class Block:
    """One or more segments, drawn as one; pixels from the beginning of the lane."""

    segment: Segment
    x: float
    end: float
    start_ms: int
    end_ms: int
    starts: list[float]
    count: int = 1

    @property
    def width(self) -> float:
        """Pixels."""
        return self.end - self.x

    def label(self, language: str) -> str:
        """Return what stands on the block."""
        if self.count > 1:
            return f"{self.count} 段" if language == "zh" else f"{self.count} segments"
        return one_line(self.segment.name[:400])

    def tip(self, language: str) -> str:
        """Return what the block tells when it is pointed at."""
        label = self.label(language)
        if len(label) > _LONGEST_NAME:
            label = label[: _LONGEST_NAME - 1] + "…"
        volume = self.segment.volume if self.count == 1 else None
        loud = "" if volume is None else f", {volume:.0%}"
        unit = " 秒" if language == "zh" else " s"
        return f"{label} ({seconds(self.start_ms)}–{seconds(self.end_ms)}{unit}{loud})".lstrip()


def lanes_of(tracks: Sequence[Track], scale: float) -> list[list[Block]]:
    """Return the blocks of every lane: as fine as can be seen, and no more than a picture can hold.

    Parameters
    ----------
    tracks
        The lanes.
    scale
        Pixels a millisecond.
    """
    lanes = [_merged(_blocks(track, scale), _SEEN) for track in tracks]
    narrow = _SEEN
    while sum(map(len, lanes)) > max(_MOST, len(tracks)):
        narrow *= 2
        lanes = [_merged(blocks, narrow) for blocks in lanes]
    return lanes


def _blocks(track: Track, scale: float) -> Iterator[Block]:
    for one in sorted(track.segments, key=lambda one: (one.start, one.end)):
        yield Block(one, one.start * scale, one.end * scale, one.start, one.end, [one.start * scale])


def _merged(blocks: Iterable[Block], narrow: float) -> list[Block]:
    merged: list[Block] = []
    for block in blocks:
        if merged and _alike(merged[-1], block, narrow):
            _join(merged[-1], block)
        else:
            merged.append(block)
    return merged


def _alike(before: Block, block: Block, narrow: float) -> bool:
    """Tell whether two blocks can't be told apart: both narrow and close, or lying on one another."""
    narrows = all(one.count > 1 or one.width < narrow for one in (before, block))
    covering = block.x - before.starts[-1] < narrow and abs(block.end - before.end) < narrow
    return (narrows and block.x - before.end < narrow) or covering


def _join(before: Block, block: Block) -> None:
    before.count += block.count
    before.starts += block.starts
    before.end = max(before.end, block.end)
    before.end_ms = max(before.end_ms, block.end_ms)
