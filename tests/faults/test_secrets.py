"""A token is planted, everything is driven, and everything that can be seen is searched for any 8 characters of it."""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import stat
import traceback
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import ipywidgets
import nbformat
import pytest

import nemo_widgets as nw
from nemo_widgets import errors, settings
from nemo_widgets.client.client import AsyncClient
from nemo_widgets.errors import NemoError
from nemo_widgets.loop import submit

from .conftest import DRAFT, FAST, RUN, STATE, RecordedService
from .proxy import Answer, Exchange, Fault, FaultProxy, pieces, recorded

# Also without the prefix that errors.redact knows, so that nothing rests on that alone.
PLAIN = "Zq8Wn3Kd5Vh7Yb2Xc6Mf9"
NEMO = "nmv_usr_K7fQ2xVb9LmZ4tWc8RyD1sHj"
TESTS = str(Path(__file__).parents[1])
VIDEO = b"\0\0\0\x18ftypisom" + bytes(2000)


def shown(text: str, token: str) -> list[str]:
    """Return what is shown of a token: the places where any 8 characters of its secret part stand."""
    secret = token.removeprefix("nmv_usr_")
    found = [at for i in range(len(secret) - 7) if (at := text.find(secret[i : i + 8])) >= 0]
    return [text[max(0, at - 200) : at + 100] for at in found[:1]]


class Talkative(RecordedService):
    """A service that repeats the token in whatever it complains of."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self.token = token
        self.complaint: tuple[int, int] | None = None  # code and status

    def __call__(self, exchange: Exchange):
        told = f"the token {self.token} (Bearer {self.token}) is no good"
        if exchange.path == "/api/auth/anonymous-token":
            return {"token": self.token, "user_id": "anon_1", "expires_at": "2999-01-01T00:00:00Z"}
        if exchange.path == "/v.mp4":
            return Answer(200, {"content-type": "video/mp4", "content-length": str(len(VIDEO))}, pieces([VIDEO]))
        if self.complaint is not None and (exchange.path == RUN or not exchange.path.startswith(STATE)):
            code, status = self.complaint
            body = json.dumps({"code": code, "message": told, "detail": told}).encode()
            return Answer(status, {"content-type": "application/json", "x-echo": "no"}, pieces([body]))
        if exchange.path.startswith("/api/render/proxy/lambda/"):
            url = f"http://{exchange.headers['host']}/v.mp4"
            return {"status": "completed", "output": {"url": url, "duration": 10, "size": len(VIDEO)}}
        if exchange.path.startswith("/api/upload-video/"):
            return {"files": [{"filename": "a.png", "file_type": "image", "cdn_url": "https://cdn.example/a.png"}]}
        if exchange.path == "/api/auth/claim-token":
            return {"claim_token": "clm_abc", "expires_in": 604800}
        return super().__call__(exchange)


def everything_about(error: BaseException | None) -> str:
    """Return all that a traceback could print of an error and of those behind it, with the locals of every frame
    that isn't this test's own.
    """
    told = []
    while error is not None:
        frames = [frame for frame in traceback.walk_tb(error.__traceback__) if TESTS not in frame[0].f_code.co_filename]
        stack = traceback.StackSummary.extract(iter(frames), capture_locals=True)
        told += [repr(error), str(error), repr(vars(error)), *stack.format()]
        told += [repr(frame.f_locals) for frame, _ in frames]
        error = error.__cause__ or error.__context__
    return "\n".join(told)


def everything_alive() -> str:
    """Return the repr of every object of the package, and what its attributes show."""
    told = []
    for thing in gc.get_objects():
        if str(getattr(type(thing), "__module__", "")).startswith("nemo_widgets") and not isinstance(thing, type):
            told += [whatever_moves(repr, thing), whatever_moves(str, thing)]
            told.append(whatever_moves(repr, getattr(thing, "__dict__", "")))
    return "\n".join(told)


def whatever_moves(show, thing):
    """Show something that other threads may be changing."""
    while True:
        try:
            return show(thing)
        except RuntimeError as error:
            if "changed size during iteration" not in str(error):
                raise


def everything_on_disk(token: str, *folders: Path) -> list[str]:
    """Return the files that show a token, except the one that is for its owner alone."""
    found = []
    for path in (path for folder in folders for path in folder.rglob("*")):
        assert not shown(str(path), token)
        if path.is_file() and shown(path.read_bytes().decode("latin-1"), token):
            own = path.parent.name == "tokens" and stat.S_IMODE(path.stat().st_mode) == 0o600
            found += [] if own else [str(path)]
    return found


@pytest.fixture(params=["argument", "argument-nemo", "environment", "anonymous"])
def planted(request, monkeypatch):
    """Return the token, and what to pass as ``token=``."""
    token = NEMO if request.param in {"argument-nemo", "anonymous"} else PLAIN
    if request.param == "environment":
        monkeypatch.setenv("NEMO_TOKEN", token)
    return token, token if request.param.startswith("argument") else None


async def caught(work) -> NemoError | asyncio.CancelledError | None:
    try:
        await work
    except (NemoError, asyncio.CancelledError) as error:
        return error
    return None


async def drive(session, client, folder: Path) -> None:
    """Use all that a client can do."""
    await client.credits()
    await session.upload(("a.png", b"\x89PNG\r\n\x1a\n"), "https://cdn.example/b.png")
    await session.send("trim it to 15 s")
    _ = [event async for event in session.stream("trim it to 15 s")]
    for text in ("credits", "status", "upload", "export my video", "balance the audio"):
        await session.ask(text)
    await session.state()
    job = await session.render()
    await job.status()
    await job.wait()
    await job.download(folder / "video.mp4")
    await client.job(job.id).cancel()
    await session.claim_link()


async def fail(session, client, service: Talkative, proxy: FaultProxy) -> list[BaseException]:
    """Make it fail in every way, and return the errors."""
    failures = []
    for code in (1001, 1002, 2001, 4001, 4002, 400, 402, 429, 500, 7777):
        for complaint in ((code, 200), (0, code if code < 600 else 418)):
            service.complaint = complaint
            works = [client.credits(), client.create_session(), session.send("x"), session.render(DRAFT)]
            failures += [await caught(work) for work in (*works, session.upload(("a.png", b"x")), session.claim_link())]
    service.complaint = None
    for fault in (Fault(cut=0), Fault(cut=30), Fault(lose_at=0), Fault(instead=b"no http"), Fault(cut=90, by="reset")):
        for path, call in {
            "/api/credits": client.credits,
            "/api/tasks": client.create_session,
            "/api/upload-video": lambda: session.upload(("a.png", b"x")),
            "/api/render": lambda: session.render(DRAFT),
            RUN: lambda: session.send("x"),
        }.items():
            proxy.plan(path, *[fault] * 6)
            failures.append(await caught(call()))
            proxy.plan(path)
    proxy.plan("/api/credits", Fault(stall=20))
    stalled = submit(_on_the_clients_loop(client))
    await asyncio.sleep(0.3)
    stalled.cancel()
    failures.append(await caught(asyncio.wrap_future(stalled)))
    service.answer = [
        f'data: {{"type": "error", "code": 7777, "message": "the token {service.token} is no good"}}\n\n'.encode()
    ]
    service.drafts["s1"], service.edits = None, False
    failures.append(await caught(session.send("x")))
    events = [event async for event in session.stream("x")]
    assert events
    failures.append(NemoError(message=repr(events)))
    return [failure for failure in failures if failure is not None]


async def _on_the_clients_loop(client):
    return await client.credits()


async def test_it_is_nowhere(planted, tmp_path, own_folders, caplog):
    token, given = planted
    caplog.set_level(logging.DEBUG)
    for name in ("httpx", "httpcore", "asyncio", "nemo_widgets"):
        caplog.set_level(logging.DEBUG, logger=name)
    service = Talkative(token)
    quick = replace(FAST, retries=1, recovery_waits=(0.0,), rate_limit_wait=0.0)
    async with (
        FaultProxy(recorded(service)) as proxy,
        AsyncClient(proxy.url, given, settings=quick) as client,
    ):
        session = await client.create_session()
        await drive(session, client, tmp_path)
        failures = await fail(session, client, service, proxy)

        asked = [exchange for exchange in proxy.exchanges if exchange.path != "/v.mp4"]
        sent = {exchange.headers.get("authorization") for exchange in asked}
        assert f"Bearer {token}" in sent, "it was planted"
        alive = everything_alive()

        assert len(failures) > 60
        met = {type(failure) for failure in failures}
        assert {
            errors.AuthError,
            errors.SessionNotFound,
            errors.OutOfCredits,
            errors.UnsupportedFile,
            errors.FileTooLarge,
            errors.ExportBlocked,
            errors.RateLimited,
            errors.APIError,
            errors.ConnectionFailed,
            errors.StreamInterrupted,
        } <= met

        assert not shown("\n".join(everything_about(failure) for failure in failures), token)
        assert not shown(alive, token)
        assert "Session('s1')" in alive
        assert "httpcore" in caplog.text
        assert "httpx" in caplog.text
        assert not shown(caplog.text, token)
        for exchange in proxy.exchanges:
            assert not shown(exchange.path, token)
            assert quote(token) not in exchange.path
            assert not shown(exchange.body.decode("latin-1"), token)
            others = {name: value for name, value in exchange.headers.items() if name != "authorization"}
            assert not shown(json.dumps(others), token)
        assert all("authorization" not in exchange.headers for exchange in proxy.at("/v.mp4"))
    assert settings.data_folder().is_relative_to(own_folders)
    assert everything_on_disk(token, tmp_path, own_folders) == []


@pytest.mark.parametrize("backend", ["nowhere", "ftp://127.0.0.1", "http://", "http://127.0.0.1:9"])
async def test_it_is_in_no_frame_of_what_cant_be_made(planted, backend, caplog):
    token, given = planted

    async def ask(client):
        await client.credits()

    makers = [
        lambda: AsyncClient(backend=backend, token=given),
        lambda: nw.Client(backend=backend, token=given),
        lambda: nw.shared_client(backend, token=given),
        lambda: nw.Editor(backend, token=given, language="de"),
    ]
    told = []
    for make in makers:
        try:
            made = make()
            assert isinstance(made, nw.AsyncClient | nw.Client)
            if isinstance(made, nw.AsyncClient):
                await ask(made)
        except NemoError as error:
            told.append(everything_about(error))
    assert len(told) >= 3
    assert not shown("\n".join(told), token)


async def test_it_is_in_no_widget(planted, tmp_path, own_folders, caplog):
    token, given = planted
    caplog.set_level(logging.DEBUG)
    service = Talkative(token)
    async with FaultProxy(recorded(service)) as proxy:
        editor = nw.Editor(proxy.url, token=given)
        messages = []
        editor._bench.send = lambda message, buffers=None: messages.append(json.dumps(message))
        editor._bench.state._send = editor._bench.send
        editor._receive(editor, {"kind": "ready"}, [])
        await editor.send("trim it to 15 s")
        await editor.upload(("a.png", b"\x89PNG\r\n\x1a\n"))
        failures = []
        for complaint in ((1001, 200), (2001, 200), (7777, 200), (0, 500), (1002, 200)):
            service.complaint = complaint
            failures.append(await caught(editor.send("x")))
        async with asyncio.timeout(60):
            while '"state": "failed"' not in "".join(messages):
                await asyncio.sleep(0.01)
        told = "\n".join([
            repr(editor),
            repr(vars(editor)),
            json.dumps(editor.get_state(), default=repr),
            json.dumps(ipywidgets.Widget.get_manager_state(), default=repr),
            repr(editor._repr_mimebundle_()),
            everything_alive(),
            *messages,
            *map(everything_about, failures),
            caplog.text,
        ])  # fmt: skip
        editor.close()
    assert any(failures)
    assert '"state": "failed"' in told
    assert not shown(told, token)
    assert everything_on_disk(token, tmp_path, own_folders) == []


NOTEBOOK = """
import logging, os, sys
logging.basicConfig(level=logging.DEBUG, stream=sys.stdout, force=True)
import nemo_widgets as nw
get_ipython().run_line_magic("xmode", "Verbose")
client = nw.AsyncClient(os.environ["URL"], os.environ.get("GIVEN"))
editor = nw.Editor(os.environ["URL"], token=os.environ.get("GIVEN"))
editor
---
await editor.send("trim it to 15 s")
---
await client.session("s1").send("trim it to 15 s")
---
session = await client.create_session()
await client.credits(), session, client, vars(client)
---
await client.job("nowhere").download("/nowhere/at/all.mp4")
---
nw.Client(os.environ["URL"], os.environ.get("GIVEN")).session("s1").export("video.mp4")
"""


@pytest.mark.kernel
async def test_it_is_in_no_saved_notebook(planted, tmp_path, own_folders, monkeypatch):
    nbclient = pytest.importorskip("nbclient")
    token, given = planted
    service = Talkative(token)
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [nbformat.v4.new_code_cell(cell.strip()) for cell in NOTEBOOK.split("---")]
    notebook.cells.append(nbformat.v4.new_code_cell("await client.credits()"))
    async with FaultProxy(recorded(service)) as proxy:
        monkeypatch.setenv("URL", proxy.url)
        if given:
            monkeypatch.setenv("GIVEN", given)

        def complain_at_last(cell, cell_index, **_):
            service.complaint = (1001, 200) if cell_index == len(notebook.cells) - 1 else None

        runner = nbclient.NotebookClient(
            notebook,
            timeout=300,
            allow_errors=True,
            store_widget_state=True,
            on_cell_execute=complain_at_last,
            resources={"metadata": {"path": str(tmp_path)}},
        )
        await runner.async_execute()
        assert any(f"Bearer {token}" == exchange.headers.get("authorization") for exchange in proxy.exchanges)
    path = tmp_path / "saved.ipynb"
    nbformat.write(notebook, path)
    saved = path.read_text("utf-8")
    assert "AuthError" in saved
    assert "httpcore" in saved
    assert "application/vnd.jupyter.widget-state+json" in saved
    assert not shown(saved, token)
    assert everything_on_disk(token, tmp_path, own_folders) == []
