"""The timeline on its own: a draft as lanes and as a table, to look at, select from and edit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from nemo_widgets.loop import wait
from nemo_widgets.widgets import front_end
from nemo_widgets.widgets.desk import Desk
from nemo_widgets.widgets.editing import Editing, editing_state
from nemo_widgets.widgets.traits import DraftPart, drafted
from nemo_widgets.widgets.waveform import media_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nemo_widgets.draft.model import Draft


class Timeline(DraftPart):
    """A draft as a timeline and a table, in a notebook cell; it needs no service.

    Parameters
    ----------
    draft
        What to show: a :class:`Draft`, its dict or its JSON.
    language
        ``"en"`` or ``"zh"``.

    Attributes
    ----------
    draft : Draft or None
        The draft with what was edited in the widget. Setting it shows another one, as an edit that can be undone.
    selection : pandas.DataFrame
        The selected rows of :meth:`Draft.to_frame`. It may be set to rows of that table, to a place
        ``(track, segment)``, to a name, or to a list of these. Both are observable: ``timeline.observe(f,
        "selection")`` calls ``f`` on a thread of its own.

    Raises
    ------
    DraftError
        Where the draft can't be read, or is something else.

    Examples
    --------
    >>> timeline = Timeline({"t": [{"tt": 7, "sg": [{"d": 3000, "m": {"text": "Urban Dreams"}}]}]})
    >>> timeline
    Timeline(Timeline (1 track): 1. Title: "Urban Dreams" (0-3s))
    >>> timeline.selection = "Urban Dreams"
    >>> timeline.selection[["start", "end"]].values.tolist()
    [[0, 3000]]
    """

    _esm = front_end.TIMELINE
    _css = front_end.timeline_style()

    def __init__(self, draft: Draft | Mapping[str, Any] | str | None = None, *, language: str = "en") -> None:
        shown = None if draft is None else drafted(draft, language)
        super().__init__("timeline", language=language)
        self._desk = Desk(self._post, language=language, **editing_state())
        self._editing = Editing(self._desk, self._tell, at_hand=media_file)
        wait(self._editing.take(shown))
        self._listen()

    async def _handle(self, kind: str, **fields: Any) -> None:
        if kind == "ready":
            self._desk.state.send_whole()
        else:
            await self._editing.handle(kind, **fields)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """Return the widget, and a picture of the draft for pages without a kernel."""
        bundle = cast("Any", super())._repr_mimebundle_(**kwargs)
        if bundle is None or self.draft is None:
            return bundle
        from nemo_widgets.draft.picture import timeline_image

        data, metadata = bundle
        return {**data, "text/html": timeline_image(self.draft, language=self.language)}, metadata

    def __repr__(self) -> str:
        if not hasattr(self, "_editing"):
            return "Timeline(…)"
        return f"Timeline({self.draft.summary() if self.draft else 'empty'})"
