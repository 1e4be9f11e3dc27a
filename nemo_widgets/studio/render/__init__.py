"""The render engine: a draft → an MP4, without a server and without an ffmpeg program.

``plan`` says what is seen in each frame, ``compose`` makes the frames of it from ``photos``, ``clips`` and ``titles``,
``audio`` mixes the sound. ``encode`` turns runs of frames into pieces, each in a process of its own (``pool``,
``worker``; ``sharing`` says who does which) or on a Dask ``cluster``, and ``join`` copies them into one file.
``copying`` does without all that where a clip is shown as it is, and ``stills`` makes single frames.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from nemo_widgets.disk import disk_full
from nemo_widgets.errors import RenderFailed
from nemo_widgets.progress import Progress
from nemo_widgets.studio.render.stills import frame_at, poster, thumbnail_strip
from nemo_widgets.studio.trouble import is_full

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Generator, Iterator, Mapping

    from nemo_widgets.draft.model import Draft
    from nemo_widgets.studio.render.cluster import Cluster
    from nemo_widgets.studio.render.layers import Plan

__all__ = ["frame_at", "poster", "render", "thumbnail_strip"]

_REPORT_FRAMES = 100


def render(
    draft: Draft | Mapping[str, Any] | str,
    path: str | Path,
    *,
    on_progress: Callable[[Progress], None] | None = None,
    resolve: Callable[[str], Path] | None = None,
    cancelled: threading.Event | None = None,
    workers: int | None = None,
    size: tuple[int, int] | None = None,
    height: int | None = None,
    fps: float | None = None,
    quality: str = "high",
    sound: str = "aac",
    dask: Any = None,
) -> Path:
    """Render a draft to an MP4 (H.264 and AAC, with its index in front).

    A draft that only shows a clip as it is, of the canvas's size and rate, is copied without being encoded anew; its
    progress then says ``"copied"`` as its note.

    Parameters
    ----------
    draft
        A :class:`~nemo_widgets.Draft`, or its JSON.
    path
        Where to write. Until it is whole it is called ``….part``; a file of that name is replaced. The pieces that
        it is made of lie in a hidden folder beside it meanwhile.
    on_progress
        Called with ``Progress(frames_done, frames_total, name)`` in the caller's thread.
    resolve
        From a segment's source to a local file. By default local paths and ``file:`` URLs are taken, and the URLs of
        files that the embedded studio keeps for this user.
    cancelled
        Set it to stop within a second; nothing is left behind.
    workers
        How many processes; by default as many as there are usable processors, or as are worth their start.
    size
        Width and height in pixels instead of the draft's.
    height
        Lines instead of the draft's, as in *720p*: those of the shorter side. The shape stays.
    fps
        Frames a second instead of the draft's.
    quality
        ``"high"``, ``"medium"``, ``"low"``, or ``"preview"`` for speed, which has at most 480 lines.
    sound
        ``"aac"`` or ``"mp3"``.
    dask
        A Dask cluster that renders the pieces instead of processes on this machine, to the same bytes: a scheduler's
        address (``tcp://…``), or a ``distributed.Client`` of it. Its workers fetch the files from this machine.

    Returns
    -------
    pathlib.Path
        The finished file.

    Raises
    ------
    NothingToExport
        Where the draft has no segment.
    InvalidInput
        Where there is no such quality or kind of sound.
    RenderFailed
        Naming the file that is missing or can't be read; saying that it was cancelled, or what the cluster lacks.
    StudioUnavailable
        Where Dask is wanted and isn't installed.
    DraftError
        Where a value of the draft can't be read.

    Examples
    --------
    >>> render({"t": []}, "empty.mp4")
    Traceback (most recent call last):
        ...
    nemo_widgets.errors.NothingToExport: There is nothing to export yet. Upload images or clips and say what video \
you want first.
    """
    from nemo_widgets.draft.model import Draft
    from nemo_widgets.studio.render.output import size_of
    from nemo_widgets.studio.render.quality import chosen, chosen_sound
    from nemo_widgets.studio.render.sources import prepared

    chosen(quality)
    chosen_sound(sound)
    cluster = None
    if dask is not None:
        from nemo_widgets.studio.render.cluster import Cluster

        cluster = Cluster.of(dask)
    target = Path(path)
    draft = draft if isinstance(draft, Draft) else Draft(draft)
    size = size or size_of(draft, quality=quality, height=height)
    plan = prepared(draft, resolve, size=size, fps=fps)
    report = _Report(on_progress, plan.frames, target.name)
    part = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        # Not a TemporaryDirectory: an interpreter that is leaving would take it away before the render is stopped.
        folder = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
        try:
            wanted = {"quality": quality, "sound": sound}
            _render(plan, part, folder, report, **wanted, cancelled=cancelled, workers=workers, cluster=cluster)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        part.replace(target)
    except RenderFailed as error:
        if error.key == "disk-full":  # a worker says it, and doesn't know whose disk it is
            raise disk_full(target.parent, target.name, kind=RenderFailed) from error
        raise
    except OSError as error:
        if is_full(error):
            raise disk_full(target.parent, target.name, kind=RenderFailed) from error
        raise RenderFailed(message=f"{target.name} can't be written ({error.strerror or error}).") from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    return target


def _render(
    plan: Plan,
    part: Path,
    folder: Path,
    report: _Report,
    *,
    quality: str,
    sound: str,
    cancelled: threading.Event | None,
    workers: int | None,
    cluster: Cluster | None,
) -> None:
    from nemo_widgets.studio.render.pool import run_tasks, usable_cpus
    from nemo_widgets.studio.render.sharing import pieces, worthwhile

    heard = folder / "sound.mp4"
    extra = [{"sound": sound, "path": str(heard)}]
    job = {"plan": plan.to_json(), "quality": quality}
    report(0)
    if quality == "high" and len(plan.layers) == 1:
        from nemo_widgets.studio.render import copying

        if (whole := copying.untouched(plan)) is not None:
            report.note = "copied"
            if not whole.sound:
                run_tasks(job, [], extra, workers=1, on_frames=report, cancelled=cancelled)
            _watched(copying.copy(whole, plan, None if whole.sound else heard, part), report, cancelled)
            report(plan.frames - report.done)
            return
    runs = [(first, last, folder / f"{first:09}.mp4") for first, last in pieces(plan)]
    tasks: list[dict[str, Any]] = [{"first": first, "last": last, "path": str(path)} for first, last, path in runs]
    most = min(workers or min(usable_cpus(), worthwhile(plan)), len(runs))
    last = {"join": [(first, str(path)) for first, _, path in runs], "heard": str(heard), "path": str(part)}
    if cluster is not None:
        from nemo_widgets.studio.render import cluster as beyond

        beyond.render_pieces(cluster, plan, job, tasks, extra, workers=most, on_frames=report, cancelled=cancelled)
        run_tasks(job, [], [last], workers=1, on_frames=report, cancelled=cancelled)
        return
    run_tasks(job, tasks, extra, last=last, workers=most, on_frames=report, cancelled=cancelled)


def _watched(writing: Iterator[int], report: _Report, cancelled: threading.Event | None) -> None:
    """Let a file be written frame by frame, until it is whole or the render is cancelled."""
    with contextlib.closing(cast("Generator[int]", writing)) as frames:
        waiting = 0
        for done in frames:
            waiting += done
            if cancelled is not None and cancelled.is_set():
                raise RenderFailed("render-cancelled")
            if waiting >= _REPORT_FRAMES:
                report(waiting)
                waiting = 0


class _Report:
    """Counts frames and tells the caller."""

    def __init__(self, on_progress: Callable[[Progress], None] | None, total: int, name: str) -> None:
        self._tell = on_progress
        self.done, self._total, self._name = 0, total, name
        self.note = ""

    def __call__(self, frames: int) -> None:
        self.done += frames
        if self._tell is not None:
            self._tell(Progress(self.done, self._total, self._name, self.note))
