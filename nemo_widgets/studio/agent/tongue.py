"""Which language somebody speaks."""

from __future__ import annotations

import re

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_OTHER_SCRIPTS = re.compile(r"[\u3040-\u30ff\uac00-\ud7af\u0370-\u052f\u0590-\u06ff\u0900-\u0e7f]")
_ENGLISH = re.compile(
    r"the|and|with|make|it|its|of|to|my|in|on|for|music|title|please|add|remove|change|put|use|this|that|these|photos?"
    r"|pictures?|clips?|seconds?|is|at|from|into|all|more|slideshow|song"
)
_OTHERS = re.compile(
    r"una?|uno|el|l[oa]s|del|con|para|haz|crea|hacer|por|favor|mis?|m[úu]sica|segundos|vídeo|fotos|y|o"  # Spanish
    r"|uma?|os|com|meus|minhas|faça|faz|crie|il|gli|di|fai|della|mie|secondi"  # Portuguese, Italian
    r"|l[ea]s?|des|une|avec|pour|fais|faites|vidéo|mes|musique|secondes"  # French
    r"|eine?n?|der|die|das|mit|und|aus|bitte|mache?|erstelle|meinen?|sekunden|musik|bildern?|een|met|maak|muziek|van"
)


def is_chinese(text: str) -> bool:
    """Say whether a text has Chinese letters."""
    return _CHINESE.search(text) is not None


def is_foreign(text: str) -> bool:
    """Say whether a text is in neither English nor Chinese: by its letters, or by its small words.

    Examples
    --------
    >>> [is_foreign(text) for text in ("動画を作って", "haz un video con música", "Make a video", "做一个视频")]
    [True, True, False, False]
    """
    if len(_OTHER_SCRIPTS.findall(text)) > 1:
        return True
    words = re.findall(r"[^\W\d_]+", text.lower())
    other = {word for word in words if _OTHERS.fullmatch(word)}
    return len(other) > 1 and len(other) > sum(_ENGLISH.fullmatch(word) is not None for word in words)
