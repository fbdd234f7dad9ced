"""Fill the tables of answers and of tasks, a batch at a time."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement

from feedback.exports.columns import ANSWERS, TASKS, columns_named
from feedback.exports.queries import TaskRow, WantedTasks, conditions_of, tasks_before
from feedback.exports.tables import Table
from feedback.insights.exporting import columns_and_rows
from feedback.insights.listing import Wanted
from surveys.api.shapes import written
from surveys.responses.cells import Value

BATCH = 500
Rest = Callable[[], object]


def answers(wanted: Wanted, now: datetime, *, personal: bool, rest: Rest = lambda: None) -> Table:
    """Return the answers of a list, the newest first; without `personal` nothing says who answered.

    `rest` is called whenever nothing is read from the database for a while.
    """
    names, rows = columns_and_rows(wanted, now, personal=personal, rest=rest)
    return Table("answers", columns_named(ANSWERS, names), rows, {"as of": written(now) or ""})


def tasks(wanted: WantedTasks, now: datetime, rest: Rest = lambda: None) -> Table:
    """Return tasks with their answers and customers, the last opened first; refuse who and what there is not."""
    rows = task_rows(conditions_of(wanted), rest)
    return Table("tasks", columns_named(TASKS, TASKS), rows, {"as of": written(now) or ""})


def task_rows(conditions: Sequence[ColumnElement[bool]], rest: Rest) -> Iterator[list[Value]]:
    """Yield the rows of a table of tasks."""
    before = None
    while found := tasks_before(conditions, before, BATCH):
        before, rows = found[-1].task.id, [task_values(row) for row in found]
        del found
        rest()
        yield from rows


def task_values(row: TaskRow) -> list[Value]:
    """Return what stands in the columns of TASKS."""
    task, response, customer = row.task, row.task.response, row.task.customer
    return [
        task.public_id,
        row.brand,
        task.state,
        task.priority,
        task.effective,
        task.rule,
        task.reason,
        task.assignee.email if task.assignee else None,
        task.escalation_level,
        task.reopened,
        written(task.opened_at),
        written(task.due_at),
        written(task.contacted_at),
        written(task.resolved_at),
        written(task.closed_at),
        task.resolution,
        task.cause,
        task.cause_detail,
        task.outcome,
        response.public_id,
        row.survey,
        response.score,
        response.group,
        response.comment,
        response.purchase.reference if response.purchase else None,
        customer.reference,
        customer.email,
        customer.name,
    ]
