import re

from surveys.locales.words import it
from tests.surveys.locales.words.test_languages import sentences


def test_the_question_is_the_usual_one():
    assert it.QUESTIONS["nps"]["question"] == (
        "Quanto è probabile che Lei consigli {shop} a un amico o a un collega?"
    )


def test_customers_are_addressed_formally():
    said = " ".join(sentences([it.QUESTIONS, it.LETTER, it.CONSENT, it.OWN_DATA, it.REASONS]))
    assert "Lei" in said and not re.search(r"\b(tu|ti|tuo|tua|tuoi)\b", said.lower())
