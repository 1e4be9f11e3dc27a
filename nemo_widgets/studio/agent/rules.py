"""The studio's own agent: it understands by rules, edits the draft, and says what it did.

What it can't do it says, and changes nothing. It needs no network and no model.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from nemo_widgets.studio import edits
from nemo_widgets.studio.agent import (
    answers,
    changing,
    continuing,
    correcting,
    dictated,
    following,
    hearing,
    inscribing,
    likewise,
    messages,
    missed,
    offhand,
    pictures,
    titles,
    typos,
)
from nemo_widgets.studio.agent.asking import Doubt
from nemo_widgets.studio.agent.base import Call, Result, Say
from nemo_widgets.studio.agent.captions import Caption
from nemo_widgets.studio.agent.ordering import CannotPoint
from nemo_widgets.studio.agent.pointing import cleaned
from nemo_widgets.studio.agent.tongue import is_chinese
from nemo_widgets.studio.agent.understanding import understand
from nemo_widgets.studio.agent.voice import Voice
from nemo_widgets.studio.agent.wish import Wish
from nemo_widgets.studio.timeline import emptied, localized, noted

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from nemo_widgets.studio.agent.base import AgentEvent, Context
    from nemo_widgets.studio.agent.grammar import Change
    from nemo_widgets.studio.agent.pictures import Cut
    from nemo_widgets.studio.titling import Place


@dataclass
class Work:
    """A draft being edited, and what there is to say about it.

    ``said`` is what was done, ``undone`` what wasn't and why, ``asks`` what is to be remembered of a question;
    ``rebuilt`` says whether pictures were arranged anew, ``placed`` where texts were put.
    """

    draft: Any
    said: list[str] = field(default_factory=list[str])
    undone: list[str] = field(default_factory=list[str])
    asks: dict[str, Any] | None = None
    rebuilt: bool = False
    placed: list[Place] = field(default_factory=list["Place"])


class RuleAgent:
    """The agent that follows rules.

    Examples
    --------
    >>> RuleAgent().reply.__name__
    'reply'
    """

    computes = True
    """It waits for nobody, and a long timeline keeps it busy: it thinks in a thread."""

    async def reply(self, prompt: str, context: Context) -> AsyncIterator[AgentEvent]:
        """Answer a prompt: steps, a draft where something changed, and text."""
        if (dictation := dictated.read(prompt)) is not None:
            for event in _take_down(dictation, context):
                yield event
            return
        context = typos.of(context)
        if not following.answered(cleaned(prompt), context):
            prompt = offhand.in_full(typos.mended(prompt, context.materials), context)
        if (back := await correcting.corrected(prompt, context)) is not None:
            async for event in self._correct(back, context, Voice(chinese=is_chinese(prompt))):
                yield event
            return
        context = await correcting.settled(context) if likewise.hints(prompt) else context
        async for event in self._answer(prompt, await continuing.recalled(prompt, context)):
            yield event

    async def _correct(self, back: correcting.Correction, context: Context, voice: Voice) -> AsyncIterator[AgentEvent]:
        """Do the message before to what was meant, on the draft before it."""
        if back.asks:
            yield Say(voice("which-one", names=voice.names(back.names)), back.asks)
            return
        taken = voice("taken-back", names=voice.names(back.names)) if back.names else voice("taken-back-only")
        changed = told = False
        async for event in self._answer(back.prompt, replace(context, draft=back.draft, turns=back.turns)):
            changed |= isinstance(event, Result) and event.draft is not None
            told |= isinstance(event, Say)
            if changed and isinstance(event, Say) and not back.undone:
                yield replace(event, text=voice.join([taken, event.text]))
            else:
                yield event
        if changed and not told:
            yield Say(taken)

    async def _answer(self, prompt: str, context: Context) -> AsyncIterator[AgentEvent]:
        """Answer a prompt that takes nothing back."""
        heard = messages.heard(prompt, context)
        if not heard.text:
            voice = Voice(chinese=is_chinese(prompt))
            beside = [*heard.answers(context, voice), *heard.left(voice)]
            unchanged = [] if heard.looks_back else [voice("unchanged")]
            yield Say(voice.join([*beside, *unchanged, *([] if beside else [voice("examples")])]))
            return
        wishes = following.wishes(heard.text, context)
        first = wishes[0].wish
        voice = Voice(chinese=(any(one.wish.chinese for one in wishes) or heard.chinese) and not first.foreign)
        if len(wishes) == 1 and first.undoes:
            async for event in _travel(first, context, voice):
                yield event
            return
        if len(wishes) == 1 and not first.edits:
            said = answers.answer(heard.text, first, context, voice)
            yield Say(voice.join([*heard.answers(context, voice), *heard.left(voice), said]))
            return
        work = Work(context.draft)
        for one in wishes:
            before = work.draft, len(work.said), len(work.undone)
            async for event in _carry_out(one, replace(context, draft=work.draft), voice, work):
                yield event
            if len(wishes) > 1 and one.order and before == (work.draft, len(work.said), len(work.undone)):
                work.undone.append(voice("no-difference", words=answers.quoted(one.words)))
        if work.draft is not None and (work.rebuilt or work.draft != context.draft):
            draft = localized(work.draft, context.language)
            yield Call("save_timeline", {"duration": draft["d"]})
            yield Result("save_timeline", {"status": "success", "duration": draft["d"]}, draft)
            new = edits.music_volume(context.draft) is None and edits.music_volume(draft) is not None
            work.said = _latest(work.said, voice)
            if len(wishes) > 1 and edits.music_volume(draft) is not None:
                # "… with calm music, at 30 %": it isn't as loud any more as it was at first.
                work.said = [hearing.told(draft, voice) if voice.says(one, "music") else one for one in work.said]
            quiet = all(one.wish.loudness_only for one in wishes) and not new
            beside = [*heard.left(voice), *heard.answers(replace(context, draft=draft), voice)]
            said = [*([] if quiet else work.said), *(voice.partly(text) for text in work.undone), *beside]
            if said:
                yield Say(voice.join(said), work.asks)
            return
        said = [*work.said, *work.undone, *heard.left(voice), *heard.answers(context, voice)]
        yield Say(voice.join(said) or voice.join([voice("unchanged"), voice("examples")]), work.asks)


def _take_down(dictation: dictated.Dictation, context: Context) -> list[AgentEvent]:
    """Do what a message dictates to the letter, and say which of its sentences found nothing."""
    voice = Voice(chinese=dictation.chinese)
    if not dictation.sentences:
        return [Say(voice.join([voice("unchanged"), voice("examples")]))]
    draft, left = dictated.carry_out(dictation, context.draft) if context.draft else (None, dictation.sentences)
    undone = [voice("dictated-not", words=answers.quoted(sentence)) for sentence in left]
    done = len(dictation.sentences) - len(left)
    if draft is None or draft == context.draft:
        return [Say(voice.join([*undone, voice("unchanged")]))]
    facts = {"changes": done}
    return [
        Call("edit_timeline", facts),
        Result("edit_timeline", {"status": "success"} | facts, draft),
        Say(voice.join([voice("dictated"), *undone])),
    ]


async def _carry_out(step: following.Step, context: Context, voice: Voice, work: Work) -> AsyncIterator[AgentEvent]:
    """Do one thing of those that a message asks for, or note why it isn't done."""
    left: list[str] = []
    if step.wish.edits and not step.wish.beyond:
        left = missed.missed(step.text, lambda text: understand(text, context.materials))
    wish = _placed(step.wish, left)
    if (part := missed.partly(step.text)) and (wish.loudness_only or any(map(_looks_all, wish.changes))):
        # A volume and a look are those of the whole, or of a clip.
        wish = replace(wish, changes=tuple(one for one in wish.changes if not _looks_all(one)))
        wish = Wish(chinese=wish.chinese) if wish.loudness_only else wish
        left = [part] if wish.edits else [step.words]
    if not wish.edits and left and wish is not step.wish:
        work.undone.append(answers.unclear(step.words, voice))
        return
    if not wish.edits:
        beyond = "" if wish.beyond == ("choosing",) else answers.beyond(wish, voice)
        if wish.export and not wish.beyond and edits.segments(work.draft, edits.VIDEO):
            work.said.append(voice("export", duration=voice.duration(work.draft["d"])))
        elif wish.beyond or step.order or missed.asks(step.words):
            work.undone.append(beyond or answers.unclear(step.words, voice))
        return
    try:
        if refusal := answers.refusal(wish, context, voice):
            work.undone += [refusal, answers.beyond(wish, voice)]
            return
        made = pictures.cut(wish, context) if pictures.rebuilds(wish, context) else None
        begun = _begun(wish, context, voice)
        tried = Work(begun.draft, rebuilt=work.rebuilt, placed=list(work.placed))
        async for event in _edit(wish, context, voice, tried, made):
            yield event
    except CannotPoint as trouble:
        work.undone.append(answers.pointless(trouble, voice))
        work.asks = following.asked(trouble, step, work.asks) or work.asks
        return
    except Doubt as doubt:
        if doubt.about == "which-title" and not wish.caption.add and not missed.only_words(step.words):
            work.undone.append(answers.unclear(step.words, voice))
            return
        work.undone.append(doubt.question)
        work.asks = following.asked(doubt, step)
        return
    if made is not None or wish.restart or tried.draft != begun.draft:
        work.draft = tried.draft
    work.rebuilt, work.placed = tried.rebuilt, tried.placed
    work.said += tried.said
    if wish.export and made is None and not wish.restart:
        work.said.append(voice("export", duration=voice.duration(work.draft["d"])))
    work.undone += [*tried.undone, answers.beyond(wish, voice)]
    work.undone += [answers.unclear(words, voice) for words in left]


def _looks_all(change: Change) -> bool:
    return change.verb == "look" and not (change.picks or change.part)


def _placed(wish: Wish, left: list[str]) -> Wish:
    """Return a wish without a new text, or another volume, of which nobody knows where or when that is to be."""
    caption = wish.caption
    nowhere = caption.text is not None and caption.place is None and not caption.picks and caption.target is None
    lost = "choosing" in wish.beyond or any(map(missed.places, left))
    if wish.loudness_only and any(map(missed.times, left)):
        return Wish(chinese=wish.chinese)  # "Quieter while she sings" isn't quieter all the time.
    if any(map(missed.times, left)):
        wish = replace(wish, changes=tuple(one for one in wish.changes if one.picks or one.part or one.verb == "frame"))
    return replace(wish, caption=Caption()) if nowhere and lost and not wish.make else wish


def _latest(said: list[str], voice: Voice) -> list[str]:
    """Return what is said without the lengths that were the video's on the way to the one it has now."""
    made = [index for index, one in enumerate(said) if voice.says(one, "made")]
    if made[1:]:  # "Turn them into a video. About 15 seconds": it is told once, as it was made last.
        said = [said[made[-1]] if index == made[0] else one for index, one in enumerate(said) if index not in made[1:]]
    lengths = [index for index, one in enumerate(said) if voice.says(one, "now", "lasts-now")]
    last = max((index for index, one in enumerate(said) if voice.says(one, "now", "lasts-now", "made")), default=0)
    return [one for index, one in enumerate(said) if index not in lengths or index == last]


def _begun(wish: Wish, context: Context, voice: Voice) -> Work:
    if context.draft is None:
        title = wish.caption.text if wish.caption.role in (None, "title") else None
        return Work(edits.blank(title or inscribing.derive_title(context, voice("default-title"))))
    return Work(emptied(context.draft) if wish.restart else context.draft)


async def _edit(wish: Wish, context: Context, voice: Voice, work: Work, made: Cut | None) -> AsyncIterator[AgentEvent]:
    for event in _edit_pictures(wish, context, voice, work, made):
        yield event
    if wish.restart and made is None:
        return
    async for event in hearing.edit_sound(wish, context, voice, work):
        yield event
    changing.align(wish.changes, context, voice, work)
    if wish.caption.spoken:
        yield Call("set_title", {"text": wish.caption.text} if wish.caption.text else {})
        titles.edit_titles(wish.caption, context, voice, work, make=wish.make)
        yield Result("set_title", {"status": "success"})


def _edit_pictures(wish: Wish, context: Context, voice: Voice, work: Work, made: Cut | None) -> list[AgentEvent]:
    events: list[AgentEvent] = []
    if wish.restart and made is None:
        visual = [pictures.shot_of(one) for one in context.materials if one.kind != "audio"]
        work.said.append(voice("restarted", shots=pictures.counts(voice, visual)))
        return [Call("clear_timeline"), Result("clear_timeline", {"status": "success"})]
    if wish.size:
        meta = work.draft["m"]
        width, height = changing.sized(wish.size, min(meta["width"], meta["height"]))
        work.draft = edits.set_canvas(work.draft, (width, height))
        size = {"width": width, "height": height}
        events += [Call("set_canvas", size), Result("set_canvas", {"status": "success"})]
        if made is None:
            work.said.append(voice("size", size=pictures.size(work.draft)))
    if wish.looks:
        work.draft = pictures.styled(work.draft, wish)
        events += [Call("set_style", wish.looks), Result("set_style", {"status": "success"})]
    if made is not None:
        work.draft = pictures.arranged(work.draft, made)
        work.rebuilt = True
        facts = {"shots": len(made.shots), "duration": work.draft["d"]}
        events += [Call("arrange_timeline", facts), Result("arrange_timeline", {"status": "success"} | facts)]
    grounds = [one.facts["ground"] for one in wish.changes if one.facts.get("ground")]
    ground = {"background": grounds[-1]} if grounds else {}
    arranged, looked = work.draft, pictures.looked(noted(work.draft, **ground), wish, voice)
    if wish.changes:
        work.draft, said, steps = changing.carry_out(wish.changes, work.draft, context, voice)
        looked += said
        events += steps
    if made is not None:
        # A size that comes with the changes ("in 480p") is the one that is told at once.
        sized = {key: work.draft["m"][key] for key in ("width", "height")}
        work.said += pictures.told(arranged | {"m": arranged["m"] | sized}, made, wish, voice)
        looked = [one for one in looked if one != voice("size", size=pictures.size(work.draft))]
    work.said += looked
    return events


async def _travel(wish: Wish, context: Context, voice: Voice) -> AsyncIterator[AgentEvent]:
    """Go back to an earlier draft, or forward again."""
    name = "undo" if wish.steps < 0 else "redo"
    steps = correcting.edits_of(wish.steps, context.turns, context.materials)
    found = await context.travel(steps) if context.travel else None
    if found is None:
        yield Say(voice(f"no-{name}"))
        return
    yield Call(name, {"steps": abs(found.steps)})
    yield Result(name, {"status": "success"}, found.draft, found.number)
    if name == "redo":
        yield Say(voice("redone"))
    elif found.steps == steps:
        yield Say(voice("undone") if wish.steps == -1 else voice("undone-steps", steps=-wish.steps))
    else:
        yield Say(voice("undone-fewer", steps=-found.steps))
