import re

from surveys.locales.words import es
from tests.surveys.locales.words.test_languages import sentences


def test_the_question_is_the_usual_one():
    assert es.QUESTIONS["nps"]["question"] == (
        "¿Qué probabilidad hay de que recomiende {shop} a un amigo o colega?"
    )


def test_every_question_is_opened_and_closed():
    said = sentences([es.QUESTIONS, es.LETTER, es.CONSENT, es.OWN_DATA, es.REASONS])
    assert [text for text in said if text.count("¿") != text.count("?")] == []


def test_customers_are_addressed_formally():
    said = " ".join(sentences([es.QUESTIONS, es.LETTER, es.CONSENT, es.OWN_DATA, es.REASONS])).lower()
    assert "usted" in said and not re.search(r"\b(tú|tu|tus|ti|contigo)\b", said)
