"""What is not to be done is never done: the draft stays, all else in the message is done, and the answer says so."""

from __future__ import annotations

import pathlib
import sys

import pytest

from nemo_widgets.studio.agent.base import Material

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from talking import CLIP, facts, say, shots

FILES = (
    *(
        Material(f"{n:032x}", f"{name}.jpg", "image", f"http://h/media/{n:032x}/{name}.jpg")
        for n, name in enumerate(("forest", "harbour", "school"), 1)
    ),
    CLIP,
)
ALL = ["forest", "harbour", "school", "clip"]
DONE = {"seconds": 16, "size": (1920, 1080), "title": "Old", "music": "lo-fi", "volume": 0.35, "shots": 4}


async def old():
    draft, _, _ = await say('make a 16-second promo titled "Old" with lo-fi music', materials=FILES)
    return draft


async def after(prompt, files=FILES):
    """Return the draft before and after a message, its answer, and the moods of the music that was composed."""
    before = await old()
    draft, told, composed = await say(prompt, draft=before, materials=files)
    return before, draft or before, told, composed


async def changes_nothing(prompt):
    """Assert that a prompt gets an answer, and that nothing is done."""
    before, draft, told, composed = await after(prompt)
    assert draft == before
    assert not composed
    assert told


NOTHING = [
    "I don't want you to remove the music",
    "please don't make it black and white",
    "Please do not make it black and white.",
    "do not fade the music out",
    "don't change the title",
    "never change the music",
    "don't remove the title, the music or the photos",
    "don't remove the title or change the music",
    "you mustn't make it shorter",
    "you shouldn't change the title",
    "the title should not be red",
    "I don't want the title to be red",
    "don't touch anything",
    "make sure not to change the music",
    "try not to remove the title",
    "please avoid removing the forest photo",
    "there's no need to add any text",
    "I wouldn't remove the title",
    "don't add a title that says Hello",
    'don\'t add the title "Hello"',
    "don't remove forest.jpg",
    "don't move the first photo to the end",
    "Don’t remove the music",
    "dont remove the music",
    "keep the title",
    "keep the title and the music",
    "标题不要红色",
    "不要把标题改成红色",
    "不要删除标题",
    "别加字幕",
    "音乐先不要动",
    "请不要换音乐",
    "千万别删音乐",
    "我不想删除标题",
    "不用加音乐",
    "没必要把视频变短",
    "标题不要动",
    "音乐保持不变",
    "不要改动标题和音乐",
    "不要动第二张照片",
    "不要把第一张照片删掉",
    "请勿修改标题",
    "不要做成黑白的",
    "标题别改成“你好”",
]


@pytest.mark.parametrize("prompt", NOTHING)
async def test_a_message_that_only_forbids_changes_nothing_and_says_what_it_left(prompt):
    before, draft, told, composed = await after(prompt)
    assert draft == before
    assert not composed
    assert "didn't understand" not in told
    assert "没有听懂" not in told
    assert "as you asked" in told or "Left as it is" in told or "按您的要求" in told
    assert "不了" not in told


REST = [
    ("don't remove the forest photo, remove the title", {"title": None}),
    ("don't change the music, just make the whole thing 20 seconds", {"seconds": 20}),
    ("do not add any text, just add happy music", {"music": "happy"}),
    ("never mind the title, make it 10 seconds", {"seconds": 10}),
    ("without changing the title, make it vertical", {"size": (1080, 1920)}),
    ("make it vertical without changing the title", {"size": (1080, 1920)}),
    ("you shouldn't change the title; make it 10 seconds", {"seconds": 10}),
    ("keep the title and the music, remove the forest", {"shots": 3, "seconds": 13.333}),
    ("Keep the title, but make the music quieter", {"volume": 0.2}),
    ("make the music quieter but keep the title", {"volume": 0.2}),
    ("leave the music alone and make it vertical", {"size": (1080, 1920)}),
    ("leave the title as it is and remove the music", {"music": None, "volume": None}),
    ("make it vertical, but don't touch the music", {"size": (1080, 1920)}),
    ("make it vertical and don't change the title", {"size": (1080, 1920)}),
    ("don't touch the music and make it vertical", {"size": (1080, 1920)}),
    ("no need to remove anything, just make it 10 seconds", {"seconds": 10}),
    ("remove the title, not the music", {"title": None}),
    ("make it 10 seconds, don't change anything else", {"seconds": 10}),
    ("don't change the title, the music or the photos, make it vertical", {"size": (1080, 1920)}),
    ("instead of removing the title, remove the music", {"music": None, "volume": None}),
    ("don't forget to remove the title", {"title": None}),
    ("why don't you remove the title", {"title": None}),
    ("no music", {"music": None, "volume": None}),
    ("不要音乐", {"music": None, "volume": None}),
    ("I don't want any music", {"music": None, "volume": None}),
    ("不要删除标题，把音乐调小一点", {"volume": 0.2}),
    ("不要换音乐，改成竖屏", {"size": (1080, 1920)}),
    ("改成竖屏，不要动别的", {"size": (1080, 1920)}),
    ("改成竖屏，其他的都别动", {"size": (1080, 1920)}),
    ("改成竖屏但不要换音乐", {"size": (1080, 1920)}),
    ("不要换音乐只改成竖屏", {"size": (1080, 1920)}),
    ("别动音乐，把标题改成“期末”", {"title": "期末"}),
    ("保留标题，去掉音乐", {"music": None, "volume": None}),
    ("保留标题和音乐，改成10秒", {"seconds": 10}),
    ("不用加字幕，改成10秒", {"seconds": 10}),
    ("标题不要了", {"title": None}),
]


@pytest.mark.parametrize(("prompt", "changed"), REST)
async def test_what_is_forbidden_is_left_and_the_rest_is_done(prompt, changed):
    _, draft, told, _ = await after(prompt)
    assert facts(draft) == DONE | changed
    assert "didn't understand" not in told
    assert "没有听懂" not in told
    assert "Which text" not in told


@pytest.mark.parametrize(
    ("prompt", "left"),
    [
        ("Don't use the school photo.", ["forest", "harbour", "clip"]),
        ("不要第二张照片", ["forest", "school", "clip"]),
        ("don't show the first photo", ["harbour", "school", "clip"]),
        ("without changing the title, swap the first and the second photo", ["harbour", "forest", "school", "clip"]),
        ("keep the title and the music, remove the forest", ["harbour", "school", "clip"]),
        ("remove the first photo, not the second", ["harbour", "school", "clip"]),
    ],
)
async def test_which_photos_are_left(prompt, left):
    before, draft, _, _ = await after(prompt)
    assert shots(draft) == left
    assert {**facts(draft), "shots": 4, "seconds": 16} == facts(before)


async def test_a_title_may_say_dont():
    _, draft, _, _ = await after('change the title to "Don\'t change the music"')
    assert facts(draft)["title"] == "Don't change the music"


async def test_no_crossfades_is_an_order():
    _, draft, _, _ = await after("don't use crossfades")
    assert not any(one["m"].get("transition", {}).get("d") for one in draft["t"][0]["sg"])


async def test_the_answer_to_a_question_may_forbid():
    turns = []
    draft = await old()
    await say("change the title", draft=draft, materials=FILES, turns=turns)
    made, _, _ = await say("Don't Stop", draft=draft, materials=FILES, turns=turns)
    assert facts(made)["title"] == "Don't Stop"


ASKED = [
    ("should I remove the title?", "Old"),
    ("标题是什么？", "Old"),
    ("what is the title?", "Old"),
    ("What's the title", "Old"),
    ("is there any music?", "Lo-fi"),
    ("有音乐吗？", "Lo-fi"),
    ("现在用的是什么音乐？", "Lo-fi"),
    ("which photos are used?", "forest, harbour, school"),
    ("用了哪些照片？", "forest、harbour、school"),
    ("how many photos?", "3 photos"),
    ("有几张照片？", "3 张照片"),
    ("why is it so dark?", ""),
    ("为什么这么暗？", ""),
    ("do you think it would be better in black and white?", ""),
    ("would it look better without the title?", "Old"),
    ("does the music fade out?", "Lo-fi"),
    ("我要不要删掉标题？", "Old"),
    ("did you remove the title?", "Old"),
    ("what happens if I remove the music?", "Lo-fi"),
    ("how do I remove the title?", ""),
    ("怎么删除标题？", ""),
    ("Hi! Is there any music?", "Lo-fi"),
    ("can I remove the title?", "Old"),
]


@pytest.mark.parametrize(("prompt", "said"), ASKED)
async def test_a_question_is_answered_and_changes_nothing(prompt, said):
    before, draft, told, composed = await after(prompt)
    assert draft == before
    assert not composed
    assert said in told
    assert told
    assert "didn't understand" not in told


async def test_questions_before_there_is_a_video():
    for prompt in ("is there any music?", "what is the title?", "有音乐吗？"):
        draft, told, composed = await say(prompt, materials=FILES)
        assert draft is None
        assert not composed
        assert "no video yet" in told or "还没有视频" in told


@pytest.mark.parametrize(
    ("prompt", "changed"),
    [
        ("can you add happy music?", {"music": "happy"}),
        ("could you make it 10 seconds?", {"seconds": 10}),
        ("could we make it 10 seconds?", {"seconds": 10}),
        ("would you please remove the title?", {"title": None}),
        ("can't you make it 10 seconds?", {"seconds": 10}),
        ("能不能改成10秒？", {"seconds": 10}),
        ("可以把标题去掉吗？", {"title": None}),
        ("把标题改成“期末”好吗？", {"title": "期末"}),
        ("make it 10 seconds. What is the title?", {"seconds": 10}),
        ("改成10秒。标题是什么？", {"seconds": 10}),
    ],
)
async def test_a_polite_question_is_an_order(prompt, changed):
    _, draft, told, _ = await after(prompt)
    assert facts(draft) == DONE | changed
    if "title?" in prompt and "What" in prompt:
        assert "“Old”" in told


@pytest.mark.parametrize(
    "prompt",
    [
        "don't use wipes",
        "don't use happy music",
        "I don't want a red title",
        "don't show the title in red",
        "不要红色的标题",
    ],
)
async def test_an_effect_that_is_forbidden_is_not_used(prompt):
    await changes_nothing(prompt)


@pytest.mark.parametrize(("prompt", "volume"), [("the music shouldn't be so loud", 0.2), ("音乐不要那么大声", 0.2)])
async def test_not_so_loud_is_quieter(prompt, volume):
    _, draft, _, _ = await after(prompt)
    assert facts(draft) == DONE | {"volume": volume}


@pytest.mark.parametrize(
    "prompt",
    [
        "I'd rather you didn't remove the title",
        "could you not change the music?",
        "remove everything except the music",
        "I wonder if it should be black and white",
        "could it be that the title is too big?",
        "标题写的是什么？",
        "音乐能不能不要换？",
        "为什么没有音乐？",
    ],
)
async def test_roundabout_ways_of_forbidding_and_asking_change_nothing(prompt):
    await changes_nothing(prompt)


async def test_the_size_that_is_told_first_is_the_size_at_last():
    _, draft, told, _ = await after("make a 10-second video in 480p")
    assert facts(draft)["size"] == (854, 480)
    assert "1920" not in told


@pytest.mark.parametrize(
    ("prompt", "named"), [("把沙漠的照片放在最前面", "沙漠的照片"), ("put the mountain photo first", "mountain photo")]
)
async def test_a_photo_that_no_file_is_called_is_missed(prompt, named):
    before, draft, told, _ = await after(prompt)
    assert draft == before
    assert f"“{named}”" in told
    assert "harbour" in told


@pytest.mark.parametrize(
    ("prompt", "changed"),
    [
        ("crop the photos to a square", {"size": (1080, 1080)}),
        ("music: none", {"music": None, "volume": None}),
        ('change the subtitle to "Thanks"', {"title": "Thanks"}),
        ("make a recap of our school trip", {}),
    ],
)
async def test_nothing_is_refused_that_was_done(prompt, changed):
    _, draft, told, _ = await after(prompt)
    assert facts(draft) == DONE | changed
    assert "I can't" not in told


async def test_lengths_that_contradict_each_other_are_named():
    _, draft, told, _ = await after("10 seconds with every photo 2 seconds")
    assert facts(draft)["seconds"] == 10
    assert "2 seconds each don't make 10 seconds" in told


async def test_a_photo_should_last_so_long():
    _, draft, _, _ = await after("the second picture should last 5 seconds")
    assert draft["t"][0]["sg"][1]["d"] == 5_000


async def test_a_title_is_shown_for_the_whole_video():
    before, draft, _, _ = await after("标题显示整个视频")
    (title,) = draft["t"][2]["sg"]
    assert (title["st"], title["d"]) == (0, before["d"])


@pytest.mark.parametrize(
    "prompt",
    [
        "make the title blue, not red",
        "make the title not red but blue",
        "标题改成蓝色，不要红色",
        "标题改成蓝色，不是红色",
        "make the title blue, don't make it red",
    ],
)
async def test_this_colour_and_not_that_one(prompt):
    _, draft, _, _ = await after(prompt)
    (title,) = draft["t"][2]["sg"]
    assert title["m"]["color"] == "#1e88e5"


@pytest.mark.parametrize(
    "prompt",
    ["any chance you could make it 10 seconds?", "would it be possible to make it 10 seconds?", "有没有办法改成10秒？"],
)
async def test_a_very_polite_question_is_an_order_too(prompt):
    _, draft, _, _ = await after(prompt)
    assert facts(draft)["seconds"] == 10
