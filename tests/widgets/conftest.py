"""An editor with a real studio, and a stand-in for its browser that keeps the rules of protocol.py."""

from __future__ import annotations

import asyncio
import json
import threading
import time

import pytest
from PIL import Image

import nemo_widgets as nw
from nemo_widgets.loop import wait
from nemo_widgets.studio.conversation import Conversation

SLICE = 50_000


def _patched(before, change):
    """Return a draft's view as a patch tells it."""

    def whole(part, old):
        if isinstance(part, list):
            return part
        return [*old[: part["head"]], *part["items"], *old[len(old) - part["tail"] :]]

    olds = [track["segments"] for track in before["tracks"]] if before else []
    return {
        **change,
        "sources": whole(change["sources"], before["sources"] if before else []),
        "tracks": [
            {**track, "segments": whole(track["segments"], olds[number] if number < len(olds) else [])}
            for number, track in enumerate(change["tracks"])
        ],
    }


class View:
    """What a browser would hold of an editor, and what it would send."""

    def __init__(self, editor):
        self.editor = editor
        self.messages = []
        self.buffers = []
        self.state = {}
        wait(self.look())
        self.say(kind="ready")
        self.until(lambda: self.state and self.state.get("backend", {}).get("status") in (None, "ready", "failed"))

    async def look(self):
        """Begin to take what is sent; what waits to be sent goes before, or the whole state might come twice."""
        self.editor._desk.state.flush()
        self.editor._desk.send = self.editor._desk.state._send = self.take

    def take(self, message, buffers=None):
        message = json.loads(json.dumps(message))
        self.messages.append(message)
        self.buffers += buffers or []
        if message["kind"] == "state" and (self.state or message["whole"]):
            patch = message["patch"]
            if patch.get("draft") and not message["whole"]:
                patch["draft"] = _patched(self.state.get("draft"), patch["draft"])
            state = self.state | patch
            for key, change in message.get("items", {}).items():
                items = {item["id"]: item for item in state[key]}
                for item_id, fields in change["fields"].items():
                    items[item_id] = items.get(item_id, {}) | fields
                state[key] = [items[item_id] for item_id in (items if change["order"] is None else change["order"])]
            self.state = state  # at once: the test looks at it on another thread
        elif message["kind"] == "answer" and self.state:
            self.state = self.state | {"turns": [self._told(turn, message) for turn in self.state["turns"]]}

    def _told(self, turn, answer):
        """Return a turn with a piece of its text, whose place is told as JavaScript counts."""
        if turn["id"] != answer["turn"]:
            return turn
        before = turn["text"].encode("utf-16-le")[: 2 * answer["offset"]].decode("utf-16-le")
        return turn | {"text": before + answer["text"]}

    def say(self, *buffers, **message):
        self.editor._receive(self.editor, message, [memoryview(data) for data in buffers])

    def until(self, true):
        deadline = time.monotonic() + 300
        while not true():
            assert time.monotonic() < deadline, json.dumps(self.state, ensure_ascii=False)[:3000]
            time.sleep(0.01)

    def heard(self, kind, **fields):
        return [m for m in self.messages if m["kind"] == kind and fields.items() <= m.items()]

    def upload(self, file_id, name, data):
        self.say(kind="upload-begin", id=file_id, name=name, size=len(data), slice_bytes=SLICE, head=None)
        self.until(lambda: self.heard("upload-ready", id=file_id) or self.heard("upload-end", id=file_id))
        for index in reversed(range(-(-len(data) // SLICE))):
            piece = data[index * SLICE : (index + 1) * SLICE]
            self.say(piece, kind="upload-slice", id=file_id, index=index)
            self.say(piece, kind="upload-slice", id=file_id, index=index)

    def asset(self, file_id):
        return next((asset for asset in self.state["assets"] if asset["id"] == file_id), {"state": "unknown"})

    def turn(self, turn_id, text):
        self.say(kind="prompt", id=turn_id, text=text)
        under_way = ("running", "queued")
        found = lambda: [t for t in self.state["turns"] if t["id"] == turn_id and t["state"] not in under_way]  # noqa: E731
        self.until(found)
        # Code hears of a draft on a thread of its own, perhaps a moment after the views.
        self.until(lambda: self.editor.draft == self.editor._bench.draft)
        return found()[0]


@pytest.fixture(scope="session")
def studio(tmp_path_factory):
    with nw.Studio(tmp_path_factory.mktemp("studio")) as started:
        yield started


@pytest.fixture
def editor(studio):
    made = nw.Editor(studio.url, token=studio.token)
    yield made
    wait(made._close())  # or what it still keeps would come into the next test's folder
    made.close()


@pytest.fixture
def go_on(monkeypatch):
    """Let the studio stop after the first words of an answer, until this event is set."""
    may = threading.Event()
    pieces = Conversation._pieces

    async def held(conversation, wire, text):
        async for frame in pieces(conversation, wire, text):
            yield frame
            while not may.is_set():
                await asyncio.sleep(0.01)

    monkeypatch.setattr(Conversation, "_pieces", held)
    yield may
    may.set()


@pytest.fixture
def open_view():
    return View


@pytest.fixture
def open_part():
    return View


@pytest.fixture
def view(editor):
    return View(editor)


@pytest.fixture
def photo(tmp_path):
    """Bytes of a photo that is not flat, so that it has several slices."""
    path = tmp_path / "photo.jpg"
    Image.effect_noise((640, 480), 80).convert("RGB").save(path, quality=95)
    return path.read_bytes()


@pytest.fixture
def patched():
    return _patched
