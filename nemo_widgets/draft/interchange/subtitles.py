"""Text tracks as subtitles, out and in: SubRip (SRT) and WebVTT.

A blank line would end a cue, and times or an arrow would begin one: a line that looks blank or begins with a time gets
a zero-width space in front, and SubRip's arrow one inside. Both are taken out again when such a file is read. WebVTT
escapes ``&``, ``<`` and ``>``.

Sources: the demuxers of FFmpeg for SubRip, which no standard describes; https://www.w3.org/TR/webvtt1/.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from nemo_widgets.draft.fields import LONGEST, shown
from nemo_widgets.draft.interchange.clips import Clip, add_clips, chosen_track, new_draft
from nemo_widgets.draft.picture_lettering import one_line
from nemo_widgets.draft.writing import Edit
from nemo_widgets.errors import DraftError, InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nemo_widgets.draft.model import Draft

_STOP = "\u200b"
_ARROW_OUT = f"--{_STOP}>"
_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f]")
_MISTAKEN = re.compile(r"\s*(?:\d+:.*)?")  # what could end a cue: a blank line, and one that begins with a time
_TIME = r"(?:(\d{1,7}):)?([0-5]?\d):([0-5]?\d)[,.](\d{1,3})"
_CUE = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?")
_ARROW = re.compile(r"\d\s*:.*-->|-->.*\d\s*:")
_SRT_MARKUP = re.compile(r"</?(?:i|b|u|s|font)(?:\s[^<>]*)?>|\{\\an?\d+\}", re.IGNORECASE)
_VTT_MARKUP = re.compile(r"</?(?:[cibuv]|ruby|rt|lang|\d[\d:.]*)?(?:[.\s][^<>]*)?>")


def to_srt(draft: Draft, *, track: int | None = None) -> str:
    """Return the text tracks as SubRip; see :meth:`nemo_widgets.Draft.to_srt`."""
    blocks = (
        f"{number}\n{_clock(clip.start, ',')} --> {_clock(clip.end, ',')}\n{_safe(text).replace('-->', _ARROW_OUT)}\n"
        for number, (clip, text) in enumerate(_texts(draft, track), 1)
    )
    return "\n".join(blocks)


def to_vtt(draft: Draft, *, track: int | None = None) -> str:
    """Return the text tracks as WebVTT; see :meth:`nemo_widgets.Draft.to_vtt`."""
    title = one_line(draft.title or "").replace("-->", "→").encode("utf-8", "replace").decode()
    blocks = (
        f"{_clock(clip.start, '.')} --> {_clock(clip.end, '.')}\n{html.escape(_safe(text), quote=False)}\n"
        for clip, text in _texts(draft, track)
    )
    return "\n".join([f"WEBVTT{title and f' - {title}'}\n", *blocks])


def from_srt(text: str | bytes, base: Draft | None = None, *, name: str | None = None) -> Draft:
    """Return a draft with SubRip subtitles; see :meth:`nemo_widgets.Draft.from_srt`."""
    lines = _lines(text, "SRT")
    found = [number for number, line in enumerate(lines) if _ARROW.search(line)]
    stray = next((number for number, line in enumerate(lines[: found[0]] if found else lines) if line.strip()), None)
    if stray is not None and not (found and lines[stray].strip().isdecimal()):
        raise _refused("SRT", stray, lines[stray])
    # The number of the next cue stands right before its times, after a blank line.
    ends = [
        at - 1 if at and lines[at - 1].strip().isdecimal() and not lines[max(at - 2, 0)].strip() else at for at in found
    ]
    cues = [
        (*_span("SRT", at, lines[at]), _SRT_MARKUP.sub("", _plain(lines[at + 1 : end])).replace(_ARROW_OUT, "-->"))
        for at, end in zip(found, [*ends[1:], len(lines)], strict=False)
    ]
    return _with_cues(base, name, cues)


def from_vtt(text: str | bytes, base: Draft | None = None, *, name: str | None = None) -> Draft:
    """Return a draft with WebVTT subtitles; see :meth:`nemo_widgets.Draft.from_vtt`."""
    lines = _lines(text, "WebVTT")
    if not re.match(r"WEBVTT(?:[ \t]|$)", lines[0] if lines else ""):
        raise DraftError(
            "line", path="WebVTT, line 1", message=f"expected WEBVTT, got {shown(lines[0] if lines else '')}"
        )
    cues: list[tuple[int, int, str]] = []
    for first, block in _blocks(lines):
        at = next((number for number, line in enumerate(block[:2]) if "-->" in line), None)
        if at is None:
            # The header, a NOTE, a STYLE or a REGION; anything else would be a cue without times.
            if first and not re.match(r"(?:NOTE|STYLE|REGION)(?:\s|$)", block[0]):
                raise _refused("WebVTT", first, block[0])
            continue
        said = html.unescape(_VTT_MARKUP.sub("", _plain(block[at + 1 :])))
        cues.append((*_span("WebVTT", first + at, block[at]), said))
    return _with_cues(base, name, cues)


def _texts(draft: Draft, track: int | None) -> Iterator[tuple[Clip, str]]:
    """Yield what is said, in the order of time; what lasts no time or says nothing can't be a cue."""
    chosen = [one for one in draft.tracks if one.kind == "text"] if track is None else [chosen_track(draft, track)]
    clips = [Clip.of(segment) for one in chosen for segment in one.segments]
    for clip in sorted(clips, key=lambda clip: (clip.start, clip.end)):
        if clip.duration and clip.text and _CONTROL.sub("", clip.text).strip():
            yield clip, clip.text


def _safe(text: str) -> str:
    """Return a text whose lines can stand in a cue."""
    text = _CONTROL.sub("", text).encode("utf-8", "replace").decode()
    return "\n".join(f"{_STOP}{line}" if _MISTAKEN.fullmatch(line) else line for line in _BREAK.split(text))


def _plain(lines: list[str]) -> str:
    """Return the text of a cue's lines, without the blank ones at its end."""
    last = len(lines)
    while last and not lines[last - 1].strip():
        last -= 1
    return "\n".join(line[1:] if line[:1] == _STOP and _MISTAKEN.fullmatch(line[1:]) else line for line in lines[:last])


def _clock(ms: int, point: str) -> str:
    seconds, rest = divmod(ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{point}{rest:03}"


def _lines(text: str | bytes, kind: str) -> list[str]:
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-16" if text[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8")
        except UnicodeDecodeError:
            raise InvalidInput(
                message=f"The {kind} file isn't UTF-8 text.",
                remedy="Decode it first, such as Path(name).read_bytes().decode('gb18030').",
            ) from None
    if not isinstance(text, str) or re.fullmatch(r"\S.*\.(?:srt|vtt|txt)", text.strip(), re.IGNORECASE):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InvalidInput(message=f"{text} is not the text of a file.", remedy="Pass Path(name).read_text('utf-8').")
    return re.split(r"\r\n|\n|\r", text.removeprefix("\ufeff"))


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield the blocks between blank lines, with the number of their first line."""
    block: list[str] = []
    for number, line in enumerate([*lines, ""]):
        if line:
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _span(kind: str, number: int, line: str) -> tuple[int, int]:
    found = _CUE.fullmatch(line)
    if not found:
        raise _refused(kind, number, line)
    times = [
        (int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)) * 1000 + int(rest.ljust(3, "0"))
        for hours, minutes, seconds, rest in (found.groups()[:4], found.groups()[4:])
    ]
    if times[0] > times[1] or times[1] > LONGEST:
        what = "it ends before it begins" if times[0] > times[1] else "it is too late"
        raise DraftError("line", path=f"{kind}, line {number + 1}", message=f"{what}: {line.strip()}")
    return times[0], times[1]


def _refused(kind: str, number: int, line: str) -> DraftError:
    example = "00:00:01,500 --> 00:00:04,000" if kind == "SRT" else "00:00:01.500 --> 00:00:04.000"
    message = f"expected times such as {example}, got {shown(line.strip())}"
    return DraftError("line", path=f"{kind}, line {number + 1}", message=message)


def _with_cues(base: Draft | None, name: str | None, cues: list[tuple[int, int, str]]) -> Draft:
    edit = Edit(new_draft("", 30) if base is None else base)
    said = [Clip(start, end - start, text=text) for start, end, text in cues if text.strip()]
    add_clips(edit, "text", name or "Subtitles", said)
    return edit.done()
