"""A video in a cell of a real JupyterLab, beside its peers: `python tests/benchmarks/browser_video.py [MB]`.

From running the cell to the video's `loadedmetadata`; then a seek to its end; and what the saved notebook has grown by
(with the widgets' state saved, as JupyterLab's setting says). Interleaved, each in a page and a kernel of its own; medians.
"""

from __future__ import annotations

import math
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

import av
import numpy as np
from chrome import Chrome, Memory
from lab import Lab

RUNS = int(os.environ.get("BENCH_RUNS", "5"))
WAYS = {
    "nemo-widgets, fast lane": ("import nemo_widgets as nw", "nw.Player({path!r})"),
    "nemo-widgets, messages": ("import nemo_widgets as nw", "nw.Player({path!r})"),
    "ipywidgets.Video": ("import ipywidgets", "ipywidgets.Video.from_file({path!r}, autoplay=False)"),
    "IPython.display.Video": ("from IPython.display import Video", "Video({path!r}, embed=True)"),
}
WATCH = """() => {
  window.times = {};
  const note = (event) => {
    if (event.target.tagName === 'VIDEO') window.times[event.type] ??= performance.now();
  };
  for (const type of ['loadedmetadata', 'seeked']) document.addEventListener(type, note, true);
}"""
RUN = """async (code) => {
  const {shell, commands} = window.jupyterapp;
  const cell = shell.currentWidget.content.activeCell;
  cell.model.sharedModel.setSource(code);
  window.began = performance.now();
  await commands.execute('notebook:run-cell');
}"""
SEEK = """async () => {
  const video = document.querySelector('.jp-OutputArea video');
  delete window.times.seeked;
  const began = performance.now();
  video.currentTime = video.duration * 0.9;
  while (!window.times.seeked) await new Promise((done) => setTimeout(done, 5));
  video.muted = true;
  await video.play();
  const at = video.currentTime;
  await new Promise((done) => setTimeout(done, 400));
  return [(window.times.seeked - began) / 1000, video.currentTime > at];
}"""


def film(path: Path, megabytes: int) -> None:
    """Write noise as H.264 until it has that many MB."""
    rng = np.random.default_rng(1)
    with av.open(str(path), "w", options={"movflags": "faststart"}) as container:
        stream = container.add_stream("libx264", rate=30, options={"preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = 1280, 720, "yuv420p"
        stream.bit_rate = megabytes * 8_000_000 // 30
        for _ in range(900):
            picture = np.repeat(np.repeat(rng.integers(0, 255, (90, 160, 3), np.uint8), 8, 0), 8, 1)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode())


def one(chrome, lab, name: str, path: Path) -> dict:
    page = chrome.page()
    notebook = lab.notebooks / f"{time.time_ns()}.ipynb"
    page.notebook(lab, notebook.name)
    before, code = WAYS[name]
    page.execute(before)
    page.evaluate(WATCH)
    pid = int(page.execute("import os; print(os.getpid())"))
    if name.startswith("nemo"):
        page.run(f"small = nw.Player({str(path.with_name('small.mp4'))!r})\nsmall")  # the front end is loaded once
        page.until("() => window.times.loadedmetadata")
        page.evaluate("async () => { await window.jupyterapp.commands.execute('docmanager:save'); }")
        page.evaluate("() => { window.times = {}; }")
        page.execute("small.close()")
    saved = notebook.stat().st_size
    page.evaluate("async () => { await window.jupyterapp.commands.execute('notebook:insert-cell-below'); }")
    memory = Memory(pid)
    page.evaluate(RUN, code.format(path=str(path)))
    page.until("() => window.times.loadedmetadata", step=0.05)
    seconds = page.evaluate("() => (window.times.loadedmetadata - window.began) / 1000")
    seek, plays = page.evaluate(SEEK.replace("'.jp-OutputArea video'", "'.jp-OutputArea video:not([src*=small])'"))
    page.evaluate("async () => { await window.jupyterapp.commands.execute('docmanager:save'); }")
    page.close()
    grown = notebook.stat().st_size - saved
    return {"seconds": seconds, "seek": seek, "plays": plays, "grown": grown, "kernel": memory.growth}


def main(megabytes: int) -> None:
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    path = folder / "film.mp4"
    film(path, megabytes)
    film(path.with_name("small.mp4"), 1)
    print(f"{path.stat().st_size / 1e6:.0f} MB", flush=True)
    chrome, labs, results = Chrome(), {}, {name: [] for name in WAYS}
    try:
        for lane in ("1", "0"):
            os.environ["NEMO_FAST_LANE"] = lane
            (folder / f"lab{lane}").mkdir()
            labs[lane] = Lab(folder / f"lab{lane}", keep=("NEMO_FAST_LANE", "PYTHONPATH"))
        for _ in range(RUNS):
            for name, ones in results.items():
                ones.append(one(chrome, labs["0" if "messages" in name else "1"], name, path))
                print(name, ones[-1], flush=True)
    finally:
        for lab in labs.values():
            lab.stop()
        chrome.close()
    peer = statistics.median(one["seconds"] for one in results["ipywidgets.Video"])
    print(f"\n{'way':26} {'s':>6} {'of ipywidgets':>14} {'seek s':>7} {'notebook kB':>12} {'kernel MB':>10}  plays")
    for name, ones in results.items():
        seconds, seek, grown, kernel = (
            statistics.median(one[key] for one in ones) for key in ("seconds", "seek", "grown", "kernel")
        )
        plays = all(one["plays"] for one in ones)
        print(
            f"{name:26} {seconds:6.2f} {seconds / peer:14.2f} {seek:7.2f} {math.ceil(grown / 1000):12} {kernel:+10.0f}  {plays}"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 30)
