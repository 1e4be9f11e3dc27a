"""Milliseconds, frames and SMPTE timecode.

A time goes to the nearest frame (halves up) and a frame to the nearest millisecond. A frame of any rate up to 60 is
longer than 16 ms, so that frame → milliseconds → frame gives the same frame again; a time that went through frames is
off by half a frame at most. Lengths are differences of rounded times, so segments that abut still do.

Rates of television are 1000/1001 of their name: 23.976 is 24000/1001, 29.97 is 30000/1001, 59.94 is 60000/1001.
Timecode counts frames as if the rate were whole. At 29.97 and 59.94 it may leave out frame *numbers* (no frames) to
keep up with the clock: two (four) at every minute except each tenth (SMPTE ST 12-1).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from nemo_widgets.errors import InvalidInput

_TIMECODE = re.compile(r"(\d{1,2})[:;.](\d{1,2})[:;.](\d{1,2})[:;.](\d{1,3})")


@dataclass(frozen=True)
class Rate:
    """Frames a second, and how timecode counts them.

    Attributes
    ----------
    exact : Fraction
        Frames a second.
    drop : bool
        Whether timecode leaves out numbers (drop-frame).

    Examples
    --------
    >>> rate = Rate.of(29.97)
    >>> rate.exact, rate.drop, rate.timecode(1800), rate.frames_at("00:01:00;02")
    (Fraction(30000, 1001), True, '00:01:00;02', 1800)
    """

    exact: Fraction
    drop: bool = False

    @classmethod
    def of(cls, fps: float, *, drop: bool | None = None) -> Rate:
        """Return the rate that a number names; 29.97 and 59.94 are drop-frame unless ``drop`` is False.

        Raises
        ------
        InvalidInput
            Where timecode can't count it: outside 1 to 60 frames a second, or drop-frame at another rate.
        """
        if not 1 <= fps <= 60:
            raise InvalidInput(
                message=f"Timecode can't count {fps:g} frames a second.",
                remedy="Pass fps=25, or another rate from 1 to 60.",
            )
        whole = round(fps)
        television = Fraction(whole * 1000, 1001)
        exact = television if abs(fps - float(television)) < 0.006 else Fraction(fps).limit_denominator(1001)
        may_drop = exact == television and whole in {30, 60}
        if drop and not may_drop:
            raise InvalidInput(
                message=f"There is no drop-frame timecode at {fps:g} frames a second.",
                remedy="Take it at 29.97 or 59.94, or pass drop=False.",
            )
        return cls(exact, may_drop if drop is None else drop)

    @property
    def counted(self) -> int:
        """Frame numbers in a second of timecode."""
        return max(1, round(self.exact))

    def frames(self, ms: float) -> int:
        """Return the frame nearest to a time in ms."""
        return (Fraction(ms) * self.exact / 1000 + Fraction(1, 2)).__floor__()

    def milliseconds(self, frames: int) -> int:
        """Return the time (ms) nearest to a frame's beginning."""
        return (frames * 1000 / self.exact + Fraction(1, 2)).__floor__()

    def timecode(self, frames: int) -> str:
        """Return a frame's timecode.

        Raises
        ------
        InvalidInput
            Beyond 24 hours, where timecode begins anew.
        """
        number = frames
        if self.drop:
            tens, rest = divmod(frames, self._in_ten_minutes)
            left_out = self._left_out
            number += 9 * left_out * tens
            if rest >= self.counted * 60:
                number += left_out * ((rest - self.counted * 60) // (self.counted * 60 - left_out) + 1)
        seconds, frame = divmod(number, self.counted)
        if seconds >= 86_400:
            raise InvalidInput(
                message="This draft is longer than 24 hours, which timecode can't count.",
                remedy="Cut it into shorter ones first.",
            )
        head = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        return f"{head}{';' if self.drop else ':'}{frame:02}"

    def frames_at(self, timecode: str) -> int:
        """Return which frame a timecode names; a number that drop-frame leaves out names the frame after it.

        Raises
        ------
        ValueError
            Where it is no timecode of this rate.
        """
        found = _TIMECODE.fullmatch(timecode)
        hours, minutes, seconds, frame = map(int, found.groups()) if found else (0, 60, 0, 0)
        if hours > 23 or minutes > 59 or seconds > 59 or frame >= self.counted:
            raise ValueError(timecode)
        total_minutes = hours * 60 + minutes
        if self.drop:
            if minutes % 10 and not seconds:
                frame = max(frame, self._left_out)
            frame -= self._left_out * (total_minutes - total_minutes // 10)
        return (total_minutes * 60 + seconds) * self.counted + frame

    @property
    def _left_out(self) -> int:
        return self.counted // 15

    @property
    def _in_ten_minutes(self) -> int:
        return self.counted * 600 - 9 * self._left_out
