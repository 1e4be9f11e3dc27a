"""What is not to be done: a clause that forbids, or says that something stays, is taken out of a message. Pure.

"Don't remove the forest photo, remove the title" asks for one thing. What is forbidden must never read as an order, so
the whole clause goes, from its subject to its end, whatever it says. What the grammar of orders knows as a wish of its
own stays in the message: "don't use the second photo" leaves it out, "不要音乐" takes the music away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nemo_widgets.studio.agent.quotes import Held
from nemo_widgets.studio.agent.rewording import plainly
from nemo_widgets.studio.agent.tongue import is_chinese

_N = r"n['’]?t"
_ANY = r"(?:the|my|your|our|any|all|all the|some|other|current|existing|original|whole|more|such|a|an)"
_HEARD = r"(?:background\s+)?(?:music|songs?|sound\s?track|bgm|volume|sound|audio)"
_READ = r"(?:titles?|texts?|captions?|sub-?titles?|headings?|headlines?|names?|words)"
_HOW = (
    r"(?:logo|watermark|order|length|duration|format|size|transitions?|colou?rs?|speed|look|style|volume|pace|timing)"
)
_SHOTS = r"(?:photos?|pictures?|images?|clips?|videos?)"
_AND = r"(?:\s*,\s*(?:and|or|nor)?|\s+(?:and|or|nor|&))\s+"
_THING = rf"(?:{_ANY}\s+){{0,3}}(?:{_HEARD}|{_READ}|{_HOW})"
_THINGS = rf"{_THING}(?:{_AND}{_THING}){{0,6}}"
_SEEN_THINGS = rf"(?:{_ANY}\s+){{0,3}}(?:{_HEARD}|{_READ}|{_HOW}|{_SHOTS})"
_SAME = (
    r"(?:alone|as (?:it|they|that) (?:is|are|was|were)(?: now)?|as is|unchanged|untouched|(?:exactly )?the same|intact"
    r"|in place|there|where (?:it|they) (?:is|are))"
)
_STOP = r"(?=\s*(?:$|[,.;!?\n]|(?:and|but|while|then|just)\b))"
_KEEPS = re.compile(
    rf"\b(?:(?:please|just|but|and|also)\s+){{0,4}}(?:(?:keep|leave|preserve|retain)\s+(?P<kept>{_THINGS})(?:\s+{_SAME})?"
    rf"|(?:keep|leave)\s+(?P<same>{_SEEN_THINGS}(?:{_AND}{_SEEN_THINGS}){{0,6}}|it|everything)\s+{_SAME}"
    rf"|never\s?mind\s+(?:about\s+)?(?P<minded>{_THINGS})|(?:with(?:out)?\s+)?(?:no|any)\s+changes?\s+to\s+"
    rf"(?P<unchanged>{_SEEN_THINGS}(?:{_AND}{_SEEN_THINGS}){{0,6}})"
    rf"|(?P<stays>{_THINGS}|everything else|the rest)\s+(?:(?:should|shall|must|can|may|has to|have to|needs? to)\s+)?"
    rf"(?:stays?|remains?)(?:\s+{_SAME})?){_STOP}",
    re.IGNORECASE,
)
_THING_ZH = (
    r"(?:标题|片名|文字|字幕|背景音乐|音乐|配乐|歌曲|声音|原声|音量|顺序|时长|长度"
    r"|比例|尺寸|转场|logo|水印|标志|颜色|速度)"
)
_THINGS_ZH = rf"(?:原来的|现在的|原有的|所有的?)?{_THING_ZH}(?:(?:和|跟|与|、|以及|还有){_THING_ZH}){{0,6}}"
_STOP_ZH = r"(?=\s*(?:$|[，。；！？,.;!?\n吧]|但|就行|就好|即可))(?:就行|就好|即可|吧)?"
_OTHERS_ZH = r"(?:其他|其它|其余|别的|剩下)(?:的|地方|东西|内容|部分|设置)*"
_KEEPS_ZH = re.compile(
    rf"(?:请|先|就|但是?|并且?|同时){{0,4}}(?:(?:保留|保持|留着|留下|不用管|不管)(?:住"
    rf"|着)?(?P<kept>{_THINGS_ZH})(?:的?(?:不变|原样|不动))?"
    rf"|(?P<stays>{_THINGS_ZH}|{_OTHERS_ZH})(?:请|都|就|先|还是|也|依然|全部|一律)*(?:保持|保留)?(?:着)?(?:不变"
    rf"|原样|原状|不动|不改|保留))"
    rf"{_STOP_ZH}",
    re.IGNORECASE,
)
_TOUCHED = r"chang\w*|touch\w*|alter\w*|modif\w*|edit\w*|mess|bother|adjust\w*|affect\w*"
_NOT = (
    rf"(?:do\s+not|do{_N}|(?:do|doe|di)?(?:s|d)?(?:{_N}|\s+not)\s+(?:need|have|ask(?:ed)?(?:\s+you)?)\s+to"
    rf"|(?:should|must|would|could|shall|may|might|will|need|ought)(?:{_N}|\s+not)(?:\s+to)?|won['’]?t|shan['’]?t"
    r"|(?:you|we|they)\s+did(?:n['’]?t|\s+not)|(?:could|can|would|will)\s+(?:you|we)\s+(?:please\s+)?not"
    r"|never|(?:rather|better|to|and|but|please|sure|careful|try)\s+not(?:\s+to)?|not\s+to"
    r"|(?:there(?:['’]s|\s+is)\s+)?no\s+(?:need|reason)\s+(?:for\s+you\s+)?to)"
)
_ADVERB = r"(?:\s+(?:ever|really|actually|also|please|now|yet|even|you|dare|to|go and))*"
_TO_DO = (
    r"(?:want|need|like|wish|expect|have|ask)\s+(?:\w+(?:['’]s)?\s+){0,4}?(?:to\s+\w+|being\b|gone\b|(?:remov"
    r"|chang|delet|replac"
    r"|alter|edit|modifi|mut|fad|cropp|touch|mov)(?:ed|ing)\b)"
)
_EFFECT = (
    r"[^,.;!?\n]{0,40}\b(?:wipes?|slide transitions?|fad\w+|dissolv\w*|filters?|sepia|black and white|b&w"
    r"|vintage|retro|warm|cool|vivid"
    r"|red|blue|green|yellow|orange|purple|pink|gold\w*|music|songs?|fonts?|text|titles?|captions?)\b"
)
_KNOWN = (
    rf"(?:use|show|include|want|need|have|keep|get|play)\b(?!{_EFFECT})"
    r"|(?:like|crop|zoom|pan|animate|loop|repeat|duck|know|think|care|mind|understand|see|hear|believe|remember"
    r"|worry)\b"
    r"|(?:the|my|your|a|an|any|in|on|at|for|too|so|very|all|every\w*|this|that|these|those|it|with|from|only"
    r"|just|more|less"
    r"|longer|shorter|than|photos?|pictures?|clips?|videos?|music|text|title|first|second|third|last|\d\w*)\b"
    r"|(?:move|moving)\s+(?:the\s+|my\s+)?(?:\w+\s+)?(?:photos?|pictures?|images?|it)\s*(?:$|[,.;!?])|.{0,20}\bbeats?\b"
)
"""What the grammar of orders reads as a wish of its own, after a "don't"."""

_ING = (
    r"(?:chang|remov|delet|alter|modify|touch|add|mak|edit|cutt|trimm|shorten|lengthen|mov|replac|swapp|adjust"
    r"|mess|affect"
    r"|los|break|reduc|increas|mut|fad|rotat|reorder|shuffl|resiz|putt|tak|turn|speed|slow|rais|lower|dropp"
    r"|cover|hid|clear"
    r"|reset|redo|rewrit|renam|stretch|squeez|leav|writ|sett|giv|giving)ing\b(?!\s+(?:photos|pictures|images))"
)
_FORBIDS = re.compile(
    rf"\b(?:{_NOT}{_ADVERB}\s+(?P<verb>{_TO_DO}|(?!{_KNOWN})[a-z]\w+)"
    rf"|(?:without|avoid|instead\s+of|rather\s+than|refrain\s+from|stop)\s+(?P<ing>{_ING}))",
    re.IGNORECASE,
)
_NOT_ZH = (
    r"(?:(?:千万|请|先|就|也|都|一定|绝对){0,4}(?:(?<!要)不要|(?<![特区级分类性个辨告离差])别(?![的人处墅致])"
    r"|(?<!用)不用|不必|不需要?|无需"
    r"|无须|不许|不准|(?<!能)不能|不得|不应该|(?<!该)不该|没有?必要|不想要?|不希望|(?:没有?|不是)(?:让|叫|要)你"
    r"|请?勿|切勿))"
)
_DO_ZH = (
    r"(?:再|去|随便|擅自|乱|又|你|我|帮我|任何|先|随意|轻易|自动)*(?:把|将|对|给|让|删|去掉|去除|移除|移动|移到"
    r"|拿掉|换|改|变|动(?![效画态])|碰|调"
    r"|加|添|剪(?!裁)|缩短|缩小|放大|延长|放[到在]|静音|关|打乱|设|做|弄|搞|重新|撤|淡[入出](?!淡)|减|增|旋转"
    r"|替换|覆盖|修改|更改|更换"
    r"|影响|插入|写|生成|翻转|倒放|截|切掉|取消|清空|导出|管|裁掉.{0,6}秒|[红蓝绿黄橙紫粉黑白金灰](?:色|的)"
    r"|竖屏|横屏|方形)"
)
_FORBIDS_ZH = re.compile(rf"{_NOT_ZH}(?P<verb>{_DO_ZH})|而?不是(?P<ing>[红蓝绿黄橙紫粉黑白金灰](?:色|的))")
_CLAUSE = re.compile(
    r"[,;:.!?](?=\s|$)|\n|\s(?:and|but|so|then|while|also)(?=\s)|[，。；！？：]|但是?|不过|而且|并且|同时|然后",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r"\b(?:make|add|remove|delete|change|put|set|turn|use|show|mute|fade|cut|trim|swap|move|replace|give|play"
    r"|apply|create"
    r"|generate|speed|slow|crop|zoom|keep|leave|combine|merge)\b|把|将|加|删|去掉|改|换|调|做|剪|放|生成|制作|配上",
    re.IGNORECASE,
)
_SURE = re.compile(r"\bmake\b(?=\s*(?:sure\b|$))", re.IGNORECASE)
_VERBS = (
    r"(?:add|make|put|remove|delete|drop|change|set|turn|use|show|mute|fade|start|end|cut|trim|crop|split|speed|slow"
    r"|shorten|lengthen|move|replace|give|play|lower|raise|write|create|reverse|shuffle|sort|swap|zoom|keep"
    r"|rotate|export)"
)
_END = (
    rf"[.!?;](?=\s|$)|\n|,(?!\s*(?:or|nor)\b)(?!\s*(?:and\s+)?{_SEEN_THINGS}\s*(?:$|[,.;!?]|(?:and|or|nor)\b))"
    r"|\s+(?:but|just|instead|only|rather)\b|\s+and\s+(?=(?:please|just|then|also|instead|only)\b)"
    rf"|[。；！？]|，(?!{_THINGS_ZH}(?:$|[，。]))|但是?|不过|而是|只(?=改|换|把|加|删|调|做|去|要)|就(?=行|好)"
)
_ENDS = re.compile(_END, re.IGNORECASE)
_ENDS_OR_ORDER = re.compile(rf"{_END}|\s+and\s+(?={_VERBS}\b)", re.IGNORECASE)
_ONLY_THAT = re.compile(
    rf"(?:(?:,|\s+and)\s*not\s+(?P<not>(?!(?:too|so|very|only|just|yet|more|less|that|to)\b)[^,.;!?]{{1,40}}?)"
    rf"|\s+(?:but\s+not|except(?:\s+for)?)"
    rf"\s+(?P<thing>{_THINGS})){_STOP}",
    re.IGNORECASE,
)
_TAKES = re.compile(r"\b(?:remove|delete|drop|change|replace|mute|make|turn|move|swap|fade|trim|cut)\b", re.IGNORECASE)
_CHOOSES = re.compile(r"\b(?:use|with|of|all|show|(?:remove|delete|drop)\s+every\w*)\b", re.IGNORECASE)
_EMPTIES = re.compile(r"\b(?:remove|delete|drop|clear)\s+(?:everything|all|it all)\s*$", re.IGNORECASE)
_LEAD = re.compile(
    r"(?:[\s,，.;。；!！?？]+|(?:and|but|instead|rather|so|then)\b|(?:just|only)\s+(?=[a-z])|但是?|不过|而是"
    r"|只(?=改|换|把|加|删|调|做|去)|是(?=改|换|把|加|删|调|做|去)"
    r"|那?就(?=行|好)(?:行|好)了?)+",
    re.IGNORECASE,
)
_TAIL = re.compile(r"(?:[\s,，]|\s(?:and|but|so|then|while|also)|但是?|不过|而且|并且|同时|然后)+$", re.IGNORECASE)

_UNCHANGED = re.compile(
    r"(?:it|they|that)\s+(?:is|are|was|were)\b|unchanged\b|untouched\b|(?:none|no|off|无|没有|不要)$", re.IGNORECASE
)
"""Words after "the title as" that are nothing to be shown."""


@dataclass(frozen=True)
class Asked:
    """A message taken apart: ``text`` is what is to be done, ``kept`` what stays, ``barred`` what is not to be done."""

    text: str
    kept: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()


def refrained(prompt: str) -> Asked:
    """Return a message without what is not to be done, and that.

    Examples
    --------
    >>> refrained("don't remove the forest photo, remove the title")
    Asked(text='remove the title', kept=(), barred=("don't remove the forest photo",))
    >>> refrained("Keep the title, but make the music quieter")
    Asked(text='make the music quieter', kept=('the title',), barred=())
    >>> refrained("不要换音乐，改成竖屏").text, refrained("不要第二张照片").text
    ('改成竖屏', '不要第二张照片')
    """
    held = Held(prompt, _UNCHANGED.match)
    text = plainly(held.marked)
    kept: list[str] = []
    barred: list[str] = []
    for _ in range(40):
        found = _next(text)
        if found is None:
            break
        start, end, what, stays = found
        if what:
            (kept if stays else barred).append(held.spelled(what).strip())
        text = _without(text, start, end)
    return Asked(held.spelled(text).strip(), tuple(kept), tuple(barred))


def _next(text: str) -> tuple[int, int, str, bool] | None:
    """Return where the first clause that forbids or keeps something is, what that is, and whether it is kept."""
    found: list[tuple[int, int, str, bool]] = []
    for pattern in (_KEEPS, _KEEPS_ZH):
        if match := pattern.search(text):
            named = next(value for value in match.groupdict().values() if value)
            found.append((match.start(), match.end(), named, True))
    for pattern in (_FORBIDS, _FORBIDS_ZH):
        if match := pattern.search(text):
            start, end = _clause(text, match)
            found.append((start, end, text[start:end], False))
    if match := _ONLY_THAT.search(text):
        before = re.split(r"[.;!?\n]", text[: match.start()])[-1]
        if match["thing"] and _EMPTIES.search(before):
            # Nobody knows what is left of a video that has nothing but its music.
            found.append((len(text[: match.start()]) - len(before), match.end(), match["thing"], True))
        elif _TAKES.search(before) and not _CHOOSES.search(before):
            found.append((match.start(), match.end(), _named(match["not"] or match["thing"]), True))
    return min(found, default=None)


def _named(words: str) -> str:
    """Return what stays as it is; nothing where it is no thing of the video: "20 seconds, not 30"."""
    return words if re.match(r"(?:the|my)\s", words, re.IGNORECASE) else ""


def _clause(text: str, match: re.Match[str]) -> tuple[int, int]:
    """Return where a clause that forbids begins, with its subject, and where it ends."""
    begins = [one.end() for one in _CLAUSE.finditer(text, 0, match.start())]
    start = begins[-1] if begins else 0
    start = match.start() if _ORDER.search(_SURE.sub("", text[start : match.start()])) else start
    loose = re.match(_TOUCHED, match.groupdict().get("verb") or match.groupdict().get("ing") or "", re.IGNORECASE)
    end = _ENDS_OR_ORDER.search(text, match.end())
    if end and end.start() == match.end() and not (loose or match.groupdict().get("ing")):
        end = _ENDS.search(text, match.end())  # "Don't cut and trim the clip" forbids both.
    return start, end.start() if end else len(text)


def _without(text: str, start: int, end: int) -> str:
    """Return a text without a clause, and without the words that joined it to the others."""
    before = _TAIL.sub("", text[:start])
    lead = _LEAD.match(text, end)
    after = text[lead.end() if lead else end :].lstrip()
    if not before.strip(" ,，.;。；!！?？") or not after:
        return (after or before).strip(" ,，")
    full = re.search(r"[.;!?\n。；！？]\s*$", before) is not None
    ended = lead is not None and re.search(r"[.;!?。；！？]", lead[0]) is not None
    chinese = is_chinese(before) or is_chinese(after)
    glue = " " if full else (("。" if chinese else ". ") if ended else ("，" if chinese else ", "))
    return f"{before}{glue}{after}"
