"""Start a one-time send: the step after which mails leave that nobody can call back."""

from datetime import datetime, timedelta

from surveys.database import db
from surveys.errors import N_, Conflict, Refusal
from surveys.invitations.models import AskingRound, Touchpoint
from surveys.invitations.rounds.queries import count_meant, last_customer_id, last_round, lock_touchpoint
from surveys.staff.models import StaffMember

LONGEST_AHEAD = timedelta(days=365)


class StartedAlready(Conflict):
    """The send has left, or is leaving."""

    phrase = N_(
        "This send has been started; it goes out once. To write again, copy the touchpoint and start the copy."
    )


class NobodyMeant(Refusal):
    """There is nobody to send to."""

    phrase = N_("This send goes to nobody: no customer of the shop is on its list. Give it a list first.")
    status = 409


def start(touchpoint: Touchpoint, starts_at: datetime, by: StaffMember, now: datetime) -> AskingRound:
    """Let a one-time send go out from `starts_at` on, or at once if that has passed, and switch it on.

    It goes to the customers there are now. Refuses with StartedAlready, with NobodyMeant, and a start
    more than a year ahead.
    """
    lock_touchpoint(touchpoint)
    if touchpoint.trigger != "once" or last_round(touchpoint) is not None:
        raise StartedAlready()
    if starts_at - now > LONGEST_AHEAD:
        raise Refusal(N_("Choose a day within the next twelve months."), field="day")
    if count_meant(touchpoint) == 0:
        raise NobodyMeant()
    round_ = AskingRound(
        touchpoint=touchpoint,
        number=1,
        starts_at=max(starts_at, now),
        passed_id=0,
        last_id=last_customer_id(touchpoint.brand_id),
        begun_by=by,
        created_at=now,
    )
    touchpoint.is_on = True
    touchpoint.changed_at, touchpoint.changed_by_id = now, by.id
    db.session.add(round_)
    db.session.flush()
    return round_
