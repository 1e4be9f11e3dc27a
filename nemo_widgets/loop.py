"""The one background loop that owns every client, and the bridges onto it.

Widget messages are handled on threads that change message by message (ipykernel 7), and cells run on a loop
of their own; an ``httpx.AsyncClient`` may be used on one loop only. So one daemon thread runs one loop, every
client lives there, and callers reach it through :func:`submit` (any thread), :func:`on_loop` (a coroutine
method, from any loop) or :func:`run` (a blocking cell).
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import functools
import os
import threading
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Generator
    from concurrent.futures import Future

_BLOCKS = "This call blocks, so it can't be made from a callback of the client. Await it instead."

_WAKE_EVERY_S = 0.25

P = ParamSpec("P")
T = TypeVar("T")


class _ClientLoop(asyncio.SelectorEventLoop):
    """A loop with copies of what nest-asyncio replaces, for good and for every loop of the class it is applied to."""

    run_forever = asyncio.BaseEventLoop.run_forever
    run_until_complete = asyncio.BaseEventLoop.run_until_complete
    _run_once: Callable[..., None] = vars(asyncio.BaseEventLoop)["_run_once"]
    _check_running: Callable[..., None] = vars(asyncio.BaseEventLoop)["_check_running"]


class _Background:
    """The loop and its thread, made on first use and made anew in a forked child."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.pid = 0
        self.loop: asyncio.AbstractEventLoop | None = None

    def get(self) -> asyncio.AbstractEventLoop:
        with self.lock:
            if self.loop is None or self.pid != os.getpid():
                self.loop = _ClientLoop()
                self.pid = os.getpid()
                threading.Thread(target=self._serve, args=(self.loop,), name="nemo-widgets", daemon=True).start()
            return self.loop

    @staticmethod
    def _serve(loop: asyncio.AbstractEventLoop) -> None:
        asyncio.set_event_loop(loop)
        loop.run_forever()


_background = _Background()


def background_loop() -> asyncio.AbstractEventLoop:
    """Return the background loop, starting its thread on first use."""
    return _background.get()


def on_background_loop() -> bool:
    """Say whether the caller runs on the background loop."""
    try:
        return asyncio.get_running_loop() is _background.loop
    except RuntimeError:
        return False


def submit(coro: Coroutine[Any, Any, T]) -> Future[T]:
    """Run a coroutine on the background loop, from any thread.

    Parameters
    ----------
    coro
        The coroutine to run.

    Returns
    -------
    concurrent.futures.Future
        Its result; cancelling it cancels the coroutine.

    Examples
    --------
    >>> async def answer():
    ...     return 42
    >>> submit(answer()).result()
    42
    """
    return asyncio.run_coroutine_threadsafe(coro, background_loop())


def on_loop(method: Callable[P, Coroutine[Any, Any, T]]) -> Callable[P, Coroutine[Any, Any, T]]:
    """Make a coroutine function run on the background loop, whichever loop awaits it.

    Examples
    --------
    >>> @on_loop
    ... async def where():
    ...     return threading.current_thread().name
    >>> asyncio.run(where())
    'nemo-widgets'
    """

    @functools.wraps(method)
    async def bridged(*args: P.args, **kwargs: P.kwargs) -> T:
        if on_background_loop():
            return await method(*args, **kwargs)
        return await _arrival(submit(method(*args, **kwargs)))

    return bridged


async def _arrival(future: Future[T]) -> T:
    """Await a result of the background loop on another loop, which is woken from time to time.

    The stop button of a notebook reaches an awaiting cell only when its loop wakes: ipykernel (6.17 to 7.4) schedules
    the cancellation from a signal handler by a call that doesn't wake it.
    """
    waiting = asyncio.wrap_future(future)
    try:
        while not waiting.done():
            await asyncio.wait({waiting}, timeout=_WAKE_EVERY_S)
    finally:
        waiting.cancel()
    return waiting.result()


def wait(coro: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine on the background loop and block for its result; Ctrl-C cancels it.

    Raises
    ------
    RuntimeError
        When called on the background loop, which would wait for itself.

    Examples
    --------
    >>> async def answer():
    ...     return 42
    >>> wait(answer())
    42
    """
    if on_background_loop():
        coro.close()
        raise RuntimeError(_BLOCKS)
    future = submit(coro)
    try:
        while not future.done():
            concurrent.futures.wait([future], timeout=_WAKE_EVERY_S)  # on Windows a plain wait can't be interrupted
        return future.result()
    except KeyboardInterrupt:
        future.cancel()
        raise


def run(coro: Awaitable[T]) -> T:
    """Finish the caller's own coroutine in a synchronous cell or script; Ctrl-C cancels it.

    Where a loop is already running in this thread (a notebook cell), nest-asyncio lets it run nested, so that
    the coroutine may use objects that belong to that loop. Where the loop can't be patched (uvloop), the
    coroutine runs on the background loop instead, and a warning says so.

    Parameters
    ----------
    coro
        A coroutine or another awaitable.

    Returns
    -------
    object
        What the coroutine returns.

    Raises
    ------
    RuntimeError
        When called on the background loop, which would wait for itself.

    Examples
    --------
    >>> async def answer():
    ...     return 42
    >>> run(answer())
    42
    """

    async def whole() -> T:
        return await coro

    try:
        running = asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(whole())
    if on_background_loop():
        if asyncio.iscoroutine(coro):
            coro.close()
        raise RuntimeError(_BLOCKS)
    if not _patch(running):
        import warnings

        warnings.warn(
            "This notebook's event loop can't run nested, so the coroutine runs on the background loop. "
            "If it uses objects of this loop, `await` it instead.",
            RuntimeWarning,
            stacklevel=2,
        )
        return wait(whole())
    with _whole_iteration(running), _woken(running):
        task = running.create_task(whole())
        try:
            return running.run_until_complete(task)
        finally:
            if not task.done():  # Ctrl-C: it would go on in the cells after this one
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    running.run_until_complete(task)


@contextlib.contextmanager
def _whole_iteration(loop: asyncio.AbstractEventLoop) -> Generator[None]:
    """Leave as many callbacks ready as there were.

    The iteration that this runs in may have begun before the loop was patched. Then it takes as many callbacks as were
    ready at its start, and where a nested run took them first, an empty queue ends the loop, and the kernel with it.
    """
    ready = len(cast("Any", loop)._ready)  # noqa: SLF001 - as nest-asyncio does; there is no public name for it
    try:
        yield
    finally:
        for _ in range(ready):
            loop.call_soon(_nothing)


def _nothing() -> None:
    pass


@contextlib.contextmanager
def _woken(loop: asyncio.AbstractEventLoop) -> Generator[None]:
    """Wake a loop from time to time: Ctrl-C that reached another thread of the kernel is heard only then."""
    waking = True

    def tick() -> None:
        if waking:
            loop.call_later(_WAKE_EVERY_S, tick)

    tick()
    try:
        yield
    finally:
        waking = False


def _patch(loop: asyncio.AbstractEventLoop) -> bool:
    """Let ``loop`` run nested; False where it can't."""
    if not isinstance(loop, asyncio.BaseEventLoop):
        return False  # asked first: nest-asyncio would patch asyncio itself before it finds out
    if hasattr(asyncio, "_nest_patched") and not hasattr(asyncio, "_nest_asyncio2"):
        # Somebody applied nest_asyncio 1.6, which wedges "Run All" on ipykernel 7.
        return _ipykernel_major() < 7 and hasattr(loop, "_nest_patched")
    import nest_asyncio2  # pyright: ignore[reportMissingTypeStubs]

    nest_asyncio2.apply(loop)  # pyright: ignore[reportUnknownMemberType]
    return True


def _ipykernel_major() -> int:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return int(version("ipykernel").split(".")[0])
    except (PackageNotFoundError, ValueError):
        return 0
