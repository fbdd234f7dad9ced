"""The trend of a survey: gaps where too few answered, and where the whole would give a part away."""

from datetime import date, timedelta

from feedback.insights.selection import Days, Selection, over
from feedback.insights.trending import trend_of
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
