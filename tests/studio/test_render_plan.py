"""From a draft to frames and samples, without touching a file."""

from __future__ import annotations

import json
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemo_widgets.draft.model import Draft
from nemo_widgets.errors import DraftError
from nemo_widgets.studio.render import motion
from nemo_widgets.studio.render.plan import Picture, Plan, Title, plan


def made(*segments, **more):
    return plan(Draft({"t": [{"tt": 0, "sg": list(segments)}], **more}))


def test_a_plan_survives_the_way_to_a_worker():
    fade = {"type": "crossfade", "d": 500}
    draft = Draft({
        "m": {"fps": 29.97},
        "t": [
            {"tt": 0, "sg": [{"d": 2000, "m": {"src": "a", "transition": fade}}, {"d": 2000, "m": {"src": "b"}}]},
            {"tt": 1, "sg": [{"d": 3000, "m": {"src": "c", "volume": 35, "loop": True}}]},
            {"tt": 7, "sg": [{"d": 1000, "m": {"text": "Hello", "position": "lower-third"}}]},
        ],
    })  # fmt: skip
    one = plan(draft)
    assert Plan.from_json(json.loads(json.dumps(one.to_json()))) == one
    assert one.fps == Fraction(30000, 1001)


def test_the_segment_before_runs_on_while_the_next_one_covers_it():
    first, second = made({"d": 2000, "m": {"transition": {"type": "crossfade", "d": 500}}}, {"d": 2000, "m": {}}).layers
    assert (first.first, first.last, second.first, second.fade_in) == (0, 75, 60, 15)


@pytest.mark.parametrize(
    ("more", "path"),
    [
        ({"m": {"width": 100_000}}, "m.width"),
        ({"m": {"fps": 1e6}}, "m.fps"),
        ({"m": {"fps": 1e-9}}, "m.fps"),
        ({"d": 10**13}, "d"),
    ],
)
def test_what_would_fill_the_memory_is_refused(more, path):
    with pytest.raises(DraftError) as caught:
        made({"d": 1000, "m": {"src": "a"}}, **more)
    assert caught.value.path == path


def test_values_are_read_generously():
    one = made(
        {
            "d": "1000",
            "in": "250",
            "m": {"speed": "2", "fit": "Contain", "motion": "zoom_in", "transition": "crossfade"},
        },
        {"d": 500},
    )
    first, second = one.layers
    assert (first.offset, first.speed, first.fit, first.motion, second.fade_in) == (250, 2.0, "contain", "zoom-in", 15)
    assert made({"d": 500, "m": {"fit": "stretch", "motion": "spiral"}}).layers[0].fit == "cover"


def test_what_cannot_be_read_is_named():
    with pytest.raises(DraftError, match=r"speed"):
        made({"d": 500, "m": {"speed": "fast"}})
    with pytest.raises(DraftError, match=r"transition"):
        made({"d": 500, "m": {"transition": {"type": "crossfade", "d": "long"}}}, {"d": 500})


def test_the_drafts_own_length_rules():
    assert made({"d": 5000, "m": {}}, d=2000).layers[0].last == 60
    assert made({"d": 1000, "m": {}}, d=2000).frames == 60


@given(
    st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 900)), min_size=1, max_size=6),
    st.sampled_from([24, 29.97, 30, 60]),
)
def test_abutting_segments_leave_no_gap_and_fades_end_in_time(segments, fps):
    shots = [{"d": d, "m": {"transition": {"type": "crossfade", "d": fade}}} for d, fade in segments]
    draft = Draft({"m": {"fps": fps}, "t": [{"tt": 0, "sg": shots}]})
    if round(draft.duration * fps / 1000) == 0:
        return
    one = plan(draft)
    pictures = [layer for layer in one.layers if isinstance(layer, Picture)]
    for number in range(one.frames):
        seen = [layer.opacity(number) for layer in pictures if layer.opacity(number) > 0]
        assert seen
        assert max(seen) == 1
    assert all(0 <= layer.first < layer.last <= one.frames for layer in pictures)


@given(st.integers(1, 60), st.integers(0, 80))
def test_titles_fade_evenly(length, fade):
    title = Title("Hi", 10, 10 + length, fade=min(fade, length // 2))
    shown = [title.opacity(number) for number in range(8, 14 + length)]
    assert shown == shown[::-1][2:] + shown[:2] or shown[:2] == [0, 0]
    assert max(shown) <= 1


@pytest.mark.parametrize("samples", [1920, 1080, 960, 540, 640, 360])
@given(progress=st.floats(0, 1), kind=st.sampled_from(["zoom-in", "zoom-out", "pan-left", "pan-right"]))
def test_motion_is_true_to_a_fraction_of_a_pixel(samples, progress, kind):
    kept = 2 * round(samples * motion.OVERSAMPLED / 2)
    view = motion.window(kind, progress)
    origin, length = motion.MARGIN + view.x * kept, view.size * kept
    (crop,) = motion.crops((motion.Stretch(origin, length, samples, kept + 2 * motion.MARGIN),))
    assert crop.start >= 0
    assert crop.start + crop.length <= kept + 2 * motion.MARGIN
    assert crop.skip + samples <= crop.samples
    step = crop.length / crop.samples
    places = crop.start + (crop.skip + np.arange(samples) + 0.5) * step
    wished = origin + (np.arange(samples) + 0.5) * length / samples
    assert np.abs(places - wished).max() < 0.1


@pytest.mark.parametrize("kind", ["zoom-in", "zoom-out", "pan-left", "pan-down"])
@pytest.mark.parametrize("frames", [2, 15, 90, 200, 1000])
def test_colours_are_off_by_a_quarter_of_their_samples_at_most(frames, kind):
    one = Picture("a.jpg", "a", 7, 7 + frames, motion=kind)
    across, windows = 960, set()
    for number in range(one.first, one.last):
        held = motion.color_frame(one, number, across)
        windows.add(held)
        right, wrong = (motion.window(kind, motion.progress(one, frame)) for frame in (number, held))
        for edge in (0, 1):
            seen = [(right.x + edge * right.size), (wrong.x + edge * wrong.size)]
            assert abs(seen[0] - seen[1]) / right.size * across <= 0.26
            seen = [(right.y + edge * right.size), (wrong.y + edge * wrong.size)]
            assert abs(seen[0] - seen[1]) / right.size * across <= 0.26
    assert (len(windows) < frames) == (frames >= (400 if kind.startswith("pan") else 200))
