import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analysis.themes.book import Book, Entry, Mention
from feedback.analysis.themes.phrases import read
from feedback.analysis.themes.shipped import LANGUAGES, book_of


def book(*lines):
    """Return a book of (code, phrase, not these, weak)."""
    return Book(
        Entry(
            code,
            read(phrase),
            tuple(form for each in rest[:1] if each for form in read(each)),
            bool(rest[1:]),
        )
        for code, phrase, *rest in lines
    )


def codes(found, text):
    return [mention.code for mention in found.mentions(text)]


def test_a_mention_says_where_it_stands():
    text = "Schön, nur die Lieferung kam viel zu spät."
    found = book(("DELIVERY.LATE", "liefer* .. zu spät")).mentions(text)

    assert found == [Mention("DELIVERY.LATE", 15, 41, ("lieferung", "kam", "viel", "zu", "spaet"))]
    assert text[15:41] == "Lieferung kam viel zu spät"


def test_stems_ends_and_middles_are_found():
    found = book(("DELIVERY", "liefer*"), ("PACKAGING", "*karton"), ("PRICE", "*preis*"))

    assert codes(found, "Liefertermin, Pappkarton, Sonderpreise") == ["DELIVERY", "PACKAGING", "PRICE"]


def test_a_gap_ends_with_the_clause():
    found = book(("DELIVERY.LATE", "parcel .. late"))

    assert codes(found, "The parcel came a week late") == ["DELIVERY.LATE"]
    assert codes(found, "The parcel came but I was late") == []


def test_what_a_phrase_is_not_does_not_count():
    found = book(("RETURNS", "return*", "happy returns"))

    assert codes(found, "Many happy returns!") == []
    assert codes(found, "Easy returns") == ["RETURNS"]


def test_a_complaint_that_is_denied_leaves_the_matter():
    found = book(("DELIVERY.LATE", "late"), ("PRAISE.PRODUCT", "great product"), ("PAYMENT.METHOD", "paypal"))

    assert codes(found, "never late") == ["DELIVERY"]
    assert codes(found, "not a great product") == []
    assert codes(found, "no paypal") == ["PAYMENT.METHOD"]


def test_the_detail_stands_for_its_matter_within_a_clause():
    found = book(("DELIVERY", "delivery"), ("DELIVERY.LATE", "late"))

    assert codes(found, "The delivery was late") == ["DELIVERY.LATE"]
    assert codes(found, "The delivery was fine. Last time it was late.") == ["DELIVERY", "DELIVERY.LATE"]


def test_a_weak_phrase_counts_alone():
    found = book(("PRODUCT_QUALITY", "umbrella", "", "weak"), ("PRICE", "cheap"))

    assert codes(found, "An umbrella") == ["PRODUCT_QUALITY"]
    assert codes(found, "A cheap umbrella") == ["PRICE"]


SPICE = st.sampled_from(
    [
        "not ",
        "never ",
        "late",
        " .. ",
        "Lieferung ",
        "kaputt ",
        "zu spät",
        ", ",
        ". ",
        "but ",
        "aber ",
        "\n",
        "’",
        "👍",
        "\u202e",
        "\x00",
        "İ",
        "ß",
        "delivry ",
        "NICHT ",
        "nichts",
    ]
)


@given(
    st.one_of(st.text(max_size=120), st.lists(SPICE, max_size=30).map("".join)), st.sampled_from(LANGUAGES)
)
def test_mentions_lie_in_the_text(text, language):
    found = book_of(language).mentions(text)

    assert all(0 <= mention.start < mention.end <= len(text) for mention in found)
    assert found == sorted(found, key=lambda mention: mention.start)
    assert len({mention[:3] for mention in found}) == len(found)


HOSTILE = {
    "negators": "not never nie nicht " * 300,
    "almost": "nie nicht da angekommen not arrived late " * 130,
    "commas": "late, " * 850,
    "blanks": " " * 5000,
    "one word": "a" * 5000,
    "faces": "👍" * 5000,
    "marks": "<b>'\"&\u202e\x00" * 600,
    "long": "late delivery " * 2000,
}


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hostile_text_costs_little(kind, language):
    found = book_of(language)
    found.mentions("warm")

    took = min(timed(found, HOSTILE[kind]) for _ in range(3))

    assert took < 0.1  # half of it on an idle machine


def test_a_comment_of_forty_words_costs_less_than_two_milliseconds():
    text = "The delivery was late and the box was crushed, nobody answered my emails, " * 3
    found = book_of("en")

    assert min(timed(found, text) for _ in range(5)) < 0.004  # half of it on an idle machine


def timed(found, text):
    began = time.process_time()
    found.mentions(text)
    return time.process_time() - began
