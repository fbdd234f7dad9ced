"""Columns: they start at 0, keep their proportions, and stay on the page."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.insights.columns import distribution
from feedback.insights.geometry import NARROW, WIDE
from surveys.scales import SCALES

sizes = st.sampled_from([WIDE, NARROW])


@given(st.sampled_from(sorted(SCALES)), sizes, st.data())
def test_everything_of_a_distribution_lies_inside_the_picture(kind, size, data):
    scores = SCALES[kind].scores
    counts = data.draw(st.dictionaries(st.sampled_from(scores), st.integers(0, 10**6)))
    chart = distribution(kind, counts, "% of answers", size)

    assert [bar.score for bar in chart.bars] == list(scores)
    for bar in chart.bars:
        assert bar.x >= 0 and bar.x + bar.width <= size.width + 0.1
        assert bar.y >= 0 and bar.y + bar.height <= chart.base + 0.1
        assert bool(bar.count) == (bar.height > 0)
        # Above the number on the column there is a line for the unit.
        assert bar.share.y - 13 > chart.unit.y
    for one, other in pairwise(chart.bars):
        assert one.x + one.width < other.x
    assert chart.n == sum(counts.values()) == sum(span.count for span in chart.spans)
    for span in chart.spans:
        assert 0 <= span.x1 < span.x2 <= size.width
        assert span.name_y <= size.height
    if chart.n:
        assert sum(int(span.share.text) for span in chart.spans) == 100


def test_bars_start_at_zero_and_keep_their_proportions():
    chart = distribution("nps", {0: 10, 7: 20, 10: 40}, "% of answers", WIDE)
    heights = {bar.score: bar.height for bar in chart.bars}

    assert heights[10] == pytest.approx(2 * heights[7], abs=0.2)
    assert heights[10] == pytest.approx(4 * heights[0], abs=0.4)
    assert heights[5] == 0


def test_a_single_answer_among_thousands_is_seen():
    chart = distribution("nps", {0: 1, 10: 99_999}, "% of answers", NARROW)

    assert chart.bars[0].height == 1.0
    assert chart.bars[0].share.text == "<1"


def test_the_same_meaning_has_the_same_colour_on_every_scale():
    for kind, scale in SCALES.items():
        chart = distribution(kind, {}, "% of answers", WIDE)
        tones = {bar.score: bar.tone for bar in chart.bars}
        assert tones[scale.high] == "happy"
        assert tones[scale.low] == ("neutral" if kind == "pmf" else "unhappy")
        assert [span.tone for span in chart.spans] == [group.mood for group in scale.groups]
