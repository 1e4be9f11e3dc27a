"""What a saved notebook shows of an editor whose kernel is gone: a picture of the timeline and what was said.

A notebook keeps a widget's output, but not the widget: opened again it would say "model not found". So beside the
widget's output stands a second one, of plain HTML, which the page hides as long as the widget is alive. It is brought
up to date as the work goes on, needs no script, and holds neither media nor secrets.
"""

from __future__ import annotations

import asyncio
from html import escape
from typing import TYPE_CHECKING, Any

from nemo_widgets.draft.picture import timeline_image
from nemo_widgets.errors import redact
from nemo_widgets.language.catalog import phrase
from nemo_widgets.loop import background_loop
from nemo_widgets.notebook import notebook_shell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from nemo_widgets.draft.model import Draft

_PAUSE_S = 1.5
_TURNS = 3
_LONGEST_TEXT = 400
_LARGEST_PICTURE = 60_000
# The widget's front end names its model on `.nemo-editor` while it is alive. Where it can't be, JupyterLab shows a
# sentence about a missing model in an otherwise empty box: the picture stands in for it.
_STYLE = """<style>
:root:has(.nemo-editor[data-model="{id}"]) :is({still}, .jp-OutputArea-child:has({still})),
.jp-OutputArea:has({still}) > .jp-OutputArea-child:has(> .jupyter-widgets):not(:has(.jupyter-widgets *))
{{display:none}}
</style>"""


def still(
    model: str,
    draft: Draft | None,
    *,
    turns: Iterable[dict[str, Any]],
    video: str | None,
    code: str | None,
    language: str,
) -> str:
    """Return the HTML.

    Parameters
    ----------
    model
        The widget's own id.
    draft
        What to draw; None for none yet.
    turns
        What was said, as the state has it; the last ones are shown.
    video
        What the exported video is called, if there is one.
    code
        What to run to go on with the session, if there is one.
    language
        ``"en"`` or ``"zh"``.

    Examples
    --------
    >>> "There is no timeline yet." in still("m", None, turns=[], video=None, code=None, language="en")
    True
    """
    parts = [f"<p><strong>{escape(phrase('still', language))}</strong></p>"]
    if draft is None:
        parts.append(f"<p>{escape(phrase('no-timeline', language))}</p>")
    else:
        picture = timeline_image(draft, language=language)
        parts += [picture] if len(picture) <= _LARGEST_PICTURE else []
        parts.append(f"<p style='white-space:pre-line'>{escape(_short(draft.summary(language=language), 2000))}</p>")
    for turn in list(turns)[-_TURNS:]:
        said, answer = _short(turn["prompt"]), _short(turn["text"])
        parts.append(f"<p><strong>{escape(said)}</strong><br>{escape(answer)}</p>")
    if video:
        parts.append(f"<p>{escape(phrase('still-video', language, name=video))}</p>")
    if code:
        parts.append(f"<p>{escape(phrase('still-go-on', language))} <code>{escape(code)}</code></p>")
    return f'{placeholder(model)}<div class="nemo-still" data-model="{escape(model)}">{"".join(parts)}</div>'


def placeholder(model: str) -> str:
    """Return what stands there until there is something to show."""
    return _STYLE.format(id=model, still=f'.nemo-still[data-model="{model}"]')


def _short(text: str, most: int = _LONGEST_TEXT) -> str:
    """Return a text without tokens, cut at a length.

    Examples
    --------
    >>> _short("abcdef", 4)
    'abc…'
    """
    text = redact(text)
    return text if len(text) <= most else f"{text[: most - 1]}…"


class Stills:
    """Keeps a widget's still in the notebook up to date.

    Parameters
    ----------
    model
        The widget's own id.
    html, text
        Return what the widget shows now.
    worked
        Returns whether it shows anything that somebody made.
    """

    def __init__(
        self, model: str, html: Callable[[], str], text: Callable[[], str], worked: Callable[[], bool]
    ) -> None:
        self._model, self._html, self._text, self._worked = model, html, text, worked
        self._shown: str | None = None  # None: not in a notebook
        self._timer: asyncio.TimerHandle | None = None

    def show(self) -> None:
        """Put it, or a place for it, into the cell that is running.

        (A picture would flash up before the page has the widget, so there is none until there is something to show.)
        """
        html, text = (self._html(), self._text()) if self._worked() else (placeholder(self._model), "")
        if publish(html, text, self._model, update=False):
            self._shown = html
            background_loop().call_soon_threadsafe(self.outdated)

    def outdated(self) -> None:
        """Bring it up to date in a moment; on the background loop."""
        if self._shown is not None and self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(_PAUSE_S, self._refresh_soon)

    async def refresh(self) -> None:
        """Bring it up to date now."""
        if self._shown is None:
            return
        html = await asyncio.to_thread(self._html)
        if html != self._shown:
            self._shown = html
            publish(html, self._text(), self._model, update=True)

    def close(self) -> None:
        """Leave it as it is."""
        if self._timer is not None:
            self._timer.cancel()
        self._shown = None

    def _refresh_soon(self) -> None:
        self._timer = None
        self._task = asyncio.ensure_future(self.refresh())


def publish(html: str, text: str, display_id: str, *, update: bool) -> bool:
    """Put the HTML into the notebook, or what was put there up to date; False where this is no notebook."""
    display = getattr(notebook_shell(), "display_pub", None)
    if display is None:
        return False
    display.publish({"text/html": html, "text/plain": text}, transient={"display_id": display_id}, update=update)
    return True
