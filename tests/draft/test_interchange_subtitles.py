"""Subtitles out and in, read by other programs too."""

from __future__ import annotations

import html
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemo_widgets import Draft, DraftError, InvalidInput

av = pytest.importorskip("av")
pysrt = pytest.importorskip("pysrt")
srt = pytest.importorskip("srt")
webvtt = pytest.importorskip("webvtt")

HARD = [
    "Hello", "海边的日落 🌅", "two\nlines", "above\n\nbelow", "a --> b", "1\n00:00:01,000 --> 00:00:02,000\nforged",
    "2", "x\n\n3\n00:00:05,000 --> 00:00:06,000\ny", "trailing\n", "\nleading", "a < b & c > d", "&amp; stays", "NOTE this", "WEBVTT", "tab\there",
]  # fmt: skip


def spoken(*cues):
    return Draft(
        {"t": [{"tt": 7, "sg": [{"st": start, "d": length, "m": {"text": text}} for start, length, text in cues]}]}
    )


def said(draft):
    found = [(one.start, one.end, one.text) for track in draft.tracks for one in track.segments]
    return sorted(found, key=lambda cue: cue[:2])


EACH = spoken(*((number * 2000, 1500, text) for number, text in enumerate(HARD)))


@pytest.mark.parametrize("kind", ["srt", "vtt"])
def test_hard_texts_come_back(kind):
    text = getattr(EACH, f"to_{kind}")()
    assert said(getattr(Draft, f"from_{kind}")(text)) == said(EACH)
    assert said(getattr(Draft, f"from_{kind}")(text.replace("\n", "\r\n").encode("utf-8-sig"))) == said(EACH)
    assert said(getattr(Draft, f"from_{kind}")(text.encode("utf-16"))) == said(EACH)


def seen(text):
    """A text as any program shows it: without the marks that keep a file whole, and space around lines."""
    return [line.strip() for line in text.replace("\u200b", "").split("\n") if line.strip()]


def times(draft):
    return [(start, end) for start, end, _ in said(draft)]


def test_srt_is_read_by_parsers():
    text = EACH.to_srt()
    one = list(srt.parse(text))
    assert [(round(c.start.total_seconds() * 1000), round(c.end.total_seconds() * 1000)) for c in one] == times(EACH)
    assert [seen(cue.content) for cue in one] == [seen(text) for text in HARD]
    other = pysrt.from_string(text, error_handling=pysrt.ERROR_RAISE)
    assert [(cue.start.ordinal, cue.end.ordinal) for cue in other] == times(EACH)
    assert [seen(cue.text) for cue in other] == [seen(text) for text in HARD]


def test_vtt_is_read_by_a_parser():
    cues = webvtt.from_buffer(io.StringIO(EACH.to_vtt())).captions
    assert [(clock(cue.start), clock(cue.end)) for cue in cues] == times(EACH)
    assert [seen(html.unescape(cue.raw_text)) for cue in cues] == [seen(text) for text in HARD]


def clock(text):
    hours, minutes, seconds = text.split(":")
    return int(hours) * 3_600_000 + int(minutes) * 60_000 + round(float(seconds) * 1000)


@pytest.mark.parametrize("kind", ["srt", "vtt"])
def test_ffmpeg_reads_it(kind, tmp_path):
    path = tmp_path / f"subtitles.{kind}"
    path.write_text(getattr(EACH, f"to_{kind}")(), encoding="utf-8")
    with av.open(str(path)) as file:
        stream = file.streams.subtitles[0]
        packets = [packet for packet in file.demux(stream) if packet.size]
        scale = stream.time_base * 1000
        assert [(int(p.pts * scale), int((p.pts + p.duration) * scale)) for p in packets] == times(EACH)
        words = [bytes(packet).decode() for packet in packets]
    if kind == "srt":
        assert [seen(text) for text in words] == [seen(text) for text in HARD]


TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u200b\u2028\u2029\ufeff<{&"), min_size=1
)
LINES = st.lists(TEXTS | st.just(""), min_size=1, max_size=4).map("\n".join).filter(lambda text: text.strip())
CUES = st.lists(st.tuples(st.integers(0, 10**9), st.integers(1, 10**6), LINES), max_size=8)


@given(CUES)
def test_any_words_and_times_come_back_from_srt(cues):
    draft = spoken(*cues)
    assert sorted(said(Draft.from_srt(draft.to_srt()))) == sorted(said(draft))


@given(
    st.lists(
        st.tuples(
            st.integers(0, 10**9), st.integers(1, 10**6), st.sampled_from(["<i>x</i>", "a & b", "{\\an8}up"]) | LINES
        )
    )
)
def test_any_words_and_times_come_back_from_vtt(cues):
    draft = spoken(*cues)
    assert sorted(said(Draft.from_vtt(draft.to_vtt()))) == sorted(said(draft))


@given(st.text(), st.text())
def test_no_text_breaks_the_file_for_another_parser(one, two):
    draft = spoken((0, 1000, f"a{one}"), (2000, 1000, f"b{two}"))
    assert [cue.start.total_seconds() for cue in srt.parse(draft.to_srt())] == [0, 2]
    assert len(pysrt.from_string(draft.to_srt(), error_handling=pysrt.ERROR_RAISE)) == 2
    assert len(webvtt.from_buffer(io.StringIO(draft.to_vtt()))) == 2


def test_overlaps_become_tracks_and_go_out_in_order():
    draft = Draft.from_srt("1\n00:00:00,000 --> 00:00:05,000\nlong\n\n2\n00:00:02,000 --> 00:00:03,000\nshort\n")
    assert [[one.text for one in track.segments] for track in draft.tracks] == [["long"], ["short"]]
    assert said(Draft.from_srt(draft.to_srt())) == said(draft)


def test_a_base_keeps_what_it_has():
    base = Draft({"d": 9000, "x": 1, "t": [{"tt": 0, "sg": [{"d": 9000, "m": {"name": "sea"}}]}]})
    made = Draft.from_srt("1\n00:00:01,000 --> 00:00:02,500\nHello\n", base=base, name="English")
    assert made.tracks[0].raw == base.tracks[0].raw
    assert (made.raw["x"], made.duration, made.tracks[1].name, made.tracks[1].kind) == (1, 9000, "English", "text")
    assert base.tracks == Draft(base.raw).tracks
    assert len(base.tracks) == 1


def test_one_track_or_all():
    draft = Draft(
        {
            "t": [
                {"tt": 7, "sg": [{"d": 1000, "m": {"text": "one"}}]},
                {"tt": 7, "sg": [{"d": 1000, "m": {"text": "two"}}]},
            ]
        }
    )
    assert "two" in draft.to_srt()
    assert "two" not in draft.to_srt(track=0)
    with pytest.raises(InvalidInput, match=r"no track 2\. Its tracks are 0 to 1\."):
        draft.to_vtt(track=2)
    with pytest.raises(InvalidInput, match=r"It has none at all\."):
        Draft({}).to_srt(track=0)


def test_what_says_nothing_or_lasts_no_time_is_left_out():
    assert spoken((0, 0, "gone"), (0, 900, "  "), (0, 900, "")).to_srt() == ""
    assert spoken((0, 0, "gone")).to_vtt() == "WEBVTT\n"
    assert Draft.from_srt("").tracks == ()


def test_others_files_are_read_generously():
    loose = '\ufeff1\r\n0:00:01.5 --> 00:00:02,5  X1:0\r\n<i>Hi</i> {\\an8}<font color="red">you</font>\r\n\r\n00:03,000 --> 00:04,000\r\nno number\r\n\r\n'
    assert said(Draft.from_srt(loose)) == [(1500, 2500, "Hi you"), (3000, 4000, "no number")]
    page = "WEBVTT - title\nKind: captions\n\nSTYLE\n::cue {}\n\nNOTE a --- b\n\nintro\n00:01.000 --> 00:02.000 line:0\n<v Ann>Fish &amp; <c.red>chips</c> &lt;3\n"
    assert said(Draft.from_vtt(page)) == [(1000, 2000, "Fish & chips <3")]


@pytest.mark.parametrize(
    ("kind", "text", "line"),
    [
        ("srt", "1\n00:00:01,000 -> 00:00:02,000\nHi", 1),
        ("srt", "1\n00:00:01,000 --> soon\nHi", 2),
        ("srt", "1\n00:00:01,000 --> 00:00:02,000\nHi\n\n2\n00:61:00,000 --> 00:62:00,000\nHi", 6),
        ("srt", "1\n00:00:03,000 --> 00:00:02,000\nHi", 2),
        ("srt", "Once upon a time", 1),
        ("vtt", "1\n00:00:01.000 --> 00:00:02.000\nHi", 1),
        ("vtt", "WEBVTT\n\n00:00:01.000 --> 00:00:0x.000\nHi", 3),
        ("vtt", "WEBVTT\n\nHi there", 3),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(kind, text, line):
    with pytest.raises(DraftError, match=rf"line {line}: "):
        getattr(Draft, f"from_{kind}")(text)


def test_a_file_name_is_not_its_text():
    with pytest.raises(InvalidInput, match="read_text"):
        Draft.from_srt("subtitles.srt")
    with pytest.raises(InvalidInput, match="UTF-8"):
        Draft.from_srt("1\n00:00:01,000 --> 00:00:02,000\n海边".encode("gb18030"))


PIECES = st.sampled_from(
    [
        "1",
        "\n",
        "\n\n",
        "00:00:01,000",
        " --> ",
        "00:00:02.500",
        "WEBVTT",
        "NOTE",
        "<i>",
        "&",
        "9" * 5000,
        "\u200b",
        "海",
    ]
)


@given(st.lists(PIECES | st.text(max_size=4), max_size=12).map("".join), st.booleans())
def test_any_file_is_read_or_refused(text, page):
    try:
        draft = Draft.from_vtt(f"WEBVTT\n\n{text}") if page else Draft.from_srt(text)
    except (DraftError, InvalidInput):
        return
    assert all(one.text for track in draft.tracks for one in track.segments)
