"""How a render goes: progress, pieces, cancelling, errors, and what is left behind."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import psutil
import pytest

import nemo_widgets
from nemo_widgets import settings
from nemo_widgets.errors import NothingToExport, RenderFailed
from nemo_widgets.studio.render import render, sharing
from nemo_widgets.studio.server import Studio

sys.path.insert(0, str(Path(__file__).parent))

from samples import clip, decoded, draft, photo, shot, sound


@pytest.fixture
def long_draft(tmp_path):
    """Seven seconds, so two pieces: a moving photo, a clip and a title across the joint."""
    first = photo(tmp_path / "a.png", width=480, height=270)
    second = clip(tmp_path / "c.mp4", seconds=3)
    return draft(
        shot(first, 4600, motion="zoom-in", transition={"type": "crossfade", "d": 800}),
        shot(second, 2400),
        titles=[{"st": 4000, "d": 2000, "m": {"text": "Joint"}}],
        sounds=[shot(sound(tmp_path / "a.wav", seconds=7), 7000, volume=0.5)],
    )


def test_progress_counts_real_frames(tmp_path, long_draft):
    seen = []
    render(long_draft, tmp_path / "out.mp4", on_progress=seen.append)
    counts = [each.done for each in seen]
    assert counts[0] == 0
    assert counts == sorted(counts)
    assert (seen[-1].done, seen[-1].total, seen[-1].name) == (210, 210, "out.mp4")
    assert len(seen) > 4


def test_the_number_of_processes_changes_nothing(tmp_path, long_draft):
    one = render(long_draft, tmp_path / "one.mp4", workers=1)
    two = render(long_draft, tmp_path / "two.mp4", workers=2)
    assert one.read_bytes() == two.read_bytes()
    assert len(decoded(one)) == 210


def test_pieces_are_joined_without_a_seam(tmp_path, long_draft, monkeypatch):
    cut = decoded(render(long_draft, tmp_path / "cut.mp4"))
    monkeypatch.setattr(sharing, "PIECE_SECONDS", 60)
    whole = decoded(render(long_draft, tmp_path / "whole.mp4"))
    assert len(cut) == len(whole) == 210
    for number in range(145, 156):
        assert np.abs(cut[number].astype(int) - whole[number]).mean() < 2


def renders(process):
    """Whether a process is a worker; one that has ended, whoever started it, is none."""
    try:
        return "render.worker" in " ".join(process.cmdline())
    except psutil.NoSuchProcess:  # a zombie, too
        return False


def test_cancelling_stops_within_a_second_and_leaves_nothing(tmp_path):
    source = photo(tmp_path / "a.jpg", width=2000, height=1200)
    target = tmp_path / "out" / "long.mp4"
    d = draft(shot(source, 60_000, motion="zoom-in"), width=1920, height=1080)
    stop, done = threading.Event(), []

    def on_progress(progress):
        done.append(progress.done)
        if progress.done > 5:
            stop.set()

    with pytest.raises(RenderFailed) as caught:
        render(d, target, on_progress=on_progress, cancelled=stop)
    assert done[-1] < 900  # half of them; some 20 on an idle machine
    assert caught.value.key == "render-cancelled"
    assert list(target.parent.iterdir()) == []
    assert not any(map(renders, psutil.Process().children()))


def test_a_failed_render_leaves_the_video_before_it(tmp_path):
    target = tmp_path / "out" / "out.mp4"
    target.parent.mkdir()
    target.write_bytes(b"the video before")
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(photo(tmp_path / "a.jpg").read_bytes()[:3000])
    with pytest.raises(RenderFailed, match=r"“Beach” can't be read"):
        render(draft(shot(broken, 500, name="Beach")), target)
    assert target.read_bytes() == b"the video before"
    assert list(target.parent.iterdir()) == [target]


def test_an_empty_draft_has_nothing_to_export(tmp_path):
    for empty in ({}, {"t": None}, draft(), {"t": [{"tt": 0, "sg": None}]}, draft(shot("a.png", 1))):
        with pytest.raises(NothingToExport):
            render(empty, tmp_path / "out.mp4")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(RenderFailed, match=r"“gone\.jpg” is gone"):
        render(draft(shot(tmp_path / "gone.jpg", 500)), tmp_path / "out.mp4")


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.gif", "a.webp", "a.mp4", "a.mp3"])
def test_a_damaged_file_is_named(tmp_path, name):
    heads = {"jpg": b"\xff\xd8\xff\xe0", "png": b"\x89PNG\r\n\x1a\n", "gif": b"GIF89a", "mp3": b"ID3\x04"}
    heads |= {"webp": b"RIFF\x10\0\0\0WEBP", "mp4": b"\0\0\0\x18ftypisom"}
    path = tmp_path / name
    path.write_bytes(heads[path.suffix[1:]] + b"\x07garbage" * 400)
    d = draft(sounds=[shot(path, 500)]) if name == "a.mp3" else draft(shot(path, 500))
    with pytest.raises(RenderFailed, match=rf"“{name}” can't be read"):
        render(d, tmp_path / "out.mp4")


def test_addresses_are_refused_unless_somebody_resolves_them(tmp_path):
    address = "https://cdn.example.com/red.png?signature=secret"
    with pytest.raises(RenderFailed, match=r"“red\.png” is on the internet") as caught:
        render(draft(shot(address, 200)), tmp_path / "out.mp4")
    assert "secret" not in str(caught.value)
    local = photo(tmp_path / "red.png", color=(200, 30, 30))
    assert render(draft(shot(address, 200)), tmp_path / "out.mp4", resolve={address: local}.__getitem__).exists()
    assert render(draft(shot(local.as_uri(), 200)), tmp_path / "out.mp4").exists()


def test_a_studios_own_draft_renders_without_the_studio(tmp_path, monkeypatch, me):
    monkeypatch.setattr(settings, "data_folder", lambda: tmp_path / "data")
    with Studio(workers=1, pace=0) as studio, type(me)(studio) as caller:
        session = caller.session()
        made = caller.tiny_draft(session)
        caller.say(session, "add calm music")
        made["t"] = caller.state(session)["draft"]["t"]
    assert "http://" in made["t"][0]["sg"][0]["m"]["src"]
    assert len(decoded(render(made, tmp_path / "out.mp4"))) == 30
    made["t"][0]["sg"][0]["m"]["src"] = f"http://127.0.0.1:8000/media/{'0' * 32}/gone%20away.jpg"
    with pytest.raises(RenderFailed, match=r"“gone away\.jpg” is on a server") as caught:
        render(made, tmp_path / "again.mp4")
    assert "internet" not in str(caught.value)


def test_a_playlist_dressed_up_as_a_clip_reaches_nothing(tmp_path):
    secret = clip(tmp_path / "secret.mp4", seconds=0.2)
    for text in (f"#EXTM3U\n#EXTINF:1,\n{secret}\n#EXT-X-ENDLIST\n", f"ffconcat version 1.0\nfile {secret}\n"):
        (tmp_path / "list.mp4").write_text(text)
        with pytest.raises(RenderFailed, match=r"can't be read"):
            render(draft(shot(tmp_path / "list.mp4", 200)), tmp_path / "out.mp4")


def test_it_works_from_a_script_without_a_main_guard_in_any_folder(tmp_path):
    source = photo(tmp_path / "a.png", color=(90, 90, 90))
    (tmp_path / "av.py").write_text("raise RuntimeError('a file of the user, called av.py')")
    script = tmp_path / "script" / "make.py"
    script.parent.mkdir()
    script.write_text(
        f"import sys\nsys.path.insert(0, {str(Path(nemo_widgets.__file__).parents[1])!r})\n"
        f"import nemo_widgets as nw\nprint(nw.render({draft(shot(source, 300))!r}, 'out.mp4'))\n"
    )
    done = subprocess.run([sys.executable, script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "out.mp4", done.stderr
    assert len(decoded(tmp_path / "out.mp4")) == 9


def test_it_works_from_several_threads_at_once(tmp_path):
    source = photo(tmp_path / "a.png", color=(90, 90, 90))
    threads = [
        threading.Thread(target=render, args=(draft(shot(source, 300)), tmp_path / f"{n}.mp4")) for n in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(decoded(tmp_path / f"{n}.mp4")) for n in range(3)] == [9, 9, 9]


@pytest.mark.skipif(sys.platform == "win32", reason="process groups are POSIX's")
def test_an_interrupt_of_the_process_group_does_not_reach_the_workers(tmp_path):
    """Ctrl-C in a terminal and a kernel's interrupt go to the group; a worker that still starts would die of it."""
    source = photo(tmp_path / "a.png", color=(90, 90, 90))
    groups = set()

    def look(_):
        for child in psutil.Process().children():
            with contextlib.suppress(psutil.Error, ProcessLookupError):  # one of an earlier test may just be ending
                if "nemo_widgets.studio.render.worker" in child.cmdline():
                    groups.add(os.getpgid(child.pid))

    render(draft(shot(source, 300)), tmp_path / "out.mp4", on_progress=look)
    assert groups
    assert os.getpgrp() not in groups


def test_a_video_that_cannot_be_written_is_a_sentence_and_leaves_nothing(tmp_path):
    """A limit on the size of files is as near as a test comes to a disk without room."""
    source = photo(tmp_path / "a.png")
    code = (
        "import resource, sys\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))\n"
        f"sys.path.insert(0, {str(Path(nemo_widgets.__file__).parents[1])!r})\n"
        "import nemo_widgets as nw\n"
        f"try: nw.render({draft(shot(source, 3000, motion='zoom-in'))!r}, 'out/out.mp4')\n"
        "except nw.NemoError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "could not be rendered" in done.stdout, done.stderr
    assert list((tmp_path / "out").iterdir()) == []


def test_workers_end_with_their_parent(tmp_path):
    source = photo(tmp_path / "a.jpg", width=2000, height=1200)
    d = draft(shot(source, 60_000, motion="zoom-in"), width=1920, height=1080)
    root = str(Path(nemo_widgets.__file__).parents[1])
    code = (
        f"import sys; sys.path.insert(0, {root!r})\n"
        f"import nemo_widgets as nw; nw.render({d!r}, 'out.mp4', on_progress=lambda p: print(p.done, flush=True))"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=tmp_path, stdout=subprocess.PIPE, text=True)
    while int(parent.stdout.readline()) < 3:
        pass
    workers = psutil.Process(parent.pid).children()
    assert workers
    parent.kill()
    parent.wait()
    parent.stdout.close()
    gone, alive = psutil.wait_procs(workers, timeout=60)
    assert (len(gone), alive) == (len(workers), [])
