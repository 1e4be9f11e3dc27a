"""The whole way in a real JupyterLab: photos in, words, a timeline, a finished video that plays."""

from __future__ import annotations

import hashlib
import json
import re

import numpy as np
import pytest
from lab import command, execute, save, until_plays, until_printed
from picture import corner_shows
from PIL import Image
from playwright.sync_api import expect

START = "import nemo_widgets as nw\neditor = nw.Editor()\neditor"
PROMPT = "combine these images into a 4-second promo video titled 'Golden Hours' with calm music"
COLOURS = {"red": (200, 40, 40), "green": (40, 160, 60), "blue": (40, 70, 200)}


@pytest.fixture
def photos(tmp_path):
    paths = []
    for name, colour in COLOURS.items():
        path = tmp_path / f"{name}.jpg"
        Image.new("RGB", (1600, 1200), colour).save(path, quality=92)
        paths.append(path)
    return paths


def editor_page(lab, chromium, name, **options):
    lab.write(name, START)
    page = lab.open(chromium, name, **options)
    command(page, "notebook:run-all-cells")
    page.get_by_text("Local studio").first.wait_for()
    return page


def add_files(page, *paths):
    with page.expect_file_chooser() as chooser:
        page.locator(".nemo-editor").get_by_role("button", name=re.compile("Choose files|Add files")).first.click()
    chooser.value.set_files([str(path) for path in paths])


def say(page, text):
    box = page.get_by_role("textbox", name="What should the video be?")
    box.fill(text)
    box.press("Control+Enter")


def test_from_photos_to_a_video_that_plays(lab, chromium, photos, shots):
    page = editor_page(lab, chromium, "whole.ipynb")
    editor = page.locator(".nemo-editor")
    add_files(page, *photos)
    for path in photos:
        editor.get_by_text(path.name).first.wait_for()
    wait_uploaded(page, 3)

    say(page, PROMPT)
    editor.get_by_text("Golden Hours").first.wait_for()
    editor.get_by_role("button", name="Export video").wait_for()
    editor.get_by_text("Table · 5 rows").click()
    expect(editor.locator("table tbody tr")).to_have_count(5)
    page.screenshot(path=shots / "draft.png")

    editor.get_by_role("button", name="Export video").click()
    page.wait_for_function("document.querySelector('.nemo-editor video')?.readyState >= 2", timeout=180_000)
    until_plays(page, editor.locator("video"), 0.5)
    page.screenshot(path=shots / "playing.png")

    size = editor.locator("video").evaluate("v => [v.videoWidth, v.videoHeight, v.duration]")
    assert size[:2] == [1920, 1080]
    assert size[2] == pytest.approx(4, abs=0.05)
    for index, colour in enumerate(COLOURS.values()):
        corner_shows(page, (index + 0.85) * 4 / 3, colour)

    # Code sees what the mouse did.
    assert execute(page, "print(editor.timeline['kind'].tolist(), editor.draft.duration)") == (
        "['video', 'video', 'video', 'audio', 'text'] 4000\n"
    )
    # A picture of the timeline is saved beside the widget's reference: no media, no token.
    page.locator(".nemo-still img").wait_for(state="attached")
    saved = save(page, lab.notebooks / "whole.ipynb")
    assert len(saved) < 150_000
    outputs = json.dumps([cell["outputs"] for cell in json.loads(saved)["cells"]])
    assert set(re.findall(r"data:[^;]*;", outputs)) == {"data:image/svg+xml;"}
    token = execute(
        page, "from nemo_widgets.client import backends\nprint(backends._studio.endpoint.token.reveal())"
    ).strip()
    assert len(token) > 16
    assert not [token[i : i + 8] for i in range(len(token) - 7) if token[i : i + 8] in saved]
    assert not [line for line in page.complaints if "nemo" in line.lower()]
    page.context.close()


def test_bad_input_gets_a_sentence_and_the_editor_goes_on(lab, chromium, photos, tmp_path, shots):
    page = editor_page(lab, chromium, "bad.ipynb")
    editor = page.locator(".nemo-editor")
    notes = tmp_path / "notes.txt"
    notes.write_text("hello")
    liar = tmp_path / "liar.jpg"
    liar.write_text("this is no picture")

    expect(editor.get_by_role("button", name="Export video")).to_be_disabled()
    editor.get_by_text("There is nothing to export yet").first.wait_for()
    add_files(page, notes)
    editor.get_by_text("This type of file can't be used here.").first.wait_for()
    add_files(page, liar)
    editor.get_by_text("liar.jpg isn't what its name says").first.wait_for()
    say(page, "   ")
    editor.get_by_text("The message is empty").first.wait_for()

    # The studio dies in mid-life: a sentence with its remedy; Reconnect brings it back.
    execute(page, "from nemo_widgets.client import backends\nbackends._studio._studio.stop()")
    say(page, "make a slideshow")
    editor.get_by_text("The local studio stopped answering.").first.wait_for()
    page.screenshot(path=shots / "studio-gone.png")
    composer = editor.locator(".nemo-composer")
    page.wait_for_function("document.querySelector('.nemo-composer textarea').value === 'make a slideshow'")
    composer.get_by_role("button", name="Reconnect").click()
    composer.get_by_role("button", name="Reconnect").wait_for(state="hidden")
    add_files(page, *photos)
    wait_uploaded(page, 3)
    say(page, PROMPT)
    editor.get_by_text("Table · 5 rows").wait_for()
    page.context.close()


def test_a_60_mb_upload_arrives_whole(lab, chromium, tmp_path):
    page = editor_page(lab, chromium, "large.ipynb")
    clip = tmp_path / "large.wav"
    noise = np.random.default_rng(1).integers(-9000, 9000, 30_000_000, dtype=np.int16)
    import wave

    with wave.open(str(clip), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(48000)
        file.writeframes(noise.tobytes())
    assert clip.stat().st_size > 60_000_000
    add_files(page, clip)
    wait_uploaded(page, 1)
    print_hashes = (
        "import hashlib\nfrom pathlib import Path\nfrom nemo_widgets import settings\n"
        "print([hashlib.sha256(p.read_bytes()).hexdigest() for p in settings.data_folder().rglob('*') "
        "if p.is_file() and p.stat().st_size > 60_000_000])"
    )
    until_printed(page, print_hashes, hashlib.sha256(clip.read_bytes()).hexdigest())
    page.context.close()


def wait_uploaded(page, count):
    """Wait until the kernel counts as many ready files, and the page has heard of it."""
    states = "[a['state'] for a in editor._bench.state['assets']]"
    until_printed(page, f"print({states}.count('ready'), {states})", f"{count} [")
    page.locator(".nemo-editor .nemo-composer [type=submit]:not([aria-disabled])").wait_for()
