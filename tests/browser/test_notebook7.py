"""The editor in a real Jupyter Notebook 7: a photo in, words, a draft, a video that plays."""

from __future__ import annotations

import contextlib
import json

import pytest
from hosts import Host, whole_way
from lab import save_by_keys, whole_text
from playwright.sync_api import TimeoutError as Late

IDLE = ".jp-Notebook-ExecutionIndicator[data-status=idle]"
RUN = "() => document.querySelector('.jp-InputPrompt').textContent !== '[ ]:'"


def run_first_cell(page):
    """Press the keys until the cell runs: while it connects to its kernel Notebook 7 only goes on to the next one."""
    page.locator(".jp-Notebook .jp-Cell").first.wait_for()
    page.locator(IDLE).wait_for(state="attached")
    for _ in range(20):
        page.locator(".jp-Cell .cm-content").first.click()
        page.keyboard.press("Shift+Enter")
        with contextlib.suppress(Late):
            page.wait_for_function(RUN, timeout=10_000)
            return
    raise AssertionError("the cell never ran")


def test_the_whole_way(chromium, tmp_path, shots):
    pytest.importorskip("notebook")
    code = "import nemo_widgets as nw\neditor = nw.Editor()\neditor"
    cell = {"cell_type": "code", "id": "c", "metadata": {}, "source": code, "outputs": [], "execution_count": None}
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    path = tmp_path / "video.ipynb"
    path.write_text(
        json.dumps({"cells": [cell], "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5})
    )
    host = Host(
        tmp_path, "notebook", "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1", "--ServerApp.port={port}",
        "--ServerApp.port_retries=0", "--IdentityProvider.token={token}", f"--ServerApp.root_dir={tmp_path}",
        path="/notebooks/video.ipynb?token={token}",
    )  # fmt: skip

    def pictured():
        """Return what is saved, once that has the timeline's picture."""
        text = whole_text(path)
        return text if "data:image/svg+xml" in text else ""

    def save(page):
        """Press the host's key inside the editor; the notebook's file has the picture then."""
        page.locator(".nemo-still img").wait_for(state="attached")
        prompt = page.get_by_role("textbox", name="What should the video be?")
        saved = save_by_keys(page, prompt, pictured)
        assert "Elsewhere" in "".join(
            "".join(output["data"].get("text/html", ""))
            for cell in json.loads(saved)["cells"]
            for output in cell["outputs"]
        )
        assert len(saved) < 150_000

    whole_way(chromium, tmp_path, host, run_first_cell, shots / "notebook7.png", save)
