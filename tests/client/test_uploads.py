"""Uploads: refused before the first byte, streamed with flat memory, told as they go."""

from __future__ import annotations

import asyncio
import io
import os
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nemo_widgets.client.client import AsyncClient
from nemo_widgets.client.uploads import check, sniff
from nemo_widgets.errors import FileTooLarge, InvalidInput, UnsupportedFile
from nemo_widgets.settings import Settings

if TYPE_CHECKING:
    from starlette.requests import Request

from .conftest import TOKEN, envelope, refusal

UPLOAD = "/api/upload-video/nemo_agent/me/s1"
PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 50


@pytest.fixture
async def session(client):
    return await client.create_session()


@pytest.fixture
def received(service):
    """What the service read out of the multipart bodies: (name, bytes)."""
    files = []

    async def take(request: Request):
        if request.headers["content-type"].startswith("application/json"):
            urls = (await request.json())["urls"]
            return envelope(
                {"files": [{"filename": Path(url).name, "cdn_url": url, "file_type": "image"} for url in urls]}
            )
        assert int(request.headers["content-length"]) == len(await request.body())
        form = await request.form()
        assert {name for name, _ in form.multi_items()} == {"files"}
        found = [(item.filename, await item.read()) for item in form.getlist("files")]
        files.extend(found)
        return envelope(
            {"files": [{"filename": name, "file_type": "image", "cdn_url": f"cdn/{name}"} for name, _ in found]}
        )

    service.on[UPLOAD] = [take]
    return files


async def test_everything_that_can_be_uploaded(session, received, tmp_path):
    (tmp_path / "a.jpg").write_bytes(b"path")
    (tmp_path / "b.mp4").write_bytes(b"string")
    (tmp_path / "c.png").write_bytes(b"opened")
    drawn = io.BytesIO()
    drawn.write(PNG)
    with (tmp_path / "c.png").open("rb") as opened:
        assets = await session.upload(
            tmp_path / "a.jpg",
            str(tmp_path / "b.mp4"),
            "https://example.com/d.png",
            opened,
            ("e.webp", b"named bytes"),
            PNG,
            ("f.gif", drawn),
            ("g.jpg", tmp_path / "a.jpg"),
        )
        assert not opened.closed
    assert received == [
        ("a.jpg", b"path"),
        ("b.mp4", b"string"),
        ("c.png", b"opened"),
        ("e.webp", b"named bytes"),
        ("upload.png", PNG),
        ("f.gif", PNG),
        ("g.jpg", b"path"),
    ]
    names = ["a.jpg", "b.mp4", "d.png", "c.png", "e.webp", "upload.png", "f.gif", "g.jpg"]
    assert [asset.name for asset in assets] == names, "in the order of the arguments"
    assert assets[2].url == "https://example.com/d.png"


@pytest.mark.parametrize("name", ['quote".jpg', "line\nbreak.jpg", "照片 é.jpg", "semi;colon.jpg", "back\\slash.jpg"])
async def test_odd_names(session, received, name):
    await session.upload((name, b"x"))
    ((sent, _),) = received
    assert sent.endswith(".jpg")
    if "\n" not in name and "\\" not in name and '"' not in name:
        assert sent == name


@pytest.mark.parametrize(
    ("source", "kind", "says"),
    [
        ("nowhere.jpg", InvalidInput, "nowhere.jpg"),
        (Path(), InvalidInput, "no file"),
        ("https:/broken.jpg", InvalidInput, "no file"),
        (b"", InvalidInput, "empty"),
        (("a.jpg", b""), InvalidInput, "a.jpg is empty"),
        (("a.txt", b"hello"), UnsupportedFile, "a.txt"),
        (b"%PDF-1.7", UnsupportedFile, "mp4, mov"),
        (("a.jpg", b"x" * 2000), FileTooLarge, "a.jpg"),
        (io.StringIO("text"), InvalidInput, "rb"),
        (3, InvalidInput, "int"),
        (None, InvalidInput, "NoneType"),
    ],
)
async def test_what_cant_be_used_is_refused_before_anything_is_sent(service, source, kind, says):
    async with AsyncClient(service.url, TOKEN, settings=Settings(max_upload_bytes=1000)) as client:
        session = await client.create_session()
        sent = len(service.calls)
        with pytest.raises(kind, match=says):
            await session.upload(("fine.jpg", b"fine"), source)
    assert len(service.calls) == sent


@pytest.mark.parametrize(("code", "kind"), [(4001, UnsupportedFile), (4002, FileTooLarge)])
async def test_the_services_own_refusals(session, service, code, kind):
    service.on[UPLOAD] = [refusal(code)]
    with pytest.raises(kind):
        await session.upload(("a.jpg", b"x"))
    assert service.count(UPLOAD) == 1


async def test_progress_rises_to_the_total(session, received, tmp_path):
    (tmp_path / "big.mp4").write_bytes(os.urandom(1_500_000))
    seen = []
    await session.upload(tmp_path / "big.mp4", ("a.jpg", b"x" * 1000), on_progress=seen.append)
    done = [progress.done for progress in seen]
    assert done == sorted(set(done))
    assert len(done) > 4
    assert {progress.total for progress in seen} == {1_501_000}
    assert (seen[-1].done, seen[-1].name) == (1_501_000, "a.jpg")
    assert received[0][1] == (tmp_path / "big.mp4").read_bytes()


async def test_a_body_that_was_refused_is_sent_again_from_its_start(session, service, received):
    service.on[UPLOAD].insert(0, refusal(429))
    seen = []
    await session.upload(("a.jpg", io.BytesIO(b"once")), on_progress=seen.append)
    assert received == [("a.jpg", b"once")]
    assert len(seen) == 1


async def test_a_pipe(session, received):
    reading, writing = os.pipe()
    os.write(writing, PNG)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        await session.upload(("a.png", pipe))
    assert received == [("a.png", PNG)]


async def test_a_file_that_shrinks_meanwhile(session, received, tmp_path):
    path = tmp_path / "a.mp4"
    path.write_bytes(b"x" * 600_000)

    def shrink(_):
        os.truncate(path, 10)

    with pytest.raises(InvalidInput, match="changed"):
        await session.upload(path, on_progress=shrink)
    assert received == []


@pytest.mark.parametrize(
    ("head", "suffix"),
    [
        (b"\x00\x00\x00\x18ftypmp42", ".mp4"),
        (b"\x00\x00\x00\x18ftypqt  ", ".mov"),
        (b"\x00\x00\x00\x18ftypM4A ", ".m4a"),
        (b"\x00\x00\x00\x18ftypheic", None),
        (b"RIFF....WEBP", ".webp"),
        (b"RIFF....WAVE", ".wav"),
        (b"RIFF....AVI ", ".avi"),
        (b"\x1aE\xdf\xa3....webm", ".webm"),
        (b"\x1aE\xdf\xa3....matroska", ".mkv"),
        (b"GIF89a", ".gif"),
        (b"ID3\x04", ".mp3"),
        (b"\xff\xfb\x90", ".mp3"),
        (b"\xff\xf1\x50", ".aac"),
        (b"hello", None),
        (b"", None),
    ],
)
def test_first_bytes(head, suffix):
    assert sniff(head) == suffix


async def test_a_large_file_leaves_memory_flat(service, tmp_path):
    """200 MB from disk through a client in a process of its own, which measures itself."""
    taken = []

    async def count(request: Request):
        total = 0
        async for chunk in request.stream():
            total += len(chunk)
        taken.append(total)
        return envelope({"files": [{"filename": "big.mp4"}]})

    service.read_bodies = False
    service.on[UPLOAD] = [count]
    path = tmp_path / "big.mp4"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    script = textwrap.dedent(f"""
        import asyncio, psutil
        from nemo_widgets.client.client import AsyncClient
        process, peak = psutil.Process(), 0
        def watch(_):
            global peak
            peak = max(peak, process.memory_info().rss)
        async def main():
            async with AsyncClient({service.url!r}, "token") as client:
                session = client.session("s1")
                await session.upload(("small.jpg", b"x"))
                before = process.memory_info().rss
                await session.upload({str(path)!r}, on_progress=watch)
                print(max(peak, process.memory_info().rss) - before)
        asyncio.run(main())
    """)
    run = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert taken[-1] > 200 * 1024 * 1024
    grown = int(run.stdout) / 1024 / 1024
    print(f"grew by {grown:.1f} MB")
    assert grown < 32


@pytest.mark.parametrize("source", [("a.png", b"x", "more"), ("a.png", None), None, 5])
def test_what_cant_be_uploaded_is_refused_in_a_sentence(source):
    with pytest.raises(InvalidInput, match="Pass a path"):
        check(source, max_bytes=100)


def test_a_name_that_begins_with_a_tilde_is_a_files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "~backup.png").write_bytes(b"x")
    assert check("~backup.png", max_bytes=100).name == "~backup.png"


def test_a_file_that_may_not_be_read_is_refused_before_anything_is_sent(tmp_path, monkeypatch):
    path = tmp_path / "a.png"
    path.write_bytes(b"x")

    def forbidden(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "open", forbidden)  # root may read everything
    with pytest.raises(InvalidInput, match="may not be read"):
        check(path, max_bytes=100)
