import pytest

from surveys.customers.permission import BASES_TO_ASK, basis_of


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
    assert (basis_of(own, default) in BASES_TO_ASK) is asked
