"""A small picture of an image file that code uploads (the browser makes its own for what it sends)."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import TYPE_CHECKING

from nemo_widgets import settings

if TYPE_CHECKING:
    from nemo_widgets.client.uploads import LocalFile

_SIZE = (160, 160)


def thumbnail_url(file: LocalFile) -> str | None:
    """Return a JPEG of at most 160 × 160 pixels as a ``data:`` URL; None where there can't be one.

    Pillow comes with the studio; without it, or for anything but an image, there is no thumbnail.

    Examples
    --------
    >>> from nemo_widgets.client.uploads import check
    >>> thumbnail_url(check(("song.mp3", b"ID3"), max_bytes=9)) is None
    True
    """
    if Path(file.name).suffix.lower() not in settings.IMAGE_SUFFIXES:
        return None
    try:
        from PIL import Image, ImageOps
    except ImportError:
        return None
    try:
        with file.open() as data, Image.open(data) as image:
            image.draft("RGB", _SIZE)
            small = ImageOps.exif_transpose(image).convert("RGB")
            small.thumbnail(_SIZE)
            jpeg = io.BytesIO()
            small.save(jpeg, "JPEG", quality=70)
    except (OSError, ValueError, Image.DecompressionBombError):
        return None
    return "data:image/jpeg;base64," + base64.b64encode(jpeg.getvalue()).decode()
