"""A video in a cell, on its own: poster first, seekable anywhere, and never saved into the notebook."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from nemo_widgets.client.models import Video
from nemo_widgets.client.uploads import sniff
from nemo_widgets.draft.model import Draft
from nemo_widgets.errors import InvalidInput
from nemo_widgets.loop import submit
from nemo_widgets.widgets import front_end
from nemo_widgets.widgets.desk import Desk
from nemo_widgets.widgets.films import Films, film_view
from nemo_widgets.widgets.part import Part
from nemo_widgets.widgets.thumbnail import poster_url
from nemo_widgets.widgets.views import address_name

if TYPE_CHECKING:
    import os

Film: TypeAlias = "str | os.PathLike[str] | bytes | bytearray | memoryview | Video"
"""What can be played: a path, an https address, bytes, or a finished :class:`~nemo_widgets.Video`."""

_HEAD_BYTES = 64


class Player(Part):
    """A video player.

    The bytes go to the browser in slices that it asks for, or over the kernel's own server where it can be reached:
    memory stays flat, and the notebook small. A web address is played from where it is.

    Parameters
    ----------
    source
        A path, an https address, bytes, or a :class:`Video` such as ``editor.export()`` returns.
    captions
        What to show with it on request: WebVTT, or a :class:`Draft`, whose texts are taken.
    language
        ``"en"`` or ``"zh"``.

    Raises
    ------
    InvalidInput
        When there is no such file, or it is nothing that can be played.

    Examples
    --------
    >>> Player("https://example.com/promo.mp4")
    Player(promo.mp4)
    """

    _esm = front_end.PLAYER

    def __init__(self, source: Film, *, captions: str | Draft | None = None, language: str = "en") -> None:
        super().__init__("player", language=language)
        self._desk = Desk(
            self._post,
            language=language,
            backend={"kind": "", "label": "", "detail": "", "status": "ready", "error": None},
            video=None,
        )
        self._films = Films(self._desk)
        self._own: Path | None = None
        self._video: dict[str, Any] | None = None
        self.show(source, captions=captions)
        self._listen()

    def show(self, source: Film, *, captions: str | Draft | None = None) -> None:
        """Show another video in its place."""
        address = source if isinstance(source, str) and source.lower().startswith(("http://", "https://")) else None
        if address is not None:
            video = film_view("", address_name(address), 0) | {"id": address, "url": address}
        else:
            path = self._path(source)
            size = path.stat().st_size
            duration = source.duration if isinstance(source, Video) else None
            video = film_view(self._films.add(path, path.name), path.name, size, duration=duration)
        video["captions"] = captions.to_vtt() if isinstance(captions, Draft) else captions
        self._video = video
        submit(self._shown(video))

    async def _shown(self, video: dict[str, Any]) -> None:
        if self._video is not video:
            return
        self._desk.state.update(video=video)
        found = self._films.file(video["id"])
        poster = None if found is None else await asyncio.to_thread(poster_url, found[0])
        if poster is not None and self._video is video:
            self._desk.state.update(video=video | {"poster": poster})

    def _path(self, source: Film) -> Path:
        """Return where the video is; bytes are written to a file of our own."""
        if isinstance(source, bytes | bytearray | memoryview):
            return self._written(memoryview(source))
        try:
            path = Path(source.path if isinstance(source, Video) else source).expanduser()
        except TypeError:
            raise InvalidInput("no-player", name=type(source).__name__, language=self.language) from None
        if not path.is_file():
            raise InvalidInput("missing-file", name=str(path), language=self.language)
        if path.stat().st_size == 0:
            raise InvalidInput("empty-file", name=path.name, language=self.language)
        return path.absolute()

    def _written(self, data: memoryview) -> Path:
        if not data:
            raise InvalidInput("empty-file", language=self.language)
        if self._own is None:
            self._own = Path(tempfile.mkdtemp(prefix="nemo-player-"))
        path = self._own / f"video{sniff(bytes(data[:_HEAD_BYTES])) or '.mp4'}"
        path.write_bytes(data)
        return path

    def _video_file(self, video_id: str) -> tuple[Path, str, str] | None:
        return self._films.file(video_id)

    async def _handle(self, kind: str, **fields: Any) -> None:
        match kind:
            case "ready":
                self._desk.state.send_whole()
            case "video-read":
                await self._films.read(fields["id"], fields["offset"], fields["length"])
            case _:
                pass

    async def _close(self) -> None:
        await super()._close()
        if self._own is not None:
            await asyncio.to_thread(shutil.rmtree, self._own, ignore_errors=True)

    def __repr__(self) -> str:
        video = getattr(self, "_video", None)
        return f"Player({video['name']})" if video else "Player(…)"
