"""The editing verbs: each gives a new draft, in which what nobody asked for is as it was."""

from __future__ import annotations

import copy
import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nemo_widgets import Draft, InvalidInput

RAW = {
    "d": 10000, "rev": 1, "t": [
        {"id": "v1", "tt": 0, "lock": 1, "m": {"name": "Video"}, "sg": [
            {"id": "s1", "st": 0, "d": 4000, "m": {"name": "city", "src": "a.jpg", "kind": "image", "lut": [1]}},
            {"id": "s2", "st": 4000, "d": 3000, "m": {"name": "sea", "src": "b.mp4", "kind": "video", "in": 500, "speed": 2}},
            {"id": "s3", "st": 7000, "d": 3000, "m": {"name": "park", "src": "c.mp4", "volume": 1.0}},
        ]},
        {"tt": 1, "sg": [{"d": 10000, "vol": "80%", "m": {"name": "Lo-fi", "src": "m.m4a"}}]},
        {"tt": 7, "sg": [{"d": 3000, "m": {"text": "Urban", "color": "#ff0000"}}, {"d": 1000, "m": {"name": "Dreams", "text": "Dreams"}}]},
    ],
}  # fmt: skip
DRAFT = Draft(RAW)


def places(draft: Draft, track: int = 0) -> list[tuple[str, int, int]]:
    return [(segment.name, segment.start, segment.end) for segment in draft.tracks[track].segments]


@pytest.fixture(autouse=True)
def the_old_draft_stays_as_it_was():
    before = json.dumps(RAW)
    yield
    assert json.dumps(RAW) == before


@pytest.mark.parametrize("where", [(0, 1), "s2", "sea", "SEA", DRAFT.tracks[0].segments[1], (np.int64(0), np.int64(1))])
def test_a_segment_is_named_as_people_like(where):
    made = DRAFT.trim(where, duration=1000)
    assert DRAFT.trim(where, duration=pd.Timedelta(seconds=1)) == DRAFT.trim(where, duration=np.int64(1000)) == made
    assert places(made) == [("city", 0, 4000), ("sea", 4000, 5000), ("park", 5000, 8000)]
    expected = copy.deepcopy(RAW)
    expected["t"][0]["sg"][1]["d"] = 1000
    expected["t"][0]["sg"][2]["st"] = 5000
    assert made.raw == expected


def test_trim():
    assert places(DRAFT.trim("city", end=3000)) == [("city", 0, 3000), ("sea", 3000, 6000), ("park", 6000, 9000)]
    assert places(DRAFT.trim("city", end=3000, ripple=False)) == [
        ("city", 0, 3000),
        ("sea", 4000, 7000),
        ("park", 7000, 10000),
    ]
    head = DRAFT.trim("sea", start=5000)
    assert places(head) == [("city", 0, 4000), ("sea", 4000, 6000), ("park", 6000, 9000)]
    assert head.tracks[0].segments[1].get("in") == 2500  # a second of the timeline at twice the speed
    back = DRAFT.trim("sea", start=4250, ripple=False).trim("sea", start=4000, ripple=False)
    assert back == DRAFT
    assert DRAFT.trim("city", start=1000, ripple=False).tracks[0].segments[0].get("in") is None
    longer = DRAFT.trim("park", duration=5000)
    assert (longer.duration, longer.raw["d"]) == (12000, 12000)
    assert places(DRAFT.trim("Urban", duration=500), 2) == [("Urban", 0, 500), ("Dreams", 3000, 4000)]


def test_move():
    assert places(DRAFT.move("park", before="city")) == [("park", 0, 3000), ("city", 3000, 7000), ("sea", 7000, 10000)]
    assert places(DRAFT.move("city", after="park")) == [("sea", 0, 3000), ("park", 3000, 6000), ("city", 6000, 10000)]
    assert places(DRAFT.move("city", after="sea")) == [("sea", 0, 3000), ("city", 3000, 7000), ("park", 7000, 10000)]
    assert places(DRAFT.move("Urban", by=4500), 2) == [("Dreams", 3000, 4000), ("Urban", 4500, 7500)]
    later = DRAFT.move("park", to=9000)
    assert later.duration == 12000
    assert later.move("park", by=-2000) == DRAFT


def test_remove():
    made = DRAFT.remove("city", "park")
    assert places(made) == [("sea", 0, 3000)]
    assert made.raw["d"] == 10000  # The music still ends there.
    assert places(DRAFT.remove("city", ripple=False)) == [("sea", 4000, 7000), ("park", 7000, 10000)]
    assert [track.kind for track in DRAFT.remove("audio").tracks] == ["video", "text"]
    assert [track.kind for track in DRAFT.remove(1, "text").tracks] == ["video"]
    assert places(DRAFT.remove("Urban"), 2) == [("Dreams", 3000, 4000)]
    assert DRAFT.remove("video", "audio", "text").raw == {"d": 0, "rev": 1, "t": []}


def test_a_crossfade_by_overlap_closes_like_a_cut():
    draft = Draft(
        {
            "t": [
                {
                    "tt": 0,
                    "sg": [
                        {"st": 0, "d": 3000, "src": "a"},
                        {"st": 2500, "d": 3000, "src": "b"},
                        {"st": 5000, "d": 3000, "src": "c"},
                    ],
                }
            ]
        }
    )
    assert places(draft.remove("a")) == [("b", 0, 3000), ("c", 2500, 5500)]


def test_replace_text():
    made = DRAFT.replace_text("Urban", "Paradise Found")
    assert made.tracks[2].segments[0].raw == {"d": 3000, "m": {"text": "Paradise Found", "color": "#ff0000"}}
    assert DRAFT.replace_text((2, 1), "Nights").tracks[2].segments[1].name == "Nights"


def test_set_volume():
    assert DRAFT.set_volume("audio", 0.35).raw["t"][1]["sg"][0]["vol"] == 0.35
    clips = DRAFT.set_volume("video", "50%").tracks[0].segments
    assert [segment.volume for segment in clips] == [None, 0.5, 0.5]


def test_scale_time():
    half = DRAFT.scale_time(0.5)
    assert places(half) == [("city", 0, 2000), ("sea", 2000, 3500), ("park", 3500, 5000)]
    assert half.raw["d"] == 5000
    assert half.tracks[0].segments[1].get("speed") == 2
    assert DRAFT.scale_time(0.5, speed=True).tracks[0].segments[1].get("speed") == 4
    assert DRAFT.scale_time(0.5, speed=True).tracks[0].segments[0].get("speed") is None
    thirds = DRAFT.scale_time(duration=3333)
    assert thirds.duration == 3333
    spans = places(thirds)
    assert [start for _, start, _ in spans[1:]] == [end for _, _, end in spans[:-1]]
    assert Draft({**RAW, "d": 20000}).scale_time(0.5).duration == 10000


REFUSED = [
    (lambda d: d.trim("city"), "Nothing was asked for"),
    (lambda d: d.trim("city", end=5, duration=5), "an end or a duration"),
    (lambda d: d.trim("city", duration=0), "Nothing would be left of “city”"),
    (lambda d: d.trim("sea", start=3000, ripple=False), "no 1 s more before its beginning"),
    (lambda d: d.trim("city", end=5000, ripple=False), "“sea” would overlap “city”"),
    (lambda d: d.trim("city", end="soon"), 'end can\'t be "soon"'),
    (lambda d: d.trim("city", end=-5), "end can't be -5"),
    (lambda d: d.trim("video", end=5), "3 segments are meant"),
    (lambda d: d.trim("cat", end=5), "no segment “cat”. It has (0, 0) “city”"),
    (lambda d: d.trim((0, 9), end=5), "no segment (0, 9)"),
    (lambda d: d.trim(None, end=5), "no segment None"),
    (lambda d: d.trim([0, 1], end=5), "no segment [0, 1]"),
    (lambda d: d.move("city"), "Nothing was asked for"),
    (lambda d: d.move("city", 5, by=3), "Several things were asked for"),
    (lambda d: d.move("city", by=-1), "would start 1 ms before"),
    (lambda d: d.move("sea", to=2000), "overlap “city” (0–4 s)"),
    (lambda d: d.move("sea", to=2000), "or give its place in the order (before=, after=)"),
    (lambda d: d.move("city", by=-1), "Move it by 0 ms or more"),
    (lambda d: d.move("sea", before="sea"), "can't stand beside"),
    (lambda d: d.move("sea", before="Lo-fi"), "can't stand beside"),
    (lambda d: d.remove("dog"), "no segment “dog”"),
    (lambda d: d.replace_text("Urban", 5), "can't say 5"),
    (lambda d: d.replace_text("city", "x"), "has no text"),
    (lambda d: d.set_volume("audio", 35), "0.35 for 35%"),
    (lambda d: d.set_volume("audio", "loud"), 'can\'t be "loud"'),
    (lambda d: d.set_volume("audio", True), "can't be true"),
    (lambda d: d.set_volume("city", 1), "no sound"),
    (lambda d: d.set_volume("text", 1), "no sound"),
    (lambda d: d.scale_time(), "Nothing was asked for"),
    (lambda d: d.scale_time(0), "can't be scaled by 0"),
    (lambda d: d.scale_time(float("nan")), "can't be scaled by NaN"),
    (lambda d: d.scale_time(1e300), "too long"),
    (lambda d: d.scale_time(2, duration=5), "Several things"),
    (lambda d: Draft({}).scale_time(duration=5), "no duration to scale"),
]  # fmt: skip


@pytest.mark.parametrize(("edit", "says"), REFUSED, ids=[says for _, says in REFUSED])
def test_what_cant_be_done_is_refused_with_a_sentence(edit, says):
    with pytest.raises(InvalidInput) as caught:
        edit(DRAFT)
    assert says in str(caught.value)
    assert caught.value.remedy


lengths = st.integers(1, 9000)
sources = st.lists(lengths, min_size=1, max_size=6)


@settings(max_examples=80)
@given(sources, st.data())
def test_abutting_clips_stay_so_whatever_is_done(durations, data):
    draft = Draft(
        {
            "t": [
                {
                    "tt": 0,
                    "sg": [
                        {"d": length, "id": f"s{i}", "x": i, "m": {"kind": "image", "src": "a"}}
                        for i, length in enumerate(durations)
                    ],
                }
            ]
        }
    )
    for _ in range(4):
        ids = [segment.id for segment in draft.tracks[0].segments]
        one = data.draw(st.sampled_from(ids))
        other = data.draw(st.sampled_from(ids))
        match data.draw(st.sampled_from(["trim", "move", "remove", "scale"])):
            case "trim":
                draft = draft.trim(one, duration=data.draw(lengths))
            case "move" if one != other:
                draft = draft.move(one, before=other) if data.draw(st.booleans()) else draft.move(one, after=other)
            case "remove" if len(ids) > 1:
                draft = draft.remove(one)
            case "scale":
                draft = draft.scale_time(data.draw(st.floats(1, 3)))
        clips = draft.tracks[0].segments
        assert clips[0].start == 0
        assert [clip.start for clip in clips[1:]] == [clip.end for clip in clips[:-1]]
        assert all(clip.id == f"s{clip.raw['x']}" for clip in clips)
        assert draft.duration == clips[-1].end


def test_split():
    made = DRAFT.split("sea", at=5000)
    assert places(made) == [("city", 0, 4000), ("sea", 4000, 5000), ("sea", 5000, 7000), ("park", 7000, 10000)]
    first, second = made.tracks[0].segments[1:3]
    assert (first.get("in"), second.get("in")) == (500, 2500)
    assert (first.id, second.id) == ("s2", "s2b")
    assert places(made.split("s2b", at=6000)) != places(made)
    with pytest.raises(InvalidInput, match="4 to 7 s"):
        DRAFT.split("sea", at=7000)


def test_cut():
    assert places(DRAFT.cut(0, 1000)) == [("city", 0, 3000), ("sea", 3000, 6000), ("park", 6000, 9000)]
    through = DRAFT.cut(3000, 8000)
    assert places(through) == [("city", 0, 3000), ("park", 3000, 5000)]
    assert through.tracks[0].segments[1].get("in") == 1000
    within = DRAFT.cut(5000, 6000)
    assert places(within) == [("city", 0, 4000), ("sea", 4000, 5000), ("sea", 5000, 6000), ("park", 6000, 9000)]
    assert [segment.get("in") for segment in within.tracks[0].segments[1:3]] == [500, 4500]
    assert within.tracks[1].durations == [10000]
    for start, end in ((5000, 5000), (10000, 11000)):
        with pytest.raises(InvalidInput, match="nothing to cut"):
            DRAFT.cut(start, end)


def test_set_speed():
    slow = DRAFT.set_speed("sea", 0.5)
    assert places(slow) == [("city", 0, 4000), ("sea", 4000, 16000), ("park", 16000, 19000)]
    assert slow.set_speed("sea", 2) == DRAFT
    fast = DRAFT.set_speed("video", 4)
    assert places(fast) == [("city", 0, 1000), ("sea", 1000, 2500), ("park", 2500, 3250)]
    for where, speed in (("sea", 0), ("sea", 17), ("Urban", 2), ("sea", "fast")):
        with pytest.raises(InvalidInput, match="speed"):
            DRAFT.set_speed(where, speed)
