"""Selection: what an address asks for, and how it is told no."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from feedback.insights.selection import (
    BackToFront,
    Days,
    NotADay,
    NotAMoment,
    NotOnOffer,
    TooLong,
    moment,
    read,
    read_period,
)

BERLIN = ZoneInfo("Europe/Berlin")
TODAY = date(2026, 3, 10)


def chosen(**given):
    return read(given, TODAY, BERLIN)


def test_without_days_the_last_ninety_are_meant():
    selection = chosen()

    assert selection.days == Days(date(2025, 12, 11), TODAY)
    assert selection.days.length == 90


def test_a_day_is_the_shops_day_even_where_the_clocks_change():
    # On 29 March 2026 Berlin's day has 23 hours: from 23:00 UTC the evening before to 22:00 UTC.
    selection = chosen(since="2026-03-29", until="2026-03-29")

    assert selection.since == datetime(2026, 3, 28, 23, 0, tzinfo=UTC)
    assert selection.until == datetime(2026, 3, 29, 22, 0, tzinfo=UTC)


def test_the_period_before_is_as_long_and_ends_where_this_one_begins():
    selection = chosen(since="2026-03-01", until="2026-03-10", survey="nps", country="AT")

    assert selection.before.days == Days(date(2026, 2, 19), date(2026, 2, 28))
    assert selection.before.until == selection.since
    assert (selection.before.survey, selection.before.country) == ("nps", "AT")


def test_empty_fields_are_no_choice_and_unknown_names_are_ignored():
    assert chosen(survey="", brand=" ", country="", colour="red") == chosen()


def test_one_end_alone_is_completed():
    assert chosen(until="2026-01-31").days == Days(date(2025, 11, 3), date(2026, 1, 31))
    assert chosen(since="2026-01-31").days == Days(date(2026, 1, 31), TODAY)


@pytest.mark.parametrize(
    ("given", "refusal", "field"),
    [
        ({"since": "2026-13-01"}, NotADay, "since"),
        ({"until": "tomorrow"}, NotADay, "until"),
        ({"since": "0001-01-01"}, NotADay, "since"),
        ({"since": "2026-03-10", "until": "2026-03-09"}, BackToFront, "since"),
        ({"since": "2026-03-11"}, BackToFront, "since"),
        ({"since": "2020-01-01"}, TooLong, "since"),
        ({"country": "Germany"}, NotOnOffer, "country"),
        ({"language": "'; --"}, NotOnOffer, "language"),
        ({"survey": "n\x00ps"}, NotOnOffer, "survey"),
        ({"carrier": "x" * 101}, NotOnOffer, "carrier"),
        ({"carrier": "a\x00b"}, NotOnOffer, "carrier"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(given, refusal, field):
    with pytest.raises(refusal) as refused:
        read(given, TODAY, BERLIN)

    assert refused.value.field == field
    assert refused.value.phrase % refused.value.values


def test_an_address_made_from_a_selection_selects_the_same():
    selection = chosen(
        survey="nps", brand="demo", since="2026-01-01", country="AT", carrier="Post & Co", language="de"
    )

    assert read(selection.query(), TODAY, BERLIN) == selection
    assert "country" not in selection.query(country=None)
    assert selection.query(group="promoter")["group"] == "promoter"


def test_machines_give_days_or_moments():
    since, until = read_period("2026-03-01", "2026-03-02", BERLIN)
    assert (since, until) == (
        datetime(2026, 2, 28, 23, 0, tzinfo=UTC),
        datetime(2026, 3, 2, 23, 0, tzinfo=UTC),
    )
    since, until = read_period("2026-03-01T10:00:00 01:00", "2026-03-02T10:00:00Z", BERLIN)
    assert (since, until) == (datetime(2026, 3, 1, 9, 0, tzinfo=UTC), datetime(2026, 3, 2, 10, 0, tzinfo=UTC))
    assert read_period(None, "", BERLIN) == (None, None)


@pytest.mark.parametrize("text", ["2026-03-01T10:00:00", "yesterday", "9999-12-31", "2026-02-30", "1" * 40])
def test_a_machines_moment_needs_a_zone_and_a_calendar(text):
    with pytest.raises(NotAMoment):
        moment(text, "since", BERLIN)


def test_a_machines_period_is_not_back_to_front():
    with pytest.raises(BackToFront):
        read_period("2026-03-02T00:00:00Z", "2026-03-01T00:00:00Z", BERLIN)
