"""On which photos and clips a text is to stand, in what people say. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.pointing import MARK, mark_shots
from nemo_widgets.studio.agent.quotes import LETTER, TITLE
from nemo_widgets.studio.agent.text_words import CAPTION, NTH, TEXT_NOUN, THING

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.pointing import Marks, Pick

_NTH_ZH = re.compile(rf"(?:第([一二三四])|最后一)[个条](?=.{{0,3}}{TEXT_NOUN})")
_NTH_WORDS = {"一": "first", "二": "second", "三": "third", "四": "fourth"}
_ON = r"(?:on|onto|over|under|underneath|below|beneath|for|to|of|in|during|across|at)"
_LIST = rf"(?:the\s+)?{MARK}(?:\s*(?:,\s*and|,|and|&|和|、)\s*(?:the\s+)?{MARK})*"
_PICKED = re.compile(
    rf"(?:{THING})(?:\s+(?:[a-z]+|[\d:.]+)){{0,6}}?\s+{_ON}\s+({_LIST})(?!\s*(?:['’]s\b|\s*(?:sound|audio|music|volume)))"
    rf"|\b(?:caption|label|name|title|text|words)\s+(?:for |on |of |to )?({_LIST})|(?:^|[,，;]|\b(?:on|over|under|for"
    rf"|and)\b)\s*({_LIST})\s*(?:[:：,，]|\bput\b|\bwrite\b|\badd\b|\bsay\b|\bshould say\b|\s)*(?={LETTER})"
    rf"|(?:在|给|为|把|对)?({_LIST})\s*(?:上面?|下面?|下方|里|中|的)?\s*也?(?:加上?|写上?|配上?|放上?|显示|打上"
    rf"|标上|添加|的)?字?\s*(?:一个|一句)?(?={TITLE}|{LETTER}|[:：])|(?:到|在)({_LIST})(?:上|下)"
    rf"|(?:{TITLE}|{LETTER})\s*({_LIST})\s*[:：]?"
)


def take_picks(text: str, marks: Marks) -> tuple[tuple[Pick, ...], str]:
    """Return on which photos and clips a text is to stand (lower case, letters for what is quoted), and the rest.

    Examples
    --------
    >>> from nemo_widgets.studio.agent.pointing import Marks
    >>> take_picks("caption the first photo", Marks())[0][0].nth, take_picks("remove the first photo", Marks())[0]
    (1, ())
    """
    if not re.search(THING, text) and not re.search(CAPTION, text):
        return (), text
    text = _NTH_ZH.sub(lambda match: f" {_NTH_WORDS.get(match[1] or '', 'last')} ", text)
    if any(re.search(pattern, text) for pattern in NTH.values()):
        return (), text
    since = len(marks.words)
    # "Photo 1: …" is no ratio, and it is a caption.
    plain, labels = re.subn(rf"(\d)\s*[:：]\s*(?={LETTER})", r"\1 ", text)
    marked = mark_shots(plain, marks)
    for match in _PICKED.finditer(marked):
        group = next(g for g in range(1, (match.lastindex or 0) + 1) if match[g])
        picks = marks.picked(match[group])
        definite = all((pick.definite or pick.single) and pick.kind != "audio" for pick in picks)
        if picks and definite:
            start, end = match.span(group)
            return picks, marks.spelled(f"{marked[:start]} {'caption' if labels else 'title'} {marked[end:]}", since)
    return (), marks.spelled(marked, since)
