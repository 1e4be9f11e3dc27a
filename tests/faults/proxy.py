"""A proxy between client and service that does what real networks do, and counts what went through.

Requests are read whole, or lost on their way; the answer comes from a real service or from a function, and a
:class:`Fault` says what becomes of it: cut at a byte (by FIN or by RST), stalled, sent byte by byte, late,
doubled, in another framing, or replaced.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import struct
import threading
from collections import defaultdict
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Self, cast

import h11

if TYPE_CHECKING:
    import httpx

Body = AsyncIterator[bytes]
Piece = bytes | float | threading.Event
OWN = frozenset({"connection", "content-length", "transfer-encoding", "keep-alive", "date", "server"})


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What happens to one exchange. Positions count the bytes of the answer on the wire, its head included.

    Attributes
    ----------
    lose_at
        The connection is reset when so many bytes of the request have come; the service doesn't see it.
    read_slowly
        The request is read in pieces of so many bytes.
    instead
        What is answered, byte by byte, in place of the service, which doesn't see the request.
    late
        Seconds before the answer's first byte.
    headers, rewrite
        Headers in place of the answer's own, and a transformation of its body.
    framing
        How the body's end is told; ``"close"``: by closing the connection.
    cut, by
        Where the answer ends, by FIN or by RST.
    stall
        Where the answer stops, with the connection open until the client leaves.
    drip
        Pieces of so many bytes, each sent by itself.
    copies
        How often the whole answer is sent.
    goes_on
        The service is listened to until its end after a cut, as by a proxy that buffers.
    """

    lose_at: int | None = None
    read_slowly: int | None = None
    instead: bytes | None = None
    late: float = 0.0
    headers: dict[str, str] = field(default_factory=dict[str, str])
    rewrite: Callable[[Body], Body] | None = None
    framing: Literal["chunked", "close"] | None = None
    cut: int | None = None
    by: Literal["fin", "reset"] = "fin"
    stall: int | None = None
    drip: int | None = None
    copies: int = 1
    goes_on: bool = False


@dataclass
class Exchange:
    """One request, and what became of its answer.

    Attributes
    ----------
    answered
        Bytes of the answer that were sent.
    whole
        The answer was sent to its end.
    left
        The client closed the connection before that.
    """

    method: str
    path: str
    headers: dict[str, str]
    body: bytes = b""
    answered: int = 0
    whole: bool = False
    left: bool = False
    done: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Answer:
    """What a service answers: the status, the headers, and the body as it comes."""

    status: int
    headers: dict[str, str]
    body: Body


Service = Callable[[Exchange], AsyncGenerator[Answer, None]]


def forward(url: str, client: httpx.AsyncClient) -> Service:
    """Return a service that asks another one."""

    async def service(exchange: Exchange) -> AsyncGenerator[Answer, None]:
        kept = {name: value for name, value in exchange.headers.items() if name not in OWN}
        async with client.stream(
            exchange.method, url + exchange.path, content=exchange.body or None, headers=kept
        ) as response:
            yield Answer(response.status_code, dict(response.headers), response.aiter_raw())

    return service


def recorded(answer: Callable[[Exchange], Any]) -> Service:
    """Return a service that answers with a JSON value in an envelope, or with the pieces of an event stream."""

    async def service(exchange: Exchange) -> AsyncGenerator[Answer, None]:
        said = answer(exchange)
        if isinstance(said, Answer):
            yield said
        elif isinstance(said, list):
            yield Answer(200, {"content-type": "text/event-stream"}, pieces(cast("list[Piece]", said)))
        else:
            body = json.dumps({"code": 0, "message": "ok", "data": said}).encode()
            headers = {"content-type": "application/json", "content-length": str(len(body))}
            yield Answer(200, headers, pieces([body]))

    return service


async def pieces(items: list[Piece]) -> Body:
    """Yield pieces of a body; a number is a pause in seconds, an event is waited for."""
    for item in items:
        if isinstance(item, bytes):
            yield item
        elif isinstance(item, threading.Event):
            while not item.is_set():
                await asyncio.sleep(0.005)
        else:
            await asyncio.sleep(item)


class FaultProxy:
    """A server on 127.0.0.1 that passes requests on to a service, and does to each what its fault says.

    Attributes
    ----------
    url : str
        Where it listens.
    exchanges : list of Exchange
        Everything that was asked, in order; a request that was lost on its way isn't there.
    lost : list of str
        The paths of those that were.
    choose : callable
        Returns the fault for a request that has been read; None for the next one that is planned for its path.
    """

    def __init__(self, service: Service) -> None:
        self._service = service
        self._plans: dict[str, list[Fault]] = defaultdict(list)
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.Task[None]] = set()
        self.url = ""
        self.exchanges: list[Exchange] = []
        self.lost: list[str] = []
        self.choose: Callable[[Exchange], Fault | None] = lambda _: None

    def plan(self, path: str, *faults: Fault) -> None:
        """Say what happens to the next requests of a path (that begins so); those after them go well."""
        self._plans[path] = list(faults)

    def at(self, path: str) -> list[Exchange]:
        """Return the exchanges of a path (that begins so)."""
        return [exchange for exchange in self.exchanges if exchange.path.startswith(path)]

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        for task in list(self._connections):
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        writer.transport.set_write_buffer_limits(high=0)
        connection = _Connection(reader, writer)
        try:
            with contextlib.suppress(ConnectionError, h11.RemoteProtocolError, asyncio.CancelledError):
                while await self._exchange(connection):
                    pass
        finally:
            self._connections.discard(task)
            writer.close()

    async def _exchange(self, connection: _Connection) -> bool:
        """Serve one request; return whether the connection can serve another."""
        exchange = await connection.head()
        if exchange is None:
            return False
        plan = next((faults for path, faults in self._plans.items() if faults and exchange.path.startswith(path)), None)
        planned = plan.pop(0) if plan else Fault()
        if not await connection.body(exchange, planned):
            self.lost.append(exchange.path)
            return False
        self.exchanges.append(exchange)
        fault = self.choose(exchange) or planned
        sending = asyncio.ensure_future(self._send(connection, exchange, fault))
        leaving = asyncio.ensure_future(connection.left())
        try:
            await asyncio.wait({sending, leaving}, return_when=asyncio.FIRST_COMPLETED)
            exchange.left = not sending.done()
            return not exchange.left and await sending
        finally:
            leaving.cancel()
            if not fault.goes_on:
                sending.cancel()
            await asyncio.gather(sending, leaving, return_exceptions=True)
            exchange.done.set()

    async def _send(self, connection: _Connection, exchange: Exchange, fault: Fault) -> bool:
        await asyncio.sleep(fault.late)
        if fault.instead is not None:
            return await connection.send(pieces([fault.instead]), exchange, fault) and connection.end("fin")
        async with aclosing(self._service(exchange)) as answers:
            answer = await anext(answers)  # what it does, it does now
            if fault.cut == 0:
                return connection.end(fault.by)
            wire = _on_the_wire(answer, fault)
            if await connection.send(wire, exchange, fault):
                return fault.framing != "close" or connection.end("fin")
            if fault.goes_on:
                async for _ in wire:
                    pass
            return False


class _Connection:
    """One connection of the client's."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        self._rest = b""

    async def head(self) -> Exchange | None:
        """Read a request's head; None where the client has no more to ask."""
        self._parser = h11.Connection(h11.SERVER)
        if self._rest:  # nothing at all would mean the end
            self._parser.receive_data(self._rest)
        self._rest = b""
        while (event := self._parser.next_event()) is h11.NEED_DATA:
            if not (data := await self._reader.read(65536)):
                return None
            self._parser.receive_data(data)
        assert isinstance(event, h11.Request)
        headers = {name.decode(): value.decode() for name, value in event.headers}
        return Exchange(event.method.decode(), event.target.decode(), headers)

    async def body(self, exchange: Exchange, fault: Fault) -> bool:
        """Read the request's body; False where it is lost on its way."""
        body = bytearray()
        while True:
            event = self._parser.next_event()
            if isinstance(event, h11.Data):
                body += event.data
            elif isinstance(event, h11.EndOfMessage):
                break
            elif fault.lose_at is not None and len(body) >= fault.lose_at:
                return self.end("reset")
            else:
                limit = fault.read_slowly or 65536
                if fault.lose_at is not None:
                    limit = min(limit, fault.lose_at - len(body))
                self._parser.receive_data(await self._reader.read(limit))
                await asyncio.sleep(0)
        if fault.lose_at is not None:
            return self.end("reset")
        exchange.body = bytes(body)
        self._rest = self._parser.trailing_data[0]
        return True

    async def left(self) -> None:
        """Return when the client has closed the connection."""
        with contextlib.suppress(ConnectionError):
            while data := await self._reader.read(1):
                self._rest += data

    async def send(self, wire: AsyncIterable[bytes], exchange: Exchange, fault: Fault) -> bool:
        """Send an answer as the fault has it; False where the connection is of no more use."""
        async for piece in wire:
            for part in _parts(piece, fault.drip):
                stop = min((at for at in (fault.cut, fault.stall) if at is not None), default=None)
                sent = part if stop is None else part[: stop - exchange.answered]
                self._writer.write(sent)
                await self._writer.drain()
                exchange.answered += len(sent)
                if exchange.answered == fault.stall:
                    await asyncio.Event().wait()  # until the client leaves
                if exchange.answered == fault.cut:
                    return self.end(fault.by)
                if fault.drip:
                    await asyncio.sleep(0)
        exchange.whole = True
        return True

    def end(self, by: Literal["fin", "reset"]) -> bool:
        """Close the connection; always False."""
        if by == "reset":
            linger = struct.pack("ii", 1, 0)  # unsent bytes are dropped, and the peer gets a RST
            self._writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self._writer.transport.abort()
        else:
            self._writer.close()
        return False


def _parts(piece: bytes, size: int | None) -> list[bytes]:
    return [piece] if not size else [piece[at : at + size] for at in range(0, len(piece), size)]


async def _on_the_wire(answer: Answer, fault: Fault) -> Body:
    """Yield an answer's bytes: head, body in its framing, and all of that again where it is doubled."""
    headers = {name.lower(): value for name, value in answer.headers.items()} | fault.headers
    body = fault.rewrite(answer.body) if fault.rewrite else answer.body
    chunked = fault.framing != "close" and (fault.rewrite is not None or "content-length" not in headers)
    headers = {name: value for name, value in headers.items() if name not in OWN or name == "content-length"}
    if chunked or fault.framing == "close":
        headers.pop("content-length", None)
        headers |= {"transfer-encoding": "chunked"} if chunked else {"connection": "close"}
    lines = [f"HTTP/1.1 {answer.status} X", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    sent = "\r\n".join(lines).encode("latin-1")
    yield sent
    async for piece in body:
        framed = b"%x\r\n%b\r\n" % (len(piece), piece) if chunked and piece else piece
        sent += framed if fault.copies > 1 else b""
        yield framed
    last = b"0\r\n\r\n" if chunked else b""
    yield last + (sent + last) * (fault.copies - 1)  # in one piece, so that they are read together


# Transformations of an event stream's body


async def frames(body: Body) -> Body:
    """Regroup a body into whole events."""
    held = b""
    async for piece in body:
        held += piece
        *whole, held = held.split(b"\n\n")
        for frame in whole:
            yield frame + b"\n\n"
    yield held


def line_ends(end: bytes) -> Callable[[Body], Body]:
    """Return a transformation that ends the lines otherwise."""

    async def rewrite(body: Body) -> Body:
        async for piece in body:
            yield piece.replace(b"\n", end)

    return rewrite


KEEP_ALIVES = [
    b": keep-alive\n\n",
    b":\n\n",
    b"data:\n\n",
    b"data: heartbeat\n\n",
    b"heartbeat\n\n",
    b"event: heartbeat\ndata: {}\n\n",
    b"event: ping\ndata: 2026-11-22T19:00:00Z\n\n",
    b'data: {"type": "heartbeat"}\n\n',
    b"\n\n",
]


async def with_keep_alives(body: Body) -> Body:
    """Put keep-alives of every form before, between and after the events."""
    yield b"".join(KEEP_ALIVES)
    async for frame in frames(body):
        yield frame
        if frame:
            yield b"".join(KEEP_ALIVES)
