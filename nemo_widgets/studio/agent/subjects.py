"""What a short message goes on about: "bigger" and "move it to the left" after a logo or a title. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from nemo_widgets.studio import edits, titling
from nemo_widgets.studio.agent.grammar import Change
from nemo_widgets.studio.agent.moods import MUSIC
from nemo_widgets.studio.agent.namely import namely
from nemo_widgets.studio.agent.rewording import INSTEAD, INSTEAD_ZH, plainly
from nemo_widgets.studio.agent.understanding import understand

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.base import Context
    from nemo_widgets.studio.agent.wish import Wish

_SO = (
    r"(?:(?:actually|no|oh|hm+|wait|ok(?:ay)?|well|sorry|rather|instead|also|now|please|and|but|even|still|can you"
    r"|could you|i want"
    r"|i['’]d like|make|turn|set|change|have|let|(?P<what>it|them|that|these|those|both|(?:the|its|their) (?:font"
    r"|letters|lettering"
    r"|writing|colou?r|size))|be|should|to|be)\b[\s,]*)*"
)
_MUCH = r"(?:a (?:little )?(?:bit|little) |much |even |still |way |slightly )*"
_HOW = (
    r"bigger|larger|smaller|fainter|more transparent|half[- ]transparent|see-through|\d{1,3} ?% (?:opacity|wide|width)"
)
_COLOR = (
    r"(?:in )?(?:bright |dark |light )?(?:red|blue|green|yellow|orange|purple"
    r"|pink|white|black|gold(?:en)?|gr[ae]y|brown|turquoise)"
)
_PLACE = r"(?:the )?(?:very )?(?:top|bottom|upper|lower|left|right|middle|cent(?:er|re)|corner)\b[\w -]{0,24}"
_LOOK = rf"{_MUCH}(?:{_HOW}|{_COLOR}|in a box)"
_MORE = re.compile(
    rf"{_SO}(?!(?:in )?black and white){_MUCH}(?P<how>{_LOOK}(?:\s*(?:,|\band\b|,\s*and)\s*{_LOOK}){{0,4}})"
    r"(?: (?:a (?:little )?bit|a little))?(?:,? (?:please|instead|then|too))?[.!]*"
    rf"|(?:(?:actually|no|oh|ok(?:ay)?|now|please|and|also|can you|could you)[\s,]+)*(?:move|put|shift|place|bring"
    rf"|push) "
    rf"(?:it|that|them|these|both) (?P<to>(?:(?:to|in|at|into|on) {_PLACE}"
    rf"|{_MUCH}(?:further )?(?:up|down|higher|lower)(?: (?:a (?:little )?(?:bit|little)|slightly|more))?))"
    r"(?: please)?[.!]*"
    rf"|(?:(?:actually|no|please|and|also|can you)[\s,]+)*(?:make|leave|keep|show) (?:it|that|them) {_MUCH}(?:up "
    rf"|on screen |visible )?"
    r"(?P<time>longer|shorter|for (?:\d+(?:\.\d+)?|[a-z]+)[ -]?s(?:ec\w*)?)(?: please)?[.!]*"
    r"|(?:(?:it|that|this)(?:'s| is)|they(?:'re| are)) (?:still |just |a bit |way |much )*too (?P<too>small|tiny"
    r"|big|large|high|low)[.!]*",
    re.IGNORECASE,
)
_HOW_ZH = (
    r"(?:变|调|弄|放|改)?[大小]一?[点些]|放大|缩小|变大|变小|更[大小]|半透明|淡一?[点些]|(?:改成|换成|变成|用|要)?[红蓝绿黄橙紫粉白黑金灰]色的?"
    r"|(?:往|向)[上下](?:移|挪|放)?动?(?:一?[点些])?|(?:后面|下面|背后)?加个?(?:[黑深]色?)?底(?:框|色)?|(?:还是|有点)*太(?P<too>[大小高低])了?"
)
_MORE_ZH = re.compile(
    r"(?:其实|还是|不对?|嗯|那|再|把|它们?|(?P<what>字体?|文字)|都|让|请|稍微|，)*"
    rf"(?:(?P<how>(?:{_HOW_ZH})(?:[，,、再并和]*(?:{_HOW_ZH.replace('<too>', '<too2>')})){{0,3}})"
    r"|(?:移|放|挪)(?:动|到|在|至)*(?P<to>(?:左|右|上|下|中|顶|底|正)[上下中边侧部方间央角]{1,3}))[吧。！]*"
)


def followed(prompt: str, context: Context) -> str:
    """Return a message's words with "the logo" or "the title" where it only says how that is to change.

    Examples
    --------
    >>> from nemo_widgets.studio.agent.base import Context, Turn
    >>> turns = (Turn("put my logo in the top right corner", ""), Turn("bigger", ""))
    >>> context = Context(None, (), "project", "en", (), None, None, turns=turns)
    >>> followed("move it to the left", context), followed("a bit smaller", context), followed("放大一点", context)
    ('move the logo to the left', 'make the logo smaller', 'logo放大一点')
    """
    match, chinese = _MORE.fullmatch(prompt.strip()), _MORE_ZH.fullmatch(prompt.strip())
    found = match or chinese
    subject = _subject(context, named=found["what"]) if found else None
    if match and match["time"] and understand(context.turns[-1].prompt, context.materials).make:
        return prompt  # After a whole video, "make it longer" is about that.
    if subject and chinese:
        return _told_zh(chinese, subject)
    if subject and match:
        return _told(match, subject)
    return prompt


def _told(match: re.Match[str], subject: str) -> str:
    if match["too"]:
        wanted = INSTEAD[match["too"].lower()]
        return f"{'move' if wanted in ('lower', 'higher') else 'make'} the {subject} {wanted}"
    if match["time"]:
        return f"show the {subject} {match['time']}"
    return f"move the {subject} {match['to']}" if match["to"] else f"make the {subject} {match['how']}"


def _told_zh(match: re.Match[str], subject: str) -> str:
    name = {"logo": "logo", "captions": "字幕"}.get(subject, "标题")
    if match["to"]:
        return f"把{name}移到{match['to']}"
    how = re.sub("(?:还是|有点)*太([大小高低])了?", lambda too: INSTEAD_ZH[too[1]], match["how"])
    colour = re.fullmatch("[红蓝绿黄橙紫粉白黑金灰]色的?|(?:换|变)成(.色)的?", how)
    return f"{name}改成{colour[1] or how}" if colour else f"{name}{how}"


def _subject(context: Context, *, named: str | None = None) -> str | None:
    """Return what the last message that wasn't such a short one was about: the logo, or which texts.

    Letters and fonts (``named``) are those of the texts, whatever was spoken of.
    """
    shown = titling.texts(context.draft)
    for turn in reversed(context.turns):
        if _MORE.fullmatch(turn.prompt.strip()) or _MORE_ZH.fullmatch(turn.prompt.strip()):
            continue
        wish = understand(namely(plainly(turn.prompt)), context.materials)
        logo = any(change.verb == "logo" and not change.facts.get("drop") for change in wish.changes)
        title = wish.caption.wanted and (wish.caption.says or wish.caption.restyles)
        if logo != title:
            return "logo" if logo else _texts(wish, shown)
        break
    return "texts" if shown and named and re.search("font|letter|writing|字", named, re.IGNORECASE) else None


def _texts(wish: Wish, shown: list[dict[str, Any]]) -> str:
    """Return what to call the texts that a wish was about."""
    if wish.caption.role in ("caption", "call-to-action") and not wish.make:
        there = any(titling.role_of(one) == wish.caption.role for one in shown)
        return {"caption": "captions", "call-to-action": "outro"}[wish.caption.role] if there else "title"
    return "texts" if wish.caption.more else "title"


def pictured(wish: Wish, prompt: str, context: Context) -> Wish:
    """Return "fade in and out" as a wish about the picture, where there is no music and none is spoken of."""
    if not wish.fades or wish.make or edits.segments(context.draft, edits.AUDIO):
        return wish
    if re.search(rf"{MUSIC}|\b(?:song|sound|audio|volume)\b|声|音", prompt, re.IGNORECASE):
        return wish
    fades = tuple(Change("fade", facts={"ends": [end], "d": length}) for end, length in wish.fades.items())
    return replace(wish, fades={}, changes=(*wish.changes, *fades))
