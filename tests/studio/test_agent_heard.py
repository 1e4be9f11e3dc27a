"""Messages as people type them, on a video with a title and music: all that is asked for is done, or named as not done."""

from __future__ import annotations

import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from talking import FILES, asked, facts, having, say, shots

P1, P2, P3, P4, P5 = PICTURES = ["paris-01", "paris-02", "paris-03", "paris-04", "paris-05"]
ALL = [*PICTURES, "clip", "beach"]
NOT_HEARD = ("didn't understand", "没有听懂")


async def after(*prompts):
    """Return the draft before and after the last of some messages, and the answer to it."""
    return await asked('add lo-fi music and the title "Old"', *prompts)


def texts(draft):
    """Return (words, start in ms, what is known of the look) of each text."""
    every = [one for track in draft["t"] if track["tt"] == 7 for one in track["sg"]]
    return {one["m"]["text"]: (one["st"], one["m"]) for one in every}


def lengths(draft):
    """Return how long each shot is seen, in seconds."""
    return [one["d"] / 1000 for one in draft["t"][0]["sg"]]


def music(draft):
    """Return the music's segment, or None."""
    return next((one for track in draft["t"] if track["tt"] == 1 for one in track["sg"]), None)


@pytest.mark.parametrize(
    "prompt",
    [
        "把音乐换成悲伤的，从第5秒开始",
        "change the music to sad, starting at 5 seconds",
        "sad music please, and let it begin at 5 seconds",
    ],
)
async def test_new_music_starts_when_it_is_to(prompt):
    _, draft, _ = await after(prompt)
    assert (music(draft)["m"]["mood"], music(draft)["st"]) == ("sad", 5000)


@pytest.mark.parametrize(
    "prompt",
    [
        "export it as a gif",
        "export as webm please",
        "导出成GIF",
        "can I have it as .mov?",
        "save it as an avi",
        "我要mov格式的",
    ],
)
async def test_files_other_than_mp4_are_not_promised(prompt):
    before, draft, told = await after(prompt)
    assert draft == before
    assert "other than MP4" in told or "MP4 以外" in told


async def test_a_format_that_cannot_be_made_is_named_beside_what_is_done():
    _, draft, told = await after("导出成mov格式，720p就行")
    assert facts(draft)["size"] == (1280, 720)
    assert "MP4 以外" in told


@pytest.mark.parametrize(
    "prompt",
    [
        "don't remove the music and add a title 'B' at the end",
        "don't delete the first photo and add a title 'B' at the end",
        "不要删音乐，结尾加标题“B”",
    ],
)
async def test_what_follows_what_is_forbidden_is_done(prompt):
    before, draft, _ = await after(prompt)
    assert list(texts(draft)) == ["Old", "B"]
    assert music(draft) == music(before)
    assert shots(draft) == ALL


@pytest.mark.parametrize(
    ("prompt", "order"),
    [
        ("swap the first two photos", [P2, P1, P3, P4, P5, "clip", "beach"]),
        ("swap the last two", [*PICTURES, "beach", "clip"]),
        ("交换前两张照片", [P2, P1, P3, P4, P5, "clip", "beach"]),
        ("前两张照片换一下位置", [P2, P1, P3, P4, P5, "clip", "beach"]),
        ("don't include the clips", PICTURES),
        ("不要放视频片段", PICTURES),
    ],
)
async def test_which_are_seen_in_which_order(prompt, order):
    _, draft, told = await after(prompt)
    assert shots(draft) == order, told
    assert not any(words in told for words in NOT_HEARD)


@pytest.mark.parametrize("prompt", ["leave the title out", "leave out the title", "标题就别放了", "标题就算了吧"])
async def test_a_title_is_left_out(prompt):
    _, draft, _ = await after(prompt)
    assert texts(draft) == {}
    assert music(draft)


@pytest.mark.parametrize(
    "prompt", ["leave the music out", "please leave out the music", "音乐就别放了", "音乐就不用了"]
)
async def test_music_is_left_out(prompt):
    _, draft, _ = await after(prompt)
    assert music(draft) is None
    assert "Old" in texts(draft)


@pytest.mark.parametrize("prompt", ["keep the music quiet", "keep the music low please", "音乐保持小声", "音乐别太吵"])
async def test_music_is_kept_quiet(prompt):
    _, draft, _ = await after(prompt)
    assert music(draft)["m"]["volume"] == 0.2


@pytest.mark.parametrize("prompt", ["the title isn't big enough", "标题不够大", "the title is not big enough"])
async def test_not_big_enough_is_bigger(prompt):
    _, draft, _ = await after("make the title small", prompt)
    assert texts(draft)["Old"][1]["size"] == "medium"


@pytest.mark.parametrize("prompt", ["the music isn't loud enough", "音乐不够响"])
async def test_not_loud_enough_is_louder(prompt):
    _, draft, _ = await after(prompt)
    assert music(draft)["m"]["volume"] == 0.5


async def test_nothing_left_to_add_is_said_in_a_whole_sentence():
    before, draft, told = await after("add the third clip")
    assert draft == before
    assert "only ," not in told


@pytest.mark.parametrize(
    "prompt",
    [
        "remove the second photo but keep the length",
        "去掉第二张照片，但总时长不变",
        "remove paris-02 but keep it the same length",
        "the beach clip is way too long, cut it down to 5s",
    ],
)
async def test_one_length_is_told(prompt):
    _, draft, told = await after(prompt)
    assert f"{draft['d'] / 1000:g}" in told
    assert (
        sum(told.count(words) for words in ("The video now lasts", "视频现在是", "Your draft is ready", "草稿已完成"))
        == 1
    )


@pytest.mark.parametrize(
    "prompt", ["turn off the sound of the clips, keep only the music", "take the sound off the clips"]
)
async def test_the_clips_are_mute_and_the_music_is_not(prompt):
    before, draft, _ = await after(prompt)
    assert having(draft, "volume", 0.0) == ["clip", "beach"]
    assert music(draft) == music(before)


@pytest.mark.parametrize(
    ("prompt", "names"), [("the beach clip is way too long, cut it down to 5s and take the sound off", ["beach"])]
)
async def test_sound_is_taken_off_what_was_named(prompt, names):
    _, draft, told = await after(prompt)
    assert having(draft, "volume", 0.0) == names, told


@pytest.mark.parametrize(
    "prompt",
    ["add 'Class of 2024' at the end, and have the music fade away there", "结尾加一句“谢谢大家”，音乐慢慢停下来"],
)
async def test_music_fades_away(prompt):
    _, draft, _ = await after(prompt)
    assert music(draft)["m"]["fade_out"] == 3000
    assert len(texts(draft)) == 2


@pytest.mark.parametrize(("prompt", "mood"), [("换一首有活力的音乐", "upbeat")])
async def test_more_words_for_music(prompt, mood):
    _, draft, _ = await asked(prompt)
    assert music(draft)["m"].get("mood") == mood


@pytest.mark.parametrize("prompt", ["other music, quieter, and don't drown out the voices"])
async def test_music_makes_room_for_voices(prompt):
    _, draft, _ = await after(prompt)
    made = music(draft)["m"]
    assert (made["volume"], made["duck"]) == (0.2, 0.25)
    assert made["mood"] != "lo-fi"


@pytest.mark.parametrize(
    "prompt", ["make it more exciting", "让它更有活力一点", "can you make it look more professional", "弄得好看点"]
)
async def test_a_vague_wish_is_answered_with_what_could_be_done(prompt):
    before, draft, told = await after(prompt)
    assert draft == before
    assert "upbeat music" in told or "轻快的音乐" in told
    assert not any(words in told for words in NOT_HEARD)


async def test_it_is_said_how_to_export():
    _, draft, told = await after("Make it 20 secs, title 'Our Trip', sad music, 720p and export")
    assert (facts(draft)["seconds"], facts(draft)["size"]) == (20, (1280, 720))
    assert "Export" in told
    assert not any(words in told for words in NOT_HEARD)


@pytest.mark.parametrize(
    ("prompt", "size"),
    [
        ("export it for instagram please", (1920, 1080)),
        ("export this as a reel", (1080, 1920)),
        ("export it for tiktok and make it portrait", (1080, 1920)),
        ("导出视频发小红书", (1080, 1440)),
    ],
)
async def test_an_export_for_somewhere_changes_the_canvas_alone_and_claims_no_video(prompt, size):
    before, draft, told = await after(prompt)
    assert facts(draft)["size"] == size
    assert {**draft, "m": before["m"]} == before
    assert "rendered nothing" in told or "没有渲染视频" in told


async def test_the_order_of_photos_and_a_title_that_stays():
    _, draft, told = await after("I want the photos in the opposite order, but the title should stay where it is")
    assert shots(draft) == [*PICTURES[::-1], "clip", "beach"]
    assert "the title" in told


async def test_a_new_video_without_a_clip():
    draft, told, _ = await say("make a video, don't include the clips", materials=FILES)
    assert shots(draft) == PICTURES, told


@pytest.mark.parametrize(
    ("prompt", "named"),
    [
        ("make the music quieter when the sun comes up", "when the sun comes up"),
        ("add a title 'X' next to the tree", "next to the tree"),
    ],
)
async def test_what_makes_no_difference_is_named(prompt, named):
    _, _, told = await after(prompt)
    assert named in told


@pytest.mark.parametrize(
    "prompt",
    [
        "make it 20 seconds, it's for my grandmother's birthday",
        "the music is too loud, make it quieter",
        "音乐太吵了，小一点",
        "add sad music, please, thank you so much",
        "make it vertical for tiktok, it is too wide",
    ],
)
async def test_why_something_is_asked_for_is_not_named_as_missed(prompt):
    _, _, told = await after(prompt)
    assert not any(words in told for words in NOT_HEARD)


@pytest.mark.parametrize("prompt", ["把山顶那段视频放最前面，剪到5秒", "put the clip first, trim to 5 seconds"])
async def test_what_is_meant_for_a_shot_that_is_not_clear_is_not_done_to_the_whole(prompt):
    before, draft, told = await after(prompt)
    assert draft == before
    assert "clip" in told
    assert "。。" not in told


@pytest.mark.parametrize(
    ("prompt", "start", "end"),
    [
        ("music only at the beginning", 0, 10),
        ("music only in the last 10 seconds", 31, 41),
        ("the music should only play in the first 8 seconds", 0, 8),
        ("only have music in the last 5 seconds", 36, 41),
        ("音乐只在最后10秒", 31, 41),
        ("只在结尾放音乐", 31, 41),
        ("音乐只要前8秒", 0, 8),
        ("add upbeat music only at the end", 31, 41),
    ],
)
async def test_music_plays_only_then(prompt, start, end):
    _, draft, _ = await asked(prompt, base="make a 41 second video of all photos and clips with calm music")
    (one,) = [one for track in draft["t"] if track["tt"] == 1 for one in track["sg"]]
    assert (one["st"], one["st"] + one["d"]) == (1_000 * start, 1_000 * end)
    assert draft["d"] == 41_000


@pytest.mark.parametrize(
    ("prompt", "length"),
    [("make it 40 seconds", 40_000), ("make it 8 seconds", None), ("make it black and white", None)],
)
async def test_composed_music_is_composed_anew_where_the_film_outlasts_it(prompt, length):
    draft, _, _ = await say("a 20 second video with calm music")
    longer, told, composed = await say(prompt, draft=draft)
    assert composed == (["calm"] if length else []), told
    heard = music(longer)
    assert (heard["st"], heard["d"], heard["m"]["volume"]) == (0, longer["d"], 0.35)
    assert told.count("usic") == 0, "it is the same music, only long enough"
