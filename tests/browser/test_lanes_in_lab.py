"""Bytes in and out of a real kernel, over the messages and over the fast lane, and what becomes of them in trouble."""

from __future__ import annotations

import hashlib
import json
import random
from pathlib import Path

import pytest
from lab import command, execute
from picture import corner_shows

MB = 1024 * 1024
UPLOADER = """
import hashlib, threading, nemo_widgets as nw
from nemo_widgets.widgets import lane
uploader = nw.Uploader()
slices = []  # of each the lane that it came on
take = uploader._arrivals.slice
def slice(file_id, index, data, *, acknowledge=True):
    slices.append("messages" if acknowledge else "lane")
    taken = take(file_id, index, data, acknowledge=acknowledge)
    if slices.count("lane") == stop_after:
        threading.Thread(target=lane.stop).start()
    return taken
uploader._arrivals.slice = slice
answered = False
post = uploader._desk.send
def send(message, buffers):
    global answered
    post(message, buffers)
    answered = answered or message["kind"] == "lane"
uploader._desk.send = send
uploader
"""
# Every third slice is lost once, and after the eighth the connection is cut.
TROUBLE = """() => {
  const send = WebSocket.prototype.send;
  let count = 0;
  WebSocket.prototype.send = function (data) {
    if ((data.byteLength ?? data.length) < 100_000) return send.call(this, data);
    if (++count % 3 === 0 && count < 9) return;
    send.call(this, data);
    if (count === 8) this.close();
  };
}"""

READY = """count => {
  const rows = [...document.querySelectorAll('.nemo-assets > li')];
  return rows.length === count && rows.every((row) => row.querySelector('progress').hidden);
}"""


def part_page(lab, chromium, name, code, *, fast=True, **options):
    lab.write(name, f"import os\nos.environ['NEMO_FAST_LANE'] = '{int(fast)}'\nstop_after = 0", code)
    page = lab.open(chromium, name, **options)
    command(page, "notebook:run-all-cells")
    page.locator(".nemo-editor").first.wait_for()
    return page


def until_open(page):
    """Wait until a page has made a key of its token."""
    for _ in range(600):
        if execute(page, "from nemo_widgets.widgets import lane; print(len(lane._fast.gate._keys))") != "0\n":
            return
        page.wait_for_timeout(100)
    raise AssertionError("the lane didn't open")


def give(page, *paths):
    with page.expect_file_chooser() as chooser:
        page.locator(".nemo-editor button:visible").filter(has_text="files").first.click()
    chooser.value.set_files([str(path) for path in paths])


def arrived(page, count=1):
    """Wait until the list shows so many files as ready; return the checksum of the last."""
    # Nothing is asked of the kernel meanwhile: on a connection that is cut, an answer may never come.
    page.wait_for_function(READY, arg=count, timeout=180_000)
    return execute(page, "print(hashlib.sha256(uploader.files[-1].read_bytes()).hexdigest())").strip()


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    path = tmp_path_factory.mktemp("clips") / "clip.mp4"
    path.write_bytes(b"\0\0\0\x18ftypisom" + random.Random(5).randbytes(40 * MB))
    return path, hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    """Six seconds of H.264, from dark to light."""
    av = pytest.importorskip("av")
    image = pytest.importorskip("PIL.Image")
    path = tmp_path_factory.mktemp("films") / "film.mp4"
    with av.open(str(path), "w", options={"movflags": "faststart"}) as container:
        stream = container.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        for number in range(60):
            picture = image.new("RGB", (320, 180), (number * 4, 60, 120))
            container.mux(stream.encode(av.VideoFrame.from_image(picture)))
        container.mux(stream.encode())
    return path


def test_an_upload_changes_lanes_when_the_server_goes(lab, chromium, clip, tmp_path):
    page = part_page(lab, chromium, "switch.ipynb", UPLOADER.replace("== stop_after", "== 3"))
    until_open(page)
    path, digest = clip
    give(page, path)
    assert arrived(page) == digest
    assert execute(page, "print(set(slices) == {'lane', 'messages'})") == "True\n"
    # A later one finds a new server; not at once, so that one that is gone for good costs nothing.
    small = tmp_path / "small.mp3"
    small.write_bytes(b"ID3" + bytes(1000))
    for count in range(2, 30):
        execute(page, "slices.clear()")
        give(page, small)
        assert arrived(page, count) == hashlib.sha256(small.read_bytes()).hexdigest()
        if execute(page, "print(slices)") == "['lane']\n":
            break
        page.wait_for_timeout(500)
    else:
        raise AssertionError("the lane didn't open again")
    # Nothing of it is anywhere that a notebook is made of.
    command(page, "docmanager:save")
    keys = json.loads(execute(page, "import json; print(json.dumps(list(lane._fast.gate._keys)))"))
    saved = (lab.notebooks / "switch.ipynb").read_text()
    assert keys
    assert not [key for key in keys if key in saved or key in page.content()]
    page.context.close()


def test_messages_carry_an_upload_through_lost_slices_and_a_cut_connection(lab, chromium, clip):
    page = part_page(lab, chromium, "cut.ipynb", UPLOADER, fast=False)
    page.evaluate(TROUBLE)
    path, digest = clip
    give(page, path)
    assert arrived(page) == digest
    assert execute(page, "print(set(slices))") == "{'messages'}\n"
    page.context.close()


@pytest.mark.parametrize("fast", [True, False])
def test_an_upload_goes_on_while_a_cell_blocks(lab, chromium, clip, fast):
    page = part_page(lab, chromium, f"busy{int(fast)}.ipynb", UPLOADER, fast=fast)
    for _ in range(600):
        if execute(page, "print(answered)") == "True\n":
            break
        page.wait_for_timeout(100)
    page.evaluate(
        """() => {
          const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
          const code = "import time\\nwhile not uploader.files: time.sleep(0.05)\\nprint('seen')";
          window.blocked = kernel.requestExecute({code}).done.then(() => { window.ended = true; });
        }"""
    )
    path, digest = clip
    give(page, path)
    page.wait_for_function("window.ended", timeout=120_000)
    assert arrived(page) == digest
    page.context.close()


@pytest.mark.parametrize("fast", [True, False])
def test_the_player_seeks_plays_and_saves(lab, chromium, film, fast, shots):
    name = f"player{int(fast)}.ipynb"
    code = f"import nemo_widgets as nw\nplayer = nw.Player({str(film)!r}, captions='WEBVTT\\n\\n00:00.000 --> 00:05.000\\nHello\\n')\nplayer"
    page = part_page(lab, chromium, name, code, fast=fast)
    page.wait_for_function("document.querySelector('.nemo-editor video')?.readyState >= 2")
    if fast:  # The first one may have been quicker than the lane.
        until_open(page)
        page.evaluate("document.querySelector('.nemo-editor video').id = 'first'")
        execute(page, f"player.show({str(film)!r}, captions='WEBVTT\\n\\n00:00.000 --> 00:05.000\\nHello\\n')")
        page.wait_for_function("document.querySelector('.nemo-editor video:not(#first)')?.readyState >= 2")
    source = page.evaluate("document.querySelector('.nemo-editor video').src")
    assert source.startswith("http://127.0.0.1" if fast else "blob:")
    assert page.evaluate("document.querySelector('.nemo-editor video').poster.startsWith('data:image/jpeg')")
    corner_shows(page, 5, (200, 60, 120))
    page.evaluate("document.querySelector('.nemo-editor video').textTracks[0].mode = 'showing'")
    page.locator(".nemo-editor select").select_option("2")
    page.evaluate(
        "const video = document.querySelector('.nemo-editor video'); video.muted = true; video.currentTime = 1; video.play()"
    )
    page.wait_for_function("document.querySelector('.nemo-editor video').currentTime > 1.5")
    assert page.evaluate("document.querySelector('.nemo-editor video').playbackRate") == 2
    page.screenshot(path=shots / f"player-{'lane' if fast else 'messages'}.png")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename == "film.mp4"
    assert Path(download.value.path()).read_bytes() == film.read_bytes()
    if fast:  # The server goes: the same video is fetched over the messages, from where it was.
        execute(page, "from nemo_widgets.widgets import lane; lane.stop()")
        # A small video is in the browser's memory by now: nothing else would make it ask again.
        page.evaluate("document.querySelector('.nemo-editor video').dispatchEvent(new Event('error'))")
        page.wait_for_function("document.querySelector('.nemo-editor video')?.src.startsWith('blob:')")
        page.wait_for_function("document.querySelector('.nemo-editor video')?.readyState >= 2")
    command(page, "docmanager:save")
    page.wait_for_timeout(500)
    saved = (lab.notebooks / name).read_text()
    assert "ticket" not in json.dumps([cell["outputs"] for cell in json.loads(saved)["cells"]])
    page.context.close()
