"""What somebody says in passing of the draft before them: "no, the other corner", 再往后一个, "wait, keep it". Pure.

Such words are put in full, with the names of what they are about; what can't be meant of anything is left as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nemo_widgets.studio import edits
from nemo_widgets.studio.agent.calling import called, called_in, certain
from nemo_widgets.studio.agent.ordering import CannotPoint, found
from nemo_widgets.studio.agent.pictures import standing
from nemo_widgets.studio.agent.pointing import MARK, is_logo
from nemo_widgets.studio.agent.quantities import chinese_number
from nemo_widgets.studio.agent.rewording import plainly
from nemo_widgets.studio.agent.tongue import is_chinese
from nemo_widgets.studio.agent.understanding import understand
from nemo_widgets.studio.timeline import overlays
from nemo_widgets.studio.workspace import media_id_in

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.base import Context, Turn
    from nemo_widgets.studio.agent.orders import Order

_OH = r"(?:(?:oh|no+|nope|wait|hm+|well|sorry|actually|rather|please|not that one|和?不对?|不是|等等|哦)[\s,.!，。]*)*"
_OTHER_CORNER = re.compile(
    rf"{_OH}(?:(?:put|move)\s+(?:it|that)\s+)?(?:(?:in(?:to)?|to|on|at)\s+)?(?:the\s+)?(?:other|opposite)\s+"
    r"(?:corner|side)(?:,?\s+(?:please|instead))?[\s.!]*"
    rf"|{_OH}(?:把它)?(?:还是)?(?:换|放|移|挪)?(?:到|在|成|个)?(?:另外?一?[个边]|另一侧|对面|相反的?)(?:的)?(?:角落?|边|侧|那边)?[吧。！\s]*",
    re.IGNORECASE,
)
_OTHER_WAY = re.compile(
    rf"{_OH}(?:(?:do|make|put)\s+it\s+|i\s+meant\s+)?(?:the\s+)?(?:other|opposite)\s+way(?:\s+a?round)?(?:\s+please)?[\s.!]*"
    rf"|{_OH}(?:应该|要)?(?:是)?(?:反过来|反着来?|倒过来|调过来|换过来)[吧。！\s]*",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?:(?:just|maybe|please|ok|hm+|well)[\s,]+)*(?:make\s+it\s+)?(?P<how>(?:(?:a\s+(?:little\s+)?bit|a\s+little|much)\s+)?"
    r"(?:slower|faster|longer|shorter|brighter|darker|warmer|cooler))(?:\s+please)?[\s.!]*",
    re.IGNORECASE,
)
_BARE_ZH = re.compile(r"(?:请|再|稍微|就|嗯|，)*(?P<how>(?:放|调|加)?[快慢长短亮暗]一?[点些])[吧啊。！\s]*")
_MIRRORED = {"left": "right", "right": "left", "top": "bottom", "bottom": "top"}
_PLACES_ZH = {
    "top-left": "左上角", "top-right": "右上角", "bottom-left": "左下角", "bottom-right": "右下角", "top": "顶部",
    "bottom": "底部", "left": "左侧", "right": "右侧",
}  # fmt: skip
_KEEP_IT = re.compile(
    r"(?:(?:oh|wait|no+|actually|hm+|sorry|ok(?:ay)?|on second thoughts?)[\s,.!]+)+(?:let['’]?s\s+|please\s+)?"
    r"(?:keep|leave)\s+(?:it|that|that one|them)(?:\s+(?:in|after all|there))*[\s.!]*"
    r"|(?:(?:等等|不对|算了|哦|不|啊)[，,。！\s]*)*(?:还是)(?:把它|它)?(?:留着|保留|留下|别删|不删|不要删)(?:它|吧|了)*[。！\s]*",
    re.IGNORECASE,
)
_PUT_BACK = re.compile(
    r"(?:(?:oh|wait|no+|nah|nope|actually|hm+|sorry|ok(?:ay)?)[\s,.!]+)*(?:please\s+)?(?:put|change|switch|swap)\s+(?:it|them|that)\s+back"
    r"(?:\s+(?:again|please))?[\s.!]*|(?:(?:等等|不对|哦|不|啊|嗯)[，,。！\s]*)*(?:把它们?)?"
    r"(?:还是|再|给我)?(?:换|改|调|放|移|变)回(?:来|去)"
    r"[吧了。！\s]*"
    r"|还是算了[吧。！\s]*",
    re.IGNORECASE,
)
_EXCEPTED = re.compile(
    r"(?:(?:but|and|well|oh|sorry)[\s,]+)*(?:except(?:\s+for)?|but\s+not|apart\s+from|not)\s+(?P<what>(?:the|my)\s+[^,;.!?]{2,40}?)[\s.!]*"
    r"|(?:但|不过|，)*(?:除了|不包括)(?P<zh>[^，。！]{1,16}?)(?:以外|之外)?[吧。！\s]*",
    re.IGNORECASE,
)
_MUSIC_WITH = re.compile(
    r"(?:(?:the|my|our|let the)\s+)?(?:background\s+)?(?:music|song)\s+(?:(?:should|shall|must|to|can)\s+)?(?:only\s+)?"
    r"(?:starts?|begins?|comes?\s+in|sets?\s+in|kicks?\s+in)\s+(?:only\s+)?(?:with|at|when|on|as|from)\s+(?P<what>[^,;.!?]{2,40}?)"
    r"(?:\s+(?:starts?|begins?|comes?(?:\s+on)?))?[\s.!]*"
    r"|(?:背景)?(?:音乐|配乐|歌曲?)(?:要|就|再|请)?(?:从|等到?)(?P<zh>[^，。！]{1,16}?)(?:的?时候?)?(?:才|再)?(?:开始|响起|进来)[吧。！\s]*",
    re.IGNORECASE,
)
_PLACES_ON = r"(?P<n>one|a|two|three|\d)\s+(?:(?:place|spot|position|photo|picture|step|slot)s?\s+)?"
_SHIFT = re.compile(
    rf"(?:please\s+)?(?:move|push|put|shift)\s+(?P<what>[^,;.!?]{{1,40}}?)\s+(?:{_PLACES_ON})"
    r"(?P<way>later|further back|back|forwards?|earlier|up|down|to the (?:right|left))(?:\s+please)?[\s.!]*",
    re.IGNORECASE,
)
_ONE_MORE = re.compile(
    r"(?:(?:and|now|ok|please|again|yes)[\s,]+)*(?:one more|once more|another one|one further)"
    r"(?:\s+(?:place|spot|step))?(?:\s+(?P<way>later|back|forwards?|earlier|up|down))?(?:\s+please)?[\s.!]*",
    re.IGNORECASE,
)
_WAY_ZH = r"(?:往|向|朝)?(?P<way>后|前)面?(?:再)?"
_N_ZH = r"(?P<n>[一两二三四五]|\d)(?:个|位|格|张|段|步)(?:位置)?"
_SHIFT_ZH = re.compile(
    rf"(?:请|帮我)?(?:把|将|让)?(?P<what>[^，。！]{{1,20}}?)(?:再|要)?(?:往|向|朝)(?P<way>后|前)面?(?:再)?"
    rf"(?:挪|移动?|放|调|排|推|换)?(?:到|动)?(?:{_N_ZH})[吧。！\s]*"
)
_ONE_MORE_ZH = re.compile(
    rf"(?:嗯|好|可以|还要|请|，)*(?:再|还)(?:往|向|朝)?(?P<way>后|前)面?(?:再)?(?:挪|移动?|放|调|排)?(?:{_N_ZH})[吧。！\s]*"
)
_THAT_ONE = re.compile(r"(?:it|that|that one|它|那[张段个]|再|还)+", re.IGNORECASE)
_BACK = re.compile(r"later|back|down|right|后")
_REST = re.compile(
    r"(?:(?:and|now|ok(?:ay)?|please|also|then)[\s,]+)*(?:add|put|bring|include|use)\s+(?:in\s+)?(?:the\s+)?"
    r"(?:(?:other|remaining)(?:\s+(?P<n>two|three|four|five|six|\d))?(?:\s+(?P<noun>photos?|pictures?|images?|clips?|videos?|ones?))?"
    r"|rest(?:\s+of\s+(?:the|my)\s+(?P<of>photos|pictures|images|clips|videos))?|others"
    r"|(?:all\s+)?(?:of\s+)?(?:the\s+|my\s+)?(?P<all>photos|pictures|images|clips|videos))"
    r"(?:\s+(?:in|back|too|as well|again|also|please|at the end))*[\s.!]*",
    re.IGNORECASE,
)
_REST_ZH = re.compile(
    r"(?:请|再|也|把|那|还|然后|，)*(?:加上|加入|加回|加|放上|放回|用上)?(?:那|其他|其它|其余|剩下|另外)的?(?:那)?"
    r"(?P<n>[一两二三四五六七八九]|\d)?[张段个]?(?:的)?(?P<noun>照片|图片|视频|片段|素材)?(?:也|都)*(?P<end>加上|加进来?|加回来?|放上|放进去|放回来?|用上)?[吧。！\s]*"
)
_NUMBERS = {"one": 1, "a": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_STILL = re.compile(
    r"(?:(?:it|that|this|they|the \w+)(?:['’]s|\s+is|['’]re|\s+are)?\s+)?(?:still|yet)\s+"
    r"(?:(?:a bit|much|way|far)\s+)?(?:too\s+(?P<too>short|long|fast|quick|slow|dark|bright|loud|quiet)"
    r"|not\s+(?P<not>long|short|fast|slow|bright|dark|loud|quiet)(?:\s+enough)?)[\s.!]*",
    re.IGNORECASE,
)
_STILL_ZH = re.compile(
    r"(?:还是|仍然|依然)(?:有点)?(?:太(?P<too>短|长|快|慢|暗|亮)|不够(?P<not>短|长|快|慢|暗|亮))了?[啊吧。！\s]*"
)
_LESS = {
    "short": "longer", "long": "shorter", "fast": "slower", "quick": "slower", "slow": "faster", "dark": "brighter",
    "bright": "darker", "loud": "quieter", "quiet": "louder",
}  # fmt: skip
_MORE = {"long": "longer", "short": "shorter", "fast": "faster", "slow": "slower", "bright": "brighter",
         "dark": "darker", "loud": "louder", "quiet": "quieter"}  # fmt: skip
_LESS_ZH = {"短": "长", "长": "短", "快": "慢", "慢": "快", "暗": "亮", "亮": "暗"}


def in_full(prompt: str, context: Context) -> str:
    """Return a message in full, where it is one of a few words about what was done just before.

    Examples
    --------
    >>> from nemo_widgets.studio.agent.base import Context
    >>> context = Context(None, (), "project", "en", (), None, None)
    >>> in_full("it's still too short", context), in_full("make it 20 seconds", context)
    ('even longer', 'make it 20 seconds')
    """
    text = prompt.strip()
    if match := _STILL.fullmatch(text):
        return f"even {_LESS[match['too'].lower()] if match['too'] else _MORE[match['not'].lower()]}"
    if match := _STILL_ZH.fullmatch(text):
        return f"再{_LESS_ZH[match['too']] if match['too'] else match['not']}一点"
    if context.draft is None:
        return prompt
    return (
        _other_way(text, context)
        or _excepted(text, context)
        or _music_with(text, context)
        or _which(text, context)
        or _other_corner(text, context)
        or _kept(text, context)
        or _shifted(text, context)
        or _rest(text, context)
        or prompt
    )


def _other_way(text: str, context: Context) -> str | None:
    """Return "no, the other way round" after "photos first, clips last" as that."""
    last = context.turns[-1] if context.turns else None
    if last is None or not _OTHER_WAY.fullmatch(text):
        return None
    orders = understand(plainly(last.prompt), context.materials).orders
    if len(orders) == 1 and orders[0].verb in ("before", "after"):
        return _exchanged(orders[0], context, chinese=is_chinese(text))
    kinds = [
        (pick.kind == "video") == (one.verb == "first")
        for one in orders
        for pick in one.picks
        if one.verb in ("first", "last") and pick.kind and not (pick.definite or pick.single)
    ]
    if not kinds or len(set(kinds)) > 1:
        return None
    if is_chinese(text):
        return f"把{'照片' if kinds[0] else '视频'}放到最前面"
    return f"put the {'photos' if kinds[0] else 'clips'} first"


def _exchanged(order: Order, context: Context, *, chinese: bool) -> str | None:
    """Return "bedroom before kitchen" as the kitchen before the bedroom."""
    shots = standing(context.draft or {})
    try:
        one, other = (
            called(found(picks, shots), shots, context, chinese=chinese) for picks in (order.picks, order.beside)
        )
    except CannotPoint:
        return None
    if chinese:
        return f"把{other}放到{one}{'前面' if order.verb == 'before' else '后面'}"
    return f"put {other} {order.verb} {one}"


def _excepted(text: str, context: Context) -> str | None:
    """Return "except the bride" after a look of all photos as that one in its own colours."""
    last = context.turns[-1] if context.turns else None
    match = _EXCEPTED.fullmatch(text)
    if last is None or match is None or not last.edited:
        return None
    changes = understand(plainly(last.prompt), context.materials).changes
    if not any(one.verb == "look" and not one.definite for one in changes):
        return None
    chosen = _chosen(match["what"] or match["zh"], context)
    if not chosen:
        return None
    names = called(chosen, standing(context.draft or {}), context, chinese=is_chinese(text))
    return f"把{names}改成彩色" if is_chinese(text) else f"make {names} in colour"


def _music_with(text: str, context: Context) -> str | None:
    """Return "the music should start with the dance" as when that is seen."""
    match = _MUSIC_WITH.fullmatch(text)
    chosen = _chosen(match["what"] or match["zh"], context) if match else []
    if len(chosen) != 1:
        return None
    start = edits.segments(context.draft, edits.VIDEO)[chosen[0]]["st"]
    there = edits.music_volume(context.draft) is not None
    if is_chinese(text):
        return f"{'' if there else '加音乐。'}音乐从{start / 1000:g}秒开始"
    return f"{'' if there else 'add the music. '}start the music at {start / 1000:g} seconds"


def _chosen(what: str, context: Context) -> list[int]:
    """Return which shots some words call; none where they say anything else, or call none that is there."""
    marks, named = called_in(what, context.materials)
    picks = marks.picked(named)
    rest = re.sub(rf"{MARK}|\b(?:the|my|one|photo|picture|clip|and)\b|[的和、\s]|那[张段个]", "", named)
    if rest or not certain(picks):
        return []
    try:
        return found(picks, standing(context.draft or {}))
    except CannotPoint:
        return []


def _which(text: str, context: Context) -> str | None:
    """Return "a bit slower" after "which clip?" as a wish about that clip: it isn't one about all of them."""
    asks = context.turns[-1].asks if context.turns else None
    if not asks or asks.get("about") != "which-one" or not asks.get("said"):
        return None
    if match := _BARE.fullmatch(text):
        return f"make {asks['said']} {match['how']}"
    if match := _BARE_ZH.fullmatch(text):
        return f"把{asks['said']}{match['how']}"
    return None


def _other_corner(text: str, context: Context) -> str | None:
    """Return "no, the other corner" with the corner beside the one where the logo is."""
    there = overlays(context.draft)
    if not there or not context.turns or not _OTHER_CORNER.fullmatch(text):
        return None
    if not any(one.verb == "logo" for one in understand(context.turns[-1].prompt, context.materials).changes):
        return None
    place = str(there[0]["m"].get("place", ""))
    sides = place.split("-")
    if sides[-1] not in _MIRRORED:
        return None
    mirrored = "-".join([*sides[:-1], _MIRRORED[sides[-1]]])
    return (
        f"logo移到{_PLACES_ZH[mirrored]}" if is_chinese(text) else f"move the logo to the {mirrored.replace('-', ' ')}"
    )


def _kept(text: str, context: Context) -> str | None:
    """Return "wait, keep it" as what takes the last edit back, where that took something away."""
    last = context.turns[-1] if context.turns else None
    if last is None or not last.edited:
        return None
    if _PUT_BACK.fullmatch(text):
        return "撤销" if is_chinese(text) else "undo"
    if not _KEEP_IT.fullmatch(text):
        return None
    orders = understand(last.prompt, context.materials).orders
    gone = bool(orders) and all(one.verb in ("remove", "but") for one in orders)
    return ("撤销" if is_chinese(text) else "undo") if gone else None


def _shifted(text: str, context: Context) -> str | None:
    """Return "move it one place back" as beside which other shot it is to go."""
    steps = _steps(text, context.turns)
    if steps is None:
        return None
    what, by = steps
    chinese = is_chinese(text)
    shots = standing(context.draft or {})
    chosen = _chosen(what, context)
    if len(chosen) != 1:
        return None
    at = max(0, min(len(shots) - 1, chosen[0] + by))
    if at == chosen[0]:
        return None
    one, other = (called([index], shots, context, chinese=chinese) for index in (chosen[0], at))
    if chinese:
        return f"把{one}放到{other}{'后面' if by > 0 else '前面'}"
    return f"put {one} {'after' if by > 0 else 'before'} {other}"


def _steps(text: str, turns: tuple[Turn, ...]) -> tuple[str, int] | None:
    """Return what is to move, and by how many places (below 0: towards the beginning)."""
    if match := (_SHIFT.fullmatch(text) or _SHIFT_ZH.fullmatch(text)):
        what, many = match["what"], match["n"]
        if not _THAT_ONE.fullmatch(what):
            return what, _signed(many, match["way"])
    again = _ONE_MORE.fullmatch(text) or _ONE_MORE_ZH.fullmatch(text) or match
    if again is None:
        return None
    for turn in reversed(turns):
        before = _SHIFT.fullmatch(turn.prompt.strip()) or _SHIFT_ZH.fullmatch(turn.prompt.strip())
        if before and not _THAT_ONE.fullmatch(before["what"]):
            way = again["way"] or before["way"]
            return before["what"], _signed(again.groupdict().get("n") or "1", way)
        if not (_ONE_MORE.fullmatch(turn.prompt.strip()) or _ONE_MORE_ZH.fullmatch(turn.prompt.strip())):
            return None
    return None


def _signed(many: str, way: str) -> int:
    count = _NUMBERS.get(many.lower()) or int(chinese_number(many))
    return count if _BACK.search(way.lower()) else -count


def _rest(text: str, context: Context) -> str | None:
    """Return "add the other two" with the names of what isn't used, where there are so many."""
    match = _REST_ZH.fullmatch(text) if is_chinese(text) else _REST.fullmatch(text)
    if match is None or not edits.segments(context.draft, edits.VIDEO):
        return None
    chinese = is_chinese(text)
    if chinese and not (re.search("[加放]", text) and (match["n"] or re.search("[其剩另]", text))):
        return None
    every = match.groupdict().get("all")
    noun = (match["noun"] or match.groupdict().get("of") or every or "").lower()
    kind = (
        "image" if re.match("photo|pic|image|照|图", noun) else "video" if re.match("clip|video|视|片", noun) else None
    )
    shown = {media_id_in(one["m"].get("src", "")) for one in edits.segments(context.draft, edits.VIDEO)}
    shown |= {media_id_in(one["m"].get("src", "")) for one in overlays(context.draft)}
    spare = [one for one in context.materials if one.id not in shown and one.kind == (kind or one.kind) != "audio"]
    if many := match["n"]:
        count = _NUMBERS.get(many.lower()) or int(chinese_number(many))
        spare = spare if count == len(spare) else [one for one in spare if not is_logo(one.name)]
        spare = spare if count == len(spare) else []
    if not spare or (every and any((one.length is None) == (kind == "image") for one in standing(context.draft or {}))):
        return None
    return (
        f"加上{'和'.join(one.name for one in spare)}" if chinese else f"add {' and '.join(one.name for one in spare)}"
    )
