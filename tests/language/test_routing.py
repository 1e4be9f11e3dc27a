"""Requests are told from messages by intent."""

from __future__ import annotations

import pytest

from nemo_widgets.language.routing import Action, route

CASES = {
    Action.EXPORT: [
        "export", "Export", "EXPORT!", "export my video", "Export the video.", "please export it", "export it please", "can you export the video?",
        "Could you please export my final video now?", "download", "download it", "please download it", "download the video", "download the mp4 file",
        "export as mp4", "export in 1080p", "export to mp4", "send me the video", "Send me the finished video, please", "give me the video", "render the video",
        "I want to export my video", "I'd like to download the video", "let's export", "ok, export it", "Looks great! Export it.", "perfect, export please",
        "save the video", "can I have the video?", "export it again", "export and download it", "start the export", "go ahead and export",
        "导出", "导出视频", "请导出视频", "帮我导出视频", "导出吧", "把视频导出", "把视频导出来", "下载", "下载视频", "把视频发给我", "视频发给我", "给我视频", "导出为mp4", "好的，导出吧",
        "我想导出这个视频", "可以导出了吗？", "导出 MP4",
    ],
    Action.CREDITS: [
        "credits", "Credits?", "balance", "my balance", "check my credits", "show my credits", "how many credits do I have left?", "How many credits are left?",
        "how many credits do I have", "what's my balance?", "what is my credit balance", "credits left", "remaining credits", "do I have any credits left?",
        "please check my account balance", "how much credit do I have", "am I out of credits?",
        "积分", "余额", "查看积分", "我还有多少积分？", "积分还剩多少", "余额是多少", "我的余额", "查询余额", "还剩多少积分",
    ],
    Action.STATE: [
        "status", "Status?", "show tracks", "show the tracks", "show me the timeline", "show my timeline", "list tracks", "list all tracks", "what's on the timeline?",
        "what is the status?", "what's the current status", "timeline", "project status", "which tracks do I have?", "how many tracks are there?", "show the current draft",
        "状态", "查看状态", "显示轨道", "看看时间线", "当前状态", "时间线", "现在有哪些轨道", "时间线上有什么", "项目状态",
    ],
    Action.UPLOAD: [
        "upload", "upload a file", "upload some photos", "I want to upload my video", "upload these images", "can I upload another clip?", "upload more files", "let me upload two photos",
        "upload photos and music", "上传", "上传文件", "上传图片", "我要上传一些照片", "上传素材", "我想上传视频",
        "/home/me/holiday.jpg", "clip.mp4", "https://example.com/media/b.mp4", "https://example.com/c.png?w=3",
    ],
    Action.MESSAGE: [
        "", "hello", "make a 30-second promo", "add end credits", "add credits at the end", "roll the credits", "show the credits at the end of the video", "balance the audio",
        "balance the audio levels", "balance the colours", 'add a title that says "Export"', "add a title that says Export Quality", "Export Quality is the title",
        "show the status bar as text", "how do I export?", "how can I download it?", "how do I upload a file?", "don't export yet", "do not export", "should I export it?",
        "why can't I export?", "export quality matters to our customers, say that in the title", "export the audio only as mp3", "download some music from the internet",
        "add the text download now", "add a download button at the end", "replace the title with Credits", "remove the status text", "show tracks of the train station longer",
        "upload speed should be the topic", "make the upload photo bigger", "the balance between music and voice is off", "change the timeline to 15 seconds", "trim the first track",
        "export my video and then delete the title", "I uploaded a file, use it", "give me a video of a cat", "send me a video about exports", "put credits to John in the corner",
        "make the status light green", "what does export cost?", "combine these images into a 30-second promo video with music and text", "use clip.mp4 twice", "show the timeline of the war",
        "添加一个写着“导出”的标题", "标题写“余额”", "怎么导出？", "如何下载视频？", "先不要导出", "不要导出", "添加片尾字幕", "平衡音量", "把状态两个字放在左上角", "加一段关于上传速度的文字", "做一个下载应用的广告", "导出之前先加个标题",
        "把音乐音量调低一点", "把余额宝做成宣传片", "轨道上的火车多放一会儿", "上传速度太慢了", "积分商城宣传片",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("text", "action"), [(text, action) for action, texts in CASES.items() for text in texts])
def test_route(text, action):
    assert route(text) is action


def test_the_same_whatever_the_case_and_the_spaces():
    assert route("  EXPORT   my\nvideo  ") is Action.EXPORT


def test_a_long_message_takes_no_time():
    assert route("please " * 5000 + "x") is Action.MESSAGE
    assert route("可以" * 5000 + "x") is Action.MESSAGE
