"""Looks in what people say: black and white, warm, brighter, the usual colours again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.grammar import Change, Found, in_chinese, pattern

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.grammar import Reader

_LOOKS = {
    "black-and-white": (
        r"black[- ]?(?:and|&|n|'?n'?|/)?[- ]?white|b_(?:&|/|and|n)_w\b|b/w|\bbw\b|monochrome|gr[ae]y[-"
        r" ]?scale|黑白"
    ),
    "sepia": r"sepia(?:[- ]toned?)?|棕褐色?|泛黄|老照片",
    "vintage": r"vintage|retro|old[- ]?(?:film|school|timey|fashioned)|nostalgic|复古|怀旧|胶片",
    "warm": r"warm(?:er|ish)?(?: up)?|golden hour|暖色调?|暖调|温暖|暖一?[点些]|暖",
    "cool": (
        r"cool(?:er)|cool (?:down|off)|cool(?= (?:look|tone|colou?r|filter|tint|grade|blue))|cold(?:er)?|blue"
        r"(?:ish)? (?=tint|tone|look)|冷色调?|冷调|冷一?[点些]"
    ),
    "vivid": r"vivid|vibrant|colou?rful|punch(?:y|ier)|鲜艳|鲜亮|艳丽|色彩丰富",
}
_LOOK = "|".join(_LOOKS.values())
_STEPS: tuple[tuple[str, float, str], ...] = (
    (
        "brightness",
        0.15,
        (
            r"bright(?:er|en(?: up)?)|lighter|lighten(?: up)?|(?:more|increase(?: the)?|raise(?: the)?|add|up the"
            r"|boost(?: the)?|turn up(?: the)?) brightness|brightness up|too dark|调亮|变亮|提亮|亮一?[点些]|太暗"
            r"|提高亮度|增加亮度|亮度(?:调高|提高|加大|高一?[点些])"
        ),
    ),
    (
        "brightness",
        -0.15,
        (
            r"dark(?:er|en)|dimm?(?:er)?|(?:less|decrease(?: the)?|lower(?: the)?|reduce(?: the)?|turn down(?:"
            r" the)?) brightness|too bright|brightness down|调暗|变暗|暗一?[点些]|太亮|降低亮度|亮度(?:调低|降低"
            r"|低一?[点些])"
        ),
    ),
    (
        "contrast",
        1.2,
        (
            r"(?:more|higher|increase(?: the)?|raise(?: the)?|add(?: some)?|boost(?: the)?|up the) contrast"
            r"|contrast(?:ier| up)|(?:提高|增加|加大|增强|加一?点)对比度?|对比度?(?:调高|提高|加大|高一?[点些]"
            r"|强一?[点些])"
        ),
    ),
    (
        "contrast",
        0.8,
        (
            r"(?:less|lower|decrease(?: the)?|reduce(?: the)?|softer) contrast|contrast down|降低对比度?|对比度?"
            r"(?:调低|降低|低一?[点些])"
        ),
    ),
    (
        "saturation",
        1.3,
        (
            r"(?:more|higher|increase(?: the)?|raise(?: the)?|add(?: some)?|boost(?: the)?|up the) (?:saturation"
            r"|saturated|colou?rs?)|saturate|(?:提高|增加|加大|增强|加一?点)饱和度?|饱和度?(?:调高|提高|加大|高一?[点些])"
        ),
    ),
    (
        "saturation",
        0.7,
        (
            r"(?:less|lower|decrease(?: the)?|reduce(?: the)?) (?:saturation|saturated|colou?rs?)|desaturated?"
            r"|muted colou?rs|降低饱和度?|饱和度?(?:调低|降低|低一?[点些])"
        ),
    ),
)
_STEP = "|".join(words for _, _, words in _STEPS)
_MUCH = r"(?:a (?:bit|little|touch|tad|lot) |slightly |much |way |more |some |very |really |all |kind of |sort of )*"
_NOUN = r"(?: (?:filter|look|effect|style|tone|tones|grade|grading|tint|colou?rs?|version|mode|vibe|feel|preset))*"
_PLAIN = r"(?:normal|original|natural|true|real|regular) (?:colou?rs?|look|picture)|(?:in|back to) (?:full )?colou?r"
_NO = r"(?:no|remove|without|delete|drop|undo|reset|clear|turn off|take off|get rid of)"
_FILTERS = (
    r"(?:the |any |all )*(?:filters?|looks?|effects?|colou?r (?:grading|grade|effects?)|black and white"
    r"|b&w|sepia|vintage(?: look)?|warm look|cool look)"
)
_LOOK_WORDS = {name: pattern(words) for name, words in _LOOKS.items()}
_STEP_WORDS = {str(number): pattern(words) for number, (_, _, words) in enumerate(_STEPS)}


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
    (
        (
            r"<L> (?:should |must |shall |can )?(?:stays?|remains?|be|goes? back|is) (?:to )?(?:in |to )?(?:full |its "
            r"|the )?(?:original )?(?:colou?r|colou?red|colou?rs)\b(?! (?:title|text))(?: though| again)?"
        ),
        _plain,
    ),
    (rf"\b{_NO} {_FILTERS}(?: (?:on|from|of|for|to) <O>)?(?! (?:title|text|music))", _plain),
    (
        (
            rf"\b(?:(?:make|show|put|turn|set|bring|give|use|change|go|reset|leave|keep|have) )?(?:<O> )?"
            r"(?:to |in |back |into "
            rf"|have |the |with |be |look )*(?:{_PLAIN})(?: again)?(?: (?:on|for|of|to) <O>)?"
        ),
        _plain,
    ),
    (
        (
            rf"\b(?:(?:make|turn|put|set|give|render|have|convert|change|want|show|play|do|let|get|need|leave|keep"
            rf"|switch|display) )(?:<O>)(?: (?:to|into|in|a|an|the|look|be|appear|with|go|nice|it|some|little"
            rf"|bit))* {_MUCH}(?P<look>{_LOOK}|{_STEP})(?: by <N>)?{_NOUN}(?! (?:title|text|music|caption|font"
            rf"|letter))"
        ),
        _look,
    ),
    (
        (
            rf"\b(?:(?:add|apply|use|put|give|with|want|try|set|need) )?(?:it |me |us )?(?:a|an|the|some)?"
            rf" ?{_MUCH}(?P<look>{_LOOK}|{_STEP})(?: (?:by|to) <N>)?{_NOUN[:-1]}+(?: (?:to|on|for|over) <O>)?(?! "
            rf"(?:title|text|music|caption))"
        ),
        _look,
    ),
    (
        (
            r"\b(?P<look>warm up|cool (?:down|off)) (?:the )?(?:colou?rs?|tones?|look|<O>)(?: (?:a (?:bit|little)"
            r"|slightly))?"
        ),
        _look,
    ),
    (rf"\b(?P<look>{_LOOK}) (?:for|on|over) <O>(?: only)?", _look),
    (
        (
            rf"(?:^_|[,;.!]_|\band |\bonly |\bjust )<L>_[:,]?_(?:both |each |in )*{_MUCH}(?P<look>{_LOOK}|{_STEP})"
            r"(?: please)?(?=_(?:$|[.,;!]|and ))"
        ),
        _look,
    ),
    (
        (
            rf"\b(?:add|give|with|use|need|want|put)(?: (?:it|us|me|<O>))?(?: (?:a|an|some|the))?(?: {_MUCH}| )"
            rf"(?P<look>{_STEP})(?: (?:to|on|for) <O>)?"
        ),
        _look,
    ),
    (rf"\b(?P<look>{_STEP}) (?:of |on |in |for )?<O>(?: by <N>| a (?:bit|little)| slightly)?", _look),
    (
        (
            rf"(?:^|[,;.!，；。、\ufffb]|\b(?:and|but|also|then)\b)_{_MUCH}(?P<look>{_LOOK}|{_STEP})(?: by"
            rf" <N>)?{_NOUN}(?: (?:please|thanks|everywhere|a bit|a little|too))?(?=_(?:$|[,;.!，；。、\ufffb]"
            rf"|and\b|but\b))"
        ),
        _look,
    ),
    (rf"\b(?P<look>{_STEP})(?: by)? <N>", _look),
    (rf"\b(?:apply|add|use) (?:a |an |the |some )?(?P<look>{_LOOK})(?: (?:to|on|for) <O>)?", _look),
    (
        (
            rf"<O>(?:'s)? (?:is|are|looks?|(?:should|shall|must) (?:be|look)(?: in)?|in) {_MUCH}"
            rf"(?:too )?(?P<look>{_LOOK}|{_STEP})(?! (?:title"
            rf"|text|music))"
        ),
        _look,
    ),
    (
        (
            r"(?:把|将|给|让)?_(?:<O>)?_(?:的)?_(?:去掉|取消|删除|移除|不要|关掉|恢复|还原|改回|变回|保持|保留)_(?:成)?"
            r"(?:滤镜|黑白|复古|特效|调色|原色|原来的?颜色|正常颜色|彩色|原始颜色)(?:效果|滤镜)?"
        ),
        _plain,
    ),
    (
        (
            rf"(?:把|将|给|让)?_(?:<O>)?_(?:的)?(?:画面|颜色|色调|整体|亮度)?_(?:都|全部)?_(?:变成|变为|改成|改为"
            rf"|调成|换成|做成|设为|变得?|用|加上?|加个|加一个|添加|套用|应用|来个|要|调|弄|弄成|处理成)?_(?:更"
            rf"|稍微|一点|偏)?_(?P<look>{in_chinese(_LOOK)}|{in_chinese(_STEP)})(?:的)?(?:一?[点些])?(?:滤镜|效果"
            rf"|色调|风格|调子|色|感|质感)*(?!_(?:标题|文字|字幕|音乐))"
        ),
        _look,
    ),
]
"""Templates (:mod:`~nemo_widgets.studio.agent.grammar`) and what reads what they find, in the order of trying."""

COMPILED = [(pattern(template), reader) for template, reader in RULES]
