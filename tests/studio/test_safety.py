"""What strangers may send: hosts and origins, files made to break who opens them, requests that never end."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import http.server
import os
import socket
import struct
import threading
import time
import wave
import zlib
from pathlib import Path

import av
import httpx
import numpy as np
import psutil
import pytest
from PIL import Image

from nemo_widgets.errors import InvalidInput, NemoError, UnsupportedFile
from nemo_widgets.settings import StudioLimits
from nemo_widgets.studio import fetching, media, peers
from nemo_widgets.studio.guard import BrowserGuard, is_own_host, own_names
from nemo_widgets.studio.probing import Prober
from nemo_widgets.studio.rates import Buckets, RateGuard
from nemo_widgets.studio.server import Studio
from tests.studio.conftest import Caller, photo


async def ok(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"ok"})


async def asked(app, path="/", client=("192.168.0.9", 5), server=("192.168.0.7", 8765), **headers):
    """Return how an application answers a request."""
    sent = []
    scope = {"type": "http", "path": path, "method": "GET", "client": client, "server": server}
    scope["headers"] = [(name.lower().encode(), value.encode()) for name, value in headers.items()]

    async def receive():
        return {"type": "http.request", "body": b""}

    async def send(message):
        sent.append(message)

    await app(scope, receive, send)
    return sent[0]


class TestHosts:
    @pytest.mark.parametrize(
        ("host", "origin", "status"),
        [
            ("192.168.0.7:8765", None, 200),
            ("192.168.0.7:8765", "http://192.168.0.7:8765", 200),
            ("class.example.org", "https://class.example.org", 200),
            ("CLASS.example.org.", None, 200),
            ("localhost:8765", None, 200),
            (next(iter(own_names())), None, 200),
            ("192.168.0.8:8765", None, 403),
            ("10.0.0.1", None, 403),
            ("evil.example", None, 403),
            ("class.example.org.evil.example", None, 403),
            ("192.168.0.7.nip.io", None, 403),
            ("", None, 403),
            ("[::1", None, 403),
            ("127.0.0.1:8765, evil.example", None, 403),
            ("evil.example@127.0.0.1", None, 403),
            ("127.0.0.1/evil.example", None, 403),
            ("[::1]:8765", None, 200),
            ("192.168.0.7:8765", "http://evil.example", 403),
            ("192.168.0.7:8765", "http://192.168.0.7", 403),
            ("192.168.0.7:8765", "null", 403),
        ],
    )
    async def test_on_a_network(self, host, origin, status):
        guard = BrowserGuard(ok, "0.0.0.0", {"class.example.org"})
        headers = {"host": host} | ({"origin": origin} if origin is not None else {})
        assert (await asked(guard, **headers))["status"] == status

    def test_addresses_of_both_kinds(self):
        assert is_own_host("[fe80::1]:80", "::", "fe80::1%eth0")
        assert is_own_host("192.168.0.7", "::", "::ffff:192.168.0.7")
        assert not is_own_host("192.168.0.7", "::", "")


class TestRates:
    def test_buckets_fill_up_again(self):
        now = [0.0]
        buckets = Buckets(2.0, 3.0, clock=lambda: now[0])
        assert [buckets.take("a") for _ in range(4)] == [0.0, 0.0, 0.0, 0.5]
        now[0] = 0.5
        assert [buckets.take("a"), buckets.take("a")] == [0.0, 0.5]
        assert buckets.take("b", 3.0) == 0.0

    def test_they_forget_who_has_long_been_away(self):
        now = [0.0]
        buckets = Buckets(1.0, 1.0, clock=lambda: now[0])
        for number in range(10_001):
            buckets.take(str(number))
        now[0] = 2.0
        buckets.take("another")
        assert len(buckets._left) == 1

    async def test_per_token_and_per_address(self):
        limits = dataclasses.replace(StudioLimits.classroom(1), requests_per_second=0.01, request_burst=5)
        guard = RateGuard(ok, limits)
        mine = [await asked(guard, authorization="Bearer mine") for _ in range(6)]
        assert [answer["status"] for answer in mine] == [200] * 5 + [429]
        assert int(dict(mine[-1]["headers"])[b"retry-after"]) >= 1
        assert (await asked(guard, authorization="Bearer another"))["status"] == 200
        made_up = [(await asked(guard, authorization=f"Bearer {n}"))["status"] for n in range(40)]
        assert made_up.count(200) < 30
        assert (await asked(guard, client=("192.168.0.10", 1), authorization="Bearer x"))["status"] == 200
        assert (await asked(guard, client=("192.168.0.9", 1), authorization="Bearer x"))["status"] == 429

    async def test_a_machine_has_many_addresses_of_one_network(self):
        limits = dataclasses.replace(StudioLimits.classroom(1), requests_per_second=0.01, request_burst=5)
        guard = RateGuard(ok, limits)
        theirs = [(await asked(guard, client=(f"2001:db8::{n}", 5)))["status"] for n in range(1, 60)]
        assert 429 in theirs
        assert (await asked(guard, client=("2001:db8:0:1::1", 5)))["status"] == 200

    async def test_a_token_is_the_same_however_it_is_written(self):
        limits = dataclasses.replace(StudioLimits.classroom(30), requests_per_second=0.01, request_burst=5)
        guard = RateGuard(ok, limits)
        ways = ["Bearer mine", "bearer mine", "BEARER  mine", "Bearer mine "]
        answers = [(await asked(guard, authorization=way))["status"] for way in ways * 2]
        assert answers == [200] * 5 + [429] * 3
        assert (await asked(guard, authorization="Bearer mine", Authorization="Bearer no matter"))["status"] == 429

    async def test_nobody_uses_up_the_join_tokens_requests(self):
        limits = dataclasses.replace(StudioLimits.classroom(30), requests_per_second=0.01, request_burst=5)
        guard = RateGuard(ok, limits)
        join = {"path": "/api/auth/anonymous-token", "authorization": "Bearer join"}
        hostile = [(await asked(guard, client=("192.168.0.66", 1), **join))["status"] for _ in range(100)]
        assert hostile[-1] == 429
        assert (await asked(guard, client=("192.168.0.7", 1), **join))["status"] == 200

    async def test_one_token_has_only_so_many_requests_under_way(self):
        go = asyncio.Event()

        async def slow(scope, receive, send):
            await go.wait()
            await ok(scope, receive, send)

        guard = RateGuard(slow, StudioLimits.classroom(30))
        waiting = [asyncio.create_task(asked(guard, authorization="Bearer mine")) for _ in range(24)]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        refused = await asked(guard, authorization="Bearer mine")
        assert (refused["status"], dict(refused["headers"])[b"retry-after"]) == (429, b"1")
        another = asyncio.create_task(asked(guard, authorization="Bearer another"))
        go.set()
        assert {answer["status"] for answer in await asyncio.gather(*waiting, another)} == {200}
        assert (await asked(guard, authorization="Bearer mine"))["status"] == 200
        assert not guard._under_way


class TestPeers:
    @pytest.fixture
    def ends(self):
        server = socket.create_server(("127.0.0.1", 0))
        with server, socket.create_connection(server.getsockname()) as caller:
            yield caller.getsockname(), server.getsockname()

    @pytest.mark.skipif(not peers._TABLES[0].exists(), reason="the system doesn't tell whose a socket is")
    def test_whose_socket_it_is(self, ends, monkeypatch):
        assert peers.is_this_user(*ends)
        assert not peers.is_this_user((ends[0][0], 1), ends[1])
        assert not peers.is_this_user(("192.0.2.1", ends[0][1]), ends[1])
        monkeypatch.setattr(os, "getuid", lambda: 4_000_000)
        assert not peers.is_this_user(*ends)

    def test_nobody_is_taken_for_this_user_where_it_is_not_told(self, ends, monkeypatch):
        monkeypatch.setattr(peers, "_TABLES", (Path("/nowhere"),))
        assert not peers.is_this_user(*ends)

    def test_another_user_of_the_machine_gets_no_token(self, studio, monkeypatch):
        monkeypatch.setattr("nemo_widgets.studio.auth.is_this_user", lambda *_: False)
        headers = {"X-Client-Id": "somebody"}
        url = f"{studio.url}/api/auth/anonymous-token"
        assert httpx.post(url, headers=headers, timeout=60).json()["code"] == 1001
        headers["Authorization"] = f"Bearer {studio.token}"
        assert httpx.post(url, headers=headers, timeout=60).json()["code"] == 0


def png(width, height):
    """Return a PNG of a few hundred bytes that claims to be so large."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(100_000)))
        + chunk(b"IEND", b"")
    )


def webp(width, height):
    body = b"WEBPVP8X" + struct.pack("<I", 10) + bytes(4)
    body += (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"RIFF" + struct.pack("<I", len(body)) + body


def gif(width, height):
    return b"GIF89a" + struct.pack("<HH", width, height) + photo(suffix="GIF")[10:]


def wav(seconds, rate):
    """Return a sound of a byte a second: a small file that really is so long."""
    data = seconds * rate
    fields = (data + 36, b"WAVE", b"fmt ", 16, 1, 1, rate, rate, 1, 8, b"data", data)
    return b"RIFF" + struct.pack("<I4s4sIHHIIHH4sI", *fields) + bytes(data)


def mp4(path, *, frames=2):
    # Without an edit list, which would say the length once more.
    with av.open(str(path), "w", format="mp4", options={"use_editlist": "0"}) as container:
        stream = container.add_stream("libx264", rate=30)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for _ in range(frames):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), "rgb24")))
        container.mux(stream.encode())
    return path.read_bytes()


def of_many_streams(path, streams):
    with av.open(str(path), "w", format="matroska") as container:
        opened = [container.add_stream("pcm_s16le", rate=8000, layout="mono") for _ in range(streams)]
        for stream in opened:
            frame = av.AudioFrame.from_ndarray(np.zeros((1, 800), np.int16), "s16", "mono")
            frame.sample_rate = 8000
            container.mux(stream.encode(frame))


def crowded(content, frames):
    """Return an MP4 whose table of samples says that there are so many, of a byte each."""
    made = bytearray(content)
    struct.pack_into(">II", made, made.find(b"stsz") + 8, 1, frames)
    struct.pack_into(">I", made, made.find(b"stts") + 12, frames)
    return bytes(made)


def stretched(content, seconds):
    """Return an MP4 whose heads say that it lasts so long."""
    made = bytearray(content)
    for atom in (b"mvhd", b"mdhd", b"tkhd"):
        at = made.find(atom)
        scale_at = at + 16
        scale = 1000 if atom == b"tkhd" else struct.unpack(">I", made[scale_at : scale_at + 4])[0]
        length_at = at + (24 if atom == b"tkhd" else 20)
        struct.pack_into(">I", made, length_at, min(seconds * scale, 2**32 - 2))
    at = made.find(b"stts")
    entries = struct.unpack(">I", made[at + 8 : at + 12])[0]
    for number in range(entries):
        struct.pack_into(">I", made, at + 16 + 8 * number, 2**31 - 1)
    return bytes(made)


@pytest.fixture(scope="module")
def prober():
    opened = Prober(StudioLimits())
    yield opened
    opened.close()


class TestBombs:
    @pytest.mark.parametrize(
        ("name", "content", "key"),
        [
            ("a.png", png(50_000, 50_000), "media-pixels"),
            ("b.png", png(2**31 - 1, 2**31 - 1), "media-pixels"),
            ("c.gif", gif(65_535, 65_535), "media-pixels"),
            ("d.webp", webp(16_384, 16_384), "media-pixels"),
            ("e.webp", webp(2**24, 2**24), "media-pixels"),
            ("f.wav", wav(100 * 3600, rate=1), "media-too-long"),
        ],
    )
    def test_what_they_claim_is_refused_before_it_is_decoded(self, prober, tmp_path, name, content, key):
        (tmp_path / name).write_bytes(content)  # a head without pixels or samples: whoever decodes it finds it broken
        with pytest.raises(InvalidInput) as caught:
            prober.probe(tmp_path / name)
        assert caught.value.key == key
        assert name in str(caught.value)

    def test_a_clip_of_a_hundred_hours(self, prober, tmp_path):
        path = tmp_path / "long.mp4"
        path.write_bytes(stretched(mp4(path), 100 * 3600))
        with pytest.raises(InvalidInput) as caught:
            prober.probe(path)
        assert caught.value.key == "media-too-long"

    def test_a_clip_of_a_billion_frames(self, prober, tmp_path):
        path = tmp_path / "many.mp4"
        path.write_bytes(crowded(mp4(path), 10**9))
        with pytest.raises(InvalidInput) as caught:
            prober.probe(path)
        assert caught.value.key in {"media-too-long", "media-unreadable"}

    def test_more_streams_than_anybody_needs(self, prober, tmp_path):
        path = tmp_path / "many.mkv"
        of_many_streams(path, media.MAX_STREAMS + 10)
        with pytest.raises(InvalidInput) as caught:
            prober.probe(path)
        assert caught.value.key == "media-unreadable"

    def test_a_picture_that_needs_more_memory_than_there_is(self, tmp_path):
        path = tmp_path / "big.png"
        Image.new("RGBA", (9_000, 9_000)).save(path, compress_level=1)
        poor = Prober(dataclasses.replace(StudioLimits(), probe_memory=400 * 1024 * 1024))
        small = tmp_path / "small.jpg"
        small.write_bytes(photo())
        try:
            assert poor.probe(small).width == 64
            with pytest.raises(InvalidInput):
                poor.probe(path)
            assert poor.probe(small).width == 64
        finally:
            poor.close()

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no file that never ends here")
    def test_a_file_that_keeps_its_reader_for_ever(self, tmp_path):
        os.mkfifo(tmp_path / "never.mp4")
        hasty = Prober(dataclasses.replace(StudioLimits(), probe_timeout=0.5))
        with pytest.raises(InvalidInput) as caught:
            hasty.probe(tmp_path / "never.mp4")
        assert caught.value.key == "media-unreadable"
        hasty.close()

    def test_a_child_that_dies_takes_nobody_with_it(self, prober, tmp_path):
        path = tmp_path / "a.jpg"
        path.write_bytes(photo())
        for _ in range(3):
            assert prober.probe(path).kind == "image"
            (child,) = prober._idle
            child._process.kill()
            child._process.wait()
        path.write_bytes(b"just text")
        with pytest.raises(UnsupportedFile):
            prober.probe(path)

    @pytest.mark.parametrize(
        "content",
        [
            b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
            b"ffconcat version 1.0\nfile /etc/passwd\n",
            b"<?xml version='1.0'?><MPD><BaseURL>http://127.0.0.1/</BaseURL></MPD>",
            b"v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\nc=IN IP4 127.0.0.1\r\nm=video 5004 RTP/AVP 96\r\n",
            b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom#EXTM3U\nhttp://127.0.0.1/a.ts\n",
            b"\x1a\x45\xdf\xa3#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
        ],
    )
    @pytest.mark.parametrize("name", ["a.mp4", "a.m3u8"])
    def test_a_playlist_is_no_clip(self, prober, tmp_path, name, content):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(NemoError):
            prober.probe(tmp_path / name)


class TestFetching:
    def test_a_server_that_drips_is_left_in_time(self, tmp_path):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.end_headers()
                try:
                    for _ in range(1000):
                        self.wfile.write(b"x")
                        self.wfile.flush()
                        time.sleep(0.05)
                except OSError:
                    pass

            def log_message(self, *args):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with pytest.raises(InvalidInput, match="too long"):
            fetching.fetch(
                f"http://127.0.0.1:{server.server_port}/a", tmp_path, 10**6, allowed=lambda _: True, timeout=0.5
            )
        assert list(tmp_path.iterdir()) == []
        server.shutdown()
        server.server_close()

    @pytest.mark.parametrize(
        "head",
        [
            pytest.param(b"200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n", id="all that comes"),
            pytest.param(b"200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\n", id="less than nothing"),
            pytest.param(b"302 Found\r\nLocation: http://[::1\r\n\r\n", id="nowhere"),
        ],
    )
    def test_an_answer_that_is_none_is_left_at_once(self, tmp_path, head):
        sent = []

        def answer(listener):
            line, _ = listener.accept()
            with line, contextlib.suppress(OSError):
                line.recv(1000)
                line.sendall(b"HTTP/1.1 " + head)
                for _ in range(200):
                    line.sendall(bytes(1_000_000))
                    sent.append(1)

        with socket.create_server(("127.0.0.1", 0)) as listener:
            server = threading.Thread(target=answer, args=(listener,), daemon=True)
            server.start()
            with pytest.raises(InvalidInput, match="was not fetched"):
                fetching.fetch(
                    f"http://127.0.0.1:{listener.getsockname()[1]}/a", tmp_path, 1000, allowed=lambda _: True
                )
            server.join(60)
        assert not server.is_alive()
        assert len(sent) < 200
        assert list(tmp_path.iterdir()) == []

    def test_the_name_is_looked_up_once_and_the_judged_address_is_called(self, tmp_path, monkeypatch):
        looked, called = [], []

        def lookup(host, port, **_):
            looked.append(host)
            address = "93.184.216.34" if len(looked) == 1 else "127.0.0.1"
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

        def connect(address, timeout):
            called.append(address)
            raise OSError("nobody there")

        monkeypatch.setattr(fetching.socket, "getaddrinfo", lookup)
        monkeypatch.setattr(fetching.socket, "create_connection", connect)
        with pytest.raises(InvalidInput):
            fetching.fetch("http://rebinds.example/a.jpg", tmp_path, 1000)
        assert (looked, called) == (["rebinds.example"], [("93.184.216.34", 80)])

    def test_one_private_address_among_public_ones_is_enough(self, tmp_path, monkeypatch):
        found = [(0, 0, 0, "", (address, 80)) for address in ("93.184.216.34", "10.0.0.1")]
        monkeypatch.setattr(fetching.socket, "getaddrinfo", lambda *_, **__: found)
        with pytest.raises(InvalidInput, match="private"):
            fetching.fetch("http://both.example/a.jpg", tmp_path, 1000)

    @pytest.mark.parametrize(
        "address",
        ["127.0.0.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1",
         "255.255.255.255", "::1", "::", "fe80::1", "fd00::1", "fd00:ec2::254", "::ffff:127.0.0.1", "64:ff9b::7f00:1",
         "64:ff9b:1::a00:1", "2002:7f00:1::", "ff02::1", "::127.0.0.1"],
    )  # fmt: skip
    def test_addresses_that_are_not_public(self, address):
        assert not fetching.is_public(address)

    def test_this_machines_own_public_address_is_not_fetched_from(self, monkeypatch):
        monkeypatch.setattr(fetching, "is_public", lambda _: True)
        assert not fetching.is_elsewhere("127.0.0.1")
        assert fetching.is_elsewhere("192.0.2.1")


@pytest.fixture(scope="module")
def hasty(tmp_path_factory):
    limits = dataclasses.replace(StudioLimits(), stall_timeout=1.0, connections=20)
    with Studio(tmp_path_factory.mktemp("hasty"), limits=limits, pace=0) as opened:
        yield opened


def connected(studio):
    url = httpx.URL(studio.url)
    return socket.create_connection((url.host, url.port), timeout=60)


def answered_early(studio, head):
    """Return a connection on which a request has its answer, of which more may still be sent."""
    deadline = time.monotonic() + 60
    while True:
        line = connected(studio)
        with contextlib.suppress(ConnectionError):
            line.sendall(b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n" + head + b"\r\n\r\n")
            if b"200 OK" in line.recv(1000):
                return line
        line.close()  # we were too slow for it
        assert time.monotonic() < deadline


def wait_until_20_are_open(studio):
    """Wait until the studio has closed those of our connections that are too many."""
    port, deadline = httpx.URL(studio.url).port, time.monotonic() + 60
    while True:
        ours = [one for one in psutil.Process().net_connections("tcp") if one.raddr and one.raddr.port == port]
        if sum(one.status == psutil.CONN_ESTABLISHED for one in ours) <= 20:
            return
        assert time.monotonic() < deadline
        time.sleep(0.1)


class TestDawdling:
    """Requests that don't end, on a studio that has little patience."""

    def test_a_connection_that_says_nothing_is_closed(self, hasty):
        with connected(hasty) as line:
            assert line.recv(100) == b""

    def test_headers_that_drip_are_not_waited_for(self, hasty):
        with answered_early(hasty, b"Connection: keep-alive") as line:
            line.sendall(b"GET /health HTTP/1.1\r\nX-")
            line.settimeout(0.1)
            deadline, closed = time.monotonic() + 60, False
            while not closed:
                assert time.monotonic() < deadline
                try:
                    line.sendall(b"a")
                    closed = line.recv(100) == b""
                except TimeoutError:
                    continue
                except OSError:
                    closed = True

    @pytest.mark.parametrize("path", ["/api/tasks/me/with-session/nemo_agent", "/run_sse", "upload"])
    def test_a_body_that_does_not_come_is_not_waited_for(self, hasty, path):
        if path == "upload":
            with Studio(hasty._workspace, token=hasty.token) as patient, Caller(patient) as me:
                path = f"/api/upload-video/nemo_agent/me/{me.session()}"
        head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {hasty.token}\r\n"
        kind = "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 1000\r\n\r\n--b\r\n"
        deadline, answer = time.monotonic() + 60, b""
        while not answer and time.monotonic() < deadline:  # we may be too slow to ask at all
            with connected(hasty) as line, contextlib.suppress(ConnectionError):
                line.sendall((head + kind).encode())
                answer = line.recv(2000)
        assert b" 408 " in answer.split(b"\r\n")[0]
        assert list((hasty._workspace / "incoming").iterdir()) == []

    def test_a_body_that_drips_on_after_its_answer_is_not_waited_for(self, hasty):
        with answered_early(hasty, b"Content-Length: 1000000") as line:
            deadline, closed = time.monotonic() + 60, False
            while not closed:
                assert time.monotonic() < deadline
                try:
                    line.sendall(b"a")
                except OSError:
                    closed = True
                time.sleep(0.1)

    def test_a_body_that_is_none_after_its_answer_says_nothing(self, hasty, caplog):
        with answered_early(hasty, b"Transfer-Encoding: chunked") as line, contextlib.suppress(ConnectionError):
            line.sendall(b"no chunk\r\n")
            while line.recv(1000):
                pass
        assert caplog.records == []

    def test_an_answer_that_is_not_taken_does_not_wait_for_ever(self, hasty):
        url = httpx.URL(hasty.url)
        with Studio(hasty._workspace, pace=0) as patient, Caller(patient) as me:
            content = photo() + bytes(20_000_000)  # more than the system keeps for both ends
            link = me.upload(me.session(), ("a.jpg", content)).json()["data"]["files"][0]["cdn_url"]
            assert httpx.get(link, timeout=60).content == content
        deadline, begun = time.monotonic() + 60, b""
        with contextlib.ExitStack() as lines:
            while not begun:  # we may be too slow to ask at all
                assert time.monotonic() < deadline
                line = lines.enter_context(socket.socket())
                line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                line.connect((url.host, url.port))
                with contextlib.suppress(ConnectionError):
                    line.sendall(f"GET {httpx.URL(link).path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
                    begun = line.recv(4)
            assert begun == b"HTTP"
            here = line.getsockname()[1]
            while any(one.raddr and one.raddr.port == here for one in psutil.Process().net_connections("tcp")):
                assert time.monotonic() < deadline
                time.sleep(0.1)

    def test_who_asks_for_nothing_gives_way_to_others_of_the_same_address(self, tmp_path):
        limits = dataclasses.replace(StudioLimits(), connections=20, stall_timeout=600.0)
        with Studio(tmp_path, limits=limits) as studio, contextlib.ExitStack() as open_ones:
            mute = [open_ones.enter_context(connected(studio)) for _ in range(20)]
            for line in mute[:10]:
                line.sendall(b"GET /health HTTP/1.1\r\nX-")
            deadline, answered = time.monotonic() + 60, 0
            while answered < 5:  # those of a moment ago may still be about to ask
                assert time.monotonic() < deadline
                with contextlib.suppress(httpx.TransportError):
                    answered += httpx.get(f"{studio.url}/health", timeout=60).status_code == 200
                time.sleep(0.05)
            with contextlib.suppress(ConnectionResetError):
                assert mute[0].recv(1) == b""

    def test_who_drips_on_after_the_answer_gives_way_too(self, tmp_path):
        limits = dataclasses.replace(StudioLimits(), connections=20, stall_timeout=600.0)
        with Studio(tmp_path, limits=limits) as studio, contextlib.ExitStack() as open_ones:
            head = b"Content-Length: 1000000"
            answered = [open_ones.enter_context(answered_early(studio, head)) for _ in range(20)]
            deadline, others = time.monotonic() + 60, 0
            while others < 5:
                assert time.monotonic() < deadline
                for line in answered:
                    with contextlib.suppress(OSError):
                        line.sendall(b"a")
                with contextlib.suppress(httpx.TransportError):
                    others += httpx.get(f"{studio.url}/health", timeout=60).status_code == 200
                time.sleep(0.05)

    def test_each_that_asks_for_nothing_gives_way_to_one_other_alone(self, tmp_path):
        limits = dataclasses.replace(StudioLimits(), connections=20, stall_timeout=600.0)
        with Studio(tmp_path, limits=limits) as studio, contextlib.ExitStack() as open_ones:
            for number in range(120):  # so many at once that several come in one turn of the loop
                if number == 20:
                    time.sleep(1.5)  # from now on those that are there give way
                open_ones.enter_context(connected(studio))
            wait_until_20_are_open(studio)

    def test_only_so_many_connections_from_one_address(self, tmp_path):
        limits = dataclasses.replace(StudioLimits(), connections=20, stall_timeout=600.0)
        with Studio(tmp_path, limits=limits) as studio, contextlib.ExitStack() as open_ones:
            lines = [open_ones.enter_context(connected(studio)) for _ in range(40)]
            wait_until_20_are_open(studio)
            closed = 0
            for line in lines:
                try:
                    line.sendall(b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                    closed += b"200 OK" not in line.recv(1000)
                except OSError:
                    closed += 1
            assert closed == 20


def test_media_is_still_what_it_was(tmp_path, prober):
    """The limits let ordinary files through."""
    mp4(tmp_path / "a.mp4", frames=30)
    assert prober.probe(tmp_path / "a.mp4") == media.probe(tmp_path / "a.mp4")
    with wave.open(str(tmp_path / "a.wav"), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(bytes(16_000))
    assert prober.probe(tmp_path / "a.wav").duration == 1000
    for suffix in ("WEBP", "GIF", "PNG", "JPEG"):
        path = tmp_path / f"a.{suffix.lower()}"
        path.write_bytes(photo(suffix=suffix))
        assert (prober.probe(path).width, prober.probe(path).height) == (64, 36)
        assert media.declared_size(path.read_bytes()[:64]) in {(64, 36), (0, 0)}
    Image.new("RGBA", (65, 37)).save(tmp_path / "b.webp", lossless=True)
    assert media.declared_size((tmp_path / "b.webp").read_bytes()[:64]) == (65, 37)
