"""A class at once on one studio: each student joins, uploads, asks, exports twice and downloads.

Each one's photos have a colour of their own, so that a video says whose it is.
"""

from __future__ import annotations

import colorsys
import io
import os
import subprocess
import sys
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import av
import httpx
import numpy as np
from PIL import Image

from tests.studio.conftest import Caller

from .corpus import Memory

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE = 900.0
"""Seconds that a whole class may take, on the slowest machine."""
_EXPORTS = 2
_STUDIO = """
import dataclasses, sys
from nemo_widgets.settings import StudioLimits
from nemo_widgets.studio.fair_queue import FairQueue
from nemo_widgets.studio.server import Studio

order = open(sys.argv[3], "a", buffering=1)
get = FairQueue.get

def noted(self):
    key = get(self)
    if key is not None:
        print(*key, file=order)
    return key

FairQueue.get = noted
students = int(sys.argv[2])
limits = dataclasses.replace(StudioLimits.classroom(students), free_bytes=0)
with Studio(sys.argv[1], students=students, limits=limits, pace=0) as studio:
    print(studio.url, studio.join_token, flush=True)
    sys.stdin.read()
"""


@dataclass
class Student:
    """What one did: the files that are theirs, their renders, and seconds of each step."""

    number: int
    colour: tuple[int, int, int]
    session: str = ""
    files: list[str] = field(default_factory=list)
    exports: list[str] = field(default_factory=list)
    took: dict[str, float] = field(default_factory=dict)
    token: str = ""


@dataclass
class Report:
    """How a lesson went: who did what, bytes of memory, and in which order renders were begun."""

    students: list[Student]
    seconds: float
    studio_memory: int
    whole_memory: int
    begun: list[str]


class Lesson:
    """A studio and its students.

    Parameters
    ----------
    folder
        An empty folder.
    count
        How many students.
    """

    def __init__(self, folder: Path, count: int) -> None:
        self._folder, self._count = folder, count
        self._gate = threading.Barrier(count, timeout=PATIENCE)
        self._url = self._join = ""

    def hold(self) -> Report:
        """Let all students work at once; an ``AssertionError`` where one of them doesn't get what is theirs."""
        order = self._folder / "order.txt"
        process = subprocess.Popen(
            [sys.executable, "-c", _STUDIO, str(self._folder / "studio"), str(self._count), str(order)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"TMPDIR": str(self._folder)},
        )
        try:
            self._url, self._join = process.stdout.readline().split()
            memory = Memory(process.pid)
            memory.start()
            began = time.monotonic()
            with ThreadPoolExecutor(self._count) as threads:
                students = list(threads.map(self._attend, range(self._count)))
            seconds = time.monotonic() - began
            memory.end()
            self._nobody_reaches_anothers(students)
            assert process.poll() is None, "the studio died"
            process.stdin.close()
            process.wait(PATIENCE)
        finally:
            process.kill()
            process.stdout.close()
        begun = [line.split()[1] for line in order.read_text().splitlines()]
        return Report(students, seconds, memory.most_alone, memory.most, begun)

    def _attend(self, number: int) -> Student:
        red, green, blue = colorsys.hsv_to_rgb(number / self._count, 0.9, 0.8)
        student = Student(number, (round(red * 255), round(green * 255), round(blue * 255)))
        try:
            self._study(student)
        except BaseException:
            self._gate.abort()
            raise
        return student

    def _study(self, student: Student) -> None:
        clock = _Clock(student)
        headers = {"X-Client-Id": str(uuid.uuid4()), "Authorization": f"Bearer {self._join}"}
        self._gate.wait()
        answer = httpx.post(f"{self._url}/api/auth/anonymous-token", headers=headers, timeout=PATIENCE, trust_env=False)
        assert answer.json()["code"] == 0, answer.text
        student.token = answer.json()["data"]["token"]
        with Caller(_Address(self._url), student.token) as me:
            me.http.timeout = PATIENCE
            student.session = me.session()
            clock.lap("join")
            kept = me.upload(student.session, *[(f"{n}.png", _photo(student.colour, n)) for n in range(2)]).json()
            assert kept["code"] == 0, kept
            student.files = [file["cdn_url"] for file in kept["data"]["files"]]
            clock.lap("upload")
            events = me.say(student.session, f"make a 1 second video of both photos called 'Student {student.number}'")
            assert not any("errorCode" in event for event in events), events
            clock.lap("edit")
            draft = me.state(student.session)["draft"]
            draft["m"] |= {"width": 64, "height": 36, "fps": 10}
            draft["t"] = [track for track in draft["t"] if track["tt"] == 0]  # the colour alone is looked at
            for _ in range(_EXPORTS):
                job = me.render(student.session, draft)
                assert "id" in job, job
                student.exports.append(job["id"])
                self._gate.wait()  # all first ones wait before the first second one is asked for
            for export in student.exports:
                self._fetch(me, student, export)
            clock.lap("export")

    def _fetch(self, me: Caller, student: Student, export: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while (job := me.job(export))["status"] not in {"completed", "failed"}:
            assert time.monotonic() < deadline, job
            time.sleep(0.5)
        assert job["status"] == "completed", job
        video = httpx.get(job["output"]["url"], timeout=PATIENCE, trust_env=False).content
        assert len(video) == job["output"]["size"]
        with av.open(io.BytesIO(video)) as container:
            pictures = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
        assert abs(len(pictures) - 10) <= 1
        seen = np.median(pictures[0].reshape(-1, 3), axis=0)
        assert np.abs(seen - student.colour).max() < 30, f"student {student.number} got another's video: {seen}"

    def _nobody_reaches_anothers(self, students: list[Student]) -> None:
        for one, other in zip(students, [*students[1:], students[0]], strict=True):
            if one is other:
                return
            with Caller(_Address(self._url), one.token) as me:
                assert me.get(f"/api/state/nemo_agent/me/{other.session}/latest").json()["code"] == 1002
                assert me.get(f"/api/render/proxy/lambda/{other.exports[0]}").status_code == 404
                known = [file["cdn_url"] for file in me.state(one.session)["video_infos"]]
                assert known == one.files


class _Clock:
    def __init__(self, student: Student) -> None:
        self._student, self._last = student, time.monotonic()

    def lap(self, name: str) -> None:
        now = time.monotonic()
        self._student.took[name], self._last = now - self._last, now


@dataclass(frozen=True)
class _Address:
    url: str
    token: str = ""


def _photo(colour: tuple[int, int, int], number: int) -> bytes:
    target = io.BytesIO()
    image = Image.new("RGB", (320, 180), colour)
    image.putpixel((number, 0), (255, 255, 255))
    image.save(target, "PNG")
    return target.getvalue()


def unfair(report: Report) -> list[str]:
    """Return the students one of whose first exports was begun after somebody's second."""
    first = {student.exports[0]: f"student {student.number}" for student in report.students}
    seen_second, late = False, []
    for job in report.begun:
        if job in first and seen_second:
            late.append(first[job])
        seen_second = seen_second or job not in first
    return late
