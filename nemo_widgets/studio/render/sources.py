"""From a plan's sources to files on this machine, checked before any work begins."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import url2pathname

from nemo_widgets.errors import RenderFailed
from nemo_widgets.studio.render.plan import Picture, Plan, Sound, Title
from nemo_widgets.studio.render.titles import drawable

if TYPE_CHECKING:
    from collections.abc import Callable

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+:")


def local_path(source: str) -> Path:
    """Return the file that a local path or ``file:`` URL names.

    Raises
    ------
    RenderFailed
        For a source on the internet.

    Examples
    --------
    >>> local_path("file:///tmp/a%20b.jpg").as_posix()
    '/tmp/a b.jpg'
    """
    if source.lower().startswith("file:"):
        return Path(url2pathname(urlsplit(source).path))
    if _SCHEME.match(source):
        raise RenderFailed("media-remote", name=_file_name(source))
    return Path(source).expanduser()


def locate(plan: Plan, resolve: Callable[[str], Path] | None = None) -> Plan:
    """Return the plan with each source as a local path, and with each title's font chosen.

    Parameters
    ----------
    plan
        What is to be rendered.
    resolve
        From a segment's source to a local file; :func:`local_path` where it is None.

    Raises
    ------
    RenderFailed
        Naming what is missing: a file, or a font.
    """
    found: dict[str, str] = {}

    def located(source: str, name: str) -> str:
        if source not in found:
            path = Path((resolve or local_path)(source)) if source else None
            if path is None or not path.is_file():
                raise RenderFailed("media-missing", name=name or _file_name(source))
            found[source] = str(path.resolve())
        return found[source]

    def with_font(title: Title) -> Title:
        text, face = drawable(title.text)
        return replace(title, text=text, font=face.path, face=face.number)

    def placed(layer: Picture | Title | Sound) -> Picture | Title | Sound:
        if isinstance(layer, Title):
            return with_font(layer)
        return replace(layer, source=located(layer.source, layer.name), name=layer.name or _file_name(layer.source))

    layers = tuple(one for layer in plan.layers if not isinstance(one := placed(layer), Sound))
    sounds = tuple(one for sound in plan.sounds if isinstance(one := placed(sound), Sound))
    return replace(plan, layers=layers, sounds=sounds)


def _file_name(source: str) -> str:
    """Return what a source is called, without the query, which may hold a signature."""
    return source.split("?", 1)[0].rstrip("/").rsplit("/", 1)[-1] or source
