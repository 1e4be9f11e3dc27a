"""What a streamed answer costs on the wire, beside its peers: `python tests/benchmarks/answer.py [tokens]`.

A kernel says tokens of five letters to a real JupyterLab at 100 a second, then all in one burst; the bytes are what the
page's websocket received. Peers: a synced trait that grows by each token (as chat widgets do), and a message a token.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from chrome import Chrome
from lab import Lab

COUNT = """(() => {
  const Real = window.WebSocket;
  window.received = 0;
  window.WebSocket = class extends Real {
    constructor(...all) {
      super(...all);
      this.addEventListener('message', ({data}) => { window.received += data.size ?? data.byteLength ?? data.length; });
    }
  };
})()"""
OURS = """
import asyncio, nemo_widgets as nw
from nemo_widgets.loop import submit
from nemo_widgets.widgets.conversation import _new_turn
editor = nw.Editor()
async def say(tokens, rate, turn):
    state = editor._bench.state
    state.add("turns", _new_turn(turn, "go"))
    for number in range(tokens):
        state.say(turn, f"{number % 10000:04} ")
        if rate:
            await asyncio.sleep(1 / rate)
    state.change("turns", turn, state="done")
def start(tokens, rate, turn):
    return submit(say(tokens, rate, turn))
editor
"""
PEERS = """
import anywidget, asyncio, threading, time, traitlets
class Peer(anywidget.AnyWidget):
    _esm = '''
    export default { render({ model, el }) {
      const p = document.createElement("p"); p.className = "peer"; el.append(p);
      model.on("change:text", () => { p.textContent = model.get("text"); });
      model.on("msg:custom", (m) => { p.textContent += m.delta; });
    } }'''
    text = traitlets.Unicode().tag(sync=True)
peer = Peer()
def start(tokens, rate, turn):
    def work():
        text = ""
        for number in range(tokens):
            token = f"{number % 10000:04} "
            if turn.startswith("trait"):
                text += token
                peer.text = text
            else:
                peer.send({"delta": token})
            if rate:
                time.sleep(1 / rate)
    threading.Thread(target=work).start()
peer
"""
SHOWN = {
    "ours": "() => [...document.querySelectorAll('.nemo-turn')].at(-1)?.querySelector('.nemo-answer')?.textContent.length ?? 0",
    "peer": "() => document.querySelector('.peer')?.textContent.length ?? 0",
}


def one(page, name: str, tokens: int, rate: int) -> tuple[int, int]:
    """Return the bytes received, and how many letters are shown in the end."""
    kind = "ours" if name == "ours" else "peer"
    page.evaluate(
        "() => { const p = document.querySelector('.peer'); if (p) p.textContent = ''; window.received = 0; }"
    )
    page.execute(f"_ = start({tokens}, {rate}, '{name}{time.time_ns()}')")
    deadline, last, quiet = time.monotonic() + 90 + tokens / (rate or 1e9), -1, 0
    while quiet < 8 and time.monotonic() < deadline:
        time.sleep(0.5)
        now = page.evaluate("() => window.received")
        quiet, last = (quiet + 1 if now == last else 0), now
    return last, page.evaluate(SHOWN[kind])


def main(tokens: int) -> None:
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    lab = Lab(folder, keep=("PYTHONPATH",))
    chrome = Chrome()
    try:
        print(f"{'way':18} {'tokens':>7} {'rate':>6} {'kB':>9}  shown")
        for code, names in ((OURS, ("ours",)), (PEERS, ("trait per token", "delta per token"))):
            for name in names:
                for count, rate in ((tokens, 100), (tokens, 0), (tokens * 4, 0)):
                    page = chrome.page()
                    page.on_start(COUNT)
                    page.notebook(lab, f"{name.split()[0]}{count}{rate}.ipynb")
                    page.run(code)
                    time.sleep(6)
                    told, shown = one(page, name, count, rate)
                    lost = "all" if shown >= count * 5 - 1 else f"{shown // 5} of {count}"
                    print(f"{name:18} {count:7} {rate or 'burst':>6} {told / 1000:9.0f}  {lost}", flush=True)
                    page.close()
    finally:
        lab.stop()
        chrome.close()


if __name__ == "__main__":
    os.environ.setdefault("NEMO_FAST_LANE", "1")
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
