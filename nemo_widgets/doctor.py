"""What works on this machine: versions, the media library, fonts, the studio."""

from __future__ import annotations

import platform
import re
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

_CORE = ("anywidget", "httpx", "ipywidgets", "nest-asyncio2", "pandas", "platformdirs")
_STUDIO = ("av", "numpy", "pillow", "starlette", "uvicorn")
_TITLES = {
    "Chinese titles": "城市之梦",
    "Japanese titles": "こんにちは",
    "Korean titles": "안녕하세요",
    "Arabic titles": "مرحبا",
    "Hebrew titles": "שלום",
    "Hindi titles": "नमस्ते",
    "Emoji in titles": "🎉",
}
_HOSTS = ("jupyterlab", "notebook", "marimo", "ipykernel")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    Attributes
    ----------
    what, detail : str
        The thing, and what was found or what to do.
    works, needed : bool
        Whether it is there, and whether the package can't do without it.
    """

    what: str
    detail: str
    works: bool
    needed: bool = False


def examine() -> list[Finding]:
    """Look at everything; nothing is sent anywhere.

    Examples
    --------
    >>> examine()[0].what
    'Python'
    """
    findings = [Finding("Python", platform.python_version(), works=True, needed=True)]
    findings += [_package(name, "pip install nemo-widgets", needed=True) for name in _CORE]
    findings += [_package(name, "pip install 'nemo-widgets[studio]'") for name in _STUDIO]
    findings += [_sound(found) for name in _HOSTS if (found := _package(name, "")).works]
    return [*findings, _encoder(), *(_titles(name, sample) for name, sample in _TITLES.items())]


def _package(name: str, remedy: str, *, needed: bool = False) -> Finding:
    try:
        return Finding(name, version(name), works=True, needed=needed)
    except PackageNotFoundError:
        return Finding(name, f"not installed: {remedy}", works=False, needed=needed)


def _sound(host: Finding) -> Finding:
    """Return what was found of a host, unless it is one that cells get lost in (ipython/ipykernel#1554)."""
    if host.what != "ipykernel" or not re.match(r"7\.[0-3]\b", host.detail):
        return host
    trouble = f"{host.detail} stops taking cells now and then: pip install --upgrade ipykernel"
    return Finding(host.what, trouble, works=False)


def _encoder() -> Finding:
    try:
        import av

        av.Codec("libx264", "w")
        av.Codec("aac", "w")
    except ImportError:
        return Finding("H.264 and AAC", "needs the studio: pip install 'nemo-widgets[studio]'", works=False)
    except ValueError as error:
        return Finding("H.264 and AAC", f"this build of PyAV lacks an encoder: {error}", works=False)
    return Finding("H.264 and AAC", "can be rendered here", works=True)


def _titles(name: str, sample: str) -> Finding:
    try:
        from nemo_widgets.studio.render.titles import missing_font
    except ImportError:
        return Finding(name, "needs the studio: pip install 'nemo-widgets[studio]'", works=False)
    sentence = missing_font(sample)
    return Finding(name, sentence or "a font for them is installed", works=sentence is None)
