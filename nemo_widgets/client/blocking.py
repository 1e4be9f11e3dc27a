"""How the blocking classes are made from the async ones: a method is named, not written again."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, TypeVar, cast, overload

from nemo_widgets.loop import wait

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Coroutine, Iterator

A = TypeVar("A")
P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R")


class Facade(Generic[A]):
    """The blocking face of an async object.

    Parameters
    ----------
    it
        The async object.
    """

    def __init__(self, it: A) -> None:
        self._it = it

    def __repr__(self) -> str:
        it = getattr(self, "_it", None)  # tracebacks show one that couldn't be made, too
        return repr(it).replace("AsyncClient(", "Client(", 1) if it is not None else f"{type(self).__name__}(…)"

    def _iterate(self, events: AsyncGenerator[T, None]) -> Iterator[T]:
        """Yield what an async generator yields; it lives on the background loop."""

        async def following() -> tuple[T] | None:
            try:
                return (await anext(events),)
            except StopAsyncIteration:
                return None

        try:
            while item := wait(following()):
                yield item[0]
        finally:
            wait(events.aclose())


def behind(it: A | Facade[A]) -> A:
    """Return the async object, whether that or its blocking face was given."""
    if not isinstance(it, Facade):
        return it
    face = cast("Facade[A]", it)
    return face._it  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]


class Blocking(Generic[P, R]):
    """A coroutine method as a blocking one, with its signature and docstring; made by :func:`blocking`."""

    def __init__(self, method: Callable[..., Coroutine[Any, Any, Any]], wrap: Callable[[Any], R] | None) -> None:
        self._method = method
        self._wrap = wrap
        self.__doc__ = method.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> Blocking[P, R]: ...
    @overload
    def __get__(self, instance: Facade[Any], owner: type) -> Callable[P, R]: ...
    def __get__(self, instance: Facade[Any] | None, owner: type) -> Blocking[P, R] | Callable[P, R]:
        if instance is None:
            return self
        it = instance._it  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]

        @functools.wraps(self._method)
        def call(*args: P.args, **kwargs: P.kwargs) -> R:
            value = wait(self._method(it, *args, **kwargs))
            return self._wrap(value) if self._wrap is not None else value

        return call


@overload
def blocking(method: Callable[Concatenate[Any, P], Coroutine[Any, Any, T]]) -> Blocking[P, T]: ...
@overload
def blocking(
    method: Callable[Concatenate[Any, P], Coroutine[Any, Any, T]], wrap: Callable[[T], R]
) -> Blocking[P, R]: ...
def blocking(
    method: Callable[..., Coroutine[Any, Any, Any]], wrap: Callable[[Any], Any] | None = None
) -> Blocking[Any, Any]:
    """Return a coroutine method as a blocking one, for the body of a :class:`Facade`.

    Parameters
    ----------
    method
        The async object's method.
    wrap
        The blocking face for what it returns, where that is an async object itself.

    Examples
    --------
    >>> class Async:
    ...     async def double(self, number: int) -> int:
    ...         return 2 * number
    >>> class Plain(Facade[Async]):
    ...     double = blocking(Async.double)
    >>> Plain(Async()).double(21)
    42
    """
    return Blocking(method, wrap)
