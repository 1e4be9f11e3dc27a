"""Orders about how pictures are shown, in what people say: transitions, fades, motion, fit, looks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nemo_widgets.studio.agent.grammar import Change, Found, in_chinese, pattern

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.grammar import Reader

_SIDE = r"(?: (?:(?:from|to|towards?) )?(?:the )?(?P<way>left|right|up|down|top|bottom))?"
_TYPES = {
    "fade-black": r"(?:fade|dip|cut)s? (?:through|to|via) black|fade[- ]black|black fades?|闪黑|黑场(?:过渡|转场)?",
    "fade-white": r"(?:fade|dip)s? (?:through|to|via) white|fade[- ]white|white fades?|(?:white )?flash(?:es)?|闪白|白场(?:过渡|转场)?",
    "wipe": r"wip(?:es?|ing)|擦除|划像|擦拭",
    "slide": r"(?:slid(?:es?|ing)|push|swip(?:es?|ing))|滑动|推入|滑入|推移",
    "zoom": r"zoom(?:s|ing)?|缩放|放大",
    "crossfade": r"cross[ -]?fad(?:es?|ing)|cross[ -]?dissolves?|dissolves?|(?:simple |soft )?fades?|叠化|溶解|交叉淡化|交叉溶解|淡入淡出|淡化",
}
_TYPE = "|".join(_TYPES.values())
_SURE = rf"wip(?:es?|ing)|cross[ -]?fad(?:es?|ing)|cross[ -]?dissolves?|dissolves?|(?:fade|dip)s? (?:through|to|via) (?:black|white)|flash(?:es)? transition|闪黑|闪白|擦除|划像|叠化|溶解|交叉淡化|交叉溶解"
_CUT = r"(?:hard |straight |simple )?cuts?|no|without|remove|delete"
_BETWEEN = r"(?: (?:between|from) (?:<L>(?: (?:and|to|&) <L>)?|<W>|them(?: all)?|(?:all|every|each)(?: (?:the|of|my|single))*(?: \w+)?|the \w+))"
_ZH = r"向?(?P<way>左|右|上|下)?"
_BLACK_END = r"(?: (?:at|for|in|towards?) (?:the )?(?:very )?(?:end|ending|last \w+))?"
_LASTS = r"(?: (?:over|for|in|within|during|of|lasting|that lasts)(?: (?:a|the))? (?:<T>|<P>))?"
_PICTURE = r"(?:the )?(?:picture|image|screen|visuals?)"
_MOVES = {
    "zoom-out": r"zoom(?:s|ing|ed)?[ -]out|拉远|缩小|推远|拉镜头",
    "zoom-in": r"zoom(?:s|ing|ed)?(?:[ -]in)?|放大|推近|拉近|推镜头?|推进",
    "pan-left": r"pan(?:s|ning)? (?:(?:right|from (?:the )?right) )?(?:to (?:the )?)?left(?:wards?)?|(?:向|往|从右向|从右到)左(?:平移|移动|摇|移)?",
    "pan-right": r"pan(?:s|ning)?(?: (?:(?:left|from (?:the )?left) )?(?:to (?:the )?)?right(?:wards?)?| across)?|(?:向|往|从左向|从左到)右(?:平移|移动|摇|移)?|平移",
    "pan-up": r"(?:pan(?:s|ning)?|tilt(?:s|ing)?) (?:to (?:the )?)?(?:up(?:wards?)?|top)|(?:向|往)上(?:平移|移动|摇|移)?",
    "pan-down": r"(?:pan(?:s|ning)?|tilt(?:s|ing)?) (?:to (?:the )?)?(?:down(?:wards?)?|bottom)|(?:向|往)下(?:平移|移动|摇|移)?",
}
_ORDER = ("zoom-out", "zoom-in", "pan-up", "pan-down", "pan-left", "pan-right")
_MOVE = "|".join(_MOVES[key] for key in _ORDER)
_STILL = r"(?:motion|movements?|zoom(?:ing)?|animations?|pan(?:ning)?|ken[- ]?burns)(?: effects?)?"
_LOOKS = {
    "black-and-white": r"black[- ]?(?:and|&|n|'?n'?|/)?[- ]?white|b_(?:&|/|and|n)_w\b|b/w|\bbw\b|monochrome|gr[ae]y[- ]?scale|黑白",
    "sepia": r"sepia(?:[- ]toned?)?|棕褐色?|泛黄|老照片",
    "vintage": r"vintage|retro|old[- ]?(?:film|school|timey|fashioned)|nostalgic|复古|怀旧|胶片",
    "warm": r"warm(?:er|ish)?(?: up)?|golden hour|暖色调?|暖调|温暖|暖一?[点些]|暖",
    "cool": r"cool(?:er)|cool (?:down|off)|cool(?= (?:look|tone|colou?r|filter|tint|grade|blue))|cold(?:er)?|blue(?:ish)? (?=tint|tone|look)|冷色调?|冷调|冷一?[点些]",
    "vivid": r"vivid|vibrant|colou?rful|punch(?:y|ier)|鲜艳|鲜亮|艳丽|色彩丰富",
}
_LOOK = "|".join(_LOOKS.values())
_STEPS: tuple[tuple[str, float, str], ...] = (
    (
        "brightness",
        0.15,
        r"bright(?:er|en)|lighter|lighten|(?:more|increase(?: the)?|raise(?: the)?|add|up the|boost(?: the)?|turn up(?: the)?) brightness|brightness up|too dark|调亮|变亮|提亮|亮一?[点些]|太暗|提高亮度|增加亮度|亮度(?:调高|提高|加大|高一?[点些])",
    ),
    (
        "brightness",
        -0.15,
        r"dark(?:er|en)|dimm?(?:er)?|(?:less|decrease(?: the)?|lower(?: the)?|reduce(?: the)?|turn down(?: the)?) brightness|too bright|brightness down|调暗|变暗|暗一?[点些]|太亮|降低亮度|亮度(?:调低|降低|低一?[点些])",
    ),
    (
        "contrast",
        1.2,
        r"(?:more|higher|increase(?: the)?|raise(?: the)?|add(?: some)?|boost(?: the)?|up the) contrast|contrast(?:ier| up)|(?:提高|增加|加大|增强)对比度?|对比度?(?:调高|提高|加大|高一?[点些]|强一?[点些])",
    ),
    (
        "contrast",
        0.8,
        r"(?:less|lower|decrease(?: the)?|reduce(?: the)?|softer) contrast|contrast down|降低对比度?|对比度?(?:调低|降低|低一?[点些])",
    ),
    (
        "saturation",
        1.3,
        r"(?:more|higher|increase(?: the)?|raise(?: the)?|add(?: some)?|boost(?: the)?|up the) (?:saturation|saturated|colou?rs?)|saturate|(?:提高|增加|加大|增强)饱和度?|饱和度?(?:调高|提高|加大|高一?[点些])",
    ),
    (
        "saturation",
        0.7,
        r"(?:less|lower|decrease(?: the)?|reduce(?: the)?) (?:saturation|saturated|colou?rs?)|desaturated?|muted colou?rs|降低饱和度?|饱和度?(?:调低|降低|低一?[点些])",
    ),
)
_STEP = "|".join(words for _, _, words in _STEPS)
_MUCH = r"(?:a (?:bit|little|touch|tad|lot) |slightly |much |way |more |some |very |really |all |kind of |sort of )*"
_NOUN = r"(?: (?:filter|look|effect|style|tone|tones|grade|grading|tint|colou?rs?|version|mode|vibe|feel|preset))*"
_PLAIN = r"(?:normal|original|natural|true|real|regular) (?:colou?rs?|look|picture)|(?:in|back to) (?:full )?colou?r"
_NO = r"(?:no|remove|without|delete|drop|undo|reset|clear|turn off|take off|get rid of)"
_FILTERS = r"(?:the |any |all )*(?:filters?|looks?|effects?|colou?r (?:grading|grade|effects?)|black and white|b&w|sepia|vintage(?: look)?|warm look|cool look)"


_TYPE_WORDS = {name: pattern(words) for name, words in _TYPES.items()}
_MOVE_WORDS = {name: pattern(_MOVES[name]) for name in _ORDER}
_LOOK_WORDS = {name: pattern(words) for name, words in _LOOKS.items()}
_STEP_WORDS = {str(number): pattern(words) for number, (_, _, words) in enumerate(_STEPS)}


def _transition(found: Found) -> Change | None:
    name = found.kind("kind", _TYPE_WORDS)
    if name is None:
        return None
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
        return Change("transition", facts=facts)  # "Between the photos" is everywhere.
    if both and sum(pick.count for pick in both) != 2:
        return None
    return Change("transition", both, facts=facts)


def _no_transition(found: Found) -> Change | None:
    change = _between(found, {"type": "none"})
    return change if change and change.picks else None


def _some_transition(found: Found) -> Change | None:
    """ "A transition of 2 seconds between the first and the second photo"."""
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
            r"\bout\b|to black|(?:end|finish|close)s?\b.*\bblack|black .*end|出|渐黑|变黑|黑场(?:结束|结尾)|黑屏", words
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


def _move(found: Found) -> Change | None:
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


def _look(found: Found) -> Change | None:
    if name := found.kind("look", _LOOK_WORDS):
        return Change("look", found.picks(), facts={"look": name})
    number = found.kind("look", _STEP_WORDS)
    if number is None:
        return None
    key, step, _ = _STEPS[int(number)]
    if share := found.share():
        sign = 1 if step > (key != "brightness") else -1
        step = sign * share if key == "brightness" else 1 + sign * share
    return Change("look", found.picks(), facts={key: step})


def _plain(found: Found) -> Change | None:
    return Change("look", found.picks(), facts={})


RULES: list[tuple[str, Reader]] = [
    # Transitions
    (rf"\b(?:{_CUT})(?: (?:a|the|any))?(?: (?:transitions?|cross ?fades?|fades?|cut))?{_BETWEEN}", _no_transition),
    (rf"\b(?:(?:use|add|with|apply|make|change|set|put|want|have|give|insert|do|try|switch to|create|place) )?(?:the |all |some |an |a |my |me |nice |smooth |quick |slow |soft )*(?:transitions? )?(?:to |into |as |a )*(?:<T>_)?(?:long )?(?P<kind>{_TYPE}){_SIDE}(?: (?:transitions?|effects?))+(?: (?:from|to|towards?) (?:the )?(?P<way2>left|right|top|bottom))?(?: (?:of|for|lasting|taking|that (?:lasts?|takes?)|with) <T>)?{_BETWEEN}?(?: (?:of|for|lasting) <T>)?", _transition),
    (rf"\b(?:(?:use|add|with|apply|make|change|set|put|want|have|give|insert|do|try|switch to|create|place) )(?:the |all |some |an |a |my |me |nice |smooth |quick |slow |soft )*(?:<T>_)?(?:long )?(?P<kind>{_TYPE}){_SIDE}(?: (?:of|for|lasting) <T>)?{_BETWEEN}(?: (?:of|for|lasting) <T>)?", _transition),
    (rf"\b(?:(?:use|add|with|apply|make|change|set|put|want|have|give|insert|do|try|switch to) )?(?:the |all )*transitions?(?: between \w+(?: \w+)?)?(?: (?:to|into|as|be|should be|with|using|a|in))* (?P<kind>{_TYPE}){_SIDE}(?:_,?_(?:of |for |lasting |at |taking )?<T>(?: (?:each|long|apiece))?)?", _transition),
    (rf"\b(?:(?:use|add|with|apply|make|change|set|put|want|have|insert|do|try|switch to) )(?:the |all |some |an |a |my |nice |smooth |quick |slow |soft )*(?:<T>_)?(?P<kind>{_SURE}){_SIDE}(?: (?:of|for|lasting|taking|that (?:lasts?|takes?)) <T>)?(?! (?:at|in|for) (?:the )?(?:very )?(?:end|start|beginning))", _transition),
    (rf"(?P<kind>{_SURE}){_SIDE}{_BETWEEN}", _transition),
    (rf"\b(?:(?:use|add|with|make|put|insert|set) )?(?:the |an |a )*(?:<T>_(?:long )?)?(?:transition|cross ?fade|fade)(?: of <T>)?{_BETWEEN}(?: (?:to|of|for|lasting|takes?|be|should be|last)* <T>)?", _some_transition),
    (rf"(?:在)?<L>(?:_(?:和|与|跟|到)_<L>)?_之间_(?:的?转场)?_(?:用|加上?|改成|改为|换成|使用|添加|设为)?_(?:一个|个)?_(?:<T>的?)?_{_ZH}_(?P<kind>{in_chinese(_TYPE)})_(?:转场|过渡|切换|效果)*", _transition),
    (r"(?:去掉|不要|删除|取消)_<L>(?:_(?:和|与|跟|到)_<L>)?_之间的?(?:转场|过渡)", _no_transition),
    (r"(?:在)?<L>(?:_(?:和|与|跟|到)_<L>)?_之间(?:不要|去掉|取消|没有)(?:转场|过渡)", _no_transition),
    (rf"(?:用|加上?|换成|改成|改为|使用|添加|设为|都用|转场用|转场改成|转场换成|转场改为)?_(?:<T>的?)?_{_ZH}_(?P<kind>{in_chinese(_TYPE)})_(?:的)?(?:转场|过渡|切换)(?:效果)?(?:_<T>)?", _transition),
    (rf"(?:转场|过渡)(?:效果)?_(?:都|全部)?_(?:用|换成|改成|改为|设为|使用|变成)_(?:<T>的?)?_{_ZH}_(?P<kind>{in_chinese(_TYPE)})", _transition),
    (rf"(?:用|加上?|换成|改成|使用|添加)_(?P<kind>{in_chinese(_SURE)})", _transition),
    # The picture from and to black
    (r"\b(?:(?:start|begin|open|end|finish|close)s? (?:it |<W> )?)(?:with |on |in |from )(?:a )?(?:<T> )?(?:fade (?:in |out )?(?:from |to |in from )?)?black(?: screen)?(?: (?:of|for|over) <T>)?", _fade),
    (rf"\b(?:(?:make|let|have) <O> )?(?:fade|dissolve|go) (?:<O> |{_PICTURE} )?(?:in(?: and out)? )?(?:out )?(?:from|to|and to|to and from|from and to) black{_BLACK_END}(?: of <O>)?{_LASTS}", _fade),
    (rf"\b(?:add |with |use |put )?(?:a )?(?:<T> )?(?:fade|fades) (?:to|from) black{_BLACK_END}{_LASTS}", _fade),
    (rf"\bfade (?:<L>|<V>|{_PICTURE}) (?:in and out|in|out){_BLACK_END}{_LASTS}", _fade),
    (rf"\bfade (?:in and out|in|out) (?:<L>|<V>|{_PICTURE}){_BLACK_END}{_LASTS}", _fade),
    (rf"(?:<L>|<V>|{_PICTURE}) (?:should |to )?fades? (?:in and out|in|out)(?: (?:to|from) black)?{_BLACK_END}{_LASTS}", _fade),
    (r"(?:<O>)?_(?:在)?(?:结尾|片尾|最后|末尾)?_(?:的?画面)?_(?:用)?_<T>?_(?:淡出到黑(?:场|屏|色)?|淡出至黑|渐黑|渐变到?黑(?:屏|色)?|黑场(?:结束|结尾)|画面淡出|慢慢变黑)_(?:结束)?_(?:<T>)?", _fade),
    (r"(?:<O>)?_(?:在)?(?:开头|片头|开始)?_(?:的?画面)?_(?:用)?_(?:从黑(?:场|屏|色)?(?:中)?(?:淡入|渐亮|开始|渐入)|黑场(?:淡入|开场|开始)|画面淡入)_(?:<T>)?", _fade),
    # Motion
    (rf"\b(?:keep|leave|hold) <L> still\b|\b(?:don'?t|do not) (?:zoom|move|pan|animate)(?: (?:in|out|on|into))* <L>|\b(?:no|remove|without|stop|disable|turn off)(?: the)? {_STILL} (?:on|for|of|from|in) <L>", _keep_still),
    (r"<L>_(?:保持)?(?:静止|不要动效?|不动|别动|不要缩放|不要推拉|不要运动)", _keep_still),
    (rf"\b(?:(?:slow(?:ly)? )?(?P<move>{_MOVE}))(?: slowly)? (?:in |on |into |over |onto |from |of |across |for )*(?:<O>)(?! transition)", _move),
    (rf"\b(?:make|let|have|set|use|add|apply|put|give|do)(?: <O>)?(?: (?:a|an|some|the|slow|slowly|gentle))* (?P<move>{_MOVE})(?: (?:effect|motion|movement|animation))?(?: (?:to|on|for|in|over) <O>)?(?! transition)(?= |_$|_[.,;!])", _move),
    (rf"<L> (?:should |to )?(?:slowly )?(?P<move>{_MOVE})(?= |_$|_[.,;!])", _move),
    (rf"^_(?:slow(?:ly)? )?(?P<move>{_MOVE})(?: slowly)?_[.!]*_$", _move),
    (rf"(?:把|将|让|给)?_<L>_(?:加上?|用|做|添加|慢慢|缓缓|缓慢)*(?:一个|个)?(?:镜头)?_(?P<move>{in_chinese(_MOVE)})(?:效果|动效)?", _move),
    # Fit
    (r"\b(?:(?:use|add|with|make|put|fill|have|want|give|show) )?(?:<O> )?(?:with |on |the |a |in )*(?:blurr?(?:ed|y) (?:the )?(?:backgrounds?|bg|backdrops?|fill|padding|sides?|bars?|borders?|edges?)|blur (?:the )?(?:sides?|bars?|borders?|edges?))(?: (?:for|on|behind|around|to|in) (?:<O>))?(?: instead(?: of (?:the )?black(?: bars| borders)?)?)?", _fit("blur")),
    (r"\b(?:fill|replace)(?: (?:up|in))? (?:the )?(?:sides?|black bars?|bars?|black borders?|edges?|rest|empty (?:space|area)s?) with (?:a )?blur(?:red)?(?: (?:background|version|copy))?", _fit("blur")),
    (r"\bblur(?:red)?(?: background)? instead of (?:the )?black(?: bars| borders| edges)?", _fit("blur")),
    (r"(?:把|将|给)?_(?:<O>)?_(?:的)?(?:用|加上?|改成|换成)?_(?:高斯)?模糊(?:的)?(?:背景|边框|黑边|两边|两侧|填充|底)", _fit("blur")),
    (r"(?:把|将|给)?_(?:<O>)?_(?:的)?(?:背景|黑边|两边|两侧|边框|上下)(?:用|加上?|做|改成|换成)?_(?:高斯)?模糊(?:填充|处理)?", _fit("blur")),
    (r"\b(?:don'?t|do not|no|stop) crop(?:ping)?(?: of)? <L>", _fit("contain", one=True)),
    (r"\b(?:show|display|see) (?:all of|the (?:whole|entire|full)) <L>|\bfit <L>(?: (?:in|into|to|inside|within) (?:the )?(?:frame|screen|picture))?", _fit("contain", one=True)),
    (r"\bfill (?:the )?(?:frame|screen|picture) with <L>|\bcrop <L> to fill(?: the (?:frame|screen))?", _fit("cover", one=True)),
    (r"<L>_(?:完整显示|不要裁剪|完整展示|全部显示)", _fit("contain", one=True)),
    (r"<L>_(?:填满|铺满|撑满)(?:画面|屏幕)?", _fit("cover", one=True)),
    # Looks
    (rf"\b{_NO} {_FILTERS}(?: (?:on|from|of|for|to) <O>)?(?! (?:title|text|music))", _plain),
    (rf"\b(?:(?:make|show|put|turn|set|bring|give|use|change|go|reset) )?(?:<O> )?(?:to |in |back |into |have |the |with |be |look )*(?:{_PLAIN})(?: again)?(?: (?:on|for|of|to) <O>)?", _plain),
    (rf"\b(?:(?:make|turn|put|set|give|render|have|convert|change|want|show|play|do|let|get|need|leave|keep|switch|display) )(?:<O>)(?: (?:to|into|in|a|an|the|look|be|appear|with|go|nice|it|some|little|bit))* {_MUCH}(?P<look>{_LOOK}|{_STEP})(?: by <N>)?{_NOUN}(?! (?:title|text|music|caption|font|letter))", _look),
    (rf"\b(?:(?:add|apply|use|put|give|with|want|try|set|need) )?(?:it |me |us )?(?:a|an|the|some)? ?{_MUCH}(?P<look>{_LOOK}|{_STEP})(?: (?:by|to) <N>)?{_NOUN[:-1]}+(?: (?:to|on|for|over) <O>)?(?! (?:title|text|music|caption))", _look),
    (r"\b(?P<look>warm up|cool (?:down|off)) (?:the )?(?:colou?rs?|tones?|look|<O>)(?: (?:a (?:bit|little)|slightly))?", _look),
    (rf"\b(?P<look>{_LOOK}) (?:for|on|over) <O>(?: only)?", _look),
    (rf"\b(?:add|give|with|use|need|want|put)(?: (?:it|us|me|<O>))?(?: (?:a|an|some|the))?(?: {_MUCH}| )(?P<look>{_STEP})(?: (?:to|on|for) <O>)?", _look),
    (rf"\b(?P<look>{_STEP}) (?:of |on |in |for )?<O>(?: by <N>| a (?:bit|little)| slightly)?", _look),
    (rf"(?:^|[,;.!，；。、\ufffb]|\b(?:and|but|also|then)\b)_{_MUCH}(?P<look>{_LOOK}|{_STEP})(?: by <N>)?{_NOUN}(?: (?:please|thanks|everywhere|a bit|a little|too))?(?=_(?:$|[,;.!，；。、\ufffb]|and\b|but\b))", _look),
    (rf"\b(?P<look>{_STEP})(?: by)? <N>", _look),
    (rf"\b(?:apply|add|use) (?:a |an |the |some )?(?P<look>{_LOOK})(?: (?:to|on|for) <O>)?", _look),
    (rf"<O>(?:'s)? (?:is|are|looks?|should be|in) {_MUCH}(?:too )?(?P<look>{_LOOK}|{_STEP})(?! (?:title|text|music))", _look),
    (r"(?:把|将|给|让)?_(?:<O>)?_(?:的)?_(?:去掉|取消|删除|移除|不要|关掉|恢复|还原|改回|变回)_(?:成)?(?:滤镜|黑白|复古|特效|调色|原色|原来的?颜色|正常颜色|彩色|原始颜色)(?:效果|滤镜)?", _plain),
    (rf"(?:把|将|给|让)?_(?:<O>)?_(?:的)?(?:画面|颜色|色调|整体|亮度)?_(?:都|全部)?_(?:变成|变为|改成|改为|调成|换成|做成|设为|变得?|用|加上?|加个|加一个|添加|套用|应用|来个|要|调|弄|弄成|处理成)?_(?:更|稍微|一点|偏)?_(?P<look>{in_chinese(_LOOK)}|{in_chinese(_STEP)})(?:的)?(?:一?[点些])?(?:滤镜|效果|色调|风格|调子|色|感|质感)*(?!_(?:标题|文字|字幕|音乐))", _look),
]  # fmt: skip
"""Templates (:mod:`~nemo_widgets.studio.agent.grammar`) and what reads what they find, in the order in which they are tried."""

COMPILED = [(pattern(template), reader) for template, reader in RULES]
