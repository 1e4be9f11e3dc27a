"""A static picture of a timeline: SVG that needs no script and no style sheet, in light and dark.

Lines and labels are drawn in ``currentColor``, so they take the page's own text colour.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from nemo_widgets.draft.summary import seconds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nemo_widgets.draft.model import Draft, Segment, Track

_COLOURS = {"video": "#4f6bed", "audio": "#12876f", "text": "#b4530a"}
_OTHER = "#6b7280"
_GUTTER = 92  # room for the lanes' names
_RIGHT = 12
_TOP = 30
_LANE = 38
_GAP = 6
_STEPS = (
    100,
    200,
    500,
    1000,
    2000,
    5000,
    10_000,
    15_000,
    30_000,
    60_000,
    120_000,
    300_000,
    600_000,
    1_800_000,
    3_600_000,
)


def timeline_svg(draft: Draft, *, width: int = 860, at: int | None = None) -> str:
    """Return the timeline as an SVG document.

    Parameters
    ----------
    draft
        What to draw.
    width
        Pixels.
    at
        Where the playhead stands, in ms; None for none.
    """
    width = max(width, 240)
    height = _TOP + max(1, len(draft.tracks)) * (_LANE + _GAP) + 8
    ends = [segment.end for track in draft.tracks for segment in track.segments]
    total = max([draft.duration, *ends, 1])
    scale = (width - _GUTTER - _RIGHT) / total
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" style="max-width:100%;height:auto" font-family="system-ui,sans-serif" font-size="11">'
    )
    parts = [
        head,
        f"<title>{escape(draft.title or 'Timeline')}</title><desc>{escape(draft.summary())}</desc>",
        *_ruler(total, scale, height),
    ]
    for index, track in enumerate(draft.tracks):
        parts += _lane(track, _TOP + index * (_LANE + _GAP), scale, width)
    if not draft.tracks:
        parts.append(
            f'<text x="{width / 2:.0f}" y="{_TOP + _LANE / 2:.0f}" text-anchor="middle" fill="currentColor" '
            f'fill-opacity=".65">{escape(draft.summary())}</text>'
        )
    if at is not None:
        x = _GUTTER + min(max(at, 0), total) * scale
        parts.append(f'<path d="M{x:.1f} {_TOP - 8}V{height - 4}" stroke="#dc2626" stroke-width="2"/>')
    return "".join([*parts, "</svg>"])


def _ruler(total: int, scale: float, height: int) -> Iterator[str]:
    """Ticks at round times, at least 60 pixels apart."""
    step = next((step for step in _STEPS if step * scale >= 60), total)
    for time in range(0, total + 1, step):
        x = _GUTTER + time * scale
        yield f'<path d="M{x:.1f} {_TOP - 6}V{height - 4}" stroke="currentColor" stroke-opacity=".15"/>'
        yield (
            f'<text x="{x:.1f}" y="14" text-anchor="middle" fill="currentColor" fill-opacity=".7">{_clock(time)}</text>'
        )


def _clock(ms: int) -> str:
    minutes, rest = divmod(ms, 60_000)
    whole = seconds(rest)
    return f"{minutes}:{whole.zfill(2) if '.' not in whole else whole.zfill(4)}"


def _lane(track: Track, y: int, scale: float, width: int) -> Iterator[str]:
    middle = y + _LANE / 2 + 4
    yield (
        f'<text x="{_GUTTER - 10}" y="{middle:.0f}" text-anchor="end" fill="currentColor">'
        f"{escape(_fitted(track.name, _GUTTER - 16))}</text>"
        f'<rect x="{_GUTTER}" y="{y}" width="{width - _GUTTER - _RIGHT}" height="{_LANE}" rx="6" fill="currentColor" '
        f'fill-opacity=".06"/>'
    )
    colour = _COLOURS.get(track.kind, _OTHER)
    for segment in track.segments:
        yield _block(segment, y, scale, colour)


def _block(segment: Segment, y: int, scale: float, colour: str) -> str:
    x = _GUTTER + segment.start * scale
    wide = max(segment.duration * scale - 1, 1)
    volume = f", {segment.volume:.0%}" if segment.volume is not None else ""
    tip = f"{segment.name} ({seconds(segment.start)}–{seconds(segment.end)} s{volume})"
    label = _fitted(segment.name, wide - 12)
    text = f'<text x="{x + 7:.1f}" y="{y + _LANE / 2 + 4:.0f}" fill="#fff">{escape(label)}</text>' if label else ""
    return (
        f"<g aria-label={quoteattr(tip)}><title>{escape(tip)}</title>"
        f'<rect x="{x:.1f}" y="{y + 3}" width="{wide:.1f}" height="{_LANE - 6}" rx="5" fill="{colour}"/>{text}</g>'
    )


def _fitted(text: str, room: float) -> str:
    """Shorten ``text`` to about ``room`` pixels; a wide (CJK) letter counts double."""
    used = 0.0
    for index, letter in enumerate(text):
        used += 12 if ord(letter) > 0x2E7F else 6.3
        if used > room:
            return text[: max(index - 1, 0)].rstrip() + "…" if index > 2 else ""
    return text
