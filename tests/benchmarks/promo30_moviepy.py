"""promo30 with MoviePy 2, as its documentation suggests: `python promo30_moviepy.py FOLDER`, for render_promo30.

A program of its own, since MoviePy may live in another environment (it wants an older Pillow).
"""

from __future__ import annotations

import sys
from pathlib import Path

from moviepy import AudioFileClip, CompositeVideoClip, ImageClip, TextClip, VideoFileClip, afx, vfx
from promo30 import SECONDS, promo30


def main(folder):
    """Render."""
    draft = promo30(folder)
    clips = []
    for shot in draft["t"][0]["sg"]:
        seconds = shot["d"] / 1000 + 0.5
        if shot["m"]["src"].endswith(".mp4"):
            one = VideoFileClip(shot["m"]["src"])
        else:
            one = ImageClip(shot["m"]["src"], duration=seconds).resized(width=1920)
            one = one.with_effects([vfx.Resize(lambda t, s=seconds: 1 + 0.12 * t / s)]).with_position("center")
        start = sum(other["d"] for other in draft["t"][0]["sg"][: len(clips)]) / 1000
        clips.append(one.with_start(start).with_effects([vfx.CrossFadeIn(0.5)] if clips else []))
    title = TextClip(text="Urban Dreams", font_size=130, color="white", stroke_color="black", stroke_width=4)
    title = title.with_start(0.5).with_duration(3).with_position("center")
    title = title.with_effects([vfx.CrossFadeIn(0.5), vfx.CrossFadeOut(0.5)])
    sound = AudioFileClip(str(folder / "music.m4a")).with_effects([afx.MultiplyVolume(0.35), afx.AudioFadeOut(1)])
    whole = CompositeVideoClip([*clips, title], size=(1920, 1080)).with_duration(SECONDS).with_audio(sound)
    whole.write_videofile(
        str(folder / "moviepy.mp4"), fps=30, codec="libx264", audio_codec="aac", preset="veryfast",
        ffmpeg_params=["-crf", "20", "-movflags", "+faststart"], logger=None,
    )  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]))
