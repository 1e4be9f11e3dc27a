"""The kernels that the tests run on: this environment's, and others that are made once and kept for the next run."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

import platformdirs
import pytest

ROOT = Path(__file__).parents[2]
_PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
_NEEDED = [*_PROJECT["dependencies"], *_PROJECT["optional-dependencies"]["studio"]]


@dataclass(frozen=True)
class Environment:
    """What is pinned beside what the package itself needs; nothing for the environment that the tests run in."""

    name: str
    pins: tuple[str, ...] = ()

    def python(self) -> Path:
        """Return its interpreter, making it first where it isn't there; without PyPI the test is skipped."""
        if not self.pins:
            return Path(sys.executable)
        wanted = sorted([*_NEEDED, *self.pins])
        key = hashlib.sha256(json.dumps([sys.version, sys.executable, wanted]).encode()).hexdigest()[:12]
        kept = platformdirs.user_cache_path("nemo-widgets-tests", appauthor=False) / f"{self.name}-{key}"
        if not kept.exists():
            _make(kept, wanted)
        return kept / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


ENVIRONMENTS = (
    Environment("newest"),
    Environment("ipykernel-7.3", ("ipykernel~=7.3.0", "nest-asyncio==1.6.0")),
    # What Google Colab pins; it has nest-asyncio because ipykernel 6 depends on it.
    Environment(
        "colab",
        (
            "anywidget==0.9.21",
            "httpx==0.28.1",
            "ipykernel==6.17.1",
            "ipython==7.34.0",
            "ipywidgets==7.7.1",
            "nest-asyncio==1.6.0",
            "pandas==2.2.3; python_version < '3.14'",
            "traitlets==5.7.1",
        ),
    ),
)


def _make(kept: Path, wanted: list[str]) -> None:
    """Make an environment beside its place and move it there whole: several runs may do so at once."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(dir=kept.parent))
    try:
        _uv("venv", "--python", sys.executable, "--relocatable", "--clear", str(made))
        installed = _uv("pip", "install", "--python", str(made), *wanted, check=False)
        if installed.returncode:
            _explain(made, installed.stderr)
        try:
            made.rename(kept)
        except OSError:
            if not kept.exists():
                raise
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _explain(made: Path, trouble: str) -> None:
    """Tell an index that can't be reached from pins that can't be installed."""
    if not _uv("pip", "install", "--python", str(made), "--dry-run", "--refresh", "pip", check=False).returncode:
        pytest.fail(f"The environment can't be made:\n{trouble}")
    if os.environ.get("CI"):
        pytest.fail(f"PyPI can't be reached:\n{trouble}")
    pytest.skip("PyPI can't be reached, and the environment isn't there from an earlier run")


def _uv(*arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    from uv import find_uv_bin

    return subprocess.run([find_uv_bin(), "--quiet", *arguments], check=check, capture_output=True, text=True)
