"""Which language somebody speaks."""

from __future__ import annotations

import re

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_OTHER_SCRIPTS = re.compile(r"[\u3040-\u30ff\uac00-\ud7af\u0370-\u052f\u0590-\u06ff\u0900-\u0e7f]")
_ENGLISH = frozenset(
    "the and with make it its of to my in on for music title please add remove change put use this that these photo photos"
    " picture pictures clip clips seconds second is at from into all more slideshow song".split()
)
_OTHERS = frozenset(
    # Spanish, Portuguese, Italian
    "un una uno el los las del con para haz crea hacer por favor mis mi música musica segundos vídeo fotos y o"
    " um uma os com meus minhas faça faz crie il gli di fai crea della mie secondi"
    # French
    " le la les des une avec pour fais faites vidéo mes musique secondes s'il"
    # German, Dutch
    " ein eine einen der die das mit und aus bitte mach mache erstelle meine meinen sekunden musik bilder bildern fotos"
    " een met maak muziek van".split()
)


def is_chinese(text: str) -> bool:
    """Say whether a text has Chinese letters."""
    return _CHINESE.search(text) is not None


def is_foreign(text: str) -> bool:
    """Say whether a text is in neither English nor Chinese: by its letters, or by its small words.

    Examples
    --------
    >>> [is_foreign(text) for text in ("動画を作って", "haz un video con música", "Make a video", "做一个视频", "我の照片")]
    [True, True, False, False, False]
    """
    if len(_OTHER_SCRIPTS.findall(text)) > 1:
        return True
    words = re.findall(r"[^\W\d_]+", text.lower())
    other = {word for word in words if word in _OTHERS}
    return len(other) > 1 and len(other) > sum(word in _ENGLISH for word in words)
