"""Tokens: kept out of sight, obtained without an account where none is given, and kept until they expire."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import os
import tempfile
import time
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, AnyStr, NoReturn

from nemo_widgets import settings
from nemo_widgets.errors import APIError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

_LIFETIME_S = 7 * 24 * 3600
_MARGIN_S = 60
_SHORTEST = 8
_JOIN = "nmv_join_"
_OF_WORDS = uuid.uuid5(uuid.NAMESPACE_URL, "nemo-widgets:client-id")


class Secret:
    """A token that shows in no repr, log or pickle.

    Examples
    --------
    >>> Secret("abc")
    Secret(…)
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    @classmethod
    def of(cls, token: str | Secret | None) -> Secret | None:
        """Return a token out of sight, without the blanks that come with copying; None where there is none.

        Who takes a token as an argument does this first, and forgets the argument: tracebacks may show locals.
        """
        if isinstance(token, str):
            token = cls(token.strip()) if token.strip() else None
        return token or None

    def reveal(self) -> str:
        """Return the token itself; only a request header may hold it."""
        return self._value

    @property
    def joins(self) -> bool:
        """Whether it is a classroom's join token, which only lets one ask for a token of one's own.

        Examples
        --------
        >>> Secret("nmv_join_abc").joins, Secret("abc").joins
        (True, False)
        """
        return self._value.startswith(_JOIN)

    @property
    def digest(self) -> str:
        """What tells it from another one, and doesn't tell what it is."""
        return hashlib.sha256(self._value.encode()).hexdigest()[:16]

    def hide_in(self, text: AnyStr) -> AnyStr:
        """Return a text without the token, in whatever form it is; one of a few letters would be in every text.

        Examples
        --------
        >>> Secret("sk-12345678").hide_in("sk-12345678 has no access")
        '[secret] has no access'
        """
        if len(self._value) < _SHORTEST:
            return text
        if isinstance(text, bytes):
            return text.replace(self._value.encode(), b"[secret]")
        return text.replace(self._value, "[secret]")

    def __repr__(self) -> str:
        return "Secret(…)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._value == other._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __reduce__(self) -> NoReturn:
        raise TypeError("A token can't be pickled.")


@dataclass(frozen=True)
class _Kept:
    """An anonymous token as it stands in its file; ``joined`` is the digest of the join token that it was got with."""

    client_id: str
    token: Secret
    user_id: str
    expires_at: float
    joined: str = ""

    @property
    def usable(self) -> bool:
        return time.time() < self.expires_at - _MARGIN_S


class Credentials:
    """The token for one service: the one that was given, or an anonymous one.

    A given token is never replaced. A classroom's join token is not one to work with: as an anonymous token is, a
    student's own is obtained with it. An anonymous one is obtained with this user's client id, kept in a file
    that only the user can read, used again until it expires, and renewed once however many calls are refused
    at the same time. Use on the background loop only.

    Parameters
    ----------
    base_url
        The service.
    given
        The user's own token, or None.
    obtain
        Asks the service for an anonymous token, with a client id and the join token if there is one; returns the
        answer's ``data``.
    """

    def __init__(
        self, base_url: str, given: Secret | None, obtain: Callable[[str, Secret | None], Awaitable[dict[str, Any]]]
    ) -> None:
        self._base_url = base_url
        self._join = given if given is not None and given.joins else None
        self._given = given if self._join is None else None
        self._obtain = obtain
        self._kept: _Kept | None = None
        self._flight: asyncio.Future[_Kept] | None = None

    @property
    def anonymous(self) -> bool:
        """Whether the service gave the token without an account."""
        return self._given is None and self._join is None

    @property
    def bind_id(self) -> str:
        """What a registration link names, so that the new account takes over the work; never a token."""
        return (self._kept and (self._kept.user_id or self._kept.client_id)) or ""

    def hide_in(self, text: str) -> str:
        """Return a text without the token in use."""
        for token in (self._given, self._join, self._kept and self._kept.token):
            text = token.hide_in(text) if token else text
        return text

    async def token(self) -> Secret:
        """Return the token, obtaining one on first use."""
        if self._given is not None:
            return self._given
        kept = self._kept
        if kept is None or not kept.usable:
            kept = await self._fly(None)  # used even where this machine's clock says that it expired
        return kept.token

    async def renew(self, refused: Secret) -> bool:
        """Replace a token that the service refused; False where it was given and so can't be replaced."""
        if self._given is not None:
            return False
        if self._kept is None or self._kept.token == refused:
            await self._fly(refused)
        return True

    async def _fly(self, refused: Secret | None) -> _Kept:
        """Get another token; who asks meanwhile shares the flight, and its failure."""
        if self._flight is None:
            self._flight = asyncio.ensure_future(self._replace(refused))
            self._flight.add_done_callback(self._land)
        return await asyncio.shield(self._flight)

    def _land(self, flight: asyncio.Future[_Kept]) -> None:
        self._flight = None
        if not flight.cancelled():
            flight.exception()  # told to those who wait; perhaps nobody does any more

    async def _replace(self, refused: Secret | None) -> _Kept:
        kept = await asyncio.to_thread(_read, self._base_url)  # another process may have got one
        another_class = kept is not None and self._join is not None and kept.joined != self._join.digest
        if kept is None or not kept.usable or kept.token == refused or another_class:
            kept = await self._fetch()
        self._kept = kept
        return kept

    async def _fetch(self) -> _Kept:
        client_id = await asyncio.to_thread(own_client_id)
        data = None
        try:
            data = await self._obtain(client_id, self._join)
        except APIError as error:
            if 400 not in {error.code, error.http_status}:
                raise
        if data is None:  # the service doesn't take this client id
            client_id = str(uuid.uuid4())
            data = await self._obtain(client_id, self._join)
        kept = _Kept(
            client_id=client_id,
            token=Secret(str(data.get("token") or "")),
            user_id=str(data.get("user_id") or ""),
            expires_at=_epoch(data.get("expires_at")),
            joined=self._join.digest if self._join is not None else "",
        )
        await asyncio.to_thread(_write, self._base_url, kept)
        return kept


def own_client_id() -> str:
    """Return this user's client id: ``NEMO_CLIENT_ID``, or the one that NemoVideo's programs share, made once."""
    if given := _given_client_id():
        return given
    path = settings.config_folder() / "client_id"
    with contextlib.suppress(OSError, ValueError):
        return str(uuid.UUID(path.read_text("utf-8").strip()))
    made = str(uuid.uuid4())
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, made + "\n")
        return str(uuid.UUID(path.read_text("utf-8").strip()))  # another process may have been the last to write
    return made


def _given_client_id() -> str | None:
    """Return ``NEMO_CLIENT_ID`` where it is set: a UUID, or one made of its words, which might be a secret."""
    words = settings.client_id()
    if words is None:
        return None
    try:
        return str(uuid.UUID(words))
    except ValueError:
        return str(uuid.uuid5(_OF_WORDS, words))


def _token_path(base_url: str) -> Path:
    return settings.data_folder() / "tokens" / f"{hashlib.sha256(base_url.encode()).hexdigest()[:16]}.json"


def _read(base_url: str) -> _Kept | None:
    """Return the kept token; None where there is none for this service and client id."""
    try:
        data = json.loads(_token_path(base_url).read_text("utf-8"))
        kept = _Kept(
            data["client_id"],
            Secret(data["token"]),
            data["user_id"],
            float(data["expires_at"]),
            str(data.get("joined") or ""),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    wanted = _given_client_id()
    return kept if data.get("base_url") == base_url and wanted in {None, kept.client_id} else None


def _write(base_url: str, kept: _Kept) -> None:
    path = _token_path(base_url)
    with contextlib.suppress(OSError):  # without a writable folder the token lives as long as the process
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        record = {
            "base_url": base_url,
            "client_id": kept.client_id,
            "token": kept.token.reveal(),
            "user_id": kept.user_id,
            "expires_at": kept.expires_at,
            "joined": kept.joined,
        }
        _replace(path, json.dumps(record))


def _replace(path: Path, text: str) -> None:
    """Write a file as a whole, readable by its owner alone."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")  # mode 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink()
        raise


def _epoch(value: Any) -> float:
    """Read a time that services write as ISO 8601, seconds or milliseconds; in a week where it says nothing."""
    if isinstance(value, int | float) and value > 0:
        return value / 1000 if value > 1e11 else float(value)
    if isinstance(value, str):
        with contextlib.suppress(ValueError):
            read = datetime.fromisoformat(value)
            return (read if read.tzinfo else read.replace(tzinfo=UTC)).timestamp()
        with contextlib.suppress(ValueError):
            return _epoch(float(value))
    return time.time() + _LIFETIME_S
