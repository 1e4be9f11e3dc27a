"""When a draft's music plays, and what it makes room for. Pure."""

from __future__ import annotations

from copy import deepcopy

from nemo_widgets.studio.timeline import AUDIO, Json, segments


def timed(draft: Json, start: int, until: int | None = None, **chosen: object) -> Json:
    """Play the music from ``start`` to ``until`` (ms; None: as far as it goes), with what is ``chosen`` for it.

    Parameters
    ----------
    draft
        With music.
    start, until
        In the video.
    **chosen
        ``in`` (ms of the song at which it starts), ``loop``, ``duck`` (the factor on its volume while a clip is heard;
        1 for none).

    Examples
    --------
    >>> draft = {"d": 9_000, "t": [{"tt": 1, "sg": [{"st": 0, "d": 9_000, "m": {"name": "Lo-fi"}}]}]}
    >>> made = timed(draft, 2_000, duck=0.25)["t"][0]["sg"][0]
    >>> made["st"], made["d"], made["m"]
    (2000, 7000, {'name': 'Lo-fi', 'duck': 0.25})
    """
    changed = deepcopy(draft)
    music = segments(changed, AUDIO)[0]
    end = music["st"] + music["d"] if until is None else until
    music |= {"st": start, "d": max(1, end - start)}
    music["m"] |= chosen
    duck = music["m"].get("duck", 1)
    if isinstance(duck, int | float) and duck >= 1:
        music["m"].pop("duck", None)
    return changed
