"""How several texts of one message shall all look: "…, both in yellow", "……，都用黄色". Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from nemo_widgets.studio.agent.lettering import STYLES_ONLY
from nemo_widgets.studio.agent.quotes import LETTER, Held
from nemo_widgets.studio.agent.tongue import is_chinese
from nemo_widgets.studio.agent.understanding import understand

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.wish import Wish

_ALIKE = re.compile(
    r"(?:\s*[,;.，]\s*|\s+)(?:(?:and|make|put|set|write|show|turn)\s+)*"
    r"(?:(?:both|all)(?:\s+(?:of\s+)?(?:them|(?:the\s+)?(?:texts|titles|captions)))?|them\s+(?:both|all))\s+"
    r"(?:(?:should|must|to)\s+be\s+)?(?P<how>[^,;.!?，。]{2,40})[\s.!]*$"
    r"|[，,；;。\s](?:这?[两三几四]?[个处句行张]?(?:字幕|文字|标题|字)?)(?:全都|都|全部)(?:请|要|是)?(?P<how_zh>[^，。；,;]{1,14})[。！]*$",
    re.IGNORECASE,
)


def alike(prompt: str) -> tuple[str, dict[str, Any]]:
    """Return a message without how all of its texts shall look, and that look; none where it names no two texts.

    Examples
    --------
    >>> alike("第一张写“早上”，第二张写“晚上”，都用黄色")
    ('第一张写“早上”，第二张写“晚上”', {'color': '#fdd835'})
    >>> alike('write "A" on photo 1 and "B" on photo 2, both in yellow')[1], alike("both in yellow")[1]
    ({'color': '#fdd835'}, {})
    """
    held = Held(prompt)
    match = _ALIKE.search(held.marked)
    if match is None or len(re.findall(LETTER, held.marked[: match.start()])) < 2:
        return prompt, {}
    how = (match["how"] or match["how_zh"]).strip()
    read = understand(f"标题{how}" if is_chinese(how) else f"make the title {how}").caption
    if not STYLES_ONLY.fullmatch(how.lower()) or not read.look or read.says:
        return prompt, {}
    return held.spelled(held.marked[: match.start()]), read.look


def looking(wish: Wish, look: dict[str, Any]) -> Wish:
    """Return a wish whose texts look so.

    Examples
    --------
    >>> looking(understand('title "Hi"'), {"color": "#fdd835"}).caption.look
    {'color': '#fdd835'}
    """
    caption = wish.caption
    return replace(wish, caption=replace(caption, look=look | caption.look)) if caption.says else wish
