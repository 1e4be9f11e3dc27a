"""What people in a hurry write about files with everyday names: in scraps, without quotes, one thing at a time."""

from __future__ import annotations

import pathlib
import sys

import pytest

from nemo_widgets.studio import edits

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from talking import PHOTOS, asked, files_of, having, shots, talk, titles

ZOO = files_of("zoo gate.jpg", "lion.jpg", "penguins.jpg", "IMG_2041.jpg", "bus_ride.mp4@22", "singing.mp4@15",
             "happy tune.mp3@80")  # fmt: skip
SHOP = files_of("shopfront.jpg", "cake.jpg", "bread.jpg", "IMG_2041.jpg", "interview.mp4@40", "kitchen.mov@18", "logo.png",
              "guitar.mp3@90")  # fmt: skip
FAMILY = files_of("beach.jpg", "grandma.jpg", "dog.png", "birthday.mp4@35", "candles.mp4@12", "swim.mov@9",
                "our song.mp3@120")  # fmt: skip
FAMILY_ZH = files_of("海边.jpg", "奶奶.jpg", "小狗.jpg", "生日.mp4@35", "吹蜡烛.mp4@12", "游泳.mp4@9", "歌.mp3@120")
SHOP_ZH = files_of("门店.jpg", "蛋糕.jpg", "面包.jpg", "IMG_2041.jpg", "采访.mp4@40", "厨房.mp4@18", "logo.png",
                 "吉他.mp3@90")  # fmt: skip
VIDEO, PROMO, PROMO_ZH = "make a video", "make a 30 second video", "做一个30秒的视频"


def music(draft):
    return [one["m"]["name"] for one in edits.segments(draft, edits.AUDIO)]


@pytest.mark.parametrize(
    "prompt", ["hm put the sound back on for the candles only", "bring the audio back for candles"]
)
async def test_a_sound_that_comes_back_takes_no_shot_away(prompt):
    draft, _ = await talk(FAMILY, "please make a 20s video without sound", prompt)
    assert len(shots(draft)) == 6
    assert having(draft, "volume", 0.0) == ["birthday", "swim"]


@pytest.mark.parametrize(("prompt", "seconds"), [("太长了，短10秒", 30), ("再长5秒", 45), ("短5秒吧", 35)])
async def test_so_much_shorter_is_no_length(prompt, seconds):
    draft, _ = await talk(FAMILY_ZH, "做个40秒的视频", prompt)
    assert draft["d"] == 1_000 * seconds


@pytest.mark.parametrize(
    ("prompt", "kind"),
    [("the music is too sad", "Happy"), ("this music is too cheerful", "Calm"), ("音乐太悲伤了", "Happy"),
     ("music too boring", "Upbeat")],
)  # fmt: skip
async def test_what_music_is_too_much_of_is_not_what_comes(prompt, kind):
    draft, _ = await talk(FAMILY, VIDEO, prompt)
    assert music(draft) == [kind] or music(draft) == ["欢快"]


@pytest.mark.parametrize(
    ("prompt", "text"),
    [("片尾加上电话：13812345678", "13812345678"), ("结尾加上地址：人民路12号", "人民路12号")],
)
async def test_what_is_added_at_the_end_stands_there(prompt, text):
    draft, told = await talk(SHOP_ZH, PROMO_ZH, prompt)
    assert titles(draft) == [(text, 27_000, 3_000)], told
    assert "没有听懂" not in told


async def test_an_address_that_is_to_stay_lengthens_no_film():
    draft, _ = await talk(SHOP_ZH, PROMO_ZH, "结尾加上地址：人民路12号", "地址停久一点")
    assert (draft["d"], titles(draft)) == (30_000, [("人民路12号", 24_000, 6_000)])


async def test_the_end_is_where_its_text_stands():
    draft, _ = await talk(FAMILY, 'make a birthday movie, the end "We love you"')
    assert titles(draft) == [("We love you", 65_000, 3_000)]


@pytest.mark.parametrize(
    ("prompt", "there"),
    [
        ("remove the second to last photo", "1 2 3 5"),
        ("delete the last but one photo", "1 2 3 5"),
        ("remove the first and the third-to-last photo", "2 4 5"),
        ("删掉倒数第二张", "1 2 3 5"),
        ("删掉倒数两张照片", "1 2 3"),
        ("把倒数第二张放到最前面", "4 1 2 3 5"),
        ("move the second photo from the end to the beginning", "4 1 2 3 5"),
        ("remove the last two photos", "1 2 3"),
    ],
)
async def test_photos_are_counted_from_the_end(prompt, there):
    _, draft, told = await asked(prompt, files=PHOTOS, base=VIDEO)
    assert " ".join(name.removeprefix("paris-0") for name in shots(draft)) == there, told


async def test_what_was_done_is_told_again():
    before, draft, told = await asked("remove the second photo", "thanks", "what did you change?")
    assert "Removed: paris-02" in told
    assert "changed nothing" not in told
    assert draft == before
    _, _, told = await asked("删掉第二张", "你改了什么？")
    assert "已移除：paris-02" in told


@pytest.mark.parametrize(
    ("prompt", "kind"),
    [("add French cafe style music", "cafe"), ("give it 90s hip hop music", "hip hop"), ("add 80s music", "eighties"),
     ("add some Bollywood music", "bollywood")],
)  # fmt: skip
async def test_music_that_there_is_none_of_is_named(prompt, kind):
    before, draft, told = await asked(prompt, files=PHOTOS, base=VIDEO)
    assert f"no {kind} music here" in told
    assert draft == before


@pytest.mark.parametrize(("prompt", "seconds"), [("make a 60s music video", 60), ("make a 40s video with music", 40)])
async def test_seconds_are_no_decade(prompt, seconds):
    _, draft, _ = await asked(prompt, files=PHOTOS, base=VIDEO)
    assert draft["d"] == 1_000 * seconds


@pytest.mark.parametrize(
    ("prompt", "there"),
    [
        ("use photo 2 as the cover and add calm music", "2 1 3 4 5"),
        ("make paris-03 the last photo", "1 2 4 5 3"),
        ("用第二张做封面", "2 1 3 4 5"),
        ("用第二张照片作为结尾", "1 3 4 5 2"),
        ("make the first photo longer than the last one", "1 2 3 4 5"),
    ],
)
async def test_a_cover_is_put_first_and_takes_no_other_away(prompt, there):
    _, draft, told = await asked(prompt, files=PHOTOS, base=VIDEO)
    assert " ".join(name.removeprefix("paris-0") for name in shots(draft)) == there, told


@pytest.mark.parametrize("prompt", ["put a title on it: Bali 2024, big", "add a title to the video: Bali 2024, big"])
async def test_a_title_on_the_video_is_the_video_s(prompt):
    _, draft, told = await asked(prompt)
    assert [text for text, _, _ in titles(draft)] == ["Bali 2024"], told


@pytest.mark.parametrize(
    ("prompt", "there"),
    [
        ('add lower third "Anna Smith" when the first clip starts', ("Anna Smith", 21_000, 8_000)),
        ('show the text "Dinner" when paris-02 appears', ("Dinner", 4_200, 4_200)),
        ('show "The end" when the movie ends', ("The end", 38_000, 3_000)),
        ('add the title "Hi" when the video starts', ("Hi", 0, 3_000)),
        ('add the title "When it starts"', ("When it starts", 0, 3_000)),
    ],
)
async def test_a_text_comes_when_a_shot_does(prompt, there):
    _, draft, told = await asked(prompt)
    assert titles(draft) == [there], told


async def test_a_look_needs_no_verb_after_now():
    _, draft, _ = await asked("black and white", "undo", "now vintage", files=PHOTOS, base=VIDEO)
    assert having(draft, "look", "vintage") == shots(draft)
