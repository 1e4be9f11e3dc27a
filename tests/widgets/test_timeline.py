"""The timeline on its own: what a view asks for comes back as a draft, and what code does is seen in the view."""

from __future__ import annotations

import io
import json
import pathlib
import re
import threading
import time
import wave
from types import MappingProxyType

import av
import numpy as np
import pandas as pd
import pytest

import nemo_widgets as nw
from nemo_widgets.loop import wait
from nemo_widgets.widgets import editing
from nemo_widgets.widgets.edits import LocalEdits
from nemo_widgets.widgets.waveform import peaks

RAW = {
    "m": {"title": "Trip", "width": 640, "height": 360, "fps": 30},
    "d": 8000,
    "t": [
        {"tt": 0, "m": {"name": "Video"}, "sg": [
            {"id": "s1", "d": 5000, "m": {"name": "a.jpg", "src": "http://h/a.jpg", "kind": "image"}},
            {"id": "s2", "d": 3000, "m": {"name": "b.mp4", "src": "http://h/b.mp4", "kind": "video", "odd": [1]}},
        ]},
        {"tt": 1, "sg": [{"d": 8000, "m": {"name": "Lo-fi", "volume": 0.35}}]},
        {"tt": 7, "sg": [{"d": 2000, "m": {"text": "Hello"}}, {"st": 4000, "d": 1000, "m": {"text": "Bye"}}]},
    ],
}  # fmt: skip


class View:
    """What a browser would hold of a timeline."""

    def __init__(self, timeline, patched):
        self.timeline, self.patched = timeline, patched
        self.messages, self.sizes, self.state = [], [], {}
        self.count = 0
        wait(self.look())
        self.say(kind="ready")
        self.until(lambda: self.state)

    async def look(self):
        """Begin to take what is sent; what waits to be sent goes before, or the whole state might come twice."""
        self.timeline._desk.state.flush()
        self.timeline._desk.send = self.timeline._desk.state._send = self.take

    def take(self, message, _buffers=None):
        text = json.dumps(message)
        self.sizes.append(len(text))
        message = json.loads(text)
        self.messages.append(message)
        if message["kind"] == "state" and (self.state or message["whole"]):
            patch = message["patch"]
            if patch.get("draft") and not message["whole"]:
                patch["draft"] = self.patched(self.state["draft"], patch["draft"])
            self.state = self.state | patch  # at once: the test looks at it on another thread

    def say(self, **message):
        self.timeline._receive(self.timeline, message, [])

    def until(self, true):
        deadline = time.monotonic() + 300
        while not true():
            assert time.monotonic() < deadline, self.messages[-3:]
            time.sleep(0.005)

    def edit(self, op, where=(), revision=None, **values):
        """Ask for an edit and return the answer; ``where`` are (track, segment)."""
        self.count += 1
        edit_id = f"e{self.count}"
        if revision is None:
            revision = (self.state["draft"] or {"revision": 0})["revision"]
        runs = [[track, number, number] for track, number in where]
        self.say(kind="edit", id=edit_id, revision=revision, op=op, where=runs, values=values)
        found = lambda: [m for m in self.messages if m["kind"] == "edit-end" and m["id"] == edit_id]  # noqa: E731
        self.until(found)
        return found()[0]

    def spans(self, track):
        """Return the start and end of each segment as the view reads them."""
        clock, spans = 0, []
        for gap, duration, *_ in self.state["draft"]["tracks"][track]["segments"]:
            spans.append((clock + gap, clock + gap + duration))
            clock += gap + duration
        return spans


@pytest.fixture
def open_timeline(patched):
    opened = []

    def open_it(draft=RAW, **options):
        timeline = nw.Timeline(draft, **options)
        opened.append(timeline)
        return timeline, View(timeline, patched)

    yield open_it
    for timeline in opened:
        timeline.close()


@pytest.mark.parametrize("given", [RAW, json.dumps(RAW), nw.Draft(RAW)], ids=["dict", "json", "draft"])
def test_a_draft_in_any_form_is_shown_as_it_is(open_timeline, given):
    timeline, view = open_timeline(given)
    assert timeline.draft.raw == RAW
    assert view.spans(0) == [(0, 5000), (5000, 8000)]
    assert view.state["edits"] == {"edited": False, "undo": 0, "redo": 0, "theirs": None}
    assert "language='zh'" not in repr(timeline)
    assert "Hello" in repr(timeline)


def test_a_view_knows_that_a_picture_has_no_sound(open_timeline):
    _, view = open_timeline()
    (photo, clip), (music,), _ = (track["segments"] for track in view.state["draft"]["tracks"])
    assert [segment[4] for segment in (photo, clip, music)] == [False, None, 0.35]


def test_what_would_go_wrong_in_a_video_is_told(open_timeline):
    timeline, view = open_timeline()
    clips = [{"st": start, "d": 1000, "m": {"name": "a.jpg", "src": "/a.jpg"}} for start in (0, 3000)]
    timeline.draft = {"d": 4000, "t": [{"tt": 0, "sg": clips}]}
    told = "The picture is black from 1 to 3 s. Lengthen a clip, or move the next one to 1000 ms."
    view.until(lambda: told in view.state["problems"])
    view.edit("undo")
    view.until(lambda: told not in view.state["problems"])


@pytest.mark.parametrize(
    "given",
    [{"a": 1}, '{"a": 1}', [], [1], 5, True, "", "draft.json", "[]", b"GIF89a", pathlib.Path("draft.json"), object()],
    ids=str,
)
def test_what_is_no_draft_is_refused_before_anything_is_shown(open_timeline, given):
    for language, sentence in (("en", r"This is no draft: .+\. Pass a Draft"), ("zh", "这不是草稿：.+。请传入 Draft")):
        with pytest.raises(nw.DraftError, match=sentence):
            nw.Timeline(given, language=language)
        timeline, _ = open_timeline(language=language)
        with pytest.raises(nw.DraftError, match=sentence):
            timeline.draft = given
        assert timeline.draft.raw == RAW


def test_a_table_that_is_set_says_how_it_becomes_the_draft(open_timeline):
    timeline, _ = open_timeline(RAW)
    table = timeline.timeline
    table.loc[table["text"] == "Bye", "text"] = "Hello"
    with pytest.raises(nw.DraftError, match=r"editor\.draft = nw\.Draft\.from_frame\(table, base=editor\.draft\)"):
        timeline.timeline = table
    timeline.draft = nw.Draft.from_frame(table, base=timeline.draft)
    assert "Hello" in timeline.draft.summary()


@pytest.mark.parametrize("given", [None, {}, "{}", {"d": 0}, {"m": {"title": "Trip"}}, MappingProxyType({"t": []})])
def test_a_draft_without_segments_is_shown_empty(open_timeline, given):
    timeline, view = open_timeline(given)
    assert timeline.timeline.empty
    assert (view.state["draft"] is None) == (given is None)


@pytest.mark.parametrize(
    ("op", "where", "values", "cells"),
    [
        ("set", (2, 0), {"duration": "0:01.5"}, {"end": 1500}),
        ("set", (2, 1), {"start": "6"}, {"start": 6000, "end": 7000}),
        ("set", (2, 1), {"end": "0:07.25"}, {"end": 7250}),
        ("set", (1, 0), {"volume": "20%"}, {"volume": 0.2}),
        ("set", (2, 0), {"text": "Hi <b>"}, {"text": "Hi <b>", "name": "Hi <b>"}),
        ("set", (0, 1), {"name": "Sea"}, {"name": "Sea", "source": "http://h/b.mp4"}),
        ("move", (2, 1), {"by": -500}, {"start": 3500}),
        ("trim", (2, 0), {"start": 300}, {"start": 300, "end": 2000}),
        ("trim", (0, 0), {"end": 4000}, {"end": 4000}),
    ],
)
def test_an_edit_in_a_view_is_an_edit_of_the_draft(open_timeline, op, where, values, cells):
    timeline, view = open_timeline()
    assert view.edit(op, [where], **values)["error"] is None
    row = timeline.timeline.loc[where]
    assert {name: row[name] for name in cells} == cells
    assert timeline.draft.raw["t"][0]["sg"][1]["m"]["odd"] == [1]
    assert view.state["edits"]["edited"]
    assert view.spans(where[0]) == list(
        zip(timeline.timeline.loc[where[0]].start, timeline.timeline.loc[where[0]].end, strict=True)
    )


@pytest.mark.parametrize(
    ("op", "where", "values", "sentence"),
    [
        ("set", (0, 1), {"duration": "soon"}, "“soon” is no time."),
        ("set", (1, 0), {"volume": "loud"}, "“loud” is no volume."),
        ("set", (2, 0), {"end": "0:04.5"}, "“Bye” would overlap “Hello” (0–4.5 s) on its track."),
        ("set", (1, 0), {"text": "La"}, "“Lo-fi” is on no text track and has no text."),
        ("trim", (2, 0), {"end": 0}, "Nothing would be left of “Hello”."),
        ("move", (2, 0), {"by": -1}, "“Hello” would start 1 ms before the video does."),
        ("move", (9, 0), {"by": 5}, "The timeline has changed meanwhile."),
        ("remove", (7, 7), {}, "The draft has no segment (7, 7)."),
        ("nonsense", (0, 0), {}, "There is nothing to edit here."),
        ("set", (0, 0), {"kind": "audio"}, "There is nothing to edit here."),
    ],
)
def test_what_the_draft_refuses_is_told_and_changes_nothing(open_timeline, op, where, values, sentence):
    timeline, view = open_timeline()
    assert view.edit(op, [where], **values)["error"]["message"] == sentence
    assert timeline.draft.raw == RAW
    assert not view.state["edits"]["edited"]


def test_values_that_no_view_sends_are_refused_too(open_timeline):
    timeline, view = open_timeline()
    for op, values in [("set", {}), ("move", {"by": "x"}), ("move", {"before": 3}), ("trim", {"start": None})]:
        assert view.edit(op, [(2, 0)], **values)["error"]
    assert view.edit("move", [(2, 0), (2, 1)], by=[])["error"]
    assert timeline.draft.raw == RAW


@pytest.mark.parametrize(
    ("op", "where", "values", "sentence"),
    [
        ("set", (2, 0), {"start": "soon"}, "“soon”不是有效的时间。"),
        ("set", (2, 0), {"end": "9" * 15}, f"“{'9' * 15}”不是有效的时间。"),
        ("set", (2, 0), {"end": "0:04.5"}, "“Bye”会与同一轨道上的“Hello”（0–4.5 秒）重叠。"),
        ("set", (1, 0), {"text": "La"}, "“Lo-fi”不在文字轨道上，没有文字。"),
        ("set", (2, 0), {"volume": "20%"}, "文字和图片没有声音。"),
        ("trim", (2, 0), {"end": 0}, "“Hello”会一点不剩。"),
        ("move", (2, 0), {"by": -1}, "“Hello”会比视频早开始 1 毫秒。"),
        ("move", (2, 0), {"before": [1, 0]}, "“Hello”不能放在“Lo-fi”旁边。"),
    ],
)
def test_refused_in_chinese(open_timeline, op, where, values, sentence):
    _, view = open_timeline(language="zh")
    error = view.edit(op, [where], **values)["error"]
    assert error["message"] == sentence
    assert re.search("[一-鿿]", error["remedy"])


@pytest.mark.parametrize(
    ("where", "by", "sentence"),
    [
        ([(2, 0), (2, 1)], -1, "“Hello”会比视频早开始 1 毫秒。"),
        ([(0, 0), (2, 1)], 500, "“b.mp4”会与同一轨道上的“a.jpg”（0.5–5.5 秒）重叠。"),
        ([(2, 0), (2, 9)], 500, None),
    ],
)
def test_several_that_cant_be_moved_together_are_told_in_chinese(open_timeline, where, by, sentence):
    timeline, view = open_timeline(language="zh")
    error = view.edit("move", where, by=by)["error"]
    if sentence:
        assert error["message"] == sentence
        assert re.search("[一-鿿]", error["remedy"])
        assert timeline.draft.raw == RAW
    else:  # what isn't there can't be moved, and nothing else is in its place
        assert view.spans(2) == [(500, 2500), (4000, 5000)]


def test_a_track_without_a_name_of_its_own_is_called_in_the_widgets_language(open_timeline):
    named = {**RAW, "t": [*RAW["t"], {"tt": 1, "m": {"name": "Narration"}, "sg": []}]}
    for language, names in (("zh", ["视频", "背景音乐", "标题"]), ("en", ["Video", "BGM", "Title"])):
        _, view = open_timeline(named, language=language)
        assert [track["name"] for track in view.state["draft"]["tracks"]] == [*names, "Narration"]


def test_undo_redo_and_discard(open_timeline):
    timeline, view = open_timeline()
    view.edit("remove", [(2, 1)])
    view.edit("set", [(1, 0)], volume="50")
    once = timeline.draft
    view.edit("undo")
    assert view.state["edits"] == {"edited": True, "undo": 1, "redo": 1, "theirs": None}
    view.edit("undo")
    assert timeline.draft.raw == RAW
    assert not view.state["edits"]["edited"]
    view.edit("redo")
    view.edit("redo")
    assert timeline.draft == once
    view.edit("discard")
    assert timeline.draft.raw == RAW
    view.edit("undo")
    assert timeline.draft == once, "what was thrown away can be had back"


def test_an_edit_is_made_once_and_on_the_draft_that_was_seen(open_timeline):
    timeline, view = open_timeline()
    seen = view.state["draft"]["revision"]
    for _ in range(3):  # a view that lost its connection asks again
        view.say(kind="edit", id="same", revision=seen, op="move", where=[[2, 1, 1]], values={"by": 100})
    view.until(lambda: len([m for m in view.messages if m["kind"] == "edit-end"]) == 3)
    assert timeline.timeline.loc[(2, 1), "start"] == 4100
    assert "meanwhile" in view.edit("move", [(2, 1)], revision=seen, by=100)["error"]["message"]


def test_clips_change_places_and_the_selection_goes_along(open_timeline):
    timeline, view = open_timeline()
    view.edit("move", [(0, 1)], before=[0, 0])
    assert list(timeline.timeline.loc[0].name) == ["b.mp4", "a.jpg"]
    assert view.state["selection"]["runs"] == [[0, 0, 0]]
    view.until(lambda: list(timeline.selection.index) == [(0, 0)])
    view.edit("move", [(2, 0), (2, 1)], by=250)
    assert view.spans(2) == [(250, 2250), (4250, 5250)]


def test_the_selection_is_shared_with_code(open_timeline):
    timeline, view = open_timeline()
    told = []
    timeline.observe(lambda change: told.append(list(change["new"].index)), "selection")
    view.say(kind="select", id="page", number=2, runs=[[0, 0, 1], [2, 1, 1]])
    view.say(kind="select", id="page", number=1, runs=[[1, 0, 0]])  # overtaken
    view.until(lambda: told)
    assert told[-1] == [(0, 0), (0, 1), (2, 1)]
    pd.testing.assert_frame_equal(timeline.selection, timeline.timeline.loc[[(0, 0), (0, 1), (2, 1)]])

    frame = timeline.timeline
    timeline.selection = frame[frame.kind == "text"]
    view.until(lambda: view.state["selection"]["runs"] == [[2, 0, 1]])
    timeline.selection = "Lo-fi"
    view.until(lambda: view.state["selection"]["runs"] == [[1, 0, 0]])
    timeline.selection = None
    view.until(lambda: view.state["selection"]["runs"] == [])
    assert timeline.selection.empty
    with pytest.raises(nw.InvalidInput):
        timeline.selection = (9, 9)


def test_a_draft_set_by_code_is_shown_and_can_be_undone(open_timeline):
    timeline, view = open_timeline()
    seen = []
    timeline.observe(lambda change: seen.append(change["new"]), "draft")
    timeline.draft = timeline.draft.set_volume("Lo-fi", 0.1).to_json()
    view.until(lambda: view.state["edits"]["edited"])
    view.until(lambda: view.state["draft"]["tracks"][1]["segments"][0][4] == 0.1)
    view.edit("undo")
    view.until(lambda: len(seen) == 2)
    assert timeline.draft.raw == RAW


def test_what_an_observer_sets_is_an_edit_too(open_timeline):
    timeline, view = open_timeline()

    def louder(change):
        if change["new"].tracks[1].segments[0].volume == 0.1:
            timeline.draft = change["new"].set_volume("Lo-fi", 0.2)
            timeline.selection = "Lo-fi"

    timeline.observe(louder, "draft")
    view.edit("set", [(1, 0)], volume="0.1")
    view.until(lambda: view.state["draft"]["tracks"][1]["segments"][0][4] == 0.2)
    view.until(lambda: view.state["selection"]["runs"] == [[1, 0, 0]])
    assert view.state["edits"]["undo"] == 2


def test_an_observer_that_fails_is_told_and_stops_nothing(open_timeline):
    timeline, view = open_timeline()
    timeline.observe(lambda _change: 1 / 0, "draft")
    assert view.edit("remove", [(2, 1)])["error"] is None
    view.until(lambda: view.state["notice"])
    assert "ZeroDivisionError" in view.state["notice"]["message"]
    assert len(timeline.timeline) == 4


def test_what_is_gone_is_selected_no_more(open_timeline):
    timeline, view = open_timeline()
    for gone in (
        lambda: view.edit("remove", [(2, 1)]),
        lambda: setattr(timeline, "draft", timeline.draft.remove((2, 0))),
    ):
        where = [2, len(timeline.draft.tracks[2].segments) - 1]
        timeline.selection = tuple(where)
        view.until(lambda where=where: view.state["selection"]["runs"] == [[*where, where[1]]])
        gone()
        view.until(lambda: view.state["selection"]["runs"] == [])
        view.until(lambda: timeline.selection.empty)


def test_an_observer_that_takes_its_time_holds_up_no_edit(open_timeline, monkeypatch):
    monkeypatch.setattr(editing, "_OBSERVERS_S", 0.1)
    go_on, seen = threading.Event(), []
    timeline, view = open_timeline()
    timeline.observe(lambda change: (go_on.wait(600), seen.append(change["new"].tracks[1].segments[0].volume)), "draft")
    for volume in ("0.1", "0.2", "0.3"):
        assert view.edit("set", [(1, 0)], volume=volume)["error"] is None
    assert not seen, "it still takes its time"
    go_on.set()
    view.until(lambda: seen == [0.1, 0.2, 0.3])
    assert timeline.draft.tracks[1].segments[0].volume == 0.3


def test_ten_thousand_segments_go_once_and_their_edits_are_short(open_timeline):
    segments = [
        {"id": f"s{n}", "d": 1000, "m": {"name": f"clip {n}", "src": f"http://h/{n}.mp4", "kind": "video"}}
        for n in range(10_000)
    ]
    timeline, view = open_timeline({"d": 10_000_000, "t": [{"tt": 0, "sg": segments}]})
    assert max(view.sizes) < 80 * len(segments)
    before = len(view.sizes)
    assert view.edit("trim", [(0, 5)], end=5200)["error"] is None  # all that follow start earlier
    assert view.edit("move", [(0, 9000)], before=[0, 20])["error"] is None
    assert view.edit("undo")["error"] is None
    view.say(kind="select", id="page", number=1, runs=[[0, 0, 9_999]])
    view.until(lambda: len(timeline.selection) == 10_000)
    assert view.spans(0)[-1] == (9_998_200, 9_999_200)
    assert sorted(view.sizes[before:])[-3] < 4000, "only a move over thousands of clips (and back) sends these again"


def test_local_sound_gets_a_waveform(open_timeline, tmp_path):
    path = tmp_path / "tone.wav"
    tone = np.sin(np.arange(16_000) / 5) * np.linspace(0, 30_000, 16_000)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(tone.astype("<i2").tobytes())
    sounds = [{"d": 2000, "m": {"src": str(path)}}, {"d": 100, "m": {"src": "http://127.0.0.1:9/secret.mp3"}}]
    _, view = open_timeline({"t": [{"tt": 1, "sg": sounds}]})
    view.until(lambda: view.state["peaks"])
    ((source, told),) = view.state["peaks"].items()
    assert source == str(path)
    assert told["ms"] == 50
    assert len(told["levels"]) == 40
    assert told["levels"][0] < told["levels"][20] < told["levels"][-1]


def test_sound_whose_rate_changes_or_that_is_no_number_has_a_waveform(tmp_path):
    joined = tmp_path / "joined.mp3"
    joined.write_bytes(b"".join(_mp3(rate) for rate in (44_100, 22_050)))
    assert len(peaks(str(joined))["levels"]) > 30
    odd = tmp_path / "odd.wav"
    with av.open(odd, "w") as container:
        stream = container.add_stream("pcm_f32le", rate=8000, layout="mono")
        sound = np.repeat(np.float32([0.5, np.nan, np.inf]), 4000)[None]
        frame = av.AudioFrame.from_ndarray(sound, format="flt", layout="mono")
        frame.sample_rate = 8000
        container.mux([*stream.encode(frame), *stream.encode(None)])
    levels = peaks(str(odd))["levels"]
    assert (levels[5], levels[15], levels[25]) == ("O", "0", "o")


def _mp3(rate):
    made = io.BytesIO()
    with av.open(made, "w", format="mp3", options={"write_xing": "0", "id3v2_version": "0"}) as container:
        stream = container.add_stream("mp3", rate=rate, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.sin(np.arange(rate, dtype="float32") / 9)[None], "fltp", "mono")
        frame.sample_rate = rate
        container.mux([*stream.encode(frame), *stream.encode(None)])
    return made.getvalue()


def test_a_page_without_a_kernel_shows_a_picture(open_timeline):
    timeline, _ = open_timeline()
    data, _ = timeline._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert data["text/html"].startswith('<img alt="Trip. Timeline (3 tracks)')


def test_a_new_draft_of_the_service_costs_no_local_edit():
    base, mine, theirs = (nw.Draft(RAW), nw.Draft(RAW).set_volume("Lo-fi", 0), nw.Draft(RAW).remove("Bye"))
    edits = LocalEdits(base)
    edits.record(mine)
    edits.take(base)  # it only looked
    assert (edits.draft, edits.theirs) == (mine, None)
    edits.take(theirs)
    assert (edits.draft, edits.theirs) == (mine, theirs)
    edits.take(base)  # it has taken that back
    assert (edits.draft, edits.theirs) == (mine, None)
    edits.take(theirs)
    edits.choose(theirs=True)
    assert (edits.draft, edits.edited) == (theirs, False)
    assert edits.undo().draft == mine, "chosen by mistake"
    edits = LocalEdits(base)
    edits.record(mine)
    edits.take(theirs)
    edits.choose(theirs=False)
    assert (edits.draft, edits.base, edits.edited) == (mine, theirs, True)
    edits = LocalEdits(base)
    edits.record(mine)
    edits.take(theirs, handed_over=True)
    assert (edits.draft, edits.edited) == (theirs, False)
    edits.record(mine)
    edits.take(None)  # the session is gone
    assert (edits.draft, edits.edited) == (mine, True)


def test_a_conflict_is_told_and_settled_by_a_view(open_timeline):
    timeline, view = open_timeline()
    view.edit("set", [(1, 0)], volume="0")
    wait(timeline._editing.take(nw.Draft(RAW).remove("Bye")))
    view.until(lambda: view.state["edits"]["theirs"])
    assert view.state["edits"]["theirs"] == ["Title removed: “Bye” (4–5 s)"]
    assert len(timeline.timeline) == 5
    assert view.edit("words")["words"] == ["Music volume 35% → 0%"]
    view.edit("theirs")
    assert len(timeline.timeline) == 4
    assert view.state["edits"]["theirs"] is None


def test_edits_sent_as_words_make_way_for_the_answer(open_timeline):
    timeline, view = open_timeline()
    view.edit("set", [(1, 0)], volume="0")
    view.edit("hand-over", turn="t7")
    answer = nw.Draft(RAW).set_volume("Lo-fi", 0.01)
    wait(timeline._editing.take(answer, turn="t7"))
    assert timeline.draft == answer
    view.until(lambda: not view.state["edits"]["edited"])
