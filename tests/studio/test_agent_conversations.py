"""Conversations as a shop, a teacher, a parent and a data scientist would have them, and what the draft is after each."""

from __future__ import annotations

import pathlib
import sys

import pytest

from nemo_widgets.studio import edits

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from talking import files_of, having, shots, shown, talk, titles

SHOP = files_of("store_front.jpg", "latte_art.jpg", "team.jpg", "barista_interview.mp4@24", "opening_day.mov@15",
              "cafe_logo.png", "jazz_loop.mp3@60")  # fmt: skip
SCHOOL = files_of("volcano.jpg", "lava_flow.jpg", "rock_samples.png", "experiment.mp4@40", "students_presenting.mp4@30")
PARTY = files_of("IMG_4410.jpg", "cake.jpg", "balloons.jpg", "grandma.jpg", "blowing_candles.mov@18", "dance.mp4@25")
LAB = files_of("loss_curve.png", "confusion_matrix.png", "attention_map.png", "training_run.mp4@20", "screen.mov@90")
PHOTOS = {
    "school": ["volcano", "lava_flow", "rock_samples"],
    "lab": ["loss_curve", "confusion_matrix", "attention_map"],
}


def placed(draft):
    """Return what lies over the shots."""
    return [one for track in draft["t"] if track["tt"] == 0 for one in track["sg"] if one["m"].get("place")]


async def test_a_logo_that_comes_with_a_new_video_is_no_picture_of_it():
    reel = "20 second reel for instagram with the jazz loop, store front first, and our logo small in the bottom right corner"
    draft, _ = await talk(SHOP, reel)
    assert list(shown(draft)) == ["store_front", "latte_art", "team", "barista_interview", "opening_day"]
    assert [one["m"]["place"] for one in placed(draft)] == ["bottom-right"]


async def test_a_complaint_about_a_clip_and_the_part_of_it_that_stays():
    draft, _ = await talk(
        SHOP,
        "make a 20 second video",
        "the barista interview is too long, just use the part where he starts at 6s until 10s",
    )
    (clip,) = [one for one in edits.segments(draft, edits.VIDEO) if one["m"]["name"] == "barista_interview"]
    assert (clip["m"]["in"], clip["d"]) == (6_000, 4_000)


async def test_a_closing_card_says_all_that_stands_behind_the_colon():
    draft, _ = await talk(SHOP, "make a 20 second video", "end on a card: Visit us at 12 Main Street")
    assert titles(draft) == [("Visit us at 12 Main Street", 17_000, 3_000)]


@pytest.mark.parametrize(
    ("files", "prompt", "names"),
    [
        (SCHOOL, "a lesson video: volcano, rock samples, lava flow, then the experiment",
         ["volcano", "rock_samples", "lava_flow", "experiment"]),
        (SCHOOL, "slideshow of the pictures, 4 seconds per picture", PHOTOS["school"]),
        (SCHOOL, "把照片做成幻灯片，每张3秒", PHOTOS["school"]),
        (LAB, "用三张图做一个12秒的演示", PHOTOS["lab"]),
        (LAB, "把两段录屏拼起来，1080p，30帧", ["training_run", "screen"]),
        (LAB, "concat training_run.mp4 and screen.mov, 1280x720, 24 fps, no music no titles", ["training_run", "screen"]),
        (SHOP, "用店面、拿铁和团队的照片做一个15秒的小红书竖屏视频", ["store_front", "latte_art", "team"]),
    ],
)  # fmt: skip
async def test_a_video_of_what_is_named_shows_that_and_no_more(files, prompt, names):
    draft, _ = await talk(files, prompt)
    assert shots(draft) == names


async def test_music_that_is_to_be_quieter_for_a_while_is_not_quieter_all_the_time():
    base = "make a video with calm music"
    before, _ = await talk(PARTY, base)
    draft, told = await talk(PARTY, base, "turn the music down while she blows out the candles")
    assert draft == before
    assert "while she blows out the candles" in told


async def test_others_than_a_clip_that_is_loud_enough_are_muted_and_it_is_not():
    draft, told = await talk(SCHOOL, "做一个视频", "学生那段声音大一点，其他的静音")
    assert having(draft, "volume", 0.0) == ["experiment"]
    assert "100%" in told


async def test_others_than_nobody_knows_what_are_left():
    before, _ = await talk(SCHOOL, "做一个视频")
    draft, told = await talk(SCHOOL, "做一个视频", "校长那段声音大一点，其他的静音")
    assert draft == before
    assert told


async def test_a_logo_may_be_half_transparent_and_there_for_a_while():
    draft, _ = await talk(SHOP, "做一个20秒的视频", "把logo放到左上角，半透明，只在结尾3秒出现")
    (logo,) = placed(draft)
    assert (logo["m"]["place"], logo["m"]["opacity"], logo["d"]) == ("top-left", 0.5, 3_000)
    assert logo["st"] + logo["d"] == draft["d"]


async def test_it_is_the_photo_of_the_message_before():
    prompts = [
        "the balloons picture is sideways, rotate it",
        "ok then leave it out, and make the last photo a bit longer",
    ]
    draft, _ = await talk(PARTY, "slideshow of the pictures, 4 seconds per picture", *prompts)
    assert shots(draft) == ["IMG_4410", "cake", "grandma"]
    assert shown(draft)["grandma"] > 4 == shown(draft)["cake"]


@pytest.mark.parametrize(
    ("prompt", "last"),
    [("the latte art one should come right after the team photo", "latte_art"), ("店面那张放到最后", "store_front")],
)
async def test_photos_are_known_by_what_their_files_are_called(prompt, last):
    draft, _ = await talk(SHOP[:3], "make a 12 second video", prompt)
    assert shots(draft)[-1] == last


async def test_tenths_of_a_volume():
    draft, _ = await talk(PARTY, "make a video with calm music", "音乐太吵了，调到三成")
    assert [one["m"]["volume"] for track in draft["t"] if track["tt"] == 1 for one in track["sg"]] == [0.3]


FLAT = files_of(
    "living_room.jpg", "kitchen.jpg", "garden.jpg", "drone_flight.mp4@35", "street_view.mov@12", "agency_logo.png"
)
GOALS = files_of("kickoff.mp4@20", "goal1.mp4@8", "goal2.mp4@9", "team_photo.jpg", "trophy.jpg", "anthem.mp3@80")
OPA = files_of("opa_1950.jpg", "wedding_1974.jpg", "speech.mov@45", "toast.mov@16")


async def test_a_tour_goes_where_it_is_said_to_go():
    tour = "create a 25 sec vertical tour of the flat: street view first then living room, kitchen and end with the drone flight"
    draft, _ = await talk(FLAT, tour)
    assert shots(draft) == ["street_view", "living_room", "kitchen", "drone_flight"]
    assert draft["d"] == 25_000


async def test_a_logos_width_is_no_volume():
    draft, _ = await talk(FLAT, "make a 30 second video", "agency logo bottom left for the whole video, 10% wide")
    assert [one["m"]["scale"] for one in placed(draft)] == [0.1]
    assert having(draft, "volume", 1.0) == ["drone_flight", "street_view"]


async def test_words_that_a_file_is_called_by_are_a_text_on_it():
    draft, _ = await talk(
        FLAT, "make a 30 second video", "Add lower thirds: 'Living room' on the living room, 'Kitchen' on the kitchen"
    )
    assert {text for text, *_ in titles(draft)} == {"Living room", "Kitchen"}


async def test_what_was_left_out_is_put_at_the_end_for_so_long():
    draft, _ = await talk(GOALS, "make a clip from goal1 and goal2", "now put the team photo at the end for 4 seconds")
    assert shown(draft) == {"goal1": 8, "goal2": 9, "team_photo": 4}


@pytest.mark.parametrize("prompt", ["不对，只要第二段慢", "only the second clip in slow motion", "进球的时候放慢一半"])
async def test_only_one_that_is_to_be_slow_takes_no_other_away(prompt):
    draft, _ = await talk(GOALS, "make a video", prompt)
    assert shots(draft) == ["kickoff", "goal1", "goal2", "team_photo", "trophy"]
    assert having(draft, "speed", 0.5) in ([], ["goal1"])


async def test_how_long_one_is_seen_is_no_length_of_the_film():
    before, _ = await talk(GOALS, "做一个视频")
    draft, _ = await talk(GOALS, "做一个视频", "最后加上奖杯的照片，停3秒")
    assert draft["d"] >= before["d"] - 1_000


async def test_what_is_named_beside_is_not_taken_away():
    draft, _ = await talk(OPA, "use the speech but only from 0:10 to 0:25 and then the toast")
    assert shots(draft) == ["speech", "toast"]


async def test_one_may_stay_in_colour():
    draft, _ = await talk(OPA, "make the photos black and white", "the wedding photo should stay in colour though")
    assert having(draft, "look", "black-and-white") == ["opa_1950"]


async def test_clips_that_stay_in_colour_change_nothing():
    draft, _ = await talk(OPA, "给爷爷做八十大寿的视频，所有照片都用黑白，视频保持彩色")
    assert having(draft, "look", "black-and-white") == ["opa_1950", "wedding_1974"]


async def test_what_is_corrected_on_the_way_is_not_done():
    draft, told = await talk(OPA, "a slideshow for grandpa's 80th, 5 seconds each, sad... no, calm music")
    assert "Calm" in told
    assert [one["m"]["mood"] for track in draft["t"] if track["tt"] == 1 for one in track["sg"]] == ["calm"]


async def test_names_for_each_picture_are_no_title():
    draft, _ = await talk(FLAT[:3], "做一个视频", "每个画面下面写上名字：客厅、厨房、花园")
    assert [text for text, *_ in titles(draft)] == ["客厅", "厨房", "花园"]


BISTRO = files_of("soup.jpg", "pasta.jpg", "dessert.jpg", "chef_talking.mp4@22", "kitchen_rush.mov@14")
PRAGUE = files_of("day1_train.jpg", "day1_hotel.jpg", "day2_castle.jpg", "day2_market.jpg", "boat_ride.mp4@33")


async def test_of_a_photo_and_a_clip_that_is_muted_the_clip_is():
    draft, _ = await talk(BISTRO, "15s ad for our bistro, square, start with the soup, chef talking muted")
    assert having(draft, "volume", 0.0) == ["chef_talking"]
    assert shots(draft)[0] == "soup"


@pytest.mark.parametrize("prompt", ["remove both pictures from day 1", "第一天的两张照片不要了"])
async def test_two_of_four_photos_are_not_all(prompt):
    before, _ = await talk(PRAGUE, "make a video")
    draft, told = await talk(PRAGUE, "make a video", prompt)
    assert draft == before
    assert "day1_hotel" in told


async def test_a_photo_that_comes_first_needs_no_verb():
    draft, _ = await talk(PRAGUE, "make a video. no text. castle first.")
    assert shots(draft)[0] == "day2_castle"


MENU = files_of(
    "soup.jpg", "pasta.jpg", "dessert.jpg", "chef_talking.mp4@22", "kitchen_rush.mov@14", "calm_piano.mp3@80"
)


async def menu(prompt):
    return await talk(MENU, "make a 48 second video with calm music", prompt)


@pytest.mark.parametrize("prompt", ["leave only 3 seconds of the chef", "start the film with the chef for 3 seconds"])
async def test_seconds_of_a_clip_are_its_own(prompt):
    draft, _ = await menu(prompt)
    assert sorted(shots(draft)) == sorted(["soup", "pasta", "dessert", "chef_talking", "kitchen_rush"])
    assert shown(draft)["chef_talking"] == 3
    assert shown(draft)["kitchen_rush"] == 14


@pytest.mark.parametrize("prompt", ["the photos only for 2 seconds each", "use 2 seconds less for each photo"])
async def test_seconds_of_each_photo_take_no_clip_away(prompt):
    draft, _ = await menu(prompt)
    assert list(shown(draft).values()) == [2, 2, 2, 22, 14]


async def test_one_photo_that_nobody_knows_is_not_all():
    before, _ = await menu("make it square")
    draft, told = await talk(MENU, "make a 48 second video with calm music", "make it square", "只把井那张放长一点")
    assert draft == before
    assert "soup" in told


@pytest.mark.parametrize("prompt", ["replace the music with my piano file", "背景音乐换成我的钢琴曲"])
async def test_a_song_of_ones_own_is_no_other_mood(prompt):
    draft, _ = await menu(prompt)
    assert [one["m"]["name"] for track in draft["t"] if track["tt"] == 1 for one in track["sg"]] == ["calm_piano"]


async def test_a_copy_goes_where_it_is_said_to_go():
    draft, _ = await menu("把意面那张复制到最后")
    assert shots(draft)[-1] == "pasta"
    assert len(shots(draft)) == 6


@pytest.mark.parametrize(
    "prompt",
    ["mute the first 5 seconds", "make the music louder at the end", "前5秒静音", "结尾音乐大一点", "前10秒变黑白"],
)
async def test_what_is_for_a_while_is_not_done_all_the_time(prompt):
    before, _ = await menu("make it square")
    draft, told = await talk(MENU, "make a 48 second video with calm music", "make it square", prompt)
    assert draft == before
    assert prompt in told


async def test_seconds_of_two_photos_are_not_the_films():
    before, _ = await menu("make it square")
    draft, _ = await talk(MENU, "make a 48 second video with calm music", "make it square", "井和甜点各放6秒")
    assert draft["d"] >= before["d"]


async def test_a_title_goes_to_a_clip_and_keeps_its_words():
    draft, _ = await talk(MENU, "make a 48 second video titled 'Bistro'", "move the title to the chef clip")
    assert titles(draft) == [("Bistro", 12_000, 22_000)]


async def test_a_line_below_the_title_is_a_text_of_its_own():
    draft, _ = await talk(MENU, "make a 48 second video titled 'Bistro'", "标题下面加一行小字：每日新鲜")
    assert {text for text, *_ in titles(draft)} == {"Bistro", "每日新鲜"}


async def test_a_chinese_list_is_the_order_of_the_film():
    draft, _ = await talk(FLAT, "做一个30秒的房源视频：先放街景，然后厨房、客厅、花园，最后航拍")
    assert shots(draft) == ["street_view", "kitchen", "living_room", "garden", "drone_flight"]
    assert draft["d"] == 30_000
