"""How much may be asked in a while: of each student and from each address, and how long a request may dawdle."""

from __future__ import annotations

import asyncio
import hashlib
import math
import time
from collections import Counter
from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from nemo_widgets.errors import RateLimited
from nemo_widgets.studio.auth import bearer
from nemo_widgets.studio.places import where

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from nemo_widgets.settings import StudioLimits

_MOST_KEYS = 10_000
_JOIN = "/api/auth/anonymous-token"
_TOKEN_COST = 10.0
"""Asking for a token counts as so many requests: it is what somebody without one can do."""
_AT_ONCE = 24
"""Requests of one token that are under way: a student's editor has a handful, and the connections are everybody's."""
_SLOWEST = 8 * 1024
"""Bytes a second below which a body is given up, after the first ``stall_timeout`` seconds."""


class Buckets:
    """Token buckets, one for each key.

    Parameters
    ----------
    rate
        How many are added a second.
    burst
        How many fit.
    clock
        Seconds.

    Examples
    --------
    >>> buckets = Buckets(2.0, 1.0, clock=lambda: 0.0)
    >>> buckets.take("a"), buckets.take("a"), buckets.take("b")
    (0.0, 0.5, 0.0)
    """

    def __init__(self, rate: float, burst: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._burst, self._clock = rate, burst, clock
        self._left: dict[str, tuple[float, float]] = {}

    def take(self, key: str, cost: float = 1.0) -> float:
        """Take from a bucket; return 0, or the seconds until there is enough (nothing is taken then)."""
        now = self._clock()
        if len(self._left) > _MOST_KEYS:
            self._left = {name: level for name, level in self._left.items() if self._level(level, now) < self._burst}
            if len(self._left) > _MOST_KEYS:  # whoever has so many addresses isn't held up by their levels
                self._left.clear()
        level = self._level(self._left.get(key, (self._burst, now)), now)
        if level < cost:
            self._left[key] = (level, now)
            return (cost - level) / self._rate
        self._left[key] = (level - cost, now)
        return 0.0

    def _level(self, kept: tuple[float, float], now: float) -> float:
        return min(self._burst, kept[0] + (now - kept[1]) * self._rate)


class RateGuard:
    """Answers 429 with ``Retry-After`` to who asks too often: per token, and per address for the whole class.

    Parameters
    ----------
    app
        The application behind the guard.
    limits
        The studio's.
    """

    def __init__(self, app: ASGIApp, limits: StudioLimits) -> None:
        self._app = app
        rate, burst, students = limits.requests_per_second, limits.request_burst, limits.students or 1
        self._tokens = Buckets(rate, burst)
        # A school's network often shows one address to the outside, and a hub always does.
        self._addresses = Buckets(rate + 5.0 * students, burst + 20.0 * students)
        self._under_way: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        key = _key(scope)
        wait = self._wait(scope, key) or float(bool(key) and self._under_way[key] >= _AT_ONCE)
        if not wait:
            await self._counted(key, scope, receive, send)
            return
        error = RateLimited(code=429, http_status=429, wait=math.ceil(wait))
        body = {"code": 429, "message": str(error), "data": None}
        headers = {"retry-after": str(math.ceil(wait))}
        await JSONResponse(body, status_code=429, headers=headers)(scope, receive, send)

    async def _counted(self, key: str, scope: Scope, receive: Receive, send: Send) -> None:
        self._under_way[key] += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._under_way[key] -= 1
            if not self._under_way[key]:
                del self._under_way[key]

    def _wait(self, scope: Scope, key: str) -> float:
        address = where(str((scope.get("client") or ("",))[0]))
        cost = _TOKEN_COST if scope["path"] == _JOIN else 1.0
        wait = self._addresses.take(address, cost)
        return wait if wait or not key else self._tokens.take(key)


def _key(scope: Scope) -> str:
    if scope["path"] == _JOIN:  # the join token is everybody's: nobody can use up its requests
        return ""
    token = bearer(Headers(scope=scope))  # or with a blank more it would be another one
    return hashlib.sha256(token.encode()).hexdigest() if token else ""


class StallGuard:
    """Gives up requests whose body doesn't come, or comes a byte at a time.

    Parameters
    ----------
    app
        The application behind the guard.
    timeout
        Seconds that a body may take before its pace counts.
    """

    def __init__(self, app: ASGIApp, timeout: float) -> None:
        self._app = app
        self._timeout = timeout

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, with a body that can't stall for ever."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, got, more = time.monotonic(), 0, True

        async def patient() -> Message:
            nonlocal got, more
            if not more:  # what comes now is that the client went away, whenever that is
                return await receive()
            left = began + self._timeout + got / _SLOWEST - time.monotonic()
            try:
                async with asyncio.timeout(max(0.0, left)):
                    message = await receive()
            except TimeoutError:
                more = False
                raise HTTPException(408, "The request took too long to arrive.", {"connection": "close"}) from None
            got += len(message.get("body", b""))
            more = bool(message.get("more_body"))
            return message

        await self._app(scope, patient, send)
