"""Pieces → one MP4, by copying packets: no frame is encoded twice, and time stamps are counted anew."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import av

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


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
        video = out.add_stream_from_template(model.streams.video[0])
        voice = out.add_stream_from_template(heard.streams.audio[0])
        seen, sounding = _video_packets(pieces, fps), heard.demux(heard.streams.audio[0])
        out.start_encoding()
        waiting = next(sounding, None)
        for packet in seen:
            while waiting is not None and waiting.dts is not None and _time(waiting) <= _time(packet):
                waiting.stream = voice
                out.mux(waiting)
                waiting = next(sounding, None)
            packet.stream = video
            out.mux(packet)
        while waiting is not None:
            if waiting.dts is not None:
                waiting.stream = voice
                out.mux(waiting)
            waiting = next(sounding, None)


def _video_packets(pieces: list[tuple[int, Path]], fps: Fraction) -> Iterator[av.Packet]:
    """Return the packets of all pieces, each piece moved to where it belongs, in units of frames."""
    for first, path in pieces:
        with av.open(str(path)) as container:
            for packet in container.demux(video=0):
                if packet.dts is None or packet.pts is None:
                    continue
                unit = packet.time_base * fps
                packet.dts = first + round(packet.dts * unit)
                packet.pts = first + round(packet.pts * unit)
                packet.duration = 1
                packet.time_base = 1 / fps
                yield packet


def _time(packet: av.Packet) -> Fraction:
    return (packet.dts or 0) * packet.time_base
