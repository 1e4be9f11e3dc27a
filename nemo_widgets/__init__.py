"""A notebook toolkit for making videos by chat: upload, say what you want, see the draft, export, play.

>>> import nemo_widgets as nw
>>> nw.route("export my video").value
'export'
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nemo_widgets.client.batch import batch
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
    from nemo_widgets.widgets.player import Player
    from nemo_widgets.widgets.timeline import Timeline
    from nemo_widgets.widgets.uploader import Uploader

__version__ = "0.1.0"

__all__ = [
    "APIError",
    "Action",
    "Asset",
    "AsyncClient",
    "AuthError",
    "Client",
    "ConnectionFailed",
    "Credits",
    "Draft",
    "DraftDiff",
    "DraftError",
    "Editor",
    "Event",
    "ExportBlocked",
    "FileTooLarge",
    "InvalidInput",
    "MessageTimeout",
    "NemoError",
    "NothingToExport",
    "OutOfCredits",
    "Player",
    "Progress",
    "RateLimited",
    "RenderFailed",
    "RenderJob",
    "RenderTimeout",
    "Reply",
    "Segment",
    "ServiceError",
    "Session",
    "SessionNotFound",
    "SessionState",
    "Settings",
    "StateDelta",
    "StillWorking",
    "StreamInterrupted",
    "Studio",
    "StudioUnavailable",
    "TextDelta",
    "Timeline",
    "ToolCall",
    "ToolResult",
    "Track",
    "UnknownEvent",
    "UnsupportedFile",
    "Uploader",
    "Video",
    "batch",
    "render",
    "route",
    "run",
    "shared_client",
    "translate_gui",
]

# Where each of them lives. Imported on first use, so that `import nemo_widgets` loads neither pandas, nor httpx,
# nor the studio.
_HOMES = {
    "APIError": "errors",
    "Action": "language.routing",
    "Asset": "client.models",
    "AsyncClient": "client.client",
    "AuthError": "errors",
    "Client": "client.client",
    "ConnectionFailed": "errors",
    "Credits": "client.models",
    "Draft": "draft.model",
    "DraftDiff": "draft.diff",
    "DraftError": "errors",
    "Editor": "widgets.editor",
    "Event": "client.events",
    "ExportBlocked": "errors",
    "FileTooLarge": "errors",
    "InvalidInput": "errors",
    "MessageTimeout": "errors",
    "NemoError": "errors",
    "NothingToExport": "errors",
    "OutOfCredits": "errors",
    "Player": "widgets.player",
    "Progress": "progress",
    "RateLimited": "errors",
    "RenderFailed": "errors",
    "RenderJob": "client.renders",
    "RenderTimeout": "errors",
    "Reply": "client.models",
    "Segment": "draft.model",
    "ServiceError": "client.events",
    "Session": "client.session",
    "SessionNotFound": "errors",
    "SessionState": "client.models",
    "Settings": "settings",
    "StateDelta": "client.events",
    "StillWorking": "client.events",
    "StreamInterrupted": "errors",
    "Studio": "studio.server",
    "StudioUnavailable": "errors",
    "TextDelta": "client.events",
    "Timeline": "widgets.timeline",
    "ToolCall": "client.events",
    "ToolResult": "client.events",
    "Track": "draft.model",
    "UnknownEvent": "client.events",
    "UnsupportedFile": "errors",
    "Uploader": "widgets.uploader",
    "Video": "client.models",
    "batch": "client.batch",
    "render": "studio.render",
    "route": "language.routing",
    "run": "loop",
    "shared_client": "client.client",
    "translate_gui": "language.backend_talk",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        value = getattr(importlib.import_module(f"nemo_widgets.{_HOMES[name]}"), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
