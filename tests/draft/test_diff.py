"""What an edit did is told in sentences; this is all a user learns of a silent edit."""

from __future__ import annotations

import copy

import pytest

from nemo_widgets import Draft

BEFORE = {"d": 10000, "t": [
    {"id": "v", "tt": 0, "sg": [{"id": "a", "st": 0, "d": 5000, "m": {"name": "city.jpg"}},
                                {"id": "b", "st": 5000, "d": 5000, "m": {"name": "sea.jpg"}}]},
    {"id": "m", "tt": 1, "sg": [{"id": "c", "st": 0, "d": 10000, "m": {"name": "Lo-fi", "volume": 1.0}}]},
    {"id": "x", "tt": 7, "sg": [{"id": "t", "st": 0, "d": 3000, "m": {"text": "City"}}]},
]}  # fmt: skip


def edited(change) -> tuple[str, ...]:
    after = copy.deepcopy(BEFORE)
    change(after)
    return Draft(BEFORE).diff(Draft(after)).sentences


@pytest.mark.parametrize(
    ("change", "sentences"),
    [
        (lambda d: None, ()),
        (lambda d: d["t"][1]["sg"][0]["m"].update(volume=0.35), ("“Lo-fi” volume 100% → 35%",)),
        (lambda d: d["t"][3 - 1]["sg"][0].update(st=2000, d=5000), ("“City” moved from 0–3 s to 2–7 s",)),
        (lambda d: d["t"][2]["sg"][0]["m"].update(text="Sea"), ("Title “City” now says “Sea”",)),
        (lambda d: d["t"].pop(1), ("Music removed: “Lo-fi” (0–10 s)",)),
        (lambda d: d["t"][2]["sg"].append({"st": 5000, "d": 2500, "m": {"text": "End"}}), ("Title added: “End” (5–7.5 s)",)),
        (lambda d: d["t"][0]["sg"][0]["m"].update(motion="zoom-in"), ("“city.jpg”: motion – → zoom-in",)),
        (lambda d: d.update(m={"width": 1080, "height": 1920}), ("Picture 1920×1080 → 1080×1920",)),
        (lambda d: d.update(d=8000), ("The video is now 8 s long (it was 10 s)",)),
    ],
)  # fmt: skip
def test_each_kind_of_edit(change, sentences):
    assert edited(change) == sentences


def test_reordering_what_did_not_change_is_no_change():
    assert edited(lambda d: (d["t"].reverse(), d["t"][-1]["sg"].reverse())) == ()


def test_the_first_draft_is_all_new():
    diff = Draft({}).diff(Draft(BEFORE))
    assert [change.change for change in diff.changes].count("added") == 4
    assert Draft(BEFORE).diff(None).to_frame()["change"].tolist().count("removed") == 4


def test_likeness_where_there_are_no_ids():
    before = Draft(
        {
            "t": [
                {"tt": 0, "sg": [{"st": 0, "d": 1000, "m": {"name": "a"}}, {"st": 1000, "d": 1000, "m": {"name": "b"}}]}
            ]
        }
    )
    after = Draft({"t": [{"tt": 0, "sg": [{"st": 0, "d": 1000, "m": {"name": "b"}}]}]})
    assert before.diff(after).sentences[:2] == ("Clip removed: “a” (0–1 s)", "“b” moved from 1–2 s to 0–1 s")


def test_chinese():
    after = copy.deepcopy(BEFORE)
    after["t"].pop(2)
    assert Draft(BEFORE).diff(Draft(after), language="zh").sentences == ("已删除标题：“City”（0–3 s）",)
