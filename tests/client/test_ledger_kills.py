"""Processes that are killed without warning, and new ones that finish what they began."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from nemo_widgets.client.ledger import Ledger

from .conftest import FILM, TOKEN, completed_at, draft_of
from .test_renders import RENDER, STATUS

HERE = Path(__file__).parents[2]

# Every submission that reaches a studio of this process is a line in the file that argv[1] names.
_COUNTED = """
import os, signal, sys
from nemo_widgets.studio.jobs import RenderQueue
_submit = RenderQueue.submit
def counted(self, user, job_id, **order):
    with open(sys.argv[1], "a") as file:
        print(job_id, file=file)
    return _submit(self, user, job_id, **order)
RenderQueue.submit = counted
def die():
    os.kill(os.getpid(), signal.SIGKILL)
"""

_EXPORT = """
import threading
def told(progress):
    print(progress.done, flush=True)
    if progress.done > 0:
        threading.Event().wait()  # it is killed in the middle, however long that takes
from nemo_widgets.client.client import Client
from nemo_widgets.draft.model import Draft
with Client(backend="local") as client:
    session = client.create_session()
    session.upload(sys.argv[2])
    session.send("make a 40 second video of this photo")
    draft = session.draft().raw
    draft["m"].update(width=640, height=360)
    session.export(sys.argv[3], draft=draft, on_progress=told)
"""

_DIES_BEFORE_ASKING = """
from nemo_widgets.client.transport import Transport
_post = Transport.post
async def post(self, path, *args, **options):
    if path == "/api/render/proxy/lambda":
        die()
    return await _post(self, path, *args, **options)
Transport.post = post
"""

_RESUME = """
from nemo_widgets.cli import main
sys.exit(main(["jobs", "--resume", *sys.argv[2:]]))
"""


def start(script: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=HERE)


def finish(child: subprocess.Popen[str]) -> str:
    out, err = child.communicate(timeout=300)
    assert child.returncode == 0, err
    return out


@pytest.fixture
def photo(tmp_path):
    image = pytest.importorskip("PIL.Image")
    path = tmp_path / "photo.jpg"
    image.effect_noise((640, 360), 60).convert("RGB").save(path)
    return path


def test_killed_in_mid_render(tmp_path, photo):
    pytest.importorskip("av")
    submissions, wanted = tmp_path / "submissions", tmp_path / "promo.mp4"
    child = start(_COUNTED + _EXPORT, submissions, photo, wanted)
    assert child.stdout
    assert next(line for line in child.stdout if 0 < int(line) < 100), "it is rendering"
    os.kill(child.pid, signal.SIGKILL)
    child.communicate()

    (entry,) = Ledger().entries()
    assert entry.status == "processing"
    assert entry.unfinished
    said = finish(start(_COUNTED + _RESUME, submissions, entry.id))
    assert submissions.read_text().split() == [entry.id], "asked for once, and finished by the same id"
    assert str(wanted) in said
    assert wanted.read_bytes()[4:8] == b"ftyp"
    (entry,) = Ledger().entries()
    assert (entry.status, entry.downloaded) == ("completed", True)
    assert list(tmp_path.glob("*.part")) == []


def test_killed_between_the_intent_and_the_effect(tmp_path, photo):
    pytest.importorskip("av")
    submissions, wanted = tmp_path / "submissions", tmp_path / "promo.mp4"
    child = start(_COUNTED + _DIES_BEFORE_ASKING + _EXPORT.replace("40 second", "2 second"), submissions, photo, wanted)
    child.communicate(timeout=300)
    assert child.returncode == -signal.SIGKILL
    assert not submissions.exists(), "nothing was sent"

    (entry,) = Ledger().entries()
    assert entry.status == "asked"
    elsewhere = tmp_path / "elsewhere.mp4"
    finish(start(_COUNTED + _RESUME, submissions, entry.id, "--out", elsewhere))
    assert submissions.read_text().split() == [entry.id]
    assert elsewhere.read_bytes()[4:8] == b"ftyp"
    assert not wanted.exists()


_DIES_DOWNLOADING = """
import os, signal, sys
from nemo_widgets.client import downloads
from nemo_widgets.client.client import Client
_write, written = downloads.Part.write, []
def write(self, chunk):
    _write(self, chunk)
    written.append(chunk)
    if sum(map(len, written)) >= 100_000:
        os.kill(os.getpid(), signal.SIGKILL)
downloads.Part.write = write
with Client(sys.argv[1], sys.argv[2]) as client:
    client.session("s1").export(sys.argv[3])
"""


def test_killed_in_mid_download(tmp_path, service, cdn, monkeypatch):
    service.draft = draft_of("A")
    service.on[RENDER] = [{}]
    service.on[STATUS] = [completed_at(cdn)]
    wanted = tmp_path / "promo.mp4"
    child = start(_DIES_DOWNLOADING, service.url, TOKEN, wanted)
    _, err = child.communicate(timeout=300)
    assert child.returncode == -signal.SIGKILL, err
    (part,) = tmp_path.glob("*.part")
    there = part.stat().st_size
    assert 0 < there < len(FILM)
    assert FILM.startswith(part.read_bytes())
    assert not wanted.exists()

    (entry,) = Ledger().entries()
    monkeypatch.setenv("NEMO_TOKEN", TOKEN)
    finish(start("import sys" + _RESUME, "-", entry.id))
    assert wanted.read_bytes() == FILM
    assert cdn.calls[-1].headers["range"] == f"bytes={there}-"
    assert len(cdn.calls) == 2
    assert service.count(RENDER) == 1
    assert list(tmp_path.glob("*.part")) == []
