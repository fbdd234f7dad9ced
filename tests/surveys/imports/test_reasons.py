"""What is wrong with a row is kept as codes and said in the reader's words, by the names of the file."""

import json

import pytest
from flask_babel import force_locale

from surveys.errors import Refusal, SeveralRefusals, Words
from surveys.imports.reasons import MOST_FAULTS, kept, naming_of, said
from surveys.locales import LANGUAGES

NAMING = naming_of("purchases", ["Bestellnr", "Mail", "Rest"], ["reference", "customer.email", None])


def stored(refusal):
    return json.loads(json.dumps(kept(refusal)))


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Order number (Bestellnr): This must not be empty. Ordered on: This is more than 9."),
        ("de", "Bestellnummer (Bestellnr): Das darf nicht leer sein. Bestellt am: Das ist mehr als 9."),
    ],
)
def test_a_reason_names_our_word_for_the_field_with_the_files_own_heading_in_each_language(
    app, language, sentence
):
    several = SeveralRefusals(
        [
            Refusal("This must not be empty.", field="reference"),
            Refusal("This is more than %(limit)s.", field="placed_at", limit=9),
        ]
    )
    with force_locale(language):
        assert said(stored(several), NAMING) == sentence


def test_words_of_ours_are_translated_when_they_are_read_and_not_when_they_are_kept(app):
    refusal = Refusal("This is none of %(limit)s.", limit=Words({"total": "Total", "carrier": "Carrier"}))
    with force_locale("de"):
        assert said(stored(refusal), NAMING) == "Das ist keins von Summe, Versanddienst."


def test_a_sentence_of_an_older_program_stands_as_it_was_written(app):
    old = [{"field": None, "phrase": "total.amount: 100% wrong, says %(who)s", "values": {}}]
    for language in LANGUAGES:
        with force_locale(language):
            assert said(old, NAMING) == "total.amount: 100% wrong, says %(who)s"


def test_the_faults_of_one_row_have_an_end():
    assert len(kept(SeveralRefusals([Refusal()] * (MOST_FAULTS + 5)))) == MOST_FAULTS
