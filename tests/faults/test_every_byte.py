"""A recorded edit, cut at every byte of its answer: one message sent, and the outcome right each time."""

from __future__ import annotations

import asyncio
from typing import Literal

import pytest

from nemo_widgets.client.events import StateDelta
from nemo_widgets.errors import StreamInterrupted

from .conftest import DRAFT, RUN, RecordedService, before
from .proxy import Fault

AT_ONCE = 8


async def length_of(framing) -> int:
    """Return how many bytes the answer has on the wire."""
    async with before(RecordedService()) as (proxy, client):
        proxy.plan(RUN, Fault(framing=framing))
        await client.session("s").send("trim it to 15 s")
        assert proxy.at(RUN)[0].whole
        return proxy.at(RUN)[0].answered


def send(session):
    return session.send("trim it to 15 s")


async def listen(session):
    return [event async for event in session.stream("trim it to 15 s")]


async def cut_everywhere(
    say=send,
    *,
    edits: bool = True,
    framing: Literal["chunked", "close"] = "chunked",
    by: Literal["fin", "reset"] = "fin",
    step: int = 1,
):
    """Cut the answer to a message at each byte in turn; return the outcomes by position."""
    service = RecordedService(edits=edits)
    outcomes = {}
    async with before(service, recovery_waits=(0.0,)) as (proxy, client):
        proxy.choose = lambda exchange: (
            Fault(cut=int(exchange.json["session_id"]), by=by, framing=framing) if exchange.path == RUN else None
        )
        positions = iter(range(0, await length_of(framing), step))

        async def work() -> None:
            for position in positions:
                try:
                    outcomes[position] = await say(client.session(str(position)))
                except Exception as error:  # noqa: BLE001 - judged by the test
                    outcomes[position] = error

        await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    assert set(service.charges) == {str(position) for position in outcomes}, "each message arrived"
    assert set(service.charges.values()) == {1}, "and none was sent twice"
    return outcomes


@pytest.mark.parametrize(("by", "step"), [("fin", 1), ("reset", 3)])
async def test_an_edit_is_found_wherever_its_answer_breaks_off(by, step):
    outcomes = await cut_everywhere(by=by, step=step)
    assert len(outcomes) > 1000 // step
    wrong = {at: got for at, got in outcomes.items() if isinstance(got, Exception) or got.draft.raw != DRAFT}
    assert wrong == {}
    assert {got.text for got in outcomes.values()} == {outcomes[0].text}, "told from the draft's difference"


async def test_a_message_that_changed_nothing_is_told_as_interrupted():
    outcomes = await cut_everywhere(edits=False, step=3)
    assert {type(got) for got in outcomes.values()} == {StreamInterrupted}
    assert {got.key for got in outcomes.values()} == {"interrupted"}


async def test_a_body_that_ends_by_closing_can_end_between_two_events_alone():
    """Without a framing, a cut between two events can't be told from the end; everywhere else it can."""
    outcomes = await cut_everywhere(edits=False, framing="close")
    interrupted = {at for at, got in outcomes.items() if isinstance(got, StreamInterrupted)}
    ended = sorted(outcomes.keys() - interrupted)
    assert {outcomes[at].text for at in ended} == {"Nothing changed in the timeline."}
    head = ended[0]
    assert len(ended) == 2, "after the head, and after the first of two events"
    assert interrupted == set(outcomes) - {head, ended[1]}


async def test_a_stream_ends_with_the_edit_wherever_it_breaks_off():
    outcomes = await cut_everywhere(listen, by="reset", step=3)
    assert {type(got) for got in outcomes.values()} == {list}
    assert all(StateDelta({"draft": DRAFT}) in got for got in outcomes.values())
