"""The texts of letters are whole in every language."""

from dataclasses import fields
from string import Formatter

import pytest

from surveys.invitations.letters import DE, EN, LETTERS, TOPIC_OF, letter_in
from surveys.locales import CUSTOMER_LANGUAGES
from surveys.questionnaires.models import KINDS


def places(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def texts(letter):
    for field in fields(letter):
        value = getattr(letter, field.name)
        yield from ([(field.name, value)] if isinstance(value, str) else value.items())


def test_every_language_of_the_house_has_a_letter():
    assert set(LETTERS) == set(CUSTOMER_LANGUAGES)
    assert letter_in("ja") is EN


def test_every_kind_of_survey_has_its_topic():
    assert set(TOPIC_OF) == set(KINDS)


@pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS)
def test_every_topic_has_its_words(letter):
    topics = set(TOPIC_OF.values())

    assert set(letter.subject) == topics
    for words in (letter.subject_overall, letter.please, letter.please_overall):
        assert set(words) == topics - {"solved"}


def test_the_languages_have_the_same_places_to_fill():
    assert [(name, places(text)) for name, text in texts(EN)] == [
        (name, places(text)) for name, text in texts(DE)
    ]


@pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS)
def test_letters_do_not_shout(letter):
    assert not [text for _, text in texts(letter) if "!" in text]
