"""When something is said about why a shop's customers may be asked."""

import pytest

from feedback.going_live.facts import BrandFacts


@pytest.mark.parametrize(
    "default_basis, declared, has_basis",
    [("none", 0, False), ("none", 1, True), ("opt_in", 0, True), ("existing_customer", 0, True)],
)
def test_a_declaration_or_a_basis_for_everybody_is_enough(default_basis, declared, has_basis):
    shop = BrandFacts("olive", "Olive", None, None, None, None, default_basis, declared, False, 0)

    assert shop.has_basis is has_basis
