"""Texts: the wish and the session → the draft with them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from nemo_widgets.studio import edits, titling
from nemo_widgets.studio.agent.asking import Doubt
from nemo_widgets.studio.agent.lettering import HIGHER, LARGER, LOWER, SMALLER
from nemo_widgets.studio.agent.pictures import pointed
from nemo_widgets.studio.agent.text_words import CAPTION

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.base import Context
    from nemo_widgets.studio.agent.captions import Caption
    from nemo_widgets.studio.agent.rules import Work
    from nemo_widgets.studio.agent.voice import Voice

_GENERIC = re.compile(
    r"(?:img|image|dsc\w?|pxl|photo|picture|pic|screenshot|screen shot|wechat|mmexport|video|vid|clip|movie|file"
    r"|untitled|sample|download|scan|copy|图片|照片|微信图片|截图|视频|未命名)+(?: .*)?",
    re.IGNORECASE,
)
_NEW = re.compile(r"[\"“‘'「《]|\b(?:add|write|put)\b|[加写配]", re.IGNORECASE)
"""Signs that a text was to be shown, rather than one that is there changed."""

_STEP = 1.3
_HIGHEST, _LOWEST = 400, 16
_ROWS = ("top", "center", "lower-third", "bottom")


def refusal(caption: Caption, context: Context, voice: Voice, *, make: bool) -> str | None:
    """Return why texts can't be changed so, or None.

    Raises
    ------
    Doubt
        Where it isn't clear which text is meant, or what it shall say.
    """
    if not caption.spoken or make:
        return None
    shown = titling.texts(context.draft)
    about = caption.restyles
    if caption.swap:
        return None if len(shown) == 2 else voice("swap-two", count=len(shown))
    if caption.nth is not None and shown and caption.nth >= len(shown) and not _follows(caption, shown):
        return voice("fewer-titles", names=voice.names([one["m"]["text"] for one in shown]))
    if caption.drop:
        if shown and caption.target is None and not caption.picks and not _of_role(caption, shown):
            return voice("fewer-titles", names=voice.names([one["m"]["text"] for one in shown]))
        if caption.target is not None and shown and not _meant(caption, shown):
            return voice("no-such-text", text=caption.target, names=voice.names([one["m"]["text"] for one in shown]))
        if len(_meant(caption, shown)) > 1 and caption.one and caption.place is None and not caption.picks:
            raise _which(caption, shown, voice)
        return None
    if caption.target is not None and not _meant(caption, shown):
        if caption.text is None or caption.text != caption.target:
            names = voice.names([one["m"]["text"] for one in shown])
            return voice("no-such-text", text=caption.target, names=names) if shown else voice("no-title")
        return None
    if caption.says and not (caption.change and caption.text is not None and _unclear(caption, shown)):
        return None
    if caption.says:
        raise _which(caption, shown, voice)
    if caption.every and not shown:
        raise Doubt("which-captions", voice("which-captions"))
    if not shown:
        return voice("no-title") if about and not caption.add else None
    if about and _no_captions(caption, context, shown):
        choices = tuple(str(one["m"]["text"]) for one in shown)
        raise Doubt("which-text", voice("no-captions", names=voice.names(choices)), choices)
    placed = caption.place is not None or bool(caption.picks)
    if not about or (placed and caption.add and not caption.change):
        raise Doubt("which-title", voice("which-title"))
    moves = any(one is not None for one in (caption.place, caption.length, caption.until, caption.by, caption.factor))
    at_place = any(titling.place_of(one) == caption.place for one in _meant(caption, shown))
    if moves and caption.one and not at_place and len(_meant(caption, shown)) > 1:
        raise _which(caption, shown, voice)
    wanted = caption.look.get("size")
    if wanted in {LARGER, SMALLER} and len(caption.look) == 1 and not moves:
        key, limit = ("largest", _HIGHEST) if wanted == LARGER else ("smallest", _LOWEST)
        return voice(key) if {one["m"].get("size", "medium") for one in _meant(caption, shown)} == {limit} else None
    return None


def _unclear(caption: Caption, shown: list[dict[str, Any]]) -> bool:
    """Say whether several texts may be the one that shall say something else; the title is the first of them."""
    named = caption.target is not None or caption.nth is not None or caption.place is not None or bool(caption.picks)
    return not named and caption.role is None and len(shown) > 1


def _which(caption: Caption, shown: list[dict[str, Any]], voice: Voice) -> Doubt:
    choices = [str(one["m"]["text"]) for one in _meant(caption, shown)]
    return Doubt("which-text", voice("which-text", names=voice.names(choices)), tuple(choices))


def _meant(caption: Caption, shown: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return which texts are meant by a text's words, number or role."""
    if caption.target is not None:
        wanted = caption.target.casefold()
        same = [one for one in shown if str(one["m"]["text"]).casefold() == wanted]
        return same or [one for one in shown if wanted in str(one["m"]["text"]).casefold()]
    if caption.nth is not None:
        return shown[caption.nth :][:1] if caption.nth >= 0 else shown[-1:]
    role = [one for one in shown if titling.role_of(one) == caption.role]
    if caption.role == "call-to-action":
        role = role or [one for one in shown if _closes(one)]
    return role or shown


def _no_captions(caption: Caption, context: Context, shown: list[dict[str, Any]]) -> bool:
    """Say whether captions are meant where there are none: nothing but the title, which nobody called a caption."""
    named = caption.target is not None or caption.nth is not None or bool(caption.picks)
    if caption.role != "caption" or named or caption.says or caption.add or context.draft is None:
        return False
    called = any(re.search(CAPTION, turn.prompt.lower()) and _NEW.search(turn.prompt) for turn in context.turns)
    return not called and all(one["m"]["text"] == context.draft["m"].get("title") for one in shown)


def _follows(caption: Caption, shown: list[dict[str, Any]]) -> bool:
    """Say whether a text is the one after all that are there: "the second title says …" where there is one."""
    return caption.nth == len(shown) and caption.text is not None


def _of_role(caption: Caption, shown: list[dict[str, Any]]) -> bool:
    """Say whether there is a text of the kind that is to go: no title is a caption."""
    if caption.role in ("caption", "lower-third"):
        return any(titling.role_of(one) == caption.role for one in shown)
    return caption.role != "call-to-action" or any(map(_closes, shown))


def _closes(segment: dict[str, Any]) -> bool:
    """Say whether a text is the one at the end."""
    return titling.role_of(segment) == "call-to-action" or titling.place_of(segment) == "end"


def edit_titles(caption: Caption, context: Context, voice: Voice, work: Work, *, make: bool) -> None:
    """Add, change or take away texts, and say so."""
    shown = titling.texts(work.draft)
    if caption.swap:
        for index, one in enumerate(shown[::-1]):
            work.draft = titling.reworded(work.draft, [index], one["m"]["text"])
        work.said += [_told(one, {}, voice) for one in titling.texts(work.draft)]
    elif caption.drop:
        for text in (caption.target, *caption.more):
            _drop(replace(caption, target=text), voice, work)
    elif caption.each or caption.names or (caption.every and caption.text is not None):
        _caption_each(caption, context, voice, work)
    elif caption.target is not None and (there := _indexes(caption, shown)):
        _reword(caption, there, context, voice, work)
    elif caption.text is None and shown and (caption.restyles or not make):
        _restyle(caption, voice, work)
    elif caption.text is not None or not shown:
        for text in (caption.text, *caption.more):
            _put(replace(caption, text=text), context, voice, work)
    if caption.fades:
        work.said.append(voice("title-fades"))
    if caption.boxed:
        work.undone.append(voice("box-color", words=caption.boxed))


def _indexes(caption: Caption, shown: list[dict[str, Any]]) -> list[int]:
    meant = _meant(caption, shown)
    return [index for index, one in enumerate(shown) if any(one is other for other in meant)]


def _put(caption: Caption, context: Context, voice: Voice, work: Work) -> None:
    text = caption.text or derive_title(context, voice("default-title"))
    if reason := context.missing_font(text, voice.language):
        work.undone.append(voice("title-left-out", text=text, reason=reason))
        return
    shown = titling.texts(work.draft)
    if caption.picks:
        on = pointed(work.draft, caption.picks)
        places: list[titling.Place] = [titling.on(one) for one in on]
        if isinstance(caption.place, int):
            # "On the clip from 2 to 5 seconds" are the clip's own.
            places = [one["st"] + min(caption.place, max(0, one["d"] - 500)) for one in on]
        at: titling.Place = places[0]
    else:
        at = _place(caption, shown, work.draft["d"])
        if at in work.placed and not caption.change and caption.nth is None:
            # Of two texts without a time, the second is seen after the first.
            at = _place(replace(caption, place="next"), shown, work.draft["d"])
        if at in work.placed:
            work.undone.append(voice("title-no-room", text=text))
            return
        places = [at]
    role = _role(caption, shown, at)
    before = next((one for one in shown if titling.place_of(one) == at), None)
    look = caption.look | ({"length": caption.length or caption.until} if caption.length or caption.until else {})
    if "size" in look:
        look["size"] = _sized(look["size"], before)
    if "position" in look:
        look["position"] = _shifted(look["position"], before or {"m": {}})
    if role in {"title", "call-to-action"} and caption.picks:
        look = {"position": "center"} | look
    for place in places:
        work.draft = titling.put(work.draft, text, place, role, **look)
    work.placed += places
    gone = [one["m"]["text"] for one in shown if titling.place_of(one) in places]
    made = [one for one in titling.texts(work.draft) if titling.place_of(one) in places and one["m"]["text"] == text]
    work.said += [_told(one, look, voice) for one in made]
    still = {one["m"]["text"] for one in titling.texts(work.draft)}
    if not caption.change and caption.nth is None and (instead := [one for one in gone if one not in still]):
        work.said.append(voice("title-instead", text=voice.names(instead)))
    if caption.text is None:
        work.said.append(voice("title-derived", text=text))


def _role(caption: Caption, shown: list[dict[str, Any]], place: titling.Place) -> str:
    """Return what a new text is for; what isn't on a photo or at the bottom is a title, whatever it is called."""
    if caption.role == "caption" and not caption.picks:
        at_bottom = caption.look.get("position") == "bottom"
        there = any(titling.role_of(one) == "caption" and titling.place_of(one) == place for one in shown)
        return "caption" if at_bottom or there else "title"
    return caption.role or ("lower-third" if caption.look.get("position") == "lower-third" else "title")


def _caption_each(caption: Caption, context: Context, voice: Voice, work: Work) -> None:
    """Give photo after photo its own text."""
    every = edits.segments(work.draft, edits.VIDEO)
    photos = [one for one in every if one["m"].get("kind") == "image"]
    shots = photos if photos and (caption.names or len(caption.each) <= len(photos)) else every
    shots = pointed(work.draft, caption.picks) if caption.picks else shots
    words = [str(one["m"].get("name", "")) for one in shots] if caption.names else list(caption.each)
    words = words or [caption.text or ""] * len(shots)
    if reason := next(filter(None, (context.missing_font(text, voice.language) for text in words)), None):
        work.undone.append(voice("title-left-out", text=voice.names(words), reason=reason))
        return
    for shot, text in zip(shots, words, strict=False):
        work.draft = titling.put(work.draft, text, titling.on(shot), "caption", **caption.look)
    work.said.append(voice("captions", names=voice.names(words[: len(shots)])))
    if len(words) > len(shots):
        work.undone.append(voice("captions-over", names=voice.names(words[len(shots) :]), count=len(shots)))
    elif len(words) < len(shots) and not caption.picks:
        work.said.append(
            voice("captions-under", names=voice.names([str(one["m"]["name"]) for one in shots[len(words) :]]))
        )


def _reword(caption: Caption, there: list[int], context: Context, voice: Voice, work: Work) -> None:
    text = caption.text
    if text is not None and text != caption.target:
        if reason := context.missing_font(text, voice.language):
            work.undone.append(voice("title-left-out", text=text, reason=reason))
            return
        work.draft = titling.reworded(work.draft, there, text)
    if caption.restyles:
        _change(caption, there, voice, work)
    else:
        shown = titling.texts(work.draft)
        work.said += [_told(shown[index], {}, voice) for index in there]


def _place(caption: Caption, shown: list[dict[str, Any]], total: int) -> titling.Place:
    """Return where a text goes; one that says no place is for the first title that is there, or at the start."""
    if caption.nth is not None and caption.nth < len(shown):
        return titling.place_of(shown[caption.nth])
    if caption.place == "next" or _follows(caption, shown):
        free = max((one["st"] + one["d"] for one in shown), default=0)
        return "start" if not shown else (free if free + titling.LENGTH <= total else "end")
    if caption.place is not None:
        return caption.place
    if caption.role == "call-to-action":
        return "end"
    titles = [one for one in shown if titling.role_of(one) == (caption.role or "title")]
    replaces = caption.change or not caption.add
    if titles and caption.role is None and not caption.change:
        return _place(replace(caption, place="next"), shown, total)  # Any text takes no title's place.
    return titling.place_of(titles[0]) if titles and replaces else "start"


def _drop(caption: Caption, voice: Voice, work: Work) -> None:
    shown = titling.texts(work.draft)
    there = [index for index in _indexes(caption, shown) if caption.place in (None, titling.place_of(shown[index]))]
    if caption.picks:
        places = {titling.on(one) for one in pointed(work.draft, caption.picks)}
        there = [index for index in there if titling.place_of(shown[index]) in places]
    if there:
        names = [shown[index]["m"]["text"] for index in there]
        work.draft = titling.dropped(work.draft, there)
        work.said.append(voice("title-dropped", text=voice.names(names)))
    elif not work.rebuilt:
        work.undone.append(voice("nothing-to-remove"))


def _restyle(caption: Caption, voice: Voice, work: Work) -> None:
    """Change the look of all that are meant; a place is that of the first, or says which one is meant."""
    shown = titling.texts(work.draft)
    chosen = _indexes(caption, shown)
    if caption.place is not None and caption.nth is None:
        at_place = [index for index in chosen if titling.place_of(shown[index]) == caption.place]
        moved = not at_place
        chosen = at_place or chosen[:1]
    else:
        moved = caption.place is not None
    if caption.also and moved and caption.place is not None and len(chosen) == 1:
        _repeat(shown[chosen[0]], caption, voice, work)
        return
    _change(caption, chosen, voice, work, moved=moved)


def _repeat(text: dict[str, Any], caption: Caption, voice: Voice, work: Work) -> None:
    """Show a text once more, at another place, and leave it where it is."""
    meta, place = text["m"], caption.place
    if place is None:
        return
    look = {key: meta[key] for key in ("position", "size", "color", "background") if key in meta}
    at: titling.Place = max(one["st"] + one["d"] for one in titling.texts(work.draft)) if place == "next" else place
    work.draft = titling.put(work.draft, meta["text"], at, titling.role_of(text), **look)
    work.said += [_told(one, {}, voice) for one in titling.texts(work.draft) if titling.place_of(one) == at]


def _change(caption: Caption, chosen: list[int], voice: Voice, work: Work, *, moved: bool = True) -> None:
    shown = titling.texts(work.draft)
    look = dict(caption.look) | ({"length": caption.length} if caption.length else {})
    if caption.place is not None and moved:
        look["place"] = caption.place
    if caption.picks:
        look["place"] = titling.on(pointed(work.draft, caption.picks)[0])
    ids = [shown[index]["id"] for index in chosen if "id" in shown[index]]
    for one in [shown[index] for index in chosen]:
        own = dict(look)
        if "size" in look:
            own["size"] = _sized(look["size"], one)
        if "position" in look:
            own["position"] = _shifted(look["position"], one)
        if caption.factor:
            own["length"] = max(500, round(one["d"] * caption.factor))
        if caption.by:
            own["length"] = max(500, one["d"] + caption.by)
        if caption.until:
            own["length"] = max(500, caption.until - one["st"])
        now = [other.get("id") for other in titling.texts(work.draft)].index(one.get("id"))
        work.draft = titling.restyle(work.draft, [now], **own)
    after = [one for one in titling.texts(work.draft) if one.get("id") in ids]
    work.said += [_told(one, look, voice) for one in after]


def _sized(wanted: Any, segment: dict[str, Any] | None) -> str | int:
    """Return a size, or the next one to the size that a text has now; beyond the named ones, in px at 1080 lines."""
    if wanted not in (LARGER, SMALLER):
        return wanted
    now = segment["m"].get("size", "medium") if segment else "large"
    height = float(titling.HEIGHTS.get(now, now))
    if now in titling.SIZES:
        place = titling.SIZES.index(now) + (1 if wanted == LARGER else -1)
        if 0 <= place < len(titling.SIZES):
            return titling.SIZES[place]
    made = round(min(_HIGHEST, max(_LOWEST, height * (_STEP if wanted == LARGER else 1 / _STEP))))
    return next((name for name, px in titling.HEIGHTS.items() if abs(px - made) <= 1), made)


def _shifted(wanted: Any, segment: dict[str, Any]) -> str:
    """Return where a text stands, or the next place above or below that where it stands now."""
    if wanted not in (HIGHER, LOWER):
        return wanted
    now = str(segment["m"].get("position", "center"))
    if now in _ROWS:
        return _ROWS[max(0, min(len(_ROWS) - 1, _ROWS.index(now) + (1 if wanted == LOWER else -1)))]
    row, _, side = now.rpartition("-")
    rows = ("top", "", "bottom")
    made = rows[max(0, min(2, rows.index(row) + (1 if wanted == LOWER else -1)))]
    return f"{made}-{side}" if made else side


def _told(segment: dict[str, Any], look: dict[str, Any], voice: Voice) -> str:
    meta = segment["m"]
    facts = {"text": meta["text"], "span": voice.span(segment["st"], segment["st"] + segment["d"])}
    keys = ("size", "color", "position", "background")
    words = [
        f"background-{meta[key]}"
        if key == "background"
        else f"{meta[key]} px"
        if isinstance(meta.get(key), int)
        else meta.get(key)
        for key in keys
        if key in look
    ]
    return voice("title-look", look=voice.look(words), **facts) if words else voice("title", **facts)


def derive_title(context: Context, default: str) -> str:
    """Return a title from the session's name or the file names, or the default where they say nothing."""
    named = " ".join(context.task_name.split())
    if named.lower() not in {"", "project", "untitled"}:
        return named[:60]
    stems = [re.sub(r"[\W\d_]+", " ", PurePosixPath(one.name).stem).strip() for one in context.materials]
    telling = Counter(stem for stem in stems if len(stem) > 1 and not _GENERIC.fullmatch(stem))
    if not telling:
        return default
    stem, count = telling.most_common(1)[0]
    if 2 * count < len(stems):
        return default
    return stem[0].upper() + stem[1:60]
