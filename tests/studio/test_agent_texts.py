"""Titles, captions and closing texts: their words, times, places and looks, and what isn't done to them."""

from __future__ import annotations

import pathlib
import sys

import pytest

from nemo_widgets.studio.agent.base import Material

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from talking import say, titles  # noqa: F401

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
