"""The encoder gives the same bytes for the same frames, every time."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from samples import clip, draft, shot

from nemo_widgets.studio.render.compose import Compositor
from nemo_widgets.studio.render.encode import encode_piece
from nemo_widgets.studio.render.sources import prepared


def test_the_same_frames_are_the_same_bytes(tmp_path):
    """At a height that is no multiple of 16, where x264's AVX-512 code lets one run in fifteen differ."""
    plan = prepared(draft(shot(clip(tmp_path / "c.mp4", seconds=2), 2000), width=160, height=90))
    made = set()
    for _ in range(60):
        with Compositor(plan) as compositor:
            encode_piece(plan, compositor, (0, 60), tmp_path / "piece.mp4", on_frame=int)
        made.add((tmp_path / "piece.mp4").read_bytes())
    assert len(made) == 1
