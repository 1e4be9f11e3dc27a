"""Damaged media files, each uploaded to a real studio, edited and rendered: `python tests/benchmarks/fuzz.py [files] [seed]`.

500 by default. What is made of good files, and what a studio may do with it, stands in `tests/faults/corpus.py`.
"""

from __future__ import annotations

import collections
import secrets
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[2]
AT_ONCE = 3

sys.path.insert(0, str(ROOT))
from tests.faults.corpus import Judge, Memory, damaged, whole_files  # noqa: E402
from tests.faults.killing import TOKEN, Life  # noqa: E402
from tests.studio.conftest import Caller  # noqa: E402


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else secrets.randbelow(2**32)
    print(f"seed {seed}: {count} files")
    with tempfile.TemporaryDirectory() as folder:
        whole = whole_files(Path(folder))
        life = Life(Path(folder) / "studio", Path(folder))
        life.url, life.token = str(life.ready().base_url).rstrip("/"), TOKEN
        memory = Memory(life.process.pid)
        memory.start()
        callers = threading.local()

        def judged(numbered):
            if not hasattr(callers, "judge"):
                callers.judge = Judge(Caller(life), whole["a.png"])
            number, file = numbered
            began = time.perf_counter()
            try:
                found = callers.judge(file)
            except Exception as error:  # noqa: BLE001 - counted, and told
                found = "WRONG"
                print(f"\n{number}: {file.how} {file.name}: {type(error).__name__}: {str(error)[:600]}", flush=True)
                Path(f"/tmp/damaged-{seed}-{number}-{file.name}").write_bytes(file.content)
            print(".", end="" if number % 100 else f" {number}\n", flush=True)
            return file, found, time.perf_counter() - began

        began = time.perf_counter()
        with ThreadPoolExecutor(AT_ONCE) as threads:
            results = list(threads.map(judged, enumerate(damaged(whole, seed, count), 1)))
        spent = time.perf_counter() - began
        memory.end()
        life.end()
    outcomes = collections.Counter(found for _, found, _ in results)
    print(f"\n{count} files in {spent:.0f} s: {dict(outcomes)}")
    slowest = max(results, key=lambda one: one[2])
    print(f"slowest: {slowest[2]:.1f} s ({slowest[0].how} {slowest[0].name})")
    print(f"memory: {memory.most_alone / 1e6:.0f} MB the studio, {memory.most / 1e6:.0f} MB with all children")
    sys.exit(outcomes["WRONG"] > 0)


if __name__ == "__main__":
    main()
