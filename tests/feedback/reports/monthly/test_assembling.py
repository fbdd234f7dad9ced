"""What a monthly report says: of whole months, against the month before, judged together."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from feedback.insights.differences import share_p
from feedback.insights.selection import Selection
from feedback.reports.monthly.assembling import days_of, month

BERLIN = ZoneInfo("Europe/Berlin")
MARCH = days_of(date(2026, 3, 1))


def of_march(now):
    return month(Selection(zone=BERLIN), MARCH, now)


def test_months_have_the_days_of_the_calendar():
    assert days_of(date(2026, 2, 1)) == (date(2026, 2, 1), date(2026, 2, 28))
    assert days_of(date(2024, 2, 1)).length == 29 and days_of(date(2026, 12, 1)).last == date(2026, 12, 31)


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


OTHERS = ("PRICE.TOO_EXPENSIVE", "SUPPORT.SLOW", "RETURNS.UNCLEAR", "WEBSITE.SLOW")


def test_what_seems_to_have_changed_alone_need_not_among_many(make, now, complain):
    """10 of 40 and 19 of 40: p = 0.04 alone, a change; among five themes that is what chance brings."""
    dora = make.customer("Dora")
    for at, late in ((now - timedelta(days=28), 10), (now, 19)):
        with make.at_one_go():
            for place in range(40):
                code = "DELIVERY.LATE" if place < late else OTHERS[place % 4]
                complain(code, 2, f"{code} {place}", customer=dora, submitted_at=at, saved_at=at)
    themes = of_march(now).themes
    late_now = next(theme for theme in themes if theme.code == "DELIVERY.LATE")
    assert (late_now.now.n, late_now.now.of, late_now.before.n, late_now.before.of) == (19, 40, 10, 40)
    assert share_p(19, 40, 10, 40) < 0.05 and late_now.outcome == "not_distinguishable" and len(themes) == 5


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
        and not (found.trend or found.themes or found.praise)
        and found.effect.tally.n == 0
    )
    make.anonymous("nps")
    for _ in range(4):
        make.response(3, "Whose was that")
    assert not of_march(now).figures and not of_march(now).criticism


def test_a_detail_is_compared_with_itself_the_month_before(make, now, complain):
    dora = make.customer("Dora")
    before = now - timedelta(days=28)
    for number in range(6):
        complain("DELIVERY.LATE", 2, f"late {number}", customer=dora)
        code = "DELIVERY.LATE" if number < 2 else "DELIVERY"
        complain(code, 2, f"{code} {number}", customer=dora, submitted_at=before, saved_at=before)
    (theme,) = of_march(now).themes
    assert (theme.code, theme.now.n, theme.before.n, theme.before.of) == ("DELIVERY.LATE", 6, 2, 6)
