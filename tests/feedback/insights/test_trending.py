"""The trend of a survey: gaps where too few answered, and where the whole would give a part away."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from feedback.insights.selection import Days, Selection, over
from feedback.insights.trending import NoLine, answers_for_a_line, trend_of, why_no_line
from surveys.database import db

AUSTRIANS, SWISS = (30, 3, 40, 35), (30, 40, 3, 35)


def test_a_part_has_gaps_where_few_of_it_or_few_others_answered(make):
    for country, weeks in (("AT", AUSTRIANS), ("CH", SWISS)):
        customer = make.customer(country=country)
        for ago, n in enumerate(weeks):
            make.responses([9] * n, customer, submitted_at=make.now - timedelta(weeks=ago))
    survey = make.survey()
    db.session.commit()
    days = over(Selection(survey.key), Days(date(2026, 2, 2), make.now.date()))

    unit, whole = trend_of(survey, sum(AUSTRIANS + SWISS), days, make.now)
    _, part = trend_of(survey, sum(AUSTRIANS), days.where(country="AT"), make.now)

    sizes = [[each.measure.n if each.measure else None for each in trend][-4:] for trend in (whole, part)]
    assert unit == "week"
    assert sizes == [[70, 43, 43, 60], [35, None, None, 30]]

    half_a_year = over(Selection(survey.key, country="AT"), Days(date(2025, 9, 1), make.now.date()))
    assert trend_of(survey, sum(AUSTRIANS), half_a_year, make.now)[0] == "month", "four a week are no line"


def test_the_week_of_today_is_under_way_until_its_sunday_is_over(make):
    make.responses([9] * 200, submitted_at=make.now - timedelta(weeks=1))
    survey = make.survey()
    db.session.commit()
    berlin = ZoneInfo("Europe/Berlin")
    days = over(Selection(survey.key, zone=berlin), Days(date(2026, 2, 2), date(2026, 3, 15)))

    def under_way(at):
        return [each.bucket.start for each in trend_of(survey, 200, days, at)[1] if each.extent == "so_far"]

    assert under_way(make.now) == [date(2026, 3, 9)]
    assert under_way(datetime(2026, 3, 15, 22, 59, tzinfo=UTC)) == [date(2026, 3, 9)]
    assert under_way(datetime(2026, 3, 15, 23, tzinfo=UTC)) == []
    days = over(days, Days(date(2026, 2, 2), date(2026, 3, 31)))
    assert under_way(make.now) == [date(2026, 3, 9)], "what has not begun is not under way"


def test_weeks_that_the_chosen_days_cut_short_say_so(make):
    make.responses([9] * 200, submitted_at=make.now - timedelta(weeks=1))
    survey = make.survey()
    db.session.commit()

    def extents(first, last):
        days = over(Selection(survey.key, zone=ZoneInfo("Europe/Berlin")), Days(first, last))
        return [each.extent for each in trend_of(survey, 200, days, make.now)[1]]

    wednesday, monday, sunday = date(2026, 2, 18), date(2026, 2, 16), date(2026, 3, 8)
    assert extents(monday, sunday) == ["whole"] * 3
    assert extents(wednesday, sunday) == ["in_part", "whole", "whole"]
    assert extents(monday, sunday - timedelta(days=1)) == ["whole", "whole", "in_part"]
    assert extents(wednesday, make.now.date()) == ["in_part", "whole", "whole", "so_far"]
    yesterday = make.now.date() - timedelta(days=1)
    assert extents(monday, yesterday)[-1] == "in_part", "nothing is added to days that are over"


@pytest.mark.parametrize(
    ("first", "last", "needed"),
    [
        (date(2026, 3, 9), date(2026, 3, 15), None),  # one week
        (date(2026, 3, 2), date(2026, 3, 15), 100),  # two weeks of one month
        (date(2026, 2, 9), date(2026, 3, 10), 30),  # two months of one quarter
        (date(2025, 12, 11), date(2026, 3, 10), 10),  # two quarters
        (date(2025, 3, 11), date(2026, 3, 10), 25),  # five quarters
    ],
)
def test_from_how_many_answers_on_there_may_be_a_line(first, last, needed):
    assert answers_for_a_line(Days(first, last)) == needed


@pytest.mark.once
@pytest.mark.parametrize(
    ("weeks_ago", "why"),
    [
        ((1, 2, 12), NoLine(0, 10)),  # three answers in two quarters
        ((1,) * 6 + (12,) * 2, NoLine(1, 10)),
        ((1,) * 6 + (12,) * 6, None),
    ],
)
def test_a_line_takes_two_stretches_of_five(make, weeks_ago, why):
    days = over(Selection(make.survey().key), Days.until(make.now.date(), 90))
    for ago in weeks_ago:
        make.response(9, submitted_at=make.now - timedelta(weeks=ago))
    _, trend = trend_of(make.survey(), len(weeks_ago), days, make.now)
    assert why_no_line(trend, days.days) == why
