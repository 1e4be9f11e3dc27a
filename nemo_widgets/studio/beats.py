"""Cuts on the beats of the music that was composed for a draft. Pure."""

from __future__ import annotations

from copy import deepcopy

from nemo_widgets.studio import music
from nemo_widgets.studio.cutting import carried
from nemo_widgets.studio.edits import LEAST_SHOT, settled
from nemo_widgets.studio.timeline import AUDIO, VIDEO, Json, segments


def timed(draft: Json, mood: str, duration: int) -> Json:
    """Write down how long a beat of the music is (ms), which was composed for so many ms.

    Examples
    --------
    >>> draft = {"d": 8_000, "t": [{"tt": 1, "sg": [{"st": 0, "d": 8_000, "m": {}}]}]}
    >>> segments(timed(draft, "upbeat", 8_000), AUDIO)[0]["m"]
    {'beat': 500.0}
    """
    changed = deepcopy(draft)
    for playing in segments(changed, AUDIO):
        playing["m"]["beat"] = music.beat(mood, duration)
    return changed


def beat_of(draft: Json) -> float | None:
    """Return how long a beat of a draft's music is, in ms; None where there is none, or nobody knows."""
    return next((one["m"]["beat"] for one in segments(draft, AUDIO) if one["m"].get("beat")), None)


def on_beats(draft: Json, most: list[int | None]) -> Json:
    """Move every cut to the nearest beat; shots that can't last that long (``most``, ms) end a beat earlier.

    Examples
    --------
    >>> shots = [{"id": "s1", "st": 0, "d": 3_300, "m": {}}, {"id": "s2", "st": 3_300, "d": 4_700, "m": {}}]
    >>> song = {"id": "a", "st": 0, "d": 8_000, "m": {"beat": 500.0}}
    >>> made = on_beats({"m": {}, "d": 8_000, "t": [{"tt": 0, "sg": shots}, {"tt": 1, "sg": [song]}]}, [None, None])
    >>> [one["d"] for one in segments(made, VIDEO)]
    [3500, 4500]
    """
    beat = beat_of(draft)
    if beat is None:
        return draft
    playing = segments(draft, AUDIO)[0]
    offset = (playing["st"] - playing["m"].get("in", 0)) % beat
    changed = deepcopy(draft)
    shown = segments(changed, VIDEO)
    clock = 0
    wanted = 0
    for index, one in enumerate(shown):
        wanted += one["d"]
        limit = most[index]
        if index + 1 == len(shown):
            one["d"] = max(LEAST_SHOT, draft["d"] - clock if limit is None else min(limit, draft["d"] - clock))
            break
        number = round((wanted - offset) / beat)
        while offset + number * beat - clock < LEAST_SHOT:
            number += 1
        while (
            limit is not None and round(offset + number * beat) - clock > limit and offset + (number - 1) * beat > clock
        ):
            number -= 1
        end = round(offset + number * beat)
        if limit is not None and end - clock > limit:
            end = clock + limit
        one["d"] = end - clock
        clock = end
    return settled(carried(draft, changed))
