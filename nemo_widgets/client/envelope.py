"""What the service's answers say: a value, or an error to raise. Pure, and all forms in one place."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, cast

from nemo_widgets.errors import (
    RETOLD,
    RETOLD_NUMBERS,
    RETOLD_TEXTS,
    SENTENCES,
    APIError,
    NemoError,
    RateLimited,
    api_error,
)

_TITLE = re.compile(r"<title[^>]*>([^<]{1,200})", re.IGNORECASE)
_CHARSET = re.compile(r"charset=\"?([\w.:-]+)", re.IGNORECASE)
_LONGEST_S = 30 * 24 * 3600.0
_BARE_ERROR = {"error", "error_details", "errorDetails"}
_FIGURE = re.compile(r"[\d,. ]{1,20}")


@dataclass(frozen=True)
class Answer:
    """An HTTP answer that has been read whole.

    Attributes
    ----------
    status : int
        The HTTP status.
    content_type, retry_after : str
        Those headers, or ``""``.
    body : bytes
        All of it.
    """

    status: int
    content_type: str
    retry_after: str
    body: bytes


def read_envelope(answer: Answer, **details: Any) -> Any:
    """Return an answer's value.

    Three forms are read: ``{"code": 0, "data": …}``, ``{"success": true, "data": …}`` and the bare value.

    Parameters
    ----------
    answer
        The answer.
    **details
        What an error's sentence may name (``link``, ``wait``, ``name``, ``limit``).

    Raises
    ------
    APIError
        The one that fits the envelope's code or the HTTP status.

    Examples
    --------
    >>> read_envelope(Answer(200, "application/json", "", b'{"code": 0, "data": {"available": 80}}'))
    {'available': 80}
    """
    data = _json(answer)
    if data is None:
        raise _error(answer, 0, _plain(answer), details)
    envelope = cast("dict[str, Any]", data) if isinstance(data, dict) else {}
    code = _number(envelope.get("code"))
    refused = code not in {0, None} or envelope.get("success") is False
    refused = refused or (bool(envelope.get("error")) and envelope.keys() <= _BARE_ERROR)
    if refused or answer.status >= 300:  # a redirect, too: the token follows nobody elsewhere
        error = _error(answer, code or 0, _message(envelope) or f"HTTP {answer.status}", details)
        raise _retold(error, envelope.get("data"))
    if "code" in envelope or "success" in envelope:
        return envelope.get("data")
    return cast("Any", data)


def wait_seconds(retry_after: str, default: float) -> float:
    """Return how long ``Retry-After`` asks to wait: seconds or a date, never a negative time.

    Examples
    --------
    >>> wait_seconds("7", 30.0), wait_seconds("", 30.0), wait_seconds("soon", 30.0)
    (7.0, 30.0, 30.0)
    """
    try:
        seconds = float(retry_after)
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(retry_after) - datetime.now(UTC)).total_seconds()
        except (ValueError, TypeError):
            return default
    return min(max(0.0, seconds), _LONGEST_S) if seconds == seconds else default  # noqa: PLR0124 - not NaN


def _json(answer: Answer) -> Any:
    """Return the body's JSON; None where it isn't JSON, and an empty object where there is no body."""
    if not answer.body.strip():
        return dict[str, Any]()
    # JSON is UTF-8 whatever the header says, except where it isn't.
    for body in (answer.body, _decoded(answer)):
        try:
            return json.loads(body)
        except (ValueError, RecursionError):
            continue
    return None


def _decoded(answer: Answer, limit: int | None = None) -> str:
    """Return the body as text, in the charset that the header names."""
    named = _CHARSET.search(answer.content_type)
    try:
        return answer.body[:limit].decode(named[1] if named else "utf-8", "replace")
    except LookupError:
        return answer.body[:limit].decode("utf-8", "replace")


def _error(answer: Answer, code: int, message: str, details: dict[str, Any]) -> APIError:
    if code == 0 and answer.status == 404 and "session" in message.lower():
        code = 1002  # how a bare agent server says it
    return error_of(code, answer.status, message, answer.retry_after, **details)


def error_of(code: int, status: int, message: str, retry_after: str = "", **details: Any) -> APIError:
    """Return the error for what the service said, in an envelope, a status or an answer's event.

    Examples
    --------
    >>> error_of(503, 200, "busy").http_status
    503
    """
    if 402 in {status, code}:
        details["link"] = ""  # a matter of plans: no registration helps
    if 429 in {status, code}:
        details["wait"] = wait_seconds(retry_after, details.get("wait", 30.0))
    if status < 300 and 500 <= code < 600:
        status = code  # an envelope can say it as a status does
    return api_error(code, status, message, **details)


def _retold(error: APIError, data: Any) -> APIError:
    """Return an error with the sentence that the studio names as its reason, so that it is told in any language.

    The contract's codes are few: a class's limit on space and a file that is too large are the same one.
    """
    told = retold(data)
    if told is None:
        return error
    key, named = told
    kept: dict[str, Any] = {"wait": error.wait} if isinstance(error, RateLimited) else {}
    return type(error)(key, code=error.code, http_status=error.http_status, **kept, **named)


def retold(data: Any) -> tuple[str, dict[str, Any]] | None:
    """Return which sentence a studio names, and what it names in it; None where it names none.

    Examples
    --------
    >>> retold({"reason": "class-disk", "used": 5, "most": 6, "self": 1})
    ('class-disk', {'most': 6, 'used': 5})
    """
    told = cast("dict[str, Any]", data) if isinstance(data, dict) else {}
    key: Any = told.get("reason")
    if not isinstance(key, str) or not key.startswith(RETOLD) or key not in SENTENCES:
        return None
    texts = {name: told[name][:200] for name in RETOLD_TEXTS if isinstance(told.get(name), str)}
    return key, texts | {name: told[name] for name in RETOLD_NUMBERS if _is_figure(name, told.get(name))}


def _is_figure(name: str, value: Any) -> bool:
    if isinstance(value, str):  # as the longest text is told, with its commas; a limit is counted with
        return name != "limit" and _FIGURE.fullmatch(value) is not None
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15


def no_more_tokens(error: NemoError) -> NemoError:
    """Return the error of the anonymous-token call: a limit there is one that the user must know how to get round."""
    if not isinstance(error, RateLimited):
        return error
    return RateLimited("rate-token", code=error.code, http_status=error.http_status, wait=error.wait)


def _message(envelope: dict[str, Any]) -> str:
    for name in ("message", "msg", "detail", "error_message", "error"):
        value = envelope.get(name)
        if isinstance(value, dict):
            value = cast("dict[str, Any]", value).get("message")
        if isinstance(value, list):
            value = "; ".join(_complaint(item) for item in cast("list[Any]", value))
        if value:
            return str(value)
    return ""


def _complaint(item: Any) -> str:
    """Tell one entry of a validation error's list."""
    if not isinstance(item, dict):
        return str(item)
    entry = cast("dict[str, Any]", item)
    place = ".".join(str(step) for step in cast("list[Any]", entry.get("loc") or []))
    return f"{place}: {entry.get('msg', '')}".removeprefix(": ")


def _plain(answer: Answer) -> str:
    """Return what a page or a text that isn't JSON says, in short."""
    text = _decoded(answer, 4000)
    if title := _TITLE.search(text):
        return title[1].strip()
    if "<" in text:
        return f"an unexpected page (HTTP {answer.status})"
    return " ".join(text.split())[:200] or f"HTTP {answer.status}"


def _number(value: Any) -> int | None:
    try:
        return int(value)
    except (TypeError, ValueError):
        return None if value is None else -1
