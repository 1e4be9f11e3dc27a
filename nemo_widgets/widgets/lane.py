"""The fast lane: who may use the kernel's own HTTP server, for which files, and for how long.

A page asks for the lane over its widget's messages, and is told the server's address and a token that works once. Only
a browser that reaches the server can make a key of it, so the lane opens where browser and kernel share a machine, and
nowhere else; everything goes over the messages as well, see :mod:`.protocol`.
"""

from __future__ import annotations

import contextlib
import json
import re
import secrets
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nemo_widgets import settings
from nemo_widgets.widgets.lane_server import LaneServer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nemo_widgets.widgets.transfer import Incoming

TOKEN_LIFE_S = 10.0
"""Seconds within which a page must make use of its token."""

_ORIGIN = re.compile(r"(?:https?|vscode-webview)://[^\s/?#]{1,200}")


@dataclass(eq=False)
class Lane:
    """What one widget takes and gives on the fast lane.

    Attributes
    ----------
    incoming
        Returns a file that is arriving, by its id.
    take
        Takes a slice of it; False where it isn't wanted (any more).
    video
        Returns a video's path, name and media type, by its id.
    hear
        Takes a message, as if it came over the widget's own.
    """

    incoming: Callable[[str], Incoming | None]
    take: Callable[[str, int, memoryview], bool]
    video: Callable[[str], tuple[Path, str, str] | None]
    hear: Callable[[Any], None]

    def say(self, body: bytes) -> None:
        """Take a message; one that is no JSON is none."""
        with contextlib.suppress(ValueError):
            self.hear(json.loads(body))


@dataclass(eq=False, frozen=True)
class Pass:
    """What a page has shown to be: one of ``origin``, for this lane."""

    lane: Lane
    origin: str


class Gate:
    """Tokens, keys and tickets of all widgets of this kernel; used from many threads.

    Examples
    --------
    >>> gate = Gate()
    >>> lane = Lane(lambda _: None, lambda *_: False, lambda _: None, lambda _: None)
    >>> token = gate.token(lane, "http://localhost:8888")
    >>> key = gate.enter(token, "http://localhost:8888")
    >>> gate.enter(token, "http://localhost:8888") is None  # a token works once
    True
    >>> gate.holder(key, "http://localhost:8888").lane is lane, gate.holder(key, "http://evil.example")
    (True, None)
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tokens: dict[str, tuple[Pass, float]] = {}
        self._keys: dict[str, Pass] = {}
        self._tickets: dict[str, tuple[Pass, tuple[Path, str, str]]] = {}

    def token(self, lane: Lane, origin: str) -> str:
        """Return a token for a page; it works once, from that origin, within :data:`TOKEN_LIFE_S`."""
        now = time.monotonic()
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._tokens = {one: kept for one, kept in self._tokens.items() if kept[1] > now}
            self._tokens[token] = (Pass(lane, origin), now + TOKEN_LIFE_S)
        return token

    def enter(self, token: str, origin: str) -> str | None:
        """Make a key of a token, which is used up by it, whoever tries."""
        with self._lock:
            holder, until = self._tokens.pop(token, (None, 0.0))
            if holder is None or holder.origin != origin or until < time.monotonic():
                return None
            key = secrets.token_urlsafe(32)
            self._keys[key] = holder
            return key

    def holder(self, key: str, origin: str) -> Pass | None:
        """Return who has this key."""
        with self._lock:
            holder = self._keys.get(key)
        return holder if holder is not None and holder.origin == origin else None

    def ticket(self, holder: Pass, video_id: str) -> str | None:
        """Return a ticket for a video."""
        found = holder.lane.video(video_id)
        if found is None:
            return None
        ticket = secrets.token_urlsafe(32)
        with self._lock:
            self._tickets = {one: kept for one, kept in self._tickets.items() if kept[0] is not holder}
            self._tickets[ticket] = (holder, found)
        return ticket

    def file(self, ticket: str, origin: str | None) -> tuple[Path, str, str] | None:
        """Return the file that a ticket is for: its path, name and media type."""
        with self._lock:
            holder, found = self._tickets.get(ticket, (None, None))
        return found if holder is not None and origin in (None, holder.origin) else None

    def knows(self, origin: str) -> bool:
        """Say whether a page of this origin was let in, or may be."""
        with self._lock:
            waiting = [holder for holder, until in self._tokens.values() if until > time.monotonic()]
            return any(holder.origin == origin for holder in (*waiting, *self._keys.values()))

    def leave(self, gone: Pass | Lane) -> None:
        """Forget what a page, or a whole widget, was given."""
        with self._lock:
            self._tokens = {one: kept for one, kept in self._tokens.items() if gone not in (kept[0], kept[0].lane)}
            self._keys = {one: holder for one, holder in self._keys.items() if gone not in (holder, holder.lane)}
            self._tickets = {one: kept for one, kept in self._tickets.items() if gone not in (kept[0], kept[0].lane)}


class _FastLane:
    """The one server of this process, started when the first page asks, and again where it is gone."""

    def __init__(self) -> None:
        self.gate = Gate()
        self._lock = threading.Lock()
        self._server: LaneServer | None = None

    def url(self) -> str | None:
        with self._lock:
            if self._server is None or not self._server.alive:
                try:
                    self._server = LaneServer(self.gate)
                except (OSError, RuntimeError):  # nothing may listen here, or there are no threads
                    return None
            return self._server.url

    def stop(self) -> None:
        with self._lock:
            if self._server is not None and self._server.alive:
                self._server.stop()
            self._server = None


_fast = _FastLane()


def offer(lane: Lane, origin: str) -> dict[str, str | None]:
    """Return the server's address and a token for a page; both None where there is no fast lane.

    Blocks for as long as a server takes to start.
    """
    url = _fast.url() if settings.fast_lane() and _ORIGIN.fullmatch(origin) else None
    return {"url": url, "token": _fast.gate.token(lane, origin) if url else None}


def close(lane: Lane) -> None:
    """Let nobody use a widget's lane any more."""
    _fast.gate.leave(lane)


def stop() -> None:
    """Stop the server; the next page that asks starts another."""
    _fast.stop()
