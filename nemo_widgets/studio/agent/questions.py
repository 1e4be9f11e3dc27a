"""What is asked rather than asked for: questions are taken out of a message, and answered from the draft. Pure.

"Can you add music?" is a polite order, "should I remove the title?" isn't one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nemo_widgets.studio import edits, titling
from nemo_widgets.studio.agent import hearing, pictures
from nemo_widgets.studio.agent.moods import MUSIC
from nemo_widgets.studio.agent.quotes import TITLE, Held
from nemo_widgets.studio.workspace import media_id_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from nemo_widgets.studio.agent.base import Context
    from nemo_widgets.studio.agent.voice import Voice

_SENTENCE = re.compile(r"(?:[^.!?\n。！？;；]|[.!?](?!\s|$|[.!?]))+(?:[.!?。！？;；]+|\n+|$)")
_FIRST = r"(?:(?:hi|hello|hey|ok(?:ay)?|so|and|but|well|thanks|thank you|wait|um+|tell me|please tell me)[\s,!]+)*"
_OF_IT = r"(?:i|we|it|there|this|that|they|the|my|these|those|any|all)\b"
_BEGINS = re.compile(
    rf"\s*{_FIRST}(?:(?:what|who|whose)\b(?!\s+(?:about|an?)\b)|what\s+(?:about|an?)\b.*\bis\b.*\?|which\b"
    r"|(?:when|where)(?:['’]s|\s+(?:is|are|was|do|does|did|will|can|should|would))\b"
    r"|why\b(?!\s+(?:not\b|don['’]?t\s+(?:you|we)\b))|how\b(?!\s+about\b)"
    r"|(?:is|are|was|were|am|isn['’]?t|aren['’]?t|wasn['’]?t)\b(?!\s+(?:it\s+(?:possible|ok(?:ay)?)"
    r"|there\s+(?:a|any)\s+way)\b)"
    r"|(?:does|did|has|doesn['’]?t|didn['’]?t|hasn['’]?t)\b|do\s+(?:i|we|they|these|those|you\s+(?!mind\b))"
    rf"|do\s+{_OF_IT}.*\?|have\s+(?:you|i|we|they)\b|(?:should|shouldn['’]?t|shall)\s+{_OF_IT}|should\s+you\b"
    rf"|(?:would|will|might|may|wouldn['’]?t|won['’]?t)\s+{_OF_IT}|would\s+you\s+(?:recommend|suggest|advise"
    rf"|say|prefer|rather)\b"
    r"|(?:can|could)\s+i\b(?!\s+(?:please\s+)?(?:have|get)\b)|could\s+it\s+be\b|i\s+wonder\b|(?:if"
    r"|whether)\b[^,]*\?|any\b[^,]*\?)",
    re.IGNORECASE,
)
_POLITE_ZH = re.compile(
    r"(?:能|可)不[能可]|可不可以|能否|可否|有没有(?:办法|可能)|可以(?:把|将|给|让)|是否可以|可以.*[吗么]"
    r"|能(?!看|听|知道|告诉|说明).*[吗么]"
    r"|[行好][吗么不]|好不好|行不行|怎么样\W*$|帮我.*[吗么]"
    r"|要不(?!要)|麻烦"
)
_ASKS_ZH = re.compile(
    r"[吗么][?？!！\s]*$|呢[?？]\s*$|为什么|为啥|为何|是否|有没有|(?<!不管)是不是|(?<!能)要不要|该不该|会不会"
    r"|需不需要|用不用(?!户)"
)
_WORD_ZH = re.compile(r"什么(?![都也])|啥|怎么(?!样)|怎样|如何|多少|多长|几[张个段秒分首处]|哪[些张个段首里儿一种]|谁")
_ANY_ZH = re.compile("随便|任意|不管|无论|[都也]行|都可以")
_ORDER_ZH = re.compile(r"\s*(?:请|帮我?|给|你)*(?:把|将|加|做|改|换|删|去掉|配|生成|制作|写|调|剪|放|用(?!了|的))")
_ABOUT_NOW_ZH = re.compile(r"\s*(?:标题|片名|文字|字幕|音乐|歌)(?:现在|目前)?(?:是|叫|写的是)(?:什么|啥|哪)")
_INQUIRING = re.compile("(?:[的了]|是)*(?:什么|啥|哪|多少|几|谁).{0,6}[?？]?")
_SHOTS = r"\b(?:photo|picture|image|pic|clip|shot|file)s?\b|照片|图片|素材|片段|相片|视频(?=文件)|[几哪]些?[张段]"
_LASTS = r"\b(?:how long|length|duration|lasts?|seconds)\b|多长|多久|时长|几[秒分]|多少秒"
_SIZE = (
    r"\b(?:size|format|resolution|vertical|horizontal|square|portrait|landscape|aspect|big is it)\b"
    r"|尺寸|比例|分辨率|竖屏|横屏"
)
_WAY = re.compile(
    r"\b(?:should|shall|how (?:do|can|could|would|should)|(?:can|could|may) i|would|what (?:if|happens))\b"
    r"|怎么(?!样)|如何|怎样|要不要|该不该|是不是该|会不会",
    re.IGNORECASE,
)

_WHY = re.compile(
    r"\bwhy\b|\bi wonder\b|\bcould it be\b|\bwhat (?:if|happens)\b|\bdo you (?:think|like)|\b(?:should|shall"
    r"|would|will|is|are|does"
    r"|do) (?:it|this|the (?:video|movie|film)|everything)\b"
    r"|为什么|为啥|为何|你觉得|会不会|该不该|要不要|是不是",
    re.IGNORECASE,
)

_LAST = re.compile(
    r"\bwhat(?:['’]s| is) (?:different|new|changed)\b|\bwhat (?:has |have |just )?(?:changed|happened)\b(?! to\b)"
    r"|\bwhat (?:did|have) you (?:just |exactly |actually )*(?:changed?|do|done|edit(?:ed)?)\b"
    r"|(?:改|做|动|换|变)了(?:些|一些)?(?:什么|啥|哪)|有(?:什么|啥|哪些)(?:变化|改变|不同|改动)",
    re.IGNORECASE,
)


def about_last(question: str) -> bool:
    """Say whether a question asks what was done last.

    Examples
    --------
    >>> about_last("What did you change?"), about_last("你改了什么？"), about_last("what can you do?")
    (True, True, False)
    """
    return _LAST.search(question) is not None


def about_draft(question: str) -> bool:
    """Say whether a question is about something that the draft knows.

    Examples
    --------
    >>> about_draft("is there any music?"), about_draft("what's the weather like?")
    (True, False)
    """
    return re.search(f"{TITLE}|{MUSIC}|{_SHOTS}|{_LASTS}|{_SIZE}", question.lower()) is not None


def about_it(question: str) -> bool:
    """Say whether a question asks for an opinion or a reason: nobody is to do anything about it.

    Examples
    --------
    >>> about_it("why is it so dark?"), about_it("what's the weather like?")
    (True, False)
    """
    return _WHY.search(question) is not None


def parted(prompt: str, known: Callable[[str], bool] = lambda _question: True) -> tuple[str, tuple[str, ...]]:
    """Return a message without its questions, and the questions; what isn't ``known`` as one stays in the message.

    Examples
    --------
    >>> parted("make it 10 seconds. What is the title?"), parted("could you make it shorter?")
    (('make it 10 seconds.', ('What is the title?',)), ('could you make it shorter?', ()))
    >>> parted("有音乐吗？")[1], parted("可以把标题去掉吗？")[1]
    (('有音乐吗？',), ())
    """
    held = Held(prompt, _INQUIRING.fullmatch)
    sentences = _SENTENCE.findall(held.marked)
    asked = [one for one in sentences if _asks(one) and known(held.spelled(one).strip())]
    if not asked:
        return prompt, ()
    rest = held.spelled("".join(one for one in sentences if one not in asked)).strip()
    return ("" if _GREETS.fullmatch(rest) else rest), tuple(held.spelled(one).strip() for one in asked)


_GREETS = re.compile(
    r"(?:hi|hello|hey|thanks?|thank you|ok(?:ay)?|你好|您好|谢谢|请问|[\s,.!;，。！；])*", re.IGNORECASE
)


_POLITE = re.compile(
    r"\b(?:any\s+chance|would\s+it\s+be\s+(?:possible|ok(?:ay)?|alright)|(?:can|may|could)\s+i\s+(?:ask|beg|trouble)"
    r"|do\s+you\s+think\s+you\s+(?:could|can)|i\s+wonder\s+if\s+you\s+(?:could|can)|is\s+it\s+possible)\b",
    re.IGNORECASE,
)


def _asks(sentence: str) -> bool:
    if _POLITE.search(sentence):
        return False
    if _BEGINS.match(sentence):
        return True
    if _POLITE_ZH.search(sentence) or _ANY_ZH.search(sentence):
        return False
    if _ASKS_ZH.search(sentence) or _ABOUT_NOW_ZH.match(sentence):
        return True
    return _WORD_ZH.search(sentence) is not None and not _ORDER_ZH.match(sentence)


def answer(question: str, context: Context, voice: Voice) -> list[str]:
    """Return what a draft says to a question: its texts, its music, its photos, its length; all where none is named."""
    draft = context.draft
    if draft is None or not edits.segments(draft, edits.VIDEO):
        return [voice("no-video")]
    done = next((turn.answer for turn in reversed(context.turns) if turn.edited), None)
    if done and about_last(question):
        return [voice("last-done", words=done.strip())]
    words = question.lower()
    told: list[str] = []
    if re.search(TITLE, words):
        told.append(_texts(context, voice))
    if re.search(MUSIC, words):
        told.append(_music(context, voice))
    if re.search(_SHOTS, words):
        told += _shots(context, voice)
    if re.search(f"{_LASTS}|{_SIZE}", words) or not told:
        told.append(_whole(context, voice))
    if not about_draft(question):
        told += [_texts(context, voice), _music(context, voice)]
    return [*told, *([voice("say-so")] if _WAY.search(words) else [])]


def _texts(context: Context, voice: Voice) -> str:
    names = [f"“{one['m']['text']}”" for one in titling.texts(context.draft)]
    return voice("texts-now", names=voice.names(names)) if names else voice("texts-none")


def _music(context: Context, voice: Voice) -> str:
    if context.draft is None or not edits.segments(context.draft, edits.AUDIO):
        return voice("sound-none")
    return hearing.told(context.draft, voice)


def _shots(context: Context, voice: Voice) -> list[str]:
    shown = edits.segments(context.draft, edits.VIDEO)
    used = {media_id_in(str(one["m"].get("src", ""))) for one in shown}
    left = [one.name for one in context.materials if one.kind != "audio" and one.id not in used]
    counted = pictures.counts(voice, pictures.standing(context.draft)) if context.draft else ""
    told = voice("shots-now", shots=counted, names=voice.names([str(one["m"].get("name", "")) for one in shown]))
    return [told, *([voice("unused", names=voice.names(left))] if left else [])]


def _whole(context: Context, voice: Voice) -> str:
    draft = context.draft or {}
    counted = pictures.counts(voice, pictures.standing(draft))
    return voice("lasts", duration=voice.duration(draft["d"]), shots=counted, size=pictures.size(draft))
