"""What people point at: files by their names, photos and clips by their numbers.

What is pointed at becomes a single letter that no text has (from Unicode's private use area), so that a file's name
never reads as an order, and the grammar of orders (:mod:`~nemo_widgets.studio.agent.orders`) stays short.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.quantities import chinese_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from nemo_widgets.studio.agent.base import Material

MARK = r"[\ue000-\uf8ff]"
_FIRST_MARK = 0xE000
_ROOM = 2_000
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_BACKWARDS = {"last": -1, "final": -1, "penultimate": -2, "last but one": -2, "last but two": -3}
_NTH = rf"(?:{'|'.join(_ORDINALS)}|\d{{1,3}}(?:st|nd|rd|th))"
_NOUN = r"(?:photos?|images?|pictures?|pics?|clips?|videos?|footage|slides?|shots?|files?|items?|ones?)"
_FROM_END = (
    rf"(?:penultimate|last but (?:one|two)(?=\s+{_NOUN}\b)|(?:next|{_NTH})[- ](?:(?:to|from)[- ](?:the )?)?last"
    rf"(?=\s+{_NOUN}\b))"
)
_ORD = rf"(?:{_FROM_END}|{_NTH}|last|final)"
_ALL = r"(?:photos|images|pictures|pics|clips?|videos|footage)"
_ONE = r"(?:photo|image|picture|pic|clip)"
_BEFORE = ("remove", "delete", "drop", "without", "and", "swap", "put", "move", "only", "with", "with only")
_NO_COUNT = r"(?<!\d )" + "".join(rf"(?<!\b{word} )" for word in (*_NUMBERS, "fifteen", "twenty", "thirty", "sixty"))
_BARE = (
    rf"(?<![\w-]){_NO_COUNT}(?={_ORD}(?:\s*(?:,\s*and|,|and|&)\s*{_ORD})*(?:\s+(?:{'|'.join(_NUMBERS)}"
    rf"|\d{{1,2}}))?\s+{_ONE}s?\b)"
)
_ARTICLE = rf"(?:{_BARE}|" r"\b(?:the|my|that|its)\s+|" + "|".join(rf"(?<=\b{word} )" for word in _BEFORE) + ")"
_AND = r"\s*(?:,\s*and|,|and|&)\s*"
_TO = r"\s*(?:-|–|to|through|thru)\s*"
_ZH = r"[零一二两三四五六七八九十\d]{1,3}"
_NOUN_ZH = r"(?:照片|图片|相片|图|视频片段|视频|片段|素材)"
_THEIR_NOUN = rf"(?:\s+(?P<noun>{_NOUN})\b|(?=\s*(?:$|[.,!;:\U000f0000-\U000ffffd]|(?:and|with) the\b)))"
_PHRASES = re.compile(
    rf"{_ARTICLE}(?P<ords>{_ORD}(?:{_AND}(?:the\s+)?{_ORD})*)(?:\s+(?P<count>{'|'.join(_NUMBERS)}"
    rf"|\d{{1,2}}))?{_THEIR_NOUN}"
    rf"|(?<!\d )\b(?P<kind>photos?|images?|pictures?|pics?|clips?|slides?)\s+(?:no\.?\s*|numbers?\s+|#)?"
    rf"(?P<numbers>\d{{1,3}}(?:(?:{_AND}|{_TO})\d{{1,3}})*)(?![\d.:%]|\s*-?(?:s\b|sec|min|times|x\b|second))"
    rf"|\b(?:the|my|these|those)\s+(?P<so_many>{'|'.join(_NUMBERS[1:])}|[2-9])\s+(?P<so_noun>photos|images|pictures|pics"
    r"|clips|videos)\b"
    rf"|\b(?:(?:all|the|my|these|those|any|every|each|both)\s+)*(?P<all>{_ALL})\b|\b(?:the|my|that)\s+(?P<one>{_ONE})\b"
    rf"|(?P<noun_of>照片|图片|相片|视频片段|视频|片段)\s?(?:第"
    rf"|号)?(?P<number_zh>\d{{1,2}})(?![\d.:：%张段个幅秒分倍号]|\s*(?:秒|分|倍|%|s\b|sec|[xX]))"
    rf"|\b(?:each|every)(?: single)? (?P<every>{_ONE})\b"
    rf"|(?P<from_end>倒数)?第(?P<zh>{_ZH}(?:[张幅段个]?(?:和|、|,|到|至|[-–~—])第?{_ZH}(?=[张幅段个]|(?:和|、|,|到|至|[-–~—])))*)"
    rf"(?P<measure>[张幅段个])(?P<noun_zh>{_NOUN_ZH})?"
    rf"|(?:那一?(?P<that>[张幅段])(?P<that_noun>{_NOUN_ZH})?|那个(?P<it>{_NOUN_ZH})|这(?:[张个](?P<this>照片"
    rf"|图片|相片|图)"
    rf"|[段个](?P<this_clip>视频片段|片段)))(?![的里中]?(?:声|原|配))"
    rf"|(?P<edge>最后|倒数|最前面?|前|后)[那这]?(?P<edge_count>{_ZH})?(?P<edge_measure>[张幅段个])(?P<edge_noun>{_NOUN_ZH})?"
    rf"|(?<![每前后第最隔一两三四五六七八九十\d])(?P<so_many_zh>[两三四五六七八九]|\d)(?P<so_measure>[张幅段])(?P<so_noun_zh>{_NOUN_ZH})(?![\w]*之间)"
    rf"|(?:所有的?|全部的?|这些|那些)?(?P<all_zh>{_NOUN_ZH})(?![的里中]|声|原|配|片段)"
)
_UNKNOWN_FILE = re.compile(
    r"(?<![\w()-])[\w()-]{1,100}\.(?:jpe?g|png|gif|webp|heic|mp4|mov|avi|webm|mkv|mp3|wav|m4a|aac)\b", re.ASCII
)
_UNKNOWN_SHOT = re.compile(
    rf"(\b(?:put|move|remove|delete|drop)\s+the\s+)(?!(?:{_ORD}|next|previous|other|same|whole|entire|only"
    rf"|single|new|two|title"
    r"|music|video|cover|middle|opening|closing|background|logo|full|current|remaining)\b)"
    r"([a-z]{3,20}\s+(?:photo|picture|image|clip))\b(?!['’]s)"
    r"|((?:把|将|删除|删掉|去掉|移除))(?!所有|全部|其[他它余]|剩|我|你|这|那|第|最|上传|前|后|刚|新|每|一"
    r"|[两三四五]|原|多余|没|不|标题|音乐|视频)"
    r"([\u4e00-\u9fff]{1,5}的(?:那[张个幅])?(?:照片|图片|相片))",
    re.IGNORECASE,
)
"""A photo or clip by a name that no file has: "the mountain photo"."""

_NO_EVENT = (
    r"(?!\s+(?:trip|part(?:y|ies)|day|tour|festival|story|project|wedding|holidays?|vacation|visit|years?|week|team)\b)"
)
"""What follows a word that is a file's name by chance: "our school trip"."""

_SO_MUCH = r"(?<=[\u4e00-\u9fff])(?=\d{1,4}(?:\.\d)?\s?(?:秒|分|倍|[%％]))"
"""What may follow a Chinese name without a gap: 采访10秒."""

_OF_TEXT = (
    r"(?:titles?|texts?|captions?|words?|says?|saying|titled|called|reads?|reading|end with|标题|文字|字幕"
    r"|写上?|片名|改成|改为|换成)\W{0,3}$"
)
_ON = re.compile(r"\s+(?:on|onto|under|over|below)\s+(?:the|my)\b", re.IGNORECASE)
"""What follows words that are to be shown, whatever a file is called: "'Kitchen' on the kitchen"."""

_PLAIN = re.compile(
    r"(?:the|my|a|an|first|second|third|last|end|start|intro|outro|middle|begin\w*|make|new|all|file|title\w*|text"
    r"|photos?|images?|img|pictures?|pics?|clips?|videos?|movies?|films?|music|songs?|sound|audio|track|one|it|them"
    r"|logo overlay|promo|slideshow|reel|short|long|loud|照片|图片|视频|片段|音乐|标题|素材|开头|结尾)",
    re.IGNORECASE,
)


_LOGO = re.compile(r"logo|water-?_?mark|brand|水印|标志|商标|台标|[校会班]徽|徽标", re.IGNORECASE)


@dataclass(frozen=True)
class Pick:
    """What is pointed at.

    Attributes
    ----------
    kind : str or None
        ``"image"``, ``"video"``, or either.
    nth : int or None
        Counted from 1, or from -1 at the end; None for all of the kind.
    count : int
        How many from there on (before it, where it is counted from the end).
    single : bool
        Whether there should be only one of the kind.
    file, name : str or None
        The id of a file, and what was said of it; an empty id for one that isn't there.
    """

    kind: str | None = None
    nth: int | None = None
    count: int = 1
    single: bool = False
    file: str | None = None
    name: str | None = None

    @property
    def definite(self) -> bool:
        """Whether some are meant rather than all."""
        return self.nth is not None or self.file is not None


@dataclass
class Marks:
    """Which letter stands for what, and for which words."""

    picks: dict[str, tuple[Pick, ...]] = field(default_factory=dict[str, tuple[Pick, ...]])
    words: dict[str, str] = field(default_factory=dict[str, str])

    def mark(self, words: str, *picks: Pick) -> str:
        """Return the letter that stands for some words from now on; the words where all letters are taken."""
        if len(self.words) >= _ROOM:
            return words
        letter = chr(_FIRST_MARK + len(self.words))
        self.picks[letter], self.words[letter] = picks, words
        return letter

    def spelled(self, text: str, since: int = 0) -> str:
        """Return a text with the words that its letters stand for; those made before ``since`` others stay."""
        first = _FIRST_MARK + since
        return re.sub(MARK, lambda match: self.words.get(match[0], "") if ord(match[0]) >= first else match[0], text)

    def picked(self, text: str) -> tuple[Pick, ...]:
        """Return what the letters in a text point at."""
        return tuple(pick for letter in re.findall(MARK, text) for pick in self.picks.get(letter, ()))


def cleaned(prompt: str) -> str:
    """Return a prompt without letters that might be taken for marks, and without wide gaps."""
    plain = re.sub(rf"{MARK}|[\U000f0000-\U0010ffff]", "", prompt)
    return re.sub(r"[^\S\n]+", " ", re.sub(r"\s*\n\s*", "\n", re.sub(r"[^\S\n]+", " ", plain)))


def mark_files(text: str, materials: Iterable[Material], marks: Marks, *, stems: bool) -> str:
    """Return a text with the names of files replaced by marks: whole names, or (later) names without their ending.

    Examples
    --------
    >>> from nemo_widgets.studio.agent.base import Material
    >>> marks = Marks()
    >>> text = mark_files('remove "Logo.png"', [Material("1", "logo.png", "image", "")], marks, stems=False)
    >>> len(text), marks.picked(text)[0].file
    (8, '1')
    """
    named = {(PurePosixPath(one.name).stem if stems else one.name).casefold(): one for one in materials}
    usable = sorted((name for name in named if not stems or telling(name)), key=len, reverse=True)
    for start in range(0, len(usable), 200):
        names = "|".join(re.escape(name) for name in usable[start : start + 200])
        edge = r"(?<![a-zA-Z0-9])", rf"(?:(?![a-zA-Z0-9])|{_SO_MUCH}){_NO_EVENT if stems else ''}"
        pattern = re.compile(rf"[\"“‘「《']?{edge[0]}({names}){edge[1]}[\"”’」》']?", re.IGNORECASE)
        text = pattern.sub(_marker(named, marks), text)
    if not stems:
        return _UNKNOWN_FILE.sub(lambda match: marks.mark(match[0], Pick(file="", name=match[0])), text)
    return _UNKNOWN_SHOT.sub(lambda match: _unknown(match, marks), text)


def _unknown(match: re.Match[str], marks: Marks) -> str:
    verb, name = match[1] or match[3], match[2] or match[4]
    return verb + marks.mark(name, Pick(file="", name=name))


def mark_quoted(text: str, materials: Iterable[Material], marks: Marks) -> str:
    """Return a text with quoted names of files (without their ending) replaced by marks, where no title is spoken of.

    Examples
    --------
    >>> from nemo_widgets.studio.agent.base import Material
    >>> song = Material("1", "our song.mp3", "audio", "")
    >>> len(mark_quoted('use "our song"', [song], Marks())), mark_quoted('title "our song"', [song], Marks())
    (5, 'title "our song"')
    """
    named = {PurePosixPath(one.name).stem.casefold(): one for one in materials}

    def marked(match: re.Match[str]) -> str:
        one = named.get(match[1].casefold())
        if one is None or re.search(_OF_TEXT, text[: match.start()].lower()) or _ON.match(text, match.end()):
            return match[0]
        return marks.mark(match[1], Pick(kind=one.kind, file=one.id, name=one.name))

    return re.sub("[\"“‘「《']([^\"”’」》'\n]{1,100})[\"”’」》']", marked, text)


def _marker(named: dict[str, Material], marks: Marks) -> Callable[[re.Match[str]], str]:
    def marked(match: re.Match[str]) -> str:
        one = named[match[1].casefold()]
        letter = marks.mark(match[1], Pick(kind=one.kind, file=one.id, name=one.name))
        quoted = len(match[0]) == len(match[1]) + 2
        return letter if quoted else match[0].replace(match[1], letter)

    return marked


def telling(stem: str) -> bool:
    """Say whether a name without its ending is no everyday word.

    Examples
    --------
    >>> telling("beach"), telling("photo")
    (True, False)
    """
    return len(stem) > 1 and re.search(r"[^\W\d_]", stem) is not None and not _PLAIN.fullmatch(stem)


def is_logo(name: str) -> bool:
    """Say whether a file is called like a logo.

    Examples
    --------
    >>> is_logo("Shop Logo.png"), is_logo("beach.jpg")
    (True, False)
    """
    return _LOGO.search(PurePosixPath(name).stem) is not None


def mark_shots(text: str, marks: Marks) -> str:
    """Return a text (lower case) with photos and clips that are pointed at replaced by marks.

    Examples
    --------
    >>> marks = Marks()
    >>> text = mark_shots("swap the first and the last photo", marks)
    >>> [(pick.kind, pick.nth) for pick in marks.picked(text)]
    [('image', 1), ('image', -1)]
    >>> [pick.nth for pick in marks.picked(mark_shots("the third to last photo 倒数第二张", marks))]
    [-3, -2]
    """
    return _PHRASES.sub(lambda match: marks.mark(match[0], *_read(match)), text)


def _read(match: re.Match[str]) -> tuple[Pick, ...]:
    found = match.groupdict()
    if found["ords"]:
        kind = _kind(found["noun"])
        count = _number(found["count"]) if found["count"] else 1
        return tuple(Pick(kind, _ordinal(word), count) for word in re.split(rf"{_AND}(?:the\s+)?", found["ords"]))
    if found["so_many"]:
        return (Pick(_kind(found["so_noun"]), count=_number(found["so_many"]), name=match[0]),)
    if found["numbers"]:
        return _numbered(_kind(found["kind"]), found["numbers"])
    if found["so_many_zh"]:
        kind = _kind_zh(found["so_measure"], found["so_noun_zh"])
        return (Pick(kind, count=int(chinese_number(found["so_many_zh"])), name=match[0]),)
    if found["zh"]:
        picks = _numbered(_kind_zh(found["measure"], found["noun_zh"]), found["zh"])
        return tuple(replace(one, nth=-(one.nth or 1)) for one in picks) if found["from_end"] else picks
    if found["number_zh"]:
        return _numbered(_kind_zh("个", found["noun_of"]), found["number_zh"])
    if one := next((found[key] for key in ("that", "it", "this", "this_clip") if found[key]), None):
        noun = found["that_noun"] or (None if found["that"] else one)
        return (Pick(_kind_zh(found["that"] or "个", noun), single=True, name=match[0]),)
    if found["every"]:
        return (Pick(_kind(found["every"])),)
    if found["edge"]:
        count = int(chinese_number(found["edge_count"])) if found["edge_count"] else 1
        kind = _kind_zh(found["edge_measure"], found["edge_noun"])
        return (Pick(kind, -1 if re.search("后|倒数", found["edge"]) else 1, max(1, count)),)
    noun = found["all"] or found["one"]
    if noun:
        every = re.match(r"(?:all|any|every|each|both)\b", match[0]) is not None
        if "both" in match[0] and noun.endswith("s"):
            return (Pick(_kind(noun), count=2, name=match[0]),)
        single = not noun.endswith("s") and noun != "footage" and not every
        return (Pick(_kind(noun), single=single, name=match[0] if single else None),)
    return (Pick(_kind_zh("个", found["all_zh"])),)


def _numbered(kind: str | None, words: str) -> tuple[Pick, ...]:
    """Return what a list of numbers and of ranges points at: "1, 3-5", "2到4"."""
    numbers = rf"({_ZH})(?:[张幅段个]?\s*(?:-|–|~|—|to|through|thru|到|至)\s*第?({_ZH}))?"
    picks: list[Pick] = []
    for first, last in re.findall(numbers, words):
        begin = int(chinese_number(first))
        end = int(chinese_number(last)) if last else begin
        picks.append(Pick(kind, min(begin, end), abs(end - begin) + 1))
    return tuple(picks)


def _kind(noun: str | None) -> str | None:
    if noun is None:
        return None
    if noun.startswith(("photo", "image", "pic")):
        return "image"
    return "video" if noun.startswith(("clip", "video", "footage")) else None


def _kind_zh(measure: str, noun: str | None) -> str | None:
    if noun:
        return None if noun == "素材" else ("video" if noun in {"视频", "视频片段", "片段"} else "image")
    return {"张": "image", "幅": "image", "段": "video"}.get(measure)


def _ordinal(word: str) -> int:
    if word in _BACKWARDS:
        return _BACKWARDS[word]
    word, *to_last = re.split("[- ]", word)
    if to_last:
        return -2 if word == "next" else -_ordinal(word)
    return _ORDINALS.index(word) + 1 if word in _ORDINALS else int(word[:-2])


def _number(word: str) -> int:
    return _NUMBERS.index(word) + 1 if word in _NUMBERS else max(1, int(word))
