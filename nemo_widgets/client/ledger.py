"""The ledger: every render that this user's clients ask for, written down before it is asked for.

One SQLite file for all of a user's processes. Each operation opens it, does one short transaction and closes it, so
that nothing is held across a fork, a kernel's death or another process's turn. The ledger serves the renders, never
the other way round: where it can't be written, a warning says so once and the render goes on.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import time
import warnings
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar, cast

from nemo_widgets import settings
from nemo_widgets.errors import NemoError, redact

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path

    import pandas as pd

T = TypeVar("T")

_VERSION = 1
_BUSY_S = 10.0
_SCHEMA = """
CREATE TABLE IF NOT EXISTS job (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, address TEXT NOT NULL, session TEXT NOT NULL, title TEXT NOT NULL,
    created INTEGER NOT NULL, updated INTEGER NOT NULL, status TEXT NOT NULL, request TEXT, path TEXT, url TEXT,
    error TEXT, again_of TEXT UNIQUE, downloaded INTEGER NOT NULL DEFAULT 0, etag TEXT, total INTEGER)
"""
_COLUMNS = (
    *("id", "kind", "address", "session", "title", "created", "updated", "status", "request", "path", "url", "error"),
    *("again_of", "downloaded", "etag", "total"),
)
_CLOSED = ("completed", "failed", "cancelled")
STATUSES = ("asked", "pending", "processing", *_CLOSED)
"""What an entry's status may be; ``asked`` is the intent: whether the service heard of it isn't known."""

_warned: set[str] = set()


@dataclass(frozen=True)
class Entry:
    """One render in the ledger.

    Attributes
    ----------
    id : str
        The render's id.
    kind, address : str
        Which service: ``"local"`` with no address, ``"cloud"`` or ``"custom"`` with one (never a user name, password
        or token).
    session : str
        The session that it was asked for in.
    title : str
        What the draft is called.
    created, updated : int
        Milliseconds since 1970.
    status : str
        One of :data:`STATUSES`.
    request : dict or None
        What it is made of (the order as it was sent, without the id); None once the video is on this machine.
    path : str or None
        The file that is wanted, or that has the video.
    url, error : str or None
        What the service says.
    again_of : str or None
        The failed render that this one is the second attempt at.
    downloaded : bool
        Whether the video is on this machine.
    etag, total : str or None, int or None
        Which version the part of a broken download belongs to, and the bytes of the whole.
    """

    id: str
    kind: str
    address: str
    session: str
    title: str = ""
    created: int = 0
    updated: int = 0
    status: str = "asked"
    request: dict[str, Any] | None = None
    path: str | None = None
    url: str | None = None
    error: str | None = None
    again_of: str | None = None
    downloaded: bool = False
    etag: str | None = None
    total: int | None = None

    @property
    def unfinished(self) -> bool:
        """Whether there may still be a video to have."""
        return not self.downloaded and self.status not in {"failed", "cancelled"}

    @property
    def preview(self) -> bool:
        """Whether it is a small and quick one, which nobody looks for later: it isn't listed.

        Examples
        --------
        >>> Entry("render_1", "local", "", "s1", request={"output": {"quality": "preview"}}).preview
        True
        """
        output: Any = (self.request or {}).get("output")
        return isinstance(output, dict) and cast("dict[str, Any]", output).get("quality") == "preview"

    @property
    def backend(self) -> str:
        """What to pass as ``backend=`` to a client, so that it speaks to the service that has this render.

        Examples
        --------
        >>> Entry("render_1", "local", "", "s1").backend
        'local'
        """
        if self.kind == "cloud" and self.address == settings.api_url():
            return "cloud"
        return self.address or self.kind


class Ledger:
    """The renders of this user, whichever process asked for them.

    Parameters
    ----------
    path
        The SQLite file; ``ledger.sqlite`` in this user's data folder where it is None.
    keep
        Seconds after which an entry that is closed is forgotten.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> ledger = Ledger(pathlib.Path(tempfile.mkdtemp()) / "ledger.sqlite")
    >>> ledger.intend(Entry("render_1", "local", "", "s1", request={"draft": {}}))
    'render_1'
    >>> ledger.note("render_1", status="processing")
    >>> ledger.entry("render_1").status
    'processing'
    """

    def __init__(self, path: Path | None = None, *, keep: float | None = None) -> None:
        self.path = path or settings.data_folder() / "ledger.sqlite"
        self._keep = settings.Settings().ledger_keep if keep is None else keep

    def intend(self, entry: Entry) -> str:
        """Write down that a render is about to be asked for, and return the id to ask for it by.

        That is the entry's own id, except where another process is already making the second attempt at the same
        failed render: then it is that one's. One that was refused before is open again.
        """
        now = _now()
        row = {name: getattr(entry, name) for name in _COLUMNS}
        row |= {"created": entry.created or now, "updated": now, "title": redact(entry.title)}
        row["request"] = None if entry.request is None else json.dumps(entry.request)

        def write(db: sqlite3.Connection) -> str:
            db.execute(
                f"DELETE FROM job WHERE updated < ? AND status IN {_CLOSED}",  # noqa: S608 - our own words
                (now - int(self._keep * 1000),),
            )
            db.execute(
                f"INSERT OR IGNORE INTO job ({', '.join(_COLUMNS)}) "  # noqa: S608 - our own words
                f"VALUES ({', '.join(f':{name}' for name in _COLUMNS)})",
                row,
            )
            db.execute("UPDATE job SET status = 'asked', error = NULL WHERE id = ? AND status = 'failed'", (entry.id,))
            first = db.execute("SELECT id FROM job WHERE again_of = ?", (entry.again_of,)).fetchone()
            return str(first[0]) if first else entry.id

        return self._attempt(lambda: self._write(write), entry.id)

    def note(self, job_id: str, **changes: str | int | None) -> None:
        """Write down what became of a render; one that is closed isn't opened again.

        A video that came into the place of another is the one that is there: the other's isn't any more.

        Parameters
        ----------
        job_id
            Which; nothing happens where the ledger doesn't know it.
        **changes
            Columns and values.
        """
        known = {"updated": _now(), **changes}
        if known.get("error"):
            known["error"] = redact(str(known["error"]))
        assigned = ", ".join(f"{name} = :{name}" for name in known)
        # A poll of another process may be late, but a video that is there is there.
        open_still = f"(status NOT IN {_CLOSED} OR :status = 'completed')" if "status" in changes else "1"
        query = f"UPDATE job SET {assigned} WHERE id = :job_id AND {open_still}"  # noqa: S608 - our own words

        def write(db: sqlite3.Connection) -> None:
            db.execute(query, {**known, "job_id": job_id})
            if known.get("downloaded"):
                db.execute(
                    "UPDATE job SET downloaded = 0, path = NULL WHERE downloaded AND path = :path AND id != :id",
                    {"path": known.get("path"), "id": job_id},
                )

        self._attempt(lambda: self._write(write), None)

    def forget(self, job_id: str) -> None:
        """Take a render out of the ledger."""

        def write(db: sqlite3.Connection) -> None:
            db.execute("DELETE FROM job WHERE id = ?", (job_id,))

        self._attempt(lambda: self._write(write), None)

    def entry(self, job_id: str) -> Entry | None:
        """Return a render's entry, or None; a ledger that can't be read knows none."""
        return self._find("SELECT * FROM job WHERE id = :id", job_id)

    def latest(self, job_id: str) -> Entry | None:
        """Return the entry of a render, or of the second attempt at it where there is one."""
        return self._find("SELECT * FROM job WHERE :id IN (id, again_of) ORDER BY again_of IS :id DESC", job_id)

    def entries(self) -> list[Entry]:
        """Return all renders but previews, the newest first.

        Raises
        ------
        NemoError
            When the ledger can't be read.
        """
        reason = ""
        try:
            found = self._read("SELECT * FROM job ORDER BY created DESC, rowid DESC")
            return [entry for entry in found if not entry.preview]
        except (sqlite3.Error, OSError, ValueError) as error:
            reason = str(error)
        raise NemoError("ledger-unreadable", path=self.path, reason=reason)

    def to_frame(self) -> pd.DataFrame:
        """Return the ledger as a table; see :meth:`nemo_widgets.AsyncClient.jobs`."""
        return to_frame(self.entries())

    def _find(self, query: str, job_id: str) -> Entry | None:
        found: list[Entry] = self._attempt(lambda: self._read(query, id=job_id), [])
        return found[0] if found else None

    def _attempt(self, work: Callable[[], T], otherwise: T) -> T:
        """Do something with the ledger; where that can't be done, warn once and go on."""
        try:
            return work()
        except (sqlite3.Error, OSError, ValueError, TypeError) as error:
            reason = str(error)
        if str(self.path) not in _warned:
            _warned.add(str(self.path))
            with contextlib.suppress(RuntimeWarning):  # where warnings are errors, it still stops no render
                warnings.warn(str(NemoError("ledger", path=self.path, reason=reason)), RuntimeWarning, stacklevel=2)
        return otherwise

    def _read(self, query: str, **values: str) -> list[Entry]:
        if not self.path.exists():
            return []
        with self._open() as db:
            if not _version(db):  # another process is making it
                return []
            return [_entry(row) for row in db.execute(query, values)]

    def _write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))  # SQLite's own files beside it take the mode over
        with self._open() as db:
            with contextlib.suppress(sqlite3.OperationalError):  # another process is changing it at this moment
                db.execute("PRAGMA journal_mode = WAL")
            db.execute("BEGIN IMMEDIATE")
            with db:  # commits, or rolls back
                if not _version(db):
                    db.execute(_SCHEMA)
                    db.execute(f"PRAGMA user_version = {_VERSION}")
                return work(db)

    @contextlib.contextmanager
    def _open(self) -> Generator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.path, timeout=_BUSY_S, isolation_level=None)) as db:
            db.row_factory = sqlite3.Row
            yield db


def to_frame(entries: list[Entry]) -> pd.DataFrame:
    """Return entries as a table, with the same columns and types where there are none.

    Examples
    --------
    >>> list(to_frame([]).columns[:4])
    ['id', 'status', 'created', 'updated']
    """
    import pandas as pd

    def texts(name: str) -> pd.Series[Any]:
        return pd.Series([getattr(entry, name) for entry in entries], dtype="string")

    def times(name: str) -> pd.Series[Any]:
        since_1970 = pd.Series([getattr(entry, name) for entry in entries], dtype="int64")
        return pd.to_datetime(since_1970, unit="ms", utc=True).astype("datetime64[ms, UTC]")

    columns: dict[str, Any] = {
        "id": texts("id"),
        "status": pd.Categorical([entry.status for entry in entries], categories=list(STATUSES)),
        "created": times("created"),
        "updated": times("updated"),
        **{name: texts(name) for name in ("session", "backend", "title", "path")},
        "downloaded": pd.Series([entry.downloaded for entry in entries], dtype="bool"),
        **{name: texts(name) for name in ("url", "error", "again_of")},
    }
    return pd.DataFrame(columns)


def _entry(row: sqlite3.Row) -> Entry:
    values: dict[str, Any] = {name: row[name] for name in _COLUMNS}
    values["downloaded"] = bool(values["downloaded"])
    made_of = values.pop("request")
    entry = Entry(**values)
    with contextlib.suppress(ValueError, TypeError):
        return replace(entry, request=json.loads(made_of))
    return entry


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _now() -> int:
    return time.time_ns() // 1_000_000
