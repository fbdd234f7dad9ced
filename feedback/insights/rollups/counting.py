"""Count the rows of a stretch of time, told apart by all that what is added up is told apart by."""

from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, select

from feedback.insights.queries import BECAME, PLACE, answers, asked
from feedback.insights.rollups.cover import Piece
from feedback.insights.rollups.queries import DISPOSITIONS
from feedback.insights.selection import Selection
from feedback.insights.themes.counting import mentioned
from feedback.insights.themes.heard import SCORES
from surveys.database import db
from surveys.invitations.models import Invitation, Touchpoint
from surveys.questionnaires.models import Survey
from surveys.responses.models import Response
from surveys.responses.queries import is_included
from surveys.scales import groups_in

# Survey, brand, country, carrier, language; of themes the code, too.
Place = tuple[Any, ...]
Counts = dict[Place, list[int]]
IS_COUNTED = and_(Response.score.is_not(None), is_included())


def answers_in(piece: Piece) -> Counts:
    """Return the numbers of answers by score, and how many refuse contact at the end, for every place.

    Answers that were left half-way count: the stretch has to be over for a while.
    """
    found: Counts = {}
    is_refused = and_(Response.group.in_(groups_in("unhappy")), Response.contact_permission.is_(False))
    by = (Response.survey_id, Response.brand_id, *PLACE, Response.score)
    numbers = (func.count(), func.sum(case((is_refused, 1), else_=0)))
    read = answers(select(*by, *numbers), Selection(since=piece.since, until=piece.until), joined=True)
    read = read.where(IS_COUNTED).group_by(*by)
    for *place, score, n, refused in db.session.execute(read).tuples():
        counts = found.setdefault((*place,), [0] * (len(SCORES) + 1))
        counts[score] += n
        counts[-1] += refused
    return found


def themes_in(piece: Piece) -> Counts:
    """Return who mentions what in every place, for a stretch that has been over for a while."""
    by = (Response.survey_id, Response.brand_id, *PLACE)
    return mentioned(Selection(since=piece.since, until=piece.until), IS_COUNTED, by)


def invitations_in(piece: Piece) -> Counts:
    """Return what became of the invitations, for every place; without those to anonymous surveys.

    That such a one is answered leaves no mark, so they are always counted from the rows.
    """
    found: Counts = {}
    by = (Touchpoint.survey_id, Touchpoint.brand_id, *PLACE[:2], Invitation.locale, BECAME)
    period = Selection(since=piece.since, until=piece.until)
    read = asked(select(*by, func.count()), period, joined=True)
    read = read.where(~Survey.is_anonymous).group_by(*by)
    for *place, became, n in db.session.execute(read).tuples():
        found.setdefault((*place,), [0] * len(DISPOSITIONS))[DISPOSITIONS.index(became)] += n
    return found


def first_answer_at() -> datetime | None:
    """Return the moment of the oldest answer, None without any."""
    half_way = select(func.min(Response.saved_at)).where(Response.submitted_at.is_(None))
    return _oldest(db.session.scalar(select(func.min(Response.submitted_at))), db.session.scalar(half_way))


def first_invitation_at() -> datetime | None:
    """Return the moment of the oldest invitation that went out, None without any."""
    lost = Invitation.state.in_(("failed", "uncertain"))
    unsent = select(func.min(Invitation.planned_at)).where(Invitation.sent_at.is_(None), lost)
    return _oldest(db.session.scalar(select(func.min(Invitation.sent_at))), db.session.scalar(unsent))


def _oldest(*moments: datetime | None) -> datetime | None:
    return min((at for at in moments if at is not None), default=None)
