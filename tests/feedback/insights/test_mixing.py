"""The mix along all standard dimensions, and what the first screen makes of it."""

from datetime import timedelta

import pytest

from feedback.insights.dimensions.names import STANDARD
from feedback.insights.mix import mixes
from feedback.insights.mixing import mixes_between
from feedback.insights.queries import counts_along
from feedback.insights.reporting import report
from feedback.insights.rollups import ticks
from feedback.insights.selection import Days, Selection, over
from feedback.reports.saying import sentence


@pytest.mark.once
def test_where_other_people_answered_the_first_screen_says_so_and_names_no_place(app, make_today, answers):
    """Austrians are as unhappy as ever, but three times as many answered: Explore and the sentence say the same."""
    now, then = make_today.now, make_today.now - timedelta(days=40)
    for n, at, country in ((60, now, "AT"), (40, now, "DE"), (20, then, "AT"), (80, then, "DE")):
        happy = n * 2 // 5 if country == "AT" else n * 9 // 10
        answers([10] * happy + [2] * (n - happy), country=country, submitted_at=at)
    selection = over(Selection("nps"), Days.until(now.date(), 30))

    with app.test_request_context():
        found = report(selection, now)
        (told, *_) = mixes_between("nps", selection.before, selection, now)
        said = sentence(found)

    assert found.findings.summary.mix == told and told.dimension == "country" and told.carries_most
    assert found.findings.summary.place == {} and "mostly" not in said
    assert "by “Country” at least half of it comes from how many of each group answered" in said
    assert "it would have been 40 then and 40 now" in said


def test_periods_without_answers_have_no_mix(make, now):
    make.survey()
    selection = over(Selection("nps"), Days.until(now.date(), 30))
    assert mixes_between("nps", selection.before, selection, now) == []


@pytest.mark.parametrize(
    "where", [{}, {"country": "AT"}, {"lateness": "late"}, {"country": "AT", "lateness": "late"}]
)
def test_each_dimension_by_itself_says_what_all_of_them_counted_together_say(make_today, answers, where):
    """Some of them are kept added up, the others counted in the rows; here all are counted in the rows at once."""
    now, then = make_today.now, make_today.now - timedelta(days=40)
    for n, at, of in (
        (30, now, {"country": "AT", "late": True}),
        (25, now, {"country": "DE", "late": True, "carrier": "Postbus"}),
        (20, then, {"country": "AT", "late": True, "value": 9000}),
        (35, then, {"country": "DE", "late": True}),
        (15, then, {"country": "AT", "value": 900}),
        (15, now, {"country": "AT", "carrier": "Postbus"}),
    ):
        answers([10] * (n // 3) + [2] * (n - n // 3), submitted_at=at, **of)
    while ticks.roll_up(now, 10):
        pass
    later = over(Selection("nps"), Days.until(now.date(), 30)).where(**where)
    names = tuple(name for name in STANDARD if name not in where)
    both = (counts_along(each, names, now).get("nps", {}) for each in (later.before, later))

    found = mixes_between("nps", later.before, later, now)

    assert len(found) > 1 or where
    assert {mix.dimension: mix for mix in found} == {mix.dimension: mix for mix in mixes("nps", names, *both)}
