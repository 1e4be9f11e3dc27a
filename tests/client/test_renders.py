"""Renders and downloads: asked for once more at most, resumed after a cut, and nothing secret sent elsewhere."""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse

from nemo_widgets import settings
from nemo_widgets.client.client import AsyncClient
from nemo_widgets.draft.model import Draft
from nemo_widgets.errors import APIError, ConnectionFailed, ExportBlocked, NothingToExport, RenderFailed, RenderTimeout

from .conftest import FAST, TOKEN, FakeService, draft_of, envelope, serving

RENDER = "/api/render/proxy/lambda"
STATUS = f"{RENDER}/*"
FILM = os.urandom(300_000)


@pytest.fixture
async def session(client, service):
    service.draft = draft_of("A")
    service.on[RENDER] = [{"id": "x", "status": "pending"}]
    return await client.create_session()


@pytest.fixture(scope="module")
def _other_server():
    current = []

    async def app(scope, receive, send):
        response = await current[-1].answer(Request(scope, receive))
        await response(scope, receive, send)

    with serving(app) as url:
        yield url, current


@pytest.fixture
def cdn(_other_server):
    """Another host, which the videos are on."""
    url, current = _other_server
    current.append(FakeService(url, on={"/v.mp4": [film]}))
    return current[-1]


def film(request, *, whole: bytes = FILM, until: int | None = None, etag: str = '"1"', ranges: bool = True):
    """Answer as file servers do, and break off at byte ``until``."""
    start = 0
    wanted = request.headers.get("range")
    if wanted and ranges and request.headers.get("if-range", etag) == etag:
        start = int(wanted.removeprefix("bytes=").rstrip("-"))
    headers = {"etag": etag, "content-length": str(len(whole) - start)}
    if start:
        headers["content-range"] = f"bytes {start}-{len(whole) - 1}/{len(whole)}"

    async def body():
        yield whole[start:until]
        if until is not None:
            await asyncio.sleep(0.05)
            raise ConnectionAbortedError

    return StreamingResponse(body(), 206 if start else 200, headers)


def completed(cdn) -> dict:
    return {"status": "completed", "output": {"url": f"{cdn.url}/v.mp4", "duration": 3.0, "size": len(FILM)}}


async def test_an_export(session, service, cdn, tmp_path):
    service.on[STATUS] = [{"status": "pending"}, {"status": "processing", "progress": 40}, completed(cdn)]
    seen = []
    video = await session.export(tmp_path / "promo.mp4", on_progress=seen.append)

    assert (video.path, video.url) == (tmp_path / "promo.mp4", f"{cdn.url}/v.mp4")
    assert (video.path.read_bytes(), video.size, video.duration) == (FILM, len(FILM), 3000)
    assert [p.done for p in seen if p.name == "rendering"] == [0, 40, 100]
    assert (seen[-1].done, seen[-1].total, seen[-1].name) == (len(FILM), len(FILM), "promo.mp4")
    assert list(tmp_path.glob("*.part")) == []
    (asked,) = service.at(RENDER)
    assert asked.json["id"].startswith("render_")
    assert asked.json | {"id": ""} == {
        "id": "",
        "sessionId": "s1",
        "draft": draft_of("A"),
        "output": {"format": "mp4", "quality": "high"},
    }


async def test_the_host_of_the_video_gets_no_token(session, service, cdn, tmp_path):
    service.on[STATUS] = [completed(cdn)]
    await session.export(tmp_path / "a.mp4")
    for call in cdn.calls:
        assert TOKEN not in str(call)
        assert not {"authorization", "x-skill-source", "x-skill-version", "x-skill-platform"} & set(call.headers)


async def test_the_other_shape_of_a_status(session, service, cdn, tmp_path):
    data = {"id": "x", "status": "completed", "progress": 100, "outputUrl": f"{cdn.url}/v.mp4"}
    service.on[STATUS] = [
        JSONResponse({"success": True, "data": {**data, "status": "processing"}}),
        JSONResponse({"success": True, "data": data}),
    ]
    assert (await session.export(tmp_path / "a.mp4")).size == len(FILM)


async def test_where_the_video_goes(session, service, cdn, tmp_path):
    service.on[STATUS] = [completed(cdn)]
    own = await session.export()
    assert own.path.parent == settings.data_folder() / "videos"
    assert (await session.export(tmp_path)).path.parent == tmp_path
    assert (await session.export(tmp_path / "new" / "promo")).path == tmp_path / "new" / "promo.mp4"
    assert own.save(tmp_path / "copy.mp4").read_bytes() == FILM
    assert own.save(own.path) == own.path
    assert "<p>" in own._repr_html_()
    assert len(own._repr_html_()) < 500


async def test_an_edited_draft_renders_directly(session, service, cdn, tmp_path):
    service.on[STATUS] = [completed(cdn)]
    for edited in (Draft(draft_of("B")), draft_of("B")):
        await session.export(tmp_path / "b.mp4", draft=edited)
        assert service.at(RENDER)[-1].json["draft"] == draft_of("B")
    with pytest.raises(NothingToExport):
        await session.export(draft=Draft({"t": []}))


async def test_a_failed_render_is_asked_for_once_more_under_a_new_id(session, service, cdn, tmp_path):
    service.on[STATUS] = [{"status": "failed", "error": "lambda died"}, completed(cdn)]
    assert (await session.export(tmp_path / "a.mp4")).size == len(FILM)
    first, second = service.at(RENDER)
    assert first.json["id"] != second.json["id"]
    assert first.json["draft"] == second.json["draft"]


async def test_a_render_that_fails_twice_has_failed(session, service):
    service.on[STATUS] = [{"status": "failed", "error": {"message": "no such clip"}}]
    with pytest.raises(RenderFailed, match="no such clip"):
        await session.export()
    assert service.count(RENDER) == 2


@pytest.mark.parametrize("status", [{"status": "cancelled"}, {"status": "failed", "cancelled": True}])
async def test_a_cancelled_render_is_not_asked_for_again(session, service, status):
    service.on[STATUS] = [status]
    with pytest.raises(RenderFailed, match="cancelled") as caught:
        await session.export()
    assert caught.value.key == "render-cancelled"
    assert service.count(RENDER) == 1


async def test_cancelling_while_somebody_waits(session, service):
    stopped = []
    service.on[STATUS] = [lambda _: envelope({"status": "failed" if stopped else "processing"})]
    job = await session.render()
    service.on[f"{RENDER}/{job.id}/cancel"] = [lambda _: stopped.append(1) or envelope({})]
    waiting = asyncio.create_task(job.wait())
    await asyncio.sleep(0.05)
    await job.cancel()
    with pytest.raises(RenderFailed, match="cancelled"):
        await waiting
    assert service.count(RENDER) == 1


async def test_a_plan_without_export(session, service):
    service.on[RENDER] = [PlainTextResponse("Payment required", 402)]
    with pytest.raises(ExportBlocked, match=r"plans at https://nemovideo\.com/pricing"):
        await session.export()


async def test_submitting_is_repeated_with_the_same_id(session, service, cdn, tmp_path):
    service.on[RENDER] = [Response(status_code=503), {"id": "x"}]
    service.on[STATUS] = [Response(status_code=500), completed(cdn)]
    await session.export(tmp_path / "a.mp4")
    first, second = service.at(RENDER)
    assert first.json["id"] == second.json["id"]


async def test_a_render_that_isnt_ready_in_time(service):
    service.draft = draft_of("A")
    service.on[RENDER] = [{}]
    service.on[STATUS] = [{"status": "processing"}]
    async with AsyncClient(service.url, TOKEN, settings=replace(FAST, render_timeout=0.2)) as client:
        job = await client.session("s1").render()
        with pytest.raises(RenderTimeout, match=job.id):
            await job.wait()
    assert 4 < service.count(f"{RENDER}/{job.id}") < 25


async def test_a_job_taken_up_again(client, service, cdn, tmp_path):
    service.on[f"{RENDER}/render_7"] = [{"status": "processing", "progress": 0.5}, completed(cdn)]
    job = client.job("render_7")
    assert (await job.status()).progress == 0.5
    await job.wait()
    assert (await job.download(tmp_path)).path == tmp_path / "render_7.mp4"
    service.on[f"{RENDER}/render_7"] = [{"status": "failed", "error": "x"}]
    with pytest.raises(RenderFailed):
        await job.wait()
    assert service.count(RENDER) == 0


async def test_a_download_is_resumed_after_a_cut(session, service, cdn, tmp_path):
    service.on[STATUS] = [completed(cdn)]
    cdn.on["/v.mp4"] = [
        lambda request: film(request, until=100_000),
        lambda request: film(request, until=200_000),
        film,
    ]
    seen = []
    video = await session.export(tmp_path / "a.mp4", on_progress=seen.append)
    assert video.path.read_bytes() == FILM
    ranges = [call.headers.get("range") for call in cdn.calls]
    assert ranges == [None, "bytes=100000-", "bytes=200000-"]
    done = [p.done for p in seen if p.name == "a.mp4"]
    assert done == sorted(done)


@pytest.mark.parametrize("second", [{"ranges": False}, {"etag": '"2"'}])
async def test_a_download_that_cant_be_resumed_starts_over(session, service, cdn, tmp_path, second):
    service.on[STATUS] = [completed(cdn)]
    other = os.urandom(250_000)
    cdn.on["/v.mp4"] = [
        lambda request: film(request, until=100_000),
        lambda request: film(request, whole=other, **second),
    ]
    assert (await session.export(tmp_path / "a.mp4")).path.read_bytes() == other
    assert len(cdn.calls) == 2


async def test_a_download_that_keeps_breaking_off_is_given_up_and_leaves_nothing(session, service, cdn, tmp_path):
    service.on[STATUS] = [completed(cdn)]
    cdn.on["/v.mp4"] = [lambda request: film(request, until=int(request.headers.get("range", "=0-")[6:-1] or 0))]
    with pytest.raises(ConnectionFailed):
        await session.export(tmp_path / "a.mp4")
    assert list(tmp_path.glob("a.mp4*")) == []


async def test_an_address_that_expired_is_asked_for_again(session, service, cdn, tmp_path):
    cdn.on["/old.mp4"] = [Response(status_code=403)]
    old = {"status": "completed", "output": {"url": f"{cdn.url}/old.mp4"}}
    service.on[STATUS] = [old, old, completed(cdn)]
    assert (await session.export(tmp_path / "a.mp4")).path.read_bytes() == FILM


async def test_the_services_own_download_is_the_last_resort(client, service, cdn, tmp_path):
    service.on[f"{RENDER}/r7"] = [{"status": "completed", "output": {}}]
    service.on["/api/render/proxy/r7/download"] = [RedirectResponse(f"{cdn.url}/v.mp4", 302)]
    video = await client.job("r7").download(tmp_path / "a.mp4")
    assert video.path.read_bytes() == FILM
    assert service.calls[-1].headers["authorization"] == f"Bearer {TOKEN}"
    assert "authorization" not in cdn.calls[-1].headers


async def test_a_video_that_is_nowhere(client, service, tmp_path):
    service.on[f"{RENDER}/r7"] = [{"status": "completed"}]
    with pytest.raises(RenderFailed, match="r7"):
        await client.job("r7").download(tmp_path / "a.mp4")
    assert list(tmp_path.glob("a.mp4*")) == []


async def test_a_full_disk_is_a_sentence(session, service, cdn, monkeypatch, tmp_path):
    import errno

    from nemo_widgets.client import downloads
    from nemo_widgets.errors import NemoError

    def full(self):
        raise OSError(errno.ENOSPC, "No space left on device")

    service.on[STATUS] = [completed(cdn)]
    monkeypatch.setattr(downloads._Fetching, "_report", full)  # a full disk can't be had for a test
    with pytest.raises(NemoError, match="disk is full"):
        await session.export(tmp_path / "a.mp4")
    assert list(tmp_path.glob("a.mp4*")) == []


async def test_a_video_that_isnt_ready_yet_is_not_called_a_failure(client, service, tmp_path):
    service.on["/api/render/proxy/lambda/r1"] = [{"status": "processing"}]
    with pytest.raises(RenderFailed, match=r"job\.wait\(\)"):
        await client.job("r1").download(tmp_path / "x.mp4")


async def test_an_address_that_is_none_is_told_as_a_sentence(client, service, tmp_path):
    service.on["/api/render/proxy/lambda/r1"] = [{"status": "completed", "output": {"url": "http://[bad"}}]
    with pytest.raises(APIError, match="address"):
        await client.job("r1").download(tmp_path / "x.mp4")
