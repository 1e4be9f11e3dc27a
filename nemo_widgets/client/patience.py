"""What is repeated and what isn't: the one place that decides it."""

from __future__ import annotations

import asyncio
import random
from typing import TYPE_CHECKING

from nemo_widgets.errors import APIError, AuthError, ConnectionFailed, NemoError, RateLimited

if TYPE_CHECKING:
    from nemo_widgets.client.auth import Credentials, Secret
    from nemo_widgets.settings import Settings

_LONGEST_BACKOFF = 20.0


def passes(error: NemoError) -> bool:
    """Say whether an error is passing trouble of the network or the service.

    Examples
    --------
    >>> passes(ConnectionFailed()), passes(APIError(http_status=503)), passes(APIError(http_status=404))
    (True, True, False)
    """
    return isinstance(error, ConnectionFailed) or (isinstance(error, APIError) and error.http_status >= 500)


class RateLimit:
    """A pause that the service asked for: everything on the connection keeps it, whoever was told of it."""

    def __init__(self) -> None:
        self._until = 0.0

    def hold(self, seconds: float) -> None:
        """Let nobody ask for so long."""
        self._until = max(self._until, asyncio.get_running_loop().time() + seconds)

    async def over(self) -> None:
        """Return when the service may be asked again."""
        loop = asyncio.get_running_loop()
        while (left := self._until - loop.time()) > 0:  # noqa: ASYNC110 - it may be prolonged meanwhile
            await asyncio.sleep(left)


class Patience:
    """Decides for one call whether an error is waited out, and waits.

    Parameters
    ----------
    settings
        Waits and limits.
    idempotent
        Whether the call may be made again when it isn't known what became of it. A call that the service refused
        outright (an expired anonymous token, a rate limit) may be made again once in any case.
    limit
        The connection's rate limit.
    """

    def __init__(self, settings: Settings, *, idempotent: bool, limit: RateLimit) -> None:
        self._settings = settings
        self._limit = limit
        self._retries = settings.retries if idempotent else 0
        self._tries = 0
        self._renewed = False
        self._waited = False

    async def forgive(self, error: NemoError, credentials: Credentials | None, token: Secret | None) -> None:
        """Return when the call may be made again; otherwise raise ``error``."""
        if isinstance(error, AuthError):
            if self._renewed or credentials is None or token is None or not await credentials.renew(token):
                raise error
            self._renewed = True
        elif isinstance(error, RateLimited):
            if self._waited or not error.passes_soon or error.wait > error.longest_pause:
                raise error
            self._waited = True
            self._limit.hold(error.wait)
            await self._limit.over()
        else:
            if not passes(error) or self._tries >= self._retries:
                raise error
            longest = min(_LONGEST_BACKOFF, self._settings.retry_wait * 2**self._tries)
            self._tries += 1
            await asyncio.sleep(longest * random.uniform(0.5, 1.0))
