"""What a widget is saved with, and the rest of the front end, which a page asks for."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest

import nemo_widgets as nw

STATIC = Path(nw.__file__).parent / "widgets" / "static"
DRAFT = {"t": [{"tt": 7, "sg": [{"d": 3000, "m": {"text": "Urban Dreams"}}]}]}


def test_a_page_gets_the_timeline_and_no_other_file(view):
    view.say(kind="module-ask", id="../part.py")
    view.say(kind="module-ask", id="timeline")
    view.until(lambda: view.heard("module"))
    [message] = view.heard("module")
    assert message["id"] == "timeline"
    assert message["text"].encode() == (STATIC / "timeline.js").read_bytes()
    assert message["css"].encode() == (STATIC / "timeline.css").read_bytes()
    # An editor asks for one version: the one that it was built with.
    digest = hashlib.sha256((STATIC / "timeline.js").read_bytes() + (STATIC / "timeline.css").read_bytes())
    assert digest.hexdigest()[:16] in (STATIC / "editor.js").read_text("utf-8")


def test_a_page_that_may_not_load_it_gets_a_picture(view, editor):
    view.say(kind="picture-ask")  # of nothing
    editor.draft = DRAFT
    view.until(lambda: view.state["draft"])
    view.say(kind="picture-ask")
    view.until(lambda: view.heard("picture"))
    message = view.heard("picture")[-1]
    kind, _, picture = message["url"].partition(",")
    assert kind == "data:image/svg+xml;base64"
    assert "Urban Dreams" in base64.b64decode(picture).decode()


@pytest.mark.parametrize(
    ("make", "bundle", "styles"),
    [
        pytest.param(nw.Editor, "editor", ["editor"], id="editor"),
        pytest.param(nw.Timeline, "timeline", ["editor", "timeline"], id="timeline"),
        pytest.param(nw.Uploader, "uploader", ["editor"], id="uploader"),
        pytest.param(lambda: nw.Player("https://example.com/a.mp4"), "player", ["editor"], id="player"),
    ],
)
def test_each_widget_is_saved_with_its_own_bundle_and_little_else(make, bundle, styles):
    widget = make()
    state = widget.get_state()
    assert state["_esm"] == (STATIC / f"{bundle}.js").read_text("utf-8")
    assert state["_css"] == "".join((STATIC / f"{style}.css").read_text("utf-8") for style in styles)
    assert len(str({key: value for key, value in state.items() if key not in ("_esm", "_css")})) < 1000
    widget.close()
