""" "Run All" queues every cell at once; every cell must answer, awaited or blocking."""

from __future__ import annotations

PHOTOS = """
from pathlib import Path
from nemo_widgets.studio.samples import sample_photos
photos = sample_photos(Path("photos"), size=(320, 240))[:2]
"""
PROMPT = "make a 1-second video titled 'Run All' with calm music"


def test_awaited_cells(kernel):
    shown = kernel.run_all(
        "import nemo_widgets as nw\neditor = nw.Editor()\neditor",
        PHOTOS,
        "print(len(await editor.upload(*photos)))",
        f"reply = await editor.send({PROMPT!r})\nprint(bool(reply.text), bool(reply.changes))",
        "print(editor.timeline['kind'].tolist())",
        "video = await editor.export('out.mp4')\nprint(video.path.name, video.path.stat().st_size > 10_000)",
        "print(editor)",
    )
    assert shown[2] == "2\n"
    assert shown[3] == "True True\n"
    assert shown[4] == "['video', 'video', 'audio', 'text']\n"
    assert shown[5] == "out.mp4 True\n"
    assert shown[6].startswith("Editor(auto, 2 files, Timeline (3 tracks)")


def test_blocking_cells(kernel):
    shown = kernel.run_all(
        "import nemo_widgets as nw\neditor = nw.Editor()",
        PHOTOS,
        "print(len(nw.run(editor.upload(*photos))))",
        f"print(bool(nw.run(editor.send({PROMPT!r})).text))",
        "async def mine():\n    import asyncio\n    await asyncio.sleep(0.01)\n    return editor.draft.duration",
        "print(nw.run(mine()))",
        "client = nw.Client()\nsession = client.create_session()\nprint(len(session.upload(*photos)))",
        f"print(session.send({PROMPT!r}).draft.ready)",
        "print(nw.run(mine()))",
    )
    assert shown[2] == "2\n"
    assert shown[3:4] + shown[5:] == ["True\n", "1000\n", "2\n", "True\n", "1000\n"]


def test_observers_run_and_may_fail(kernel):
    shown = kernel.run_all(
        "import nemo_widgets as nw\neditor = nw.Editor()\nseen = []\n"
        "editor.observe(lambda change: seen.append(change['new'].duration), 'draft')",
        PHOTOS,
        "await editor.upload(*photos)\nNone",
        f"await editor.send({PROMPT!r})\nNone",
        "print(seen)",
    )
    assert shown[4] == "[1000]\n"


def test_bad_input_is_a_sentence_and_the_editor_goes_on(kernel):
    shown = kernel.run_all(
        "import nemo_widgets as nw\neditor = nw.Editor()\nopen('notes.txt', 'w').write('hello')",
        "await editor.export()",
        "await editor.send('  ')",
        "await editor.upload('nowhere.jpg')",
        "await editor.upload('notes.txt')",
        PHOTOS,
        "print(len(await editor.upload(*photos)))",
    )
    assert (
        shown[1]
        == "NothingToExport: There is nothing to export yet. Upload images or clips and say what video you want first."
    )
    assert shown[2].startswith("InvalidInput: The message is empty. Say what you want")
    assert shown[3].startswith("InvalidInput: There is no file nowhere.jpg. Check the path")
    assert shown[4].startswith("UnsupportedFile: notes.txt is not a file that can be used here. Take one of: mp4")
    assert shown[6] == "2\n"
