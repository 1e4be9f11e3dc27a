"""What the studio remembers, in one SQLite file that several processes share.

Write-ahead logging lets them read while one of them writes; every transaction is a few statements. Of a token
only its hash is kept. A draft is never overwritten: each edit is a new version that knows its parent.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
import threading
import time
import uuid
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path

JobStatus = Literal["pending", "processing", "completed", "failed", "cancelled"]

_PATIENCE = 20.0
"""Seconds to wait for another process that writes."""

NOTED_EVERY = 3600.0
"""Seconds after which the use of a session is written down again."""

_SEEN_EVERY = 60.0
"""Seconds after which it is written down again that a client was seen."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS secret (name TEXT PRIMARY KEY, value BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS user (
    id TEXT PRIMARY KEY, client_hash TEXT UNIQUE, credits INTEGER, nonce TEXT, token_hash TEXT, expires REAL,
    seen REAL NOT NULL DEFAULT 0, address TEXT NOT NULL DEFAULT '', name TEXT NOT NULL DEFAULT '');
CREATE INDEX IF NOT EXISTS user_token ON user (token_hash);
CREATE TABLE IF NOT EXISTS session (
    id TEXT PRIMARY KEY, user TEXT NOT NULL, task_id TEXT NOT NULL, task_name TEXT NOT NULL, language TEXT NOT NULL,
    created REAL NOT NULL, version INTEGER NOT NULL DEFAULT 0, used REAL NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS draft (
    session TEXT NOT NULL, version INTEGER NOT NULL, parent INTEGER NOT NULL, draft TEXT NOT NULL,
    created REAL NOT NULL, PRIMARY KEY (session, version));
CREATE TABLE IF NOT EXISTS media (
    id TEXT PRIMARY KEY, user TEXT NOT NULL, session TEXT NOT NULL, origin TEXT NOT NULL, filename TEXT NOT NULL,
    kind TEXT NOT NULL, format TEXT NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL, duration INTEGER,
    fps REAL NOT NULL, has_audio INTEGER NOT NULL, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL, created REAL NOT NULL);
CREATE INDEX IF NOT EXISTS media_session ON media (session);
CREATE INDEX IF NOT EXISTS media_user ON media (user);
CREATE TABLE IF NOT EXISTS job (
    user TEXT NOT NULL, id TEXT NOT NULL, session TEXT NOT NULL, draft TEXT NOT NULL, folder TEXT NOT NULL UNIQUE,
    filename TEXT NOT NULL, owner TEXT NOT NULL, status TEXT NOT NULL, progress REAL NOT NULL DEFAULT 0,
    cancelled INTEGER NOT NULL DEFAULT 0, error TEXT, duration INTEGER, bytes INTEGER, created REAL NOT NULL,
    completed REAL, attempts INTEGER NOT NULL DEFAULT 0, cost INTEGER NOT NULL DEFAULT 0,
    output TEXT NOT NULL DEFAULT '{}', PRIMARY KEY (user, id));
"""


@dataclass(frozen=True)
class User:
    """Somebody with a token; ``credits`` is None for the studio's own user, who isn't charged."""

    id: str
    credits: int | None


@dataclass(frozen=True)
class SessionRow:
    """A session; ``version`` is the current version of its draft, 0 where there is none; ``used`` epoch seconds."""

    id: str
    user: str
    task_id: str
    task_name: str
    language: str
    created: float
    version: int
    used: float


@dataclass(frozen=True)
class MediaRow:
    """A file of a session; ``duration`` in ms (None for an image), ``origin`` is ``upload`` or ``music``."""

    id: str
    user: str
    session: str
    origin: str
    filename: str
    kind: str
    format: str
    width: int
    height: int
    duration: int | None
    fps: float
    has_audio: bool
    bytes: int
    sha256: str
    created: float


@dataclass(frozen=True)
class JobRow:
    """A render; ``progress`` from 0 to 1, ``duration`` in ms, ``owner`` the studio that works on it.

    ``attempts`` counts how often it was begun, ``cost`` is what it counts for (ms of 1080p video).
    ``output`` is JSON: what was asked for about the file, and when it is done a ``note`` such as ``"copied"``.
    """

    user: str
    id: str
    session: str
    draft: str
    folder: str
    filename: str
    owner: str
    status: JobStatus
    progress: float
    cancelled: bool
    error: str | None
    duration: int | None
    bytes: int | None
    created: float
    completed: float | None
    attempts: int
    cost: int
    output: str

    @property
    def open(self) -> bool:
        """Whether it is still to be rendered."""
        return self.status in {"pending", "processing"}


class DraftConflict(Exception):
    """The draft was changed by somebody else since it was read."""


class Store:
    """The studio's memory.

    Parameters
    ----------
    path
        The SQLite file; made where it isn't there.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> store = Store(pathlib.Path(tempfile.mkdtemp()) / "studio.sqlite")
    >>> store.add_user("me", None)
    >>> session = store.add_session("me", "project", "en")
    >>> store.session("somebody else", session.id) is None
    True
    >>> store.close()
    """

    def __init__(self, path: Path) -> None:
        self._lock = threading.RLock()
        path.touch(mode=0o600)
        self._connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
        self._connection.row_factory = sqlite3.Row
        try:
            self._prepare()
        except BaseException:
            self._connection.close()
            raise

    def _prepare(self) -> None:
        """Make the tables, and what those of an older version lack."""
        self._use_wal()
        self._connection.execute("PRAGMA synchronous=NORMAL")
        self._connection.executescript(_SCHEMA)
        self._add_column("user", "seen REAL NOT NULL DEFAULT 0")
        self._add_column("user", "address TEXT NOT NULL DEFAULT ''")
        self._add_column("user", "name TEXT NOT NULL DEFAULT ''")
        self._add_column("session", "used REAL NOT NULL DEFAULT 0")
        self._add_column("job", "cost INTEGER NOT NULL DEFAULT 0")
        self._add_column("job", "output TEXT NOT NULL DEFAULT '{}'")

    def _add_column(self, table: str, column: str) -> None:
        """Add a column to the table of an older version; SQLite says so where it is there."""
        try:
            self._connection.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
        except sqlite3.OperationalError as error:
            if "duplicate column" not in str(error):
                raise

    def _use_wal(self) -> None:
        """Switch to write-ahead logging; of several processes that do so at once, SQLite lets only one at a time."""
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                self._connection.execute("PRAGMA journal_mode=WAL")
            except sqlite3.OperationalError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.02)
            else:
                return

    def close(self) -> None:
        """Close the file; the store can't be used any more."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def writing(self) -> Generator[sqlite3.Connection]:
        """Open a transaction that is kept whole or not at all."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # On a full disk SQLite has rolled back by itself.
                    self._connection.execute("ROLLBACK")
                raise

    def rows(self, query: str, *values: Any) -> list[dict[str, Any]]:
        """Return what a query finds."""
        with self._lock:
            return [dict(row) for row in self._connection.execute(query, values)]

    def _row(self, query: str, *values: Any) -> dict[str, Any] | None:
        rows = self.rows(query, *values)
        return rows[0] if rows else None

    def key(self, name: str = "key") -> bytes:
        """Return a key of the workspace, made on first use; processes that start at once agree on one."""
        with self.writing() as db:
            db.execute("INSERT OR IGNORE INTO secret VALUES (?, ?)", (name, secrets.token_bytes(32)))
        return self.rows("SELECT value FROM secret WHERE name = ?", name)[0]["value"]

    def forget_key(self, name: str) -> None:
        """Let a key be made anew."""
        with self.writing() as db:
            db.execute("DELETE FROM secret WHERE name = ?", (name,))

    # Users and tokens

    def add_user(self, user: str, credits_left: int | None) -> None:
        """Remember a user; one who is known stays as they are."""
        with self.writing() as db:
            db.execute("INSERT OR IGNORE INTO user (id, credits) VALUES (?, ?)", (user, credits_left))

    def token_of_client(self, client_hash: str) -> tuple[str, str, float] | None:
        """Return (user, nonce, expiry as epoch seconds) of a client's token, or None."""
        row = self._row("SELECT id, nonce, expires FROM user WHERE client_hash = ?", client_hash)
        return (row["id"], row["nonce"], row["expires"]) if row else None

    def put_token(
        self,
        client_hash: str,
        nonce: str,
        token_hash: str,
        expires: float,
        credits_left: int,
        *,
        address: str = "",
        place: Callable[[sqlite3.Connection], bool] | None = None,
    ) -> bool:
        """Give a client a new token and its credits; one that another process gave it just now stays.

        False where ``place``, which is part of the transaction, finds none for it.
        """
        now = time.time()
        values = (f"anon_{uuid.uuid4().hex}", client_hash, credits_left, nonce, token_hash, expires, now, address, now)
        with self.writing() as db:
            if place is not None and not place(db):
                return False
            db.execute(
                "INSERT INTO user (id, client_hash, credits, nonce, token_hash, expires, seen, address) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
                "ON CONFLICT (client_hash) DO UPDATE SET credits = excluded.credits, nonce = excluded.nonce, "
                "token_hash = excluded.token_hash, expires = excluded.expires, seen = excluded.seen, "
                "address = excluded.address WHERE user.expires <= ?",
                values,
            )
        return True

    def name_user(self, user: str, name: str) -> None:
        """Remember what a client wants to be called."""
        with self.writing() as db:
            db.execute("UPDATE user SET name = ? WHERE id = ?", (name, user))

    def expire_tokens(self) -> None:
        """Let no client's token be good any more; what is theirs stays theirs."""
        with self.writing() as db:
            db.execute("UPDATE user SET expires = 0 WHERE client_hash IS NOT NULL")

    def user_of_token(self, token_hash: str, now: float) -> User | None:
        """Return whose token this is, or None where it is unknown or has expired; they are seen with it."""
        row = self._row("SELECT id, credits, seen FROM user WHERE token_hash = ? AND expires > ?", token_hash, now)
        if row is None:
            return None
        if row["seen"] < now - _SEEN_EVERY:
            with suppress(sqlite3.Error), self.writing() as db:  # a full disk keeps nobody out
                db.execute("UPDATE user SET seen = ? WHERE id = ?", (now, row["id"]))
        return User(row["id"], row["credits"])

    def credits(self, user: str) -> int | None:
        """Return the credits that are left; None for the user who isn't charged."""
        row = self._row("SELECT credits FROM user WHERE id = ?", user)
        return row["credits"] if row else 0

    def charge(self, user: str, amount: int) -> bool:
        """Take credits (or give them back: a negative amount); False where there aren't enough."""
        with self.writing() as db:
            cursor = db.execute(
                "UPDATE user SET credits = credits - ? WHERE id = ? AND (credits IS NULL OR credits >= ?)",
                (amount, user, amount),
            )
            return cursor.rowcount == 1

    # Sessions and drafts

    def add_session(self, user: str, task_name: str, language: str) -> SessionRow:
        """Open a session."""
        now = time.time()
        row = SessionRow(uuid.uuid4().hex, user, f"task_{uuid.uuid4().hex}", task_name, language, now, 0, now)
        with self.writing() as db:
            db.execute(
                "INSERT INTO session (id, user, task_id, task_name, language, created, version, used) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (row.id, row.user, row.task_id, row.task_name, row.language, row.created, row.version, row.used),
            )
        return row

    def session(self, user: str, session: str) -> SessionRow | None:
        """Return a session of this user, or None; that it is used is noted once in a while."""
        row = self._row("SELECT * FROM session WHERE id = ? AND user = ?", session, user)
        if row is None:
            return None
        if row["used"] < (now := time.time()) - NOTED_EVERY:
            with suppress(sqlite3.Error), self.writing() as db:  # a full disk keeps nobody from what is theirs
                db.execute("UPDATE session SET used = ? WHERE id = ?", (now, session))
        return SessionRow(**row)

    def draft(self, session: str) -> tuple[int, dict[str, Any] | None]:
        """Return the current (version, draft) of a session."""
        row = self._row(
            "SELECT session.version, draft.draft FROM session LEFT JOIN draft ON draft.session = session.id "
            "AND draft.version = session.version WHERE session.id = ?",
            session,
        )
        if row is None or row["draft"] is None:
            return 0, None
        return row["version"], json.loads(row["draft"])

    def put_draft(self, session: str, parent: int, draft: dict[str, Any]) -> int:
        """Make a draft the current one, and return its version.

        Raises
        ------
        DraftConflict
            Where ``parent`` isn't the current version any more.
        """
        with self.writing() as db:
            newest = db.execute("SELECT max(version) FROM draft WHERE session = ?", (session,)).fetchone()[0] or 0
            moved = db.execute(
                "UPDATE session SET version = ? WHERE id = ? AND version = ?", (newest + 1, session, parent)
            )
            if moved.rowcount != 1:
                raise DraftConflict
            db.execute(
                "INSERT INTO draft (session, version, parent, draft, created) VALUES (?, ?, ?, ?, ?)",
                (session, newest + 1, parent, json.dumps(draft, ensure_ascii=False), time.time()),
            )
        return newest + 1

    def travelled(self, session: str, steps: int) -> tuple[int, dict[str, Any], int] | None:
        """Return the (version, draft, steps) so many edits back (below 0) or forward again, or as many as there are.

        Forward is the newest of the edits that were made to a draft. None where there is nothing in that direction.
        """
        here = self._row("SELECT version FROM session WHERE id = ?", session)
        version, gone = (here["version"] if here else 0), 0
        while gone < abs(steps) and (further := self._neighbour(session, version, back=steps < 0)):
            version, gone = further, gone + 1
        row = self._row("SELECT draft FROM draft WHERE session = ? AND version = ?", session, version)
        return (version, json.loads(row["draft"]), gone if steps > 0 else -gone) if row and gone else None

    def _neighbour(self, session: str, version: int, *, back: bool) -> int:
        before = "SELECT parent AS next FROM draft WHERE session = ? AND version = ?"
        after = "SELECT max(version) AS next FROM draft WHERE session = ? AND parent = ?"
        row = self._row(before if back else after, session, version)
        return (row["next"] if row else 0) or 0

    def go_to(self, session: str, parent: int, version: int) -> None:
        """Make a draft of the session's history the current one; the history goes on from there.

        Raises
        ------
        DraftConflict
            Where ``parent`` isn't the current version any more.
        """
        with self.writing() as db:
            moved = db.execute(
                "UPDATE session SET version = ? WHERE id = ? AND version = ?", (version, session, parent)
            )
            if moved.rowcount != 1:
                raise DraftConflict

    # Media

    def add_media(self, media: list[MediaRow]) -> None:
        """Remember files, all or none."""
        with self.writing() as db:
            db.executemany(
                "INSERT INTO media VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (
                        *(row.id, row.user, row.session, row.origin, row.filename, row.kind, row.format, row.width),
                        *(row.height, row.duration, row.fps, row.has_audio, row.bytes, row.sha256, row.created),
                    )
                    for row in media
                ],
            )

    def media(self, media_id: str) -> MediaRow | None:
        """Return a file by its id, whoever's it is."""
        row = self._row("SELECT * FROM media WHERE id = ?", media_id)
        return media_row(row) if row else None

    def twin(self, media: MediaRow) -> MediaRow | None:
        """Return a file of the same user with the same content, or None."""
        query = "SELECT * FROM media WHERE user = ? AND sha256 = ? AND bytes = ? LIMIT 1"
        row = self._row(query, media.user, media.sha256, media.bytes)
        return media_row(row) if row else None

    def media_of(self, session: str) -> list[MediaRow]:
        """Return a session's files, in the order in which they came."""
        return [media_row(row) for row in self.rows("SELECT * FROM media WHERE session = ? ORDER BY rowid", session)]

    # Jobs

    def add_job(
        self,
        user: str,
        job: str,
        *,
        session: str,
        draft: str,
        filename: str,
        owner: str,
        cost: int = 0,
        output: str = "{}",
    ) -> JobRow:
        """Remember a render, or return the one that this user already asked for by this id."""
        with self.writing() as db:
            db.execute(
                "INSERT OR IGNORE INTO job "
                "(user, id, session, draft, folder, filename, owner, status, cost, output, created) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, 'pending', ?, ?, ?)",
                (user, job, session, draft, uuid.uuid4().hex, filename, owner, cost, output, time.time()),
            )
        query = "SELECT * FROM job WHERE user = ? AND id = ?"
        return _job(self.rows(query, user, job)[0])

    def job(self, user: str, job: str) -> JobRow | None:
        """Return a render of this user, or None."""
        row = self._row("SELECT * FROM job WHERE user = ? AND id = ?", user, job)
        return _job(row) if row else None

    def job_in(self, folder: str) -> JobRow | None:
        """Return the render whose video is served under this unguessable name, or None."""
        row = self._row("SELECT * FROM job WHERE folder = ?", folder)
        return _job(row) if row else None

    def jobs_of(self, session: str) -> list[JobRow]:
        """Return a session's renders, the oldest first."""
        return [_job(row) for row in self.rows("SELECT * FROM job WHERE session = ? ORDER BY created", session)]

    def open_jobs(self) -> list[JobRow]:
        """Return every render that isn't finished, the oldest first."""
        query = "SELECT * FROM job WHERE status IN ('pending', 'processing') ORDER BY created"
        return [_job(row) for row in self.rows(query)]

    def take_job(self, job: JobRow, owner: str) -> bool:
        """Take a render over from an owner who is gone; False where somebody else was faster."""
        with self.writing() as db:
            cursor = db.execute(
                "UPDATE job SET owner = ?, status = 'pending', progress = 0 WHERE user = ? AND id = ? AND owner = ? "
                "AND status IN ('pending', 'processing')",
                (owner, job.user, job.id, job.owner),
            )
            return cursor.rowcount == 1

    def move_job(self, job: JobRow, status: JobStatus, **changes: float | str | None) -> bool:
        """Change an open render's status, and what else is named; False where it was closed meanwhile.

        The draft of one that has ended is forgotten: nobody asks for it, and it counts against nobody's room.
        """
        ended: dict[str, Any] = {} if status in {"pending", "processing"} else {"draft": ""}
        columns = {"status": status, **changes, **ended}
        assignments = ", ".join(f"{name} = ?" for name in columns)
        with self.writing() as db:
            cursor = db.execute(
                f"UPDATE job SET {assignments} WHERE user = ? AND id = ? "  # noqa: S608 - names from our own code
                "AND status IN ('pending', 'processing')",
                (*columns.values(), job.user, job.id),
            )
            return cursor.rowcount == 1

    def report_job(self, job: JobRow, progress: float) -> bool:
        """Keep a render's progress; True where somebody wants it cancelled."""
        with self.writing() as db:
            db.execute("UPDATE job SET progress = ? WHERE user = ? AND id = ?", (progress, job.user, job.id))
        return self.is_cancelled(job)

    def is_cancelled(self, job: JobRow) -> bool:
        """Say whether somebody wants a render cancelled, in whichever studio they said so."""
        row = self._row("SELECT cancelled FROM job WHERE user = ? AND id = ?", job.user, job.id)
        return bool(row and row["cancelled"])

    def ask_to_cancel(self, job: JobRow) -> None:
        """Let whichever studio works on a render know that it isn't wanted any more."""
        with self.writing() as db:
            db.execute("UPDATE job SET cancelled = 1 WHERE user = ? AND id = ?", (job.user, job.id))


def media_row(row: dict[str, Any]) -> MediaRow:
    """Return a row of the table of files."""
    row["has_audio"] = bool(row["has_audio"])
    return MediaRow(**row)


def _job(row: dict[str, Any]) -> JobRow:
    row["cancelled"] = bool(row["cancelled"])
    return JobRow(**row)
