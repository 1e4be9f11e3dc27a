"""The draft as a pandas DataFrame: one row for each segment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from nemo_widgets.errors import InvalidInput

if TYPE_CHECKING:
    from nemo_widgets.draft.model import Draft

TIMES = ("start", "duration", "end")
TEXTS = ("name", "text", "source")
COLUMNS = ("kind", "name", "start", "duration", "end", "volume", "text", "source")


def to_frame(draft: Draft, *, times: str = "int") -> pd.DataFrame:
    """Return the segments as a table; see :meth:`nemo_widgets.Draft.to_frame`."""
    if times not in ("int", "timedelta"):
        raise InvalidInput(
            message=f"Times can't be shown as {times!r}.", remedy='Use times="int" (ms) or times="timedelta".'
        )
    rows = [
        (t, s, track.kind, seg.name, seg.start, seg.duration, seg.end, seg.volume, seg.text, seg.source)
        for t, track in enumerate(draft.tracks)
        for s, seg in enumerate(track.segments)
    ]
    frame = pd.DataFrame(rows, columns=["track", "segment", *COLUMNS])
    frame = frame.astype({"track": "int64", "segment": "int64", "volume": "float64"})
    frame = frame.astype(dict.fromkeys(TIMES, "int64")).astype(dict.fromkeys(TEXTS, "string"))
    # All kinds that the draft has, in the order of its tracks, so that an empty one keeps its place in a groupby.
    kinds = list(dict.fromkeys(["video", "audio", "text", *(track.kind for track in draft.tracks)]))
    frame["kind"] = pd.Categorical(frame["kind"], categories=kinds)
    if times == "timedelta":
        for name in TIMES:
            frame[name] = frame[name].astype("timedelta64[ms]")
    frame = frame.set_index(["track", "segment"])
    frame.attrs = {"duration": draft.duration, "size": draft.size, "fps": draft.fps, "times": "ms"}
    return frame
