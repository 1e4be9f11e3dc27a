"""Where a job's workers fetch files, and bring large pieces: an HTTP server for the time of one render.

What is asked for is looked up in a table by its hash, and what is brought gets a name of the depot's own, so that no
request ever becomes a path. Every request shows the job's ticket, in a header rather than in the address, so that no
log on the way has it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import socket
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from nemo_widgets.settings import StudioLimits, media_address
from nemo_widgets.studio.rates import StallGuard
from nemo_widgets.studio.serving import Serving

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request

    from nemo_widgets.studio.render.cluster.manifest import Manifest

_MOST_BYTES = 4 * 1024**3
"""The largest piece that is taken in."""


@dataclass(frozen=True)
class Claim:
    """Where a worker finds its job: the depot's address, the manifest's hash, and the ticket.

    Examples
    --------
    >>> Claim("http://10.0.0.2:4000", "ab12", "a secret")
    Claim(url='http://10.0.0.2:4000', manifest='ab12')
    """

    url: str
    manifest: str
    ticket: str = field(repr=False)


class Depot:
    """The files of one render, and the pieces that come back.

    Parameters
    ----------
    manifest
        What is handed out.
    folder
        Where pieces are put.
    """

    def __init__(self, manifest: Manifest, folder: Path) -> None:
        self._manifest = manifest.to_bytes()
        self._name = hashlib.sha256(self._manifest).hexdigest()
        self._files = {file.name: file.path for file in manifest.files.values()}
        self._folder = folder
        self._ticket = secrets.token_urlsafe(32)
        self._servers: dict[str, Serving] = {}
        # As many connections from one address as a large machine has workers, or a network's gateway.
        self._limits = StudioLimits(connections=2000)
        self._app = Starlette(
            routes=[Route("/{name}", self._give), Route("/pieces", self._take, methods=["POST"])],
            middleware=[Middleware(StallGuard, timeout=self._limits.stall_timeout)],
        )

    def claim(self, worker: str) -> Claim:
        """Return what a worker needs to come here, opening a door on the network that it is in.

        Parameters
        ----------
        worker
            Its address, such as ``tcp://10.0.0.7:40123``.

        Raises
        ------
        StudioUnavailable
            Where no door can be opened.
        """
        host, _, port = media_address().rpartition(":")
        facing = host or _facing(worker)
        if facing not in self._servers:
            # Behind a name or a translated address the door can only be opened on all networks.
            bound = "0.0.0.0" if host else facing  # noqa: S104 - the user named an address that is not this machine's
            self._servers[facing] = Serving(self._app, self._limits, host=bound, port=int(port or 0))
        server = self._servers[facing]
        name = f"[{facing}]" if ":" in facing else facing
        return Claim(f"http://{name}:{server.port}", self._name, self._ticket)

    def received(self, name: str) -> Path:
        """Return where a piece lies that was brought, by the name that it was given."""
        return self._folder / f"{name}.received"

    def close(self) -> None:
        """Close all doors: the ticket is worth nothing from now on."""
        for server in self._servers.values():
            server.stop()
        self._servers.clear()

    def _check(self, request: Request) -> None:
        shown = request.headers.get("authorization", "").removeprefix("Bearer ")
        if not hmac.compare_digest(shown.encode(), self._ticket.encode()):
            raise HTTPException(403)

    async def _give(self, request: Request) -> Response:
        self._check(request)
        name = request.path_params["name"]
        if name == self._name:
            return Response(self._manifest, media_type="application/json")
        if name not in self._files:
            raise HTTPException(404)
        return FileResponse(self._files[name], media_type="application/octet-stream")

    async def _take(self, request: Request) -> Response:
        self._check(request)
        name, size = secrets.token_hex(16), 0
        with self.received(name).open("wb") as file:
            async for block in request.stream():
                size += len(block)
                if size > _MOST_BYTES:
                    raise HTTPException(413)
                file.write(block)
        return JSONResponse({"name": name})


def _facing(worker: str) -> str:
    """Return this machine's address towards a worker; workers in this process, or on this machine, come by loopback.

    Examples
    --------
    >>> _facing("tcp://127.0.0.1:40123"), _facing("inproc://10.0.0.2/1/2")
    ('127.0.0.1', '127.0.0.1')
    """
    parts = urlsplit(worker)
    if parts.scheme == "inproc" or not parts.hostname:
        return "127.0.0.1"
    family, _, _, _, address = socket.getaddrinfo(parts.hostname, 9, type=socket.SOCK_DGRAM)[0]
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        probe.connect(address)  # nothing is sent: a datagram socket only chooses its way
        return str(probe.getsockname()[0])
