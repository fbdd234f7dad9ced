import re

from surveys.locales.words import nl
from tests.surveys.locales.words.test_languages import sentences


def test_the_question_is_the_usual_one():
    assert nl.QUESTIONS["nps"]["question"] == (
        "Hoe waarschijnlijk is het dat u {shop} zou aanbevelen aan een vriend of collega?"
    )


def test_customers_are_addressed_formally():
    said = " ".join(sentences([nl.QUESTIONS, nl.LETTER, nl.CONSENT, nl.OWN_DATA, nl.REASONS])).lower()
    assert re.search(r"\bu\b", said) and not re.search(r"\b(je|jij|jou|jouw)\b", said)
