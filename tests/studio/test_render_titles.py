"""Titles: where and when they are seen, and which font draws them."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from nemo_widgets.draft.model import Draft
from nemo_widgets.errors import RenderFailed
from nemo_widgets.studio.render import fonts, render, scripts, titles
from nemo_widgets.studio.render.compose import Compositor
from nemo_widgets.studio.render.lettering import Lettering
from nemo_widgets.studio.render.plan import Title, plan

sys.path.insert(0, str(Path(__file__).parent))

from samples import decoded, draft, photo, shot

CHINESE = "城市之梦"


@pytest.fixture
def gray(tmp_path):
    return photo(tmp_path / "gray.png", color=(128, 128, 128))


@pytest.fixture
def no_fonts(tmp_path, monkeypatch):
    monkeypatch.setattr(fonts, "folders", lambda: [tmp_path / "no-fonts"])


def title(text, d, **meta):
    return {"st": meta.pop("st", 0), "d": d, "m": {"text": text, **meta}}


def ink(frame):
    """Where a frame differs from the gray behind it."""
    return np.abs(frame.astype(int) - 128).max(axis=2) > 30


def test_a_title_is_seen_where_and_when_it_should_and_fades(tmp_path, gray):
    d = draft(shot(gray, 3000), titles=[title("Urban Dreams", 2000, st=500, fade=400)])
    made = decoded(render(d, tmp_path / "out.mp4"))
    amounts = [int(ink(frame).sum()) for frame in made]
    assert amounts[13] == amounts[76] == 0
    full = amounts[45]
    assert full > 400
    contrast = [int(frame.max()) for frame in made]
    assert contrast[16] < contrast[20] < contrast[30]
    assert contrast[30] > contrast[70] > contrast[73]
    rows, columns = np.nonzero(ink(made[45]))
    assert abs(rows.mean() - 90) < 8
    assert abs(columns.mean() - 160) < 8


def test_nothing_of_a_fading_title_is_seen_in_the_first_frame(tmp_path, gray):
    made = decoded(render(draft(shot(gray, 1000), titles=[title("Hello", 1000, fade=300)]), tmp_path / "out.mp4"))
    assert np.abs(made[0].astype(int) - made[0][0, 0]).max() <= 3
    assert np.abs(made[15].astype(int) - made[15][0, 0]).max() > 60


@pytest.mark.parametrize(
    ("position", "low", "high"), [("top", 0, 60), ("bottom", 120, 180), ("lower-third", 110, 180), ("center", 60, 120)]
)
def test_positions(tmp_path, gray, position, low, high):
    d = draft(shot(gray, 300), titles=[title("Hello", 300, position=position, fade=0)])
    rows, columns = np.nonzero(ink(decoded(render(d, tmp_path / "out.mp4"))[4]))
    assert low <= rows.min() <= rows.max() < high
    assert (columns.mean() < 100) == (position == "lower-third")


def test_sizes_and_colours(tmp_path, gray):
    heights = []
    for size in ("small", "medium", "large"):
        d = draft(shot(gray, 200), titles=[title("Hxg", 200, size=size, color="#ff2020", fade=0)])
        frame = decoded(render(d, tmp_path / f"{size}.mp4"))[3].astype(int)
        reddish = frame[..., 0] - frame[..., 1] > 60
        heights.append(int(np.nonzero(reddish)[0].max() - np.nonzero(reddish)[0].min()))
    assert heights[0] < heights[1] < heights[2]


@pytest.mark.parametrize("background", [(255, 255, 255), (0, 0, 0), (250, 250, 30)])
@pytest.mark.parametrize("color", ["#ffffff", "#000000"])
def test_a_title_is_readable_on_any_picture(tmp_path, background, color):
    source = photo(tmp_path / "a.png", color=background)
    d = draft(shot(source, 200), titles=[title("Hello", 200, color=color, fade=0)])
    frame = decoded(render(d, tmp_path / "out.mp4"))[3].mean(axis=2)
    around = frame[60:120, 100:220]
    assert around.max() - around.min() > 120


@pytest.mark.parametrize(
    "text",
    [
        "A title that goes on " * 12,
        "Donaudampfschifffahrtsgesellschaftskapitän" * 2,
        "one\ntwo\nthree\nfour\nfive\nsix\nseven",
    ],
)
@pytest.mark.parametrize("canvas", [(1920, 1080), (1080, 1920), (320, 180)])
def test_long_texts_are_wrapped_and_shrunk_and_never_cut(text, canvas):
    left, top, right, bottom = titles.draw(
        Title(text.strip(), 0, 9, size=0.15, faces=titles.drawable(text)[1]), canvas
    ).getbbox()
    assert 0 < left < right < canvas[0]
    assert 0 < top < bottom < canvas[1]


def test_titles_that_are_over_take_no_memory(gray):
    titled = draft(shot(gray, 3000), titles=[title(f"{number}", 300, st=300 * number) for number in range(10)])
    made = plan(Draft(titled))
    with Compositor(made) as compositor:
        for number in range(made.frames):
            compositor.frame(number)
            assert len(compositor._drawn) <= 1


@pytest.mark.parametrize("text", ["lorem ipsum " * 400, "x" * 5000, "长城" * 2500, "😀" * 2000, "a长😀 " * 1000])
def test_what_a_long_text_costs_grows_with_its_length(text, monkeypatch):
    """Thousands of letters, a few at a time measured again and again in forty sizes, held a render's place for minutes."""
    if scripts.EMOJI.search(text) and fonts.faces_for("😀") is None:
        text = text.replace("😀", "*")
    spelled, faces = titles.drawable(text) if fonts.faces_for(text) else ("y" * 5000, titles.drawable("y")[1])
    measured = 0
    genuine = Lettering.getlength

    def counted(letters, line):
        nonlocal measured
        measured += len(line)
        return genuine(letters, line)

    monkeypatch.setattr(Lettering, "getlength", counted)
    placed = titles._set(Title(spelled, 0, 9, size=0.08, faces=faces), (1920, 1080))
    assert measured < 200 * len(spelled)
    monkeypatch.undo()
    width = max(placed.letters.getlength(line) for line in placed.lines)
    assert width <= 0.86 * 1920
    assert "".join("".join(placed.lines).split()) == "".join(spelled.split())


def test_an_emoji_at_the_edge_is_laid_over_as_far_as_it_goes():
    tile = Image.new("RGBA", (20, 20), (255, 0, 0, 255))
    made = titles._with(Image.new("RGBA", (30, 30)), [(tile, (-10, -5)), (tile, (25, 20))])
    assert made.getpixel((0, 0)) == made.getpixel((9, 14)) == made.getpixel((29, 29)) == (255, 0, 0, 255)
    assert made.getpixel((10, 14)) == made.getpixel((24, 29)) == (0, 0, 0, 0)


def test_chinese_is_wrapped_between_letters_but_not_before_a_full_stop():
    font = fonts.Face().at(20)
    lines = titles.wrap("城市之梦，在夜里。" * 3, font, 5 * font.getlength("梦"))
    assert len(lines) > 3
    assert not any(line.startswith(("，", "。")) for line in lines)


def test_words_that_are_too_wide_stand_in_lines_of_their_own_with_none_between():
    font = fonts.Face().at(20)
    width = font.getlength("Donau")
    words = ["so", "Donaudampfschiff", "Donaudampfschiffe", "in", "Wien"]
    assert titles.wrap(" ".join(words), font, width) == words
    assert titles.wrap("Wien\n\n  Donaudampfschiff", font, width) == ["Wien", "", "Donaudampfschiff"]


def test_without_a_font_a_sentence_says_which_to_install(tmp_path, gray, no_fonts):
    sentence = titles.missing_font(CHINESE)
    assert "fonts-noto-cjk" in sentence
    assert "安装" in titles.missing_font(CHINESE, language="zh")
    with pytest.raises(RenderFailed, match="fonts-noto-cjk"):
        render(draft(shot(gray, 300), titles=[title(CHINESE, 300)]), tmp_path / "out.mp4")
    assert not (tmp_path / "out.mp4").exists()


def test_latin_is_drawn_on_any_machine(tmp_path, gray, no_fonts):
    assert titles.missing_font("Urban Dreams: 50% off!") is None
    assert titles.missing_font("Café São Paulo – Æsir, Łódź") is None
    d = draft(shot(gray, 300), titles=[title("Café", 300, fade=0)])
    assert ink(decoded(render(d, tmp_path / "out.mp4"))[4]).sum() > 100


def test_accents_stay_where_a_font_has_them():
    if not fonts.faces_for("é"):
        pytest.skip("no font with accents is installed")
    text, faces = titles.drawable("Café — Łódź")
    assert text == "Café — Łódź"
    assert all(face.path for face in faces)


def test_chinese_is_drawn_with_an_installed_font(tmp_path, gray):
    if titles.missing_font(CHINESE):
        pytest.skip("no Chinese font is installed")
    d = draft(shot(gray, 300), titles=[title(CHINESE, 300, fade=0)])
    assert ink(decoded(render(d, tmp_path / "out.mp4"))[4]).sum() > 300


def test_a_font_that_lacks_letters_is_not_taken():
    """Every font draws a letter that it lacks as the same box, or as nothing."""
    assert fonts._covers(fonts.Face(), frozenset("Ab9"))
    assert not fonts._covers(fonts.Face(), frozenset("A梦"))
    assert not fonts._covers(fonts.Face(), frozenset("é"))
