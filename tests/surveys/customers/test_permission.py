from datetime import UTC, datetime

import pytest

from surveys.customers.permission import basis_of, may_be_asked


@pytest.mark.parametrize(
    ("own", "default", "asked"),
    [
        (None, "none", False),
        (None, "existing_customer", True),
        (None, "opt_in", True),
        ("none", "existing_customer", False),
        ("opt_in", "none", True),
        ("existing_customer", "none", True),
    ],
)
def test_the_own_basis_goes_before_the_brands(own, default, asked):
    assert may_be_asked(own, default, None) is asked


def test_an_objection_beats_every_basis():
    assert not may_be_asked("opt_in", "opt_in", datetime(2026, 1, 1, tzinfo=UTC))


def test_the_basis_that_holds_can_be_named():
    assert (basis_of(None, "opt_in"), basis_of("none", "opt_in")) == ("opt_in", "none")
