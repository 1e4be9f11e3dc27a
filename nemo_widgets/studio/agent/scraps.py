"""What people say in scraps → the same as an order: "sound back on for the dance", 地址停久一点. Pure."""

from __future__ import annotations

import re

_N_ZH = r"(?:\d{1,4}(?:\.\d{1,3})?|[一二两三四五六七八九十半]{1,4})"
_ALL_PHOTOS_ZH = r"(?:我是说|我说的是|所有的?|这些|那些|全部)*(?:照片|图片|画面|图)"
_END = r"(?=\s*(?:$|[,.;!?]))"
_DONE = r"(?=\s*(?:$|[,.;!]|too\b|as well\b|and\b|please\b))"
_WRITTEN = r"(?:address|(?:phone )?number|price|slogan|date|web ?site|(?:shop |company )?name)"
_WRITTEN_ZH = "(?:地址|电话|手机号|网址|价格|日期|店名|口号)"
_HOW = r"(?:bigger|smaller|larger|longer|higher|lower|to the (?:top|bottom)|in (?:red|white|yellow|black|blue))"
_HOW_ZH = "(?:停|显示|留|放[到在大]|[大小][点一]|往|移|换到|改成[红白黑黄蓝绿大小])"
_THERE = r"(?=\s*(?:$|[,.;!?]|and\b|then\b|with\b))"
_TEXT = (
    r"(?P<text>\b(?:(?:lower[ -]third|title|text|caption|label|name)\b|(?:put|write|show)\s+"
    r"[\"“\U000f0000-\U000ffffd])[^.;!?]{0,80}?)"
)
"""A text that is wanted, quoted or held (quotes.Held), up to where it is to stand."""
_USE_ZH = (
    r"(?:用|拿|以|让|把)(?P<what>(?:第[一二三四五六七八九十\d]{1,3}|最后一?)[张段个](?:照片|图片|视频)?|[\w.-]{1,40}?)"
    "来?(?:做|作为?|当作?|为)"
)
_OPENS_ZH = "(?:封面|开头|片头|开场|首图|第一[张个])"
_CLOSES_ZH = "(?:结尾|片尾|收尾|最后一[张个])"
_USE = (
    r"\b(?:use|make|take|have)\s+(?P<what>(?!(?:it|that|this|all)\b)(?:(?!\b(?:than|and|with|on|to|except|but|before|after"
    r"|like|from|until|seconds?)\b)[^,.;!?]){2,60}?(?:\.\w{3,4})?)\s+"
    r"(?:as\s+|be\s+)?(?:the\s+|a\s+)"
)
_OPENS = r"(?:cover|opener|opening(?:\s+(?:shot|photo|picture|image))?|first\s+(?:one|photo|picture|image|shot))"
_CLOSES = r"(?:closer|closing\s+(?:shot|photo|picture|image)|last\s+(?:one|photo|picture|image|shot))"
_SCRAPS: tuple[tuple[str, str], ...] = (
    # Who wants no movement wants no photo away, and none that moves.
    (
        (
            rf"(?<![\w\ue000-\uf8ff])(?:{_ALL_PHOTOS_ZH})?(?:都|就|请|也)*(?:不要|别|不用|不想要|不需要|没有|不必)(?:再|有|加|用|做|带|搞)*"
            r"(?:任何|这些|那些|那种|什么)?(?:动画|动效|缩放|推拉|晃动|运镜)(?:的)?(?:效果|特效)?(?=[吧了啊。！，,\s]|$)"
        ),
        "不要动效",
    ),
    (
        (
            r"\b(?:do not|don['’]?t|stop|not)\s+(?:zoom(?:ing)?|pan(?:ning)?)\s+(?:(?:in|out|on|into|onto|around|across"
            r"|over)\s+)*(?:to\s+)?(?:(?:any|all)\s+(?:of\s+)?)?(?:(?:the|my|our|these)\s+)?(?:photos|pictures|images|pics)\b"
        ),
        "no motion",
    ),
    # "Take that one out" is about one that was named.
    (r"\b(?:take|leave|kick|throw|cut)\s+(?:that|this)\s+one\s+out\b(?!\s+of)", "remove it"),
    (r"\bto\s+(?:only\s+|just\s+)?the\s+(?:part|bit|section|stretch)\s+(?=(?:between|from)\s+[\d:.]+)", "to "),
    (
        (
            rf"(?P<who>(?:^|(?<=[，,。；！]))(?![^，,。；！]{{0,24}}(?:音|歌|曲|乐|题|字|声|logo|水印))[^，,。；！]{{0,24}}?)"
            rf"从(?P<a>第?{_N_ZH}秒)钟?(?:开始|起)[，,]?(?:放|播放?|显示)?(?:到|至)(?P<b>第?{_N_ZH}秒)钟?(?:就|的时候)?(?:结束|为止|停止?)"
        ),
        r"\g<who>只要\g<a>到\g<b>",
    ),
    (
        (
            r"(?:把|将|拿|让)(?P<what>[^，,。；！]{1,30}?)(?:当作?|当成|作为|用作|做成?|设为|设成)(?:成|为)?"
            r"(?:背景音乐|背景乐|配乐|bgm)"
        ),
        r"用\g<what>做背景音乐",
    ),
    (
        (
            r"(?P<what>(?:^|(?<=[，,。；！]))[^，,。；！]{1,20}?)(?:别|不要)放在?(?:(?:片子|视频|影片|片)(?:里|中)面?|最?[后前]面?|结尾|开头)[，,]\s*"
            r"(?:而?是|要|就)*放(?:在|到)?(?=[左右上下角])"
        ),
        r"\g<what>放到",
    ),
    # Their names are those of the photos, under each.
    (
        (
            r"(?:^|(?<=[,;.!]))\s*(?:(?:and|also|please)\s+)*(?:(?:put|add|show|write|display|print)\s+)?(?:the\s+|their\s+|its\s+)?"
            r"names?(?:\s+of\s+(?:the\s+)?\w{3,20})?\s+(?:under|below|beneath|underneath)\s+(?:each|every|all(?:\s+of)?(?:\s+the)?"
            r"|the)\s+(?:of\s+them|one|ones|photos?|pictures?|images?)\b"
        ),
        " add the file names under each photo",
    ),
    (
        (
            r"\b(?:put|add|show|write|display|print)\s+(?:their|the(?:\s+photos['’]?)?)\s+names?\s+"
            r"(?:below|beneath|underneath|under(?:neath)?(?:\s+(?:them|each(?:\s+one)?|it))?)(?=\s*(?:$|[,.;!]|please\b))"
        ),
        "add the file names under each photo",
    ),
    (
        (
            r"\b(?:i\s+(?:want|['’]?d like)|put|show|have|place)\s+(?P<what>[^,;.!?]{2,40}?)\s+(?:both\s+)?at\s+the\s+"
            r"(?:very\s+)?(?:start|beginning)\s+and\s+(?:again\s+|also\s+)?(?:at\s+)?the\s+(?:very\s+)?end\b"
        ),
        r"put \g<what> first and show \g<what> again at the end",
    ),
    (
        (
            rf"\bfade\s+(?:the\s+|my\s+)?(?P<what>music|song)\s+in\s+(?:for\s+|over\s+)?(?P<a>{_N_ZH}\s?s\w*)\s+and\s+(?:fade\s+(?:it\s+)?)?out\s+"
            rf"(?:for\s+|over\s+)?(?P<b>{_N_ZH}\s?s\w*)"
        ),
        r"fade in the \g<what> over \g<a> and fade out the \g<what> over \g<b>",
    ),
    (
        (
            r"除了(?P<what>[^，,。；！]{1,16}?)(?:之?外|以外)?[，,]?(?:其他|其它|其余|别的|剩下)?的?(?:视频|片段)?(?:都|全都?|全部都?)(?:要|请)?静音"
        ),
        r"视频全部静音，除了\g<what>",
    ),
    (
        (
            r"除了(?P<what>[^，,。；！]{1,16}?)(?:之?外|以外)?[，,]?(?:其他|其它|其余|别的|剩下)?的?(?:都|全都?|全部都?)(?:给我|帮我)?(?:删掉|删了|删除|去掉|不要)了?"
        ),
        r"只保留\g<what>",
    ),
    # How it begins and ends.
    (
        rf"\b(?:start|begin|open)\s+(?:it\s+)?with\s+a\s+fade(?:\s+in)?{_DONE}",
        "fade the picture in",
    ),
    (
        rf"\b(?:end|finish|close)\s+(?:it\s+)?with\s+a\s+fade(?:\s+out)?{_DONE}",
        "fade the picture out",
    ),
    # How hard the cuts are.
    (
        (
            r"\bthe\s+(?:cuts|changes|transitions)\s+(?:between\s+\w+(?:\s+\w+)?\s+)?(?:are|feel|look|seem)\s+"
            r"(?:(?:a bit|still|way|much|really)\s+)*(?:too\s+)?(?:abrupt|harsh|hard|sudden|jarring|jumpy|choppy)"
        ),
        "slower transitions",
    ),
    (r"(?:转场|过渡|切换)(?:得|都|有点|还是|实在)*太?(?:生硬|突然|突兀|硬)了?", "转场慢一点"),
    (
        r"(?:转场|过渡)(?:效果)?(?:有点|都|还是|实在)*太?(?:花哨?|复杂|夸张|乱)了?[，,]?\s*(?:请|改|换|用|要)?(?:得|成)?(?:简单|朴素|普通)?(?:一?[点些])?(?:的)?",
        "转场都用叠化",
    ),
    # A name below is a lower third.
    (
        (
            r"(?:^|(?<=[，,。；！]))(?:在)?(?P<what>(?!每|所有|各|这些|全部)[^，,。；！]{1,16}?)(?:的时候|出现时|时)?的?(?:在)?(?:下面|下方|底下|底部)"
            r"(?:要|请|都)?(?:打上|写上|加上|配上|显示|打出|打|写|加)(?:字幕|文字|字|名字)?\s*[:：]\s*(?P<text>[^“”\"、。；！\n]{1,60})(?!、)"
        ),
        r"给\g<what>加字幕条：\g<text>",
    ),
    # "Only these, the others can go" is said twice.
    (
        r"(?P<only>只(?:要|留|用|保留)[^，,。；！]{1,40})[，,]\s*(?:其他|其它|其余|别的|剩下)的?(?:就|都|全部?)*(?:不要|去掉|删掉|删除|删了)了?",
        r"\g<only>",
    ),
    (
        (
            r"(?P<only>\b(?:only|just)\b[^,;.!?]{2,60}|[^,;.!?]{2,60}\bonly),\s*"
            r"(?:and\s+)?(?:the\s+|all\s+the\s+)?(?:rest|others|everything else)\s+"
            r"(?:can\s+(?:all\s+)?go|out|gone|away|removed|deleted)\b"
        ),
        r"\g<only>",
    ),
    # What is written at a place.
    (r"(?:加|写|放|来)上?一[句行](?:话|字)?\s*[:：]\s*(?=[^\s“\"])", "加标题："),
    (
        (
            r"\b(?:add|put|write)\s+(?:the\s+|a\s+)?(?:text|caption|label|title|word)s?\s+(?:to|on|under|for)\s+(?P<a>(?:photo|picture|clip)\s+\d+)\s*:\s*"
            r"(?P<one>[^,;:.!?\n\"“”]{1,40}?)\s*(?:,\s*(?:and\s+)?|;\s*|\s+and\s+)(?P<b>(?:photo|picture|clip)\s+\d+)\s*:\s*"
            r"(?P<two>[^,;:.!?\n\"“”]{1,40}?)(?=\s*(?:$|[,;.!]))"
        ),
        r'caption \g<a> "\g<one>", caption \g<b> "\g<two>"',
    ),
    # Bare numbers are those of what is seen.
    (
        r"^\s*(?:please\s+)?(?P<do>delete|remove|drop)\s+(?:no\.?\s*|number\s+|#)?(?P<n>\d{1,2}(?:\s*(?:,|and|&)\s*\d{1,2}){0,6})[\s.!]*$",
        r"\g<do> slides \g<n>",
    ),
    (
        r"^\s*(?:please\s+)?swap\s+(?:no\.?\s*|#)?(?P<a>\d{1,2})\s+(?:and|with|&)\s+#?(?P<b>\d{1,2})[\s.!]*$",
        r"swap slides \g<a> and \g<b>",
    ),
    (
        r"^\s*(?:put\s+|move\s+)?(?:no\.?\s*|#)?(?P<n>\d{1,2})\s+(?:should\s+(?:be|go|come)\s+|to\s+the\s+|goes\s+)?(?P<at>first|last)[\s.!]*$",
        r"put slide \g<n> \g<at>",
    ),
    # What a logo or photo is shown on.
    (
        (
            r"\b(?P<do>(?:end|finish|close|start|open|begin)\s+(?:it\s+)?with)\s+"
            r"(?P<what>(?:(?:the|my|our)\s+)?[\w. -]{2,24}?)\s+(?:and|on|over)\s+(?:an?\s+|the\s+)?"
            r"(?:plain\s+)?(?P<colour>white|black|red|blue|green|yellow|pink|gr[ae]y)\s+(?:background|ground|backdrop)\b"
        ),
        r"\g<do> \g<what>. Fit \g<what> into the frame. Make the background \g<colour>",
    ),
    # Several texts are several.
    (
        (
            r"\b(?:the\s+)?(?:texts|titles)\s+(?:should|shall|must|are to)?\s*(?:say|read|be)\s*:\s*"
            r"(?P<a>[^,;:.!?\n\"“”]{1,40}),\s*(?P<b>[^,;:.!?\n\"“”]{1,40}),\s*(?:and\s+)?(?P<c>[^,;:.!?\n\"“”]{1,40}?)(?=\s*[.!]?\s*$)"
        ),
        r'add the texts "\g<a>", "\g<b>" and "\g<c>"',
    ),
    (r"(?P<what>照片|图片|视频|片段)(?:都|就)?先(?:放|来|上|播放?)(?=\s*(?:$|[，,。；！]))", r"把\g<what>放到最前面"),
    (r"\bno\s+(?:sound|audio)\s+(?:on|in|for)\s+(?:it|that|this|that one|this one)(?=\s*(?:$|[,.;!]))", "no sound"),
    (
        r"\bfade\s+(?:the\s+|my\s+)?(?:photos|pictures|images|clips|shots)\s+into\s+(?:each\s+other|one\s+another)\s+(?:more\s+)?slowly",
        "slower crossfades",
    ),
    (r"(?P<only>只(?:要|用|留|保留)[^，,。；！里中]{1,16})(?:里面?|中)的?(?=第?\d)", r"\g<only>"),
    (r"\btop\s+cent(?:er|re)\b(?!\s+of\s+the\s+\w+\s+photo)", "at the top"),
    (
        (
            r"\b(?:bring|put|add)\s+(?P<what>(?:the\s+|my\s+)?[\w. -]{2,30}?)\s+back(?:\s+in)?\s+"
            r"(?P<at>(?:right\s+)?(?:after|before))\s+(?P<beside>[\w. -]{2,34}?)(?=\s*(?:$|[,;!]|\.(?!\w)))"
        ),
        r"bring back \g<what> and put \g<what> \g<at> \g<beside>",
    ),
    (
        r"(?P<what>[^，,。；！\s]{1,16}?)(?:还是|再|要){0,2}(?P<back>[加放]回来)[，,]\s*(?:就|要)?(?P<at>放(?:在|到)?[^，,。；！]{1,16}[前后]面)",
        r"\g<what>\g<back>，把\g<what>\g<at>",
    ),
    (
        r"\b(?:i\s+)?(?:do\s+not|don['’]?t)\s+want\s+(?P<what>(?:the|my|our)\s+logo)\s+(?:at|in|on)\s+the\s+\w+\s*[,;.]\s*(?:just\s+)?put\s+it\b",
        r"put \g<what>",
    ),
    # What is hard to read stands in a box.
    (
        r"\b(?:the\s+)?(?P<what>texts?|titles?|captions?)\s+(?:is|are)\s+(?:too\s+|very\s+|really\s+)?(?:hard|difficult)\s+to\s+(?:read|see)",
        r"put the \g<what> in a box",
    ),
    (
        r"\bput\s+a\s+(?:dark\s+|black\s+)?box\s+(?:behind|around|under)\s+(?:it|them|the\s+(?:text|title|words))\b",
        "put the text in a box",
    ),
    (
        r"(?:人声|说话声?|讲话声?)(?:别|不要|不能|不会)被?(?:音乐|配乐)?(?:给)?(?:盖住|盖过|压住|压过|掩盖|盖掉)了?",
        "音乐避让人声",
    ),
    (
        (
            r"(?:把|将)?(?:整个)?(?:视频|影片|片子)?(?:时长|长度)?(?:要)?(?:控制|压缩|限制)(?:在|到|成)"
            rf"(?P<t>{_N_ZH}个?(?:秒|分)钟?半?)(?:以内|之内|内|左右|以下)?"
        ),
        r"改成\g<t>",
    ),
    # What is heard again is heard of that clip "only": none of the others goes.
    (
        (
            r"\b(?:put|turn|switch|bring)\s+(?:back\s+)?(?:the\s+)?(?:original\s+)?(?:sound|audio)\s+(?:back\s*)?"
            r"(?:on\s+)?(?:(?:only|just)\s+)?(?:for|of|in|to)\s+(?:(?:only|just)\s+)?(?P<what>[^,.;!?]{2,60}?)"
            rf"(?:\s+only)?{_END}"
        ),
        r"unmute \g<what>",
    ),
    # What is the cover, or the last one, is neither taken alone nor away.
    (rf"{_USE_ZH}{_OPENS_ZH}", r"把\g<what>放到最前面"),
    (rf"{_USE_ZH}{_CLOSES_ZH}", r"把\g<what>放到最后"),
    (rf"{_USE}{_OPENS}{_THERE}", r"put \g<what> first"),
    (rf"{_USE}{_CLOSES}{_THERE}", r"put \g<what> last"),
    (
        (
            r"\b(?P<what>title|text|caption|headline)\s+(?:on|to|for|over)\s+"
            r"(?:it|this|(?:the|my|our)\s+(?:video|film|movie))\s*:"
        ),
        r"\g<what>:",
    ),
    # A text that comes with a shot stands on it.
    (
        (
            rf"{_TEXT}\s+when\s+(?P<what>(?!(?:the\s+|my\s+)?(?:music|song|video|film|movie|it)\b)[\w. -]{{2,30}}?)\s+"
            r"(?:starts?|begins?|appears?|comes?\s+(?:up|on|in)|is\s+(?:shown|seen))(?=\s*(?:$|[,.;!]|in\b|at\b))"
        ),
        r"\g<text> on \g<what>",
    ),
    (rf"{_TEXT}\s+when\s+(?:the|my|our)\s+(?:video|film|movie)\s+(?:starts|begins)\b", r"\g<text> at the beginning"),
    (rf"{_TEXT}\s+when\s+(?:the|my|our)\s+(?:video|film|movie)\s+ends\b", r"\g<text> at the end"),
    (r"^\s*(?:(?:ok(?:ay)?|and|so|then)[\s,]+)*now\s+(?=(?:vintage|retro|warm|cool|vivid|sepia|black)\w*\b)", ""),
    # An address that is to stay longer is a text that is there, and not the film.
    (rf"^(?:把|让)?{_WRITTEN_ZH}(?=(?:可以|稍微|再|也|要|多)*{_HOW_ZH})", "标题"),
    (
        (
            rf"^(?:(?:make|keep|show|move|put|leave)\s+)?(?:the|my|our)\s+{_WRITTEN}"
            r"(?=\s+(?:(?:should|must|shall|needs? to|a bit|a little|much|be|stay|on screen|up)\s+)*"
            rf"{_HOW}\b)"
        ),
        "make the text",
    ),
)

_DECADE = re.compile(
    r"\b(?:19)?([2-9])0['’]?s(?=[ -](?:style |type )?(?:music(?! video)|songs?|hits?|hip|rock|pop|disco|synth|dance|rap"
    r"|soul|funk|r&b|vibes?|party)\b)",
    re.IGNORECASE,
)
"""What is no length: "with 90s hip hop music"."""

_DECADES = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")


def spelled_out(text: str) -> str:
    """Return a message in which scraps of sentences are orders.

    Examples
    --------
    >>> spelled_out("put the sound back on for the candles only"), spelled_out("地址停久一点")
    ('unmute the candles', '标题停久一点')
    >>> spelled_out("with 90s hip hop music"), spelled_out("make a 60s music video")
    ('with nineties hip hop music', 'make a 60s music video')
    """
    text = _DECADE.sub(lambda match: _DECADES[int(match[1]) - 2], text)
    for pattern, order in _SCRAPS:
        text = re.sub(pattern, order, text, flags=re.IGNORECASE)
    return text
