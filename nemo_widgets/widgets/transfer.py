"""Files on their way between browser and kernel, slice by slice.

In ipykernel 7.4 the slices of one upload arrive on several threads and out of order, and a cut websocket makes
the browser send some of them twice. So a slice is written where it belongs, whenever it comes, under a lock,
any number of times.
"""

from __future__ import annotations

import contextlib
import shutil
import threading
from typing import TYPE_CHECKING

from nemo_widgets.disk import FULL, disk_full
from nemo_widgets.errors import InvalidInput

if TYPE_CHECKING:
    from pathlib import Path

MAX_SLICE_BYTES = 16 * 1024 * 1024
"""The largest slice taken or given; hosts stop well below (JupyterLab: 10 MiB a message)."""

MISSING_AT_ONCE = 64
_ROOM_BYTES = 64 * 1024 * 1024


class Incoming:
    """A file that arrives in slices.

    Parameters
    ----------
    path
        Where to write it; made anew.
    name
        What the user calls it.
    size, slice_bytes
        Bytes of the whole file, and of each slice but the last.

    Raises
    ------
    InvalidInput
        Where the numbers make no sense, or the disk has no room for the file.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> incoming = Incoming(Path(tempfile.mkdtemp()) / "0", name="a.jpg", size=5, slice_bytes=3)
    >>> incoming.write(1, b"lo"), incoming.missing(), incoming.write(0, b"hel"), incoming.path.read_bytes()
    (False, [0], True, b'hello')
    """

    def __init__(self, path: Path, *, name: str, size: int, slice_bytes: int) -> None:
        if size < 1 or not 1 <= slice_bytes <= MAX_SLICE_BYTES:
            raise InvalidInput("empty-file", name=name)
        if shutil.disk_usage(path.parent).free < size + _ROOM_BYTES:
            raise disk_full(path.parent, name, size + _ROOM_BYTES)
        self.path = path
        self.name = name
        self.size = size
        self.slice_bytes = slice_bytes
        self._here = bytearray(-(-size // slice_bytes))
        self._bytes = 0
        self._lock = threading.Lock()
        self._file = path.open("xb")
        self._file.truncate(size)

    @property
    def fraction(self) -> float:
        """How much has arrived, from 0 to 1."""
        return self._bytes / self.size

    def write(self, index: int, data: bytes | memoryview) -> bool:
        """Write a slice; return True for the one that completes the file.

        Raises
        ------
        InvalidInput
            For a slice that doesn't belong to this file, or when the disk is full.
        """
        with self._lock:
            if self._file.closed:
                return False
            if not 0 <= index < len(self._here) or len(data) != self._length(index):
                raise InvalidInput("damaged", name=self.name)
            if not self._here[index]:
                self._put(index, data)
            whole = self._bytes == self.size
            if whole:
                self._file.close()
            return whole

    def missing(self) -> list[int]:
        """Return the first slices that haven't arrived, at most :data:`MISSING_AT_ONCE`."""
        with self._lock:
            return [index for index, here in enumerate(self._here) if not here][:MISSING_AT_ONCE]

    def discard(self) -> None:
        """Close and delete the file."""
        with self._lock:
            with contextlib.suppress(OSError):  # what a full disk didn't take is in its buffer still
                self._file.close()
            self.path.unlink(missing_ok=True)

    def _length(self, index: int) -> int:
        return min(self.slice_bytes, self.size - index * self.slice_bytes)

    def _put(self, index: int, data: bytes | memoryview) -> None:
        try:
            self._file.seek(index * self.slice_bytes)
            self._file.write(data)
            self._file.flush()
        except OSError as error:
            if error.errno in FULL:
                raise disk_full(self.path.parent, self.name) from None
            raise
        self._here[index] = 1
        self._bytes += len(data)


def read_slice(path: Path, offset: int, length: int) -> bytes:
    """Return ``length`` bytes of a file from ``offset``; fewer at its end.

    Raises
    ------
    InvalidInput
        For an offset or a length out of range, and when the file can't be read.
    """
    if offset < 0 or not 1 <= length <= MAX_SLICE_BYTES:
        raise InvalidInput("video-gone")
    try:
        with path.open("rb") as file:
            file.seek(offset)
            return file.read(length)
    except OSError:
        raise InvalidInput("video-gone") from None
