"""What the editor and its parts have in common as widgets: the front end, and messages in and out."""

from __future__ import annotations

import contextvars
import functools
import logging
import sys
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from nemo_widgets.errors import InvalidInput
from nemo_widgets.loop import submit
from nemo_widgets.widgets.protocol import UnknownRequest, checked

if TYPE_CHECKING:
    from nemo_widgets.widgets.desk import Desk

log = logging.getLogger(__name__)

_STATIC = Path(__file__).parent / "static"


class Part(anywidget.AnyWidget):
    """A widget whose views are replicas of its desk's state.

    A subclass makes its ``_desk``, and then calls :meth:`_listen`; it answers messages in :meth:`_handle`.
    """

    _esm = _STATIC / "editor.js"
    _css = _STATIC / "editor.css"
    # Which model a view belongs to, and what it shows of it; nothing else is synced: see protocol.py.
    _id = traitlets.Unicode().tag(sync=True)
    _part = traitlets.Unicode("editor").tag(sync=True)
    _view: contextvars.Context | None = None
    _desk: Desk

    def __init__(self, part: str, *, language: str) -> None:
        if language not in ("en", "zh"):
            raise InvalidInput(message=f"The {part} doesn't speak {language!r}.", remedy='Use language="en" or "zh".')
        super().__init__(_id=uuid.uuid4().hex, _part=part)

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
        try:
            message = checked(content, buffers)
        except UnknownRequest as error:
            log.warning("%s: a message from the browser was refused: %s", self._part, error)
            return
        self._view = contextvars.copy_context()
        if message["kind"] == "upload-slice":
            self._take_slice(message["id"], message["index"], buffers[0])
        else:
            submit(self._start(message))

    def _take_slice(self, file_id: str, index: int, data: memoryview) -> None:
        """Take a slice of a file at once, on the thread that it came on."""

    async def _start(self, message: dict[str, Any]) -> None:
        self._desk.start(functools.partial(self._handle, **message))

    async def _handle(self, kind: str, **fields: Any) -> None:
        """Do what a view asks for."""
        raise NotImplementedError
