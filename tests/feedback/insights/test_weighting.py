"""Post-stratification and raking, and what weights cost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.insights.parts import Part, part_of, together
from feedback.insights.weighting import effective, fitted, groups_of, post_stratified, raked, trimmed

# The schools of California, a cluster sample (R, survey package, apiclus1): E, H, M are the types of school.
SCHOOLS = {("E",): Part(144, 648.868056), ("H",): Part(14, 618.571429), ("M",): Part(25, 631.44)}
TYPES = {"E": 4421.0, "H": 755.0, "M": 1018.0}
BY_TYPE_AND_GOAL = {
    ("E", "No"): Part(12, 596.333333),
    ("E", "Yes"): Part(132, 653.643939),
    ("H", "No"): Part(3, 659.333333),
    ("H", "Yes"): Part(11, 607.454545),
    ("M", "No"): Part(8, 606.375),
    ("M", "Yes"): Part(17, 643.235294),
}
GOALS = {"No": 1072.0, "Yes": 5122.0}


def test_at_27_the_schools_of_california():
    assert together(SCHOOLS.values()).mean == pytest.approx(644.1694, abs=1e-4)
    weighted = post_stratified(SCHOOLS, {(name,): n for name, n in TYPES.items()})
    assert weighted.value == pytest.approx(642.3108, abs=1e-4)
    assert raked(BY_TYPE_AND_GOAL, [TYPES, GOALS]).value == pytest.approx(641.2303, abs=1e-4)


def test_at_28_new_returning_and_vip():
    strata = {"new": (12, 18, 30), "returning": (9, 18, 63), "vip": (2, 8, 40)}
    parts = {(name,): part_of("nps", {0: d, 7: n, 10: p}) for name, (d, n, p) in strata.items()}

    found = post_stratified(parts, {("new",): 6000, ("returning",): 3000, ("vip",): 1000})

    assert together(parts.values()).mean == pytest.approx(55.0)
    assert (found.value, found.se) == pytest.approx((43.6, 6.44397), abs=1e-5)
    assert (found.interval.low, found.interval.high) == pytest.approx((30.9700, 56.2300), abs=1e-4)
    assert list(found.weights.values()) == pytest.approx([100, 33.3333, 20], abs=1e-4)
    assert (found.n_eff, found.design_effect) == pytest.approx((138.889, 1.44), abs=1e-3)
    assert effective([(1, 4), (2, 2), (4, 1)]) == pytest.approx((5.142857, 1.361111), abs=1e-6)


sizes = st.fixed_dictionaries({(a, b): st.integers(1, 40) for a in "xy" for b in "uvw"})
shares = (
    st.fixed_dictionaries({name: st.integers(1, 9) for name in "xy"}),
    st.fixed_dictionaries({name: st.integers(1, 9) for name in "uvw"}),
)


@given(sizes, *shares)
def test_raked_weights_give_every_margin_its_population(counts, first, second):
    margins = [{name: 900.0 * n / sum(each.values()) for name, n in each.items()} for each in (first, second)]

    weights = fitted(counts, margins)

    assert all(weight > 0 for weight in weights.values())
    for at, margin in enumerate(margins):
        for name, size in margin.items():
            assert sum(weights[cell] * n for cell, n in counts.items() if cell[at] == name) == pytest.approx(
                size, rel=1e-4
            )


@given(sizes, st.fixed_dictionaries({(a, b): st.floats(0.01, 100) for a in "xy" for b in "uvw"}))
def test_cutting_weights_off_keeps_their_sum_and_costs_no_precision(counts, weights):
    parts = {cell: Part(n, 0.0) for cell, n in counts.items()}
    cut = trimmed(weights, parts)

    assert sum(cut[c] * n for c, n in counts.items()) == pytest.approx(
        sum(weights[c] * n for c, n in counts.items())
    )
    n_eff, effect = effective([(cut[c], n) for c, n in counts.items()])
    assert n_eff <= sum(counts.values()) + 1e-6 and effect >= 1 - 1e-9
    assert effect <= effective([(weights[c], n) for c, n in counts.items()])[1] + 1e-9


def test_small_groups_stand_together_until_they_are_enough():
    assert groups_of({"a": 50, "b": 12, "c": 4, "d": 1}, "…") == {"a": "a", "b": "…", "c": "…", "d": "…"}
    assert groups_of({"a": 50, "b": 7, "c": 4}, "…") == {"a": "a", "b": "…", "c": "…"}
    assert groups_of({"a": 50}, "…") == {"a": "a"}


def test_a_population_without_answers_is_refused():
    with pytest.raises(ValueError, match="same cells"):
        post_stratified(SCHOOLS, {("E",): 1})
    with pytest.raises(ValueError, match="values of the cells"):
        fitted({("E",): 3}, [{"E": 1.0, "H": 1.0}])
