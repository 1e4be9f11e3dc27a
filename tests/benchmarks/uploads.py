"""Uploads beside plain httpx: `python tests/benchmarks/uploads.py [MB]`.

One file of 500 MB to the same server on 127.0.0.1, which reads and forgets the body. Plain httpx twice: as its
documentation shows it (`files={"files": open(…)}`), and given the bytes. Each way in a process of its own, interleaved;
memory is the largest growth of that process's resident set while it uploads.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[2]
RUNS = 3
WAYS = ("nemo-widgets", "httpx files=open()", "httpx files=bytes")


def sink(ready) -> None:
    """Serve uploads: read the body, forget it, answer as the service does."""
    listening = socket.create_server(("127.0.0.1", 0))
    ready.send(listening.getsockname()[1])
    while True:
        connection, _ = listening.accept()
        threading.Thread(target=_swallow, args=(connection,), daemon=True).start()


def _swallow(connection: socket.socket) -> None:
    file = {"filename": "a.mp4", "file_type": "video", "cdn_url": "http://127.0.0.1/a.mp4"}
    body = json.dumps({"code": 0, "data": {"files": [file]}}).encode()
    with connection, connection.makefile("rb", buffering=1 << 18) as stream:
        while stream.readline():
            length = 0
            while header := stream.readline().strip():
                name, _, value = header.partition(b":")
                length = int(value) if name.lower() == b"content-length" else length
            while length:
                length -= len(stream.read(min(length, 1 << 18)))
            head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
            connection.sendall(head.encode() + body)


def upload(way: str, url: str, path: Path) -> None:
    """Upload in this process, and print seconds and bytes of growth."""
    if way == "nemo-widgets":
        import nemo_widgets as nw

        session = nw.Client(url, "dummy").session("s1")

        def send(file: Path) -> None:
            session.upload(file)
    else:
        import httpx

        client = httpx.Client(base_url=url, timeout=600, trust_env=False)

        def send(file: Path) -> None:
            with file.open("rb") as opened:
                data = opened.read() if way.endswith("bytes") else opened
                client.post("/api/upload-video/nemo_agent/me/s1", files={"files": (file.name, data)}).raise_for_status()

    small = path.with_name("small.mp4")
    send(small)  # imports and connections are made
    process, peak, done = psutil.Process(), 0, threading.Event()
    before = process.memory_info().rss

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.01):
            peak = max(peak, process.memory_info().rss - before)

    watcher = threading.Thread(target=watch)
    watcher.start()
    began = time.perf_counter()
    send(path)
    seconds = time.perf_counter() - began
    done.set()
    watcher.join()
    print(json.dumps([seconds, peak]))


def main(megabytes: int) -> None:
    receiving, sending = multiprocessing.Pipe(duplex=False)
    server = multiprocessing.Process(target=sink, args=(sending,), daemon=True)
    server.start()
    url = f"http://127.0.0.1:{receiving.recv()}"
    found: dict[str, list[list[float]]] = {way: [] for way in WAYS}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.mp4"
        head = b"\x00\x00\x00\x20ftypisom" + bytes(1 << 16)
        path.with_name("small.mp4").write_bytes(head)
        with path.open("wb") as file:
            file.write(head)
            file.truncate(megabytes * 1_000_000)
        for _ in range(RUNS):
            for way in WAYS:
                command = [sys.executable, __file__, "--as", way, url, str(path)]
                environment = {**os.environ, "PYTHONPATH": str(ROOT)}
                ran = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
                found[way].append(json.loads(ran.stdout))
    print(f"{megabytes} MB, median of {RUNS}")
    print(f"{'way':<20} {'MB/s':>6} {'memory grows by':>16}")
    for way, runs in found.items():
        seconds, peak = (statistics.median(run[index] for run in runs) for index in (0, 1))
        print(f"{way:<20} {megabytes / seconds:>6.0f} {peak / 1e6:>13.0f} MB")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--as"]:
        upload(sys.argv[2], sys.argv[3], Path(sys.argv[4]))
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else 500)
