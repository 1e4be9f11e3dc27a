"""A Chromium driven by bare DevTools messages: nothing but the page itself is measured.

Playwright copies every websocket frame of a page through its own driver, which costs more than the transfers do.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import websocket

sys.path.insert(0, str(Path(__file__).parents[1] / "browser"))

from chromium import ARGUMENTS, chromium_path
from lab import EXECUTE, IDLE

RUN = """async (code) => {
  const {shell, commands} = window.jupyterapp;
  const notebook = shell.currentWidget.content;
  await commands.execute('notebook:insert-cell-below');
  const cell = notebook.activeCell;
  cell.model.sharedModel.setSource(code);
  await commands.execute('notebook:run-cell');
  cell.node.scrollIntoView();
  return cell.model.outputs.toJSON();
}"""


class Chrome:
    """A browser of our own."""

    def __init__(self) -> None:
        self._folder = tempfile.mkdtemp(prefix="chrome-")
        command = [chromium_path(), "--headless=new", "--remote-debugging-port=0", "--remote-allow-origins=*"]
        self._process = subprocess.Popen(
            [*command, f"--user-data-dir={self._folder}", "--window-size=1400,1000", *ARGUMENTS, "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        port = Path(self._folder) / "DevToolsActivePort"
        deadline = time.monotonic() + 60
        while not port.exists() or len(port.read_text().splitlines()) < 2:
            assert time.monotonic() < deadline, "Chromium did not start"
            time.sleep(0.05)
        number, path = port.read_text().splitlines()
        self._socket = websocket.create_connection(f"ws://127.0.0.1:{number}{path}", timeout=900)
        self._number = 0
        self.events: list[dict] = []

    def send(self, method: str, parameters: dict | None = None, session: str | None = None) -> dict:
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters or {}}
        self._socket.send(json.dumps(message | ({"sessionId": session} if session else {})))
        while True:
            answer = json.loads(self._socket.recv())
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def event(self, method: str) -> dict:
        """Wait for an event."""
        while True:
            found = next((one for one in self.events if one.get("method") == method), None)
            if found is not None:
                self.events.remove(found)
                return found["params"]
            self.events.append(json.loads(self._socket.recv()))

    def page(self) -> Page:
        context = self.send("Target.createBrowserContext")["browserContextId"]
        target = {"url": "about:blank", "browserContextId": context, "width": 1400, "height": 1000}
        target_id = self.send("Target.createTarget", target)["targetId"]
        session = self.send("Target.attachToTarget", {"targetId": target_id, "flatten": True})["sessionId"]
        return Page(self, session, context)

    def close(self) -> None:
        with contextlib.suppress(Exception):
            self.send("Browser.close")
        with contextlib.suppress(ProcessLookupError, subprocess.TimeoutExpired):
            self._process.wait(10)
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        shutil.rmtree(self._folder, ignore_errors=True)


class Page:
    """A page in a context of its own."""

    def __init__(self, chrome: Chrome, session: str, context: str) -> None:
        self._chrome, self._session, self._context = chrome, session, context
        for domain in ("Page", "Runtime"):
            self.send(f"{domain}.enable")

    def send(self, method: str, parameters: dict | None = None) -> dict:
        return self._chrome.send(method, parameters, self._session)

    def on_start(self, script: str) -> None:
        """Run a script in every page before its own."""
        self.send("Page.addScriptToEvaluateOnNewDocument", {"source": script})

    def evaluate(self, script: str, argument: object = None) -> object:
        expression = f"({script})({json.dumps(argument)})"
        told = {"expression": expression, "awaitPromise": True, "returnByValue": True, "userGesture": True}
        answer = self.send("Runtime.evaluate", told)
        if "exceptionDetails" in answer:
            raise RuntimeError(str(answer["exceptionDetails"].get("exception", answer))[:600])
        return answer["result"].get("value")

    def until(self, script: str, seconds: float = 120, step: float = 0.02) -> object:
        deadline = time.monotonic() + seconds
        while not (value := self.evaluate(script)):
            if time.monotonic() > deadline:
                raise TimeoutError(script)
            time.sleep(step)
        return value

    def notebook(self, lab, name: str) -> None:
        """Open a notebook, and wait for its kernel."""
        lab.write(name, "")
        self.send("Page.navigate", {"url": f"{lab.url}/lab/tree/{name}?token={lab.token}&reset"})
        self.until("() => document.querySelector('.jp-NotebookPanel .jp-Notebook .jp-Cell') !== null")
        self.until(IDLE)

    def run(self, code: str) -> list:
        """Run code in a new cell."""
        return self.evaluate(RUN, code)

    def execute(self, code: str) -> str:
        """Run code in the kernel and in no cell; return what it printed."""
        return self.evaluate(EXECUTE, code)

    def choose(self, path: Path, selector: str) -> float:
        """Give a file to a file input; return when (epoch s)."""
        found = self.send("Runtime.evaluate", {"expression": f"document.querySelector({json.dumps(selector)})"})
        began = time.time()
        self.send("DOM.setFileInputFiles", {"files": [str(path)], "objectId": found["result"]["objectId"]})
        return began

    def screenshot(self, path: Path) -> None:
        import base64

        path.write_bytes(base64.b64decode(self.send("Page.captureScreenshot", {"format": "png"})["data"]))

    def close(self) -> None:
        self._chrome.send("Target.disposeBrowserContext", {"browserContextId": self._context})


class Memory:
    """How much a process takes at most, above what it has now (MB)."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        Path(f"/proc/{pid}/clear_refs").write_text("5")
        self._before = self._read("VmRSS")

    @property
    def growth(self) -> float:
        return (self._read("VmHWM") - self._before) / 1024

    def _read(self, name: str) -> int:
        lines = Path(f"/proc/{self._pid}/status").read_text().splitlines()
        return int(next(line for line in lines if line.startswith(name)).split()[1])
