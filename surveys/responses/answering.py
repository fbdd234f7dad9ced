"""Keep what a respondent says: half-way as a partial response, in the end as a submitted one.

Two requests for one invitation meet at its row: whoever marks it answered first stores, the
others are told. UNIQUE(invitation_id) is the last word of the database.
"""

from datetime import datetime
from typing import NamedTuple, cast

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.exc import IntegrityError

from surveys.database import db
from surveys.errors import N_, Conflict
from surveys.invitations.models import Invitation
from surveys.responses.models import NEW, Response
from surveys.responses.queries import Asked
from surveys.scales import SCALES


class Given(NamedTuple):
    """What one form said, checked: a score on the survey's scale, or `solved` for a check-back.

    `contact_permission` is None when the question was left unanswered.
    """

    submission_id: str
    score: int | None
    solved: str | None
    comment: str | None
    contact_permission: bool | None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was chosen or written."""
        return self[1:] == (None, None, None, None)


class AlreadyAnswered(Conflict):
    """The invitation was answered before, by another form."""

    phrase = N_("This survey has already been answered. Your first answer counts; thank you for it.")


# Built once: building them anew for every answer costs as much as running them.
INVITATIONS = cast(Table, Invitation.__table__)
MARK_ANSWERED = (
    update(INVITATIONS)
    .where(INVITATIONS.c.id == bindparam("invitation"), INVITATIONS.c.answered_at.is_(None))
    .values(answered_at=bindparam("now"))
)
RESPONSE_TO = select(Response).where(Response.invitation_id == bindparam("invitation"))


def submit(asked: Asked, given: Given, now: datetime) -> bool:
    """Store the answer of an invitation for good; return False when this very form was stored before.

    An earlier partial response becomes the submitted one. Raises AlreadyAnswered when another
    form came first.
    """
    if not mark_answered(asked.invitation_id, now):
        stored = response_to(asked.invitation_id)
        if stored is None or stored.submission_id != given.submission_id:
            raise AlreadyAnswered()
        return False
    response = response_to(asked.invitation_id) or begin(asked)
    put(response, asked, given, now)
    response.is_partial = False
    response.submitted_at = now
    keep(response)
    return True


def save_partial(asked: Asked, given: Given, now: datetime) -> bool:
    """Keep what is filled in so far; return False when there is nothing to keep or it was submitted already."""
    if given.is_empty:
        return False
    waiting = select(Invitation.answered_at).where(Invitation.id == asked.invitation_id).with_for_update()
    if db.session.scalar(waiting) is not None:
        return False
    response = response_to(asked.invitation_id) or begin(asked)
    put(response, asked, given, now)
    response.is_partial = True
    keep(response)
    return True


def mark_answered(invitation_id: int, now: datetime) -> bool:
    """Mark the invitation answered; return False when it was before. Others wait here for our commit."""
    result = db.session.connection().execute(MARK_ANSWERED, {"invitation": invitation_id, "now": now})
    return result.rowcount == 1


def response_to(invitation_id: int) -> Response | None:
    """Return the response to an invitation, partial or not."""
    return db.session.scalar(RESPONSE_TO, {"invitation": invitation_id})


def begin(asked: Asked) -> Response:
    """Return a new response to an invitation, with what the invitation knows."""
    return Response(
        survey_id=asked.survey_id,
        version_id=asked.version_id,
        brand_id=asked.brand_id,
        invitation_id=asked.invitation_id,
        customer_id=asked.customer_id,
        purchase_id=asked.purchase_id,
        channel="email",
        locale=asked.locale,
    )


def put(response: Response, asked: Asked, given: Given, now: datetime) -> None:
    """Write what was given; a changed comment has to be read again, a changed answer considered again."""
    if response.comment != given.comment:
        response.analysed_at = None
    response.submission_id = given.submission_id
    response.score = given.score
    response.group = None if given.score is None else SCALES[asked.kind].group_of(given.score)
    response.comment = given.comment
    response.contact_permission = given.contact_permission
    response.answers = {} if given.solved is None else {"solved": given.solved}
    response.follow_up_stage = NEW
    response.saved_at = now


def keep(response: Response) -> None:
    """Flush the response; raises AlreadyAnswered when its form was stored for another invitation."""
    db.session.add(response)
    try:
        db.session.flush()
    except IntegrityError:
        raise AlreadyAnswered() from None
