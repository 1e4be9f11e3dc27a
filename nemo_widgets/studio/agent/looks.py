"""How pictures are shown, in what people say: whole or filling the frame, moving or still, how they give way."""

from __future__ import annotations

import re
from typing import Any

from nemo_widgets.studio.agent import quantities

_NO = (
    r"(?:\bno|\bwithout|\bremove|\bdrop|\bdelete|\bdisable|\bstop|\bturn off|\bdon'?t want)\s+"
    r"(?:the\s+|any\s+|all\s+(?:the\s+)?)?"
)
_WHOLE = r"(?:whole|entire|full|complete)"
_NO_ZH = r"(?:不要|去掉|取消|无|没有|不用|关闭|关掉|删除|移除)(?:所有的?|全部的?)?"
_ADD = r"(?:\badd|\bwith|\buse|\bmore)\s+(?:the\s+|some\s+)?"
_PHOTO = r"(?:photo|picture|image|pic)s?"
_PHOTOS = rf"(?:(?:of\s+)?(?:the|my|our|these|them|it|any)?\s*(?:{_PHOTO}|clips?|shots?|videos?)?)"
_FADE = r"(?:cross\s?-?fad(?:es?|ing)|transitions?|dissolves?|fad(?:es|ing) between\s+(?:the\s+)?\w+)(?:\s+effects?)?"
_FADE_ZH = r"(?:转场|过渡|淡入淡出)(?:效果|时间)?"
_MOTION = r"(?:motions?|movements?|zoom(?:s|ing)?|pan(?:s|ning)?|ken\s?-?burns)(?:\s+effects?)?"
_MOTION_ZH = r"(?:照片的?)?(?:动效|运动|推拉|缩放|推镜|平移|动画|镜头运动|动态)(?:效果)?"

SLOWER, FASTER = "slower", "faster"

_LOOKS: tuple[tuple[str, Any, str], ...] = (
    ("fit", "contain", rf"\b(?:show|see|fit|display)\s+(?:me\s+)?(?:the\s+|my\s+)?{_WHOLE}\s+(?:{_PHOTO}|frame)\b"),
    ("fit", "contain", (rf"\b(?:show|see|fit|display|keep)\s+(?:all\s+)?(?:(?:of\s+)?(?:the|my|our|these)\s+)?"
                        rf"{_PHOTO}\s+(?:{_WHOLE}|in full|fully|uncropped|completely)\b")),
    ("fit", "contain", rf"\b(?:don'?t|do not|never|no|without)\s+(?:any\s+)?crop(?:ping|s|ped)?\b(?:\s+{_PHOTOS})?"),
    ("fit", "contain", rf"\bletter-?box\w*|\b(?:whole|entire) {_PHOTO}\b"),
    ("fit", "contain", r"(?:不要|别|不|勿|无需|不用)再?(?:裁剪|裁切|剪裁|裁)掉?我?的?(?:照片|图片|画面)?"),
    ("fit", "contain", r"完整地?(?:显示|展示|呈现)(?:照片|图片|画面)?"),
    ("fit", "contain", r"(?:显示|展示|呈现)(?:完整|整张|整个|全图)的?(?!视频|影片)(?:照片|图片|画面)?"),
    ("fit", "cover", r"\bfill(?:s|ing)?\s+(?:up\s+)?(?:the\s+)?(?:whole\s+)?(?:frame|screen|picture|canvas)"),
    ("fit", "cover", rf"\bcrop to fill\b|\bfull[\s-]?screen\b|{_NO}black\s+(?:bars|borders|edges)"),
    ("fit", "cover", r"填满(?:画面|屏幕)?"),
    ("fit", "cover", rf"铺满(?:画面|屏幕)?|撑满|充满(?:画面|屏幕)?|{_NO_ZH}黑边|全屏"),
    ("move", False, rf"{_NO}{_MOTION}(?![\w-])|\bkeep\s+{_PHOTOS}\s+still\b|\bdon'?t (?:zoom|pan)\b"),
    ("move", False, rf"\bstatic (?:photo|picture|image)s?\b|{_NO_ZH}{_MOTION_ZH}|(?:照片|图片)静止"),
    ("move", True, rf"{_ADD}{_MOTION}(?![\w-])|(?:加上|加入|加|添加|要|恢复){_MOTION_ZH}"),
    ("crossfade", 0, rf"{_NO}{_FADE}(?![\w-])|\b(?:use\s+|with\s+)?(?:hard|straight|simple|clean|fast|quick)\s+cuts\b"),
    ("crossfade", 0, rf"\bcuts only\b|{_NO_ZH}{_FADE_ZH}"),
    ("crossfade", FASTER, rf"\b{_FADE}\s+(?:\w+\s+){{0,3}}?too\s+(?:slow|long)\b|{_FADE_ZH}(?:有点|都)?太[慢长]了?"),
    ("crossfade", SLOWER, rf"\b{_FADE}\s+(?:\w+\s+){{0,3}}?too\s+(?:fast|quick|short)\b"),
    ("crossfade", SLOWER, rf"{_FADE_ZH}(?:有点|都)?太[快短]了?"),
    ("crossfade", SLOWER, rf"\b(?:slower|longer|smoother)\s+{_FADE}(?![\w-])"),
    ("crossfade", SLOWER, rf"\b{_FADE}\s+(?:\w+\s+){{0,2}}?(?:slower|longer|smoother)\b"),
    ("crossfade", SLOWER, rf"{_FADE_ZH}[^,，。]{{0,3}}[慢长][一]?[点些]?|[慢长][一]?[点些]的{_FADE_ZH}"),
    ("crossfade", FASTER, rf"\b(?:faster|shorter|quicker)\s+{_FADE}(?![\w-])"),
    ("crossfade", FASTER, rf"\b{_FADE}\s+(?:\w+\s+){{0,2}}?(?:faster|shorter|quicker)\b"),
    ("crossfade", FASTER, rf"{_FADE_ZH}[^,，。]{{0,3}}[快短][一]?[点些]?|[快短][一]?[点些]的{_FADE_ZH}"),
    ("crossfade", None, r"\b(?:with\s+)?(?:cross\s?-?)?fad(?:es?|ing) between (?:them|each|all|everything)\b"),
    ("crossfade", None, rf"{_ADD}{_FADE}(?![\w-])|(?:加上|加入|加|添加|要|恢复){_FADE_ZH}"),
)  # fmt: skip
_SET = quantities.span(rf"\b{_FADE}(?:\s+(?:of|to|last|take|should|be))*|{_FADE_ZH}[^\d,，。]{{0,3}}?")


def take_looks(text: str) -> tuple[dict[str, Any], str]:
    """Return what a text (lower case) says about how pictures are shown, and the text without that.

    ``fit`` is ``"contain"`` or ``"cover"``, ``move`` a bool, ``crossfade`` ms, :data:`SLOWER`, :data:`FASTER` or None
    for the usual one.

    Examples
    --------
    >>> take_looks("a 20 second video, no transitions"), take_looks("不要裁剪照片")
    (({'crossfade': 0}, 'a 20 second video,  '), ({'fit': 'contain'}, ' '))
    """
    found: dict[str, Any] = {}
    if match := _SET.search(text):
        found["crossfade"] = quantities.duration(match[0])
        text = f"{text[: match.start()]} {text[match.end() :]}"
    for key, value, pattern in _LOOKS:
        match = re.search(pattern, text)
        if match and key not in found:
            found[key] = value
            text = f"{text[: match.start()]} {text[match.end() :]}"
    return found, text
