"""Titles: wrapped, shrunk where they are long, set off by shadows so that any picture lets them be read, drawn once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import av
import numpy as np
from av.video.reformatter import VideoReformatter
from PIL import Image, ImageDraw, ImageFilter

from nemo_widgets.errors import RenderFailed
from nemo_widgets.studio.render import fonts
from nemo_widgets.studio.render.planes import Plane, Planes, converted, plane_of

if TYPE_CHECKING:
    from PIL import ImageFont

    from nemo_widgets.studio.render.plan import Title

HEIGHTS = {"small": 0.06, "medium": 0.1, "large": 0.15}
"""Height of the letters, as a share of the canvas's shorter side."""

_WIDEST = 0.86
_TALLEST = {"center": 0.8, "top": 0.4, "bottom": 0.4, "lower-third": 0.34}
_SMALLEST = 8
_LINE = 1.22

# A word, or one letter of a script that is written without spaces, with the punctuation that mustn't begin a line.
_CJK = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff"
_CLOSING = "、。，．！？：；）】》」』…,.!?:;)\\]}"
_PIECES = re.compile(rf"[{_CJK}][{_CLOSING}]*|[^\s{_CJK}]+|\s+")

_PACKAGES = (
    (re.compile(r"[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"),
     "on Debian and Ubuntu: apt install fonts-noto-cjk"),
    (re.compile(r"[\u2190-\u2bff\U0001f000-\U0001faff]"), "on Debian and Ubuntu: apt install fonts-symbola"),
)  # fmt: skip
_OTHER_PACKAGE = "on Debian and Ubuntu: apt install fonts-noto-core"


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


def drawable(text: str) -> tuple[str, fonts.Face]:
    """Return a text as it can be drawn here, and the font for it.

    Raises
    ------
    RenderFailed
        Where no font on this machine has its letters.
    """
    face = fonts.face_for(text)
    if face is not None:
        return text, face
    spelled = fonts.plain(text)
    face = fonts.face_for(spelled)
    if face is not None:
        return spelled, face
    lacking = sorted(letter for letter in fonts.needed(spelled) if fonts.face_for(letter) is None)
    sample = "".join(lacking[:8]) or text[:8]
    package = next((name for letters, name in _PACKAGES if letters.search(sample)), _OTHER_PACKAGE)
    raise RenderFailed("font-missing", sample=sample, package=package)


def wrap(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """Return the lines of a text, none wider than ``width`` pixels unless it is a single word.

    Examples
    --------
    >>> wrap("one two three", fonts.Face().at(20), 80)
    ['one two', 'three']
    """
    lines: list[str] = []
    for paragraph in text.splitlines():
        line = ""
        for piece in _PIECES.findall(paragraph):
            if line.strip() and not piece.isspace() and font.getlength((line + piece).strip()) > width:
                lines.append(line.strip())
                line = piece
            else:
                line += " " if piece.isspace() else piece
        lines.append(line.strip())
    return lines


def draw(title: Title, canvas: tuple[int, int]) -> Image.Image:
    """Return a title as an RGBA image of the canvas's size."""
    width, height = canvas
    font, lines = _set(title, canvas)
    pitch = round(font.size * _LINE)
    bold = 0 if title.font else round(font.size / 60)  # Pillow's own font is a thin one.
    rim = bold + max(1, round(font.size / 80))
    block = pitch * len(lines)
    top = {
        "center": (height - block) / 2,
        "top": height * 0.08,
        "bottom": height * 0.92 - block,
        "lower-third": height * 0.88 - block,
    }[title.position]
    left_aligned = title.position == "lower-third"
    left = width * 0.07 if left_aligned else width / 2
    ink = tuple(int(title.color[at : at + 2], 16) for at in (1, 3, 5))
    bright = 0.299 * ink[0] + 0.587 * ink[1] + 0.114 * ink[2] > 110
    edge = (0, 0, 0) if bright else (255, 255, 255)

    close, wide = Image.new("L", canvas), Image.new("L", canvas)
    image = Image.new("RGBA", canvas, (*edge, 0))
    near, far, over = ImageDraw.Draw(close), ImageDraw.Draw(wide), ImageDraw.Draw(image)
    drop, spread = font.size / 40, round(font.size / 16)
    for number, line in enumerate(lines):
        x, y = left, top + pitch * (number + 0.5)
        anchor = "lm" if left_aligned else "mm"
        far.text((x, y + drop), line, 130, font=font, anchor=anchor, stroke_width=spread, stroke_fill=130)
        near.text((x, y + drop), line, 170, font=font, anchor=anchor, stroke_width=rim, stroke_fill=170)
        over.text((x, y), line, (*edge, 140), font=font, anchor=anchor, stroke_width=rim, stroke_fill=(*edge, 140))
        over.text((x, y), line, (*ink, 255), font=font, anchor=anchor, stroke_width=bold, stroke_fill=(*ink, 255))
    # A wide soft shadow calms a busy picture, a close one sets the letters off; the rim only has to hold their edge.
    for shadow, blur in ((close, font.size / 32), (wide, font.size / 8)):
        soft = Image.new("RGBA", canvas, (*edge, 0))
        soft.putalpha(shadow.filter(ImageFilter.GaussianBlur(blur)))
        image = Image.alpha_composite(soft, image)
    return image


def _set(title: Title, canvas: tuple[int, int]) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """Return the largest font, from the wished size down, at which the text fits, and its lines."""
    width, height = canvas[0] * _WIDEST, canvas[1] * _TALLEST[title.position]
    face = fonts.Face(title.font, title.face)
    size = max(_SMALLEST, round(min(canvas) * HEIGHTS[title.size]))
    while True:
        font = face.at(size)
        lines = wrap(title.text, font, width)
        fits = len(lines) * size * _LINE <= height and all(font.getlength(line) <= width for line in lines)
        if fits:
            return font, lines
        if size <= _SMALLEST:
            return font, [part for line in lines for part in _broken(line, font, width)]
        size = max(_SMALLEST, int(size * 0.92))


def _broken(line: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """Return a line in parts that fit, cut within words: the last resort for a word wider than the canvas."""
    parts = [""]
    for letter in line:
        if parts[-1] and font.getlength(parts[-1] + letter) > width:
            parts.append("")
        parts[-1] += letter
    return parts


class Drawn:
    """A title ready to be laid over pictures: its planes and their alpha, cut to where it is.

    Parameters
    ----------
    title
        What to draw.
    canvas
        Width and height in pixels.
    """

    def __init__(self, title: Title, canvas: tuple[int, int]) -> None:
        image = draw(title, canvas)
        left, top, right, bottom = image.getbbox() or (0, 0, 2, 2)
        self._left, self._top = left // 2 * 2, top // 2 * 2
        box = (self._left, self._top, -(-right // 2) * 2, -(-bottom // 2) * 2)
        rgba = np.asarray(image.crop(box))
        height, width = rgba.shape[:2]
        frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(rgba[..., :3]), "rgb24")
        done = converted(frame, width, height, VideoReformatter())
        alpha = rgba[..., 3].astype(np.float32) / 255
        small = alpha.reshape(height // 2, 2, width // 2, 2).mean(axis=(1, 3))
        self._layers = [(plane_of(done, 0).astype(np.float32), alpha)]
        self._layers += [(plane_of(done, index).astype(np.float32), small) for index in (1, 2)]

    def over(self, planes: Planes, opacity: float, *, owned: bool) -> Planes:
        """Return a picture with the title on it.

        Parameters
        ----------
        planes
            The picture.
        opacity
            From 0 to 1.
        owned
            Whether the picture may be written on; otherwise it is copied.
        """
        made: list[Plane] = []
        for plane, (ink, alpha), part in zip(planes.all, self._layers, (1, 2, 2), strict=True):
            target = plane if owned and plane.flags.writeable else plane.copy()
            rows = slice(self._top // part, self._top // part + ink.shape[0])
            columns = slice(self._left // part, self._left // part + ink.shape[1])
            below = target[rows, columns]
            target[rows, columns] = below + (ink - below) * (alpha * opacity) + 0.5
            made.append(target)
        return Planes.of(made)
