"""Every wait, limit, address and environment variable, with the service's defaults.

Nothing else in the package reads the environment or holds a number that somebody might want to change.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

API_URL = "https://mega-api-prod.nemovideo.ai"
WEB_URL = "https://nemovideo.com"
SKILL_SOURCE = "maker-online-free"
SKILL_VERSION = "1.0.0"

VIDEO_SUFFIXES = frozenset({".mp4", ".mov", ".avi", ".webm", ".mkv"})
IMAGE_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp"})
AUDIO_SUFFIXES = frozenset({".mp3", ".wav", ".m4a", ".aac"})
SUFFIXES = VIDEO_SUFFIXES | IMAGE_SUFFIXES | AUDIO_SUFFIXES
"""File name endings that the service takes, lower case with the dot."""

FORMATS = "mp4, mov, avi, webm, mkv, jpg, png, gif, webp, mp3, wav, m4a, aac"
"""The same for people."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Waits in seconds and limits in bytes.

    The defaults are the cloud's; :meth:`local` has the ones for a studio on this machine, where nothing
    has to be spared.

    Parameters
    ----------
    connect_timeout, request_timeout
        Seconds to reach the server, and to wait for a piece of an ordinary answer.
    poll_interval, poll_max_interval
        Seconds between two looks at a render: the first wait and the longest.
    render_timeout, message_timeout
        Seconds until a render, or an answer, is given up.
    silence_timeout
        Seconds without anything but keep-alives after which an answer is given up.
    still_working_every
        Seconds between two :class:`~nemo_widgets.StillWorking` events.
    recovery_waits
        Seconds before each look at the state after a broken answer (a message is never sent again).
    rate_limit_wait
        Seconds to wait after HTTP 429 without ``Retry-After``.
    retries, retry_wait
        How often an idempotent call is repeated on passing trouble, and the first wait in seconds (doubled
        each time, with jitter).
    max_upload_bytes
        The largest file that may be uploaded.
    upload_concurrency
        How many requests with files may be on their way at once.
    ledger_keep
        Seconds after which the ledger forgets a render that is finished, failed or cancelled.

    Examples
    --------
    >>> Settings().render_timeout
    900.0
    >>> Settings(poll_interval=0.1).poll_interval
    0.1
    """

    connect_timeout: float = 5.0
    request_timeout: float = 60.0
    poll_interval: float = 2.0
    poll_max_interval: float = 15.0
    render_timeout: float = 900.0
    message_timeout: float = 900.0
    silence_timeout: float = 600.0
    still_working_every: float = 120.0
    recovery_waits: tuple[float, ...] = (30.0, 60.0, 60.0, 60.0, 60.0)
    rate_limit_wait: float = 30.0
    retries: int = 4
    retry_wait: float = 0.5
    max_upload_bytes: int = 500 * 1024 * 1024
    upload_concurrency: int = 3
    ledger_keep: float = 180 * 86400.0

    @classmethod
    def local(cls) -> Settings:
        """Return the settings for a studio on this machine.

        Examples
        --------
        >>> Settings.local().poll_interval < Settings().poll_interval
        True
        """
        return cls(
            poll_interval=0.15,
            poll_max_interval=0.5,
            render_timeout=7200.0,
            recovery_waits=(0.5, 1.0, 2.0),
            rate_limit_wait=1.0,
            retry_wait=0.1,
        )


@dataclass(frozen=True, kw_only=True)
class StudioLimits:
    """What an embedded studio allows; the defaults are for one's own, :meth:`classroom` has those for a class.

    Parameters
    ----------
    students
        How many may be in the class at a time, with the join token; None where the studio is no classroom.
    disk_bytes
        Bytes of uploads and finished videos that each student may keep; None for no limit, as below.
    video_minutes
        Minutes of video that each student may have rendered, counted over ``keep``; what is more than 1080p at 30
        frames a second counts for more.
    jobs
        Renders of one student that may wait or run at once.
    renders
        Renders that run at once, of the whole studio.
    messages
        Messages of each student (the contract's credits).
    requests_per_second, request_burst
        Requests of one student: in the long run, and at once.
    connections
        Open connections from one address.
    render_timeout
        Seconds of work after which a render is given up; a short video is given up earlier.
    keep
        Seconds without use after which a session goes, with its files and videos.
    free_bytes
        What has to stay free on the disk: below it nothing more is taken in.
    probe_timeout, probe_memory
        Seconds and bytes that looking into one file may take.
    fetch_timeout
        Seconds that fetching a file by its URL may take.
    stall_timeout
        Seconds that the headers of a request, or the next piece of its body, may take.

    Examples
    --------
    >>> StudioLimits().students is None, StudioLimits.classroom(30).students
    (True, 30)
    """

    students: int | None = None
    disk_bytes: int | None = None
    video_minutes: float | None = None
    jobs: int | None = None
    renders: int = 1
    messages: int = 100
    requests_per_second: float = 20.0
    request_burst: int = 200
    connections: int = 200
    render_timeout: float | None = None
    keep: float | None = 180 * 86400.0
    free_bytes: int = 200 * 1024 * 1024
    probe_timeout: float = 60.0
    probe_memory: int = 3 * 1024**3
    fetch_timeout: float = 120.0
    stall_timeout: float = 30.0

    @property
    def renders_each(self) -> int:
        """Renders of one student that run at once: in a class of several, one place is always another's.

        Examples
        --------
        >>> StudioLimits.classroom(30).renders_each, StudioLimits.classroom(1).renders_each
        (1, 2)
        """
        alone = self.students is None or self.students == 1
        return self.renders if alone else max(1, self.renders - 1)

    @classmethod
    def classroom(cls, students: int = 30) -> StudioLimits:
        """Return the limits for a class: one student can't take the others' room.

        Examples
        --------
        >>> StudioLimits.classroom().jobs
        3
        """
        return cls(
            students=students,
            disk_bytes=2 * 1024**3,
            video_minutes=60.0,
            jobs=3,
            renders=2,
            messages=500,
            connections=max(100, 10 * students),
            render_timeout=3600.0,
            keep=30 * 86400.0,
            free_bytes=1024**3,
        )


def env_token() -> str | None:
    """Return ``NEMO_TOKEN``, or None where it is not set."""
    return os.environ.get("NEMO_TOKEN") or None


def api_url() -> str:
    """Return the cloud's address: ``NEMO_API_URL`` or the service's own."""
    return (os.environ.get("NEMO_API_URL") or API_URL).rstrip("/")


def web_url() -> str:
    """Return the address of the service's web pages: ``NEMO_WEB_URL`` or the service's own."""
    return (os.environ.get("NEMO_WEB_URL") or WEB_URL).rstrip("/")


def prefers_cloud() -> bool:
    """Say whether the environment asks for the cloud: ``backend="auto"`` is local otherwise."""
    return bool(os.environ.get("NEMO_TOKEN") or os.environ.get("NEMO_API_URL"))


def font_folders() -> list[Path]:
    """Return the folders with fonts that ``NEMO_FONTS`` names, separated as in ``PATH``."""
    return [Path(name).expanduser() for name in os.environ.get("NEMO_FONTS", "").split(os.pathsep) if name]


def media_address() -> str:
    """Return where Dask workers reach this machine's files: ``NEMO_MEDIA_ADDRESS`` as ``host:port``; empty to find out.

    It is needed where addresses are translated (containers), or a firewall lets a single port through.
    """
    address = os.environ.get("NEMO_MEDIA_ADDRESS", "").strip()
    whole = not address or (":" in address and address.rpartition(":")[2].isdigit())
    return address if whole else f"{address}:0"


def media_cache_folder() -> Path:
    """Return where a Dask worker keeps files that it fetched: ``NEMO_MEDIA_CACHE``, or this user's cache folder."""
    import platformdirs

    chosen = os.environ.get("NEMO_MEDIA_CACHE")
    return Path(chosen) if chosen else platformdirs.user_cache_path("nemo-widgets", appauthor=False) / "media"


def media_cache_bytes() -> int:
    """Return how many bytes of them it keeps: ``NEMO_MEDIA_CACHE_GB``, 10 where it isn't set."""
    return int(float(os.environ.get("NEMO_MEDIA_CACHE_GB") or 10) * 1024**3)


def fast_lane() -> bool:
    """Say whether widgets may use an HTTP server of the kernel's own: ``NEMO_FAST_LANE=0`` forbids it."""
    return os.environ.get("NEMO_FAST_LANE") != "0"


def skill_platform(install_path: Path | None = None) -> str:
    """Return the value of ``X-Skill-Platform``, from ``SKILL_SOURCE`` or the install path.

    Examples
    --------
    >>> skill_platform(Path("/home/me/.cursor/skills/nemo"))
    'cursor'
    """
    if override := os.environ.get("SKILL_SOURCE"):
        return override
    parts = (install_path or Path(__file__).resolve()).parts
    return next((name for name in ("clawhub", "cursor") if f".{name}" in parts), "unknown")


def client_id() -> str | None:
    """Return ``NEMO_CLIENT_ID`` (a UUID or any words, never a credential), or None where it is not set."""
    return os.environ.get("NEMO_CLIENT_ID") or None


def student_name() -> str | None:
    """Return ``NEMO_STUDENT``, what a student wants to be called by the teacher of a class, or None."""
    return os.environ.get("NEMO_STUDENT") or None


def notebook_of_the_server() -> str | None:
    """Return ``JPY_SESSION_NAME``, the notebook's path as Jupyter's server tells its kernel, or None elsewhere."""
    return os.environ.get("JPY_SESSION_NAME") or None


def config_folder() -> Path:
    """Return the folder that NemoVideo's programs share for this user: the client id lives there."""
    base = os.environ.get("XDG_CONFIG_HOME")
    return (Path(base) if base else Path.home() / ".config") / "nemovideo"


def data_folder() -> Path:
    """Return this user's folder for what must outlive a kernel: the studio's store, finished videos."""
    import platformdirs

    return platformdirs.user_data_path("nemo-widgets", appauthor=False)
