"""Orders about time, in what people say: keep, cut, split, freeze."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.clock import Part
from nemo_widgets.studio.agent.grammar import Change, Found, pattern
from nemo_widgets.studio.agent.lasting import LONG, length
from nemo_widgets.studio.agent.quantities import chinese_number

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.grammar import Reader

_OFF = (
    r"cut|remove|delete|drop|skip|chop|snip|lose|erase|get rid of|take out|take|cut out|edit out|leave"
    r" out|trim|ditch|shave|kill|clip|scrap"
)
_EDGE = r"(?:very )?(?P<e>end|ending|start|beginning|front|back|tail|head|both ends|both sides|each end|either end)"
_OF = r"(?: (?:of|from|in|off) <O>|_的)?(?! (?:of|from|in) )"
_PS = r"<P>(?:_(?:and|,|, and|和|、|以及)_<P>)?(?:_(?:and|,|, and|和|、|以及)_<P>)?"
_BIT = (
    r"(?: (?:the )?(?:ending|end|start|beginning|intro|outro)_,?_(?:like|i mean|say|about|so|maybe)?)?"
    r"(?: (?:the|that|this|my))?(?: (?:boring|ugly|shaky|bad|whole|entire|unnecessary|useless|awkward|silly|dumb))?"
    r"(?: (?:part|bit|section|piece|stretch|segment|stuff|footage)"
    r"(?: (?:where|when) (?:\w+ ){1,3}?(?:starts?|begins?|is|talks?|speaks?|says? \w+)(?: (?:at|from|in))?)?)?"
)
_CUT_ZH = r"剪掉|去掉|删掉|删除|删去|减掉|砍掉|裁掉|切掉|剪去|去除|移除|跳过|剪了|删了|不要"
_SPLIT_ZH = r"切开|分割开?|拆分|剪开|断开|切一刀|剪一刀|分开|切割|切断|分成两段|切成两段|拆成两段"
_COUNT = r"two|three|four|five|six|[2-9](?![\d.:])"
_COUNT_ZH = r"[两二三四五六七八九2-9]"
_MOST_PARTS = 9
_FRAME = r"frame|picture|image|shot|moment|screen"
_FRAME_ZH = r"一?(?:帧|个?画面|个?镜头|格)"
_FREEZE_ZH = r"定格|冻结|停住|静止|停格|定住|停留|停在"


def count_of(words: str) -> int:
    """Return how many some words say.

    Examples
    --------
    >>> count_of("three"), count_of("两"), count_of("4")
    (3, 2, 4)
    """
    names = ("two", "three", "four", "five", "six")
    return names.index(words) + 2 if words in names else int(chinese_number(words))


def _stretches(verb: str, found: Found) -> Change | None:
    parts = found.parts()
    facts = {"parts": parts} if len(parts) > 1 else {}
    return Change(verb, found.picks(), part=parts[0], facts=facts) if parts else None


def _keep(found: Found) -> Change | None:
    return _stretches("keep", found)


def _cut(found: Found) -> Change | None:
    return _stretches("cut", found)


def _trim(found: Found) -> Change | None:
    """Read “Trim it from 0:05 to 0:10”, "cut it to the first 3 seconds": that is left; "trim the first 3" is cut."""
    parts = found.parts()
    leaves = parts and (parts[0].between or re.search(r"\b(?:to|down|only|just)\b", found.text))
    return _stretches("keep" if leaves else "cut", found)


def _edge(found: Found) -> Change | None:
    time = found.time()
    if not time:
        return None
    edge = found.word("e") or "end"
    if edge in ("both ends", "both sides", "each end", "either end"):
        return Change("cut", found.picks(), facts={"ends": time})
    front = edge in ("start", "beginning", "front", "head", "开头", "前面", "头部", "头", "最前面")
    return Change("cut", found.picks(), part=Part(0, time) if front else Part(time, of="end"))


def _until(found: Found) -> Change | None:
    time = found.time()
    return Change("keep", found.picks(), part=Part(0, time)) if time else None


def _since(found: Found) -> Change | None:
    time = found.time()
    return Change("cut", found.picks(), part=Part(0, time)) if time else None


def _since_its(found: Found) -> Change | None:
    """Read “Make the clip start at second 4”: what is before is cut off; a photo has no fourth second."""
    return None if any(pick.kind == "image" for pick in found.picks()) else _since(found)


def _from_then_on(found: Found) -> Change | None:
    """Read “采访从第4秒开始”: that stretch goes on to the end."""
    part = found.part()
    onwards = part is not None and part.of == "start" and bool(part.start) and part.end is None
    still = any(pick.kind == "image" for pick in found.picks())
    return Change("keep", found.picks(), part=part) if onwards and not still else None


def _to(found: Found) -> Change | None:
    """Read “Trim to 10 seconds”: one clip is seen for so long, of the whole the rest is cut off."""
    time = found.time()
    if not time:
        return None
    return length(found) if found.picks() else Change("keep", part=Part(0, time))


def _by(found: Found) -> Change | None:
    time = found.time()
    if not time:
        return None
    longer = "extend" in found.text or "lengthen" in found.text
    if found.picks():
        return Change("length", found.picks(), facts={"by": time if longer else -time})
    return None if longer else Change("cut", part=Part(time, of="end"))


def _split(found: Found) -> Change | None:
    times = [time for number in range(1, 9) if (time := found.time(number))]
    return Change("split", found.picks(), facts={"at": times}) if times else None


def _parts(found: Found) -> Change | None:
    """Read “Cut it into three parts”: so many equal ones."""
    count = count_of(found.word("n") or "two")
    return Change("split", found.picks(), facts={"parts": count}) if 1 < count <= _MOST_PARTS else None


def _freeze(found: Found) -> Change | None:
    times = [time for number in (1, 2) if (time := found.time(number)) is not None]
    which = found.word("e") or ""
    first = which in ("first", "opening", "第一", "首", "开头")
    facts = {"for": times[-1] if times else None, "at": None, "first": first}
    if found.word("at"):
        facts |= {"at": times[0] if times else None, "for": times[1] if len(times) > 1 else None}
    return Change("freeze", found.picks(), facts=facts)


_AT_ITS = r"(?:only )?(?:at|from|with)(?: (?:its|the))?"
_SHOULD = r"(?:should |must |shall |has to |to )?(?:only )?"
_NO_PLACE = r"(?! (?:of|into|in|on) )"

RULES: list[tuple[str, Reader]] = [
    # Leave only
    (
        (
            r"<PS>_[,，;]?_(?:and |then )?(?:(?:delete|remove|cut|drop|lose|discard|not) (?:all )?(?:the rest"
            r"|everything else|all else|the others)|(?:其他|其余|剩下|别)的?(?:都|全部|部分)?(?:不要|删掉|去掉"
            r"|剪掉|删除))(?:了)?"
        ),
        _keep,
    ),
    (
        (
            r"\b(?:trim|crop|cut|clip|shorten) <O> (?:down )?(?:to )?(?:only |just )?<P>(?: only)?(?! (?:of|from"
            r"|in) )"
        ),
        _trim,
    ),
    (rf"\b(?:trim|cut|crop|clip|shorten|reduce)(?: <O>)? (?:down )?to (?:only |just )?<PS>{_OF}", _keep),
    (rf"\b(?:only|just)(?: (?:keep|use|show|take|want|play|leave|need|include|have))?{_BIT} <PS>{_OF}", _keep),
    (rf"\b(?:keep|use|retain|take|leave)(?: only| just)?{_BIT} <PS>{_OF}(?: only)?", _keep),
    (rf"\b(?:show|play|include|want|need|give me) (?:only|just) <PS>{_OF}", _keep),
    (r"\b(?:show|play|include) <P> (?:of|from) <L>", _keep),
    (r"\b(?:leave|keep|show|use|play|take|include)(?: only| just)? <T> (?:of|from) <L>", length),
    (rf"<PS>{_OF} only\b", _keep),
    (r"\b(?:from|of|for|in) <L>_,? (?:only |just )?(?:keep|use|take|show|want|i want|play) (?:only |just )?<P>", _keep),
    (r"\b(?:use|show|take|keep|play)(?: only| just)? <L>_,? (?:only |just )?<P>", _keep),
    (r"<L>_[:,]? (?:only|just) <P>", _keep),
    (
        (
            r"\b(?:trim|shorten|crop|reduce|cut|limit) <L> (?:down )?(?:to|so (?:that )?it(?:'s| is| lasts)) "
            r"(?:be )?(?:only |just )?<T>{long}"
        ),
        length,
    ),
    (r"\btrim(?: <W>)? (?:down )?to (?:only |just )?<T>", _to),
    (r"(?:\b(?:end|stop|finish) <O>|^_(?:end|stop|finish)) (?:at|after) <T>", _until),
    (r"(?:\b(?:start|begin) <O>|^_(?:start|begin)) (?:at|from) <T>", _since),
    (
        rf"(?:\b(?:make|let|have) )?<O> {_SHOULD}(?:start|begin)s? {_AT_ITS} <T>{_NO_PLACE}",
        _since_its,
    ),
    (
        rf"(?:\b(?:make|let|have) )?<O> {_SHOULD}(?:end|stop|finish)(?:s|es)? {_AT_ITS} <T>{_NO_PLACE}",
        _until,
    ),
    (r"(?:让|把|将)?_<L>_(?:要|请|就)?<P>_(?:播放?|放|显示)?(?=_(?:$|[，。,.！]))", _from_then_on),
    (
        (
            r"(?:把|将)?(?:<O>_的?_)?(?:请|就)?(?:只|仅)(?:要|留下?|用|保留|取|播放|播|显示|使用|截取|剪)?_"
            r"(?:<L>_的?_)?<PS>"
        ),
        _keep,
    ),
    (r"(?:把|将)?(?:<O>_的?_)?(?:保留|截取|剪取|留下)_(?:<O>_的?_)?<PS>", _keep),
    (r"(?:把|将|让)?_<L>_(?:剪成|剪到|裁成|裁到|剪辑成|剪辑到|截成|截到|缩短到|剪短到)_(?:只剩|只有|只留)?_<P>", _keep),
    (r"(?:把|将|让)?_<L>_的?(?:时长|时间|长度)?_(?:剪到|裁到|裁剪到|剪辑到|截到|缩到|缩短到)_(?:只剩)?<T>", length),
    (rf"(?:把|将)?_<L>_的?_(?:{_CUT_ZH})_<P>", _cut),
    (r"(?:把|将)?(?:<W>)?_(?:剪到|裁到|裁剪到|剪辑到|截到)_(?:只剩)?<T>", _to),
    # Take off
    (rf"\b(?:{_OFF})(?: off| out| away)? <T> (?:off|from|of|at)(?: of)? (?:the )?{_EDGE}(?: (?:of|from) <O>)?", _edge),
    (rf"\b(?:{_OFF}) <T> (?:off|from) <O>(?:(?:'s)? {_EDGE})?", _edge),
    (rf"\b(?:trim|cut|shorten)(?: off)? (?:the )?{_EDGE}(?: (?:of|off) <O>)? by <T>", _edge),
    (rf"<T> (?:off|from) (?:the )?{_EDGE}(?: (?:of|from) <O>)?", _edge),
    (rf"\b(?:{_OFF})(?: off| out| away)?(?: <W>)?{_BIT} <PS>{_OF}(?: (?:off|out|away))?", _cut),
    (r"\b(?:remove|delete|drop) <L> <P>", _cut),
    (rf"\b(?:don'?t|do not) (?:show|use|want|need|include|keep){_BIT} <PS>{_OF}", _cut),
    (rf"\bwithout <PS>{_OF}", _cut),
    (r"\b(?:trim|cut|shorten|extend|lengthen) <O> by <T>", _by),
    (
        (
            r"(?:把|将)?(?:<O>_的?_)?(?P<e>结尾|末尾|开头|最后面?|前面|后面|尾部|头部|头|尾|最前面)_(?:剪掉|去掉"
            r"|减去|剪去|裁掉|删除|删掉|剪|减|砍)_<T>"
        ),
        _edge,
    ),
    (rf"(?:{_CUT_ZH})_(?:<O>_的?_)?<PS>", _cut),
    (
        (
            rf"(?:把|将)?_(?:<O>_的?_)?<PS>(?:_的?(?:内容|部分|画面|片段))?_(?:都|全部|给我|帮我|也|就)*_"
            rf"(?:{_CUT_ZH})(?:了|吧)?(?!_的?(?:音乐|配乐|背景|声|原声|字幕|标题|文字|转场|任何))"
        ),
        _cut,
    ),
    # Split
    (r"\b(?:split|slice|divide|break|cut) <L> (?:in(?:to)? (?:two |half )?)?(?:at|after|on) <T>", _split),
    (
        (
            r"\b(?:split|slice|divide|break|cut)(?: <W>)?(?: in(?:to)? (?:two|half))? (?:at|on) (?:the )?<T>(?:_"
            r"(?:,|and|, and)_(?:at )?<T>)?(?:_(?:,|and|, and)_(?:at )?<T>)?(?: of <O>)?"
        ),
        _split,
    ),
    (
        (
            rf"\b(?:split|slice|divide|break|cut|chop) (?:up )?<O> (?:up )?(?:in|into) (?:half|halves"
            rf"|(?P<n>{_COUNT})(?: (?:equal )?(?:parts|pieces|halves|clips|sections|segments|bits"
            r"|chunks|thirds))?)(?! s)"
        ),
        _parts,
    ),
    (r"\b(?:add|make|put|insert|do) (?:a )?(?:cut|split) (?:at|on) <T>", _split),
    (rf"(?:把|将)?(?:<O>_的?_)?(?:在|从)?_<T>_(?:把|将)?(?:<O>)?_(?:{_SPLIT_ZH})", _split),
    (rf"(?:把|将)?(?:<O>)_(?:在|从)_<T>_(?:{_SPLIT_ZH})", _split),
    (
        rf"(?:把|将)?(?:<O>|^)_(?:从中间|对半|平均)?_(?:切成|分成|拆成|剪成|切|分)_(?P<n>{_COUNT_ZH})(?:段|半|份|个|部分)",
        _parts,
    ),
    # Freeze
    (
        (
            rf"\b(?:freeze|hold|pause on|still|pause)(?: on)? (?:the )?(?P<e>last|final|first|opening) "
            rf"(?:{_FRAME})(?: (?:of|in) <O>)?(?: (?:for|by) <T>)?"
        ),
        _freeze,
    ),
    (
        (
            r"\b(?:freeze|pause)(?: <O>)?(?: (?:the )?(?:frame|picture|image|screen))? (?P<at>at|on) <T>(?: for"
            r" <T>)?"
        ),
        _freeze,
    ),
    (r"\b(?:add|put|insert|make|do) (?:a )?(?:<T> )?freeze(?:[- ]frame)? (?P<at>at|on) <T>(?: for <T>)?", _freeze),
    (
        (
            r"\b(?:add|put|insert|make|with) (?:a )?(?:<T> )?freeze(?:[- ]frame)?(?: (?:at|on|to) the (?P<e>end"
            r"|start|beginning))?(?: of <O>)?(?: for <T>)?"
        ),
        _freeze,
    ),
    (r"\b(?:freeze|hold) (?:the )?(?P<e>end|ending)(?: of <O>)?(?: for <T>)?", _freeze),
    (r"\bfreeze(?: <O>)?(?: for <T>)", _freeze),
    (rf"(?:把|将|让)?(?:在)?(?:<O>_的?_)?(?P<e>最后|第一|首|末|结尾)的?{_FRAME_ZH}_(?:{_FREEZE_ZH})_(?:<T>)?", _freeze),
    (rf"(?:{_FREEZE_ZH})(?:在)?_(?:<O>_的?_)?(?P<e>最后|第一|首|末)的?{_FRAME_ZH}_(?:<T>)?", _freeze),
    (rf"(?P<at>在|第)?_<T>_(?:的?画面)?(?:{_FREEZE_ZH})_(?:<T>)?", _freeze),
]
"""Templates (:mod:`~nemo_widgets.studio.agent.grammar`) and what reads what they find, in the order of trying."""

COMPILED = [(pattern(template.replace("<PS>", _PS), long=LONG), reader) for template, reader in RULES]
