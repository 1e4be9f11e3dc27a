"""Talking to the agent without a server, and what a person would see of its draft."""

from __future__ import annotations

from nemo_widgets.draft.model import Draft
from nemo_widgets.studio import edits, music
from nemo_widgets.studio.agent.base import Context, Material, Result, Say, Turn, Version
from nemo_widgets.studio.agent.rules import RuleAgent

MOODS = tuple(music.MOODS)
PHOTOS = tuple(Material(f"{n:032x}", f"paris-0{n}.jpg", "image", f"http://h/media/{n:032x}/p.jpg") for n in range(1, 6))
CLIP = Material("c" * 32, "clip.mp4", "video", f"http://h/media/{'c' * 32}/clip.mp4", 8_000, has_audio=True)
SONG = Material("d" * 32, "our song.mp3", "audio", f"http://h/media/{'d' * 32}/song.mp3", 95_000, has_audio=True)
BEACH = Material("9" * 32, "beach.mov", "video", f"http://h/media/{'9' * 32}/beach.mov", 12_000, has_audio=True)
FILES = (*PHOTOS, CLIP, BEACH, SONG)


async def say(
    prompt,
    *,
    draft=None,
    materials=(*PHOTOS, CLIP),
    previous=None,
    missing=None,
    task_name="project",
    turns=None,
    language="en",
):
    """Return (draft or None, text, moods composed) of the agent's answer.

    ``turns`` (a list) is what was said before, ``previous`` the draft (or drafts, the latest last) to go back to.
    """
    composed = []

    async def compose(mood, duration):
        composed.append(mood)
        return Material("e" * 32, f"{mood}.m4a", "audio", f"http://h/media/{'e' * 32}/{mood}.m4a", duration)

    async def travel(steps):
        before = previous if isinstance(previous, list) else [previous] if previous else []
        back = min(-steps, len(before))
        return Version(1, before[-back], -back) if back > 0 else None

    context = Context(
        draft,
        tuple(materials),
        task_name,
        language,
        MOODS,
        compose,
        lambda text, language: missing,
        turns=tuple(turns or ()),
        travel=travel,
    )
    events = [event async for event in RuleAgent().reply(prompt, context)]
    drafts = [event.draft for event in events if isinstance(event, Result) and event.draft is not None]
    assert len(drafts) <= 1
    text = "".join(event.text for event in events if isinstance(event, Say))
    if turns is not None:
        asks = next((event.asks for event in events if isinstance(event, Say) and event.asks), None)
        turns.append(Turn(prompt, text, asks, edited=bool(drafts)))
    return (drafts[0] if drafts else None), text, composed


def facts(draft):
    """Return what a person would see in a draft."""
    model = Draft(draft)
    title = next((s.text for t in model.tracks if t.kind == "text" for s in t.segments), None)
    music = next((s for t in model.tracks if t.kind == "audio" for s in t.segments), None)
    return {
        "seconds": model.duration / 1000,
        "size": model.size,
        "title": title,
        "music": music.name.lower() if music else None,
        "volume": music.volume if music else None,
        "shots": sum(len(t.segments) for t in model.tracks if t.kind == "video"),
    }


async def promo():
    """Return a draft of 30 seconds with everything in it."""
    draft, _, _ = await say('make a 30-second promo titled "Old" with lo-fi music')
    return draft


def shots(draft):
    """Return the names of what is shown, in order."""
    return [segment["m"]["name"] for track in draft["t"] if track["tt"] == 0 for segment in track["sg"]]


def titles(draft):
    """Return (text, start, length in ms) of the titles, in order."""
    found = [segment for track in draft["t"] if track["tt"] == 7 for segment in track["sg"]]
    return [(segment["m"]["text"], segment["st"], segment["d"]) for segment in found]


LISBON = "make a 24 second vertical video, interview first, upbeat music, title 'Lisbon Launch'"
LISBON_ZH = "做一个24秒竖屏视频，采访放最前面，轻快的音乐，标题“里斯本”"


async def asked(*prompts, files=FILES, base="make a 41 second video of all photos and clips"):
    """Return the draft before and after the last prompt, and its answer; one of nothing is the draft as it was."""
    turns, past = [], []
    draft, told, _ = await say(base, materials=files, turns=turns)
    before = draft
    for prompt in prompts:
        before = draft
        made, told, _ = await say(prompt, draft=draft, materials=files, turns=turns, previous=past)
        past += [draft] if made else []
        draft = made or draft
    return before, draft, told


async def talk(files, base, *prompts):
    """Return the draft after the last prompt, and its answer."""
    _, draft, told = await asked(*prompts, files=files, base=base)
    return draft, told


def files_of(*names):
    """Return files by their names; how many seconds a clip or a song has stands behind it: ``vows.mp4@45``."""
    kinds = {"jpg": "image", "png": "image", "mp4": "video", "mov": "video", "mp3": "audio"}
    made = []
    for number, named in enumerate(names, 1):
        name, _, seconds = named.partition("@")
        kind, key = kinds[name.rsplit(".", 1)[1]], f"{number:032x}"
        length = 1_000 * int(seconds) if seconds else None
        made.append(Material(key, name, kind, f"http://h/media/{key}/{number}", length, has_audio=kind != "image"))
    return tuple(made)


def shown(draft):
    """Return the names of the shots, and for how many seconds each is seen."""
    return {one["m"]["name"]: one["d"] / 1_000 for one in edits.segments(draft, edits.VIDEO)}


def having(draft, field, value):
    """Return the names of the shots of which a field has a value."""
    return [
        one["m"]["name"]
        for track in draft["t"]
        if track["tt"] == 0
        for one in track["sg"]
        if one["m"].get(field) == value
    ]
