"""Single frames of a draft: a poster, a strip of thumbnails, the picture at any time."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from PIL.Image import Image

    from nemo_widgets.draft.model import Draft
    from nemo_widgets.studio.render.compose import Compositor
    from nemo_widgets.studio.render.layers import Plan

_MOST_THREADS = 8


def frame_at(
    draft: Draft | Mapping[str, Any] | str,
    ms: int,
    *,
    resolve: Callable[[str], Path] | None = None,
    size: tuple[int, int] | None = None,
) -> Image:
    """Return the frame of a draft that is seen at a time, as an RGB image.

    Parameters
    ----------
    draft
        A :class:`~nemo_widgets.Draft`, or its JSON.
    ms
        Milliseconds; before the beginning it is the first frame, past the end the last one.
    resolve
        From a segment's source to a local file.
    size
        Width and height in pixels instead of the draft's.

    Raises
    ------
    NothingToExport, RenderFailed, DraftError
        As :func:`~nemo_widgets.render` does.
    """
    from nemo_widgets.studio.render.compose import Compositor
    from nemo_widgets.studio.render.sources import prepared

    plan = prepared(draft, resolve, size=size)
    with Compositor(plan, threads=_threads()) as compositor:
        return _image(compositor, plan, ms)


def poster(
    draft: Draft | Mapping[str, Any] | str,
    *,
    at: int = 0,
    resolve: Callable[[str], Path] | None = None,
    width: int = 640,
) -> bytes:
    """Return one frame of a draft as a JPEG.

    Parameters
    ----------
    draft
        A :class:`~nemo_widgets.Draft`, or its JSON.
    at
        Milliseconds; past the end it is the last frame.
    resolve
        From a segment's source to a local file.
    width
        Pixels; the height follows from the draft's canvas.

    Raises
    ------
    NothingToExport, RenderFailed, DraftError
        As :func:`~nemo_widgets.render` does.
    """
    from nemo_widgets.draft.model import Draft

    draft = draft if isinstance(draft, Draft) else Draft(draft)
    across, down = draft.size
    size = width, max(2, round(width * down / across))
    return _jpeg(frame_at(draft, at, resolve=resolve, size=size))


def thumbnail_strip(
    draft: Draft | Mapping[str, Any] | str,
    count: int = 10,
    height: int = 90,
    *,
    resolve: Callable[[str], Path] | None = None,
) -> bytes:
    """Return thumbnails of a draft side by side, as one JPEG.

    Parameters
    ----------
    draft
        A :class:`~nemo_widgets.Draft`, or its JSON.
    count
        How many; each shows the middle of its part of the draft.
    height
        Pixels; the width of each follows from the draft's canvas.
    resolve
        From a segment's source to a local file.

    Raises
    ------
    NothingToExport, RenderFailed, DraftError
        As :func:`~nemo_widgets.render` does.
    """
    from PIL import Image

    from nemo_widgets.draft.model import Draft
    from nemo_widgets.studio.render.compose import Compositor
    from nemo_widgets.studio.render.sources import prepared

    draft = draft if isinstance(draft, Draft) else Draft(draft)
    across, down = draft.size
    plan = prepared(draft, resolve, size=(max(2, round(height * across / down)), height))
    strip = Image.new("RGB", (count * plan.width, plan.height))
    with Compositor(plan, threads=_threads()) as compositor:
        for number in range(count):
            strip.paste(_image(compositor, plan, (number + 0.5) / count * plan.duration), (number * plan.width, 0))
    return _jpeg(strip)


def _threads() -> int:
    from nemo_widgets.studio.render.pool import usable_cpus

    # Every other packet on the way to a frame is left out (leading.py), and takes a thread's turn all the same.
    return min(_MOST_THREADS, 2 * usable_cpus())


def _image(compositor: Compositor, plan: Plan, ms: float) -> Image:
    from nemo_widgets.studio.render.planes import to_image

    # A hair more, since 1,000/30 ms is written as 33.
    number = int((ms + 0.5) * plan.fps / 1000)
    return to_image(compositor.frame(min(plan.frames - 1, max(0, number))))


def _jpeg(image: Image) -> bytes:
    target = io.BytesIO()
    image.save(target, "JPEG", quality=85)
    return target.getvalue()
