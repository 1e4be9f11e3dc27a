"""Edits made in the editor, sent as sentences: the agent makes the same draft of them."""

from __future__ import annotations

import pathlib
import sys

import pytest

from nemo_widgets.draft.model import Draft
from nemo_widgets.widgets.gestures import edited

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from talking import promo, say

HEADINGS = {"en": "Please change the timeline like this:", "zh": "请这样修改时间线："}
# Clips of the draft: five photos of 4.4 s, a clip of 8 s; music; a title of 3 s.
GESTURES = {
    "music volume": ("set", (1, 0), {"volume": "20%"}),
    "clip volume": ("set", (0, 5), {"volume": "0.5"}),
    "title later": ("set", (2, 0), {"start": "2"}),
    "title says": ("set", (2, 0), {"text": "New “quoted”, words"}),
    "renamed": ("set", (0, 0), {"name": "City"}),
    "shorter photo": ("set", (0, 0), {"duration": "2"}),
    "longer photo": ("trim", (0, 1), {"end": 9_000}),
    "clip without its head": ("trim", (0, 5), {"start": 24_500}),
    "music trimmed": ("trim", (1, 0), {"start": 3_330, "end": 9_990}),
    "photo removed": ("remove", (0, 0), {}),
    "music removed": ("remove", (1, 0), {}),
    "title removed": ("remove", (2, 0), {}),
    "another order": ("move", (0, 0), {"after": (0, 2)}),
}


def seen(raw):
    """Return what is seen and heard of a draft: without what the agent notes down for later arrangements."""
    draft = Draft(raw)
    noted = ("place", "length", "own")
    return draft.duration, [
        (track.kind, one.start, one.duration, {key: value for key, value in one.raw["m"].items() if key not in noted})
        for track in draft.tracks
        for one in track.segments
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("gesture", GESTURES)
async def test_what_is_edited_by_hand_arrives_as_words(gesture, language):
    op, where, values = GESTURES[gesture]
    draft = await promo()
    after, _ = edited(Draft(draft), op, [where], values)
    sentences = Draft(draft).diff(after, language=language).sentences
    assert sentences
    made, told, _ = await say("\n- ".join([HEADINGS[language], *sentences]), draft=draft)
    assert seen(made) == seen(after.raw)
    assert told == ("时间线已按您的修改更新。" if language == "zh" else "The timeline is now as you edited it.")


async def test_several_edits_by_hand_are_all_made():
    draft = await promo()
    after = Draft(draft)
    for op, where, values in (
        ("remove", (0, 1), {}),
        ("set", (1, 0), {"volume": "80%"}),
        ("set", (2, 0), {"text": "Hi"}),
        ("set", (0, 2), {"duration": "1.5"}),
    ):
        after, _ = edited(after, op, [where], values)
    sentences = Draft(draft).diff(after).sentences
    made, _, _ = await say("\n- ".join([HEADINGS["en"], *sentences]), draft=draft)
    assert seen(made) == seen(after.raw)


async def test_a_moved_title_stays_where_it_was_put_when_the_video_gets_longer():
    draft = await promo()
    made, _, _ = await say(f"{HEADINGS['en']}\n- “Old” moved from 0–3 s to 2–5 s", draft=draft)
    longer, _, _ = await say("make it 60 seconds", draft=made)
    (title,) = (one for track in longer["t"] if track["tt"] == 7 for one in track["sg"])
    assert (title["st"], title["d"]) == (2_000, 3_000)


async def test_a_sentence_that_finds_nothing_is_named_and_the_others_are_done():
    draft = await promo()
    made, told, _ = await say(
        f"{HEADINGS['en']}\n- Music volume 35% → 20%\n- Clip removed: “tokyo.jpg” (0–3 s)\n- make me laugh", draft=draft
    )
    assert Draft(made).tracks[1].segments[0].volume == 0.2
    assert "“Clip removed: “tokyo.jpg” (0–3 s)”" in told
    assert "“make me laugh”" in told


async def test_where_nothing_is_found_nothing_changes():
    draft = await promo()
    made, told, _ = await say(f"{HEADINGS['en']}\n- Music volume 90% → 20%", draft=draft)
    assert made is None
    assert "I changed nothing" in told
    made, told, _ = await say(f"{HEADINGS['en']}\n- Music volume 90% → 20%")
    assert made is None
    assert "I changed nothing" in told
