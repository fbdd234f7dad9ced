"""A change of the mix is told from a change of the parts (Simpson's paradox)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.improving.mix import is_mix
from feedback.insights.mix import standardised
from feedback.insights.parts import Part

# Berkeley 1973, departments A to F: admitted of applicants; men stand for before, women for after.
MEN = ((512, 825), (353, 560), (120, 325), (138, 417), (53, 191), (22, 373))
WOMEN = ((89, 108), (17, 25), (202, 593), (131, 375), (94, 393), (24, 341))
BERKELEY = [
    {name: Part(n, a / n) for name, (a, n) in zip("ABCDEF", side, strict=True)} for side in (MEN, WOMEN)
]
SIDE = st.dictionaries(
    st.sampled_from("ABCDEF"), st.builds(Part, st.integers(1, 500), st.integers(-100, 100))
)


def test_at_29_berkeley_raises_the_banner_with_its_standardised_figures():
    men, women = standardised(*BERKELEY)

    assert (men, women) == (pytest.approx(0.387319, abs=1e-6), pytest.approx(0.429955, abs=1e-6))
    assert is_mix(*BERKELEY)


def test_the_same_mix_or_parts_that_nobody_can_compare_raise_none():
    assert not is_mix({"A": Part(50, 10), "B": Part(50, 30)}, {"A": Part(50, 20), "B": Part(50, 25)})
    assert not is_mix({"A": Part(50, 10)}, {"A": Part(50, 20)})
    few = {"C": Part(5, 40), "D": Part(5, 40)}
    assert not is_mix({"A": Part(90, 10), **few}, {"B": Part(90, 60), "C": Part(5, 30), "D": Part(5, 30)})
    assert not is_mix({}, {})


@given(SIDE, SIDE)
def test_both_directions_of_time_tell_the_same(before, after):
    assert is_mix(before, after) == is_mix(after, before)
