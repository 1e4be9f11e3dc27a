"""Everyday words: one photo, another order, another song, another look. What is said is what was done."""

from __future__ import annotations

import pathlib
import sys

import pytest

from nemo_widgets.studio import edits, titling

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from talking import CLIP, MOODS, PHOTOS, SONG, facts, promo, say, shots, titles

P1, P2, P3, P4, P5, C = "paris-01", "paris-02", "paris-03", "paris-04", "paris-05", "clip"
ALL = [P1, P2, P3, P4, P5, C]

PER_PHOTO = [
    ("make each photo 2 seconds", 2),
    ("each photo 2 seconds", 2),
    ("each photo 1 second", 1),
    ("every picture for 3 seconds", 3),
    ("show every photo for 3 seconds", 3),
    ("2 seconds for each photo", 2),
    ("3s a photo please", 3),
    ("each photo should be seen for two and a half seconds", 2.5),
    ("每张照片3秒", 3),
    ("每张图片显示2秒", 2),
    ("每张3秒", 3),
    ("照片每张2秒", 2),
    ("3秒一张照片", 3),
]


@pytest.mark.parametrize("anew", [False, True], ids=["changed", "new"])
@pytest.mark.parametrize(("prompt", "seconds"), PER_PHOTO)
async def test_a_time_for_each_photo_is_each_photos(prompt, seconds, anew):
    draft, text, _ = await say(prompt, draft=None if anew else await promo())
    lengths = [segment["d"] for segment in edits.segments(draft, edits.VIDEO)]
    assert lengths == [1000 * seconds] * 5 + [8_000]
    assert f"{5 * seconds + 8:g}" in text


ORDERS = [
    ("reverse the order", [C, P5, P4, P3, P2, P1]),
    ("倒序", [C, P5, P4, P3, P2, P1]),
    ("put the clip first", [C, P1, P2, P3, P4, P5]),
    ("start with the clip", [C, P1, P2, P3, P4, P5]),
    ("put clip.mp4 first", [C, P1, P2, P3, P4, P5]),
    ("move paris-03.jpg to the end", [P1, P2, P4, P5, C, P3]),
    ("put the third photo last", [P1, P2, P4, P5, C, P3]),
    ("end with paris-02", [P1, P3, P4, P5, C, P2]),
    ("move the last photo to the beginning", [P5, P1, P2, P3, P4, C]),
    ("move the last photo to position 2", [P1, P5, P2, P3, P4, C]),
    ("put the clip before the second photo", [P1, C, P2, P3, P4, P5]),
    ("put the first photo after paris-03.jpg", [P2, P3, P1, P4, P5, C]),
    ("把视频片段放到最前面", [C, P1, P2, P3, P4, P5]),
    ("把第二张照片放到最后", [P1, P3, P4, P5, C, P2]),
    ("swap the first and the last photo", [P5, P2, P3, P4, P1, C]),
    ("swap the first photo with the clip", [C, P2, P3, P4, P5, P1]),
    ("swap paris-02.jpg and paris-04.jpg", [P1, P4, P3, P2, P5, C]),
    ("交换第一张和第三张照片", [P3, P2, P1, P4, P5, C]),
    ("use only the photos", ALL[:5]),
    ("only the photos please", ALL[:5]),
    ("without the clips", ALL[:5]),
    ("remove the clip", ALL[:5]),
    ("drop the videos", ALL[:5]),
    ("只用照片", ALL[:5]),
    ("不要视频片段", ALL[:5]),
    ("use only the first three photos", [P1, P2, P3]),
    ("remove the second photo", [P1, P3, P4, P5, C]),
    ("remove photo 2", [P1, P3, P4, P5, C]),
    ("delete the second and third photos", [P1, P4, P5, C]),
    ("remove photos 2 and 3", [P1, P4, P5, C]),
    ("remove the last two photos", [P1, P2, P3, C]),
    ("remove paris-04.jpg", [P1, P2, P3, P5, C]),
    ("take paris-04 out", [P1, P2, P3, P5, C]),
    ("I don't want the first photo", [P2, P3, P4, P5, C]),
    ("不要第二张照片", [P1, P3, P4, P5, C]),
    ("把最后一张照片去掉", [P1, P2, P3, P4, C]),
    ("删掉第三张", [P1, P2, P4, P5, C]),
    ("delete all photos except the first", [P1, C]),
    ("remove everything except the clip", [C]),
    ("remove the last one", ALL[:5]),
    ("swap the first and the last", [C, P2, P3, P4, P5, P1]),
    ("把第二张照片和第三张照片换一下", [P1, P3, P2, P4, P5, C]),
    ("sort by name", [C, *ALL[:5]]),
]


@pytest.mark.parametrize(("prompt", "order"), ORDERS)
async def test_shots_are_chosen_and_ordered(prompt, order):
    before = await promo()
    draft, text, _ = await say(prompt, draft=before)
    assert draft is not None, text
    assert shots(draft) == order
    assert facts(draft)["title"] == "Old"
    seen = {segment["m"]["name"]: segment["d"] for segment in edits.segments(before, edits.VIDEO)}
    assert [segment["d"] for segment in edits.segments(draft, edits.VIDEO)] == [seen[name] for name in order]
    gone = [name for name in ALL if name not in order]
    assert all(name in text for name in gone), text


@pytest.mark.parametrize("prompt", ["shuffle", "shuffle the photos", "random order please", "随机顺序", "打乱顺序"])
async def test_shuffling_makes_another_order(prompt):
    draft, text, _ = await say(prompt, draft=await promo())
    assert sorted(shots(draft)) == sorted(ALL)
    assert shots(draft) != ALL
    assert shots(draft)[0] in text


@pytest.mark.parametrize(
    ("prompt", "order"),
    [
        ("make a 10s video of photo 2 only", [P2]),
        ("make a slideshow without the clip", ALL[:5]),
        ("只用第一张照片做一个10秒的视频", [P1]),
        ("make a 12-second video with only the first 3 photos and calm music", [P1, P2, P3]),
        ("use only the photos", ALL[:5]),
        ("make a video with photos 1, 2 and 3", [P1, P2, P3]),
        ("make a video from the first two photos", [P1, P2]),
        ("make a 20 second video from paris-04.jpg and clip.mp4", [P4, C]),
        ("用前三张照片做个视频", [P1, P2, P3]),
        ("make a video of my photos", ALL),
        ("make a video from these images", ALL),
        ("用这些照片做个视频", ALL),
    ],
)
async def test_a_new_video_may_be_made_of_some_of_the_files(prompt, order):
    draft, text, _ = await say(prompt)
    assert shots(draft) == order
    assert "picking" not in text


async def test_what_was_removed_stays_out_until_all_files_are_asked_for():
    draft, _, _ = await say("remove the second photo", draft=await promo())
    for prompt in ("make it 20 seconds", "make a 20-second video", "make the video 20 seconds long", "shorter please"):
        draft, text, _ = await say(prompt, draft=draft)
        assert shots(draft) == [P1, P3, P4, P5, C]
    more = (*PHOTOS, CLIP, type(CLIP)("f" * 32, "new.jpg", "image", "http://h/media/" + "f" * 32 + "/new.jpg"))
    grown, _, _ = await say("add the new photo", draft=draft, materials=more)
    assert shots(grown) == [P1, P3, P4, P5, C, "new"]
    again, text, _ = await say("make a new video from all files", draft=draft)
    assert shots(again) == ALL
    back, text, _ = await say("add paris-02.jpg again", draft=draft)
    assert shots(back) == [P1, P3, P4, P5, C, P2]
    assert P2 in text


@pytest.mark.parametrize(
    ("prompt", "named"),
    [
        ("remove logo.png", "logo.png"),
        ("remove the ninth photo", "5"),
        ("put the second clip first", "1"),
        ("不要第八张照片", "5"),
        ("remove all photos and remove the clip", "nothing"),
    ],
)
async def test_what_is_not_there_is_named(prompt, named):
    draft, text, _ = await say(prompt, draft=await promo())
    assert draft is None
    assert named in text


LENGTHS = [
    ("shorter please", 20),
    ("make it shorter", 20),
    ("it is too long", 20),
    ("it's too long", 20),
    ("make the video shorter", 20),
    ("longer", 40),
    ("a bit longer please", 40),
    ("it's too short", 40),
    ("twice as long", 60),
    ("half as long", 15),
    ("短一点", 20),
    ("太长了", 20),
    ("长一点", 40),
    ("视频短一点", 20),
]


@pytest.mark.parametrize(("prompt", "seconds"), LENGTHS)
async def test_shorter_and_longer_are_about_a_third(prompt, seconds):
    draft, text, _ = await say(prompt, draft=await promo())
    assert draft["d"] == 1000 * seconds
    said = f"{seconds}" if seconds < 60 else "1"
    assert said in text
    assert facts(draft)["title"] == "Old"


@pytest.mark.parametrize(
    "prompt", ["a video", "a video please", "make a video", "I want a video", "一个视频", "做个视频", "我想要一个视频"]
)
async def test_a_video_without_a_length_gives_each_photo_four_seconds(prompt):
    draft, text, _ = await say(prompt)
    assert draft["d"] == 28_000
    assert "28" in text


@pytest.mark.parametrize(
    "prompt", ["how long is it?", "how long is the video", "what is the length?", "视频多长？", "有多长"]
)
async def test_how_long_it_is(prompt):
    draft, text, _ = await say(prompt, draft=await promo())
    assert draft is None
    assert "30" in text
    assert "5" in text
    _, text, _ = await say(prompt)
    assert "30" not in text


@pytest.mark.parametrize(
    "prompt", ["start over", "let's start from scratch", "clear the timeline", "重新开始", "从头再来", "清空"]
)
async def test_starting_over_keeps_the_uploads(prompt):
    draft, text, _ = await say(prompt, draft=await promo())
    assert (draft["t"], draft["d"]) == ([], 0)
    assert "5" in text
    anew, _, _ = await say("make a 10 second video", draft=draft)
    assert shots(anew) == ALL
    assert anew["d"] == 10_000


async def test_starting_over_and_making_something_else_in_one_breath():
    draft, _, _ = await say("start over and make a 12 second video", draft=await promo())
    assert (facts(draft)["title"], facts(draft)["seconds"]) == (None, 12)


# How it looks


def looks(draft):
    """Return (fit, motion, milliseconds of its crossfade) of every shot."""
    metas = [segment["m"] for segment in edits.segments(draft, edits.VIDEO)]
    return [(meta["fit"], meta.get("motion"), (meta.get("transition") or {}).get("d", 0)) for meta in metas]


WHOLE = [
    "show the whole picture",
    "don't crop my photos",
    "no cropping please",
    "不要裁剪",
    "不要裁剪照片",
    "显示完整的照片",
]


@pytest.mark.parametrize("prompt", WHOLE)
async def test_pictures_may_be_shown_whole_and_fill_the_frame_again(prompt):
    draft, text, _ = await say(prompt, draft=await promo())
    assert {look[0] for look in looks(draft)} == {"contain"}
    assert {look[1] for look in looks(draft)} == {"none", None}, "a zoom would cut the edges off"
    assert "whole" in text or "完整" in text
    longer, _, _ = await say("make it 40 seconds", draft=draft)
    assert {look[0] for look in looks(longer)} == {"contain"}
    for back in ("fill the frame", "填满画面"):
        filled, _, _ = await say(back, draft=longer)
        assert {look[0] for look in looks(filled)} == {"cover"}
        assert "zoom-in" in {look[1] for look in looks(filled)}


FADES = [
    ("no transitions", 0),
    ("without crossfades", 0),
    ("use hard cuts", 0),
    ("不要转场", 0),
    ("slower transitions", 1000),
    ("make the transitions slower", 1000),
    ("转场慢一点", 1000),
    ("faster transitions", 250),
    ("transitions of 2 seconds", 2000),
    ("转场快一点", 250),
]


@pytest.mark.parametrize(("prompt", "fade"), FADES)
async def test_transitions_last_as_long_as_wished(prompt, fade):
    draft, text, _ = await say(prompt, draft=await promo())
    assert draft is not None, text
    assert [look[2] for look in looks(draft)] == [fade] * 5 + [0]
    assert draft["d"] == 30_000
    again, _, _ = await say("make it 36 seconds", draft=draft)
    assert [look[2] for look in looks(again)] == [fade] * 5 + [0]


async def test_transitions_that_do_not_fit_are_told_as_long_as_they_are():
    brief, _, _ = await say("each photo 1 second", draft=await promo())
    draft, text, _ = await say("slower transitions", draft=brief)
    assert looks(draft)[0][2] == 500
    assert "0.5 seconds" in text
    assert "1 second" not in text


@pytest.mark.parametrize(
    "prompt", ["no motion", "no zoom", "without the ken burns effect", "keep the photos still", "不要推拉"]
)
async def test_photos_may_keep_still(prompt):
    draft, _, _ = await say(prompt, draft=await promo())
    assert {look[1] for look in looks(draft)} == {"none", None}
    made, text, _ = await say(f"make a 20 second video, {prompt}")
    assert {look[1] for look in looks(made)} == {"none", None}
    assert "move slowly" not in text
    moving, _, _ = await say("add motion", draft=draft)
    assert "zoom-in" in {look[1] for look in looks(moving)}


# Music


MOOD_WORDS = {
    "lo-fi": ["lofi beats", "chill music", "慵懒的音乐"],
    "happy": ["happy music", "欢快的音乐", "开心的音乐"],
    "romantic": ["romantic music", "浪漫的音乐"],
    "sad": ["sad music", "悲伤的音乐"],
    "electronic": ["electronic music", "techno music", "电子音乐"],
    "epic": ["epic music", "史诗音乐", "史诗般的音乐"],
    "upbeat": ["upbeat music", "轻快的音乐", "动感的音乐"],
    "calm": ["calm music", "relaxing music", "轻松的音乐", "舒缓的音乐"],
    "cinematic": ["cinematic music", "dramatic music", "电影感的音乐", "大气的音乐"],
    "corporate": ["corporate music", "business music", "商务音乐"],
}


def test_every_mood_has_its_words():
    assert set(MOOD_WORDS) == set(MOODS)


@pytest.mark.parametrize(("words", "mood"), [(words, mood) for mood, all_ in MOOD_WORDS.items() for words in all_])
async def test_every_mood_can_be_asked_for(words, mood):
    before, _, _ = await say("make a 20 second promo with music", materials=[*PHOTOS, SONG])
    draft, text, composed = await say(f"换成{words}" if words[-1] == "乐" else f"add {words}", draft=before)
    assert composed == [mood]
    assert facts(draft)["music"] == mood
    assert mood.capitalize() in text


@pytest.mark.parametrize(
    ("prompt", "named"),
    [
        ("add jazz music", "jazz"),
        ("change the music to rock", "rock"),
        ("change the music to polka", "polka"),
        ("I want hip hop music", "hip hop"),
        ("加上爵士音乐", "爵士"),
        ("换成摇滚音乐", "摇滚"),
    ],
)
async def test_music_that_there_is_not_is_named_with_what_there_is(prompt, named):
    draft, text, composed = await say(prompt, draft=await promo())
    assert (draft, composed) == (None, [])
    assert named in text
    assert all(mood in text for mood in MOODS)
    made, text, composed = await say(f"make a 12 second video, {prompt}")
    assert (facts(made)["seconds"], facts(made)["music"], composed) == (12, None, [])
    assert named in text


OWN = [
    "use my song again",
    "add our song.mp3 as background music",
    "use our song.mp3",
    "用我上传的音乐",
    "use my own music",
]
OWN += ["use the uploaded song", "换成我的歌", "use our song instead"]


@pytest.mark.parametrize("prompt", OWN)
async def test_the_uploaded_song_can_be_chosen_again(prompt):
    before = await promo()
    draft, text, composed = await say(prompt, draft=before, materials=[*PHOTOS, CLIP, SONG])
    assert draft is not None, text
    assert composed == []
    assert edits.segments(draft, edits.AUDIO)[0]["m"]["src"] == SONG.url
    assert shots(draft) == ALL
    assert "our song" in text


@pytest.mark.parametrize("prompt", ["use my song", "用我上传的音乐"])
async def test_a_song_that_was_never_uploaded_is_missed(prompt):
    draft, text, composed = await say(prompt, draft=await promo())
    assert (draft, composed) == (None, [])
    assert "upload" in text.lower() or "上传" in text


async def test_ones_own_song_may_be_quiet():
    draft, _, _ = await say("use my song at 20%", draft=await promo(), materials=[*PHOTOS, CLIP, SONG])
    assert (facts(draft)["music"], facts(draft)["volume"]) == ("our song", 0.2)


async def test_starting_over_with_other_music_makes_another_video():
    draft, _, _ = await say("start again with happy music", draft=await promo())
    assert (facts(draft)["music"], facts(draft)["title"], facts(draft)["seconds"]) == ("happy", None, 28)


async def test_music_is_faded_out_and_in():
    draft, text, _ = await say("fade the music out", draft=await promo())
    assert edits.segments(draft, edits.AUDIO)[0]["m"]["fade_out"] == 3_000
    assert "3 seconds" in text
    draft, _, _ = await say("fade the music in over 5 seconds", draft=draft)
    music = edits.segments(draft, edits.AUDIO)[0]["m"]
    assert (music["fade_in"], music["fade_out"], draft["d"]) == (5_000, 3_000, 30_000)
    draft, _, _ = await say("make it 20 seconds and use calm music", draft=draft)
    music = edits.segments(draft, edits.AUDIO)[0]["m"]
    assert (music["fade_in"], music["fade_out"]) == (5_000, 3_000)


@pytest.mark.parametrize(
    "prompt", ["fade the music out", "音乐淡出", "make the music louder", "turn the music down", "mute the music"]
)
async def test_no_music_is_made_louder_or_faded(prompt):
    before, _, _ = await say("make a 20 second video")
    draft, text, composed = await say(prompt, draft=before)
    assert (draft, composed) == (None, [])
    assert "no music" in text or "没有音乐" in text


# Titles


THIRTY = ("Old", 0, 3_000)
PLACES = [
    ('title at the end: "The End"', [THIRTY, ("The End", 27_000, 3_000)]),
    ('add a title at the end: "The End"', [THIRTY, ("The End", 27_000, 3_000)]),
    ('add a title "Halfway" in the middle', [THIRTY, ("Halfway", 13_500, 3_000)]),
    ("add a title at the end saying Goodbye", [THIRTY, ("Goodbye", 27_000, 3_000)]),
    ('add a title "Now" at 10 seconds', [THIRTY, ("Now", 10_000, 3_000)]),
    ("在结尾加上标题“剧终”", [THIRTY, ("剧终", 27_000, 3_000)]),
    ("片尾标题“剧终”", [THIRTY, ("剧终", 27_000, 3_000)]),
    ("在中间加一个标题“中场”", [THIRTY, ("中场", 13_500, 3_000)]),
    ('change the title to "New"', [("New", 0, 3_000)]),
    ("show the title for 5 seconds", [("Old", 0, 5_000)]),
    ("标题显示5秒", [("Old", 0, 5_000)]),
    ("move the title to the end", [("Old", 27_000, 3_000)]),
    ("标题移到结尾", [("Old", 27_000, 3_000)]),
    ("标题加到最后", [("Old", 27_000, 3_000)]),
    ("make the title say Hello", [("Hello", 0, 3_000)]),
    ('add another title "Part 2"', [THIRTY, ("Part 2", 3_000, 3_000)]),
]


@pytest.mark.parametrize(("prompt", "expected"), PLACES)
async def test_titles_stand_where_they_are_wanted(prompt, expected):
    draft, text, _ = await say(prompt, draft=await promo())
    assert draft is not None, text
    assert titles(draft) == expected
    assert draft["d"] == 30_000
    said, start, length = expected[-1]
    assert said in text
    assert f"{start / 1000:g}–{(start + length) / 1000:g} {'s' if prompt.isascii() else '秒'}" in text


async def test_titles_keep_a_sensible_length_and_their_place():
    draft, _, _ = await say('title at the end: "The End"', draft=await promo())
    for prompt, seconds, expected in [
        ("make it 2 seconds", 2, [("Old", 0, 1_000), ("The End", 1_000, 1_000)]),
        ("make it 4 seconds", 4, [("Old", 0, 2_000), ("The End", 2_000, 2_000)]),
        ("make it 20 seconds", 20, [("Old", 0, 3_000), ("The End", 17_000, 3_000)]),
    ]:
        draft, _, _ = await say(prompt, draft=draft)
        assert draft["d"] == 1000 * seconds
        assert titles(draft) == expected
    replaced, _, _ = await say('change the title to "First"', draft=draft)
    assert titles(replaced) == [("First", 0, 3_000), ("The End", 17_000, 3_000)]
    replaced, _, _ = await say('change the end title to "Fin"', draft=draft)
    assert titles(replaced) == [("Old", 0, 3_000), ("Fin", 17_000, 3_000)]
    left, _, _ = await say("remove the title at the end", draft=draft)
    assert titles(left) == [("Old", 0, 3_000)]
    left, _, _ = await say("remove the second title", draft=draft)
    assert titles(left) == [("Old", 0, 3_000)]
    none, text, _ = await say("remove the third title", draft=draft)
    assert none is None
    assert "The End" in text
    replaced, _, _ = await say('change the last title to "Fin"', draft=draft)
    assert titles(replaced) == [("Old", 0, 3_000), ("Fin", 17_000, 3_000)]
    left, _, _ = await say("remove the titles", draft=draft)
    assert titles(left) == []


STYLES = [
    ("title in red", {"color": "#e53935"}),
    ("make the title yellow", {"color": "#fdd835"}),
    ("标题红色", {"color": "#e53935"}),
    ("把标题改成红色", {"color": "#e53935"}),
    ("make the title #00ff88", {"color": "#00ff88"}),
    ("smaller title", {"size": "medium"}),
    ("标题缩小", {"size": "medium"}),
    ("make the title small", {"size": "small"}),
    ("title at the bottom", {"position": "bottom"}),
    ("put the title at the top", {"position": "top"}),
    ("标题放在底部", {"position": "bottom"}),
    ("red title at the top", {"color": "#e53935", "position": "top"}),
    ("make the title red and small", {"color": "#e53935", "size": "small"}),
]


@pytest.mark.parametrize(("prompt", "style"), STYLES)
async def test_titles_change_their_look(prompt, style):
    before, _, _ = await say('title at the end: "The End"', draft=await promo())
    draft, text, _ = await say(prompt, draft=before)
    assert draft is not None, text
    assert titles(draft) == titles(before)
    for segment in edits.segments(draft, edits.TEXT):
        assert {key: segment["m"][key] for key in style} == style
    assert draft["d"] == 30_000


async def test_a_new_title_has_its_own_look():
    draft, text, _ = await say("加个片尾字幕“谢谢观看”，红色", draft=await promo())
    first, last = edits.segments(draft, edits.TEXT)
    assert "color" not in first["m"]
    assert last["m"]["color"] == "#e53935"
    assert "红色" in text


CLIPS_ONLY = [
    ("make the clip quieter", 0.5),
    ("mute the clip", 0),
    ("remove the sound of the clip", 0),
    ("不要原声", 0),
]


@pytest.mark.parametrize(("prompt", "level"), CLIPS_ONLY)
async def test_the_clips_own_sound_is_not_the_music(prompt, level):
    draft, _, _ = await say(prompt, draft=await promo())
    assert facts(draft)["volume"] == 0.35
    assert edits.segments(draft, edits.VIDEO)[-1]["m"]["volume"] == level


@pytest.mark.parametrize(
    "prompt",
    [
        "reverse the clip",
        "rotate the second photo",
        "add subtitles",
    ],
)
async def test_one_clip_is_not_the_whole_video(prompt):
    draft, text, _ = await say(prompt, draft=await promo())
    assert draft is None
    assert "can't do this here" in text


@pytest.mark.parametrize("prompt", ["bigger title", "标题放大", "make the title larger"])
async def test_a_title_grows_until_nothing_is_larger(prompt):
    draft, _, _ = await say("make the title small", draft=await promo())
    sizes = []
    for _ in range(6):
        draft, _, _ = await say(prompt, draft=draft)
        sizes.append(edits.segments(draft, edits.TEXT)[0]["m"]["size"])
    assert sizes == ["medium", "large", 211, 274, 356, 400]
    none, text, _ = await say(prompt, draft=draft)
    assert none is None
    assert "large" in text or "最大" in text


@pytest.mark.parametrize("prompt", ["bigger title", "title in red", "标题红色", "move the title to the end"])
async def test_there_is_no_title_to_change(prompt):
    before, _, _ = await say("make a 20 second video")
    draft, text, _ = await say(prompt, draft=before)
    assert draft is None
    assert "no title" in text or "没有标题" in text


# What it says


@pytest.mark.parametrize(
    "prompt",
    ["do something nice", "what's the weather like", "add a voiceover", "???", "hello", "抠图", "你好", "rotate it"],
)
async def test_what_it_cannot_do_is_said_briefly_with_examples(prompt):
    draft, text, _ = await say(prompt, draft=await promo())
    assert draft is None
    assert len(text) < 260
    assert text.count("“") >= 2


@pytest.mark.parametrize("prompt", ["what can you do?", "help", "你能做什么？", "帮助"])
async def test_asked_what_it_can_it_says_all(prompt):
    _, text, _ = await say(prompt)
    assert all(mood in text for mood in MOODS)
    assert "30" in text


FOREIGN = [
    "30秒の動画を作ってください",
    "音楽を追加してください",
    "haz un video de 30 segundos con música",
    "crea un vídeo con mis fotos por favor",
    "fais une vidéo de 30 secondes avec de la musique",
    "mach ein Video mit 30 Sekunden und Musik",
    "30초 영상을 만들어 주세요",
    "сделай видео на 30 секунд",
]


@pytest.mark.parametrize("prompt", FOREIGN)
async def test_other_languages_are_told_which_are_understood(prompt):
    draft, text, _ = await say(prompt)
    assert draft is None
    assert "English" in text
    assert "Chinese" in text


async def test_a_foreign_title_is_no_foreign_prompt():
    draft, _, _ = await say('change the title to "さくらの春"', draft=await promo())
    assert facts(draft)["title"] == "さくらの春"
    draft, _, _ = await say("change the title to La vie en rose avec toi", draft=await promo())
    assert facts(draft)["title"] == "La vie en rose avec toi"


async def test_names_of_files_are_no_orders():
    odd = [
        type(CLIP)("1" * 32, "remove the music.jpg", "image", f"http://h/media/{'1' * 32}/a.jpg"),
        type(CLIP)("2" * 32, "happy 30 seconds.png", "image", f"http://h/media/{'2' * 32}/b.png"),
        *PHOTOS,
    ]
    before, _, _ = await say("make a 21 second video with sad music", materials=odd)
    draft, _, composed = await say("put happy 30 seconds.png last", draft=before, materials=odd)
    assert composed == []
    assert facts(draft)["music"] == "sad"
    assert draft["d"] == 21_000
    assert shots(draft)[-1] == "happy 30 seconds"


@pytest.mark.parametrize("seconds", [1, 2, 20])
async def test_the_length_of_every_photo_is_told_where_both_are_asked_for(seconds):
    draft, text, _ = await say(f"make a {seconds} second video with 3 seconds per photo", materials=PHOTOS)
    assert draft["d"] == 1000 * seconds
    assert f"{seconds / 5:g}" in text


async def test_captions_of_a_new_slideshow_are_captions_and_its_length_is_that_of_what_is_left():
    asked = "Make a 20s slideshow, no clips, with the caption 'Day 1' on the first and 'Day 2' on the second"
    draft, _, _ = await say(asked)
    assert shots(draft) == [P1, P2, P3, P4, P5]
    assert draft["d"] == 20_000
    assert [one["m"]["role"] for one in titling.texts(draft)] == ["caption", "caption"]
    assert titles(draft) == [("Day 1", 0, 4000), ("Day 2", 4000, 4000)]
    draft, _, _ = await say("now make the second caption red", draft=draft)
    assert [one["m"].get("color") for one in titling.texts(draft)][1] != titling.texts(draft)[0]["m"].get("color")


async def test_a_film_that_is_asked_for_in_two_sentences_is_told_once():
    draft, text, _ = await say("can you turn my holiday pics into something for tiktok? about 15 sec, upbeat")
    assert draft["d"] == 15_000
    assert text.count("Your draft is ready") == 1


@pytest.mark.parametrize(
    "prompt", ["add music but only in the last 5 seconds", "add music, but only in the last 5 seconds"]
)
async def test_music_that_is_wanted_only_at_the_end_plays_there(prompt):
    draft, _, _ = await say(prompt, draft=await promo())
    (music,) = edits.segments(draft, edits.AUDIO)
    assert music["st"] == draft["d"] - 5000


@pytest.mark.parametrize("prompt", ["what do you have on the timeline?", "what have you got so far?"])
async def test_what_there_is_so_far_is_told(prompt):
    changed, text, _ = await say(prompt, draft=await promo())
    assert changed is None
    assert "5 photos and 1 clip" in text


async def test_subtitles_that_are_too_small_are_the_texts():
    before = await promo()
    draft, _, _ = await say("the subtitles are too small", draft=before)
    assert titling.texts(draft)[0]["m"]["size"] != titling.texts(before)[0]["m"].get("size")


@pytest.mark.parametrize(
    "prompt", ["move the clip to the middle", "把视频放到中间", "I want the clip to be in the middle"]
)
async def test_the_middle_is_a_place_too(prompt):
    draft, _, _ = await say(prompt, draft=await promo())
    assert shots(draft) == [P1, P2, P3, C, P4, P5]


@pytest.mark.parametrize("prompt", ["把第三张照片换到最前面", "第三张照片提到最前面"])
async def test_there_are_more_words_for_moving(prompt):
    draft, _, _ = await say(prompt, draft=await promo())
    assert shots(draft) == [P3, P1, P2, P4, P5, C]


@pytest.mark.parametrize(
    "prompt",
    [
        "can you also make the photos brighter but not the clip",
        "I uploaded 5 photos from our trip to Paris. Make a 25 second video",
    ],
)
async def test_what_asks_for_nothing_is_not_missed(prompt):
    draft, text, _ = await say(prompt, draft=await promo())
    assert draft is not None
    assert "understand" not in text


@pytest.mark.parametrize(
    "prompt",
    [
        "write 'SALE' in white in the center of each photo",
        "在每张照片中间写“SALE”，白色",
        "put white text 'SALE' on every picture",
    ],
)
async def test_a_text_may_stand_on_each_photo(prompt):
    draft, _, _ = await say(prompt, draft=await promo())
    (track,) = [one for one in draft["t"] if one["tt"] == 7 and len(one["sg"]) > 1]
    pictures = edits.segments(draft, edits.VIDEO)[:5]
    assert [(one["m"]["text"], one["st"]) for one in track["sg"]] == [("SALE", one["st"]) for one in pictures]
    assert {one["m"]["color"] for one in track["sg"]} == {"#ffffff"}


async def test_only_says_which_are_changed_and_takes_none_away():
    draft, _, _ = await say("slow down only the first three photos", draft=await promo())
    pictures = edits.segments(draft, edits.VIDEO)
    assert [one["m"]["name"] for one in pictures] == ALL
    assert [one["m"].get("speed", 1) != 1 for one in pictures] == [True] * 3 + [False] * 3


@pytest.mark.parametrize("prompt", ["put everything in one video, newest first", "按时间顺序做一个视频"])
async def test_an_order_by_date_is_named_as_not_done(prompt):
    draft, text, _ = await say(prompt)
    assert shots(draft) == ALL
    assert "order" in text.lower() or "顺序" in text


async def test_a_text_in_the_last_frame_stands_at_the_end():
    draft, _, _ = await say("video about my dog, 20s, title 'Bella', last frame 'Good girl!'")
    assert titles(draft) == [("Bella", 0, 3000), ("Good girl!", 17_000, 3000)]
    draft, _, _ = await say("片尾的字改成黄色", draft=draft)
    first, last = titling.texts(draft)
    assert last["m"]["color"] != first["m"].get("color")


async def test_that_last_one_goes():
    draft, _, _ = await say("去掉最后那张", draft=await promo())
    assert shots(draft) == [P1, P2, P3, P4, C]


@pytest.mark.parametrize(
    ("prompt", "left"),
    [
        ("I don't like the music, remove it", 0),
        ("音乐不好听，去掉", 0),
        ("I hate this music. Change it", 1),
        ("我不喜欢这个音乐，换一首吧", 1),
    ],
)
async def test_what_is_not_liked_goes_or_is_another(prompt, left):
    before = await promo()
    draft, _, _ = await say(prompt, draft=before)
    music = [one["m"]["name"] for one in edits.segments(draft, edits.AUDIO)]
    assert len(music) == left
    assert music != [one["m"]["name"] for one in edits.segments(before, edits.AUDIO)]


@pytest.mark.parametrize("prompt", ["I hate this music", "I don't like the title.", "我不喜欢这个音乐"])
async def test_what_is_not_liked_is_left_where_nothing_is_asked_for(prompt):
    draft, text, _ = await say(prompt, draft=await promo())
    assert draft is None
    assert text


@pytest.mark.parametrize(
    ("prompt", "order"),
    [
        ("make a 20 second video from all of it, first the clip, then the photos", [C, P1, P2, P3, P4, P5]),
        ("make a video from everything, first the third photo, then the clip", [P3, C, P1, P2, P4, P5]),
        ("make a video, first the clip", [C, P1, P2, P3, P4, P5]),
    ],
)
async def test_what_comes_first_comes_first(prompt, order):
    draft, text, _ = await say(prompt)
    assert shots(draft) == order
    assert "understand" not in text
