"""Titles: wrapped, shrunk where they are long, set off by shadows so that any picture lets them be read, drawn once."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from PIL import Image, ImageChops, ImageDraw, ImageFilter, features

from nemo_widgets.errors import RenderFailed
from nemo_widgets.studio.render import fonts, scripts
from nemo_widgets.studio.render.lettering import Lettering, broken, least_lines, wrap

if TYPE_CHECKING:
    from nemo_widgets.studio.render.layers import Title
    from nemo_widgets.studio.render.lettering import Run
    from nemo_widgets.studio.render.stamps import Stamp

_WIDEST, _WIDEST_AT_SIDE = 0.86, 0.5
_TALLEST, _TALLEST_AT_EDGE, _TALLEST_THIRD = 0.8, 0.4, 0.34
_SMALLEST = 3
_LEAST = 0.05
"""Below this share of the canvas's shorter side, words are broken rather than made smaller still."""
_LINE = 1.22
_SURELY = 0.6
"""Share of its width that a word keeps in a smaller size, however that one's letters are rounded to pixels."""
_SIDE, _EDGE, _THIRD = 0.07, 0.08, 0.88

_APT = "on Debian and Ubuntu: apt install"
_PACKAGES = (
    (r"[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]",
     f"pip install 'nemo-widgets[fonts]'; {_APT} fonts-noto-cjk"),
    (r"[\u2190-\u2bff\U0001f000-\U0001faff]",
     f"{_APT} fonts-noto-color-emoji; elsewhere name a folder with a font in NEMO_FONTS"),
)  # fmt: skip
_OTHER_PACKAGE = f"{_APT} fonts-noto-core; elsewhere name a folder with a font in NEMO_FONTS"


def missing_font(text: str, *, language: str = "en") -> str | None:
    """Return a sentence that says which font to install, or None where the text can be drawn.

    Parameters
    ----------
    text
        What a title is to say.
    language
        ``"en"`` or ``"zh"``: the language of the sentence.

    Examples
    --------
    >>> missing_font("Urban Dreams") is None
    True
    """
    try:
        drawable(text)
    except RenderFailed as error:
        return str(error.in_language(language))
    return None


def drawable(text: str) -> tuple[str, tuple[fonts.Face, ...]]:
    """Return a text as it can be drawn here, and the fonts for it.

    Raises
    ------
    RenderFailed
        Where no font on this machine has its letters, or they can't be laid out.
    """
    if scripts.shaped(text) and not features.check("raqm"):
        raise RenderFailed("text-layout", sample=text[:20])
    for spelled in (text, fonts.plain(text)):
        faces = fonts.faces_for(spelled)
        if faces:
            return spelled, faces
    spelled = fonts.plain(text)
    lacking = (one for one in dict.fromkeys(scripts.clusters(spelled)) if not fonts.faces_for(one))
    sample = "".join(islice(lacking, 8)) or text[:8]
    package = next((name for letters, name in _PACKAGES if re.search(letters, sample)), _OTHER_PACKAGE)
    raise RenderFailed("font-missing", sample=sample, package=package)


class _Set(NamedTuple):
    """A text set in lines: where they begin and how far they are apart, in pixels."""

    letters: Lettering
    lines: list[str]
    left: float
    top: float
    pitch: int
    align: str

    def start(self, line: str) -> float:
        """Return where a line begins."""
        width = self.letters.getlength(line)
        return {"left": self.left, "center": self.left - width / 2, "right": self.left - width}[self.align]


def draw(title: Title, canvas: tuple[int, int]) -> Image.Image:
    """Return a title as an RGBA image of the canvas's size."""
    placed = _set(title, canvas)
    size = placed.letters.size
    ink = tuple(int(title.color[at : at + 2], 16) for at in (1, 3, 5))
    bright = 0.299 * ink[0] + 0.587 * ink[1] + 0.114 * ink[2] > 110
    edge = (0, 0, 0) if bright else (255, 255, 255)
    close, wide = Image.new("L", canvas), Image.new("L", canvas)
    image = Image.new("RGBA", canvas, (*edge, 0))
    if title.background == "box":
        _box(image, placed, edge)
    bold = round(size / 60) if placed.letters.thin else 0
    rim = bold + max(1, round(size / 80))
    drop, spread = size / 40, round(size / 16)
    ascent, descent = placed.letters.main.getmetrics()
    near, far, over = ImageDraw.Draw(close), ImageDraw.Draw(wide), ImageDraw.Draw(image)
    tiles: list[tuple[Image.Image, tuple[int, int]]] = []
    seen: dict[str, tuple[Image.Image, float, float]] = {}
    for number, line in enumerate(placed.lines):
        x, y = placed.start(line), placed.top + placed.pitch * (number + 0.5) + (ascent - descent) / 2
        for run in placed.letters.runs(line):
            if run.colored:
                if run.text not in seen:
                    seen[run.text] = _tile(run)
                tile, left, top = seen[run.text]
                tiles.append((tile, (round(x + left), round(y + top))))
            elif run.text:
                said: dict[str, Any] = {"text": run.text, "font": run.font, "anchor": "ls"}
                far.text((x, y + drop), fill=130, stroke_width=spread, stroke_fill=130, **said)
                near.text((x, y + drop), fill=170, stroke_width=rim, stroke_fill=170, **said)
                over.text((x, y), fill=(*edge, 140), stroke_width=rim, stroke_fill=(*edge, 140), **said)
                over.text((x, y), fill=(*ink, 255), stroke_width=bold, stroke_fill=(*ink, 255), **said)
            x += run.width
    for tile, place in tiles:
        _shadowed(wide, tile, (place[0], place[1] + round(drop)))
    if title.background == "box":
        return _with(image, tiles)
    # A wide soft shadow calms a busy picture, a close one sets the letters off; the rim only has to hold their edge.
    for shadow, blur in ((close, size / 32), (wide, size / 8)):
        soft = Image.new("RGBA", canvas, (*edge, 0))
        soft.putalpha(shadow.filter(ImageFilter.GaussianBlur(blur)))
        image = Image.alpha_composite(soft, image)
    return _with(image, tiles)


def drawn(title: Title, canvas: tuple[int, int]) -> Stamp:
    """Return a title ready to be laid over pictures."""
    from nemo_widgets.studio.render.stamps import Stamp

    return Stamp.of(draw(title, canvas))


def _box(image: Image.Image, placed: _Set, color: tuple[int, int, int]) -> None:
    """Draw a plate behind the lines."""
    size = placed.letters.size
    left = min(placed.start(line) for line in placed.lines) - size * 0.4
    right = max(placed.start(line) + placed.letters.getlength(line) for line in placed.lines) + size * 0.4
    top, bottom = placed.top - size * 0.14, placed.top + placed.pitch * len(placed.lines) + size * 0.14
    ImageDraw.Draw(image).rounded_rectangle((left, top, right, bottom), size * 0.18, (*color, 165))


def _tile(run: Run) -> tuple[Image.Image, float, float]:
    """Return an emoji in its colours, and where it begins; a font of bitmaps is drawn at its own size and shrunk."""
    left, top, right, bottom = (round(side) for side in run.font.getbbox(run.text, anchor="ls"))
    tile = Image.new("RGBA", (max(1, right - left), max(1, bottom - top)))
    ImageDraw.Draw(tile).text((-left, -top), run.text, font=run.font, anchor="ls", embedded_color=True)
    wide, high = (max(1, round(side * run.scale)) for side in tile.size)
    return tile.resize((wide, high), Image.Resampling.LANCZOS), left * run.scale, top * run.scale


def _shadowed(shadow: Image.Image, tile: Image.Image, place: tuple[int, int]) -> None:
    mask = tile.getchannel("A").point([alpha * 130 // 255 for alpha in range(256)])
    behind = shadow.crop((*place, place[0] + tile.width, place[1] + tile.height))
    shadow.paste(ImageChops.lighter(behind, mask), place)


def _with(image: Image.Image, tiles: list[tuple[Image.Image, tuple[int, int]]]) -> Image.Image:
    # Only what is behind a tile is touched: thousands of emoji on the whole canvas would take minutes.
    for tile, place in tiles:
        behind = image.crop((*place, place[0] + tile.width, place[1] + tile.height))
        image.paste(Image.alpha_composite(behind, tile), place)
    return image


def _set(title: Title, canvas: tuple[int, int]) -> _Set:
    """Return the largest letters, from the wished size down, at which the text fits, in lines."""
    words = title.position.split("-")
    third = title.position == "lower-third"
    at_side = "left" in words or "right" in words
    at_edge = "top" in words or "bottom" in words
    width = canvas[0] * (_WIDEST_AT_SIDE if at_side else _WIDEST)
    height = canvas[1] * (_TALLEST_THIRD if third else _TALLEST_AT_EDGE if at_edge else _TALLEST)
    letters, lines = _fitting(title, canvas, width, height)
    pitch = round(letters.size * _LINE)
    block = pitch * len(lines)
    align = "left" if third or "left" in words else "right" if "right" in words else "center"
    left = {"left": canvas[0] * _SIDE, "right": canvas[0] * (1 - _SIDE), "center": canvas[0] / 2}[align]
    top = (canvas[1] - block) / 2
    if third:
        top = canvas[1] * _THIRD - block
    elif at_edge:
        top = canvas[1] * _EDGE if "top" in words else canvas[1] * (1 - _EDGE) - block
    return _Set(letters, lines, left, top, pitch, align)


def _fitting(title: Title, canvas: tuple[int, int], width: float, height: float) -> tuple[Lettering, list[str]]:
    faces = tuple(fonts.Face(*face) for face in title.faces)
    size = max(_SMALLEST, round(min(canvas) * title.size))
    paragraphs = title.text.count("\n")
    # What can't fit by far isn't set at all: a long text has its size after a few attempts.
    least = _SURELY * least_lines(title.text, Lettering(faces, size), width) / size
    while True:
        if size > _SMALLEST and max(paragraphs, least * size) * size * _LINE > height:
            size = max(_SMALLEST, int(size * 0.92))
            continue
        letters = Lettering(faces, size)
        lines = wrap(title.text, letters, width)
        if size <= max(_SMALLEST, min(canvas) * _LEAST):
            lines = [part for line in lines for part in broken(line, letters, width)]
        fits = len(lines) * size * _LINE <= height and all(letters.getlength(line) <= width for line in lines)
        if fits or size <= _SMALLEST:
            return letters, lines
        size = max(_SMALLEST, int(size * 0.92))
