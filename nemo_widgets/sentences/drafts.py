"""Drafts: what can't be read, edited or exported."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nemo_widgets.sentences import Sentences

SENTENCES: Sentences = {
    "draft": {
        "en": ("This draft can't be read: {path}: {message}", "Mend that field, or read the session's draft again."),
        "zh": ("无法读取草稿：{path}：{message}", "请修正该字段，或重新读取会话的草稿。"),
    },
    "frame": {
        "en": ("This table can't become a draft: {path}: {message}", "Mend that cell and try again."),
        "zh": ("此表格无法转换为草稿：{path}：{message}", "请修正该单元格后重试。"),
    },
    "line": {
        "en": ("This file can't be read: {path}: {message}", "Mend that place, or save the file anew."),
        "zh": ("无法读取此文件：{path}：{message}", "请修正该处，或重新保存文件。"),
    },
    "otio": {
        "en": ("OpenTimelineIO isn't installed.", "Run: pip install 'nemo-widgets[otio]'."),
        "zh": ("尚未安装 OpenTimelineIO。", "请运行：pip install 'nemo-widgets[otio]'。"),
    },
    "nothing": {
        "en": ("There is nothing to export yet.", "Upload images or clips and say what video you want first."),
        "zh": ("还没有可以导出的内容。", "请先上传图片或视频，并说明想要的视频。"),
    },
    "nothing-made": {
        "en": (
            "The message made nothing to export; the answer was: {message}",
            "Say it another way, or give it the files that it asks for.",
        ),
        "zh": ("这条消息没有产生可以导出的内容，回答是：{message}", "请换一种说法，或提供它需要的文件。"),
    },
    "not-a-draft": {
        "en": ("A table isn't a draft yet.", "Make it one: nw.Draft.from_frame(table, base=draft)."),
        "zh": ("表格还不是草稿。", "请先转换：nw.Draft.from_frame(table, base=draft)。"),
    },
    "timeline-is-read": {
        "en": (
            "The table is read from the draft, so it can't be set.",
            "Set the draft: editor.draft = nw.Draft.from_frame(table, base=editor.draft).",
        ),
        "zh": (
            "表格由草稿生成，不能直接设置。",
            "请设置草稿：editor.draft = nw.Draft.from_frame(table, base=editor.draft)。",
        ),
    },
    "no-draft": {
        "en": (
            "This is no draft: {path}.",
            'Pass a Draft, its dict or its JSON; of a file, what is in it: Path("draft.json").read_text().',
        ),
        "zh": (
            "这不是草稿：{path}。",
            '请传入 Draft、它的字典或 JSON；如果是文件，请传入其内容：Path("draft.json").read_text()。',
        ),
    },
    "edit-nothing": {
        "en": ("There is nothing to edit here.", "Select a segment first."),
        "zh": ("这里没有可以编辑的内容。", "请先选择一个片段。"),
    },
    "edit-stale": {
        "en": ("The timeline has changed meanwhile.", "Look at it, and try again."),
        "zh": ("时间线刚刚有变化。", "请查看后重试。"),
    },
    "edit-left": {
        "en": ("Nothing would be left of “{name}”.", "Remove it instead (in code: draft.remove())."),
        "zh": ("“{name}”会一点不剩。", "请改为删除它（代码中：draft.remove()）。"),
    },
    "edit-beside": {
        "en": ("“{name}” can't stand beside “{other}”.", "Name another segment of a track of its own kind."),
        "zh": ("“{name}”不能放在“{other}”旁边。", "请选择同类轨道上的另一个片段。"),
    },
    "edit-early": {
        "en": ("“{name}” would start {early} ms before the video does.", "Move it by {least} ms or more."),
        "zh": ("“{name}”会比视频早开始 {early} 毫秒。", "请至少移动 {least} 毫秒。"),
    },
    "edit-no-text": {
        "en": ("“{name}” is on no text track and has no text.", 'Name a segment of one, or all of them: "text".'),
        "zh": ("“{name}”不在文字轨道上，没有文字。", '请选择文字轨道上的片段，或全部文字："text"。'),
    },
    "edit-no-sound": {
        "en": ("Titles and pictures have no sound.", 'Name music or a clip, or all music: "audio".'),
        "zh": ("文字和图片没有声音。", '请选择音乐或视频片段，或全部音乐："audio"。'),
    },
    "edit-overlap": {
        "en": (
            "“{name}” would overlap “{other}” ({start}–{end} s) on its track.",
            "Make room first: trim, move or remove one (in code, ripple=True lets those behind follow).",
        ),
        "zh": (
            "“{name}”会与同一轨道上的“{other}”（{start}–{end} 秒）重叠。",
            "请先腾出位置：缩短、移动或删除其中一个（代码中，ripple=True 会让后面的片段跟着移动）。",
        ),
    },
    "edit-overlap-moved": {
        "en": (
            "“{name}” would overlap “{other}” ({start}–{end} s) on its track.",
            "Make room first: trim, move or remove one, or give its place in the order (before=, after=).",
        ),
        "zh": (
            "“{name}”会与同一轨道上的“{other}”（{start}–{end} 秒）重叠。",
            "请先腾出位置：缩短、移动或删除其中一个，或指定它在顺序中的位置（before=、after=）。",
        ),
    },
    "edit-no-more": {
        "en": (
            "“{name}” has no {more} s more before its beginning.",
            "Start it later, or move it instead of trimming it.",
        ),
        "zh": ("“{name}”的开头之前没有多出的 {more} 秒。", "请让它晚一点开始，或移动它而不是延长它。"),
    },
    "edit-time": {
        "en": ("“{text}” is no time.", "Write minutes and seconds, such as 0:05.9, or seconds, such as 5.9."),
        "zh": ("“{text}”不是有效的时间。", "请写分和秒（如 0:05.9）或秒数（如 5.9）。"),
    },
    "edit-volume": {
        "en": ("“{text}” is no volume.", "Write 0 to 100 %, such as 35%."),
        "zh": ("“{text}”不是有效的音量。", "请写 0 到 100%，例如 35%。"),
    },
}
