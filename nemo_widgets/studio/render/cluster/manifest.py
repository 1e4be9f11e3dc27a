"""A plan that can travel: its files are named by what they hold, so that they can lie anywhere."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nemo_widgets.studio.render.layers import Picture, Plan, Title

if TYPE_CHECKING:
    from collections.abc import Callable

_SUFFIX = re.compile(r"\.[a-z0-9]{1,5}")


@dataclass(frozen=True)
class File:
    """A photo, a clip or a font: its hash, its size in bytes, where it lies on the machine that sends it."""

    sha256: str
    size: int
    path: str

    @property
    def name(self) -> str:
        """What it is called where it arrives.

        Examples
        --------
        >>> File("ab12", 5, "/home/me/Holiday photos/beach.JPG").name
        'ab12.jpg'
        """
        suffix = Path(self.path).suffix.lower()
        return self.sha256 + (suffix if _SUFFIX.fullmatch(suffix) else "")


@dataclass(frozen=True)
class Manifest:
    """A plan without its sounds, whose files are named by :attr:`File.name`, and those files."""

    plan: Plan
    quality: str
    files: dict[str, File]

    @classmethod
    def of(cls, plan: Plan, quality: str, look: Callable[[str], File] | None = None) -> Manifest:
        """Return what is sent of a plan with local files; the sound is mixed where the plan is.

        Parameters
        ----------
        plan, quality
            What is rendered, and how.
        look
            From a path to what it holds; reads the whole file where it is None.
        """
        files: dict[str, File] = {}

        def named(path: str) -> str:
            if not path:
                return ""  # the font that Pillow brings
            found = (look or looked)(path)
            return files.setdefault(found.name, found).name

        def sent(layer: Picture | Title) -> Picture | Title:
            if isinstance(layer, Title):
                return replace(layer, faces=tuple((named(path), number) for path, number in layer.faces))
            return replace(layer, source=named(layer.source))

        layers = tuple(map(sent, plan.layers))
        return cls(replace(plan, layers=layers, sounds=()), quality, files)

    def needed(self, first: int, last: int) -> list[File]:
        """Return the files that frames ``first`` until before ``last`` show."""
        names: dict[str, None] = {}
        for layer in self.plan.layers:
            if layer.first < last and first < layer.last:
                paths = [path for path, _ in layer.faces] if isinstance(layer, Title) else [layer.source]
                names |= dict.fromkeys(filter(None, paths))
        return [self.files[name] for name in names]

    def placed(self, folder: Path) -> Plan:
        """Return the plan with its files in a folder."""

        def put(name: str) -> str:
            return str(folder / name) if name else ""

        layers = tuple(
            replace(layer, faces=tuple((put(path), number) for path, number in layer.faces))
            if isinstance(layer, Title)
            else replace(layer, source=put(layer.source))
            for layer in self.plan.layers
        )
        return replace(self.plan, layers=layers)

    def to_bytes(self) -> bytes:
        """Return it for the way."""
        files = [asdict(file) for file in self.files.values()]
        return json.dumps({"plan": self.plan.to_json(), "quality": self.quality, "files": files}).encode()

    @classmethod
    def from_bytes(cls, raw: bytes) -> Manifest:
        """Read what :meth:`to_bytes` wrote."""
        read: dict[str, Any] = json.loads(raw)
        files = [File(**each) for each in read["files"]]
        return cls(Plan.from_json(read["plan"]), read["quality"], {file.name: file for file in files})


def looked(path: str) -> File:
    """Return what a file holds; one that hasn't changed isn't read again."""
    stat = Path(path).stat()
    return File(_hash(path, stat.st_size, stat.st_mtime_ns, stat.st_ino), stat.st_size, path)


@lru_cache(maxsize=4096)
def _hash(path: str, _size: int, _changed: int, _inode: int) -> str:
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
