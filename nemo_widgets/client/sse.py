"""An incremental decoder for ``text/event-stream``, on bytes and by the WHATWG rules.

Lines end at LF, CR or CRLF and nowhere else: the servers send U+2028 and U+0085 raw inside JSON, which
``str.splitlines`` (and so most SSE clients) would take for line ends. Work is linear in the bytes received,
however they are cut into chunks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_BOM = b"\xef\xbb\xbf"
MAX_EVENT_BYTES = 32 * 1024 * 1024


class EventTooLargeError(ValueError):
    """An event is larger than anything the service has reason to send."""


class ServerSentEvent(NamedTuple):
    """One event as it stood on the wire.

    Attributes
    ----------
    event
        Its name; ``"message"`` where none was given.
    data
        The ``data`` lines, joined by line feeds.
    id
        The last event id, which outlives the event that set it.
    retry
        The reconnection time in ms that this event gave, or None.
    """

    event: str
    data: str
    id: str = ""
    retry: int | None = None


class SSEDecoder:
    r"""Turn chunks of bytes into events, whichever way the bytes were cut.

    Parameters
    ----------
    max_event_bytes
        The largest event, or single line, that is taken.

    Attributes
    ----------
    last_event_id : str
        The id that a reconnection would name.
    retry : int or None
        The last reconnection time in ms.

    Examples
    --------
    >>> decoder = SSEDecoder()
    >>> list(decoder.feed(b"data: {\"a\""))
    []
    >>> [event.data for event in decoder.feed(b": 1}\r\n\r\n")]
    ['{"a": 1}']
    """

    def __init__(self, max_event_bytes: int = MAX_EVENT_BYTES) -> None:
        self.last_event_id = ""
        self.retry: int | None = None
        self._max_bytes = max_event_bytes
        self._line: list[bytes] = []  # the pieces of a line that hasn't ended yet
        self._line_bytes = 0
        self._after_cr = False
        self._at_start = True
        self._data: list[bytes] = []
        self._data_bytes = 0
        self._name = b""
        self._id = ""
        self._event_retry: int | None = None

    @property
    def incomplete(self) -> bool:
        """Whether an event has begun and not ended: at the end of a body it was cut off."""
        return bool(self._data or self._line_bytes)

    def feed(self, chunk: bytes) -> Iterator[ServerSentEvent]:
        """Yield the events that ``chunk`` completes; iterate to the end before feeding again.

        Raises
        ------
        EventTooLargeError
            When an event exceeds the limit; the stream can't be read any further.
        """
        if not chunk:
            return
        if self._after_cr and chunk.startswith(b"\n"):  # the second half of a CRLF that was cut
            chunk = chunk[1:]
        self._after_cr = chunk.endswith(b"\r")
        if b"\r" in chunk:
            chunk = chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        *lines, rest = chunk.split(b"\n")
        for tail in lines:
            if line := self._whole_line(tail):
                self._take_field(line)
            elif event := self._dispatch():
                yield event
        if rest:
            self._line.append(rest)
            self._line_bytes += len(rest)
            self._check_size(0)

    def _whole_line(self, tail: bytes) -> bytes:
        line = tail
        if self._line:
            line = b"".join((*self._line, tail))
            self._line = []
            self._line_bytes = 0
        self._check_size(len(line))
        if self._at_start:
            line = line.removeprefix(_BOM)
            self._at_start = False
        return line

    def _check_size(self, line_bytes: int) -> None:
        if self._data_bytes + self._line_bytes + line_bytes > self._max_bytes:
            raise EventTooLargeError(f"An event of more than {self._max_bytes} bytes was refused.")

    def _take_field(self, line: bytes) -> None:
        name, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        if name == b"data":
            self._data.append(value)
            self._data_bytes += len(value) + 1
        elif name == b"event":
            self._name = value
        elif name == b"id" and b"\0" not in value:
            self._id = value.decode("utf-8", "replace")
        elif name == b"retry" and value.isdigit() and len(value) < 16:  # `bytes.isdigit` takes ASCII digits alone
            self._event_retry = self.retry = int(value)

    def _dispatch(self) -> ServerSentEvent | None:
        self.last_event_id = self._id
        data, name, retry = self._data, self._name, self._event_retry
        self._data, self._data_bytes, self._name, self._event_retry = [], 0, b"", None
        if not data:
            return None
        text = b"\n".join(data).decode("utf-8", "replace")
        return ServerSentEvent(name.decode("utf-8", "replace") if name else "message", text, self._id, retry)
