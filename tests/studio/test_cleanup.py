"""What is swept away, and what isn't: leftovers of killed studios, and what nobody has used for long."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import httpx
import psutil
import pytest

from nemo_widgets.studio import cleaning
from nemo_widgets.studio.cleaning import Cleaner
from nemo_widgets.studio.presence import Presence
from nemo_widgets.studio.server import Studio
from nemo_widgets.studio.store import NOTED_EVERY, MediaRow, Store
from nemo_widgets.studio.workspace import Workspace
from tests.studio.conftest import Caller, photo

DAY = 86_400.0


@pytest.fixture
def place(tmp_path):
    workspace = Workspace(tmp_path)
    store = Store(workspace.database)
    yield workspace, store
    store.close()


def old(path, seconds):
    os.utime(path, (time.time() - seconds,) * 2)


def leave(workspace, name, age):
    """Leave what a killed studio may: half an upload, a file and a video that nothing knows."""
    left = [workspace.incoming / name, workspace.media_folder / name, workspace.videos_folder / name]
    left[0].write_bytes(b"half")
    for folder in left[1:]:
        folder.mkdir()
        (folder / "video.mp4.part").write_bytes(b"half")
    for path in left:
        old(path, age)
    return left


def keep(workspace, store, user, session, media_id):
    """Keep a file of a session, as an upload does."""
    numbers = {"width": 1, "height": 1, "duration": None, "fps": 0.0, "bytes": 1, "created": 0.0}
    texts = {"origin": "upload", "filename": "a.jpg", "kind": "image", "format": "jpg", "sha256": media_id}
    store.add_media([MediaRow(id=media_id, user=user, session=session, has_audio=False, **numbers, **texts)])
    path = workspace.media_path(media_id, "jpg")
    path.parent.mkdir()
    path.write_bytes(b"x")
    old(path.parent, 400 * DAY)
    return path


def unused_since(store, session, seconds):
    with store.writing() as db:
        since = time.time() - seconds
        db.execute("UPDATE session SET used = ?, created = ? WHERE id = ?", (since, since, session))


def test_a_studio_that_is_alone_sweeps_what_killed_ones_left(place):
    workspace, store = place
    left = leave(workspace, "a" * 32, 30.0)
    session = store.add_session("me", "project", "en").id
    kept = keep(workspace, store, "me", session, "b" * 32)
    job = store.add_job("me", "r", session=session, draft="{}", filename="x", owner="gone")
    open_video = workspace.video_path(job.folder).parent
    open_video.mkdir()
    old(open_video, 30.0)
    cleaner = Cleaner(store, workspace, "me", None)
    fresh = leave(workspace, "c" * 32, -5.0)  # what arrives while it sweeps
    cleaner.clean()
    assert [path.exists() for path in left] == [False] * 3
    assert [path.exists() for path in fresh] == [True] * 3
    assert kept.exists()
    assert open_video.exists()
    for path in fresh:
        old(path, 30.0)
    cleaner.clean(first=False)  # an hour later these may be its own
    assert [path.exists() for path in fresh] == [True] * 3


def test_beside_another_studio_only_what_is_old_is_swept(place, monkeypatch):
    workspace, store = place
    monkeypatch.setattr("nemo_widgets.studio.presence._STARTING", 0.0)
    own, other, dead = Presence(workspace.presence), Presence(workspace.presence), workspace.presence / "dead.lock"
    dead.write_bytes(b"")
    young, aged = leave(workspace, "a" * 32, 60.0), leave(workspace, "b" * 32, 25 * 3600.0)
    Cleaner(store, workspace, own.id, None).clean()
    assert [path.exists() for path in young + aged] == [True] * 3 + [False] * 3
    assert {path.stem for path in workspace.presence.glob("*.lock")} == {own.id, other.id}
    other.release()
    Cleaner(store, workspace, own.id, None).clean()
    assert [path.exists() for path in young] == [False] * 3
    own.release()


def test_what_nobody_uses_goes_and_what_is_used_stays(place):
    workspace, store = place
    store.put_token("client", "n", "hash", time.time() - 5, 100)
    user = store.token_of_client("client")[0]
    names = ("idle", "lends", "borrows", "renders", "recent")
    sessions = {name: store.add_session(user, name, "en").id for name in names}
    files = {
        name: keep(workspace, store, user, session, f"{number:032x}")
        for number, (name, session) in enumerate(sessions.items())
    }
    strangers = store.add_session("stranger", "x", "en").id
    store.put_draft(strangers, 0, {"src": f"http://h/media/{0:032x}/a.jpg"})  # naming a file of others keeps nothing
    store.put_draft(sessions["borrows"], 0, {"src": f"http://h/media/{1:032x}/a.jpg"})
    store.add_job(user, "open", session=sessions["renders"], draft="{}", filename="x", owner="gone")
    done = store.add_job(user, "done", session=sessions["idle"], draft="{}", filename="x", owner="gone")
    video = workspace.video_path(done.folder)
    video.parent.mkdir()
    video.write_bytes(b"video")
    store.move_job(done, "completed", bytes=5, completed=0.0)
    with store.writing() as db:
        db.execute("UPDATE job SET created = 0 WHERE id = 'done'")
    for name in ("idle", "lends", "renders"):
        unused_since(store, sessions[name], 31 * DAY)
    unused_since(store, sessions["borrows"], 29 * DAY)
    Cleaner(store, workspace, "me", 30 * DAY).clean()
    left = {name for name, session in sessions.items() if store.session(user, session)}
    assert left == {"borrows", "renders", "recent"}
    assert {name for name, path in files.items() if path.exists()} == left | {"lends"}
    assert [row.filename for row in store.media_of(sessions["borrows"])] == ["a.jpg", "a.jpg"]
    assert not video.parent.exists()
    assert store.job(user, "done") is None
    assert store.token_of_client("client") is not None  # they still have something here
    for session in sessions.values():
        unused_since(store, session, 31 * DAY)
    store.move_job(store.job(user, "open"), "cancelled")
    with store.writing() as db:
        db.execute("UPDATE job SET created = 0")
    Cleaner(store, workspace, "me", 30 * DAY).clean()
    assert list(workspace.media_folder.iterdir()) == []
    assert store.token_of_client("client") is None


def test_use_is_noted_once_in_a_while(place):
    _, store = place
    session = store.add_session("me", "project", "en").id
    first = store.session("me", session).used
    assert store.session("me", session).used == first
    unused_since(store, session, 2 * NOTED_EVERY)
    store.session("me", session)
    assert store.session("me", session).used >= first


def test_a_disk_that_is_full_keeps_nobody_from_a_session_that_was_long_unused(place):
    _, store = place
    session = store.add_session("me", "project", "en").id
    unused_since(store, session, 2 * NOTED_EVERY)
    store._connection.execute("PRAGMA query_only = ON")
    assert store.session("me", session).id == session
    store._connection.execute("PRAGMA query_only = OFF")


def test_a_store_of_an_older_version_is_taken_up(tmp_path):
    store = Store(tmp_path / "studio.sqlite")
    session = store.add_session("me", "project", "en").id
    with store.writing() as db:
        db.execute("ALTER TABLE session DROP COLUMN used")
        db.execute("ALTER TABLE job DROP COLUMN cost")
    store.close()
    store = Store(tmp_path / "studio.sqlite")
    assert store.session("me", session) is not None
    assert store.add_job("me", "r", session=session, draft="{}", filename="x", owner="gone", cost=5).cost == 5
    store.close()


def test_a_sweep_that_fails_is_tried_again(place, monkeypatch, caplog):
    workspace, store = place
    monkeypatch.setattr(cleaning, "_EVERY", 0.01)
    tried = []

    def fail(self, *, first):
        tried.append(first)
        raise OSError("the disk is away")

    monkeypatch.setattr(Cleaner, "clean", fail)
    cleaner = Cleaner(store, workspace, "me", None)
    cleaner.start()
    deadline = time.monotonic() + 60
    while len(tried) < 3 and time.monotonic() < deadline:
        time.sleep(0.01)
    cleaner.stop()
    assert tried[:3] == [True, False, False]
    assert "the disk is away" in caplog.text


_UPLOADS = """
import sys, time
from nemo_widgets.studio.server import Studio
with Studio(sys.argv[1], workers=1, token="t") as studio:
    print(studio.url, flush=True)
    time.sleep(600)
"""


def test_a_studio_that_is_killed_leaves_nothing_that_the_next_one_does_not_finish_or_sweep(tmp_path):
    """Killed with -9 while an upload arrives and a render is on its way."""
    root = str(Path(__file__).parents[2])
    code = f"import sys; sys.path.insert(0, {root!r})\n{_UPLOADS}"
    workspace = Workspace(tmp_path)
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True) as child:
        url = child.stdout.readline().strip()

        class There:
            token = "t"

        There.url = url
        with Caller(There) as me:
            session = me.session()
            draft = me.tiny_draft(session, seconds=30, size=(640, 360))
            me.render(session, draft, "render_cut")
            kept = me.state(session)["video_infos"]

            def half():
                yield b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.jpg"\r\n\r\n'
                yield photo() + bytes(3 * 1024 * 1024)
                while me.job("render_cut")["progress"] == 0 or not any(workspace.incoming.iterdir()):
                    yield bytes(1)  # one that stalls is given up
                    time.sleep(0.05)
                for process in [*psutil.Process(child.pid).children(recursive=True), psutil.Process(child.pid)]:
                    process.kill()
                yield bytes(1024)

            headers = {"Content-Type": "multipart/form-data; boundary=b"}
            path = f"{url}/api/upload-video/nemo_agent/me/{session}"
            with pytest.raises(httpx.TransportError):
                httpx.post(path, content=half(), headers={**headers, "Authorization": "Bearer t"}, timeout=60)
        child.wait()
    assert list(workspace.incoming.iterdir())
    for path in workspace.incoming.iterdir():
        old(path, 30.0)
    for path in workspace.presence.iterdir():
        old(path, 30.0)
    with Studio(tmp_path, workers=1) as studio, Caller(studio) as me:
        job = me.finished("render_cut")
        assert job["status"] == "completed"
        ids = {file["cdn_url"].split("/media/")[1][:32] for file in me.state(session)["video_infos"]}
        assert len(ids) == len(kept)
        deadline = time.monotonic() + 60
        while list(workspace.incoming.iterdir()) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert list(workspace.incoming.iterdir()) == []
        assert len(list(workspace.presence.glob("*.lock"))) == 1
        folders = list(workspace.videos_folder.iterdir())
        assert [[path.name for path in folder.iterdir()] for folder in folders] == [["video.mp4"]]
