"""The words and numbers of a segment's ``m`` that the studio's agent writes and its renderer draws. Pure.

Others' drafts may say other things: a word that isn't here reads as its default, and a number outside its range as the
nearest one inside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from nemo_widgets.draft.fields import number
from nemo_widgets.errors import DraftError

if TYPE_CHECKING:
    from nemo_widgets.draft.tracks import Segment

CORNERS = ("top-left", "top", "top-right", "left", "center", "right", "bottom-left", "bottom", "bottom-right")

CHOICES: dict[str, dict[str, tuple[str, ...]]] = {
    "video": {
        "fit": ("cover", "contain", "blur"),
        "motion": ("none", "zoom-in", "zoom-out", "pan-left", "pan-right", "pan-up", "pan-down"),
        "look": ("none", "black-and-white", "sepia", "vintage", "warm", "cool", "vivid"),
        "place": ("", *CORNERS),
    },
    "audio": {},
    "text": {
        "position": ("center", "top", "bottom", "lower-third", *(one for one in CORNERS if one != "center")),
        "background": ("none", "box"),
    },
}
"""Kind of track → field → the words it may have, the default first."""

RANGES: dict[str, dict[str, tuple[float, float, float]]] = {
    "video": {
        "speed": (1 / 16, 16, 1),
        "brightness": (-1, 1, 0),
        "contrast": (0, 3, 1),
        "saturation": (0, 3, 1),
        "scale": (0.01, 1, 0.15),
        "opacity": (0, 1, 1),
        "margin": (0, 0.5, 0.04),
    },
    "audio": {"speed": (1 / 16, 16, 1), "duck": (0, 1, 1)},
    "text": {},
}
"""Kind of track → field → its least and greatest value, and its default."""

TRANSITIONS = (
    "crossfade", "none", "fade-black", "fade-white", "wipe-left", "wipe-right", "wipe-up", "wipe-down", "slide-left",
    "slide-right", "slide-up", "slide-down", "zoom",
)  # fmt: skip
"""How a segment gives way to the next one; what isn't here reads as a crossfade."""

SIZES = {"small": 0.06, "medium": 0.1, "large": 0.15}
"""Height of a title's letters, as a share of the canvas's shorter side."""

CROSSFADE = 500
"""Milliseconds of a transition that doesn't say how long it takes."""

_LINES = 1080
_SMALLEST, _LARGEST = 8, 1080


def word(value: Any) -> str:
    """Return a word as the dialect spells it.

    Examples
    --------
    >>> word("Zoom_In"), word("black and white")
    ('zoom-in', 'black-and-white')
    """
    return "-".join(str(value).lower().replace("_", " ").split())


def choice(segment: Segment, kind: str, field: str) -> str:
    """Return what a segment chooses for a field; the default for a word that isn't known."""
    known = CHOICES[kind][field]
    said = word(segment.get(field, default=known[0]))
    return said if said in known else known[0]


def measure(segment: Segment, kind: str, field: str, path: str) -> float:
    """Return a number of a segment, within its range; the default for 0 or less where only more makes sense.

    Raises
    ------
    DraftError
        Where it is no number, naming it after ``path``.
    """
    least, most, default = RANGES[kind][field]
    read = number(segment.get(field, default=default), f"{path}: {field} of {segment.name!r}", "a number")
    return default if read <= 0 < least else min(most, max(least, read))


def length(segment: Segment, field: str, default: float, path: str) -> float:
    """Return a time of a segment, in ms.

    Raises
    ------
    DraftError
        Where it is no number of 0 or more.
    """
    return _positive(segment.get(field, default=default), f"{path}: {field} of {segment.name!r}")


def flag(segment: Segment, field: str) -> bool:
    """Return whether a segment says yes to a field."""
    return segment.get(field, default=False) in (True, 1, "true", "1")


def transition(segment: Segment, path: str) -> tuple[str, float]:
    """Return how a segment gives way to the next one, and in how many ms; 0 for a cut.

    Raises
    ------
    DraftError
        Where its length is no number of 0 or more.

    Examples
    --------
    >>> from nemo_widgets import Draft
    >>> shown = {"d": 900, "m": {"transition": {"type": "wipe_left", "d": 400}}}
    >>> transition(Draft({"t": [{"tt": 0, "sg": [shown]}]}).tracks[0].segments[0], "t[0]")
    ('wipe-left', 400.0)
    """
    raw: Any = segment.get("transition")
    if not isinstance(raw, dict):
        raw = {"type": raw or "none"}
    given = cast("dict[str, Any]", raw)
    said = word(given.get("type") or "crossfade")
    if said in ("none", "cut"):
        return "none", 0
    lasting = next((given[key] for key in ("d", "duration") if given.get(key) is not None), CROSSFADE)
    return (
        said if said in TRANSITIONS else "crossfade",
        _positive(lasting, f"{path}: transition.d of {segment.name!r}"),
    )


def letters(segment: Segment) -> float:
    """Return the height of a title's letters as a share of the canvas's shorter side.

    A number is in pixels of a canvas of 1,080 lines.

    Examples
    --------
    >>> from nemo_widgets import Draft
    >>> titles = [{"d": 900, "m": {"text": "Hi", "size": size}} for size in ("large", 54, "54", "huge")]
    >>> [letters(segment) for segment in Draft({"t": [{"tt": 7, "sg": titles}]}).tracks[0].segments]
    [0.15, 0.05, 0.05, 0.1]
    """
    said = segment.get("size", default="medium")
    try:
        return min(_LARGEST, max(_SMALLEST, number(said, "size", "pixels"))) / _LINES
    except DraftError:
        return SIZES.get(word(said), SIZES["medium"])


def _positive(value: Any, where: str) -> float:
    read = number(value, where, "a number")
    if read < 0:
        raise DraftError(path=where, message=f"expected 0 or more, got {read:g}")
    return read
