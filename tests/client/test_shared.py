"""The client that all cells and editors of a kernel share: one pool, one token, and nobody closes another's."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from nemo_widgets.client import backends, client
from nemo_widgets.client.client import shared_client
from nemo_widgets.loop import wait

from .conftest import FAST, FILM, TOKEN, adk, completed_at, draft_of, envelope, stream
from .test_renders import RENDER, STATUS

CREDITS = "/api/credits/balance/simple"
BALANCE = {"available": 80, "frozen": 5, "total": 100}


@pytest.fixture(autouse=True)
def fast(monkeypatch):
    """Share nothing with other tests, and wait for nothing."""
    monkeypatch.setattr(client, "_shared", {})
    monkeypatch.setattr(backends.Settings, "local", lambda: FAST)
    yield
    for transport in client._shared.values():
        wait(transport.aclose())


def test_cells_and_threads_come_through_one_connection(service):
    """One after the other, each on a loop of its own, as cells are run by a script or by another thread."""
    ports = set()
    service.on[CREDITS] = [lambda request: ports.add(request.client.port) or envelope(BALANCE)]

    async def cell():
        async with shared_client(service.url, TOKEN) as mine:
            assert (await mine.credits()).available == 80

    for _ in range(4):
        asyncio.run(cell())
    thread = threading.Thread(target=lambda: asyncio.run(cell()))
    thread.start()
    thread.join()
    assert service.count(CREDITS) == 5
    assert len(ports) == 1


def test_one_token_for_all_that_begin_at_once(service):
    service.on[CREDITS] = [BALANCE]
    done = []

    async def cell():
        done.append((await shared_client(service.url).credits()).available)

    threads = [threading.Thread(target=lambda: asyncio.run(cell())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == [80] * 8
    assert service.count("/api/auth/anonymous-token") == 1


async def test_what_is_under_way_goes_on_when_another_closes(service, cdn, tmp_path):
    service.draft = draft_of("A")
    service.on[RENDER] = [{}]
    closed = threading.Event()
    service.on["/run_sse"] = [stream(adk("one "), closed, adk("two"))]
    service.on[STATUS] = [lambda _: envelope(completed_at(cdn) if closed.is_set() else {"status": "processing"})]
    mine, theirs = shared_client(service.url, TOKEN), shared_client(service.url, TOKEN)
    session = await mine.create_session()
    working = asyncio.gather(session.send("hello"), session.export(tmp_path / "a.mp4"))
    while not service.count("/run_sse") or not service.count(RENDER):
        await asyncio.sleep(0.01)
    async with theirs:
        await theirs.credits()
    await theirs.aclose()
    closed.set()
    reply, video = await working
    assert reply.text == "one two"
    assert video.path.read_bytes() == FILM
    assert service.count("/run_sse") == 1


async def test_many_editors(service):
    pytest.importorskip("anywidget")
    from nemo_widgets.widgets.editor import Editor

    service.draft = draft_of("A")
    closed = threading.Event()
    service.on["/run_sse"] = [stream(adk("one "), closed, adk("two"))]
    editors = [Editor(service.url, token=TOKEN) for _ in range(3)]
    answers = [asyncio.ensure_future(editor.send("hello")) for editor in editors]
    while service.count("/run_sse") < 3:
        await asyncio.sleep(0.01)
    editors[0].close()
    closed.set()
    assert [(await answer).text for answer in answers[1:]] == ["one two"] * 2
    assert (await shared_client(service.url, TOKEN).credits()).available == 80
    await asyncio.gather(answers[0], return_exceptions=True)
    for editor in editors[1:]:
        editor.close()


_FORKED = """
import asyncio, os, sys, warnings
from nemo_widgets.client.client import shared_client
warnings.simplefilter("ignore", DeprecationWarning)  # forking with threads is what is tested
async def cell():
    return (await shared_client(sys.argv[1], "token").credits()).available
assert asyncio.run(cell()) == 80
child = os.fork()
assert asyncio.run(asyncio.wait_for(cell(), 120)) == 80
if child:
    assert os.waitpid(child, 0)[1] == 0
"""


@pytest.mark.skipif(not hasattr(__import__("os"), "fork"), reason="this system doesn't fork")
def test_a_forked_child_has_connections_of_its_own(service):
    run = subprocess.run(
        [sys.executable, "-c", _FORKED, service.url],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=False,
        timeout=300,
    )
    assert run.returncode == 0, run.stderr
