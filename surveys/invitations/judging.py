"""May we ask now? Judged at the last moment, because permission, order and rest period may have changed."""

from datetime import datetime, timedelta
from typing import NamedTuple

from surveys.customers.models import Customer, Purchase
from surveys.invitations.cadence import AskingRule, earliest_next, into_window, too_late, zone_of
from surveys.invitations.models import Invitation, Touchpoint
from surveys.invitations.queries import being_asked, has_objected, last_asked_at, same_person
from surveys.invitations.states import Reason
from surveys.permission.queries import suppressed_because, verdict_on

A_MOMENT = timedelta(minutes=1)


class Verdict(NamedTuple):
    """Refused for a `reason`, put off until `later`, or, with neither, free to go."""

    reason: Reason | None = None
    later: datetime | None = None


def judge(invitation: Invitation, now: datetime) -> Verdict:
    """Return whether the invitation may go now, later, or never.

    A check-back is exempt from rest period, hours and lateness: the customer waits for us.
    """
    reason = refusal_for_customer(invitation)
    if reason is not None:
        return Verdict(reason)
    if invitation.touchpoint is None:
        return Verdict()
    rule = rule_of(invitation.touchpoint)
    wanted = invitation.first_due_at or invitation.due_at or now
    if too_late(wanted, now, rule.latest):
        return Verdict(Reason.TOO_LATE)
    zone = zone_of(invitation.customer.time_zone, invitation.touchpoint.brand.time_zone)
    rested = rest_ends(invitation, now, rule.rest)
    if rested is not None and rested > now:
        later = into_window(rested, zone, rule.opens, rule.closes)
        return Verdict(Reason.REST_PERIOD) if too_late(wanted, later, rule.latest) else Verdict(later=later)
    opening = into_window(now, zone, rule.opens, rule.closes)
    if opening > now and not invitation.skip_window:
        return Verdict(later=opening)
    return Verdict()


def refusal_for_customer(invitation: Invitation) -> Reason | None:
    """Return why this customer must not be asked, whatever the time; None when they may be."""
    customer = invitation.customer
    if has_objected(customer):
        return Reason.OBJECTED
    suppressed = suppressed_because(customer)
    if suppressed is not None:
        return Reason(suppressed)
    if invitation.touchpoint is not None:
        reason = called_off(invitation.purchase) or asking_refused(
            invitation.touchpoint, customer, invitation.purchase
        )
        if reason is not None:
            return reason
    return Reason.NO_ADDRESS if customer.email is None else None


def called_off(purchase: Purchase | None) -> Reason | None:
    """Return the reason not to ask about an order that was cancelled or refunded."""
    if purchase is None:
        return None
    if purchase.cancelled_at is not None:
        return Reason.CANCELLED
    return Reason.REFUNDED if purchase.refunded_at is not None else None


def asking_refused(touchpoint: Touchpoint, customer: Customer, purchase: Purchase | None) -> Reason | None:
    """Return why this touchpoint may not ask this customer: it is off, or there is no provable legal basis."""
    if not touchpoint.is_on:
        return Reason.TOUCHPOINT_OFF
    missing = verdict_on(customer, purchase).missing
    return None if missing is None else Reason(missing)


def rest_ends(invitation: Invitation, now: datetime, rest: timedelta) -> datetime | None:
    """Return when this person may be asked again, over all surveys of the brand; None if never asked.

    While another invitation to the same address is on its way, that is in a moment.
    """
    person = same_person(invitation.customer)
    if being_asked(person, but=invitation):
        return now + A_MOMENT
    return earliest_next(last_asked_at(person), rest)


def rule_of(touchpoint: Touchpoint) -> AskingRule:
    """Return the touchpoint's timing."""
    return AskingRule(
        delay=touchpoint.delay,
        shipped_margin=touchpoint.shipped_margin,
        placed_margin=touchpoint.placed_margin,
        opens=touchpoint.opens,
        closes=touchpoint.closes,
        rest=touchpoint.rest,
        latest=touchpoint.latest,
    )
