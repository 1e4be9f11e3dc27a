"""Looking into uploaded files in child processes with limits: memory, processor time, and an hour-glass."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nemo_widgets
from nemo_widgets.errors import InvalidInput, UnsupportedFile

if TYPE_CHECKING:
    from nemo_widgets.settings import StudioLimits
    from nemo_widgets.studio.media import MediaInfo

_APART: dict[str, Any] = (
    {"creationflags": subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP}
    if sys.platform == "win32"
    else {"process_group": 0}  # Ctrl-C in a terminal is the studio's to deal with
)
_LIBRARY_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
_FILES_EACH = 500


class Prober:
    """Says what is in media files.

    Parameters
    ----------
    limits
        How long and how much memory a file may take.
    children
        How many files are looked into at once.
    """

    def __init__(self, limits: StudioLimits, children: int = 2) -> None:
        self._limits = limits
        self._turns = threading.BoundedSemaphore(children)
        self._idle: list[_Child] = []
        self._lock = threading.Lock()

    def probe(self, path: Path) -> MediaInfo:
        """Return what is in a file, as :func:`nemo_widgets.studio.media.probe` does.

        Raises
        ------
        UnsupportedFile
            4001, where it is none of the formats that can be used.
        InvalidInput
            Where it is damaged or too large, or breaks whoever opens it.
        """
        with self._turns:
            for attempt in range(2):
                child, fresh = self._take()
                answer = child.ask(path, self._limits)
                if answer is not None:
                    self._return(child)
                    return _read(answer, path.name)
                child.end()
                if fresh or attempt:  # one that waited for work may just have gone home
                    break
        raise InvalidInput("media-unreadable", name=path.name)

    def close(self) -> None:
        """End the children that wait for work."""
        with self._lock:
            idle, self._idle = self._idle, []
        for child in idle:
            child.end()

    def _take(self) -> tuple[_Child, bool]:
        with self._lock:
            while self._idle:
                child = self._idle.pop()
                if child.alive:
                    return child, False
                child.end()
        return _Child(), True

    def _return(self, child: _Child) -> None:
        if child.files >= _FILES_EACH:
            child.end()
            return
        with self._lock:
            self._idle.append(child)


class _Child:
    """One child process."""

    def __init__(self) -> None:
        root = str(Path(nemo_widgets.__file__).resolve().parent.parent)
        path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
        self.files = 0
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "nemo_widgets.studio.probe_worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": path} | dict.fromkeys(_LIBRARY_THREADS, "1"),
            **_APART,
        )

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, path: Path, limits: StudioLimits) -> dict[str, Any] | None:
        """Return the answer; None where the child died of the question, or had to be killed."""
        self.files += 1
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            return None
        seconds = limits.probe_timeout
        question = {"path": str(path), "seconds": seconds, "memory": limits.probe_memory}
        hourglass = threading.Timer(seconds, self._process.kill)
        hourglass.start()
        try:
            stdin.write(json.dumps(question).encode() + b"\n")
            stdin.flush()
            return json.loads(stdout.readline())
        except (OSError, ValueError):
            return None
        finally:
            hourglass.cancel()

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


def _read(answer: dict[str, Any], name: str) -> MediaInfo:
    from nemo_widgets.studio.media import MediaInfo

    if "info" in answer:
        return MediaInfo(**answer["info"])
    error: dict[str, Any] = answer["error"]
    details: dict[str, Any] = error["details"] | {"name": name}
    if error["kind"] == UnsupportedFile.__name__:
        raise UnsupportedFile(code=4001, name=name)
    raise InvalidInput(error["key"], **details)
