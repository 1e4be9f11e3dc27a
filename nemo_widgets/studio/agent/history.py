"""Undo and redo, in what people say. Pure."""

from __future__ import annotations

import re

from nemo_widgets.studio.agent.quantities import chinese_number

_NUMBERS = {
    "twice": 2,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "couple": 2,
    "few": 3,
    "everything": 99,
    "all": 99,
}
_COUNT = r"\d{1,2}|two|three|four|five|six"
_UNDO = re.compile(
    rf"\bundo\b(?: (?:that|it|this|my))?(?: (?:the )?(?:last|previous))?(?: (?P<n>{_COUNT}|couple|few"
    rf"|twice|everything|all)\b)?"
    rf"|\b(?:go|step|take me) back(?: (?P<m>{_COUNT})(?: (?:steps?|edits?|changes?|versions?))| (?:one|a) "
    rf"(?:step|version)|$)"
    r"|\bgo back to (?:before|(?:how|the way) it was|what (?:it was|(?:we|i) had)"
    r"|the (?:last|previous|old) (?:one|version))\b"
    r"|\brevert\b|\bput it back(?: (?:how|the way|like) it was)\b|\b(?:take|bring) (?:that|it) back\b$"
    r"|\bnever ?mind that\b"
    r"|撤销|撤回|上一步|后退|退回|(?:恢复|还原|改|变)[回到成]*(?:之前|刚才|上一[个版])的?(?:样子|版本|那个)?(?=[吧。！]*$)"
)
_ZH = re.compile(r"([一二两三四五六七八九十\d]{1,2})\s*(?:步|次|下|个)")
_REDO = re.compile(
    rf"\bredo\b(?: (?P<n>{_COUNT}))?|\bundo (?:the|that|my) undo\b|\bforward (?:one|a) step\b|重做"
    rf"|恢复撤销|取消撤销|前进一步"
)


def steps(text: str) -> int:
    """Return how many steps a text (lower case) goes back (below 0) or forward again, or 0.

    Examples
    --------
    >>> [steps(text) for text in ("undo", "undo the last 3 changes", "undo twice", "撤销两步", "redo", "重做", "hello")]
    [-1, -3, -2, -2, 1, 1, 0]
    """
    if match := _REDO.search(text):
        return _count(match["n"]) if match["n"] else _count_zh(text)
    match = _UNDO.search(text)
    if match is None:
        return 0
    words = match["n"] or match["m"]
    return -(_count(words) if words else _count_zh(text))


def _count(words: str) -> int:
    return _NUMBERS.get(words) or max(1, int(words))


def _count_zh(text: str) -> int:
    match = _ZH.search(text)
    return max(1, int(chinese_number(match[1]))) if match else (99 if "全部" in text or "所有" in text else 1)
