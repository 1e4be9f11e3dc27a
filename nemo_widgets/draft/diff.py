"""What an edit did to a draft: segments matched by identity first and likeness second, told as sentences.

About 30 % of the service's edits end without a word; this is what the user is told then.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from nemo_widgets.draft.fields import LENGTH, NAME, SOURCE, START, TEXT, VOLUME, as_object
from nemo_widgets.draft.wording import field_words, meant, span_words, time_words, value_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd

    from nemo_widgets.draft.model import Draft, Segment, Track

_NOUNS = {
    "en": {"video": "Clip", "audio": "Music", "text": "Title"},
    "zh": {"video": "片段", "audio": "音乐", "text": "标题"},
}
# change → language → sentence
_TELL = {
    "added": {"en": "{noun} added: {name} ({span})", "zh": "已添加{noun}：{name}（{span}）"},
    "removed": {"en": "{noun} removed: {name} ({span})", "zh": "已删除{noun}：{name}（{span}）"},
    "moved": {"en": "{name} moved from {before} to {after}", "zh": "{name} 从 {before} 移到 {after}"},
    "length": {"en": "{name} now lasts {after} (it was {before})", "zh": "{name} 时长 {before} → {after}"},
    "volume": {"en": "{name} volume {before} → {after}", "zh": "{name} 音量 {before} → {after}"},
    "text": {"en": "{noun} {before} now says {after}", "zh": "{noun}{before}改为{after}"},
    "source": {"en": "{before} replaced by {after}", "zh": "{before}换成{after}"},
    "resourced": {"en": "{name} is another file now", "zh": "{name}换了素材"},
    "renamed": {"en": "{before} is now called {after}", "zh": "{before}改名为{after}"},
    "changed": {"en": "{name}: {field} {before} → {after}", "zh": "{name}：{field} {before} → {after}"},
    "duration": {"en": "The video is now {after} long (it was {before})", "zh": "视频时长 {before} → {after}"},
    "canvas": {"en": "Picture {before} → {after}", "zh": "画面 {before} → {after}"},
    "fps": {"en": "Frames a second {before} → {after}", "zh": "帧率 {before} → {after}"},
    "title": {"en": "The project is now called {after} (it was {before})", "zh": "项目名称 {before} → {after}"},
}


@dataclass(frozen=True)
class Change:
    """One difference.

    Attributes
    ----------
    change : str
        ``added``, ``removed``, ``moved``, ``length``, ``volume``, ``text``, ``source``, ``resourced``, ``renamed`` or
        ``changed`` for a segment; ``duration``, ``canvas``, ``fps`` or ``title`` for the draft.
    kind : str
        The track's kind, or ``""`` for the draft itself.
    name : str
        What people call the segment.
    field : str
        Which field, for ``changed``.
    before, after : object
        Its value before and after; times in ms.
    """

    change: str
    kind: str
    name: str
    field: str
    before: Any
    after: Any
    sentence: str


class DraftDiff:
    """The differences between two drafts; false where there is none.

    Examples
    --------
    >>> from nemo_widgets import Draft
    >>> before = Draft({"t": []})
    >>> after = Draft({"t": [{"tt": 7, "sg": [{"st": 0, "d": 3000, "m": {"text": "Paradise Found"}}]}]})
    >>> print(before.diff(after).sentences[0])
    Title added: “Paradise Found” (0–3 s)
    """

    def __init__(self, changes: tuple[Change, ...]) -> None:
        self.changes = changes

    @classmethod
    def between(cls, before: Draft | None, after: Draft | None, *, language: str = "en") -> DraftDiff:
        """Return what changed from ``before`` to ``after``; None counts as an empty draft."""
        return cls(tuple(_changes(before, after, "zh" if language == "zh" else "en")))

    @property
    def sentences(self) -> tuple[str, ...]:
        """The differences, told to a person."""
        return tuple(change.sentence for change in self.changes)

    def to_frame(self) -> pd.DataFrame:
        """Return one row for each difference: change, kind, name, field, before, after, sentence."""
        import pandas as pd

        columns = ["change", "kind", "name", "field", "before", "after", "sentence"]
        rows = [[getattr(change, name) for name in columns] for change in self.changes]
        texts = dict.fromkeys(("change", "kind", "name", "field", "sentence"), "string")
        return pd.DataFrame(rows, columns=columns, dtype="object").astype(texts)

    def __bool__(self) -> bool:
        return bool(self.changes)

    def __len__(self) -> int:
        return len(self.changes)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DraftDiff) and self.changes == other.changes

    __hash__ = None  # pyright: ignore[reportAssignmentType]

    def __repr__(self) -> str:
        return f"DraftDiff({list(self.sentences)!r})"


_Placed = tuple["Track", "Segment"]


def _changes(before: Draft | None, after: Draft | None, language: str) -> Iterator[Change]:
    olds = [(track, segment) for track in (before.tracks if before else ()) for segment in track.segments]
    news = [(track, segment) for track in (after.tracks if after else ()) for segment in track.segments]
    pairs, gone, come = _match(olds, news)
    for track, segment in gone:
        yield _told("removed", track, segment, language, before=segment.start)
    for track, segment in come:
        yield _told("added", track, segment, language, after=segment.start)
    only_music = sum(track.kind == "audio" for track, _ in news) == 1
    for old, new in pairs:
        yield from _within(old[1], new[0], new[1], language, alone=only_music and new[0].kind == "audio")
    if before and after:
        yield from _whole(before, after, language)


def _match(
    olds: list[_Placed], news: list[_Placed]
) -> tuple[list[tuple[_Placed, _Placed]], list[_Placed], list[_Placed]]:
    """Pair what is the same segment: what didn't change first, by id and content, by either, then by kind and place.

    Content comes before a bare id, because ids may be given out anew in the order of the track.
    """
    likenesses: tuple[Callable[[_Placed], Any], ...] = (
        lambda placed: (placed[0].kind, placed[1].start, json.dumps(placed[1].raw, sort_keys=True, default=str)),
        lambda placed: (*_content(placed), placed[1].id) if placed[1].id else None,
        lambda placed: (*_content(placed), placed[1].start),
        _content,
        lambda placed: (placed[0].kind, placed[1].id) if placed[1].id else None,
        lambda placed: (placed[0].kind, placed[1].start, placed[0].kind == "text" or placed[1].duration),
    )
    order = {id(segment): place for place, (_, segment) in enumerate(news)}
    pairs: list[tuple[_Placed, _Placed]] = []
    for key in likenesses:
        waiting: dict[Any, list[_Placed]] = {}
        for old in olds:
            if (value := key(old)) is not None:
                waiting.setdefault(value, []).append(old)
        left: list[_Placed] = []
        for new in news:
            same = waiting.get(key(new))
            if same:
                pairs.append((same.pop(0), new))
            else:
                left.append(new)
        matched = {id(old[1]) for old, _ in pairs}
        olds = [old for old in olds if id(old[1]) not in matched]
        news = left
    return sorted(pairs, key=lambda pair: order[id(pair[1][1])]), olds, news


def _content(placed: _Placed) -> tuple[str | None, ...]:
    track, segment = placed
    return track.kind, segment.source, segment.name, segment.text


def _within(old: Segment, track: Track, new: Segment, language: str, *, alone: bool) -> Iterator[Change]:
    if old.start == new.start and old.duration != new.duration:
        yield _told("length", track, new, language, before=old.duration, after=new.duration)
    elif old.start != new.start:
        yield _told("moved", track, new, language, before=(old.start, old.end), after=(new.start, new.end))
    if old.text != new.text and old.text and new.text:
        yield _told("text", track, new, language, before=old.text, after=new.text)
    elif old.text != new.text:
        yield _told("changed", track, new, language, field="text", before=old.text, after=new.text)
    elif old.name != new.name and old.name and new.name:
        what = "source" if old.source != new.source else "renamed"
        yield _told(what, track, new, language, before=old.name, after=new.name)
    elif old.source and new.source and urlsplit(old.source).path != urlsplit(new.source).path:
        # Another host or query alone is no change: services sign their addresses anew.
        yield _told("resourced", track, new, language, before=old.source, after=new.source)
    if (1.0 if old.volume is None else old.volume) != (1.0 if new.volume is None else new.volume):
        loud = [1.0 if volume is None else volume for volume in (old.volume, new.volume)]
        yield _told("volume", track, new, language, before=loud[0], after=loud[1], alone=alone)
    yield from _other_fields(old, track, new, language)


_TOLD = frozenset({"id", "m", *START, *LENGTH, *VOLUME, *NAME, *TEXT, *SOURCE})


def _other_fields(old: Segment, track: Track, new: Segment, language: str) -> Iterator[Change]:
    was, now = ({**as_object(s.raw.get("m"), "m"), **s.raw} for s in (old, new))
    for name in dict.fromkeys([*was, *now]):
        before, after = meant(name, was.get(name)), meant(name, now.get(name))
        if name not in _TOLD and before != after:
            yield _told("changed", track, new, language, field=name, before=before, after=after)


def _whole(before: Draft, after: Draft, language: str) -> Iterator[Change]:
    for change, old, new in (
        ("duration", before.duration, after.duration),
        ("canvas", before.size, after.size),
        ("fps", before.fps, after.fps),
        ("title", before.title, after.title),
    ):
        if old != new and None not in {old, new}:
            was, now = _both(change, change, old, new, language)
            sentence = _TELL[change][language].format(before=was, after=now)
            yield Change(change, "", "", change, old, new, sentence)


def _told(
    change: str,
    track: Track,
    segment: Segment,
    language: str,
    *,
    field: str = "",
    before: Any = None,
    after: Any = None,
    alone: bool = False,
) -> Change:
    noun = _NOUNS[language].get(track.kind, track.name)
    was, now = _both(change, field, before, after, language)
    sentence = _TELL[change][language].format(
        noun=noun,
        name=_quoted(segment.name) if segment.name and not alone else noun,
        span=span_words(segment.start, segment.end, language),
        field=field_words(field, language),
        before=was,
        after=now,
    )
    return Change(change, track.kind, segment.name, field or change, before, after, sentence)


def _quoted(text: str) -> str:
    return f"“{text}”"


def _both(change: str, field: str, before: Any, after: Any, language: str) -> tuple[str, str]:
    """Return both values as people say them; exactly, where rounded they would be the same."""
    was, now = (_shown(change, field, value, language) for value in (before, after))
    if was != now:
        return was, now
    unit = "毫秒" if language == "zh" else "ms"
    if change == "volume":
        return f"{before * 100:.6g}%", f"{after * 100:.6g}%"
    if change == "moved":
        return f"{before[0]}–{before[1]} {unit}", f"{after[0]}–{after[1]} {unit}"
    return (f"{before} {unit}", f"{after} {unit}") if change in ("duration", "length") else (was, now)


def _shown(change: str, field: str, value: Any, language: str) -> str:
    if change == "volume":
        return f"{value:.0%}"
    if change == "moved":
        return span_words(value[0], value[1], language)
    if change in ("duration", "length"):
        return time_words(value, language)
    if change == "canvas":
        return f"{value[0]}×{value[1]}"
    if change in ("text", "source", "renamed", "title") or (field == "text" and value):
        return _quoted(str(value))
    return value_words(field, value, language)
