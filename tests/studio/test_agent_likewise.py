"""What a message asks for once more: of the same ("even slower", 再亮一点), or of another ("the second one, too")."""

from __future__ import annotations

import pathlib
import sys

import pytest

from nemo_widgets.studio.agent.base import Material

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from talking import asked, having, titles

NAMES = ("beach", "market", "temple")
FILES = (
    *(Material(f"{n:032x}", f"{name}.jpg", "image", f"http://h/media/{n:032x}/{n}") for n, name in enumerate(NAMES, 1)),
    Material("c" * 32, "boat_ride.mp4", "video", f"http://h/media/{'c' * 32}/i", 20_000, has_audio=True),
    Material("d" * 32, "street_dance.mov", "video", f"http://h/media/{'d' * 32}/b", 14_000, has_audio=True),
)


async def after(*prompts, base="make a video of everything"):
    _, draft, told = await asked(*prompts, files=FILES, base=base)
    return draft, told


def values(draft, field, usual):
    """Return the shots' values of a field that aren't the usual one, by name."""
    shots = [one["m"] for track in draft["t"] if track["tt"] == 0 for one in track["sg"]]
    return {meta["name"]: meta[field] for meta in shots if meta.get(field, usual) != usual}


@pytest.mark.parametrize(
    ("prompts", "speeds"),
    [
        (["slow the boat ride down a bit", "even slower"], {"boat_ride": 0.5625}),
        (["slow the boat ride down a bit", "how long is it?", "a bit faster now"], {"boat_ride": 1.125}),
        (["make both clips slower", "still slower please"], {"boat_ride": 0.5625, "street_dance": 0.5625}),
        (["slow the clip down", "the second", "even slower"], {"street_dance": 0.5625}),
        (["slow down the boat ride", "no, the other clip", "even slower"], {"street_dance": 0.5625}),
        (["play the boat ride twice as fast", "and the street dance one too"], {"boat_ride": 2, "street_dance": 2}),
        (["play the boat ride twice as fast", "same for the other clip"], {"boat_ride": 2}),
        (["坐船那段放慢一点", "再慢一点"], {"boat_ride": 0.5625}),
        (["坐船那段放慢一点", "再快一点吧"], {"boat_ride": 1.125}),
        (["把第一段放慢一点", "第二段也一样"], {"boat_ride": 0.75, "street_dance": 0.75}),
    ],
)
async def test_a_speed_goes_on_from_where_it_is_and_for_what_it_was(prompts, speeds):
    draft, told = await after(*prompts)
    assert values(draft, "speed", 1) == speeds, told


async def test_all_that_was_made_slower_gets_slower_still():
    draft, _ = await after("放慢一点", "再慢一点")
    assert set(values(draft, "speed", 1).values()) == {0.5625}


@pytest.mark.parametrize(
    ("prompts", "light"),
    [
        (["make the temple a bit brighter", "even brighter"], {"temple": 0.3}),
        (["第一张照片亮一点", "再亮一点", "第二张也一样"], {"beach": 0.3, "market": 0.15}),
        (["make the temple brighter", "add the title 'Hi'", "brighter still"], {"temple": 0.3}),
        (["亮一点", "再亮一点"], dict.fromkeys((*NAMES, "boat_ride", "street_dance"), 0.3)),
    ],
)
async def test_light_goes_on_from_where_it_is_and_for_what_it_was(prompts, light):
    draft, told = await after(*prompts)
    assert values(draft, "brightness", 0) == light, told


async def test_a_clip_that_is_quieter_gets_quieter_still_and_the_music_does_not():
    base = "make a video with calm music"
    draft, _ = await after("make the boat ride quieter", "even quieter", base=base)
    assert values(draft, "volume", 1) == {"boat_ride": 0.25}
    assert [one["m"]["volume"] for track in draft["t"] if track["tt"] == 1 for one in track["sg"]] == [0.35]
    draft, _ = await after("mute the boat ride", "the street dance one too", base=base)
    assert having(draft, "volume", 0.0) == ["boat_ride", "street_dance"]


@pytest.mark.parametrize(
    ("prompts", "volume"), [(["音乐小声一点", "再响一点"], 0.35), (["音乐大声一点", "再大一点"], 0.65)]
)
async def test_music_goes_on_from_where_it_is(prompts, volume):
    draft, _ = await after(*prompts, base="做一个视频，配轻快的音乐")
    assert [one["m"]["volume"] for track in draft["t"] if track["tt"] == 1 for one in track["sg"]] == [volume]


async def test_letters_go_on_from_where_they_are():
    draft, _ = await after("标题大一点", "再大一点", base="做一个视频，标题“你好”")
    assert [text for text, *_ in titles(draft)] == ["你好"]
    assert [one["m"]["size"] for track in draft["t"] if track["tt"] == 7 for one in track["sg"]] == [274]


async def test_one_that_is_seen_longer_is_seen_longer_still():
    draft, _ = await after("make the temple one longer", "longer")
    assert {one["m"]["name"]: one["d"] for one in draft["t"][0]["sg"]}["temple"] == 7_100
    assert {one["m"]["name"]: one["d"] for one in draft["t"][0]["sg"]}["beach"] == 4_000
