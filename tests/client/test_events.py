"""Answers as typed events: real servers' bytes, all three wire shapes, text shown once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemo_widgets.client.events import (
    EventReader,
    ServiceError,
    StateDelta,
    TextDelta,
    ToolCall,
    ToolResult,
    UnknownEvent,
    is_keep_alive,
)
from nemo_widgets.client.sse import ServerSentEvent, SSEDecoder

ADK = Path(__file__).parents[1] / "data" / "adk"

TRACKS = [
    {"tt": 0, "sg": [{"d": 10000, "m": {"name": "clip.mp4"}}]},
    {"tt": 1, "sg": [{"d": 10000, "m": {"name": "bgm.mp3", "vol": 0.35}}]},
    {"tt": 7, "sg": [{"d": 3000, "m": {"text": "片头 · Title"}}]},
]
UNICODE = (
    "naïve café — 你好，世界 🎬🧑\u200d🎤 \u202bRTL\u202c LS[\u2028] PS[\u2029] NEL[\x85] VT[\x0b] FF[\x0c] "
    "FS[\x1c] GS[\x1d] RS[\x1e] DEL[\x7f] BOM[\ufeff] NUL[\x00] ESC[\x1b] CR[\r] LF[\n] CRLF[\r\n] "
    'TAB[\t] quote["] back[\\] astral[𝄞]'
)


def a_draft(rev: int = 1) -> dict:
    return {"rev": rev, "d": 10000, "m": {"title": f"Draft {rev}"}, "t": TRACKS}


WORDS = [TextDelta("word0 "), TextDelta("word1 "), TextDelta("word2 ")]
EXPECTED = {
    "adk1.18-boom-at-1-newline__plain": [TextDelta("event 0 before the exception"), ServiceError("", "first line")],
    "adk1.18-boom-at-1-quote__plain": [
        TextDelta("event 0 before the exception"),
        ServiceError("", 'tool said "no" \\ path C:\\tmp'),
    ],
    "adk1.18-stream__stream": WORDS,
    "adk2.13-artifact__plain": [TextDelta("saved a poster")],
    "adk2.13-boom-at-1-quote__plain": [
        TextDelta("event 0 before the exception"),
        ServiceError("ValueError", 'ValueError: tool said "no" \\ path C:\\tmp'),
    ],
    "adk2.13-boom-at-2__plain": [
        TextDelta("event 0 before the exception"),
        TextDelta("event 1 before the exception"),
        ServiceError("RuntimeError", "RuntimeError: boom in the agent"),
    ],
    "adk2.13-draft-n-2__plain": [
        StateDelta({"draft": a_draft(rev), "video_infos": [{"name": "clip.mp4", "duration": 10.0}]}) for rev in (1, 2)
    ],
    "adk2.13-empty__plain": [],
    "adk2.13-llm-silent__plain": [
        ToolCall("edit_draft", {"op": "mute"}),
        ToolResult("edit_draft", {"status": "success", "op": "mute", "rev": 1}),
        StateDelta({"draft": a_draft()}),
        ServiceError(
            "MODEL_RETURNED_NO_CONTENT", "The model returned no content (finish_reason=STOP with empty parts)."
        ),
    ],
    "adk2.13-llm-think__stream": [TextDelta("Here "), TextDelta("it is.")],
    "adk2.13-llm-tool__stream": [
        TextDelta("Let me "),
        TextDelta("edit that. "),
        ToolCall("edit_draft", {"op": "trim"}),
        ToolResult("edit_draft", {"status": "success", "op": "trim", "rev": 1}),
        StateDelta({"draft": a_draft()}),
        TextDelta("Done: "),
        TextDelta("trimmed."),
    ],
    "adk2.13-odd__plain": [
        TextDelta("part one, part two"),
        ToolCall("noop", {}),
        TextDelta("answer"),
        ServiceError("SAFETY", 'blocked: "reason"\nline 2'),
        TextDelta("text AND error"),
        ServiceError("MAX_TOKENS", ""),
        ServiceError("", "message without a code"),
        TextDelta("custom"),
        UnknownEvent({"codeExecutionResult": {"outcome": "OUTCOME_OK", "output": "42\n"}}),
        UnknownEvent({"fileData": {"fileUri": "https://example.invalid/v.mp4", "mimeType": "video/mp4"}}),
        StateDelta({"snake_key": {"inner_key": None, "n": 1.0, "big": 9223372036854775808}}),
        TextDelta("the end"),
    ],
    "adk2.13-silent__plain": [
        ToolCall("edit_draft", {"op": "trim", "to": 15}),
        ToolResult("edit_draft", {"status": "success", "segments": 3}),
        StateDelta({"draft": a_draft()}),
    ],
    "adk2.13-stream__plain": [TextDelta("word0 word1 word2 ")],
    "adk2.13-stream__stream": WORDS,
    "adk2.13-tool__plain": [
        ToolCall("edit_draft", {"op": "trim", "to": 15}),
        ToolResult("edit_draft", {"status": "success", "segments": 3}),
        StateDelta({"last_op": "trim"}),
        TextDelta("I trimmed the clip to 15 seconds."),
    ],
    "adk2.13-unicode__plain": [TextDelta(UNICODE)],
}


def read(*frames: object, event: str = "message") -> list:
    reader = EventReader()
    texts = [frame if isinstance(frame, str) else json.dumps(frame) for frame in frames]
    return [found for text in texts for found in reader.read(ServerSentEvent(event, text))]


@pytest.mark.parametrize("path", sorted(ADK.glob("*.sse")), ids=lambda path: path.stem)
def test_what_real_servers_send(path):
    decoder, reader = SSEDecoder(), EventReader()
    assert [event for frame in decoder.feed(path.read_bytes()) for event in reader.read(frame)] == EXPECTED[path.stem]


def adk(text: str | None = None, *, partial: bool | None = None, **more: object) -> dict:
    event: dict = {"invocationId": "e-1", "author": "a", **more}
    if text is not None:
        event["content"] = {"parts": [{"text": text}]}
    if partial is not None:
        event["partial"] = partial
    return event


def text_of(events: list) -> str:
    return "".join(event.text for event in events if isinstance(event, TextDelta))


@st.composite
def answers(draw):
    """Messages of one to three voices, each sent whole or in pieces, interleaved with tool and state events."""
    voices = draw(st.integers(1, 3))
    queues: list[list[tuple[dict, str]]] = []
    for voice in range(voices):
        frames: list[tuple[dict, str]] = []
        for _ in range(draw(st.integers(0, 3))):
            whole = draw(st.text(alphabet="ab 你\u2028", min_size=1, max_size=12))
            who = {"author": f"author{voice}", "branch": draw(st.sampled_from([None, "b"]))}
            cuts = sorted(draw(st.lists(st.integers(0, len(whole)), max_size=4)))
            sent = 0
            for cut in cuts:
                if cut > sent:
                    frames.append((adk(whole[sent:cut], partial=True, **who), whole[sent:cut]))
                    sent = cut
            frames.append((adk(whole, partial=draw(st.sampled_from([False, None])), **who), whole[sent:]))
        queues.append(frames)
    order: list[tuple[dict, str]] = []
    while any(queues):
        order.append(draw(st.sampled_from([queue for queue in queues if queue])).pop(0))
        if draw(st.booleans()):
            noise = [
                adk(actions={"stateDelta": {"k": 1}}),
                adk("", partial=True),
                {"type": "heartbeat"},
                adk(turnComplete=True),
            ]
            order.append((draw(st.sampled_from(noise)), ""))
    return order


@given(answers())
def test_each_text_is_shown_once(answer):
    events = read(*(frame for frame, _ in answer))
    assert text_of(events) == "".join(new for _, new in answer)


def test_what_is_pending_at_the_end_is_real():
    assert text_of(read(adk("Half an ans", partial=True))) == "Half an ans"


def test_two_equal_answers_are_two_answers():
    assert text_of(read(adk("Done. ", id="same"), adk("Done. ", id="same"))) == "Done. Done. "


def test_a_whole_in_several_events_is_shown_once():
    frames = [adk("One. ", partial=True), adk("Two.", partial=True), adk("One. "), adk("Two.")]
    assert text_of(read(*frames)) == "One. Two."


def test_a_whole_without_its_last_space_is_the_same_text():
    assert text_of(read(adk("One. ", partial=True), adk("One."), adk("Two."))) == "One. Two."


def test_snake_case_and_nulls():
    events = read(
        {
            "invocation_id": "e",
            "partial": None,
            "content": {"parts": [{"function_call": {"name": "cut", "args": None}}, {"text": None}, None, 3]},
            "actions": {"state_delta": {"draft": None}},
            "error_code": "X",
            "error_message": None,
        },
        {"invocationId": None, "content": None, "actions": None, "partial": None},
    )
    assert events == [
        ToolCall("cut", {}),
        StateDelta({"draft": None}),
        ServiceError("X", ""),
        UnknownEvent(events[-1].data),
    ]


def test_function_calls_of_partial_events_are_left_out():
    call = {"content": {"parts": [{"functionCall": {"name": "cut", "args": {"to": 3}}}]}, "invocationId": "e"}
    assert read({**call, "partial": True}, call) == [ToolCall("cut", {"to": 3})]


def test_typed_events():
    assert read(
        {"type": "text", "content": "Hel"},
        {"type": "text", "content": "lo"},
        {"type": "tool_call", "name": "cut", "args": {"to": 3}},
        {"type": "tool_result", "name": "cut", "result": "ok"},
        {"type": "heartbeat"},
        {"type": "error", "code": 2001, "message": "no credits"},
        {"type": "confetti", "n": 3},
    ) == [
        TextDelta("Hel"),
        TextDelta("lo"),
        ToolCall("cut", {"to": 3}),
        ToolResult("cut", "ok"),
        ServiceError(2001, "no credits"),
        UnknownEvent({"type": "confetti", "n": 3}),
    ]


@pytest.mark.parametrize(
    ("event", "data"),
    [
        ("message", ""),
        ("message", "  "),
        ("message", "heartbeat"),
        ("message", '"heartbeat"'),
        ("message", "[DONE]"),
        ("message", '{"type": "heartbeat"}'),
        ("message", '{"type":"PING","n":3}'),
        ("heartbeat", "x"),
    ],
)
def test_keep_alives(event, data):
    assert is_keep_alive(ServerSentEvent(event, data))
    assert read(data, event=event) == []


@pytest.mark.parametrize("data", ["hello", "[1, 2]", "3", '{"odd": 1}', "{", '{"a":' * 2000])
def test_what_isnt_known_never_crashes(data):
    (event,) = read(data)
    assert isinstance(event, UnknownEvent)
    assert not is_keep_alive(ServerSentEvent("message", data))


@pytest.mark.parametrize(
    "forged",
    [
        {"content": {"parts": [{"text": "forged"}]}},
        {"content": {"parts": [{"text": "forged"}]}, "invocationId": "other"},
        {"type": "text", "content": "forged"},
        {"actions": {"stateDelta": {"draft": {}}}},
        {"error": "forged"},
        "forged",
        [1],
    ],
)
@pytest.mark.parametrize("error", ['{"error": "first line', {"error": "boom"}])
def test_after_an_error_frame_only_the_runs_own_events_count(forged, error):
    events = read(adk("real "), error, forged, adk("too"))
    assert [event for event in events if not isinstance(event, ServiceError)] == [TextDelta("real "), TextDelta("too")]
    assert len([event for event in events if isinstance(event, ServiceError)]) == 1


def test_before_any_run_nothing_after_an_error_frame_counts():
    assert read('{"error": "first line', adk("forged")) == [ServiceError("", "first line")]


def test_an_envelope_in_the_stream_is_an_error():
    assert read({"code": 2001, "message": "no credits", "data": None}) == [ServiceError(2001, "no credits")]
