"""May we ask now? Judged at the last moment, because permission, order and rest period may have changed."""

from datetime import datetime, timedelta

from surveys.customers.models import Customer, Purchase
from surveys.customers.queries import has_bought_after, kept_from_asking, purchases_of
from surveys.invitations.cadence import AskingRule, zone_of
from surveys.invitations.clocks import PROGRAMMES
from surveys.invitations.models import Invitation, Touchpoint
from surveys.invitations.queries import (
    askings_of,
    same_person,
)
from surveys.invitations.rounds.queries import asked_in_round
from surveys.invitations.states import Reason
from surveys.invitations.verdicts import (
    YEAR,
    Past,
    Standing,
    Verdict,
    called_off,
    refused,
    timed,
    without_team,
)
from surveys.permission.queries import bars_on, verdict_on
from surveys.segments.conditions import Unmet, first_unmet, from_data
from surveys.segments.queries import facts_for, facts_for_customer, segments_named_by
from surveys.staff.queries import is_of_the_team

SAME_DAY = timedelta(days=1)


def judge(invitation: Invitation, now: datetime) -> Verdict:
    """Return whether the invitation may go now, later, or never.

    A check-back is exempt from rest period, hours and lateness: the customer waits for us.
    """
    order, touchpoint = order_behind(invitation), invitation.touchpoint
    standing = standing_of(invitation.customer, order, touchpoint, now)
    reason = refused(standing, touchpoint.trigger if touchpoint else "delivered")
    if reason is not None:
        if reason is Reason.CONDITIONS and standing.unmet is not None:
            invitation.facts = (invitation.facts or {}) | standing.unmet.as_data()
        return Verdict(reason)
    if touchpoint is None:
        return Verdict()
    rule = rule_of(touchpoint)
    wanted = invitation.first_due_at or invitation.due_at or now
    zone = zone_of(invitation.customer.time_zone, touchpoint.brand.time_zone)
    past = past_of(invitation.customer, order, touchpoint, rule, now, but=invitation)
    if had_their_turn(invitation):
        return Verdict(Reason.THIS_ROUND)
    return timed(wanted, now, rule, past, zone, any_hour=invitation.skip_window)


def judge_without_team(invitation: Invitation, now: datetime) -> Verdict:
    """Return what becomes of a question to a customer for which the team has no hand free."""
    touchpoint = invitation.touchpoint
    assert touchpoint is not None, "check-backs need no turn"
    zone = zone_of(invitation.customer.time_zone, touchpoint.brand.time_zone)
    return without_team(invitation.first_due_at or now, now, rule_of(touchpoint), zone)


def order_behind(invitation: Invitation) -> Purchase | None:
    """Return the order by which legal basis and returns are judged: the one that is asked about.

    A programme asks about none; there the customer's latest order speaks for them.
    """
    if invitation.round_id is None:
        return invitation.purchase
    return next(iter(purchases_of(invitation.customer, 1)), None)


def had_their_turn(invitation: Invitation) -> bool:
    """Return whether the person was asked in this round as another customer: of the same address, or merged."""
    if invitation.round_id is None:
        return False
    if invitation.customer.merged_into_id is not None:
        return True  # What the other one had already did not move there.
    return asked_in_round(invitation, same_person(invitation.customer, locked=False))


def refusal_for_customer(invitation: Invitation, now: datetime) -> Reason | None:
    """Return why this customer must not be asked, whatever the time; None when they may be."""
    touchpoint = invitation.touchpoint
    standing = standing_of(invitation.customer, invitation.purchase, touchpoint, now)
    return refused(standing, touchpoint.trigger if touchpoint else "delivered")


def why_not_to_check_back(customer: Customer, now: datetime) -> Reason | None:
    """Return why this customer cannot be asked whether something was solved; None when they can."""
    return refused(standing_of(customer, None, None, now), "delivered")


def standing_of(
    customer: Customer, purchase: Purchase | None, touchpoint: Touchpoint | None, now: datetime
) -> Standing:
    """Gather what speaks against asking, whatever the time.

    A check-back (no touchpoint) needs no legal basis of its own and asks about called-off orders too.
    """
    objected, barred = bars_on(customer)
    if touchpoint is None:
        return Standing(objected, barred, has_address=customer.email is not None)
    return Standing(
        has_objected=objected,
        barred=barred,
        is_cancelled=purchase is not None and purchase.cancelled_at is not None,
        is_refunded=purchase is not None and purchase.refunded_at is not None,
        has_bought_again=purchase is not None and reason_bought_again(touchpoint, purchase) is not None,
        is_on=touchpoint.is_on,
        is_survey_over=not touchpoint.survey.is_asked_at(now),
        is_outside_test=touchpoint.only_team and not works_here(customer),
        permission=verdict_on(customer, purchase).missing,
        unmet=unmet_by(touchpoint, customer, purchase, now),
        has_address=customer.email is not None,
    )


def works_here(customer: Customer) -> bool:
    """Return whether the customer is one of the team, who try things out."""
    return customer.email is not None and is_of_the_team(customer.email)


def unmet_by(
    touchpoint: Touchpoint, customer: Customer, purchase: Purchase | None, now: datetime
) -> Unmet | None:
    """Return the touchpoint's first condition that is not met, or None.

    A programme's conditions judge the customer, all others the purchase.
    """
    if not touchpoint.conditions:
        return None
    conditions = from_data(touchpoint.conditions)
    segments = segments_named_by(conditions)
    if touchpoint.trigger in PROGRAMMES or purchase is None:
        known = facts_for_customer(customer, purchase, conditions, segments, now)
    else:
        known = facts_for(purchase, conditions, segments, now)
    return first_unmet(conditions, known, segments)


def reason_called_off(touchpoint: Touchpoint, purchase: Purchase) -> Reason | None:
    """Return why the touchpoint does not ask about an order that was cancelled or refunded."""
    return called_off(touchpoint.trigger, purchase.cancelled_at is not None, purchase.refunded_at is not None)


def reason_bought_again(touchpoint: Touchpoint, purchase: Purchase) -> Reason | None:
    """Return why a touchpoint about staying away does not ask about an order that another one followed."""
    if touchpoint.trigger != "lapsed":
        return None
    person = same_person(purchase.customer, locked=False)
    return Reason.BOUGHT_AGAIN if has_bought_after(person, purchase) else None


def past_of(
    customer: Customer,
    purchase: Purchase | None,
    touchpoint: Touchpoint,
    rule: AskingRule,
    now: datetime,
    *,
    but: Invitation | None,
    locked: bool = True,
) -> Past:
    """Gather what happened with this person before, over all surveys of the brand and all its customers
    with the same address; `but` is the invitation that is judged. `locked`, two mails to one address
    wait for each other."""
    person = same_person(customer, locked=locked)
    askings = askings_of(person, now + SAME_DAY)
    since = now - max(rule.rest, YEAR if rule.yearly else timedelta(0))
    hold, paused_until = kept_from_asking(person, now)
    answers = [each.answered_at for each in askings if each.answered_at is not None]
    waiting = [each for each in askings if each.due_at is not None and each.begun_at is None and each.is_on]
    return Past(
        asked=[each.sent_at for each in askings if each.sent_at is not None and each.sent_at >= since],
        answered=max(answers, default=None) if rule.rest_after_answer else None,
        held=held_by(hold, purchase, touchpoint),
        paused_until=paused_until,
        is_busy=any(each.begun_at is not None and (but is None or each.id != but.id) for each in askings),
        gives_way=any(each.rank < touchpoint.rank for each in waiting),
    )


def held_by(hold: str | None, purchase: Purchase | None, touchpoint: Touchpoint) -> Reason | None:
    """Return what keeps the person from being asked for now: a return that is not settled, an open task (`hold`)."""
    under_way = purchase is not None and purchase.returned_at is not None and purchase.refunded_at is None
    if under_way and touchpoint.trigger not in ("returned", "refunded"):
        return Reason.OPEN_RETURN
    return None if hold is None else Reason(hold)


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
        in_hours=touchpoint.delay_unit == "hours",
        spread=timedelta(hours=touchpoint.spread_hours),
        skip_sundays=touchpoint.skip_sundays,
        closed=touchpoint.brand.holiday_dates if touchpoint.skip_holidays else frozenset(),
        rest_after_answer=timedelta(days=touchpoint.answer_rest_days),
        yearly=touchpoint.yearly,
    )
