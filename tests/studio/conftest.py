from __future__ import annotations

import io
import json
import time
import uuid

import httpx
import pytest
from PIL import Image

from nemo_widgets.studio.server import Studio


def photo(colour=(200, 80, 40), size=(64, 36), suffix="JPEG"):
    """Return a tiny photo as bytes."""
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, suffix)
    return buffer.getvalue()


class Caller:
    """Speaks the contract over real HTTP, as a client would."""

    def __init__(self, studio, token=None):
        headers = {"Authorization": f"Bearer {token or studio.token}"}
        self.http = httpx.Client(base_url=studio.url, headers=headers, timeout=120)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.http.close()

    def post(self, path, **options):
        return self.http.post(path, **options)

    def get(self, path, **options):
        return self.http.get(path, **options)

    def session(self, name="project", language="en"):
        answer = self.post("/api/tasks/me/with-session/nemo_agent", json={"task_name": name, "language": language})
        return answer.json()["data"]["session_id"]

    def upload(self, session, *files):
        return self.post(f"/api/upload-video/nemo_agent/me/{session}", files=[("files", file) for file in files])

    def message(self, session, text, **extra):
        return {
            "app_name": "nemo_agent",
            "user_id": "me",
            "session_id": session,
            "new_message": {"parts": [{"text": text}], **extra},
        }

    def say(self, session, text, **extra):
        """Return the events of an answer."""
        answer = self.post("/run_sse", json=self.message(session, text, **extra))
        assert answer.status_code == 200, answer.text
        frames = answer.content.decode().split("\n\n")
        return [json.loads(frame.removeprefix("data: ")) for frame in frames if frame]

    def state(self, session):
        return self.get(f"/api/state/nemo_agent/me/{session}/latest").json()["data"]["state"]

    def tiny_draft(self, session, seconds=1, size=(64, 36), photos=2):
        """Upload photos, have them put on a timeline, and return the draft at a size that renders at once."""
        self.upload(session, *[(f"p{n}.jpg", photo((40 * n, 90, 120))) for n in range(photos)])
        self.say(session, f"make a {seconds} second video")
        draft = self.state(session)["draft"]
        draft["m"] |= {"width": size[0], "height": size[1]}
        return draft

    def render(self, session, draft, render_id=None):
        render_id = render_id or f"render_{uuid.uuid4().hex}"
        body = {"id": render_id, "sessionId": session, "draft": draft, "output": {"format": "mp4", "quality": "high"}}
        return self.post("/api/render/proxy/lambda", json=body).json()

    def job(self, render_id):
        return self.get(f"/api/render/proxy/lambda/{render_id}").json()

    def finished(self, render_id, patience=300.0):
        """Return the job when it is done, and check that its progress never goes back."""
        deadline, progress = time.monotonic() + patience, 0.0
        while time.monotonic() < deadline:
            job = self.job(render_id)
            if job["status"] in {"completed", "failed"}:
                return job
            assert job["progress"] >= progress
            progress = job["progress"]
            time.sleep(0.05)
        raise AssertionError(f"not finished: {job}")


def text_of(events):
    """Return an answer's text, by the rule of the contract: a whole text replaces the pieces before it."""
    whole = [
        part["text"] for e in events if e.get("partial") is False for part in e["content"]["parts"] if "text" in part
    ]
    pieces = [part["text"] for e in events if e.get("partial") for part in e["content"]["parts"]]
    assert "".join(pieces) == "".join(whole)
    return "".join(whole)


@pytest.fixture(scope="session")
def shared_studio(tmp_path_factory):
    with Studio(tmp_path_factory.mktemp("studio"), workers=1, pace=0) as studio:
        yield studio


@pytest.fixture
def studio(shared_studio):
    return shared_studio


@pytest.fixture
def me(studio):
    with Caller(studio) as caller:
        yield caller


@pytest.fixture
def stranger(studio):
    """Somebody with an anonymous token."""
    with Caller(studio, anonymous_token(studio)) as caller:
        yield caller


def anonymous_token(studio, client_id=None):
    answer = httpx.post(
        f"{studio.url}/api/auth/anonymous-token", headers={"X-Client-Id": client_id or str(uuid.uuid4())}, timeout=60
    )
    return answer.json()["data"]["token"]
