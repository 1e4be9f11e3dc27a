"""A draft that only shows a clip as it is: its packets are copied, so that nothing is lost and no time is spent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av

from nemo_widgets.errors import NemoError
from nemo_widgets.studio import media
from nemo_widgets.studio.render import libav
from nemo_widgets.studio.render.layers import Picture, Plan, Sound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from av.container import InputContainer
    from av.video.stream import VideoStream

_HELD_MS = 100
"""How much longer than its pictures a clip may be, as where its sound is: its last picture is held so long."""

_SLACK = 0.25
"""How far from its place a frame may be, in frames: Matroska's times are whole milliseconds."""

_SOUNDS = ("aac", "mp3")


@dataclass(frozen=True)
class Stretch:
    """The stretch of a clip that a draft shows.

    Attributes
    ----------
    path : Path
        The clip.
    first, last : int
        Its frames: the first, and the one after the last.
    delay : int
        By how many frames a picture is decoded before it is shown, at most.
    sound : bool
        Whether its sound is heard as it is, too.
    """

    path: Path
    first: int
    last: int
    delay: int
    sound: bool


def untouched(plan: Plan) -> Stretch | None:
    """Return what is to be copied, or None where anything has to be encoded.

    That is a single H.264 clip of the canvas's size and rate that stands upright and is played at its own speed, with
    nothing above it and nothing changed, cut at key frames or not at all. Music or another volume is no hindrance: then
    the sound is mixed, and the pictures are copied.

    Parameters
    ----------
    plan
        What is seen and heard, with local files.
    """
    if len(plan.layers) != 1 or not isinstance(plan.layers[0], Picture):
        return None
    one = plan.layers[0]
    kept = {name: getattr(one, name) for name in ("offset", "fit", "transition", "end", "background")}
    if one != Picture(one.source, one.name, first=0, last=plan.frames, **kept):
        return None
    path = Path(one.source)
    try:
        if media.format_of(path) in media.IMAGES:
            return None
        with media.open_container(path) as container:
            return _stretch(container, plan, one)
    except (NemoError, *media.READING_ERRORS):
        return None  # Encoding says what is wrong with the file.


def video_packets(container: InputContainer, stretch: Stretch, plan: Plan) -> Iterator[Any]:
    """Return the packets of the pictures, in units of frames from the stretch's beginning."""
    stream = container.streams.video[0]
    clock, tick = -stretch.delay, 1 / plan.fps
    for packet in libav.packets(container, stream):
        number = round(_number(packet.pts, container, stream, plan))
        if stretch.first <= number < stretch.last:
            packet.pts, packet.dts = number - stretch.first, clock
            packet.duration = plan.frames - packet.pts if number == stretch.last - 1 else 1
            packet.time_base = tick
            clock += 1
            yield packet


def _stretch(container: InputContainer, plan: Plan, one: Picture) -> Stretch | None:
    stream = container.streams.video[0]
    if not _fits(container, stream, plan):
        return None
    container.seek(0)
    times = [
        (_number(packet.pts, container, stream, plan), bool(packet.is_keyframe))
        for packet in libav.packets(container, stream)
    ]
    packets = [(round(number), key) for number, key in times]
    numbers = sorted(number for number, _ in packets)
    if numbers != list(range(len(numbers))) or any(abs(time - round(time)) > _SLACK for time, _ in times):
        return None
    start = one.offset * plan.fps / 1000
    first = round(start)
    last = min(first + plan.frames, len(numbers))
    held = (first + plan.frames - last) * 1000 / plan.fps
    if (
        last <= first
        or abs(start - first) > _SLACK
        or held > _HELD_MS
        or not (_closed(packets, first) and _closed(packets, last))
    ):
        return None
    voice = media.audio_stream(container)
    copied = (
        voice is not None
        and voice.codec_context.name in _SOUNDS
        and (first, last) == (0, len(numbers))
        and [replace(each, name="", end=0) for each in plan.sounds] == [Sound(one.source, "", 0, 0, clip=True)]
    )
    inside = [number - first for number, _ in packets if first <= number < last]
    return Stretch(Path(one.source), first, last, max(at - number for at, number in enumerate(inside)), copied)


def _fits(container: InputContainer, stream: VideoStream, plan: Plan) -> bool:
    """Say whether the pictures are of the kind, size and rate that is wanted."""
    if media.video_stream(container) is not stream or stream.codec_context.name != "h264":
        return False
    frame = next(iter(container.decode(stream)), None)
    return (
        frame is not None
        and frame.format.name == "yuv420p"
        and not frame.rotation
        and not frame.interlaced_frame
        and (frame.width, frame.height) == (plan.width, plan.height) == media.shown_size(frame, stream)
    )


def _closed(packets: list[tuple[int, bool]], place: int) -> bool:
    """Say whether a clip may be cut before a frame: a key frame with all that is decoded after it shown after it."""
    if place in (0, len(packets)):
        return True
    at = next(index for index, (number, _) in enumerate(packets) if number == place)
    before, after = packets[:at], packets[at:]
    return packets[at][1] and all(n < place for n, _ in before) and all(n >= place for n, _ in after)


def _number(pts: int, container: InputContainer, stream: VideoStream, plan: Plan) -> float:
    """Return which frame of the draft's rate a time stamp is."""
    seconds = pts * float(stream.time_base or 0) - (container.start_time or 0) / 1e6
    return seconds * float(plan.fps)


def sound_packets(container: InputContainer) -> Iterator[Any]:
    """Return the packets of the sound, from the container's beginning."""
    stream = media.audio_stream(container)
    if stream is None or stream.time_base is None:
        return
    shift = round((container.start_time or 0) / 1e6 / stream.time_base)
    for packet in libav.packets(container, stream):
        packet.pts -= shift
        packet.dts -= shift
        yield packet


def copy(stretch: Stretch, plan: Plan, sound: Path | None, target: Path) -> Iterator[int]:
    """Write a clip's packets to an MP4; yields how many frames have been written since the last time.

    Parameters
    ----------
    stretch, plan
        What is copied, and where it stands.
    sound
        The file of the mixed sound; None where the clip's own is copied, too.
    target
        Where to write.
    """
    from nemo_widgets.studio.render.join import interleaved

    with (
        av.open(str(target), "w", format="mp4", options={"movflags": "+faststart"}) as out,
        media.open_container(stretch.path) as clip,
        media.open_container(sound or stretch.path) as heard,
    ):
        voice = media.audio_stream(heard)
        if voice is None:
            return
        pictures = libav.copied_stream(out, clip.streams.video[0]), video_packets(clip, stretch, plan)
        yield from interleaved(out, pictures, (libav.copied_stream(out, voice), sound_packets(heard)))
