"""The mix along all standard dimensions, and what the first screen makes of it."""

from datetime import timedelta

import pytest

from feedback.insights.mixing import mixes_between
from feedback.insights.reporting import report
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
