"""The decoder beside httpx-sse on the same bytes: `python tests/benchmarks/sse.py` (httpx-sse is fetched by uv).

Two bodies: short events as an answer's text comes in, and long ones as drafts come in (some kB of JSON in each). Cut in
pieces as networks and proxies do. Each figure is the best of several runs, interleaved; both read from bytes in memory.
httpx-sse is fed as it is in use: by a response's `iter_lines` on the same pieces.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import time
from pathlib import Path

CHUNKS = (1, 16, 256, 4096, 65536)
RUNS = 5
ROOT = Path(__file__).parents[2]


def bodies() -> dict[str, bytes]:
    words = ["The", "draft", "has", "three", "photos,", "each", "a", "second", "long", "…"]
    text = [{"invocationId": "e-1", "partial": True, "content": {"parts": [{"text": word}]}} for word in words]
    segment = {
        "st": 0,
        "d": 5500,
        "m": {"name": "city timelapse", "src": "http://127.0.0.1/media/a.jpg", "kind": "image"},
    }
    draft = {
        "invocationId": "e-1",
        "actions": {"stateDelta": {"draft": {"d": 30000, "t": [{"tt": 0, "sg": [segment] * 30}]}}},
    }
    return {
        "short events": b"".join(map(frame, text)) * 400,
        "drafts of 4 kB": frame(draft) * 400,
    }


def frame(event: dict) -> bytes:
    return f"data: {json.dumps(event, ensure_ascii=False)}\n\n".encode()


def ours(pieces: list[bytes]) -> int:
    from nemo_widgets.client.sse import SSEDecoder

    decoder = SSEDecoder()
    return sum(1 for piece in pieces for _ in decoder.feed(piece))


def theirs(pieces: list[bytes]) -> int:
    import httpx
    from httpx_sse import EventSource

    class Pieces(httpx.SyncByteStream):
        def __iter__(self):
            return iter(pieces)

    response = httpx.Response(200, headers={"content-type": "text/event-stream"}, stream=Pieces())
    return sum(1 for _ in EventSource(response).iter_sse())


def rate(read, pieces: list[bytes]) -> float:
    began = time.perf_counter()
    count = read(pieces)
    return count / (time.perf_counter() - began)


def main() -> None:
    from importlib.metadata import version

    print(f"events/s (thousands), best of {RUNS}; httpx-sse {version('httpx-sse')}, httpx {version('httpx')}")
    print(f"{'body':<16} {'piece':>8} {'ours':>8} {'httpx-sse':>10} {'ratio':>6}")
    for name, body in bodies().items():
        for size in CHUNKS:
            pieces = [body[at : at + size] for at in range(0, len(body), size)]
            assert ours(pieces) == theirs(pieces)
            runs = [(rate(ours, pieces), rate(theirs, pieces)) for _ in range(RUNS if size > 1 else 2)]
            mine, other = max(run[0] for run in runs), max(run[1] for run in runs)
            print(f"{name:<16} {size:>6} B {mine / 1000:>8.1f} {other / 1000:>10.1f} {mine / other:>6.2f}")


if __name__ == "__main__":
    if importlib.util.find_spec("httpx_sse") is None:
        from uv import find_uv_bin

        libraries = ["--with", "httpx-sse>=0.4,<0.5", "--with", "httpx==0.28.1"]
        command = [
            find_uv_bin(),
            "run",
            "--quiet",
            "--no-project",
            "--isolated",
            "--python",
            sys.executable,
            *libraries,
        ]
        sys.exit(subprocess.call([*command, "python", __file__], env={**os.environ, "PYTHONPATH": str(ROOT)}))
    main()
