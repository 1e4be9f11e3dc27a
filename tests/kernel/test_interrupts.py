"""The stop button: the cell ends at once, the kernel goes on, and a paid edit is sent once."""

from __future__ import annotations

import time

import pytest

from .kernels import PATIENCE

PHOTO = """
from pathlib import Path
from PIL import Image
Image.new("RGB", (160, 90), "#c33").save("red.jpg")
"""
SLOW = "slowly make a 1 second video"

CALLS = {
    "blocking": f"session.send({SLOW!r})",
    "blocking stream": f"list(session.stream({SLOW!r}))",
    "run": f"nw.run(theirs.send({SLOW!r}))",
    "awaited": f"await theirs.send({SLOW!r})",
}


@pytest.mark.parametrize("call", CALLS)
def test_a_message(kernel, patient, call):
    studio, agent = patient
    shown = kernel.run_all(
        "import asyncio, time\nimport nemo_widgets as nw",
        PHOTO,
        f"client = nw.Client({studio.url!r}, {studio.token!r})\n"
        "session = client.create_session()\n"
        f"theirs = nw.AsyncClient({studio.url!r}, {studio.token!r}).session(session.id)\n"
        "session.upload('red.jpg')\nNone",
    )
    assert shown[2] == ""
    cell = kernel.begin(CALLS[call])
    after = kernel.begin("print('the kernel goes on')")
    wait_for(lambda: agent.prompts)
    interrupt(kernel, cell)
    assert kernel.finish(after) == "the kernel goes on\n"
    agent.may_answer.set()
    looks = "while not session.draft():\n    time.sleep(0.05)\nprint(session.draft().duration)"
    again = "print(bool(session.send(\"add a title that says 'More'\").changes))"
    assert kernel.run_all(looks, again) == ["1000\n", "True\n"], "the edit that was paid for arrives"
    assert agent.prompts == [SLOW, "add a title that says 'More'"]


def test_a_coroutine_of_the_users_own(kernel):
    kernel.run_all("import asyncio\nimport nemo_widgets as nw\nended = []")
    own = "async def own():\n    try:\n        print('begun')\n        await asyncio.Event().wait()\n    finally:\n        ended.append(1)"
    cell = kernel.begin(f"{own}\nnw.run(own())")
    kernel.until(lambda: "begun" in cell.shown)
    interrupt(kernel, cell)
    assert kernel.run_all("await asyncio.sleep(0)\nprint(ended)") == ["[1]\n"], "it doesn't go on in later cells"


def test_a_render_goes_on_at_the_service(kernel, patient):
    studio, _ = patient
    kernel.run_all(
        "import nemo_widgets as nw",
        PHOTO,
        f"client = nw.Client({studio.url!r}, {studio.token!r})\nsession = client.create_session()",
        "session.upload('red.jpg')\nsession.send('make a 5 minute video')\njob = session.render()",
    )
    cell = kernel.begin("print('begun')\njob.wait()")
    kernel.until(lambda: "begun" in cell.shown)
    interrupt(kernel, cell)
    shown = kernel.run_all("print(job.status().status)", "job.cancel()", "job.wait()")
    assert shown[0] in {"pending\n", "processing\n"}
    assert shown[2].startswith("RenderFailed: The export was cancelled.")


def interrupt(kernel, cell) -> None:
    """Press the stop button; the cell, which would go on for ever, ends (in 0.3 s on an idle machine)."""
    kernel.interrupt()
    kernel.finish(cell)
    assert cell.error in {"KeyboardInterrupt", "CancelledError"}, cell.shown


def wait_for(happened) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline, "it didn't happen"
        time.sleep(0.02)
