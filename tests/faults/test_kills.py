"""A studio that is killed while it works: a few times here, two hundred times in `tests/benchmarks/kills.py`."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys

import pytest

pytest.importorskip("av")

from nemo_widgets.studio.presence import Presence, others_alive

from .killing import Ward

KILLS = int(os.environ.get("NEMO_KILLS", "5"))


def test_nothing_that_was_acknowledged_is_lost(tmp_path):
    seed = secrets.randbelow(2**32)
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
