"""how tasks end

Revision: 0027, after 0026
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "own_cause_detail",
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("en", sa.String(length=80), nullable=False),
        sa.Column("de", sa.String(length=80), nullable=False),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["staff_member.id"],
            name=op.f("fk_own_cause_detail_changed_by_id_staff_member"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_own_cause_detail")),
    )
    op.create_table(
        "goodwill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("amount > 0", name=op.f("ck_goodwill_amount_positive")),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name=op.f("fk_goodwill_task_id_task"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["given_by_id"], ["staff_member.id"], name=op.f("fk_goodwill_given_by_id_staff_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goodwill")),
    )
    op.create_index(op.f("ix_goodwill_task_id"), "goodwill", ["task_id"])
    op.create_table(
        "goodwill_limit",
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.CheckConstraint("role IN ('agent', 'admin')", name=op.f("ck_goodwill_limit_role_limited")),
        sa.CheckConstraint("most >= 0", name=op.f("ck_goodwill_limit_most_not_negative")),
        sa.PrimaryKeyConstraint("role", name=op.f("pk_goodwill_limit")),
    )
    op.add_column("task", sa.Column("cause_detail", sa.String(length=60), nullable=True))


def downgrade() -> None:
    op.drop_column("task", "cause_detail")
    op.drop_table("goodwill_limit")
    op.drop_table("goodwill")
    op.drop_table("own_cause_detail")
