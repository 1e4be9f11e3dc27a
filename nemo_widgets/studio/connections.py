"""Connections that ask for nothing, or take nothing: closed after a while, and so many from one address at most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from nemo_widgets.studio.places import where

if TYPE_CHECKING:
    import asyncio

    from nemo_widgets.settings import StudioLimits

_TAKING = 4
"""Times ``stall_timeout`` that an answer may wait for its reader: a video that is paused takes nothing either. And that
who was answered early, without what they sent, may go on sending it."""
_SOON = 1.0
"""Seconds in which who means it has asked for something, and is closed for nobody else."""


def protocol(limits: StudioLimits) -> type[H11Protocol]:
    """Return uvicorn's protocol with a studio's limits on connections, and on how long each side may wait."""

    class PatientProtocol(H11Protocol):
        """A connection whose headers are waited for only so long, and whose answers wait only so long."""

        _due: asyncio.TimerHandle | None = None
        _network = ""
        _since = 0.0
        _gave_way = False
        _untaken: asyncio.TimerHandle | None = None

        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            self._network = where(self.client[0]) if self.client else ""
            others: list[Any] = list(self.connections)
            from_here = [one for one in others if one.network == self._network and not one.gave_way]
            if len(from_here) > limits.connections:
                # Of a hub all connections come from one address: those that ask for nothing give way.
                mute = min((one for one in from_here if one.is_mute()), key=lambda one: one.since, default=None)
                (mute or self).give_way()
                if mute is None:
                    return
            self._expect()

        @property
        def network(self) -> str:
            """Where it comes from: of an IPv6 network one machine has all addresses."""
            return self._network

        @property
        def gave_way(self) -> bool:
            """Whether its place is another's already: it is among the connections until the loop's next turn."""
            return self._gave_way

        def give_way(self) -> None:
            """Close it at once, for another one."""
            self._gave_way = True
            self.transport.abort()

        @property
        def since(self) -> float:
            """When it began to be waited for, in the loop's seconds."""
            return self._since

        def is_mute(self) -> bool:
            """Say whether a request, or the rest of one, has been waited for longer than it takes to ask."""
            return self._due is not None and self.loop.time() - self._since > _SOON

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            if self._asks_nothing():
                self._expect()
            else:
                self._forget()

        def on_response_complete(self) -> None:
            super().on_response_complete()
            if self._is_answered() and not self.transport.is_closing():
                self._expect(_TAKING)

        def send_400_response(self, msg: str) -> None:
            if self.conn.our_state in {h11.IDLE, h11.SEND_RESPONSE}:
                super().send_400_response(msg)
            else:  # there is an answer already
                self.transport.abort()

        def connection_lost(self, exc: Exception | None) -> None:
            self._forget()
            self._taken()
            super().connection_lost(exc)

        def pause_writing(self) -> None:
            super().pause_writing()
            if self._untaken is None:
                self._untaken = self.loop.call_later(_TAKING * limits.stall_timeout, self.transport.abort)

        def resume_writing(self) -> None:
            self._taken()
            super().resume_writing()

        def _asks_nothing(self) -> bool:
            return self.conn.their_state is h11.IDLE or self._is_answered()

        def _is_answered(self) -> bool:
            """Say whether what still comes is of a request that has its answer: who sends first and reads then."""
            return self.conn.our_state is h11.DONE and self.conn.their_state is h11.SEND_BODY

        def _expect(self, times: int = 1) -> None:
            if self._due is None:
                self._since = self.loop.time()
                self._due = self.loop.call_later(times * limits.stall_timeout, self._stalled)

        def _forget(self) -> None:
            if self._due is not None:
                self._due.cancel()
            self._due = None

        def _taken(self) -> None:
            if self._untaken is not None:
                self._untaken.cancel()
            self._untaken = None

        def _stalled(self) -> None:
            self._due = None
            if self._asks_nothing() and not self.transport.is_closing():
                self.transport.close()

    return PatientProtocol
