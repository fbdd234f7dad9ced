"""What exports ask for beside the lists of the house."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from feedback.follow_up.models import Signal, Task
from feedback.follow_up.queries import staff_named
from surveys.brand.models import Brand
from surveys.customers.queries import brand_for
from surveys.database import db
from surveys.questionnaires.models import Survey
from surveys.responses.models import Response

DANGER = ("safety", "legal")


@dataclass(frozen=True)
class WantedTasks:
    """Which tasks a file holds, None for all. `assignee` is an address or a public id, empty for tasks of nobody.

    `about_danger` leaves those with an answer that spoke of danger to a person or of law.
    """

    state: str | None = None
    assignee: str | None = None
    brand: str | None = None
    opened_since: datetime | None = None
    opened_until: datetime | None = None
    about_danger: bool = False


class TaskRow(NamedTuple):
    """One task with the keys of its shop and survey."""

    task: Task
    brand: str
    survey: str


def conditions_of(wanted: WantedTasks) -> list[ColumnElement[bool]]:
    """Return what a task must meet; refuse people and shops that there are not."""
    found: list[ColumnElement[bool]] = []
    if wanted.state is not None:
        found.append(Task.state == wanted.state)
    if wanted.assignee is not None:
        owner = staff_named(wanted.assignee) if wanted.assignee else None
        found.append(Task.assignee_id.is_(None) if owner is None else Task.assignee_id == owner.id)
    if wanted.brand is not None:
        found.append(Task.brand_id == brand_for(wanted.brand).id)
    if wanted.opened_since is not None:
        found.append(Task.opened_at >= wanted.opened_since)
    if wanted.opened_until is not None:
        found.append(Task.opened_at < wanted.opened_until)
    if wanted.about_danger:
        found.append(select(Signal.id).where(Signal.task_id == Task.id, Signal.why.in_(DANGER)).exists())
    return found


def tasks_before(conditions: Sequence[ColumnElement[bool]], before: int | None, limit: int) -> list[TaskRow]:
    """Return up to `limit` tasks with a lower number, the last opened first."""
    wanted = (
        select(Task, Brand.key, Survey.key)
        .join(Brand, Brand.id == Task.brand_id)
        .join(Response, Response.id == Task.response_id)
        .join(Survey, Survey.id == Response.survey_id)
        .where(*conditions)
        .options(
            joinedload(Task.assignee),
            joinedload(Task.customer),
            joinedload(Task.response).joinedload(Response.purchase),
        )
        .order_by(Task.id.desc())
        .limit(limit)
    )
    if before is not None:
        wanted = wanted.where(Task.id < before)
    return [TaskRow(*row) for row in db.session.execute(wanted).tuples()]
