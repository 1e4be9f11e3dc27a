"""Media files as they are: what is in them, and a small picture of them.

A file is typed by its content, never by its name, and opened with the one demuxer that its first bytes call for and
with local files as the only protocol, so that a playlist dressed up as a clip reaches nothing else.
"""

from __future__ import annotations

import io
import re
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import av
from av.error import FFmpegError
from av.stream import Disposition
from av.video.reformatter import ColorRange, VideoReformatter
from PIL import Image, ImageOps, ImageSequence

from nemo_widgets.errors import InvalidInput, UnsupportedFile

if TYPE_CHECKING:
    from pathlib import Path

    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.video.stream import VideoStream

MAX_PIXELS = 100_000_000
"""The largest picture that is decoded; a small file may claim to be a far larger one."""

MAX_DURATION = 12 * 3_600_000
"""The longest clip or sound that is taken (ms)."""

MAX_FPS = 1000
"""The most frames a second that a clip may claim."""

MAX_STREAMS = 64
"""The most streams that a file may have."""

_SHOWN = 100
"""Milliseconds of an animated image's picture that doesn't say how long it is shown (as browsers have it)."""

READING_ERRORS = (
    *(FFmpegError, Image.DecompressionBombError, OSError, ValueError, SyntaxError, EOFError, LookupError),
    struct.error,
)
"""What PyAV and Pillow raise on damaged files."""

IMAGES = frozenset({"jpg", "png", "gif", "webp"})

_DEMUXERS = {
    "mp4": "mov",
    "mov": "mov",
    "m4a": "mov",
    "avi": "avi",
    "webm": "matroska",
    "mkv": "matroska",
    "mp3": "mp3",
    "wav": "wav",
    "aac": "aac",
    "gif": "gif",
}
_QUICKTIME_ATOMS = frozenset({b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"})


@dataclass(frozen=True)
class MediaInfo:
    """What is in a media file.

    Attributes
    ----------
    kind : str
        ``"video"``, ``"image"`` or ``"audio"``.
    format : str
        The container's short name, such as ``"mp4"``.
    width, height : int
        Pixels as they are shown, with the orientation applied; 0 for audio.
    duration : int or None
        Milliseconds; None for a still image.
    fps : float or None
        Frames a second of a video.
    has_audio : bool
        Whether anything can be heard.
    """

    kind: str
    format: str
    width: int = 0
    height: int = 0
    duration: int | None = None
    fps: float | None = None
    has_audio: bool = False


def sniff(head: bytes) -> str | None:
    """Return the short name of a format from a file's first bytes (64 are enough); None for what isn't supported.

    Examples
    --------
    >>> sniff(bytes.fromhex("ffd8ffe0")), sniff(b"just text")
    ('jpg', None)
    """
    riff = {b"WEBP": "webp", b"AVI ": "avi", b"WAVE": "wav"}
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if head.startswith((b"RIFF", b"RF64")):
        return riff.get(head[8:12])
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        if brand in (b"avif", b"avis", b"heic", b"heix", b"mif1", b"msf1", b"hevc"):
            return None
        return {b"qt  ": "mov", b"M4A ": "m4a", b"M4B ": "m4a"}.get(brand, "mp4")
    if head[4:8] in _QUICKTIME_ATOMS:
        return "mov"
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "webm" if b"webm" in head else "mkv"
    if head.startswith(b"ID3"):
        return "mp3"
    if len(head) > 2 and head[0] == 0xFF and head[1] & 0xF6 == 0xF0:
        return "aac"
    if len(head) > 2 and head[0] == 0xFF and head[1] & 0xE6 in (0xE2, 0xE4, 0xE6):
        return "mp3"
    return None


def format_of(path: Path) -> str:
    """Return the short name of a file's format, by its content.

    Raises
    ------
    UnsupportedFile
        Where it is none of those that can be used.
    InvalidInput
        Where there is no such file, or it is empty.
    """
    try:
        with path.open("rb") as file:
            head = file.read(64)
    except OSError:
        raise InvalidInput("missing-file", name=path.name) from None
    if not head:
        raise InvalidInput("empty-file", name=path.name)
    found = sniff(head)
    if found is None:
        raise UnsupportedFile(name=path.name, code=4001)
    return found


def open_container(path: Path) -> InputContainer:
    """Open a clip or sound for reading: local files only, with the demuxer that its content calls for."""
    demuxer = _DEMUXERS.get(format_of(path))
    if demuxer is None:
        raise UnsupportedFile(name=path.name, code=4001)
    options = {"protocol_whitelist": "file", "max_streams": str(MAX_STREAMS + 1)}
    container = av.open(str(path.resolve()), format=demuxer, options=options)
    try:
        _check_container(path.name, container)
    except BaseException:
        container.close()
        raise
    return container


def _check_container(name: str, container: InputContainer) -> None:
    """Refuse what a file claims to be, before anything of it is decoded."""
    video = video_stream(container)
    rate = 0.0
    if video is not None:
        if not _decodable(video):
            raise InvalidInput("media-unreadable", name=name)
        check_pixels(name, video.width, video.height)
        rate = float(video.average_rate or 0)
        decoder: Any = video.codec_context
        decoder.options = {"max_pixels": str(MAX_PIXELS)}  # a clip may begin small and grow
    if len(container.streams) > MAX_STREAMS or rate > MAX_FPS:
        raise InvalidInput("media-unreadable", name=name)
    check_duration(name, round((container.duration or 0) / 1000))


def check_duration(name: str, duration: int) -> None:
    """Refuse a clip or sound that is far too long (ms)."""
    if duration > MAX_DURATION:
        hours, limit = round(duration / 3_600_000, 1), round(MAX_DURATION / 3_600_000)
        raise InvalidInput("media-too-long", name=name, hours=hours, limit=limit)


def video_stream(container: InputContainer) -> VideoStream | None:
    """Return the stream of moving pictures; the cover of an album is none."""
    for stream in container.streams.video:
        if not stream.disposition & Disposition.attached_pic:
            return stream
    return None


def audio_stream(container: InputContainer) -> AudioStream | None:
    """Return the first stream of sound that can be decoded."""
    return next(filter(_decodable, container.streams.audio), None)


def _decodable(stream: VideoStream | AudioStream) -> bool:
    """Say whether there is a decoder for a stream: PyAV gives it no context otherwise, whatever the types say."""
    context: Any = stream.codec_context
    return context is not None


def open_image(path: Path) -> Image.Image:
    """Open an image without decoding it; its size is checked."""
    with path.open("rb") as file:
        check_pixels(path.name, *declared_size(file.read(64)))  # Pillow makes room for a WebP before it tells its size
    try:
        image = Image.open(path, formats=("JPEG", "PNG", "GIF", "WEBP"))
    except Image.DecompressionBombError as error:  # Pillow's own limit is higher, and its error says the size.
        pixels = int(next(iter(re.findall(r"\d+", str(error))), 2 * MAX_PIXELS))
        check_pixels(path.name, pixels, 1)
        raise
    check_pixels(path.name, *image.size)
    return image


def declared_size(head: bytes) -> tuple[int, int]:
    """Return the width and height that a PNG, GIF or WebP claims in its first bytes; (0, 0) for others.

    Sources: PNG (RFC 2083, 4.1.1), GIF89a (18), WebP container specification (RFC 9649, 2.5 to 2.7).

    Examples
    --------
    >>> declared_size(b"GIF89a" + (40_000).to_bytes(2, "little") + (30_000).to_bytes(2, "little"))
    (40000, 30000)
    """
    if head.startswith(b"\x89PNG") and len(head) >= 24:
        return int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")
    if head.startswith(b"GIF8") and len(head) >= 10:
        return int.from_bytes(head[6:8], "little"), int.from_bytes(head[8:10], "little")
    if head[8:12] != b"WEBP" or len(head) < 30:
        return 0, 0
    if head[12:16] == b"VP8X":
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    if head[12:16] == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return int.from_bytes(head[26:28], "little") & 0x3FFF, int.from_bytes(head[28:30], "little") & 0x3FFF


def check_pixels(name: str, width: int, height: int) -> None:
    """Refuse a picture that would take too much memory."""
    if width * height > MAX_PIXELS:
        raise InvalidInput(
            "media-pixels", name=name, megapixels=round(width * height / 1e6), limit=round(MAX_PIXELS / 1e6)
        )


def is_animated(path: Path, found: str) -> bool:
    """Say whether an image file moves."""
    if found not in ("gif", "webp", "png"):
        return False
    with open_image(path) as image:
        return bool(getattr(image, "is_animated", False))


def frame_ends(path: Path) -> list[float]:
    """Return when each picture of an animated image ends, in ms from the start."""
    clock, ends = 0.0, list[float]()
    with open_image(path) as image:
        for frame in ImageSequence.Iterator(image):
            frame.load()
            clock += float(frame.info.get("duration") or _SHOWN)
            ends.append(clock)
            check_duration(path.name, round(clock))
    return ends


def probe(path: Path) -> MediaInfo:
    """Return what is in a media file, after really decoding some of it.

    Parameters
    ----------
    path
        A local file.

    Raises
    ------
    UnsupportedFile
        Where it is none of the formats that can be used.
    InvalidInput
        Where it is missing, empty, damaged, or larger than 100 megapixels.
    """
    found = format_of(path)
    try:
        return _probe_image(path, found) if found in IMAGES else _probe_container(path, found)
    except READING_ERRORS as error:
        if isinstance(error, InvalidInput):
            raise
        raise InvalidInput("media-unreadable", name=path.name) from None


def _probe_image(path: Path, found: str) -> MediaInfo:
    with open_image(path) as image:
        turned = image.getexif().get(0x0112, 1) in (5, 6, 7, 8)
        width, height = reversed(image.size) if turned else image.size
        image.draft(None, (image.width // 8, image.height // 8))
        image.load()
    duration = None
    if is_animated(path, found):
        if found == "gif":
            with open_container(path) as container:
                duration = _duration(container)
        else:
            duration = round(frame_ends(path)[-1])
    return MediaInfo("image", found, width, height, duration)


def _probe_container(path: Path, found: str) -> MediaInfo:
    with open_container(path) as container:
        video, audio = video_stream(container), audio_stream(container)
        has_audio = audio is not None
        if video is None and audio is None:
            raise InvalidInput("media-unreadable", name=path.name)
        duration = _duration(container)
        if video is None:
            if next(iter(container.decode(audio)), None) is None:
                raise InvalidInput("media-unreadable", name=path.name)
            return MediaInfo("audio", found, 0, 0, duration, None, has_audio=True)
        frame = next(iter(container.decode(video)), None)
        if frame is None:
            raise InvalidInput("media-unreadable", name=path.name)
        width, height = shown_size(frame, video)
        rate = video.average_rate or video.guessed_rate
    return MediaInfo("video", found, width, height, duration, float(rate) if rate else None, has_audio=has_audio)


def shown_size(frame: av.VideoFrame, stream: VideoStream) -> tuple[int, int]:
    """Return width and height as shown: with square pixels, and turned as the file says."""
    shape = stream.sample_aspect_ratio
    width = round(frame.width * float(shape)) if shape else frame.width
    return (frame.height, width) if frame.rotation % 180 else (width, frame.height)


def _duration(container: InputContainer) -> int | None:
    """Return milliseconds: from the header, or by reading through the file where the header doesn't say."""
    if container.duration:
        return round(container.duration / 1000)
    end = 0.0
    for packet in container.demux():
        if packet.pts is not None:
            end = max(end, float((packet.pts + (packet.duration or 0)) * packet.time_base))
    check_duration("The file", round(end * 1000))
    container.seek(0)
    return round(end * 1000) or None


def thumbnail(path: Path, *, at: int = 0, width: int = 160) -> bytes:
    """Return a small JPEG of an image, or of a video at a time.

    Parameters
    ----------
    path
        A local file.
    at
        Milliseconds into a video.
    width
        Pixels; the height follows.

    Raises
    ------
    UnsupportedFile
        Where it is none of the formats that can be used, or has no picture.
    InvalidInput
        Where it is missing, empty, damaged, or too large.
    """
    found = format_of(path)
    try:
        image = _still(path, width) if found in IMAGES else _clip_still(path, at)
    except READING_ERRORS as error:
        if isinstance(error, InvalidInput):
            raise
        raise InvalidInput("media-unreadable", name=path.name) from None
    if image is None:
        raise UnsupportedFile(name=path.name, code=4001)
    image.thumbnail((width, 8 * width), Image.Resampling.LANCZOS)
    target = io.BytesIO()
    image.save(target, "JPEG", quality=82)
    return target.getvalue()


def _still(path: Path, width: int) -> Image.Image:
    with open_image(path) as image:
        image.draft(None, (2 * width, 2 * width))
        return on_black(ImageOps.exif_transpose(image))


def on_black(image: Image.Image) -> Image.Image:
    """Return an image as RGB, with what is transparent shown as black."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    rgba = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", rgba.size, (0, 0, 0, 255)), rgba).convert("RGB")


def _clip_still(path: Path, at: int) -> Image.Image | None:
    with open_container(path) as container:
        video = video_stream(container)
        if video is None:
            return None
        start = container.start_time or 0
        if at > 0:
            container.seek(start + at * 1000)
        kept = None
        for frame in container.decode(video):
            kept = frame
            if frame.pts is None or frame.time * 1e6 >= start + at * 1000 - 1000:
                break
        if kept is None:
            raise InvalidInput("media-unreadable", name=path.name)
        width, height = shown_size(kept, video)
        flat = (height, width) if kept.rotation % 180 else (width, height)
        image = Image.fromarray(
            VideoReformatter().reformat(kept, *flat, "rgb24", dst_color_range=int(ColorRange.JPEG)).to_ndarray()
        )
        return image.rotate(kept.rotation, expand=True) if kept.rotation else image
