"""Single frames of a draft, and the way to them."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from nemo_widgets.errors import RenderFailed
from nemo_widgets.studio.render import compose, frame_at, render, thumbnail_strip
from nemo_widgets.studio.render.compose import Compositor
from nemo_widgets.studio.render.sources import prepared

sys.path.insert(0, str(Path(__file__).parent))

from samples import clip, decoded, draft, frame_number, photo, shot

REFERRING = {"crf": "10", "preset": "medium", "g": "90", "bf": "3", "sc_threshold": "0"}
"""One long group of pictures, about half of which no other refers to."""


def test_a_frame_at_any_time_is_the_frame_of_the_video(tmp_path):
    d = draft(
        shot(photo(tmp_path / "a.png"), 1000, motion="zoom-in", transition={"type": "crossfade", "d": 400}),
        shot(clip(tmp_path / "c.mp4", seconds=1), 1000),
        titles=[{"st": 500, "d": 1000, "m": {"text": "Hi"}}],
    )
    video = decoded(render(d, tmp_path / "out.mp4"))
    for ms, number in ((-5, 0), (0, 0), (533, 16), (1100, 33), (1967, 59), (99_000, 59)):
        image = frame_at(d, ms)
        assert image.size == (320, 180)
        assert np.abs(np.asarray(image).astype(int) - video[number]).mean() < 4
    assert frame_at(d, 500, size=(160, 90)).size == (160, 90)


@pytest.mark.parametrize("damaged", [0, 1])
def test_a_frame_of_two_files_names_the_one_that_is_damaged(tmp_path, damaged):
    photos = [photo(tmp_path / f"{n}.jpg") for n in range(2)]
    photos[damaged].write_bytes(photos[damaged].read_bytes()[:300])
    fade = {"type": "crossfade", "d": 400}
    d = draft(shot(photos[0], 1000, transition=fade), shot(photos[1], 1000))
    with pytest.raises(RenderFailed, match=f"{damaged}.jpg"):
        frame_at(d, 1200)


@pytest.mark.parametrize("damaged", [0, 1])
def test_where_one_of_two_files_is_damaged_the_other_is_closed(tmp_path, monkeypatch, damaged):
    files = [clip(tmp_path / f"{n}.mp4", seconds=1) for n in range(2)]
    files[damaged].write_bytes(files[damaged].read_bytes()[:300])
    left = []

    def opened(*args, opened=compose.opened):
        one = opened(*args)
        left.append(one)
        monkeypatch.setattr(one, "close", lambda close=one.close: (left.remove(one), close()))
        return one

    monkeypatch.setattr(compose, "opened", opened)
    d = draft(shot(files[0], 1000, transition={"type": "crossfade", "d": 400}), shot(files[1], 1000))
    with pytest.raises(RenderFailed, match=f"{damaged}.mp4"):
        frame_at(d, 1200)
    assert left == []


def test_a_strip_of_thumbnails_shows_the_middle_of_each_part(tmp_path):
    colors = [(200, 30, 30), (30, 180, 40), (30, 40, 200)]
    shots = [shot(photo(tmp_path / f"{n}.png", color=color), 600) for n, color in enumerate(colors)]
    with Image.open(io.BytesIO(thumbnail_strip(draft(*shots), 3, 36))) as strip:
        assert strip.size == (3 * 64, 36)
        for n, color in enumerate(colors):
            assert np.abs(np.array(strip.getpixel((64 * n + 32, 18))) - color).max() < 12


@pytest.mark.parametrize("threads", [1, 3])
@pytest.mark.parametrize("frame", [0, 1, 2, 7, 41, 58, 59])
def test_leaving_pictures_out_and_decoding_several_at_once_changes_nothing(tmp_path, frame, threads):
    source = clip(tmp_path / "c.mp4", seconds=2, tone=None, options=REFERRING)
    plan = prepared(draft(shot(source, 2000)))
    with Compositor(plan, threads=threads) as straight, Compositor(plan) as walked:
        there = [plane.copy() for plane in straight.frame(frame).all]
        for number in range(frame):
            walked.frame(number)
        for plane, other in zip(there, walked.frame(frame).all, strict=True):
            assert np.array_equal(plane, other)
        rest = [frame_number(np.repeat(straight.frame(n).y[..., None], 3, 2)) for n in range(frame, 60)]
        assert rest == list(range(frame, 60))
