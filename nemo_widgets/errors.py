"""The error tree: code → class → a sentence with its remedy, in English and Chinese.

::

    NemoError
    ├── APIError(code, http_status, message, remedy)
    │   ├── AuthError          1001, 1010, 1011, HTTP 401
    │   ├── SessionNotFound    1002
    │   ├── OutOfCredits       2001 (.link)
    │   ├── UnsupportedFile    4001
    │   ├── FileTooLarge       4002, HTTP 413
    │   ├── ExportBlocked      HTTP 402
    │   └── RateLimited        HTTP 429
    ├── ConnectionFailed       the service can't be reached
    ├── StreamInterrupted      an answer broke off, and the state shows no edit
    ├── MessageTimeout         an answer took too long
    ├── RenderFailed · RenderTimeout
    ├── DraftError             a draft that can't be read (.path)
    ├── NothingToExport
    ├── InvalidInput           refused before anything was sent
    └── StudioUnavailable      the embedded studio isn't installed or can't start
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from nemo_widgets import settings
from nemo_widgets.sentences import drafts, files, service, studio

if TYPE_CHECKING:
    from nemo_widgets.sentences import Sentences

_TOKEN = re.compile(r"(?i)\bnmv_[\w-]+|(?<=bearer )\S+")

SENTENCES: Sentences = {**service.SENTENCES, **files.SENTENCES, **drafts.SENTENCES, **studio.SENTENCES}
"""Key → language → (what is wrong, what to do), from the modules in :mod:`nemo_widgets.sentences`."""

RETOLD = (
    "class-",
    "disk-full",
    "empty-file",
    "empty-prompt",
    "font-missing",
    "link-",
    "long-text",
    "media-",
    "render-gave-up",
    "render-late",
    "sent-",
    "video-too-large",
)
"""How the keys begin of what a studio refuses, and a client tells in its user's language."""
RETOLD_TEXTS = ("name", "place", "free", "needed", "sample", "package")
RETOLD_NUMBERS = (
    "fps",
    "hours",
    "letters",
    "limit",
    "megapixels",
    "minutes",
    "most",
    "pieces",
    "pixels",
    "status",
    "used",
    "wanted",
)
"""What a studio names with it."""


def redact(text: str) -> str:
    """Return ``text`` without anything that looks like a token.

    Examples
    --------
    >>> redact("Bearer abc.def is not valid")
    'Bearer [secret] is not valid'
    """
    return _TOKEN.sub("[secret]", text)


# What a sentence says where nobody named a detail: (en, zh).
_UNNAMED = {
    "message": ("no reason was given", "未说明原因"),
    "remedy": ("Check it and try again.", "请检查后重试。"),
    "name": ("The file", "该文件"),
    "service": ("The service", "服务"),
    "minutes": (f"{settings.Settings().message_timeout / 60:g}",) * 2,
}
_ENDS = ".!?…。！？"


class _Details(dict[str, Any]):
    """Details for a sentence, which has no holes: something stands for what isn't named."""

    def __init__(self, details: dict[str, Any], language: str) -> None:
        super().__init__({name: value for name, value in details.items() if value is not None and value != ""})
        self._column = int(language == "zh")

    def __missing__(self, key: str) -> str:
        return _UNNAMED.get(key, ("…", "…"))[self._column]


def _sentence(template: str, details: _Details, stop: str) -> str:
    """Fill in a sentence, without a token and with a full stop: what others say often ends without one."""
    text = redact(template.format_map(details)).strip()
    return text if text.rstrip("\"'”’」』)）")[-1:] in _ENDS else text + stop


def _again(kind: type[NemoError], args: tuple[Any, ...], state: dict[str, Any]) -> NemoError:
    """Make an error as it was, for copies and other processes."""
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error


class NemoError(Exception):
    """Base of every error of this package; ``str(error)`` is a sentence for a person, with the remedy.

    Parameters
    ----------
    key
        Which sentence of :data:`SENTENCES`; the class's own where it is None.
    language
        ``"en"`` or ``"zh"``.
    **details
        What the sentence names.

    Attributes
    ----------
    message, remedy : str
        What is wrong, and what to do about it.

    Examples
    --------
    >>> print(NothingToExport())
    There is nothing to export yet. Upload images or clips and say what video you want first.
    """

    default_key: ClassVar[str] = "invalid"

    def __init__(self, key: str | None = None, *, language: str = "en", **details: Any) -> None:
        language = language if language == "zh" else "en"
        self.key = key or self.default_key
        self.details = {name: redact(value) if isinstance(value, str) else value for name, value in details.items()}
        named, stop, space = _Details(details, language), *(("。", "") if language == "zh" else (".", " "))
        problem, remedy = SENTENCES[self.key][language]
        self.message = _sentence(problem, named, stop)
        self.remedy = _sentence(remedy, named, stop)
        super().__init__(f"{self.message}{space}{self.remedy}")

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (type(self), self.args, self.__dict__)

    def in_language(self, language: str) -> NemoError:
        """Return the same error, told in another language."""
        copy = _again(type(self), self.args, self.__dict__)
        NemoError.__init__(copy, self.key, language=language, **self.details)
        return copy


class InvalidInput(NemoError, ValueError):
    """Something was refused before anything was sent or changed."""


class APIError(NemoError):
    """The service answered with an error.

    Parameters
    ----------
    code
        The envelope's ``code``, or 0 where there was none.
    http_status
        The HTTP status.
    message
        What the service said (never shown where it may hold a secret).

    Examples
    --------
    >>> error = api_error(2001, 200, "no credits")
    >>> type(error).__name__, error.code
    ('OutOfCredits', 2001)
    """

    default_key: ClassVar[str] = "api"
    names: ClassVar[tuple[str, ...]] = ()
    """Which details, beside what the service said, the sentence names."""

    def __init__(
        self,
        key: str | None = None,
        *,
        code: int = 0,
        http_status: int = 200,
        message: str = "",
        language: str = "en",
        **details: Any,
    ) -> None:
        self.code = code
        self.http_status = http_status
        message = message or (f"code {code}" if code else "")
        super().__init__(key, language=language, code=code, http_status=http_status, message=message, **details)


class AuthError(APIError):
    """The token expired or is not valid (1001, 1010, 1011, HTTP 401)."""

    default_key = "auth"


class SessionNotFound(APIError):
    """The session is not known (1002)."""

    default_key = "session"


class OutOfCredits(APIError):
    """The account has no credits left (2001).

    Attributes
    ----------
    link : str
        Where to register or top up; it never holds a token.
    """

    default_key = "credits"
    names = ("link",)

    def __init__(self, key: str | None = None, *, link: str = "", **details: Any) -> None:
        self.link = link or settings.web_url()
        super().__init__(key, link=self.link, **details)


class UnsupportedFile(APIError):
    """The file's type is not supported (4001)."""

    default_key = "unsupported"
    names = ("name",)

    def __init__(self, key: str | None = None, *, name: str = "", **details: Any) -> None:
        super().__init__(key, name=name, formats=settings.FORMATS, **details)


class FileTooLarge(APIError):
    """The file is larger than the service takes (4002)."""

    default_key = "too-large"
    names = ("name", "limit")

    def __init__(self, key: str | None = None, *, name: str = "", limit: int = 0, **details: Any) -> None:
        limit_mb = (limit or settings.Settings().max_upload_bytes) // (1024 * 1024)
        super().__init__(key, name=name, limit_mb=limit_mb, **details)


class ExportBlocked(APIError):
    """Export is not part of the plan (HTTP 402): not a matter of credits."""

    default_key = "blocked"
    names = ("link",)

    def __init__(self, key: str | None = None, *, link: str = "", **details: Any) -> None:
        self.link = link or f"{settings.web_url()}/pricing"
        super().__init__(key, link=self.link, **details)


class RateLimited(APIError):
    """Too many requests (HTTP 429).

    Attributes
    ----------
    wait : float
        Seconds until the service may be asked again.
    """

    default_key = "rate"
    names = ("wait",)
    longest_pause: ClassVar[float] = 300.0
    """Seconds that a client waits by itself; above it the sentence names the time."""

    def __init__(self, key: str | None = None, *, wait: float = 30.0, **details: Any) -> None:
        self.wait = wait
        key = key or ("rate" if wait <= self.longest_pause else "rate-until")
        when = datetime.now().astimezone() + timedelta(seconds=wait)
        super().__init__(key, wait=f"{wait:g}", when=f"{when:%Y-%m-%d %H:%M}", **details)

    @property
    def passes_soon(self) -> bool:
        """Whether to wait a moment is all that it takes: who has a class's share of renders has to see to one first.

        Examples
        --------
        >>> RateLimited().passes_soon, RateLimited("class-jobs", most=3).passes_soon
        (True, False)
        """
        return not self.key.startswith("class-")


class ConnectionFailed(NemoError):
    """The service can't be reached."""

    default_key = "connection"


class StreamInterrupted(NemoError):
    """An answer broke off, and the state shows no edit."""

    default_key = "interrupted"


class MessageTimeout(NemoError):
    """An answer took too long."""

    default_key = "message-timeout"


class RenderFailed(NemoError):
    """A render failed or was cancelled."""

    default_key = "render-failed"


class RenderTimeout(NemoError):
    """A render is not ready in time; it goes on at the service."""

    default_key = "render-timeout"


class DraftError(NemoError, ValueError):
    """A draft that can't be read.

    Parameters
    ----------
    path
        Where the bad field is, such as ``t[0].sg[2].d``.
    message
        What was expected there.

    Examples
    --------
    >>> print(DraftError(path="t[0].sg[2].d", message='expected milliseconds, got "abc"').message)
    This draft can't be read: t[0].sg[2].d: expected milliseconds, got "abc".
    """

    default_key = "draft"

    def __init__(self, key: str | None = None, *, path: str = "", message: str = "", language: str = "en") -> None:
        self.path = path
        super().__init__(key, path=path, message=message, language=language)


class NothingToExport(NemoError):
    """There is no draft with a segment in it."""

    default_key = "nothing"


class StudioUnavailable(NemoError):
    """The embedded studio isn't installed or can't start."""

    default_key = "studio"


_BY_CODE: dict[int, type[APIError]] = {
    1001: AuthError,
    1010: AuthError,
    1011: AuthError,
    1002: SessionNotFound,
    2001: OutOfCredits,
    4001: UnsupportedFile,
    4002: FileTooLarge,
    402: ExportBlocked,
    429: RateLimited,
    401: AuthError,
    413: FileTooLarge,
}


def api_error(code: int, http_status: int, message: str, *, language: str = "en", **details: Any) -> APIError:
    """Return the error for an answer of the service.

    Parameters
    ----------
    code
        The envelope's code; 0 where the answer had none.
    http_status
        The HTTP status.
    message
        What the service said.
    language
        The language of the sentence.
    **details
        What the sentence may name (``link``, ``wait``, ``name``, ``limit``).

    Examples
    --------
    >>> type(api_error(0, 402, "")).__name__
    'ExportBlocked'
    """
    kind = _BY_CODE.get(code) or _BY_CODE.get(http_status) or APIError
    key = None
    if kind is APIError:
        key = "server" if http_status >= 500 else "refused" if {400, 422} & {code, http_status} else None
    known = {name: value for name, value in details.items() if name in kind.names}
    return kind(key, code=code, http_status=http_status, message=message, language=language, **known)
