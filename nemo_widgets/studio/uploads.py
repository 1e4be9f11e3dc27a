"""Files that arrive: streamed to disk as they come, judged by what is in them, kept under an id."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import time
import uuid
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, Protocol

import python_multipart as multipart
from anyio import to_thread
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header

from nemo_widgets.errors import FileTooLarge, InvalidInput, NemoError, UnsupportedFile
from nemo_widgets.settings import SUFFIXES
from nemo_widgets.studio import media
from nemo_widgets.studio.store import MediaRow
from nemo_widgets.studio.trouble import told
from nemo_widgets.studio.workspace import display_name

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from starlette.requests import Request

    from nemo_widgets.studio.media import MediaInfo
    from nemo_widgets.studio.quotas import Room
    from nemo_widgets.studio.store import Store
    from nemo_widgets.studio.workspace import Workspace

_ESCAPE = re.compile(r"%([01][0-9A-F]|22)")
_BLOCK = 1024 * 1024
_MOST_FILES = 100
_MOST_PARTS = 2 * _MOST_FILES
_MOST_BETWEEN = _BLOCK
"""Bytes of a form that may be no file's: before, between and after the parts, and other fields."""


class Digest(Protocol):
    """A running hash."""

    def update(self, data: bytes | bytearray, /) -> None:
        """Take more bytes in."""

    def hexdigest(self) -> str:
        """Return the hash so far, in hexadecimal."""
        ...


@dataclass
class Arrival:
    """A file on its way into the studio."""

    path: Path
    filename: str
    file: BinaryIO
    limit: int
    room: Room | None = None
    size: int = 0
    buffer: bytearray = field(default_factory=bytearray)
    digest: Digest = field(default_factory=hashlib.sha256)

    @classmethod
    def begin(cls, folder: Path, filename: str, limit: int, room: Room | None = None) -> Arrival:
        """Open a file for what is coming."""
        path = folder / uuid.uuid4().hex
        file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb", buffering=0)
        return cls(path, display_name(filename), file, limit, room)

    def flush(self) -> None:
        """Write what has come.

        Raises
        ------
        FileTooLarge
            4002, as soon as the limit is passed.
        InvalidInput
            Where the disk is full.
        """
        self.size += len(self.buffer)
        if self.size > self.limit:
            raise FileTooLarge(code=4002, name=self.filename, limit=self.limit)
        if self.room is not None:
            self.room.take(len(self.buffer))
        self.digest.update(self.buffer)
        done = 0
        try:
            while done < len(self.buffer):  # A disk that is nearly full takes less than it is given.
                done += self.file.write(bytes(self.buffer[done:]))
        except OSError as error:
            raise told(error, self.filename) or error from error
        self.buffer.clear()

    def discard(self) -> None:
        """Forget the file."""
        self.file.close()
        self.path.unlink(missing_ok=True)


class _Form:
    """What the multipart parser found; it is told by callbacks and must not wait."""

    def __init__(self, folder: Path, limit: int, room: Room | None) -> None:
        self._folder, self._limit, self._room = folder, limit, room
        self.arrivals: list[Arrival] = []
        self._name, self._value = bytearray(), bytearray()
        self._disposition = b""
        self._current: Arrival | None = None
        self.whole = False
        self._parts, self._between = 0, 0

    def callbacks(self) -> multipart.multipart.MultipartCallbacks:
        return {
            "on_part_begin": self._begin,
            "on_header_field": lambda data, start, end: self._name.extend(data[start:end]),
            "on_header_value": lambda data, start, end: self._value.extend(data[start:end]),
            "on_header_end": self._header,
            "on_headers_finished": self._open,
            "on_part_data": self._data,
            "on_part_end": self._end,
            "on_end": self._last,
        }

    def came(self, size: int) -> None:
        """Count what was read: a form that never comes to its files could go on for ever."""
        self._between += size
        if self._between > _MOST_BETWEEN:
            raise InvalidInput(
                message="The upload's form is too long beside its files.", remedy="Send the files alone."
            )

    def _begin(self) -> None:
        self._disposition, self._current = b"", None
        self._parts += 1
        if self._parts > _MOST_PARTS:
            raise _too_many()

    def _header(self) -> None:
        if bytes(self._name).lower() == b"content-disposition":
            self._disposition = bytes(self._value)
        self._name.clear()
        self._value.clear()

    def _open(self) -> None:
        _, options = parse_options_header(self._disposition)
        if options.get(b"name") != b"files" or b"filename" not in options:
            return
        if len(self.arrivals) >= _MOST_FILES:
            raise _too_many()
        name = _decode_name(options[b"filename"])
        self._current = Arrival.begin(self._folder, name, self._limit, self._room)
        self.arrivals.append(self._current)

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._current is not None:
            self._current.buffer.extend(data[start:end])
            self._between -= end - start

    def _end(self) -> None:
        self._current = None

    def _last(self) -> None:
        self.whole = True


def _too_many() -> InvalidInput:
    return InvalidInput("sent-many-files", most=_MOST_FILES)


def _decode_name(raw: bytes) -> str:
    """Read a file name as browsers and httpx write it: UTF-8, with quotes and control characters escaped."""
    name = raw.decode("utf-8", "replace")
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), name)


async def receive(request: Request, folder: Path, limit: int, room: Room | None = None) -> list[Arrival]:
    """Stream a multipart body to disk, never holding more than a block of it.

    Parameters
    ----------
    request
        Whose body it is.
    folder, limit
        Where to put the files, and how many bytes one may have.
    room
        What may arrive in all.

    Raises
    ------
    FileTooLarge
        4002.
    InvalidInput
        Where the body isn't a form with files.
    """
    _, options = parse_options_header(request.headers.get("content-type"))
    form = _Form(folder, limit, room)
    problem = InvalidInput(message="The upload isn't a multipart form with files in it.", remedy="Send it again.")
    try:
        parser = multipart.MultipartParser(options.get(b"boundary", b""), form.callbacks())
        async for block in request.stream():
            parser.write(block)
            form.came(len(block))
            for arrival in form.arrivals[-1:]:
                if len(arrival.buffer) >= _BLOCK:
                    await to_thread.run_sync(arrival.flush)
            await _finish(form.arrivals[:-1])
        parser.finalize()
        await _finish(form.arrivals)
    except BaseException as error:
        for arrival in form.arrivals:
            arrival.discard()
        if isinstance(error, FormParserError):
            raise problem from error
        if isinstance(error, NemoError):
            await _drain(request.stream(), limit)
        raise
    if not form.arrivals or not form.whole:
        for arrival in form.arrivals:
            arrival.discard()
        raise problem
    return form.arrivals


async def _finish(arrivals: list[Arrival]) -> None:
    for arrival in arrivals:
        if not arrival.file.closed:
            await to_thread.run_sync(arrival.flush)
            arrival.file.close()


async def _drain(stream: AsyncIterator[bytes], most: int) -> None:
    """Read on, so that a client which sends before it listens gets its answer instead of a broken pipe."""
    with contextlib.suppress(RuntimeError):
        async for block in stream:
            most -= len(block)
            if most < 0:
                return


def keep(
    arrivals: list[Arrival],
    workspace: Workspace,
    store: Store,
    *,
    user: str,
    session: str,
    probe: Callable[[Path], MediaInfo] = media.probe,
) -> list[MediaRow]:
    """Look into the files, put them in their places and remember them, all or none.

    Raises
    ------
    UnsupportedFile
        4001, where a file isn't what a video can be made of, whatever its name says.
    """
    try:
        rows = [_inspect(arrival, user, session, probe) for arrival in arrivals]
        targets = [workspace.media_path(row.id, row.format) for row in rows]
        try:
            for arrival, row, target in zip(arrivals, rows, targets, strict=True):
                target.parent.mkdir(mode=0o700)
                twin = store.twin(row)
                if twin is None or not _link(workspace.media_path(twin.id, twin.format), target):
                    arrival.path.replace(target)
            store.add_media(rows)
        except BaseException:
            for target in targets:
                shutil.rmtree(target.parent, ignore_errors=True)
            raise
    finally:
        for arrival in arrivals:
            arrival.discard()
    return rows


def _link(path: Path, target: Path) -> bool:
    """Let the disk hold a file once that came twice; False where it can't."""
    try:
        target.hardlink_to(path)
    except OSError:
        return False
    return True


def _inspect(arrival: Arrival, user: str, session: str, probe: Callable[[Path], MediaInfo]) -> MediaRow:
    if arrival.size == 0:
        raise InvalidInput("empty-file", name=arrival.filename)
    try:
        info = probe(arrival.path)
    except UnsupportedFile as error:
        named = PurePosixPath(arrival.filename).suffix.lower() in SUFFIXES
        raise UnsupportedFile("media-nothing" if named else None, code=4001, name=arrival.filename) from error
    except InvalidInput as error:
        raise UnsupportedFile(error.key, code=4001, **error.details | {"name": arrival.filename}) from error
    return MediaRow(
        id=uuid.uuid4().hex,
        user=user,
        session=session,
        origin="upload",
        filename=arrival.filename,
        kind=info.kind,
        format=info.format,
        width=info.width or 0,
        height=info.height or 0,
        duration=info.duration,
        fps=info.fps or 0.0,
        has_audio=info.has_audio,
        bytes=arrival.size,
        sha256=arrival.digest.hexdigest(),
        created=time.time(),
    )
