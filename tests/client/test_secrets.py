"""The token is in the request's header and nowhere else: no repr, error, traceback, log or file name shows it."""

from __future__ import annotations

import asyncio
import copy
import logging
import pickle
import threading
import traceback

import pytest
from starlette.responses import JSONResponse, PlainTextResponse, Response

from nemo_widgets import settings
from nemo_widgets.client.auth import Secret
from nemo_widgets.client.backends import choose
from nemo_widgets.client.client import AsyncClient, Client, shared_client
from nemo_widgets.errors import APIError

from .conftest import FAST, TOKEN, adk, breaking, refusal, stream, until

# Also without the prefix that errors.redact knows, so that nothing rests on that alone.
PLAIN = "Zq8Wn3Kd5Vh7Yb2Xc6Mf9"


def shows(text: str, token: str) -> bool:
    return any(token[i : i + 8] in text for i in range(len(token) - 7))


def everything_about(error: BaseException | None) -> str:
    """Return all that a traceback could print of an error and of the errors behind it, locals included."""
    told = []
    while error is not None:
        trace = traceback.TracebackException.from_exception(error, capture_locals=True)
        told += [repr(error), str(error), repr(vars(error)), *trace.format()]
        error = error.__cause__ or error.__context__
    return "\n".join(told)


@pytest.fixture(params=[TOKEN, PLAIN], ids=["nemo", "plain"])
def token(request):
    return request.param


@pytest.mark.parametrize(
    "answer",
    [
        refusal(1001, "token {token} is bad"),
        refusal(2001, "x"),
        Response(status_code=503),
        JSONResponse({"detail": "x"}, 500),
        PlainTextResponse("x", 402),
        Response(status_code=429),
        breaking(b"x"),
        breaking(),
    ],
)
async def test_no_error_shows_it(service, token, answer, caplog):
    caplog.set_level(logging.DEBUG)
    service.on["/api/credits/balance/simple"] = [answer]
    service.on["/run_sse"] = [answer]
    service.on["/api/tasks/me/with-session/nemo_agent"] = [answer]
    told = []
    async with AsyncClient(service.url, token, settings=FAST) as client:
        for call in (client.credits(), client.create_session(), client.session("s1").send("hello")):
            with pytest.raises(Exception) as caught:
                await call
            # The test's own frames know the token; those of the package must not.
            inner = caught.value.with_traceback(None)
            told.append(everything_about(inner))
    assert any(call.headers.get("authorization") == f"Bearer {token}" for call in service.calls)
    assert not shows("\n".join(told) + caplog.text, token)


@pytest.mark.parametrize("answer", [breaking(b"x"), refusal(1001), Response(status_code=503), None])
async def test_no_frame_of_the_package_holds_it(service, token, answer):
    """Notebooks can print every local of every frame (%xmode Verbose)."""
    service.on["/api/credits/balance/simple"] = [answer]
    url = service.url if answer else "http://127.0.0.1:9"
    async with AsyncClient(url, token, settings=FAST) as client:
        with pytest.raises(Exception) as caught:
            await client.credits()
    frames = [frame for frame, _ in traceback.walk_tb(caught.value.__traceback__)]
    ours = [f for f in frames if "nemo_widgets" in f.f_code.co_filename and "tests" not in f.f_code.co_filename]
    assert any(frame.f_code.co_filename.endswith("transport.py") for frame in ours)
    assert not shows("\n".join(repr(frame.f_locals) for frame in ours), token)


async def test_nobody_answers(token, caplog):
    caplog.set_level(logging.DEBUG)
    async with AsyncClient("http://127.0.0.1:9", token, settings=FAST) as client:
        with pytest.raises(Exception) as caught:
            await client.credits()
    assert not shows(everything_about(caught.value.with_traceback(None)) + caplog.text, token)


async def test_no_log_shows_it_when_all_goes_well(service, token, caplog):
    caplog.set_level(logging.DEBUG)
    service.on["/run_sse"] = [stream(adk("hi"))]
    async with AsyncClient(service.url, token, settings=FAST) as client:
        session = await client.create_session()
        await session.send("hello")
    assert "httpx" in caplog.text, "the logs were on"
    assert not shows(caplog.text, token)


async def test_no_log_shows_an_anonymous_one(service, caplog):
    caplog.set_level(logging.DEBUG)
    async with AsyncClient(service.url, settings=FAST) as client:
        await client.credits()
        assert not shows(everything_shown(client) + caplog.text, TOKEN)
    (path,) = (settings.data_folder() / "tokens").iterdir()
    assert not shows(str(path), TOKEN)


def everything_shown(thing: object) -> str:
    return f"{thing!r} {thing} {vars(thing)!r}"


def test_no_repr_shows_it(token, monkeypatch):
    monkeypatch.setenv("NEMO_TOKEN", token)
    client = AsyncClient("http://127.0.0.1:9", token)
    blocking = Client("http://127.0.0.1:9", token)
    things = [
        client,
        client.session("s"),
        client.job("j"),
        client.settings,
        client._transport,
        client._transport.backend,
        blocking,
        blocking.session("s"),
        blocking.job("j"),
        shared_client("http://127.0.0.1:9", token),
        choose("cloud", token=token),
        choose("cloud"),
    ]
    for thing in things:
        assert not shows(everything_shown(thing), token), type(thing)


def test_it_cant_be_pickled_or_printed(token):
    secret = Secret(token)
    assert not shows(f"{secret} {secret!r} {secret!s} {[secret]} {secret.__class__}", token)
    with pytest.raises(TypeError):
        pickle.dumps(secret)
    with pytest.raises(TypeError):
        copy.deepcopy(secret)


async def test_no_task_shows_it(service, token):
    shown = threading.Event()
    service.on["/run_sse"] = [stream(adk("hi"), shown)]
    async with AsyncClient(service.url, token, settings=FAST) as client:
        session = await client.create_session()
        sending = asyncio.create_task(session.send("hello"))
        await until(lambda: service.count("/run_sse"))
        assert client._transport.tasks
        assert not shows(repr(client._transport.tasks) + everything_shown(session), token)
        shown.set()
        await sending


@pytest.mark.parametrize("given", [TOKEN, "sk-live-4fRz81QmPw72LxTn"])
async def test_a_service_that_repeats_it_is_not_repeated(service, given):
    service.on["/api/credits/balance/simple"] = [refusal(7777, f"token {given} has no access")]
    service.on["/run_sse"] = [refusal(7777, f"token {given} has no access")]
    async with AsyncClient(service.url, given, settings=FAST) as client:
        session = await client.create_session()
        for call in (client.credits(), session.send("hello")):
            with pytest.raises(APIError, match="has no access") as caught:
                await call
            assert not shows(everything_shown(caught.value), given)
