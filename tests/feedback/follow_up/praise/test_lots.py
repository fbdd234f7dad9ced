"""The draw is fair, the same all day, and never prefers who came first."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from feedback.follow_up.praise.lots import Happy, drawn

DAY = date(2026, 3, 10)
URN = [Happy(number, f"answer{number}", number) for number in range(20)]


def test_it_is_the_same_all_day_whoever_looks_and_another_one_the_next():
    today = drawn(URN, DAY, "demo", 3)

    assert drawn(reversed(URN), DAY, "demo", 3) == today
    assert drawn(URN, DAY + timedelta(days=1), "demo", 3) != today
    assert drawn(URN, DAY, "other", 3) != today


def test_nobody_is_drawn_twice():
    urn = [Happy(number, f"answer{number}", number % 2) for number in range(20)]

    assert sorted(each.customer_id for each in drawn(urn, DAY, "demo", 5)) == [0, 1]


def test_over_many_days_everybody_has_the_same_chance():
    counts = Counter(
        each.customer_id for day in range(2000) for each in drawn(URN, DAY + timedelta(days=day), "demo", 1)
    )

    # 100 expected of each, standard deviation 9.7: five of them are 52 to 148.
    assert len(counts) == 20 and min(counts.values()) >= 52 and max(counts.values()) <= 148


@given(st.lists(st.integers(0, 9), max_size=30), st.integers(-1, 40))
def test_never_more_than_there_are_or_may_be(customers, limit):
    urn = [Happy(number, f"a{number}", customer) for number, customer in enumerate(customers)]

    assert len(drawn(urn, DAY, "demo", limit)) == max(0, min(limit, len(set(customers))))


def test_who_was_drawn_stays_drawn_when_the_limit_rises():
    assert drawn(URN, DAY, "demo", 5)[:3] == drawn(URN, DAY, "demo", 3)
