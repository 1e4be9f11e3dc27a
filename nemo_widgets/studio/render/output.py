"""What a request for a render says about the file that it wants: read generously, into what ``render`` takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict, cast

from nemo_widgets.draft.fields import number
from nemo_widgets.errors import DraftError
from nemo_widgets.studio.render.quality import QUALITIES, SOUNDS

if TYPE_CHECKING:
    from nemo_widgets.draft.model import Draft

PREVIEW_LINES = 480

_LEAST_LINES, _MOST_LINES = 16, 8192
_LEAST_FPS, _MOST_FPS = 1.0, 240.0


class Output(TypedDict, total=False):
    """Keyword arguments of :func:`nemo_widgets.render` that a request may set."""

    quality: str
    height: int
    fps: float
    sound: str


def output_of(raw: Any) -> Output:
    """Return what the ``output`` of a request asks for; what can't be read is left to the defaults.

    Examples
    --------
    >>> output_of({"format": "mp4", "quality": "Low", "height": "720p", "fps": 0, "audio": "flac"})
    {'quality': 'low', 'height': 720}
    """
    given: dict[str, Any] = cast("dict[str, Any]", raw) if isinstance(raw, dict) else {}
    made: Output = {}
    quality = str(given.get("quality") or "").lower()
    sound = str(given.get("audio") or given.get("sound") or "").lower()
    if quality in QUALITIES:
        made["quality"] = quality
    if (height := _number(given.get("height"), _LEAST_LINES, _MOST_LINES)) is not None:
        made["height"] = round(height)
    if (fps := _number(given.get("fps"), _LEAST_FPS, _MOST_FPS)) is not None:
        made["fps"] = fps
    if sound in SOUNDS:
        made["sound"] = sound
    return made


def size_of(draft: Draft, *, quality: str, height: int | None) -> tuple[int, int]:
    """Return width and height in pixels of a video of so many lines; a preview never has more than 480.

    ``height`` counts lines as in *1080p*: those of the canvas's shorter side, so that an upright video of 1080 is
    1080 pixels wide.

    Examples
    --------
    >>> from nemo_widgets import Draft
    >>> upright = Draft({"m": {"width": 1080, "height": 1920}})
    >>> size_of(upright, quality="high", height=720), size_of(upright, quality="preview", height=None)
    ((720, 1280), (480, 854))
    """
    lines = min(draft.size) if height is None else height
    if quality == "preview":
        lines = min(lines, PREVIEW_LINES)
    if lines == min(draft.size):
        return draft.size
    width, down = (round(side * lines / min(draft.size) / 2) * 2 for side in draft.size)
    return width, down


def _number(value: Any, least: float, most: float) -> float | None:
    try:
        read = number(value.lower().removesuffix("p") if isinstance(value, str) else value, "output", "a number")
    except DraftError:
        return None
    return read if least <= read <= most else None
