"""Limits that a child process sets itself before it opens files of others, where the system has any."""

from __future__ import annotations

import sys


def confine(memory: int, cpu: float | None) -> None:
    """Limit this process: its memory, the seconds of processor time that it may use from now on, and no core dumps.

    Parameters
    ----------
    memory
        Bytes of address space.
    cpu
        Seconds; calling it again gives as many again. None for no limit.
    """
    if sys.platform == "win32":
        return
    import resource

    _at_most(resource.RLIMIT_CORE, 0)
    if sys.platform == "linux":  # elsewhere it isn't kept, or counts what libraries share
        _at_most(resource.RLIMIT_AS, memory)
    if cpu is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        _at_most(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime + cpu) + 1)


def _at_most(kind: int, wanted: int) -> None:
    """Lower a soft limit; the hard one stays as it is, so that the next call may raise it."""
    import resource

    _, hard = resource.getrlimit(kind)
    resource.setrlimit(kind, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))
