"""Letters of several fonts set together in lines: measured, wrapped, and laid out from left to right."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from nemo_widgets.studio.render import fonts, scripts

if TYPE_CHECKING:
    from PIL import ImageFont

    from nemo_widgets.studio.render.fonts import Face


class Measured(Protocol):
    """What can say how wide a text is: a font, or a :class:`Lettering`."""

    def getlength(self, text: str) -> float:
        """Return pixels."""
        ...


class Run(NamedTuple):
    """A stretch of a line in one font; ``width`` in pixels, ``colored`` for an emoji that brings its own colours."""

    text: str
    font: ImageFont.FreeTypeFont
    scale: float
    colored: bool
    width: float


class Lettering:
    """Fonts at a size.

    Parameters
    ----------
    faces
        The fonts, best first; each letter takes the first that has it.
    size
        Height of the letters in pixels.
    """

    def __init__(self, faces: tuple[Face, ...], size: int) -> None:
        self.size = size
        self._faces = faces or (fonts.Face(),)
        self._fonts = {face: face.at(size) for face in self._faces}
        self._made: dict[tuple[str, Face, bool], Run] = {}

    @property
    def main(self) -> ImageFont.FreeTypeFont:
        """The font of most letters, which gives the lines their height."""
        return next((font for font in self._fonts.values() if font.size == self.size), fonts.Face().at(self.size))

    @property
    def thin(self) -> bool:
        """Whether it is Pillow's own font, which is a thin one."""
        return not self._faces[0].path

    def getlength(self, text: str) -> float:
        """Return how wide a line is, in pixels."""
        return sum(run.width for run in self.runs(text))

    def runs(self, line: str) -> list[Run]:
        """Return a line as stretches of one font each, from left to right as they are seen."""
        made = self._split(line)
        if len(made) < 2:
            return made
        return [made[index] for index in scripts.in_visual_order([run.text for run in made])]

    def _split(self, line: str) -> list[Run]:
        if len(self._faces) == 1 and not scripts.EMOJI.search(line):
            return [self._run(line, self._faces[0], emoji=False)]
        made: list[tuple[str, Face, bool]] = []
        for part in scripts.parts(line):
            for cluster in [part.text] if part.emoji else scripts.clusters(part.text):
                last = made[-1] if made and not made[-1][2] and not part.emoji else None
                face = self._face(cluster, last[1] if last else None, emoji=part.emoji)
                if last and last[1] == face:
                    made[-1] = (last[0] + cluster, face, False)
                else:
                    made.append((cluster, face, part.emoji))
        apart = [(said, face, emoji) for text, face, emoji in made for said in _without_end(text)]
        return [self._run(text, face, emoji=emoji) for text, face, emoji in apart]

    def _face(self, cluster: str, current: Face | None, *, emoji: bool) -> Face:
        """Return the font of a cluster; a space, or a comma that every font has, goes with what is before it."""
        neutral = scripts.rightward(cluster) is None
        tried = (current, *self._faces) if current and neutral else self._faces
        # The fonts of emoji stand behind those of letters, but have digits and some signs, too.
        ordered = sorted(tried, key=lambda face: "emoji" not in face.path.lower()) if emoji else tried
        return next((face for face in ordered if fonts.has(face, cluster)), self._faces[0])

    def _run(self, text: str, face: Face, *, emoji: bool) -> Run:
        if (text, face, emoji) not in self._made:
            font = self._fonts[face]
            scale = self.size / font.size
            colored = emoji and fonts.in_color(face, text)
            self._made[text, face, emoji] = Run(text, font, scale, colored, font.getlength(text) * scale)
        return self._made[text, face, emoji]


def _without_end(text: str) -> list[str]:
    """Return a stretch and the space after it apart: between two scripts, it goes the way of the line."""
    kept = text.rstrip()
    return [part for part in (kept, text[len(kept) :]) if part]


def wrap(text: str, font: Measured, width: float) -> list[str]:
    """Return the lines of a text, none wider than ``width`` pixels unless it is a single word.

    Examples
    --------
    >>> wrap("one two three", fonts.Face().at(20), 80)
    ['one two', 'three']
    """
    lines: list[str] = []
    for paragraph in text.splitlines():
        pieces = [" " if piece.isspace() else piece for piece in scripts.pieces(paragraph.strip())]
        lines += _filled(pieces, font, width) or [""]
    return lines


def broken(line: str, font: Measured, width: float) -> list[str]:
    """Return a line in parts that fit, cut within words: the last resort for a word wider than the canvas."""
    return [line] if font.getlength(line) <= width else _filled(scripts.clusters(line), font, width)


def least_lines(text: str, font: Measured, width: float) -> float:
    """Return what a text's words would take side by side, in lines: it can't do with fewer."""
    words = [piece for piece in scripts.pieces(text) if not piece.isspace()]
    measured = {word: font.getlength(word) for word in set(words)}
    return sum(measured[word] for word in words) / width


def _filled(pieces: list[str], font: Measured, width: float) -> list[str]:
    """Return lines of as many pieces as fit, and one at least.

    A line is measured a few times, not once for each piece: a text of thousands of letters would take minutes.
    """
    lines: list[str] = []
    at = 0

    def said(count: int) -> str:
        return "".join(pieces[at : at + count]).strip()

    while at < len(pieces):
        left = len(pieces) - at
        few, many = 1, 2
        while many <= left and font.getlength(said(many)) <= width:
            few, many = many, 2 * many
        many = min(many, left + 1)
        while many - few > 1:
            middle = (few + many) // 2
            few, many = (middle, many) if font.getlength(said(middle)) <= width else (few, middle)
        if line := said(few):  # else it is the space before a word that is too wide itself
            lines.append(line)
        at += few
    return lines
