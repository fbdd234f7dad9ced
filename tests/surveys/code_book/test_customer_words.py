"""Every theme can be ticked in words of customers."""

from surveys.code_book.customer_words import SAID, said
from surveys.code_book.themes import DETAILS, THEMES
from surveys.locales import CUSTOMER_LANGUAGES
from surveys.locales.words.languages import WORDS


def test_every_code_of_the_book_has_words_and_no_other_code_has():
    assert SAID.keys() == THEMES.keys() | DETAILS.keys()
    for language, words in WORDS.items():
        assert words.reasons.keys() == SAID.keys(), language


def test_no_two_reasons_of_one_theme_read_alike():
    for theme in THEMES:
        codes = [theme, *(code for code in DETAILS if code.startswith(f"{theme}."))]
        for language in CUSTOMER_LANGUAGES:
            assert len({said(code, language) for code in codes}) == len(codes), theme


def test_words_follow_the_language_and_a_strange_code_stays_itself():
    assert said("DELIVERY.LATE", "de-AT") == "Kam zu spät"
    assert said("DELIVERY.LATE", "fr-CH") == "C’est arrivé en retard"
    assert said("DELIVERY.LATE", "sv") == "It came late"
    assert said("GONE.CODE", "en") == "GONE.CODE"
