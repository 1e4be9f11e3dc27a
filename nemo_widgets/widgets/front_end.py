"""The built front end, as files beside this module: what each widget is saved with, and what comes as a message."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Final

_STATIC = Path(__file__).parent / "static"
EDITOR: Final = _STATIC / "editor.js"
UPLOADER: Final = _STATIC / "uploader.js"
PLAYER: Final = _STATIC / "player.js"
TIMELINE: Final = _STATIC / "timeline.js"
STYLE: Final = _STATIC / "editor.css"
TIMELINE_STYLE: Final = _STATIC / "timeline.css"


@functools.cache
def timeline_style() -> str:
    """Return the style of a timeline that stands alone."""
    return STYLE.read_text("utf-8") + TIMELINE_STYLE.read_text("utf-8")


@functools.cache
def module(name: str) -> dict[str, str] | None:
    """Return a module that an editor's page asks for, with its style; None for one that there isn't.

    Examples
    --------
    >>> sorted(module("timeline")), module("../secrets")
    (['css', 'text'], None)
    """
    if name != "timeline":
        return None
    return {"text": TIMELINE.read_text("utf-8"), "css": TIMELINE_STYLE.read_text("utf-8")}
