"""A disk that fills up while a studio works on it: sentences, nothing half, and all is well when there is room again."""

from __future__ import annotations

import io
import subprocess
import sys
import time

import pytest

from nemo_widgets.disk import disk_full
from nemo_widgets.studio.workspace import Workspace
from tests.studio.conftest import Caller

from .small_disk import APART, MOUNT, SmallDisk, can_mount

pytest.importorskip("av")
Image = pytest.importorskip("PIL.Image")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="another process's limits are changed as Linux does")
MB = 1024 * 1024
own_disk = pytest.param(12 * MB, id="file system", marks=pytest.mark.skipif(not can_mount(), reason="may not mount"))


def noise(side, number=0):
    """A photo that can't be compressed: 3 · side² bytes, and different for each number."""
    target = io.BytesIO()
    Image.effect_noise((side, side), 80 + number).convert("RGB").save(target, "BMP")
    target.seek(0)
    packed = io.BytesIO()
    Image.open(target).save(packed, "PNG", compress_level=0)
    return f"noise{number}.png", packed.getvalue()


@pytest.fixture(params=[own_disk, pytest.param(None, id="limit")])
def disk(request, tmp_path):
    disk = SmallDisk(tmp_path, request.param)
    yield disk
    disk.close()


@pytest.fixture
def says(request):
    """What a sentence has in it: a limit on the size of files is no full disk, and isn't called one."""
    return "disk is full" if "file system" in request.node.name else "folder"


def ended(me, job, patience=300):
    deadline = time.monotonic() + patience
    while (found := me.job(job))["status"] not in {"completed", "failed"}:
        assert time.monotonic() < deadline, found
        time.sleep(0.05)
    return found


def test_every_step_says_so_and_goes_on_when_there_is_room(disk, says):
    with Caller(disk) as me:
        me.http.timeout = 120
        session = me.session()
        assert me.upload(session, noise(500)).json()["code"] == 0
        me.say(session, "make a 1 second video")
        draft = me.state(session)["draft"] | {"d": 6000}
        draft["t"][0]["sg"][0]["d"] = 6000
        draft["m"] |= {"width": 640, "height": 360}
        before = disk.there()

        # An upload.
        disk.fill(leave=500_000)
        refused = me.upload(session, noise(100, 1), noise(600, 2)).json()
        assert refused["code"] == 422
        assert says in refused["message"], refused
        assert disk.there() == before

        # A render: of noise that moves, so that it needs some room.
        job = ended(me, me.render(session, draft)["id"])
        assert job["status"] == "failed"
        assert says in job["error"] or "written" in job["error"], job
        assert "rendering.mp4" not in job["error"]
        assert disk.there() == before

        # Music, and an edit, where there is no room at all.
        disk.make_room()
        disk.fill()
        kept = me.state(session)["draft"]
        (said,) = [e["errorMessage"] for e in me.say(session, "add epic music") if "errorMessage" in e]
        assert says in said or "disk is full" in said, said
        events, number = [], 0
        while not any("errorMessage" in event for event in events):  # what is left of a page of the database
            kept = me.state(session)["draft"]
            events, number = me.say(session, f'add a title that says "{number} {"x" * 3000}"'), number + 1
            assert number < 300
        assert says in events[-1]["errorMessage"] or "disk is full" in events[-1]["errorMessage"], events[-1]
        assert me.state(session)["draft"] == kept
        assert disk.there() == before

        # There is room again.
        disk.make_room()
        assert me.upload(session, noise(100, 3)).json()["code"] == 0
        me.say(session, 'add epic music and a title that says "again"')
        assert "again" in str(me.state(session)["draft"])
        draft["m"] |= {"width": 64, "height": 36}
        assert ended(me, me.render(session, draft)["id"])["status"] == "completed"
        assert disk.there()["incoming"] == []


def test_which_disk_and_how_much_is_told(tmp_path):
    error = disk_full(tmp_path, "a.mp4", 10**15)
    assert str(tmp_path) in error.message
    assert "1000000.0 GB are needed" in error.message
    assert str(tmp_path) in str(error.in_language("zh"))
    assert "which isn't enough" in Workspace(tmp_path / "own").full("a.mp4").message
    secret = Workspace(tmp_path / "class", secret=True).full("a.mp4")
    assert str(tmp_path) not in str(secret)
    assert "The studio's disk is full" in secret.message


@pytest.mark.skipif(not can_mount(), reason="may not mount")
def test_a_download_that_has_no_room_leaves_nothing(tmp_path):
    code = """
import asyncio, sys
from pathlib import Path
from nemo_widgets.client.downloads import Part, Version
from nemo_widgets.errors import NemoError

async def told(version):
    pass

async def main(folder):
    part = Part(folder / "a.mp4", "key", None, told)
    try:
        with part.open():
            await part.begin(Version("x", 3_000_000))
            for _ in range(48):
                part.write(bytes(65536))
    except NemoError as error:
        print(error, sorted(path.name for path in folder.iterdir()))

asyncio.run(main(Path(sys.argv[1])))
"""
    command = [*APART, "sh", "-c", MOUNT, str(MB), str(tmp_path), sys.executable, "-c", code, str(tmp_path)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert f"The disk is full, so a.mp4 could not be saved: 1 MB are free in {tmp_path}, and 3 MB are needed." in said
    assert said.strip().endswith("[]")
