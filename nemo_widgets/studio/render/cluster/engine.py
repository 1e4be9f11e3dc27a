"""What has to be the same on two machines so that they render the same bytes."""

from __future__ import annotations

import hashlib
import platform
from pathlib import Path


def engine() -> dict[str, str]:
    """Return the versions of all that decides about a rendered byte on this machine.

    Examples
    --------
    >>> differences(engine(), engine())
    []
    """
    import av
    import numpy as np
    from PIL import __version__ as pillow
    from PIL import features

    from nemo_widgets import __version__

    libraries = {f"FFmpeg's {name}": ".".join(map(str, version)) for name, version in av.library_versions.items()}
    drawing = {name: str(features.version(name)) for name in ("freetype2", "raqm", "harfbuzz", "fribidi")}
    return {
        "nemo-widgets": f"{__version__} ({_source()})",
        "av": av.__version__,
        **libraries,
        "numpy": np.__version__,
        "pillow": pillow,
        **drawing,
        "processor": platform.machine(),
    }


def differences(here: dict[str, str], there: dict[str, str]) -> list[str]:
    """Return what differs, in words, the most telling first.

    Parameters
    ----------
    here, there
        What :func:`engine` says on this machine and on the other.

    Examples
    --------
    >>> differences({"av": "18.1.0"}, {"av": "17.0.0"})
    ['av 17.0.0 instead of 18.1.0']
    """
    return [
        f"{name} {there.get(name, 'missing')} instead of {here.get(name, 'missing')}"
        for name in dict.fromkeys([*here, *there])
        if here.get(name) != there.get(name)
    ]


def _source() -> str:
    """Return a short hash of the engine's own source, which may differ where the version doesn't."""
    folder = Path(__file__).resolve().parents[1]
    made = hashlib.sha256()
    for path in (folder.parent / "media.py", *sorted(folder.rglob("*.py"))):
        made.update(path.name.encode() + path.read_bytes().replace(b"\r\n", b"\n"))
    return made.hexdigest()[:8]
