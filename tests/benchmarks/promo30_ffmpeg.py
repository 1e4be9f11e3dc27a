"""promo30 as one ffmpeg command: each photo decoded once, shrunk, zoomed by `zoompan`, joined by `xfade`."""

from __future__ import annotations

from promo30 import PHOTOS, SECONDS, promo30

FADE = 0.5
TITLE = (
    "drawtext=text='Urban Dreams':fontsize=150:fontcolor=white:borderw=4:x=(w-text_w)/2:y=(h-text_h)/2"
    ":alpha='if(lt(t,1),(t-0.5)/0.5,if(gt(t,3),(3.5-t)/0.5,1))':enable='between(t,0.5,3.5)'"
)


def command(program, folder, x264):
    """Return the command, with settings of libx264; one thread each, which takes the least CPU."""
    shots = promo30(folder)["t"][0]["sg"]
    inputs, graph = [], []
    for number, shot in enumerate(shots):
        inputs += ["-i", shot["m"]["src"]]
        graph.append(f"[{number}:v]{_shot(shot)},format=yuv420p,settb=1/30[v{number}]")
    last, clock = "v0", 0.0
    for number, shot in enumerate(shots[:-1], start=1):
        clock += shot["d"] / 1000
        graph.append(f"[{last}][v{number}]xfade=transition=fade:duration={FADE}:offset={clock:.3f}[x{number}]")
        last = f"x{number}"
    graph += [
        f"[{last}]{TITLE},trim=duration={SECONDS},format=yuv420p[v]",
        f"[{PHOTOS + 1}:a]volume=0.35,afade=t=out:st={SECONDS - 1}:d=1,atrim=duration={SECONDS}[a]",
    ]
    return [
        *(program, "-y", "-v", "error", "-nostdin", "-filter_complex_threads", "1"),
        *(*inputs, "-i", str(folder / "music.m4a"), "-filter_complex", ";".join(graph), "-map", "[v]", "-map", "[a]"),
        *("-r", "30", "-c:v", "libx264", *x264, "-threads", "1", "-g", "150"),
        *("-c:a", "aac", "-b:a", "192k", "-movflags", "+faststart", str(folder / "ffmpeg.mp4")),
    ]


def _shot(shot):
    """Return the filters of a photo or clip."""
    if shot["m"]["src"].endswith(".mp4"):
        return f"fps=30,tpad=stop_mode=clone:stop_duration={FADE}"
    frames = round((shot["d"] / 1000 + FADE) * 30)
    zoom = f"1+0.12*on/{frames}" if shot["m"]["motion"] == "zoom-in" else f"1.12-0.12*on/{frames}"
    return (
        "scale=2304:1728:flags=bicubic:out_range=tv:out_color_matrix=bt709,format=yuv420p,crop=2304:1296,setsar=1,"
        f"zoompan=z='{zoom}':x='(iw-iw/zoom)/2':y='(ih-ih/zoom)/2':d={frames}:s=1920x1080:fps=30"
    )
