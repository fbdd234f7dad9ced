"""Remind those who have not answered, at most twice, and nobody who must be left in peace."""

from datetime import datetime, timedelta
from typing import NamedTuple

from surveys.channels.message import Message
from surveys.channels.registry import Channels
from surveys.customers.queries import kept_from_asking
from surveys.database import db
from surveys.errors import DeliveryFailed
from surveys.invitations.cadence import opening, too_late, zone_of
from surveys.invitations.composing import compose
from surveys.invitations.judging import held_by, order_behind, rule_of, standing_of
from surveys.invitations.models import Invitation, Reminder, Touchpoint
from surveys.invitations.own_words.queries import words_of
from surveys.invitations.post import Post
from surveys.invitations.queries import askings_of, locked_whole, same_person
from surveys.invitations.states import Reason, State, move
from surveys.invitations.verdicts import refused
from surveys.permission.bouncing import Fate, record_bounce
from surveys.work import PAUSES, carry_out, pause_before_retry, settle_uncertain


class Parcel(NamedTuple):
    """A reminder ready to leave; not `for_real` when the customer was made by the demo."""

    message: Message
    for_real: bool


def plan_reminder(invitation: Invitation, number: int, now: datetime) -> None:
    """Plan reminder `number` (1 or 2) to somebody who was just written to, if the touchpoint wants it."""
    touchpoint = invitation.touchpoint
    if touchpoint is None or touchpoint.reminders < number:
        return
    zone = zone_of(invitation.customer.time_zone, touchpoint.brand.time_zone)
    due = opening(now + timedelta(days=touchpoint.remind_after_days), rule_of(touchpoint), zone)
    db.session.add(
        Reminder(
            invitation=invitation,
            number=number,
            state=State.PLANNED,
            due_at=due,
            first_due_at=due,
            attempts=0,
        )
    )


def send_due(now: datetime, limit: int, channels: Channels, post: Post) -> int:
    """Send up to `limit` due reminders; return how many were looked at. Commits each by itself."""
    settle_uncertain(Reminder, now, lambda reminder: settle_as(reminder, State.UNCERTAIN, now))

    def pack(reminder: Reminder, at: datetime) -> Parcel | None:
        return prepare(reminder, post, at)

    with channels.conversation() as line:

        def deliver(parcel: Parcel) -> None:
            line.deliver(parcel.message, for_real=parcel.for_real)

        return carry_out(Reminder, now, limit, prepare=pack, act=deliver, settle=settle, paced=True)


def prepare(reminder: Reminder, post: Post, now: datetime) -> Parcel | None:
    """Return the mail if the reminder may go now; else refuse it or put it off and return None."""
    invitation = reminder.invitation
    locked_whole(invitation)
    touchpoint = invitation.touchpoint
    if touchpoint is None:
        return None
    rule = rule_of(touchpoint)
    reason = reason_against(reminder, invitation, touchpoint, now)
    if reason is None and too_late(reminder.first_due_at, now, rule.latest):
        reason = Reason.TOO_LATE
    if reason is not None:
        settle_as(reminder, State.REFUSED, now)
        reminder.reason = reason
        return None
    zone = zone_of(invitation.customer.time_zone, touchpoint.brand.time_zone)
    at = opening(now, rule, zone)
    if at > now:
        reminder.due_at = at
        reminder.attempts -= 1  # Nothing was tried.
        return None
    own = words_of(invitation.touchpoint_id, invitation.locale)
    message = compose(invitation, post, now, own, reminder.number)
    return Parcel(message, for_real=not invitation.customer.made_by_demo)


def reason_against(
    reminder: Reminder, invitation: Invitation, touchpoint: Touchpoint, now: datetime
) -> Reason | None:
    """Return why nobody reminds this customer; None when somebody may.

    A reminder never waits for anything but the hours of the day: who was asked something else since,
    sent something back, has an open task or paused questions is not reminded at all.
    """
    if invitation.answered_at is not None:
        return Reason.ANSWERED
    if touchpoint.reminders < reminder.number:
        return Reason.REMINDERS_OFF
    if invitation.state != State.SENT or invitation.sent_at is None:
        return Reason.UNDELIVERABLE
    order = order_behind(invitation)
    against = refused(standing_of(invitation.customer, order, touchpoint, now), touchpoint.trigger)
    if against is not None:
        return against
    person = same_person(invitation.customer)
    if any(
        each.sent_at is not None and each.sent_at > invitation.sent_at for each in askings_of(person, now)
    ):
        return Reason.REST_PERIOD
    hold, paused_until = kept_from_asking(person, now)
    return Reason.PAUSED if paused_until is not None else held_by(hold, order, touchpoint)


def settle(reminder: Reminder, failure: DeliveryFailed | None, now: datetime) -> None:
    """Write down how the delivery ended, and when to try again if that can help."""
    if reminder.state != State.PLANNED:
        return
    address = reminder.invitation.customer.email
    if failure is not None and failure.recipient and address:
        record_bounce(Fate(address, None, failure.reason, "smtp"), now)
    if failure is None:
        settle_as(reminder, State.SENT, now)
        plan_reminder(reminder.invitation, reminder.number + 1, now)
    elif failure.uncertain:
        settle_as(reminder, State.UNCERTAIN, now)
    elif failure.permanent:
        settle_as(reminder, State.FAILED, now)
    else:
        reminder.due_at = now + (pause_before_retry(reminder.attempts) or PAUSES[-1])


def settle_as(reminder: Reminder, state: State, now: datetime) -> None:
    """Settle the reminder for good; one that left or may have left keeps when."""
    reminder.state = move(reminder.state, state)
    reminder.due_at = None
    if state in (State.SENT, State.UNCERTAIN):
        reminder.sent_at = now
