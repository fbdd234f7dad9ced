"""Tasks, their history, and replies to customers."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.customers.models import Customer
from surveys.database import Base, public_id
from surveys.invitations.models import Invitation
from surveys.responses.models import Response
from surveys.staff.models import StaffMember
from surveys.work import Claimable


class Task(Base):
    """The follow-up of one response, from *new* to *closed* with what the customer says in the end.

    `due_at` is the next running clock: first contact until somebody wrote, then the solution;
    None when no clock runs. `version` counts changes, so that two people saving are noticed.
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
        Index("ix_task_state_due_at", "state", "due_at"),
        Index("ix_task_assignee_id_state", "assignee_id", "state"),
        Index("ix_task_assignee_id_opened_at", "assignee_id", "opened_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id"), unique=True)
    response: Mapped[Response] = relationship()
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)
    customer: Mapped[Customer] = relationship()
    state: Mapped[str] = mapped_column(String(20), default="new")
    priority: Mapped[str] = mapped_column(String(2))
    rule: Mapped[str] = mapped_column(String(30))
    reason: Mapped[str | None] = mapped_column(String(30))
    permission_unanswered: Mapped[bool] = mapped_column(default=False)
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    assignee: Mapped[StaffMember | None] = relationship()
    assigned_because: Mapped[str | None] = mapped_column(String(30))
    due_at: Mapped[datetime | None]
    contact_due_at: Mapped[datetime | None]
    contacted_at: Mapped[datetime | None]
    resolution_due_at: Mapped[datetime | None]
    waiting_until: Mapped[datetime | None]
    escalation_level: Mapped[int] = mapped_column(default=0)
    reopened: Mapped[int] = mapped_column(default=0)
    resolution: Mapped[str | None] = mapped_column(String(30))
    cause: Mapped[str | None] = mapped_column(String(30))
    outcome: Mapped[str | None] = mapped_column(String(20))
    verification_id: Mapped[int | None] = mapped_column(ForeignKey("invitation.id"), unique=True)
    verification: Mapped[Invitation | None] = relationship()
    opened_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    history: Mapped[list["TaskEvent"]] = relationship(back_populates="task", order_by="TaskEvent.id")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class TaskEvent(Base):
    """One thing that happened to a task; rows are only ever added.

    `kind`: opened (after: priority, text: rule), moved (states), assigned (public ids of staff,
    text: code of the rule that chose), raised (priorities), escalated (levels, text: role told),
    noted (after: "contacted" when the customer was reached), replied, reply_sent (after: the
    reply), reply_failed (after: failed or uncertain), found (before: resolution, after: cause),
    ended (after: outcome), check_back (after: the invitation), answered (after: yes, partly, no),
    taken_back (after: the reply), wrote (before: how it was matched, after: the customer's letter),
    called (before: channel, after: reached, not_reached or voicemail).
    `actor` is None when the house itself or a machine acted.
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


class Reply(Claimable, Base):
    """A mail from an agent to the customer about a task; one that was *taken back* never left."""

    __tablename__ = "reply"
    __table_args__ = (
        CheckConstraint(
            "state IN ('queued', 'sent', 'failed', 'uncertain', 'taken_back')", name="state_known"
        ),
        CheckConstraint("state = 'queued' OR due_at IS NULL", name="settled_is_not_due"),
    )

    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"), index=True)
    task: Mapped[Task] = relationship()
    author_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    author: Mapped[StaffMember] = relationship()
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10), default="queued")
    written_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
