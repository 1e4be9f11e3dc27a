"""A draft that was edited in pandas renders, and the frames of the video show the edit."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from nemo_widgets import Draft
from nemo_widgets.studio.render import render

sys.path.insert(0, str(Path(__file__).parent))

from samples import decoded, draft, photo, shot

RED, GREEN, BLUE = (200, 30, 30), (30, 180, 40), (30, 40, 200)


@pytest.fixture
def base(tmp_path):
    """Nine frames (600 ms) of red, green and blue each, with a title over the first."""
    colours = {"red": RED, "green": GREEN, "blue": BLUE}
    shots = [
        {**shot(photo(tmp_path / f"{name}.png", color=colour), 600, name=name), "st": 600 * number}
        for number, (name, colour) in enumerate(colours.items())
    ]
    title = {"st": 0, "d": 600, "m": {"text": "Hi", "position": "center", "size": "large", "fade": 0}}
    return Draft(draft(*shots, titles=[title], width=160, height=90, fps=15))


def frames(made, tmp_path):
    """Render, and return the frames."""
    return decoded(render(made, tmp_path / "out.mp4"))


def colour(frame):
    """Return which of the photos a frame shows, by its corner, where no title is."""
    corner = frame[:8, :8].reshape(-1, 3).mean(axis=0)
    names = {"red": RED, "green": GREEN, "blue": BLUE, "black": (0, 0, 0)}
    name = min(names, key=lambda one: np.abs(corner - names[one]).max())
    assert np.abs(corner - names[name]).max() < 12
    return name


def colours(shown):
    """Return the photos in the order in which they are shown, with the number of frames of each."""
    runs = []
    for name in map(colour, shown):
        if runs and runs[-1][0] == name:
            runs[-1][1] += 1
        else:
            runs.append([name, 1])
    return [tuple(run) for run in runs]


def ink(frame):
    """Return how many columns and pixels a title takes: where a frame differs from its corner."""
    drawn = np.abs(frame.astype(int) - frame[2, 2]).max(axis=2) > 60
    return int(drawn.any(axis=0).sum()), int(drawn.sum())


def titled(shown):
    """Return the numbers of the frames that have a title."""
    return [number for number, frame in enumerate(shown) if ink(frame)[1] > 40]


def test_what_the_base_shows(base, tmp_path):
    shown = frames(base, tmp_path)
    assert colours(shown) == [("red", 9), ("green", 9), ("blue", 9)]
    assert titled(shown) == list(range(9))


def test_photos_that_were_reordered_and_retimed_in_pandas(base, tmp_path):
    table = base.to_frame()
    photos = table[table["kind"] == "video"].iloc[::-1].assign(duration=[400, 600, 1000])
    photos = photos.assign(start=photos["duration"].cumsum() - photos["duration"])
    edited = Draft.from_frame(pd.concat([photos, table[table["kind"] == "text"]]), base=base)
    assert colours(frames(edited, tmp_path)) == [("blue", 6), ("green", 9), ("red", 15)]


def test_a_photo_that_was_removed_and_one_that_was_added(base, tmp_path):
    table = base.to_frame().drop(index=[(0, 1), (1, 0)])
    source = table.loc[(0, 0), "source"]
    again = pd.DataFrame({"kind": ["video"], "source": [source], "start": [1800], "duration": [400]})
    edited = Draft.from_frame(pd.concat([table, again]), base=base)
    assert colours(frames(edited, tmp_path)) == [("red", 9), ("black", 9), ("blue", 9), ("red", 6)]


def test_a_title_that_says_something_else_at_another_time(base, tmp_path):
    before = frames(base, tmp_path)
    table = base.to_frame()
    table.loc[(1, 0), ["text", "start", "duration"]] = ["Hello you", 800, 400]
    after = frames(Draft.from_frame(table, base=base), tmp_path)
    assert colours(after) == colours(before)
    assert titled(after) == list(range(12, 18))
    assert ink(after[14])[0] > 2 * ink(before[3])[0]


def test_what_was_not_edited_is_shown_as_before(base, tmp_path):
    before = frames(base, tmp_path)
    after = frames(Draft.from_frame(base.to_frame(), base=base), tmp_path)
    assert all(np.array_equal(one, other) for one, other in zip(before, after, strict=True))
