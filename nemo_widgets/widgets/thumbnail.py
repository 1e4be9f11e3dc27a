"""Small pictures of files that the kernel has (the browser makes its own for what it sends).

Pillow and PyAV come with the studio; without them, or where a file can't be read, there is no picture.
"""

from __future__ import annotations

import base64
import contextlib
import io
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

import httpx

from nemo_widgets import settings

if TYPE_CHECKING:
    from PIL import Image

    from nemo_widgets.client.uploads import LocalFile

_SIZE = (160, 160)
_POSTER = (640, 640)
_MOMENT_S = 1.5
_UNREADABLE = (ImportError, OSError, ValueError, LookupError)


def thumbnail_url(file: LocalFile) -> str | None:
    """Return a JPEG of at most 160 × 160 pixels as a ``data:`` URL; None where there can't be one.

    Examples
    --------
    >>> from nemo_widgets.client.uploads import check
    >>> thumbnail_url(check(("song.mp3", b"ID3"), max_bytes=9)) is None
    True
    """
    suffix = Path(file.name).suffix.lower()
    with contextlib.suppress(*_UNREADABLE), file.open() as data:
        if suffix in settings.IMAGE_SUFFIXES:
            return _jpeg(_photo(data), _SIZE)
        if suffix in settings.VIDEO_SUFFIXES:
            return _jpeg(_frame(data), _SIZE)
    return None


def thumbnail_at(address: str, kind: str) -> str | None:
    """Return the same of an ``"image"`` or a ``"video"`` that a service on this machine has.

    Examples
    --------
    >>> thumbnail_at("http://127.0.0.1:9/a.jpg", "image") is None
    True
    """
    with contextlib.suppress(*_UNREADABLE, httpx.HTTPError):
        if kind == "image":
            answer = httpx.get(address, timeout=10, trust_env=False).raise_for_status()
            return _jpeg(_photo(io.BytesIO(answer.content)), _SIZE)
        if kind == "video":
            return _jpeg(_frame(address), _SIZE)
    return None


def poster_url(path: Path) -> str | None:
    """Return a picture of a video, of at most 640 × 640 pixels, as a ``data:`` URL; None where there can't be one."""
    with contextlib.suppress(*_UNREADABLE), path.open("rb") as data:
        return _jpeg(_frame(data), _POSTER)
    return None


def _photo(data: IO[bytes]) -> Image.Image:
    from PIL import Image, ImageOps

    try:
        image = Image.open(data)
        image.draft("RGB", _SIZE)
        image = ImageOps.exif_transpose(image)
        if not image.has_transparency_data:
            return image.convert("RGB")
        image.thumbnail(_POSTER)
        ground = Image.new("RGBA", image.size, "white")  # as the browser's own small pictures have it
        return Image.alpha_composite(ground, image.convert("RGBA")).convert("RGB")
    except Image.DecompressionBombError:
        raise ValueError from None


def _frame(data: IO[bytes] | str) -> Image.Image:
    """Return what a video shows after a moment: many begin with black."""
    import av
    from av.error import FFmpegError

    try:
        with av.open(data, "r", metadata_errors="ignore") as container:
            if container.duration:
                container.seek(int(min(_MOMENT_S * 1e6, container.duration / 3)))
            for frame in container.decode(video=0):
                return cast("Image.Image", frame.to_image())  # pyright: ignore[reportUnknownMemberType]
    except FFmpegError:  # some are no OSError
        pass
    raise ValueError


def _jpeg(image: Image.Image, size: tuple[int, int]) -> str:
    image.thumbnail(size)
    jpeg = io.BytesIO()
    image.convert("RGB").save(jpeg, "JPEG", quality=70)
    return "data:image/jpeg;base64," + base64.b64encode(jpeg.getvalue()).decode()
