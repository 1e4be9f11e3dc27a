"""What the fault tests stand on: a recorded service, a real studio, and the proxy before either."""

from __future__ import annotations

import asyncio
import json
from contextlib import aclosing, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from nemo_widgets.client.client import AsyncClient
from nemo_widgets.settings import Settings
from nemo_widgets.studio.conversation import Conversation

from .proxy import Answer, Exchange, FaultProxy, Piece, Service, forward, recorded

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

RUN = "/run_sse"
STATE = "/api/state/"
TOKEN = "nmv_usr_K7fQ2xVb9LmZ4tWc8RyD1sHj"
# A real server's bytes: a tool trims a clip, and the agent says so.
EDIT = (Path(__file__).parents[1] / "data" / "adk" / "adk2.13-silent__plain.sse").read_bytes()
DRAFT = next(
    json.loads(line[6:])["actions"]["stateDelta"]["draft"]
    for line in EDIT.splitlines()
    if b'"stateDelta":{"draft"' in line
)

FAST = Settings(
    connect_timeout=30.0,
    request_timeout=60.0,
    poll_interval=0.01,
    poll_max_interval=0.05,
    render_timeout=120.0,
    message_timeout=120.0,
    silence_timeout=60.0,
    recovery_waits=(0.0, 0.0),
    rate_limit_wait=0.01,
    retries=3,
    retry_wait=0.005,
)


class RecordedService:
    """A service that answers a message with a recording.

    Attributes
    ----------
    edits
        Whether a message changes the session's draft.
    answer
        The pieces of the answer's body; a number is a pause in seconds, an event (of ``threading``) is waited for.
    """

    def __init__(self, *, edits: bool = True, answer: list[Piece] | None = None) -> None:
        self.edits = edits
        self.answer = [frame + b"\n\n" for frame in EDIT.split(b"\n\n") if frame] if answer is None else answer
        self.drafts: dict[str, Any] = {}
        self.charges: dict[str, int] = {}

    def __call__(self, exchange: Exchange) -> Any:
        if exchange.path == RUN:
            session = exchange.json["session_id"]
            self.charges[session] = self.charges.get(session, 0) + 1
            if self.edits:
                self.drafts[session] = DRAFT
            return list(self.answer)
        if exchange.path.startswith(STATE):
            return {"state": {"draft": self.drafts.get(exchange.path.split("/")[-2])}}
        if exchange.path == "/api/credits/balance/simple":
            return {"available": 80, "frozen": 0, "total": 100}
        return {"task_id": "t1", "session_id": "s1"}


@asynccontextmanager
async def before(service: Any, *, token: str = TOKEN, **changed: Any):
    """Yield a proxy before a recorded service, and a client that talks through it."""
    async with (
        FaultProxy(recorded(service)) as proxy,
        AsyncClient(proxy.url, token, settings=replace(FAST, **changed)) as client,
    ):
        yield proxy, client


def settled(service: Service, answering: set[object]) -> Service:
    """Return a service that waits with the state until nothing is being answered."""

    async def waiting(exchange: Exchange) -> AsyncGenerator[Answer, None]:
        while exchange.path.startswith(STATE) and answering:
            await asyncio.sleep(0.005)
        async with aclosing(service(exchange)) as answers:
            async for answer in answers:
                yield answer

    return waiting


@pytest.fixture(scope="module")
def studio(tmp_path_factory):
    """A real studio in a folder of its own."""
    pytest.importorskip("av")
    from nemo_widgets.studio.server import Studio

    with Studio(tmp_path_factory.mktemp("studio"), pace=0, workers=1) as studio:
        yield studio


@pytest.fixture
def answering(monkeypatch):
    """The messages that the studio is at."""
    under_way, answer = set(), Conversation.answer

    async def counted(conversation, *message):
        under_way.add(mine := object())
        try:
            async with aclosing(answer(conversation, *message)) as frames:
                async for frame in frames:
                    yield frame
        finally:
            under_way.discard(mine)

    monkeypatch.setattr(Conversation, "answer", counted)
    return under_way


@pytest.fixture
async def proxied(studio, answering):
    """Yield a proxy before the real studio, and a client that talks through it.

    A state is given when what was said has come to its end: a slow studio's edits are found, too.
    """
    async with (
        httpx.AsyncClient(trust_env=False, timeout=120) as upstream,
        FaultProxy(settled(forward(studio.url, upstream), answering)) as proxy,
        AsyncClient(proxy.url, studio.token, settings=replace(FAST, recovery_waits=(0.05, 0.1, 0.3))) as client,
    ):
        yield proxy, client
