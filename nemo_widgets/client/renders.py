"""Renders: asked for with an id of our own, waited for, cancelled, downloaded."""

from __future__ import annotations

import asyncio
import secrets
import time
from typing import TYPE_CHECKING, Any

from nemo_widgets.client.calls import public
from nemo_widgets.client.downloads import Place, fetch, target_path
from nemo_widgets.client.models import RenderStatus, Video
from nemo_widgets.errors import ConnectionFailed, NemoError, RenderFailed, RenderTimeout
from nemo_widgets.progress import Progress

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

    from nemo_widgets.client.transport import Transport

_PATH = "/api/render/proxy/lambda"
_GROWTH = 1.5
_MOST_UNREACHABLE = 5


class RenderJob:
    """A render at the service. It goes on when this process ends; take it up again with its id.

    Attributes
    ----------
    id : str
        Chosen by the client and unique. A render that fails is asked for once more, under a new id.
    language : str
        The language of its errors.
    """

    def __init__(
        self, transport: Transport, job_id: str, *, language: str = "en", order: dict[str, Any] | None = None
    ) -> None:
        self.id = job_id
        self.language = language
        self._transport = transport
        self._order = order  # what to ask for again, once
        self._cancelled = False

    def __repr__(self) -> str:
        return f"RenderJob({self.id!r})"

    @public
    async def status(self) -> RenderStatus:
        """Return how the render stands."""
        return await self._status()

    @public
    async def wait(self, *, on_progress: Callable[[Progress], object] | None = None) -> RenderStatus:
        """Wait until the video is ready.

        Parameters
        ----------
        on_progress
            Called on the background thread with a :class:`~nemo_widgets.Progress` in percent.

        Raises
        ------
        RenderFailed
            When it failed (twice, where the draft is at hand to ask again) or was cancelled.
        RenderTimeout
            When it isn't ready within ``settings.render_timeout``; it goes on at the service.
        """
        settings = self._transport.settings
        deadline = time.monotonic() + settings.render_timeout
        interval = settings.poll_interval
        shown = -1
        unreachable = 0
        while True:
            try:
                status = await self._status()
                unreachable = 0
            except ConnectionFailed:
                unreachable += 1
                if unreachable >= _MOST_UNREACHABLE:
                    raise
                status = RenderStatus("unknown", 0.0)
            percent = int(status.progress * 100)
            if on_progress is not None and percent > shown:
                shown = percent
                on_progress(Progress(percent, 100, "rendering"))
            if status.status == "completed":
                return status
            if status.status in {"failed", "cancelled"}:
                await self._ask_again(status)
                interval = settings.poll_interval
            if time.monotonic() + interval > deadline:
                raise RenderTimeout(minutes=f"{settings.render_timeout / 60:.3g}", id=self.id)
            await asyncio.sleep(interval)
            interval = min(interval * _GROWTH, settings.poll_max_interval)

    @public
    async def cancel(self) -> None:
        """Stop the render; a :meth:`wait` under way ends with :class:`~nemo_widgets.RenderFailed`."""
        self._cancelled = True
        await self._transport.post(f"{_PATH}/{self.id}/cancel", idempotent=True)

    @public
    async def download(
        self,
        path: str | os.PathLike[str] | None = None,
        *,
        on_progress: Callable[[Progress], object] | None = None,
    ) -> Video:
        """Download the finished video; the file appears only when it is whole.

        Parameters
        ----------
        path
            A file, or a folder that exists; None for this user's folder of videos.
        on_progress
            Called on the background thread with a :class:`~nemo_widgets.Progress` in bytes.

        Raises
        ------
        ConnectionFailed
            When it keeps breaking off.
        RenderFailed
            When the render isn't finished, or its video is gone.
        """
        target = target_path(path, f"{self.id}.mp4")
        status = await self._status()
        if status.status != "completed":
            unfinished = status.status not in {"failed", "cancelled"}
            raise RenderFailed("render-unfinished" if unfinished else None, message=status.error)

        async def named() -> Place | None:
            return Place(status.url) if status.url else None

        async def renewed() -> Place | None:  # addresses expire
            fresh = (await self._status()).url
            return Place(fresh) if fresh and fresh != status.url else None

        async def fallback() -> Place:
            return Place(f"/api/render/proxy/{self.id}/download", api=True)

        url, size, missing = "", 0, False
        try:
            url, size = await fetch(self._transport, [named, renewed, fallback], target, on_progress=on_progress)
        except NemoError as error:
            if error.key != "no-video":
                raise
            missing = True
        if missing:
            raise RenderFailed("no-video", id=self.id)
        return Video(target, url, status.duration, size)

    async def submit(self) -> None:
        """Ask the service for this render; asking again with the same id asks for the same job."""
        if self._order is not None:
            await self._transport.post(_PATH, {"id": self.id, **self._order}, idempotent=True)

    async def _status(self) -> RenderStatus:
        return RenderStatus.read(await self._transport.get(f"{_PATH}/{self.id}"))

    async def _ask_again(self, status: RenderStatus) -> None:
        """Ask for a failed render once more; raise where that makes no sense."""
        if self._cancelled or status.status == "cancelled":
            raise RenderFailed("render-cancelled")
        if self._order is None:
            raise RenderFailed(message=status.error)
        self.id = new_id()
        await self.submit()
        self._order = None


def new_id() -> str:
    """Return an id for a render that nobody else has.

    Examples
    --------
    >>> new_id().startswith("render_")
    True
    """
    return f"render_{time.time_ns() // 1_000_000}_{secrets.token_hex(4)}"
