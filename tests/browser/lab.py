"""A JupyterLab server of our own, and the few things that a test does in its page."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import subprocess
import sys
import time
import urllib.request
from typing import TYPE_CHECKING

from playwright.sync_api import TimeoutError as Late

if TYPE_CHECKING:
    from pathlib import Path

IDLE = """() => {
  const panel = window.jupyterapp && window.jupyterapp.shell.currentWidget;
  const kernel = panel && panel.sessionContext && panel.sessionContext.session && panel.sessionContext.session.kernel;
  return Boolean(kernel && kernel.status === 'idle' && kernel.connectionStatus === 'connected');
}"""

# On a machine that stands still a kernel's first words may be lost, and JupyterLab takes it for busy for ever.
NUDGE = """again => {
  const kernel = window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel;
  if (kernel) (again ? kernel.reconnect() : kernel.requestKernelInfo()).catch(() => {});
  return kernel ? `${kernel.status}, ${kernel.connectionStatus}` : 'no kernel';
}"""

MARK = "mark => window.jupyterapp.shell.currentWidget.model.setMetadata('mark', mark)"

EXECUTE = """async (code) => {
  const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
  const future = kernel.requestExecute({code, store_history: false});
  let out = '';
  future.onIOPub = (message) => {
    if (message.header.msg_type === 'stream') out += message.content.text;
    if (message.header.msg_type === 'error') out += 'ERROR ' + message.content.ename + ': ' + message.content.evalue;
  };
  await future.done;
  return out;
}"""


def own_environment(folder: Path, *, keep: tuple[str, ...] = ()) -> dict[str, str]:
    """Return the environment of a host that is its own user's; of NEMO_ variables only those in ``keep``."""
    foreign = ("NEMO_", "JUPYTER", "XDG_")
    return {
        **{name: value for name, value in os.environ.items() if name in keep or not name.startswith(foreign)},
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_CONFIG_HOME": str(folder / "config"),
    }


def end(process: subprocess.Popen[bytes]) -> None:
    """End a host, which may hang."""
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class Lab:
    """A JupyterLab on a port of its own, with its files and the package's in ``folder``."""

    def __init__(self, folder: Path, *, keep: tuple[str, ...] = ()) -> None:
        """Start it; of the environment's NEMO_ variables only those named in ``keep`` are handed on."""
        self.folder = folder
        self._contexts = []
        self.notebooks = folder / "notebooks"
        self.notebooks.mkdir()
        self.token = secrets.token_hex(16)
        settings = folder / "settings"
        notification = settings / "@jupyterlab/apputils-extension/notification.jupyterlab-settings"
        notification.parent.mkdir(parents=True)
        notification.write_text(json.dumps({"fetchNews": "false", "checkForUpdates": False}))
        self._log = (folder / "lab.log").open("w")
        self.environment = {
            **own_environment(folder, keep=keep),
            "JUPYTER_CONFIG_DIR": str(folder / "jupyter"),
            "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
            "JUPYTERLAB_SETTINGS_DIR": str(settings),
        }
        self.process = subprocess.Popen(
            [
                sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1",
                "--ServerApp.port=0",
                f"--IdentityProvider.token={self.token}", f"--ServerApp.root_dir={self.notebooks}",
                "--LabApp.expose_app_in_browser=True", "--LabApp.news_url=None",
                "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
            ],
            stdout=self._log, stderr=subprocess.STDOUT, env=self.environment, cwd=self.notebooks, start_new_session=True,
        )  # fmt: skip
        self.url = self._answering()

    def _answering(self) -> str:
        """Wait until it answers; return its address, which it writes down."""
        written = self.folder / "runtime" / f"jpserver-{self.process.pid}.json"
        deadline = time.monotonic() + 180
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                url = json.loads(written.read_text())["url"].rstrip("/")
                request = urllib.request.Request(f"{url}/api/status", headers=self.header)
                with urllib.request.urlopen(request, timeout=5):
                    return url
            except (OSError, ValueError):
                time.sleep(0.1)
        raise RuntimeError("JupyterLab did not start: " + (self.folder / "lab.log").read_text()[-2000:])

    @property
    def header(self) -> dict[str, str]:
        return {"Authorization": f"token {self.token}"}

    def write(self, name: str, *cells: str) -> Path:
        """Save a notebook of code cells."""
        notebook = {
            "cells": [
                dict(cell_type="code", id=f"c{i}", metadata={}, source=source, outputs=[], execution_count=None)  # noqa: C408
                for i, source in enumerate(cells)
            ],
            "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
            "nbformat": 4,
            "nbformat_minor": 5,
        }  # fmt: skip
        path = self.notebooks / name
        path.write_text(json.dumps(notebook))
        return path

    def open(self, chromium, name: str, *, dark: bool = False, width: int = 1400, height: int = 1000):
        """Open a notebook in a page of its own, and wait for its kernel."""
        context = chromium.new_context(viewport={"width": width, "height": height}, accept_downloads=True)
        self._contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(180_000)
        page.complaints = []
        page.on("console", lambda message: message.type == "error" and page.complaints.append(message.text[:400]))
        page.on("pageerror", lambda error: page.complaints.append(str(error)[:400]))
        page.goto(f"{self.url}/lab/tree/{name}?token={self.token}&reset")
        page.wait_for_selector(".jp-NotebookPanel .jp-Notebook .jp-Cell")
        until_idle(page)
        theme = "JupyterLab Dark" if dark else "JupyterLab Light"
        page.evaluate("theme => window.jupyterapp.commands.execute('apputils:change-theme', {theme})", theme)
        return page

    def close_pages(self) -> None:
        """Close what a test that failed left open: it would save the workspace that the next one begins with."""
        while self._contexts:
            self._contexts.pop().close()

    def stop(self) -> None:
        end(self.process)
        self._log.close()


def until_idle(page) -> None:
    """Wait until the notebook's kernel is there and idle."""
    seen = []
    for count in range(12):
        with contextlib.suppress(Late):
            page.wait_for_function(IDLE, timeout=15_000)
            return
        seen.append(page.evaluate(NUDGE, count > 0))
    raise AssertionError(f"the kernel isn't idle: {seen}")


def command(page, name: str) -> None:
    """Run a command of JupyterLab and wait until it is done."""
    page.evaluate("name => window.jupyterapp.commands.execute(name).then(() => null)", name)


def execute(page, code: str) -> str:
    """Run code in the notebook's kernel, in no cell; return what it printed."""
    return page.evaluate(EXECUTE, code)


def until_printed(page, code: str, wanted: str) -> str:
    """Run code in the notebook's kernel again and again until this is in what it prints; return that."""
    deadline = time.monotonic() + 180
    while wanted not in (printed := execute(page, code)):
        if time.monotonic() > deadline:
            raise AssertionError(f"{wanted!r} isn't in {printed!r}")
        page.wait_for_timeout(100)
    return printed


def save(page, path: Path) -> str:
    """Save the notebook as it is now; return what its file holds.

    JupyterLab ignores the wish while an earlier saving of its own goes on, and writes the file in place.
    """
    mark = secrets.token_hex(16)
    page.evaluate(MARK, mark)
    for _ in range(600):
        command(page, "docmanager:save")
        if mark in (saved := whole_text(path)):
            return saved
        page.wait_for_timeout(100)
    raise AssertionError("the notebook wasn't saved")


def save_by_keys(page, place, saved):
    """Press Ctrl+S at a place until ``saved()``, and return that: the host ignores the keys while it still saves."""
    for press in range(600):
        if press % 20 == 0:
            place.press("Control+s")
        if found := saved():
            return found
        page.wait_for_timeout(100)
    raise AssertionError("Ctrl+S saved nothing")


def whole_text(path: Path) -> str:
    """Return what a notebook's file holds, or nothing while it is being written."""
    text = path.read_text()
    with contextlib.suppress(ValueError):
        json.loads(text)
        return text
    return ""


def until_plays(page, video, seconds: float) -> None:
    """Play a video until it is this far; what it is played from may break on the way, and another one take its place."""
    for _ in range(1800):
        at = video.evaluate("video => { if (video.paused) video.play().catch(() => {}); return video.currentTime; }")
        if at > seconds:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"the video doesn't play: it is at {at} s")
