"""The embedded studio: a server thread on this machine that speaks the service's contract.

>>> from nemo_widgets.studio.server import Studio
>>> Studio.__name__
'Studio'
"""

from __future__ import annotations

import asyncio
import atexit
import secrets
import sqlite3
import threading
import weakref
from contextlib import ExitStack, asynccontextmanager
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from anyio import CapacityLimiter, to_thread

from nemo_widgets.errors import StudioUnavailable
from nemo_widgets.settings import Settings, StudioLimits
from nemo_widgets.studio.serving import Serving

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Collection

    from starlette.applications import Starlette

    from nemo_widgets.studio.agent.base import Agent
    from nemo_widgets.studio.app import Services
    from nemo_widgets.studio.classroom import Register, Student
    from nemo_widgets.studio.store import Store
    from nemo_widgets.studio.workspace import Workspace

_NEEDED = ("av", "numpy", "PIL", "python_multipart", "starlette", "uvicorn")
_LOOKING, _FETCHING = 4, 4
"""Threads that may look into files, or fetch them, at once; the others are for answering."""
_LONGEST_PROMPT, _LONGEST_OF_STUDENTS = 20_000, 4_000
"""Letters of a message: while one is read, which may take as long as the square of them, nobody else is answered."""
_MOST_PIECES = 1_000
"""Segments of a student's draft: an agent that doubles them with each message would soon be at it for minutes."""
_running: weakref.WeakSet[Studio] = weakref.WeakSet()


class Studio:
    """The embedded engine: uploads, chat, timeline and rendering, all on this machine.

    Parameters
    ----------
    workspace
        The folder that it keeps everything in; None for the one of this user, which outlives kernels and may be
        shared by several of them.
    workers
        How many processes a render may use; None for as many as fit this machine. In a class two are made at once, and
        one that is alone uses both's.
    dask
        A Dask cluster that renders instead of this machine: a scheduler's address (``tcp://…``), or a
        ``distributed.Client`` of it. Where it can't be reached, this machine renders. Whoever reaches a scheduler can
        run programs on its workers and its clients, so it belongs in a network that is trusted, or behind TLS.
    host, port
        Where to listen; any free port where ``port`` is 0.
    token
        The bearer token; a random one where it is None.
    agent
        Who answers messages; the studio's own rules where it is None.
    pace
        Seconds between two pieces of an answer's text.
    max_upload_bytes
        The largest file that is taken; the service's 500 MB where it is None.
    students
        Makes it a classroom for so many: whoever has the ``join_token`` gets a token, sessions and a share of their
        own (:meth:`nemo_widgets.settings.StudioLimits.classroom`).
    limits
        What it allows, where that is something else.
    allow_hosts
        Further names that it is reached by; all others are refused (DNS rebinding).
    public_url
        Where a proxy on this machine shows it to others, such as ``https://class.example.org``.
    new_join_token
        Ends the join token that the workspace has had so far, and what was joined with it.
    on_event
        Told (student, what) of what the students do, and ("somebody", what) of those who weren't let in.

    Attributes
    ----------
    url : str
        The address, once it is started.
    token : str
        The bearer token; never part of a repr, a log or an error.
    join_token : str
        What the students of a classroom join with, once it is started; as secret as a token.
    app : starlette.applications.Starlette
        The ASGI application, to be served by something else; its lifespan starts and stops the work.

    Raises
    ------
    StudioUnavailable
        Where the studio's libraries aren't installed.

    Examples
    --------
    >>> import tempfile, pathlib, urllib.request
    >>> with Studio(pathlib.Path(tempfile.mkdtemp())) as studio:
    ...     urllib.request.urlopen(studio.url + "/health").read()
    b'{"ok":true}'
    """

    def __init__(
        self,
        workspace: str | Path | None = None,
        workers: int | None = None,
        dask: Any = None,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        token: str | None = None,
        agent: Agent | None = None,
        pace: float = 0.02,
        max_upload_bytes: int | None = None,
        students: int | None = None,
        limits: StudioLimits | None = None,
        allow_hosts: Collection[str] = (),
        public_url: str = "",
        new_join_token: bool = False,
        on_event: Callable[[str, str], None] | None = None,
    ) -> None:
        if not all(_installed(name) for name in _NEEDED):
            raise StudioUnavailable("studio")
        from nemo_widgets.studio.app import create_app
        from nemo_widgets.studio.render.cluster import Cluster

        self._workspace = None if workspace is None else Path(workspace)
        self._workers = workers
        self._cluster = None if dask is None else Cluster.of(dask, falls_back=True)
        self._host, self._port = host, port
        self._agent = agent
        self._pace = pace
        self._max_upload_bytes = max_upload_bytes or Settings().max_upload_bytes
        self._limits = limits or (StudioLimits() if students is None else StudioLimits.classroom(students))
        self._public = public_url.rstrip("/")
        self._new_join_token = new_join_token
        self._on_event = on_event
        self._register: Register | None = None
        self._serving: Serving | None = None
        self._lock = threading.Lock()
        self.token = token or f"nmv_local_{secrets.token_urlsafe(32)}"
        self.join_token = ""
        self.url = ""
        names = {*allow_hosts, urlsplit(self._public).hostname or ""} - {""}
        self.app = create_app(self._lifespan, self._limits, host=host, allowed=names)

    def __repr__(self) -> str:
        return f"<Studio {self.url or 'not started'}>"

    def start(self) -> Self:
        """Start the server thread, and return when it answers; a second call changes nothing.

        Raises
        ------
        StudioUnavailable
            Where the port or the workspace can't be used.
        """
        with self._lock:
            if self._serving is not None and self._serving.alive:
                return self
            self._serving = Serving(
                self.app, self._limits, host=self._host, port=self._port, proxied=bool(self._public)
            )
            self.url = self._serving.url
            _running.add(self)
        return self

    def stop(self) -> None:
        """Stop the server; a render that isn't finished is taken up by the next studio on the workspace."""
        with self._lock:
            serving, self._serving = self._serving, None
            self.url = ""
            _running.discard(self)
        if serving is not None:
            serving.stop()

    def students(self) -> list[Student]:
        """Return what each student of the classroom has done so far."""
        return self._register.students() if self._register is not None else []

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    async def __aenter__(self) -> Self:
        return await asyncio.to_thread(self.start)

    async def __aexit__(self, *_: object) -> None:
        await asyncio.to_thread(self.stop)

    @asynccontextmanager
    async def _lifespan(self, app: Starlette) -> AsyncGenerator[None]:
        # anyio's thread: the loop's own executor could only be shut down by starting a thread, which an interpreter
        # that is leaving doesn't do any more (Python 3.12).
        with ExitStack() as opened:  # closed here, not in another thread: none can be started at such a time either
            try:
                app.state.services = await to_thread.run_sync(self._open, opened)
            except (OSError, sqlite3.Error) as error:
                from nemo_widgets.studio.trouble import unusable
                from nemo_widgets.studio.workspace import folder_of

                raise unusable(error, folder_of(self._workspace)) from error
            yield

    def _open(self, opened: ExitStack) -> Services:
        """Open the workspace and put the studio's parts together; ``opened`` closes what has been opened so far."""
        from nemo_widgets.studio import music
        from nemo_widgets.studio.agent.rules import RuleAgent
        from nemo_widgets.studio.app import Services
        from nemo_widgets.studio.auth import Gatekeeper
        from nemo_widgets.studio.classroom import Register, join_token
        from nemo_widgets.studio.cleaning import Cleaner
        from nemo_widgets.studio.composing import Composer
        from nemo_widgets.studio.conversation import Conversation
        from nemo_widgets.studio.jobs import RenderQueue
        from nemo_widgets.studio.probing import Prober
        from nemo_widgets.studio.quotas import Quotas
        from nemo_widgets.studio.render import render
        from nemo_widgets.studio.render.titles import missing_font
        from nemo_widgets.studio.store import Store
        from nemo_widgets.studio.workspace import Workspace

        workspace: Workspace = Workspace(self._workspace, secret=self._limits.students is not None)
        store: Store = Store(workspace.database)
        opened.callback(store.close)
        limits = self._limits
        if limits.students is not None:
            self.join_token = join_token(store, new=self._new_join_token)
            self._new_join_token = False
        composer = Composer(store, workspace, music.compose, tuple(music.MOODS))
        register = self._register = Register(
            store, self._on_event, limits.messages, students=limits.students is not None
        )
        renders = RenderQueue(
            store,
            workspace,
            render if self._cluster is None else partial(render, dask=self._cluster),
            workers=self._workers,
            slots=limits.renders,
            each=limits.renders_each,
            timeout=limits.render_timeout,
            on_end=register.ended,
        )
        opened.callback(renders.stop)
        services = Services(
            workspace=workspace,
            store=store,
            gatekeeper=Gatekeeper(
                store,
                store.key(),
                self.token,
                join_token=self.join_token,
                anonymous=limits.students is None and not self._public,
                messages=limits.messages,
                students=limits.students,
            ),
            conversation=Conversation(
                store,
                self._agent or RuleAgent(),
                composer,
                lambda text, language: missing_font(text, language=language),
                pace=self._pace,
                workspace=workspace,
                most_pieces=None if limits.students is None else _MOST_PIECES,
            ),
            renders=renders,
            quotas=Quotas(store, limits, workspace.root),
            prober=Prober(limits),
            register=register,
            cleaner=Cleaner(store, workspace, renders.presence, limits.keep),
            max_upload_bytes=self._max_upload_bytes,
            longest_prompt=_LONGEST_PROMPT if limits.students is None else _LONGEST_OF_STUDENTS,
            fetch_timeout=limits.fetch_timeout,
            looking=CapacityLimiter(_LOOKING),
            fetching=CapacityLimiter(_FETCHING),
        )
        opened.callback(services.prober.close)
        services.cleaner.start()
        opened.callback(services.cleaner.stop)
        renders.start()
        return services


def _installed(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except (ImportError, ValueError):
        return False


@atexit.register
def _stop_all() -> None:
    for studio in list(_running):
        studio.stop()
