"""What is said in a roundabout way → the same in plain words: "not so loud" is "quieter". Pure."""

from __future__ import annotations

import re

from nemo_widgets.studio.agent.disliking import without_dislikes
from nemo_widgets.studio.agent.paring import pared
from nemo_widgets.studio.agent.scraps import spelled_out

_N = r"n['’]?t"
_STOP = r"(?=\s*(?:$|[,.;!?\n]|(?:and|but|while|then|just)\b))"
_STOP_ZH = r"(?=\s*(?:$|[，。；！？,.;!?\n吧]|但|就行|就好|即可))(?:就行|就好|即可|吧)?"
_LESS = {
    "loud": "quieter", "quiet": "louder", "big": "smaller", "large": "smaller", "small": "bigger", "long": "shorter",
    "short": "longer", "fast": "slower", "slow": "faster", "bright": "darker", "dark": "brighter",
}  # fmt: skip
_LESS_ZH = {
    "大声": "小声", "吵": "小声", "响": "小声", "小声": "大声", "大": "小", "小": "大", "长": "短", "短": "长",
    "快": "慢", "慢": "快", "亮": "暗", "暗": "亮",
}  # fmt: skip
_MORE = {
    "big": "bigger", "large": "larger", "loud": "louder", "long": "longer", "bright": "brighter", "fast": "faster",
    "quick": "faster", "slow": "slower", "short": "shorter", "quiet": "quieter", "small": "smaller", "dark": "darker",
}  # fmt: skip
_HEARD = r"(?:(?:the|my|our|any|all|background)\s+){0,3}(?:music|songs?|sound\s?track|bgm)"
_READ = r"(?:(?:the|my|our|any|all)\s+){0,3}(?:titles?|texts?|captions?|logo|watermark)"
_HEARD_ZH = r"(?:背景)?音乐|配乐|背景乐"
_READ_ZH = r"标题|片名|文字|字幕|logo|水印"
_VOICES = r"(?:voices?|speech|speak\w*|people|talking|dialog\w*|words|what (?:is|they|he|she)\b)"
_IT = r"(?P<it>it|(?:the|my)\s+(?:\w+\s+){0,2}?\w+)"
_TOO = rf"(?:quite\s+)?(?:so|too|that|as)\s+(?P<how>{'|'.join(_LESS)})\b"
_CUTS, _SEC, _END = (
    r"(?:cut|trim|take|chop|shave|snip)",
    r"s|secs?|seconds?",
    r"(?:very )?(?:start|beginning|front|end)",
)
_PUT_OTHERWISE: tuple[tuple[str, str], ...] = (
    (
        (
            r"(?<!do )(?<!does )(?<!did )(?<!should )(?<!must )(?<!would )(?<!could )"
            r"\bnot\s+(?:in\s+)?\w+,?\s+but\s+(?!not\b)"
        ),
        "",
    ),
    (r"\b(?:make|let|have)\s+(?:the|my)\s+(?:photos|pictures|images)\s+not\s+mov(?:e|ing)\b", "no motion"),
    (r"\b(?P<what>music|title|text|captions?)\s*[:=]\s*(?:none|no|off)\b", r"no \g<what>"),
    (r"(?P<what>音乐|配乐|标题|字幕)\s*[:：]\s*(?:无|没有|不要)", r"不要\g<what>"),
    (r"\b(?:do\s+not|don['’]?t)\s+(?:forget|hesitate)\s+(?:to\s+(?=\w)|the\s+)", ""),
    (r"\bwhy\s+(?:not|don['’]?t\s+(?:you|we))\s+", ""),
    (
        (
            r"\b(?:(?:i|we)\s+)?(?:do\s+not|don['’]?t)\s+(?:want|need|use|show|include|have"
            r"|play)\s+(?:to\s+(?:have|hear|see)\s+)?"
            rf"(?:(?:the|any|my|a)\s+)?(?P<what>(?:background\s+)?(?:music|song|title|titles|text|captions?"
            rf"|logo)){_STOP}"
        ),
        r"no \g<what>",
    ),
    (
        (
            r"\b(?:(?:i|we)\s+)?(?:do\s+not|don['’]?t|never)\s+(?:want|need|use|show|include|have|add)\s+(?:the"
            r"|any|my|a)?\s*"
            rf"(?P<what>cross-?fades?|transitions?|dissolves?){_STOP}"
        ),
        "no transitions",
    ),
    (
        (r"(?:不需要|不想要|用不着|无需)再?(?:有|用)?(?P<what>(?:背景)?音乐|配乐|标题|字幕|文字|转场)(?=\s*(?:$"
        r"|[，。；！,.;!]))"),
        r"不要\g<what>",
    ),
    (
        (r"不要(?P<one>(?:背景)?音乐|配乐|标题|字幕|文字|转场)(?:和|、|跟|以及|也不要)(?P<other>(?:背景)?音乐"
        r"|配乐|标题|字幕|文字|转场)"
        r"(?=\s*(?:$|[，。；！,.;!]))"),
        r"不要\g<one>，不要\g<other>",
    ),
    (
        r"(?:把|将)(?P<what>(?:背景)?音乐|配乐)(?:都|给|也)?(?:去掉|删掉|删除|关掉|删了|去除|移除|拿掉|取消|关了)",
        r"去掉\g<what>",
    ),
    ((r"(?:(?:视频|影片|片子)?(?:不要|别)太[长短]了?[，,]\s*(?=(?:大概|大约|差不多)?(?:\d|[一二三四五六七八九十])+\s*[秒分])"
     r"|\bnot too (?:long|short)\s*[,;]\s*(?=(?:about |like |maybe |around |just )?\d))"), ""),
    ((r"\b(?P<first>(?:opening|first) (?:shot|one|image|picture|photo|clip)),?\s+and\s+(?:also\s+)?(?:as\s+)?"
      r"(?:the\s+)?(?:closing|last|final)\s+(?:shot|one|image|picture|photo|clip)\b"),
     r"\g<first> and show it again at the end"),
    ((rf"\b(?P<verb>{_CUTS})\s+(?P<a>\d+(?:\.\d+)?)\s*(?P<u>{_SEC})\s+(?P<x>(?:off|from)\s+the\s+{_END})\s+of\s+"
      rf"(?P<what>(?:[\w.-]+\s+){{1,4}}?)and\s+(?P<b>\d+(?:\.\d+)?)\s*(?:{_SEC})?\s*(?P<y>(?:off|from)\s+the\s+{_END})"),
     r"\g<verb> \g<a> \g<u> \g<x> of \g<what>and \g<verb> \g<b> \g<u> \g<y> of \g<what>"),
    ((rf"\b(?P<verb>{_CUTS})\s+(?P<a>\d+(?:\.\d+)?)\s*(?P<u>{_SEC})\s+(?P<x>(?:off|from)\s+the\s+{_END})\s+and\s+"
      rf"(?P<b>\d+(?:\.\d+)?)\s*(?:{_SEC})?\s*(?P<y>(?:off|from)\s+the\s+{_END})\s+of\s+(?P<what>[\w. -]{{2,40}}?)"
      r"(?=\s*(?:$|[,.;!]))"),
     r"\g<verb> \g<a> \g<u> \g<x> of \g<what> and \g<verb> \g<b> \g<u> \g<y> of \g<what>"),
    (r"^\s*(?:no,?\s+)?not (?:this|that)(?: one)?\s*[,.]\s*(?=something\b)", ""),
    (r"(?P<what>换|来|加|选|用)(?:另?一|个别的)?首(?=\s*(?:$|[，。！,;；吧的]))", r"\g<what>一首音乐"),
    (r"删(?=(?:背景)?音乐|标题|字幕)", "删除"),
    (r"(?:不要|别)(?:再)?(?:使用|用|加|有)(?:任何)?(?:转场|过渡)(?:效果)?", "不要转场"),
    (r"\b(?:stop|do\s+not\s+let|don['’]?t\s+let)\s+(?:the|my)\s+(?:photos|pictures|images)\s+(?:from\s+)?mov(?:e|ing)\b",
     "no motion"),
    (
        (
            r"(?:不要|(?<![特区级分类性个辨告离差])别)再?(?:使用|用|显示|播放|放|出现"
            r"|有)(?![到在大的])(?=(?:背景)?(?:音乐|标题|字幕|文字|第|最后)|\w+\.\w)"
        ),
        "不要",
    ),
    (
        rf"(?P<what>标题|片名|文字|字幕|背景音乐|音乐|配乐|logo|水印|转场)(?:都|就|也)?不要了?{_STOP_ZH}",
        r"不要\g<what>",
    ),
)  # fmt: skip
_CHANGES = (
    r"slow(?:\s+down)?|speed(?:\s+up)?|mute|unmute|brighten|darken|shorten|lengthen|extend|trim|crop|zoom(?:\s+in(?:to)?)?"
    r"|blur|freeze|rotate|flip|fade|remove|delete|drop|duplicate|repeat|reverse|move|shuffle"
)
"""What may be done to "only the first one", which takes none of the others away."""
_MISSED: tuple[tuple[str, str], ...] = (
    (rf"\b(?P<do>{_CHANGES})\s+(?:only|just)\s+(?=the\b|my\b|photos?\b|clips?\b|pictures?\b|\w+\.\w)", r"\g<do> "),
    (r"(?P<where>片头|片尾|开头|结尾)的?[大小]?字(?![幕体号数])", r"\g<where>的文字"),
    (rf"\b(?:leave|keep)\s+(?P<what>{_HEARD}|{_READ})\s+(?:out|off|away)\b", r"remove \g<what>"),
    (rf"\bleave\s+(?:out|off|away)\s+(?P<what>{_HEARD}|{_READ})\b", r"remove \g<what>"),
    (rf"(?P<what>{_HEARD_ZH}|{_READ_ZH})(?:就|也|都|先)*(?:(?:别|不要|不用|不必)(?:再)?(?:放|用|加|要|显示|播放?)?|算)了",
     r"不要\g<what>"),
    (
        (rf"\b(?:keep|leave|have|put)\s+(?P<what>{_HEARD})\s+(?:(?:nice|very|really|quite|pretty|and|down)\s+)*"
        rf"(?:quiet|low|soft|in the background)\b"),
        r"set \g<what> quietly",
    ),
    (r"\b(?:keep|leave)\s+(?:it|everything|the\s+video)\s+(?:at\s+)?(?:the|its)\s+(?:same|current|original)\s+length\b",
     "keep the length"),
    (
        (r",?\s*(?:(?:and|but)\s+)?(?:do\s+not|don['’]?t|without|not)\s+(?:let\s+(?:it|them)\s+)?"
        rf"(?:drown\w*|cover\w*|overpower\w*)\b[^,.;!?]*?\b{_VOICES}[^,.;!?]*"),
        ", duck the music",
    ),
    (rf"\bso\s+(?:that\s+)?(?:you|we|i|people|one)\s+can\s+(?:still\s+)?(?:hear|understand)\b[^,.;!?]*?\b{_VOICES}[^,.;!?]*",
     ", duck the music"),
    ("(?:别|不要|不会)(?:让音乐)?(?:盖过|压过|盖住|压住|掩盖)[^，。；！]*", "音乐避让人声"),
    (rf"\b(?P<what>{_HEARD}|it)\s+(?:to\s+|should\s+)?(?:fade|die|trail)s?\s+(?:away|off|down)\b(?:\s+there\b)?",
     r"\g<what> fade out"),
    (rf"(?P<what>{_HEARD_ZH})(?:慢慢|渐渐|逐渐|缓缓)地?(?:停下来?|停止|停|结束|消失|没有?了|变没)", r"\g<what>淡出"),
    ((r"\btake\s+(?:the\s+)?(?P<what>sound|audio)\s+(?:off|away|out)(?=\s+(?:of\s+|from\s+)?(?:the|my|all|\w+\.\w))"
     r"(?:\s+of|\s+from)?"), r"remove the \g<what> of"),
    (r"\btake\s+(?:the\s+)?(?P<what>sound|audio)\s+(?:off|away|out)\b", r"remove the \g<what>"),
    (r"\bthe (?P<nth>\w{5,7}|\d(?:nd|rd|th)) (?P<what>photo|picture|image|pic|clip|shot|slide) from the (?:end|back)\b",
     r"the \g<nth> to last \g<what>"),
)  # fmt: skip
"""What is missed or meant, said in a roundabout way."""

_TOO_MUCH = re.compile(
    rf"\b(?:{_IT}\s+(?:should|must)(?:{_N}|\s+not)\s+be\s+{_TOO})"
    rf"|\b(?:do\s+not|don['’]?t)\s+make\s+{_IT.replace('<it>', '<that>')}\s+{_TOO.replace('<how>', '<so>')}",
    re.IGNORECASE,
)
_TOO_MUCH_ZH = re.compile(rf"(?:不要|别)(?:弄|搞|做|放)?得?(?:太|那么|这么|过于)(?P<how>{'|'.join(_LESS_ZH)})了?")

_NOT_ENOUGH = re.compile(
    rf"(?P<it>\b(?:it|they|this|that)|\b(?:the|my|our)\s+(?:[\w.-]+\s+){{0,3}}?[\w.-]+)\s*(?:\s(?:is|are)|['’]s|['’]re)?"
    rf"(?:{_N}|\s+not)\s+(?P<how>{'|'.join(_MORE)})\s+enough\b",
    re.IGNORECASE,
)
_NOT_ENOUGH_ZH = re.compile(rf"还?不够(?P<how>{'|'.join(_LESS_ZH)})")


_LETTERS = r"(?:titles?|texts?|captions?|headlines?|headings?|outro|subtitles?|lower[ -]thirds?)"
_FONT = r"(?:fonts?|lettering|letters|writing|font size|text size)"
_SMALL_TEXT = re.compile(
    rf"(?<!\w)(?:(?P<what>(?:the|my|our|these|those|all|both|first|second|last|opening|closing)\s+"
    rf"(?:[\w’'-]+\s+){{0,2}}?{_LETTERS})|(?:the|my|its)\s+{_FONT})(?:\s+(?:is|are|looks?|seems?|feels?)|['’]s)?\s+"
    r"(?:(?:much|way|far|a bit|a little|still|just|really|now|bit)\s+)*too\s+"
    r"(?P<how>small|tiny|little|big|large|huge|high|low)(?:\s+up)?\b(?!\s+(?:in|at|on)\b)",
    re.IGNORECASE,
)
INSTEAD = {"small": "bigger", "tiny": "bigger", "little": "bigger", "big": "smaller", "large": "smaller",
            "huge": "smaller", "high": "lower", "low": "higher"}  # fmt: skip
_SUBTITLES = re.compile(r"\bsub-?titles?\b", re.IGNORECASE)
_SMALL_TEXT_ZH = re.compile(
    r"(?P<what>标题|片名|文字|字幕)的?(?:字体?|字号)?(?:有点|还是|实在|也|都)*(?:太|过于?|偏|有点)(?P<how>[大小高低])了?一?[点些]?"
)
INSTEAD_ZH = {"小": "大一点", "大": "小一点", "高": "往下一点", "低": "往上一点"}
"""What is asked for by "too small", "太小"."""


_SAID_OTHERWISE = re.compile(
    r"(?<![\w-])[\w-]{1,40}\s?(?:\.{2,}|…+|—|--)\s*(?:no|wait|sorry|i mean|or rather|actually)\b[\s,.…]*(?=\w)"
    r"|[\u4e00-\u9fff]{1,6}(?:…+|——|\.{2,})(?:啊)?不(?:对|是)?[，,]",
    re.IGNORECASE,
)
"""What is corrected on the way: "sad... no, calm music"."""


def _resized(match: re.Match[str]) -> str:
    how = match["how"].lower()
    what = _SUBTITLES.sub("texts", match["what"] or "the texts")  # whose size is complained about are there to be seen
    return f"{'move' if how in ('high', 'low') else 'make'} {what} {INSTEAD[how]}"


def plainly(text: str) -> str:
    """Return a message in which what is forbidden or missed in a roundabout way is asked for.

    Examples
    --------
    >>> plainly("leave the title out"), plainly("the music isn't loud enough")
    ('remove the title', 'make the music louder')
    >>> plainly("5 seconds each, sad... no, calm music")
    '5 seconds each, calm music'
    >>> plainly("标题不够大"), plainly("不要弄得太吵")
    ('标题大一点', '小声一点')
    """
    text = spelled_out(pared(without_dislikes(_SAID_OTHERWISE.sub("", text))))
    for pattern, other in (*_MISSED, *_PUT_OTHERWISE):
        text = re.sub(pattern, other, text, flags=re.IGNORECASE)
    text = _TOO_MUCH.sub(
        lambda match: f"make {match['it'] or match['that']} {_LESS[(match['how'] or match['so']).lower()]}", text
    )
    text = _SMALL_TEXT.sub(_resized, text)
    text = _SMALL_TEXT_ZH.sub(lambda match: f"{match['what']}{INSTEAD_ZH[match['how']]}", text)
    text = _NOT_ENOUGH.sub(lambda match: f"make {match['it']} {_MORE[match['how'].lower()]}", text)
    text = _NOT_ENOUGH_ZH.sub(lambda match: f"{match['how']}一点", text)
    return _TOO_MUCH_ZH.sub(lambda match: f"{_LESS_ZH[match['how']]}一点", text)
