"""The geometry of a control chart: everything stands in the field, signals and marks where they belong."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.insights.geometry import NARROW, WIDE
from feedback.insights.watching.course import course
from feedback.insights.watching.pictures import Said, counting, picture
from feedback.insights.watching.subgroups import Subgroup

START = datetime(2026, 1, 5, tzinfo=UTC)
WEEK = timedelta(days=7)


def weeks(*counts):
    return [Subgroup(START + at * WEEK, START + (at + 1) * WEEK, each) for at, each in enumerate(counts)]


SOME = weeks(*[{0: 8, 8: 12, 10: 20}] * 14, {}, {0: 24, 8: 8, 10: 8})


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_points_lie_in_the_field_and_a_gap_cuts_line_and_band(size):
    found = course("score", "nps", "week", SOME)
    said = [Said(f"{at} Jan", "30") for at in range(len(SOME))]
    drawn = picture(found, said, "NPS", size, borders=[(3, "Version 2")], marks=[(2.5, "1")])

    assert len(drawn.dots) == 15 and len(drawn.bands) == 2 and len(drawn.lines) == 1
    assert [dot.is_signal for dot in drawn.dots] == [False] * 14 + [True]
    for dot in drawn.dots:
        assert drawn.left <= dot.x <= drawn.right and drawn.top <= dot.y <= drawn.bottom
    assert all(earlier.x < later.x for earlier, later in zip(drawn.dots, drawn.dots[1:], strict=False))
    assert drawn.marks[0].x == drawn.dots[2].x
    assert len(drawn.labels) * 30 < size.width


def test_counts_have_round_numbers_from_zero():
    assert counting(340, 7) == [0, 100, 200, 300, 400]
    assert counting(3, 7) == [0, 1, 2, 3]
    assert counting(0, 7) == [0, 1]


@given(st.floats(0.1, 5_000_000), st.integers(4, 9))
def test_round_numbers_reach_the_largest_and_are_few(most, ticks):
    found = counting(most, ticks)
    assert found[0] == 0 and found[-1] >= most and 2 <= len(found) <= ticks
