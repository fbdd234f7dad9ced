"""A customer is written to in their language where it is used and can be spoken, else in one that can."""

from surveys.languages.choosing import review, use
from surveys.languages.queries import language_for
from surveys.locales import CUSTOMER_LANGUAGES
from tests.test_costs import counted_statements


def test_english_and_german_are_always_spoken_and_cost_no_look(app):
    with counted_statements() as statements:
        assert language_for("de-AT", "en", spoken=("en", "de")) == "de"
        assert language_for(None, "en_GB", "de", spoken=("en", "de")) == "en"
        assert language_for("ja", None, spoken=CUSTOMER_LANGUAGES) == "en"
    assert statements == []


def test_an_added_language_waits_for_its_review(make, now):
    assert language_for("fr-CH", "de", spoken=CUSTOMER_LANGUAGES) == "de"

    review("fr", make.staff(), now)

    assert language_for("fr-CH", "de", spoken=CUSTOMER_LANGUAGES) == "fr"
    assert language_for("fr-CH", "de", spoken=("en", "de")) == "de"


def test_the_shop_may_use_it_unread_and_leave_a_reviewed_one_out(make, now):
    use("pl", True)
    review("it", make.staff(), now)
    use("it", False)

    assert language_for("pl", spoken=CUSTOMER_LANGUAGES) == "pl"
    assert language_for("it", "pl", spoken=CUSTOMER_LANGUAGES) == "pl"
    assert language_for("it", spoken=CUSTOMER_LANGUAGES) == "en"


def test_what_is_said_in_one_language_alone_is_said_in_it_to_everybody(make, now):
    assert language_for("en", "fr", spoken=("de",)) == "de"
    assert language_for("de", spoken=("en", "fr")) == "en"
    assert language_for("it", spoken=("fr", "de")) == "de", "French is not used yet"
    assert language_for("en", spoken=("fr",)) == "fr", "better than two languages on one page"
