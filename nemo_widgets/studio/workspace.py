"""The studio's folder: where each thing lies, and nothing that a request names ever becomes a path.

::

    studio.sqlite    what the studio remembers (mode 0600)
    presence/        which studios are alive
    incoming/        uploads that are still arriving
    media/<id>/      a file of a session, as media.<format>
    renders/<id>/    a finished video, as video.mp4
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path, PurePosixPath
from urllib.parse import quote, urlsplit

from nemo_widgets import settings
from nemo_widgets.disk import disk_full
from nemo_widgets.errors import InvalidInput, NemoError

_MEDIA_PATH = re.compile(r"^/media/([0-9a-f]{32})/")
_ID = re.compile(r"[0-9a-f]{32}")


class Workspace:
    """The folders of a studio.

    Parameters
    ----------
    root
        The folder; None for the one that this user's studios share.
    secret
        Whether those who use it aren't told where it is: a class.

    Examples
    --------
    >>> import tempfile
    >>> Workspace(Path(tempfile.mkdtemp())).media_path("0" * 32, "jpg").name
    'media.jpg'
    """

    def __init__(self, root: Path | None = None, *, secret: bool = False) -> None:
        self._secret = secret
        self.root = folder_of(root)
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        if root is None:
            self.root.chmod(0o700)
        self.incoming, self.presence = self.root / "incoming", self.root / "presence"
        self.media_folder, self.videos_folder = self.root / "media", self.root / "renders"
        for folder in (self.incoming, self.presence, self.media_folder, self.videos_folder):
            folder.mkdir(mode=0o700, exist_ok=True)

    def full(self, name: str, needed: int = 0) -> NemoError:
        """Return the error for what has no room on the disk; ``needed`` are its bytes, where that is known."""
        error = disk_full(self.root, name, needed)
        if not self._secret or "free" not in error.details:
            return error
        return InvalidInput("disk-full-studio", name=name, free=error.details["free"])

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.root / "studio.sqlite"

    def media_path(self, media_id: str, format_name: str) -> Path:
        """Return where a file of a session lies; both parts come from the store, never from a request."""
        if not _ID.fullmatch(media_id) or not format_name.isalnum():
            raise ValueError("not an id and format of the store")
        return self.media_folder / media_id / f"media.{format_name}"

    def video_path(self, folder: str) -> Path:
        """Return where a render's video lies."""
        if not _ID.fullmatch(folder):
            raise ValueError("not a folder of the store")
        return self.videos_folder / folder / "video.mp4"


def folder_of(root: Path | None) -> Path:
    """Return a workspace's folder: the one that this user's studios share where ``root`` is None."""
    return root or settings.data_folder() / "studio"


def media_id_in(source: str) -> str | None:
    """Return the id in a media URL, whatever host it names (the port changes with each start), or None.

    Examples
    --------
    >>> media_id_in("http://127.0.0.1:9/media/" + "ab" * 16 + "/a.jpg") == "ab" * 16
    True
    >>> media_id_in("/media/../../etc/passwd") is None
    True
    """
    try:
        path = urlsplit(source).path
    except ValueError:
        return None
    match = _MEDIA_PATH.match(path)
    return match.group(1) if match else None


def shared_media(media_id: str) -> Path | None:
    """Return a file of the studios that share this user's default folder, or None.

    Examples
    --------
    >>> shared_media("0" * 32) is None, shared_media("../secrets") is None
    (True, True)
    """
    if not _ID.fullmatch(media_id):
        return None
    folder = folder_of(None) / "media" / media_id
    return next(iter(sorted(folder.glob("media.*"))), None)


def media_link(origin: str, media_id: str, filename: str) -> str:
    """Return a file's capability URL: who knows it may read it."""
    return f"{origin}/media/{media_id}/{quote(filename, safe='')}"


def video_link(origin: str, folder: str, filename: str) -> str:
    """Return a finished video's capability URL."""
    return f"{origin}/renders/{folder}/{quote(filename, safe='')}.mp4"


def display_name(name: str, *, limit: int = 120) -> str:
    r"""Return a file name that is safe to show and to put into a URL: no folders, no control characters.

    Examples
    --------
    >>> display_name("../../etc/passwd"), display_name("C:\\photos\\a\0b.jpg"), display_name("")
    ('passwd', 'ab.jpg', 'file')
    """
    last = re.split(r"[/\\]", name)[-1]
    shown = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C")
    shown = unicodedata.normalize("NFC", shown).strip().lstrip(".")
    if len(shown) > limit:
        suffix = PurePosixPath(shown).suffix[:12]
        shown = shown[: limit - len(suffix)] + suffix
    return shown or "file"
