"""One message: the agent's steps become events on the wire, and its draft becomes the session's.

The events are those of Google's Agent Development Kit. Closing the connection cancels the agent, until its draft
is kept; from then on the edit stays.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import re
import sqlite3
import time
import uuid
from collections import OrderedDict
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

from anyio import CapacityLimiter, to_thread

from nemo_widgets.errors import InvalidInput, NemoError
from nemo_widgets.studio.agent.base import Call, Context, Material, Result, Say, Turn, Version
from nemo_widgets.studio.store import DraftConflict, MediaRow
from nemo_widgets.studio.thinking import Thinking
from nemo_widgets.studio.trouble import told
from nemo_widgets.studio.workspace import media_link

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from nemo_widgets.studio.agent.base import Agent
    from nemo_widgets.studio.composing import Composer
    from nemo_widgets.studio.store import SessionRow, Store, User
    from nemo_widgets.studio.workspace import Workspace

_log = logging.getLogger(__name__)
AUTHOR = "nemo_agent"
PRICE = 1
_CJK = r"\u3000-\u9fff\uff00-\uffef"
_PIECE = re.compile(rf"[{_CJK}]{{1,4}}\s*|[^\s{_CJK}]+\s*(?:[^\s{_CJK}]+\s*)?|\s+")
_LONGEST = 1.2
_COMPOSING = 2
"""Pieces of music that are composed at once: each keeps a processor busy, and the other threads are for answering."""
_REMEMBERED, _SESSIONS = 8, 1_000
"""Turns of a session that an agent sees, and sessions of which they are kept."""


class Conversation:
    """Answers messages.

    Parameters
    ----------
    store
        Where drafts are kept.
    agent
        Who answers.
    composer
        Who makes music.
    missing_font
        Says whether a text can't be drawn.
    pace
        Seconds between two pieces of text; 0 for no pause.
    workspace
        Where everything lies, to say how much room there is.
    most_pieces
        Segments that a draft may come to have; None for any number.
    """

    def __init__(
        self,
        store: Store,
        agent: Agent,
        composer: Composer,
        missing_font: Callable[[str, str], str | None],
        *,
        pace: float = 0.02,
        workspace: Workspace | None = None,
        most_pieces: int | None = None,
    ) -> None:
        self._store, self._thinking, self._composer = store, Thinking(agent), composer
        self._missing_font = missing_font
        self._pace = pace
        self._workspace, self._most_pieces = workspace, most_pieces
        self._composing = CapacityLimiter(_COMPOSING)
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._said: OrderedDict[str, tuple[Turn, ...]] = OrderedDict()

    async def answer(self, user: User, session: SessionRow, prompt: str, origin: str) -> AsyncIterator[bytes]:
        """Yield the server-sent events of an answer; the message is already paid for.

        Parameters
        ----------
        user, session
            Who asks, and where.
        prompt
            What they say.
        origin
            How the client reaches this server, for the URLs in the draft.
        """
        settled = False
        wire = _Wire()
        try:
            async with self._turns.setdefault(session.id, asyncio.Lock()):
                version, context = await to_thread.run_sync(self._context, user, session, origin)
                text, asks, edited = "", None, False
                async for event in self._thinking.events(user.id, prompt, context):
                    if isinstance(event, Say):
                        text += event.text
                        asks = event.asks or asks
                        settled = True
                        async for frame in self._pieces(wire, event.text):
                            yield frame
                        continue
                    if isinstance(event, Result) and event.draft is not None:
                        try:
                            await to_thread.run_sync(self._keep, session.id, version, event.draft, event.version)
                        except DraftConflict:
                            yield wire.error("CONFLICT", str(NemoError("agent-conflict", language=session.language)))
                            return
                        settled = edited = True
                    yield wire.step(event)
                settled = True
                self._remember(session.id, Turn(prompt, text, asks, edited))
                if text:
                    yield wire.text(text, partial=False)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the answer
            known = told(error, "the timeline", self._workspace)
            if known is None:
                _log.exception("The agent failed.")
                known = NemoError("agent-failed", what=type(error).__name__)
            yield wire.error("AGENT", str(known.in_language(session.language)))
        finally:
            if not settled:
                with contextlib.suppress(sqlite3.Error):
                    self._store.charge(user.id, -PRICE)

    async def _pieces(self, wire: _Wire, text: str) -> AsyncIterator[bytes]:
        """Yield a text a few words at a time, the whole within about a second."""
        pieces = _PIECE.findall(text)
        pieces = pieces if "".join(pieces) == text else [text]
        pause = min(self._pace, _LONGEST / max(1, len(pieces)))
        for piece in pieces:
            yield wire.text(piece, partial=True)
            if pause:
                await asyncio.sleep(pause)

    def _context(self, user: User, session: SessionRow, origin: str) -> tuple[int, Context]:
        version, draft = self._store.draft(session.id)
        return version, Context(
            draft=draft,
            materials=tuple(
                material(row, origin) for row in self._store.media_of(session.id) if row.origin == "upload"
            ),
            task_name=session.task_name,
            language=session.language,
            moods=self._composer.moods,
            compose=self._compose(user, session, origin),
            missing_font=self._missing_font,
            turns=self._said.get(session.id, ()),
            travel=self._travel(session),
        )

    def _keep(self, session: str, parent: int, draft: dict[str, Any], version: int | None) -> None:
        pieces = sum(len(track.get("sg") or ()) for track in draft.get("t") or ())
        if self._most_pieces is not None and version is None and pieces > self._most_pieces:
            raise InvalidInput("class-pieces", pieces=pieces, most=self._most_pieces)
        if version is None:
            self._store.put_draft(session, parent, draft)
        else:
            self._store.go_to(session, parent, version)

    def _travel(self, session: SessionRow) -> Callable[[int], Awaitable[Version | None]]:
        async def travel(steps: int) -> Version | None:
            found = await to_thread.run_sync(self._store.travelled, session.id, steps)
            return Version(*found) if found else None

        return travel

    def _remember(self, session: str, turn: Turn) -> None:
        self._said[session] = (*self._said.get(session, ()), turn)[-_REMEMBERED:]
        self._said.move_to_end(session)
        while len(self._said) > _SESSIONS:
            self._said.popitem(last=False)

    def _compose(self, user: User, session: SessionRow, origin: str) -> Callable[[str, int], Awaitable[Material]]:
        async def compose(mood: str, duration: int) -> Material:
            row = await to_thread.run_sync(
                lambda: self._composer.compose(mood, duration, user=user.id, session=session.id),
                limiter=self._composing,
            )
            return material(row, origin)

        return compose


def material(row: MediaRow, origin: str) -> Material:
    """Return a file of the store as an agent sees it."""
    url = media_link(origin, row.id, row.filename)
    return Material(row.id, row.filename, row.kind, url, row.duration, row.has_audio)


class _Wire:
    """Writes one invocation's events as server-sent events."""

    def __init__(self) -> None:
        self._invocation = f"e-{uuid.uuid4()}"
        self._call = ""

    def text(self, text: str, *, partial: bool) -> bytes:
        event: dict[str, Any] = {"content": {"parts": [{"text": text}], "role": "model"}, "partial": partial}
        return self._frame(event if partial else event | {"finishReason": "STOP", "turnComplete": True})

    def step(self, event: Call | Result) -> bytes:
        if isinstance(event, Call):
            self._call = f"adk-{uuid.uuid4()}"
            call = {"id": self._call, "name": event.name, "args": event.args}
            return self._frame({"content": {"parts": [{"functionCall": call}], "role": "model"}, "partial": False})
        response = {"id": self._call, "name": event.name, "response": event.response}
        delta = {} if event.draft is None else {"draft": event.draft}
        return self._frame({"content": {"parts": [{"functionResponse": response}], "role": "user"}}, delta)

    def error(self, code: str, message: str) -> bytes:
        return self._frame({"errorCode": code, "errorMessage": message})

    def _frame(self, event: dict[str, Any], delta: dict[str, Any] | None = None) -> bytes:
        whole = event | {
            "invocationId": self._invocation,
            "author": AUTHOR,
            "actions": {"stateDelta": delta or {}, "artifactDelta": {}, "requestedAuthConfigs": {}},
            "id": str(uuid.uuid4()),
            "timestamp": time.time(),
        }
        return f"data: {json.dumps(whole, ensure_ascii=False, separators=(',', ':'))}\n\n".encode()
