"""What somebody doesn't like, and what is to become of it: "I hate this music, remove it", 音乐不好听，换一首. Pure."""

from __future__ import annotations

import re

_THING = r"(?:(?:background\s+)?(?:music|song|track)|titles?|texts?|captions?|logo|watermark|transitions?)"
_HATE = (
    r"(?:(?:really|just|so)\s+)*(?:(?:do\s+not|don['’]?t)\s+(?:really\s+)?(?:like|love|enjoy)|dislike|hate"
    r"|can['’]?t\s+stand)"
)
_THING_ZH = r"(?:背景音乐|音乐|配乐|歌|标题|字幕|文字|水印|转场)"
_HATE_ZH = r"(?:不(?:太|怎么|是很)?喜欢|讨厌|受不了)(?:现在)?(?:这个|这首|这些|那个|的)*"
_BAD_ZH = r"(?:真的|有点|太|不太|一点也)*(?:不好听|难听|不好看|难看|不合适|不搭|不对味)了?"
_THEN = re.compile(
    rf"\b(?:i|we)\s+{_HATE}\s+(?:the|this|that|my|these|those)\s+(?P<what>{_THING})\b[^,;.!?\n]{{0,20}}[,;.!]?\s*"
    r"(?:(?:so|and|but|please|can you|could you|just)\s+)*"
    r"(?P<do>remove|delete|drop|take|change|replace|switch|swap)\s+(?:it|them|that)\b(?:\s+(?:away|out|off|please))*"
    rf"|我?(?:{_HATE_ZH}(?P<hated>{_THING_ZH})|(?:这个|这首|现在的)?(?P<bad>{_THING_ZH}){_BAD_ZH})[，,。！\s]*"
    r"(?:请|就|帮我|给我|能不能|可以)*(?:把它)?(?:都)?(?P<do_zh>去掉|删掉|删了|删除|拿掉|不要了|换掉|换一?[个首]|换了)(?:吧|吗)?",
    re.IGNORECASE,
)
_ALONE = re.compile(
    rf"\b(?:i|we)\s+{_HATE}\s+(?:the|this|that|my|these|those)\s+{_THING}(?:\s+(?:at all|(?:very |that )?much))?\s*"
    r"(?=$|[.!])"
    rf"|我?{_HATE_ZH}{_THING_ZH}[吧啊了呢]?(?=\s*(?:$|[。！]))",
    re.IGNORECASE,
)
_PLAIN = {"take": "remove", "switch": "change", "swap": "change", "replace": "change"}
_SONGS = ("背景音乐", "音乐", "配乐", "歌")


def without_dislikes(text: str) -> str:
    """Return a message in which what isn't liked is what is to go, or to be another; that alone asks for nothing.

    Examples
    --------
    >>> without_dislikes("I hate this music, remove it"), without_dislikes("I don't like the title. Change it")
    ('remove the music', 'change the title')
    >>> without_dislikes("音乐不好听，换一首"), without_dislikes("不喜欢这个标题，去掉")
    ('换一首音乐', '去掉标题')
    """
    return _ALONE.sub("", _THEN.sub(_asked, text))


def _asked(match: re.Match[str]) -> str:
    if match["what"]:
        do = match["do"].lower()
        return f"{_PLAIN.get(do, do)} the {match['what']}"
    what = match["hated"] or match["bad"]
    if match["do_zh"][0] != "换":
        return f"去掉{what}"
    return f"换一首{'音乐' if what in ('歌', '配乐', '背景音乐') else what}" if what in _SONGS else f"改一下{what}"
