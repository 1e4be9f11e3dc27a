"""Messages: said once, told in full, and their edits found however the answer ends."""

from __future__ import annotations

import asyncio
import json
import threading

import pytest
from starlette.responses import HTMLResponse, JSONResponse, Response

from nemo_widgets.client.client import AsyncClient
from nemo_widgets.client.events import ServiceError, StateDelta, StillWorking, TextDelta
from nemo_widgets.errors import (
    APIError,
    ConnectionFailed,
    DraftError,
    InvalidInput,
    MessageTimeout,
    NothingToExport,
    OutOfCredits,
    StreamInterrupted,
)
from nemo_widgets.language.routing import Action
from nemo_widgets.loop import on_loop

from .conftest import FAST, TOKEN, adk, breaking, draft_of, envelope, refusal, stream, until

RUN = "/run_sse"
STATE = "/api/state/nemo_agent/me/s1/latest"


@pytest.fixture
async def session(client):
    return await client.create_session()


def editing(service, *titles: str):
    """Return something that edits the service's draft in the middle of an answer."""

    def edit() -> None:
        service.draft = draft_of(*titles)

    return edit


async def test_an_answer(session, service):
    events = []
    service.on[RUN] = [stream(adk("I added ", partial=True), editing(service, "Hello"), adk("I added a title."))]
    reply = await session.send("add a title", on_event=events.append)

    assert reply.text == str(reply) == "I added a title."
    assert reply.changes.sentences == ("Title added: “Hello” (0–3 s)",)
    assert reply.draft.raw == draft_of("Hello")
    assert events == [TextDelta("I added "), TextDelta("a title.")]
    (said,) = service.at(RUN)
    assert said.headers["accept"] == "text/event-stream"
    assert said.json == {
        "app_name": "nemo_agent",
        "user_id": "me",
        "session_id": "s1",
        "new_message": {"role": "user", "parts": [{"text": "add a title"}]},
    }


async def test_a_new_session_has_nothing_to_read_before_its_first_message(session, service):
    service.on[RUN] = [stream(adk("hi"))]
    await session.send("hello")
    assert [call.path for call in service.calls[-2:]] == [RUN, STATE]


async def test_a_session_taken_up_again_reads_the_draft_first(client, service):
    service.draft = draft_of("Old")
    service.on[RUN] = [stream(editing(service, "Old", "New"))]
    reply = await client.session("s1").send("add a title")
    assert reply.changes.sentences[0] == "Title added: “New” (3–6 s)"
    assert not any("Old" in sentence for sentence in reply.changes.sentences)


async def test_a_silent_edit_is_told_from_the_draft(session, service):
    service.on[RUN] = [stream(editing(service, "Paradise Found"))]
    reply = await session.send("add a title")
    assert reply.text == "Title added: “Paradise Found” (0–3 s)"
    assert not reply.actions


async def test_silence_without_an_edit_says_so(session, service):
    service.on[RUN] = [stream()]
    reply = await session.send("add a title")
    assert reply.text == "Nothing changed in the timeline."
    assert not reply.changes


async def test_button_talk_becomes_actions(session, service):
    service.on[RUN] = [
        stream(editing(service, "A"), adk("Your title is there. Click the Export button to download it."))
    ]
    reply = await session.send("add a title")
    assert (reply.text, reply.actions) == ("Your title is there.", [Action.EXPORT])


async def test_a_trailing_apology_is_dropped(session, service):
    service.on[RUN] = [
        stream(editing(service, "A"), adk("Title added."), adk("I encountered a temporary issue, please retry."))
    ]
    assert (await session.send("add a title")).text == "Title added."


async def test_an_error_after_a_good_edit_is_not_a_failure(session, service):
    error = adk(errorCode="MODEL_RETURNED_NO_CONTENT", errorMessage="nothing")
    service.on[RUN] = [stream(adk(actions={"stateDelta": {"draft": draft_of("A")}}), editing(service, "A"), error)]
    assert "Title added" in (await session.send("add a title")).text


@pytest.mark.parametrize(
    ("frame", "kind", "says"),
    [
        (b'data: {"error": "RuntimeError: boom", "error_details": {}}\n\n', APIError, "boom"),
        (b'data: {"error": "tool said "no" today"}\n\n', APIError, "tool said"),
        (b'data: {"type": "error", "code": 2001, "message": "x"}\n\n', OutOfCredits, "credits"),
        (adk(errorCode="SAFETY"), APIError, "SAFETY"),
    ],
)
async def test_an_error_without_an_edit_is_one(session, service, frame, kind, says):
    service.on[RUN] = [stream(frame)]
    with pytest.raises(kind, match=says):
        await session.send("add a title")


async def test_a_broken_answer_whose_edit_arrives_late(session, service):
    states = [envelope({"state": {"draft": None}}), envelope({"state": {"draft": draft_of("Late")}})]
    service.on[STATE] = states
    service.on[RUN] = [breaking(adk("I am add", partial=True))]
    reply = await session.send("add a title")
    assert reply.text == "I am add\n\nTitle added: “Late” (0–3 s)"
    assert service.count(RUN) == 1


@pytest.mark.parametrize(
    "answer",
    [
        breaking(),
        breaking(adk("half")),
        stream(b'data: {"content'),
        stream(adk("half"), b"data: x\n"),
        Response(status_code=502),
        Response(status_code=504),
    ],
)
async def test_a_broken_answer_without_an_edit_is_never_sent_again(session, service, answer):
    service.on[RUN] = [answer]
    with pytest.raises(StreamInterrupted, match="not sent again"):
        await session.send("add a title")
    assert service.count(RUN) == 1
    assert service.count(STATE) == len(FAST.recovery_waits)


async def test_a_service_that_fails_at_once_is_asked_for_the_state_once(session, service):
    service.on[RUN] = [JSONResponse({"detail": "boom"}, 500)]
    with pytest.raises(APIError, match="500"):
        await session.send("add a title")
    assert (service.count(RUN), service.count(STATE)) == (1, 1)


async def test_a_web_page_instead_of_an_answer(session, service):
    service.on[RUN] = [HTMLResponse("<title>Hotel login</title>")]
    with pytest.raises(APIError, match="Hotel login"):
        await session.send("add a title")


async def test_an_answer_of_nothing_but_keep_alives_is_given_up(service):
    from dataclasses import replace

    service.on[RUN] = [stream(*[b": ping\n\ndata: heartbeat\n\n", 0.02] * 3000)]
    settings = replace(FAST, silence_timeout=1.5, still_working_every=0.05)
    events = []
    async with AsyncClient(service.url, TOKEN, settings=settings) as client:
        session = await client.create_session()
        with pytest.raises(MessageTimeout):
            await session.send("add a title", on_event=events.append)
    assert {type(event) for event in events} == {StillWorking}
    assert events[0].elapsed >= 0.04
    assert service.count(RUN) == 1


async def test_an_answer_that_never_ends_is_given_up(service):
    from dataclasses import replace

    service.on[RUN] = [stream(*[adk("more ", partial=True), 0.02] * 3000)]
    async with AsyncClient(service.url, TOKEN, settings=replace(FAST, message_timeout=0.2)) as client:
        session = await client.create_session()
        with pytest.raises(MessageTimeout):
            await session.send("add a title")


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (Response(status_code=307, headers={"Location": "http://127.0.0.1:9/"}), "307"),
        (JSONResponse({"error": "boom", "error_details": {}}), "boom"),
    ],
)
async def test_what_isnt_an_answer_is_an_error(session, service, answer, says):
    service.on[RUN] = [answer]
    with pytest.raises(APIError, match=says):
        await session.send("add a title")
    assert service.count(RUN) == 1


async def test_an_error_instead_of_an_answer_may_come_after_an_edit(session, service):
    async def edit_and_fail(_):
        service.draft = draft_of("A")
        return JSONResponse({"error": "boom"})

    service.on[RUN] = [edit_and_fail]
    assert (await session.send("add a title")).text == "Title added: “A” (0–3 s)"


async def test_an_error_without_a_word_is_still_a_sentence(session, service):
    service.on[RUN] = [stream(b'data: {"type": "error"}\n\n')]
    with pytest.raises(APIError, match="no reason was given"):
        await session.send("add a title")


async def test_a_silent_answer_whose_state_cant_be_read_yet_is_not_told_as_no_change(session, service):
    trouble = [Response(status_code=503)] * (FAST.retries + 2)
    service.on[STATE] = [*trouble, envelope({"state": {"draft": draft_of("A")}})]
    service.on[RUN] = [stream()]
    assert (await session.send("add a title")).text == "Title added: “A” (0–3 s)"
    assert service.count(RUN) == 1


async def test_a_rate_limited_message_was_refused_and_is_said_again_once(session, service):
    service.on[RUN] = [Response(status_code=429), stream(adk("hi"))]
    assert (await session.send("hello")).text == "hi"
    assert service.count(RUN) == 2


@pytest.mark.parametrize("text", ["", "  \n\t "])
async def test_an_empty_message_is_refused_before_it_is_sent(session, service, text):
    with pytest.raises(InvalidInput, match="empty"):
        await session.send(text)
    with pytest.raises(InvalidInput, match="empty"):
        _ = [event async for event in session.stream(text)]
    assert service.count(RUN) == 0


async def test_messages_of_one_session_are_said_one_after_the_other(session, service):
    service.on[RUN] = [
        stream(0.1, editing(service, "A"), adk("one")),  # the other one gets as far as it gets
        stream(editing(service, "A", "B"), adk("two")),
    ]
    one, two = await asyncio.gather(session.send("1"), session.send("2"))
    assert (one.text, two.text) == ("one", "two")
    assert len(two.changes.sentences) >= 1
    assert not any("“A”" in sentence for sentence in two.changes.sentences)


async def test_a_failing_callback_stops_nothing(session, service, caplog):
    service.on[RUN] = [stream(adk("one "), adk("two"))]

    def fails(_):
        raise RuntimeError("callback broke")

    assert (await session.send("hello", on_event=fails)).text == "one two"
    assert "on_event callback failed" in caplog.text


async def test_a_stream_yields_the_events_as_they_come(session, service):
    heard = threading.Event()  # without which the answer doesn't go on
    service.on[RUN] = [stream(adk("one "), heard, adk("two"))]
    seen = []
    async for event in session.stream("hello"):
        seen.append(event)
        heard.set()
    assert seen == [TextDelta("one "), TextDelta("two")]


async def test_a_stream_passes_errors_on_as_events(session, service):
    service.on[RUN] = [stream(adk("one"), b'data: {"error": "boom"}\n\n')]
    assert [event async for event in session.stream("hello")] == [TextDelta("one"), ServiceError("", "boom")]


async def test_a_broken_stream_ends_with_the_edit_or_an_error(session, service):
    service.on[RUN] = [breaking(adk("half"))]
    with pytest.raises(StreamInterrupted):
        _ = [event async for event in session.stream("hello")]
    service.on[RUN] = [breaking(adk("half"), editing(service, "Found"))]
    found = [event async for event in session.stream("hello")]
    assert found == [TextDelta("half"), StateDelta({"draft": draft_of("Found")})]
    assert service.count(RUN) == 2


async def test_an_abandoned_stream_doesnt_stop_the_edit(session, service):
    left, finished = threading.Event(), []
    service.on[RUN] = [stream(adk("one "), left, adk("two"), lambda: finished.append(True))]
    events = session.stream("hello")
    assert await anext(events) == TextDelta("one ")
    await events.aclose()
    left.set()
    await until(lambda: finished)


async def test_a_caller_that_stops_waiting_doesnt_stop_the_edit(session, service):
    left, finished = threading.Event(), []
    service.on[RUN] = [stream(adk("one "), left, adk("two"), lambda: finished.append(True))]
    waiting = asyncio.create_task(asyncio.wait_for(session.send("hello"), 120))
    await until(lambda: service.count(RUN))
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    left.set()
    await until(lambda: finished)


async def test_only_cancel_stops_the_edit(session, service):
    never, finished = threading.Event(), []
    service.on[RUN] = [stream(adk("one "), never, lambda: finished.append(True))]
    sending = asyncio.create_task(session.send("hello"))
    await until(lambda: service.count(RUN))
    await session.cancel()
    with pytest.raises(StreamInterrupted, match="stopped"):
        await sending
    assert sending.exception().key == "stopped"
    assert not finished


@pytest.mark.parametrize("how", ["send", "stream"])
async def test_a_message_that_is_stopped_before_it_begins(session, how):
    async def heard() -> None:
        if how == "send":
            await session.send("hello")
        async for _ in session.stream("hello"):
            pass

    async def stop_at_once() -> None:
        begin = session._begin

        def and_stop(*args):
            task = begin(*args)
            task.cancel()
            return task

        session._begin = and_stop
        with pytest.raises(StreamInterrupted, match="stopped"):
            async with asyncio.timeout(60):
                await heard()

    await on_loop(stop_at_once)()


def test_a_stream_on_a_loop_of_its_own_and_a_slow_consumer(service):
    service.on[RUN] = [stream(*[adk(f"{n} ", partial=True) for n in range(50)])]

    async def main() -> str:
        async with AsyncClient(service.url, TOKEN, settings=FAST) as client:
            session = await client.create_session()
            said = ""
            async for event in session.stream("count"):
                await asyncio.sleep(0.002)
                said += event.text
            return said

    assert asyncio.run(main()) == "".join(f"{n} " for n in range(50))
    service.on[RUN] = [stream(adk("again"))]
    assert asyncio.run(main()) == "again"


async def test_a_draft_read_in_the_middle_of_an_answer_is_not_taken_for_the_one_before_the_next(session, service):
    read = threading.Event()
    service.on[RUN] = [
        stream(editing(service, "A"), adk("one"), read, editing(service, "A", "B")),
        stream(editing(service, "A", "B", "C"), adk("two")),
    ]
    async for _ in session.stream("1"):
        assert (await session.draft()).raw == draft_of("A")
        read.set()
    changes = (await session.send("2")).changes.sentences
    assert any("“C”" in sentence for sentence in changes)
    assert not any("“B”" in sentence for sentence in changes)


async def test_state(session, service):
    service.on[STATE] = [
        envelope({"state": {"draft": draft_of("A"), "video_infos": [{"name": "a"}], "canvas_config": None}})
    ]
    state = await session.state()
    assert state.draft.raw == draft_of("A")
    assert (state.video_infos, state.canvas_config, state.generated_media) == ([{"name": "a"}], {}, [])
    assert (await session.draft()).raw == draft_of("A")


@pytest.mark.parametrize("data", [{}, {"state": None}, {"state": {"draft": None}}, {"state": {"draft": {}}}])
async def test_a_state_without_a_draft(session, service, data):
    service.on[STATE] = [envelope(data)]
    assert await session.draft() is None
    with pytest.raises(NothingToExport):
        await session.export()


async def test_a_draft_that_cant_be_read_is_named(session, service):
    service.draft = {"t": [{"tt": 0, "sg": [{"d": "abc"}]}]}
    with pytest.raises(DraftError, match=r"t\[0\].sg\[0\].d"):
        await session.draft()


async def test_requests_are_routed(session, service):
    service.draft = draft_of("A")
    assert (
        await session.ask("how many credits do I have left?")
    ).text == "You have 80 credits left of 100 (5 reserved)."
    assert (await session.ask("show tracks")).text.startswith("Timeline (1 track): 1. Title")
    assert "Choose the files" in (await session.ask("upload")).text
    assert service.count(RUN) == 0
    service.on[RUN] = [stream(adk("done"))]
    assert (await session.ask("balance the audio levels")).text == "done"


async def test_a_claim_link_holds_no_token(session, service):
    service.on["/api/auth/claim-token"] = [{"claim_token": "clm_abc", "expires_in": 604800}]
    assert await session.claim_link() == "https://nemovideo.com/workspace/claim?ct=clm_abc"
    assert json.loads(service.calls[-1].body) == {"task_id": "t1", "session_id": "s1"}


async def test_an_answer_without_a_session_id(client, service):
    service.on["/api/tasks/me/with-session/nemo_agent"] = [{"task_id": "t"}]
    with pytest.raises(APIError, match="session_id"):
        await client.create_session()


async def test_a_service_that_goes_away_during_the_answer(session, service):
    service.on[RUN] = [breaking()]
    service.on[STATE] = [Response(status_code=503)]
    with pytest.raises((ConnectionFailed, APIError)):
        await session.send("hello")
    assert service.count(RUN) == 1


async def test_a_message_refused_for_credits(session, service):
    service.on[RUN] = [refusal(2001)]
    with pytest.raises(OutOfCredits):
        await session.send("hello")
    assert service.count(RUN) == 1
