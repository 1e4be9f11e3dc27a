"""What the studio's agent calls things, in English and Chinese: what can't be done, music, a text's looks."""

from __future__ import annotations

TOPICS: dict[str, tuple[str, str]] = {
    "voice": ("a voice-over", "旁白配音"),
    "subtitles": ("subtitles from speech", "语音字幕"),
    "translation": ("translations", "翻译"),
    "background": ("changing the background", "更换背景"),
    "filters": ("filters, effects and colours", "滤镜、特效和调色"),
    "speed": ("changing the speed", "调整速度"),
    "cutting": ("trimming, cropping or turning single shots", "裁剪或旋转单个素材"),
    "overlays": ("watermarks and stickers", "水印和贴纸"),
    "pictures": ("making new pictures", "生成新图片"),
    "resolution": ("more than 1080p", "高于 1080p 的分辨率"),
    "choosing": ("picking out single photos or clips for this", "对单个素材这样处理"),
    "formats": ("files other than MP4", "MP4 以外的文件格式"),
    "writing": ("writing poems, stories or slogans", "写诗、写文案"),
    "footage": ("making up new footage", "凭空生成画面"),
    "stabilising": ("stabilising shaky clips", "防抖稳定画面"),
    "cleaning": ("removing noise from sound", "降噪"),
    "objects": ("removing people or things from pictures", "消除画面中的人或物"),
    "faces": ("changing faces", "美颜换脸"),
    "posting": ("posting videos online", "发布到网上"),
    "fetching": ("taking music or videos from websites", "从网站下载音乐或视频"),
    "dates": ("an order by when photos were taken", "按拍摄时间排序"),
    "undo": ("undoing something together with other changes", "在修改的同时撤销"),
}
"""What can't be done, by topic."""

OFFERS: dict[str, tuple[str, str]] = {
    "formats": (
        'Click "Export" to get the MP4; other programs turn it into other files.',
        "点击“导出”即可获得 MP4，再用其他软件转换格式。",
    ),
    "writing": (
        "Give me the words, and I put them on the picture: add the title “…”.",
        "把文字告诉我，我可以放到画面上：加上标题“……”。",
    ),
    "voice": ("Upload a recording, and I play it: “use my song”.", "可以上传录音，再说“用我上传的音乐”。"),
    "subtitles": (
        "I can show what you write: “lower third ‘…’ from 2 to 5 seconds”.",
        "可以显示您写的字：“第2秒到第5秒加字幕‘……’”。",
    ),
    "translation": (
        "I can show what you write, in any language: add the title “…”.",
        "可以显示您写好的译文：加上标题“……”。",
    ),
    "footage": ("I work with your own photos and clips: upload some.", "我可以编辑您自己的照片和视频，请先上传。"),
    "pictures": ("I work with your own photos and clips: upload some.", "我可以编辑您自己的照片和视频，请先上传。"),
    "cleaning": ("I can mute a clip: “mute the clips”.", "可以把视频静音：“视频静音”。"),
    "posting": ("Export the video, then post the file.", "请先导出视频，再自行发布。"),
    "dates": (
        "They come in the order in which they were uploaded; “sort by name” is another.",
        "素材按上传顺序排列，也可以说“按文件名排序”。",
    ),
    "fetching": ("Upload the file, then say “use my song”.", "请先上传文件，再说“用我上传的音乐”。"),
}
"""What can be done instead of what can't, by topic."""

MOODS = {
    "lo-fi": "低保真",
    "happy": "欢快",
    "romantic": "浪漫",
    "sad": "悲伤",
    "electronic": "电子",
    "epic": "史诗",
    "upbeat": "轻快",
    "calm": "舒缓",
    "cinematic": "电影感",
    "corporate": "商务",
}
"""What kinds of music are called in Chinese."""


LOOKS: dict[str, tuple[str, str]] = {
    "small": ("small", "小号"),
    "medium": ("medium-sized", "中号"),
    "large": ("large", "大号"),
    "center": ("in the middle of the picture", "居中"),
    "top": ("at the top", "顶部"),
    "bottom": ("at the bottom", "底部"),
    "top-left": ("at the top left", "左上角"),
    "top-right": ("at the top right", "右上角"),
    "bottom-left": ("at the bottom left", "左下角"),
    "bottom-right": ("at the bottom right", "右下角"),
    "left": ("on the left", "左侧"),
    "right": ("on the right", "右侧"),
    "background-box": ("in a box", "带底框"),
    "background-none": ("without a box", "无底框"),
    "lower-third": ("in the lower third", "下三分之一处"),
    "#e53935": ("red", "红色"),
    "#1e88e5": ("blue", "蓝色"),
    "#43a047": ("green", "绿色"),
    "#fdd835": ("yellow", "黄色"),
    "#fb8c00": ("orange", "橙色"),
    "#8e24aa": ("purple", "紫色"),
    "#ec407a": ("pink", "粉色"),
    "#ffffff": ("white", "白色"),
    "#000000": ("black", "黑色"),
    "#ffc107": ("golden", "金色"),
    "#9e9e9e": ("gray", "灰色"),
    "#795548": ("brown", "棕色"),
    "#00bcd4": ("turquoise", "青色"),
}
"""What a text's sizes, places and colours are called."""
