"""What "it", "them" and "the others" are in one of several wishes, and what is meant where nothing is named. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.nicknames import mark_named
from nemo_widgets.studio.agent.ordering import CannotPoint, found
from nemo_widgets.studio.agent.pictures import pointed, standing
from nemo_widgets.studio.agent.pointing import Marks, Pick, mark_files, mark_shots
from nemo_widgets.studio.timeline import VIDEO, segments
from nemo_widgets.studio.workspace import media_id_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nemo_widgets.studio.agent.base import Context
    from nemo_widgets.studio.agent.grammar import Change
    from nemo_widgets.studio.agent.wish import Wish

_IT = re.compile(
    r"\b((?:trim|shorten|cut|speed|slow|brighten|darken|play|mute|unmute|freeze|zoom in on|zoom out on|show|hold|split"
    r"|keep|lengthen|extend|duplicate|repeat|remove"
    r"|delete|move|put)(?: down| up| out)?|make|turn)\s+(?:it|that one|that|this one|her|him"
    r"|(?P<several>them(?: both| all)?|both(?: of them)?|those|these))\b(?!\s+(?:all\b|"
    r"(?:a |an )?(?:video|square|vertical|portrait|landscape|\d+:\d+)))",
    re.IGNORECASE,
)
_ITS = re.compile(r"(把|将|让|给)(?:(?P<several>它们|他们|她们|这些|这两[张个段])|它|他|她|这个|这段|这张)")
_ITS_SOUND = re.compile(r"\b(?:its|the) (sound|audio|volume)\b(?! of| from)", re.IGNORECASE)
_AND_ZH = r"^((?:并且?|也|再|然后|同时|而且|要|把|将|给)*"
_MUTE_ZH = re.compile(_AND_ZH + r")(?=静音|消音)")
_SOUND_ZH = re.compile(
    _AND_ZH + r"(?:去掉|关掉|关闭|不要|取消|去除|删掉|删除|拿掉)?)(?:它的)?(?=(?:原声|原音|声音|音量))"
)
_NO_SOUND = re.compile(
    r"(?:and\s+)?(?:(?:no|without|turn off|remove|drop)(?: any| the)? (?:sound|audio)|(?:un)?muted?|silent)\s*[.!]*",
    re.IGNORECASE,
)
_AGAIN = re.compile(r"\b(?:un)?mute (?:it|that|her|him)\b(?! all)", re.IGNORECASE)
_OUT = re.compile(
    r"\b(?:(?:leave|take|cut|throw|kick)\s+(?:it|that one|that|this one)\s+out"
    r"|(?:remove|delete|drop)\s+(?:it|that one|this one))\b(?!\s+(?:all|of|from)\b)",
    re.IGNORECASE,
)
_SO_LONG = re.compile(
    r"(?:and\s+)?(?:show|play|hold|use|keep)\s+(?:(?:it|that one|that)\s+)?(?:only\s+|just\s+)?(?:for\s+)?"
    r"(?P<time>\d+(?:\.\d+)?\s*(?:s|sec\w*))(?:\s+of\s+it)?[\s.!]*"
    r"|(?:然后|再|就|只|让它|它)*(?:放|播放?|显示|停留?|持续|展示)(?:个|上)?(?P<zh>[\d一二两三四五六七八九十.]{1,4}秒钟?)[吧。！\s]*",
    re.IGNORECASE,
)
"""So long, of one that was spoken of just before."""

_PART = re.compile(
    r"\bthe (?P<en>first|second|third|fourth|fifth|middle|last|latter)(?: (?:half|third|part|piece|one|bit"
    r"|section|segment))?(?=[\s.!]*$|\s+(?:at|to) the (?:very )?(?:end|start|beginning)\b"
    r"|\s+(?:first|last)\b)|(?P<zh>第[一二三四五]|最?中间那?|最后一?|最前面?那?)(?:[一]?[段份个]|部分)"
    r"(?=[吧。！\s]*$|放|移|挪|删|去掉|静音|不要)",
    re.IGNORECASE,
)
"""One of the parts that something was cut into."""

_NTH = ("first", "second", "third", "fourth", "fifth")
_SIZED = re.compile(
    r"\b(?:\d+\s?:\s?\d+|\d{3,4}\s?(?:p\b|x\s?\d{3})|\d+\s?(?:s|sec\w*|min\w*)\b(?!\s*(?:faster|slower))|vertical"
    r"|square|for (?:tiktok|youtube|instagram))"
)
_FEW_SECONDS = 6
_PHOTOS, _CLIPS = r"photos?|pictures?|images?|pics?|照片|图片|相片", r"clips?|videos?|视频片段|视频|片段"
OTHERS = (
    rf"\b(?:all\s+)?(?:the\s+)?(?:(?:rest|others|everything else|all else)\b"
    rf"(?:\s+of\s+(?:the|my)\s+(?P<of>{_PHOTOS}|{_CLIPS})\b)?"
    rf"|other\s+(?P<noun>{_PHOTOS}|{_CLIPS}|ones|shots)\b)"
    rf"|(?:其他|其它|其余|剩下)(?:所有|全部)?的?(?P<zh>{_PHOTOS}|{_CLIPS})?(?!的?(?:音|声|文|标|字))"
)
"""Words for the photos and clips that weren't named so far, as a pattern."""

_WHOLE = re.compile(
    r"\b(?:all|every\w*|whole|entire|videos?|movie|film|each|rest|others?|photos|clips|pictures|images)\b"
    r"|[全整每都]|所有|视频|画面|照片|图片",
    re.IGNORECASE,
)
_SHOT_ZH = re.compile(r"(?:第.{1,3}|最后一?|前.?)[张段个幅](?:照片|图片|视频片段|视频|片段)?")
SHOWN = ("speed", "motion", "look", "freeze")
"""What is done to how a shot looks and plays."""

_TRIMMED = re.compile(r"(?:and\s+)?(?:trim|shorten|cut|crop)(?: down)? to\b|(?:再|并)?(?:剪|裁|缩短?)到", re.IGNORECASE)
_GONE = ("remove", "but", "only", "except")


def referred(text: str, before: Wish, context: Context, said: str = "") -> str:
    """Return a wish's words with the name of a file for "it", where the wish before was about that one alone.

    "Make it 20 seconds" stays about the whole. ``said`` is what the wish before said, which names a file even where
    nothing could be made of it.
    """
    if (parted := _parted(text, before, context)) is not None:
        return parted
    if (heard := _heard(text, before, context, said)) is not None:
        return heard
    if (match := _SO_LONG.fullmatch(text)) and (name := only(before, context, said)) and not before.make:
        return f"{name}显示{match['zh']}" if match["zh"] else f"show {name} for {match['time']}"
    match = _IT.search(text) or _ITS.search(text)
    if match is None:
        return text
    sized = _SIZED.search(text.lower()) and not (context.draft and _brief(text, len(segments(context.draft, VIDEO))))
    if not match["several"] and match[1].lower() in ("make", "turn") and sized:
        return text
    name = _named(before, context) if match["several"] else only(before, context, said)
    if name is None:
        return text
    rest = text[match.end() :]
    apart = "." if re.match(r"\s*,|\s*and\b", rest) else ""  # What comes next is no second file of a list.
    return f"{text[: match.start()]}{match[1]} {name}{apart}{rest}"


def _brief(text: str, count: int) -> bool:
    """Say whether so few seconds are named that so many shots can't be meant: "put the clip last and make it 5 s"."""
    match = re.search(r"(\d+(?:\.\d+)?)\s*(?:s|sec\w*)\b", text, re.IGNORECASE)
    return match is not None and float(match[1]) <= min(_FEW_SECONDS, 2 * count)


def _heard(text: str, before: Wish, context: Context, said: str) -> str | None:
    """Return a wish about sound alone with the name of the clip before; None where it is about something else."""
    match = _ITS_SOUND.search(text) or _NO_SOUND.fullmatch(text) or _MUTE_ZH.search(text) or _SOUND_ZH.search(text)
    name = only(before, context, said) if match else None
    if match is None or name is None or any(one.name == name and one.kind == "image" for one in context.materials):
        return None
    if match.re is _ITS_SOUND:
        return f"{text[: match.start()]}the {match[1]} of {name}{text[match.end() :]}"
    if match.re is _NO_SOUND:
        return f"{'un' if 'unmute' in text.lower() else ''}mute {name}"
    return f"{match[1]}{name}{'的' if match.re is _SOUND_ZH else ''}{text[match.end() :]}"


def continued(text: str, before: Wish, context: Context) -> str:
    """Return a message's words with the name of a file for "it", where the message before was about that one alone.

    Only what can't be meant of the whole is: "mute it", but not "make it shorter".
    """
    if match := _OUT.search(text):
        name = only(before, context, context.turns[-1].prompt) if context.turns else None
        return text.replace(match[0], f"remove {name}", 1) if name else text
    if (parted := _parted(text, before, context)) is not None:
        return parted
    return referred(text, before, context) if _AGAIN.search(text) else text


def contrasted(text: str, before: Iterable[Wish], context: Context) -> str:
    """Return a wish's words with numbers for "the others": photos and clips that no wish before it was about.

    They are others of the same kind, where all that were named are photos, or clips.
    """
    match = re.search(OTHERS, text, re.IGNORECASE)
    if match is None or context.draft is None:
        return text
    shots = standing(context.draft)
    try:
        named = {index for wish in before for pick in _definite(wish) for index in found((pick,), shots)}
    except CannotPoint:
        return text
    photos = {shots[index].length is None for index in named}
    noun = match["of"] or match["noun"] or match["zh"]
    if noun and re.fullmatch(f"{_PHOTOS}|{_CLIPS}", noun, re.IGNORECASE):
        photos = {re.fullmatch(_PHOTOS, noun, re.IGNORECASE) is not None}
    left = [i for i, shot in enumerate(shots) if i not in named and (shot.length is None) in photos]
    if not named or not left:
        return text
    before_it, after = text[: match.start()], text[match.end() :]
    return f"{before_it.rstrip()} {_counted(left, context)} {after.lstrip()}".strip()


def elided(text: str, wish: Wish, before: Wish, context: Context) -> Wish:
    """Return a wish about the shot that the one before was about, where it names none and isn't about the whole.

    "Put beach.mov first, slow it down, then zoom in": on that clip.
    """
    if len(wish.changes) != 1 or wish.make or _WHOLE.search(text):
        return wish
    (change,) = wish.changes
    shown = change.verb in SHOWN or (change.verb in ("keep", "cut", "length") and _TRIMMED.match(text))
    if change.picks or not shown or (change.part is not None and change.verb == "speed"):
        return wish
    name = only(before, context, "")
    one = next((one for one in context.materials if one.name == name), None)
    if one is None:
        # Which one isn't clear: that is asked, rather than done to the whole.
        doubted = [pick for pick in _picks(before) if pick.single]
        return replace(wish, changes=(replace(change, picks=(doubted[0],)),)) if len(doubted) == 1 else wish
    return replace(wish, changes=(replace(change, picks=(Pick(kind=one.kind, file=one.id, name=one.name),)),))


def carried(text: str, wish: Wish) -> Wish:
    """Return a wish in which "make photo 2 longer and brighter" brightens that photo alone."""
    if wish.make or _WHOLE.search(_SHOT_ZH.sub("", text)):
        return wish
    picks: tuple[Pick, ...] = ()
    changes: list[Change] = []
    for change in wish.changes:
        bare = change.verb in SHOWN and not change.picks and change.part is None
        changes.append(replace(change, picks=picks) if bare else change)
        picks = change.picks if change.definite and not change.but else picks
    return replace(wish, changes=tuple(changes))


def pinned(text: str, context: Context) -> str:
    """Return a wish's words with the names of files for numbers, which count what was there before the message.

    "Remove clip 1 and speed up clip 2" speeds up what is the second one now.
    """
    shots = segments(context.draft, VIDEO)
    sources = [media_id_in(one["m"].get("src", "")) or "" for one in shots]
    known = {one.id: one.name for one in context.materials}
    if context.draft is None or len(set(sources)) < len(sources) or not set(sources) <= set(known):
        return text
    marks = Marks()
    marked = mark_shots(text.lower(), marks)
    for letter, picks in marks.picks.items():
        if not all(pick.nth is not None for pick in picks):
            continue
        try:
            chosen = pointed(context.draft, picks)
        except CannotPoint:
            return text
        names = " and ".join(known[media_id_in(one["m"]["src"]) or ""] for one in chosen)
        marked = marked.replace(letter, names)
    return text if not marks.picks else marks.spelled(marked)


def _parted(text: str, before: Wish, context: Context) -> str | None:
    """Return "drop the middle one" with what that is, where the wish before cut something into so many parts."""
    match = _PART.search(text)
    splits = [one for one in before.changes if one.verb == "split"]
    if match is None or len(splits) != 1 or len(before.changes) != 1 or before.orders:
        return None
    parts = len(splits[0].facts["at"]) + 1 if "at" in splits[0].facts else splits[0].facts["parts"]
    number = _number(match["en"], match["zh"], parts)
    if not 0 < number <= parts:
        return None
    if splits[0].picks:
        first = _first_part(before, context)
        place = (first or 0) + number - 1
        called = None if first is None else f"第{place}个" if match["zh"] else f"the {place}th shot"
    elif "at" in splits[0].facts:
        called = None
    else:
        called = f"{parts}份里的第{number}份" if match["zh"] else f"part {number} of {parts}"
    return None if called is None else f"{text[: match.start()]}{called}{text[match.end() :]}"


def _number(en: str | None, zh: str | None, parts: int) -> int:
    """Return which of so many parts is meant, from 1; 0 where there is none in the middle."""
    words = (en or zh or "").lower()
    if words in ("last", "latter") or "最后" in words:
        return parts
    if words == "middle" or "中间" in words:
        return (parts + 1) // 2 if parts % 2 else 0
    if words in _NTH:
        return _NTH.index(words) + 1
    return 1 if "最前" in words else "一二三四五".index(words[1]) + 1


def _first_part(wish: Wish, context: Context) -> int | None:
    """Return which shot (from 1) is the first part of what a wish splits, where it does just that."""
    if len(wish.changes) != 1 or wish.changes[0].verb != "split" or not wish.changes[0].picks or context.draft is None:
        return None
    (change,) = wish.changes
    try:
        (shot,) = pointed(context.draft, change.picks)
    except (CannotPoint, ValueError):
        return None
    ids = [one["id"] for one in segments(context.draft, VIDEO)]
    return ids.index(shot["id"]) + 1


def _picks(wish: Wish) -> set[Pick]:
    """Return what a wish is about, and doesn't take away."""
    orders = [one for one in wish.orders if one.verb not in _GONE]
    return {pick for one in (*orders, *wish.changes) for pick in one.picks} | set(wish.clip_picks)


def _definite(wish: Wish) -> list[Pick]:
    every = [*(pick for one in (*wish.orders, *wish.changes) for pick in one.picks), *wish.clip_picks]
    return [pick for pick in every if pick.definite or pick.single]


def only(wish: Wish, context: Context, said: str) -> str | None:
    """Return the name of the only file that a wish is about, where it is used once; its words where it isn't clear."""
    picks = _picks(wish)
    if not picks and "choosing" in wish.beyond:
        marks = Marks()
        named = mark_files(said, context.materials, marks, stems=False)
        marked = mark_shots(mark_named(named, context.materials, marks).lower(), marks)
        picks = {pick for pick in marks.picked(marked) if pick.definite}
    if len(picks) != 1 or context.draft is None:
        return None
    (pick,) = picks
    if pick.file:
        return next((one.name for one in context.materials if one.id == pick.file), pick.name)
    try:
        shots = pointed(context.draft, (pick,))
    except CannotPoint:
        return pick.name if pick.single else None
    known = {one.id: one.name for one in context.materials}
    return known.get(media_id_in(shots[0]["m"].get("src", "")) or "") if len(shots) == 1 else None


def _named(wish: Wish, context: Context) -> str | None:
    """Return words for all that a wish is about, by number; None where it is about the whole."""
    picks = _picks(wish)
    if not picks or context.draft is None:
        return None
    try:
        return _counted(sorted(found(tuple(picks), standing(context.draft))), context)
    except CannotPoint:
        return None


def _counted(chosen: list[int], context: Context) -> str:
    """Return the words for some shots: "photos 1 and 3 and clips 2"."""
    shots = standing(context.draft) if context.draft else []
    numbers: dict[str, list[str]] = {"photos": [], "clips": []}
    count = {"photos": 0, "clips": 0}
    for index, shot in enumerate(shots):
        kind = "photos" if shot.length is None else "clips"
        count[kind] += 1
        if index in chosen:
            numbers[kind].append(str(count[kind]))
    return " and ".join(f"{kind} {', '.join(some)}" for kind, some in numbers.items() if some)
