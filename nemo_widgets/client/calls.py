"""How public calls cross over: onto the background loop, and into the language of whoever made them."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar

from nemo_widgets.errors import NemoError
from nemo_widgets.loop import on_loop

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine


class Speaker(Protocol):
    """Something that knows which language its user reads."""

    @property
    def language(self) -> str:
        """``"en"`` or ``"zh"``."""
        ...


S = TypeVar("S", bound=Speaker)
P = ParamSpec("P")
T = TypeVar("T")


def public(
    method: Callable[Concatenate[S, P], Coroutine[Any, Any, T]],
) -> Callable[Concatenate[S, P], Coroutine[Any, Any, T]]:
    """Make a coroutine method awaitable from any loop, with its errors in the object's language."""

    @on_loop
    @functools.wraps(method)
    async def call(self: S, *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return await method(self, *args, **kwargs)
        except NemoError as error:
            if self.language == "en":
                raise
            told = in_language(error, self.language)
        raise told

    return call


def in_language(error: NemoError, language: str) -> NemoError:
    """Return the error told in a language, with the traceback it had."""
    return error.in_language(language).with_traceback(error.__traceback__)
