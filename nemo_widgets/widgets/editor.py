"""The editor: files in, a conversation, the draft as timeline and table, the video out; in one cell."""

from __future__ import annotations

import asyncio
import functools
from typing import TYPE_CHECKING, Any, cast

from nemo_widgets.client.auth import Secret
from nemo_widgets.client.calls import public
from nemo_widgets.draft.picture import timeline_url
from nemo_widgets.widgets import front_end
from nemo_widgets.widgets.conversation import Conversation
from nemo_widgets.widgets.exporting import Exporting, sound_for_here
from nemo_widgets.widgets.intake import Intake
from nemo_widgets.widgets.still import Stills, still
from nemo_widgets.widgets.traits import DraftPart, drafted
from nemo_widgets.widgets.workbench import Workbench

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from nemo_widgets.client.models import Asset, Reply, Video
    from nemo_widgets.client.uploads import Source
    from nemo_widgets.draft.model import Draft
    from nemo_widgets.progress import Progress
    from nemo_widgets.widgets.transfer import Incoming


class Editor(DraftPart):
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
    session
        The id of a session to go on with, such as an earlier kernel's :attr:`session`: its files, its draft and what
        was said come back. None for a new one.
    audio
        ``"aac"`` or ``"mp3"``: the sound of what is exported, for players that know no AAC, such as VS Code's. None:
        MP3 in VS Code, else AAC. NemoVideo's cloud isn't asked for either.

    Attributes
    ----------
    draft : Draft or None
        The draft with what was edited in the widget; ``editor.observe(f, "draft")`` calls ``f`` on a thread of its
        own. Setting it is such an edit: it is shown and exported, and the service doesn't know of it.
    selection : pandas.DataFrame
        The selected rows of :attr:`timeline`, observable too. It may be set to such rows, to a place ``(track,
        segment)``, to a name, or to a list of these.

    Examples
    --------
    >>> editor = Editor()
    >>> editor
    Editor(auto, no files, no timeline)
    >>> editor.timeline.empty
    True
    """

    _esm = front_end.EDITOR

    def __init__(
        self,
        backend: str = "auto",
        *,
        token: str | None = None,
        language: str = "en",
        session: str | None = None,
        audio: str | None = None,
    ) -> None:
        secret = Secret.of(token)
        del token  # tracebacks may show locals
        super().__init__("editor", language=language)
        self._backend = backend
        self._desk = self._bench = Workbench(
            self._post, self._tell, backend=backend, token=secret, language=language, session=session
        )
        self._stills = Stills(self._id, self._still, functools.partial(repr, self), lambda: self.draft is not None)
        self._editing = self._bench.editing
        self._intake = Intake(self._bench)
        self._exporting = Exporting(self._bench, audio=sound_for_here(audio))
        self._conversation = Conversation(self._bench, self._exporting.export)
        self._listen()

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
    async def clear(self) -> None:
        """Empty the list of files: what is on its way is stopped, and what was refused is forgotten.

        What the service has stays in the session, where the agent may still use it; the widget says so.
        """
        await self._intake.clear()

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
        reply = await self._conversation.turn(text)
        await self._stills.refresh()
        return reply

    @public
    async def export(
        self,
        path: str | Path | None = None,
        *,
        draft: Draft | Mapping[str, Any] | None = None,
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
        chosen = None if draft is None else drafted(draft, self.language)
        video = await self._exporting.export(path, draft=chosen, on_progress=on_progress)
        await self._stills.refresh()
        return video

    @property
    def session(self) -> str | None:
        """The service's id of this editor's session, which is no secret; None before there is one.

        ``nw.Editor(session="…")`` takes it up again after the kernel was restarted.
        """
        return self._bench.session_id

    def _still(self) -> str:
        state = self._bench.state
        video: dict[str, Any] = state["video"] or {}
        return still(
            self._id,
            self.draft,
            turns=state["turns"],
            video=video.get("name"),
            code=state["again"],
            language=self.language,
        )

    def _post(self, message: dict[str, Any], buffers: list[bytes] | None = None) -> None:
        super()._post(message, buffers)
        if message["kind"] == "state":
            self._stills.outdated()

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        data, metadata = self._view_bundle(**kwargs)
        return data | {"text/html": self._still()}, metadata

    def _view_bundle(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        return cast("Any", super())._repr_mimebundle_(**kwargs)

    def _ipython_display_(self, **_kwargs: Any) -> None:
        from IPython import display

        data, metadata = self._view_bundle()
        cast("Any", display).display(data, metadata=metadata, raw=True)
        self._stills.show()

    async def _close(self) -> None:
        await super()._close()
        self._stills.close()
        self._conversation.close()
        self._intake.close()
        self._exporting.close()

    def _incoming(self, file_id: str) -> Incoming | None:
        return self._intake.arrivals.incoming(file_id)

    def _take_slice(self, file_id: str, index: int, data: memoryview, *, acknowledge: bool = True) -> bool:
        return self._intake.arrivals.slice(file_id, index, data, acknowledge=acknowledge)

    def _video_file(self, video_id: str) -> tuple[Path, str, str] | None:
        return self._exporting.films.file(video_id)

    async def _send_module(self, name: str) -> None:
        module = await asyncio.to_thread(front_end.module, name)
        if module is not None:
            self._bench.send({"kind": "module", "id": name, **module}, None)

    async def _send_picture(self) -> None:
        if self.draft is not None:
            url = await asyncio.to_thread(timeline_url, self.draft, language=self.language)
            self._bench.send({"kind": "picture", "url": url}, None)

    async def _handle(self, kind: str, **fields: Any) -> None:  # one line for each row of the table in protocol.py
        bench, intake = self._bench, self._intake
        match kind:
            case "ready":
                self._conversation.update_elapsed()
                bench.state.send_whole()
                await bench.connect()
            case "reconnect":
                await bench.reconnect()
            case "module-ask":
                await self._send_module(fields["id"])
            case "picture-ask":
                await self._send_picture()
            case "upload-begin":
                await intake.arrivals.begin(fields.pop("id"), **fields)
            case "upload-look":
                intake.arrivals.look(fields.pop("id"), **fields)
            case "upload-check":
                await intake.arrivals.check(fields["id"])
            case "upload-cancel":
                await intake.cancel(fields["id"])
            case "upload-link":
                await intake.link(fields["id"], fields["url"])
            case "asset-remove":
                await intake.remove(fields["id"])
            case "assets-show":
                await intake.show_all()
            case "assets-order":
                bench.state.reorder("assets", fields["ids"])
            case "prompt":
                await self._conversation.prompt(fields["id"], fields["text"])
            case "stop":
                await self._conversation.stop(fields["id"])
            case "queue-go":
                await self._conversation.go_on()
            case "queue-clear":
                await self._conversation.drop()
            case "export":
                await self._exporting.requested(fields["id"])
            case "preview":
                await self._exporting.requested(fields["id"], preview=True)
            case "export-cancel":
                await self._exporting.cancel(fields["id"])
            case "video-read":
                await self._exporting.films.read(fields["id"], fields["offset"], fields["length"])
            case "edit" | "select":
                await self._editing.handle(kind, **fields)
            case _:
                raise AssertionError(kind)

    def __repr__(self) -> str:
        if not hasattr(self, "_bench"):
            return "Editor(…)"  # tracebacks show one that couldn't be made, too
        count = len(self._bench.state["assets"])
        files = f"{count} file{'s' * (count != 1)}" if count else "no files"
        return f"Editor({self._backend}, {files}, {self.draft.summary() if self.draft else 'no timeline'})"
