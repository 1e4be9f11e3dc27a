"""The editor in a real marimo: a photo in, words, a draft, a video that plays."""

from __future__ import annotations

import pytest
from hosts import Host, whole_way

NOTEBOOK = """
import marimo

app = marimo.App()


@app.cell
def _():
    import nemo_widgets as nw

    editor = nw.Editor()
    editor
    return (editor,)


if __name__ == "__main__":
    app.run()
"""


def run_first_cell(page):
    page.locator(".cm-content").first.click()
    page.keyboard.press("Control+Enter")


def test_the_whole_way(chromium, tmp_path, shots):
    pytest.importorskip("marimo")
    (tmp_path / "video.py").write_text(NOTEBOOK)
    host = Host(
        tmp_path, "marimo", "-y", "edit", "video.py", "--headless", "--host=127.0.0.1", "--port={port}",
        "--token", "--token-password={token}", path="/?access_token={token}",
    )  # fmt: skip
    whole_way(chromium, tmp_path, host, run_first_cell, shots / "marimo.png")
