"""The editor: files in, a conversation, the draft as timeline and table, the video out; in one cell."""

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

from nemo_widgets.client.auth import Secret
from nemo_widgets.client.calls import public
from nemo_widgets.draft.model import Draft
from nemo_widgets.errors import InvalidInput
from nemo_widgets.loop import submit
from nemo_widgets.widgets.conversation import Conversation
from nemo_widgets.widgets.exporting import Exporting
from nemo_widgets.widgets.intake import Intake
from nemo_widgets.widgets.protocol import UnknownRequest, checked
from nemo_widgets.widgets.workbench import Workbench

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from nemo_widgets.client.models import Asset, Reply, Video
    from nemo_widgets.client.uploads import Source
    from nemo_widgets.progress import Progress

log = logging.getLogger(__name__)

_STATIC = Path(__file__).parent / "static"


class Editor(anywidget.AnyWidget):
    """A video editor that is talked to, in a notebook cell.

    Everything that the mouse can do, code can do too: the methods below show in the widget as if typed there.

    Parameters
    ----------
    backend
        ``"auto"`` (the cloud if ``NEMO_TOKEN`` or ``NEMO_API_URL`` is set, else the local studio), ``"local"``,
        ``"cloud"``, or the address of a service.
    token
        The service's token; never shown or saved. None: ``NEMO_TOKEN``, or a free one.
    language
        ``"en"`` or ``"zh"``.

    Attributes
    ----------
    draft : Draft or None
        The draft as the service last told it; ``editor.observe(f, "draft")`` calls ``f`` on a thread of its own.

    Examples
    --------
    >>> editor = Editor()
    >>> editor
    Editor(auto, no files, no timeline)
    >>> editor.timeline.empty
    True
    """

    _esm = _STATIC / "editor.js"
    _css = _STATIC / "editor.css"
    # Which model a view belongs to, for the front end; nothing else is synced: see protocol.py.
    _id = traitlets.Unicode().tag(sync=True)
    _view: contextvars.Context | None = None
    draft: Draft | None = traitlets.Instance(Draft, allow_none=True)  # pyright: ignore[reportAssignmentType]

    def __init__(self, backend: str = "auto", *, token: str | None = None, language: str = "en") -> None:
        secret = Secret.of(token)
        del token  # tracebacks may show locals
        if language not in ("en", "zh"):
            raise InvalidInput(message=f"The editor doesn't speak {language!r}.", remedy='Use language="en" or "zh".')
        super().__init__(_id=uuid.uuid4().hex)
        self._backend = backend
        self._bench = Workbench(self._post, self._take_draft, backend=backend, token=secret, language=language)
        self._intake = Intake(self._bench)
        self._exporting = Exporting(self._bench)
        self._conversation = Conversation(self._bench, self._exporting.export)
        self.on_msg(self._receive)  # pyright: ignore[reportUnknownMemberType]

    @property
    def language(self) -> str:
        """``"en"`` or ``"zh"``: what the widget and the errors are written in."""
        return self._bench.language

    @public
    async def upload(self, *files: Source, on_progress: Callable[[Progress], None] | None = None) -> list[Asset]:
        """Upload files, as if they were dropped on the editor.

        Parameters
        ----------
        *files
            Paths, http addresses, bytes, open files, or ``(name, any of these)``.
        on_progress
            Called on the background thread with the bytes of each file, one file after the other. An exception of
            its own is logged and stops nothing.

        Returns
        -------
        list of Asset
            What the service knows of each file.

        Raises
        ------
        InvalidInput, UnsupportedFile, FileTooLarge
            Before anything is sent.
        """
        return await self._intake.upload(*files, on_progress=on_progress)

    @public
    async def send(self, text: str) -> Reply:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Say something, as if typed in the prompt; the answer streams into the widget.

        Returns
        -------
        Reply
            ``text`` for people, ``changes`` that the edit made, ``draft`` after it.

        Raises
        ------
        StreamInterrupted
            When it was stopped in the widget. Interrupting the cell stops nothing: the edit goes on.
        """
        return await self._conversation.turn(text)

    @public
    async def export(
        self,
        path: str | Path | None = None,
        *,
        draft: Draft | None = None,
        on_progress: Callable[[Progress], None] | None = None,
    ) -> Video:
        """Render the draft, as the Export button does, and show the video in the player.

        Parameters
        ----------
        path
            Where to save the MP4; None for this user's folder of videos.
        draft
            A draft to render instead of the session's own, such as an edited one.
        on_progress
            Is told how far the render, then the download is, from the background thread. An exception of its own
            is logged and stops nothing.

        Raises
        ------
        NothingToExport
            Before there is a draft.
        RenderFailed
            Also when it was cancelled in the widget.
        """
        return await self._exporting.export(path, draft=draft, on_progress=on_progress)

    @property
    def timeline(self) -> pd.DataFrame:
        """The draft as a table, one row for each segment; see :meth:`Draft.to_frame`."""
        return (self.draft or Draft({})).to_frame()

    def close(self) -> None:
        """Close the widget. The client that it shares with others lives on."""
        if sys.is_finalizing():  # no thread can be started any more, and the process takes everything with it
            return
        submit(self._close())
        super().close()

    async def _close(self) -> None:
        await self._bench.close()
        self._conversation.close()
        self._intake.close()

    def _take_draft(self, draft: Draft | None) -> None:
        self.draft = draft

    def _post(self, message: dict[str, Any], buffers: list[bytes] | None = None) -> None:
        """Send a message to all views (``send`` is what a user says)."""
        post = functools.partial(super().send, message, buffers)  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]
        # ipykernel 7.4 hands what a view sends to the thread in whose context the last message to it was sent: if that
        # is a cell's, uploads and prompts wait for as long as a cell blocks.
        post() if self._view is None else self._view.copy().run(post)

    def _receive(self, _widget: Any, content: Any, buffers: list[memoryview]) -> None:
        """Take a message from a view, on whatever thread the kernel handles it."""
        try:
            message = checked(content, buffers)
        except UnknownRequest as error:
            log.warning("editor: a message from the browser was refused: %s", error)
            return
        self._view = contextvars.copy_context()
        if message["kind"] == "upload-slice":
            self._intake.slice(message["id"], message["index"], buffers[0])
        else:
            submit(self._start(message))

    async def _start(self, message: dict[str, Any]) -> None:
        self._bench.start(functools.partial(self._handle, **message))

    async def _handle(self, kind: str, **fields: Any) -> None:  # one line for each row of the table in protocol.py
        bench, intake = self._bench, self._intake
        match kind:
            case "ready":
                self._conversation.update_elapsed()
                bench.state.send_whole()
                await bench.connect()
            case "reconnect":
                await bench.reconnect()
            case "upload-begin":
                await intake.begin(fields.pop("id"), **fields)
            case "upload-check":
                await intake.check(fields["id"])
            case "upload-cancel" | "asset-remove":
                await intake.cancel(fields["id"])
            case "prompt":
                await self._conversation.prompt(fields["id"], fields["text"])
            case "stop":
                await self._conversation.stop(fields["id"])
            case "export":
                await self._exporting.requested(fields["id"])
            case "export-cancel":
                await self._exporting.cancel(fields["id"])
            case "video-read":
                await self._exporting.read(fields["id"], fields["offset"], fields["length"])
            case _:
                raise AssertionError(kind)

    def __repr__(self) -> str:
        if not hasattr(self, "_bench"):
            return "Editor(…)"  # tracebacks show one that couldn't be made, too
        count = len(self._bench.state["assets"])
        files = f"{count} file{'s' * (count != 1)}" if count else "no files"
        return f"Editor({self._backend}, {files}, {self.draft.summary() if self.draft else 'no timeline'})"
