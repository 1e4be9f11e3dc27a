"""Who is alive among the studios that share a workspace.

Each studio holds a lock on a small SQLite file of its own for as long as it lives; the operating system drops the
lock when the process dies, however it dies. (A process id would lie as soon as it is given out again, and a
heartbeat as soon as a laptop sleeps.)
"""

from __future__ import annotations

import sqlite3
import sys
import time
import uuid
from contextlib import closing, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_LOOKING = 0.05
"""Seconds to wait for a lock: who else looks holds it for a moment, who lives for as long."""

_STARTING = 3.0 if sys.platform == "win32" else 0.0
"""Seconds in which a sign without a lock may be that of a studio that is just starting: where a dead one's can't be
cleared away while its lock is held, one may start in between."""


class Presence:
    """The sign that this studio is alive.

    Parameters
    ----------
    folder
        Where the workspace's studios leave their signs.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> presence = Presence(folder)
    >>> is_alive(folder, presence.id)
    True
    >>> presence.release()
    >>> is_alive(folder, presence.id)
    False
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        while True:
            self.id = uuid.uuid4().hex
            self._path = folder / f"{self.id}.lock"
            self._connection = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
            _hold(self._connection)
            if self._path.exists():  # and was not cleared away before it had its lock
                return
            self._connection.close()

    def release(self) -> None:
        """Drop the sign: the studio stopped in good order."""
        self._connection.close()
        self._path.unlink(missing_ok=True)


def _hold(connection: sqlite3.Connection) -> None:
    """Lock a sign."""
    connection.execute("PRAGMA journal_mode=MEMORY")  # or a killed studio leaves a journal of nothing beside its sign
    connection.execute("BEGIN EXCLUSIVE")


def is_alive(folder: Path, presence: str) -> bool:
    """Say whether the studio that left this sign still lives; one that died has its sign cleared away."""
    path = folder / f"{presence}.lock"
    if not path.exists():
        return False
    with closing(sqlite3.connect(path, timeout=_LOOKING, isolation_level=None)) as connection:
        try:
            _hold(connection)
        except sqlite3.OperationalError:
            return True
        with suppress(OSError):  # with the lock held: a studio that is just starting then makes another sign
            path.unlink()
            return False
    with suppress(OSError):  # Windows lets nothing go that is open
        path.unlink()
    return False


def others_alive(folder: Path, own: str) -> bool:
    """Say whether another studio lives on the workspace; the signs of dead ones are cleared away.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> one, other = Presence(folder), Presence(folder)
    >>> others_alive(folder, one.id)
    True
    >>> other.release()
    >>> others_alive(folder, one.id)
    False
    >>> one.release()
    """
    found = False
    for path in folder.glob("*.lock"):
        if path.stem == own:
            continue
        with suppress(OSError):
            if time.time() - path.stat().st_mtime < _STARTING or is_alive(folder, path.stem):
                found = True
    return found
