"""A notebook toolkit for making videos by chat: upload, say what you want, see the draft, export, play.

>>> import nemo_widgets as nw
>>> nw.route("export my video").value
'export'
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nemo_widgets.client.client import AsyncClient, Client, shared_client
    from nemo_widgets.client.events import (
        Event,
        ServiceError,
        StateDelta,
        StillWorking,
        TextDelta,
        ToolCall,
        ToolResult,
        UnknownEvent,
    )
    from nemo_widgets.client.models import Asset, Credits, Reply, SessionState, Video
    from nemo_widgets.client.renders import RenderJob
    from nemo_widgets.client.session import Session
    from nemo_widgets.draft.diff import DraftDiff
    from nemo_widgets.draft.model import Draft, Segment, Track
    from nemo_widgets.errors import (
        APIError,
        AuthError,
        ConnectionFailed,
        DraftError,
        ExportBlocked,
        FileTooLarge,
        InvalidInput,
        MessageTimeout,
        NemoError,
        NothingToExport,
        OutOfCredits,
        RateLimited,
        RenderFailed,
        RenderTimeout,
        SessionNotFound,
        StreamInterrupted,
        StudioUnavailable,
        UnsupportedFile,
    )
    from nemo_widgets.language.backend_talk import translate_gui
    from nemo_widgets.language.routing import Action, route
    from nemo_widgets.loop import run
    from nemo_widgets.progress import Progress
    from nemo_widgets.settings import Settings
    from nemo_widgets.studio.render import render
    from nemo_widgets.studio.server import Studio
    from nemo_widgets.widgets.editor import Editor

__version__ = "0.1.0"

# Where each public name lives. Imported on first use, so that `import nemo_widgets` loads neither pandas, nor
# httpx, nor the studio.
_HOMES = {
    "client.client": ("AsyncClient", "Client", "shared_client"),
    "client.events": (
        "Event",
        "ServiceError",
        "StateDelta",
        "StillWorking",
        "TextDelta",
        "ToolCall",
        "ToolResult",
        "UnknownEvent",
    ),
    "client.models": ("Asset", "Credits", "Reply", "SessionState", "Video"),
    "client.renders": ("RenderJob",),
    "client.session": ("Session",),
    "draft.diff": ("DraftDiff",),
    "draft.model": ("Draft", "Segment", "Track"),
    "errors": (
        "APIError",
        "AuthError",
        "ConnectionFailed",
        "DraftError",
        "ExportBlocked",
        "FileTooLarge",
        "InvalidInput",
        "MessageTimeout",
        "NemoError",
        "NothingToExport",
        "OutOfCredits",
        "RateLimited",
        "RenderFailed",
        "RenderTimeout",
        "SessionNotFound",
        "StreamInterrupted",
        "StudioUnavailable",
        "UnsupportedFile",
    ),
    "language.backend_talk": ("translate_gui",),
    "language.routing": ("Action", "route"),
    "loop": ("run",),
    "progress": ("Progress",),
    "settings": ("Settings",),
    "studio.render": ("render",),
    "studio.server": ("Studio",),
    "widgets.editor": ("Editor",),
}
_MODULES = {name: f"nemo_widgets.{module}" for module, names in _HOMES.items() for name in names}

__all__ = [  # noqa: RUF022 - sorted by the test's plain order
    *sorted(_MODULES),
]


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        value = getattr(importlib.import_module(_MODULES[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
