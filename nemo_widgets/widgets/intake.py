"""Getting files in: from the browser slice by slice, or from code, and on to the service."""

from __future__ import annotations

import asyncio
import itertools
import math
import re
import tempfile
import time
import uuid
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from nemo_widgets import settings
from nemo_widgets.client.uploads import LocalFile, check
from nemo_widgets.errors import FileTooLarge, InvalidInput, UnsupportedFile
from nemo_widgets.loop import submit
from nemo_widgets.widgets.desk import forgiving, outcome
from nemo_widgets.widgets.thumbnail import thumbnail_url
from nemo_widgets.widgets.transfer import Incoming
from nemo_widgets.widgets.views import asset_fields

if TYPE_CHECKING:
    from collections.abc import Callable

    from nemo_widgets.client.models import Asset
    from nemo_widgets.client.uploads import RemoteFile, Source
    from nemo_widgets.progress import Progress
    from nemo_widgets.widgets.workbench import Workbench

_PATIENCE_S = 10.0
_LOOK_S = 0.05
_THUMBNAIL = re.compile(r"data:image/jpeg;base64,[A-Za-z0-9+/=]{1,20000}")


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


class Intake:
    """The files of one editor, on their way in.

    Parameters
    ----------
    bench
        What the editor's parts share.
    """

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        # Deleted at the latest when the kernel ends.
        self._folder = tempfile.TemporaryDirectory(prefix="nemo-upload-", ignore_cleanup_errors=True)
        self._incoming: dict[str, Incoming] = {}
        self._sending: dict[str, asyncio.Task[Any]] = {}
        self._ended: dict[str, dict[str, str] | None] = {}
        # The files under way in the user's order, each with the time (monotonic, s) until which others wait for it.
        self._patience: dict[str, float] = {}

    async def begin(self, file_id: str, name: str, size: int, slice_bytes: int, thumbnail: str | None) -> None:
        """Take up a file that a view announces; an answer tells it to send the slices, or why not."""
        if file_id in self._incoming:
            self._heard_of(file_id)
            self._send("upload-ready", file_id)
            return
        if file_id in self._ended:
            self._send("upload-end", file_id, error=self._ended[file_id])
            return
        if thumbnail is not None and not _THUMBNAIL.fullmatch(thumbnail):
            thumbnail = None
        self._add(file_id, name, size, thumbnail, "receiving")
        self._patience[file_id] = time.monotonic() + _PATIENCE_S
        try:
            _check(name, size)
            path = Path(self._folder.name) / uuid.uuid4().hex
            self._incoming[file_id] = Incoming(path, name=name, size=size, slice_bytes=slice_bytes)
        except (InvalidInput, UnsupportedFile, FileTooLarge, OSError) as error:
            self._fail(file_id, error)
            return
        self._watch(file_id)
        self._send("upload-ready", file_id)

    def slice(self, file_id: str, index: int, data: memoryview) -> None:
        """Write a slice, on whatever thread it came, and acknowledge it."""
        incoming = self._incoming.get(file_id)
        if incoming is None:
            return
        try:
            whole = incoming.write(index, data)
        except (InvalidInput, OSError) as error:
            submit(self._give_up(file_id, error))
            return
        self._bench.send({"kind": "upload-ack", "id": file_id, "index": index}, None)
        submit(self._arrived(file_id, incoming, whole=whole))

    async def check(self, file_id: str) -> None:
        """Tell a view which slices are missing, or how the upload ended."""
        incoming = self._incoming.get(file_id)
        if incoming is not None:
            self._heard_of(file_id)
            self._send("upload-missing", file_id, missing=incoming.missing())
        elif file_id in self._ended:
            self._send("upload-end", file_id, error=self._ended[file_id])
        else:
            self._send("upload-end", file_id, error=self._bench.complain(InvalidInput("forgotten")))

    async def cancel(self, file_id: str) -> None:
        """Forget a file that is on its way, or was refused.

        One that the service has stays on the list: it can't be taken back, and the agent would still use it.
        """
        asset = self._bench.state.find("assets", file_id)
        if asset is not None and asset["state"] == "ready":
            return
        if (task := self._sending.pop(file_id, None)) is not None:
            task.cancel()
        self._drop(file_id)
        self._ended[file_id] = None
        self._bench.state.remove("assets", file_id)

    async def upload(self, *files: Source, on_progress: Callable[[Progress], None] | None = None) -> list[Asset]:
        """Send files that code names; all are checked before the first byte is sent."""
        limit = settings.Settings().max_upload_bytes
        checked: list[LocalFile | RemoteFile] = []
        try:
            for file in files:
                checked.append(await asyncio.to_thread(check, file, max_bytes=limit))  # noqa: PERF401 - closed below
            return [await self._upload_one(file, on_progress) for file in checked]
        finally:
            for item in checked:
                item.close()

    def close(self) -> None:
        """Delete what has arrived and was not sent on."""
        for task in list(self._sending.values()):
            task.cancel()
        for file_id in list(self._incoming):
            self._drop(file_id)
        self._folder.cleanup()

    async def _arrived(self, file_id: str, incoming: Incoming, *, whole: bool) -> None:
        if file_id not in self._sending:
            self._heard_of(file_id)
            self._bench.state.change("assets", file_id, done=incoming.fraction)
        if whole and file_id in self._incoming:
            task = asyncio.ensure_future(self._pass_on(file_id, incoming))
            self._sending[file_id] = task

    async def _pass_on(self, file_id: str, incoming: Incoming) -> None:
        """Send a whole file from the kernel's disk to the service."""
        self._ended[file_id] = None
        self._send("upload-end", file_id, error=None)
        try:
            await self._in_turn(file_id)
            with incoming.path.open("rb") as file:
                await self._to_service(file_id, (incoming.name, file), None)
        except Exception as error:  # noqa: BLE001 - shown on the file's own line
            self._bench.state.change("assets", file_id, state="failed", error=self._bench.complain(error))
        finally:
            self._sending.pop(file_id, None)
            self._drop(file_id)

    async def _in_turn(self, file_id: str) -> None:
        """Wait for the files chosen before this one, so that the service gets them in the user's order.

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
        if file_id not in self._incoming or file_id in self._sending:
            return
        self._patience[file_id] = time.monotonic() + _PATIENCE_S
        asset = self._bench.state.find("assets", file_id)
        if asset is not None and asset["state"] == "failed":  # the page was only asleep
            self._bench.state.change("assets", file_id, state="receiving", error=None)
            self._watch(file_id)

    def _watch(self, file_id: str) -> None:
        """Tell of a file that nothing is heard of any more, so that nobody waits for it."""
        incoming = self._incoming.get(file_id)
        if incoming is None or file_id in self._sending:
            return
        left = self._patience[file_id] - time.monotonic()
        if left > 0:
            asyncio.get_running_loop().call_later(left, self._watch, file_id)
        else:
            told = self._bench.complain(InvalidInput("page-gone", name=incoming.name))
            self._bench.state.change("assets", file_id, state="failed", error=told)

    async def _upload_one(self, file: LocalFile | RemoteFile, on_progress: Callable[[Progress], None] | None) -> Asset:
        file_id = uuid.uuid4().hex
        if isinstance(file, LocalFile):
            name = file.name
            thumbnail = await asyncio.to_thread(thumbnail_url, file)
            self._add(file_id, name, file.size, thumbnail, "sending")
            source: Source = (name, file.source)
        else:
            name = PurePosixPath(unquote(urlsplit(file.url).path)).name or file.url
            self._add(file_id, name, 0, None, "sending")
            source = file.url
        task = self._sending[file_id] = asyncio.create_task(self._to_service(file_id, source, on_progress))
        try:
            return await outcome(task, stopped=InvalidInput("upload-cancelled", name=name))
        except BaseException:
            self._bench.state.remove("assets", file_id)
            raise
        finally:
            self._sending.pop(file_id, None)

    async def _to_service(self, file_id: str, file: Source, on_progress: Callable[[Progress], None] | None) -> Asset:
        state = self._bench.state
        state.change("assets", file_id, state="sending", done=0.0)
        tell = forgiving(on_progress)

        def told(progress: Progress) -> None:
            state.change("assets", file_id, done=progress.fraction)
            tell(progress)

        async with self._bench.service() as session:
            (asset,) = await session.upload(file, on_progress=told)
        state.change("assets", file_id, state="ready", done=1.0, **asset_fields(asset))
        return asset

    def _add(self, file_id: str, name: str, size: int, thumbnail: str | None, state: str) -> None:
        self._bench.state.add(
            "assets",
            {
                "id": file_id,
                "name": name,
                "kind": kind_of(name),
                "size": size,
                "duration": None,
                "width": None,
                "height": None,
                "source": None,
                "thumbnail": thumbnail,
                "state": state,
                "done": 0.0,
                "error": None,
            },
        )

    async def _give_up(self, file_id: str, error: Exception) -> None:
        if file_id in self._incoming:
            self._drop(file_id)
            self._fail(file_id, error)

    def _fail(self, file_id: str, error: Exception) -> None:
        told = self._bench.complain(error)
        self._patience.pop(file_id, None)
        self._ended[file_id] = told
        self._bench.state.change("assets", file_id, state="failed", error=told)
        self._send("upload-end", file_id, error=told)

    def _drop(self, file_id: str) -> None:
        self._patience.pop(file_id, None)
        if (incoming := self._incoming.pop(file_id, None)) is not None:
            incoming.discard()

    def _send(self, kind: str, file_id: str, **fields: Any) -> None:
        self._bench.send({"kind": kind, "id": file_id, **fields}, None)


def _check(name: str, size: int) -> None:
    """Refuse a file by its name or size, before its first byte is sent."""
    if Path(name).suffix.lower() not in settings.SUFFIXES:
        raise UnsupportedFile(name=name)
    limit = settings.Settings().max_upload_bytes
    if size > limit:
        raise FileTooLarge(name=name, limit=limit)
    if size < 1:
        raise InvalidInput("empty-file", name=name)
