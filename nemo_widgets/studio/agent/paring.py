"""What is too long or too fast, how much is enough, and which part goes → the same as an order. Pure."""

from __future__ import annotations

import re

_N = r"(?:\d{1,3}(?:\.\d)?|one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty)"
_ENOUGH = rf"(?P<t>{_N}[ -]?(?:s|secs?|seconds?))\s+(?:is|are|would be|should be)\s+(?:enough|plenty|fine|ok)\b"
_IT_IS = (
    r"(?:^|(?<=[,;.!?]))\s*(?:(?:but|and|hm+|sorry)\s+)*(?P<what>(?:it|this|that)|(?:(?:the|my|our)\s+)?"
    r"(?:[^,;.!?\s]|\.(?=\w)|\s(?!is\b|are\b|runs?\b)){2,40})(?:['’]s|\s+is|\s+are|\s+runs?)\s+(?:about\s+)?"
)
_N_ZH = r"(?:\d{1,4}(?:\.\d{1,3})?|[一二两三四五六七八九十半]{1,4})"
_PARINGS: tuple[tuple[str, str], ...] = (
    # What is enough of the music or of a title isn't how long the film is to be.
    (
        rf"\b(?:the|my|our)\s+(?:background\s+)?(?:music|song)\s+is\s+(?:\w+\s+)?too\s+long\s*[,;.]\s*{_ENOUGH}",
        r"stop the music after \g<t>",
    ),
    (
        rf"\b(?P<what>the\s+(?:title|text|caption|headline))\s+is\s+(?:\w+\s+)?too\s+long\s*[,;.]\s*{_ENOUGH}",
        r"show \g<what> for \g<t>",
    ),
    # "10 seconds too long" is by how much.
    (rf"{_IT_IS}(?P<t>{_N}[ -]?(?:s|secs?|seconds?))\s+too\s+long\b", r" make \g<what> \g<t> shorter"),
    (rf"{_IT_IS}(?P<t>{_N}[ -]?(?:s|secs?|seconds?))\s+too\s+short\b", r" make \g<what> \g<t> longer"),
    (rf"(?:有点|太|还是)*长了(?P<t>{_N_ZH}秒)钟?", r"缩短\g<t>"),
    (rf"(?:有点|太|还是)*短了(?P<t>{_N_ZH}秒)钟?", r"延长\g<t>"),
    # How long is enough, which part goes, which is needed.
    (
        (
            rf"{_IT_IS}(?:(?:way|much|a bit|far|still|really)\s+)*too\s+long\s*[,;.:–-]\s*(?:just\s+|maybe\s+)?"
            rf"(?P<t>{_N}[ -]?(?:s|secs?|seconds?))\s+(?:is|are|would be|should be)\s+(?:enough|plenty|fine|ok)\b"
        ),
        r" make \g<what> \g<t> long",
    ),
    (
        (
            rf"(?:^|(?<=[，,。；！]))(?!(?:视频|影片|片子|整个|时长|长度|它|这个|背景|音乐|歌|标题|字幕|文字|片名))(?P<what>[^，,。；！\s]{{1,16}}?)"
            rf"(?:有点|实在|还是)*太长了?[，,。]\s*(?:大概|只?要?|有)?(?P<t>{_N_ZH}秒)钟?(?:左右)?(?:就|也)?(?:够了?|行了?|可以了?|好了)"
        ),
        r"把\g<what>剪到\g<t>",
    ),
    (
        (
            rf"(?:背景)?(?:音乐|歌曲?|配乐)(?:有点|实在|还是)?太长了?[，,。](?:大概|只?要?)?(?P<t>{_N_ZH}秒)钟?(?:就|也)?"
            r"(?:够了?|行了?|可以了?|好了)"
        ),
        r"音乐到\g<t>结束",
    ),
    (
        (
            rf"(?P<what>标题|字幕|文字|片名)(?:有点|实在|还是)?太[长久]了?[，,。](?:大概|只?要?)?(?P<t>{_N_ZH}秒)钟?(?:就|也)?"
            r"(?:够了?|行了?|可以了?|好了)"
        ),
        r"\g<what>显示\g<t>",
    ),
    (
        rf"(?P<what>(?:背景)?(?:音乐|歌))(?:要|就)?从(?P<a>第?{_N_ZH}秒)钟?开始[，,]?到(?P<b>第?{_N_ZH}秒)钟?(?:就)?(?:结束|停止?|为止)",
        r"音乐从\g<a>开始，音乐到\g<b>结束",
    ),
    (
        (
            r"(?P<t>秒)钟?的?(?:那段|这段|那部分|这部分)?(?:很|太|有点|比较)?"
            r"(?:无聊|多余|没用|不好看?|重复|模糊|晃|抖|没意思|难看)的?(?:那段|这段|部分|地方|内容|画面)?(?=(?:都|给我|帮我|全部)*(?:剪|去|删))"
        ),
        r"\g<t>",
    ),
    (
        (
            rf"(?:把|将)?(?P<what>[^，,。；！\s]{{1,16}}?)的?(?:前面?|开头|最前面?)的?(?P<a>{_N_ZH}秒)钟?(?:和|跟|与|、|以及)(?:最?后面?|结尾|末尾)的?"
            rf"(?P<b>{_N_ZH}秒)钟?(?:都|全部?)?(?P<do>剪掉|去掉|删掉|不要|剪了|删了)"
        ),
        r"把\g<what>前\g<a>剪掉，把\g<what>最后\g<b>剪掉",
    ),
    (
        (
            rf"\b(?P<do>cut|remove|trim|delete|drop|take|skip|chop)(?:\s+off|\s+out)?\s+the\s+first\s+(?P<a>{_N})\s*(?:s|secs?|seconds?)?\s+and\s+"
            rf"(?:the\s+)?last\s+(?P<b>{_N})\s*(?:s|secs?|seconds?)\s+(?:of|from|off)\s+(?P<what>[^,;!?]{{2,40}}?)(?=\s*(?:$|[,;!?]|\.(?!\w)|and\b))"
        ),
        r"cut the first \g<a> seconds of \g<what> and cut the last \g<b> seconds of \g<what>",
    ),
    (
        (
            r"\b(?P<do>cut|remove|delete|drop|trim)(?:\s+out)?\s+the\s+(?:\w+\s+)?(?:part|bit|section|stretch)\s+(?:of|in)\s+"
            r"(?P<what>[^,;!?]{2,30}?)\s+(?P<part>(?:between|from)\s+[\d:.]+\s?(?:s|secs?|seconds?)?\s+(?:and|to)\s+[\d:.]*\d(?:\s?s\w*)?)"
        ),
        r"cut \g<part> of \g<what>",
    ),
    (
        (
            rf"\bthe\s+middle\s+(?:part\s+|bit\s+)?of\s+(?P<what>[^,;.!?]{{2,30}}?)\s*,?\s+(?:like|about|say|around|maybe|for)\s+(?:like\s+|about\s+)?"
            rf"(?P<t>{_N}\s?(?:s|secs?|seconds?))\b"
        ),
        r"the middle \g<t> of \g<what>",
    ),
    (
        (
            rf"\bstart\s+(?P<what>[^,;.!?]{{2,40}}?)\s+later\s*,?\s*(?:and\s+|by\s+)?skip(?:ping)?\s+(?:the\s+)?first\s+(?P<t>{_N}\s?(?:s|secs?"
            r"|seconds?))\b"
        ),
        r"cut the first \g<t> of \g<what>",
    ),
    # What is too fast "at the start" isn't all of it.
    (
        (
            r"\bthe\s+(?:first\s+)?(?P<what>photos|pictures|images)\s+(?:(?:go|pass|fly|flash|rush)\w*\s+(?:by\s+|past\s+)?|are\s+)"
            r"(?:(?:a bit|way|much)\s+)?too\s+(?:fast|quick(?:ly)?|short)\s+(?:at|in|near)\s+the\s+(?:start|beginning)"
        ),
        r"the first two \g<what> are too short",
    ),
    (
        r"(?:开头|前面|片头)(?:的|那)?几?张?(?:照片|图片)(?:放得|切得|过得)?(?:有点|都)*太(?:快|短)了?",
        "前两张照片放久一点",
    ),
)


def pared(text: str) -> str:
    """Return a message in which it is said plainly how much longer or shorter something is to be.

    Examples
    --------
    >>> pared("the vows are 5 seconds too long").strip(), pared("跳舞太长了，20秒就够了")
    ('make the vows 5 seconds shorter', '把跳舞剪到20秒')
    """
    for pattern, order in _PARINGS:
        text = re.sub(pattern, order, text, flags=re.IGNORECASE)
    return text
