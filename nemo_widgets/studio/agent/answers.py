"""What is said where nothing changes: an answer to what is no edit, and why a wish can't be done."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nemo_widgets.studio import edits
from nemo_widgets.studio.agent import hearing, pictures, titles
from nemo_widgets.studio.agent.asking import Doubt
from nemo_widgets.studio.agent.courtesy import thanks
from nemo_widgets.studio.agent.limits import VAGUE

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.base import Context
    from nemo_widgets.studio.agent.ordering import CannotPoint
    from nemo_widgets.studio.agent.voice import Voice
    from nemo_widgets.studio.agent.wish import Wish

_LONGEST_QUOTED = 120


def quoted(words: str) -> str:
    """Return words to be named in an answer: no more of them than it takes to know them again."""
    return words if len(words) <= _LONGEST_QUOTED else f"{words[:_LONGEST_QUOTED].rstrip()}…"


def unclear(words: str, voice: Voice) -> str:
    """Return that some words weren't understood; of what may mean anything, what it may mean."""
    vague = re.search(VAGUE, words, re.IGNORECASE) is not None and len(words) < _LONGEST_QUOTED
    return voice("vague" if vague else "unclear", words=quoted(words.strip(" .!?。！？")))


def answer(prompt: str, wish: Wish, context: Context, voice: Voice) -> str:
    """Return what to say to somebody who wants no edit, or none that can be made."""
    draft = context.draft if edits.segments(context.draft, edits.VIDEO) else None
    if wish.foreign:
        return voice("languages")
    if thanks(prompt):
        return voice("welcome")
    if wish.beyond == ("choosing",):
        return voice.join([voice("unclear", words=quoted(prompt)), voice("unchanged"), voice("examples")])
    if cannot := beyond(wish, voice):
        return voice.join([cannot, voice("examples")])
    if wish.export:
        return voice("export", duration=voice.duration(draft["d"])) if draft else voice("export-none")
    if wish.asks_length:
        if draft is None:
            return voice("no-video")
        counted = pictures.counts(voice, pictures.standing(draft))
        return voice("lasts", duration=voice.duration(draft["d"]), shots=counted, size=pictures.size(draft))
    if wish.helps:
        return voice("can", moods=", ".join(context.moods))
    if re.search(VAGUE, prompt, re.IGNORECASE) and len(prompt) < _LONGEST_QUOTED and not wish.greets:
        return voice.join([unclear(prompt, voice), voice("unchanged")])
    return voice("greeting") if wish.greets else voice.join([voice("not-understood"), voice("examples")])


def refusal(wish: Wish, context: Context, voice: Voice) -> str | None:
    """Return why nothing can be done, or None."""
    if not any(one.kind != "audio" for one in context.materials) and not edits.segments(context.draft, edits.VIDEO):
        return voice("only-sound" if context.materials else "upload-first")
    if any(level is not None and level > 1 for level in (wish.volume, wish.clip_volume)):
        raise Doubt("volume-range", voice("volume-range"))
    if wish.restart:
        return None
    return titles.refusal(wish.caption, context, voice, make=wish.make) or _refuse_sound(wish, context, voice)


def _refuse_sound(wish: Wish, context: Context, voice: Voice) -> str | None:
    """Return why nothing that is heard can be changed, where nothing else is to change."""
    if pictures.rebuilds(wish, context) and not (wish.loudness_only or wish.song is not None or wish.fades):
        return None
    silent = edits.music_volume(context.draft) is None
    if wish.clip_picks and context.draft is not None:
        pictures.pointed(context.draft, wish.clip_picks)
    if (
        wish.music_edits
        and silent
        and not (wish.make or wish.timed or wish.music or wish.mood or wish.song is not None)
    ):
        return voice("no-music-yet")
    if wish.song is not None and hearing.own_song(context) is None and not (wish.make or wish.timed):
        return voice("no-song")
    if wish.fades and silent and not (wish.make or wish.timed or wish.music or wish.mood):
        return voice("no-fade")
    if not wish.loudness_only:
        return None
    clips = any(segment["m"].get("kind") != "image" for segment in edits.segments(context.draft, edits.VIDEO))
    if wish.clip_volume is not None and (clips or context.draft is None):
        return None
    if wish.volume is None and wish.volume_change is None and wish.volume_factor is None:
        return voice("no-clip-sound")
    return voice("no-music") if silent else None


def pointless(trouble: CannotPoint, voice: Voice) -> str:
    """Return why something can't be done with the photos and clips that there are."""
    details = dict(trouble.details)
    if "names" in details:
        details["names"] = voice.names(details["names"])
    if "wanted" in details:
        details["duration"] = voice.duration(details.pop("wanted"))
    if trouble.key == "no-such-shot":
        if not details["photos"] and not details["clips"]:
            return voice("none-spare")
        details = {"shots": voice.shots(details["photos"], details["clips"])}
    return voice(trouble.key, **details)


def beyond(wish: Wish, voice: Voice) -> str:
    """Return what of a wish can't be done here, and what can; nothing where all can."""
    topics = (*wish.beyond, "undo") if wish.undo and not wish.undoes else wish.beyond
    return voice.join([voice("beyond", topics=voice.topics(topics)), *voice.offers(topics)[:1]]) if topics else ""
