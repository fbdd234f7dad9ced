import pytest

from feedback.wiring import LETTERS
from surveys.invitations.languages.sentences import pairs, sections_of
from surveys.locales import ADDED


@pytest.mark.parametrize("language", ADDED)
def test_every_sentence_stands_beside_its_english_once(language):
    sections = sections_of(language, LETTERS)

    assert len(sections) == 9
    for section in sections:
        assert section.pairs and len(set(section.pairs)) == len(section.pairs)
        assert all(pair.english and pair.said for pair in section.pairs)


def test_texts_are_read_however_deep_they_stand_and_patterns_left_out():
    english = {"a": "One", "b": ["Two", {"c": "Three"}], "date": "d MMMM"}
    german = {"a": "Eins", "b": ["Zwei", {"c": "Drei"}], "date": "d. MMMM"}

    assert list(pairs(english, german)) == [("One", "Eins"), ("Two", "Zwei"), ("Three", "Drei")]
