"""What the editing verbs are given: checked before anything is done, and refused with a sentence."""

from __future__ import annotations

import math
from datetime import timedelta
from fractions import Fraction
from typing import Any

from nemo_widgets.draft.fields import LONGEST, number, shown
from nemo_widgets.errors import DraftError, InvalidInput


def needed(*, one: bool = False, **given: Any) -> None:
    """Check that something was asked for."""
    asked = [name for name, value in given.items() if value is not None]
    if not asked or (one and len(asked) > 1):
        names = list(given)
        told = f"Pass {'one of ' if one or len(names) > 1 else ''}{', '.join(names[:-1])} or {names[-1]}."
        raise InvalidInput(message=f"{'Several things were' if asked else 'Nothing was'} asked for.", remedy=told)


def time(value: Any, name: str, *, least: int = 0) -> int:
    """Return a time in whole ms, from a number of them or a timedelta."""
    if isinstance(value, timedelta):
        value = value / timedelta(milliseconds=1)
    try:
        read = round(number(value, name, "milliseconds"))
    except DraftError:
        raise InvalidInput(message=f"{name} can't be {shown(value)}.", remedy="Pass milliseconds.") from None
    if not least <= read <= LONGEST:
        remedy = f"Pass milliseconds from {max(least, -LONGEST)} to {LONGEST}."
        raise InvalidInput(message=f"{name} can't be {shown(value)}.", remedy=remedy)
    return read


def factor(value: Any) -> Fraction:
    """Return what times are multiplied by."""
    try:
        read = number(value, "factor", "a number")
    except DraftError:
        read = 0.0
    if read <= 0:
        raise InvalidInput(message=f"Time can't be scaled by {shown(value)}.", remedy="Pass a number above 0.")
    return Fraction(read)


def speed(value: Any) -> float:
    """Return how fast something plays, from 1/16 to 16.

    Examples
    --------
    >>> speed("2"), speed(0.5)
    (2.0, 0.5)
    """
    try:
        read = number(value, "speed", "a number")
    except DraftError:
        read = math.nan
    if not 1 / 16 <= read <= 16:
        raise InvalidInput(
            message=f"Nothing plays at a speed of {shown(value)}.", remedy="Pass a number from 1/16 to 16."
        )
    return float(read)


def level(value: Any) -> float:
    """Return a volume from 0 to 1.

    Examples
    --------
    >>> level("35%"), level(0.5)
    (0.35, 0.5)
    """
    percent = isinstance(value, str) and value.strip().endswith("%")
    try:
        read = number(value.strip()[:-1] if percent else value, "volume", "a volume") / (100 if percent else 1)
    except DraftError:
        read = math.nan
    if not 0 <= read <= 1:
        hint = f" (that is {read / 100:g} for {read:g}%)" if 1 < read <= 100 else ""
        raise InvalidInput(message=f"A volume can't be {shown(value)}.", remedy=f'Pass 0 to 1, or "35%"{hint}.')
    return read
