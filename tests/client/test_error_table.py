"""The contract's table of errors: every row, in every form that a service or a proxy before it can give it."""

from __future__ import annotations

import asyncio
import json
import re
import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from nemo_widgets import settings as environment
from nemo_widgets.client.client import AsyncClient
from nemo_widgets.errors import (
    APIError,
    AuthError,
    ExportBlocked,
    FileTooLarge,
    OutOfCredits,
    RateLimited,
    SessionNotFound,
    UnsupportedFile,
)

from .conftest import FAST, TOKEN, adk, envelope, refusal, stream, until

CREDITS = "/api/credits/balance/simple"
TASKS = "/api/tasks/me/with-session/nemo_agent"
GRANT = "/api/auth/anonymous-token"
RUN = "/run_sse"
STATE = "/api/state/nemo_agent/me/s1/latest"
UPLOAD = "/api/upload-video/nemo_agent/me/s1"
HAN = re.compile(r"[\u4e00-\u9fff]")

# What the service says → the error, and what its sentence names. Codes come in an envelope of HTTP 200.
CODES = {
    1001: (AuthError, "NEMO_TOKEN"),
    1010: (AuthError, "NEMO_TOKEN"),
    1011: (AuthError, "NEMO_TOKEN"),
    1002: (SessionNotFound, "new session"),
    2001: (OutOfCredits, "https://nemovideo.com"),
    4001: (UnsupportedFile, "mp4, mov, avi, webm, mkv"),
    4002: (FileTooLarge, "Compress or trim"),
    401: (AuthError, "NEMO_TOKEN"),
    402: (ExportBlocked, "https://nemovideo.com/pricing"),
    429: (RateLimited, "try again"),
    500: (APIError, "HTTP 500"),
    503: (APIError, "HTTP 503"),
    7777: (APIError, "the service's words"),
}
STATUSES = {
    401: (AuthError, "NEMO_TOKEN"),
    402: (ExportBlocked, "https://nemovideo.com/pricing"),
    413: (FileTooLarge, "Compress or trim"),
    429: (RateLimited, "try again"),
    500: (APIError, "HTTP 500"),
    502: (APIError, "HTTP 502"),
    503: (APIError, "HTTP 503"),
    504: (APIError, "HTTP 504"),
    418: (APIError, "the service's words"),
}
WORDS = "the service's words"
BODIES = {
    "nothing": lambda status: Response(status_code=status),
    "text": lambda status: PlainTextResponse(WORDS, status),
    "page": lambda status: HTMLResponse(f"<html><title>{WORDS}</title><h1>nginx</h1>", status),
    "detail": lambda status: JSONResponse({"detail": WORDS}, status),
    "details": lambda status: JSONResponse({"detail": [{"loc": ["body", "id"], "msg": WORDS}]}, status),
    "error": lambda status: JSONResponse({"error": {"message": WORDS}}, status),
    "envelope": lambda status: JSONResponse({"code": 0, "message": WORDS, "data": None}, status),
    "success": lambda status: JSONResponse({"success": False, "message": WORDS}, status),
}


async def error_of(service, answer, *, language: str = "en") -> APIError:
    """Return the error of a call that isn't repeated on trouble."""
    service.on[TASKS] = [answer]
    async with AsyncClient(service.url, TOKEN, settings=FAST, language=language) as client:
        with pytest.raises(APIError) as caught:
            await client.create_session()
    return caught.value


def is_told(error: APIError, says: str) -> None:
    assert says in str(error)
    assert error.message
    assert error.remedy
    assert str(error) == f"{error.message} {error.remedy}"


@pytest.mark.parametrize("code", CODES)
async def test_a_code_in_an_envelope(service, code):
    kind, says = CODES[code]
    error = await error_of(service, refusal(code, WORDS))
    assert type(error) is kind
    assert error.code == code
    is_told(error, says)


@pytest.mark.parametrize("code", [1001, 1002, 2001, 4001, 4002])
@pytest.mark.parametrize("status", [400, 403, 404, 500])
async def test_a_code_counts_more_than_the_status_that_it_came_with(service, code, status):
    error = await error_of(service, JSONResponse({"code": str(code), "msg": WORDS}, status))
    assert type(error) is CODES[code][0]
    assert (error.code, error.http_status) == (code, status)


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("status", STATUSES)
async def test_a_status_whatever_the_body(service, status, body):
    kind, says = STATUSES[status]
    error = await error_of(service, BODIES[body](status))
    assert type(error) is kind
    assert error.http_status == status
    is_told(error, "HTTP 418" if (status, body) == (418, "nothing") else says)


@pytest.mark.parametrize("answer", [*(refusal(code) for code in CODES), *(Response(status_code=s) for s in STATUSES)])
async def test_every_row_in_chinese(service, answer):
    error = await error_of(service, answer, language="zh")
    assert HAN.search(error.message)
    assert HAN.search(error.remedy)
    assert not re.search(r"\b(the|service|your|with|please|try)\b", str(error), re.IGNORECASE)


async def test_a_plan_without_export_is_no_matter_of_credits_or_registering(service):
    async with AsyncClient(service.url, settings=FAST) as anonymous:
        service.on[TASKS] = [Response(status_code=402)]
        with pytest.raises(ExportBlocked) as caught:
            await anonymous.create_session()
    assert "register" not in str(caught.value)
    assert "credits are not the matter" in str(caught.value)
    assert caught.value.link.endswith("/pricing")


@pytest.mark.parametrize("event", [{"type": "error", "code": 2001, "message": "x"}, {"code": 2001, "message": "x"}])
async def test_out_of_credits_in_the_middle_of_an_answer_offers_the_same_link(service, event):
    service.on[RUN] = [stream(f"data: {json.dumps(event)}\n\n".encode())]
    async with AsyncClient(service.url, settings=FAST) as anonymous:
        session = await anonymous.create_session()
        with pytest.raises(OutOfCredits) as caught:
            await session.send("hello")
    assert caught.value.link == "https://nemovideo.com/register?bind=anon_1"


async def test_links_follow_the_environment(service, monkeypatch):
    monkeypatch.setenv("NEMO_WEB_URL", "https://nemo.example/")
    error = await error_of(service, refusal(2001))
    assert error.link == "https://nemo.example"
    assert (await error_of(service, refusal(402))).link == "https://nemo.example/pricing"


@pytest.mark.parametrize("code", [4001, 4002])
async def test_a_refused_file_is_named(client, service, code):
    service.on[UPLOAD] = [refusal(code, "b.png is no good")]
    with pytest.raises((UnsupportedFile, FileTooLarge), match=r"^b\.png "):
        await client.session("s1").upload(("a.png", b"x"), ("b.png", b"y"))


async def test_what_is_wrong_with_a_refused_file_is_told(client, service):
    told = {"reason": "media-pixels", "name": "b.png", "megapixels": 300, "limit": 100}
    service.on[UPLOAD] = [Response(json.dumps({"code": 4001, "message": "…", "data": told}))]
    with pytest.raises(UnsupportedFile, match=r"b\.png.* 300 megapixels") as caught:
        await client.session("s1").upload(("a.png", b"x"), ("b.png", b"y"))
    assert caught.value.code == 4001


# Rate limits


@pytest.mark.parametrize("answer", [refusal(429), Response(status_code=429), HTMLResponse("<h1>Slow down</h1>", 429)])
async def test_a_limit_is_waited_out_once_in_every_form(client, service, answer):
    service.on[CREDITS] = [answer, {"available": 7}]
    assert (await client.credits()).available == 7
    service.on[CREDITS] = [answer]
    with pytest.raises(RateLimited):
        await client.credits()
    assert service.count(CREDITS) == 4


@pytest.mark.parametrize("form", ["seconds", "date"])
async def test_a_limit_of_a_day_is_told_with_its_end_and_not_waited_out(client, service, form):
    until = datetime.now(UTC) + timedelta(days=1)
    service.on[CREDITS] = [
        Response(status_code=429, headers={"Retry-After": "86400" if form == "seconds" else format_datetime(until)})
    ]
    with pytest.raises(RateLimited) as caught:
        await client.credits()
    assert service.count(CREDITS) == 1
    assert caught.value.wait == pytest.approx(86400, abs=5)
    assert f"{until.astimezone():%Y-%m-%d}" in str(caught.value)


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_no_more_free_tokens_says_when_to_come_back_and_offers_the_studio(service, language):
    service.on[GRANT] = [Response(status_code=429, headers={"Retry-After": str(3 * 86400)})]
    asked = datetime.now(UTC)
    async with AsyncClient(service.url, settings=FAST, language=language) as client:
        with pytest.raises(RateLimited) as caught:
            await client.credits()
    hours = [time.astimezone() + timedelta(days=3) for time in (asked, datetime.now(UTC))]
    assert any(f"{hour:%Y-%m-%d %H:}" in str(caught.value) for hour in hours)
    assert 'backend="local"' in str(caught.value)
    assert "NEMO_TOKEN" in str(caught.value)
    assert bool(HAN.search(str(caught.value))) == (language == "zh")
    assert service.count(GRANT) == 1


# One flight for the token


async def no_more(_) -> Response:
    await asyncio.sleep(1.5)  # so that all who fail together are there
    return refusal(7777, "no more")


async def test_calls_that_fail_together_share_a_renewal_that_fails(service):
    async def no_more_for_all(request) -> Response:
        await until(lambda: service.count(CREDITS) == 8)
        return await no_more(request)

    service.on[GRANT] = [{"token": "nmv_usr_old_and_refused", "user_id": "a"}, no_more_for_all]
    service.on[CREDITS] = [refusal(1001)]
    async with AsyncClient(service.url, settings=FAST) as client:
        results = await asyncio.gather(*(client.credits() for _ in range(8)), return_exceptions=True)
    assert {type(result) for result in results} == {APIError}
    assert {result.code for result in results} == {7777}
    assert service.count(GRANT) == 2


async def test_the_first_token_is_one_flight_too_when_it_fails(service):
    service.on[GRANT] = [no_more]
    async with AsyncClient(service.url, settings=FAST) as client:
        await asyncio.gather(*(client.credits() for _ in range(8)), return_exceptions=True)
        assert service.count(GRANT) == 1
        service.on[GRANT] = [service.usual(GRANT)]
        assert (await client.credits()).available == 80


async def test_a_caller_that_is_cancelled_takes_nobodys_token_along(service):
    cancelled = threading.Event()

    async def slow(_):
        await until(cancelled.is_set)
        return envelope(service.usual(GRANT))

    service.on[GRANT] = [slow]
    async with AsyncClient(service.url, settings=FAST) as client:
        first, second = (asyncio.create_task(client.credits()) for _ in range(2))
        await until(lambda: service.count(GRANT))
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        cancelled.set()
        assert (await second).available == 80
    assert service.count(GRANT) == 1


async def test_a_token_that_another_kernel_renewed_is_taken_over(service):
    def balance(request):
        good = request.headers["authorization"] == f"Bearer {TOKEN}"
        return envelope({"available": 3}) if good else refusal(1001)

    service.on[CREDITS] = [balance]
    service.on[GRANT] = [{"token": "nmv_usr_old_and_refused", "user_id": "a"}, service.usual(GRANT)]
    async with AsyncClient(service.url, settings=FAST) as ours, AsyncClient(service.url, settings=FAST) as theirs:
        service.on[TASKS] = [{"session_id": "s1"}]
        await ours.create_session()
        await theirs.create_session()  # both have the old token now
        assert (await theirs.credits()).available == 3
        assert (await ours.credits()).available == 3
    assert service.count(GRANT) == 2


async def test_a_clock_that_is_ahead_doesnt_ask_for_ever(service):
    service.on[GRANT] = [{"token": TOKEN, "user_id": "a", "expires_at": "2020-01-01T00:00:00Z"}]
    async with AsyncClient(service.url, settings=FAST) as client:
        assert (await client.credits()).available == 80
    assert service.count(GRANT) == 1


@pytest.mark.parametrize("answer", [refusal(400, "missing X-Client-Id"), JSONResponse({"detail": "X-Client-Id"}, 400)])
async def test_a_client_id_that_isnt_taken_is_replaced_once(service, answer):
    service.on[GRANT] = [answer, service.usual(GRANT)]
    async with AsyncClient(service.url, settings=FAST) as client:
        await client.credits()
    first, second = (call.headers["x-client-id"] for call in service.at(GRANT))
    assert first != second
    service.on[GRANT] = [answer]
    (environment.data_folder() / "tokens").rename(environment.data_folder() / "gone")
    async with AsyncClient(service.url, settings=FAST) as client:
        with pytest.raises(APIError):
            await client.credits()
    assert service.count(GRANT) == 4


async def test_a_client_id_that_is_no_uuid_goes_nowhere(service, monkeypatch):
    monkeypatch.setenv("NEMO_CLIENT_ID", TOKEN)
    async with AsyncClient(service.url, settings=FAST) as client:
        await client.credits()
    assert TOKEN not in service.at(GRANT)[0].headers["x-client-id"]


async def test_client_ids_of_any_words_tell_people_of_one_computer_apart(service, monkeypatch):
    sent = {}
    for name in ("aiko", "bogdan", "aiko"):
        monkeypatch.setenv("NEMO_CLIENT_ID", name)
        async with AsyncClient(service.url, settings=FAST) as client:
            await client.credits()
        sent.setdefault(name, set()).add(service.at(GRANT)[-1].headers["x-client-id"])
    assert [len(ids) for ids in sent.values()] == [1, 1], "the same words are the same person"
    assert sent["aiko"] != sent["bogdan"]


# What an answer can be, that isn't one


async def test_a_redirected_message_is_an_error(client, service):
    service.on[RUN] = [Response(status_code=307, headers={"location": "http://127.0.0.1:9/"})]
    with pytest.raises(APIError, match="307"):
        await client.session("s1").send("hello")
    assert service.count(RUN) == 1


async def test_a_code_of_trouble_is_waited_out_as_a_status_is(client, service):
    service.on[CREDITS] = [refusal(503), refusal(500), {"available": 1}]
    assert (await client.credits()).available == 1
    service.on[TASKS] = [refusal(503)]
    with pytest.raises(APIError):
        await client.create_session()
    assert service.count(TASKS) == 1


async def test_an_answer_is_read_with_the_charset_that_it_names(client, service):
    body = json.dumps({"code": 0, "data": {"available": 7, "note": "积分\\"}}, ensure_ascii=False)
    service.on[CREDITS] = [Response(body.encode("gbk"), media_type="application/json; charset=gbk")]
    assert (await client.credits()).available == 7
    service.on[CREDITS] = [Response(body.encode(), media_type="application/json; charset=gbk")]
    assert (await client.credits()).available == 7
    service.on[CREDITS] = [Response(body.encode(), media_type="application/json; charset=nonsense")]
    assert (await client.credits()).available == 7


# The waits that the contract names


def test_the_services_waits():
    waits = environment.Settings()
    assert waits.message_timeout == 15 * 60
    assert waits.silence_timeout == 10 * 60
    assert waits.still_working_every == 2 * 60
    assert waits.recovery_waits == (30, 60, 60, 60, 60)
    assert (waits.poll_interval, waits.poll_max_interval, waits.render_timeout) == (2, 15, 15 * 60)
    assert waits.rate_limit_wait == 30
    assert waits.max_upload_bytes == 500 * 1024 * 1024


async def test_still_working_is_told_again_and_again_also_while_the_state_is_looked_at(service):
    from dataclasses import replace

    from nemo_widgets.client.events import StillWorking

    from .conftest import breaking

    elapsed, goes_on = [], threading.Event()

    def heard(event):
        if isinstance(event, StillWorking):
            elapsed.append(event.elapsed)
            goes_on.set()

    async def state(_):
        if service.count(RUN):  # the answer broke off
            known = len(elapsed)
            await until(lambda: len(elapsed) > known)
        return envelope({"state": {"draft": None}})

    service.on[RUN] = [breaking(adk("one"), goes_on)]
    service.on[STATE] = [state]
    waits = replace(FAST, still_working_every=0.1, recovery_waits=(0.0, 0.0))
    async with AsyncClient(service.url, TOKEN, settings=waits) as client:
        with pytest.raises(Exception, match="broke off"):
            await client.session("s1").send("hello", on_event=heard)
    assert len(elapsed) >= 3
    assert elapsed == sorted(elapsed)
    assert elapsed[0] >= 0.09
    assert elapsed[-1] >= 0.29
