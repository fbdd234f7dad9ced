"""The letter says what was said and done, in the customer's language where it was written."""

from feedback.improving.telling.letters import LETTERS, Addressee, Told, language_for, text_of


def test_german_for_german_and_english_for_everybody_else_where_it_was_written():
    assert [language_for(locale, {"en", "de"}) for locale in ("de", "de-AT", "en", "fr")] == [
        "de",
        "de",
        "en",
        "en",
    ]
    assert language_for("de", {"en"}) is None and language_for("fr", {"de"}) is None


def test_the_letter_says_what_was_said_and_done_and_leaves_no_place_open():
    for language in LETTERS:
        for declined in (False, True):
            for to in (
                Addressee("Dora", "A-1", "3 May", "Ben", "Shop"),
                Addressee(None, None, "3 May", "Ben", "Shop"),
            ):
                letter = text_of(language, Told("Parcels came late.", "Another carrier.", declined), to)
                assert "Parcels came late." in letter and "Another carrier." in letter
                assert "{" not in letter and (to.name or "Dora") in letter + "Dora"
