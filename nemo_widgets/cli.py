"""The command line: ``nemo-widgets lab | demo | make | serve | jobs | doctor``."""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from nemo_widgets import __version__, lesson
from nemo_widgets.errors import InvalidInput, NemoError, RenderFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nemo_widgets.client.events import Event
    from nemo_widgets.client.ledger import Entry
    from nemo_widgets.client.models import Video
    from nemo_widgets.client.renders import RenderJob
    from nemo_widgets.progress import Progress

DEMO_PROMPT = 'combine these images into a 30-second promo video titled "Golden Hours" with calm music'
QUICKSTART = "01_quickstart.ipynb"
_ASK_AGAIN_S = 10.0
"""Seconds after which JupyterLab is asked once more to end: while it starts it loses a signal now and then."""

_ELSEWHERE = ("--LabApp.default_url", "--ServerApp.default_url", "--ServerApp.root_dir", "--notebook-dir")
"""JupyterLab's options that show something else first, or the notebook from another folder."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; return the exit status.

    Examples
    --------
    >>> main(["make", "-p", "a video", "-o", "out.mp4"])  # no files: refused with a sentence
    2
    """
    parser = _parser()
    arguments, others = parser.parse_known_args(argv)
    if arguments.run is _lab:
        arguments.options = others
    elif others:
        parser.error(f"unrecognized arguments: {' '.join(others)}")
    try:
        status = arguments.run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:  # `nemo-widgets jobs | head`: who read it has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 128 + 13
    except NemoError as error:
        print(f"nemo-widgets: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("nemo-widgets: stopped.", file=sys.stderr)
        return 130
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="nemo-widgets", description="Make videos by chat, in a notebook or here.")
    parser.add_argument("--version", action="version", version=f"nemo-widgets {__version__}")
    commands = parser.add_subparsers(required=True, metavar="lab | demo | make | serve | jobs | doctor")

    lab = commands.add_parser(
        "lab",
        help="JupyterLab on the quick-start notebook, with the studio on this machine",
        usage="nemo-widgets lab [JupyterLab's own options, such as --no-browser]",
    )
    lab.set_defaults(run=_lab)

    demo = commands.add_parser("demo", help="the whole way without a browser: sample photos to a 1080p MP4")
    demo.add_argument("--out", type=Path, default=Path("nemo-demo"), metavar="DIR", help="default: nemo-demo")
    demo.set_defaults(run=_demo)

    make = commands.add_parser("make", help="a video from your own files")
    make.add_argument("files", nargs="*", help="images, clips or music")
    make.add_argument("-p", "--prompt", required=True, help="what you want, in words")
    make.add_argument("-o", "--output", type=Path, required=True, help="the MP4 to write")
    make.add_argument("--backend", default="auto", help="auto, local, cloud, or a service's address")
    make.set_defaults(run=_make)

    lesson.add_options(commands.add_parser("serve", help="the studio for a class, without accounts"))

    jobs = commands.add_parser(
        "jobs", help="the renders that were asked for on this machine; finish one that was cut off"
    )
    jobs.add_argument("--resume", metavar="ID", help="wait for this render and download its video")
    jobs.add_argument("--out", type=Path, metavar="FILE", help="where to; default: where it was wanted")
    jobs.add_argument("--backend", help="where it was asked for; default: as written down")
    jobs.set_defaults(run=_jobs)

    doctor = commands.add_parser("doctor", help="what works on this machine")
    doctor.set_defaults(run=_doctor)
    return parser


def _lab(arguments: argparse.Namespace) -> int:
    folder = Path("notebooks")
    if not (folder / QUICKSTART).exists():
        here = Path(__file__).parent
        installed, checkout = here / "notebooks", here.parent / "notebooks"
        shutil.copytree(installed if installed.exists() else checkout, folder, dirs_exist_ok=True)
    options: list[str] = list(arguments.options)
    if hasattr(os, "geteuid") and os.geteuid() == 0 and "--allow-root" not in options:
        options.append("--allow-root")  # a container's only user; JupyterLab would refuse to start
    try:
        import jupyterlab  # noqa: F401  # pyright: ignore[reportUnusedImport, reportMissingTypeStubs]
    except ImportError:
        raise InvalidInput(
            message="JupyterLab isn't installed.", remedy="Run: pip install 'nemo-widgets[lab]'"
        ) from None
    if not any(option.startswith(_ELSEWHERE) for option in options):
        options.append(f"--LabApp.default_url=/lab/tree/{QUICKSTART}")  # so that the address it prints opens that, too
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    patience = None
    try:
        # S603: this very Python, and the options of whoever typed the command
        lab = subprocess.Popen([sys.executable, "-m", "jupyterlab", str(folder / QUICKSTART), *options])  # noqa: S603
        while True:
            try:
                status = lab.wait(patience)
            except (KeyboardInterrupt, subprocess.TimeoutExpired):
                lab.terminate()
                patience = _ASK_AGAIN_S
            else:
                return status if status >= 0 else 128 - status
    finally:
        signal.signal(signal.SIGTERM, before)


def _demo(arguments: argparse.Namespace) -> int:
    out: Path = arguments.out
    try:
        from nemo_widgets.studio.samples import sample_photos
    except ImportError:
        raise InvalidInput("studio") from None
    with _bar("Sample photos", unit="photo", total=5) as bar:
        photos = sample_photos(out / "photos", on_photo=lambda _path: bar.update())
    return asyncio.run(_make_video(photos, DEMO_PROMPT, out / "promo.mp4", "local"))


def _make(arguments: argparse.Namespace) -> int:
    if not arguments.files:
        raise InvalidInput(
            message="There are no files to make a video from.", remedy="Name images, clips or music before -p."
        )
    if not arguments.prompt.strip():
        raise InvalidInput("empty-prompt")
    return asyncio.run(_make_video(arguments.files, arguments.prompt, arguments.output, arguments.backend))


async def _make_video(files: Sequence[str | Path], prompt: str, output: Path, backend: str) -> int:
    """Go the whole way: upload, say, render, download."""
    from nemo_widgets.client.client import AsyncClient
    from nemo_widgets.client.downloads import check_writable, target_path

    check_writable(output)  # before anything is sent and paid for
    if target_path(output, "").is_file():
        print(f"{output} is there already: it will be replaced when the new video is whole.")
    async with AsyncClient(backend=backend) as client:
        session = await client.create_session()
        with _bar("Upload", unit="B", unit_scale=True) as bar:
            await session.upload(*files, on_progress=_follow(bar))
        print(f"\n> {prompt}\n")
        reply = await session.send(prompt, on_event=_print_text)
        draft = reply.draft or await session.draft()
        print(f"\n\n{draft.summary() if draft else ''}\n")
        video = await _finish(await session.render(path=output))
    _print_video(video)
    return 0


def _print_text(event: Event) -> None:
    from nemo_widgets.client.events import TextDelta

    if isinstance(event, TextDelta):
        print(event.text, end="", flush=True)


def _print_video(video: Video) -> None:
    size = video.path.stat().st_size / 1e6
    length = f", {video.duration / 1000:g} s" if video.duration else ""
    print(f"\n{video.path.resolve()} ({size:.1f} MB{length})")


def _bar(title: str, **options: Any) -> Any:
    from tqdm import tqdm

    return tqdm(desc=title, **options)


def _follow(bar: Any) -> Callable[[Progress], None]:
    """Return a callback that moves a bar."""

    def told(progress: Progress) -> None:
        bar.total = progress.total
        bar.update(progress.done - bar.n)

    return told


def _jobs(arguments: argparse.Namespace) -> int:
    from nemo_widgets.client.ledger import Ledger

    ledger = Ledger()
    if arguments.resume is None:
        _print_jobs(ledger.entries())
        return 0
    entry = ledger.latest(arguments.resume)
    if entry is None and arguments.backend is None:
        raise InvalidInput(
            message=f"No render {arguments.resume} was asked for on this machine.",
            remedy="See `nemo-widgets jobs` for the ids, or say where it is: --backend cloud.",
        )
    if entry is not None and entry.downloaded and arguments.out is None and _is_there(entry):
        print(entry.path)
        return 0
    return asyncio.run(_resume(arguments.resume, arguments.backend or (entry.backend if entry else ""), arguments.out))


async def _resume(job_id: str, backend: str, out: Path | None) -> int:
    """Finish a render that another process asked for."""
    from nemo_widgets.client.client import AsyncClient
    from nemo_widgets.client.downloads import check_writable

    if out is not None:
        check_writable(out)
    async with AsyncClient(backend=backend) as client:
        video = await _finish(client.job(job_id), out)
    _print_video(video)
    return 0


async def _finish(job: RenderJob, out: Path | None = None) -> Video:
    """Wait for a render and download its video; say how to go on where that is broken off."""
    try:
        with _bar("Render", unit="%") as bar:
            await job.wait(on_progress=_follow(bar))
        with _bar("Download", unit="B", unit_scale=True) as bar:
            return await job.download(out, on_progress=_follow(bar))
    except RenderFailed:
        raise
    except BaseException:
        print(f"To finish this render later: nemo-widgets jobs --resume {job.id}", file=sys.stderr)
        raise


def _print_jobs(entries: Sequence[Entry]) -> None:
    """Print the ledger, a render a line; those that are still to be finished say so."""
    if not entries:
        print("No renders yet.")
        return
    rows = [("ID", "STATUS", "ASKED FOR", "BACKEND", "TITLE", "FILE")]
    rows += [
        (
            entry.id,
            ("saved" if _is_there(entry) else "file gone") if entry.downloaded else entry.status,
            datetime.fromtimestamp(entry.created / 1000).astimezone().strftime("%Y-%m-%d %H:%M"),
            entry.backend,
            shorten(entry.title, 30, placeholder="…"),
            entry.path or "",
        )
        for entry in entries
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    reasons = ["", *(entry.error or "" for entry in entries)]
    for row, reason in zip(rows, reasons, strict=True):
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
        if reason:
            print(f"    {reason}")
    if any(entry.unfinished for entry in entries):
        print("\nTo finish one: nemo-widgets jobs --resume ID")
    elif any(entry.downloaded and not _is_there(entry) for entry in entries):
        print("\nTo download one again: nemo-widgets jobs --resume ID")


def _is_there(entry: Entry) -> bool:
    return entry.path is not None and Path(entry.path).is_file()


def _doctor(_arguments: argparse.Namespace) -> int:
    from nemo_widgets.doctor import examine

    findings = examine()
    for finding in findings:
        print(f"{'ok  ' if finding.works else 'MISS'}  {finding.what:<22} {finding.detail}")
    return 0 if all(finding.works for finding in findings if finding.needed) else 1
