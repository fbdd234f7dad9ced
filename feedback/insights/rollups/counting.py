"""Ask the rows for the counts of some days, told apart by all that what is added up is told apart by.

Each question has a row for a day and place: the day, what tells places apart (of themes the code, too), the numbers. The
days have to be over for a while: answers that were left half-way count.
"""

from datetime import date, datetime, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, case, func, literal, select

from feedback.insights.queries import ASKED_AT, AT, BECAME, PLACE, answers, asked, value_at
from feedback.insights.rollups.cover import A_DAY, Stretch, start_of
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

IS_COUNTED = and_(Response.score.is_not(None), is_included())
IS_REFUSED = and_(Response.group.in_(groups_in("unhappy")), Response.contact_permission.is_(False))


def answers_of(days: Stretch, zone: tzinfo) -> Select[Any]:
    """Return the question for the answers by score, and how many refuse contact at the end."""
    by = (_day_of(AT, days, zone), Response.survey_id, Response.brand_id, *PLACE)
    told = (Response.score.label("score"), case((IS_REFUSED, 1), else_=0).label("refused"))
    read = answers(select(*_named(by), *told), _period(days, zone), joined=True)
    each = read.where(IS_COUNTED).subquery()
    names = [each.c[f"by_{at}"] for at in range(len(by))]
    numbers = [_how_many(each.c.score == score) for score in SCORES]
    return select(*names, *numbers, func.sum(each.c.refused)).group_by(*names)


def themes_of(days: Stretch, zone: tzinfo) -> Select[Any]:
    """Return the question for who mentions what, with the code as what tells places apart in the end."""
    by = (_day_of(AT, days, zone), Response.survey_id, Response.brand_id, *PLACE)
    return mentioned(_period(days, zone), IS_COUNTED, by)


def invitations_of(days: Stretch, zone: tzinfo) -> Select[Any]:
    """Return the question for what became of the invitations; without those to anonymous surveys.

    That such a one is answered leaves no mark, so they are always counted from the rows.
    """
    where = (Touchpoint.survey_id, Touchpoint.brand_id, *PLACE[:2], Invitation.locale)
    by = (_day_of(ASKED_AT, days, zone), *where)
    read = asked(select(*_named(by), BECAME), _period(days, zone), joined=True)
    each = read.where(~Survey.is_anonymous).subquery()
    names = [each.c[f"by_{at}"] for at in range(len(by))]
    return select(*names, *(_how_many(each.c.became == became) for became in DISPOSITIONS)).group_by(*names)


def _period(days: Stretch, zone: tzinfo) -> Selection:
    first, after = (start_of(day, zone) if day is not None else None for day in days)
    return Selection(since=first, until=after)


def _day_of(at: ColumnElement[Any], days: Stretch, zone: tzinfo) -> ColumnElement[date]:
    """Return which of the days a moment lies in."""
    first = days.first or days.after - A_DAY
    every = [first + A_DAY * place for place in range((days.after - first).days)]
    return value_at(at, [start_of(day, zone) for day in every[1:]], [literal(day, Date()) for day in every])


def _named(by: tuple[Any, ...]) -> list[ColumnElement[Any]]:
    return [column.label(f"by_{at}") for at, column in enumerate(by)]


def _how_many(are: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((are, 1), else_=0))


def first_answer_at() -> datetime | None:
    """Return the moment of the oldest answer, None without any."""
    submitted = select(func.min(Response.submitted_at)).where(Response.submitted_at.is_not(None))
    half_way = select(func.min(Response.saved_at)).where(Response.submitted_at.is_(None))
    return _oldest(db.session.scalar(submitted), db.session.scalar(half_way))


def first_invitation_at() -> datetime | None:
    """Return the moment of the oldest invitation that went out, None without any."""
    lost = Invitation.state.in_(("failed", "uncertain"))
    unsent = select(func.min(Invitation.planned_at)).where(Invitation.sent_at.is_(None), lost)
    return _oldest(db.session.scalar(select(func.min(Invitation.sent_at))), db.session.scalar(unsent))


def _oldest(*moments: datetime | None) -> datetime | None:
    return min((at for at in moments if at is not None), default=None)
