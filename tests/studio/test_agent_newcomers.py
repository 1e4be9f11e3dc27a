"""What newcomers, teachers and marketers write: sloppy, polite, several wishes at once; and what the draft is then."""

from __future__ import annotations

import pathlib
import sys

import pytest

from nemo_widgets.studio import edits

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from talking import files_of, having, shots, shown, talk, titles

TRIP = files_of("beach.jpg", "market.jpg", "temple.jpg", "sunset.jpg", "boat_ride.mp4@20", "street_dance.mov@14",
              "ukulele.mp3@70")  # fmt: skip
SHOP = files_of("storefront.jpg", "espresso.jpg", "croissant.jpg", "team.jpg", "owner_talk.mp4@25", "logo.png",
              "jazz.mp3@60")  # fmt: skip
LESSON = files_of("volcano.jpg", "lava.jpg", "diagram.png", "experiment.mp4@30", "students.mp4@18")
VIDEO, PROMO = "make a video", "make a 30 second video"


def texts(draft):
    return [one["m"] for track in draft["t"] if track["tt"] == 7 for one in track["sg"]]


@pytest.mark.parametrize(
    ("files", "prompt", "names", "seconds"),
    [
        (SHOP, "need a 15s insta story for the cafe, espresso pic first then the croissant, logo top right",
         ["espresso", "croissant", "storefront", "team", "owner_talk"], 15),
        (TRIP, "slideshow with only the four photos, no clips, 3s each, fade between them",
         ["beach", "market", "temple", "sunset"], 12),
        (LESSON, "a 1 minute lesson, diagram then lava then volcano then the rest, calm music quietly",
         ["diagram", "lava", "volcano", "experiment", "students"], 60),
        (LESSON, "把所有照片倒着放，每张2秒", ["diagram", "lava", "volcano", "experiment", "students"], 54),
        (SHOP, "做一个15秒的广告，先放团队那张，最后放店面那张",
         ["team", "espresso", "croissant", "owner_talk", "logo", "storefront"], 15),
    ],
)  # fmt: skip
async def test_a_first_video_has_that_order_and_length(files, prompt, names, seconds):
    draft, told = await talk(files, prompt)
    assert shots(draft)[: len(names)] == names, told
    assert draft["d"] == 1_000 * seconds, told
    assert "picking out" not in told


async def test_a_clip_without_its_sound_is_still_there():
    draft, _ = await talk(LESSON, "做一个火山的科普视频，每张图5秒，实验视频去掉声音，标题“火山的秘密”")
    assert having(draft, "volume", 0.0) == ["experiment"]
    assert shown(draft)["volcano"] == 5


async def test_a_clip_is_quieter_and_nothing_else():
    draft, _ = await talk(TRIP, VIDEO, "坐船那段小声一点")
    assert having(draft, "volume", 0.5) == ["boat_ride"]


@pytest.mark.parametrize(
    ("prompt", "boat", "dance", "photo"),
    [
        ("make both clips shorter", 13.3, 9.3, 4),
        ("both clips 2 seconds shorter", 18, 12, 4),
        ("make the clips 2 seconds shorter", 18, 12, 4),
        ("shorten the clips", 13.3, 9.3, 4),
        ("make the photos shorter", 20, 14, 2.7),
        ("两段视频都剪短一点", 13.3, 9.3, 4),
    ],
)
async def test_what_is_to_be_shorter_is_and_nothing_else(prompt, boat, dance, photo):
    draft, told = await talk(TRIP, VIDEO, prompt)
    assert shown(draft) == dict.fromkeys(("beach", "market", "temple", "sunset"), photo) | {
        "boat_ride": boat, "street_dance": dance,
    }, told  # fmt: skip


@pytest.mark.parametrize("prompt", ["and keep it up for 5 seconds", "leave it on screen for 5 seconds please"])
async def test_it_that_stays_up_is_the_title(prompt):
    draft, _ = await talk(
        TRIP, PROMO, "add the title 'Summer' at the start", "that title should be a bit lower", prompt
    )
    assert draft["d"] == 30_000
    assert titles(draft) == [("Summer", 0, 5_000)]
    assert texts(draft)[0]["position"] == "lower-third"


@pytest.mark.parametrize("prompt", ["make all the photos move less", "make every picture pop"])
async def test_what_photos_are_to_do_makes_no_new_video(prompt):
    draft, told = await talk(TRIP, PROMO, f"use wipes, and {prompt}")
    assert draft["d"] == 30_000
    assert prompt in told


async def test_so_long_is_the_clip_that_was_spoken_of():
    draft, _ = await talk(LESSON, "做一个1分钟的视频", "实验从第5秒开始放，放10秒，其他的不动")
    assert shown(draft) == {"volcano": 4, "lava": 4, "diagram": 4, "experiment": 10, "students": 18}
    assert having(draft, "in", 5_000) == ["experiment"]


async def test_whole_pictures_are_on_the_ground_that_was_asked_for():
    draft, told = await talk(SHOP, "a square video, 12 seconds, white background, show the pictures whole")
    assert draft["m"]["background"] == "#ffffff"
    assert having(draft, "fit", "contain")
    assert "black" not in told


@pytest.mark.parametrize(
    ("prompts", "names"),
    [
        (["cut it into three parts and drop the middle one"], ["beach", "market", "boat_ride", "street_dance"]),
        (["cut the video into 3 equal parts", "remove the last part"], ["beach", "market", "temple", "sunset"]),
        (["把视频分成三段，去掉中间那段"], ["beach", "market", "boat_ride", "street_dance"]),
        (["cut out the first third"], ["temple", "sunset", "boat_ride", "street_dance"]),
        (["去掉前三分之一"], ["temple", "sunset", "boat_ride", "street_dance"]),
        (["split it in half and delete the second half"], ["beach", "market", "temple"]),
    ],
)
async def test_one_of_several_equal_parts_goes(prompts, names):
    draft, told = await talk(TRIP, PROMO, *prompts)
    assert list(shown(draft)) == names, told


async def test_one_of_the_parts_of_a_clip_goes():
    draft, _ = await talk(TRIP, PROMO, "split the boat ride into 2 parts and remove the last one")
    assert shown(draft)["boat_ride"] == 2.5
    assert draft["d"] == 27_500


@pytest.mark.parametrize("prompt", ["cut it into 4 parts and drop the middle one", "cut it into 15 second parts"])
async def test_where_there_is_none_in_the_middle_nothing_goes(prompt):
    draft, told = await talk(TRIP, PROMO, prompt)
    assert draft["d"] == 30_000
    assert "didn't understand" in told


@pytest.mark.parametrize(
    ("base", "prompts", "seconds"),
    [
        ("make a 20 second video, then add 5 seconds", [], 25),
        ("做一个20秒的视频，再加5秒", [], 25),
        (VIDEO, ["make it 30 seconds, then add 5 seconds"], 35),
    ],
)
async def test_seconds_that_are_added_come_to_those_that_were_said(base, prompts, seconds):
    draft, _ = await talk(TRIP, base, *prompts)
    assert draft["d"] == 1_000 * seconds


@pytest.mark.parametrize(
    "prompt", ["use only 3 photos", "just 3 photos please", "make a video of 3 photos", "只用三张照片"]
)
async def test_so_many_photos_are_the_first_ones_and_it_is_said_which_are_not(prompt):
    draft, told = await talk(TRIP, PROMO, prompt)
    assert shots(draft) == ["beach", "market", "temple"]
    assert "sunset" in told


async def test_only_so_many_that_look_so_take_no_other_away():
    draft, _ = await talk(TRIP, PROMO, "make only 2 photos black and white")
    assert len(shots(draft)) == 6


async def test_two_texts_with_times_need_no_verb():
    draft, _ = await talk(TRIP, PROMO, '"Hello" at 2s and "Bye" at 8s')
    assert [(text, start) for text, start, _ in titles(draft)] == [("Hello", 2_000), ("Bye", 8_000)]
    draft, _ = await talk(TRIP, 'make a 20 second video, "Hello" at 2s and "Bye" at 8s')
    assert [(text, start) for text, start, _ in titles(draft)] == [("Hello", 2_000), ("Bye", 8_000)]


@pytest.mark.parametrize(
    ("prompts", "names"),
    [
        (["把市场那张删了", "不对，删夕阳那张"], ["beach", "market", "temple", "boat_ride", "street_dance"]),
        (["remove the market photo", "no, remove the sunset one"],
         ["beach", "market", "temple", "boat_ride", "street_dance"]),
        (["remove the market photo", "no, remove the sunset one", "undo"],
         ["beach", "market", "temple", "sunset", "boat_ride", "street_dance"]),
        (["remove the market photo", "remove the sunset one"], ["beach", "temple", "boat_ride", "street_dance"]),
    ],
)  # fmt: skip
async def test_no_before_the_same_order_takes_the_last_one_back(prompts, names):
    draft, told = await talk(TRIP, PROMO, *prompts)
    assert shots(draft) == names, told


@pytest.mark.parametrize(
    ("files", "base", "prompt", "song", "volume"),
    [
        (TRIP, "只用照片，每张3秒，配尤克里里那首歌，音量三成", None, "ukulele", 0.3),
        (SHOP, "做一个20秒的视频，配爵士乐", None, "jazz", 0.35),
        (SHOP, "做一个20秒的视频，配爵士乐", "换一首，要安静一点的", "Calm", 0.35),
    ],
)
async def test_music_is_what_was_asked_for_and_what_is_said_of_it_is_so(files, base, prompt, song, volume):
    draft, told = await talk(files, base, *([prompt] if prompt else []))
    (playing,) = [one["m"] for track in draft["t"] if track["tt"] == 1 for one in track["sg"]]
    assert (playing["name"], playing["volume"]) == (song, volume)
    assert f"{round(100 * volume)}%" in told


async def test_music_that_nobody_has_is_named():
    draft, told = await talk(TRIP, "做一个20秒的视频，配爵士乐")
    assert not [track for track in draft["t"] if track["tt"] == 1]
    assert "爵士" in told


@pytest.mark.parametrize(
    ("prompt", "seconds"), [("actually make it 45", 45), ("还是改成45吧", 45), ("make it 1 minute", 50)]
)
async def test_a_length_without_its_unit_after_one_with_it_is_in_seconds(prompt, seconds):
    draft, _ = await talk(TRIP, PROMO, prompt)
    assert draft["d"] == 1_000 * (60 if "minute" in prompt else seconds)


async def test_two_are_brighter_where_the_second_is_only_named():
    prompt = "can you brighten up the temple shot a bit? it's kinda dark, also the market one"
    draft, _ = await talk(TRIP, PROMO, prompt)
    assert sorted(having(draft, "brightness", 0.15)) == ["market", "temple"]


@pytest.mark.parametrize(
    "prompt",
    ["学生那段只要前8秒，实验那段快一倍", "only the first 8 seconds of the students, the experiment twice as fast"],
)
async def test_two_clips_are_treated_each_in_its_way(prompt):
    draft, told = await talk(LESSON, VIDEO, prompt)
    assert shown(draft)["students"] == 8
    assert having(draft, "speed", 2.0) == ["experiment"], told


async def test_the_picture_goes_black_for_as_long_as_was_said():
    draft, _ = await talk(TRIP, "做一个1分钟的视频", "最后三秒慢慢变黑")
    assert having(draft, "fade_out", 3_000) == ["street_dance"]


async def test_one_is_seen_first_and_again_at_the_end():
    prompt = "the sunset picture should be the opening shot and also the closing shot"
    draft, _ = await talk(TRIP, PROMO, prompt)
    assert shots(draft) == ["sunset", "beach", "market", "temple", "boat_ride", "street_dance", "sunset"]


async def test_a_lower_third_has_nothing_to_do_with_the_music():
    prompt = "lower third 'Maria, owner' when the owner talks, bottom left"
    before, _ = await talk(SHOP, PROMO)
    draft, told = await talk(SHOP, PROMO, prompt)
    assert draft == before
    assert "music" not in told
    assert "Maria" in told


async def test_what_is_said_twice_of_a_length_is_said_once():
    draft, told = await talk(TRIP, "视频不要太长，20秒就好，照片都要用上，夕阳放最后")
    assert draft["d"] == 20_000
    assert shots(draft)[-1] == "sunset"
    assert "没有听懂" not in told


async def test_both_ends_of_a_clip_are_cut_off():
    for prompt in (
        "cut 5 secs off the start of the experiment and 3 off the end",
        "trim 5s off the start and 3s off the end of the experiment",
    ):
        draft, told = await talk(LESSON, VIDEO, prompt)
        assert shown(draft)["experiment"] == 22, told
        assert having(draft, "in", 5_000) == ["experiment"]


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ("put the market one between the temple and the sunset", ["beach", "temple", "market", "sunset"]),
        ("把市场那张放到寺庙那张和夕阳那张之间", ["beach", "temple", "market", "sunset"]),
        ("海滩和市场换个位置，标题写“假期”", ["market", "beach", "temple", "sunset"]),
    ],
)
async def test_photos_go_between_others_and_change_places(prompt, names):
    draft, told = await talk(TRIP, PROMO, prompt)
    assert shots(draft)[:4] == names, told


@pytest.mark.parametrize("prompt", ["add the clips back in at the end", "put the clips back", "把视频片段加回来"])
async def test_clips_that_were_left_out_come_back(prompt):
    draft, told = await talk(LESSON, "make a video of the photos only", prompt)
    assert shots(draft) == ["volcano", "lava", "diagram", "experiment", "students"], told


async def test_she_is_the_clip_that_was_muted():
    prompts = ["mute the owner", "actually unmute her and turn the jazz down while she talks"]
    draft, told = await talk(SHOP, "make a 30 second video with jazz", *prompts)
    assert having(draft, "volume", 0.0) == []
    assert [one["m"].get("duck") for track in draft["t"] if track["tt"] == 1 for one in track["sg"]] == [0.25], told


async def test_one_photo_is_seen_for_as_long_as_is_said_by_the_way():
    draft, _ = await talk(TRIP, PROMO, "第三张照片停留久一点，比如6秒")
    assert shown(draft)["temple"] == 6


@pytest.mark.parametrize(
    ("prompts", "fade"),
    [
        (["fade to black at the end", "make the fade longer"], 2_000),
        (["结尾慢慢变黑", "淡出再长一点"], 2_000),
    ],
)
async def test_a_fade_that_is_there_gets_longer(prompts, fade):
    draft, _ = await talk(TRIP, PROMO, *prompts)
    assert having(draft, "fade_out", fade) == ["street_dance"]


async def test_a_photo_of_coffee_is_the_only_one_that_may_be_called_so():
    draft, _ = await talk(SHOP, "做一个15秒的广告，先放咖啡那张")
    assert shots(draft)[0] == "espresso"
    two = (*SHOP, *files_of("a.jpg", "b.jpg", "c.jpg", "d.jpg", "e.jpg", "f.jpg", "g.jpg", "coffee.jpg")[-1:])
    draft, told = await talk(two, "做一个15秒的广告，先放咖啡那张")
    assert shots(draft)[0] == "storefront"
    assert "先放咖啡那张" in told


async def test_one_is_slower_and_another_is_faster():
    prompts = ["make the boat ride slower and the street dance faster", "even faster"]
    draft, told = await talk(TRIP, PROMO, *prompts)
    speeds = {one["m"]["name"]: one["m"]["speed"] for one in edits.segments(draft, edits.VIDEO)}
    assert (speeds["boat_ride"], speeds["street_dance"], speeds["beach"]) == (0.75, 2.25, 1), told


async def test_photos_are_seen_for_so_long_and_clips_for_so_many():
    draft, _ = await talk(TRIP, VIDEO, "the photos should be shown for 3 seconds and the clips for 5")
    assert set(shown(draft).values()) == {3, 5}
    assert shown(draft)["boat_ride"] == 5


async def test_the_clip_that_is_muted_is_not_the_one_that_is_too_quiet():
    draft, _ = await talk(LESSON, VIDEO, "实验那段声音太小了，学生那段静音")
    assert having(draft, "volume", 0.0) == ["students"]


async def test_a_title_that_was_too_big_gets_smaller_still_and_goes_to_a_corner():
    draft, _ = await talk(TRIP, "做一个30秒的视频，标题“巴厘岛”", "标题太大了", "再小一点", "放到右下角")
    assert [(meta["size"], meta["position"]) for meta in texts(draft)] == [("small", "bottom-right")]


async def test_each_text_has_its_own_times():
    draft, told = await talk(SHOP, "video for our shop, 30s. Text 'Grand opening' 0-4s, 'Saturday 10am' 5-9s, upbeat")
    assert titles(draft) == [("Grand opening", 0, 4_000), ("Saturday 10am", 5_000, 4_000)], told


async def test_each_photo_may_show_what_it_is_called():
    draft, _ = await talk(LESSON, VIDEO, "每张照片上写它的名字")
    assert [text for text, *_ in titles(draft)][:3] == ["volcano", "lava", "diagram"]


async def test_a_stretch_that_was_slowed_down_is_no_reason_to_slow_the_rest():
    draft, told = await talk(TRIP, PROMO, "slow down the first 5 seconds", "even slower")
    assert having(draft, "speed", 0.75) == ["beach"], told


@pytest.mark.parametrize(
    ("files", "prompt", "names"),
    [
        (LESSON, "take the experiment out, no wait, put it at the end instead",
         ["volcano", "lava", "diagram", "students", "experiment"]),
        (TRIP, "把海滩那张删掉，不对，删市场那张", ["beach", "temple", "sunset", "boat_ride", "street_dance"]),
        (TRIP, "i want the clips first then the photos",
         ["boat_ride", "street_dance", "beach", "market", "temple", "sunset"]),
    ],
)  # fmt: skip
async def test_what_is_taken_back_in_the_same_breath_is_not_done(files, prompt, names):
    draft, told = await talk(files, PROMO, prompt)
    assert shots(draft) == names, told


async def test_larger_letters_are_no_louder_music():
    draft, _ = await talk(SHOP, "做一个30秒的视频，轻快的音乐", "结尾加一句“期待您的光临”，字大一点")
    assert [one["m"]["volume"] for track in draft["t"] if track["tt"] == 1 for one in track["sg"]] == [0.35]
    assert [text for text, *_ in titles(draft)] == ["期待您的光临"]


async def test_words_after_a_colon_are_the_text_even_where_they_are_an_order():
    draft, _ = await talk(SHOP, "a 20 sec promo. start with storefront, end with team. Text at end: Come visit us!")
    assert [text.rstrip("!") for text, *_ in titles(draft)] == ["Come visit us"]


async def test_another_music_than_this_one():
    draft, told = await talk(TRIP, PROMO, "add music", "not this one, something sadder")
    assert "Sad" in told
    assert [one["m"]["mood"] for track in draft["t"] if track["tt"] == 1 for one in track["sg"]] == ["sad"]


async def test_a_clip_by_its_name_may_be_twice_as_fast():
    draft, _ = await talk(TRIP, PROMO, "swap the boat and the dance clip and make the dance one 2x")
    assert having(draft, "speed", 2.0) == ["street_dance"]
    draft, _ = await talk(TRIP, PROMO, "把舞蹈那段的速度调到1.5倍")
    assert having(draft, "speed", 1.5) == ["street_dance"]


@pytest.mark.parametrize(
    ("prompt", "kept"),
    [
        ("pls remove all the clips exept the experiment", ["experiment"]),
        ("remove all the clips, spare the experiment", ["experiment", "students"]),
    ],
)
async def test_not_all_clips_go_where_one_is_named_beside(prompt, kept):
    draft, _ = await talk(LESSON, VIDEO, prompt)
    assert shots(draft) == ["volcano", "lava", "diagram", *kept]


async def test_no_the_third_takes_no_photo_away():
    draft, _ = await talk(TRIP, PROMO, "put the title 'Bali' on the second photo", "no the third")
    assert len(shots(draft)) == 6
    assert [(text, start) for text, start, _ in titles(draft)] == [("Bali", 10_000)]


async def test_every_photo_has_its_own_of_the_captions():
    draft, _ = await talk(TRIP, PROMO, "each photo should have a caption: Day 1, Day 2, Day 3, Day 4")
    assert [text for text, *_ in titles(draft)] == ["Day 1", "Day 2", "Day 3", "Day 4"]


@pytest.mark.parametrize(
    ("prompt", "seconds"), [("最后一张照片再长两秒", 7), ("最后一张照片缩短两秒", 3), ("最后一张照片太长了", 3.3)]
)
async def test_two_seconds_longer_are_not_shorter(prompt, seconds):
    draft, _ = await talk(TRIP, PROMO, prompt)
    assert shown(draft)["sunset"] == seconds


async def test_music_that_stops_is_no_end_of_the_film():
    draft, _ = await talk(SHOP, "做一个20秒的视频，配爵士乐", "音乐到15秒的时候停")
    assert draft["d"] == 20_000
    assert [one["d"] for track in draft["t"] if track["tt"] == 1 for one in track["sg"]] == [15_000]


async def test_both_clips_are_muted():
    draft, _ = await talk(TRIP, PROMO, "坐船那段和舞蹈那段都静音，音乐用尤克里里")
    assert having(draft, "volume", 0.0) == ["boat_ride", "street_dance"]


async def test_a_logo_between_texts_is_part_of_the_new_video():
    prompt = "video for our shop, 30s. Text 'Grand opening' 0-4s, 'Saturday 10am' 5-9s, logo bottom left, upbeat"
    draft, told = await talk(SHOP, prompt)
    assert draft["d"] == 30_000, told
    assert titles(draft) == [("Grand opening", 0, 4_000), ("Saturday 10am", 5_000, 4_000)]
    assert "logo" not in shots(draft)[:5]
