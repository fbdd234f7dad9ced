"""Where events stand on a picture over time."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from feedback.insights.charts import Reading, trend
from feedback.insights.geometry import WIDE
from feedback.insights.trends import buckets
from feedback.insights.watching.marks import first_behind, gathered, place_of, upright, with_marks


def test_marks_of_one_stretch_share_a_sign_and_those_outside_are_left_out():
    starts = [date(2026, 1, 5), date(2026, 1, 12)]
    places = [
        place_of(day, starts, date(2026, 1, 19))
        for day in (date(2026, 1, 5), date(2026, 1, 7), date(2026, 1, 13), date(2026, 2, 1))
    ]
    assert places == [0, pytest.approx(2 / 7), pytest.approx(1 + 1 / 7), None]
    assert gathered(places) == [(0, "1, 2"), (pytest.approx(1 + 1 / 7), "3")]
    assert place_of(date(2026, 1, 5), [], date(2026, 1, 6)) is None
    ends = [datetime(2026, 1, day, tzinfo=UTC) for day in (12, 19)]
    assert [first_behind(ends, at) for at in (ends[0], ends[1])] == [1, None]


def test_signs_that_would_touch_stand_one_above_the_other():
    near = [(each.label.x, each.label.y) for each in upright([(50, "1"), (55, "2"), (90, "3, 4")], 200)]
    assert near == [(50, 196), (55, 181), (90, 196)]


def test_a_trend_gets_the_marks_of_its_days_in_the_field():
    periods = [SimpleNamespace(bucket=each) for each in buckets(date(2026, 1, 5), date(2026, 2, 1), "week")]
    chart = trend([Reading("w", 30.0, 20.0, 40.0, 50)] * 4, "nps", "NPS", WIDE)
    events = [SimpleNamespace(day=date(2026, 1, 14)), SimpleNamespace(day=date(2025, 1, 1))]

    marked = with_marks(chart, periods, events)

    assert [each.label.text for each in marked.marks] == ["1"]
    assert chart.left < marked.marks[0].x < chart.right and marked.points == chart.points
    assert with_marks(chart, [], events) == chart
