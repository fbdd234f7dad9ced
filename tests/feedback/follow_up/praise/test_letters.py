"""The letter names what was praised, and asks for nothing."""

import re

import pytest

from feedback.follow_up.praise.letters import (
    LETTERS,
    LONGEST_PRAISE,
    praised,
    thank_you_subject,
    thank_you_text,
)
from feedback.follow_up.triaging import PLACEHOLDER
from surveys.locales import CUSTOMER_LANGUAGES

BEGGING = re.compile(
    r"\b(stars?|reviews?|rate|rating|Sterne?|Bewertung|étoiles?|avis|estrellas?|stelle|sterren|recensie|gwiazd\w*)\b",
    re.I,
)


def letter(language, **values):
    given = {"name": "Dora", "order": "A-1", "agent": "Ben", "shop": "Olive", "praise": "Lovely mug"}
    return thank_you_text(language, **(given | values))


def test_there_is_a_letter_in_every_language_of_customers():
    assert set(LETTERS) == set(CUSTOMER_LANGUAGES)


@pytest.mark.parametrize("language", LETTERS)
def test_it_is_ready_names_the_praise_and_begs_for_no_stars(language):
    text = letter(language)

    assert "Lovely mug" in text and "A-1" in text and "Dora" in text and text.endswith("Ben\nOlive\n")
    assert not PLACEHOLDER.search(text) and "{" not in text
    assert not BEGGING.search(text + LETTERS[language].may_we)
    assert "Olive" in thank_you_subject(language, "Olive")


def test_without_name_and_order_it_reads_as_well():
    text = letter("en", name=None, order=None)

    assert text.startswith("Hello,\n\nthank you for taking the time to answer. You wrote:")
    assert letter("ja") == letter("en")


def test_the_happiest_clause_is_what_was_praised():
    comment = "The lamp is lovely, the driver was very kind, but it came late."

    assert praised(comment, [[0, 18, 0.5], [20, 44, 0.8], [46, 63, -0.7]]) == "the driver was very kind"


def test_without_a_happy_clause_the_comment_itself_is():
    assert praised("Great\n shop", []) == "Great shop"
    assert praised("Great, really", [[0, 5, 0.9]]) == "Great, really"


def test_a_long_comment_ends_with_a_whole_word():
    found = praised("wonderful " * 60, [])

    assert len(found) <= LONGEST_PRAISE + 2 and found.endswith("wonderful …")
