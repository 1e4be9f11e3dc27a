"""Edits of the studio's drafts go by what a segment is, whatever people call their files and titles."""

from __future__ import annotations

import pytest

from nemo_widgets import Draft
from nemo_widgets.studio import edits, titling


@pytest.fixture
def draft():
    shots = [edits.Shot("audio", "/clip.mp4", 4_000), edits.Shot("text", "/photo.jpg")]
    made = edits.arrange(edits.blank("Names"), shots, [4_000, 4_000])
    made = edits.set_music(made, "video", "/song.m4a")
    return titling.put(titling.put(made, "audio"), "audio", "end")


def volumes(draft):
    return {one["m"]["name"]: one["m"].get("volume") for kind in (0, 1) for one in edits.segments(draft, kind)}


def test_volumes_are_those_of_a_kind(draft):
    assert volumes(edits.set_volume(draft, edits.VIDEO, 0.0)) == {"audio": 0.0, "text": None, "video": 0.35}
    assert volumes(edits.set_volume(draft, edits.AUDIO, 0.1)) == {"audio": 1.0, "text": None, "video": 0.1}


def test_volumes_without_sound_leave_the_draft(draft):
    photos = edits.arrange(edits.blank("Still"), [edits.Shot("a", "/a.jpg")], [4_000])
    assert edits.set_volume(photos, edits.VIDEO, 0.5) == edits.set_volume(photos, edits.AUDIO, 0.5) == photos


def test_a_clip_says_how_long_its_file_is():
    shots = [edits.Shot("talk", "/talk.mp4", 12_000), edits.Shot("a", "/a.jpg")]
    made = edits.arrange(edits.blank("x"), shots, [20_000, 900])
    assert Draft(made).problems()["problem"].tolist() == ["out-of-range"]


def test_removing_the_music_leaves_clips_and_titles(draft):
    silent = edits.remove(draft, edits.AUDIO)
    assert [track["tt"] for track in silent["t"]] == [edits.VIDEO, edits.TEXT]
    assert silent["d"] == 8_000
    assert edits.remove(silent, edits.AUDIO) == silent


def test_one_of_two_titles_that_say_the_same(draft):
    changed = titling.put(draft, "The End", "end")
    assert [one["m"]["text"] for one in edits.segments(changed, edits.TEXT)] == ["audio", "The End"]
    assert [titling.place_of(one) for one in edits.segments(titling.dropped(draft, [0]), edits.TEXT)] == ["end"]
