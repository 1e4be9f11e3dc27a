"""What becomes of a message whose answer is late, slow, stalled, refused on its way, or written otherwise."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace

import pytest

from nemo_widgets.client.events import StillWorking, TextDelta
from nemo_widgets.errors import (
    APIError,
    ConnectionFailed,
    MessageTimeout,
    OutOfCredits,
    RateLimited,
    StreamInterrupted,
)

from .conftest import DRAFT, FAST, RUN, STATE, RecordedService, before
from .proxy import KEEP_ALIVES, Answer, Fault, line_ends, pieces, with_keep_alives

HTML = b"<html><head><title>Bad Gateway</title></head><body><hr>nginx</body></html>"
EDITED = "Title added: “片头 · Title” (0–3 s)"


def page(status: int, title: str, *, charset: str = "utf-8") -> bytes:
    body = f"<html><head><title>{status} {title}</title></head><body><h1>nginx</h1></body></html>".encode(charset)
    head = f"HTTP/1.1 {status} X\r\nContent-Type: text/html; charset={charset}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def said(
    status: int, value: object, *, kind: str = "application/json", charset: str = "utf-8", more: str = ""
) -> bytes:
    body = json.dumps(value, ensure_ascii=False).encode(charset)
    head = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}\r\n"
    return head.encode() + body


async def edit(fault: Fault, **changed: object):
    """Say something whose answer meets a fault; return the reply, and check that it was said once."""
    while True:
        service = RecordedService()
        async with before(service, **changed) as (proxy, client):
            proxy.plan(RUN, fault)
            try:
                reply = await client.session("s").send("trim it to 15 s")
            except MessageTimeout:
                if not service.charges:
                    continue  # the machine stood still for as long as the client is patient
                raise
            finally:
                assert len(proxy.at(RUN)) <= 1
            assert service.charges == {"s": 1}
            assert len(proxy.at(RUN)) == 1
            return reply


@pytest.mark.parametrize(
    "fault",
    [
        Fault(drip=1),
        Fault(read_slowly=1),
        Fault(drip=1, framing="close"),
        Fault(late=1.5),
        Fault(rewrite=line_ends(b"\r\n")),
        Fault(rewrite=line_ends(b"\r\n"), drip=1),
        Fault(rewrite=line_ends(b"\r"), drip=3),
        Fault(rewrite=with_keep_alives),
        Fault(rewrite=with_keep_alives, drip=7),
        Fault(headers={"content-type": "text/event-stream; charset=gb2312"}),
        Fault(headers={"content-type": "text/event-stream;charset=iso-8859-1"}),
        Fault(headers={"content-type": "text/plain; charset=us-ascii"}),
        Fault(headers={"content-type": "TEXT/EVENT-STREAM"}),
        Fault(headers={"content-type": "application/octet-stream"}),
        Fault(cut=100, goes_on=True),
        Fault(cut=700, by="reset", goes_on=True),
        Fault(copies=2),
    ],
    ids=str,
)
async def test_an_edit_gets_through(fault):
    reply = await edit(fault)
    assert reply.draft.raw == DRAFT
    assert EDITED in reply.text


async def test_text_comes_whole_whatever_the_charset_says():
    words = "naïve café — 你好，世界 🎬 [\u2028][\x85]"
    frame = f"data: {json.dumps({'type': 'text', 'content': words}, ensure_ascii=False)}\n\n".encode()
    service = RecordedService(answer=[frame], edits=False)
    async with before(service) as (proxy, client):
        proxy.plan(RUN, Fault(headers={"content-type": "text/event-stream; charset=gbk"}, drip=1))
        assert (await client.session("s").send("hello")).text == words


async def test_a_stalled_answer_is_given_up_and_its_edit_found():
    stalled = [edit(Fault(stall=at), silence_timeout=1.0) for at in (0, 30, 90, 300, 800)]
    assert all(EDITED in found.text for found in await asyncio.gather(*stalled))


async def test_a_stalled_answer_without_an_edit_is_a_timeout():
    service = RecordedService(edits=False)
    async with before(service, silence_timeout=5.0) as (proxy, client):
        proxy.plan(RUN, Fault(stall=200))
        with pytest.raises(MessageTimeout, match="Look at the timeline"):
            await client.session("s").send("hello")
        await asyncio.wait_for(proxy.at(RUN)[0].done.wait(), 60)
        assert proxy.at(RUN)[0].left, "the connection is closed then"
        assert service.charges == {"s": 1}


@pytest.mark.parametrize("shape", KEEP_ALIVES, ids=repr)
async def test_nothing_but_keep_alives_is_silence(shape):
    service = RecordedService(edits=False, answer=[shape, 0.03] * 3000)
    heard = []
    async with before(service, silence_timeout=0.8, still_working_every=0.1) as (_, client):
        with pytest.raises(MessageTimeout):
            await client.session("s").send("hello", on_event=heard.append)
    assert {type(event) for event in heard} == {StillWorking}


async def test_keep_alives_between_events_dont_end_an_answer_that_goes_on():
    text = [f"data: {json.dumps({'type': 'text', 'content': f'{n} '})}\n\n".encode() for n in range(22)]
    answer = [piece for event in text for piece in (event, 0.1, KEEP_ALIVES[3], 0.1)]
    async with before(RecordedService(edits=False, answer=answer), silence_timeout=4.0) as (_, client):
        assert (await client.session("s").send("count")).text == " ".join(map(str, range(22)))


@pytest.mark.parametrize("status", [502, 504])
@pytest.mark.parametrize("edits", [True, False])
async def test_a_gateway_that_gave_up_doesnt_mean_that_the_service_did(status, edits):
    """The service got the message, and the proxy before it answers with a page of its own."""
    service = RecordedService(edits=edits)

    def gateway(exchange):
        answer = service(exchange)
        return Answer(status, {"content-type": "text/html"}, pieces([HTML])) if exchange.path == RUN else answer

    async with before(gateway) as (_, client):
        for say in (client.session("a").send("x"), _events(client.session("b"))):
            if edits:
                await say
            else:
                with pytest.raises(StreamInterrupted):
                    await say
        assert service.charges == {"a": 1, "b": 1}


async def _events(session):
    return [event async for event in session.stream("x")]


@pytest.mark.parametrize(
    ("answer", "kind", "says"),
    [
        (page(503, "Service Temporarily Unavailable"), APIError, "HTTP 503"),
        (page(403, "Forbidden", charset="gbk"), APIError, "403 Forbidden"),
        (page(200, "登录酒店网络"), APIError, "登录酒店网络"),
        (said(200, {"code": 2001, "message": "积分不足"}), OutOfCredits, "credits"),
        (
            said(200, {"code": 2001, "message": "积分不足"}, charset="gbk", kind="application/json; charset=gbk"),
            OutOfCredits,
            "credits",
        ),
        (
            said(200, {"code": 7, "message": "积分不足"}, charset="gbk", kind="application/json; charset=gbk"),
            APIError,
            "积分不足",
        ),
        (said(200, {"code": 7, "message": "积分不足"}, charset="gbk"), APIError, "code 7|�"),
        (said(200, {"error": "boom", "error_details": {}}), APIError, "boom"),
        (
            said(422, {"detail": [{"loc": ["body", "session_id"], "msg": "field required"}]}),
            APIError,
            "session_id: field required",
        ),
        (said(500, {"detail": "Internal Server Error"}), APIError, "HTTP 500"),
        (said(302, {}, more="Location: http://127.0.0.1:9/login\r\n"), APIError, "302"),
        (b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n", APIError, "302"),
        (said(429, {}, more="Retry-After: 86400\r\n"), RateLimited, "takes the next one at 20"),
    ],
)
async def test_a_message_that_was_refused_on_its_way(answer, kind, says):
    service = RecordedService()
    async with before(service) as (proxy, client):
        proxy.plan(RUN, Fault(instead=answer))
        with pytest.raises(kind, match=says):
            await client.session("s").send("hello")
        assert len(proxy.at(RUN)) == 1


@pytest.mark.parametrize("lost", [0, 1, 50, 10_000])
async def test_a_message_that_was_lost_on_its_way_isnt_sent_again(lost):
    service = RecordedService()
    async with before(service) as (proxy, client):
        proxy.plan(RUN, Fault(lose_at=lost))
        with pytest.raises(StreamInterrupted):
            await client.session("s").send("hello")
        assert service.charges == {}
        assert (proxy.lost, proxy.at(RUN)) == ([RUN], [])


@pytest.mark.parametrize(
    "instead", [b"", b"H", b"\x16\x03\x01 not http at all\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Le"]
)
async def test_an_answer_that_isnt_http(instead):
    service = RecordedService()
    async with before(service) as (proxy, client):
        proxy.plan(RUN, Fault(instead=instead))
        with pytest.raises(StreamInterrupted):
            await client.session("s").send("hello")
        assert len(proxy.at(RUN)) == 1


async def test_a_flood_is_read_to_its_end_and_not_kept():
    """Not reading on would stop the edit that was paid for."""
    flood = [b"data: " + b"x" * 1_000_000] + [b"x" * 1_000_000] * 40 + [b"\n\n"]
    service = RecordedService(answer=flood)
    async with before(service) as (proxy, client):
        assert EDITED in (await client.session("s").send("hello")).text
        assert proxy.at(RUN)[0].whole
        assert service.charges == {"s": 1}


async def test_a_service_that_is_down_when_the_edit_is_looked_for():
    service = RecordedService()
    async with before(service, recovery_waits=(0.0, 0.0, 0.0), retries=0) as (proxy, client):
        session = client.session("s")
        await session.draft()
        proxy.plan(RUN, Fault(cut=300))
        proxy.plan(STATE, Fault(), Fault(instead=page(502, "Bad Gateway")), Fault(cut=40))
        assert EDITED in (await session.send("hello")).text
        proxy.plan(RUN, Fault(cut=300))
        proxy.plan(STATE, *[Fault(cut=0)] * 20)
        with pytest.raises(ConnectionFailed):
            await session.send("hello")
        assert len(proxy.at(RUN)) == 2


async def test_a_doubled_answer_isnt_taken_for_the_next_ones():
    said = [f"data: {json.dumps({'type': 'text', 'content': word})}\n\n".encode() for word in ("one", "two", "three")]
    service = RecordedService(edits=False)
    async with before(service) as (proxy, client):
        session = client.session("s")
        for frame, word in zip(said, ("one", "two", "three"), strict=True):
            service.answer = [frame]
            proxy.plan(RUN, Fault(copies=2))
            assert (await session.send("hello")).text == word
        assert service.charges == {"s": 3}


async def test_an_answer_that_comes_after_it_was_given_up_is_nobodys():
    service = RecordedService()
    async with before(service, request_timeout=0.5, retries=0) as (proxy, client):
        session = client.session("s")
        proxy.plan(STATE, Fault(late=600.0))
        with pytest.raises(ConnectionFailed):
            await session.draft()
        service.drafts["s"] = DRAFT
        client._transport.settings = replace(FAST, retries=0)  # the next one may take its time
        assert (await session.draft()).raw == DRAFT


async def test_texts_of_several_events_come_in_their_order():
    text = [f"data: {json.dumps({'type': 'text', 'content': f'{n} '})}\n\n".encode() for n in range(200)]
    async with before(RecordedService(edits=False, answer=list(text))) as (proxy, client):
        proxy.plan(RUN, Fault(drip=13))
        heard = [event async for event in client.session("s").stream("count")]
    assert heard == [TextDelta(f"{n} ") for n in range(200)]
