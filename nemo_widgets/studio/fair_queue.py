"""Who is next: the user who was served longest ago, so that one with fifty renders doesn't keep the others waiting."""

from __future__ import annotations

import threading
from collections import Counter, deque


class FairQueue:
    """Keys (user, job), taken one user after another; within a user, first come, first served.

    Parameters
    ----------
    most
        Jobs of one user that may be under way, from :meth:`get` to :meth:`done`; None for as many as there are.

    Examples
    --------
    >>> queue = FairQueue()
    >>> for job in ("a1", "a2", "a3", "b1"):
    ...     queue.put(job[0], job)
    >>> [queue.get() for _ in range(4)]
    [('a', 'a1'), ('b', 'b1'), ('a', 'a2'), ('a', 'a3')]
    """

    def __init__(self, most: int | None = None) -> None:
        self._most = most
        self._under_way: Counter[str] = Counter()
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
        """Wait for a job that may begin and return it; None where the queue is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._next_users())
            if self._closed:
                return None
            user = min(self._next_users(), key=lambda one: self._served.get(one, 0))
            self._turn += 1
            self._served[user] = self._turn
            self._under_way[user] += 1
            jobs = self._waiting[user]
            job = jobs.popleft()
            if not jobs:
                del self._waiting[user]
            return user, job

    def done(self, user: str) -> None:
        """Let a user's next job have the place of one that has ended."""
        with self._changed:
            self._under_way[user] -= 1
            if not self._under_way[user]:
                del self._under_way[user]
            self._changed.notify()

    def _next_users(self) -> list[str]:
        return [user for user in self._waiting if self._most is None or self._under_way[user] < self._most]

    def close(self) -> None:
        """Let everybody who waits go."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
