"""The editor's kernel side with a real studio, told by messages as a browser would send them."""

from __future__ import annotations

import asyncio
import hashlib
import subprocess
import sys
import threading

import pytest

import nemo_widgets as nw
from nemo_widgets.client.session import Session
from nemo_widgets.errors import DraftError, InvalidInput, RenderFailed

PROMPT = "make a 2-second video titled 'Kernel side' with calm music"


def test_the_whole_way(view, photo, editor):
    assert view.state["backend"]["kind"] == "custom"
    for number in range(3):
        view.upload(f"f{number}", f"photo {number} 北京.jpg", photo)
    view.until(lambda: [asset["state"] for asset in view.state["assets"]] == ["ready"] * 3)
    assert (view.asset("f1")["width"], view.asset("f1")["height"]) == (640, 480)

    turn = view.turn("t1", PROMPT)
    assert turn["state"] == "done"
    assert "Kernel side" in turn["text"]
    assert turn["changes"]
    assert editor.draft.duration == 2000
    # In the order in which they were chosen.
    assert [segment[2] for segment in view.state["draft"]["tracks"][0]["segments"]] == [
        "photo 0 北京", "photo 1 北京", "photo 2 北京",
    ]  # fmt: skip
    assert sum(len(track["segments"]) for track in view.state["draft"]["tracks"]) == len(editor.timeline) == 5

    view.say(kind="export", id="e1")
    view.say(kind="export", id="e1")  # a view that lost its connection may ask twice
    view.until(lambda: view.state["video"])
    video = view.state["video"]
    offsets = range(0, video["size"], 30_000)
    for offset in offsets:
        view.say(kind="video-read", id=video["id"], offset=offset, length=30_000)
    view.until(lambda: len(view.heard("video-slice")) == len(offsets))
    parts = zip([m["offset"] for m in view.heard("video-slice")], view.buffers, strict=True)
    data = b"".join(part for _, part in sorted(parts))
    assert data[4:8] == b"ftyp"
    assert len(data) == video["size"]
    assert view.state["export"]["state"] == "done"


def test_a_file_arrives_with_its_own_bytes(view, photo, editor):
    view.upload("f", "photo.jpg", photo)
    view.until(lambda: view.asset("f")["state"] == "ready")
    session = editor._bench._session
    infos = nw.run(session.state()).video_infos
    assert hashlib.sha256(photo).hexdigest() in str(infos)


@pytest.mark.parametrize(
    ("name", "size", "sentence"),
    [
        ("notes.txt", 5, "notes.txt is not a file that can be used here."),
        ("empty.jpg", 0, "empty.jpg is empty."),
        ("huge.mp4", 600 * 1024**2, "huge.mp4 is too large: at most 500 MB a file."),
    ],
)
def test_a_file_is_refused_before_its_first_byte(view, name, size, sentence):
    view.say(kind="upload-begin", id="f", name=name, size=size, slice_bytes=1000, head=None)
    view.until(lambda: view.heard("upload-end", id="f"))
    assert view.heard("upload-end", id="f")[0]["error"]["message"] == sentence
    view.until(lambda: view.state["assets"] and view.asset("f")["state"] == "failed")
    assert not view.heard("upload-ready")


def test_a_lie_about_the_type_is_told_by_the_service(view):
    view.upload("f", "liar.jpg", b"this is no picture")
    view.until(lambda: view.asset("f")["state"] == "failed")
    assert view.asset("f")["error"]["message"].startswith("liar.jpg isn't what its name says")


def test_a_file_is_in_the_state_before_its_upload_leaves_the_page(view, photo):
    known = []
    take = view.take

    def watch(message, buffers=None):
        take(message, buffers)
        if message["kind"] == "upload-end":
            known.append("f" in {asset["id"] for asset in view.state["assets"]})

    view.editor._desk.send = view.editor._desk.state._send = watch
    view.upload("f", "photo.jpg", photo)  # comes whole within the moment for which changes are gathered
    view.until(lambda: known)
    assert known == [True]


def test_an_upload_that_the_kernel_does_not_know(view):
    view.say(kind="upload-check", id="gone")
    view.until(lambda: view.heard("upload-end", id="gone"))
    assert view.heard("upload-end", id="gone")[0]["error"]["remedy"] == "Choose the file again."


def test_cancelling_an_upload_forgets_it(view, photo, editor):
    view.say(kind="upload-begin", id="f", name="a.jpg", size=len(photo), slice_bytes=1000, head=None)
    view.until(lambda: view.asset("f")["state"] == "receiving")
    view.say(kind="upload-cancel", id="f")
    view.until(lambda: view.state["assets"] == [])
    assert not editor._intake.arrivals._incoming


def test_one_stalled_file_does_not_hold_up_the_others(view, photo, monkeypatch):
    from nemo_widgets.widgets import arrivals

    with monkeypatch.context() as patch:
        patch.setattr(arrivals, "_PATIENCE_S", 0.2)
        view.say(kind="upload-begin", id="stalled", name="a.jpg", size=len(photo), slice_bytes=1000, head=None)
        view.until(lambda: view.heard("upload-ready", id="stalled"))
    view.upload("f", "b.jpg", photo)
    view.until(lambda: view.asset("f")["state"] == "ready")
    assert view.asset("stalled")["state"] != "ready"


def test_an_empty_prompt_and_an_export_of_nothing(view):
    turn = view.turn("t1", "   ")
    assert turn["state"] == "failed"
    assert turn["error"]["message"] == "The message is empty."
    view.say(kind="export", id="e1")
    view.until(lambda: (view.state["export"] or {}).get("state") == "failed")
    assert view.state["export"]["error"]["message"] == "There is nothing to export yet."
    assert view.state["notice"] is None
    # The prompt's own way to the same.
    assert view.turn("t2", "export my video")["error"]["message"] == "There is nothing to export yet."


def test_the_same_prompt_twice_is_said_once(view, photo):
    view.upload("f", "photo.jpg", photo)
    view.until(lambda: view.asset("f")["state"] == "ready")
    view.say(kind="prompt", id="t1", text=PROMPT)
    view.turn("t1", PROMPT)
    assert len(view.state["turns"]) == 1


def test_routed_prompts(view):
    assert "credits" in view.turn("t1", "how many credits do I have left?")["text"]
    assert view.turn("t2", "show tracks")["text"] == "There is no timeline yet."


def test_stop(view, photo, go_on):
    view.upload("f", "photo.jpg", photo)
    view.until(lambda: view.asset("f")["state"] == "ready")
    view.say(kind="prompt", id="t1", text=PROMPT)
    view.until(lambda: view.state["turns"])
    view.say(kind="stop", id="t1")
    view.until(lambda: view.state["turns"][0]["state"] == "stopped")
    go_on.set()
    assert view.turn("t2", PROMPT)["state"] == "done"


def test_cancelling_an_export(view, photo):
    view.upload("f", "photo.jpg", photo)
    view.until(lambda: view.asset("f")["state"] == "ready")
    view.turn("t1", "make a 60-second video")
    view.say(kind="export", id="e1")
    view.until(lambda: (view.state["export"] or {}).get("done", 0) > 0)
    view.say(kind="export-cancel", id="e1")
    view.until(lambda: view.state["export"]["state"] == "cancelled")
    assert view.state["video"] is None


def test_an_export_and_a_preview_at_once_are_made_one_after_the_other(view, photo, editor):
    view.upload("f", "photo.jpg", photo)
    view.until(lambda: view.asset("f")["state"] == "ready")
    view.turn("t1", PROMPT)
    before = len(view.messages)
    view.say(kind="export", id="e1")
    view.say(kind="preview", id="p1")
    view.say(kind="preview", id="p2")
    view.say(kind="export-cancel", id="p2")  # one that waits, and leaves no trace
    view.until(lambda: (view.state["export"] or {}).items() >= {"id": "p1", "state": "done"}.items())
    told = [m["patch"]["export"] for m in view.messages[before:] if m["kind"] == "state" and "export" in m["patch"]]
    ids = [export["id"] for export in told]
    assert ids == sorted(ids), "the progress of one was told between that of the other"
    assert set(ids) == {"e1", "p1"}
    assert view.state["video"]["preview"] is False, "the whole video was taken away by a preview of the same"


def test_one_that_was_cancelled_before_it_came_takes_no_place_from_the_one_being_made(view, editor, monkeypatch):
    editor.draft = nw.Draft({"d": 1000, "t": [{"tt": 7, "sg": [{"d": 1000, "m": {"text": "Hi"}}]}]})
    view.until(lambda: view.state["draft"])
    waiting, goes_on = threading.Event(), threading.Event()
    render = Session.render

    async def held_up(session, *args, **options):
        waiting.set()
        await asyncio.to_thread(goes_on.wait, 60)
        return await render(session, *args, **options)

    monkeypatch.setattr(Session, "render", held_up)
    before = len(view.messages)
    view.say(kind="preview", id="p1")
    view.until(waiting.is_set)
    view.say(kind="export-cancel", id="e1")
    view.until(lambda: "e1" in editor._exporting._unwanted)
    view.say(kind="export", id="e1")
    view.until(lambda: "e1" in editor._exporting._seen)
    goes_on.set()
    view.until(lambda: (view.state["export"] or {}).get("state") == "done")
    told = [m["patch"].get("export") for m in view.messages[before:] if m["kind"] == "state"]
    told = [export for export in told if export is not None]
    assert {(export["id"], export["preview"]) for export in told} == {("p1", True)}


def test_what_fails_while_another_waits_is_told_all_the_same(view, editor, monkeypatch):
    editor.draft = nw.Draft({"d": 1000, "t": [{"tt": 7, "sg": [{"d": 1000, "m": {"text": "Hi"}}]}]})
    view.until(lambda: view.state["draft"])
    asked, goes_on = threading.Event(), threading.Event()
    render = Session.render

    async def held_up(session, *args, **options):
        if not asked.is_set():
            asked.set()
            await asyncio.to_thread(goes_on.wait, 60)
            raise RenderFailed(message="the disk burnt")
        return await render(session, *args, **options)

    monkeypatch.setattr(Session, "render", held_up)
    view.say(kind="export", id="e1")
    view.until(asked.is_set)
    view.say(kind="export", id="e2")
    view.until(lambda: "e2" in editor._exporting._running)
    goes_on.set()
    view.until(lambda: (view.state["notice"] or {}).get("message", "").endswith("the disk burnt."))
    view.until(lambda: view.state["export"]["id"] == "e2" and view.state["export"]["state"] == "done")


def test_a_video_that_is_gone(view):
    view.say(kind="video-read", id="never", offset=0, length=10)
    view.until(lambda: view.heard("video-failed", id="never"))
    assert view.heard("video-failed")[0]["error"]["remedy"] == "Export it again."


def test_a_dead_service(tmp_path, photo, open_view):
    first = nw.Studio(tmp_path / "studio")
    first.start()
    editor = nw.Editor(first.url, token=first.token)
    view = open_view(editor)
    first.stop()
    turn = view.turn("t1", PROMPT)
    assert "can't be reached" in turn["error"]["message"]
    assert turn["error"]["remedy"]
    view.until(lambda: view.state["backend"]["status"] == "failed")
    view.upload("f", "photo.jpg", photo)
    view.until(lambda: view.asset("f")["state"] == "failed")
    assert "can't be reached" in view.asset("f")["error"]["message"]
    editor.close()


def test_chinese(studio, open_view):
    editor = nw.Editor(studio.url, token=studio.token, language="zh")
    view = open_view(editor)
    assert view.turn("t1", " ")["error"]["message"] == "消息是空的。"
    editor.close()


def test_wrong_arguments():
    with pytest.raises(InvalidInput, match='Use language="en" or "zh"'):
        nw.Editor(language="fr")
    with pytest.raises(TypeError):
        nw.Editor(colour="red")


async def test_a_table_is_no_draft_to_export(editor):
    with pytest.raises(DraftError, match=r"Draft\.from_frame"):
        await editor.export(draft=nw.Draft({}).to_frame())


def test_nothing_secret_or_large_is_synced(view, photo, editor, studio):
    view.upload("f", "photo.jpg", photo)
    view.turn("t1", PROMPT)
    synced = {key: value for key, value in editor.get_state().items() if key not in ("_esm", "_css")}
    everything = str(synced) + repr(editor) + str(view.messages) + repr(editor._bench.client())
    token = studio.token
    assert not [token[i : i + 8] for i in range(len(token) - 7) if token[i : i + 8] in everything]
    assert len(str(synced)) < 2000


def test_nonsense_from_the_browser_is_refused(view, editor, caplog):
    for nonsense in (None, [], {"kind": "upload-slice", "id": "x"}, {"kind": "__init__"}):
        editor._receive(editor, nonsense, [])
    assert caplog.text.count("was refused") == 4
    assert view.turn("t1", "show tracks")["state"] == "done"


def test_a_video_says_when_the_draft_has_changed_since(view, photo):
    view.upload("f", "photo.jpg", photo)
    view.until(lambda: view.asset("f")["state"] == "ready")
    view.say(kind="export", id="e0")
    view.until(lambda: (view.state["export"] or {}).get("state") == "failed")
    view.turn("t1", PROMPT)
    view.until(lambda: view.state["export"] is None)  # what was said before there was a draft
    view.say(kind="export", id="e1")
    view.until(lambda: view.state["video"])
    assert view.state["video"]["name"] == "Kernel side.mp4"
    assert view.state["video"]["outdated"] is False
    view.turn("t2", 'change the title to "Another"')
    view.until(lambda: view.state["video"]["outdated"])


def test_a_script_that_only_makes_an_editor_ends(tmp_path):
    script = "import nemo_widgets as nw\neditor = nw.Editor()"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=300, check=True)
    assert done.stderr == ""


def test_what_would_go_wrong_is_told_before_it_is_exported(view, editor):
    photo = {"u": "http://h/a.jpg", "n": "a", "tp": 0}
    track = {"tt": 0, "sg": [{"id": "s", "st": 0, "d": 2000, "m": photo}]}
    editor.draft = nw.Draft({"d": 2000, "t": [track]})
    view.until(lambda: view.state["draft"])
    fine = view.state["problems"]
    later = {**track, "sg": [*track["sg"], {"id": "t", "st": 3000, "d": 1000, "m": photo}]}
    editor.draft = nw.Draft({"d": 4000, "t": [later]})
    view.until(lambda: view.state["problems"] != fine)
    black = "The picture is black from 2 to 3 s. Lengthen a clip, or move the next one to 2000 ms."
    assert black in view.state["problems"], "with what to do"
