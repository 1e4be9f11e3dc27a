"""What every widget of this package has: a state that its views show, and a place for what goes wrong.

Everything here runs on the background loop; handlers of messages and cells only submit to it.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from nemo_widgets import settings
from nemo_widgets.widgets.draft_view import delta
from nemo_widgets.widgets.state import SharedState
from nemo_widgets.widgets.views import error_view

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from nemo_widgets.errors import NemoError
    from nemo_widgets.progress import Progress

    Send: TypeAlias = Callable[[dict[str, Any], list[bytes] | None], None]

T = TypeVar("T")
log = logging.getLogger(__name__)


class Desk:
    """The state of one widget, and the tasks that run for it.

    Parameters
    ----------
    send
        Sends a message, and perhaps buffers, to all views.
    language
        ``"en"`` or ``"zh"``.
    **state
        The first values of the state's keys; see :mod:`.protocol`.
    """

    def __init__(self, send: Send, *, language: str, **state: Any) -> None:
        self.send = send
        self.language = language
        self.state = SharedState(
            lambda message: send(message, None),
            deltas={"draft": delta},
            language=language,
            lane=settings.fast_lane(),
            notice=None,
            **state,
        )
        self._tasks: set[asyncio.Task[Any]] = set()

    def notice(self, message: str, remedy: str = "", *, about: str | None = None, code: str | None = None) -> None:
        """Show a sentence above the widget; ``about`` is a view's message that came to nothing, ``code`` can be run."""
        self.state.update(notice={"message": message, "remedy": remedy, "about": about, "code": code})

    def complain(self, error: BaseException) -> dict[str, str]:
        """Return an error as the views show it."""
        return error_view(error, language=self.language)

    def start(self, work: Callable[[], Coroutine[Any, Any, Any]], *, about: str | None = None) -> None:
        """Run something that a view asked for (by its message ``about``); an error that nobody else shows is noted."""
        task = asyncio.get_running_loop().create_task(self._guarded(work, about))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _guarded(self, work: Callable[[], Coroutine[Any, Any, Any]], about: str | None) -> None:
        try:
            await work()
        except Exception as error:  # noqa: BLE001 - whatever it is, the cell shows it and the widget lives on
            self.notice(**self.complain(error), about=about)

    async def close(self) -> None:
        """Stop what still runs for this widget."""
        for task in list(self._tasks):
            task.cancel()


async def outcome(task: asyncio.Task[T], *, stopped: NemoError) -> T:
    """Wait for a task that the user can stop; who stops waiting for it stops it too.

    Raises
    ------
    NemoError
        ``stopped``, where the user stopped it.
    """
    try:
        return await task
    except asyncio.CancelledError:
        waiting = asyncio.current_task()
        if waiting is None or waiting.cancelling():
            raise
    raise stopped


def forgiving(on_progress: Callable[[Progress], object] | None) -> Callable[[Progress], None]:
    """Return a callback that lasts until it fails; the failure is logged, and the work goes on.

    Examples
    --------
    >>> forgiving(None)(...)
    """
    callback = on_progress

    def told(progress: Progress) -> None:
        nonlocal callback
        if callback is None:
            return
        try:
            callback(progress)
        except Exception:
            callback = None
            log.exception("editor: an on_progress callback failed, and is not called any more")

    return told
