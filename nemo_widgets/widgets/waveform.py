"""How loud the sound of a source is over time: a few hundred letters, made where its file is at hand."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from nemo_widgets import settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from nemo_widgets.draft.model import Draft
    from nemo_widgets.widgets.desk import Desk

LETTERS = "".join(map(chr, range(48, 112)))
"""Levels from silent to loud: one letter for each peak."""

_RATE = 8000
_PEAK_MS = 50
_MOST_PEAKS = 1200
_MOST_SOURCES = 40
_LONGEST_MS = 30 * 60_000


class Waveforms:
    """The peaks of one widget's audio sources, in the state's ``peaks`` as they are made.

    Parameters
    ----------
    desk
        The widget's state.
    at_hand
        Where on this machine a source can be opened; None where it isn't here.
    """

    def __init__(self, desk: Desk, at_hand: Callable[[str], str | None]) -> None:
        self._desk = desk
        self._at_hand = at_hand
        self._asked: set[str] = set()
        self._one = asyncio.Lock()

    def want(self, draft: Draft | None) -> None:
        """Make the peaks of the sources that are new, one after another, in the background."""
        tracks = [track for track in draft.tracks if track.kind == "audio"] if draft else []
        sources = dict.fromkeys(segment.source for track in tracks for segment in track.segments if segment.source)
        found = ((source, self._at_hand(source)) for source in sources if source not in self._asked)
        here = [(source, address) for source, address in found if address is not None]
        new = dict(here[: max(0, _MOST_SOURCES - len(self._asked))])
        if new:
            self._asked.update(new)
            self._desk.start(lambda: self._make(new))

    async def _make(self, addresses: dict[str, str]) -> None:
        async with self._one:
            for source, address in addresses.items():
                found = await asyncio.to_thread(peaks, address)
                if found is not None:
                    self._desk.state.update(peaks={**self._desk.state["peaks"], source: found})


def media_file(source: str) -> str | None:
    """Return a source that is a file of this machine, by its path; None for any other.

    Examples
    --------
    >>> media_file("no such file.mp3") is None, media_file("https://h/a.mp3") is None
    (True, True)
    """
    path = Path(source)
    return source if path.suffix.lower() in settings.SUFFIXES and path.is_file() else None


def is_on_this_machine(source: str) -> bool:
    """Whether a source is an address of this machine: the embedded studio's, where that is what wrote the draft.

    Examples
    --------
    >>> is_on_this_machine("http://127.0.0.1:9/a.mp3"), is_on_this_machine("https://h/127.0.0.1")
    (True, False)
    """
    try:
        return urlsplit(source).hostname in ("127.0.0.1", "localhost", "::1")
    except ValueError:
        return False


def at_the_port_of(source: str, other: str) -> str:
    """Return a source of the studio on this machine at the port where it is now: each start of it has another.

    Examples
    --------
    >>> at_the_port_of("http://127.0.0.1:8001/media/1/a.mp3", "http://127.0.0.1:9002/media/2/b.jpg")
    'http://127.0.0.1:9002/media/1/a.mp3'
    """
    return urlsplit(source)._replace(netloc=urlsplit(other).netloc).geturl()


def peaks(source: str) -> dict[str, Any] | None:
    """Return the loudness of a file over time; None where it has no sound, or can't be read.

    PyAV comes with the studio; without it there is none.

    Parameters
    ----------
    source
        A path, or the address of a file on this machine.

    Returns
    -------
    dict or None
        ``ms``: how long a peak lasts; ``levels``: one of :data:`LETTERS` for each.

    Examples
    --------
    >>> peaks("no such file.mp3") is None
    True
    """
    try:
        import av
        import numpy as np
        from av.error import FFmpegError
    except ImportError:
        return None
    levels: list[float] = []
    try:
        with av.open(source, timeout=10.0) as container:
            if not container.streams.audio or (container.duration or 0) > _LONGEST_MS * 1000:
                return None
            resampler, shape = av.AudioResampler(), None
            rest = np.empty(0, dtype="float32")
            size = _RATE * _PEAK_MS // 1000
            for frame in container.decode(audio=0):
                if shape != (shape := (frame.format.name, frame.layout.name, frame.sample_rate)):
                    resampler = av.AudioResampler(format="flt", layout="mono", rate=_RATE)
                for part in resampler.resample(frame):
                    heard = np.nan_to_num(cast("Any", part).to_ndarray().ravel(), posinf=1.0, neginf=-1.0)
                    rest = np.concatenate([rest, heard])
                whole = len(rest) // size
                levels += np.abs(rest[: whole * size]).reshape(whole, size).max(axis=1).tolist()
                rest = rest[whole * size :]
    except (OSError, ValueError, FFmpegError):
        return None
    return _letters(levels)


def _letters(levels: list[float]) -> dict[str, Any] | None:
    """Return levels (0 to 1) as letters, the loudest of several where there are too many.

    Examples
    --------
    >>> _letters([0.0, 0.5, 1.0])
    {'ms': 50, 'levels': '0Oo'}
    """
    if not levels:
        return None
    step = -(-len(levels) // _MOST_PEAKS)
    highest = [max(levels[at : at + step]) for at in range(0, len(levels), step)]
    return {"ms": _PEAK_MS * step, "levels": "".join(LETTERS[min(63, int(level * 63))] for level in highest)}
