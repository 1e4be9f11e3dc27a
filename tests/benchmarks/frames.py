"""What a draft's table costs beside pandas alone: `python tests/benchmarks/frames.py [--segments 100000]`.

A draft of that many segments is read from its JSON's objects and shown as a table. Beside it: `pd.DataFrame` on a ready
list of dicts with the same rows, which is the least it could cost, and `pd.json_normalize` on the segments, which is
what people do without this package. CPU seconds, the least of several interleaved runs.
"""

from __future__ import annotations

import argparse
import time

import pandas as pd

from nemo_widgets import Draft

LIMIT = 3.0


def draft_of(segments: int) -> dict:
    """A draft in the studio's dialect: two video tracks, one of audio, one of titles."""
    tracks = []
    for number, tt in enumerate((0, 0, 1, 7)):
        meta = {"in": 0, "speed": 1.0, "fit": "cover", "volume": 0.5, "transition": {"type": "crossfade", "d": 500}}
        tracks.append(
            {
                "id": f"t{number}",
                "tt": tt,
                "sg": [
                    {
                        "id": f"t{number}s{index}",
                        "st": index * 1000,
                        "d": 1000,
                        "m": {"text": f"Title {index}"}
                        if tt == 7
                        else {"name": f"clip {index}", "src": f"http://127.0.0.1/media/{index % 500}/clip.mp4", **meta},
                    }
                    for index in range(segments // 4)
                ],
            }
        )
    return {"m": {"width": 1920, "height": 1080, "fps": 30}, "d": segments * 250, "t": tracks}


def cpu(call) -> float:
    begin = time.process_time()
    call()
    return time.process_time() - begin


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--segments", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5)
    args = parser.parse_args()
    raw = draft_of(args.segments)
    draft = Draft(raw)
    frame = draft.to_frame()
    rows = frame.reset_index().astype({"kind": "object"}).to_dict("records")
    segments = [segment for track in raw["t"] for segment in track["sg"]]
    again = []
    ways = {
        "pd.DataFrame(list of dicts)": lambda: pd.DataFrame(rows),
        "Draft(raw).to_frame()": lambda: Draft(raw).to_frame(),
        "  of it, reading and checking": lambda: Draft(raw),
        "pd.json_normalize(segments)": lambda: pd.json_normalize(segments),
        "Draft.from_frame(frame, base=draft)": lambda: again.append(Draft.from_frame(frame, base=draft)),
    }
    best = dict.fromkeys(ways, float("inf"))
    for _ in range(args.runs):
        for name, way in ways.items():
            best[name] = min(best[name], cpu(way))
    assert all(one == draft for one in again)
    limit = best["pd.DataFrame(list of dicts)"]
    print(f"{args.segments:,} segments, pandas {pd.__version__}")
    for name, seconds in best.items():
        print(f"{name:<36} {seconds * 1000:8.0f} ms   {seconds / limit:5.2f} ×")
    assert best["Draft(raw).to_frame()"] <= LIMIT * limit, f"more than {LIMIT} × pandas alone"


if __name__ == "__main__":
    main()
