import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.insights.shifts import Tally, shifts


def test_a_change_is_split_into_rate_and_mix():
    """AT-56: 45.0 becomes 40.5 though both groups judge better; rate +3.0, mix -7.5."""
    before = {"new": Tally(100, 3000), "returning": Tally(100, 6000)}
    after = {"new": Tally(180, 180 * 33), "returning": Tally(60, 60 * 63)}

    found = shifts(before, after).values()

    assert sum(shift.rate for shift in found) == pytest.approx(3.0)
    assert sum(shift.mix for shift in found) == pytest.approx(-7.5)


tallies = st.builds(lambda n, score: Tally(n, n * score), st.integers(0, 50), st.integers(-100, 100))
periods = st.dictionaries(st.sampled_from("abcd"), tallies).filter(
    lambda found: any(t.n for t in found.values())
)


@given(periods, periods)
def test_the_parts_add_up_to_the_change(before, after):
    def score(period):
        return sum(tally.total for tally in period.values()) / sum(tally.n for tally in period.values())

    found = shifts(before, after)

    assert sum(shift.value for shift in found.values()) == pytest.approx(
        score(after) - score(before), abs=1e-9
    )
    assert sum(shift.weight for shift in found.values()) == pytest.approx(1)


def test_a_part_that_only_grew_and_judges_like_all_carries_nothing():
    before = {"a": Tally(10, 400), "b": Tally(90, 3600)}
    after = {"a": Tally(90, 3600), "b": Tally(10, 0)}

    assert shifts(before, after)["a"].value == pytest.approx(80 / 100 * (40 - (40 + 36) / 2))
    assert shifts({}, after) == {}
