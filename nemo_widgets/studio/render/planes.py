"""A picture as its three planes (Y, U and V of yuv420p, BT.709, TV range), and what is done to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import av
import numpy as np
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter
from PIL import Image

from nemo_widgets.studio.render.motion import Stretch, Window, crops

if TYPE_CHECKING:
    from collections.abc import Iterable

Plane = np.ndarray[Any, np.dtype[np.uint8]]
Shares = np.ndarray[Any, np.dtype[np.float32]]

BLACK = (16, 128, 128)
_UNSPECIFIED = 2
_AT_ONCE = 65_536


class Planes(NamedTuple):
    """Y, U and V, each an array of rows; ``frame`` where a decoder's frame already holds just them.

    ``alpha``, from 0 to 1, where there is some that is to be kept.
    """

    y: Plane
    u: Plane
    v: Plane
    frame: av.VideoFrame | None = None
    alpha: Shares | None = None

    @classmethod
    def of(cls, planes: Iterable[Plane]) -> Planes:
        """Return a picture of three planes."""
        y, u, v = planes
        return cls(y, u, v)

    @property
    def all(self) -> tuple[Plane, Plane, Plane]:
        """Y, U and V."""
        return self.y, self.u, self.v

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.y.shape[1], self.y.shape[0]


def _swscale_options() -> dict[str, Any]:
    """PyAV 17 and later scale on all cores unless told not to, which costs more time than it saves here."""
    tiny = av.VideoFrame(16, 16, "gray")
    try:
        VideoReformatter().reformat(tiny, 32, 16, threads=1)
    except TypeError:
        return {}
    return {"threads": 1}


SWSCALE = _swscale_options()


def black(width: int, height: int) -> Planes:
    """Return a black picture of an even size."""
    shapes = ((height, width), (height // 2, width // 2), (height // 2, width // 2))
    return Planes.of(np.full(shape, value, np.uint8) for shape, value in zip(shapes, BLACK, strict=True))


def from_frame(frame: av.VideoFrame) -> Planes:
    """Return the planes of a yuv420p frame without copying them."""
    return Planes.of(plane_of(frame, index) for index in range(3))._replace(frame=frame)


def plane_of(frame: av.VideoFrame, index: int) -> Plane:
    """Return one plane of a planar 8-bit frame as an array, without copying it."""
    plane = frame.planes[index]
    rows = np.frombuffer(plane, np.uint8)[: plane.height * plane.line_size]  # pyright: ignore[reportArgumentType, reportCallIssue, reportUnknownVariableType]
    return rows.reshape(plane.height, plane.line_size)[:, : plane.width]  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType]


def to_frame(planes: Planes) -> av.VideoFrame:
    """Return a frame for the encoder."""
    if planes.frame is not None:
        return planes.frame
    frame = av.VideoFrame(*planes.size, "yuv420p")
    fill(frame, planes)
    return frame


def fill(frame: av.VideoFrame, planes: Planes) -> None:
    """Copy a picture into a frame of its size."""
    for index, plane in enumerate(planes.all):
        plane_of(frame, index)[:] = plane


def converted(frame: av.VideoFrame, width: int, height: int, scaler: VideoReformatter) -> av.VideoFrame:
    """Return a frame as yuv420p, BT.709, TV range, of the given size; the frame itself where it is that already."""
    matrix = frame.colorspace
    if matrix == _UNSPECIFIED:
        matrix = Colorspace.ITU709 if frame.height >= 720 else Colorspace.ITU601
    rgb = frame.format.is_rgb
    full = frame.color_range == ColorRange.JPEG or frame.format.name.startswith("yuvj") or rgb
    if (
        frame.format.name == "yuv420p"
        and matrix == Colorspace.ITU709
        and not full
        and (frame.width, frame.height)
        == (
            width,
            height,
        )
    ):
        return frame
    return scaler.reformat(
        frame,
        width,
        height,
        "yuv420p",
        src_colorspace=int(Colorspace.ITU709 if rgb else matrix),
        dst_colorspace=int(Colorspace.ITU709),
        src_color_range=int(ColorRange.JPEG if full else ColorRange.MPEG),
        dst_color_range=int(ColorRange.MPEG),
        # Far down, averaging is as good (60 dB from bicubic at 1080 to 480 lines) and takes less than half the time.
        interpolation=Interpolation.AREA if frame.height > 2 * height else Interpolation.BICUBIC,
        **SWSCALE,
    )


def scaled(
    plane: Plane, width: int, height: int, scaler: VideoReformatter, how: Interpolation = Interpolation.BICUBIC
) -> Plane:
    """Return a plane at another size."""
    source = av.VideoFrame.from_numpy_buffer(plane, "gray")
    made = scaler.reformat(source, width, height, "gray", interpolation=how, **SWSCALE)
    return plane_of(made, 0)


def seen_through(planes: Planes, view: Window, size: tuple[int, int], scalers: Scalers) -> Planes:
    """Return what a window shows of a picture.

    Parameters
    ----------
    planes
        The picture.
    view
        The window, as fractions of the picture.
    size
        Width and height of the result.
    scalers
        Kept between calls.
    """
    half = size[0] // 2, size[1] // 2
    light = part_of((planes.y,), view, size, scalers[0], Interpolation.BICUBIC)
    # The eye doesn't see the sharpness of colour, so the cheaper filter does for it.
    return Planes.of(light + part_of((planes.u, planes.v), view, half, scalers[1], Interpolation.AREA))


def part_of(
    planes: tuple[Plane, ...],
    view: Window,
    size: tuple[int, int],
    scaler: VideoReformatter,
    how: Interpolation,
    *,
    margin: int = 0,
) -> tuple[Plane, ...]:
    """Return what a window shows of planes of one size, as planes of another size.

    Parameters
    ----------
    planes
        With ``margin`` spare pixels on each side.
    view
        The window, as fractions of the planes without their margin.
    size
        Width and height of the result.
    scaler
        Kept between calls: it keeps its tables while the sizes stay the same, as from U to V.
    how
        The filter.
    margin
        Pixels.
    """
    height, width = planes[0].shape
    across, down = (
        Stretch(margin + at * (limit - 2 * margin), view.size * (limit - 2 * margin), samples, limit)
        for at, limit, samples in ((view.x, width, size[0]), (view.y, height, size[1]))
    )
    x, y = crops((across, down))
    made: list[Plane] = []
    for plane in planes:
        cut = plane[y.start : y.start + y.length, x.start : x.start + x.length]
        large = scaled(cut, x.samples, y.samples, scaler, how)
        made.append(large[y.skip : y.skip + size[1], x.skip : x.skip + size[0]])
    return tuple(made)


Scalers = tuple[VideoReformatter, VideoReformatter]


def scalers() -> Scalers:
    """Return the scalers of light and of colour: each keeps its tables while sizes stay the same."""
    return VideoReformatter(), VideoReformatter()


def blend(below: Planes, above: Planes, opacity: float) -> Planes:
    """Return a mix of two pictures: ``opacity`` 0 shows the first, 1 the second.

    Examples
    --------
    >>> dark, light = black(16, 16), Planes.of(np.full_like(plane, 200) for plane in black(16, 16).all)
    >>> int(blend(dark, light, 0.5).y[0, 0])
    108
    """
    share = np.uint16(round(opacity * 256))
    rest = np.uint16(256) - share
    return Planes.of(_mixed(a, b, rest, share) for a, b in zip(below.all, above.all, strict=True))


def _mixed(a: Plane, b: Plane, rest: np.uint16, share: np.uint16) -> Plane:
    """Mix two planes a few rows at a time: what stays in the processor's cache takes a quarter of the time."""
    rows, columns = a.shape
    step = max(1, _AT_ONCE // max(1, columns))
    made = np.empty((rows, columns), np.uint8)
    mixed, other = np.empty((step, columns), np.uint16), np.empty((step, columns), np.uint16)
    for at in range(0, rows, step):
        few = min(step, rows - at)
        part = np.multiply(a[at : at + few], rest, out=mixed[:few])
        part += np.multiply(b[at : at + few], share, out=other[:few])
        part += np.uint16(128)
        part >>= np.uint16(8)
        made[at : at + few] = part
    return made


def cut_out(planes: Planes, width: int, height: int) -> Planes:
    """Return the middle of a picture that is at least as large as asked for."""
    have_width, have_height = planes.size
    if (have_width, have_height) == (width, height):
        return planes
    left, top = (have_width - width) // 4 * 2, (have_height - height) // 4 * 2
    half = slice(top // 2, (top + height) // 2), slice(left // 2, (left + width) // 2)
    return Planes(planes.y[top : top + height, left : left + width], planes.u[half], planes.v[half])


def placed(planes: Planes, width: int, height: int) -> Planes:
    """Return a picture in the middle of a black canvas that is at least as large."""
    have_width, have_height = planes.size
    if (have_width, have_height) == (width, height):
        return planes
    canvas = black(width, height)
    left, top = (width - have_width) // 4 * 2, (height - have_height) // 4 * 2
    canvas.y[top : top + have_height, left : left + have_width] = planes.y
    for plane, source in ((canvas.u, planes.u), (canvas.v, planes.v)):
        plane[top // 2 : (top + have_height) // 2, left // 2 : (left + have_width) // 2] = source
    return canvas


def framed(planes: Planes, margin: int) -> Planes:
    """Return a picture with an even number of pixels more on each side, which repeat its edge."""
    if not margin:
        return planes
    parts = zip(planes.all, (1, 2, 2), strict=True)
    return Planes.of(np.pad(plane, margin // part, mode="edge") for plane, part in parts)


def turned(planes: Planes, quarters: int, *, mirrored: bool = False) -> Planes:
    """Return a picture turned counter-clockwise by quarters, after mirroring it left to right."""
    if not quarters % 4 and not mirrored:
        return planes
    made = [plane[:, ::-1] if mirrored else plane for plane in planes.all]
    return Planes.of(np.ascontiguousarray(np.rot90(plane, quarters)) for plane in made)


def fitted_size(source: tuple[int, int], canvas: tuple[int, int], fit: str) -> tuple[int, int]:
    """Return the even size at which a picture covers a canvas, or is contained in it.

    Examples
    --------
    >>> fitted_size((400, 300), (1920, 1080), "cover"), fitted_size((400, 300), (1920, 1080), "contain")
    ((1920, 1440), (1440, 1080))
    """
    across, down = canvas[0] / source[0], canvas[1] / source[1]
    if fit == "cover":
        factor = max(across, down)
        # Rounding up keeps it covering; a hair of tolerance keeps 1.0000001 from becoming two pixels.
        sides = (2 * int(-(-(side * factor - 0.01) // 2)) for side in source)
        width, height = (max(side, least) for side, least in zip(sides, canvas, strict=True))
        return width, height
    factor = min(across, down)
    width, height = (min(most, max(2, 2 * round(side * factor / 2))) for side, most in zip(source, canvas, strict=True))
    return width, height


def to_image(planes: Planes) -> Image.Image:
    """Return a picture as an RGB image."""
    width, height = planes.size
    made = VideoReformatter().reformat(
        to_frame(planes),
        width,
        height,
        "rgb24",
        src_colorspace=int(Colorspace.ITU709),
        src_color_range=int(ColorRange.MPEG),
        dst_color_range=int(ColorRange.JPEG),
        **SWSCALE,
    )
    return Image.fromarray(made.to_ndarray())
