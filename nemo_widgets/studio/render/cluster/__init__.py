"""Rendering on a Dask cluster: the very pieces that a render on one machine is cut into, rendered elsewhere.

``engine`` says what has to be the same everywhere, so that the bytes are. ``manifest`` makes a plan that can travel,
``depot`` is where its files are fetched, ``rota`` says who does which piece next, and ``crew`` talks with the cluster.
On a worker, ``errand`` renders a piece with files from ``cache``. The sound is mixed and encoded once, on this machine.
"""

from __future__ import annotations

import contextlib
import logging
import re
import threading
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nemo_widgets.errors import InvalidInput, RenderFailed, StudioUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from nemo_widgets.studio.render.layers import Plan

_log = logging.getLogger(__name__)
_ADDRESS = re.compile(r"([a-z]+://)?\S+")
_CONNECT = 10.0
"""Seconds to reach a scheduler."""


@dataclass(frozen=True)
class Cluster:
    """A Dask cluster that renders.

    Attributes
    ----------
    address : str
        The scheduler's.
    security
        Keys and certificates, where it wants some.
    falls_back : bool
        Whether this machine renders what the cluster can't because it is out of reach.

    Examples
    --------
    >>> Cluster("tcp://10.0.0.2:8786").falls_back
    False
    """

    address: str
    security: Any = field(default=None, repr=False)
    falls_back: bool = False

    @classmethod
    def of(cls, dask: Any, *, falls_back: bool = False) -> Cluster:
        """Return the cluster that an address, a ``distributed.Client`` or a Dask cluster object means.

        Raises
        ------
        StudioUnavailable
            Where Dask isn't installed.
        InvalidInput
            For anything else.
        """
        if isinstance(dask, cls):
            return dask
        if find_spec("distributed") is None:
            raise StudioUnavailable("dask")
        if isinstance(dask, str) and _ADDRESS.fullmatch(dask.strip()):
            return cls(dask.strip(), falls_back=falls_back)
        address = getattr(dask, "scheduler_address", None) or getattr(getattr(dask, "scheduler", None), "address", None)
        if not isinstance(address, str) or not address:
            raise InvalidInput("dask-address")
        return cls(address, getattr(dask, "security", None), falls_back)

    def connect(self) -> Any:
        """Return a ``distributed.Client`` of our own: the user's may belong to another loop, or be closed by them."""
        import distributed

        made: Any = distributed.Client
        return made(self.address, timeout=_CONNECT, security=self.security, set_as_default=False, name="nemo-widgets")


def render_pieces(
    cluster: Cluster,
    plan: Plan,
    job: dict[str, Any],
    pieces: list[dict[str, Any]],
    extra: list[dict[str, Any]],
    *,
    workers: int,
    on_frames: Callable[[int], None],
    cancelled: threading.Event | None = None,
) -> None:
    """Have the pieces rendered on a cluster, and what is extra here; returns when all is done.

    Parameters
    ----------
    cluster
        Which.
    plan
        What is rendered.
    job, pieces, extra
        As :func:`~nemo_widgets.studio.render.pool.run_tasks` takes them.
    workers
        How many processes render here, where the cluster is out of reach and falls back.
    on_frames
        Called with the number of frames done since the last call, in the caller's thread.
    cancelled
        Looked at ten times a second.

    Raises
    ------
    RenderFailed
        With what can't be rendered; where it was cancelled; where the cluster is out of reach and doesn't fall back.
    """
    from nemo_widgets.studio.render import pool
    from nemo_widgets.studio.render.cluster.crew import ClusterFailed, Crew
    from nemo_widgets.studio.render.cluster.depot import Depot
    from nemo_widgets.studio.render.cluster.manifest import Manifest
    from nemo_widgets.studio.render.cluster.rota import Rota

    rota = Rota([(piece["first"], piece["last"]) for piece in pieces])
    meter = _Meter(on_frames)
    with _beside(lambda over: pool.run_tasks(job, [], extra, workers=1, on_frames=_ignored, cancelled=over)) as beside:

        def check() -> None:
            if cancelled is not None and cancelled.is_set():
                raise RenderFailed("render-cancelled")
            beside.check()

        try:
            depot = Depot(Manifest.of(plan, job["quality"]), Path(pieces[0]["path"]).parent)
            with contextlib.closing(depot), Crew(cluster.connect, depot, check) as crew:
                crew.render(rota, pieces, meter.at)
        except ClusterFailed as error:
            if not cluster.falls_back:
                raise
            _log.warning("%s This machine renders the rest of the video.", error)
            left = [pieces[number] for number in rota.missing]
            meter.done = plan.frames - sum(piece["last"] - piece["first"] for piece in left)
            pool.run_tasks(job, left, [], workers=workers, on_frames=meter.more, cancelled=cancelled)
        beside.wait(check)


class _Meter:
    """Tells how many more frames are done; what is done again isn't told again."""

    def __init__(self, tell: Callable[[int], None]) -> None:
        self._tell, self._told = tell, 0
        self.done = 0

    def at(self, frames: int) -> None:
        self.done = frames
        if frames > self._told:
            self._tell(frames - self._told)
            self._told = frames

    def more(self, frames: int) -> None:
        self.at(self.done + frames)


class _Beside:
    """Work in a thread of its own."""

    def __init__(self, work: Callable[[threading.Event], None]) -> None:
        self._over = threading.Event()
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, args=(work,), name="nemo-sound", daemon=True)
        self._thread.start()

    def check(self) -> None:
        """Raise what it failed with."""
        if self._error is not None:
            raise self._error

    def wait(self, check: Callable[[], None]) -> None:
        """Wait until it is done."""
        while self._thread.is_alive():
            check()
            self._thread.join(0.1)
        check()

    def end(self) -> None:
        """Stop it, if it still runs."""
        self._over.set()
        self._thread.join()

    def _run(self, work: Callable[[threading.Event], None]) -> None:
        try:
            work(self._over)
        except BaseException as error:  # noqa: BLE001 - raised in the thread that waits
            self._error = error


@contextlib.contextmanager
def _beside(work: Callable[[threading.Event], None]) -> Generator[_Beside]:
    made = _Beside(work)
    try:
        yield made
    finally:
        made.end()


def _ignored(_frames: int) -> None:
    """Sound has no frames."""
