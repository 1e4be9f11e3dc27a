"""Linters, type checkers and the front-end build: one entry for all of them is pytest."""

from __future__ import annotations

import functools
import sys
from pathlib import Path

import nodejs
import pytest
from nodejs import npm

pytestmark = pytest.mark.checks

ROOT = Path(__file__).parents[1]
STATIC = ROOT / "nemo_widgets/widgets/static"
passes = functools.partial(nodejs.passes, cwd=ROOT)


@pytest.fixture(scope="module")
def node_modules():
    nodejs.install()


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

    def test_the_bundles_are_small(self):
        # Every synced trait is saved into the notebook, a widget's bundle too.
        sizes = {path.name: path.stat().st_size for path in STATIC.glob("*.js")}
        assert sizes.keys() == {"editor.js", "timeline.js", "uploader.js", "player.js"}
        assert max(sizes.values()) <= 64_000, sizes
