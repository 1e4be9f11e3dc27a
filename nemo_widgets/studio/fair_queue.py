"""Who is next: the user who was served longest ago, so that one with fifty renders doesn't keep the others waiting."""

from __future__ import annotations

import threading
from collections import deque


class FairQueue:
    """Keys (user, job), taken one user after another; within a user, first come, first served.

    Examples
    --------
    >>> queue = FairQueue()
    >>> for job in ("a1", "a2", "a3", "b1"):
    ...     queue.put(job[0], job)
    >>> [queue.get() for _ in range(4)]
    [('a', 'a1'), ('b', 'b1'), ('a', 'a2'), ('a', 'a3')]
    """

    def __init__(self) -> None:
        self._waiting: dict[str, deque[str]] = {}
        self._served: dict[str, int] = {}
        self._turn = 0
        self._closed = False
        self._changed = threading.Condition()

    def put(self, user: str, job: str) -> None:
        """Let a job wait for its turn."""
        with self._changed:
            self._waiting.setdefault(user, deque()).append(job)
            self._changed.notify()

    def get(self) -> tuple[str, str] | None:
        """Wait for a job and return it; None where the queue is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._waiting)
            if self._closed:
                return None
            user = min(self._waiting, key=lambda one: self._served.get(one, 0))
            self._turn += 1
            self._served[user] = self._turn
            jobs = self._waiting[user]
            job = jobs.popleft()
            if not jobs:
                del self._waiting[user]
            return user, job

    def close(self) -> None:
        """Let everybody who waits go."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
