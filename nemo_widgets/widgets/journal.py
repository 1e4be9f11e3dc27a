"""A session as it was left, kept on this machine.

The service keeps the draft and the files; not the talk, nor what was edited here and not sent, nor where the video is.

One JSON file for each session, in this user's data folder. The journal serves the editor, never the other way round:
where it can't be written or read, the editor goes on without it.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import logging
import os
import threading
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from nemo_widgets import settings
from nemo_widgets.errors import NemoError
from nemo_widgets.widgets.edits import packed, unpacked

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from nemo_widgets.draft.model import Draft

_TURNS, _SESSIONS = 200, 200
_SAID = dict[str, type](id=str, prompt=str, text=str, state=str, steps=list, changes=list, started=int, elapsed=int)
_ENDED = ("done", "stopped", "failed")
_writing = threading.Lock()
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Film:
    """A video that was made: its file, what to call it, and the draft that it was made of."""

    path: str
    name: str
    draft: Draft | None


@dataclass(frozen=True)
class Kept:
    """What is kept of a session.

    Attributes
    ----------
    turns : list of dict
        What was said, as the state has it (:mod:`.protocol`); of turns that still run, nothing is kept.
    edits : tuple of Draft, or None
        The draft as the service had it, and as it was edited here.
    film : Film or None
        The last video.
    """

    turns: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    edits: tuple[Draft | None, Draft | None] | None = None
    film: Film | None = None


def write(session: str, kept: Kept, base: Kept | None = None) -> bool:
    """Keep a session, by the service's id of it; of many turns and sessions, the last ones.

    Several editors may be at one session. What each was told is kept; of edits and videos, what was changed last.

    Parameters
    ----------
    base
        What the editor last read or wrote of this session: what it didn't change since stays as another one left it.

    Returns
    -------
    bool
        Whether it could be written.
    """
    try:
        path = _path(session)
        with _writing, _alone(path.parent):
            _replace(path, _merged(_content(path), kept, base or Kept()))
            _forget_old(path.parent, "*.json")
    except (OSError, ValueError) as error:
        _log.warning("editor: the session can't be kept: %s", error)
        return False
    return True


@contextlib.contextmanager
def _alone(folder: Path) -> Generator[None]:
    """Let no other kernel write between our reading and our writing, where the system has locks for that."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as file:
        with contextlib.suppress(ImportError, OSError):
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _merged(there: dict[str, Any], kept: Kept, base: Kept) -> dict[str, Any]:
    ended = [{key: turn[key] for key in (*_SAID, "error")} for turn in kept.turns if turn["state"] in _ENDED]
    turns = {turn["id"]: turn for turn in [*_turns(there), *ended]}
    merged: dict[str, Any] = {"turns": sorted(turns.values(), key=lambda turn: turn["started"])[-_TURNS:]}
    anothers = kept.edits is None and _edits(there) != base.edits  # who has none throws only their own away
    if "edits" in there and (anothers or kept.edits == base.edits):
        merged["edits"] = there["edits"]
    else:
        merged["edits"] = None if kept.edits is None else [_text(draft) for draft in kept.edits]
    if kept.film == base.film and "film" in there:
        merged["film"] = there["film"]
    else:
        film = kept.film
        merged["film"] = film and {"path": film.path, "name": film.name, "draft": _text(film.draft)}
    return merged


def _replace(path: Path, content: dict[str, Any]) -> None:
    part = path.with_name(f"{path.stem}.{uuid.uuid4().hex}.part")
    try:
        part.touch(0o600)
        part.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8", errors="replace")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _content(path: Path) -> dict[str, Any]:
    """Return what a file holds; nothing where it can't be read."""
    try:
        content: Any = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return cast("dict[str, Any]", content) if isinstance(content, dict) else {}


def _turns(content: dict[str, Any]) -> list[dict[str, Any]]:
    turns: Any = content.get("turns")
    listed = cast("list[Any]", turns) if isinstance(turns, list) else []
    said = [cast("dict[str, Any]", turn) for turn in listed if isinstance(turn, dict)]
    return [turn for turn in said if _is_turn(turn)]


def _edits(content: dict[str, Any]) -> tuple[Draft | None, Draft | None] | None:
    with contextlib.suppress(NemoError, ValueError, TypeError, LookupError):
        return _draft(content["edits"][0]), _draft(content["edits"][1])
    return None


def read(session: str) -> Kept:
    """Return what was kept of a session; of what can't be read, nothing.

    Examples
    --------
    >>> read("a session that nobody had")
    Kept(turns=[], edits=None, film=None)
    """
    path = _path(session)
    found = _content(path)
    _renew(path)
    film = None
    with contextlib.suppress(NemoError, ValueError, TypeError, LookupError):
        film = Film(str(found["film"]["path"]), str(found["film"]["name"]), _draft(found["film"]["draft"]))
    return Kept(_turns(found), _edits(found), film)


def note_latest(place: str, session: str) -> None:
    """Keep which session last had a draft at a place: in a notebook, say, with a service."""
    path = _path(place, ".latest")
    if latest(place) == session:
        _renew(path)
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(0o600)
        path.write_text(session, encoding="utf-8")
        _forget_old(path.parent, "*.latest")
    except (OSError, ValueError) as error:
        _log.warning("editor: the latest session can't be kept: %s", error)


def latest(place: str) -> str | None:
    """Return the session that last had a draft at a place, if that was kept.

    Examples
    --------
    >>> latest("a place where nobody was") is None
    True
    """
    try:
        return _path(place, ".latest").read_text(encoding="utf-8") or None
    except (OSError, ValueError):
        return None


def forget_latest(place: str, session: str) -> None:
    """Keep no longer that a session was the last one at a place."""
    if latest(place) == session:
        with contextlib.suppress(OSError):
            _path(place, ".latest").unlink()


def _renew(path: Path) -> None:
    """Count a file as new: what is in use isn't forgotten."""
    with contextlib.suppress(OSError):
        os.utime(path)


def _forget_old(folder: Path, pattern: str) -> None:
    """Remove all files but the newest; another kernel may be at it, too."""
    ages: list[tuple[float, Path]] = []
    for path in folder.glob(pattern):
        with contextlib.suppress(FileNotFoundError):
            ages.append((path.stat().st_mtime, path))
    for _, old in sorted(ages)[:-_SESSIONS]:
        old.unlink(missing_ok=True)


def _text(draft: Draft | None) -> str:
    return base64.b64encode(packed(draft)).decode()


def _draft(text: str) -> Draft | None:
    return unpacked(base64.b64decode(text))


def _is_turn(turn: dict[str, Any]) -> bool:
    if turn.get("state") not in _ENDED or "error" not in turn:
        return False
    return all(isinstance(turn.get(key), kind) for key, kind in _SAID.items())


def _path(called: str, suffix: str = ".json") -> Path:
    name = hashlib.sha256(called.encode("utf-8", "replace")).hexdigest()[:32]
    return settings.data_folder() / "conversations" / f"{name}{suffix}"
