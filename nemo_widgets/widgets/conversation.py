"""What is said: one turn after another, each streamed into the state as it comes."""

from __future__ import annotations

import asyncio
import time
import uuid
from typing import TYPE_CHECKING, Any

from nemo_widgets.client.events import StillWorking, TextDelta, ToolCall
from nemo_widgets.client.models import Reply
from nemo_widgets.draft.diff import DraftDiff
from nemo_widgets.errors import InvalidInput
from nemo_widgets.language.catalog import phrase
from nemo_widgets.language.routing import Action, route

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from nemo_widgets.client.events import Event
    from nemo_widgets.client.models import Video
    from nemo_widgets.widgets.workbench import Workbench


class Conversation:
    """The turns of one editor.

    Parameters
    ----------
    bench
        What the editor's parts share.
    export
        Renders the draft: "export" said in the prompt does what the button does.
    """

    def __init__(self, bench: Workbench, export: Callable[[], Awaitable[Video]]) -> None:
        self._bench = bench
        self._export = export
        self._running: dict[str, asyncio.Task[Any]] = {}
        self._began: dict[str, float] = {}
        self._seen: set[str] = set()
        self._unwanted: set[str] = set()  # stopped before they came: messages overtake each other (ipykernel 7.4)

    async def prompt(self, turn_id: str, text: str) -> None:
        """Answer a prompt from a view; its errors are shown in the turn."""
        if turn_id in self._seen:  # a view that lost its connection may ask twice; saying it twice would cost twice
            return
        self._seen.add(turn_id)
        if turn_id in self._unwanted:
            self._bench.state.add("turns", _new_turn(turn_id, text) | {"state": "stopped"})
            return
        try:
            await self.turn(text, turn_id=turn_id)
        except (Exception, asyncio.CancelledError):  # noqa: BLE001 - told by the turn
            return

    async def turn(self, text: str, *, turn_id: str | None = None) -> Reply:
        """Say something and return the answer, which the views see as it comes."""
        turn_id = turn_id or uuid.uuid4().hex
        state = self._bench.state
        self._began[turn_id] = time.monotonic()
        state.add("turns", _new_turn(turn_id, text))
        task = asyncio.ensure_future(self._answer(turn_id, text))
        self._running[turn_id] = task
        outcome: dict[str, Any] = {}
        try:
            reply = await task
            outcome = {"state": "done", "text": reply.text, "changes": list(reply.changes.sentences)}
            return reply
        except asyncio.CancelledError:
            outcome = {"state": "stopped"}
            raise
        except Exception as error:
            outcome = {"state": "failed", "error": self._bench.complain(error)}
            await self._bench.heed(error)
            raise
        finally:
            self._running.pop(turn_id, None)
            state.change("turns", turn_id, elapsed=self._elapsed(turn_id), **outcome)

    def update_elapsed(self) -> None:
        """Tell how long the turns under way have been, for a view that opens in the middle of one."""
        for turn_id in self._running:
            self._bench.state.change("turns", turn_id, elapsed=self._elapsed(turn_id))

    def _elapsed(self, turn_id: str) -> int:
        return round((time.monotonic() - self._began[turn_id]) * 1000)

    async def stop(self, turn_id: str) -> None:
        """Stop a turn, because the user asked."""
        if turn_id not in self._seen:
            self._unwanted.add(turn_id)
        elif (task := self._running.get(turn_id)) is not None:
            task.cancel()
            await self._bench.cancel_messages()  # who stops waiting doesn't stop the edit; this does

    async def _answer(self, turn_id: str, text: str) -> Reply:
        """Do what a prompt asks for, by its intent."""
        if not text.strip():
            raise InvalidInput("empty-prompt")
        if route(text) is Action.EXPORT:
            return await self._answer_export(turn_id)
        session = await self._bench.session()
        reply = await session.ask(text, on_event=lambda event: self._heard(turn_id, event))
        self._bench.reached()
        if reply.draft is not None:
            await self._bench.take_draft(reply.draft)
        return reply

    async def _answer_export(self, turn_id: str) -> Reply:
        language = self._bench.language
        self._bench.state.say(turn_id, phrase("exporting", language))
        video = await self._export()
        draft = self._bench.draft
        return Reply(phrase("exported", language, video=video.path), [], DraftDiff(()), draft, video)

    def _heard(self, turn_id: str, event: Event) -> None:
        """Show an event of the stream."""
        turn = self._bench.state.find("turns", turn_id)
        if turn is None or turn["state"] != "running":
            return
        match event:
            case TextDelta(text=text):
                self._bench.state.say(turn_id, text)
            case ToolCall(name=name):
                self._step(turn, phrase("step", self._bench.language, name=name.replace("_", " ")))
            case StillWorking(elapsed=elapsed):
                self._step(turn, phrase("still-working", self._bench.language, minutes=round(elapsed / 60)))
            case _:
                pass

    def _step(self, turn: dict[str, Any], text: str) -> None:
        self._bench.state.change("turns", turn["id"], steps=[*turn["steps"], text])


def _new_turn(turn_id: str, prompt: str) -> dict[str, Any]:
    return {
        "id": turn_id,
        "prompt": prompt,
        "text": "",
        "state": "running",
        "steps": [],
        "changes": [],
        "started": round(time.time() * 1000),
        "elapsed": 0,
        "error": None,
    }
