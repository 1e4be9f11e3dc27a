"""The ledger: written before anything is asked, shared by processes, and never in a render's way."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import stat
import subprocess
import sys
import time
import warnings
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from starlette.responses import PlainTextResponse, Response

from nemo_widgets import settings
from nemo_widgets.client import ledger as module
from nemo_widgets.client.client import AsyncClient, Client
from nemo_widgets.client.ledger import STATUSES, Entry, Ledger
from nemo_widgets.errors import ConnectionFailed, ExportBlocked, InvalidInput, NemoError, RenderFailed

from .conftest import FAST, FILM, TOKEN, completed_at, draft_of, envelope
from .test_renders import RENDER, STATUS

HERE = Path(__file__).parents[2]


def of(job_id: str) -> Entry:
    entry = Ledger().entry(job_id)
    assert entry is not None
    return entry


async def test_a_render_is_written_down_before_it_is_asked_for(session, service, cdn, tmp_path):
    at_the_submission = []
    service.on[RENDER] = [lambda _: at_the_submission.append(Ledger().entries()) or envelope({})]
    service.on[STATUS] = [{"status": "processing"}, completed_at(cdn)]
    await session.export(tmp_path / "promo.mp4")

    ((intent,),) = at_the_submission
    assert intent.status == "asked"
    assert (intent.kind, intent.address, intent.session) == ("custom", service.url, "s1")
    assert intent.request == {"sessionId": "s1", "draft": draft_of("A"), "output": {"format": "mp4", "quality": "high"}}
    assert (intent.title, intent.path) == ("A", str(tmp_path / "promo.mp4"))
    done = of(intent.id)
    assert (done.status, done.downloaded, done.url) == ("completed", True, f"{cdn.url}/v.mp4")
    assert done.request is None, "what isn't needed any more isn't kept"


async def test_only_this_user_can_read_it_and_it_holds_no_token(session, service, cdn, tmp_path):
    service.on[STATUS] = [{"status": "failed", "error": f"bad token {TOKEN}"}]
    with pytest.raises(RenderFailed):
        await session.export(tmp_path / "a.mp4")
    files = [path for path in settings.data_folder().iterdir() if path.name.startswith("ledger")]
    assert files
    for path in files:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert all(TOKEN[i : i + 8].encode() not in path.read_bytes() for i in range(8, len(TOKEN) - 8))


async def test_an_address_is_kept_without_its_password(tmp_path):
    async with AsyncClient("http://user:secret-word@127.0.0.1:9", TOKEN, settings=replace(FAST, retries=0)) as client:
        with pytest.raises(ConnectionFailed):
            await client.session("s1").render(draft_of("A"))
    (entry,) = Ledger().entries()
    assert (entry.address, entry.status) == ("http://127.0.0.1:9", "asked")
    assert b"secret-word" not in Ledger().path.read_bytes()


async def test_the_table(client, session, service, cdn, tmp_path):
    empty = client.jobs()
    service.on[STATUS] = [completed_at(cdn)]
    await session.export(tmp_path / "one.mp4", draft={**draft_of("A"), "m": {"title": "Spring"}})
    service.on[STATUS] = [{"status": "processing"}]
    job = await session.render()
    await job.status()
    full = client.jobs()
    for table in (empty, full):
        assert list(table.columns) == [
            *("id", "status", "created", "updated", "session", "backend", "title", "path", "downloaded", "url"),
            *("error", "again_of"),
        ]
        assert isinstance(table["status"].dtype, pd.CategoricalDtype)
        assert list(table["status"].cat.categories) == list(STATUSES)
        assert {str(table[name].dtype) for name in ("created", "updated")} == {"datetime64[ms, UTC]"}
        assert table["downloaded"].dtype == bool
        assert all(isinstance(table[name].dtype, pd.StringDtype) for name in ("id", "session", "backend", "error"))
    assert empty.empty
    assert list(full["title"]) == ["A", "Spring"], "the newest first"
    assert list(full["status"]) == ["processing", "completed"]
    assert list(full["downloaded"]) == [False, True]
    assert set(full["backend"]) == {service.url}
    assert abs(full["created"].iloc[0] - pd.Timestamp.now("UTC")) < pd.Timedelta("1min")
    with Client(service.url, TOKEN, settings=FAST) as blocking:
        pd.testing.assert_frame_equal(blocking.jobs(), full)


async def test_a_video_in_the_place_of_another_is_the_one_that_is_there(client, session, service, cdn, tmp_path):
    service.on[STATUS] = [completed_at(cdn)]
    for path in (tmp_path / "a.mp4", tmp_path / "b.mp4", tmp_path / "a.mp4"):
        await session.export(path)
    jobs = client.jobs()
    assert list(jobs["downloaded"]) == [True, True, False]
    assert list(jobs["path"].fillna("")) == [str(tmp_path / "a.mp4"), str(tmp_path / "b.mp4"), ""]
    again = await client.job(jobs["id"].iloc[2]).download(tmp_path / "first.mp4")
    assert again.path == tmp_path / "first.mp4"
    assert client.jobs()["downloaded"].all()


async def test_previews_arent_listed(client, session, service, cdn, tmp_path):
    service.on[STATUS] = [completed_at(cdn)]
    job = await session.render(quality="preview", path=tmp_path / "small.mp4")
    assert client.jobs().empty
    assert client.job(job.id).id == job.id  # though one that is cut off can be taken up
    assert (await job.download()).path.is_file()
    assert client.jobs().empty


async def test_a_second_attempt_knows_the_first(session, service, cdn, tmp_path):
    service.on[STATUS] = [{"status": "failed", "error": "lambda died"}, completed_at(cdn)]
    await session.export(tmp_path / "a.mp4")
    second, first = Ledger().entries()
    assert (first.status, first.error) == ("failed", "lambda died")
    assert (second.again_of, second.status, second.path) == (first.id, "completed", str(tmp_path / "a.mp4"))


async def test_an_orphan_is_taken_up_with_its_order(session, service, cdn, client, tmp_path):
    service.on[STATUS] = [{"status": "processing"}]
    job = await session.render(path=tmp_path / "wanted.mp4")
    service.on[STATUS] = [{"status": "failed"}, completed_at(cdn)]
    orphan = client.job(job.id)
    await orphan.wait()
    assert (await orphan.download()).path == tmp_path / "wanted.mp4"
    assert [call.json["draft"] for call in service.at(RENDER)] == [draft_of("A")] * 2
    assert client.job(job.id).id == orphan.id != job.id, "the id that people wrote down finds the second attempt"


async def test_two_processes_that_see_a_render_fail_ask_for_one_more(session, service, client):
    job = await session.render()
    service.on[f"{RENDER}/{job.id}"] = [{"status": "failed"}]
    service.on[STATUS] = [{"status": "completed"}]
    await asyncio.gather(*(client.job(job.id).wait() for _ in range(3)), job.wait(), job.wait())
    assert len({call.json["id"] for call in service.at(RENDER)}) == 2


async def test_what_the_service_never_heard_of_is_asked_for_by_the_same_id(session, service, cdn, client, tmp_path):
    """A process that was killed between the intent and the effect."""
    entry = Entry("render_never", "custom", service.url, "s1", request={"sessionId": "s1", "draft": draft_of("A")})
    Ledger().intend(entry)
    service.on[STATUS] = [Response(status_code=404), completed_at(cdn)]
    job = client.job("render_never")
    await job.wait()
    await job.download(tmp_path / "a.mp4")
    assert [call.json["id"] for call in service.at(RENDER)] == ["render_never"]


async def test_a_render_of_another_service_says_where_it_is(service, client):
    Ledger().intend(Entry("render_7", "local", "", "s1", request={"draft": {}}))
    with pytest.raises(InvalidInput, match="backend='local'"):
        await client.job("render_7").wait()
    assert service.count(RENDER) == 0


async def test_what_was_asked_of_the_cloud_is_taken_up_at_its_address(service):
    entry = Entry("render_7", "cloud", service.url, "s1", request={"draft": {}})
    Ledger().intend(entry)
    service.on[f"{RENDER}/render_7"] = [Response(status_code=404)]
    service.on[RENDER] = [{"id": "render_7", "status": "pending"}]
    assert entry.backend == service.url, "the environment names another cloud now"
    async with AsyncClient(entry.backend, TOKEN, settings=FAST) as client:
        assert (await client.job("render_7").status()).status == "pending"
    assert service.count(RENDER) == 1


async def test_a_refused_render_has_failed(session, service):
    service.on[RENDER] = [PlainTextResponse("Payment required", 402)]
    with pytest.raises(ExportBlocked):
        await session.export()
    (entry,) = Ledger().entries()
    assert entry.status == "failed"
    assert "plan" in entry.error


async def test_a_refused_render_that_is_asked_for_again_is_open_again(session, service, client):
    service.on[RENDER] = [PlainTextResponse("Payment required", 402)]
    with pytest.raises(ExportBlocked):
        await session.render()
    (refused,) = Ledger().entries()
    service.on[RENDER] = [{"id": "x", "status": "pending"}]
    service.on[STATUS] = [Response(status_code=404), {"status": "processing"}]
    job = client.job(refused.id)
    assert [(await job.status()).status for _ in range(2)] == ["pending", "processing"]
    entry = of(refused.id)
    assert (entry.status, entry.error, entry.unfinished) == ("processing", None, True)


async def test_a_cancelled_render_stays_cancelled(session, service, client):
    service.on[STATUS] = [{"status": "processing"}]
    job = await session.render()
    service.on[f"{RENDER}/{job.id}/cancel"] = [{}]
    await job.cancel()
    service.on[STATUS] = [{"status": "failed", "error": "stopped"}]
    assert (await client.job(job.id).status()).status == "failed"
    assert of(job.id).status == "cancelled"
    with pytest.raises(RenderFailed) as caught:
        await client.job(job.id).wait()
    assert caught.value.key == "render-cancelled"
    assert service.count(RENDER) == 1


@pytest.fixture(params=["damaged", "folder", "full"])
def broken(request, monkeypatch):
    """A ledger that can't be used."""
    monkeypatch.setattr(module, "_warned", set())
    path = Ledger().path
    path.parent.mkdir(parents=True, exist_ok=True)
    if request.param == "damaged":
        path.write_bytes(os.urandom(10_000))
    elif request.param == "folder":
        path.mkdir()
    else:  # a full disk can't be had for a test
        monkeypatch.setattr(Ledger, "_open", lambda _: (_ for _ in ()).throw(sqlite3.OperationalError("disk is full")))


@pytest.mark.usefixtures("broken")
async def test_a_broken_ledger_stops_no_render(session, service, cdn, tmp_path):
    service.on[STATUS] = [{"status": "processing"}, completed_at(cdn)]
    with pytest.warns(RuntimeWarning, match="can't be written down") as told:
        video = await session.export(tmp_path / "a.mp4")
    assert video.path.read_bytes() == FILM
    with warnings.catch_warnings(record=True) as again:
        warnings.simplefilter("always")
        await session.export(tmp_path / "b.mp4")
    assert (len(told), again) == (1, []), "told once"


@pytest.mark.usefixtures("broken")
async def test_warnings_as_errors_stop_no_render_either(session, service, cdn, tmp_path):
    service.on[STATUS] = [completed_at(cdn)]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert (await session.export(tmp_path / "a.mp4")).size == len(FILM)


async def test_a_damaged_ledger_is_told_to_who_asks_for_it(service):
    path = Ledger().path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(os.urandom(10_000))
    for language, words in (("en", "can't be read"), ("zh", "无法读取")):
        async with AsyncClient(service.url, TOKEN, language=language) as client:
            with pytest.raises(NemoError, match=words):
                client.jobs()


def test_what_is_long_over_is_forgotten(tmp_path):
    ledger = Ledger(tmp_path / "ledger.sqlite", keep=60)
    old = time.time_ns() // 1_000_000 - 61_000
    for number, status in enumerate(STATUSES):
        ledger.intend(Entry(f"render_{number}", "local", "", "s1"))
        ledger.note(f"render_{number}", status=status, updated=old)
    ledger.intend(Entry("render_new", "local", "", "s1"))
    kept = {entry.id: entry.status for entry in ledger.entries()}
    assert kept == {"render_0": "asked", "render_1": "pending", "render_2": "processing", "render_new": "asked"}


_WRITER = """
import sys
from pathlib import Path
from nemo_widgets.client.ledger import Entry, Ledger
ledger, name = Ledger(Path(sys.argv[1])), sys.argv[2]
for number in range(25):
    ledger.intend(Entry(f"{name}-{number}", "local", "", "s1", request={"draft": {"t": ["x" * 1000]}}))
    ledger.note(f"{name}-{number}", status="processing")
    ledger.note(f"{name}-{number}", status="completed", url="http://127.0.0.1/v.mp4")
"""


def test_several_kernels_at_once(tmp_path):
    path = tmp_path / "ledger.sqlite"
    command = [sys.executable, "-W", "error", "-c", _WRITER, str(path)]
    writers = [
        subprocess.Popen([*command, f"kernel{n}"], stderr=subprocess.PIPE, text=True, cwd=HERE) for n in range(4)
    ]
    while any(writer.poll() is None for writer in writers):
        assert all(entry.status in STATUSES for entry in Ledger(path).entries())
        time.sleep(0.05)
    assert [writer.communicate()[1] for writer in writers] == [""] * 4
    entries = Ledger(path).entries()
    assert len(entries) == 100
    assert {entry.status for entry in entries} == {"completed"}
