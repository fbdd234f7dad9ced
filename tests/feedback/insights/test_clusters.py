"""Several answers of one person: acceptance test AT-20 of the measuring method."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.insights.clusters import clustered, sums_of

values = st.lists(st.sampled_from((-1, 0, 1)), min_size=2, max_size=40)


def test_at_20_the_naive_interval_is_too_short():
    persons = [(1, 1), (-1,), (1, 1, 1), (0,), (-1,), (1, 0), (1,), (-1,), (1,), (0,)]

    found = clustered(sums_of(persons))

    assert found is not None
    assert (found.persons, found.answers) == (10, 14)
    assert 100 * found.mean == pytest.approx(35.7143, abs=5e-5)
    assert found.naive_se == pytest.approx(0.225006, abs=1e-6)
    assert found.se == pytest.approx(0.2614848, abs=5e-8)
    assert 1 - 1 / found.widening == pytest.approx(0.14, abs=0.005)  # "14 % too short"


@given(values)
def test_one_answer_each_is_the_ordinary_error(answers):
    found = clustered(sums_of([each] for each in answers))

    assert found is not None
    # 1e-8: what is under the root may be lost in the last bits when everybody says the same.
    assert found.se == pytest.approx(found.naive_se, abs=1e-7)
    assert found.widening == pytest.approx(1, abs=1e-6)


@given(values, st.integers(2, 5))
def test_who_repeats_the_same_says_it_once(answers, times):
    once = clustered(sums_of([each] for each in answers))
    often = clustered(sums_of([each] * times for each in answers))

    assert once is not None and often is not None
    assert often.se == pytest.approx(once.se, abs=1e-7)
    assert math.isclose(often.mean, once.mean, abs_tol=1e-12)


def test_one_person_says_nothing_about_the_spread():
    assert clustered(sums_of([(1, 0, 1)])) is None
    assert clustered(sums_of([])) is None
