"""A worker's files, by what they hold: each machine fetches a file once, and keeps so many bytes of them."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from nemo_widgets.studio.render.cluster.manifest import looked

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from nemo_widgets.studio.render.cluster.manifest import File

_PATIENCE = 600.0
"""Seconds to wait while another process of this machine fetches the same file."""

_STALE = 24 * 3600.0
"""Seconds after which a job's folder, or half a file, was left behind by a process that is gone."""


class Cache:
    """A folder of files called by their hash.

    Several processes may use it at once. Who renders links the files into a folder of its own (:meth:`place`), so that
    what is cleared away meanwhile stays there.

    Parameters
    ----------
    folder
        Where; it is made where there is none.
    most
        Bytes above which the files that were used longest ago go.
    """

    def __init__(self, folder: Path, most: int) -> None:
        self._folder, self._most = folder, most
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def job_folder(self) -> Path:
        """Return a new folder for one job; what jobs left behind that were killed goes."""
        for old in self._folder.glob("job-*"):
            with contextlib.suppress(OSError):
                if time.time() - old.stat().st_mtime > _STALE:
                    shutil.rmtree(old)
        return Path(tempfile.mkdtemp(prefix="job-", dir=self._folder))

    def place(self, file: File, target: Path, fetch: Callable[[Path], None]) -> None:
        """Put a file where it is wanted: from its own path where that proves to be the same, from here, or fetched.

        Parameters
        ----------
        file
            What is wanted.
        target
            Where.
        fetch
            Writes it to a path, and has checked its hash when it returns.
        """
        if target.exists():
            return
        if _same(file) and _linked(Path(file.path), target, soft=True):
            return
        kept = self._folder / file.name
        with self._alone(file):
            if not (kept.is_file() and kept.stat().st_size == file.size):
                part = self._folder / f"{file.name}.part"
                try:
                    fetch(part)
                    part.replace(kept)
                finally:
                    part.unlink(missing_ok=True)
            os.utime(kept)
            if not _linked(kept, target):
                shutil.copyfile(kept, target)
        self._tidy()

    @contextlib.contextmanager
    def _alone(self, file: File) -> Generator[None]:
        """Hold a lock that the system drops when this process dies, however it dies."""
        path = self._folder / f"{file.sha256[0]}.lock"
        with contextlib.closing(sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)) as connection:
            connection.execute("BEGIN EXCLUSIVE")
            yield

    def _tidy(self) -> None:
        """Clear away what was used longest ago, while there is too much."""
        found: list[tuple[float, int, Path]] = []
        for path in self._folder.iterdir():
            with contextlib.suppress(OSError):
                stat = path.stat()
                if path.is_file() and path.suffix not in (".lock", ".part"):
                    found.append((stat.st_mtime, stat.st_size, path))
        total = sum(size for _, size, _ in found)
        for _, size, path in sorted(found):
            if total <= self._most:
                return
            with contextlib.suppress(OSError):
                path.unlink()
                total -= size


def _same(file: File) -> bool:
    """Say whether the file that is meant lies on this machine at the same path: by all of its bytes."""
    try:
        path = Path(file.path)
        return path.is_file() and path.stat().st_size == file.size and looked(file.path).sha256 == file.sha256
    except OSError:
        return False


def _linked(path: Path, target: Path, *, soft: bool = False) -> bool:
    """Link instead of copying, where the system can."""
    try:
        if soft:
            target.symlink_to(path)
        else:
            target.hardlink_to(path)
    except FileExistsError:
        return True
    except OSError:
        return False
    return True
