"""A disk that is full: which one, and how much is free and needed."""

from __future__ import annotations

import contextlib
import errno
import shutil
from typing import TYPE_CHECKING

from nemo_widgets.errors import InvalidInput, NemoError

if TYPE_CHECKING:
    from pathlib import Path

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
"""What an ``OSError`` of a full disk, or of a quota, has as its ``errno``."""


def disk_full(folder: Path, name: str, needed: int = 0, *, kind: type[NemoError] = InvalidInput) -> NemoError:
    """Return the error for a file that a disk has no room for.

    Parameters
    ----------
    folder
        On the disk.
    name
        What couldn't be saved.
    needed
        Bytes that it takes; 0 where that isn't known.
    kind
        The error's class.

    Examples
    --------
    >>> from pathlib import Path
    >>> disk_full(Path("/"), "a.mp4", 5_000_000).details["needed"]
    '5 MB'
    """
    free = None
    with contextlib.suppress(OSError):
        free = shutil.disk_usage(folder).free
    if free is None:
        return kind("disk-full", name=name)
    # What was written of the file is gone again, so that its size says more than what is free now.
    key = "disk-full-needed" if needed > free else "disk-full-left"
    return kind(key, name=name, place=str(folder), free=size_text(free), needed=size_text(needed))


def size_text(size: int) -> str:
    """Return bytes as a person reads them, in either language.

    Examples
    --------
    >>> size_text(0), size_text(12_300), size_text(4_560_000), size_text(7_890_000_000)
    ('0 kB', '12 kB', '5 MB', '7.9 GB')
    """
    if size < 1e6:
        return f"{size / 1e3:.0f} kB"
    return f"{size / 1e6:.0f} MB" if size < 1e9 else f"{size / 1e9:.1f} GB"
