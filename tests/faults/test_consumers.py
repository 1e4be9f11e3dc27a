"""Who listens to an answer may be slow, leave or be cancelled: the connection stays open to the answer's end."""

from __future__ import annotations

import asyncio
import functools
import gc
import json
import threading

import pytest

from nemo_widgets.client.client import Client
from nemo_widgets.errors import StreamInterrupted

from .conftest import DRAFT, FAST, RUN, TOKEN, RecordedService, before
from .proxy import FaultProxy, Piece, recorded


def words(count: int, pause: float = 0.0, padding: int = 0) -> list[Piece]:
    """Return an answer of so many words, with a pause after each."""
    event = lambda n: {"type": "text", "content": f"{n}{' ' * (padding + 1)}"}  # noqa: E731
    said: list[Piece] = []
    for n in range(count):
        said += [f"data: {json.dumps(event(n))}\n\n".encode(), pause]
    return said


def words_around(gate: threading.Event) -> list[Piece]:
    """Return an answer that says a word, and the others when it may."""
    return [*words(1), gate, *words(11)]


async def leaves_after_one_event(session, _):
    async for _ in session.stream("hello"):
        break


async def closes_the_stream(session, _):
    events = session.stream("hello")
    await anext(events)
    await events.aclose()


async def forgets_the_stream(session, _):
    events = session.stream("hello")
    await anext(events)
    del events
    gc.collect()


async def fails_in_the_middle(session, _):
    async def listen():
        async for _ in session.stream("hello"):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await listen()


async def is_cancelled_while_it_listens(session, _):
    heard = asyncio.Event()

    async def listen():
        async for _ in session.stream("hello"):
            heard.set()

    task = asyncio.create_task(listen())
    await heard.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert task.cancelled()


async def is_cancelled_while_it_waits(session, _):
    heard = threading.Event()
    task = asyncio.create_task(session.send("hello", on_event=lambda _: heard.set()))
    while not heard.is_set():
        await asyncio.sleep(0.01)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert task.cancelled()


async def has_a_timeout_of_its_own(session, _):
    loop = asyncio.get_running_loop()

    async def hear_one_event():
        async with asyncio.timeout(None) as limit:
            ends = functools.partial(loop.call_soon_threadsafe, lambda: limit.reschedule(loop.time()))
            await session.send("hello", on_event=lambda _: ends())

    with pytest.raises(TimeoutError):
        await hear_one_event()


async def has_a_callback_that_fails(session, gate):
    def fail(_):
        gate.set()
        raise ZeroDivisionError

    await session.send("hello", on_event=fail)


async def has_a_loop_that_ends(session, _):
    async def cell():
        async for _ in session.stream("hello"):
            return

    await asyncio.to_thread(asyncio.run, cell())


@pytest.mark.parametrize(
    "consumer",
    [
        leaves_after_one_event,
        closes_the_stream,
        forgets_the_stream,
        fails_in_the_middle,
        is_cancelled_while_it_listens,
        is_cancelled_while_it_waits,
        has_a_timeout_of_its_own,
        has_a_callback_that_fails,
        has_a_loop_that_ends,
    ],
)
async def test_an_edit_goes_on_when_its_consumer(consumer):
    gate = threading.Event()
    service = RecordedService(answer=words_around(gate))
    async with before(service) as (proxy, client):
        session = client.session("s")
        await consumer(session, gate)
        while not proxy.at(RUN):
            await asyncio.sleep(0.01)
        gate.set()
        (said,) = proxy.at(RUN)
        await asyncio.wait_for(said.done.wait(), 60)
        assert said.whole
        assert not said.left
        assert service.charges == {"s": 1}
        assert (await session.draft()).raw == DRAFT


async def test_a_slow_consumer_holds_nothing_up():
    """The service is through with its 4 MB, more than sockets hold, before the consumer takes its tenth event."""
    service = RecordedService(answer=words(400, padding=10_000))
    async with before(service) as (proxy, client):
        heard = 0
        async for _ in client.session("s").stream("hello"):
            heard += 1
            if heard == 10:
                await asyncio.wait_for(proxy.at(RUN)[0].done.wait(), 60)
                assert proxy.at(RUN)[0].whole
        assert heard >= 400


async def test_only_cancelling_closes_the_connection():
    service = RecordedService(answer=words_around(threading.Event()))
    async with before(service) as (proxy, client):
        session = client.session("s")
        sending = asyncio.create_task(session.send("hello"))
        heard = asyncio.Event()

        async def listen():
            async for _ in client.session("t").stream("hello"):
                heard.set()

        listening = asyncio.create_task(listen())
        await heard.wait()
        while len(proxy.at(RUN)) < 2:
            await asyncio.sleep(0.02)
        await session.cancel()
        with pytest.raises(StreamInterrupted, match="stopped"):
            await sending
        ours, other = sorted(proxy.at(RUN), key=lambda exchange: exchange.json["session_id"])
        await asyncio.wait_for(ours.done.wait(), 60)
        assert ours.left
        assert not other.done.is_set(), "another session's message goes on"
        assert not listening.done()
        listening.cancel()


def test_a_blocking_consumer_that_leaves():
    gate, started = threading.Event(), threading.Event()
    service = RecordedService(answer=words_around(gate))
    addresses, said = [], []

    async def serve():
        async with FaultProxy(recorded(service)) as proxy:
            addresses.append(proxy.url)
            started.set()
            while not proxy.at(RUN):
                await asyncio.sleep(0.01)
            await asyncio.wait_for(proxy.at(RUN)[0].done.wait(), 60)
            said.extend(proxy.at(RUN))

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    assert started.wait(60)
    client = Client(addresses[0], TOKEN, settings=FAST)
    for _ in client.session("s").stream("hello"):
        break
    gate.set()  # it has left before
    thread.join(60)
    client.close()
    assert [(exchange.whole, exchange.left) for exchange in said] == [(True, False)]
