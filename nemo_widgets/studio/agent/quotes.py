"""What a text shall say: in quotes, or after "title:", "saying", "called"; and lists of captions.

Such words are held apart first (each becomes a letter that no prompt has), so that they never read as an order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent import moods

if TYPE_CHECKING:
    from collections.abc import Callable

LETTER = r"[\U000f0000-\U000ffffd]"
"""What stands for a text that is held apart, as a pattern."""

_FIRST = 0xF0000
_MOST = 500
TITLE = r"(?:\b(?:texts?|titles?|captions?|headlines?|headings?)\b|文字|标题|字幕|片名|文案|[一几两][行句个]小?字|字样)"
"""Words for texts, as a pattern."""

_QUOTES = re.compile(
    "\"([^\"]{1,400})\"|“([^”]{1,400})”|‘([^’]{1,400})’(?!\\w)|「([^」]{1,400})」|『([^』]{1,400})』|《([^》]{1,400})》|«([^»]{1,400})»|(?<!\\w)'([^'\n]{1,400}(?:(?<=\\w)'(?=\\w)[^'\n]{0,400}){0,9})'(?!\\w)"
)
_ON = (
    r"with|please|for|using|and (?:move|place|shift|bring|keep|show|leave|give|turn|colou?r|cent(?:er|re)|enlarge"
    r"|shrink|let|have|play|start|cut|trim|hide|swap)\s+(?:it|them|that|this|the|my|every\w*|all|both)\b"
    r"|and (?:add|use|with|make|set|put|remove|mute|fade|delete|change|end|an?|the|some"
    r"|music|(?:\w+ ){1,2}music)"
    r"|then|(?:at|in|on|from|to) (?:the )?(?:very )?(?:end|beginning|start|top|bottom|first|second|third|last|middle)"
    r"|(?:at|from|after) \d|(?:on|under|over) (?:the |my )?(?:\w+ )?(?:photo|picture|image|clip|slide)s?\b"
)
_STOP = r"(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bSt)(?<!\bMrs)(?<!\bProf)(?<!\bvs)(?<!\bNo)\.(?:\s|$)"
_ENDS = rf"(?=\s*$|[,;!?，。；！？\n]|{_STOP}|\s+(?:{_ON})\b)"
_SAYS = re.compile(
    rf"\b(?:(?:that|which) (?:says|reads)|says|saying|reading|titled|entitled|called|call it"
    r"|(?:should|shall|must|has to|have to|needs to|is to|ought to) (?:say|read)|let it (?:say|read)"
    rf"|(?<=title )(?:to )?say|(?<=text )(?:to )?say|(?<=caption )(?:to )?say)\s+(.+?){_ENDS}",
    re.IGNORECASE,
)
_TITLE_TO = re.compile(
    r"\b(?:title|text|headline|caption)(?:\s+(?:(?:at|in)\s+(?:the\s+)?(?:very\s+)?\w+|on\s+it))?(?:\s+(?:to|as|is)\b|\s*[:=：])\s*"
    rf"(.+?){_ENDS}",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"\b(?i:with|add|and|use|put|make|create) (?i:the|a|an|my) (?i:title|headline|heading|caption|text)\s+"
    rf"((?!(?i:at|in|on|to|is|from|for|that|which|and|or|of|under|over|as|says|please)\b)[A-Z0-9].{{0,80}}?)"
    rf"(?:{_ENDS}|(?=\s+in (?:bright |dark |light |big |large |small )*"
    r"(?:red|blue|green|yellow|orange|purple|pink|white"
    r"|black|gold|gr[ae]y|letters)\s*(?:$|[,.;!]|and\b)))"
)
_WRITES = re.compile(
    r"\b(?i:write)\s+((?!(?i:the (?:title|text|caption|name|date)|an?|it|on|my|our|in|at|under|some\w*|captions?"
    r"|texts?)\b)"
    r"[A-Z](?:(?!\s(?:on|under|over|below)\s)[^\n,;.]){0,60}?)"
    r"(?=\s*[.!]?\s*$|\s+(?i:at|in) the (?i:very )?(?i:end|start|beginning|middle)\b)"
)
"""Words without quotes, with a capital letter, after "write"."""

_SAYS_AT = re.compile(
    r"(?:^|[,;.!?]\s*|\b(?:and|then|please|to|you|should|film|video|movie)\s+)(?:write|say)s?\s+"
    r"((?!(?:the|an?|it|on|my|our|his|her|their|your|in|at|under|some\w*|any\w*|captions?|texts?|titles?|file|each|every"
    r"|that|this|so|what|nothing|names?|dates?)\b)"
    r"[^\W\d_](?:(?!\s(?:on|under|over|below|for|from)\s)[^\n,;.]){0,40}?)"
    r"(?=\s+(?:at|in|near|towards) the (?:very )?(?:end|start|beginning|middle)\b)",
    re.IGNORECASE,
)
"""Words without quotes that are said at a place: "say hello at the start"."""

_SEVERAL = re.compile(
    r"\b(?i:titles|texts|captions)\s+(?:(?i:saying|called|reading)\s+)?(?P<list>(?P<one>[A-Z0-9][^,;.\n\"“‘']{0,60}?)"
    r"(?:,\s*(?!(?i:both|all|each|in|with|at)\b)[A-Z0-9][^,;.\n\"“‘']{0,60}?)*,?\s+and\s+[A-Z0-9][^,;.\n\"“‘']{0,60}?)"
    r"(?=\s*$|[,;.!?\n]|\s+(?:both|all|each|in|at|on|with|under|over|for|from|and)\b)"
)
"""Several texts without quotes: "add titles A and B"."""

_NAMED_ZH = r"改成|改为|换成|换为|设为|设成|设置为|写成|写上|写着|写|叫做|叫|是|为"
_TITLE_ZH = re.compile(
    rf"(?:标题|文字|字幕|片名|文案|[一几两][行句个]小?字|字样)\s*(?:内容)?\s*(?:{_NAMED_ZH}|[:：])\s*(.+?)"
    r"(?=\s*$|[，。；！？,;!?\n]|(?:并且?|然后|同时|再)(?:[把将]|也|请)?(?:它|标题)?(?:放|移|改|换|用|设|变|加|显示|居中))"
)
_SHOT = (
    r"(?:the\s+|my\s+)?(?:(?:photo|picture|image|pic|clip|slide)\s*(?:no\.?\s*|#)?\d"
    r"|(?:first|second|third|fourth|fifth|last|\d(?:st|nd|rd|th))\s+(?:photo|picture|image|pic|clip|slide|one)\b)"
)
_NO_TEXT = r"and|the|an?|add|put|write|make|show|place|text|captions?|words?|use|mute|zoom|remove|delete|then|also|set"
_ON_SHOT = re.compile(
    rf"(?:(?i:\b(?:text|caption|words?|write|label))\s+(?!(?i:that|which|saying|says|on|in|at|to|for|from|of)\b)"
    rf"|(?:,|\b(?i:and))\s*(?!(?i:and|the|a|an)\b)(?=[A-Z0-9])"
    rf"|(?:on|under|over|below)\s+{_SHOT}\s*(?:,\s*(?:and\s+)?|and\s+)(?!(?i:{_NO_TEXT})\b))"
    rf"((?:(?!\s(?:on|under|over|below)\s)[^,;\n.]){{1,60}}?)(?=\s+(?:on|under|over|below)\s+{_SHOT})"
)
"""Words without quotes, between "text" and "on photo 2", and those that follow in the same way."""

_WRITES_ZH = re.compile(
    r"(?:第[一二三四五六七八九十\d]{1,3}[张个段幅](?:照片|图片|图|视频|片段)?|最后一?[张段](?:照片|图片|图|视频)?|片头|片尾|开头|结尾|末尾)"
    r"的?(?:上面?|下面?|下方|中间|里面?|处)?(?:请|就|要|都|再)?(?:写上?|写着|打上|配上?(?:文字|字)|加上?(?:文字|字))\s*[:：]?\s*"
    r"(.{1,60}?)(?=\s*$|[，。；！？,;!?\n])"
)
_COLON = re.compile(
    r"(?:\b(?:(?:lower[ -]third|name tag)(?: (?:for|on|over|under) (?:the )?(?:[\w-]+ ){0,3}?[\w-]+)?"
    r"|call to action|cta|end card"
    r"|caption (?:for |of |on )?(?:the )?[\w ]{0,24}"
    r"|title card|(?:end|ends|ending|finish|close)\s+(?:it\s+)?(?:with|on)\s+an?\s+(?:\w+\s+)?(?:card|slide|screen"
    r"|text|line|message))"
    r"|字幕条|人名条|行动号召|第[一二三四五六七八九十\d]+张(?:照片|图片|图)?的?(?:字幕|文字|标题|说明))\s*[:：]\s*"
    r"(.+?)(?=\s*$|[;；。\n]|\.(?:\s|$)|\s+(?:from|at|for) \d[\d:.]*\s*(?:s|sec\w*|min\w*|to|until"
    r"|till|[-–]\s*\d.*|$)(?!\w)|,? (?:and|then) (?:add|make|put|set|remove|use|end)\b)",
    re.IGNORECASE,
)
_LISTED = (
    r"(?:\bcaptions?\s+(?:all |each |the |my |these |every )*(?:photos?|pictures?|images?|slides?|shots?|clips?)?\s*"
    r"(?:with|as)?\s*[:：]|\bcaptions\b[^:：\n]{0,40}[:：]"
    r"|\b(?:each|every)\s+(?:photo|picture|image|slide|shot|clip)\b[^:：\n]{0,30}\bcaption\s*[:：]|\bcaption\b[^:：\n]{0,24}\b(?:every|each"
    r"|all)\b[^:：\n]{0,24}[:：]|(?:字幕|说明|配文|文字|名字|名称)(?:分别|依次)?(?:是|为|写)?\s*[:：]"
    r"|(?:字幕|说明|配文|文字)?(?:分别|依次)(?:是|为|写上?|加上?|叫)(?:字幕|文字)?\s*[:：]?)\s*"
)
_LIST = re.compile(
    _LISTED + r"(.{1,2000}?)(?=\s*$"
    r"|\s+(?:under|below|beneath|underneath|over|on)\s+(?:(?:the|my|all|each|every|these|those|of)\s+)*"
    r"(?:photo|picture|image|slide|shot|clip)s?\b|[;；。\n]|\.(?:\s|$)|,?\s+and\s+(?:make|put|set|add|use|mute|remove"
    r"|keep|show)\b)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:[,，、/|]\s*(?:and|以及|和)?|\band\b|和)\s*")
_STYLE_ONLY = re.compile(
    r"(?:the )?(?:very )?(?:top|bottom|middle|cent(?:er|re)|lower third|left|right|(?:top|bottom|upper|lower)[ -]"
    r"(?:left|right))"
    r"(?: corner)?|#[0-9a-f]{6}|(?:bright |dark |light )?(?:red|blue|green|yellow|orange|purple|violet|pink|white"
    r"|black|gold(?:en)?|gr[ae]y"
    r"|silver|brown|cyan|turquoise|teal)(?: and \w+)?|[红蓝绿黄橙橘紫粉白黑金灰银棕青]色?|(?:a bit |much )?(?:bigger"
    r"|larger|smaller)|large|big|huge"
    r"|medium|normal|small|tiny|[大中小]号|顶部|上方|底部|下方|中间|中央|居中|左上角|右上角|左下角|右下角|too (?:big"
    r"|small|large)|(?!(?:19|20)\d\d(?:(?![秒毫])[\u4e00-\u9fff]| (?!sec|milli|long)[a-z]{2}))\d.*"
)

_LOOKS_ZH = re.compile(
    r"(?:[红蓝绿黄橙橘紫粉白黑金灰银棕青]色?的?(?:底框|底|背景)?|带底框|加底框|[深浅亮暗]|更?[大小中]号?|再|一?[点些]|字体?|颜色|的|加粗|粗体?|放?在?[左右]?[上下]"
    r"[面方角边]|中间|居中)+"
)
"""Words for a look and nothing else: "红色大字"."""


@dataclass(frozen=True)
class Texts:
    """The texts in a prompt: ``said`` by their letters, in order; ``each`` as lists with one text for each photo."""

    said: tuple[str, ...] = ()
    each: tuple[str, ...] = ()

    def spelled(self, spell: Callable[[str], str]) -> Texts:
        """Return the texts as ``spell`` makes each of them."""
        return Texts(tuple(map(spell, self.said)), tuple(map(spell, self.each)))


_HELD = (
    _LIST, _QUOTES, _COLON, _TITLE_TO, _SAYS, _TITLE_ZH, _BARE, _ON_SHOT, _WRITES_ZH, _WRITES, _SAYS_AT
)  # fmt: skip
"""What holds a text, the surest first."""


def texts_in(prompt: str, hold: Callable[[re.Match[str]], str]) -> str:
    """Return a prompt with everything that texts shall say replaced by what ``hold`` returns for it, quotes included.

    Examples
    --------
    >>> texts_in('add "A" and a title that says B, please', lambda match: "*")
    'add * and a title that says *, please'
    """
    spans: list[tuple[int, int, re.Match[str]]] = []
    for pattern in _HELD:
        for match in pattern.finditer(prompt):
            group = next((g for g in range(1, (match.lastindex or 0) + 1) if match[g] is not None), 0)
            start, end = match.span() if pattern is _QUOTES else match.span(group)
            if not _holds(pattern, match, prompt, start, end) or any(start < e and s < end for s, e, _ in spans):
                continue
            found = re.compile(re.escape(prompt[start:end])).match(prompt, start, end)
            if found is not None:
                spans.append((start, end, found))
    for several in _SEVERAL.finditer(prompt):
        for one in re.finditer(
            r"(?:^|(?<=,)|(?<=\band ))\s*(?!and\b)([^,\s].*?)(?=\s*(?:,|\band\b|$))", several["list"]
        ):
            start, end = several.start("list") + one.start(1), several.start("list") + one.end(1)
            found = re.compile(re.escape(prompt[start:end])).match(prompt, start, end)
            if found is not None and not any(start < e and s < end for s, e, _ in spans):
                spans.append((start, end, found))
    made = prompt
    for start, end, match in sorted(spans, key=lambda one: one[0], reverse=True)[:_MOST]:
        made = made[:start] + hold(match) + made[end:]
    return made


class Held:
    """A prompt of which each text is held apart as a letter, and can be put back.

    Parameters
    ----------
    prompt
        The message.
    stays
        Says of a text, quotes included, whether it stays where it is.

    Attributes
    ----------
    marked : str
        The prompt with letters (:data:`LETTER`) in place of the texts.

    Examples
    --------
    >>> held = Held('add "A", mute it')
    >>> [held.spelled(part) for part in held.marked.split(", ")]
    ['add "A"', 'mute it']
    """

    def __init__(self, prompt: str, stays: Callable[[str], object] = lambda _text: False) -> None:
        self._texts: list[str] = []
        self._stays = stays
        self.marked = texts_in(prompt, self._hold)

    def spelled(self, text: str) -> str:
        """Return a part of what is marked with its texts put back."""
        return re.sub(LETTER, lambda match: self._texts[ord(match[0]) - _FIRST], text)

    def _hold(self, match: re.Match[str]) -> str:
        if self._stays(match[0]):
            return match[0]
        self._texts.append(match[0])
        return chr(_FIRST + len(self._texts) - 1)


_ADDED_TO = re.compile(
    r"\b(?:add|put|give|attach|write|place|insert|apply)\b(?:\s+(?:an?|the|another|one|some|my|nice|short|new|big"
    r"|small|white)){0,3}"
    r"\s+(?:title|text|headline|caption)\s+to\s+$",
    re.IGNORECASE,
)
_SPOKEN = r"\b(?:texts?|captions?|titles?|words?|labels?|write)\b"


def _holds(pattern: re.Pattern[str], match: re.Match[str], prompt: str, start: int, end: int) -> bool:
    inside = prompt[start:end].strip().lower()
    if pattern is _QUOTES:
        return not _names_music(match, prompt)
    if pattern is _LIST:
        parts = [part.strip() for part in _BETWEEN.split(inside)]
        looks = any(_LOOKS_ZH.fullmatch(part) for part in parts)  # "文字：立即购买，黄底".
        return _QUOTES.search(prompt[start:end]) is None and len(parts) > 1 and not looks
    if _STYLE_ONLY.fullmatch(inside) or _LOOKS_ZH.fullmatch(inside) or re.match("[\"“‘「『《«']", inside):
        return False
    if pattern is _ON_SHOT and not re.search(_SPOKEN, prompt[: match.end()], re.IGNORECASE):
        return False
    if pattern is _WRITES_ZH and re.match(r"一?[个行句段]|标题|文字|字幕|的", inside):
        return False
    if (
        pattern is _TITLE_TO
        and not re.search("[:=：]", prompt[match.start() : start])
        and re.match(
            r"(?:appear|start|begin|show(?: up)?|come|stay|last|disappear|vanish|end|stop|fade|be|stand|move|go)\b",
            inside,
        )
    ):
        return False  # "I want the title to appear at 5 seconds."
    if pattern is _TITLE_TO and _ADDED_TO.search(prompt[:start]):
        return False  # "Add a title to the second photo."
    if pattern is _TITLE_TO and re.search(r"\bis\s+$", prompt[:start]) and prompt[start : start + 1].islower():
        return False  # "The title is hard to read."
    return not (pattern is _TITLE_TO and _moves(prompt[match.start() : end].lower(), prompt[:end].lower()))


def _moves(tail: str, words: str) -> bool:
    """Say whether "title to the end" is about its place."""
    place = (
        r"(?:to|at) (?:the )?(?:very )?(?:end|beginning|start|(?:top|bottom|upper|lower|left|right|second|first"
        r"|third|last)\b.*)$|\bto (?:the |my )(?:\w+ ){0,3}(?:photo|picture|image|clip|shot)s?\b"
    )
    return re.search(rf"\b(?:move|put|place|shift|bring)\b.{{0,40}}\b{place}", words) is not None or (
        re.search(r"\b(?:is|as) (?:too |not |on |in |at |for )", tail) is not None
    )


def take_texts(prompt: str) -> tuple[Texts, str]:
    """Return the texts in a prompt, and the prompt with a letter for each.

    Examples
    --------
    >>> take_texts('change "Old" to "New"')[0].said, take_texts("captions: Arrival, Lunch and Home")[0].each
    (('Old', 'New'), ('Arrival', 'Lunch', 'Home'))
    """
    held: dict[str, str] = {}

    def hold(match: re.Match[str]) -> str:
        letter = chr(_FIRST + len(held))
        quoted = _QUOTES.fullmatch(match[0])
        inside = next(group for group in quoted.groups() if group is not None) if quoted else match[0]
        held[letter] = inside
        return letter

    marked = texts_in(prompt, hold)
    lists = [letter for letter in held if _is_list(letter, marked, held[letter])]
    each = tuple(one for letter in lists for one in map(_short, _BETWEEN.split(held[letter])) if one)
    ordered = [letter for letter in re.findall(LETTER, marked) if letter not in lists]
    said = tuple(_short(held[letter]) for letter in ordered)
    return Texts(said, each), marked


def _is_list(letter: str, marked: str, text: str) -> bool:
    before = marked[: marked.index(letter)]
    return len(_BETWEEN.split(text)) > 1 and re.search(f"{_LISTED}$", before, re.IGNORECASE) is not None


def _names_music(match: re.Match[str], prompt: str) -> bool:
    """Say whether quotes are around a kind of music rather than a title."""
    inside = next(group for group in match.groups() if group is not None).lower()
    after = prompt[match.end() :].lower()
    return (
        moods.mood(f"{inside} music") is not None and re.search(rf"^\s*(?:风格的?)?\s*{moods.MUSIC}", after) is not None
    )


def _short(title: str) -> str:
    return " ".join(title.split())[:200]
