"""A class at once: five students here, fifty in `tests/benchmarks/students.py`."""

from __future__ import annotations

import os

import pytest

pytest.importorskip("av")

from .classes import Lesson, unfair

STUDENTS = int(os.environ.get("NEMO_STUDENTS", "5"))


def test_everybody_gets_their_own_in_turn(tmp_path):
    report = Lesson(tmp_path, STUDENTS).hold()
    assert unfair(report) == []
    assert sorted(report.begun) == sorted(export for one in report.students for export in one.exports)
    assert report.studio_memory < 600e6
