"""Finished videos on their way to this machine: streamed to a ``.part`` file, resumed after a cut."""

from __future__ import annotations

import asyncio
import errno
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from nemo_widgets.errors import ConnectionFailed, NemoError
from nemo_widgets.progress import Progress
from nemo_widgets.settings import data_folder

if TYPE_CHECKING:
    import os
    from collections.abc import Awaitable, Callable, Generator

    from nemo_widgets.client.transport import Download, Transport

_LONGEST_WAIT = 10.0


def target_path(path: str | os.PathLike[str] | None, name: str) -> Path:
    """Return the file to write: ``path``, ``name`` in the folder ``path``, or ``name`` in this user's videos.

    Examples
    --------
    >>> target_path("promo", "render_1.mp4").name
    'promo.mp4'
    """
    if path is None:
        return data_folder() / "videos" / name
    target = Path(path).expanduser().absolute()
    if target.is_dir():
        return target / name
    return target if target.suffix else target.with_name(f"{target.name}.mp4")


@dataclass(frozen=True)
class Place:
    """Where the bytes are; ``api`` where that is a path of the service's own API."""

    url: str
    api: bool = False


async def fetch(
    transport: Transport,
    places: list[Callable[[], Awaitable[Place | None]]],
    target: Path,
    *,
    on_progress: Callable[[Progress], object] | None = None,
) -> tuple[str, int]:
    """Download to ``target``, which appears only when it is whole.

    Parameters
    ----------
    transport
        The connection; nothing secret goes to the host of a place that isn't the API's.
    places
        Where to get it, one after the other where one doesn't have it (any more).
    target
        The file; its folder is made.
    on_progress
        Called on the background thread with bytes done and in total.

    Returns
    -------
    tuple of str and int
        The address that had it, and the size in bytes.

    Raises
    ------
    ConnectionFailed
        When it keeps breaking off.
    NemoError
        ``no-video`` when no place has it, ``disk-full``.
    """
    part = target.with_name(f"{target.name}.part")
    with _part_file(part) as file:
        for find in places:
            place = await find()
            if place is not None and await _Fetching(transport, place, file, target.name, on_progress).run():
                size = file.tell()
                file.close()
                part.replace(target)
                return place.url, size
    raise NemoError("no-video")


class _Fetching:
    """One place's bytes into one open file."""

    def __init__(
        self,
        transport: Transport,
        place: Place,
        file: IO[bytes],
        name: str,
        on_progress: Callable[[Progress], object] | None,
    ) -> None:
        self._transport = transport
        self._place = place
        self._file = file
        self._name = name
        self._on_progress = on_progress
        self._etag = ""
        self._total = 0
        self._reported = 0

    async def run(self) -> bool:
        """Return True when the file is whole, False when this place doesn't have it."""
        settings = self._transport.settings
        self._restart()
        cuts = 0
        while True:
            before = self._file.tell()
            cut: NemoError = ConnectionFailed("connection-cloud", service=self._name)
            try:
                async with self._transport.download(
                    self._place.url, offset=before, etag=self._etag, api=self._place.api
                ) as download:
                    if 400 <= download.status < 500 and not (download.status == 416 and before):
                        return False
                    if download.status < 400:
                        await self._take(download, before)
                        if self._file.tell() == self._total or not self._total:
                            return True
                    if download.status == 416 or self._file.tell() > self._total > 0:
                        self._restart()
            except ConnectionFailed as error:
                cut = error
            cuts = 0 if self._file.tell() > before else cuts + 1
            if cuts > settings.retries:
                raise cut
            await asyncio.sleep(min(_LONGEST_WAIT, settings.retry_wait * 2**cuts))

    async def _take(self, download: Download, offset: int) -> None:
        same = download.status == 206 and download.etag == self._etag and download.total == self._total
        if offset and not same:
            self._restart()
            if download.status == 206:  # the rest of another version: begin again
                self._total = -1
                return
        self._etag, self._total = download.etag, download.total
        async for chunk in download.chunks:
            self._file.write(chunk)
            self._report()

    def _restart(self) -> None:
        self._file.seek(0)
        self._file.truncate()
        self._etag, self._total = "", 0

    def _report(self) -> None:
        done = self._file.tell()
        if self._on_progress is not None and done > self._reported:
            self._reported = done
            self._on_progress(Progress(done, self._total, self._name))


@contextmanager
def _part_file(part: Path) -> Generator[IO[bytes]]:
    """Open the ``.part`` file and leave none behind."""
    full = False
    try:
        part.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            yield file
    except OSError as error:
        if error.errno not in {errno.ENOSPC, errno.EDQUOT}:
            raise
        full = True
    finally:
        part.unlink(missing_ok=True)
    if full:
        raise NemoError("disk-full", name=part.name.removesuffix(".part"))
