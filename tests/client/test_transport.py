"""Requests: the contract's headers, every form of answer, and what is repeated."""

from __future__ import annotations

import asyncio
import socket
import threading
import time

import pytest
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response

from nemo_widgets.client.client import AsyncClient
from nemo_widgets.errors import (
    APIError,
    AuthError,
    ConnectionFailed,
    ExportBlocked,
    OutOfCredits,
    RateLimited,
    SessionNotFound,
)
from nemo_widgets.settings import Settings

from .conftest import FAST, TOKEN, adk, envelope, refusal, stream, until

CREDITS = "/api/credits/balance/simple"
TASKS = "/api/tasks/me/with-session/nemo_agent"


async def test_every_request_carries_the_contracts_headers(client, service, monkeypatch):
    monkeypatch.setenv("SKILL_SOURCE", "tests")
    service.on["/run_sse"] = [stream(adk("hi"))]
    session = await client.create_session()
    await session.send("hello")
    await session.upload(("a.png", b"x"))
    for call in service.calls:
        assert call.headers["authorization"] == f"Bearer {TOKEN}"
        assert call.headers["x-skill-source"] == "maker-online-free"
        assert call.headers["x-skill-version"] == "1.0.0"
        assert call.headers["x-skill-platform"] == "tests"
    assert len(service.calls) >= 3


@pytest.mark.parametrize(
    "answer",
    [
        {"available": 80, "frozen": 5, "total": 100},
        JSONResponse({"success": True, "data": {"available": 80, "frozen": 5, "total": 100}}),
        JSONResponse({"available": 80, "frozen": 5, "total": 100}),
        JSONResponse({"code": "0", "data": {"available": "80", "frozen": "5", "total": 100.0}}),
    ],
)
async def test_every_form_of_a_good_answer(client, service, answer):
    service.on[CREDITS] = [answer]
    read = await client.credits()
    assert (read.available, read.frozen, read.total) == (80, 5, 100)


@pytest.mark.parametrize(
    ("answer", "kind", "says"),
    [
        (refusal(1001), AuthError, "NEMO_TOKEN"),
        (refusal(1010), AuthError, "token"),
        (JSONResponse({"detail": "bad token"}, 401), AuthError, "token"),
        (refusal(1002), SessionNotFound, "session"),
        (JSONResponse({"detail": "Session not found"}, 404), SessionNotFound, "session"),
        (refusal(2001), OutOfCredits, "credits"),
        (PlainTextResponse("", 402), ExportBlocked, "plan"),
        (JSONResponse({"success": False, "error": "lambda is down"}), APIError, "lambda is down"),
        (JSONResponse({"success": False, "error": {"message": "nested"}}), APIError, "nested"),
        (
            JSONResponse({"detail": [{"loc": ["body", "id"], "msg": "field required"}]}, 422),
            APIError,
            "body.id: field required",
        ),
        (refusal(7777, "something odd"), APIError, "something odd"),
        (HTMLResponse("<html><title>Bad gateway</title>", 404), APIError, "Bad gateway"),
        (HTMLResponse("<html><title>Log in to the hotel's network</title>"), APIError, "hotel"),
        (JSONResponse({"code": {"odd": 1}}), APIError, "error"),
    ],
)
async def test_every_form_of_a_refusal(client, service, answer, kind, says):
    service.on[CREDITS] = [answer]
    with pytest.raises(kind, match=says):
        await client.credits()
    assert service.count(CREDITS) == 1


async def test_errors_are_told_in_the_users_language(service):
    service.on[CREDITS] = [refusal(2001)]
    async with AsyncClient(service.url, TOKEN, settings=FAST, language="zh") as client:
        with pytest.raises(OutOfCredits, match="积分已用完") as caught:
            await client.credits()
    assert caught.value.code == 2001


async def test_reading_waits_out_passing_trouble(client, service):
    service.on[CREDITS] = [Response(status_code=503), Response(status_code=500), {"available": 1}]
    assert (await client.credits()).available == 1


async def test_patience_has_an_end(client, service):
    service.on[CREDITS] = [Response(status_code=503)]
    with pytest.raises(APIError, match="503"):
        await client.credits()
    assert service.count(CREDITS) == 1 + FAST.retries


async def test_what_could_happen_twice_is_not_repeated(client, service):
    service.on[TASKS] = [Response(status_code=503)]
    with pytest.raises(APIError, match="503"):
        await client.create_session()
    assert service.count(TASKS) == 1


async def test_a_rate_limit_is_waited_out_once(client, service):
    service.on[TASKS] = [Response(status_code=429), {"session_id": "s9"}]
    assert (await client.create_session()).id == "s9"
    service.on[TASKS] = [Response(status_code=429, headers={"Retry-After": "0"})]
    with pytest.raises(RateLimited) as caught:
        await client.create_session()
    assert caught.value.wait == 0
    assert service.count(TASKS) == 4


async def test_a_rate_limit_is_kept_by_everybody_on_the_connection(client, service):
    refused, asked = [], []

    def refuse(_):
        refused.append(time.monotonic())
        return Response(status_code=429, headers={"Retry-After": "1"})

    def answer(_):
        asked.append(time.monotonic())
        return envelope({"available": 80})

    service.on[TASKS] = [refuse, {"session_id": "s9"}]
    service.on[CREDITS] = [answer]
    limited = asyncio.ensure_future(client.create_session())
    await until(lambda: client._transport._limit._until)
    await asyncio.gather(limited, *(client.credits() for _ in range(3)))
    assert len(service.calls) == 5
    assert min(asked) - refused[0] >= 1


async def test_nobody_there():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        async with AsyncClient(url, TOKEN, settings=FAST) as client:
            with pytest.raises(ConnectionFailed, match="Check the address"):
                await client.credits()


async def test_the_cloud_out_of_reach_names_the_connection(monkeypatch):
    monkeypatch.setenv("NEMO_API_URL", "http://127.0.0.1:9")
    async with AsyncClient(backend="cloud", token=TOKEN, settings=FAST) as client:
        assert client.kind == "cloud"
        with pytest.raises(ConnectionFailed, match="Check the internet connection"):
            await client.credits()


async def test_a_proxy_of_the_environment_is_not_used_for_this_machine(client, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert (await client.credits()).available == 80


async def test_a_proxy_of_the_environment_is_used_for_other_hosts(service, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", service.url)
    monkeypatch.delenv("NO_PROXY", raising=False)
    async with AsyncClient("http://elsewhere.invalid", TOKEN, settings=FAST) as client:
        assert (await client.credits()).available == 80


async def test_the_api_is_never_followed_elsewhere(client, service):
    service.on[CREDITS] = [RedirectResponse("http://localhost:9/steal")]
    with pytest.raises(APIError):
        await client.credits()
    assert service.count(CREDITS) == 1


async def test_a_slow_answer_times_out_as_a_sentence(service):
    given_up = threading.Event()

    async def slow(_):
        await until(given_up.is_set)
        return Response()

    service.on[CREDITS] = [slow]
    async with AsyncClient(service.url, TOKEN, settings=Settings(request_timeout=0.1, retries=0)) as client:
        with pytest.raises(ConnectionFailed):
            await client.credits()
    given_up.set()


async def test_a_transport_of_the_users_own():
    import httpx

    def answer(request: httpx.Request) -> httpx.Response:
        assert request.headers["authorization"] == f"Bearer {TOKEN}"
        return httpx.Response(200, json={"code": 0, "data": {"available": 7}})

    async with AsyncClient("http://any.invalid", TOKEN, transport=httpx.MockTransport(answer)) as client:
        assert (await client.credits()).available == 7


async def test_an_unknown_option_is_a_type_error():
    with pytest.raises(TypeError, match="tokn"):
        AsyncClient(tokn="x")
