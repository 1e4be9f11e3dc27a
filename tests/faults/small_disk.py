"""A studio on a disk that fills up: a small file system of its own, or a limit on the size of files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

TOKEN = "nmv_local_for_the_small_disk"
_STUDIO = """
import dataclasses, sys
from nemo_widgets.settings import StudioLimits
from nemo_widgets.studio.server import Studio
limits = dataclasses.replace(StudioLimits(), free_bytes=0)
with Studio(sys.argv[1], workers=1, token=sys.argv[2], pace=0, limits=limits) as studio:
    print(studio.url, flush=True)
    sys.stdin.read()
"""
MOUNT = 'mount -t tmpfs -o size="$0" tmpfs "$1" && shift && exec "$@"'
# A user and file systems of the process's own, where the system lets anybody have that; all goes when it ends.
APART = ["unshare", "--mount", "--map-root-user"]


def can_mount() -> bool:
    """Say whether a process may have a small file system of its own here."""
    try:
        tried = subprocess.run([*APART, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True, check=False)
    except OSError:
        return False
    return tried.returncode == 0


class SmallDisk:
    """A studio whose disk can be filled and emptied from here.

    Parameters
    ----------
    folder
        An empty folder.
    size
        Bytes of a file system of its own; None for a limit on the size of files instead.
    """

    def __init__(self, folder: Path, size: int | None) -> None:
        self.workspace = folder / "studio"
        self._size = size
        studio = [sys.executable, "-c", _STUDIO, str(self.workspace), TOKEN]
        mount = [*APART, "sh", "-c", MOUNT, str(size), str(folder)] if size else []
        self._process = subprocess.Popen([*mount, *studio], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.url, self.token = self._process.stdout.readline().strip(), TOKEN
        # The file system is seen through the process that it belongs to.
        self.folder = Path(f"/proc/{self._process.pid}/root{folder}") if size else folder
        self._ballast = self.folder / "ballast"

    def fill(self, leave: int = 0) -> None:
        """Leave no room but ``leave`` bytes."""
        if self._size is None:
            self._limit(leave or 1)
            return
        with self._ballast.open("ab", buffering=0) as file:
            left = os.statvfs(file.fileno())
            for block in (1 << 16, 1 << 12):
                while left.f_bavail * left.f_frsize >= leave + block:
                    file.write(bytes(block))
                    left = os.statvfs(file.fileno())

    def make_room(self) -> None:
        """Let everything fit again."""
        if self._size is None:
            self._limit(-1)
        else:
            self._ballast.unlink()

    def _limit(self, most: int) -> None:
        import resource

        resource.prlimit(self._process.pid, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))

    def there(self) -> dict[str, list[str]]:
        """Return what lies in the folders of the studio."""
        workspace = self.folder / "studio"
        names = ("incoming", "media", "renders")
        return {name: sorted(path.name for path in (workspace / name).iterdir()) for name in names}

    def close(self) -> None:
        self._process.stdin.close()
        self._process.wait(60)
        self._process.stdout.close()
