"""What the product says is complete in both languages, and every key that the code names is there."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest

import nemo_widgets
from nemo_widgets.errors import SENTENCES
from nemo_widgets.language.catalog import PHRASES, phrase

PACKAGE = Path(nemo_widgets.__file__).parent
HAN = re.compile(r"[\u4e00-\u9fff]")
FIELDS = re.compile(r"\{[^}]*\}")


def named(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("key", PHRASES)
def test_a_phrase_is_there_in_both_languages_and_names_the_same(key):
    told = PHRASES[key]
    assert set(told) == {"en", "zh"}
    assert named(told["en"]) == named(told["zh"])
    if any(letter.isalpha() for letter in FIELDS.sub("", told["en"])):
        assert not HAN.search(told["en"])
        assert HAN.search(told["zh"])
    values = dict.fromkeys(named(told["en"]), 7)
    assert phrase(key, "zh", **values) == told["zh"].format(**values)
    assert phrase(key, "fr", **values) == told["en"].format(**values)


def first_words(function: str) -> set[str]:
    """Return the keys that the package's code calls a function with."""
    keys = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == function and node.args:
                choices = [node.args[0]]
                if isinstance(node.args[0], ast.IfExp):
                    choices = [node.args[0].body, node.args[0].orelse]
                keys |= {c.value for c in choices if isinstance(c, ast.Constant) and isinstance(c.value, str)}
    return keys


def test_every_phrase_that_the_code_names_is_there():
    used = first_words("phrase")
    assert len(used) > 8
    assert used <= PHRASES.keys()


@pytest.mark.parametrize(
    "kind", ["NemoError", "InvalidInput", "RenderFailed", "RateLimited", "StreamInterrupted", "StudioUnavailable"]
)
def test_every_sentence_that_the_code_names_is_there(kind):
    used = first_words(kind)
    assert used
    assert used <= SENTENCES.keys()
