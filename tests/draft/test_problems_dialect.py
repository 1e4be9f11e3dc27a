"""What a segment asks of the renderer in vain is told, and nothing else is."""

from __future__ import annotations

import pytest

from nemo_widgets import Draft
from nemo_widgets.draft import dialect


def found(*tracks, language="en", media=None):
    """The problems of a draft of (track type, segments)."""
    raw = {"t": [{"tt": kind, "sg": list(segments)} for kind, segments in tracks]}
    table = Draft(raw).problems(media=media, language=language)
    return list(zip(table["problem"], table["severity"], table["what"], table["remedy"], strict=True))


def shot(d=2000, **m):
    return {"d": d, "m": {"src": "a.jpg", "kind": "image", **m}}


@pytest.mark.parametrize(
    ("m", "problem", "said"),
    [
        ({"look": "noir"}, "unknown-word", '"noir"'),
        ({"fit": "stretch"}, "unknown-word", "cover, contain, blur"),
        ({"motion": "spiral"}, "unknown-word", "pan-up"),
        ({"place": "middle"}, "unknown-word", "top-left"),
        ({"transition": {"type": "explode"}}, "unknown-word", "wipe-left"),
        ({"transition": "explode"}, "unknown-word", "crossfade"),
        ({"brightness": 5}, "out-of-bounds", "taken as 1"),
        ({"contrast": -1}, "out-of-bounds", "taken as 0"),
        ({"speed": 40}, "out-of-bounds", "taken as 16"),
        ({"fade_in": 1500, "fade_out": 900}, "long-fade", "2000 ms"),
    ],
)
def test_what_reads_otherwise_than_it_says(m, problem, said):
    problems = found((0, [shot(**m)]))
    assert [one[0] for one in problems] == [problem]
    assert said in problems[0][2] + problems[0][3]
    assert found((0, [shot(**m)]), language="zh")[0][2] != problems[0][2]


@pytest.mark.parametrize("field", dialect.CHOICES["video"])
def test_every_word_of_the_dialect_is_known(field):
    for word in filter(None, dialect.CHOICES["video"][field]):
        spelled = word.upper().replace("-", "_")
        assert found((0, [shot(), shot()]), (0, [shot(4000, **{field: spelled})])) == []


def test_every_transition_and_title_is_known():
    for kind in dialect.TRANSITIONS:
        assert found((0, [shot(transition={"type": kind, "d": 400}), shot()])) == []
    for position in dialect.CHOICES["text"]["position"]:
        title = {"d": 2000, "m": {"text": "Hi", "position": position, "size": 60, "background": "box"}}
        assert found((0, [shot()]), (7, [title])) == []


def test_a_transition_that_is_longer_than_what_follows():
    segments = [shot(transition={"type": "wipe-left", "d": 1500}), shot(1000), shot()]
    assert [(one[0], one[1]) for one in found((0, segments))] == [("long-transition", "note")]


def test_music_that_ducks_under_nothing():
    music = {"d": 2000, "m": {"src": "a.mp3", "duck": 0.3}}
    clip = {"d": 2000, "m": {"src": "a.mp4", "kind": "video"}}
    assert [one[0] for one in found((0, [shot()]), (1, [music]))] == ["nothing-to-duck"]
    muted = {"d": 2000, "m": {**clip["m"], "volume": 0}}
    assert [one[0] for one in found((0, [muted]), (1, [music]))] == ["nothing-to-duck"]
    assert found((0, [clip]), (1, [music])) == []


def test_an_overlay_fills_no_gap_and_needs_its_source():
    logo = {"d": 4000, "m": {"src": "logo.png", "place": "top-right", "kind": "image"}}
    assert [one[0] for one in found((0, [shot(2000)]), (0, [logo]))] == ["gap"]
    assert [one[0] for one in found((0, [shot(4000)]), (0, [{"d": 4000, "m": {"place": "top"}}]))] == ["no-source"]
    problems = found((0, [shot(4000)]), (0, [logo]), media={"a.jpg": None})
    assert [one[0] for one in problems] == ["missing-media"]


def test_a_freeze_needs_one_frame_of_its_source():
    frozen = {"d": 9000, "m": {"src": "a.mp4", "in": 900, "freeze": True, "source_duration": 1000}}
    assert found((0, [frozen])) == []
    assert [one[0] for one in found((0, [{**frozen, "m": frozen["m"] | {"in": 1000}}]))] == ["past-source"]
