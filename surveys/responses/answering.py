"""Keep what a respondent says: half-way as a partial response, in the end as a submitted one.

Two requests for one invitation meet at its row: whoever marks it answered first stores, the
others are told. UNIQUE(invitation_id) is the last word of the database. By an open link there is
no such row: there one form, or one purchase that the shop signed for, is one response.

An answer to an anonymous survey names no invitation, no form and no hour. That the form was sent is kept apart from
it (`SpentForm`), and the invitation says only that it was answered, as if at once (docs/decisions/0015).

This is the busiest writing of the house: plain statements, built once, two for an answer. The
unit of work of the session cost as much as everything else together.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, NamedTuple, cast
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Table, TextClause, bindparam, func, select, text, update
from sqlalchemy.exc import IntegrityError

from surveys.database import db, public_id
from surveys.errors import N_, Conflict
from surveys.invitations.models import Invitation
from surveys.responses.day import start_of_day
from surveys.responses.models import NEW, TEST, Response, SpentForm
from surveys.responses.queries import Asked
from surveys.scales import SCALES

CORRECTABLE_FOR = timedelta(hours=24)  # from when an answer is sent


class Given(NamedTuple):
    """What one form said, checked: a score on the survey's scale, or `solved` for a check-back.

    `contact_permission` is None when the question was left unanswered; `answers` are those to the further questions.
    """

    submission_id: str
    score: int | None
    solved: str | None
    comment: str | None
    contact_permission: bool | None
    answers: Mapping[str, Any] = {}

    @property
    def is_empty(self) -> bool:
        """Whether nothing was chosen or written."""
        return self[1:5] == (None, None, None, None) and not self.answers

    @property
    def all_answers(self) -> Mapping[str, Any]:
        """The answers as they are stored: of a check-back what was said to its key question."""
        return self.answers if self.solved is None else {"solved": self.solved}


class AlreadyAnswered(Conflict):
    """The invitation was answered before, by another form."""

    phrase = N_("This survey has already been answered. Your first answer counts; thank you for it.")


class ChangedMeanwhile(Conflict):
    """What the page was made of is not there any more: the survey became anonymous, or no longer is."""

    phrase = N_("The survey was changed while you answered, and nothing was stored. Please open it again.")


# Built once: building them anew for every answer costs as much as running them.
INVITATIONS, RESPONSES = cast(Table, Invitation.__table__), cast(Table, Response.__table__)
MARK_ANSWERED = (
    update(INVITATIONS)
    .where(INVITATIONS.c.id == bindparam("invitation"), INVITATIONS.c.answered_at.is_(None))
    .values(answered_at=bindparam("now"))
)
# When somebody answered would tell which of the day's answers is theirs, so the moment of the mail stands for it.
MARK_ANSWERED_SOMETIME = (
    update(INVITATIONS)
    .where(INVITATIONS.c.id == bindparam("invitation"), INVITATIONS.c.answered_at.is_(None))
    .values(answered_at=func.coalesce(INVITATIONS.c.sent_at, INVITATIONS.c.planned_at))
)
SPEND = text("INSERT INTO spent_form (digest) VALUES (:digest) ON CONFLICT DO NOTHING")
IS_SPENT = select(SpentForm.digest).where(SpentForm.digest == bindparam("form"))
IS_WAITING = (
    select(INVITATIONS.c.answered_at.is_(None))
    .where(INVITATIONS.c.id == bindparam("invitation"))
    .with_for_update()
)
SAID = (
    RESPONSES.c.submission_id,
    RESPONSES.c.score,
    RESPONSES.c.comment,
    RESPONSES.c.contact_permission,
    RESPONSES.c.answers,
)
STORED_BY_LINK = select(*SAID).where(
    RESPONSES.c.survey_id == bindparam("survey"),
    RESPONSES.c.submission_id == bindparam("form"),
    RESPONSES.c.link_id == bindparam("link"),
)
STORED_FORM = select(*SAID).where(RESPONSES.c.invitation_id == bindparam("invitation"))
# The later of two saves completes the partial response of the first. A changed comment has to be
# read again, an equal one keeps its reading. What is excluded stays so, and what was put back stays;
# by a link only the whole answer shows whether a program gave it.
# In plain SQL, which both databases understand, because an upsert made of objects would be compiled
# anew for every answer.
WRITE_RESPONSE = """
    INSERT INTO response
           (public_id, survey_id, version_id, brand_id, invitation_id, link_id, customer_id, purchase_id,
            channel, locale, submission_id, score, "group", comment, contact_permission, answers,
            attributes, attributes_verified, follow_up_stage, is_partial, saved_at, submitted_at,
            excluded_at, excluded_reason, is_anonymous)
    VALUES (:public_id, :survey_id, :version_id, :brand_id, :invitation_id, :link_id, :customer_id, :purchase_id,
            :channel, :locale, :submission_id, :score, :group, :comment, :contact_permission, :answers,
            :attributes, :attributes_verified, :follow_up_stage, :is_partial, :saved_at, :submitted_at,
            :excluded_at, :excluded_reason, :is_anonymous)
        ON CONFLICT {one_is} DO UPDATE
       SET submission_id = excluded.submission_id,
           customer_id = COALESCE(excluded.customer_id, response.customer_id),
           purchase_id = COALESCE(excluded.purchase_id, response.purchase_id),
           score = excluded.score,
           "group" = excluded."group",
           comment = excluded.comment,
           contact_permission = excluded.contact_permission,
           answers = excluded.answers,
           attributes = excluded.attributes,
           attributes_verified = excluded.attributes_verified,
           follow_up_stage = excluded.follow_up_stage,
           is_partial = excluded.is_partial,
           saved_at = excluded.saved_at,
           submitted_at = excluded.submitted_at,
           analysed_at = CASE WHEN response.comment IS NOT DISTINCT FROM excluded.comment
                              THEN response.analysed_at END
     {more}
"""


def writing(one_is: str, more: str = "") -> TextClause:
    """Return the statement; what it finds in `one_is` is one response."""
    statement = text(WRITE_RESPONSE.format(one_is=one_is, more=more))
    types = (bindparam(name, type_=RESPONSES.c[name].type) for name in statement.compile().params)
    return statement.bindparams(*types)


# A submitted answer is never touched again: of invitations MARK_ANSWERED sees to that.
BY_A_LINK = """
         , excluded_at = COALESCE(response.excluded_at, excluded.excluded_at),
           excluded_reason = COALESCE(response.excluded_reason, excluded.excluded_reason)
     WHERE response.is_partial AND response.link_id = excluded.link_id
"""
BY_INVITATION = writing("(invitation_id)")
BY_PURCHASE = writing(
    "(link_id, purchase_id) WHERE link_id IS NOT NULL AND purchase_id IS NOT NULL", BY_A_LINK
)
BY_FORM = writing("(survey_id, submission_id)", BY_A_LINK)


def submit(asked: Asked, given: Given, now: datetime) -> bool:
    """Store the answer for good; return False when this very form was stored before.

    An earlier partial response becomes the submitted one. Raises AlreadyAnswered when another
    form came first: of an invitation, or of a purchase by the same link. Also when this form said something else the
    first time: whoever goes back and changes it must not be thanked for what is not kept.
    """
    if asked.is_anonymous:
        return submit_without_name(asked, given, now)
    connection = db.session.connection()
    if asked.invitation_id is None:
        if keep(asked, given, now, submitted_at=now):
            return True
        refuse_unless_the_same(given, stored_by_link(asked, given))
        return False
    marked = connection.execute(MARK_ANSWERED, {"invitation": asked.invitation_id, "now": now})
    if marked.rowcount == 0:
        stored = connection.execute(STORED_FORM, {"invitation": asked.invitation_id}).first()
        refuse_unless_the_same(given, stored)
        return False
    return keep(asked, given, now, submitted_at=now)


def submit_without_name(asked: Asked, given: Given, now: datetime) -> bool:
    """Store an answer that leads to nobody; return False when this very form was stored before.

    Once-only hangs on the invitation and on the form, never on the answer: nobody has to find that again.
    """
    connection, form = db.session.connection(), digest_of(asked, given)
    if asked.invitation_id is not None:
        marked = connection.execute(MARK_ANSWERED_SOMETIME, {"invitation": asked.invitation_id})
        if marked.rowcount == 0:
            if connection.scalar(IS_SPENT, {"form": form}) is None:
                raise AlreadyAnswered()
            return False
    if connection.execute(SPEND, {"digest": form}).rowcount == 0:
        return False
    at = start_of_day(now, ZoneInfo(asked.time_zone))
    asked = asked._replace(invitation_id=None, customer_id=None, purchase_id=None)
    return keep(asked, given, at, submitted_at=at)


def digest_of(asked: Asked, given: Given) -> str:
    """Return what a sent form is known again by; the id in it is random, so nobody finds out what it was made of."""
    return sha256(f"{asked.public_id or asked.link_id}:{given.submission_id}".encode()).hexdigest()


def save_partial(asked: Asked, given: Given, now: datetime) -> bool:
    """Keep what is filled in so far; return False when there is nothing to keep or it was submitted already.

    Of an anonymous survey nothing is kept half-way: what is not sent was not said.
    """
    if given.is_empty:
        return False
    if asked.invitation_id is not None and not db.session.connection().scalar(
        IS_WAITING, {"invitation": asked.invitation_id}
    ):
        return False
    return asked.is_anonymous or keep(asked, given, now, submitted_at=None)


def keep(asked: Asked, given: Given, now: datetime, submitted_at: datetime | None) -> bool:
    """Write the one response there is to be, partial while `submitted_at` is None; return whether it was written.

    Raises AlreadyAnswered when the form was stored for another invitation, ChangedMeanwhile when the survey is not
    what it was when the page was read.
    """
    why_not = TEST if asked.is_test else asked.suspicion
    row = {
        "public_id": public_id(),
        "survey_id": asked.survey_id,
        "version_id": asked.version_id,
        "brand_id": asked.brand_id,
        "invitation_id": asked.invitation_id,
        "link_id": asked.link_id,
        "customer_id": asked.customer_id,
        "purchase_id": asked.purchase_id,
        "channel": asked.channel,
        "locale": asked.locale,
        "submission_id": None if asked.is_anonymous else given.submission_id,
        "score": given.score,
        "group": None if given.score is None else SCALES[asked.kind].group_of(given.score),
        "comment": given.comment,
        "contact_permission": None if asked.is_anonymous else given.contact_permission,
        "answers": given.all_answers,
        "attributes": asked.attributes,
        "attributes_verified": asked.attributes_verified,
        "follow_up_stage": NEW,
        "is_partial": submitted_at is None,
        "saved_at": now,
        "submitted_at": submitted_at,
        "excluded_at": now if why_not else None,
        "excluded_reason": why_not,
        "is_anonymous": asked.is_anonymous,
    }
    try:
        written = db.session.connection().execute(statement_for(asked, given), row)
    except IntegrityError as error:
        points_nowhere = "foreign key" in str(error.orig).lower()
        raise (ChangedMeanwhile() if points_nowhere else AlreadyAnswered()) from None
    return written.rowcount == 1


def refuse_unless_the_same(given: Given, stored: Row[Any] | None) -> None:
    """Refuse with AlreadyAnswered unless what is stored came by this very form and says all that it says now."""
    said = (given.submission_id, given.score, given.comment, given.contact_permission, given.all_answers)
    if stored is None or tuple(stored) != said:
        raise AlreadyAnswered()


def stored_by_link(asked: Asked, given: Given) -> Row[Any] | None:
    """Return what came of this very form by the link before."""
    form = {"survey": asked.survey_id, "form": given.submission_id, "link": asked.link_id}
    return db.session.connection().execute(STORED_BY_LINK, form).first()


def statement_for(asked: Asked, given: Given) -> TextClause:
    """Return the writing statement that knows what is one response here.

    What a form has begun it ends, even if its order has become known since.
    """
    if asked.invitation_id is not None:
        return BY_INVITATION
    return BY_FORM if asked.purchase_id is None or stored_by_link(asked, given) else BY_PURCHASE
