"""The editor in a real marimo: a photo in, words, a draft, a video that plays."""

from __future__ import annotations

import pytest
from hosts import Host, make_a_video
from PIL import Image

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


def test_the_whole_way(chromium, tmp_path, shots):
    pytest.importorskip("marimo")
    photo = tmp_path / "sunset.jpg"
    Image.new("RGB", (320, 240), (220, 120, 40)).save(photo)
    (tmp_path / "video.py").write_text(NOTEBOOK)
    host = Host(
        tmp_path, "marimo", "-y", "edit", "video.py", "--headless", "--host=127.0.0.1", "--port={port}",
        "--token", "--token-password={token}", path="/?access_token={token}",
    )  # fmt: skip
    context = chromium.new_context(viewport={"width": 1280, "height": 1000}, color_scheme="light")
    try:
        page = context.new_page()
        page.set_default_timeout(90_000)
        page.goto(host.url)
        page.locator(".cm-content").first.click()
        page.keyboard.press("Control+Enter")
        make_a_video(page, photo)
        page.screenshot(path=shots / "marimo.png")
    finally:
        context.close()
        host.stop()
