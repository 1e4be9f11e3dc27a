"""The compositor: a plan and a frame number → the picture."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeAlias

from nemo_widgets.errors import NemoError, RenderFailed
from nemo_widgets.studio import media
from nemo_widgets.studio.render.animations import Animation, moves
from nemo_widgets.studio.render.clips import Clip
from nemo_widgets.studio.render.layers import Picture, Plan, Title
from nemo_widgets.studio.render.overlays import Overlay
from nemo_widgets.studio.render.photos import Photo
from nemo_widgets.studio.render.planes import Planes, black, blend
from nemo_widgets.studio.render.stamps import Stamp
from nemo_widgets.studio.render.surround import filled
from nemo_widgets.studio.render.transitions import between

if TYPE_CHECKING:
    from collections.abc import Generator
    from types import TracebackType

Opened: TypeAlias = "Photo | Clip | Animation | Overlay"


class Compositor:
    """Makes the frames of a plan, opening each file when it is first seen and closing it when it is over.

    Parameters
    ----------
    plan
        What is seen when; its sources are local paths.
    threads
        How many frames of a clip are decoded, and how many files opened, at once. More than one costs more in all, but
        a single frame is there sooner.
    """

    def __init__(self, plan: Plan, *, threads: int = 1) -> None:
        self._plan = plan
        self._threads = threads
        self._canvas = (plan.width, plan.height)
        self._black = black(*self._canvas)
        self._ground = filled(*self._canvas, plan.background)
        self._open: dict[int, Opened] = {}
        self._drawn: dict[int, Stamp] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close_before(self._plan.frames)

    def frame(self, number: int) -> Planes:
        """Return one frame; going forward is quick.

        Raises
        ------
        RenderFailed
            Naming the file that can't be read.
        """
        self._close_before(number)
        seen = [
            (index, layer, opacity)
            for index, layer in enumerate(self._plan.layers)
            if (opacity := layer.opacity(number)) > 0
        ]
        lowest = max(
            (at for at, (_, layer, opacity) in enumerate(seen) if opacity >= 1 and _fills(layer)),
            default=0,
        )
        if self._threads > 1:
            self._open_together([(index, layer) for index, layer, _ in seen[lowest:] if isinstance(layer, Picture)])
        planes = self._ground
        owned = False
        for index, layer, opacity in seen[lowest:]:
            if isinstance(layer, Picture):
                above = self._picture(index, layer, number)
                if isinstance(above, Stamp):
                    planes = above.over(planes, opacity * layer.strength * layer.light(number), owned=owned)
                    owned = True
                    continue
                light = layer.light(number)
                owned = opacity < 1 or light < 1
                above = above if light >= 1 else blend(self._black, above, light)
                planes = between(layer.transition, planes, above, opacity) if opacity < 1 else above
            else:
                if index not in self._drawn:
                    from nemo_widgets.studio.render.titles import drawn

                    self._drawn[index] = drawn(layer, self._canvas)
                planes = self._drawn[index].over(planes, opacity, owned=owned)
                owned = True
        return planes

    def _picture(self, index: int, picture: Picture, number: int) -> Planes | Stamp:
        if index not in self._open:
            self._open[index] = self._opened(picture)
        with _named(picture):
            return self._open[index].at(number)

    def _open_together(self, pictures: list[tuple[int, Picture]]) -> None:
        """Open at once what a frame needs: in a crossfade, two photos."""
        closed = {index: picture for index, picture in pictures if index not in self._open}
        if len(closed) > 1:
            with ThreadPoolExecutor(self._threads) as threads:
                opening = {index: threads.submit(self._opened, picture) for index, picture in closed.items()}
            for index, one in opening.items():
                if one.exception() is None:  # it is closed with the others, even where one of them can't be read
                    self._open[index] = one.result()
            for one in opening.values():
                one.result()

    def _opened(self, picture: Picture) -> Opened:
        with _named(picture):
            return opened(picture, self._canvas, self._plan, self._threads)

    def _close_before(self, number: int) -> None:
        """Close what is over; what may still be seen is kept."""
        for index in [index for index in self._open if self._plan.layers[index].last <= number]:
            self._open.pop(index).close()
        for index in [index for index in self._drawn if self._plan.layers[index].last <= number]:
            del self._drawn[index]


@contextmanager
def _named(picture: Picture) -> Generator[None]:
    """Say of which file it is that it can't be read."""
    try:
        yield
    except (NemoError, *media.READING_ERRORS) as error:
        raise RenderFailed("media-unreadable", name=picture.name) from error


def _fills(layer: Picture | Title) -> bool:
    """Say whether nothing below a layer is seen."""
    return isinstance(layer, Picture) and not layer.place


def opened(picture: Picture, canvas: tuple[int, int], plan: Plan, threads: int = 1) -> Opened:
    """Open a picture by what its file holds."""
    path = Path(picture.source)
    if picture.place:
        return Overlay(picture, path, canvas, plan.fps)
    found = media.format_of(path)
    if moves(path, found):
        return Animation(picture, path, canvas, plan.fps)
    if media.is_animated(path, found):
        return Clip(picture, path, canvas, plan.fps, loop=True)
    if found in media.IMAGES:
        return Photo(picture, path, canvas)
    return Clip(picture, path, canvas, plan.fps, threads=threads)
