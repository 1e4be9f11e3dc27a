"""How a text looks, in what people say: colour, size, where in the picture, with a box behind it or none."""

from __future__ import annotations

import re
from typing import Any

from nemo_widgets.studio.agent.quotes import LETTER, TITLE

LARGER, SMALLER = "larger", "smaller"
HIGHER, LOWER = "higher", "lower"
COLORS = {
    "#e53935": r"red|红",
    "#1e88e5": r"blue|蓝",
    "#43a047": r"green|绿",
    "#fdd835": r"yellow|黄",
    "#fb8c00": r"orange|橙|橘",
    "#8e24aa": r"purple|violet|紫",
    "#ec407a": r"pink|粉",
    "#ffffff": r"white|白",
    "#000000": r"black|黑",
    "#ffc107": r"gold(?:en)?|金",
    "#9e9e9e": r"gr[ae]y|silver|灰|银",
    "#795548": r"brown|棕|咖啡",
    "#00bcd4": r"cyan|turquoise|teal|青",
}
"""What colours are called, as patterns."""

_COLOR = rf"(?:{'|'.join(COLORS.values())})"
_HEX = r"#[0-9a-f]{6}\b"
_SIZES = {
    LARGER: r"bigger|larger|放大|变大|大一[点些]|大点|加大|更大",
    SMALLER: r"smaller|tinier|缩小|变小|小一[点些]|小点|更小",
    "large": r"large|big|huge|大号|大字|要大(?!一?[点些])",
    "medium": r"medium(?:[ -]sized?)?|normal[ -]sized?|中号|中等",
    "small": r"small|tiny|little|小号|小字",
}
_SIZE = rf"(?:{'|'.join(_SIZES.values())})"
_SIZE_NUMBER = re.compile(
    r"\b(?:(?:font|text|letter)[ -]?)?size(?:\s+(?:of|to|is|:))?\s*(\d{1,3})(?:\s*(?:px|pt|pixels?|points?))?\b|\b"
    r"(\d{1,3})\s*(?:px|pt|pixels?|points?)\b"
    r"|字号\D{0,4}?(\d{1,3})|(\d{1,3})号字?"
)
_THING = (
    rf"(?:{TITLE}|{LETTER}|\bit\b|\bthem\b|\bletters?\b|\bfont\b|\blower[ -]third\b|\bcall to action\b"
    r"|\boutro\b|\bend ?card\b)"
)
_OF = r"(?:(?!(?:called|named)\b)[a-z]+\s+){0,2}?"
"""What may stand between a look and a text: "a little bakery called 'Crumb'" is about the bakery."""

_NEAR = r"(?:\s+\w+){0,3}?\s+"
_BETWEEN_ZH = r"[^,，。]{0,6}?"
_LOOKS = {
    "color": re.compile(
        rf"\b{_COLOR}\s+{_OF}{_THING}|{_THING}\s*(?:in\s+|,\s*)?{_COLOR}\b(?!\s+(?:box|background|bar"
        rf"|banner|car|dress))"
        rf"|{_THING}{_NEAR}{_COLOR}\b(?!\s+(?:box|background|bar|banner|car|dress))|{_HEX}"
        rf"|{_THING}{_BETWEEN_ZH}{_COLOR}色?|{_COLOR}色?的?(?:{TITLE}|{LETTER}|字)|\bin {_COLOR}(?=\s*(?:$|[,.;]|and\b"
        rf"|letters|text|at\b|from\b|for\b|on\b))"
        rf"|(?<=[,，、])\s*(?:in\s+)?{_COLOR}色?的?(?=\s*(?:$|[,，、.。]))|(?:颜色|用|改成|换成|变成|改为"
        rf"|要){_BETWEEN_ZH}{_COLOR}色?"
    ),
    "size": re.compile(
        rf"\b{_SIZE}\s+{_OF}{_THING}|{_THING}{_NEAR}{_SIZE}\b|{_THING}[^,，。]{{0,4}}?{_SIZE}"
        rf"|{_SIZE}(?=\s*(?:{_COLOR}色?的?)?\s*字)|{_SIZE}的?{_THING}"
        rf"|(?:,|\band)\s*(?:a bit |much )?{_SIZE}(?=\s*(?:$|[,.;]|and\b))|(?<=[,，、]){_SIZE}"
        rf"(?=\s*(?:$|[,，、.。]))"
    ),
}
_SCREEN = r"(?: of the (?:screen|picture|frame|image))?"
_IN = r"\b(?:at|on|in|to|into)\s+(?:the )?(?:very )?"
_TOP, _BOTTOM = r"(?:top|upper)", r"(?:bottom|lower)"
_SIDE = r"(?:-hand)?(?: (?:hand )?(?:side|corner))?"
_POSITIONS = {
    "top-left": rf"(?:{_IN})?\b{_TOP}[ -]left{_SIDE}{_SCREEN}|左上(?:角|方)?",
    "top-right": rf"(?:{_IN})?\b{_TOP}[ -]right{_SIDE}{_SCREEN}|右上(?:角|方)?",
    "bottom-left": rf"(?:{_IN})?\b{_BOTTOM}[ -]left{_SIDE}{_SCREEN}|左下(?:角|方)?",
    "bottom-right": rf"(?:{_IN})?\b{_BOTTOM}[ -]right{_SIDE}{_SCREEN}|右下(?:角|方)?",
    "lower-third": r"(?:\b(?:in|at|to|into|on) the )?\blower[ -]third\b|下三分之一处?",
    "top": rf"{_IN}top\b{_SCREEN}|顶部|上方|上面|最上",
    "bottom": rf"{_IN}bottom\b{_SCREEN}|底部|下方|下面|最下",
    "left": rf"{_IN}left\b{_SIDE}{_SCREEN}|左[边侧]|靠左",
    "right": rf"{_IN}right\b{_SIDE}{_SCREEN}|右[边侧]|靠右",
    "center": rf"{_IN}cent(?:er|re)\b{_SCREEN}|\b(?:in the )?middle of the (?:screen|picture|frame|image)\b|\bcent"
    rf"(?:er|re)d\b|居中|放(?:在|到)?中间|画面中间|屏幕中间|中央|正中间?",
}
_SHIFTS = {
    LOWER: r"(?:(?:a (?:little )?(?:bit|little)|slightly|further|more)\s+)*\b(?:lower(?![ -]third|[ -](?:left|right))|"
    r"down(?:wards?)?)\b|往下|向下|下移|靠下|低一?[点些]",
    HIGHER: r"(?:(?:a (?:little )?(?:bit|little)|slightly|further|more)\s+)*\b(?:higher|up(?:wards?)?(?! to))\b"
    r"|往上|向上|上移|靠上|高一?[点些]",
}
_SHIFTED = re.compile(
    rf"\b(?:move|put|shift|bring|push|nudge|slide|place|make|set)\b[^,.;]{{0,40}}?{_THING}"
    rf"|{_THING}\s+(?:should|must|shall|needs? to|has to|could|can)\s+(?:be|go|sit|stand|come|move)\b"
    rf"|{_THING}[^,.;]{{0,20}}?(?:往|向)[上下]"
    rf"|{_THING}[^,.;]{{0,20}}?(?:[上下]移|靠[上下]|[高低]一?[点些])"
)
_BOX_EN = r"(?:box|background(?! music)|banner|bar|plate|backdrop)(?![a-z])(?!\s+(?:called|named)\b)"
_BOX_ZH = r"(?:底框|背景框|文本框|方框|框|色块|底色|底板|背景条|黑底|白底|背景(?!音))"
_BOX = rf"(?:{_BOX_EN}|{_BOX_ZH})"
_ON_COLOR = re.compile(
    rf"(?P<ink>\b{_COLOR}(?:\s+(?:text|letters|title|{LETTER}))?)\s+(?P<on>on\s+(?:(?:an?|our|the|my"
    rf"|your)\s+)?(?:[a-z]+\s+)?"
    rf"(?P<color>{_COLOR})\b(?:\s+(?:box|background|ground|banner|bar))?)(?!\s+(?:photo|picture|clip))"
    rf"|(?P<zh>(?P<color_zh>{_COLOR})色?底(?:的)?)(?={_COLOR}色?的?字|字)"
)
"""White on red": what is on is a box."""

_COLORED_BOX = re.compile(
    rf"\b(?P<color>{_COLOR})\s+(?:box|background(?! music)|banner|bar|backdrop)\b"
    rf"|(?P<zh>{_COLOR})色?的?(?:底框|背景框|方框|底色|底板|背景条|背景(?!音)|底(?![部下端]))"
)
_BOXES = r"black|dark|white|黑|白"
_WHITE = r"white|白"
_BRIGHT = 110
"""Letters that are brighter (0 to 255) have a black box, others a white one."""

_NO_BOX = re.compile(
    rf"\b(?:no|without|remove|delete|drop)\s+(?:the\s+|a\s+|any\s+|its\s+)?(?:\w+\s+)?{_BOX}(?:\s+(?:behind|from|of"
    rf"|around)\b)?"
    rf"|(?:去掉|删除|不要|取消|去除)(?:{TITLE}的?)?{_BOX}|{_BOX}(?:去掉|删除|删掉|不要)"
)
_WITH_BOX = re.compile(
    rf"(?:\b(?:with|on|in|and|put|add|give \w+(?: \w+)?)\s+)?(?:an?\s+|the\s+)?(?:(?:semi-?transparent|translucent"
    rf"|solid|opaque|{_COLOR}|dark|light|coloured|colored)\s+)*(?<![\w-]){_BOX}"
    rf"(?:\s+(?:behind|around|under|to)\b)?(?![a-z])"
    rf"|(?:加[上个]?|带|配)?(?:半透明的?|{_COLOR}色?的?)?(?:(?<![a-z]){_BOX_EN}|{_BOX_ZH})"
)
STYLES_ONLY = re.compile(
    rf"(?:(?:{_COLOR}色?|{_SIZE}|{_HEX}|{'|'.join(_POSITIONS.values())}|{_BOX}|in|on|at|a|an|the|with|and|bit|much"
    rf"|little|letters|font|text|colou?r|size|bold"
    r"|for|longer|shorter|briefer|bit|both|all|up|more|要|的|再|多|少|久|长|时间|停|一直|全程|from|our|my|to|seconds?|secs?|s|last"
    r"|start|end|beginning|middle|first|until|till|place[d]?|放在?|放到|移到|显示"
    r"|停留|持续|颜色|用|改成|换成|从|到|第|秒钟?|开头|结尾|中间|出现|字"
    r"|[\d.:–-]+|[一二两三四五六七八九十]+|[\s,，、.。])+)",
)
"""A text in which nothing but a text's look, place and time is said."""


def take_lettering(text: str, *, near: bool) -> tuple[dict[str, Any], str]:
    """Return how a text is to look (lower case; letters for what is quoted), and the text without that.

    Parameters
    ----------
    text
        What is said.
    near
        Whether only words beside a text's name count, since other things are spoken of, too.

    Examples
    --------
    >>> take_lettering("a bigger red title in a box", near=False)[0]
    {'background': 'box', 'color': '#e53935', 'size': 'larger'}
    >>> take_lettering("title in white on our red", near=False)[0]
    {'boxed': 'on our red', 'color': '#ffffff'}
    >>> take_lettering("title in a white box", near=False)[0]
    {'background': 'box', 'color': '#000000'}
    >>> take_lettering("put the title at the top left", near=False)[0], take_lettering("标题字号80", near=True)[0]
    ({'position': 'top-left'}, {'size': 80})
    """
    look: dict[str, Any] = {}
    words = ground = ""
    if match := _ON_COLOR.search(text):
        words = match["on"] or match["zh"]
        ground = match["color"] or match["color_zh"]
        look["background" if re.match(_BOXES, ground) else "boxed"] = "box" if re.match(_BOXES, ground) else words
        text = text.replace(words, " ", 1)
    elif match := _COLORED_BOX.search(text):
        words, ground = match[0], match["color"] or match["zh"]
        if not re.match(_BOXES, ground):
            look["boxed"] = ground
            text = text.replace(words, " 底框 " if match["zh"] else " box ", 1)
    for pattern, value in ((_NO_BOX, "none"), (_WITH_BOX, "box")):
        match = pattern.search(text)
        if match and "background" not in look:
            look["background"] = value
            text = _without(match, text)
    if match := _SIZE_NUMBER.search(text):
        look["size"] = min(400, max(16, int(next(group for group in match.groups() if group))))
        text = _without(match, text)
    for key, pattern in _LOOKS.items():
        match = pattern.search(text)
        if match is None or key in look or (near and not re.search(f"{_THING}|{_HEX}", match[0])):
            continue
        look[key] = _named(key, match[0])
        text = re.sub(rf"{_HEX}|{_COLOR}色?" if key == "color" else _SIZE, " ", match[0]).join(
            (text[: match.start()], text[match.end() :])
        )
    if look.get("background") == "box" and re.match(_WHITE, ground):
        _whiten(look, words)
    for name, pattern in _POSITIONS.items():
        if match := re.search(pattern, text):
            look["position"] = name
            text = _without(match, text)
            break
    if "position" not in look and not near and _SHIFTED.search(text):
        for name, pattern in _SHIFTS.items():
            if match := re.search(pattern, text):
                look["position"] = name
                return look, _without(match, text)
    return look, text


def _whiten(look: dict[str, Any], words: str) -> None:
    """Make a box white, which it is behind dark letters: black ones, where no colour is named."""
    ink = look.setdefault("color", "#000000")
    red, green, blue = (int(ink[at : at + 2], 16) for at in (1, 3, 5))
    if 0.299 * red + 0.587 * green + 0.114 * blue > _BRIGHT:
        look["boxed"] = words
        del look["background"]


def _named(key: str, words: str) -> str:
    if key == "color" and (code := re.search(_HEX, words)):
        return code[0]
    names = COLORS if key == "color" else _SIZES
    return next(name for name, pattern in names.items() if re.search(pattern, words))


def _without(match: re.Match[str], text: str) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}"
