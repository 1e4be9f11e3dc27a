"""A small picture of an image file that code uploads (the browser makes its own for what it sends)."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING

from nemo_widgets import settings

if TYPE_CHECKING:
    from pathlib import Path

_SIZE = (160, 160)


def thumbnail_url(path: Path | None) -> str | None:
    """Return a JPEG of at most 160 × 160 pixels as a ``data:`` URL; None where there can't be one.

    Pillow comes with the studio; without it, or for anything but an image, there is no thumbnail.

    Examples
    --------
    >>> thumbnail_url(None) is None
    True
    """
    if path is None or path.suffix.lower() not in settings.IMAGE_SUFFIXES or not path.is_file():
        return None
    try:
        from PIL import Image, ImageOps
    except ImportError:
        return None
    try:
        with Image.open(path) as image:
            image.draft("RGB", _SIZE)
            small = ImageOps.exif_transpose(image).convert("RGB")
            small.thumbnail(_SIZE)
            data = io.BytesIO()
            small.save(data, "JPEG", quality=70)
    except (OSError, ValueError, Image.DecompressionBombError):
        return None
    return "data:image/jpeg;base64," + base64.b64encode(data.getvalue()).decode()
