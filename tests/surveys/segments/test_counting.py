"""What the database counts is what is judged of each order by itself."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as properties
from hypothesis import strategies as st

from surveys.segments.conditions import Condition
from surveys.segments.counting import counted, judged, matching
from surveys.segments.past import STAGES
from tests.surveys.segments.lives import bought, lives

DAY = timedelta(days=1)


def one_of(field, *values):
    return Condition(field, "one_of", values)


def test_stages_are_counted_over_all_orders_whatever_a_page_can_look_at(make, now):
    brand = make.brand(active_days=30, lapsed_days=60)
    new, regular = make.customer(), make.customer()
    for customer, days in ((new, 30), (regular, 50), (regular, 10), (make.customer(), 61)):
        make.purchase(customer, reference=f"{days} days", placed_at=now - days * DAY)
    make.purchase(make.customer(), cancelled_at=now)

    found = matching(brand, [one_of("stage", "active")], 1, now)
    assert found[:3] == (5, 2, 1)
    assert [reference for _id, reference in found.sample] == ["10 days"]
    assert matching(brand, [one_of("stage", "new", "lapsed")], 1, now)[:3] == (5, 2, 2)
    # Of an order that does not stand, nothing follows: it is none of all stages.
    assert matching(brand, [Condition("stage", "none_of", tuple(STAGES))], 1, now)[:3] == (5, 1, 1)


def test_beside_other_conditions_stages_are_judged_one_by_one(make, now):
    brand = make.brand()
    make.purchase(reference="A-1", ship_country="AT")
    make.purchase(placed_at=now - 400 * DAY, ship_country="AT")
    abroad_and_new = [one_of("country", "AT"), one_of("stage", "new")]

    assert matching(brand, abroad_and_new, 10, now)[:3] == (2, 1, 1)


@pytest.mark.thorough
@properties(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(
    people=lives(),
    stages=st.sets(st.sampled_from(sorted(STAGES)), min_size=1),
    op=st.sampled_from(["one_of", "none_of"]),
)
def test_both_ways_agree(make, now, people, stages, op):
    brand = bought(make, people)
    conditions = [Condition("stage", op, tuple(sorted(stages)))]

    assert counted(brand, conditions, now) == judged(brand, conditions, 1000, now)
