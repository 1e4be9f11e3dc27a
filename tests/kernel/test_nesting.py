"""`nw.run` in notebooks where somebody patched the loop before: nest_asyncio 1.6, its continuation, or nobody."""

from __future__ import annotations

import pytest

from .kernels import Kernel

OWN = """
import asyncio
async def own():
    await asyncio.sleep(0.01)
    return "done", threading.current_thread().name
print(nw.run(own()))
"""
START = "import threading\nimport nemo_widgets as nw\nclient = nw.Client()\nsession = client.create_session()"
WARNING = "This notebook's event loop can't run nested, so the coroutine runs on the background loop."


@pytest.fixture
def fresh(python, tmp_path):
    """A kernel that nobody has patched yet."""
    started = Kernel(python, tmp_path)
    yield started
    started.stop()


def major(kernel) -> int:
    return int(kernel.run_all("import ipykernel\nprint(ipykernel.version_info[0])")[0])


def test_somebody_applied_nest_asyncio_1_6(fresh):
    shown = fresh.run_all(
        "import nest_asyncio\nnest_asyncio.apply()",
        START,
        OWN,
        "print(session.id == client.session(session.id).id, nw.run(own())[0])",
        "print(await own())",
    )
    assert shown[0] == ""
    if major(fresh) >= 7:  # there it wedges "Run All", so it isn't used
        assert WARNING in shown[2]
        assert "('done', 'nemo-widgets')\n" in shown[2]
    else:
        assert shown[2] == "('done', 'MainThread')\n"
    assert "True done\n" in shown[3]
    assert shown[4] == "('done', 'MainThread')\n"


def test_somebody_applied_nest_asyncio2(fresh):
    shown = fresh.run_all(
        "import nest_asyncio2\nnest_asyncio2.apply()",
        START,
        OWN,
        OWN,
        "print(nw.run(own())[0], session.draft())",
        "print(await own())",
    )
    assert shown[2] == shown[3] == shown[5] == "('done', 'MainThread')\n"
    assert shown[4] == "done None\n"
