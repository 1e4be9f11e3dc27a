"""What the front end is shown of a draft, a file, an error: plain JSON made from the models. Pure."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from nemo_widgets.errors import NemoError, redact

if TYPE_CHECKING:
    from nemo_widgets.client.models import Asset, Video
    from nemo_widgets.draft.model import Draft

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_OPENING_MS = 1000
_TITLE_CHARS = 60


def asset_fields(asset: Asset) -> dict[str, Any]:
    """Return what the list of files shows of a file that the service has taken; ``duration`` in ms."""
    return {
        "kind": asset.kind,
        "duration": asset.duration,
        "width": asset.width,
        "height": asset.height,
        "source": asset.url,
    }


def address_name(address: str) -> str:
    """Return what to call what is at an address: its file's name, or its host; never what may be a secret in it.

    Examples
    --------
    >>> address_name("https://h/a%20b.mp4?key=1"), address_name("https://me:secret@h/?key=1")
    ('a b.mp4', 'h')
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return "…"
    return PurePosixPath(unquote(parts.path)).name or parts.hostname or "…"


def is_web_address(address: str) -> bool:
    """Say whether something can be fetched from an address.

    Examples
    --------
    >>> is_web_address("https://h/a.mp4"), is_web_address("https://[h/a.mp4"), is_web_address("ftp://h/a.mp4")
    (True, False, False)
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def video_name(video: Video, draft: Draft | None, *, named: bool) -> str:
    """Return what a finished video is offered for download as: one without a name, by what the film is called."""
    title = _NOT_IN_NAMES.sub(" ", (_film_title(draft) if draft else None) or "").strip()
    return f"{title}.mp4" if title and not named else video.path.name


def _film_title(draft: Draft) -> str | None:
    """Return a draft's title; where no text says it any more, the title that the film opens with.

    Who changes the words of the title calls the film something else, and the draft goes on being called as it was.

    Examples
    --------
    >>> from nemo_widgets import Draft
    >>> text = lambda words, at, **more: {"st": at, "d": 900, "m": {"text": words, **more}}
    >>> film = lambda *texts: Draft({"m": {"title": "Paris"}, "d": 2_000, "t": [{"tt": 7, "sg": list(texts)}]})
    >>> _film_title(film(text("Rome", 0), text("The End", 1_000)))
    'Rome'
    >>> _film_title(film(text("Rome", 0), text("Paris", 1_000)))
    'Paris'
    >>> _film_title(film(text("Hello!", 0, role="caption")))
    'Paris'
    """
    shown = [segment for track in draft.tracks if track.kind == "text" for segment in track.segments]
    if draft.title in (segment.text for segment in shown):
        return draft.title
    opening = (one for one in shown if one.start < _OPENING_MS and one.get("role", default="title") == "title")
    words = next((one.text for one in sorted(opening, key=lambda one: one.start) if one.text), "")
    return words if 0 < len(words) <= _TITLE_CHARS and "\n" not in words else draft.title


def error_view(error: BaseException, *, language: str = "en") -> dict[str, str]:
    """Return an error as a sentence and its remedy.

    Examples
    --------
    >>> from nemo_widgets import NothingToExport
    >>> error_view(NothingToExport())["message"]
    'There is nothing to export yet.'
    """
    if isinstance(error, NemoError):
        told = error.in_language(language)
        return {"message": told.message, "remedy": told.remedy}
    what = redact(f"{type(error).__name__}: {error}")
    if language == "zh":
        return {"message": f"编辑器出错：{what}", "remedy": "编辑器可以继续使用；如果再次出现，请反馈此问题。"}
    return {
        "message": f"Something went wrong in the editor: {what}",
        "remedy": "The editor goes on working; if it happens again, please report it.",
    }
