"""Renders: written down, asked for with an id of our own, waited for, cancelled, downloaded."""

from __future__ import annotations

import asyncio
import hashlib
import re
import secrets
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from nemo_widgets.client import downloads
from nemo_widgets.client.calls import public
from nemo_widgets.client.downloads import Place, Version, target_path
from nemo_widgets.client.envelope import retold
from nemo_widgets.client.ledger import STATUSES, Entry, Ledger
from nemo_widgets.client.models import RenderStatus, Video, as_object, text
from nemo_widgets.client.patience import passes
from nemo_widgets.errors import (
    APIError,
    AuthError,
    ConnectionFailed,
    ExportBlocked,
    InvalidInput,
    NemoError,
    OutOfCredits,
    RateLimited,
    RenderFailed,
    RenderTimeout,
)
from nemo_widgets.progress import Progress

if TYPE_CHECKING:
    import os
    from collections.abc import Callable
    from pathlib import Path

    from nemo_widgets.client.transport import Transport
    from nemo_widgets.draft.model import Draft

_PATH = "/api/render/proxy/lambda"
_GROWTH = 1.5
_MOST_UNREACHABLE = 5
_NOT_IN_NAMES = re.compile(r"[^\w.-]")
_OF_THE_ACCOUNT = (AuthError, ExportBlocked, OutOfCredits, RateLimited)


class RenderJob:
    """A render at the service. It goes on when this process ends; take it up again with its id.

    What becomes of it is written into this user's ledger: see :meth:`~nemo_widgets.AsyncClient.jobs`.

    Attributes
    ----------
    id : str
        Chosen by the client and unique. A render that fails is asked for once more, under a new id.
    language : str
        The language of its errors.
    """

    def __init__(self, transport: Transport, entry: Entry, ledger: Ledger, *, language: str = "en") -> None:
        self.language = language
        self._transport = transport
        self._entry = entry
        self._ledger = ledger
        self._target: Path | None = None  # of a download that broke off
        self._unwanted = entry.status == "cancelled"  # whether or not the service knows
        self._one_retry = asyncio.Lock()

    def __repr__(self) -> str:
        return f"RenderJob({self.id!r})"

    @property
    def id(self) -> str:
        """The render's id; another one after it failed and was asked for once more."""
        return self._entry.id

    @public
    async def status(self) -> RenderStatus:
        """Return how the render stands."""
        return await self._look()

    @public
    async def wait(self, *, on_progress: Callable[[Progress], object] | None = None) -> RenderStatus:
        """Wait until the video is ready; a service that is out of reach for a while is waited for.

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
            looked_at = self.id
            try:
                status = await self._look()
                unreachable = 0
            except (ConnectionFailed, APIError) as error:
                unreachable += 1
                if unreachable >= _MOST_UNREACHABLE or not _passing(error):
                    raise
                status = RenderStatus("unknown", 0.0)
            percent = int(status.progress * 100)
            if on_progress is not None and percent > shown:
                shown = percent
                on_progress(Progress(percent, 100, "rendering"))
            if status.status == "completed":
                return status
            if status.status in {"failed", "cancelled"}:
                await self._ask_again(status, looked_at)
                interval = settings.poll_interval
            if time.monotonic() + interval > deadline:
                raise RenderTimeout(minutes=f"{settings.render_timeout / 60:.3g}", id=self.id)
            await asyncio.sleep(interval)
            interval = min(interval * _GROWTH, settings.poll_max_interval)

    @public
    async def cancel(self) -> None:
        """Stop the render; a :meth:`wait` under way ends with :class:`~nemo_widgets.RenderFailed`."""
        self._unwanted = True
        await self._transport.post(f"{self._path}/cancel", idempotent=True)
        await self._note(status="cancelled")
        if self._target is not None:
            downloads.part_path(self._target, self._key).unlink(missing_ok=True)

    @public
    async def download(
        self,
        path: str | os.PathLike[str] | None = None,
        *,
        on_progress: Callable[[Progress], object] | None = None,
    ) -> Video:
        """Download the finished video; the file appears only when it is whole, and replaces one of that name.

        What a download that broke off has got so far lies beside it as a ``.part`` file, from which the next one
        goes on, in whichever process.

        Parameters
        ----------
        path
            A file, or a folder that exists; None for where the render was wanted, or this user's folder of videos.
        on_progress
            Called on the background thread with a :class:`~nemo_widgets.Progress` in bytes.

        Raises
        ------
        InvalidInput
            For another ending than ``.mp4``.
        ConnectionFailed
            When it keeps breaking off.
        RenderFailed
            When the render isn't finished, or its video is gone.
        NemoError
            When the file can't be written.
        """
        if path is not None:
            await asyncio.to_thread(downloads.check_writable, path)
        status = await self._look()
        if status.status != "completed":
            unfinished = status.status not in {"failed", "cancelled"}
            raise RenderFailed("render-unfinished") if unfinished else _failure(status)
        target = target_path(path or self._entry.path, f"{_NOT_IN_NAMES.sub('_', self.id)}.mp4")
        video = await self._fetch(target, status, on_progress)
        there = {"status": "completed", "url": video.url, "downloaded": True}
        preview = self._entry.preview
        await self._note(path=str(target), request=None, etag=None, total=None, **there)
        if preview:
            await asyncio.to_thread(self._ledger.forget, self.id)
        return video

    async def submit(self) -> None:
        """Ask the service for this render; asking again with the same id asks for the same job."""
        self._entry = replace(self._entry, id=await asyncio.to_thread(self._ledger.intend, self._entry))
        try:
            await self._transport.post(_PATH, {"id": self.id, **(self._entry.request or {})}, idempotent=True)
        except APIError as error:
            if not _passing(error):
                await self._note(status="failed", error=str(error))
            raise
        await self._note(status="pending")

    @property
    def _path(self) -> str:
        return f"{_PATH}/{quote(self.id, safe='')}"

    @property
    def _key(self) -> str:
        """What tells the parts of two renders with the same file name apart."""
        return hashlib.sha256(self.id.encode()).hexdigest()[:8]

    async def _look(self) -> RenderStatus:
        """Ask how the render stands, and write it down where that changed."""
        try:
            status = RenderStatus.read(await self._transport.get(self._path))
        except APIError as error:
            if _passing(error) or isinstance(error, _OF_THE_ACCOUNT):
                raise
            unknown = error
        else:
            stands = status.status if status.status in STATUSES else "processing"
            if stands != self._entry.status:
                await self._note(status=stands, url=status.url or None, error=status.error or None)
            return status
        await self._introduce(unknown)
        return RenderStatus("pending", 0.0)

    async def _introduce(self, unknown: APIError) -> None:
        """Ask for a render that the service doesn't know, where it may never have heard of it."""
        backend = self._transport.backend
        if self._entry.session and self._entry.address != backend.address:
            raise InvalidInput("render-elsewhere", service=backend.label, id=self.id, backend=self._entry.backend)
        if self._unwanted or self._entry.status not in {"asked", "failed"} or self._entry.request is None:
            await self._note(status="failed", error=str(unknown))
            if 404 in {unknown.code, unknown.http_status}:
                code, status = unknown.code, unknown.http_status
                raise APIError("render-unknown", code=code, http_status=status, service=backend.label, id=self.id)
            raise unknown
        await self.submit()

    async def _ask_again(self, status: RenderStatus, failed_id: str) -> None:
        """Ask for a failed render once more; raise where that makes no sense."""
        async with self._one_retry:
            if self.id != failed_id:
                return  # another one who waits for it has done so
            if self._unwanted:
                raise RenderFailed("render-cancelled")
            if self._entry.request is None or self._entry.again_of is not None:
                raise _failure(status)
            fresh = {"created": 0, "url": None, "error": None, "etag": None, "total": None}
            self._entry = replace(self._entry, id=new_id(), again_of=failed_id, status="asked", **fresh)
            await self.submit()

    async def _fetch(
        self, target: Path, status: RenderStatus, on_progress: Callable[[Progress], object] | None
    ) -> Video:
        async def named() -> Place | None:
            return Place(status.url) if status.url else None

        async def renewed() -> Place | None:  # addresses expire
            fresh = (await self._look()).url
            return Place(fresh) if fresh and fresh != status.url else None

        async def fallback() -> Place:
            return Place(f"/api/render/proxy/{quote(self.id, safe='')}/download", api=True)

        async def began(version: Version) -> None:
            await self._note(path=str(target), etag=version.etag, total=version.total)

        entry = self._entry
        known = Version(entry.etag, entry.total or 0) if entry.etag is not None and entry.path == str(target) else None
        part = downloads.Part(target, self._key, known, began)
        self._target = target
        try:
            url, size = await downloads.fetch(
                self._transport, [named, renewed, fallback], part, on_progress=on_progress
            )
            self._target = None
            return Video(target, url, status.duration, size)
        except NemoError as error:
            if error.key != "no-video":
                raise
        raise RenderFailed("no-video", id=self.id)

    async def _note(self, **changes: Any) -> None:
        """Keep what changed, here and in the ledger."""
        self._unwanted |= changes.get("status") == "cancelled"
        if self._unwanted and changes.get("status") == "failed":
            changes["status"] = "cancelled"  # services say "failed" of it
        self._entry = replace(self._entry, **changes)
        await asyncio.to_thread(self._ledger.note, self.id, **changes)


def _failure(status: RenderStatus) -> RenderFailed:
    """Return why a render failed: in the user's language where the service says which sentence it is."""
    told = retold(status.raw.get("data"))
    return RenderFailed(message=status.error) if told is None else RenderFailed(told[0], **told[1])


async def ask(
    transport: Transport,
    session_id: str,
    draft: Draft,
    *,
    path: str | os.PathLike[str] | None = None,
    output: dict[str, str],
    language: str = "en",
) -> RenderJob:
    """Ask for a render of a draft, and return the job without waiting.

    Parameters
    ----------
    transport
        The service.
    session_id
        Whose draft it is.
    draft
        What to render.
    path
        Where the video is wanted, which :meth:`RenderJob.download` goes by.
    output
        What is wanted besides an MP4: ``quality``, ``audio``.
    language
        The language of errors.
    """
    if path is not None:
        await asyncio.to_thread(downloads.check_writable, path)
    entry = Entry(
        id=new_id(),
        kind=transport.backend.kind,
        address=transport.backend.address,
        session=session_id,
        title=_title(draft),
        request={"sessionId": session_id, "draft": draft.raw, "output": {"format": "mp4"} | output},
        path=None if path is None else downloads.whole_path(path),
    )
    job = RenderJob(transport, entry, Ledger(keep=transport.settings.ledger_keep), language=language)
    await job.submit()
    return job


def take_up(transport: Transport, job_id: str, *, language: str = "en") -> RenderJob:
    """Return a render that was asked for before, with what the ledger knows of it; the service isn't asked.

    Parameters
    ----------
    transport
        The service.
    job_id
        The id that it was asked for by. Where it failed and was asked for once more, that is the job to take up.
    language
        The language of errors.
    """
    ledger = Ledger(keep=transport.settings.ledger_keep)
    unknown = Entry(job_id, transport.backend.kind, transport.backend.address, session="", status="pending")
    return RenderJob(transport, ledger.latest(job_id) or unknown, ledger, language=language)


def new_id() -> str:
    """Return an id for a render that nobody else has.

    Examples
    --------
    >>> new_id().startswith("render_")
    True
    """
    return f"render_{time.time_ns() // 1_000_000}_{secrets.token_hex(4)}"


def _passing(error: NemoError) -> bool:
    """Say whether a poll that fails so may go well the next time."""
    return error.passes_soon if isinstance(error, RateLimited) else passes(error)


def _title(draft: Draft) -> str:
    """Return what a draft is called: its own title, or what its first segment with a name is."""
    own = text(as_object(draft.raw.get("m")).get("title"))
    names = (segment.name for track in draft.tracks for segment in track.segments)
    return own or next((name for name in names if name), "")
