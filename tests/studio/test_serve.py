"""``nemo-widgets serve``: what it prints, who gets in with that, and how it ends."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
import threading
from types import SimpleNamespace

import httpx
import psutil
import pytest

from nemo_widgets import lesson
from nemo_widgets.cli import main
from nemo_widgets.lesson import Terminal, _allow_files
from tests.studio.conftest import Caller

JOIN = re.compile(r'nw\.Editor\(backend="(http://[^"]+)", token="(nmv_join_\w+)"\)')


def serve(*options, first=""):
    command = [sys.executable, "-m", "nemo_widgets.cli", "serve", "--port", "0", *options]
    code = f"{first}\nimport sys; from nemo_widgets.cli import main; sys.exit(main({command[3:]!r}))"
    env = os.environ | {"PYTHONUNBUFFERED": "1"}
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=env)


def opening(child):
    """Return what a class prints before anybody comes."""
    printed = ""
    for line in iter(child.stdout.readline, ""):
        printed += line
        if "Ctrl-C" in line:
            return printed
    raise AssertionError(f"it ended: {printed}")


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent otherwise there")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_a_lesson(tmp_path, ending):
    with serve("--workspace", str(tmp_path), "--students", "3", "--log", "--minutes", "5") as child:
        killer = threading.Timer(600, child.kill)
        killer.start()
        printed = opening(child)
        address, token = JOIN.search(printed).groups()
        assert "3 students" in printed
        assert "5 minutes" in printed
        assert "--host 0.0.0.0" in printed  # as long as only this machine reaches it

        class There:
            url = address

        There.token = httpx.post(
            f"{address}/api/auth/anonymous-token",
            headers={"X-Client-Id": "a", "Authorization": f"Bearer {token}"},
            timeout=60,
        ).json()["data"]["token"]
        wrong = {"X-Client-Id": "b", "Authorization": "Bearer nmv_join_wrong"}
        assert httpx.post(f"{address}/api/auth/anonymous-token", headers=wrong, timeout=60).json()["code"] == 1001
        with Caller(There) as ann:
            session = ann.session()
            draft = ann.tiny_draft(session, seconds=200, size=(640, 360))
            ann.render(session, draft, "render_left")
            workers = psutil.Process(child.pid).children(recursive=True)
            child.send_signal(ending)
            rest = child.stdout.read()
        assert child.wait() == 0
        killer.cancel()
    assert re.search(r"\d\d:\d\d:\d\d  student 1 +joined", rest)
    assert re.search(r"\d\d  somebody +was not let in from 127.0.0.1: the join token is wrong", rest)
    assert "uploaded 2 files" in rest
    assert "asked for an export" in rest
    assert "The class is over" in rest
    assert re.search(r"student 1 +1 messages, 0\.\d MB, 3\.3 minutes", rest)
    assert There.token not in printed + rest
    assert "make a 200 second video" not in rest
    assert not [one for one in workers if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{address}/health", timeout=60)


@pytest.mark.skipif(sys.platform == "win32", reason="has no such signals")
def test_a_signal_that_another_thread_takes_ends_the_class(tmp_path):
    first = """
import signal, threading, time
threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
"""
    with serve("--workspace", str(tmp_path), first=first) as child:
        killer = threading.Timer(300, child.kill)
        killer.start()
        opening(child)
        child.send_signal(signal.SIGTERM)
        rest = child.stdout.read()
        assert child.wait() == 0
        killer.cancel()
    assert "The class is over" in rest


def test_a_class_that_is_ended_as_its_last_line_is_printed_is_over(tmp_path, monkeypatch, capfd):
    def interrupted(*_given):
        raise KeyboardInterrupt

    monkeypatch.setattr(lesson, "_print_join", interrupted)
    assert main(["serve", "--port", "0", "--workspace", str(tmp_path)]) == 0
    assert "The class is over" in capfd.readouterr().out


@pytest.mark.skipif(sys.platform != "linux", reason="only there a pipe's size can be chosen")
def test_a_terminal_that_stands_still_holds_up_no_student_and_not_the_end(tmp_path):
    import fcntl

    with serve("--workspace", str(tmp_path), "--log") as child:
        killer = threading.Timer(600, child.kill)
        killer.start()
        fcntl.fcntl(child.stdout.fileno(), fcntl.F_SETPIPE_SZ, 4096)
        printed = opening(child)
        address, token = JOIN.search(printed).groups()
        with httpx.Client(base_url=address, timeout=60, headers={"X-Client-Id": "a"}) as http:
            http.headers["Authorization"] = f"Bearer {token}"
            answer = http.post("/api/auth/anonymous-token").json()
            http.headers["Authorization"] = f"Bearer {answer['data']['token']}"
            # More lines than fit the pipe that nobody reads, and than are kept for it.
            for number in range(120):
                assert http.get(f"/api/state/nemo_agent/me/{number}/latest").json()["code"] == 1002
        child.send_signal(signal.SIGTERM)
        assert child.wait() == 0
        killer.cancel()
        assert "student 1     joined" in child.stdout.read()


def test_lines_that_were_left_out_are_counted():
    held, lines = threading.Event(), []

    def write(text):
        lines.append(text)
        assert held.wait(60)

    terminal = Terminal(write, most=3)
    terminal.say("0")
    while not lines:
        threading.Event().wait(0.01)
    for number in range(1, 9):
        terminal.say(str(number))
    held.set()
    terminal.end(60)
    assert lines == ["0", "1", "2", "3", "(5 lines were left out: the terminal took none.)"]


def test_a_terminal_that_is_told_not_to_wait_is_asked_now_and_then(monkeypatch):
    """Another program on the same terminal may have told it so; asking on and on would keep a processor busy."""
    pauses, written = [], bytearray()

    class Raw(io.RawIOBase):
        def write(self, line):
            if len(pauses) < 3:
                return None
            written.extend(line[:4])
            return len(line[:4])

    monkeypatch.setattr(lesson, "time", SimpleNamespace(sleep=pauses.append))
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=Raw(), flush=lambda: None, encoding="utf-8"))
    lesson._write("hello, class")
    monkeypatch.undo()
    assert written.decode() == f"hello, class{os.linesep}"
    assert len(pauses) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit there")
def test_a_class_may_open_more_files_than_usual():
    import resource

    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    few = min(before[0], 200)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (few, before[1]))
        _allow_files(few + 56)
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] == min(few + 56, before[1])
        _allow_files(10)
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] == min(few + 56, before[1])
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--dask", ""], "scheduler's address"),
        (["--students", "0"], "needs a student"),
        (["--minutes", "0"], "0 or less"),
        (["--port", "70000"], "could not start"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(tmp_path, capsys, options, says):
    assert main(["serve", "--workspace", str(tmp_path), *options]) == 2
    assert says in capsys.readouterr().err
