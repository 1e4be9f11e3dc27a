"""Thanks and praise: messages that ask for nothing. Pure."""

from __future__ import annotations

import re

_WARM = re.compile(
    r"(?:\b(?:many|thanks?|thank you|thx|ty|cheers|a lot|so much|very|much|really|just|perfect(?:ly)?|great|good|nice"
    r"|awesome|amazing|wonderful|lovely|beautiful|cool|excellent|fantastic|brilliant|super|wow|yay|job|work|well done"
    r"|that['’]?s|thats|that|this|it['’]?s|it|is|was|looks?|i|we|love|like|the|video|result|now|yes|ok(?:ay)?|so|and"
    r"|for|your|help|what i wanted|exactly|all|you)\b|谢谢|多谢|感谢|辛苦|太棒|真棒|很棒|棒|太好|很好|真好|挺好|好看"
    r"|不错|完美|厉害|好的|喜欢|非常|特别|我|很|真|的|你|您|了|啦|啊|呀|哦|太|这个?|视频|就是这样"
    r"|[\s,.!~，。！～❤👍🙏😊🎉]+)+"
)
_KIND = re.compile(
    r"\b(?:thanks?|thank you|thx|ty|cheers|perfect|great|good|nice|awesome|amazing|wonderful|lovely|beautiful|cool"
    r"|excellent|fantastic|brilliant|love|well done|exactly what i wanted)\b|谢|感谢|辛苦|棒|好|不错|完美|厉害|喜欢"
)

_LONGEST = 80


def thanks(prompt: str) -> bool:
    """Say whether a message is nothing but thanks or praise.

    Examples
    --------
    >>> thanks("thanks, that is great"), thanks("太棒了，谢谢！"), thanks("thanks, make the music nicer")
    (True, True, False)
    """
    plain = prompt.lower().strip()
    return len(plain) < _LONGEST and _WARM.fullmatch(plain) is not None and _KIND.search(plain) is not None
