"""How much a render costs beside the encoder alone and its peers, on "promo30": `python render_promo30.py`.

The limit is the same encoder fed with the same frames, ready in memory. CPU seconds count every process; memory is the
largest sum of resident sets; both are medians, and the speed-up is of the quickest runs, since other work on the machine
only ever slows one down. `pip install moviepy imageio-ffmpeg` adds the peers; since MoviePy wants an older Pillow, that
may be in an environment of its own: `--peers ITS/bin/python`.
"""

from __future__ import annotations

import argparse
import compileall
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import promo30_ffmpeg
from promo30 import make_media, promo30

HERE = Path(__file__).parent
LIMIT, VERYFAST = "limit: the encoder alone, our settings", "limit: the encoder alone, `veryfast`"
TWO, ONE = "**nemo_widgets.render, 2 processes**", "nemo_widgets.render, 1 process"
OURS_VERYFAST = "the engine with `veryfast`, 1 process"
PREVIEW, COPY, FRAMES = (
    "nemo_widgets.render, 480p preview",
    "nemo_widgets.render, one clip",
    "nemo_widgets frame_at × 93",
)
CLI, CLI_VERYFAST = "ffmpeg command line, our x264 settings", "ffmpeg command line, `veryfast`"
MOVIEPY = "MoviePy 2"
X264 = {
    CLI: ("-preset", "superfast", "-x264-params", "mbtree=1:rc-lookahead=10"),
    CLI_VERYFAST: ("-preset", "veryfast"),
}


def ours(folder, *, workers=None, quality="high"):
    """Render with the engine."""
    from nemo_widgets.studio.render import render

    render(promo30(folder), folder / "ours.mp4", workers=workers, quality=quality)


def ours_veryfast(folder):
    """Do what a worker of the engine does, one piece after the other, with x264's `veryfast`."""
    from dataclasses import replace

    from nemo_widgets.studio.render.compose import Compositor
    from nemo_widgets.studio.render.encode import encode_audio, encode_piece
    from nemo_widgets.studio.render.join import join
    from nemo_widgets.studio.render.quality import QUALITIES
    from nemo_widgets.studio.render.sharing import pieces
    from nemo_widgets.studio.render.sources import prepared

    plan, how = prepared(promo30(folder)), replace(QUALITIES["high"], preset="veryfast", details="")
    sound, made = folder / "sound.mp4", []
    with Compositor(plan) as compositor:
        for first, last in pieces(plan):
            made.append((first, folder / f"{first}.mp4"))
            encode_piece(plan, compositor, (first, last), made[-1][1], on_frame=lambda: None, how=how)
    encode_audio(plan, sound, how)
    join(made, sound, plan.fps, folder / "veryfast.mp4")


def one_clip(folder):
    """Render the clip alone."""
    from nemo_widgets.studio.render import render

    clip = {"d": 8000, "m": {"src": str(folder / "clip.mp4")}}
    render({"m": {"width": 1920, "height": 1080, "fps": 30}, "t": [{"tt": 0, "sg": [clip]}]}, folder / "copy.mp4")


def frames(folder):
    """Make a frame each second, three times, in a process that has made one before; print the longest time in ms.

    Of each frame the quickest time counts.
    """
    from nemo_widgets.studio.render import frame_at

    draft = promo30(folder)
    frame_at(draft, 100)

    def took(ms):
        started = time.perf_counter()
        frame_at(draft, ms)
        return time.perf_counter() - started

    times = range(0, 30_001, 1000)
    rounds = [[took(ms) for ms in times] for _ in range(3)]
    print("longest", round(1000 * max(map(min, *rounds))))


def encoder_alone(folder, **changes):
    """Encode ready frames, with the engine's own settings but for `changes`; print the encoder's own CPU s."""
    from dataclasses import replace

    import av

    from nemo_widgets.studio.render.compose import Compositor
    from nemo_widgets.studio.render.encode import add_video
    from nemo_widgets.studio.render.planes import to_frame
    from nemo_widgets.studio.render.quality import QUALITIES
    from nemo_widgets.studio.render.sharing import pieces
    from nemo_widgets.studio.render.sources import prepared

    plan, how, spent = prepared(promo30(folder)), replace(QUALITIES["high"], **changes), 0.0
    with Compositor(plan) as compositor:
        for first, last in pieces(plan):
            ready = [to_frame(compositor.frame(number)) for number in range(first, last)]
            started = time.process_time()
            with av.open(str(folder / "alone.mp4"), "w", format="mp4") as container:
                stream = add_video(container, plan, how)
                for number, frame in enumerate(ready):
                    frame.pts, frame.time_base = number, 1 / plan.fps
                    frame.pict_type = 0
                    container.mux(stream.encode(frame))
                container.mux(stream.encode(None))
            spent += time.process_time() - started
    print("cpu", spent)


OWN = {
    LIMIT: encoder_alone,
    VERYFAST: lambda folder: encoder_alone(folder, preset="veryfast", details=""),
    TWO: lambda folder: ours(folder, workers=2),
    ONE: lambda folder: ours(folder, workers=1),
    OURS_VERYFAST: ours_veryfast,
    PREVIEW: lambda folder: ours(folder, quality="preview"),
    COPY: one_clip,
    FRAMES: frames,
}


def command_of(engine, folder, peers):
    """Return the command that runs an engine, or None where it isn't installed."""
    if engine in OWN:
        return [sys.executable, __file__, "--engine", engine, "--folder", str(folder)]
    module = "moviepy" if engine == MOVIEPY else "imageio_ffmpeg"
    asked = "print(__import__('imageio_ffmpeg').get_ffmpeg_exe())" if engine != MOVIEPY else f"import {module}"
    found = subprocess.run([peers, "-c", asked], capture_output=True, text=True, check=False)
    if found.returncode:
        return None
    if engine == MOVIEPY:
        return [peers, str(HERE / "promo30_moviepy.py"), str(folder)]
    return promo30_ffmpeg.command(found.stdout.strip(), folder, (*X264[engine], "-crf", "20"))


def environment_of(engine):
    """Return a process's environment: what does a worker's work has a worker's."""
    from nemo_widgets.studio.render.pool import SPARING

    return os.environ | SPARING if engine in {LIMIT, VERYFAST, OURS_VERYFAST} else None


def measured(command, environment):
    """Return CPU s, wall s, the largest resident sum in MB, and what a program said."""
    import psutil

    started, peak, over = time.monotonic(), [0], threading.Event()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=HERE, env=environment) as process:

        def watch():
            while not over.wait(0.1):
                peak[0] = max(peak[0], resident(psutil, process.pid))

        watching = threading.Thread(target=watch)
        watching.start()
        said = dict(line.split() for line in process.stdout.read().splitlines())
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.monotonic() - started
        over.set()
        watching.join()
    if process.returncode:
        raise SystemExit(f"{command[:4]} ended with {process.returncode}")
    cpu = float(said.get("cpu", usage.ru_utime + usage.ru_stime))
    return cpu, wall, peak[0] / 1e6, float(said.get("longest", 0))


def resident(psutil, pid):
    """Return the resident bytes of a process and its descendants."""
    total = 0
    try:
        for each in [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]:
            total += each.memory_info().rss
    except psutil.Error:
        pass
    return total


def table(runs):
    """Print what was measured, and beside it what is wanted."""
    cpu, _, memory, longest = (
        {engine: statistics.median(run[at] for run in each) for engine, each in runs.items()} for at in range(4)
    )
    quickest = {engine: min(run[1] for run in each) for engine, each in runs.items()}
    print(
        "\n| engine | CPU s | × encoder alone | × `veryfast` alone | wall s | memory, MB |\n|---|---|---|---|---|---|"
    )
    for engine, spent in cpu.items():
        ratios = f"{spent / cpu[LIMIT]:.2f} | {spent / cpu[VERYFAST]:.2f}"
        print(f"| {engine} | {spent:.1f} | {ratios} | {quickest[engine]:.1f} | {memory[engine]:.0f} |")
    goals = [
        ("CPU × the encoder alone, both `veryfast`", cpu[OURS_VERYFAST] / cpu[VERYFAST], 1.25),
        ("CPU × the encoder alone, both our quicker settings", cpu[TWO] / cpu[LIMIT], 1.25),
        ("CPU × the encoder alone, `veryfast`, where we have our settings", cpu[TWO] / cpu[VERYFAST], 1.25),
        ("CPU of a 480p preview × the whole render", cpu[PREVIEW] / cpu[TWO], 0.25),
        ("longest frame_at, s", longest[FRAMES] / 1000, 0.3),
        ("memory of a render, MB", memory[TWO], 700),
        ("time of 2 processes × 1 process", quickest[TWO] / quickest[ONE], 1 / 1.7),
    ]
    goals += [
        (f"CPU × {peer}", cpu[TWO] / cpu[peer], most)
        for peer, most in ((CLI, 0.85), (CLI_VERYFAST, 0.85), (MOVIEPY, 0.2))
        if peer in cpu
    ]
    print("\n| goal | measured | at most | |\n|---|---|---|---|")
    for name, value, most in goals:
        print(f"| {name} | {value:.2f} | {most:.2f} | {'met' if value <= most else 'missed'} |")


def main():
    """Measure."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--peers", default=sys.executable, help="a Python that has MoviePy and imageio-ffmpeg")
    options.add_argument("--engine", choices=OWN, help=argparse.SUPPRESS)
    options.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.engine:
        OWN[chosen.engine](chosen.folder)
        return
    # An installed package is compiled; of a checkout, each process would compile what it imports.
    compileall.compile_dir(HERE.parents[1] / "nemo_widgets", quiet=1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_media(folder)
        commands = {engine: command_of(engine, folder, chosen.peers) for engine in (*OWN, CLI, CLI_VERYFAST, MOVIEPY)}
        for engine in [engine for engine, command in commands.items() if command is None]:
            print(f"{engine} isn't installed: pip install moviepy imageio-ffmpeg", file=sys.stderr)
            del commands[engine]
        runs = {engine: [] for engine in commands}
        for turn in range(chosen.runs):
            for engine, command in commands.items():
                if engine != MOVIEPY or turn == 0:  # It takes minutes, and isn't close.
                    runs[engine].append(measured(command, environment_of(engine)))
                    print(".", end="", flush=True, file=sys.stderr)
    table(runs)


if __name__ == "__main__":
    main()
