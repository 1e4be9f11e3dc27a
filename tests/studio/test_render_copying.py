"""A clip that is shown as it is isn't encoded anew; anything else is."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import av
import numpy as np
import pytest

from nemo_widgets.errors import RenderFailed
from nemo_widgets.studio.render import copying, render
from nemo_widgets.studio.render.sources import prepared

sys.path.insert(0, str(Path(__file__).parent))

import samples
from samples import clip, decoded, draft, frame_number, gradient, heard, photo, rms, shot, sound


def pictures(path):
    """The bytes of the pictures of a file, packet by packet."""
    with av.open(str(path)) as container:
        return [bytes(packet) for packet in container.demux(video=0) if packet.size]


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """Two seconds of 30 frames a second, with a key frame each second and pictures that others before them refer to."""
    path = tmp_path_factory.mktemp("clips") / "c.mp4"
    return clip(path, seconds=2, options={"crf": "10", "preset": "veryfast", "g": "30", "sc_threshold": "0"})


def test_an_untouched_clip_is_copied(tmp_path, source):
    seen = []
    made = render(draft(shot(source, 2000)), tmp_path / "out.mp4", on_progress=seen.append)
    assert pictures(made) == pictures(source)
    assert (seen[-1].done, seen[-1].total, seen[-1].note) == (60, 60, "copied")
    with av.open(str(made)) as container:
        times = [round(float(frame.time) * 30, 3) for frame in container.decode(video=0)]
    assert times == list(range(60))
    assert np.abs(heard(made)[:, :95_000] - heard(source)[:, :95_000]).max() < 1e-6
    assert samples.boxes(made).index("moov") < samples.boxes(made).index("mdat")


def test_a_clip_with_music_keeps_its_pictures(tmp_path, source):
    music = sound(tmp_path / "a.wav", seconds=2, frequency=880, level=0.2)
    made = render(draft(shot(source, 2000, volume=0), sounds=[shot(music, 2000)]), tmp_path / "out.mp4")
    assert pictures(made) == pictures(source)
    assert rms(heard(made), 500, 1500) == pytest.approx(0.2 / 2**0.5, rel=0.05)


def test_a_clip_cut_at_key_frames_is_copied_and_exact(tmp_path, source):
    made = render(draft(shot(source, 1000, **{"in": 1000})), tmp_path / "out.mp4")
    assert pictures(made) == pictures(source)[-30:]
    assert [frame_number(frame) for frame in decoded(made)] == list(range(30, 60))


def test_a_clip_whose_sound_is_a_little_longer_is_copied(tmp_path, source):
    made = render(draft(shot(source, 2060)), tmp_path / "out.mp4")
    assert pictures(made) == pictures(source)
    with av.open(str(made)) as container:
        video = container.streams.video[0]
        assert float(video.duration * video.time_base) == pytest.approx(62 / 30, abs=0.001)


@pytest.mark.parametrize(
    "changed",
    [
        {"in": 500, "d": 1000},
        {"d": 1500},
        {"speed": 2, "d": 1000},
        {"freeze": True},
        {"look": "sepia"},
        {"brightness": 0.2},
        {"motion": "zoom-in"},
        {"fade_in": 300},
        {"fade_out": 300},
        {"place": "top-left"},
        {"d": 3000},
    ],
    ids=str,
)
def test_what_is_changed_is_encoded(source, changed):
    segment = {"d": 2000, "m": {"src": str(source), **changed}}
    segment["d"] = segment["m"].pop("d", 2000)
    assert copying.untouched(prepared(draft(segment))) is None


def test_what_differs_from_the_canvas_is_encoded(tmp_path, source):
    same = shot(source, 2000)
    assert copying.untouched(prepared(draft(same))) is not None
    assert copying.untouched(prepared(draft(same, width=160, height=90))) is None
    assert copying.untouched(prepared(draft(same, fps=25))) is None
    assert copying.untouched(prepared(draft(same, titles=[{"d": 500, "m": {"text": "Hi"}}]))) is None
    assert copying.untouched(prepared(draft(shot(source, 1000), shot(source, 1000)))) is None
    assert copying.untouched(prepared(draft(shot(photo(tmp_path / "a.png"), 2000)))) is None
    upright = clip(tmp_path / "u.mp4", seconds=0.5, paint=lambda number: gradient(320, 180))
    samples.turned_by_metadata(upright)
    assert copying.untouched(prepared(draft(shot(upright, 500), width=180, height=320))) is None
    other = clip(tmp_path / "o.avi", seconds=0.5, codec="mpeg4", tone=None)
    assert copying.untouched(prepared(draft(shot(other, 500)))) is None


def test_another_quality_is_encoded(tmp_path, source):
    made = render(draft(shot(source, 2000)), tmp_path / "out.mp4", quality="medium")
    assert pictures(made) != pictures(source)
    assert len(decoded(made)) == 60


def test_copying_can_be_cancelled(tmp_path, source):
    stop = threading.Event()
    stop.set()
    with pytest.raises(RenderFailed) as caught:
        render(draft(shot(source, 2000)), tmp_path / "out.mp4", cancelled=stop)
    assert caught.value.key == "render-cancelled"
    assert not (tmp_path / "out.mp4").exists()


def test_a_job_says_that_its_clip_was_copied(me, source):
    session = me.session()
    me.upload(session, ("c.mp4", source.read_bytes()))
    me.say(session, "make a video")
    made = me.state(session)["draft"]
    made["m"] |= {"width": 320, "height": 180}
    copied = me.finished(me.render(session, made)["id"])
    assert (copied["status"], copied["copied"]) == ("completed", True)
    made["t"][0]["sg"][0]["m"]["look"] = "sepia"
    changed = me.finished(me.render(session, made)["id"])
    assert (changed["status"], changed["copied"]) == ("completed", False)
