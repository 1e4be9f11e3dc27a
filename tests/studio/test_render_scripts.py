"""Titles in any script: which fonts, which way, and never cut."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import features

from nemo_widgets.draft import dialect
from nemo_widgets.errors import RenderFailed
from nemo_widgets.studio.render import fonts, scripts, titles
from nemo_widgets.studio.render.layers import Title
from nemo_widgets.studio.render.lettering import Lettering, wrap

sys.path.insert(0, str(Path(__file__).parent))

TEXTS = {
    "Latin": "Urban Dreams",
    "accents": "Zażółć gęślą jaźń, Łódź — São Paulo",
    "Greek and Cyrillic": "Γειά σου · Привет, мир",
    "Chinese": "城市之梦，在夜里，一个没有空格的很长很长的标题" * 2,
    "Japanese": "こんにちは世界、これは長いタイトルです。",
    "Korean": "안녕하세요 세계",
    "Hebrew": "שלום עולם",
    "Arabic": "مرحبا بالعالم",
    "Hindi": "नमस्ते दुनिया",
    "Thai": "ยินดีต้อนรับสู่กรุงเทพมหานครอมรรัตนโกสินทร์มหินทรายุธยา",
    "emoji": "Party 🎉👩‍👧 now 🇩🇪 1️⃣",
    "mixed": "Hello 世界 — שלום 🎉",
    "symbols": "★ 50% © → ✓",
    "one long word": "https://example.org/a/very/long/path/that/never/ends/at/all/whatever/you/do" * 2,
    "many lines": "one\ntwo\n\nthree\nfour\nfive\nsix",
}


def drawn(text, canvas=(320, 180), **look):
    """A title as an array of R, G, B and A; skips where no font here has its letters."""
    if reason := titles.missing_font(text):
        pytest.skip(reason)
    spelled, faces = titles.drawable(text)
    return np.asarray(titles.draw(Title(spelled, 0, 9, faces=faces, **look), canvas))


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize(
    ("canvas", "position", "size"),
    [
        ((320, 180), "center", 0.15),
        ((180, 320), "bottom-right", 0.15),
        ((320, 180), "lower-third", 0.1),
        ((128, 72), "top-left", 1.0),
    ],
)
def test_any_text_is_drawn_whole(name, canvas, position, size):
    alpha = drawn(TEXTS[name], canvas, position=position, size=size)[..., 3]
    inked = np.argwhere(alpha > 120)
    assert len(inked) > 20
    (top, left), (bottom, right) = inked.min(axis=0), inked.max(axis=0)
    assert 0 < left <= right < canvas[0] - 1
    assert 0 < top <= bottom < canvas[1] - 1


@pytest.mark.parametrize("position", dialect.CHOICES["text"]["position"])
@pytest.mark.parametrize("background", ["none", "box"])
def test_titles_stand_where_they_are_put(position, background):
    alpha = drawn("Hi", (400, 400), position=position, size=0.1, background=background)[..., 3]
    rows, columns = np.nonzero(alpha > 100)
    words = position.split("-")
    across = "left" if position == "lower-third" or "left" in words else "right" if "right" in words else "center"
    down = "top" if "top" in words else "bottom" if {"bottom", "lower"} & set(words) else "center"
    ranges = {"left": (8, 130), "top": (8, 130), "center": (130, 270), "right": (270, 392), "bottom": (270, 392)}
    assert ranges[across][0] <= columns.min() <= columns.max() <= ranges[across][1]
    assert ranges[down][0] <= rows.min() <= rows.max() <= ranges[down][1]
    covered = (alpha[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1] > 100).mean()
    assert (covered > 0.9) == (background == "box")


def test_right_to_left_begins_at_the_right():
    """Lamed is the tall letter: at the beginning of a word it stands at the right end."""
    if not features.check("raqm"):
        pytest.skip("this Pillow has no layout engine")
    alpha = drawn("לאאאאא", (320, 90), size=0.5)[..., 3] > 200
    rows, columns = np.nonzero(alpha)
    tallest = columns[rows == rows.min()].mean()
    assert tallest > (columns.min() + columns.max()) / 2


def test_without_a_layout_engine_a_sentence_says_so(monkeypatch):
    monkeypatch.setattr(titles.features, "check", lambda name: name != "raqm")
    with pytest.raises(RenderFailed, match="layout engine"):
        titles.drawable("مرحبا")
    assert "排版" in titles.missing_font("שלום", language="zh")
    assert titles.missing_font("Hello") is None


def test_each_letter_takes_a_font_that_has_it():
    text = "Hi 世界 שלום"
    if titles.missing_font(text):
        pytest.skip("no fonts for it here")
    spelled, faces = titles.drawable(text)
    letters = Lettering(faces, 40)
    for run in letters.runs(spelled):
        face = next(face for face in faces if face.at(40).getname() == run.font.getname())
        assert fonts.has(face, run.text)
    assert letters.getlength(spelled) == pytest.approx(sum(run.width for run in letters.runs(spelled)))


def test_an_emoji_has_colours_where_a_font_has_them():
    rgba = drawn("🎉", (200, 200), size=0.4, color="#ffffff")
    faces = titles.drawable("🎉")[1]
    inked = rgba[rgba[..., 3] > 240][:, :3].astype(int)
    if any(fonts.in_color(face, "🎉") for face in faces if fonts.has(face, "🎉")):
        assert (np.ptp(inked, axis=1) > 60).mean() > 0.3
    else:
        assert (inked.max(axis=1) > 200).any()


def test_fonts_of_a_named_folder_are_found(tmp_path, monkeypatch):
    found = next(iter(fonts.faces_for("é")), None)
    if found is None or not found.path:
        pytest.skip("no font with accents is installed")
    monkeypatch.setattr(fonts, "_of_system", list)
    monkeypatch.setattr(fonts, "_packaged", list)
    monkeypatch.setenv("NEMO_FONTS", os.pathsep.join((str(tmp_path / "none"), str(tmp_path))))
    assert titles.drawable("Café")[0] == "Cafe"
    folder = tmp_path / "mine"
    folder.mkdir()
    shutil.copy(found.path, folder)
    monkeypatch.setenv("NEMO_FONTS", str(folder))
    assert titles.drawable("Café")[0] == "Café"


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["one ", "two"], [0, 1]),
        (["שלום", " ", "عالم"], [2, 1, 0]),
        (["Hello", " ", "שלום", " ", "عالم"], [0, 1, 4, 3, 2]),
        (["שלום", " ", "one", "二"], [2, 3, 1, 0]),
        (["🎉", "שלום"], [1, 0]),
        (["…"], [0]),
    ],
)
def test_runs_stand_in_the_order_in_which_they_are_read(texts, order):
    assert scripts.in_visual_order(texts) == order


def test_lines_break_where_they_may():
    font = fonts.Face().at(20)
    width = 6 * font.getlength("n")
    assert all(
        not line.startswith(("，", "。", "、", "）")) for line in wrap("城市，之梦。在（夜里）、" * 3, font, width)
    )
    assert "".join(wrap("ยินดีต้อนรับสู่", font, width)) == "ยินดีต้อนรับสู่"
    for line in wrap("ยินดีต้อนรับเข้าสู่เแแ", font, width):
        assert not line.startswith(("ิ", "ั", "่", "้", "า"))
    assert scripts.clusters("👩‍👧é한") == ["👩‍👧", "é", "한"]
