"""deciding what comes first

Revision: 0028, after 0027
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

OPEN = "state IN ('new', 'in_progress', 'waiting_customer', 'waiting_internal')"


def upgrade() -> None:
    op.create_table(
        "rule_book",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("version > 1", name=op.f("ck_rule_book_shipped_is_first")),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["staff_member.id"],
            name=op.f("fk_rule_book_changed_by_id_staff_member"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_book")),
        sa.UniqueConstraint("version", name=op.f("uq_rule_book_version")),
    )
    op.create_table(
        "spending_scale",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=False),
        sa.Column("limits", sa.JSON(), nullable=False),
        sa.Column("reckoned_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["brand_id"], ["brand.id"], name=op.f("fk_spending_scale_brand_id_brand"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spending_scale")),
        sa.UniqueConstraint("brand_id", name=op.f("uq_spending_scale_brand_id")),
    )
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rule_version", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("points", sa.Float(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("aged", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("is_broken", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("ages_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("standing", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("calm", sa.Integer(), server_default="10000", nullable=False))
        batch_op.add_column(sa.Column("queue_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_check_constraint(op.f("ck_task_points_range"), "points BETWEEN 0 AND 100")
    # Tasks that are open get their place by their level; what they are worth within it nobody has reckoned yet.
    op.execute(
        "UPDATE task SET ages_at = changed_at, queue_at = COALESCE(due_at, waiting_until, opened_at),"
        " standing = CAST(substr(priority, 2, 1) AS INTEGER) + CASE WHEN state = 'waiting_customer' THEN 10 ELSE 0 END"
        f" WHERE {OPEN}"
    )
    for name, columns, where in (
        ("ix_task_queue", ["standing", "calm", "queue_at", "id"], "standing IS NOT NULL"),
        ("ix_task_ages_at", ["ages_at"], "ages_at IS NOT NULL"),
    ):
        op.create_index(
            op.f(name), "task", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where)
        )
    op.create_table(
        "signal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rule", sa.String(length=30), nullable=False),
        sa.Column("rule_version", sa.Integer(), nullable=False),
        sa.Column("further", sa.JSON(), nullable=False),
        sa.Column("priority", sa.String(length=2), nullable=False),
        sa.Column("why", sa.String(length=30), nullable=False),
        sa.Column("points", sa.Float(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("finds", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "priority IN ('P0', 'P1', 'P2', 'P3', 'P4')", name=op.f("ck_signal_priority_known")
        ),
        sa.CheckConstraint("points BETWEEN 0 AND 100", name=op.f("ck_signal_points_range")),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_signal_response_id_response"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name=op.f("fk_signal_task_id_task"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal")),
        sa.UniqueConstraint("response_id", name=op.f("uq_signal_response_id")),
    )
    op.create_index(op.f("ix_signal_task_id"), "signal", ["task_id"])


def downgrade() -> None:
    op.drop_table("signal")
    op.drop_index(op.f("ix_task_ages_at"), table_name="task")
    op.drop_index(op.f("ix_task_queue"), table_name="task")
    # The older program knows only rules by the names of its own; what it does not know it shows as a low score.
    op.execute("UPDATE task SET rule = 'low_score' WHERE rule NOT IN ('low_score', 'negative_comment', 'wrote_back')")
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_task_points_range"), type_="check")
        for column in ("queue_at", "calm", "standing", "ages_at", "is_broken", "aged", "points", "rule_version"):
            batch_op.drop_column(column)
    op.drop_table("spending_scale")
    op.drop_table("rule_book")
