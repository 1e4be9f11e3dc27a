"""What a short message leaves to the one before it: "put it last", "hmm no, before it", "no, sepia"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.orders import MOVES, Order
from nemo_widgets.studio.agent.pronouns import SHOWN, only, pinned
from nemo_widgets.studio.agent.tongue import is_chinese
from nemo_widgets.studio.agent.understanding import understand
from nemo_widgets.studio.agent.wish import Wish

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.base import Context

_NO = r"(?:(?:no+|nope|not that|oh|oops|hm+|well|wait|sorry|actually|rather)[\s,.!:–-]+)+"
_NO_ZH = r"(?:(?:不对|不是|不行|错了|哦|啊|等等|不)[，,。！\s]*)+"
_EDGE = r"(?:(?:to|at|in)\s+(?:the\s+)?)?(?:very\s+)?(?P<edge>first|last|front|beginning|start|end|back)"
_BESIDE = r"(?:right\s+|directly\s+|just\s+)?(?P<side>before|after|behind|in front of)\s+(?P<what>[\w .-]{2,40}?)"
_PLACE = rf"(?:{_EDGE}|{_BESIDE})(?:\s+of\s+(?:the|my)\s+(?:video|film|movie))?(?:\s*,?\s*please)?[\s.!]*"
_PUT_IT = re.compile(
    rf"(?:{_NO})?(?:please\s+)?(?:put|move|bring|place|show)\s+(?:it|that|this|that one|this one)\s+{_PLACE}",
    re.IGNORECASE,
)
_NO_PUT = re.compile(
    rf"{_NO}(?:(?:put|move)\s+(?:it\s+)?|(?:it|that)\s+(?:should\s+(?:be|go|come)|goes|comes)\s+)?{_PLACE}",
    re.IGNORECASE,
)
_EDGE_ZH = r"(?P<edge>最前面?|最后面?|开头|最开头|结尾|末尾)"
_PLACE_ZH = rf"(?:{_EDGE_ZH}|(?P<what>[^，。！]{{1,20}}?)的?(?P<side>之?[前后][面边]?))[吧去\s。！]*"
_PUT = r"(?:放|移动?|挪|排|调)(?:到|在|至)?"
_PUT_IT_ZH = re.compile(rf"(?:{_NO_ZH})?(?:请|帮我)?(?:再)?(?:把|将)(?:它|这[张段个]|那[张段个]){_PUT}{_PLACE_ZH}")
_NO_PUT_ZH = re.compile(rf"{_NO_ZH}(?:应该|要)?(?:是)?{_PUT}{_PLACE_ZH}")
_IT = re.compile(r"(?:it|that|that one|this one|它|那[张段个]|这[张段个])", re.IGNORECASE)
_HOW = re.compile(
    rf"{_NO}(?:(?:make|turn)\s+it\s+|(?:i\s+)?(?:want|meant)\s+)?(?P<how>[a-z][a-z &-]{{2,30}}?)[\s.!]*", re.IGNORECASE
)
_HOW_ZH = re.compile(rf"{_NO_ZH}(?:我?要|改成|换成|是)?(?P<how>[^，。！\s]{{2,8}}?)[吧。！\s]*")


def going_on(prompt: str, before: Wish, context: Context) -> str:
    """Return a message's words with the file that it is about, and the place or look that it is to have instead.

    Only what can be meant of nothing else is: the message ``before`` was about one photo or clip alone.
    """
    name = only(before, context, context.turns[-1].prompt) if context.turns else None
    if name is None or before.make:
        return prompt
    return _moved(prompt, before, name, context) or _shown(prompt, before, name, context) or prompt


def _moved(prompt: str, before: Wish, name: str, context: Context) -> str | None:
    """Return where one is to go: "put it last", and, where it was put elsewhere just now, "no, before it"."""
    moves = [one for one in before.orders if one.verb in MOVES]
    match = _PUT_IT.fullmatch(prompt) or _PUT_IT_ZH.fullmatch(prompt)
    if match is None and len(moves) == 1:
        match = _NO_PUT.fullmatch(prompt) or _NO_PUT_ZH.fullmatch(prompt)
    if match is None:
        return None
    chinese = is_chinese(prompt)
    if match["edge"]:
        end = match["edge"].lower() in ("last", "end", "back")
        return f"把{name}放到{match['edge']}" if chinese else f"move {name} to the {'end' if end else 'start'}"
    what = match["what"]
    if _IT.fullmatch(what):
        beside = Wish(orders=(Order("remember", moves[0].beside),)) if len(moves) == 1 else Wish()
        what = only(beside, context, "")
    if not what or what == name:
        return None
    if chinese:
        return f"把{name}放到{what}{match['side']}"
    return f"put {name} {'before' if match['side'].lower() in ('before', 'in front of') else 'after'} {what}"


def _shown(prompt: str, before: Wish, name: str, context: Context) -> str | None:
    """Return how one is to look or play instead: "no, sepia", after a look of one photo."""
    if before.orders or not before.changes or any(one.verb not in SHOWN or not one.picks for one in before.changes):
        return None
    match = _HOW_ZH.fullmatch(prompt) if is_chinese(prompt) else _HOW.fullmatch(prompt)
    if match is None:
        return None
    made = f"把{name}改成{match['how']}" if is_chinese(prompt) else f"make {name} {match['how']}"
    wish = understand(made, context.materials)
    same = {one.verb for one in wish.changes} == {one.verb for one in before.changes}
    return made if same and all(one.picks for one in wish.changes) else None


_HINTS = re.compile(rf"\b(?:it|that|this)\b|它|[这那][张段个]|^(?:{_NO}|{_NO_ZH})", re.IGNORECASE)


async def recalled(prompt: str, context: Context) -> Context:
    """Return a context in which the message before names files for numbers, where it moved or took away shots.

    "Put photo 3 first", "now remove it": which one was the third is known from the draft before.
    """
    turns = context.turns
    if not turns or not turns[-1].edited or context.travel is None or not _HINTS.search(prompt):
        return context
    if not understand(turns[-1].prompt, context.materials).orders:
        return context
    version = await context.travel(-1)
    if version is None or version.steps != -1:
        return context
    said = pinned(turns[-1].prompt, replace(context, draft=version.draft))
    return replace(context, turns=(*turns[:-1], replace(turns[-1], prompt=said)))
