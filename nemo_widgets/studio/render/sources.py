"""From a plan's sources to files on this machine, checked before any work begins."""

from __future__ import annotations

import re
from dataclasses import replace
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from nemo_widgets.draft.model import Draft
from nemo_widgets.errors import NothingToExport, RenderFailed
from nemo_widgets.studio.render.layers import Picture, Plan, Sound, Title
from nemo_widgets.studio.render.plan import plan as planned
from nemo_widgets.studio.workspace import media_id_in, shared_media

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+:")


def local_path(source: str) -> Path:
    """Return the file that a local path or ``file:`` URL names, or that this user's studio has under a URL.

    Studios find a file by the id in its URL alone, whatever host and port it names: these change with each start.

    Raises
    ------
    RenderFailed
        For a source on the internet, or on a server whose files aren't this user's.

    Examples
    --------
    >>> local_path("file:///tmp/a%20b.jpg").as_posix()
    '/tmp/a b.jpg'
    """
    if source.lower().startswith("file:"):
        # Not above: it brings all of HTTP along, which takes longer than making a plan.
        from urllib.request import url2pathname

        return Path(url2pathname(urlsplit(source).path))
    if _SCHEME.match(source):
        media_id = media_id_in(source)
        if media_id and (found := shared_media(media_id)):
            return found
        raise RenderFailed("media-elsewhere" if _is_near(source) else "media-remote", name=unquote(_file_name(source)))
    return Path(source).expanduser()


def _is_near(source: str) -> bool:
    """Say whether a URL names this machine or its network rather than the internet.

    Examples
    --------
    >>> _is_near("http://127.0.0.1:8000/a.jpg"), _is_near("http://classroom:8000/a.jpg"), _is_near("https://a.org/a.jpg")
    (True, True, False)
    """
    try:
        host = urlsplit(source).hostname or ""
        return (
            "." not in host.rstrip(".") if ":" not in host and not host[-1:].isdigit() else ip_address(host).is_private
        )
    except ValueError:
        return False


def prepared(
    draft: Draft | Mapping[str, Any] | str,
    resolve: Callable[[str], Path] | None = None,
    *,
    size: tuple[int, int] | None = None,
    fps: float | None = None,
) -> Plan:
    """Return what a draft looks and sounds like, with each source as a local path.

    Parameters
    ----------
    draft
        A :class:`~nemo_widgets.Draft`, or its JSON.
    resolve
        From a segment's source to a local file; :func:`local_path` where it is None.
    size, fps
        Width and height in pixels, and frames a second, instead of the draft's.

    Raises
    ------
    NothingToExport
        Where the draft has no segment.
    RenderFailed
        Naming what is missing.
    DraftError
        Where a value of the draft can't be read.
    """
    draft = draft if isinstance(draft, Draft) else Draft(draft)
    if not draft.ready:
        raise NothingToExport
    return locate(planned(draft, size=size, fps=fps), resolve)


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
        from nemo_widgets.studio.render.titles import drawable

        text, faces = drawable(title.text)
        return replace(title, text=text, faces=tuple((face.path, face.number) for face in faces))

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
