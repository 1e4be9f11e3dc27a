"""What an agent is: it reads a prompt and the session, and says what it does, step by step.

The studio's own agent follows rules (:mod:`nemo_widgets.studio.agent.rules`); a language model can take its place
by yielding the same events: text (:class:`Say`), steps (:class:`Call`, :class:`Result`), and at most one new draft. The
studio streams them, keeps the draft, and makes an error into an answer. It is passed as ``Studio(agent=…)``.
One that keeps a processor busy rather than waiting for others says so (``computes = True``), and answers in a thread.

Examples
--------
An agent that makes every photo last as long as the person says, and leaves all else to the rules:

>>> import asyncio, re
>>> from nemo_widgets import Draft
>>> class Pacing:
...     async def reply(self, prompt, context):
...         match = re.fullmatch(r"pace ([0-9]+)", prompt)
...         if not match or not context.draft:
...             yield Say("Say “pace 3”, once there is a video.")
...             return
...         draft = Draft(context.draft)
...         yield Call("pace", {"seconds": int(match[1])})
...         for number, segment in enumerate(draft.tracks[0].segments):
...             draft = draft.trim((0, number), duration=1000 * int(match[1]))
...         yield Result("pace", {"status": "success"}, draft.raw)
...         yield Say(f"Every shot lasts {match[1]} seconds.")

>>> raw = {"t": [{"tt": 0, "sg": [{"d": 5000, "src": "a.jpg"}, {"d": 5000, "src": "b.jpg"}]}]}
>>> context = Context(raw, (), "project", "en", (), None, None)
>>> async def events():
...     return [event async for event in Pacing().reply("pace 2", context)]
>>> call, result, said = asyncio.run(events())
>>> Draft(result.draft).summary(), said.text
('Timeline (1 track): 1. Video: a.jpg (0-2s), b.jpg (2-4s)', 'Every shot lasts 2 seconds.')
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
    """What was said before: by the person, by the agent, and what the agent noted for itself where it asked back.

    ``edited`` says whether the draft is another one since.
    """

    prompt: str
    answer: str
    asks: dict[str, Any] | None = None
    edited: bool = False


@dataclass(frozen=True)
class Version:
    """A draft of the session's history, and how many edits it is away (below 0: before the current one)."""

    number: int
    draft: dict[str, Any]
    steps: int


@dataclass(frozen=True)
class Context:
    """What an agent may look at and use.

    Attributes
    ----------
    draft : dict or None
        The session's draft.
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
    travel : callable or None
        ``await travel(steps)`` finds the draft so many edits back (below 0) or forward again, or as many as there are.
    """

    draft: dict[str, Any] | None
    materials: tuple[Material, ...]
    task_name: str
    language: str
    moods: tuple[str, ...]
    compose: Callable[[str, int], Awaitable[Material]]
    missing_font: Callable[[str, str], str | None]
    turns: tuple[Turn, ...] = ()
    travel: Callable[[int], Awaitable[Version | None]] | None = None


@dataclass(frozen=True)
class Say:
    """Text for the person; ``asks`` is what the agent finds in :attr:`Context.turns` when its question is answered."""

    text: str
    asks: dict[str, Any] | None = None


@dataclass(frozen=True)
class Call:
    """A step begins."""

    name: str
    args: dict[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True)
class Result:
    """The step that began last is done; with a ``draft``, that is the session's draft from now on.

    A ``version`` says that it is one of the session's history, which goes on from there.
    """

    name: str
    response: dict[str, Any] = field(default_factory=dict[str, Any])
    draft: dict[str, Any] | None = None
    version: int | None = None


AgentEvent = Say | Call | Result


class Agent(Protocol):
    """What answers a message."""

    def reply(self, prompt: str, context: Context) -> AsyncIterator[AgentEvent]:
        """Answer a prompt; a ``Result`` with a draft comes at most once."""
        ...
