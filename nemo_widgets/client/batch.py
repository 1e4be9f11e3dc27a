"""Many videos in one go: rows of files and instructions in, a table of videos out."""

from __future__ import annotations

import asyncio
import itertools
import re
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from nemo_widgets.client.blocking import behind
from nemo_widgets.client.calls import in_language
from nemo_widgets.client.client import AsyncClient, Client, shared_client
from nemo_widgets.client.uploads import LocalFile, RemoteFile, Source, check
from nemo_widgets.errors import InvalidInput, NemoError, NothingToExport, redact
from nemo_widgets.notebook import notebook_shell
from nemo_widgets.settings import data_folder

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from nemo_widgets.client.client import BlockingSession
    from nemo_widgets.client.models import Video
    from nemo_widgets.client.session import Session

Files: TypeAlias = "Source | list[Source]"
"""What one row is made from: anything that can be uploaded, or a list of such things."""

DONE, FAILED = "done", "failed"
_NAME_LENGTH = 60


async def batch(
    rows: Iterable[tuple[Files, str]],
    *,
    client: AsyncClient | Client | None = None,
    session: Session | BlockingSession | None = None,
    concurrency: int = 2,
    folder: str | os.PathLike[str] | None = None,
    progress: bool = True,
) -> pd.DataFrame:
    """Make one video for each row; a row that fails stops no other.

    Each row gets a session of its own, so that no timeline is mixed with another's and a failure stays with its
    row. With ``session=`` everything goes through that one session instead, one row after the other: the timeline
    carries over, so a row may go on from the one before it (its list of files may be empty), and each row gets a
    render of how the timeline is then.

    Parameters
    ----------
    rows
        Pairs of files and instruction. The files are a path, an http address, bytes, an open file, ``(name, any of
        these)``, or a list of such things.
    client
        Which service; the shared client (:func:`~nemo_widgets.shared_client`) where it is None.
    session
        One session for all rows, instead of one for each.
    concurrency
        How many rows are worked on at the same time; with ``session=`` it is always one.
    folder
        Where the videos go, made where it doesn't exist; this user's folder of videos where it is None. Each is
        named after the row's first file and its instruction; a file that is there already is never replaced. While a
        row is worked on, an empty file keeps its name from other batches.
    progress
        Show a bar: a widget in a notebook, text elsewhere.

    Returns
    -------
    pandas.DataFrame
        One row for each given one, in their order: ``prompt`` (string), ``status`` (categorical: ``"done"`` or
        ``"failed"``), ``video`` (a :class:`~nemo_widgets.Video` or None) and ``error`` (a sentence or NA).

    Raises
    ------
    InvalidInput, UnsupportedFile, FileTooLarge
        When any row can't be right, before anything is sent.

    Examples
    --------
    ``results = await nw.batch([("a.jpg", "make a 10s teaser"), (["b.jpg", "c.jpg"], "a calm slideshow")])``

    In a script or a blocking cell: ``nw.run(nw.batch(rows))``.

    >>> asyncio.run(batch([], progress=False)).dtypes["status"]
    CategoricalDtype(categories=['done', 'failed'], ordered=False, categories_dtype=str)
    """
    chosen: AsyncClient = behind(client) if client is not None else shared_client()
    one: Session | None = behind(session) if session is not None else None
    if concurrency < 1:
        raise InvalidInput("concurrency", language=chosen.language, number=concurrency)
    limit = (one or chosen).settings.max_upload_bytes
    with ExitStack() as held:
        try:
            orders = await asyncio.to_thread(_checked, list(rows), _folder(folder), limit, held)
        except NemoError as error:
            raise in_language(error, chosen.language) from None
        outcomes = await _work(orders, chosen, one, 1 if one is not None else concurrency, shown=progress)
    return _table(outcomes)


@dataclass(frozen=True)
class _Order:
    """One row that passed the checks."""

    files: list[LocalFile | RemoteFile]
    prompt: str
    target: Path


@dataclass(frozen=True)
class _Outcome:
    """What came of one row."""

    prompt: str
    video: Video | None = None
    error: str | None = None


async def _work(
    orders: Sequence[_Order], client: AsyncClient, session: Session | None, concurrency: int, *, shown: bool
) -> list[_Outcome]:
    """Work on the rows, so many at a time, and return what came of them in their order."""
    places = asyncio.Semaphore(concurrency)
    with _bar(len(orders), shown=shown) as bar:

        async def in_turn(order: _Order) -> _Outcome:
            async with places:
                outcome = await _outcome(order, client, session)
            bar.update()
            return outcome

        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(in_turn(order)) for order in orders]
    return [task.result() for task in tasks]


async def _outcome(order: _Order, client: AsyncClient, session: Session | None) -> _Outcome:
    try:
        return _Outcome(order.prompt, video=await _make(order, client, session))
    except NemoError as error:
        return _Outcome(order.prompt, error=str(error))
    except Exception as error:  # noqa: BLE001 - whatever it is, it concerns this row alone
        return _Outcome(order.prompt, error=redact(f"{type(error).__name__}: {error}"))


async def _make(order: _Order, client: AsyncClient, session: Session | None) -> Video:
    """Go the whole way for one row: upload, say, render, download."""
    session = session or await client.create_session(task_name=order.target.stem)
    if order.files:
        await session.upload(*(_again(file) for file in order.files))
    reply = await session.send(order.prompt)
    try:
        return await session.export(order.target)
    except NothingToExport:
        raise NothingToExport("nothing-made", message=reply.text, language=session.language) from None


def _again(file: LocalFile | RemoteFile) -> Source:
    """Return what was checked in a form that can be uploaded, under the name that it was given."""
    return (file.name, file.source) if isinstance(file, LocalFile) else file.url


def _checked(rows: Sequence[Any], folder: Path, limit: int, held: ExitStack) -> list[_Order]:
    """Check every row; what had to be copied for it is let go of when ``held`` ends."""
    checked: list[tuple[list[LocalFile | RemoteFile], str]] = []
    for number, row in enumerate(rows, 1):
        sources, prompt = _pair(row, number)
        files: list[LocalFile | RemoteFile] = []
        for source in sources:
            file = check(source, max_bytes=limit)
            held.callback(file.close)
            files.append(file)
        checked.append((files, prompt))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return [_Order(files, prompt, _kept(folder, _stem(files, prompt), held)) for files, prompt in checked]
    except OSError as error:
        reason = error.strerror or type(error).__name__
    raise NemoError("cant-save", name=str(folder), reason=reason)


def _pair(row: Any, number: int) -> tuple[list[Source], str]:
    """Return a row's files and its instruction."""
    pair = tuple(cast("Iterable[Any]", row)) if isinstance(row, tuple | list) else ()
    if len(pair) != 2 or not isinstance(pair[1], str):
        raise InvalidInput("batch-row", number=number)
    files, prompt = pair
    if not prompt.strip():
        raise InvalidInput("batch-prompt", number=number)
    return (cast("list[Source]", files) if isinstance(files, list) else [cast("Source", files)]), prompt


def _folder(folder: str | os.PathLike[str] | None) -> Path:
    chosen = data_folder() / "videos" if folder is None else Path(folder).expanduser().absolute()
    if chosen.exists() and not chosen.is_dir():
        raise InvalidInput("not-a-folder", name=chosen.name)
    return chosen


def _stem(files: Sequence[LocalFile | RemoteFile], prompt: str) -> str:
    """Return what to call a row's video.

    Examples
    --------
    >>> _stem([RemoteFile("https://example.com/sea side.jpg?v=2")], "Make a 10s teaser!")
    'sea-side-make-a-10s-teaser'
    """
    first = [file.name if isinstance(file, LocalFile) else file.url.partition("?")[0] for file in files[:1]]
    words = re.findall(r"\w+", " ".join([*(Path(name).stem for name in first), prompt.lower()]))
    return "-".join(words)[:_NAME_LENGTH].rstrip("-") or "video"


def _kept(folder: Path, stem: str, held: ExitStack) -> Path:
    """Return a file of the folder that nobody else has, neither another row nor another process; it is empty yet."""
    for number in itertools.count(1):
        path = folder / (f"{stem}.mp4" if number == 1 else f"{stem}-{number}.mp4")
        try:
            path.touch(exist_ok=False)
        except FileExistsError:
            continue
        held.callback(_let_go, path)
        return path
    raise AssertionError


def _let_go(path: Path) -> None:
    """Remove a file that no video came into."""
    with suppress(OSError):
        if path.stat().st_size == 0:
            path.unlink()


def _table(outcomes: Sequence[_Outcome]) -> pd.DataFrame:
    import pandas as pd

    status = [DONE if outcome.error is None else FAILED for outcome in outcomes]
    return pd.DataFrame(
        {
            "prompt": pd.Series([outcome.prompt for outcome in outcomes], dtype="string"),
            "status": pd.Categorical(status, categories=[DONE, FAILED]),
            "video": pd.Series([outcome.video for outcome in outcomes], dtype="object"),
            "error": pd.Series([outcome.error for outcome in outcomes], dtype="string"),
        }
    )


def _bar(total: int, *, shown: bool) -> Any:
    # tqdm.auto takes every process that has ever imported ipykernel for a notebook, and shows nothing there.
    if notebook_shell() is None:
        from tqdm import tqdm
    else:
        from tqdm.notebook import tqdm

    return tqdm(total=total, desc="Videos", unit="video", leave=True, disable=not shown)
