"""The house keeps its shape: what may import what, what is public, and that importing it is light."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import nemo_widgets
from nemo_widgets.widgets.part import Part

PACKAGE = Path(nemo_widgets.__file__).parent
GROUND = {"errors", "settings", "loop", "progress", "disk", "notebook"}
# room → the rooms that it may import; dependencies point down only.
BELOW = {
    "widgets": {"client", "draft", "language"} | GROUND,
    "client": {"draft", "language"} | GROUND,
    "studio": {"draft", "language"} | GROUND,
    "draft": GROUND,
    "language": GROUND,
    "errors": {"settings", "sentences"},
    "sentences": set(),
    "disk": {"errors", "settings"},
    "settings": set(),
    "loop": set(),
    "progress": set(),
    "notebook": {"settings"},
}
# The one crossing: somebody has to start the embedded studio.
CROSSINGS = {("client/backends.py", "studio")}
TOP = {"__init__", "cli", "doctor", "lesson"}


def imports(path: Path) -> set[str]:
    """Return the rooms of the package that a file imports."""
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "nemo_widgets":
                rooms |= {alias.name for alias in node.names if not alias.name.startswith("_")}
            elif node.module.startswith("nemo_widgets."):
                rooms.add(node.module.split(".")[1])
        elif isinstance(node, ast.Import):
            rooms |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("nemo_widgets.")}
    return rooms


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_dependencies_point_down(path):
    inside = path.relative_to(PACKAGE)
    room = inside.parts[0].removesuffix(".py")
    if room in TOP:
        return
    upward = {other for other in imports(path) if other != room and other not in BELOW[room]}
    assert {other for other in upward if (inside.as_posix(), other) not in CROSSINGS} == set()


def test_only_the_transport_knows_httpx():
    knowing = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if any(
            (isinstance(node, ast.Import) and any(alias.name.split(".")[0] == "httpx" for alias in node.names))
            or (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "httpx")
            for node in ast.walk(ast.parse(path.read_text()))
        )
        and path.is_relative_to(PACKAGE / "client")
    }
    assert knowing == {"client/transport.py"}


ROOT = PACKAGE.parent


@pytest.mark.parametrize("part", ["Editor", "Uploader", "Timeline", "Player"])
def test_the_readme_lists_the_parts(part):
    """Each is a widget of its own, is in the README, and has a page in the gallery."""
    assert issubclass(getattr(nemo_widgets, part), Part)
    assert f"nw.{part}(" in (ROOT / "README.md").read_text(encoding="utf-8")
    gallery = json.loads((ROOT / "notebooks" / "05_gallery.ipynb").read_text(encoding="utf-8"))["cells"]
    titles = [number for number, cell in enumerate(gallery) if f"## {part}\n" in cell["source"]]
    assert len(titles) == 1
    page = gallery[titles[0] + 1]
    assert page["cell_type"] == "code"
    assert f"nw.{part}(" in "".join(page["source"])


def test_the_readme_links_to_every_notebook():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!http)([^)#]+)", readme)
    assert [link for link in links if not (ROOT / link).exists()] == []
    assert {f"notebooks/{path.name}" for path in (ROOT / "notebooks").glob("*.ipynb")} <= set(links)


def test_the_public_names_are_sorted_and_there():
    assert nemo_widgets.__all__ == sorted(nemo_widgets.__all__)
    for name in nemo_widgets.__all__:
        value = getattr(nemo_widgets, name)
        assert value.__doc__, f"{name} has no docstring"
    assert set(nemo_widgets.__all__) <= set(dir(nemo_widgets))
    with pytest.raises(AttributeError, match="nothing_of_the_kind"):
        _ = nemo_widgets.nothing_of_the_kind


def test_importing_is_light():
    heavy = [
        "pandas",
        "httpx",
        "numpy",
        "av",
        "PIL",
        "starlette",
        "uvicorn",
        "anywidget",
        "ipywidgets",
        "nest_asyncio2",
    ]
    code = f"import sys, nemo_widgets; print([name for name in {heavy!r} if name in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
