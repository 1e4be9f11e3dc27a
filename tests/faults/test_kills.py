"""A studio that is killed while it works: a few times here, two hundred times in `tests/benchmarks/kills.py`."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import sys

import pytest

pytest.importorskip("av")

from nemo_widgets.studio import jobs
from nemo_widgets.studio.cleaning import Cleaner
from nemo_widgets.studio.presence import Presence, others_alive
from nemo_widgets.studio.store import Store
from nemo_widgets.studio.workspace import Workspace

from .killing import Ward

KILLS = int(os.environ.get("NEMO_KILLS", "5"))


def test_nothing_that_was_acknowledged_is_lost(tmp_path):
    seed = secrets.randbelow(2**32) if "NEMO_RANDOM" in os.environ else 20_261_123
    print(f"seed {seed}")  # pytest shows it where this fails
    ward = Ward(tmp_path, seed)
    for _ in range(KILLS):
        ward.kill_once()
    completed, failed = ward.settle()
    assert completed + failed == sum(len(film.renders) for films in ward.films for film in films)


def test_a_studio_that_was_killed_a_moment_ago_is_gone(tmp_path):
    code = "import os, pathlib, signal, sys; from nemo_widgets.studio.presence import Presence; "
    code += "Presence(pathlib.Path(sys.argv[1])); os.kill(os.getpid(), signal.SIGKILL)"
    assert subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False).returncode == -signal.SIGKILL
    assert len(list(tmp_path.iterdir())) == 1
    own = Presence(tmp_path)
    assert not others_alive(tmp_path, own.id)
    own.release()
    assert list(tmp_path.iterdir()) == []


def test_what_a_worker_of_a_killed_studio_still_writes_is_waited_for(tmp_path, monkeypatch):
    folder, tries, rmtree = tmp_path / "render", [], shutil.rmtree

    def late(path, **options):
        tries.append(path)
        rmtree(path, **options)
        if len(tries) < 3:
            path.mkdir()
            (path / "half.mp4").touch()

    monkeypatch.setattr(jobs.shutil, "rmtree", late)
    monkeypatch.setattr(jobs, "_CLEAR_AGAIN", 0.0)
    jobs._make_anew(folder)
    assert len(tries) == 3
    assert list(folder.iterdir()) == []


def test_what_was_left_a_moment_ago_is_swept_and_what_comes_now_is_not(tmp_path):
    workspace = Workspace(tmp_path)
    store = Store(workspace.database)
    left, own = workspace.incoming / ("a" * 32), workspace.incoming / ("b" * 32)
    left.write_bytes(b"half")
    cleaner = Cleaner(store, workspace, "own", None)
    own.write_bytes(b"half")
    cleaner.clean()
    assert [path.exists() for path in (left, own)] == [False, True]
    store.close()
