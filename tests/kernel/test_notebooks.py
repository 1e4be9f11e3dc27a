"""The notebooks run from top to bottom, and what is saved of them is small and free of secrets."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from nemo_widgets import Studio

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


def test_the_quick_start(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    notebook = nbformat.read(NOTEBOOKS / "01_quickstart.ipynb", as_version=4)
    with Studio(tmp_path / "studio") as studio:
        monkeypatch.setenv("NEMO_API_URL", studio.url)
        monkeypatch.setenv("NEMO_TOKEN", studio.token)
        NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(tmp_path)}}).execute()
        token = studio.token
    saved = nbformat.writes(notebook)
    cells = {
        cell.id: "".join(str(output) for output in cell.outputs) for cell in notebook.cells if cell.cell_type == "code"
    }
    assert "sunrise.jpg" in cells["c03"]
    assert "Golden Hours" in cells["c06"]
    assert "The Long Way Home" in cells["c12"]
    assert ".mp4" in cells["c14"]
    # The widget's own state is the front end's source and little else.
    assert len(saved) < 120_000
    assert "ftypisom" not in saved
    assert "AAAAIGZ0eXBpc29t" not in saved
    assert not [piece for piece in eights(token) if piece in saved]


def eights(token: str) -> list[str]:
    return [token[index : index + 8] for index in range(len(token) - 7)]


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.name)
def test_no_outputs_are_committed(path):
    notebook = nbformat.read(path, as_version=4)
    assert all(not cell.get("outputs") and not cell.get("execution_count") for cell in notebook.cells)
    assert "widgets" not in notebook.metadata
