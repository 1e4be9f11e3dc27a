"""One worker process: reads a plan and then tasks as lines of JSON, writes what it did as lines of JSON.

A plain child process rather than ``multiprocessing``, so that it works from a notebook, a thread and a script without
an ``if __name__ == "__main__"``. It ends when its standard input closes, and so when its parent dies.

In: ``{"plan": …, "quality": "high"}``, then ``{"first": 0, "last": 150, "path": "…"}``, ``{"sound": "aac", "path":
"…"}`` or, when all of these are done, ``{"join": [[0, "…"], …], "heard": "…", "path": "…"}``.
Out: ``{"frames": n}`` as frames are done, ``{"done": path}``, ``{"error": {"key": …, "details": …}}``.
"""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
import time
import traceback
from pathlib import Path
from typing import Any, NoReturn

from nemo_widgets.errors import NemoError
from nemo_widgets.studio.confine import confine
from nemo_widgets.studio.trouble import is_full

_REPORT_EVERY = 0.1
_REPORT_FRAMES = 25
_MEMORY, _MEMORY_EACH = 4 * 1024**3, 120
"""Bytes of address space for the files that are read, and for each pixel of the video."""


def main() -> NoReturn:
    """Serve tasks until the input closes."""
    # What a library prints must not get between the lines of the answer.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)
    tasks: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(tasks,), daemon=True).start()
    try:
        _serve(tasks, answers.write)
    except NemoError as error:
        problem = {"key": error.key, "details": error.details}
    except MemoryError:
        problem = {"key": "worker-died", "details": {"reason": "out of memory"}}
    except Exception as error:  # noqa: BLE001 - whatever it is, a person is to read it
        traceback.print_exc()
        problem = {"key": "render-failed", "details": {"message": f"{type(error).__name__}: {error}"}}
        if is_full(error):
            problem = {"key": "disk-full", "details": {"name": "the video"}}
        elif isinstance(error, OSError) and error.strerror:  # it names the path, which is no business of a student's
            problem["details"] = {"message": f"its file can't be written ({error.strerror})."}
    answers.write(json.dumps({"error": problem}, default=str) + "\n")
    answers.flush()
    os._exit(1)  # An ordinary exit would wait for the thread that reads the input.


def _listen(tasks: queue.SimpleQueue[dict[str, Any]]) -> None:
    for line in sys.stdin.buffer:
        tasks.put(json.loads(line))
    os._exit(0)


def _serve(tasks: queue.SimpleQueue[dict[str, Any]], write: Any) -> NoReturn:
    from nemo_widgets.studio.render.compose import Compositor
    from nemo_widgets.studio.render.encode import encode_audio, encode_piece
    from nemo_widgets.studio.render.join import join
    from nemo_widgets.studio.render.layers import Plan
    from nemo_widgets.studio.render.quality import chosen

    job = tasks.get()
    plan, how = Plan.from_json(job["plan"]), chosen(job["quality"])
    confine(_MEMORY + _MEMORY_EACH * plan.width * plan.height, cpu=None)
    reporter = _Reporter(write)
    with Compositor(plan) as compositor:
        while True:
            task = tasks.get()
            path = Path(task["path"])
            if "sound" in task:
                encode_audio(plan, path, how, task["sound"])
            elif "join" in task:
                join([(first, Path(piece)) for first, piece in task["join"]], Path(task["heard"]), plan.fps, path)
            else:
                encode_piece(plan, compositor, (task["first"], task["last"]), path, on_frame=reporter.count, how=how)
                reporter.tell()
            write(json.dumps({"done": task["path"]}) + "\n")


class _Reporter:
    """Tells how many frames are done: some ten times a second, or more often where they are small."""

    def __init__(self, write: Any) -> None:
        self._write = write
        self._frames = 0
        self._told = time.monotonic()

    def count(self) -> None:
        """Count a frame."""
        self._frames += 1
        if self._frames >= _REPORT_FRAMES or time.monotonic() - self._told >= _REPORT_EVERY:
            self.tell()

    def tell(self) -> None:
        """Tell what has been counted since the last time."""
        if self._frames:
            self._write(json.dumps({"frames": self._frames}) + "\n")
        self._frames, self._told = 0, time.monotonic()


if __name__ == "__main__":
    main()
