"""Tasks, their history, promises and replies to customers."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    Text,
    false,
    text,
)
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.follow_up.deciding.points import FULL
from feedback.follow_up.incidents.models import Incident
from surveys.customers.models import Customer
from surveys.database import Base, public_id
from surveys.invitations.models import Invitation
from surveys.responses.models import Response
from surveys.staff.models import StaffMember

NOTHING = timedelta(0)
# The order of the queue, behind it all that its views count, and what narrows a view down: read from one index alone.
QUEUE = ("standing", "calm", "queue_at", "id")
COUNTED: tuple[str, ...] = ("assignee_id", "state", "snoozed_until", "due_at", "reopened")
COUNTED += ("is_silent", "brand_id", "touched_at", "escalation_level")
NARROWED = ("priority", "customer_id", "response_id")

# Open tasks for which nobody was free; one that a person gave back to nobody has no reason.
WAITING = "assignee_id IS NULL AND assigned_because IS NOT NULL AND standing IS NOT NULL"


def partial(name: str, *columns: str, where: str) -> Index:
    """Return an index of those rows only for which the condition holds."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


def opened_then(context: DefaultExecutionContext) -> Any:
    """Return when the task that is being stored was opened: its clocks start and it was touched then."""
    return context.get_current_parameters()["opened_at"]  # type: ignore[no-untyped-call]


class Task(Base):
    """The follow-up of one response, from *new* to *closed* with what the customer says in the end.

    An open task has a place in the queue, which whoever stores it keeps true (see `deciding.placing`): its level
    `standing`, then `calm` (10000 less a hundred times the effective points), then `queue_at`. `points` are
    those of its answers, 0 to 100, `aged` whole ones that waiting added; `is_broken` says that a promise is over, which
    lifts it by one level, `is_lifted` that it is P0 by a "no" alone. `ages_at` is when waiting next changes something.

    Three clocks run: the first contact until somebody has spoken with the customer, from then on the next word to them,
    and the solution; first contact and solution since `clocks_since` (the opening, or the last reopening), the next word
    since `update_since` (the last one). For each stands by when it is due, how long it was `paused` in its own time, and
    how many rungs of the ladder were `told` (0 to 5). `promise_due_at` is the next promise of somebody's own that is
    neither kept nor withdrawn. `due_at` is the next of all that run, None when none does; `next_rung_at` is when somebody
    has to be told next. `snoozed_until` hides a task from the queues since `snoozed_at` while its clocks go on.
    `touched_at` is when somebody last did something about it. `assigned_because` is the rule that chose the owner, or
    why nobody was free (see `assigning.routing`); None when a person decided. `is_silent` says that all its answers are
    unhappy ones without a comment; `brand_id` repeats the customer's. `duplicate_of` is the task that a merged one's
    answers went to, `follows` the closed one that a mail was about which came when that could no longer be taken up
    again, `incident` what many tasks have in common. `version` counts changes, so that two people saving are
    noticed.
    """

    __tablename__ = "task"
    __table_args__ = (
        CheckConstraint(
            "state IN ('new', 'in_progress', 'waiting_customer', 'waiting_internal', 'resolved',"
            " 'verifying', 'closed')",
            name="state_known",
        ),
        CheckConstraint("priority IN ('P0', 'P1', 'P2', 'P3', 'P4')", name="priority_known"),
        CheckConstraint("(state = 'closed') = (outcome IS NOT NULL)", name="closed_has_outcome"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_has_time"),
        CheckConstraint("state <> 'waiting_customer' OR waiting_until IS NOT NULL", name="waiting_has_date"),
        CheckConstraint(
            "state NOT IN ('resolved', 'verifying') OR (resolution IS NOT NULL AND cause IS NOT NULL)",
            name="resolved_has_codes",
        ),
        CheckConstraint("escalation_level BETWEEN 0 AND 3", name="escalation_range"),
        CheckConstraint("points BETWEEN 0 AND 100", name="points_range"),
        CheckConstraint("NOT is_lifted OR priority = 'P0'", name="only_p0_is_lifted"),
        partial("ix_task_queue", *QUEUE, *COUNTED, *NARROWED, where="standing IS NOT NULL"),
        partial("ix_task_done", "changed_at", "id", where="standing IS NULL"),
        CheckConstraint("duplicate_of_id IS NULL OR state = 'closed'", name="duplicate_is_closed"),
        partial("ix_task_follows_id", "follows_id", where="follows_id IS NOT NULL"),
        partial("ix_task_ages_at", "ages_at", where="ages_at IS NOT NULL"),
        CheckConstraint(
            "contact_told BETWEEN 0 AND 5 AND update_told BETWEEN 0 AND 5 AND resolution_told BETWEEN 0 AND 5",
            name="told_range",
        ),
        CheckConstraint("update_due_at IS NULL OR update_since IS NOT NULL", name="update_has_start"),
        CheckConstraint("(snoozed_until IS NULL) = (snoozed_at IS NULL)", name="snooze_whole"),
        CheckConstraint(
            "snoozed_until IS NULL OR (priority NOT IN ('P0', 'P1') AND state IN"
            " ('new', 'in_progress', 'waiting_customer', 'waiting_internal'))",
            name="only_quiet_ones_snooze",
        ),
        Index("ix_task_state_due_at", "state", "due_at"),
        Index("ix_task_opened_at", "opened_at"),
        Index("ix_task_load", "assignee_id", "state", "priority"),
        Index(
            "ix_task_waiting",
            "standing",
            "calm",
            "queue_at",
            "id",
            sqlite_where=text(WAITING),
            postgresql_where=text(WAITING),
        ),
        Index("ix_task_assignee_id_opened_at", "assignee_id", "opened_at"),
        Index("ix_task_next_rung_at", "next_rung_at"),
        # Partial, so that SQLite does not look for rows without a snooze in it, and sort them.
        partial("ix_task_snoozed_until", "snoozed_until", where="snoozed_until IS NOT NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id"), unique=True)
    response: Mapped[Response] = relationship()
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)
    customer: Mapped[Customer] = relationship()
    brand_id: Mapped[int] = mapped_column(ForeignKey("brand.id"))
    is_silent: Mapped[bool] = mapped_column(default=False, server_default=false())
    state: Mapped[str] = mapped_column(String(20), default="new")
    priority: Mapped[str] = mapped_column(String(2))
    rule: Mapped[str] = mapped_column(String(30))
    rule_version: Mapped[int] = mapped_column(default=1, server_default="1")
    points: Mapped[float] = mapped_column(default=0.0, server_default="0")
    aged: Mapped[int] = mapped_column(default=0, server_default="0")
    is_broken: Mapped[bool] = mapped_column(default=False, server_default=false())
    is_lifted: Mapped[bool] = mapped_column(default=False, server_default=false())
    ages_at: Mapped[datetime | None]
    standing: Mapped[int | None]
    calm: Mapped[int] = mapped_column(default=FULL, server_default=str(FULL))
    queue_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(String(30))
    permission_unanswered: Mapped[bool] = mapped_column(default=False)
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    assignee: Mapped[StaffMember | None] = relationship()
    assigned_because: Mapped[str | None] = mapped_column(String(30))
    due_at: Mapped[datetime | None]
    next_rung_at: Mapped[datetime | None] = mapped_column(default=opened_then)
    clocks_since: Mapped[datetime] = mapped_column(default=opened_then)
    contact_due_at: Mapped[datetime | None]
    contact_told: Mapped[int] = mapped_column(SmallInteger, default=0)
    contacted_at: Mapped[datetime | None]
    update_since: Mapped[datetime | None]
    update_due_at: Mapped[datetime | None]
    update_paused: Mapped[timedelta] = mapped_column(default=NOTHING)
    update_told: Mapped[int] = mapped_column(SmallInteger, default=0)
    resolution_due_at: Mapped[datetime | None]
    resolution_paused: Mapped[timedelta] = mapped_column(default=NOTHING)
    resolution_told: Mapped[int] = mapped_column(SmallInteger, default=0)
    promise_due_at: Mapped[datetime | None]
    snoozed_at: Mapped[datetime | None]
    snoozed_until: Mapped[datetime | None]
    waiting_until: Mapped[datetime | None]
    escalation_level: Mapped[int] = mapped_column(default=0)
    reopened: Mapped[int] = mapped_column(default=0)
    resolution: Mapped[str | None] = mapped_column(String(30))
    cause: Mapped[str | None] = mapped_column(String(30))
    cause_detail: Mapped[str | None] = mapped_column(String(60))
    outcome: Mapped[str | None] = mapped_column(String(20))
    duplicate_of_id: Mapped[int | None] = mapped_column(
        ForeignKey("task.id", ondelete="SET NULL"), index=True
    )
    duplicate_of: Mapped["Task | None"] = relationship(remote_side="Task.id", foreign_keys=[duplicate_of_id])
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("task.id", ondelete="SET NULL"))
    follows: Mapped["Task | None"] = relationship(remote_side="Task.id", foreign_keys=[follows_id])
    incident_id: Mapped[int | None] = mapped_column(
        ForeignKey("incident.id", ondelete="SET NULL"), index=True
    )
    incident: Mapped[Incident | None] = relationship()
    verification_id: Mapped[int | None] = mapped_column(ForeignKey("invitation.id"), unique=True)
    verification: Mapped[Invitation | None] = relationship()
    opened_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    touched_at: Mapped[datetime] = mapped_column(default=opened_then)
    resolved_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    history: Mapped[list["TaskEvent"]] = relationship(back_populates="task", order_by="TaskEvent.id")
    signals: Mapped[list["Signal"]] = relationship(back_populates="task", order_by="Signal.id")
    promises: Mapped[list["TaskPromise"]] = relationship(back_populates="task", order_by="TaskPromise.id")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @property
    def effective(self) -> float:
        """The points with what waiting has added, 0 to 100."""
        return (FULL - self.calm) / 100


class Signal(Base):
    """One answer that belongs to a task: the one that opened it, and every later one about the same order.

    `rule` of version `rule_version` is the first that matched it, `further` are the keys of the others. `priority`
    and `why` (a key of `priorities.WHY`) are what it alone would ask for, `parts` (0 to 1) make its `points` by the
    weights of `weights_version`;
    `finds` are the customer's intents as [intent, start, end], places in the comment as it was written.
    """

    __tablename__ = "signal"
    __table_args__ = (
        CheckConstraint("priority IN ('P0', 'P1', 'P2', 'P3', 'P4')", name="priority_known"),
        CheckConstraint("points BETWEEN 0 AND 100", name="points_range"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"), index=True)
    task: Mapped[Task] = relationship(back_populates="signals")
    # One answer belongs to one task: that makes it once, whoever looks at it.
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id", ondelete="CASCADE"), unique=True)
    response: Mapped[Response] = relationship()
    at: Mapped[datetime]
    rule: Mapped[str] = mapped_column(String(30))
    rule_version: Mapped[int]
    further: Mapped[list[str]] = mapped_column(JSON, default=list)
    priority: Mapped[str] = mapped_column(String(2))
    why: Mapped[str] = mapped_column(String(30))
    points: Mapped[float]
    weights_version: Mapped[int] = mapped_column(default=1, server_default="1")
    parts: Mapped[dict[str, float]] = mapped_column(JSON, default=dict)
    finds: Mapped[list[list[Any]]] = mapped_column(JSON, default=list)


class TaskEvent(Base):
    """One thing that happened to a task; rows are only ever added.

    `kind`: opened (after: priority, text: rule), moved (states), assigned (public ids of staff, text: code of the
    rule that chose), raised (priorities; text: a key of `priorities.WHY`, a person's reason with an actor), lowered
    (priorities; text: the reason), joined (after: a response; text: rule), reminded (after: percent of the time that
    has passed, text: role told beside the owner), escalated (levels, text: role told), snoozed (after: until when),
    woken (text: why, None by a person), promised, promise_kept, promise_withdrawn and promise_broken (after: the
    promise, text: what, or why it was withdrawn), noted (after: "contacted" when the customer was reached), replied
    (before: the incident whose customers all got this mail), reply_sent (both after: the reply), reply_failed
    (before: the reply, None in older rows; after: failed or uncertain), found (before: resolution, after: cause,
    text: the finer one), gave (before: currency, after: minor units), merged and split (before or after: the other
    task), undone (text: kind of the deed on many tasks), mentioned (after: public id of who is named in a note),
    gathered (after: the incident that it was the first to show), ended (after: outcome), check_back and
    check_back_moved (after: the invitation), answered (after: yes, partly, no), corrected and meant (scores),
    taken_back (after: the reply), wrote (before: how it was matched, after: the customer's letter), called (before:
    channel, after: reached, not_reached or voicemail). `actor` is None when the house itself or a machine acted.
    `clock` is whose time it was, for reminded and escalated; None in rows from before there were several.
    """

    __tablename__ = "task_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"), index=True)
    task: Mapped[Task] = relationship(back_populates="history")
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    actor: Mapped[StaffMember | None] = relationship()
    kind: Mapped[str] = mapped_column(String(20))
    before: Mapped[str | None] = mapped_column(String(40))
    after: Mapped[str | None] = mapped_column(String(40))
    text: Mapped[str | None] = mapped_column(Text)
    clock: Mapped[str | None] = mapped_column(String(10))


class TaskPromise(Base):
    """What somebody promised a customer, and until when, such as a refund by Friday.

    `state`: open, broken (its time has passed), kept (late, if it was settled after its time), withdrawn. `told` counts
    rungs of the ladder, as for the clocks of the task.
    """

    __tablename__ = "task_promise"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'broken', 'kept', 'withdrawn')", name="state_known"),
        CheckConstraint("(settled_at IS NULL) = (state IN ('open', 'broken'))", name="settled_has_time"),
        CheckConstraint("told BETWEEN 0 AND 5", name="told_range"),
        CheckConstraint("made_at < until", name="lies_ahead"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"), index=True)
    task: Mapped[Task] = relationship(back_populates="promises")
    what: Mapped[str] = mapped_column(String(200))
    until: Mapped[datetime]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    made_by: Mapped[StaffMember | None] = relationship()
    state: Mapped[str] = mapped_column(String(10), default="open")
    settled_at: Mapped[datetime | None]
    told: Mapped[int] = mapped_column(SmallInteger, default=0)
