"""Titles: the wish and the session → the draft with them."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from nemo_widgets.studio import edits, titling
from nemo_widgets.studio.agent.captions import LARGER, SMALLER

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.base import Context
    from nemo_widgets.studio.agent.captions import Caption
    from nemo_widgets.studio.agent.rules import Work
    from nemo_widgets.studio.agent.sentences import Voice

_GENERIC = re.compile(
    r"(?:img|image|dsc\w?|pxl|photo|picture|pic|screenshot|screen shot|wechat|mmexport|video|vid|clip|movie|file"
    r"|untitled|sample|download|scan|copy|图片|照片|微信图片|截图|视频|未命名)+(?: .*)?",
    re.IGNORECASE,
)


def refusal(caption: Caption, draft: dict[str, Any] | None, voice: Voice, *, make: bool) -> str | None:
    """Return why titles can't be changed so, or None."""
    shown = edits.segments(draft, edits.TEXT)
    if not caption.spoken or make or (caption.nth is None and (caption.drop or caption.text is not None)):
        return None
    if shown and caption.nth is not None and caption.nth >= len(shown):
        return voice("fewer-titles", names=voice.names([one["m"]["text"] for one in shown]))
    about = bool(caption.look) or caption.place is not None
    if caption.drop or caption.text is not None:
        return None
    if not shown:
        return voice("no-title") if about and not caption.add else None
    if not about or (caption.place is not None and caption.add):
        return voice("which-title")
    if caption.size in {LARGER, SMALLER} and len(caption.look) == 1 and caption.place is None:
        sizes = {_size_of(segment) for segment in shown}
        key, limit = ("largest", titling.SIZES[-1]) if caption.size == LARGER else ("smallest", titling.SIZES[0])
        return voice(key) if sizes == {limit} else None
    return None


def edit_titles(caption: Caption, context: Context, voice: Voice, work: Work, *, make: bool) -> None:
    """Add, change or take away titles, and say so."""
    shown = edits.segments(work.draft, edits.TEXT)
    if caption.drop:
        _drop(caption, voice, work)
        return
    if caption.text is None and shown:
        if caption.look or caption.place is not None or not make:
            _restyle(caption, voice, work)
        return
    text = caption.text or derive_title(context, voice("default-title"))
    if reason := context.missing_font(text, voice.language):
        work.said.append(voice("title-left-out", text=text, reason=reason))
        return
    place = _place(caption, shown, work.draft["d"])
    before = next((segment for segment in shown if titling.place_of(segment) == place), None)
    look = caption.look | ({"size": _sized(caption.size, before)} if caption.size else {})
    work.draft = titling.put(work.draft, text, place, **look)
    made = next(one for one in edits.segments(work.draft, edits.TEXT) if titling.place_of(one) == place)
    work.said.append(_told(made, look, voice))
    if caption.text is None:
        work.said.append(voice("title-derived", text=text))


def _place(caption: Caption, shown: list[dict[str, Any]], total: int) -> titling.Place:
    """Return where a text goes; one that says no place is for the first title that is there, or at the start."""
    if caption.nth is not None and shown:
        return titling.place_of(shown[caption.nth])
    if caption.place == "next":
        free = max((one["st"] + one["d"] for one in shown), default=0)
        return "start" if not shown else (free if free + titling.LENGTH <= total else "end")
    if caption.place is not None:
        return caption.place
    return titling.place_of(shown[0]) if shown and (caption.change or not caption.add) else "start"


def _drop(caption: Caption, voice: Voice, work: Work) -> None:
    shown = edits.segments(work.draft, edits.TEXT)
    there = [index for index, one in enumerate(shown) if caption.place in (None, titling.place_of(one))]
    if caption.nth is not None and shown:
        there = [range(len(shown))[caption.nth]]
    if there:
        texts = [shown[index]["m"]["text"] for index in there]
        work.draft = titling.dropped(work.draft, there)
        work.said.append(voice("title-dropped", text=voice.names(texts)))
    elif not work.rebuilt:
        work.said.append(voice("nothing-to-remove"))


def _restyle(caption: Caption, voice: Voice, work: Work) -> None:
    """Change the look of all titles; a place is that of the first, or says which one is meant."""
    shown = edits.segments(work.draft, edits.TEXT)
    chosen = list(range(len(shown)))
    look = caption.look
    if caption.nth is not None:
        chosen = [chosen[caption.nth]]
    if caption.place is not None:
        at_place = [index for index in chosen if titling.place_of(shown[index]) == caption.place]
        chosen = chosen if caption.nth is not None else at_place or chosen[:1]
        if not at_place:
            look["place"] = caption.place
    texts = [shown[index]["m"]["text"] for index in chosen]
    for index in chosen:
        one = look | ({"size": _sized(caption.size, shown[index])} if caption.size else {})
        work.draft = titling.restyle(work.draft, [index], **one)
        shown = edits.segments(work.draft, edits.TEXT)
    for text in texts:
        made = next(one for one in shown if one["m"]["text"] == text)
        work.said.append(_told(made, look, voice))


def _size_of(segment: dict[str, Any]) -> str:
    size = segment["m"].get("size")
    return size if size in titling.SIZES else "medium"


def _sized(wanted: str | None, segment: dict[str, Any] | None) -> str:
    """Return a size, or the next one to the size that a title has now."""
    if wanted not in (LARGER, SMALLER):
        return wanted or "large"
    place = titling.SIZES.index(_size_of(segment) if segment else "large") + (1 if wanted == LARGER else -1)
    return titling.SIZES[min(len(titling.SIZES) - 1, max(0, place))]


def _told(segment: dict[str, Any], look: dict[str, Any], voice: Voice) -> str:
    facts = {"text": segment["m"]["text"], "span": _span(segment)}
    words = [segment["m"].get(key) for key in ("size", "color", "position") if key in look]
    return voice("title-look", look=voice.look(words), **facts) if words else voice("title", **facts)


def _span(segment: dict[str, Any]) -> str:
    return f"{segment['st'] / 1000:g}–{(segment['st'] + segment['d']) / 1000:g} s"


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
