"""Getting the video out: render, download, and bytes for the player."""

from __future__ import annotations

import asyncio
import uuid
from typing import TYPE_CHECKING, Any

from nemo_widgets.errors import InvalidInput
from nemo_widgets.widgets.transfer import read_slice
from nemo_widgets.widgets.views import video_view

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nemo_widgets.client.models import Video
    from nemo_widgets.draft.model import Draft
    from nemo_widgets.progress import Progress
    from nemo_widgets.widgets.workbench import Workbench


class Exporting:
    """The exports of one editor, and the videos that its player may read.

    Parameters
    ----------
    bench
        What the editor's parts share.
    """

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self._seen: set[str] = set()
        self._unwanted: set[str] = set()  # cancelled before they came: messages overtake each other (ipykernel 7.4)
        self._running: dict[str, asyncio.Task[Video]] = {}
        self._videos: dict[str, Path] = {}

    async def requested(self, export_id: str) -> None:
        """Export because a view asked; errors are shown beside the button."""
        if export_id in self._seen:
            return
        self._seen.add(export_id)
        if export_id in self._unwanted:
            self._show(export_id, "cancelled")
            return
        try:
            await self.export(export_id=export_id)
        except (Exception, asyncio.CancelledError):  # noqa: BLE001 - told beside the button
            return

    async def export(
        self,
        path: str | Path | None = None,
        *,
        draft: Draft | None = None,
        on_progress: Callable[[Progress], None] | None = None,
        export_id: str | None = None,
    ) -> Video:
        """Render the draft, download the video and show it in the player."""
        export_id = export_id or uuid.uuid4().hex
        task = asyncio.ensure_future(self._export(export_id, path, draft, on_progress))
        self._running[export_id] = task
        self._show(export_id, "running")
        try:
            video = await task
            self._show(export_id, "done", done=1.0)
            return video
        except asyncio.CancelledError:
            self._show(export_id, "cancelled")
            raise
        except Exception as error:
            self._show(export_id, "failed", error=self._bench.complain(error))
            await self._bench.heed(error)
            raise
        finally:
            self._running.pop(export_id, None)

    async def cancel(self, export_id: str) -> None:
        """Cancel an export, because the user asked."""
        if export_id not in self._seen:
            self._unwanted.add(export_id)
        elif (task := self._running.get(export_id)) is not None:
            task.cancel()

    async def read(self, video_id: str, offset: int, length: int) -> None:
        """Send a view a part of a video."""
        path = self._videos.get(video_id)  # None: of an earlier kernel
        try:
            data = await asyncio.to_thread(_part, path, offset, length)
        except InvalidInput as error:
            self._bench.send({"kind": "video-failed", "id": video_id, "error": self._bench.complain(error)}, None)
        else:
            self._bench.send({"kind": "video-slice", "id": video_id, "offset": offset}, [data])

    async def _export(
        self,
        export_id: str,
        path: str | Path | None,
        draft: Draft | None,
        on_progress: Callable[[Progress], None] | None,
    ) -> Video:
        def told(stage: str, progress: Progress) -> None:
            self._show(export_id, "running", stage=stage, done=progress.fraction)
            if on_progress is not None:
                on_progress(progress)

        session = await self._bench.session()
        job = await session.render(draft)
        try:
            await job.wait(on_progress=lambda progress: told("rendering", progress))
            video = await job.download(path, on_progress=lambda progress: told("downloading", progress))
        except asyncio.CancelledError:
            await job.cancel()
            raise
        self._bench.reached()
        self._play(video, draft or self._bench.draft)
        return video

    def _play(self, video: Video, draft: Draft | None) -> None:
        video_id = uuid.uuid4().hex
        self._videos[video_id] = video.path
        size = video.path.stat().st_size
        self._bench.state.update(video=video_view(video, draft, video_id=video_id, size=size))

    def _show(self, export_id: str, state: str, **fields: Any) -> None:
        shown = self._bench.state["export"]
        if shown is None or shown["id"] != export_id:
            shown = {"id": export_id, "stage": "rendering", "done": 0.0, "error": None}
        self._bench.state.update(export={**shown, "state": state, **fields})


def _part(path: Path | None, offset: int, length: int) -> bytes:
    if path is None:
        raise InvalidInput("video-gone")
    return read_slice(path, offset, length)
