"""When things go wrong in the middle: stopped, cancelled, gone, or a callback that fails."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

import nemo_widgets as nw
from nemo_widgets.errors import InvalidInput, NemoError, RenderFailed, StreamInterrupted
from nemo_widgets.loop import submit
from nemo_widgets.studio import uploads
from nemo_widgets.widgets import arrivals

PROMPT = "make a 60-second video titled 'In the middle' with calm music"


def database(studio):
    return sqlite3.connect(Path(studio._workspace) / "studio.sqlite", timeout=60, isolation_level=None)


def forget_sessions(studio):
    with closing(database(studio)) as db:
        db.execute("DELETE FROM session")


@pytest.fixture
def loaded(view, photo):
    """A view of an editor that has a photo."""
    view.upload("f", "photo.jpg", photo)
    view.until(lambda: view.asset("f")["state"] == "ready")
    return view


@pytest.mark.usefixtures("go_on")
def test_stop_reaches_a_turn_that_code_began(loaded, editor):
    answer = submit(editor.send(PROMPT))
    loaded.until(lambda: loaded.state["turns"])
    loaded.say(kind="stop", id=loaded.state["turns"][0]["id"])
    with pytest.raises(StreamInterrupted, match="The answer was stopped"):
        answer.result(60)
    loaded.until(lambda: loaded.state["turns"][0]["state"] == "stopped")


@pytest.mark.parametrize("spoken", [False, True])
def test_cancel_reaches_an_export_that_the_button_did_not_begin(loaded, editor, spoken):
    loaded.turn("t1", PROMPT)
    job = submit(editor.send("export my video") if spoken else editor.export())
    loaded.until(lambda: (loaded.state["export"] or {}).get("done", 0) > 0)
    loaded.say(kind="export-cancel", id=loaded.state["export"]["id"])
    with pytest.raises(RenderFailed, match="The export was cancelled"):
        job.result(60)
    loaded.until(lambda: loaded.state["export"]["state"] == "cancelled")


def test_an_export_cancelled_at_once_leaves_no_render_behind(loaded, editor, studio):
    loaded.turn("t1", PROMPT)
    loaded.say(kind="export", id="e1")
    loaded.say(kind="export-cancel", id="e1")
    loaded.until(lambda: (loaded.state["export"] or {}).get("state") == "cancelled")
    time.sleep(1)  # what is half asked for gets as far as it gets
    session = editor._bench._session

    def left():
        with closing(database(studio)) as db:
            jobs = db.execute("SELECT status, cancelled FROM job WHERE session = ?", (session.id,)).fetchall()
        return [job for job in jobs if not job[1]]

    loaded.until(lambda: not left())


def test_who_stops_waiting_stops_nothing(loaded, editor):
    """An interrupted cell leaves a paid edit alone, and the widget shows what came of it."""
    answer = submit(editor.send(PROMPT))
    loaded.until(lambda: loaded.state["turns"])
    answer.cancel()
    loaded.until(lambda: loaded.state["turns"][0]["state"] != "running")
    assert loaded.state["turns"][0]["state"] == "done"
    loaded.until(lambda: editor.draft)
    assert editor.draft.duration == 60_000


@pytest.mark.usefixtures("go_on")
def test_what_a_stopped_turn_did_is_shown(loaded, editor):
    loaded.say(kind="prompt", id="t1", text=PROMPT)
    loaded.until(lambda: [turn for turn in loaded.state["turns"] if turn["text"]])
    loaded.say(kind="stop", id="t1")
    loaded.until(lambda: loaded.state["turns"][0]["state"] == "stopped")
    kept = nw.run(editor._bench._session.draft())
    assert kept is not None
    loaded.until(lambda: editor.draft == kept)


def test_an_observer_that_fails_fails_nothing_else(loaded, editor):
    seen = []

    def observer(change):
        seen.append(change["new"].duration)
        raise ValueError("mine")

    editor.observe(observer, "draft")
    assert loaded.turn("t1", PROMPT)["state"] == "done"
    loaded.until(lambda: loaded.state["notice"])
    assert "ValueError: mine" in loaded.state["notice"]["message"]
    assert nw.run(editor.send("change the title to 'Again'")).changes
    assert seen == [60_000, 60_000]


def test_an_observer_may_wait_for_what_it_asks_for(loaded, editor):
    answers = []

    def ask(_change):
        if not answers:
            answers.append(None)
            answers[0] = nw.run(editor.send("rename the title to 'Two'"))

    editor.observe(ask, "draft")
    assert loaded.turn("t1", "make a 3-second video titled 'One' with calm music")["state"] == "done"
    loaded.until(lambda: answers and answers[0])
    assert "Two" in editor.draft.summary()


def test_an_observer_that_takes_its_time_holds_up_no_answer(loaded, editor):
    go_on = threading.Event()
    held = []
    editor.observe(lambda _: held.append(go_on.wait(600)), "draft")
    assert loaded.turn("t1", PROMPT)["state"] == "done"
    assert loaded.turn("t2", "show tracks")["state"] == "done"
    assert not held, "it still takes its time"
    go_on.set()


def test_an_observer_that_takes_its_time_holds_up_no_prompt_that_waits(loaded, editor, monkeypatch):
    go_on, answers = threading.Event(), threading.Event()
    answer = editor._conversation._answer

    async def later(turn_id, text):
        await asyncio.to_thread(answers.wait, 60)
        return await answer(turn_id, text)

    monkeypatch.setattr(editor._conversation, "_answer", later)
    editor.observe(lambda _: go_on.wait(600), "draft")
    try:
        for turn_id, text in (("t1", PROMPT), ("t2", "show tracks")):
            loaded.say(kind="prompt", id=turn_id, text=text)
        loaded.until(lambda: [turn["state"] for turn in loaded.state["turns"]] == ["running", "queued"])
        answers.set()
        loaded.until(lambda: [turn["state"] for turn in loaded.state["turns"]] == ["done", "done"])
    finally:
        go_on.set()


def test_a_progress_callback_that_fails_does_not_lose_the_video(loaded, editor, photo, caplog):
    def fail(_):
        raise ValueError("mine")

    loaded.turn("t1", "make a 1-second video")
    assert nw.run(editor.export(on_progress=fail)).path.exists()
    assert loaded.state["export"]["state"] in ("running", "done")
    (asset,) = nw.run(editor.upload(("b.jpg", photo), on_progress=fail))
    assert asset.width == 640
    assert caplog.text.count("ValueError: mine") == 2


def test_a_session_that_is_gone(view, photo, editor, studio, monkeypatch):
    monkeypatch.setattr(arrivals, "_PATIENCE_S", 0.5)  # the prompt waits for the file that is coming
    view.upload("f", "photo.jpg", photo)
    view.until(lambda: view.asset("f")["state"] == "ready")
    view.say(kind="upload-begin", id="coming", name="a.jpg", size=len(photo), slice_bytes=1000, head=None)
    view.until(lambda: view.heard("upload-ready", id="coming"))
    forget_sessions(studio)
    turn = view.turn("t1", PROMPT)
    assert "a new one was opened" in turn["error"]["message"]
    assert turn["error"]["remedy"] == "Add your files again."
    view.until(lambda: view.state["notice"])
    assert view.state["draft"] is None
    assert [asset["id"] for asset in view.state["assets"]] == ["coming"]
    # It is true: the new one is there, and everything works in it.
    view.upload("g", "photo.jpg", photo)
    view.until(lambda: view.asset("g")["state"] == "ready")
    assert view.turn("t2", PROMPT)["state"] == "done"


def test_reconnecting_to_a_session_that_is_gone(view, editor, studio):
    forget_sessions(studio)
    view.say(kind="reconnect")
    view.until(lambda: view.state["notice"])
    view.until(lambda: view.state["backend"]["status"] == "ready")


def test_a_file_whose_page_was_closed_stands_in_nobodys_way(view, photo, monkeypatch):
    monkeypatch.setattr(arrivals, "_PATIENCE_S", 0.3)
    view.say(kind="upload-begin", id="f", name="a.jpg", size=len(photo), slice_bytes=50_000, head=None)
    view.until(lambda: view.heard("upload-ready", id="f"))
    view.say(photo[:50_000], kind="upload-slice", id="f", index=0)
    # Before the slice it may have failed as well, where the machine stood still; the slice took that back.
    view.until(lambda: view.asset("f").get("done") and view.asset("f")["state"] == "failed")
    assert view.asset("f")["error"]["remedy"].startswith("Choose it again")
    # The page was only asleep: the rest comes.
    monkeypatch.setattr(arrivals, "_PATIENCE_S", 60.0)
    view.say(kind="upload-check", id="f")
    view.until(lambda: view.asset("f")["state"] == "receiving")
    for index in range(1, -(-len(photo) // 50_000)):
        view.say(photo[index * 50_000 : (index + 1) * 50_000], kind="upload-slice", id="f", index=index)
    view.until(lambda: view.asset("f")["state"] == "ready")
    assert view.asset("f")["error"] is None


@pytest.mark.parametrize("url", ["http://[half/a.mp4", "ftp://h/a.mp4", "https:///a.mp4"])
def test_an_address_that_is_none_is_told_on_its_line(view, url):
    view.say(kind="upload-link", id="link", url=url)
    view.until(lambda: view.asset("link"))
    view.until(lambda: view.asset("link")["state"] == "failed")
    assert url in view.asset("link")["error"]["message"]
    assert view.state["notice"] is None


def test_an_address_that_was_taken_off_the_list_does_not_come_back(view):
    asked = {"kind": "upload-link", "id": "link", "url": "ftp://h/a.mp4"}
    view.say(**asked)
    view.until(lambda: view.asset("link") and view.asset("link")["state"] == "failed")
    view.say(kind="asset-remove", id="link")
    view.until(lambda: view.state["assets"] == [])
    view.say(**asked)  # a page that doesn't see it asks again, after some seconds
    view.turn("t1", "show tracks")
    assert view.state["assets"] == []


def test_what_the_service_has_cannot_be_taken_off_the_list(loaded):
    loaded.say(kind="asset-remove", id="f")
    loaded.turn("t1", "show tracks")
    assert loaded.asset("f")["state"] == "ready"


def test_an_upload_by_code_can_be_cancelled_in_the_widget(view, editor, tmp_path, monkeypatch):
    asked = []

    async def receive(request, *_):
        asked.append(request)
        await asyncio.Event().wait()  # it is cancelled in the middle, however long that takes

    monkeypatch.setattr(uploads, "receive", receive)
    big = tmp_path / "big.wav"
    with big.open("wb") as file:
        file.truncate(50_000_000)  # more than the system keeps for both ends
    upload = submit(editor.upload(big))
    view.until(lambda: asked and view.state["assets"])
    view.say(kind="upload-cancel", id=view.state["assets"][0]["id"])
    with pytest.raises(InvalidInput, match="was cancelled"):
        upload.result(60)
    view.until(lambda: view.state["assets"] == [])


def test_errors_reach_code_in_the_editors_language(studio):
    editor = nw.Editor(studio.url, token=studio.token, language="zh")
    for work in (lambda: editor.send(" "), lambda: editor.upload("nowhere.jpg"), editor.export):
        with pytest.raises(NemoError, match="。"):
            nw.run(work())
    editor.close()


def test_closing_leaves_nothing_behind(view, editor, photo):
    view.say(kind="upload-begin", id="f", name="a.jpg", size=len(photo), slice_bytes=1000, head=None)
    view.until(lambda: view.heard("upload-ready"))
    folder = editor._intake.arrivals._folder.name
    view.say(kind="prompt", id="t1", text=PROMPT)
    editor.close()
    editor.close()
    view.until(lambda: not Path(folder).exists())
