"""What the register asks: every answer that spoke of danger or of law, with its task."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, literal, or_, select, tuple_
from sqlalchemy.orm import joinedload

from feedback.analysis.models import INTENT, Analysis, Mention, is_current
from feedback.follow_up.models import Signal, Task
from surveys.database import db
from surveys.responses.models import Response
from surveys.responses.queries import held_back, is_included

KINDS = ("safety", "legal")
GIVEN = func.coalesce(Response.submitted_at, Response.saved_at)


class Entry(NamedTuple):
    """One answer of the register; `task` is None where nobody may or can get in touch."""

    response: Response
    analysis: Analysis | None
    task: Task | None
    given_at: datetime

    @property
    def kinds(self) -> list[str]:
        """What the answer spoke of, or once did when it was read: keys of KINDS."""
        said = {each.code for each in self.analysis.mentions} if self.analysis else set()
        signals = self.task.signals if self.task else ()
        said |= {each.why for each in signals if each.response_id == self.response.id}
        return [kind for kind in KINDS if kind in said]


def entries(limit: int, kind: str | None = None, after: tuple[datetime, int] | None = None) -> list[Entry]:
    """Return up to `limit` answers that speak of a kind of KINDS, of any without one, the last given first.

    What an answer once asked for stays, also when its words are read otherwise now. Answers that are held back and
    those that count for nothing are not there.
    """
    shown = Response.survey_id.not_in([survey.id for survey in held_back()])
    query = (
        select(Response, Analysis, Task, GIVEN)
        .outerjoin(Analysis, is_current())
        .outerjoin(Signal, Signal.response_id == Response.id)
        .outerjoin(Task, Task.id == Signal.task_id)
        .where(is_included(), shown, speaks_of((kind,) if kind else KINDS))
        .options(
            joinedload(Response.customer),
            joinedload(Response.brand),
            joinedload(Response.purchase),
            joinedload(Task.assignee),
        )
    )
    if after is not None:
        query = query.where(
            tuple_(GIVEN, Response.id) < tuple_(literal(after[0], GIVEN.type), literal(after[1]))
        )
    rows = db.session.execute(query.order_by(GIVEN.desc(), Response.id.desc()).limit(limit))
    return [Entry(*row) for row in rows.tuples()]


def speaks_of(kinds: tuple[str, ...]) -> ColumnElement[bool]:
    """Return the condition that an answer speaks of one of these kinds, or has made its task as urgent for it."""
    said = select(Analysis.response_id).join(Analysis.mentions)
    mentioned = and_(Mention.kind == INTENT, Mention.code.in_(kinds))
    asked = select(Signal.response_id).where(Signal.why.in_(kinds))
    return or_(Response.id.in_(said.where(mentioned)), Response.id.in_(asked))
