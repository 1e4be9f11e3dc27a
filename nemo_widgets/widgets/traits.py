"""The traits that widgets with a timeline have: their draft, and which of its segments are selected."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, cast

import traitlets

from nemo_widgets.draft.addresses import find
from nemo_widgets.draft.fields import LENGTH, shown
from nemo_widgets.draft.model import Draft
from nemo_widgets.errors import DraftError, InvalidInput
from nemo_widgets.loop import submit
from nemo_widgets.widgets.part import Part

if TYPE_CHECKING:
    import pandas as pd

    from nemo_widgets.widgets.editing import Editing

    _Anything = traitlets.TraitType[Any, Any]
    _Instance = traitlets.Instance[Any]
else:  # they take no type arguments before traitlets 5.10 (Colab has 5.7)
    _Anything = traitlets.TraitType
    _Instance = traitlets.Instance


def drafted(given: Any, language: str = "en") -> Draft:
    """Return the draft that somebody gives as one, as its dict or as its JSON.

    Raises
    ------
    DraftError
        Where it can't be read, or is something else: an object without tracks, title or length would be shown empty.

    Examples
    --------
    >>> drafted({"t": []}).ready
    False
    >>> drafted({"a": 1})
    Traceback (most recent call last):
    nemo_widgets.errors.DraftError: This is no draft: {"a": 1}. Pass a Draft, its dict or its JSON; ...
    """
    if isinstance(given, Draft):
        return given
    raw: Any = given.decode("utf-8", "replace") if isinstance(given, bytes) else given
    raw = dict(cast("Mapping[str, Any]", raw)) if isinstance(raw, Mapping) else raw
    is_json = isinstance(raw, str) and raw.lstrip().startswith("{")
    readable = is_json or type(cast("Any", raw)).__name__ in ("dict", "DataFrame")
    draft = Draft(cast("Any", raw)) if readable else None
    if draft is None or (draft.raw and not any(name in draft.raw for name in ("t", "m", *LENGTH))):
        raise DraftError("no-draft", path=shown(str(raw) if isinstance(raw, PurePath) else raw), language=language)
    return draft


class DraftTrait(_Instance):
    """A draft: given as one, as a dict or as JSON."""

    def __init__(self) -> None:
        super().__init__(Draft, allow_none=True)

    def validate(self, obj: Any, value: Any) -> Any:
        """Read what is given as JSON."""
        language = obj.language if hasattr(obj, "_desk") else "en"
        return super().validate(obj, None if value is None else drafted(value, language))


class DraftPart(Part):
    """A widget that shows a draft: it can be observed, replaced and selected from, by code as by hand.

    A subclass makes its ``_editing`` before it listens.
    """

    _editing: Editing
    _telling: tuple[int, str] | None = None
    draft: Draft | None = cast("Any", DraftTrait())
    selection: pd.DataFrame = cast("Any", _Anything())

    @property
    def timeline(self) -> pd.DataFrame:
        """The draft as a table of its own, one row for each segment; see :meth:`Draft.to_frame`.

        What is changed in it shows with ``editor.draft = nw.Draft.from_frame(table, base=editor.draft)``.
        """
        return (self.draft or Draft({})).to_frame()

    @timeline.setter
    def timeline(self, _table: pd.DataFrame) -> None:
        raise DraftError("timeline-is-read")

    @traitlets.default("selection")
    def _nothing_selected(self) -> pd.DataFrame:
        return Draft({}).to_frame()

    @traitlets.validate("selection")
    def _read_selection(self, proposal: Any) -> pd.DataFrame:
        return _rows(self.draft, proposal["value"])

    @traitlets.observe("draft")
    def _draft_was_set(self, change: Any) -> None:
        if not self._is_told("draft"):
            submit(self._editing.adopt(change["new"]))

    @traitlets.observe("selection")
    def _selection_was_set(self, change: Any) -> None:
        if not self._is_told("selection"):
            submit(self._editing.select([(int(track), int(number)) for track, number in change["new"].index]))

    def _tell(self, name: str, value: Any) -> None:
        """Let code see what the views and the service did; not to be taken for something that code asked for."""
        self._telling = (threading.get_ident(), name)
        try:
            setattr(self, name, value)
        finally:
            self._telling = None

    def _is_told(self, name: str) -> bool:
        """Say, once, whether a change is what is being told; what an observer of it sets is its own wish."""
        if self._telling != (threading.get_ident(), name):
            return False
        self._telling = None
        return True


def _rows(draft: Draft | None, wanted: Any) -> pd.DataFrame:
    """Return the rows of a draft's table that are meant: by a table of them, by places, names, or None for nothing."""
    frame = (draft or Draft({})).to_frame()
    places = _meant(draft or Draft({}), wanted)
    missing = [place for place in places if place not in frame.index]
    if missing:
        raise InvalidInput(
            message=f"The draft has no segment {missing[0]}.", remedy="Select rows of its own table: .timeline"
        )
    return frame.loc[places] if places else frame.iloc[:0]


def _meant(draft: Draft, wanted: Any) -> list[Any]:
    index = getattr(wanted, "index", None)
    if index is not None and not callable(index):
        return list(index)
    several: list[Any] = [] if wanted is None else [wanted]
    if isinstance(wanted, list | set):
        several = list(cast("list[Any]", wanted))
    if all(isinstance(one, tuple) for one in several):
        return several
    return [place for one in several for place in find(draft, one)]
