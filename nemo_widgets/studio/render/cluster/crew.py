"""The studio's side: pieces are given to the workers of a Dask cluster, and given again where one is lost.

Each thread of a worker has one piece at most, so that nothing waits where it can't be called back. What is heard from
the cluster comes through one queue; the caller's thread looks at it, and whether the render is cancelled, ten times a
second.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import queue
import statistics
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from nemo_widgets.errors import RenderFailed, StudioUnavailable
from nemo_widgets.studio.render.cluster.engine import differences, engine
from nemo_widgets.studio.render.cluster.errand import TOPIC, Errand, forget, run

if TYPE_CHECKING:
    from collections.abc import Callable

    from nemo_widgets.studio.render.cluster.depot import Depot
    from nemo_widgets.studio.render.cluster.rota import Rota

_log = logging.getLogger(__name__)
_LOOK_EVERY = 0.1
_CENSUS_EVERY = 1.0
_PATIENCE = 30.0
"""Seconds without any worker after which there is no cluster."""
_SILENCE = 30.0
"""Seconds without an answer after which a scheduler is gone."""
_FAREWELL = 0.7
"""Seconds to wait for the workers to hear that a render is over; they hear it later, too."""
_SLOW, _SLOW_TIMES = 10.0, 3.0
"""A piece is given to a second worker after so many seconds, and so many times as long as others took."""
_MOST_TROUBLES = 2
"""A worker in trouble so often gets no more pieces."""


class ClusterFailed(RenderFailed):
    """The cluster can't render this; this machine may."""


@dataclass
class _Given:
    piece: int
    worker: str
    since: float
    future: Any


class Crew:
    """The workers of a cluster for the time of one render.

    Parameters
    ----------
    connect
        Returns a ``distributed.Client``; called in another thread.
    depot
        Where the workers fetch files.
    check
        Called ten times a second; raises where the render is to end.
    """

    def __init__(self, connect: Callable[[], Any], depot: Depot, check: Callable[[], None]) -> None:
        self._depot, self._check = depot, check
        self._job = uuid.uuid4().hex
        self._events: queue.SimpleQueue[tuple[Any, ...]] = queue.SimpleQueue()
        self._over = threading.Event()
        self._collecting = ThreadPoolExecutor(4, thread_name_prefix="nemo-collect")
        self._threads: dict[str, int] | None = None
        self._seen = time.monotonic()
        self._given: dict[str, _Given] = {}
        self._troubles: dict[str, int] = {}
        self._took: list[float] = []
        self._reason = ""
        self._client = self._connected(connect)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Let the workers stop now; waits until they have heard it, but not long."""
        self._over.set()
        self._collecting.shutdown(wait=False, cancel_futures=True)
        leaving = threading.Thread(target=self._leave, name="nemo-leave", daemon=True)
        leaving.start()
        leaving.join(_FAREWELL)

    def render(self, rota: Rota, pieces: list[dict[str, Any]], on_frames: Callable[[int], None]) -> None:
        """Have all pieces rendered.

        Parameters
        ----------
        rota
            Which are still to be done.
        pieces
            Each ``{"first", "last", "path"}``.
        on_frames
            Called with the number of frames that are done in all.

        Raises
        ------
        ClusterFailed
            Where the cluster is gone, has no workers, or none of them can.
        RenderFailed
            Where the draft or its files can't be rendered, or the workers aren't like this machine.
        """
        client = self._client
        client.subscribe_topic(TOPIC, self._heard)
        threading.Thread(target=self._census, name="nemo-census", daemon=True).start()
        while not rota.finished:
            self._check()
            with contextlib.suppress(queue.Empty):
                kind, *what = self._events.get(timeout=_LOOK_EVERY)
                if kind == "crew":
                    self._counted(what[0], rota)
                elif kind == "refused":
                    raise what[0]
                elif kind == "frames":
                    rota.report(what[0], what[1])
                elif kind == "ended":
                    self._ended(what[0], what[1], rota, pieces)
            if client.status != "running" and not rota.finished:
                raise ClusterFailed("cluster-gone")
            self._hand_out(rota, pieces)
            on_frames(rota.frames)

    # What is heard

    def _heard(self, event: tuple[Any, dict[str, Any]]) -> None:
        message = event[1]
        if message.get("job") == self._job:
            self._events.put(("frames", message["piece"], message["frames"]))

    def _counted(self, threads: dict[str, int], rota: Rota) -> None:
        """Note who is there; what those had who are gone is given to others."""
        self._threads = threads
        if threads:
            self._seen = time.monotonic()
        elif time.monotonic() - self._seen > _PATIENCE:
            raise ClusterFailed("cluster-empty")
        for key, given in list(self._given.items()):
            if given.worker not in threads:
                del self._given[key]
                given.future.cancel()
                self._lost(given, rota, f"{given.worker} is gone")

    def _ended(self, key: str, answer: dict[str, Any], rota: Rota, pieces: list[dict[str, Any]]) -> None:
        given = self._given.pop(key, None)
        if given is None:
            return
        if "error" in answer:
            raise RenderFailed(answer["error"]["key"], **answer["error"]["details"])
        if "trouble" in answer or "stopped" in answer:
            reason = str(answer.get("trouble") or "it was stopped")
            self._troubles[given.worker] = self._troubles.get(given.worker, 0) + 1
            self._lost(given, rota, f"{given.worker}: {reason}")
            return
        if given.piece in rota.missing:
            if not self._kept(answer, Path(pieces[given.piece]["path"])):
                self._lost(given, rota, f"{given.worker}: a piece arrived damaged")
                return
            rota.done(given.piece)
            self._took.append(time.monotonic() - given.since)

    def _lost(self, given: _Given, rota: Rota, reason: str) -> None:
        _log.info("A piece is rendered again: %s", reason)
        self._reason = reason
        if not rota.lost(given.piece, given.worker, failed=True):
            raise ClusterFailed("cluster-trouble", reason=reason)

    def _kept(self, answer: dict[str, Any], path: Path) -> bool:
        """Put a piece where it belongs, if it is what the worker made."""
        if "data" in answer:
            path.write_bytes(answer["data"])
        else:
            self._depot.received(answer["received"]).replace(path)
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == answer["sha256"]

    # What is said

    def _hand_out(self, rota: Rota, pieces: list[dict[str, Any]]) -> None:
        if self._threads is None:
            return
        fit = {w: n for w, n in self._threads.items() if self._troubles.get(w, 0) < _MOST_TROUBLES}
        if self._threads and not fit:
            raise ClusterFailed("cluster-trouble", reason=self._reason)
        for worker, threads in fit.items():
            busy = sum(given.worker == worker for given in self._given.values())
            for _ in range(threads - busy):
                piece = rota.next(worker)
                if piece is None:
                    piece = self._slow(worker, rota)
                if piece is None:
                    break
                self._give(piece, worker, pieces)

    def _slow(self, worker: str, rota: Rota) -> int | None:
        """Return a piece that takes somebody much longer than others took, to be begun by an idle worker, too."""
        if not self._took:
            return None
        limit = max(_SLOW, _SLOW_TIMES * statistics.median(self._took))
        late = [given for given in self._given.values() if time.monotonic() - given.since > limit]
        return next((given.piece for given in late if rota.again(given.piece, worker)), None)

    def _give(self, piece: int, worker: str, pieces: list[dict[str, Any]]) -> None:
        first, last = pieces[piece]["first"], pieces[piece]["last"]
        key = f"nemo-piece-{piece}-{uuid.uuid4().hex}"
        try:
            claim = self._depot.claim(worker)
        except (StudioUnavailable, OSError) as error:
            raise ClusterFailed("cluster-trouble", reason=str(error)) from error
        errand = Errand(self._job, claim, piece, first, last, key)
        future = self._client.submit(run, errand, key=key, workers=[worker], pure=False, retries=0)
        self._given[key] = _Given(piece, worker, time.monotonic(), future)
        future.add_done_callback(self._done)

    # In other threads

    def _connected(self, connect: Callable[[], Any]) -> Any:
        """Connect, while the caller's thread goes on looking whether the render is cancelled."""
        answer: queue.SimpleQueue[Any] = queue.SimpleQueue()

        def work() -> None:
            try:
                client = connect()
            except Exception as error:  # noqa: BLE001 - raised by who waits
                answer.put(error)
                return
            answer.put(client)
            if self._over.is_set():
                _close_left(answer)

        threading.Thread(target=work, name="nemo-connect", daemon=True).start()
        while True:
            try:
                self._check()
            except BaseException:
                self._over.set()
                # It may have connected just before that; whichever of the two threads looks last finds the client.
                threading.Thread(target=_close_left, args=(answer,), name="nemo-leave", daemon=True).start()
                raise
            with contextlib.suppress(queue.Empty):
                client = answer.get(timeout=_LOOK_EVERY)
                if isinstance(client, Exception):
                    raise ClusterFailed("cluster-gone") from client
                return client

    def _done(self, future: Any) -> None:
        if not self._over.is_set():
            with contextlib.suppress(RuntimeError):  # it is over since
                self._collecting.submit(self._collect, future)

    def _collect(self, future: Any) -> None:
        answer: dict[str, Any]
        try:
            answer = future.result(timeout=_SILENCE)
        except Exception as error:  # noqa: BLE001 - the piece is given to somebody else
            answer = {"trouble": f"{type(error).__name__}"}
        self._events.put(("ended", future.key, answer))

    def _census(self) -> None:
        """Count the workers every second; who comes is looked at before it gets a piece."""
        here, known = engine(), dict[str, bool]()
        client, began = self._client, False
        while not self._over.is_set():
            try:
                threads: dict[str, int] = dict(client.nthreads())
                new = [worker for worker in threads if worker not in known]
                if new:
                    for worker, there in self._engines(new).items():
                        if isinstance(there, OSError):
                            continue  # It is just going; if not, it is asked again.
                        wrong = [_told(there)] if isinstance(there, Exception) else differences(here, there)
                        known[worker] = not wrong
                        if wrong and not began:
                            self._events.put(("refused", _unlike(worker, wrong)))
                        elif wrong:
                            _log.warning("%s", _unlike(worker, wrong))
                began = began or bool(known)
                self._events.put(("crew", {worker: n for worker, n in threads.items() if known.get(worker)}))
            except Exception as error:  # noqa: BLE001 - that the cluster is gone is noticed by the client's status
                _log.debug("The cluster doesn't answer: %s", type(error).__name__)
            self._over.wait(_CENSUS_EVERY)

    def _engines(self, workers: list[str]) -> dict[str, dict[str, str] | Exception]:
        return self._client.run(engine, workers=workers, on_error="return")

    def _leave(self) -> None:
        client = self._client
        with contextlib.suppress(Exception):
            client.cancel([given.future for given in self._given.values()])
            if client.status == "running":
                client.run(forget, self._job, on_error="ignore")
        with contextlib.suppress(Exception):
            client.close(timeout=2)


def _close_left(answer: queue.SimpleQueue[Any]) -> None:
    """Close a client that nobody took over."""
    with contextlib.suppress(Exception):
        answer.get_nowait().close(timeout=2)


def _unlike(worker: str, wrong: list[str]) -> RenderFailed:
    return RenderFailed("cluster-engine", worker=worker, differences=", ".join(wrong[:4]))


def _told(error: object) -> str:
    """Return why a worker couldn't say what it is."""
    if isinstance(error, ModuleNotFoundError):
        return f"{error.name or 'nemo_widgets'} isn't installed"
    return type(error).__name__
