"""One message, from sending it to the reply: the stream, its failures, and edits that end without a word."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from nemo_widgets.client.envelope import error_of
from nemo_widgets.client.events import (
    Event,
    EventReader,
    ServiceError,
    StateDelta,
    StillWorking,
    TextDelta,
    is_keep_alive,
)
from nemo_widgets.client.models import Reply
from nemo_widgets.client.patience import passes
from nemo_widgets.client.sse import EventTooLargeError, SSEDecoder
from nemo_widgets.draft.diff import DraftDiff
from nemo_widgets.draft.model import Draft
from nemo_widgets.errors import (
    APIError,
    DraftError,
    MessageTimeout,
    NemoError,
    StreamInterrupted,
)
from nemo_widgets.language.backend_talk import translate_gui
from nemo_widgets.language.catalog import phrase
from nemo_widgets.language.routing import Action

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator

    from nemo_widgets.client.sse import ServerSentEvent
    from nemo_widgets.client.transport import Transport

_TROUBLE = "I encountered a temporary issue"
_LONGEST_TROUBLE = 300
_MOST_SENTENCES = 12


class Turn:
    """One message of a session.

    Parameters
    ----------
    transport
        The service.
    session_id
        The session.
    before
        The session's draft before the message.
    look
        Reads the session's draft.
    emit
        Gets every event, on the background thread; an exception of its own is logged and stops nothing.
    language
        The language of what the client itself says.
    """

    def __init__(
        self,
        transport: Transport,
        session_id: str,
        *,
        before: Draft | None,
        look: Callable[[], Awaitable[Draft | None]],
        emit: Callable[[Event], object],
        language: str,
    ) -> None:
        self._transport = transport
        self._settings = transport.settings
        self._session_id = session_id
        self._before = before
        self._look = look
        self._emit = emit
        self._language = language
        self._text = ""
        self._delta: Draft | None = None
        self._failure: ServiceError | None = None

    async def send(self, text: str) -> Reply:
        """Send the message and return what came of it.

        Raises
        ------
        APIError
            When the service refused or failed it, and the draft shows no edit.
        StreamInterrupted, MessageTimeout
            When the answer broke off or took too long, and the draft shows no edit. The message is not sent again.
        """
        async with self._ticking():
            try:
                await self._listen(text)
            except NemoError as error:
                return await self._look_after(error)
            return await self._conclude()

    async def relay(self, text: str) -> None:
        """Send the message and only pass its events on; an edit found after a broken stream is one of them.

        Raises
        ------
        NemoError
            As :meth:`send`, except that an error inside the answer is an event.
        """
        async with self._ticking():
            try:
                await self._listen(text)
            except NemoError as error:
                found = (await self._look_after(error)).draft
                self._take(StateDelta({"draft": found.raw if found else None}))

    async def _listen(self, text: str) -> None:
        loop = asyncio.get_running_loop()
        decoder, reader = SSEDecoder(), EventReader()
        flooded = False
        patience = self._settings.silence_timeout
        message = {
            "app_name": "nemo_agent",
            "user_id": "me",
            "session_id": self._session_id,
            # Old servers hide a message without a role from their model.
            "new_message": {"role": "user", "parts": [{"text": text}]},
        }
        whole, silence = asyncio.timeout(self._settings.message_timeout), asyncio.timeout(patience)
        try:
            async with whole, silence, self._transport.stream("/run_sse", message) as chunks:
                async for chunk in chunks:
                    if flooded:
                        continue  # an event that is too large; no longer reading would stop the edit
                    try:
                        if self._hear(decoder.feed(chunk), reader):
                            silence.reschedule(loop.time() + patience)
                    except EventTooLargeError:
                        flooded = True
        except TimeoutError:
            seconds = patience if silence.expired() else self._settings.message_timeout
            raise MessageTimeout(minutes=f"{seconds / 60:.3g}") from None
        if flooded or decoder.incomplete:
            raise StreamInterrupted

    def _hear(self, frames: Iterator[ServerSentEvent], reader: EventReader) -> bool:
        """Take in what frames say; False where they were only keep-alives."""
        heard = False
        for frame in frames:
            if is_keep_alive(frame):
                continue
            heard = True
            for event in reader.read(frame):
                self._take(event)
        return heard

    def _take(self, event: Event) -> None:
        if isinstance(event, TextDelta):
            self._text += event.text
        elif isinstance(event, ServiceError):
            event = self._failure = replace(event, message=self._transport.without_token(event.message))
        elif isinstance(event, StateDelta) and event.state.get("draft"):
            try:
                self._delta = Draft(event.state["draft"])
            except DraftError:
                self._delta = None
        try:
            self._emit(event)
        except Exception as error:  # noqa: BLE001 - a paid edit doesn't break off for a callback
            context = {"message": "An on_event callback failed; the message goes on.", "exception": error}
            asyncio.get_running_loop().call_exception_handler(context)

    @asynccontextmanager
    async def _ticking(self) -> AsyncGenerator[None, None]:
        """Tell from time to time that the work goes on."""
        loop = asyncio.get_running_loop()
        started = loop.time()

        async def tick() -> None:
            while True:
                await asyncio.sleep(self._settings.still_working_every)
                self._take(StillWorking(loop.time() - started))

        ticker = asyncio.create_task(tick())
        try:
            yield
        finally:
            ticker.cancel()

    async def _conclude(self) -> Reply:
        """Compare the draft with the one before, and say what came of the message."""
        try:
            after = await self._look()
        except NemoError as error:
            if not self._text and self._delta is None and passes(error):
                return await self._recover()  # nothing tells yet what the message did
            if not (self._text or self._delta) or not (passes(error) or isinstance(error, DraftError)):
                raise
            after = self._delta or self._before
        if self._failure is not None and not self._changed(after):
            raise self._told_error(self._failure)
        return self._reply(after, tell_changes=self._failure is not None)

    async def _recover(self) -> Reply:
        """Look for the edit of a message whose answer broke off; it is never sent again."""
        unreachable: NemoError | None = None
        for wait in self._settings.recovery_waits:
            await asyncio.sleep(wait)
            try:
                after = await self._look()
            except NemoError as error:
                if not passes(error):
                    raise
                unreachable = error
                continue
            unreachable = None
            if self._changed(after):
                return self._reply(after, tell_changes=True)
        raise unreachable or StreamInterrupted

    async def _look_after(self, error: NemoError) -> Reply:
        """Return what came of a message whose answer failed; raise where that was nothing."""
        if isinstance(error, StreamInterrupted):
            return await self._recover()
        if isinstance(error, APIError):
            if error.http_status in {502, 504}:  # a proxy gave up; the service itself may be at work
                return await self._recover()
            if error.http_status < 500 and (error.code or error.http_status >= 300):
                raise error  # refused; an error inside an answer of HTTP 200 may come after an edit
        elif not isinstance(error, MessageTimeout):
            raise error
        return await self._edit_in_spite_of(error)

    async def _edit_in_spite_of(self, error: NemoError) -> Reply:
        try:
            after = await self._look()
        except NemoError:
            raise error from None
        if not self._changed(after):
            raise error
        return self._reply(after, tell_changes=True)

    def _changed(self, after: Draft | None) -> bool:
        return after != self._before

    def _reply(self, after: Draft | None, *, tell_changes: bool) -> Reply:
        changes = DraftDiff.between(self._before, after, language=self._language)
        text, actions = translate_gui(_without_trouble(self._text))
        parts = [text] if text else []
        if tell_changes or not parts:
            parts += self._told(changes, after, actions)
        return Reply("\n\n".join(parts), actions, changes, after)

    def _told_error(self, event: ServiceError) -> APIError:
        if isinstance(event.code, int):
            return error_of(event.code, 200, event.message, **self._transport.details)
        return APIError(message=event.message or event.code)

    def _told(self, changes: DraftDiff, after: Draft | None, actions: list[Action]) -> list[str]:
        """Return what to say for an answer that doesn't speak for itself."""
        if sentences := list(changes.sentences):
            more = len(sentences) - _MOST_SENTENCES
            if more > 0:
                sentences[_MOST_SENTENCES:] = [phrase("more-changes", self._language, count=more)]
            return ["\n".join(sentences)]
        if self._changed(after):
            return [phrase("changed", self._language)]
        if Action.STATE in actions and after is not None:
            return [after.summary(language=self._language)]
        return [phrase("can-export" if Action.EXPORT in actions else "unchanged", self._language)]


def _without_trouble(text: str) -> str:
    """Return an answer without the apology that the service sometimes puts after it.

    Examples
    --------
    >>> _without_trouble("Added the title. I encountered a temporary issue. Please retry.")
    'Added the title.'
    >>> _without_trouble("I encountered a temporary issue.")
    'I encountered a temporary issue.'
    """
    answer, found, rest = text.rpartition(_TROUBLE)
    if found and answer.strip() and len(rest) < _LONGEST_TROUBLE:
        return answer.strip()
    return text.strip()
