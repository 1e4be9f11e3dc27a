"""What a view sends while a cell blocks: handled at once where the kernel has subshells, else when the cell is done."""

from __future__ import annotations

import io

import pytest
from PIL import Image

SLICE = 4096
BLOCK = """
from pathlib import Path
import time
while not Path("go").exists():
    time.sleep(0.02)
"""


@pytest.fixture(scope="module")
def photo() -> bytes:
    made = io.BytesIO()
    Image.effect_noise((160, 90), 60).convert("RGB").save(made, "JPEG", quality=95)
    assert made.tell() > 2 * SLICE
    return made.getvalue()


@pytest.fixture
def editor(kernel):
    """An editor in the kernel and a view of it."""
    (kernel.folder / "go").unlink(missing_ok=True)
    before = set(kernel.comms)
    kernel.run_all("import nemo_widgets as nw\neditor = nw.Editor()\neditor")
    return next(comm for id_, comm in kernel.comms.items() if id_ not in before and "_esm" in comm.state)


@pytest.mark.parametrize("code_before", [False, True], ids=["view only", "after code used it"])
def test_a_view_is_served_while_a_cell_blocks(kernel, editor, photo, code_before):
    subshell = kernel.create_subshell() if kernel.has_subshells() else None

    def tell(content, *buffers):
        kernel.tell(editor, content, *buffers, subshell=subshell)

    def stands(key, item_id, *states):
        return any(item["id"] == item_id and item["state"] in states for item in editor.patched().get(key, []))

    def go():
        (kernel.folder / "go").touch()

    tell({"kind": "ready"})
    kernel.until(lambda: editor.patched().get("backend", {}).get("status") == "ready", what="the studio")
    if code_before:
        (kernel.folder / "code.jpg").write_bytes(photo)
        kernel.run_all("nw.run(editor.upload('code.jpg'))\nNone", "await editor.send('make a 2 second video')\nNone")
    cell = kernel.begin(BLOCK)
    if subshell is None:
        go()
    begin = {"kind": "upload-begin", "id": "f1", "name": "a.jpg", "head": None}
    tell({**begin, "size": len(photo), "slice_bytes": SLICE})
    kernel.until(lambda: editor.of("upload-ready"), what="upload-ready")
    count = -(-len(photo) // SLICE)
    for index in reversed(range(count)):
        tell({"kind": "upload-slice", "id": "f1", "index": index}, photo[index * SLICE : (index + 1) * SLICE])
    kernel.until(lambda: editor.of("upload-end"), what="upload-end")
    assert editor.of("upload-end")[0]["error"] is None
    assert sorted(message["index"] for message in editor.of("upload-ack")) == list(range(count))
    kernel.until(lambda: stands("assets", "f1", "ready"), what="the file at the service")

    tell({"kind": "prompt", "id": "t1", "text": "make a 1 second video"})

    kernel.until(lambda: stands("turns", "t1", "done", "failed"), what="the answer")
    assert stands("turns", "t1", "done")
    kernel.until(lambda: (editor.patched().get("draft") or {}).get("duration") == 1000, what="the draft")
    assert cell.ended == (subshell is None)
    go()
    assert kernel.finish(cell) == ""
    assert kernel.run_all("print(editor.draft.duration)") == ["1000\n"]


def test_a_prompt_and_a_cell_at_once(kernel, editor):
    """A view's prompt while a blocking cell talks to the same editor: both are answered, one after the other."""
    subshell = kernel.create_subshell() if kernel.has_subshells() else None
    kernel.run_all("from PIL import Image\nImage.new('RGB', (160, 90), '#c33').save('red.jpg')")
    cell = kernel.begin(
        "nw.run(editor.upload('red.jpg'))\nprint(nw.run(editor.send('make a 1 second video')).draft.duration)"
    )
    kernel.tell(editor, {"kind": "ready"}, subshell=subshell)
    kernel.finish(cell)
    kernel.tell(editor, {"kind": "prompt", "id": "t2", "text": "add a title that says 'Both'"}, subshell=subshell)
    kernel.until(
        lambda: any(turn["id"] == "t2" and turn["state"] == "done" for turn in editor.patched().get("turns", []))
    )
    assert cell.shown == "1000\n"
    shown = kernel.run_all(
        "import asyncio\nwhile 'text' not in set(editor.timeline['kind']): await asyncio.sleep(0.02)",  # it comes after
        "print(editor.timeline['text'].dropna().tolist())",
    )
    assert shown == ["", "['Both']\n"]
