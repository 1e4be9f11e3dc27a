"""Agents that compute: nobody else waits for them, and each student has one thread at most."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from types import SimpleNamespace

import httpx
import pytest

from nemo_widgets.studio.agent.base import Context, Material, Say
from nemo_widgets.studio.composing import Composer
from nemo_widgets.studio.server import Studio
from nemo_widgets.studio.thinking import Thinking
from tests.studio.conftest import Caller, anonymous_token, text_of


class Busy:
    """Computes until it may go on."""

    computes = True

    def __init__(self):
        self.began, self.go = [], threading.Event()

    async def reply(self, prompt, context):
        self.began.append(prompt)
        if prompt != "quick":
            assert self.go.wait(60)
        yield Say(f"done: {prompt}")


def until(condition):
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_everybody_else_is_answered_while_it_computes(tmp_path):
    agent = Busy()
    with (
        Studio(tmp_path, agent=agent, pace=0) as studio,
        Caller(studio) as ann,
        Caller(studio, anonymous_token(studio)) as ben,
    ):
        said = []
        sessions = [ann.session(), ann.session()]
        threads = [
            threading.Thread(target=lambda s=session: said.append(text_of(ann.say(s, "slow")))) for session in sessions
        ]
        for thread in threads:
            thread.start()
        until(lambda: agent.began)
        assert text_of(ben.say(ben.session(), "quick")) == "done: quick"
        assert ann.get("/api/credits/balance/simple").json()["code"] == 0
        assert agent.began == ["slow", "quick"], "Ann's other message has its turn after the first"
        agent.go.set()
        for thread in threads:
            thread.join()
        assert said == ["done: slow"] * 2


class Composing:
    """Computes, and waits for what the studio does for it."""

    computes = True

    async def reply(self, prompt, context):
        music = await context.compose("calm", 1000)
        yield Say(f"{music.name}: {await context.travel(-1)}")


def context_of(compose, travel):
    return Context(None, (), "project", "en", (), compose, lambda *_: None, travel=travel)


async def test_what_it_waits_for_is_done_on_the_studios_loop():
    here, where = threading.current_thread(), []

    async def compose(mood, duration):
        where.append(threading.current_thread())
        return Material("a", f"{mood} {duration}", "audio", "url")

    async def travel(steps):
        where.append(threading.current_thread())

    events = [event async for event in Thinking(Composing()).events("me", "x", context_of(compose, travel))]
    assert [event.text for event in events] == ["calm 1000: None"]
    assert where == [here, here]


async def test_closing_it_cancels_what_it_waits_for():
    began, cancelled = asyncio.Event(), asyncio.Event()

    async def compose(mood, duration):
        began.set()
        try:
            await asyncio.sleep(600)
        finally:
            cancelled.set()

    thinking = Thinking(Composing())
    events = thinking.events("me", "x", context_of(compose, None))
    first = asyncio.ensure_future(anext(events))
    await began.wait()
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    await events.aclose()
    async with asyncio.timeout(60):
        await cancelled.wait()
        await asyncio.gather(*thinking._busy)


class Both:
    """Computes while music is composed for it."""

    computes = True

    def __init__(self):
        self.began, self.go, self.ended = threading.Event(), threading.Event(), threading.Event()

    async def reply(self, prompt, context):
        music = asyncio.ensure_future(context.compose("calm", 1000))
        await asyncio.sleep(0)
        self.began.set()
        try:
            assert self.go.wait(60)
            yield Say((await music).name)
        finally:
            self.ended.set()


def test_a_studio_that_ends_meanwhile_ends_without_a_word(tmp_path, monkeypatch, caplog):
    agent = Both()
    monkeypatch.setattr(Composer, "compose", lambda *_, **__: agent.go.wait(60))
    with Studio(tmp_path, agent=agent, pace=0) as studio, Caller(studio) as ann:
        session = ann.session()

        def say():
            with contextlib.suppress(httpx.TransportError):
                ann.say(session, "x")

        thread = threading.Thread(target=say)
        thread.start()
        assert agent.began.wait(60)
        studio.stop()
        thread.join()
    agent.go.set()
    assert agent.ended.wait(60)
    assert not caplog.records


async def test_what_goes_wrong_is_told():
    async def reply(prompt, context):
        yield Say("so far")
        raise ValueError("broken")

    events = Thinking(SimpleNamespace(computes=True, reply=reply)).events("me", "x", context_of(None, None))
    assert (await anext(events)).text == "so far"
    with pytest.raises(ValueError, match="broken"):
        await anext(events)
