"""Finished videos on their way to this machine: streamed to a ``.part`` file, resumed after a cut or a restart."""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from nemo_widgets.disk import FULL, disk_full
from nemo_widgets.errors import ConnectionFailed, InvalidInput, NemoError
from nemo_widgets.progress import Progress
from nemo_widgets.settings import data_folder

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Generator

    from nemo_widgets.client.transport import Download, Transport

_LONGEST_WAIT = 10.0
_PASSING = frozenset({408, 429})  # among the refusals, those that say "later" and not "never"
_STALE_S = 7 * 86400.0


def target_path(path: str | os.PathLike[str] | None, name: str) -> Path:
    """Return the file to write: ``path``, ``name`` in the folder ``path``, or ``name`` in this user's videos.

    Examples
    --------
    >>> target_path("promo", "render_1.mp4").name
    'promo.mp4'
    """
    if path is None:
        return data_folder() / "videos" / name
    target = Path(whole_path(path))
    if target.is_dir():
        return target / name
    return target if target.suffix else target.with_name(f"{target.name}.mp4")


def whole_path(path: str | os.PathLike[str]) -> str:
    """Return a path that means the same in another folder."""
    return str(Path(path).expanduser().absolute())


def check_writable(path: str | os.PathLike[str]) -> None:
    """Refuse, before anything is rendered, a path that no video can be written to.

    Raises
    ------
    InvalidInput
        For another ending than ``.mp4``.
    NemoError
        ``cant-save``, where the folder can't be made, or no file of that name written in it.

    Examples
    --------
    >>> check_writable("promo.avi")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    nemo_widgets.errors.InvalidInput: ...
    """
    target = target_path(path, "video.mp4")
    if target.suffix.lower() != ".mp4":
        raise InvalidInput("not-mp4", name=target.name)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        attempt = part_path(target, secrets.token_hex(4))  # what may be written isn't known before it is tried
        attempt.touch(exist_ok=False)
        attempt.unlink()
    except OSError as error:
        reason = error.strerror or type(error).__name__
    else:
        return
    raise NemoError("cant-save", name=str(target), reason=reason)


@dataclass(frozen=True)
class Place:
    """Where the bytes are; ``api`` where that is a path of the service's own API."""

    url: str
    api: bool = False


@dataclass(frozen=True)
class Version:
    """Which file a part is of: two downloads with the same one may be joined.

    Attributes
    ----------
    etag : str
        What the server calls it; ``""`` where it doesn't say.
    total : int
        Bytes of the whole; 0 where the server doesn't say.
    """

    etag: str = ""
    total: int = 0


def part_path(target: Path, key: str) -> Path:
    """Return where the part of a download lies: beside the file, and another one for each render.

    Examples
    --------
    >>> part_path(Path("promo.mp4"), "3fa9c1d2").name
    'promo.mp4.3fa9c1d2.part'
    """
    return target.with_name(f"{target.name}.{key}.part")


class Part:
    """What has been downloaded so far.

    Parameters
    ----------
    target
        The file that it becomes.
    key
        What is downloaded, for the name.
    version
        Which version the part that an earlier download left is of; None where that isn't known, and it begins anew.
    on_version
        Told the version before its first byte is written.
    """

    def __init__(
        self, target: Path, key: str, version: Version | None, on_version: Callable[[Version], Awaitable[None]]
    ) -> None:
        self.target = target
        self.version = version or Version()
        self._resumable = version is not None
        self._shared = True
        self._key = key
        self._on_version = on_version
        self._path = part_path(target, key)
        self._file: IO[bytes]

    @property
    def size(self) -> int:
        """Bytes so far."""
        return self._file.tell()

    @property
    def whole(self) -> bool:
        """Whether nothing is missing; False where the whole isn't known."""
        return self.size == self.version.total > 0

    @contextmanager
    def open(self) -> Generator[None]:
        """Hold the file; where something breaks off, it stays for the next time.

        Raises
        ------
        NemoError
            ``disk-full``, ``cant-save``.
        """
        failure: OSError | None = None
        try:
            self.target.parent.mkdir(parents=True, exist_ok=True)
            _sweep(self.target.parent)
            self._hold()
            with self._file:
                if not self._resumable:
                    self.restart()
                try:
                    yield
                finally:
                    if not (self._file.closed or (self.size and self._shared)):
                        self.remove()  # nothing that somebody could go on from
        except OSError as error:
            failure = error
        if failure is None:
            return
        if failure.errno in FULL:
            self._path.unlink(missing_ok=True)
            raise disk_full(self.target.parent, self.target.name, self.version.total, kind=NemoError)
        raise NemoError("cant-save", name=str(self.target), reason=failure.strerror or type(failure).__name__)

    async def begin(self, version: Version) -> None:
        """Take note of what is coming, before the first byte of it."""
        self.version = version
        await self._on_version(version)

    def write(self, chunk: bytes) -> None:
        """Add bytes."""
        self._file.write(chunk)

    def restart(self) -> None:
        """Forget everything so far."""
        self._file.seek(0)
        self._file.truncate()
        self.version = Version()

    def finish(self) -> None:
        """Make it the file that it is part of."""
        self._file.flush()
        if sys.platform == "win32":
            self._file.close()  # an open file can't be renamed there
        self._path.replace(self.target)  # before the lock goes, so that nobody takes the file for a part
        self._file.close()

    def remove(self) -> None:
        """Leave nothing behind."""
        if sys.platform == "win32":
            self._file.close()  # an open file can't be removed there
        self._path.unlink(missing_ok=True)
        self._file.close()

    def _hold(self) -> None:
        """Open the part that belongs to this download; a fresh one where another process is at it."""
        self._file = self._path.open("a+b")
        if (
            _lock(self._file)
            and self._path.exists()
            and os.path.samestat(os.fstat(self._file.fileno()), self._path.stat())
        ):
            return
        self._file.close()
        self._resumable, self._shared, self.version = False, False, Version()
        self._path = part_path(self.target, secrets.token_hex(4))
        self._file = self._path.open("a+b")


def _lock(file: IO[bytes]) -> bool:
    """Say whether a file is ours alone; the system lets go of it when the process dies, however it dies."""
    if sys.platform == "win32":
        return True  # its locks would keep the file's own reader out
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        return True
    return True


def _sweep(folder: Path) -> None:
    """Remove parts that nobody came back for, from this user's own folder of videos only."""
    if folder == data_folder() / "videos":
        for path in folder.glob("*.part"):
            with contextlib.suppress(OSError):
                if time.time() - path.stat().st_mtime > _STALE_S:
                    path.unlink()


async def fetch(
    transport: Transport,
    places: list[Callable[[], Awaitable[Place | None]]],
    part: Part,
    *,
    on_progress: Callable[[Progress], object] | None = None,
) -> tuple[str, int]:
    """Download a file, which appears only when it is whole.

    Parameters
    ----------
    transport
        The connection; nothing secret goes to the host of a place that isn't the API's.
    places
        Where to get it, one after the other where one doesn't have it (any more).
    part
        Where to, and what is there of it already.
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
        ``no-video`` when no place has it, ``disk-full``, ``cant-save``.
    """
    unreached: ConnectionFailed | None = None
    with part.open():
        for find in places:
            try:
                place = await find()
                whole = place is not None and await _Fetching(transport, place, part, on_progress).run()
            except ConnectionFailed as error:
                unreached = error  # the next place may be there
                continue
            if place is not None and whole:
                size = part.size
                part.finish()
                return place.url, size
        if unreached is None:
            part.remove()
    raise unreached or NemoError("no-video")


class _Fetching:
    """One place's bytes into one part."""

    def __init__(
        self, transport: Transport, place: Place, part: Part, on_progress: Callable[[Progress], object] | None
    ) -> None:
        self._transport = transport
        self._place = place
        self._part = part
        self._on_progress = on_progress
        self._reported = 0

    async def run(self) -> bool:
        """Return True when the file is whole, False when this place doesn't have it."""
        settings = self._transport.settings
        part, cuts = self._part, 0
        while not part.whole:
            before = part.size
            cut: NemoError = ConnectionFailed("connection-cloud", service=part.target.name)
            try:
                async with self._transport.download(
                    self._place.url, offset=before, etag=part.version.etag, api=self._place.api
                ) as download:
                    if (
                        400 <= download.status < 500
                        and download.status not in _PASSING
                        and not (download.status == 416 and before)
                    ):
                        return False
                    if download.status < 400 and download.page:  # a refusal with a good status, or a proxy's log-in
                        return False
                    if download.status == 416:
                        part.restart()
                    elif download.status < 400 and await self._take(download, before):
                        if part.whole or (part.size and not part.version.total):
                            return True
                        if part.size > part.version.total:
                            part.restart()
            except ConnectionFailed as error:
                cut = error
            cuts = 0 if part.size > before else cuts + 1
            if cuts > settings.retries:
                raise cut
            if not part.whole:
                await asyncio.sleep(min(_LONGEST_WAIT, settings.retry_wait * 2**cuts))
        return True

    async def _take(self, download: Download, offset: int) -> bool:
        """Add what comes; False where it is the rest of another version, and so has to begin again."""
        version = Version(download.etag, download.total)
        if offset and (download.status != 206 or version != self._part.version):
            self._part.restart()
            if download.status == 206:
                return False
        if not self._part.size:
            await self._part.begin(version)
        async for chunk in download.chunks:
            self._part.write(chunk)
            self._report()
        return True

    def _report(self) -> None:
        done = self._part.size
        if self._on_progress is not None and done > self._reported:
            self._reported = done
            self._on_progress(Progress(done, self._part.version.total, self._part.target.name))
