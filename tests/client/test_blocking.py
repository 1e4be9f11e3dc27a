"""The blocking client: the same names as the async one, in scripts and inside a running loop."""

from __future__ import annotations

import asyncio
import inspect

import pytest

from nemo_widgets.client.client import AsyncClient, BlockingRenderJob, BlockingSession, Client
from nemo_widgets.client.events import TextDelta
from nemo_widgets.client.renders import RenderJob
from nemo_widgets.client.session import Session
from nemo_widgets.errors import InvalidInput

from .conftest import FAST, TOKEN, adk, draft_of, stream


@pytest.mark.parametrize(
    ("face", "asynchronous", "renamed"),
    [
        (Client, AsyncClient, {"aclose": "close"}),
        (BlockingSession, Session, {}),
        (BlockingRenderJob, RenderJob, {"submit": None}),
    ],
)
def test_it_has_every_name_of_the_async_one(face, asynchronous, renamed):
    for name, _ in inspect.getmembers(asynchronous, callable):
        wanted = renamed.get(name, name)
        if not name.startswith("_") and wanted:
            assert hasattr(face, wanted), name
            if inspect.iscoroutinefunction(getattr(asynchronous, name)):
                assert getattr(face, wanted).__doc__ == getattr(asynchronous, name).__doc__


def work(service) -> None:
    service.draft = draft_of("A")
    service.on["/run_sse"] = [stream(adk("one "), adk("two"))]
    with Client(service.url, TOKEN, settings=FAST) as client:
        assert client.credits().available == 80
        session = client.create_session(task_name="x")
        assert isinstance(session, BlockingSession)
        assert (session.id, session.task_id) == ("s1", "t1")
        assert session.send("hello").text == "one two"
        assert list(session.stream("hello")) == [TextDelta("one "), TextDelta("two")]
        assert session.draft().raw == draft_of("A")
        service.on["/api/render/proxy/lambda"] = [{}]
        job = session.render()
        assert isinstance(job, BlockingRenderJob)
        assert job.id.startswith("render_")
        with pytest.raises(InvalidInput):
            session.send("")
        with pytest.raises(TypeError):
            session.send("hello", onevent=print)
        assert repr(client).startswith("Client(")


def test_in_a_script(service):
    work(service)


def test_in_a_cell_whose_loop_is_running(service):
    async def cell() -> None:
        work(service)

    asyncio.run(cell())


def test_in_a_cell_after_another_loop_is_gone(service):
    for _ in range(2):
        asyncio.run(asyncio.sleep(0))
        work(service)


def test_a_stream_that_is_left_early(service):
    service.on["/run_sse"] = [stream(adk("one "), 0.1, adk("two")), stream(adk("three"))]
    with Client(service.url, TOKEN, settings=FAST) as client:
        session = client.create_session()
        for event in session.stream("hello"):
            assert event == TextDelta("one ")
            break
        assert session.send("hello").text == "three"


def test_a_callback_that_would_wait_for_itself_is_told_so(service):
    service.on["/run_sse"] = [stream(adk("one"))]
    said = []
    with Client(service.url, TOKEN, settings=FAST) as client:
        session = client.create_session()

        def again(_):
            try:
                session.state()
            except RuntimeError as error:
                said.append(str(error))

        session.send("hello", on_event=again)
    assert "callback" in said[0]
