"""CSV and Parquet by pandas: what a table shows comes back from a file."""

from __future__ import annotations

import io

import pandas as pd
import pytest

from nemo_widgets import Draft

PARIS = Draft({"m": {"title": "Paris", "width": 1280, "height": 720, "fps": 25}, "d": 20_000, "t": [
    {"tt": 0, "sg": [{"st": 0, "d": 5500, "m": {"name": "河边", "src": "a.mp4", "motion": "zoom-in"}}, {"st": 5500, "d": 14_500, "m": {"name": 'roofs, "old"', "src": "b.jpg"}}]},
    {"tt": 1, "sg": [{"st": 0, "d": 20_000, "m": {"name": "Lo-fi", "src": "m.mp3", "volume": 0.35}}]},
    {"tt": 7, "sg": [{"st": 500, "d": 3000, "m": {"text": "two\nlines"}}]},
]})  # fmt: skip


def csv(frame):
    return pd.read_csv(io.StringIO(frame.to_csv()))


def parquet(frame):
    pytest.importorskip("pyarrow")
    file = io.BytesIO()
    frame.to_parquet(file)
    return pd.read_parquet(file)


@pytest.mark.parametrize("through", [csv, parquet])
def test_with_a_base_nothing_is_lost(through):
    assert Draft.from_frame(through(PARIS.to_frame()), base=PARIS) == PARIS


@pytest.mark.parametrize("through", [csv, parquet])
def test_without_a_base_what_the_table_shows_comes_back(through):
    back = Draft.from_frame(through(PARIS.to_frame(fields=["motion"])))
    pd.testing.assert_frame_equal(back.to_frame(fields=["motion"]), PARIS.to_frame(fields=["motion"]))


def test_an_edit_in_a_spreadsheet_comes_back():
    frame = csv(PARIS.to_frame())
    frame.loc[frame["name"] == "Lo-fi", "volume"] = 0.5
    assert PARIS.diff(Draft.from_frame(frame, base=PARIS)).sentences == ("Music volume 35% → 50%",)
