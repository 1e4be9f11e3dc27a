"""The kernel's own HTTP server on this machine: the fast lane for bytes between a page and the kernel.

It listens on 127.0.0.1 only, and answers only who can show something that no other page can have:

==========================  ============================  =======================================================
request                     shows                         answer
==========================  ============================  =======================================================
``POST /open``              a token (the body): once,     ``{key}``, for this page and widget
                            within seconds
``PUT /upload``             the key (``Authorization``)   204: these slices are on disk, from number INDEX of
                                                          file ID, as ``Nemo-Slice: ID/INDEX`` says (an address of
                                                          its own would cost each request another to ask for leave)
``POST /say``               the key                       204: the message (JSON) was taken
``POST /video/ID``          the key                       ``{path}``, with a ticket for this one file
``POST /close``             the key                       204: key and tickets are forgotten
``GET /ticket/TICKET``      the ticket                    the file, or a range of it
==========================  ============================  =======================================================

Tokens travel over the widget's own messages, keys in answers and headers. Only a ticket stands in an address, because a
``<video>`` can send no header: it is for one file, and is forgotten with the key. All of them are bound to the origin
of the page that asked; other origins get no CORS header and no answer, and another ``Host`` (DNS rebinding) is refused.

Sources: https://fetch.spec.whatwg.org/#http-cors-protocol, https://wicg.github.io/private-network-access/.
"""

from __future__ import annotations

import contextlib
import http.server
import json
import os
import re
import threading
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from nemo_widgets.widgets.transfer import MAX_SLICE_BYTES

if TYPE_CHECKING:
    from pathlib import Path

    from nemo_widgets.widgets.lane import Gate, Pass

MAX_BODY_BYTES = 64 * 1024 * 1024
_MAX_MESSAGE_BYTES = 256 * 1024
_IDLE_S = 60.0
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


class LaneServer:
    """A server thread, and one thread for each connection.

    Parameters
    ----------
    gate
        Knows who may come.

    Raises
    ------
    OSError, RuntimeError
        Where nothing can listen, or there are no threads.
    """

    def __init__(self, gate: Gate) -> None:
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.gate = gate
        self._pid = os.getpid()
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, name="nemo-widgets-lane", daemon=True
        )
        self._thread.start()

    @property
    def alive(self) -> bool:
        """Whether it listens, in this process (a forked child has the object and not the thread)."""
        return self._pid == os.getpid() and self._thread.is_alive()

    def stop(self) -> None:
        """Stop listening, and hang up on everybody."""
        self._server.shutdown()
        self._server.server_close()
        self._server.hang_up()


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    gate: Gate

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.connections: set[Any] = set()

    def hang_up(self) -> None:
        for connection in list(self.connections):
            with contextlib.suppress(OSError):
                connection.shutdown(2)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a page may go at any time."""


class _Refused(Exception):
    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class _Handler(http.server.BaseHTTPRequestHandler):
    server: _Server  # pyright: ignore[reportIncompatibleVariableOverride]
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = _IDLE_S
    _slice: memoryview = memoryview(b"")

    def setup(self) -> None:
        super().setup()
        self.server.connections.add(self.connection)

    def finish(self) -> None:
        self.server.connections.discard(self.connection)
        with contextlib.suppress(OSError):
            super().finish()

    def version_string(self) -> str:
        return "nemo-widgets"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Write nothing down: addresses hold tickets."""

    def do_OPTIONS(self) -> None:
        self._answer(self._preflight)

    def do_POST(self) -> None:
        self._answer(self._post)

    def do_PUT(self) -> None:
        self._answer(self._put)

    def do_GET(self) -> None:
        self._answer(self._get)

    def do_HEAD(self) -> None:
        self._answer(self._get)

    def _answer(self, work: Any) -> None:
        """Answer a request; one that is refused ends the connection, since its body may be unread."""
        try:
            self._check_host()
            work()
        except _Refused as refusal:
            self.close_connection = True
            self._send(refusal.status, {"Connection": "close"})
        except OSError:  # the page hung up
            self.close_connection = True

    def _check_host(self) -> None:
        if self.headers.get("Host") != f"127.0.0.1:{self.server.server_port}":
            raise _Refused(403)

    def _preflight(self) -> None:
        if not self.server.gate.knows(self._origin):
            raise _Refused(403)
        headers = {
            "Access-Control-Allow-Methods": "POST, PUT",
            "Access-Control-Allow-Headers": "authorization, content-type, nemo-slice",
            "Access-Control-Max-Age": "600",
        }
        if self.headers.get("Access-Control-Request-Private-Network") == "true":
            headers["Access-Control-Allow-Private-Network"] = "true"
        self._send(204, headers)

    def _post(self) -> None:
        gate, path = self.server.gate, urlsplit(self.path).path
        if path == "/open":
            key = gate.enter(self._body(256).decode("ascii", "replace"), self._origin)
            if key is None:
                raise _Refused(403)
            self._json({"key": key})
            return
        holder = self._holder()
        if path == "/say":
            holder.lane.say(self._body(_MAX_MESSAGE_BYTES))
            self._send(204)
        elif path == "/close":
            self._body(0)
            gate.leave(holder)
            self._send(204)
        elif path.startswith("/video/"):
            self._body(0)
            ticket = gate.ticket(holder, path.removeprefix("/video/"))
            if ticket is None:
                raise _Refused(404)
            self._json({"path": f"/ticket/{ticket}"})
        else:
            raise _Refused(404)

    def _put(self) -> None:
        holder = self._holder()
        match = re.fullmatch(r"([\w-]{1,64})/(\d{1,7})", self.headers.get("Nemo-Slice") or "")
        incoming = holder.lane.incoming(match[1]) if match else None
        left = self._length(MAX_BODY_BYTES)
        if self.path != "/upload" or match is None or incoming is None:
            raise _Refused(404)
        index, size = int(match[2]), min(incoming.slice_bytes, MAX_SLICE_BYTES)
        if len(self._slice) != size:
            self._slice = memoryview(bytearray(size))
        while left:
            piece = self._slice[: min(size, left)]
            if self.rfile.readinto(piece) < len(piece):  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
                raise _Refused(400)
            if not holder.lane.take(match[1], index, piece):
                raise _Refused(409)
            index += 1
            left -= len(piece)
        self._send(204)

    def _get(self) -> None:
        address = urlsplit(self.path)
        origin = self.headers.get("Origin")
        # A download is no fetch, and comes without an origin.
        found = self.server.gate.file(address.path.removeprefix("/ticket/"), origin)
        if found is None:
            raise _Refused(404)
        path, name, media_type = found
        headers = {"Content-Type": media_type, "Accept-Ranges": "bytes", "X-Content-Type-Options": "nosniff"}
        if address.query == "download":
            headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
        self._file(path, headers)

    def _file(self, path: Path, headers: dict[str, str]) -> None:
        try:
            file = path.open("rb")
        except OSError:
            raise _Refused(410) from None
        with file:
            size = os.fstat(file.fileno()).st_size
            wanted = _wanted(self.headers.get("Range"), size)
            if wanted is None:
                self._send(416, {"Content-Range": f"bytes */{size}"})
                return
            start, end = wanted
            status = 200
            if "Range" in self.headers:
                status = 206
                headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
            self._send(status, headers, length=end - start)
            if self.command == "GET" and end > start:
                self.connection.sendfile(file, start, end - start)

    @property
    def _origin(self) -> str:
        return self.headers.get("Origin") or ""

    def _holder(self) -> Pass:
        scheme, _, key = (self.headers.get("Authorization") or "").partition(" ")
        holder = self.server.gate.holder(key, self._origin) if scheme == "Bearer" else None
        if holder is None:
            raise _Refused(401)
        return holder

    def _length(self, most: int) -> int:
        told = self.headers.get("Content-Length") or "0"
        if "Transfer-Encoding" in self.headers or not told.isdecimal():
            raise _Refused(411)
        if int(told) > most:
            raise _Refused(413)
        return int(told)

    def _body(self, most: int) -> bytes:
        return self.rfile.read(self._length(most))

    def _json(self, value: Any) -> None:
        data = json.dumps(value).encode()
        self._send(200, {"Content-Type": "application/json"}, length=len(data))
        self.wfile.write(data)

    def _send(self, status: int, headers: dict[str, str] | None = None, *, length: int = 0) -> None:
        self.send_response(status)
        if self._origin and self.server.gate.knows(self._origin):
            self.send_header("Access-Control-Allow-Origin", self._origin)
            self.send_header("Vary", "Origin")
        for name, value in {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", **(headers or {})}.items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(length))
        self.end_headers()


def _wanted(header: str | None, size: int) -> tuple[int, int] | None:
    """Return what of a file is asked for, as (first byte, byte after the last); None where there is nothing.

    Examples
    --------
    >>> _wanted(None, 10), _wanted("bytes=4-", 10), _wanted("bytes=2-3", 10), _wanted("bytes=-3", 10)
    ((0, 10), (4, 10), (2, 4), (7, 10))
    >>> _wanted("bytes=10-", 10) is None
    True
    """
    if header is None:
        return 0, size
    match = _RANGE.fullmatch(header)
    if match is None or match[0] == "bytes=-":
        return None
    first, last = match.groups()
    if not first:
        return (max(0, size - int(last)), size) if int(last) else None
    start, end = int(first), min(size, int(last) + 1) if last else size
    return (start, end) if start < end else None
