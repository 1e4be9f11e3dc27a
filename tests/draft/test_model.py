"""Drafts are read generously, and refused with the path of what can't be read."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemo_widgets import Draft, DraftError

DIALECT = {
    "m": {"title": "Promo", "width": 1080, "height": 1920, "fps": 25},
    "d": 30000,
    "t": [
        {"id": "v1", "tt": 0, "m": {"name": "Video"}, "sg": [
            {"id": "s1", "st": 0, "d": 5500, "m": {"name": "city timelapse", "src": "http://h/media/a/x.jpg", "motion": "zoom-in"}},
            {"id": "s2", "st": 5500, "d": 4500, "m": {"src": "http://h/media/b/beach%20day.mp4?x=1"}},
        ]},
        {"id": "a1", "tt": 1, "sg": [{"st": 0, "d": 30000, "m": {"name": "Lo-fi", "volume": 0.35}}]},
        {"id": "x1", "tt": 7, "sg": [{"st": 0, "d": 3000, "m": {"text": "Urban Dreams", "position": "center"}}]},
    ],
}  # fmt: skip


def only(segment: object, tt: object = 0) -> Draft:
    return Draft({"t": [{"tt": tt, "sg": [segment]}]})


def test_the_studios_dialect():
    draft = Draft(DIALECT)
    assert (draft.duration, draft.size, draft.fps, draft.title) == (30000, (1080, 1920), 25.0, "Promo")
    assert [track.kind for track in draft.tracks] == ["video", "audio", "text"]
    first, second = draft.tracks[0].segments
    assert (first.start, first.duration, first.end, first.name, first.id) == (0, 5500, 5500, "city timelapse", "s1")
    assert second.name == "beach%20day.mp4"
    assert draft.tracks[1].segments[0].volume == 0.35
    assert draft.tracks[2].segments[0].text == "Urban Dreams"
    assert draft.ready


def test_a_captured_draft_of_a_real_server():
    lines = (Path(__file__).parents[1] / "data/adk/adk2.13-draft-n-2__plain.sse").read_text().splitlines()
    event = json.loads(lines[0].removeprefix("data: "))
    draft = Draft(event["actions"]["stateDelta"]["draft"])
    assert draft.summary() == (
        'Timeline (3 tracks): 1. Video: clip.mp4 (0-10s) 2. BGM: bgm.mp3 (0-10s, 35%) 3. Title: "片头 · Title" (0-3s)'
    )
    assert draft.raw["rev"] == 1


def test_the_contracts_summary_word_for_word():
    draft = Draft({"t": [
        {"tt": 0, "sg": [{"d": 10000, "m": {"name": "city timelapse"}}]},
        {"tt": 1, "sg": [{"d": 10000, "m": {"name": "Lo-fi", "volume": 0.35}}]},
        {"tt": 7, "sg": [{"d": 3000, "m": {"text": "Urban Dreams"}}]},
    ]})  # fmt: skip
    assert draft.summary() == (
        'Timeline (3 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%) 3. Title: "Urban Dreams" (0-3s)'
    )
    assert draft.summary(language="zh").startswith("时间线（3 条轨道）：1. 视频: city timelapse")


@pytest.mark.parametrize("empty", [{}, {"t": None}, {"t": []}, {"t": [{"tt": 0, "sg": None}]}, {"t": [None]}])
def test_nothing_in_it(empty):
    draft = Draft(empty)
    assert not draft.ready
    assert draft.duration == 0
    assert draft.to_frame().empty


def test_where_a_segment_starts():
    draft = Draft({"t": [{"tt": 0, "sg": [{"d": 100}, {"d": "200"}, {"start": 900, "d": 50}, {"d": 1, "st": None}]}]})
    assert [segment.start for segment in draft.tracks[0].segments] == [0, 100, 900, 950]


@pytest.mark.parametrize(
    ("written", "read"),
    [({"m": {"volume": 35}}, 0.35), ({"volume": "0.5"}, 0.5), ({"m": {"vol": "35%"}}, 0.35), ({"m": None}, None),
     ({"m": {"volume": 1}}, 1.0), ({"m": {"volume": 100}}, 1.0), ({"m": {"volume": 0}}, 0.0)],
)  # fmt: skip
def test_volumes(written, read):
    assert only({"d": 1, **written}).tracks[0].segments[0].volume == read


@pytest.mark.parametrize(("tt", "kind"), [("7", "text"), (5, "other(5)"), (1.0, "audio"), (None, "other(?)")])
def test_track_types(tt, kind):
    assert only({"d": 1}, tt).tracks[0].kind == kind


@pytest.mark.parametrize(
    ("raw", "path"),
    [
        ({"t": [{"tt": 0, "sg": [{"d": 1}, {"d": 1}, {"d": "abc"}]}]}, "t[0].sg[2].d"),
        ({"t": [{"tt": 0, "sg": [{"d": -1}]}]}, "t[0].sg[0].d"),
        ({"t": [{"tt": 0, "sg": [{"st": True, "d": 1}]}]}, "t[0].sg[0].st"),
        ({"t": [{"tt": 0, "sg": [{"d": 1, "m": {"volume": "loud"}}]}]}, "t[0].sg[0].m.volume"),
        ({"t": [{"tt": "video"}]}, "t[0].tt"),
        ({"t": [{"tt": 0, "sg": {}}]}, "t[0].sg"),
        ({"t": ["x"]}, "t[0]"),
        ({"t": {}}, "t"),
        ({"t": [{"tt": 0, "sg": [{"d": 1, "m": {"start": "soon"}}]}]}, "t[0].sg[0].m.start"),
        ({"t": [{"tt": 0, "sg": [{"d": 1e20}]}]}, "t[0].sg[0].d"),
        ({"t": [{"tt": 0, "sg": [{"d": 1}, [2]]}]}, "t[0].sg[1]"),
        ({"t": [{"tt": 0, "sg": [{"m": "x"}]}]}, "t[0].sg[0].m"),
        ({"t": [{"tt": 0, "m": 5}]}, "t[0].m"),
        ({"m": []}, "m"),
        ({"m": {"width": "wide"}}, "m.width"),
        ({"m": {"fps": 0}}, "m.fps"),
        ({"d": "long"}, "d"),
        ({"m": {"duration": -1}}, "m.duration"),
        ("[" * 100_000, "draft"),
        ("[1]", "draft"),
        ("{", "draft"),
        ("null", "draft"),
    ],
)  # fmt: skip
def test_what_cant_be_read_is_refused_with_its_path(raw, path):
    with pytest.raises(DraftError) as caught:
        Draft(raw)
    assert caught.value.path == path
    assert path in str(caught.value)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)
unknown = st.dictionaries(st.text(min_size=8, max_size=9), json_values, max_size=2)
segments = st.builds(
    lambda d, text, more, meta: {"d": d, **more, "m": {"text": text, **meta}},
    st.integers(0, 10**7), st.text(max_size=8), unknown, unknown,
)  # fmt: skip
tracks = st.builds(
    lambda tt, sg, more: {"tt": tt, "sg": sg, **more}, st.integers(0, 9), st.lists(segments, max_size=3), unknown
)


@given(st.builds(lambda t, more: {"t": t, **more}, st.lists(tracks, max_size=3), unknown))
def test_json_in_is_json_out(raw):
    before = json.dumps(raw, sort_keys=True)
    draft = Draft(raw)
    draft.summary()
    draft.to_frame()
    assert json.loads(draft.to_json()) == raw
    assert json.dumps(draft.raw, sort_keys=True) == before


def test_the_picture_is_escaped_and_has_a_description():
    draft = only({"d": 4000, "m": {"text": '<script>alert(1)</script> & "you"'}}, 7)
    svg = draft._repr_html_()
    assert "<script" not in svg
    assert "&lt;script&gt;" in svg
    root = ET.fromstring(svg)
    assert root.find("{http://www.w3.org/2000/svg}desc").text == draft.summary()
