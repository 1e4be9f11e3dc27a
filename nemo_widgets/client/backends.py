"""Which service to talk to: the embedded studio, NemoVideo's cloud, or an address.

The rest of the client asks a backend where to connect before each call and never learns which kind it has.
This is the only module that imports the studio, and only when it is wanted.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import os
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias
from urllib.parse import urlsplit, urlunsplit

from nemo_widgets import settings as environment
from nemo_widgets.client.auth import Secret
from nemo_widgets.errors import InvalidInput, NemoError, StudioUnavailable
from nemo_widgets.settings import Settings

if TYPE_CHECKING:
    from nemo_widgets.studio.server import Studio

Kind: TypeAlias = Literal["local", "cloud", "custom"]


@dataclass(frozen=True)
class Endpoint:
    """Where to connect now, and with which token (None: an anonymous one)."""

    base_url: str
    token: Secret | None


class Backend(Protocol):
    """A service that the client can talk to."""

    @property
    def kind(self) -> Kind:
        """What it is, for people's errors and the widget's badge."""
        ...

    @property
    def label(self) -> str:
        """What to call it."""
        ...

    @property
    def settings(self) -> Settings:
        """Its waits and limits."""
        ...

    @property
    def identity(self) -> tuple[object, ...]:
        """Equal for two backends that are the same service with the same token."""
        ...

    @property
    def address(self) -> str:
        """Where it is, for the ledger: never with a user name or password; empty where that changes."""
        ...

    async def connect(self) -> Endpoint:
        """Return where it is now; the embedded studio is started here."""
        ...

    def lost(self, url: str) -> None:
        """Take note that nothing answers at a URL."""
        ...


@dataclass(frozen=True)
class RemoteBackend:
    """A service at an address: NemoVideo's cloud, or one that the user names."""

    kind: Kind
    label: str
    settings: Settings
    base_url: str
    token: Secret | None

    @property
    def identity(self) -> tuple[object, ...]:
        """Equal for the same address and token."""
        return self.base_url, self.token

    @property
    def address(self) -> str:
        """Scheme, host and path."""
        return without_user(self.base_url)

    async def connect(self) -> Endpoint:
        """Return the address."""
        return Endpoint(self.base_url, self.token)

    def lost(self, url: str) -> None:
        """Do nothing: what is elsewhere comes back by itself."""


@dataclass(frozen=True)
class LocalBackend:
    """The studio embedded in this process, started on first use and again after it stopped."""

    settings: Settings
    kind: Kind = "local"
    label: str = "Local studio"

    @property
    def identity(self) -> tuple[object, ...]:
        """Equal for all of them: there is one embedded studio in a process."""
        return ("local",)

    @property
    def address(self) -> str:
        """None: it listens elsewhere after each start, on the same folder."""
        return ""

    async def connect(self) -> Endpoint:
        """Return the studio's address and token, starting it where it isn't running."""
        return _studio.endpoint or await asyncio.to_thread(_studio.start)

    def lost(self, url: str) -> None:
        """Let the next call start the studio anew, unless another call has done so already."""
        _studio.discard(url)


class _EmbeddedStudio:
    """The one studio of this process; it stops itself at exit."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pid = 0
        self._studio: Studio | None = None
        self._endpoint: Endpoint | None = None

    @property
    def endpoint(self) -> Endpoint | None:
        """Where it listens; None where it isn't running, or belongs to the process that this one was forked from."""
        return self._endpoint if self._pid == os.getpid() else None

    def start(self) -> Endpoint:
        with self._lock:
            if self.endpoint is not None:
                return self.endpoint
            studio = _make_studio()
            self._studio, self._pid = studio, os.getpid()
            self._endpoint = Endpoint(studio.url.rstrip("/"), Secret(studio.token))
            return self._endpoint

    def discard(self, url: str) -> None:
        """Give up the studio that a URL belongs to without waiting for it, so that the next call starts another."""
        with self._lock:
            if self._endpoint is None or not url.startswith(f"{self._endpoint.base_url}/"):
                return
            studio, self._studio, self._endpoint = self._studio, None, None
        if studio is not None:
            threading.Thread(target=_stop, args=(studio,), name="nemo-widgets-studio-stop", daemon=True).start()


def _make_studio() -> Studio:
    failure = ""
    try:
        from nemo_widgets.studio.server import Studio
    except ImportError as error:
        raise StudioUnavailable(message=str(error)) from None
    studio = Studio()
    try:
        return studio.__enter__()
    except NemoError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever kept it from starting is told as one sentence
        failure = str(error) or type(error).__name__
    raise StudioUnavailable("studio-start", message=failure)


def _stop(studio: Studio) -> None:
    with contextlib.suppress(Exception):  # it is gone already, or goes with the process
        studio.__exit__(None, None, None)


_studio = _EmbeddedStudio()


def choose(
    backend: str = "auto",
    *,
    base_url: str | None = None,
    token: str | Secret | None = None,
    settings: Settings | None = None,
    language: str = "en",
) -> Backend:
    """Return the backend for what a user asked for.

    Parameters
    ----------
    backend
        ``"auto"`` (the cloud if ``NEMO_TOKEN`` or ``NEMO_API_URL`` is set, else the embedded studio),
        ``"local"``, ``"cloud"``, or an address.
    base_url
        An address, which wins over ``backend``.
    token
        The user's token; ``NEMO_TOKEN`` where it is None; an anonymous one where that isn't set either.
    settings
        Waits and limits; the backend's own where they are None.
    language
        The language of errors.

    Raises
    ------
    InvalidInput
        For any other ``backend``.

    Examples
    --------
    >>> choose("https://studio.example/").label
    'studio.example'
    """
    secret = Secret.of(token or environment.env_token())
    del token  # tracebacks may show locals
    address = base_url or (backend if "://" in backend else None)
    if address is None and backend == "auto":
        backend = "cloud" if environment.prefers_cloud() else "local"
    if address is None and backend == "local":
        return LocalBackend(settings or Settings.local())
    if address is None and backend != "cloud":
        raise InvalidInput("no-backend", name=f"“{backend}”", language=language)
    if address is None:
        return RemoteBackend("cloud", "NemoVideo cloud", settings or Settings(), environment.api_url(), secret)
    label = _host(address)
    if not label:
        raise InvalidInput("bad-address", language=language)
    waits = settings or (Settings.local() if is_loopback(address) else Settings())
    return RemoteBackend("custom", label, waits, address.rstrip("/"), secret)


def _host(address: str) -> str:
    """Return the host and port of an http address; ``""`` where it isn't one."""
    try:
        parts = urlsplit(address)
        good = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0 and address.isprintable()
    except ValueError:  # brackets that don't close, a port that is no number
        return ""
    return parts.netloc.rpartition("@")[2] if good else ""


def without_user(url: str) -> str:
    """Return an address without a user name, password, query or fragment.

    Examples
    --------
    >>> without_user("https://me:secret@studio.example/a?b")
    'https://studio.example/a'
    """
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def is_loopback(url: str) -> bool:
    """Say whether a URL is on this machine.

    Examples
    --------
    >>> is_loopback("http://127.0.0.1:8000/x"), is_loopback("https://example.com")
    (True, False)
    """
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
