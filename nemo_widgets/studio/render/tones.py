"""High dynamic range (PQ and HLG, in the colours of BT.2020) brought into the range and colours of ordinary video.

What a display would show is computed for a lattice of colours once, and each frame is looked up in it (``lut3d``).
Sources: SMPTE ST 2084 and ARIB STD-B67 as ITU-R BT.2100 has them; white at 203 cd/m², after ITU-R BT.2408; the roll-off
of what is brighter is the one called *mobius* in FFmpeg.
"""

from __future__ import annotations

import tempfile
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import numpy as np
from av.filter import Graph
from av.video.reformatter import ColorRange, Colorspace, VideoReformatter

from nemo_widgets.studio.render.planes import SWSCALE

if TYPE_CHECKING:
    from av.video.stream import VideoStream

Lattice = np.ndarray[Any, np.dtype[np.float64]]

_PQ, _HLG = 16, 18
"""Transfer characteristics of ITU-T H.273."""

_POINTS = 33
_WHITE, _PEAK = 203.0, 1000.0
_KNEE = 0.5
_TO_709 = np.array([[1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187]])
"""BT.2020 → BT.709, linear light (ITU-R BT.2087)."""

_FORMAT = "gbrp10le"


class Tones:
    """Maps the frames of one clip.

    Parameters
    ----------
    transfer
        16 for PQ, 18 for HLG.
    """

    def __init__(self, transfer: int) -> None:
        self._transfer = transfer
        self._scaler = VideoReformatter()
        self._graph: Graph | None = None

    def mapped(self, frame: av.VideoFrame, width: int, height: int) -> av.VideoFrame:
        """Return a frame as RGB of ordinary range, at a size."""
        rgb = self._scaler.reformat(
            frame,
            width,
            height,
            _FORMAT,
            src_colorspace=int(getattr(Colorspace, "BT2020", Colorspace.ITU709)),
            src_color_range=int(frame.color_range or ColorRange.MPEG),
            dst_color_range=int(ColorRange.JPEG),
            **SWSCALE,
        )
        if self._graph is None:
            self._graph = _looking_up(self._transfer, width, height)
        rgb.pts = None
        self._graph.push(rgb)
        found = self._graph.pull()
        return found if isinstance(found, av.VideoFrame) else rgb


def tones_of(stream: VideoStream) -> Tones | None:
    """Return what maps the frames of a clip; None for a clip of ordinary range."""
    transfer = int(getattr(stream.codec_context, "color_trc", 0) or 0)
    return Tones(transfer) if transfer in (_PQ, _HLG) else None


def _looking_up(transfer: int, width: int, height: int) -> Graph:
    graph = Graph()
    with tempfile.TemporaryDirectory() as folder:
        cube = Path(folder, "tones.cube")
        cube.write_text(_cube(transfer), encoding="ascii")
        source = graph.add_buffer(
            width=width, height=height, format=av.VideoFormat(_FORMAT), time_base=Fraction(1, 1000)
        )
        table, sink = graph.add("lut3d", file=str(cube)), graph.add("buffersink")
        source.link_to(table)
        table.link_to(sink)
        graph.configure()  # The file is read by now.
    return graph


@lru_cache(maxsize=2)
def _cube(transfer: int) -> str:
    """Return the lattice as a .cube file, red running fastest."""
    steps = np.linspace(0.0, 1.0, _POINTS)
    blue, green, red = np.meshgrid(steps, steps, steps, indexing="ij")
    colors = mapped_colors(np.stack([red, green, blue], axis=-1).reshape(-1, 3), transfer)
    return "\n".join([f"LUT_3D_SIZE {_POINTS}", *(f"{r:.6f} {g:.6f} {b:.6f}" for r, g, b in colors.tolist()), ""])


def mapped_colors(signal: Lattice, transfer: int) -> Lattice:
    """Return what colours become, as rows of R, G and B from 0 to 1.

    Examples
    --------
    >>> gray = np.array([[0.0, 0.0, 0.0], [0.58, 0.58, 0.58], [1.0, 1.0, 1.0]])
    >>> [round(float(row[0]), 2) for row in mapped_colors(gray, 16)]
    [0.0, 0.88, 1.0]
    """
    light = _from_pq(signal) if transfer == _PQ else _from_hlg(signal)
    light = np.maximum(light / _WHITE @ _TO_709.T, 0.0)
    strongest = np.maximum(light.max(axis=-1, keepdims=True), 1e-9)
    shown = light * (_rolled_off(strongest) / strongest)
    return np.clip(shown, 0.0, 1.0) ** (1 / 2.2)


def _from_pq(signal: Lattice) -> Lattice:
    """Return cd/m²."""
    m1, m2, c1, c2, c3 = 2610 / 16384, 2523 / 32, 3424 / 4096, 2413 / 128, 2392 / 128
    root = signal ** (1 / m2)
    return 10_000 * (np.maximum(root - c1, 0.0) / (c2 - c3 * root)) ** (1 / m1)


def _from_hlg(signal: Lattice) -> Lattice:
    """Return cd/m² on a display of 1,000."""
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    scene = np.where(signal <= 0.5, signal**2 / 3, (np.exp((signal - c) / a) + b) / 12)
    bright = scene @ np.array([0.2627, 0.6780, 0.0593])
    return _PEAK * np.maximum(bright, 1e-9)[..., None] ** 0.2 * scene


def _rolled_off(light: Lattice) -> Lattice:
    """Return light of which 1 is white, with what is above a knee bent so that the peak becomes 1."""
    peak, knee = _PEAK / _WHITE, _KNEE
    a = -knee * knee * (peak - 1) / (knee * knee - 2 * knee + peak)
    b = (knee * knee - 2 * knee * peak + peak) / (peak - 1)
    bent = (b * b + 2 * b * knee + knee * knee) / (b - a) * (light + a) / (light + b)
    return np.minimum(1.0, np.where(light <= knee, light, bent))
