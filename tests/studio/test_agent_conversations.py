"""Conversations as a shop, a teacher, a parent and a data scientist would have them, and what the draft is after each."""

from __future__ import annotations

import pathlib
import sys

import pytest

from nemo_widgets.studio import edits
from nemo_widgets.studio.agent.base import Material

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from talking import asked, having, shots, titles


def _files(*names):
    kinds = {"jpg": "image", "png": "image", "mp4": "video", "mov": "video", "mp3": "audio"}
    made = []
    for number, named in enumerate(names, 1):
        name, _, seconds = named.partition("@")
        kind, key = kinds[name.rsplit(".", 1)[1]], f"{number:032x}"
        length = 1_000 * int(seconds) if seconds else None
        made.append(Material(key, name, kind, f"http://h/media/{key}/{number}", length, has_audio=kind != "image"))
    return tuple(made)


SHOP = _files("store_front.jpg", "latte_art.jpg", "team.jpg", "barista_interview.mp4@24", "opening_day.mov@15",
              "cafe_logo.png", "jazz_loop.mp3@60")  # fmt: skip
SCHOOL = _files("volcano.jpg", "lava_flow.jpg", "rock_samples.png", "experiment.mp4@40", "students_presenting.mp4@30")
PARTY = _files("IMG_4410.jpg", "cake.jpg", "balloons.jpg", "grandma.jpg", "blowing_candles.mov@18", "dance.mp4@25")
LAB = _files("loss_curve.png", "confusion_matrix.png", "attention_map.png", "training_run.mp4@20", "screen.mov@90")
PHOTOS = {
    "school": ["volcano", "lava_flow", "rock_samples"],
    "lab": ["loss_curve", "confusion_matrix", "attention_map"],
}


def placed(draft):
    """Return what lies over the shots."""
    return [one for track in draft["t"] if track["tt"] == 0 for one in track["sg"] if one["m"].get("place")]


def shown(draft):
    """Return the names of the shots, and for how many seconds each is seen."""
    return {one["m"]["name"]: one["d"] / 1_000 for one in edits.segments(draft, edits.VIDEO)}


async def talk(files, base, *prompts):
    _, draft, told = await asked(*prompts, files=files, base=base)
    return draft, told


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
