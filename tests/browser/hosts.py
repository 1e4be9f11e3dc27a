"""Other hosts of notebooks, each as a server of our own on 127.0.0.1."""

from __future__ import annotations

import contextlib
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

from lab import end, own_environment, until_plays
from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path


class Host:
    """A server in a process of its own, with the user's folders in ``folder``."""

    def __init__(self, folder: Path, *command: str, path: str = "/") -> None:
        """Start ``python -m`` this; ``{port}`` and ``{token}`` in the command and ``path`` are filled in."""
        self.token = secrets.token_hex(16)
        self._folder = folder
        self._command = command
        self._path = path
        self._log_path = folder / "host.log"
        self._log = self._log_path.open("w")
        for _ in range(5):  # a port that is free now may be somebody else's when the server wants it
            self._start()
            if self._answers():
                return
            end(self._process)
        raise RuntimeError(f"{self._process.args} did not start: {self._log_path.read_text()[-2000:]}")

    def _start(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        filled = [part.format(port=port, token=self.token) for part in self._command]
        self.url = f"http://127.0.0.1:{port}{self._path.format(token=self.token)}"
        self._health = f"http://127.0.0.1:{port}/"
        self._process = subprocess.Popen(
            [sys.executable, "-m", *filled],
            stdout=self._log, stderr=subprocess.STDOUT, env=own_environment(self._folder), cwd=self._folder,
            start_new_session=True,
        )  # fmt: skip

    def _answers(self) -> bool:
        """Wait until it answers; False where it has ended."""
        deadline = time.monotonic() + 180
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                with urllib.request.urlopen(self._health, timeout=5):
                    return True
            except urllib.error.HTTPError:  # it wants the token, so it is there
                return True
            except OSError:
                time.sleep(0.25)
        return False

    def stop(self) -> None:
        end(self._process)
        self._log.close()


def whole_way(chromium, folder: Path, host: Host, begin, shot: Path, then=lambda _page: None) -> None:
    """Open a host's page, ``begin`` by running the editor's cell there, go on by hand until a video plays, and ``then``."""
    photo = folder / "sunset.jpg"
    Image.new("RGB", (320, 240), (220, 120, 40)).save(photo)
    with contextlib.ExitStack() as ending:
        ending.callback(host.stop)
        context = chromium.new_context(viewport={"width": 1280, "height": 1000}, color_scheme="light")
        ending.callback(context.close)
        page = context.new_page()
        page.set_default_timeout(180_000)
        page.goto(host.url)
        begin(page)
        make_a_video(page, photo)
        page.screenshot(path=shot)
        then(page)


def make_a_video(page, photo) -> None:
    """Go the whole way by hand: a photo by the file chooser, words, the draft, an export that plays."""
    editor = page.locator(".nemo-editor")
    editor.get_by_text("Local studio").first.wait_for()
    with page.expect_file_chooser() as chooser:
        editor.get_by_role("button", name="Choose files").first.click()
    chooser.value.set_files(str(photo))
    editor.get_by_text(photo.name).first.wait_for()
    editor.get_by_role("textbox", name="What should the video be?").fill(
        "make a 2-second video titled 'Elsewhere' with calm music"
    )
    editor.locator(".nemo-composer [type=submit]:not([aria-disabled])").wait_for()
    editor.get_by_role("button", name="Send").click()
    editor.locator(".nemo-turn[data-state=done]").wait_for()
    editor.get_by_text("Table · 3 rows").wait_for()
    editor.get_by_role("button", name="Export video").click()
    video = editor.locator(".nemo-stage video")  # marimo puts it into a shadow tree, which locators see into
    video.wait_for()
    until_plays(page, video, 0.3)
