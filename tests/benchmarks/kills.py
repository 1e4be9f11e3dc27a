"""A studio killed (SIGKILL) at random points of uploads, edits and renders: `python tests/benchmarks/kills.py [kills] [seed]`.

200 kills by default, twenty on each of ten workspaces. What must hold stands in `tests/faults/killing.py`; a failure
names the seed that repeats what was done (though not to the microsecond).
"""

from __future__ import annotations

import secrets
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
EACH = 20

sys.path.insert(0, str(ROOT))
from tests.faults.killing import Ward  # noqa: E402


def main() -> None:
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else secrets.randbelow(2**32)
    began, lives, totals = time.perf_counter(), 0, dict.fromkeys(("rounds", "uploads", "renders", "early", "failed"), 0)
    while lives < kills:
        count = min(EACH, kills - lives)
        print(f"seed {seed}: {count} kills ", end="", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            ward = Ward(Path(folder), seed)
            for _ in range(count):
                ward.kill_once()
                print(".", end="", flush=True)
            completed, failed = ward.settle()
        films = [film for films in ward.films for film in films]
        uploads = sum(len(film.uploads) for film in films)
        print(f" {ward.done} rounds, {uploads} files, {completed} videos, {failed} given up after three kills each")
        totals["rounds"] += ward.done
        totals["uploads"] += uploads
        totals["renders"] += completed + failed
        totals["failed"] += failed
        totals["early"] += ward.early
        lives, seed = lives + count, seed + 1
    spent = time.perf_counter() - began
    print(f"{lives} kills in {spent:.0f} s ({spent / lives:.2f} s each), {totals['early']} of them while it started")
    print(
        f"acknowledged: {totals['uploads']} files, {totals['renders']} renders ({totals['failed']} given up); none lost"
    )


if __name__ == "__main__":
    main()
