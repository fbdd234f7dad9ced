"""Send what is due, each mail at most once: judge, write, deliver, settle."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import joinedload

from surveys.channels.message import Message
from surveys.channels.registry import Channels
from surveys.errors import DeliveryFailed
from surveys.invitations.cadence import too_late
from surveys.invitations.capacity.allowing import take_turn
from surveys.invitations.composing import compose
from surveys.invitations.judging import judge, judge_without_team
from surveys.invitations.models import Invitation
from surveys.invitations.own_words.queries import words_of
from surveys.invitations.own_words.rewriting import choose_subject
from surveys.invitations.planning import language_of, refuse
from surveys.invitations.post import Post
from surveys.invitations.queries import locked_whole
from surveys.invitations.reminding import plan_reminder
from surveys.invitations.states import State, move
from surveys.invitations.verdicts import Verdict
from surveys.permission.bouncing import Fate, record_bounce
from surveys.work import PAUSES, carry_out, pause_before_retry, settle_uncertain

LINK_LIVES = timedelta(days=90)
LATEST = timedelta(hours=72)  # how long a check-back is tried; a touchpoint says it itself
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Parcel:
    """A mail ready to leave; not `for_real` when the customer was made by the demo."""

    message: Message
    for_real: bool


def send_due(now: datetime, limit: int, channels: Channels, post: Post) -> int:
    """Send up to `limit` due invitations; return how many were looked at. Commits each by itself."""
    settle_uncertain(Invitation, now, lambda invitation: doubt(invitation, now))

    def pack(invitation: Invitation, at: datetime) -> Parcel | None:
        return prepare(invitation, post, at)

    with channels.conversation() as line:

        def deliver(parcel: Parcel) -> None:
            line.deliver(parcel.message, for_real=parcel.for_real)

        along = (joinedload(Invitation.touchpoint),)  # It says whether a reminder follows.
        return carry_out(
            Invitation, now, limit, prepare=pack, act=deliver, settle=settle, along=along, paced=True
        )


def prepare(invitation: Invitation, post: Post, now: datetime) -> Parcel | None:
    """Return the mail if the invitation may go now; else refuse it or put it off and return None."""
    # An unsubscription or a cancelled order may have come in since the claim.
    locked_whole(invitation)
    if invitation.state != State.PLANNED or invitation.due_at is None:
        return None
    if (
        invitation.due_at > now
    ):  # Planned anew since the claim, for instance because a delivery was corrected.
        invitation.attempts -= 1
        return None
    verdict = judge(invitation, now)
    if verdict == Verdict() and not has_a_team(invitation):
        verdict = judge_without_team(invitation, now)
    if verdict.reason is not None:
        refuse(invitation, verdict.reason)
    elif verdict.later is not None:
        invitation.due_at, invitation.put_off = verdict.later, verdict.because
        invitation.attempts -= 1  # Nothing was tried.
    else:
        return written(invitation, post, now)
    return None


def has_a_team(invitation: Invitation) -> bool:
    """Take the turn of a question where the team's capacity limits them.

    Check-backs bring no new cases, and who asks somebody by hand knows why.
    """
    if invitation.touchpoint is None or invitation.skip_window:
        return True
    return take_turn(invitation.customer.brand_id)


def written(invitation: Invitation, post: Post, now: datetime) -> Parcel | None:
    """Return the mail of the invitation, or None when it cannot be written: then it has failed for good.

    One row with impossible data must not keep everybody else from being asked.
    """
    # Kept with the mail: the test may be over before it is answered.
    invitation.is_test = invitation.touchpoint is not None and invitation.touchpoint.only_team
    try:
        ask_as_set_today(invitation)
        own = words_of(invitation.touchpoint_id, invitation.locale)
        choose_subject(invitation, own)
        message = compose(invitation, post, now, own)
    except DBAPIError:
        raise  # That passes, and says nothing against this row.
    except Exception as error:
        log.warning("the mail of invitation %s cannot be written: %s", invitation.id, type(error).__name__)
        invitation.last_error = str(error)[:500]
        fail(invitation)
        return None
    return Parcel(message, for_real=not invitation.customer.made_by_demo)


def ask_as_set_today(invitation: Invitation) -> None:
    """Let what is asked, and in which language, be as set today: a turn is planned up to a whole round ahead.

    The question about an order stays as planned, unless the shop has switched its language off since.
    """
    if invitation.round_id is not None and invitation.touchpoint is not None:
        invitation.version = invitation.touchpoint.survey.current
        invitation.locale = language_of(invitation.customer, invitation.version)
    else:
        invitation.locale = language_of(invitation.customer, invitation.version, invitation.locale)


def settle(invitation: Invitation, failure: DeliveryFailed | None, now: datetime) -> None:
    """Write down how the delivery ended, and when to try again if that can help."""
    if invitation.state != State.PLANNED:
        return  # Somebody settled it while the mail was on its way, for instance by erasing the customer.
    if failure is not None and failure.recipient and invitation.customer.email:
        record_bounce(Fate(invitation.customer.email, None, failure.reason, "smtp"), now)
    if failure is None:
        plan_reminder(invitation, 1, now)  # First, because it reads: the row is then written once.
        mark_sent(invitation, State.SENT, now)
    elif failure.uncertain:
        doubt(invitation, now)
    elif failure.permanent:
        fail(invitation)
    else:
        try_later(invitation, now)


def mark_sent(invitation: Invitation, state: State, now: datetime) -> None:
    """Settle the invitation as sent or uncertain; from now on its link lives for 90 days."""
    invitation.state = move(invitation.state, state)
    invitation.due_at = invitation.put_off = None
    invitation.sent_at = now
    invitation.expires_at = now + LINK_LIVES


def doubt(invitation: Invitation, now: datetime) -> None:
    """Settle an invitation of which nobody knows whether it left.

    It may have: so its link is good, and the rest period counts from here.
    """
    mark_sent(invitation, State.UNCERTAIN, now)


def fail(invitation: Invitation) -> None:
    """Settle the invitation as undeliverable."""
    invitation.state = move(invitation.state, State.FAILED)
    invitation.due_at = invitation.put_off = None


def try_later(invitation: Invitation, now: datetime) -> None:
    """Put the next attempt off, longer each time, until asking would come too late; then it has failed."""
    again = now + (pause_before_retry(invitation.attempts) or PAUSES[-1])
    latest = invitation.touchpoint.latest if invitation.touchpoint else LATEST
    if too_late(invitation.first_due_at or now, again, latest):
        fail(invitation)
    else:
        invitation.due_at, invitation.put_off = again, "mail"
