"""Which surveys nobody has answered yet, and what has been done for them."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from feedback.insights.unanswered.missing import Asks, Step, step_to
from surveys.database import db
from surveys.invitations.models import Invitation, Touchpoint
from surveys.links.models import Link
from surveys.questionnaires.models import Survey
from surveys.questionnaires.queries import is_published
from surveys.responses.models import Response
from surveys.scales import SCALES


class Unanswered(NamedTuple):
    """A survey without answers, and what is missing until its first one."""

    survey: Survey
    step: Step


def unanswered(brand: str | None, now: datetime, *, drafts: bool) -> list[Unanswered]:
    """Return the surveys on a scale that nobody has answered yet and that are not over, the oldest first.

    Those that were never published only with `drafts`.
    With a brand only its touchpoints and links are looked at; whether anybody has answered is asked of all shops.
    """
    answered = select(Response.id).where(Response.survey_id == Survey.id, Response.score.is_not(None))
    wanted = [Survey.kind.in_(SCALES), Survey.archived_at.is_(None), ~answered.exists()]
    open_still = or_(Survey.closes_at.is_(None), Survey.closes_at > now)
    if not drafts:
        wanted.append(is_published())
    read = select(Survey, is_published()).where(*wanted, open_still).order_by(Survey.id)
    found = db.session.execute(read).tuples().all()
    if not found:
        return []
    surveys = [survey for survey, _ in found]
    asking, leading = asks_of(surveys, brand), links_to(surveys, brand)
    return [
        Unanswered(each, step_to(is_out, asking.get(each.id, []), leading.get(each.id, 0), now))
        for each, is_out in found
    ]


def asks_of(surveys: Sequence[Survey], brand: str | None) -> dict[int, list[Asks]]:
    """Return the touchpoints of surveys by the survey's number, in their order of rank."""
    planned = and_(Invitation.state == "planned", Invitation.purpose == "survey")
    told = (
        counted(and_(planned, Invitation.due_at.is_(None))),
        func.min(case((planned, Invitation.due_at))),
        counted(and_(Invitation.state == "sent", ~Invitation.is_test)),
    )
    read = (
        select(Touchpoint, *told)
        .outerjoin(Invitation, Invitation.touchpoint_id == Touchpoint.id)
        .where(Touchpoint.survey_id.in_([survey.id for survey in surveys]))
        .group_by(Touchpoint.id)
        .order_by(Touchpoint.rank, Touchpoint.id)
    )
    if brand is not None:
        read = read.where(Touchpoint.brand.has(key=brand))
    found: dict[int, list[Asks]] = {}
    for touchpoint, waiting, due_at, sent in db.session.execute(read).tuples():
        asks = Asks(
            touchpoint.public_id,
            touchpoint.name,
            touchpoint.trigger,
            touchpoint.is_on,
            touchpoint.only_team,
            waiting,
            due_at,
            sent,
        )
        found.setdefault(touchpoint.survey_id, []).append(asks)
    return found


def counted(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """Return how many rows of a group meet a condition."""
    return func.count(case((condition, 1)))


def links_to(surveys: Sequence[Survey], brand: str | None) -> dict[int, int]:
    """Return how many open links that are on lead to surveys, by the survey's number."""
    on = (Link.is_on, Link.survey_id.in_([survey.id for survey in surveys]))
    read = select(Link.survey_id, func.count()).where(*on).group_by(Link.survey_id)
    if brand is not None:
        read = read.where(Link.brand.has(key=brand))
    return dict(db.session.execute(read).tuples().all())
