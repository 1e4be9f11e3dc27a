"""Make the README's screenshots: the editor in a real JupyterLab, with the sample photos, light and dark.

Run it as ``python tests/browser/screenshots.py``.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from chromium import ARGUMENTS, chromium_path
from lab import Lab, command
from playwright.sync_api import sync_playwright

from nemo_widgets.studio.samples import sample_photos

PROMPT = "combine these images into a 30-second promo video titled “Golden Hours” with calm music"
UPLOADED = """count => {
  const files = [...document.querySelectorAll('.nemo-assets > li')];
  return files.length === count && files.every((file) => file.querySelector('progress').hidden);
}"""
FOLDER = Path(__file__).parent / "screenshots"


def shoot(lab: Lab, chromium, photos: list[Path], *, dark: bool) -> None:
    name = "dark" if dark else "light"
    lab.write(f"{name}.ipynb", "import nemo_widgets as nw\nnw.Editor()")
    page = lab.open(chromium, f"{name}.ipynb", dark=dark, width=1280, height=1400)
    command(page, "application:toggle-left-area")
    command(page, "notebook:run-all-cells")
    editor = page.locator(".nemo-editor")
    with page.expect_file_chooser() as chooser:
        editor.get_by_role("button", name="Choose files").first.click()
    chooser.value.set_files([str(photo) for photo in photos])
    box = editor.get_by_role("textbox", name="What should the video be?")
    box.fill(PROMPT)
    send = editor.get_by_role("button", name="Send")
    page.wait_for_function(UPLOADED, arg=len(photos))
    send.click()
    export = editor.get_by_role("button", name="Export video")
    editor.get_by_text("Table · 7 rows").wait_for()
    page.wait_for_timeout(2500)
    export.click()
    page.wait_for_function("document.querySelector('.nemo-editor video')?.readyState >= 2", timeout=300_000)
    page.evaluate("document.querySelector('.nemo-editor video').currentTime = 1.6")
    page.wait_for_timeout(1500)
    editor.screenshot(path=FOLDER / f"editor-{name}.png")
    page.context.close()


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        photos = sample_photos(Path(folder) / "photos")
        chromium = playwright.chromium.launch(executable_path=chromium_path(), headless=True, args=ARGUMENTS)
        lab = Lab(Path(folder))
        try:
            for dark in (False, True):
                shoot(lab, chromium, photos, dark=dark)
        finally:
            lab.stop()
            chromium.close()


if __name__ == "__main__":
    main()
