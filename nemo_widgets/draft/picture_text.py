"""A timeline drawn in text, for terminals: a ruler, and one line for each lane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nemo_widgets.draft.picture_lettering import cells_of, clock, fitted_cells, one_line, ticks
from nemo_widgets.draft.summary import seconds, track_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nemo_widgets.draft.model import Draft
    from nemo_widgets.draft.tracks import Track

_MOST_LANES = 16
_LONGEST_NAME = 12


def timeline_text(draft: Draft, *, width: int = 80, language: str = "en") -> str:
    """Return the timeline as lines of text.

    Parameters
    ----------
    draft
        What to draw.
    width
        Cells of the terminal, at least 32; a wide (CJK) letter takes two.
    language
        ``"en"`` or ``"zh"``.

    Examples
    --------
    >>> from nemo_widgets import Draft
    >>> draft = Draft({"t": [{"tt": 0, "sg": [{"d": 2000, "m": {"name": "sea"}}, {"d": 1000}]}]})
    >>> print(timeline_text(draft, width=40))
    Draft · 3 s · 1920×1080
           0:00      0:01     0:02      0:03
    Video  ├sea──────────────┤├────────┤
    """
    width = max(width, 32)
    shown = draft.tracks[:_MOST_LANES]
    names = [fitted_cells(track_name(track, language), _LONGEST_NAME) for track in shown]
    gutter = max((cells_of(name) for name in names), default=0) + 2
    total = max([draft.duration, *(track.end for track in draft.tracks), 1])
    room = width - gutter - len(clock(total))
    lines = [_head(draft, width, language)]
    if shown:
        lines.append(" " * gutter + _ruler(total, room))
    else:
        lines.append(draft.summary(language=language))
    for name, track in zip(names, shown, strict=True):
        lines.append(f"{name}{' ' * (gutter - cells_of(name))}{_lane(track, room / total, room)}".rstrip())
    if left := len(draft.tracks) - len(shown):
        lines.append(f"另外 {left} 条轨道" if language == "zh" else f"{left} more track{'s' * (left != 1)}")
    return "\n".join(lines)


def _head(draft: Draft, width: int, language: str) -> str:
    size = "×".join(map(str, draft.size))
    tail = f" · {seconds(draft.duration)} {'秒' if language == 'zh' else 's'} · {size}"
    title = one_line(draft.title or "") or ("草稿" if language == "zh" else "Draft")
    return fitted_cells(title, width - cells_of(tail)) + tail


def _ruler(total: int, room: int) -> str:
    line = ""
    for time in ticks(total, room, len(clock(total)) + 3):
        line = line.ljust(round(time * room / total)) + clock(time)
    return line


def _lane(track: Track, scale: float, room: int) -> str:
    line = ""
    used = 0  # cells
    for start, end, label in _spans(track, scale, room):
        line += " " * (start - used)
        line += _span(label, end - start)
        used = end
    return line


def _span(label: str | None, length: int) -> str:
    if label is None:
        return "▒" * length
    if length == 1:
        return "│"
    inside = fitted_cells(label, length - 2)
    return f"├{inside}{'─' * (length - 2 - cells_of(inside))}┤"


def _spans(track: Track, scale: float, room: int) -> Iterator[tuple[int, int, str | None]]:
    """Yield first and last cell of each segment and its label; what shares a cell is one span, its label None."""
    held: tuple[int, int, str | None] | None = None
    for one in sorted(track.segments, key=lambda one: (one.start, one.end)):
        start = min(round(one.start * scale), room)
        end = max(round(one.end * scale), start + 1)
        label = one_line(one.name[:200])
        if held and start < held[1]:
            held = (held[0], max(held[1], end), None)
            continue
        if held:
            yield held
        held = (start, end, label)
    if held:
        yield held
