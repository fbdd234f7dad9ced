"""What examples rule out: that a part lies within a value of another dimension which has a few answers more."""

import pytest

from feedback.insights.unlike import Example, Unlike, fewer

AT, DE = ("AT",), ("DE",)


def unlike(*examples, are_placed=True):
    return Unlike(
        (Example(frozenset({cell}), {"channel": value}) for cell, value in examples), are_placed=are_placed
    )


@pytest.mark.once
@pytest.mark.parametrize(
    ("examples", "left"),
    [
        ([], {"channel": None}),
        ([(AT, "qr")], {"channel": "qr"}),
        ([(AT, "qr"), (AT, "email")], {}),
        ([(AT, "qr"), *[(DE, "qr")] * 4, (DE, "email")], {"channel": "qr"}),
        ([(AT, "qr"), *[(DE, "qr")] * 5], {}),
        ([*[(AT, "qr")] * 5, *[(DE, "qr")] * 4], {"channel": "qr"}),
    ],
)
def test_two_that_differ_rule_it_out_or_five_around(examples, left):
    assert unlike(*examples).leaves_open(AT, ["channel"], fewer(1)) == left


@pytest.mark.once
def test_where_values_overlap_those_around_may_be_in_it_too():
    examples = [(AT, "qr"), *[(DE, "qr")] * 5]

    assert unlike(*examples, are_placed=False).leaves_open(AT, ["channel"], fewer(1)) == {"channel": "qr"}


@pytest.mark.once
def test_five_are_wanted_in_each_comparison():
    around = [(("AT", "DHL"), "qr")] * 3 + [(("DE", "UPS"), "qr")] * 9
    found = unlike((("AT", "UPS"), "qr"), *around)

    assert found.leaves_open(("AT", "UPS"), ["channel"], [(), (1,)]) == {}
    assert found.leaves_open(("AT", "UPS"), ["channel"], [(), (0,), (1,)]) == {"channel": "qr"}
