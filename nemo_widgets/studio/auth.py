"""Who asks: bearer tokens, and who is given one.

The studio's own token is made at each start and only lives in memory. An anonymous token is derived from the
client's id with the workspace's key, so that the same client gets the same token again while only its hash is
stored. Who wants one shows the studio's token or a class's join token; on one's own machine it is enough to be the
same user.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from nemo_widgets.errors import APIError, AuthError
from nemo_widgets.studio.peers import is_this_user
from nemo_widgets.studio.places import make_place, where
from nemo_widgets.studio.store import User

if TYPE_CHECKING:
    from starlette.datastructures import Headers
    from starlette.requests import Request

    from nemo_widgets.studio.store import Store

STUDIO_USER = "studio"
TOKEN_LIFETIME = 7 * 24 * 3600.0


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
    join_token
        The one that students join with; empty where there is no class.
    anonymous
        Whether other programs of the user who started the studio get a token without showing one.
    messages
        How many messages an anonymous token is good for.
    students
        How many places the class has (:mod:`~nemo_widgets.studio.places`); None for any number.
    """

    def __init__(
        self,
        store: Store,
        key: bytes,
        studio_token: str,
        *,
        join_token: str = "",
        anonymous: bool = True,
        messages: int = 100,
        students: int | None = None,
    ) -> None:
        self._store = store
        self._key = key
        self._studio_hash = _hash(studio_token)
        self._join_hash = _hash(join_token or secrets.token_hex())
        self._anonymous = anonymous
        self._messages, self._students = messages, students
        store.add_user(STUDIO_USER, None)

    def admit(self, request: Request) -> None:
        """Let somebody ask for a token.

        Raises
        ------
        AuthError
            1001, where they show neither the studio's token nor the join token, and aren't this user either.
        """
        token = bearer(request.headers)
        if token:
            shown = _hash(token)
            if hmac.compare_digest(shown, self._studio_hash) or hmac.compare_digest(shown, self._join_hash):
                return
        elif self._anonymous and is_this_user(request.scope.get("client"), request.scope.get("server")):
            return
        raise AuthError(code=1001)

    def grant(self, client_id: str, address: str = "") -> Grant:
        """Return the client's anonymous token: the same one until it expires. ``address`` is where it comes from.

        Raises
        ------
        APIError
            400, where the client didn't say who it is; 403, where the class is full.
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
            here = hmac.new(self._key, f"address {where(address)}".encode(), hashlib.sha256).hexdigest()[:16]
            place = (
                None
                if self._students is None
                else partial(make_place, most=self._students, client=client_hash, address=here, now=time.time())
            )
            if not self._store.put_token(
                client_hash, nonce, token_hash, expires, self._messages, address=here, place=place
            ):
                raise APIError("class-full", code=403, http_status=403, most=self._students)
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
        if token := bearer(request.headers):
            token_hash = _hash(token)
            if hmac.compare_digest(token_hash, self._studio_hash):
                return User(STUDIO_USER, None)
            if hmac.compare_digest(token_hash, self._join_hash):
                raise AuthError("join", code=1001)
            if user := self._store.user_of_token(token_hash, time.time()):
                return user
        raise AuthError(code=1001)

    def _derive(self, client_id: str, nonce: str) -> str:
        digest = hmac.new(self._key, f"{nonce}:{client_id}".encode(), hashlib.sha256).hexdigest()
        return f"nmv_usr_{digest}"


def bearer(headers: Headers) -> str:
    """Return the token that a request shows, or an empty one.

    Examples
    --------
    >>> from starlette.datastructures import Headers
    >>> bearer(Headers({"Authorization": "bearer  abc"})), bearer(Headers({"Authorization": "Basic abc"}))
    ('abc', '')
    """
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
