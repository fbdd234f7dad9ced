import random
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest

from feedback.demo.story import REPLACED, TURNED_LATE, YEAR, orders, shoppers

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
NEW_YEAR = datetime(2027, 1, 1, 0, 5, tzinfo=UTC)
LEAP_DAY = datetime(2028, 2, 29, 12, 0, tzinfo=UTC)


@cache
def year(now, seed=1, customers=800):
    return orders(random.Random(seed), shoppers(random.Random(seed), customers), now)


def share_late(found):
    found = list(found)
    return sum(order.late for order in found) / len(found)


@pytest.mark.parametrize("now", [NOON, NEW_YEAR, LEAP_DAY])
def test_a_year_of_orders_ends_now_whatever_the_date(now):
    found = year(now)

    assert all(now - YEAR - timedelta(days=1) <= order.placed_at < now for order in found)
    assert [order.placed_at for order in found] == sorted(order.placed_at for order in found)
    assert all(order.placed_at < order.shipped_at < order.delivered_at for order in found)
    assert any(order.placed_at > now - timedelta(days=1) for order in found)


@pytest.mark.thorough
def test_the_same_seed_tells_the_same_year_and_another_seed_another():
    assert year(NOON) == year.__wrapped__(NOON)
    assert year(NOON) != year(NOON, seed=2)


def test_the_shops_grow():
    found = year(NOON)
    half = sum(order.placed_at < NOON - YEAR / 2 for order in found)

    assert half < len(found) - half


@pytest.mark.thorough
@pytest.mark.parametrize("now", [NOON, NEW_YEAR, LEAP_DAY])
def test_one_carrier_turned_late_in_one_country_and_was_replaced(now):
    found = year(now)
    alpine = [order for order in found if order.carrier == "Bergbote" and order.shopper.country.code == "AT"]
    turned, replaced = now - TURNED_LATE, now - REPLACED

    assert all(order.placed_at < replaced for order in alpine)
    assert share_late(order for order in alpine if order.placed_at < turned) < 0.2
    assert share_late(order for order in alpine if order.placed_at >= turned) > 0.5
    elsewhere = [order for order in found if order not in alpine]
    assert share_late(elsewhere) < 0.1
    swiss = [o for o in found if o.carrier == "Bergbote" and o.shopper.country.code == "CH"]
    assert any(order.placed_at >= replaced for order in swiss)
    assert share_late(swiss) < 0.2


def test_only_late_austrian_parcels_of_that_time_belong_to_the_story():
    for order in year(NOON):
        if order.in_story:
            assert (order.shopper.country.code, order.carrier) == ("AT", "Bergbote")
            assert NOON - TURNED_LATE <= order.placed_at < NOON - REPLACED
