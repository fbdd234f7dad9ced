"""Why was this customer (not) asked? One decision in checks that anybody can read, as things stand."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from surveys.customers.models import Customer, Purchase
from surveys.errors import N_
from surveys.invitations.cadence import due_time, too_late, zone_of
from surveys.invitations.clocks import PROGRAMMES, Start
from surveys.invitations.draws import draw
from surveys.invitations.judging import had_their_turn, order_behind, past_of, rule_of, standing_of
from surveys.invitations.models import Invitation, Touchpoint
from surveys.invitations.planning import spread_of, start_for
from surveys.invitations.queries import invitations_about, touchpoints_of, usual_times
from surveys.invitations.states import REASONS, WAITS, Reason, State
from surveys.invitations.verdicts import Past, Standing, called_off, rested

# From which moment the delay counts, by the clock of a decision's facts.
CLOCKS: dict[str, str] = {
    "placed": N_("Counted from the order."),
    "shipped": N_("Counted from shipping."),
    "delivered": N_("Counted from the delivery."),
    "returned": N_("Counted from the return."),
    "refunded": N_("Counted from the refund."),
    "rolling": N_("The customer's turn in round %(round)s of the programme."),
    "once": N_("Part of the one-time send."),
    "carrier": N_(
        "Counted from shipping plus %(days)s days, within which nine of ten parcels of this carrier arrived"
        " (%(parcels)s parcels); no delivery was reported."
    ),
    "shipped_margin": N_(
        "Counted from shipping plus the %(days)s days set at the touchpoint; no delivery was reported."
    ),
    "placed_margin": N_(
        "Counted from the order plus the %(days)s days set at the touchpoint;"
        " neither delivery nor shipping was reported."
    ),
}
WAITING: dict[str, str] = {
    "shipped": N_("Waits until the order is shipped; that was not reported."),
    "returned": N_("Asks after a return; none was reported."),
    "refunded": N_("Asks after a refund; none was reported."),
}


class Check(NamedTuple):
    """One thing that was looked at: whether it speaks for asking, and the sentence with its values."""

    is_fine: bool
    phrase: str
    values: Mapping[str, Any]


class Explained(NamedTuple):
    """What one touchpoint decided about a purchase, and every check as things stand now.

    A settled one keeps what it was counted from.
    """

    touchpoint: Touchpoint
    invitation: Invitation | None
    start: Start | None
    checks: list[Check]


def explain(purchase: Purchase, now: datetime) -> list[Explained]:
    """Return what every touchpoint of the brand makes of the purchase; changes nothing and locks nothing.

    Touchpoints that are off and have decided nothing are left out.
    """
    decided = invitations_about(purchase)
    return [
        explained(touchpoint, decided.get(touchpoint.id), purchase, now)
        for touchpoint in touchpoints_of(purchase.brand_id)
        if touchpoint.is_on or touchpoint.id in decided
    ]


def explained(
    touchpoint: Touchpoint, invitation: Invitation | None, purchase: Purchase, now: datetime
) -> Explained:
    """Return one touchpoint's decision with its checks; a settled one keeps what it was counted from."""
    start = start_for(touchpoint, purchase, usual_times(purchase.brand_id))
    if start is None:
        return Explained(touchpoint, invitation, None, [Check(False, WAITING[touchpoint.trigger], {})])
    checks = [clock_check(start.as_data())]
    if invitation is None or invitation.state == State.PLANNED:
        customer = purchase.customer
        zone = zone_of(customer.time_zone, purchase.brand.time_zone)
        due = invitation.first_due_at if invitation is not None else None
        due = due or due_time(start.at, rule_of(touchpoint), zone, spread_of(touchpoint, purchase))
        standing = standing_of(customer, purchase, touchpoint, now)
        checks += list(of_standing(touchpoint, standing, purchase.public_id))
        checks += list(of_time(touchpoint, invitation, customer, purchase, due, now))
    elif invitation.state == State.REFUSED:
        checks = [clock_check(invitation.facts)] if "clock" in invitation.facts else []
    return Explained(touchpoint, invitation, start, checks)


def explain_turn(invitation: Invitation, now: datetime) -> Explained:
    """Return what a programme makes of a customer's turn in one of its rounds; changes nothing and locks nothing."""
    touchpoint, customer = invitation.touchpoint, invitation.customer
    assert touchpoint is not None, "a turn belongs to a programme"
    checks = [clock_check(invitation.facts)]
    if invitation.state == State.PLANNED:
        order = order_behind(invitation)
        names = (customer.public_id, str(invitation.facts["round"]))
        checks += list(of_standing(touchpoint, standing_of(customer, order, touchpoint, now), *names))
        again = Reason.THIS_ROUND if had_their_turn(invitation) else None
        checks.append(said(N_("The person was not asked in this round as another customer."), again))
        due = invitation.first_due_at or now
        checks += list(of_time(touchpoint, invitation, customer, order, due, now))
    return Explained(touchpoint, invitation, None, checks)


def clock_check(facts: Mapping[str, Any]) -> Check:
    """Return from which moment the delay counts, in words."""
    return Check(True, CLOCKS[facts["clock"]], facts)


def of_standing(touchpoint: Touchpoint, standing: Standing, *drawn: str) -> Iterator[Check]:
    """Yield what speaks for and against asking, whatever the time; `drawn` names what was or was not drawn."""
    off = called_off(touchpoint.trigger, standing.is_cancelled, standing.is_refunded)
    yield said(N_("The touchpoint is on."), None if standing.is_on else Reason.TOUCHPOINT_OFF)
    if touchpoint.only_team:
        outside = Reason.ONLY_TEAM if standing.is_outside_test else None
        yield said(N_("The touchpoint is being tested, and the customer works here."), outside)
    if touchpoint.trigger not in PROGRAMMES:
        yield said(N_("The order stands."), off)
    if touchpoint.trigger == "lapsed":
        again = Reason.BOUGHT_AGAIN if standing.has_bought_again else None
        yield said(N_("The customer has not bought again."), again)
    yield said(N_("The customer has not objected."), Reason.OBJECTED if standing.has_objected else None)
    yield said(N_("The address is not on the list of those not written to."), standing.barred)
    yield said(N_("There is a legal basis to ask."), standing.permission)
    yield said(N_("There is an address."), None if standing.has_address else Reason.NO_ADDRESS)
    if touchpoint.conditions:
        yield said(N_("All conditions are met."), Reason.CONDITIONS if standing.unmet else None)
    if touchpoint.share < 100:
        is_drawn = draw("sample", touchpoint.public_id, *drawn) < touchpoint.share / 100
        phrase = N_("Drawn by chance, as %(share)s of 100 are.")
        yield Check(is_drawn, phrase if is_drawn else REASONS[Reason.NOT_DRAWN], {"share": touchpoint.share})


def said(fine: str, reason: str | None) -> Check:
    """Return a check that is fine, or the reason's sentence."""
    return Check(True, fine, {}) if reason is None else Check(False, REASONS[Reason(reason)], {})


def of_time(
    touchpoint: Touchpoint,
    invitation: Invitation | None,
    customer: Customer,
    order: Purchase | None,
    due: datetime,
    now: datetime,
) -> Iterator[Check]:
    """Yield what speaks for and against this moment, where the question is or was `due`."""
    rule = rule_of(touchpoint)
    late = too_late(due, now, rule.latest)
    yield said(N_("It is not too late."), Reason.TOO_LATE if late else None)
    past = past_of(customer, order, touchpoint, rule, now, but=invitation, locked=False)
    yield of_past(past, rested(rule, past, max(now, due)), max(now, due))


def of_past(past: Past, wait: tuple[datetime | None, str], at: datetime) -> Check:
    """Return whether the person is to be left in peace at `at`."""
    again, because = wait
    if again is None or again <= at:
        words = N_("Nothing keeps the customer from being asked: no rest period, no return, no open task.")
        return Check(True, words, {})
    return Check(False, N_("Would wait for: %(what)s."), {"what": WAITS[because]})
