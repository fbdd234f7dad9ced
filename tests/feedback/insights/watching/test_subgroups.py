"""How answers are cut: wide enough to say something, batches where even months are thin."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from feedback.insights.watching.subgroups import (
    Subgroup,
    batch_size,
    batches,
    begun,
    is_thick,
    pooled,
    widened,
)

MONDAY = date(2026, 3, 2)
START = datetime(2026, 3, 2, tzinfo=UTC)
DAY = timedelta(days=1)


def days(*counts):
    return [
        (MONDAY + at * DAY, Subgroup(START + at * DAY, START + (at + 1) * DAY, {9: n} if n else {}))
        for at, n in enumerate(counts)
    ]


def test_days_become_weeks_and_months_without_losing_an_answer():
    some = days(*[3] * 40)

    assert [each.n for each in widened(some, "week")] == [21, 21, 21, 21, 21, 15]
    assert [each.n for each in widened(some, "month")] == [90, 30]
    assert widened(some, "week")[1].since == START + 7 * DAY
    assert widened(some, "day") == [each for _, each in some]


def test_empty_stretches_before_the_first_answer_are_none():
    assert [each.n for each in begun([each for _, each in days(0, 0, 4, 0, 5)])] == [4, 0, 5]
    assert begun([each for _, each in days(0, 0)]) == []


def test_twelve_stretches_with_twenty_answers_and_five_of_the_rarer_kind_are_enough():
    thick, thin = ([each for _, each in days(*[n] * 12)] for n in (20, 19))

    assert is_thick(thick) and not is_thick(thin) and not is_thick(thick[1:])
    assert is_thick(thick, [5] * 12) and not is_thick(thick, [4] * 12)


def test_batches_of_a_part_are_so_large_that_one_mind_names_nobody():
    assert [batch_size(unit, is_whole=True) for unit in ("batch", "small", "week")] == [20, 5, None]
    assert [batch_size(unit, is_whole=False) for unit in ("batch", "small")] == [20, 10]


@given(st.lists(st.integers(0, 10), max_size=70), st.integers(1, 20))
def test_full_batches_hold_every_answer_but_the_last_few(scores, size):
    answers = [(START + at * timedelta(minutes=7), score) for at, score in enumerate(scores)]
    found = batches(answers, size)

    assert all(each.n == size for each in found) and len(found) == len(scores) // size
    assert sum(pooled(found).values()) == len(scores) - len(scores) % size
    assert all(earlier.until <= later.since for earlier, later in pairwise(found))
