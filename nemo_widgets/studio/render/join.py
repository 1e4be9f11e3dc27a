"""Pieces → one MP4, by copying packets: no frame is encoded twice, and time stamps are counted anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import av

from nemo_widgets.studio.render import libav

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction
    from pathlib import Path

    from av.container import OutputContainer


def join(pieces: list[tuple[int, Path]], sound: Path, fps: Fraction, target: Path) -> None:
    """Write an MP4 with its index in front (``faststart``).

    Parameters
    ----------
    pieces
        For each, the draft's frame at which it begins, and its file.
    sound
        The file of the whole sound.
    fps
        Frames a second.
    target
        Where to write.
    """
    with (
        av.open(str(pieces[0][1])) as model,
        av.open(str(sound)) as heard,
        av.open(str(target), "w", format="mp4", options={"movflags": "+faststart"}) as out,
    ):
        pictures = libav.copied_stream(out, model.streams.video[0]), _video_packets(pieces, fps)
        voice = heard.streams.audio[0]
        for _ in interleaved(out, pictures, (libav.copied_stream(out, voice), libav.packets(heard, voice))):
            pass


def interleaved(
    out: OutputContainer, pictures: tuple[Any, Iterator[Any]], sounds: tuple[Any, Iterator[Any]]
) -> Iterator[int]:
    """Write the packets of two streams in the order in which they are played; yields 1 after each picture."""
    video, showing = pictures
    voice, sounding = sounds
    waiting = next(sounding, None)
    unit = 0.0
    for packet in showing:
        # Fractions for every packet of every render would take as long as writing them.
        if waiting is not None and not unit:
            unit = float(waiting.time_base / packet.time_base)
        while waiting is not None and waiting.dts * unit <= packet.dts:
            waiting.stream = voice
            libav.mux(out, waiting)
            waiting = next(sounding, None)
        packet.stream = video
        libav.mux(out, packet)
        yield 1
    while waiting is not None:
        waiting.stream = voice
        libav.mux(out, waiting)
        waiting = next(sounding, None)


def _video_packets(pieces: list[tuple[int, Path]], fps: Fraction) -> Iterator[Any]:
    """Return the packets of all pieces, each piece moved to where it belongs, in units of frames."""
    for first, path in pieces:
        with av.open(str(path)) as container:
            stream = container.streams.video[0]
            tick = 1 / fps
            unit = float((stream.time_base or tick) * fps)
            for packet in libav.packets(container, stream):
                packet.dts = first + round(packet.dts * unit)
                packet.pts = first + round(packet.pts * unit)
                packet.duration = 1
                packet.time_base = tick
                yield packet
