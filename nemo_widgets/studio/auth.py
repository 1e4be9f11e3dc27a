"""Who asks: bearer tokens, and the browser rules that keep web pages of others out.

The studio's own token is made at each start and only lives in memory. An anonymous token is derived from the
client's id with the workspace's key, so that the same client gets the same token again while only its hash is
stored.
"""

from __future__ import annotations

import functools
import hashlib
import hmac
import ipaddress
import secrets
import socket
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.responses import JSONResponse

from nemo_widgets.errors import APIError, AuthError
from nemo_widgets.studio.store import User

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp, Receive, Scope, Send

    from nemo_widgets.studio.store import Store

STUDIO_USER = "studio"
TOKEN_LIFETIME = 7 * 24 * 3600.0
FREE_CREDITS = 100


@dataclass(frozen=True)
class Grant:
    """An anonymous token, for the answer alone; ``expires`` as epoch seconds."""

    token: str
    user: str
    expires: float
    credits: int

    def __repr__(self) -> str:
        return f"Grant(user={self.user!r})"


class Gatekeeper:
    """Knows whose token a request carries.

    Parameters
    ----------
    store
        Where the hashes are.
    key
        The workspace's key.
    studio_token
        The token of whoever started the studio.
    """

    def __init__(self, store: Store, key: bytes, studio_token: str) -> None:
        self._store = store
        self._key = key
        self._studio_hash = _hash(studio_token)
        store.add_user(STUDIO_USER, None)

    def grant(self, client_id: str) -> Grant:
        """Return the client's anonymous token: the same one until it expires.

        Raises
        ------
        APIError
            400, where the client didn't say who it is.
        """
        if not 0 < len(client_id) <= 200:
            raise APIError(
                "invalid", code=400, message="The X-Client-Id header is missing.", remedy="Send a UUID in it."
            )
        client_hash = _hash(f"client:{client_id}")
        known = self._store.token_of_client(client_hash)
        if known is None or known[2] <= time.time():
            nonce, expires = secrets.token_hex(16), time.time() + TOKEN_LIFETIME
            token_hash = _hash(self._derive(client_id, nonce))
            self._store.put_token(client_hash, nonce, token_hash, expires, FREE_CREDITS)
            known = self._store.token_of_client(client_hash) or ("", nonce, expires)
        user, nonce, expires = known
        return Grant(self._derive(client_id, nonce), user, expires, self._store.credits(user) or 0)

    def user(self, request: Request) -> User:
        """Return who asks.

        Raises
        ------
        AuthError
            1001, where the token is missing, unknown or expired.
        """
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        token_hash = _hash(token.strip())
        if scheme.lower() == "bearer":
            if hmac.compare_digest(token_hash, self._studio_hash):
                return User(STUDIO_USER, None)
            if user := self._store.user_of_token(token_hash, time.time()):
                return user
        raise AuthError(code=1001)

    def _derive(self, client_id: str, nonce: str) -> str:
        digest = hmac.new(self._key, f"{nonce}:{client_id}".encode(), hashlib.sha256).hexdigest()
        return f"nmv_usr_{digest}"


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


class BrowserGuard:
    """Refuses what a page of somebody else could make a browser send.

    A ``Host`` that isn't ours is DNS rebinding; an ``Origin`` that isn't ours is a foreign page.

    Parameters
    ----------
    app
        The application behind the guard.
    host
        The host that the studio is bound to.
    """

    def __init__(self, app: ASGIApp, host: str) -> None:
        self._app = app
        self._host = host

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        host, origin = headers.get("host", ""), headers.get("origin")
        if is_own_host(host, self._host) and (origin is None or _authority(origin) == host):
            await self._app(scope, receive, send)
            return
        refusal = {"code": 403, "message": "The studio only answers this machine's own pages.", "data": None}
        await JSONResponse(refusal, status_code=403)(scope, receive, send)


def is_own_host(header: str, bound: str) -> bool:
    """Say whether a ``Host`` header names a studio bound to ``bound``.

    A literal address can't be rebound by DNS, so where the studio listens on every address all of them will do.

    Examples
    --------
    >>> is_own_host("127.0.0.1:8000", "127.0.0.1"), is_own_host("evil.example:8000", "127.0.0.1")
    (True, False)
    >>> is_own_host("192.168.0.7:8000", "0.0.0.0"), is_own_host("192.168.0.7:8000", "127.0.0.1")
    (True, False)
    """
    try:
        name = (urlsplit(f"//{header}").hostname or "").lower()
    except ValueError:
        return False
    if name in {"localhost", "127.0.0.1", "::1", bound.lower()}:
        return True
    if bound not in {"0.0.0.0", "::"}:  # noqa: S104 - a comparison, not a binding
        return False
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return name in _own_names()
    return True


def _authority(origin: str) -> str:
    try:
        return str(urlsplit(origin).netloc)
    except ValueError:
        return ""


@functools.cache
def _own_names() -> frozenset[str]:
    return frozenset({socket.gethostname().lower(), socket.getfqdn().lower()})
