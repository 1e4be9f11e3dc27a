"""What people say, and what the draft is afterwards."""

from __future__ import annotations

import itertools
import pathlib
import sys
import time

import hypothesis
import hypothesis.strategies
import pytest

from nemo_widgets.draft.model import Draft
from nemo_widgets.studio import edits
from nemo_widgets.studio.agent.base import Material

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from talking import CLIP, MOODS, PHOTOS, SONG, facts, promo, say

WIDE, TALL, SQUARE = (1920, 1080), (1080, 1920), (1080, 1080)

MAKING = [
    (
        "combine these images into a 30-second promo video with music and text",
        {"seconds": 30, "title": "Paris", "volume": 0.35, "shots": 6, "size": WIDE},
    ),
    ("combine these images into a 30-second", {"seconds": 30, "title": None, "music": None}),
    ("create my images or clips", {"seconds": 28, "shots": 6}),
    ("make a 15s slideshow", {"seconds": 15, "shots": 6}),
    ("Make a 10 second teaser with upbeat music", {"seconds": 10, "music": "upbeat"}),
    ("a one minute promo, please", {"seconds": 60}),
    ("put these together into half a minute with calm music", {"seconds": 30, "music": "calm"}),
    ("merge everything into a 45 sec reel for Instagram Reels", {"seconds": 45, "size": TALL}),
    ("turn these photos into a 20-second TikTok video", {"seconds": 20, "size": TALL}),
    ("make a square video of 12 seconds", {"seconds": 12, "size": SQUARE}),
    ("make me a 9:16 video, 25 seconds, no music", {"seconds": 25, "size": TALL, "music": None}),
    ("make a YouTube Short of 0:20", {"seconds": 20, "size": TALL}),
    ("make a YouTube video of 1:10", {"seconds": 70, "size": WIDE}),
    ('make a 30s promo titled "Urban Dreams" with lo-fi music at 20%', {"title": "Urban Dreams", "volume": 0.2}),
    ("make a 30s promo with a title that says Export Quality", {"title": "Export Quality"}),
    ("create a 30s promo with the text ‘Summer Sale’ and lofi beats", {"title": "Summer Sale", "music": "lo-fi"}),
    ("Slideshow of 1.5 minutes with cinematic music", {"seconds": 90, "music": "cinematic"}),
    ("make a two-minute video without music and without text", {"seconds": 120, "music": None, "title": None}),
    ("make a 4:5 video for the Instagram feed", {"size": (1080, 1350)}),
    ("make it don't-miss-it good: a 30 second promo with it's own title", {"seconds": 30, "title": "Paris"}),
    ("把这些图片做成30秒的宣传片，配上音乐和文字", {"seconds": 30, "title": "Paris", "volume": 0.35, "shots": 6}),
    ("把这些图片合成一个十五秒的视频", {"seconds": 15}),
    ("做一个1分钟的视频，轻快的音乐", {"seconds": 60, "music": "upbeat"}),
    ("做成一分半钟的竖屏视频", {"seconds": 90, "size": TALL}),
    ("生成半分钟的短视频，标题《城市之梦》", {"seconds": 30, "title": "城市之梦"}),
    ("做一个抖音视频，20秒，舒缓的音乐，音量20%", {"seconds": 20, "size": TALL, "music": "calm", "volume": 0.2}),
    ("做成方形视频，标题是「春天来了」，不要音乐", {"size": SQUARE, "title": "春天来了", "music": None}),
    ("帮我剪一个两分钟的横屏宣传视频", {"seconds": 120, "size": WIDE}),
]


@pytest.mark.parametrize(("prompt", "expected"), MAKING, ids=[prompt for prompt, _ in MAKING])
async def test_making(prompt, expected):
    draft, text, _ = await say(prompt)
    assert draft is not None, text
    found = facts(draft)
    assert {key: found[key] for key in expected} == expected
    segments = edits.segments(draft, edits.VIDEO)
    assert sum(segment["d"] for segment in segments) == draft["d"]
    assert all(a["st"] + a["d"] == b["st"] for a, b in itertools.pairwise(segments))
    assert text.strip()


TWEAKS = [
    ('change the title to "New York"', {"title": "New York", "seconds": 30, "music": "lo-fi"}),
    ("change the title to Paris in Spring", {"title": "Paris in Spring"}),
    ("Add a title that says Hello World, please", {"title": "Hello World"}),
    ("标题改成“你好”", {"title": "你好"}),
    ("把标题换成春天", {"title": "春天"}),
    ("remove the title", {"title": None, "music": "lo-fi"}),
    ("删除标题", {"title": None}),
    ("make it 15 seconds", {"seconds": 15, "title": "Old", "music": "lo-fi", "shots": 6}),
    ("改成20秒", {"seconds": 20}),
    ("make it 10s shorter", {"seconds": 20}),
    ("make it longer by 5 seconds", {"seconds": 35}),
    ("缩短10秒", {"seconds": 20}),
    ("it's too loud, the music", {"volume": 0.2}),
    ("音乐太大声了", {"volume": 0.2}),
    ("把音乐音量调到百分之二十", {"volume": 0.2, "seconds": 30}),
    ("call it Summer", {"title": "Summer"}),
    ("make it vertical and add a voice-over", {"size": TALL}),
    ("make it vertical", {"size": TALL, "seconds": 30, "title": "Old"}),
    ("改成竖屏", {"size": TALL}),
    ("4:3 please", {"size": (1440, 1080)}),
    ("use calm music instead", {"music": "calm", "volume": 0.35}),
    ("换成舒缓的音乐", {"music": "calm"}),
    ("remove the music", {"music": None, "title": "Old"}),
    ("去掉音乐", {"music": None}),
    ("set the music volume to 50%", {"volume": 0.5, "music": "lo-fi"}),
    ("音乐音量调到 10%", {"volume": 0.1}),
    ("mute the music", {"volume": 0.0, "music": "lo-fi"}),
    ("静音音乐", {"volume": 0.0}),
    ("make the music louder", {"volume": 0.5}),
    ("音乐小声一点", {"volume": 0.2}),
]


@pytest.mark.parametrize(("prompt", "expected"), TWEAKS, ids=[prompt for prompt, _ in TWEAKS])
async def test_changing(prompt, expected):
    before = await promo()
    draft, text, _ = await say(prompt, draft=before)
    assert draft is not None, text
    found = facts(draft)
    assert {key: found[key] for key in expected} == expected
    assert facts(before)["title"] == "Old", "the draft before is left as it was"


@pytest.mark.parametrize(
    "prompt", ["set the music volume to 50%", "mute the music", "音乐音量调到 10%", "mute the clips"]
)
async def test_volume_edits_are_silent_as_in_the_cloud(prompt):
    draft, text, _ = await say(prompt, draft=await promo())
    assert draft is not None
    assert text == ""


async def test_muting_the_clips_leaves_the_music():
    draft, _, _ = await say("mute the original sound of the clips", draft=await promo())
    assert facts(draft)["volume"] == 0.35
    assert [s["m"]["volume"] for s in edits.segments(draft, edits.VIDEO) if s["m"]["kind"] == "video"] == [0.0]


EACH = [("a slideshow with 3 seconds per photo", 23.0), ("每张照片3秒的幻灯片", 23.0), ("make a video, 2s each", 18.0)]


@pytest.mark.parametrize(("prompt", "seconds"), EACH)
async def test_a_time_for_each_photo(prompt, seconds):
    draft, _, _ = await say(prompt)
    assert facts(draft)["seconds"] == seconds


PATHOLOGICAL = ["a" * 20_000, "a " * 10_000, "3 " * 10_000, "'" * 20_000, "标题" * 10_000, "title to " * 2_000]
PATHOLOGICAL += ['"' * 9_999, "says " * 4_000, "no text or " * 2_000, "1:" * 10_000, "ten and " * 2_500, "十" * 20_000]
PATHOLOGICAL += [
    "minute 1 " * 2_000,
    "\x00\x07",
    "\n" * 5_000,
    "half a " * 3_000,
    "9" * 20_000 + " seconds",
    "9" * 9_000 + "秒",
    "change " * 3_000,
    "《" * 20_000,
    "the first and the " * 1_200,
    "photo 1, 2, " * 1_500,
    "第一张照片和" * 3_000,
    " " * 20_000,
    "\ue000" * 9_000,
]


@pytest.mark.parametrize(
    "prompt", PATHOLOGICAL, ids=[prompt[:9].encode("unicode_escape").decode() for prompt in PATHOLOGICAL]
)
async def test_strange_prompts_are_answered_soon(prompt):
    began = time.process_time()
    _, text, _ = await say(prompt, draft=await promo())
    assert time.process_time() - began < 1
    assert len(text) < 5_000


@hypothesis.given(hypothesis.strategies.text(max_size=60))
@hypothesis.settings(max_examples=150)
async def test_anything_may_be_said(words):
    draft, text, _ = await say(f"make {words} 10 seconds")
    assert text
    assert draft is None or Draft(draft).ready


REFUSED = [
    "remove the background",
    "add a voiceover",
    "translate the speech into French",
    "apply a cartoon filter",
    "配音",
    "抠图换背景",
    "rotate the clip",
    "make it 60 seconds shorter",
    "what's the weather like",
    "hello",
    "你好",
    "???",
    "make it 3 hours long",
    "set the music volume to 300%",
]


@pytest.mark.parametrize("prompt", REFUSED)
async def test_what_it_cannot_do_it_says(prompt):
    draft, text, composed = await say(prompt, draft=await promo())
    assert draft is None
    assert composed == []
    assert len(text) > 20


async def test_a_mixed_wish_is_done_as_far_as_possible_and_the_rest_is_named():
    draft, text, _ = await say("make a 30 second promo with music and a voiceover")
    assert facts(draft)["seconds"] == 30
    assert "voice" in text.lower()


@pytest.mark.parametrize("prompt", ["make a 30-second promo", "add upbeat music", "做成30秒视频", 'add a title "Hi"'])
async def test_nothing_uploaded(prompt):
    draft, text, _ = await say(prompt, materials=())
    assert draft is None
    assert "upload" in text.lower() or "上传" in text


async def test_answers_come_in_the_language_of_the_prompt():
    _, text, _ = await say("把这些图片做成30秒的视频")
    assert "秒" in text
    _, text, _ = await say("make a 30 second video")
    assert "second" in text


async def test_a_derived_title_is_admitted():
    draft, text, _ = await say("make a 10s video with text")
    assert facts(draft)["title"] == "Paris"
    assert "Paris" in text
    unnamed = [Material("a" * 32, "IMG_2041.jpg", "image", "http://h/media/x/a.jpg")]
    draft, text, _ = await say("make a 10s video with text", materials=unnamed)
    assert facts(draft)["title"]
    assert facts(draft)["title"] in text
    draft, _, _ = await say("make a 10s video with text", materials=unnamed, task_name="Spring Sale")
    assert facts(draft)["title"] == "Spring Sale"


async def test_a_title_that_no_font_can_show_is_left_out():
    draft, text, _ = await say("做成30秒的视频，标题《城市之梦》", missing="装一个字体。")
    assert facts(draft)["title"] is None
    assert "装一个字体。" in text


async def test_short_clips_are_not_stretched():
    draft, text, _ = await say("make a 30 second video", materials=[CLIP])
    assert facts(draft)["seconds"] == 8
    assert "8" in text


async def test_an_uploaded_song_is_the_music():
    draft, _, composed = await say("make a 30 second video with music", materials=[*PHOTOS, SONG])
    assert composed == []
    assert edits.segments(draft, edits.AUDIO)[0]["m"]["src"] == SONG.url
    _, text, _ = await say("make a video", materials=[SONG])
    assert "photo" in text.lower()


async def test_undo_brings_the_draft_before_back():
    before = await promo()
    draft, _, _ = await say("undo", draft={**before, "d": 1}, previous=before)
    assert draft == before
    draft, text, _ = await say("undo", draft=before)
    assert draft is None
    assert text


async def test_new_uploads_join_the_timeline():
    first, _, _ = await say("make a 10 second video", materials=PHOTOS[:2])
    draft, _, _ = await say("add the new photos too", draft=first, materials=PHOTOS)
    assert facts(draft)["shots"] == 5
    assert facts(draft)["seconds"] == 22


async def test_photos_move_slowly_and_give_way_to_each_other():
    draft = await promo()
    segments = edits.segments(draft, edits.VIDEO)
    photos = [segment for segment in segments if segment["m"]["kind"] == "image"]
    assert [photo["m"]["motion"] for photo in photos] == ["zoom-in", "zoom-out", "zoom-in", "zoom-out", "zoom-in"]
    assert [s["m"].get("transition") for s in segments] == [{"type": "crossfade", "d": 500}] * 5 + [None]
    clip = segments[-1]
    assert (clip["d"], clip["m"]["volume"]) == (8_000, 1.0)
    assert len({segment["id"] for track in draft["t"] for segment in track["sg"]}) == 8


async def test_export_talk_is_told_what_to_press():
    draft, text, _ = await say("导出视频", draft=await promo())
    assert draft is None
    assert "导出" in text


@pytest.mark.parametrize(
    ("prompt", "mood"),
    [(f"change the music to {mood}", mood) for mood in MOODS]
    + [
        ("换成悲伤的音乐", "sad"),
        ("换成浪漫的音乐", "romantic"),
        ("换成史诗音乐", "epic"),
        ("换成电子音乐", "electronic"),
    ],
)
async def test_every_mood_that_is_offered_can_be_had(prompt, mood):
    draft, _, _ = await say("make a 20 second promo with corporate music")
    changed, text, composed = await say(prompt, draft=draft)
    if mood == "corporate":
        assert composed in ([], ["corporate"])
        return
    assert composed == [mood]
    assert mood.capitalize() in text
    assert facts(changed)["music"] == mood


async def test_a_muted_clip_stays_muted_when_the_video_is_made_anew():
    draft, _, _ = await say("make a 30 second promo")
    muted, _, _ = await say("mute the clip", draft=draft)
    for prompt in ("make it 20 seconds", "make a 25 second slideshow"):
        changed, _, _ = await say(prompt, draft=muted)
        volumes = [segment["m"]["volume"] for segment in edits.segments(changed, 0) if segment["m"]["kind"] == "video"]
        assert volumes == [0.0]


@pytest.mark.parametrize(
    "prompt",
    [
        "make a 30 second video",
        "make a video only 10 seconds long",
        "turn the photos into a 20 second clip",
        "只要15秒的视频",
        "make my images 10 seconds",
    ],
)
async def test_a_length_is_no_choice_of_photos(prompt):
    draft, text, _ = await say(prompt)
    assert draft is not None
    assert "picking" not in text
    assert "挑选" not in text


async def test_one_photo_is_made_longer_without_the_others():
    draft, _, _ = await say("make a 30 second promo")
    changed, _, _ = await say("make the first photo 5 seconds long", draft=draft)
    before, after = ([one["d"] for one in edits.segments(one_draft, 0)] for one_draft in (draft, changed))
    assert after == [5_000, *before[1:]]


@pytest.mark.parametrize("prompt", ["undo the title change", "undo the music", "撤销音乐"])
async def test_undo_may_name_what_it_undoes(prompt):
    before, _, _ = await say("make a 30 second promo")
    draft, _, _ = await say('add the title "Rome" and lo-fi music', draft=before)
    changed, _, _ = await say(prompt, draft=draft, previous=before)
    assert changed == before


async def test_an_undo_beside_other_wishes_is_named():
    before, _, _ = await say("make a 30 second promo")
    changed, text, _ = await say("undo that and add sad music", draft=before, previous=before)
    assert facts(changed)["music"] == "sad"
    assert "undoing" in text
