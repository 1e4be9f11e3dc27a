"""Interlaced clips, whose frames are two moments woven together: told apart by FFmpeg's ``bwdif``."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import av
from av.filter import Graph

if TYPE_CHECKING:
    from collections.abc import Iterator


def progressive(frames: Iterator[av.VideoFrame]) -> Iterator[av.VideoFrame]:
    """Return frames as whole pictures, one for each; as they are where the first one isn't interlaced."""
    begun = next(frames, None)
    if begun is None:
        return iter(())
    whole = chain([begun], frames)
    return _woven_apart(begun, whole) if begun.interlaced_frame else whole


def _woven_apart(begun: av.VideoFrame, frames: Iterator[av.VideoFrame]) -> Iterator[av.VideoFrame]:
    graph = Graph()
    source = graph.add_buffer(width=begun.width, height=begun.height, format=begun.format, time_base=begun.time_base)
    # bwdif doesn't know every format, so those that it lacks are converted on the way.
    apart, sink = graph.add("bwdif", "mode=send_frame:deint=interlaced"), graph.add("buffersink")
    source.link_to(apart)
    apart.link_to(sink)
    graph.configure()
    for frame in frames:
        graph.push(frame)
        yield from _pulled(graph, begun)
    graph.push(None)
    yield from _pulled(graph, begun)


def _pulled(graph: Graph, begun: av.VideoFrame) -> Iterator[av.VideoFrame]:
    while True:
        try:
            frame = graph.pull()
        except (BlockingIOError, EOFError):
            return
        if isinstance(frame, av.VideoFrame):
            if frame.colorspace != begun.colorspace:
                frame.colorspace, frame.color_range = begun.colorspace, begun.color_range
            yield frame
