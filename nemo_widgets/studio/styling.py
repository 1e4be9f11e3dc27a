"""How a draft's pictures are shown: the style of the whole, and what somebody asked for one shot alone. Pure.

A draft's ``style`` is what all shots follow, those that come later included. A segment's ``own`` is what it was given
by itself: it wins over the style, and goes with the segment when it is moved.

==============  =====================================================================================
``fit``         ``cover``, ``contain`` or ``blur``
``move``        whether photos move; ``motion`` how (else they zoom in and out by turns)
``crossfade``   ms that shots take to give way; ``transition`` how (else they crossfade)
``look``        ``look``, ``brightness``, ``contrast`` and ``saturation``
``fade_in``     ms from black at the start, ``fade_out`` to black at the end
``beats``       whether cuts fall on the beats of the music
==============  =====================================================================================
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from nemo_widgets.studio.timeline import VIDEO, Json, segments

CROSSFADE = 500
_OWN = {"move": "motion", "crossfade": "transition"}
_PLAIN: Json = {"look": "none", "brightness": 0, "contrast": 1, "saturation": 1}


def style_of(draft: Json) -> Json:
    """Return a draft's style: ``fit``, whether photos ``move``, and how long a ``crossfade`` takes in ms.

    A photo that is shown whole keeps still where nobody asks for motion: a zoom would cut its edges off.

    Examples
    --------
    >>> style_of({"m": {}}), style_of({"m": {"style": {"fit": "contain"}}})["move"]
    ({'fit': 'cover', 'crossfade': 500, 'move': True}, False)
    """
    chosen: Json = draft["m"].get("style", {})
    style: Json = {"fit": "cover", "crossfade": CROSSFADE} | chosen
    return style if "move" in chosen else style | {"move": style["fit"] == "cover"}


def styled(draft: Json, **chosen: object) -> Json:
    """Return a draft in its style, or in another one from now on, which no shot of its own is excepted from.

    Examples
    --------
    >>> photo = lambda name: {"id": name, "st": 0, "d": 5_000, "m": {"name": name, "kind": "image"}}
    >>> made = {"m": {}, "d": 10_000, "t": [{"tt": 0, "sg": [photo("a"), photo("b")]}]}
    >>> still = styled(made, move=False, crossfade=1_000)
    >>> [(segment["m"]["motion"], segment["m"].get("transition")) for segment in still["t"][0]["sg"]]
    [('none', {'type': 'crossfade', 'd': 1000}), ('none', None)]
    """
    changed = deepcopy(draft)
    shown = segments(changed, VIDEO)
    if chosen:
        changed["m"]["style"] = changed["m"].get("style", {}) | chosen
        for segment in shown:
            _forget(segment["m"], {_OWN.get(key, key) for key in chosen})
    style = style_of(changed)
    photos = 0
    for index, segment in enumerate(shown):
        photo = segment["m"].get("kind") == "image"
        _show(segment["m"], style, turn=photos, photo=photo)
        photos += photo
        _give_way(segment, style, shown[index + 1 : index + 2])
        _fade(segment, style, first=index == 0, last=index + 1 == len(shown))
    return changed


def owned(draft: Json, chosen: list[int], **facts: Any) -> Json:
    """Return a draft in which some shots (counted from 0) have something of their own; None takes it away.

    Examples
    --------
    >>> made = {"m": {}, "d": 900, "t": [{"tt": 0, "sg": [{"id": "s1", "d": 900, "m": {"kind": "image"}}]}]}
    >>> owned(made, [0], motion="pan-left")["t"][0]["sg"][0]["m"]["motion"]
    'pan-left'
    """
    changed = deepcopy(draft)
    shown = segments(changed, VIDEO)
    for index in chosen:
        note(shown[index]["m"], **facts)
    return styled(changed)


def note(meta: Json, **facts: Any) -> None:
    """Write down what a shot has of its own, in its metadata; None takes it away."""
    own: Json = meta.get("own", {}) | facts
    if facts.get("look"):
        own["look"] = meta.get("own", {}).get("look", {}) | facts["look"]
    own = {key: value for key, value in own.items() if value is not None}
    meta.pop("own", None)
    if own:
        meta["own"] = own


def looking(now: Json, **steps: float | str) -> Json:
    """Return a look changed: a kind by name, brightness by so much more, contrast and saturation so many times.

    Examples
    --------
    >>> looking({"look": "warm", "contrast": 1.2}, brightness=0.15, contrast=1.2)
    {'look': 'warm', 'contrast': 1.44, 'brightness': 0.15}
    """
    made = dict(now)
    for key, step in steps.items():
        if isinstance(step, str):
            made[key] = step
        elif key == "brightness":
            made[key] = round(max(-1.0, min(1.0, made.get(key, 0) + step)), 3)
        else:
            made[key] = round(max(0.0, min(3.0, made.get(key, 1) * step)), 3)
    return made


def _forget(meta: Json, keys: set[str]) -> None:
    note(meta, **{key: None for key in keys if key in meta.get("own", {})})


def _show(meta: Json, style: Json, *, turn: int, photo: bool) -> None:
    own: Json = meta.get("own", {})
    meta["fit"] = own.get("fit", style["fit"])
    moving = style["move"] and own.get("fit", "cover") == "cover"
    usual = style.get("motion", ("zoom-in", "zoom-out")[turn % 2]) if moving else "none"
    if photo or "motion" in own:
        meta["motion"] = own.get("motion", usual)
    else:
        meta.pop("motion", None)
    look: Json = style.get("look", {}) | own.get("look", {})
    for key, plain in _PLAIN.items():
        meta.pop(key, None)
        if look.get(key, plain) != plain:
            meta[key] = look[key]


def _give_way(segment: Json, style: Json, following: list[Json]) -> None:
    meta = segment["m"]
    meta.pop("transition", None)
    if not following:
        return
    usual: Json = {"type": style.get("transition", "crossfade"), "d": style["crossfade"]}
    wish: Json = usual | meta.get("own", {}).get("transition", {})
    length = min(wish["d"], segment["d"] // 2, following[0]["d"] // 2)
    plain = wish["type"] == "none" or not length
    meta["transition"] = {"type": "none"} if plain else {"type": wish["type"], "d": length}


def _fade(segment: Json, style: Json, *, first: bool, last: bool) -> None:
    own: Json = segment["m"].get("own", {})
    for key, at_edge in (("fade_in", first), ("fade_out", last)):
        length = min(own.get(key, style.get(key, 0) if at_edge else 0), segment["d"] // 2)
        segment["m"].pop(key, None)
        if length:
            segment["m"][key] = length
