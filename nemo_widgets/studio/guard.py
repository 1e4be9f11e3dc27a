"""The browser rules that keep web pages of others out.

A ``Host`` that isn't ours is DNS rebinding; an ``Origin`` that isn't ours is a foreign page.
"""

from __future__ import annotations

import contextlib
import functools
import ipaddress
import re
import socket
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.responses import JSONResponse

from nemo_widgets.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from starlette.types import ASGIApp, Receive, Scope, Send

_ANYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - a comparison, not a binding
_HOST = re.compile(r"(?:\[([0-9A-Fa-f:.]+(?:%[\w.-]+)?)\]|([\w.-]+))(?::\d{1,5})?", re.ASCII)
_SHOWN = 80
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class BrowserGuard:
    """Refuses what a page of somebody else could make a browser send.

    Parameters
    ----------
    app
        The application behind the guard.
    host
        The host that the studio is bound to.
    allowed
        Further names that it is reached by.
    on_refused
        Told of each request that is refused, and why.
    """

    def __init__(
        self,
        app: ASGIApp,
        host: str,
        allowed: Collection[str] = (),
        on_refused: Callable[[Scope, str], None] | None = None,
    ) -> None:
        self._app = app
        self._on_refused = on_refused
        self._host = host
        self._allowed = frozenset(name.lower().rstrip(".") for name in allowed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        host, origin = headers.get("host", ""), headers.get("origin")
        here = str((scope.get("server") or ("",))[0])
        if not is_own_host(host, self._host, here, self._allowed):
            message, data = str(InvalidInput("sent-other-name")), {"reason": "sent-other-name"}
            why = f"it calls the studio {host[:_SHOWN]!a}"
        elif origin is not None and _authority(origin) != host:
            message, data = "The studio only answers its own pages.", None
            why = f"a web page of {origin[:_SHOWN]!a} asked"
        else:
            await self._app(scope, receive, send)
            return
        if self._on_refused is not None:
            self._on_refused(scope, why)
        await JSONResponse({"code": 403, "message": message, "data": data}, status_code=403)(scope, receive, send)


def is_own_host(header: str, bound: str, here: str = "", allowed: Collection[str] = ()) -> bool:
    """Say whether a ``Host`` header names a studio.

    Parameters
    ----------
    header
        The header.
    bound
        What the studio is bound to.
    here
        The address of this machine that the request came in at; it counts where the studio is bound to all of them.
    allowed
        Further names, in lower case.

    Examples
    --------
    >>> is_own_host("127.0.0.1:8000", "127.0.0.1"), is_own_host("evil.example:8000", "127.0.0.1")
    (True, False)
    >>> is_own_host("192.168.0.7:8000", "0.0.0.0", "192.168.0.7"), is_own_host("192.168.0.8", "0.0.0.0", "192.168.0.7")
    (True, False)
    >>> is_own_host("class.example.org", "127.0.0.1", allowed={"class.example.org"})
    True
    """
    match = _HOST.fullmatch(header)
    name = (match[1] or match[2]).lower().rstrip(".") if match else ""
    if not name:
        return False
    if name in _LOOPBACK or name == bound.lower() or name in allowed:
        return True
    if bound not in _ANYWHERE:
        return False
    try:
        return _plain(name) == _plain(here)
    except ValueError:
        return name in own_names()


def _plain(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    ip = ipaddress.ip_address(address.split("%", 1)[0])
    return (ip.ipv4_mapped if isinstance(ip, ipaddress.IPv6Address) else None) or ip


def _authority(origin: str) -> str:
    try:
        return str(urlsplit(origin).netloc)
    except ValueError:
        return ""


@functools.cache
def own_names() -> frozenset[str]:
    """Return what this machine is called, in its network and on the link (mDNS)."""
    name = socket.gethostname().lower()
    return frozenset({name, f"{name.split('.', 1)[0]}.local", socket.getfqdn().lower()})


def own_addresses() -> list[str]:
    """Return this machine's addresses that others may reach, the one towards the internet first.

    Examples
    --------
    >>> "127.0.0.1" in own_addresses()
    False
    """
    found: list[str] = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, contextlib.suppress(OSError):
        probe.connect(("192.0.2.1", 9))  # nothing is sent: a datagram socket only chooses its way
        found.append(str(probe.getsockname()[0]))
    with contextlib.suppress(OSError):
        found += [str(entry[4][0]) for entry in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    return [one for one in dict.fromkeys(found) if not ipaddress.ip_address(one).is_loopback]
