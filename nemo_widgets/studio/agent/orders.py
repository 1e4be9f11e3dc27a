"""Orders about photos and clips, in what people say: take away, keep only, put first, swap, reverse, shuffle."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from nemo_widgets.studio.agent.moods import MUSIC
from nemo_widgets.studio.agent.pointing import MARK, Marks, Pick, mark_shots
from nemo_widgets.studio.agent.quantities import chinese_number

_LIST = rf"(?:(?:the|my|our)\s+)?{MARK}(?:\s*(?:,\s*and|,|and|&|和|、|跟|以及|与)\s*(?:the\s+)?{MARK})*"
_NEXT = (
    r"(?:\s*(?:,|;|\band\b|\bthen\b|\bfirst\b|\bfollowed by\b|\b(?:end|finish)(?:ing)? with\b"
    r"|、|，|然后|再|最后)\s*)"
)
_SEQUENCE = rf"(?:the\s+)?{MARK}(?:{_NEXT}{{1,4}}(?:the\s+)?{MARK}){{1,30}}"
_WHOLE = r"(?!['’]s\b|\s+(?:sound|audio|music|volume|titles?|noise)\b|的)"
_NOT = (
    r"\b(?:remove|delete|drop|take out|leave out|throw out|kick out|cut out|get rid of|skip|exclude|omit|discard|hide"
    r"|without|no|not|(?:don'?t|do not) (?:use|want|show|include|need|like))\s+(?:any\s+)?"
)
_NOT_ZH = (
    r"(?:不要|去掉|删[除掉了]?|移除|去除|拿掉|不用|别|不)(?:再)?(?:放(?![到在大])|用|使用|显示|出现|包括|包含)?\s*"
)
_BUT = r"\b(?:except(?: for)?|but not|apart from|other than|(?:(?<=all )|(?<=everything ))but)\s+(?:for\s+)?"
_BUT_ZH = r"(?:除了|除去|不包括)\s*"
_ONLY = r"\b(?:only|just)\s+(?:(?:use|keep|show|with|from|of|want|take)\s+)?"
_IS = (
    r"(?!\s+(?:\w+\s+)?(?:should|must|shall|be|is|are|slow\w*|fast\w*|black|b&w|sepia|vintage|warm\w*|cool\w*|muted?|silent"
    r"|louder|quieter|longer|shorter|brighter|darker|in (?:slow|black|sepia|colou?r))\b)"
)
_IS_ZH = r"(?![^，。；]{0,4}(?:慢|快|黑白|彩色|复古|静音|大声|小声|[变调更]?[亮暗]|放大|加速|减速))"
"""What only one shall be, which takes none of the others away: "only the second one slow"."""

_FILM = r"the (?:video|film|movie|reel)"
_PUT = r"\b(?:put|move|place|bring|show|set|shift|have|make)\s+"
_PUT_ZH = r"\s*(?:(?:放|移|挪|排|调|移动|调整)(?:到|在|至)?|[换提拖摆][到在至])\s*"
_OF = r"(?:\s+of (?:the|my) (?:video|film|movie))?"
_FRONT = (
    rf"(?:to |at |in |as )?(?:the )?(?:very )?(?:first|front|beginning|start)\b{_OF}(?!\s+(?:at|from|after)\b|\s+\d)"
)
_BACK = rf"(?:to |at |in |as )?(?:the )?(?:very )?(?:last|back|end)\b{_OF}"
_GOES = (
    r"(?:(?:should|shall|must|needs? to|has to|have to|to)\s+)?(?:be|come|go|appear|stand|is|comes|goes)\s+"
    r"(?:right\s+|directly\s+|just\s+)?"
)
_RIGHT = r"(?:to\s+)?(?:right\s+|directly\s+|just\s+|straight\s+|immediately\s+)?"
_CARDINALS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_COUNTED = rf"(?:{'|'.join(_CARDINALS)}|\d{{1,2}})"
_SO_MANY = (
    rf"{_COUNTED}\s+(?:of\s+)?{MARK}(?:\s*(?:,|\band\b|&)\s*{_COUNTED}\s+{MARK})?"
    rf"(?!\s+(?:again|more|for)\b){_WHOLE}{_IS}"
)
_THEN = (
    rf"((?:the\s+)?{MARK}(?:\s+(?:comes?\s+)?first)?(?:\s*,?\s*(?:and\s+)?(?:then|followed by|after that)\s+"
    rf"(?:the\s+)?{MARK}){{1,12}})(?:\s*,?\s*(?:and\s+)?then\s+(?:all\s+)?(?:the\s+)?(?:rest|others)\b)?"
)
"""What comes one after the other."""

_TO = r"\s+(?:to|at|in|into|as)\s+(?:the\s+)?"
_NTH = r"(\d{1,3})(?:st|nd|rd|th)?\b"
_EXCEPT = r"(?:\s+else)?\s+(?:except|but)(?:\s+for)?"

_ORDERS: tuple[tuple[str, str], ...] = (
    ("list", (r"\b(?:video|movie|film|slideshow|slide show|promo|teaser|reel|tour)s?\b"
              rf"(?:\s+(?:of|for|about)\s+[\w ]{{1,30}})?\s*[:：]\s*({_SEQUENCE})")),
    ("list", rf"(?:{MARK}|影片|短片|片子|宣传片)\s*[:：]\s*(?:先放?|依次[是放]?)\s*({_SEQUENCE})"),
    ("except", rf"\b(?:remove|delete|drop)\s+({_LIST}){_EXCEPT}\s+({_LIST})"),
    ("only", rf"\b(?:remove|delete|drop)\s+(?:everything|all){_EXCEPT}\s+({_LIST})"),
    ("only", rf"{_ONLY}({_LIST}){_WHOLE}{_IS}|\b(?:use|keep|show|with|of|from|want)\s+only\s+({_LIST})"),
    ("only", rf"({_LIST})\s+only\b(?!\s+(?:for\b|\d))"),
    ("only", rf"(?:只用|只要|只保留|只留下?|仅用|只使用|只有)\s*({_LIST})(?![的里中]){_IS_ZH}"),
    ("back", (rf"\b(?:re-?add|bring back|put back|restore)\s+({_LIST}){_WHOLE}"
              rf"|\b(?:add|put|bring|take)\s+({_LIST})\s+back\b(?:\s+in)?(?:\s+(?:at|to)\s+the\s+(?:very\s+)?end)?")),
    ("back", rf"(?:把|将)?({_LIST})\s*(?:还是|都|再|重新)*(?:加|放)回(?:来|去)?|(?:加回|恢复|找回)({_LIST})(?!的)"),
    ("add", (rf"(?<!\bnot )(?<!don't )(?<!don’t )(?<!dont )\b(?:re-?add|add|"
             rf"include|bring back|put back|restore)\s+({_LIST}){_WHOLE}(?:\s+(?:back|again|too))?")),
    ("add", rf"\bput\s+({_LIST})\s+back\b(?: in)?|(?:加上|加入|加回|添加|恢复|重新加上?)\s*({_LIST})(?!的)"),
    ("replace", rf"\b(?:replace|substitute|change|swap out|switch out)\s+({_LIST})\s+(?:with|by|for|to)\s+({MARK})"),
    ("instead", rf"\b(?:use|show|put|take)\s+({MARK})\s+(?:instead of|in place of|rather than)\s+({_LIST})"),
    ("replace", rf"(?:把|将)?({_LIST})\s*(?:替换成|替换为|换成|换为|改成|改为|替换)\s*({MARK})"),
    ("instead", rf"用({MARK})\s*(?:替换|代替|取代|换掉)\s*({_LIST})"),
    ("again", rf"\b(?:duplicate|repeat|replay|copy)\s+({_LIST})\s+(?:again\s+)?(?:at|to)\s+the\s+(?:very\s+)?end\b"),
    ("again", rf"(?:把|将)?({_LIST})\s*复制(?:一[份个张段])?(?:放?到|在)(?:结尾|最后面?|末尾)"),
    ("last", rf"(?:^|(?<=[，,。；;\s]))\s*最后(?:放|播放?|显示|上|是)({_LIST})(?=\s*(?:$|[，,。；;！]))"),
    ("again", (rf"(?:把|将)?({_LIST})\s*(?:在|到)?(?:结尾|最后|末尾)(?:再|重复)(?:放|播放?|显示|出现)?"
               rf"(?:一次|一遍)?")),
    ("repeat", (rf"\b(?:duplicate|repeat|copy|clone|double|replay|loop)\s+({_LIST})(?:\s+(twice|two times|three times"
               rf"|\d times|\d ?x|once))?(?!\s+(?:speed|the speed))")),
    ("loop", (r"\b(?:repeat|loop|play|duplicate|show)\s+(?:the\s+|my\s+)?(?:whole\s+|entire\s+)?(?:video|thing"
             r"|movie|film|everything|sequence|slideshow)\s*(twice|two times|three times|four times|\d times|again)")),
    ("loop", (r"\b(?:repeat|loop|duplicate)\s+(?:the\s+|my\s+)?(?:whole\s+|entire\s+)?(?:video|thing|movie|film"
             r"|everything|sequence|slideshow)\b(?!\s+(?:of|for|until|till|to))")),
    ("loop", r"(?:整个|全部)?(?:视频|影片)\s*(?:循环|重复)(?:播放)?\s*([一两三四\d])[次遍]"),
    ("repeat", (rf"\b(?:show|play|use|put|have|add)\s+({_LIST})\s+(twice|two times|three times|\d times)(?!\s+(?:as"
               rf"|the speed|faster|slower))")),
    ("again", rf"\b(?:show|play|use|repeat|put|add)\s+({_LIST})\s+(?:again|once more)(?:\s+at the (?:very )?end)?"),
    ("repeat", rf"(?:把|将)?(?:复制|重复|再放一遍|再播一遍)\s*({_LIST})\s*(?:(两|三|四|\d)[次遍])?"),
    ("repeat", rf"(?:把|将)?({_LIST})\s*(?:复制|重复|再放|再播放?|重复播放|播放)\s*(?:(一|两|三|四|\d)[次遍份])?"),
    ("again", rf"(?:在)?(?:结尾|最后|末尾)(?:再)?(?:放|播放?|加|显示)(?:一次|一遍)?\s*({_LIST})"),
    ("swap", rf"\b(?:swap|switch|exchange)\s+({_LIST})(?:\s+(?:with|for)\s+({MARK}))?(?:\s+around)?"),
    ("swap", rf"(?:交换|对调|调换|互换)\s*({_LIST})(?:的?(?:位置|顺序))?"),
    ("swap", rf"(?:把|将)?({_LIST})\s*(?:交换|对调|互换|调换|换)(?:一下|个)?(?:位置|顺序)?"),
    ("before", rf"({_LIST})\s+{_GOES}(?:before|in front of|ahead of)\s+(?:the\s+)?({MARK})"),
    ("after", rf"({_LIST})\s+{_GOES}(?:after|behind)\s+(?:the\s+)?({MARK})"),
    ("before", rf"(?:^|[,;.]\s*)({_LIST})\s+(?:right\s+)?before\s+(?:the\s+)?({MARK})(?=\s*(?:$|[,.;]))"),
    ("before", rf"{_PUT}({_LIST})\s+{_RIGHT}(?:before|in front of|ahead of)\s+(?:the\s+)?({MARK})"),
    ("after", rf"{_PUT}({_LIST})\s+{_RIGHT}(?:after|behind)\s+(?:the\s+)?({MARK})"),
    ("after", rf"{_PUT}({_LIST})\s+{_RIGHT}(?:in\s+)?between\s+(?:the\s+)?({MARK})\s+and\s+(?:the\s+)?{MARK}"),
    ("after", rf"(?:把|将)?({_LIST}){_PUT_ZH}({MARK})\s*(?:和|与|跟)\s*{MARK}(?:的)?(?:之间|中间)"),
    ("before", rf"(?:把|将)?({_LIST}){_PUT_ZH}({MARK})(?:的)?(?:之?前面?|前边)"),
    ("after", rf"(?:把|将)?({_LIST}){_PUT_ZH}({MARK})(?:的)?(?:之?后面?|后边)"),
    ("first", rf"{_PUT}({_LIST})\s+{_FRONT}|\b(?:start|begin|open)\s+(?:it\s+|{_FILM}\s+)?(?:with|on)\s+({_LIST})"),
    ("last", rf"{_PUT}({_LIST})\s+{_BACK}|\b(?:end|finish|close)\s+(?:it\s+|{_FILM}\s+)?(?:with|on)\s+({_LIST})"),
    ("first", rf"(?:^|[,;.]\s*(?:and\s+)?)({_LIST})\s+at the (?:very )?(?:start|beginning)(?=\s*(?:$|[,.;]))"),
    ("last", rf"(?:^|[,;.]\s*(?:and\s+)?)({_LIST})\s+at the (?:very )?end(?=\s*(?:$|[,.;]))"),
    ("first", (r"(?:^|[,;:.]\s*|\bwith\s+|\bshow\s+|\border\s+|\bwant\s+|\bhave\s+)"
               rf"(?:first\s+(?:(?:show|play|put|use|comes?)\s+)?)?{_THEN}")),
    ("first", rf"(?:^|[,;:.]\s*)first\s+(?:(?:show|play|put|use|comes?)\s+)?({_LIST})(?=\s*(?:$|[,.;]))"),
    ("first", rf"({_LIST})\s+first(?=\s*(?:$|[,.;]))"),
    ("last", rf"({_LIST})\s+last(?=\s*(?:$|[,.;]))"),
    ("first", rf"({_LIST})\s+{_GOES}(?:the\s+)?(?:opening|first|very first)\s+(?:shot|one|image|picture|photo|clip)\b"),
    ("last", (rf"({_LIST})\s+{_GOES}(?:the\s+)?(?:closing|last|final|very last)\s+"
              r"(?:shot|one|image|picture|photo|clip)\b")),
    ("first", rf"({_LIST})\s+(?:should\s+)?(?:be|comes?|goes|is)\s+first\b|(?:从|由|以)({_LIST})开始"),
    ("last", rf"({_LIST})\s+(?:should\s+)?(?:be|comes?|goes|is)\s+last\b|(?:以|用)({_LIST})(?:结尾|结束)"),
    ("first", rf"先(?:放|播放?|显示)?({_LIST})\s*[，,]?\s*(?:然后|再|后)(?:放|播放?|显示)?({_LIST})"),
    ("first", rf"先(?:放|播放?|显示|上|出)({_LIST})(?=\s*(?:$|[，,。；;！]))"),
    ("first", rf"(?:把|将)?({_LIST}){_PUT_ZH}(?:最前面?|最开头|开头|最开始|首位|前面|第一)(?:[个张位])?"),
    ("last", rf"(?:把|将)?({_LIST}){_PUT_ZH}(?:最后面?|结尾|末尾|最末|后面)"),
    ("middle", (rf"(?:{_PUT}|\b(?:want|need|like|with)\s+)({_LIST})\s+(?:to\s+(?:be|go|come)\s+)?(?:right\s+)?"
                rf"(?:to|in|into|at)\s+the\s+(?:very\s+)?(?:middle|cent(?:re|er)){_OF}(?!\s+of\b)")),
    ("middle", rf"(?:把|将)?({_LIST}){_PUT_ZH}(?:视频|影片)?的?(?:正|最)?中间(?!的)"),
    ("to", rf"{_PUT}({_LIST}){_TO}(?:position|place|number|slot|spot)\s+{_NTH}"),
    ("to", rf"{_PUT}({_LIST}){_TO}(second|third|fourth|fifth|sixth)\b(?:\s+(?:place|position))?"),
    ("place", rf"(?:把|将)?({_LIST}){_PUT_ZH}({MARK})(?=\s*(?:$|[,，。；;！]))"),
    ("to", rf"(?:把|将)?({_LIST}){_PUT_ZH}第([一二三四五六七八九十\d]{{1,3}})(?:[个张位]|位置)?"),
    ("but", rf"{_BUT}({_LIST}){_WHOLE}|{_BUT_ZH}({_LIST})(?:之?外|以外)?(?!的)"),
    ("remove", rf"{_NOT}({_LIST}){_WHOLE}(?:\s+(?:from|out of)\s+(?:the|my|this)\s+(?:video|timeline|film))?"),
    ("remove", rf"\b(?:take|leave|cut|throw|keep)\s+({_LIST})\s+(?:out|away|off)\b"),
    ("remove", rf"{_NOT_ZH}({_LIST})(?!的)"),
    ("remove", (rf"(?:把|将)?({_LIST})\s*(?:都|全部?)?(?:去掉|删掉|删除|移除|不要|拿掉|去除|删了)(?:了)?"
                r"(?!的?(?:声音?|原声|音|背景|字幕|标题|文字|转场|滤镜|黑边|动效|底|水印))")),
    ("count", (r"(?:用|把|将)(?:这|我的)?([一二两三四五六七八九十]|\d{1,2})([张幅段])"
               r"(?:照片|图片|图|相片|视频片段|视频|录屏|录像|片段)?"
               r"(?=[^，。；]{0,3}(?:做|拼|剪|合|生成|制作|连|接|弄|组))")),
    ("counted", (r"(?<!make )(?<!turn )(?<!mute )(?<!slow )(?<!put )(?<!set )\b(?:only|just)\s+"
                 rf"(?:(?:use|keep|show|have|with|take|from|of|want)\s+)?{_SO_MANY}"
                 rf"|\b(?:use|keep|show|have|with|take|of|from|using|want)\s+only\s+{_SO_MANY}")),
    ("counted", (r"\b(?:video|movie|film|slide ?show|promo|teaser|reel)s?\s+(?:of|with|out of|from|using)\s+"
                 rf"{_SO_MANY}")),
    ("of", rf"\b(?:concat(?:enate)?|splice|stitch|merge|combine|join)\s+(?:together\s+)?({_LIST})"),
    ("of", (rf"(?<!start the )(?<!begin the )(?<!open the )(?<!end the )(?<!finish the )(?<!close the )"
            rf"\b(?:video|movie|film|slide ?show|promo|teaser|reel)s?\s+(?:of|with|out of|from)\s+({_LIST})"
            r"(?!\s+(?:and|with|but)\b)")),
    ("of", rf"(?:把|将)\s*({_LIST})\s*(?:剪辑?|做|合|拼接?|制作|组合|编辑)成(?![两二三四五六\d]+[段份部半])"),
    ("of", rf"\b(?:using|use)\s+({_LIST})(?!\s+as\b)"),
    # "No faces from the playground" chooses nothing.
    ("of", (rf"(?:^|\b(?:make|create|build|cut|produce|put|made|together|it|one|something)\b[^,.;!?]{{0,40}}?\s)from\s+"
            rf"({_LIST})(?!\s+as\b)")),
    ("of", rf"(?:使用|用)\s*({_LIST})(?!的|来?[做当作]为?(?:背景|音乐|配乐))"),
    ("reverse", rf"\breverse\s+(?:the\s+)?(?:order|sequence|timeline)(?:\s+of\s+({MARK}))?"),
    ("backwards", rf"(?:把|将)?({MARK})\s*(?:都|全部?)?倒着(?:播放?|放|排列?|来)"),
    ("backwards", rf"\breverse\b(?!\s+(?:the\s+)?(?:video|playback|order))(?:\s+({MARK}))?"),
    ("reverse", rf"(?:\b(?:show|put|play|have)\s+)?({MARK})\s+in\s+(?:the\s+)?(?:reversed?|opposite)\s+order\b"),
    ("reverse", r"\b(?:in\s+)?(?:reversed?|opposite)\s+order\b|\bbackwards\b"),
    ("reverse", (rf"(?:把|将)?(?:({MARK})的?(?:顺序|次序)?)?"
                 r"(?:倒序|逆序|倒过来|反过来|反向排列|颠倒顺序|颠倒|反转顺序)")),
    ("shuffle", rf"\bshuffled?\b(?:\s+(?:it|them|everything|(?:the order(?: of)?\s*)?({MARK})|the order))?"),
    ("shuffle", rf"({MARK})\s+in\s+(?:a\s+)?random\s+order\b|\brandomi[sz]e\s+(?:the order of\s+)?({MARK})"),
    ("shuffle", r"\b(?:in\s+)?(?:a\s+)?random(?:ly|i[sz]e)?\b(?:\s+(?:the\s+)?order)?"),
    ("shuffle", rf"\bmix\s+(?:it|them|({MARK}))\s+up\b"),
    ("shuffle", rf"(?:把|将)?({MARK})的?(?:顺序|次序)?(?:随机顺序|随机排列|随机|打乱顺序|打乱|乱序)"),
    ("shuffle", rf"(?:随机顺序|随机排列|随机|打乱顺序|打乱|乱序)(?:({MARK})(?:的?顺序)?)?"),
    ("sort", rf"\b(?:sort(?:ed)?|order(?:ed)?)\s+(?:({MARK})\s+|them\s+|it\s+)?by\s+(?:file\s?)?names?\b"),
    ("sort", r"\balphabetical(?:ly)?\b(?:\s+order)?|按(?:文件)?名称?(?:排序|排列)"),
)  # fmt: skip

MOVES = ("first", "last", "middle", "before", "after", "to")
"""Orders that put photos and clips elsewhere."""


@dataclass(frozen=True)
class Order:
    """One order: what to do (``remove``, ``only``, ``first``, …) with what, beside what, at which position from 1."""

    verb: str
    picks: tuple[Pick, ...] = ()
    beside: tuple[Pick, ...] = ()
    position: int = 0


def take_orders(text: str, marks: Marks) -> tuple[tuple[Order, ...], str, bool]:
    """Return the orders in a text (lower case), the text without them, and whether it points at more than they need.

    Examples
    --------
    >>> orders, rest, more = take_orders("make a 10s video without the second photo", Marks())
    >>> orders[0].verb, orders[0].picks[0].nth, rest.strip(), more
    ('remove', 2, 'make a 10s video', False)
    """
    files = len(marks.words)
    marked = mark_shots(text, marks)
    found: list[tuple[int, Order]] = []
    chosen = False
    for verb, pattern in _ORDERS:
        for match in list(re.finditer(pattern, marked)):
            order = _order(verb, match, marks)
            if _described(order, match, marked):
                chosen = True
                marked = marked[: match.start()] + " " * (match.end() - match.start()) + marked[match.end() :]
            elif _sensible(order) and not _MUSIC_STARTS.search(marked[: match.start()][-40:]):
                found.append((match.start(), order))
                marked = marked[: match.start()] + " " * (match.end() - match.start()) + marked[match.end() :]
    left = [letter for letter in re.findall(MARK, marked) if any(pick.definite for pick in marks.picks.get(letter, ()))]
    for letter in left:
        marked = marked.replace(letter, " ")
    orders = tuple(order for _, order in sorted(found, key=lambda one: one[0]))
    beside = tuple(pick for letter in left for pick in marks.picks[letter] if pick.file and pick.kind != "audio")
    # "Use the speech from 0:10 to 0:25, then the toast": what is named, too, isn't taken away.
    orders = tuple(replace(one, picks=(*one.picks, *beside)) if one.verb == "only" else one for one in orders)
    return orders, marks.spelled(marked, files), chosen or bool(left)


def _order(verb: str, match: re.Match[str], marks: Marks) -> Order:
    groups = [group for group in match.groups() if group]
    picks = marks.picked(groups[0]) if groups else ()
    second = groups[1] if len(groups) > 1 else ""
    if verb == "count":
        kind = "video" if second == "段" else "image"
        return Order("only", (Pick(kind, count=int(chinese_number(groups[0])), name=match[0]),))
    if verb == "counted":
        those = re.findall(rf"({_COUNTED})\s+(?:of\s+)?({MARK})", match[0])
        return Order("only", tuple(Pick(marks.picked(mark)[0].kind, 1, _count(words)) for words, mark in those))
    if verb == "loop":
        return Order(verb, position=_times(groups[0] if groups else ""))
    if verb in ("repeat", "again"):
        return Order(verb, picks, position=_times(second))
    if verb == "instead":
        return Order("replace", marks.picked(second), picks)
    if verb == "place":
        # "放到第三张" is a position; what is pointed at otherwise, none.
        counted = [pick.nth for pick in marks.picked(second) if pick.nth and pick.nth > 0 and pick.count == 1]
        return Order("to", picks, position=counted[0] if counted else 0)
    if verb == "to":
        return Order(verb, picks, position=_position(second))
    if verb == "backwards":
        whole = not any(pick.definite or pick.kind == "video" for pick in picks)
        return Order("reverse" if whole else verb, picks)
    if verb == "only":
        # "只用三张照片" says how many, not which: the first ones.
        picks = tuple(replace(one, nth=1) if one.nth is None and _any_few(one) else one for one in picks)
    chosen = any(pick.definite for pick in picks) and all(pick.definite or pick.single for pick in picks)
    chosen |= bool(picks) and all(pick.count > 1 and pick.kind is not None for pick in picks)
    if verb == "of" and (chosen or _of_a_kind(groups[0], match.string, picks, marks)):
        verb = "only"
    return Order(verb, picks, marks.picked(second))


def _of_a_kind(letters: str, text: str, picks: tuple[Pick, ...], marks: Marks) -> bool:
    """Say whether a slideshow is one of pictures alone; "these" may be all files, and so may a video's."""
    rest = [letter for letter in re.findall(MARK, text) if letter not in letters]
    clips = any(pick.kind == "video" for letter in rest for pick in marks.picks.get(letter, ()))
    these = re.search(r"\b(?:these|those|any)\b|这|那", marks.words.get(re.findall(MARK, letters)[0], ""))
    slides = re.search(r"slide ?show|幻灯片", text) is not None
    return slides and {pick.kind for pick in picks} == {"image"} and not clips and these is None


_MUSIC_STARTS = re.compile(
    rf"{MUSIC}\s+(?:(?:should|shall|must|to|can|only|that|will)\s+){{0,3}}$|{MUSIC}(?:要|就|再|才|请)?$"
)
"""Before "start with the dance": it is the music that does."""

_DESCRIBES = re.compile(
    r"\s+(?:(?:with|where|that|which|who(?:se)?|showing|featuring|containing|taken|in which)\b(?! the (?:music|title))"
    r"|(?:of|from)\s+(?!(?:(?:the|my|this|our)\s+)?(?:whole\s+|entire\s+)?"
    r"(?:video|film|movie|slide ?show|timeline|draft|project|reel|end|start|beginning)\b))"
)
_DESCRIBES_ZH = re.compile("(?<![我们有全部些])的$")


def _described(order: Order, match: re.Match[str], text: str) -> bool:
    """Say whether only those photos are to go that show something: nothing here sees that, and not all are meant."""
    takes = order.verb in ("remove", "except", "but") or (order.verb == "only" and match[0].startswith("keep"))
    some = any(pick.definite or pick.single or pick.count > 1 for pick in order.picks)
    if not takes or some or not order.picks:
        return False
    return bool(_DESCRIBES.match(text, match.end()) or _DESCRIBES_ZH.search(text[: match.start()]))


def _sensible(order: Order) -> bool:
    """Say whether an order is one about pictures, and complete."""
    every = (*order.picks, *order.beside)
    if any(pick.kind == "audio" for pick in every):
        return False
    if order.verb == "of":
        return False  # "Of the photos" is no choice.
    if order.verb == "swap":
        return sum(pick.count for pick in every) == 2
    if order.verb == "to":
        return order.position > 0
    if order.verb == "replace":
        return bool(order.beside) and bool(order.beside[0].file is not None)
    if order.verb in ("repeat", "again"):
        return all(pick.definite or pick.single for pick in every)
    if order.verb == "backwards":
        return False  # That is how clips are played, not their order.
    # "Add the photos" is about whatever came since, "remove the picture's …" about something else.
    return order.verb != "add" or any(pick.definite or pick.single for pick in every)


def _any_few(pick: Pick) -> bool:
    """Say whether so many are meant, whichever they are."""
    return pick.count > 1 and re.match(r"(?:the|my|these|those|both|两段|这|那)", pick.name or "the") is None


def _count(words: str) -> int:
    return _CARDINALS.index(words) + 1 if words in _CARDINALS else int(chinese_number(words))


def _times(words: str) -> int:
    """Return how often something is seen in the end."""
    if not words or words in ("once", "一", "again"):
        return 2
    known = {"twice": 2, "two": 2, "three": 3, "两": 2, "三": 3, "四": 4}
    return next((count for word, count in known.items() if words.startswith(word)), 0) or max(2, int(words[0]))


def _position(word: str) -> int:
    words = ("first", "second", "third", "fourth", "fifth", "sixth")
    return words.index(word) + 1 if word in words else int(chinese_number(word))
