"""The studio's own agent: it understands by rules, edits the draft, and says what it did.

What it can't do it says, and changes nothing. It needs no network and no model.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from anyio import to_thread

from nemo_widgets.studio import edits
from nemo_widgets.studio.agent.base import Call, Result, Say
from nemo_widgets.studio.agent.sentences import Voice
from nemo_widgets.studio.agent.understanding import understand
from nemo_widgets.studio.workspace import media_id_in

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from nemo_widgets.studio.agent.base import AgentEvent, Context, Material
    from nemo_widgets.studio.agent.understanding import Wish

SHORTEST, LONGEST = 1_000, 30 * 60_000
_GENERIC = re.compile(
    r"(?:img|image|dsc\w?|pxl|photo|picture|pic|screenshot|screen shot|wechat|mmexport|video|vid|clip|movie|file"
    r"|untitled|sample|download|scan|copy|图片|照片|微信图片|截图|视频|未命名)+(?: .*)?",
    re.IGNORECASE,
)


@dataclass
class _Work:
    """A draft being edited, and what there is to say about it."""

    draft: dict[str, Any]
    said: list[str] = field(default_factory=list[str])


class RuleAgent:
    """The agent that follows rules.

    Examples
    --------
    >>> RuleAgent().reply.__name__
    'reply'
    """

    async def reply(self, prompt: str, context: Context) -> AsyncIterator[AgentEvent]:
        """Answer a prompt: steps, a draft where something changed, and text."""
        wish = understand(prompt)
        voice = Voice(chinese=wish.chinese)
        if wish.undoes:
            for event in _undo(context, voice):
                yield event
            return
        if refusal := _refusal(wish, context, voice):
            yield Say(refusal)
            return
        work = _Work(context.draft or edits.blank(_project_name(wish, context, voice)))
        async for event in self._edit(wish, context, voice, work):
            yield event
        if work.draft == context.draft and not _rebuilds(wish, context):
            yield Say(voice.join([*work.said, _beyond(wish, voice)]) or voice("unchanged"))
            return
        yield Call("save_timeline", {"duration": work.draft["d"]})
        yield Result("save_timeline", {"status": "success", "duration": work.draft["d"]}, work.draft)
        if not wish.loudness_only:
            yield Say(voice.join([*work.said, _beyond(wish, voice)]))

    async def _edit(self, wish: Wish, context: Context, voice: Voice, work: _Work) -> AsyncIterator[AgentEvent]:
        if wish.size:
            yield Call("set_canvas", {"width": wish.size[0], "height": wish.size[1]})
            work.draft = edits.set_canvas(work.draft, wish.size)
            yield Result("set_canvas", {"status": "success"})
        if _rebuilds(wish, context):
            shots = _shots(wish, context)
            yield Call("arrange_timeline", {"shots": len(shots), "duration": _total(wish, context, shots)})
            _arrange(work, wish, context, voice, shots)
            yield Result("arrange_timeline", {"status": "success", "duration": work.draft["d"]})
        elif wish.size:
            work.said.append(voice("size", size=_size(work.draft)))
        async for event in _edit_sound(wish, context, voice, work):
            yield event
        if wish.titled or wish.drop_title:
            yield Call("set_title", {"text": wish.title} if wish.title else {})
            # Looking for a font that has all the letters may take a while.
            await to_thread.run_sync(_edit_title, wish, context, voice, work)
            yield Result("set_title", {"status": "success"})


def _undo(context: Context, voice: Voice) -> list[AgentEvent]:
    if context.previous is None:
        return [Say(voice("no-undo"))]
    done = Result("undo", {"status": "success"}, context.previous)
    return [Call("undo"), done, Say(voice("undone"))]


def _refusal(wish: Wish, context: Context, voice: Voice) -> str | None:
    """Return why nothing can be done, or None."""
    able = voice("can", moods=", ".join(context.moods))
    if not wish.edits:
        if wish.export and not wish.beyond:
            ready = context.draft and edits.segments(context.draft, edits.VIDEO)
            return (
                voice("export", duration=voice.duration(context.draft["d"]))
                if ready and context.draft
                else voice("export-none")
            )
        return voice.join([_beyond(wish, voice) or ("" if wish.greets else voice("not-understood")), able])
    visual = [one for one in context.materials if one.kind != "audio"]
    if context.draft is None and not visual:
        return voice("only-sound" if context.materials else "upload-first")
    if any(level is not None and level > 1 for level in (wish.volume, wish.clip_volume)):
        return voice("volume-range")
    if (
        wish.titled
        and wish.title is None
        and not wish.position
        and not wish.make
        and edits.segments(context.draft, edits.TEXT)
    ):
        return voice("which-title")
    return _refuse_length(wish, context, voice) or _refuse_loudness(wish, context, voice)


def _refuse_length(wish: Wish, context: Context, voice: Voice) -> str | None:
    if wish.vague_length and context.draft is not None:
        return voice("which-length")
    if not _rebuilds(wish, context):
        return None
    shots = _shots(wish, context)
    if not shots:
        return voice("upload-first")
    total = _total(wish, context, shots)
    if total is not None and not SHORTEST <= total <= LONGEST:
        return voice("duration-range")
    if total is not None and total < len(shots) * edits.LEAST_SHOT:
        return voice("too-many", count=len(shots), duration=voice.duration(total))
    return None


def _refuse_loudness(wish: Wish, context: Context, voice: Voice) -> str | None:
    if not wish.loudness_only or context.draft is None:
        return None
    clips = any(segment["m"].get("kind") != "image" for segment in edits.segments(context.draft, edits.VIDEO))
    if wish.clip_volume is not None and clips:
        return None
    if wish.volume is None and wish.volume_change is None:
        return voice("no-clip-sound")
    return voice("no-music") if edits.music_volume(context.draft) is None else None


def _beyond(wish: Wish, voice: Voice) -> str:
    topics = (*wish.beyond, "undo") if wish.undo and not wish.undoes else wish.beyond
    return voice("beyond", topics=voice.topics(topics)) if topics else ""


# Pictures


def _rebuilds(wish: Wish, context: Context) -> bool:
    if wish.loudness_only and context.draft is not None:
        return False
    return wish.make or wish.adds or wish.timed or context.draft is None


def _shots(wish: Wish, context: Context) -> list[edits.Shot]:
    """Return what is to stand on the timeline: everything, or what stands there already."""
    visual = [one for one in context.materials if one.kind != "audio"]
    standing = edits.segments(context.draft, edits.VIDEO)
    if wish.make or wish.adds or context.draft is None:
        loud = {media_id_in(segment["m"].get("src", "")): segment["m"].get("volume", 1.0) for segment in standing}
        return [_shot(one, loud.get(one.id, 1.0)) for one in visual]
    known = {one.id: one for one in visual}
    placed: list[edits.Shot] = []
    for segment in standing:
        meta = segment["m"]
        own = known.get(media_id_in(meta.get("src", "")) or "")
        length = None if meta.get("kind") == "image" else (own.duration if own else segment["d"])
        placed.append(edits.Shot(meta.get("name", ""), meta.get("src", ""), length, meta.get("volume", 1.0)))
    return placed


def _shot(one: Material, volume: float) -> edits.Shot:
    length = one.duration if one.kind == "video" else None
    return edits.Shot(PurePosixPath(one.name).stem, one.url, length, volume)


def _total(wish: Wish, context: Context, shots: list[edits.Shot]) -> int | None:
    """Return how long the video shall be, in ms; None where nobody said."""
    if wish.duration:
        return wish.duration
    if wish.each:
        return sum(wish.each if shot.length is None else shot.length for shot in shots)
    if context.draft is None:
        return None
    placed = {media_id_in(segment["m"].get("src", "")) for segment in edits.segments(context.draft, edits.VIDEO)}
    fresh = [shot for shot in shots if media_id_in(shot.src) not in placed]
    more = sum(edits.PHOTO if shot.length is None else shot.length for shot in fresh)
    return context.draft["d"] + more + (wish.duration_change or 0) if placed else None


def _arrange(work: _Work, wish: Wish, context: Context, voice: Voice, shots: list[edits.Shot]) -> None:
    total = _total(wish, context, shots)
    work.draft = edits.arrange(work.draft, shots, total)
    made = work.draft["d"]
    photos = sum(shot.length is None for shot in shots)
    counted = voice.shots(photos, len(shots) - photos)
    work.said.append(voice("made", duration=voice.duration(made), shots=counted, size=_size(work.draft)))
    if photos > 1:
        work.said.append(voice("motion"))
    if total is not None and made < total:
        work.said.append(voice("shorter", duration=voice.duration(made), wanted=voice.duration(total)))


def _size(draft: dict[str, Any]) -> str:
    return f"{draft['m']['width']}×{draft['m']['height']}"


# Sound


async def _edit_sound(wish: Wish, context: Context, voice: Voice, work: _Work) -> AsyncIterator[AgentEvent]:
    if wish.drop_music:
        gone = bool(edits.segments(work.draft, edits.AUDIO))
        if gone or not _rebuilds(wish, context):
            yield Call("remove_music")
            work.draft = edits.remove(work.draft, edits.AUDIO)
            yield Result("remove_music", {"status": "success"})
            work.said.append(voice("music-dropped" if gone else "nothing-to-remove"))
    elif _wants_new_music(wish, work.draft):
        mood = _choose_mood(wish, context, work.draft)
        yield Call("compose_music", {"mood": mood} if mood else {})
        song = _own_song(context) if mood is None else None
        song = song or await context.compose(mood or context.moods[0], work.draft["d"])
        name = mood.capitalize() if mood else PurePosixPath(song.name).stem
        work.draft = edits.set_music(work.draft, name, song.url, wish.volume)
        yield Result("compose_music", {"status": "success", "name": name})
        loud = round(100 * (edits.music_volume(work.draft) or 0))
        work.said.append(voice("music", name=name, volume=loud))
    elif wish.volume is not None or wish.volume_change is not None:
        now = edits.music_volume(work.draft)
        if now is not None:
            level = wish.volume if wish.volume is not None else now + (wish.volume_change or 0)
            level = round(min(1.0, max(0.0, level)), 3)
            yield Call("set_music_volume", {"volume": level})
            work.draft = edits.set_music_volume(work.draft, level)
            yield Result("set_music_volume", {"status": "success"})
    if wish.clip_volume is not None:
        yield Call("set_clip_volume", {"volume": wish.clip_volume})
        work.draft = edits.set_clip_volume(work.draft, wish.clip_volume)
        yield Result("set_clip_volume", {"status": "success"})


def _wants_new_music(wish: Wish, draft: dict[str, Any]) -> bool:
    if not wish.music:
        return False
    return bool(wish.mood or wish.other_music or not edits.segments(draft, edits.AUDIO))


def _choose_mood(wish: Wish, context: Context, draft: dict[str, Any]) -> str | None:
    """Return what to compose; None where the person's own song is to be used."""
    moods = context.moods
    if wish.mood:
        return next((mood for mood in moods if mood.replace(" ", "-") == wish.mood), moods[0])
    if _own_song(context) and not wish.other_music:
        return None
    now = next((str(segment["m"].get("name", "")).lower() for segment in edits.segments(draft, edits.AUDIO)), "")
    if now in moods:
        return moods[(moods.index(now) + 1) % len(moods)]
    return "upbeat" if "upbeat" in moods else moods[0]


def _own_song(context: Context) -> Material | None:
    return next((one for one in reversed(context.materials) if one.kind == "audio"), None)


# Titles


def _edit_title(wish: Wish, context: Context, voice: Voice, work: _Work) -> None:
    shown = edits.segments(work.draft, edits.TEXT)
    if wish.drop_title:
        work.draft = edits.remove(work.draft, edits.TEXT)
        if shown or not _rebuilds(wish, context):
            work.said.append(voice("title-dropped" if shown else "nothing-to-remove"))
        return
    text = wish.title or (shown[0]["m"]["text"] if shown else None)
    derived = text is None
    text = text or derive_title(context, voice("default-title"))
    if reason := context.missing_font(text, voice.language):
        work.said.append(voice("title-left-out", text=text, reason=reason))
        return
    work.draft = edits.set_title(work.draft, text, wish.position)
    segment = edits.segments(work.draft, edits.TEXT)[0]
    span = f"{segment['st'] / 1000:g}–{(segment['st'] + segment['d']) / 1000:g} s"
    work.said.append(voice("title", text=text, span=span))
    if derived:
        work.said.append(voice("title-derived", text=text))


def _project_name(wish: Wish, context: Context, voice: Voice) -> str:
    return wish.title or derive_title(context, voice("default-title"))


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
