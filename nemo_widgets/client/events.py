"""What an answer consists of: typed events, read from the three shapes that services put on the wire.

Pure: frames of :mod:`nemo_widgets.client.sse` go in, events come out. The rules are those of the service's
``/run_sse`` (Google's Agent Development Kit) and of NemoVideo's own typed events.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nemo_widgets.client.sse import ServerSentEvent

Json: TypeAlias = dict[str, Any]
_Voice: TypeAlias = tuple[Any, Any, Any]  # (invocationId, author, branch): whose text it is

_KEEP_ALIVE_NAMES = frozenset({"heartbeat", "ping", "keepalive", "keep-alive", "keep_alive"})
_KEEP_ALIVE_DATA = frozenset({"", "{}", "null", "[done]", *_KEEP_ALIVE_NAMES})
_HUMP = re.compile(r"([A-Z])")


@dataclass(frozen=True)
class Event:
    """Base of everything that an answer consists of.

    Examples
    --------
    >>> answer = [TextDelta("Do"), StillWorking(120), TextDelta("ne")]
    >>> "".join(event.text for event in answer if isinstance(event, TextDelta))
    'Done'
    """


@dataclass(frozen=True)
class TextDelta(Event):
    """More of the answer's text; all of them joined are the answer."""

    text: str


@dataclass(frozen=True)
class ToolCall(Event):
    """The service's agent uses one of its tools."""

    name: str
    args: Json = field(default_factory=dict[str, Any])


@dataclass(frozen=True)
class ToolResult(Event):
    """What the tool gave back."""

    name: str
    result: Any = None


@dataclass(frozen=True)
class StateDelta(Event):
    """The session's state changed; ``state`` holds the keys that did."""

    state: Json


@dataclass(frozen=True)
class StillWorking(Event):
    """Nothing new for a while, and the connection stands.

    Attributes
    ----------
    elapsed : float
        Seconds since the message was sent.
    """

    elapsed: float


@dataclass(frozen=True)
class ServiceError(Event):
    """The service reports an error inside the answer; an edit may have been made all the same.

    Attributes
    ----------
    code : int or str
        An envelope's number, or the agent's name for it, such as ``"SAFETY"``; ``""`` where there is none.
    message : str
        What the service said.
    """

    code: int | str
    message: str


@dataclass(frozen=True)
class UnknownEvent(Event):
    """Something that this version doesn't know: the JSON, or the text where it wasn't JSON."""

    data: Any


def is_keep_alive(frame: ServerSentEvent) -> bool:
    """Say whether a frame only means that the service is still working.

    Examples
    --------
    >>> from nemo_widgets.client.sse import ServerSentEvent
    >>> is_keep_alive(ServerSentEvent("message", '{"type": "heartbeat"}'))
    True
    """
    if frame.event.lower() in _KEEP_ALIVE_NAMES:
        return True
    data = frame.data.strip()
    if data.strip('"').lower() in _KEEP_ALIVE_DATA:
        return True
    return len(data) < 200 and _typed_name(_object(data)) in _KEEP_ALIVE_NAMES


class EventReader:
    """Turn the frames of one answer into events, each text shown once.

    ADK servers send a text in pieces (``partial``) and then once more as a whole; the whole replaces the pieces,
    so only what extends them is passed on. An old server's error frame isn't escaped and can forge a frame:
    after it only events that carry the run's own ``invocationId`` are taken.

    Examples
    --------
    >>> from nemo_widgets.client.sse import ServerSentEvent
    >>> reader = EventReader()
    >>> for data in ('{"content":{"parts":[{"text":"Do"}]},"partial":true}', '{"content":{"parts":[{"text":"Done"}]}}'):
    ...     print(reader.read(ServerSentEvent("message", data)))
    [TextDelta(text='Do')]
    [TextDelta(text='ne')]
    """

    def __init__(self) -> None:
        self._pending: dict[_Voice, str] = {}
        self._run: str | None = None
        self._after_error_frame = False

    def read(self, frame: ServerSentEvent) -> list[Event]:
        """Return the events of one frame; none for a keep-alive, a thought or a forgery."""
        if is_keep_alive(frame):
            return []
        try:
            data: Any = json.loads(frame.data)
        except (ValueError, RecursionError):
            return list(self._read_text(frame.data))
        if not isinstance(data, dict):
            return [] if self._after_error_frame else [UnknownEvent(data)]
        return list(self._read_object(cast("Json", data)))

    def _read_text(self, text: str) -> Iterator[Event]:
        if self._after_error_frame:
            return
        _, found, rest = text.partition('"error')
        if not found or not text.lstrip().startswith("{"):
            yield UnknownEvent(text)
            return
        self._after_error_frame = True
        message = rest.partition(":")[2].strip().removesuffix("}").strip()
        yield ServiceError("", message.removeprefix('"').removesuffix('"'))

    def _read_object(self, data: Json) -> Iterator[Event]:
        run = _get(data, "invocationId")
        if self._after_error_frame and (run is None or run != self._run):
            return
        if self._run is None and isinstance(run, str):
            self._run = run
        if _typed_name(data):
            yield from self._read_typed(data)
        elif "error" in data and "content" not in data and run is None:
            self._after_error_frame = True
            yield _error_frame(data)
        elif _envelope_failed(data):
            yield ServiceError(_code(data["code"]), _text_of(data.get("message") or data.get("msg")))
        elif run is not None or any(
            _get(data, name) is not None for name in ("content", "actions", "errorCode", "errorMessage")
        ):
            yield from self._read_adk(data)
        else:
            yield UnknownEvent(data)

    def _read_adk(self, data: Json) -> Iterator[Event]:
        final = _get(data, "partial") is not True
        parts = _objects(_as_object(_get(data, "content")).get("parts"))
        said = "".join(
            part["text"] for part in parts if isinstance(part.get("text"), str) and part.get("thought") is not True
        )
        yield from self._say(
            (_get(data, "invocationId"), _get(data, "author"), _get(data, "branch")), said, final=final
        )
        if final:
            for part in parts:
                yield from _tool_events(part)
        if state := _as_object(_get(_as_object(_get(data, "actions")), "stateDelta")):
            yield StateDelta(state)
        code, message = _get(data, "errorCode"), _get(data, "errorMessage")
        if code or message:
            yield ServiceError(_code(code), _text_of(message))

    def _say(self, voice: _Voice, said: str, *, final: bool) -> Iterator[TextDelta]:
        if not said:
            return
        pending = self._pending.get(voice, "")
        if not final:
            self._pending[voice] = pending + said
            yield TextDelta(said)
        elif said.startswith(pending):
            self._pending.pop(voice, None)
            if said != pending:
                yield TextDelta(said[len(pending) :])
        elif pending.startswith(known := said if pending.startswith(said) else said.rstrip()):
            # The whole comes in several events: what this one doesn't repeat stays pending for the next.
            self._pending[voice] = "" if pending[len(known) :].isspace() else pending[len(known) :]
        else:
            self._pending.pop(voice, None)
            yield TextDelta(said)

    def _read_typed(self, data: Json) -> Iterator[Event]:
        kind = _typed_name(data)
        if kind in {"text", "text_delta", "message"}:
            content = data.get("content", data.get("text"))
            said = _text_of(content.get("text") if isinstance(content, dict) else content)  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]
            if "partial" in data:
                yield from self._say(
                    (_get(data, "invocationId"), _get(data, "author"), None), said, final=data["partial"] is not True
                )
            elif said:
                yield TextDelta(said)
        elif kind in {"tool_call", "tool_result"}:
            yield from _typed_tool(kind, data)
        elif kind in {"state", "state_delta"}:
            yield StateDelta(_as_object(data.get("state", data.get("content"))))
        elif kind == "error":
            detail = _as_object(data.get("error")) or data
            yield ServiceError(
                _code(detail.get("code")), _text_of(detail.get("message", detail.get("content", data.get("error"))))
            )
        elif kind not in _KEEP_ALIVE_NAMES:
            yield UnknownEvent(data)


def _tool_events(part: Json) -> Iterator[Event]:
    call, response = _as_object(_get(part, "functionCall")), _as_object(_get(part, "functionResponse"))
    if call:
        yield ToolCall(_text_of(call.get("name")), _as_object(call.get("args")))
    elif response:
        yield ToolResult(_text_of(response.get("name")), response.get("response"))
    elif "text" not in part and part.get("thought") is not True:
        yield UnknownEvent(part)


def _typed_tool(kind: str, data: Json) -> Iterator[Event]:
    source = _as_object(data.get("content")) or data
    name = _text_of(source.get("name"))
    if kind == "tool_call":
        yield ToolCall(name, _as_object(source.get("args")))
    else:
        yield ToolResult(name, source.get("result"))


def _error_frame(data: Json) -> ServiceError:
    details = _as_object(_get(data, "errorDetails"))
    nested = _as_object(data["error"])
    code = _get(details, "errorType") or nested.get("code") or data.get("code")
    return ServiceError(_code(code), _text_of(nested.get("message") if nested else data["error"]))


def _envelope_failed(data: Json) -> bool:
    return "code" in data and ("message" in data or "msg" in data) and _code(data["code"]) not in {0, ""}


def _typed_name(data: Json) -> str:
    kind = data.get("type")
    return kind.lower() if isinstance(kind, str) else ""


def _get(data: Json, camel: str) -> Any:
    """Return a field in camelCase or snake_case; None where it is missing or null."""
    if data.get(camel) is not None:
        return data[camel]
    return data.get(_HUMP.sub(r"_\1", camel).lower())


def _object(text: str) -> Json:
    if not text.startswith("{"):
        return {}
    try:
        return _as_object(json.loads(text))
    except (ValueError, RecursionError):
        return {}


def _as_object(value: Any) -> Json:
    return cast("Json", value) if isinstance(value, dict) else {}


def _objects(value: Any) -> list[Json]:
    return (
        [cast("Json", item) for item in cast("list[Any]", value) if isinstance(item, dict)]
        if isinstance(value, list)
        else []
    )


def _code(value: Any) -> int | str:
    if isinstance(value, int):
        return int(value)
    text = _text_of(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text


def _text_of(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
