"""A clip, photos and what people call them: only those that are meant change, and nothing that is asked for is lost."""

from __future__ import annotations

import pathlib
import sys

import pytest

from nemo_widgets.studio.agent.base import Material

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from talking import LISBON as BASE
from talking import LISBON_ZH as BASE_ZH
from talking import asked, having, say, shots


def _file(number, name, kind="image", duration=None):
    address = f"http://h/media/{number:032x}/{number}"
    return Material(f"{number:032x}", name, kind, address, duration, has_audio=kind == "video")


IMG, BEACH, CAFE, TEAM, PRODUCT, INTERVIEW = (
    "IMG_0412",
    "beach walk",
    "café (Lisbon)",
    "team_2026",
    "product-shot",
    "interview",
)
PHOTOS = [IMG, BEACH, CAFE, TEAM, PRODUCT]
ALL = [INTERVIEW, *PHOTOS]
FILES = (
    *(_file(number, f"{name}.jpg") for number, name in enumerate(PHOTOS, 1)),
    _file(6, "interview.mp4", "video", 12_000),
)
LOGO = _file(7, "logo.png")


async def after(*prompts, files=FILES, base=BASE):
    """Return the draft before and after the last prompt, and its answer."""
    return await asked(*prompts, files=files, base=base)


def lengths(draft):
    """Return how long each shot is seen, in seconds, by name."""
    return {one["m"]["name"]: one["d"] / 1000 for one in draft["t"][0]["sg"]}


def music(draft):
    """Return the segment of the music."""
    (one,) = (one for track in draft["t"] if track["tt"] == 1 for one in track["sg"])
    return one


@pytest.mark.parametrize(
    ("prompt", "order"),
    [
        ("把海滩那张放到最前面", [BEACH, INTERVIEW, IMG, CAFE, TEAM, PRODUCT]),
        ("take the café photo out, I don't like it", [INTERVIEW, IMG, BEACH, TEAM, PRODUCT]),
        ("remove the photo of the beach", [INTERVIEW, IMG, CAFE, TEAM, PRODUCT]),
        ("remove the beach photo", [INTERVIEW, IMG, CAFE, TEAM, PRODUCT]),
        ("把采访放到最后", [*PHOTOS, INTERVIEW]),
        ("Put the product shot right after the interview", [INTERVIEW, PRODUCT, IMG, BEACH, CAFE, TEAM]),
        ("move product-shot after the interview", [INTERVIEW, PRODUCT, IMG, BEACH, CAFE, TEAM]),
        ("move the beach directly before the team photo", [INTERVIEW, IMG, CAFE, BEACH, TEAM, PRODUCT]),
        ("把beach walk放到第一张", [BEACH, INTERVIEW, IMG, CAFE, TEAM, PRODUCT]),
        ("repeat the first photo at the end", [*ALL, IMG]),
        ("swap the beach and the team photo", [INTERVIEW, IMG, TEAM, CAFE, BEACH, PRODUCT]),
    ],
)
async def test_a_part_of_its_name_is_the_file(prompt, order):
    _, draft, told = await after(prompt)
    assert shots(draft) == order, told


async def test_a_word_of_a_name_points_at_nothing_where_it_is_told():
    _, draft, told = await after("we went to the beach with the team, make it 20 seconds")
    assert (shots(draft), draft["d"]) == (ALL, 20_000), told


@pytest.mark.parametrize(
    ("prompt", "field", "value", "names"),
    [
        ("make the beach black and white", "look", "black-and-white", [BEACH]),
        ("make the interview sepia", "look", "sepia", [INTERVIEW]),
    ],
)
async def test_only_what_is_called_so_looks_different(prompt, field, value, names):
    _, draft, told = await after(prompt)
    assert having(draft, field, value) == names, told


async def test_a_part_of_a_name_zooms_alone():
    _, draft, _ = await after("zoom in slowly on the product shot")
    assert [one["m"].get("own", {}).get("motion") for one in draft["t"][0]["sg"]] == [None] * 5 + ["zoom-in"]


async def test_what_is_no_longer_in_the_film_is_not_put_first():
    before, draft, told = await after("remove team_2026", "团队的照片放到最前面")
    assert draft == before
    assert "team_2026" in told
    assert "顺序" not in told


@pytest.mark.parametrize(
    ("prompt", "seconds", "begins"),
    [
        ("the interview is too long, only keep the first 6 seconds", 6, 0),
        ("The interview is too long. Keep only the first 6 seconds.", 6, 0),
        ("cut the interview down to the first 6 seconds", 6, 0),
        ("trim the interview to the first 3 seconds", 3, 0),
        ("I want the interview to have just the last 5 seconds", 5, 7_000),
        ("采访只要前4秒", 4, 0),
        ("采访视频只留前4秒", 4, 0),
        ("采访太长了，只要前4秒", 4, 0),
    ],
)
@pytest.mark.parametrize("base", [BASE, BASE_ZH])
async def test_a_stretch_of_a_clip_is_that_of_the_clip_alone(prompt, seconds, begins, base):
    before, draft, told = await after(prompt, base=base)
    assert lengths(draft) == lengths(before) | {INTERVIEW: seconds}, told
    assert next(one["m"]["in"] for one in draft["t"][0]["sg"] if one["m"]["name"] == INTERVIEW) == begins
    assert INTERVIEW in told


async def test_a_clip_that_was_shortened_still_has_all_its_seconds():
    _, draft, told = await after("make it 8 seconds", "trim the interview to the first 3 seconds")
    assert lengths(draft)[INTERVIEW] == 3, told


@pytest.mark.parametrize(
    ("prompt", "speed"),
    [
        ("make everything 10% faster", 1.1),
        ("整体加快10%", 1.1),
        ("整体加快百分之十", 1.1),
        ("a little faster, like 10% snappier", 1.1),
        ("make it a little faster, like 10% snappier", 1.1),
        ("speed everything up by 10 percent", 1.1),
        ("整体慢10%", 0.9),
        ("set the speed to 150%", 1.5),
        ("play everything at 50% speed", 0.5),
        ("整体快一点", 1.5),
    ],
)
async def test_a_percentage_with_a_word_of_speed_is_a_ratio(prompt, speed):
    _, draft, told = await after(prompt)
    assert having(draft, "speed", speed) == ALL, told
    assert f"{speed}" in told


async def test_two_wishes_about_the_same_photo_are_both_done():
    _, draft, told = await after("swap the beach and the team photo, and make the beach black & white")
    assert shots(draft) == [INTERVIEW, IMG, TEAM, CAFE, BEACH, PRODUCT]
    assert having(draft, "look", "black-and-white") == [BEACH]
    assert "ready" not in told


@pytest.mark.parametrize("base", [BASE, BASE_ZH])
async def test_a_new_video_begins_with_what_is_to_be_first(base):
    draft, told, _ = await say(base, materials=FILES)
    assert shots(draft) == ALL, told
    assert draft["d"] == 24_000


@pytest.mark.parametrize(
    ("prompt", "seconds"),
    [("a 2-second 480p video", 2), ("make a 2-second 480p video", 2), ("make a 8-second 480p video", 8)],
)
async def test_a_size_beside_a_length_is_heard(prompt, seconds):
    _, draft, told = await after(prompt)
    assert (draft["d"], draft["m"]["width"], draft["m"]["height"]) == (1000 * seconds, 480, 854)
    assert "480×854" in told


@pytest.mark.parametrize(
    ("prompt", "start", "end"),
    [
        ("add my logo bottom right, but only at the end", 19_000, 22_000),
        ("把logo放到右下角，只在最后出现", 19_000, 22_000),
        ("put my logo in the bottom right corner for the first 5 seconds", 0, 5_000),
        ("put my logo in the bottom right corner", 0, 22_000),
    ],
)
async def test_a_logo_is_seen_when_it_is_to_be(prompt, start, end):
    _, draft, told = await after(prompt, files=(*FILES, LOGO))
    (logo,) = (one for track in draft["t"] for one in track["sg"] if one["m"].get("place"))
    assert (logo["m"]["place"], logo["st"], logo["st"] + logo["d"]) == ("bottom-right", start, end)
    assert ("only seen" in told or "只在" in told) == (end - start < draft["d"])


@pytest.mark.parametrize("prompt", ["Put the photo first and show it twice as long"])
async def test_the_photo_is_no_logo(prompt):
    few = (FILES[0], FILES[-1], LOGO)
    _, draft, _ = await after(prompt, files=few, base="make a 20 second video")
    assert shots(draft)[0] == IMG
    assert lengths(draft) == {IMG: 8, INTERVIEW: 12, "logo": 4}
    before, draft, told = await after(prompt)
    assert draft == before
    assert "Say which one" in told


async def test_a_video_of_two_files_has_no_others():
    draft, told, _ = await say(
        "make a 10 second video with the photo and the interview", materials=(FILES[0], FILES[-1], LOGO)
    )
    assert shots(draft) == [IMG, INTERVIEW], told


@pytest.mark.parametrize(
    ("prompt", "mood", "volume"),
    [
        ("换一首音乐，要燃一点的", "epic", 0.35),
        ("音乐换成温馨的", "calm", 0.35),
        ("slower music", "calm", 0.35),
        ("换成轻松的音乐，声音小点", "calm", 0.2),
    ],
)
async def test_music_is_of_the_kind_that_is_wanted(prompt, mood, volume):
    _, draft, told = await after(prompt)
    assert (music(draft)["m"]["mood"], music(draft)["m"]["volume"]) == (mood, volume), told


@pytest.mark.parametrize("prompt", ["faster music", "the music is too slow"])
async def test_faster_music_is_upbeat(prompt):
    _, draft, _ = await after("change the music to calm", prompt)
    assert music(draft)["m"]["mood"] == "upbeat"
    before, draft, told = await after(prompt)
    assert draft == before
    assert "already" in told


@pytest.mark.parametrize(
    "prompt",
    [
        "视频里的声音关掉，只留音乐",
        "turn off the sound of the video, just keep the music",
        "mute the interview and keep only the music",
    ],
)
@pytest.mark.parametrize("base", [BASE, BASE_ZH])
async def test_where_only_the_music_is_left_the_clips_are_mute(prompt, base):
    _, draft, _ = await after(prompt, base=base)
    assert having(draft, "volume", 0.0) == [INTERVIEW]
    assert music(draft)["m"]["volume"] == 0.35


@pytest.mark.parametrize("prompt", ["start the music later, at second 3", "start the music 3 seconds later"])
async def test_music_starts_later(prompt):
    _, draft, _ = await after(prompt)
    assert (music(draft)["st"], music(draft)["d"]) == (3_000, 21_000)


@pytest.mark.parametrize(
    ("prompt", "duck"),
    [
        ("turn the music off while he talks", 0.0),
        ("no music while he talks", 0.0),
        ("他说话的时候不要音乐", 0.0),
        ("turn the music down during the interview", 0.25),
    ],
)
async def test_music_makes_room_for_who_speaks(prompt, duck):
    _, draft, _ = await after(prompt)
    assert (music(draft)["m"]["duck"], music(draft)["m"]["volume"]) == (duck, 0.35)


@pytest.mark.parametrize(
    "prompt", ["make the music quieter during the beach walk", "make the music louder in the interview, 50%"]
)
async def test_music_for_one_photo_is_not_that_of_the_whole(prompt):
    before, draft, told = await after(prompt)
    assert draft == before
    assert "picking out single photos or clips" in told


@pytest.mark.parametrize(("prompt", "shot", "key"), [("开头黑屏淡入", 0, "fade_in"), ("结尾黑屏淡出", -1, "fade_out")])
async def test_a_black_screen_is_the_pictures(prompt, shot, key):
    before, draft, _ = await after(prompt)
    assert draft["t"][0]["sg"][shot]["m"][key] == 1_000
    assert music(draft) == music(before)


@pytest.mark.parametrize(
    "prompt",
    [
        "make it 15 seconds but keep the interview whole",
        "make it 15 seconds without shortening the interview",
        "make it 15 seconds, don't cut the interview",
        "改成15秒，采访不要剪",
        "改成15秒，但是采访保持完整",
    ],
)
async def test_a_clip_that_is_to_stay_whole_is(prompt):
    _, draft, told = await after(prompt)
    assert (draft["d"], lengths(draft)[INTERVIEW]) == (15_000, 12), told


async def test_a_length_that_a_whole_clip_leaves_no_room_for_is_not_taken():
    before, draft, told = await after("make it 10 seconds but keep the interview whole")
    assert draft == before
    assert INTERVIEW in told


@pytest.mark.parametrize(
    ("prompt", "field", "value"),
    [
        ("vintage but leave the clips as they are", "look", "vintage"),
        ("make everything vintage but leave the interview as it is", "look", "vintage"),
        ("全部改成复古，采访不变", "look", "vintage"),
        ("make everything 2x faster but leave the interview alone", "speed", 2.0),
    ],
)
async def test_what_is_to_stay_as_it_is_does(prompt, field, value):
    _, draft, told = await after(prompt)
    assert having(draft, field, value) == PHOTOS, told


@pytest.mark.parametrize("prompt", ["调亮点，颜色鲜艳一些", "颜色鲜艳一些，调亮点"])
async def test_a_look_leaves_the_light(prompt):
    _, draft, _ = await after(prompt)
    assert having(draft, "look", "vivid") == having(draft, "brightness", 0.15) == ALL


async def test_both_halves_of_a_message_are_done():
    _, draft, _ = await after("转场改成淡入淡出，整体快一点")
    assert having(draft, "speed", 1.5) == ALL


TOUR = _file(8, "tour.mp4", "video", 8_000)
FEW = (*FILES[:2], FILES[-1], TOUR)


async def test_the_first_of_two_clips_is_the_first_clip():
    _, draft, _ = await after("use only the two clips, mute the first", files=FEW, base="make a 30 second video")
    assert shots(draft) == [INTERVIEW, "tour"]
    assert having(draft, "volume", 0.0) == [INTERVIEW]
    before, draft, told = await after("remove the two photos")
    assert draft == before
    assert "Say which one" in told


@pytest.mark.parametrize(
    "prompts",
    [
        ("make the photos 3 seconds each", "zoom in on the last one"),
        ("make the photos black and white and zoom in on the last one",),
    ],
)
async def test_the_last_one_is_of_the_kind_that_was_spoken_of(prompts):
    _, draft, _ = await after(*prompts, files=FEW, base="make a 30 second video")
    moved = [one["m"]["name"] for one in draft["t"][0]["sg"] if one["m"].get("own", {}).get("motion") == "zoom-in"]
    assert moved == [BEACH]


@pytest.mark.parametrize(
    ("prompt", "seconds"),
    [
        ("photos go by too quickly", dict.fromkeys(PHOTOS, 3.2)),
        ("photos go by too quickly, and make the music quieter", dict.fromkeys(PHOTOS, 3.2)),
        ("photos go by too quickly, stay longer, like 6 sec", dict.fromkeys(PHOTOS, 6)),
        ("stay longer, like 6 sec", dict.fromkeys(PHOTOS, 6)),
        ("the beach photo goes by too quickly, it should stay longer, like 6 sec", {BEACH: 6}),
        ("每张慢一点", dict.fromkeys(PHOTOS, 3.2)),
        ("团队那张多停几秒", {TEAM: 5.4}),
        ("第一张多停两秒", {IMG: 4.4}),
        ("show the beach photo twice as long", {BEACH: 4.8}),
        ("第一张时间加倍", {IMG: 4.8}),
    ],
)
async def test_what_is_to_be_seen_longer_is(prompt, seconds):
    before, draft, told = await after(prompt)
    assert lengths(draft) == lengths(before) | seconds, told
    assert all(name in told for name in seconds)


@pytest.mark.parametrize(
    ("prompt", "length"),
    [("the transitions are too slow", 250), ("转场太慢了", 250), ("the transitions are too fast", 1_000)],
)
async def test_transitions_that_are_too_slow_are_shorter(prompt, length):
    _, draft, _ = await after(prompt)
    assert {one["m"]["transition"]["d"] for one in draft["t"][0]["sg"][:-1]} == {length}


@pytest.mark.parametrize(
    ("prompt", "seconds"),
    [
        ("make the team photo 5 seconds and the beach 3 seconds", {TEAM: 5, BEACH: 3}),
        ("interview only 5 seconds please", {INTERVIEW: 5}),
        ("show my product shot for 5 seconds", {PRODUCT: 5}),
    ],
)
async def test_seconds_beside_a_name_are_those_of_the_file(prompt, seconds):
    before, draft, told = await after(prompt)
    assert lengths(draft) == lengths(before) | seconds, told


@pytest.mark.parametrize(
    ("prompt", "seconds"), [("make it 20% shorter", 19), ("视频缩短10%", 22), ("make it shorter", 16)]
)
async def test_a_percentage_of_the_length_is_that(prompt, seconds):
    _, draft, _ = await after(prompt)
    assert draft["d"] == 1000 * seconds


async def test_two_that_are_named_together_are_both_meant():
    _, draft, _ = await after("团队和产品的照片删掉")
    assert shots(draft) == [INTERVIEW, IMG, BEACH, CAFE]


@pytest.mark.parametrize("prompt", ["the interview is too quiet", "make the forest photo start at second 4"])
async def test_what_cannot_be_done_for_a_clip_is_not_done_to_something_else(prompt):
    before, draft, told = await after(prompt)
    assert draft == before
    assert "order is now" not in told


@pytest.mark.parametrize(
    ("prompt", "order", "seconds"),
    [
        ("put the interview last and make it 5 seconds", [*PHOTOS, INTERVIEW], {INTERVIEW: 5}),
        ("interview放最后，只要3秒", [*PHOTOS, INTERVIEW], {INTERVIEW: 3}),
    ],
)
async def test_a_few_seconds_are_those_of_what_was_moved(prompt, order, seconds):
    before, draft, told = await after(prompt)
    assert shots(draft) == order, told
    assert lengths(draft) == lengths(before) | seconds


async def test_what_is_excepted_may_be_a_part_of_a_name():
    _, draft, _ = await after("除了采访都改成黑白")
    assert having(draft, "look", "black-and-white") == PHOTOS
    _, draft, _ = await after("remove everything except the interview and the beach")
    assert shots(draft) == [INTERVIEW, BEACH]


@pytest.mark.parametrize(
    ("prompt", "seconds"),
    [("the interview should be shorter", 8.0), ("the interview should be shorter, like 3 seconds", 3.0)],
)
async def test_a_clip_that_should_be_shorter_is_not_the_film(prompt, seconds):
    before, draft, _ = await after(prompt, base="make a video of everything, interview first")
    assert lengths(draft) == pytest.approx(lengths(before) | {INTERVIEW: seconds}, abs=0.1)


@pytest.mark.parametrize("prompt", ["the music should last longer", "音乐长一点", "the logo should be shorter"])
async def test_what_else_should_last_longer_is_not_the_film(prompt):
    before, draft, told = await after(prompt)
    assert draft == before
    assert told


async def test_all_but_the_clip_are_muted():
    _, draft, _ = await after("mute all but the interview")
    (interview,) = (one for one in draft["t"][0]["sg"] if one["m"]["name"] == INTERVIEW)
    assert interview["m"].get("volume", 1) == 1
    assert music(draft)["m"]["volume"] == 0


@pytest.mark.parametrize(
    ("prompt", "begins", "seconds"),
    [
        ("make the interview clip start at second 4", 4_000, 8),
        ("let the interview start at 0:04", 4_000, 8),
        ("the interview should end at second 8", 0, 8),
        ("采访从第4秒开始", 4_000, 8),
    ],
)
async def test_a_clip_starts_and_ends_where_is_said_in_itself(prompt, begins, seconds):
    _, draft, _ = await after(prompt)
    (one,) = [one for one in draft["t"][0]["sg"] if one["m"]["name"] == INTERVIEW]
    assert (one["m"]["in"], one["d"]) == (begins, 1_000 * seconds)


async def test_where_in_the_film_a_clip_starts_is_no_cut():
    before, draft, _ = await after("the interview should start at 5 seconds of the video")
    assert draft == before


@pytest.mark.parametrize(
    "prompt", ["beach photo black and white", "Beach walk.jpg: black and white", "photo 2 black and white"]
)
async def test_a_look_needs_no_verb(prompt):
    _, draft, _ = await after(prompt)
    assert having(draft, "look", "black-and-white") == [BEACH]


@pytest.mark.parametrize(
    ("prompt", "start", "end"),
    [
        ("make the logo appear only in the last 3 seconds", 21, 24),
        ("the logo should only be visible at the end", 21, 24),
        ("show the logo only at the end", 21, 24),
        ("logo只在最后3秒出现", 21, 24),
        ("let the logo show up just in the first 4 seconds", 0, 4),
    ],
)
async def test_a_logo_is_seen_only_then_and_stays_in_its_corner(prompt, start, end):
    _, draft, _ = await after("put the logo at the bottom left", "make it 24 seconds", prompt, files=(*FILES, LOGO))
    (one,) = [one for track in draft["t"] for one in track["sg"] if one["m"].get("place")]
    assert (one["st"], one["st"] + one["d"]) == (1_000 * start, 1_000 * end)
    assert one["m"]["place"] == "bottom-left"
