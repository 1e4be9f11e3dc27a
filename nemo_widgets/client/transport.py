"""HTTP: the only module that knows httpx.

One transport speaks to one service: it puts the contract's headers on every request of the API (and on no other),
reads the envelopes, repeats what may be repeated, and turns every failure into an error for people. All of it
runs on the background loop.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn, Protocol, TypeAlias, cast
from urllib.parse import quote, urljoin, urlsplit

import httpx

from nemo_widgets import settings as environment
from nemo_widgets.client.auth import Credentials
from nemo_widgets.client.backends import is_loopback
from nemo_widgets.client.envelope import Answer, no_more_tokens, read_envelope
from nemo_widgets.client.patience import Patience, RateLimit
from nemo_widgets.errors import APIError, ConnectionFailed, NemoError, StreamInterrupted

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Generator

    from nemo_widgets.client.auth import Secret
    from nemo_widgets.client.backends import Backend, Endpoint

_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
_STREAM = "text/event-stream"
_KEEPALIVE_S = 3.0
_LONGEST_NAME = 100

HttpTransport: TypeAlias = httpx.AsyncBaseTransport
"""What carries requests instead of the network, for tests and for other ASGI applications."""


class Body(Protocol):
    """A request body that is made anew for each attempt, piece by piece."""

    @property
    def content_type(self) -> str:
        """The ``Content-Type`` header."""
        ...

    @property
    def size(self) -> int:
        """Bytes."""
        ...

    def stream(self) -> AsyncIterator[bytes]:
        """Yield the body from its start."""
        ...


@dataclass(frozen=True)
class Download:
    """An opened download.

    Attributes
    ----------
    status : int
        200 for the whole, 206 for the rest of it, or an error.
    total : int
        Bytes of the whole; 0 where the server doesn't say.
    etag : str
        Which version this is; ``""`` where the server doesn't say.
    page : bool
        Whether this is a web page or an answer of an API, not a file.
    chunks : async iterator of bytes
        The body.
    """

    status: int
    total: int
    etag: str
    page: bool
    chunks: AsyncIterator[bytes]


class _ContractHeaders(httpx.Auth):
    """Puts the headers on at the last moment, so that no frame, log or error ever holds the token."""

    def __init__(self, token: Secret | None) -> None:
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self._token is not None:
            request.headers["Authorization"] = f"Bearer {self._token.reveal()}"
        request.headers["X-Skill-Source"] = environment.SKILL_SOURCE
        request.headers["X-Skill-Version"] = environment.SKILL_VERSION
        request.headers["X-Skill-Platform"] = environment.skill_platform()
        yield request


class Transport:
    """The connection to one service.

    Parameters
    ----------
    backend
        Which service.
    transport
        An ``httpx.AsyncBaseTransport`` to use instead of the network.

    Attributes
    ----------
    tasks : set of asyncio.Task
        What goes on over this connection when nobody waits for it.
    """

    def __init__(self, backend: Backend, *, transport: HttpTransport | None = None) -> None:
        self.backend = backend
        self.settings = backend.settings
        self._transport = transport
        self._limit = RateLimit()
        self._clients: dict[tuple[bool, bool], httpx.AsyncClient] = {}
        self._credentials: tuple[Endpoint, Credentials] | None = None
        self.tasks: set[asyncio.Task[Any]] = set()

    def __repr__(self) -> str:
        return f"Transport({self.backend.label!r})"

    @property
    def details(self) -> dict[str, Any]:
        """What the sentences of this service's errors may name."""
        return self._details(self._credentials[1] if self._credentials is not None else None)

    def without_token(self, text: str) -> str:
        """Return what the service said without the token, should it repeat it."""
        return self._credentials[1].hide_in(text) if self._credentials is not None else text

    async def aclose(self) -> None:
        """Stop what is under way and close the connections; the next call opens new ones."""
        tasks = list(self.tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        clients, self._clients = list(self._clients.values()), {}
        for client in clients:
            await client.aclose()

    async def get(self, path: str) -> Any:
        """Read a value of the API; passing trouble is waited out."""
        return await self._call("GET", path, idempotent=True)

    async def post(
        self, path: str, json: Any = None, *, idempotent: bool = False, read_timeout: float | None = -1.0
    ) -> Any:
        """Post to the API; only what is ``idempotent`` is repeated on passing trouble.

        ``read_timeout`` are the seconds that the service may take before it answers; -1 for ``request_timeout``.
        """
        return await self._call("POST", path, json=json, idempotent=idempotent, read_timeout=read_timeout)

    async def upload(self, path: str, body: Body) -> Any:
        """Post a streamed body to the API. It is sent again only after the service refused it outright."""
        return await self._call("POST", path, body=body, idempotent=False)

    async def _call(
        self,
        method: str,
        path: str,
        *,
        json: Any = None,
        body: Body | None = None,
        idempotent: bool,
        read_timeout: float | None = -1.0,
    ) -> Any:
        patience = Patience(self.settings, idempotent=idempotent, limit=self._limit)
        while True:
            await self._limit.over()
            endpoint, credentials = await self._connect()
            token = await credentials.token()
            try:
                request = self._request(endpoint, method, path, json=json, body=body, read_timeout=read_timeout)
                answer = await self._exchange(request, token)
                return read_envelope(answer, **self._details(credentials))
            except NemoError as error:
                await patience.forgive(error, credentials, token)

    @asynccontextmanager
    async def stream(self, path: str, json: Any) -> AsyncGenerator[AsyncIterator[bytes], None]:
        """Post a message and open the answer's bytes; leaving the context closes the connection.

        The message is sent again only where the service refused it outright (an expired anonymous token, a rate
        limit).

        Raises
        ------
        ConnectionFailed
            When nothing was sent.
        StreamInterrupted
            When the connection broke and the message may have arrived; also while the bytes are read.
        APIError
            When the service refused it.
        """
        response = await self._open_stream(path, json)
        try:
            yield self._bytes(response)
        finally:
            if response is not None:
                await response.aclose()

    async def _open_stream(self, path: str, json: Any) -> httpx.Response | None:
        """Return the opened answer; None where the service took the message and answered nothing."""
        patience = Patience(self.settings, idempotent=False, limit=self._limit)
        while True:
            await self._limit.over()
            endpoint, credentials = await self._connect()
            token = await credentials.token()
            request = self._request(endpoint, "POST", path, json=json, read_timeout=None)
            request.headers["Accept"] = _STREAM
            response = await self._send(request, token, alone=True)
            kind = response.headers.get("content-type", _STREAM).lower()
            if response.status_code < 300 and "json" not in kind and "html" not in kind:
                return response
            try:
                read_envelope(await self._read(response, token), **self._details(credentials))
                return None
            except NemoError as error:
                await patience.forgive(error, credentials, token)
            finally:
                await response.aclose()

    @asynccontextmanager
    async def download(
        self, url: str, *, offset: int = 0, etag: str = "", api: bool = False
    ) -> AsyncGenerator[Download, None]:
        """Open a download, from ``offset`` where the server can.

        Neither the token nor the contract's headers go to the host, unless ``api`` says that ``url`` is a path of
        the API; where that redirects, the other host gets none either.

        Raises
        ------
        ConnectionFailed
            When the host can't be reached, or the bytes break off.
        """
        headers: dict[str, str] = {}
        if offset:
            headers["Range"] = f"bytes={offset}-"
            if etag and not etag.startswith("W/"):
                headers["If-Range"] = etag
        response = await self._open_download(url, headers, api=api)
        kind = response.headers.get("content-type", "").lower()
        try:
            yield Download(
                status=response.status_code,
                total=_total_bytes(response, offset),
                etag=response.headers.get("etag", ""),
                page="html" in kind or "json" in kind,
                chunks=self._bytes(response),
            )
        finally:
            await response.aclose()

    async def _open_download(self, url: str, headers: dict[str, str], *, api: bool) -> httpx.Response:
        # Compressed bytes have no meaningful ranges.
        headers = {**headers, "Accept-Encoding": "identity"}
        endpoint, credentials = await self._connect()
        url = _joined(f"{endpoint.base_url}/", url)
        if api:
            token = await credentials.token()
            request = self._request(endpoint, "GET", url)
            request.headers.update(headers)
            response = await self._send(request, token)
            if not response.is_redirect:
                return response
            await response.aclose()
            url = _joined(url, response.headers["location"])
        request = self._client(url).build_request("GET", url, headers=headers, timeout=self._timeout())
        return await self._send(request, None, follow_redirects=True)

    async def _connect(self) -> tuple[Endpoint, Credentials]:
        """Return where the service is now, with the credentials for it."""
        endpoint = await self.backend.connect()
        if self._credentials is None or self._credentials[0] != endpoint:

            async def obtain(client_id: str, join: Secret | None) -> dict[str, Any]:
                return await self._anonymous_token(endpoint, client_id, join)

            self._credentials = endpoint, Credentials(endpoint.base_url, endpoint.token, obtain)
        return self._credentials

    async def _anonymous_token(self, endpoint: Endpoint, client_id: str, join: Secret | None) -> dict[str, Any]:
        patience = Patience(self.settings, idempotent=True, limit=self._limit)  # the same client id gets the same token
        while True:
            request = self._request(endpoint, "POST", "/api/auth/anonymous-token")
            request.headers["X-Client-Id"] = client_id
            if join is not None and join.joins and (name := environment.student_name()):  # nobody but a class is told
                request.headers["X-Student-Name"] = quote(name[:_LONGEST_NAME], errors="replace")
            try:
                data = read_envelope(await self._exchange(request, join), **self._details(None))
            except NemoError as error:
                await patience.forgive(no_more_tokens(error), None, None)
                continue
            if not isinstance(data, dict) or not cast("dict[str, Any]", data).get("token"):
                raise APIError(message="It gave no anonymous token.")
            return cast("dict[str, Any]", data)

    def _request(
        self,
        endpoint: Endpoint,
        method: str,
        path: str,
        *,
        json: Any = None,
        body: Body | None = None,
        read_timeout: float | None = -1.0,
    ) -> httpx.Request:
        url = path if "://" in path else f"{endpoint.base_url}{path}"
        client = self._client(url)
        if body is not None:
            headers = {"Content-Type": body.content_type, "Content-Length": str(body.size)}
            # The service may take its time over what it was given.
            timeout = self._timeout(self.settings.message_timeout)
            return client.build_request(method, url, content=body.stream(), headers=headers, timeout=timeout)
        return client.build_request(method, url, json=json, timeout=self._timeout(read_timeout))

    def _timeout(self, read: float | None = -1.0) -> httpx.Timeout:
        ordinary = self.settings.request_timeout
        return httpx.Timeout(ordinary, connect=self.settings.connect_timeout, read=ordinary if read == -1.0 else read)

    def _client(self, url: str, *, alone: bool = False) -> httpx.AsyncClient:
        """Return the client for a URL: proxies of the environment count, but not for this machine."""
        trust_env = not is_loopback(url)
        if (trust_env, alone) not in self._clients:
            # A message has a connection of its own: on one that the server just closed it couldn't be told from one
            # that was lost on its way, and what else comes after its answer is nobody's.
            limits = httpx.Limits(max_keepalive_connections=0 if alone else 20, keepalive_expiry=_KEEPALIVE_S)
            client = httpx.AsyncClient(trust_env=trust_env, limits=limits, transport=self._transport)
            self._clients[trust_env, alone] = client
        return self._clients[trust_env, alone]

    async def _exchange(self, request: httpx.Request, token: Secret | None) -> Answer:
        response = await self._send(request, token)
        try:
            return await self._read(response, token)
        finally:
            await response.aclose()

    async def _send(
        self, request: httpx.Request, token: Secret | None, *, follow_redirects: bool = False, alone: bool = False
    ) -> httpx.Response:
        client = self._client(str(request.url), alone=alone)
        auth = None if follow_redirects else _ContractHeaders(token)
        response: httpx.Response | None = None
        kind: type[Exception] = httpx.TransportError
        try:
            response = await client.send(request, stream=True, auth=auth, follow_redirects=follow_redirects)
        except (httpx.TransportError, httpx.TooManyRedirects) as error:
            kind = type(error)
        if response is None:  # raised out here, so that httpx's error, which holds the request, is not the context
            self._fail(request, kind)
        return response

    async def _read(self, response: httpx.Response, token: Secret | None) -> Answer:
        """Read an answer whole, without the token that it was asked with: some services repeat it."""
        headers = response.headers
        body = b"".join([chunk async for chunk in self._bytes(response)])
        if token is not None:
            body = token.hide_in(body)
        return Answer(response.status_code, headers.get("content-type", ""), headers.get("retry-after", ""), body)

    async def _bytes(self, response: httpx.Response | None) -> AsyncIterator[bytes]:
        if response is None:
            return
        kind: type[Exception] | None = None
        try:
            async for chunk in response.aiter_bytes():
                yield chunk
        except (httpx.TransportError, httpx.DecodingError, httpx.StreamError) as error:
            kind = type(error)
        if kind is not None:
            self._fail(response.request, kind)

    def _fail(self, request: httpx.Request, kind: type[Exception]) -> NoReturn:
        """Raise the error for a broken connection: a message that may have arrived is not just one."""
        if not issubclass(kind, _NEVER_SENT) and request.headers.get("accept") == _STREAM:
            raise StreamInterrupted
        if kind is httpx.ConnectError:
            self.backend.lost(str(request.url))
        host = request.url.host
        elsewhere = host != urlsplit(self._credentials[0].base_url).hostname if self._credentials else False
        key = f"connection-{'cloud' if elsewhere else self.backend.kind}"
        raise ConnectionFailed(key, service=host if elsewhere else self.backend.label)

    def _details(self, credentials: Credentials | None) -> dict[str, Any]:
        web = environment.web_url()
        bind = credentials.bind_id if credentials is not None and credentials.anonymous else ""
        return {"link": f"{web}/register?bind={bind}" if bind else web, "wait": self.settings.rate_limit_wait}


def _joined(base: str, url: str) -> str:
    """Return an address that the service gave, made whole; an error where it is none."""
    try:
        return str(httpx.URL(urljoin(base, url)))
    except (ValueError, httpx.InvalidURL):
        pass
    raise APIError(message="the address that it gives for the video isn't one")


def _total_bytes(response: httpx.Response, offset: int) -> int:
    total = response.headers.get("content-range", "").rpartition("/")[2]
    if total.isdigit():
        return int(total)
    length = response.headers.get("content-length", "")
    partial = offset if response.status_code == 206 else 0
    return int(length) + partial if length.isdigit() else 0
