import pytest

from feedback.analysis.themes.negation import is_denied, is_negator
from feedback.analysis.themes.words import words_of


def denied(text, word):
    words = words_of(text)
    at = next(at for at, each in enumerate(words) if each.plain == word)
    return is_denied(words, at, at)


@pytest.mark.parametrize(
    "text",
    [
        "never late",
        "It was not late",
        "didn't come late",
        "nothing was late",
        "kein bisschen late",
        "nie zu late",
        "nichts late",
        "late war bisher nichts",
        "ohne late",
    ],
)
def test_a_word_is_denied_from_before_and_by_the_last_word(text):
    assert denied(text, "late")


@pytest.mark.parametrize(
    "text",
    [
        "late",
        "not only late",
        "nicht nur late",
        "no, it was late",
        "It did not come. It was late",
        "nothing was said and then it was late",
        "late, nichts ging",
        "late und nichts ging",
        "no wonder it was late",
    ],
)
def test_another_clause_and_words_that_deny_nothing_leave_it(text):
    assert not denied(text, "late")


def test_short_forms_deny_too():
    assert is_negator("wasn't") and is_negator("dont") and not is_negator("knot")
