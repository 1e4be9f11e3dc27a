"""What a class's studio refuses, as a student with a Chinese editor reads it: in Chinese, with its figures."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import re
import socket
import threading
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from urllib.parse import urlsplit

import httpx
import pytest

from nemo_widgets import AsyncClient, Draft
from nemo_widgets.client.envelope import retold
from nemo_widgets.errors import NemoError
from nemo_widgets.settings import Settings, StudioLimits
from nemo_widgets.studio import fetching, quotas, uploads
from nemo_widgets.studio.server import Studio
from tests.studio.conftest import photo

LIMITS = dataclasses.replace(StudioLimits.classroom(1), disk_bytes=60_000, video_minutes=1.0, free_bytes=0)
QUICK = dataclasses.replace(Settings.local(), rate_limit_wait=0.0, retry_wait=0.01)
ENGLISH = re.compile(r"[A-Za-z]{3,}")


@pytest.fixture(scope="module")
def studio(tmp_path_factory):
    with Studio(tmp_path_factory.mktemp("class"), workers=1, pace=0, limits=LIMITS) as opened:
        yield opened


@pytest.fixture
async def client(studio, monkeypatch):
    monkeypatch.setenv("NEMO_CLIENT_ID", str(uuid.uuid5(uuid.NAMESPACE_URL, "ann")))
    async with AsyncClient(studio.url, token=studio.join_token, settings=QUICK, language="zh") as opened:
        yield opened


async def refusal(coroutine):
    """Return the sentence, which has no English in it but for what a student named."""
    with pytest.raises(NemoError) as caught:
        await coroutine
    told = str(caught.value)
    assert not ENGLISH.search(
        re.sub(r"https?://[\w.:/-]+|backend=\"local\"|nemo-widgets serve --allow-host NAME|\w+\.(jpg|png)", "", told)
    ), told
    return told


def draft_of(file, *, milliseconds=1000, **meta):
    segment = {"ss": 0, "se": milliseconds, "d": milliseconds, "ts": 0, "m": {"type": "photo", "src": file.url}}
    track = {"tt": 0, "ti": 0, "sg": [segment]}
    return Draft({"d": milliseconds, "m": {"width": 320, "height": 240, "fps": 30, **meta}, "t": [track]})


async def test_what_is_sent(client, monkeypatch):
    session = await client.create_session(language="zh")
    (file,) = await session.upload(("a.jpg", photo()))
    assert "2 MB" in await refusal(session.render(draft=draft_of(file, note="x" * 3_000_000)))
    assert "4000 " in await refusal(session.send("长" * 4_001))
    monkeypatch.setattr(uploads, "_MOST_FILES", 0)
    assert " 0 " in await refusal(session.upload(("a.jpg", photo())))


async def test_an_address_that_is_not_the_studios(studio):
    url = studio.url.replace("127.0.0.1", "127.0.0.1.nip.invalid")
    proxied = httpx.AsyncHTTPTransport(proxy=studio.url)  # so that the name needs no network to be known
    async with AsyncClient(url, token=studio.join_token, settings=QUICK, language="zh", transport=proxied) as client:
        assert "不使用这个名称" in await refusal(client.credits())


async def test_a_full_disk(client, studio, monkeypatch):
    session = await client.create_session(language="zh")
    (file,) = await session.upload(("a.jpg", photo()))
    monkeypatch.setattr(quotas.shutil, "disk_usage", lambda _: SimpleNamespace(free=-5_000_000))
    told = await refusal(session.upload(("b.jpg", photo((0, 0, 9)))))
    assert "磁盘已满" in told
    assert told.count("重试") == 1
    assert "磁盘已满" in await refusal(session.render(draft=draft_of(file)))


@pytest.mark.parametrize("table", ["session", "media"])
async def test_how_many_there_may_be(client, monkeypatch, table):
    session = await client.create_session(language="zh")
    monkeypatch.setitem(quotas._MOST, table, 0)
    wanted = client.create_session() if table == "session" else session.upload(("a.jpg", photo()))
    assert " 0 " in await refusal(wanted)


async def test_exports(client, monkeypatch):
    session = await client.create_session(language="zh")
    (file,) = await session.upload(("a.jpg", photo()))

    async def refused(**changes):
        return await refusal(session.render(draft=draft_of(file, **changes)))

    assert "4096" in await refused(width=4098)
    assert "8192" in await refused(width=100_000)
    texted = draft_of(file).raw
    title = {"st": 0, "d": 1000, "m": {"text": "字" * 5_000}}
    texted["t"] += [{"tt": 7, "ti": n, "sg": [title]} for n in range(1, 12)]
    told = await refusal(session.render(draft=Draft(texted)))
    assert "55,000 " in told
    assert "50,000 " in told
    assert "1 分钟" in await refused(milliseconds=90_000)
    monkeypatch.setitem(quotas._MOST, "job", 0)
    assert " 0 " in await refused()


async def test_an_export_that_fails(client):
    session = await client.create_session(language="zh")
    (file,) = await session.upload(("a.jpg", photo()))
    draft = draft_of(file).raw
    draft["t"][0]["sg"][0]["m"]["src"] = f"{file.url.split('/media')[0]}/media/{'0' * 32}/a.jpg"
    job = await session.render(draft=Draft(draft))
    assert "草稿" in await refusal(job.wait())


async def test_room(client, studio):
    session = await client.create_session(language="zh")
    assert "MB" in await refusal(session.upload(("a.png", photo(suffix="PNG") + bytes(70_000))))
    headers = {"X-Client-Id": "ben", "Authorization": f"Bearer {studio.join_token}"}
    full = httpx.post(f"{studio.url}/api/auth/anonymous-token", headers=headers, timeout=60).json()
    assert full["data"] == {"reason": "class-full", "most": 1}


class Web(BaseHTTPRequestHandler):
    """Answers with what the path asks for."""

    def do_GET(self):
        self.send_response(302 if self.path == "/loop.jpg" else 404)
        self.send_header("location", self.path)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def web():
    with ThreadingHTTPServer(("127.0.0.1", 0), Web) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


async def test_links(client, web, monkeypatch):
    session = await client.create_session(language="zh")
    assert "内部网络" in await refusal(session.upload(f"{web}/a.jpg"))
    assert "找不到" in await refusal(session.upload("http://nowhere.invalid/a.jpg"))
    genuine = fetching.fetch
    monkeypatch.setattr(fetching, "fetch", lambda *args, **named: genuine(*args, **named | {"allowed": bool}))
    assert "404" in await refusal(session.upload(f"{web}/a.jpg"))
    assert "跳转" in await refusal(session.upload(f"{web}/loop.jpg"))
    assert "无法连接" in await refusal(session.upload("http://127.0.0.1:9/a.jpg"))
    monkeypatch.setattr(fetching, "fetch", lambda *args, **named: genuine(*args, **named | {"timeout": 0}))
    assert "时间" in await refusal(session.upload(f"{web}/a.jpg"))


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"reason": "render-late", "minutes": 7}, {"minutes": 7}),
        ({"reason": "long-text", "name": "x" * 900, "letters": "6,000"}, {"name": "x" * 200, "letters": "6,000"}),
        ({"reason": "long-text", "letters": "many", "limit": "5,000", "most": [1], "self": 1}, {}),
        ({"reason": "class-disk", "used": float("nan"), "most": True}, {}),
        ({"reason": "auth"}, None),
        ({"reason": ["class-disk"]}, None),
        ("class-disk", None),
    ],
)
def test_what_a_studio_names_is_checked(data, told):
    key, named = retold(data) or ("", None)
    assert named == told
    assert (key == "") == (told is None)


def test_a_body_that_does_not_come(tmp_path):
    limits = dataclasses.replace(LIMITS, stall_timeout=1.0)
    with Studio(tmp_path, workers=1, limits=limits) as opened:
        host, port = urlsplit(opened.url).hostname, urlsplit(opened.url).port
        head = f"POST /run_sse HTTP/1.1\r\nHost: {host}:{port}\r\nAuthorization: Bearer {opened.token}\r\n"
        answer, deadline = b"", time.monotonic() + 60
        while not answer and time.monotonic() < deadline:  # we may be too slow to ask at all
            with socket.create_connection((host, port), 60) as line, contextlib.suppress(ConnectionError):
                line.sendall(f"{head}Content-Length: 10\r\n\r\n{{".encode())
                answer = b"".join(iter(lambda: line.recv(4096), b""))
    assert json.loads(answer.split(b"\r\n\r\n")[1])["data"] == {"reason": "sent-slowly"}
