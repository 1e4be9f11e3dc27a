"""Files on their way to the service: checked before anything is sent, and streamed from disk."""

from __future__ import annotations

import asyncio
import io
import mimetypes
import os
import secrets
import tempfile
import threading
from collections.abc import AsyncIterator, Callable, Generator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any, TypeAlias, cast

from nemo_widgets.errors import FileTooLarge, InvalidInput, UnsupportedFile
from nemo_widgets.progress import Progress
from nemo_widgets.settings import SUFFIXES

Source: TypeAlias = "str | os.PathLike[str] | bytes | bytearray | memoryview | IO[bytes] | tuple[str, Any]"
"""What can be uploaded: a path, an http address, bytes, an open file, or ``(name, any of these)``."""

OnProgress: TypeAlias = Callable[[Progress], object]

_PIECE_BYTES = 256 * 1024
_HEAD_BYTES = 64
_CRUMB_EVERY_S = 5.0
_CRUMBS = 1000
_seeking = threading.Lock()  # a file that the user opened may be in two requests
_VIDEO_BRANDS = (b"isom", b"iso2", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"dash", b"MSNV")
_STILL_BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"), "HEIC"),
    **dict.fromkeys((b"avif", b"avis"), "AVIF"),
}
_OTHERS = {
    b"%PDF-": "PDF",
    b"PK\x03\x04": "ZIP",
    b"Rar!\x1a\x07": "RAR",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"\x1f\x8b\x08": "gzip",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"8BPS": "Photoshop",
    b"\xff\x4f\xff\x51": "JPEG 2000",
    b"\x00\x00\x00\x0cjP  ": "JPEG 2000",
    b"OggS": "Ogg",
    b"fLaC": "FLAC",
    b"FLV\x01": "FLV",
    b"\x7fELF": "program",
    b"{\\rtf": "RTF",
    b"<!DOCTYPE": "HTML",
    b"<!doctype": "HTML",
    b"<html": "HTML",
    b"<?xml": "XML",
    b"<svg": "SVG",
}


@dataclass(frozen=True)
class LocalFile:
    """A file that passed the checks.

    Attributes
    ----------
    name : str
        What the service is told.
    size : int
        Bytes.
    own : bool
        Whether ``source`` is a copy that nobody else uses.
    """

    name: str
    size: int
    source: Path | IO[bytes]
    own: bool = False

    def close(self) -> None:
        """Let go of a copy that was made only to be sent."""
        if self.own and not isinstance(self.source, Path):
            self.source.close()

    @contextmanager
    def open(self) -> Generator[IO[bytes]]:
        """Open it from its start; a file that the user opened is left open."""
        if isinstance(self.source, Path):
            with self.source.open("rb") as file:
                yield file
        else:
            self.source.seek(0)
            yield self.source

    def read(self, opened: IO[bytes], offset: int, size: int) -> bytes:
        """Read a piece; who else reads the same open file isn't led astray."""
        with nullcontext() if isinstance(self.source, Path) else _seeking:
            opened.seek(offset)
            return opened.read(size)


@dataclass(frozen=True)
class RemoteFile:
    """A file that the service fetches itself."""

    url: str

    def close(self) -> None:
        """Do nothing: there is nothing here to let go of."""


def check(source: Source, *, max_bytes: int) -> LocalFile | RemoteFile:
    r"""Check one thing to upload, and return it ready to be sent.

    Raises
    ------
    InvalidInput
        When it doesn't exist, is empty or isn't a file.
    UnsupportedFile
        When neither its ending nor its first bytes are of a kind that the service takes, or the first bytes are
        surely of another kind (a HEIC photo that is called ``a.jpg``).
    FileTooLarge
        When it has more than ``max_bytes``.

    Examples
    --------
    >>> check(b"\x89PNG\r\n\x1a\n", max_bytes=100).name
    'upload.png'
    >>> check("https://example.com/c.png", max_bytes=100)
    RemoteFile(url='https://example.com/c.png')
    """
    name: str | None = None
    if isinstance(source, tuple) and len(source) == 2:
        name, source = source
    if isinstance(source, str) and source.lower().startswith(("http://", "https://")):
        return RemoteFile(source)
    if isinstance(source, str | os.PathLike):
        path = _path(source)
        return _checked(name or path.name, _existing(path), path, max_bytes)
    if isinstance(source, bytes | bytearray | memoryview):
        return _checked(name, len(source), io.BytesIO(source), max_bytes)
    if not callable(getattr(source, "read", None)):
        raise InvalidInput("not-a-file", name=type(source).__name__)
    return _check_open(name, cast("IO[Any]", source), max_bytes)


def _path(source: str | os.PathLike[str]) -> Path:
    try:
        return Path(source).expanduser()
    except RuntimeError:  # "~" begins a file's name, not a user's
        return Path(source)


def _existing(path: Path) -> int:
    """Return the size of a regular file that exists."""
    try:
        if path.is_file():
            with path.open("rb"):
                return path.stat().st_size
        if path.is_dir():
            raise InvalidInput("file-is-folder", name=str(path))
    except PermissionError:
        raise InvalidInput("forbidden-file", name=path.name) from None
    except OSError:
        pass
    raise InvalidInput("missing-file", name=str(path))


def _check_open(name: str | None, file: IO[Any], max_bytes: int) -> LocalFile:
    given = getattr(file, "name", None)
    name = name or (Path(given).name if isinstance(given, str) else None)
    if isinstance(file, io.TextIOBase):
        raise InvalidInput("text-file", name=name)
    if file.seekable():
        return _checked(name, file.seek(0, os.SEEK_END), file, max_bytes)
    kept = cast("IO[bytes]", tempfile.TemporaryFile())  # noqa: SIM115 - LocalFile.close does it
    try:
        while kept.tell() <= max_bytes and (piece := file.read(_PIECE_BYTES)):  # a pipe may have no end
            kept.write(piece)
        return replace(_checked(name, kept.tell(), kept, max_bytes), own=True)
    except BaseException:
        kept.close()
        raise


def _checked(name: str | None, size: int, source: Path | IO[bytes], max_bytes: int) -> LocalFile:
    if size == 0:
        raise InvalidInput("empty-file", name=name)
    with LocalFile("", size, source).open() as file:
        head = file.read(_HEAD_BYTES)
    suffix = Path(name or "").suffix.lower()
    if suffix not in SUFFIXES:
        found = sniff(head)
        if found is None:
            raise UnsupportedFile(name=name or "")
        name = f"{name or 'upload'}{found}"
    elif (other := disguised(head)) is not None:
        raise UnsupportedFile("really", name=name or "", found=other)
    if size > max_bytes:
        raise FileTooLarge(name=name or "", limit=max_bytes)
    return LocalFile(Path(name or "upload").name, size, source)


def sniff(head: bytes) -> str | None:
    r"""Return the usual ending for a file that begins with ``head``; None for one that the service doesn't take.

    Examples
    --------
    >>> sniff(b"\xff\xd8\xff\xe0"), sniff(b"%PDF-1.7")
    ('.jpg', None)
    """
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        return {b"M4A ": ".m4a", b"qt  ": ".mov"}.get(brand, ".mp4" if brand in _VIDEO_BRANDS else None)
    if head[:4] == b"RIFF":
        return {b"WAVE": ".wav", b"WEBP": ".webp", b"AVI ": ".avi"}.get(head[8:12])
    if head[:4] == b"\x1aE\xdf\xa3":
        return ".webm" if b"webm" in head else ".mkv"
    starts = {b"\xff\xd8\xff": ".jpg", b"\x89PNG\r\n\x1a\n": ".png", b"GIF8": ".gif", b"ID3": ".mp3"}
    if found := next((suffix for start, suffix in starts.items() if head.startswith(start)), None):
        return found
    if head[:1] == b"\xff" and head[1:2] in {b"\xf1", b"\xf9"}:
        return ".aac"
    return ".mp3" if head[:1] == b"\xff" and head[1:2] in {b"\xfb", b"\xf3", b"\xf2"} else None


def disguised(head: bytes) -> str | None:
    r"""Return what a file surely is that the service doesn't take, whatever it is called; None where it may be fine.

    What isn't known for sure is left to the service: an MP3 may begin with almost anything.

    Examples
    --------
    >>> disguised(b"\x00\x00\x00\x18ftypheic"), disguised(b"%PDF-1.7"), disguised(b"\xff\xd8\xff\xe0")
    ('HEIC', 'PDF', None)
    """
    if head[4:8] == b"ftyp":
        return _STILL_BRANDS.get(head[8:12])
    return next((kind for start, kind in _OTHERS.items() if head.startswith(start)), None)


class MultipartBody:
    """Files as one ``multipart/form-data`` body, read from disk piece by piece: memory stays flat.

    Parameters
    ----------
    files
        What to send, in the field ``files``.
    on_progress
        Called on the background thread as pieces leave, with the bytes of all files together.
    turn
        What the end of the body waits for: the service takes a request up when it is whole.
    """

    def __init__(
        self, files: Sequence[LocalFile], on_progress: OnProgress | None = None, turn: asyncio.Event | None = None
    ) -> None:
        boundary = secrets.token_hex(16)
        self._files = [(file, _part_head(boundary, file.name)) for file in files]
        self._tail = f"--{boundary}--\r\n".encode()
        self._on_progress = on_progress
        self._turn = turn
        self._reported = 0
        self.content_type = f"multipart/form-data; boundary={boundary}"

    @property
    def size(self) -> int:
        """Bytes of the whole body."""
        return sum(len(head) + file.size + 2 for file, head in self._files) + len(self._tail)

    async def stream(self) -> AsyncIterator[bytes]:
        """Yield the body from its start.

        Raises
        ------
        InvalidInput
            When a file became shorter in the meantime.
        """
        done, total = 0, sum(file.size for file, _ in self._files)
        last = self._files[-1][0]
        for file, head in self._files:
            yield head
            sent = 0
            with file.open() as opened:
                while sent < file.size:
                    piece = await asyncio.to_thread(file.read, opened, sent, min(_PIECE_BYTES, file.size - sent))
                    if not piece:
                        raise InvalidInput("file-changed", name=file.name)
                    sent += len(piece)
                    if file is last and sent == file.size:
                        async for crumb in self._withheld(piece):
                            yield crumb
                    else:
                        yield piece
                    done += len(piece)
                    self._report(done, total, file.name)
            yield b"\r\n"
        yield self._tail

    async def _withheld(self, piece: bytes) -> AsyncIterator[bytes]:
        """Yield the last piece when it is its turn; before, a crumb now and then, so that no proxy hangs up."""
        turn = self._turn
        crumb = max(1, len(piece) // _CRUMBS)
        while turn is not None and not turn.is_set():
            try:
                await asyncio.wait_for(turn.wait(), _CRUMB_EVERY_S if len(piece) > crumb else None)
            except TimeoutError:
                yield piece[:crumb]
                piece = piece[crumb:]
        yield piece

    def _report(self, done: int, total: int, name: str) -> None:
        if self._on_progress is not None and done > self._reported:  # a second attempt doesn't go back
            self._reported = done
            self._on_progress(Progress(done, total, name))


def _part_head(boundary: str, name: str) -> bytes:
    escaped = name.replace("\\", "_").replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
    return (
        f'--{boundary}\r\nContent-Disposition: form-data; name="files"; filename="{escaped}"\r\n'
        f"Content-Type: {mimetypes.guess_type(name)[0] or 'application/octet-stream'}\r\n\r\n"
    ).encode()
