"""A message as it is heard: what is to be done, what is asked, and what is to be left as it is. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent import following, questions, refraining, sparing
from nemo_widgets.studio.agent.pointing import cleaned
from nemo_widgets.studio.agent.tongue import is_chinese
from nemo_widgets.studio.agent.understanding import LONGEST, understand

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.base import Context
    from nemo_widgets.studio.agent.voice import Voice

_LENGTH = re.compile(r"\b(?:length|duration)\b|时长|长度", re.IGNORECASE)
_SHORTENS = re.compile(
    r"\b(?:remove|delete|drop|take out|leave out|without|add|speed|slow|faster|slower|trim|cut|no)\b|删|去掉"
    r"|不要|拿掉|加|剪|速|快|慢",
    re.IGNORECASE,
)
_SECONDS = re.compile(r"\d\s*(?:s|sec\w*|min\w*)\b|秒|分钟", re.IGNORECASE)
_A_FEW = re.compile(r"([多少](?:停留?|显示|放|播放?|留|展示)?)几秒钟?")
"""How many seconds more nobody says: "多停几秒" is no question."""

_MANY = 100
_QUOTED = 120


@dataclass(frozen=True)
class Heard:
    """What is to be done (``text``), what is asked, what stays (``kept``), and what is not to be done (``barred``)."""

    text: str
    asked: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()
    chinese: bool = False

    def answers(self, context: Context, voice: Voice) -> list[str]:
        """Return the answers to what is asked."""
        return [told for question in self.asked for told in questions.answer(question, context, voice)]

    @property
    def looks_back(self) -> bool:
        """Whether all that is asked is what was done last."""
        return bool(self.asked) and all(questions.about_last(question) for question in self.asked)

    def left(self, voice: Voice) -> list[str]:
        """Return what to say about what is left as it is."""
        said = [voice("stays", names=voice.names(self.kept))] if self.kept else []
        return [*said, *(voice("barred", words=words[:_QUOTED]) for words in self.barred)]


def heard(prompt: str, context: Context) -> Heard:
    """Return a message taken apart; a short answer to the agent's own question stays whole.

    Examples
    --------
    >>> from nemo_widgets.studio.agent.base import Context
    >>> context = Context(None, (), "project", "en", (), None, None)
    >>> heard("Is there any music? Keep the title, make it 20 seconds", context)
    Heard(text='make it 20 seconds', asked=('Is there any music?',), kept=('the title',), barred=(), chinese=False)
    """
    text = _A_FEW.sub(r"\1三秒", cleaned(prompt[:LONGEST]))
    if not text.strip() or following.answered(text, context):
        return Heard(prompt)

    def known(question: str) -> bool:
        wish = understand(question, context.materials)
        informed = wish.helps or wish.export or wish.asks_length or wish.foreign
        about = questions.about_draft(question) or questions.about_it(question) or questions.about_last(question)
        return wish.edits or (about and not informed)

    rest, asked = questions.parted(text, known)
    left = refraining.refrained(rest)
    if left.text == text:
        return Heard(text if _A_FEW.search(prompt) else prompt)
    done = left.text
    done += sparing.left(left.kept, left.barred, context.materials) if done else ""
    if done and context.draft and any(_LENGTH.search(one) for one in left.kept) and _SHORTENS.search(done):
        seconds = f"{context.draft['d'] / 1000:g}"
        done += (
            ""
            if _SECONDS.search(done)
            else (f"，改成{seconds}秒" if is_chinese(done) else f", make it {seconds} seconds")
        )
    return Heard(done, asked[:_MANY], left.kept, left.barred, is_chinese(prompt))
