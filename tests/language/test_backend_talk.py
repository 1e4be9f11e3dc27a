"""The backend's talk of buttons: the description stays, the instruction becomes an action."""

from __future__ import annotations

import pytest

from nemo_widgets.language.backend_talk import translate_gui
from nemo_widgets.language.routing import Action

EXPORT, CREDITS, STATE, UPLOAD, MESSAGE = Action.EXPORT, Action.CREDITS, Action.STATE, Action.UPLOAD, Action.MESSAGE

CASES = [
    ("I added the title. Click the Export button to download your video.", "I added the title.", [EXPORT]),
    ("Your promo is ready! Click [Export] to save it.", "Your promo is ready!", [EXPORT]),
    ("I added music, and you can preview it in the timeline.", "I added music.", [STATE]),
    ("The clips are joined. You can preview the result in the timeline.", "The clips are joined.", [STATE]),
    ("Preview in timeline.", "", [STATE]),
    (
        "The title fades in over 3 seconds. Open the Timeline panel to see it.",
        "The title fades in over 3 seconds.",
        [STATE],
    ),
    ("Music is at 35%. Drag the volume slider to change it.", "Music is at 35%.", [MESSAGE]),
    ("Drag and drop your clips onto the timeline.", "", [MESSAGE]),
    ("You are low on credits. Check your account page for details.", "You are low on credits.", [CREDITS]),
    ("Please check your billing settings.", "", [CREDITS]),
    ("To download your video, click the **Export** button.", "", [EXPORT]),
    ("When you're ready, click Export.", "", [EXPORT]),
    ("Done! The Export button is in the top right corner.", "Done!", [EXPORT]),
    (
        "I trimmed the clip to 15 s. Click the Upload button to add more photos.",
        "I trimmed the clip to 15 s.",
        [UPLOAD],
    ),
    ("All set. Click Undo to go back.", "All set.", [MESSAGE]),
    (
        "Added 3 clips.\n\n1. Click **Export**\n2. Open the media panel\n\nEnjoy your video.",
        "Added 3 clips.\n\nEnjoy your video.",
        [EXPORT, STATE],
    ),
    ("It is done. Click Export, then click Export again.", "It is done.", [EXPORT]),
    ("已添加标题，请在时间线中预览。", "已添加标题。", [STATE]),
    ("在时间线中预览", "", [STATE]),
    ("视频已完成！点击“导出”按钮即可下载。", "视频已完成！", [EXPORT]),
    ("音乐音量已调到 35%。您可以点击右上角的导出按钮。", "音乐音量已调到 35%。", [EXPORT]),
    ("已加入三张照片。打开素材面板查看。", "已加入三张照片。", [STATE]),
    ("片段已剪到 15 秒，拖拽片段可以调整顺序。", "片段已剪到 15 秒。", [MESSAGE]),
    ("积分不足，请查看账户。", "积分不足。", [CREDITS]),
    ("点击上传按钮添加更多图片。", "", [UPLOAD]),
    ("已完成。如需保存，请点击导出。", "已完成。", [EXPORT]),
]

UNTOUCHED = [
    "",
    "I added the title “Click here to subscribe” at 0–3 s.",
    'The title now says "Open the door, drag the rug".',
    "I added a click sound at every cut.",
    "The beat drops at 0:12, and the clips change with it.",
    "The title has a drop shadow.",
    "I opened with the city shot and balanced the audio.",
    "Exported frames look sharp at 1080p.",
    "Your timeline has 3 tracks: video, music and a title.",
    "The camera drags across the skyline.",
    "See https://example.com/a,b.html for the song's licence.",
    "The open panel door closes slowly.",
    "I used the photo of the account manager as the first clip.",
    "我打开了字幕，并加上了标题。",
    "已添加点击音效。",
    "标题写着“点击关注”。",
    "  two spaces and a trailing newline\n",
]


@pytest.mark.parametrize(("said", "shown", "actions"), CASES)
def test_instructions_become_actions(said, shown, actions):
    assert translate_gui(said) == (shown, actions)


@pytest.mark.parametrize("said", UNTOUCHED)
def test_descriptions_are_left_as_they_are(said):
    assert translate_gui(said) == (said, [])


def test_a_long_answer_takes_no_time():
    text = "I added a clip, and then another one, to the timeline; " * 2000
    assert translate_gui(text) == (text, [])
