"""The lanes of 10,000 segments in a real Chromium, beside the same as elements of the page.

``python tests/benchmarks/timeline.py [segments]`` zooms all the way in and scrolls along, step by step in each frame, and prints how long a frame takes: the
script's own time, and from one frame to the next (a screen has 16.7 ms).
"""

from __future__ import annotations

import functools
import http.server
import statistics
import sys
import threading
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "browser"))

from chromium import ARGUMENTS, chromium_path  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

_ZOOMS = 60
_SCROLLS = 120

# Both are driven in the same way: `zoom(n)` and `scroll(n)` do one step, and a frame is measured around it.
_MEASURE = """async ({ zooms, scrolls, zoom, scroll }) => {
    const frames = async (count, step) => {
        const [own, whole] = [[], []];
        let last = await new Promise(requestAnimationFrame);
        for (let n = 0; n < count; n++) {
            const from = performance.now();
            step(n);
            let spent = performance.now() - from;
            const now = await new Promise(requestAnimationFrame);
            const drawn = performance.now();
            await new Promise((done) => { const c = new MessageChannel(); c.port1.onmessage = done; c.port2.postMessage(0); });
            own.push(spent + performance.now() - drawn);
            whole.push(now - last);
            last = now;
        }
        return { own, whole };
    };
    return { zoom: await frames(zooms, zoom), scroll: await frames(scrolls, scroll) };
}"""
_LANES = """async ([count, zooms, scrolls]) => {
    const { default: editor } = await import("/nemo_widgets/widgets/static/timeline.js");
    const { FakeModel } = await import("/js/test/fake_model.js");
    const { demoState, demoDraft } = await import("/js/test/demo_state.js");
    const each = Math.floor(count / 3);
    const row = (word, gap, length) => Array.from({ length: each }, (_, n) => [gap, length, `${word} ${n}`]);
    const tracks = [["video", 0, 1000], ["audio", 100, 900], ["text", 300, 700]]
        .map(([kind, gap, length]) => ({ kind, name: kind, segments: row(kind, gap, length) }));
    const draft = { ...demoDraft(), duration: each * 1000, sources: [], tracks };
    const model = new FakeModel({ ...demoState(), draft });
    editor.initialize({ model: model.proxy() });
    const began = performance.now();
    editor.render({ model: model.proxy(), el: document.getElementById("place") });
    await new Promise(requestAnimationFrame);
    const first = performance.now() - began;
    const scroller = document.querySelector(".nemo-scroller");
    const box = scroller.getBoundingClientRect();
    const wheel = (deltaY) => scroller.dispatchEvent(new WheelEvent(
        "wheel", { deltaY, ctrlKey: true, bubbles: true, cancelable: true, clientX: box.left + box.width / 2 }));
    const measure = MEASURE;
    const result = await measure({ zooms, scrolls, zoom: () => wheel(-40), scroll: () => { scroller.scrollLeft += 37; } });
    return { first, ...result };
}"""
_ELEMENTS = """async ([count, zooms, scrolls]) => {
    const each = Math.floor(count / 3);
    const scroller = document.createElement("div");
    scroller.style.cssText = "overflow:auto;position:relative;height:160px;width:1000px";
    const sheet = document.createElement("div");
    sheet.style.cssText = "position:relative;height:140px;width:1000px";
    scroller.append(sheet);
    const began = performance.now();
    for (let track = 0; track < 3; track++) for (let n = 0; n < each; n++) {
        const block = document.createElement("div");
        block.style.cssText = `position:absolute;overflow:hidden;height:40px;border-radius:8px;background:#d5dfec;contain:strict;`
            + `font:12px sans-serif;top:${track * 45}px;left:${(n / each) * 100}%;width:${90 / each}%`;
        block.textContent = `clip ${n}`;
        sheet.append(block);
    }
    document.getElementById("place").append(scroller);
    await new Promise(requestAnimationFrame);
    const first = performance.now() - began;
    let width = 1000;
    const zoom = () => {
        const middle = (scroller.scrollLeft + 500) / width;
        width = Math.min(width * Math.exp(0.1), 12e6);
        sheet.style.width = `${width}px`;
        scroller.scrollLeft = middle * width - 500;
    };
    const measure = MEASURE;
    const result = await measure({ zooms, scrolls, zoom, scroll: () => { scroller.scrollLeft += 37; } });
    return { first, ...result };
}"""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map, ".js": "text/javascript"}  # noqa: RUF012

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.replace("/bundle/", "/nemo_widgets/widgets/static/"))

    def log_message(self, *_args: object) -> None:
        pass


def _told(name: str, times: list[float]) -> str:
    ordered = sorted(times)
    late = sum(time > 20 for time in times)
    return (
        f"{name}: median {statistics.median(times):6.1f} ms, 95 % {ordered[int(len(ordered) * 0.95)]:6.1f} ms, "
        f"late {late} of {len(times)}"
    )


def main() -> None:
    """Measure, and print a line for each."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(ROOT)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), headless=True, args=ARGUMENTS)
        for name, script in (("canvas", _LANES), ("elements", _ELEMENTS)):
            page = browser.new_page(viewport={"width": 1200, "height": 700})
            page.goto(f"http://127.0.0.1:{server.server_address[1]}/js/test/page.html")
            found = page.evaluate(script.replace("MEASURE", _MEASURE), [count, _ZOOMS, _SCROLLS])
            sys.stdout.write(f"{name} of {count} segments: first picture after {found['first']:.0f} ms\n")
            for what in ("zoom", "scroll"):
                sys.stdout.write(f"  {what:6} {_told('script, style and layout', found[what]['own'])}\n")
                sys.stdout.write(f"  {what:6} {_told('from frame to frame', found[what]['whole'])}\n")
            page.close()
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    main()
