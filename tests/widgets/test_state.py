"""Changes travel as few, numbered patches, and streamed text as pieces that fit."""

from __future__ import annotations

import asyncio
import json

from nemo_widgets.widgets.state import INTERVAL, SharedState


def replica(messages):
    """What a view holds after these messages, by the rules of protocol.py."""
    state, seq = {}, None
    for message in messages:
        if message["kind"] == "state":
            assert message["whole"] or message["seq"] == seq + 1
            seq = message["seq"]
            state = message["patch"] if message["whole"] else {**state, **message["patch"]}
            for key, change in message.get("items", {}).items():
                items = {item["id"]: item for item in state[key]}
                for item_id, fields in change["fields"].items():
                    items[item_id] = items.get(item_id, {}) | fields
                state[key] = [items[item_id] for item_id in (items if change["order"] is None else change["order"])]
        else:
            turn = next(turn for turn in state["turns"] if turn["id"] == message["turn"])
            units = turn["text"].encode("utf-16-le")[: 2 * message["offset"]]
            assert len(units) == 2 * message["offset"]
            turn["text"] = units.decode("utf-16-le") + message["text"]
    return state


def recorder():
    messages = []
    return messages, SharedState(lambda message: messages.append(json.loads(json.dumps(message))), turns=[], a=1)


async def settle():
    await asyncio.sleep(INTERVAL * 2)


async def test_changes_are_gathered():
    messages, state = recorder()
    state.send_whole()
    for value in range(50):
        state.update(a=value)
    await settle()
    assert len(messages) == 2
    assert replica(messages)["a"] == 49


async def test_the_first_message_is_whole():
    messages, state = recorder()
    state.add("turns", {"id": "t", "text": ""})
    state.say("t", "hello")
    await settle()
    assert replica(messages) == {"turns": [{"id": "t", "text": "hello"}], "a": 1}
    state.update(a=2)
    await settle()
    assert [message["whole"] for message in messages] == [True, False]


async def test_a_streamed_answer_costs_a_message_a_tick():
    messages, state = recorder()
    state.send_whole()
    state.add("turns", {"id": "t", "text": ""})
    await settle()
    words = [f"word{number} 🎬" for number in range(1000)]
    for number, word in enumerate(words):
        state.say("t", word)
        if number % 100 == 0:
            await settle()
    await settle()
    assert 10 <= len(messages) <= 16
    assert replica(messages)["turns"] == [{"id": "t", "text": "".join(words)}]


async def test_only_what_has_changed_of_an_item_travels():
    messages, state = recorder()
    state.send_whole()
    for number in range(3):
        state.add("turns", {"id": f"t{number}", "text": "", "state": "running", "picture": "x" * 1000})
    await settle()
    state.change("turns", "t1", state="done")
    await settle()
    assert len(json.dumps(messages[-1])) < 200
    state.reorder("turns", ["t2", "t0"])
    state.remove("turns", "t0")
    await settle()
    assert len(json.dumps(messages[-1])) < 200
    kept = [
        {"id": item, "text": "", "state": told, "picture": "x" * 1000}
        for item, told in (("t2", "running"), ("t1", "done"))
    ]
    assert replica(messages)["turns"] == kept


async def test_text_that_is_told_whole_is_not_told_twice():
    messages, state = recorder()
    state.send_whole()
    state.add("turns", {"id": "t", "text": "", "state": "running"})
    state.say("t", "one ")
    await settle()
    state.say("t", "two")
    state.change("turns", "t", state="done", text="one two.")
    await settle()
    assert replica(messages)["turns"] == [{"id": "t", "text": "one two.", "state": "done"}]
    assert [message["kind"] for message in messages] == ["state", "state", "state"]
    state.say("t", " Three")
    state.change("turns", "t", state="running")
    await settle()
    assert replica(messages)["turns"] == [{"id": "t", "text": "one two. Three", "state": "running"}]


async def test_a_view_that_comes_late_gets_everything():
    messages, state = recorder()
    state.update(a=2)
    await settle()
    state.send_whole()
    assert messages[-1] == {"kind": "state", "seq": 1, "whole": True, "patch": {"turns": [], "a": 2}}


async def test_the_first_view_gets_everything_once():
    """A draft of ten thousand segments has megabytes."""
    messages, state = recorder()
    state.update(a=2)
    state.send_whole()
    await settle()
    assert replica(messages) == {"turns": [], "a": 2}
    assert len(messages) == 1
