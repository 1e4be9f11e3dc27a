"""Every error is a sentence with its remedy, in English and Chinese, and never holds a secret."""

from __future__ import annotations

import copy
import pickle
import re
import string

import pytest

from nemo_widgets import errors
from nemo_widgets.errors import SENTENCES, APIError, DraftError, NemoError, RateLimited, api_error
from nemo_widgets.sentences import drafts, files, service, studio

TOKEN = "nmv_usr_K7fQ2xVb9LmZ4tWc8RyD1sHj"
HAN = re.compile(r"[\u4e00-\u9fff]")


def kinds(root: type[NemoError] = NemoError) -> list[type[NemoError]]:
    return [root, *(kind for below in root.__subclasses__() for kind in kinds(below))]


def is_told(error: NemoError, language: str) -> None:
    for part in (error.message, error.remedy):
        assert part.rstrip("\"'”’」』)）").endswith((".", "!", "?", "。", "！", "？")), part
        assert not re.search(r"None|\{|\}|  |::|：：|''|(?<!\w)\(\)|（）|“”|\s[.,:;]|[:：]$", part), part
        assert bool(HAN.search(part)) == (language == "zh"), part
    assert str(error) == error.message + (" " if language == "en" else "") + error.remedy


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_every_class_speaks_for_itself(kind, language):
    is_told(kind(language=language), language)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("key", SENTENCES)
def test_every_key_speaks_even_where_details_are_missing(key, language):
    is_told(NemoError(key, language=language), language)
    is_told(NemoError(key, language=language, message=None, name="", remedy=None), language)


def test_no_room_says_what_another_says():
    assert len(SENTENCES) == sum(len(room.SENTENCES) for room in (drafts, files, service, studio))


@pytest.mark.parametrize("key", SENTENCES)
def test_both_languages_name_the_same(key):
    names = {
        language: {name for part in parts for _, name, _, _ in string.Formatter().parse(part) if name}
        for language, parts in SENTENCES[key].items()
    }
    assert set(names) == {"en", "zh"}
    assert names["en"] == names["zh"]


def test_what_a_service_says_ends_as_a_sentence():
    assert str(APIError(message="boom")) == (
        "The service answered with an error: boom. Try again; if it stays, ask whoever runs the service."
    )
    assert 'got "abc". Mend' in str(DraftError(path="d", message='expected milliseconds, got "abc"'))
    assert "wait! Try" in str(APIError(message="wait!"))


@pytest.mark.parametrize(
    "error", [DraftError(path="t[0].d", message="bad"), RateLimited(wait=7), api_error(2001, 200, "x")]
)
def test_errors_survive_copies_and_other_processes(error):
    for other in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(other) is type(error)
        assert str(other) == str(error)
        assert vars(other) == vars(error)
        assert str(other.in_language("zh")) == str(error.in_language("zh"))


def test_an_api_error_has_what_a_program_needs():
    error = api_error(7777, 418, "odd")
    assert (error.code, error.http_status) == (7777, 418)
    assert error.message
    assert error.remedy
    assert "code 7777" in str(api_error(7777, 200, ""))


def test_a_token_in_what_the_service_says_is_nowhere_in_the_error():
    error = APIError(message=f"token {TOKEN} has no access")
    assert TOKEN not in f"{error} {error!r} {vars(error)}"
    assert isinstance(error, errors.NemoError)
