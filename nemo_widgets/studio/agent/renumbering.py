"""What takes a number of the message before back: "trim 10 seconds off the choir", "no, only 5". Pure."""

from __future__ import annotations

import re

_NO = (
    r"(?:(?:no+|nope|sorry|wait|actually|oops|oh|hm+|rather|make that|i meant?|i said|well)[\s,.!:–-]+){1,4}"
    r"(?:(?:only|just|rather|make it|make that|to|about)\s+){0,2}"
)
_NO_ZH = r"(?:不对|不是|错了|等等|应该是?|我是说|说错了|还是)[了吧啊，,。！\s]*(?:应该是?|改成|换成|是|只?要){0,2}"
_UNIT = r"(?P<unit>s|secs?|seconds?|%|percent|x|秒钟?|倍)"
_CORRECTS = re.compile(
    rf"\s*(?:{_NO}|{_NO_ZH})\s*(?P<n>\d{{1,4}}(?:\.\d{{1,2}})?)\s*{_UNIT}?(?:\s+(?:instead|please))*[吧啊。！\s.!]*",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"(?<![\d.:])(?P<n>\d{1,4}(?:\.\d{1,2})?)\s*(?P<unit>s\b|secs?\b|seconds?\b|[%％]|percent\b|x\b|秒|倍)",
    re.IGNORECASE,
)


def renumbers(prompt: str) -> bool:
    """Say whether a message is another number, and nothing else.

    Examples
    --------
    >>> renumbers("actually only 5"), renumbers("不对，10秒"), renumbers("make it 5 seconds"), renumbers("5 seconds")
    (True, True, False, False)
    """
    return _CORRECTS.fullmatch(prompt) is not None


def renumbered(prompt: str, before: str) -> str | None:
    """Return the message before with the number that was meant; None where it has none of that kind, or several.

    Examples
    --------
    >>> renumbered("actually only 5", "trim the last 10 seconds off the choir")
    'trim the last 5 seconds off the choir'
    >>> renumbered("不对，10秒", "誓言剪到前20秒"), renumbered("no, 5%", "trim 10 seconds off the choir")
    ('誓言剪到前10秒', None)
    """
    match = _CORRECTS.fullmatch(prompt)
    found = list(_COUNTED.finditer(before)) if match else []
    if match is None or len(found) != 1:
        return None
    (number,) = found
    if match["unit"] and _kind(match["unit"]) != _kind(number["unit"]):
        return None
    return f"{before[: number.start('n')]}{match['n']}{before[number.end('n') :]}"


def _kind(unit: str) -> str:
    return "s" if unit[0].lower() in "s秒" else "%" if unit[0].lower() in "%％p" else "x"
