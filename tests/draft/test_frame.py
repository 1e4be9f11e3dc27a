"""The table of a draft has the same columns and types whatever is in it."""

from __future__ import annotations

import pandas as pd
import pytest

from nemo_widgets import Draft, InvalidInput

DRAFT = Draft({"d": 9000, "m": {"fps": 25}, "t": [
    {"tt": 0, "sg": [{"st": 0, "d": 4000, "m": {"name": "a", "src": "http://h/a.jpg"}}, {"d": 5000, "m": {"name": "b"}}]},
    {"tt": 5, "sg": [{"d": 10}]},
    {"tt": 7, "sg": [{"st": 500, "d": 3000, "m": {"text": "Hello"}}]},
]})  # fmt: skip
DTYPES = {
    "kind": "category", "name": "string", "start": "int64", "duration": "int64", "end": "int64",
    "volume": "float64", "text": "string", "source": "string",
}  # fmt: skip


@pytest.mark.parametrize("draft", [DRAFT, Draft({})])
def test_columns_and_types(draft):
    frame = draft.to_frame()
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == DTYPES
    assert list(frame.index.names) == ["track", "segment"]


def test_rows():
    frame = DRAFT.to_frame()
    assert frame.index.tolist() == [(0, 0), (0, 1), (1, 0), (2, 0)]
    assert frame.loc[(0, 1), "start"] == 4000
    assert frame.loc[(0, 1), "end"] == 9000
    assert frame["kind"].tolist() == ["video", "video", "other(5)", "text"]
    assert frame["volume"].isna().all()
    assert frame["text"].isna().tolist() == [True, True, True, False]
    assert frame.attrs == {
        "title": None, "duration": 9000, "size": (1920, 1080), "fps": 25.0, "times": "ms",
        "track_ids": (None, None, None), "track_names": (None, None, None), "segment_ids": ((None, None), (None,), (None,)),
    }  # fmt: skip


def test_times_as_timedelta():
    frame = DRAFT.to_frame(times="timedelta")
    assert str(frame["start"].dtype) == "timedelta64[ms]"
    assert frame.loc[(0, 1), "start"] == pd.Timedelta(seconds=4)


def test_another_unit_is_refused():
    with pytest.raises(InvalidInput, match="timedelta"):
        DRAFT.to_frame(times="frames")


def test_one_field_needs_no_list():
    assert [*DRAFT.to_frame(fields="motion")] == [*DRAFT.to_frame(), "motion"]
