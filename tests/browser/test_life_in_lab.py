"""What an editor goes through in a real JupyterLab: reloads, cut connections, another kernel, a notebook opened again."""

from __future__ import annotations

import json
import re

import pytest
from lab import command, execute, save, until_printed
from PIL import Image
from playwright.sync_api import expect

START = "import nemo_widgets as nw\neditor = nw.Editor()\neditor"
PROMPT = "make a 2-second video titled 'Still here' with calm music"
KERNEL = "window.jupyterapp.shell.currentWidget.sessionContext.session.kernel"
READY = """count => {
  const files = [...document.querySelectorAll('.nemo-assets > li')];
  return files.length >= count && files.every((file) => file.querySelector('progress').hidden);
}"""


@pytest.fixture(scope="module")
def photo(tmp_path_factory):
    path = tmp_path_factory.mktemp("photos") / "sunset.jpg"
    Image.new("RGB", (320, 240), (220, 120, 40)).save(path)
    return path


@pytest.fixture
def page_of(lab, chromium):
    pages = []

    def open_it(name, *cells, run=True, **options):
        if cells:
            lab.write(name, *cells)
        page = lab.open(chromium, name, **options)
        pages.append(page)
        if run:
            command(page, "notebook:run-all-cells")
            page.get_by_text("Local studio").first.wait_for()
        return page

    yield open_it
    for page in pages:
        page.context.close()


def say(editor, text=PROMPT):
    box = editor.get_by_role("textbox", name="What should the video be?")
    box.fill(text)
    editor.locator(".nemo-composer [type=submit]:not([aria-disabled])").wait_for()
    box.press("Control+Enter")


def make_draft(page, photo, editor=None):
    editor = editor or page.locator(".nemo-editor").first
    with page.expect_file_chooser() as chooser:
        editor.get_by_role("button", name=re.compile("Choose files|Add files")).first.click()
    chooser.value.set_files(str(photo))
    page.wait_for_function(READY, arg=1)
    say(editor)
    editor.get_by_text("Table · 3 rows").wait_for()
    editor.get_by_text("Took").first.wait_for()


def wait_kept(page, text):
    """Wait until a new kernel would find the text in what this one leaves behind."""
    code = f"from nemo_widgets.widgets import journal\nprint({text!r} in str(journal.read(editor.session).edits))"
    until_printed(page, code, "True")


def test_a_reload_a_second_view_and_a_cut_connection(lab, page_of, photo):
    page = page_of("views.ipynb", START, "editor")
    views = page.locator(".nemo-editor")
    expect(views).to_have_count(2)
    make_draft(page, photo)
    views.nth(1).get_by_text("Table · 3 rows").wait_for()  # what one view does, the other shows

    page.evaluate(f"{KERNEL}.reconnect()")
    say(views.nth(1), "rename the title to 'After the cut'")
    for number in range(2):
        views.nth(number).get_by_text("After the cut").first.wait_for()

    save(page, lab.notebooks / "views.ipynb")
    page.reload()
    page.locator(".nemo-editor").first.get_by_text("Table · 3 rows").wait_for()
    say(page.locator(".nemo-editor").first, "rename the title to 'After the reload'")
    page.locator(".nemo-editor").first.get_by_text("Took").nth(2).wait_for()
    until_printed(page, "print(editor.draft.summary())", "After the reload")  # a draft comes after its answer
    assert execute(page, "print(len(editor._bench.state['turns']))") == "3\n"


def test_two_editors_side_by_side(page_of, photo):
    page = page_of("two.ipynb", START, "other = nw.Editor(language='zh')\nother")
    first, second = (page.locator(".nemo-editor").nth(number) for number in range(2))
    second.get_by_text("就绪").or_(second.get_by_text("本地工作室")).first.wait_for()
    make_draft(page, photo, first)
    assert second.locator(".nemo-assets > li").count() == 0
    assert second.locator(".nemo-turn").count() == 0
    assert execute(page, "print(other.draft, editor.session != other.session)") == "None True\n"


def test_another_kernel_is_told_and_the_code_shown_brings_all_back(page_of, photo, shots):
    page = page_of("restart.ipynb", START, "1 + 1")
    make_draft(page, photo)
    editor = page.locator(".nemo-editor").first
    editor.get_by_role("button", name="Export video").click()
    editor.locator("video[src]").wait_for()
    execute(page, "editor.draft = editor.draft.replace_text('Still here', 'Unsent')")
    editor.get_by_text("Edited here, not sent").wait_for()
    wait_kept(page, "Unsent")
    page.evaluate(f"{KERNEL}.restart()")
    editor.get_by_text("The kernel was restarted").wait_for()
    editor.get_by_text("Table · 3 rows").wait_for()  # what was there can still be read
    page.screenshot(path=shots / "restarted.png")
    code = editor.locator(".nemo-copyable code").inner_text()
    assert re.fullmatch(r'import nemo_widgets as nw; editor = nw\.Editor\(session="[\w-]+"\); editor', code)

    page.evaluate(
        "code => window.jupyterapp.shell.currentWidget.content.widgets[1].model.sharedModel.setSource(code)", code
    )
    page.evaluate("() => { window.jupyterapp.shell.currentWidget.content.activeCellIndex = 1; }")
    command(page, "notebook:run-cell")
    again = page.locator(".nemo-editor").nth(1)
    again.get_by_text("Table · 3 rows").wait_for()
    again.get_by_text("sunset.jpg").first.wait_for()
    again.locator(".nemo-prompt").filter(has_text="Still here").wait_for()
    again.locator(".nemo-assets .nemo-thumb img").wait_for()
    again.locator("video[src]").wait_for()
    until_printed(page, "print(editor.draft.summary())", "Unsent")
    page.screenshot(path=shots / "taken_up.png")
    again.get_by_role("button", name="Discard").click()
    say(again, "rename the title to 'Back again'")
    again.get_by_text("Took").nth(1).wait_for()
    until_printed(page, "print(editor.draft.summary())", "Back again")


def test_a_notebook_opened_again_shows_a_picture(lab, page_of, photo, shots):
    page = page_of("again.ipynb", START)
    make_draft(page, photo)
    still = page.locator(".nemo-still")
    page.wait_for_function("document.querySelector('.nemo-still img')")
    expect(still).to_be_hidden()  # as long as the editor lives
    session = execute(page, "print(editor.session)").strip()
    token = execute(
        page, "from nemo_widgets.client import backends\nprint(backends._studio.endpoint.token.reveal())"
    ).strip()
    saved = save(page, lab.notebooks / "again.ipynb")
    page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    page.get_by_text("The kernel was restarted or shut down").wait_for()  # nothing was asked of it
    expect(page.locator(".nemo-badge")).to_have_attribute("data-status", "failed")
    page.screenshot(path=shots / "shut-down.png")
    page.context.close()

    assert len(saved) < 150_000
    assert len(token) > 16
    assert not [token[at : at + 8] for at in range(len(token) - 7) if token[at : at + 8] in saved]
    outputs = [output["data"] for cell in json.loads(saved)["cells"] for output in cell["outputs"]]
    assert [sorted(data) for data in outputs] == [
        ["application/vnd.jupyter.widget-view+json", "text/plain"],
        ["text/html", "text/plain"],
    ]

    page = page_of("again.ipynb", run=False)
    still = page.locator(".nemo-still")
    still.get_by_role("img", name=re.compile("Still here")).wait_for()
    assert still.get_by_role("img").evaluate("async (image) => { await image.decode(); return image.naturalWidth; }")
    expect(still).to_contain_text(f'session="{session}"')
    page.get_by_text("Error displaying widget: model not found").wait_for(state="hidden")
    page.screenshot(path=shots / "opened-again.png")
