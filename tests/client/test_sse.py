"""The decoder: every published rule of `text/event-stream`, however the bytes are cut."""

from __future__ import annotations

import base64
import itertools
import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nemo_widgets.client.sse import EventTooLargeError, ServerSentEvent, SSEDecoder

VECTORS = json.loads((Path(__file__).parents[1] / "data" / "sse_vectors.json").read_text("utf-8"))
BODIES = [b"".join(base64.b64decode(chunk) for chunk in vector["chunks"]) for vector in VECTORS]


def decode(chunks: list[bytes]) -> tuple[list[ServerSentEvent], SSEDecoder]:
    decoder = SSEDecoder()
    return [event for chunk in chunks for event in decoder.feed(chunk)], decoder


def cut(body: bytes, places: list[int]) -> list[bytes]:
    edges = [0, *sorted(place % (len(body) + 1) for place in places), len(body)]
    return [body[start:end] for start, end in itertools.pairwise(edges)]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
@pytest.mark.parametrize("chunking", ["given", "bytes", "whole"])
def test_vector(vector, chunking):
    chunks = [base64.b64decode(chunk) for chunk in vector["chunks"]]
    body = b"".join(chunks)
    chunks = {"given": chunks, "bytes": [body[i : i + 1] for i in range(len(body))], "whole": [body]}[chunking]

    events, decoder = decode(chunks)

    assert events == [ServerSentEvent(**expected) for expected in vector["expected"]]
    assert decoder.last_event_id == vector["final_id"]
    if vector["name"] != "retry-empty":  # implementations differ there; see its note
        assert decoder.retry == vector["final_retry"]


def test_all_vectors_are_there():
    assert len(VECTORS) == 82


@given(body=st.sampled_from(BODIES), places=st.lists(st.integers(0, 10_000), max_size=12))
def test_any_chunking_gives_the_same_events(body, places):
    assert decode(cut(body, places))[0] == decode([body])[0]


_PIECES = st.sampled_from(
    [b"data:", b"event:x", b"id: 1", b"\r", b"\n", b"\r\n", b": c", b"\xe4\xbd\xa0", b"\xff", b" ", b"a"]
)


@settings(max_examples=300)
@given(pieces=st.lists(_PIECES, max_size=40), places=st.lists(st.integers(0, 200), max_size=8))
def test_arbitrary_bytes_decode_alike_in_any_chunking(pieces, places):
    body = b"".join(pieces)
    whole, cut_up = decode([body]), decode(cut(body, places))
    assert cut_up[0] == whole[0]
    assert cut_up[1].incomplete == whole[1].incomplete


def test_a_body_cut_inside_an_event_is_incomplete():
    assert decode([b'data: {"a":1}\n\ndata: {"b'])[1].incomplete
    assert decode([b"data: x\n"])[1].incomplete
    assert not decode([b"data: x\n\n"])[1].incomplete


@pytest.mark.parametrize("body", [b"data: " + b"x" * 200, b":" + b"x" * 200, b"data: xxxxxxxxxx\n" * 20])
@pytest.mark.parametrize("step", [1, 64, 1000])
def test_an_event_above_the_limit_is_refused(body, step):
    decoder, seen = SSEDecoder(max_event_bytes=100), []
    flood = b"data: ok\n\n" + body

    def feed() -> None:
        for start in range(0, len(flood), step):
            seen.extend(decoder.feed(flood[start : start + step]))

    with pytest.raises(EventTooLargeError):
        feed()
    assert [event.data for event in seen] == ["ok"], "what came before the flood is kept"


def test_time_grows_linearly_with_bytewise_chunks():
    def seconds(size: int) -> float:
        body = b"data: " + b"x" * size + b"\n\n"
        start = time.thread_time()  # other processes' time doesn't count
        events, _ = decode([body[i : i + 1] for i in range(len(body))])
        assert len(events[0].data) == size
        return time.thread_time() - start

    seconds(1_000)
    times = (seconds(160_000) / min(seconds(20_000) for _ in range(3)) for _ in range(10))
    assert any(one < 24 for one in times), "8 times the bytes took more than 24 times as long, ten times over"
