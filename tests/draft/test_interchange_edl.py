"""Edit decision lists and timecode, read by OpenTimelineIO's own adapter too."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemo_widgets import Draft, DraftError, InvalidInput
from nemo_widgets.draft.interchange.timecode import Rate

otio = pytest.importorskip("opentimelineio")
pytest.importorskip("otio_cmx3600_adapter")

RATES = [
    (23.976, None),
    (24, None),
    (25, None),
    (29.97, True),
    (29.97, False),
    (30, None),
    (50, None),
    (59.94, True),
    (60, None),
]
PARIS = Draft({"m": {"title": "Paris — 巴黎"}, "d": 20_000, "t": [
    {"tt": 0, "sg": [
        {"st": 0, "d": 5500, "m": {"name": "河边 river", "src": "https://h/a.mp4?x=1", "in": 2000, "transition": {"type": "crossfade", "d": 500}}},
        {"st": 5500, "d": 4500, "m": {"name": "roofs", "src": "/b.jpg"}},
        {"st": 12_000, "d": 8000, "m": {"name": "café", "speed": 2.0, "src": "c"}},
    ]},
    {"tt": 1, "sg": [{"st": 1000, "d": 19_000, "m": {"name": "Lo-fi", "src": "m.mp3"}}]},
    {"tt": 7, "sg": [{"d": 3000, "m": {"text": "Paris"}}]},
]})  # fmt: skip


def adapted(text, fps):
    return otio.adapters.read_from_string(text, "cmx_3600", rate=fps)


@pytest.mark.parametrize(("fps", "drop"), RATES)
def test_timecode_agrees_with_opentimelineio(fps, drop):
    rate = Rate.of(fps, drop=drop)
    exact = float(rate.exact)
    for frames in [*range(0, 40_000, 7), *range(17_970, 18_010), 107_891, 107_892, 107_893, 1_000_000]:
        expected = otio.opentime.to_timecode(otio.opentime.RationalTime(frames, exact), exact, rate.drop)
        assert rate.timecode(frames) == expected
        assert rate.frames_at(expected) == frames


@given(st.integers(0, 80_000_000), st.sampled_from(RATES))
def test_a_time_goes_to_the_nearest_frame_and_a_frame_comes_back(ms, named):
    rate = Rate.of(named[0], drop=named[1])
    frames = rate.frames(ms)
    assert abs(frames * 1000 / rate.exact - ms) <= Fraction(500) / rate.exact
    assert rate.frames(rate.milliseconds(frames)) == frames
    assert rate.frames_at(rate.timecode(frames)) == frames


def test_television_rates_are_exact():
    assert [Rate.of(fps).exact for fps in (23.976, 23.98, 24, 29.97, 59.94)] == [
        Fraction(24000, 1001), Fraction(24000, 1001), 24, Fraction(30000, 1001), Fraction(60000, 1001),
    ]  # fmt: skip
    assert Rate.of(29.97).timecode(107_892) == "01:00:00;00"


@pytest.mark.parametrize(("fps", "drop"), RATES)
def test_another_program_reads_the_same_cuts(fps, drop):
    rate = Rate.of(fps, drop=drop)
    timeline = adapted(PARIS.to_edl(fps=fps, drop=drop), float(rate.exact))
    assert timeline.name == "Paris — 巴黎"
    video, audio = timeline.tracks
    assert (video.kind, audio.kind) == ("Video", "Audio")
    cuts = [(clip.name, clip.range_in_parent()) for clip in video if isinstance(clip, otio.schema.Clip)]
    frames = rate.frames
    assert [(name, range_.start_time.value, range_.end_time_exclusive().value) for name, range_ in cuts] == [
        ("河边 river", 0, frames(5500)), ("roofs", frames(5500), frames(10_000)), ("café", frames(12_000), frames(20_000)),
    ]  # fmt: skip
    fade = next(one for one in video if isinstance(one, otio.schema.Transition))
    assert (fade.in_offset.value, fade.out_offset.value) == (0, frames(500))
    assert [clip.media_reference.target_url for clip in video.find_clips()] == ["https://h/a.mp4?x=1", "/b.jpg", "c"]
    assert video[0].source_range.start_time.value == frames(2000)
    warp = next(iter(video.find_clips()[-1].effects))
    assert warp.time_scalar == pytest.approx(2, abs=0.01)
    assert audio.find_clips()[0].name == "Lo-fi"


@pytest.mark.parametrize(("fps", "drop"), RATES)
def test_what_it_carries_comes_back(fps, drop):
    rate = Rate.of(fps, drop=drop)
    back = Draft.from_edl(PARIS.to_edl(fps=fps, drop=drop))
    assert back.title == "Paris — 巴黎"
    assert back.fps == pytest.approx(float(rate.exact), abs=0.001)
    assert [track.kind for track in back.tracks] == ["video", "audio"]
    for before, after in zip(PARIS.tracks, back.tracks, strict=False):
        for one, other in zip(before.segments, after.segments, strict=True):
            assert (other.name, other.source, other.get("speed")) == (one.name, one.source, one.get("speed"))
            assert abs(other.start - one.start) <= 500 / rate.exact + 0.5
            assert abs(other.end - one.end) <= 500 / rate.exact + 0.5
    first = back.tracks[0].segments[0]
    assert abs(first.get("transition")["d"] - 500) <= 500 / rate.exact + 0.5
    assert abs(first.get("in") - 2000) <= 500 / rate.exact + 0.5


SPANS = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 500)), min_size=1, max_size=12)


@given(SPANS, st.sampled_from([(25, None), (29.97, True), (23.976, None)]))
def test_what_is_on_frames_is_not_changed(spans, named):
    rate = Rate.of(named[0], drop=named[1])
    segments, clock = [], 0
    for gap, length in spans:
        start, end = rate.milliseconds(clock + gap), rate.milliseconds(clock + gap + length)
        segments.append({"st": start, "d": end - start, "m": {"name": f"n{len(segments)}"}})
        clock += gap + length
    draft = Draft({"t": [{"tt": 0, "sg": segments}]})
    text = draft.to_edl(fps=named[0], drop=named[1])
    back = Draft.from_edl(text).tracks[0]
    assert [(one.start, one.end, one.name) for one in back.segments] == [
        (one.start, one.end, one.name) for one in draft.tracks[0].segments
    ]
    read = adapted(text, float(rate.exact)).tracks[0]
    assert [clip.name for clip in read.find_clips()] == [one.name for one in draft.tracks[0].segments]


def test_overlaps_are_dissolved_and_what_is_shorter_than_a_frame_goes():
    draft = Draft(
        {
            "t": [
                {
                    "tt": 0,
                    "sg": [
                        {"st": 0, "d": 5000, "m": {"name": "a"}},
                        {"st": 4000, "d": 3000, "m": {"name": "b"}},
                        {"st": 7000, "d": 10, "m": {"name": "c"}},
                    ],
                }
            ]
        }
    )
    text = draft.to_edl(fps=25)
    assert "D    025" in text
    assert [(one.name, one.start, one.end) for one in Draft.from_edl(text).tracks[0].segments] == [
        ("a", 0, 4000),
        ("b", 4000, 7000),
    ]
    assert [clip.name for clip in adapted(text, 25).tracks[0].find_clips()] == ["a", "b"]


def test_one_track_alone():
    text = PARIS.to_edl(track=1, fps=25)
    assert [track.kind for track in Draft.from_edl(text).tracks] == ["audio"]
    with pytest.raises(InvalidInput, match="no track 9"):
        PARIS.to_edl(track=9)


def test_names_cannot_forge_events():
    evil = "x\n002  AX       V     C        00:00:00:00 00:00:01:00 00:00:10:00 00:00:11:00"
    draft = Draft({"title": evil, "t": [{"tt": 0, "sg": [{"d": 2000, "m": {"name": evil, "src": evil}}]}]})
    assert len(adapted(draft.to_edl(fps=25), 25).tracks[0].find_clips()) == 1
    assert len(Draft.from_edl(draft.to_edl(fps=25)).tracks[0].segments) == 1


FOREIGN = """TITLE: REEL 1
FCM: NON-DROP FRAME

001  TAPE01   AA/V  C        10:00:00:00 10:00:04:00 01:00:00:00 01:00:04:00
* FROM CLIP NAME: opening
002  TAPE01   V     C        10:00:04:00 10:00:04:00 01:00:04:00 01:00:04:00
002  TAPE02   V     D    012 00:00:10:00 00:00:14:00 01:00:04:00 01:00:08:00
* FROM CLIP NAME: opening
* TO CLIP NAME: street
* COMMENT: anything
003  BL       V     C        00:00:00:00 00:00:01:00 01:00:08:00 01:00:09:00
"""


def test_a_list_of_another_program():
    draft = Draft.from_edl(FOREIGN, fps=24)
    assert [(track.kind, [(one.name, one.start, one.end) for one in track.segments]) for track in draft.tracks] == [
        ("video", [("opening", 0, 4000), ("street", 4000, 8000)]),
        ("audio", [("opening", 0, 4000)]),
        ("audio", [("opening", 0, 4000)]),
    ]
    assert draft.tracks[0].segments[0].get("transition") == {"type": "crossfade", "d": 500}


def test_the_rate_is_asked_for():
    with pytest.raises(InvalidInput, match="fps="):
        Draft.from_edl(FOREIGN)
    assert Draft.from_edl(FOREIGN.replace("NON-DROP", "DROP")).fps == pytest.approx(29.97)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("00:00:14:00", "00:00:14", 7),
        ("00:00:14:00", "00:00:14:24", 7),
        ("D    012", "D       ", 7),
        ("D    012", "K    012", 7),
        ("01:00:08:00 01:00:09:00", "01:00:09:00 01:00:08:00", 11),
        ("AA/V", "XY  ", 4),
        ("TITLE: REEL 1", "<html>", 1),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(old, new, line):
    with pytest.raises(DraftError, match=rf"EDL, line {line}: "):
        Draft.from_edl(FOREIGN.replace(old, new, 1) if line != 7 else FOREIGN.replace(old, new), fps=24)


def test_what_timecode_cannot_count_is_refused():
    with pytest.raises(InvalidInput, match="24 hours"):
        Draft({"t": [{"tt": 0, "sg": [{"d": 90_000_000}]}]}).to_edl()
    with pytest.raises(InvalidInput, match="120 frames"):
        PARIS.to_edl(fps=120)
    with pytest.raises(InvalidInput, match="drop-frame"):
        PARIS.to_edl(fps=25, drop=True)
    assert Draft.from_edl(Draft({}).to_edl()).tracks == ()


PIECES = st.sampled_from(["TITLE: x\n", "001 ", "AX ", "V ", "AA/V ", "C ", "D ", "W001 ", "012 ", "\n", "01:00:00:00 ", "01:00:01;00 ", "1:0:0:0 ", "25:00:00:00 ",
                          "001 AX V C 00:00:00:00 00:00:05:00 01:00:00:00 01:00:05:00\n", "M2 AX 999999.0 00:00:00:00\n", "* FRAME RATE: 0\n", "9" * 5000])  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=4), max_size=14).map("".join))
def test_any_file_is_read_or_refused(text):
    try:
        draft = Draft.from_edl(text, fps=25)
    except (DraftError, InvalidInput):
        return
    assert all(one.start >= 0 for track in draft.tracks for one in track.segments)


def test_odd_hours_are_where_the_timeline_begins():
    late = FOREIGN.replace(" 01:0", " 10:0")
    assert Draft.from_edl(late, fps=24).tracks[0].segments[0].start == 0
