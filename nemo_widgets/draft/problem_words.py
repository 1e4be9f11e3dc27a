"""What is wrong with a draft, and what to do about it, in English and Chinese."""

from __future__ import annotations

from typing import Any

from nemo_widgets.draft.summary import seconds

# problem → language → (what is wrong, what to do). Times come in seconds; `_ms` ones as a call takes them.
_WORDS: dict[str, dict[str, tuple[str, str]]] = {
    "empty": {
        "en": ("There is nothing in it.", "Upload images or clips and say what video you want."),
        "zh": ("草稿里没有内容。", "请上传图片或视频，并说明想要的视频。"),
    },
    "blink": {
        "en": (
            "The whole video lasts {length_ms} ms: times are milliseconds.",
            "If they were meant as seconds, multiply start, duration and end by 1000.",
        ),
        "zh": (
            "整个视频只有 {length_ms} 毫秒：时间以毫秒为单位。",
            "如果原意是秒，请将 start、duration 和 end 乘以 1000。",
        ),
    },
    "overlap": {
        "en": (
            "“{name}” begins at {start} s, before “{other}” ends at {end} s.",
            "End “{other}” at {start_ms} ms, or start “{name}” at {end_ms} ms.",
        ),
        "zh": (
            "“{name}”在 {start} 秒开始，而“{other}”到 {end} 秒才结束。",
            "让“{other}”在 {start_ms} 毫秒结束，或让“{name}”在 {end_ms} 毫秒开始。",
        ),
    },
    "gap": {
        "en": (
            "The picture is black from {start} to {end} s.",
            "Lengthen a clip, or move the next one to {start_ms} ms.",
        ),
        "zh": ("{start} 到 {end} 秒画面为黑色。", "请延长片段，或将下一个片段移到 {start_ms} 毫秒。"),
    },
    "gap-behind": {
        "en": (
            "The picture is black from {start} to {end} s.",
            "Lengthen the last clip, or let music and texts end at {start_ms} ms, too.",
        ),
        "zh": ("{start} 到 {end} 秒画面为黑色。", "请延长最后一个片段，或让音乐和文字也在 {start_ms} 毫秒结束。"),
    },
    "no-picture": {
        "en": ("Nothing is seen: no video track has a segment.", "Add an image or a clip."),
        "zh": ("没有画面：视频轨道上没有片段。", "请添加图片或视频。"),
    },
    "no-source": {
        "en": ("“{name}” names no source.", "Set its source, or remove it."),
        "zh": ("“{name}”没有素材来源。", "请设置来源（source），或将其删除。"),
    },
    "missing-media": {
        "en": (
            "The source of “{name}” isn't among the media.",
            "Upload it again, remove it, or, if the service made it, pass state.generated_media with the media.",
        ),
        "zh": (
            "素材中找不到“{name}”的来源。",
            "请重新上传或将其删除；如果由服务生成，请把 state.generated_media 一并传入 media。",
        ),
    },
    "past-source": {
        "en": (
            "“{name}” begins {begin} s into its source, which lasts {length} s.",
            "Let it begin earlier in its source (the field “in”).",
        ),
        "zh": (
            "“{name}”从素材的第 {begin} 秒开始，而素材只有 {length} 秒。",
            "请让它从素材更早的位置开始（字段 in）。",
        ),
    },
    "out-of-range": {
        "en": (
            "“{name}” needs {needed} s of its source, which lasts {length} s: the last {rest} s are silent.",
            "Shorten it to {fits_ms} ms, or slow it down.",
        ),
        "zh": (
            "“{name}”需要素材的 {needed} 秒，而素材只有 {length} 秒：最后 {rest} 秒没有声音。",
            "请将其缩短到 {fits_ms} 毫秒，或放慢速度。",
        ),
    },
    "stands-still": {
        "en": (
            "“{name}” needs {needed} s of its source, which lasts {length} s: the last {rest} s stand still.",
            "Shorten it to {fits_ms} ms, or slow it down.",
        ),
        "zh": (
            "“{name}”需要素材的 {needed} 秒，而素材只有 {length} 秒：最后 {rest} 秒画面静止。",
            "请将其缩短到 {fits_ms} 毫秒，或放慢速度。",
        ),
    },
    "zero-length": {
        "en": ("“{name}” lasts 0 s and is never shown.", "Give it a duration, or remove it."),
        "zh": ("“{name}”时长为 0 秒，不会显示。", "请设置时长，或将其删除。"),
    },
    "after-end": {
        "en": (
            "“{name}” begins at {from} s, after the video ends at {end} s.",
            "Start it earlier, lengthen the video, or remove it.",
        ),
        "zh": ("“{name}”在 {from} 秒开始，而视频在 {end} 秒已结束。", "请提前开始、延长视频，或将其删除。"),
    },
    "cut-off": {
        "en": (
            "“{name}” is cut off where the video ends, at {end} s.",
            "End it at {end_ms} ms, or lengthen the video.",
        ),
        "zh": ("“{name}”在视频结束处（{end} 秒）被截断。", "请让它在 {end_ms} 毫秒结束，或延长视频。"),
    },
    "no-text": {
        "en": ("A title says nothing.", "Give it a text, or remove it."),
        "zh": ("标题没有文字。", "请填写文字，或将其删除。"),
    },
    "off-canvas": {
        "en": ("“{name}” stands outside the picture.", "Give it a position inside, such as “center”."),
        "zh": ("“{name}”在画面之外。", "请把位置设在画面内，例如 center。"),
    },
    "too-long": {
        "en": (
            "“{name}” is too long to be read on this canvas.",
            "Shorten the text, or divide it among several titles.",
        ),
        "zh": ("“{name}”太长，在此画面上无法看清。", "请缩短文字，或分成几个标题。"),
    },
    "unknown-word": {
        "en": (
            "The {field} {value} of “{name}” isn't known and reads as “{default}”.",
            "Choose one of: {known}.",
        ),
        "zh": ("“{name}”的 {field} {value} 无法识别，按“{default}”处理。", "可选：{known}。"),
    },
    "out-of-bounds": {
        "en": (
            "The {field} of “{name}”, {value}, is taken as {taken}.",
            "Set {field} to {taken}, if that is what you want.",
        ),
        "zh": ("“{name}”的 {field} 为 {value}，按 {taken} 处理。", "如果合适，请把 {field} 设为 {taken}。"),
    },
    "long-fade": {
        "en": (
            "“{name}” fades for {lasting} s, but lasts only {length} s.",
            "Let fade_in and fade_out together take at most {length_ms} ms.",
        ),
        "zh": (
            "“{name}”的淡入淡出共 {lasting} 秒，而它只有 {length} 秒。",
            "请让 fade_in 与 fade_out 合计不超过 {length_ms} 毫秒。",
        ),
    },
    "long-transition": {
        "en": (
            "The transition after “{name}” takes {lasting} s; what follows lasts only {length} s, and so does it.",
            "Shorten it to {length_ms} ms, or lengthen what follows.",
        ),
        "zh": (
            "“{name}”之后的转场为 {lasting} 秒，而后一个片段只有 {length} 秒，转场会随之缩短。",
            "请把转场缩短到 {length_ms} 毫秒，或延长后一个片段。",
        ),
    },
    "nothing-to-duck": {
        "en": (
            "“{name}” is to get quieter under speech, but no clip with sound is heard.",
            "Remove its “duck”, or give a clip a volume.",
        ),
        "zh": ("“{name}”设置了在人声下降低音量，但没有带声音的片段。", "请删除 duck，或为某个片段设置音量。"),
    },
    "unknown-kind": {
        "en": (
            "What is on a track of the type {kind} isn't rendered by the studio.",
            "Export it where the draft was made, or leave it.",
        ),
        "zh": ("工作室不渲染 {kind} 类型轨道上的内容。", "请在创建该草稿的服务上导出，或忽略。"),
    },
}
_SHORT = 60


def told(problem: str, details: dict[str, Any], language: str) -> tuple[str, str]:
    """Return what is wrong, and what to do.

    Examples
    --------
    >>> told("gap", {"start": 5000, "end": 6500}, "en")[0]
    'The picture is black from 5 to 6.5 s.'
    """
    named: dict[str, Any] = {}
    for name, value in details.items():
        if isinstance(value, int):
            named[name], named[f"{name}_ms"] = seconds(value), value
        elif isinstance(value, str):
            named[name] = value if len(value) <= _SHORT else value[: _SHORT - 1] + "…"
    what, remedy = _WORDS[problem][language]
    return what.format_map(named), remedy.format_map(named)
