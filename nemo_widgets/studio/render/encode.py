"""Encoders: a run of frames → an H.264 piece, a mix → an AAC file."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, cast

import av
import numpy as np
from av.video.reformatter import ColorRange

from nemo_widgets.studio.render import audio, libav
from nemo_widgets.studio.render.planes import fill
from nemo_widgets.studio.render.quality import QUALITIES, chosen_sound
from nemo_widgets.studio.render.steady import steadied

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from av.audio.stream import AudioStream
    from av.container import OutputContainer
    from av.video.stream import VideoStream

    from nemo_widgets.studio.render.compose import Compositor
    from nemo_widgets.studio.render.plan import Plan
    from nemo_widgets.studio.render.planes import Planes
    from nemo_widgets.studio.render.quality import Quality

BT709 = 1
"""The code of BT.709 for matrix, primaries and transfer alike (ITU-T H.273)."""


def encode_piece(
    plan: Plan,
    compositor: Compositor,
    run: tuple[int, int],
    path: Path,
    *,
    on_frame: Callable[[], None],
    how: Quality = QUALITIES["high"],
) -> None:
    """Write a run of frames as an H.264 file that begins with a key frame.

    Parameters
    ----------
    plan, compositor
        What is seen; the compositor keeps its open files from piece to piece.
    run
        Frames of the draft: the first, and the one after the last.
    path
        Where to write; MP4 without sound.
    on_frame
        Called after each frame.
    how
        Settings of the encoder.
    """
    first, last = run
    tick = 1 / plan.fps
    # x264 has copied a frame when encode returns, so that one frame serves for all.
    spare = av.VideoFrame(plan.width, plan.height, "yuv420p")
    held: Planes | None = None
    with av.open(str(path), "w", format="mp4") as container:
        stream = add_video(container, plan, how)
        for number in range(first, last):
            planes = compositor.frame(number)
            if planes.frame is None and planes is not held:
                fill(spare, planes)
                held = planes
            frame = planes.frame or spare
            frame.pts, frame.time_base = number - first, tick
            frame.pict_type = 0
            libav.write(container, stream, frame)
            on_frame()
        libav.write(container, stream, None)


def add_video(container: OutputContainer, plan: Plan, how: Quality = QUALITIES["high"]) -> VideoStream:
    """Add the H.264 stream that all pieces share the settings of."""
    adding: Any = container
    stream = cast("VideoStream", adding.add_stream("libx264", rate=plan.fps))
    stream.width, stream.height, stream.pix_fmt = plan.width, plan.height, "yuv420p"
    stream.time_base = 1 / plan.fps
    context = stream.codec_context
    context.time_base = 1 / plan.fps
    context.thread_count = 1
    context.color_range = ColorRange.MPEG
    context.colorspace = BT709
    context.color_primaries = BT709
    context.color_trc = BT709
    context.options = {"preset": how.preset, "crf": str(how.crf), "g": "1000", "x264-params": steadied(how.details)}
    return stream


def encode_audio(plan: Plan, path: Path, how: Quality = QUALITIES["high"], kind: str = "aac") -> None:
    """Write the sound of a plan in an MP4 file, as AAC or MP3."""
    encode_blocks(audio.mix(plan), path, kind=kind, bitrate=how.sound)


def encode_blocks(
    blocks: Iterable[audio.Samples],
    path: Path,
    *,
    file_format: str = "mp4",
    kind: str = "aac",
    bitrate: int = audio.BITRATE,
) -> None:
    """Write 48 kHz stereo samples, in blocks of shape ``(2, n)`` from -1 to 1."""
    voice = chosen_sound(kind)
    step = voice.step
    with av.open(str(path), "w", format=file_format, options={"movflags": "+faststart"}) as container:
        adding: Any = container
        stream = cast("AudioStream", adding.add_stream(voice.codec, rate=audio.RATE, layout="stereo"))
        stream.bit_rate = bitrate
        stream.codec_context.options = dict(voice.options)
        clock = 0
        rest = np.zeros((2, 0), np.float32)
        for block in blocks:
            whole = np.concatenate([rest, block], axis=1)
            even = whole.shape[1] // step * step
            for at in range(0, even, step):
                clock = _encode_samples(container, stream, whole[:, at : at + step], clock)
            rest = whole[:, even:]
        if rest.shape[1]:
            _encode_samples(container, stream, rest, clock)
        libav.write(container, stream, None)


def _encode_samples(container: OutputContainer, stream: AudioStream, samples: audio.Samples, clock: int) -> int:
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples), "fltp", "stereo")
    frame.sample_rate, frame.pts, frame.time_base = audio.RATE, clock, Fraction(1, audio.RATE)
    libav.write(container, stream, frame)
    return clock + samples.shape[1]
