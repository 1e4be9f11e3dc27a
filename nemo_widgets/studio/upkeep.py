"""What each user has taken up in the store, and what of it may go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from nemo_widgets.studio.store import media_row

if TYPE_CHECKING:
    from nemo_widgets.studio.store import MediaRow, Store


@dataclass(frozen=True)
class Use:
    """What a user has taken up: bytes of uploads and videos, milliseconds of 1080p video, open renders."""

    bytes: int
    cost: int
    open_jobs: int


def use(store: Store, user: str) -> Use:
    """Return what a user has taken up; a file that they sent twice counts once."""
    files = "SELECT total(bytes) AS n FROM (SELECT DISTINCT sha256, bytes FROM media WHERE user = ?)"
    videos = (
        "SELECT total(CASE WHEN status = 'completed' THEN bytes END) AS bytes, "
        "total(CASE WHEN status IN ('pending', 'processing', 'completed') THEN cost END) AS cost, "
        "total(status IN ('pending', 'processing')) AS open FROM job WHERE user = ?"
    )
    kept, made = store.rows(files, user)[0], store.rows(videos, user)[0]
    return Use(int(kept["n"] + made["bytes"]), int(made["cost"]), int(made["open"]))


def count(store: Store, table: Literal["session", "media", "job"], user: str) -> int:
    """Return how many sessions, files or renders of a user are remembered."""
    query = f"SELECT count(*) AS n FROM {table} WHERE user = ?"  # noqa: S608 - names of our own
    return int(store.rows(query, user)[0]["n"])


def files_in(store: Store, session: str) -> int:
    """Return how many files a session has."""
    return int(store.rows("SELECT count(*) AS n FROM media WHERE session = ?", session)[0]["n"])


def users(store: Store) -> dict[str, str]:
    """Return the clients that were given a token, in the order in which they came, and what they want to be called."""
    query = "SELECT id, name FROM user WHERE client_hash IS NOT NULL ORDER BY rowid"
    return {row["id"]: row["name"] for row in store.rows(query)}


def idle_sessions(store: Store, before: float) -> list[str]:
    """Return the sessions that weren't used since ``before`` (epoch seconds) and have no open render."""
    query = (
        "SELECT id FROM session WHERE max(used, created) < ? AND NOT EXISTS (SELECT 1 FROM job "
        "WHERE job.session = session.id AND (status IN ('pending', 'processing') OR job.created >= ?))"
    )
    return [row["id"] for row in store.rows(query, before, before)]


def drop_session(store: Store, session: str, before: float) -> tuple[list[MediaRow], list[str]]:
    """Forget an idle session; return the files and the folders of videos that nothing names any more.

    A file that a draft of another session names stays, and belongs to that session from then on.
    """
    with store.writing() as db:
        used = db.execute("SELECT max(used, created) AS used FROM session WHERE id = ?", (session,)).fetchone()
        if used is None or used["used"] >= before:
            return [], []
        folders = [row["folder"] for row in db.execute("SELECT folder FROM job WHERE session = ?", (session,))]
        gone: list[MediaRow] = []
        for row in [dict(one) for one in db.execute("SELECT * FROM media WHERE session = ?", (session,))]:
            needed = db.execute(
                "SELECT session.id FROM session JOIN draft ON draft.session = session.id "
                "WHERE session.user = ?3 AND session.id != ?1 AND instr(draft.draft, ?2) UNION ALL "
                "SELECT session FROM job WHERE user = ?3 AND session != ?1 AND status IN ('pending', 'processing') "
                "AND instr(draft, ?2) LIMIT 1",
                (session, row["id"], row["user"]),
            ).fetchone()
            if needed is None:
                gone.append(media_row(row))
                db.execute("DELETE FROM media WHERE id = ?", (row["id"],))
            else:
                db.execute("UPDATE media SET session = ? WHERE id = ?", (needed["id"], row["id"]))
        for table, column in (("draft", "session"), ("job", "session"), ("session", "id")):
            db.execute(f"DELETE FROM {table} WHERE {column} = ?", (session,))  # noqa: S608 - names of our own
    return gone, folders


def drop_users(store: Store, now: float) -> None:
    """Forget clients whose token has expired and who have nothing here."""
    with store.writing() as db:
        db.execute(
            "DELETE FROM user WHERE client_hash IS NOT NULL AND expires < ? "
            "AND NOT EXISTS (SELECT 1 FROM session WHERE session.user = user.id)",
            (now,),
        )


def known(store: Store) -> tuple[set[str], set[str]]:
    """Return the ids of all files, and the folders of the renders that have a video or will have one."""
    query = "SELECT folder FROM job WHERE status IN ('pending', 'processing', 'completed')"
    files = {row["id"] for row in store.rows("SELECT id FROM media")}
    return files, {row["folder"] for row in store.rows(query)}
