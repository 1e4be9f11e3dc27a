"""What is laid over a draft's pictures for the whole of it: a logo, a watermark. Pure."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from nemo_widgets.studio.timeline import VIDEO, Json, is_overlay, overlays

SCALE, SMALLEST, LARGEST = 0.15, 0.03, 1.0
"""A logo's width as a share of the picture's: where nobody says, and at least and most."""


def laid(draft: Json, name: str, src: str, **look: Any) -> Json:
    """Lay a picture over the whole video, in the place of the one that is there.

    Examples
    --------
    >>> made = laid({"d": 900, "t": []}, "logo", "/logo.png", place="top-right")
    >>> made["t"][0]["sg"][0]["m"]
    {'name': 'logo', 'src': '/logo.png', 'kind': 'image', 'place': 'top-right'}
    """
    changed = lifted(draft)
    used = {str(track.get("id")) for track in changed["t"]}
    track_id = next(f"v{number}" for number in range(2, len(used) + 3) if f"v{number}" not in used)
    meta: Json = {"name": name, "src": src, "kind": "image", "place": "top-right"} | look
    segment: Json = {"id": f"{track_id}s1", "st": 0, "d": changed["d"], "m": meta}
    at = max((index + 1 for index, track in enumerate(changed["t"]) if track["tt"] == VIDEO), default=0)
    changed["t"].insert(at, {"id": track_id, "tt": VIDEO, "m": {"name": "Logo"}, "sg": [segment]})
    return changed


def lifted(draft: Json) -> Json:
    """Take away what is laid over the pictures.

    Examples
    --------
    >>> lifted(laid({"d": 900, "t": []}, "logo", "/logo.png"))["t"]
    []
    """
    changed = deepcopy(draft)
    changed["t"] = [track for track in changed["t"] if not is_overlay(track)]
    return changed


def shown(draft: Json, start: int, end: int) -> Json:
    """Let what lies there be seen from ``start`` to ``end`` (ms) only.

    Examples
    --------
    >>> overlays(shown(laid({"d": 900, "t": []}, "logo", "/logo.png"), 600, 900))[0]["st"]
    600
    """
    changed = deepcopy(draft)
    for segment in overlays(changed):
        segment["st"], segment["d"] = start, end - start
    return changed


def relaid(draft: Json, **look: Any) -> Json:
    """Change where and how it lies there.

    Examples
    --------
    >>> overlays(relaid(laid({"d": 900, "t": []}, "logo", "/logo.png"), scale=0.3))[0]["m"]["scale"]
    0.3
    """
    changed = deepcopy(draft)
    for segment in overlays(changed):
        segment["m"] |= look
    return changed
