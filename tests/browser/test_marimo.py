"""The editor in a real marimo: a photo in, words, a draft, a video that plays."""

from __future__ import annotations

import contextlib

import pytest
from hosts import Host, whole_way
from playwright.sync_api import TimeoutError as Late

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


RUN = "() => document.querySelector('.marimo-cell [data-testid=cell-status]').dataset.status !== 'outdated'"


def run_first_cell(page):
    """Press the keys until the cell runs, once the page has its kernel: before, marimo may lose them."""
    page.locator(".marimo-cell.needs-run").first.wait_for()
    for _ in range(20):
        page.locator(".cm-content").first.click()
        page.keyboard.press("Control+Enter")
        with contextlib.suppress(Late):
            page.wait_for_function(RUN, timeout=10_000)
            return
    raise AssertionError("the cell never ran")


def test_the_whole_way(chromium, tmp_path, shots):
    pytest.importorskip("marimo")
    (tmp_path / "video.py").write_text(NOTEBOOK)
    host = Host(
        tmp_path, "marimo", "-y", "edit", "video.py", "--headless", "--host=127.0.0.1", "--port={port}",
        "--token", "--token-password={token}", path="/?access_token={token}",
    )  # fmt: skip
    whole_way(chromium, tmp_path, host, run_first_cell, shots / "marimo.png")
