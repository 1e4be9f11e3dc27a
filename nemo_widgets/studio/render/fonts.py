"""Which fonts can draw a text: the one that Pillow brings, or ones that are installed; never empty boxes.

Pillow's own font is scalable, but holds little more than ASCII, so text with other letters takes an installed font,
asked glyph by glyph; where no font has all of them, several. Where a machine has no fonts at all, Latin letters lose
their accents rather than the whole title.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from PIL import Image, ImageDraw, ImageFont

from nemo_widgets import settings
from nemo_widgets.studio.render import scripts

if TYPE_CHECKING:
    from collections.abc import Iterator

SUFFIXES = frozenset({".ttf", ".otf", ".ttc", ".otc"})

# Parts of file names, best first: a plain sans serif is what a title wants.
_EAST_ASIAN = (
    "notosanscjk-bold", "notosanscjk", "notosanssc", "sourcehansans", "pingfang", "hiragino sans gb", "msyhbd", "msyh",
    "simhei", "wqy-zenhei", "wqy-microhei", "droidsansfallback", "malgun", "yugoth", "meiryo", "hiragino",
    "applesdgothic", "nanumgothic",
)  # fmt: skip
_PREFERRED = (
    "notosans-bold.", "dejavusans-bold.", "liberationsans-bold.", "arialbd", "notosans-regular", "dejavusans.",
    "liberationsans-regular", "arial.", "segoeui", "helvetica", "arial unicode", "notosansarabic-bold",
    "notosanshebrew-bold", "notosans", "symbola",
)  # fmt: skip
_UNFIT = ("italic", "oblique", "mono", "light", "thin", "emoji", "condensed", "narrow", "math")
_PROBE_SIZE = 20
_STRIKES = (109, 136, 128, 160, 96, 64)
"""Sizes that fonts of colour bitmaps have: Noto's, and others'."""

_PACKAGED = {"noto_cjk_sans_otc": ".", "matplotlib": "mpl-data/fonts/ttf"}
"""Python packages that bring fonts, and where in them: the extra ``fonts``, and one that many notebooks have."""

_DASHES = str.maketrans({"–": "-", "—": "-", "‐": "-", "‑": "-", "‒": "-", "«": '"', "»": '"', "„": '"', "\u00a0": " "})
_LETTERS = {
    "ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ł": "l", "Ł": "L",
    "đ": "d", "Đ": "D", "ı": "i", "€": "EUR",
}  # fmt: skip


class Face(NamedTuple):
    """A font file and the number of the face within it; an empty path is the font that Pillow brings."""

    path: str = ""
    number: int = 0

    def at(self, size: int) -> ImageFont.FreeTypeFont:
        """Return the font at a size in pixels; one of bitmaps at the size that it has."""
        if self.path:
            return _opened(self, size)
        font = ImageFont.load_default(size)
        if not isinstance(font, ImageFont.FreeTypeFont):
            raise OSError("This Pillow was built without FreeType, so it can't draw titles.")
        return font


def folders() -> list[Path]:
    """Return where fonts may be: what NEMO_FONTS names, Python packages that bring some, and the system's."""
    return [*settings.font_folders(), *_packaged(), *_of_system()]


def _of_system() -> list[Path]:
    home = Path.home()
    if sys.platform == "win32":
        windows = Path(os.environ.get("WINDIR", r"C:\Windows"))
        return [windows / "Fonts", home / "AppData/Local/Microsoft/Windows/Fonts"]
    if sys.platform == "darwin":
        return [home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts")]
    shared = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    own = Path(os.environ.get("XDG_DATA_HOME") or home / ".local/share")
    return [own / "fonts", home / ".fonts", *(Path(folder) / "fonts" for folder in shared.split(":"))]


def _packaged() -> list[Path]:
    """Return the folders of installed packages, without importing them."""
    specs = ((find_spec(name), inside) for name, inside in _PACKAGED.items())
    return [Path(place, inside) for spec, inside in specs if spec for place in spec.submodule_search_locations or ()]


def faces_for(text: str) -> tuple[Face, ...]:
    """Return the fonts that together can draw every letter of a text, best first; none where there are none.

    Examples
    --------
    >>> faces_for("Urban Dreams")
    (Face(path='', number=0),)
    """
    pictures = frozenset(part.text for part in scripts.parts(text) if part.emoji)
    letters = frozenset(letter for part in scripts.parts(text) if not part.emoji for letter in needed(part.text))
    where = tuple(folders())
    drawing = _together(letters, where)
    if drawing is None:
        return ()
    seen = _emoji_faces(pictures, where)
    if seen is None:
        return ()
    return tuple(dict.fromkeys((*drawing, *seen))) or (Face(),)


def needed(text: str) -> frozenset[str]:
    """Return the letters of a text that a font must have: no spaces, joiners or variation selectors."""
    skipped = ("Zs", "Zl", "Zp", "Cc", "Cf")
    return frozenset(
        letter for letter in text if unicodedata.category(letter) not in skipped and letter not in "\ufe0e\ufe0f"
    )


def plain(text: str) -> str:
    """Return a Latin text without accents, for a machine without fonts; other letters stay.

    Examples
    --------
    >>> plain("Café — São Paulo"), plain("नमस्ते 한")
    ('Cafe - Sao Paulo', 'नमस्ते 한')
    """
    spelled = "".join(_LETTERS.get(letter, letter) for letter in text.translate(_DASHES))
    made = ""
    for letter in unicodedata.normalize("NFC", spelled):
        apart = unicodedata.normalize("NFKD", letter)
        if apart.isascii() or apart[0].isascii():
            made += "".join(part for part in apart if not unicodedata.combining(part))
        elif not (unicodedata.combining(letter) and made[-1:].isascii()):
            made += letter
    return made


def has(face: Face, cluster: str) -> bool:
    """Say whether a font has all letters of a cluster."""
    return _covers(face, needed(cluster))


@lru_cache(maxsize=256)
def in_color(face: Face, emoji: str) -> bool:
    """Say whether a font draws an emoji in colours of its own."""
    font = face.at(_PROBE_SIZE)
    if font.size != _PROBE_SIZE:
        return True  # A font of bitmaps; some of its pictures are gray.
    tile = Image.new("RGB", (3 * round(font.size), 2 * round(font.size)))
    ImageDraw.Draw(tile).text((font.size / 2, font.size / 2), emoji, (255, 255, 255), font=font, embedded_color=True)
    red, green, blue = tile.split()
    return red.tobytes() != green.tobytes() or green.tobytes() != blue.tobytes()


def _together(letters: frozenset[str], where: tuple[Path, ...]) -> tuple[Face, ...] | None:
    """Return one font with all the letters, or several; None where some letter is in none."""
    if not letters:
        return ()
    if _covers(Face(), letters):
        return (Face(),)
    one = _installed(letters, where)
    if one is not None:
        return (one,)
    made: list[Face] = []
    rest = set(letters)
    for face in (*_all_faces(letters, where), Face()):
        found = {letter for letter in rest if _covers(face, frozenset(letter))}
        if found:
            made.append(face)
            rest -= found
        if not rest:
            return tuple(made)
    return None


def _emoji_faces(pictures: frozenset[str], where: tuple[Path, ...]) -> tuple[Face, ...] | None:
    """Return the fonts for emoji, one of colours where there is one; None where some are in none."""
    made: list[Face] = []
    rest = {emoji: needed(emoji) for emoji in pictures}
    if not rest:
        return ()
    faces = sorted(_all_faces(frozenset(), where), key=lambda face: "emoji" not in Path(face.path).name.lower())
    for face in faces:
        found = [emoji for emoji, letters in rest.items() if _covers(face, letters)]
        if found:
            made.append(face)
        for emoji in found:
            del rest[emoji]
        if not rest:
            return tuple(made)
    return None


def _all_faces(letters: frozenset[str], where: tuple[Path, ...]) -> Iterator[Face]:
    return (face for path in _files(where, east_asian=_east_asian(letters)) for face in _faces(path, letters)[:1])


@lru_cache(maxsize=64)
def _installed(letters: frozenset[str], where: tuple[Path, ...]) -> Face | None:
    for path in _files(where, east_asian=_east_asian(letters)):
        for face in _faces(path, letters):
            if _covers(face, letters):
                return face
    return None


@lru_cache(maxsize=8)
def _files(where: tuple[Path, ...], *, east_asian: bool) -> tuple[Path, ...]:
    found = [
        Path(base, name)
        for folder in where
        for base, _, names in os.walk(folder)
        for name in names
        if Path(name).suffix.lower() in SUFFIXES
    ]
    preferred = (*_EAST_ASIAN, *_PREFERRED) if east_asian else (*_PREFERRED, *_EAST_ASIAN)
    return tuple(sorted(found, key=lambda path: _rank(path, preferred)))


def _rank(path: Path, preferred: tuple[str, ...]) -> tuple[int, int, str]:
    name = path.name.lower()
    place = next((index for index, part in enumerate(preferred) if part in name), len(preferred))
    return sum(part in name for part in _UNFIT), place, str(path)


@lru_cache(maxsize=256)
def _faces(path: Path, letters: frozenset[str]) -> list[Face]:
    """Return the faces of a file; of a Chinese-Japanese-Korean collection the one whose shapes fit the text first."""
    if path.suffix.lower() not in (".ttc", ".otc"):
        return [Face(str(path))]
    found: list[tuple[bool, Face]] = []
    wanted = _regional(letters)
    for index in range(12):
        face = Face(str(path), index)
        try:
            family = face.at(_PROBE_SIZE).getname()[0] or ""
        except OSError:
            break
        found.append((not family.endswith(wanted), face))
    return [face for _, face in sorted(found)]


def _east_asian(letters: frozenset[str]) -> bool:
    return any("\u2e80" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7af" for letter in letters)


def _regional(letters: frozenset[str]) -> str:
    if any("\u3040" <= letter <= "\u30ff" for letter in letters):
        return " JP"
    if any("\uac00" <= letter <= "\ud7af" for letter in letters):
        return " KR"
    return " SC"


def _opened(face: Face, size: int) -> ImageFont.FreeTypeFont:
    try:
        return ImageFont.truetype(face.path, size, index=face.number)
    except OSError as error:
        if "pixel size" not in str(error):
            raise
    for strike in _STRIKES:
        try:
            return ImageFont.truetype(face.path, strike, index=face.number)
        except OSError:
            continue
    raise OSError(f"{face.path} has no size that can be drawn.")


def _covers(face: Face, letters: frozenset[str]) -> bool:
    """Say whether a font has all the letters."""
    return all(_draws(face, letter) for letter in letters)


@lru_cache(maxsize=20_000)
def _draws(face: Face, letter: str) -> bool:
    """Say whether a font has a letter: one that it lacks looks like one that no font has."""
    try:
        font, missing = _probed(face)
        return _looks(font, letter) not in missing
    except (OSError, ValueError):
        return False


@lru_cache(maxsize=512)
def _probed(face: Face) -> tuple[ImageFont.FreeTypeFont, tuple[Any, Any]]:
    font = face.at(_PROBE_SIZE)
    return font, (_looks(font, "\U0010ffff"), _looks(font, "\uffff"))


def _looks(font: ImageFont.FreeTypeFont, letter: str) -> tuple[tuple[int, int], bytes]:
    if font.size == _PROBE_SIZE:
        mask = font.getmask(letter)
        return mask.size, bytes(cast("Any", mask))
    # A font of bitmaps has no outlines to draw.
    tile = Image.new("RGBA", (2 * round(font.size), 2 * round(font.size)))
    ImageDraw.Draw(tile).text((0, 0), letter, font=font, embedded_color=True)
    return tile.size, tile.tobytes()
