"""Events from the background thread to one consumer, which may be slow, or gone."""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

T = TypeVar("T")


class Feed(Generic[T]):
    """A buffer between the background loop, which never waits, and an ``async for`` on the caller's loop.

    Make it on the loop that will iterate over it.

    Examples
    --------
    >>> async def main():
    ...     feed = Feed()
    ...     feed.push(1)
    ...     feed.close()
    ...     return [item async for item in feed]
    >>> asyncio.run(main())
    [1]
    """

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._items: deque[T] = deque()
        self._ready = asyncio.Event()
        self._closed = False
        self._error: BaseException | None = None

    def push(self, item: T) -> None:
        """Add an item, from any thread."""
        self._items.append(item)
        self._wake()

    def close(self, error: BaseException | None = None) -> None:
        """End the feed, from any thread; the consumer gets what is buffered, then ``error``."""
        self._error = error
        self._closed = True
        self._wake()

    def _wake(self) -> None:
        with suppress(RuntimeError):  # the consumer's loop is closed: nobody listens any more
            self._loop.call_soon_threadsafe(self._ready.set)

    async def __aiter__(self) -> AsyncIterator[T]:
        while True:
            self._ready.clear()
            closed = self._closed
            while self._items:
                yield self._items.popleft()
            if closed:
                break
            await self._ready.wait()
        if self._error is not None:
            raise self._error
