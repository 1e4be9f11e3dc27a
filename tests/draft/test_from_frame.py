"""Edits that people make to a draft's table come back, and nothing else changes."""

from __future__ import annotations

import copy
import io
import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nemo_widgets import Draft, DraftError, InvalidInput

RAW = {
    "d": "9000", "rev": 3, "m": {"title": "Promo", "width": 1080, "height": 1920, "fps": 25, "mood": "calm"},
    "t": [
        {"id": "v1", "tt": 0, "m": {"name": "Video"}, "lock": True, "sg": [
            {"id": "s1", "st": 0, "d": 4000, "m": {"name": "city", "src": "http://h/a.jpg", "kind": "image", "motion": "zoom-in", "lut": [1]}},
            {"id": "s2", "st": 4000, "d": 3000, "m": {"name": "sea", "src": "http://h/b.mp4", "kind": "video", "in": 500, "volume": 1.0}},
            {"id": "s3", "st": 7000, "d": "2000", "m": {"name": "park", "src": "http://h/c.mp4", "kind": "video", "speed": "2"}},
        ]},
        {"tt": 1, "sg": [{"d": 9000, "vol": "35%", "m": {"title": "Lo-fi", "url": "http://h/m.m4a"}}]},
        {"tt": 7, "sg": None},
        {"tt": 7, "sg": [{"d": 3000, "m": {"content": "Urban", "color": "#ff0000"}}, {"d": 1000, "m": {"content": "Dreams"}}]},
    ],
}  # fmt: skip
BASE = Draft(RAW)


def back(frame: pd.DataFrame) -> Draft:
    before = json.dumps(RAW)
    made = Draft.from_frame(frame, base=BASE)
    assert json.dumps(RAW) == before, "the base was changed"
    return made


def expected(change) -> dict:
    raw = copy.deepcopy(RAW)
    change(raw, raw["t"])
    return raw


UNTOUCHED = {
    "as it is": lambda f: f,
    "a copy": lambda f: f.copy(),
    "attrs lost": lambda f: pd.DataFrame(f.to_dict("list"), index=f.index),
    "filtered by True": lambda f: f.query("kind != 'other'"),
    "reset": lambda f: f.reset_index(),
    "reset and shuffled": lambda f: f.reset_index().sort_values(["track", "segment"]),
    "reset for good": lambda f: f.reset_index(drop=True),
    "parts put together": lambda f: pd.concat([f[f.kind == "video"], f[f.kind != "video"]]),
    "other dtypes": lambda f: f.astype({"kind": "object", "volume": "float32", "name": "object", "start": "object"}),
    "other numbers": lambda f: f.astype({"start": "float64", "end": "Int64"}) if f.start.dtype == "int64" else f.astype({"start": "timedelta64[ns]"}),
    "some columns": lambda f: f[["start", "name"]],
    "no columns": lambda f: f[[]],
    "columns of one's own": lambda f: f.assign(half=f.duration / 2, share=0.5),
    "grouped": lambda f: f.groupby("track", group_keys=False).apply(lambda g: g),
    "grouped with keys": lambda f: f.groupby("kind", observed=True)[list(f.columns)].apply(lambda g: g),
    "as CSV": lambda f: pd.read_csv(io.StringIO(f.to_csv())),
    "as CSV with its index": lambda f: pd.read_csv(io.StringIO(f.to_csv()), index_col=[0, 1]),
    "as CSV without an index": lambda f: pd.read_csv(io.StringIO(f.to_csv(index=False))),
    "by name": lambda f: f.reset_index().set_index("name"),
    "levels swapped": lambda f: f.swaplevel(),
    "from records": lambda f: pd.DataFrame.from_records(f.reset_index().to_dict("records")),
}  # fmt: skip


@pytest.mark.parametrize("way", UNTOUCHED)
@pytest.mark.parametrize("times", ["int", "timedelta"])
def test_what_was_not_edited_is_as_it_came(way, times):
    assert back(UNTOUCHED[way](BASE.to_frame(times=times, fields=["motion", "speed", "lut", "loop", "id"]))).raw == RAW
    assert back(UNTOUCHED[way](BASE.to_frame(times=times))).raw == RAW


def cell(row, column, value):
    def edit(frame):
        frame.loc[row, column] = value
        return frame

    return edit


EDITS = [
    (cell((0, 0), "name", "City"), lambda r, t: t[0]["sg"][0]["m"].update(name="City")),
    (cell((1, 0), "name", "Jazz"), lambda r, t: t[1]["sg"][0]["m"].update(title="Jazz")),
    (cell((3, 0), "name", "Opening"), lambda r, t: t[3]["sg"][0]["m"].update(name="Opening")),
    (cell((1, 0), "volume", 0.5), lambda r, t: t[1]["sg"][0].update(vol=0.5)),
    (cell((1, 0), "volume", None), lambda r, t: t[1]["sg"][0].pop("vol")),
    (cell((0, 0), "volume", 0), lambda r, t: t[0]["sg"][0]["m"].update(volume=0.0)),
    (cell((3, 1), "text", "Nights"), lambda r, t: t[3]["sg"][1]["m"].update(content="Nights")),
    (cell((0, 1), "source", "http://h/d.png?x"), lambda r, t: t[0]["sg"][1]["m"].update(src="http://h/d.png?x", kind="image")),
    (cell((0, 2), "end", 8000), lambda r, t: (t[0]["sg"][2].update(d=1000))),
    (cell((0, 2), "duration", 1500), lambda r, t: (t[0]["sg"][2].update(d=1500))),
    (cell((0, 2), "duration", 5000), lambda r, t: (t[0]["sg"][2].update(d=5000), r.update(d=12000))),
    (cell((3, 1), "start", 6000), lambda r, t: t[3]["sg"][1].update(st=6000)),
    (cell((3, 0), "end", 1000), lambda r, t: (t[3]["sg"][0].update(d=1000), t[3]["sg"][1].update(st=3000))),
    (lambda f: f.drop((0, 1)), lambda r, t: t[0]["sg"].pop(1)),
    (lambda f: f.drop((3, 0)), lambda r, t: (t[3]["sg"].pop(0), t[3]["sg"][0].update(st=3000))),
    (lambda f: f[f.kind != "audio"], lambda r, t: t.pop(1)),
    (lambda f: f[f.kind == "video"], lambda r, t: (t.pop(1), t.pop(2))),
    (lambda f: f.iloc[0:0], lambda r, t: (t.__setitem__(slice(None), [t[2]]), r.update(d=0))),
    (lambda f: f.sort_values("duration"), lambda r, t: (t[0]["sg"].sort(key=lambda s: int(s["d"])), t[3]["sg"].sort(key=lambda s: s["d"]),
                                                        t[3]["sg"][0].update(st=3000), t[3]["sg"][1].update(st=0))),
    (lambda f: f.assign(track=[0, 0, 0, 1, 2, 3]), lambda r, t: (t[2].update(sg=[t[3]["sg"].pop(0)]), t[3]["sg"][0].update(st=3000))),
    (lambda f: f.assign(motion=["pan-left", None, None, None, None, None]), lambda r, t: t[0]["sg"][0]["m"].update(motion="pan-left")),
    (lambda f: f.assign(speed=[float("nan"), 1.5, 2, None, None, None]), lambda r, t: t[0]["sg"][1]["m"].update(speed=1.5)),
]  # fmt: skip


@pytest.mark.parametrize("times", ["int", "timedelta"])
@pytest.mark.parametrize(("edit", "change"), EDITS, ids=range(len(EDITS)))
def test_an_edit_writes_what_it_says_and_nothing_else(edit, change, times):
    fields = ["motion", "speed"]
    frame = BASE.to_frame(fields=fields)
    made = back(edit(frame).assign(motion=lambda f: f.motion, speed=lambda f: f.speed)).raw
    assert made == expected(change)
    if times == "timedelta":
        frame = edit(BASE.to_frame(fields=fields))
        for name in ("start", "duration", "end"):
            frame[name] = pd.to_timedelta(frame[name], unit="ms")
        assert back(frame).raw == made


def test_what_was_changed_is_followed():
    frame = BASE.to_frame()
    frame.loc[(0, 2), ["start", "end"]] += 1000
    assert back(frame).to_frame().loc[(0, 2), ["start", "duration", "end"]].tolist() == [8000, 2000, 10000]
    frame = BASE.to_frame()
    frame[["start", "duration"]] *= 2
    assert back(frame).to_frame()["end"].tolist() == (BASE.to_frame()["end"] * 2).tolist()
    assert back(frame).duration == 18000
    frame["end"] *= 2
    assert back(frame).duration == 18000


def test_one_kind_becomes_another():
    frame = BASE.to_frame()
    frame["kind"] = frame["kind"].astype("object")
    frame.loc[[(0, 1)], "kind"] = "audio"
    frame.loc[[(0, 1)], "start"] = 9000
    made = back(frame)
    assert [track.kind for track in made.tracks] == ["video", "audio", "text", "text"]
    assert [segment.name for segment in made.tracks[1].segments] == ["sea", "Lo-fi"]
    frame = BASE.to_frame().assign(kind=lambda f: f.kind.astype("object").replace("text", "other(5)"))
    assert [track.raw["tt"] for track in back(frame).tracks] == [0, 1, 7, 5]


NEW = {"kind": "text", "text": "The end", "start": 8000, "duration": 1000}


@pytest.mark.parametrize(
    "new",
    [
        pd.DataFrame([NEW]),
        pd.DataFrame([NEW], index=pd.MultiIndex.from_tuples([(3, 0)], names=["track", "segment"])),
        pd.DataFrame([NEW], index=pd.MultiIndex.from_tuples([(3, 7)])),
        pd.DataFrame([{**NEW, "track": 3}]),
        pd.DataFrame([{"kind": "text", "text": "The end", "start": 8000, "end": 9000, "track": 3}]),
        pd.DataFrame([{**NEW, "start": pd.Timedelta(seconds=8), "duration": pd.Timedelta(seconds=1)}]),
    ],
)
@pytest.mark.parametrize("ignore_index", [False, True])
def test_rows_put_at_the_end(new, ignore_index):
    made = back(pd.concat([BASE.to_frame(), new], ignore_index=ignore_index))
    added = BASE.diff(made).sentences
    assert added == ("Title added: “The end” (8–9 s)",)
    segment = next(s for track in made.tracks for s in track.segments if s.text == "The end")
    assert (segment.start, segment.duration) == (8000, 1000)
    if new.index.tolist() != [(3, 0)]:  # With the place of a title it is a copy of it, in its colour.
        assert segment.raw["m"] == {"position": "center", "text": "The end"}
    assert made.tracks[0].raw == BASE.tracks[0].raw


def test_a_new_row_follows_the_one_before_it_and_a_new_track_is_made():
    rows = pd.DataFrame(
        {"kind": ["video", "video"], "source": ["http://h/x.jpg", "http://h/y.mp4"], "duration": [1000, 500]}
    )
    made = back(pd.concat([BASE.to_frame(), rows], ignore_index=True))
    assert made.tracks[0].segments[-1].raw == {
        "id": "s5", "st": 10000, "d": 500, "m": {"kind": "video", "in": 0, "speed": 1.0, "fit": "cover", "src": "http://h/y.mp4"},
    }  # fmt: skip
    assert made.duration == 10500
    voice = pd.DataFrame({"kind": ["audio"], "source": ["v.mp3"], "duration": [1000], "track": [4]})
    made = back(pd.concat([BASE.to_frame(), voice]))
    assert [track.kind for track in made.tracks] == ["video", "audio", "text", "text", "audio"]


def test_a_row_twice_is_a_copy_with_an_id_of_its_own():
    frame = BASE.to_frame()
    again = frame.loc[[(0, 0)]].assign(start=9000)
    made = back(pd.concat([frame, again]))
    copied = made.tracks[0].segments[-1]
    assert copied.raw == {**RAW["t"][0]["sg"][0], "st": 9000, "id": copied.id}
    assert len({segment.id for segment in made.tracks[0].segments}) == 4
    assert made.duration == 13000


def test_another_drafts_rows_are_new_segments():
    other = Draft({"t": [{"tt": 0, "sg": [{"d": 1000, "m": {"src": "other.jpg", "motion": "zoom-out"}}]}]})
    frame = other.to_frame()
    frame[["start", "end"]] += BASE.duration
    added = back(pd.concat([BASE.to_frame(), frame])).tracks[0].segments[-1]
    assert added.source == "other.jpg"
    assert added.get("lut") is None
    assert added.get("kind") == "image"


REFUSED = [
    (cell((0, 2), "start", -500), 'row (0, 2), column "start"', "-500"),
    (cell((0, 2), "duration", -1), 'row (0, 2), column "duration"', "-1"),
    (cell((0, 2), "start", 6500), 'row (0, 2), column "start"', "overlaps row (0, 1), which ends at 7000"),
    (cell((0, 0), "duration", 4500), 'row (0, 0), column "end"', "overlaps row (0, 1), which starts at 4000"),
    (cell((0, 2), "end", 6000), 'row (0, 2), column "end"', "before it starts"),
    (cell((0, 2), ["duration", "end"], [1000, 8500]), 'row (0, 2), column "end"', "7000 + 1000 ms is 8000, not 8500"),
    (cell((1, 0), "volume", 35), 'row (1, 0), column "volume"', "35% is 0.35"),
    (cell((1, 0), "volume", -0.1), 'row (1, 0), column "volume"', "-0.1"),
    (lambda f: f.assign(kind="vidoe"), 'row (0, 0), column "kind"', '"vidoe"'),
    (lambda f: f.assign(kind=None), 'row (0, 0), column "kind"', "nothing"),
    (lambda f: f.assign(start="abc"), 'row (0, 0), column "start"', '"abc"'),
    (lambda f: f.assign(start=True), 'row (0, 0), column "start"', "true"),
    (lambda f: f.assign(start=float("inf")), 'row (0, 0), column "start"', "milliseconds"),
    (lambda f: f.assign(end=1e300), 'row (0, 0), column "end"', "at most"),
    (lambda f: f.assign(speed="fast"), 'row (0, 0), column "speed"', '"fast"'),
    (lambda f: f.assign(loop="yes"), 'row (0, 0), column "loop"', 'true or false, got "yes"'),
    (lambda f: f.assign(track=-1), 'row (0, 0), column "track"', "-1"),
    (lambda f: pd.concat([f, pd.DataFrame([{"kind": "text", "text": "x"}])]), 'row 0, column "duration"', "needs a duration"),
    (lambda f: pd.concat([f, pd.DataFrame([{"text": "x", "duration": 5}])]), 'row 0, column "kind"', "nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("edit", "path", "says"), REFUSED, ids=[f"{path} {says}" for _, path, says in REFUSED])
def test_what_cant_be_is_refused_with_its_row(edit, path, says):
    frame = BASE.to_frame()
    with pytest.raises(DraftError) as caught:
        back(edit(frame))
    assert caught.value.path == path
    assert says in str(caught.value)
    assert str(caught.value).endswith("Mend that cell and try again.")


def test_overlaps_that_are_allowed():
    segments = [
        {"st": 0, "d": 3000, "m": {"transition": {"type": "crossfade", "d": 500}}},
        {"st": 3000, "d": 3000},
        {"st": 5000, "d": 3000},
    ]
    base = Draft({"t": [{"tt": 0, "sg": segments}]})
    frame = base.to_frame()
    frame.loc[(0, 0), "end"] = 3500  # as long as its transition
    frame.loc[(0, 2), "start"] = 5500  # less than before
    assert Draft.from_frame(frame, base=base).to_frame()["start"].tolist() == [0, 3000, 5500]
    frame.loc[(0, 0), "end"] = 3501
    with pytest.raises(DraftError, match=r"row \(0, 0\)"):
        Draft.from_frame(frame, base=base)


def test_texts_that_look_like_numbers_survive_a_csv():
    base = Draft(
        {
            "t": [
                {
                    "tt": 7,
                    "sg": [
                        {"d": 900, "m": {"id": 1, "text": "2024"}},
                        {"d": 900, "m": {"id": "02", "text": 7}},
                        {"d": 1},
                    ],
                }
            ]
        }
    )
    frame = base.to_frame(fields=["id"])
    saved = pd.read_csv(io.StringIO(frame.to_csv()), index_col=[0, 1])
    assert saved["text"].dtype == "float64"
    assert Draft.from_frame(saved, base=base) == base
    saved.loc[(0, 0), "text"] = 2025
    assert Draft.from_frame(saved, base=base).tracks[0].segments[0].text == "2025"


def test_rows_of_an_odd_track_may_go_to_a_new_one():
    base = Draft({"t": [{"tt": 2.5, "sg": [{"d": 900}, {"d": 900}]}, {"sg": [{"d": 5}]}]})
    made = Draft.from_frame(base.to_frame().assign(track=[0, 7, 8]), base=base)
    assert [(track.kind, len(track.segments)) for track in made.tracks] == [
        ("other(2.5)", 1),
        ("other(2.5)", 1),
        ("other(?)", 1),
    ]


@pytest.mark.parametrize("table", [None, [], {"kind": []}, "csv"])
def test_what_is_no_table_is_refused(table):
    with pytest.raises(InvalidInput, match="DataFrame"):
        Draft.from_frame(table)


def test_without_a_base_it_is_a_whole_draft():
    made = Draft.from_frame(BASE.to_frame(fields=["motion"]))
    assert (made.size, made.fps, made.title, made.duration) == (BASE.size, BASE.fps, BASE.title, 9000)
    assert [(track.kind, track.name) for track in made.tracks] == [
        ("video", "Video"),
        ("audio", "BGM"),
        ("text", "Title"),
    ]
    assert made.tracks[0].segments[0].raw == {
        "id": "s1", "st": 0, "d": 4000,
        "m": {"kind": "image", "in": 0, "speed": 1.0, "fit": "cover", "name": "city", "src": "http://h/a.jpg", "motion": "zoom-in"},
    }  # fmt: skip
    pd.testing.assert_frame_equal(
        made.to_frame().reset_index(drop=True), BASE.to_frame().reset_index(drop=True), check_categorical=False
    )


def test_a_table_of_ones_own_is_a_whole_draft():
    plan = pd.DataFrame({
        "kind": ["text", "video", "video", "audio"], "text": ["Hello", None, None, None],
        "source": [None, "a.jpg", "b.mp4", "m.m4a"], "start": [0, 0, 2000, 0], "duration": [1000, 2000, 2000, 4000],
        "volume": [None, None, None, 0.35],
    })  # fmt: skip
    made = Draft.from_frame(plan)
    assert made.summary() == (
        'Timeline (3 tracks): 1. Video: a.jpg (0-2s), b.mp4 (2-4s) 2. BGM: m.m4a (0-4s, 35%) 3. Title: "Hello" (0-1s)'
    )
    assert made.raw["m"] == {"width": 1920, "height": 1080, "fps": 30}
    assert [track.id for track in made.tracks] == ["v1", "a1", "x1"]
    assert Draft.from_frame(plan.iloc[:0]).raw == {"m": {"width": 1920, "height": 1080, "fps": 30}, "d": 0, "t": []}
    assert not Draft.from_frame(pd.DataFrame()).ready


@pytest.mark.parametrize(
    ("slip", "meant"),
    [("volum", "volume"), ("Volume", "volume"), ("strat", "start"), ("colour", "color"), ("txet", "text"),
     ("fade-in", "fade_in"), ("lutt", "lut"), ("tracks", "track"), ("trnasition", "transition")],
)  # fmt: skip
def test_a_column_that_is_nearly_a_known_one_is_refused(slip, meant):
    with pytest.raises(InvalidInput, match=f"a column “{slip}”, which isn't read. Did you mean “{meant}”"):
        Draft.from_frame(BASE.to_frame().assign(**{slip: 1}), base=BASE)
    assert back(BASE.to_frame().assign(**{slip: None})).raw == RAW, "it says nothing"


@pytest.mark.parametrize(
    "own",
    ["seconds", "next", "side", "start_s", "end_ms", "share", "name_x", "text2", "notes", "index", "level_0", "ids"],
)
def test_columns_of_ones_own_are_left_out(own):
    assert back(BASE.to_frame().assign(**{own: 1})).raw == RAW


def test_a_table_isnt_taken_for_a_draft():
    with pytest.raises(DraftError, match=r"nw\.Draft\.from_frame\(table, base=draft\)"):
        Draft(BASE.to_frame())


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)
unknown = st.dictionaries(
    st.text("äöx", min_size=1, max_size=4) | st.sampled_from(["kind", "fit", "position", "id", "color"]),
    json_values,
    max_size=2,
)
times = st.none() | st.integers(0, 10**7) | st.integers(0, 9000).map(str) | st.floats(0, 9000)
volumes = st.none() | st.floats(0, 300) | st.integers(0, 100) | st.integers(0, 100).map("{}%".format) | st.just("0.5")
texts = st.none() | st.text(max_size=6) | st.integers() | st.lists(st.integers(), max_size=1)
maybe = {
    "st": times, "start": times, "d": times, "duration": times, "volume": volumes, "vol": volumes, "name": texts, "title": texts,
    "filename": texts, "text": texts, "content": texts, "src": texts, "url": texts, "in": st.none() | st.integers(0, 900).map(str),
    "loop": st.booleans() | st.none(), "speed": st.none() | st.floats(0.1, 4),
}  # fmt: skip
metas = st.builds(lambda fields, more: {**more, **fields}, st.fixed_dictionaries({}, optional=maybe), unknown)
pieces = st.none() | st.builds(
    lambda fields, meta, more: {**more, **fields, **({"m": meta} if meta != {"": 0} else {})},
    st.fixed_dictionaries({}, optional=maybe), st.none() | metas | st.just({"": 0}), unknown,
)  # fmt: skip
types = st.none() | st.integers(-1, 9) | st.sampled_from(["7", 1.0, 2.5, "0"])
lanes = st.none() | st.builds(
    lambda tt, sg, more: {**more, "tt": tt, "sg": sg}, types, st.none() | st.lists(pieces, max_size=4), unknown
)
drafts = st.builds(lambda t, d, more: {**more, "d": d, "t": t}, st.none() | st.lists(lanes, max_size=4), times, unknown)


@settings(max_examples=300)
@given(drafts, st.sampled_from(["int", "timedelta"]), st.booleans())
def test_a_table_that_was_not_edited_gives_the_same_draft(raw, unit, more):
    draft = Draft(raw)
    before = json.dumps(raw)
    fields = ["in", "speed", "fit", "position", "loop", "color", "id"] if more else []
    again = Draft.from_frame(draft.to_frame(times=unit, fields=fields), base=draft)
    assert again == draft
    assert json.loads(draft.to_json()) == Draft(before).raw == raw
    assert json.dumps(raw) == before
    assert json.dumps(again.raw) == before


@settings(max_examples=60)
@given(drafts, st.randoms(use_true_random=False))
def test_reordered_rows_keep_their_times(raw, random):
    draft = Draft(raw)
    frame = draft.to_frame()
    order = list(range(len(frame)))
    random.shuffle(order)
    again = Draft.from_frame(frame.iloc[order], base=draft).to_frame()
    assert sorted(zip(again.start, again.end, strict=True)) == sorted(zip(frame.start, frame.end, strict=True))
    pd.testing.assert_frame_equal(
        again.reset_index(drop=True),
        frame.iloc[order].sort_index(level="track", sort_remaining=False).reset_index(drop=True),
    )


@pytest.mark.parametrize("columns", [["start", "duration"], ["start", "end"], ["start", "duration", "end"]])
@pytest.mark.parametrize("ratio", [1 / 3, 2 / 3, 0.75, 1.1, 0.5005])
def test_times_that_are_scaled_still_abut(columns, ratio):
    base = Draft({"t": [{"tt": 0, "sg": [{"d": 1601, "src": f"{number}.jpg"} for number in range(9)]}]})
    frame = base.to_frame()
    made = Draft.from_frame(frame.assign(**{name: frame[name] * ratio for name in columns}), base=base)
    segments = made.tracks[0].segments
    assert [segment.end for segment in segments[:-1]] == [segment.start for segment in segments[1:]]
    assert segments[-1].end == pytest.approx(9 * 1601 * ratio, abs=0.6)


def test_what_moves_by_a_fraction_keeps_its_duration():
    for start in (100.5, 101.5, 101.4):
        raw = back(BASE.to_frame().assign(start=lambda f, by=start: f["start"] + by)).tracks[0].segments
        assert [segment.duration for segment in raw] == [4000, 3000, 2000]


@pytest.mark.parametrize(("cell", "means"), [("True", True), ("1.0", True), (1.0, True), ("FALSE", False), (0, False)])
def test_truth_is_read_as_a_csv_has_it(cell, means):
    made = back(BASE.to_frame().assign(loop=cell))
    assert made.raw["t"][1]["sg"][0]["m"].get("loop") is means
