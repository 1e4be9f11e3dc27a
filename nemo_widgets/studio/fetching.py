"""Files by URL: fetched from public addresses only, so that nobody reads this machine's network through the studio.

The name is looked up once, every address is judged, and the connection goes to an address that was judged: a name
that answers differently the second time gains nothing. Redirects are judged like the first URL.
"""

from __future__ import annotations

import http.client
import io
import ipaddress
import re
import socket
import ssl
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urljoin, urlsplit

from nemo_widgets.errors import InvalidInput
from nemo_widgets.studio.uploads import Arrival

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nemo_widgets.studio.quotas import Room

_TIMEOUT = 20.0
_WHOLE = 120.0
_NAT64, _UNICAST = ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("2000::/3")
_USER = re.compile(r"//[^/]*@")
_BLOCK = 1024 * 1024
_MOST_REDIRECTS = 4
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


def is_public(address: str) -> bool:
    """Say whether an IP address belongs to the public internet.

    Examples
    --------
    >>> is_public("8.8.8.8"), is_public("127.0.0.1"), is_public("::ffff:10.0.0.1"), is_public("169.254.169.254")
    (True, False, False, False)
    """
    ip = ipaddress.ip_address(address.split("%", 1)[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None:
            return is_public(str(inner))
        if ip in _NAT64:
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        if ip not in _UNICAST:
            return False
    return ip.is_global and not ip.is_multicast


def is_elsewhere(address: str) -> bool:
    """Say whether an IP address is a public one of another machine: one of our own may have more open than it should.

    Examples
    --------
    >>> is_elsewhere("8.8.8.8"), is_elsewhere("127.0.0.1")
    (True, False)
    """
    if not is_public(address):
        return False
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((address, 0))  # only an address of this machine can be bound
        except OSError:
            return True
    return False


def fetch_all(
    urls: list[str],
    folder: Path,
    limit: int,
    *,
    allowed: Callable[[str], bool] = is_elsewhere,
    room: Room | None = None,
    timeout: float = _WHOLE,
) -> list[Arrival]:
    """Fetch several files, all or none and within ``timeout`` seconds; each as :func:`fetch` does."""
    arrivals: list[Arrival] = []
    deadline = time.monotonic() + timeout
    try:
        for url in urls:
            left = deadline - time.monotonic()
            arrivals.append(fetch(url, folder, limit, allowed=allowed, room=room, timeout=left))
    except BaseException:
        for arrival in arrivals:
            arrival.discard()
        raise
    return arrivals


def fetch(
    url: str,
    folder: Path,
    limit: int,
    *,
    allowed: Callable[[str], bool] = is_elsewhere,
    room: Room | None = None,
    timeout: float = _WHOLE,
) -> Arrival:
    """Fetch a file to disk.

    Parameters
    ----------
    url
        ``http`` or ``https``.
    folder, limit
        Where to put it, and how many bytes it may have.
    allowed
        Judges an IP address.
    room
        What may arrive in all.
    timeout
        Seconds for all of it: redirects, and a server that sends a byte at a time.

    Raises
    ------
    InvalidInput
        Where the URL isn't one that may be fetched.
    FileTooLarge
        4002.
    """
    deadline = time.monotonic() + timeout
    for _ in range(_MOST_REDIRECTS):
        if time.monotonic() >= deadline:  # looking a name up can't be hurried
            raise _refusal(url, "link-slow")
        connection, target = _connect(url, allowed, deadline)
        try:
            connection.request("GET", target, headers={"User-Agent": "nemo-widgets", "Accept-Encoding": "identity"})
            with connection.getresponse() as response:
                if response.status in _REDIRECTS and (location := response.getheader("location")):
                    url = _redirected(url, location)
                    continue
                if response.status != 200:
                    raise _refusal(url, "link-status", status=response.status)
                return _save(response, Arrival.begin(folder, _name_in(url), limit, room))
        except TimeoutError as error:
            raise _refusal(url, "link-slow") from error
        except (OSError, http.client.HTTPException, UnicodeError) as error:
            raise _refusal(url, "link-unreachable") from error
        finally:
            connection.close()
    raise _refusal(url, "link-loops")


def _redirected(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise _refusal(location, "link-wrong") from error


def _name_in(url: str) -> str:
    return unquote(urlsplit(url).path.rsplit("/", 1)[-1]) or "download"


def _save(response: http.client.HTTPResponse, arrival: Arrival) -> Arrival:
    try:
        while block := response.read(_BLOCK):
            arrival.buffer.extend(block)
            arrival.flush()
        if response.length:  # The library doesn't tell when it reads in blocks.
            raise http.client.IncompleteRead(b"", response.length)  # noqa: TRY301 - as it does when it reads at once
    except BaseException:
        arrival.discard()
        raise
    arrival.file.close()
    return arrival


class _Punctual(io.RawIOBase):
    """A connection that is read and written by a deadline, however often something comes.

    It is all that ``http.client`` wants of a socket: that one closes it when the answer begins, and reads on.
    """

    def __init__(self, connected: socket.socket, deadline: float) -> None:
        self._socket, self._deadline = connected, deadline
        self._users = 1

    def _hurry(self) -> None:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._socket.settimeout(min(left, _TIMEOUT))

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        self._hurry()
        return self._socket.recv_into(buffer)

    def sendall(self, data: bytes) -> None:
        self._hurry()
        self._socket.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        self._users += 1
        return _Measured(self)

    def close(self) -> None:
        self._users -= 1
        if self._users == 0:
            self._socket.close()
            super().close()


class _Measured(io.BufferedReader):
    """Reads so much at a time: of a chunk that says it has -1 bytes, ``http.client`` would keep all that ever comes."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is None or size < 0:
            raise http.client.HTTPException
        return super().read(size)


def _connect(url: str, allowed: Callable[[str], bool], deadline: float) -> tuple[http.client.HTTPConnection, str]:
    """Return a connection to a judged address, and what to ask it for."""
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise _refusal(url, "link-wrong") from error
    host = parts.hostname
    if parts.scheme not in {"http", "https"} or not host or parts.username is not None:
        raise _refusal(url, "link-kind")
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise _refusal(url, "link-unknown") from error
    addresses = [str(entry[4][0]) for entry in found]
    if not addresses or not all(allowed(address) for address in addresses):
        raise _refusal(url, "link-private")
    connection = http.client.HTTPConnection(host, port, timeout=_TIMEOUT)
    try:
        patience = max(0.01, min(_TIMEOUT, deadline - time.monotonic()))
        plain = socket.create_connection((addresses[0], port), patience)
        secure = parts.scheme == "https"
        chosen = ssl.create_default_context().wrap_socket(plain, server_hostname=host) if secure else plain
        connected: Any = _Punctual(chosen, deadline)
        connection.sock = connected
    except OSError as error:
        raise _refusal(url, "link-unreachable") from error
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return connection, quote(target, safe="%/?:@!$&'()*+,;=~[]")


def _refusal(url: str, key: str, **details: Any) -> InvalidInput:
    return InvalidInput(key, name=_USER.sub("//", url.split("?", 1)[0])[:120], **details)
