"""Who speaks: sentences, names and numbers in one language, as an answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nemo_widgets.studio.agent.naming import LOOKS, MOODS, OFFERS, TOPICS
from nemo_widgets.studio.agent.remarks import KINDS, REMARKS
from nemo_widgets.studio.agent.sentences import SENTENCES

if TYPE_CHECKING:
    from collections.abc import Iterable


def mood_name(mood: str, language: str) -> str:
    """Return what music of a mood is called on a timeline.

    Examples
    --------
    >>> mood_name("lo-fi", "en"), mood_name("lo-fi", "zh")
    ('Lo-fi', '低保真')
    """
    return MOODS.get(mood, mood) if language.lower().startswith("zh") else mood.capitalize()


_MOST = 24
_NOTHING = re.compile(
    r", so I changed nothing|(?<=[.?]) I changed nothing(?: so far)?\."
    r"|(?<=。)(?:目前)?没有做任何修改。|，?(?:目前)?没有做任何修改(?=[，。])"
)


class Voice:
    """Speaks one language.

    Examples
    --------
    >>> Voice(chinese=False)("size", size="1080×1920")
    'The picture is now 1080×1920.'
    """

    def __init__(self, *, chinese: bool) -> None:
        self._index = int(chinese)
        self.language = "zh" if chinese else "en"

    def __call__(self, key: str, **details: Any) -> str:
        """Return a sentence."""
        return (SENTENCES.get(key) or REMARKS[key])[self._index].format(**details)

    def says(self, sentence: str, *keys: str) -> bool:
        """Say whether a sentence is one of these, whatever its details are.

        Examples
        --------
        >>> Voice(chinese=False).says("The video now lasts 3 seconds.", "lasts-now")
        True
        """
        templates = ((SENTENCES.get(key) or REMARKS[key])[self._index] for key in keys)
        return any(re.fullmatch(re.sub(r"\\{\w+\\}", ".+", re.escape(one)), sentence) for one in templates)

    def kind(self, key: str) -> str:
        """Return what a kind of transition, motion, look or place is called."""
        return KINDS[key][self._index]

    def topics(self, keys: tuple[str, ...]) -> str:
        """Return what can't be done, as a list in words."""
        return ("、" if self._index else ", ").join(TOPICS[key][self._index] for key in keys)

    def offers(self, keys: Iterable[str]) -> list[str]:
        """Return what can be done instead of what can't."""
        return list(dict.fromkeys(OFFERS[key][self._index] for key in keys if key in OFFERS))

    def look(self, values: Iterable[object]) -> str:
        """Return how a title looks, in words; what has no word stands for itself.

        Examples
        --------
        >>> Voice(chinese=False).look(["large", "#e53935"])
        'large, red'
        """
        return self.names([LOOKS[str(value)][self._index] if str(value) in LOOKS else str(value) for value in values])

    def names(self, names: Iterable[str], most: int = 8) -> str:
        """Return names as a list, cut short after ``most`` of them.

        Examples
        --------
        >>> Voice(chinese=False).names("abc", most=2), Voice(chinese=True).names("ab")
        ('a, b, …', 'a、b')
        """
        every = list(names)
        return ("、" if self._index else ", ").join(every[:most] + ["…"] * (len(every) > most))

    def partly(self, text: str) -> str:
        """Return why one thing wasn't done, where others were: without saying that nothing changed.

        Examples
        --------
        >>> Voice(chinese=False).partly("There is no “a.jpg”, so I changed nothing. There are: b.")
        'There is no “a.jpg”. There are: b.'
        """
        return _NOTHING.sub("", text)

    def join(self, sentences: list[str]) -> str:
        """Return sentences as one text, each of them once, and no more than anybody reads.

        Examples
        --------
        >>> Voice(chinese=False).join(["Done.", "", "Title: “A”.", "Done."])
        'Done. Title: “A”.'
        """
        told = list(dict.fromkeys(sentence for sentence in sentences if sentence))
        return ("" if self._index else " ").join([*told[:_MOST], *(["…"] if len(told) > _MOST else [])])

    def duration(self, ms: int) -> str:
        """Return a duration for people.

        Examples
        --------
        >>> Voice(chinese=False).duration(90_000), Voice(chinese=True).duration(7_500)
        ('1 minute 30 seconds', '7.5 秒')
        """
        minutes, seconds = divmod(ms / 1000, 60)
        parts = [(int(minutes), ("minute", "分钟")), (round(seconds, 1), ("second", "秒"))]
        words = [self._counted(count, unit) for count, unit in parts if count]
        return " ".join(words) or self._counted(0, ("second", "秒"))

    def clock(self, at: int) -> str:
        """Return a moment of a video, in ms, in words.

        Examples
        --------
        >>> Voice(chinese=False).clock(2500), Voice(chinese=True).clock(3000)
        ('2.5 s', '3 秒')
        """
        return f"{at / 1000:g} {('s', '秒')[self._index]}"

    def span(self, start: int, end: int) -> str:
        """Return from when to when something is seen, both in ms.

        Examples
        --------
        >>> Voice(chinese=False).span(0, 2500), Voice(chinese=True).span(0, 3000)
        ('0–2.5 s', '0–3 秒')
        """
        return f"{start / 1000:g}–{self.clock(end)}"

    def shots(self, photos: int, clips: int) -> str:
        """Return how many photos and clips there are.

        Examples
        --------
        >>> Voice(chinese=False).shots(5, 1), Voice(chinese=True).shots(5, 1)
        ('5 photos and 1 clip', '5 张照片和 1 段视频')
        """
        counted = [(photos, ("photo", "张照片")), (clips, ("clip", "段视频"))]
        words = [self._counted(count, unit) for count, unit in counted if count]
        return (" and ", "和 ")[self._index].join(words)

    def _counted(self, count: float, unit: tuple[str, str]) -> str:
        if self._index:
            return f"{count:g} {unit[1]}"
        return f"{count:g} {unit[0]}" + ("" if count == 1 else "s")
