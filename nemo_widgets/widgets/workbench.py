"""What the parts of one editor share: its state, its session with the service, its draft.

Everything here runs on the background loop; handlers of messages and cells only submit to it.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import TYPE_CHECKING, Any, TypeVar

from nemo_widgets import settings
from nemo_widgets.client.client import shared_client
from nemo_widgets.errors import ConnectionFailed, NemoError, SessionNotFound, redact
from nemo_widgets.language.catalog import phrase
from nemo_widgets.widgets.state import SharedState
from nemo_widgets.widgets.views import draft_view, error_view

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Coroutine

    from nemo_widgets.client.auth import Secret
    from nemo_widgets.client.client import AsyncClient
    from nemo_widgets.client.session import Session
    from nemo_widgets.draft.model import Draft
    from nemo_widgets.progress import Progress

T = TypeVar("T")
log = logging.getLogger(__name__)


class Workbench:
    """The state, the session and the draft of one editor.

    Parameters
    ----------
    send
        Sends a message, and perhaps buffers, to all views.
    on_draft
        Is told of every new draft, on a thread of its own: user code may hang on it.
    backend, token, language
        As for :class:`~nemo_widgets.Editor`.
    """

    def __init__(
        self,
        send: Callable[[dict[str, Any], list[bytes] | None], None],
        on_draft: Callable[[Draft | None], None],
        *,
        backend: str,
        token: Secret | None,
        language: str,
    ) -> None:
        self.send = send
        self.language = language
        self.draft: Draft | None = None
        self.filmed: Draft | None = None  # what the video in the player was made of
        self._on_draft = on_draft
        self._backend = backend
        self._token = token
        self._session: Session | None = None
        self._connecting = asyncio.Lock()
        self._tasks: set[asyncio.Task[Any]] = set()
        self.state = SharedState(
            lambda message: send(message, None),
            backend={"kind": "", "label": "", "detail": "", "status": "connecting", "error": None},
            language=language,
            limits={
                "max_upload_bytes": settings.Settings().max_upload_bytes,
                "suffixes": sorted(settings.SUFFIXES),
            },
            assets=[],
            turns=[],
            draft=None,
            export=None,
            video=None,
            notice=None,
        )

    def client(self) -> AsyncClient:
        """Return the client that all editors of this backend share."""
        return shared_client(self._backend, token=self._token, language=self.language)

    async def session(self) -> Session:
        """Return the editor's session, opening one on first use."""
        async with self._connecting:
            if self._session is None:
                self._session = await self._connect()
            return self._session

    @contextlib.asynccontextmanager
    async def service(self) -> AsyncGenerator[Session, None]:
        """Give the session to ask something of, and draw from how that ends what it means for the connection."""
        session = await self.session()
        try:
            yield session
        except NemoError as error:
            self._heed(error, session)
            raise
        self._reached()

    async def connect(self) -> None:
        """Open the session so that the badge can tell of it; what goes wrong is told there too."""
        with contextlib.suppress(NemoError):
            await self.session()

    async def _connect(self) -> Session:
        backend = dict(self.state["backend"], status="connecting", error=None)
        self.state.update(backend=backend)
        try:
            client = self.client()
            session = await client.create_session(language=self.language)
        except Exception as error:
            self.state.update(backend=dict(backend, status="failed", error=error_view(error, language=self.language)))
            raise
        label = phrase(f"label-{client.kind}", self.language, label=client.label)
        detail = phrase(f"backend-{client.kind}", self.language, label=client.label)
        backend.update(kind=client.kind, label=label, detail=detail, status="ready")
        self.state.update(backend=backend, notice=None)
        return session

    async def cancel_messages(self) -> None:
        """Stop what the service is doing for this editor, because the user asked."""
        if self._session is not None:
            await self._session.cancel()

    async def reconnect(self) -> None:
        """Try the service again, because the user asked."""
        if self._session is None:
            await self.connect()
        else:
            await self.look()

    async def look(self) -> None:
        """Show the draft as the service has it now."""
        if self._session is None:
            return
        with contextlib.suppress(ConnectionFailed, SessionNotFound):  # told by the badge and by a notice
            async with self.service() as session:
                draft = await session.draft()
            await self.take_draft(draft)

    async def take_draft(self, draft: Draft | None) -> None:
        """Show a new draft, and tell whoever observes it; an observer that fails stops nothing."""
        self.draft = draft
        self.state.update(draft=draft_view(draft, language=self.language))
        if (video := self.state["video"]) is not None:
            self.state.update(video={**video, "outdated": draft != self.filmed})
        export = self.state["export"]
        if export is not None and export["state"] in ("failed", "cancelled"):
            self.state.update(export=None)  # what was said of the draft before
        try:
            await asyncio.to_thread(self._on_draft, draft)
        except Exception as error:
            log.exception("editor: an observer of the draft failed")
            what = redact(f"{type(error).__name__}: {error}")
            self.notice(phrase("observer-failed", self.language, what=what), phrase("observer-remedy", self.language))

    def _heed(self, error: NemoError, session: Session) -> None:
        if isinstance(error, SessionNotFound):
            if session is self._session:  # the first to find out; others may have been at it at the same time
                self._session = None
                self.start(self._begin_anew)
        elif isinstance(error, ConnectionFailed):
            told = self.complain(error)
            self.state.update(backend=dict(self.state["backend"], status="failed", error=told))

    async def _begin_anew(self) -> None:
        """Open a session in place of one that the service no longer knows; files on their way go to the new one."""
        self.state.update(assets=[asset for asset in self.state["assets"] if asset["state"] != "ready"])
        await self.connect()
        if self._session is not None:
            self.notice(**self.complain(SessionNotFound()))
        await self.take_draft(None)

    def _reached(self) -> None:
        """Note that the service answered: what was said about trouble before is no longer true."""
        if self.state["backend"]["status"] != "ready" and self._session is not None:
            self.state.update(backend=dict(self.state["backend"], status="ready", error=None))
        if self.state["notice"] is not None:
            self.state.update(notice=None)

    def notice(self, message: str, remedy: str = "") -> None:
        """Show a sentence above the editor."""
        self.state.update(notice={"message": message, "remedy": remedy})

    def complain(self, error: BaseException) -> dict[str, str]:
        """Return an error as the views show it."""
        if isinstance(error, SessionNotFound):  # the editor opens a new one by itself
            return {
                "message": phrase("timeline-gone", self.language),
                "remedy": phrase("add-again", self.language),
            }
        return error_view(error, language=self.language)

    def start(self, work: Callable[[], Coroutine[Any, Any, Any]]) -> None:
        """Run something that a view asked for; an error that nobody else shows becomes a notice."""
        task = asyncio.get_running_loop().create_task(self._guarded(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _guarded(self, work: Callable[[], Coroutine[Any, Any, Any]]) -> None:
        try:
            await work()
        except Exception as error:  # noqa: BLE001 - whatever it is, the cell shows it and the editor lives on
            self.notice(**self.complain(error))

    async def close(self) -> None:
        """Stop what still runs for this editor; the shared client lives on."""
        for task in list(self._tasks):
            task.cancel()


async def outcome(task: asyncio.Task[T], *, stopped: NemoError) -> T:
    """Wait for a task that the user can stop; who stops waiting for it stops it too.

    Raises
    ------
    NemoError
        ``stopped``, where the user stopped it.
    """
    try:
        return await task
    except asyncio.CancelledError:
        waiting = asyncio.current_task()
        if waiting is None or waiting.cancelling():
            raise
    raise stopped


def forgiving(on_progress: Callable[[Progress], object] | None) -> Callable[[Progress], None]:
    """Return a callback that lasts until it fails; the failure is logged, and the work goes on.

    Examples
    --------
    >>> forgiving(None)(...)
    """
    callback = on_progress

    def told(progress: Progress) -> None:
        nonlocal callback
        if callback is None:
            return
        try:
            callback(progress)
        except Exception:
            callback = None
            log.exception("editor: an on_progress callback failed, and is not called any more")

    return told
