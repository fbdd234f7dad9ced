"""Ready-made letters."""

import pytest

from feedback.follow_up.skeletons import SITUATIONS, Facts, language_of, reply_subject, reply_text

FACTS = Facts(name="Dora", order="A-7", agent="Ben", shop="Demo Shop")
UNKNOWN = Facts(name=None, order=None, agent="Ben", shop="Demo Shop")


@pytest.mark.parametrize("language", ["en", "de", "de-AT", "fr"])
@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("facts", [FACTS, UNKNOWN])
def test_every_letter_leaves_something_to_say_in_brackets_and_no_braces(language, situation, facts):
    text = reply_text(language, situation, facts)
    assert "[" in text and "{" not in text and text.endswith("Ben\nDemo Shop\n")
    assert ("A-7" in text) == (facts is FACTS)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("situation", SITUATIONS)
def test_no_letter_asks_for_a_score_or_for_stars(language, situation):
    text = reply_text(language, situation, FACTS).casefold()
    assert not any(
        word in text for word in ("score", "stars", "sterne", "note", "bewertung", "rating", "points")
    )


def test_the_letter_speaks_the_customers_language_and_names_the_order():
    german = reply_text("de-AT", "first_contact", FACTS)
    assert german.startswith("Guten Tag Dora,") and "zu Bestellung A-7" in german
    english = reply_text("fr", "first_contact", UNKNOWN)
    assert english.startswith("Hello,\n") and "your honest answer." in english
    assert (language_of("fr-CA"), language_of("de-AT")) == ("en", "de")


def test_the_subject_continues_our_own_mail():
    assert (
        reply_subject("de", shop="Laden", kind="nps", invited=True)
        == "Re: Wie war Ihre Bestellung bei Laden?"
    )
    assert reply_subject("en", shop="Shop", kind="nps", invited=False) == "Your answer to Shop"
