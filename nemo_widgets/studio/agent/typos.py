"""Slips of the fingers in the words that orders are made of: "remvoe the titel". Pure.

Only such words are mended, never what stands in quotes or after "title to", nor any part of a file's name: a short word
where two neighbouring letters are swapped, a long one where a letter is missing, doubled, another or swapped.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.quotes import Held
from nemo_widgets.studio.agent.tongue import is_foreign

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nemo_widgets.studio.agent.base import Context, Material

_SHORT = ("make", "show", "move", "mute", "fade", "trim", "text", "clip", "clips", "swap", "keep", "slow", "logo")
_LONG = (
    "remove", "delete", "change", "replace", "duplicate", "shuffle", "reverse", "create", "export", "shorten",
    "title", "titles", "music", "photo", "photos", "picture", "pictures", "image", "images", "caption", "captions",
    "video", "videos", "second", "seconds", "minute", "minutes", "volume", "transition", "transitions", "slideshow",
    "background", "vertical", "square", "louder", "quieter", "brighter", "darker", "slower", "faster", "longer",
    "shorter", "except", "beginning", "first", "third", "yellow", "black",
)  # fmt: skip
_SPELLED_OTHERWISE = {
    "foto": "photo", "fotos": "photos", "musik": "music", "vid": "video", "vids": "videos", "pls": "please",
}  # fmt: skip
_REAL = frozenset({
    "tile", "tithe", "tittle", "titre", "remote", "deplete", "charge", "chance", "photon", "captain", "caution",
    "cautions", "expert", "extort", "quitter", "quieten", "brighten", "darken", "falter", "fatter", "fasten",
    "foster", "linger", "lounger", "shooter", "snorter", "crate", "crease", "snuffle", "scuffle", "reserve", "squire",
    "volute", "minuet", "minuets", "imago", "back", "block", "blank", "slack", "fist", "firs", "louver", "fasted",
    "slowed", "longed",
})  # fmt: skip
"""Words that are meant as they stand, though a slip away from another."""

_WORD = re.compile(r"(?<![\w.\-/'’@#])[a-z]{3,14}(?![\w\-/@]|[.'’]\w)", re.IGNORECASE)
_ENDINGS = ("s", "d", "r", "n", "y", "l", "ed", "er", "ly", "al")
_MOST = 8


def mended(prompt: str, materials: Iterable[Material] = ()) -> str:
    """Return a message without slips in the words of an order.

    Examples
    --------
    >>> mended("remvoe the titel"), mended("shwo fotos for 2 secnods")
    ('remove the title', 'show photos for 2 seconds')
    >>> mended("change the titel to Musci Shwo"), mended("use the mike and expert tile")
    ('change the title to Musci Shwo', 'use the mike and expert tile')
    """
    named = {part for one in materials for part in re.findall(r"[a-z]+", PurePosixPath(one.name).stem.lower())}
    if not any(_meant(word, named) for word in _WORD.findall(prompt)) or is_foreign(prompt):
        return prompt
    for _ in range(_MOST):
        # One after the other: what "the titel" shall say is known once that is a title.
        held = Held(prompt)
        found = next((match for match in _WORD.finditer(held.marked) if _meant(match[0], named)), None)
        if found is None:
            break
        meant = _meant(found[0], named)
        word = meant.capitalize() if found[0][0].isupper() else meant
        prompt = held.spelled(f"{held.marked[: found.start()]}{word}{held.marked[found.end() :]}")
    return prompt


def of(context: Context) -> Context:
    """Return a context in which what was said before is without such slips, too."""
    turns = tuple(replace(turn, prompt=mended(turn.prompt, context.materials)) for turn in context.turns)
    return replace(context, turns=turns)


def _meant(word: str, named: set[str]) -> str:
    """Return which word is meant by one that isn't any; nothing where it is one, or none is near."""
    word = word.lower()
    return "" if word in named else _nearest(word)


@lru_cache(maxsize=4_096)
def _nearest(word: str) -> str:
    usual = (*_SHORT, *_LONG)
    if word in _REAL or word in usual or any(word.removesuffix(end) in usual for end in _ENDINGS):
        return ""
    if word in _SPELLED_OTHERWISE:
        return _SPELLED_OTHERWISE[word]
    short = next((known for known in _SHORT if _swapped(word, known)), None)
    near = [short] if short else [known for known in _LONG if _swapped(word, known) or _one_letter(word, known)]
    alike = [known for known in near if known[-1] == word[-1]]
    return near[0] if len(near) == 1 else alike[0] if len(alike) == 1 else ""


def _swapped(word: str, known: str) -> bool:
    """Say whether two neighbouring letters are swapped."""
    at = [index for index, (one, other) in enumerate(zip(word, known, strict=False)) if one != other]
    if len(word) != len(known) or len(at) != 2 or at[1] != at[0] + 1:
        return False
    return word[at[0]] == known[at[1]] and word[at[1]] == known[at[0]]


def _one_letter(word: str, known: str) -> bool:
    """Say whether a letter of a long word is missing, too many or another; its first letter is right."""
    if word[0] != known[0] or abs(len(word) - len(known)) > 1:
        return False
    shorter, longer = sorted((word, known), key=len)
    at = next((index for index, one in enumerate(shorter) if one != longer[index]), len(shorter))
    return shorter[at + 1 :] == longer[at + 1 :] if len(word) == len(known) else shorter[at:] == longer[at + 1 :]
