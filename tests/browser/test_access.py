"""The editor for everybody: axe-core finds nothing, in any state, theme and language."""

from __future__ import annotations

import nodejs
import pytest
from test_front_end import RUNNING, address, files, open_page, settle, show  # noqa: F401 - fixtures

STATES = {
    "empty": "{ ...demoState(), assets: [], turns: [], draft: null }",
    "answered": "demoState()",
    "running": RUNNING,
    "waiting": """{ ...demoState(), held: true, credits: { available: 98, spent: 2 }, turns: [
        { ...demoTurns()[0], state: "failed", error: { message: "The service failed.", remedy: "Try again." } },
        { ...demoTurns()[1], state: "queued", text: "", changes: [] } ] }""",
    "failed": """{ ...demoState(), turns: [], backend: { ...demoState().backend, status: "failed",
        error: { message: "The local studio stopped answering.", remedy: "Reconnect." } },
        export: { id: "e", state: "failed", stage: "rendering", done: 0, preview: false,
        error: { message: "The export failed.", remedy: "Try again." } } }""",
    "edited": """{ ...demoState(), edits: { edited: true, undo: 2, redo: 1, theirs: ["Title removed"] },
        selection: { by: "", number: 1, runs: [[0, 1, 2]] } }""",
    "marked up": """{ ...demoState(), turns: [{ ...demoTurns()[0],
        text: "# Plan\\n| a | b |\\n|---|---|\\n| [link](https://example.org) | `code` |\\n\\n- one\\n- two" }] }""",
}

AXE = """async () => {
    const { violations } = await axe.run(".nemo-editor", { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa",
        "wcag22aa", "best-practice"], rules: { region: { enabled: false } } });
    return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 200)}`));
}"""


@pytest.fixture(scope="session")
def axe():
    nodejs.install()
    return (nodejs.JS / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")


def problems(page, axe):
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(content=axe)
    page.evaluate("for (const box of document.querySelectorAll('.nemo-editor details')) box.open = true")
    settle(page)
    return page.evaluate(AXE)


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(open_page, axe, shots, state):  # noqa: F811
    page = open_page(viewport={"width": 1200, "height": 900}, reduced_motion="reduce")
    show(page, STATES[state])
    assert problems(page, axe) == []
    page.evaluate("document.documentElement.setAttribute('theme', 'dark')")
    page.locator(".nemo-editor[data-theme=dark]").wait_for()
    assert problems(page, axe) == []
    page.screenshot(path=shots / f"access-{state.replace(' ', '-')}-dark.png", full_page=True)


@pytest.mark.parametrize(
    ("changes", "options"),
    [
        pytest.param("language: 'zh'", {}, id="chinese"),
        pytest.param("", {"viewport": {"width": 360, "height": 800}}, id="narrow"),
        pytest.param("", {"forced_colors": "active"}, id="forced-colors"),
        pytest.param("", {"reduced_motion": "reduce"}, id="reduced-motion"),
    ],
)
def test_axe_finds_nothing_elsewhere(open_page, axe, shots, request, changes, options):  # noqa: F811
    page = open_page(**({"viewport": {"width": 1200, "height": 900}} | options))
    show(page, RUNNING.replace("...demoState(),", f"...demoState(), {changes + ',' if changes else ''}"))
    assert problems(page, axe) == []
    page.screenshot(path=shots / f"access-{request.node.callspec.id}.png", full_page=True)
    if "reduced_motion" in options:
        moving = "document.getAnimations().filter((one) => one.playState === 'running').map((one) => one.animationName)"
        assert page.evaluate(moving) == []


def test_a_part_alone_and_a_kernel_that_is_gone(open_page, axe):  # noqa: F811
    page = open_page(viewport={"width": 800, "height": 900})
    show(page)
    page.evaluate("window.model.restart()")
    page.get_by_text("The kernel was restarted").wait_for()
    assert problems(page, axe) == []
    page.get_by_role("button", name="Copy").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("code => getSelection().toString() === code", arg='nw.Editor(session="demo")')
