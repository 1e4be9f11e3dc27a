"""What the editor itself says, in English and Chinese. (Errors tell themselves: see :mod:`nemo_widgets.errors`.)"""

from __future__ import annotations

from typing import Any

WORDING: dict[str, dict[str, str]] = {
    "still-working": {"en": "⏳ Still working… ({minutes} min)", "zh": "⏳ 仍在处理…（{minutes} 分钟）"},
    "tool": {"en": "{name}…", "zh": "{name}…"},
    "routed-export": {"en": "Rendering your video…", "zh": "正在渲染视频…"},
    "exported": {"en": "Your video is ready: {name}", "zh": "视频已完成：{name}"},
    "routed-upload": {
        "en": "Drop your files anywhere on the editor, or press “Add files”.",
        "zh": "请把文件拖到编辑器上，或点击“添加文件”。",
    },
    "credits": {
        "en": "You have {available} of {total} credits left.",
        "zh": "剩余积分：{available} / {total}。",
    },
    "no-draft": {
        "en": "There is no timeline yet. Add files and say what video you want.",
        "zh": "还没有时间线。请添加文件，并说明想要的视频。",
    },
    "timeline-gone": {
        "en": "The service no longer knows the old session, so a new one was opened and its timeline is empty.",
        "zh": "服务已找不到旧会话，已新建会话，时间线为空。",
    },
    "add-again": {"en": "Add your files again.", "zh": "请重新添加文件。"},
}


def say(key: str, language: str, **details: Any) -> str:
    """Return a sentence of the editor's.

    Examples
    --------
    >>> say("exported", "en", name="promo.mp4")
    'Your video is ready: promo.mp4'
    """
    return WORDING[key][language].format(**details)
