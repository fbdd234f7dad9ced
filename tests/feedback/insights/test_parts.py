"""Parts: what an answer is worth, and the arithmetic of means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.insights.parts import Part, part_of, smallest_seen, together, worth_of
from feedback.insights.scores import measure
from surveys.scales import SCALES


@pytest.mark.parametrize("kind", SCALES)
@given(data=st.data())
def test_the_mean_of_a_part_is_the_headline_of_its_kind(kind, data):
    counts = data.draw(
        st.dictionaries(st.sampled_from(list(SCALES[kind].scores)), st.integers(1, 50), min_size=1)
    )

    assert part_of(kind, counts).mean == pytest.approx(measure(kind, counts).score, abs=1e-9)
    assert set(worth_of(kind)) == set(SCALES[kind].scores)


@given(st.lists(st.dictionaries(st.integers(0, 10), st.integers(1, 9), min_size=1), min_size=1, max_size=4))
def test_parts_together_are_the_part_of_all_counts(many):
    counts = {score: sum(each.get(score, 0) for each in many) for score in range(11)}
    whole, found = part_of("nps", counts), together(part_of("nps", each) for each in many)

    assert found == Part(*(pytest.approx(value, abs=1e-6) for value in whole))


def test_nobody_is_no_part():
    assert part_of("nps", {}) is None and together([]) is None


def test_the_smallest_difference_that_can_be_seen_falls_with_the_root_of_the_answers():
    # 2.801585 standard errors of sqrt(2 * 2500 / n): z of 95 % two-sided plus z of 80 %.
    fifty = Part(100, 50.0, 2500.0)
    assert smallest_seen(fifty, fifty) == pytest.approx(2.801585 * 7.071068, rel=1e-6)
    hundred = Part(400, 50.0, 2500.0)
    assert smallest_seen(hundred, hundred) == pytest.approx(smallest_seen(fifty, fifty) / 2)
    assert smallest_seen(Part(9, 100.0), Part(9, 100.0)) is None
