"""A message and the turn before it → what is wished for, one thing after another."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from nemo_widgets.studio import edits
from nemo_widgets.studio.agent import asking, quantities, sparing, steps
from nemo_widgets.studio.agent.alike import alike, looking
from nemo_widgets.studio.agent.continuing import going_on
from nemo_widgets.studio.agent.likewise import hints, likewise, once_more
from nemo_widgets.studio.agent.namely import namely
from nemo_widgets.studio.agent.pointing import cleaned
from nemo_widgets.studio.agent.pronouns import OTHERS, carried, continued, contrasted, elided, pinned, referred
from nemo_widgets.studio.agent.remedies import remedied
from nemo_widgets.studio.agent.rewording import plainly
from nemo_widgets.studio.agent.subjects import followed, pictured
from nemo_widgets.studio.agent.tongue import is_chinese
from nemo_widgets.studio.agent.understanding import LONGEST, understand
from nemo_widgets.studio.agent.wish import Wish

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nemo_widgets.studio.agent.base import Context, Material
    from nemo_widgets.studio.agent.ordering import CannotPoint


_REPEATED = re.compile(r"(.{2,40}?)\1{9,}", re.DOTALL)
"""Words that stand there ten times and more in a row: nobody means that, and it would take long to read."""

_MOST = 30
"""Things asked for in one message that are done; what comes after them is named as not done."""


@dataclass(frozen=True)
class Step:
    """One thing that a message asks for: its words, what they mean, and whether they read as an order at all.

    ``said`` is how it was put, where ``text`` has names for what was only hinted at.
    """

    text: str
    wish: Wish
    order: bool = True
    said: str = ""

    @property
    def words(self) -> str:
        """What was said, before "it" and "the others" were given names."""
        return self.said or self.text


def wishes(prompt: str, context: Context) -> list[Step]:
    """Return what a message asks for, in the order in which it is done; a short answer completes what was asked about.

    Examples
    --------
    >>> from nemo_widgets.studio.agent.base import Context
    >>> context = Context(None, (), "project", "en", (), None, None)
    >>> [step.text for step in wishes("make it 20 seconds, add sad music", context)]
    ['add sad music', 'make it 20 seconds']
    """
    prompt = cleaned(_REPEATED.sub(r"\1\1", prompt[:LONGEST]))
    if completed := answered(prompt, context):
        return completed
    if (left := sparing.spared(prompt, context.materials)) is not None:
        return [replace(step, wish=sparing.sparing(step.wish, left)) for step in wishes(left.text, context)]
    prompt = _once_more(prompt, context)
    text, look = alike(prompt)
    if look:
        return [replace(step, wish=looking(step.wish, look)) for step in wishes(text, context)]
    prompt = namely(prompt)
    known: dict[str, Wish] = {}
    begun = bool(edits.segments(context.draft, edits.VIDEO))

    def read(text: str) -> Wish:
        if text not in known:
            known[text] = pictured(understand(text, context.materials, begun=begun), prompt, context)
        return known[text]

    prompt = _going_on(prompt, context) if context.turns else prompt
    whole = read(prompt)
    if whole.foreign or whole.undo or whole.restart:
        return [Step(prompt, whole)]
    chinese = is_chinese(prompt)
    texts = steps.split(
        prompt,
        makes=lambda text: read(text).make,
        whole=lambda text: _lasts(read(text)),
    )
    if any(_paces(read(text)) for text in texts if not _COMPLAINS.fullmatch(text)):
        # "It's too fast, give every photo a second more" is one wish, and why.
        texts = [text for text in texts if not _COMPLAINS.fullmatch(text)]
    if len(texts) == 1:
        return [Step(prompt, carried(texts[0], read(texts[0])))]
    made: list[Step] = []
    retracted: Step | None = None
    for text in texts[:_MOST]:
        if _RETRACTS.fullmatch(text) and made:
            retracted = _unsaid(made.pop())  # "Take it out, no wait, put it last."
            continue
        said = text
        text, retracted = _named(text, made, retracted, context, read), None  # noqa: PLW2901 - with names for "it"
        wish = read(text)
        if made and _of_others(text, wish):
            made.append(Step(text, Wish(chinese=chinese), said=said))  # Others than what isn't clear.
            continue
        if wish.changes and any(one.wish.orders for one in made):
            text = pinned(text, context)  # noqa: PLW2901 - with names for numbers
            wish = read(text)
        wish = elided(text, carried(text, wish), made[-1].wish, context) if made else carried(text, wish)
        if made and len(both := (*made[-1].wish.changes, *wish.changes)) > len(better := remedied(both)):
            # "The interview is too long. Only keep 6 seconds" is one wish, and why.
            text, wish = f"{made.pop().text}, {text}", replace(wish, changes=better)  # noqa: PLW2901 - the longer one
        if made and wish.changes and set(map(repr, wish.changes)) <= set(map(repr, made[-1].wish.changes)):
            continue  # "It's too dark, make it brighter" is said twice.
        if made and text != said and _complained(made[-1], wish):
            # "Photo 2 is too dark, brighten it", too.
            wish = replace(wish, changes=tuple(one for one in wish.changes if one.verb != "look"))
            if not wish.edits:
                continue
        if made and _orders(wish) and _orders(made[-1].wish):
            # All that is taken away or moved is one cut.
            text = f"{made.pop().text} and {text}"  # noqa: PLW2901 - the longer one
            wish = read(text)
        made.append(Step(text, replace(wish, chinese=chinese), steps.orders(text), said))
    made += [Step(text, Wish(chinese=chinese)) for text in texts[_MOST:][:1]]
    again = any(_RETRACTS.fullmatch(text) for text in texts)
    return made if any(step.wish.edits for step in made) or (again and made) else [Step(prompt, whole)]


def _once_more(prompt: str, context: Context) -> str:
    """Return a message that asks for more of what was done before ("even slower") with what it is about."""
    if not hints(prompt):
        return prompt
    edited = [at for at, turn in enumerate(context.turns) if turn.edited]
    for at in reversed(edited):
        before = wishes(plainly(context.turns[at].prompt), replace(context, turns=context.turns[:at]))
        made = once_more(prompt, before, context, last=at == edited[-1])
        if made != prompt or any(one.wish.make or one.wish.restart or one.wish.undo for one in before):
            return made
    return prompt


def _named(
    text: str, made: Sequence[Step], retracted: Step | None, context: Context, read: Callable[[str], Wish]
) -> str:
    """Return one of several wishes with names for "it", "one", "the others", and for what is to be done "too"."""
    if retracted is not None:
        text = referred(text, retracted.wish, context, retracted.text)
    if made:
        text = _counted_alike(text, made[-1].text)
        text = referred(text, made[-1].wish, context, made[-1].text)
    text = _shown_longer(text, made, read(text))
    done = next((one for one in reversed(made) if one.wish.edits), None)
    text = (likewise(text, done, context) or text) if done else text
    return contrasted(text, [one.wish for one in made], context)


def _unsaid(step: Step) -> Step:
    """Return what was taken back as what the next wish may still call "it"."""
    orders = tuple(replace(one, verb="unsaid") for one in step.wish.orders)
    return replace(step, wish=replace(step.wish, orders=orders))


def _going_on(prompt: str, context: Context) -> str:
    """Return a message with names for what it only hints at, of the message before."""
    kinds = {kind.lower() for kind in _KIND.findall(context.turns[-1].prompt)}
    prompt = _counted_alike(prompt, kinds.pop()) if len(kinds) == 1 else prompt
    prompt = followed(prompt, context)
    before = understand(context.turns[-1].prompt, context.materials)
    if before.duration and not before.changes:
        # "Make a 30 second video", "actually make it 45".
        prompt = _BARE_NUMBER.sub(lambda match: f"{match[0]}{'秒' if match['zh'] else ' seconds'}", prompt)
    return going_on(continued(prompt, before, context), before, context)


_RETRACTS = re.compile(
    r"(?:oh\s+)?(?:no,?\s+wait|wait,?\s+no|wait|scratch that|forget that|actually,?\s+no|no,?\s+actually"
    r"|不对|算了|等等|不是)[\s,.!，。]*",
    re.IGNORECASE,
)
"""What takes the wish before it in the same message back."""

_BARE_NUMBER = re.compile(
    r"\bmake (?:it|that) (?:to )?\d{1,3}(?=\s*(?:$|[,.;!]|instead\b|please\b|long\b|total\b|and\b))"
    r"|(?P<zh>(?:改成|改为|变成|换成|还是)\d{1,3})(?=\s*(?:$|[，。！,.]|吧))",
    re.IGNORECASE,
)
"""A length without its unit, after one with it."""

_COMPLAINS = re.compile(
    r"(?:(?:it|this|that|the (?:video|film|movie|slideshow)|everything)(?:'s| is| feels| seems| runs| goes)?\s+)?"
    r"(?:a (?:bit|little) |way |much )?too (?:fast|quick|slow|long|short)"
    r"|(?:整个)?(?:视频|画面|节奏|播放)?太[快慢长短]了?|(?:整个)?(?:视频|影片|片子)?(?:要|可以)?[长短快慢]一[点些]"
    r"|(?:make it )?(?:not too|a (?:bit|little)) (?:long|short)(?:er)?",
    re.IGNORECASE,
)


_ONE_OF = re.compile(r"(?<=\bthe )(first|second|third|fourth|fifth|last)(?: one\b|(?=\s*(?:$|[,.;!])))", re.IGNORECASE)
_KIND = re.compile(r"\b(photo|picture|clip)s?\b", re.IGNORECASE)
_NONE = re.compile(r"\b(?:no|without|not|except)\s+(?:the\s+|any\s+|my\s+)?(?:photo|picture|clip)s?\b", re.IGNORECASE)
_SOUND = re.compile(r"\b(?:mute|unmute|sound|audio|volume)\b", re.IGNORECASE)


def _counted_alike(text: str, before: str) -> str:
    """Return "the second one" as one of the kind that was counted just before: "the first clip … the second one"."""
    named = _KIND.findall(_NONE.sub("", before))
    if not named or _KIND.search(text) or (_SOUND.search(text) and named[-1].lower() != "clip"):
        return text
    return _ONE_OF.sub(rf"\1 {named[-1]}", text)


_STAYS = re.compile(
    r"\b(?:stays?|leave|keep|show|hold|visible|on screen|appear)\b|停|显示|持续|保持|出现", re.IGNORECASE
)
_OF_FILM = re.compile(
    r"\b(?:video|movie|film|whole|everything|total|photos?|pictures?|images?|clips?|each|every)\b|视频|影片|片子|照片|图|整|每|总",
    re.IGNORECASE,
)


def _shown_longer(text: str, made: Sequence[Step], wish: Wish) -> str:
    """Return "leave it up longer" as about the title, where the message was about nothing but texts so far."""
    texts = bool(made) and all(one.wish.caption.spoken and not _beside_texts(one.wish) for one in made)
    if not (texts and _lasts(wish) and _STAYS.search(text)) or _OF_FILM.search(text):
        return text
    if is_chinese(text):
        return f"标题{text}"
    named = re.sub(r"\b(?:it|them|that)\b", "the title", text, count=1, flags=re.IGNORECASE)
    return named if named != text else f"the title {text}"


def _beside_texts(wish: Wish) -> bool:
    """Say whether a wish is about pictures, time or sound, too."""
    return any((wish.make, wish.adds, wish.timed, wish.size, wish.orders, wish.changes, wish.looks, wish.music))


def _of_others(text: str, wish: Wish) -> bool:
    """Say whether a wish about "the others" would be done to all, since nobody knows what they are others than."""
    if not re.search(OTHERS, text, re.IGNORECASE):
        return False
    sound = wish.clip_volume is not None and not (wish.clip_picks or wish.clip_but)
    seen = any(one.verb in ("look", "speed", "motion", "freeze", "length") and not one.picks for one in wish.changes)
    return sound or seen


def _complained(before: Step, wish: Wish) -> bool:
    """Say whether what a wish asks for of "it" is what was complained about: too dark, brighten it."""
    looks = [[one.facts for one in each.changes if one.verb == "look"] for each in (before.wish, wish)]
    return bool(looks[0]) and looks[0] == looks[1] and re.search(r"\btoo\b|太", before.text) is not None


def _paces(wish: Wish) -> bool:
    """Say whether a wish is about how long or how fast something is seen."""
    return wish.timed or any(one.verb in ("length", "speed", "keep", "cut") for one in wish.changes)


def _lasts(wish: Wish) -> bool:
    """Say whether a wish is about the video's length and nothing else."""
    others = (wish.make, wish.adds, wish.size, wish.orders, wish.changes, wish.looks, wish.caption.spoken, wish.music)
    return wish.timed and not any(others)


def _orders(wish: Wish) -> bool:
    """Say whether a wish is about the choice and order of photos and clips."""
    others = (wish.make, wish.timed, wish.size, wish.changes, wish.looks, wish.caption.spoken, wish.music, wish.beyond)
    return bool(wish.orders) and not any(others)


def asked(
    trouble: CannotPoint | asking.Doubt, step: Step, before: dict[str, Any] | None = None
) -> dict[str, Any] | None:
    """Return what is to be remembered of a question that was asked, or None where none was.

    One that was asked ``before`` in the same words is about both wishes.
    """
    if isinstance(trouble, asking.Doubt):
        return {"about": trouble.about, "prompt": step.text, "choices": list(trouble.choices)}
    if trouble.key != "which-one":
        return None
    details = trouble.details
    said = {"said": details.get("said") or "", "kind": details.get("kind")}
    same = before is not None and before["about"] == "which-one" and before["said"] == said["said"]
    text = f"{before['prompt']}, {step.text}" if before is not None and same else step.text
    return {"about": "which-one", "prompt": text, "choices": list(details["names"]), **said}


def answered(prompt: str, context: Context) -> list[Step]:
    """Return the wishes before, completed by a short answer; none where there is no question, or no answer to it."""
    asks = context.turns[-1].asks if context.turns else None
    if not asks:
        return []
    before = str(asks["prompt"])
    chinese = is_chinese(prompt) or is_chinese(before)
    if asks["about"] == "which-one":
        found = asking.chosen(prompt, asks.get("choices", ()))
        made = asking.rewritten(before, str(asks["said"]), found, asks["kind"]) if found else None
        again = wishes(made, replace(context, turns=())) if made else []
        return [replace(step, wish=replace(step.wish, chinese=chinese)) for step in again]
    wish = _completed(prompt, before, asks, context.materials)
    return [] if wish is None else [Step(before, replace(wish, chinese=chinese))]


def _completed(prompt: str, before: str, asks: dict[str, Any], materials: Sequence[Material]) -> Wish | None:
    about, choices = asks["about"], asks.get("choices", ())
    wish = understand(before, materials)
    if about == "which-text":
        found = asking.chosen(prompt, choices)
        if not found:
            return None
        target = choices[found[0]] if len(found) == 1 else None
        return replace(wish, caption=replace(wish.caption, target=target, nth=None, one=False))
    said = asking.words(prompt)
    if about == "which-captions" and (said or "," in prompt):
        return understand(f"captions: {prompt}", materials)
    if about == "volume-range" and quantities.percent(prompt.lower()) is not None:
        return understand(f"set the music volume to {prompt}", materials)
    if about != "which-title" or said is None or (said == prompt.strip() and understand(prompt, materials).edits):
        return None
    if re.search(r"\banother text\s*$|再加一个标题\s*$", before):
        return understand(f"{before} “{said}”", materials)
    return replace(wish, caption=replace(wish.caption, text=said))
