"""How the loop is doing: who leads, how each tick went, and what still waits."""

from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from feedback.analysis.analysing import JOB as ANALYSING
from feedback.analysis.queries import read_by_another_count, reader_at_work, unread_count
from feedback.follow_up.conversation.models import Reply
from feedback.follow_up.models import Task
from feedback.follow_up.queries import to_be_considered, to_be_recorded
from feedback.notices.alerts.queries import due_alert_mails
from feedback.notices.models import NoticeMail
from feedback.scheduler.models import LoopLeader, TickRun
from surveys.customers.models import OrderEvent, Purchase
from surveys.database import Base, db
from surveys.invitations.models import Invitation, Reminder
from surveys.questionnaires.models import Survey
from surveys.responses.models import Response


def leader(now: datetime) -> LoopLeader | None:
    """Return who leads the loop at the real time `now`, or None when no loop runs."""
    return db.session.scalar(select(LoopLeader).where(LoopLeader.until >= now))


def run_of(name: str) -> TickRun | None:
    """Return the note on the last run of one tick, or None when it never ran."""
    return db.session.get(TickRun, name, populate_existing=True)


def runs() -> dict[str, TickRun]:
    """Return the note on the last run of each tick by its name."""
    return {run.name: run for run in db.session.scalars(select(TickRun))}


def unread_events(_now: datetime) -> int:
    """Count signed order events that nobody has read."""
    return count(OrderEvent, OrderEvent.read_at.is_(None))


def unconsidered_purchases(_now: datetime) -> int:
    """Count purchases about which nobody has decided whether to ask."""
    return count(Purchase, Purchase.considered_at.is_(None))


def due_invitations(now: datetime) -> int:
    """Count invitations that should have left."""
    return count(Invitation, Invitation.due_at <= now)


def due_reminders(now: datetime) -> int:
    """Count reminders that should have left."""
    return count(Reminder, Reminder.due_at <= now)


def unread_responses(now: datetime) -> int:
    """Count responses whose comment nobody has read."""
    return unread_count(ANALYSING, now)


def read_by_another(_now: datetime) -> int:
    """Count comments that another reader read than the one that reads now."""
    reader = reader_at_work()
    return 0 if reader is None else read_by_another_count(reader)


def unconsidered_responses(now: datetime) -> int:
    """Count answers of customers of which nobody has decided whether they need a task."""
    return count(Response, Response.survey_id == Survey.id, to_be_considered(now))


def resolved_tasks(_now: datetime) -> int:
    """Count solved tasks whose customers have not been asked."""
    return count(Task, Task.state == "resolved")


def unread_check_backs(now: datetime) -> int:
    """Count answers to check-backs that nobody has recorded."""
    return count(Response, Response.survey_id == Survey.id, to_be_recorded(now))


def due_replies(now: datetime) -> int:
    """Count replies that should have left."""
    return count(Reply, Reply.due_at <= now)


def due_notices(now: datetime) -> int:
    """Count mails to staff that should have left."""
    return count(NoticeMail, NoticeMail.due_at <= now) + due_alert_mails(now)


def count(model: type[Base], *conditions: ColumnElement[bool]) -> int:
    """Return how many rows of `model` meet the conditions."""
    return db.session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0


def tasks_by_state() -> dict[str, float]:
    """Count the tasks in each state."""
    rows = db.session.execute(select(Task.state, func.count()).group_by(Task.state))
    return {state: float(number) for state, number in rows.all()}
