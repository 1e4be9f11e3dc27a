"""How much a Dask cluster costs beside processes on one machine, on "promo30": `python render_dask.py`.

The pieces are the same, so what is measured is the way: tasks, files by HTTP, pieces back. Each way renders with one and two
workers of one thread. CPU seconds count this process and all it started, the cluster's scheduler and workers too, from
the beginning of the render to its end; wall times are the quickest of the runs, CPU the median. The files are fetched anew in
each run, by workers that take the studio for another machine, unless `--near`.

Sound, joining and the depot alone are what CONTRIBUTING.md's plan for a hundred workers is computed from.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import psutil
from promo30 import SECONDS, make_media, promo30


def spent(process):
    """CPU seconds of a process and all of its children, those that have ended too."""
    times = process.cpu_times()
    total = times.user + times.system + times.children_user + times.children_system
    for child in process.children():
        try:
            total += spent(child)
        except psutil.Error:
            continue
    return total


def timed(work):
    """Return wall s and CPU s of a piece of work."""
    me = psutil.Process()
    cpu, wall = spent(me), time.perf_counter()
    work()
    wall = time.perf_counter() - wall
    time.sleep(1.5)  # What the workers' children used is counted by their parents when they have ended.
    return wall, spent(me) - cpu


def far_away():
    """On a worker: be on another machine."""
    from nemo_widgets.studio.render.cluster import cache

    cache._same = lambda _file: False


def local(folder, workers):
    """Render with processes of this machine."""
    from nemo_widgets.studio.render import render

    figures = timed(lambda: render(promo30(folder), folder / "here.mp4", workers=workers))
    return figures, digest(folder / "here.mp4")


def clustered(folder, workers, near):
    """Render on a cluster of so many workers; return the figures and the hash."""
    import distributed

    from nemo_widgets.studio.render import render

    shutil.rmtree(os.environ["NEMO_MEDIA_CACHE"], ignore_errors=True)
    options = {"n_workers": workers, "threads_per_worker": 1, "dashboard_address": ":0", "processes": True}
    with distributed.LocalCluster(**options) as cluster, distributed.Client(cluster, set_as_default=False) as client:
        if not near:
            client.run(far_away)
        figures = timed(lambda: render(promo30(folder), folder / "there.mp4", dask=cluster))
    return figures, digest(folder / "there.mp4")


def fan_out(folder):
    """Return the bytes a second that a depot gives to four at once."""
    import http.client
    import threading
    from urllib.parse import urlsplit

    from nemo_widgets.studio.render.cluster.depot import Depot
    from nemo_widgets.studio.render.cluster.manifest import Manifest
    from nemo_widgets.studio.render.sources import prepared

    depot = Depot(Manifest.of(prepared(promo30(folder)), "high"), folder)
    claim = depot.claim("tcp://127.0.0.1:1")
    largest = max(depot._files, key=lambda name: Path(depot._files[name]).stat().st_size)
    got = []

    def fetch():
        for _ in range(8):
            connection = http.client.HTTPConnection(urlsplit(claim.url).netloc, blocksize=1 << 20)
            connection.request("GET", f"/{largest}", headers={"authorization": f"Bearer {claim.ticket}"})
            answer = connection.getresponse()
            while block := answer.read(1 << 20):
                got.append(len(block))
            connection.close()

    threads = [threading.Thread(target=fetch) for _ in range(4)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rate = sum(got) / (time.perf_counter() - started)
    depot.close()
    return rate


def alone(folder):
    """Return wall s of the sound, and of joining, of the film in one process each."""
    from nemo_widgets.studio.render import pool
    from nemo_widgets.studio.render.sharing import pieces
    from nemo_widgets.studio.render.sources import prepared

    plan = prepared(promo30(folder))
    job, heard = {"plan": plan.to_json(), "quality": "high"}, folder / "sound.mp4"
    runs = [{"first": a, "last": b, "path": str(folder / f"{a:09}.mp4")} for a, b in pieces(plan)]
    done = {"workers": 2, "on_frames": lambda _frames: None}
    sound = timed(lambda: pool.run_tasks(job, [], [{"sound": "aac", "path": str(heard)}], **done))
    pool.run_tasks(job, runs, [], **done)
    last = {"join": [(run["first"], run["path"]) for run in runs], "heard": str(heard), "path": str(folder / "x.mp4")}
    joining = timed(lambda: pool.run_tasks(job, [], [last], **done))
    empty = timed(lambda: pool.run_tasks(job, [], [last | {"join": last["join"][:1]}], **done))
    return sound[0], joining[0], empty[0], statistics.mean(Path(run["path"]).stat().st_size for run in runs)


def digest(path):
    """Return the hash of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main():
    """Measure."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--near", action="store_true", help="workers read the files where they lie")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["NEMO_MEDIA_CACHE"] = str(folder / "cache")
        make_media(folder)
        ways = {
            f"{kind}, {workers} worker{'s'[: workers - 1]}": (kind, workers)
            for workers in (1, 2)
            for kind in ("local pool", "Dask")
        }
        runs, bytes_ = {way: [] for way in ways}, set()
        for _ in range(chosen.runs):
            for way, (kind, workers) in ways.items():
                made = local(folder, workers) if kind == "local pool" else clustered(folder, workers, chosen.near)
                runs[way].append(made[0])
                bytes_.add(made[1])
                print(".", end="", flush=True, file=sys.stderr)
        print("\n| way | wall s | CPU s |\n|---|---|---|")
        for way, each in runs.items():
            print(f"| {way} | {min(wall for wall, _ in each):.1f} | {statistics.median(cpu for _, cpu in each):.1f} |")
        same = "the same bytes" if len(bytes_) == 1 else f"{len(bytes_)} different files"
        print(f"\n{sum(map(len, runs.values()))} renders made {same}.")
        quickest = {way: min(wall for wall, _ in each) for way, each in runs.items()}
        for kind in ("local pool", "Dask"):
            print(f"Two workers × one, {kind}: {quickest[f'{kind}, 1 worker'] / quickest[f'{kind}, 2 workers']:.2f}")
        sound, joining, start, size = alone(folder)
        media = sum(path.stat().st_size for path in folder.glob("*.jpg")) + (folder / "clip.mp4").stat().st_size
        print(
            f"A depot gives {fan_out(folder) / 1e6:.0f} MB/s to four at once; the film's files are {media / 1e6:.0f} MB."
        )
        print(
            f"Sound of {SECONDS} s: {sound:.2f} s; joining it: {joining:.2f} s, of which {start:.2f} s are the process's."
        )
        print(f"A piece has {size / 1e6:.1f} MB.")


if __name__ == "__main__":
    main()
