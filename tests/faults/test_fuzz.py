"""Damaged media files: thirty here, five hundred in `tests/benchmarks/fuzz.py`; and sounds that are odd rather than broken."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import tracemalloc
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from tests.studio.conftest import Caller

av = pytest.importorskip("av")
FILES = int(os.environ.get("NEMO_FUZZ", "30"))


def test_whatever_the_damage_the_answer_is_a_video_or_a_sentence(tmp_path):
    from .corpus import MOST_MEMORY, Judge, Memory, damaged, whole_files
    from .killing import TOKEN, Life

    seed = secrets.randbelow(2**32) if "NEMO_RANDOM" in os.environ else 20_261_123
    print(f"seed {seed}")  # pytest shows it where this fails
    whole = whole_files(tmp_path)
    life = Life(tmp_path / "studio", tmp_path)
    life.url, life.token = str(life.ready().base_url).rstrip("/"), TOKEN
    memory = Memory(life.process.pid)
    memory.start()
    with Caller(life) as me:
        judge = Judge(me, whole["a.png"])
        for file in damaged(whole, seed, FILES):
            print(file.how, file.name)
            judge(file)
        assert me.get("/health").json() == {"ok": True}
    memory.end()
    life.end()
    assert memory.most < MOST_MEMORY
    assert list((tmp_path / "studio" / "incoming").iterdir()) == []


def recorded(path, codec, rate, layout, *, seconds=1.0, jump=0.0):
    """Save a tone that is loud all the time; after half of it, the clock may jump by so many seconds."""
    wave = (0.5 * np.sin(np.arange(round(seconds * rate)) / 10)).astype(np.float32)
    with av.open(str(path), "w") as container:
        voice = container.add_stream(codec, rate=rate, layout=layout)
        for at in range(0, len(wave) - 1152, 1152):
            block = np.ascontiguousarray(np.tile(wave[at : at + 1152], (2 if layout == "stereo" else 1, 1)))
            frame = av.AudioFrame.from_ndarray(block, "fltp", layout)
            late = round(jump * rate) if at > len(wave) / 2 else 0
            frame.sample_rate, frame.pts, frame.time_base = rate, at + late, Fraction(1, rate)
            for packet in voice.encode(frame):
                container.mux(packet)
        container.mux(voice.encode(None))
    return path


def test_recordings_that_were_joined_are_heard_to_the_end(tmp_path):
    from nemo_widgets.studio.render.audio import Source

    mono = recorded(tmp_path / "mono.mp3", "libmp3lame", 44100, "mono")
    stereo = recorded(tmp_path / "stereo.mp3", "libmp3lame", 48000, "stereo")
    joined = tmp_path / "joined.mp3"
    joined.write_bytes(mono.read_bytes() + stereo.read_bytes())
    source = Source(joined)
    heard = source.read(90_000)
    source.close()
    levels = [float(np.abs(heard[:, at : at + 9600]).max()) for at in (12_000, 36_000, 60_000, 80_000)]
    assert min(levels) > 0.3, levels


def test_hours_that_are_missing_take_no_memory(tmp_path):
    from nemo_widgets.studio.render.audio import Source

    source = Source(recorded(tmp_path / "late.mkv", "pcm_s16le", 48000, "stereo", jump=10 * 3600.0))
    tracemalloc.start()
    for _ in range(3):
        heard = source.read(48000)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    source.close()
    assert np.abs(heard).max() == 0
    assert most < 50e6


@pytest.mark.skipif(sys.platform != "linux", reason="a limit on memory is only kept there")
@pytest.mark.parametrize(("size", "most"), [((320, 180), 4.1), ((7680, 4320), 8.1)])
def test_whatever_a_worker_opens_its_memory_is_limited(tmp_path, size, most):
    from nemo_widgets.studio.render.plan import Plan

    plan = Plan(*size, Fraction(30), 30, (), ())
    worker = [sys.executable, "-P", "-m", "nemo_widgets.studio.render.worker"]
    env = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(worker, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env) as process:
        for message in ({"plan": plan.to_json(), "quality": "low"}, {"sound": "aac", "path": str(tmp_path / "a.mp4")}):
            process.stdin.write(json.dumps(message) + "\n")
        process.stdin.flush()
        assert "done" in process.stdout.readline()
        found = Path(f"/proc/{process.pid}/limits").read_text()
        process.stdin.close()
        process.wait(60)
    (line,) = [line for line in found.splitlines() if line.startswith("Max address space")]
    assert 4 * 1024**3 <= int(line.split()[3]) <= most * 1024**3
