"""A class: the token that lets students in, and what whoever runs the studio sees of them."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import sqlite3
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nemo_widgets.errors import redact
from nemo_widgets.studio import upkeep
from nemo_widgets.studio.rates import Buckets

if TYPE_CHECKING:
    from collections.abc import Callable

    from nemo_widgets.studio.store import JobRow, Store

    Listener = Callable[[str, str], None]

_KEY = "join"
_LONGEST, _LONGEST_NAME = 300, 40
STRANGER = "somebody"
"""What the listener hears those called who weren't let in."""
_LINES_EACH, _LINES = (1 / 60, 5.0), (0.1, 50.0)
"""Lines a second, and at once, about who wasn't let in: from one address, and in all."""


def join_token(store: Store, *, new: bool = False) -> str:
    """Return the workspace's join token: the same after each start, until a new one is wanted.

    With a new one, the tokens of those who joined with the old one end as well; their sessions stay.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> from nemo_widgets.studio.store import Store
    >>> store = Store(pathlib.Path(tempfile.mkdtemp()) / "studio.sqlite")
    >>> first = join_token(store)
    >>> first == join_token(store), first == join_token(store, new=True)
    (True, False)
    """
    if new:
        store.forget_key(_KEY)
        store.expire_tokens()
    # Sixteen letters and digits, 80 bits: short enough to be copied from a blackboard.
    digest = hmac.new(store.key(_KEY), b"join", hashlib.sha256).digest()[:10]
    return f"nmv_join_{base64.b32encode(digest).decode().lower()}"


@dataclass(frozen=True)
class Student:
    """What one student has done: bytes kept, minutes of 1080p video, messages sent, renders that are open."""

    name: str
    bytes: int
    minutes: float
    messages: int
    open_jobs: int


class Register:
    """Who is in the class, under numbers in the order in which they came: nobody has to give a name.

    Parameters
    ----------
    store
        Where the class is kept.
    listener
        Told (student, what) of what they do; never what they say or send.
    messages
        Messages that each has in all.
    students
        Whether it is a class at all.

    Attributes
    ----------
    out_of_messages : str
        The key of the sentence for who has no messages left.
    """

    def __init__(self, store: Store, listener: Listener | None, messages: int, *, students: bool) -> None:
        self._store, self._listener, self._messages = store, listener, messages
        self.out_of_messages = "class-messages" if students else "credits"
        self._names: dict[str, str] = {}
        self._lock = threading.Lock()
        self._lines_each, self._lines, self._untold = Buckets(*_LINES_EACH), Buckets(*_LINES), 0

    def name(self, user: str) -> str:
        """Return what a student is called here; ``""`` for whoever runs the studio."""
        with self._lock:
            if user not in self._names:
                for known, called in upkeep.users(self._store).items():
                    number = f"student {len(self._names) + 1}"
                    self._names.setdefault(known, f"{number} ({called})" if called else number)
            return self._names.get(user, "")

    def call(self, user: str, wanted: str) -> None:
        """Call a student by their number and the name that they give; the number can't be another's."""
        called = " ".join("".join(one if one.isprintable() else " " for one in redact(wanted)).split())[:_LONGEST_NAME]
        known = self.name(user)
        name = f"{known.split(' (')[0]} ({called})"
        if known and called and name != known:
            with self._lock:
                self._names[user] = name
            with contextlib.suppress(sqlite3.Error):  # a full disk keeps nobody out
                self._store.name_user(user, called)

    def tell(self, user: str, what: str) -> None:
        """Tell the listener what a student did."""
        if self._listener is not None and (name := self.name(user)):
            self._say(name, what)

    def turned_away(self, address: str, why: str) -> None:
        """Tell that somebody wasn't let in; of a flood only some lines, and how many were left out."""
        with self._lock:
            if self._lines_each.take(address) or self._lines.take(""):
                self._untold += 1
                return
            more, self._untold = self._untold, 0
        left_out = f" ({more} more since the last such line)" if more else ""
        self._say(STRANGER, f"was not let in from {address[:60]}: {redact(why)[:150]}{left_out}")

    def _say(self, name: str, what: str) -> None:
        if self._listener is not None:
            # What a refusal names may be a student's choice, and a terminal obeys what can't be printed.
            plain = "".join(letter if letter.isprintable() else " " for letter in what)
            with contextlib.suppress(Exception):  # a terminal that is gone ends no lesson
                self._listener(name, plain[:_LONGEST])

    def ended(self, job: JobRow) -> None:
        """Tell how a render ended."""
        outcome = f": {job.error}" if job.status == "failed" else ""
        self.tell(job.user, f"export {job.status}{outcome}")

    def students(self) -> list[Student]:
        """Return what each has done so far."""
        found: list[Student] = []
        for user in upkeep.users(self._store):
            use = upkeep.use(self._store, user)
            sent = self._messages - (self._store.credits(user) or 0)
            found.append(Student(self.name(user), use.bytes, use.cost / 60_000, max(0, sent), use.open_jobs))
        return found
