"""The code book has words for every code, in both languages."""

import pytest

from surveys.code_book.themes import DETAILS, THEMES, label


def test_the_first_level_is_the_agreed_list():
    assert list(THEMES) == [
        "DELIVERY", "PACKAGING", "PRODUCT_QUALITY", "PRODUCT_FIT", "DESCRIPTION", "ORDER_ACCURACY",
        "PRICE", "PAYMENT", "RETURNS", "SUPPORT", "WEBSITE", "AVAILABILITY", "SETUP",
        "COMMUNICATION", "SAFETY_LEGAL", "PRAISE", "OTHER",
    ]  # fmt: skip


def test_every_detail_belongs_to_a_theme():
    assert {code.partition(".")[0] for code in DETAILS} <= set(THEMES)


@pytest.mark.parametrize("words", [*THEMES.values(), *DETAILS.values()])
def test_every_code_has_words_in_both_languages(words):
    assert words.en.strip() == words.en != ""
    assert words.de.strip() == words.de != ""


def test_a_label_speaks_the_language_asked_for_and_english_otherwise():
    assert label("DELIVERY", "de") == "Lieferung"
    assert label("DELIVERY", "de-AT") == "Lieferung"
    assert label("DELIVERY", "en-GB") == "Delivery"
    assert label("DELIVERY", "fr") == "Delivery"


def test_a_detail_is_shown_with_its_theme():
    assert label("DELIVERY.LATE", "de") == "Lieferung: Zu spät"


def test_a_code_that_left_the_book_is_shown_as_it_is():
    assert label("TELEPATHY", "en") == "TELEPATHY"
