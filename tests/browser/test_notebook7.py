"""The editor in a real Jupyter Notebook 7: a photo in, words, a draft, a video that plays."""

from __future__ import annotations

import json

import pytest
from hosts import Host, make_a_video
from PIL import Image


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
        page.locator(".jp-NotebookKernelStatus, .jp-Notebook-ExecutionIndicator[data-status=idle]").first.wait_for(
            state="attached"
        )
        page.locator(".jp-Cell .cm-content").first.click()
        page.keyboard.press("Shift+Enter")
        make_a_video(page, photo)
        page.screenshot(path=shots / "notebook7.png")
    finally:
        context.close()
        host.stop()
