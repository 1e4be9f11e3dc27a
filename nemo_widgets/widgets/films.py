"""The videos that a widget's player may read, and the bytes that it asks for over the messages."""

from __future__ import annotations

import asyncio
import uuid
from typing import TYPE_CHECKING, Any

from nemo_widgets.errors import InvalidInput
from nemo_widgets.widgets.transfer import read_slice

if TYPE_CHECKING:
    from pathlib import Path

    from nemo_widgets.widgets.desk import Desk

_TYPES = {
    ".mp4": "video/mp4",
    ".m4v": "video/mp4",
    ".mov": "video/quicktime",
    ".webm": "video/webm",
    ".mkv": "video/x-matroska",
    ".avi": "video/x-msvideo",
    ".mp3": "audio/mpeg",
    ".wav": "audio/wav",
    ".m4a": "audio/mp4",
    ".aac": "audio/aac",
}


def media_type(name: str) -> str:
    """Return the media type of a file, by its ending.

    Examples
    --------
    >>> media_type("clip.MOV"), media_type("promo")
    ('video/quicktime', 'video/mp4')
    """
    return next((told for suffix, told in _TYPES.items() if name.lower().endswith(suffix)), "video/mp4")


def film_view(film_id: str, name: str, size: int, *, duration: int | None = None) -> dict[str, Any]:
    """Return a video as the player is told of it; ``size`` in bytes, ``duration`` in ms.

    Examples
    --------
    >>> film_view("f1", "promo.mp4", 5)["type"]
    'video/mp4'
    """
    unknown = dict.fromkeys(("width", "height", "url", "poster", "captions"))
    told = {"id": film_id, "name": name, "size": size, "type": media_type(name), "duration": duration}
    return told | unknown | {"outdated": False, "preview": False}


class Films:
    """The videos of one widget.

    Parameters
    ----------
    desk
        The widget's state.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._files: dict[str, tuple[Path, str]] = {}

    def add(self, path: Path, name: str) -> str:
        """Let views read a file; return the id that they do it by."""
        film_id = uuid.uuid4().hex
        self._files[film_id] = (path, name)
        return film_id

    def file(self, film_id: str) -> tuple[Path, str, str] | None:
        """Return a video's path, what to call it and its media type; None for one of an earlier kernel."""
        path, name = self._files.get(film_id, (None, ""))
        return None if path is None else (path, name, media_type(name))

    async def read(self, film_id: str, offset: int, length: int) -> None:
        """Send the views a part of a video, or why they can't have it."""
        try:
            data = await asyncio.to_thread(self._part, film_id, offset, length)
        except InvalidInput as error:
            self._desk.send({"kind": "video-failed", "id": film_id, "error": self._desk.complain(error)}, None)
        else:
            self._desk.send({"kind": "video-slice", "id": film_id, "offset": offset}, [data])

    def _part(self, film_id: str, offset: int, length: int) -> bytes:
        found = self._files.get(film_id)
        if found is None:
            raise InvalidInput("video-gone")
        return read_slice(found[0], offset, length)
