import re

from surveys.locales.words import fr
from tests.surveys.locales.words.test_languages import sentences


def test_the_question_is_the_usual_one():
    asked = fr.QUESTIONS["nps"]["question"].replace("\xa0", " ")
    assert asked == "Quelle est la probabilité que vous recommandiez {shop} à un ami ou à un collègue ?"


def test_double_signs_keep_to_the_word_before_them():
    said = sentences([fr.QUESTIONS, fr.LETTER, fr.CONSENT, fr.OWN_DATA, fr.REASONS])
    assert [text for text in said if re.search(r"[^\xa0][?;:»]|«[^\xa0]", text)] == []


def test_customers_are_addressed_formally():
    said = " ".join(sentences([fr.QUESTIONS, fr.LETTER, fr.CONSENT, fr.OWN_DATA, fr.REASONS])).lower()
    assert "vous" in said and not re.search(r"\b(tu|te|ton|ta|tes)\b", said)
