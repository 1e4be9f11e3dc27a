"""Orders about how long one is seen, in what people say: for so long, so much longer, twice as long, too briefly."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.grammar import Change, Found, pattern
from nemo_widgets.studio.agent.pointing import MARK, Pick

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.grammar import Reader

LONG = r"(?: (?:long|only|instead|in length|in total|now|each|apiece))*"
_BRIEF = 10_000
"""So many ms at most are each photo's in "make the photos 2 seconds"; more might be the whole's."""

_LISTED = pattern("_<L>_[:=-]?_(?:for )?(?:各|每[张段])?_<T>")


def length(found: Found) -> Change | None:
    """Read “Make the first photo 3 seconds”; None where it may be the length of the whole."""
    time = found.time()
    change = Change("length", found.picks(), facts={"to": time})
    each = any(word in found.words for word in ("each", "every", "all ", "both", "apiece", "每", "各", "都"))
    several = bool(time) and time <= _BRIEF and all(pick.kind for pick in change.picks) and bool(change.picks)
    counts = change.definite or several or (each and all(pick.kind == "video" for pick in change.picks))
    return change if time and counts else None


def _listed(found: Found) -> Change | None:
    """Read “Beach 2 seconds, harbour 3 seconds”: a list of nothing else."""
    goes_on = found.match.string[: found.match.start()].rstrip().endswith("\ufffb")  # "Make photo 1 two seconds and …"
    return length(found) if goes_on or _LISTED.match(found.match.string) else None


def _more(found: Found) -> Change | None:
    """Read "Give every photo one second more": each of them is seen for so much longer than now."""
    time = found.time()
    less = re.search(r"\b(?:less|shorter)\b|少|缩短|减", found.text) is not None
    return Change("length", found.picks(), facts={"by": -time if less else time}) if time else None


def _stretch(found: Found) -> Change | None:
    longer = re.search(r"longer|lengthen|extend|too (?:short|quick|fast)|太短|(?<!太)长", found.text) is not None
    time = found.time()
    change = Change(
        "length",
        found.picks(),
        facts={"by": time if longer else -time} if time else {"times": 4 / 3 if longer else 2 / 3},
    )
    flies = re.search(r"\btoo (?:quick|fast)", found.text) and all(pick.kind == "image" for pick in change.picks)
    several = bool(change.picks) and all(pick.count > 1 or pick.kind for pick in change.picks)
    return change if change.definite or flies or (several and not any(pick.single for pick in change.picks)) else None


def _times(found: Found) -> Change | None:
    times = 2.0 if found.word("f1") in ("加倍", "翻倍", "一倍") else found.factor()
    change = Change("length", found.picks(), facts={"times": times})
    return change if times and (change.definite or all(pick.kind for pick in change.picks)) else None


def _stay(found: Found) -> Change | None:
    """Read “Stay longer, like 6 seconds”: of what was complained about, or of all photos."""
    shorter = re.match("shorter|快|短", found.word("how") or "") is not None
    picks, time = found.picks(), found.time()
    facts: dict[str, object] = {"to": time} if time else {"times": 2 / 3 if shorter else 4 / 3}
    hinted = "it" if found.word("it") else "photos"
    return Change("length", picks or (Pick("image"),), facts=facts | ({} if picks else {"hinted": hinted}))


def _only_so(found: Found) -> Change | None:
    """Read “采访放最后，只要3秒”: of the only one that is named before."""
    before = re.findall(MARK, found.match.string[: found.match.start()])
    picks = found.marks.picked(before[0]) if len(before) == 1 else ()
    definite = bool(picks) and all(pick.definite or pick.single for pick in picks)
    return Change("length", picks, facts={"to": found.time()}) if definite else None


def _than(found: Found) -> Change | None:
    """Read “Make the first photo longer than the last one”."""
    longer = found.word("how") == "longer"
    change = Change("length", found.picks(), found.picks(2), facts={"times": 4 / 3 if longer else 2 / 3})
    return change if change.definite and all(pick.definite or pick.single for pick in change.beside) else None


def _some_more(found: Found) -> Change | None:
    """Read “科学展多留一点”."""
    change = Change("length", found.picks(), facts={"times": 4 / 3 if found.word("how") == "多" else 2 / 3})
    return change if change.definite else None


def _at_most(found: Found) -> Change | None:
    """Read “No clip longer than 8 seconds”, 每段视频最多8秒: those that are shorter stay as they are."""
    kinds = {pick.kind for pick in found.picks()} or {"video"}
    time = found.time()
    if not time or len(kinds) != 1 or any(pick.definite for pick in found.picks()):
        return None
    most = {"most": True} if re.search(r"most|max|tops|than|over|up to|最|超过", found.text) else {}
    return Change("length", (Pick(next(iter(kinds))),), facts={"to": time} | most)


RULES: list[tuple[str, Reader]] = [
    (r"\bno <L> (?:should be |must be |is |are )?(?:longer than|over|above|more than) <T>(?: long)?", _at_most),
    (
        (
            r"<L> (?:should |must |can |to )?(?:be |last |stay )?"
            r"(?:at most|max(?:imum)?(?: of)?|up to|(?:no|not) (?:longer|more) than) <T>(?: long)?"
        ),
        _at_most,
    ),
    (r"<L> (?:should |must |can |to )?(?:be |last |for )?<T> (?:max(?:imum)?|at most|tops|at the most)", _at_most),
    (
        r"每一?[段个]_<L>_的?(?:都|要|就|可以|只)*(?:最多|最长|不超过|不要超过|别超过)?_(?:放|留|播放?|显示)?_<T>",
        _at_most,
    ),
    (
        r"(?<=[，,])_(?:(?:只|就)(?:要|留|放|播放?|显示)|(?:就|再|要)?停留?|(?:就|要)?显示)_<T>(?=_(?:$|[，。,.！]))",
        _only_so,
    ),
    (
        (
            r"(?:<L> |^_|[,;.!]_(?:(?:and|please) )*(?P<it>(?:they|it) )?)(?:should |must |shall |needs? to |to )?"
            r"(?:stay|last|be (?:shown|seen)|remain)s?(?: (?:on|there|up))? (?P<how>longer|shorter)(?: (?:on|each))?"
            r"(?:_,?_(?:(?:like|say|about|maybe|for|around|to) )*<T>)?(?: each)?"
        ),
        _stay,
    ),
    (
        (
            r"<L> (?:should |must |shall |needs? to |has to )be (?:a (?:bit|little) |much )?(?P<how>longer|shorter)"
            r"(?:_,?_(?:(?:like|say|about|maybe|for|around|to) )*<T>)?"
        ),
        _stay,
    ),
    (
        (
            r"每一?[张幅]_(?:<L>)?_(?:都|再|要|可以)*(?:放|停|停留|显示|播放?)?_得?_(?P<how>慢|久|长|多停|快|短)"
            r"(?:一会儿?|一?[点些])"
        ),
        _stay,
    ),
    (
        (
            r"(?:把|将|让)?_<L>_(?:都|再|要|可以)*(?:停留?|显示|放|播放?|展示)_得?_(?P<how>久|长)(?:一会儿?|一?[点些])"
            r"(?:_[，,]_(?:比如|大概|大约|就|差不多)?_<T>)?"
        ),
        _stay,
    ),
    (
        (
            r"\b(?:show|display|hold|keep|have|make|let|leave|play|want)(?: the)? <L>(?: (?:on|be|up|on screen|stay"
            r"|last|shown|run|seen|for))* <F> (?:as long|the (?:time|length)|longer)"
        ),
        _times,
    ),
    (r"(?:把|将|让)?_<L>_(?:再|要|可以)*_(?P<how>多|少)(?:留|放|停留?|显示|播放?|来)(?:一会儿?|一?[点些])", _some_more),
    (
        (
            r"(?:把|将|让)?_<L>_的?(?:显示|停留|播放)?(?:时间|时长)_(?:都)?(?:变成|改成|延长到|延长|加)?_"
            r"(?:(?P<f1>加倍|翻倍|一倍)|<F>)"
        ),
        _times,
    ),
    (
        (
            r"\b(?:give|show|hold|keep|make|let|leave|display|have)(?: the)? <L>(?: (?:be|stay|last|on|for|by|shown"
            r"|seen))* (?:an? (?:extra )?)?<T> (?:more|longer|less|shorter)(?: each)?"
        ),
        _more,
    ),
    (r"\b(?:add|give) <T> (?:more )?(?:to|for|on) <L>", _more),
    (
        (
            r"<L> (?:should |must |shall |could |can |to )?(?:be (?:shown|seen|on)|stay|last|remain)s?(?: (?:up|on))? "
            r"(?:for )?(?:an? (?:extra )?)?<T> (?:more|longer|less|shorter)"
        ),
        _more,
    ),
    (r"<T> (?:more|less|longer|shorter) (?:to|for|on) <L>", _more),
    (
        (
            r"(?:把|将|让|给)?_(?:每(?:一)?[张段个]|所有的?)?_<L>_(?:每[张段个]|都|各)*(?:再)?(?:多|少|加|减|延长|缩短|增加|减少)"
            r"(?:显示|停留?|播放?|放|展示|持续)?<T>"
        ),
        _more,
    ),
    (r"\bmake <L> (?:a (?:bit|little) |much )?(?P<how>longer|shorter) than <L>", _than),
    (r"\bmake <L> (?:<T> )?(?:a (?:bit|little) |much )?(?:longer|shorter)(?: by <T>)?", _stretch),
    (
        (
            r"\b(?:show|display|hold|keep|have|make|let|leave|set|play|give|extend|lengthen|stretch|change|want"
            r"|use)(?: the (?:duration|length|time) of)? <L>(?:'s)?(?: (?:on|be|up|on screen|stay|last|shown|run"
            r"|visible|duration|length|time|is|seen))*(?: (?:for|to|about|exactly|only|just|at))*(?: be)?"
            r" <T>{long}"
        ),
        length,
    ),
    (
        (
            r"<L> (?:should |must |needs? to |can |has to |shall |to |could )?(?:be|last|stay|run|take|appear|is"
            r"|gets?|are)s?(?: (?:on|shown|up|seen|visible|on screen))* (?:for )?(?:only |just )?<T>"
            r"(?: long\b)?(?! (?:too|more|longer|less|shorter|extra)\b)"
        ),
        length,
    ),
    (r"(?:^_|[,;，、]_|\band )(?:the |my )?<L> (?:only|just) <T>(?: long)?(?=_(?:$|[.,;!]|and |please\b))", length),
    (r"(?:^_|[,;，、]_|\band )<L>_[:=-]?_(?:for )?<T>(?: long)?(?=_(?:$|[.,;!，、]|and ))", _listed),
    (
        (
            r"<L> (?:go|goes|pass|passes|fly|flies|flash|flashes|changes?|(?:is|are) shown|runs?|rush|rushes)"
            r"(?: (?:by|past))?(?: (?:a (?:bit|little)"
            r"|much|way))? too (?:quick(?:ly)?|fast|short)"
        ),
        _stretch,
    ),
    (r"(?:^_|[,;]_|\band )(?:<L>)_:?_(?:for )?<T> (?:each|apiece)(?=_(?:$|[.,;!]|and ))", length),
    (
        (
            r"<L> (?:should |must |shall |needs? to |has to |to )?(?:stay|last|be (?:shown|seen|visible)|remain)s?"
            r"(?: (?:on|there|up|on screen|visible))* (?:for )?<F> (?:as long|longer)"
        ),
        _times,
    ),
    (r"<L> (?:is|are|feels?|seems?)(?: a (?:bit|little)| much| way)? too (?:long|short)", _stretch),
    (r"\b(?:shorten|lengthen|extend) <L>(?: (?:a (?:bit|little)|please))?", _stretch),
    (
        (
            r"(?:把|将|让)?_<L>_的?(?:时长|时间|长度|播放时间)?_(?:各|都|分别|每[张段个])?_(?:只)?(?:显示|停留?"
            r"|展示|播放|持续|播|改成|改为|设为|设成|调成|缩短到|缩短为|缩短成|缩到|延长到|延长为|剪到|剪成|裁到"
            r"|裁成|调到|变成|放|剪短到|要)_(?:<T>)"
        ),
        length,
    ),
    (r"(?:^_|[,;，、]_)<L>_(?:各|每[张段])?_<T>(?=_(?:$|[,，。！!、;；]))", _listed),
    (
        r"(?:把|将|让)?_<L>_(?:再|都|各|剪|放|显示|停留?)*(?:太长|太短|缩短|延长|加长|短|长)(?:一?[点些]|了|<T>)",
        _stretch,
    ),
    (r"(?:^_|[,;.!]_|\band )<L> (?:(?:should|must|shall|to) be )?<T> (?:shorter|longer)(?: each)?", _stretch),
]
"""Templates (:mod:`~nemo_widgets.studio.agent.grammar`) and what reads what they find, in the order of trying."""

COMPILED = [(pattern(template, long=LONG), reader) for template, reader in RULES]
