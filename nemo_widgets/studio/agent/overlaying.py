"""Orders about logos and pictures in the picture, in what people say."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.clock import PART, Part
from nemo_widgets.studio.agent.grammar import Change, Found, pattern

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.clock import Clock
    from nemo_widgets.studio.agent.grammar import Reader

_LOGO = r"logo|water[- ]?mark|brand(?:ing)? mark|emblem|watermarks|logos"
_LOGO_ZH = r"logo|水印|标志|台标|商标|角标|徽标|图标"
_MY = r"(?:my |our |the |a |an |this |that |company |brand |channel |school |shop |uploaded )*"
_CORNERS = {
    "top-left": r"(?:top|upper)[- ]?(?:hand )?left|左上",
    "top-right": r"(?:top|upper)[- ]?(?:hand )?right|右上",
    "bottom-left": r"(?:bottom|lower)[- ]?left|左下",
    "bottom-right": r"(?:bottom|lower)[- ]?right|右下",
    "top": r"top(?: cent(?:er|re)| middle)?|顶部|上方|正上",
    "bottom": r"bottom(?: cent(?:er|re)| middle)?|底部|下方|正下",
    "left": r"left(?: side)?|左侧|左边",
    "right": r"right(?: side)?|右侧|右边",
    "center": r"cent(?:er|re)|middle|中间|中央|正中",
    "corner": r"corner|角落?",
}
_LOGO_FILE = re.compile(rf"{_LOGO}|brand|{_LOGO_ZH}".replace(" ", r"\s"), re.IGNORECASE)
_CORNER = "|".join(_CORNERS.values())
_AT = (
    rf"(?:(?:in|at|to|on|into|onto|over to)(?: (?:the|a|one))? |(?=(?:top|upper|bottom|lower)[- ](?:left"
    rf"|right|cent|mid)))(?P<place>{_CORNER})(?:[- ](?:hand )?(?:corner|side|edge|corners))?(?: of (?:the "
    rf"|every |each |my )*(?:video|screen|frame|picture|photos?|clips?|\w+))?"
)
_AT_ZH = rf"(?:到|在|至|于)?_(?P<place>{_CORNER})(?:角|方|边)?"
_WITH = (
    r"(?:_,?_(?:with |at |and )*(?:<N>)(?: (?:opacity|transparen\w+|visible|opaque|width|size|of the "
    r"(?:width|screen|video)|wide|big))?)?(?:_[,，]?_(?:and )?(?:(?:half|semi)[- ]?transparent|translucent|半透明))?"
)
_SMALL = r"small(?:er)?|tiny|little|bigger|larger|big|large"
_WHEN = re.compile(
    r"[\s,，]*(?:(?:but|and)\s+)?(?:(?:it\s+)?(?:should\s+)?(?:only\s+|just\s+)?(?:show\w*|appears?|be seen)?\s*)?"
    r"(?:only\s+|just\s+)?(?:(?:at|in|for|during|over|from|towards?)\s+)?"
    rf"(?:(?:the\s+)?(?:very\s+)?(?P<edge>end|ending|start|beginning)\b(?!\s+of)|(?P<part>{PART}))"
    rf"|[\s,，]*(?:但|并)?(?:是|且)?(?:只|仅)(?:在|要)?(?:(?P<edge_zh>最后|结尾|片尾|末尾|开头|片头)|(?P<part_zh>{PART}))"
    r"(?:的?时候?)?(?:出现|显示|放|加|有)?"
)
_LATE = re.compile(r"end|后|尾")
AT_AN_END = 3_000
"""Milliseconds for which a logo is seen that is to be so "only at the end"."""

_HALF_ZH = "(?:_[,，]?_(?:做成|设为|要)?半透明)?"
_DROP_ZH = r"去掉|删除|删掉|移除|不要|取消|拿掉|去除"


def _place(words: str | None) -> str | None:
    if words is None:
        return None
    name = next((name for name, kinds in _CORNERS.items() if re.fullmatch(pattern(kinds).pattern, words)), None)
    return "top-right" if name == "corner" else name


def _facts(found: Found) -> dict[str, object]:
    facts: dict[str, object] = {}
    if place := _place(found.word("place")):
        facts["place"] = place
    share = found.share()
    if share is not None:
        see = re.search(r"opacity|transparen|opaque|visible|透明|不透明", found.text)
        inverse = (
            see is not None
            and re.search(r"transparent|(?<!不)透明(?!度)", see[0] + found.text[see.end() : see.end() + 1]) is not None
        )
        facts["opacity" if see else "scale"] = round(1 - share, 3) if inverse else share
    word = found.word("how")
    if word:
        facts["smaller" if re.match(r"small|tiny|little|小|缩|变小|too (?:big|large)", word) else "larger"] = True
    if re.search(r"half[- ]transparent|semi[- ]?transparent|translucent|see[- ]through|半透明", found.text):
        facts["opacity"] = 0.5
    elif re.search(r"fainter|more transparent|less visible|subtle|更透明|淡一", found.text) and "opacity" not in facts:
        facts["fainter"] = True
    return facts


def timed(change: Change, end: int, text: str, clock: Clock) -> tuple[Change, str]:
    """Return an order about a logo with when it is seen, where that is said at ``end``, and the text without that."""
    match = _WHEN.match(text, end)
    if match is None:
        return change, text
    edge, part = match["edge"] or match["edge_zh"], match["part"] or match["part_zh"]
    when = clock.parts[part] if part else Part(AT_AN_END, None, "end") if _LATE.search(edge) else Part(0, AT_AN_END)
    left = text[:end] + " " * (match.end() - end) + text[match.end() :]
    return replace(change, facts=change.facts | {"when": when}), left


def _put(found: Found) -> Change | None:
    picks = found.picks()
    if not picks:
        return Change("logo", facts={"put": True} | _facts(found))
    one = picks[0]
    if len(picks) > 1 or not one.file or one.kind == "audio":
        return None
    # "Put beach.jpg in the middle" is about the order.
    corner = re.search(r"corner|side|screen|frame|picture|角|边", found.text)
    if not (corner or "-" in (_place(found.word("place")) or "-") or _LOGO_FILE.search(one.name or "")):
        return None
    return Change("logo", picks, facts={"put": True} | _facts(found))


def _change(found: Found) -> Change | None:
    facts = _facts(found)
    return Change("logo", facts=facts) if facts else None


def _drop(_: Found) -> Change | None:
    return Change("logo", facts={"drop": True})


def _names_logo(found: Found) -> bool:
    picks = found.picks()
    return len(picks) == 1 and bool(picks[0].file) and _LOGO_FILE.search(picks[0].name or "") is not None


def _drop_file(found: Found) -> Change | None:
    return _drop(found) if _names_logo(found) else None


def _move_file(found: Found) -> Change | None:
    return _put(found) if _names_logo(found) or not found.picks() else None


def _change_file(found: Found) -> Change | None:
    return _change(found) if _names_logo(found) or not found.picks() else None


def _seen_then(found: Found) -> Change | None:
    """Read “The logo should only appear at the end”: when that is, stands behind it."""
    return Change("logo", found.picks(), facts={"put": True}) if _names_logo(found) or not found.picks() else None


_SEEN = r"(?:appears?|shows?(?: up)?|(?:be )?(?:seen|shown|visible|there)|comes? (?:in|up)|is (?:seen|shown|visible))"
_DURING = r"(?:at|in|for|during|over|towards?) "

RULES: list[tuple[str, Reader]] = [
    (
        (
            rf"\b(?:remove|delete|drop|hide|take off|take out|get rid of|no|without|erase|lose)(?: (?:the|my|our"
            rf"|any|that))? (?:{_LOGO})s?\b(?! {_AT})"
        ),
        _drop,
    ),
    (
        r"\b(?:remove|delete|drop|hide|take off|get rid of|no|lose) {my}<L>(?= |_$|_[.,;!])".replace("{my}", _MY),
        _drop_file,
    ),
    (
        r"\b(?:make|set|turn|have|keep|fade|dim|lower|reduce) {my}<L>(?:'s)?(?: (?:a (?:bit|little) |much "
        r"|way |opacity |size |to |at )*)?(?: ?(?P<how>{small}))?(?: ?(?:half|semi)[- ]?transparent|"
        r" ?translucent| ?see[- ]through| ?fainter| ?more transparent| ?more subtle| ?less visible)?(?: ?"
        r"(?:to |at |by )?<N>(?: (?:opacity|transparent|transparency|visible|opaque|width|wide))?)?(?=_$"
        r"|_[.,;!]| and )".replace("{my}", _MY).replace("{small}", _SMALL),
        _change_file,
    ),
    (rf"(?:{_DROP_ZH})_(?:我的|那个)?(?:{_LOGO_ZH})|(?:把|将)(?:{_LOGO_ZH})_(?:{_DROP_ZH})", _drop),
    (
        (
            rf"\b(?:add|put|place|show|overlay|insert|stick|have|display|keep|use|with|include|set|slap|move|shift"
            rf"|drag|bring) {_MY}(?:(?:{_LOGO}) )?(?P<how>{_SMALL})? ?<L>(?: as (?:a |the |my |our )*(?:{_LOGO}"
            rf"|overlay))?(?: (?:small|tiny|big))?_,?_{_AT}{_WITH}"
        ),
        _put,
    ),
    (
        (
            rf"\b(?:add|put|place|show|overlay|insert|stick|have|display|use|include|set) {_MY}<L> as (?:a |the "
            rf"|my |our )*(?P<how>{_SMALL})? ?(?:{_LOGO}|overlay|picture in picture)(?:_,?_{_AT})?{_WITH}"
        ),
        _put,
    ),
    (
        (
            rf"(?:^_|[,;]_(?:and )?|\band )(?:the |my |our )?(?:company |brand |shop )?(?:<L>|\b(?:{_LOGO}))"
            rf"(?:_,?_(?P<how>{_SMALL}))?_,?_{_AT}(?: (?:for|during|over|throughout) <V>)?{_WITH}"
        ),
        _move_file,
    ),
    (
        (
            rf"(?:\b(?:make|let|have|want|keep) )?(?:the |my |our )?(?:<L>|\b(?:{_LOGO})) "
            rf"(?:should |must |shall |to |can |is )?(?:only |just )(?:to )?{_SEEN}(?=_,?_{_DURING})"
        ),
        _seen_then,
    ),
    (
        (
            rf"(?:\b(?:make|let|have|want|keep|show|display|use|include) )?(?:the |my |our )?(?:<L>|\b(?:{_LOGO}))"
            rf"(?: (?:should |must |shall |to |can |is )?{_SEEN})?(?=_,?_(?:only|just) {_DURING})"
        ),
        _seen_then,
    ),
    (rf"(?:<L>|{_LOGO_ZH})_(?:请|就|要)?(?=(?:只|仅)(?:在|要)?_(?:<P>|最后|结尾|片尾|末尾|开头|片头))", _seen_then),
    (
        rf"\b(?:move|shift|put|place|bring|drag)(?: back)? (?:the|my|our) (?:{_LOGO}) {_AT}{_WITH}",
        lambda found: Change("logo", facts={"put": True, "move": True} | _facts(found)),
    ),
    (
        (
            rf"\b(?:add|put|place|show|overlay|insert|stick|have|display|use|include|slap|with|want)(?: (?:my|our"
            rf"|the|a|an|this|company|brand|channel|school|shop|uploaded))* (?:(?P<how>{_SMALL}) )?(?:{_LOGO})(?: "
            rf"(?:image|picture|file|overlay))?(?: (?:small|tiny))?(?:_,?_{_AT})?(?: (?:as|on) (?:a )?(?:overlay"
            rf"|watermark|top))?{_WITH}"
        ),
        _put,
    ),
    (
        (
            rf"\b(?:make|set|turn|have|keep|let|fade|dim|lower|reduce) (?:the |my |our )?(?:{_LOGO})(?:'s)?(?: "
            rf"(?:a (?:bit|little) |much |way |opacity |size |width |to |at |be )*)?(?: ?(?P<how>{_SMALL}))?(?: ?"
            rf"(?:half|semi)[- ]?transparent| ?translucent| ?see[- ]through| ?fainter| ?more transparent| ?more"
            rf" subtle| ?less visible)?(?: ?(?:to |at |by )?<N>(?: (?:opacity|transparent|transparency|visible"
            rf"|opaque|of the (?:width|screen|video)|width|wide|size))?)?"
        ),
        _change,
    ),
    (rf"<L> (?:should |must |could |needs to |has to )?(?:be |go |sit |is |appear |stay )?{_AT}", _move_file),
    (
        rf"\b(?:{_LOGO}) (?:should |must |could |needs to |has to )?(?:be |go |sit |is |appear |stay ){_AT}",
        lambda found: Change("logo", facts={"put": True} | _facts(found)),
    ),
    (
        (
            rf"\b(?:{_LOGO}) (?:(?P<how>smaller|bigger|larger)\b|(?:opacity |at |to |with )*<N>(?: (?:opacity"
            rf"|transparent|transparency))?|{_AT})"
        ),
        _change,
    ),
    (rf"\b(?P<how>smaller|bigger|larger) (?:{_LOGO})\b", _change),
    (
        (
            rf"(?:\b(?:{_LOGO})|<L>) (?:should |could |must |can )?(?:be |is |looks? |get )?(?:a (?:bit|little) "
            rf"|much |way |far )?(?P<how>too big|too large|too small|smaller|bigger|larger)"
        ),
        _change_file,
    ),
    (
        (
            rf"(?:把|将|给)?_(?:我的|我们的|这个)?_<L>_(?:图片|图)?_(?:作为|当作?|做成|当成)?_(?:{_LOGO_ZH})?_"
            rf"(?:加|放|贴|添加|置|移|挪|显示)(?:上)?_{_AT_ZH}_(?:<N>_(?:的?(?:不?透明度?|大小|宽度)))?"
            rf"(?:_[，,]_(?P<how>小一?[点些]|大一?[点些]))?{_HALF_ZH}"
        ),
        _put,
    ),
    (rf"(?:把|将)?_<L>_(?:作为|当作?|做成|当成|设为)_(?:{_LOGO_ZH})(?:_{_AT_ZH})?", _put),
    (
        (
            rf"(?:在)?_(?P<place>{_CORNER})(?:角|方|边)?_(?:加上?|放上?|贴上?|添加|显示|打上)_(?:我的|我们的"
            rf"|我们店的?|本店的?|店铺的?|店里的?|一个|个|公司的?)*_(?:{_LOGO_ZH}|<L>)(?:_[,，]_"
            rf"(?P<how>小一?[点些]|大一?[点些]))?"
        ),
        _put,
    ),
    (
        (
            rf"(?:把|将)?_(?:我的|我们的|公司|这个)?_(?:{_LOGO_ZH})_(?:图片|图)?_(?:加|放|贴|添加|置|移|挪|显示|换"
            rf"|移动)(?:上)?_{_AT_ZH}_(?:,|，)?_(?:<N>_(?:的?(?:不?透明度?|大小|宽度)))?{_HALF_ZH}"
        ),
        _put,
    ),
    (rf"(?:加上?|放上?|打上|添加)_(?:我的|我们的|一个|个|公司)*_(?:{_LOGO_ZH})(?:_{_AT_ZH})?", _put),
    (
        (
            rf"(?:把|将)?_(?:{_LOGO_ZH}|<L>)_(?:的)?_(?:不?透明度?|大小)?_(?:再|调|变|弄|设|改)*_(?:为|成|到|得)?_(?:"
            rf"(?P<how>大一?[点些]|小一?[点些]|放大|缩小|变大|变小)|<N>_(?:的?不?透明度?)?|半透明|淡一?[点些]"
            rf"|更透明)"
        ),
        _change_file,
    ),
]
"""Templates (:mod:`~nemo_widgets.studio.agent.grammar`) and what reads what they find, in the order of trying."""

COMPILED = [(pattern(template), reader) for template, reader in RULES]
