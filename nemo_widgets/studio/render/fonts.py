"""Which font can draw a text: the one that Pillow brings, or one that is installed; never empty boxes.

Pillow's own font is scalable, but holds little more than ASCII, so text with other letters takes an installed font,
asked glyph by glyph. Where a machine has no fonts at all, Latin letters lose their accents rather than the whole title.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, cast

from PIL import ImageFont

SUFFIXES = frozenset({".ttf", ".otf", ".ttc", ".otc"})

# Parts of file names, best first: a plain sans serif is what a title wants.
_PREFERRED = (
    "notosanscjk-bold", "notosanscjk", "notosanssc", "sourcehansans", "pingfang", "hiragino sans gb", "msyhbd", "msyh",
    "simhei", "wqy-zenhei", "wqy-microhei", "droidsansfallback", "dejavusans-bold.", "dejavusans.",
    "liberationsans-bold.", "liberationsans-regular", "notosans-bold.", "notosans-regular", "arialbd", "arial.",
    "segoeui", "helvetica", "arial unicode", "malgun", "yugoth", "meiryo", "hiragino", "applesdgothic", "nanumgothic",
    "notosans", "symbola",
)  # fmt: skip
_UNFIT = ("italic", "oblique", "mono", "light", "thin", "emoji", "condensed", "narrow", "math")
_PROBE_SIZE = 20

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
        """Return the font at a size in pixels."""
        if self.path:
            return ImageFont.truetype(self.path, size, index=self.number)
        font = ImageFont.load_default(size)
        if not isinstance(font, ImageFont.FreeTypeFont):
            raise OSError("This Pillow was built without FreeType, so it can't draw titles.")
        return font


def folders() -> list[Path]:
    """Return where fonts are installed on this system."""
    home = Path.home()
    if sys.platform == "win32":
        windows = Path(os.environ.get("WINDIR", r"C:\Windows"))
        return [windows / "Fonts", home / "AppData/Local/Microsoft/Windows/Fonts"]
    if sys.platform == "darwin":
        return [home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts")]
    shared = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    own = Path(os.environ.get("XDG_DATA_HOME") or home / ".local/share")
    return [own / "fonts", home / ".fonts", *(Path(folder) / "fonts" for folder in shared.split(":"))]


def face_for(text: str) -> Face | None:
    """Return a font that can draw every letter of a text, or None.

    Examples
    --------
    >>> face_for("Urban Dreams")
    Face(path='', number=0)
    """
    letters = needed(text)
    if _covers(Face(), letters):
        return Face()
    return _installed(letters, tuple(folders()))


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
    >>> plain("Café — São Paulo")
    'Cafe - Sao Paulo'
    """
    spelled = "".join(_LETTERS.get(letter, letter) for letter in text.translate(_DASHES))
    apart = unicodedata.normalize("NFKD", spelled)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


@lru_cache(maxsize=64)
def _installed(letters: frozenset[str], where: tuple[Path, ...]) -> Face | None:
    for path in _files(where):
        for face in _faces(path, letters):
            if _covers(face, letters):
                return face
    return None


@lru_cache(maxsize=8)
def _files(where: tuple[Path, ...]) -> tuple[Path, ...]:
    found = [
        Path(base, name)
        for folder in where
        for base, _, names in os.walk(folder)
        for name in names
        if Path(name).suffix.lower() in SUFFIXES
    ]
    return tuple(sorted(found, key=_rank))


def _rank(path: Path) -> tuple[int, int, str]:
    name = path.name.lower()
    place = next((index for index, part in enumerate(_PREFERRED) if part in name), len(_PREFERRED))
    return sum(part in name for part in _UNFIT), place, str(path)


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


def _regional(letters: frozenset[str]) -> str:
    if any("\u3040" <= letter <= "\u30ff" for letter in letters):
        return " JP"
    if any("\uac00" <= letter <= "\ud7af" for letter in letters):
        return " KR"
    return " SC"


def _covers(face: Face, letters: frozenset[str]) -> bool:
    """Say whether a font has all the letters: one that it lacks looks like one that no font has."""
    try:
        font = face.at(_PROBE_SIZE)
        missing = _looks(font, "\U0010ffff"), _looks(font, "\uffff")
        return not any(_looks(font, letter) in missing for letter in letters)
    except (OSError, ValueError):
        return False


def _looks(font: ImageFont.FreeTypeFont, letter: str) -> tuple[tuple[int, int], bytes]:
    mask = font.getmask(letter)
    return mask.size, bytes(cast("Any", mask))
