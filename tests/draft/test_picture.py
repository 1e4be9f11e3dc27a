"""The picture of a timeline: whole, small, legible and harmless whatever is in the draft."""

from __future__ import annotations

import base64
import io
import random
import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemo_widgets import Draft, InvalidInput
from nemo_widgets.draft.picture import timeline_image, timeline_svg
from nemo_widgets.draft.picture_lettering import cells_of
from nemo_widgets.draft.picture_text import timeline_text

SVG = "{http://www.w3.org/2000/svg}"
PARIS = Draft({"m": {"title": "Paris"}, "d": 30000, "t": [
    {"tt": 0, "sg": [{"d": 5500, "m": {"name": "city timelapse", "src": "a"}}, {"d": 24500, "m": {"name": "river", "src": "b"}}]},
    {"tt": 0, "name": "Overlay", "sg": [{"st": 4000, "d": 0, "m": {"name": "zero"}}]},
    {"tt": 1, "sg": [{"d": 30000, "m": {"name": "Lo-fi", "volume": 0.35}}]},
    {"tt": 7, "sg": [{"st": 500, "d": 3000, "m": {"text": "海边"}}]},
]})  # fmt: skip


def crowd(count, tracks, name="shot"):
    dice = random.Random(4)
    lanes = [{"tt": (0, 1, 7, 5)[number % 4], "sg": []} for number in range(tracks)]
    for number in range(count):
        lanes[number % tracks]["sg"].append({"d": dice.randrange(3000), "m": {"name": f"{name} {number}"}})
    return Draft({"t": lanes})


def drawn(draft, **options):
    return ET.fromstring(draft.picture(**options))


def texts(root):
    return ["".join(node.itertext()) for node in root.iter(f"{SVG}text")]


def counted(root):
    """How many segments the blocks of a picture stand for."""
    tips = [node.findtext(f"{SVG}title") for node in root.iter(f"{SVG}g") if node.get("transform")]
    return sum(int(found[1]) if (found := re.match(r"(\d+) segments ", tip)) else 1 for tip in tips)


def test_says_what_it_shows():
    root = drawn(PARIS)
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "Paris"
    assert root.findtext(f"{SVG}desc") == PARIS.summary()
    assert {"Video", "Overlay", "BGM", "Title", "city timelapse", "Lo-fi", "0:00", "0:30"} <= set(texts(root))
    tips = [node.text for node in root.iter(f"{SVG}title")]
    assert "Lo-fi (0–30 s, 35%)" in tips
    assert "zero (4–4 s)" in tips
    chinese = drawn(PARIS, language="zh")
    assert {"视频", "背景音乐", "标题"} <= set(texts(chinese))
    assert chinese.findtext(f"{SVG}desc") == PARIS.summary(language="zh")


def test_segments_stand_where_they_play():
    lane = drawn(PARIS, width=860)
    blocks = [node for node in lane.iter(f"{SVG}g") if node.get("transform")]
    places = {node.findtext(f"{SVG}title"): float(node.get("transform")[10:].split()[0]) for node in blocks}
    left, right = places["city timelapse (0–5.5 s)"], places["river (5.5–30 s)"]
    assert right - left == pytest.approx((860 - left - 20) * 5.5 / 30, abs=0.2)
    first = next(node for node in blocks if node.findtext(f"{SVG}title").startswith("city"))
    assert float(first.find(f"{SVG}rect").get("width")) == pytest.approx(right - left - 1, abs=0.2)


def test_playhead_stays_within_the_picture():
    plain = PARIS.picture()
    assert PARIS.picture(at=10_000) != plain
    assert PARIS.picture(at=10**9) == PARIS.picture(at=30_000)
    assert PARIS.picture(at=-5) == PARIS.picture(at=0)


@pytest.mark.parametrize("tracks", [1, 4, 14, 200])
@pytest.mark.parametrize("name", ["shot", "&<>\"'" * 100, "海边的日落" * 100])
def test_two_thousand_segments_stay_small_and_none_is_lost(tracks, name):
    draft = crowd(2000, tracks, name)
    svg = draft.picture()
    assert len(svg.encode()) < 200_000
    assert len(timeline_image(draft)) < 200_000
    if tracks <= 40:
        assert counted(ET.fromstring(svg)) == 2000
    else:
        assert "160 more tracks" in texts(ET.fromstring(svg))


def test_overlapping_segments_are_merged_too():
    dice = random.Random(1)
    stack = [{"st": dice.randrange(60_000), "d": dice.randrange(60_000), "m": {"name": "n" * 50}} for _ in range(2000)]
    draft = Draft({"t": [{"tt": 0, "sg": stack}]})
    assert counted(drawn(draft)) == 2000
    assert len(draft.picture()) < 200_000


def test_what_can_be_seen_is_not_merged():
    draft = Draft({"t": [{"tt": 0, "sg": [{"d": 1000}] * 200}]})
    assert len([node for node in drawn(draft).iter(f"{SVG}g") if node.get("transform")]) == 200


@pytest.mark.parametrize("hours", [0.0001, 1, 90, 2_000_000])
def test_any_length_has_a_ruler_that_can_be_read(hours):
    root = drawn(Draft({"t": [{"tt": 0, "sg": [{"d": int(hours * 3_600_000)}]}]}))
    ruler = [node for node in root.iter(f"{SVG}text") if node.get("text-anchor") == "middle"]
    places = [float(node.get("x")) for node in ruler]
    assert 1 <= len(ruler) <= 20
    widest = max(len(node.text) for node in ruler) * 7
    assert all(right - left > widest for left, right in pairwise(places))


def jpeg(colour):
    from PIL import Image

    file = io.BytesIO()
    Image.new("RGB", (64, 36), colour).save(file, "JPEG")
    return file.getvalue()


def test_thumbnails_are_drawn_once_for_each_source():
    data = jpeg("navy")
    address = f"data:image/jpeg;base64,{base64.b64encode(data).decode()}"
    root = drawn(Draft({"t": [{"tt": 0, "sg": [{"d": 9, "src": "a"}, {"d": 9, "src": "b"}, {"d": 9, "src": "a"}]}]}),
                 thumbnails={"a": data, "b": address, "never used": data})  # fmt: skip
    assert [node.get("href") for node in root.iter(f"{SVG}image")] == [address]
    painted = [node.get("fill") for node in root.iter(f"{SVG}rect") if (node.get("fill") or "").startswith("url(#")]
    assert len(painted) == 3
    assert root.find(f".//*[@id='{painted[0][5:-1]}']") is not None


@pytest.mark.parametrize(
    "bad", [b"MZ", "https://h/a.jpg", "javascript:alert(1)", 'data:image/svg+xml,<svg onload="x">', 5]
)
def test_what_is_no_thumbnail_is_refused(bad):
    with pytest.raises(InvalidInput, match="thumbnail"):
        PARIS.picture(thumbnails={"a": bad})


def test_many_thumbnails_stay_within_the_limit():
    noise = random.Random(1).randbytes
    shots = [{"d": 1000, "src": f"s{number}"} for number in range(60)]
    svg = Draft({"t": [{"tt": 0, "sg": shots}]}).picture(
        thumbnails={f"s{n}": b"\xff\xd8\xff" + noise(4000) for n in range(60)}
    )
    assert len(svg) < 200_000
    assert svg.count("<image") >= 10


@given(st.text(), st.text(), st.text())
def test_nothing_in_a_draft_becomes_markup(title, name, text):
    draft = Draft({"title": title, "t": [
        {"tt": 0, "name": name, "sg": [{"d": 5000, "m": {"name": name}}, {"d": 0}]},
        {"tt": 7, "sg": [{"d": 5000, "m": {"text": f"<script>{text}</script><img src=x onerror=y>"}}]},
    ]})  # fmt: skip
    svg = draft.picture()
    kinds = {node.tag.removeprefix(SVG) for node in ET.fromstring(svg.encode()).iter()}
    assert kinds <= {"svg", "style", "title", "desc", "path", "text", "rect", "g"}
    assert timeline_image(draft).count("<") == 1
    assert "\n" not in "".join(timeline_text(draft).splitlines())


def test_mime_types_of_an_output():
    bundle = PARIS._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html"}
    encoded = re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', bundle["text/html"])[1]
    assert base64.b64decode(encoded).decode() == PARIS.picture()
    assert PARIS._repr_mimebundle_(include=["image/svg+xml"]) == {"image/svg+xml": PARIS.picture()}
    assert set(PARIS._repr_mimebundle_(exclude=["text/html"])) == {"text/plain"}


def test_ipython_shows_the_picture_and_the_text():
    formatter = pytest.importorskip("IPython.core.formatters").DisplayFormatter()
    data, _ = formatter.format(PARIS)
    assert data["text/plain"] == timeline_text(PARIS)
    assert data["text/html"] == timeline_image(PARIS)
    assert set(data) == {"text/plain", "text/html"}


@given(st.text(min_size=1), st.integers(32, 120))
def test_text_form_keeps_to_the_width(name, width):
    draft = Draft({"title": name, "t": [
        {"tt": 0, "name": name, "sg": [{"d": 5000, "m": {"name": name}}, {"st": 5000, "d": 700, "m": {"name": name}}]},
        {"tt": 1, "sg": [{"st": 5700, "d": 0, "m": {"name": name}}]},
    ]})  # fmt: skip
    lines = timeline_text(draft, width=width).splitlines()
    assert len(lines) == 4
    assert max(map(cells_of, lines)) <= width


def test_text_form_counts_wide_letters_twice():
    draft = Draft(
        {
            "t": [
                {"tt": 0, "sg": [{"d": 5000, "m": {"name": "海边"}}]},
                {"tt": 0, "sg": [{"d": 5000, "m": {"name": "sea"}}]},
            ]
        }
    )
    wide, narrow = timeline_text(draft, width=60).splitlines()[2:]
    assert cells_of(wide) == cells_of(narrow)
    assert "海边" in wide


def test_an_empty_draft_says_so():
    assert "The timeline is empty" in texts(drawn(Draft({})))
    assert "时间线是空的" in texts(drawn(Draft({}), language="zh"))
    assert timeline_text(Draft({})).endswith("The timeline is empty")
    assert "other(5)" in texts(drawn(Draft({"t": [{"tt": 5, "sg": None}]})))
    assert timeline_svg(Draft({}), width=1).startswith("<svg")


def test_an_exported_notebook_shows_it():
    nbconvert = pytest.importorskip("nbconvert")
    import nbformat

    output = nbformat.v4.new_output("execute_result", data=PARIS._repr_mimebundle_(), execution_count=1)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("draft", outputs=[output])])
    page, _ = nbconvert.HTMLExporter().from_notebook_node(notebook)
    assert re.search(r'src="data:[^"]+"', timeline_image(PARIS))[0] in page
