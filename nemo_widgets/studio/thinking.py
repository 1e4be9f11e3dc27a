"""Where agents think: one that computes, in a thread, so that everybody else is answered meanwhile.

An agent that waits for others (a language model) waits on the studio's own loop.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

from anyio import CapacityLimiter, to_thread

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable

    from nemo_widgets.studio.agent.base import Agent, AgentEvent, Context

_AT_ONCE = 2
"""Threads that think at once: each keeps a processor busy, and who answers has only its share of it."""


class Thinking:
    """Runs an agent.

    Parameters
    ----------
    agent
        Who answers; one whose ``computes`` is true keeps a processor busy rather than waiting for somebody else.
    """

    def __init__(self, agent: Agent) -> None:
        self._agent = agent
        self._computes = bool(getattr(agent, "computes", False))
        self._places = CapacityLimiter(_AT_ONCE)
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._busy: set[asyncio.Task[None]] = set()

    def events(self, user: str, prompt: str, context: Context) -> AsyncIterator[AgentEvent]:
        """Return an agent's answer, event by event; closing it cancels the agent."""
        return self._in_thread(user, prompt, context) if self._computes else self._agent.reply(prompt, context)

    async def _in_thread(self, user: str, prompt: str, context: Context) -> AsyncGenerator[AgentEvent]:
        found: asyncio.Queue[AgentEvent | None] = asyncio.Queue()
        thought = _Thought(self._agent, prompt, context, found)
        turn = self._turns.setdefault(user, asyncio.Lock())

        async def work() -> None:
            try:
                async with turn:  # and whoever goes away while it thinks has no second thread until it has ended
                    await to_thread.run_sync(thought.think, limiter=self._places)
            finally:
                found.put_nowait(None)

        task = asyncio.create_task(work())
        self._busy.add(task)
        task.add_done_callback(self._ended)
        try:
            while (event := await found.get()) is not None:
                yield event
            await task
        finally:
            thought.stop()

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._busy.discard(task)
        if not task.cancelled():
            task.exception()  # seen: who still listens is told


class _Thought:
    """One answer of an agent on a loop of its own, in the thread that calls :meth:`think`."""

    def __init__(self, agent: Agent, prompt: str, context: Context, found: asyncio.Queue[AgentEvent | None]) -> None:
        self._here = asyncio.get_running_loop()
        self._agent, self._prompt, self._found = agent, prompt, found
        travel = None if context.travel is None else self._across(context.travel)
        self._context = replace(context, compose=self._across(context.compose), travel=travel)
        self._lock, self._stopped = threading.Lock(), False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None

    def think(self) -> None:
        """Let the agent answer; return when it has, or was stopped."""
        loop = asyncio.new_event_loop()
        try:
            with self._lock:
                if self._stopped:
                    return
                self._loop, self._task = loop, loop.create_task(self._reply())
            with contextlib.suppress(asyncio.CancelledError):
                loop.run_until_complete(self._task)
        finally:
            with self._lock:
                self._loop = None
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.close()

    def stop(self) -> None:
        """Cancel the agent where it waits; where it computes, its thread ends with the next event."""
        with self._lock:
            self._stopped = True
            if self._loop is not None and self._task is not None:
                self._loop.call_soon_threadsafe(self._task.cancel)

    async def _reply(self) -> None:
        async for event in self._agent.reply(self._prompt, self._context):
            if self._stopped:
                return
            self._here.call_soon_threadsafe(self._found.put_nowait, event)

    def _across(self, call: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        """Return a call that is carried out on the studio's loop."""

        async def there(*arguments: Any) -> Any:
            return await call(*arguments)

        async def called(*arguments: Any) -> Any:
            if self._stopped:  # the studio's loop may have ended, too
                raise asyncio.CancelledError
            return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(there(*arguments), self._here))

        return called
