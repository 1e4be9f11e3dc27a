"""What people call a file whose name they don't say in full: "the beach photo", "product shot", 海滩那张. Pure."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.pointing import MARK, Marks, Pick, mark_files, telling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from nemo_widgets.studio.agent.base import Material

_PHOTO, _CLIP = r"photo(?:graph)?|picture|image|pic", r"clip|video|footage"
_NOUN = rf"(?P<noun>{_PHOTO}|{_CLIP}|shot|one|file)"
_BARE_NOUN = rf"(?P<noun>{_PHOTO}|clip)"
_ARTICLE = r"\b(?:the|my|our|that|this)\s+"
_VERB = (
    r"(?:make|turn|put|move|bring|place|swap|switch|replace|remove|delete|drop|(?:take|leave|throw|cut|kick)(?: out)?"
    r"|skip|get rid of|(?:start|begin|open|end|finish|close)(?: it)? (?:with|on)|show|hold|keep|give|trim|cut"
    r"|shorten|lengthen|extend|split|freeze|repeat|duplicate|mute|unmute|brighten|darken|crop|animate|slow(?: down)?"
    r"|speed(?: up)?|zoom(?:ing)?(?: (?:in|out))?(?: slowly)?(?: (?:in|out))?(?: (?:on|into|of))?|pan(?: \w+)?(?: (?:on"
    r"|over|across))?|after|before|behind|between|with)"
)
_NEXT = (
    r"(?=\s*(?:$|[,.;!?])|\s+(?:and|or|but|to|for|in|into|at|on|from|by|first|last|twice|half|is|are|was|should|goes|comes|a"
    r"|as|longer|shorter|brighter|darker|faster|slower|louder|quieter|black|b&w|sepia|vintage|retro|warm\w*|cool\w*|vivid"
    r"|out|away|off|right|directly|just|straight|before|after|again|then|slow\w*|with|\d))"
)
_STANDS = r"(?:first|last|at the (?:very )?(?:end|start|beginning))"
_SECONDS = r"[\d.]*\s*(?:s|sec\w*|x|times)\b"
_NOUN_ZH = r"(?P<noun>照片|图片|相片|图(?!像)|视频片段|视频|片段|素材)"
_DONE_ZH = (
    r"(?=(?:要|就|请|也|都|再)*(?:从第?[\d一二两三四五六七八九十]|各|\d+(?:\.\d)?秒|[一二两三四五六七八九十]秒|放|移|挪|排|调[到亮暗]|只|剪|静音|消音|加速|减速|加快|太|的?(?:声音|原声|音量)|延长|缩短"
    r"|改成|变成|换成|多停|少停|删|去掉|不要|[黑变]|保持|保留))"
)
_CALLED_ZH = {
    "interview": ("采访", "访谈", "专访"),
    "beach": ("海滩", "沙滩", "海边"),
    "team": ("团队",),
    "product": ("产品", "商品"),
    "cafe": ("咖啡馆", "咖啡店", "咖啡厅"),
    "coffee": ("咖啡",),
    "espresso": ("咖啡", "浓缩", "意式浓缩"),
    "cappuccino": ("咖啡", "卡布奇诺"),
    "croissant": ("可颂", "牛角包", "羊角包"),
    "owner": ("老板", "店主"),
    "temple": ("寺庙", "庙宇"),
    "diagram": ("示意图", "图解"),
    "dog": ("小狗", "狗狗"),
    "cat": ("小猫", "猫咪"),
    "baby": ("宝宝", "婴儿"),
    "wedding": ("婚礼",),
    "sunset": ("日落", "夕阳"),
    "sunrise": ("日出",),
    "mountain": ("高山", "山顶"),
    "forest": ("森林", "树林"),
    "city": ("城市",),
    "street": ("街道", "街景"),
    "food": ("美食", "食物"),
    "cake": ("蛋糕",),
    "birthday": ("生日",),
    "school": ("学校",),
    "office": ("办公室",),
    "house": ("房子",),
    "garden": ("花园",),
    "family": ("家人", "全家"),
    "party": ("聚会", "派对"),
    "dance": ("舞蹈", "跳舞"),
    "speech": ("演讲", "讲话", "致辞"),
    "demo": ("演示",),
    "sea": ("大海",),
    "bridge": ("大桥",),
    "museum": ("博物馆",),
    "airport": ("机场",),
    "hotel": ("酒店",),
    "experiment": ("实验",),
    "student": ("学生",),
    "teacher": ("老师",),
    "store": ("店面", "门店"),
    "storefront": ("店面", "门店"),
    "shop": ("店铺", "商店"),
    "latte": ("拿铁",),
    "barista": ("咖啡师",),
    "opening": ("开业",),
    "volcano": ("火山",),
    "lava": ("岩浆", "熔岩"),
    "rock": ("岩石", "石头"),
    "candle": ("蜡烛",),
    "balloon": ("气球",),
    "grandma": ("奶奶", "外婆", "姥姥"),
    "grandpa": ("爷爷", "外公", "姥爷"),
    "mom": ("妈妈",),
    "dad": ("爸爸",),
    "park": ("公园",),
    "church": ("教堂",),
    "market": ("市场",),
    "train": ("火车",),
    "lake": ("湖边", "湖泊"),
    "river": ("河边", "河流"),
    "snow": ("雪景", "下雪"),
    "factory": ("工厂",),
    "robot": ("机器人",),
    "training": ("训练",),
    "recording": ("录屏", "录像"),
    "customer": ("客户", "顾客"),
    "menu": ("菜单",),
    "toast": ("祝酒", "干杯"),
    "dessert": ("甜点", "甜品"),
    "chef": ("厨师",),
    "castle": ("城堡",),
    "fireworks": ("烟花", "焰火"),
    "boat": ("坐船", "游船"),
    "pasta": ("意面",),
    "kitchen": ("厨房",),
    "living": ("客厅",),
    "bedroom": ("卧室",),
    "drone": ("航拍",),
    "trophy": ("奖杯",),
    "anthem": ("国歌",),
    "dashboard": ("看板", "仪表盘"),
}
"""What some words in file names are called in Chinese."""


def mark_named(text: str, materials: Iterable[Material], marks: Marks) -> str:
    """Return a text with what files are called replaced by marks: their names without ending, and parts of these.

    A part counts where only one photo or clip has it in its name, and where the sentence points at one: "the beach
    photo", "remove the beach", 海滩那张; "we went to the beach" points at none.

    Examples
    --------
    >>> from nemo_widgets.studio.agent.base import Material
    >>> files = [Material("1", "beach walk.jpg", "image", ""), Material("2", "interview.mp4", "video", "")]
    >>> marks = Marks()
    >>> for said in ("remove the photo of the beach", "海滩那张放到最前面", "采访只要前4秒"):
    ...     made = mark_named(said, files, marks)
    >>> [pick.file for picks in marks.picks.values() for pick in picks]
    ['1', '1', '2']
    """
    files = list(materials)
    text = _several(_songs(text, files, marks), files, marks)
    text = _chinese(_english(_spaced(text, files, marks), files, marks), files, marks)
    # Once more: "the interview and the beach" names the beach beside what is marked by now.
    text = _english(mark_files(text, files, marks, stems=True), files, marks)
    return _THAT_ONE.sub(lambda match: _widened(match, marks), text)


_THAT_ONE = re.compile(
    rf"(?P<mark>{MARK})(?P<more>的?[那这](?:一?|[两三四五六七八九十2-9])(?:[张段幅]|个(?=照片|图片|相片|视频|片段))"
    r"(?:照片|图片|相片|视频片段|视频|片段)?(?![话歌音文字声])"
    r"|的?(?:照片|图片|相片)(?=(?:的?[上下]面?)?(?:要|请|都)?(?:写|加|打|标)|放|移|挪|停|多|少|太|再|换|对调|交换|互换)"
    r"|的?(?:视频|片段)(?=的?(?:声音|音量|原声))"
    rf"|['’]s?\s+(?:{_PHOTO}|clip)(?![\w'’-]))",
    re.IGNORECASE,
)
"""What stands behind a file's name, and says that it is one photo or clip: 奶奶那张, "grandma's picture"."""


def _widened(match: re.Match[str], marks: Marks) -> str:
    """Return the letter of a name alone, which stands for the words behind it, too."""
    noun = re.search("照片|图片|相片|视频|片段", match["more"])
    kinds = {pick.kind for pick in marks.picks[match["mark"]]}
    if noun and kinds != {"video" if noun[0] in ("视频", "片段") else "image"}:
        return match[0]
    marks.words[match["mark"]] += match["more"]
    return match["mark"]


_SONGS_ZH = {"爵士": "jazz", "摇滚": "rock", "古典": "classical", "钢琴": "piano", "吉他": "guitar", "民谣": "folk",
             "小提琴": "violin", "尤克里里": "ukulele", "圣诞": "christmas"}  # fmt: skip
_SONG_ZH = re.compile(
    rf"(?P<kind>{'|'.join(_SONGS_ZH)})(?:风格?)?的?(?:那首)?(?:音乐|乐(?![队器观趣园意团谱])|曲子?|歌曲?)"
)


def _songs(text: str, files: list[Material], marks: Marks) -> str:
    """Mark 爵士乐 where one song is called "jazz"."""

    def marked(match: re.Match[str]) -> str:
        word = _SONGS_ZH[match["kind"]]
        those = [one for one in files if one.kind == "audio" and word in one.name.lower()]
        return _marker(those[0], marks)(match) if len(those) == 1 else match[0]

    return _SONG_ZH.sub(marked, text)


def _several(text: str, files: list[Material], marks: Marks) -> str:
    """Mark "the product photos" where several photos, and not all of them, have that word in their names."""
    for noun, kind in ((r"(?:photos|pictures|images|pics)", "image"), (r"(?:clips|videos)", "video")):
        before = {match[1].lower() for match in re.finditer(rf"\b([a-z]{{3,40}})\s+{noun}\b", text, re.IGNORECASE)}
        those = [one for one in files if one.kind == kind] if before else []
        called = [(one, before & set(_parts(one))) for one in those]
        for word in sorted(before):
            owners = [one for one, words in called if word in words]
            if not 1 < len(owners) < len(those):
                continue
            picks = [Pick(kind=kind, file=one.id, name=one.name) for one in owners]
            named = rf"(?:\b(?:all\s+)?(?:the|my|our|both)\s+)?(?<![\w-]){word}\s+{noun}(?![\w-])"
            text = re.sub(named, lambda match, picks=picks: marks.mark(match[0], *picks), text, flags=re.IGNORECASE)
    return text


def _plain(words: str) -> str:
    """Return words in lower case, without accents."""
    return "".join(one for one in unicodedata.normalize("NFKD", words.casefold()) if not unicodedata.combining(one))


def _parts(one: Material) -> list[str]:
    return [part for part in re.findall(r"[^\W\d_]+", _plain(PurePosixPath(one.name).stem)) if telling(part)]


def _spaced(text: str, files: list[Material], marks: Marks) -> str:
    """Mark "product shot" for product-shot.png: what stands between the words of a name is any gap."""
    for one in files:
        words = re.findall(r"[^\W_]+", PurePosixPath(one.name).stem)
        if len(words) > 1 and any(len(word) > 1 and telling(word) for word in words):
            name = r"[\s_-]+".join(re.escape(word) for word in words)
            kind = _PHOTO if one.kind == "image" else r"clip|video"
            called = rf"(?<![\w]){name}(?!\w)(?:\s+(?:one|{kind})\b)?"
            text = re.sub(called, _marker(one, marks), text, flags=re.IGNORECASE)
    return text


def _marker(one: Material, marks: Marks) -> Callable[[re.Match[str]], str]:
    return lambda match: marks.mark(match[0], Pick(kind=one.kind, file=one.id, name=one.name))


def _owners(files: list[Material]) -> dict[str, Material]:
    """Return which photo or clip has a word in its name that no other file has."""
    found: dict[str, list[Material]] = {}
    for one in files:
        for part in set(_parts(one)):
            found.setdefault(part, []).append(one)
    return {
        word: those[0]
        for word, those in found.items()
        if len(those) == 1 and len(word) > 2 and those[0].kind != "audio"
    }


def _english(text: str, files: list[Material], marks: Marks) -> str:
    owners = _owners(files)
    if not owners or not re.search(r"[a-z]", text, re.IGNORECASE):
        return text
    words = r"(?P<words>[^\W\d_]+(?:[ -][^\W\d_]+){0,2}?)"

    def marked(match: re.Match[str]) -> str:
        one = _meant(_plain(match["words"]), match.groupdict().get("noun"), owners)
        if one is None:
            return match[0]
        start = match.start("what") - match.start()
        return match[0][:start] + marks.mark(match["what"], Pick(kind=one.kind, file=one.id, name=one.name))

    for pattern in (
        rf"{_ARTICLE}(?P<what>{_NOUN}\s+(?:of|with|from|at|about)\s+(?:(?:the|my|our|a)\s+)?{words})(?![\w-])",
        rf"{_ARTICLE}(?P<what>{words}\s+{_NOUN})(?![\w-])(?!\s+\d+(?!{_SECONDS}))",
        rf"(?:^|[,;.!]\s*)(?P<what>{words}\s+{_BARE_NOUN})(?![\w-])(?!\s+\d+(?!{_SECONDS}))",
        rf"(?:^|[,;.!]\s*)(?P<what>{words})(?=\s+(?:first|last)\s*(?:$|[,;.!]))",
        rf"(?:^|[,;.!]\s*(?:and\s+)?){_ARTICLE}(?P<what>{words})(?=\s+{_STANDS}\s*(?:$|[,;.!]))",
        rf"{_ARTICLE}(?P<what>{words})(?=\s+(?:is|are|was|were|sounds?|looks?)\s+(?:[a-z]+\s+){{0,3}}too\b)",
        rf"\d\s*(?:s|sec\w*)\s+(?:of|from)\s+{_ARTICLE}(?P<what>{words}){_NEXT}",
        rf"{_ARTICLE}(?P<what>{words})(?=\s+(?:for\s+)?\d{_SECONDS})",
        rf"\b{_VERB}\s+{_ARTICLE}(?P<what>{words}){_NEXT}",
        rf"{MARK}\s+(?:and|with|for|after|before)\s+{_ARTICLE}(?P<what>{words}){_NEXT}",
    ):
        text = re.sub(pattern, marked, text, flags=re.IGNORECASE)
    return text


def _meant(words: str, noun: str | None, owners: dict[str, Material]) -> Material | None:
    """Return the file that all words are of, where it is of that kind."""
    those = [owners.get(word) for word in re.split(r"[ -]", words)]
    one = those[0]
    if one is None or any(other is None or other.id != one.id for other in those):
        return None
    photo, clip = (re.fullmatch(kinds, noun or "", re.IGNORECASE) is not None for kinds in (_PHOTO, _CLIP))
    kind = "image" if photo else "video" if clip else None
    return one if kind in (None, one.kind) else None


def _called_zh(word: str) -> tuple[str, ...]:
    return _CALLED_ZH.get(word) or _CALLED_ZH.get(word.removesuffix("s")) or ()


def _chinese(text: str, files: list[Material], marks: Marks) -> str:
    if not re.search(r"[\u4e00-\u9fff]", text):
        return text
    named: dict[str, Material] = {}
    twice: set[str] = set()
    for word, one in _owners(files).items():
        called = _called_zh(word) if word.isascii() else (word, word[:2], word[-2:])
        for name in called:
            twice |= {name} if named.get(name, one).id != one.id else set()
            named[name] = one
    named = {name: one for name, one in named.items() if name not in twice}  # What two are called is neither.
    if not named:
        return text
    names = rf"(?P<name>{'|'.join(sorted(map(re.escape, named), key=len, reverse=True))})"

    def marked(match: re.Match[str]) -> str:
        one, noun = named[match["name"]], match.groupdict().get("noun")
        kind = None if noun in (None, "素材") else "video" if "视频" in noun or "片段" in noun else "image"
        if kind not in (None, one.kind):
            return match[0]
        return marks.mark(match[0], Pick(kind=one.kind, file=one.id, name=one.name))

    every = "|".join(map(re.escape, named))
    for pattern in (
        rf"{names}(?=(?:[和与跟、](?:{every})){{1,8}}的?(?:[那这]|{_NOUN_ZH.replace('?P<noun>', '?:')}))",
        rf"(?:^|(?<=[，。；、,\s把将让给])){names}(?=[和与跟、](?:{every})(?:换|交换|对调|互换|调换))",
        rf"[吹切吃]?{names}的?(?:(?:那|这)一?[张幅段个]|[张幅段])(?:{_NOUN_ZH})?",
        rf"{names}的?{_NOUN_ZH}",
        rf"(?:^|(?<=[，。；、,\s把将让给]))(?:我的|我们的)?{names}{_DONE_ZH}",
        rf"(?<=除了){names}",
        rf"(?:(?<=先放)|(?<=先是)|(?<=然后)|(?<=接着)|(?<=最后)|(?<=、)){names}(?=\s*(?:$|[，、。；！,]))",
        rf"(?<=删掉|删除|去掉|移除|拿掉){names}(?=$|[，。；！,\s])",
        rf"(?<={MARK}[和与跟、]){names}",
    ):
        text = re.sub(pattern, marked, text)
    return text
