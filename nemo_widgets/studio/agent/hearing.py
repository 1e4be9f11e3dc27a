"""Music and sound: the wish and the session → steps and the draft after them."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from nemo_widgets.draft.model import Draft
from nemo_widgets.studio import beats, edits, soundtrack
from nemo_widgets.studio.agent import pictures
from nemo_widgets.studio.agent.base import Call, Result
from nemo_widgets.studio.agent.voice import mood_name
from nemo_widgets.studio.workspace import media_id_in

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from nemo_widgets.studio.agent.base import AgentEvent, Context, Material
    from nemo_widgets.studio.agent.rules import Work
    from nemo_widgets.studio.agent.voice import Voice
    from nemo_widgets.studio.agent.wish import Wish


AT_AN_END = 10_000
"""Milliseconds for which music is heard at most that is to be so "only at the end"."""


def own_song(context: Context, chosen: str = "") -> Material | None:
    """Return a song that was uploaded: the one with this id, or the last."""
    songs = [one for one in context.materials if one.kind == "audio"]
    return next((one for one in songs if one.id == chosen), songs[-1] if songs else None)


async def edit_sound(wish: Wish, context: Context, voice: Voice, work: Work) -> AsyncIterator[AgentEvent]:
    """Change music and volumes."""
    if wish.drop_music:
        gone = bool(edits.segments(work.draft, edits.AUDIO))
        if gone or not work.rebuilt:
            yield Call("remove_music")
            work.draft = edits.remove(work.draft, edits.AUDIO)
            yield Result("remove_music", {"status": "success"})
            work.said.append(voice("music-dropped" if gone else "nothing-to-remove"))
    elif wish.absent:
        left = "music-left" if edits.segments(work.draft, edits.AUDIO) else "music-none"
        work.undone.append(voice("no-such-music", kind=wish.absent, left=voice(left), moods=", ".join(context.moods)))
    elif wish.song is not None and own_song(context) is None:
        work.undone.append(voice("no-song"))
    elif _wants_new_music(wish, work.draft):
        async for event in _compose(wish, context, voice, work):
            yield event
    else:
        for event in _louder(wish, voice, work):
            yield event
    if wish.clip_volume is not None:
        yield Call("set_clip_volume", {"volume": wish.clip_volume})
        before, work.draft = work.draft, _set_clips(wish, work.draft)
        if work.draft == before and not work.rebuilt:
            work.undone.append(voice("clips-so", volume=round(100 * wish.clip_volume)))
        yield Result("set_clip_volume", {"status": "success"})
    for event in (*_fade(wish, voice, work), *_time(wish, voice, work)):
        yield event
    await _outlast(context, work)


async def _outlast(context: Context, work: Work) -> None:
    """Compose music anew for a film that has become longer: what was composed has an end, and would begin again."""
    before = context.draft
    if before is None or work.draft["d"] <= before["d"]:
        return
    playing, old = edits.segments(work.draft, edits.AUDIO), edits.segments(before, edits.AUDIO)
    if len(playing) != 1 or len(old) != 1 or playing[0]["m"].get("src") != old[0]["m"].get("src"):
        return
    meta = playing[0]["m"]
    mood = meta.get("mood")
    if mood in context.moods and meta.get("loop") and playing[0]["d"] > old[0]["d"]:
        song = await context.compose(mood, work.draft["d"])
        longer = playing[0] | {"m": meta | {"src": song.url}}
        work.draft = edits.with_segments(work.draft, edits.AUDIO, [longer])


def _louder(wish: Wish, voice: Voice, work: Work) -> list[AgentEvent]:
    """Change how loud the music is; that it is as loud as can be is said."""
    now = edits.music_volume(work.draft)
    if now is None or (wish.volume is None and wish.volume_change is None and wish.volume_factor is None):
        return []
    wanted = wish.volume if wish.volume is not None else now * (wish.volume_factor or 1) + (wish.volume_change or 0)
    level = round(min(1.0, max(0.0, wanted)), 3)
    if level == now != wanted:
        work.undone.append(voice("loudest" if level else "quietest"))
    call = Call("set_music_volume", {"volume": level})
    work.draft = edits.set_volume(work.draft, edits.AUDIO, level)
    return [call, Result("set_music_volume", {"status": "success"})]


def told(draft: dict[str, Any], voice: Voice) -> str:
    """Return what is said about the music of a draft: which, and how loud."""
    names = dict.fromkeys(str(one["m"].get("name", "")) for one in edits.segments(draft, edits.AUDIO))
    return voice("music", name=voice.names(names), volume=round(100 * (edits.music_volume(draft) or 0)))


def _set_clips(wish: Wish, draft: dict[str, Any]) -> dict[str, Any]:
    level = wish.clip_volume or 0.0
    if not (wish.clip_picks or wish.clip_but):
        return edits.set_volume(draft, edits.VIDEO, level)
    chosen = pictures.pointed(draft, wish.clip_picks) if wish.clip_picks else edits.segments(draft, edits.VIDEO)
    ids = {one["id"] for one in chosen} - {one["id"] for one in pictures.pointed(draft, wish.clip_but)}
    changed = Draft(draft)
    for number, track in enumerate(draft["t"]):
        for index, one in enumerate(track["sg"]):
            if track["tt"] == edits.VIDEO and one["id"] in ids and one["m"].get("kind") != "image":
                changed = changed.set_volume((number, index), level)
    return changed.raw


def _time(wish: Wish, voice: Voice, work: Work) -> list[AgentEvent]:
    """Change when the music plays, where in the song it starts, and what it makes room for."""
    wanted = wish.music_edits
    playing = edits.segments(work.draft, edits.AUDIO)
    if not wanted or not playing:
        work.undone += [voice("no-music-yet")] if wanted else []
        return []
    total = work.draft["d"]
    wanted = _at_an_end(wanted, total)
    start, until = wanted.get("st", playing[0]["st"]), wanted.get("until", total)
    if not 0 <= start < min(until, total):
        work.undone.append(voice("music-times", duration=voice.duration(total)))
        return []
    chosen = {key: wanted[key] for key in ("in", "loop", "duck") if key in wanted}
    work.draft = soundtrack.timed(work.draft, start, min(until, total) if "until" in wanted else None, **chosen)
    if "st" in wanted and (start or start != playing[0]["st"]):
        work.said.append(voice("music-starts", duration=voice.duration(start)))
    if until < total or ("until" in wanted and until != playing[0]["st"] + playing[0]["d"]):
        work.said.append(voice("music-stops", duration=voice.duration(min(until, total))))
    if "in" in wanted:
        work.said.append(voice("song-from", duration=voice.duration(wanted["in"])))
    if "loop" in wanted:
        work.said.append(voice("loops" if wanted["loop"] else "once"))
    if "duck" in wanted:
        heard = any(
            one["m"].get("kind") != "image" and one["m"].get("volume", 1)
            for one in edits.segments(work.draft, edits.VIDEO)
        )
        key = "not-ducked" if wanted["duck"] >= 1 else ("ducked" if heard else "ducked-later")
        work.said.append(voice(key, volume=round(100 * wanted["duck"])))
    return [Call("time_music", wanted), Result("time_music", {"status": "success"})]


def _at_an_end(wanted: dict[str, Any], total: int) -> dict[str, Any]:
    """Return when music plays that is to be heard at one end alone, of a video that lasts ``total`` ms."""
    edge = wanted.get("edge")
    if edge is None:
        return wanted
    span = wanted.get("span", min(AT_AN_END, total // 3))
    times = {"st": 0, "until": span} if edge == "start" else {"st": total - span, "until": total}
    return times | {key: value for key, value in wanted.items() if key not in ("edge", "span")}


async def _compose(wish: Wish, context: Context, voice: Voice, work: Work) -> AsyncIterator[AgentEvent]:
    mood = _choose_mood(wish, context, work.draft)
    yield Call("compose_music", {"mood": mood} if mood else {})
    song = own_song(context, wish.song or "") if mood is None else None
    song = song or await context.compose(mood or context.moods[0], work.draft["d"])
    name = mood_name(mood, context.language) if mood else PurePosixPath(song.name).stem
    now = edits.music_volume(work.draft)
    level = wish.volume
    if level is None and (wish.volume_change or wish.volume_factor):
        wanted = (edits.MUSIC_VOLUME if now is None else now) * (wish.volume_factor or 1) + (wish.volume_change or 0)
        level = round(min(1.0, max(0.0, wanted)), 3)
    before = work.draft
    work.draft = edits.set_music(work.draft, name, song.url, level, mood=mood)
    if mood:
        work.draft = beats.timed(work.draft, mood, song.duration or work.draft["d"])
    yield Result("compose_music", {"status": "success", "name": name})
    if work.draft == before and not work.rebuilt:
        work.undone.append(voice("music-same", name=name))
        return
    loud = round(100 * (edits.music_volume(work.draft) or 0))
    work.said.append(voice("music", name=name, volume=loud))


def _fade(wish: Wish, voice: Voice, work: Work) -> list[AgentEvent]:
    events: list[AgentEvent] = []
    if wish.fades and edits.music_volume(work.draft) is None:
        work.undone.append(voice("no-fade"))
        return events
    for end, length in wish.fades.items():
        length = min(length, work.draft["d"])  # noqa: PLW2901 - what there is room for
        work.draft = edits.set_music_fade(work.draft, end, length)
        events += [Call("fade_music", {"end": end, "duration": length}), Result("fade_music", {"status": "success"})]
        work.said.append(voice(f"fade-{end}", duration=voice.duration(length)))
    return events


def _wants_new_music(wish: Wish, draft: dict[str, Any]) -> bool:
    if wish.song is not None:
        return True
    return wish.music and bool(wish.mood or wish.other_music or not edits.segments(draft, edits.AUDIO))


def _choose_mood(wish: Wish, context: Context, draft: dict[str, Any]) -> str | None:
    """Return what to compose; None where the person's own song is to be used."""
    moods = context.moods
    if wish.mood:
        return next((mood for mood in moods if mood.replace(" ", "-") == wish.mood), moods[0])
    if wish.song is not None or (own_song(context) and not wish.other_music):
        return None
    own = {one.id for one in context.materials}
    for segment in edits.segments(draft, edits.AUDIO):
        now = str(segment["m"].get("mood", segment["m"].get("name", ""))).lower()
        if now in moods and media_id_in(str(segment["m"].get("src", ""))) not in own:
            return moods[(moods.index(now) + 1) % len(moods)]
    return "upbeat" if "upbeat" in moods else moods[0]
