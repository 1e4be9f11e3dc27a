"""What is swept away: leftovers of studios that were killed, and what nobody has used for long.

A studio that is killed can leave half an upload, a file that the store doesn't know yet, a video that isn't finished,
and its sign. All of it goes when the next studio starts; later, and where another one is alive on the workspace, only
what is too old to be anybody's work.
"""

from __future__ import annotations

import contextlib
import logging
import shutil
import sqlite3
import threading
import time
from typing import TYPE_CHECKING

from nemo_widgets.studio import upkeep
from nemo_widgets.studio.presence import others_alive
from nemo_widgets.studio.store import NOTED_EVERY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from nemo_widgets.studio.store import Store
    from nemo_widgets.studio.workspace import Workspace

_log = logging.getLogger(__name__)
_NOBODYS = 24 * 3600.0
"""Seconds after which a leftover can't be the work of a studio that lives."""
_EVERY = 3600.0
_STOP_PATIENCE = 5.0


class Cleaner:
    """Keeps a workspace clean: once at the start, then every hour.

    Parameters
    ----------
    store, workspace
        What is cleaned.
    presence
        The sign of this studio.
    keep
        Seconds without use after which a session goes; None for never.
    """

    def __init__(self, store: Store, workspace: Workspace, presence: str, keep: float | None) -> None:
        self._store, self._workspace, self._keep = store, workspace, keep
        # The look at the files comes before the look at who is alive: whose they are has died since, or is found.
        left = [path for folder in self._folders() for path in folder.iterdir()]
        self._left = [] if others_alive(workspace.presence, presence) else left
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="nemo-studio-cleaner", daemon=True)

    def start(self) -> None:
        """Begin to clean, in a thread."""
        self._thread.start()

    def stop(self) -> None:
        """Stop cleaning."""
        self._stopping.set()
        self._thread.join(_STOP_PATIENCE)

    def clean(self, *, first: bool = True) -> None:
        """Clean once; ``first`` for what was there when the studio started, too."""
        now = time.time()
        self._sweep([*(self._left if first else ()), *_older(self._folders(), now - _NOBODYS)])
        if self._keep is not None:
            self._age(now - self._keep - NOTED_EVERY)
            upkeep.drop_users(self._store, now)

    def _work(self) -> None:
        first = True
        while True:
            try:
                self.clean(first=first)
            except (OSError, sqlite3.Error) as error:  # the next hour may be better
                _log.warning("The studio's folder could not be cleaned: %s", error)
            first = False
            if self._stopping.wait(_EVERY):
                return

    def _folders(self) -> tuple[Path, Path, Path]:
        return self._workspace.incoming, self._workspace.media_folder, self._workspace.videos_folder

    def _sweep(self, found: list[Path]) -> None:
        """Remove what killed studios left behind: of what was found before, all that the store doesn't know now."""
        files, videos = upkeep.known(self._store)
        known = dict(zip(self._folders(), (set[str](), files, videos), strict=True))
        for path in found:
            if path.name not in known[path.parent]:
                _remove(path)

    def _age(self, before: float) -> None:
        """Remove the sessions that nobody has used for long, with what is theirs alone."""
        for session in upkeep.idle_sessions(self._store, before):
            if self._stopping.is_set():
                return
            files, folders = upkeep.drop_session(self._store, session, before)
            for row in files:
                _remove(self._workspace.media_path(row.id, row.format).parent)
            for folder in folders:
                _remove(self._workspace.video_path(folder).parent)


def _older(folders: tuple[Path, ...], before: float) -> Iterator[Path]:
    for path in (path for folder in folders for path in folder.iterdir()):
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < before:
                yield path


def _remove(path: Path) -> None:
    # What somebody still reads may stay for now on systems that won't remove it; the next sweep finds it.
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            path.unlink()
