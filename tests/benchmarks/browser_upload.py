"""Uploads through a real JupyterLab, beside their limit and peer: `python tests/benchmarks/browser_upload.py [MB]`.

One file from a real Chromium into a real kernel: over the messages, over the fast lane, and as a plain POST from the same
page to a bare server on 127.0.0.1 that writes it to disk (the limit). ipywidgets.FileUpload with the same file, as it is
installed. Then the messages again with a websocket that is cut and slices that get lost. Interleaved; medians. Memory is
how much the kernel's resident set grows at most.
"""

from __future__ import annotations

import hashlib
import http.server
import os
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

from chrome import Chrome, Memory
from lab import Lab

MB = 1024 * 1024
RUNS = int(os.environ.get("BENCH_RUNS", "3"))
START = """
import time, hashlib, nemo_widgets as nw
uploader = nw.Uploader({folder!r})
arrived = []
uploader.observe(lambda change: arrived.append(time.time()), "files")
uploader
"""
PEER = "import ipywidgets\nupload = ipywidgets.FileUpload()\nupload"
BUTTON = "[...document.querySelectorAll('button')].find((one) => one.textContent.includes('Upload ('))"
POST = """async (url) => {
  const file = document.getElementById('bench').files[0];
  const began = performance.now();
  const answer = await fetch(url, {method: 'POST', body: file});
  return [await answer.text(), (performance.now() - began) / 1000];
}"""
INPUT = "() => { const input = document.createElement('input'); input.type = 'file'; input.id = 'bench'; document.body.append(input); }"
# Loses every 7th slice once and closes the connection once, after 20 % of the file.
TROUBLE = """(() => {
  const Real = window.WebSocket;
  let bytes = 0, count = 0, cut = false;
  window.WebSocket = class extends Real {
    send(data) {
      const size = data.byteLength ?? data.length ?? 0;
      if (size > 100_000) {
        bytes += size;
        if (++count % 7 === 0 && count < 70) return;
        if (!cut && bytes > window.cutAfter) { cut = true; super.send(data); this.close(); return; }
      }
      super.send(data);
    }
  };
})()"""


class Sink(http.server.BaseHTTPRequestHandler):
    """What anybody would write to take a file: to disk, in pieces of 1 MB."""

    protocol_version = "HTTP/1.1"

    def do_OPTIONS(self) -> None:
        self.answer(b"")

    def do_POST(self) -> None:
        left = int(self.headers["Content-Length"])
        piece = memoryview(bytearray(MB))
        with tempfile.TemporaryFile(dir=os.environ["BENCH_FOLDER"]) as file:
            while left:
                got = self.rfile.readinto(piece[: min(MB, left)])
                file.write(piece[:got])
                left -= got
        self.answer(b"ok")

    def answer(self, data: bytes) -> None:
        self.send_response(200)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Access-Control-Allow-Headers", "*")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_) -> None:
        pass


def limit(page, path: Path, sink: str) -> dict:
    page.evaluate(INPUT)
    page.choose(path, "#bench")
    _, seconds = page.evaluate(POST, sink)
    page.evaluate("() => document.getElementById('bench').remove()")
    return {"seconds": seconds}


def ours(page, path: Path, folder: Path, digest: str, *, patience: float = 300) -> dict:
    page.run(START.format(folder=str(folder)))
    page.until("() => document.querySelectorAll('.nemo-editor input[type=file]').length > 0")
    pid = int(page.execute("import os; print(os.getpid())"))
    time.sleep(1)
    memory = Memory(pid)
    began = page.choose(path, ".nemo-editor input[type=file]")
    # Nothing is asked of the kernel meanwhile: on a connection that is cut, an answer may never come.
    page.until("() => document.querySelector('.nemo-assets > li progress')?.hidden", patience, 0.25)
    time.sleep(0.5)
    told = page.execute("print(arrived[-1])")
    growth = memory.growth
    check = "file = open(uploader.files[0], 'rb'); print(hashlib.file_digest(file, 'sha256').hexdigest())"
    same = page.execute(check).strip() == digest
    lanes = page.execute("from nemo_widgets.widgets import lane; print(len(lane._fast.gate._keys))").strip()
    page.execute("uploader.files[0].unlink(); uploader.close()")
    return {"seconds": float(told) - began, "growth": growth, "same": same, "lanes": lanes}


def peer(page, path: Path) -> dict:
    page.run(PEER)
    page.until(f"() => Boolean({BUTTON})")
    # ipywidgets makes its input when its button is pressed, and never puts it into the page.
    page.evaluate(
        f"""() => {{
          const click = HTMLInputElement.prototype.click;
          HTMLInputElement.prototype.click = function () {{ this.id = 'peer'; document.body.append(this); }};
          {BUTTON}.click();
          HTMLInputElement.prototype.click = click;
        }}"""
    )
    pid = int(page.execute("import os; print(os.getpid())"))
    memory = Memory(pid)
    began = page.choose(path, "#peer")
    # The kernel can't be asked: where its connection dies, no answer comes.
    deadline, shown = time.monotonic() + 60, ""
    while time.monotonic() < deadline:
        shown = str(page.evaluate(f"() => {BUTTON}.textContent")).strip()
        if "(1)" in shown and time.time() - began > 20:
            return {"seconds": float("nan"), "growth": memory.growth, "note": "may have arrived"}
        time.sleep(0.5)
    return {"seconds": float("nan"), "note": f"never arrives; says “{shown}”, no error"}


def main(megabytes: int) -> None:
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    os.environ["BENCH_FOLDER"] = str(folder)
    path = folder / "film.mp4"
    digest = hashlib.sha256(b"\0\0\0\x18ftypisom")
    with path.open("wb") as file:
        file.write(b"\0\0\0\x18ftypisom")
        left = megabytes * MB - 12
        while left:
            piece = os.urandom(min(MB, left))
            digest.update(piece)
            file.write(piece)
            left -= len(piece)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Sink)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sink = f"http://127.0.0.1:{server.server_port}/"
    labs = {}
    chrome = Chrome()
    results: dict[str, list[dict]] = {}
    try:
        for lane in ("1", "0"):
            os.environ["NEMO_FAST_LANE"] = lane
            (folder / f"lab{lane}").mkdir()
            labs[lane] = Lab(folder / f"lab{lane}", keep=("NEMO_FAST_LANE", "PYTHONPATH"))
        for run in range(RUNS):
            for name, lab, way in (
                ("plain POST (limit)", labs["1"], lambda page: limit(page, path, sink)),
                ("fast lane", labs["1"], lambda page: ours(page, path, folder / "in", digest.hexdigest())),
                ("messages", labs["0"], lambda page: ours(page, path, folder / "in", digest.hexdigest())),
            ):
                page = chrome.page()
                page.notebook(lab, f"run{run}{name[:4]}.ipynb")
                results.setdefault(name, []).append(way(page))
                page.close()
                print(run, name, results[name][-1], flush=True)
        page = chrome.page()
        page.on_start(f"window.cutAfter = {megabytes * MB // 5}; " + TROUBLE)
        page.notebook(labs["0"], "trouble.ipynb")
        results["messages, cut and lossy"] = [ours(page, path, folder / "in", digest.hexdigest())]
        page.close()
        print(results["messages, cut and lossy"], flush=True)
        page = chrome.page()
        page.notebook(labs["0"], "peer.ipynb")
        results["ipywidgets.FileUpload"] = [peer(page, path)]
        page.close()
    finally:
        for lab in labs.values():
            lab.stop()
        chrome.close()
        server.shutdown()
    best = statistics.median(one["seconds"] for one in results["plain POST (limit)"])
    print(f"\n{megabytes} MB\n{'way':26} {'s':>6} {'MB/s':>6} {'of POST':>8} {'kernel':>8}  sha256")
    for name, ones in results.items():
        seconds = statistics.median(one["seconds"] for one in ones)
        growth = max((one.get("growth", 0) for one in ones), default=0)
        same = "" if "same" not in ones[0] else "same" if all(one["same"] for one in ones) else "DIFFERENT"
        print(
            f"{name:26} {seconds:6.2f} {megabytes / seconds:6.0f} {best / seconds:8.2f} {growth:+6.0f} MB  {same}{ones[0].get('note', '')}"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
