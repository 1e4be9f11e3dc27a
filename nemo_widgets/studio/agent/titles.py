"""Texts: what a wish asks for, refused with the reason, or done."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from nemo_widgets.studio import titling
from nemo_widgets.studio.agent.asking import Doubt
from nemo_widgets.studio.agent.inscribing import caption_each, put
from nemo_widgets.studio.agent.lettering import LARGER, SMALLER
from nemo_widgets.studio.agent.retouching import (
    HIGHEST,
    LOWEST,
    closes,
    drop,
    follows,
    indexes,
    meant,
    restyle,
    reword,
    told,
)
from nemo_widgets.studio.agent.text_words import CAPTION

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.base import Context
    from nemo_widgets.studio.agent.captions import Caption
    from nemo_widgets.studio.agent.rules import Work
    from nemo_widgets.studio.agent.voice import Voice

_NEW = re.compile(r"[\"“‘'「《]|\b(?:add|write|put)\b|[加写配]", re.IGNORECASE)
"""Signs that a text was to be shown, rather than one that is there changed."""


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
    if caption.nth is not None and shown and caption.nth >= len(shown) and not follows(caption, shown):
        return voice("fewer-titles", names=voice.names([one["m"]["text"] for one in shown]))
    if caption.drop:
        if shown and caption.target is None and not caption.picks and not _of_role(caption, shown):
            return voice("fewer-titles", names=voice.names([one["m"]["text"] for one in shown]))
        if caption.target is not None and shown and not meant(caption, shown):
            return voice("no-such-text", text=caption.target, names=voice.names([one["m"]["text"] for one in shown]))
        if len(meant(caption, shown)) > 1 and caption.one and caption.place is None and not caption.picks:
            raise _which(caption, shown, voice)
        return None
    if caption.target is not None and not meant(caption, shown):
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
    at_place = any(titling.place_of(one) == caption.place for one in meant(caption, shown))
    if moves and caption.one and not at_place and len(meant(caption, shown)) > 1:
        raise _which(caption, shown, voice)
    wanted = caption.look.get("size")
    if wanted in {LARGER, SMALLER} and len(caption.look) == 1 and not moves:
        key, limit = ("largest", HIGHEST) if wanted == LARGER else ("smallest", LOWEST)
        return voice(key) if {one["m"].get("size", "medium") for one in meant(caption, shown)} == {limit} else None
    return None


def _unclear(caption: Caption, shown: list[dict[str, Any]]) -> bool:
    """Say whether several texts may be the one that shall say something else; the title is the first of them."""
    named = caption.target is not None or caption.nth is not None or caption.place is not None or bool(caption.picks)
    return not named and caption.role is None and len(shown) > 1


def _which(caption: Caption, shown: list[dict[str, Any]], voice: Voice) -> Doubt:
    choices = [str(one["m"]["text"]) for one in meant(caption, shown)]
    return Doubt("which-text", voice("which-text", names=voice.names(choices)), tuple(choices))


def _no_captions(caption: Caption, context: Context, shown: list[dict[str, Any]]) -> bool:
    """Say whether captions are meant where there are none: nothing but the title, which nobody called a caption."""
    named = caption.target is not None or caption.nth is not None or bool(caption.picks)
    if caption.role != "caption" or named or caption.says or caption.add or context.draft is None:
        return False
    called = any(re.search(CAPTION, turn.prompt.lower()) and _NEW.search(turn.prompt) for turn in context.turns)
    return not called and all(one["m"]["text"] == context.draft["m"].get("title") for one in shown)


def _of_role(caption: Caption, shown: list[dict[str, Any]]) -> bool:
    """Say whether there is a text of the kind that is to go: no title is a caption."""
    if caption.role in ("caption", "lower-third"):
        return any(titling.role_of(one) == caption.role for one in shown)
    return caption.role != "call-to-action" or any(map(closes, shown))


def edit_titles(caption: Caption, context: Context, voice: Voice, work: Work, *, make: bool) -> None:
    """Add, change or take away texts, and say so."""
    shown = titling.texts(work.draft)
    if caption.swap:
        for index, one in enumerate(shown[::-1]):
            work.draft = titling.reworded(work.draft, [index], one["m"]["text"])
        work.said += [told(one, {}, voice) for one in titling.texts(work.draft)]
    elif caption.drop:
        for text in (caption.target, *caption.more):
            drop(replace(caption, target=text), voice, work)
    elif caption.each or caption.names or (caption.every and caption.text is not None):
        caption_each(caption, context, voice, work)
    elif caption.target is not None and (there := indexes(caption, shown)):
        reword(caption, there, context, voice, work)
    elif caption.text is None and shown and (caption.restyles or not make):
        restyle(caption, voice, work)
    elif caption.text is not None or not shown:
        for text in (caption.text, *caption.more):
            put(replace(caption, text=text), context, voice, work)
    if caption.fades:
        work.said.append(voice("title-fades"))
    if caption.boxed:
        work.undone.append(voice("box-color", words=caption.boxed))
