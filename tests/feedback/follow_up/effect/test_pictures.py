"""The rising curve as geometry: it starts at nothing, climbs in steps, and stops where too few are left to tell."""

import re

from hypothesis import given
from hypothesis import strategies as st

from feedback.follow_up.effect.pictures import (
    DAY,
    HORIZONS,
    HOUR,
    Words,
    horizon_of,
    told_until,
    waiting_chart,
)
from feedback.follow_up.effect.survival import Watched, curve
from feedback.insights.geometry import NARROW, WIDE

WORDS = Words("Percent contacted", "{number} days", "half within 5 hours")
CASES = st.lists(
    st.builds(Watched, st.integers(0, 90 * DAY), st.booleans(), st.integers(1, 30)), min_size=1, max_size=30
)


def corners(path):
    return [tuple(map(float, pair.split())) for pair in re.split("[MLZ]", path) if pair]


def hours(*times):
    return curve([Watched(time * HOUR, True) for time in times])


def test_it_looks_as_far_as_most_of_what_happened():
    assert horizon_of(hours(*range(1, 21))).length == DAY
    assert horizon_of(hours(*range(1, 101, 2))).length == 7 * DAY
    assert horizon_of(curve([Watched(400 * DAY, False, 9)])) == HORIZONS[-1]
    assert horizon_of(curve([])).length == DAY


def test_it_stops_where_fewer_than_five_are_left_to_tell():
    slow = curve([Watched(HOUR, True, 20), *(Watched(day * DAY, True) for day in range(1, 7))])

    assert told_until(slow) == 2 * DAY  # five waited until then, four after it
    assert waiting_chart(slow, WORDS, WIDE).end.text == "85 %"


def test_a_handful_of_cases_is_drawn_whole():
    assert told_until(hours(1, 2, 3)) == 3 * HOUR


def test_the_line_climbs_from_nothing_to_the_share_that_is_told():
    chart = waiting_chart(hours(*range(1, 11)), WORDS, WIDE)

    line = corners(chart.line)
    assert line[0] == (chart.left, chart.bottom)
    heights = [y for _, y in line]
    assert heights == sorted(heights, reverse=True)
    assert chart.median.y == (chart.top + chart.bottom) / 2
    assert [tick.label.text for tick in chart.ticks] == ["0", "25", "50", "75", "100"]


def test_no_number_below_touches_the_last_one_on_a_narrow_screen():
    chart = waiting_chart(curve([Watched(80 * DAY, True, 40)]), WORDS, NARROW)

    *others, last = chart.labels
    assert last.text == "90 days"
    assert max(each.x for each in others) + 2 * 7.4 < last.x - len(last.text) * 7.4 / 2


def test_where_nothing_happened_there_is_a_flat_line_and_no_band():
    chart = waiting_chart(curve([Watched(5 * HOUR, False, 9)]), WORDS, WIDE)

    assert (chart.band, chart.median, chart.end.text) == ("", None, "0 %")
    assert {y for _, y in corners(chart.line)} == {chart.bottom}


@given(CASES, st.sampled_from([WIDE, NARROW]))
def test_everything_stays_in_the_field_and_the_line_in_its_band(cases, size):
    chart = waiting_chart(curve(cases), WORDS, size)

    for x, y in corners(chart.line) + corners(chart.band):
        assert chart.left <= x <= chart.right and chart.top <= y <= chart.bottom
    if chart.median is not None:
        assert chart.left <= chart.median.x <= chart.right
