"""the screen of the inbox: what its views count, own filters, deeds on many tasks, duplicates, keys

Revision: 0036, after 0035
"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

QUEUE = ["standing", "calm", "queue_at", "id"]
COUNTED = ["assignee_id", "state", "snoozed_until", "due_at", "reopened", "is_silent", "brand_id"]
STUCK = ["touched_at", "escalation_level"]
SNOOZED = sa.text("snoozed_until IS NOT NULL")
OPEN, DONE = sa.text("standing IS NOT NULL"), sa.text("standing IS NULL")


def upgrade() -> None:
    op.add_column(
        "staff_member", sa.Column("keys_off", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    with op.batch_alter_table("task") as batch_op:
        batch_op.add_column(sa.Column("brand_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("is_silent", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("duplicate_of_id", sa.Integer(), nullable=True))
    op.execute("UPDATE task SET brand_id = (SELECT c.brand_id FROM customer c WHERE c.id = task.customer_id)")
    op.execute(
        "UPDATE task SET is_silent = (1 = 1) WHERE EXISTS (SELECT 1 FROM response r WHERE r.id = task.response_id"
        " AND COALESCE(r.comment, '') = '' AND r.\"group\" IN ('detractor', 'dissatisfied', 'difficult',"
        " 'very_unhappy', 'unhappy', 'star_1', 'star_2', 'thumbs_down'))"
        " AND NOT EXISTS (SELECT 1 FROM signal s JOIN response r ON r.id = s.response_id"
        " WHERE s.task_id = task.id AND COALESCE(r.comment, '') <> '')"
    )
    with op.batch_alter_table("task") as batch_op:
        batch_op.alter_column("brand_id", existing_type=sa.Integer(), nullable=False)
        batch_op.create_foreign_key(op.f("fk_task_brand_id_brand"), "brand", ["brand_id"], ["id"])
        batch_op.create_foreign_key(
            op.f("fk_task_duplicate_of_id_task"), "task", ["duplicate_of_id"], ["id"], ondelete="SET NULL"
        )
        batch_op.create_check_constraint(
            op.f("ck_task_duplicate_is_closed"), "duplicate_of_id IS NULL OR state = 'closed'"
        )
        batch_op.drop_index("ix_task_queue")
        batch_op.drop_index("ix_task_snoozed_until")
        batch_op.create_index(
            "ix_task_snoozed_until", ["snoozed_until"], sqlite_where=SNOOZED, postgresql_where=SNOOZED
        )
        batch_op.create_index(
            "ix_task_queue", [*QUEUE, *COUNTED, *STUCK], sqlite_where=OPEN, postgresql_where=OPEN
        )
        batch_op.create_index("ix_task_done", ["changed_at", "id"], sqlite_where=DONE, postgresql_where=DONE)
        batch_op.create_index(op.f("ix_task_duplicate_of_id"), ["duplicate_of_id"])
    op.create_index(
        "ix_response_refused",
        "response",
        ["submitted_at"],
        sqlite_where=sa.text("contact_permission IS 0"),
        postgresql_where=sa.text("contact_permission IS false"),
    )
    op.create_table(
        "inbox_filter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("wanted", sa.JSON(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff_member.id"],
            name=op.f("fk_inbox_filter_staff_id_staff_member"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox_filter")),
        sa.UniqueConstraint("public_id", name=op.f("uq_inbox_filter_public_id")),
        sa.UniqueConstraint("staff_id", "name", name=op.f("uq_inbox_filter_staff_id_name")),
    )
    make_tables_of_deeds()


def make_tables_of_deeds() -> None:
    op.create_table(
        "bulk_deed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('take', 'give', 'snooze', 'close', 'ask', 'undo')",
            name=op.f("ck_bulk_deed_kind_known"),
        ),
        sa.CheckConstraint(
            "(kind = 'undo') = (undoes_id IS NOT NULL)", name=op.f("ck_bulk_deed_undo_has_deed")
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff_member.id"],
            name=op.f("fk_bulk_deed_staff_id_staff_member"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["undoes_id"],
            ["bulk_deed.id"],
            name=op.f("fk_bulk_deed_undoes_id_bulk_deed"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_deed")),
        sa.UniqueConstraint("public_id", name=op.f("uq_bulk_deed_public_id")),
        sa.UniqueConstraint("undoes_id", name=op.f("uq_bulk_deed_undoes_id")),
    )
    op.create_index("ix_bulk_deed_staff_id_id", "bulk_deed", ["staff_id", "id"])
    op.create_table(
        "bulk_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deed_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("why", sa.String(length=400), nullable=True),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("left_at", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'done', 'refused')", name=op.f("ck_bulk_item_state_known")
        ),
        sa.CheckConstraint(
            "(state = 'refused') = (why IS NOT NULL)", name=op.f("ck_bulk_item_refused_says_why")
        ),
        sa.ForeignKeyConstraint(
            ["deed_id"], ["bulk_deed.id"], name=op.f("fk_bulk_item_deed_id_bulk_deed"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name=op.f("fk_bulk_item_task_id_task"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_item")),
        sa.UniqueConstraint("deed_id", "task_id", name=op.f("uq_bulk_item_deed_id_task_id")),
    )
    waiting = sa.text("state = 'waiting'")
    op.create_index(
        "ix_bulk_item_waiting", "bulk_item", ["id"], sqlite_where=waiting, postgresql_where=waiting
    )
    op.create_index(op.f("ix_bulk_item_task_id"), "bulk_item", ["task_id"])


def downgrade() -> None:
    op.drop_index("ix_response_refused", "response")
    op.drop_table("bulk_item")
    op.drop_table("bulk_deed")
    op.drop_table("inbox_filter")
    # The older program tells nobody of being named in a note, and knows neither merged nor split tasks.
    kinds = "'mentioned', 'merged', 'split', 'undone'"
    op.execute(
        f"DELETE FROM notice WHERE event_id IN (SELECT id FROM task_event WHERE kind IN ({kinds}))"  # noqa: S608
    )
    op.execute(f"DELETE FROM task_event WHERE kind IN ({kinds})")  # noqa: S608
    with op.batch_alter_table("task") as batch_op:
        batch_op.drop_index(op.f("ix_task_duplicate_of_id"))
        batch_op.drop_index("ix_task_done")
        batch_op.drop_index("ix_task_queue")
        batch_op.drop_index("ix_task_snoozed_until")
        batch_op.create_index("ix_task_snoozed_until", ["snoozed_until"])
        batch_op.create_index("ix_task_queue", QUEUE, sqlite_where=OPEN, postgresql_where=OPEN)
        batch_op.drop_constraint(op.f("ck_task_duplicate_is_closed"), type_="check")
        batch_op.drop_constraint(op.f("fk_task_duplicate_of_id_task"), type_="foreignkey")
        batch_op.drop_constraint(op.f("fk_task_brand_id_brand"), type_="foreignkey")
        for name in ("duplicate_of_id", "is_silent", "brand_id"):
            batch_op.drop_column(name)
    op.drop_column("staff_member", "keys_off")
