"""How much a render costs beside the encoder alone, on "promo30": `python tests/benchmarks/render_promo30.py`.

promo30: 1920×1080, 30 fps, 30 s: five 12-megapixel JPEG photos with slow zoom, one 8 s clip, half-second crossfades, a
fading title, music at 35 % with a fade-out; libx264 crf 20 and AAC, index in front. The limit is the same encoder fed
with the same frames, ready in memory. CPU seconds count every process; memory is the largest sum of resident sets.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path

import av
import numpy as np
import psutil
from PIL import Image

from nemo_widgets.draft.model import Draft
from nemo_widgets.studio import music
from nemo_widgets.studio.render import render
from nemo_widgets.studio.render.compose import Compositor
from nemo_widgets.studio.render.encode import add_video, pieces
from nemo_widgets.studio.render.plan import plan
from nemo_widgets.studio.render.planes import to_frame
from nemo_widgets.studio.render.sources import locate

PHOTOS, CLIP_SECONDS, SECONDS = 5, 8, 30


def landscape(width, height, seed, roughness=0.55):
    """A picture with detail at every scale, as photographs have."""
    rng = np.random.default_rng(seed)
    made = np.zeros((height, width, 3), np.float32)
    strength, cells = 1.0, 4
    while cells < width:
        noise = rng.normal(0, 1, (max(2, cells * height // width), cells, 3)).astype(np.float32)
        noise = 0.7 * noise.mean(axis=2, keepdims=True) + 0.3 * noise
        for channel in range(3):
            small = Image.fromarray(noise[..., channel])
            made[..., channel] += strength * np.asarray(small.resize((width, height), Image.Resampling.BICUBIC))
        strength, cells = strength * roughness, cells * 2
    return np.clip(128 + 55 * made, 0, 255).astype(np.uint8)


def make_media(folder):
    """Write the photos, the clip and the music."""
    for index in range(PHOTOS):
        Image.fromarray(landscape(4000, 3000, index)).save(folder / f"photo{index}.jpg", quality=90)
    wide = landscape(2400, 1200, 99)
    with av.open(str(folder / "clip.mp4"), "w") as container:
        stream = container.add_stream("libx264", rate=30)
        stream.width, stream.height, stream.pix_fmt = 1920, 1080, "yuv420p"
        stream.options = {"crf": "18", "preset": "veryfast"}
        for number in range(CLIP_SECONDS * 30):
            view = np.ascontiguousarray(
                wide[number // 4 : number // 4 + 1080, 2 * number % 480 : 2 * number % 480 + 1920]
            )
            frame = av.VideoFrame.from_ndarray(view, "rgb24")
            frame.pts, frame.time_base = number, Fraction(1, 30)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    music.compose("corporate", SECONDS * 1000, folder / "music.m4a")


def promo30(folder):
    """The draft."""
    each = (SECONDS - CLIP_SECONDS) * 1000 // PHOTOS
    fade = {"type": "crossfade", "d": 500}
    shots = [
        {
            "d": each,
            "m": {
                "src": str(folder / f"photo{n}.jpg"),
                "motion": "zoom-in" if n % 2 else "zoom-out",
                "transition": fade,
            },
        }
        for n in range(PHOTOS)
    ]
    shots.insert(2, {"d": CLIP_SECONDS * 1000, "m": {"src": str(folder / "clip.mp4"), "transition": fade}})
    return {
        "m": {"width": 1920, "height": 1080, "fps": 30},
        "d": SECONDS * 1000,
        "t": [
            {"tt": 0, "sg": shots},
            {
                "tt": 1,
                "sg": [
                    {"d": SECONDS * 1000, "m": {"src": str(folder / "music.m4a"), "volume": 0.35, "fade_out": 1000}}
                ],
            },
            {"tt": 7, "sg": [{"st": 500, "d": 3000, "m": {"text": "Urban Dreams", "size": "large"}}]},
        ],
    }


def ours(draft, folder, *, workers=None, size=None):
    """Render with the engine."""
    render(draft, folder / "ours.mp4", workers=workers, size=size)


def encoder_alone(draft, folder):
    """Encode ready frames with the engine's own settings; return the CPU s of the encoder, without making them."""
    made = locate(plan(Draft(draft)))
    spent = 0.0
    with Compositor(made) as compositor:
        for first, last in pieces(made):
            frames = [to_frame(compositor.frame(number)) for number in range(first, last)]
            started = time.process_time()
            with av.open(str(folder / "alone.mp4"), "w", format="mp4") as container:
                stream = add_video(container, made)
                for number, frame in enumerate(frames):
                    frame.pts, frame.time_base = number, 1 / made.fps
                    container.mux(stream.encode(frame))
                container.mux(stream.encode(None))
            spent += time.process_time() - started
    return spent


def moviepy(draft, folder):
    """Render with MoviePy as its documentation suggests."""
    from moviepy import AudioFileClip, CompositeVideoClip, ImageClip, TextClip, VideoFileClip, afx, vfx

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


def measured(engine, folder):
    """Return (CPU s, wall s, largest resident sum in MB) of an engine, run in processes of its own."""
    command = [sys.executable, __file__, "--engine", engine, "--folder", str(folder)]
    started, peak = time.monotonic(), 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        while process.poll() is None:
            total = 0
            for each in family(process.pid):
                try:
                    total += each.memory_info().rss
                except psutil.Error:
                    continue
            peak = max(peak, total)
            time.sleep(0.1)
        cpu = float(process.stdout.read().split()[-1])
    return cpu, time.monotonic() - started, peak / 1e6


def family(pid):
    """A process and its descendants."""
    try:
        process = psutil.Process(pid)
        return [process, *process.children(recursive=True)]
    except psutil.Error:
        return []


def preview(draft, folder):
    """The engine at 480p."""
    ours(draft, folder, size=(854, 480))


def one_process(draft, folder):
    """The engine without parallel work."""
    ours(draft, folder, workers=1)


ENGINES = {
    "limit: the encoder alone, ready frames": encoder_alone,
    "nemo_widgets.render": ours,
    "nemo_widgets.render, one process": one_process,
    "nemo_widgets.render, 480p preview": preview,
    "MoviePy": moviepy,
}


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--moviepy", action="store_true", help="measure MoviePy too, when it is installed (minutes)")
    options.add_argument("--engine", choices=ENGINES, help=argparse.SUPPRESS)
    options.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.engine:
        own = ENGINES[chosen.engine](promo30(chosen.folder), chosen.folder)
        print(sum(os.times()[:4]) if own is None else own)
        return
    names = [name for name in ENGINES if name != "MoviePy" or (chosen.moviepy and find_spec("moviepy"))]
    runs = {name: [] for name in names}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_media(folder)
        for _ in range(chosen.runs):
            for engine in names:
                runs[engine].append(measured(engine, folder))
                print(".", end="", flush=True, file=sys.stderr)
    limit = statistics.median(cpu for cpu, _, _ in runs[names[0]])
    print("\n| engine | CPU s | × the encoder alone | wall s | memory, MB |\n|---|---|---|---|---|")
    for engine, results in runs.items():
        cpu, wall, memory = (statistics.median(values) for values in zip(*results, strict=True))
        print(f"| {engine} | {cpu:.1f} | {cpu / limit:.2f} | {wall:.1f} | {memory:.0f} |")


if __name__ == "__main__":
    main()
