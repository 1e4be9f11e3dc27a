"""The edge to PyAV where its types say less than they could."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    import av
    from av.audio.stream import AudioStream
    from av.container import InputContainer, OutputContainer
    from av.video.stream import VideoStream


def write(
    container: OutputContainer, stream: VideoStream | AudioStream, frame: av.VideoFrame | av.AudioFrame | None
) -> None:
    """Encode a frame and write what comes out; None ends the stream."""
    encoder: Any = stream
    mux(container, encoder.encode(frame))


def length_of(frame: av.VideoFrame) -> float:
    """Return how long a decoded frame is shown, in seconds; 0 where that isn't known (PyAV 14 doesn't say)."""
    duration: int = getattr(frame, "duration", 0) or 0
    return float(duration * frame.time_base) if frame.time_base else 0.0


def mux(container: OutputContainer, packets: Any) -> None:
    """Write packets."""
    out: Any = container
    out.mux(packets)


def packets(container: InputContainer, stream: VideoStream | AudioStream) -> Iterator[Any]:
    """Return a stream's packets that have a time; the empty one at the end has none."""
    source: Any = container
    return (packet for packet in source.demux(stream) if packet.dts is not None and packet.pts is not None)


def copied_stream(container: OutputContainer, template: VideoStream | AudioStream) -> Any:
    """Add a stream for packets that are copied from another file."""
    out: Any = container
    # opaque: no encoder is opened, which in older versions would write a codec header of its own.
    return out.add_stream_from_template(template, opaque=True)
