"""Something small with an alpha channel that is laid over pictures: a title, a logo, a picture in the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import av
import numpy as np
from av.video.reformatter import VideoReformatter

from nemo_widgets.studio.render.planes import Plane, Planes, Shares, converted, plane_of

if TYPE_CHECKING:
    from PIL import Image


class Stamp:
    """Planes with their alpha, at a place on the canvas.

    Parameters
    ----------
    planes
        What is laid on; its size is even.
    alpha
        From 0 to 1, for each pixel; None for what covers wholly.
    left, top
        Where, in pixels, even.
    """

    def __init__(self, planes: Planes, alpha: Shares | None, left: int, top: int) -> None:
        self._left, self._top = left, top
        small = None
        if alpha is not None:
            rows, columns = alpha.shape
            small = alpha.reshape(rows // 2, 2, columns // 2, 2).mean(axis=(1, 3))
        shares = (alpha, small, small)
        self._layers = [(plane.astype(np.float32), share) for plane, share in zip(planes.all, shares, strict=True)]

    @classmethod
    def of(cls, image: Image.Image, left: int = 0, top: int = 0) -> Stamp:
        """Return an RGBA image as a stamp, cut to where it isn't wholly transparent."""
        box = image.getbbox() or (0, 0, 2, 2)
        box = (box[0] // 2 * 2, box[1] // 2 * 2, -(-box[2] // 2) * 2, -(-box[3] // 2) * 2)
        inked = image.crop(box)
        return cls(planes_of(inked), shares_of(inked), left + box[0], top + box[1])

    def over(self, planes: Planes, opacity: float, *, owned: bool) -> Planes:
        """Return a picture with this on it.

        Parameters
        ----------
        planes
            The picture.
        opacity
            From 0 to 1.
        owned
            Whether the picture may be written on; otherwise it is copied.
        """
        made: list[Plane] = []
        for plane, (ink, alpha), part in zip(planes.all, self._layers, (1, 2, 2), strict=True):
            target = plane if owned and plane.flags.writeable else plane.copy()
            top, left = self._top // part, self._left // part
            below = target[top : top + ink.shape[0], left : left + ink.shape[1]]
            ink = ink[: below.shape[0], : below.shape[1]]  # noqa: PLW2901 - what of it lies on the canvas
            if alpha is None:
                below[:] = below + (ink - below) * np.float32(opacity) + 0.5
            else:
                below[:] = below + (ink - below) * (alpha[: below.shape[0], : below.shape[1]] * opacity) + 0.5
            made.append(target)
        return Planes.of(made)


def shares_of(image: Image.Image) -> Shares | None:
    """Return the alpha of an image, from 0 to 1; None where all of it is opaque."""
    if image.mode != "RGBA":
        return None
    return np.asarray(image.getchannel("A")).astype(np.float32) / np.float32(255)


def planes_of(image: Image.Image) -> Planes:
    """Return the colours of an RGB or RGBA image of an even size as planes."""
    rgb = np.asarray(image)[..., :3]
    height, width = rgb.shape[:2]
    frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(rgb), "rgb24")
    done = converted(frame, width, height, VideoReformatter())
    return Planes.of(plane_of(done, index) for index in range(3))
