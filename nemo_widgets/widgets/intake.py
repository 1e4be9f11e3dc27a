"""Getting files in: from the browser or from code, and on to the service."""

from __future__ import annotations

import asyncio
import uuid
from typing import TYPE_CHECKING, Any

from nemo_widgets import settings
from nemo_widgets.client.uploads import LocalFile, RemoteFile, check
from nemo_widgets.errors import InvalidInput, UnsupportedFile
from nemo_widgets.widgets.arrivals import Arrivals, new_asset
from nemo_widgets.widgets.desk import forgiving, outcome
from nemo_widgets.widgets.thumbnail import thumbnail_url
from nemo_widgets.widgets.views import address_name, asset_fields, is_web_address

if TYPE_CHECKING:
    from collections.abc import Callable

    from nemo_widgets.client.models import Asset
    from nemo_widgets.client.uploads import Source
    from nemo_widgets.progress import Progress
    from nemo_widgets.widgets.transfer import Incoming
    from nemo_widgets.widgets.workbench import Workbench


class Intake:
    """The files of one editor, on their way to the service.

    Parameters
    ----------
    bench
        What the editor's parts share.

    Attributes
    ----------
    arrivals : Arrivals
        The files that come from a browser.
    """

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self.arrivals = Arrivals(bench, self._pass_on)
        self._sending: dict[str, asyncio.Task[Any]] = {}
        self._linked: set[str] = set()

    async def remove(self, file_id: str) -> None:
        """Take a file off the list; one that is on its way, or was refused, is forgotten.

        One that the service has can't be taken back, and the agent would still use it: it is only not listed, and the
        list says so.
        """
        asset = self._bench.state.find("assets", file_id)
        if asset is not None and asset["state"] == "ready":
            self._bench.state.change("assets", file_id, listed=False)
        else:
            await self.cancel(file_id)

    async def cancel(self, file_id: str) -> None:
        """Forget a file that is on its way, or was refused."""
        asset = self._bench.state.find("assets", file_id)
        if asset is not None and asset["state"] == "ready":  # the wish came too late
            return
        if (task := self._sending.pop(file_id, None)) is not None:
            task.cancel()
        self.arrivals.cancel(file_id)

    async def clear(self) -> None:
        """Take all files off the list."""
        for asset in list(self._bench.state["assets"]):
            await self.remove(asset["id"])

    async def show_all(self) -> None:
        """List again what was taken off the list and the service has."""
        for asset in self._bench.state["assets"]:
            if not asset["listed"]:
                self._bench.state.change("assets", asset["id"], listed=True)

    async def link(self, file_id: str, url: str) -> None:
        """Upload what is at an address, because a view asked; errors are shown on the file's line."""
        if file_id in self._linked:  # a view that isn't sure asks again, and one that was removed isn't to come back
            return
        self._linked.add(file_id)
        source = RemoteFile(url.strip())
        if not is_web_address(source.url):
            self._add_link(file_id, source)
            self._failed(file_id, InvalidInput("no-link", name=url[:80]))
            return
        try:
            await self._upload_one(source, None, file_id=file_id, keep=True)
        except Exception as error:  # noqa: BLE001 - shown on the file's own line
            self._failed(file_id, error)

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
        self.arrivals.close()

    async def _pass_on(self, file_id: str, incoming: Incoming) -> None:
        with incoming.path.open("rb") as file:
            await self._to_service(file_id, (incoming.name, file), None)

    async def _upload_one(
        self,
        file: LocalFile | RemoteFile,
        on_progress: Callable[[Progress], None] | None,
        *,
        file_id: str | None = None,
        keep: bool = False,
    ) -> Asset:
        """Send a file; its line goes when that fails, unless it is to ``keep`` and tell why."""
        file_id = file_id or uuid.uuid4().hex
        if isinstance(file, LocalFile):
            name = file.name
            thumbnail = await asyncio.to_thread(thumbnail_url, file)
            self._bench.state.add("assets", new_asset(file_id, name, file.size, "sending", thumbnail=thumbnail))
            source: Source = (name, file.source)
        else:
            name = self._add_link(file_id, file)
            source = file.url
        task = self._sending[file_id] = asyncio.create_task(self._to_service(file_id, source, on_progress))
        try:
            return await outcome(task, stopped=InvalidInput("upload-cancelled", name=name))
        except BaseException:
            if not keep or task.cancelled():
                self._bench.state.remove("assets", file_id)
            raise
        finally:
            self._sending.pop(file_id, None)

    def _add_link(self, file_id: str, file: RemoteFile) -> str:
        """List what is at an address; return what to call it."""
        name = address_name(file.url)
        self._bench.state.add("assets", new_asset(file_id, name, 0, "sending"))
        return name

    def _failed(self, file_id: str, error: Exception) -> None:
        self._bench.state.change("assets", file_id, state="failed", error=self._bench.complain(error))

    async def _to_service(self, file_id: str, file: Source, on_progress: Callable[[Progress], None] | None) -> Asset:
        state = self._bench.state
        state.change("assets", file_id, state="sending", done=0.0)
        tell = forgiving(on_progress)

        def told(progress: Progress) -> None:
            state.change("assets", file_id, done=progress.fraction)
            tell(progress)

        try:
            async with self._bench.service() as session:
                (asset,) = await session.upload(file, on_progress=told)
        except UnsupportedFile as error:
            if error.key != "unsupported" or isinstance(file, str):
                raise
            # Its name is of a type that is taken, and its first bytes of none that isn't: so it is a broken one.
            name = (state.find("assets", file_id) or {}).get("name", "")
            raise UnsupportedFile("media-unreadable", name=name) from error
        state.change("assets", file_id, state="ready", done=1.0, **asset_fields(asset))
        return asset
