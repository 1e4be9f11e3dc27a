"""What people write about making, texts and music, and what the draft is afterwards: one table, one test."""

from __future__ import annotations

import itertools
import pathlib
import sys

import pytest

from nemo_widgets.draft.model import Draft
from nemo_widgets.studio import edits
from nemo_widgets.studio.agent import typos
from nemo_widgets.studio.agent.base import Material

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from talking import CLIP, PHOTOS, SONG, facts, promo, say, shots

OTHER = Material("a" * 32, "beach.mov", "video", f"http://h/media/{'a' * 32}/beach.mov", 6_000, has_audio=True)
RED, BLUE, YELLOW, WHITE = "#e53935", "#1e88e5", "#fdd835", "#ffffff"
P = ["paris-01", "paris-02", "paris-03", "paris-04", "paris-05"]

STARTS = {
    "new": [],
    "quiet": ["make a 28 second video"],
    "promo": ['make a 28 second promo titled "Old" with lo-fi music'],
    "ended": ['make a 28 second promo titled "Old" with lo-fi music', 'add the title "The End" at the end'],
}
"""What was said before: photos of 4 s each, then the clip of 8 s."""


def texts(draft):
    """Return text → (its segment's metadata, with ``start`` and ``end`` in seconds)."""
    found = edits.segments(draft, edits.TEXT)
    return {
        one["m"]["text"]: one["m"] | {"start": one["st"] / 1000, "end": (one["st"] + one["d"]) / 1000} for one in found
    }


def heard(draft):
    """Return the music's metadata."""
    return next((one["m"] | {"start": one["st"] / 1000} for one in edits.segments(draft, edits.AUDIO)), {})


def seen(draft, key):
    """Return one thing that a person would see or hear in a draft."""
    if key == "texts":
        return sorted(texts(draft), key=lambda text: texts(draft)[text]["start"])
    if key in {"shots", "count"}:
        return shots(draft) if key == "shots" else len(shots(draft))
    if key == "music_end":
        return sum(edits.segments(draft, edits.AUDIO)[0][one] for one in ("st", "d")) / 1000
    if key == "clip_volume":
        return {one["m"]["volume"] for one in edits.segments(draft, edits.VIDEO) if one["m"]["kind"] == "video"}
    return facts(draft)[key] if key in facts(draft) else heard(draft).get(key)


BEFORE_THE_CODE = [
    # Making
    ("new", "Can you make a 30 second montage of my holiday photos with happy music?", {"seconds": 30, "music": "happy"}),
    ("new", "30-second story, vertical, calm music please", {"seconds": 30, "size": (1080, 1920), "music": "calm"}),
    ("new", "make an ad from paris-01.jpg, paris-02.jpg and clip.mp4, 15 seconds", {"seconds": 15, "shots": [*P[:2], "clip"]}),
    (
        "new",
        "make a recap, 3 seconds per photo, titled \"Class of 2024\", and end with 'See you in autumn'",
        {"seconds": 23, "texts": ["Class of 2024", "See you in autumn"], "text": {"See you in autumn": {"end": 23, "role": "call-to-action"}}},
    ),
    ("new", "用所有照片做一个20秒的毕业相册，标题“毕业快乐”，欢快的音乐", {"seconds": 20, "texts": ["毕业快乐"], "music": "happy"}),
    ("new", "帮我做个一分钟的回顾视频，结尾写上“谢谢大家”", {"seconds": 60, "text": {"谢谢大家": {"end": 60}}}),
    # Texts
    ("quiet", "add the text 'Welcome' at the bottom from 5 to 9 seconds in yellow", {"text": {"Welcome": {"start": 5, "end": 9, "color": YELLOW, "position": "bottom"}}}),
    ("quiet", "put the title 'Rome' on the second photo", {"text": {"Rome": {"start": 4, "end": 8}}}),
    ("quiet", "caption the first photo 'Arrival'", {"text": {"Arrival": {"start": 0, "end": 4, "role": "caption", "position": "bottom"}}}),
    ("quiet", "captions: Arrival, Breakfast, Tower, River, Goodbye", {"texts": ["Arrival", "Breakfast", "Tower", "River", "Goodbye"], "text": {"Tower": {"start": 8, "end": 12}}}),
    ("quiet", "put the file names under the photos", {"texts": P, "text": {P[4]: {"start": 16, "end": 20, "role": "caption"}}}),
    ("quiet", "给每张照片加字幕：早晨、中午、下午、傍晚、夜晚", {"texts": ["早晨", "中午", "下午", "傍晚", "夜晚"], "text": {"中午": {"start": 4, "end": 8}}}),
    ("quiet", "lower third 'Jane Doe, CEO' from 5 to 9 seconds", {"text": {"Jane Doe, CEO": {"start": 5, "end": 9, "position": "lower-third", "role": "lower-third"}}}),
    ("promo", "end with 'Visit us at example.com'", {"text": {"Visit us at example.com": {"end": 28, "role": "call-to-action"}}, "texts": ["Old", "Visit us at example.com"]}),
    ("ended", "change 'The End' to 'Fin'", {"texts": ["Old", "Fin"], "text": {"Fin": {"end": 28}}}),
    ("ended", "make 'The End' red and bigger", {"text": {"The End": {"color": RED}, "Old": {"color": None}}}),
    ("ended", "remove the text 'Old'", {"texts": ["The End"]}),
    ("ended", "delete the second text", {"texts": ["Old"]}),
    ("ended", "把“The End”改成“再见”", {"texts": ["Old", "再见"]}),
    ("ended", "change the title to 'Start'", {"texts": ["Start", "The End"]}),
    ("promo", "put a box behind the title", {"text": {"Old": {"background": "box"}}}),
    ("promo", "show the title from 2 to 6 seconds", {"text": {"Old": {"start": 2, "end": 6}}}),
    ("promo", "标题从第2秒显示到第6秒，白色，放在左上角", {"text": {"Old": {"start": 2, "end": 6, "color": WHITE, "position": "top-left"}}}),
    ("ended", "删掉片尾的文字", {"texts": ["Old"]}),
    ("promo", 'add a title saying "make it 10 seconds and remove the music" at the end', {"seconds": 28, "music": "lo-fi", "texts": ["Old", "make it 10 seconds and remove the music"]}),
    # Music
    ("promo", "duck the music when somebody speaks", {"duck": 0.25, "volume": 0.35}),
    ("promo", "说话的时候音乐小声一点", {"duck": 0.25}),
    ("promo", "fade the music in and out over 2 seconds", {"fade_in": 2000, "fade_out": 2000}),
    ("promo", "start the music at 5 seconds", {"start": 5}),
    ("promo", "the music should be half as loud", {"volume": 0.175}),
    ("promo", "turn the music up by 10%", {"volume": 0.45}),
    ("promo", "mute the clips, set the music to 60%", {"clip_volume": {0.0}, "volume": 0.6}),
    ("promo", "音乐音量调到一半，视频原声静音", {"volume": 0.5, "clip_volume": {0.0}}),
    ("song", "swap the music for our song.mp3 and fade it out", {"music": "our song", "fade_out": 3000}),
    # What can't be done
    ("promo", "write me a poem about Paris", {"unchanged": True, "says": ["poem", "title"]}),
    ("promo", "generate a video of a dragon flying over the city", {"unchanged": True, "says": ["new"]}),
    ("promo", "stabilise the clip please", {"unchanged": True, "says": ["stabil"]}),
    ("promo", "add a voice-over and remove the background of the second photo", {"unchanged": True, "says": ["voice-over", "background"]}),
    ("promo", "帮我写一首诗配在视频里", {"unchanged": True, "says": ["诗"]}),
    # Several at once
    ("quiet", '1. add lo-fi music at 20%\n2. title: Hello Paris\n3. end with "Thanks"', {"music": "lo-fi", "volume": 0.2, "texts": ["Hello Paris", "Thanks"]}),
    ("promo", "remove the second photo, add a title 'Fin' at the end and make the music quieter", {"shots": [P[0], *P[2:], "clip"], "texts": ["Old", "Fin"], "volume": 0.2}),
    ("promo", "先去掉第一张照片，然后加上悲伤的音乐，并且标题改成“再会”", {"shots": [*P[1:], "clip"], "music": "sad", "texts": ["再会"]}),
    ("promo", "make the title blue and make the horse dance", {"text": {"Old": {"color": BLUE}}, "says": ["horse"]}),
]  # fmt: skip


AFTER_THE_CODE = [
    # Making
    ("new", "Hi! Could you please put all my photos together into a 20 sec Instagram story with upbeat music? Thanks!", {"seconds": 20, "size": (1080, 1920), "music": "upbeat"}),
    ("new", "teaser, 10s, electronic music, title: Coming Soon", {"seconds": 10, "music": "electronic", "texts": ["Coming Soon"]}),
    ("new", "make a commercial of 20 seconds, no text, with corporate music at 25%", {"seconds": 20, "texts": [], "music": "corporate", "volume": 0.25}),
    ("new", "Create a wedding highlight reel with romantic music, the title 'Anna & Ben' and 'Thank you' at the end.", {"music": "romantic", "texts": ["Anna & Ben", "Thank you"], "text": {"Thank you": {"end": 28}}}),
    ("new", "make a slideshow with the file names as captions", {"seconds": 28, "texts": P, "count": 6}),
    ("new", "make a 28 second video and put 'Eiffel' on the third photo", {"seconds": 28, "text": {"Eiffel": {"start": 8, "end": 12}}}),
    ("new", "做一个30秒的宣传片，片头写“新品上市”，片尾写“欢迎选购”，音乐要动感一点", {"seconds": 30, "texts": ["新品上市", "欢迎选购"], "music": "upbeat"}),
    ("new", "把 paris-01.jpg 和 clip.mp4 剪成一个10秒的预告片，不要音乐", {"seconds": 10, "shots": ["paris-01", "clip"], "music": None}),
    ("new", "make a video titled 'Make it 9:16, 10 seconds, no music'", {"seconds": 28, "size": (1920, 1080), "texts": ["Make it 9:16, 10 seconds, no music"]}),
    # Texts that are added
    ("quiet", "write 'Paris, je t'aime' in the top right corner", {"text": {"Paris, je t'aime": {"position": "top-right"}}}),
    ("quiet", "show the text 'SALE' for the whole video in red at the top left", {"text": {"SALE": {"start": 0, "end": 28, "color": RED, "position": "top-left"}}}),
    ("quiet", "add 'One' at the start and 'Two' at the end", {"texts": ["One", "Two"], "text": {"Two": {"end": 28}}}),
    ("quiet", "add the text 'Lunch' at 0:12 for 4 seconds", {"text": {"Lunch": {"start": 12, "end": 16}}}),
    ("quiet", "text 'Bye' for the last 5 seconds", {"text": {"Bye": {"start": 23, "end": 28}}}),
    ("quiet", "add a small white text 'draft' in a black box at the bottom right", {"text": {"draft": {"size": "small", "color": WHITE, "background": "box", "position": "bottom-right"}}}),
    ("quiet", "title 'Big' with font size 120", {"text": {"Big": {"size": 120}}}),
    ("quiet", "add a name tag saying Dr. Li from 0:02 to 0:06", {"text": {"Dr. Li": {"start": 2, "end": 6, "role": "lower-third"}}}),
    ("quiet", "call to action: Book now at example.com", {"text": {"Book now at example.com": {"end": 28, "role": "call-to-action"}}}),
    ("quiet", "caption the second photo 'Lunch' and the third 'River'", {"text": {"Lunch": {"start": 4, "end": 8}, "River": {"start": 8, "end": 12}}}),
    ("quiet", 'caption paris-04.jpg with "Montmartre"', {"text": {"Montmartre": {"start": 12, "end": 16, "role": "caption"}}}),
    ("quiet", 'put "Live!" over the clip', {"text": {"Live!": {"start": 20, "end": 28}}}),
    ("quiet", 'captions: "A day", "in the", "city"', {"texts": ["A day", "in the", "city"], "says": [P[3]]}),
    ("quiet", "add captions to the photos", {"unchanged": True, "says": ["file names"]}),
    ("quiet", "给第一张照片加字幕“出发”", {"text": {"出发": {"start": 0, "end": 4, "role": "caption"}}}),
    ("quiet", "第三张照片上写“塞纳河”，黄色", {"text": {"塞纳河": {"start": 8, "end": 12, "color": YELLOW}}}),
    ("quiet", "用文件名做字幕", {"texts": P}),
    ("quiet", "在右下角加上文字“请勿转载”，小号，全程显示", {"text": {"请勿转载": {"start": 0, "end": 28, "position": "bottom-right", "size": "small"}}}),
    ("quiet", "第5秒到第9秒加人名条“李老师，语文组”", {"text": {"李老师，语文组": {"start": 5, "end": 9, "role": "lower-third"}}}),
    ("promo", "以“谢谢观看”结尾", {"texts": ["Old", "谢谢观看"], "text": {"谢谢观看": {"end": 28}}}),
    # Texts that change
    ("ended", 'replace "Old" with "New" and "The End" with "Fin"', {"texts": ["New", "Fin"]}),
    ("ended", "the second text should say 'Goodbye'", {"texts": ["Old", "Goodbye"]}),
    ("ended", "move 'The End' to 20 seconds", {"text": {"The End": {"start": 20, "end": 23}}}),
    ("ended", "put 'The End' at the bottom and make it yellow", {"text": {"The End": {"position": "bottom", "color": YELLOW}, "Old": {"color": None}}}),
    ("ended", "make all texts blue", {"text": {"Old": {"color": BLUE}, "The End": {"color": BLUE}}}),
    ("ended", "remove all the text", {"texts": []}),
    ("ended", "remove the title", {"unchanged": True, "says": ["Old", "The End"]}),
    ("ended", "把第二个文字放到左下角", {"text": {"The End": {"position": "bottom-left"}, "Old": {"position": "center"}}}),
    ("ended", "删除“Old”", {"texts": ["The End"]}),
    ("ended", "remove 'Nothing like it'", {"unchanged": True, "says": ["Nothing like it", "Old"]}),
    ("promo", "keep the title on screen longer", {"text": {"Old": {"start": 0, "end": 6}}}),
    ("promo", "标题再大一点", {"text": {"Old": {"size": 211}}}),
    ("promo", "标题小一点，改成蓝色", {"text": {"Old": {"size": "medium", "color": BLUE}}}),
    ("promo", "make the title 80 px and remove its background", {"text": {"Old": {"size": 80, "background": "none"}}}),
    ("promo", "the title should stay until 10 seconds", {"text": {"Old": {"start": 0, "end": 10}}}),
    # Music
    ("promo", "the music is way too loud", {"volume": 0.05}),
    ("promo", "play the music quietly in the background", {"volume": 0.2}),
    ("promo", "music at full volume", {"volume": 1.0}),
    ("promo", "double the volume of the music", {"volume": 0.7}),
    ("promo", "stop the music after 20 seconds", {"seconds": 28, "music_end": 20}),
    ("promo", "mute everything", {"volume": 0.0, "clip_volume": {0.0}}),
    ("promo", "lower the clip's sound to 20%", {"clip_volume": {0.2}, "volume": 0.35}),
    ("promo", "音乐开头淡入3秒，结尾淡出", {"fade_in": 3000, "fade_out": 3000}),
    ("promo", "音乐从第5秒开始", {"start": 5}),
    ("promo", "音乐音量提高20%", {"volume": 0.55}),
    ("song", "use our song.mp3, start the song at 0:30 and loop it", {"music": "our song", "in": 30_000, "loop": True}),
    ("song", "用我上传的歌，音量30%，说话时压低音乐", {"music": "our song", "volume": 0.3, "duck": 0.25}),
    ("quiet", "add sad music and duck it under the voices", {"music": "sad", "duck": 0.25}),
    ("quiet", "make the music louder and add the title 'Hi'", {"texts": ["Hi"], "says": ["no music"]}),
    # What can't be done
    ("promo", "translate the title into French", {"unchanged": True, "says": ["translation"]}),
    ("promo", "post it on Instagram for me", {"unchanged": True, "says": ["online", "Export"]}),
    ("promo", "remove the tourist from the third photo", {"unchanged": True, "says": ["people"]}),
    ("promo", "用AI生成一段海边日落的视频", {"unchanged": True, "says": ["凭空"]}),
    ("promo", "add a title 'Poems' and write a poem", {"texts": ["Poems"], "says": ["poem"]}),
    # Several at once
    ("quiet", "Please: add calm music, then fade it out over 5 seconds, then add the title 'Rome' in yellow.", {"music": "calm", "fade_out": 5000, "text": {"Rome": {"color": YELLOW}}}),
    ("quiet", "- title: Our Trip\n- music: happy, 40%\n- end with 'See you'\n- mute the clips", {"texts": ["Our Trip", "See you"], "music": "happy", "volume": 0.4, "clip_volume": {0.0}}),
    ("quiet", "1、加上欢快的音乐，音量20%；2、标题“我们的班级”；3、片尾写“再见”；4、给第二张照片加字幕“运动会”", {"music": "happy", "volume": 0.2, "texts": ["我们的班级", "运动会", "再见"]}),
    ("promo", "make it 20 seconds and change the title to 'Short'", {"seconds": 20, "texts": ["Short"]}),
    ("promo", "remove logo.png and make the title red", {"text": {"Old": {"color": RED}}, "says": ["logo.png"]}),
]  # fmt: skip


WHAT_FAILED_AT_FIRST = [
    # Of 41 further prompts: a teacher, a wedding guest, a marketing person, a student in China.
    ("new", "Make a video for my grandma's birthday with the title Happy 80th Grandma and calm music", {"texts": ["Happy 80th Grandma"], "music": "calm"}),
    ("promo", "Could you make the text at the beginning a bit smaller and move it to the bottom left?", {"text": {"Old": {"size": "medium", "position": "bottom-left"}}}),
    ("promo", "the title is hard to read, put it in a box", {"text": {"Old": {"background": "box"}}}),
    ("promo", 'Put our names "Anna" and "Ben" on the first and second photo', {"text": {"Anna": {"start": 0, "end": 4}, "Ben": {"start": 4, "end": 8}}}),
    ("promo", "the music starts too early, let it come in at 3 seconds", {"start": 3, "seconds": 28}),
    ("promo", "music fades in for 2 seconds and fades out during the last 4 seconds", {"fade_in": 2000, "fade_out": 4000, "seconds": 28}),
    ("promo", "Turn off the sound of the clip but keep the music", {"clip_volume": {0.0}, "volume": 0.35}),
    ("promo", "remove the music and the title", {"music": None, "texts": []}),
    ("promo", 'Add our logo text "ACME" to the top right corner for the entire video, white, small', {"text": {"ACME": {"start": 0, "end": 28, "position": "top-right", "color": WHITE, "size": "small"}}}),
    ("promo", 'can you record a voice saying "Welcome"', {"unchanged": True, "says": ["voice-over"]}),
    ("promo", "please make my clip less shaky and the title yellow", {"text": {"Old": {"color": YELLOW}}, "says": ["stabil"]}),
    ("quiet", "add a caption to every photo: Monday, Tuesday, Wednesday, Thursday, Friday", {"texts": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]}),
    ("quiet", 'Photo 1: "The arrival", photo 2: "The ceremony", photo 3: "The party"', {"text": {"The ceremony": {"start": 4, "end": 8, "role": "caption"}, "The party": {"start": 8}}}),
    ("ended", "delete both titles", {"texts": []}),
    ("ended", "swap the texts", {"texts": ["The End", "Old"]}),
    ("ended", 'show "Old" twice as long', {"text": {"Old": {"start": 0, "end": 6}}}),
    ("ended", "make the first text blue and the last one white", {"text": {"Old": {"color": BLUE}, "The End": {"color": WHITE}}}),
    ("promo", "标题换个颜色，用红色，再放到上面", {"text": {"Old": {"color": RED, "position": "top"}}}),
    ("promo", "把音乐换成我喜欢的悲伤风格，声音小一点", {"music": "sad", "volume": 0.2}),
    ("promo", "音乐前面3秒慢慢变大，最后3秒慢慢变小", {"fade_in": 3000, "fade_out": 3000, "seconds": 28}),
]  # fmt: skip

TABLE = [*BEFORE_THE_CODE, *AFTER_THE_CODE, *WHAT_FAILED_AT_FIRST]


@pytest.mark.parametrize(("start", "prompt", "expected"), TABLE, ids=[prompt[:60] for _, prompt, _ in TABLE])
async def test_what_people_write(start, prompt, expected):
    materials = (*PHOTOS, CLIP, SONG) if start == "song" else (*PHOTOS, CLIP)
    draft = None
    for words in STARTS.get(start, STARTS["promo"]):
        draft, _, _ = await say(words, draft=draft, materials=materials[:6])
    made, said, _ = await say(prompt, draft=draft, materials=materials)
    check(made, said, expected)


def check(made, said, expected):
    """Compare a draft, and what was said of it, with what was expected."""
    if expected.get("unchanged"):
        assert made is None, texts(made)
    else:
        assert made is not None, said
    for words in expected.get("says", ()):
        assert words.lower() in said.lower()
    for text, wanted in expected.get("text", {}).items():
        assert text in texts(made), said
        assert {key: texts(made)[text].get(key) for key in wanted} == wanted
    plain = {key: value for key, value in expected.items() if key not in {"unchanged", "says", "text"}}
    assert {
        key: pytest.approx(seen(made, key)) if isinstance(value, float) else seen(made, key)
        for key, value in plain.items()
    } == plain


DIALOGUES = [
    ("two", ["remove the clip", "the second one"], {"shots": [*P, "clip"]}),
    ("two", ["remove the clip", "beach"], {"shots": [*P, "clip"]}),
    ("two", ["remove the clip", "both, please"], {"shots": P}),
    ("two", ["put 'Sea' on the clip", "the last one"], {"text": {"Sea": {"start": 28, "end": 34}}}),
    ("ended", ["remove the title", "the second one"], {"texts": ["Old"]}),
    ("ended", ["remove the title", "The End"], {"texts": ["Old"]}),
    ("ended", ["删掉文字", "第一个"], {"texts": ["The End"]}),
    ("ended", ["change the text to 'Hi'", "2"], {"texts": ["Old", "Hi"]}),
    (
        "ended",
        ["show the text for 5 seconds", "the first one"],
        {"text": {"Old": {"end": 5}, "The End": {"start": 25}}},
    ),
    ("ended", ["remove the title", "mute the music"], {"texts": ["Old", "The End"], "volume": 0.0}),
    ("promo", ["add a title", "Hello Rome"], {"texts": ["Hello Rome"]}),
    ("promo", ["加一个标题", "写“春游”"], {"texts": ["春游"]}),
    ("quiet", ["add captions to the photos", "use the file names"], {"texts": P}),
    ("quiet", ["add captions to the photos", "Dawn, Noon, Dusk"], {"texts": ["Dawn", "Noon", "Dusk"]}),
    ("promo", ["set the music volume to 300%", "50%"], {"volume": 0.5}),
    ("two", ["remove the clip", "the second one", "undo that and remove the other"], {"says": ["undo"]}),
]


@pytest.mark.parametrize(("start", "prompts", "expected"), DIALOGUES, ids=[" / ".join(row[1]) for row in DIALOGUES])
async def test_a_short_answer_completes_what_was_asked_about(start, prompts, expected):
    materials = (*PHOTOS, CLIP, OTHER) if start == "two" else (*PHOTOS, CLIP)
    draft, _, _ = await say("make a 34 second video", materials=materials)
    for words in STARTS.get(start, []):
        draft, _, _ = await say(words, draft=None if "make" in words else draft, materials=materials)
    turns = []
    made = said = None
    for index, prompt in enumerate(prompts):
        before = draft
        made, said, _ = await say(prompt, draft=draft, materials=materials, turns=turns, previous=before)
        if index == 0:
            assert made is None
            assert "?" in said or "？" in said or "which one" in said
        draft = made or draft
    if "says" not in expected:
        check(made, said, expected)


async def test_a_question_in_a_message_of_several_wishes_is_answered_alone():
    draft, _, _ = await say("make a 34 second video", materials=(*PHOTOS, CLIP, OTHER))
    turns = []
    made, said, _ = await say(
        "remove the clip and add the title 'Sea'", draft=draft, materials=(*PHOTOS, CLIP, OTHER), turns=turns
    )
    assert "beach" in said
    assert "changed nothing" not in said
    assert list(texts(made)) == ["Sea"]
    made, _, _ = await say("the first one", draft=made, materials=(*PHOTOS, CLIP, OTHER), turns=turns)
    assert shots(made) == [*P, "beach"]
    assert list(texts(made)) == ["Sea"]


async def test_a_session_in_chinese_has_chinese_lanes():
    draft, _, _ = await say("做一个20秒的视频，标题“春天”，舒缓的音乐，用文件名做字幕", language="zh")
    assert [track["m"]["name"] for track in draft["t"]] == ["视频", "背景音乐", "标题", "字幕"]
    assert heard(draft)["name"] == "舒缓"
    changed, _, composed = await say("换一首音乐", draft=draft, language="zh")
    assert composed == ["cinematic"]
    assert heard(changed)["name"] == "电影感"


async def test_texts_never_overlap_on_a_track():
    draft, _, _ = await say("make a 28 second video titled 'Paris' with the file names as captions")
    draft, _, _ = await say("lower third 'Jane Doe' from 1 to 5 seconds", draft=draft)
    draft, _, _ = await say("add the text 'More' from 2 to 6 seconds", draft=draft)
    assert not [row for row in Draft(draft).problems().itertuples() if row.problem == "overlap"]
    for track in draft["t"]:
        for one, other in itertools.pairwise(sorted(track["sg"], key=lambda segment: segment["st"])):
            assert one["st"] + one["d"] <= other["st"]


async def test_a_caption_goes_where_its_photo_goes():
    draft, _, _ = await say("make a 28 second video with the file names as captions")
    moved, _, _ = await say("put the last photo first", draft=draft)
    assert [texts(moved)[name]["start"] for name in P] == [4, 8, 12, 16, 0]
    fewer, _, _ = await say("remove the second photo", draft=moved)
    assert sorted(texts(fewer)) == P[1:], "the second one was paris-01 by then"
    brief, _, _ = await say("each photo 2 seconds", draft=fewer)
    assert (texts(brief)[P[1]]["start"], texts(brief)[P[1]]["end"]) == (2, 4)


def test_the_studio_remembers_what_it_asked(me):
    session = me.session()
    me.tiny_draft(session)
    me.say(session, 'add the title "Old"')
    me.say(session, 'add the title "The End" at the end')
    before = me.state(session)["draft"]
    me.say(session, "remove the title")
    assert me.state(session)["draft"] == before
    me.say(session, "the second one")
    assert list(texts(me.state(session)["draft"])) == ["Old"]
    other = me.session()
    me.say(other, "the second one")
    assert me.state(other)["draft"] is None, "another session was asked nothing"


@pytest.mark.parametrize(
    ("prompt", "plain"),
    [
        ("remvoe the titel", "remove the title"),
        ("make the fotos 2 secnods each", "make the photos 2 seconds each"),
        ("shwo the secnod photo last", "show the second photo last"),
        ("add calm musci", "add calm music"),
        ("change the titel to 'Musci Shwo'", "change the title to 'Musci Shwo'"),
        ("change the title to Musci Shwo", "change the title to 'Musci Shwo'"),
        ("blakc and white", "black and white"),
    ],
)
async def test_a_slip_of_the_fingers_is_read_as_the_word_that_is_meant(prompt, plain):
    before = await promo()
    slipped, told, _ = await say(prompt, draft=before)
    meant, _, _ = await say(plain, draft=before)
    assert slipped == meant, told
    assert slipped is not None


async def test_no_files_name_is_a_slip():
    files = (*PHOTOS, Material("1" * 32, "musci.jpg", "image", "http://h/media/" + "1" * 32 + "/m.jpg"))
    draft, _, _ = await say("make a 20 second video", materials=files)
    draft, _, _ = await say("remove musci.jpg", draft=draft, materials=files)
    assert shots(draft) == ["paris-01", "paris-02", "paris-03", "paris-04", "paris-05"]
    assert typos.mended("the musci photo first", files) == "the musci photo first"


@pytest.mark.parametrize(
    "prompt",
    [
        "the tile of the remote is back, charge the caution",
        "two lower thirds, three titled photos and muted clips",
        "haz un video con mis fotos y música",
        "deleted, reversed, shuffled, changes, creates, darken, brighten",
    ],
)
def test_a_word_that_is_one_is_left(prompt):
    assert typos.mended(prompt) == prompt
