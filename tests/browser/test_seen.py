"""What is seen, and by whom: in high contrast, by keyboard, in a timeline alone."""

from __future__ import annotations

from test_front_end import LIGHT, address, files, open_page, settle, show  # noqa: F401 - fixtures

FAILED = """{ ...demoState(), turns: [{ ...demoState().turns[0], text: "" }],
    export: { id: "e", state: "failed", stage: "rendering", done: 0, preview: false,
    error: { message: "The export failed.", remedy: "Try again." } } }"""

CONTRAST = """(element) => {
    LIGHT
    const rgb = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const style = getComputedStyle(element);
    const icon = getComputedStyle(element.querySelector("svg"));
    const [a, b] = [light(rgb(icon.color)), light(rgb(style.backgroundColor))].sort();
    return [style.forcedColorAdjust, (b + 0.05) / (a + 0.05)];
}""".replace("LIGHT", LIGHT)

TIMELINE = """async () => {
    const { default: timeline } = await import("/bundle/timeline.js");
    const { FakeModel } = await import("/test/fake_model.js");
    const { demoState } = await import("/test/demo_state.js");
    const style = await fetch("/bundle/timeline.css").then((answer) => answer.text());
    document.head.append(Object.assign(document.createElement("style"), { textContent: style }));
    const model = new FakeModel({ ...demoState(), problems: ["The picture is black."] });
    timeline.initialize({ model: model.proxy() });
    timeline.render({ model: model.proxy(), el: document.getElementById("place") });
}"""


def test_high_contrast_keeps_buttons_readable_and_boxes_apart(open_page):  # noqa: F811
    page = open_page(viewport={"width": 1200, "height": 900}, forced_colors="active")
    show(page, FAILED)
    settle(page)
    buttons = page.locator(".nemo-primary:not([aria-disabled])").all()
    assert buttons
    for button in buttons:
        adjust, contrast = button.evaluate(CONTRAST)
        assert adjust == "none", "the words get a plate of another colour"
        assert contrast >= 4.5
    colour = "button => getComputedStyle(button).color"
    undo, nearer = (page.get_by_role("button", name=name, exact=True) for name in ("Undo", "Zoom in"))
    assert undo.get_attribute("aria-disabled")
    assert undo.evaluate(colour) != nearer.evaluate(colour), "what can't be pressed looks so"
    stage = page.locator(".nemo-stage").evaluate("stage => getComputedStyle(stage).backgroundColor")
    assert stage == "rgb(18, 18, 20)", "the stage is dark: its words are light"
    for box in (".nemo-alert", ".nemo-prompt"):
        assert page.locator(box).first.evaluate("box => getComputedStyle(box).borderTopWidth") == "1px"


def test_who_comes_to_the_lanes_by_keyboard_is_told_the_keys(open_page):  # noqa: F811
    page = open_page(viewport={"width": 1200, "height": 900})
    show(page)
    lanes, told = page.locator(".nemo-lanes"), page.get_by_text("Ctrl+Z undoes")
    lanes.click(position={"x": 5, "y": 5})
    assert not told.is_visible()
    page.get_by_role("button", name="Fit to width").focus()
    page.keyboard.press("Tab")
    told.wait_for()
    assert "Alt+← → move" in (lanes.get_attribute("aria-description") or "")
    page.keyboard.press("ArrowRight")
    assert told.is_visible()
    page.keyboard.press("]")
    told.wait_for(state="hidden")


def test_a_timeline_alone_tells_what_would_go_wrong_inside_its_frame(open_page):  # noqa: F811
    page = open_page(viewport={"width": 900, "height": 700})
    page.evaluate(TIMELINE)
    problem = page.get_by_text("The picture is black.")
    problem.wait_for()
    frame, words = page.locator(".nemo-editor").bounding_box(), problem.bounding_box()
    assert words["x"] - frame["x"] >= 30, "the bullet is inside, too"
    assert frame["y"] + frame["height"] - words["y"] - words["height"] >= 8
