"""The parent's side of the worker processes: hands out tasks, counts frames, and ends them all when it is over."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nemo_widgets
from nemo_widgets.errors import RenderFailed
from nemo_widgets.studio.render.sharing import Shares

if TYPE_CHECKING:
    from collections.abc import Callable

_LOOK_EVERY = 0.1
# Ctrl-C in a terminal, and a kernel's interrupt, go to the whole process group: workers are no part of it, since what
# is rendered is the parent's to stop. (That they ignore the signal is too late for one that comes while they start.)
_APART: dict[str, Any] = (
    {"creationflags": subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP}
    if sys.platform == "win32"
    else {"process_group": 0}
)
SPARING = {
    **dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
    # glibc keeps freed photos of 20 MB in its heap, in pieces, unless told what large is: 100 MB a process less.
    "MALLOC_MMAP_THRESHOLD_": "8000000",
    "MALLOC_TRIM_THRESHOLD_": "32000000",
}
"""What a worker's libraries are told: no threads, since there are processes, and little memory."""


def usable_cpus() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run_tasks(
    job: dict[str, Any],
    pieces: list[dict[str, Any]],
    extra: list[dict[str, Any]],
    *,
    last: dict[str, Any] | None = None,
    workers: int,
    on_frames: Callable[[int], None],
    cancelled: threading.Event | None = None,
) -> None:
    """Do all tasks on worker processes; returns when the last is done.

    Parameters
    ----------
    job
        What all tasks are parts of: ``{"plan", "quality"}``.
    pieces
        Each ``{"first", "last", "path"}``, in the order of the film.
    extra
        Each ``{"sound", "path"}``.
    last
        What is done when all these are: ``{"join", "heard", "path"}``.
    workers
        How many processes.
    on_frames
        Called with the number of frames done since the last call, in the caller's thread.
    cancelled
        Looked at ten times a second.

    Raises
    ------
    RenderFailed
        With what a worker couldn't do, or where it was cancelled. No process is left behind.
    """
    events: queue.SimpleQueue[tuple[Child, dict[str, Any] | None]] = queue.SimpleQueue()
    with tempfile.TemporaryFile() as complaints:
        crew: list[Child] = []
        try:
            left = len(pieces) + len(extra)
            count = max(1, min(workers, left))
            shares = Shares(pieces, extra, count)
            for number in range(count):
                worker = Child(number, events, complaints.fileno())
                crew.append(worker)
                worker.send(job)
                _hand_out(worker, shares)
            while left:
                if cancelled is not None and cancelled.is_set():
                    raise RenderFailed("render-cancelled")
                try:
                    worker, event = events.get(timeout=_LOOK_EVERY)
                except queue.Empty:
                    continue
                if event is None:
                    raise died(worker, complaints)
                if "frames" in event:
                    on_frames(event["frames"])
                elif "error" in event:
                    raise RenderFailed(event["error"]["key"], **event["error"]["details"])
                elif "done" in event:
                    left -= 1
                    _hand_out(worker, shares)
                    if not left and last is not None:
                        worker.send(last)
                        left, last = 1, None
        finally:
            for worker in crew:
                worker.end()


def _hand_out(worker: Child, shares: Shares[dict[str, Any]]) -> None:
    task = shares.next(worker.number)
    if task is not None:
        worker.send(task)


def died(worker: Child, complaints: Any) -> RenderFailed:
    """Return the error that tells why a child has ended, from its exit code and the file of its complaints."""
    code = worker.process.wait()
    complaints.seek(0)
    last = complaints.read()[-4000:].decode("utf-8", "replace").strip().splitlines()
    return RenderFailed("worker-died", reason=last[-1] if last and code > 0 else f"exit code {code}")


class Child:
    """One child process, and the thread that reads what it says.

    Parameters
    ----------
    number
        Which of several it is.
    events
        Gets (child, what it says) for each line; None for the last time, when it has ended.
    complaints
        The file descriptor that its standard error goes to.
    """

    def __init__(
        self, number: int, events: queue.SimpleQueue[tuple[Child, dict[str, Any] | None]], complaints: int
    ) -> None:
        self.number = number
        root = str(Path(nemo_widgets.__file__).resolve().parent.parent)
        path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
        self._events = events
        self.process = subprocess.Popen(
            # -P: a notebook's folder may hold a file called av.py or random.py.
            [sys.executable, "-P", "-m", "nemo_widgets.studio.render.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            env=os.environ | {"PYTHONPATH": path} | SPARING,
            **_APART,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def send(self, message: dict[str, Any]) -> None:
        """Send a line; a child that is gone is noticed by its silence."""
        if self.process.stdin is None:
            return
        try:
            self.process.stdin.write(json.dumps(message).encode() + b"\n")
            self.process.stdin.flush()
        except OSError:
            time.sleep(0)

    def end(self) -> None:
        """End the process now, whatever it is doing."""
        self.process.kill()
        self.process.wait()
        self._reader.join(timeout=1)
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue

    def _read(self) -> None:
        if self.process.stdout is None:
            return
        for line in self.process.stdout:
            self._events.put((self, json.loads(line)))
        self._events.put((self, None))


if sys.platform == "emscripten":  # pragma: no cover - no processes in a browser
    raise ImportError("The embedded engine needs processes, which a browser's Python doesn't have.")
