"""What a rendered video looks like."""

from __future__ import annotations

import io
import sys
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from nemo_widgets.studio.render import poster, render

sys.path.insert(0, str(Path(__file__).parent))

import samples
from samples import clip, decoded, draft, frame_number, gradient, photo, shot

RED, GREEN, BLUE = (200, 30, 30), (30, 180, 40), (30, 40, 200)


def near(rgb, color, tolerance=10):
    return np.abs(rgb.astype(int) - color).max() <= tolerance


def difference(rgb, other):
    return float(np.abs(rgb.astype(int) - other.astype(int)).mean())


@pytest.fixture
def red(tmp_path):
    return photo(tmp_path / "red.png", color=RED)


@pytest.fixture
def blue(tmp_path):
    return photo(tmp_path / "blue.png", color=BLUE)


def test_frames_duration_and_tags_are_exact(tmp_path, red):
    made = render(draft(shot(red, 1234), fps=29.97), tmp_path / "out.mp4")
    with av.open(str(made)) as container:
        video, sound = container.streams.video[0], container.streams.audio[0]
        times = [frame.pts * frame.time_base for frame in container.decode(video)]
        context = video.codec_context
        assert (context.name, context.pix_fmt, context.width, context.height) == ("h264", "yuv420p", 320, 180)
        assert (int(context.color_range), int(context.colorspace)) == (1, 1)
        assert (sound.codec_context.name, sound.rate, sound.layout.name) == ("aac", 48000, "stereo")
        assert float(sound.duration * sound.time_base) == pytest.approx(1.234, abs=0.025)
    assert len(times) == round(1234 * 29.97 / 1000)
    steps = {round(float(after - before), 6) for before, after in pairwise(times)}
    assert times[0] == 0
    assert steps == {round(1001 / 30000, 6)}


def test_the_index_stands_before_the_media(tmp_path, red):
    order = samples.boxes(render(draft(shot(red, 300)), tmp_path / "out.mp4"))
    assert order.index("moov") < order.index("mdat")


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp"])
def test_a_photo_is_shown_as_it_is(tmp_path, suffix):
    source = photo(tmp_path / f"a{suffix}", width=320, height=180)
    made = decoded(render(draft(shot(source, 200)), tmp_path / "out.mp4"))
    assert difference(made[3], gradient(320, 180)) < 4


def test_cover_fills_the_canvas_and_contain_leaves_bars(tmp_path):
    source = photo(tmp_path / "square.png", width=200, height=200, color=RED)
    covering = decoded(render(draft(shot(source, 200)), tmp_path / "cover.mp4"))[3]
    contained = decoded(render(draft(shot(source, 200, fit="contain")), tmp_path / "contain.mp4"))[3]
    assert near(covering[:, 5], RED)
    assert near(contained[:, 160], RED)
    assert near(contained[:, 40], (0, 0, 0))
    assert near(contained[:, 280], (0, 0, 0))


def test_cover_shows_the_middle(tmp_path):
    source = photo(tmp_path / "tall.png", width=320, height=720)
    made = decoded(render(draft(shot(source, 200)), tmp_path / "out.mp4"))[3]
    assert difference(made, gradient(320, 720)[270:450]) < 4


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_turned_as_its_camera_says(tmp_path, orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    source = photo(tmp_path / "a.jpg", width=320, height=180, exif=exif)
    with Image.open(source) as image:
        upright = np.asarray(image.transpose(samples.TRANSPOSES[orientation]) if orientation > 1 else image)
    height, width = upright.shape[:2]
    made = decoded(render(draft(shot(source, 100), width=width, height=height), tmp_path / "out.mp4"))[1]
    assert difference(made, upright) < 4


def test_what_is_transparent_is_black(tmp_path):
    image = Image.new("RGBA", (320, 180), (*RED, 255))
    image.paste((0, 255, 0, 0), (0, 0, 160, 180))
    image.save(tmp_path / "half.png")
    made = decoded(render(draft(shot(tmp_path / "half.png", 200)), tmp_path / "out.mp4"))[3]
    assert near(made[:, 60], (0, 0, 0))
    assert near(made[:, 260], RED)


def test_gifs_move_and_start_over(tmp_path):
    first, second = (Image.new("RGB", (320, 180), color) for color in (RED, BLUE))
    first.save(tmp_path / "still.gif")
    first.save(tmp_path / "moving.gif", save_all=True, append_images=[second], duration=200, loop=0)
    still = decoded(render(draft(shot(tmp_path / "still.gif", 200)), tmp_path / "still.mp4"))
    assert near(still[3], RED)
    moving = decoded(render(draft(shot(tmp_path / "moving.gif", 1000)), tmp_path / "moving.mp4"))
    seen = "".join("r" if near(frame, RED, 20) else "b" if near(frame, BLUE, 20) else "?" for frame in moving)
    assert seen == "rrrrrrbbbbbbrrrrrrbbbbbbrrrrrr"


def test_a_crossfade_takes_place_in_the_next_segment(tmp_path, red, blue):
    fade = {"type": "crossfade", "d": 400}
    made = decoded(render(draft(shot(red, 1000, transition=fade), shot(blue, 1000)), tmp_path / "out.mp4"))
    assert len(made) == 60
    assert near(made[29], RED)
    half = (np.array(RED) + np.array(BLUE)) / 2
    assert near((made[35].astype(float) + made[36]) / 2, half, 12)
    assert near(made[43], BLUE)
    reds = [float(frame[..., 0].mean()) for frame in made[29:44]]
    assert reds == sorted(reds, reverse=True)


def test_segments_that_overlap_are_crossfaded(tmp_path, red, blue):
    later = {**shot(blue, 1000), "st": 600}
    made = decoded(render(draft(shot(red, 1000), later), tmp_path / "out.mp4"))
    assert near(made[17], RED)
    assert near((made[23].astype(float) + made[24]) / 2, (np.array(RED) + np.array(BLUE)) / 2, 12)
    assert near(made[31], BLUE)


def test_without_a_transition_there_is_a_cut_and_gaps_are_black(tmp_path, red, blue):
    later = {**shot(blue, 500), "st": 700}
    made = decoded(render(draft(shot(red, 500, transition={"type": "none"}), later, d=1500), tmp_path / "out.mp4"))
    assert len(made) == 45
    assert near(made[14], RED)
    assert near(made[18], (0, 0, 0))
    assert near(made[21], BLUE)
    assert near(made[40], (0, 0, 0))


def test_a_later_track_covers_an_earlier_one(tmp_path, red, blue):
    tracks = draft(shot(red, 1000))
    tracks["t"].append({"tt": 0, "sg": [{**shot(blue, 300), "st": 300}]})
    made = decoded(render(tracks, tmp_path / "out.mp4"))
    assert [near(made[number], color) for number, color in ((5, RED), (12, BLUE), (25, RED))] == [True] * 3


@pytest.mark.parametrize("motion", ["zoom-in", "zoom-out", "pan-left", "pan-right"])
def test_motion_shows_the_window_it_should(tmp_path, motion):
    from nemo_widgets.studio.render.motion import window

    source = photo(tmp_path / "a.png", width=640, height=360)
    made = decoded(render(draft(shot(source, 1000, motion=motion)), tmp_path / "out.mp4"))
    image = Image.fromarray(gradient(640, 360))
    for number in (0, 15, 29):
        view = window(motion, number / 29)
        box = (640 * view.x, 360 * view.y, 640 * (view.x + view.size), 360 * (view.y + view.size))
        assert difference(made[number], np.asarray(image.resize((320, 180), Image.Resampling.BICUBIC, box=box))) < 2
    assert difference(made[0], made[29]) > 3.5


def test_a_clip_plays_from_its_in_point_frame_by_frame(tmp_path):
    source = clip(tmp_path / "c.mp4", seconds=2)
    made = decoded(render(draft(shot(source, 1000, **{"in": 500})), tmp_path / "out.mp4"))
    assert [frame_number(frame) for frame in made] == list(range(15, 45))


def test_a_clip_plays_faster_and_holds_its_last_frame(tmp_path):
    source = clip(tmp_path / "c.mp4", seconds=1)
    made = decoded(render(draft(shot(source, 700, speed=2)), tmp_path / "out.mp4"))
    assert [frame_number(frame) for frame in made] == [*range(0, 30, 2), 29, 29, 29, 29, 29, 29]


@pytest.mark.parametrize(
    ("name", "codec"), [("c.webm", "libvpx"), ("c.mkv", "libx264"), ("c.mov", "libx264"), ("c.avi", "mpeg4")]
)
def test_other_containers_give_the_same_frames(tmp_path, name, codec):
    source = clip(tmp_path / name, seconds=1, codec=codec, tone=None)
    made = decoded(render(draft(shot(source, 500)), tmp_path / "out.mp4"))
    assert [frame_number(frame) for frame in made] == list(range(15))


def test_a_clip_of_another_rate_keeps_its_pace(tmp_path):
    source = clip(tmp_path / "c.mp4", seconds=2, fps=15)
    made = decoded(render(draft(shot(source, 1000)), tmp_path / "out.mp4"))
    assert [frame_number(frame) for frame in made] == [number // 2 for number in range(30)]


def test_a_clip_of_a_phone_held_upright_stands_upright(tmp_path):
    source = clip(tmp_path / "c.mp4", seconds=0.5, paint=lambda number: gradient(320, 180))
    samples.turned_by_metadata(source)
    made = decoded(render(draft(shot(source, 300), width=180, height=320), tmp_path / "out.mp4"))[3]
    assert difference(made, np.rot90(gradient(320, 180), -1)) < 5


def test_odd_sizes_become_even_and_size_and_fps_can_be_given(tmp_path, red):
    made = render(draft(shot(red, 500), width=321, height=181), tmp_path / "odd.mp4")
    assert decoded(made)[0].shape == (180, 320, 3)
    made = render(draft(shot(red, 500)), tmp_path / "small.mp4", size=(160, 90), fps=10)
    assert [frame.shape for frame in decoded(made)] == [(90, 160, 3)] * 5


def test_a_poster_is_the_frame_of_the_video(tmp_path, red):
    source = photo(tmp_path / "a.png", width=640, height=360)
    d = draft(shot(red, 1000), shot(source, 1000, motion="zoom-in"))
    frame = decoded(render(d, tmp_path / "out.mp4"))[45]
    with Image.open(io.BytesIO(poster(d, at=1500, width=320))) as image:
        assert image.format == "JPEG"
        assert difference(np.asarray(image), frame) < 5
    with Image.open(io.BytesIO(poster(d, at=99_000, width=100))) as image:
        assert image.size == (100, 56)
