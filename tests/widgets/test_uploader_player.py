"""The parts that stand alone, told by messages as a browser would send them; no service anywhere."""

from __future__ import annotations

import asyncio
import http.client
import json
import re
import threading

import av
import pytest

import nemo_widgets as nw
from nemo_widgets.errors import InvalidInput
from nemo_widgets.widgets.thumbnail import poster_url


@pytest.fixture
def part(open_part):
    made = []

    def make(widget):
        made.append(widget)
        return open_part(widget)

    yield make
    for widget in made:
        widget.close()


def test_files_arrive_under_their_names(part, photo):
    uploader = nw.Uploader()
    seen = []
    uploader.observe(lambda change: seen.append(change["new"]), "files")
    view = part(uploader)
    for number in range(2):
        view.upload(f"f{number}", "photo 北京.jpg", photo)
        view.until(lambda number=number: view.asset(f"f{number}")["state"] == "ready")
    view.until(lambda: len(seen) == 2)  # who observes it hears of it after it is set
    assert [path.name for path in uploader.files] == ["photo 北京.jpg", "photo 北京 (2).jpg"]
    assert all(path.read_bytes() == photo for path in uploader.files)
    assert [len(files) for files in seen] == [1, 2]
    assert repr(uploader) == "Uploader(2 files)"


def test_order_and_removal_are_the_lists(part, photo):
    uploader = nw.Uploader()
    view = part(uploader)
    for name in "abc":
        view.upload(name, f"{name}.jpg", photo)
    view.until(lambda: len(uploader.files) == 3)
    view.say(kind="assets-order", ids=["c", "a", "b"])
    view.until(lambda: [path.name for path in uploader.files] == ["c.jpg", "a.jpg", "b.jpg"])
    gone = uploader.files[1]
    view.say(kind="asset-remove", id="a")
    view.until(lambda: len(uploader.files) == 2)
    assert not gone.exists()
    folder = gone.parent
    nw.run(uploader.clear())
    view.until(lambda: view.state["assets"] == [])
    assert uploader.files == []
    uploader.close()
    view.until(lambda: not folder.exists())


def test_changes_that_are_told_in_another_order_end_with_what_is_here(part, photo, monkeypatch):
    uploader = nw.Uploader()
    view = part(uploader)
    for name in "ab":
        view.upload(name, f"{name}.jpg", photo)
    view.until(lambda: len(uploader.files) == 2)
    set_trait, begun, goes_on, told = uploader.set_trait, threading.Event(), threading.Event(), []

    def late(name, value):
        if not begun.is_set():
            begun.set()
            assert goes_on.wait(60)
        set_trait(name, value)
        told.append(value)

    monkeypatch.setattr(uploader, "set_trait", late)
    view.say(kind="assets-order", ids=["b", "a"])
    view.until(begun.is_set)
    view.say(kind="asset-remove", id="b")
    view.until(lambda: [path.name for path in uploader.files] == ["a.jpg"])
    goes_on.set()
    view.until(lambda: len(told) > 1)
    view.until(lambda: [path.name for path in uploader.files] == ["a.jpg"])


def test_a_folder_of_ones_own_keeps_its_files(part, photo, tmp_path):
    uploader = nw.Uploader(tmp_path / "new" / "photos")
    view = part(uploader)
    view.upload("f", "../../a:b.jpg", photo)
    view.until(lambda: uploader.files)
    assert [path.relative_to(tmp_path).as_posix() for path in uploader.files] == ["new/photos/_.._a_b.jpg"]
    nw.run(uploader.clear())
    uploader.close()
    view.until(lambda: [path.name for path in (tmp_path / "new/photos").iterdir()] == ["_.._a_b.jpg"])


def test_other_types_and_sizes_on_request(part):
    uploader = nw.Uploader(suffixes=("CSV", ".txt"), max_bytes=10)
    view = part(uploader)
    view.upload("f", "a.csv", b"%PDF-1.7")  # its own business
    view.until(lambda: uploader.files)
    view.upload("g", "b.txt", b"x" * 11)
    view.until(lambda: view.asset("g")["state"] == "failed")
    assert "too large" in view.asset("g")["error"]["message"]
    view.upload("h", "c.jpg", b"x")
    view.until(lambda: view.asset("h")["state"] == "failed")


def test_folders_that_are_none(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InvalidInput, match="is a file, not a folder"):
        nw.Uploader(tmp_path / "file")


@pytest.mark.parametrize("kind", ["path", "str", "bytes", "video"])
def test_a_player_gives_the_bytes_that_are_asked_for(part, tmp_path, kind):
    data = b"\0\0\0\x18ftypisom" + bytes(range(256)) * 40
    path = tmp_path / "clip.mp4"
    path.write_bytes(data)
    source = {"path": path, "str": str(path), "bytes": data, "video": nw.Video(path, "", 5000, len(data))}[kind]
    view = part(nw.Player(source, captions="WEBVTT\n"))
    view.until(lambda: view.state.get("video"))
    video = view.state["video"]
    assert (video["size"], video["type"], video["captions"], video["url"]) == (len(data), "video/mp4", "WEBVTT\n", None)
    view.say(kind="video-read", id=video["id"], offset=4, length=4)
    view.until(lambda: view.buffers)
    assert bytes(view.buffers[0]) == b"ftyp"


def test_a_clip_that_was_cut_off_before_its_first_frame_has_no_poster(tmp_path):
    path = tmp_path / "clip.mp4"
    with av.open(path, "w", options={"movflags": "faststart"}) as container:
        stream = container.add_stream("libx264", rate=30, options={"bf": "0"})
        stream.width = stream.height = 64
        stream.pix_fmt = "yuv420p"
        frame = av.VideoFrame(64, 64, "yuv420p")
        container.mux([*stream.encode(frame), *stream.encode(None)])
    whole = path.read_bytes()
    assert poster_url(path) is not None
    path.write_bytes(whole[: whole.index(b"mdat") + 4])
    assert asyncio.run(asyncio.to_thread(poster_url, path)) is None


def test_a_web_address_is_played_from_there(part):
    view = part(nw.Player("https://cdn.example/a%20b.mp4?x=1"))
    view.until(lambda: view.state.get("video"))
    assert (view.state["video"]["url"], view.state["video"]["name"]) == ("https://cdn.example/a%20b.mp4?x=1", "a b.mp4")


def test_what_may_be_secret_in_an_address_is_not_shown_or_saved():
    player = nw.Player("https://me:pass-word@cdn.example/?key=s-e-c-r-e-t")
    assert repr(player) == "Player(cdn.example)"
    assert not re.search("pass-word|s-e-c-r-e-t", str(player._repr_mimebundle_()) + str(player.get_state()))
    player.close()


def test_a_drafts_texts_are_captions(part, tmp_path):
    draft = nw.Draft({"t": [{"tt": 7, "sg": [{"d": 3000, "m": {"text": "Hi <b>"}}]}]})
    player = nw.Player("https://cdn.example/a.mp4", captions=draft)
    view = part(player)
    view.until(lambda: view.state.get("video"))
    assert "Hi &lt;b&gt;" in view.state["video"]["captions"]
    player.show("https://cdn.example/b.mp4")
    view.until(lambda: view.state["video"]["name"] == "b.mp4")


@pytest.mark.parametrize(
    ("source", "sentence"), [("missing.mp4", "There is no file"), (b"", "empty"), (5, "can't be shown")]
)
def test_what_can_not_be_played(source, sentence):
    with pytest.raises(InvalidInput, match=sentence):
        nw.Player(source)


def test_the_lane_is_offered_to_a_page_and_takes_its_files(part, photo):
    uploader = nw.Uploader()
    view = part(uploader)
    origin = "http://localhost:8888"
    view.say(kind="lane-ask", id="l1", origin=origin)
    view.until(lambda: view.heard("lane", id="l1"))
    offer = view.heard("lane", id="l1")[0]
    connection = http.client.HTTPConnection("127.0.0.1", int(offer["url"].rsplit(":", 1)[1]), timeout=60)
    connection.request("POST", "/open", offer["token"], {"Origin": origin})
    key = json.loads(connection.getresponse().read())["key"]
    headers = {"Origin": origin, "Authorization": f"Bearer {key}"}
    begin = {
        "kind": "upload-begin",
        "id": "f",
        "name": "a.jpg",
        "size": len(photo),
        "slice_bytes": 50_000,
        "head": None,
    }
    connection.request("POST", "/say", json.dumps(begin), headers)
    assert connection.getresponse().read() == b""
    view.until(lambda: view.heard("upload-ready", id="f"))
    connection.request("PUT", "/upload", photo, headers | {"Nemo-Slice": "f/0"})
    assert connection.getresponse().status == 204
    view.until(lambda: uploader.files)
    assert uploader.files[0].read_bytes() == photo
    assert not view.heard("upload-ack")
    synced = str({name: value for name, value in uploader.get_state().items() if name not in ("_esm", "_css")})
    assert offer["token"] not in synced
    assert key not in synced + str(view.messages)


def test_a_full_disk_is_told_and_leaves_nothing(part, tmp_path, monkeypatch):
    import errno

    from nemo_widgets.widgets.transfer import Incoming

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    uploader = nw.Uploader(tmp_path)
    view = part(uploader)
    view.say(kind="upload-begin", id="f", name="a.jpg", size=200, slice_bytes=100, head=None)
    view.until(lambda: view.heard("upload-ready", id="f"))
    incoming = uploader._incoming("f")
    monkeypatch.setattr(incoming, "_file", type("Full", (), {"closed": False, "seek": full, "close": lambda _: None})())
    assert isinstance(incoming, Incoming)
    view.say(b"x" * 100, kind="upload-slice", id="f", index=0)
    view.until(lambda: view.asset("f")["state"] == "failed")
    assert "disk is full" in view.asset("f")["error"]["message"]
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_observers_may_take_their_time(part, photo):
    uploader = nw.Uploader()
    release = threading.Event()
    uploader.observe(lambda _: release.wait(600), "files")
    view = part(uploader)
    view.upload("f", "a.jpg", photo)
    view.until(lambda: view.asset("f")["state"] == "ready")
    release.set()
    view.until(lambda: uploader.files)
