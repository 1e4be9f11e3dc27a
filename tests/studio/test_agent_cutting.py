"""What people write about pictures and time, and what the draft is afterwards: one table, one test."""

from __future__ import annotations

import itertools
import pathlib
import sys
import time

import pytest

from nemo_widgets.draft.model import Draft
from nemo_widgets.studio import cutting, edits
from nemo_widgets.studio.agent.base import Material
from nemo_widgets.studio.render.plan import plan
from nemo_widgets.studio.store import DraftConflict, Store

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from talking import say


def file(letter, name, kind, seconds=None):
    """Return an uploaded file."""
    length = None if seconds is None else 1000 * seconds
    return Material(letter * 32, name, kind, f"http://h/media/{letter * 32}/{name}", length, has_audio=kind == "video")


SUNRISE, BEACH, HARBOUR = (
    file(*one, "image") for one in (("1", "sunrise.jpg"), ("2", "beach.jpg"), ("3", "harbour.jpg"))
)
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
    "unmade": ((SUNRISE, BEACH, WALK, LOGO), []),
    "branded": ((SUNRISE, BEACH, WALK, LOGO), ["make a video from sunrise.jpg, beach.jpg and walk.mp4"]),
    "marked": (
        (SUNRISE, BEACH, WALK, LOGO),
        ["make a video from sunrise.jpg, beach.jpg and walk.mp4", "put logo.png in the top right corner"],
    ),
}
"""What was uploaded and said before. In seconds: mixed 4 4 4 8 12 6 (38), photos 4 4 4, clips 8 12 6 (26), talk 20."""

MIXED = ["sunrise", "beach", "harbour", "walk", "dance", "cake"]


def seen(draft, key):
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

SINCE = [
    # Time, of the whole
    ("talk", "trim the video from 0:05 to 0:15", {"seconds": 10, "begins": [5]}),
    ("talk", "cut everything after 12 seconds", {"seconds": 12, "begins": [0]}),
    ("talk", "drop the last two seconds and the first second", {"seconds": 17, "begins": [1]}),
    ("talk", "get rid of the first half", {"seconds": 10, "begins": [10]}),
    ("talk", "remove the first and last 3 seconds", {"seconds": 14, "begins": [3]}),
    ("talk", "end the video at 0:15", {"seconds": 15}),
    ("talk", "trim it to 6 seconds", {"seconds": 6}),
    ("talk", "could you please cut 1.5 seconds off the beginning?", {"seconds": 18.5, "begins": [1.5]}),
    ("talk", "keep only 3-7s and 10-12s", {"lengths": [4, 2], "begins": [3, 10]}),
    ("talk", "keep the first 60 seconds", None),
    ("talk", "cut from 0:25 to 0:30", None),
    ("talk", "split the video in half", {"lengths": [10, 10], "begins": [0, 10]}),
    ("talk", "split at 5s and 10s", {"lengths": [5, 5, 10], "begins": [0, 5, 10]}),
    ("talk", "删除最后两秒", {"seconds": 18}),
    ("talk", "去掉10秒以后的内容", {"seconds": 10}),
    ("talk", "结尾剪掉3秒", {"seconds": 17}),
    ("talk", "只要第5秒到第12秒", {"seconds": 7, "begins": [5]}),
    ("talk", "在第8秒处切开", {"lengths": [8, 12]}),
    ("mixed", "remove the last 6 seconds", {"seconds": 32, "names": MIXED[:5]}),
    # Time, of one
    ("clips", "trim walk.mp4 to 3 seconds", {"lengths": [3, 12, 6]}),
    ("clips", "cut 2 secs off the end of the second clip", {"lengths": [8, 10, 6]}),
    ("clips", "remove the first 3 seconds of dance.mp4", {"lengths": [8, 9, 6], "begins": [0, 3, 0]}),
    ("clips", "cut from 0:02 to 0:05 in the second clip", {"lengths": [8, 2, 7, 6], "begins": [0, 0, 5, 0]}),
    ("clips", "split the second clip at 4s", {"lengths": [8, 4, 8, 6]}),
    ("clips", "make the last clip 2 seconds shorter", {"lengths": [8, 12, 4]}),
    ("clips", "make clip 3 10 seconds long", {"lengths": [8, 12, 6]}),
    ("clips", "make the clip shorter", None),
    ("clips", "把第一段视频剪到5秒", {"lengths": [5, 12, 6]}),
    ("clips", "第三段去掉前2秒", {"lengths": [8, 12, 4], "begins": [0, 0, 2]}),
    ("clips", "use seconds 5 to 20 of the first clip", {"lengths": [3, 12, 6], "begins": [5, 0, 0]}),
    ("photos", "2 seconds per photo", {"lengths": [2, 2, 2]}),
    ("photos", "the second photo should stay for 7 seconds", {"lengths": [4, 7, 4]}),
    ("photos", "beach.jpg 6 seconds", {"lengths": [4, 6, 4]}),
    ("photos", "第二张照片太短了", {"lengths": [4, 5.3, 4]}),
    # Speed
    ("talk", "double the speed", {"seconds": 10, "speed": [2]}),
    ("talk", "make it a bit faster", {"speed": [1.5]}),
    ("talk", "slow it down by half", {"seconds": 40, "speed": [0.5]}),
    ("talk", "1.5x speed plz", {"speed": [1.5]}),
    ("talk", "speed up the first 10 seconds 2x", {"lengths": [5, 10], "speed": [2, 1]}),
    ("talk", "2倍速播放", {"seconds": 10}),
    ("talk", "视频放慢一倍", {"seconds": 40, "speed": [0.5]}),
    ("clips", "put dance.mp4 in slow motion", {"lengths": [8, 24, 6], "speed": [1, 0.5, 1]}),
    ("clips", "play the last clip at 200%", None),
    ("clips", "make the second clip twice as fast", {"lengths": [8, 6, 6]}),
    ("clips", "第二段视频加速两倍", {"speed": [1, 2, 1]}),
    ("talk", "make it 100x faster", None),
    # Freezing
    ("talk", "freeze the frame at 0:05 for 2s", {"lengths": [5, 2, 15], "freeze": [False, True, False]}),
    ("clips", "hold the last frame of the first clip for 3 seconds", {"lengths": [8, 3, 12, 6]}),
    ("photos", "freeze the last frame for 3 seconds", {"lengths": [4, 4, 7]}),
    ("talk", "在5秒处定格3秒", {"lengths": [5, 3, 15]}),
    # Order
    ("photos", "move the last photo to the front", {"names": ["harbour", "sunrise", "beach"]}),
    ("photos", "use harbour.jpg instead of the first photo", {"names": ["harbour", "beach", "harbour"]}),
    ("clips", "show the second clip twice", {"names": ["walk", "dance", "dance", "cake"]}),
    ("clips", "把第一段视频复制一份", {"names": ["walk", "walk", "dance", "cake"]}),
    ("photos", "把第二张照片换成harbour.jpg", {"names": ["sunrise", "harbour", "harbour"]}),
    ("photos", "show the first photo again at the end", {"names": ["sunrise", "beach", "harbour", "sunrise"]}),
    # Transitions, fades, motion
    ("photos", "crossfades of 1 second", {"transition": ["crossfade"] * 2, "fading": [1000] * 2}),
    ("photos", "use a zoom transition everywhere", {"transition": ["zoom"] * 2}),
    ("photos", "dip to black between the photos", {"transition": ["fade-black"] * 2}),
    ("photos", "no transition between photo 2 and 3", {"transition": ["crossfade", "none"]}),
    ("photos", "transition between photo 1 and photo 3: wipe", None),
    ("photos", "转场换成向右擦除", {"transition": ["wipe-right"] * 2}),
    ("photos", "第一张和第二张之间用闪白转场", {"transition": ["fade-white", "crossfade"]}),
    ("photos", "fade in from black and fade out to black", {"fade_in": [1000, 0, 0], "fade_out": [0, 0, 1000]}),
    ("photos", "start with a 2 second fade from black", {"fade_in": [2000, 0, 0]}),
    ("photos", "结尾渐黑", {"fade_out": [0, 0, 1000]}),
    ("photos", "zoom out on all photos", {"motion": ["zoom-out"] * 3}),
    ("photos", "keep the second photo still", {"motion": ["zoom-in", "none", "zoom-in"]}),
    ("photos", "第一张照片向左平移", {"motion": ["pan-left", "zoom-out", "zoom-in"]}),
    # Frame
    ("photos", "fill the sides with blur instead of black bars", {"fit": ["blur"] * 3}),
    ("photos", "show all of the second photo", {"fit": ["cover", "contain", "cover"]}),
    ("photos", "两边用模糊背景", {"fit": ["blur"] * 3}),
    ("photos", "instagram portrait", {"size": (1080, 1350)}),
    ("photos", "做成微信视频号的竖屏，720p", {"size": (720, 1280)}),
    ("photos", "in 4K for YouTube", {"size": (3840, 2160)}),
    ("photos", "24 frames per second", {"fps": 24}),
    # Looks
    ("photos", "apply a vintage filter", {"look": ["vintage"] * 3}),
    ("photos", "sepia for the last photo only", {"look": ["none", "none", "sepia"]}),
    ("photos", "more contrast, a little brighter", {"contrast": [1.2] * 3, "brightness": [0.15] * 3}),
    ("photos", "第一张照片变成黑白", {"look": ["black-and-white", "none", "none"]}),
    ("photos", "make a cool video", {"look": ["none"] * 3}),
    # Logo
    ("branded", "add logo.png as a watermark bottom left, 50% opacity", {"logo": [("logo", "bottom-left", 0.15, 0.5)]}),
    ("marked", "make the logo smaller", {"logo": [("logo", "top-right", 0.1, 1)]}),
    ("marked", "make the logo half transparent", {"logo": [("logo", "top-right", 0.15, 0.5)]}),
    ("branded", "把logo放到右下角", {"logo": [("logo", "bottom-right", 0.15, 1)]}),
    ("marked", "去掉水印", {"logo": []}),
    ("photos", "put my logo in the corner", None),
    # Beats
    ("new", "make a 12 second video with upbeat music and cut on the beat", {"seconds": 12, "lengths": [2, 2, 8]}),
    # In a new video
    (
        "unmade",
        "make a 20 second video, black and white, with my logo in the top right corner",
        {"seconds": 20, "names": ["sunrise", "beach", "walk"], "logo": [("logo", "top-right", 0.15, 1)]},
    ),
    ("new", "make a 10 second video at double speed", {"seconds": 10, "speed": [2] * 3}),
    ("new", "keep the first 5 seconds", {"seconds": 5, "names": ["sunrise", "beach"]}),
    # Several at once, and pronouns
    ("clips", "trim clip 1 to 4 seconds and play clip 2 at double speed", {"lengths": [4, 6, 6]}),
    ("mixed", "black and white, 1:1, and slow down the last clip", {"size": (1080, 1080), "look": ["black-and-white"] * 6}),
    ("photos", "把第一张照片显示6秒，然后全部变成黑白，转场用叠化", {"lengths": [6, 4, 4], "look": ["black-and-white"] * 3}),
    # What forty further prompts showed
    ("clips", "yo can u make the dance vid slowmo", {"speed": [1, 0.5, 1]}),
    ("clips", "get rid of the boring first 2 secs of walk.mp4", {"lengths": [6, 12, 6], "begins": [2, 0, 0]}),
    ("talk", "chop off the ending, like the last 4 secs", {"seconds": 16}),
    ("marked", "Could the logo be a bit bigger?", {"logo": [("logo", "top-right", 0.225, 1)]}),
    ("clips", "Limit every clip to 3 seconds", {"lengths": [3, 3, 3]}),
    ("photos", "All transitions should be slides, half a second each", {"transition": ["slide-left"] * 2, "fading": [500] * 2}),
    ("photos", "Warm up the colours slightly", {"look": ["warm"] * 3}),
    ("talk", "Please leave out the part between 0:10 and 0:14.", {"seconds": 16, "lengths": [10, 6]}),
    ("talk", "Pause the picture at second 8 for 4 seconds", {"lengths": [8, 4, 12]}),
    ("photos", "The first picture goes by too quickly, show it for 8 seconds", {"lengths": [8, 4, 4]}),
    ("photos", "Please don't zoom in on the second picture", {"motion": ["zoom-in", "none", "zoom-in"]}),
    ("clips", "put the third clip at the start and shorten it to 2 seconds", {"names": ["cake", "walk", "dance"], "lengths": [2, 8, 12]}),
    ("branded", "右下角加上我们店的logo，小一点", {"logo": [("logo", "bottom-right", 0.1, 1)]}),
    ("photos", "画面太暗了，调亮一些", {"brightness": [0.15] * 3}),
    ("talk", "从第6秒剪到第9秒，其他不要", {"seconds": 3, "begins": [6]}),
    ("clips", "整个视频加速1.5倍", {"speed": [1.5] * 3}),
    ("photos", "每张图停留3秒，转场用闪白", {"lengths": [3, 3, 3], "transition": ["fade-white"] * 2}),
    ("mixed", "Export settings: 1080p, 25fps, square format", {"size": (1080, 1080), "fps": 25}),
    ("talk", "最后一帧停留3秒再渐黑", {"lengths": [20, 3], "fade_out": [0, 1000]}),
    ("clips", "trim the dance clip so it's only 5 seconds", {"lengths": [8, 5, 6]}),
    ("talk", "i want just the bit from 4 to 9 seconds", {"seconds": 5, "begins": [4]}),
    ("talk", "skip the intro (first 5 seconds)", {"seconds": 15, "begins": [5]}),
    ("photos", "no transition between the first two photos", {"transition": ["none", "crossfade"]}),
    ("photos", "use dissolves that take 2 seconds", {"transition": ["crossfade"] * 2, "fading": [2000] * 2}),
    ("photos", "I'd like a nice swipe transition to the right", {"transition": ["slide-right"] * 2}),
    ("photos", "zoom into the second photo", {"motion": ["zoom-in", "zoom-in", "zoom-in"]}),
    ("photos", "make it brighter and add a bit more contrast", {"brightness": [0.15] * 3, "contrast": [1.2] * 3}),
    ("branded", "stick the logo bottom centre", {"logo": [("logo", "bottom", 0.15, 1)]}),
    ("marked", "logo should be at the bottom right instead", {"logo": [("logo", "bottom-right", 0.15, 1)]}),
    ("marked", "fade the logo to 40% opacity", {"logo": [("logo", "top-right", 0.15, 0.4)]}),
    ("clips", "move the cake video before walk", {"names": ["cake", "walk", "dance"]}),
    ("clips", "remove clip 1 and speed up clip 2 by 2x", {"names": ["dance", "cake"], "lengths": [6, 6]}),
    ("photos", "repeat the whole thing twice", {"names": ["sunrise", "beach", "harbour"] * 2}),
    ("photos", "sunrise 2 seconds, beach 3 seconds, harbour 5 seconds", {"lengths": [2, 3, 5]}),
    ("talk", "开头2秒不要，结尾3秒也不要", {"seconds": 15, "begins": [2]}),
    ("talk", "画面变成4K，60帧", {"size": (3840, 2160), "fps": 60}),
    # False friends
    ("mixed", "add the title “Freeze frame at 5s” at the end", {"seconds": 38, "names": MIXED}),
    ("mixed", "fade the music out over the last 5 seconds", {"seconds": 38, "fade_out": [0] * 6}),
    ("mixed", "show the title for the first 5 seconds", {"seconds": 38, "names": MIXED}),
    ("mixed", "make it 20 seconds", {"seconds": 20}),
]  # fmt: skip

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
    assert plan(Draft(draft)).duration == pytest.approx(draft["d"], abs=60)
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


@pytest.mark.parametrize(
    ("start", "prompt", "expected"), TABLE, ids=[f"{start}-{prompt}" for start, prompt, _ in TABLE]
)
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


DIALOGUES = [
    ("clips", ["trim clip 2 to 4 seconds", "make it 30 seconds"], {"lengths": [8, 4, 6]}),
    ("clips", ["cut the last 2 seconds of the first clip", "put the first clip last"], {"lengths": [12, 6, 6]}),
    ("photos", ["show the first photo for 6 seconds", "make it 16 seconds"], {"lengths": [6, 5, 5]}),
    ("photos", ["show the first photo for 6 seconds", "3 seconds per photo"], {"lengths": [3, 3, 3]}),
    ("photos", ["pan left on the second photo", "reverse the order"], {"motion": ["zoom-in", "pan-left", "zoom-in"]}),
    ("photos", ["pan left on the second photo", "no motion"], {"motion": ["none"] * 3}),
    ("photos", ["wipe between photo 1 and photo 2", "no transitions"], {"transition": ["none"] * 2}),
    ("photos", ["make it sepia", "make the first photo brighter", "normal colours again"], {"look": ["none"] * 3}),
    ("photos", ["make the first photo black and white", "brighter"], {"look": ["black-and-white", "none", "none"]}),
    ("photos", ["720p", "make it vertical"], {"size": (720, 1280)}),
    ("talk", ["2x speed", "back to normal speed"], {"seconds": 20, "speed": [1]}),
    ("talk", ["make it faster", "make it faster"], {"speed": [2.25]}),
    ("talk", ["split at 8s", "delete the second one"], {"seconds": 8, "begins": [0]}),
    ("talk", ["split at 8s", "black and white for the first clip"], {"look": ["black-and-white", "none"]}),
    ("talk", ["split at 8s and 12s", "remove the second clip", "2x"], {"lengths": [4, 4], "begins": [0, 12]}),
    ("marked", ["make the logo bigger", "cut the last 3 seconds"], {"logo": [("logo", "top-right", 0.225, 1)]}),
    ("marked", ["make it 8 seconds", "reverse the order"], {"names": ["walk", "beach", "sunrise"]}),
    ("photos", ["add upbeat music", "cut to the beat", "make it 13 seconds"], {"lengths": [4.5, 4, 4.5]}),
    ("clips", ["cut the clip at 5 seconds", "the second one"], {"lengths": [8, 5, 7, 6]}),
    ("clips", ["make the clip shorter", "walk"], {"lengths": [5.3, 12, 6]}),
]


@pytest.mark.parametrize(
    ("start", "prompts", "expected"), DIALOGUES, ids=[" · ".join(said) for _, said, _ in DIALOGUES]
)
async def test_one_wish_follows_another(start, prompts, expected):
    materials, draft = await started(start)
    turns = []
    for prompt in prompts:
        changed, text, _ = await say(prompt, draft=draft, materials=materials, turns=turns)
        draft = changed or draft
    assert {key: seen(draft, key) for key in expected} == expected, text
    sound(draft)


async def test_a_text_follows_its_moment():
    materials, before = await started("mixed")
    titled, _, _ = await say('add a title "Now" at 10 seconds', draft=before, materials=materials)
    for prompt, at in [("show the first photo for 6 seconds", 12), ("cut from 0:02 to 0:05", 7), ("2x speed", 5)]:
        draft, _, _ = await say(prompt, draft=titled, materials=materials)
        texts = {one["m"]["text"]: one["st"] / 1000 for one in edits.segments(draft, edits.TEXT)}
        assert texts["Now"] == at


LONG = ["clip 1 to 4 seconds " * 200, "slow " * 800, "a little bit more of the " * 160, "put it at the top left " * 160]


@pytest.mark.parametrize("prompt", LONG)
async def test_no_prompt_takes_long(prompt):
    materials, before = await started("clips")
    began = time.process_time()
    await say(prompt, draft=before, materials=materials)
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    "prompt",
    [
        "make each photo 2 seconds",
        "make each photo 1 second longer",
        "cut the first second of every clip",
        "keep the first 2 seconds of every clip",
        "trim 1 second off both ends of every clip",
    ],
)
async def test_many_shots_settle_the_timeline_once(prompt, monkeypatch):
    """Settling takes as long as there are shots: once for each of them was 9 seconds for 400 photos."""
    letters = "0123456789ab"
    materials = tuple(
        file(one, f"{one}.jpg", "image") if number % 2 else file(one, f"{one}.mp4", "video", 9)
        for number, one in enumerate(letters)
    )
    before, _, _ = await say("make a video of all photos and clips, 4 seconds each", materials=materials)
    settles = []
    monkeypatch.setattr(cutting, "settled", lambda *given: settles.append(given) or edits.settled(*given))
    after, told, _ = await say(prompt, draft=before, materials=materials)
    changed = [
        one["id"]
        for one, was in zip(edits.segments(after, edits.VIDEO), edits.segments(before, edits.VIDEO), strict=True)
        if one["d"] != was["d"]
    ]
    assert len(changed) == len(letters) / 2, told
    assert len(settles) == 1


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
