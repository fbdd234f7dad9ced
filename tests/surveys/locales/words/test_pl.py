import re

from surveys.locales.words import pl
from tests.surveys.locales.words.test_languages import sentences


def test_the_question_is_the_usual_one():
    assert pl.QUESTIONS["nps"]["question"] == (
        "Jak prawdopodobne jest, że poleci Pan/Pani {shop} znajomemu lub współpracownikowi?"
    )


def test_customers_are_addressed_formally():
    said = " ".join(sentences([pl.QUESTIONS, pl.LETTER, pl.CONSENT, pl.OWN_DATA, pl.REASONS])).lower()
    assert "pan/pani" in said and not re.search(r"\b(ty|ciebie|tobie|twój|twoja|twoje)\b", said)
