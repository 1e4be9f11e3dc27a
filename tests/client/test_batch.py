"""Many videos in one go, against a real studio: isolation, order, names, and what is refused before anything is sent."""

from __future__ import annotations

import asyncio
import io

import pytest

from nemo_widgets.client.batch import batch
from nemo_widgets.client.client import AsyncClient, Client
from nemo_widgets.client.models import Video
from nemo_widgets.errors import FileTooLarge, InvalidInput, UnsupportedFile
from nemo_widgets.loop import run
from nemo_widgets.settings import Settings

from .conftest import FAST, TOKEN, adk, draft_of, refusal, stream, until

Image = pytest.importorskip("PIL.Image")
SHORT = "make a 1 second video"


@pytest.fixture(scope="module")
def photos(tmp_path_factory):
    folder = tmp_path_factory.mktemp("photos")
    for name, colour in (("red", "#c33"), ("blue", "#33c"), ("sea side", "#3c3")):
        Image.new("RGB", (160, 90), colour).save(folder / f"{name}.jpg")
    return folder


def dtypes(frame) -> list[str]:
    return [str(dtype) for dtype in frame.dtypes]


async def test_each_row_gets_its_own_video(local, photos, tmp_path):
    damaged = tmp_path / "damaged.jpg"
    damaged.write_bytes(b"\xff\xd8\xff" + bytes(100))
    rows = [
        (photos / "red.jpg", SHORT),
        (damaged, SHORT),
        ([photos / "blue.jpg", str(photos / "sea side.jpg")], "make a 2 second video titled 'Sea'"),
    ]
    table = await batch(rows, client=local, folder=tmp_path / "out" / "new", progress=False)
    assert table["prompt"].tolist() == [prompt for _, prompt in rows]
    assert table["status"].tolist() == ["done", "failed", "done"]
    assert dtypes(table) == ["string", "category", "object", "string"]
    assert table["error"].isna().tolist() == [True, False, True]
    assert "damaged.jpg" in table["error"][1]
    assert table["video"][1] is None
    first, third = table["video"][0], table["video"][2]
    assert isinstance(first, Video)
    assert (first.duration, third.duration) == (1000, 2000)
    assert sorted(path.name for path in (tmp_path / "out" / "new").iterdir()) == [
        "blue-make-a-2-second-video-titled-sea.mp4",
        "red-make-a-1-second-video.mp4",
    ]
    assert first.path.read_bytes()[4:8] == b"ftyp"


async def test_one_session_goes_row_by_row(local, photos, tmp_path):
    session = await local.create_session()
    rows = [
        (photos / "red.jpg", "make a 1 second video titled 'One'"),
        ([], "change the title to 'Two'"),
    ]
    table = await batch(rows, session=session, folder=tmp_path, progress=False, concurrency=5)
    assert table["error"].isna().all()
    draft = await session.draft()
    assert [segment.text for track in draft.tracks for segment in track.segments if segment.text] == ["Two"]
    assert len({video.path for video in table["video"]}) == 2


async def test_a_row_that_made_nothing_tells_the_answer(service, photos, tmp_path):
    service.draft = draft_of()
    service.on["/run_sse"] = [stream(adk("Which of the two lakes do you mean"))]
    async with AsyncClient(service.url, TOKEN, settings=FAST, language="zh") as client:
        table = await batch([(photos / "red.jpg", "the lake")], client=client, folder=tmp_path / "out", progress=False)
    assert table["error"][0].startswith("这条消息没有产生可以导出的内容，回答是：Which of the two lakes do you mean。")
    assert service.count("/api/render/proxy/lambda") == 0
    assert not list((tmp_path / "out").iterdir())


async def test_two_batches_at_once_share_a_folder(local, photos, tmp_path):
    """Each name is kept as long as its row is worked on, and let go of where no video came."""
    row = (photos / "red.jpg", SHORT)
    both = await asyncio.gather(*(batch([row], client=local, folder=tmp_path / "out", progress=False) for _ in "ab"))
    paths = {table["video"][0].path for table in both}
    assert len(paths) == 2
    assert paths == set((tmp_path / "out").iterdir())
    assert all(path.stat().st_size for path in paths)


async def test_names_never_collide(local, photos, tmp_path):
    kept = tmp_path / "red-make-a-1-second-video.mp4"
    kept.write_bytes(b"mine")
    drawn = io.BytesIO()
    Image.new("RGB", (64, 64), "green").save(drawn, "PNG")
    files = [photos / "red.jpg", photos / "red.jpg", photos / "blue.jpg", ("blue.png", drawn)]
    rows = [(file, SHORT) for file in files]
    table = await batch(rows, client=local, folder=tmp_path, progress=False)
    assert [video.path.name for video in table["video"]] == [
        "red-make-a-1-second-video-2.mp4",
        "red-make-a-1-second-video-3.mp4",
        "blue-make-a-1-second-video.mp4",
        "blue-make-a-1-second-video-2.mp4",
    ]
    assert kept.read_bytes() == b"mine"


def test_blocking(studio, photos, tmp_path, capsys):
    pytest.importorskip("ipykernel.zmqshell")  # imported here, as by many programs, and yet this is no notebook
    with Client(studio.url, studio.token) as client:
        table = run(batch([(photos / "red.jpg", SHORT)], client=client, folder=tmp_path))
        assert table["status"].tolist() == ["done"]
        again = run(batch([([], "add a title that says 'Again'")], session=client.create_session(), folder=tmp_path))
        assert again["status"].tolist() == ["failed"], "an empty timeline has nothing to export"
        assert "The message made nothing to export; the answer was: " in again["error"][0]
        assert "photos" in again["error"][0]
    shown = capsys.readouterr().err
    assert "Videos: 100%" in shown
    assert "1/1" in shown


async def test_no_rows(local, tmp_path, capsys):
    full = await batch([], client=local, folder=tmp_path, progress=False)
    assert list(full.columns) == ["prompt", "status", "video", "error"]
    assert dtypes(full) == ["string", "category", "object", "string"]
    assert full.empty
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("bad", "error", "says"),
    [
        (("nowhere.jpg", SHORT), InvalidInput, "no file nowhere.jpg"),
        ((b"%PDF-1.7 text", SHORT), UnsupportedFile, "Take one of: mp4"),
        (("{photo}", "  "), InvalidInput, "Row 2 has no instruction"),
        ("a.jpg", InvalidInput, "Row 2 is not a pair"),
        (("{photo}", SHORT, 3), InvalidInput, "Row 2 is not a pair"),
        (("{photo}", None), InvalidInput, "Row 2 is not a pair"),
        ((b"\x89PNG\r\n\x1a\n" + bytes(3000), SHORT), FileTooLarge, "too large"),
    ],
)
async def test_everything_is_checked_before_anything_is_sent(service, photos, tmp_path, bad, error, says):
    photo = str(photos / "red.jpg")
    if isinstance(bad, tuple):
        bad = tuple(photo if part == "{photo}" else part for part in bad)
    async with AsyncClient(service.url, TOKEN, settings=Settings(max_upload_bytes=3000)) as client:
        with pytest.raises(error, match=says):
            await batch([(photo, SHORT), bad], client=client, folder=tmp_path / "out", progress=False)
    assert service.calls == []
    assert not (tmp_path / "out").exists()


async def test_arguments_that_make_no_sense(service, photos, tmp_path):
    (tmp_path / "file").write_text("")
    async with AsyncClient(service.url, TOKEN, settings=FAST, language="zh") as client:
        with pytest.raises(InvalidInput, match="concurrency=1"):
            await batch([], client=client, concurrency=0)
        with pytest.raises(InvalidInput, match="不是文件夹"):
            await batch([(photos / "red.jpg", SHORT)], client=client, folder=tmp_path / "file")
    assert service.calls == []


async def test_so_many_at_a_time_and_one_failure_is_paid_for_once(service, photos, tmp_path):
    """Two rows at a time, the failing row's message sent once, and its neighbours untouched."""
    now = most = 0

    async def opening(_):
        nonlocal now, most
        now += 1
        most = max(most, now)
        await until(lambda: most > 1)
        now -= 1
        return refusal(2001)

    service.draft = draft_of("A")
    service.on["/api/tasks/me/with-session/nemo_agent"] = [opening]
    async with AsyncClient(service.url, TOKEN, settings=FAST) as client:
        table = await batch(
            [(photos / "red.jpg", SHORT)] * 5, client=client, concurrency=2, folder=tmp_path, progress=False
        )
    assert most == 2
    assert table["status"].tolist() == ["failed"] * 5
    assert table["error"].str.contains("credits").all()
    assert service.count("/run_sse") == 0


async def test_the_shared_client_is_used(studio, photos, own_folders, monkeypatch):
    monkeypatch.setenv("NEMO_API_URL", studio.url)
    monkeypatch.setenv("NEMO_TOKEN", studio.token)
    table = await batch([(photos / "red.jpg", SHORT)], progress=False)
    assert table["video"][0].path.is_relative_to(own_folders / "data")


async def test_a_message_of_a_row_is_sent_once(service, photos, tmp_path):
    service.draft = draft_of("A")
    service.on["/run_sse"] = [stream(adk("done"))]
    service.on["/api/render/proxy/lambda"] = [refusal(402)]
    async with AsyncClient(service.url, TOKEN, settings=FAST) as client:
        table = await batch([(photos / "red.jpg", SHORT)], client=client, folder=tmp_path, progress=False)
    assert "plan" in table["error"][0]
    assert service.count("/run_sse") == 1
