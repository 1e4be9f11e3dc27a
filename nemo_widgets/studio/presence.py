"""Who is alive among the studios that share a workspace.

Each studio holds a lock on a small SQLite file of its own for as long as it lives; the operating system drops the
lock when the process dies, however it dies. (A process id would lie as soon as it is given out again, and a
heartbeat as soon as a laptop sleeps.)
"""

from __future__ import annotations

import sqlite3
import uuid
from contextlib import closing, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


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
        self.id = uuid.uuid4().hex
        self._path = folder / f"{self.id}.lock"
        self._connection = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
        self._connection.execute("BEGIN EXCLUSIVE")

    def release(self) -> None:
        """Drop the sign: the studio stopped in good order."""
        self._connection.close()
        self._path.unlink(missing_ok=True)


def is_alive(folder: Path, presence: str) -> bool:
    """Say whether the studio that left this sign still lives; one that died has its sign cleared away."""
    path = folder / f"{presence}.lock"
    if not path.exists():
        return False
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            return True
    with suppress(OSError):
        path.unlink()
    return False
