"""The notebooks run from top to bottom, and what is saved of them is small and free of secrets."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from traitlets.config import Config

import nemo_widgets
from nemo_widgets import Studio

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
SOURCE = sum(path.stat().st_size for path in (Path(nemo_widgets.__file__).parent / "widgets" / "static").iterdir())


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return what runs a notebook beside a studio: the cells' outputs by their ids. What is saved is checked."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))

    def execute(name):
        notebook = nbformat.read(NOTEBOOKS / name, as_version=4)
        with Studio(tmp_path / "studio") as studio:
            monkeypatch.setenv("NEMO_API_URL", studio.url)
            monkeypatch.setenv("NEMO_TOKEN", studio.token)
            limits = {"timeout": 300, "startup_timeout": 300, "iopub_timeout": 300}  # after 4 s it would drop outputs
            with sockets() as config:
                resources = {"metadata": {"path": str(tmp_path)}}
                NotebookClient(notebook, config=config, resources=resources, **limits).execute()
            token = studio.token
        saved = nbformat.writes(notebook)
        # A widget's own state is the front end's source and little else.
        assert len(saved) < 1.2 * SOURCE * max(1, saved.count('"_esm"')) + 50_000
        assert "ftypisom" not in saved
        assert "AAAAIGZ0eXBpc29t" not in saved
        assert not [piece for piece in eights(token) if piece in saved]
        return {cell.id: "".join(map(str, cell.outputs)) for cell in notebook.cells if cell.cell_type == "code"}

    return execute


def test_the_quick_start(run):
    cells = run("01_quickstart.ipynb")
    assert "sunrise.jpg" in cells["c03"]
    assert "Golden Hours" in cells["c06"]
    assert "The Long Way Home" in cells["c12"]
    assert ".mp4" in cells["c14"]


def test_drafts_as_dataframes(run):
    cells = run("02_drafts_as_dataframes.ipynb")
    assert "sunrise" in cells["c03"]
    assert 'row (0, 1), column "start"' in cells["c26"]
    assert "Clip removed: “dunes”" in cells["c28"]
    assert "preview.mp4" in cells["c33"]
    assert all("image/jpeg" in cells[cell] for cell in ("c35", "c37"))
    assert "Good Night" in cells["c39"]
    assert "True" in cells["c41"]


def test_batch_and_jobs(run):
    cells = run("03_batch_and_jobs.ipynb")
    assert "2: “damaged.jpg” can't be read: the file is damaged" in cells["c06"]
    assert "3: The message made nothing to export; the answer was: I didn't understand that" in cells["c06"]
    assert "lake-make-a-2-second-slideshow" in cells["c08"]
    assert "['done', 'done']" in cells["c10"]
    assert "There is no file sunset.jpg." in cells["c12"]
    assert "make-it-vertical" in cells["c14"]
    orphan = re.search(r"asked for RenderJob\('(render_\w+)'", cells["c19"])
    assert orphan
    assert orphan[1] in cells["c21"]
    assert "orphan.mp4" in cells["c23"]
    assert orphan[1] in cells["c24"], "the same render, not another one"
    assert "completed" in cells["c24"]
    assert "The export was cancelled." in cells["c26"]


def test_the_gallery(run):
    cells = run("05_gallery.ipynb")
    for cell, part in {"c04": "Editor", "c15": "Uploader", "c20": "Timeline", "c26": "Player"}.items():
        assert "application/vnd.jupyter.widget-view+json" in cells[cell]
        assert f"{part}(" in cells[cell]
    assert "lake" in cells["c09"]
    assert "By Hand" in cells["c11"]
    assert "gallery.mp4" in cells["c12"]
    assert "Calm" in cells["c22"]
    assert "Music volume 35% → 20%" in cells["c23"]
    assert "data:image/svg+xml" in cells["c30"]
    assert "image/svg+xml" in cells["c32"]


def test_teaching_without_an_account(run):
    cells = run("04_teaching_without_an_account.ipynb")
    assert all(f"('student {number}', 'joined')" in cells["c04"] for number in (1, 2))
    assert "By Ben" in cells["c08"]
    assert "doesn't know this session" in cells["c10"]
    assert "isn't in this studio" in cells["c12"]
    assert "ann.mp4" in cells["c14"]
    assert cells["c16"].count("export completed") == 4
    assert "0.25 minutes of video" in cells["c18"]
    assert "student 2" in cells["c20"]


@contextlib.contextmanager
def sockets():
    """Let a kernel listen at socket files: a port that is free now may be somebody else's a moment later."""
    if os.name == "nt":
        yield Config()
        return
    with tempfile.TemporaryDirectory(prefix="nemo-", dir="/tmp") as folder:
        yield Config({"KernelManager": {"transport": "ipc", "ip": f"{folder}/kernel"}})


def eights(token: str) -> list[str]:
    return [token[index : index + 8] for index in range(len(token) - 7)]


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.name)
def test_no_outputs_are_committed(path):
    notebook = nbformat.read(path, as_version=4)
    assert all(not cell.get("outputs") and not cell.get("execution_count") for cell in notebook.cells)
    assert "widgets" not in notebook.metadata
