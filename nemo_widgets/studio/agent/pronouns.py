"""What "it" is in one of several wishes: the photo or clip of the wish before. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.ordering import CannotPoint
from nemo_widgets.studio.agent.pictures import pointed
from nemo_widgets.studio.agent.pointing import Marks, mark_files, mark_shots
from nemo_widgets.studio.timeline import VIDEO, segments
from nemo_widgets.studio.workspace import media_id_in

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.base import Context
    from nemo_widgets.studio.agent.understanding import Wish

_IT = re.compile(
    r"\b((?:trim|shorten|cut|speed|slow|brighten|darken|play|mute|unmute|freeze|zoom in on|zoom out on|show|hold|split"
    r"|keep|lengthen|extend|duplicate|repeat|remove"
    r"|delete|move|put)(?: down| up| out)?|make|turn)\s+(?:it|that one|that|this one)\b(?!\s+(?:all\b|"
    r"(?:a |an )?(?:video|square|vertical|portrait|landscape|\d+:\d+)))",
    re.IGNORECASE,
)
_ITS = re.compile(r"(把|将|让|给)(?:它|他|她|这个|这段|这张)")
_ITS_SOUND = re.compile(r"\b(?:its|the) (sound|audio|volume)\b(?! of| from)", re.IGNORECASE)
_ITS_SOUND_ZH = re.compile(r"^(?:并且?|也|再|然后)*(?=静音|消音|声音|音量)")
_AGAIN = re.compile(r"\b(?:un)?mute (?:it|that)\b(?! all)", re.IGNORECASE)
_PART = re.compile(r"\bthe (first|second|last|latter) (?:half|part|piece)\b", re.IGNORECASE)
_SIZED = re.compile(
    r"\b(?:\d+\s?:\s?\d+|\d+\s?(?:s|sec\w*|min\w*)\b(?!\s*(?:faster|slower))|vertical|square|for "
    r"(?:tiktok|youtube|instagram))"
)


def referred(text: str, before: Wish, context: Context, said: str = "") -> str:
    """Return a wish's words with the name of a file for "it", where the wish before was about that one alone.

    "Make it 20 seconds" stays about the whole. ``said`` is what the wish before said, which names a file even where
    nothing could be made of it.
    """
    if (match := _PART.search(text)) and (number := _first_part(before, context)) is not None:
        number += match[1].lower() not in ("first", "前")
        return f"{text[: match.start()]}the {number}th shot{text[match.end() :]}"
    if (match := _ITS_SOUND.search(text) or _ITS_SOUND_ZH.search(text)) and (name := _only(before, context, said)):
        its = f"the {match[1]} of {name}" if match.re is _ITS_SOUND else f"{name}"
        return f"{text[: match.start()]}{its}{text[match.end() :]}"
    match = _IT.search(text) or _ITS.search(text)
    if match is None or (match[1].lower() in ("make", "turn") and _SIZED.search(text.lower())):
        return text
    name = _only(before, context, said)
    if name is None:
        return text
    rest = text[match.end() :]
    apart = "." if re.match(r"\s*,|\s*and\b", rest) else ""  # What comes next is no second file of a list.
    return f"{text[: match.start()]}{match[1]} {name}{apart}{rest}"


def continued(text: str, before: Wish, context: Context) -> str:
    """Return a message's words with the name of a file for "it", where the message before was about that one alone.

    Only what can't be meant of the whole is: "mute it", but not "make it shorter".
    """
    return referred(text, before, context) if _AGAIN.search(text) else text


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


def _first_part(wish: Wish, context: Context) -> int | None:
    """Return which shot (from 1) is the first part of what a wish splits in two, where it does just that."""
    if len(wish.changes) != 1 or wish.changes[0].verb != "split" or not wish.changes[0].picks or context.draft is None:
        return None
    (change,) = wish.changes
    try:
        (shot,) = pointed(context.draft, change.picks)
    except (CannotPoint, ValueError):
        return None
    ids = [one["id"] for one in segments(context.draft, VIDEO)]
    return ids.index(shot["id"]) + 1 if len(change.facts.get("at", [0])) == 1 else None


def _only(wish: Wish, context: Context, said: str) -> str | None:
    """Return the name of the only file that a wish is about, where it is used once."""
    picks = {pick for one in (*wish.orders, *wish.changes) for pick in one.picks}
    if not picks and "choosing" in wish.beyond:
        marks = Marks()
        named = mark_files(said, context.materials, marks, stems=False)
        marked = mark_shots(mark_files(named, context.materials, marks, stems=True).lower(), marks)
        picks = {pick for pick in marks.picked(marked) if pick.definite}
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
