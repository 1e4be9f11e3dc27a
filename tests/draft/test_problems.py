"""What would go wrong in a render is told before, with what to do."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nemo_widgets import Draft, InvalidInput
from nemo_widgets.client.models import Asset
from nemo_widgets.draft.problem_words import _WORDS
from nemo_widgets.draft.problems import SEVERITIES

PHOTO = {"src": "a.jpg", "kind": "image"}


def draft(*tracks, d=None):
    raw = {"t": [{"tt": tt, "sg": list(sg)} for tt, sg in tracks]}
    return Draft(raw if d is None else {**raw, "d": d})


def found(made: Draft, **more) -> list[tuple]:
    frame = made.problems(**more)
    return [
        (row.problem, row.severity, None if pd.isna(row.track) else (row.track, row.segment))
        for row in frame.itertuples()
    ]


def clip(st, d, **meta):
    return {"st": st, "d": d, "m": {"src": "b.mp4", **meta}}


FINE = (0, [{"d": 4000, "m": PHOTO}])

CASES = [
    (draft(FINE), []),
    (draft(FINE, (1, [clip(0, 4000)]), (7, [{"d": 4000, "m": {"text": "Hi", "position": "lower-third"}}])), []),
    (Draft({}), [("empty", "error", None)]),
    (draft((0, [{"d": 400, "m": PHOTO}])), [("blink", "warning", None)]),
    (draft((0, [clip(0, 3000), clip(2000, 3000)])), [("overlap", "warning", (0, 1))]),
    (draft((0, [clip(0, 3000, transition={"type": "crossfade", "d": 1000}), clip(2000, 3000)])), []),
    (draft(FINE, (1, [clip(0, 3000), clip(2000, 2000)])), [("overlap", "note", (1, 1))]),
    (draft((0, [clip(0, 3000), clip(4000, 3000)])), [("gap", "warning", (0, 0))]),
    (draft((0, [clip(0, 3000), clip(3020, 3000)])), []),  # Less than a frame isn't seen.
    (draft((0, [clip(500, 3000)])), [("gap", "warning", (0, 0))]),
    (draft((0, [clip(0, 3000)]), d=5000), [("gap", "warning", (0, 0))]),
    (draft((0, [clip(0, 3000), clip(4000, 3000)]), (0, [clip(2500, 2000)])), []),
    (draft((7, [{"d": 1000, "m": {"text": "Hi"}}])), [("no-picture", "warning", None)]),
    (draft((0, [{"d": 1000}])), [("no-source", "error", (0, 0))]),
    (draft(FINE, (1, [{"d": 1000}])), [("no-source", "error", (1, 0))]),
    (draft((0, [{"d": 4000, "m": PHOTO}, {"d": 0, "m": PHOTO}])), [("zero-length", "warning", (0, 1))]),
    (draft((0, [clip(0, 4000), clip(4000, 1000)]), d=4000), [("after-end", "warning", (0, 1))]),
    (draft((0, [clip(0, 4000)]), d=3000), [("cut-off", "warning", (0, 0))]),
    (draft(FINE, (1, [clip(0, 9000)]), d=4000), [("cut-off", "note", (1, 0))]),
    (draft(FINE, (7, [{"d": 1000, "m": {"text": " "}}])), [("no-text", "warning", (1, 0))]),
    (draft(FINE, (7, [{"d": 1000, "m": {"text": "Hi", "position": {"x": 0.5, "y": -0.2}}}])), [("off-canvas", "warning", (1, 0))]),
    (draft(FINE, (7, [{"d": 1000, "m": {"text": "Hi", "position": [960, 1200]}}])), [("off-canvas", "warning", (1, 0))]),
    (draft(FINE, (7, [{"d": 1000, "m": {"text": "word " * 2000}}])), [("too-long", "warning", (1, 0))]),
    (draft(FINE, (5, [{"d": 1000}, {"d": 5}])), [("unknown-kind", "note", (1, 0))]),
    (draft((0, [clip(0, 4000, source_duration=3000)])), [("out-of-range", "warning", (0, 0))]),
]  # fmt: skip


@pytest.mark.parametrize(("made", "expected"), CASES, ids=range(len(CASES)))
def test_what_is_wrong(made, expected):
    assert found(made) == expected
    frame, chinese = made.problems(), made.problems(language="zh")
    assert not frame[["what", "remedy"]].isna().any(axis=None)
    assert not (frame["what"] == chinese["what"]).any()
    assert not frame["what"].str.contains("{").any()


@pytest.mark.parametrize(
    ("meta", "problem"),
    [
        ({}, []),
        ({"in": 1000}, []),
        ({"in": 1020}, []),  # Less than a frame too short.
        ({"in": 2000}, ["out-of-range"]),
        ({"in": 2000, "loop": True}, []),
        ({"speed": "2"}, ["out-of-range"]),
        ({"in": 5000}, ["past-source"]),
        ({"src": "c.mp4"}, ["missing-media"]),
        ({"src": "b.mp4?signature=1"}, []),
    ],
)
def test_sources_are_held_against_the_media(meta, problem):
    made = draft((0, [clip(0, 4000, **meta)]))
    asset = Asset.read({"cdn_url": "b.mp4", "duration": 5.0, "file_type": "video", "filename": "b.mp4"})
    for media in ({"b.mp4": 5000}, [asset], [asset.raw]):
        assert [one for one, _, _ in found(made, media=media)] == problem


def test_what_a_clip_has_not_is_told_and_goes_with_its_source():
    made = draft((0, [clip(0, 12000, source_duration=12000)]))
    table = made.to_frame()
    table.loc[(0, 0), "duration"] = 20000
    longer = Draft.from_frame(table, base=made)
    assert longer.problems()["what"].tolist() == [
        "“b.mp4” needs 20 s of its source, which lasts 12 s: the last 8 s stand still."
    ]
    table.loc[(0, 0), "source"] = "other.mp4"
    assert Draft.from_frame(table, base=made).problems().empty


def test_the_remedy_mends_it():
    made = draft((0, [clip(0, 4000, **{"in": 500}, speed=2)]))
    problem = made.problems(media={"b.mp4": 5000}).iloc[0]
    assert problem.remedy == "Shorten it to 2250 ms, or slow it down."
    assert made.trim((problem.track, problem.segment), duration=2250).problems(media={"b.mp4": 5000}).empty


def test_behind_the_last_clip_there_is_no_next_one_to_move():
    made = draft((0, [clip(0, 3000)]), (1, [clip(0, 5000)]), d=5000)
    black = made.problems().set_index("problem").loc["gap"]
    assert black.remedy == "Lengthen the last clip, or let music and texts end at 3000 ms, too."
    assert found(made.trim((1, 0), end=3000)) == [], "and that mends it"


def test_types_are_the_same_with_and_without_problems():
    wrong, fine = Draft({}).problems(), draft(FINE).problems()
    assert wrong.dtypes.astype(str).to_dict() == fine.dtypes.astype(str).to_dict()
    assert wrong.dtypes.astype(str).to_dict() == {
        "severity": "category", "track": "Int64", "segment": "Int64", "problem": "string", "name": "string",
        "what": "string", "remedy": "string",
    }  # fmt: skip


def test_the_worst_comes_first():
    made = draft((0, [{"d": 1000}, clip(3000, 1000)]), (5, [{"d": 1}]))
    severities = made.problems()["severity"].tolist()
    assert severities == sorted(severities, key=SEVERITIES.index)
    assert set(severities) == set(SEVERITIES)


def test_every_problem_has_words_in_both_languages():
    for words in _WORDS.values():
        assert words.keys() == {"en", "zh"}


def test_what_the_service_made_is_passed_with_what_was_uploaded():
    photo = Asset.read({"cdn_url": "a.jpg", "duration": None, "file_type": "image", "filename": "a.jpg"})
    made = {"filename": "b.mp4", "file_type": "audio", "cdn_url": "b.mp4", "duration": 4.0}
    song = draft(FINE, (1, [clip(0, 4000)]))
    assert song.problems(media=[photo, made]).empty
    assert "state.generated_media" in song.problems(media=[photo])["remedy"].item()


@pytest.mark.parametrize("media", [["a.jpg"], "a.jpg", 5, object()])
def test_other_media_are_refused(media):
    with pytest.raises(InvalidInput, match=r"session\.upload"):
        draft(FINE).problems(media=media)


values = st.none() | st.integers(-5, 9000) | st.text(max_size=3) | st.lists(st.integers(), max_size=2) | st.booleans()
metas = st.dictionaries(
    st.sampled_from(
        ["src", "in", "speed", "text", "position", "x", "y", "loop", "kind", "transition", "source_duration"]
    ),
    values,
)
segments = st.builds(lambda d, m: {"d": d, "m": m}, st.integers(0, 5000), metas)
tracks = st.builds(lambda tt, sg: {"tt": tt, "sg": sg}, st.sampled_from([0, 1, 5, 7]), st.lists(segments, max_size=3))


@settings(max_examples=150)
@given(st.lists(tracks, max_size=3))
def test_no_readable_draft_is_too_odd(t):
    Draft({"t": t, "d": 4000}).problems(media={"a": 3})


def test_a_table_in_seconds_is_told_as_a_video_of_milliseconds():
    rows = [{"kind": "video", "start": at, "end": at + 7.5, "source": "a.jpg"} for at in (0, 7.5, 15, 22.5)]
    made = Draft.from_frame(pd.DataFrame(rows))
    (problem,) = made.problems().itertuples()
    assert problem.what == "The whole video lasts 30 ms: times are milliseconds."
    assert "1000" in problem.remedy
    assert "30 毫秒" in made.problems(language="zh")["what"][0]
