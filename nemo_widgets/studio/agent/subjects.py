"""What a short message goes on about: "bigger" and "move it to the left" after a logo or a title. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nemo_widgets.studio import edits
from nemo_widgets.studio.agent.grammar import Change
from nemo_widgets.studio.agent.moods import MUSIC
from nemo_widgets.studio.agent.understanding import understand

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.base import Context
    from nemo_widgets.studio.agent.wish import Wish

_SO = r"(?:(?:now|please|and|but|even|still|make|let|it|that|be|should)\s+)*"
_MUCH = r"(?:a (?:little )?(?:bit|little) |much |even |still |way |slightly )*"
_HOW = r"bigger|larger|smaller|fainter|more transparent|half[- ]transparent|\d{1,3} ?% (?:opacity|wide|width)"
_COLOR = r"(?:in )?(?:red|blue|green|yellow|orange|purple|pink|white|black|gold(?:en)?|gr[ae]y)"
_PLACE = r"(?:the )?(?:very )?(?:top|bottom|upper|lower|left|right|middle|cent(?:er|re)|corner)\b[\w -]{0,24}"
_MORE = re.compile(
    rf"{_SO}{_MUCH}(?P<how>{_HOW}|{_COLOR})(?: please)?[.!]*"
    rf"|(?:(?:now|please|and)\s+)*(?:move|put|shift|place|bring) (?:it|that) "
    rf"(?P<to>(?:to|in|at|into|on) {_PLACE})[.!]*",
    re.IGNORECASE,
)
_MORE_ZH = re.compile(
    r"(?:再|把它?|让它|请|稍微)*(?:(?P<how>(?:变|调|弄|放)?[大小]一?[点些]|放大|缩小|变大|变小|更[大小]|半透明|淡一?[点些])"
    r"|(?:改成|换成|变成)(?P<color>[红蓝绿黄橙紫粉白黑金灰]色)"
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
    subject = _subject(context) if match or chinese else None
    if subject and chinese:
        name = "logo" if subject == "logo" else "标题"
        if chinese["to"]:
            return f"把{name}移到{chinese['to']}"
        return f"{name}{chinese['how']}" if chinese["how"] else f"{name}改成{chinese['color']}"
    if subject and match:
        return f"move the {subject} {match['to']}" if match["to"] else f"make the {subject} {match['how']}"
    return prompt


def _subject(context: Context) -> str | None:
    """Return what the last message that wasn't such a short one was about: the logo, or the title."""
    for turn in reversed(context.turns):
        if _MORE.fullmatch(turn.prompt.strip()) or _MORE_ZH.fullmatch(turn.prompt.strip()):
            continue
        wish = understand(turn.prompt, context.materials)
        logo = any(change.verb == "logo" and not change.facts.get("drop") for change in wish.changes)
        title = wish.caption.wanted and (wish.caption.says or wish.caption.restyles)
        return None if logo == title else ("logo" if logo else "title")
    return None


def pictured(wish: Wish, prompt: str, context: Context) -> Wish:
    """Return "fade in and out" as a wish about the picture, where there is no music and none is spoken of."""
    if not wish.fades or wish.make or edits.segments(context.draft, edits.AUDIO):
        return wish
    if re.search(rf"{MUSIC}|\b(?:song|sound|audio|volume)\b|声|音", prompt, re.IGNORECASE):
        return wish
    fades = tuple(Change("fade", facts={"ends": [end], "d": length}) for end, length in wish.fades.items())
    return replace(wish, fades={}, changes=(*wish.changes, *fades))
