"""Texts that are there: which are meant, and how they change, move, come again or go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nemo_widgets.studio import titling
from nemo_widgets.studio.agent.lettering import HIGHER, LARGER, LOWER, SMALLER
from nemo_widgets.studio.agent.pictures import pointed

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.base import Context
    from nemo_widgets.studio.agent.captions import Caption
    from nemo_widgets.studio.agent.rules import Work
    from nemo_widgets.studio.agent.voice import Voice

HIGHEST, LOWEST = 400, 16
"""How high letters may be, in px at 1080 lines."""

_STEP = 1.3
_ROWS = ("top", "center", "lower-third", "bottom")


def meant(caption: Caption, shown: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return which texts are meant by a text's words, number or role."""
    if caption.target is not None:
        wanted = caption.target.casefold()
        same = [one for one in shown if str(one["m"]["text"]).casefold() == wanted]
        return same or [one for one in shown if wanted in str(one["m"]["text"]).casefold()]
    if caption.nth is not None:
        return shown[caption.nth :][:1] if caption.nth >= 0 else shown[-1:]
    role = [one for one in shown if titling.role_of(one) == caption.role]
    if caption.role == "call-to-action":
        role = role or [one for one in shown if closes(one)]
    return role or shown


def indexes(caption: Caption, shown: list[dict[str, Any]]) -> list[int]:
    """Return the places, among all texts, of those that are meant."""
    those = meant(caption, shown)
    return [index for index, one in enumerate(shown) if any(one is other for other in those)]


def follows(caption: Caption, shown: list[dict[str, Any]]) -> bool:
    """Say whether a text is the one after all that are there: "the second title says …" where there is one."""
    return caption.nth == len(shown) and caption.text is not None


def closes(segment: dict[str, Any]) -> bool:
    """Say whether a text is the one at the end."""
    return titling.role_of(segment) == "call-to-action" or titling.place_of(segment) == "end"


def reword(caption: Caption, there: list[int], context: Context, voice: Voice, work: Work) -> None:
    """Let some texts say something else, and look otherwise."""
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
        work.said += [told(shown[index], {}, voice) for index in there]


def drop(caption: Caption, voice: Voice, work: Work) -> None:
    """Take away the texts that are meant, and name them."""
    shown = titling.texts(work.draft)
    there = [index for index in indexes(caption, shown) if caption.place in (None, titling.place_of(shown[index]))]
    if caption.picks:
        places = {titling.on(one) for one in pointed(work.draft, caption.picks)}
        there = [index for index in there if titling.place_of(shown[index]) in places]
    if there:
        names = [shown[index]["m"]["text"] for index in there]
        work.draft = titling.dropped(work.draft, there)
        work.said.append(voice("title-dropped", text=voice.names(names)))
    elif not work.rebuilt:
        work.undone.append(voice("nothing-to-remove"))


def restyle(caption: Caption, voice: Voice, work: Work) -> None:
    """Change the look of all that are meant; a place is that of the first, or says which one is meant."""
    shown = titling.texts(work.draft)
    chosen = indexes(caption, shown)
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
    work.said += [told(one, {}, voice) for one in titling.texts(work.draft) if titling.place_of(one) == at]


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
            own["size"] = sized(look["size"], one)
        if "position" in look:
            own["position"] = shifted(look["position"], one)
        if caption.factor:
            own["length"] = max(500, round(one["d"] * caption.factor))
        if caption.by:
            own["length"] = max(500, one["d"] + caption.by)
        if caption.until:
            own["length"] = max(500, caption.until - one["st"])
        now = [other.get("id") for other in titling.texts(work.draft)].index(one.get("id"))
        work.draft = titling.restyle(work.draft, [now], **own)
    after = [one for one in titling.texts(work.draft) if one.get("id") in ids]
    work.said += [told(one, look, voice) for one in after]


def sized(wanted: Any, segment: dict[str, Any] | None) -> str | int:
    """Return a size, or the next one to the size that a text has now; beyond the named ones, in px at 1080 lines.

    Examples
    --------
    >>> sized("larger", {"m": {"size": "small"}}), sized("larger", {"m": {"size": "large"}}), sized(80, None)
    ('medium', 211, 80)
    """
    if wanted not in (LARGER, SMALLER):
        return wanted
    now = segment["m"].get("size", "medium") if segment else "large"
    height = float(titling.HEIGHTS.get(now, now))
    if now in titling.SIZES:
        place = titling.SIZES.index(now) + (1 if wanted == LARGER else -1)
        if 0 <= place < len(titling.SIZES):
            return titling.SIZES[place]
    made = round(min(HIGHEST, max(LOWEST, height * (_STEP if wanted == LARGER else 1 / _STEP))))
    return next((name for name, px in titling.HEIGHTS.items() if abs(px - made) <= 1), made)


def shifted(wanted: Any, segment: dict[str, Any]) -> str:
    """Return where a text stands, or the next place above or below that where it stands now.

    Examples
    --------
    >>> shifted("lower", {"m": {"position": "center"}}), shifted("higher", {"m": {"position": "bottom-left"}})
    ('lower-third', 'left')
    """
    if wanted not in (HIGHER, LOWER):
        return wanted
    now = str(segment["m"].get("position", "center"))
    if now in _ROWS:
        return _ROWS[max(0, min(len(_ROWS) - 1, _ROWS.index(now) + (1 if wanted == LOWER else -1)))]
    row, _, side = now.rpartition("-")
    rows = ("top", "", "bottom")
    made = rows[max(0, min(2, rows.index(row) + (1 if wanted == LOWER else -1)))]
    return f"{made}-{side}" if made else side


def told(segment: dict[str, Any], look: dict[str, Any], voice: Voice) -> str:
    """Return what is said of a text: its words, when it is seen, and what is new about its look."""
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
