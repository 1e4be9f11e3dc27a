"""A session: one timeline at the service, and everything that can be asked of it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

from nemo_widgets import settings as environment
from nemo_widgets.client import renders
from nemo_widgets.client.calls import in_language, public
from nemo_widgets.client.feed import Feed
from nemo_widgets.client.models import Asset, Credits, Reply, SessionState, Video, require
from nemo_widgets.client.parcels import deliver
from nemo_widgets.client.turns import Turn
from nemo_widgets.client.uploads import check
from nemo_widgets.draft.diff import DraftDiff
from nemo_widgets.draft.model import Draft
from nemo_widgets.errors import (
    DraftError,
    InvalidInput,
    NemoError,
    NothingToExport,
    StreamInterrupted,
)
from nemo_widgets.language.catalog import phrase
from nemo_widgets.language.routing import Action, route
from nemo_widgets.loop import on_loop

if TYPE_CHECKING:
    import os
    from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping

    from nemo_widgets.client.events import Event
    from nemo_widgets.client.renders import RenderJob
    from nemo_widgets.client.transport import Transport
    from nemo_widgets.client.uploads import LocalFile, OnProgress, RemoteFile, Source
    from nemo_widgets.settings import Settings

T = TypeVar("T")


class Session:
    """One timeline at the service. Made by :class:`~nemo_widgets.AsyncClient`; every method works from any loop.

    Attributes
    ----------
    id : str
        The service's id.
    task_id : str or None
        The task it belongs to, where it is known.
    language : str
        ``"en"`` or ``"zh"``: what errors and the client's own sentences are written in.
    """

    def __init__(
        self,
        transport: Transport,
        session_id: str,
        task_id: str | None = None,
        *,
        language: str = "en",
        new: bool = False,
    ) -> None:
        self.id = session_id
        self.task_id = task_id
        self.language = language
        self._transport = transport
        self._seen: Draft | None = None
        self._seen_is_current = new  # a new session has no draft, so there is nothing to read before its first edit
        self._one_turn = asyncio.Lock()
        self._turns: set[asyncio.Task[Any]] = set()

    def __repr__(self) -> str:
        return f"Session({self.id!r})"

    @property
    def settings(self) -> Settings:
        """The waits and limits in use."""
        return self._transport.settings

    @public
    async def upload(self, *sources: Source, on_progress: OnProgress | None = None) -> list[Asset]:
        """Give the session files to work with.

        Parameters
        ----------
        *sources
            Paths, http addresses, bytes, open files, or ``(name, any of these)``. All are checked (size, ending,
            first bytes) before anything is sent. The service gets them in this order.
        on_progress
            Called on the background thread with the bytes of all files together.

        Returns
        -------
        list of Asset
            One for each source, in their order.

        Raises
        ------
        InvalidInput, UnsupportedFile, FileTooLarge
            Before anything was sent; the latter two also when the service refuses a file.
        """
        limit = self._transport.settings.max_upload_bytes
        checked: list[LocalFile | RemoteFile] = []
        try:
            for source in sources:
                checked.append(await asyncio.to_thread(check, source, max_bytes=limit))  # noqa: PERF401 - closed below
            path = f"/api/upload-video/nemo_agent/me/{self.id}"
            return await deliver(self._transport, path, checked, on_progress)
        finally:
            for item in checked:
                item.close()

    @public
    async def send(self, text: str, *, on_event: Callable[[Event], object] | None = None) -> Reply:
        """Say something to the session and return what came of it.

        The message is sent once and never again. Only :meth:`cancel` stops it: when the caller stops waiting, the
        edit goes on.

        Parameters
        ----------
        text
            What to say.
        on_event
            Called on the background thread with each event.

        Raises
        ------
        InvalidInput
            When there is nothing in ``text``.
        APIError, ConnectionFailed, StreamInterrupted, MessageTimeout
            When it failed and the draft shows no edit.
        """
        task = self._begin(text, on_event or _ignore, Turn.send)
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            waiting = asyncio.current_task()
            if not task.cancelled() or (waiting is not None and waiting.cancelling()):
                raise  # the caller stops waiting; the edit goes on
        raise StreamInterrupted("stopped")

    async def stream(self, text: str) -> AsyncGenerator[Event, None]:
        """Say something to the session and yield its events as they come.

        The answer is read in the background and buffered: a slow consumer, or one that goes away, doesn't stop the
        edit; only :meth:`cancel` does.

        Raises
        ------
        InvalidInput, APIError, ConnectionFailed, StreamInterrupted, MessageTimeout
            As :meth:`send`; an error inside the answer is a :class:`~nemo_widgets.ServiceError` event.
        """
        feed: Feed[Event] = Feed()

        @on_loop
        async def begin() -> None:
            task = self._begin(text, feed.push, Turn.relay)
            task.add_done_callback(lambda task: feed.close(self._told(task)))

        await begin()
        async for event in feed:
            yield event

    @public
    async def cancel(self) -> None:
        """Stop the message under way (and those waiting for it); who waits for it gets StreamInterrupted."""
        turns = list(self._turns)
        for task in turns:
            task.cancel()
        await asyncio.gather(*turns, return_exceptions=True)

    @public
    async def ask(
        self,
        text: str,
        *,
        on_event: Callable[[Event], object] | None = None,
        on_progress: OnProgress | None = None,
    ) -> Reply:
        """Do what the user says: export, show the credits or the timeline, or send it as a message.

        Raises
        ------
        NemoError
            As the method that it comes to.
        """
        action = route(text)
        if action is Action.EXPORT:
            draft = await self._look()
            video = await self.export(draft=draft, on_progress=on_progress)
            return self._answer(phrase("exported", self.language, video=video), draft, video)
        if action is Action.CREDITS:
            balance = Credits.read(await self._transport.get("/api/credits/balance/simple"))
            return self._answer(phrase("credits", self.language, **vars(balance)), self._seen)
        if action is Action.STATE:
            draft = await self._look()
            empty = phrase("no-timeline", self.language)
            return self._answer(draft.summary(language=self.language) if draft else empty, draft)
        if action is Action.UPLOAD:
            return self._answer(phrase("upload", self.language), self._seen)
        return await self.send(text, on_event=on_event)

    @public
    async def state(self) -> SessionState:
        """Return what the session holds."""
        return await self._state()

    @public
    async def draft(self) -> Draft | None:
        """Return the session's draft; None where there is none yet.

        Raises
        ------
        DraftError
            When it can't be read.
        """
        return await self._look()

    @public
    async def render(
        self,
        draft: Draft | Mapping[str, Any] | None = None,
        *,
        path: str | os.PathLike[str] | None = None,
        quality: str = "high",
        audio: str | None = None,
    ) -> RenderJob:
        """Ask for a render and return the job without waiting; the ledger knows it before the service does.

        Parameters
        ----------
        draft
            What to render; None for the session's own draft.
        path
            Where the video is wanted: what :meth:`RenderJob.download` goes by, in whichever process.
        quality
            ``"high"``, or ``"preview"`` for a small and quick one; a service may know others.
        audio
            ``"mp3"`` for players without AAC, where the service knows it; None for its own choice.

        Raises
        ------
        NothingToExport
            When the draft has no segment.
        ExportBlocked
            When the plan has no export.
        """
        return (await self._submit(draft, path, quality, audio))[0]

    @public
    async def export(
        self,
        path: str | os.PathLike[str] | None = None,
        *,
        draft: Draft | Mapping[str, Any] | None = None,
        on_progress: OnProgress | None = None,
    ) -> Video:
        """Render the draft and download the video.

        Parameters
        ----------
        path
            A file, or a folder that exists; None for this user's folder of videos. A file that is there already is
            replaced when the new video is whole.
        draft
            What to render; None for the session's own draft.
        on_progress
            Called on the background thread: in percent, named ``"rendering"``, then in bytes, named after the file.

        Raises
        ------
        NothingToExport, ExportBlocked, RenderFailed, RenderTimeout, ConnectionFailed
            As :meth:`render`, :meth:`RenderJob.wait` and :meth:`RenderJob.download`.
        """
        job, made_of = await self._submit(draft, path)
        await job.wait(on_progress=on_progress)
        video = await job.download(on_progress=on_progress)
        return Video(video.path, video.url, video.duration or made_of.duration or None, video.size)

    @public
    async def claim_link(self) -> str:
        """Return a link that opens this session in a browser; it holds no token.

        Raises
        ------
        APIError
            When the service gives none.
        """
        data = await self._transport.post("/api/auth/claim-token", {"task_id": self.task_id, "session_id": self.id})
        return f"{environment.web_url()}/workspace/claim?ct={require(data, 'claim_token')}"

    async def _state(self) -> SessionState:
        return SessionState.read(await self._transport.get(f"/api/state/nemo_agent/me/{self.id}/latest"))

    async def _look(self) -> Draft | None:
        """Read the draft, and remember it."""
        self._seen_is_current = False
        self._seen = (await self._state()).draft
        self._seen_is_current = True
        return self._seen

    def _begin(
        self, text: str, emit: Callable[[Event], object], say: Callable[[Turn, str], Awaitable[T]]
    ) -> asyncio.Task[T]:
        """Start a message in a task of its own, which outlives whoever waits for it."""
        if not text.strip():
            raise InvalidInput("empty-prompt")
        task = asyncio.create_task(self._take_turn(text, emit, say))
        for tasks in (self._turns, self._transport.tasks):
            tasks.add(task)
            task.add_done_callback(tasks.discard)
        task.add_done_callback(_retrieved)
        return task

    async def _take_turn(
        self, text: str, emit: Callable[[Event], object], say: Callable[[Turn, str], Awaitable[T]]
    ) -> T:
        """Say one thing after the other: what changed can only be told of one message at a time."""
        async with self._one_turn:
            before = self._seen if self._seen_is_current else await self._look_before()
            turn = Turn(self._transport, self.id, before=before, look=self._look, emit=emit, language=self.language)
            concluded = False
            try:
                reply = await say(turn, text)
                concluded = reply is not None
            finally:
                # Whoever read the draft meanwhile may have seen it half edited.
                self._seen_is_current = concluded and self._seen_is_current
            return reply

    async def _look_before(self) -> Draft | None:
        """Read the draft to compare with; one that can't be read keeps nobody from asking for another."""
        try:
            return await self._look()
        except DraftError:
            return None

    async def _submit(
        self,
        draft: Draft | Mapping[str, Any] | None,
        path: str | os.PathLike[str] | None,
        quality: str = "high",
        audio: str | None = None,
    ) -> tuple[RenderJob, Draft]:
        wanted = await self._look() if draft is None else draft if isinstance(draft, Draft) else Draft(draft)
        if wanted is None or not wanted.ready:
            raise NothingToExport
        output = {"quality": quality} | ({"audio": audio} if audio else {})
        job = await renders.ask(self._transport, self.id, wanted, path=path, output=output, language=self.language)
        return job, wanted

    def _answer(self, text: str, draft: Draft | None, video: Video | None = None) -> Reply:
        return Reply(text, [], DraftDiff.between(draft, draft), draft, video)

    def _told(self, task: asyncio.Task[Any]) -> BaseException | None:
        error = StreamInterrupted("stopped") if task.cancelled() else task.exception()
        return in_language(error, self.language) if isinstance(error, NemoError) else error


def _ignore(_: Event) -> None:
    pass


def _retrieved(task: asyncio.Task[Any]) -> None:
    """Take note of the error of a message that nobody waits for any more."""
    if not task.cancelled():
        task.exception()
