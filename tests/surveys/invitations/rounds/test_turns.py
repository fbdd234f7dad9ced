"""Everybody has one turn in a round, in the open hours, and no day gets a crowd."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from math import ceil, sqrt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from surveys.invitations.cadence import AskingRule
from surveys.invitations.rounds.turns import open_days, place_of, send_at, turn_at

BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2026, 3, 10, 11, 0, tzinfo=UTC)
places = some.floats(0, 1, exclude_max=True)
zones = some.sampled_from(["Europe/Berlin", "UTC", "America/New_York", "Asia/Tokyo", "Pacific/Apia"]).map(
    ZoneInfo
)
starts = some.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=some.just(UTC))


@some.composite
def rules(draw):
    opens = draw(some.integers(0, 22))
    closes = draw(some.integers(opens + 1, 24))
    closed = draw(some.frozensets(some.dates(date(2020, 1, 1), date(2035, 12, 31)), max_size=30))
    return AskingRule(opens=opens, closes=closes, skip_sundays=draw(some.booleans()), closed=closed)


@given(starts, some.integers(30, 730), places, rules(), zones)
def test_a_turn_lies_in_its_round_on_an_open_day_in_the_open_hours(start, days, place, rule, zone):
    end = start + timedelta(days=days)
    turn = turn_at(start, end, place, rule, zone).astimezone(zone)

    assert rule.opens <= turn.hour < rule.closes
    assert not rule.is_closed(turn.date())
    assert start.astimezone(zone).date() < turn.date()
    # Where clocks skip the whole window, or a whole day, the turn comes at the next opening.
    late = turn.date() - end.astimezone(zone).date()
    assert late <= timedelta(0) or all(
        rule.is_closed(end.astimezone(zone).date() + timedelta(days=each)) or rule.closes - rule.opens <= 1
        for each in range(late.days)
    )


@given(starts, some.integers(30, 400), places, rules(), zones)
def test_two_rounds_share_no_day(start, days, place, rule, zone):
    middle = start + timedelta(days=days)
    first = turn_at(start, middle, 0.999, rule, zone)
    second = turn_at(middle, middle + timedelta(days=days), place, rule, zone)

    assert first < second or rule.closes - rule.opens <= 1


@pytest.mark.thorough
@given(starts, some.integers(30, 400), rules(), some.text(min_size=1, max_size=5))
def test_no_day_gets_a_crowd(start, days, rule, programme):
    people, end = 2_000, start + timedelta(days=days)
    turns = [turn_at(start, end, place_of(programme, str(each)), rule, BERLIN) for each in range(people)]
    by_day = Counter(turn.astimezone(BERLIN).date() for turn in turns)
    fair = people / len(open_days(start.astimezone(BERLIN).date(), end.astimezone(BERLIN).date(), rule))

    # Places are as good as random: a day with six standard deviations more never happens. Clocks can skip
    # one hour, and with it a window of one hour, whose turns then come with the next day's.
    most = 2 * fair if rule.closes - rule.opens == 1 else fair
    assert max(by_day.values()) <= ceil(most + 6 * sqrt(most) + 3)


@given(starts, some.integers(30, 400), rules(), some.text(min_size=1, max_size=5))
@example(datetime(2024, 3, 15, 22, tzinfo=UTC), 30, AskingRule(opens=1, closes=3), "0")
def test_every_day_gets_its_own_part(start, days, rule, programme):
    end = start + timedelta(days=days)
    allowed = open_days(start.astimezone(BERLIN).date(), end.astimezone(BERLIN).date(), rule)
    for each in range(200):
        place = place_of(programme, str(each))
        turn = turn_at(start, end, place, rule, BERLIN).astimezone(BERLIN)
        assert turn.date() == allowed[int(place * len(allowed))] or rule.closes - rule.opens == 1


def test_weekdays_and_hours_get_the_same_part():
    rule = AskingRule(opens=9, closes=17, skip_sundays=True)
    people, end = 20_000, START + timedelta(weeks=26)
    turns = [
        turn_at(START, end, place_of("p", str(each)), rule, BERLIN).astimezone(BERLIN)
        for each in range(people)
    ]
    by_weekday, by_hour = Counter(turn.weekday() for turn in turns), Counter(turn.hour for turn in turns)

    assert set(by_weekday) == set(range(6))
    assert set(by_hour) == set(range(9, 17))
    for counts, share in ((by_weekday, people / 6), (by_hour, people / 8)):
        assert all(abs(count - share) < 6 * sqrt(share) for count in counts.values())


def test_a_customer_keeps_their_place():
    assert place_of("p", "c") == place_of("p", "c") != place_of("q", "c")


def test_holidays_without_end_leave_the_days_as_they_are():
    closed = frozenset(date(2026, 3, 10) + timedelta(days=each) for each in range(60))

    assert len(open_days(date(2026, 3, 10), date(2026, 4, 9), AskingRule(closed=closed))) == 30


@given(starts, places, rules(), zones, some.integers(0, 12))
def test_a_send_begins_when_it_was_told_to_and_ends_within_its_spread(start, place, rule, zone, hours):
    at = send_at(start, place, AskingRule(spread=timedelta(hours=hours)), zone)

    assert at >= start
    assert at - start < timedelta(hours=hours) + timedelta(days=1)
