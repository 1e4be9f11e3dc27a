"""Titles, captions and closing texts: their words, times, places and looks, and what isn't done to them."""

from __future__ import annotations

import pathlib
import sys

import pytest

from nemo_widgets.studio.agent.base import Material

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from talking import LISBON as ENGLISH
from talking import LISBON_ZH as CHINESE
from talking import asked, say, titles

NAMES = ("IMG_0412.jpg", "beach walk.jpg", "café (Lisbon).jpg", "team_2026.jpg", "product-shot.png")
FILES = (
    *(Material(f"{n:032x}", name, "image", f"http://h/media/{n:032x}/{n}.jpg") for n, name in enumerate(NAMES, 1)),
    Material("c" * 32, "interview.mp4", "video", f"http://h/media/{'c' * 32}/interview.mp4", 12_000, has_audio=True),
)
OPENING = ("Lisbon Launch", 0, 3_000)


async def after(*prompts, base=ENGLISH):
    """Return the draft before and after the last prompt, and its answer; one of nothing is the draft as it was."""
    return await asked(*prompts, files=FILES, base=base)


def looks(draft, *keys):
    """Return some of how each text looks, in order of time."""
    found = sorted((one for track in draft["t"] if track["tt"] == 7 for one in track["sg"]), key=lambda one: one["st"])
    return [tuple(one["m"].get(key) for key in keys) for one in found]


def pictures(draft):
    """Return everything about photos and clips."""
    return [track for track in draft["t"] if track["tt"] == 0], draft["d"]


@pytest.mark.parametrize(
    "prompt", ["thanks, that's great", "Perfect, thank you!", "awesome", "谢谢，很好", "太棒了，谢谢！", "不错"]
)
async def test_thanks_are_answered_and_nothing_else(prompt):
    before, draft, told = await after(prompt)
    assert draft == before
    assert "welcome" in told or "不客气" in told
    assert "Hello" not in told
    assert "你好" not in told


@pytest.mark.parametrize(
    ("prompt", "size", "color", "base"),
    [
        ("the title is too small", 211, None, ENGLISH),
        ("The title is way too small, make it white", 211, "#ffffff", ENGLISH),
        ("the title is too big", "medium", None, ENGLISH),
        ("my font is too large", "medium", None, ENGLISH),
        ("标题太小了", 211, None, CHINESE),
        ("标题太小了，字大一点", 211, None, CHINESE),
        ("标题太小了，改成红色大字", 211, "#e53935", CHINESE),
        ("标题改成红色大字", "large", "#e53935", CHINESE),
        ("标题太大了", "medium", None, CHINESE),
    ],
)
async def test_a_text_that_is_too_small_grows(prompt, size, color, base):
    before, draft, _ = await after(prompt, base=base)
    assert looks(draft, "text", "size", "color") == [(looks(before, "text")[0][0], size, color)]
    assert pictures(draft) == pictures(before)


@pytest.mark.parametrize(
    ("prompts", "rows"),
    [
        (("move the title down a bit", "move the title a bit lower", "move the title up"), "lower-third"),
        (("the title is too high",), "lower-third"),
        (("put the title at the top left", "move the title down"), "left"),
        (("标题往上一点",), "top"),
    ],
)
async def test_a_text_moves_a_row_at_a_time(prompts, rows):
    before, draft, _ = await after(*prompts)
    assert looks(draft, "text", "position") == [("Lisbon Launch", rows)]
    assert pictures(draft) == pictures(before)


async def test_all_that_is_wished_of_a_title_is_done_or_named_and_the_film_stays():
    before, draft, told = await after(
        "make interview.mp4 5 seconds",
        "the title is too small and I'd like it white on our red, also leave it longer",
    )
    assert pictures(draft) == pictures(before)
    assert titles(draft) == [("Lisbon Launch", 0, 6_000)]
    assert looks(draft, "size", "color") == [(211, "#ffffff")]
    assert "on our red" in told


@pytest.mark.parametrize(("prompt", "named"), [("put the title in a red box", "red"), ("标题红底白字", "红底")])
async def test_a_box_has_no_colour_of_its_own(prompt, named):
    _, _, told = await after(prompt)
    assert f"“{named}”" in told


@pytest.mark.parametrize(
    ("prompt", "text"),
    [
        ("rename the title to Lisbon Days and move it to the bottom", "Lisbon Days"),
        ("标题改成里斯本之旅并移到底部", "里斯本之旅"),
    ],
)
async def test_what_is_done_with_a_title_is_no_part_of_its_words(prompt, text):
    _, draft, _ = await after(prompt)
    assert looks(draft, "text", "position") == [(text, "bottom")]


@pytest.mark.parametrize("prompt", ["再加一个标题“你好”，要大，黄色的", "add another title '你好', big, yellow"])
async def test_a_new_text_looks_as_it_is_said_behind_commas(prompt):
    _, draft, _ = await after("make the title small", prompt)
    assert looks(draft, "text", "size", "color")[1] == ("你好", "large", "#fdd835")


@pytest.mark.parametrize(
    ("prompt", "made"),
    [
        ("end with a title 'See you in Lisbon!' for 2 seconds", ("See you in Lisbon!", 22_000, 2_000)),
        ("add a 2 second outro saying 'See you!'", ("See you!", 22_000, 2_000)),
        ("add a closing title 'Bye'", ("Bye", 21_000, 3_000)),
        ("end with a 2 second outro saying 'Bye' with a fade to black", ("Bye", 22_000, 2_000)),
        ("add a caption 'Our new office' to the team photo", ("Our new office", 19_200, 2_400)),
        ("最后加一个2秒的片尾字幕“再见”", ("再见", 22_000, 2_000)),
        ("please write The End at the end", ("The End", 21_000, 3_000)),
        ("再加一行小字“2026”，放在右下角，一直显示", ("2026", 0, 24_000)),
        ("put a title 'X' on the clip", ("X", 0, 12_000)),
        ("Add another title. It should say Happy Birthday Anna.", ("Happy Birthday Anna", 3_000, 3_000)),
        ("title 'Hi' at 3 seconds, gone at 6 seconds", ("Hi", 3_000, 3_000)),
    ],
)
async def test_a_new_text_takes_the_place_of_none(prompt, made):
    before, draft, told = await after(prompt)
    assert titles(draft) == [OPENING, made]
    assert draft["d"] == before["d"]
    kinds = [[one["m"].get("transition") for one in film["t"][0]["sg"]] for film in (before, draft)]
    assert kinds[0] == kinds[1]
    assert f"“{made[0]}”" in told


async def test_the_film_goes_to_black_where_it_ends_so():
    _, draft, told = await after("end with a 2 second outro saying 'Bye' with a fade to black")
    assert draft["t"][0]["sg"][-1]["m"]["fade_out"] == 1_000
    assert "to black" in told


async def test_an_outro_is_the_text_at_the_end_and_no_other():
    before, draft, told = await after("remove the outro")
    assert draft == before
    assert "Lisbon Launch" in told
    _, draft, _ = await after("add an outro 'Bye'", "make the outro red")
    assert looks(draft, "text", "color") == [("Lisbon Launch", None), ("Bye", "#e53935")]
    _, draft, _ = await after("add an outro 'Bye'", "remove the outro")
    assert titles(draft) == [OPENING]


@pytest.mark.parametrize(
    "prompt",
    [
        "add captions for what I say in the interview",
        "caption the speech in interview.mp4",
        "auto captions please",
        "给采访里说的话加字幕",
        "把我说的话做成字幕",
    ],
)
async def test_speech_is_not_heard_and_nothing_claims_so(prompt):
    before, draft, told = await after(prompt)
    assert draft == before
    assert "subtitles from speech" in told or "语音字幕" in told


@pytest.mark.parametrize(
    ("prompt", "base"),
    [
        ("the title should go away at 6 seconds", ENGLISH),
        ("make the title 'Lisbon Launch' disappear after 6 seconds", ENGLISH),
        ("标题第6秒消失", CHINESE),
    ],
)
async def test_a_title_goes_away_and_the_film_goes_on(prompt, base):
    before, draft, _ = await after(prompt, base=base)
    assert [one[1:] for one in titles(draft)] == [(0, 6_000)]
    assert pictures(draft) == pictures(before)


@pytest.mark.parametrize(
    ("prompt", "named"),
    [
        ("add a title 'X' before it", "before it"),
        ("put a title 'X' there", "there"),
        ("add a caption 'X' to the Paris photo", "to the Paris photo"),
        ("add a title 'X' before the beach photo", "before the beach photo"),
        ("put Arrival, Lunch and Home under the photos", "changed nothing"),
        ("make my photos look like paintings", "changed nothing"),
    ],
)
async def test_a_text_of_which_nobody_knows_where_is_not_put_anywhere(prompt, named):
    before, draft, told = await after("make interview.mp4 5 seconds", prompt)
    assert draft == before
    assert named in told


@pytest.mark.parametrize(
    "prompt",
    [
        "I want a title, it should say Happy Birthday in the middle at the start",
        "add a title at the start, it should say Happy Birthday",
    ],
)
async def test_what_a_text_should_say_is_shown_and_what_it_replaces_is_told(prompt):
    _, draft, told = await after(prompt)
    assert titles(draft) == [("Happy Birthday", 0, 3_000)]
    assert "“Happy Birthday”" in told


async def test_a_text_put_where_another_was_says_so():
    _, draft, told = await after("add a title 'X'")
    assert titles(draft) == [("X", 0, 3_000)]
    assert "Lisbon Launch" in told


@pytest.mark.parametrize("prompt", ["add titles A and B, both in yellow", "add titles 'A' and 'B', both in yellow"])
async def test_both_titles_are_of_that_colour(prompt):
    _, draft, _ = await after(prompt)
    assert looks(draft, "text", "color") == [("A", "#fdd835"), ("B", "#fdd835")]


@pytest.mark.parametrize(
    "prompt",
    ["captions: Arrival, Lunch, Walk, Team, Home under the photos", "字幕：Arrival、Lunch、Walk、Team、Home"],
)
async def test_where_captions_stand_is_no_part_of_the_last(prompt):
    _, draft, _ = await after(prompt)
    assert [text for text, _, _ in titles(draft)][1:] == ["Arrival", "Lunch", "Walk", "Team", "Home"]


@pytest.mark.parametrize(
    ("prompts", "made", "base"),
    [
        (("make them smaller and white",), ("medium", "#ffffff", "center"), ENGLISH),
        (("actually make it blue",), ("large", "#1e88e5", "center"), ENGLISH),
        (
            ("make the title white", "actually, make it red and bigger", "it's too big"),
            ("large", "#e53935", "center"),
            ENGLISH,
        ),
        (("move it down a bit",), ("large", None, "lower-third"), ENGLISH),
        (("remove the second photo", "make the font bigger"), (211, None, "center"), ENGLISH),
        (("字再大点，换成金色",), (211, "#ffc107", "center"), CHINESE),
        (("往下一点",), ("large", None, "lower-third"), CHINESE),
        (("换成红色", "太大了", "移到左上角"), ("medium", "#e53935", "top-left"), CHINESE),
        (("删掉第二张照片", "字大一点"), (211, None, "center"), CHINESE),
    ],
)
async def test_a_short_message_goes_on_about_the_title(prompts, made, base):
    before, draft, _ = await after(*prompts, base=base)
    assert looks(draft, "size", "color", "position") == [made]
    assert pictures(draft) == pictures(before)


async def test_a_short_message_goes_on_about_the_captions_that_were_spoken_of():
    _, draft, _ = await after("captions: A1, B1, C1", "make them bigger and yellow")
    assert looks(draft, "text", "size", "color") == [
        ("Lisbon Launch", "large", None),
        *((name, "medium", "#fdd835") for name in ("A1", "B1", "C1")),
    ]


@pytest.mark.parametrize("prompt", ["make it black and white", "make it blue"])
async def test_a_colour_after_something_else_is_no_texts(prompt):
    _, draft, _ = await after("remove the second photo", prompt)
    assert looks(draft, "color") == [(None,)]


@pytest.mark.parametrize(
    ("prompts", "text", "start", "base"),
    [
        (("add my name, Maria",), "Maria", 3_000, ENGLISH),
        (("the date, 12 May",), "12 May", 3_000, ENGLISH),
        (("add the date, 12 May, at the end in yellow",), "12 May", 21_000, ENGLISH),
        (("add my name 'Maria' at the bottom",), "Maria", 3_000, ENGLISH),
        (("add the date", "12 May"), "12 May", 3_000, ENGLISH),
        (("make the music quieter and add my name, Maria",), "Maria", 3_000, ENGLISH),
        (("加上我的名字，玛丽亚",), "玛丽亚", 3_000, CHINESE),
        (("加上日期，5月12日",), "5月12日", 3_000, CHINESE),
        (("加上日期", "5月12日"), "5月12日", 3_000, CHINESE),
    ],
)
async def test_a_name_or_date_that_is_told_is_another_text(prompts, text, start, base):
    before, draft, _ = await after(*prompts, base=base)
    assert titles(draft)[1:] == [(text, start, 3_000)]
    assert titles(draft)[0] == titles(before)[0]
    assert pictures(draft) == pictures(before)


@pytest.mark.parametrize(
    ("prompts", "seconds", "base"),
    [
        (("I'd like the title in white, and please leave it up longer",), 6, ENGLISH),
        (("keep the title 2 seconds longer",), 5, ENGLISH),
        (("make the title white", "make it longer"), 6, ENGLISH),
        (("标题再大一点，放到下面，多停留两秒",), 5, CHINESE),
        (("标题停留时间长一点",), 6, CHINESE),
    ],
)
async def test_a_text_that_stays_longer_leaves_the_film_as_long_as_it_is(prompts, seconds, base):
    before, draft, _ = await after(*prompts, base=base)
    assert titles(draft)[0][1:] == (0, seconds * 1_000)
    assert pictures(draft) == pictures(before)


async def test_a_text_on_a_photo_is_seen_when_it_is_said():
    _, draft, _ = await after("add a text 'Hello' to the beach photo from 1 to 2 seconds")
    assert titles(draft) == [OPENING, ("Hello", 15_400, 1_000)]


@pytest.mark.parametrize("prompt", ["add a subtitle '2026夏' under the title", "标题下面加一行小字“2026夏”"])
async def test_a_line_under_the_title_leaves_the_title_there(prompt):
    before, draft, _ = await after(prompt)
    assert looks(draft, "text", "position") == [("Lisbon Launch", "center"), ("2026夏", "bottom")]
    assert pictures(draft) == pictures(before)


@pytest.mark.parametrize(
    ("prompt", "asks"),
    [
        ("add 'Summer 2026' above the title", False),
        ("change the title colour", False),
        ("make the title bold", False),
        ("标题加粗", False),
        ("remove the captions", False),
        ("remove the lower third", False),
        ("put my name on the interview", True),
        ("add a title to the second photo", True),
        ("change the title", True),
        ("改一下标题", True),
    ],
)
async def test_what_is_not_clear_about_a_text_changes_none(prompt, asks):
    before, draft, told = await after(prompt)
    assert draft == before
    assert ("Which text" in told or "什么文字" in told) is asks


@pytest.mark.parametrize(
    ("prompt", "seconds"),
    [
        ("delete the title after 4 seconds", 4),
        ("title off after 4 seconds", 4),
        ("4秒后去掉标题", 4),
        ("make the title 5 seconds", 5),
        ("标题改成5秒", 5),
        ("the title 2 seconds only", 2),
    ],
)
async def test_seconds_of_a_title_are_not_the_films(prompt, seconds):
    before, draft, _ = await after(prompt)
    assert titles(draft) == [("Lisbon Launch", 0, seconds * 1_000)]
    assert pictures(draft) == pictures(before)


@pytest.mark.parametrize(
    "prompt",
    ["make the title red, 5 seconds", "make the title red for 5 seconds", "标题红色显示5秒", "把标题改成红色，停5秒"],
)
async def test_a_look_and_a_time_of_a_title_are_both_done(prompt):
    before, draft, _ = await after(prompt)
    assert titles(draft) == [("Lisbon Launch", 0, 5_000)]
    assert looks(draft, "color") == [("#e53935",)]
    assert pictures(draft) == pictures(before)


@pytest.mark.parametrize(
    "prompt", ["title at the start and at the end", "also show the title at the end", "标题也放到结尾"]
)
async def test_a_title_that_is_shown_once_more_stays_where_it_is(prompt):
    _, draft, _ = await after(prompt)
    assert titles(draft) == [OPENING, ("Lisbon Launch", 21_000, 3_000)]


@pytest.mark.parametrize(
    ("prompt", "seconds"),
    [
        ("标题5秒后去掉", 5),
        ("5秒后把标题去掉", 5),
        ("take the title away after 5 seconds", 5),
        ("keep the title for 6 seconds", 6),
        ("标题时间长一点，6秒", 6),
        ("标题再长一点，要6秒", 6),
        ("标题保留6秒", 6),
    ],
)
async def test_a_title_is_seen_for_as_long_as_is_said(prompt, seconds):
    before, draft, _ = await after(prompt)
    assert titles(draft) == [("Lisbon Launch", 0, seconds * 1_000)]
    assert pictures(draft) == pictures(before)


@pytest.mark.parametrize(
    "prompt", ["add the text 'Rome'", "write 'Rome'", "also add a title 'Rome'", "再来一个标题“Rome”"]
)
async def test_a_text_takes_no_titles_place(prompt):
    _, draft, _ = await after(prompt)
    assert titles(draft) == [OPENING, ("Rome", 3_000, 3_000)]


async def test_a_title_in_a_titles_place_says_so_and_how_to_have_both():
    _, draft, told = await after("add a title 'Rome'")
    assert titles(draft) == [("Rome", 0, 3_000)]
    assert "stands where “Lisbon Launch” stood" in told
    assert "add another title" in told


@pytest.mark.parametrize(
    ("prompts", "title"),
    [
        (["change the title to 'Rome'"], "Rome"),
        (["remove the title", "add a title 'Rome'"], "Rome"),
        (["add 'The End' at the end"], "Lisbon Launch"),
        (["write 'Rome'", "change 'Rome' to 'Faro'"], "Lisbon Launch"),
    ],
)
async def test_a_draft_is_called_as_its_title_says(prompts, title):
    _, draft, _ = await after(*prompts)
    assert draft["m"]["title"] == title


@pytest.mark.parametrize("prompt", ["字幕太小了", "the captions are too small", "make the captions yellow"])
async def test_where_there_are_no_captions_the_title_is_left(prompt):
    before, draft, told = await after(prompt)
    assert draft == before
    assert "Lisbon Launch" in told


async def test_the_title_may_be_meant_after_all():
    _, draft, _ = await after("the captions are too small", "the title")
    assert looks(draft, "size") == [(211,)]


async def test_what_somebody_called_a_caption_is_one():
    _, draft, _ = await after("加字幕“你好”", "字幕太小了", base="make a 24 second video, no text")
    assert looks(draft, "size") == [(211,)]


@pytest.mark.parametrize("prompt", ["结尾写“再见”，淡出", "add the text '再见' at the end, fade out"])
async def test_what_fades_after_a_text_is_the_text(prompt):
    before, draft, _ = await after(prompt)
    assert titles(draft)[1:] == [("再见", 21_000, 3_000)]
    assert [one for one in draft["t"] if one["tt"] == 1] == [one for one in before["t"] if one["tt"] == 1]
    assert pictures(draft) == pictures(before)


@pytest.mark.parametrize(
    ("prompt", "words", "start"),
    [
        ("say hello at the start", "hello", 0),
        ("write see you soon at the end", "see you soon", 21_000),
        ("can you say thank you at the end", "thank you", 21_000),
    ],
)
async def test_what_is_to_be_said_at_a_place_is_no_greeting(prompt, words, start):
    _, draft, _ = await after(prompt)
    assert (words, start, 3_000) in titles(draft)


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        ("第一张写“早上”，第二张写“晚上”，都用黄色", ["早上", "晚上"]),
        ("write 'Ann' on photo 1 and 'Ben' on photo 2, both in yellow", ["Ann", "Ben"]),
        ("caption photo 1 'Ann', photo 2 'Ben' and photo 3 'Cat', all of them in yellow", ["Ann", "Ben", "Cat"]),
        ("add texts 'Ann' and 'Ben', both in yellow", ["Ann", "Ben"]),
    ],
)
async def test_a_look_of_all_is_each_texts(prompt, words):
    _, draft, told = await after(prompt)
    found = sorted((one for track in draft["t"] if track["tt"] == 7 for one in track["sg"]), key=lambda one: one["st"])
    assert [one["m"]["text"] for one in found if one["m"].get("color") == "#fdd835"] == words, told
    assert len({one["st"] for one in found}) == len(words) + 1, "none took another's place"


def positions(draft):
    """Return where in the picture each text stands."""
    found = [one["m"] for track in draft["t"] if track["tt"] == 7 for one in track["sg"]]
    return {meta["text"]: meta["position"] for meta in found}


@pytest.mark.parametrize(
    "prompt",
    [
        'add the text "Hi" at second 5',
        'add another title "Hi" at second five',
        'add the text "Hi" at the 5 second mark',
        'add the text "Hi" five seconds in',
        'add the text "Hi" starting at second 5 for 3 seconds',
    ],
)
async def test_a_moment_may_be_called_by_its_number(prompt):
    _, draft, told = await asked(prompt)
    assert ("Hi", 5_000, 3_000) in titles(draft), told


@pytest.mark.parametrize(
    "prompt",
    [
        'add a lower third "Anna" at second 2 and another "Ben" at second 10',
        'add lower thirds "Anna" at 2 seconds, "Ben" at 10 seconds',
        "加人名条“Anna”在第2秒，“Ben”在第10秒",
        "在第2秒加人名条“Anna”，第10秒加“Ben”",
    ],
)
async def test_each_of_a_list_of_lower_thirds_is_one(prompt):
    _, draft, told = await asked(prompt)
    assert sorted(titles(draft)) == [("Anna", 2_000, 3_000), ("Ben", 10_000, 3_000)], told
    assert positions(draft) == {"Anna": "lower-third", "Ben": "lower-third"}


async def test_a_title_beside_a_lower_third_is_a_title():
    _, draft, _ = await asked('add the lower third "Anna" at second 2 and the title "Ben" at second 10')
    assert positions(draft) == {"Anna": "lower-third", "Ben": "center"}


@pytest.mark.parametrize(
    ("prompt", "color"),
    [
        ("标题改成黑字白底", "#000000"),
        ("标题白底", "#000000"),
        ("标题改成白底红字", "#e53935"),
        ("给标题加个白色背景", "#000000"),
        ("put the title in a white box", "#000000"),
        ("make the title purple with a white background", "#8e24aa"),
    ],
)
async def test_a_white_box_is_white(prompt, color):
    """It is so behind dark letters."""
    _, draft, told = await after(prompt)
    assert looks(draft, "text", "background", "color") == [("Lisbon Launch", "box", color)], told


@pytest.mark.parametrize(
    ("prompt", "left"), [("make the title yellow in a white box", "white box"), ("标题红底", "“红”")]
)
async def test_a_box_that_there_is_none_of_is_named(prompt, left):
    before, draft, told = await after(prompt)
    assert left in told
    assert looks(draft, "text") == looks(before, "text")
    assert looks(draft, "color") != [("#e53935",)]


@pytest.mark.parametrize(
    ("prompt", "text", "start"),
    [
        ("write the price 12.50 at the end", "12.50", 21_000),
        ("write $12.50 at the end", "$12.50", 21_000),
        ("add the price 12 EUR at the end", "12 EUR", 21_000),
        ("write 10% off at the end", "10% off", 21_000),
        ("最后写上12.50元", "12.50元", 21_000),
        ("结尾写上价格12.50", "12.50", 21_000),
    ],
)
async def test_a_price_needs_no_quotes(prompt, text, start):
    _, draft, told = await after(prompt)
    assert (text, start, 3_000) in titles(draft), told


@pytest.mark.parametrize(
    "prompt",
    [
        "show the garden photo for 12.50 seconds",
        "make it 12.50 seconds",
        "write the date on photo 1",
        "the price is too high",
    ],
)
async def test_other_numbers_and_names_are_no_text(prompt):
    before, draft, _ = await after(prompt)
    assert titles(draft) == titles(before)


@pytest.mark.parametrize(
    "prompt",
    [
        "Make a 20-second promo, title 'Summer Sale', ending with 'Visit us'",
        "Make a 20-second promo from these photos with calm music, title 'Summer Sale', ends with 'Visit us'",
        "Make a 20-second promo titled 'Summer Sale' that ends with the text 'Visit us'",
        "a 20 second video titled 'Summer Sale' and at the end 'Visit us'",
        "Make a 20-second promo that starts with 'Summer Sale' and finishes with 'Visit us'",
    ],
)
async def test_a_film_has_its_title_and_what_it_ends_with(prompt):
    draft, told, _ = await say(prompt)
    assert titles(draft) == [("Summer Sale", 0, 3_000), ("Visit us", 17_000, 3_000)], told
    assert told.count("ready") == 1


async def test_a_film_that_is_named_with_its_length_is_made_once():
    draft, told, _ = await say("a 10 second video, title 'Zoomed in'")
    assert (draft["d"], titles(draft)) == (10_000, [("Zoomed in", 0, 3_000)])
    assert told.count("ready") == 1


@pytest.mark.parametrize(
    "prompt",
    [
        "I have a little bakery called 'Crumb'. Please make a 20 second promo",
        "I own a red barn called 'Crumb', make a 20 second video of it",
        "make a 20 second promo for my blue boat named 'Crumb'",
        "I run a barber shop called 'Crumb': make a 20 second promo",
        "make a 20 second promo for our bar called 'Crumb'",
    ],
)
async def test_what_a_shop_is_like_is_no_look_of_its_name(prompt):
    draft, told, _ = await say(prompt)
    assert titles(draft) == [("Crumb", 0, 3_000)], told
    assert looks(draft, "size", "color", "background") == [("large", None, None)], told


async def test_a_title_that_is_called_something_looks_as_it_is_said():
    draft, told, _ = await say("make a 20 second video with a small red title called 'Crumb' in a box")
    assert looks(draft, "size", "color", "background") == [("small", "#e53935", "box")], told
