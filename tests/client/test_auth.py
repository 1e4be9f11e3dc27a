"""Tokens: the user's own is never replaced, an anonymous one is kept and renewed once."""

from __future__ import annotations

import asyncio
import json
import stat
import uuid

import pytest

from nemo_widgets import settings
from nemo_widgets.client.auth import Secret
from nemo_widgets.client.client import AsyncClient
from nemo_widgets.errors import AuthError, OutOfCredits

from .conftest import FAST, TOKEN, adk, envelope, refusal, stream

GRANT = "/api/auth/anonymous-token"
CREDITS = "/api/credits/balance/simple"


def grant(token: str = TOKEN, expires: object = "2999-01-01T00:00:00Z") -> dict:
    return {"token": token, "user_id": "anon_1", "expires_at": expires}


@pytest.fixture
async def anonymous(service):
    async with AsyncClient(service.url, settings=FAST) as client:
        yield client


async def test_an_anonymous_token_is_obtained_once_and_used(anonymous, service):
    await asyncio.gather(*(anonymous.credits() for _ in range(5)))
    (asked,) = service.at(GRANT)
    assert uuid.UUID(asked.headers["x-client-id"])
    assert "authorization" not in asked.headers
    assert {call.headers["authorization"] for call in service.at(CREDITS)} == {f"Bearer {TOKEN}"}


async def test_it_is_kept_for_the_user_alone_and_used_again(anonymous, service):
    await anonymous.credits()
    (path,) = (settings.data_folder() / "tokens").iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    async with AsyncClient(service.url, settings=FAST) as another:
        await another.credits()
    assert service.count(GRANT) == 1


@pytest.mark.parametrize("expires", ["2020-01-01T00:00:00", 1_577_836_800, 1_577_836_800_000, "1577836800"])
async def test_an_expired_one_is_replaced(anonymous, service, expires):
    service.on[GRANT] = [grant("nmv_usr_old", expires), grant()]
    await anonymous.credits()
    await anonymous.credits()
    assert service.count(GRANT) == 2
    assert service.at(CREDITS)[-1].headers["authorization"] == f"Bearer {TOKEN}"


@pytest.mark.parametrize("text", ["", "not json", "[]", '{"token": 3}'])
async def test_a_spoilt_file_is_replaced(anonymous, service, text):
    await anonymous.credits()
    (path,) = (settings.data_folder() / "tokens").iterdir()
    path.write_text(text)
    async with AsyncClient(service.url, settings=FAST) as another:
        await another.credits()
    assert service.count(GRANT) == 2
    assert json.loads(path.read_text())["token"] == TOKEN


async def test_another_service_gets_another_token(anonymous, service):
    await anonymous.credits()
    async with AsyncClient(service.url.replace("127.0.0.1", "localhost"), settings=FAST) as other:
        await other.credits()
    assert service.count(GRANT) == 2


async def test_the_client_id_is_shared_with_nemos_other_programs(service, monkeypatch):
    folder = settings.config_folder()
    folder.mkdir(parents=True)
    mine = str(uuid.uuid4())
    (folder / "client_id").write_text(f"{mine}\n")
    async with AsyncClient(service.url, settings=FAST) as client:
        await client.credits()
    assert service.at(GRANT)[0].headers["x-client-id"] == mine

    monkeypatch.setenv("NEMO_CLIENT_ID", "11111111-1111-4111-8111-111111111111")
    async with AsyncClient(service.url, settings=FAST) as client:
        await client.credits()
    assert service.at(GRANT)[1].headers["x-client-id"] == "11111111-1111-4111-8111-111111111111"


async def test_the_client_id_is_made_once(anonymous, service):
    await anonymous.credits()
    kept = (settings.config_folder() / "client_id").read_text().strip()
    assert service.at(GRANT)[0].headers["x-client-id"] == kept


async def test_calls_that_fail_together_renew_it_in_one_flight(anonymous, service):
    service.on[GRANT] = [grant("nmv_usr_old_and_refused"), grant()]

    def balance(request):
        if request.headers["authorization"] != f"Bearer {TOKEN}":
            return refusal(1001)
        return envelope({"available": 3})

    service.on[CREDITS] = [balance]
    results = await asyncio.gather(*(anonymous.credits() for _ in range(8)))
    assert {result.available for result in results} == {3}
    assert service.count(GRANT) == 2


async def test_a_renewed_one_that_is_refused_too_is_an_error(anonymous, service):
    service.on[CREDITS] = [refusal(1001)]
    with pytest.raises(AuthError):
        await anonymous.credits()
    assert service.count(CREDITS) == 2


async def test_a_refused_message_is_said_again_with_a_new_token(anonymous, service):
    service.on["/run_sse"] = [refusal(1001), stream(adk("hi"))]
    session = await anonymous.create_session()
    assert (await session.send("hello")).text == "hi"
    assert service.count("/run_sse") == 2


@pytest.mark.parametrize("path", [CREDITS, "/api/tasks/me/with-session/nemo_agent"])
async def test_a_token_the_user_gave_is_never_replaced(client, service, path):
    service.on[path] = [refusal(1001)]
    with pytest.raises(AuthError, match="NEMO_TOKEN"):
        await (client.credits() if path == CREDITS else client.create_session())
    assert service.count(GRANT) == 0
    assert service.count(path) == 1


async def test_the_token_of_the_environment_is_one_that_the_user_gave(service, monkeypatch):
    monkeypatch.setenv("NEMO_TOKEN", "nmv_from_env")
    async with AsyncClient(service.url, settings=FAST) as client:
        await client.credits()
    assert service.at(CREDITS)[0].headers["authorization"] == "Bearer nmv_from_env"


async def test_out_of_credits_offers_a_registration_that_keeps_the_work(anonymous, service):
    service.on[CREDITS] = [refusal(2001)]
    with pytest.raises(OutOfCredits) as caught:
        await anonymous.credits()
    assert caught.value.link == "https://nemovideo.com/register?bind=anon_1"
    assert caught.value.link in str(caught.value)


async def test_a_folder_that_cant_be_written_stops_nothing(service, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "file"))
    async with AsyncClient(service.url, settings=FAST) as client:
        await client.credits()
        await client.credits()
    assert service.count(GRANT) == 1


def test_blanks_around_a_token_are_no_part_of_it():
    assert Secret.of(" \tabc\n").reveal() == "abc"
    assert Secret.of("  \n") is None
