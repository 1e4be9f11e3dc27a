"""The encoder gives the same bytes for the same frames, every time."""

from __future__ import annotations

from fractions import Fraction

import av
import numpy as np

from nemo_widgets.studio.render.encode import add_video
from nemo_widgets.studio.render.layers import Plan

WIDTH, HEIGHT, FRAMES = 160, 90, 60


def scenes():
    """Frames that move, with noise: planes of Y, U and V."""
    rng = np.random.default_rng(1)
    hills = rng.normal(0, 1, (HEIGHT + 200, WIDTH + 200)).cumsum(0).cumsum(1)
    ground = ((hills - hills.min()) / np.ptp(hills) * 219 + 16).astype(np.uint8) // 2
    ground += rng.integers(0, 12, ground.shape, dtype=np.uint8)
    for n in range(FRAMES):
        across, down = WIDTH // 2, HEIGHT // 2
        yield (
            ground[n : n + HEIGHT, 3 * n % 150 : 3 * n % 150 + WIDTH],
            ground[10 : 10 + down, n : n + across],
            ground[20 : 20 + down, n % 90 : n % 90 + across],
        )


def test_the_same_frames_are_the_same_bytes(tmp_path):
    """At a height that is no multiple of 16, where x264's AVX-512 code lets one run in fifteen differ."""
    plan = Plan(WIDTH, HEIGHT, Fraction(30), FRAMES, (), ())
    ready, made = list(scenes()), set()
    for _ in range(60):
        frame = av.VideoFrame(WIDTH, HEIGHT, "yuv420p")
        with av.open(str(tmp_path / "piece.mp4"), "w", format="mp4") as container:
            stream = add_video(container, plan)
            for number, planes in enumerate(ready):
                for plane, pixels in zip(frame.planes, planes, strict=True):
                    rows = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
                    rows[: pixels.shape[0], : pixels.shape[1]] = pixels
                frame.pts, frame.time_base, frame.pict_type = number, 1 / plan.fps, 0
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
        made.add((tmp_path / "piece.mp4").read_bytes())
    assert len(made) == 1
