"""A CMX3600 edit decision list as a draft: events, the comments under them, and where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nemo_widgets.draft.fields import shown
from nemo_widgets.draft.interchange.clips import Clip, add_clips, new_draft
from nemo_widgets.draft.interchange.timecode import Rate
from nemo_widgets.draft.writing import Edit
from nemo_widgets.errors import DraftError, InvalidInput

if TYPE_CHECKING:
    from nemo_widgets.draft.model import Draft

_EVENT = re.compile(
    r"(\d+)\s+(\S+)\s+(\S+)\s+(C|[DW]\d{0,3}|K[BO]?)\s+(?:(\d{1,6})\s+)?(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s*"
)
_COMMENT = re.compile(r"\*?\s*(FROM CLIP NAME|TO CLIP NAME|FROM CLIP|FROM FILE|SOURCE FILE|FRAME RATE)\s*:\s*(.*)")
_SPEED = re.compile(r"M2\s+\S+\s+(-?[\d.]+)\s+\S+\s*")
_BLACK = {"BL", "BLACK"}


@dataclass
class _Event:
    line: int
    number: str
    reel: str
    channels: list[str]
    fade: int
    times: tuple[str, str, str, str]
    notes: dict[str, str] = field(default_factory=dict[str, str])


def from_edl(text: str | bytes, *, fps: float | None = None) -> Draft:
    """Return the draft of an edit decision list; see :meth:`nemo_widgets.Draft.from_edl`."""
    if isinstance(text, bytes):
        text = text.decode("utf-8-sig", "replace")
    if not isinstance(text, str) or re.fullmatch(r"\S.*\.edl", text.strip(), re.IGNORECASE):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InvalidInput(message=f"{text} is not the text of an EDL.", remedy="Pass Path(name).read_text('utf-8').")
    title, drop, events = _read(re.split(r"\r\n|\n|\r", text.removeprefix("\ufeff")))
    rate = _rate(fps, events, drop=drop)
    lanes: dict[str, list[Clip]] = {}
    zero = _zero(events, rate)
    for event in events:
        clip = _clip(event, rate, zero)
        for channel in event.channels if event.reel not in _BLACK else ():
            lane = lanes.setdefault(channel, [])
            if event.fade and lane and lane[-1].end == clip.start:
                lane[-1] = replace(lane[-1], crossfade=rate.milliseconds(event.fade))
            lane.append(clip)
    edit = Edit(new_draft(title, float(rate.exact)))
    for channel, clips in sorted(lanes.items(), key=lambda item: (item[0][0] != "V", item[0])):
        add_clips(edit, "video" if channel[0] == "V" else "audio", None, clips)
    return edit.done()


def _read(lines: list[str]) -> tuple[str, bool, list[_Event]]:
    title, drop = "", False
    events: list[_Event] = []
    for number, line in enumerate(lines):
        line = line.strip()  # noqa: PLW2901
        if line.startswith("TITLE:"):
            title = line[6:].strip()
        elif line.startswith("FCM:"):
            drop = drop or "NON" not in line
        elif line[:1].isdigit():
            event = _event(number, line)
            same = bool(events) and events[-1].number == event.number and event.fade and not events[-1].fade
            # The first line of a dissolve only says what it comes from, and lasts no time.
            if same and events[-1].times[2] == events[-1].times[3]:
                events.pop()
            events.append(event)
        elif events and (found := _COMMENT.fullmatch(line)):
            events[-1].notes.setdefault(found[1], found[2].strip())
        elif events and (found := _SPEED.fullmatch(line)):
            events[-1].notes["M2"] = found[1]
        elif (
            line
            and not line.startswith(("*", "M2", ">", "SPLIT", "AUD", "EFFECTS", "FINAL CUT", "SOURCE", "BLOCK"))
            and not events
        ):
            raise _refused(number, f"expected TITLE: or an event, got {shown(line)}")
    return title, drop, events


def _event(number: int, line: str) -> _Event:
    found = _EVENT.fullmatch(line)
    if not found:
        example = "001  AX  V  C  00:00:00:00 00:00:05:00 00:00:00:00 00:00:05:00"
        raise _refused(number, f"expected an event such as {example}, got {shown(line)}")
    event, reel, channel, kind, fade, *times = found.groups()
    if kind[0] == "K":
        raise _refused(number, "key effects (K) have no place in a draft: take the event out")
    if kind[0] in "DW" and fade is None:
        raise _refused(number, f"expected how many frames the {'wipe' if kind[0] == 'W' else 'dissolve'} takes")
    channels = ["V"] if channel == "B" else re.findall(r"V\d?", channel)
    channels += ["A1", "A2"] if "AA" in channel else [f"A{digit or 1}" for digit in re.findall(r"A(\d?)", channel)]
    channels += ["A1"] if channel == "B" else []
    if not channels and channel != "NONE":
        raise _refused(number, f"expected a channel such as V, A or AA/V, got {shown(channel)}")
    return _Event(number, event, reel, channels, int(fade or 0), (times[0], times[1], times[2], times[3]))


def _rate(fps: float | None, events: list[_Event], *, drop: bool) -> Rate:
    said = next((event.notes["FRAME RATE"] for event in events if "FRAME RATE" in event.notes), None)
    if fps is not None:
        return Rate.of(fps, drop=drop)
    if said is not None and re.fullmatch(r"\d{1,6}(\.\d{1,9})?", said):
        return Rate.of(float(said), drop=drop)
    if drop:
        return Rate.of(29.97)
    if not events:
        return Rate.of(30)
    raise InvalidInput(message="The EDL doesn't say its frame rate.", remedy="Pass fps=24, 25, 29.97 or 30.")


def _zero(events: list[_Event], rate: Rate) -> int:
    """Return where the timeline begins (frames): programs often let it begin at one hour."""
    first = min((_frames(event, 2, rate) for event in events), default=0)
    hours = rate.timecode(first)[:2] if first else "00"
    return rate.frames_at(f"{hours}:00:00:00")


def _clip(event: _Event, rate: Rate, zero: int) -> Clip:
    source, source_end, start, end = (_frames(event, which, rate) for which in range(4))
    if end < start or source_end < source:
        raise _refused(event.line, "it ends before it begins")
    notes = event.notes
    name = notes.get("TO CLIP NAME") if event.fade else None
    name = name or notes.get("FROM CLIP NAME") or (event.reel if event.reel != "AX" else "")
    address = next((notes[key] for key in ("FROM CLIP", "FROM FILE", "SOURCE FILE") if notes.get(key)), None)
    speed = (
        abs(float(notes["M2"])) / float(rate.exact) if re.fullmatch(r"-?\d{1,6}(\.\d*)?", notes.get("M2", "")) else 1.0
    )
    begin, until = rate.milliseconds(start - zero), rate.milliseconds(end - zero)
    offset = rate.milliseconds(source)
    return Clip(begin, until - begin, "" if name == "-" else name, address, None, offset, round(speed, 2) or 1.0)


def _frames(event: _Event, which: int, rate: Rate) -> int:
    try:
        return rate.frames_at(event.times[which])
    except ValueError:
        message = f"expected a timecode at {float(rate.exact):.5g} frames a second, got {shown(event.times[which])}"
        raise _refused(event.line, message) from None


def _refused(number: int, message: str) -> DraftError:
    return DraftError("line", path=f"EDL, line {number + 1}", message=message)
