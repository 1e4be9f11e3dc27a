"""Files that arrive from a browser, slice by slice, over whichever lane; what becomes of them is for others to say."""

from __future__ import annotations

import asyncio
import base64
import binascii
import itertools
import math
import re
import tempfile
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nemo_widgets import settings
from nemo_widgets.client.uploads import disguised
from nemo_widgets.errors import FileTooLarge, InvalidInput, NemoError, UnsupportedFile
from nemo_widgets.loop import submit
from nemo_widgets.widgets.transfer import Incoming

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection

    from nemo_widgets.widgets.desk import Desk

_PATIENCE_S = 10.0
_LOOK_S = 0.05
_THUMBNAIL = re.compile(r"data:image/jpeg;base64,[A-Za-z0-9+/=]{1,20000}")
_LONGEST_MS = 10**9


def kind_of(name: str) -> str:
    """Return what a file is, by its ending.

    Examples
    --------
    >>> kind_of("IMG_1.JPG"), kind_of("a.wav")
    ('image', 'audio')
    """
    suffix = Path(name).suffix.lower()
    if suffix in settings.IMAGE_SUFFIXES:
        return "image"
    return "audio" if suffix in settings.AUDIO_SUFFIXES else "video"


def new_asset(file_id: str, name: str, size: int, state: str, **fields: Any) -> dict[str, Any]:
    """Return a file as the state's ``assets`` tell of it."""
    unknown = dict.fromkeys(("duration", "width", "height", "source", "thumbnail", "error"))
    told = {"id": file_id, "name": name, "kind": kind_of(name), "size": size, "state": state, "done": 0.0}
    return told | unknown | {"listed": True} | fields


class Arrivals:
    """The files of one widget that a browser sends.

    Parameters
    ----------
    desk
        The widget's state.
    deliver
        Takes a whole file on to where it belongs; called for one after the other, in the user's order.
    suffixes, max_bytes
        What is taken; anything else is refused before its first slice.
    folder
        Where files arrive; None for a folder that is deleted at the latest when the kernel ends.
    """

    def __init__(
        self,
        desk: Desk,
        deliver: Callable[[str, Incoming], Awaitable[None]],
        *,
        suffixes: Collection[str] = settings.SUFFIXES,
        max_bytes: int | None = None,
        folder: Path | None = None,
    ) -> None:
        self._desk = desk
        self._deliver = deliver
        self._suffixes = suffixes
        self._max_bytes = max_bytes or settings.Settings().max_upload_bytes
        self._folder = tempfile.TemporaryDirectory(prefix=".nemo-upload-", dir=folder, ignore_cleanup_errors=True)
        self._incoming: dict[str, Incoming] = {}
        self._passing: dict[str, asyncio.Task[Any]] = {}
        self._ended: dict[str, dict[str, str] | None] = {}
        # The files under way in the user's order, each with the time (monotonic, s) until which others wait for it.
        self._patience: dict[str, float] = {}

    async def begin(
        self,
        file_id: str,
        *,
        name: str,
        size: int,
        slice_bytes: int,
        head: str | None,
    ) -> None:
        """Take up a file that a view announces; an answer tells it to send the slices, or why not."""
        if file_id in self._incoming:
            self._heard_of(file_id)
            self._send("upload-ready", file_id)
            return
        if file_id in self._ended:
            self._send("upload-end", file_id, error=self._ended[file_id])
            return
        self._desk.state.add("assets", new_asset(file_id, name, size, "receiving"))
        self._patience[file_id] = time.monotonic() + _PATIENCE_S
        try:
            self._check(name, size, _head(head))
            path = Path(self._folder.name) / uuid.uuid4().hex
            self._incoming[file_id] = Incoming(path, name=name, size=size, slice_bytes=slice_bytes)
        except (NemoError, OSError) as error:
            self._fail(file_id, error)
            return
        self._watch(file_id)
        self._send("upload-ready", file_id)

    def look(self, file_id: str, *, thumbnail: str | None, **about: float | None) -> None:
        """Show what the browser made out of a file; what the service says of it counts more."""
        asset = self._desk.state.find("assets", file_id)
        if asset is None:
            return
        fields: dict[str, Any] = {key: _whole(value) for key, value in about.items() if asset[key] is None}
        if thumbnail is not None and _THUMBNAIL.fullmatch(thumbnail):
            fields["thumbnail"] = thumbnail
        self._desk.state.change("assets", file_id, **fields)

    def incoming(self, file_id: str) -> Incoming | None:
        """Return a file that is arriving."""
        return self._incoming.get(file_id)

    def slice(self, file_id: str, index: int, data: memoryview, *, acknowledge: bool = True) -> bool:
        """Write a slice, on whatever thread it came, and acknowledge it; False where it isn't wanted."""
        incoming = self._incoming.get(file_id)
        if incoming is None:
            return False
        try:
            whole = incoming.write(index, data)
        except (InvalidInput, OSError) as error:
            submit(self._give_up(file_id, error))
            return False
        if acknowledge:
            self._desk.send({"kind": "upload-ack", "id": file_id, "index": index}, None)
        submit(self._arrived(file_id, incoming, whole=whole))
        return True

    async def check(self, file_id: str) -> None:
        """Tell a view which slices are missing, or how the upload ended."""
        incoming = self._incoming.get(file_id)
        if incoming is not None:
            self._heard_of(file_id)
            self._send("upload-missing", file_id, missing=incoming.missing())
        elif file_id in self._ended:
            self._send("upload-end", file_id, error=self._ended[file_id])
        else:
            self._send("upload-end", file_id, error=self._desk.complain(InvalidInput("forgotten")))

    def cancel(self, file_id: str) -> None:
        """Forget a file that is on its way, or was refused."""
        if (task := self._passing.pop(file_id, None)) is not None:
            task.cancel()
        self._drop(file_id)
        self._ended[file_id] = None
        self._desk.state.remove("assets", file_id)

    def close(self) -> None:
        """Delete what has arrived and was not passed on."""
        for task in list(self._passing.values()):
            task.cancel()
        for file_id in list(self._incoming):
            self._drop(file_id)
        self._folder.cleanup()

    async def _arrived(self, file_id: str, incoming: Incoming, *, whole: bool) -> None:
        if file_id not in self._passing:
            self._heard_of(file_id)
            self._desk.state.change("assets", file_id, done=incoming.fraction)
        if whole and file_id in self._incoming:
            self._passing[file_id] = asyncio.ensure_future(self._pass_on(file_id, incoming))

    async def _pass_on(self, file_id: str, incoming: Incoming) -> None:
        """Hand over a whole file from the kernel's disk."""
        self._ended[file_id] = None
        # First the file's line in the state: the page would for a moment show neither it nor the upload, and would
        # take a prompt that the file belongs to.
        self._desk.state.flush()
        self._send("upload-end", file_id, error=None)
        try:
            await self._in_turn(file_id)
            await self._deliver(file_id, incoming)
        except Exception as error:  # noqa: BLE001 - shown on the file's own line
            self._desk.state.change("assets", file_id, state="failed", error=self._desk.complain(error))
        finally:
            self._passing.pop(file_id, None)
            self._drop(file_id)

    async def _in_turn(self, file_id: str) -> None:
        """Wait for the files chosen before this one, so that they are handed over in the user's order.

        One that has stalled (its tab was closed, say) is not waited for.
        """
        self._patience[file_id] = math.inf
        while any(  # noqa: ASYNC110 - patience also ends by the clock
            until > time.monotonic()
            for _, until in itertools.takewhile(lambda f: f[0] != file_id, self._patience.items())
        ):
            await asyncio.sleep(_LOOK_S)

    def _heard_of(self, file_id: str) -> None:
        """Note that the page which a file comes from is still there."""
        if file_id not in self._incoming or file_id in self._passing:
            return
        self._patience[file_id] = time.monotonic() + _PATIENCE_S
        asset = self._desk.state.find("assets", file_id)
        if asset is not None and asset["state"] == "failed":  # the page was only asleep
            self._desk.state.change("assets", file_id, state="receiving", error=None)
            self._watch(file_id)

    def _watch(self, file_id: str) -> None:
        """Tell of a file that nothing is heard of any more, so that nobody waits for it."""
        incoming = self._incoming.get(file_id)
        if incoming is None or file_id in self._passing:
            return
        left = self._patience[file_id] - time.monotonic()
        if left > 0:
            asyncio.get_running_loop().call_later(left, self._watch, file_id)
        else:
            told = self._desk.complain(InvalidInput("page-gone", name=incoming.name))
            self._desk.state.change("assets", file_id, state="failed", error=told)

    def _check(self, name: str, size: int, head: bytes) -> None:
        """Refuse a file by its name, size or first bytes, before its first slice is sent."""
        suffix = Path(name).suffix.lower()
        if suffix not in self._suffixes:
            raise UnsupportedFile(name=name)
        if suffix in settings.SUFFIXES and (found := disguised(head)) is not None:
            raise UnsupportedFile("really", name=name, found=found)
        if size > self._max_bytes:
            raise FileTooLarge(name=name, limit=self._max_bytes)
        if size < 1:
            raise InvalidInput("empty-file", name=name)

    async def _give_up(self, file_id: str, error: Exception) -> None:
        if file_id in self._incoming:
            self._drop(file_id)
            self._fail(file_id, error)

    def _fail(self, file_id: str, error: Exception) -> None:
        told = self._desk.complain(error)
        self._patience.pop(file_id, None)
        self._ended[file_id] = told
        self._desk.state.change("assets", file_id, state="failed", error=told)
        self._send("upload-end", file_id, error=told)

    def _drop(self, file_id: str) -> None:
        self._patience.pop(file_id, None)
        if (incoming := self._incoming.pop(file_id, None)) is not None:
            incoming.discard()

    def _send(self, kind: str, file_id: str, **fields: Any) -> None:
        self._desk.send({"kind": kind, "id": file_id, **fields}, None)


def _head(told: str | None) -> bytes:
    """Return a file's first bytes, as a page tells them (base64); none where it doesn't."""
    try:
        return base64.b64decode((told or "")[:128], validate=True)
    except (binascii.Error, ValueError):
        return b""


def _whole(value: float | None) -> int | None:
    """Return a number that makes sense as milliseconds or pixels."""
    return int(value) if value is not None and 0 < value < _LONGEST_MS else None
