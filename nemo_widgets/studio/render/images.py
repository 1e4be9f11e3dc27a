"""Image files in the one form that is drawn: 8-bit sRGB, the right way up, with alpha where there is some."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from PIL import Image, ImageCms, ImageOps

_SRGB_NAMES = (b"s\x00R\x00G\x00B", b"sRGB")


def drawn(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Return an image as RGB or RGBA at a size, turned as its camera says.

    Parameters
    ----------
    image
        Of any mode: gray, palette, CMYK, 16 bits a sample.
    size
        Width and height in pixels, of the image the right way up.

    Examples
    --------
    >>> deep = Image.fromarray(np.full((4, 4), 40_000, np.uint16))
    >>> drawn(deep, (2, 2)).getpixel((0, 0))
    (156, 156, 156)
    """
    profile = image.info.get("icc_profile")
    made = _eight_bit(ImageOps.exif_transpose(image))
    if made.mode == "CMYK":
        made, profile = _from_cmyk(made, profile), None
    else:
        made = made.convert("RGBA" if made.has_transparency_data else "RGB")
    if made.size != size:
        # Pillow weighs the colours by their alpha, so that what is transparent doesn't bleed into the edges.
        made = made.resize(size, Image.Resampling.BICUBIC, reducing_gap=3.0)
    return _in_srgb(made, profile) if profile and other_colours(profile) else made


def on_color(image: Image.Image, color: str) -> Image.Image:
    """Return an RGB or RGBA image as RGB, with what is transparent shown as ``#rrggbb``."""
    if image.mode == "RGB":
        return image
    return Image.alpha_composite(Image.new("RGBA", image.size, color), image).convert("RGB")


def other_colours(profile: bytes | None) -> bool:
    """Say whether a profile is of another space than sRGB, such as a phone's Display P3."""
    return bool(profile) and not any(name in profile for name in _SRGB_NAMES)


def _eight_bit(image: Image.Image) -> Image.Image:
    if not image.mode.startswith(("I", "F")):
        return image
    deep = np.asarray(image).astype(np.float64)
    most = 65_535 if deep.max(initial=0) > 255 or image.mode.startswith("I;16") else 255
    return Image.fromarray(np.clip(np.rint(deep * 255 / most), 0, 255).astype(np.uint8))


def _from_cmyk(image: Image.Image, profile: bytes | None) -> Image.Image:
    return (_converted(image, profile, "RGB") if profile else None) or image.convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    rgb = image.convert("RGB")
    done = _converted(rgb, profile, "RGB") or rgb
    if image.mode == "RGBA":
        done.putalpha(image.getchannel("A"))
    return done


def _converted(image: Image.Image, profile: bytes, mode: str) -> Image.Image | None:
    """Return an image in sRGB; None where its profile can't be used (damaged, or of other channels)."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        cms: Any = ImageCms
        done: Image.Image | None = cms.profileToProfile(image, source, cms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None
    return done
