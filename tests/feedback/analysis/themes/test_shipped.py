import csv
from pathlib import Path

import pytest

from feedback.analysis.themes.shipped import LANGUAGES, book_of, entries, parsed, text_of
from surveys.code_book.themes import DETAILS, THEMES

SETS = Path(__file__).parents[4] / "bench" / "comments"
UNSEEN = {"PRAISE", "OTHER"}  # The sets name matters only; praise is told by how a comment feels.


def found(language, text):
    return {mention.code for mention in book_of(language).mentions(text)}


def rows_of(language):
    with (SETS / f"survey.{language}.tsv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_book_finds_what_comments_of_surveys_talk_about(language):
    """Micro-F1 over the first level of at least 0.80 on the development set."""
    right = wrong = missed = 0
    for row in rows_of(language):
        wanted = {code for code in row["themes"].split(",") if code}
        got = {code.partition(".")[0] for code in found(language, row["text"])} - UNSEEN
        right, wrong, missed = (
            right + len(wanted & got),
            wrong + len(got - wanted),
            missed + len(wanted - got),
        )

    assert 2 * right / (2 * right + wrong + missed) >= 0.80


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_comment_of_the_development_set_stands_in_the_book(language):
    comments = {row["text"].lower() for row in rows_of(language) if len(row["text"].split()) > 3}

    for line in text_of(language).lines:
        for phrase in line.phrases:
            assert not any(phrase.lower() in comment for comment in comments if len(phrase.split()) > 6)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_theme_has_phrases_in_both_languages(language):
    written = {entry.code for _, entry in entries(text_of(language))}

    assert written >= set(THEMES) - {"OTHER"}
    assert written >= set(DETAILS)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The parcel came two weeks late.", {"DELIVERY.LATE"}),
        ("en", "Never late, always on time.", {"DELIVERY"}),
        ("en", "No problems with delivery.", {"DELIVERY"}),
        ("en", "I was charged twice!", {"PAYMENT.CHARGED_TWICE"}),
        ("en", "Still waiting for my refund", {"PAYMENT.REFUND"}),
        ("en", "delivry was slow", {"DELIVERY.LATE"}),
        ("en", "The courier threw it over the fence", {"DELIVERY.CARRIER"}),
        ("en", "Many happy returns to you all", set()),
        ("en", "The mill arrived broken", {"PRODUCT_QUALITY.DEFECTIVE"}),
        ("en", "The parcel arrived damaged", {"DELIVERY.DAMAGED"}),
        ("de", "Die Mühle kam kaputt an", {"PRODUCT_QUALITY.DEFECTIVE"}),
        ("de", "Die Lieferung kam zu spät.", {"DELIVERY.LATE"}),
        ("de", "Die Lieferung kam nie zu spät.", {"DELIVERY"}),
        ("de", "Die Bestellung kam zu spaet an", {"DELIVERY.LATE"}),
        ("de", "Es war nichts kaputt.", {"PRODUCT_QUALITY"}),
        ("de", "Expresslieferung bezahlt, nichts angekommen", {"DELIVERY.NOT_RECEIVED", "PAYMENT"}),
        ("de", "Es fehlten zwei Schrauben.", {"ORDER_ACCURACY.MISSING_ITEM"}),
        ("de", "Retourenetikett lag nicht bei", {"RETURNS.LABEL"}),
        ("de", "Versandkosten zu hoch", {"PRICE.SHIPPING"}),
        ("de", "Ich bekomme jeden Tag einen Newsletter", {"COMMUNICATION.TOO_MANY"}),
    ],
)
def test_plain_complaints_get_their_theme(language, text, expected):
    assert {code for code in found(language, text) if not code.startswith("PRAISE")} == expected


def test_a_book_with_a_theme_that_there_is_not_is_no_book():
    with pytest.raises(ValueError, match="no such theme: NOTHING"):
        parsed("[NOTHING]\nlate")


def test_sets_words_and_slips_are_read():
    text = parsed(
        "= delivery wbsite>website\n@box = box parcel*\n[DELIVERY]\nlate, @box .. lost ! lost and found\n~ van # why"
    )

    assert text.sets["box"] == {"box", "parcel*"}
    assert text.mender.mended("wbsite") == "website"
    assert [(line.phrases, line.unless, line.weak) for line in text.lines] == [
        (("late", "@box .. lost"), ("lost and found",), False),
        (("van",), (), True),
    ]
