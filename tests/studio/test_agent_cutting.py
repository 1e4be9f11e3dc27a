"""What people write about pictures and time, and what the draft is afterwards: one table, one test."""

from __future__ import annotations

import itertools
import pathlib
import sys

import pytest

from nemo_widgets.draft.model import Draft
from nemo_widgets.studio import edits
from nemo_widgets.studio.agent.base import Material
from nemo_widgets.studio.store import DraftConflict, Store

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from talking import say


def file(letter, name, kind, seconds=None):
    """Return an uploaded file."""
    length = None if seconds is None else 1000 * seconds
    return Material(letter * 32, name, kind, f"http://h/media/{letter * 32}/{name}", length, has_audio=kind == "video")


SUNRISE, BEACH, HARBOUR = (file(*one, "image") for one in (("1", "sunrise.jpg"), ("2", "beach.jpg"), ("3", "harbour.jpg")))
WALK, DANCE, CAKE = (
    file("a", "walk.mp4", "video", 8), file("b", "dance.mp4", "video", 12), file("c", "cake.mp4", "video", 6),
)  # fmt: skip
TALK = file("d", "talk.mp4", "video", 20)
LOGO = file("e", "logo.png", "image")

STARTS = {
    "mixed": ((SUNRISE, BEACH, HARBOUR, WALK, DANCE, CAKE), ['make a video titled "Old" with lo-fi music']),
    "photos": ((SUNRISE, BEACH, HARBOUR), ["make a 12 second video"]),
    "clips": ((WALK, DANCE, CAKE), ["make a video", "no transitions"]),
    "talk": ((TALK,), ["make a video"]),
    "new": ((SUNRISE, BEACH, WALK), []),
    "branded": ((SUNRISE, BEACH, WALK, LOGO), ["make a video from sunrise.jpg, beach.jpg and walk.mp4"]),
    "marked": (
        (SUNRISE, BEACH, WALK, LOGO),
        ["make a video from sunrise.jpg, beach.jpg and walk.mp4", "put logo.png in the top right corner"],
    ),
}
"""What was uploaded and said before. In seconds: mixed 4 4 4 8 12 6 (38), photos 4 4 4, clips 8 12 6 (26), talk 20."""

MIXED = ["sunrise", "beach", "harbour", "walk", "dance", "cake"]


def seen(draft, key):  # noqa: PLR0911 - one line for each thing that is looked at
    """Return one thing that a person would see or hear in a draft: a list over the shots, or one value."""
    shots = edits.segments(draft, edits.VIDEO)
    metas = [one["m"] for one in shots]
    if key == "seconds":
        return draft["d"] / 1000
    if key == "names":
        return [meta["name"] for meta in metas]
    if key == "lengths":
        return [one["d"] / 1000 for one in shots]
    if key == "begins":
        return [meta.get("in", 0) / 1000 for meta in metas]
    if key == "size":
        return draft["m"]["width"], draft["m"]["height"]
    if key == "fps":
        return draft["m"]["fps"]
    if key in ("transition", "fading"):
        found = [meta.get("transition", {"type": "none"}) for meta in metas[:-1]]
        return [one["type"] if key == "transition" else one.get("d", 0) for one in found]
    if key == "logo":
        found = [s["m"] for track in draft["t"] if track["tt"] == 0 for s in track["sg"] if s["m"].get("place")]
        return [(one["name"], one["place"], one.get("scale", 0.15), one.get("opacity", 1)) for one in found]
    usual = {"speed": 1.0, "look": "none", "freeze": False, "fade_in": 0, "fade_out": 0, "brightness": 0, "contrast": 1}
    return [meta.get(key, {"saturation": 1, "volume": None, **usual}.get(key)) for meta in metas]


BEFORE_THE_CODE = [
    # Time, of the whole
    ("talk", "keep the first 10 seconds", {"seconds": 10, "begins": [0]}),
    ("talk", "only keep the last 5 secs pls", {"seconds": 5, "begins": [15]}),
    ("mixed", "cut from 0:05 to 0:08", {"seconds": 35, "lengths": [4, 1, 4, 8, 12, 6], "names": MIXED}),
    ("talk", "trim 2 seconds off the end", {"seconds": 18, "begins": [0]}),
    ("talk", "remove the first 3 seconds", {"seconds": 17, "begins": [3]}),
    ("talk", "split at 12s", {"lengths": [12, 8], "begins": [0, 12]}),
    ("talk", "保留前10秒", {"seconds": 10, "begins": [0]}),
    ("talk", "把5秒到8秒剪掉", {"seconds": 17, "begins": [0, 8]}),
    # Time, of one
    ("clips", "use only seconds 3 to 7 of the second clip", {"lengths": [8, 4, 6], "begins": [0, 3, 0]}),
    ("clips", "shorten clip 1 to 4 seconds", {"lengths": [4, 12, 6]}),
    ("mixed", "show the first photo for 6 seconds", {"lengths": [6, 4, 4, 8, 12, 6]}),
    ("clips", "第二段视频只要3到7秒", {"lengths": [8, 4, 6], "begins": [0, 3, 0]}),
    ("photos", "第一张照片显示6秒", {"lengths": [6, 4, 4]}),
    ("clips", "cut the clip at 5 seconds", None),
    # Speed
    ("talk", "play it at half speed", {"seconds": 40, "speed": [0.5]}),
    ("clips", "speed up the second clip 2x", {"lengths": [8, 6, 6], "speed": [1, 2, 1]}),
    ("clips", "第一段慢动作", {"lengths": [16, 12, 6], "speed": [0.5, 1, 1]}),
    ("mixed", "fast forward the whole video", {"seconds": 19, "speed": [2] * 6}),
    # Freezing
    ("talk", "freeze the last frame for 3 seconds", {"lengths": [20, 3], "freeze": [False, True]}),
    ("talk", "最后一帧定格2秒", {"lengths": [20, 2], "freeze": [False, True]}),
    # Order
    ("clips", "duplicate the first clip", {"names": ["walk", "walk", "dance", "cake"]}),
    ("photos", "swap photo 1 with photo 3", {"names": ["harbour", "beach", "sunrise"]}),
    ("mixed", "replace the second photo with harbour.jpg", {"names": ["sunrise", "harbour", "harbour", "walk", "dance", "cake"]}),
    # Transitions, fades, motion
    ("photos", "use 1 second wipe transitions", {"transition": ["wipe-left"] * 2, "fading": [1000] * 2}),
    ("mixed", "add a slide transition between photo 1 and photo 2", {"transition": ["slide-left"] + ["crossfade"] * 4}),
    ("photos", "fade to black at the end", {"fade_out": [0, 0, 1000]}),
    ("photos", "pan left on the second photo", {"motion": ["zoom-in", "pan-left", "zoom-in"]}),
    # Frame
    ("photos", "blurred sides please", {"fit": ["blur"] * 3}),
    ("photos", "make it for Instagram Stories", {"size": (1080, 1920)}),
    ("photos", "720p please", {"size": (1280, 720)}),
    ("photos", "4K, 60 fps", {"size": (3840, 2160), "fps": 60}),
    ("photos", "改成小红书的比例", {"size": (1080, 1440)}),
    # Looks
    ("mixed", "make it black and white", {"look": ["black-and-white"] * 6}),
    ("clips", "a warm look for the first clip", {"look": ["warm", "none", "none"]}),
    ("photos", "调亮一点", {"brightness": [0.15] * 3}),
    # Logo
    ("branded", "put my logo in the top right corner", {"logo": [("logo", "top-right", 0.15, 1)]}),
    ("marked", "move the logo to the bottom left", {"logo": [("logo", "bottom-left", 0.15, 1)]}),
    ("marked", "remove the watermark", {"logo": []}),
    # Sound of one
    ("clips", "mute the second clip", {"volume": [1, 0, 1]}),
    # False friends
    ("mixed", 'change the title to "cut the first 5 seconds"', {"seconds": 38, "names": MIXED}),
]  # fmt: skip

SINCE = []

TABLE = [*BEFORE_THE_CODE, *SINCE]


async def started(start):
    """Return (files, draft) of a start."""
    materials, prompts = STARTS[start]
    draft = None
    for prompt in prompts:
        draft, text, _ = await say(prompt, draft=draft, materials=materials)
        assert draft is not None, text
    return materials, draft


def sound(draft):
    """Check what holds after every edit."""
    assert Draft(draft).ready
    shots = edits.segments(draft, edits.VIDEO)
    assert shots[0]["st"] == 0
    assert all(one["st"] + one["d"] == other["st"] for one, other in itertools.pairwise(shots))
    assert sum(one["d"] for one in shots) == draft["d"]
    assert min(one["d"] for one in shots) > 0
    for one, other in itertools.pairwise(shots):
        fade = one["m"]["transition"]
        assert fade["type"] == "none" or 0 < fade["d"] <= min(one["d"], other["d"]) / 2
    assert "transition" not in shots[-1]["m"]
    for kind in (edits.AUDIO, edits.TEXT):
        assert all(0 <= one["st"] < one["st"] + one["d"] <= draft["d"] for one in edits.segments(draft, kind))
    assert all(one["d"] == draft["d"] for one in edits.segments(draft, edits.AUDIO))
    ids = [segment["id"] for track in draft["t"] for segment in track["sg"]]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(("start", "prompt", "expected"), TABLE, ids=[f"{start}-{prompt}" for start, prompt, _ in TABLE])
async def test_what_is_said_is_done(start, prompt, expected):
    materials, before = await started(start)
    draft, text, _ = await say(prompt, draft=before, materials=materials)
    if expected is None:
        assert draft is None
        assert len(text) > 20
        return
    assert draft is not None, text
    assert {key: seen(draft, key) for key in expected} == expected, text
    sound(draft)


def test_a_session_goes_back_several_edits_and_forward_again(tmp_path):
    store = Store(tmp_path / "studio.sqlite")
    store.add_user("me", None)
    session = store.add_session("me", "project", "en").id
    assert store.travelled(session, -1) is None
    for number in (1, 2, 3, 4):
        store.put_draft(session, number - 1, {"n": number})
    assert store.travelled(session, -2) == (2, {"n": 2}, -2)
    assert store.travelled(session, -9) == (1, {"n": 1}, -3)
    assert store.travelled(session, 1) is None
    store.go_to(session, 4, 2)
    assert store.travelled(session, 5) == (4, {"n": 4}, 2)
    with pytest.raises(DraftConflict):
        store.go_to(session, 4, 1)
    store.put_draft(session, 2, {"n": "other"})
    assert store.travelled(session, 1) is None, "what was undone is out of the way"
    assert store.travelled(session, -1) == (2, {"n": 2}, -1)
    store.go_to(session, 5, 2)
    assert store.travelled(session, 1) == (5, {"n": "other"}, 1)
    store.close()
