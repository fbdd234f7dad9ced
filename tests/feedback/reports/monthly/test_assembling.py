"""What a monthly report says: of whole months, against the month before, judged together."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from feedback.insights.selection import Selection
from feedback.reports.monthly.assembling import days_of, month

BERLIN = ZoneInfo("Europe/Berlin")
MARCH = days_of(date(2026, 3, 1))


def of_march(now):
    return month(Selection(zone=BERLIN), MARCH, now)


def test_months_have_the_days_of_the_calendar():
    assert days_of(date(2026, 2, 1)) == (date(2026, 2, 1), date(2026, 2, 28))
    assert days_of(date(2024, 2, 1)).length == 29 and days_of(date(2026, 12, 1)).last == date(2026, 12, 31)


@pytest.mark.once
def test_a_fall_is_told_and_what_chance_explains_is_not(make, now):
    before = now - timedelta(days=28)
    dora = make.customer("Dora")
    make.responses([10] * 80 + [3] * 20, dora, submitted_at=before, saved_at=before)
    make.responses([10] * 45 + [3] * 55, dora)
    for at, scores in ((before, [5] * 30 + [1] * 10), (now, [5] * 29 + [1] * 11)):
        make.responses(scores, dora, survey_key="csat", submitted_at=at, saved_at=at)
    found = of_march(now)
    said = {
        figure.survey.key: (figure.measure.n, figure.before.n, figure.verdict.outcome)
        for figure in found.figures
    }
    assert said == {"nps": (100, 100, "changed"), "csat": (40, 40, "not_distinguishable")}
    assert not found.is_over and month(Selection(zone=BERLIN), MARCH, now + timedelta(days=30)).is_over
    assert [period.measure.n for period in found.trend if period.measure] == [100, 100]
    assert len(found.trend) == 12 and found.trend[-1].bucket.start == date(2026, 3, 1)


@pytest.mark.once
def test_themes_stand_in_the_order_of_the_first_screen_against_the_month_before(make, now, complain):
    """What pulls the score most comes first, not what most complain of; and February is compared, not 31 days."""
    dora = make.customer("Dora")
    for at, late in ((now - timedelta(days=28), 10), (now, 40)):
        with make.at_one_go():
            make.responses([10] * 100, dora, submitted_at=at, saved_at=at)
            for code, scores in (("DELIVERY.LATE", [2] * late), ("PRICE.TOO_EXPENSIVE", [8] * 60)):
                for number, score in enumerate(scores):
                    complain(code, score, f"{code} {number}", customer=dora, submitted_at=at, saved_at=at)
    found = of_march(now)
    assert found.focus.verdict.outcome == "changed" and found.findings.summary.theme == "DELIVERY.LATE"
    first, second = found.hurting
    assert (first.code, second.code) == ("DELIVERY", "PRICE") and first.mentions < second.mentions
    assert first.has_changed and first.drift.value < 0


@pytest.mark.once
def test_voices_are_of_both_kinds_of_different_themes_and_long_enough(make, now, complain):
    dora = make.customer("Dora")
    long = "and this is a sentence that says something"
    for code in ("DELIVERY.LATE", "PRICE.TOO_EXPENSIVE", "SUPPORT.SLOW"):
        for number in range(2):
            complain(code, 1, f"{code} {number} {long}", customer=dora)
    make.response(1, "bad", customer=dora)
    make.response(9, "ok", customer=dora)
    complain("PRICE.TOO_EXPENSIVE", 9, "Good, but a pity that the other colour was sold out", customer=dora)
    found = of_march(now)
    themes = {row.analysis.themes[0].code for row in found.criticism}
    assert len(found.criticism) == 3 and themes == {"DELIVERY.LATE", "PRICE.TOO_EXPENSIVE", "SUPPORT.SLOW"}
    assert [row.response.comment for row in found.praise] == ["ok"], "a short one is better than none"


def test_an_empty_month_and_a_held_back_survey(make, now):
    make.brand()
    found = of_march(now)
    assert (
        found.focus is None
        and not (found.trend or found.hurting or found.praise)
        and found.effect.tally.n == 0
    )
    make.anonymous("nps")
    for _ in range(4):
        make.response(3, "Whose was that")
    assert not of_march(now).figures and not of_march(now).criticism
