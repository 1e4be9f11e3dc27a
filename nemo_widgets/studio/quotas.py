"""What each student may have: bytes on the disk, minutes of video, renders at once."""

from __future__ import annotations

import asyncio
import shutil
import threading
from contextlib import nullcontext
from typing import TYPE_CHECKING, Literal, Self
from weakref import WeakValueDictionary

from nemo_widgets.disk import size_text
from nemo_widgets.errors import (
    RETOLD,
    RETOLD_NUMBERS,
    RETOLD_TEXTS,
    FileTooLarge,
    InvalidInput,
    OutOfCredits,
    RateLimited,
)
from nemo_widgets.studio import upkeep

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path
    from typing import Any

    from nemo_widgets.draft.model import Draft
    from nemo_widgets.settings import StudioLimits
    from nemo_widgets.studio.store import Store, User

_MB = 1024 * 1024
_WAIT_FOR_A_JOB = 10.0
_A_DAY = 24 * 3_600_000
_MOST_PIXELS, _MOST_FPS = 8192, 240
_MOST_OF_STUDENTS = 4096
_MOST_LETTERS = 50_000
_MOST = {"session": 1000, "media": 10_000, "job": 5000}
"""What each takes is small, and counted nowhere else: rows, folders, a file that came before."""
_MOST_IN_A_SESSION = 300
"""What an agent does about each of them takes as long as the square of their number."""
_FULL_HD = 1920 * 1080 * 30


class Quotas:
    """Watches over the limits of a studio.

    Parameters
    ----------
    store
        Where what is taken up is kept.
    limits
        The studio's.
    folder
        The workspace, on the disk that must not fill up.
    """

    def __init__(self, store: Store, limits: StudioLimits, folder: Path) -> None:
        self._store = store
        self._limits = limits
        self._folder = folder
        self._arriving: dict[str, int] = {}
        self._lock = threading.Lock()
        self._turns: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()

    def check_count(self, user: User, table: Literal["session", "media", "job"]) -> None:
        """Refuse one more session, file or render of a student who has thousands of them.

        Raises
        ------
        InvalidInput
            With how many they may have.
        """
        if user.credits is not None and upkeep.count(self._store, table, user.id) >= _MOST[table]:
            key = {"session": "class-sessions", "media": "class-files", "job": "class-exports"}[table]
            raise InvalidInput(key, most=_MOST[table])

    def turn(self, user: User, at: Literal["fetching", "looking"]) -> AbstractAsyncContextManager[object]:
        """Return the turn of this user at what few can do at once: a student has one of the places, not all of them."""
        return nullcontext() if user.credits is None else self._turns.setdefault((user.id, at), asyncio.Lock())

    def room(self, user: User, session: str) -> Room:
        """Return the room that an upload of this user to a session has."""
        self.check_count(user, "media")
        in_class = user.credits is not None and self._limits.students is not None
        if in_class and upkeep.files_in(self._store, session) >= _MOST_IN_A_SESSION:
            raise InvalidInput("class-session", most=_MOST_IN_A_SESSION)
        most = self._limits.disk_bytes if user.credits is not None else None
        self._check_disk(0)
        return Room(self, user.id, most)

    def check_render(self, user: User, cost: int, side: int, letters: int) -> None:
        """Refuse a render of a student that is one too many.

        Parameters
        ----------
        user
            Whose it is.
        cost
            See :func:`cost`.
        side
            Pixels of the longer side.
        letters
            Of all texts.

        Raises
        ------
        InvalidInput
            Where the picture is larger, or the texts are longer, than a machine of a class can well render.
        OutOfCredits
            2001, where the minutes are used up.
        FileTooLarge
            4002, where the room is.
        RateLimited
            429, where as many as allowed are waiting already.
        """
        self.check_count(user, "job")
        limits, use = self._limits, upkeep.use(self._store, user.id)
        if limits.jobs is not None and use.open_jobs >= limits.jobs:
            raise RateLimited("class-jobs", code=429, http_status=429, wait=_WAIT_FOR_A_JOB, most=limits.jobs)
        if limits.video_minutes is not None and use.cost + cost > limits.video_minutes * 60_000:
            used, wanted, most = (f"{round(n, 2):g}" for n in (use.cost / 60_000, cost / 60_000, limits.video_minutes))
            raise OutOfCredits("class-minutes", code=2001, used=used, wanted=wanted, most=most)
        if side > _MOST_OF_STUDENTS:  # at 8192 by 8192 each process takes 4 GB of memory
            raise InvalidInput("class-pixels", most=_MOST_OF_STUDENTS)
        if limits.students is not None and letters > _MOST_LETTERS:  # each 5,000 of them take half a second to set
            raise InvalidInput("class-text", letters=f"{letters:,}", most=f"{_MOST_LETTERS:,}")
        if limits.disk_bytes is not None and use.bytes >= limits.disk_bytes:
            raise _full(use.bytes, limits.disk_bytes)
        self._check_disk(0)

    def _check_disk(self, wanted: int) -> None:
        free, needed = shutil.disk_usage(self._folder).free, self._limits.free_bytes + wanted
        if free < needed:
            raise InvalidInput("disk-full-reserve", free=size_text(free), needed=size_text(needed))

    def take(self, user: str, size: int) -> int:
        """Count bytes that arrive, and return how many do for this user at the moment."""
        self._check_disk(size)
        with self._lock:
            self._arriving[user] = self._arriving.get(user, 0) + size
            return self._arriving[user]

    def kept(self, user: str) -> int:
        """Return how many bytes a user has here."""
        return upkeep.use(self._store, user).bytes

    def give_back(self, user: str, size: int) -> None:
        """Count bytes no more: they were kept, or refused."""
        with self._lock:
            left = self._arriving.get(user, 0) - size
            self._arriving[user] = left
            if left <= 0:
                del self._arriving[user]


class Room:
    """What may still arrive for one user, whatever number of uploads is under way; a context."""

    def __init__(self, quotas: Quotas, user: str, most: int | None) -> None:
        self._quotas, self._user, self._most = quotas, user, most
        self._size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._quotas.give_back(self._user, self._size)

    def take(self, size: int) -> None:
        """Take bytes in.

        Raises
        ------
        FileTooLarge
            4002, where there is no room for them.
        InvalidInput
            Where the disk is as full as it may get.
        """
        arriving = self._quotas.take(self._user, size)
        self._size += size
        # What another upload has brought since this one began is kept by now, and doesn't arrive any more.
        if self._most is not None and (kept := self._quotas.kept(self._user)) + arriving > self._most:
            raise _full(kept, self._most)


def cost(draft: Draft, *, size: tuple[int, int] | None = None, fps: float | None = None) -> int:
    """Return what a draft's render counts for: its milliseconds, and more where it is more than 1080p at 30 fps.

    ``size`` and ``fps`` are what is asked for instead of the draft's.

    Raises
    ------
    InvalidInput
        Where it is longer than a day, or a frame is larger than any that is rendered.

    Examples
    --------
    >>> from nemo_widgets.draft.model import Draft
    >>> cost(Draft({"d": 1000, "m": {"width": 3840, "height": 2160, "fps": 30}}))
    4000
    """
    (width, height), fps = size or draft.size, fps or draft.fps
    if not (0 <= draft.duration <= _A_DAY and max(width, height) <= _MOST_PIXELS and fps <= _MOST_FPS):
        hours = _A_DAY // 3_600_000
        raise InvalidInput("video-too-large", hours=hours, pixels=_MOST_PIXELS, fps=_MOST_FPS)
    return round(draft.duration * max(1.0, width * height * fps / _FULL_HD))


def _full(used: int, most: int) -> FileTooLarge:
    return FileTooLarge("class-disk", code=4002, used=round(used / _MB), most=round(most / _MB))


def reason(error: Any) -> Mapping[str, Any] | None:
    """Return what an answer names so that a client can tell an error in its user's language; None for most.

    Examples
    --------
    >>> reason(InvalidInput("media-pixels", megapixels=300, limit=100, name="a.png"))["reason"]
    'media-pixels'
    """
    if not error.key.startswith(RETOLD):
        return None
    plain = {name: value for name, value in error.details.items() if isinstance(value, int | float | str)}
    return {"reason": error.key} | {name: plain[name] for name in (*RETOLD_TEXTS, *RETOLD_NUMBERS) if name in plain}
