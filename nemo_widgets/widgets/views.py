"""What the front end is shown of a draft, a file, an error: plain JSON made from the models. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nemo_widgets.errors import NemoError, redact

if TYPE_CHECKING:
    from nemo_widgets.client.models import Asset, Video
    from nemo_widgets.draft.model import Draft

_COLUMNS = {
    "en": ("Track", "Kind", "Name", "Start", "Duration", "End", "Volume", "Text"),
    "zh": ("轨道", "类型", "名称", "开始", "时长", "结束", "音量", "文字"),
}
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_KEYS = ("track", "kind", "name", "start", "duration", "end", "volume", "text")


def draft_view(draft: Draft | None, *, language: str = "en") -> dict[str, Any] | None:
    """Return a draft as the timeline and the table show it; times in ms.

    Examples
    --------
    >>> from nemo_widgets import Draft
    >>> view = draft_view(Draft({"t": [{"tt": 7, "sg": [{"d": 3000, "m": {"text": "Hi"}}]}]}))
    >>> view["tracks"][0]["segments"], view["rows"]
    ([{'start': 0, 'duration': 3000, 'label': 'Hi', 'source': None}], [[1, 'text', 'Hi', 0, 3000, 3000, None, 'Hi']])
    """
    if draft is None:
        return None
    width, height = draft.size
    return {
        "summary": draft.summary(language=language),
        "duration": draft.duration,
        "width": width,
        "height": height,
        "fps": draft.fps,
        "tracks": [
            {
                "kind": track.kind,
                "name": track.name,
                "segments": [
                    {"start": s.start, "duration": s.duration, "label": s.name, "source": s.source}
                    for s in track.segments
                ],
            }
            for track in draft.tracks
        ],
        "columns": [{"key": key, "label": label} for key, label in zip(_KEYS, _COLUMNS[language], strict=True)],
        "rows": [
            [number, track.kind, s.name, s.start, s.duration, s.end, s.volume, s.text]
            for number, track in enumerate(draft.tracks, 1)
            for s in track.segments
        ],
    }


def asset_fields(asset: Asset) -> dict[str, Any]:
    """Return what the list of files shows of a file that the service has taken; ``duration`` in ms."""
    return {
        "kind": asset.kind,
        "duration": asset.duration,
        "width": asset.width,
        "height": asset.height,
        "source": asset.url,
    }


def video_view(video: Video, draft: Draft | None, *, named: bool, video_id: str, size: int) -> dict[str, Any]:
    """Return a finished video, made of ``draft``, as the player is told; ``size`` in bytes, ``duration`` in ms.

    One that the user gave no name (``named``) is offered for download under the draft's title.
    """
    width, height = draft.size if draft else (None, None)
    title = _NOT_IN_NAMES.sub(" ", (draft.title if draft else None) or "").strip()
    return {
        "id": video_id,
        "name": f"{title}.mp4" if title and not named else video.path.name,
        "size": size,
        "type": "video/mp4",
        "duration": video.duration,
        "width": width,
        "height": height,
        "outdated": False,
    }


def error_view(error: BaseException, *, language: str = "en") -> dict[str, str]:
    """Return an error as a sentence and its remedy.

    Examples
    --------
    >>> from nemo_widgets import NothingToExport
    >>> error_view(NothingToExport())["message"]
    'There is nothing to export yet.'
    """
    if isinstance(error, NemoError):
        told = error.in_language(language)
        return {"message": told.message, "remedy": told.remedy}
    what = redact(f"{type(error).__name__}: {error}")
    if language == "zh":
        return {"message": f"编辑器出错：{what}", "remedy": "编辑器可以继续使用；如果再次出现，请反馈此问题。"}
    return {
        "message": f"Something went wrong in the editor: {what}",
        "remedy": "The editor goes on working; if it happens again, please report it.",
    }
