"""Uploads: refused before the first byte, streamed with flat memory, told as they go."""

from __future__ import annotations

import asyncio
import io
import json
import os
import socketserver
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nemo_widgets.client import parcels, uploads
from nemo_widgets.client.client import AsyncClient
from nemo_widgets.client.uploads import sniff
from nemo_widgets.errors import FileTooLarge, InvalidInput, UnsupportedFile
from nemo_widgets.settings import Settings

if TYPE_CHECKING:
    from starlette.requests import Request

from .conftest import FAST, TOKEN, envelope, refusal, until

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
        (Path(), InvalidInput, "is a folder"),
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


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\x00\x00\x00\x18ftypheic....", "HEIC"),
        (b"\x00\x00\x00\x18ftypavif....", "AVIF"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04....", "ZIP"),
        (b"<!DOCTYPE html><title>404", "HTML"),
        (b"MM\x00*\x00\x00", "TIFF"),
    ],
)
async def test_what_is_surely_something_else_is_refused_whatever_it_is_called(session, service, head, kind):
    with pytest.raises(UnsupportedFile, match=rf"photo\.jpg is really an? {kind} file|photo\.jpg is really a {kind}"):
        await session.upload(("fine.jpg", b"fine"), ("photo.jpg", head))
    assert service.count(UPLOAD) == 0


@pytest.mark.parametrize("head", [b"\x00\x00\x00\x14ftypXAVC", b"\x00\x00\x00\x08wide", b"\x00" * 64, b"\xff\xe3"])
async def test_what_isnt_known_for_sure_is_left_to_the_service(session, received, head):
    await session.upload(("clip.mov", head), ("song.mp3", head))
    assert len(received) == 2


@pytest.fixture
def small_parcels(monkeypatch):
    """A file in each request, so that a test needs no large ones."""
    monkeypatch.setattr(parcels, "_MOST_BYTES", 1000)
    monkeypatch.setattr(parcels, "_LIGHT", 100)


class Slow(io.BytesIO):
    """A file on a disk that takes its time."""

    def read(self, size=-1):
        if self.tell() == 0 and size > 100:
            time.sleep(0.3)
        return super().read(size)


@pytest.mark.usefixtures("small_parcels")
async def test_many_at_once_arrive_in_their_order(service, received, tmp_path):
    """However long each takes: the first is the slowest."""
    paths = [tmp_path / f"{number}.jpg" for number in range(1, 7)]
    for path in paths:
        path.write_bytes(os.urandom(900))
    seen = []
    async with AsyncClient(service.url, TOKEN, settings=replace(FAST, upload_concurrency=3)) as client:
        assets = await client.session("s1").upload(("0.jpg", Slow(os.urandom(900))), *paths, on_progress=seen.append)
    names = [f"{number}.jpg" for number in range(7)]
    assert [asset.name for asset in assets] == names
    assert [name for name, _ in received] == names
    done = [progress.done for progress in seen]
    assert done == sorted(set(done))
    assert {progress.total for progress in seen} == {6300}
    assert done[-1] == 6300


@pytest.mark.usefixtures("small_parcels")
async def test_what_is_sent_at_once_waits_for_its_turn_before_it_begins(service, received, monkeypatch):
    """A studio gives up a body that only drips: photos behind a film that took long were lost."""
    monkeypatch.setattr(parcels, "_LIGHT", 600)
    take, under_way, counts = service.on[UPLOAD][0], [], []

    async def counted(request: Request):
        under_way.append(request)
        counts.append(len(under_way))
        await asyncio.sleep(0.05)
        answer = await take(request)
        under_way.remove(request)
        return answer

    service.read_bodies = False
    service.on[UPLOAD] = [counted]
    async with AsyncClient(service.url, TOKEN, settings=replace(FAST, upload_concurrency=3)) as client:
        await client.session("s1").upload(*[(f"{n}.jpg", os.urandom(size)) for n, size in enumerate((900, 550, 550))])
    assert [name for name, _ in received] == ["0.jpg", "1.jpg", "2.jpg"]
    assert counts == [1, 1, 1]


@pytest.mark.usefixtures("small_parcels")
async def test_so_many_requests_are_under_way_and_no_more(service, monkeypatch, tmp_path):
    monkeypatch.setattr(uploads, "_CRUMB_EVERY_S", 0.01)
    under_way, counts = set(), []

    async def take(request: Request):
        me = object()
        under_way.add(me)
        counts.append(len(under_way))
        await until(lambda: max(counts) >= limit)
        counts.extend([len(under_way) async for _ in request.stream()])
        under_way.discard(me)
        await asyncio.sleep(0.05)
        return envelope({"files": [{"filename": "x"}]})

    service.read_bodies = False
    service.on[UPLOAD] = [take]
    for limit in (1, 3):
        counts.clear()
        async with AsyncClient(service.url, TOKEN, settings=replace(FAST, upload_concurrency=limit)) as client:
            await client.session("s1").upload(*[(f"{n}.jpg", os.urandom(900)) for n in range(6)])
        assert max(counts) == limit


async def test_a_usual_set_of_photos_is_one_request(session, service, received):
    await session.upload(*[(f"{number}.jpg", os.urandom(200_000)) for number in range(15)])
    assert service.count(UPLOAD) == 1


async def test_a_service_may_take_its_time_to_fetch_an_address(service, received):
    take = service.on[UPLOAD][0]

    async def slow(request: Request):
        await asyncio.sleep(1.5)
        return await take(request)

    service.on[UPLOAD] = [slow]
    async with AsyncClient(service.url, TOKEN, settings=replace(FAST, request_timeout=0.5)) as client:
        (asset,) = await client.session("s1").upload("https://cdn/b.png")
    assert asset.name == "b.png"


@pytest.mark.usefixtures("small_parcels")
async def test_addresses_keep_their_place_among_files(session, service, received):
    await session.upload(("a.jpg", b"x" * 900), "https://cdn/b.png", ("c.jpg", b"x" * 900), "https://cdn/d.png")
    kinds = [call.headers["content-type"].partition(";")[0] for call in service.at(UPLOAD)]
    assert len(kinds) == 4
    assert [name for name, _ in received] == ["a.jpg", "c.jpg"]
    ends = [json.loads(call.body)["urls"] for call in service.at(UPLOAD) if "json" in call.headers["content-type"]]
    assert ends == [["https://cdn/b.png"], ["https://cdn/d.png"]]


@pytest.mark.usefixtures("small_parcels")
async def test_a_file_that_is_refused_is_named_and_what_is_after_it_doesnt_arrive(session, service, received):
    service.on[UPLOAD] = [*service.on[UPLOAD] * 2, refusal(4001), *service.on[UPLOAD]]
    with pytest.raises(UnsupportedFile, match=r"2\.jpg"):
        await session.upload(*[(f"{number}.jpg", b"x" * 900) for number in range(6)])
    assert [name for name, _ in received] == ["0.jpg", "1.jpg"]


@pytest.mark.usefixtures("small_parcels")
async def test_one_open_file_in_several_requests(session, received):
    data = os.urandom(2_000_000)
    opened = io.BytesIO(data)
    await session.upload(*[(f"{number}.mp4", opened) for number in range(4)])
    assert [content == data for _, content in received] == [True] * 4


def test_a_folder_is_told_from_a_file_that_isnt_there(tmp_path):
    with pytest.raises(InvalidInput, match=r"is a folder\. Pass the files in it.*iterdir") as refused:
        uploads.check(tmp_path, max_bytes=100)
    assert str(tmp_path) in str(refused.value)


async def test_paths_as_people_have_them(session, received, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("my holiday (1).jpg", "假期 照片.png", "Ünïcödé 🎬.mp4", "100% #1 + a&b.jpg"):
        (tmp_path / name).write_bytes(name.encode())
        for path in (name, Path(name), tmp_path / name, f"~/{name}"):
            received.clear()
            (asset,) = await session.upload(path)
            assert received == [(name, name.encode())]
            assert asset.name == name


async def test_a_pipe_without_an_end_is_not_read_to_the_end(service):
    async with AsyncClient(service.url, TOKEN, settings=replace(FAST, max_upload_bytes=1_000_000)) as client:
        with Path("/dev/zero").open("rb", buffering=0) as endless:
            endless_pipe = io.BufferedReader(Unseekable(endless))
            with pytest.raises(FileTooLarge):
                await client.session("s1").upload(("a.mp4", endless_pipe))


class Unseekable(io.RawIOBase):
    """A raw stream as a pipe is."""

    def __init__(self, source):
        self.source = source

    def readable(self):
        return True

    def seekable(self):
        return False

    def readinto(self, buffer):
        return self.source.readinto(buffer)


@pytest.fixture
def sink():
    """A service that throws away what it gets, as fast as it comes: its address, and the sizes of the bodies."""
    taken: list[int] = []

    class Sink(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            buffer = bytearray(1024 * 1024)
            while line := self.rfile.readline():
                size, expects = 0, line.startswith(b"POST")
                while (line := self.rfile.readline()) not in {b"\r\n", b""}:
                    if line.lower().startswith(b"content-length:"):
                        size = int(line.split(b":")[1])
                left = size
                while left and (count := self.rfile.readinto1(memoryview(buffer)[: min(left, len(buffer))])):
                    left -= count
                taken.append(size - left)
                if not expects or left:
                    return
                body = b'{"code": 0, "data": {"files": [{"filename": "big.mp4"}]}}'
                self.wfile.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n")
                self.wfile.write(b"content-length: %d\r\n\r\n" % len(body) + body)

    class Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
        daemon_threads = True

    with Server(("127.0.0.1", 0), Sink) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}", taken
        server.shutdown()


_WEIGHED = """
import asyncio, psutil, sys, time
from nemo_widgets.client import parcels, uploads
from nemo_widgets.client.client import AsyncClient
process, peak = psutil.Process(), 0
def watch(_):
    global peak
    peak = max(peak, process.memory_info().rss)
async def main():
    async with AsyncClient(sys.argv[1], "token") as client:
        session = client.session("s1")
        await session.upload(("small.jpg", b"x"))
        before, began = process.memory_info().rss, time.monotonic()
        await session.upload(*sys.argv[2:], on_progress=watch)
        print(max(peak, process.memory_info().rss) - before, time.monotonic() - began)
asyncio.run(main())
"""


@pytest.mark.parametrize(("files", "megabytes"), [(1, 500), (5, 40)])
async def test_large_files_leave_memory_flat(sink, tmp_path, files, megabytes):
    """From disk through a client in a process of its own, which weighs itself."""
    url, taken = sink
    paths = [tmp_path / f"{number}.mp4" for number in range(files)]
    for path in paths:
        with path.open("wb") as file:
            file.truncate(megabytes * 1024 * 1024)
    command = [sys.executable, "-c", _WEIGHED, url, *map(str, paths)]
    run = await asyncio.to_thread(
        subprocess.run, command, capture_output=True, text=True, cwd=Path(__file__).parents[2], check=False
    )
    assert run.returncode == 0, run.stderr
    assert len(taken) == files + 1
    assert sum(taken) > files * megabytes * 1024 * 1024
    grown, seconds = map(float, run.stdout.split())
    print(f"{files} × {megabytes} MB: grew by {grown / 1e6:.1f} MB, {files * megabytes / seconds:.0f} MB/s")
    assert grown < 32 * 1024 * 1024
