"""What a request's ``output`` asks for is what comes out, through a job and from a call."""

from __future__ import annotations

import sys
from pathlib import Path

import av
import httpx
import pytest

from nemo_widgets.errors import InvalidInput
from nemo_widgets.studio.render import render
from nemo_widgets.studio.render.output import output_of

sys.path.insert(0, str(Path(__file__).parent))

from samples import draft, photo, shot


def made_of(path):
    """Width, height, frames a second and kind of sound."""
    with av.open(str(path)) as container:
        video, sound = container.streams.video[0], container.streams.audio[0]
        assert video.frames == sum(1 for _ in container.decode(video))
        name = sound.codec_context.name.removesuffix("float")
        return video.width, video.height, float(video.average_rate), name


def test_a_job_makes_what_was_asked_for(me, tmp_path):
    session = me.session()
    body = {
        "id": "render_small",
        "sessionId": session,
        "draft": me.tiny_draft(session),
        "output": {"format": "mp4", "quality": "low", "height": "72p", "fps": 10, "audio": "mp3"},
    }
    me.post("/api/render/proxy/lambda", json=body)
    job = me.finished("render_small")
    assert job["status"] == "completed"
    (tmp_path / "a.mp4").write_bytes(httpx.get(job["output"]["url"], timeout=60).content)
    assert made_of(tmp_path / "a.mp4") == (128, 72, 10.0, "mp3")


def test_a_preview_has_480_lines(tmp_path):
    source = photo(tmp_path / "a.png", color=(90, 120, 60))
    made = render(draft(shot(source, 200), width=1280, height=720), tmp_path / "out.mp4", quality="preview")
    assert made_of(made) == (854, 480, 30.0, "aac")


def test_what_cannot_be_made_is_refused_before_any_work(tmp_path):
    for wrong in ({"quality": "best"}, {"sound": "opus"}):
        with pytest.raises(InvalidInput):
            render(draft(shot(tmp_path / "missing.png", 200)), tmp_path / "out.mp4", **wrong)


@pytest.mark.parametrize("raw", [None, "high", [], {}, {"quality": 7, "height": "tall", "fps": -3, "audio": None}])
def test_a_request_that_says_nothing_useful_gets_the_defaults(raw):
    assert output_of(raw) == {}
