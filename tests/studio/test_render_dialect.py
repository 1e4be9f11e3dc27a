"""What the words of the studio's dialect look like, frame by frame, on small canvases."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from nemo_widgets import Draft
from nemo_widgets.draft import dialect
from nemo_widgets.studio.render import looks
from nemo_widgets.studio.render.compose import Compositor
from nemo_widgets.studio.render.plan import plan
from nemo_widgets.studio.render.planes import to_image
from nemo_widgets.studio.render.sources import locate
from nemo_widgets.studio.render.surround import filled

sys.path.insert(0, str(Path(__file__).parent))

from samples import clip, draft, frame_number, photo, shot

RED, GREEN, BLUE, BLACK, WHITE = (200, 30, 30), (30, 180, 40), (30, 40, 200), (0, 0, 0), (255, 255, 255)
NAMES = {"red": RED, "green": GREEN, "blue": BLUE, "black": BLACK, "white": WHITE}


def shown(made, *numbers, width=64, height=36, **more):
    """Frames of a draft as RGB arrays, without encoding them."""
    raw = draft(*made, width=width, height=height, fps=10) if isinstance(made, list) else made
    raw["m"] |= more
    one = locate(plan(Draft(raw)))
    with Compositor(one) as compositor:
        return [np.asarray(to_image(compositor.frame(number))).astype(int) for number in numbers]


def near(rgb, color, tolerance=14):
    return np.abs(rgb - np.array(color)).max() <= tolerance


def named(pixel):
    """Which of the colours a pixel has; None where it is a mixture."""
    return next((name for name, color in NAMES.items() if near(pixel, color, 20)), None)


@pytest.fixture
def media(tmp_path):
    return {name: photo(tmp_path / f"{name}.png", width=64, height=36, color=color) for name, color in NAMES.items()}


@pytest.fixture
def halves(tmp_path):
    """Red on the left, blue on the right, green below both."""
    image = Image.new("RGB", (64, 36), GREEN)
    image.paste(RED, (0, 0, 32, 18))
    image.paste(BLUE, (32, 0, 64, 18))
    image.save(tmp_path / "halves.png")
    return tmp_path / "halves.png"


# What is seen at a quarter and at three quarters of a second, from red to blue: left, right, top and bottom.
TRANSITIONS = {
    "wipe-left": (["red", "blue", "red", "red"], ["red", "blue", "blue", "blue"]),
    "wipe-right": (["blue", "red", "red", "red"], ["blue", "red", "blue", "blue"]),
    "wipe-up": (["red", "red", "red", "blue"], ["blue", "blue", "red", "blue"]),
    "wipe-down": (["red", "red", "blue", "red"], ["blue", "blue", "blue", "red"]),
    "slide-left": (["red", "blue", "red", "red"], ["red", "blue", "blue", "blue"]),
    "slide-right": (["blue", "red", "red", "red"], ["blue", "red", "blue", "blue"]),
    "slide-up": (["red", "red", "red", "blue"], ["blue", "blue", "red", "blue"]),
    "slide-down": (["red", "red", "blue", "red"], ["blue", "blue", "blue", "red"]),
}


@pytest.mark.parametrize("kind", TRANSITIONS)
def test_wipes_and_slides_come_from_the_side_that_they_name(media, kind):
    segments = [shot(media["red"], 1000, transition={"type": kind, "d": 1000}), shot(media["blue"], 1000)]
    before, early, late, after = shown(segments, 9, 12, 17, 19)
    assert near(before, RED)
    assert named(after[18, 32]) == "blue"
    for frame, expected in zip((early, late), TRANSITIONS[kind], strict=True):
        places = [frame[18, 1], frame[18, 62], frame[1, 32], frame[34, 32]]
        assert [named(place) for place in places] == expected


def test_a_slide_moves_the_picture_and_a_wipe_does_not(media, halves):
    made = {}
    for kind in ("slide-left", "wipe-left"):
        segments = [shot(halves, 1000, transition={"type": kind, "d": 1000}), shot(media["white"], 1000)]
        made[kind] = shown(segments, 15)[0]
    assert [named(made["wipe-left"][4, column]) for column in (2, 26)] == ["red", "red"]
    assert [named(made["slide-left"][4, column]) for column in (2, 26)] == ["blue", "blue"]


@pytest.mark.parametrize(("kind", "between"), [("fade-black", BLACK), ("fade-white", WHITE)])
def test_fades_go_through_black_or_white(media, kind, between):
    segments = [shot(media["red"], 1000, transition={"type": kind, "d": 1100}), shot(media["blue"], 1500)]
    frames = shown(segments, 9, 15, 21)
    assert [near(frame, color) for frame, color in zip(frames, (RED, between, BLUE), strict=True)] == [True] * 3


def test_a_zoom_flies_into_the_first_picture(media, halves):
    segments = [shot(halves, 1000, transition={"type": "zoom", "d": 1000}), shot(media["black"], 1000)]
    before, during = shown(segments, 9, 13)
    assert near(before[30, 32], GREEN)
    # The edge between the upper and the lower half stays in the middle; what was near the border has left.
    brightest = during[:, 32].sum(axis=1)
    assert named(before[1, 1]) == "red"
    assert brightest.max() < before[:, 32].sum(axis=1).max()


def test_unknown_words_read_as_the_defaults(media):
    odd = {"transition": {"type": "explode", "d": 400}, "look": "noir", "fit": "stretch", "motion": "spiral"}
    plain = {"transition": {"type": "crossfade", "d": 400}}
    segments = [[shot(media["red"], 500, **words), shot(media["blue"], 500)] for words in (odd, plain)]
    for one, other in zip(shown(segments[0], 2, 6, 9), shown(segments[1], 2, 6, 9), strict=True):
        assert np.array_equal(one, other)


def test_fading_from_and_to_black(media):
    frames = shown([shot(media["red"], 2000, fade_in=600, fade_out=500)], *range(20))
    lights = [frame[..., 0].mean() for frame in frames]
    assert lights[0] < 40
    assert lights[:7] == sorted(lights[:7])
    assert all(near(frame, RED) for frame in frames[6:15])
    assert lights[14:] == sorted(lights[14:], reverse=True)
    assert lights[19] < 40


@pytest.mark.parametrize("place", dialect.CORNERS)
def test_an_overlay_stands_where_it_is_put(media, place):
    raw = draft(shot(media["red"], 1000), width=128, height=128, fps=10)
    raw["t"].append({"tt": 0, "sg": [shot(media["blue"], 1000, place=place, scale=0.25, margin=0.125)]})
    frame = shown(raw, 5)[0]
    rows, columns = np.nonzero(np.abs(frame - np.array(BLUE)).max(axis=2) < 40)
    left, top = columns.min(), rows.min()
    assert 30 <= columns.max() - left <= 34
    wanted = {"left": 16, "right": 80, "top": 16, "bottom": 94}
    words = place.split("-")
    assert abs(left - next((wanted[word] for word in words if word in ("left", "right")), 48)) <= 2
    assert abs(top - next((wanted[word] for word in words if word in ("top", "bottom")), 55)) <= 2


def test_an_overlay_keeps_its_alpha_its_opacity_and_its_time(media, tmp_path):
    logo = Image.new("RGBA", (40, 40), (*WHITE, 255))
    logo.paste((0, 0, 0, 0), (0, 0, 20, 40))
    logo.save(tmp_path / "logo.png")
    raw = draft(shot(media["blue"], 1000), width=64, height=36, fps=10)
    overlay = shot(tmp_path / "logo.png", 500, place="center", scale=0.5, opacity=0.5)
    raw["t"].append({"tt": 0, "sg": [overlay | {"st": 300}]})
    before, during, after = shown(raw, 2, 5, 8)
    assert near(before, BLUE)
    assert near(after, BLUE)
    assert near(during[18, 24], BLUE)
    assert near(during[18, 40], (np.array(BLUE) + WHITE) / 2)


def test_a_clip_in_a_corner_plays(media, tmp_path):
    source = clip(tmp_path / "c.mp4", seconds=1, fps=10, width=64, height=36, tone=None)
    raw = draft(shot(media["red"], 800), width=128, height=72, fps=10)
    raw["t"].append({"tt": 0, "sg": [shot(source, 800, place="bottom-right", scale=0.5, margin=0)]})
    for number, frame in zip((1, 5), shown(raw, 1, 5), strict=True):
        assert frame_number(frame[40:68, 64:128].astype(np.uint8)) == number
        assert near(frame[:20, :40], RED)


def test_a_freeze_holds_the_frame_at_its_in_point(tmp_path):
    source = clip(tmp_path / "c.mp4", seconds=1, fps=10, width=64, height=36, tone=None)
    frames = shown([shot(source, 1000, freeze=True, **{"in": 300}), shot(source, 500)], 0, 5, 9, 12)
    assert [frame_number(frame.astype(np.uint8)) for frame in frames] == [3, 3, 3, 2]


def test_blur_shows_the_whole_picture_on_itself(tmp_path):
    image = Image.new("RGB", (40, 80), RED)
    image.paste(BLUE, (0, 40, 40, 80))
    image.save(tmp_path / "tall.png")
    contained, blurred = (shown([shot(tmp_path / "tall.png", 500, fit=fit)], 2)[0] for fit in ("contain", "blur"))
    assert near(contained[:, 4], BLACK)
    assert np.array_equal(contained[:, 26:38], blurred[:, 26:38])
    side = blurred[:, 4]
    assert side.max() > 60
    assert side[2, 0] > side[2, 2] + 40  # reddish above
    assert side[33, 2] > side[33, 0] + 40  # bluish below
    assert np.abs(np.diff(side.astype(int), axis=0)).max() < 60  # and no edge between them


def test_the_drafts_background_is_behind_what_does_not_fill_the_canvas(media, tmp_path):
    photo(tmp_path / "square.png", width=36, height=36, color=RED)
    hole = Image.new("RGBA", (64, 36), (*RED, 255))
    hole.paste((0, 0, 0, 0), (0, 0, 30, 36))
    hole.save(tmp_path / "hole.webp", lossless=True)
    hole.save(tmp_path / "hole.gif")
    segments = [
        shot(tmp_path / "square.png", 300, fit="contain"),
        *(shot(tmp_path / name, 300) for name in ("hole.webp", "hole.gif")),
    ]
    raw = draft(*segments, width=64, height=36, fps=10, d=1200)
    frames = shown(raw, 1, 4, 7, 11, background="#204060")
    assert [near(frame[18, 4], (0x20, 0x40, 0x60)) for frame in frames] == [True] * 4
    assert [near(frame[18, 40], RED) for frame in frames] == [True, True, True, False]


@pytest.mark.parametrize("motion", ["pan-up", "pan-down"])
def test_upright_pans_move_up_and_down(halves, motion):
    first, last = shown([shot(halves, 1000, motion=motion)], 0, 9)
    greens = [int((frame[:, 10, 1] > 120).sum()) for frame in (first, last)]
    assert (greens[0] > greens[1]) == (motion == "pan-up")


LOOKS = {
    "black-and-white": lambda red, green, blue: abs(red - green) <= 2 and abs(green - blue) <= 2,
    "sepia": lambda red, green, blue: red > green + 10 > blue + 20,
    "vintage": lambda red, green, blue: red > blue + 10,
    "warm": lambda red, green, blue: red > blue + 20,
    "cool": lambda red, green, blue: blue > red + 15,
    "vivid": lambda red, green, blue: abs(red - green) <= 2 and abs(green - blue) <= 2,
}


@pytest.mark.parametrize("look", LOOKS)
def test_looks_tint_a_gray_as_they_are_called(tmp_path, look):
    photo(tmp_path / "gray.png", width=64, height=36, color=(140, 140, 140))
    photo(tmp_path / "skin.png", width=64, height=36, color=(210, 160, 130))
    gray, skin = (shown([shot(tmp_path / f"{name}.png", 300, look=look)], 1)[0][18, 30] for name in ("gray", "skin"))
    assert LOOKS[look](*gray)
    spread = int(skin.max() - skin.min())  # 80 in the photo
    assert spread > 85 if look in ("vivid", "warm") else spread < 100


@pytest.mark.parametrize("look", dialect.CHOICES["video"]["look"])
def test_looks_keep_black_dark_white_light_and_the_order_of_grays(look):
    one = looks.grade(look, 0.0, 1.0, 1.0)
    if one is None:
        assert look == "none"
        return
    table = np.frombuffer(one.luma, np.uint8).astype(int)
    assert table[16] <= 40
    assert table[235] >= 195
    assert (np.diff(table[16:236]) >= 0).all()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"brightness": -1}, BLACK),
        ({"brightness": 1}, WHITE),
        ({"contrast": 0}, (128, 128, 128)),
        ({"contrast": 3, "saturation": 0}, (0, 0, 0)),
        ({"saturation": "0"}, (74, 74, 74)),
        ({"brightness": 9}, WHITE),
        ({"contrast": 1, "saturation": 1, "brightness": 0}, (110, 60, 90)),
    ],
)
def test_brightness_contrast_and_saturation(tmp_path, change, expected):
    photo(tmp_path / "dim.png", width=64, height=36, color=(110, 60, 90))
    pixel = shown([shot(tmp_path / "dim.png", 300, **change)], 1)[0][18, 30]
    if change.get("contrast") == 0:
        pixel = np.array([round(float(pixel @ [0.2126, 0.7152, 0.0722]))] * 3)
    if expected in (BLACK, WHITE):  # colour that is left over is no brightness
        pixel = np.array([float(pixel @ [0.2126, 0.7152, 0.0722])])
        assert abs(pixel[0] - expected[0]) < 30
    else:
        assert near(pixel, expected, 8)


def test_a_colour_is_filled_in_as_it_is():
    for color in ("#000000", "#ffffff", "#204060", "#c81e1e"):
        wanted = [int(color[at : at + 2], 16) for at in (1, 3, 5)]
        assert near(np.asarray(to_image(filled(16, 16, color))).astype(int), wanted, 3)
