"""Tasks over the JSON API."""

from typing import Annotated, Any, Literal

from flask import Response, jsonify
from pydantic import Field, StringConstraints

from feedback.follow_up import queries
from feedback.follow_up.closing import queries as endings
from feedback.follow_up.closing.causes import offered
from feedback.follow_up.closing.goodwill import MOST_UNITS, Money
from feedback.follow_up.codes import CAUSES, CLOSING_OUTCOMES, OUTCOMES, RESOLUTIONS
from feedback.follow_up.models import Signal, Task, TaskEvent
from feedback.follow_up.triaging import LONGEST_TEXT, Change, Ending, change
from surveys.api.door import MachineDoor, listing
from surveys.api.shapes import Body, Line400, ListQuery, Moment, OnePath, written
from surveys.clock import business_now
from surveys.code_book.themes import DETAILS, THEMES, Label, label
from surveys.customers.api import customer_shape
from surveys.database import db

door = MachineDoor("tasks_api", __name__, url_prefix="/api/v1/tasks")

StateName = Literal[
    "new", "in_progress", "waiting_customer", "waiting_internal", "resolved", "verifying", "closed"
]
Resolution = Literal[
    "explained",
    "apology",
    "replacement",
    "refund",
    "partial_refund",
    "goodwill",
    "repair",
    "process_fix",
    "forwarded",
    "nothing_possible",
]
Cause = Literal[
    "supplier",
    "warehouse",
    "carrier",
    "content",
    "pricing",
    "it",
    "service_process",
    "policy",
    "customer_expectation",
    "external",
    "unknown",
]
PriorityName = Literal["P0", "P1", "P2", "P3", "P4"]
ClosingOutcome = Literal["no_action", "invalid", "duplicate", "no_permission", "unreachable"]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_TEXT)]


class TaskQuery(ListQuery):
    """Which tasks to list, the newest first."""

    state: StateName | None = None
    assignee: str | None = Field(
        None, max_length=254, description="E-mail or id of a staff member; empty: nobody."
    )
    brand: str | None = Field(None, max_length=40)


class GoodwillIn(Body):
    """Money given with a solution, in minor units."""

    amount: int = Field(gt=0, le=MOST_UNITS * 100)
    currency: str = Field(pattern="^[A-Z]{3}$")


class TaskPatch(Body):
    """What to change; what is left out stays as it is. `assignee: null` takes it from its owner."""

    state: StateName | None = None
    assignee: Line400 | None = Field(None, description="E-mail or id of a staff member.")
    resolution: Resolution | None = None
    cause: Cause | None = None
    cause_detail: str | None = Field(
        None, max_length=60, description="One of the finer causes that `codes` lists."
    )
    goodwill: GoodwillIn | None = Field(None, description="Money given with the solution, in minor units.")
    outcome: ClosingOutcome | None = None
    note: Text | None = None
    waiting_until: Moment | None = None
    priority: PriorityName | None = Field(None, description="Also a lower one; send why.")
    priority_reason: Text | None = Field(None, description="Why the priority changes; stands in the history.")


@door.get("")
def list_tasks(query: TaskQuery) -> Response:
    """List tasks, the last opened first."""
    page = queries.page_of_tasks(
        query.limit, query.cursor, state=query.state, assignee=query.assignee, brand=query.brand
    )
    return listing([task_shape(task) for task in page.items], page.next)


@door.get("/codes")
def codes() -> Response:
    """Return the code lists: reasons, causes and the finer ones of each, resolutions, outcomes."""
    reasons = [{"code": code, "label": label(code, "en")} for code in (*THEMES, *DETAILS)]
    lists = {"causes": CAUSES, "resolutions": RESOLUTIONS, "outcomes": OUTCOMES}
    shape: dict[str, Any] = {"reasons": reasons} | {name: code_list(found) for name, found in lists.items()}
    finer = offered(endings.own_details())
    shape["cause_details"] = [each for details in finer.values() for each in code_list(details)]
    return jsonify(shape)


@door.get("/<public_id>")
def one_task(path: OnePath) -> Response:
    """Return one task."""
    return jsonify(task_shape(queries.task_or_missing(path.public_id)))


@door.patch("/<public_id>")
def patch_task(path: OnePath, body: TaskPatch) -> Response:
    """Move, assign or annotate a task; 409 names the moves that are possible."""
    task = queries.task_or_missing(path.public_id)
    wanted = Change(
        state=body.state,
        assignee=queries.staff_named(body.assignee) if body.assignee else None,
        unassign="assignee" in body.model_fields_set and body.assignee is None,
        resolution=body.resolution,
        cause=body.cause,
        outcome=body.outcome,
        waiting_until=body.waiting_until,
        note=body.note,
        ending=Ending(
            detail=body.cause_detail,
            goodwill=Money(body.goodwill.amount, body.goodwill.currency) if body.goodwill else None,
        ),
        priority=body.priority,
        priority_reason=body.priority_reason,
    )
    change(task, wanted, business_now())
    db.session.commit()
    return jsonify(task_shape(task))


def task_shape(task: Task) -> dict[str, Any]:
    """Return the JSON form of a task."""
    response = task.response
    return {
        "id": task.public_id,
        "state": task.state,
        "priority": task.priority,
        "points": task.points,
        "effective_points": task.effective,
        "rule": task.rule,
        "rule_version": task.rule_version,
        "reason": task.reason,
        "due_at": written(task.due_at),
        "waiting_until": written(task.waiting_until),
        "assignee": task.assignee.email if task.assignee else None,
        "resolution": task.resolution,
        "cause": task.cause,
        "cause_detail": task.cause_detail,
        "goodwill": [{"amount": each.amount, "currency": each.currency} for each in task.goodwill],
        "outcome": task.outcome,
        "response": {
            "id": response.public_id,
            "score": response.score,
            "group": response.group,
            "comment": response.comment,
        },
        "customer": customer_shape(task.customer),
        "opened_at": written(task.opened_at),
        "signals": [signal_shape(signal) for signal in task.signals],
        "history": [event_shape(event) for event in task.history],
    }


def signal_shape(signal: Signal) -> dict[str, Any]:
    """Return one answer of a task: what it asks for, the parts of its points (0 to 1), and the words that say so."""
    return {
        "response": signal.response.public_id,
        "at": written(signal.at),
        "rule": signal.rule,
        "further_rules": signal.further,
        "priority": signal.priority,
        "why": signal.why,
        "points": signal.points,
        "parts": signal.parts,
        "words": [{"intent": intent, "start": start, "end": end} for intent, start, end in signal.finds],
    }


def event_shape(event: TaskEvent) -> dict[str, Any]:
    """Return one row of history; `actor` is null when the house or a machine acted."""
    return {
        "at": written(event.at),
        "kind": event.kind,
        "actor": event.actor.email if event.actor else None,
        "before": event.before,
        "after": event.after,
        "text": event.text,
    }


def code_list(codes: dict[str, Label]) -> list[dict[str, str]]:
    """Return codes with their labels in English."""
    return [{"code": code, "label": found.en} for code, found in codes.items()]


assert set(Resolution.__args__) == set(RESOLUTIONS)  # type: ignore[attr-defined]
assert set(Cause.__args__) == set(CAUSES)  # type: ignore[attr-defined]
assert set(ClosingOutcome.__args__) == set(CLOSING_OUTCOMES)  # type: ignore[attr-defined]
