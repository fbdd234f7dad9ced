"""Every language says all that English says, with the same places, and calmly."""

import re
from dataclasses import asdict
from string import Formatter

import pytest

from surveys.invitations.letters import EN
from surveys.locales import ADDED
from surveys.locales.words.languages import WORDS
from surveys.permission.letters import EN as CONSENT
from surveys.questionnaires.starters import STARTERS

each = pytest.mark.parametrize("language", WORDS)


def shape(words):
    """What must be the same in two languages: names, lengths, and the places to fill."""
    if isinstance(words, str):
        return sorted({name for _, name, _, _ in Formatter().parse(words) if name})
    if isinstance(words, dict):
        return {name: shape(text) for name, text in words.items() if name != "date"}
    return [shape(text) for text in words]


def sentences(words):
    if isinstance(words, str):
        return [words]
    return [
        text for part in (words.values() if isinstance(words, dict) else words) for text in sentences(part)
    ]


def test_there_are_words_for_every_added_language():
    assert tuple(WORDS) == ADDED


@each
def test_the_ready_made_questionnaires_are_whole(language):
    for _, _, kind, definition in STARTERS:
        assert shape(WORDS[language].questions[kind]) == shape(definition["texts"]["en"]), kind


@each
def test_the_letters_are_whole(language):
    letter = WORDS[language].letter
    english = asdict(EN)
    for name, text in english.items():
        if isinstance(text, dict):
            for kind in text:
                assert shape(letter[name][kind]) == shape(text[kind]), (name, kind)
        elif name != "date":
            assert shape(letter[name]) == shape(text), name
    assert letter.keys() == english.keys()
    assert shape(WORDS[language].consent) == shape(asdict(CONSENT))


@each
def test_nothing_is_empty_shouts_or_is_english(language):
    said = sentences(list(WORDS[language]))
    english = {text for _, _, _, definition in STARTERS for text in sentences(definition["texts"]["en"])}

    assert all(text.strip() == text != "" for text in said)
    assert [text for text in said if re.search(r"[!¡]|'(?!de')", text) and "MMMM" not in text] == []
    assert set(said) & english <= {"No"}


@each
def test_the_button_of_the_page_has_one_name(language, app):
    from flask_babel import force_locale, gettext

    with force_locale(language):
        assert gettext("Send") in WORDS[language].letter["how"]
