"""Many files at once: packed into requests, a few of which are under way together, in the order that was given."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from nemo_widgets.client.models import Asset, as_object
from nemo_widgets.client.uploads import LocalFile, MultipartBody, RemoteFile
from nemo_widgets.errors import FileTooLarge, NemoError, UnsupportedFile
from nemo_widgets.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nemo_widgets.client.transport import Transport
    from nemo_widgets.client.uploads import OnProgress

Parcel: TypeAlias = "list[LocalFile] | list[RemoteFile]"

# What concurrency is worth: where a service gives each connection so much, three carry three times as much (measured:
# 24 and 69 MB/s); on a line that one connection fills, as on this machine, nothing. A request costs a round trip, so
# small files travel together, and a usual set of photos is one request.
_MOST_BYTES = 16 * 1024 * 1024
_MOST_ITEMS = 20
_LIGHT = 4 * 1024 * 1024
"""Bytes of a parcel that waits for its turn before it begins: one that has sent all but its end only drips, which
studios and proxies wait for no longer than for as many bytes at a slow line's pace."""


def pack(items: Sequence[LocalFile | RemoteFile]) -> list[Parcel]:
    """Return the parcels that items are sent in: neighbours of one sort, up to 16 MB or one file.

    Examples
    --------
    >>> from pathlib import Path
    >>> a, b = LocalFile("a.jpg", 10, Path("a.jpg")), LocalFile("b.mp4", 20_000_000, Path("b.mp4"))
    >>> [len(parcel) for parcel in pack([a, a, b, RemoteFile("https://cdn/c.png"), a])]
    [2, 1, 1, 1]
    """
    parcels: list[list[Any]] = []
    weight = 0
    for item in items:
        size = item.size if isinstance(item, LocalFile) else 0
        last = parcels[-1] if parcels else []
        if last and type(last[0]) is type(item) and weight + size <= _MOST_BYTES and len(last) < _MOST_ITEMS:
            last.append(item)
            weight += size
        else:
            parcels.append([item])
            weight = size
    return parcels


async def deliver(
    transport: Transport, path: str, items: Sequence[LocalFile | RemoteFile], on_progress: OnProgress | None
) -> list[Asset]:
    """Send items to the service, and return its assets in their order.

    The service gets them in that order, too (what it makes of "these photos" goes by it): a request may send its
    files while others do, but the last bytes of it only leave when the one before it has been answered. A light one
    only begins then.

    Parameters
    ----------
    transport
        The service; ``settings.upload_concurrency`` says how many requests may be under way.
    path
        Where to.
    items
        What passed the checks.
    on_progress
        Called on the background thread with the bytes of all files together.

    Raises
    ------
    UnsupportedFile, FileTooLarge
        When the service refuses a file; the error names it. What is after it isn't sent, what is before it is there.
    """
    parcels = pack(items)
    places = asyncio.Semaphore(transport.settings.upload_concurrency)
    turns = [asyncio.Event() for _ in range(len(parcels) + 1)]
    turns[0].set()
    total = _Total(sum(item.size for item in items if isinstance(item, LocalFile)), len(parcels), on_progress)

    async def send(number: int, parcel: Parcel) -> list[Asset]:
        async with places:  # they are given in the order of asking, so that the first in turn always has one
            assets = await _send(transport, path, parcel, turns[number], total.of(number))
        turns[number + 1].set()
        return assets

    tasks: list[asyncio.Task[list[Asset]]] = []
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(send(number, parcel)) for number, parcel in enumerate(parcels)]
    except ExceptionGroup:
        pass
    return [asset for task in tasks if not task.cancelled() for asset in task.result()]  # or raise the first's error


async def _send(
    transport: Transport, path: str, parcel: Parcel, turn: asyncio.Event, on_progress: OnProgress | None
) -> list[Asset]:
    urls = [item.url for item in parcel if isinstance(item, RemoteFile)]
    if urls:
        await turn.wait()
        named = {"urls": urls, "source_type": "url"}  # the service fetches them before it answers
        return _assets(await transport.post(path, named, read_timeout=transport.settings.message_timeout))
    files = [item for item in parcel if isinstance(item, LocalFile)]
    if sum(file.size for file in files) <= _LIGHT:
        await turn.wait()
    try:
        return _assets(await transport.upload(path, MultipartBody(files, on_progress, turn)))
    except (UnsupportedFile, FileTooLarge) as error:
        _name(error, files)
        raise


def _name(error: UnsupportedFile | FileTooLarge, files: Sequence[LocalFile]) -> None:
    """Let a refusal name the files that it is about, where it doesn't."""
    told = str(error.details.get("message"))
    names = [file.name for file in files if file.name in told] or [file.name for file in files]
    name = error.details.get("name") or ", ".join(names)
    NemoError.__init__(error, error.key, **error.details | {"name": name})


class _Total:
    """The progress of several bodies as one."""

    def __init__(self, total: int, bodies: int, on_progress: OnProgress | None) -> None:
        self._total = total
        self._done = [0] * bodies
        self._on_progress = on_progress

    def of(self, number: int) -> OnProgress | None:
        """Return the callback for one of the bodies."""
        on_progress = self._on_progress
        if on_progress is None:
            return None

        def told(progress: Progress) -> None:
            self._done[number] = progress.done
            on_progress(Progress(sum(self._done), self._total, progress.name))

        return told


def _assets(data: Any) -> list[Asset]:
    files = as_object(data).get("files", data)
    return [Asset.read(item) for item in cast("list[Any]", files)] if isinstance(files, list) else []
