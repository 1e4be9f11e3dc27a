"""How often a paid request is sent when the connection is cut after it arrived: `python tests/benchmarks/charges.py`.

A server on 127.0.0.1 reads each POST to its end, counts it, and resets the connection without an answer: the service has
the order, the caller doesn't know. Every SDK makes one call, as its documentation shows it, with its own settings for
retries. Each SDK is installed from PyPI into an environment of its own (by uv) and is pointed at the server with a dummy
key; nothing else is called.
"""

from __future__ import annotations

import json
import os
import socket
import struct
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from uv import find_uv_bin

ROOT = Path(__file__).parents[2]
PATIENCE_S = 240

CALLS = {
    "nemo-widgets": """
import asyncio, nemo_widgets as nw
waits = nw.Settings(recovery_waits=(0.2, 0.2, 0.2))
async def main():
    async with nw.AsyncClient(URL, "dummy", settings=waits) as client:
        await client.session("s1").send("make a video")
asyncio.run(main())
""",
    "openai": """
from openai import OpenAI
OpenAI(api_key="dummy", base_url=URL + "/v1").videos.create(model="sora-2", prompt="a cat")
""",
    "anthropic": """
from anthropic import Anthropic
Anthropic(api_key="dummy", base_url=URL).messages.create(
    model="claude-sonnet-4-5", max_tokens=100, messages=[{"role": "user", "content": "a cat"}])
""",
    "runwayml": """
from runwayml import RunwayML
RunwayML(api_key="dummy", base_url=URL).image_to_video.create(
    model="gen4_turbo", prompt_image="https://example.com/a.jpg", prompt_text="a cat", ratio="1280:720")
""",
    "lumaai": """
from lumaai import LumaAI
LumaAI(auth_token="dummy", base_url=URL).generations.create(prompt="a cat", model="ray-2")
""",
    "replicate": """
import replicate
replicate.Client(api_token="dummy", base_url=URL).predictions.create(version="0" * 64, input={"prompt": "a cat"})
""",
    "fal-client": """
import fal_client.client
fal_client.client.QUEUE_URL_FORMAT = URL + "/"  # it builds https addresses only
fal_client.SyncClient(key="dummy").submit("fal-ai/veo3", arguments={"prompt": "a cat"})
""",
    "google-genai": """
from google import genai
client = genai.Client(api_key="dummy", http_options=genai.types.HttpOptions(base_url=URL))
client.models.generate_content(model="gemini-2.5-flash", contents="a cat")
""",
}


class CuttingServer:
    """Counts the POSTs that arrived whole, and answers none of them; a GET gets an empty state."""

    def __init__(self) -> None:
        self.charges = 0
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.host = f"127.0.0.1:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            connection, _ = self._listening.accept()
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as stream:
            while line := stream.readline():
                headers = {}
                while header := stream.readline().strip():
                    name, _, value = header.partition(b":")
                    headers[name.lower()] = value.strip()
                if line.startswith(b"POST"):
                    _read_body(stream, headers)
                    self.charges += 1
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    return
                body = json.dumps({"code": 0, "data": {"state": {}}}).encode()
                head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
                connection.sendall(head.encode() + body)


def _read_body(stream, headers) -> None:
    if headers.get(b"transfer-encoding", b"").lower() == b"chunked":
        while size := int(stream.readline(), 16):
            stream.read(size + 2)
        stream.readline()
    else:
        stream.read(int(headers.get(b"content-length", 0)))


def measure(name: str) -> tuple[str, str, str, str]:
    """Return an SDK's name with version, how often it sent, how long it took, and how its call ended."""
    server = CuttingServer()
    code = f"URL = 'http://{server.host}'\n{CALLS[name]}"
    clean = {key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")}
    environment = {**clean, "NO_PROXY": "127.0.0.1"}
    if name == "nemo-widgets":
        command, environment["PYTHONPATH"] = [sys.executable], str(ROOT)
    else:
        command = [find_uv_bin(), "run", "--quiet", "--no-project", "--isolated", "--with", name, "python"]
        probe = f"from importlib.metadata import version; print(version({name!r}))"
        found = subprocess.run([*command, "-c", probe], capture_output=True, text=True, env=environment, check=False)
        if found.returncode:
            return name, "can't be installed", "", found.stderr.strip().splitlines()[-1]
        name = f"{name} {found.stdout.strip()}"
    began = time.monotonic()
    try:
        ran = subprocess.run(
            [*command, "-c", code], capture_output=True, text=True, env=environment, check=False, timeout=PATIENCE_S
        )
        ended = (ran.stderr.strip().splitlines() or ["no error"])[-1]
    except subprocess.TimeoutExpired:
        ended = "still at it"
    return name, str(server.charges), f"{time.monotonic() - began:.1f}", ended[:90]


def main() -> None:
    chosen = sys.argv[1:] or list(CALLS)
    print(f"{'SDK':<26} {'sent':>4} {'seconds':>8}  how the call ended")
    with ThreadPoolExecutor(2) as pool:
        for name, sent, seconds, ended in pool.map(measure, chosen):
            print(f"{name:<26} {sent:>4} {seconds:>8}  {ended}")


if __name__ == "__main__":
    main()
