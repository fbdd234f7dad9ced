"""The line of a goal: everything stands in the picture, in its order, and no words run out of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.aiming.pictures import NARROW, WIDE, Words, way
from feedback.aiming.standings import Standing
from feedback.insights.charts import CHARACTER
from feedback.insights.intervals import Interval

WORDS = Words("start −100", "goal 100", "100")
points = st.integers(-1000, 1000).map(lambda tenths: tenths / 10)


def standing(low, score, high):
    middle = (low + score) / 2, (score + high) / 2
    return Standing(score, 50, Interval(low, high, 0.95, "score"), Interval(*middle, 0.6, "score"))


@pytest.mark.parametrize("size", [WIDE, NARROW])
@given(
    ends=st.tuples(points, points).filter(lambda two: two[0] < two[1]), told=st.tuples(points, points, points)
)
def test_everything_stands_inside_and_in_its_order(size, ends, told):
    found = way(*ends, standing(*sorted(told)), WORDS, size)

    assert found.start_x < found.target_x
    assert found.band is not None and found.sure is not None and found.point_x is not None
    assert found.band.x <= found.sure.x <= found.point_x <= found.band.x + max(2, found.band.width) + 0.1
    for text in (found.start, found.target, found.point):
        width = len(text.text) * CHARACTER
        left = text.x - {"start": 0, "middle": width / 2, "end": width}[text.anchor]
        assert left >= -0.1 and left + width <= size.width + 0.1
    # The words of start and goal hang on the outer sides of their strokes, so they never touch.
    assert found.start.x < found.start_x < found.target_x < found.target.x


def test_without_answers_there_are_start_and_goal_alone():
    found = way(40, 50, None, WORDS, WIDE)

    assert (found.band, found.sure, found.point, found.point_x) == (None, None, None, None)
