from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from feedback.insights.selection import read
from feedback.insights.themes.reporting import themes_report
from tests.feedback.insights.themes.said import say

BERLIN = ZoneInfo("Europe/Berlin")


def the(**given):
    return read(given, date(2026, 3, 10), BERLIN)


def test_nothing_to_tell_without_a_survey_or_answers(app, make, now):
    assert themes_report(the(), None, None, now) is None
    make.survey()
    found = themes_report(the(), None, None, now)
    assert found.ranking.rows == [] and found.map is None and found.newest == {}


@pytest.mark.once
def test_themes_details_and_voices_of_a_part(make, now):
    here, there = make.customer("Ada", country="AT"), make.customer("Bo", country="DE")
    say(make, [1] * 12, "DELIVERY.LATE", here)
    say(make, [2] * 6 + [9] * 6, "DELIVERY", there)
    say(make, [10] * 30, "SUPPORT", there, "So kind.", 0.8)
    say(make, [10] * 30, None, here, "Fine.", 0.8)
    say(make, [1] * 8 + [9] * 3, "DELIVERY.LATE", there, submitted_at=now - timedelta(days=100))
    say(make, [10] * 20, None, there, submitted_at=now - timedelta(days=100))

    found = themes_report(the(), "DELIVERY", "country", now)

    delivery, support = found.ranking.rows
    assert (delivery.code, delivery.mentions, support.code) == ("DELIVERY", 24, "SUPPORT")
    # 66 promoters, 18 detractors of 84; without delivery 60 of 60.
    assert round(delivery.impact.value, 2) == round(100 * 48 / 84 - 100, 2)
    assert delivery.drift is not None
    assert [row.code for row in found.details.rows] == ["DELIVERY.LATE"]
    assert found.offered == ["country"] and found.map.dimension == "country"
    assert found.map.themes == ["DELIVERY", "DELIVERY.LATE"]
    assert {row.response.score for row in found.newest["unhappy"]} <= {1, 2}
    assert [row.response.score for row in found.newest["happy"]] == [9, 9, 9, 9]
    austria = themes_report(the(country="AT"), None, None, now)
    assert [row.mentions for row in austria.ranking.rows] == [12] and austria.drivers == {}


def test_for_whom_a_theme_hurts_is_told_also_where_its_details_are_too_small(make, now):
    here, there = make.customer("Ada", country="AT"), make.customer("Bo", country="DE")
    for customer in (here, there):
        say(make, [1] * 8 + [9] * 4, "DELIVERY", customer)
        say(make, [1] * 2 + [9], "DELIVERY.LATE", customer)
        say(make, [10] * 30, None, customer, "Fine.", 0.8)

    found = themes_report(the(), "DELIVERY", "country", now)

    assert found.map.themes == ["DELIVERY"]
    assert [[spot.mentions for spot in line.spots] for line in found.map.lines] == [[15], [15]]
