"""The editor in a real Jupyter Notebook 7: a photo in, words, a draft, a video that plays."""

from __future__ import annotations

import contextlib
import json

import pytest
from hosts import Host, make_a_video
from PIL import Image
from playwright.sync_api import TimeoutError as Late

IDLE = ".jp-Notebook-ExecutionIndicator[data-status=idle]"
RUN = "() => document.querySelector('.jp-InputPrompt').textContent !== '[ ]:'"


def run_first_cell(page):
    """Press the keys until the cell runs: while it connects to its kernel Notebook 7 only goes on to the next one."""
    page.locator(IDLE).wait_for(state="attached")
    for _ in range(20):
        page.locator(".jp-Cell .cm-content").first.click()
        page.keyboard.press("Shift+Enter")
        with contextlib.suppress(Late):
            page.wait_for_function(RUN, timeout=3000)
            return
    raise AssertionError("the cell never ran")


def test_the_whole_way(chromium, tmp_path, shots):
    pytest.importorskip("notebook")
    photo = tmp_path / "sunset.jpg"
    Image.new("RGB", (320, 240), (220, 120, 40)).save(photo)
    code = "import nemo_widgets as nw\neditor = nw.Editor()\neditor"
    cell = {"cell_type": "code", "id": "c", "metadata": {}, "source": code, "outputs": [], "execution_count": None}
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    (tmp_path / "video.ipynb").write_text(
        json.dumps({"cells": [cell], "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5})
    )
    host = Host(
        tmp_path, "notebook", "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1", "--ServerApp.port={port}",
        "--ServerApp.port_retries=0", "--IdentityProvider.token={token}", f"--ServerApp.root_dir={tmp_path}",
        path="/notebooks/video.ipynb?token={token}",
    )  # fmt: skip
    context = chromium.new_context(viewport={"width": 1280, "height": 1000})
    try:
        page = context.new_page()
        page.set_default_timeout(90_000)
        page.goto(host.url)
        page.locator(".jp-Notebook .jp-Cell").first.wait_for()
        run_first_cell(page)
        make_a_video(page, photo)
        page.screenshot(path=shots / "notebook7.png")
    finally:
        context.close()
        host.stop()
