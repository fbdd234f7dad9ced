"""How amounts, dates and names read."""

from datetime import UTC, datetime

import pytest
from flask import render_template_string
from flask_babel import force_locale

from surveys.filters import day, moment, money, translated


@pytest.mark.parametrize(
    ("amount", "currency", "said"),
    [
        (1999, "EUR", "€19.99"),
        (-5, "EUR", "-€0.05"),
        (1999, "JPY", "¥1,999"),  # ISO 4217: the yen has no minor unit, the dinar has three decimals
        (1999, "KWD", "KWD\N{NO-BREAK SPACE}1.999"),
        (1358, "CHF", "CHF\N{NO-BREAK SPACE}13.58"),  # letters stand apart from figures, signs beside them
        (None, None, "–"),
    ],
)
def test_an_amount_has_the_decimals_of_its_currency(app, amount, currency, said):
    with app.test_request_context(), force_locale("en"):
        assert money(amount, currency) == said


@pytest.mark.parametrize(
    ("language", "date", "time"), [("en", "9_Mar_2026", "13:05"), ("de", "9._März_2026", "13:05_Uhr")]
)
def test_no_line_breaks_a_date_in_two(app, language, date, time):
    at = datetime(2026, 3, 9, 12, 5, tzinfo=UTC)
    with app.test_request_context(), force_locale(language):
        said = [day(at, "Europe/Berlin"), moment(at, "Europe/Berlin")]
    assert [each.replace("\N{NO-BREAK SPACE}", "_") for each in said] == [date, f"{date}, {time}"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Recommendation after the purchase", "Weiterempfehlung nach der Bestellung"),
        ("After delivery", "Nach der Lieferung"),
        ("Another carrier in Austria", "Ein anderer Versanddienst in Österreich"),
        # Texts of the catalog, each of which somebody may give to a survey of theirs.
        ("Late", "Late"),
        ("Delivery", "Delivery"),
        ("Waiting", "Waiting"),
    ],
)
def test_only_names_the_house_has_given_are_translated(app, name, said):
    with app.test_request_context(), force_locale("de"):
        assert translated(name) == said


@pytest.mark.parametrize(
    ("stored", "said"),
    [
        (
            "This task is not open any more, so there is nothing to put off.",
            "Diese Aufgabe ist nicht mehr offen",
        ),
        ("/discount in %: is not known here.", "/discount in %: is not"),
        ("40 % off and %(more)s", "40 % off and %(more)s"),
    ],
)
def test_a_stored_sentence_is_read_in_ones_language_and_a_percent_sign_in_it_is_one(app, stored, said):
    with app.test_request_context(), force_locale("de"):
        assert render_template_string("{{ stored|stored_sentence }}", stored=stored).startswith(said)
