"""What one screen of Explore compares is judged together."""

from datetime import timedelta

import pytest

from feedback.insights.exploring import comparing
from feedback.insights.exploring.looking import look, wish_of
from feedback.insights.selection import Days, NotADay, NotOnOffer, Selection, over


@pytest.mark.once
def test_two_periods_are_judged_among_the_parts_that_the_screen_compares(make_today, answers):
    """100 of 160 after 82 of 160: p = 0.045 alone; beside four parts it may be chance."""
    now = make_today.now
    for country in ("AT", "DE", "CH", "NL"):
        answers([10] * 25 + [2] * 15, country=country, submitted_at=now)
        happy = 20 if country in ("AT", "DE") else 21
        at = now - timedelta(days=40)
        answers([10] * happy + [2] * (40 - happy), country=country, submitted_at=at)
    selection = over(Selection("nps"), Days.until(now.date(), 30))

    found = look(make_today.survey(), selection, wish_of({"compare": "before"}, selection), now)
    alone = comparing.periods(make_today.survey(), selection, selection.before, now)

    assert alone.verdict.outcome == "changed" and alone.verdict.p < 0.05 < found.period_p
    assert found.period.verdict.outcome == "not_distinguishable"


@pytest.mark.once
def test_what_is_no_choice_is_refused(now):
    selection = over(Selection("nps"), Days.until(now.date(), 30))
    for given in ({"by": "moon"}, {"compare": "tomorrow"}, {"by": "country", "first": "Austria"}):
        with pytest.raises(NotOnOffer):
            wish_of(given, selection)
    with pytest.raises(NotADay):
        wish_of({"compare": "days", "than_since": "soon"}, selection)
    assert wish_of({}, selection.where(country="AT")).by != "country"
