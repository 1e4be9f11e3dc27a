"""The editor's front end in a real Chromium: its modules (``js/test/*.test.js``), and the built bundle."""

from __future__ import annotations

import base64
import functools
import http.server
import io
import os
import re
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
JS = ROOT / "js"
BUNDLE = ROOT / "nemo_widgets" / "widgets" / "static"
UNIT_TESTS = [
    pytest.param(path.name, name, id=f"{path.name.removesuffix('.test.js')}: {name}")
    for path in sorted((JS / "test").glob("*.test.js"))
    for name in re.findall(r'^test\(\s*"(.+?)",', path.read_text(encoding="utf-8"), re.MULTILINE)
]


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves ``js/``, the bundle under ``/bundle/``, and a test's own files under ``/files/``."""

    extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map, ".js": "text/javascript"}  # noqa: RUF012

    def __init__(self, *args: Any, files: Path, **kwargs: Any) -> None:
        self.files = files
        super().__init__(*args, directory=str(JS), **kwargs)

    def translate_path(self, path: str) -> str:
        for prefix, folder in (("/bundle/", BUNDLE), ("/files/", self.files)):
            if path.startswith(prefix):
                return str(folder / Path(path).name)
        return super().translate_path(path)

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


@pytest.fixture(scope="module")
def address(files: Path) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, files=files))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def open_page(chromium: Browser, address: str) -> Iterator[Callable[..., Page]]:
    contexts = []
    errors: list[str] = []

    def open_it(**options: Any) -> Page:
        context = chromium.new_context(**options)
        contexts.append(context)
        context.set_default_timeout(180_000)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{address}/test/page.html")
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert errors == []


@pytest.mark.parametrize(("file", "name"), UNIT_TESTS)
def test_module(open_page: Callable[..., Page], file: str, name: str) -> None:
    problem = open_page().evaluate(
        """async ([file, name]) => {
            const { run } = await import("/test/runner.js");
            return run(`/test/${file}`, name).then(() => null, (error) => error.message);
        }""",
        [file, name],
    )
    assert problem is None, problem


def show(page: Page, state: str = "demoState()", *, theme: str = "light") -> None:
    """Render the built bundles with a state; ``window.model`` is their kernel."""
    page.evaluate(
        f"""async (theme) => {{
            document.documentElement.setAttribute("theme", theme);
            const {{ default: editor }} = await import("/bundle/editor.js");
            const {{ FakeModel }} = await import("/test/fake_model.js");
            const {{ demoState, demoTurns, demoDraft }} = await import("/test/demo_state.js");
            window.model = new FakeModel({state});
            const text = (name) => fetch(`/bundle/${{name}}`).then((answer) => answer.text());
            model.module = {{ text: await text("timeline.js"), css: await text("timeline.css") }};
            editor.initialize({{ model: model.proxy() }});
            editor.render({{ model: model.proxy(), el: document.getElementById("place") }});
        }}""",
        theme,
    )
    page.wait_for_selector(".nemo-lanes", state="attached")


SETTLED = """async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    for (let count = 0; count < 3; count++) await frame();
    await document.fonts.ready;
    await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
    const ending = document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime < Infinity);
    await Promise.all(ending.map((one) => one.finished.catch(() => {})));
    await frame();
}"""


def settle(page: Page) -> None:
    """Wait until what was asked for is painted: pictures, and colours that change slowly."""
    page.evaluate(SETTLED)


@pytest.fixture(scope="module")
def video(chromium: Browser, address: str, files: Path) -> Path:
    """Three seconds of H.264: a slow zoom into one of the demo's landscapes."""
    av = pytest.importorskip("av")
    image = pytest.importorskip("PIL.Image")
    page = chromium.new_page()
    page.set_default_timeout(180_000)
    page.goto(f"{address}/test/page.html")
    url = page.evaluate(
        """async () => {
            const { paint, SCENES } = await import("/test/demo_scenes.js");
            return paint(SCENES[2], 1280, 720).toDataURL("image/png");
        }"""
    )
    page.close()
    picture = image.open(io.BytesIO(base64.b64decode(url.partition(",")[2]))).convert("RGB")
    path = files / "promo.mp4"
    with av.open(str(path), "w", options={"movflags": "faststart"}) as container:
        stream = container.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 640, 360, "yuv420p"
        for number in range(30):
            box = (number * 2, number, 1280 - number * 2, 720 - number)
            frame = av.VideoFrame.from_image(picture.resize((640, 360), box=box))
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def play(page: Page, video: Path) -> None:
    """Let the kernel have a finished video, and answer what the front end asks for."""
    page.evaluate(
        """async ([name, duration]) => {
            const bytes = new Uint8Array(await (await fetch(`/files/${name}`)).arrayBuffer());
            model.onSend = ({ kind, id, offset, length }) => {
                if (kind !== "video-read") return;
                const slice = bytes.subarray(offset, offset + length);
                setTimeout(() => model.say({ kind: "video-slice", id, offset }, slice));
            };
            const info = { id: "v1", name, size: bytes.length, type: "video/mp4" };
            model.patch({ video: { ...info, duration, width: 1920, height: 1080 } });
        }""",
        [video.name, 3000],
    )
    page.wait_for_function("document.querySelector('.nemo-stage video')?.readyState >= 2")


RUNNING = """{
    ...demoState(),
    assets: demoState().assets.map((asset, n) => ({
        ...asset,
        ...(n === 1 && { state: "failed", error: { message: "This file can't be read.", remedy: "Choose it again." } }),
        ...(n === 3 && { state: "sending", done: 0.7 }),
    })),
    turns: [
        demoTurns()[0],
        { ...demoTurns()[1], state: "running", text: "Turning the *music* down…", changes: [] },
    ],
    export: { id: "e", state: "running", stage: "rendering", done: 0.42, error: null },
    notice: { message: "You are out of credits.", remedy: "Register, or use the local studio." },
}"""
SHOTS = {
    "empty": "{ ...demoState(), assets: [], turns: [], draft: null }",
    "draft": "demoState()",
    "running": RUNNING,
    "chinese": RUNNING.replace("...demoState(),", "...demoState(), language: 'zh',"),
    "video": "demoState()",
}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 360])
@pytest.mark.parametrize("shot", sorted(SHOTS))
def test_bundle_fits_and_is_readable(
    open_page: Callable[..., Page], video: Path, shots: Path, *, shot: str, width: int, theme: str
) -> None:
    page = open_page(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    show(page, SHOTS[shot], theme=theme)
    if shot == "video":
        play(page, video)
    settle(page)
    page.screenshot(path=shots / f"front-end-{shot}-{width}-{theme}.png", full_page=True)
    expect(page.locator(".nemo-editor")).to_have_attribute("data-theme", theme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width, "the page scrolls sideways"
    assert page.evaluate(OVERFLOWING) == [], "texts stick out of their boxes"
    assert page.evaluate(FAINT) == [], "texts with less contrast than 4.5:1"


OVERFLOWING = """() => {
    const root = document.querySelector(".nemo-editor").getBoundingClientRect();
    return [...document.querySelectorAll(".nemo-editor :is(button, p, h2, h3, label, .nemo-alert, summary)")]
        .filter((node) => node.checkVisibility() && !node.closest(".nemo-hidden, .nemo-scroller"))
        .filter((node) => node.getBoundingClientRect().right > root.right + 1)
        .map((node) => node.textContent);
}"""

LIGHT = """const light = ([r, g, b]) => [r, g, b]
        .map((value) => value / 255)
        .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
        .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);"""
"""WCAG's relative luminance of a colour."""

FAINT = """() => {
    const context = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    const rgba = (colour) => {
        context.clearRect(0, 0, 1, 1);
        context.fillStyle = colour;
        context.fillRect(0, 0, 1, 1);
        return [...context.getImageData(0, 0, 1, 1).data];
    };
    LIGHT
    const ground = (node) => {
        for (let up = node; up; up = up.parentElement) {
            const colour = rgba(getComputedStyle(up).backgroundColor);
            if (colour[3] > 250) return colour;
        }
        return [255, 255, 255, 255];
    };
    const faint = [];
    for (const node of document.querySelectorAll(".nemo-editor *")) {
        const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
        if (!own || !node.checkVisibility() || node.closest(".nemo-pictured, .nemo-hidden")) continue;
        const [a, b] = [light(rgba(getComputedStyle(node).color)), light(ground(node))];
        const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        if (contrast < 4.5) faint.push(`${contrast.toFixed(2)} ${node.className || node.tagName}: ${node.textContent}`);
    }
    return faint;
}""".replace("LIGHT", LIGHT)


def test_the_length_beside_the_player_is_the_player_s(open_page: Callable[..., Page], video: Path) -> None:
    page = open_page(viewport={"width": 1200, "height": 900})
    show(page)
    play(page, video)
    page.evaluate("model.patch({ video: { ...model.state.video, duration: 4100 } })")  # the draft's; the file has 3 s
    expect(page.locator(".nemo-export .nemo-reason")).to_have_text(re.compile(r"^0:03 ·"))


def test_the_table_needs_no_scrolling_in_jupyterlab_and_tells_where_it_does(open_page: Callable[..., Page]) -> None:
    """An editor in JupyterLab at 1400 pixels is 968 wide."""
    page = open_page(viewport={"width": 1008, "height": 900})
    show(page)
    page.get_by_text("Table · 8 rows").click()
    expect(page.locator(".nemo-table tbody tr")).to_have_count(8)
    place = page.locator(".nemo-table-scroll")
    assert place.evaluate("node => node.scrollWidth - node.clientWidth") == 0
    page.set_viewport_size({"width": 360, "height": 900})
    page.wait_for_function(
        "document.querySelector('.nemo-table-scroll').matches('.nemo-more-end:not(.nemo-more-start)')"
    )
    place.evaluate("node => { node.scrollLeft = 9999; }")
    page.wait_for_function(
        "document.querySelector('.nemo-table-scroll').matches('.nemo-more-start:not(.nemo-more-end)')"
    )


def test_video_plays_and_the_timeline_follows(open_page: Callable[..., Page], video: Path) -> None:
    page = open_page(viewport={"width": 1200, "height": 900})
    show(
        page,
        "{ ...demoState(), draft: { ...demoDraft(), duration: 3000, tracks: [{ "
        "kind: 'video', name: 'Video', segments: [[0, 3000, 'a']] }] } }",
    )
    play(page, video)
    page.evaluate("document.querySelector('video').muted = true")
    page.evaluate("document.querySelector('video').play()")
    page.wait_for_function("document.querySelector('video').currentTime > 0.4")
    page.evaluate("document.querySelector('video').pause()")
    page.locator(".nemo-ruler").click()  # in its middle
    page.wait_for_function("Math.abs(document.querySelector('video').currentTime - 1.5) < 0.1")
    page.locator(".nemo-ruler").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("Math.abs(document.querySelector('video').currentTime - 2.5) < 0.1")
    expect(page.locator(".nemo-ruler")).to_have_attribute("aria-valuetext", re.compile("^0:0[23]$"))
    page.wait_for_function(
        """() => {
            const [head, ruler] = [".nemo-playhead", ".nemo-ruler"]
                .map((name) => document.querySelector(name).getBoundingClientRect());
            return Math.abs(head.x + 1 - ruler.x - ruler.width * 2.5 / 3) < 8;
        }"""
    )
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename == "promo.mp4"
    assert Path(download.value.path()).read_bytes() == video.read_bytes()


@pytest.mark.parametrize("width", [1400, 960, 700, 360])
def test_an_edit_leaves_the_lanes_where_they_are(open_page: Callable[..., Page], video: Path, width: int) -> None:
    page = open_page(viewport={"width": width, "height": 900})
    show(page)
    play(page, video)
    place = "document.querySelector('.nemo-lanes').getBoundingClientRect().top + scrollY"
    below = "document.querySelector('.nemo-table').getBoundingClientRect().top + scrollY"
    page.get_by_role("link", name="Download").wait_for()
    settle(page)
    before = page.evaluate(place), page.evaluate(below)
    page.evaluate(
        """() => model.patch({
            edits: { edited: true, undo: 1, redo: 0, theirs: null },
            problems: ["The picture is black from 24 to 30 s.", "The sound ends at 24 s."],
            video: { ...model.state.video, outdated: true },
        })"""
    )
    page.get_by_text("Edited here").wait_for()
    page.get_by_text("The sound ends at 24 s.").wait_for()
    assert (page.evaluate(place), page.evaluate(below)) == before
    # Nor does the sentence about one that is refused.
    page.evaluate(
        """() => { model.onSend = ({ kind, id }) => {
            const error = { message: "This can't be done.", remedy: "Do something else." };
            if (kind === "edit") model.say({ kind: "edit-end", id, error, words: null });
        }}"""
    )
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("This can't be done.").wait_for()
    assert page.evaluate(place) == before[0]


def test_everything_by_keyboard(open_page: Callable[..., Page]) -> None:
    """Tab reaches every control, each with a visible ring and a name; and a whole session needs no mouse."""
    page = open_page(viewport={"width": 1200, "height": 900})
    page.evaluate("document.addEventListener('keydown', () => { window.leaked = (window.leaked ?? 0) + 1; })")
    show(page)
    page.locator("body").focus()
    seen: list[str] = []
    for _ in range(40):
        page.keyboard.press("Tab")
        name = page.evaluate(
            """() => {
                const node = document.activeElement;
                if (!node.closest(".nemo-editor")) return null;
                if (getComputedStyle(node).outlineStyle === "none") return "no ring: " + node.outerHTML;
                return node.ariaLabel || node.labels?.[0]?.textContent || node.textContent;
            }"""
        )
        if name is None:
            break
        seen.append(name)
        if name == "What should the video be?":
            page.keyboard.type("make it calmer")
            page.keyboard.press("Control+Enter")
    assert not [name for name in seen if name.startswith("no ring") or not name.strip()]
    for wanted in (
        "Add files",
        "What should the video be?",
        "Export video",
        "Zoom in",
        "Table · 8 rows",
    ):
        assert wanted in seen
    # One that isn't answered is said again after a while, under the same id.
    said = page.evaluate("model.of('prompt').map(({ message }) => `${message.id} ${message.text}`)")
    assert len(set(said)) == 1
    assert said[0].endswith(" make it calmer")
    assert page.evaluate("window.leaked ?? 0") <= 2, "keys typed in the editor reached the notebook"


def test_file_button(open_page: Callable[..., Page], tmp_path: Path) -> None:
    page = open_page()
    show(page, SHOTS["empty"])
    song = tmp_path / "song.mp3"
    song.write_bytes(bytes(range(256)) * 100)
    files = page.locator(".nemo-assets > li")
    for times in (1, 2):
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name="Choose files" if times == 1 else "Add files").click()
        assert chooser.value.is_multiple()
        chooser.value.set_files(song)
        expect(files).to_have_count(times)
    page.wait_for_function("model.of('upload-begin').length > 0")
    page.evaluate("model.say({ kind: 'upload-end', id: model.of('upload-begin')[0].message.id, error: null })")
    expect(files).to_have_count(1)
    page.wait_for_function("new Set(model.of('upload-begin').map(({ message }) => message.id)).size === 2")
    assert ".mp4" in (page.locator("input[type=file]").get_attribute("accept") or "")


def test_jupyterlab_leaves_the_keys_to_the_editor(lab: Any, chromium: Browser) -> None:
    """With a button in focus, JupyterLab's own shortcuts would act: d d deletes the cell."""
    from lab import command, save_by_keys

    saved = lab.write("keys.ipynb", "import nemo_widgets as nw\nnw.Editor()")
    page = lab.open(chromium, "keys.ipynb")
    command(page, "notebook:run-all-cells")
    editor = page.locator(".nemo-editor")
    editor.get_by_text("Local studio").first.wait_for()
    cells = page.locator(".jp-Notebook .jp-Cell").count()
    send = editor.get_by_role("button", name="Send")
    send.focus()
    expect(send).to_be_focused()
    page.keyboard.type("bb")  # "insert a cell below", twice
    box = editor.get_by_role("textbox", name="What should the video be?")
    box.focus()
    expect(box).to_be_focused()
    page.keyboard.type("dd, say it bb")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    editor.locator(".nemo-prompt").filter(has_text="dd, say it bb").wait_for()
    assert page.locator(".jp-Notebook .jp-Cell").count() == cells

    # What is JupyterLab's wherever the focus is stays so: the notebook is saved.
    for place in (editor.get_by_role("textbox", name="What should"), editor.get_by_role("button", name="Send")):
        os.utime(saved, (1, 1))
        save_by_keys(page, place, lambda: saved.stat().st_mtime > 1)
    page.context.close()
