"""Consider each purchase once for each touchpoint: when to ask, or why not."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import update

from surveys.customers.models import Customer, Purchase
from surveys.customers.storing_many import write
from surveys.database import db, public_id
from surveys.errors import N_, Conflict, Refusal
from surveys.invitations.cadence import due_time, too_late, zone_of
from surveys.invitations.clocks import Moments, Start, Usual, start_of
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
    usual_times,
)
from surveys.invitations.states import PUT_OFF, REASONS, Reason, State, move
from surveys.languages.queries import language_for
from surveys.questionnaires.definition import languages
from surveys.questionnaires.models import SurveyVersion
from surveys.questionnaires.queries import survey_by_key
from surveys.work import together

UsualTimes = Mapping[tuple[str, str], Usual]  # how long carriers take, by carrier and country


class Known(NamedTuple):
    """What holds for every purchase of a brand."""

    touchpoints: list[Touchpoint]
    usual: UsualTimes


class AskedAlready(Conflict):
    """This purchase has had its question."""


class NotToBeAsked(Refusal):
    """There is no way to ask about this purchase now."""

    status = 409


def plan_new(now: datetime, limit: int) -> int:
    """Decide about up to `limit` new or changed purchases; return how many. Commits them together where it can."""
    return together(PLANNING, unconsidered_purchases(limit), lambda ids: consider(ids, now))


def consider(purchase_ids: Sequence[int], now: datetime) -> None:
    """Decide about purchases, but those with which somebody was quicker."""
    known: dict[int, Known] = {}
    fresh: list[Invitation] = []
    with db.session.no_autoflush:  # What is asked meanwhile does not hang on what is decided here.
        purchases = locked_unconsidered(purchase_ids)
        decided = locked_invitations([purchase.id for purchase in purchases])
        for purchase in purchases:
            brand_id, invitations = purchase.brand_id, decided[purchase.id]
            if brand_id not in known:
                known[brand_id] = Known(touchpoints_of(brand_id), usual_times(brand_id))
            for touchpoint in known[brand_id].touchpoints:
                invitation = invitations.get(touchpoint.id)
                if touchpoint.is_on or invitation is not None:
                    new = decide(invitation, touchpoint, purchase, known[brand_id].usual, now)
                    fresh += [] if new is None else [new]
    write_new(fresh)
    mark_considered([purchase.id for purchase in purchases], now)


def write_new(invitations: Sequence[Invitation]) -> None:
    """Write new invitations in one statement; the session would need longer than it took to decide."""
    write(Invitation, [(row, references_of(row) | {"public_id": public_id()}) for row in invitations])


def references_of(invitation: Invitation) -> dict[str, int]:
    """Return the columns that a touchpoint's invitation about a purchase refers to others with."""
    touchpoint, purchase = invitation.touchpoint, invitation.purchase
    assert touchpoint is not None
    assert purchase is not None
    return {
        "touchpoint_id": touchpoint.id,
        "purchase_id": purchase.id,
        "customer_id": invitation.customer.id,
        "version_id": invitation.version.id,
    }


def mark_considered(purchase_ids: Sequence[int], now: datetime) -> None:
    """Note that somebody has decided about the purchases."""
    these = update(Purchase).where(Purchase.id.in_(purchase_ids)).values(considered_at=now)
    db.session.execute(these.execution_options(synchronize_session=False))


def decide(
    invitation: Invitation | None,
    touchpoint: Touchpoint,
    purchase: Purchase,
    usual: UsualTimes,
    now: datetime,
) -> Invitation | None:
    """Write when to ask, or why not; what is settled or on its way stays as it is. Return what is new.

    A touchpoint whose event has not come decides nothing yet. One whose event was taken back
    refuses what it had planned.
    """
    if invitation is not None and (invitation.state != State.PLANNED or invitation.begun_at is not None):
        return None
    rule = rule_of(touchpoint)
    start = start_for(touchpoint, purchase, usual)
    if start is None:
        if invitation is not None and not invitation.skip_window:
            refuse(invitation, Reason.NOT_HAPPENED)
        return None
    is_new = invitation is None
    invitation = invitation or new_invitation(touchpoint, purchase, now)
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
    return invitation if is_new else None


def start_for(touchpoint: Touchpoint, purchase: Purchase, usual: UsualTimes) -> Start | None:
    """Return the moment from which the touchpoint's delay counts for a purchase; None while it has not come."""
    carrier, country = purchase.carrier or "", purchase.ship_country or purchase.customer.country or ""
    margins = touchpoint.shipped_margin, touchpoint.placed_margin
    return start_of(touchpoint.trigger, moments_of(purchase), usual.get((carrier, country)), *margins)


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
    return Invitation(
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
    decided, usual = locked_invitations([purchase.id])[purchase.id], usual_times(purchase.brand_id)
    for touchpoint in touchpoints_of(purchase.brand_id):
        invitation = decided.get(touchpoint.id)
        if invitation is None and touchpoint.is_on and start_for(touchpoint, purchase, usual) is not None:
            invitation = new_invitation(touchpoint, purchase, now)
            db.session.add(invitation)
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
