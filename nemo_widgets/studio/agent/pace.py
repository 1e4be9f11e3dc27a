"""Speed, in what people say: faster, half as fast, slow motion, the usual speed again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.grammar import Change, Found, pattern

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.grammar import Reader

FASTER, SLOWER, SLOW_MOTION, FAST_FORWARD, TIME_LAPSE = 1.5, 0.75, 0.5, 2.0, 4.0
_WHAT = r"(?:<O>|<P>)"
_ON = r"(?: (?:for|on|of|to|in|from) (?:<O>|<P>)| <P>)?"
_SLOW = r"slow|慢|减速|降速"
_PERCENT = r"%|％|per ?cent|百分之"
_OF_USUAL = r"as (?:fast|quick|slow)|(?<=.)\bspeed\b|\b(?:to|at)\b|[到至为成]"
_SAY = r"(?:_,?_(?:(?:like|say|maybe|about|around|by|perhaps) )*<F>(?: (?:faster|quicker|snappier|slower))?)?"
_ALL_ZH = r"整体|整个|全部|全程|全片"
_NOT_LONG = r"(?! (?:as )?(?:long|the length|longer|bigger|large|loud|the size|the volume))"
_PLAY = r"(?:play|run|show|make|set|put|have|do|use|want|turn|render|go|watch)"


def _to(found: Found) -> Change | None:
    """Another speed, whatever it is now."""
    if (ratio := _compared(found)) is not None:
        return _change(found, ratio, by=True)
    factor = found.factor()
    if re.search(r"slower|as slow|slow(?:ed)? down", found.text) and factor and factor > 1:
        factor = 1 / factor
    return _change(found, factor, by=False)


def _compared(found: Found) -> float | None:
    """Return the ratio to now that a share with a word of comparison is: "10 % faster" is 1.1 times as fast."""
    factor = found.factor()
    if not factor or not re.search(_PERCENT, found.text) or re.search(_OF_USUAL, found.text):
        return None
    if factor >= 1 and not re.search(r"\bby\b|faster|quicker|snappier|slower", found.text):
        return None  # "Speed up 150 %" is that speed.
    if re.search(_SLOW, found.text):
        return 1 - factor if factor < 1 else 1 / (1 + factor)
    return 1 + factor


def _faster(found: Found) -> Change | None:
    """So much faster or slower than now."""
    slow = re.search(_SLOW, found.text) is not None
    factor = found.factor()
    if factor is None:
        forward = re.search(r"fast[ -]?forward|快进", found.text)
        return _change(found, SLOWER if slow else (FAST_FORWARD if forward else FASTER), by=True)
    if re.search(r"[快慢速高加放低]了?\s*一倍", found.text):
        factor = 0.5 if slow else 2.0
    elif (ratio := _compared(found)) is not None:
        factor = ratio
    elif (slow and factor > 1) or (not slow and factor < 1):
        factor = 1 / factor
    # "Slow down to 0.5x" is a speed, "slow down 2x" a change of it.
    return _change(found, factor, by=re.search(r"\b(?:to|at)\b|到|至", found.text) is None)


def _slow_motion(found: Found) -> Change | None:
    return _change(found, found.factor() or SLOW_MOTION, by=False)


def _fast_forward(found: Found) -> Change | None:
    lapse = re.search(r"laps|延时", found.text)
    return _change(found, found.factor() or (TIME_LAPSE if lapse else FAST_FORWARD), by=False)


def _usual(found: Found) -> Change | None:
    return _change(found, 1.0, by=False)


def _change(found: Found, factor: float | None, *, by: bool) -> Change | None:
    if not factor:
        return None
    return Change("speed", found.picks(), part=found.part(), facts={"factor": factor, "by": by})


def _one_to(found: Found) -> Change | None:
    """Read “Walkthrough at double speed”, of certain clips."""
    change = _to(found)
    return change if change and change.definite else None


RULES: list[tuple[str, Reader]] = [
    (
        r"(?:^_|[,;.]_(?:and )?|\band )<L> (?:plays? |runs? |goes? )?(?:at |in )<F> (?:the )?(?:normal |usual )?speed",
        _one_to,
    ),
    (r"<L> (?:should |must |shall |could |can )(?:play|run|go|be|move) <F> as fast", _to),
    (r"<L> (?:should |must |shall |could |can )(?:play|run|go|be|move) <F> (?:faster|slower|quicker)", _faster),
    (r"^_(?P<f1>\d+(?:\.\d+)?[ -]?x|x[ -]?\d+(?:\.\d+)?)_[.!]*_$", _to),
    (
        (
            rf"\b(?:speed|hurry) (?:up {_WHAT}|{_WHAT} up|up)(?: (?:by|to|at|a))*(?: (?:a )?factor of)?(?: <F>)?"
            rf"(?: (?:as )?(?:fast|speed|faster))?{_ON}"
        ),
        _faster,
    ),
    (
        (
            rf"\bslow (?:down {_WHAT}|{_WHAT} down|down|{_WHAT})(?: (?:by|to|at|a))*(?: (?:a )?factor of)?(?:"
            rf" <F>)?(?: (?:the )?speed)?{_ON}"
        ),
        _faster,
    ),
    (r"\b(?:fast[- ]?forward|fast motion)(?: (?:through )?(?:<O>|<P>))?(?: (?:at|by) <F>)?", _fast_forward),
    (r"\b(?:make <O> (?:into )?|turn <O> into |do )?(?:a )?time[- ]?lapse(?: (?:of |it\b)?(?:<O>)?)?", _fast_forward),
    (
        (
            r"(?<![a-z])(?:(?:play|show|make|put|turn|use|add|apply|do|want|have|render|give|set) )?(?:<O> |<P> )?(?:in"
            r"(?:to)? |to |a )*(?:slow[- ]?mo(?:tion)?|slowmo)\b(?: (?:effect|mode))?(?: (?:on|to|for|of|in|from)"
            r" (?:<O>|<P>))?(?: <P>)?"
        ),
        _slow_motion,
    ),
    (
        (
            rf"\b(?:set|change|put|turn|make) (?:the )?(?:playback |video )?speed(?: (?:of|on|for) {_WHAT})? (?:to"
            rf"|=|at|as)_<F>"
        ),
        _to,
    ),
    (
        (
            rf"\b(?:set|change|put|turn) {_WHAT}(?:'s)? (?:speed )?to <F>(?: (?:the )?(?:normal |original"
            rf" )?speed)?{{not_long}}"
        ),
        _to,
    ),
    (
        (
            rf"\b(?:{_PLAY} )?{_WHAT} (?:to |at |in |goe?s? |runs? |plays? |into |on |be )*<F> (?:the )?(?:as fast|as"
            rf" quick(?:ly)?|faster|quicker|slower|as slow(?:ly)?|(?:the )?(?:original |normal |regular |usual"
            rf" )?speed)"
        ),
        _to,
    ),
    (
        (
            rf"\b(?:{_PLAY} )?{_WHAT} (?:to |at |in |go |run |play |into |on )*(?P<f1>\d+(?:\.\d+)?[ -]?x|x["
            rf" -]?\d+(?:\.\d+)?)(?=_(?:$|[.,;!]|and\b|please))"
        ),
        _to,
    ),
    (rf"\b(?P<f1>double|halve|triple|quadruple) (?:the )?(?:playback )?speed{_ON}", _to),
    (r"\b(?:the )?speed(?: of <O>)?(?: (?:to|at|should be|=))? <F>", _to),
    (rf"(?:\bat |\bin )?<F> (?:the )?(?:normal |original |playback )?speed{_ON}", _to),
    (
        (
            r"\b(?:normal|original|regular|real|usual|default)(?: playback)? speed(?: (?:again|please))?(?: "
            r"(?:for|on|of) <O>)?"
        ),
        _usual,
    ),
    (
        (
            rf"\bmake {_WHAT} (?:go |play |run |move |all )*(?:a (?:bit|little|lot|tad|touch) |slightly |much |way )?"
            rf"(?:faster|quicker|snappier|slower){_SAY}"
        ),
        _faster,
    ),
    (
        (
            rf"(?:^_|[,;.!]_|\b(?:and|but|then) )(?:(?:just|maybe|please) )*(?:a (?:bit|little|tad|touch) |slightly "
            rf"|<F> )(?:faster|quicker|snappier|slower){_SAY}(?: please)?(?=_(?:$|[,;.!]|and\b|but\b))"
        ),
        _faster,
    ),
    (
        r"(?:<O>) (?:is|are|feels?|plays?|runs?)(?: a (?:bit|little)| much| way)? too (?P<d>slow|fast)\b",
        lambda found: _change(found, FASTER if found.word("d") == "slow" else SLOWER, by=True),
    ),
    (
        (
            r"(?:把|将|让|给)?_(?:<O>|<P>|整体|整个|全部|全程|全片)?_(?:的?(?:播放)?速度)?_(?:加快|加速|快放|快进|提速|调快|变快)_(?:到|成"
            r"|为|至|播放)?_(?:<F>)?_(?:速度|速)?(?:播放)?_(?:<O>)?"
        ),
        _faster,
    ),
    (
        (
            r"(?:把|将|让|给)?_(?:<O>|<P>|整体|整个|全部|全程|全片)?_(?:的?(?:播放)?速度)?_(?:放慢|减速|慢放(?!大)|调慢|变慢|降速)_(?:到"
            r"|成|为|至|播放)?_(?:<F>)?_(?:速度|速)?(?:播放)?_(?:<O>)?"
        ),
        _faster,
    ),
    (
        (
            r"(?:把|将|让|给)?_(?:<O>|<P>)?_(?:用|加|变成|改成|做成|以|设为|使用|变)?(?:一个)?_(?:慢动作|慢镜头"
            r"|升格)(?:效果)?(?:播放)?"
        ),
        _slow_motion,
    ),
    (r"(?:慢动作|慢镜头)(?:播放)?_(?:<O>)", _slow_motion),
    (
        (
            r"(?:把|将|让|给)?_(?:<O>|<P>)?_(?:恢复|用|以|改回|回到|变回)?(?:成)?(?:正常|原来的?|原始|普通|原)"
            r"(?:播放)?速度?(?:播放)?(?<=速|度|放)"
        ),
        _usual,
    ),
    (
        (
            r"(?:把|将|让|给)?_(?:<O>|<P>)?_的?(?:播放)?(?:速度)?_(?:用|以|改成|改为|设为|设成|调成|调到|调为"
            r"|变成|变为|为|是|按|成)?_<F>_(?:速度?|的速度)_(?:播放|快放|快进)?(?:_<O>)?"
        ),
        _to,
    ),
    (
        (
            rf"(?:把|将|让)?_(?:<O>|<P>|{_ALL_ZH})_(?:都|再|要|播放得?|稍微|可以)*(?:加|放|调|变)?(?:快|慢)"
            rf"(?:_(?P<f1>(?:百分之|\d)[^，。,]{{0,6}}|[一两三四五]倍)|一?[点些]|速)(?!_的)"
        ),
        _faster,
    ),
    (r"(?:把|将|让)?_(?:<O>)_的?(?:播放)?速度_(?:调到|改成|改为|设为|调成|变成|是|用|到)_<F>", _to),
    (
        r"(?:<O>)_(?:播放得?)?太(?P<d>慢|快)了?",
        lambda found: _change(found, FASTER if found.word("d") == "慢" else SLOWER, by=True),
    ),
]
"""Templates (:mod:`~nemo_widgets.studio.agent.grammar`) and what reads what they find, in the order of trying."""

COMPILED = [(pattern(template, not_long=_NOT_LONG), reader) for template, reader in RULES]
