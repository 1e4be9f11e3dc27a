"""A studio that is killed again and again on one workspace, and a ledger of what it acknowledged before.

Each life of the studio begins where the one before was cut off. Two people work on it at once (uploads, edits with and
without music, renders); after each kill all that was acknowledged has to be there, and nothing half.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import av
import httpx
import psutil
from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path

TOKEN = "nmv_local_for_the_kills"
LONGEST = 180.0
"""Seconds that anything may take which isn't killed, on the slowest machine."""
_WORK = 1.5
"""How long it may work before it is killed, in units of the time that it takes to start."""
_STUDIO = """
import sys
from nemo_widgets.studio.server import Studio
with Studio(sys.argv[1], workers=1, token=sys.argv[2], pace=float(sys.argv[3])) as studio:
    print(studio.url, flush=True)
    sys.stdin.read()
"""
_NEXT = (
    'add a title that says "{mark}"',
    'add a title that says "{mark}", and make it black and white',
    'add calm music and a title that says "{mark}"',
    'make it 2 seconds long and add a title that says "{mark}"',
)


class Lost(AssertionError):
    """Something that was acknowledged isn't there any more, or something half is."""


@dataclass
class Film:
    """A session as the person who works on it knows it; ``saying`` is the mark of the edit that is under way."""

    id: str
    uploads: dict[str, str] = field(default_factory=dict)
    draft: dict | None = None
    saying: str | None = None
    renders: dict[str, int] = field(default_factory=dict)


class Life:
    """One process of the studio."""

    def __init__(self, workspace: Path, temporary: Path, *, pace: float = 0.0) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", _STUDIO, str(workspace), TOKEN, str(pace)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"TMPDIR": str(temporary)},
        )

    def ready(self) -> httpx.Client:
        url = self.process.stdout.readline().strip()
        if not url:
            raise Lost(f"the studio doesn't start again: exit code {self.process.wait()}")
        return httpx.Client(
            base_url=url, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=LONGEST, trust_env=False
        )

    def kill(self) -> list[psutil.Process]:
        """End it as a crash would; return its workers, which have to end by themselves."""
        helpers = psutil.Process(self.process.pid).children(recursive=True)
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            pipe.close()
        return helpers

    def end(self) -> None:
        """End it in good order."""
        self.process.stdin.close()
        self.process.wait(LONGEST)
        self.process.stdout.close()


class Worker(threading.Thread):
    """Somebody who works until the studio is gone, and notes what it acknowledged."""

    def __init__(self, http: httpx.Client, films: list[Film], dice: random.Random) -> None:
        super().__init__(daemon=True)
        self._http, self._films, self._dice = http, films, dice
        self.done = 0
        self.trouble: BaseException | None = None

    def run(self) -> None:
        try:
            while True:
                self._one()
                self.done += 1
        except httpx.TransportError:
            return
        except BaseException as error:  # noqa: BLE001 - told by who waits
            self.trouble = error

    def _one(self) -> None:
        film = self._films[-1] if self._films and self._dice.random() < 0.8 else None
        if film is None:
            body = {"task_name": "killed", "language": "en"}
            answer = self._http.post("/api/tasks/me/with-session/nemo_agent", json=body).json()
            self._films.append(film := Film(answer["data"]["session_id"]))
        if not film.uploads or (film.draft and self._dice.random() < 0.35):
            self._upload(film)
        if film.draft is None or self._dice.random() < 0.6:
            self._edit(film)
        if self._dice.random() < 0.5:
            self._render(film)

    def _upload(self, film: Film) -> None:
        files = [(f"{uuid.UUID(int=self._dice.getrandbits(128))}.png", self._photo()) for _ in range(2)]
        path = f"/api/upload-video/nemo_agent/me/{film.id}"
        answer = self._http.post(path, files=[("files", one) for one in files]).json()
        assert answer["code"] == 0, answer
        for sent, kept in zip(files, answer["data"]["files"], strict=True):
            digest = hashlib.sha256(sent[1]).hexdigest()
            assert kept["hash"] == digest
            film.uploads[urlsplit(kept["cdn_url"]).path] = digest

    def _photo(self) -> bytes:
        """Return noise, so that some take several writes."""
        side = self._dice.choice((16, 64, 700))
        image = Image.frombytes("RGB", (side, side), self._dice.randbytes(3 * side * side))
        target = io.BytesIO()
        image.save(target, "PNG", compress_level=1)
        return target.getvalue()

    def _edit(self, film: Film) -> None:
        mark = f"mark{self._dice.getrandbits(40):x}"
        text = self._dice.choice(_NEXT) if film.draft else 'make a 1 second video with a title that says "{mark}"'
        body = {"session_id": film.id, "new_message": {"parts": [{"text": text.format(mark=mark)}]}}
        film.saying = mark
        said: list[str] = []
        with self._http.stream("POST", "/run_sse", json=body) as answer:
            assert answer.status_code == 200, answer.read()
            for line in answer.iter_lines():
                if line.startswith("data: "):
                    event = json.loads(line[6:])
                    said.append(line)
                    assert "errorCode" not in event, event
                    film.draft = event["actions"]["stateDelta"].get("draft", film.draft)
        assert mark in json.dumps(film.draft), (text, mark, film.draft, said[-1:])
        film.saying = None

    def _render(self, film: Film) -> None:
        draft = json.loads(json.dumps(film.draft))
        draft["m"] |= {"width": 64, "height": 36, "fps": 10}
        job = f"render_{self._dice.getrandbits(60):x}"
        answer = self._http.post("/api/render/proxy/lambda", json={"id": job, "sessionId": film.id, "draft": draft})
        assert answer.json()["id"] == job, answer.text
        film.renders[job] = draft["d"]


class Ward:
    """A workspace, its lives, and what was acknowledged in them.

    Parameters
    ----------
    folder
        Where everything is; an empty folder.
    seed
        What is done, and when the studio is killed.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        self.workspace, self._temporary = folder / "studio", folder / "tmp"
        self._temporary.mkdir()
        self._dice = random.Random(seed)
        self.films: list[list[Film]] = [[], []]
        self._orphans: list[psutil.Process] = []
        self.kills = self.done = self.early = 0

    def kill_once(self) -> None:
        """Let the studio live, look whether all is there, work, and kill it somewhere in between."""
        began = time.monotonic()
        life = Life(self.workspace, self._temporary, pace=self._dice.choice((0.0, 0.02)))
        self.kills += 1
        if self._dice.random() < 0.08:  # while it starts
            self.early += 1
            time.sleep(self._dice.uniform(0.0, 1.0))
            self._orphans += life.kill()
            return
        workers: list[Worker] = []
        try:
            with life.ready() as http:
                longest = _WORK * (time.monotonic() - began)  # as slow as the machine is
                self._check(http, newest=2)
                workers = [Worker(http, films, random.Random(self._dice.random())) for films in self.films]
                for worker in workers:
                    worker.start()
                time.sleep(self._dice.uniform(0.0, longest))
                self._orphans += life.kill()
                for worker in workers:
                    worker.join(LONGEST)
        finally:
            if life.process.poll() is None:
                life.process.kill()
        for worker in workers:
            self.done += worker.done
            if worker.trouble is not None:
                raise worker.trouble

    def settle(self) -> tuple[int, int]:
        """Let all renders end, look at everything, and return how many were completed and how many failed."""
        life = Life(self.workspace, self._temporary)
        ended = [0, 0]
        try:
            with life.ready() as http:
                for film in (film for films in self.films for film in films):
                    for job, duration in film.renders.items():
                        ended[self._ended(http, job, duration)] += 1
                self._check(http, newest=None)
            life.end()
        finally:
            if life.process.poll() is None:
                life.process.kill()
        self._check_folders(alive=False)
        return ended[0], ended[1]

    def _ended(self, http: httpx.Client, job: str, duration: int) -> bool:
        """Wait for a render; False where its video is whole, True where it failed with a sentence."""
        deadline = time.monotonic() + 2 * LONGEST
        while time.monotonic() < deadline:
            found = http.get(f"/api/render/proxy/lambda/{job}").json()
            if found.get("id") != job:
                raise Lost(f"render {job} is not known any more: {found}")
            if found["status"] == "failed":
                if "studio stopped several times" not in found["error"]:
                    raise Lost(f"render {job} failed: {found['error']}")
                return True
            if found["status"] == "completed":
                video = http.get(urlsplit(found["output"]["url"]).path).content
                if len(video) != found["output"]["size"]:
                    raise Lost(f"render {job} is half")
                with av.open(io.BytesIO(video)) as container:
                    frames = sum(1 for _ in container.decode(video=0))
                if abs(frames - duration / 100) > 1:
                    raise Lost(f"render {job} has {frames} frames instead of {duration / 100}")
                return False
            time.sleep(0.02)
        raise Lost(f"render {job} never ends")

    def _check(self, http: httpx.Client, newest: int | None) -> None:
        """Look at the newest sessions, or all; the next studio doesn't wait until the last one's workers have ended."""
        _, alive = psutil.wait_procs(self._orphans, timeout=LONGEST)
        if alive:
            raise Lost(f"workers outlive their studio: {alive}")
        self._orphans.clear()
        for film in (film for films in self.films for film in films[-newest if newest else 0 :]):
            answer = http.get(f"/api/state/nemo_agent/me/{film.id}/latest").json()
            if answer["code"]:
                raise Lost(f"session {film.id} is gone: {answer}")
            state = answer["data"]["state"]
            known = {urlsplit(file["cdn_url"]).path: file["hash"] for file in state["video_infos"]}
            for path, digest in film.uploads.items():
                if known.get(path) != digest:
                    raise Lost(f"the upload {path} is not in its session any more")
            for path, digest in known.items():  # one that was kept but not acknowledged is whole as well
                if hashlib.sha256(http.get(path).content).hexdigest() != digest:
                    raise Lost(f"the upload {path} is not what was sent")
            film.uploads |= known
            now = state["draft"]
            if _plain(now) != _plain(film.draft) and not (film.saying and film.saying in json.dumps(now)):
                raise Lost(f"an edit is lost: {film.draft} became {now}")
            film.draft, film.saying = now, None
            for job in film.renders:
                if http.get(f"/api/render/proxy/lambda/{job}").json().get("id") != job:
                    raise Lost(f"render {job} is not known any more")
        self._check_folders(alive=True)

    def _check_folders(self, *, alive: bool) -> None:
        deadline = time.monotonic() + LONGEST  # the sweep has a thread of its own
        while found := self._leftovers_now(alive=alive):
            if time.monotonic() > deadline:
                raise Lost(f"left over: {found}")
            time.sleep(0.02)

    def _leftovers_now(self, *, alive: bool) -> list[str]:
        try:
            return self._leftovers(alive=alive)
        except FileNotFoundError as gone:  # swept away while it was looked at
            return [str(gone)]

    def _leftovers(self, *, alive: bool) -> list[str]:
        with sqlite3.connect(self.workspace / "studio.sqlite", timeout=LONGEST) as db:
            if (said := db.execute("PRAGMA integrity_check").fetchall()) != [("ok",)]:
                raise Lost(f"the database is damaged: {said}")
            files = {f"{name}/media.{suffix}" for name, suffix in db.execute("SELECT id, format FROM media")}
            jobs = dict(db.execute("SELECT folder, status FROM job").fetchall())
        db.close()
        media, videos = self.workspace / "media", self.workspace / "renders"
        there = {path.relative_to(media).as_posix() for path in media.glob("*/*")}
        if missing := files - there:
            raise Lost(f"files are gone: {missing}")
        found = [*sorted(there - files), *(path.name for path in media.iterdir() if not any(path.iterdir()))]
        found += [path.name for path in (self.workspace / "incoming").iterdir()]
        for folder in videos.iterdir():
            status = jobs.get(folder.name, "unknown")
            if status == "completed" and [path.name for path in folder.iterdir()] != ["video.mp4"]:
                raise Lost(f"{folder} has {[path.name for path in folder.iterdir()]}")
            if status not in {"completed", "pending", "processing"} or (status != "completed" and not alive):
                found.append(f"renders/{folder.name} ({status})")
        found += [path.name for path in list((self.workspace / "presence").iterdir())[int(alive) :]]
        return found + [path.name for path in self._temporary.iterdir()]


def _plain(draft: dict | None) -> str:
    """Return a draft without the address of the studio, which is another one in each life."""
    return json.dumps(_without_hosts(draft), sort_keys=True)


def _without_hosts(value):
    if isinstance(value, dict):
        return {name: _without_hosts(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_without_hosts(one) for one in value]
    return urlsplit(value).path if isinstance(value, str) and value.startswith("http://127") else value
