"""three clocks of a task, snoozes, promises, and news inside the house

Revision: 0029, after 0028
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

OPEN = "state IN ('new', 'in_progress', 'waiting_customer', 'waiting_internal')"
CHECKS = {
    "told_range": "contact_told BETWEEN 0 AND 5 AND update_told BETWEEN 0 AND 5 AND resolution_told BETWEEN 0 AND 5",
    "update_has_start": "update_due_at IS NULL OR update_since IS NOT NULL",
    "snooze_whole": "(snoozed_until IS NULL) = (snoozed_at IS NULL)",
    "only_quiet_ones_snooze": f"snoozed_until IS NULL OR (priority NOT IN ('P0', 'P1') AND {OPEN})",
}
MOMENTS = ("next_rung_at", "update_since", "update_due_at", "promise_due_at", "snoozed_at", "snoozed_until")
TOLD = ("contact_told", "update_told", "resolution_told")
PAUSES = ("update_paused", "resolution_paused")


def upgrade() -> None:
    op.create_table(
        "task_promise",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'broken', 'kept', 'withdrawn')", name=op.f("ck_task_promise_state_known")
        ),
        sa.CheckConstraint(
            "(settled_at IS NULL) = (state IN ('open', 'broken'))",
            name=op.f("ck_task_promise_settled_has_time"),
        ),
        sa.CheckConstraint("told BETWEEN 0 AND 5", name=op.f("ck_task_promise_told_range")),
        sa.CheckConstraint("made_at < until", name=op.f("ck_task_promise_lies_ahead")),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name=op.f("fk_task_promise_task_id_task"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["staff_member.id"], name=op.f("fk_task_promise_made_by_id_staff_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_promise")),
        sa.UniqueConstraint("public_id", name=op.f("uq_task_promise_public_id")),
    )
    op.create_index(op.f("ix_task_promise_task_id"), "task_promise", ["task_id"])
    op.add_column("task_event", sa.Column("clock", sa.String(length=10), nullable=True))
    with op.batch_alter_table("task") as batch_op:
        for name in (*MOMENTS, "clocks_since", "touched_at"):
            batch_op.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))
        for name in TOLD:
            batch_op.add_column(sa.Column(name, sa.SmallInteger(), nullable=False, server_default="0"))
        for name in PAUSES:
            batch_op.add_column(sa.Column(name, sa.Interval(), nullable=True))
    fill()
    with op.batch_alter_table("task") as batch_op:
        for name in ("clocks_since", "touched_at"):
            batch_op.alter_column(name, existing_type=sa.DateTime(timezone=True), nullable=False)
        for name in TOLD:
            batch_op.alter_column(name, existing_type=sa.SmallInteger(), server_default=None)
        for name in PAUSES:
            batch_op.alter_column(name, existing_type=sa.Interval(), nullable=False)
        for name, said in CHECKS.items():
            batch_op.create_check_constraint(op.f(f"ck_task_{name}"), said)
        batch_op.create_index("ix_task_next_rung_at", ["next_rung_at"])
        batch_op.create_index("ix_task_snoozed_until", ["snoozed_until"])
    with op.batch_alter_table("notice") as batch_op:
        batch_op.add_column(sa.Column("by_mail", sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column("read_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index("ix_notice_staff_id_made_at", ["staff_id", "made_at"])
        batch_op.drop_index("ix_notice_staff_id")
    # Whatever was told before by mail is not news inside the house.
    op.execute("UPDATE notice SET read_at = made_at")
    with op.batch_alter_table("notice") as batch_op:
        batch_op.alter_column("by_mail", existing_type=sa.Boolean(), server_default=None)


def fill() -> None:
    """Let the clocks of the tasks there are go on where they stand.

    What was told of the clock that runs counts as told of it; the loop looks once at every open task and finds out
    itself when it has to be told next. A next word to the customer is promised from the next one on.
    """
    zero = "'1970-01-01 00:00:00.000000'" if op.get_bind().dialect.name == "sqlite" else "interval '0'"
    op.execute(
        f"UPDATE task SET update_paused = {zero}, resolution_paused = {zero},"  # noqa: S608
        " clocks_since = COALESCE((SELECT max(e.at) FROM task_event e WHERE e.task_id = task.id AND e.kind = 'moved'"
        " AND e.before IN ('resolved', 'verifying', 'closed') AND e.after = 'in_progress'), opened_at),"
        " touched_at = COALESCE((SELECT max(e.at) FROM task_event e WHERE e.task_id = task.id AND e.kind NOT IN"
        " ('reply_sent', 'reply_failed', 'escalated')), opened_at)"
    )
    op.execute(
        "UPDATE task SET contact_told = CASE WHEN contacted_at IS NULL THEN escalation_level + 2 ELSE 0 END,"
        " resolution_told = CASE WHEN contacted_at IS NULL THEN 0 ELSE escalation_level + 2 END"
        " WHERE escalation_level > 0"
    )
    op.execute(f"UPDATE task SET next_rung_at = opened_at WHERE {OPEN}")  # noqa: S608


def downgrade() -> None:
    with op.batch_alter_table("notice") as batch_op:
        batch_op.drop_index("ix_notice_staff_id_made_at")
        batch_op.create_index("ix_notice_staff_id", ["staff_id"])
        batch_op.drop_column("read_at")
        batch_op.drop_column("by_mail")
    # The older program knows no rung before a promise is broken, no snoozes, and no promises of somebody's own.
    kinds = "'reminded', 'snoozed', 'woken', 'promised', 'promise_kept', 'promise_withdrawn', 'promise_broken'"
    op.execute(
        f"DELETE FROM notice WHERE event_id IN (SELECT id FROM task_event WHERE kind IN ({kinds})"  # noqa: S608
        " OR clock = 'promise')"
    )
    op.execute(f"DELETE FROM task_event WHERE kind IN ({kinds}) OR clock = 'promise'")  # noqa: S608
    op.drop_column("task_event", "clock")
    # Its clock is the first contact, then the solution; none runs while the customer is waited for.
    op.execute(
        f"UPDATE task SET due_at = CASE WHEN NOT ({OPEN}) OR state = 'waiting_customer' THEN NULL"  # noqa: S608
        " WHEN contacted_at IS NULL AND contact_due_at IS NOT NULL THEN contact_due_at ELSE resolution_due_at END"
    )
    with op.batch_alter_table("task") as batch_op:
        batch_op.drop_index("ix_task_snoozed_until")
        batch_op.drop_index("ix_task_next_rung_at")
        for name in CHECKS:
            batch_op.drop_constraint(op.f(f"ck_task_{name}"), type_="check")
        for name in (*MOMENTS, "clocks_since", "touched_at", *TOLD, *PAUSES):
            batch_op.drop_column(name)
    op.drop_table("task_promise")
