"""Ready-made letters."""

import pytest

from feedback.follow_up.skeletons import reply_subject, reply_text

FACTS = {"name": "Dora", "order": "A-7", "agent": "Ben", "shop": "Demo Shop"}


@pytest.mark.parametrize("language", ["en", "de", "de-AT", "fr"])
@pytest.mark.parametrize("has_comment, contacted", [(True, False), (False, False), (True, True)])
def test_every_letter_leaves_something_to_say_in_brackets_and_no_braces(language, has_comment, contacted):
    text = reply_text(language, **FACTS, has_comment=has_comment, contacted=contacted)
    assert "[" in text and "{" not in text and text.endswith("Ben\nDemo Shop\n")


def test_the_letter_speaks_the_customers_language_and_names_the_order():
    german = reply_text("de-AT", **FACTS, has_comment=True, contacted=False)
    assert german.startswith("Guten Tag Dora,") and "zu Bestellung A-7" in german
    english = reply_text("fr", **(FACTS | {"name": None, "order": None}), has_comment=True, contacted=False)
    assert english.startswith("Hello,\n") and "your honest answer." in english


def test_the_subject_continues_our_own_mail():
    assert (
        reply_subject("de", shop="Laden", kind="nps", invited=True)
        == "Re: Wie war Ihre Bestellung bei Laden?"
    )
    assert reply_subject("en", shop="Shop", kind="nps", invited=False) == "Your answer to Shop"
