"""How many customers a programme would ask, before it does: by today's permissions and conditions, not by time."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil

from surveys.customers.models import Customer, Purchase
from surveys.invitations.judging import works_here
from surveys.invitations.models import Touchpoint
from surveys.invitations.rehearsing import Known, barred, knowledge
from surveys.invitations.rounds.queries import count_meant, customers_meant
from surveys.invitations.states import Reason
from surveys.invitations.verdicts import Standing, refused
from surveys.permission.queries import verdict_on
from surveys.segments.conditions import Facts, first_unmet
from surveys.segments.queries import facts_of_customers, latest_orders

BATCH = 500


@dataclass
class Count:
    """Of `customers` in all `looked_at`, evenly chosen: how many would be asked, and why the others not."""

    customers: int
    looked_at: int = 0
    asked: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def is_whole(self) -> bool:
        """Whether everybody was looked at."""
        return self.looked_at >= self.customers

    @property
    def estimate(self) -> int:
        """How many of all would be asked, if the others are like those looked at."""
        return round(self.asked / max(self.looked_at, 1) * self.customers)


def count_askable(touchpoint: Touchpoint, most: int, now: datetime) -> Count:
    """Return how many customers the programme would ask as things are at `now`, one for each address; changes nothing.

    Looks at about `most` of them, whatever their age. Rest periods, open tasks and the share that is drawn
    are not counted in: they are judged when each mail is due.
    """
    found = Count(count_meant(touchpoint))
    known = knowledge(touchpoint.brand, [touchpoint])
    addresses: set[str] = set()
    for customer, order, facts in customers_with_facts(touchpoint, known, ceil(found.customers / most), now):
        found.looked_at += 1
        standing = standing_for(touchpoint, customer, order, facts, known)
        reason = refused(standing, touchpoint.trigger)
        if reason is None and customer.email in addresses:
            reason = Reason.THIS_ROUND
        if reason is None and customer.email is not None:
            addresses.add(customer.email)
            found.asked += 1
        elif reason is not None:
            found.reasons[reason] += 1
    return found


def customers_with_facts(
    touchpoint: Touchpoint, known: Known, every: int, now: datetime
) -> Iterator[tuple[Customer, Purchase | None, Facts]]:
    """Yield one in `every` customer with their latest order and what the conditions look at."""
    passed = 0
    while batch := customers_meant(touchpoint, passed, BATCH, max(every, 1)):
        orders = latest_orders([customer.id for customer in batch])
        latest = {customer: orders.get(customer.id) for customer in batch}
        facts = facts_of_customers(latest, known.fields, now)
        for customer, order in latest.items():
            yield customer, order, facts[customer.id]
        passed = batch[-1].id


def standing_for(
    touchpoint: Touchpoint, customer: Customer, order: Purchase | None, facts: Facts, known: Known
) -> Standing:
    """Return what speaks against asking the customer, as if the programme were on."""
    return Standing(
        has_objected=customer.objected_at is not None or customer.email in known.objections,
        barred=barred(customer, known),
        is_outside_test=touchpoint.only_team and not works_here(customer),
        permission=verdict_on(customer, order, known.declarations).missing,
        unmet=first_unmet(known.conditions[touchpoint.id], facts, known.segments),
        has_address=customer.email is not None,
    )
