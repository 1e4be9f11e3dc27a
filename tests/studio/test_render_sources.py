"""Photos and clips of every make are shown as they are meant."""

from __future__ import annotations

import sys
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image, ImageCms

from nemo_widgets import Draft
from nemo_widgets.studio import media
from nemo_widgets.studio.render.compose import Compositor
from nemo_widgets.studio.render.plan import plan
from nemo_widgets.studio.render.planes import to_image
from nemo_widgets.studio.render.sources import locate

sys.path.insert(0, str(Path(__file__).parent))

from samples import clip, draft, frame_number, gradient, numbered, shot, turned_by_metadata

ORANGE = (210, 120, 40)


def shown(source, *numbers, d=1000, width=64, height=36, fps=10, **meta):
    """Frames of a draft of one source as RGB arrays, without encoding them."""
    one = locate(plan(Draft(draft(shot(source, d, **meta), width=width, height=height, fps=fps))))
    with Compositor(one) as compositor:
        return [np.asarray(to_image(compositor.frame(number))).astype(int) for number in numbers]


def near(rgb, color, tolerance=8):
    return np.abs(rgb - np.array(color)).max() <= tolerance


def deep(path):
    Image.fromarray(np.full((36, 64), 30_000, np.uint16)).save(path)


def cmyk(path):
    Image.new("RGB", (64, 36), ORANGE).convert("CMYK").save(path, quality=95)


def palette(path):
    Image.new("RGB", (64, 36), ORANGE).quantize(8).save(path)


def gray(path):
    Image.new("L", (64, 36), 117).save(path)


def gray_alpha(path):
    Image.new("LA", (64, 36), (117, 255)).save(path)


def one_bit(path):
    Image.new("1", (64, 36), 1).save(path)


def odd(path):
    Image.new("RGB", (63, 37), ORANGE).save(path)


def with_profile(path):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    Image.new("RGB", (64, 36), ORANGE).save(
        path, icc_profile=profile.replace(b"sRGB", b"Some").replace(b"s\0R\0G\0B", b"S\0o\0m\0e")
    )


def with_a_broken_profile(path):
    Image.new("RGB", (64, 36), ORANGE).save(path, icc_profile=b"no profile at all")


STILLS = {
    "deep.png": (deep, (117, 117, 117)),
    "cmyk.jpg": (cmyk, ORANGE),
    "palette.png": (palette, ORANGE),
    "palette.gif": (palette, ORANGE),
    "gray.png": (gray, (117, 117, 117)),
    "gray.jpg": (gray, (117, 117, 117)),
    "gray-alpha.png": (gray_alpha, (117, 117, 117)),
    "one-bit.png": (one_bit, (255, 255, 255)),
    "odd.png": (odd, ORANGE),
    "odd.jpg": (odd, ORANGE),
    "profile.jpg": (with_profile, ORANGE),
    "broken.png": (with_a_broken_profile, ORANGE),
}


@pytest.mark.parametrize("name", STILLS)
@pytest.mark.parametrize("more", [{}, {"motion": "zoom-in"}, {"fit": "blur"}], ids=["still", "moving", "blur"])
def test_photos_of_every_make(tmp_path, name, more):
    make, color = STILLS[name]
    make(tmp_path / name)
    assert near(shown(tmp_path / name, 5, **more)[0][4:32, 4:60], color)


def coloured(path, *, matrix, full, size=(64, 36), name="libx264", color=ORANGE, transfer=None, pix="yuv420p"):
    """A clip of one colour, in the matrix and range that it says."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(name, rate=10)
        stream.width, stream.height, stream.pix_fmt = *size, pix
        stream.options = {"crf": "4", "preset": "ultrafast"} if name == "libx264" else {}
        context = stream.codec_context
        context.colorspace, context.color_range = matrix, 2 if full else 1
        if transfer:
            context.color_trc = transfer
        flat = av.VideoFrame.from_ndarray(np.full((size[1], size[0], 3), color, np.uint8), "rgb24")
        for number in range(10):
            frame = flat.reformat(
                format=pix, dst_colorspace=matrix, src_color_range=2, dst_color_range=2 if full else 1
            )
            frame.pts, frame.time_base = number, Fraction(1, 10)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


@pytest.mark.parametrize("matrix", [1, 5], ids=["BT.709", "BT.601"])
@pytest.mark.parametrize("full", [True, False], ids=["full", "limited"])
def test_colours_are_the_same_whatever_the_matrix_and_range(tmp_path, matrix, full):
    source = coloured(tmp_path / "c.mp4", matrix=matrix, full=full)
    assert near(shown(source, 3)[0], ORANGE)


@pytest.mark.parametrize(("transfer", "signal"), [(16, 0.58), (18, 0.75)], ids=["PQ", "HLG"])
def test_white_of_high_dynamic_range_is_light_but_not_the_lightest(tmp_path, transfer, signal):
    levels = []
    for number, level in enumerate((0, round(255 * signal * 0.6), round(255 * signal), 255)):
        source = coloured(
            tmp_path / f"{number}.mkv", matrix=9, full=False, name="ffv1", pix="yuv420p10le", color=(level,) * 3,
            transfer=transfer,
        )  # fmt: skip
        frame = shown(source, 3)[0]
        assert np.ptp(frame[18, 32]) <= 4  # gray stays gray
        levels.append(int(frame.mean()))
    assert levels[0] <= 3
    assert 40 < levels[1] < 170
    assert 205 < levels[2] < 242
    assert levels[3] >= 250


def test_the_colours_of_high_dynamic_range_are_wider(tmp_path):
    """A red that BT.2020 has room for is stronger than the same numbers taken as BT.709."""
    source = coloured(
        tmp_path / "c.mkv", matrix=9, full=False, name="ffv1", pix="yuv420p10le", color=(120, 80, 80), transfer=16
    )
    red, green, _ = shown(source, 3)[0][18, 32]
    assert red - green > 60


def test_interlaced_clips_show_whole_pictures(tmp_path):
    """A bar that has moved between the two fields leaves a comb, which is gone afterwards."""
    with av.open(str(tmp_path / "c.mkv"), "w") as container:
        stream = container.add_stream("mpeg2video", rate=25)
        stream.width, stream.height, stream.pix_fmt = 128, 72, "yuv420p"
        stream.bit_rate = 8_000_000
        stream.options = {"flags": "+ildct+ilme", "top": "1"}
        for number in range(20):
            rgb = np.full((72, 128, 3), 30, np.uint8)
            rgb[0::2, 4 * number : 4 * number + 30] = 220
            rgb[1::2, 4 * number + 2 : 4 * number + 32] = 220
            frame = av.VideoFrame.from_ndarray(rgb, "rgb24").reformat(format="yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, 25)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    with av.open(str(tmp_path / "c.mkv")) as container:
        raw = next(frame for frame in container.decode(video=0))
        assert raw.interlaced_frame
        combed = raw.reformat(format="gray").to_ndarray().astype(int)
    frames = shown(tmp_path / "c.mkv", 5, 10, d=600, width=128, height=72, fps=25)

    def comb(light):
        return np.abs(light[2:-2] - (light[1:-3] + light[3:-1]) / 2).mean()

    assert comb(frames[0].mean(axis=2)) < 0.5 * comb(combed)
    centres = [np.nonzero(frame[36, :, 0] > 120)[0].mean() for frame in frames]
    assert centres[1] - centres[0] == pytest.approx(20, abs=5)  # five frames on, in the order of time


def test_a_variable_frame_rate_keeps_its_times(tmp_path):
    times = [0, 1, 2, 10, 11, 25, 26, 27, 40, 41]  # thirtieths of a second
    with av.open(str(tmp_path / "c.mp4"), "w") as container:
        stream = container.add_stream("libx264", rate=30)
        stream.width, stream.height, stream.pix_fmt = 64, 36, "yuv420p"
        stream.time_base = stream.codec_context.time_base = Fraction(1, 600)
        stream.options = {"crf": "8", "bf": "0"}
        for number, time in enumerate(times):
            frame = av.VideoFrame.from_ndarray(numbered(number, 64, 36), "rgb24")
            frame.pts, frame.time_base = time * 20, Fraction(1, 600)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    looked_at = [0, 1, 2, 3, 9, 10, 15, 24, 25, 30, 39, 40, 43]
    frames = shown(tmp_path / "c.mp4", *looked_at, d=1500, fps=30)
    expected = [max(number for number, time in enumerate(times) if time <= at) for at in looked_at]
    assert [frame_number(frame.astype(np.uint8)) for frame in frames] == expected


@pytest.mark.parametrize("fps", [Fraction(24000, 1001), 12, 50, Fraction(60000, 1001)])
def test_a_clip_of_any_rate_keeps_its_pace_to_the_end(tmp_path, fps):
    source = clip(tmp_path / "c.mp4", seconds=3, fps=fps, width=64, height=36, tone=None)
    numbers = [0, 7, 31, 60, 89]
    frames = shown(source, *numbers, d=3000, fps=30)
    for number, frame in zip(numbers, frames, strict=True):
        assert abs(frame_number(frame.astype(np.uint8)) - number / 30 * fps) <= 1


@pytest.mark.parametrize("size", [(65, 37), (33, 64), (2, 2), (200, 20)])
def test_clips_of_odd_sizes_fill_the_canvas(tmp_path, size):
    source = coloured(tmp_path / "c.mkv", matrix=5, full=False, size=size, name="ffv1", pix="yuv444p")
    for fit in ("cover", "contain", "blur"):
        middle = shown(source, 3, fit=fit)[0][16:20, 28:36]
        assert near(middle, ORANGE)


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_clip_is_turned_as_its_file_says(tmp_path, quarters):
    picture = gradient(64, 36)
    source = clip(tmp_path / "c.mp4", seconds=0.3, width=64, height=36, paint=lambda number: picture, tone=None)
    turned_by_metadata(source, quarters)
    upright = np.rot90(picture, -quarters)
    frame = shown(source, 1, d=300, width=upright.shape[1], height=upright.shape[0])[0]
    assert np.abs(frame - upright).mean() < 5


def animated(path, **options):
    frames = [Image.new("RGBA", (64, 36), (*color, 255)) for color in ((220, 30, 30), (30, 200, 30), (30, 30, 220))]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=[200, 400, 100], loop=0, **options)
    return path


@pytest.mark.parametrize("name", ["a.webp", "a.png", "a.gif"])
def test_animated_images_play_and_start_over(tmp_path, name):
    source = animated(tmp_path / name, **({"lossless": True} if name == "a.webp" else {}))
    frames = shown(source, *range(16), d=1600)
    seen = "".join("rgb"[int(frame[18, 32].argmax())] for frame in frames)
    assert seen == "rrggggbrrggggbrr"
    halved = shown(source, *range(10), d=1000, speed=2, **{"in": 200})
    assert "".join("rgb"[int(frame[18, 32].argmax())] for frame in halved)[:4] == "ggbr"
    assert media.probe(source).kind == "image"


def test_an_animated_image_may_be_frozen_and_be_an_overlay(tmp_path):
    source = animated(tmp_path / "a.webp", lossless=True)
    assert {int(frame[18, 32].argmax()) for frame in shown(source, 0, 5, 9, freeze=True, **{"in": 300})} == {1}
    raw = draft(shot(source, 700, freeze=True), width=64, height=36, fps=10)
    raw["t"].append({"tt": 0, "sg": [shot(source, 700, place="center", scale=0.25)]})
    with Compositor(locate(plan(Draft(raw)))) as compositor:
        frames = [np.asarray(to_image(compositor.frame(number))) for number in (1, 3, 6)]
    assert [int(frame[18, 32].argmax()) for frame in frames] == [0, 1, 2]
    assert [int(frame[2, 2].argmax()) for frame in frames] == [0, 0, 0]


def test_what_is_transparent_in_a_moving_clip_shows_what_is_below(tmp_path):
    with av.open(str(tmp_path / "c.mov"), "w") as container:
        stream = container.add_stream("qtrle", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 36, "argb"
        for number in range(5):
            rgba = np.zeros((36, 64, 4), np.uint8)
            rgba[:, :32] = (240, 240, 20, 255)
            frame = av.VideoFrame.from_ndarray(rgba, "rgba").reformat(format="argb")
            frame.pts, frame.time_base = number, Fraction(1, 10)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    Image.new("RGB", (64, 36), (30, 40, 200)).save(tmp_path / "blue.png")
    raw = draft(shot(tmp_path / "blue.png", 500), width=64, height=36, fps=10)
    raw["t"].append({"tt": 0, "sg": [shot(tmp_path / "c.mov", 500, place="center", scale=1, margin=0)]})
    with Compositor(locate(plan(Draft(raw)))) as compositor:
        frame = np.asarray(to_image(compositor.frame(2))).astype(int)
    assert near(frame[18, 12], (240, 240, 20), 14)
    assert near(frame[18, 52], (30, 40, 200), 14)
