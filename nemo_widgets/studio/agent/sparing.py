"""Photos and clips that are to stay as they are, or whole, while the others change. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.nicknames import mark_named
from nemo_widgets.studio.agent.pointing import MARK, Marks, Pick, mark_files, mark_shots

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nemo_widgets.studio.agent.base import Material
    from nemo_widgets.studio.agent.wish import Wish

_SHOWN = ("speed", "motion", "look", "fit", "length", "freeze")
_WHOLE = (
    r"(?:whole|complete|uncut|intact|in full|full[- ]length|in its entirety"
    r"|(?:at|in) (?:its |their )?(?:full|whole|entire|original) length)"
)
_SAME = (
    rf"(?:alone|as (?:it|they) (?:is|are|was|were)|as is|unchanged|untouched|(?:exactly )?the same"
    rf"|the way (?:it|they) (?:is|are)|{_WHOLE})"
)
_LEAVES = re.compile(
    rf"(?:\s*[,;]\s*|\s+|^)(?:(?:but|and|while|just|please)\s+)*(?:keep|leave|preserve)\s+(?P<what>[^,.;!?]{{2,60}}?)\s+"
    rf"(?P<how>{_SAME})(?=\s*(?:$|[,.;!?]|and\b|but\b))"
    r"|\s*(?:[,，；;]|^)\s*(?:但是?|不过|请|而)*(?:把|让)?(?P<what_zh>[^，。；,]{1,14}?)(?:请|都|就|要|也)*"
    r"(?P<how_zh>(?:保持|保留)?(?:不变|不动|原样|完整)|别动|不要动|不用动|不要剪|别剪|不剪)(?=\s*(?:$|[，。；！,.;]))",
    re.IGNORECASE,
)
_TOUCHING = re.compile(
    r"\b(?:shorten\w*|cut\w*|trim\w*|touch\w*|chang\w*|alter\w*|edit\w*)\s+(?P<what>[^,.;!?]{2,60}?)\s*$"
    r"|^(?P<before>[^，。；,]{1,14}?)(?:就|也|请)?(?:不要|别|不用|不许)再?(?:剪|动|改|碰)"
    r"|(?:不要|别|不用|不许)再?(?:剪短?|缩短|动|改|碰)(?P<behind>[^，。；,]{1,14}?)\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Spared:
    """A message without what says that some stay: its ``text``, which ones, and whether they are to be seen whole."""

    text: str
    picks: tuple[Pick, ...]
    whole: bool


def spared(prompt: str, materials: Sequence[Material]) -> Spared | None:
    """Return a message without the clause that says which photos and clips stay as they are; None where there is none.

    Examples
    --------
    >>> found = spared("make it 15 seconds but keep the first clip whole", ())
    >>> found.text, found.picks[0].nth, found.whole
    ('make it 15 seconds', 1, True)
    >>> spared("make it 15 seconds but keep the title as it is", ()) is None
    True
    """
    for match in _LEAVES.finditer(prompt):
        picks = _pointed(match["what"] or match["what_zh"], materials)
        text = f"{prompt[: match.start()]}{prompt[match.end() :]}".strip(" ,，;；")
        if picks and text:
            how = match["how"] or match["how_zh"]
            return Spared(text, picks, whole=re.search(rf"{_WHOLE}|完整|剪", how, re.IGNORECASE) is not None)
    return None


def left(kept: Iterable[str], barred: Iterable[str], materials: Sequence[Material]) -> str:
    """Return words for the photos and clips among what is kept and not to be touched, to come after what is to be done.

    Examples
    --------
    >>> left(["the clips", "the title"], ["without shortening the first photo"], ())
    ', but leave the clips as it is, but leave the first photo as it is'
    """
    named = [words for words in kept if _pointed(words, materials)]
    for words in barred:
        match = _TOUCHING.search(words)
        what = next(filter(None, match.groups()), "") if match else ""
        named += [what] if what and _pointed(what, materials) else []
    return "".join(f", but leave {words} as it is" for words in named)


def sparing(wish: Wish, found: Spared) -> Wish:
    """Return a wish that leaves those as they are."""
    changes = tuple(
        replace(one, picks=one.picks or (Pick(),), but=(*one.but, *found.picks))
        if one.verb in _SHOWN and one.part is None and not any(pick.definite for pick in one.picks)
        else one
        for one in wish.changes
    )
    volumes = wish.clip_volume is not None and not wish.clip_picks
    return replace(
        wish,
        changes=changes,
        clip_but=(*wish.clip_but, *found.picks) if volumes else wish.clip_but,
        stays=found.picks,
        whole=found.whole,
    )


def _pointed(words: str, materials: Sequence[Material]) -> tuple[Pick, ...]:
    """Return which photos and clips words are, where they are nothing else; "the video" is the whole."""
    marks = Marks()
    marked = mark_named(mark_files(words, materials, marks, stems=False), materials, marks)
    if re.search(r"[\u4e00-\u9fff]$", marked):  # A bare word is a name where something is done with it.
        marked = mark_named(f"{marked}不要", materials, marks).removesuffix("不要")
    marked = mark_shots(marked.lower(), marks)
    picks = marks.picked(marked)
    rest = re.sub(rf"{MARK}|\b(?:the|my|all|both|and|clip|photo|file)\b|[和与跟、\s]|所有的?", "", marked)
    whole = re.fullmatch(r"\s*(?:the|my|this)?\s*(?:video|movie|film|视频|影片)\s*", words, re.IGNORECASE)
    return () if rest or whole or any(pick.kind == "audio" for pick in picks) else picks
