"""Media files that something happened to, made from whole ones by a seed, and what a studio does with them."""

from __future__ import annotations

import io
import random
import re
import struct
import threading
import time
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

import av
import numpy as np
import psutil
from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE = 180.0
"""Seconds that an upload or a render of one file may take, on the slowest machine; the studio's own limit is 60."""
MOST_MEMORY = 4 * 1024**3
"""Bytes of the studio with all its children."""
_PHOTOS = {"a.png": {}, "a.jpg": {"quality": 80}, "a.webp": {}, "lossless.webp": {"lossless": True}}
_CLIPS = {
    "a.mp4": ("libx264", "aac"),
    "a.mov": ("libx264", "aac"),
    "a.mkv": ("libx264", "aac"),
    "a.webm": ("libvpx", "libopus"),
    "a.avi": ("mpeg4", "libmp3lame"),
}
_SOUNDS = {
    "a.mp3": "libmp3lame",
    "a.wav": "pcm_s16le",
    "a.m4a": "aac",
    "a.aac": "aac",
    "a.flac": "flac",
    "a.ogg": "libopus",
}
_HUGE = (b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\xff\xff\xff\x7f", b"\x00\x00\xff\xff", b"\x40\x00\x00\x00")
_NO_SENTENCE = re.compile(r"Traceback|\b\w+(Error|Exception)\b|Errno|/studio/|0x[0-9a-f]{6}")


class Damaged(NamedTuple):
    """A file, what happened to it, and the name that it comes with."""

    how: str
    name: str
    content: bytes


def whole_files(folder: Path) -> dict[str, bytes]:
    """Return a small good file of each kind, by name."""
    x, y = np.meshgrid(np.linspace(0, 255, 96), np.linspace(0, 255, 54))
    still = Image.fromarray(np.stack([x, y, 255 - x], axis=-1).astype(np.uint8))
    made: dict[str, bytes] = {}
    for name, options in _PHOTOS.items():
        target = io.BytesIO()
        still.save(target, {"jpg": "JPEG"}.get(name[-3:], name.rsplit(".", 1)[1].upper()), **options)
        made[name] = target.getvalue()
    moving = [still.rotate(40 * turn) for turn in range(6)]
    for name in ("moving.gif", "moving.webp", "moving.png"):
        target = io.BytesIO()
        moving[0].save(
            target,
            name[-3:].strip(".") if name[-3:] != "ebp" else "WEBP",
            save_all=True,
            append_images=moving[1:],
            duration=120,
        )
        made[name] = target.getvalue()
    for name, (codec, voice) in _CLIPS.items():
        made[name] = _recorded(folder / name, codec, voice, moving)
    for name, voice in _SOUNDS.items():
        made[name] = _recorded(folder / name, None, voice, moving)
    # No HEIC encoder is at hand: what looks like one.
    made["a.heic"] = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + made["a.jpg"]
    return made


def _recorded(path: Path, codec: str | None, voice: str, moving: list[Image.Image]) -> bytes:
    with av.open(str(path), "w", format={"aac": "adts"}.get(path.suffix[1:])) as container:
        if codec is not None:
            video = container.add_stream(codec, rate=10)
            video.width, video.height, video.pix_fmt = 96, 54, "yuv420p"
        sound = container.add_stream(voice, rate=48000, layout="stereo")
        if codec is not None:
            for number in range(12):
                frame = av.VideoFrame.from_image(moving[number % len(moving)])
                frame.pts, frame.time_base = number, Fraction(1, 10)
                container.mux(video.encode(frame))
            container.mux(video.encode(None))
        kind = sound.codec_context.format.name
        resampler = av.AudioResampler(
            format=kind, layout="stereo", rate=48000, frame_size=sound.codec_context.frame_size or 1024
        )
        wave = (0.4 * np.sin(np.arange(48000) * 440 * 2 * np.pi / 48000)).astype(np.float32)
        frame = av.AudioFrame.from_ndarray(np.stack([wave, wave]), "fltp", "stereo")
        frame.sample_rate, frame.pts, frame.time_base = 48000, 0, Fraction(1, 48000)
        for made in (*resampler.resample(frame), *resampler.resample(None)):
            container.mux(sound.encode(made))
        container.mux(sound.encode(None))
    return path.read_bytes()


def damaged(whole: dict[str, bytes], seed: int, count: int) -> list[Damaged]:
    """Return ``count`` files, each kind as often as the others; the same ones for the same seed."""
    dice = random.Random(seed)
    names = sorted(whole)
    return [_damaged(whole, names[number % len(names)], dice) for number in range(count)]


def _damaged(whole: dict[str, bytes], name: str, dice: random.Random) -> Damaged:
    ways = (_cut, _flipped, _flipped, _flipped_head, _headed, _misnamed, _empty, _blank, _huge, _huge, _shuffled)
    way = dice.choice(ways)
    found = way(whole, name, dice)
    content, name = found if isinstance(found, tuple) else (found, name)
    return Damaged(way.__name__.strip("_"), name, bytes(content))


def _cut(whole: dict[str, bytes], name: str, dice: random.Random) -> bytes:
    return whole[name][: dice.randrange(1, len(whole[name]))]


def _flipped(whole: dict[str, bytes], name: str, dice: random.Random, first: int | None = None) -> bytearray:
    data = bytearray(whole[name])
    for _ in range(dice.choice((1, 4, 20, 200))):
        data[dice.randrange(min(len(data), first or len(data)))] ^= 1 << dice.randrange(8)
    return data


def _flipped_head(whole: dict[str, bytes], name: str, dice: random.Random) -> bytearray:
    return _flipped(whole, name, dice, dice.choice((64, 600)))


def _headed(whole: dict[str, bytes], name: str, dice: random.Random) -> bytes:
    other, size = whole[dice.choice(sorted(whole))], dice.choice((12, 32, 64, 400))
    return other[:size] + whole[name][size:]


def _misnamed(whole: dict[str, bytes], name: str, dice: random.Random) -> tuple[bytes, str]:
    return whole[name], dice.choice(("a.txt", "a", "a.jpg", "a.mp4", "a.mp3", "a.png.exe", "a.webm", ".gif"))


def _empty(_: dict[str, bytes], __: str, dice: random.Random) -> bytes:
    return bytes(dice.choice((0, 0, 1, 63, 4096)))


def _blank(whole: dict[str, bytes], name: str, dice: random.Random) -> bytearray:
    """Blank a run in the middle, as a download with holes has it."""
    data = bytearray(whole[name])
    first = dice.randrange(len(data))
    last = min(len(data), first + dice.choice((16, 500, 5000)))
    data[first:last] = bytes(last - first)
    return data


def _huge(whole: dict[str, bytes], name: str, dice: random.Random) -> bytearray:
    """Declare something huge: the size of a picture, or any number in the boxes of a container."""
    data = bytearray(whole[name])
    kind, big = name.rsplit(".", 1)[1], dice.choice((20_000, 60_000, 16_383))
    if kind == "png":
        data[16:24] = struct.pack(">II", big * 100, big)
    elif kind == "gif":
        data[6:10] = struct.pack("<HH", big, big)
    elif kind == "jpg":
        at = data.index(b"\xff\xc0") + 5
        data[at : at + 4] = struct.pack(">HH", big, big)
    elif kind == "webp":
        data[24:30] = b"\xff" * 6
    else:
        boxes = (
            b"mvhd",
            b"tkhd",
            b"mdhd",
            b"stts",
            b"stsz",
            b"stco",
            b"stsc",
            b"elst",
            b"avcC",
            b"strh",
            b"avih",
            b"fmt ",
        )
        near = [at.start() for box in boxes for at in re.finditer(re.escape(box), data)] or [dice.randrange(len(data))]
        at = dice.choice(near) + 4 * dice.randrange(1, 9)
        data[at : at + 4] = dice.choice(_HUGE)
    return data


def _shuffled(whole: dict[str, bytes], name: str, dice: random.Random) -> bytes:
    """Change the order of blocks, as a broken recovery of a card does."""
    data = whole[name]
    size = dice.choice((64, 512, 4096))
    blocks = [data[at : at + size] for at in range(0, len(data), size)]
    head, rest = blocks[:1], blocks[1:]
    dice.shuffle(rest)
    return b"".join(head + rest)


class Judge:
    """Uploads files to a studio and says what it did with each.

    Parameters
    ----------
    caller
        Speaks to the studio.
    good
        A photo, for the films of sounds.
    """

    def __init__(self, caller, good: bytes) -> None:
        self._me, self._good = caller, good
        self._me.http.timeout = PATIENCE

    def __call__(self, file: Damaged) -> str:
        """Return ``refused``, ``rendered`` or ``failed``; whatever else it does is an ``AssertionError``."""
        session = self._me.session()
        answer = self._me.upload(session, (file.name, file.content))
        assert answer.status_code == 200, answer.text
        answer = answer.json()
        if answer["code"]:
            self._is_sentence(answer["message"])
            assert answer["code"] in {4001, 4002, 422}, answer
            assert self._me.state(session)["video_infos"] == []
            return "refused"
        (kept,) = answer["data"]["files"]
        if kept["file_type"] == "audio":
            assert self._me.upload(session, ("good.png", self._good)).json()["code"] == 0
        events = self._me.say(session, "make a 1 second video")
        assert not any("errorCode" in event for event in events), events
        draft = self._me.state(session)["draft"]
        draft["m"] |= {"width": 64, "height": 36, "fps": 10}
        if kept["file_type"] == "audio":
            heard = {"st": 0, "d": draft["d"], "m": {"name": "sound", "src": kept["cdn_url"]}}
            draft["t"] = [*[track for track in draft["t"] if track["tt"] != 1], {"id": "a9", "tt": 1, "sg": [heard]}]
        job = self._ended(self._me.render(session, draft))
        if job["status"] == "failed":
            self._is_sentence(job["error"])
            return "failed"
        assert job["output"]["size"] > 500
        return "rendered"

    def _ended(self, job: dict) -> dict:
        deadline = time.monotonic() + PATIENCE
        while job["status"] not in {"completed", "failed"}:
            assert time.monotonic() < deadline, f"it never ends: {job}"
            time.sleep(0.03)
            job = self._me.job(job["id"])
        return job

    def _is_sentence(self, text: str) -> None:
        assert text, "no sentence"
        assert text[0].isupper() or text[0] in '“‘"' or " " in text, text
        assert not _NO_SENTENCE.search(text), text


class Memory(threading.Thread):
    """Watches how much memory a process takes with all its children: resident bytes that are its own."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self._process = psutil.Process(process)
        self._over = threading.Event()
        self.most = self.most_alone = 0

    def run(self) -> None:
        while not self._over.wait(0.25):
            try:
                alone = self._process.memory_info().rss
            except psutil.Error:
                return
            everything = alone
            for child in self._process.children(recursive=True):
                try:
                    everything += child.memory_info().rss
                except psutil.Error:
                    continue
            self.most, self.most_alone = max(self.most, everything), max(self.most_alone, alone)

    def end(self) -> None:
        self._over.set()
        self.join()
