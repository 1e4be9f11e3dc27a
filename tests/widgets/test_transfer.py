"""Slices arrive on several threads, out of order, twice, or not at all: the file is whole in the end."""

from __future__ import annotations

import errno
import hashlib
import io
import random
import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest

from nemo_widgets.errors import InvalidInput
from nemo_widgets.widgets.transfer import MISSING_AT_ONCE, Incoming, read_slice

DATA = random.Random(1).randbytes(1_000_003)
SLICE = 4096


def slices(data=DATA, size=SLICE):
    return [(index, data[start : start + size]) for index, start in enumerate(range(0, len(data), size))]


@pytest.fixture
def incoming(tmp_path):
    return Incoming(tmp_path / "file", name="a.jpg", size=len(DATA), slice_bytes=SLICE)


def test_any_order_on_many_threads_each_twice(incoming):
    todo = slices() * 2
    random.Random(2).shuffle(todo)
    with ThreadPoolExecutor(8) as pool:
        completed = list(pool.map(lambda item: incoming.write(*item), todo))
    assert completed.count(True) == 1
    assert incoming.fraction == 1
    assert hashlib.sha256(incoming.path.read_bytes()).digest() == hashlib.sha256(DATA).digest()


def test_what_is_missing(incoming):
    for index, data in slices():
        if index not in (3, 70, 244):
            assert incoming.write(index, data) is False
    assert incoming.missing() == [3, 70, 244]


def test_what_is_missing_is_told_in_portions(incoming):
    assert incoming.missing() == list(range(MISSING_AT_ONCE))


@pytest.mark.parametrize(
    ("index", "data"), [(0, b"short"), (-1, DATA[:SLICE]), (245, DATA[:SLICE]), (244, DATA[:SLICE])]
)
def test_a_slice_that_does_not_belong_is_refused(incoming, index, data):
    with pytest.raises(InvalidInput, match="arrived damaged"):
        incoming.write(index, data)


@pytest.mark.parametrize(("size", "slice_bytes"), [(0, 10), (-5, 10), (10, 0), (10, 10**9)])
def test_numbers_that_make_no_sense_are_refused(tmp_path, size, slice_bytes):
    with pytest.raises(InvalidInput):
        Incoming(tmp_path / "file", name="a.jpg", size=size, slice_bytes=slice_bytes)


def test_what_a_full_disk_did_not_take_is_deleted(tmp_path):
    class FullDisk(io.RawIOBase):
        def writable(self):
            return True

        def seekable(self):
            return True

        def seek(self, offset, _whence=0):
            return offset

        def write(self, _data):
            raise OSError(errno.ENOSPC, "No space left on device")

    incoming = Incoming(tmp_path / "0", name="a.jpg", size=5000, slice_bytes=3000)
    incoming._file.close()
    incoming._file = io.BufferedWriter(FullDisk())
    with pytest.raises(InvalidInput, match="disk is full"):
        incoming.write(0, b"x" * 3000)
    incoming.discard()
    assert not list(tmp_path.iterdir())


def test_a_full_disk_is_told_before_the_first_byte(tmp_path):
    with pytest.raises(InvalidInput, match="disk is full"):
        Incoming(tmp_path / "file", name="a.jpg", size=shutil.disk_usage(tmp_path).free + 1, slice_bytes=SLICE)
    assert not list(tmp_path.iterdir())


def test_discarding_deletes_and_late_slices_do_nothing(incoming):
    incoming.write(*slices()[0])
    incoming.discard()
    assert not incoming.path.exists()
    assert incoming.write(*slices()[1]) is False


def test_reading_a_video_in_slices(tmp_path):
    path = tmp_path / "video.mp4"
    path.write_bytes(DATA)
    assert b"".join(read_slice(path, start, 65536) for start in range(0, len(DATA), 65536)) == DATA
    for offset, length in ((-1, 10), (0, 0), (0, 10**9)):
        with pytest.raises(InvalidInput):
            read_slice(path, offset, length)
