"""Rehearse asking with the orders of the past: whom the touchpoints would have asked, and whom not and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from surveys.brand.models import Brand
from surveys.customers.models import Customer, Purchase
from surveys.customers.queries import Ordered, orders_by_person, person_of
from surveys.invitations.cadence import AskingRule, due_time, zone_of
from surveys.invitations.clocks import Moments, Usual, start_of
from surveys.invitations.draws import draw
from surveys.invitations.judging import rule_of
from surveys.invitations.models import Touchpoint
from surveys.invitations.planning import moments_of, spread_of
from surveys.invitations.queries import (
    objections_of,
    usual_times,
)
from surveys.invitations.rehearsal import Case, Rehearsal, rehearse
from surveys.invitations.verdicts import Standing
from surveys.permission.models import PermissionSource
from surveys.permission.queries import SUPPRESSED, declarations, hash_of, living_suppressions, verdict_on
from surveys.segments.conditions import PAST, Condition, Facts, Unmet, fields_of, first_unmet, from_data
from surveys.segments.past import History, Limits
from surveys.segments.queries import (
    as_of,
    count_purchases_since,
    facts_of,
    histories,
    limits_of,
    orders_so_far,
    purchases_since,
    segments_named_by,
)

BATCH = 500


@dataclass(frozen=True)
class Known:
    """What is looked up once for a whole rehearsal."""

    objections: frozenset[str]
    suppressions: Mapping[str, str]
    declarations: Sequence[PermissionSource]
    usual: Mapping[tuple[str, str], Usual]
    rules: Mapping[int, AskingRule]
    conditions: Mapping[int, list[Condition]]
    segments: Mapping[str, list[Condition]]
    limits: Limits

    @property
    def fields(self) -> frozenset[str]:
        """What the conditions of all touchpoints look at."""
        return self.fields_in([each for some in self.conditions.values() for each in some])

    def fields_in(self, conditions: Sequence[Condition]) -> frozenset[str]:
        """Return what conditions look at, also those of the segments they name."""
        named = {key for each in conditions if each.field == "segment" for key in each.values}
        inner = (fields_of(self.segments[key]) for key in named if key in self.segments)
        return fields_of(conditions).union(*inner)


def dry_run(
    brand: Brand, touchpoints: Sequence[Touchpoint], since: datetime, until: datetime, most: int
) -> Rehearsal:
    """Return what the touchpoints, as if they were on, would have made of the brand's orders placed
    from `since` until before `until`; of more than `most` only the newest. Changes nothing."""
    known = knowledge(brand, touchpoints)
    orders = min(count_purchases_since(brand.id, since, until), most)
    return rehearse(cases(brand, touchpoints, known, since, until, most), orders)


def knowledge(brand: Brand, touchpoints: Sequence[Touchpoint]) -> Known:
    """Look up what holds for every order of the brand."""
    conditions = {touchpoint.id: from_data(touchpoint.conditions) for touchpoint in touchpoints}
    return Known(
        objections=objections_of(brand.id),
        suppressions=living_suppressions(brand.id),
        declarations=declarations(brand.id),
        usual=usual_times(brand.id),
        rules={touchpoint.id: rule_of(touchpoint) for touchpoint in touchpoints},
        conditions=conditions,
        segments=segments_named_by([each for some in conditions.values() for each in some]),
        limits=limits_of(brand),
    )


def cases(
    brand: Brand,
    touchpoints: Sequence[Touchpoint],
    known: Known,
    since: datetime,
    until: datetime,
    most: int,
) -> Iterator[Case]:
    """Yield one case for each order and touchpoint."""
    asks_again = any(touchpoint.trigger == "lapsed" for touchpoint in touchpoints)
    for batch in purchases_since(brand.id, since, until, most, BATCH):
        theirs = {row.customer_id for row in batch}
        counts = orders_so_far(list(theirs)) if "orders" in known.fields else {}
        past = histories(theirs, known.fields)
        persons = orders_by_person(brand.id, {row.customer for row in batch}) if asks_again else {}
        for purchase in batch:
            customer, facts = standing_for(purchase, known), facts_of(purchase, counts.get(purchase.id))
            for touchpoint in touchpoints:
                case = case_of(touchpoint, purchase, known, customer)
                case = with_conditions(case, known, touchpoint, facts, past[purchase.customer_id])
                yield replace(case, followed=later_than(purchase, persons.get(case.person, ())))


def later_than(purchase: Purchase, orders: Sequence[Ordered]) -> list[tuple[datetime, datetime | None]]:
    """Return when those of a person's orders that came after the purchase were placed and called off."""
    own = (purchase.placed_at, purchase.id)
    return [(order.placed_at, order.off_at) for order in orders if (order.placed_at, order.id) > own]


def standing_for(purchase: Purchase, known: Known) -> Standing:
    """Return what speaks against asking the customer about any touchpoint, as of today."""
    customer = purchase.customer
    return Standing(
        has_objected=customer.objected_at is not None or customer.email in known.objections,
        barred=barred(customer, known),
        permission=verdict_on(customer, purchase, known.declarations).missing,
        has_address=customer.email is not None,
    )


def barred(customer: Customer, known: Known) -> str | None:
    """Return why nobody writes to the customer's address, as a reason; None when somebody may."""
    if customer.email is None or not known.suppressions:
        return None
    reason = known.suppressions.get(hash_of(customer.email) or "")
    return None if reason is None else SUPPRESSED[reason]


def with_conditions(case: Case, known: Known, touchpoint: Touchpoint, facts: Facts, history: History) -> Case:
    """Return the case with the first condition of the touchpoint that the order does not meet.

    It is judged once, but anew at every moment when conditions look at the customer's past.
    """
    conditions = known.conditions[touchpoint.id]
    if known.fields_in(conditions) & PAST:
        return replace(case, unmet_at=partial(unmet_at, conditions, known, facts, history))
    unmet = first_unmet(conditions, facts, known.segments)
    return replace(case, standing=replace(case.standing, unmet=unmet))


def unmet_at(
    conditions: Sequence[Condition], known: Known, facts: Facts, history: History, now: datetime
) -> Unmet | None:
    """Return the first condition that the order does not meet at `now`."""
    return first_unmet(conditions, as_of(facts, history, known.limits, now), known.segments)


def case_of(touchpoint: Touchpoint, purchase: Purchase, known: Known, standing: Standing) -> Case:
    """Return the case of one order at one touchpoint."""
    customer = purchase.customer
    rule, zone = known.rules[touchpoint.id], zone_of(customer.time_zone, touchpoint.brand.time_zone)
    usual = known.usual.get((purchase.carrier or "", purchase.ship_country or customer.country or ""))
    moments: Moments = moments_of(purchase)
    start = start_of(touchpoint.trigger, moments, usual, touchpoint.shipped_margin, touchpoint.placed_margin)
    share = draw("sample", touchpoint.public_id, purchase.public_id)
    return Case(
        order=(purchase.public_id, purchase.reference),
        touchpoint=touchpoint.public_id,
        person=person_of(customer.email, customer.id),
        rule=rule,
        trigger=touchpoint.trigger,
        zone=zone,
        due=None if start is None else due_time(start.at, rule, zone, spread_of(touchpoint, purchase)),
        is_drawn=share < touchpoint.share / 100,
        standing=standing,
        rank=touchpoint.rank,
        cancelled_at=purchase.cancelled_at,
        returned_at=purchase.returned_at,
        refunded_at=purchase.refunded_at,
    )
