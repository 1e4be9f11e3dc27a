"""What the studio's agent says, in English and Chinese."""

from __future__ import annotations

from typing import Any

_SENTENCES: dict[str, tuple[str, str]] = {
    "upload-first": (
        "There are no photos or clips here yet. Upload some first, then tell me what video you want.",
        "这里还没有照片或视频。请先上传素材，再告诉我想要什么视频。",
    ),
    "only-sound": (
        "So far there is only sound. Upload photos or clips too, then I can make a video.",
        "目前只有声音文件。请再上传照片或视频，我才能制作视频。",
    ),
    "can": (
        (
            "I can put your photos and clips together into a video of any length up to 30 minutes, give it a title, "
            "music ({moods}), a volume and a format such as 9:16. For example: “make a 30-second promo with lo-fi "
            "music and the title ‘Urban Dreams’”."
        ),
        (
            "我可以把照片和视频做成最长 30 分钟的视频，并设置标题、音乐（{moods}）、音量和画面比例（如 9:16）。"
            "例如：“做一个 30 秒的宣传片，配上舒缓的音乐，标题《城市之梦》”。"
        ),
    ),
    "not-understood": ("I didn't understand that, so I changed nothing.", "我没有听懂，所以没有做任何修改。"),
    "beyond": ("I can't do this here: {topics}.", "我在这里做不到：{topics}。"),
    "unchanged": ("I changed nothing.", "没有做任何修改。"),
    "duration-range": (
        "A video may last from 1 second to 30 minutes, so I changed nothing. Which length shall it be?",
        "视频长度需在 1 秒到 30 分钟之间，没有做任何修改。想要多长？",
    ),
    "which-length": (
        "How long shall it be? Say for example “make it 20 seconds” or “make it 5 seconds shorter”. I changed nothing.",
        "想要多长？例如：“改成 20 秒”或“缩短 5 秒”。目前没有做任何修改。",
    ),
    "too-many": (
        (
            "{count} photos and clips don't fit into {duration}: nobody would see them. I changed nothing; "
            "ask for a longer video."
        ),
        "{count} 个素材放不进 {duration}，会一闪而过。没有做任何修改，请选择更长的时长。",
    ),
    "volume-range": (
        "A volume goes from 0 to 100 %, so I changed nothing. How loud shall it be?",
        "音量范围是 0 到 100%，没有做任何修改。想要多大音量？",
    ),
    "no-music": (
        "There is no music yet, so there is no volume to change. Say “add lo-fi music” first.",
        "还没有音乐，无法调整音量。请先说“加上轻快的音乐”。",
    ),
    "no-clip-sound": (
        "None of the clips on the timeline has a sound of its own. I changed nothing.",
        "时间线上没有带声音的视频片段，没有做任何修改。",
    ),
    "which-title": (
        'Which text shall the title show? Put it in quotes: change the title to "…". I changed nothing so far.',
        "标题要显示什么文字？请加上引号，例如：标题改成“……”。目前没有做任何修改。",
    ),
    "nothing-to-remove": ("There was none on the timeline, so nothing changed.", "时间线上本来就没有，没有变化。"),
    "no-undo": ("There is nothing to undo.", "没有可以撤销的修改。"),
    "undone": ("Undone: the timeline is as it was before.", "已撤销：时间线恢复到之前的状态。"),
    "export-none": (
        "There is nothing to export yet: tell me what video you want first.",
        "还没有可以导出的内容，请先告诉我想要什么视频。",
    ),
    "export": (
        'Your video of {duration} is ready. Click "Export" to get the MP4.',
        "{duration}的视频已就绪，点击“导出”即可获得 MP4。",
    ),
    "made": (
        "Your draft is ready: {duration} from {shots}, {size}.",
        "草稿已完成：{shots}，共 {duration}，画面 {size}。",
    ),
    "motion": (
        "The photos move slowly and fade into each other.",
        "照片带有缓慢的推拉效果，并以淡入淡出衔接。",
    ),
    "shorter": (
        "The clips only last {duration} together, so it can't be {wanted}.",
        "这些视频加起来只有 {duration}，无法达到 {wanted}。",
    ),
    "size": ("The picture is now {size}.", "画面尺寸现在是 {size}。"),
    "music": ("Music: {name} at {volume} %.", "音乐：{name}，音量 {volume}%。"),
    "music-dropped": ("The music is gone.", "音乐已移除。"),
    "title": ("Title: “{text}” ({span}).", "标题：“{text}”（{span}）。"),
    "title-dropped": ("The title is gone.", "标题已移除。"),
    "title-derived": (
        "You didn't say what the text shall be, so I took “{text}”. To change it, say: change the title to \"…\".",
        "没有说明文字内容，所以用了“{text}”。要修改请说：标题改成“……”。",
    ),
    "title-left-out": ("I left the title “{text}” out. {reason}", "没有加上标题“{text}”。{reason}"),
    "default-title": ("My Story", "我的故事"),
}  # fmt: skip

_TOPICS: dict[str, tuple[str, str]] = {
    "voice": ("a voice-over", "旁白配音"),
    "subtitles": ("subtitles from speech", "语音字幕"),
    "translation": ("translations", "翻译"),
    "background": ("changing the background", "更换背景"),
    "filters": ("filters, effects and colours", "滤镜、特效和调色"),
    "speed": ("changing the speed", "调整速度"),
    "cutting": ("trimming, cropping or reordering single shots", "裁剪或调整单个素材的顺序"),
    "overlays": ("watermarks and stickers", "水印和贴纸"),
    "pictures": ("making new pictures", "生成新图片"),
    "resolution": ("more than 1080p", "高于 1080p 的分辨率"),
    "choosing": ("picking out single photos or clips", "挑选部分素材"),
    "undo": ("undoing something together with other changes", "在修改的同时撤销"),
}


class Voice:
    """Speaks one language.

    Examples
    --------
    >>> Voice(chinese=False)("size", size="1080×1920")
    'The picture is now 1080×1920.'
    """

    def __init__(self, *, chinese: bool) -> None:
        self._index = int(chinese)
        self.language = "zh" if chinese else "en"

    def __call__(self, key: str, **details: Any) -> str:
        """Return a sentence."""
        return _SENTENCES[key][self._index].format(**details)

    def topics(self, keys: tuple[str, ...]) -> str:
        """Return what can't be done, as a list in words."""
        return ("、" if self._index else ", ").join(_TOPICS[key][self._index] for key in keys)

    def join(self, sentences: list[str]) -> str:
        """Return sentences as one text."""
        return ("" if self._index else " ").join(sentence for sentence in sentences if sentence)

    def duration(self, ms: int) -> str:
        """Return a duration for people.

        Examples
        --------
        >>> Voice(chinese=False).duration(90_000), Voice(chinese=True).duration(7_500)
        ('1 minute 30 seconds', '7.5 秒')
        """
        minutes, seconds = divmod(ms / 1000, 60)
        parts = [(int(minutes), ("minute", "分钟")), (round(seconds, 1), ("second", "秒"))]
        words = [self._counted(count, unit) for count, unit in parts if count]
        return " ".join(words) or self._counted(0, ("second", "秒"))

    def shots(self, photos: int, clips: int) -> str:
        """Return how many photos and clips there are.

        Examples
        --------
        >>> Voice(chinese=False).shots(5, 1), Voice(chinese=True).shots(5, 1)
        ('5 photos and 1 clip', '5 张照片和 1 段视频')
        """
        counted = [(photos, ("photo", "张照片")), (clips, ("clip", "段视频"))]
        words = [self._counted(count, unit) for count, unit in counted if count]
        return (" and ", "和 ")[self._index].join(words)

    def _counted(self, count: float, unit: tuple[str, str]) -> str:
        if self._index:
            return f"{count:g} {unit[1]}"
        return f"{count:g} {unit[0]}" + ("" if count == 1 else "s")
