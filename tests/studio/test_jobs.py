"""Renders: submitted, polled, cancelled, and taken up again when a studio died."""

from __future__ import annotations

import itertools
import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import av
import httpx
import psutil
import pytest

from nemo_widgets.draft.model import Draft
from nemo_widgets.errors import InvalidInput, RenderFailed
from nemo_widgets.progress import Progress
from nemo_widgets.studio import jobs
from nemo_widgets.studio.fair_queue import FairQueue
from nemo_widgets.studio.jobs import RenderQueue
from nemo_widgets.studio.render.plan import plan
from nemo_widgets.studio.server import Studio
from nemo_widgets.studio.store import Store
from nemo_widgets.studio.workspace import Workspace
from tests.studio.conftest import Caller

SLOW = {"seconds": 900, "photos": 3}


def test_a_video_comes_out(me, tmp_path):
    session = me.session("Spring Sale")
    draft = me.tiny_draft(session, seconds=2)
    first = me.render(session, draft, "render_1")
    assert first["status"] in {"pending", "processing"}
    job = me.finished("render_1")
    assert (job["status"], job["progress"], job["error"]) == ("completed", 1.0, None)
    output = job["output"]
    assert output["url"].endswith("/Spring%20Sale.mp4")
    video = httpx.get(output["url"], timeout=60)
    assert video.headers["content-type"] == "video/mp4"
    assert len(video.content) == output["size"]
    (tmp_path / "a.mp4").write_bytes(video.content)
    with av.open(str(tmp_path / "a.mp4")) as container:
        assert container.streams.video[0].frames == 60
    assert output["duration"] == 2.0
    assert httpx.get(output["url"], headers={"Range": "bytes=0-9"}, timeout=60).content == video.content[:10]
    assert me.get("/api/render/proxy/render_1/download").content == video.content
    assert me.state(session)["generated_media"][0]["output"] == output


def test_the_same_id_is_the_same_job(me):
    session = me.session()
    draft = me.tiny_draft(session)
    me.render(session, draft, "render_twice")
    again = me.render(session, draft, "render_twice")
    url = me.finished("render_twice")["output"]["url"]
    assert again["id"] == "render_twice"
    assert me.render(session, {"t": []}, "render_twice")["output"]["url"] == url


def test_many_at_once_are_one_job(me):
    session = me.session()
    draft = me.tiny_draft(session)
    threads = [threading.Thread(target=me.render, args=(session, draft, "render_many")) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert me.finished("render_many")["status"] == "completed"
    assert len([one for one in me.state(session)["generated_media"] if one.get("id") == "render_many"]) == 1


def test_the_sessions_draft_is_rendered_where_none_is_sent(me):
    session = me.session()
    me.tiny_draft(session)
    me.say(session, "make it 1 second")
    body = {"id": "render_own", "sessionId": session}
    assert me.post("/api/render/proxy/lambda", json=body).json()["status"] in {"pending", "processing"}
    me.post("/api/render/proxy/lambda/render_own/cancel")


@pytest.mark.parametrize("draft", [None, {}, {"t": []}, {"t": [{"tt": 0, "sg": []}]}, {"t": None}, {"t": 5}, "x"])
def test_nothing_to_render(me, draft):
    assert me.render(me.session(), draft)["code"] == 422


def test_an_id_is_needed(me):
    session = me.session()
    draft = me.tiny_draft(session)
    assert me.post("/api/render/proxy/lambda", json={"sessionId": session, "draft": draft}).json()["code"] == 422


def test_renders_that_ended_leave_no_draft_behind(me, studio):
    """A draft may have megabytes, and cancelled renders count against nothing."""
    session = me.session()
    draft = me.tiny_draft(session)
    bad = {"t": [{"tt": 0, "sg": [{"st": 0, "d": 1000, "m": {"src": "/etc/passwd", "kind": "image"}}]}]}
    long = me.tiny_draft(session, seconds=60, size=(640, 360))  # it can't be over before it is cancelled
    for name, wanted in (("ends_well", draft), ("ends_badly", bad), ("is_cancelled", long)):
        me.render(session, wanted | {"x": "y" * 100_000}, name)
    me.post("/api/render/proxy/lambda/is_cancelled/cancel")
    assert me.finished("ends_well")["status"] == "completed"
    assert me.finished("ends_badly")["status"] == "failed"
    assert me.finished("is_cancelled")["output"] is None
    store = Store(studio._workspace / "studio.sqlite")
    kept = store.rows("SELECT draft FROM job WHERE session = ?", session)
    store.close()
    assert [row["draft"] for row in kept] == ["", "", ""]


def test_a_draft_that_cannot_be_rendered_fails_with_a_sentence(me):
    session = me.session()
    draft = {"t": [{"tt": 0, "sg": [{"st": 0, "d": 1000, "m": {"src": "/etc/passwd", "kind": "image"}}]}]}
    me.render(session, draft, "render_bad")
    job = me.finished("render_bad")
    assert (job["status"], job["output"]) == ("failed", None)
    assert "passwd" not in str(job)
    assert "studio" in job["error"]


def test_a_source_is_known_by_its_id_whatever_the_port(me):
    session = me.session()
    draft = me.tiny_draft(session)
    text = json.dumps(draft).replace(me.http.base_url.netloc.decode(), "elsewhere.example:1")
    assert "elsewhere" in text
    me.render(session, json.loads(text), "render_moved")
    assert me.finished("render_moved")["status"] == "completed"


def test_cancel_within_a_second(me):
    session = me.session()
    draft = me.tiny_draft(session, size=(640, 360), **SLOW)
    me.render(session, draft, "render_long")
    me.render(session, draft, "render_behind")
    while me.job("render_long")["progress"] == 0:
        time.sleep(0.05)
    assert me.post("/api/render/proxy/lambda/render_behind/cancel").json()["status"] == "failed"
    me.post("/api/render/proxy/lambda/render_long/cancel")
    job = me.finished("render_long")
    assert job["progress"] < 0.5, "well within the render that was cancelled"
    assert (job["status"], job["cancelled"], job["output"]) == ("failed", True, None)
    assert "cancelled" in job["error"]
    small = me.session()
    me.render(small, me.tiny_draft(small), "render_after")
    assert me.finished("render_after")["status"] == "completed"
    assert me.post("/api/render/proxy/lambda/render_after/cancel").json()["status"] == "completed"


_CHILD = """
import sys, threading, time
from nemo_widgets.studio.server import Studio
from nemo_widgets.studio.store import Store
report_job = Store.report_job
def report(store, job, progress):
    report_job(store, job, progress)
    if progress > 0:
        threading.Event().wait()  # it is killed in the middle, however long that takes
Store.report_job = report
studio = Studio(sys.argv[1], workers=2, token=sys.argv[2]).start()
print(studio.url, flush=True)
time.sleep(600)
"""


def test_a_dead_processs_job_is_taken_up(tmp_path):
    token = "nmv_local_for_this_test"
    child = subprocess.Popen([sys.executable, "-c", _CHILD, str(tmp_path), token], stdout=subprocess.PIPE, text=True)
    remote = Studio.__new__(Studio)
    remote.url, remote.token = child.stdout.readline().strip(), token
    with Caller(remote) as caller:
        session = caller.session()
        draft = caller.tiny_draft(session, seconds=20, size=(640, 360))
        caller.render(session, draft, "render_orphan")
        while caller.job("render_orphan")["progress"] == 0:
            time.sleep(0.01)
    helpers = psutil.Process(child.pid).children(recursive=True)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()
    store = Store(tmp_path / "studio.sqlite")
    assert store.job("studio", "render_orphan").status == "processing"
    assert helpers
    with Studio(tmp_path, workers=1) as studio, Caller(studio) as me:
        job = me.finished("render_orphan")
        assert job["status"] == "completed"
        assert len(httpx.get(job["output"]["url"], timeout=60).content) == job["output"]["size"]
        assert me.state(session)["draft"]["d"] == 20_000
    assert store.job("studio", "render_orphan").attempts == 2
    assert [path.name for path in tmp_path.glob("renders/*/*")] == ["video.mp4"], "nothing half is left"
    store.close()
    _, alive = psutil.wait_procs(helpers, timeout=60)
    assert alive == []


def test_a_studio_that_stops_leaves_its_job_to_the_next(tmp_path, monkeypatch):
    stops, report, close = threading.Event(), Store.report_job, FairQueue.close

    def reported(store, job, progress):
        asked = report(store, job, progress)
        assert progress == 0 or stops.wait(60)  # it stops in the middle, however long that takes
        return asked

    monkeypatch.setattr(Store, "report_job", reported)
    monkeypatch.setattr(FairQueue, "close", lambda queue: stops.set() or close(queue))
    others = set(psutil.Process().children(recursive=True))
    with Studio(tmp_path, workers=1) as first, Caller(first) as me:
        session = me.session()
        draft = me.tiny_draft(session, seconds=20, size=(640, 360))
        me.render(session, draft, "render_left")
        while me.job("render_left")["progress"] == 0:
            time.sleep(0.01)
    store = Store(tmp_path / "studio.sqlite")
    assert store.job("studio", "render_left").status == "pending"
    store.close()
    assert set(psutil.Process().children(recursive=True)) <= others
    with Studio(tmp_path, workers=1) as second, Caller(second) as me:
        assert me.finished("render_left")["status"] == "completed"


_LEAVES = """
import sys
from nemo_widgets.studio.server import Studio
from tests.studio.conftest import Caller
studio = Studio(sys.argv[1], workers=1).start()
me = Caller(studio)
session = me.session()
draft = me.tiny_draft(session, seconds=60, size=(640, 360))
me.render(session, draft, "render_left")
while me.job("render_left")["status"] == "pending":
    pass
"""


def test_a_script_that_ends_leaves_its_render_to_the_next_studio(tmp_path):
    """What an interpreter takes down with it at its end, it takes down before or after the studio: the order counts."""
    root = str(Path(__file__).parents[2])
    code = f"import sys; sys.path.insert(0, {root!r})\n{_LEAVES}"
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    store = Store(tmp_path / "studio.sqlite")
    assert store.job("studio", "render_left").status == "pending"
    assert store.job("studio", "render_left").error is None
    store.close()


def test_two_studios_on_one_workspace_do_not_take_each_others_jobs(tmp_path):
    with Studio(tmp_path, workers=1) as one, Caller(one) as first:
        session = first.session()
        draft = first.tiny_draft(session, size=(640, 360), **SLOW)
        first.render(session, draft, "render_shared")
        while first.job("render_shared")["progress"] == 0:
            time.sleep(0.05)
        with Studio(tmp_path, workers=1) as two, Caller(two) as second:
            assert second.job("render_shared")["status"] == "processing"
            assert second.state(session)["draft"] is not None
            second.post("/api/render/proxy/lambda/render_shared/cancel")
            assert second.finished("render_shared")["cancelled"]
            assert first.job("render_shared")["cancelled"]


def test_a_render_that_kills_its_process_is_given_up(tmp_path):
    """The fourth studio that finds the same dead render closes it instead."""
    workspace = Workspace(tmp_path)
    store = Store(workspace.database)
    store.add_user("me", None)
    session = store.add_session("me", "project", "en").id
    begun = []

    def never_ends(draft, path, *, cancelled, **_):
        begun.append(path)
        cancelled.wait()
        raise RenderFailed("render-cancelled")

    draft = {"t": [{"tt": 0, "sg": [{"st": 0, "d": 1000, "m": {}}]}]}
    queues = []
    for attempt in range(4):
        renders = RenderQueue(store, workspace, never_ends)
        queues.append(renders)
        renders.start()
        if attempt == 0:
            renders.submit("me", "render_poison", session=session, draft=draft, filename="x")
        deadline = time.monotonic() + 60
        while len(begun) <= attempt < 3 and time.monotonic() < deadline:
            time.sleep(0.01)
        renders._presence.release()  # as if its process had been killed
    assert len(begun) == 3
    assert store.job("me", "render_poison").status == "failed"
    for renders in queues:
        renders.stop()
    store.close()


def test_progress_is_kept_a_few_times_a_second_only(tmp_path, monkeypatch):
    workspace = Workspace(tmp_path)
    store = Store(workspace.database)
    store.add_user("me", None)
    session = store.add_session("me", "project", "en").id
    kept = []
    ticks = itertools.count()
    clock = SimpleNamespace(monotonic=lambda: next(ticks) / 20_000, time=time.time)  # half a second, however long it is
    monkeypatch.setattr(jobs, "time", clock)
    monkeypatch.setattr(store, "report_job", lambda job, progress: kept.append(progress))

    def quick(draft, path, *, on_progress, **_):
        for frame in range(10_000):
            on_progress(Progress(frame, 10_000))
        path.write_bytes(b"video")
        return path

    renders = RenderQueue(store, workspace, quick)
    renders.start()
    draft = {"t": [{"tt": 0, "sg": [{"st": 0, "d": 1000, "m": {}}]}]}
    renders.submit("me", "r", session=session, draft=draft, filename="x")
    deadline = time.monotonic() + 60
    while renders.look("me", "r").open and time.monotonic() < deadline:
        time.sleep(0.01)
    renders.stop()
    assert renders._store.job("me", "r").status == "completed"
    assert 1 <= len(kept) <= 3
    store.close()


def test_a_text_that_nobody_could_read_takes_no_turn(tmp_path):
    workspace = Workspace(tmp_path)
    store = Store(workspace.database)
    store.add_user("me", None)
    session = store.add_session("me", "project", "en").id
    renders = RenderQueue(store, workspace, lambda *_, **__: pytest.fail("it isn't begun"))
    draft = {"t": [{"tt": 7, "sg": [{"st": 0, "d": 1000, "m": {"text": "long " * 20_000}}]}]}
    with pytest.raises(InvalidInput, match=r"“long .*has 100,000 letters, and at most 5,000"):
        renders.submit("me", "r", session=session, draft=draft, filename="x")
    with pytest.raises(InvalidInput, match="100,000 letters"):
        plan(Draft(draft))
    assert store.job("me", "r") is None
    store.close()


@pytest.mark.parametrize("when", ["before the render", "during the render"])
def test_a_store_that_cannot_be_written_for_a_while_loses_no_render(tmp_path, monkeypatch, when):
    monkeypatch.setattr(jobs, "_STORE_AGAIN", 0.05)
    workspace = Workspace(tmp_path)
    store = Store(workspace.database)
    store.add_user("me", None)
    session = store.add_session("me", "project", "en").id
    begun, go = threading.Event(), threading.Event()

    def quick(draft, path, *, on_progress, **_):
        begun.set()
        go.wait(60)
        on_progress(Progress(1, 2))
        path.write_bytes(b"video")
        return path

    renders = RenderQueue(store, workspace, quick)
    draft = {"t": [{"tt": 0, "sg": [{"st": 0, "d": 1000, "m": {}}]}]}
    renders.submit("me", "r", session=session, draft=draft, filename="x")
    if when == "before the render":
        store._connection.execute("PRAGMA query_only = ON")
    renders.start()
    if when == "during the render":
        assert begun.wait(60)
        store._connection.execute("PRAGMA query_only = ON")
    go.set()
    time.sleep(0.3)
    assert renders.look("me", "r").open
    store._connection.execute("PRAGMA query_only = OFF")
    deadline = time.monotonic() + 60
    while renders.look("me", "r").open and time.monotonic() < deadline:
        time.sleep(0.01)
    assert renders.look("me", "r").status == "completed"
    renders.stop()
    store.close()


def test_a_store_that_cannot_be_read_once_loses_no_render(tmp_path, monkeypatch):
    monkeypatch.setattr(jobs, "_STORE_AGAIN", 0.05)
    workspace = Workspace(tmp_path)
    store = Store(workspace.database)
    store.add_user("me", None)
    session = store.add_session("me", "project", "en").id
    real, failed = store.job, threading.Event()

    def look(user, job):
        if threading.current_thread().name.startswith("nemo-studio-render") and not failed.is_set():
            failed.set()
            raise sqlite3.OperationalError("disk I/O error")
        return real(user, job)

    monkeypatch.setattr(store, "job", look)
    renders = RenderQueue(store, workspace, lambda _, path, **__: path.write_bytes(b"video") and path)
    renders.start()
    renders.submit("me", "r", session=session, draft={"t": [{"tt": 0, "sg": [{"d": 1000}]}]}, filename="x")
    deadline = time.monotonic() + 60
    while renders.look("me", "r").open and time.monotonic() < deadline:
        time.sleep(0.01)
    assert failed.is_set()
    assert renders.look("me", "r").status == "completed"
    renders.stop()
    store.close()


def test_who_asks_twice_at_once_is_queued_once(tmp_path, monkeypatch):
    workspace = Workspace(tmp_path)
    store = Store(workspace.database)
    store.add_user("me", None)
    session = store.add_session("me", "project", "en").id
    renders = RenderQueue(store, workspace, lambda *_, **__: pytest.fail("nothing has started"), slots=2)
    together, real = threading.Barrier(2), jobs.check_texts

    def both_came_so_far(draft):
        together.wait(60)
        return real(draft)

    monkeypatch.setattr(jobs, "check_texts", both_came_so_far)
    asked = {"session": session, "draft": {"t": [{"tt": 0, "sg": [{"d": 1000}]}]}, "filename": "x"}
    asking = [threading.Thread(target=renders.submit, args=("me", "r"), kwargs=asked) for _ in range(2)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert list(renders._waiting._waiting["me"]) == ["r"]
    renders._presence.release()
    store.close()


def test_a_studio_that_stops_while_its_store_cannot_be_written_cancels_nothing(tmp_path, monkeypatch):
    workspace = Workspace(tmp_path)
    store = Store(workspace.database)
    store.add_user("me", None)
    session = store.add_session("me", "project", "en").id
    renders = RenderQueue(store, workspace, lambda *_, **__: pytest.fail("it stops"))
    real, asked = store.move_job, []

    def move(job, status, **changes):
        asked.append(status)
        if len(asked) == 1:
            renders._stopping.set()
            raise sqlite3.OperationalError("database or disk is full")
        return real(job, status, **changes)

    monkeypatch.setattr(store, "move_job", move)
    renders.submit("me", "r", session=session, draft={"t": [{"tt": 0, "sg": [{"d": 1000}]}]}, filename="x")
    renders._make(("me", "r"), threading.Event())
    assert store.job("me", "r").status == "pending"
    renders._presence.release()
    store.close()
