"""What a message takes back: "no, the other one", 不对，是第三张. The last edit is done to what was meant instead."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from nemo_widgets.studio import titling
from nemo_widgets.studio.agent import following
from nemo_widgets.studio.agent.calling import called, called_in, certain
from nemo_widgets.studio.agent.ordering import CannotPoint, found
from nemo_widgets.studio.agent.pictures import standing
from nemo_widgets.studio.agent.pointing import MARK, Pick, cleaned
from nemo_widgets.studio.agent.quotes import LETTER, Held
from nemo_widgets.studio.agent.renumbering import renumbered, renumbers
from nemo_widgets.studio.agent.retouching import indexes
from nemo_widgets.studio.agent.rewording import plainly
from nemo_widgets.studio.agent.tongue import is_chinese
from nemo_widgets.studio.agent.understanding import understand

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nemo_widgets.studio.agent.base import Context, Material, Turn
    from nemo_widgets.studio.edits import Shot

_NOUN = r"(?:one|photo|picture|image|pic|clip|video|shot)"
_OH = r"(?:(?:oh|oops|wait|hm+|ah+|er+|um+|well|actually|but)[\s,.!]+)*"
_ORD = r"first|second|third|fourth|fifth|last"
_MEANT = r"(?:i|we) (?:actually )?(?:meant?|was talking about)\s+(?:to say\s+)?"
_CORRECTS = re.compile(
    rf"\s*{_OH}(?:(?P<no>(?:no+|nope|sorry|wrong(?: {_NOUN})?|not (?:that|this)(?: {_NOUN})?"
    rf"|that(?:['’]?s| is| was) (?:wrong|not (?:it|right|the one|what i meant)|the wrong {_NOUN}))"
    rf"(?:\s*[,.!;:–-]+\s*|\s+(?=(?:i|we|the (?:other|{_ORD})|it['’]?s|it is|it should)\b)))+)?{_OH}"
    rf"(?P<meant>{_MEANT}|(?:it['’]?s|it is|it was|it should (?:be|have been)|do it (?:to|for|on|with)|take|use)\s+)?"
    r"(?P<not>not\s+[^,.;]{2,30}?(?:\s*,\s*(?:but\s+)?|\s+but\s+))?"
    r"(?P<what>[^,;!?]{2,50}?)(?:,?\s+instead)?(?:,?\s+please)?[\s.!]*",
    re.IGNORECASE,
)
_CORRECTS_ZH = re.compile(
    r"\s*(?:(?:啊|哎呀?|哦|等等|抱歉|对不起|不好意思)[，,。！\s]*)*"
    r"(?P<no>(?:不对|不是(?:这|那)一?[个张段]|[弄搞选]?错了|不(?=[，,]))[了吧啊呀]?[，,。！\s]*"
    r"|不是[^，,。]{1,10}[，,]\s*(?=而?是))?"
    r"(?P<meant>我(?:刚才)?(?:是)?(?:要|想)?(?:说|指)的?(?:应该)?是?|应该是|而?是要?)?"
    r"(?P<what>[^，,。！]{2,20}?)(?:才对)?[吧啊呀。！\s]*"
)
_OTHER = re.compile(
    rf"(?:the\s+)?other(?:\s+(?P<noun>{_NOUN}|(?P<text>titles?|text|caption|line)))?"
    r"|(?:另外?一?|其他那|别的那)(?P<zh>[个张段条行])(?:照片|图片|视频|片段|(?P<text_zh>标题|文字|字幕))?",
    re.IGNORECASE,
)
_ANY_ONE = re.compile(r"(?:the\s+)?other(?:\s+one)?|(?:另外?一?|其他那|别的那)[个条行]", re.IGNORECASE)
_TEXT = re.compile(
    r"(?:\b(?:the|my)\s+)?(?:\b(?:first|second|third|last|opening|closing)\s+)?"
    rf"\b(?:title|text|caption|headline)\b(?:\s*{LETTER})?"
    rf"|(?:第[一二三][个条]|最后一?[个条])?(?:标题|文字|字幕)(?:{LETTER})?",
    re.IGNORECASE,
)
"""One text that is there, as a message names it."""

_EVERYTHING = re.compile(
    r"\b(?:it|everything|all of (?:it|them)|the (?:whole |entire )?(?:video|film|movie|picture))\b"
    r"|整个(?:视频|画面)|画面|视频",
    re.IGNORECASE,
)
_BEGINS_ZH = re.compile("(?:请|帮我)?(?:改成|变成|换成|调成|静音|加速|减速|放慢|加快|删掉|去掉)")


@dataclass(frozen=True)
class Correction:
    """A message that takes one back: the words that were meant, and the draft and the turns that they are for.

    ``names`` are what is meant; ``asks`` is what is to be remembered where it isn't clear which of them.
    ``undone`` says that somebody has taken the edit back already.
    """

    prompt: str
    draft: dict[str, Any]
    turns: tuple[Turn, ...] = ()
    names: tuple[str, ...] = ()
    asks: dict[str, Any] | None = None
    undone: bool = False


def corrects(prompt: str, materials: Sequence[Material] = ()) -> tuple[str, tuple[Pick, ...]] | None:
    """Return what a message says that was meant, and what that points at; none for "the other one".

    Examples
    --------
    >>> corrects("no, the other one"), corrects("I meant the second clip")[1][0].nth
    (('the other one', ()), 2)
    >>> corrects("不对，是第三张")[1][0].nth
    3
    >>> corrects("no music"), corrects("the second clip"), corrects("不要第二张照片")
    (None, None, None)
    """
    match = (_CORRECTS_ZH if is_chinese(prompt) else _CORRECTS).fullmatch(prompt)
    if match is None or not (
        match["no"]
        or match.groupdict().get("not")
        or (match["meant"] and re.search("mean|说|指|talking", match["meant"]))
    ):
        return None
    what = match["what"].strip()
    if _OTHER.fullmatch(what):
        return what, ()
    marks, marked = called_in(what, materials)
    picks = marks.picked(marked)
    rest = re.sub(rf"{MARK}|\b(?:the|my|and|on|from|of)\b|那[个张段]|[和与、\s]", "", marked)
    if rest or not picks or not all(pick.definite and pick.kind != "audio" for pick in picks):
        return None
    return what, picks


async def corrected(prompt: str, context: Context) -> Correction | None:
    """Return what was meant by the message before, and the draft before it; None where nothing is taken back."""
    turns = context.turns
    if not turns or context.travel is None or context.draft is None:
        return None
    asks = turns[-1].asks
    if following.answered(cleaned(prompt), context):
        back = await context.travel(-asks["undo"]) if asks and asks.get("undo") else None
        return Correction(prompt, back.draft, turns) if back else None
    meant = corrects(prompt, context.materials)
    if meant is None:
        return await _otherwise(prompt, context)
    return await _meant(meant, *_base(turns, context.materials), context)


_INSTEAD = re.compile(
    r"\s*(?:(?:no+|nope|wrong(?: one)?|oops|sorry)\s*[,.!;:–-]+\s*(?:i (?:meant?|said)(?: to)?\s+)?)"
    r"(?P<en>\w[^,;.!?\n]{4,60})[\s.!]*"
    r"|\s*(?:不对|错了|[弄搞选删]错了|不是)[了吧啊呀]?[，,。！\s]+(?:我(?:是)?(?:说|要)|应该是?|是)?"
    r"(?P<zh>[^，。！\s]{3,20})[吧啊呀。！\s]*",
    re.IGNORECASE,
)


async def _otherwise(prompt: str, context: Context) -> Correction | None:
    """Return "no, remove the beach" as what was meant by "remove the market": the same, done to another."""
    back = 1
    if renumbers(prompt):
        back += next((n for n, one in enumerate(reversed(context.turns)) if not renumbers(one.prompt)), 0)
    turn = context.turns[-back]
    edited = all(one.edited for one in context.turns[-back:])
    said = _instead(prompt, turn.prompt, context.materials) or _renumbered(prompt, turn, context) if edited else None
    version = await context.travel(-back) if said and context.travel else None
    if said is None or version is None or version.steps != -back:
        return None
    return Correction(said, version.draft, context.turns[:-back])


def _renumbered(prompt: str, turn: Turn, context: Context) -> str | None:
    """Return "no, only 5" as the message before with that number; one about the film's length is another's business."""
    said = renumbered(prompt, turn.prompt)
    wish = understand(plainly(turn.prompt), context.materials, begun=True) if said else None
    return said if wish and not wish.make and (wish.orders or wish.changes or not wish.timed) else None


def _instead(prompt: str, before: str, materials: Sequence[Material]) -> str | None:
    """Return what a message asks for instead of the one before it: the same, done to another."""
    match = _INSTEAD.fullmatch(prompt)
    if match is None:
        return None
    said = (match["en"] or match["zh"]).removesuffix(" instead")
    aims = [_aimed(words, materials) for words in (before, said)]
    return said if aims[0] and aims[1] and aims[0][0] == aims[1][0] and aims[0][1] != aims[1][1] else None


def _aimed(prompt: str, materials: Sequence[Material]) -> tuple[str, tuple[Pick, ...]] | None:
    """Return what a message does to which photos or clips, where it does one thing to some of them."""
    wish = understand(prompt, materials, begun=True)
    done = [*wish.orders, *wish.changes]
    if wish.make or wish.timed or wish.caption.spoken or len(done) != 1 or wish.clip_volume is not None:
        return None
    verb = f"{done[0].verb} {getattr(done[0], 'facts', '')}"
    return (verb, done[0].picks) if certain(done[0].picks) else None


async def settled(context: Context) -> Context:
    """Return a context in which an edit that was corrected is the one that was meant."""
    edited = [at for at, turn in enumerate(context.turns) if turn.edited]
    meant = corrects(context.turns[edited[-1]].prompt, context.materials) if edited and context.travel else None
    if meant is None:
        return context
    those = context.turns[: edited[-1] + 1]
    back = await _meant(meant, *_base(those, context.materials), context)
    if back is None or back.asks:
        return replace(context, turns=context.turns[edited[-1] + 1 :])
    return replace(context, turns=(*back.turns, replace(those[-1], prompt=back.prompt)))


async def _meant(
    meant: tuple[str, tuple[Pick, ...]], at: int | None, steps: int, context: Context
) -> Correction | None:
    """Return what was meant by one of the turns, on the draft before it, which is so many edits back."""
    before, turns = context.draft, context.turns
    if at is None or context.travel is None:
        return None
    if steps:
        version = await context.travel(-steps)
        if version is None or version.steps != -steps:
            return None
        before = version.draft
    context = replace(context, draft=before, turns=turns[:at])
    answer = following.answered(cleaned(turns[at].prompt), context)
    said = answer[0].text if len(answer) == 1 else turns[at].prompt
    return _reworded(said, *meant, context, steps)


def _base(turns: tuple[Turn, ...], materials: Sequence[Material]) -> tuple[int | None, int]:
    """Return which turn is taken back, and how many edits that takes; 0 where it has been undone."""
    steps, undone = 0, False
    for at in range(len(turns) - 1, -1, -1):
        turn = turns[at]
        answers = at > 0 and (turns[at - 1].asks or {}).get("undo")
        another = at > 0 and _instead(turn.prompt, turns[at - 1].prompt, materials)
        if corrects(turn.prompt, materials) or answers or another:
            steps += turn.edited
            continue
        wish = understand(turn.prompt, materials)
        if wish.undoes and wish.steps == -1 and turn.edited and not (steps or undone):
            undone = True
            continue
        if not turn.edited or wish.undo or (undone and steps):
            return None, 0
        return at, 0 if undone else steps + 1
    return None, 0


def edits_of(wanted: int, turns: tuple[Turn, ...], materials: Sequence[Material]) -> int:
    """Return over how many edits "undo" goes (below 0) or "redo", where somebody wants so many messages back.

    A message that corrects the one before it is one with that: nobody wants back what was a mistake.
    """
    those = _standing(turns, materials)
    if wanted > 0:
        back = understand(those[-1].prompt, materials) if those else None
        undone = wanted == 1 and back is not None and back.undoes and back.steps == -1
        return -edits_of(-1, those[:-1], materials) if undone else wanted
    steps = 0
    for left in range(-wanted, 0, -1):
        at, those_steps = _base(those, materials)
        if at is None or not those_steps:
            return -(steps + left)
        those, steps = those[:at], steps + those_steps
    return -steps


def _standing(turns: tuple[Turn, ...], materials: Sequence[Material]) -> tuple[Turn, ...]:
    """Return the turns that edited or asked, without what was undone and done again."""
    those: list[Turn] = []
    for turn in turns:
        steps = understand(turn.prompt, materials).steps if turn.edited else 0
        if steps > 0 and those and understand(those[-1].prompt, materials).steps == -steps:
            those.pop()
        elif turn.edited or turn.asks:
            those.append(turn)
    return tuple(those)


def _reworded(prompt: str, what: str, picks: tuple[Pick, ...], context: Context, steps: int) -> Correction | None:
    """Return a message about something else than it said."""
    draft = context.draft or {}
    other = _OTHER.fullmatch(what)
    text = other is not None and bool(other["text"] or other["text_zh"])
    if other and (text or _ANY_ONE.fullmatch(what)) and (named := _other_text(prompt, context, sure=text)):
        return Correction(named[0], draft, context.turns, (named[1],), undone=not steps)
    if text:
        return None
    shots = standing(draft)
    held = Held(prompt)
    marks, marked = called_in(held.marked, context.materials)
    letters = [one for one in re.findall(MARK, marked) if certain(marks.picks[one])]
    try:
        wrong = found(marks.picks[letters[0]], shots) if len(letters) == 1 else []
        kinds = {shots[index].length is None for index in wrong}
        kind = "image" if kinds == {True} else "video" if kinds == {False} else None
        if picks:
            named = picks if not wrong else tuple(replace(pick, kind=pick.kind or kind) for pick in picks)
            chosen = found(named, shots)
        else:
            chosen = _others(what, wrong, kind, shots)
    except CannotPoint:
        return None
    if not chosen or (len(letters) > 1):
        return None
    turns = context.turns
    if not picks and len(chosen) > 1:
        those = [shot.name for shot in shots if kind is None or (shot.length is None) == (kind == "image")]
        said = {"said": marks.words[letters[0]], "kind": kind, "choices": those, "undo": steps}
        return Correction(prompt, draft, turns, tuple(those), {"about": "which-one", "prompt": prompt} | said)
    words = called(chosen, shots, context, chinese=is_chinese(prompt))
    if letters:
        made = held.spelled(marks.spelled(marked.replace(letters[0], words, 1)))
    elif _EVERYTHING.search(held.marked):
        made = held.spelled(_EVERYTHING.sub(lambda _: words, held.marked, count=1))
    elif _BEGINS_ZH.match(prompt):
        made = f"把{words}{prompt}"
    else:
        return None
    return Correction(made, draft, turns, tuple(shots[index].name for index in chosen), undone=not steps)


def _other_text(prompt: str, context: Context, *, sure: bool) -> tuple[str, str] | None:
    """Return a message about one of two texts as one about the other, and what that says.

    ``sure`` says that a text was named, where a message is about one on a photo.
    """
    shown = titling.texts(context.draft)
    caption = understand(prompt, context.materials).caption
    if len(shown) != 2 or not caption.spoken or caption.swap or caption.add or (caption.picks and not sure):
        return None
    held = Held(prompt)
    wrong = indexes(caption, shown)
    match = _TEXT.search(held.marked)
    if len(wrong) != 1 or match is None:
        return None
    words = str(shown[1 - wrong[0]]["m"]["text"])
    named = f"标题“{words}”" if is_chinese(prompt) else f'the title "{words}"'
    return held.spelled(f"{held.marked[: match.start()]}{named}{held.marked[match.end() :]}"), words


def _others(what: str, wrong: list[int], kind: str | None, shots: list[Shot]) -> list[int]:
    """Return which shots "the other one" may be: of the kind that it names, or of that which was wrong."""
    match = _OTHER.fullmatch(what)
    noun = (match["noun"] or match["zh"] or "") if match else ""
    kind = "image" if re.match("photo|pic|image|张", noun) else "video" if re.match("clip|video|段", noun) else kind
    those = [index for index in range(len(shots)) if index not in wrong]
    same = [index for index in those if kind is None or (shots[index].length is None) == (kind == "image")]
    return (same or those) if wrong else []
