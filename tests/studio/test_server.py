"""The studio as a thing in a process: starting, stopping, who may speak to it, and what it keeps to itself."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import io
import logging
import os
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import threading
import time

import httpx
import psutil
import pytest

from nemo_widgets.errors import InvalidInput, StudioUnavailable
from nemo_widgets.studio.agent.base import Call, Result, Say
from nemo_widgets.studio.auth import Grant
from nemo_widgets.studio.server import Studio
from nemo_widgets.studio.store import Store
from tests.studio.conftest import Caller, anonymous_token, photo


def test_studios_that_start_at_once_on_a_new_workspace_all_do(tmp_path):
    """SQLite lets only one of them switch to write-ahead logging, and tells the others at once."""
    failures = []

    def start(path, together):
        together.wait()
        try:
            Store(path).close()
        except sqlite3.Error as error:
            failures.append(error)

    for number in range(40):
        together = threading.Barrier(8)
        threads = [threading.Thread(target=start, args=(tmp_path / f"{number}", together)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert failures == []


async def test_it_starts_in_a_cell_and_stops(tmp_path):
    before = set(threading.enumerate())
    async with Studio(tmp_path) as studio:
        async with httpx.AsyncClient(timeout=60) as http:
            assert (await http.get(f"{studio.url}/health")).json() == {"ok": True}
        url = studio.url
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{url}/health", timeout=60)
    assert not [one for one in set(threading.enumerate()) - before if one.name.startswith("nemo-studio")]
    with studio:
        assert httpx.get(f"{studio.url}/health", timeout=60).status_code == 200
        assert studio.start() is studio


def test_what_was_kept_is_there_again(tmp_path):
    with Studio(tmp_path) as first, Caller(first) as me:
        session = me.session()
        url = me.upload(session, ("a.jpg", photo())).json()["data"]["files"][0]["cdn_url"]
        me.say(session, "make a 3 second video")
        anonymous = anonymous_token(first, "one-client")
    with Studio(tmp_path) as second, Caller(second) as me:
        assert second.token != first.token
        assert me.state(session)["draft"]["d"] == 3_000
        assert httpx.get(
            url.replace(httpx.URL(url).netloc.decode(), httpx.URL(second.url).netloc.decode()), timeout=60
        ).is_success
        assert anonymous_token(second, "one-client") == anonymous
        with Caller(second, first.token) as old:
            assert old.get("/api/credits/balance/simple").json()["code"] == 1001


def test_the_workspace_is_this_users_alone(tmp_path, monkeypatch):
    monkeypatch.setattr("nemo_widgets.settings.data_folder", lambda: tmp_path / "data")
    with Studio() as studio, Caller(studio) as me:
        me.upload(me.session(), ("a.jpg", photo()))
        folder = tmp_path / "data" / "studio"
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE((folder / "studio.sqlite").stat().st_mode) == 0o600


def test_it_only_listens_on_this_machine(studio):
    listening = [one.laddr.ip for one in psutil.Process().net_connections("tcp") if one.status == "LISTEN"]
    assert set(listening) == {"127.0.0.1"}


class TestStrangePages:
    @pytest.mark.parametrize(
        "headers",
        [
            {"Host": "evil.example"},
            {"Host": "evil.example:80"},
            {"Host": "127.0.0.1.evil.example"},
            {"Host": ""},
            {"Host": "[::1"},
            {"Origin": "https://evil.example"},
            {"Origin": "http://127.0.0.1:1"},
            {"Origin": "null"},
            {"Origin": "http://[::1"},
        ],
    )
    def test_they_are_refused(self, studio, headers):
        for path in ("/health", "/api/auth/anonymous-token", "/api/credits/balance/simple"):
            answer = httpx.get(studio.url + path, headers={**headers, "X-Client-Id": "x"}, timeout=60)
            assert answer.status_code == 403

    def test_its_own_pages_and_programs_are_not(self, studio):
        port = httpx.URL(studio.url).port
        for headers in (
            {},
            {"Origin": studio.url},
            {"Host": f"localhost:{port}", "Origin": f"http://localhost:{port}"},
        ):
            assert httpx.get(f"{studio.url}/health", headers=headers, timeout=60).status_code == 200

    def test_links_name_the_host_that_was_asked(self, studio, me):
        port = httpx.URL(studio.url).port
        files = [("files", ("a.jpg", photo()))]
        path = f"/api/upload-video/nemo_agent/me/{me.session()}"
        answer = me.post(path, files=files, headers={"Host": f"localhost:{port}"}).json()
        assert answer["data"]["files"][0]["cdn_url"].startswith(f"http://localhost:{port}/media/")


class TestSecrets:
    def test_the_token_is_nowhere_to_be_read(self, tmp_path, caplog, capfd):
        caplog.set_level(logging.DEBUG)
        seen = []
        with Studio(tmp_path) as studio:
            seen += [repr(studio), str(studio), repr(studio.app)]
            stranger = anonymous_token(studio, "a-client")
            for token in (studio.token, stranger):
                with Caller(studio, token) as me:
                    me.http.event_hooks["response"] = [lambda answer: seen.append(str(answer.headers))]
                    session = me.session()
                    draft = me.tiny_draft(session)
                    seen.append(str(me.render(session, draft, "render_a")))
                    seen.append(str(me.finished("render_a")))
                    seen.append(str(me.state(session)))
                    seen.append(str(me.say(session, f"hello {os.getpid()}")))
                    seen.append(me.get("/api/nothing").text)
                    seen.append(me.post("/run_sse", content=b"{").text)
            everything = " ".join(seen) + caplog.text + "".join(capfd.readouterr())
            assert studio.token not in everything
            assert stranger not in everything
        kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
        assert studio.token.encode() not in kept
        assert stranger.encode() not in kept
        assert stranger not in repr(Grant(stranger, "anon", 0.0, 100))

    def test_it_is_quiet(self, tmp_path, capfd, caplog):
        caplog.set_level(logging.DEBUG)
        with Studio(tmp_path) as studio, Caller(studio) as me:
            me.say(me.session(), "hello")
        assert "".join(capfd.readouterr()) == ""
        assert [record for record in caplog.records if record.name.startswith(("uvicorn", "nemo_widgets"))] == []


def _interrupt():
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(1)


class TestHost:
    """The process that the studio lives in, usually a kernel."""

    def test_an_interrupt_does_not_stop_it(self, studio):
        before = signal.getsignal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            _interrupt()
        assert httpx.get(f"{studio.url}/health", timeout=60).status_code == 200
        assert signal.getsignal(signal.SIGINT) is before

    def test_leaving_the_process_takes_everything_along(self, tmp_path):
        script = (
            "import sys; from nemo_widgets.studio.server import Studio; from tests.studio.conftest import Caller\n"
            "studio = Studio(sys.argv[1], workers=2).start(); me = Caller(studio); session = me.session()\n"
            "me.render(session, me.tiny_draft(session, seconds=60, size=(640, 360)), 'render_left')\n"
            "while me.job('render_left')['progress'] == 0: pass\n"
            "import psutil; print(*[child.pid for child in psutil.Process().children(recursive=True)], flush=True)\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, timeout=300, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")
        pids = [int(pid) for pid in done.stdout.split()]
        assert pids
        assert not [pid for pid in pids if psutil.pid_exists(pid)]

    def test_nest_asyncio_may_have_been_applied(self, tmp_path):
        script = (
            "import asyncio, sys, nest_asyncio2, urllib.request\n"
            "from nemo_widgets.studio.server import Studio\n"
            "async def main():\n"
            "    nest_asyncio2.apply()\n"
            "    async with Studio(sys.argv[1]) as studio:\n"
            "        print(urllib.request.urlopen(studio.url + '/health').read().decode())\n"
            "asyncio.run(main())\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, timeout=300, check=False
        )
        assert (done.stdout.strip(), done.stderr) == ('{"ok":true}', "")

    def test_without_its_libraries(self):
        script = (
            "import sys\n"
            "class Missing:\n"
            "    def find_spec(self, name, path=None, target=None):\n"
            "        if name.split('.')[0] in ('starlette', 'uvicorn', 'av'): raise ModuleNotFoundError(name)\n"
            "sys.meta_path.insert(0, Missing())\n"
            "import nemo_widgets as nw\n"
            "try: nw.Studio()\n"
            "except nw.StudioUnavailable as error: print(error)\n"
        )
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=300, check=False)
        assert "pip install 'nemo-widgets[studio]'" in done.stdout, done.stderr

    def test_a_taken_port_is_told(self, tmp_path):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            with pytest.raises(StudioUnavailable, match="be had"):
                Studio(tmp_path, port=taken.getsockname()[1]).start()

    @pytest.mark.parametrize(("taken", "reason"), [("", "exists"), ("studio.sqlite", "not a database")])
    def test_a_workspace_that_cannot_be_used_is_told(self, tmp_path, caplog, taken, reason):
        if taken:
            (tmp_path / "ours").mkdir()
        (tmp_path / "ours" / taken).write_text("nothing of a studio's" * 100)
        with pytest.raises(StudioUnavailable, match=reason) as refused:
            Studio(tmp_path / "ours").start()
        assert str(tmp_path / "ours") in refused.value.message
        assert caplog.records == []

    def test_a_workspace_on_a_full_disk_is_told(self, tmp_path, monkeypatch, caplog):
        def full(*_, **__):
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr("nemo_widgets.studio.workspace.Path.mkdir", full)
        with pytest.raises(StudioUnavailable, match="disk is full"):
            Studio(tmp_path).start()
        assert caplog.records == []

    def test_a_workspace_that_another_program_holds_is_told(self, tmp_path, monkeypatch):
        monkeypatch.setattr("nemo_widgets.studio.store._PATIENCE", 0.2)
        Studio(tmp_path).start().stop()
        with contextlib.closing(sqlite3.connect(tmp_path / "studio.sqlite", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StudioUnavailable, match="locked") as refused:
                Studio(tmp_path).start()
        assert list((tmp_path / "presence").iterdir()) == [], refused  # whose traceback keeps all that it saw
        with Studio(tmp_path) as studio:
            assert studio.url

    def test_what_is_no_cluster_is_told(self, tmp_path):
        with pytest.raises(InvalidInput, match="scheduler's address"):
            Studio(tmp_path, dask=8786)


class _Patient:
    """An agent whose work can be watched: it waits before its draft, and after it."""

    def __init__(self):
        self.before, self.after = asyncio.Event(), asyncio.Event()
        self.cancelled = False

    async def reply(self, prompt, context):
        yield Call("think")
        try:
            if prompt == "wait before":
                await asyncio.sleep(600)
            yield Result("think", {}, {"m": {}, "d": 1000, "t": [], "prompt": prompt})
            if prompt == "wait after":
                await asyncio.sleep(600)
            if prompt == "fail":
                raise RuntimeError("secret detail")
        except (asyncio.CancelledError, GeneratorExit):
            self.cancelled = True
            raise
        yield Say("done")


class TestBrokenConnections:
    @pytest.fixture
    def agent(self):
        return _Patient()

    @pytest.fixture
    def patient(self, tmp_path, agent):
        with Studio(tmp_path, agent=agent) as studio, Caller(studio, anonymous_token(studio)) as caller:
            yield caller

    def _hang_up(self, patient, prompt, events):
        session = patient.session()
        with patient.http.stream("POST", "/run_sse", json=patient.message(session, prompt)) as answer:
            lines = answer.iter_lines()
            while events:
                events -= next(lines).startswith("data: ")
        return session

    def _until(self, condition):
        deadline = time.monotonic() + 60
        while not condition() and time.monotonic() < deadline:
            time.sleep(0.02)
        assert condition()

    def test_before_the_edit_it_is_cancelled_and_costs_nothing(self, patient, agent):
        session = self._hang_up(patient, "wait before", 1)
        self._until(lambda: agent.cancelled)
        self._until(lambda: patient.get("/api/credits/balance/simple").json()["data"]["available"] == 100)
        assert patient.state(session)["draft"] is None
        assert patient.say(session, "go on")

    def test_after_the_edit_it_stays(self, patient, agent):
        session = self._hang_up(patient, "wait after", 2)
        self._until(lambda: agent.cancelled)
        assert patient.state(session)["draft"]["prompt"] == "wait after"
        assert patient.get("/api/credits/balance/simple").json()["data"]["available"] == 99

    @pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
    def test_an_agent_that_fails_says_so_in_an_event(self, patient, agent):
        session = patient.session()
        events = patient.say(session, "fail")
        assert events[-1]["errorCode"]
        assert "secret detail" not in str(events)
        assert patient.state(session)["draft"]["prompt"] == "fail"
        assert patient.say(session, "again")

    def test_a_studio_stops_while_somebody_listens_and_says_nothing_of_it(self, tmp_path, agent, caplog):
        with Studio(tmp_path, agent=agent) as studio, Caller(studio) as me:
            session = me.session()
            stream = me.http.stream("POST", "/run_sse", json=me.message(session, "wait before"))
            stream.__enter__()
            began = time.monotonic()
            studio.stop()
            assert time.monotonic() - began < 300  # half as long as the answer would take
            stream.__exit__(None, None, None)
        assert [record.getMessage() for record in caplog.records if record.name.startswith("uvicorn")] == []

    def test_two_messages_at_once_come_one_after_the_other(self, tmp_path):
        with Studio(tmp_path, pace=0) as studio, Caller(studio) as me:
            session = me.session()
            me.upload(session, ("a.jpg", photo()))
            me.say(session, "make a 5 second video")
            prompts = ['add a title "Hello"', "make it vertical", "make it 7 seconds", "add calm music"]
            threads = [threading.Thread(target=me.say, args=(session, prompt)) for prompt in prompts]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            draft = me.state(session)["draft"]
            assert (draft["d"], draft["m"]["height"], [track["tt"] for track in draft["t"]]) == (7_000, 1920, [0, 1, 7])


def test_a_change_from_another_process_is_not_overwritten(tmp_path):
    """Two studios share a workspace: the slower edit is refused, and neither is lost."""
    slow = _Patient()

    class Slow:
        async def reply(self, prompt, context):
            begun.set()
            yield Call("think")
            await asyncio.to_thread(go.wait, 60)
            yield Result("think", {}, {"m": {}, "d": 1, "t": []})

    begun, go = threading.Event(), threading.Event()
    with (
        Studio(tmp_path, agent=Slow()) as one,
        Studio(tmp_path, agent=slow) as two,
        Caller(one) as first,
        Caller(two) as second,
    ):
        session = first.session()
        events = []
        thread = threading.Thread(target=lambda: events.extend(first.say(session, "x")))
        thread.start()
        assert begun.wait(60)
        second.say(session, "quick")
        go.set()
        thread.join()
        assert events[-1]["errorCode"] == "CONFLICT"
        assert second.state(session)["draft"]["prompt"] == "quick"


def test_half_a_surrogate_pair_does_no_harm(me):
    session = me.session()
    me.upload(session, ("a.jpg", photo()))
    body = io.BytesIO(
        b'{"session_id": "%s", "new_message": {"parts": [{"text": "make a 3 second video titled \\"a\\ud800b\\""}]}}'
        % session.encode()
    )
    assert me.post("/run_sse", content=body.read()).status_code == 200
    assert me.state(session)["draft"]["t"][-1]["sg"][0]["m"]["text"] == "a?b"
