"""A static picture of a timeline: SVG that needs no script and no style sheet, in light and dark.

Lines and labels are drawn in ``currentColor``, so within a page they take its own text colour; where the picture stands
alone, or in an ``<img>``, they are a grey that is legible on light and on dark. :func:`timeline_image` is that
``<img>``: what a saved notebook shows. Hosts of notebooks strip inline SVG from the HTML of outputs that they don't
trust (JupyterLab) or never trust (GitHub), but keep images.
"""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from nemo_widgets.draft.picture_blocks import Block, lanes_of
from nemo_widgets.draft.picture_lettering import clock, fitted, one_line, ticks, width_of
from nemo_widgets.draft.picture_text import timeline_text
from nemo_widgets.draft.picture_thumbnails import Thumbnail, thumbnails_of
from nemo_widgets.draft.summary import track_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from nemo_widgets.draft.model import Draft

# White letters stand on these with a contrast of 4.5 and more; they stand out from white and from black.
_COLOURS = {"video": "#3f6fa6", "audio": "#2c7d5e", "text": "#b1592b"}
_OTHER = "#76659b"
_PLAYHEAD = "#e5532d"
_GUTTER = 96  # room for the lanes' names
_RIGHT = 20
_TOP = 30
_GAP = 5
_MANY = 12
_MOST_LANES = 40
_HAIRLINES = 3.0  # pixels between them
_LONGEST_DESCRIPTION = 2000

# Greys of at least 4:1 on white and on black, since a page's theme may be another than the reader's.
_STANDING_ALONE = "<style>svg:root{color:#6f7785}@media(prefers-color-scheme:dark){svg:root{color:#808898}}</style>"


def timeline_svg(
    draft: Draft,
    *,
    width: int = 860,
    at: int | None = None,
    thumbnails: Mapping[str, bytes | str] | None = None,
    language: str = "en",
) -> str:
    """Return the timeline as an SVG document.

    Segments too narrow to be seen are drawn as one; more than 40 tracks are counted.

    Parameters
    ----------
    draft
        What to draw.
    width
        Pixels, at least 240.
    at
        Where the playhead stands, in ms; None for none.
    thumbnails
        Source → a small JPEG, PNG, WebP or GIF picture: its bytes, or a ``data:`` address.
    language
        ``"en"`` or ``"zh"``.

    Raises
    ------
    InvalidInput
        Where a thumbnail is no picture.
    """
    width = max(int(width), 240)
    shown = draft.tracks[:_MOST_LANES]
    lane = 36 if len(shown) <= _MANY else 20
    left = len(draft.tracks) - len(shown)
    height = _TOP + max(1, len(shown)) * (lane + _GAP) + 6 + (18 if left else 0)
    total = max(draft.duration, *(track.end for track in draft.tracks), 1) if draft.tracks else max(draft.duration, 1)
    scale = (width - _GUTTER - _RIGHT) / total
    pictures = thumbnails_of(draft, thumbnails or {}, height=lane - 4)
    parts = [
        _opening(width, height),
        f"<title>{escape(title_of(draft, language))}</title><desc>{escape(description_of(draft, language))}</desc>",
        _STANDING_ALONE,
        _definitions(pictures),
        *(_ruler(total, scale, height) if draft.tracks else ()),
    ]
    for index, blocks in enumerate(lanes_of(shown, scale)):
        track = shown[index]
        y = _TOP + index * (lane + _GAP)
        parts += [_head(track_name(track, language), y, width, lane), f'<g fill="{_COLOURS.get(track.kind, _OTHER)}">']
        parts += [_block(block, y, lane, pictures, language) for block in blocks]
        parts.append("</g>")
    if not shown:
        parts.append(_note(draft.summary(language=language), width / 2, _TOP + lane / 2, "middle"))
    if left:
        more = f"另外 {left} 条轨道" if language == "zh" else f"{left} more track{'s' * (left != 1)}"
        parts.append(_note(more, _GUTTER, height - 10, "start"))
    if at is not None:
        parts.append(_playhead(_GUTTER + min(max(at, 0), total) * scale, height))
    return "".join([*parts, "</svg>"])


def timeline_image(draft: Draft, *, width: int = 860, language: str = "en") -> str:
    """Return the timeline as an HTML ``<img>``, which shows wherever a notebook is shown."""
    alt = escape(f"{title_of(draft, language)}. {description_of(draft, language)}", {'"': "&quot;"})
    return (
        f'<img alt="{alt}" width="{width}" style="max-width:100%;height:auto" '
        f'src="{timeline_url(draft, width=width, language=language)}">'
    )


def timeline_url(draft: Draft, *, width: int = 860, language: str = "en") -> str:
    """Return the timeline as the address of an image: a ``data:`` URL of its SVG."""
    svg = timeline_svg(draft, width=width, language=language)
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def mime_bundle(draft: Draft, include: Iterable[str] | None, exclude: Iterable[str] | None) -> dict[str, str]:
    """Return what a notebook shows of a draft, by MIME type; SVG by itself only where it is asked for.

    (A saved notebook keeps every type, and all hosts would rather show the HTML.)
    """
    wanted = {"text/plain", "text/html"} if include is None else set(include)
    makers = {
        "text/plain": lambda: timeline_text(draft),
        "text/html": lambda: timeline_image(draft),
        "image/svg+xml": lambda: timeline_svg(draft),
    }
    return {kind: make() for kind, make in makers.items() if kind in wanted - set(exclude or ())}


def title_of(draft: Draft, language: str) -> str:
    """Return what the picture is called: the draft's title."""
    return one_line(draft.title or "")[:200] or ("时间线" if language == "zh" else "Timeline")


def description_of(draft: Draft, language: str) -> str:
    """Return what the picture tells, for those who don't see it: the draft's summary."""
    text = one_line(draft.summary(language=language))
    return text if len(text) <= _LONGEST_DESCRIPTION else text[: _LONGEST_DESCRIPTION - 1] + "…"


def _opening(width: int, height: int) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" style="max-width:100%;height:auto" '
        f'font-family="system-ui,-apple-system,\'Segoe UI\',sans-serif" font-size="11.5">'
    )


def _definitions(pictures: Mapping[str, Thumbnail]) -> str:
    made = {picture.id: picture for picture in pictures.values()}
    return f"<defs>{''.join(picture.pattern for picture in made.values())}</defs>" if made else ""


def _ruler(total: int, scale: float, height: int) -> Iterator[str]:
    for time in ticks(total, total * scale, max(60, width_of(clock(total)) + 24)):
        x = _GUTTER + time * scale
        yield f'<path d="M{x:.1f} {_TOP - 8}V{height - 4}" stroke="currentColor" stroke-opacity=".18"/>'
        yield f'<text x="{x:.1f}" y="15" text-anchor="middle" fill="currentColor">{clock(time)}</text>'


def _head(name: str, y: int, width: int, lane: int) -> str:
    """Return a lane's name and ground."""
    return (
        f'<text x="{_GUTTER - 12}" y="{y + lane / 2 + 4:g}" text-anchor="end" fill="currentColor">'
        f"{escape(fitted(name, _GUTTER - 18))}</text>"
        f'<rect x="{_GUTTER}" y="{y}" width="{width - _GUTTER - _RIGHT}" height="{lane}" rx="6" fill="#808080" '
        f'fill-opacity=".13"/>'
    )


def _block(block: Block, y: int, lane: int, pictures: Mapping[str, Thumbnail], language: str) -> str:
    """Return one segment, or several that are too narrow to be told apart."""
    wide, high = max(block.width - 1, 2), lane - 4
    corner = min(5, wide / 2)
    picture = pictures.get(block.segment.source or "") if block.count == 1 and wide >= 16 else None
    paint = f' fill="url(#{picture.id})"' if picture else ""
    return (
        f'<g transform="translate({_GUTTER + block.x:.1f} {y + 2})"><title>{escape(block.tip(language))}</title>'
        f'<rect width="{wide:.1f}" height="{high}" rx="{corner:.3g}"{paint}/>{_cuts(block, high)}'
        f"{_label(block.label(language), wide, high, backed=bool(picture) or block.count > 1)}</g>"
    )


def _cuts(block: Block, high: int) -> str:
    """Return hairlines where the segments of a block begin, as far as they can be told apart."""
    path, reached = "", 0.0
    for start in sorted(block.starts)[1:]:
        if start - block.x - reached >= _HAIRLINES:
            path += f"m{start - block.x - reached:.1f} {-high if path else 0}v{high}"
            reached += round(start - block.x - reached, 1)
    return f'<path d="M0 0{path}" stroke="#fff" stroke-opacity=".32" fill="none"/>' if path else ""


def _label(text: str, wide: float, high: int, *, backed: bool) -> str:
    """Return what stands on a block, if it fits; the inner document cuts off what a broad font makes too long."""
    label = fitted(text, wide - 14)
    if not label:
        return ""
    ground = ""
    if backed:
        room, tall = min(width_of(label) + 8, wide - 8), min(18, high - 2)
        ground = (
            f'<rect x="4" y="{(high - tall) / 2:g}" width="{room:.0f}" height="{tall}" rx="4" fill="#000" '
            f'fill-opacity=".62"/>'
        )
    return (
        f'{ground}<svg width="{wide - 3:.0f}" height="{high}"><text x="8" y="{high / 2 + 4:g}" fill="#fff">'
        f"{escape(label)}</text></svg>"
    )


def _note(text: str, x: float, y: float, anchor: str) -> str:
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" fill="currentColor">{escape(one_line(text))}</text>'


def _playhead(x: float, height: int) -> str:
    return (
        f'<path d="M{x:.1f} {_TOP - 4}V{height - 4}" stroke="{_PLAYHEAD}" stroke-width="2"/>'
        f'<path d="M{x - 5:.1f} {_TOP - 12}h10v5l-5 5l-5-5z" fill="{_PLAYHEAD}"/>'
    )
