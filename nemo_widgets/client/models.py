"""What the service's answers hold: frozen views over the JSON, which is kept whole in ``raw``."""

from __future__ import annotations

import math
import shutil
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from nemo_widgets.draft.model import Draft
from nemo_widgets.errors import APIError

if TYPE_CHECKING:
    from nemo_widgets.draft.diff import DraftDiff
    from nemo_widgets.language.routing import Action

Json: TypeAlias = dict[str, Any]

_STATUS = {"canceled": "cancelled", "complete": "completed", "error": "failed", "": "pending"}


@dataclass(frozen=True)
class Credits:
    """The account's credits.

    Examples
    --------
    >>> Credits.read({"available": "80", "frozen": None, "total": 100})
    Credits(available=80, frozen=0, total=100)
    """

    available: float
    frozen: float
    total: float

    @classmethod
    def read(cls, data: Any) -> Credits:
        """Read the service's JSON."""
        values = as_object(data)
        return cls(*(_plain(number(values.get(name)) or 0.0) for name in ("available", "frozen", "total")))


@dataclass(frozen=True)
class Asset:
    """A file that the session can use.

    Attributes
    ----------
    name : str
        Its file name.
    kind : str
        ``"video"``, ``"image"`` or ``"audio"``.
    url : str
        Where the service keeps it.
    duration : int or None
        Milliseconds, of video and audio.
    width, height : int or None
        Pixels.
    fps : float or None
        Frames a second.
    hash : str
        The service's checksum.

    Examples
    --------
    >>> Asset.read({"filename": "b.mp4", "file_type": "video", "duration": 8.04}).duration
    8040
    """

    name: str
    kind: str
    url: str
    duration: int | None = None
    width: int | None = None
    height: int | None = None
    fps: float | None = None
    hash: str = ""
    raw: Json = field(default_factory=dict[str, Any], repr=False, compare=False)

    @classmethod
    def read(cls, data: Any) -> Asset:
        """Read the service's JSON, in which a duration is in seconds."""
        values = as_object(data)
        width, height = number(values.get("width")), number(values.get("height"))
        return cls(
            name=text(values.get("filename") or values.get("name")),
            kind=text(values.get("file_type") or values.get("type")),
            url=text(values.get("cdn_url") or values.get("url")),
            duration=milliseconds(values.get("duration")) or None,
            width=int(width) if width else None,
            height=int(height) if height else None,
            fps=number(values.get("fps")) or None,
            hash=text(values.get("hash")),
            raw=values,
        )


@dataclass(frozen=True)
class SessionState:
    """What a session holds at the moment.

    Attributes
    ----------
    video_infos, generated_media : list
        As the service sends them.
    canvas_config : dict
        As the service sends it.
    raw : dict
        The whole ``state``.
    """

    video_infos: list[Any]
    canvas_config: Json
    generated_media: list[Any]
    raw: Json = field(repr=False)

    @classmethod
    def read(cls, data: Any) -> SessionState:
        """Read the service's JSON; every field may be missing or null."""
        state = as_object(as_object(data).get("state"))
        return cls(
            video_infos=_as_list(state.get("video_infos")),
            canvas_config=as_object(state.get("canvas_config")),
            generated_media=_as_list(state.get("generated_media")),
            raw=state,
        )

    @cached_property
    def draft(self) -> Draft | None:
        """The session's draft; None where there is none yet.

        Raises
        ------
        DraftError
            When it can't be read.
        """
        raw = self.raw.get("draft")
        return Draft(raw) if raw else None


@dataclass(frozen=True)
class Reply:
    """What came of a message.

    Attributes
    ----------
    text : str
        What to show the user; never empty after an edit.
    actions : list of Action
        What the backend's talk of buttons asks for.
    changes : DraftDiff
        What the edit did to the draft.
    draft : Draft or None
        The draft after it.
    video : Video or None
        The video, where the message was a request to export.
    """

    text: str
    actions: list[Action]
    changes: DraftDiff
    draft: Draft | None
    video: Video | None = None

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Video:
    """A finished video, on this machine.

    Attributes
    ----------
    path : pathlib.Path
        Where it is.
    url : str
        Where it came from.
    duration : int or None
        Milliseconds.
    size : int
        Bytes.
    """

    path: Path
    url: str
    duration: int | None
    size: int

    def save(self, path: str | Path) -> Path:
        """Copy the video to ``path`` (a file, or a folder that exists) and return where it is now.

        Examples
        --------
        >>> import tempfile
        >>> folder = Path(tempfile.mkdtemp())
        >>> made = folder / "promo.mp4"
        >>> _ = made.write_bytes(b"video")
        >>> Video(made, "", None, 5).save(folder / "copy.mp4").name
        'copy.mp4'
        """
        target = Path(path).expanduser()
        if target.is_dir():
            target /= self.path.name
        if target.resolve() != self.path.resolve():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self.path, target)
        return target

    def __str__(self) -> str:
        length = f"{self.duration / 1000:g} s, " if self.duration else ""
        return f"{self.path} ({length}{self.size / 1_000_000:.1f} MB)"

    def _repr_html_(self) -> str:
        from html import escape

        return f"<p>Video: <code>{escape(str(self))}</code></p>"


@dataclass(frozen=True)
class RenderStatus:
    """How a render stands.

    Attributes
    ----------
    status : str
        ``"pending"``, ``"processing"``, ``"completed"``, ``"failed"`` or ``"cancelled"``.
    progress : float
        From 0 to 1.
    url : str
        Where the video is, once completed.
    duration : int or None
        Milliseconds.
    size : int
        Bytes; 0 where the service doesn't say.
    error : str
        What went wrong, as the service says it.
    """

    status: str
    progress: float
    url: str = ""
    duration: int | None = None
    size: int = 0
    error: str = ""
    raw: Json = field(default_factory=dict[str, Any], repr=False, compare=False)

    @classmethod
    def read(cls, data: Any) -> RenderStatus:
        """Read either of the two shapes that services send.

        Examples
        --------
        >>> RenderStatus.read({"status": "processing", "progress": 40}).progress
        0.4
        >>> RenderStatus.read({"status": "completed", "outputUrl": "https://cdn/v.mp4"}).url
        'https://cdn/v.mp4'
        """
        values = as_object(data)
        output = as_object(values.get("output"))
        said = text(values.get("status")).lower()
        status = "cancelled" if values.get("cancelled") else _STATUS.get(said, said)
        error = values.get("error")
        return cls(
            status=status,
            progress=1.0 if status == "completed" else _fraction(values.get("progress")),
            url=text(output.get("url") or values.get("outputUrl") or values.get("output_url")),
            duration=milliseconds(output.get("duration")) or None,
            size=int(number(output.get("size")) or 0),
            error=text(as_object(error).get("message") if isinstance(error, dict) else error),
            raw=values,
        )


def as_object(value: Any) -> Json:
    """Return ``value`` where it is a JSON object, else an empty one."""
    return cast("Json", value) if isinstance(value, dict) else {}


def require(data: Any, name: str) -> str:
    """Return a field that an answer makes no sense without.

    Raises
    ------
    APIError
        When it is missing.
    """
    value = text(as_object(data).get(name))
    if not value:
        raise APIError(message=f"Its answer has no {name}.")
    return value


def number(value: Any) -> float | None:
    """Return a number that may have come as a string; None where there is none."""
    try:
        read = float(value)
    except (TypeError, ValueError):
        return None
    return read if math.isfinite(read) else None


def milliseconds(seconds: Any) -> int:
    """Return the service's seconds as milliseconds; 0 where there are none."""
    return round((number(seconds) or 0.0) * 1000)


def text(value: Any) -> str:
    """Return a string; empty for null."""
    return "" if value is None else str(value)


def _as_list(value: Any) -> list[Any]:
    return cast("list[Any]", value) if isinstance(value, list) else []


def _plain(value: float) -> float:
    return int(value) if value == int(value) else value


def _fraction(value: Any) -> float:
    """Read a progress: a float up to 1 is a fraction, everything else a percentage."""
    read = number(value) or 0.0
    if read > 1.0 or (isinstance(value, int) and not isinstance(value, bool)):
        read /= 100
    return min(1.0, max(0.0, read))
