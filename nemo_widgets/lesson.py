"""``nemo-widgets serve``: the studio for a class, what the teacher reads of it, and how it ends."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import sys
import threading
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from nemo_widgets.errors import InvalidInput
from nemo_widgets.notebook import editor_line
from nemo_widgets.settings import StudioLimits, data_folder

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from nemo_widgets.studio.server import Studio

_FILES = 8192
_TAKES_NONE = 0.05
_LAST_LINES = 3.0
"""Seconds that the end waits for a terminal that takes no line."""
_LOOK_EVERY = 0.5


def add_options(serve: argparse.ArgumentParser) -> None:
    """Tell the parser of the command what it takes, and what runs it."""
    limits = StudioLimits.classroom()
    add = serve.add_argument
    add("--host", default="127.0.0.1", help="the address to listen on; 0.0.0.0 for everybody in the network")
    add("--port", type=int, default=8765, help="default: 8765")
    add("--students", type=int, default=limits.students, metavar="N", help=f"default: {limits.students}")
    add("--workspace", type=Path, metavar="DIR", help="where it is all kept; default: a folder of this user's own")
    add("--allow-host", action="append", default=[], metavar="NAME", help="a further name that it is reached by")
    add("--public-url", default="", metavar="URL", help="where a proxy on this machine shows it, with TLS")
    add("--disk", type=float, metavar="GB", help="of files and videos for each student; default: 2")
    add("--minutes", type=float, metavar="N", help="of 1080p video for each student; default: 60")
    add("--jobs", type=int, metavar="N", help="exports of one student that may wait; default: 3")
    add("--messages", type=int, metavar="N", help="of each student; default: 500")
    add("--keep-days", type=float, metavar="N", help="until what nobody uses is deleted; default: 30")
    add("--workers", type=int, metavar="N", help="processes for each of two exports at once; one alone has both's")
    add("--dask", metavar="tcp://…", help="render on a Dask cluster; here, where it can't be reached")
    add("--new-token", action="store_true", help="make a new join token; the old one, and who joined with it, is out")
    add("--log", action="store_true", help="a line for all that students do, not only for who joins or is not let in")
    serve.set_defaults(run=_serve)


def _serve(arguments: argparse.Namespace) -> int:
    try:
        from nemo_widgets.studio.server import Studio
    except ImportError:
        raise InvalidInput("studio") from None
    limits, terminal = _limits(arguments), Terminal(_write)
    studio = Studio(
        arguments.workspace or data_folder() / "classroom",
        arguments.workers or max(1, (os.cpu_count() or 1) // limits.renders),
        arguments.dask,
        host=arguments.host,
        port=arguments.port,
        limits=limits,
        allow_hosts=arguments.allow_host,
        public_url=arguments.public_url,
        new_join_token=arguments.new_token,
        on_event=_Told(terminal.say, everything=arguments.log),
    )
    _allow_files(_FILES)
    # What stops services stops this one as Ctrl-C does.
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with studio:
            try:
                _print_join(studio, arguments, limits)
                while True:
                    # Another thread may take the signal, such as one that starts processes, and wakes nobody here.
                    time.sleep(_LOOK_EVERY)
            except KeyboardInterrupt:
                _tell_of_the_end(studio, terminal.say)
    finally:
        terminal.end(_LAST_LINES)
        signal.signal(signal.SIGTERM, before)
    return 0


def _allow_files(most: int) -> None:
    """Let this process open so many files and connections, where the system allows it: a class needs more than 256."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = most if hard == resource.RLIM_INFINITY else min(most, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _tell_of_the_end(studio: Studio, say: Callable[[str], None]) -> None:
    say("\nThe class is over. Exports that aren't finished go on with the next `nemo-widgets serve`.")
    # A hub that gives fresh homes, or somebody who invents clients, leaves many that did nothing.
    students = [one for one in studio.students() if one.messages or one.bytes or one.minutes]
    widest = max((len(one.name) for one in students), default=0)
    for one in students:
        use = f"{one.messages} messages, {one.bytes / 1e6:.1f} MB, {one.minutes:.1f} minutes of video"
        say(f"{one.name:<{widest}}  {use}")


def _limits(arguments: argparse.Namespace) -> StudioLimits:
    """Return the limits that the options name."""
    if arguments.students < 1:
        raise InvalidInput(message="A class needs a student.", remedy="Take --students 1 or more.")
    given: dict[str, Any] = {
        "disk_bytes": None if arguments.disk is None else int(arguments.disk * 1024**3),
        "video_minutes": arguments.minutes,
        "jobs": arguments.jobs,
        "messages": arguments.messages,
        "keep": None if arguments.keep_days is None else arguments.keep_days * 86400.0,
    }
    wanted = {name: value for name, value in given.items() if value is not None}
    if wrong := [name for name, value in wanted.items() if value <= 0]:
        raise InvalidInput(message=f"{wrong[0]} can't be 0 or less.", remedy="Take a larger number.")
    return replace(StudioLimits.classroom(arguments.students), **wanted)


def _print_join(studio: Studio, arguments: argparse.Namespace, limits: StudioLimits) -> None:
    """Print what students paste: the only place where the join token is shown."""
    from nemo_widgets.studio.guard import own_addresses

    port = urlsplit(studio.url).port
    addresses = [studio.url]
    if arguments.public_url:
        addresses = [arguments.public_url.rstrip("/")]
    elif arguments.host == "0.0.0.0":  # noqa: S104 - a comparison, not a binding
        addresses = [f"http://{address}:{port}" for address in own_addresses()] or addresses
    print(f"The studio is open for {limits.students} students, who paste this into a notebook:\n")
    print(f"    {editor_line(backend=addresses[0], token=studio.join_token)}\n")
    if addresses[1:]:
        print(f"It is also reached at {', '.join(addresses[1:])}.")
    if arguments.host in {"127.0.0.1", "localhost", "::1"} and not arguments.public_url:
        print("Only this machine reaches it; --host 0.0.0.0 opens it to the network.")
    print(
        f"Each has {(limits.disk_bytes or 0) / 1024**3:g} GB, {limits.video_minutes:g} minutes of video, "
        f"{limits.messages} messages, and {limits.jobs} exports in the queue. Ctrl-C ends the class.",
        flush=True,
    )


class Terminal:
    """Lines for a terminal that may stand still (Ctrl-S, a pipe that nobody reads): who says them never waits.

    Parameters
    ----------
    write
        Writes a line; it may take as long as it likes.
    most
        Lines that are kept for it; those beyond are left out, and counted.

    Examples
    --------
    >>> written = []
    >>> terminal = Terminal(written.append)
    >>> terminal.say("hello")
    >>> terminal.end(10)
    >>> written
    ['hello']
    """

    def __init__(self, write: Callable[[str], object], most: int = 1000) -> None:
        self._write, self._most = write, most
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._left_out = 0
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._work, name="nemo-lesson", daemon=True)
        self._thread.start()

    def say(self, line: str) -> None:
        """Let a line be written."""
        with self._lock:
            if self._lines.qsize() < self._most:
                self._lines.put(line)
            else:
                self._left_out += 1

    def end(self, patience: float) -> None:
        """Wait, so many seconds at most, until all is written."""
        self._lines.put(None)
        self._thread.join(patience)

    def _work(self) -> None:
        while (line := self._lines.get()) is not None:
            self._tell(line)
            if self._lines.empty():
                self._tell_left_out()
        self._tell_left_out()

    def _tell_left_out(self) -> None:
        with self._lock:
            left_out, self._left_out = self._left_out, 0
        if left_out:
            self._tell(f"({left_out} lines were left out: the terminal took none.)")

    def _tell(self, line: str) -> None:
        with contextlib.suppress(OSError, ValueError):  # a terminal that is gone ends no lesson
            self._write(line)


def _write(line: str) -> None:
    """Write a line past Python's buffer: its lock would be held where the terminal stands still, also at the end."""
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        print(line, flush=True)
        return
    sys.stdout.flush()
    raw, left = getattr(buffer, "raw", buffer), f"{line}{os.linesep}".encode(sys.stdout.encoding or "utf-8", "replace")
    while left:
        written = raw.write(left)
        if written is None:  # another program has told this terminal not to wait
            time.sleep(_TAKES_NONE)
        left = left[written or 0 :]


class _Told:
    """Says what students do, a line each."""

    def __init__(self, say: Callable[[str], None], *, everything: bool) -> None:
        from nemo_widgets.studio.classroom import STRANGER

        self._say, self._everything, self._stranger = say, everything, STRANGER
        self._here: set[str] = set()

    def __call__(self, student: str, what: str) -> None:
        new = student not in self._here
        self._here.add(student)
        if self._everything or student == self._stranger or (what == "joined" and new):
            self._say(f"{datetime.now().astimezone():%H:%M:%S}  {student:<12}  {what}")
