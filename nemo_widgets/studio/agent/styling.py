"""Orders about how pictures are shown, in what people say: transitions, fades, motion, fit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nemo_widgets.studio.agent.grammar import Change, Found, in_chinese, pattern

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.grammar import Reader

_SIDE = r"(?: (?:(?:from|to|towards?) )?(?:the )?(?P<way>left|right|up|down|top|bottom))?"
_TYPES = {
    "fade-black": r"(?:fade|dip|cut)s? (?:through|to|via) black|fade[- ]black|black fades?|闪黑|黑场(?:过渡|转场)?",
    "fade-white": (
        r"(?:fade|dip)s? (?:through|to|via) white|fade[- ]white|white fades?|(?:white )?flash(?:es)?|闪白"
        r"|白场(?:过渡|转场)?"
    ),
    "wipe": r"wip(?:es?|ing)|擦除|划像|擦拭",
    "slide": r"(?:slid(?:es?|ing)|push|swip(?:es?|ing))|滑动|推入|滑入|推移",
    "zoom": r"zoom(?:s|ing)?|缩放|放大",
    "crossfade": (
        r"cross[ -]?fad(?:es?|ing)|cross[ -]?dissolves?|dissolves?|(?:simple |soft )?fades?|叠化|溶解"
        r"|交叉淡化|交叉溶解|淡入淡出|淡化"
    ),
}
_TYPE = "|".join(_TYPES.values())
_SURE = (
    r"wip(?:es?|ing)|cross[ -]?fad(?:es?|ing)|cross[ -]?dissolves?|dissolves?|(?:fade|dip)s? (?:through"
    r"|to|via) (?:black|white)|flash(?:es)? transition|闪黑|闪白|擦除|划像|叠化|溶解|交叉淡化|交叉溶解"
)
_CUT = r"(?:hard |straight |simple )?cuts?|no|without|remove|delete"
_BETWEEN = (
    r"(?: (?:between|from) (?:<L>(?: (?:and|to|&) <L>)?|<W>|them(?: all)?|(?:all|every|each)(?: (?:the|of"
    r"|my|single))*(?: \w+)?|the \w+))"
)
_ZH = r"向?(?P<way>左|右|上|下)?"
_BLACK_END = r"(?: (?:at|for|in|towards?) (?:the )?(?:very )?(?:end|ending|last \w+))?"
_LASTS = r"(?: (?:over|for|in|within|during|of|lasting|that lasts)(?: (?:a|the))? (?:<T>|<P>))?"
_PICTURE = r"(?:the )?(?:picture|image|screen|visuals?)"
_MOVES = {
    "zoom-out": r"zoom(?:s|ing|ed)?[ -]out|拉远|缩小|推远|拉镜头",
    "zoom-in": r"zoom(?:s|ing|ed)?(?:[ -]in)?|放大|推近|拉近|推镜头?|推进",
    "pan-left": (
        r"pan(?:s|ning)? (?:(?:right|from (?:the )?right) )?(?:to (?:the )?)?left(?:wards?)?|(?:向|往|从右向"
        r"|从右到)左(?:平移|移动|摇|移)?"
    ),
    "pan-right": (
        r"pan(?:s|ning)?(?: (?:(?:left|from (?:the )?left) )?(?:to (?:the )?)?right(?:wards?)?| across)?|"
        r"(?:向|往|从左向|从左到)右(?:平移|移动|摇|移)?|平移"
    ),
    "pan-up": (
        r"(?:pan(?:s|ning)?|tilt(?:s|ing)?) (?:to (?:the )?)?(?:up(?:wards?)?|top)|(?:向|往)上(?:平移|移动|摇"
        r"|移)?"
    ),
    "pan-down": (
        r"(?:pan(?:s|ning)?|tilt(?:s|ing)?) (?:to (?:the )?)?(?:down(?:wards?)?|bottom)|(?:向|往)下(?:平移"
        r"|移动|摇|移)?"
    ),
}
_ORDER = ("zoom-out", "zoom-in", "pan-up", "pan-down", "pan-left", "pan-right")
_MOVE = "|".join(_MOVES[key] for key in _ORDER)
_STILL = r"(?:motion|movements?|zoom(?:ing)?|animations?|pan(?:ning)?|ken[- ]?burns)(?: effects?)?"


_CLOSES = re.compile(r"\ba (?:\w+ )?fade to black\b")
"""One fade to black: the one at the end."""

_TRANSITION_WORD = r"transition|between|each|every|all|cut"
_TYPE_WORDS = {name: pattern(words) for name, words in _TYPES.items()}
_MOVE_WORDS = {name: pattern(_MOVES[name]) for name in _ORDER}


def _transition(found: Found) -> Change | None:
    name = found.kind("kind", _TYPE_WORDS)
    if name is None:
        return None
    if name == "fade-black" and _CLOSES.search(found.text) and not re.search(_TRANSITION_WORD, found.text):
        return Change("fade", facts={"ends": ["out"], "d": found.time() or 1_000})
    way = {"top": "up", "bottom": "down", "左": "left", "右": "right", "上": "up", "下": "down"}
    if name in ("wipe", "slide"):
        side = found.word("way") or found.word("way2") or "left"
        name = f"{name}-{way.get(side, side)}"
    return _between(found, {"type": name} | ({"d": time} if (time := found.time()) else {}))


def _between(found: Found, facts: dict[str, Any]) -> Change | None:
    picks = found.picks(1)
    beside = found.picks(2)
    both = (*picks, *beside)
    if both and not any(pick.definite for pick in both):
        kinds = tuple(pick.kind for pick in both)
        if None in kinds or len(kinds) > 2:
            return Change("transition", facts=facts)
        return Change("transition", facts=facts | {"among": (both[0].kind, both[-1].kind)})
    if both and sum(pick.count for pick in both) != 2:
        return None
    return Change("transition", both, facts=facts)


def _no_transition(found: Found) -> Change | None:
    change = _between(found, {"type": "none"})
    return change if change and (change.picks or "among" in change.facts) else None


def _some_transition(found: Found) -> Change | None:
    """Read “A transition of 2 seconds between the first and the second photo”."""
    time = found.time()
    change = _between(found, {"d": time} if time else {"type": "crossfade"})
    return change if change and change.picks else None


def _fade(found: Found) -> Change | None:
    time = found.time()
    part = found.part()
    if time is None and part is not None:
        time = part.start if part.of == "end" else part.end
    words = found.text
    out = (
        re.search(
            r"\bout\b|to black|(?:end|finish|close)s?\b.*\bblack|black .*end|出|渐黑|变黑|黑场(?:结束|结尾)"
            r"|黑屏(?!.{0,2}(?:入|亮|开))",
            words,
        )
        is not None
    )
    into = (
        re.search(
            r"\bin\b(?! the end)|from black|(?:start|begin|open)s?\b.*\bblack|入|渐亮|黑场(?:开始|开场)|从黑", words
        )
        is not None
    )
    ends = [
        end
        for end, wanted in (("in", into and not (out and "black" in words and "and" not in words)), ("out", out))
        if wanted
    ]
    return Change("fade", found.picks(), facts={"ends": ends, "d": time or 1_000}) if ends else None


def _refade(found: Found) -> Change | None:
    """Read “Make the fade longer”: of those that there are."""
    longer = re.search(r"longer|slower|长|慢", found.text) is not None
    end = {"in": ["in"], "out": ["out"], "入": ["in"], "出": ["out"]}.get(found.word("end") or "", ["in", "out"])
    return Change("fade", facts={"ends": end, "times": 2.0 if longer else 0.5})


_FORBIDDEN = re.compile(r"\b(?:do not|don['’]?t|never|without|stop|no)\s+$")


def _move(found: Found) -> Change | None:
    if _FORBIDDEN.search(found.match.string[: found.match.start()]):
        return None
    kind = found.kind("move", _MOVE_WORDS)
    return Change("motion", found.picks(), facts={"motion": kind}) if kind else None


def _keep_still(found: Found) -> Change | None:
    change = Change("motion", found.picks(), facts={"motion": "none"})
    return change if change.definite else None


def _fit(kind: str, *, one: bool = False) -> Reader:
    def read(found: Found) -> Change | None:
        change = Change("fit", found.picks(), facts={"fit": kind})
        return change if change.definite or not one else None

    return read


RULES: list[tuple[str, Reader]] = [
    # Transitions
    (rf"\b(?:{_CUT})(?: (?:a|the|any))?(?: (?:transitions?|cross ?fades?|fades?|cut))?{_BETWEEN}", _no_transition),
    (
        (
            rf"\b(?:(?:use|add|with|apply|make|change|set|put|want|have|give|insert|do|try|switch to|create|place)"
            rf" )?(?:the |all |some |an |a |my |me |nice |smooth |quick |slow |soft )*(?:transitions? )?(?:to "
            rf"|into |as |a )*(?:<T>_)?(?:long )?(?P<kind>{_TYPE}){_SIDE}(?: (?:transitions?|effects?))+(?: "
            rf"(?:from|to|towards?) (?:the )?(?P<way2>left|right|top|bottom))?(?: (?:of|for|lasting|taking|that "
            rf"(?:lasts?|takes?)|with) <T>)?{_BETWEEN}?(?: (?:of|for|lasting) <T>)?"
        ),
        _transition,
    ),
    (
        (
            rf"\b(?:(?:use|add|with|apply|make|change|set|put|want|have|give|insert|do|try|switch to|create|place)"
            rf" )(?:the |all |some |an |a |my |me |nice |smooth |quick |slow |soft )*(?:<T>_)?(?:long )?"
            rf"(?P<kind>{_TYPE}){_SIDE}(?: (?:of|for|lasting) <T>)?{_BETWEEN}(?: (?:of|for|lasting) <T>)?"
        ),
        _transition,
    ),
    (
        (
            rf"\b(?:(?:use|add|with|apply|make|change|set|put|want|have|give|insert|do|try|switch to) )?(?:the "
            rf"|all )*transitions?(?: between \w+(?: \w+)?)?(?: (?:to|into|as|be|should be|with|using|a|in))* "
            rf"(?P<kind>{_TYPE}){_SIDE}(?:_,?_(?:of |for |lasting |at |taking )?<T>(?: (?:each|long|apiece))?)?"
        ),
        _transition,
    ),
    (
        (
            rf"\b(?:(?:use|add|with|apply|make|change|set|put|want|have|insert|do|try|switch to) )(?:the |all "
            rf"|some |an |a |my |nice |smooth |quick |slow |soft )*(?:<T>_)?(?P<kind>{_SURE}){_SIDE}(?: (?:of|for"
            rf"|lasting|taking|that (?:lasts?|takes?)) <T>)?(?! (?:at|in|for) (?:the )?(?:very )?(?:end|start"
            rf"|beginning))"
        ),
        _transition,
    ),
    (rf"(?P<kind>{_SURE}){_SIDE}{_BETWEEN}", _transition),
    (
        (
            rf"\b(?:(?:use|add|with|make|put|insert|set) )?(?:the |an |a )*(?:<T>_(?:long )?)?(?:transition|cross"
            rf" ?fade|fade)(?: of <T>)?{_BETWEEN}(?: (?:to|of|for|lasting|takes?|be|should be|last)* <T>)?"
        ),
        _some_transition,
    ),
    (
        (
            rf"(?:在)?<L>(?:_(?:和|与|跟|到)_<L>)?_之间_(?:的?转场)?_(?:用|加上?|改成|改为|换成|使用|添加|设为)?_"
            rf"(?:一个|个)?_(?:<T>的?)?_{_ZH}_(?P<kind>{in_chinese(_TYPE)})_(?:转场|过渡|切换|效果)*"
        ),
        _transition,
    ),
    (
        (r"(?:在)?<L>_之间_(?:的?转场)?_(?:就|都)?(?:用|改成|改为|换成)?_(?:直接切换|直接切|硬切|直切|不要转场)"),
        _no_transition,
    ),
    (r"(?:去掉|不要|删除|取消)_<L>(?:_(?:和|与|跟|到)_<L>)?_之间的?(?:转场|过渡)", _no_transition),
    (r"(?:在)?<L>(?:_(?:和|与|跟|到)_<L>)?_之间(?:不要|去掉|取消|没有)(?:转场|过渡)", _no_transition),
    (
        (
            rf"(?:用|加上?|换成|改成|改为|使用|添加|设为|都用|转场用|转场改成|转场换成|转场改为)?_"
            rf"(?:<T>的?)?_{_ZH}_(?P<kind>{in_chinese(_TYPE)})_(?:的)?(?:转场|过渡|切换)(?:效果)?(?:_<T>)?"
        ),
        _transition,
    ),
    (
        (
            rf"(?:转场|过渡)(?:效果)?_(?:都|全部)?_(?:用|换成|改成|改为|设为|使用|变成)_(?:<T>的?)?_{_ZH}_"
            rf"(?P<kind>{in_chinese(_TYPE)})"
        ),
        _transition,
    ),
    (rf"(?:用|加上?|换成|改成|使用|添加)_(?P<kind>{in_chinese(_SURE)})", _transition),
    # The picture from and to black
    (
        (
            r"\b(?:make|let) (?:the |that )?fade(?:[- ](?P<end>in|out))?(?: (?:to|from) black)? (?:(?:take|be|go|last)"
            r" )?"
            r"(?:a (?:bit|little) |much )?(?:longer|shorter|slower|faster|quicker)\b"
        ),
        _refade,
    ),
    (r"(?<!音乐)(?:画面)?淡(?P<end>入|出)_(?:再|要|可以|放)*(?:长|短|慢|快)一?[点些]", _refade),
    (
        (
            r"\b(?:(?:start|begin|open|end|finish|close)s? (?:it |<W> )?)(?:with |on |in |from )(?:a )?(?:<T> )?"
            r"(?:fade (?:in |out )?(?:from |to |in from )?)?black(?: screen)?(?: (?:of|for|over) <T>)?"
        ),
        _fade,
    ),
    (
        (
            rf"\b(?:(?:make|let|have) <O> )?(?:fade|dissolve|go) (?:<O> |{_PICTURE} )?(?:in(?: and out)? )?(?:out"
            rf" )?(?:from|to|and to|to and from|from and to) black{_BLACK_END}(?: of <O>)?{_LASTS}"
        ),
        _fade,
    ),
    (rf"\b(?:add |with |use |put )?(?:a )?(?:<T> )?(?:fade|fades) (?:to|from) black{_BLACK_END}{_LASTS}", _fade),
    (rf"\bfade (?:<L>|<V>|{_PICTURE}) (?:in and out|in|out){_BLACK_END}{_LASTS}", _fade),
    (rf"\bfade (?:in and out|in|out) (?:<L>|<V>|{_PICTURE}){_BLACK_END}{_LASTS}", _fade),
    (
        (
            rf"(?:<L>|<V>|{_PICTURE}) (?:should |to )?fades? (?:in and out|in|out)(?: (?:to|from)"
            rf" black)?{_BLACK_END}{_LASTS}"
        ),
        _fade,
    ),
    (
        (
            r"(?:<O>)?_(?:在)?(?:结尾|片尾|最后|末尾)?_(?:的?画面)?_(?:用)?_(?:<T>|<P>)?_(?:都|要|请)?_(?:淡出(?:到|至|成|为)?黑(?:场|屏|色)?|黑[场屏]中?(?:淡出|渐出)"
            r"|淡出至黑|渐黑|渐变到?黑(?:屏|色)?|黑场(?:结束|结尾)|画面淡出|(?:慢慢|渐渐|逐渐|缓缓)地?变黑|变黑(?=_(?:$|[，。！,；;])))_(?:结束)?_(?:<T>)?"
        ),
        _fade,
    ),
    (
        (
            r"(?:<O>)?_(?:在)?(?:开头|片头|开始)?_(?:的?画面)?_(?:用)?_(?:从黑(?:场|屏|色)?(?:中)?(?:淡入|渐亮"
            r"|开始|渐入)|黑[场屏]中?(?:淡入|渐入|渐亮|开场|开始)|画面淡入)_(?:<T>)?"
        ),
        _fade,
    ),
    # Motion
    (
        (
            rf"\b(?:keep|leave|hold) <L> still\b|\b(?:don'?t|do not) (?:zoom|move|pan|animate)(?: (?:in|out|on"
            rf"|into))* <L>|\b(?:no|remove|without|stop|disable|turn off)(?: the)? {_STILL} (?:on|for|of|from|in)"
            rf" <L>"
        ),
        _keep_still,
    ),
    (r"<L>_(?:保持)?(?:静止|不要动效?|不动|别动|不要缩放|不要推拉|不要运动)", _keep_still),
    (
        (
            rf"\b(?:(?:slow(?:ly)? )?(?P<move>{_MOVE}))(?: slowly)? (?:in |on |into |over |onto |from |of |across "
            rf"|for )*(?:<O>)(?! transition)"
        ),
        _move,
    ),
    (
        (
            rf"\b(?:make|let|have|set|use|add|apply|put|give|do)(?: <O>)?(?: (?:a|an|some|the|slow|slowly"
            rf"|gentle))* (?P<move>{_MOVE})(?: (?:effect|motion|movement|animation))?(?: (?:to|on|for|in|over)"
            rf" <O>)?(?! transition)(?= |_$|_[.,;!])"
        ),
        _move,
    ),
    (rf"<L> (?:should |to )?(?:slowly )?(?P<move>{_MOVE})(?= |_$|_[.,;!])", _move),
    (rf"^_(?:slow(?:ly)? )?(?P<move>{_MOVE})(?: slowly)?_[.!]*_$", _move),
    (
        (
            rf"(?:把|将|让|给)?_<L>_(?:加上?|用|做|添加|慢慢|缓缓|缓慢)*(?:一个|个)?(?:镜头)?_"
            rf"(?P<move>{in_chinese(_MOVE)})(?:效果|动效)?"
        ),
        _move,
    ),
    # Fit
    (
        (
            r"\b(?:(?:use|add|with|make|put|fill|have|want|give|show) )?(?:<O> )?(?:with |on |the |a |in )*"
            r"(?:blurr?(?:ed|y) (?:the )?(?:backgrounds?|bg|backdrops?|fill|padding|sides?|bars?|borders?|edges?)"
            r"|blur (?:the )?(?:sides?|bars?|borders?|edges?))(?: (?:for|on|behind|around|to|in) (?:<O>))?(?:"
            r" instead(?: of (?:the )?black(?: bars| borders)?)?)?"
        ),
        _fit("blur"),
    ),
    (
        (
            r"\b(?:fill|replace)(?: (?:up|in))? (?:the )?(?:sides?|black bars?|bars?|black borders?|edges?|rest"
            r"|empty (?:space|area)s?) with (?:a )?blur(?:red)?(?: (?:background|version|copy))?"
        ),
        _fit("blur"),
    ),
    (r"\bblur(?:red)?(?: background)? instead of (?:the )?black(?: bars| borders| edges)?", _fit("blur")),
    (
        (
            r"(?:把|将|给)?_(?:<O>)?_(?:的)?(?:用|加上?|改成|换成)?_(?:高斯)?模糊(?:的)?(?:背景|边框|黑边|两边"
            r"|两侧|填充|底)"
        ),
        _fit("blur"),
    ),
    (
        (
            r"(?:把|将|给)?_(?:<O>)?_(?:的)?(?:背景|黑边|两边|两侧|边框|上下)(?:用|加上?|做|改成|换成)?_"
            r"(?:高斯)?模糊(?:填充|处理)?"
        ),
        _fit("blur"),
    ),
    (r"\b(?:don'?t|do not|no|stop) crop(?:ping)?(?: of)? <L>", _fit("contain", one=True)),
    (
        (
            r"\b(?:show|display|see) (?:all of|the (?:whole|entire|full)) <L>|\bfit <L>(?: (?:in|into|to|inside"
            r"|within) (?:the )?(?:frame|screen|picture))?"
        ),
        _fit("contain", one=True),
    ),
    (
        r"\bfill (?:the )?(?:frame|screen|picture) with <L>|\bcrop <L> to fill(?: the (?:frame|screen))?",
        _fit("cover", one=True),
    ),
    (r"<L>_(?:完整显示|不要裁剪|完整展示|全部显示)", _fit("contain", one=True)),
    (r"<L>_(?:填满|铺满|撑满)(?:画面|屏幕)?", _fit("cover", one=True)),
]
"""Templates (:mod:`~nemo_widgets.studio.agent.grammar`) and what reads what they find, in the order of trying."""

COMPILED = [(pattern(template), reader) for template, reader in RULES]
