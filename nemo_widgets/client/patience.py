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


class Patience:
    """Decides for one call whether an error is waited out, and waits.

    Parameters
    ----------
    settings
        Waits and limits.
    idempotent
        Whether the call may be made again when it isn't known what became of it. A call that the service refused
        outright (an expired anonymous token, a rate limit) may be made again once in any case.
    """

    def __init__(self, settings: Settings, *, idempotent: bool) -> None:
        self._settings = settings
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
            if self._waited or error.wait > error.longest_pause:
                raise error
            self._waited = True
            await asyncio.sleep(error.wait)
        else:
            passing = isinstance(error, ConnectionFailed) or (isinstance(error, APIError) and error.http_status >= 500)
            if not passing or self._tries >= self._retries:
                raise error
            longest = min(_LONGEST_BACKOFF, self._settings.retry_wait * 2**self._tries)
            self._tries += 1
            await asyncio.sleep(longest * random.uniform(0.5, 1.0))
