"""The clients: one async, and a blocking one made from it."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, Any, Self

from nemo_widgets.client import backends
from nemo_widgets.client.auth import Secret
from nemo_widgets.client.blocking import Facade, blocking
from nemo_widgets.client.calls import in_language, public
from nemo_widgets.client.ledger import Ledger
from nemo_widgets.client.models import Credits, require
from nemo_widgets.client.renders import RenderJob, take_up
from nemo_widgets.client.session import Session
from nemo_widgets.client.transport import Transport
from nemo_widgets.errors import NemoError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from nemo_widgets.client.events import Event
    from nemo_widgets.client.transport import HttpTransport
    from nemo_widgets.settings import Settings


class AsyncClient:
    """An async client of one service; it may be used from any thread and any event loop.

    Parameters
    ----------
    base_url
        The service's address, which wins over ``backend``.
    token
        The user's token; ``NEMO_TOKEN`` where it is None, and an anonymous one where that isn't set.
    backend
        ``"auto"`` (the cloud if ``NEMO_TOKEN`` or ``NEMO_API_URL`` is set, else the embedded studio), ``"local"``,
        ``"cloud"`` or an address.
    language
        ``"en"`` or ``"zh"``.
    settings
        Waits and limits; the backend's own where they are None.
    transport
        An ``httpx.AsyncBaseTransport`` to use instead of the network.

    Attributes
    ----------
    kind, label : str
        What it talks to: ``"local"``, ``"cloud"`` or ``"custom"``, and a name for people.
    language : str
        As given.
    settings : Settings
        The ones in use.

    Raises
    ------
    InvalidInput
        For a backend that there is none of.

    Examples
    --------
    >>> AsyncClient("http://127.0.0.1:8000")
    AsyncClient('127.0.0.1:8000')
    """

    def __init__(
        self,
        base_url: str | None = None,
        token: str | Secret | None = None,
        *,
        backend: str = "auto",
        language: str = "en",
        settings: Settings | None = None,
        transport: HttpTransport | None = None,
    ) -> None:
        secret = Secret.of(token)
        del token  # tracebacks may show locals
        chosen = backends.choose(backend, base_url=base_url, token=secret, settings=settings, language=language)
        self._use(Transport(chosen, transport=transport), language)

    def _use(self, transport: Transport, language: str) -> None:
        self._transport = transport
        self.language = language
        self.kind = transport.backend.kind
        self.label = transport.backend.label
        self.settings = transport.settings

    def __repr__(self) -> str:
        return f"AsyncClient({getattr(self, 'label', '…')!r})"  # tracebacks show half-made ones

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self.aclose()

    @public
    async def aclose(self) -> None:
        """Stop messages under way and close the connections."""
        await self._transport.aclose()

    @public
    async def credits(self) -> Credits:
        """Return the account's credits.

        Examples
        --------
        ``(await client.credits()).available``
        """
        return Credits.read(await self._transport.get("/api/credits/balance/simple"))

    @public
    async def create_session(self, task_name: str = "project", language: str | None = None) -> Session:
        """Open a new session, with an empty timeline.

        Parameters
        ----------
        task_name
            What to call it.
        language
            What the service should answer in; the client's own language where it is None.
        """
        language = language or self.language
        path = "/api/tasks/me/with-session/nemo_agent"
        data = await self._transport.post(path, {"task_name": task_name, "language": language})
        task_id = data.get("task_id")
        session_id = require(data, "session_id")
        return Session(self._transport, session_id, task_id, language=language, new=True)

    def session(self, sid: str, task_id: str | None = None) -> Session:
        """Return a session that exists already; nothing is asked of the service."""
        return Session(self._transport, sid, task_id, language=self.language)

    def job(self, job_id: str) -> RenderJob:
        """Return a render that was asked for before, by whichever process; nothing is asked of the service.

        What the ledger knows of it is taken up too: the file that is wanted, the part of a broken download, and what
        to ask for once more should it fail. Where the process that asked was killed before the service heard of it,
        :meth:`RenderJob.wait` asks, by the same id.

        Examples
        --------
        ``video = await client.job("render_1767225600000_3fa9c1d2").download()``
        """
        return take_up(self._transport, job_id, language=self.language)

    def jobs(self) -> pd.DataFrame:
        """Return the ledger: every render but previews that this user's clients asked for, in whichever process.

        Those of all services, since whoever looks for a lost render may not know where it was; ``backend`` is what
        to pass to a client that can take it up, so ``jobs[jobs.backend == "local"]`` are the embedded studio's.
        Renders that are finished, failed or cancelled are forgotten after ``settings.ledger_keep`` (half a year).

        Returns
        -------
        pandas.DataFrame
            The newest first: ``id``; ``status`` (categorical: ``"asked"`` where it isn't known whether the service
            heard of it, ``"pending"``, ``"processing"``, ``"completed"``, ``"failed"``, ``"cancelled"``), as of the
            last look; ``created`` and ``updated`` (UTC, milliseconds); ``session``, ``backend``, ``title``,
            ``path`` (the file that is wanted, or that has the video), ``downloaded`` (bool; no longer where another
            render's video has replaced the file), ``url``, ``error`` and ``again_of`` (the failed render that this
            one is the second attempt at).

        Raises
        ------
        NemoError
            When the ledger can't be read.

        Examples
        --------
        ``client.jobs().query("not downloaded and status == 'completed'")``
        """
        try:
            return Ledger().to_frame()
        except NemoError as error:
            told = in_language(error, self.language)
        raise told


class _SharedClient(AsyncClient):
    """One of several clients over the same connections, which stay open when it is closed."""

    def __init__(self, transport: Transport, language: str) -> None:
        self._use(transport, language)

    async def aclose(self) -> None:
        """Do nothing: the others go on."""


_shared: dict[tuple[Any, ...], Transport] = {}
_shared_lock = threading.Lock()


def shared_client(backend: str = "auto", token: str | Secret | None = None, language: str = "en") -> AsyncClient:
    """Return a client that shares its connections, token and rate limit with all others of its backend.

    Closing it closes nothing of another's.

    Parameters
    ----------
    backend, token, language
        As for :class:`AsyncClient`.

    Raises
    ------
    InvalidInput
        For a backend that there is none of.

    Examples
    --------
    >>> shared_client("https://studio.example").label
    'studio.example'
    """
    secret = Secret.of(token)
    del token
    chosen = backends.choose(backend, token=secret, language=language)
    with _shared_lock:
        # A forked child has the loop of nobody: it needs connections of its own.
        transport = _shared.setdefault((os.getpid(), *chosen.identity), Transport(chosen))
    return _SharedClient(transport, language)


class BlockingRenderJob(Facade[RenderJob]):
    """A render at the service, by blocking calls; see :class:`~nemo_widgets.RenderJob`."""

    status = blocking(RenderJob.status)
    wait = blocking(RenderJob.wait)
    cancel = blocking(RenderJob.cancel)
    download = blocking(RenderJob.download)

    @property
    def id(self) -> str:
        """The render's id."""
        return self._it.id


class BlockingSession(Facade[Session]):
    """One timeline at the service, by blocking calls; see :class:`~nemo_widgets.Session`."""

    upload = blocking(Session.upload)
    send = blocking(Session.send)
    ask = blocking(Session.ask)
    cancel = blocking(Session.cancel)
    state = blocking(Session.state)
    draft = blocking(Session.draft)
    export = blocking(Session.export)
    claim_link = blocking(Session.claim_link)
    render = blocking(Session.render, BlockingRenderJob)

    @property
    def id(self) -> str:
        """The service's id."""
        return self._it.id

    @property
    def task_id(self) -> str | None:
        """The task it belongs to, where it is known."""
        return self._it.task_id

    def stream(self, text: str) -> Iterator[Event]:
        """Say something to the session and yield its events as they come."""
        return self._iterate(self._it.stream(text))


class Client(Facade[AsyncClient]):
    """The blocking client: the same names, in any cell or script; "Run All" waits for each call.

    Parameters
    ----------
    *args, **kwargs
        As for :class:`AsyncClient`.

    Examples
    --------
    >>> with Client("http://127.0.0.1:8000") as client:
    ...     client.kind
    'custom'
    """

    def __init__(
        self,
        base_url: str | None = None,
        token: str | Secret | None = None,
        *,
        backend: str = "auto",
        language: str = "en",
        settings: Settings | None = None,
        transport: HttpTransport | None = None,
    ) -> None:
        secret = Secret.of(token)
        del token
        super().__init__(
            AsyncClient(base_url, secret, backend=backend, language=language, settings=settings, transport=transport)
        )

    credits = blocking(AsyncClient.credits)
    create_session = blocking(AsyncClient.create_session, BlockingSession)
    close = blocking(AsyncClient.aclose)

    @property
    def kind(self) -> str:
        """``"local"``, ``"cloud"`` or ``"custom"``."""
        return self._it.kind

    @property
    def label(self) -> str:
        """What it talks to, for people."""
        return self._it.label

    @property
    def settings(self) -> Settings:
        """The waits and limits in use."""
        return self._it.settings

    def session(self, sid: str, task_id: str | None = None) -> BlockingSession:
        """Return a session that exists already; nothing is asked of the service."""
        return BlockingSession(self._it.session(sid, task_id))

    def job(self, job_id: str) -> BlockingRenderJob:
        """Return a render that was asked for before; see :meth:`AsyncClient.job`."""
        return BlockingRenderJob(self._it.job(job_id))

    def jobs(self) -> pd.DataFrame:
        """Return the ledger of renders; see :meth:`AsyncClient.jobs`."""
        return self._it.jobs()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()
