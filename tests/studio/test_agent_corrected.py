"""What is taken back: "no, the other one" undoes the last edit and does it to what was meant."""

from __future__ import annotations

import pathlib
import sys

import pytest

from nemo_widgets.studio.agent.base import Material

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from talking import PHOTOS, asked, having, shots, titles

from tests.studio.conftest import photo

NAMES = ("garden", "lake", "forest")
FILES = (
    *(Material(f"{n:032x}", f"{name}.jpg", "image", f"http://h/media/{n:032x}/{n}") for n, name in enumerate(NAMES, 1)),
    Material("c" * 32, "interview.mp4", "video", f"http://h/media/{'c' * 32}/i", 12_000, has_audio=True),
    Material("d" * 32, "beach.mov", "video", f"http://h/media/{'d' * 32}/b", 10_000, has_audio=True),
)
ALL = [*NAMES, "interview", "beach"]
P1, P2, P3, P4, P5 = (f"paris-0{number}" for number in range(1, 6))


async def after(*prompts):
    return await asked(*prompts, files=FILES, base="make a video of all photos and clips")


@pytest.mark.parametrize(
    ("prompts", "names"),
    [
        (["make the first clip black and white", "no, the other one"], ["beach"]),
        (["make the interview black and white", "oops, wrong clip, I meant the other one"], ["beach"]),
        (["make the first photo black and white", "no, I meant the third one"], ["forest"]),
        (["make the garden photo black and white", "not that one, the lake"], ["lake"]),
        (["make it black and white", "I meant the beach clip"], ["beach"]),
        (["make the first photo black and white", "sorry, the second", "no, the third photo"], ["forest"]),
        (["make the lake photo black and white", "undo", "I meant the forest"], ["forest"]),
        (["把第一张改成黑白", "不对，是第三张"], ["forest"]),
        (["把第一段改成黑白", "不对，是另一段"], ["beach"]),
        (["改成黑白", "我是说海滩那段"], ["beach"]),
        (["把第一张改成黑白", "不是第一张，是第二张"], ["lake"]),
    ],
)
async def test_what_was_meant_is_changed_and_what_was_not_is_as_before(prompts, names):
    _, draft, told = await after(*prompts)
    assert having(draft, "look", "black-and-white") == names, told
    assert shots(draft) == ALL


async def test_a_silent_edit_that_is_taken_back_is_told():
    _, draft, told = await after("mute the interview", "I meant the second clip")
    assert having(draft, "volume", 0.0) == ["beach"]
    assert "beach" in told


async def test_of_several_others_it_is_asked_which():
    before, draft, told = await after("remove the second photo", "no, the other one")
    assert draft == before
    assert "garden, lake, forest" in told
    _, draft, _ = await after("remove the second photo", "no, the other one", "the third")
    assert shots(draft) == ["garden", "lake", "interview", "beach"]


async def test_a_text_goes_to_the_other_photo():
    _, draft, _ = await after("write 'Hello' on the first photo", "no, on the last one")
    assert [text for text, *_ in titles(draft)] == ["Hello"]
    (place,) = [one["m"]["place"] for track in draft["t"] if track["tt"] == 7 for one in track["sg"]]
    assert place == f"on:{3:032x}"


@pytest.mark.parametrize("prompt", ["no music", "不要第二张照片", "the second clip", "no, make it sepia"])
async def test_nothing_is_taken_back_by_a_new_wish(prompt):
    _, draft, _ = await after("make the interview black and white", prompt)
    assert "interview" in having(draft, "look", "black-and-white") + having(draft, "look", "sepia")


@pytest.mark.parametrize("prompt", ["no, the other one", "不对，是第三张"])
async def test_where_nothing_was_edited_nothing_is_taken_back(prompt):
    before, draft, _ = await after("make the first clip black and white", "what's the title?", prompt)
    assert draft == before


def test_an_edit_is_taken_back_on_a_real_server_and_can_be_undone_as_a_whole(me):
    session = me.session()
    me.upload(session, ("a1.jpg", photo((200, 40, 40))), ("b2.jpg", photo((40, 40, 200))))
    for prompt in ("make a 4 second video", "make the first photo black and white", "no, the other one"):
        me.say(session, prompt)
    assert having(me.state(session)["draft"], "look", "black-and-white") == ["b2"]
    for prompt, names in (("undo", []), ("redo", ["b2"]), ("undo", [])):
        me.say(session, prompt)
        assert having(me.state(session)["draft"], "look", "black-and-white") == names


@pytest.mark.parametrize(
    ("prompts", "order"),
    [
        (("make photo 3 black and white", "move it to the front"), [P3, P1, P2, P4, P5]),
        (("make photo 3 black and white", "put it last"), [P1, P2, P4, P5, P3]),
        (("第三张照片改成黑白", "把它放到最前面"), [P3, P1, P2, P4, P5]),
        (("put photo 3 after photo 4", "hmm no, before it"), [P1, P2, P3, P4, P5]),
        (("put photo 4 after photo 1", "no, before it"), [P4, P1, P2, P3, P5]),
        (("put photo 3 first", "no, last"), [P1, P2, P4, P5, P3]),
        (("put photo 3 first", "no, before paris-05"), [P1, P2, P4, P3, P5]),
        (("把第四张照片放到第一张后面", "不对，放到它前面"), [P4, P1, P2, P3, P5]),
        (("put photo 3 first", "remove it"), [P1, P2, P4, P5]),
        (("put photo 3 first", "no, thanks"), [P3, P1, P2, P4, P5]),
    ],
)
async def test_a_short_message_moves_what_was_spoken_of(prompts, order):
    _, draft, told = await asked(*prompts, files=PHOTOS, base="make a 20 second video of all photos")
    assert shots(draft) == order, told


@pytest.mark.parametrize(
    ("prompts", "look"),
    [
        (("make photo 2 black and white", "no, sepia"), "sepia"),
        (("make photo 2 black and white", "actually, vivid"), "vivid"),
        (("把第二张照片改成黑白", "不对，复古"), "vintage"),
    ],
)
async def test_another_look_is_that_of_the_same_photo(prompts, look):
    _, draft, _ = await asked(*prompts)
    assert having(draft, "look", look) == [P2]
    assert len(having(draft, "look", None)) == len(shots(draft)) - 1


async def test_no_before_an_order_is_no_wish():
    _, draft, told = await asked("make photo 2 sepia", "no, mute the clips")
    assert having(draft, "look", "sepia") == [P2]
    assert "understand" not in told


@pytest.mark.parametrize(
    "prompts",
    [
        ("make the first title yellow", "no, the other title"),
        ("make the title 'One' yellow", "no, the other one"),
        ("把标题“One”改成黄色", "不对，是另一个标题"),
    ],
)
async def test_the_other_title_has_the_look_instead(prompts):
    adds = "add the title 'One' at the start", "add another title 'Two' at second 5"
    _, draft, told = await asked(*adds, *prompts)
    texts = [one["m"] for track in draft["t"] if track["tt"] == 7 for one in track["sg"]]
    assert {meta["text"]: meta.get("color") for meta in texts} == {"One": None, "Two": "#fdd835"}, told


async def test_the_other_title_goes_instead():
    adds = "add the title 'One' at the start", "add another title 'Two' at second 5"
    _, draft, _ = await asked(*adds, "remove the first title", "no, the other one")
    assert [text for text, *_ in titles(draft)] == ["One"]
    _, draft, _ = await asked(*adds, "make the first title yellow", "no, the other photo")
    assert [text for text, *_ in titles(draft)] == ["One", "Two"]
