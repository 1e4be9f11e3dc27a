"""What people say in scraps → the same as an order: "sound back on for the dance", 地址停久一点. Pure."""

from __future__ import annotations

import re

_END = r"(?=\s*(?:$|[,.;!?]))"
_WRITTEN = r"(?:address|(?:phone )?number|price|slogan|date|web ?site|(?:shop |company )?name)"
_WRITTEN_ZH = "(?:地址|电话|手机号|网址|价格|日期|店名|口号)"
_HOW = r"(?:bigger|smaller|larger|longer|higher|lower|to the (?:top|bottom)|in (?:red|white|yellow|black|blue))"
_HOW_ZH = "(?:停|显示|留|放[到在大]|[大小][点一]|往|移|换到|改成[红白黑黄蓝绿大小])"
_THERE = r"(?=\s*(?:$|[,.;!?]|and\b|then\b|with\b))"
_USE_ZH = (
    r"(?:用|拿|以|让)(?P<what>(?:第[一二三四五六七八九十\d]{1,3}|最后一?)[张段个](?:照片|图片|视频)?|[\w.-]{1,40}?)"
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
