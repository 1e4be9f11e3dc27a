"""Music for a session: composed once for each mood, and kept like an uploaded file."""

from __future__ import annotations

import hashlib
import shutil
import time
import uuid
from typing import TYPE_CHECKING

from nemo_widgets.studio.store import MediaRow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from typing import Any

    from nemo_widgets.studio.store import Store
    from nemo_widgets.studio.workspace import Workspace

LONGEST = 60_000
"""Longer videos repeat the music (ms)."""


class Composer:
    """Makes music files.

    Parameters
    ----------
    store, workspace
        Where they are kept.
    compose
        :func:`nemo_widgets.studio.music.compose`.
    moods
        What it knows.
    """

    def __init__(self, store: Store, workspace: Workspace, compose: Callable[..., Path], moods: Sequence[str]) -> None:
        self._store, self._workspace = store, workspace
        self._compose: Callable[..., Any] = compose
        self.moods = tuple(moods)

    def compose(self, mood: str, duration: int, *, user: str, session: str) -> MediaRow:
        """Return music of a mood for ``duration`` ms, taking up what the session already has."""
        length = min(duration, LONGEST)
        for row in self._store.media_of(session):
            if row.origin == "music" and row.filename == f"{mood}.m4a" and (row.duration or 0) >= length:
                return row
        media_id = uuid.uuid4().hex
        target = self._workspace.media_path(media_id, "m4a")
        target.parent.mkdir(mode=0o700)
        try:
            row = self._made(mood, length, target, media_id, user=user, session=session)
            self._store.add_media([row])
        except BaseException:
            shutil.rmtree(target.parent, ignore_errors=True)
            raise
        return row

    def _made(self, mood: str, length: int, target: Path, media_id: str, *, user: str, session: str) -> MediaRow:
        seed = int(hashlib.sha256(session.encode()).hexdigest()[:8], 16)
        self._compose(mood, length, target, seed=seed)
        content = target.read_bytes()
        return MediaRow(
            id=media_id,
            user=user,
            session=session,
            origin="music",
            filename=f"{mood}.m4a",
            kind="audio",
            format="m4a",
            width=0,
            height=0,
            duration=length,
            fps=0.0,
            has_audio=True,
            bytes=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            created=time.time(),
        )
