"""Times in what people say: moments and lengths ("at 0:05", "2 seconds"), stretches ("the first 3 seconds").

Each becomes a single letter that no text has, as photos and clips do (:mod:`~nemo_widgets.studio.agent.pointing`), so
that the grammar of what is done with them stays short.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from nemo_widgets.studio.agent.quantities import chinese_number, duration

TIME, PART, WHOLE = "[\U00100000-\U00100fff]", "[\U00101000-\U00101fff]", "[\U00102000-\U00102fff]"
"""Letters that stand for a time, a stretch of it, the whole video."""

_ANY = "[\U00100000-\U00102fff]"
_FIRST = {"time": 0x100000, "part": 0x101000, "whole": 0x102000}
_ROOM = 0x1000
_WORDS = (
    r"half an?|half|a couple of|a few|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen"
    r"|twenty|thirty|forty|fifty|sixty"
)
_VAGUE = {"a couple of": 2, "a few": 3, "half an": 0.5}
_N = rf"(?:\d{{1,5}}(?:\.\d{{1,3}})?|(?:{_WORDS})\b)"
_SECONDS = r"(?:sec(?:o?u?nd?e?s?|s)?|s)(?![a-z])"
_U = rf"(?:milliseconds?(?![a-z])|ms(?![a-z])|{_SECONDS}|min(?:ute)?s?(?![a-z])|m(?![a-z]))"
_SPAN = (
    rf"(?<![a-z0-9.:])(?:{_N}\s*m(?:in(?:ute)?s?)?,?\s*(?:and\s+)?\d{{1,2}}\s*{_SECONDS}"
    rf"|{_N}(?:\s+and\s+a\s+half)?[\s-]*{_U}(?:\s+and\s+a\s+half)?)"
)
_CLOCK = r"(?<![\d:.])(?!9[:：]16(?!\d))\d{1,2}[:：][0-5]\d(?:\.\d{1,3})?(?![\d:：])"
_NZ = r"(?:\d{1,5}(?:\.\d{1,3})?|[零〇一二两三四五六七八九十百半]{1,5})"
_SPAN_ZH = rf"{_NZ}\s*个?半?(?:毫秒|秒|分(?!之))钟?半?(?:{_NZ}\s*秒钟?)?"
_HERE = r"(?:处|的?时候|的?位置|的地方|那里|钟)?"
_POINT = (
    rf"(?:(?:the\s+)?(?:second|sec|minute|timestamp|mark)\s+)?(?:{_CLOCK}|{_SPAN})(?:\s+mark\b)?"
    rf"|\bseconds?\s+\d{{1,5}}(?:\.\d{{1,3}})?(?![\d:%])|第?(?:{_SPAN_ZH}|{_CLOCK}){_HERE}"
)
_EDGE = (
    rf"(?:(?:the\s+)?(?:seconds?|secs?|minute)\s+)?(?:{_CLOCK}|{_SPAN}"
    r"|\d{1,5}(?:\.\d{1,3})?(?![\d%])(?!\s?(?:p|k|px|fps)\b))"
)
_TO = (
    r"(?:\s*(?:\b(?:to|till|until|up to|through|thru|and)\b"
    r"|[-–—~～→](?!\s?(?:seconds?|secs?|minutes?)\b)|->)\s*(?:the\s+)?)"
)
_TO_ZH = r"\s*(?:剪|截|裁|切|留)?(?:到|至|[-–—~～])\s*"
_THERE = r"(?:之间)?(?:的?(?:部分|内容|画面|那段|这段|那一段|这一段))?"
_LONE = r"second\b(?=\s*(?:$|[,.;!]|of\b|from\b|and\b|off\b|out\b))"
_ALL_THAT = (
    r"(?:(?:everything|anything|all|the rest|the part|whatever|stuff|what)\s+(?:that(?:'s|\s+is"
    r"|\s+comes)?\s+|comes\s+)?)?"
)
_PARTS = re.compile(
    rf"(?P<until>\b(?:from\s+)?(?:the\s+)?(?:start|beginning)\s+(?:to|until|till|up to)\s+(?:{_POINT}))"
    rf"|(?P<on>\bfrom\s+(?:{_POINT})\s+(?:on(?:wards?)?\b|(?:to|until|till)\s+(?:the\s+)?"
    rf"(?:very\s+)?end\b)|从(?:{_POINT})(?:到最后|到结尾|到末尾|往后|以后|之后|开始))"
    rf"|(?P<range>(?:\b(?:from|between)\s+)?(?:the\s+)?{_EDGE}{_TO}{_EDGE})"
    rf"|(?P<range_zh>从?第?(?:{_CLOCK}|{_SPAN_ZH}|{_NZ}){_TO_ZH}第?(?:{_SPAN_ZH}|{_CLOCK}|{_SPAN}){_THERE})"
    rf"|(?P<first>(?:\b(?:the\s+)?(?:very\s+)?(?:first|opening|initial|beginning)\s+(?:{_SPAN}|{_LONE}))"
    rf"|(?:最前面?|前面?|开头|开始|片头|头)的?\s*(?:{_SPAN_ZH}|{_SPAN}))"
    r"|(?P<last>(?:(?:\bthe\s+|(?<!should )(?<!must )(?<!shall )(?<!to )(?<!can )\b)"
    rf"(?:very\s+)?(?:last|final|closing|ending)\s+(?:{_SPAN}|{_LONE}))"
    rf"|(?:最后面?|结尾|末尾|片尾|尾部|后面?|倒数)的?\s*(?:{_SPAN_ZH}|{_SPAN}))"
    rf"|(?P<middle>\b(?:the\s+)?middle\s+(?:{_SPAN})|中间的?\s*(?:{_SPAN_ZH}))"
    rf"|(?P<half>\b(?:the\s+)?first\s+half\b|前半段|前一半|前半部分?)"
    rf"|(?P<other>\b(?:the\s+)?(?:second|last|latter|other)\s+half\b|后半段|后一半|后半部分?)"
    r"|(?P<nth>\b(?:the\s+)?(?:(?:first|second|middle|last|final)\s+(?:third|quarter|fifth)|part\s+\d\s+of\s+\d)\b"
    r"|(?:最前面?|前面?|开头|中间|最后面?|后面?|结尾)的?[三四五]分之一|\d\s?份里的第\s?\d\s?份)"
    rf"|(?P<after>{_ALL_THAT}\b(?:after|past|beyond)\s+(?:the\s+)?(?:{_POINT})|(?:{_POINT})(?:之后|以后"
    rf"|往后|后面|后)的?(?:全部|所有|内容|部分|画面)?)"
    rf"|(?P<before>{_ALL_THAT}\b(?:before|prior to|until|till|up to)\s+(?:the\s+)?(?:{_POINT})|"
    rf"(?:{_POINT})(?:之前|以前|前面|前)的?(?:全部|所有|内容|部分|画面)?)"
)
_FRACTIONS = {"third": 3, "quarter": 4, "fifth": 5, "三分": 3, "四分": 4, "五分": 5}
_WHICH = {"second": 2, "middle": 0, "中间": 0, "last": -1, "final": -1, "first": 1,
          "后": -1, "结尾": -1, "前": 1, "开头": 1}  # fmt: skip
_MOST_PARTS = 9
SHARES = 2_520
"""So many shares of a whole can be told apart: a number that all up to ten divide."""

_POINTS = re.compile(_POINT)
_FIRST_AND_LAST = re.compile(rf"\bthe\s+first\s+and\s+(?:the\s+)?last\s+({_SPAN})")
_WHOLES = re.compile(
    r"\b(?:(?:the|my|this|our|that)\s+)?(?:(?:whole|entire|full|complete|finished)\s+)?(?:video|movie"
    r"|film|slide\s?show|montage|reel|edit|thing)\b"
    r"(?!\s+(?:clips?|files?)\b)"
)
_WHOLES_ZH = re.compile(
    r"(?<![张幅段个部条])(?:整个|整段|全部|这个|这段|我的|所有)?(?:视频|影片|短片|片子|全片)(?!\s*\d|号"
    r"|片段|素材|之间|的?(?:声音|原声|原音|音量))"
)


@dataclass(frozen=True)
class Part:
    """A stretch of a video or clip.

    ``start`` and ``end`` in ms, an open end as None; with ``of`` ``"end"`` counted back from the end, ``"middle"``
    around the middle, ``"share"`` as shares of the whole, of which there are :data:`SHARES`.
    """

    start: int | None = None
    end: int | None = None
    of: str = "start"

    @property
    def between(self) -> bool:
        """Whether it has both ends."""
        return self.of == "start" and bool(self.start) and self.end is not None

    def within(self, total: int) -> tuple[int, int]:
        """Return where it begins and ends (ms) in something of this length.

        Examples
        --------
        >>> Part(2_000, 5_000).within(9_000), Part(2_000, of="end").within(9_000), share(2, 2).within(9_000)
        ((2000, 5000), (7000, 9000), (4500, 9000))
        """
        start, end = self.start or 0, self.end if self.end is not None else total
        if self.of == "end":
            return max(0, total - start), total
        if self.of == "middle":
            return max(0, (total - start) // 2), min(total, (total + start) // 2)
        if self.of == "share":
            return total * start // SHARES, total * end // SHARES
        return start, end


def share(number: int, count: int) -> Part:
    """Return one of so many equal parts, counted from 1.

    Examples
    --------
    >>> share(2, 3).within(30_000)
    (10000, 20000)
    """
    return Part(SHARES * (number - 1) // count, SHARES * number // count, "share")


@dataclass
class Clock:
    """Which letter stands for which time, stretch or words."""

    times: dict[str, int] = field(default_factory=dict[str, int])
    parts: dict[str, Part] = field(default_factory=dict[str, Part])
    words: dict[str, str] = field(default_factory=dict[str, str])

    def marked(self, text: str) -> str:
        """Return a text (lower case) with its times replaced by letters.

        Examples
        --------
        >>> clock = Clock()
        >>> text = clock.marked("cut the first 3 seconds, split at 0:12")
        >>> len(text), list(clock.parts.values()), list(clock.times.values())
        (17, [Part(start=0, end=3000, of='start')], [12000])
        """
        text = _FIRST_AND_LAST.sub(r"the first \1 and the last \1", text)
        text = _PARTS.sub(self._part, text)
        text = _POINTS.sub(lambda match: self._letter("time", match[0], self.times, milliseconds(match[0])), text)
        return _WHOLES.sub(self._whole, text)

    def whole_zh(self, text: str) -> str:
        """Return a text with 视频 for the whole replaced; before photos and clips are looked for."""
        return _WHOLES_ZH.sub(self._whole, text)

    def spelled(self, text: str) -> str:
        """Return a text with the words that its letters stand for."""
        while re.search(_ANY, text):
            text = re.sub(_ANY, lambda match: self.words.get(match[0], ""), text)
        return text

    def _whole(self, match: re.Match[str]) -> str:
        return self._letter("whole", match[0], {}, 0)

    def _part(self, match: re.Match[str]) -> str:
        part = _read(match)
        return match[0] if part is None else self._letter("part", match[0], self.parts, part)

    def _letter(self, kind: str, words: str, values: dict[str, Any], value: Any) -> str:
        first = _FIRST[kind]
        number = sum(first <= ord(letter) < first + _ROOM for letter in self.words)
        if value is None or number >= _ROOM:
            return words
        letter = chr(first + number)
        self.words[letter], values[letter] = words, value
        return letter


def milliseconds(words: str) -> int | None:
    """Return the time that some words name, in ms; a bare number is seconds.

    Examples
    --------
    >>> [milliseconds(words) for words in ("0:05", "2 secs", "第12秒", "1分20秒", "half a second", "7", "500ms")]
    [5000, 2000, 12000, 80000, 500, 7000, 500]
    """
    if match := re.search(r"(\d{1,2})[:：](\d\d(?:\.\d{1,3})?)", words):
        return round(60_000 * int(match[1]) + 1000 * float(match[2]))
    if match := re.search(rf"({_NZ})\s*(?:ms|milliseconds?|毫秒)", words):
        return round(chinese_number(match[1]))
    if match := re.search(r"seconds?\s+(\d+(?:\.\d+)?)|^\s*(\d+(?:\.\d+)?)\s*$", words):
        return round(1000 * float(match[1] or match[2]))
    for vague, number in _VAGUE.items():
        words = re.sub(rf"\b{vague}\b", str(number), words)
    found = duration(re.sub(rf"(?<=\d|\s|-|e|n|o|r|x|y){_SECONDS}", "seconds", words))
    if found is None and (match := re.search(_NZ, words)):
        return round(1000 * chinese_number(match[0]))
    return found


def _read(match: re.Match[str]) -> Part | None:
    kind, words = str(match.lastgroup), match[0]
    if kind == "half":
        return share(1, 2)
    if kind == "other":
        return share(2, 2)
    if kind == "nth":
        return _one_of(words)
    if kind in ("range", "range_zh"):
        return _between(words)
    if re.search(_LONE, f"{words} "):
        words = re.sub(r"second\s*$", "1 second", words)
    at = milliseconds(re.sub(r"^(?:the\s+)?(?:very\s+)?(?:first|last)\s+", "", words))
    if at is None:
        return None
    if kind in ("last", "middle"):
        return Part(at, None, "end" if kind == "last" else "middle")
    return Part(at, None) if kind in ("after", "on") else Part(0, at)


def _one_of(words: str) -> Part | None:
    """Return "the middle third", "part 2 of 3", 前三分之一."""
    numbers = [int(number) for number in re.findall(r"\d+", words)]
    if len(numbers) == 2:
        number, count = sorted(numbers)
        return share(number, count) if 0 < number <= count <= _MOST_PARTS else None
    count = next(number for word, number in _FRACTIONS.items() if word in words.rsplit(maxsplit=1)[-1])
    which = next(number for word, number in _WHICH.items() if word in words)
    number = {-1: count, 0: (count + 1) // 2}.get(which, which)
    return share(number, count) if number <= count and (which or count % 2) else None


def _between(words: str) -> Part | None:
    """Return a stretch with two ends; numbers without any unit are times only after "from" and "between"."""
    sides = [side for side in re.split(rf"{_TO}|{_TO_ZH}", words, maxsplit=1) if side]
    told = re.search(rf"\b(?:from|between)\b|seconds?\s+\d|[:：]\d|秒|分|\d\s*-?{_U}", words)
    if len(sides) < 2 or not told or (re.search(r"\band\b", words) and "between" not in words):
        return None
    begin, end = (re.sub(r"^\s*(?:(?:from|between)\b|从)?\s*(?:the\s+)?第?", "", side) for side in sides)
    unit = re.search(r"[\s-]*(min(?:ute)?s?|m)(?![a-z])|分", end)
    if re.fullmatch(r"\s*\d+(?:\.\d+)?\s*", begin) and unit:
        begin = f"{begin.strip()} minutes"
    times = milliseconds(begin), milliseconds(end)
    if times[0] is None or times[1] is None or times[0] >= times[1]:
        return None
    return Part(times[0], times[1])
