"""Edits that the service doesn't know of: what was changed here, and how to take it back. Pure."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nemo_widgets.draft.model import Draft

_MOST_STEPS = 100


class LocalEdits:
    """One draft as the service knows it (``base``), and as it was edited here (``draft``).

    Steps are kept packed: a draft of 10,000 segments takes 10 MB as objects, and 0.1 MB packed.

    Examples
    --------
    >>> from nemo_widgets import Draft
    >>> edits = LocalEdits(Draft({"t": [{"tt": 7, "sg": [{"d": 3000, "m": {"text": "Hi"}}]}]}))
    >>> edits.record(edits.draft.trim("Hi", duration=1000))
    >>> edits.edited, edits.undo().draft.duration, edits.edited, edits.redo().draft.duration
    (True, 3000, False, 1000)
    """

    def __init__(self, draft: Draft | None = None) -> None:
        self.base = draft
        self.draft = draft
        self.theirs: Draft | None = None
        """What the service made of ``base`` meanwhile, as long as nobody has chosen between it and ``draft``."""
        self._back: list[bytes] = []
        self._forth: list[bytes] = []

    @property
    def edited(self) -> bool:
        """Whether the draft is another than the service's."""
        return self.draft is not self.base and self.draft != self.base

    @property
    def steps(self) -> tuple[int, int]:
        """How many steps can be taken back, and forth again."""
        return len(self._back), len(self._forth)

    def record(self, draft: Draft | None) -> None:
        """Show another draft, one step further."""
        self._back = [*self._back, packed(self.draft)][-_MOST_STEPS:]
        self._forth = []
        self.draft = draft

    def undo(self) -> LocalEdits:
        """Take the last step back, where there is one."""
        if self._back:
            self._forth.append(packed(self.draft))
            self.draft = self._unpacked(self._back.pop())
        return self

    def redo(self) -> LocalEdits:
        """Take the last step that was taken back again."""
        if self._forth:
            self._back.append(packed(self.draft))
            self.draft = self._unpacked(self._forth.pop())
        return self

    def discard(self) -> None:
        """Go back to the service's draft, as a step that can be taken back."""
        if self.edited:
            self.record(self.base)

    def take(self, draft: Draft | None, *, handed_over: bool = False) -> None:
        """Take a draft of the service; one that would cost local edits waits in ``theirs`` until somebody chooses.

        Parameters
        ----------
        draft
            What the service has now.
        handed_over
            Whether the local edits were sent to it as words, so that its answer stands for them.
        """
        if draft == self.base:
            self.theirs = None  # where it had changed something, it has taken that back
            return
        if not self.edited or draft == self.draft:
            self.base = self.draft = draft
            self.theirs = None
            self._back, self._forth = [], []
        elif draft is None:  # the session is gone; what was edited here is all there is
            self.base = self.theirs = None
        elif handed_over:
            self.theirs = draft
            self.choose(theirs=True)
        else:
            self.theirs = draft

    def choose(self, *, theirs: bool) -> None:
        """Settle which draft goes on: the service's, or the one that was edited here."""
        if self.theirs is None:
            return
        self.base, self.theirs = self.theirs, None
        if theirs:
            self.record(self.base)

    def _unpacked(self, data: bytes) -> Draft | None:
        draft = unpacked(data)
        return self.base if draft == self.base else draft


def packed(draft: Draft | None) -> bytes:
    """Return a draft in a hundredth of its room."""
    return b"" if draft is None else zlib.compress(draft.to_json().encode("utf-8", "surrogatepass"), 1)


def unpacked(data: bytes) -> Draft | None:
    """Return a draft that was packed.

    Raises
    ------
    ValueError
        Where the bytes are no draft.

    Examples
    --------
    >>> from nemo_widgets import Draft
    >>> unpacked(packed(Draft({"d": 900}))).duration
    900
    """
    from nemo_widgets.draft.model import Draft

    try:
        return Draft(zlib.decompress(data)) if data else None
    except zlib.error:
        raise ValueError from None
