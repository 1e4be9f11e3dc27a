"""Edits told in the words of a draft's diff, carried out to the letter: what the editor sends for edits made in it.

The sentences are those of :mod:`nemo_widgets.draft.diff`, in English or Chinese, one to a line behind a dash. They say
what was and what is; a segment is found by its name and by what was.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nemo_widgets.draft.fields import NAME, TEXT, VOLUME, first
from nemo_widgets.draft.model import Draft
from nemo_widgets.draft.writing import Edit, Lane, Piece, put
from nemo_widgets.studio.agent.tongue import is_chinese
from nemo_widgets.studio.styling import note
from nemo_widgets.studio.timeline import Json, noted

if TYPE_CHECKING:
    from collections.abc import Callable

_HEADING = re.compile(r"\s*(?:Please change the timeline like this|请这样修改时间线)\s*[:：]\s*")
_DASH = re.compile(r"(?:^|\n)[ \t]{0,4}[-•*][ \t]+")
_LONGEST = 20_000
"""Letters of a message that are read."""

_ROUNDED = 10
"""Times are told in hundredths of a second: so many ms apart is the same time."""

_KINDS = {
    "Clip": "video", "Music": "audio", "Title": "text", "片段": "video", "音乐": "audio", "标题": "text",
}  # fmt: skip
_NOUN = "|".join(_KINDS)
_WHO = rf"(?:“(?P<name>.*)”|(?P<noun>{_NOUN}))"
_NUMBER = r"\d{1,9}(?:\.\d{1,6})?"
_UNIT = r"(?:ms|s|毫秒|秒)"
_SPAN = rf"{_NUMBER}–{_NUMBER} {_UNIT}"
_TIME = rf"{_NUMBER} {_UNIT}"
_LOUD = rf"{_NUMBER}%"


@dataclass(frozen=True)
class _Told:
    """One sentence: what it is about, and what the words of its parts are."""

    change: str
    words: dict[str, str | None]

    @property
    def kind(self) -> str | None:
        """The kind of track that is named, if one is."""
        return _KINDS.get(self.words.get("noun") or "")


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(template, re.DOTALL)


_SENTENCES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("removed", _pattern(rf"(?P<noun>{_NOUN}) removed: (?:“(?P<name>.*)”|(?:{_NOUN})) \((?P<before>{_SPAN})\)")),
    ("removed", _pattern(rf"已删除(?P<noun>{_NOUN})：(?:“(?P<name>.*)”|(?:{_NOUN}))（(?P<before>{_SPAN})）")),
    ("moved", _pattern(rf"{_WHO} moved from (?P<before>{_SPAN}) to (?P<after>{_SPAN})")),
    ("moved", _pattern(rf"{_WHO} 从 (?P<before>{_SPAN}) 移到 (?P<after>{_SPAN})")),
    ("length", _pattern(rf"{_WHO} now lasts (?P<after>{_TIME}) \(it was (?P<before>{_TIME})\)")),
    ("length", _pattern(rf"{_WHO} 时长 (?P<before>{_TIME}) → (?P<after>{_TIME})")),
    ("volume", _pattern(rf"{_WHO} (?:volume|音量) (?P<before>{_LOUD}) → (?P<after>{_LOUD})")),
    ("text", _pattern(rf"(?P<noun>{_NOUN}) “(?P<before>.*)” now says “(?P<after>.*)”")),
    ("text", _pattern(rf"(?P<noun>{_NOUN})“(?P<before>.*)”改为“(?P<after>.*)”")),
    ("renamed", _pattern(r"“(?P<before>.*)” is now called “(?P<after>.*)”")),
    ("renamed", _pattern(r"“(?P<before>.*)”改名为“(?P<after>.*)”")),
    (
        "head",
        _pattern(rf"{_WHO}: start within its file (?:none|(?P<before>{_TIME})) → (?P<after>{_TIME})"),
    ),
    ("head", _pattern(rf"{_WHO}：素材起点 (?:无|(?P<before>{_TIME})) → (?P<after>{_TIME})")),
    ("canvas", _pattern(r"(?:Picture|画面) \d{1,5}×\d{1,5} → (?P<after>\d{1,5}×\d{1,5})")),
    ("fps", _pattern(rf"(?:Frames a second|帧率) {_NUMBER} → (?P<after>{_NUMBER})")),
    ("title", _pattern(r"The project is now called “(?P<after>.*)” \(it was “.*”\)")),
    ("title", _pattern(r"项目名称 “.*” → “(?P<after>.*)”")),
    ("duration", _pattern(rf"The video is now {_TIME} long \(it was {_TIME}\)")),
    ("duration", _pattern(rf"视频时长 {_TIME} → {_TIME}")),
)


@dataclass(frozen=True)
class Dictation:
    """What a message dictates: its sentences, and whether they are Chinese."""

    sentences: tuple[str, ...]
    chinese: bool = False


def read(prompt: str) -> Dictation | None:
    r"""Return what a message dictates; None where it is something else.

    Examples
    --------
    >>> read("Please change the timeline like this:\n- Music volume 100% → 35%")
    Dictation(sentences=('Music volume 100% → 35%',), chinese=False)
    >>> read("make the music quieter") is None, read("Music volume 100% → 35%") is None
    (True, False)
    """
    text = prompt[:_LONGEST].strip()
    heading = _HEADING.match(text)
    text = text[heading.end() :] if heading else text
    lines = tuple(line.strip() for line in _DASH.split(text) if line.strip())
    if heading or (lines and all(_told(line) for line in lines)):
        frame = re.sub("“.*?”", "", prompt[:_LONGEST], flags=re.DOTALL)
        return Dictation(lines, chinese=is_chinese(frame))
    return None


def carry_out(dictation: Dictation, draft: Json) -> tuple[Json, list[str]]:
    """Change a draft as dictated; return it, and the sentences that could not be carried out.

    Examples
    --------
    >>> draft = {"d": 9000, "t": [{"tt": 1, "sg": [{"d": 9000, "m": {"name": "Lo-fi", "volume": 0.35}}]}]}
    >>> made, left = carry_out(Dictation(("Music volume 35% → 20%", "Music is nice")), draft)
    >>> made["t"][0]["sg"][0]["m"]["volume"], left
    (0.2, ['Music is nice'])
    """
    edit = Edit(Draft(draft))
    left: list[str] = []
    moved: set[int] = set()
    gone: list[Piece] = []
    facts: Json = {}
    for sentence in dictation.sentences:
        told = _told(sentence)
        if told is None:
            left.append(sentence)
        elif told.change in _WHOLE:
            facts |= _WHOLE[told.change](told.words.get("after") or "")
        elif (found := _found(told, edit, gone, moved)) is None:
            left.append(sentence)
        else:
            _DO[told.change](told, *found)
            moved |= {id(found[1])} if told.change in _TIMED else set()
            gone += [found[1]] if told.change == "removed" else []
    for lane in edit.lanes:
        lane.pieces = [piece for piece in lane.pieces if piece not in gone]
        lane.pieces.sort(key=lambda piece: piece.start)
        _snap(lane, moved)
    made = edit.done().raw
    return (noted(made, **facts) if facts else made), left


def _told(sentence: str) -> _Told | None:
    for change, pattern in _SENTENCES:
        if match := pattern.fullmatch(sentence):
            return _Told(change, match.groupdict())
    return None


def _found(told: _Told, edit: Edit, gone: list[Piece], moved: set[int]) -> tuple[Lane, Piece] | None:
    """Return what a sentence is about: of those with its name, the one that is as it was."""
    name = told.words["before"] if told.change in ("text", "renamed") else told.words.get("name")
    fits = [
        (lane, piece)
        for lane in edit.lanes
        for piece in lane.pieces
        if piece not in gone
        and (told.kind in (None, lane.kind))
        and (name is None or name in _names(piece))
        and not (told.change in _TIMED and id(piece) in moved)
        and _was(told, piece)
    ]
    if name is None and len(fits) > 1 and told.change != "removed":
        return None
    return fits[0] if fits else None


def _names(piece: Piece) -> set[Any]:
    source = Draft({"t": [{"sg": [piece.raw]}]}).tracks[0].segments[0]
    return {source.name, first(piece.raw, NAME)[1], first(piece.raw, TEXT)[1]} - {None}


def _was(told: _Told, piece: Piece) -> bool:
    """Say whether a segment is as a sentence says that it was."""
    before = told.words.get("before")
    if before is None or told.change in ("text", "renamed"):
        return True
    if told.change in ("moved", "removed"):
        start, end = _times(before)
        return _near(piece.start, start) and _near(piece.end, end)
    if told.change == "length":
        return _near(piece.duration, _times(before)[0])
    if told.change == "head":
        return _near(_head(piece), _times(before)[0])
    volume = first(piece.raw, VOLUME)[1]
    return abs(float(1.0 if volume is None else volume) - _level(before)) <= 0.005 + 1e-9


def _times(words: str) -> list[int]:
    """Return the times in some words, in ms.

    Examples
    --------
    >>> _times("0–5.5 s"), _times("120 毫秒")
    ([0, 5500], [120])
    """
    scale = 1 if words.endswith(("ms", "毫秒")) else 1000
    return [round(float(number) * scale) for number in re.findall(_NUMBER, words)]


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= _ROUNDED


def _head(piece: Piece) -> float:
    return float(first(piece.raw, ("in",))[1] or 0)


def _level(words: str) -> float:
    return round(min(1.0, float(words.rstrip("%")) / 100), 6)


def _move(told: _Told, lane: Lane, piece: Piece) -> None:
    start, end = _times(told.words["after"] or "")
    _place(lane, piece, start, piece.duration if _near(piece.duration, end - start) else end - start)


def _lengthen(told: _Told, lane: Lane, piece: Piece) -> None:
    _place(lane, piece, piece.start, _times(told.words["after"] or "")[0])


def _place(lane: Lane, piece: Piece, start: int, duration: int) -> None:
    """Put a segment at a time, and let it remember that for when everything is fitted anew."""
    changed = piece.duration != duration
    piece.start, piece.duration = start, max(1, duration)
    meta: Json = piece.raw.setdefault("m", {})
    if lane.kind == "text":
        meta |= {"place": start, "length": piece.duration}
    elif lane.kind == "video" and changed:
        note(meta, length=piece.duration)


def _louden(told: _Told, _lane: Lane, piece: Piece) -> None:
    put(piece.raw, VOLUME, _level(told.words["after"] or ""))


def _word(told: _Told, _lane: Lane, piece: Piece) -> None:
    if first(piece.raw, NAME)[1] == told.words["before"]:
        put(piece.raw, NAME, told.words["after"])
    put(piece.raw, TEXT, told.words["after"])


def _rename(told: _Told, _lane: Lane, piece: Piece) -> None:
    put(piece.raw, NAME, told.words["after"])


def _begin(told: _Told, _lane: Lane, piece: Piece) -> None:
    put(piece.raw, ("in",), _times(told.words["after"] or "")[0])


def _snap(lane: Lane, moved: set[int]) -> None:
    """Let what was moved abut the one before it, where only the rounding of told times lies between them."""
    for before, piece in zip(lane.pieces, lane.pieces[1:], strict=False):
        if id(piece) in moved and piece.start != before.end and _near(piece.start, before.end):
            piece.start = before.end


def _sized(words: str) -> Json:
    width, height = map(int, words.split("×"))
    return {"width": width, "height": height}


_DO: dict[str, Callable[[_Told, Lane, Piece], None]] = {
    "removed": lambda _told, _lane, _piece: None,
    "moved": _move,
    "length": _lengthen,
    "volume": _louden,
    "text": _word,
    "renamed": _rename,
    "head": _begin,
}
_TIMED = ("moved", "length")
_WHOLE: dict[str, Callable[[str], Json]] = {
    "canvas": _sized,
    "fps": lambda words: {"fps": int(float(words)) if float(words).is_integer() else float(words)},
    "title": lambda words: {"title": words},
    "duration": lambda _words: {},
}
"""What is said of the whole; its length follows from its segments."""
