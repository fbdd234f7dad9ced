"""The inbox over the JSON API: its queues with how many tasks each holds, and filters of people's own."""

from datetime import datetime
from typing import Annotated, Any

from flask import Response, jsonify
from pydantic import BaseModel, Field

from feedback.follow_up.api import PriorityName, task_shape
from feedback.follow_up.closing.queries import given_with_each
from feedback.follow_up.inbox import queries, saving
from feedback.follow_up.inbox.asking import LONGEST, Asked, ViewName
from feedback.follow_up.inbox.models import InboxFilter
from feedback.follow_up.incidents.queries import incident_named
from feedback.follow_up.queries import bring_history, staff_named, worker_named
from surveys.api.door import MachineDoor, listing
from surveys.api.shapes import ONE_LINE, Body, Line100, Line400, ListQuery, OnePath, Query, written
from surveys.clock import business_now
from surveys.customers.queries import brand_for
from surveys.database import db
from surveys.errors import N_, Refusal
from surveys.staff.models import StaffMember

door = MachineDoor("inbox_api", __name__, url_prefix="/api/v1/inbox")

Word = Annotated[str, ONE_LINE]
WHOSE = "E-mail or id of the staff member whose inbox it is."


class WhoseMissing(Refusal):
    """Somebody's own tasks are somebody's."""

    phrase = N_("The view mine wants `by`: the e-mail or id of the staff member whose tasks they are.")


class Queue(BaseModel):
    """A queue of the inbox: a view, and what narrows it down."""

    view: ViewName = Field(description="`stuck` are those nobody cares for, `resolved` those done lately.")
    brand: Word | None = Field(None, max_length=40)
    q: Word | None = Field(
        None, max_length=LONGEST, description="Part of a name, an address or a number of a customer or order."
    )
    priority: PriorityName | None = None
    owner: Word | None = Field(None, max_length=254, description="E-mail or id of a staff member.")
    reason: Word | None = Field(None, max_length=40, description="A theme; its finer ones are included.")
    incident: Word | None = Field(None, max_length=40, description="Id of many tasks from one cause.")

    def asked(self) -> Asked:
        """Return the queue as the inbox knows it; refuse a brand or an owner that does not exist."""
        return Asked(
            view=self.view,
            brand=brand_for(self.brand).key if self.brand else "",
            q=" ".join((self.q or "").split()),
            priority=self.priority or "",
            owner=staff_named(self.owner, "owner").public_id if self.owner else "",
            reason=self.reason or "",
            incident=incident_named(self.incident).public_id if self.incident else "",
        )


class QueueQuery(Queue, ListQuery):
    """Which tasks of the inbox to list, in the order of its queue."""

    by: Line400 | None = Field(None, description=f"{WHOSE} Needed for the view `mine`.")


class CountsQuery(Query):
    """Of which shop, and whose."""

    brand: str | None = Field(None, max_length=40)
    by: Line400 | None = Field(None, description=f"{WHOSE} Without it nothing is `mine`.")


class ByQuery(Query):
    """Whose filters."""

    by: Line400 = Field(description=WHOSE)


class TasksQuery(ListQuery):
    """Which page of the tasks that a filter finds, and who looks."""

    by: Line400 = Field(description=WHOSE)


class QueueIn(Queue, Body):
    """The queue that a filter names."""


class FilterIn(Body):
    """A queue of somebody's own, kept under a name."""

    by: Line400 = Field(description=WHOSE)
    name: Line100
    wanted: QueueIn
    is_shared: bool = Field(False, description="The whole team sees it.")


class FilterPatch(Body):
    """What to change on a filter of one's own; what is left out stays as it is."""

    by: Line400 = Field(description=WHOSE)
    name: Line100 | None = None
    wanted: QueueIn | None = None
    is_shared: bool | None = None


@door.get("")
def list_queue(query: QueueQuery) -> Response:
    """List the tasks of a view of the inbox, the most urgent first, and how many there are in all."""
    by = worker_named(query.by, "by") if query.by else None
    if query.view == "mine" and by is None:
        raise WhoseMissing(field="by")
    return page_of(query.asked(), by, business_now(), query)


@door.get("/counts")
def counts(query: CountsQuery) -> Response:
    """Return how many tasks each view holds."""
    by = worker_named(query.by, "by") if query.by else None
    brand = brand_for(query.brand) if query.brand else None
    return jsonify(queries.counts(by, brand, business_now()))


@door.get("/filters")
def list_filters(query: ByQuery) -> Response:
    """List somebody's own filters and those that colleagues share, by name."""
    found = saving.filters_of(worker_named(query.by, "by"))
    return jsonify({"items": [filter_shape(each) for each in found], "next": None})


@door.post("/filters")
def save_filter(body: FilterIn) -> tuple[Response, int]:
    """Keep a queue under a name; 409 when somebody has a filter of this name, or 30 of them."""
    by = worker_named(body.by, "by")
    kept = saving.save(body.name, body.wanted.asked(), business_now(), by=by, shared=body.is_shared)
    db.session.commit()
    return jsonify(filter_shape(kept)), 201


@door.get("/filters/<public_id>")
def one_filter(path: OnePath, query: ByQuery) -> Response:
    """Return a filter of somebody's own, or one that a colleague shares."""
    return jsonify(filter_shape(saving.seen_filter(path.public_id, worker_named(query.by, "by"))))


@door.patch("/filters/<public_id>")
def change_filter(path: OnePath, body: FilterPatch) -> Response:
    """Change a filter of somebody's own, or share it with the team."""
    kept = saving.own_filter(path.public_id, worker_named(body.by, "by"))
    asked = body.wanted.asked() if body.wanted else None
    saving.change(kept, name=body.name, asked=asked, shared=body.is_shared)
    db.session.commit()
    return jsonify(filter_shape(kept))


@door.delete("/filters/<public_id>")
def throw_filter_away(path: OnePath, query: ByQuery) -> tuple[str, int]:
    """Throw a filter of somebody's own away."""
    saving.throw_away(path.public_id, by=worker_named(query.by, "by"))
    db.session.commit()
    return "", 204


@door.get("/filters/<public_id>/tasks")
def tasks_of_filter(path: OnePath, query: TasksQuery) -> Response:
    """List the tasks that a filter finds, the most urgent first, and how many there are in all.

    In a shared filter of the view `mine` they are those of whoever looks.
    """
    by = worker_named(query.by, "by")
    wanted = saving.seen_filter(path.public_id, by).wanted
    return page_of(Asked(**wanted), by, business_now(), query)


def page_of(asked: Asked, by: StaffMember | None, now: datetime, query: ListQuery) -> Response:
    """Return a page of a queue; `count` is the number of all its tasks."""
    condition = queries.narrowed(asked, by, now)
    page = queries.page_of_queue(asked, condition, query.limit, query.cursor)
    tasks = [row[0] for row in page.items]
    bring_history(tasks)
    given = given_with_each(tasks)
    items = [task_shape(task, given.get(task.id, ())) for task in tasks]
    return listing(items, page.next, count=queries.count_of(condition))


def filter_shape(kept: InboxFilter) -> dict[str, Any]:
    """Return the JSON form of a filter; `owner` in `wanted` is an id."""
    return {
        "id": kept.public_id,
        "name": kept.name,
        "staff": kept.staff.email,
        "is_shared": kept.is_shared,
        "wanted": kept.wanted,
        "made_at": written(kept.made_at),
    }
