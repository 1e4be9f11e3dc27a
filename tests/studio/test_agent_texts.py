"""Titles, captions and closing texts: their words, times, places and looks, and what isn't done to them."""

from __future__ import annotations

import pathlib
import sys

import pytest

from nemo_widgets.studio.agent.base import Material

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from talking import say, titles

NAMES = ("IMG_0412.jpg", "beach walk.jpg", "café (Lisbon).jpg", "team_2026.jpg", "product-shot.png")
FILES = (
    *(Material(f"{n:032x}", name, "image", f"http://h/media/{n:032x}/{n}.jpg") for n, name in enumerate(NAMES, 1)),
    Material("c" * 32, "interview.mp4", "video", f"http://h/media/{'c' * 32}/interview.mp4", 12_000, has_audio=True),
)
ENGLISH = "make a 24 second vertical video, interview first, upbeat music, title 'Lisbon Launch'"
CHINESE = "做一个24秒竖屏视频，采访放最前面，轻快的音乐，标题“里斯本”"
OPENING = ("Lisbon Launch", 0, 3_000)


async def after(*prompts, base=ENGLISH):
    """Return the draft before and after the last prompt, and its answer; one of nothing is the draft as it was."""
    turns = []
    draft, told, _ = await say(base, materials=FILES, turns=turns)
    before = draft
    for prompt in prompts:
        before = draft
        made, told, _ = await say(prompt, draft=draft, materials=FILES, turns=turns)
        draft = made or draft
    return before, draft, told


def looks(draft, *keys):
    """Return some of how each text looks, in order of time."""
    found = sorted((one["st"], one["m"]) for track in draft["t"] if track["tt"] == 7 for one in track["sg"])
    return [tuple(meta.get(key) for key in keys) for _, meta in found]


def pictures(draft):
    """Return everything about photos and clips."""
    return [track for track in draft["t"] if track["tt"] == 0], draft["d"]


@pytest.mark.parametrize(
    "prompt", ["thanks, that's great", "Perfect, thank you!", "awesome", "谢谢，很好", "太棒了，谢谢！", "不错"]
)
async def test_thanks_are_answered_and_nothing_else(prompt):
    before, draft, told = await after(prompt)
    assert draft == before
    assert "welcome" in told or "不客气" in told
    assert "Hello" not in told
    assert "你好" not in told


@pytest.mark.parametrize(
    ("prompt", "size", "color", "base"),
    [
        ("the title is too small", 211, None, ENGLISH),
        ("The title is way too small, make it white", 211, "#ffffff", ENGLISH),
        ("the title is too big", "medium", None, ENGLISH),
        ("my font is too large", "medium", None, ENGLISH),
        ("标题太小了", 211, None, CHINESE),
        ("标题太小了，字大一点", 211, None, CHINESE),
        ("标题太小了，改成红色大字", 211, "#e53935", CHINESE),
        ("标题改成红色大字", "large", "#e53935", CHINESE),
        ("标题太大了", "medium", None, CHINESE),
    ],
)
async def test_a_text_that_is_too_small_grows(prompt, size, color, base):
    before, draft, _ = await after(prompt, base=base)
    assert looks(draft, "text", "size", "color") == [(looks(before, "text")[0][0], size, color)]
    assert pictures(draft) == pictures(before)


@pytest.mark.parametrize(
    ("prompts", "rows"),
    [
        (("move the title down a bit", "move the title a bit lower", "move the title up"), "lower-third"),
        (("the title is too high",), "lower-third"),
        (("put the title at the top left", "move the title down"), "left"),
        (("标题往上一点",), "top"),
    ],
)
async def test_a_text_moves_a_row_at_a_time(prompts, rows):
    before, draft, _ = await after(*prompts)
    assert looks(draft, "text", "position") == [("Lisbon Launch", rows)]
    assert pictures(draft) == pictures(before)


async def test_all_that_is_wished_of_a_title_is_done_or_named_and_the_film_stays():
    before, draft, told = await after(
        "make interview.mp4 5 seconds",
        "the title is too small and I'd like it white on our red, also leave it longer",
    )
    assert pictures(draft) == pictures(before)
    assert titles(draft) == [("Lisbon Launch", 0, 6_000)]
    assert looks(draft, "size", "color") == [(211, "#ffffff")]
    assert "on our red" in told


@pytest.mark.parametrize(("prompt", "named"), [("put the title in a red box", "red"), ("标题红底白字", "红底")])
async def test_a_box_has_no_colour_of_its_own(prompt, named):
    _, _, told = await after(prompt)
    assert f"“{named}”" in told


@pytest.mark.parametrize(
    ("prompt", "text"),
    [
        ("rename the title to Lisbon Days and move it to the bottom", "Lisbon Days"),
        ("标题改成里斯本之旅并移到底部", "里斯本之旅"),
    ],
)
async def test_what_is_done_with_a_title_is_no_part_of_its_words(prompt, text):
    _, draft, _ = await after(prompt)
    assert looks(draft, "text", "position") == [(text, "bottom")]


@pytest.mark.parametrize("prompt", ["再加一个标题“你好”，要大，黄色的", "add another title '你好', big, yellow"])
async def test_a_new_text_looks_as_it_is_said_behind_commas(prompt):
    _, draft, _ = await after("make the title small", prompt)
    assert looks(draft, "text", "size", "color")[1] == ("你好", "large", "#fdd835")
