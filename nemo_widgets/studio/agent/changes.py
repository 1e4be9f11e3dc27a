"""What a text says about pictures and time → the orders in it, and the text without them. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from nemo_widgets.studio.agent import cutting, grading, lasting, overlaying, pace, styling
from nemo_widgets.studio.agent.clock import Clock
from nemo_widgets.studio.agent.grammar import Change, Found, pattern
from nemo_widgets.studio.agent.lettering import COLORS
from nemo_widgets.studio.agent.moods import MUSIC
from nemo_widgets.studio.agent.pointing import MARK, mark_shots
from nemo_widgets.studio.agent.quotes import LETTER, TITLE
from nemo_widgets.studio.agent.remedies import of_clause, remedied
from nemo_widgets.studio.agent.text_words import LOWER

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.pointing import Marks

_MOST = 60
"""More photos, clips and times than this are pointed at in no sentence."""

_PLEASE = re.compile(r"\s*\b(?:please|pls|plz|kindly)\b")
_GAP, _DONE = "\ufffc", "\ufffb"
_FILE_KIND = re.compile(rf"({MARK})\s+(?:vid|video|clip|photo|pic|picture|image|shot|file|footage)\b(?!\s*\d)")
"""The dance clip" is the file called so, and "the picture" may be all that is seen."""

_THE_PICTURE = re.compile(r"(?:the|that|my) (?:picture|image)")
_BEATS = pattern(
    r"\b(?:(?:make|have|let|put|place|do) )?(?:the |all )?(?:cut|sync|match|time|align|edit|change|snap"
    r"|set)\w*(?: (?!off)\w+){0,5}?"
    r" (?:to|on|with) (?:the |each |every )?(?:beats?|rhythm)(?: of the (?:music|song))?"
    r"|\b(?:on|to) (?:the|every|each) beat\b|\bbeat[- ]?(?:sync|match|cut|align)\w*"
    r"|卡点|踩点|跟(?:着|随|上)?(?:音乐)?(?:的)?节奏(?:切换|剪辑)?|(?:对齐|按照?|合|卡)(?:着|上)?"
    r"(?:音乐)?的?(?:节拍|节奏|拍子)(?:切换|剪辑|剪)?"
)
_NO_BEATS = pattern(
    r"\b(?:not|no longer|don'?t|stop|off|without|ignore)\b.{0,20}\bbeat|不要?(?:卡点|踩点)|取消(?:卡点|踩点)"
)
_LINES = pattern(
    r"(?<![a-z0-9])(?P<width>\d{3,5})_[x×*]_(?P<height>\d{3,5})(?![\d%])(?: ?px| pixels)?"
    r"|(?<![a-z0-9])(?P<lines>144|240|360|480|540|576|720|1080|1440|2160)_p(?![a-z0-9])"
    r"|(?<![a-z0-9])(?P<k>[24])_k\b(?: "
    r"(?:resolution|quality))?|\b(?P<hd>full[- ]?hd|fhd|uhd|ultra[- ]?hd|hd)\b(?: (?:resolution"
    r"|quality))?|(?P<zh>超清|高清)"
)
_FPS = pattern(
    r"(?<![\d.])(?P<fps>\d{2,3}(?:\.\d{1,3})?)_(?:fps|frames? (?:per|a|/) ?(?:second|sec|s)\b|帧每?秒?"
    r"|帧/秒)|\b(?:fps|frame ?rate)(?: (?:to|of|at|=|:))*_(?P<rate>\d{2,3})\b|(?:每秒|帧率)(?:改成|改为"
    r"|设为|调到|为)?_(?P<zh>\d{2,3})_帧?"
)
_COLOR = rf"(?:{'|'.join(COLORS.values())})"
_GROUND = re.compile(
    r"(?:\b(?:make|turn|set|change|have|use|give (?:it|them)|want|put|with|on|against|in front of) )*(?:the |an? |my )*"
    rf"(?:(?P<en>{_COLOR}) (?:background|backdrop)(?: colou?r)?"
    rf"|background(?: colou?r)? (?:(?:to|be|is|should|in) )*(?P<to>{_COLOR}))\b(?! (?:music|box))"
    rf"|(?:请|用|把|将|配|要|加|换成?|改成?|视频|画面)*(?:(?P<zh>{_COLOR})色?的?(?:背景|底色?)(?!音|的)"
    rf"|背景(?!音)的?(?:颜?色)?(?:改|换|设|变|调|用|是|为|成|要)*(?P<zh_to>{_COLOR})色?底?)"
)
"""The colour of what is behind the pictures."""

_BUT_ZH = re.compile(r"除了?\s*$")
_EXCEPTED = re.compile(rf"\s*{MARK}(?:\s*(?:和|、|跟|以及|与)\s*{MARK})*")
_FOREIGN = re.compile(rf"{TITLE}|{MUSIC}")
_NAMED = {"full hd": 1080, "fhd": 1080, "hd": 720, "uhd": 2160, "ultra hd": 2160, "超清": 1080, "高清": 1080}


def take_changes(text: str, marks: Marks, *, titled: bool = False) -> tuple[tuple[Change, ...], str]:
    """Return the orders about pictures and time in a text (lower case), and the text without them.

    Parameters
    ----------
    text
        What somebody says; files are marked already.
    marks
        What its letters stand for.
    titled
        Whether a quoted text was taken out, of which only a gap is left: no order reaches across it.

    Examples
    --------
    >>> from nemo_widgets.studio.agent.pointing import Marks
    >>> changes, rest = take_changes("keep the first 10 seconds and add music", Marks())
    >>> changes[0].verb, changes[0].part.within(60_000), rest
    ('keep', (0, 10000), '  and add music')
    """
    clock = Clock()
    before = len(marks.words)
    plain = _PLEASE.sub("", text)
    if titled:
        plain = re.sub(r"\s{2,}", f" {_GAP} ", plain)
    plain = _FILE_KIND.sub(r"\1", re.sub(r"[()（）\s]+", " ", plain))
    marked = clock.marked(mark_shots(clock.whole_zh(plain), marks))
    found: list[tuple[int, Change]] = []
    if len(marks.words) - before + len(clock.words) > _MOST:
        return (), text
    for one in (overlaying, cutting, lasting, pace, styling, grading):
        for expression, reader in one.COMPILED:
            for match in list(expression.finditer(marked)):
                change = None if _foreign(match[0]) else reader(Found(match, marks, clock))
                start = match.start()
                excepted = _EXCEPTED.match(match[0]) if change and _BUT_ZH.search(marked[:start]) else None
                if change is not None and excepted is not None:
                    # "除了采访都改成黑白" is about the others: what is excepted is an order of its own.
                    change, start = replace(change, picks=()), start + excepted.end()
                if change is not None and not any(pick.kind == "audio" for pick in (*change.picks, *change.beside)):
                    change, marked = of_clause(change, match.span(), marked, marks)
                    if change.verb == "logo" and not change.facts.get("drop"):
                        change, marked = overlaying.timed(change, match.end(), marked, clock)
                    found.append((start, _of_all(change)))
                    marked = marked[:start] + _DONE * (match.end() - start) + marked[match.end() :]
    marked, more = _frame(marked, marks)
    found += more
    if not found:
        return (), _FILE_KIND.sub(r"\1", text)
    rest = re.sub(f"[{_DONE}{_GAP}]+", " ", marks.spelled(clock.spelled(marked), before))
    ordered = [change for _, change in sorted(found, key=lambda one: one[0])]
    # "It's too dark, make it brighter" is one wish.
    return remedied(tuple(change for index, change in enumerate(ordered) if change not in ordered[:index])), rest


def _of_all(change: Change) -> Change:
    """Return an order about "the picture" as one about all that is seen."""
    said = [pick.name or "" for pick in change.picks]
    whole = change.verb in ("freeze", "fade", "look") and len(said) == 1 and _THE_PICTURE.fullmatch(said[0])
    return replace(change, picks=()) if whole else change


def _foreign(words: str) -> bool:
    """Say whether words are about titles or music, which are others' business, or reach across a gap."""
    return _GAP in words or _FOREIGN.search(words) is not None


def _ground(text: str, marks: Marks) -> re.Match[str] | None:
    """Return where the colour of what is behind all pictures is named; one photo has no ground of its own."""
    match = _GROUND.search(text)
    if match is None or re.search(rf"{TITLE}|{LOWER}|{LETTER}|{_GAP}", text):
        return None
    before = re.split(r"[,;.，；。]", text[: match.start()])[-1]
    after = re.split(r"[,;.，；。]", text[match.end() :])[0]
    takes = re.search(r"\b(?:remove|delete|drop|keep|use|no|without)\b|删|去掉|移除|不要", before + after)
    return None if takes or any(pick.definite or pick.single for pick in marks.picked(before + after)) else match


def _frame(text: str, marks: Marks) -> tuple[str, list[tuple[int, Change]]]:
    """Take out what is said about beats, resolution, frame rate and what is behind the pictures."""
    found: list[tuple[int, Change]] = []
    if match := _NO_BEATS.search(text):
        found.append((len(text) + 2, Change("beats", facts={"on": False})))
        text = text.replace(match[0], _DONE)
    if match := _BEATS.search(text):
        found.append((len(text) + 2, Change("beats", facts={"on": True})))
        text = text.replace(match[0], _DONE)
    facts: dict[str, Any] = {}
    if match := _LINES.search(text):
        named = match["hd"] or match["zh"]
        if match["width"]:
            facts["size"] = int(match["width"]), int(match["height"])
        else:
            facts["lines"] = (
                int(match["lines"] or 0)
                or (_NAMED.get((named or "").replace("-", " ")) or 0)
                or {"2": 1440, "4": 2160}[match["k"]]
            )
        text = text.replace(match[0], _DONE)
    if match := _ground(text, marks):
        named = match["en"] or match["to"] or match["zh"] or match["zh_to"]
        facts["ground"] = next(code for code, words in COLORS.items() if re.fullmatch(words, named))
        text = text.replace(match[0], _DONE)
    if match := _FPS.search(text):
        facts["fps"] = float(match["fps"] or match["rate"] or match["zh"])
        text = text.replace(match[0], _DONE)
    return text, [*found, (len(text) + 1, Change("frame", facts=facts))] if facts else found
