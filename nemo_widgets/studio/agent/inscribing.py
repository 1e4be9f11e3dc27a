"""Texts that are new: where they go, what they stand in place of, and what is said where nobody says."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from nemo_widgets.studio import edits, titling
from nemo_widgets.studio.agent.pictures import pointed
from nemo_widgets.studio.agent.retouching import follows, shifted, sized, told

if TYPE_CHECKING:
    from typing import Any

    from nemo_widgets.studio.agent.base import Context
    from nemo_widgets.studio.agent.captions import Caption
    from nemo_widgets.studio.agent.rules import Work
    from nemo_widgets.studio.agent.voice import Voice

_GENERIC = re.compile(
    r"(?:img|image|dsc\w?|pxl|photo|picture|pic|screenshot|screen shot|wechat|mmexport|video|vid|clip|movie|file"
    r"|untitled|sample|download|scan|copy|图片|照片|微信图片|截图|视频|未命名)+(?: .*)?",
    re.IGNORECASE,
)


def put(caption: Caption, context: Context, voice: Voice, work: Work) -> None:
    """Show a new text, and say where; one that no font can show is left out."""
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
        look["size"] = sized(look["size"], before)
    if "position" in look:
        look["position"] = shifted(look["position"], before or {"m": {}})
    if role in {"title", "call-to-action"} and caption.picks:
        look = {"position": "center"} | look
    for place in places:
        work.draft = titling.put(work.draft, text, place, role, **look)
    work.placed += places
    gone = [one["m"]["text"] for one in shown if titling.place_of(one) in places]
    made = [one for one in titling.texts(work.draft) if titling.place_of(one) in places and one["m"]["text"] == text]
    work.said += [told(one, look, voice) for one in made]
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


def caption_each(caption: Caption, context: Context, voice: Voice, work: Work) -> None:
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


def _place(caption: Caption, shown: list[dict[str, Any]], total: int) -> titling.Place:
    """Return where a text goes; one that says no place is for the first title that is there, or at the start."""
    if caption.nth is not None and caption.nth < len(shown):
        return titling.place_of(shown[caption.nth])
    if caption.place == "next" or follows(caption, shown):
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
