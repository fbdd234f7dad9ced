"""Tasks over the JSON API."""

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from flask import Response, jsonify
from pydantic import Field, StringConstraints

from feedback.follow_up import queries
from feedback.follow_up.assigning.giving import reassigned
from feedback.follow_up.assigning.routing import told_apart
from feedback.follow_up.clocks.ladder import rung
from feedback.follow_up.clocks.timing import Running, clocks_of, running_clocks
from feedback.follow_up.closing import queries as endings
from feedback.follow_up.closing.causes import offered
from feedback.follow_up.closing.queries import Given
from feedback.follow_up.codes import CAUSES, CLOSING_OUTCOMES, OUTCOMES, RESOLUTIONS
from feedback.follow_up.models import Signal, Task, TaskEvent, TaskPromise
from feedback.follow_up.moving import check_seen
from feedback.follow_up.states import OPEN_STATES
from feedback.follow_up.triaging import LONGEST_TEXT
from surveys.api.door import MachineDoor, listing
from surveys.api.shapes import Body, Line400, ListQuery, OnePath, written
from surveys.code_book.themes import DETAILS, THEMES, Label, label
from surveys.customers.api import customer_shape
from surveys.responses.models import Response as Answer
from surveys.staff.models import StaffMember

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


class DeedIn(Body):
    """What every deed on a task may say besides: who does it, and what they had before their eyes."""

    by: Line400 | None = Field(
        None, description="E-mail or id of the staff member who does it; null when nobody of the team does."
    )
    version: int | None = Field(
        None, ge=0, description="The task's `version` as you read it; 409 when it was changed since."
    )


@door.get("")
def list_tasks(query: TaskQuery) -> Response:
    """List tasks, the last opened first."""
    page = queries.page_of_tasks(
        query.limit, query.cursor, state=query.state, assignee=query.assignee, brand=query.brand
    )
    given = endings.given_with_each(page.items)
    return listing([task_shape(task, given.get(task.id, ())) for task in page.items], page.next)


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
    return told(queries.task_or_missing(path.public_id))


def begun(public_id: str, deed: DeedIn) -> tuple[Task, StaffMember | None]:
    """Return the task of a deed and who does it; refuse an unknown one, or one that was changed since."""
    task = queries.task_or_missing(public_id)
    check_seen(task, deed.version, field="version")
    return task, queries.worker_named(deed.by, "by") if deed.by else None


def told(task: Task) -> Response:
    """Return one task as an answer."""
    return jsonify(task_shape(task, endings.given_with(task.id)))


def task_shape(task: Task, given: Iterable[Given]) -> dict[str, Any]:
    """Return the JSON form of a task; of an open one with its clocks that are not met.

    `given` is what it has cost out of goodwill.
    """
    is_open = task.state in OPEN_STATES
    running = {each.clock.name for each in running_clocks(task)}
    return {
        "id": task.public_id,
        "version": version_of(task),
        "state": task.state,
        "priority": task.priority,
        "points": task.points,
        "effective_points": task.effective,
        "rule": task.rule,
        "rule_version": task.rule_version,
        "reason": task.reason,
        "due_at": written(task.due_at),
        "clocks": [clock_shape(each, running) for each in clocks_of(task)] if is_open else [],
        "escalation_level": task.escalation_level,
        "snoozed_until": written(task.snoozed_until),
        "promises": [promise_shape(promise) for promise in task.promises],
        "waiting_until": written(task.waiting_until),
        "assignee": task.assignee.email if task.assignee else None,
        "assigned_because": because_shape(task.assigned_because),
        "reassigned": reassigned(task.history),
        "resolution": task.resolution,
        "cause": task.cause,
        "cause_detail": task.cause_detail,
        "goodwill": [each._asdict() for each in given],
        "outcome": task.outcome,
        "duplicate_of": task.duplicate_of.public_id if task.duplicate_of else None,
        "follows": task.follows.public_id if task.follows else None,
        "incident": task.incident.public_id if task.incident else None,
        "response": answer_shape(task.response),
        "customer": customer_shape(task.customer),
        "opened_at": written(task.opened_at),
        "signals": [signal_shape(signal) for signal in task.signals],
        "history": [event_shape(event) for event in task.history],
    }


def version_of(task: Task) -> int:
    """Return what `DeedIn.version` is compared with, from a history that is there already."""
    return max((event.id for event in task.history if event.kind not in queries.REPORTS), default=0)


def answer_shape(response: Answer) -> dict[str, Any]:
    """Return what a task shows of the answer that opened it."""
    return {
        "id": response.public_id,
        "score": response.score,
        "group": response.group,
        "comment": response.comment,
    }


def because_shape(why: str | None) -> dict[str, str | None] | None:
    """Return the rule that chose the owner, or why nobody was free, with the day or language it names.

    None when a person decided.
    """
    rule, fact = told_apart(why)
    return {"rule": rule, "fact": fact or None} if rule else None


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


def clock_shape(each: Running, running: set[str]) -> dict[str, Any]:
    """Return one clock; `waited_seconds` counts in the clock's own time, `told_percent` is the highest rung told."""
    clock = each.clock
    return {
        "name": clock.name,
        "started_at": written(clock.started_at),
        "due_at": written(clock.due_at),
        "running": clock.name in running,
        "waited_seconds": int(clock.paused.total_seconds()),
        "told_percent": round(rung(each.told).share * 100) if each.told else 0,
    }


def promise_shape(promise: TaskPromise) -> dict[str, Any]:
    """Return what was promised; `settled_at` is when it was kept or taken back."""
    return {
        "id": promise.public_id,
        "what": promise.what,
        "until": written(promise.until),
        "state": promise.state,
        "made_at": written(promise.made_at),
        "settled_at": written(promise.settled_at),
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
        "clock": event.clock,
    }


def code_list(codes: dict[str, Label]) -> list[dict[str, str]]:
    """Return codes with their labels in English."""
    return [{"code": code, "label": found.en} for code, found in codes.items()]


assert set(Resolution.__args__) == set(RESOLUTIONS)  # type: ignore[attr-defined]
assert set(Cause.__args__) == set(CAUSES)  # type: ignore[attr-defined]
assert set(ClosingOutcome.__args__) == set(CLOSING_OUTCOMES)  # type: ignore[attr-defined]
