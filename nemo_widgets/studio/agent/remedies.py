"""What a clause is about where it doesn't say so: the clip that it names, or that was complained about. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.pace import FASTER, SLOWER
from nemo_widgets.studio.agent.pointing import MARK

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.grammar import Change
    from nemo_widgets.studio.agent.pointing import Marks

_CLAUSE = re.compile(r"[,;.!?，。；！？\n\ufffc]|\b(?:and|but|then|while)\b|然后|并且?")
_TIMED = ("keep", "cut", "split", "freeze")
_PACED = (*_TIMED, "length", "speed")


def of_clause(change: Change, span: tuple[int, int], text: str, marks: Marks) -> tuple[Change, str]:
    """Return an order about a stretch of time as one about the clip that its clause names, and the text without that.

    Whatever verb there is: a clause that names a clip and a stretch of time is never about the whole.
    """
    if change.verb not in _TIMED or change.picks:
        return change, text
    begin = max((match.end() for match in _CLAUSE.finditer(text, 0, span[0])), default=0)
    after = _CLAUSE.search(text, span[1])
    end = after.start() if after else len(text)
    beside = [*re.finditer(MARK, text[begin : span[0]]), *re.finditer(MARK, text[span[1] : end])]
    picks = tuple(pick for match in beside for pick in marks.picks.get(match[0], ()))
    if len(beside) != 1 or not all((pick.definite or pick.single) and pick.kind != "audio" for pick in picks):
        return change, text
    letter = beside[0][0]
    return replace(change, picks=picks), text[:begin] + text[begin:end].replace(letter, " ") + text[end:]


def remedied(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """Return orders without complaints that the next order remedies; it is about what was complained about.

    "The interview is too long, only keep the first 6 seconds" is one order, about the interview.

    Examples
    --------
    >>> from nemo_widgets.studio.agent.clock import Part
    >>> from nemo_widgets.studio.agent.grammar import Change
    >>> from nemo_widgets.studio.agent.pointing import Pick
    >>> long = Change("length", (Pick("video", 1),), facts={"times": 2 / 3})
    >>> [(one.verb, one.picks[0].nth) for one in remedied((long, Change("keep", part=Part(0, 6_000))))]
    [('keep', 1)]
    """
    made: list[Change] = []
    for change in changes:
        before = made[-1] if made else None
        hinted = change.facts.get("hinted")
        alike = hinted is not None or change.picks in ((), before.picks if before else ())
        if before is not None and _vague(before) and change.verb in _PACED and alike:
            made[-1] = replace(change, picks=before.picks)
        elif hinted != "it":  # What "it" is that should stay longer, a complaint says, or nothing.
            made.append(change)
    return tuple(made)


def _vague(change: Change) -> bool:
    """Say whether an order names neither seconds nor a factor: "too long", "a bit slower"."""
    if change.verb == "speed":
        return bool(change.picks) and change.facts.get("by") is True and change.facts["factor"] in (FASTER, SLOWER)
    return change.verb == "length" and bool(change.picks) and change.facts.get("times") in (2 / 3, 4 / 3)
