from datetime import UTC, datetime

import pytest

from surveys.customers.permission import (
    BASES_TO_ASK,
    NO_BASIS,
    NO_EVIDENCE,
    NOT_CONFIRMED,
    Standing,
    basis_of,
    country_of,
    why_not,
)


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


AT_NOON = datetime(2026, 3, 10, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("basis", "has_evidence", "confirmed_at", "country", "missing"),
    [
        ("none", True, AT_NOON, "FR", NO_BASIS),
        ("opt_in", False, None, "FR", None),
        ("existing_customer", False, None, "FR", None),
        ("opt_in", True, None, "DE", NOT_CONFIRMED),
        ("opt_in", False, AT_NOON, "DE", None),
        ("existing_customer", False, AT_NOON, "DE", NO_EVIDENCE),
        ("existing_customer", True, None, "AT", None),
        ("existing_customer", False, None, None, NO_EVIDENCE),
    ],
)
def test_strict_countries_want_the_basis_proven(basis, has_evidence, confirmed_at, country, missing):
    assert why_not(Standing(basis, has_evidence, confirmed_at, country), ("AT", "DE")) == missing


def test_without_strict_countries_the_basis_alone_counts_wherever_somebody_lives():
    assert why_not(Standing("opt_in", False, None, None), []) is None
    assert why_not(Standing("none", True, AT_NOON, None), []) == NO_BASIS


@pytest.mark.parametrize(
    ("told", "zones", "country"),
    [
        (("FR", "DE"), ("Europe/Berlin",), "FR"),
        ((None, "AT"), (), "AT"),
        ((None, None), ("Europe/Vienna", "Europe/Berlin"), "AT"),
        ((), (None, "Etc/GMT-3", "Europe/Berlin"), "DE"),
        ((), ("Etc/UTC", "Nowhere/Land"), None),
    ],
)
def test_a_country_nobody_told_is_that_of_the_time_zone(told, zones, country):
    assert country_of(told, zones) == country
