"""Rate, mix and Simpson's paradox."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.insights.mix import (
    OTHERS,
    Split,
    collapsed,
    contribution,
    is_reversed,
    mix_along,
    of_who,
    split,
    standardised,
    told,
)
from feedback.insights.parts import Part, together

BERKELEY = {  # men and women: admitted of applicants by department (R, UCBAdmissions)
    "A": ((512, 825), (89, 108)),
    "B": ((353, 560), (17, 25)),
    "C": ((120, 325), (202, 593)),
    "D": ((138, 417), (131, 375)),
    "E": ((53, 191), (94, 393)),
    "F": ((22, 373), (24, 341)),
}
MEN, WOMEN = (
    {name: Part(n, x / n) for name, (x, n) in zip(BERKELEY, side, strict=True)}
    for side in zip(*BERKELEY.values(), strict=True)
)


def test_at_29_women_were_admitted_more_often_in_most_departments_and_less_often_over_all():
    assert split(MEN, WOMEN).change == pytest.approx(0.303542 - 0.445188, abs=1e-6)
    assert standardised(MEN, WOMEN) == pytest.approx((0.387319, 0.429955), abs=1e-6)
    assert sorted(name for name in BERKELEY if WOMEN[name].mean > MEN[name].mean) == ["A", "B", "D", "F"]
    assert is_reversed(MEN, WOMEN)
    assert told([mix_along("department", MEN, WOMEN, 0.05)], is_clear=True)


def test_at_56_both_groups_rose_and_the_whole_fell():
    before = {"new": Part(100, 30), "returning": Part(100, 60)}
    after = {"new": Part(180, 33), "returning": Part(60, 63)}

    found = split(before, after)

    assert (found.change, found.rate, found.mix) == pytest.approx((-4.5, 3.0, -7.5))
    assert [
        told([mix_along("buyer", before, after, 1.0)], is_clear=clear) != [] for clear in (True, False)
    ] == [
        True,
        True,
    ], "the banner needs no clear change"
    assert not is_reversed(before, {"new": Part(100, 33), "returning": Part(100, 63)})


def test_the_mix_is_told_when_it_carries_half_of_a_clear_change_and_never_for_what_happened_to_orders():
    before, after = {"a": Part(80, 60), "b": Part(20, 0)}, {"a": Part(40, 60), "b": Part(60, 0)}
    found = mix_along("country", before, after, 1.0)
    assert (found.split.rate, found.split.mix, found.before, found.after) == pytest.approx((0, -24, 36, 36))
    assert told([found], is_clear=True) == [found] and not told([found], is_clear=False)

    for happened in ("lateness", "carrier"):
        late = mix_along(happened, before, after, 1.0)
        assert not told([late], is_clear=True), "more late parcels are no other people"
        assert not of_who([late])
    mostly_rate = {"a": Part(75, 40), "b": Part(25, -20)}
    assert not told([mix_along("country", before, mostly_rate, 1.0)], is_clear=True)
    assert mix_along("country", {"a": Part(50, 1)}, {"a": Part(50, 9)}, 1.0) is None
    before, after = {"a": Part(100, 60), "b": Part(100, 20)}, {"a": Part(90, 62), "b": Part(110, 22)}
    assert not mix_along("country", before, after, 1.0).is_reversed, "the whole hardly moved: 40 against 40"


def test_many_small_parts_that_went_the_other_way_do_not_turn_a_fall_around():
    """By their number most went up, by their answers hardly anybody: the fall is one of judgement."""
    before = {"big": Part(300, 50), "b": Part(20, 50), "c": Part(20, 50)}
    after = {"big": Part(330, 20), "b": Part(20, 51), "c": Part(20, 51)}
    assert is_reversed(before, after) and not told([mix_along("country", before, after, 1.0)], is_clear=True)


def test_a_part_that_only_grew_carries_as_much_as_it_differs_from_the_others():
    before, after = {"a": Part(10, 40), "b": Part(90, 40)}, {"a": Part(90, 40), "b": Part(10, 0)}
    was, is_ = together(before.values()), together(after.values())
    assert contribution(before["a"], after["a"], was, is_).change == pytest.approx(0.8 * (40 - (40 + 36) / 2))
    assert contribution(None, None, was, is_) == Split(0, 0)


names = st.sampled_from(["a", "b", "c", "d"])
sides = st.dictionaries(names, st.builds(Part, st.integers(1, 400), st.floats(-100, 100)), min_size=1)


@given(sides, sides)
def test_rate_and_mix_add_up_to_the_change_and_turn_with_it(before, after):
    found, back = split(before, after), split(after, before)

    assert found.rate + found.mix == pytest.approx(found.change, abs=1e-9)
    assert (back.change, back.rate, back.mix) == pytest.approx(
        (-found.change, -found.rate, -found.mix), abs=1e-9
    )
    assert is_reversed(before, after) == is_reversed(after, before)


@given(sides, st.integers(2, 5))
def test_with_the_same_shares_everything_is_rate(before, times):
    after = {name: Part(part.n * times, part.mean + 5) for name, part in before.items()}

    assert split(before, after) == Split(*(pytest.approx(value, abs=1e-9) for value in (5, 0)))
    then, now = standardised(before, after)
    assert now - then == pytest.approx(5)


@given(sides, sides)
def test_no_stratum_of_a_few_stands_alone_or_can_be_worked_out(before, after):
    was, now = collapsed(before, after)

    assert sum(part.n for part in was.values()) == sum(part.n for part in before.values())
    if len({*was, *now}) > 1:
        assert all(side[name].n >= 10 for side in (was, now) for name in side)
    else:
        assert {*was, *now} <= {*before, *after, OTHERS}


def test_nothing_cannot_be_split():
    with pytest.raises(ValueError, match="No answers"):
        split({}, {"a": Part(1, 1)})
