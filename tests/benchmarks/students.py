"""A class at once on one studio: `python tests/benchmarks/students.py [students]`.

Fifty by default; each joins with the join token, uploads two photos, asks for a video, exports it twice and downloads.
What must hold stands in `tests/faults/classes.py`.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]

sys.path.insert(0, str(ROOT))
from tests.faults.classes import Lesson, unfair  # noqa: E402


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    with tempfile.TemporaryDirectory() as folder:
        report = Lesson(Path(folder), count).hold()
    exports = sum(len(student.exports) for student in report.students)
    print(f"{count} students, {exports} exports in {report.seconds:.0f} s; no error, each got their own")
    for step in report.students[0].took:
        took = sorted(student.took[step] for student in report.students)
        print(f"  {step:7} median {statistics.median(took):6.2f} s, last {took[-1]:6.2f} s")
    late = unfair(report)
    print(f"order: {len(late)} first exports were begun after somebody's second")
    print(
        f"memory: {report.studio_memory / 1e6:.0f} MB the studio, {report.whole_memory / 1e6:.0f} MB with its children"
    )
    sys.exit(bool(late))


if __name__ == "__main__":
    main()
