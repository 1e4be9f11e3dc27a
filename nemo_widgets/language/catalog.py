"""What the product itself says to people, apart from errors: one table, English and Chinese."""

from __future__ import annotations

from typing import Any

PHRASES: dict[str, dict[str, str]] = {
    "changed": {"en": "The timeline was changed.", "zh": "时间线已更新。"},
    "unchanged": {"en": "Nothing changed in the timeline.", "zh": "时间线没有变化。"},
    "more-changes": {"en": "… and {count} more changes.", "zh": "……另有 {count} 处修改。"},
    "can-export": {"en": "The video can be exported now.", "zh": "现在可以导出视频。"},
    "exported": {"en": "The video is ready: {video}", "zh": "视频已完成：{video}"},
    "credits": {
        "en": "You have {available} credits left of {total} ({frozen} reserved).",
        "zh": "剩余 {available} 积分，共 {total}（冻结 {frozen}）。",
    },
    "exporting": {"en": "Rendering your video…", "zh": "正在渲染视频…"},
    "route-export": {"en": "Export → rendering", "zh": "导出 → 正在渲染"},
    "route-credits": {"en": "Credits → looking them up", "zh": "积分 → 正在查询"},
    "route-state": {"en": "Timeline → reading it", "zh": "时间线 → 正在读取"},
    "route-upload": {"en": "Files → choose or drop them above", "zh": "素材 → 请在上方选择或拖放"},
    "still-working": {"en": "⏳ Still working… ({minutes} min)", "zh": "⏳ 仍在处理…（{minutes} 分钟）"},
    "timeline-gone": {
        "en": "The service no longer knows the old session: a new one was opened, and its timeline is empty.",
        "zh": "服务已找不到旧会话：已新建会话，时间线为空。",
    },
    "add-again": {"en": "Add your files again.", "zh": "请重新添加文件。"},
    "earlier-work": {
        "en": "This is a new editor, with a session of its own; what you made before is still there.",
        "zh": "这是一个新的编辑器，使用新的会话；之前的作品仍然保留。",
    },
    "earlier-line": {"en": "To go on with it, run this in a cell:", "zh": "如需继续编辑，请在单元格中运行："},
    "observer-failed": {
        "en": "A function that observes the draft failed: {what}",
        "zh": "监听草稿的函数出错：{what}",
    },
    "observer-remedy": {
        "en": "The draft itself is well. The kernel's log has the details.",
        "zh": "草稿本身没有问题。详情见内核日志。",
    },
    "label-local": {"en": "Local studio", "zh": "本地工作室"},
    "label-cloud": {"en": "NemoVideo cloud", "zh": "NemoVideo 云端"},
    "label-custom": {"en": "{label}", "zh": "{label}"},
    "backend-local": {
        "en": "A studio on this machine: no account, nothing leaves it.",
        "zh": "在本机运行的工作室：无需账号，数据不会离开这台机器。",
    },
    "backend-cloud": {"en": "NemoVideo's service on the internet.", "zh": "NemoVideo 的在线服务。"},
    "backend-custom": {"en": "The service at {label}.", "zh": "位于 {label} 的服务。"},
    "no-timeline": {"en": "There is no timeline yet.", "zh": "还没有时间线。"},
    "still": {
        "en": "NemoVideo editor, as it was when this notebook was saved",
        "zh": "NemoVideo 编辑器（笔记本保存时的样子）",
    },
    "still-video": {"en": "Exported: {name}", "zh": "已导出：{name}"},
    "still-go-on": {"en": "To go on with it, run this in a cell:", "zh": "如需继续编辑，请在单元格中运行："},
    "upload": {
        "en": 'Choose the files to upload, or call upload("a.jpg", "b.mp4").',
        "zh": '请选择要上传的文件，或调用 upload("a.jpg", "b.mp4")。',
    },
}


def phrase(key: str, language: str, **values: Any) -> str:
    """Return a sentence of :data:`PHRASES`, filled in; English where the language isn't known.

    Examples
    --------
    >>> phrase("more-changes", "en", count=3)
    '… and 3 more changes.'
    """
    told = PHRASES[key]
    return told.get(language, told["en"]).format(**values)


_STEPS_ZH = {
    "arrange_timeline": "编排时间线",
    "clear_timeline": "清空时间线",
    "compose_music": "制作音乐",
    "edit_timeline": "修改时间线",
    "fade_music": "设置音乐淡入淡出",
    "redo": "重做",
    "remove_music": "删除音乐",
    "save_timeline": "保存时间线",
    "set_canvas": "设置画面尺寸",
    "set_clip_volume": "调整原声音量",
    "set_music_volume": "调整音乐音量",
    "set_style": "设置风格",
    "set_title": "设置文字",
    "time_music": "安排音乐的时间",
    "undo": "撤销",
}


def step(name: str, language: str) -> str:
    """Return what a tool call of the service is doing; its own name where it has no Chinese one.

    Examples
    --------
    >>> step("arrange_timeline", "en"), step("arrange_timeline", "zh"), step("swap_pictures", "zh")
    ('arrange timeline…', '编排时间线…', '调整画面…')
    """
    words = name.replace("_", " ")
    if language == "zh":
        words = _STEPS_ZH.get(name, "调整画面" if name.endswith("_pictures") else words)
    return f"{words}…"
