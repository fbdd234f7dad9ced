"""The parts of a period: each moment of it lies in exactly one, and only days that may be are taken as added up."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from feedback.insights.rollups.cover import (
    A_DAY,
    MOST_RUNS,
    Cover,
    Piece,
    Stretch,
    cover,
    day_of,
    edges_in,
    fits,
    month_after,
    nearest_joined,
    runs,
    start_of,
)

BERLIN = ZoneInfo("Europe/Berlin")
# Half an hour beside the others, clocks set back over midnight, midnights that do not exist, a day left out.
ZONES = (
    "Europe/Berlin",
    "UTC",
    "Asia/Kolkata",
    "America/St_Johns",
    "Africa/Cairo",
    "Pacific/Apia",
    "Asia/Beirut",
)
FIRST = date(2009, 9, 1)
days = st.integers(0, 1000).map(lambda n: FIRST + timedelta(days=n))
moments = st.datetimes(datetime(2009, 9, 1), datetime(2012, 5, 1)).map(lambda at: at.replace(tzinfo=UTC))


@st.composite
def edges(draw, zone: ZoneInfo):
    """A moment, as often as not the start of a day."""
    return draw(st.one_of(moments, days.map(lambda day: start_of(day, zone)), st.none()))


@st.composite
def cases(draw):
    zone = ZoneInfo(draw(st.sampled_from(ZONES)))
    since, until = draw(edges(zone)), draw(edges(zone))
    if since and until and since > until:
        since, until = until, since
    return Piece(since, until), zone, draw(st.one_of(st.none(), days)), draw(st.sets(days, max_size=12))


def parts_with(found: Cover, at: datetime, zone: ZoneInfo) -> list[str]:
    day = day_of(at, zone)
    kept = [
        name
        for name, stretches in (("month", found.months), ("day", found.days), ("changed", found.changed))
        for first, after in stretches
        if (first is None or first <= day) and day < after
    ]
    if "changed" in kept:
        assert sorted(kept) == ["changed", "month"], "it is taken away from what its month has of it"
        kept = []
    return kept + [
        "raw"
        for since, until in found.raw
        if (since is None or since <= at) and (until is None or at < until)
    ]


@given(cases(), st.booleans(), st.lists(moments, min_size=20, max_size=20), st.data())
def test_every_moment_of_a_period_is_counted_once_and_no_other(case, by_months, tried, data):
    period, zone, rolled_until, marked = case
    found = cover(period, zone, rolled_until, marked, by_months=by_months)
    ends = [end for each in (period, *found.raw) for end in each if end is not None]
    near = [end + timedelta(microseconds=step) for end in ends for step in (-1, 0, 1)]

    for at in [*tried, *near]:
        is_in = (period.since is None or period.since <= at) and (period.until is None or at < period.until)
        parts = parts_with(found, at, zone)
        assert len(parts) == (1 if is_in else 0), (at, parts)
        day = day_of(at, zone)
        if rolled_until is None or day >= rolled_until or day in marked:
            assert parts in ([], ["raw"])
    for stretch in found.months:
        assert by_months
        assert stretch.after.day == 1
        assert stretch.first is None or stretch.first.day == 1


@given(st.sampled_from(ZONES).map(ZoneInfo), moments)
def test_a_moment_lies_between_the_starts_of_its_day_and_the_next(zone, at):
    day = day_of(at, zone)

    assert start_of(day, zone) <= at < start_of(day + A_DAY, zone) or start_of(day, zone) == start_of(
        day + A_DAY, zone
    )


def test_a_year_is_months_between_days():
    period = Piece(start_of(date(2025, 3, 10), BERLIN), start_of(date(2026, 3, 10), BERLIN))

    assert cover(period, BERLIN, date(2026, 3, 9), {date(2025, 7, 4)}, by_months=True) == Cover(
        months=(Stretch(date(2025, 4, 1), date(2026, 3, 1)),),
        days=(
            Stretch(date(2026, 3, 1), date(2026, 3, 9)),
            Stretch(date(2025, 3, 10), date(2025, 4, 1)),
        ),
        changed=(Stretch(date(2025, 7, 4), date(2025, 7, 5)),),
        raw=(
            Piece(start_of(date(2025, 7, 4), BERLIN), start_of(date(2025, 7, 5), BERLIN)),
            Piece(start_of(date(2026, 3, 9), BERLIN), start_of(date(2026, 3, 10), BERLIN)),
        ),
    )


def test_of_very_many_marked_days_the_nearest_are_read_as_one_piece():
    marked = {date(2026, 1, day) for day in (1, 3, 31)} | {
        date(2025, 1, 1) + timedelta(days=11 * at) for at in range(MOST_RUNS - 2)
    }

    found = cover(Piece(None, None), BERLIN, date(2026, 3, 1), marked, by_months=False)

    assert len(found.raw) == MOST_RUNS + 1, "and what comes after"
    assert found.raw[-3:] == (
        Piece(start_of(date(2026, 1, 1), BERLIN), start_of(date(2026, 1, 4), BERLIN)),
        Piece(start_of(date(2026, 1, 31), BERLIN), start_of(date(2026, 2, 1), BERLIN)),
        Piece(start_of(date(2026, 3, 1), BERLIN), None),
    )


@given(st.sets(days, min_size=MOST_RUNS, max_size=4 * MOST_RUNS))
def test_of_too_many_runs_no_gap_is_read_that_is_wider_than_one_that_is_left(marked):
    apart = runs(marked)
    found = nearest_joined(apart)
    gaps, left = (
        [later.first - earlier.after for earlier, later in pairwise(each)] for each in (apart, found)
    )

    assert len(found) == min(len(apart), MOST_RUNS)
    assert all(any(first <= day < after for first, after in found) for day in marked)
    assert sorted(left) == sorted(gaps)[len(gaps) - len(left) :]


def test_a_month_that_every_day_of_has_changed_is_still_a_month():
    marked = {date(2026, 1, 1) + timedelta(days=at) for at in range(40)}

    found = cover(Piece(None, None), BERLIN, date(2026, 3, 4), marked, by_months=True)

    assert found.months == (Stretch(None, date(2026, 3, 1)),)
    assert found.changed == (Stretch(date(2026, 1, 1), date(2026, 2, 10)),)
    assert found.days == (Stretch(date(2026, 3, 1), date(2026, 3, 4)),)


def test_edges_fit_their_own_calendar_only_and_those_in_a_piece_part_its_rows():
    week = [start_of(date(2026, 3, day), BERLIN) for day in (2, 9, 16, 23)]

    assert fits(week, BERLIN)
    assert not fits(week, ZoneInfo("Asia/Kolkata"))
    assert edges_in(week, [Piece(week[1], week[2])]) == [week[1], week[2]]
    late, later = week[0] + A_DAY, week[1] + A_DAY
    assert edges_in(week, [Piece(late, later), Piece(week[3] - A_DAY, None)]) == [
        *(late, week[1], later),
        *(week[3] - A_DAY, week[3]),
    ]
    assert edges_in(week, [Piece(None, None)]) == week
    assert month_after(date(2026, 1, 31)) == date(2026, 2, 1)
