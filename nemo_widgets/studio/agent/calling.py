"""Which photos and clips some words call, and what to call some of them in a message. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.nicknames import mark_named
from nemo_widgets.studio.agent.pointing import Marks, mark_files, mark_shots
from nemo_widgets.studio.workspace import media_id_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nemo_widgets.studio.agent.base import Context, Material
    from nemo_widgets.studio.agent.pointing import Pick
    from nemo_widgets.studio.edits import Shot


def called_in(text: str, materials: Sequence[Material]) -> tuple[Marks, str]:
    r"""Return what some words (all of them a name) call, and the words with marks for it, in lower case.

    Examples
    --------
    >>> marks, text = called_in("The second clip", ())
    >>> text, marks.picked(text)[0].nth
    ('\ue000', 2)
    """
    marks = Marks()
    named = mark_named(mark_files(text, materials, marks, stems=False), materials, marks)
    if re.search(r"[\u4e00-\u9fff]$", named):  # A bare word is a name where something is done with it.
        named = mark_named(f"{named}不要", materials, marks).removesuffix("不要")
    return marks, mark_shots(named.lower(), marks)


def certain(picks: tuple[Pick, ...]) -> bool:
    """Say whether certain photos or clips are pointed at, and no sound."""
    return bool(picks) and all((pick.definite or pick.single) and pick.kind != "audio" for pick in picks)


def called(chosen: list[int], shots: list[Shot], context: Context, *, chinese: bool) -> str:
    """Return words for some shots: files' names, or numbers where a file is there more than once."""
    known = {one.id: one.name for one in context.materials}
    names: list[str] = []
    for index in chosen:
        source = media_id_in(shots[index].src) or ""
        if source in known and [media_id_in(shot.src) for shot in shots].count(source) == 1:
            names.append(known[source])
            continue
        photo = shots[index].length is None
        number = sum((shot.length is None) == photo for shot in shots[: index + 1])
        names.append(f"第{number}{'张' if photo else '段'}" if chinese else f"{'photo' if photo else 'clip'} {number}")
    return ("和" if chinese else " and ").join(names)
