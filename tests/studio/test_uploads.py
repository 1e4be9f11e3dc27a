"""Files that arrive, good and bad."""

from __future__ import annotations

import hashlib
import http.server
import io
import threading
import time
import wave
from types import SimpleNamespace
from urllib.parse import unquote, urlsplit

import httpx
import psutil
import pytest

from nemo_widgets.errors import FileTooLarge, InvalidInput
from nemo_widgets.studio import fetching, uploads
from nemo_widgets.studio.server import Studio
from tests.studio.conftest import Caller, photo


def test_what_the_answer_says(me):
    session = me.session()
    answer = me.upload(session, ("a photo.jpg", photo(size=(64, 36))), ("b.png", photo(suffix="PNG"))).json()
    assert answer["code"] == 0
    assert answer["data"]["session_state_applied"] is True
    first, second = answer["data"]["files"]
    assert (first["filename"], first["file_type"], first["width"], first["height"]) == ("a photo.jpg", "image", 64, 36)
    assert len(first["hash"]) == 64
    assert httpx.get(first["cdn_url"], timeout=60).content == photo(size=(64, 36))
    assert httpx.get(first["cdn_url"], timeout=60).headers["content-type"] == "image/jpeg"
    assert httpx.get(second["cdn_url"], timeout=60).headers["content-type"] == "image/png"


def test_sound_has_a_duration_in_seconds(me, tmp_path):
    with wave.open(str(tmp_path / "a.wav"), "wb") as file:
        file.setparams((1, 2, 8000, 12_000, "NONE", ""))
        file.writeframes(bytes(24_000))
    answer = me.upload(me.session(), ("a.wav", (tmp_path / "a.wav").read_bytes())).json()
    assert (answer["data"]["files"][0]["file_type"], answer["data"]["files"][0]["duration"]) == ("audio", 1.5)


def test_a_range_of_a_file(me):
    url = me.upload(me.session(), ("a.jpg", photo())).json()["data"]["files"][0]["cdn_url"]
    part = httpx.get(url, headers={"Range": "bytes=2-5"}, timeout=60)
    assert (part.status_code, part.content) == (206, photo()[2:6])
    assert part.headers["content-range"] == f"bytes 2-5/{len(photo())}"
    assert part.headers["x-content-type-options"] == "nosniff"
    assert httpx.head(url, timeout=60).headers["accept-ranges"] == "bytes"
    for many in (",".join(f"{at}-{at}" for at in range(9000)), "0-," * 20_000):  # quadratic in an older starlette
        assert httpx.get(url, headers={"Range": f"bytes={many}"}, timeout=60).status_code in {200, 206, 400, 416}


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../x.jpg", "x.jpg"),
        ("/etc/passwd.jpg", "passwd.jpg"),
        ("C:\\Users\\me\\photo.jpg", "photo.jpg"),
        ("a\x00b\x07.jpg", "ab.jpg"),
        ("..", "file"),
        ("巴黎 🗼.jpg", "巴黎 🗼.jpg"),
        ('a"b%?#&.jpg', 'a"b%?#&.jpg'),
        (".jpg", "jpg"),
        ("<script>.jpg", "<script>.jpg"),
    ],
)
def test_tricks_in_file_names(me, shared_studio, sent, shown):
    answer = me.upload(me.session(), (sent, photo())).json()
    file = answer["data"]["files"][0]
    assert file["filename"] == shown
    assert httpx.get(file["cdn_url"], timeout=60).content == photo()
    assert unquote(urlsplit(file["cdn_url"]).path).endswith(f"/{shown}")


def test_a_very_long_name_is_shortened_and_keeps_its_ending(me):
    file = me.upload(me.session(), ("x" * 300 + ".jpg", photo())).json()["data"]["files"][0]
    assert len(file["filename"]) <= 120
    assert file["filename"].endswith(".jpg")


@pytest.mark.parametrize(
    "path",
    [
        "/media/../studio.sqlite",
        "/media/..%2f..%2fstudio.sqlite/x",
        "/media/" + "0" * 32 + "/../../secret",
        "/media/%00/x",
        "/media/" + "0" * 32 + "/x.jpg",
        "/renders/" + "0" * 32 + "/x.mp4",
        "/renders/..%2f/x.mp4",
    ],
)
def test_no_path_of_a_request_reaches_the_disk(studio, path):
    assert httpx.get(studio.url + path, timeout=60).status_code == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("notes.jpg", b"just some text, whatever the name says"),
        ("broken.jpg", photo()[:40]),
        ("page.mp4", b"<html><body>hello</body></html>"),
        ("list.m3u8", b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n"),
        ("vector.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    ],
)
def test_a_lie_about_the_type(me, shared_studio, name, content):
    session = me.session()
    answer = me.upload(session, ("good.jpg", photo()), (name, content)).json()
    assert answer["code"] == 4001
    assert name in answer["message"]
    assert ("Take one of" in answer["message"]) == (name == "list.m3u8"), "the others are called like one of those"
    assert me.state(session)["video_infos"] == [], "all or none"


def test_an_empty_file(me):
    answer = me.upload(me.session(), ("a.jpg", b"")).json()
    assert "empty" in answer["message"]
    assert answer["code"] != 0


@pytest.mark.parametrize(
    "repeated",
    [
        b'--x\r\nContent-Disposition: form-data; name="y"\r\n\r\n\r\n',
        b'--x\r\nContent-Disposition: form-data; name="y"\r\n\r\n' + bytes(50_000) + b"\r\n",
        b"\r\n" * 30_000,
    ],
)
async def test_a_form_that_never_comes_to_its_files_is_read_only_so_far(repeated, tmp_path):
    """It counts against nothing that a student may have, and is parsed where everybody's requests are answered."""
    sent = 0

    async def blocks():
        nonlocal sent
        while sent < 40:
            sent += 1
            yield repeated * (1 + 100_000 // len(repeated))
        yield b"--x--\r\n"

    request, body = SimpleNamespace(headers={"content-type": "multipart/form-data; boundary=x"}), blocks()
    request.stream = lambda: body
    with pytest.raises(InvalidInput):
        await uploads.receive(request, tmp_path, limit=1)
    assert sent < 25
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "headers", [b"a: b\r\n" * 100, b"a: " + b"b" * 10_000, b"a" * 10_000 + b": b"], ids=["many", "long", "name"]
)
def test_headers_of_a_part_are_few_and_short(me, headers):
    """The parser's own limits: without them a header may be as long as the body."""
    part = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.jpg"\r\n' + headers
    body = part + b"\r\n\r\n" + photo() + b"\r\n--x--\r\n"
    path = f"/api/upload-video/nemo_agent/me/{me.session()}"
    answer = me.post(path, content=body, headers={"content-type": "multipart/form-data; boundary=x"})
    assert answer.json()["code"] == 422


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=x", b"no boundary here"),
        (
            "multipart/form-data; boundary=x",
            b"--x\r\nContent-Disposition: form-data; name=files\r\n\r\nhi\r\n--x--\r\n",
        ),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="files"; filename="cut.jpg"\r\n\r\n' + photo(),
        ),
        ("multipart/form-data; boundary=x", b""),
        ("application/json", b"{}"),
        ("application/json", b'{"urls": "http://x"}'),
        ("text/plain", b"hello"),
    ],
)
def test_a_body_that_is_no_upload(me, studio, content_type, body):
    path = f"/api/upload-video/nemo_agent/me/{me.session()}"
    assert me.post(path, content=body, headers={"content-type": content_type}).json()["code"] == 422
    assert list((studio._workspace / "incoming").iterdir()) == []


class _Blocks:
    """A multipart body of any size that never is in memory."""

    def __init__(self, size, head=b"\x00\x00\x00\x20ftypisom" + bytes(20)):
        self.size, self.head = size, head

    def __iter__(self):
        yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="big.mp4"\r\n\r\n' + self.head
        block = bytes(1024 * 1024)
        for _ in range(self.size // len(block)):
            yield block
        yield b"\r\n--x--\r\n"


def test_a_large_file_is_streamed_with_flat_memory(me, shared_studio, tmp_path):
    session = me.session()
    path = f"/api/upload-video/nemo_agent/me/{session}"
    process, peak, done = psutil.Process(), 0, threading.Event()
    before = process.memory_info().rss

    def watch():
        nonlocal peak
        while not done.wait(0.01):
            peak = max(peak, process.memory_info().rss - before)

    watcher = threading.Thread(target=watch)
    watcher.start()
    headers = {"content-type": "multipart/form-data; boundary=x"}
    answer = me.post(path, content=iter(_Blocks(100 * 1024 * 1024)), headers=headers)
    done.set()
    watcher.join()
    assert answer.json()["code"] == 4001, "it is no video"
    assert peak < 40 * 1024 * 1024


def test_a_file_that_is_too_large(tmp_path):
    with Studio(tmp_path, max_upload_bytes=3_000_000) as studio, Caller(studio) as me:
        path = f"/api/upload-video/nemo_agent/me/{me.session()}"
        headers = {"content-type": "multipart/form-data; boundary=x"}
        answer = me.post(path, content=iter(_Blocks(5 * 1024 * 1024)), headers=headers)
        assert answer.json()["code"] == 4002
        assert list((tmp_path / "incoming").iterdir()) == []
        assert me.upload(me.session(), ("a.jpg", photo())).json()["code"] == 0


def test_an_upload_that_breaks_off_leaves_nothing(me, studio, shared_studio):
    session = me.session()

    def body():
        yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.jpg"\r\n\r\n' + photo()
        raise ConnectionError

    with pytest.raises(ConnectionError):
        me.post(
            f"/api/upload-video/nemo_agent/me/{session}",
            content=body(),
            headers={"content-type": "multipart/form-data; boundary=x"},
        )
    incoming = studio._workspace / "incoming"
    deadline = time.monotonic() + 60
    while list(incoming.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert list(incoming.iterdir()) == []
    assert me.state(session)["video_infos"] == []


def test_a_disk_that_takes_less_than_it_is_given_loses_nothing(tmp_path):
    class Reluctant(io.FileIO):
        def write(self, data):
            return super().write(data[:1000])

    arrival = uploads.Arrival.begin(tmp_path, "a.jpg", 10_000)
    arrival.file.close()
    arrival.file = Reluctant(arrival.path, "wb")
    sent = bytes(range(256)) * 20
    arrival.buffer.extend(sent)
    arrival.flush()
    arrival.file.close()
    assert arrival.path.read_bytes() == sent
    assert hashlib.sha256(sent).hexdigest() == arrival.digest.hexdigest()


def test_a_full_disk_is_a_sentence_and_the_studio_goes_on(tmp_path):
    with Studio(tmp_path, pace=0) as studio, Caller(studio) as me:
        session = me.session()
        me.upload(session, ("a.jpg", photo()))
        store = studio.app.state.services.store
        pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
        store._connection.execute(f"PRAGMA max_page_count = {pages}")
        answers = []
        while len(answers) < 2000 and (not answers or answers[-1].json()["code"] == 0):
            answers.append(me.post("/api/tasks/me/with-session/nemo_agent", json={"task_name": "x" * 200}))
        assert "disk is full" in answers[-1].json()["message"]
        refused = me.upload(session, *[(f"{n}.jpg", photo()) for n in range(30)]).json()
        assert "disk is full" in refused["message"]
        assert len(list((tmp_path / "media").iterdir())) == 1
        events = []
        while len(events) < 2000 and "errorMessage" not in (events or [{}])[-1]:
            events += me.say(session, f"make a video with the title 'Number {len(events)}'")
        assert "disk is full" in events[-1]["errorMessage"]
        store._connection.execute("PRAGMA max_page_count = 1000000")
        assert me.upload(session, ("b.jpg", photo())).json()["code"] == 0


class TestURLs:
    @pytest.mark.parametrize(
        "url",
        [
            "http://127.0.0.1:1/a.jpg",
            "http://localhost/a.jpg",
            "http://[::1]/a.jpg",
            "http://[::ffff:127.0.0.1]/a.jpg",
            "http://0.0.0.0/a.jpg",
            "http://10.0.0.1/a.jpg",
            "http://169.254.169.254/latest/meta-data",
            "http://2130706433/a.jpg",
            "http://0x7f.1/a.jpg",
            "file:///etc/passwd",
            "ftp://example.com/a.jpg",
            "http://user:pass@example.com/a.jpg",
            "http://",
            "not a url",
            "http://[::1",
            "",
        ],
    )
    def test_private_addresses_and_other_schemes_are_refused(self, me, url):
        path = f"/api/upload-video/nemo_agent/me/{me.session()}"
        answer = me.post(path, json={"urls": [url], "source_type": "url"}).json()
        assert answer["code"] == 422
        assert "pass@" not in answer["message"]

    def test_a_public_url_is_fetched_and_redirects_are_judged(self, tmp_path):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                if self.path == "/away":
                    self.send_response(302)
                    self.send_header("Location", "http://10.9.8.7/a.jpg")
                    self.end_headers()
                    return
                self.send_response(200)
                self.send_header("Content-Length", str(len(photo())))
                self.end_headers()
                self.wfile.write(photo()[:100] if self.path == "/cut.jpg" else photo())

            def log_message(self, *args):
                pass

        server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}"

        def loopback(address):
            return address == "127.0.0.1"

        arrival = fetching.fetch(f"{url}/paris%20photo.jpg?x=1", tmp_path, 10_000, allowed=loopback)
        assert (arrival.filename, arrival.path.read_bytes()) == ("paris photo.jpg", photo())
        with pytest.raises(InvalidInput, match="private"):
            fetching.fetch(f"{url}/away", tmp_path, 10_000, allowed=loopback)
        arrival.path.unlink()
        arrival = fetching.fetch(f"{url}/巴黎.jpg", tmp_path, 10_000, allowed=loopback)
        assert (arrival.filename, arrival.path.read_bytes()) == ("巴黎.jpg", photo())
        arrival.path.unlink()
        with pytest.raises(InvalidInput, match="can't be reached"):
            fetching.fetch_all([f"{url}/a.jpg", f"{url}/cut.jpg"], tmp_path, 10_000, allowed=loopback)
        with pytest.raises(FileTooLarge):
            fetching.fetch(f"{url}/a.jpg", tmp_path, 100, allowed=loopback)
        with pytest.raises(InvalidInput, match="too long"):
            fetching.fetch(f"{url}/a.jpg", tmp_path, 10_000, allowed=lambda _: pytest.fail("looked up"), timeout=0)
        assert list(tmp_path.iterdir()) == []
        server.shutdown()
        server.server_close()
