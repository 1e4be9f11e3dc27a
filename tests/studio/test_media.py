"""What is in a file, by its content."""

from __future__ import annotations

import contextlib
import io
import random
import struct
import sys
import time
import warnings
import wave
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from nemo_widgets.errors import InvalidInput, NemoError, UnsupportedFile
from nemo_widgets.studio import media

sys.path.insert(0, str(Path(__file__).parent))

import samples
from samples import clip, photo, sound


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".gif", ".webp"])
def test_images(tmp_path, suffix):
    info = media.probe(photo(tmp_path / f"a{suffix}", width=64, height=40))
    assert info == media.MediaInfo("image", suffix[1:], 64, 40)


@pytest.mark.parametrize(
    ("name", "codec", "found"),
    [
        ("a.mp4", "libx264", "mp4"),
        ("a.mov", "libx264", "mov"),
        ("a.mkv", "libx264", "mkv"),
        ("a.webm", "libvpx", "webm"),
        ("a.avi", "mpeg4", "avi"),
    ],
)
def test_videos(tmp_path, name, codec, found):
    info = media.probe(clip(tmp_path / name, seconds=1, codec=codec))
    assert (info.kind, info.format, info.width, info.height, info.fps, info.has_audio) == (
        "video",
        found,
        320,
        180,
        30.0,
        True,
    )
    assert info.duration == pytest.approx(1000, abs=60)


@pytest.mark.parametrize("name", ["a.mp3", "a.wav", "a.m4a", "a.aac"])
def test_sounds(tmp_path, name):
    info = media.probe(sound(tmp_path / name, seconds=1))
    assert (info.kind, info.width, info.has_audio, info.fps) == ("audio", 0, True, None)
    assert info.duration == pytest.approx(1000, abs=60)


def test_a_clip_without_sound_says_so(tmp_path):
    assert not media.probe(clip(tmp_path / "a.mp4", seconds=0.3, tone=None)).has_audio


def test_the_name_does_not_count(tmp_path):
    wrong = tmp_path / "holiday.mp4"
    photo(tmp_path / "a.png").rename(wrong)
    assert media.probe(wrong).kind == "image"


def test_sizes_are_those_that_are_shown(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    info = media.probe(photo(tmp_path / "a.jpg", width=64, height=40, exif=exif))
    assert (info.width, info.height) == (40, 64)
    info = media.probe(samples.turned_by_metadata(clip(tmp_path / "a.mp4", seconds=0.3)))
    assert (info.width, info.height) == (180, 320)


@pytest.mark.parametrize(
    "content",
    [
        b"just text, called a video",
        b"%PDF-1.7 and so on",
        b"#EXTM3U\nhttp://127.0.0.1/x.ts\n",
        b"\0\0\0\x18ftypheic\0\0\0\0",
    ],
)
def test_what_is_no_media_is_refused(tmp_path, content):
    (tmp_path / "a.mp4").write_bytes(content)
    with pytest.raises(UnsupportedFile, match=r"a\.mp4 is not a file that can be used here\. Take one of: mp4"):
        media.probe(tmp_path / "a.mp4")


def test_damaged_empty_and_missing_files_are_named(tmp_path):
    whole = photo(tmp_path / "a.png", width=200, height=200).read_bytes()
    (tmp_path / "cut.png").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InvalidInput, match=r"“cut\.png” can't be read"):
        media.probe(tmp_path / "cut.png")
    video = clip(tmp_path / "a.mp4", seconds=0.5).read_bytes()
    (tmp_path / "cut.mp4").write_bytes(video[:2000])
    with pytest.raises(InvalidInput, match=r"“cut\.mp4” can't be read"):
        media.probe(tmp_path / "cut.mp4")
    (tmp_path / "none.mp4").touch()
    with pytest.raises(InvalidInput, match=r"none\.mp4 is empty"):
        media.probe(tmp_path / "none.mp4")
    with pytest.raises(InvalidInput, match=r"There is no file gone\.mp4"):
        media.probe(tmp_path / "gone.mp4")


def test_a_small_file_of_a_huge_picture_is_refused(tmp_path):
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0))
    bomb = tmp_path / "bomb.png"
    bomb.write_bytes(b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b""))
    with pytest.raises(InvalidInput, match="900 megapixels, and at most 100"):
        media.probe(bomb)
    with pytest.raises(InvalidInput, match="900 megapixels"):
        media.thumbnail(bomb)


def test_thumbnails(tmp_path):
    with Image.open(io.BytesIO(media.thumbnail(photo(tmp_path / "a.png", width=640, height=360), width=160))) as image:
        assert (image.format, image.size) == ("JPEG", (160, 90))
    source = clip(tmp_path / "a.mp4", seconds=2)
    for at, number in ((0, 0), (1000, 30), (99_000, 59)):
        with Image.open(io.BytesIO(media.thumbnail(source, at=at, width=320))) as image:
            assert samples.frame_number(np.asarray(image)) == number
    samples.turned_by_metadata(source)
    with Image.open(io.BytesIO(media.thumbnail(source, width=90))) as image:
        assert image.size == (90, 160)
    with pytest.raises(UnsupportedFile):
        media.thumbnail(sound(tmp_path / "a.wav"))


def test_a_codec_that_nobody_knows_is_told(tmp_path):
    path = clip(tmp_path / "a.avi", seconds=0.2, tone=None)
    path.write_bytes(path.read_bytes().replace(b"H264", b"XXXX"))
    for look in (media.probe, media.thumbnail):
        with pytest.raises(InvalidInput, match="can't be read"):
            look(path)


def test_a_recording_of_nothing_is_told(tmp_path):
    with wave.open(str(tmp_path / "a.wav"), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
    with pytest.raises(InvalidInput, match="can't be read"):
        media.probe(tmp_path / "a.wav")


def test_a_large_animation_is_looked_at_without_decoding_it(tmp_path):
    """A few kilobytes may hold minutes of work and gigabytes of pictures."""
    images = [Image.new("P", (2000, 2000), n % 3) for n in range(60)]
    images[0].save(tmp_path / "a.gif", save_all=True, append_images=images[1:], duration=50)

    def seconds():  # what other threads are at doesn't count
        began = time.thread_time()
        assert media.probe(tmp_path / "a.gif").duration == 3000
        return time.thread_time() - began

    assert min(seconds() for _ in range(3)) < 0.5


def test_damaged_files_are_refused_with_a_sentence_whatever_the_damage(tmp_path):
    rng = random.Random(7)
    whole = [
        photo(tmp_path / "a.jpg", width=64, height=48),
        photo(tmp_path / "a.png", width=64, height=48),
        clip(tmp_path / "a.mp4", seconds=0.2),
        clip(tmp_path / "a.mkv", seconds=0.2),
        sound(tmp_path / "a.mp3", seconds=0.2),
    ]
    moving = [Image.new("P", (40, 30), n) for n in range(4)]
    moving[0].save(tmp_path / "a.gif", save_all=True, append_images=moving[1:])
    path = tmp_path / "damaged"
    for source in (*whole, tmp_path / "a.gif"):
        original = source.read_bytes()
        for _ in range(150):
            data = bytearray(original)
            for _ in range(rng.choice((1, 5, 30))):
                data[rng.randrange(min(len(data), rng.choice((64, 1000))))] = rng.randrange(256)
            path.write_bytes(data[: rng.choice((len(data), rng.randrange(1, len(data))))])
            for look in (media.probe, media.thumbnail):
                with contextlib.suppress(NemoError), warnings.catch_warnings(action="ignore"):
                    look(path)
