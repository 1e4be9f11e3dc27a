"""Getting the video out: render, download, and bytes for the player."""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from typing import TYPE_CHECKING, Any

from nemo_widgets.errors import InvalidInput, NemoError, RenderFailed
from nemo_widgets.widgets.transfer import read_slice
from nemo_widgets.widgets.views import video_view
from nemo_widgets.widgets.workbench import forgiving, outcome

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nemo_widgets.client.models import Video
    from nemo_widgets.client.renders import RenderJob
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
        with contextlib.suppress(Exception):  # told beside the button
            await self.export(export_id=export_id)

    async def export(
        self,
        path: str | Path | None = None,
        *,
        draft: Draft | None = None,
        on_progress: Callable[[Progress], None] | None = None,
        export_id: str | None = None,
    ) -> Video:
        """Render the draft, download the video and show it in the player.

        Raises
        ------
        RenderFailed
            Also when :meth:`cancel` was called.
        """
        export_id = export_id or uuid.uuid4().hex
        task = self._running[export_id] = asyncio.create_task(self._export(export_id, path, draft, on_progress))
        self._show(export_id, "running")
        try:
            video = await outcome(task, stopped=RenderFailed("render-cancelled"))
        except BaseException as error:
            if task.cancelled():
                self._show(export_id, "cancelled")
            else:
                self._show(export_id, "failed", error=self._bench.complain(error))
            raise
        else:
            self._show(export_id, "done", done=1.0)
            return video
        finally:
            self._running.pop(export_id, None)

    async def cancel(self, export_id: str) -> None:
        """Cancel an export, because the user asked."""
        if (task := self._running.get(export_id)) is not None:
            task.cancel()
        elif export_id not in self._seen:
            self._unwanted.add(export_id)

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
        tell = forgiving(on_progress)

        def told(stage: str, progress: Progress) -> None:
            self._show(export_id, "running", stage=stage, done=progress.fraction)
            tell(progress)

        async with self._bench.service() as session:
            submitting = asyncio.ensure_future(session.render(draft, path=path))
            try:
                job = await asyncio.shield(submitting)  # a render that is half asked for couldn't be called off
                await job.wait(on_progress=lambda progress: told("rendering", progress))
                video = await job.download(on_progress=lambda progress: told("downloading", progress))
            except asyncio.CancelledError:
                self._bench.start(lambda: _call_off(submitting))
                raise
        self._play(video, draft or self._bench.draft, named=path is not None)
        return video

    def _play(self, video: Video, draft: Draft | None, *, named: bool) -> None:
        video_id = uuid.uuid4().hex
        self._videos[video_id] = video.path
        self._bench.filmed = draft
        size = video.path.stat().st_size
        self._bench.state.update(video=video_view(video, draft, named=named, video_id=video_id, size=size))

    def _show(self, export_id: str, state: str, **fields: Any) -> None:
        shown = self._bench.state["export"]
        if shown is None or shown["id"] != export_id:
            shown = {"id": export_id, "stage": "rendering", "done": 0.0, "error": None}
        self._bench.state.update(export={**shown, "state": state, **fields})


async def _call_off(submitting: asyncio.Future[RenderJob]) -> None:
    """Cancel a render; where it was refused, or the service is gone, there is nothing to cancel."""
    with contextlib.suppress(NemoError):
        await (await submitting).cancel()


def _part(path: Path | None, offset: int, length: int) -> bytes:
    if path is None:
        raise InvalidInput("video-gone")
    return read_slice(path, offset, length)
