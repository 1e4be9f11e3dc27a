"""An ASGI application on a thread of its own, which doesn't care what else runs in the process."""

from __future__ import annotations

import asyncio
import errno
import logging
import socket
import threading
import time
from typing import TYPE_CHECKING

from nemo_widgets.errors import NemoError, StudioUnavailable

if TYPE_CHECKING:
    import uvicorn
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from nemo_widgets.settings import StudioLimits

THREAD = "nemo-studio"
_START_PATIENCE = 30.0
"""Seconds: more than a store waits for another process, so that its reason is told."""
_STOP_PATIENCE = 20.0
_LAST_TASKS = 2.0


class Serving:
    """A server thread, from when it answers until it is stopped.

    Parameters
    ----------
    app
        What it serves.
    limits
        On connections, and on the time that requests may take.
    host, port
        Where to listen; any free port where ``port`` is 0.
    proxied
        Whether a proxy on this machine is believed about where requests come from.

    Attributes
    ----------
    url : str
        How this machine itself reaches it.
    port : int

    Raises
    ------
    StudioUnavailable
        Where the port can't be used, or the application doesn't start.
    """

    def __init__(
        self, app: ASGIApp, limits: StudioLimits, *, host: str = "127.0.0.1", port: int = 0, proxied: bool = False
    ) -> None:
        listener = _bound(host, port)
        failures: list[BaseException] = []
        self._server = _server(_keeping(failures, app), limits, proxied=proxied)
        self._thread = threading.Thread(
            target=_serve, args=(self._server, listener, failures), name=THREAD, daemon=True
        )
        self._thread.start()
        deadline = time.monotonic() + _START_PATIENCE
        while not self._server.started and self._thread.is_alive() and time.monotonic() < deadline:
            time.sleep(0.005)
        if not self._server.started:
            self._server.should_exit = True
            listener.close()
            failure = failures[0] if failures else None
            if isinstance(failure, NemoError):
                raise failure
            raise StudioUnavailable("studio-start", message=str(failure or "it doesn't answer")) from failure
        address, self.port = listener.getsockname()[:2]
        self.url = f"http://{_reachable(address)}:{self.port}"

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._thread.is_alive()

    def stop(self) -> None:
        """Stop it, and wait until it has."""
        self._server.should_exit = True
        self._thread.join(_STOP_PATIENCE)


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Naming TCP makes asyncio send at once (TCP_NODELAY); without it every answer takes 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except (OSError, OverflowError) as error:
        listener.close()
        reason = getattr(error, "strerror", None) or error
        if isinstance(error, OSError) and error.errno in (errno.EADDRINUSE, errno.EACCES):
            raise StudioUnavailable("studio-port", host=host, port=port, reason=reason) from error
        raise StudioUnavailable("studio-start", message=f"port {port} of {host}: {reason}") from error
    return listener


def _reachable(host: str) -> str:
    """Return how this machine itself reaches what listens on ``host``."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - nothing is bound here
    return f"[{host}]" if ":" in host else host


def _server(app: ASGIApp, limits: StudioLimits, *, proxied: bool) -> uvicorn.Server:
    import uvicorn

    from nemo_widgets.studio.connections import protocol

    _hush()
    return uvicorn.Server(
        uvicorn.Config(
            app,
            loop="asyncio",
            http=protocol(limits),
            ws="none",
            lifespan="on",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=proxied,
            forwarded_allow_ips="127.0.0.1,::1",
            timeout_graceful_shutdown=1,
        )
    )


def _keeping(failures: list[BaseException], app: ASGIApp) -> ASGIApp:
    """Keep what an application can't start for: uvicorn would print it, and tell no more than that it ended."""

    async def watched(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan":
            await app(scope, receive, send)
            return

        async def quiet(message: Message) -> None:
            failed = message["type"] == "lifespan.startup.failed"
            await send({**message, "message": ""} if failed else message)

        try:
            await app(scope, receive, quiet)
        except Exception as error:
            failures.append(error)
            raise

    return watched


def _serve(server: uvicorn.Server, listener: socket.socket, failures: list[BaseException]) -> None:
    """Run a server on a loop of its own: ``asyncio.run`` may have been patched by nest-asyncio."""
    loop = asyncio.new_event_loop()
    try:
        loop.run_until_complete(server.serve(sockets=[listener]))
    except (Exception, SystemExit) as error:  # noqa: BLE001 - told by who starts it
        failures.append(error)
    finally:
        loop.run_until_complete(_end_tasks())
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


async def _end_tasks() -> None:
    """Cancel what is still under way: a thread that waits for it couldn't be told by a loop that is closed."""
    left = asyncio.all_tasks() - {asyncio.current_task()}
    for task in left:
        task.cancel()
    if left:
        await asyncio.wait(left, timeout=_LAST_TASKS)


def _hush() -> None:
    """Keep uvicorn's chatter about our thread out of the notebook, and leave other servers' alone."""
    logger = logging.getLogger("uvicorn.error")
    if not any(isinstance(one, _Quiet) for one in logger.filters):
        logger.addFilter(_Quiet())


_EXPECTED = ("timeout graceful shutdown", "startup failed")


class _Quiet(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        expected = record.levelno < logging.ERROR or any(one in str(record.msg) for one in _EXPECTED)
        if record.exc_info:  # requests that the end cuts off
            expected = expected or isinstance(record.exc_info[1], asyncio.CancelledError)
        return not (record.threadName == THREAD and expected)
