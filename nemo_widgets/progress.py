"""How far a long job is: one small value that uploads, renders and downloads share."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """How far a job is.

    Attributes
    ----------
    done, total : int
        In the job's own unit (bytes of a file, frames of a video); ``total`` is 0 where it isn't known.
    name : str
        What is being worked on, such as the file's name.
    note : str
        What else is to be said: ``"copied"`` where a render copies a clip instead of encoding it.

    Examples
    --------
    >>> Progress(25, 100, "a.jpg").fraction
    0.25
    """

    done: int
    total: int
    name: str = ""
    note: str = ""

    @property
    def fraction(self) -> float:
        """From 0 to 1; 0 where the total isn't known."""
        return min(1.0, self.done / self.total) if self.total else 0.0
