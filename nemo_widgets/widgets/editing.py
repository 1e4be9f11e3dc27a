"""The draft of a widget as it is shown: edited here, selected from, told to whoever observes it.

Runs on the background loop. What the service has comes by :meth:`Editing.take`; what a person does in a view comes as
``edit`` and ``select`` messages, one edit after another.
"""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import logging
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, cast

from nemo_widgets.draft.model import Draft
from nemo_widgets.errors import InvalidInput, redact
from nemo_widgets.language.catalog import phrase
from nemo_widgets.widgets.draft_view import DraftViews
from nemo_widgets.widgets.edits import LocalEdits
from nemo_widgets.widgets.gestures import edited
from nemo_widgets.widgets.waveform import Waveforms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from nemo_widgets.widgets.desk import Desk

    Place = tuple[int, int]

log = logging.getLogger(__name__)

_observing: contextvars.ContextVar[Editing | None] = contextvars.ContextVar("observing", default=None)
"""Whose observer is being told; what it asks for in turn has this context, too, whichever thread or loop does it."""

_REMEMBERED = 200
_SETTLE_S = 0.05
_MOST_SENTENCES = 8
_MOST_PROBLEMS = 3
_LONGEST_RUN = 1_000_000
_OBSERVERS_S = 5.0
"""Seconds that an edit waits for observers before it ends: code sees the draft first, and nobody edits at its pace."""


def editing_state() -> dict[str, Any]:
    """Return the first values of the state's keys that :class:`Editing` keeps."""
    edits, selection = _edits_view(LocalEdits(), []), _chosen([])
    return {"draft": None, "edits": edits, "selection": selection, "peaks": {}, "problems": []}


class Editing:
    """The draft that a widget shows.

    Parameters
    ----------
    desk
        The widget's state. It has the keys of :func:`editing_state`.
    tell
        Is told of each new ``"draft"`` and ``"selection"``, on a thread of its own: user code may hang on it.
    on_shown
        Is told of each draft that is shown, on the loop.
    at_hand
        Where on this machine a source can be opened for its waveform; None where it isn't here.
    """

    def __init__(
        self,
        desk: Desk,
        tell: Callable[[str, Any], None],
        on_shown: Callable[[Draft | None], None] = lambda _draft: None,
        *,
        at_hand: Callable[[str], str | None],
    ) -> None:
        self._desk = desk
        self._tell = tell
        self._on_shown = on_shown
        self._edits = LocalEdits()
        self._views = DraftViews(desk.language)
        self._waveforms = Waveforms(desk, at_hand)
        self._one = asyncio.Lock()
        self._told = asyncio.Lock()
        self._answers: OrderedDict[str, dict[str, Any]] = OrderedDict()
        self._numbers: dict[str, int] = {}
        self._settling: asyncio.TimerHandle | None = None
        self._handed_over: str | None = None
        self.selected: list[Place] = []
        self._known: list[Place] = []  # what code takes for selected

    @property
    def draft(self) -> Draft | None:
        """The draft as it is shown, with what was edited here."""
        return self._edits.draft

    @property
    def edited_draft(self) -> Draft | None:
        """The draft where it was edited here; None where the service has it, too."""
        return self._edits.draft if self._edits.edited else None

    async def take(self, draft: Draft | None, *, turn: str | None = None) -> None:
        """Take a draft of the service; local edits are never lost by it: where it would cost them, people choose."""
        before = self._edits.draft
        handed_over = turn is not None and turn == self._handed_over
        self._edits.take(draft, handed_over=handed_over)
        if handed_over:
            self._handed_over = None
        await self._show(new=self._edits.draft is not before)

    @property
    def sent(self) -> Draft | None:
        """The draft as the service has it, without what was edited here."""
        return self._edits.base

    @property
    def edits(self) -> tuple[Draft | None, Draft | None] | None:
        """The service's draft and the one that was edited here, where they differ."""
        return (self._edits.base, self._edits.draft) if self._edits.edited else None

    async def resume(self, base: Draft | None, edited: Draft | None) -> None:
        """Go on with what was edited in an earlier kernel; then take what the service has now."""
        self._edits.take(base)
        await self.adopt(edited)

    async def adopt(self, draft: Draft | None) -> None:
        """Show a draft that code made, as an edit that can be taken back."""
        if draft != self._edits.draft:
            self._edits.record(draft)
            await self._show()

    async def select(self, places: Iterable[Place]) -> None:
        """Select segments because code asked."""
        self.selected = self._known = list(places)
        self._desk.state.update(selection=_chosen(self.selected))

    async def handle(self, kind: str, **fields: Any) -> None:
        """Do what a view asks for: an ``edit`` or a ``select``."""
        if kind == "edit":
            await self.heard_edit(fields.pop("id"), **fields)
        else:
            await self.heard_select(fields["id"], fields["number"], fields["runs"])

    async def heard_select(self, view: str, number: int, runs: list[Any]) -> None:
        """Take what a view selected; messages overtake each other, so the highest number counts."""
        if number <= self._numbers.get(view, -1):
            return
        self._numbers[view] = number
        self.selected = _within(self.draft, _places(runs))
        self._desk.state.update(selection={"by": view, "number": number, "runs": _runs(self.selected)})
        if self._settling is not None:
            self._settling.cancel()
        loop = asyncio.get_running_loop()
        self._settling = loop.call_later(_SETTLE_S, lambda: self._desk.start(self._tell_selection))

    async def heard_edit(self, edit_id: str, revision: int, op: str, where: list[Any], values: dict[str, Any]) -> None:
        """Do what a view asks for, once, and answer."""
        async with self._one:
            answer = self._answers.get(edit_id)
            if answer is None:
                try:
                    answer = await self._do(revision, op, where, values)
                except Exception as error:  # noqa: BLE001 - shown at the cell that was edited
                    answer = {"error": self._desk.complain(error)}
                self._answers[edit_id] = answer
                while len(self._answers) > _REMEMBERED:
                    self._answers.popitem(last=False)
        self._desk.state.flush()  # the view knows the draft before it knows that it was edited
        self._desk.send({"kind": "edit-end", "id": edit_id, "error": None, "words": None, **answer}, None)

    async def _do(self, revision: int, op: str, where: list[Any], values: dict[str, Any]) -> dict[str, Any]:
        edits = self._edits
        match op:
            case "undo":
                edits.undo()
            case "redo":
                edits.redo()
            case "discard":
                edits.discard()
            case "theirs" | "mine":
                edits.choose(theirs=op == "theirs")
            case "words":
                return {"words": await asyncio.to_thread(self._words)}
            case "hand-over":
                self._handed_over = str(values.get("turn"))
                return {}
            case _:
                await self._gesture(revision, op, where, values)
                return {}
        await self._show(patience=_OBSERVERS_S)
        return {}

    async def _gesture(self, revision: int, op: str, where: list[Any], values: dict[str, Any]) -> None:
        before = self._edits.draft
        if before is None or revision != self._views.revision:
            raise InvalidInput("edit-stale")
        after, places = await asyncio.to_thread(edited, before, op, _places(where), values)
        if before is not self._edits.draft:
            raise InvalidInput("edit-stale")
        if after == before:
            return
        self._edits.record(after)
        self.selected = places
        self._desk.state.update(selection=_chosen(places))
        await self._show(patience=_OBSERVERS_S)

    def _words(self) -> list[str]:
        """Return what was edited here, in sentences."""
        base, draft = self._edits.base or Draft({}), self._edits.draft or Draft({})
        return list(base.diff(draft, language=self._desk.language).sentences)

    async def _show(self, *, new: bool = True, patience: float | None = None) -> None:
        """Show the draft as it is now, and tell whoever observes it; an observer that fails stops nothing.

        ``patience`` are the seconds that observers are waited for.
        """
        edits, state = self._edits, self._desk.state
        changes: list[str] = []
        if edits.theirs is not None and edits.base is not None:
            diff = await asyncio.to_thread(edits.base.diff, edits.theirs, language=self._desk.language)
            changes = _first_few(diff.sentences, self._desk.language)
        state.update(edits=_edits_view(edits, changes))
        if not new:
            return
        state.update(draft=self._views.of(edits.draft))  # at once: whoever hears of an edit has its draft
        if (kept := _within(edits.draft, self.selected)) != self.selected:
            self.selected = kept
            state.update(selection=_chosen(kept))
        self._on_shown(edits.draft)
        self._desk.start(self._look_over)
        self._waveforms.want(edits.draft)
        telling = asyncio.ensure_future(self._tell_code(edits.draft))
        await asyncio.wait({telling}, timeout=patience)

    async def _tell_code(self, draft: Draft | None) -> None:
        await self._told_of("draft", draft)
        if self.selected or self._known:  # its rows, or those of the draft before
            await self._tell_selection()

    async def _look_over(self) -> None:
        """Tell what would go wrong in a video of the draft, before somebody waits for it."""
        draft = self.draft
        told: list[str] = []
        if draft is not None:
            found = await asyncio.to_thread(draft.problems, language=self._desk.language)
            found = found[found["severity"] != "note"]
            blank = "" if self._desk.language == "zh" else " "
            told = (found["what"] + blank + found["remedy"]).drop_duplicates()[:_MOST_PROBLEMS].tolist()
        if draft is self.draft and told != self._desk.state["problems"]:
            self._desk.state.update(problems=told)

    async def _tell_selection(self) -> None:
        self._known = list(self.selected)
        await self._told_of("selection", self._known)

    async def _told_of(self, name: str, value: Any) -> None:
        # One after another, in their order; but an observer that waits for what it asked for mustn't wait for itself.
        turn = contextlib.nullcontext() if _observing.get() is self else self._told
        try:
            async with turn:
                before = _observing.set(self)
                try:
                    await asyncio.to_thread(self._tell, name, value)
                finally:
                    _observing.reset(before)
        except Exception as error:
            log.exception("an observer of the %s failed", name)
            what = redact(f"{type(error).__name__}: {error}")
            language = self._desk.language
            self._desk.notice(phrase("observer-failed", language, what=what), phrase("observer-remedy", language))


def _edits_view(edits: LocalEdits, changes: list[str]) -> dict[str, Any]:
    undo, redo = edits.steps
    theirs = changes if edits.theirs is not None else None
    return {"edited": edits.edited, "undo": undo, "redo": redo, "theirs": theirs}


def _first_few(sentences: tuple[str, ...], language: str) -> list[str]:
    few = list(sentences[:_MOST_SENTENCES])
    if left := len(sentences) - len(few):
        few.append(phrase("more-changes", language, count=left))
    return few


def _chosen(places: list[Place]) -> dict[str, Any]:
    return {"by": "", "number": 0, "runs": _runs(places)}


def _runs(places: Iterable[Place]) -> list[list[int]]:
    """Return places as runs: [track, first segment, last segment].

    Examples
    --------
    >>> _runs([(0, 1), (0, 2), (1, 0), (0, 7)])
    [[0, 1, 2], [0, 7, 7], [1, 0, 0]]
    """
    runs: list[list[int]] = []
    for track, number in sorted(set(places)):
        if runs and runs[-1][0] == track and runs[-1][2] == number - 1:
            runs[-1][2] = number
        else:
            runs.append([track, number, number])
    return runs


def _places(runs: list[Any]) -> list[Place]:
    """Return the places of runs that came from a view.

    Raises
    ------
    InvalidInput
        Where they are none.
    """
    places: list[Place] = []
    for run in runs:
        parts = cast("list[Any]", run) if isinstance(run, list) else []
        if len(parts) != 3 or any(type(part) is not int for part in parts):
            raise InvalidInput("edit-stale")
        track, start, end = parts
        places += [(track, number) for number in range(max(0, start), min(end, _LONGEST_RUN) + 1)]
    return places


def _within(draft: Draft | None, places: Iterable[Place]) -> list[Place]:
    """Return the places that the draft has."""
    counts = [len(track.starts) for track in draft.tracks] if draft else []
    return [(track, number) for track, number in places if 0 <= track < len(counts) and 0 <= number < counts[track]]
