"""Whatever a browser sends, only what the table names gets in."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemo_widgets.widgets.protocol import UnknownRequest, checked

GOOD = [
    ({"kind": "ready"}, 0),
    (
        {"kind": "upload-begin", "id": "u", "name": "a.jpg", "size": 5, "slice_bytes": 5, "head": None},
        0,
    ),
    ({"kind": "upload-slice", "id": "u", "index": 0}, 1),
    ({"kind": "prompt", "id": "t", "text": "hello"}, 0),
    ({"kind": "video-read", "id": "v", "offset": 0, "length": 10}, 0),
    ({"kind": "module-ask", "id": "timeline"}, 0),
    ({"kind": "picture-ask"}, 0),
]
BAD = [
    (None, 0),
    ([], 0),
    ({}, 0),
    ({"kind": "nothing"}, 0),
    ({"kind": ["ready"]}, 0),
    ({"kind": "ready", "more": 1}, 0),
    ({"kind": "stop"}, 0),
    ({"kind": "module-ask"}, 0),
    ({"kind": "stop", "id": ""}, 0),
    ({"kind": "stop", "id": "x" * 65}, 0),
    ({"kind": "stop", "id": 7}, 0),
    ({"kind": "upload-slice", "id": "u", "index": True}, 1),
    ({"kind": "upload-slice", "id": "u", "index": 0}, 0),
    ({"kind": "prompt", "id": "t", "text": None}, 0),
    ({"kind": "prompt", "id": "t", "text": "x"}, 1),
]


@pytest.mark.parametrize(("message", "buffers"), GOOD)
def test_the_tables_messages(message, buffers):
    assert checked(message, [b""] * buffers) == message


@pytest.mark.parametrize(("message", "buffers"), BAD)
def test_everything_else(message, buffers):
    with pytest.raises(UnknownRequest):
        checked(message, [b""] * buffers)


@given(st.dictionaries(st.sampled_from(["kind", "id", "text", "index", "size"]), st.none() | st.text() | st.integers()))
def test_nonsense_never_crashes(message):
    with contextlib.suppress(UnknownRequest):
        checked(message, [])
