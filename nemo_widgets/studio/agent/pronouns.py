"""What "it" is in one of several wishes: the photo or clip of the wish before. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.ordering import CannotPoint
from nemo_widgets.studio.agent.pictures import pointed
from nemo_widgets.studio.agent.pointing import Marks, mark_shots
from nemo_widgets.studio.timeline import VIDEO, segments
from nemo_widgets.studio.workspace import media_id_in

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.base import Context
    from nemo_widgets.studio.agent.understanding import Wish

_IT = re.compile(
    r"\b((?:trim|shorten|cut|speed|slow|play|mute|unmute|freeze|zoom in on|zoom out on|show|hold|split"
    r"|keep|lengthen|extend|duplicate|repeat|remove"
    r"|delete|move|put)(?: down| up| out)?|make|turn)\s+(?:it|that one|that|this one)\b(?!\s+(?:all\b|"
    r"(?:a |an )?(?:video|square|vertical|portrait|landscape|\d+:\d+)))",
    re.IGNORECASE,
)
_ITS = re.compile(r"(把|将|让|给)(?:它|他|她|这个|这段|这张)")
_SIZED = re.compile(
    r"\b(?:\d+\s?:\s?\d+|\d+\s?(?:s|sec\w*|min\w*)\b(?!\s*(?:faster|slower))|vertical|square|for "
    r"(?:tiktok|youtube|instagram))"
)


def referred(text: str, before: Wish, context: Context) -> str:
    """Return a wish's words with the name of a file for "it", where the wish before was about that one alone.

    "Make it 20 seconds" stays about the whole.
    """
    match = _IT.search(text) or _ITS.search(text)
    if match is None or (match[1].lower() in ("make", "turn") and _SIZED.search(text.lower())):
        return text
    name = _only(before, context)
    if name is None:
        return text
    return f"{text[: match.start()]}{match[1]} {name}{text[match.end() :]}"


def pinned(text: str, context: Context) -> str:
    """Return a wish's words with the names of files for numbers, which count what was there before the message.

    "Remove clip 1 and speed up clip 2" speeds up what is the second one now.
    """
    shots = segments(context.draft, VIDEO)
    sources = [media_id_in(one["m"].get("src", "")) or "" for one in shots]
    known = {one.id: one.name for one in context.materials}
    if context.draft is None or len(set(sources)) < len(sources) or not set(sources) <= set(known):
        return text
    marks = Marks()
    marked = mark_shots(text.lower(), marks)
    for letter, picks in marks.picks.items():
        if not all(pick.nth is not None for pick in picks):
            continue
        try:
            chosen = pointed(context.draft, picks)
        except CannotPoint:
            return text
        names = " and ".join(known[media_id_in(one["m"]["src"]) or ""] for one in chosen)
        marked = marked.replace(letter, names)
    return text if not marks.picks else marks.spelled(marked)


def _only(wish: Wish, context: Context) -> str | None:
    """Return the name of the only file that a wish is about, where it is used once."""
    picks = {pick for one in (*wish.orders, *wish.changes) for pick in one.picks}
    if len(picks) != 1 or context.draft is None:
        return None
    (pick,) = picks
    if pick.file:
        return pick.name
    try:
        shots = pointed(context.draft, (pick,))
    except CannotPoint:
        return None
    known = {one.id: one.name for one in context.materials}
    return known.get(media_id_in(shots[0]["m"].get("src", "")) or "") if len(shots) == 1 else None
