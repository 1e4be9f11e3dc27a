"""Reading one field of a draft: generous with its spelling, strict with its value.

The inside of a segment is not published, so a value may stand in ``m`` or on the segment itself, under one of
several names, as a number or as a string. What can't be read is refused with the path of the field.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any, cast

from nemo_widgets.errors import DraftError

if TYPE_CHECKING:
    from collections.abc import Mapping

Json = dict[str, Any]

# Where a value may stand, the names that are tried first in front.
START = ("st", "start")
LENGTH = ("d", "duration")
VOLUME = ("volume", "vol")
NAME = ("name", "title", "filename")
TEXT = ("text", "content")
SOURCE = ("src", "url", "cdn_url", "source", "uri")
SOURCE_LENGTH = ("source_duration", "media_duration", "src_duration")

LONGEST = 10**13
"""No time is later than this (ms, 317 years), so that sums of times fit an int64."""


def as_object(value: Any, path: str) -> Json:
    """Return ``value`` as a JSON object; null reads as an empty one."""
    if value is None:
        return {}
    if isinstance(value, dict):
        return cast("Json", value)
    raise DraftError(path=path or "draft", message=f"expected an object, got {shown(value)}")


def as_list(value: Any, path: str) -> list[Any]:
    """Return ``value`` as a list; null reads as an empty one."""
    if value is None:
        return []
    if isinstance(value, list):
        return cast("list[Any]", value)
    raise DraftError(path=path, message=f"expected a list, got {shown(value)}")


def first(raw: Mapping[str, Any], names: tuple[str, ...], *, meta_first: bool = True) -> tuple[str, Any]:
    """Return the path and value of the first of ``names`` that is there and not null, in ``m`` or beside it.

    Examples
    --------
    >>> first({"vol": None, "m": {"volume": 35}}, VOLUME)
    ('m.volume', 35)
    """
    found = place_of(raw, names, meta_first=meta_first)
    if found is None:
        return names[0], None
    where, name = found
    return (f"m.{name}", raw["m"][name]) if where else (name, raw[name])


def place_of(raw: Mapping[str, Any], names: tuple[str, ...], *, meta_first: bool = True) -> tuple[str, str] | None:
    """Return where a segment (or track, or draft) keeps a value: ``"m"`` or ``""``, and the name; None for nowhere.

    Examples
    --------
    >>> place_of({"d": 3000, "m": {"vol": 35}}, VOLUME), place_of({"m": None}, VOLUME)
    (('m', 'vol'), None)
    """
    meta = raw.get("m")
    inner: Mapping[str, Any] = cast("Json", meta) if isinstance(meta, dict) else {}
    for name in names:
        for where, place in (("m", inner), ("", raw)) if meta_first else (("", raw), ("m", inner)):
            if place.get(name) is not None:
                return where, name
    return None


def number(value: Any, path: str, expected: str) -> float:
    """Return a finite number, from a number or a string of one.

    Examples
    --------
    >>> number("35", "d", "milliseconds")
    35.0
    """
    try:
        read = float("nan") if isinstance(value, bool) else float(value)
    except (TypeError, ValueError, OverflowError):
        read = math.nan
    if not math.isfinite(read):
        raise DraftError(path=path, message=f"expected {expected}, got {shown(value)}")
    return read


def milliseconds(value: Any, path: str) -> int:
    """Return a time of 0 or more, in whole milliseconds."""
    read = round(number(value, path, "milliseconds"))
    if read < 0:
        raise DraftError(path=path, message=f"expected milliseconds of 0 or more, got {shown(value)}")
    if read > LONGEST:
        raise DraftError(path=path, message=f"expected milliseconds of at most {LONGEST}, got {shown(value)}")
    return read


def loudness(value: Any, path: str) -> float:
    """Return a volume from 0 to 1; a number above 1 counts as percent.

    Examples
    --------
    >>> loudness("35%", "volume"), loudness(35, "volume"), loudness(0.35, "volume")
    (0.35, 0.35, 0.35)
    """
    percent = isinstance(value, str) and value.strip().endswith("%")
    read = number(value.strip()[:-1] if percent else value, path, "a volume")
    if read < 0:
        raise DraftError(path=path, message=f"expected a volume of 0 or more, got {shown(value)}")
    return read / 100 if percent or read > 1 else read


def words(value: Any) -> str:
    """Return a text; numbers and others as JSON writes them."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def shown(value: Any) -> str:
    """Return ``value`` as a short piece of JSON, for an error."""
    try:
        text = json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError):
        text = type(value).__name__
    return text if len(text) <= 60 else text[:57] + "..."
