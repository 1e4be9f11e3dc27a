"""What the parts of one editor share: its state, its session with the service, its draft.

Everything here runs on the background loop; handlers of messages and cells only submit to it.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any, ClassVar

from nemo_widgets import settings
from nemo_widgets.client.backends import without_user
from nemo_widgets.client.client import shared_client
from nemo_widgets.client.models import Asset, number
from nemo_widgets.errors import ConnectionFailed, NemoError, SessionNotFound
from nemo_widgets.language.catalog import phrase
from nemo_widgets.notebook import editor_line, notebook_path
from nemo_widgets.widgets import journal
from nemo_widgets.widgets.arrivals import new_asset
from nemo_widgets.widgets.desk import Desk
from nemo_widgets.widgets.editing import Editing, editing_state
from nemo_widgets.widgets.thumbnail import thumbnail_at
from nemo_widgets.widgets.views import asset_fields, error_view
from nemo_widgets.widgets.waveform import at_the_port_of, is_on_this_machine

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable

    from nemo_widgets.client.auth import Secret
    from nemo_widgets.client.client import AsyncClient
    from nemo_widgets.client.session import Session
    from nemo_widgets.draft.model import Draft

_REMEMBER_S = 0.5


class Workbench(Desk):
    """The state, the session and the draft of one editor.

    Parameters
    ----------
    send
        Sends a message, and perhaps buffers, to all views.
    tell
        Is told of every new ``"draft"`` and ``"selection"``, on a thread of its own: user code may hang on it.
    backend, token, language, session
        As for :class:`~nemo_widgets.Editor`.
    """

    _latest: ClassVar[dict[tuple[str, Secret | None], str]] = {}
    """The session that last had a draft: of this kernel; the journal has those of this notebook's earlier kernels."""

    def __init__(
        self,
        send: Callable[[dict[str, Any], list[bytes] | None], None],
        tell: Callable[[str, Any], None],
        *,
        backend: str,
        token: Secret | None,
        language: str,
        session: str | None = None,
    ) -> None:
        super().__init__(
            send,
            language=language,
            backend={"kind": "", "label": "", "detail": "", "status": "connecting", "error": None},
            limits={
                "max_upload_bytes": settings.Settings().max_upload_bytes,
                "suffixes": sorted(settings.SUFFIXES),
                "links": True,
            },
            assets=[],
            turns=[],
            again=None,
            held=False,
            credits=None,
            export=None,
            video=None,
            **editing_state(),
        )
        self.editing = Editing(self, tell, self._shown, at_hand=self._at_hand)
        self.filmed: Draft | None = None  # what the video in the player was made of
        self.film: journal.Film | None = None
        self.on_resumed: Callable[[journal.Film | None], None] = lambda _film: None
        self._closed = False
        self._remembering: asyncio.TimerHandle | None = None
        self._journal = asyncio.Lock()
        self._kept: tuple[str, journal.Kept] | None = None  # what was last read or written, of which session
        self._backend = backend
        self._token = token
        self._session: Session | None = None
        self._wanted = session
        notebook = notebook_path()
        self._place = None if notebook is None else f"{without_user(backend)}\n{notebook}"
        self._connecting = asyncio.Lock()

    async def close(self) -> None:
        """Let go of the state; who closes an editor has no need to be told of it."""
        self._closed = True  # what still runs is kept, but is nothing to go on with
        if self._remembering is not None:
            self._remembering.cancel()
            await self.remember()
        if self._latest.get((self._backend, self._token)) == self.session_id:
            self._latest.pop((self._backend, self._token), None)
        if self._place is not None and self.session_id is not None:
            async with self._journal:  # what is just being noted is noted before
                await asyncio.to_thread(journal.forget_latest, self._place, self.session_id)
        await super().close()

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
            backend["kind"] = client.kind  # at once: it says which files are at hand
            self.state.update(backend=dict(backend))
            found = await self._take_up(client)
            session = found or await client.create_session(language=self.language)
        except Exception as error:
            self.state.update(backend=dict(backend, status="failed", error=error_view(error, language=self.language)))
            raise
        label = phrase(f"label-{client.kind}", self.language, label=client.label)
        detail = phrase(f"backend-{client.kind}", self.language, label=client.label)
        backend.update(kind=client.kind, label=label, detail=detail, status="ready")
        self.start(self.count_credits)
        self.start(self._draw_thumbnails)
        lost = self._wanted is not None and session.id != self._wanted
        self._wanted = None
        self.state.update(backend=backend, again=self.code_for(session.id), notice=None)
        if lost:
            self.notice(**self.complain(SessionNotFound()))
        elif not found:
            await self._recall()
        if self.editing.edits is not None:  # from before there was a session to keep them under
            self.remember_soon()
        return session

    async def _recall(self) -> None:
        """Tell of the work of an editor whose cell was run once more, say: a new editor begins with nothing."""
        earlier = self._latest.get((self._backend, self._token))
        if earlier is None and self._place is not None:
            earlier = await asyncio.to_thread(journal.latest, self._place)
        if earlier is not None:
            message, remedy = (phrase(key, self.language) for key in ("earlier-work", "earlier-line"))
            self.notice(message, remedy, code=self.code_for(earlier))

    async def _take_up(self, client: AsyncClient) -> Session | None:
        """Show the session that was asked for, as it was left; None where the service doesn't know it any more."""
        if self._wanted is None:
            return None
        session = client.session(self._wanted)
        try:
            found = await session.state()
        except SessionNotFound:
            return None
        draft = found.draft  # one that can't be read is told before anything is shown: the next attempt shows it
        for place, info in enumerate(found.video_infos):
            asset = Asset.read(info)
            size = int(number(asset.raw.get("size")) or 0)
            fields = asset_fields(asset) | {"done": 1.0}
            self.state.add("assets", new_asset(f"{session.id}-{place}", asset.name, size, "ready", **fields))
        kept = await asyncio.to_thread(journal.read, session.id)
        self._kept = session.id, kept
        self.film = kept.film
        self.state.update(turns=[*kept.turns, *self.state["turns"]])
        if kept.edits is not None:
            await self.editing.resume(*kept.edits)
        await self.take_draft(draft)
        self.on_resumed(kept.film)
        return session

    async def _draw_thumbnails(self) -> None:
        """Draw what files look like that this editor didn't upload itself, where they are on this machine."""
        for asset in list(self.state["assets"]):
            source = asset["source"]
            if asset["thumbnail"] is None and source and self._at_hand(source):
                thumbnail = await asyncio.to_thread(thumbnail_at, source, asset["kind"])
                self.state.change("assets", asset["id"], thumbnail=thumbnail)

    async def count_credits(self) -> None:
        """Show what is left of the credits, and what the last edit took; the local studio takes none."""
        if self._session is None or self.state["backend"]["kind"] == "local":
            return
        with contextlib.suppress(NemoError):  # a balance that can't be told keeps nobody from editing
            left = (await self.client().credits()).available
            known = self.state["credits"]
            spent = known["available"] - left if known else 0
            self.state.update(credits={"available": left, "spent": spent if spent > 0 else None})

    def code_for(self, session_id: str) -> str:
        """Return the code that takes a session up again; it holds no token."""
        backend = without_user(self._backend) if "://" in self._backend else self._backend
        named = {"backend": backend} if backend != "auto" else {}
        named |= {"language": self.language} if self.language != "en" else {}
        return editor_line(**named, session=session_id)

    @property
    def session_id(self) -> str | None:
        """The service's id of the session; None before there is one."""
        return self._wanted if self._session is None else self._session.id

    def remember_soon(self) -> None:
        """Keep the session in a moment; many edits in that moment are kept once."""
        if self._remembering is None:
            loop = asyncio.get_running_loop()
            self._remembering = loop.call_later(_REMEMBER_S, lambda: self.start(self.remember))

    async def remember(self) -> None:
        """Keep what was said, edited and exported, for a kernel to come."""
        async with self._journal:
            self._remembering = None
            if self._session is not None:
                session = self._session.id
                turns = [dict(turn) for turn in self.state["turns"]]
                kept = journal.Kept(turns, self.editing.edits, self.film)
                base = self._kept[1] if self._kept and self._kept[0] == session else None
                if await asyncio.to_thread(journal.write, session, kept, base):
                    self._kept = session, kept
                if self._place is not None and self.draft is not None and not self._closed:
                    await asyncio.to_thread(journal.note_latest, self._place, session)

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

    @property
    def draft(self) -> Draft | None:
        """The draft as it is shown, with what was edited here."""
        return self.editing.draft

    async def take_draft(self, draft: Draft | None, *, turn: str | None = None) -> None:
        """Take the service's draft (``turn``: as the answer to one); what was edited here isn't lost by it."""
        await self.editing.take(draft, turn=turn)

    def _at_hand(self, source: str) -> str | None:
        if self.state["backend"]["kind"] != "local" or not is_on_this_machine(source):
            return None
        known = (asset["source"] for asset in self.state["assets"])  # the service tells them anew, a draft never
        now = next((address for address in known if address and is_on_this_machine(address)), source)
        return at_the_port_of(source, now)

    def _shown(self, draft: Draft | None) -> None:
        """Note what else a new draft means."""
        if draft is not None and self.session_id is not None and not self._closed:
            self._latest[self._backend, self._token] = self.session_id
        self.remember_soon()
        if (video := self.state["video"]) is not None:
            self.state.update(video={**video, "outdated": draft != self.filmed})
        export = self.state["export"]
        if export is not None and export["state"] in ("failed", "cancelled"):
            self.state.update(export=None)  # what was said of the draft before

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

    def complain(self, error: BaseException) -> dict[str, str]:
        """Return an error as the views show it."""
        if isinstance(error, SessionNotFound):  # the editor opens a new one by itself
            return {
                "message": phrase("timeline-gone", self.language),
                "remedy": phrase("add-again", self.language),
            }
        return super().complain(error)
