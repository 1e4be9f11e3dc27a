"""Renders and downloads: asked for once more at most, resumed after a cut, and nothing secret sent elsewhere."""

from __future__ import annotations

import asyncio
import os
import time
from dataclasses import replace
from types import SimpleNamespace

import pytest
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response

from nemo_widgets import settings
from nemo_widgets.client import renders
from nemo_widgets.client.client import AsyncClient
from nemo_widgets.client.downloads import part_path
from nemo_widgets.client.ledger import Entry, Ledger
from nemo_widgets.draft.model import Draft
from nemo_widgets.errors import (
    APIError,
    ConnectionFailed,
    ExportBlocked,
    InvalidInput,
    NemoError,
    NothingToExport,
    RateLimited,
    RenderFailed,
    RenderTimeout,
)
from nemo_widgets.settings import Settings

from .conftest import FAST, FILM, TOKEN, completed_at, draft_of, envelope, film, until

RENDER = "/api/render/proxy/lambda"
STATUS = f"{RENDER}/*"


async def dropped(_request):
    """Hang up instead of answering."""
    raise ConnectionAbortedError


async def test_an_export(session, service, cdn, tmp_path):
    service.on[STATUS] = [{"status": "pending"}, {"status": "processing", "progress": 40}, completed_at(cdn)]
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
    service.on[STATUS] = [completed_at(cdn)]
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
    service.on[STATUS] = [completed_at(cdn)]
    own = await session.export()
    assert own.path.parent == settings.data_folder() / "videos"
    assert (await session.export(tmp_path)).path.parent == tmp_path
    assert (await session.export(tmp_path / "new" / "promo")).path == tmp_path / "new" / "promo.mp4"
    assert own.save(tmp_path / "copy.mp4").read_bytes() == FILM
    assert own.save(own.path) == own.path
    assert "<p>" in own._repr_html_()
    assert len(own._repr_html_()) < 500


async def test_an_edited_draft_renders_directly(session, service, cdn, tmp_path):
    service.on[STATUS] = [completed_at(cdn)]
    for edited in (Draft(draft_of("B")), draft_of("B")):
        await session.export(tmp_path / "b.mp4", draft=edited)
        assert service.at(RENDER)[-1].json["draft"] == draft_of("B")
    with pytest.raises(NothingToExport):
        await session.export(draft=Draft({"t": []}))


async def test_a_failed_render_is_asked_for_once_more_under_a_new_id(session, service, cdn, tmp_path):
    service.on[STATUS] = [{"status": "failed", "error": "lambda died"}, completed_at(cdn)]
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
    await until(lambda: service.count(f"{RENDER}/{job.id}"))
    await job.cancel()
    with pytest.raises(RenderFailed, match="cancelled"):
        await waiting
    assert service.count(RENDER) == 1


async def test_a_render_that_could_not_be_cancelled_is_not_called_cancelled(session, service):
    service.on[STATUS] = [{"status": "processing"}, {"status": "failed"}]
    job = await session.render()
    service.on[f"{RENDER}/{job.id}/cancel"] = [Response(status_code=503)]
    with pytest.raises(APIError):
        await job.cancel()
    assert (await job.status()).status == "processing"
    assert Ledger().entry(job.id).status == "processing"
    with pytest.raises(RenderFailed, match="cancelled"):  # nobody wants it any more, so it isn't asked for again
        await job.wait()
    assert Ledger().entry(job.id).status == "cancelled"
    assert service.count(RENDER) == 1


async def test_a_render_that_nobody_wants_is_not_asked_for_late(client, service):
    Ledger().intend(Entry("render_1", "custom", service.url, "s1", request={"draft": {}}))
    service.on[f"{RENDER}/render_1"] = service.on[f"{RENDER}/render_1/cancel"] = [Response(status_code=404)]
    job = client.job("render_1")
    for call in (job.cancel, job.status):
        with pytest.raises(APIError):
            await call()
    assert not service.count(RENDER)


async def test_a_render_that_the_service_never_heard_of_is_named_with_where_to_look(client, service):
    service.on[STATUS] = [Response(status_code=404)]
    with pytest.raises(APIError, match=r"doesn't know the render render_x\. See client\.jobs\(\)") as caught:
        await client.job("render_x").wait()
    assert caught.value.http_status == 404


async def test_a_share_that_is_used_up_is_told_at_once(client, session, service):
    used_up = {"code": 429, "message": "no", "data": {"reason": "class-jobs", "most": 3}}
    service.on[RENDER] = [JSONResponse(used_up, 429, headers={"Retry-After": "10"}), {"id": "x", "status": "pending"}]
    with pytest.raises(RateLimited, match="3 exports"):
        await session.render(draft=draft_of("A"))
    assert service.count(RENDER) == 1
    assert list(client.jobs()["status"]) == ["failed"]


async def test_a_plan_without_export(session, service):
    service.on[RENDER] = [PlainTextResponse("Payment required", 402)]
    with pytest.raises(ExportBlocked, match=r"plans at https://nemovideo\.com/pricing"):
        await session.export()


async def test_submitting_is_repeated_with_the_same_id(session, service, cdn, tmp_path):
    service.on[RENDER] = [Response(status_code=503), {"id": "x"}]
    service.on[STATUS] = [Response(status_code=500), completed_at(cdn)]
    await session.export(tmp_path / "a.mp4")
    first, second = service.at(RENDER)
    assert first.json["id"] == second.json["id"]


async def test_a_service_that_is_away_for_a_while_is_waited_for(session, service, cdn, tmp_path):
    """Longer than one poll's own retries, in every way that a poll can fail."""
    away = [Response(status_code=503), PlainTextResponse("<html>Bad gateway</html>", 502), dropped] * 4
    service.on[STATUS] = [{"status": "processing", "progress": 0.2}, *away, completed_at(cdn)]
    seen = []
    assert (await session.export(tmp_path / "a.mp4", on_progress=seen.append)).size == len(FILM)
    done = [p.done for p in seen if p.name == "rendering"]
    assert done == sorted(done)
    assert service.count(RENDER) == 1


async def test_a_service_that_stays_away_is_told(session, service):
    service.on[STATUS] = [Response(status_code=503)]
    job = await session.render()
    with pytest.raises(APIError) as caught:
        await job.wait()
    assert caught.value.http_status == 503
    assert Ledger().entry(job.id).unfinished, "it can still be taken up"


@pytest.fixture
def pauses(monkeypatch):
    """The pauses between polls, by which alone the clock goes on."""
    passed = []

    async def sleep(seconds):
        passed.append(seconds)
        await asyncio.sleep(0)

    monkeypatch.setattr(renders, "asyncio", SimpleNamespace(**vars(asyncio) | {"sleep": sleep}))
    monkeypatch.setattr(renders, "time", SimpleNamespace(**vars(time) | {"monotonic": lambda: sum(passed)}))
    return passed


async def test_polls_grow_rarer(session, service, pauses):
    service.on[STATUS] = [*[{"status": "processing"}] * 8, {"status": "completed"}]
    async with AsyncClient(service.url, TOKEN, settings=Settings()) as client:
        await client.job("r7").wait()
    assert pauses == [2.0, 3.0, 4.5, 6.75, 10.125, 15.0, 15.0, 15.0]


async def test_a_render_that_isnt_ready_in_time(service, pauses):
    service.draft = draft_of("A")
    service.on[RENDER] = [{}]
    service.on[STATUS] = [{"status": "processing"}]
    async with AsyncClient(service.url, TOKEN, settings=replace(FAST, render_timeout=0.8)) as client:
        job = await client.session("s1").render()
        with pytest.raises(RenderTimeout, match=job.id):
            await job.wait()
    assert 4 < service.count(f"{RENDER}/{job.id}") == len(pauses) + 1 < 25


async def test_a_job_taken_up_again(client, service, cdn, tmp_path):
    service.on[f"{RENDER}/render_7"] = [{"status": "processing", "progress": 0.5}, completed_at(cdn)]
    job = client.job("render_7")
    assert (await job.status()).progress == 0.5
    await job.wait()
    assert (await job.download(tmp_path)).path == tmp_path / "render_7.mp4"
    service.on[f"{RENDER}/render_7"] = [{"status": "failed", "error": "x"}]
    with pytest.raises(RenderFailed):
        await job.wait()
    assert service.count(RENDER) == 0


async def test_a_download_is_resumed_after_a_cut(session, service, cdn, tmp_path):
    service.on[STATUS] = [completed_at(cdn)]
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
    service.on[STATUS] = [completed_at(cdn)]
    other = os.urandom(250_000)
    cdn.on["/v.mp4"] = [
        lambda request: film(request, until=100_000),
        lambda request: film(request, whole=other, **second),
    ]
    assert (await session.export(tmp_path / "a.mp4")).path.read_bytes() == other
    assert len(cdn.calls) == 2


async def test_a_download_that_keeps_breaking_off_is_given_up_and_leaves_nothing(session, service, cdn, tmp_path):
    service.on[STATUS] = [completed_at(cdn)]
    cdn.on["/v.mp4"] = [lambda request: film(request, until=int(request.headers.get("range", "=0-")[6:-1] or 0))]
    with pytest.raises(ConnectionFailed):
        await session.export(tmp_path / "a.mp4")
    assert list(tmp_path.glob("a.mp4*")) == []


async def test_a_download_that_was_given_up_goes_on_later(session, service, cdn, client, tmp_path):
    service.on[STATUS] = [completed_at(cdn)]
    cdn.on["/v.mp4"] = [lambda request: film(request, until=100_000), Response(status_code=503)]
    with pytest.raises(ConnectionFailed):
        await session.export(tmp_path / "a.mp4")
    assert not (tmp_path / "a.mp4").exists()
    (part,) = tmp_path.glob("*.part")
    assert part.read_bytes() == FILM[:100_000]
    cdn.on["/v.mp4"] = [film]
    (job_id,) = client.jobs()["id"]
    assert (await client.job(job_id).download()).path.read_bytes() == FILM
    assert cdn.calls[-1].headers["range"] == "bytes=100000-"
    assert list(tmp_path.glob("*.part")) == []


async def test_the_part_of_another_version_is_not_gone_on_from(session, service, cdn, client, tmp_path):
    service.on[STATUS] = [completed_at(cdn)]
    cdn.on["/v.mp4"] = [lambda request: film(request, until=100_000), Response(status_code=503)]
    with pytest.raises(ConnectionFailed):
        await session.export(tmp_path / "a.mp4")
    other = os.urandom(len(FILM))
    cdn.on["/v.mp4"] = [lambda request: film(request, whole=other, etag='"2"')]
    (job_id,) = client.jobs()["id"]
    assert (await client.job(job_id).download()).path.read_bytes() == other


async def test_a_part_that_nobody_knows_of_is_not_gone_on_from(client, service, cdn, tmp_path):
    service.on[STATUS] = [completed_at(cdn)]
    part_path(tmp_path / "a.mp4", client.job("r7")._key).write_bytes(b"something else")
    assert (await client.job("r7").download(tmp_path / "a.mp4")).path.read_bytes() == FILM
    assert "range" not in cdn.calls[0].headers


async def test_two_downloads_at_once_do_not_mix(client, service, cdn, tmp_path):
    others = os.urandom(len(FILM))
    service.on[f"{RENDER}/r1"] = [completed_at(cdn)]
    service.on[f"{RENDER}/r2"] = [{"status": "completed", "output": {"url": f"{cdn.url}/w.mp4"}}]
    cdn.on["/v.mp4"] = [lambda request: film(request, pause=0.1)]
    cdn.on["/w.mp4"] = [lambda request: film(request, whole=others, pause=0.05)]
    jobs = [client.job(job_id) for job_id in ("r1", "r1", "r2")]
    await asyncio.gather(*(job.download(tmp_path / "a.mp4") for job in jobs))
    assert (tmp_path / "a.mp4").read_bytes() in {FILM, others}
    assert [path.name for path in tmp_path.glob("a.mp4*")] == ["a.mp4"]


async def test_cancelling_leaves_no_part(session, service, cdn, tmp_path):
    service.on[STATUS] = [completed_at(cdn)]
    cdn.on["/v.mp4"] = [lambda request: film(request, until=100_000), Response(status_code=503)]
    job = await session.render(path=tmp_path / "a.mp4")
    with pytest.raises(ConnectionFailed):
        await job.download()
    assert len(list(tmp_path.glob("*.part"))) == 1
    service.on[f"{RENDER}/{job.id}/cancel"] = [{}]
    await job.cancel()
    assert list(tmp_path.glob("*.part")) == []


async def test_a_video_is_not_saved_under_the_name_of_another_kind(client, service, cdn, tmp_path):
    service.on[STATUS] = [completed_at(cdn)]
    with pytest.raises(InvalidInput, match=r"a\.avi"):
        await client.job("r7").download(tmp_path / "a.avi")
    assert not (tmp_path / "a.avi").exists()
    assert not service.calls


async def test_a_folder_that_cant_be_written_to(session, service, cdn, tmp_path):
    service.on[STATUS] = [completed_at(cdn)]
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(NemoError, match="folder that you may write to"):
        await session.export(tmp_path / "file" / "a.mp4")


async def test_an_address_that_expired_is_asked_for_again(session, service, cdn, tmp_path):
    cdn.on["/old.mp4"] = [Response(status_code=403)]
    old = {"status": "completed", "output": {"url": f"{cdn.url}/old.mp4"}}
    service.on[STATUS] = [old, old, completed_at(cdn)]
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


@pytest.mark.parametrize(
    "page", [HTMLResponse("<html>Log in</html>"), JSONResponse({"code": 1002, "message": "Not found"})]
)
async def test_a_page_is_not_taken_for_the_video(session, service, cdn, tmp_path, page):
    service.on[STATUS] = [completed_at(cdn)]
    cdn.on["/v.mp4"] = [page]
    job = await session.render()
    service.on[f"/api/render/proxy/{job.id}/download"] = [page, film]
    with pytest.raises(RenderFailed) as caught:
        await job.download(tmp_path / "a.mp4")
    assert caught.value.key == "no-video"
    assert list(tmp_path.glob("a.mp4*")) == []
    assert not Ledger().entry(job.id).downloaded
    assert (await job.download(tmp_path / "a.mp4")).path.read_bytes() == FILM


async def test_no_bytes_are_no_video(session, service, cdn, tmp_path):
    service.on[STATUS] = [completed_at(cdn)]
    cdn.on["/v.mp4"] = [Response(b"", media_type="video/mp4"), film]
    assert (await session.export(tmp_path / "a.mp4")).path.read_bytes() == FILM


@pytest.mark.parametrize("status", [429, 408, 503])
async def test_a_host_that_says_later_is_asked_again(session, service, cdn, tmp_path, status):
    service.on[STATUS] = [completed_at(cdn)]
    cdn.on["/v.mp4"] = [Response(status_code=status), film]
    assert (await session.export(tmp_path / "a.mp4")).path.read_bytes() == FILM


async def test_where_the_host_of_the_video_is_down_the_service_has_it_too(client, session, service, cdn, tmp_path):
    service.on[STATUS] = [completed_at(cdn)]
    cdn.on["/v.mp4"] = [Response(status_code=503)]
    job = await session.render(path=tmp_path / "a.mp4")
    await job.wait()
    service.on[f"/api/render/proxy/{job.id}/download"] = [film]
    assert (await job.download()).path.read_bytes() == FILM


async def test_a_full_disk_is_a_sentence(session, service, cdn, monkeypatch, tmp_path):
    import errno

    from nemo_widgets.client import downloads
    from nemo_widgets.errors import NemoError

    def full(self):
        raise OSError(errno.ENOSPC, "No space left on device")

    service.on[STATUS] = [completed_at(cdn)]
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
