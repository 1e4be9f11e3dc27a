"""What a machine does to its studio, told as a sentence: a full disk, a folder that can't be used any more."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from nemo_widgets.disk import FULL, disk_full
from nemo_widgets.errors import InvalidInput, NemoError, StudioUnavailable

if TYPE_CHECKING:
    from pathlib import Path

    from nemo_widgets.studio.workspace import Workspace


def is_full(error: BaseException) -> bool:
    """Say whether an error comes from a disk that is full, or from a quota.

    Examples
    --------
    >>> import errno
    >>> is_full(OSError(errno.ENOSPC, "No space left on device")), is_full(OSError(errno.EACCES, "no"))
    (True, False)
    """
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return isinstance(error, OSError) and error.errno in FULL


def told(error: BaseException, name: str = "this", workspace: Workspace | None = None) -> NemoError | None:
    """Return what a person is to read about an error; None where it is a fault of ours.

    Parameters
    ----------
    error
        What was raised.
    name
        What couldn't be saved.
    workspace
        The studio's, to say how much room there is; None where that is added later.

    Examples
    --------
    >>> import errno
    >>> print(told(OSError(errno.ENOSPC, "No space left on device"), "a.jpg"))
    The disk is full, so a.jpg could not be saved. Free some space and try again.
    >>> told(KeyError("x")) is None
    True
    """
    if isinstance(error, NemoError):
        if error.key != "disk-full" or workspace is None:
            return error
        return workspace.full(str(error.details.get("name") or name), int(error.details.get("needed") or 0))
    if is_full(error):
        return InvalidInput("disk-full", name=name) if workspace is None else workspace.full(name)
    if isinstance(error, OSError | sqlite3.Error):
        problem = f"The studio can't use its folder ({_reason(error)})."
        return InvalidInput(message=problem, remedy="Check that the disk works and may be written to, and try again.")
    return None


def unusable(error: OSError | sqlite3.Error, folder: Path) -> NemoError:
    """Return what a person is to read where a studio can't start, for its folder.

    Examples
    --------
    >>> from pathlib import Path
    >>> unusable(PermissionError(13, "Permission denied"), Path("/films")).message
    "The studio can't use its folder /films: Permission denied."
    """
    if is_full(error):
        return disk_full(folder, folder.name, kind=StudioUnavailable)
    return StudioUnavailable("studio-folder", place=str(folder), reason=_reason(error))


def _reason(error: OSError | sqlite3.Error) -> str:
    said = (error.strerror or "") if isinstance(error, OSError) else str(error)
    return said or type(error).__name__
