"""On the way from a key frame to the frame that is wanted, pictures that no other refers to needn't be decoded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from av.video.stream import VideoStream

_KEPT = 3
"""How many frames before the wanted moment are decoded whatever they are: telling interlaced fields apart takes two."""

_MOST = 2000
"""Packets that are looked at; no key frame is that far away in a file that anybody made on purpose."""


def lead_in(stream: VideoStream, packets: Iterator[Any], moment: Fraction | float) -> Iterator[Any]:
    """Return packets to be decoded one by one, with the decoder told which of them to leave out.

    What comes out from the wanted moment on is the same to the last bit; getting there takes half the time.

    Parameters
    ----------
    stream
        Whose packets they are.
    packets
        From a key frame on.
    moment
        What is wanted is the last frame that is shown at this time, in the stream's own units.
    """
    context = stream.codec_context
    # Only H.264 says of each picture alone whether others refer to it.
    if context.name != "h264":
        yield from packets
        return
    held: list[Any] = []
    known = True
    for packet in packets:
        held.append(packet)
        ended = packet.size == 0
        known = ended or (None not in (packet.pts, packet.dts) and len(held) < _MOST)
        if ended or not known or packet.dts > moment:
            break
    shown = sorted(packet.pts for packet in held if packet.pts is not None and packet.pts <= moment)
    wanted = shown[-_KEPT] if known and len(shown) >= _KEPT else None
    for packet in held:
        early = wanted is not None and packet.pts is not None and packet.pts < wanted
        context.skip_frame = "NONREF" if early else "DEFAULT"
        yield packet
    context.skip_frame = "DEFAULT"
    yield from packets
