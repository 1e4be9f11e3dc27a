"""The backend believes in buttons: what it says to a person is kept, what it says to do with a mouse is not.

"I added the title. Click Export to download it." becomes "I added the title." and the action to export.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nemo_widgets.language.routing import Action

if TYPE_CHECKING:
    from collections.abc import Iterator

# What is quoted is the user's own text ("a title that says “Click here”") and is never an instruction.
_QUOTED = re.compile(r"\"[^\"\n]*\"|“[^”\n]*”|「[^」\n]*」|『[^』\n]*』|‘[^’\n]*’|(?<!\w)'[^'\n]*'(?!\w)|`[^`\n]*`")
_HIDDEN = "\ue000"
_SENTENCE = re.compile(r".+?(?:[.!?]+[)\"”]?(?=\s|$)|[。！？]+|$)\s*", re.DOTALL)
_CLAUSE_END = re.compile(
    r"""\s*[,;:]\s+(?:(?:and|or|then|so|but)\s+)*|\s+[-–—]\s+|[，；：]\s*|、\s*
    |\s+(?:and\s+then|and|then|or|so|where|which)\s+
      (?=(?:you(?:'ll|\s)|please|now|just|simply|click|tap|press|hit|open|go\s+to|drag|drop|preview|check|review|use
      |choose|select)\b)""",
    re.VERBOSE,
)
_MARKS = re.compile(r"[*_#>\[\]【】]|^\s*(?:[-•]|\d+[.)、])(?:\s+|$)")

# Verbose patterns from here on.
_READY = r"(?:when(?:ever)?|once|if)\s+you(?:'re|\s+are)\s+(?:ready|done|happy|satisfied)"
_MAY = r"(?:can|could|may|might|should|must|need\s+to|have\s+to|want\s+to|be\s+able\s+to)"
_POLITE = rf"""(?:(?:now|then|next|first|second|finally|also|simply|just|please|and|or|so|but|alternatively|otherwise
  |afterwards|feel\s+free\s+to|be\s+sure\s+to|make\s+sure\s+to|don't\s+forget\s+to|remember\s+to|go\s+ahead\s+and|try\s+to
  |i\s+recommend\s+you|{_READY}|if\s+you(?:\s+would|'d)?\s+(?:like|want|wish)(?:\s+to)?
  |you(?:'ll|\s+will)?\s+{_MAY}|to\s+\w+(?:\s+(?:it|this|the\s+\w+|your\s+\w+))?)\b\s*)*"""
_PRESS = r"""(?:(?:left|right|double)(?:-|\s+))?(?:click|clicking|tap|press|hit|push)
  (?!\s+(?:sounds?|noises?|track|effects?|release|kit))\b"""
_PANEL = r"""\b(?:panel|tab|menu|timeline|side\s?bar|window|editor|settings|library|page|dialog(?:ue)?|drawer|workspace
  |view|dashboard|inspector|properties)\b"""
_MONEY = r"(?:account|billing|subscription|credits?\b)"
_SEE = r"(?:preview|view|check|see|watch|review|look\s+at|play|find)"

# The instruction → what to do about it (None: the button's name says it); the first that fits.
_ENGLISH = [
    (re.compile(pattern, re.VERBOSE | re.IGNORECASE), action)
    for pattern, action in (
        (rf"^{_POLITE}{_PRESS}", None),
        (r"\b(?:export|download)\s+(?:button|icon)\b|\bbutton\b.*\b(?:export|download)\b", Action.EXPORT),
        (rf"^{_POLITE}(?:use|choose|select|find|look\s+for|hit)\s+.*\b(?:button|icon|option|menu)\b", None),
        (
            rf"^{_POLITE}(?:check|review|visit|see|view|open|go\s+to|manage)\s+(?:(?:your|the)\s+)?{_MONEY}",
            Action.CREDITS,
        ),
        (
            rf"^{_POLITE}{_SEE}\s+(?:\w+\s+){{0,4}}(?:in|on)\s+(?:(?:the|your)\s+)?(?:timeline|editor|preview)",
            Action.STATE,
        ),
        (rf"^{_POLITE}(?:preview|check|review)\s+(?:the|your)\s+timeline\b", Action.STATE),
        (
            rf"^{_POLITE}(?:open|go\s+to|head\s+(?:over\s+)?to|navigate\s+to|switch\s+to|expand)\s+.*{_PANEL}",
            Action.STATE,
        ),
        (rf"^{_POLITE}(?:drag|drop)(?!\s+shadow)\b", Action.MESSAGE),
    )
]
_CHINESE = [
    (re.compile(pattern), action)
    for pattern, action in (
        (r"(?:点击|点按|单击|双击|点选|按下|轻触)(?!声|音|率|量|流)", None),
        (r"(?:导出|下载)(?:按钮|图标)", Action.EXPORT),
        (r"(?:拖拽|拖放|拖动|拖到|拖入|拖至)(?!效果|动画|了)", Action.MESSAGE),
        (r"在(?:时间线|时间轴|编辑器)(?:上|中|里|内)?(?:进行)?(?:预览|查看|播放|检查)|预览时间[线轴]", Action.STATE),
        (r"(?:查看|检查|前往|打开|管理|登录)(?:您的|你的)?(?:账户|账号|帐户|帐号|账单|订阅|套餐|积分)", Action.CREDITS),
        (r"(?<!已)(?<!已经)(?<!我)打开(?!了|的)", Action.STATE),
        (r"(?:^|请|您可以|你可以|可以|即可|直接)(?:直接|现在|随时|选择)?导出", Action.EXPORT),
    )
]
# What a press is for, from the words of the instruction itself.
_PURPOSES = [
    (re.compile(r"export|download|render|save|导出|下载|保存", re.IGNORECASE), Action.EXPORT),
    (re.compile(r"upload|import|add\s+media|上传|导入", re.IGNORECASE), Action.UPLOAD),
    (
        re.compile(r"account|billing|credit|upgrade|subscri|top.?up|充值|账户|账号|账单|订阅|积分|升级", re.IGNORECASE),
        Action.CREDITS,
    ),
    (re.compile(r"timeline|preview|panel|tab\b|play\b|时间线|时间轴|预览|面板|播放", re.IGNORECASE), Action.STATE),
]
_PURPOSE_CLAUSE = re.compile(
    r"""^(?:and\s+|or\s+)?(?:to\s+\w+|if\s+you|when(?:ever)?\s+you|once\s+you|for\s+\w+ing)\b
    |^(?:如需|如果|若要|如要|想要|要想|需要时|完成后|满意的?话)""",
    re.IGNORECASE | re.VERBOSE,
)
_HERE = re.compile(r"^(?:即可|就可以|就能|便可|即能|来|以)|^(?:to|in\s+order\s+to)\s+\w+", re.IGNORECASE)


def translate_gui(text: str) -> tuple[str, list[Action]]:
    """Split what the backend says into what to show and what it asks to do.

    Parameters
    ----------
    text
        The backend's answer, in English or Chinese.

    Returns
    -------
    tuple of str and list of Action
        The description without the instructions (``""`` where there is no description), and what the instructions
        come to: each action once, in the order of the text.

    Examples
    --------
    >>> translate_gui("I added the title. Click the Export button to download your video.")
    ('I added the title.', [<Action.EXPORT: 'export'>])
    >>> translate_gui("已添加标题，请在时间线中预览。")
    ('已添加标题。', [<Action.STATE: 'state'>])
    """
    masked = _QUOTED.sub(lambda match: match[0][0] + _HIDDEN * (len(match[0]) - 2) + match[0][-1], text)
    actions: list[Action] = []
    lines: list[str] = []
    start = 0
    for hidden in masked.split("\n"):
        line = text[start : start + len(hidden)]
        start += len(hidden) + 1
        kept = "".join(_sentence(line[a:b], hidden[a:b], actions) for a, b in _spans(hidden)).rstrip()
        if _MARKS.sub("", kept).strip() or not line.strip():
            lines.append(kept)
    shown = "\n".join(lines)
    return (re.sub(r"\n{3,}", "\n\n", shown).strip() if actions else text), list(dict.fromkeys(actions))


def _spans(line: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _SENTENCE.finditer(line))


def _sentence(sentence: str, masked: str, actions: list[Action]) -> str:
    """Return a sentence without its instructions, whose actions are added to ``actions``."""
    clauses = list(_clauses(sentence, masked))
    found = [_action(clause, hidden) for clause, hidden, _ in clauses]
    if not any(found):
        return sentence
    actions += [action for action in found if action]
    kept: list[str] = []
    for index, (clause, hidden, separator) in enumerate(clauses):
        beside = any(found[max(0, index - 1) : index + 2])
        bare = _MARKS.sub("", hidden).strip()
        if found[index] or (beside and (_PURPOSE_CLAUSE.search(bare) or _HERE.search(bare))):
            continue
        kept += [clause, separator]
    if not kept:
        return ""
    return _finish("".join(kept[:-1]), sentence)


def _finish(kept: str, sentence: str) -> str:
    """Give what is left of a sentence its end back."""
    kept = re.sub(r"(?:[\s,;，；、]|\b(?:and|or|so|then|but))+$", "", kept)
    body = sentence.rstrip()
    end = re.search(r"[.!?。！？]+$", body)
    tail = sentence[len(body) :]
    if end and kept[-1:] not in ".!?。！？":
        kept += end[0]
    return kept + tail if kept.strip() else ""


def _clauses(sentence: str, masked: str) -> Iterator[tuple[str, str, str]]:
    """Yield each clause, the same with quotes masked, and what separates it from the next."""
    start = 0
    for match in _CLAUSE_END.finditer(masked):
        yield sentence[start : match.start()], masked[start : match.start()], match[0]
        start = match.end()
    yield sentence[start:], masked[start:], ""


def _action(clause: str, masked: str) -> Action | None:
    """Return what a clause tells the user to do; None where it only describes."""
    bare = _MARKS.sub("", masked).strip()
    for pattern, action in (*_ENGLISH, *_CHINESE):
        if pattern.search(bare):
            # A press says what it is for in the button's name, quoted or not.
            return action or next((wanted for purpose, wanted in _PURPOSES if purpose.search(clause)), Action.MESSAGE)
    return None
