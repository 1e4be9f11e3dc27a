"""What an agent is: it reads a prompt and the session, and says what it does, step by step.

The studio's own agent follows rules (:mod:`nemo_widgets.studio.agent.rules`); a language model can take its place
by yielding the same events.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable


@dataclass(frozen=True)
class Material:
    """A file of the session; ``duration`` in ms, None for a photo; ``url`` is what a draft names as its ``src``."""

    id: str
    name: str
    kind: str
    url: str
    duration: int | None = None
    has_audio: bool = False


@dataclass(frozen=True)
class Turn:
    """What was said before: by the person, by the agent, and what the agent noted for itself where it asked back."""

    prompt: str
    answer: str
    asks: dict[str, Any] | None = None


@dataclass(frozen=True)
class Context:
    """What an agent may look at and use.

    Attributes
    ----------
    draft, previous : dict or None
        The session's draft, and the one before it.
    materials : tuple of Material
        What was uploaded, in order.
    task_name, language : str
        The session's.
    moods : tuple of str
        The kinds of music that can be composed.
    compose : callable
        ``await compose(mood, duration)`` makes music of ``duration`` ms and returns it as material.
    missing_font : callable
        ``missing_font(text, language)`` returns a sentence where no font can show the text, else None.
    turns : tuple of Turn
        The conversation so far, the last turn last (the studio keeps a few of them, until it is closed).
    """

    draft: dict[str, Any] | None
    previous: dict[str, Any] | None
    materials: tuple[Material, ...]
    task_name: str
    language: str
    moods: tuple[str, ...]
    compose: Callable[[str, int], Awaitable[Material]]
    missing_font: Callable[[str, str], str | None]
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True)
class Say:
    """Text for the person; ``asks``: what the agent finds in :attr:`Context.turns` when the answer to its question comes."""

    text: str
    asks: dict[str, Any] | None = None


@dataclass(frozen=True)
class Call:
    """A step begins."""

    name: str
    args: dict[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True)
class Result:
    """The step that began last is done; with a ``draft``, that is the session's draft from now on."""

    name: str
    response: dict[str, Any] = field(default_factory=dict[str, Any])
    draft: dict[str, Any] | None = None


AgentEvent = Say | Call | Result


class Agent(Protocol):
    """What answers a message."""

    def reply(self, prompt: str, context: Context) -> AsyncIterator[AgentEvent]:
        """Answer a prompt; a ``Result`` with a draft comes at most once."""
        ...
