"""What of a message was lost on the way: words without which it would mean the same, and that ask for something. Pure.

No grammar knows what it doesn't know. So a wish is read once more without each of its clauses, and without each "before
…", "when …" in it: where that makes no difference, and the clause by itself says nothing that is done anyway, it is
named as not done.
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any, cast

from nemo_widgets.studio.agent import steps
from nemo_widgets.studio.agent.moods import MUSIC
from nemo_widgets.studio.agent.quotes import TITLE, Held

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nemo_widgets.studio.agent.wish import Wish

_CLAUSE = re.compile(r"[,;，；。]\s*(?:(?:and|but|then)\s+)?|\s+(?:and|but)\s+", re.IGNORECASE)
_WHEN = re.compile(
    r"(?<!box)(?<!background)(?<!banner)\s(?:(?:right|just|shortly|directly)\s+)?(?:before|after|when|whenever"
    r"|while|until|till|next to|behind|near"
    r"|beside|between(?!\s+(?:them|each|all)\b)|starting|beginning|as soon as|from (?:the )?second|there)\b"
    r"(?!\s*(?:and|,|$))"
    r".*?(?=\s+(?:and|but)\s|$)"
    r"|(?<!box)(?<!background)(?<!banner)\s(?:before|after|next to|behind|over|under|on)\s+(?:it|that|them|there)\b"
    r"|\sthere$"
    r"|\s(?:above|over|beside|next to)\s+(?:the|my|our)\s+(?:title|headline|heading|text)s?\b"
    r"|\s(?:on|onto|to|over|under|below|for)\s+(?:the|my|our)\s+(?:\w+\s+){1,2}(?:photo|picture|image|clip|shot)\b",
    re.IGNORECASE,
)
_WHEN_ZH = re.compile(
    "(?:在|从|到|等)[^，。；]{1,14}?(?:之?[前后]面?|的?时候?|旁边|附近|之间|开始|为止)|(?:^|(?<=[，。；]))[^，。；]{1,10}?的时候"
)
_THING = re.compile(
    rf"{TITLE}|{MUSIC}|\b(?:photo|picture|image|pic|clip|shot|logo|transition|colou?r|font|volume|sound|audio|voice"
    r"|screen|background|speed|corner)s?\b|照片|图片|片段|素材|声|转场|颜色|字体|画面|速度|屏",
    re.IGNORECASE,
)
_WHY = re.compile(
    r"\b(?:because|since|as (?:it|they)|love[sd]?|(?:it|this|that)(?:'s| is| was) (?:for|about|my|our|from)|fav\w*"
    r"|thanks?|thank|hope|sorry|hello|hi|could you|remember"
    r"|(?:i|we)(?:['’]ve| have)? (?:(?:just|already) )?(?:uploaded|took|taken|shot|dropped|sent|attached))\b"
    r"|因为|谢谢|喜欢|这是|希望|我们?(?:刚刚?|已经)?(?:上传|拍)了",
    re.IGNORECASE,
)
_FEWEST, _FEWEST_ZH, _MOST = 3, 4, 12
_SAID_OF_IT = ("chinese", "foreign", "greets", "helps", "asks_length", "export", "beyond")


def asks(words: str) -> bool:
    """Say whether some words ask for something rather than tell why.

    Examples
    --------
    >>> asks("the title in comic sans"), asks("it's for my grandmother"), asks("because I love this song")
    (True, False, False)
    """
    if _WHY.search(words):
        return False
    enough = (
        len(re.findall(r"[a-z0-9'’]+", words.lower())) >= _FEWEST
        or len(re.findall(r"[\u4e00-\u9fff]", words)) >= _FEWEST_ZH
    )
    return enough and (_THING.search(words) is not None or steps.orders(words))


def places(words: str) -> bool:
    """Say whether some words tell where or when something is to be.

    Examples
    --------
    >>> places("before it"), places("in comic sans"), places("在日出之前")
    (True, False, True)
    """
    return _WHEN.match(f" {words}") is not None or _WHEN_ZH.match(words) is not None


def times(words: str) -> bool:
    """Say whether some words tell while what something is to be so.

    Examples
    --------
    >>> times("while she sings"), times("before it"), times("他说话的时候")
    (True, False, True)
    """
    return re.match(r"\s*(?:when(?:ever)?|while|until|till)\b|.*时候?$", words, re.IGNORECASE) is not None


_PARTLY = re.compile(
    r"\b(?:for |in |during )?the (?:first|last) (?:\d+|[a-z]+) (?:s|sec\w*)\b"
    r"|\b(?:at|towards?) the (?:very )?(?:end|beginning|start)\b"
    r"|(?:最?前面?|最后面?|开头|结尾|片头|片尾)的?[\d一二两三四五六七八九十]{1,3}秒"
    r"|(?:^|[，。；\s])(?:在)?(?:开头|结尾|片头|片尾)",
    re.IGNORECASE,
)


def partly(text: str) -> str:
    """Return the words that tell for which part of the film something is to be so; none where it is for all of it.

    Examples
    --------
    >>> partly("mute the first 5 seconds"), partly("mute the clips"), partly("前5秒静音")
    ('the first 5 seconds', '', '前5秒')
    """
    match = _PARTLY.search(Held(text).marked)
    return match[0].strip(" ，。；") if match else ""


_WORDS = re.compile(
    rf"(?:{TITLE}|\b(?:please|can|could|you|i|we|want|would|like|i'd|to|change|edit|set|update|rename|modify"
    rf"|correct|fix|replace"
    r"|rewrite|give|make|it|me|the|my|our|a|an|new|other|another|different|something|else|with|say|opening|first"
    r"|last|end|words?)\b"
    r"|请|把|将|帮|我|想|要|改|换|修改|更改|一下|下|个|新|再|写|标|题|字|的|内容|吧|一|别的|其他|[\s,.!?，。！？])+",
    re.IGNORECASE,
)


def only_words(text: str) -> bool:
    """Say whether nothing but other words for a text is asked for, of which it remains to be said which.

    Examples
    --------
    >>> only_words("change the title"), only_words("make the title bold"), only_words("改一下标题")
    (True, False, True)
    """
    return _WORDS.fullmatch(text) is not None


def missed(text: str, read: Callable[[str], Wish]) -> list[str]:
    """Return the clauses and conditions of a wish's words that make no difference to what is read in it.

    Examples
    --------
    >>> from nemo_widgets.studio.agent.understanding import understand
    >>> missed("make the music quieter when the sun comes up", understand)
    ['when the sun comes up']
    >>> missed("the music is too loud, make it quieter", understand)
    []
    """
    held = Held(text)
    marked, spelled = held.marked, held.spelled
    pieces = list(_pieces(marked))
    if not pieces or len(pieces) > _MOST:
        return []
    whole = _meant(read(text))
    found: list[str] = []
    for start, end, condition in pieces:
        words = marked[start:end].strip(" ,，;；。.!?！？")
        if not condition and (not asks(words) or steps.stays(words)):
            continue
        if _meant(read(spelled(marked[:start] + marked[end:]))) != whole:
            continue
        alone: set[str] = set[str]() if condition else _meant(read(spelled(words)))
        alone.discard(".caption.one=True")  # "That one" says of what, and nothing more.
        if not (alone and alone <= whole) and not any(words in one for one in found):
            found.append(spelled(words))
    return found


def _pieces(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield where clauses are, and then conditions within one (True)."""
    ends = [match.span() for match in _CLAUSE.finditer(text) if _divides(match, text)]
    bounds = list(zip([0, *(end for _, end in ends)], [*(start for start, _ in ends), len(text)], strict=True))
    if len(bounds) > 1:
        for start, end in bounds:
            yield start, end, False
    for start, end in bounds:
        for pattern in (_WHEN, _WHEN_ZH):
            for match in pattern.finditer(text, start, end):
                if match.start() > start or match.end() < end:
                    yield match.start(), match.end(), True


def _divides(match: re.Match[str], text: str) -> bool:
    """Say whether "and" stands before another thing that is to be done, rather than in a list."""
    return not match[0][0].isspace() or steps.orders(text[match.end() :])


def _meant(wish: Wish) -> set[str]:
    return set(_facts("", {one.name: getattr(wish, one.name) for one in fields(wish) if one.name not in _SAID_OF_IT}))


def _facts(name: str, value: Any) -> Iterator[str]:
    """Yield each fact in a wish as a word of its own."""
    if is_dataclass(value) and name == ".caption":
        value = {one.name: getattr(value, one.name) for one in fields(value)}
    if isinstance(value, dict):
        for key, inner in cast("dict[str, Any]", value).items():
            yield from _facts(f"{name}.{key}", inner)
    elif isinstance(value, tuple):
        for inner in cast("tuple[object, ...]", value):
            yield f"{name}={inner!r}"
    elif value or isinstance(value, float):
        yield f"{name}={value!r}"
