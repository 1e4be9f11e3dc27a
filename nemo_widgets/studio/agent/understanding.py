"""A prompt → what is wanted. Pure: nothing is known here but the words.

What stands in quotes is taken out first, so that a title never reads as an order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nemo_widgets.studio.agent import quantities

_QUOTES = re.compile(
    "\"([^\"]{1,400})\"|“([^”]{1,400})”|‘([^’]{1,400})’(?!\\w)|「([^」]{1,400})」|『([^』]{1,400})』|《([^》]{1,400})》|«([^»]{1,400})»|(?<!\\w)'([^']{1,400})'(?!\\w)"
)
_MUSIC = r"(?:music|bgm|soundtrack|song|tune|beats?|背景音乐|音乐|配乐|背景乐|曲子)"
_TITLE = r"(?:text|titles?|captions?|headlines?|headings?|文字|标题|字幕|片名)"
_SHOT = r"(?:photos?|images?|pictures?|clips?)"
_NTH = r"\b(?:the|my|that)\s+(?:first|last|second|third)\s+(?:(?:one|two|three|four|five|\d+)\s+)?" + _SHOT
_CLIPS = r"(?:clips?|footage|videos?|original (?:sound|audio)|原声|视频原音|视频的声音)"
_ON = r"with|please|for|using|and (?:add|use|with|make|set|put|an?|the|some|music)"
_ENDS = rf"(?=\s*$|[,;!?，。；！？]|\.(?:\s|$)|\s+(?:{_ON})\b)"

_SAYS = re.compile(
    rf"\b(?:(?:that|which) (?:says|reads)|says|saying|reading|titled|entitled|called|call it)\s+(.+?){_ENDS}",
    re.IGNORECASE,
)
_TITLE_TO = re.compile(rf"\b(?:title|text|headline|caption)\s*(?:to|as|is|:|=)\s*(.+?){_ENDS}", re.IGNORECASE)
_TITLE_ZH = re.compile(
    r"(?:标题|文字|字幕|片名)\s*(?:改成|改为|换成|换为|设为|设成|设置为|写成|写上|写着|写|叫做|叫|是|为|[:：])\s*"
    r"(.+?)(?=\s*$|[，。；！？,;!?])"
)
_PLACE = re.compile(r"(?:the )?(?:very )?(top|bottom|middle|cent(?:er|re)|lower third|顶部|上方|底部|下方|中间|中央)")
_POSITIONS = {"top": "top", "顶部": "top", "上方": "top", "bottom": "bottom", "底部": "bottom", "下方": "bottom"}

_VERB = (
    r"\b(?:make|creat\w*|combin\w*|build|turn|merg\w*|put|produc\w*|generat\w*|compil\w*|assembl\w*|stitch|cut|join)\b"
)
_THING = r"\b(?:videos?|movies?|films?|clips?|images?|photos?|pictures?|files|everything|these|those|them all)\b"
_GENRE = r"\b(?:slide\s?-?show|promo\w*|teaser|reels?|montage|trailer|commercial|advert\w*|recap|highlights?|vlog)\b"
_MAKE_ZH = (
    r"做成|做个|做一|做段|制作|合成|生成|剪成|剪辑|剪一|剪个|拼成|拼接|合并|组合|变成|创建"
    r"|宣传片|幻灯片|预告片|短视频|混剪|影集"
)
_ADDS = (
    r"\b(?:add|include|append)\s+(?:(?:the|these|those|my|new|all|other|of|more|two|three|remaining)\s+)*"
    r"(?:photos?|images?|pictures?|clips?|files?|videos?|uploads?|them|these|those)\b"
    r"|(?:加上|加入|加进|添加).{0,6}(?:照片|图片|素材|视频|片段)"
)
_NO = (
    r"(?:\b(?:no|without|remove|delete|drop|take out|hide|get rid of)\s+"
    r"(?:the\s+|any\s+|background\s+|\w+\s+(?:or|nor|and)\s+)*)"
)
_GREETING = r"\b(?:hi|hello|hey|help|thanks?|what can you|how do (?:i|you))\b|你好|您好|帮助|谢谢|能做什么|怎么用"
_LOUDER = (
    r"\blouder\b|turn (?:it|the music|the volume) up|(?:increase|raise) the (?:music|volume)"
    r"|\btoo (?:quiet|soft|low)\b|大声|调大|大一点|响一点|太小声|声音太小|太轻"
)
_QUIETER = (
    r"\bquieter\b|\bsofter\b|turn (?:it|the music|the volume) down|(?:lower|decrease|reduce) the (?:music|volume)"
    r"|\btoo loud\b|小声(?!了)|调小|小一点|轻一点|太大声|太响|声音太大|太吵"
)
_LENGTH = (
    r"\b(?:shorter|longer)\b|\b(?:shorten|lengthen|extend) (?:it|the (?:video|film|movie))\b"
    r"|[短长]一点|更[短长]|再[短长]"
)
_WHERE = r"\b(?:at|on|in|to) (?:the )?(?:very )?(top|bottom|center|centre|middle)\b|(顶部|上方|底部|下方)"
_NO_ZH = r"(?:不要|去掉|删除|删掉|移除|取消|不加|无|去除|关掉|关闭)(?:背景)?"
_MOODS = {
    "lo-fi": r"lo-?\s?fi|chill\w*|低保真|慵懒",
    "happy": r"happy|cheerful|joyful|merry|欢快|快乐|愉快|开心|欢乐|喜庆",
    "romantic": r"romantic|love (?:song|theme|story)|wedding|浪漫|爱情|婚礼|甜蜜",
    "sad": r"sad|melanchol\w*|sorrowful|悲伤|忧伤|伤感|感伤|悲情",
    "electronic": r"electronic|edm|synth\w*|techno|电子|电音",
    "epic": r"epic|heroic|史诗|震撼|激昂|热血",
    "upbeat": r"upbeat|energetic|lively|fun|fast|dance|轻快|活泼|动感|节奏感",
    "calm": r"calm\w*|relax\w*|soft|gentle|peaceful|ambient|soothing|slow|舒缓|安静|平静|轻柔|放松|温柔|治愈|柔和",
    "cinematic": r"cinematic|dramatic|inspir\w*|orchestral|大气|电影感",
    "corporate": r"corporate|business|professional|商务|专业|企业",
}
BEYOND = {
    "voice": r"voice-?\s?overs?|narrat\w+|旁白|配音|解说",
    "subtitles": r"subtitles?|transcri\w+|自动字幕|语音字幕",
    "translation": r"translat\w+|\bdub(?:bed|bing)?\b|翻译",
    "background": r"\b(?:remove|change|replace|blur) the background\b|green screen|抠图|换背景|背景虚化",
    "filters": r"\bfilters?\b|\beffects?\b|colou?r.?(?:grad|correct)\w*|brightness|滤镜|特效|调色|亮度",
    "speed": r"\bspeed (?:it |them )?up\b|\bslow(?:er)? down\b|\bfaster\b|time-?lapse it|加速|减速|慢放|快放",
    "cutting": r"\b(?:trim|crop|rotate|reorder|swap|shuffle|split)\b"
    r"|\b(?:remove|delete|cut) the (?:first|second|third|last)\b|裁剪|旋转|调整顺序|换顺序|删掉第|删除第",
    "overlays": r"\bwater-?marks?\b|\bstickers?\b|\blogo overlay|贴纸|水印",
    "pictures": r"\b(?:generate|draw|imagine) (?:an?|some|the) (?:\w+ )?(?:image|picture|photo|illustration|avatar)s?\b"
    r"|\bavatar\b|数字人|文生图|ai绘图",
    "resolution": r"\b[48]k\b|\b2160p\b",
    "choosing": rf"\bonly\b.{{0,20}}\b{_SHOT}\b|\b{_SHOT}.{{0,12}}\bonly\b|{_NTH}"
    rf"|\b{_SHOT} (?:no\.? ?|number |#)?\d+\b(?!\s*-?(?:s\b|sec|min|times))"
    rf"|\b(?:without|except|but not|leave out|skip)\s+(?:the\s+|my\s+)?{_SHOT}"
    r"|只(?:用|要|保留)[^秒分]{0,8}(?:照片|图片|片段|素材)|第[一二三四五六七八九十\d]+[张段]",
}  # fmt: skip
"""What people ask for that the studio can't do, by topic."""


@dataclass(frozen=True)
class Wish:
    """What a prompt asks for.

    Attributes
    ----------
    greets : bool
        Whether somebody says hello or asks for help.
    make, adds : bool
        A new video from everything; files that came since put on the timeline.
    duration, duration_change, each : int or None
        Of the whole, by how much, and of every photo, in ms.
    size : tuple of int or None
        Pixels.
    title : str or None
        What is to be shown; ``titled`` where a text is wanted or meant, whatever it says.
    vague_length : bool
        Whether it is to be longer or shorter, without saying by how much.
    music : bool
        Whether music is wanted or meant; ``mood`` which, ``other_music`` another than now.
    volume, volume_change, clip_volume : float or None
        Of the music, by how much, and of the clips' own sound.
    beyond : tuple of str
        What can't be done, by topic.
    """

    chinese: bool = False
    greets: bool = False
    make: bool = False
    adds: bool = False
    duration: int | None = None
    duration_change: int | None = None
    each: int | None = None
    vague_length: bool = False
    size: tuple[int, int] | None = None
    title: str | None = None
    titled: bool = False
    position: str | None = None
    drop_title: bool = False
    music: bool = False
    mood: str | None = None
    other_music: bool = False
    drop_music: bool = False
    volume: float | None = None
    volume_change: float | None = None
    clip_volume: float | None = None
    export: bool = False
    undo: bool = False
    beyond: tuple[str, ...] = ()

    @property
    def loudness_only(self) -> bool:
        """Whether nothing but volumes is to change."""
        volumes = (self.volume, self.volume_change, self.clip_volume)
        others = (self.mood, self.drop_music, self.other_music)
        return any(volume is not None for volume in volumes) and not (self._seen or any(others))

    @property
    def timed(self) -> bool:
        """Whether the video is to have another length."""
        return any((self.duration, self.duration_change, self.each))

    @property
    def _seen(self) -> bool:
        return any((self.make, self.adds, self.timed, self.vague_length, self.size, self.titled, self.drop_title))

    @property
    def undoes(self) -> bool:
        """Whether the last edit is to be undone, rather than something new to be done."""
        new = (self.make, self.adds, self.timed, self.size, self.title, self.mood, self.volume, self.volume_change)
        return self.undo and not any(new)

    @property
    def edits(self) -> bool:
        """Whether anything is to change that can be changed."""
        return self.loudness_only or self._seen or self.music or self.drop_music


def understand(prompt: str) -> Wish:
    """Return what a prompt asks for.

    Examples
    --------
    >>> wish = understand('make a 30-second promo titled "Urban Dreams" with lo-fi music at 20%')
    >>> wish.duration, wish.title, wish.mood, wish.volume
    (30000, 'Urban Dreams', 'lo-fi', 0.2)
    >>> understand("做成15秒的竖屏视频").size
    (1080, 1920)
    """
    title, rest = _take_title(prompt)
    text = rest.lower()
    drop_music = _has(rf"{_NO}{_MUSIC}|{_NO_ZH}{_MUSIC}", text)
    drop_title = title is None and _has(rf"{_NO}{_TITLE}|{_NO_ZH}{_TITLE}", text)
    mood = _mood(text)
    music = (mood is not None or _has(_MUSIC, text)) and not drop_music
    beyond = tuple(topic for topic, pattern in BEYOND.items() if _has(pattern, text))
    make = _has(rf"{_GENRE}|{_MAKE_ZH}", text) or (
        _has(_VERB, text) and _has(_THING, text) and not _has(rf"\bmake {_NTH}", text)
    )
    # "Trim the clip to 5 seconds" isn't about the whole video.
    times = {} if not make and {"cutting", "speed", "choosing"} & set(beyond) else _times(text)
    loudness = _loudness(text, music=music)
    return Wish(
        chinese=_has(r"[\u3400-\u9fff]", prompt),
        greets=_has(_GREETING, text),
        make=make,
        adds=_has(_ADDS, text),
        duration=times.get("duration"),
        duration_change=times.get("duration_change"),
        each=times.get("each"),
        vague_length=not any(times.values()) and not {"cutting", "choosing"} & set(beyond) and _has(_LENGTH, text),
        size=quantities.size(text),
        title=title,
        titled=title is not None or (_has(_TITLE, text) and not drop_title),
        position=_position(text),
        drop_title=drop_title,
        music=music,
        mood=mood if music else None,
        other_music=music and _has(rf"(?:\bchange|different|another|other|new|\breplace|换).{{0,12}}{_MUSIC}", text),
        drop_music=drop_music,
        volume=loudness.get("volume"),
        volume_change=loudness.get("volume_change"),
        clip_volume=loudness.get("clip_volume"),
        export=_has(r"\bexport\b|\bdownload\b|\brender\b|send me the video|导出|下载|渲染", text),
        undo=_has(r"\bundo\b|\brevert\b|撤销|撤回|上一步", text),
        beyond=beyond,
    )


def _has(pattern: str, text: str) -> bool:
    return re.search(pattern, text) is not None


def _take_title(prompt: str) -> tuple[str | None, str]:
    """Return the title that a prompt gives, and the prompt without it."""
    quoted = [match for match in _QUOTES.finditer(prompt) if not _names_music(match, prompt)]
    if quoted:
        chosen = quoted[-1] if _has(r"\b(?:change|replace|rename)\b|改|换", prompt.lower()) else quoted[0]
        title = next(group for group in chosen.groups() if group is not None).strip()
        rest = prompt
        for match in reversed(quoted):
            rest = f"{rest[: match.start()]} {rest[match.end() :]}"
        return _short(title), rest
    for pattern in (_TITLE_TO, _SAYS, _TITLE_ZH):
        match = pattern.search(prompt)
        if match and not _PLACE.fullmatch(match[1].strip().lower()):
            kept = f"{prompt[: match.start(1)]} {prompt[match.end(1) :]}"
            return _short(match[1]), kept if pattern is not _SAYS else f"title {kept}"
    return None, prompt


def _names_music(match: re.Match[str], prompt: str) -> bool:
    """Say whether quotes are around a kind of music rather than a title."""
    inside = next(group for group in match.groups() if group is not None).lower()
    return _mood(f"{inside} music") is not None and _has(rf"^\s*(?:风格的?)?\s*{_MUSIC}", prompt[match.end() :].lower())


def _short(title: str) -> str | None:
    return " ".join(title.split())[:200] or None


def _mood(text: str) -> str | None:
    """Return the kind of music; its words only count where music is spoken of, but lo-fi always is music."""
    found = next((mood for mood, pattern in _MOODS.items() if _has(rf"(?<![a-z])(?:{pattern})(?![a-z])", text)), None)
    return found if found == "lo-fi" or _has(_MUSIC, text) else None


def _times(text: str) -> dict[str, int | None]:
    """Return how long the video, or each photo, shall be."""
    if change := quantities.change(text):
        return {"duration_change": change}
    each, rest = quantities.each(text)
    return {"each": each, "duration": quantities.duration(rest)}


def _position(text: str) -> str | None:
    if not _has(_TITLE, text):
        return None
    match = re.search(_WHERE, text)
    if _has(r"lower third", text):
        return "lower-third"
    return _POSITIONS.get(match[1] or match[2], "center") if match else None


def _loudness(text: str, *, music: bool) -> dict[str, float | None]:
    """Return which volumes are to change."""
    clips = _has(rf"\b{_CLIPS}\b|原声|原音|视频的声音", text) and not music
    heard = music or clips or _has(r"volume|loud|sound|音量|声音", text)
    level = quantities.percent(text) if heard else None
    if _has(r"\bunmute\b|取消静音", text):
        return {"clip_volume": 1.0} if clips else {"volume": 0.35}
    if _has(r"\bmute\b|\bsilence\b|静音|消音|(?:关掉|去掉|关闭)(?:视频的?|片段的?)?(?:原声|原音)", text):
        whole = not clips and not music
        return {"clip_volume": 0.0 if clips or whole else None, "volume": None if clips else 0.0}
    if level is not None:
        return {"clip_volume": level} if clips else {"volume": level}
    if _has(_QUIETER, text):
        return {"volume_change": -0.15}
    if _has(_LOUDER, text):
        return {"volume_change": 0.15}
    return {}
