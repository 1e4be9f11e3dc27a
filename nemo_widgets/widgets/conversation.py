"""What is said: one turn after another, each streamed into the state as it comes.

Prompts that come while one is answered wait, and can be taken back. The next one is said only where the one before
went well: after a failure people are asked whether to go on.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
import uuid
from typing import TYPE_CHECKING, Any

from nemo_widgets.client.events import StillWorking, TextDelta, ToolCall
from nemo_widgets.client.models import Reply
from nemo_widgets.draft.diff import DraftDiff
from nemo_widgets.errors import InvalidInput, StreamInterrupted
from nemo_widgets.language.catalog import phrase, step
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
        self._running: dict[str, asyncio.Task[Reply]] = {}
        self._one = asyncio.Lock()  # who is answered; code may say several things at once
        self._speaking: str | None = None
        self._stopped: set[str] = set()
        self._waiting: dict[str, str] = {}  # turn → text, in the order in which they will be said
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
        if self._running or (self._waiting and not self._bench.state["held"]):
            self._waiting[turn_id] = text
            self._bench.state.add("turns", _new_turn(turn_id, text) | {"state": "queued"})
            return
        await self._say(turn_id, text)

    async def _say(self, turn_id: str, text: str) -> None:
        with contextlib.suppress(Exception):  # told by the turn
            await self.turn(text, turn_id=turn_id)

    async def go_on(self) -> None:
        """Say the first of the prompts that wait."""
        self._bench.state.update(held=False)
        if self._waiting and not self._running:
            turn_id = next(iter(self._waiting))
            text = self._waiting.pop(turn_id)
            self._bench.state.remove("turns", turn_id)  # it comes after what code said meanwhile
            await self._say(turn_id, text)

    async def drop(self, *turn_ids: str) -> None:
        """Forget prompts that wait; without names, all of them."""
        for turn_id in turn_ids or tuple(self._waiting):
            del self._waiting[turn_id]
            self._bench.state.remove("turns", turn_id)
        if not self._waiting:
            self._bench.state.update(held=False)

    def _see_to_waiting(self, *, went_well: bool) -> None:
        """Go on with what waits, or ask first."""
        if not self._waiting or self._running or self._bench.state["held"]:
            return
        if went_well:
            self._bench.start(self.go_on)
        else:
            self._bench.state.update(held=True)

    async def turn(self, text: str, *, turn_id: str | None = None) -> Reply:
        """Say something and return the answer, which the views see as it comes.

        Who stops waiting stops nothing: the edit goes on, and the views show what comes of it.

        Raises
        ------
        StreamInterrupted
            When :meth:`stop` was called.
        """
        turn_id = turn_id or uuid.uuid4().hex
        self._began[turn_id] = time.monotonic()
        self._bench.state.add("turns", _new_turn(turn_id, text))
        task = self._running[turn_id] = asyncio.create_task(self._go_through(turn_id, text))
        return await asyncio.shield(task)

    async def _go_through(self, turn_id: str, text: str) -> Reply:
        try:
            async with self._one:
                reply = await self._alone(turn_id, text)
        except asyncio.CancelledError:
            self._end(turn_id, state="stopped")
        except Exception as error:
            self._end(turn_id, state="failed", error=self._bench.complain(error))
            raise
        else:
            self._end(turn_id, state="done", text=reply.text, changes=list(reply.changes.sentences))
            if reply.draft is not None:
                await self._bench.take_draft(reply.draft, turn=turn_id)
            return reply
        raise StreamInterrupted("stopped")

    async def _alone(self, turn_id: str, text: str) -> Reply:
        self._speaking = turn_id
        try:
            return await self._answer(turn_id, text)
        except asyncio.CancelledError:
            if turn_id in self._stopped:
                await self._bench.cancel_messages()  # who stops waiting doesn't stop the edit; this does
            raise
        finally:
            self._speaking = None
            self._bench.start(self._bench.count_credits)

    def _end(self, turn_id: str, **outcome: Any) -> None:
        self._running.pop(turn_id, None)
        self._bench.state.change("turns", turn_id, elapsed=self._elapsed(turn_id), **outcome)
        del self._began[turn_id]
        self._bench.start(self._bench.remember)
        self._see_to_waiting(went_well=outcome["state"] == "done")  # now: observers of the draft may take their time

    def update_elapsed(self) -> None:
        """Tell how long the turns under way have been, for a view that opens in the middle of one."""
        for turn_id in self._running:
            self._bench.state.change("turns", turn_id, elapsed=self._elapsed(turn_id))

    def _elapsed(self, turn_id: str) -> int:
        return round((time.monotonic() - self._began[turn_id]) * 1000)

    async def stop(self, turn_id: str) -> None:
        """Stop a turn, and no other, because the user asked; one that waits is forgotten."""
        if (task := self._running.get(turn_id)) is not None:
            if turn_id in self._stopped:
                return
            self._stopped.add(turn_id)
            await asyncio.sleep(0)  # a task that is cancelled before its first step could tell nobody
            began = self._speaking == turn_id
            task.cancel()
            await asyncio.wait([task])
            if began:
                await self._bench.look()  # what was done before that stays
        elif turn_id in self._waiting:
            await self.drop(turn_id)
        elif turn_id not in self._seen:
            self._unwanted.add(turn_id)

    def close(self) -> None:
        """Wait for nothing any more."""
        for task in list(self._running.values()):
            task.cancel()

    async def _answer(self, turn_id: str, text: str) -> Reply:
        """Do what a prompt asks for, by its intent."""
        if not text.strip():
            raise InvalidInput("empty-prompt")
        action = route(text)
        if action is not Action.MESSAGE:
            self._step(turn_id, phrase(f"route-{action}", self._bench.language))
        if action is Action.EXPORT:
            return await self._answer_export(turn_id)
        async with self._bench.service() as session:
            return await session.ask(text, on_event=lambda event: self._heard(turn_id, event))

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
                self._step(turn_id, step(name, self._bench.language))
            case StillWorking(elapsed=elapsed):
                self._step(turn_id, phrase("still-working", self._bench.language, minutes=round(elapsed / 60)))
            case _:
                pass

    def _step(self, turn_id: str, text: str) -> None:
        if (turn := self._bench.state.find("turns", turn_id)) is not None:
            self._bench.state.change("turns", turn_id, steps=[*turn["steps"], text])


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
