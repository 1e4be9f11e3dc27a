"""OpenTimelineIO out and in: lossless, readable by its own adapters, and edits of other programs come back."""

from __future__ import annotations

import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nemo_widgets import Draft, DraftError, InvalidInput, NemoError

otio = pytest.importorskip("opentimelineio")

PARIS = Draft({"m": {"title": "Paris — 巴黎", "fps": 25}, "d": 20_000, "x": {"OTIO_SCHEMA": "Bad.1"}, "t": [
    {"id": "v1", "tt": 0, "sg": [
        {"id": "s1", "d": 5500, "m": {"name": "river", "src": "a.mp4", "in": 2000, "transition": {"type": "crossfade", "d": 500}}},
        {"id": "s2", "d": 4500, "m": {"name": "roofs", "src": "b.jpg", "motion": "zoom-in"}},
        {"id": "s3", "st": 12_000, "d": 8000, "m": {"name": "café", "speed": 2.0, "src": "c"}},
    ]},
    {"id": "a1", "tt": 1, "sg": [{"d": 20_000, "m": {"name": "Lo-fi", "volume": 0.35}}]},
    {"id": "x1", "tt": 7, "sg": [{"d": 3000, "m": {"text": "Paris"}}, {"st": 1000, "d": 500, "m": {"text": "over it"}}]},
    {"tt": 5, "sg": None}, None,
]})  # fmt: skip


def through_json(timeline):
    return otio.adapters.read_from_string(otio.adapters.write_to_string(timeline, "otio_json"), "otio_json")


@pytest.mark.parametrize("fps", [None, 23.976, 25, 29.97, 30])
def test_nothing_is_lost(fps):
    assert Draft.from_otio(through_json(PARIS.to_otio(fps=fps))).raw == PARIS.raw
    assert Draft.from_otio(otio.adapters.write_to_string(PARIS.to_otio(fps=fps), "otio_json")).raw == PARIS.raw


LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(st.characters())
JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3), max_leaves=6
)
TIMES = st.integers(0, 100_000) | st.none()
SEGMENTS = st.none() | st.fixed_dictionaries(
    {"m": st.none() | st.fixed_dictionaries({}, optional={"name": LEAVES, "src": LEAVES, "text": LEAVES, "in": LEAVES, "speed": LEAVES, "more": JSON})},
    optional={"st": TIMES, "d": TIMES, "id": LEAVES, "OTIO_SCHEMA": JSON},
)  # fmt: skip
TRACKS = st.none() | st.fixed_dictionaries(
    {}, optional={"tt": st.sampled_from([0, 1, 7, 5, "7", None]), "sg": st.none() | st.lists(SEGMENTS, max_size=5), "name": LEAVES, "else": JSON}
)  # fmt: skip
DRAFTS = st.fixed_dictionaries(
    {}, optional={"t": st.none() | st.lists(TRACKS, max_size=4), "d": TIMES, "title": LEAVES, "unknown": JSON}
)


@given(DRAFTS, st.sampled_from([None, 25, 29.97]))
@example({"t": [{"sg": [{"m": {"speed": 6.129784671164708e71}}]}]}, None)
@example({"t": [{"sg": [{"m": {"in": 6.129784671164708e71}}]}]}, None)
def test_any_draft_comes_back(raw, fps):
    draft = Draft(raw)
    assert Draft.from_otio(through_json(draft.to_otio(fps=fps))).raw == draft.raw


def test_other_programs_see_what_is_there():
    timeline = through_json(PARIS.to_otio(fps=25))
    assert timeline.name == "Paris — 巴黎"
    assert [(track.name, track.kind) for track in timeline.tracks][:4] == [
        ("Video", "Video"), ("BGM", "Audio"), ("Title", "Text"), ("Title", "Text"),
    ]  # fmt: skip
    video = timeline.tracks[0]
    assert [type(one).__name__ for one in video] == ["Clip", "Transition", "Clip", "Gap", "Clip"]
    assert [clip.media_reference.target_url for clip in video.find_clips()] == ["a.mp4", "b.jpg", "c"]
    ranges = [clip.range_in_parent() for clip in video.find_clips()]
    assert [(one.start_time.value, one.duration.value) for one in ranges] == [(0, 138), (138, 112), (300, 200)]
    assert video[0].source_range.start_time.to_seconds() == 2
    assert (video[1].in_offset.value, video[1].out_offset.value) == (0, 12)
    assert video[4].effects[0].time_scalar == 2
    assert timeline.duration().to_seconds() == 20
    assert timeline.tracks[3].find_clips()[0].media_reference.parameters["text"] == "over it"


def test_milliseconds_are_exact_without_a_rate():
    timeline = PARIS.to_otio()
    ranges = [clip.range_in_parent() for clip in timeline.tracks[0].find_clips()]
    assert [(one.start_time.value, one.duration.value, one.duration.rate) for one in ranges] == [
        (0, 5500, 1000), (5500, 4500, 1000), (12_000, 8000, 1000),
    ]  # fmt: skip


def test_the_edl_adapter_writes_what_our_own_writer_does():
    pytest.importorskip("otio_cmx3600_adapter")
    timeline = Draft({"t": PARIS.raw["t"][:1]}).to_otio(fps=25)
    text = otio.adapters.write_to_string(timeline, "cmx_3600")
    theirs, ours = Draft.from_edl(text, fps=25), Draft.from_edl(PARIS.to_edl(track=0, fps=25))
    spans = [[(one.name, one.start, one.end) for one in draft.tracks[0].segments] for draft in (theirs, ours)]
    assert spans[0] == spans[1]


def test_edits_of_other_programs_come_back():
    timeline = PARIS.to_otio()
    video = timeline.tracks[0]
    clips = video.find_clips()
    clips[2].name = "bistro"
    clips[1].media_reference.target_url = "new.jpg"
    clips[1].source_range = otio.opentime.TimeRange(
        clips[1].source_range.start_time, otio.opentime.RationalTime(3000, 1000)
    )
    del video[1]
    timeline.name = "Lyon"
    edited = Draft.from_otio(through_json(timeline))
    first, second, third = edited.tracks[0].segments
    assert edited.title == "Lyon"
    assert first.get("transition") is None
    assert (second.source, second.duration, second.get("motion"), second.id) == ("new.jpg", 3000, "zoom-in", "s2")
    assert (third.name, third.start, third.duration) == ("bistro", 10_500, 8000)
    assert edited.tracks[1].raw == PARIS.tracks[1].raw
    assert edited.raw["x"] == PARIS.raw["x"]


def test_a_clip_cut_in_two_is_two_segments():
    timeline = PARIS.to_otio(fps=25)
    video = timeline.tracks[0]
    copy = video[4].deepcopy()
    video.append(copy)
    edited = Draft.from_otio(timeline).tracks[0].segments
    assert [(one.name, one.start, one.end) for one in edited][2:] == [
        ("café", 12_000, 20_000),
        ("café", 20_000, 28_000),
    ]
    assert len({one.id for one in edited}) == 4


def test_a_timeline_of_another_program():
    rate = 24000 / 1001
    time = otio.opentime.RationalTime
    track = otio.schema.Track("V1", kind="Video")
    track.append(otio.schema.Gap(source_range=otio.opentime.TimeRange(duration=time(24, rate))))
    track.append(
        otio.schema.Clip(
            "shot",
            otio.schema.ExternalReference("file:///a.mov"),
            otio.opentime.TimeRange(time(48, rate), time(240, rate)),
        )
    )
    inner = otio.schema.Stack(
        "nested",
        children=[
            otio.schema.Track(
                children=[otio.schema.Clip("in", source_range=otio.opentime.TimeRange(time(0, 25), time(50, 25)))]
            )
        ],
    )
    track.append(inner)
    timeline = otio.schema.Timeline("theirs", tracks=[track, otio.schema.Track("A1", kind="Audio")])
    for value in (timeline, otio.schema.SerializableCollection(children=[timeline]), timeline.tracks, track):
        draft = Draft.from_otio(value)
        shot, nested = draft.tracks[0].segments
        assert (shot.name, shot.source, shot.start, shot.end, shot.get("in")) == (
            "shot",
            "file:///a.mov",
            1001,
            11_011,
            2002,
        )
        assert (nested.name, nested.start, nested.duration) == ("nested", 11_011, 2000)
    assert Draft.from_otio(timeline).tracks[1].kind == "audio"
    assert Draft.from_otio(timeline).title == "theirs"


@pytest.mark.parametrize("bad", ["", "{}", "not json", b"\xff\xfe", '{"OTIO_SCHEMA": "Nothing.1"}'])
def test_what_is_no_timeline_is_refused(bad):
    with pytest.raises((DraftError, InvalidInput), match=r"OTIO|OpenTimelineIO"):
        Draft.from_otio(bad)
    with pytest.raises(InvalidInput, match="int"):
        Draft.from_otio(5)


def test_without_the_library_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "opentimelineio", None)
    with pytest.raises(NemoError, match=r"pip install 'nemo-widgets\[otio\]'"):
        PARIS.to_otio()
