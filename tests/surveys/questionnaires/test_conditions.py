"""Conditions are judged on words and numbers, and on what nobody told."""

import pytest

from surveys.questionnaires.conditions import Condition, all_met, from_data, number_of


@pytest.mark.parametrize(
    ("of", "op", "values", "is_met"),
    [
        ("group", "one_of", ("detractor", "passive"), True),
        ("group", "one_of", ("DETRACTOR",), True),
        ("group", "none_of", ("promoter",), True),
        ("group", "none_of", ("detractor",), False),
        ("score", "at_most", ("3",), True),
        ("score", "at_most", ("2",), False),
        ("score", "at_least", ("3",), True),
        ("value", "at_least", ("49.90",), True),
        ("value", "at_least", ("50",), False),
        ("reasons", "one_of", ("DELIVERY.LATE",), True),
        ("reasons", "none_of", ("DELIVERY.LATE", "PRICE"), False),
        ("carrier", "one_of", ("DHL",), False),
        ("carrier", "none_of", ("DHL",), True),
        ("carrier", "at_least", ("1",), False),
        ("language", "at_least", ("1",), False),
    ],
)
def test_a_condition_compares_with_what_is_known(of, op, values, is_met):
    known = {
        "group": ("detractor",),
        "score": ("3",),
        "language": ("de",),
        "value": ("49.9",),
        "reasons": ("PACKAGING", "DELIVERY.LATE"),
    }

    assert Condition(of, op, values).is_met(known) is is_met


def test_every_condition_has_to_be_met_and_no_condition_is_in_nobodys_way():
    low, german = Condition("score", "at_most", ("6",)), Condition("language", "one_of", ("de",))

    assert all_met((), {})
    assert all_met((low, german), {"score": ("2",), "language": ("de",)})
    assert not all_met((low, german), {"score": ("2",), "language": ("en",)})


def test_conditions_come_back_as_they_were_kept():
    condition = Condition("score", "at_most", ("6",))

    assert from_data([condition.as_data()]) == (condition,)


@pytest.mark.parametrize("text", ["", "much", "NaN", "Infinity", "1,5"])
def test_what_is_no_finite_number_reaches_no_bound(text):
    assert number_of(text) is None
