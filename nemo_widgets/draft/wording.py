"""What people call the fields of a segment and their values, in English and Chinese.

The names in the JSON are the service's own (``in``, ``fade_out``, ``{"type": "crossfade", "d": 500}``); a sentence
for a person has words instead. What isn't known here is told as it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from nemo_widgets.draft.dialect import CORNERS
from nemo_widgets.draft.fields import shown
from nemo_widgets.draft.summary import seconds

if TYPE_CHECKING:
    from collections.abc import Mapping

_FIELDS = {
    "text": ("text", "文字"),
    "in": ("start within its file", "素材起点"),
    "out": ("end within its file", "素材终点"),
    "speed": ("speed", "速度"),
    "fit": ("framing", "画面适配"),
    "motion": ("motion", "镜头运动"),
    "transition": ("transition to the next", "转场"),
    "fade": ("fade", "淡入淡出"),
    "fade_in": ("fade-in", "淡入"),
    "fade_out": ("fade-out", "淡出"),
    "position": ("place", "位置"),
    "size": ("size", "大小"),
    "color": ("colour", "颜色"),
    "loop": ("repeats", "循环"),
    "muted": ("muted", "静音"),
    "kind": ("type", "类型"),
    "place": ("place", "位置"),
    "scale": ("width", "宽度"),
    "opacity": ("opacity", "不透明度"),
    "margin": ("distance from the edge", "边距"),
    "freeze": ("still", "定格"),
    "look": ("look", "风格"),
    "brightness": ("brightness", "亮度"),
    "contrast": ("contrast", "对比度"),
    "saturation": ("saturation", "饱和度"),
    "duck": ("volume while others speak", "有人声时的音量"),
}
_VALUES = {
    "cover": ("filling the picture", "填满画面"),
    "contain": ("shown whole", "完整显示"),
    "zoom-in": ("zoom in", "推近"),
    "zoom-out": ("zoom out", "拉远"),
    "pan-left": ("pan left", "左移"),
    "pan-right": ("pan right", "右移"),
    "lower-third": ("lower third", "下三分之一处"),
    "crossfade": ("crossfade", "交叉淡化"),
    "cut": ("cut", "硬切"),
    "none": ("none", "无"),
    "center": ("centre", "居中"),
    "top": ("top", "顶部"),
    "bottom": ("bottom", "底部"),
    "small": ("small", "小"),
    "medium": ("medium", "中"),
    "large": ("large", "大"),
    "image": ("picture", "图片"),
    "video": ("video", "视频"),
    "top-left": ("top left", "左上角"),
    "top-right": ("top right", "右上角"),
    "bottom-left": ("bottom left", "左下角"),
    "bottom-right": ("bottom right", "右下角"),
    "left": ("left", "左侧"),
    "right": ("right", "右侧"),
    "black-and-white": ("black and white", "黑白"),
    "sepia": ("sepia", "棕褐"),
    "vintage": ("vintage", "复古"),
    "warm": ("warm", "暖色"),
    "cool": ("cool", "冷色"),
    "vivid": ("vivid", "鲜艳"),
    "#ffffff": ("white", "白色"),
    "#000000": ("black", "黑色"),
}
_TIMES = frozenset({"in", "out", "fade", "fade_in", "fade_out"})
_SHARES = frozenset({"scale", "opacity", "margin", "brightness", "contrast", "saturation", "duck"})
# What the studio notes for itself: what was wished of a segment alone, a song's tempo, what a text is for, how much of
# a clip there is. What these bring about is told by itself.
_NOTES = frozenset({"own", "beat", "role", "source_duration"})
# What the studio's dialect means where a field isn't there.
_UNSAID: dict[str, Any] = {
    "in": 0,
    "speed": 1,
    "fit": "cover",
    "motion": "none",
    "fade": 500,
    "fade_in": 0,
    "fade_out": 0,
    "position": "center",
    "size": "medium",
    "color": "#ffffff",
    "loop": False,
    "muted": False,
    "opacity": 1,
    "freeze": False,
    "look": "none",
    "brightness": 0,
    "contrast": 1,
    "saturation": 1,
}


def field_words(name: str, language: str) -> str:
    """Return what people call a field.

    Examples
    --------
    >>> field_words("fade_out", "en"), field_words("drop_shadow", "en")
    ('fade-out', 'drop shadow')
    """
    known = _FIELDS.get(name)
    return known[language == "zh"] if known else name.replace("_", " ")


def meant(name: str, value: Any) -> Any:
    """Return what a field's value means: what isn't said means the usual, and a number may be written as text.

    Examples
    --------
    >>> meant("speed", "2"), meant("speed", None), meant("transition", "cut"), meant("drop_shadow", None)
    (2.0, 1, None, None)
    >>> meant("place", "top-right"), meant("place", "on:a2cd048a")  # a text's is a note: what it stands on
    ('top-right', None)
    """
    if value is None or name in _NOTES or (name == "place" and value not in CORNERS):
        return _UNSAID.get(name)
    if name == "transition":
        kind: Any = cast("dict[str, Any]", value).get("type", "crossfade") if isinstance(value, dict) else value
        return None if kind in ("none", "cut") else cast("Any", value)
    if isinstance(value, str) and (name in _TIMES or name == "speed"):
        try:
            return float(value)
        except ValueError:
            return value
    return value


def value_words(name: str, value: Any, language: str) -> str:
    """Return a field's value as people say it.

    Examples
    --------
    >>> value_words("transition", {"type": "crossfade", "d": 500}, "en"), value_words("in", 1500, "en")
    ('crossfade (0.5 s)', '1.5 s')
    """
    if value is None:
        value = "none"
    if isinstance(value, bool):
        return (("no", "否"), ("yes", "是"))[value][language == "zh"]
    if isinstance(value, int | float):
        if name in _TIMES:
            return time_words(value, language)
        return f"{value:.0%}" if name in _SHARES else f"{value:g}{'×' * (name == 'speed')}"
    if isinstance(value, dict):
        return _typed_words(name, cast("dict[str, Any]", value), language)
    known = _VALUES.get(value) if isinstance(value, str) else None
    return known[language == "zh"] if known else value if isinstance(value, str) else shown(value)


def time_words(ms: float, language: str) -> str:
    """Return a length of time.

    Examples
    --------
    >>> time_words(5500, "en"), time_words(5500, "zh")
    ('5.5 s', '5.5 秒')
    """
    return f"{seconds(round(ms))} {'秒' if language == 'zh' else 's'}"


def span_words(start: int, end: int, language: str) -> str:
    """Return where something stands on the timeline.

    Examples
    --------
    >>> span_words(0, 3000, "en")
    '0–3 s'
    """
    return f"{seconds(start)}–{time_words(end, language)}"


def _typed_words(name: str, value: Mapping[str, Any], language: str) -> str:
    kind, length = (
        value.get("type", "crossfade" if name == "transition" else None),
        value.get("d", value.get("duration")),
    )
    if not isinstance(kind, str):
        return shown(value)
    said = value_words(name, kind, language)
    if isinstance(length, bool) or not isinstance(length, int | float):
        return said
    return (
        f"{said}（{time_words(length, language)}）" if language == "zh" else f"{said} ({time_words(length, language)})"
    )
