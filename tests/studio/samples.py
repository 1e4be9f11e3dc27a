"""Photos, clips and sounds for tests, made on the spot."""

from __future__ import annotations

import struct
from fractions import Fraction

import av
import numpy as np
from PIL import Image


def gradient(width=640, height=360, *, shift=0):
    """Smooth colours with a distinct corner each, so that cuts, turns and mirrors show."""
    x, y = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
    rgb = np.stack([40 + 180 * x, 40 + 180 * y, 128 + 90 * np.sin(3 * x + 2 * y + shift)], axis=-1)
    return rgb.astype(np.uint8)


def photo(path, *, width=640, height=360, color=None, **options):
    """Save a photo: one colour, or a gradient."""
    image = Image.new("RGB", (width, height), color) if color else Image.fromarray(gradient(width, height))
    if path.suffix == ".jpg":
        options = {"quality": 95, **options}
    image.save(path, **options)
    return path


def clip(path, *, seconds=2.0, fps=30, width=320, height=180, tone=440.0, paint=None, codec="libx264", options=None):
    """Save a clip whose blocks spell the number of each frame (see `frame_number`), with a tone."""
    with av.open(str(path), "w") as container:
        video = container.add_stream(codec, rate=Fraction(fps))
        video.width, video.height, video.pix_fmt = width, height, "yuv420p"
        if codec == "libx264":
            video.options = options or {"crf": "10", "preset": "ultrafast", "g": "30"}
        voice = (
            container.add_stream("libopus" if codec == "libvpx" else "aac", rate=48000, layout="stereo")
            if tone
            else None
        )
        for number in range(round(seconds * fps)):
            rgb = paint(number) if paint else numbered(number, width, height)
            frame = av.VideoFrame.from_ndarray(rgb, "rgb24")
            frame.pts, frame.time_base = number, Fraction(1, fps)
            container.mux(video.encode(frame))
        container.mux(video.encode(None))
        if voice is not None:
            _sing(container, voice, wave(seconds, tone))
    return path


def numbered(number, width=320, height=180):
    """A picture of eight columns, light or dark, that spell a number in binary."""
    bits = np.array([60 + 140 * (number >> bit & 1) for bit in range(8)], np.uint8)
    columns = np.repeat(bits, -(-width // 8))[:width]
    return np.repeat(np.tile(columns, (height, 1))[..., None], 3, axis=2)


def frame_number(rgb):
    """The number of a frame of `clip`, from its picture."""
    width = rgb.shape[1]
    return sum(1 << bit for bit in range(8) if rgb[:, round((bit + 0.5) * width / 8)].mean() > 130)


def wave(seconds, frequency=440.0, level=0.5):
    """A sine, stereo, float32."""
    t = np.arange(round(seconds * 48000)) / 48000
    return np.tile((level * np.sin(2 * np.pi * frequency * t)).astype(np.float32), (2, 1))


def sound(path, *, seconds=2.0, frequency=440.0, level=0.5):
    """Save a tone; the suffix says in which format."""
    codec = {".wav": "pcm_s16le", ".mp3": "libmp3lame", ".m4a": "aac", ".aac": "aac"}[path.suffix]
    with av.open(str(path), "w") as container:
        voice = container.add_stream(codec, rate=48000, layout="stereo")
        _sing(container, voice, wave(seconds, frequency, level))
    return path


def _sing(container, voice, samples):
    for at in range(0, samples.shape[1], 1024):
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples[:, at : at + 1024]), "fltp", "stereo")
        frame.sample_rate, frame.pts, frame.time_base = 48000, at, Fraction(1, 48000)
        container.mux(voice.encode(frame))
    container.mux(voice.encode(None))


def turned_by_metadata(path, quarters=1):
    """Make an MP4 say that it is to be shown turned clockwise by some quarters, as a phone held upright does."""
    across, down = {1: (0, 65536), 2: (-65536, 0), 3: (0, -65536)}[quarters]
    data = bytearray(path.read_bytes())
    at = data.index(b"tkhd")  # the video's track comes first
    matrix = at + 4 + 4 + 20 + 16
    data[matrix : matrix + 36] = struct.pack(">9i", across, down, 0, -down, across, 0, 0, 0, 1 << 30)
    path.write_bytes(bytes(data))
    return path


def decoded(path):
    """All pictures of a video as RGB arrays."""
    with av.open(str(path)) as container:
        return [
            frame.reformat(format="rgb24", dst_color_range="JPEG").to_ndarray() for frame in container.decode(video=0)
        ]


def heard(path):
    """The whole sound of a file: float32, shape (2, n), 48 kHz, from time 0 on."""
    resampler = av.AudioResampler(format="fltp", layout="stereo", rate=48000)
    parts, first = [], None
    with av.open(str(path)) as container:
        for frame in container.decode(audio=0):
            first = frame.time if first is None else first
            parts += [made.to_ndarray() for made in resampler.resample(frame)]
    parts += [made.to_ndarray() for made in resampler.resample(None)]
    samples = np.concatenate(parts, axis=1)
    return samples[:, round(max(0.0, -(first or 0.0)) * 48000) :]


def rms(samples, start, end):
    """Level between two times in ms."""
    return float(np.sqrt((samples[:, start * 48 : end * 48] ** 2).mean()))


def boxes(path):
    """The top-level boxes of an MP4, in order."""
    data, at, names = path.read_bytes(), 0, []
    while at < len(data):
        size, name = struct.unpack(">I4s", data[at : at + 8])
        names.append(name.decode())
        at += size or len(data)
    return names


def draft(*segments, sounds=(), titles=(), width=320, height=180, fps=30, **more):
    """A draft of one video track, one audio track and one text track."""
    tracks = [(0, segments), (1, sounds), (7, titles)]
    return {
        "m": {"width": width, "height": height, "fps": fps},
        "t": [{"tt": kind, "sg": list(items)} for kind, items in tracks if items],
        **more,
    }


def shot(path, d, **meta):
    """A segment."""
    return {"d": d, "m": {"src": str(path), **meta}}


TRANSPOSES = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""EXIF orientation → what turns such a photo upright, as the EXIF standard has it."""
