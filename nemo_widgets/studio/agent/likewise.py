"""What a short message asks for once more: of the same ("even slower", 再亮一点), or of another ("the beach one, too").

Such a message says of nothing what it is about: that is known from the edit before it, and from nothing else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nemo_widgets.studio import edits
from nemo_widgets.studio.agent.calling import called, called_in, certain
from nemo_widgets.studio.agent.ordering import CannotPoint, found
from nemo_widgets.studio.agent.pictures import standing
from nemo_widgets.studio.agent.pointing import MARK
from nemo_widgets.studio.agent.quotes import Held
from nemo_widgets.studio.agent.tongue import is_chinese

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.base import Context
    from nemo_widgets.studio.agent.following import Step
    from nemo_widgets.studio.agent.pointing import Pick

_SO = (
    r"(?:(?:ok(?:ay)?|hm+|well|now|please|and|but|still|no|yes|nice|great|good|thanks|maybe|just|make|could you"
    r"|can you|i want|i['’]d like|turn|have|let|it|that|them|be|to|should|go|play)\b[\s,.!]*)*"
)
_MUCH = r"(?:(?:a (?:little |tiny )?(?:bit|little|touch|tad)|even|still|much|slightly|way|some|yet)\s+)*"
_HOWS = {
    "speed": r"slower|faster|quicker",
    "look": r"brighter|lighter|darker|warmer|cooler|more (?:contrast|saturation|saturated|colou?rful)|less (?:contrast"
    r"|saturation|saturated|bright|dark)",
    "length": r"longer|shorter",
    "sound": r"louder|quieter|softer",
}
_HOWS_ZH = {
    "speed": r"(?:加|放|变|调)?[快慢]",
    "look": r"(?:调|变)?[亮暗]|对比度?[高低]|饱和度?[高低]",
    "length": r"(?:延|剪|缩|放)?[长短久]",
    "sound": r"(?:声音?)?(?:大声|小声|响|轻|大|小)",
}
_MORE = re.compile(
    rf"{_SO}{_MUCH}(?P<how>{'|'.join(_HOWS.values())})(?:,?\s+(?:please|still|then|now|again))*[\s.!]*", re.IGNORECASE
)
_MORE_ZH = re.compile(
    r"(?:还是|还要|还|再|请|那|嗯|好的?|不够|可以|稍微|要|更|能不能|，|\s)*"
    rf"(?P<how>(?:{'|'.join(_HOWS_ZH.values())})一?[点些])[吧呢啊。！\s]*"
)
_TOO = re.compile(
    r"(?:(?:and|now|then|oh|yes|ok(?:ay)?|please|also)[\s,]+)*"
    r"(?:(?P<same>(?:do\s+)?the same (?:thing\s+)?(?:for|with|to|on)|same (?:for|with|to|on))\s+)?"
    r"(?P<what>[^,;!?.]{2,50}?)(?P<too>,?\s+(?:too|as well|also|likewise))?(?:,?\s+please)?[\s.!]*",
    re.IGNORECASE,
)
_TOO_ZH = re.compile(
    r"(?:还有|然后|那|请|，|\s)*(?P<what>[^，。！]{2,16}?)也(?:(?:是|要|请)?(?:一样|同样|这样|这么|如此)|是|要)"
    r"(?:处理|弄|做|改)?[吧了。！\s]*"
)
_ALSO = re.compile(r"(?:and\s+)?also\b", re.IGNORECASE)


def once_more(prompt: str, before: list[Step], context: Context, *, last: bool) -> str:
    """Return a message's words with what it is about, where it only asks for more of what was done ``before``.

    ``last`` says that nothing was done since: only then the same may be done to another.
    """
    if not before or not edits.segments(context.draft, edits.VIDEO):
        return prompt
    made = _further(prompt, before, context)
    return made or (likewise(prompt, before[-1], context) if last else None) or prompt


def hints(prompt: str) -> bool:
    """Say whether a message may be one that is about what was done before it.

    Examples
    --------
    >>> [hints(prompt) for prompt in ("even slower", "再亮一点", "the beach one too", "第二张也一样", "add music")]
    [True, True, True, True, False]
    """
    text = prompt.strip()
    if (_MORE_ZH if is_chinese(text) else _MORE).fullmatch(text):
        return True
    return _too(text) is not None


def _further(prompt: str, before: list[Step], context: Context) -> str | None:
    """Return "make the beach slower" for "even slower"."""
    chinese = is_chinese(prompt)
    match = (_MORE_ZH if chinese else _MORE).fullmatch(prompt.strip())
    if match is None:
        return None
    how = match["how"]
    kinds = _HOWS_ZH if chinese else _HOWS
    fitting = {kind for kind, words in kinds.items() if re.match(words, how, re.IGNORECASE)}
    for step in reversed(before):
        picks = _picked(step, fitting)
        if picks is None:
            continue
        if not picks:
            return (f"整体{how}" if chinese else f"make it {how}") if "speed" in fitting else None
        try:
            chosen = found(picks, standing(context.draft or {}))
        except CannotPoint:
            return None
        name = called(chosen, standing(context.draft or {}), context, chinese=chinese)
        if "sound" in fitting:
            lower = re.search("quiet|soft|小|轻", how) is not None
            now = max(edits.segments(context.draft, edits.VIDEO)[index]["m"].get("volume", 1.0) for index in chosen)
            share = round(100 * (now / 2 if lower else min(1.0, now * 2)))
            return f"{name}的声音调到{share}%" if chinese else f"set the sound of {name} to {share}%"
        return f"把{name}{how}" if chinese else f"make {name} {how}"
    return None


def _picked(step: Step, fitting: set[str]) -> tuple[Pick, ...] | None:
    """Return what a step changed in one of these ways: none for all of it, None where it changed it in no such way."""
    if "sound" in fitting and step.wish.clip_volume is not None and step.wish.clip_picks:
        return step.wish.clip_picks
    those = [one for one in step.wish.changes if one.verb in fitting and one.part is None and not one.but]
    return those[-1].picks if those else None


def _too(prompt: str) -> str | None:
    """Return what a message says that the same is to be done to."""
    if is_chinese(prompt):
        match = _TOO_ZH.fullmatch(prompt.strip())
        return match["what"] if match else None
    match = _TOO.fullmatch(prompt.strip())
    return match["what"] if match and (match["same"] or match["too"] or _ALSO.match(prompt)) else None


def likewise(prompt: str, before: Step, context: Context) -> str | None:
    """Return the words of the wish ``before`` with another photo or clip in it: "the second one, too"."""
    what = _too(prompt)
    if what is None or context.draft is None or before.wish.make:
        return None
    shots = standing(context.draft)
    marks, named = called_in(what, context.materials)
    picks = marks.picked(named)
    rest = re.sub(rf"{MARK}|\b(?:the|my|and|on|from|of|one)\b|那[个张段]|[和与、\s]", "", named)
    if rest or not picks or not certain(picks):
        return None
    held = Held(before.text)
    others, text = called_in(held.marked, context.materials)
    letters = [one for one in re.findall(MARK, text) if certain(others.picks[one])]
    if len(letters) != 1:
        return None
    try:
        chosen = found(picks, shots)
    except CannotPoint:
        return None
    name = called(chosen, shots, context, chinese=is_chinese(before.text))
    return held.spelled(others.spelled(text.replace(letters[0], name, 1)))
