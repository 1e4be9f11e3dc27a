"""Files from the browser to the kernel's disk, on their own: no service, no account."""

from __future__ import annotations

import asyncio
import contextlib
import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import traitlets

from nemo_widgets import settings
from nemo_widgets.client.calls import public
from nemo_widgets.errors import InvalidInput
from nemo_widgets.widgets import front_end
from nemo_widgets.widgets.arrivals import Arrivals
from nemo_widgets.widgets.desk import Desk
from nemo_widgets.widgets.part import Part

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    from nemo_widgets.widgets.transfer import Incoming

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


class Uploader(Part):
    """A box that files are dropped on, pasted into or chosen with; they arrive on the kernel's disk.

    Files of any size that the disk has room for arrive in slices, with little memory, in every notebook host.

    Parameters
    ----------
    folder
        Where to keep the files, made if need be; None for one that is deleted when the kernel ends.
    suffixes
        The endings that are taken, such as ``(".csv", ".parquet")``; None for the service's photos, clips and music.
    max_bytes
        The largest file that is taken; None for the service's limit.
    language
        ``"en"`` or ``"zh"``.

    Attributes
    ----------
    files : list of pathlib.Path
        The files that are here, in the order of the list. ``uploader.observe(f, "files")`` calls ``f`` on a thread
        of its own, when another one is whole or one was removed.

    Raises
    ------
    InvalidInput
        When the folder can't be made or written to.

    Examples
    --------
    >>> uploader = Uploader()
    >>> uploader.files
    []
    """

    _esm = front_end.UPLOADER

    files: list[Path] = traitlets.List(traitlets.Instance(Path), read_only=True)  # pyright: ignore[reportAssignmentType, reportUnknownMemberType]

    def __init__(
        self,
        folder: str | os.PathLike[str] | None = None,
        *,
        suffixes: Iterable[str] | None = None,
        max_bytes: int | None = None,
        language: str = "en",
    ) -> None:
        super().__init__("uploader", language=language)
        taken = sorted({_suffix(one) for one in (settings.SUFFIXES if suffixes is None else suffixes)})
        limit = max_bytes or settings.Settings().max_upload_bytes
        self._own = folder is None
        self._folder = Path(tempfile.mkdtemp(prefix="nemo-files-")) if folder is None else _made(Path(folder))
        self._desk = Desk(
            self._post,
            language=language,
            backend={"kind": "", "label": "", "detail": "", "status": "ready", "error": None},
            limits={"max_upload_bytes": limit, "suffixes": taken, "links": False},
            assets=[],
        )
        self._arrivals = Arrivals(self._desk, self._keep, suffixes=taken, max_bytes=limit, folder=self._folder)
        self._paths: dict[str, Path] = {}
        self._listen()

    @public
    async def clear(self) -> None:
        """Empty the list: what is on its way is stopped.

        What is here is deleted, unless you named the folder: then the files stay in it.
        """
        for asset in list(self._desk.state["assets"]):
            await self._remove(asset["id"])

    async def _close(self) -> None:
        await super()._close()
        self._arrivals.close()
        if self._own:
            await asyncio.to_thread(shutil.rmtree, self._folder, ignore_errors=True)

    def _incoming(self, file_id: str) -> Incoming | None:
        return self._arrivals.incoming(file_id)

    def _take_slice(self, file_id: str, index: int, data: memoryview, *, acknowledge: bool = True) -> bool:
        return self._arrivals.slice(file_id, index, data, acknowledge=acknowledge)

    async def _handle(self, kind: str, **fields: Any) -> None:
        match kind:
            case "ready":
                self._desk.state.send_whole()
            case "upload-begin":
                await self._arrivals.begin(fields.pop("id"), **fields)
            case "upload-look":
                self._arrivals.look(fields.pop("id"), **fields)
            case "upload-check":
                await self._arrivals.check(fields["id"])
            case "upload-cancel":
                await self._remove(fields["id"], ready=False)
            case "asset-remove":
                await self._remove(fields["id"])
            case "assets-order":
                self._desk.state.reorder("assets", fields["ids"])
                await self._tell()
            case _:
                pass

    async def _keep(self, file_id: str, incoming: Incoming) -> None:
        """Give a whole file its own name in the folder."""
        self._paths[file_id] = await asyncio.to_thread(_moved, incoming.path, self._folder, incoming.name)
        self._desk.state.change("assets", file_id, state="ready", done=1.0)
        await self._tell()

    async def _remove(self, file_id: str, *, ready: bool = True) -> None:
        asset = self._desk.state.find("assets", file_id)
        if asset is not None and asset["state"] == "ready" and not ready:  # the wish came too late
            return
        self._arrivals.cancel(file_id)
        path = self._paths.pop(file_id, None)
        if path is not None and self._own:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
        await self._tell()

    async def _tell(self) -> None:
        """Let code see the files; an observer may take its time."""
        while (here := self._here()) != self.files:  # two at once may be told in either order
            await asyncio.to_thread(self.set_trait, "files", here)  # pyright: ignore[reportUnknownMemberType]

    def _here(self) -> list[Path]:
        return [self._paths[asset["id"]] for asset in self._desk.state["assets"] if asset["id"] in self._paths]

    def __repr__(self) -> str:
        if not hasattr(self, "_paths"):
            return "Uploader(…)"
        return f"Uploader({len(self.files)} file{'s' * (len(self.files) != 1)})"


def _suffix(told: str) -> str:
    """Return an ending as it is compared.

    Examples
    --------
    >>> _suffix("CSV"), _suffix(".csv")
    ('.csv', '.csv')
    """
    return f".{told.strip().lower().removeprefix('.')}"


def _made(folder: Path) -> Path:
    folder = folder.expanduser()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder.absolute()
    except FileExistsError:
        raise InvalidInput("not-a-folder", name=str(folder)) from None
    except OSError as error:
        raise InvalidInput("cant-save", name=str(folder), reason=error.strerror or type(error).__name__) from None


def _moved(path: Path, folder: Path, name: str) -> Path:
    """Move a file into a folder, under its name or the next that is free."""
    wanted = Path(_NOT_IN_NAMES.sub("_", name).strip(" .") or "file")
    for number in range(1, 10_000):
        target = folder / (wanted.name if number == 1 else f"{wanted.stem} ({number}){wanted.suffix}")
        try:
            target.touch(exist_ok=False)
        except FileExistsError:
            continue
        path.replace(target)
        return target
    raise InvalidInput("cant-save", name=name, reason="too many files have this name")
