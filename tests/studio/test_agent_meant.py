"""Prompts of several wishes over photos, clips, a song and a logo: nothing is done but what is meant, and all else is named."""

from __future__ import annotations

import pathlib
import sys
import time

import pytest

from nemo_widgets.studio.agent.base import Material

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from talking import FILES, asked, having, say, shots

NAMES = ["paris-01", "paris-02", "paris-03", "paris-04", "paris-05", "clip", "beach"]


@pytest.mark.parametrize(
    ("prompt", "field", "value", "names"),
    [
        ("the second sepia and the third black and white", "look", "sepia", ["paris-02"]),
        ("make the first photo sepia, the 2nd one b&w and leave the rest", "look", "black-and-white", ["paris-02"]),
        ("make all photos black and white but not the clips", "look", "black-and-white", NAMES[:5]),
        ("everything in sepia except paris-03", "look", "sepia", [*NAMES[:2], *NAMES[3:]]),
        ("除了第三张，其他都改成复古", "look", "vintage", [*NAMES[:2], *NAMES[3:]]),
        ("put the beach clip at the very start and lower its sound to 30%", "volume", 0.3, ["beach"]),
        ("crop clip.mp4 to the middle and slow it down to 50%", "speed", 0.5, ["clip"]),
    ],
)
async def test_only_what_is_meant_is_changed(prompt, field, value, names):
    _, draft, _ = await asked(prompt)
    assert having(draft, field, value) == names
    assert sorted(shots(draft)) == sorted(NAMES)


@pytest.mark.parametrize(
    "prompt",
    [
        "use our song, start it at 0:20 of the song, fade out last 4 sec",
        "title 'Hello' on the first photo only, 2 sec",
        "I want the title to appear at 5 seconds and the music to stop at 20 s",
        "标题写“巴黎之旅”，放在底部，红色，前3秒",
        "音乐从第5秒开始，到第20秒结束",
        "fade in from black at the start and fade to black at the end, 2 seconds each",
    ],
)
async def test_a_time_of_something_else_is_not_the_length_of_the_video(prompt):
    before, draft, _ = await asked(prompt)
    assert draft["d"] == before["d"]


@pytest.mark.parametrize(
    ("prompt", "named"),
    [
        ("the clip clip.mp4 from second 2 to 5 only, please, and mute it", "from second 2 to 5 only"),
    ],
)
async def test_what_was_not_understood_is_named(prompt, named):
    _, draft, told = await asked(prompt)
    assert named in told
    assert shots(draft) == NAMES


async def test_a_complaint_and_its_remedy_are_one():
    _, draft, _ = await asked("second photo too dark, brighten it, and the last clip is way too loud")
    assert having(draft, "brightness", 0.15) == ["paris-02"]
    assert having(draft, "volume", 0.5) == ["beach"]


async def test_the_second_half_of_what_was_split_is_a_part_of_that_clip():
    _, draft, told = await asked("split beach.mov at 4 seconds and remove the second half")
    assert shots(draft) == NAMES, told
    assert [one["d"] for one in draft["t"][0]["sg"] if one["m"]["name"] == "beach"] == [4_000]


async def test_a_logo_is_half_transparent_where_that_stands_behind_a_comma():
    logo = Material("f" * 32, "logo.png", "image", f"http://h/media/{'f' * 32}/logo.png")
    draft, _, _ = await say("make a 30 second video", materials=(*FILES, logo))
    draft, _, _ = await say("put the logo top right, half transparent", draft=draft, materials=(*FILES, logo))
    assert having(draft, "opacity", 0.5) == ["logo"]


async def test_it_is_the_clip_of_the_message_before():
    _, draft, _ = await asked("put beach first", "mute it")
    assert having(draft, "volume", 0.0) == ["beach"]


async def test_a_song_is_never_put_on_the_timeline_for_a_volume():
    _, draft, told = await asked("lower the volume of the clips to 20% and the music to 50%")
    assert all(track["tt"] != 1 for track in draft["t"])
    assert having(draft, "volume", 0.2) == ["clip", "beach"]
    assert "no music yet" in told


@pytest.mark.parametrize(
    "words",
    ["把音乐", "remove photo 1 and ", "第二张和", "“a” ", "从1到", "make it ", "1 ", "Music volume 1% → 2%\n- "],
)
async def test_no_message_takes_long_to_read(words):
    draft, _, _ = await say("make a 30 second video")
    began = time.process_time()
    await say((words * 6_000)[:18_000], draft=draft)
    assert time.process_time() - began < 20  # Seconds on a slow machine; quadratic reading took 15 on a quick one.


@pytest.mark.parametrize(
    ("prompt", "seconds"),
    [
        ("add 5 seconds", 46),
        ("add 5 more seconds", 46),
        ("add another 5 seconds to the video", 46),
        ("再加5秒", 46),
        ("减5秒", 36),
        ("add 5 seconds of music", 41),
        ("music only for 10 seconds", 41),
        ("把beach剪成三段", 41),
    ],
)
async def test_seconds_that_are_added_are_not_the_length(prompt, seconds):
    _, draft, told = await asked(prompt)
    assert draft["d"] == 1000 * seconds, told
