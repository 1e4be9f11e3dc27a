"""What the client's tests stand on: folders of their own, a scripted service on 127.0.0.1, and a real studio."""

from __future__ import annotations

import asyncio
import json
import os
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
import uvicorn
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from nemo_widgets.client.client import AsyncClient
from nemo_widgets.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

TOKEN = "nmv_usr_K7fQ2xVb9LmZ4tWc8RyD1sHj"

FILM = os.urandom(300_000)
"""What stands for a video."""

FAST = Settings(
    connect_timeout=30.0,
    request_timeout=60.0,
    poll_interval=0.01,
    poll_max_interval=0.05,
    render_timeout=120.0,
    message_timeout=120.0,
    silence_timeout=60.0,
    recovery_waits=(0.02, 0.02, 0.02),
    rate_limit_wait=0.02,
    retries=3,
    retry_wait=0.01,
)


def draft_of(*titles: str) -> dict[str, Any]:
    """Return a draft with one title after the other, 3 s each."""
    segments = [{"st": 3000 * i, "d": 3000, "m": {"text": title}} for i, title in enumerate(titles)]
    return {"d": 3000 * len(titles), "t": [{"tt": 7, "sg": segments}] if titles else []}


def adk(text: str | None = None, **more: Any) -> bytes:
    """Return one event of an answer, as a server frames it."""
    event: dict[str, Any] = {"invocationId": "e-1", "author": "nemo_agent", "actions": {"stateDelta": {}}, **more}
    if text is not None:
        event["content"] = {"role": "model", "parts": [{"text": text}]}
    return f"data: {json.dumps(event, ensure_ascii=False)}\n\n".encode()


@dataclass
class Call:
    """One request that the fake service got."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class FakeService:
    """A service whose answers a test scripts: ``on[path]`` is a list of answers, the last of which stays.

    An answer is a JSON value (in an envelope), a Starlette response, or an (async) function of the request.
    """

    url: str = ""
    calls: list[Call] = field(default_factory=list)
    on: dict[str, list[Any]] = field(default_factory=dict)
    draft: Any = None
    read_bodies: bool = True

    def count(self, path: str) -> int:
        return sum(call.path == path for call in self.calls)

    def at(self, path: str) -> list[Call]:
        return [call for call in self.calls if call.path == path]

    async def answer(self, request: Request) -> Response:
        path = urlsplit(request.scope["path"]).path  # a proxy is asked for the whole address
        self.calls.append(
            Call(request.method, path, dict(request.headers), await request.body() if self.read_bodies else b"")
        )
        script = self.on.get(path)
        if script is None:
            script = self.on.get(path.rsplit("/", 1)[0] + "/*") or [self.usual(path)]
        answer = script.pop(0) if len(script) > 1 else script[0]
        if callable(answer) and not isinstance(answer, Response):
            answer = answer(request)
            if asyncio.iscoroutine(answer):
                answer = await answer
        return answer if isinstance(answer, Response) else envelope(answer)

    def usual(self, path: str) -> Any:
        if path == "/api/auth/anonymous-token":
            return {"token": TOKEN, "user_id": "anon_1", "expires_at": "2999-01-01T00:00:00Z", "credits": 100}
        if path.startswith("/api/tasks/"):
            return {"task_id": "t1", "session_id": "s1"}
        if path.startswith("/api/state/"):
            return {"session_id": "s1", "state": {"draft": self.draft}}
        if path.startswith("/api/upload-video/"):
            return {"files": [{"filename": "a.png", "file_type": "image", "cdn_url": "https://cdn/a.png"}]}
        if path == "/api/credits/balance/simple":
            return {"available": 80, "frozen": 5, "total": 100}
        return JSONResponse({"detail": "Not Found"}, 404)


def envelope(data: Any, code: int = 0, message: str = "ok") -> JSONResponse:
    return JSONResponse({"code": code, "message": message, "data": data})


def refusal(code: int, message: str = "no") -> JSONResponse:
    return envelope(None, code, message)


def film(
    request, *, whole: bytes = FILM, until: int | None = None, etag: str = '"1"', ranges: bool = True, pause: float = 0
):
    """Answer as file servers do, and break off at byte ``until``, or pause half way."""
    start = 0
    wanted = request.headers.get("range")
    if wanted and ranges and request.headers.get("if-range", etag) == etag:
        start = int(wanted.removeprefix("bytes=").rstrip("-"))
    headers = {"etag": etag, "content-length": str(len(whole) - start)}
    if start:
        headers["content-range"] = f"bytes {start}-{len(whole) - 1}/{len(whole)}"

    async def body():
        half = start + (len(whole) - start) // 2 if pause else None
        if half is not None:
            yield whole[start:half]
            await asyncio.sleep(pause)
        yield whole[start if half is None else half : until]
        if until is not None:
            await asyncio.sleep(0.05)
            raise ConnectionAbortedError

    return StreamingResponse(body(), 206 if start else 200, headers)


def completed_at(cdn) -> dict[str, Any]:
    """Return the status of a finished render whose video is on another host."""
    return {"status": "completed", "output": {"url": f"{cdn.url}/v.mp4", "duration": 3.0, "size": len(FILM)}}


async def until(happened: Callable[[], Any]) -> None:
    """Wait for something that is bound to happen, however slow the machine."""
    async with asyncio.timeout(60):
        while not happened():
            await asyncio.sleep(0.005)


def stream(*pieces: bytes | float | Any) -> Any:
    """Return an answer that streams bytes.

    A number is a pause in seconds, an event (of ``threading``) is waited for, a function is called in between.
    """

    def respond(_: Request) -> StreamingResponse:
        async def body():
            for piece in pieces:
                if isinstance(piece, int | float):
                    await asyncio.sleep(piece)
                elif isinstance(piece, threading.Event):
                    await until(piece.is_set)
                elif callable(piece):
                    piece()
                else:
                    yield piece

        return StreamingResponse(body(), media_type="text/event-stream")

    return respond


def breaking(*pieces: bytes | float | Any) -> Any:
    """Return an answer as :func:`stream` does that breaks off, without the end of a chunked body."""

    def respond(_: Request) -> StreamingResponse:
        async def body():
            for piece in pieces:
                if isinstance(piece, int | float):
                    await asyncio.sleep(piece)
                elif isinstance(piece, threading.Event):
                    await until(piece.is_set)
                elif callable(piece):
                    piece()
                else:
                    yield piece
            raise ConnectionAbortedError

        return StreamingResponse(body(), media_type="text/event-stream")

    return respond


@contextmanager
def serving(app: Any):
    """Serve an ASGI app on a free port of 127.0.0.1; yield its address."""
    config = uvicorn.Config(
        app, port=0, log_level="critical", lifespan="off", timeout_graceful_shutdown=1, timeout_keep_alive=60
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.005)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(60)


@contextmanager
def scripted():
    """Serve whichever scripted service is the latest."""
    current: list[FakeService] = []

    async def app(scope, receive, send):
        response = await current[-1].answer(Request(scope, receive))
        await response(scope, receive, send)

    with serving(app) as url:
        yield url, current


@pytest.fixture(scope="session")
def _server():
    """One server for all scripted services: starting one takes longer than most tests."""
    with scripted() as served:
        yield served


@pytest.fixture
def service(_server):
    """A scripted service."""
    url, current = _server
    current.append(FakeService(url))
    return current[-1]


@pytest.fixture
async def client(service):
    async with AsyncClient(service.url, TOKEN, settings=FAST) as client:
        yield client


@pytest.fixture(scope="session")
def _other_server():
    with scripted() as served:
        yield served


@pytest.fixture
def cdn(_other_server):
    """Another host, which the videos are on."""
    url, current = _other_server
    current.append(FakeService(url, on={"/v.mp4": [film]}))
    return current[-1]


@pytest.fixture
async def session(client, service):
    """A session with a draft, whose renders are taken."""
    service.draft = draft_of("A")
    service.on["/api/render/proxy/lambda"] = [{"id": "x", "status": "pending"}]
    return await client.create_session()


@pytest.fixture(scope="module")
def studio(tmp_path_factory):
    """A real studio in a folder of its own."""
    pytest.importorskip("av")
    from nemo_widgets.studio.server import Studio

    with Studio(tmp_path_factory.mktemp("studio"), pace=0) as studio:
        yield studio


@pytest.fixture
async def local(studio):
    async with AsyncClient(studio.url, studio.token, settings=Settings.local()) as client:
        yield client
