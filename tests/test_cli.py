"""The command line: the list of renders, and finishing one that was cut off."""

from __future__ import annotations

import os
import subprocess
import sys

import psutil
import pytest

from nemo_widgets import doctor
from nemo_widgets.cli import main
from nemo_widgets.client.ledger import Entry, Ledger
from nemo_widgets.settings import Settings


def asked(job_id: str, *, kind: str = "local", address: str = "", **changes) -> None:
    Ledger().intend(Entry(job_id, kind, address, "s1", title="Spring sale", path="/home/me/promo.mp4"))
    Ledger().note(job_id, **changes)


def test_no_renders_yet(capsys):
    assert main(["jobs"]) == 0
    assert capsys.readouterr().out == "No renders yet.\n"


def test_the_list(tmp_path, capsys):
    film = tmp_path / "promo.mp4"
    film.write_bytes(b"video")
    asked("render_1", status="completed", downloaded=1, path=str(film))
    asked("render_2", kind="cloud", address="https://mega-api-prod.nemovideo.ai", status="failed", error="No clip.")
    asked("render_3", status="processing")
    assert main(["jobs"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["ID", "STATUS", "ASKED", "FOR", "BACKEND", "TITLE", "FILE"]
    assert [line.split()[:2] for line in lines[1:3]] == [["render_3", "processing"], ["render_2", "failed"]]
    assert "cloud" in lines[2]
    assert lines[3].strip() == "No clip."
    assert lines[4].split()[:2] == ["render_1", "saved"]
    assert lines[4].endswith(str(film))
    assert "--resume" in lines[-1]
    starts = {line.index("Spring sale") for line in (lines[1], lines[2], lines[4])}
    assert starts == {lines[0].index("TITLE")}, "columns stand one below the other"


def test_nothing_to_finish_no_advice(tmp_path, capsys):
    film = tmp_path / "promo.mp4"
    film.write_bytes(b"video")
    asked("render_1", status="completed", downloaded=1, path=str(film))
    main(["jobs"])
    assert "--resume" not in capsys.readouterr().out
    film.unlink()
    main(["jobs"])
    said = capsys.readouterr().out
    assert "saved" not in said
    assert "file gone" in said
    assert "To download one again: nemo-widgets jobs --resume" in said


def test_who_reads_only_the_first_lines_sees_no_traceback():
    asked("render_1", status="failed", error="No clip. " * 100_000)  # more than a pipe holds
    command = "import sys; from nemo_widgets.cli import main; sys.exit(main(['jobs']))"
    shown = subprocess.Popen([sys.executable, "-c", command], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert shown.stdout.readline().startswith(b"ID")
    shown.stdout.close()
    assert shown.stderr.read() == b""
    shown.wait(300)
    shown.stderr.close()


def test_a_render_that_nobody_asked_for(capsys):
    assert main(["jobs", "--resume", "render_9"]) == 2
    assert "nemo-widgets jobs" in capsys.readouterr().err


def test_a_video_that_is_there_is_not_fetched_again(tmp_path, capsys):
    (tmp_path / "promo.mp4").write_bytes(b"video")
    asked("render_1", kind="custom", address="http://127.0.0.1:9", downloaded=1, path=str(tmp_path / "promo.mp4"))
    assert main(["jobs", "--resume", "render_1"]) == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / "promo.mp4")


def test_who_is_cut_off_is_told_how_to_go_on(capsys, monkeypatch):
    monkeypatch.setattr(Settings, "local", lambda: Settings(retries=0, poll_interval=0.01))
    asked("render_1", kind="custom", address="http://127.0.0.1:9", status="processing")
    assert main(["jobs", "--resume", "render_1"]) == 2
    said = capsys.readouterr().err
    assert "nemo-widgets jobs --resume render_1" in said
    assert "127.0.0.1:9 can't be reached" in said


def test_a_place_that_cant_be_written_is_refused_before_anything_is_sent(tmp_path, capsys):
    nobody = "http://127.0.0.1:9"  # who asked there would be told that it can't be reached
    asked("render_1", kind="custom", address=nobody, status="processing")
    out = str(tmp_path / "promo.avi")
    for command in (
        ["make", "photo.jpg", "-p", "a video", "-o", out, "--backend", nobody],
        ["jobs", "--resume", "render_1", "--out", out],
    ):
        assert main(command) == 2
        assert "promo.avi isn't a name for it" in capsys.readouterr().err


def test_an_empty_prompt_and_a_name_that_no_file_can_have_are_refused_before_anything_is_sent(tmp_path, capsys):
    nobody = "http://127.0.0.1:9"
    make = ["make", "photo.jpg", "--backend", nobody]
    assert main([*make, "-p", "  ", "-o", str(tmp_path / "a.mp4")]) == 2
    assert "reached" not in capsys.readouterr().err
    assert main([*make, "-p", "a video", "-o", str(tmp_path / f"{'a' * 245}.mp4")]) == 2
    assert "can't be written" in capsys.readouterr().err


def test_the_lab_prints_where_the_quick_start_is_and_ends_with_its_command(tmp_path, monkeypatch):
    pytest.importorskip("jupyterlab")
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "jupyter"))
    command = "import sys; from nemo_widgets.cli import main; sys.exit(main(['lab', '--no-browser', '--port', '0']))"
    pythonpath = os.pathsep.join(sys.path)
    lab = subprocess.Popen(
        [sys.executable, "-c", command],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": pythonpath},
        stderr=subprocess.PIPE,
        text=True,
    )
    address = next(line for line in lab.stderr if "token=" in line)
    assert "/lab/tree/01_quickstart.ipynb?token=" in address
    (server,) = psutil.Process(lab.pid).children()
    lab.terminate()
    lab.stderr.read()  # until both have closed it
    assert lab.wait(300) == 0
    server.wait(300)
    lab.stderr.close()


def test_a_lab_that_loses_the_signal_to_end_is_asked_again(tmp_path):
    (tmp_path / "jupyterlab").mkdir()
    (tmp_path / "jupyterlab" / "__init__.py").touch()
    (tmp_path / "jupyterlab" / "__main__.py").write_text(
        "import signal\n"
        "asked = []\n"
        "signal.signal(signal.SIGTERM, lambda *_: asked.append(1))\n"
        "print('ready', flush=True)\n"
        "while len(asked) < 2: signal.pause()\n"
    )
    command = "import sys; from nemo_widgets import cli; cli._ASK_AGAIN_S = 0.1; sys.exit(cli.main(['lab']))"
    pythonpath = os.pathsep.join([str(tmp_path), *sys.path])
    environment = os.environ | {"PYTHONPATH": pythonpath}
    with subprocess.Popen(
        [sys.executable, "-c", command], cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True
    ) as lab:
        assert lab.stdout.readline() == "ready\n"
        lab.terminate()
        assert lab.wait(300) == 0


def test_a_damaged_ledger_is_a_sentence(capsys):
    Ledger().path.parent.mkdir(parents=True)
    Ledger().path.write_bytes(b"no database" * 1000)
    assert main(["jobs"]) == 2
    assert "move it away" in capsys.readouterr().err


@pytest.mark.parametrize(("installed", "told"), [("7.3.0", True), ("7.0.1", True), ("7.4.0", False), ("6.31.0", False)])
def test_the_doctor_tells_of_a_kernel_that_loses_cells(capsys, monkeypatch, installed, told):
    monkeypatch.setattr(doctor, "version", lambda name: installed if name == "ipykernel" else "1.0")
    main(["doctor"])
    said = capsys.readouterr().out
    assert installed in said
    assert ("pip install --upgrade ipykernel" in said) == told
