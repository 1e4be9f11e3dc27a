"""What was said in a session, kept on this machine: the service keeps the draft and the files, not the talk.

One JSON file for each session, in this user's data folder. The journal serves the conversation, never the other way
round: where it can't be written or read, the conversation goes on without it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import uuid
from typing import TYPE_CHECKING, Any, cast

from nemo_widgets import settings

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_TURNS, _SESSIONS = 200, 200
_SAID = dict[str, type](id=str, prompt=str, text=str, state=str, steps=list, changes=list, started=int, elapsed=int)
_ENDED = ("done", "stopped", "failed")
_log = logging.getLogger(__name__)


def write(session: str, turns: Iterable[dict[str, Any]]) -> None:
    """Keep what was said in a session; of many turns and sessions, the last ones.

    Parameters
    ----------
    session
        The service's id of it.
    turns
        As the state has them (:mod:`.protocol`); those still running are left out.
    """
    ended = [{key: turn[key] for key in (*_SAID, "error")} for turn in turns if turn["state"] in _ENDED]
    try:
        path = _path(session)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.stem}.{uuid.uuid4().hex}.part")
        part.touch(0o600)
        part.write_text(json.dumps(ended[-_TURNS:], ensure_ascii=False), encoding="utf-8", errors="replace")
        part.replace(path)
        for old in sorted(path.parent.glob("*.json"), key=lambda entry: entry.stat().st_mtime)[:-_SESSIONS]:
            old.unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        _log.warning("editor: what was said can't be kept: %s", error)


def read(session: str) -> list[dict[str, Any]]:
    """Return what was said in a session, as the state has it; nothing where nothing that can be read was kept.

    Examples
    --------
    >>> read("a session that nobody had")
    []
    """
    with contextlib.suppress(OSError, ValueError):
        kept: Any = json.loads(_path(session).read_text(encoding="utf-8"))
        if isinstance(kept, list):
            turns = [cast("dict[str, Any]", turn) for turn in cast("list[Any]", kept) if isinstance(turn, dict)]
            return [turn for turn in turns if _is_turn(turn)]
    return []


def _is_turn(turn: dict[str, Any]) -> bool:
    if turn.get("state") not in _ENDED or "error" not in turn:
        return False
    return all(isinstance(turn.get(key), kind) for key, kind in _SAID.items())


def _path(session: str) -> Path:
    name = hashlib.sha256(session.encode("utf-8", "replace")).hexdigest()[:32]
    return settings.data_folder() / "conversations" / f"{name}.json"
