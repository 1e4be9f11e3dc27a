"""Asking back, and understanding the short answer: "which clip?" – "the second one". Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nemo_widgets.studio.agent.quantities import chinese_number

if TYPE_CHECKING:
    from collections.abc import Sequence

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_CARDINALS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NOISE = re.compile(
    r"\b(?:the|please|pls|i mean|i meant|i think|maybe|just|only|take|use|it'?s|with|that|this|photos?|pictures?"
    r"|images?|clips?|videos?"
    r"|texts?|titles?|captions?|ones?|numbers?|no\.|nr\.?|of them|sorry|um+|ok|okay|yes)\b"
    r"|[#请吧啊呢的了那这是要用][个张段]?|照片|图片|视频|片段|标题|文字|字幕|[.!。！]",
    re.IGNORECASE,
)
_ALL = re.compile(r"\s*(?:both|all|all of|every|each|everything|都|全部|所有|两个都|两个|全都|每个)\s*")
_LAST = re.compile(r"\s*(?:last|final|最后一?[个张段条]?)\s*")
_NUMBER = re.compile(
    rf"\s*(?:(?P<ord>{'|'.join(_ORDINALS)})|(?P<card>{'|'.join(_CARDINALS)})|(?P<digits>\d{{1,3}})(?:st|nd|rd|th)?"
    rf"|第?(?P<zh>[一二两三四五六七八九十]{{1,3}}|\d{{1,3}})[个张段条号]?)\s*"
)
_AND = re.compile(r"\s*(?:,|、|\band\b|&|和|跟|与)\s*")
_TEXT = re.compile(
    r"^\s*(?:(?:it should say|let it say|make it say|say|write|it says|call it|写|就写|写上|改成|叫)\s*[:：]?\s*)?"
    r"(.{1,200}?)\s*$",
    re.IGNORECASE,
)
_ORDERS = re.compile(
    r"^\s*(?:please\s+)?(?:add|make|remove|delete|change|set|mute|use|put|show|undo|start|stop|cancel|never ?mind"
    r"|no\b|nothing|forget|help|what|how|why|export|(?:do not|don['’]?t) (?:change|remove|delete|touch|add)"
    r"|(?:还是|那就?|请|再)*(?:把|将|让)|去掉|删|加|换|撤销|算了|不用|取消|导出|帮)|[?？]\s*$",
    re.IGNORECASE,
)
_QUOTED = re.compile("[\"“‘「『《']([^\"”’」』》']+)[\"”’」』》']")


class Doubt(Exception):
    """A wish that isn't clear: ``about`` which question it is, ``question`` what is asked, ``choices`` to choose from.

    Examples
    --------
    >>> Doubt("which-text", "Which one?", ("Old", "The End")).choices
    ('Old', 'The End')
    """

    def __init__(self, about: str, question: str, choices: tuple[str, ...] = (), **details: Any) -> None:
        super().__init__(question)
        self.about, self.question, self.choices, self.details = about, question, choices, details


def chosen(answer: str, choices: Sequence[str]) -> tuple[int, ...] | None:
    """Return which of some choices a short answer names, from 0; None where it is no such answer.

    Examples
    --------
    >>> chosen("the second one, please", ("a", "b")), chosen("第二个", ("a", "b")), chosen("both", ("a", "b"))
    ((1,), (1,), (0, 1))
    >>> chosen("yes, the title", ("Paris",))
    (0,)
    >>> chosen("the beach one", ("beach", "city")), chosen("make it red", ("a", "b")), chosen("the third", ("a", "b"))
    ((0,), None, None)
    """
    folded = answer.casefold().strip()
    named = [index for index, choice in enumerate(choices) if choice.casefold() == folded.strip("\"'“”‘’ .!。")]
    if named:
        return tuple(named[:1])
    plain = _NOISE.sub(" ", answer.lower()).strip(" ,，、")
    if not plain and len(choices) == 1 and answer.strip():
        return (0,)  # "The title", "yes": there is but one.
    if _ALL.fullmatch(plain):
        return tuple(range(len(choices)))
    found = [_one(part, len(choices)) for part in _AND.split(plain) if part.strip()]
    numbers = tuple(dict.fromkeys(index for index in found if index is not None))
    if found and len(found) == found.count(None) == 0:
        return None
    if found and None not in found:
        return numbers if all(0 <= index < len(choices) for index in numbers) else None
    if _ORDERS.search(answer) or len(answer) > 120:
        return None
    within = [
        index for index, choice in enumerate(choices) if plain.strip() and plain.strip() in choice.casefold()
    ] or [index for index, choice in enumerate(choices) if len(choice) > 1 and choice.casefold() in folded]
    return (within[0],) if len(within) == 1 else None


def _one(words: str, count: int) -> int | None:
    if _LAST.fullmatch(words):
        return count - 1
    match = _NUMBER.fullmatch(words)
    if match is None:
        return None
    if match["ord"]:
        return _ORDINALS.index(match["ord"])
    if match["card"]:
        return _CARDINALS.index(match["card"])
    return int(chinese_number(match["digits"] or match["zh"])) - 1


def words(answer: str) -> str | None:
    """Return what a text shall say, from a short answer to that question; None where it is another wish.

    Examples
    --------
    >>> words('"Hello, Rome"'), words("My Summer"), words("写“夏天”"), words("remove the music")
    ('Hello, Rome', 'My Summer', '夏天', None)
    """
    if match := _QUOTED.search(answer):
        rest = answer[: match.start()] + answer[match.end() :]
        return match[1].strip() if len(rest) < 30 and not _ORDERS.search(answer) else None
    match = _TEXT.match(answer)
    return None if match is None or _ORDERS.search(answer) or "\n" in answer else match[1]


def rewritten(prompt: str, said: str, nth: Sequence[int], kind: str | None) -> str | None:
    """Return a prompt in which the chosen ones stand instead of the words that weren't clear, or None.

    Examples
    --------
    >>> rewritten("Remove the clip, please", "the clip", [1], "video")
    'Remove clips 2, please'
    >>> rewritten("mute the clip", "the clip", [0, 1], "video")
    'mute clips 1 and 2'
    """
    at = prompt.lower().find(said.lower()) if said else -1
    if at < 0:
        return None
    noun = {"image": "photos", "video": "clips"}.get(kind or "")
    endings = {1: "st", 2: "nd", 3: "rd"}
    counted = [f"{index + 1}" if noun else f"the {index + 1}{endings.get(index + 1, 'th')} one" for index in nth]
    name = f"{noun or ''}{' ' if noun else ''}{' and '.join(counted)}"
    made = re.sub(rf"{re.escape(said)}(?![a-z])", f"\ufffc{name}\ufffc", prompt, flags=re.IGNORECASE)
    return re.sub("\ufffc", "", re.sub(r"(?<=[^\W\d_])\ufffc(?=\w)|(?<=\w)\ufffc(?=[^\W\d_])", " ", made))
