"""What the editor and its parts have in common as widgets: the front end, and messages in and out."""

from __future__ import annotations

import asyncio
import contextvars
import functools
import logging
import sys
import uuid
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from nemo_widgets.errors import InvalidInput
from nemo_widgets.loop import submit
from nemo_widgets.widgets import front_end, lane
from nemo_widgets.widgets.protocol import UnknownRequest, checked

if TYPE_CHECKING:
    from pathlib import Path

    from nemo_widgets.widgets.desk import Desk
    from nemo_widgets.widgets.transfer import Incoming

log = logging.getLogger(__name__)


class Part(anywidget.AnyWidget):
    """A widget whose views are replicas of its desk's state.

    A subclass names its bundle in ``_esm``. It makes its ``_desk``, and then calls :meth:`_listen`; it answers messages
    in :meth:`_handle`.
    """

    _css = front_end.STYLE
    # Which model a view belongs to; nothing else is synced: see protocol.py.
    _id = traitlets.Unicode().tag(sync=True)
    _view: contextvars.Context | None = None
    _desk: Desk

    def __init__(self, part: str, *, language: str) -> None:
        if language not in ("en", "zh"):
            raise InvalidInput(message=f"The {part} doesn't speak {language!r}.", remedy='Use language="en" or "zh".')
        self._part = part
        super().__init__(_id=uuid.uuid4().hex)
        self._lane = lane.Lane(
            incoming=self._incoming,
            take=functools.partial(self._take_slice, acknowledge=False),
            video=self._video_file,
            hear=functools.partial(self._hear, buffers=[]),
        )

    @property
    def language(self) -> str:
        """``"en"`` or ``"zh"``: what the widget and the errors are written in."""
        return self._desk.language

    def close(self) -> None:
        """Close the widget. A client that it shares with others lives on."""
        if sys.is_finalizing():  # no thread can be started any more, and the process takes everything with it
            return
        submit(self._close())
        super().close()

    async def _close(self) -> None:
        lane.close(self._lane)
        await self._desk.close()

    def _listen(self) -> None:
        self.on_msg(self._receive)  # pyright: ignore[reportUnknownMemberType]

    def _post(self, message: dict[str, Any], buffers: list[bytes] | None = None) -> None:
        """Send a message to all views."""
        post = functools.partial(super().send, message, buffers)  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]
        # ipykernel 7.4 hands what a view sends to the thread in whose context the last message to it was sent: if that
        # is a cell's, uploads and prompts wait for as long as a cell blocks.
        post() if self._view is None else self._view.copy().run(post)

    def _receive(self, _widget: Any, content: Any, buffers: list[memoryview]) -> None:
        """Take a message from a view, on whatever thread the kernel handles it."""
        self._view = contextvars.copy_context()
        self._hear(content, buffers)

    def _hear(self, content: Any, buffers: list[memoryview]) -> None:
        try:
            message = checked(content, buffers)
        except UnknownRequest as error:
            log.warning("%s: a message from the browser was refused: %s", self._part, error)
            return
        if message["kind"] == "upload-slice":
            self._take_slice(message["id"], message["index"], buffers[0])
        else:
            submit(self._start(message))

    async def _start(self, message: dict[str, Any]) -> None:
        handle = self._offer_lane if message["kind"] == "lane-ask" else self._handle
        self._desk.start(functools.partial(handle, **message), about=message.get("id"))

    async def _offer_lane(self, kind: str, id: str, origin: str) -> None:  # noqa: A002, ARG002 - the message's names
        offered = await asyncio.to_thread(lane.offer, self._lane, origin)
        self._desk.send({"kind": "lane", "id": id, **offered}, None)

    def _incoming(self, file_id: str) -> Incoming | None:  # noqa: ARG002 - for those that take files
        """Return a file that is arriving."""
        return None

    def _take_slice(self, file_id: str, index: int, data: memoryview, *, acknowledge: bool = True) -> bool:  # noqa: ARG002
        """Take a slice of a file at once, on the thread that it came on; False where it isn't wanted."""
        return False

    def _video_file(self, video_id: str) -> tuple[Path, str, str] | None:  # noqa: ARG002 - for those that show videos
        """Return a video's path, name and media type."""
        return None

    async def _handle(self, kind: str, **fields: Any) -> None:
        """Do what a view asks for."""
        raise NotImplementedError
