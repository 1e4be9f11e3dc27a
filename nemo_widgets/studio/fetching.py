"""Files by URL: fetched from public addresses only, so that nobody reads this machine's network through the studio.

The name is looked up once, every address is judged, and the connection goes to an address that was judged: a name
that answers differently the second time gains nothing. Redirects are judged like the first URL.
"""

from __future__ import annotations

import http.client
import ipaddress
import re
import socket
import ssl
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urljoin, urlsplit

from nemo_widgets.errors import APIError, InvalidInput
from nemo_widgets.studio.uploads import Arrival

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_TIMEOUT = 20.0
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
        if ip in ipaddress.ip_network("64:ff9b::/96"):
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
    return ip.is_global and not ip.is_multicast


def fetch_all(
    urls: list[str], folder: Path, limit: int, *, allowed: Callable[[str], bool] = is_public
) -> list[Arrival]:
    """Fetch several files, all or none; each as :func:`fetch` does."""
    arrivals: list[Arrival] = []
    try:
        for url in urls:
            arrivals.append(fetch(url, folder, limit, allowed=allowed))  # noqa: PERF401 - what came is known when the next one fails
    except BaseException:
        for arrival in arrivals:
            arrival.discard()
        raise
    return arrivals


def fetch(url: str, folder: Path, limit: int, *, allowed: Callable[[str], bool] = is_public) -> Arrival:
    """Fetch a file to disk.

    Parameters
    ----------
    url
        ``http`` or ``https``.
    folder, limit
        Where to put it, and how many bytes it may have.
    allowed
        Judges an IP address.

    Raises
    ------
    InvalidInput
        Where the URL isn't one that may be fetched.
    FileTooLarge
        4002.
    """
    for _ in range(_MOST_REDIRECTS):
        connection, target = _connect(url, allowed)
        try:
            connection.request("GET", target, headers={"User-Agent": "nemo-widgets", "Accept-Encoding": "identity"})
            response = connection.getresponse()
            if response.status in _REDIRECTS and (location := response.getheader("location")):
                url = urljoin(url, location)
                continue
            if response.status != 200:
                raise _refusal(url, f"the server answered {response.status}")
            return _save(response, url, folder, limit)
        except (OSError, http.client.HTTPException, UnicodeError) as error:
            raise _refusal(url, "it can't be reached") from error
        finally:
            connection.close()
    raise _refusal(url, "it redirects too often")


def _save(response: http.client.HTTPResponse, url: str, folder: Path, limit: int) -> Arrival:
    name = unquote(urlsplit(url).path.rsplit("/", 1)[-1]) or "download"
    arrival = Arrival.begin(folder, name, limit)
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


def _connect(url: str, allowed: Callable[[str], bool]) -> tuple[http.client.HTTPConnection, str]:
    """Return a connection to a judged address, and what to ask it for."""
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise _refusal(url, "it isn't a URL") from error
    host = parts.hostname
    if parts.scheme not in {"http", "https"} or not host or parts.username is not None:
        raise _refusal(url, "only plain http and https URLs are fetched")
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise _refusal(url, "its host isn't known") from error
    addresses = [str(entry[4][0]) for entry in found]
    if not addresses or not all(allowed(address) for address in addresses):
        raise _refusal(url, "it points into a private network")
    connection = http.client.HTTPConnection(host, port, timeout=_TIMEOUT)
    try:
        plain = socket.create_connection((addresses[0], port), _TIMEOUT)
        secure = parts.scheme == "https"
        connection.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host) if secure else plain
    except OSError as error:
        raise _refusal(url, "it can't be reached") from error
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return connection, quote(target, safe="%/?:@!$&'()*+,;=~[]")


def _refusal(url: str, reason: str) -> InvalidInput | APIError:
    shown = _USER.sub("//", url.split("?", 1)[0])[:120]
    return InvalidInput(message=f"{shown} was not fetched: {reason}.", remedy="Download it and upload the file.")
