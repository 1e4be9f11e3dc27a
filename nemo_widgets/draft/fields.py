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


def first(places: tuple[Mapping[str, Any], ...], names: tuple[str, ...]) -> tuple[str, Any]:
    """Return the name and value of the first of ``names`` that is there and not null, in any of ``places``.

    Examples
    --------
    >>> first(({"vol": None}, {"volume": 35}), ("volume", "vol"))
    ('volume', 35)
    """
    for name in names:
        for place in places:
            value = place.get(name)
            if value is not None:
                return name, value
    return names[0], None


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
    return read


def loudness(value: Any, path: str) -> float:
    """Return a volume from 0 to 1; a number above 1 counts as percent.

    Examples
    --------
    >>> loudness("35%", "volume"), loudness(35, "volume"), loudness(0.35, "volume")
    (0.35, 0.35, 0.35)
    """
    if isinstance(value, str) and value.strip().endswith("%"):
        return number(value.strip()[:-1], path, "a volume") / 100
    read = number(value, path, "a volume")
    if read < 0:
        raise DraftError(path=path, message=f"expected a volume of 0 or more, got {shown(value)}")
    return read / 100 if read > 1 else read


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
