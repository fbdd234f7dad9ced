"""What the database counts is what is judged of each order by itself."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as properties
from hypothesis import strategies as st

from surveys.segments.conditions import FIELDS, OPS_OF, PAST, Condition
from surveys.segments.counting import counted, judged, matching
from surveys.segments.past import STAGES
from tests.surveys.segments.lives import lived, lives

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


def test_last_answers_are_counted_on_their_scale_and_only_once_submitted(make, now):
    brand = make.brand()
    unhappy, quiet, both = make.customer(), make.customer(), make.customer()
    for customer in (unhappy, quiet, both):
        make.purchase(customer)
    make.response(2, customer=unhappy)
    make.response(9, customer=quiet, is_partial=True, submitted_at=None)
    make.response(9, customer=both, submitted_at=now - DAY)
    make.response(2, customer=both, submitted_at=now + DAY)
    make.response(1, survey_key="csat", customer=both)

    def customers(*conditions):
        found = matching(brand, conditions, 1, now)
        assert found == judged(brand, conditions, 10, now)
        return found.customers

    assert customers(one_of("last_nps", "detractor")) == 1
    assert customers(one_of("last_nps", "never")) == 1
    assert customers(one_of("last_nps", "promoter"), one_of("last_csat", "dissatisfied")) == 1
    assert customers(one_of("last_csat", "never"), Condition("last_nps", "none_of", ("detractor",))) == 1
    assert customers(one_of("last_ces", "never"), one_of("stage", "new")) == 3


CHOICES = {field: sorted(FIELDS[field].choices) for field in sorted(PAST)}


@st.composite
def looks_back(draw):
    field = draw(st.sampled_from(sorted(PAST)))
    values = draw(st.sets(st.sampled_from(CHOICES[field]), min_size=1))
    return Condition(field, draw(st.sampled_from(OPS_OF["choice"])), tuple(sorted(values)))


@pytest.mark.thorough
@properties(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(people=lives(), conditions=st.lists(looks_back(), min_size=1, max_size=3))
def test_both_ways_agree(make, now, people, conditions):
    brand = lived(make, people)

    assert counted(brand, conditions, now) == judged(brand, conditions, 1000, now)
