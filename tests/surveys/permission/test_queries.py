"""Which declaration covers whom, and what is missing."""

from datetime import timedelta

import pytest

from surveys.customers.opting_out import object_to_asking
from surveys.customers.permission import NO_BASIS, NO_EVIDENCE
from surveys.database import db
from surveys.permission.declaring import Declaration, declare, withdraw
from surveys.permission.queries import (
    barred_among,
    bars_on,
    is_objected,
    suppressed_because,
    suppressions,
    verdict_on,
)
from surveys.permission.suppressing import suppress

DAY = timedelta(days=1)
NOTICE = "The checkout says: we may ask how it was; you can object at any time."


@pytest.fixture
def brand(make):
    return make.brand("strict", name="Strict Shop", declared=False)


def declared(brand, since, now, source="any", basis="existing_customer"):
    return declare(brand, Declaration(source, basis, NOTICE, since), None, now)


def test_the_brands_default_alone_is_no_evidence_in_germany(make, brand, now):
    assert verdict_on(make.customer(brand=brand)).missing == NO_EVIDENCE
    assert verdict_on(make.customer(brand=brand, country="FR")).missing is None


def test_a_declaration_covers_those_who_bought_while_it_held(make, brand, now):
    customer = make.customer(brand=brand)
    declared(brand, now - 5 * DAY, now)
    before = make.purchase(customer, placed_at=now - 6 * DAY)
    after = make.purchase(customer, placed_at=now - 5 * DAY)

    assert verdict_on(customer, before).missing == NO_EVIDENCE
    assert verdict_on(customer, after).missing is None


def test_the_declaration_of_the_way_they_came_goes_before_that_of_every_way(make, brand, now):
    customer = make.customer(brand=brand, source="hook")
    declared(brand, now - 5 * DAY, now)
    of_hooks = declared(brand, now - 5 * DAY, now, "hook", "opt_in")
    declared(brand, now - 5 * DAY, now, "import")

    assert verdict_on(customer).declared == of_hooks


def test_a_declaration_gives_a_basis_to_customers_who_came_without(make, now):
    brand = make.brand("strict", default_basis="none")
    customer = make.customer(brand=brand)
    assert verdict_on(customer).missing == NO_BASIS
    declaration = declared(brand, now - DAY, now)
    assert verdict_on(customer).missing is None
    withdraw(declaration, now)
    assert verdict_on(customer).missing == NO_BASIS


def test_a_basis_of_none_is_not_improved_by_a_declaration(make, brand, now):
    declared(brand, now - DAY, now)
    assert verdict_on(make.customer(brand=brand, basis="none")).missing == NO_BASIS


def test_a_customer_of_unknown_country_lives_where_the_shop_is(make, now):
    here = make.brand("here", declared=False)
    there = make.brand("there", declared=False, time_zone="Europe/Paris")

    assert verdict_on(make.customer(brand=here, country=None)).missing == NO_EVIDENCE
    assert verdict_on(make.customer(brand=there, country=None)).missing is None


@pytest.mark.once
@pytest.mark.parametrize(
    ("reason", "said"),
    [("bounce", "undeliverable"), ("complaint", "complained"), ("manual", "suppressed")],
)
def test_an_entry_says_why_nobody_writes(make, now, reason, said):
    pat = make.customer("Pat", email="pat@example.test")
    suppress("Pat@Example.test", reason, now)

    assert suppressed_because(pat) == said
    assert suppressed_because(make.customer("Olga")) is None
    assert suppressed_because(make.customer("Ben", email=None, reference="C-1")) is None


def test_an_entry_of_one_brand_leaves_the_others_alone(make, now):
    brand, second = make.brand(), make.brand("second")
    suppress("pat@example.test", "manual", now, brand=brand)

    assert suppressed_because(make.customer("Pat", email="pat@example.test", brand=brand)) == "suppressed"
    assert suppressed_because(make.customer("Pat", email="pat@example.test", brand=second)) is None


def test_the_list_pages_and_finds_an_address(make, now):
    make.brand()
    for name in ("a", "b", "c"):
        suppress(f"{name}@example.test", "manual", now)
    db.session.commit()
    newest = suppressions(2)

    assert [row.masked[0] for row in newest] == ["c", "b"]
    assert [row.masked[0] for row in suppressions(2, before=newest[-1].public_id)] == ["a"]
    assert [row.masked[0] for row in suppressions(9, address="B@example.test ")] == ["b"]
    assert suppressions(9, address="d@example.test") == []


def test_an_objection_counts_for_everybody_of_the_brand_with_that_address(make, now):
    dora = make.customer(email="dora@example.test")
    same = make.customer("Dora's shop", email="dora@example.test", reference="C-2")
    elsewhere = make.customer(email="dora@example.test", brand=make.brand("second", name="Second"))
    silent = make.customer("No address", email=None, reference="C-3")
    assert not is_objected(dora)

    object_to_asking(dora, "page", now)

    assert is_objected(dora) and is_objected(same)
    assert not is_objected(elsewhere) and not is_objected(silent)


def test_many_are_barred_as_each_alone(make, now):
    ours, other = make.brand(), make.brand("other")
    people = {
        name: make.customer(name.title())
        for name in ("free", "ours", "all", "both", "released", "theirs", "objected")
    }
    people["nowhere"] = make.customer("Nowhere", email=None, reference="C-7")
    assert barred_among([*people.values()]) == {}, "no address was ever hashed here"
    suppress(people["ours"].email, "bounce", now, brand=ours)
    suppress(people["all"].email, "complaint", now, brand=None)
    suppress(people["released"].email, "manual", now, brand=ours)[0].released_at = now
    suppress(people["theirs"].email, "manual", now, brand=other)
    suppress(people["both"].email, "manual", now, brand=None)
    suppress(people["both"].email, "bounce", now, brand=ours)
    object_to_asking(people["objected"], "page", now)
    db.session.commit()

    found = barred_among([*people.values()])

    assert {name: found.get(each.id) for name, each in people.items()} == {
        "free": None,
        "ours": "undeliverable",
        "all": "complained",
        "both": "suppressed",
        "released": None,
        "theirs": None,
        "objected": "objected",
        "nowhere": None,
    }
    for each in people.values():
        has_objected, listed = bars_on(each)
        assert found.get(each.id) == ("objected" if has_objected else listed)
