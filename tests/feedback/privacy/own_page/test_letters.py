"""The mail's words are whole in both languages."""

from dataclasses import asdict

import pytest

from feedback.privacy.own_page.letters import EN, LETTERS, letter_in
from feedback.privacy.own_page.requesting import KINDS


@pytest.mark.parametrize("language", LETTERS)
def test_every_language_has_words_for_every_kind(language):
    letter = letter_in(language)

    assert set(letter.subject) == set(letter.please) == set(KINDS)
    assert all(asdict(letter).values())
    assert "{shop}" in letter.ignore and "{name}" in letter.greeting


def test_other_languages_get_english():
    assert letter_in("sv") is EN
