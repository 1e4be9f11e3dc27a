"""The timeline in one line, in the form that the service's own guide gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nemo_widgets.draft.model import Draft, Segment, Track

_SHOWN = 12
"""Segments named for each track; the others are counted."""

_ZH = {"Video": "视频", "BGM": "背景音乐", "Title": "标题"}


def seconds(ms: int) -> str:
    """Return a time in seconds with at most two decimals.

    Examples
    --------
    >>> seconds(5500), seconds(10000), seconds(33)
    ('5.5', '10', '0.03')
    """
    return f"{ms / 1000:.2f}".rstrip("0").rstrip(".")


def span(segment: Segment) -> str:
    """Return where a segment stands, such as ``0-5.5s``."""
    return f"{seconds(segment.start)}-{seconds(segment.end)}s"


def track_name(track: Track, language: str) -> str:
    """Return what people call a track; the names that it gets by its kind are translated."""
    return _ZH.get(track.name, track.name) if language == "zh" else track.name


def summary(draft: Draft, *, language: str = "en") -> str:
    """Return the whole timeline in one line.

    Parameters
    ----------
    draft
        What to tell.
    language
        ``"en"`` or ``"zh"``.
    """
    count = len(draft.tracks)
    if not count:
        return "时间线是空的" if language == "zh" else "The timeline is empty"
    head = f"时间线（{count} 条轨道）：" if language == "zh" else f"Timeline ({count} track{'s' * (count != 1)}): "
    return head + " ".join(_track(index, track, language) for index, track in enumerate(draft.tracks, 1))


def _track(index: int, track: Track, language: str) -> str:
    shown = [_segment(track, segment) for segment in track.segments[:_SHOWN]]
    if more := len(track.segments) - _SHOWN:
        shown += [(f"另外 {more} 段" if language == "zh" else f"{more} more")] if more > 0 else []
    empty = "空" if language == "zh" else "empty"
    return f"{index}. {track_name(track, language)}: {', '.join(shown) or empty}"


def _segment(track: Track, segment: Segment) -> str:
    label = f'"{segment.text}"' if track.kind == "text" and segment.text is not None else segment.name or "–"
    label = " ".join(label.splitlines())
    volume = f", {segment.volume:.0%}" if segment.volume is not None else ""
    return f"{label} ({span(segment)}{volume})"
