"""Several prompts: they wait for one another, can be taken back, and one that fails asks before the next is said."""

from __future__ import annotations

import asyncio
import contextlib
import json

import pytest

import nemo_widgets as nw
from nemo_widgets.errors import StreamInterrupted
from nemo_widgets.loop import submit
from nemo_widgets.studio.conversation import Conversation

FIRST = "make a 4-second video titled 'One' with calm music"


@pytest.fixture
def loaded(view, photo):
    view.upload("f", "photo.jpg", photo)
    view.until(lambda: view.asset("f")["state"] == "ready")
    return view


def states(view):
    return {turn["id"]: turn["state"] for turn in view.state["turns"]}


def said(view):
    return [turn["prompt"] for turn in view.state["turns"] if turn["state"] == "done"]


def test_prompts_wait_and_are_said_in_order(loaded, editor, go_on):
    prompts = [FIRST, "rename the title to 'Two'", "rename the title to 'Three'", "rename the title to 'Four'"]
    for number, prompt in enumerate(prompts):
        loaded.say(kind="prompt", id=f"t{number}", text=prompt)
        loaded.say(kind="prompt", id=f"t{number}", text=prompt)  # a view may ask twice
    loaded.until(lambda: list(states(loaded).values()) == ["running", "queued", "queued", "queued"])
    go_on.set()
    loaded.until(lambda: len(said(loaded)) == 4)
    assert said(loaded) == prompts
    loaded.until(lambda: "Four" in editor.draft.summary())  # code hears of it a moment later
    assert loaded.state["held"] is False


def test_an_answer_is_shown_as_it_comes(view, monkeypatch):
    """Each piece of it is said when the one before it was shown."""
    pieces, said = Conversation._pieces, []

    async def closely(conversation, wire, text):
        async for frame in pieces(conversation, wire, text):
            yield frame
            said.append(json.loads(frame.removeprefix(b"data: "))["content"]["parts"][0]["text"])
            while "".join(said) not in [turn["text"] for turn in view.state["turns"]]:
                await asyncio.sleep(0.01)

    monkeypatch.setattr(Conversation, "_pieces", closely)
    turn = view.turn("t1", "what can you do?")
    assert len(said) > 1
    assert "".join(said).strip() == turn["text"]


def test_one_that_waits_is_taken_back(loaded, editor, go_on):
    for number, prompt in enumerate([FIRST, "rename the title to 'Two'", "rename the title to 'Three'"]):
        loaded.say(kind="prompt", id=f"t{number}", text=prompt)
        loaded.until(lambda number=number: f"t{number}" in states(loaded))
    loaded.say(kind="stop", id="t1")
    loaded.until(lambda: states(loaded) == {"t0": "running", "t2": "queued"})
    go_on.set()
    loaded.until(lambda: states(loaded).get("t2") == "done")
    loaded.until(lambda: "Three" in editor.draft.summary())


@pytest.mark.parametrize("choice", ["queue-go", "queue-clear"])
def test_a_stopped_one_holds_those_that_wait(loaded, editor, monkeypatch, choice):
    hold_one_back(loaded, editor, monkeypatch)
    assert states(loaded) == {"t1": "stopped", "t2": "queued"}
    loaded.say(kind=choice)
    loaded.until(lambda: states(loaded).get("t2") == ("done" if choice == "queue-go" else None))
    assert loaded.state["held"] is False


def test_what_is_said_meanwhile_does_not_wait_for_the_choice(loaded, editor, monkeypatch):
    hold_one_back(loaded, editor, monkeypatch)
    assert loaded.turn("t3", FIRST)["state"] == "done"
    assert states(loaded)["t2"] == "queued"
    assert loaded.state["held"] is True


def test_one_that_is_stopped_before_it_began_is_stopped(loaded, editor):
    async def both():
        await editor._start({"kind": "prompt", "id": "t1", "text": FIRST})
        await editor._start({"kind": "stop", "id": "t1"})

    submit(both()).result(60)
    loaded.until(lambda: states(loaded) == {"t1": "stopped"})
    assert loaded.turn("t2", FIRST)["state"] == "done"


def test_stopping_one_stops_no_other(loaded, editor, go_on):
    first = submit(editor.send(FIRST))
    second = submit(editor.send("rename the title to 'Two'"))
    loaded.until(lambda: len(loaded.state["turns"]) == 2)
    later = next(turn["id"] for turn in loaded.state["turns"] if turn["prompt"] != FIRST)
    loaded.say(kind="stop", id=later)
    with pytest.raises(StreamInterrupted):
        second.result(60)
    go_on.set()
    assert first.result(60).draft.duration == 4000
    assert "One" in editor.draft.summary()


@pytest.mark.parametrize(
    ("language", "text", "step"),
    [
        ("en", "show me the timeline", "Timeline → reading it"),
        ("en", "how many credits do I have left?", "Credits → looking them up"),
        ("zh", "查看积分", "积分 → 正在查询"),
    ],
)
def test_what_a_prompt_will_do_is_told(studio, open_view, language, text, step):
    editor = nw.Editor(studio.url, token=studio.token, language=language)
    try:
        assert open_view(editor).turn("t", text)["steps"] == [step]
    finally:
        editor.close()


def test_the_cost_of_an_edit_is_told(studio, open_view, photo):
    editor = nw.Editor(studio.url)  # with an anonymous account of its own, which has 100 credits
    try:
        view = open_view(editor)
        view.until(lambda: view.state["credits"])
        before = view.state["credits"]["available"]
        view.turn("t", "what can you do?")
        view.until(lambda: view.state["credits"]["spent"])
        assert view.state["credits"]["available"] + view.state["credits"]["spent"] == before
    finally:
        editor.close()


def hold_one_back(view, editor, monkeypatch):
    """Stop a prompt while the service doesn't answer, so that the one behind it is held; then it answers again."""

    @contextlib.asynccontextmanager
    async def silent():
        await asyncio.Event().wait()
        yield

    with monkeypatch.context() as patch:
        patch.setattr(editor._bench, "service", silent)
        view.say(kind="prompt", id="t1", text=FIRST)
        view.until(lambda: states(view).get("t1") == "running")
        view.say(kind="prompt", id="t2", text="what can you do?")
        view.until(lambda: states(view).get("t2") == "queued")
        view.say(kind="stop", id="t1")
        view.until(lambda: view.state["held"])
