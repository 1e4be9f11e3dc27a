"""What a sentence leaves out, and what its words reach: that photo, the others, a kind of shots, a size in pixels."""

from __future__ import annotations

import pathlib
import sys

import pytest

from nemo_widgets.draft.model import Draft
from nemo_widgets.studio.agent.base import Material
from nemo_widgets.studio.render.plan import plan

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from talking import CLIP, FILES, PHOTOS, asked, having, say, shots, titles

LOGO = Material("f" * 32, "logo.png", "image", f"http://h/media/{'f' * 32}/logo.png")
P1, P2, P3, P4, P5 = PICTURES = ["paris-01", "paris-02", "paris-03", "paris-04", "paris-05"]
ALL = [*PICTURES, "clip", "beach"]


def lengths(draft):
    """Return how long each shot is seen, in seconds."""
    return [one["d"] / 1000 for one in draft["t"][0]["sg"]]


@pytest.mark.parametrize(
    ("prompt", "order"),
    [
        ("delete photos 2-4", [P1, P5, "clip", "beach"]),
        ("remove photos 2 to 3", [P1, P4, P5, "clip", "beach"]),
        ("第2到4张照片不要了", [P1, P5, "clip", "beach"]),
        ("第3张和第5张照片不要了", [P1, P2, P4, "clip", "beach"]),
        ("photo 4 should come right after photo 1", [P1, P4, P2, P3, P5, "clip", "beach"]),
        ("reverse the order of the photos", [*PICTURES[::-1], "clip", "beach"]),
        ("照片顺序反过来", [*PICTURES[::-1], "clip", "beach"]),
        ("照片顺序反过来，视频不动", [*PICTURES[::-1], "clip", "beach"]),
        ("shuffle the clips", [*PICTURES, "beach", "clip"]),
        ("把视频打乱顺序", [*PICTURES, "beach", "clip"]),
    ],
)
async def test_only_those_that_are_named_change_places(prompt, order):
    _, draft, told = await asked(prompt)
    assert shots(draft) == order
    assert "didn't understand" not in told
    assert "没有听懂" not in told


@pytest.mark.parametrize("prompt", ["shuffle the photos", "打乱照片顺序", "put the photos in random order"])
async def test_clips_stay_where_photos_are_shuffled(prompt):
    _, draft, _ = await asked(prompt)
    assert shots(draft)[5:] == ["clip", "beach"]
    assert shots(draft) != ALL


@pytest.mark.parametrize(
    ("prompt", "size"),
    [
        ("make a new 640x360 video of 20 seconds", (640, 360)),
        ("make a 360p video", (640, 360)),
        ("make a 480p video with calm music", (854, 480)),
        ("make it 360p", (640, 360)),
        ("做一个640×360的视频", (640, 360)),
        ("make it 720 x 1280 pixels", (720, 1280)),
    ],
)
async def test_a_size_in_pixels_is_the_pictures(prompt, size):
    _, draft, told = await asked(prompt)
    assert (draft["m"]["width"], draft["m"]["height"]) == size
    assert f"{size[0]}×{size[1]}" in told


@pytest.mark.parametrize(
    ("prompt", "by"), [("give every photo one second more", 1), ("每张照片多停留一秒", 1), ("每张照片少显示半秒", -0.5)]
)
async def test_more_for_each_photo_is_no_new_length(prompt, by):
    before, draft, _ = await asked(prompt)
    assert lengths(draft) == pytest.approx([one + by for one in lengths(before)[:5]] + lengths(before)[5:])


async def test_that_clip_is_asked_after_where_there_are_several():
    before, draft, told = await asked("删掉那个片段")
    assert draft == before
    assert "clip、beach" in told
    _, draft, _ = await asked("删掉那个片段", "第二个")
    assert shots(draft) == [*PICTURES, "clip"]
    _, draft, _ = await asked("删掉那个片段", files=(*PHOTOS, CLIP))
    assert shots(draft) == PICTURES


async def test_half_of_a_volume_is_not_half_of_the_video():
    before, draft, _ = await asked("把音乐关小一半")
    assert draft == before
    _, draft, _ = await asked("add calm music", "把音乐关小一半，视频里的人说话时音乐再小一点")
    (music,) = (one["m"] for track in draft["t"] if track["tt"] == 1 for one in track["sg"])
    assert (music["volume"], music["duck"], draft["d"]) == (0.175, 0.25, before["d"])


async def test_one_clip_is_counted_as_one():
    _, _, told = await asked("remove the third clip", files=(*PHOTOS, CLIP))
    assert "only 5 photos and 1 clip" in told
    assert "There are" not in told


@pytest.mark.parametrize(
    "prompt",
    [
        "把beach.mov放到最前面，并且静音",
        "把beach.mov放到最前面，去掉原声",
        "把beach.mov放到最前面，然后把声音关掉",
        "move beach.mov to the front and mute it",
        "put beach.mov first, no sound",
    ],
)
async def test_a_sound_is_that_of_the_clip_named_before(prompt):
    _, draft, _ = await asked(prompt)
    assert shots(draft)[0] == "beach"
    assert having(draft, "volume", 0.0) == ["beach"]


@pytest.mark.parametrize(
    ("prompt", "field", "value", "names"),
    [
        ("put beach.mov first, slow it down, then zoom in", "motion", "zoom-in", ["beach", P1, P3, P5]),
        ("把第一张放到最后，改成黑白", "look", "black-and-white", [P1]),
        ("zoom in on photos 2 and 3 and make them black and white", "look", "black-and-white", [P2, P3]),
        ("trim beach.mov to 5 seconds and speed up 2x", "speed", 2.0, ["beach"]),
        ("make photo 1 sepia, the others vintage", "look", "vintage", [P2, P3, P4, P5]),
        ("turn photo 1 black and white but leave the others in color", "look", "black-and-white", [P1]),
        ("remove photo 1 and make everything brighter", "brightness", 0.15, [P2, P3, P4, P5, "clip", "beach"]),
        ("只要beach.mov的前5秒，去掉原声，配上悲伤的音乐", "volume", 0.0, ["beach"]),
        ("把第二段视频的声音调小一点", "volume", 0.5, ["beach"]),
    ],
)
async def test_what_is_left_out_is_what_was_named_before(prompt, field, value, names):
    _, draft, _ = await asked(prompt)
    assert sorted(having(draft, field, value)) == sorted(names)


@pytest.mark.parametrize(
    ("prompt", "seconds"),
    [
        ("make the second photo 2 seconds, all others 3", [3, 2, 3, 3, 3]),
        ("make paris-02 2 seconds, all other photos 3 seconds", [3, 2, 3, 3, 3]),
        ("第二张2秒，其他的3秒", [3, 2, 3, 3, 3]),
        ("remove paris-03 and paris-04 and make the rest 2 seconds each", [2, 2, 2]),
    ],
)
async def test_the_others_are_the_photos_that_were_not_named(prompt, seconds):
    _, draft, _ = await asked(prompt)
    assert lengths(draft) == [*seconds, 8, 12]


async def test_the_same_of_a_clip_that_is_not_clear_is_not_done_to_all():
    before, draft, told = await asked("speed up the clip by 2x and mute it")
    assert draft == before
    assert "clip, beach" in told


@pytest.mark.parametrize(
    ("prompt", "made"),
    [
        ("add a title 'A' and a title 'B'", [("A", 0), ("B", 3)]),
        ("add a title 'A' and add a title 'B'", [("A", 0), ("B", 3)]),
        ("add the texts 'A', 'B' and 'C'", [("A", 0), ("B", 3), ("C", 6)]),
        ("加标题“甲”和标题“乙”", [("甲", 0), ("乙", 3)]),
        ("make a video with the title 'A' and a caption 'B' at the end", [("A", 0), ("B", 38)]),
        ("标题用红色大字“运动会”，放在中间，显示4秒", [("运动会", 0)]),
    ],
)
async def test_no_text_replaces_another_of_the_same_message(prompt, made):
    before, draft, _ = await asked(prompt)
    assert [(text, start / 1000) for text, start, _ in titles(draft)] == made
    assert draft["d"] == before["d"]


async def test_several_texts_are_taken_away():
    _, draft, _ = await asked("add the texts 'A', 'B' and 'C'", "remove the texts 'A' and 'B'")
    assert [text for text, _, _ in titles(draft)] == ["C"]


async def test_a_title_and_captions_are_two_wishes():
    _, draft, _ = await asked('Title "Biology 101" at the start in green, captions with the file names, no music')
    assert sorted(text for text, _, _ in titles(draft)) == ["Biology 101", *PICTURES]


@pytest.mark.parametrize(
    ("prompt", "made"),
    [
        ("add text Hello on photo 1, and Goodbye on photo 2", ["Hello", "Goodbye"]),
        ("write good morning on photo 1 and good night on photo 2", ["good morning", "good night"]),
        ("第一张照片写你好，第二张写再见", ["你好", "再见"]),
    ],
)
async def test_texts_without_quotes_stand_on_their_photos(prompt, made):
    before, draft, _ = await asked(prompt)
    starts = [one["st"] for one in before["t"][0]["sg"]]
    assert [(text, start) for text, start, _ in titles(draft)] == [(made[0], starts[0]), (made[1], starts[1])]


@pytest.mark.parametrize("prompt", ["片头加一行字：三年二班春游", "开头写三年二班春游"])
async def test_a_line_without_quotes_is_a_title(prompt):
    _, draft, _ = await asked(prompt)
    assert [(text, start) for text, start, _ in titles(draft)] == [("三年二班春游", 0)]


@pytest.mark.parametrize(
    ("prompts", "place", "scale"),
    [
        (("put the logo in the top right corner", "bigger"), "top-right", 0.225),
        (("put the logo in the top right corner", "bigger", "move it to the left"), "left", 0.225),
        (("把logo放到右上角", "大一点"), "top-right", 0.225),
        (("把logo放到右上角", "移到左边"), "left", 0.15),
    ],
)
async def test_a_short_message_goes_on_about_the_logo(prompts, place, scale):
    before, draft, _ = await asked(*prompts, files=(*FILES, LOGO))
    (logo,) = (one["m"] for one in draft["t"][-1]["sg"])
    assert (logo["place"], logo.get("scale", 0.15)) == (place, scale)
    assert shots(draft) == shots(before)


async def test_a_short_message_goes_on_about_the_title():
    _, draft, _ = await asked("add a small title 'Hi'", "bigger", "in blue", "move it to the bottom")
    (text,) = (one["m"] for track in draft["t"] if track["tt"] == 7 for one in track["sg"])
    assert (text["size"], text["color"], text["position"]) == ("medium", "#1e88e5", "bottom")


async def test_bigger_is_nothing_where_nothing_was_spoken_of():
    before, draft, _ = await asked("bigger")
    assert draft == before


@pytest.mark.parametrize(
    "prompt", ["crossfades between photos but hard cuts between clips", "照片之间淡入淡出，视频之间直接切换"]
)
async def test_transitions_may_be_others_between_clips(prompt):
    _, draft, _ = await asked(prompt)
    kinds = [one["m"].get("transition", {}).get("type") for one in draft["t"][0]["sg"]]
    assert kinds == ["crossfade"] * 5 + ["none", None]


async def test_a_fade_is_the_pictures_where_there_is_no_music():
    before, draft, _ = await asked("fade in and out, 2 seconds each")
    first, *_, last = (one["m"] for one in draft["t"][0]["sg"])
    assert (first["fade_in"], last["fade_out"], draft["d"]) == (2000, 2000, before["d"])
    _, draft, _ = await asked("add calm music", "fade in and out, 2 seconds each")
    (music,) = (one["m"] for track in draft["t"] if track["tt"] == 1 for one in track["sg"])
    assert (music["fade_in"], music["fade_out"], draft["d"]) == (2000, 2000, before["d"])


@pytest.mark.parametrize("prompt", ["add a title 'Hi' and fade it out", "加标题“春天”，然后淡出"])
async def test_a_text_fades_and_nothing_else(prompt):
    before, draft, told = await asked(prompt)
    assert shots(draft) == shots(before)
    assert [one["m"].get("fade_out", 0) for one in draft["t"][0]["sg"]] == [0] * 7
    assert "music" not in told
    assert "音乐" not in told


@pytest.mark.parametrize(
    ("prompt", "seconds"),
    [
        ("put the first two photos at the end and make them 5 seconds each", [4.2, 4.2, 4.2, 8, 12, 5, 5]),
        ("make the photos 2 seconds and the clips 4 seconds", [2, 2, 2, 2, 2, 4, 4]),
        ("cut the first 2 seconds of clip.mp4 and the last 3 seconds of beach.mov", [4.2, 4.2, 4.2, 4.2, 4.2, 6, 9]),
        ("第一段视频只留前3秒，第二段视频加速两倍", [4.2, 4.2, 4.2, 4.2, 4.2, 3, 6]),
        ("开头3秒不要音乐", [4.2, 4.2, 4.2, 4.2, 4.2, 8, 12]),
    ],
)
async def test_a_time_is_that_of_what_it_was_said_of(prompt, seconds):
    _, draft, _ = await asked(prompt)
    assert lengths(draft) == seconds
    assert all(track["tt"] != 1 for track in draft["t"])


@pytest.mark.parametrize(
    ("prompt", "made"),
    [
        ("把照片1和照片2对调，然后给照片3加字幕“合影”", ["合影"]),
        ("add captions: Monday, Tuesday, Wednesday and make them white", ["Monday", "Tuesday", "Wednesday"]),
        ("标题“春游”放在左上角，用小号白字", ["春游"]),
    ],
)
async def test_texts_are_those_that_were_said(prompt, made):
    _, draft, told = await asked(prompt)
    assert [text for text, _, _ in titles(draft)] == made
    assert "没有听懂" not in told


async def test_photos_that_are_to_stay_as_they_are_do():
    _, draft, told = await asked("photo 1 and photo 3 should be in sepia, everything else stays as it is")
    assert having(draft, "look", "sepia") == [P1, P3]
    assert "didn't understand" not in told


async def test_what_came_since_stays_out_where_a_text_is_for_the_whole_video():
    draft, _, _ = await say("make a 41 second video of all photos and clips", materials=FILES)
    more = (*FILES, Material("7" * 32, "new.jpg", "image", f"http://h/media/{'7' * 32}/new.jpg"))
    prompt = 'put the name of our school "Greenfield High" in the bottom left corner for the whole video'
    draft, _, _ = await say(prompt, draft=draft, materials=more)
    assert shots(draft) == ALL
    assert titles(draft) == [("Greenfield High", 0, 41_000)]


@pytest.mark.parametrize(
    ("prompt", "field", "value", "names"),
    [
        ("make photo 2 longer and brighter", "brightness", 0.15, [P2]),
        ("mute all clips except beach.mov", "volume", 0.0, ["clip"]),
        ("除了beach.mov，其他视频都静音", "volume", 0.0, ["clip"]),
        ("make photo 1 and 2 black and white and the clips sepia", "look", "sepia", ["clip", "beach"]),
        ("第1张照片黑白，第2张复古，第3张调亮", "look", "vintage", [P2]),
    ],
)
async def test_nothing_else_is_changed_or_taken_away(prompt, field, value, names):
    _, draft, _ = await asked(prompt)
    assert having(draft, field, value) == names
    assert shots(draft) == ALL


@pytest.mark.parametrize(
    "prompt", ["remove the title and the music", "remove the music and the title", "去掉标题和音乐"]
)
async def test_a_title_and_music_are_both_taken_away(prompt):
    _, draft, _ = await asked("add calm music", "add the title 'Hi'", prompt)
    assert [track["tt"] for track in draft["t"] if track["sg"]] == [0]
    before, draft, _ = await asked(prompt)
    assert draft == before


async def test_why_something_is_wished_for_is_no_wish():
    _, draft, _ = await asked("视频太长了，剪到25秒")
    assert draft["d"] == 25_000


async def test_an_answer_is_for_both_wishes_that_were_not_clear():
    _, draft, _ = await asked("speed up the clip by 2x and mute it", "the second one")
    assert having(draft, "speed", 2.0) == having(draft, "volume", 0.0) == ["beach"]


async def test_one_clip_keeps_the_time_that_it_was_given_in_the_same_message():
    _, draft, _ = await asked("make it 20 seconds but keep beach.mov at 8 seconds")
    assert (draft["d"], lengths(draft)[-1]) == (20_000, 8)


async def test_a_title_is_moved_by_the_same_message():
    _, draft, _ = await asked("给视频加个标题“家长会”，再把它放到右上角")
    (text,) = (one["m"] for track in draft["t"] if track["tt"] == 7 for one in track["sg"])
    assert (text["text"], text["position"]) == ("家长会", "top-right")


async def test_one_is_of_the_kind_that_was_counted_before():
    _, draft, _ = await asked("the first clip should be muted and the second one slower")
    assert having(draft, "volume", 0.0) == ["clip"]
    assert having(draft, "speed", 0.75) == ["beach"]
    before, draft, _ = await asked("make all photos 3 seconds except the last one")
    assert lengths(draft) == [3, 3, 3, 3, *lengths(before)[4:]]


async def test_what_is_not_there_is_not_made_to_be_changed():
    _, draft, told = await asked("make the title bigger, the music quieter and the video shorter")
    assert (draft["d"], titles(draft)) == (27_000, [])
    assert all(track["tt"] == 0 for track in draft["t"] if track["sg"])
    assert "no title yet" in told
    assert "no music yet" in told


async def test_each_text_stands_on_its_photo():
    before, draft, _ = await asked("给第2张照片加字“实验步骤”，红色，第4张也加“结果”")
    starts = [one["st"] for one in before["t"][0]["sg"]]
    assert [(text, start) for text, start, _ in titles(draft)] == [("实验步骤", starts[1]), ("结果", starts[3])]


@pytest.mark.parametrize(
    "prompt",
    [
        "remove the photos of the dog",
        "delete all photos that are blurry",
        "delete photos taken at night",
        "keep only the photos with the dog",
        "remove the photos with a white background",
        "make the photos of the dog black and white",
        "make the photos with people brighter",
        "模糊的照片删掉",
        "白色背景的照片删掉",
    ],
)
async def test_what_photos_show_is_no_reason_to_take_all_away(prompt):
    """Nothing here sees what they show."""
    before, draft, told = await asked(prompt)
    assert draft == before
    assert "didn't understand" in told or "没有听懂" in told


@pytest.mark.parametrize(
    "prompt", ["remove all photos from the film", "delete the photos", "我的照片删掉", "把所有的照片都删掉"]
)
async def test_all_photos_may_go(prompt):
    _, draft, _ = await asked(prompt)
    assert shots(draft) == ["clip", "beach"]


@pytest.mark.parametrize(
    ("prompt", "color"),
    [
        ("白底", "#ffffff"),
        ("照片完整显示，白底", "#ffffff"),
        ("show the whole photos on a white background", "#ffffff"),
        ("change the background to blue", "#1e88e5"),
    ],
)
async def test_what_is_behind_the_pictures_has_a_colour(prompt, color):
    before, draft, told = await asked(prompt)
    assert draft["m"]["background"] == color
    assert plan(Draft(draft)).background == color
    assert shots(draft) == shots(before)
    seen = bool(having(draft, "fit", "contain"))
    assert ("show the whole" in told or "完整显示照片" in told) is not seen


@pytest.mark.parametrize(
    "prompt",
    [
        "add black background music",
        "put paris-02 on a white background",
        "第二张照片用白底",
        "make photo 2 black and white",
        "标题白底",
    ],
)
async def test_other_grounds_leave_that_of_the_film(prompt):
    _, draft, _ = await asked(prompt, base="make a 41 second video of all photos and clips, title 'Paris'")
    assert "background" not in draft["m"]
