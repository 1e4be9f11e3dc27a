"""Getting the video out: render, download, and bytes for the player."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import os
import tempfile
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nemo_widgets.client.ledger import Ledger
from nemo_widgets.draft.model import Draft
from nemo_widgets.errors import InvalidInput, NemoError, RenderFailed
from nemo_widgets.widgets.desk import forgiving, outcome
from nemo_widgets.widgets.films import Films, film_view
from nemo_widgets.widgets.journal import Film
from nemo_widgets.widgets.thumbnail import poster_url
from nemo_widgets.widgets.views import video_name

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from nemo_widgets.client.ledger import Entry
    from nemo_widgets.client.models import Video
    from nemo_widgets.client.renders import RenderJob
    from nemo_widgets.progress import Progress
    from nemo_widgets.widgets.workbench import Workbench


class Exporting:
    """The exports of one editor, and the videos that its player may read.

    Parameters
    ----------
    bench
        What the editor's parts share.
    audio
        What the service is asked for as sound; None for its own choice.
    """

    def __init__(self, bench: Workbench, *, audio: str | None = None) -> None:
        self._bench = bench
        self._audio = audio
        self._seen: set[str] = set()
        self._unwanted: set[str] = set()  # cancelled before they came: messages overtake each other (ipykernel 7.4)
        self._running: dict[str, asyncio.Task[Video]] = {}
        self._one = asyncio.Lock()  # whose progress is shown; the others wait, in their order
        self.films = Films(bench)
        bench.on_resumed = self._resume
        self._previews = tempfile.TemporaryDirectory(prefix="nemo-preview-", ignore_cleanup_errors=True)

    async def requested(self, export_id: str, *, preview: bool = False) -> None:
        """Export because a view asked; errors are shown beside the button."""
        if export_id in self._seen:
            return
        self._seen.add(export_id)
        if export_id in self._unwanted:
            if not self._one.locked():  # the place beside the button is that of the one being made
                self._show(export_id, "cancelled", preview=preview)
            return
        with contextlib.suppress(Exception):  # told beside the button
            await self.export(export_id=export_id, preview=preview)

    async def export(
        self,
        path: str | Path | None = None,
        *,
        draft: Draft | None = None,
        on_progress: Callable[[Progress], None] | None = None,
        export_id: str | None = None,
        preview: bool = False,
    ) -> Video:
        """Render the draft, download the video and show it in the player; a preview is small, quick and not kept.

        One after another: who asks while one is being made waits, with the edits as they were when it was asked for.

        Raises
        ------
        RenderFailed
            Also when :meth:`cancel` was called.
        """
        export_id = export_id or uuid.uuid4().hex
        draft = draft or self._bench.editing.edited_draft
        making = functools.partial(self._export, export_id, path, draft, on_progress, preview=preview)
        return await self._queued(export_id, making, preview=preview)

    async def _queued(self, export_id: str, making: Callable[[], Awaitable[Video]], *, preview: bool) -> Video:
        task = self._running[export_id] = asyncio.create_task(self._in_turn(export_id, making, preview=preview))
        try:
            return await outcome(task, stopped=RenderFailed("render-cancelled"))
        finally:
            if task.cancelled() and not self._one.locked():  # before it began, too
                self._show(export_id, "cancelled", preview=preview)
            self._running.pop(export_id, None)

    async def cancel(self, export_id: str) -> None:
        """Cancel an export, because the user asked."""
        if (task := self._running.get(export_id)) is not None:
            task.cancel()
        elif export_id not in self._seen:
            self._unwanted.add(export_id)

    def close(self) -> None:
        """Delete the previews."""
        self._previews.cleanup()

    async def _in_turn(self, export_id: str, making: Callable[[], Awaitable[Video]], *, preview: bool) -> Video:
        async with self._one:
            self._show(export_id, "running", preview=preview)
            try:
                video = await making()
            except Exception as error:
                told = self._bench.complain(error)
                self._show(export_id, "failed", error=told)
                if len(self._running) > 1:  # the next one takes the place beside the button at once
                    self._bench.notice(**told)
                raise
            self._show(export_id, "done", done=1.0)
            return video

    async def _export(
        self,
        export_id: str,
        path: str | Path | None,
        draft: Draft | None,
        on_progress: Callable[[Progress], None] | None,
        *,
        preview: bool,
    ) -> Video:
        target, quality = (path, "high") if not preview else (self._preview_path(), "preview")
        async with self._bench.service() as session:
            audio = None if self._bench.state["backend"]["kind"] == "cloud" else self._audio
            submitting = asyncio.ensure_future(session.render(draft, path=target, quality=quality, audio=audio))
            try:
                job = await asyncio.shield(submitting)  # a render that is half asked for couldn't be called off
                made_of = draft or self._bench.editing.sent  # people go on editing while it is made
                video = await self._fetched(export_id, job, on_progress)
            except asyncio.CancelledError:
                self._bench.start(lambda: _call_off(submitting))
                raise
        self._play(video, made_of, named=path is not None, preview=preview)
        return video

    async def _fetched(
        self, export_id: str, job: RenderJob, on_progress: Callable[[Progress], None] | None = None
    ) -> Video:
        """Wait for a render and download its video, and show how far it is."""
        tell = forgiving(on_progress)

        def told(stage: str, progress: Progress) -> None:
            self._show(export_id, "running", stage=stage, done=progress.fraction)
            tell(progress)

        await job.wait(on_progress=lambda progress: told("rendering", progress))
        return await job.download(on_progress=lambda progress: told("downloading", progress))

    def _preview_path(self) -> Path:
        return Path(self._previews.name) / f"{uuid.uuid4().hex}.mp4"

    def _play(self, video: Video, draft: Draft | None, *, named: bool, preview: bool) -> None:
        shown = self._bench.state["video"]
        if preview and shown is not None and not shown["preview"] and draft == self._bench.filmed:
            return  # the whole video of the same draft is there
        film = Film(str(video.path), video_name(video, draft, named=named), draft)
        url = video.url if video.url.startswith("https://") else None
        self._put_in_player(film, duration=video.duration, url=url, preview=preview)
        if not preview:
            self._bench.film = film
            self._bench.remember_soon()

    def _resume(self, film: Film | None) -> None:
        """Show the video that was made in an earlier kernel, where it is still there, and make the one it was at."""
        with contextlib.suppress(OSError):  # where its folder is out of reach now, people can edit all the same
            if film is not None and Path(film.path).is_file():
                self._put_in_player(film)
        self._bench.start(self._go_on)

    async def _go_on(self) -> None:
        """Go on with the last export, where the kernel that asked for it didn't live to see it."""
        found = await asyncio.to_thread(_cut_off, self._bench.session_id)
        if found is None or found[0].id in self._seen:
            return
        order, draft = found
        self._seen.add(order.id)

        async def making() -> Video:
            async with self._bench.service():
                job = self._bench.client().job(order.id)
                try:
                    video = await self._fetched(order.id, job)
                except asyncio.CancelledError:
                    self._bench.start(lambda: _cancelled(job))
                    raise
            self._play(video, draft, named=order.path is not None, preview=False)
            return video

        with contextlib.suppress(Exception):  # told beside the button
            await self._queued(order.id, making, preview=False)

    def _put_in_player(self, film: Film, **facts: Any) -> None:
        path, draft = Path(film.path), film.draft
        film_id = self.films.add(path, film.name)
        self._bench.filmed = draft
        view = film_view(film_id, film.name, path.stat().st_size) | facts
        view["outdated"] = draft != self._bench.draft
        view["width"], view["height"] = draft.size if draft else (None, None)
        view["captions"] = draft.to_vtt() if draft and any(track.kind == "text" for track in draft.tracks) else None
        self._bench.state.update(video=view)
        self._bench.start(lambda: self._add_poster(film_id, path))

    async def _add_poster(self, film_id: str, path: Path) -> None:
        poster = await asyncio.to_thread(poster_url, path)
        if poster is not None and self._bench.state["video"]["id"] == film_id:
            self._bench.state.update(video=self._bench.state["video"] | {"poster": poster})

    def _show(self, export_id: str, state: str, **fields: Any) -> None:
        shown = self._bench.state["export"]
        if shown is None or shown["id"] != export_id:
            shown = {"id": export_id, "stage": "rendering", "done": 0.0, "error": None, "preview": False}
        self._bench.state.update(export={**shown, "state": state, **fields})


def sound_for_here(audio: str | None) -> str | None:
    """Return the sound to ask for: what the user wants, else what this host plays.

    VS Code's pages are an Electron without AAC. (Its kernels, and its terminals' children, have its variables.)

    Raises
    ------
    InvalidInput
        For a sound that there is none of.

    Examples
    --------
    >>> sound_for_here("mp3")
    'mp3'
    """
    if audio not in (None, "aac", "mp3"):
        raise InvalidInput(message=f"There is no sound {audio!r}.", remedy='Use audio="aac" or audio="mp3".')
    in_vscode = "VSCODE_PID" in os.environ or os.environ.get("TERM_PROGRAM") == "vscode"
    return audio or ("mp3" if in_vscode else None)


async def _call_off(submitting: asyncio.Future[RenderJob]) -> None:
    """Cancel a render; where it was refused, or the service is gone, there is nothing to cancel."""
    with contextlib.suppress(NemoError):
        await (await submitting).cancel()


async def _cancelled(job: RenderJob) -> None:
    with contextlib.suppress(NemoError):
        await job.cancel()


def _cut_off(session: str | None) -> tuple[Entry, Draft] | None:
    """Return a session's last render and its draft, where the service knows of it and its video wasn't here yet."""
    with contextlib.suppress(NemoError):
        last = next((entry for entry in Ledger().entries() if entry.session == session), None)
        # One without its order was here already: another video has taken its place.
        if last is not None and last.unfinished and last.status != "asked" and last.request is not None:
            return last, Draft(last.request["draft"])
    return None
