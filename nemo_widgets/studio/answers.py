"""What the endpoints' answers look like: rows of the store → JSON of the contract."""

from __future__ import annotations

import json
import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from nemo_widgets.studio.workspace import media_link, video_link

if TYPE_CHECKING:
    from nemo_widgets.studio.auth import Grant
    from nemo_widgets.studio.store import JobRow, MediaRow, SessionRow, Store

Json = dict[str, Any]
_PLENTY = 1_000_000
_CLAIM_LIFETIME = 604_800


def grant(given: Grant) -> Json:
    """Return the answer to the anonymous-token call."""
    expires = datetime.fromtimestamp(given.expires, UTC).isoformat(timespec="seconds")
    return {"token": given.token, "user_id": given.user, "expires_at": expires, "credits": given.credits}


def claim() -> Json:
    """Return a claim token: there is no web page to redeem it here, but the contract's shape is kept.

    Examples
    --------
    >>> claim()["expires_in"]
    604800
    """
    return {"claim_token": f"clm_{secrets.token_urlsafe(24)}", "expires_in": _CLAIM_LIFETIME}


def balance(left: int | None) -> Json:
    """Return a balance; who isn't charged has plenty.

    Examples
    --------
    >>> balance(99)
    {'available': 99, 'frozen': 0, 'total': 99}
    """
    available = _PLENTY if left is None else left
    return {"available": available, "frozen": 0, "total": available}


def upload(row: MediaRow, origin: str) -> Json:
    """Return an uploaded file; ``duration`` in seconds, as the contract has it."""
    return {
        "filename": row.filename,
        "file_type": row.kind,
        "cdn_url": media_link(origin, row.id, row.filename),
        "duration": None if row.duration is None else row.duration / 1000,
        "width": row.width or None,
        "height": row.height or None,
        "fps": row.fps or None,
        "hash": row.sha256,
        "size": row.bytes,
        "has_audio": row.has_audio,
    }


def state(store: Store, session: SessionRow, origin: str) -> Json:
    """Return a session's state."""
    version, draft = store.draft(session.id)
    media = store.media_of(session.id)
    made = [upload(row, origin) for row in media if row.origin != "upload"]
    made += [{"file_type": "video", **job(row, origin)} for row in store.jobs_of(session.id) if row.completed]
    meta: Json = (draft or {}).get("m") or {}
    return {
        "session_id": session.id,
        "task_id": session.task_id,
        "task_name": session.task_name,
        "state": {
            "draft": draft,
            "draft_version": version,
            "video_infos": [upload(row, origin) for row in media if row.origin == "upload"],
            "canvas_config": {name: meta.get(name) for name in ("width", "height", "fps")} if draft else None,
            "generated_media": made,
            "video_analyses": [],
        },
    }


def job(row: JobRow, origin: str) -> Json:
    """Return how a render stands: ``progress`` from 0 to 1, ``output.duration`` in seconds.

    ``copied`` says that a clip was copied as it is, rather than encoded anew. ``data`` is why a render failed, for
    who tells it in another language.
    """
    noted: Json = json.loads(row.output or "{}")
    output = None
    if row.status == "completed":
        output = {
            "url": video_link(origin, row.folder, row.filename),
            "duration": (row.duration or 0) / 1000,
            "size": row.bytes,
        }
    return {
        "id": row.id,
        "status": "failed" if row.status == "cancelled" else row.status,
        "cancelled": row.status == "cancelled",
        "progress": round(row.progress, 4),
        "output": output,
        "copied": row.status == "completed" and noted.get("note") == "copied",
        "error": row.error or ("The export was cancelled." if row.status == "cancelled" else None),
        "data": noted.get("why") if row.status == "failed" else None,
    }


def title_of(draft: Json) -> str | None:
    """Return what a draft is called, where it says so.

    Examples
    --------
    >>> title_of({"m": {"title": "Paris"}})
    'Paris'
    """
    meta: Any = draft.get("m")
    title: Any = cast("Json", meta).get("title") if isinstance(meta, dict) else None
    return title if isinstance(title, str) and title.strip() else None
