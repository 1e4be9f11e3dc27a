"""What an edit did is told in sentences; this is all a user learns of a silent edit."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
        (lambda d: d["t"][1]["sg"][0]["m"].update(volume=0.35), ("Music volume 100% → 35%",)),
        (lambda d: d["t"][3 - 1]["sg"][0].update(st=2000, d=5000), ("“City” moved from 0–3 s to 2–7 s",)),
        (lambda d: d["t"][2]["sg"][0]["m"].update(text="Sea"), ("Title “City” now says “Sea”",)),
        (lambda d: d["t"].pop(1), ("Music removed: “Lo-fi” (0–10 s)",)),
        (lambda d: d["t"][2]["sg"].append({"st": 5000, "d": 2500, "m": {"text": "End"}}), ("Title added: “End” (5–7.5 s)",)),
        (lambda d: d["t"][0]["sg"][0]["m"].update(motion="zoom-in"), ("“city.jpg”: motion none → zoom in",)),
        (lambda d: d.update(m={"width": 1080, "height": 1920}), ("Picture 1920×1080 → 1080×1920",)),
        (lambda d: d["t"][0]["sg"][0].update(d=4000), ("“city.jpg” now lasts 4 s (it was 5 s)",)),
        (lambda d: d["t"][0]["sg"][0]["m"].update(name="town.jpg"), ("“city.jpg” is now called “town.jpg”",)),
        (lambda d: d["t"][0]["sg"][0]["m"].update(src="http://h/new?signature=2"), ()),
        (lambda d: d["t"][2]["sg"][0]["m"].update(text=None), ("Title: text “City” → none",)),
        (lambda d: d["t"][0]["sg"][0]["m"].update({"in": 1500}), ("“city.jpg”: start within its file 0 s → 1.5 s",)),
        (lambda d: d["t"][0]["sg"][0]["m"].update(fit="contain"), ("“city.jpg”: framing filling the picture → shown whole",)),
        (lambda d: d["t"][1]["sg"][0]["m"].update(loop=True), ("“Lo-fi”: repeats no → yes",)),
        (lambda d: d["t"][0]["sg"][0]["m"].update(speed="2"), ("“city.jpg”: speed 1× → 2×",)),
        (lambda d: d["t"][0]["sg"][0]["m"].update(transition={"d": 500}), ("“city.jpg”: transition to the next none → crossfade (0.5 s)",)),
        (lambda d: d["t"][1]["sg"][0]["m"].update(fade_out=1000), ("“Lo-fi”: fade-out 0 s → 1 s",)),
        (lambda d: d["t"][2]["sg"][0]["m"].update(position="lower-third", size="large", color="#ff0000", fade=0), (
            "“City”: place centre → lower third", "“City”: size medium → large", "“City”: colour white → #ff0000",
            "“City”: fade 0.5 s → 0 s")),
        (lambda d: d["t"][0]["sg"][0]["m"].update(
            {"in": "0", "speed": 1.0, "fit": "cover", "motion": "none", "volume": 1, "transition": {"type": "cut"}}), ()),
        (lambda d: d["t"][2]["sg"][0]["m"].update(position="center", size="medium", fade=500, loop=False), ()),
        (lambda d: d["t"][0]["sg"][0]["m"].update(own={"length": 4000}, beat=520.8, role="caption", place="on:a2cd048a"), ()),
        (lambda d: d["t"][0]["sg"][0]["m"].update(place="top-right", scale=0.2, look="black-and-white", brightness=0.1), (
            "“city.jpg”: place none → top right", "“city.jpg”: width none → 20%",
            "“city.jpg”: look none → black and white", "“city.jpg”: brightness 0% → 10%")),
        (lambda d: d["t"][1]["sg"][0]["m"].update(duck=0.25), ("“Lo-fi”: volume while others speak none → 25%",)),
        (lambda d: d.update(m={"fps": 25}), ("Frames a second 30 → 25",)),
        (lambda d: d.update(d=8000), ("The video is now 8 s long (it was 10 s)",)),
    ],
)  # fmt: skip
def test_each_kind_of_edit(change, sentences):
    assert edited(change) == sentences


def test_reordering_what_did_not_change_is_no_change():
    assert edited(lambda d: (d["t"].reverse(), d["t"][-1]["sg"].reverse())) == ()


def test_a_transition_is_told_with_its_length():
    quick, slow = ({"t": [{"tt": 0, "sg": [{"d": 5000, "m": {"name": "a", "transition": {"type": "crossfade", "d": length}}}]}]}
                   for length in (500, 900))  # fmt: skip
    told = ("“a”: transition to the next crossfade (0.5 s) → crossfade (0.9 s)",)
    assert Draft(quick).diff(Draft(slow)).sentences == told
    assert Draft(quick).diff(Draft(slow), language="zh").sentences == (
        "“a”：转场 交叉淡化（0.5 秒） → 交叉淡化（0.9 秒）",
    )


def test_what_changed_places_is_not_told_as_replaced_where_ids_are_given_out_anew():
    def swap(d):
        one, two = d["t"][0]["sg"]
        one["m"], two["m"] = two["m"], one["m"]

    assert edited(swap) == ("“sea.jpg” moved from 5–10 s to 0–5 s", "“city.jpg” moved from 0–5 s to 5–10 s")


def test_what_took_a_place_is_told_as_replaced():
    assert edited(lambda d: d["t"][0]["sg"][0]["m"].update(name="dog.jpg", src="/dog.jpg")) == (
        "“city.jpg” replaced by “dog.jpg”",
    )


def test_another_file_under_the_same_name():
    def clip(src):
        return Draft({"t": [{"tt": 0, "sg": [{"id": "a", "d": 1000, "m": {"name": "sea", "src": src}}]}]})

    assert clip("http://h/1/sea.jpg").diff(clip("http://h/2/sea.jpg")).sentences == ("“sea” is another file now",)
    assert not clip("http://h/1/sea.jpg?key=1").diff(clip("https://other/1/sea.jpg?key=2"))


def test_where_several_play_each_is_named():
    def music(volume):
        return Draft(
            {"t": [{"tt": 1, "sg": [{"d": 900, "m": {"name": "a", "volume": volume}}, {"d": 900, "m": {"name": "b"}}]}]}
        )

    assert music(1).diff(music(0.5)).sentences == ("“a” volume 100% → 50%",)


def test_the_table_of_no_difference_has_the_same_types():
    some, none = Draft({}).diff(Draft(BEFORE)).to_frame(), Draft({}).diff(Draft({})).to_frame()
    assert some.dtypes.tolist() == none.dtypes.tolist()


@settings(max_examples=100)
@given(st.lists(st.lists(st.sampled_from("abc"), max_size=4), max_size=3), st.randoms(use_true_random=False))
def test_no_reordering_is_a_change(names, random):
    def draft(shuffled):
        tracks = [
            {
                "tt": index % 2,
                "sg": [
                    {"st": 1000 * at, "d": 1000, "id": name, "m": {"name": name, "x": at % 2}}
                    for at, name in enumerate(of)
                ],
            }
            for index, of in enumerate(names)
        ]
        if shuffled:
            for track in tracks:
                random.shuffle(track["sg"])
            random.shuffle(tracks)
        return Draft({"t": tracks})

    assert draft(shuffled=False).diff(draft(shuffled=True)).sentences == ()


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
    assert Draft(BEFORE).diff(Draft(after), language="zh").sentences == ("已删除标题：“City”（0–3 秒）",)


def test_small_differences_are_told_exactly():
    def music(start, length, volume):
        segment = {"st": start, "d": length, "m": {"name": "Lo-fi", "volume": volume}}
        return Draft({"t": [{"tt": 1, "sg": [segment]}]})

    before = music(0, 9000, 0.354)
    assert before.diff(music(0, 9000, 0.352)).sentences == ("Music volume 35.4% → 35.2%",)
    assert before.diff(music(0, 9001, 0.354)).sentences == (
        "“Lo-fi” now lasts 9001 ms (it was 9000 ms)",
        "The video is now 9001 ms long (it was 9000 ms)",
    )
    assert before.diff(music(2, 8999, 0.354)).sentences[0] == "“Lo-fi” moved from 0–9000 ms to 2–9001 ms"
    assert before.diff(music(0, 9001, 0.354), language="zh").sentences[0] == "“Lo-fi” 时长 9000 毫秒 → 9001 毫秒"
