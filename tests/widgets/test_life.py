"""What outlives a kernel: the session is taken up again, and the notebook keeps a picture."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import nemo_widgets as nw
from nemo_widgets.client.ledger import Entry, Ledger
from nemo_widgets.client.renders import RenderJob
from nemo_widgets.draft.model import Draft
from nemo_widgets.loop import submit, wait
from nemo_widgets.studio import answers
from nemo_widgets.widgets import exporting, journal, workbench
from nemo_widgets.widgets.still import still

PROMPT = "make a 2-second video titled 'Once more' with calm music"


def test_a_session_is_taken_up_by_another_kernel(view, photo, editor, studio, open_view):
    for number in range(2):
        view.upload(f"f{number}", f"photo {number} 北京.jpg", photo)
        view.until(lambda number=number: view.asset(f"f{number}")["state"] == "ready")
    told = view.turn("t1", PROMPT)
    assert editor.session in view.state["again"]
    assert studio.token not in view.state["again"]
    view.until(lambda: journal.read(editor.session).turns)

    again = nw.Editor(studio.url, token=studio.token, session=editor.session)
    try:
        later = open_view(again)
        assert [(a["name"], a["state"]) for a in later.state["assets"]] == [
            (f"photo {number} 北京.jpg", "ready") for number in range(2)
        ]
        assert [(turn["prompt"], turn["text"]) for turn in later.state["turns"]] == [(PROMPT, told["text"])]
        assert again.draft == editor.draft
        assert again.session == editor.session
        assert later.turn("t2", "rename the title to 'Twice'")["state"] == "done"
        assert "Twice" in again.draft.summary()
    finally:
        again.close()


def test_the_sound_of_a_session_that_is_taken_up_has_its_waveform(photo, open_view, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    with nw.Studio(tmp_path / "studio") as first, nw.Client(first.url, token=first.token) as client:
        session = client.create_session()
        session.upload(("photo.jpg", photo))
        draft = session.send(PROMPT).draft
    with nw.Studio(tmp_path / "studio") as now:  # in another kernel it has another port
        local = workbench.shared_client(now.url, token=now.token)
        local.kind = "local"
        monkeypatch.setattr(workbench, "shared_client", lambda *_args, **_options: local)
        again = nw.Editor(now.url, token=now.token, session=session.id)
        try:
            later = open_view(again)
            later.until(lambda: later.state["peaks"])
            ((source, _),) = later.state["peaks"].items()
            assert source == next(
                part.source for track in draft.tracks if track.kind == "audio" for part in track.segments
            )
            assert source.startswith(first.url)
        finally:
            again.close()


def test_edits_that_were_not_sent_and_the_video_outlive_the_kernel(view, photo, editor, studio, open_view):
    view.upload("f", "photo.jpg", photo)
    view.until(lambda: view.asset("f")["state"] == "ready")
    view.turn("t1", PROMPT)
    sent = editor.draft
    video = nw.run(editor.export())
    editor.draft = edited = sent.replace_text("Once more", "Edited")
    view.until(lambda: journal.read(editor.session).edits)

    again = nw.Editor(studio.url, token=studio.token, session=editor.session)
    try:
        later = open_view(again)
        later.until(lambda: later.state["video"])
        assert again.draft == edited
        assert later.state["edits"] == {"edited": True, "undo": 1, "redo": 0, "theirs": None}
        assert later.state["video"]["outdated"] is True
        assert later.state["video"]["size"] == video.path.stat().st_size
        again.draft = sent
        later.until(lambda: later.state["video"]["outdated"] is False)
        later.until(lambda: journal.read(editor.session).edits is None)
        assert studio.token not in str(later.messages)
    finally:
        again.close()


def _title(text):
    return nw.Draft({"d": 1000, "t": [{"tt": 7, "sg": [{"d": 1000, "m": {"text": text}}]}]})


def test_an_export_that_its_kernel_did_not_live_to_see_is_gone_on_with(view, photo, editor, studio, open_view):
    view.upload("f", "photo.jpg", photo)
    view.until(lambda: view.asset("f")["state"] == "ready")
    view.turn("t1", PROMPT)
    killed = nw.Client(studio.url, token=studio.token).session(editor.session)
    order = killed.render()  # and nobody waits for it
    editors = [nw.Editor(studio.url, token=studio.token, session=editor.session)]
    try:
        later = open_view(editors[0])
        later.until(lambda: later.state["video"])
        later.until(lambda: later.state["export"]["state"] == "done")
        assert later.state["export"]["id"] == order.id
        assert (later.state["video"]["outdated"], later.state["video"]["preview"]) == (False, False)
        later.until(lambda: journal.read(editor.session).film)

        killed.render().cancel()
        editors.append(nw.Editor(studio.url, token=studio.token, session=editor.session))
        last = open_view(editors[1])
        last.until(lambda: last.state["video"])
        assert last.state["export"] is None
    finally:
        for one in editors:
            one.close()


def test_a_video_whose_file_was_written_over_is_not_fetched_once_more(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    ledger, path = Ledger(), str(tmp_path / "promo.mp4")
    for number, session in enumerate(("first", "second")):
        ledger.intend(Entry(f"r{number}", "local", "", session, request={"draft": {}}, path=path))
        ledger.note(f"r{number}", status="processing")
        assert exporting._cut_off(session)[0].id == f"r{number}"
        ledger.note(f"r{number}", status="completed", path=path, request=None, downloaded=True)
    assert ledger.entry("r0").unfinished
    assert exporting._cut_off("first") is exporting._cut_off("second") is None


def test_what_was_edited_before_there_was_a_session_is_kept_too(editor, open_view):
    editor.draft = edited = _title("Hi")
    bench = editor._bench
    until = time.monotonic() + 60
    while bench.draft is None or bench._remembering is not None:  # it can't be kept yet
        assert time.monotonic() < until
        time.sleep(0.01)
    view = open_view(editor)
    view.until(lambda: journal.read(editor.session).edits)
    assert journal.read(editor.session).edits == (None, edited)


def test_what_was_edited_last_is_kept_though_the_editor_is_closed_while_it_is_written(editor, view, monkeypatch):
    write, begun, goes_on = journal.write, threading.Event(), threading.Event()

    def slow(*arguments):
        begun.set()
        assert goes_on.wait(60)
        return write(*arguments)

    monkeypatch.setattr(journal, "write", slow)
    monkeypatch.setattr(workbench, "_REMEMBER_S", 0.0)
    editor.draft = _title("Hi")
    view.until(begun.is_set)
    editor.draft = edited = _title("Bye")
    view.until(lambda: editor._bench.draft == edited)
    time.sleep(0.3)  # the second time gets as far as it gets
    closing = submit(editor._close())
    time.sleep(0.1)
    goes_on.set()
    closing.result(60)
    assert journal.read(editor.session).edits == (None, edited)


def test_a_video_that_is_out_of_reach_keeps_nobody_from_going_on(editor, view, studio, open_view):
    unreachable = f"/{'x' * 3000}.mp4"  # asking for it is an error in itself, as with a folder that may not be read
    journal.write(editor.session, journal.Kept(film=journal.Film(unreachable, "x.mp4", _title("Hi"))))
    again = nw.Editor(studio.url, token=studio.token, session=editor.session)
    try:
        later = open_view(again)
        assert later.state["backend"]["status"] == "ready"
        assert later.state["video"] is None
    finally:
        again.close()


def test_a_video_is_of_the_draft_that_was_rendered_not_of_what_was_edited_meanwhile(view, photo, editor, monkeypatch):
    view.upload("f", "photo.jpg", photo)
    view.until(lambda: view.asset("f")["state"] == "ready")
    view.turn("t1", PROMPT)
    waiting, goes_on = threading.Event(), threading.Event()
    wait_for = RenderJob.wait

    async def held_up(job, **options):
        waiting.set()
        await asyncio.to_thread(goes_on.wait, 60)
        return await wait_for(job, **options)

    monkeypatch.setattr(RenderJob, "wait", held_up)
    view.say(kind="export", id="e1")
    view.until(waiting.is_set)
    rendered = editor.draft
    editor.draft = rendered.replace_text("Once more", "Edited")
    view.until(lambda: view.state["edits"]["edited"])
    goes_on.set()
    view.until(lambda: view.state["export"]["state"] == "done")
    assert view.state["video"]["outdated"] is True
    assert editor._bench.film.draft == rendered
    editor.draft = rendered
    view.until(lambda: view.state["video"]["outdated"] is False)


def test_what_the_service_changed_meanwhile_is_told_beside_kept_edits(view, photo, editor, studio, open_view):
    view.upload("f", "photo.jpg", photo)
    view.until(lambda: view.asset("f")["state"] == "ready")
    view.turn("t1", PROMPT)
    editor.draft = edited = editor.draft.replace_text("Once more", "Edited")
    view.until(lambda: journal.read(editor.session).edits)

    async def mute():
        async with nw.AsyncClient(studio.url, token=studio.token) as client:
            await client.session(editor.session).send("mute the music")

    nw.run(mute())
    again = nw.Editor(studio.url, token=studio.token, session=editor.session)
    try:
        later = open_view(again)
        later.until(lambda: (later.state["edits"] or {}).get("theirs"))
        assert again.draft == edited
    finally:
        again.close()


def test_a_session_that_is_gone_is_told_and_a_new_one_opened(studio, open_view):
    editor = nw.Editor(studio.url, token=studio.token, session="gone")
    try:
        view = open_view(editor)
        view.until(lambda: view.state["notice"])
        assert view.state["notice"]["message"].startswith("The service no longer knows the old session")
        assert view.state["backend"]["status"] == "ready"
        assert editor.session not in (None, "gone")
    finally:
        editor.close()


def test_somebody_elses_session_is_not_taken_up(view, photo, editor, studio, open_view):
    view.upload("f", "photo.jpg", photo)
    view.until(lambda: view.asset("f")["state"] == "ready")
    view.turn("t1", PROMPT)
    stranger = nw.Editor(studio.url, session=editor.session)  # with an anonymous token of its own
    try:
        seen = open_view(stranger)
        assert stranger.session not in (None, editor.session)
        assert (seen.state["assets"], seen.state["draft"]) == ([], None)
    finally:
        stranger.close()


def test_the_code_names_the_backend_and_no_password():
    editor = nw.Editor("https://me:secret@studio.example/x", language="zh")
    assert editor._bench.code_for("s1") == (
        "import nemo_widgets as nw; "
        'editor = nw.Editor(backend="https://studio.example/x", language="zh", session="s1"); editor'
    )
    editor.close()


@pytest.mark.parametrize(
    "content",
    [
        *("", "[", "{}", "[1]", '{"turns": 1}', '{"turns": [1, {"state": "done"}, {"state": "running", "id": 3}]}'),
        *('{"edits": 1, "film": 1}', '{"edits": ["", "AAAA"], "film": {"path": 1}}', '{"edits": [], "film": []}'),
    ],
)
def test_a_broken_journal_is_no_journal(tmp_path, monkeypatch, content):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    journal.write("s", journal.Kept())
    (path,) = (tmp_path / "nemo-widgets" / "conversations").glob("*.json")
    assert path.stat().st_mode & 0o077 == 0
    path.write_text(content)
    assert journal.read("s") == journal.Kept()


def _said(name, started):
    values = {"prompt": name, "text": "", "state": "done", "steps": [], "changes": [], "elapsed": 1, "error": None}
    return {"id": name, "started": started, **values}


def test_two_editors_of_one_session_keep_what_each_was_told(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    edits, film = (_title("Hi"), _title("Edited")), journal.Film("a.mp4", "a.mp4", _title("Hi"))
    first = journal.Kept([_said("a", 1), _said("c", 3)], edits)
    assert journal.write("s", first)
    other = journal.Kept([_said("b", 2)], None, film)  # was open before, and knows of none of this
    journal.write("s", other, journal.Kept())
    told = [_said("a", 1), _said("b", 2), _said("c", 3)]
    assert journal.read("s") == journal.Kept(told, edits, film)
    journal.write("s", first, first)  # and the first one of no film
    assert journal.read("s") == journal.Kept(told, edits, film)
    journal.write("s", journal.Kept(told, None, film), journal.read("s"))  # who knows of the edits takes them back
    assert journal.read("s") == journal.Kept(told, None, film)


def test_two_kernels_that_write_at_once_write_one_after_the_other(tmp_path, monkeypatch):
    fcntl = pytest.importorskip("fcntl")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert journal.write("s", journal.Kept([_said("a", 1)]))
    path = journal._path("s")
    with ThreadPoolExecutor() as pool, (path.parent / "lock").open("w") as another:
        fcntl.flock(another, fcntl.LOCK_EX)
        there = journal._content(path)
        writing = pool.submit(journal.write, "s", journal.Kept([_said("b", 2)]))
        with contextlib.suppress(TimeoutError):
            writing.result(0.3)  # it would have read, and written, by now
        journal._replace(path, journal._merged(there, journal.Kept([_said("c", 3)]), journal.Kept()))
        fcntl.flock(another, fcntl.LOCK_UN)
        assert writing.result(60)
    assert journal.read("s").turns == [_said("a", 1), _said("b", 2), _said("c", 3)]


def test_who_throws_edits_away_throws_away_no_other_editor_s(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    mine = journal.Kept([], (_title("Hi"), _title("Mine")))
    theirs = journal.Kept([], (_title("Hi"), _title("Theirs")))
    journal.write("s", mine)
    journal.write("s", theirs, journal.read("s"))
    journal.write("s", journal.Kept(), mine)
    assert journal.read("s") == theirs
    journal.write("s", journal.Kept(), theirs)
    assert journal.read("s") == journal.Kept()


def test_an_editor_s_edits_outlive_another_one_of_its_session(view, photo, editor, studio, open_view):
    view.upload("f", "photo.jpg", photo)
    view.until(lambda: view.asset("f")["state"] == "ready")
    view.turn("t1", PROMPT)
    other = nw.Editor(studio.url, token=studio.token, session=editor.session)
    try:
        later = open_view(other)
        later.until(lambda: later.state["draft"])
        editor.draft = edited = editor.draft.replace_text("Once more", "Edited")
        view.until(lambda: journal.read(editor.session).edits)
        later.turn("t2", "what is in the video?")
        later.until(lambda: [turn["id"] for turn in journal.read(editor.session).turns] == ["t1", "t2"])
        assert journal.read(editor.session).edits[1] == edited
    finally:
        other.close()


def test_what_is_in_use_is_not_forgotten(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr(journal, "_SESSIONS", 2)
    folder = tmp_path / "nemo-widgets" / "conversations"

    def age():  # what is written in one moment has one time
        for path in folder.iterdir():
            os.utime(path, (path.stat().st_mtime - 100,) * 2)

    for name in ("in use", "b"):
        journal.write(name, journal.Kept([_said(name, 1)]))
        journal.note_latest(name, "s")
        age()
    journal.read("in use")
    journal.note_latest("in use", "s")
    journal.write("c", journal.Kept())
    journal.note_latest("c", "s")
    assert [journal.latest(name) for name in ("in use", "b", "c")] == ["s", None, "s"]
    assert [len(journal.read(name).turns) for name in ("in use", "b")] == [1, 0]


def test_kernels_that_forget_old_sessions_at_once_do_not_complain(tmp_path, monkeypatch, caplog):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr(journal, "_SESSIONS", 2)
    for session in ("a", "b", "c"):
        journal.write(session, journal.Kept())
    stat = Path.stat

    def late(path, **options):
        if path.suffix == ".json":
            path.unlink(missing_ok=True)  # by another kernel, which has just listed it, too
        return stat(path, **options)

    monkeypatch.setattr(Path, "stat", late)
    journal.write("d", journal.Kept())
    assert caplog.text == ""


def test_a_full_disk_is_not_filled_further(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))

    def full(path, *_, **__):
        path.write_bytes(b"some of it")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    journal.write("s", journal.Kept())
    assert [path.name for path in (tmp_path / "nemo-widgets" / "conversations").iterdir()] == ["lock"]


def test_a_still_is_small_and_can_not_be_injected():
    segments = [{"start": at * 10, "duration": 10, "name": "<script>alert(1)</script>"} for at in range(5000)]
    draft = Draft({"duration": 50_000, "tracks": [{"type": "video", "segments": segments}] * 40})
    token = "nmv_" + "a" * 40
    turn = {"prompt": "<img src=x onerror=alert(1)>" + "x" * 9000, "text": f"Bearer {token} " + "&" * 9000}
    html = still("m", draft, turns=[turn] * 50, video='"><b>', code="nw.Editor()", language="en")
    assert len(html) < 100_000
    assert set(re.findall(r"<(\w+)", html)) <= {"style", "div", "p", "strong", "br", "img", "code"}
    assert token not in html


def test_the_output_holds_a_picture_for_pages_without_widgets(view, photo, editor):
    view.upload("f", "photo.jpg", photo)
    view.until(lambda: view.asset("f")["state"] == "ready")
    view.turn("t1", PROMPT)
    data, _ = editor._repr_mimebundle_()
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == editor.model_id
    assert "data:image/svg+xml;base64" in data["text/html"]
    assert "Once more" in data["text/html"]
    assert f"session=&quot;{editor.session}&quot;" in data["text/html"]


@pytest.mark.parametrize(
    ("variables", "audio", "codec"), [({}, "mp3", "mp3float"), ({"VSCODE_PID": "1"}, None, "mp3float")]
)
def test_an_export_for_players_without_aac(studio, photo, monkeypatch, tmp_path, variables, audio, codec):
    av = pytest.importorskip("av")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    editor = nw.Editor(studio.url, token=studio.token, audio=audio)
    try:
        nw.run(editor.upload(("a.jpg", photo)))
        nw.run(editor.send("make a 1-second video with calm music"))
        with av.open(str(nw.run(editor.export()).path)) as made:
            assert made.streams.audio[0].codec_context.name == codec
    finally:
        editor.close()


def test_a_session_that_is_taken_up_in_a_second_attempt_is_there_once(
    view, photo, editor, studio, open_view, monkeypatch
):
    view.upload("f", "photo.jpg", photo)
    view.until(lambda: view.asset("f")["state"] == "ready")
    view.turn("t1", "show tracks")
    view.until(lambda: journal.read(editor.session).turns)
    told, odd = answers.state, {"draft": {"t": 5}}

    def state(*arguments):
        answer = told(*arguments)
        infos = [info | {"size": "3 MB"} for info in answer["state"]["video_infos"]]
        return answer | {"state": answer["state"] | {"video_infos": infos} | odd}

    monkeypatch.setattr(answers, "state", state)
    again = nw.Editor(studio.url, token=studio.token, session=editor.session)
    try:
        later = open_view(again)
        assert later.state["backend"]["status"] == "failed"
        assert "draft" in later.state["backend"]["error"]["message"]
        odd.clear()
        later.say(kind="reconnect")
        later.until(lambda: later.state["backend"]["status"] == "ready")
        later.until(lambda: later.state["turns"])
        assert [asset["name"] for asset in later.state["assets"]] == ["photo.jpg"]
        assert [turn["id"] for turn in later.state["turns"]] == ["t1"]
    finally:
        again.close()


def test_an_editor_that_is_closed_takes_no_other_ones_work_out_of_memory(editor, studio, open_view):
    draft = nw.Draft({"d": 1000, "t": [{"tt": 7, "sg": [{"d": 1000, "m": {"text": "Hi"}}]}]})
    other = nw.Editor(studio.url, token=studio.token)
    third = None
    try:
        for one in (other, editor):  # the last one to have a draft is `editor`
            view = open_view(one)
            one.draft = draft
            view.until(lambda view=view: view.state["draft"])
        wait(other._close())
        third = nw.Editor(studio.url, token=studio.token)
        view = open_view(third)
        view.until(lambda: view.state["notice"])
        assert f'session="{editor.session}"' in view.state["notice"]["code"]
    finally:
        other.close()
        if third is not None:
            third.close()


def test_an_editor_after_restart_and_run_all_tells_where_the_work_is(studio, open_view, monkeypatch, tmp_path):
    notebook = str(tmp_path / "a.ipynb")
    place = f"{studio.url}\n{notebook}"
    monkeypatch.setattr(workbench, "notebook_path", lambda: notebook)
    first = nw.Editor(studio.url, token=studio.token)
    view = open_view(first)
    first.draft = _title("Hi")
    view.until(lambda: journal.latest(place) == first.session is not None)
    workbench.Workbench._latest.clear()  # another kernel has no memory
    again = nw.Editor(studio.url, token=studio.token)
    monkeypatch.setattr(workbench, "notebook_path", lambda: str(tmp_path / "b.ipynb"))
    elsewhere = nw.Editor(studio.url, token=studio.token)
    try:
        later = open_view(again)
        later.until(lambda: later.state["notice"])
        assert f'session="{first.session}"' in later.state["notice"]["code"]
        assert studio.token not in str(later.messages)
        assert open_view(elsewhere).state["notice"] is None
        wait(first._close())
        assert journal.latest(place) is None  # who closes an editor has no need to be told of it
    finally:
        for editor in (first, again, elsewhere):
            editor.close()


def test_an_editor_that_is_closed_while_it_is_noted_as_the_latest_is_none(studio, open_view, monkeypatch, tmp_path):
    note, begun, goes_on = journal.note_latest, threading.Event(), threading.Event()

    def slow(place, session):
        begun.set()
        assert goes_on.wait(60)
        note(place, session)

    monkeypatch.setattr(journal, "note_latest", slow)
    monkeypatch.setattr(workbench, "notebook_path", lambda: str(tmp_path / "a.ipynb"))
    editor = nw.Editor(studio.url, token=studio.token)
    view = open_view(editor)
    editor.draft = _title("Hi")
    view.until(begun.is_set)
    closing = submit(editor._close())
    time.sleep(0.3)  # it gets as far as it gets
    goes_on.set()
    closing.result(60)
    time.sleep(0.1)
    assert journal.latest(f"{studio.url}\n{tmp_path / 'a.ipynb'}") is None
    editor.close()


def test_an_editor_that_is_closed_in_the_middle_of_an_answer_is_no_latest_either(
    studio, open_view, monkeypatch, tmp_path
):
    async def never(_turn, _text):
        await asyncio.Event().wait()

    async def settle(bench):
        async with bench._journal:
            pass

    monkeypatch.setattr(workbench, "notebook_path", lambda: str(tmp_path / "a.ipynb"))
    editor = nw.Editor(studio.url, token=studio.token)
    view = open_view(editor)
    editor.draft = _title("Hi")
    place = f"{studio.url}\n{tmp_path / 'a.ipynb'}"
    view.until(lambda: journal.latest(place) == editor.session is not None)
    monkeypatch.setattr(editor._conversation, "_answer", never)
    view.say(kind="prompt", id="t1", text="make it shorter")
    view.until(lambda: view.state["turns"])
    wait(editor._close())
    view.until(lambda: journal.read(editor.session).turns)  # what was said is kept all the same
    wait(settle(editor._bench))
    assert journal.latest(place) is None
    assert (studio.url, editor._bench._token) not in workbench.Workbench._latest


def test_an_editor_run_once_more_tells_where_the_work_is(view, editor, photo, studio, open_view):
    view.upload("f", "a.jpg", photo)
    view.until(lambda: view.asset("f")["state"] == "ready")
    view.turn("t", "make a 2-second video")
    again = nw.Editor(studio.url, token=studio.token)
    try:
        second = open_view(again)
        second.until(lambda: second.state["notice"])
        assert f'session="{editor.session}"' in second.state["notice"]["code"]
        assert studio.token not in str(second.messages)
        second.upload("g", "b.jpg", photo)
        second.until(lambda: second.state["notice"] is None)  # who goes on here has understood
    finally:
        again.close()
