"""Consider each purchase once for each touchpoint: when to ask, or why not."""

from datetime import datetime

from surveys.customers.models import Customer, Purchase
from surveys.database import db
from surveys.errors import N_, Conflict, Refusal
from surveys.invitations.cadence import due_time, too_late, zone_of
from surveys.invitations.clocks import Moments, Start, start_of
from surveys.invitations.draws import draw
from surveys.invitations.judging import (
    judge,
    reason_bought_again,
    reason_called_off,
    refusal_for_customer,
    rule_of,
)
from surveys.invitations.models import Invitation, Touchpoint
from surveys.invitations.queries import (
    PLANNING,
    locked_invitations,
    locked_unconsidered,
    touchpoints_of,
    unconsidered_purchases,
    usual_time,
)
from surveys.invitations.states import PUT_OFF, REASONS, Reason, State, move
from surveys.languages.queries import language_for
from surveys.questionnaires.definition import languages
from surveys.questionnaires.models import SurveyVersion
from surveys.questionnaires.queries import survey_by_key
from surveys.work import one_by_one


class AskedAlready(Conflict):
    """This purchase has had its question."""


class NotToBeAsked(Refusal):
    """There is no way to ask about this purchase now."""

    status = 409


def plan_new(now: datetime, limit: int) -> int:
    """Decide about up to `limit` new or changed purchases; return how many. Commits each by itself."""
    return one_by_one(PLANNING, unconsidered_purchases(limit), lambda id_: consider(id_, now))


def consider(purchase_id: int, now: datetime) -> None:
    """Decide about one purchase, unless somebody was quicker."""
    purchase = locked_unconsidered(purchase_id)
    if purchase is None:
        return
    decided = locked_invitations(purchase)
    for touchpoint in touchpoints_of(purchase.brand_id):
        if touchpoint.is_on or touchpoint.id in decided:
            decide(decided.get(touchpoint.id), touchpoint, purchase, now)
    purchase.considered_at = now


def decide(invitation: Invitation | None, touchpoint: Touchpoint, purchase: Purchase, now: datetime) -> None:
    """Write when to ask, or why not; what is settled or on its way stays as it is.

    A touchpoint whose event has not come decides nothing yet. One whose event was taken back
    refuses what it had planned.
    """
    if invitation is not None and (invitation.state != State.PLANNED or invitation.begun_at is not None):
        return
    rule = rule_of(touchpoint)
    start = start_for(touchpoint, purchase)
    if start is None:
        if invitation is not None and not invitation.skip_window:
            refuse(invitation, Reason.NOT_HAPPENED)
        return
    if invitation is None:
        invitation = new_invitation(touchpoint, purchase, now)
    # The shop may have corrected who bought, or which language they speak.
    invitation.customer = purchase.customer
    invitation.locale = language_of(purchase.customer, invitation.version)
    reason = reason_called_off(touchpoint, purchase) or reason_bought_again(touchpoint, purchase)
    reason = reason or reason_not_drawn(invitation, purchase)
    if not invitation.skip_window:
        zone = zone_of(purchase.customer.time_zone, purchase.brand.time_zone)
        due = due_time(start.at, rule, zone, spread_of(touchpoint, purchase))
        if due != invitation.first_due_at:
            invitation.due_at = invitation.first_due_at = due
            invitation.put_off = None
        invitation.facts = start.as_data()
        if reason is None and too_late(due, now, rule.latest):
            reason = Reason.TOO_LATE
    if reason is not None:
        refuse(invitation, reason)


def start_for(touchpoint: Touchpoint, purchase: Purchase) -> Start | None:
    """Return the moment from which the touchpoint's delay counts for a purchase; None while it has not come."""
    moments = moments_of(purchase)
    usual = None
    is_guess = touchpoint.trigger == "delivered" and purchase.delivered_at is None
    country = purchase.ship_country or purchase.customer.country
    if is_guess and purchase.shipped_at is not None and purchase.carrier and country:
        usual = usual_time(purchase.brand_id, purchase.carrier, country)
    return start_of(touchpoint.trigger, moments, usual, touchpoint.shipped_margin, touchpoint.placed_margin)


def moments_of(purchase: Purchase) -> Moments:
    """Return when the events of a purchase happened."""
    return Moments(
        purchase.placed_at,
        purchase.shipped_at,
        purchase.delivered_at,
        purchase.returned_at,
        purchase.refunded_at,
    )


def spread_of(touchpoint: Touchpoint, purchase: Purchase) -> float:
    """Return where within the touchpoint's spread this purchase lies: always the same place, from 0 to 1."""
    if not touchpoint.spread_hours:
        return 0.5
    return draw("spread", touchpoint.public_id, purchase.public_id)


def reason_not_drawn(invitation: Invitation, purchase: Purchase) -> Reason | None:
    """Return the reason not to ask about a purchase that was not drawn; "Ask now" asks all the same."""
    touchpoint = invitation.touchpoint
    if touchpoint is None or invitation.share >= 1 or invitation.skip_window:
        return None
    drawn = draw("sample", touchpoint.public_id, purchase.public_id) < invitation.share
    return None if drawn else Reason.NOT_DRAWN


def new_invitation(touchpoint: Touchpoint, purchase: Purchase, now: datetime) -> Invitation:
    """Return a planned invitation that has no due time yet; it keeps the share of purchases drawn now."""
    invitation = Invitation(
        touchpoint=touchpoint,
        purchase=purchase,
        customer=purchase.customer,
        version=touchpoint.survey.current,
        locale=language_of(purchase.customer, touchpoint.survey.current),
        state=State.PLANNED,
        skip_window=False,
        share=touchpoint.share / 100,
        facts={},
        planned_at=now,
    )
    db.session.add(invitation)
    return invitation


def language_of(customer: Customer, version: SurveyVersion, first: str | None = None) -> str:
    """Return the language we write to the customer in: `first`, else theirs, else the brand's, else English.

    Languages that the shop does not use, or the questionnaire does not speak, are passed over.
    """
    return language_for(first, customer.locale, customer.brand.locale, spoken=languages(version.definition))


def refuse(invitation: Invitation, reason: Reason) -> None:
    """Settle the invitation as a *no* with its reason."""
    invitation.state = move(invitation.state, State.REFUSED)
    invitation.reason = reason
    invitation.due_at = invitation.put_off = None


def plan_verification(
    customer: Customer, purchase: Purchase | None, locale: str, due_at: datetime, now: datetime
) -> Invitation:
    """Plan the question whether a task was solved; return it, refused at once when it cannot be asked.

    `due_at` is when it leaves; rest period and hours of the day do not hold it, an objection does.
    """
    version = survey_by_key("check-back").current
    invitation = Invitation(
        purpose="verification",
        customer=customer,
        purchase=purchase,
        version=version,
        locale=language_of(customer, version, locale),
        state=State.PLANNED,
        skip_window=True,
        due_at=due_at,
        first_due_at=due_at,
        planned_at=now,
    )
    db.session.add(invitation)
    reason = refusal_for_customer(invitation, now)
    if reason is not None:
        refuse(invitation, reason)
    db.session.flush()
    return invitation


def ask_now(purchase: Purchase, now: datetime) -> Invitation:
    """Let the purchase's next question leave at once, whatever delay and hours say; return it.

    Permission and rest period hold all the same: refuses with NotToBeAsked, or with AskedAlready
    when nothing is left to ask about this purchase. The purchase must be locked by the caller.
    """
    decided = locked_invitations(purchase)
    for touchpoint in touchpoints_of(purchase.brand_id):
        invitation = decided.get(touchpoint.id)
        if invitation is None and touchpoint.is_on and start_for(touchpoint, purchase) is not None:
            invitation = new_invitation(touchpoint, purchase, now)
        if invitation is not None and invitation.state == State.PLANNED and invitation.begun_at is None:
            return hurry(invitation, now)
    raise nothing_left(list(decided.values()))


def hurry(invitation: Invitation, now: datetime) -> Invitation:
    """Make a planned invitation due now; refuses with NotToBeAsked when it would not go."""
    invitation.skip_window = True
    invitation.due_at = invitation.first_due_at = now
    invitation.put_off = None
    db.session.flush()
    verdict = judge(invitation, now)
    if verdict.reason is not None:
        raise NotToBeAsked(REASONS[verdict.reason])
    if verdict.later is not None:
        raise NotToBeAsked(PUT_OFF[verdict.because or "busy"])
    return invitation


def nothing_left(invitations: list[Invitation]) -> Refusal:
    """Return the refusal that says why there is no question left to ask."""
    if not invitations:
        return NotToBeAsked(N_("This brand asks at no touchpoint. Switch one on first, under “Asking”."))
    last = invitations[-1]
    if last.state == State.REFUSED:
        return NotToBeAsked(REASONS[Reason(last.reason or "")])
    if last.state == State.FAILED:
        return AskedAlready(N_("The mail could not be delivered, for good. Check the customer's address."))
    if last.state == State.UNCERTAIN:
        return AskedAlready(N_("The mail may have left; to be safe it is not sent a second time."))
    if last.state == State.PLANNED:
        return AskedAlready(N_("The mail is leaving at this moment."))
    return AskedAlready(N_("The customer has been asked about this purchase. Nobody is asked twice."))
