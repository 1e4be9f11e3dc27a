"""Bytes in and out of a real kernel, over the messages and over the fast lane, and what becomes of them in trouble."""

from __future__ import annotations

import hashlib
import json
import random
import time
from pathlib import Path

import pytest
from lab import command, execute, save, until_plays, until_printed
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
    until_printed(page, "from nemo_widgets.widgets import lane; print(len(lane._fast.gate._keys) > 0)", "True")


def give(page, *paths):
    with page.expect_file_chooser() as chooser:
        page.locator(".nemo-editor button:visible").filter(has_text="files").first.click()
    chooser.value.set_files([str(path) for path in paths])


def arrived(page, count=1):
    """Wait until the list shows so many files as ready; return the checksum of the last."""
    # Nothing is asked of the kernel meanwhile: on a connection that is cut, an answer may never come.
    page.wait_for_function(READY, arg=count, timeout=180_000)
    return execute(page, "print(hashlib.sha256(uploader.files[-1].read_bytes()).hexdigest())").strip()


def went_by(page, lanes, path, digest, count):
    """Upload a file, and once more until it goes this way: on a busy machine the lane may open too late for it."""
    deadline = time.monotonic() + 300
    while True:
        until_open(page)
        execute(page, "slices.clear()")
        give(page, path)
        assert arrived(page, count) == digest
        went = execute(page, "print(*sorted(set(slices)), sep=', ')")
        if went == f"{lanes}\n":
            return count
        assert time.monotonic() < deadline, f"it went by {went}"
        count += 1
        page.wait_for_timeout(500)


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
    path, digest = clip
    count = went_by(page, "lane, messages", path, digest, 1)
    # A later one finds a new server; not at once, so that one that is gone for good costs nothing.
    small = tmp_path / "small.mp3"
    small.write_bytes(b"ID3" + bytes(1000))
    went_by(page, "lane", small, hashlib.sha256(small.read_bytes()).hexdigest(), count + 1)
    # Nothing of it is anywhere that a notebook is made of.
    keys = json.loads(execute(page, "import json; print(json.dumps(list(lane._fast.gate._keys)))"))
    saved = save(page, lab.notebooks / "switch.ipynb")
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
    until_printed(page, "print(answered)", "True")
    page.evaluate(
        """() => {
          const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
          const code = "import time\\nwhile not uploader.files: time.sleep(0.05)\\nprint('seen')";
          window.blocked = kernel.requestExecute({code}).done.then(() => { window.ended = true; });
        }"""
    )
    path, digest = clip
    give(page, path)
    page.wait_for_function("window.ended")
    assert arrived(page) == digest
    page.context.close()


@pytest.mark.parametrize("fast", [True, False])
def test_the_player_seeks_plays_and_saves(lab, chromium, film, fast, shots):
    name = f"player{int(fast)}.ipynb"
    code = f"import nemo_widgets as nw\nplayer = nw.Player({str(film)!r}, captions='WEBVTT\\n\\n00:00.000 --> 00:05.000\\nHello\\n')\nplayer"
    page = part_page(lab, chromium, name, code, fast=fast)
    page.wait_for_function("document.querySelector('.nemo-editor video')?.readyState >= 2")
    source = "document.querySelector('.nemo-editor video').src"
    for _ in range(60):
        if not fast or page.evaluate(source).startswith("http://127.0.0.1"):
            break
        until_open(page)  # The video may have been quicker than the lane.
        page.evaluate("document.querySelector('.nemo-editor video').id = 'before'")
        execute(page, f"player.show({str(film)!r}, captions='WEBVTT\\n\\n00:00.000 --> 00:05.000\\nHello\\n')")
        page.wait_for_function("document.querySelector('.nemo-editor video:not(#before)')?.readyState >= 2")
        page.wait_for_timeout(500)
    assert page.evaluate(source).startswith("http://127.0.0.1" if fast else "blob:")
    page.wait_for_function("document.querySelector('.nemo-editor video').poster.startsWith('data:image/jpeg')")
    corner_shows(page, 5, (200, 60, 120))
    page.evaluate("document.querySelector('.nemo-editor video').textTracks[0].mode = 'showing'")
    page.locator(".nemo-editor select").select_option("2")
    video = page.locator(".nemo-editor video")
    video.evaluate("video => { video.muted = true; video.currentTime = 1; }")
    until_plays(page, video, 1.5)
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
    saved = save(page, lab.notebooks / name)
    assert "ticket" not in json.dumps([cell["outputs"] for cell in json.loads(saved)["cells"]])
    page.context.close()
