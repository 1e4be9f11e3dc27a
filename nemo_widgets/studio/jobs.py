"""Renders, one user after another: kept in the store, so that none is lost when a kernel dies.

The intent is written before the work begins. A job belongs to the studio that took it; when that studio is gone,
the next one that starts on the workspace, or is asked about the job, takes it up again.
"""

from __future__ import annotations

import contextlib
import json
import logging
import shutil
import sqlite3
import threading
import time
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from nemo_widgets.draft.model import Draft
from nemo_widgets.errors import APIError, InvalidInput, NemoError, RenderFailed
from nemo_widgets.studio.fair_queue import FairQueue
from nemo_widgets.studio.presence import Presence, is_alive
from nemo_widgets.studio.quotas import cost, reason
from nemo_widgets.studio.render.output import output_of, size_of
from nemo_widgets.studio.render.plan import check_texts
from nemo_widgets.studio.trouble import told
from nemo_widgets.studio.workspace import media_id_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any, Protocol

    from nemo_widgets.progress import Progress
    from nemo_widgets.studio.store import JobRow, JobStatus, Store
    from nemo_widgets.studio.workspace import Workspace

    class Render(Protocol):
        """What renders a draft: :func:`nemo_widgets.studio.render.render`."""

        def __call__(
            self,
            draft: Draft,
            path: Path,
            /,
            *,
            on_progress: Callable[[Progress], None] | None,
            resolve: Callable[[str], Path] | None,
            cancelled: threading.Event | None,
            workers: int | None,
            quality: str = ...,
            height: int | None = ...,
            fps: float | None = ...,
            sound: str = ...,
        ) -> Path:
            """Render a draft to a file."""
            ...


T = TypeVar("T")

_log = logging.getLogger(__name__)
_REPORT_EVERY = 0.3
_STOP_PATIENCE = 10.0
_STORE_AGAIN = 2.0
_WATCH_EVERY = 0.3
_LEAST_PATIENCE, _SLOWEST = 120.0, 60.0
"""Seconds that any render may take where there is a limit, and for each second of 1080p video."""
_CLEARINGS, _CLEAR_AGAIN = 100, 0.1
_MOST_ATTEMPTS = 3
"""A render that takes the process down with it isn't begun a fourth time."""


class RenderQueue:
    """The queue of one studio.

    Parameters
    ----------
    store, workspace
        Where jobs are kept and where files lie.
    render
        What renders a draft.
    workers
        How many processes one render may use; None for as many as it finds fit. One that begins while no other is
        under way may use those of all ``slots``: a place may be kept free, but no processor.
    slots
        How many renders run at once.
    each
        How many of them may be one user's; None for all.
    timeout
        Seconds of work after which a render is given up; None for never.
    on_end
        Told of each render that ended, in the thread that worked on it.
    """

    def __init__(
        self,
        store: Store,
        workspace: Workspace,
        render: Render,
        *,
        workers: int | None = None,
        slots: int = 1,
        each: int | None = None,
        timeout: float | None = None,
        on_end: Callable[[JobRow], None] | None = None,
    ) -> None:
        self._store = store
        self._workspace = workspace
        self._render = render
        self._workers = workers
        self._timeout = timeout
        self._on_end = on_end
        self._presence = Presence(workspace.presence)
        self._waiting = FairQueue(each)
        self._running: dict[tuple[str, str], threading.Event] = {}
        self._lock, self._submitting = threading.Lock(), threading.Lock()
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._work, name=f"nemo-studio-render-{slot}", daemon=True) for slot in range(slots)
        ]

    @property
    def presence(self) -> str:
        """The sign of this studio."""
        return self._presence.id

    def start(self) -> None:
        """Begin to work, first on what studios that are gone left behind."""
        for thread in self._threads:
            thread.start()
        for job in self._store.open_jobs():
            self._adopt(job)

    def stop(self) -> None:
        """Stop working; what isn't finished goes back to the queue, for the next studio."""
        with self._lock:
            self._stopping.set()
            for cancelled in self._running.values():
                cancelled.set()
        self._waiting.close()
        for thread in self._threads:
            if thread.is_alive():
                thread.join(_STOP_PATIENCE)
        self._presence.release()

    def submit(
        self,
        user: str,
        job_id: str,
        *,
        session: str,
        draft: dict[str, Any],
        filename: str,
        output: Any = None,
        check: Callable[[int, int, int], None] | None = None,
    ) -> JobRow:
        """Ask for a render; the same id asks for the same job.

        ``output`` is what the request says about the file (:mod:`~nemo_widgets.studio.render.output`). ``check`` is
        told what a render that wasn't asked for before counts for, its longer side and the letters of its texts, and
        may refuse it.

        Raises
        ------
        InvalidInput
            Where the draft has nothing to render or a text that is too long, or the id can't be one.
        """
        if not 0 < len(job_id) <= 200:
            raise InvalidInput(message="A render needs an id.", remedy="Send a new unique one.")
        if (known := self._store.job(user, job_id)) is not None:
            return self._adopt(known)
        wanted = Draft(draft)
        if not wanted.ready:
            raise InvalidInput("nothing")
        letters = check_texts(wanted)
        asked = output_of(output)
        size = size_of(wanted, quality=asked.get("quality", "high"), height=asked.get("height"))
        counts = cost(wanted, size=size, fps=asked.get("fps"))
        named: dict[str, Any] = {"session": session, "filename": filename, "owner": self._presence.id}
        text = json.dumps(draft, ensure_ascii=False)
        with self._submitting:  # so that what is checked still holds when the job is added
            if (known := self._store.job(user, job_id)) is not None:
                return self._adopt(known)
            if check is not None:
                check(counts, max(size or wanted.size), letters)
            job = self._store.add_job(user, job_id, draft=text, cost=counts, output=json.dumps(asked), **named)
        if job.owner == self._presence.id:
            self._waiting.put(user, job_id)
        return job

    def look(self, user: str, job_id: str) -> JobRow:
        """Return how a render stands.

        Raises
        ------
        APIError
            404, where this user never asked for it.
        """
        job = self._store.job(user, job_id)
        if job is None:
            problem, remedy = "The studio doesn't know this render.", "Export again."
            raise APIError("invalid", code=404, http_status=404, message=problem, remedy=remedy)
        return self._adopt(job)

    def cancel(self, user: str, job_id: str) -> JobRow:
        """Cancel a render, whichever studio works on it; a finished one stays."""
        job = self.look(user, job_id)
        if job.open:
            self._store.ask_to_cancel(job)
            with self._lock:
                running = self._running.get((user, job_id))
            if running:
                running.set()
            elif job.status == "pending" and self._store.move_job(job, "cancelled", completed=time.time()):
                self._tell_end((user, job_id))
        return self._store.job(user, job_id) or job

    def _adopt(self, job: JobRow) -> JobRow:
        """Take a job up whose studio is gone."""
        if not job.open or job.owner == self._presence.id or is_alive(self._workspace.presence, job.owner):
            return job
        if job.attempts >= _MOST_ATTEMPTS:
            failure = _failure(job, RenderFailed("render-gave-up"))
            if self._store.move_job(job, "failed", completed=time.time(), **failure):
                shutil.rmtree(self._workspace.video_path(job.folder).parent, ignore_errors=True)
        elif self._store.take_job(job, self._presence.id):
            self._waiting.put(job.user, job.id)
        return self._store.job(job.user, job.id) or job

    def _work(self) -> None:
        while (key := self._waiting.get()) is not None:
            with self._lock:
                if self._stopping.is_set():
                    return
                cancelled = self._running.setdefault(key, threading.Event())
                alone = len(self._running) == 1
            try:
                self._make(key, cancelled, len(self._threads) if alone else 1)
            except Exception:  # noqa: BLE001 - the next render may go well
                _log.exception("A render could not be begun.")
            finally:
                with self._lock:
                    self._running.pop(key, None)
                self._waiting.done(key[0])

    def _make(self, key: tuple[str, str], cancelled: threading.Event, shares: int = 1) -> None:
        job = self._patiently(partial(self._store.job, *key))
        if job is None or job.status != "pending":
            return
        if job.cancelled:
            if self._move(job, "cancelled", completed=time.time()):
                self._tell_end(key)
            return
        if not self._move(job, "processing", attempts=job.attempts + 1):
            return  # it was cancelled meanwhile, or the studio stops and leaves it to the next one
        target = self._workspace.video_path(job.folder)
        watch = _Watch(self._store, job, cancelled, self._patience(job))
        reporter = _Reporter(self._store, job, cancelled)
        try:
            _make_anew(target.parent)
            draft = Draft(json.loads(job.draft))
            made = self._render(
                draft,
                target.with_name("rendering.mp4"),
                on_progress=reporter,
                resolve=lambda source: self._resolve(job.user, source),
                cancelled=cancelled,
                workers=self._workers and self._workers * shares,
                **output_of(json.loads(job.output)),
            )
            if cancelled.is_set():
                raise RenderFailed("render-cancelled")  # noqa: TRY301 - one way out for every cancel
            size = made.stat().st_size
            made.replace(target)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the job's result
            watch.end()
            shutil.rmtree(target.parent, ignore_errors=True)
            self._close(job, cancelled, watch.late or error)
        else:
            watch.end()
            changes: dict[str, Any] = {"duration": draft.duration, "bytes": size, "completed": time.time()}
            if reporter.note:
                changes["output"] = json.dumps({**json.loads(job.output), "note": reporter.note})
            if not self._move(job, "completed", progress=1.0, **changes):  # another studio cancelled it
                shutil.rmtree(target.parent, ignore_errors=True)
        self._tell_end(key)

    def _tell_end(self, key: tuple[str, str]) -> None:
        if self._on_end is not None and (ended := self._store.job(*key)) is not None and not ended.open:
            self._on_end(ended)

    def _patience(self, job: JobRow) -> float | None:
        """Return how many seconds a render may take: a second of video that takes an hour is a draft gone wrong."""
        return None if self._timeout is None else min(self._timeout, _LEAST_PATIENCE + _SLOWEST * job.cost / 1000)

    def _move(self, job: JobRow, status: JobStatus, **changes: float | str | None) -> bool:
        """Keep how a render stands; False where it was closed meanwhile, or the studio stops."""
        return bool(self._patiently(partial(self._store.move_job, job, status, **changes)))

    def _patiently(self, call: Callable[[], T]) -> T | None:
        """Use the store: where it can't be used (a full disk), as soon as it can be again; None where it stops."""
        told_so = False
        while True:
            try:
                return call()
            except sqlite3.Error as error:
                if not told_so:
                    _log.warning("The studio can't use its store (%s). It tries again until it can.", error)
                told_so = True
                if self._stopping.wait(_STORE_AGAIN):
                    return None

    def _close(self, job: JobRow, cancelled: threading.Event, error: Exception) -> None:
        """Say how a render ended that made no video."""
        now = self._patiently(partial(self._store.job, job.user, job.id)) or job
        if now.cancelled:
            self._move(job, "cancelled", completed=time.time())
        elif cancelled.is_set() and self._stopping.is_set():
            self._move(job, "pending", progress=0.0, attempts=job.attempts)
        else:
            known = told(error, "the video")
            if known is not None and known.key.startswith("disk-full"):
                known = self._workspace.full(f"{job.filename}.mp4")
            if known is None:
                _log.error("A render failed.", exc_info=error)
            self._move(job, "failed", completed=time.time(), **_failure(job, known or error))

    def _resolve(self, user: str, source: str) -> Path:
        """Return the file behind a draft's ``src``: by its id alone, and only if it is this user's."""
        media_id = media_id_in(source)
        row = self._store.media(media_id) if media_id else None
        if row is None or row.user != user:
            raise RenderFailed("media-foreign")
        return self._workspace.media_path(row.id, row.format)


def _failure(job: JobRow, error: Exception) -> dict[str, str]:
    """Return what is kept of why a render failed: a text, and for who tells it in another language what it says."""
    if not isinstance(error, NemoError):
        return {"error": f"{type(error).__name__}: {error}"}
    # Who reads it says by themselves that the video could not be rendered.
    plain = str(error.details.get("message") or "") if error.key == RenderFailed.default_key else ""
    kept = {"error": plain or error.message}
    if (why := reason(error)) is not None:
        kept["output"] = json.dumps({**json.loads(job.output), "why": why})
    return kept


def _make_anew(folder: Path) -> None:
    """Make a folder without what a studio that was killed left there; its workers end a moment after it."""
    for attempt in range(_CLEARINGS):
        shutil.rmtree(folder, ignore_errors=True)
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            if attempt + 1 == _CLEARINGS:
                raise
            time.sleep(_CLEAR_AGAIN)
        else:
            return


class _Watch:
    """Notices that a render is cancelled through another studio, or takes too long, whatever the render is at."""

    def __init__(self, store: Store, job: JobRow, cancelled: threading.Event, timeout: float | None) -> None:
        self.late: RenderFailed | None = None
        self._store, self._job, self._cancelled, self._timeout = store, job, cancelled, timeout
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._work, name="nemo-studio-watch", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Watch no longer."""
        self._ended.set()
        self._thread.join()

    def _work(self) -> None:
        began = time.monotonic()
        while not self._ended.wait(_WATCH_EVERY):
            if self._timeout is not None and time.monotonic() - began > self._timeout:
                self.late = RenderFailed("render-late", minutes=f"{round(self._timeout / 60, 1):g}")
                self._cancelled.set()
            with contextlib.suppress(sqlite3.Error):
                if self._store.is_cancelled(self._job):
                    self._cancelled.set()
            if self._cancelled.is_set():
                return


class _Reporter:
    """Keeps a render's progress, a few times a second, and what else it says."""

    def __init__(self, store: Store, job: JobRow, cancelled: threading.Event) -> None:
        self._store, self._job, self._cancelled = store, job, cancelled
        self._next = 0.0
        self.note = ""

    def __call__(self, progress: Progress) -> None:
        self.note = progress.note
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + _REPORT_EVERY
        with contextlib.suppress(sqlite3.Error):  # A render doesn't fail for its progress.
            if self._store.report_job(self._job, progress.fraction):
                self._cancelled.set()
