"""A change of the mix is told from a change of the parts (Simpson's paradox)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.improving.mix import Stratum, is_mix, standardised

# Berkeley 1973, departments A to F: admitted of applicants; men stand for before, women for after.
MEN = ((512, 825), (353, 560), (120, 325), (138, 417), (53, 191), (22, 373))
WOMEN = ((89, 108), (17, 25), (202, 593), (131, 375), (94, 393), (24, 341))
BERKELEY = [Stratum(a / n, n, b / m, m) for (a, n), (b, m) in zip(MEN, WOMEN, strict=True)]
PARTS = st.lists(
    st.builds(Stratum, st.floats(-100, 100), st.integers(0, 500), st.floats(-100, 100), st.integers(0, 500)),
    max_size=6,
)


def test_at_29_berkeley_raises_the_banner_with_its_standardised_figures():
    men, women = standardised(BERKELEY)

    assert (men, women) == (pytest.approx(0.387319, abs=1e-6), pytest.approx(0.429955, abs=1e-6))
    assert is_mix(BERKELEY)


def test_the_same_mix_or_parts_that_nobody_can_compare_raise_none():
    assert not is_mix([Stratum(10, 50, 20, 50), Stratum(30, 50, 25, 50)])
    assert not is_mix([Stratum(10, 50, 20, 50)])
    assert not is_mix(
        [Stratum(10, 90, 0, 0), Stratum(0, 0, 60, 90), Stratum(40, 5, 30, 5), Stratum(40, 5, 30, 5)]
    )
    assert not is_mix([])


@given(PARTS)
def test_both_directions_of_time_tell_the_same(parts):
    turned = [Stratum(part.after, part.n_after, part.before, part.n_before) for part in parts]
    assert is_mix(parts) == is_mix(turned)
