"""The worker's side: a piece is rendered by the very process that a render on one machine uses.

A child process for each thread of a Dask worker: it is killed at once when the render is cancelled, a file that brings
a library down takes no worker with it, and it keeps its files open from piece to piece. Nothing is raised in a worker:
Dask would write what it was given into the log.
"""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import json
import queue
import shutil
import tempfile
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from nemo_widgets import settings
from nemo_widgets.errors import NemoError
from nemo_widgets.studio.render.cluster.cache import Cache
from nemo_widgets.studio.render.cluster.manifest import Manifest
from nemo_widgets.studio.render.pool import Child, died
from nemo_widgets.studio.trouble import is_full

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path

    from nemo_widgets.studio.render.cluster.depot import Claim

SMALL = 256 * 1024
"""Bytes up to which a piece goes back through the scheduler; a larger one is brought to the depot."""

TOPIC = "nemo-widgets"
"""Under which workers tell how many frames are done."""

_REPORT_EVERY = 0.3
_LOOK_EVERY = 0.2
_IDLE = 20.0
"""Seconds without a piece after which a job's children end: whoever wanted them may be gone."""

_OF_THIS_MACHINE = {"disk-full": "its disk is full", "worker-died": "its memory is full"}
"""What a child may complain of that another worker need not have."""

_NETWORK = 30.0
_TRIES = 3
_BLOCK = 1024 * 1024


@dataclass(frozen=True)
class Errand:
    """One piece to be rendered: frames ``first`` until before ``last``; ``key`` tells attempts apart."""

    job: str
    claim: Claim
    piece: int
    first: int
    last: int
    key: str


class _Stopped(Exception):
    """The job is over."""


class _Trouble(Exception):
    """It can't be done on this worker; on another it may."""


class _Job:
    """What a worker keeps of a job: its folder and its children."""

    def __init__(self) -> None:
        self.cache = Cache(settings.media_cache_folder(), settings.media_cache_bytes())
        self.folder = self.cache.job_folder()
        self.stopped = threading.Event()
        self.busy = 0
        self.used = time.monotonic()
        self._manifest: Manifest | None = None
        self._idle: list[_Engine] = []
        self._all: set[_Engine] = set()
        self._lock = threading.Lock()
        self._placing = threading.Lock()

    def collect(self, errand: Errand) -> None:
        """See that the files of a piece are here."""
        for file in self._read(errand.claim).needed(errand.first, errand.last):
            if self.stopped.is_set():
                raise _Stopped

            def fetch(part: Path, name: str = file.name, expected: str = file.sha256) -> None:
                _download(errand.claim, name, expected, part, self.stopped)

            with self._placing:
                self.cache.place(file, self.folder / file.name, fetch)

    def _read(self, claim: Claim) -> Manifest:
        """Return what is to be rendered, fetched once."""
        with self._placing:
            if self._manifest is None:
                raw = _fetched(claim, claim.manifest)
                if hashlib.sha256(raw).hexdigest() != claim.manifest:
                    raise _Trouble("the list of files arrived damaged")
                self._manifest = Manifest.from_bytes(raw)
            return self._manifest

    @contextlib.contextmanager
    def engine(self, claim: Claim) -> Generator[_Engine]:
        """Lend a child; one that ended in trouble isn't lent again."""
        manifest = self._read(claim)
        with self._lock:
            if self.stopped.is_set():
                raise _Stopped
            one = self._idle.pop() if self._idle else None
            if one is None:
                one = _Engine({"plan": manifest.placed(self.folder).to_json(), "quality": manifest.quality})
                self._all.add(one)
        try:
            yield one
        except BaseException:
            one.child.end()
            with self._lock:
                self._all.discard(one)
            raise
        with self._lock:
            self._idle.append(one)

    def end(self) -> None:
        """Kill the children now; the folder goes when they are gone."""
        with self._lock:
            self.stopped.set()
            for one in self._all:
                one.child.process.kill()
        threading.Thread(target=self._clear, name="nemo-clear", daemon=True).start()

    def _clear(self) -> None:
        while self.busy:
            time.sleep(_LOOK_EVERY)
        for one in self._all:
            one.child.end()
            one.complaints.close()
        shutil.rmtree(self.folder, ignore_errors=True)


class _Engine:
    """A child process and what it says."""

    def __init__(self, job: dict[str, Any]) -> None:
        self.complaints = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the job
        self._events: queue.SimpleQueue[tuple[Child, dict[str, Any] | None]] = queue.SimpleQueue()
        self.child = Child(0, self._events, self.complaints.fileno())
        self.child.send(job)

    def render(self, task: dict[str, Any], job: _Job, report: Callable[[int], None]) -> None:
        """Render a piece."""
        self.child.send(task)
        frames, told = 0, 0.0
        event: dict[str, Any] | None
        while True:
            try:
                _, event = self._events.get(timeout=_LOOK_EVERY)
            except queue.Empty:
                event = {"frames": 0}
            if job.stopped.is_set():
                raise _Stopped
            if event is None:
                raise _Trouble(str(died(self.child, self.complaints).details["reason"]))
            if "done" in event:
                return
            if "error" in event:
                problem = event["error"]
                if problem["key"] in _OF_THIS_MACHINE:
                    raise _Trouble(_OF_THIS_MACHINE[problem["key"]])
                raise NemoError(problem["key"], **problem["details"])
            frames += event["frames"]
            if event["frames"] and time.monotonic() - told >= _REPORT_EVERY:
                told = time.monotonic()
                report(frames)


_jobs: dict[str, _Job] = {}
_over: dict[str, float] = {}
_lock = threading.Lock()


def run(errand: Errand) -> dict[str, Any]:
    """Render a piece, on a Dask worker.

    Returns
    -------
    dict
        ``data`` (bytes) or ``received`` (the name that the depot gave), and ``sha256``; or ``error`` (what is wrong
        with the draft or its files), ``trouble`` (what this worker can't do), ``stopped``.
    """
    try:
        with _job(errand) as job:
            job.collect(errand)
            path = job.folder / f"{errand.key}.mp4"
            with job.engine(errand.claim) as engine:
                task = {"first": errand.first, "last": errand.last, "path": str(path)}
                engine.render(task, job, lambda frames: _tell(errand, frames))
            try:
                return _answer(errand, path)
            finally:
                path.unlink(missing_ok=True)
    except _Stopped:
        return {"stopped": True}
    except _Trouble as error:
        return {"trouble": str(error)}
    except NemoError as error:
        return {"error": {"key": error.key, "details": error.details}}
    except OSError as error:
        reason = "its disk is full" if is_full(error) else error.strerror or type(error).__name__
        return {"trouble": reason}
    except Exception as error:  # noqa: BLE001 - raised, Dask would log the errand
        return {"trouble": f"{type(error).__name__}: {error}"}


def forget(job_id: str) -> None:
    """End what this worker does for a job, now."""
    with _lock:
        _over[job_id] = time.monotonic()
        while len(_over) > 1000:
            del _over[next(iter(_over))]
        job = _jobs.pop(job_id, None)
    if job is not None:
        job.end()


@contextlib.contextmanager
def _job(errand: Errand) -> Generator[_Job]:
    with _lock:
        if errand.job in _over:
            raise _Stopped
        job = _jobs.get(errand.job)
        if job is None:
            job = _jobs[errand.job] = _Job()
            threading.Thread(target=_watch, args=(errand.job, job), name="nemo-watch", daemon=True).start()
        job.busy += 1
    try:
        yield job
    finally:
        with _lock:
            job.busy -= 1
            job.used = time.monotonic()


def _watch(job_id: str, job: _Job) -> None:
    """Forget a job that nobody asks anything for any more."""
    while not job.stopped.wait(_IDLE / 10):
        with _lock:
            idle = not job.busy and time.monotonic() - job.used > _IDLE
            if idle and _jobs.get(job_id) is job:
                del _jobs[job_id]
        if idle:
            job.end()


def _tell(errand: Errand, frames: int) -> None:
    from distributed import get_worker

    get_worker().log_event(TOPIC, {"job": errand.job, "piece": errand.piece, "frames": frames})


def _answer(errand: Errand, path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if path.stat().st_size <= SMALL:
        return {"data": path.read_bytes(), "sha256": digest}
    return {"received": _patiently(lambda: _brought(errand.claim, path)), "sha256": digest}


# The way to the depot


def _fetched(claim: Claim, name: str) -> bytes:
    def ask() -> bytes:
        with _asked(claim, "GET", f"/{name}") as answer:
            return answer.read()

    return _patiently(ask)


def _download(claim: Claim, name: str, expected: str, part: Path, stopped: threading.Event) -> None:
    def ask() -> None:
        made = hashlib.sha256()
        with _asked(claim, "GET", f"/{name}") as answer, part.open("wb") as file:
            while block := answer.read(_BLOCK):
                if stopped.is_set():
                    raise _Stopped
                made.update(block)
                file.write(block)
        if made.hexdigest() != expected:
            raise http.client.HTTPException("a file arrived damaged")

    _patiently(ask)


def _brought(claim: Claim, path: Path) -> str:
    with path.open("rb") as file, _asked(claim, "POST", "/pieces", file, path.stat().st_size) as answer:
        return str(json.load(answer)["name"])


@contextlib.contextmanager
def _asked(
    claim: Claim, method: str, path: str, body: Any = None, size: int = 0
) -> Generator[http.client.HTTPResponse]:
    """Ask the depot: by no proxy and with no redirection, since the ticket is for it alone."""
    parts = urlsplit(claim.url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=_NETWORK, blocksize=_BLOCK)
    headers = {"authorization": f"Bearer {claim.ticket}", "content-length": str(size)}
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        if answer.status != 200:
            raise http.client.HTTPException(f"HTTP {answer.status}")
        yield answer
    finally:
        connection.close()


def _patiently(ask: Callable[[], Any]) -> Any:
    """Ask several times: networks have hiccups."""
    for attempt in range(_TRIES):
        try:
            return ask()
        except (OSError, http.client.HTTPException) as error:
            if isinstance(error, OSError) and is_full(error):
                raise
            if attempt == _TRIES - 1:
                reason = (isinstance(error, OSError) and error.strerror) or error or type(error).__name__
                raise _Unreached(f"it can't fetch from the machine that asks for the render ({reason})") from None
            time.sleep(0.2 * 2**attempt)
    return None


class _Unreached(_Trouble):
    """The depot can't be reached from here."""
